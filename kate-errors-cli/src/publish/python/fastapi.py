"""Errors of the catalog in FastAPI: raising them, and documenting them.

    app = FastAPI()
    install(app)

    @app.get("/things", responses=responses($Example))
    def things() -> None:
        raise $Example(...)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response

from .errors import $Error, STATUSES

Headers = Callable[[$Error], Mapping[str, str]]

_DETAIL: dict[str, Any] = {"type": "string"}
# FastAPI itself responds with a list under 422.
_DETAIL_OR_LIST: dict[str, Any] = {"anyOf": [_DETAIL, {"type": "array", "items": {"type": "object"}}]}


def install(app: FastAPI, headers: Headers | None = None) -> None:
    """Lets `app` respond with the status and the message of an error that is raised in it.

    The headers of a response are those of the catalog, and those that `headers` gives, in small letters.
    """

    async def respond(request: Request, error: Exception) -> Response:
        if not isinstance(error, $Error):
            raise error
        more: Mapping[str, str] = {} if headers is None else headers(error)
        return Response(error.body, error.status, {**dict(error.row.headers), **more}, "application/json")

    app.add_exception_handler($Error, respond)


def http_exception(error: $Error, headers: Mapping[str, str] | None = None) -> HTTPException:
    """The error as an exception of FastAPI's own, for an app on which `install` was not called."""
    return HTTPException(error.status, error.detail, {**dict(error.row.headers), **(headers or {})})


def responses(*errors: type[$Error]) -> dict[int | str, dict[str, Any]]:
    """The argument `responses` of a route: each error is a named example under its status."""
    documented: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        response = documented.setdefault(error.status, _response(error))
        examples = response["content"]["application/json"]["examples"]
        examples.update(_examples(error))
    return documented


def _response(error: type[$Error]) -> dict[str, Any]:
    status, member = error.status, error.row.envelope.member
    schema: dict[str, Any] = {
        "type": "object",
        "required": [member],
        "properties": {member: _DETAIL_OR_LIST if status == 422 else _DETAIL},
    }
    description = STATUSES.get(status, str(status))
    return {"description": description, "content": {"application/json": {"schema": schema, "examples": {}}}}


def _examples(error: type[$Error]) -> dict[str, Any]:
    row = error.row
    about = {"summary": row.cause, "description": row.fix}
    plain, *full = ({**about, "value": {row.envelope.member: message}} for message in row.examples)
    named: dict[str, Any] = {row.code: plain}
    for example in full:
        named[f"{row.code}.with_context"] = example
    return named
