"""A real server with the operations of the Kate catalog: python operations.py PACKAGE [PLANTED]

Each call returns one of the errors of its operation, in turn. If a message is planted,
`POST /agents/…/spans` returns it. The server prints its address, and stops when its standard input ends.
"""

from __future__ import annotations

import importlib
import itertools
import sys
from pathlib import Path
from typing import Any

import loopback
import uvicorn
from fastapi import FastAPI, HTTPException, Request

folder, planted = Path(sys.argv[1]), "".join(sys.argv[2:])
sys.path.insert(0, str(folder.parent))
package: Any = importlib.import_module(folder.name)
helper: Any = importlib.import_module(f"{folder.name}.fastapi")

app = FastAPI()
helper.install(app)
turns = {name: itertools.cycle(kinds) for name, kinds in package.OPERATIONS.items()}


def answer(name: str) -> None:
    raise next(turns[name])()


@app.post("/artifacts/upload")
def upload() -> None:
    answer("upload_artifact")


@app.post("/artifacts/{artifact_id}/subscribe")
def subscribe(artifact_id: str) -> None:
    answer("subscribe")


@app.post("/artifacts/{artifact_id}/query")
def query(artifact_id: str) -> None:
    answer("query")


@app.post("/agents/{agent_id}/runs/{run_id}/spans")
def spans(agent_id: str, run_id: str, request: Request) -> None:
    if planted:
        raise HTTPException(404, planted)
    answer("upload_spans")


if __name__ == "__main__":
    uvicorn.Server(uvicorn.Config(app, log_level="critical")).run([loopback.listen()])
