from flask import abort
from werkzeug.exceptions import NotFound, TooManyRequests
import werkzeug.exceptions as we
from ninja.errors import HttpError


def view(name):
    abort(404, "x y")  #= 404 "x y" body=page
    abort(404, description=f"no {name}")  #= 404 "no {name}" body=page
    abort(404)  #= framework's own
    raise NotFound("x y")  #= 404 "x y" body=page
    made = NotFound("made")  #= 404 "made" body=page
    made.description = "changed"  #= is set after the error was made
    raise TooManyRequests("slow down")  #= 429 "slow down" body=page
    raise we.BadRequest(description="bad")  #= 400 "bad" body=page
    raise we.Gone()  #= framework's own
    raise we.ImATeapot("tea")  #= 418 "tea" body=page
    raise we.RequestURITooLarge("long")  #= 414 "long" body=page
    raise we.RequestEntityTooLarge("large")  #= 413 "large" body=page
    raise we.HTTPVersionNotSupported("old")  #= 505 "old" body=page
    raise HttpError(403, "ninja")  #= 403 "ninja"
    raise HttpError(403, {"message": "ninja"})  #= an object (`message`)
    abort(404, {"message": "x y"})  #= an object (`message`)
