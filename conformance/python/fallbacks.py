"""Responses of an app in place of FastAPI's own are in the catalog: python fallbacks.py PACKAGE"""

from __future__ import annotations

import importlib
import re
import sys
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response, WebSocket
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

package: Any = importlib.import_module(sys.argv[1])
helper: Any = importlib.import_module(f"{sys.argv[1]}.fastapi")
app = FastAPI()
helper.install(app)


@app.get("/things/{at}")
def thing(at: int) -> int:
    if at == 1:
        raise package.ThingMissingError()
    if at == 2:
        raise helper.http_exception(package.ThingMissingError())
    if at == 3:
        raise HTTPException(404, "A text of its own")
    if at == 4:
        raise HTTPException(409)
    if at == 5:
        raise HTTPException(500, "secret")
    if at == 6:
        raise HTTPException(404, headers={"X-Kept": "yes"})
    return 1 // at


@app.middleware("http")
async def middle(request: Request, call_next: Any) -> Response:
    if request.url.path == "/closed":
        raise package.ThingMissingError()
    passed: Response = await call_next(request)
    return passed


@app.websocket("/watch")
async def watch(socket: WebSocket, broken: bool = False) -> None:
    await socket.accept()
    raise package.BrokenError() if broken else package.ThingMissingError()


client = TestClient(app, raise_server_exceptions=False)


def code(method: str, path: str) -> tuple[int, str | None]:
    response = client.request(method, path)
    decoded = package.decode(response.status_code, response.content)
    return response.status_code, decoded.code


assert code("GET", "/nothing") == (404, "route_not_found")
assert code("POST", "/things/7") == (405, "wrong_method")
assert client.post("/things/7").headers["allow"] == "GET"
assert code("GET", "/things/0") == (500, "broken")
assert code("GET", "/things/5") == (500, "broken")
assert code("GET", "/things/1") == code("GET", "/things/2") == (404, "thing_missing")
assert code("GET", "/things/6") == (404, "route_not_found")
assert client.get("/things/6").headers["x-kept"] == "yes"
# A middleware raises errors, too, and a WebSocket that is open has no response.
assert code("GET", "/closed") == (404, "thing_missing")
for path, closed in [("/watch", (1008, "thing_missing")), ("/watch?broken=1", (1011, "broken"))]:
    with client.websocket_connect(path) as socket:
        try:
            socket.receive_text()
            raise AssertionError("it is open")
        except WebSocketDisconnect as end:
            assert (end.code, end.reason) == closed, end
# A handler's own text is kept, and so is a status without a fallback.
assert client.get("/things/3").json() == {"detail": "A text of its own"}
assert client.get("/things/4").json() == {"detail": "Conflict"}
# An invalid request gets a list, of which clients see each field.
refused = client.get("/things/x")
listed = package.decode(refused.status_code, refused.content)
assert isinstance(listed, package.Validation) and listed.fields[0].path == "path.at", listed
# A schema has exactly the messages of its errors.
documented = helper.responses(package.ThingMissingError, package.RouteNotFoundError, package.ThingLostError)
schema = documented[404]["content"]["application/json"]["schema"]["properties"]["detail"]
assert schema["anyOf"][0] == {"enum": ["No such thing", "No such route"]}, schema
pattern = re.compile(schema["anyOf"][1]["pattern"])
assert pattern.search("Thing (a/b) was lost, twice: true") and pattern.search("Thing (x) was lost, once: false")
assert not pattern.search("Thing (x) was lost, never: true") and not pattern.search("Thing x was lost, once: true")
package.raise_for_error(client.get("/things/7"))
try:
    package.raise_for_error(client.get("/nothing"))
    raise AssertionError("nothing was raised")
except package.RouteNotFoundError as error:
    assert error.response.status_code == 404
print("what FastAPI responds with stays in the catalog")
