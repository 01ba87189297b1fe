"""How a FastAPI app responds to requests that it rejects: python refused.py PACKAGE"""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError

package: Any = importlib.import_module(sys.argv[1])
helper: Any = importlib.import_module(f"{sys.argv[1]}.fastapi")


def app(**arguments: Any) -> FastAPI:
    """Returns an app with a route that takes a list of numbers, and one that raises an error with a field."""
    made = FastAPI()
    helper.install(made, **arguments)

    @made.post("/sizes")
    def sizes(sizes: list[int]) -> int:
        return sum(sizes)

    @made.post("/raised")
    def raised() -> None:
        raise package.InvalidRequestError().with_fields([package.FieldError.at("#/a%20b/0", "is bad")])

    @made.post("/odd")
    def odd(errors: list[Any]) -> None:
        raise RequestValidationError(errors)

    return made


def post(made: FastAPI, path: str, body: bytes) -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    call: Any = made(scope, receive, send)  # type: ignore[arg-type]
    asyncio.run(call)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


def fields(made: FastAPI, path: str, body: bytes) -> list[tuple[str, str]]:
    decoded = package.decode(*post(made, path, body))
    assert type(decoded.error) is package.InvalidRequestError and not decoded.notes, decoded
    return [(field.pointer, field.message) for field in decoded.fields]


usual = app()
[(place, message)] = fields(usual, "/sizes", b'[1, "x"]')
assert place == "/body/1" and message.startswith("Input should be a valid integer"), (place, message)
assert [place for place, _ in fields(usual, "/sizes", b'["x", 1.5]')] == ["/body/0", "/body/1"]
assert fields(usual, "/raised", b"") == [("/a b/0", "is bad")]
assert post(usual, "/sizes", b"[1]") == (200, b"1")
# Handlers raise such errors, too.
odd = b'["x", 7, null, {"msg": "is bad"}, {"loc": "body", "msg": 5, "type": null}, {"loc": null, "msg": null}]'
assert fields(usual, "/odd", odd) == [("", "is bad"), ("/body", "5"), ("", "")], fields(usual, "/odd", odd)
# However many fields are invalid, the response can be read.
assert 0 < len(fields(usual, "/sizes", json.dumps(["x"] * 10_000).encode())) < 1000
by_fastapi = package.decode(*post(app(invalid=None), "/sizes", b'["x"]'))
assert isinstance(by_fastapi, package.Validation) and by_fastapi.fields[0].path == "body[0]", by_fastapi
print("requests refused by a server, and read")
