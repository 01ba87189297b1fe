"""The errors of FastAPI, Starlette and Django Ninja."""

import functools
import json

import fastapi
from fastapi.exceptions import HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, ORJSONResponse, PlainTextResponse, UJSONResponse
from ninja.errors import HttpError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import Response

gone = functools.partial(HTTPException, 410)  #= other arguments are given where it is called


def view():
    raise HTTPException(404, "From exceptions")  #= 404 "From exceptions"
    raise StarletteHTTPException(404, "From Starlette")  #= 404 "From Starlette"
    raise fastapi.HTTPException(404, "From the package")  #= 404 "From the package"
    raise HttpError(404, "From Ninja")  #= 404 "From Ninja"
    raise gone(detail="From a partial")
    return JSONResponse({"detail": "JSON"}, 400)  #= 400 "JSON"
    return ORJSONResponse({"detail": "orjson"}, 400)  #= 400 "orjson"
    return UJSONResponse({"detail": "ujson"}, 400)  #= 400 "ujson"
    return PlainTextResponse("Plain", 400)  #= the body of the response has no message
    return PlainTextResponse(json.dumps({"detail": "Plain JSON"}), 400)  #= 400 "Plain JSON"
    return HTMLResponse(json.dumps({"detail": "HTML"}), 400)  #= 400 "HTML"
    return Response(json.dumps({"detail": "Raw"}), 400)  #= 400 "Raw"
    return fastapi.Response(json.dumps({"detail": "Of the package"}), 400)  #= 400 "Of the package"
