from flask import abort
from werkzeug.exceptions import NotFound, TooManyRequests
import werkzeug.exceptions as we
from ninja.errors import HttpError


def view(name):
    abort(404, "x y")  #= 404 "x y" form=Page
    abort(404, description=f"no {name}")  #= 404 "no {name}" form=Page
    abort(404)  #= framework's own
    raise NotFound("x y")  #= 404 "x y" form=Page
    raise TooManyRequests("slow down")  #= 429 "slow down" form=Page
    raise we.BadRequest(description="bad")  #= 400 "bad" form=Page
    raise we.Gone()  #= framework's own
    raise HttpError(403, "ninja")  #= 403 "ninja"
