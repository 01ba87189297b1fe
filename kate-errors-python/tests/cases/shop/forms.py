from http import HTTPStatus
from typing import Annotated

from fastapi import HTTPException as HE
from messages import GONE as OTHER

import starlette.exceptions

from . messages import JOINED
from .helpers import by_position, two


def texts(name, user, number: Annotated[int, "positive"]):
    raise HE(400, "a {x:{w}} b".format(x=name, w=3))  #= 400 "a {x:Text} b"
    raise HE(400, "at %i of %u" % (name, user))  #= 400 "at {name:Int} of {user:Int}"
    raise HE(400, f"It is a {type(name)}")  #= 400 "It is a {name_type}"
    raise HE(404, f"No {number}")  #= 404 "No {number:Int}"
    raise HE(HTTPStatus.URI_TOO_LONG, "It is long")  #= 414 "It is long"
    raise HE(HTTPStatus.REQUEST_URI_TOO_LONG, "It is long")  #= 414 "It is long"
    raise HE(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)  #= 416 "Requested Range Not Satisfiable"
    raise HE(HTTPStatus.IM_A_TEAPOT)  #= 418 "I'm a Teapot"
    raise starlette.exceptions.HTTPException(404, "By its path")  #= 404 "By its path"
    raise HE(410, JOINED)  #= 410 "One, two"
    first = second = "Twice"
    raise HE(410, second)  #= 410 "Twice"
    raise HE(410, OTHER)  #= the text is the value of `messages.GONE`


def matched(kind, c):
    match kind:
        case "a":
            text = "It is a"
        case _ if c:
            text = "It is another"
    raise HE(404, text)  #= 404 "It is a" | 404 "It is another" | set elsewhere


def calls(user):
    by_position(user, "It is last")  #= 404 "It is last"
    two("It is lost", "A job")
    two("It is lost", None)  #= 404 "It is lost"
