"""Errors that are made in ways that say less than a class and its arguments."""

from http import HTTPStatus

from elsewhere import ApiError
from fastapi import Depends, HTTPException
from .fastapi import HTTPException as OurException
from flask import jsonify, render_template
from flask_others import abort as others_abort


class NoJob(HTTPException):
    def __init__(self, job):
        super().__init__(404, f"No job {job}")


def default_class(cls=HTTPException):
    raise cls(404, "By default")  #= 404 "By default" | what `cls` sends is not in the source


def default_of_the_package(cls=NoJob, job=1):
    raise cls("x")  #= 404 "No job x"


def annotated(cls: type[HTTPException]):
    raise cls(404, "By its parameter")  #= what `cls` sends is not in the source


def loop():
    for cls, text in ((HTTPException, "a"), (NoJob, "b")):
        raise cls(409, text)  #= what `cls` sends is not in the source


CLASSES = {"a": HTTPException, "b": NoJob}


def entry():
    raise CLASSES["a"](404, "Of a table")  #= 404 "Of a table"


def entry_of_any(key):
    raise CLASSES[key](404, "Of any")  #= what `CLASSES[key]` sends is not in the source


def looked_up(module):
    raise getattr(module, "Http")(404, "Looked up")  #= what `getattr(module, "Http")` sends


def either(strict):
    raise (NoJob if strict else HTTPException)(404)  #= 404 "Not Found" | 404 "No job 404"


Same = HTTPException


def either_of_the_same(strict):
    raise (Same if strict else HTTPException)(404, "The same")  #= 404 "The same"


class AppError(Exception):
    def __init__(self, status, message):
        self.status, self.message = status, message


class Full(AppError):
    def __init__(self, shelf):
        super().__init__(409, f"{shelf} is full")


class Named(AppError):
    NUMBER = 404

    def __init__(self, text):
        super().__init__(self.NUMBER, text)


class Gone(Exception):
    status_code = HTTPStatus.GONE


class Coded(Exception):
    code = 404


class WithStatus(Exception):
    status = 404


class OfHttp(Exception):
    http_status = 404


class OfHttpCode(Exception):
    http_status_code = 404


class Internal(Exception):
    """Not of HTTP."""


def own_errors():
    if a:
        raise AppError(404, "No job")  #= what `AppError` sends is not in the source
    if b:
        raise AppError(a, "No job")
    if c:
        raise Full("A")  #= what `Full` sends is not in the source
    if d:
        raise Gone("The job")  #= what `Gone` sends is not in the source
    if e:
        raise Internal("The job")
    if f:
        raise ApiError(404, "No job")  #= what `ApiError` sends is not in the source
    if g:
        raise ApiError("No job")
    if h:
        raise OurException(404, "No job")  #= what `OurException` sends is not in the source
    if m:
        raise Named("The job")  #= what `Named` sends is not in the source
    if i:
        raise Coded("The job")  #= what `Coded` sends is not in the source
    if j:
        raise WithStatus("The job")  #= what `WithStatus` sends is not in the source
    if k:
        raise OfHttp("The job")  #= what `OfHttp` sends is not in the source
    if l:
        raise OfHttpCode("The job")  #= what `OfHttpCode` sends is not in the source
    raise ValueError("No job")


def aborts(api):
    if a:
        others_abort(404, message="No job")  #= what `others_abort` sends
    if b:
        api.abort(HTTPStatus.NOT_FOUND, "No job")  #= what `api.abort` sends
    transaction.abort()


def text():
    return "No job", 404  #= the body of the response has no message


def page():
    return render_template("missing.html"), 404  #= the body of the response has no message


def variable(error):
    return jsonify(error), 404  #= the body of the response has no message


def size(width):
    return width, 404


@router.get("/", dependencies=[Depends(lambda: HTTPException(404, "A decorator"))])  #= 404 "A decorator"
def decorated(error=HTTPException(404, "A default")):  #= 404 "A default"
    raise HTTPException(HTTPStatus(404), "A number")  #= 404 "A number"


@register(HTTPException(404, "A class decorator"))  #= 404 "A class decorator"
class Keyword(Meta, error=HTTPException(404, "A keyword")):  #= 404 "A keyword"
    pass


