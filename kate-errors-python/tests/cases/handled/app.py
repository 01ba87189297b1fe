# Exceptions of an application, and functions that convert them to responses.
from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse
from flask import Flask, jsonify

from .errors import Broken, Closed, Fixed, Invalid, Missing, Moved, Opaque, Plain, Proxied, Returned, ShopError, Spoken, Unhandled, Usage, Worded

app = FastAPI()
flask_app = Flask(__name__)


async def shop_error(request, exc):
    assert isinstance(exc, ShopError)
    prefix = "Sorry: " if isinstance(exc, Missing) else ""
    return JSONResponse(
        status_code=exc.status_code,
        content={"error": type(exc).__name__, "code": exc.code, "detail": prefix + exc.message},
    )


def set_up(app):
    app.add_exception_handler(ShopError, shop_error)


@app.exception_handler(Plain)
def plain(request, exc):
    return JSONResponse({"detail": f"Plainly: {exc}"}, status_code=418) #= 418 "Plainly: {error}"


@app.exception_handler(Fixed)
def fixed(request, exc):
    return JSONResponse({"detail": "Always the same"}, 422) #= 422 "Always the same"


@app.exception_handler(Moved)
def moved(request, exc):
    return RedirectResponse(exc.target)


@flask_app.errorhandler(Usage)
def usage(error):
    response = jsonify({"detail": error.message})
    response.status_code = error.status_code
    return response


@blueprint.app_errorhandler(Invalid)
def invalid(error):
    return jsonify(error.to_dict()), error.status


def proxied(request, exc, *, usual=500):
    return JSONResponse({"error": {"message": exc.message}}, int(exc.code) if exc.code else usual)


@app.exception_handler(Spoken)
def spoken(request, exc):
    return JSONResponse({"detail": str(exc), "error": exc.__class__.__name__}, 418)


def opaque(request, exc):
    return JSONResponse({"detail": wrapped(exc.message)}, 400) #= is computed by `wrapped`


flask_app.register_error_handler(Opaque, opaque)
other_app = FastAPI(exception_handlers={Proxied: proxied})


def make():
    return FastAPI(exception_handlers={Returned: proxied})


def view(name, text):
    if name == "a":
        raise Missing("No such book") #= 404 "Sorry: No such book" body={error:"Missing",code:"shop",detail:*}
    if name == "b":
        raise Closed(name) #= 409 "Closed on {day:Text}" body={error:"Closed",code:"closed",detail:*}
    if name == "c":
        raise ShopError(text) #= consists only of values
    if name == "d":
        raise Moved("/books") #= what `Moved` sends is not in the source
    if name == "e":
        raise Plain("so it is")
    if name == "f":
        raise Fixed
    if name == "g":
        raise Usage("Use it well") #= 400 "Use it well"
    if name == "h":
        raise Usage("Use it better", status_code=410) #= 410 "Use it better"
    if name == "i":
        raise Invalid("No user") #= 422 "No user" body={message:*}
    if name == "j":
        raise Proxied("No model", 403) #= 403 "No model" body={error:{message:*}}
    if name == "k":
        raise Opaque("No door") #= what `Opaque` sends is not in the source
    if name == "l":
        raise Broken #= 410 "It is broken" body={error:"Broken",code:"broken",detail:*}
    if name == "m":
        refuse("It has no handler of its own")
    if name == "o":
        raise Spoken("As it is said") #= 418 "As it is said" body={detail:*,error:"Spoken"}
    if name == "p":
        raise Worded("No word") #= computed by `str`
    if name == "n":
        raise Returned("No bridge") #= 410 "No bridge" body={error:{message:*}}
    raise Unhandled("x")


def passed_on(work):
    try:
        work()
    except Moved:
        raise


def refuse(text):
    raise ShopError(text) #= consists only of values
