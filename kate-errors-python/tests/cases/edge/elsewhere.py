import functools
from functools import partial

from fastapi import HTTPException, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from plugins import *
from plugins import toolkit


class OurResponse(JSONResponse):
    pass


bad = partial(HTTPException, status_code=400)  #= other arguments
gone = functools.partial(HTTPException, 410)  #= other arguments
later = partial(print, 404)


def find(name):
    raise bad(detail="not listed where it is called")


def responses(name):
    if name == "a":
        return JSONResponse(dict(detail="busy"), status_code=503)  #= 503 "busy"
    if name == "b":
        return PlainTextResponse("no", status_code=404)  #= body of the response
    if name == "c":
        return Response("no", 404)  #= body of the response
    if name == "d":
        members = dict(status_code=418, detail="teapot")
        raise HTTPException(**members)  #= 418 "teapot"
    if name == "e":
        return OurResponse({"detail": "fine"})
    return Response("fine")


def changed(name):
    error = HTTPException(404, "made")  #= 404 "made"
    error.status_code = 410  #= is set after the error was made
    name.detail = "of something else"
    response = JSONResponse({"detail": "made"}, 200)
    response.status_code = 201
    raise error


def translated(name):
    raise HTTPException(404, TEXT)  #= the value of `TEXT`
    raise HTTPException(404, toolkit._(*name))  #= computed by `toolkit._`
    raise HTTPException(404, toolkit._("Not in %s") % name)  #= 404 "Not in {name}"
