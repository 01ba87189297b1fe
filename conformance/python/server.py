"""A real FastAPI server that raises every error of a generated package: python server.py PACKAGE

It prints its address, and stops when its standard input ends.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import loopback
import uvicorn
from fastapi import FastAPI

folder = Path(sys.argv[1])
sys.path.insert(0, str(folder.parent))
package: Any = importlib.import_module(folder.name)
helper: Any = importlib.import_module(f"{folder.name}.fastapi")

app = FastAPI()


def headers(error: Any) -> dict[str, str]:
    return {"x-error-code": error.code, **({"retry-after": "7"} if error.status == 429 else {})}


# Bodies with the id of the request have it under one of these names.
helper.install(app, headers, lambda request: dict.fromkeys(["id", "request_id"], request.headers.get("x-request-id")))


def example(label: str, with_context: bool) -> Any:
    """Returns the error with this code, or with this name if codes are shared, with the values of its example."""
    kinds = package.errors._KINDS
    row = next(it.row for it in kinds if label in (it.code, it.row.label))
    return package.decode(row.status, row.examples[-1 if with_context else 0], error_code=row.code).error


# Codes may contain slashes.
@app.get("/errors/{code:path}", responses=helper.responses(*package.errors._KINDS))
def raise_error(code: str, with_context: bool = False, status: int = 0) -> None:
    raise example(code, with_context).with_status(status)


# FastAPI itself writes only bodies with `detail`.
if hasattr(helper, "http_exception"):

    @app.get("/exceptions/{code:path}")
    def raise_exception(code: str) -> None:
        raise helper.http_exception(example(code, False), {"x-error-code": code})


if __name__ == "__main__":
    uvicorn.Server(uvicorn.Config(app, log_level="critical")).run([loopback.listen()])
