from fastapi import HTTPException, status


def not_found(msg):
    raise HTTPException(404, msg)


def made(detail: str, code: int = status.HTTP_400_BAD_REQUEST) -> HTTPException:
    return HTTPException(status_code=code, detail=detail)


def named(kind):
    raise HTTPException(404, f"{kind} was not found")  #= 404 "{kind} was not found"


def fixed():
    raise HTTPException(409, "It is fixed")  #= 409 "It is fixed"


def uncalled(msg):
    raise HTTPException(404, msg)  #= the text is the parameter `msg` of the function


def half(msg):
    raise HTTPException(404, msg)  #= the text is the parameter `msg` of the function


def outer(msg):
    inner(msg)


def inner(msg):
    raise HTTPException(404, msg)  #= the text is the parameter `msg` of the function


def both(msg):
    inner(msg)
    raise HTTPException(410, msg)


def defaulted(msg="By default"):
    raise HTTPException(404, msg)  #= 404 "By default"


def usual(msg="As usual"):
    raise HTTPException(404, msg)  #= 404 "As usual"


def long(msg):
    a = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9; a = 10; b = 11; c = 12
    raise HTTPException(404, msg)


def huge(msg):
    a = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9; a = 10; b = 11; c = 12; a = 13; b = 14; c = 15
    a = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9; a = 10; b = 11; c = 12; a = 13; b = 14; c = 15
    raise HTTPException(404, msg)  #= the text is the parameter `msg` of the function


def listed(text, *parts, status=400):
    raise HTTPException(status, text)


def behind(status, *parts):
    raise HTTPException(status, *parts)


def passed(*args):
    raise HTTPException(*args)


def either(msg, is_gone=False):
    if is_gone:
        raise HTTPException(410, msg)
    raise HTTPException(404, msg)


def checked(value, msg):
    if not value:
        raise HTTPException(422, f"{msg}.")
    return value


def joined(msg):
    raise HTTPException(400, msg + " is wrong")  #= 400 "{msg} is wrong"


def by_position(user, /, text):
    raise HTTPException(404, text)


def two(msg, kind):
    if kind:
        raise HTTPException(409, f"{kind} is bad")  #= 409 "{kind} is bad"
    raise HTTPException(404, msg)