def pairs(items):
    text, code = "First pair", 404
    for item in items:
        if item:
            raise HTTPException(code, text)  #= 404 "First pair" | the status `code` is not in the source
        text, code = "Second pair", 410


def ten():
    """Returns a text after ten statements."""
    a = b = c = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8
    return "After ten"


def eleven():
    """Returns a text after eleven statements."""
    a = b = c = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9
    return "After eleven"


def followed():
    raise HTTPException(404, ten())  #= 404 "After ten"
    raise HTTPException(404, eleven())  #= the text is computed by `eleven`


def written(name, parts, arguments):
    raise HTTPException(0o624, "Octal")  #= 404 "Octal"
    raise HTTPException(0x194, "Hexadecimal")  #= 404 "Hexadecimal"
    raise HTTPException(0X194, R"Capitals\t")  #= 404 "Capitals\\t"
    raise HTTPException(0b110010100, "Binary")  #= 404 "Binary"
    raise HTTPException(4_0_4, "Underscores")  #= 404 "Underscores"
    raise HTTPException(404, "A \"quote\", \t, \x41, \u00e9, \75 and \101")  #= 404 "A \"quote\", \t, A, é, = and A"
    raise HTTPException(404, "\n, \r, \a, \b, \f and \v")  #= 404 "\n, \r, \u{7}, \u{8}, \u{c} and \u{b}"
    raise HTTPException(404, "A \N{BULLET}")  #= the text is the result of `"A \N{BULLET}"`
    raise HTTPException(404, f"{parts + 1} of {1 + 1}")  #= 404 "{parts} of {value}"
    raise HTTPException(404, f"No {name.strip()}, {name.upper().lower()}, {parts.get('size')} or {len(parts)}")  #= 404 "No {name}, {name_2}, {parts_size} or {parts_count:Int}"
    raise HTTPException(404, f"No {name or 'nobody'} in {', '.join(parts)}")  #= 404 "No {name} in {parts}"
    raise HTTPException(404, *arguments)  #= the arguments are unpacked from `arguments`
    raise HTTPException(404, "Text", **arguments)  #= 404 "Text"


def in_a_branch(items):
    text = "First in a branch"
    for item in items:
        if item:
            raise HTTPException(404, text)  #= 404 "First in a branch" | the text is the value of `text`, which is set elsewhere
        else:
            text = "Later in a branch"


def loops(items):
    text = "Before the loop"
    for item in items:
        if item:
            text = "Left"
            break
        raise HTTPException(404, text)  #= 404 "Before the loop" | the text is the value of `text`, which is set elsewhere
    else:
        raise HTTPException(404, "After the loop")  #= 404 "After the loop"
    while items:
        text = "While it lasts"
        raise HTTPException(404, text)  #= 404 "While it lasts"


def commented():
    raise HTTPException(  # A comment
        404,  # Another
        "Commented",
    )  #= 404 "Commented" line=230


def tried(work):
    try:
        work()
    except KeyError:
        pass
    else:
        raise HTTPException(404, "Nothing was wrong")  #= 404 "Nothing was wrong"
    finally:
        raise HTTPException(410, "In the end")  #= 410 "In the end"


def reassigned(items):
    text = "Before"
    for text in items:
        raise HTTPException(404, text)  #= the text is the value of `text`
    text = "Once. "
    text *= 2
    raise HTTPException(404, text)  #= the text is the value of `text`
    text = "Here"
    for item in items:
        pass
    text += " and there"
    raise HTTPException(404, text)  #= 404 "Here and there"
    with open("text") as text:
        raise HTTPException(404, text)  #= the text is the value of `text`
    text = "Before the pair"
    text, code = items
    raise HTTPException(404, text)  #= the text is the value of `text`


STORY = "Once upon"
STORY += " a time"


def story():
    raise HTTPException(404, STORY)  #= the text is the value of `STORY`, which is set elsewhere


class ByDefault(Exception):
    def __init__(self, text, status=409):
        self.status = status


def by_default():
    raise ByDefault("The job")  #= what `ByDefault` sends is not in the source
