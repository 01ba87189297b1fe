"""A FastAPI application that raises the rows of the catalog, and FastAPI's own errors."""

import asyncio

import uvicorn
from fastapi import FastAPI, HTTPException
from harness import ROWS
from loopback import listen
from pydantic import BaseModel, Field

app = FastAPI()


@app.get("/rows/{code}")
def row(code: str):
    found = ROWS[code]
    raise HTTPException(found["status"], found["detail"], headers=found["headers"])


@app.get("/moved/{code}")
def moved(code: str):
    """The sentence of a row under a status of another."""
    raise HTTPException(410, ROWS[code]["detail"])


class Item(BaseModel):
    name: str
    price: float = Field(gt=0)


@app.post("/items")
def create(item: Item):
    return item


@app.get("/items/{item}")
def read(item: int):
    return item


DETAILS = {
    "none": None,
    "empty": "",
    "number": 7,
    "list": ["a", "b"],
    "object": {"code": "E7", "message": "no"},
    "letters": "Läuft nicht: 走らない \u2028 \x1b[31m",
}


@app.get("/details/{kind}")
def detail(kind: str):
    raise HTTPException(409, DETAILS[kind])


@app.get("/crash")
def crash():
    raise RuntimeError("10.0.0.7 refused the connection")


@app.get("/slow")
async def slow():
    await asyncio.sleep(5)


if __name__ == "__main__":
    listener = listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    server.run(sockets=[listener])
