"""Raises and documents errors of the catalog in FastAPI.

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
"""The schema of bodies as JSON, with a placeholder for the schema of messages."""
_LIST: dict[str, Any] = {
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"type": "array", "items": {"type": "object"}}},
}


_FALLBACKS: dict[int, type[$Error]] = {$Fallbacks}
"""The errors that the catalog names as fallbacks, by status: they replace responses that come from a framework."""


def _fallback(status: int) -> $Error | None:
    kind = _FALLBACKS.get(status)
    return None if kind is None else kind().with_status(status)


def install(
    app: fastapi.FastAPI,
    headers: Headers | None = None,
    request_values: RequestValues | None = None,
    invalid: $Error | None = _fallback(422),
) -> None:
    """Makes `app` respond to an error that is raised in it with the error's status and body.

    Where FastAPI would respond itself (no such route, no such method, a server error), it responds with the error that
    the catalog names as `fallback` for the status. An `HTTPException` that a handler raises with its own text is kept
    if its status is below 500. An app that is mounted in another one needs its own `install`. An open WebSocket is
    closed, with the code of the error as the reason.

    The header fields of a response are those of the catalog, and those that `headers` returns, with lower-case names.
    If the body has values of the request, `request_values` returns them by name.

    If FastAPI rejects a request, the app responds with `invalid`, and lists the problems with its fields if bodies have
    a place for them. The default is the fallback for 422. With None, FastAPI responds itself.
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
        # A handler can raise it too, with anything in it.
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
        # This is the only handler of what a middleware raises.
        known = error if isinstance(error, $Error) else _fallback(500)
        if known is None:
            return fastapi.Response("Internal Server Error", 500, media_type="text/plain")
        return response(request, known)

    app.add_exception_handler($Error, respond)
    app.add_exception_handler(HTTPException, replace)
    if 500 in _FALLBACKS or not {500, Exception} & app.exception_handlers.keys():
        # The server still logs the exception.
        app.add_exception_handler(Exception, fail)
    if invalid is not None:
        app.add_exception_handler(RequestValidationError, refuse)


def _field(listed: Mapping[str, Any]) -> FieldError:
    loc = listed.get("loc") or ()
    steps = (loc,) if isinstance(loc, (str, int)) else tuple(loc)
    return FieldError(steps, str(listed.get("type") or ""), str(listed.get("msg") or ""))


def _is_meant(error: HTTPException) -> bool:
    """Returns whether an exception is deliberate: it has an error of the catalog, or a text that is not Python's
    default."""
    if isinstance(decode(error.status_code, {"detail": error.detail}), Known):
        return True
    is_usual = error.detail == http.client.responses.get(error.status_code)
    return error.status_code < 500 and not is_usual


def responses(*errors: type[$Error]) -> dict[int | str, dict[str, Any]]:
    """Returns the argument `responses` of a route: each error is a named example under each of its statuses."""
    by_status: dict[int, list[type[$Error]]] = {}
    for error in errors:
        for status in error.row.sent:
            by_status.setdefault(status, []).append(error)
    return {status: _response(of, status) for status, of in by_status.items()}


def _response(errors: list[type[$Error]], status: int) -> dict[str, Any]:
    schema = _schema(errors)
    examples = {name: example for error in errors for name, example in _examples(error, status).items()}
    # FastAPI itself responds with a list for 422.
    content = {"schema": {"anyOf": [schema, _LIST]} if status == 422 else schema, "examples": examples}
    media_type = errors[0].row.envelope.media_type
    return {"description": STATUSES.get(status, str(status)), "content": {media_type: content}}


def _schema(errors: list[type[$Error]]) -> dict[str, Any]:
    """Returns the schema of bodies with one of these errors: it accepts only their messages."""
    rows = [error.row for error in errors]
    messages = [it for row in rows for it in (row.message, row.full) if it is not None]
    constants = [it.first for it in messages if not it.segments]
    schemas: list[dict[str, Any]] = [{"enum": list(dict.fromkeys(constants))}] if constants else []
    schemas += [{"pattern": pattern_of(it)} for it in messages if it.segments]
    detail = {"type": "string", **(schemas[0] if len(schemas) == 1 else {"anyOf": schemas})}
    schema: dict[str, Any] = json.loads(_BODY.replace('"$Detail"', json.dumps(detail)))
    # This tells `generate openapi --merge` what it can describe better.
    return {**schema, "x-generated-by": "kate-errors"}


def _examples(error: type[$Error], status: int) -> dict[str, Any]:
    row = error.row
    named: dict[str, Any] = {}
    for name, body in zip((row.label, f"{row.label}.with_context"), row.sent[status].examples):
        # Documentation pages show the summary instead of the name.
        summary = f"{name}: {row.cause}" if row.cause else name
        named[name] = {"summary": summary, "description": row.fix, "value": json.loads(body)}
    return named
