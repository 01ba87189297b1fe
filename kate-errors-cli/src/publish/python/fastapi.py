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

from fastapi.exceptions import RequestValidationError

from .decoder import FieldError
from .errors import $Imported$Error, STATUSES

Headers = Callable[[$Error], Mapping[str, str]]
RequestValues = Callable[[fastapi.Request], Mapping[str, object]]

# The mark tells `generate openapi --merge` what it can say better.
_BODY: dict[str, Any] = {**json.loads($Schema), "x-generated-by": "kate-errors"}
_LIST = {"type": "array", "items": {"type": "object"}}
# FastAPI itself responds with a list under 422.
_BODY_OR_LIST = {
    "anyOf": [_BODY, {"type": "object", "required": ["detail"], "properties": {"detail": _LIST}}]
}


_INVALID: $Error | None = $Invalid


def install(
    app: fastapi.FastAPI,
    headers: Headers | None = None,
    request_values: RequestValues | None = None,
    invalid: $Error | None = _INVALID,
) -> None:
    """Lets `app` respond with the status and the body of an error that is raised in it.

    The headers of a response are those of the catalog, and those that `headers` gives, in small letters.
    Where the body has values of the request, `request_values` gives them by name.
    To a request that FastAPI refuses, it responds with `invalid` and the fields that are wrong; the default is the fallback
    of 422, where bodies have a place for fields of their own. With None, FastAPI responds by itself.
    """

    async def respond(request: fastapi.Request, error: Exception) -> fastapi.Response:
        if not isinstance(error, $Error):
            raise error
        more: Mapping[str, str] = {} if headers is None else headers(error)
        values: Mapping[str, object] = {} if request_values is None else request_values(request)
        row = error.row
        fields = {**dict(row.sent[error.status].headers), **more}
        return fastapi.Response(error.body_with(values), error.status, fields, row.envelope.media_type)

    async def refuse(request: fastapi.Request, error: Exception) -> fastapi.Response:
        if invalid is None or not isinstance(error, RequestValidationError):
            raise error
        fields = (FieldError(tuple(it["loc"]), it["type"], it["msg"]) for it in error.errors())
        return await respond(request, invalid.with_fields(fields))

    app.add_exception_handler($Error, respond)
    if invalid is not None:
        app.add_exception_handler(RequestValidationError, refuse)


def responses(*errors: type[$Error]) -> dict[int | str, dict[str, Any]]:
    """The argument `responses` of a route: each error is a named example under each of its statuses."""
    documented: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        for status in error.row.sent:
            response = documented.setdefault(status, _response(error, status))
            examples = response["content"][error.row.envelope.media_type]["examples"]
            examples.update(_examples(error, status))
    return documented


def _response(error: type[$Error], status: int) -> dict[str, Any]:
    schema = _BODY_OR_LIST if status == 422 else _BODY
    content = {error.row.envelope.media_type: {"schema": schema, "examples": {}}}
    return {"description": STATUSES.get(status, str(status)), "content": content}


def _examples(error: type[$Error], status: int) -> dict[str, Any]:
    row = error.row
    named: dict[str, Any] = {}
    for name, body in zip((row.label, f"{row.label}.with_context"), row.sent[status].examples):
        # Pages show the summary in place of the name.
        summary = f"{name}: {row.cause}" if row.cause else name
        named[name] = {"summary": summary, "description": row.fix, "value": json.loads(body)}
    return named
