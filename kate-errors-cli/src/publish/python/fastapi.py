"""Errors of the catalog in FastAPI: raising them, and documenting them.

    app = FastAPI()
    install(app)

    @app.get("/things", responses=responses($Example))
    def things() -> None:
        raise $Call
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping
from typing import Any

import fastapi

from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocketClose, WebSocketState

from .decoder import FieldError, Known, pattern_of
from .errors import $Imported$Error, STATUSES, decode

Headers = Callable[[$Error], Mapping[str, str]]
RequestValues = Callable[[fastapi.Request], Mapping[str, object]]

_BODY = $Schema
"""The schema of bodies as JSON, with a name in place of the schema of messages."""
_LIST: dict[str, Any] = {
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"type": "array", "items": {"type": "object"}}},
}


_FALLBACKS: dict[int, type[$Error]] = {$Fallbacks}
"""The errors with which the catalog responds where a framework would respond by itself."""


def _fallback(status: int) -> $Error | None:
    kind = _FALLBACKS.get(status)
    return None if kind is None else kind().with_status(status)


def install(
    app: fastapi.FastAPI,
    headers: Headers | None = None,
    request_values: RequestValues | None = None,
    invalid: $Error | None = _fallback(422),
) -> None:
    """Lets `app` respond with the status and the body of an error that is raised in it.

    Where FastAPI would respond by itself (no such route, no such method, a fault of the server), it responds with the
    error that the catalog names as `fallback` of the status. What a handler says with an `HTTPException` of its own text is
    kept below 500. An app that is mounted in another one needs its own `install`. A WebSocket that is open is closed, with
    the code of the error as the reason.

    The headers of a response are those of the catalog, and those that `headers` gives, in small letters.
    Where the body has values of the request, `request_values` gives them by name.
    To a request that FastAPI refuses, it responds with `invalid`, and with the fields that are wrong where bodies have a
    place for them; the default is the fallback of 422. With None, FastAPI responds by itself.
    """

    def response(
        request: fastapi.Request, error: $Error, kept: Mapping[str, str] | None = None
    ) -> fastapi.Response:
        more: Mapping[str, str] = {} if headers is None else headers(error)
        values: Mapping[str, object] = {} if request_values is None else request_values(request)
        row = error.row
        kept = {name.lower(): value for name, value in (kept or {}).items()}
        fields = {**dict(row.sent[error.status].headers), **kept, **more}
        return fastapi.Response(error.body_with(values), error.status, fields, row.envelope.media_type)

    async def respond(request: fastapi.Request, error: Exception) -> Any:
        if not isinstance(error, $Error):
            raise error
        if getattr(request, "application_state", None) == WebSocketState.CONNECTED:
            return WebSocketClose(1011 if error.status >= 500 else 1008, error.row.code)
        return response(request, error)

    async def refuse(request: fastapi.Request, error: Exception) -> fastapi.Response:
        if invalid is None or not isinstance(error, RequestValidationError):
            raise error
        if not invalid.takes_fields:
            return response(request, invalid)
        # A handler can raise it, too, with anything in it.
        fields = (_field(it) for it in error.errors() if hasattr(it, "get"))
        return response(request, invalid.with_fields(fields))

    async def replace(request: fastapi.Request, error: Exception) -> fastapi.Response:
        if not isinstance(error, HTTPException):
            raise error
        fallback = _fallback(error.status_code)
        if fallback is None or _is_meant(error):
            return await http_exception_handler(request, error)
        return response(request, fallback, error.headers)

    async def fail(request: fastapi.Request, error: Exception) -> fastapi.Response:
        # What a middleware raises is handled here alone.
        known = error if isinstance(error, $Error) else _fallback(500)
        if known is None:
            return fastapi.Response("Internal Server Error", 500, media_type="text/plain")
        return response(request, known)

    app.add_exception_handler($Error, respond)
    app.add_exception_handler(HTTPException, replace)
    if 500 in _FALLBACKS or not {500, Exception} & app.exception_handlers.keys():
        # The server logs the exception all the same.
        app.add_exception_handler(Exception, fail)
    if invalid is not None:
        app.add_exception_handler(RequestValidationError, refuse)


def _field(listed: Mapping[str, Any]) -> FieldError:
    loc = listed.get("loc") or ()
    steps = (loc,) if isinstance(loc, (str, int)) else tuple(loc)
    return FieldError(steps, str(listed.get("type") or ""), str(listed.get("msg") or ""))


def _is_meant(error: HTTPException) -> bool:
    """Whether somebody wrote what an exception says: it is an error of the catalog, or another text than that of Python."""
    if isinstance(decode(error.status_code, {"detail": error.detail}), Known):
        return True
    is_usual = error.detail == http.client.responses.get(error.status_code)
    return error.status_code < 500 and not is_usual


def responses(*errors: type[$Error]) -> dict[int | str, dict[str, Any]]:
    """The argument `responses` of a route: each error is a named example under each of its statuses."""
    by_status: dict[int, list[type[$Error]]] = {}
    for error in errors:
        for status in error.row.sent:
            by_status.setdefault(status, []).append(error)
    return {status: _response(of, status) for status, of in by_status.items()}


def _response(errors: list[type[$Error]], status: int) -> dict[str, Any]:
    schema = _schema(errors)
    examples = {name: example for error in errors for name, example in _examples(error, status).items()}
    # FastAPI itself responds with a list under 422.
    content = {"schema": {"anyOf": [schema, _LIST]} if status == 422 else schema, "examples": examples}
    media_type = errors[0].row.envelope.media_type
    return {"description": STATUSES.get(status, str(status)), "content": {media_type: content}}


def _schema(errors: list[type[$Error]]) -> dict[str, Any]:
    """The schema of bodies with one of some errors: their messages, and no others."""
    rows = [error.row for error in errors]
    messages = [it for row in rows for it in (row.message, row.full) if it is not None]
    constants = [it.first for it in messages if not it.segments]
    schemas: list[dict[str, Any]] = [{"enum": list(dict.fromkeys(constants))}] if constants else []
    schemas += [{"pattern": pattern_of(it)} for it in messages if it.segments]
    detail = {"type": "string", **(schemas[0] if len(schemas) == 1 else {"anyOf": schemas})}
    schema: dict[str, Any] = json.loads(_BODY.replace('"$Detail"', json.dumps(detail)))
    # The mark tells `generate openapi --merge` what it can describe better.
    return {**schema, "x-generated-by": "kate-errors"}


def _examples(error: type[$Error], status: int) -> dict[str, Any]:
    row = error.row
    named: dict[str, Any] = {}
    for name, body in zip((row.label, f"{row.label}.with_context"), row.sent[status].examples):
        # Pages show the summary in place of the name.
        summary = f"{name}: {row.cause}" if row.cause else name
        named[name] = {"summary": summary, "description": row.fix, "value": json.loads(body)}
    return named
