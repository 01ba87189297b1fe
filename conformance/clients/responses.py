"""A server that responds with the examples of an OpenAPI document: python responses.py DOCUMENT

`GET /` lists the cases: each example of each operation. A request with the header `x-case: 3` gets the third
case, wherever it is sent. The server prints its address, and stops when its standard input ends.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

document: Any = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


def resolved(value: Any) -> Any:
    """Follows a reference within the document."""
    if "$ref" not in value:
        return value
    found = document
    for name in value["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


cases = [
    {
        "operation": operation["operationId"],
        "status": int(status),
        "schema": content["schema"]["$ref"].rpartition("/")[2],
        "name": name,
        "body": example["value"],
    }
    for item in document["paths"].values()
    for operation in item.values()
    if "operationId" in operation
    for status, response in operation["responses"].items()
    for content in resolved(response).get("content", {}).values()
    for name, example in content["examples"].items()
]


class Handler(BaseHTTPRequestHandler):
    def respond(self) -> None:
        number = self.headers["x-case"]
        case = cases[int(number) - 1] if number else {"status": 200, "body": cases}
        body = json.dumps(case["body"]).encode()
        self.send_response(case["status"])
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = respond

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()
