"""Errors of the catalog in FastAPI: raising them, and documenting them.

    app = FastAPI()
    install(app)

    @app.get("/things", responses=responses($Example))
    def things() -> None:
        raise $Example(...)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import fastapi

from .errors import $Error, STATUSES

Headers = Callable[[$Error], Mapping[str, str]]
RequestValues = Callable[[fastapi.Request], Mapping[str, object]]

_BODY: dict[str, Any] = json.loads($Schema)
_LIST = {"type": "array", "items": {"type": "object"}}
# FastAPI itself responds with a list under 422.
_BODY_OR_LIST = {
    "anyOf": [_BODY, {"type": "object", "required": ["detail"], "properties": {"detail": _LIST}}]
}


def install(
    app: fastapi.FastAPI, headers: Headers | None = None, request_values: RequestValues | None = None
) -> None:
    """Lets `app` respond with the status and the body of an error that is raised in it.

    The headers of a response are those of the catalog, and those that `headers` gives, in small letters.
    Where the body has values of the request, `request_values` gives them by name.
    """

    async def respond(request: fastapi.Request, error: Exception) -> fastapi.Response:
        if not isinstance(error, $Error):
            raise error
        more: Mapping[str, str] = {} if headers is None else headers(error)
        values: Mapping[str, object] = {} if request_values is None else request_values(request)
        media_type = error.row.envelope.media_type
        return fastapi.Response(error.body_with(values), error.status, {**dict(error.row.headers), **more}, media_type)

    app.add_exception_handler($Error, respond)


def responses(*errors: type[$Error]) -> dict[int | str, dict[str, Any]]:
    """The argument `responses` of a route: each error is a named example under its status."""
    documented: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        response = documented.setdefault(error.status, _response(error))
        examples = response["content"][error.row.envelope.media_type]["examples"]
        examples.update(_examples(error))
    return documented


def _response(error: type[$Error]) -> dict[str, Any]:
    schema = _BODY_OR_LIST if error.status == 422 else _BODY
    description = STATUSES.get(error.status, str(error.status))
    content = {error.row.envelope.media_type: {"schema": schema, "examples": {}}}
    return {"description": description, "content": content}


def _examples(error: type[$Error]) -> dict[str, Any]:
    row = error.row
    about = {"summary": row.cause, "description": row.fix}
    plain, *full = ({**about, "value": json.loads(body)} for body in row.examples)
    named: dict[str, Any] = {row.label: plain}
    for example in full:
        named[f"{row.label}.with_context"] = example
    return named
