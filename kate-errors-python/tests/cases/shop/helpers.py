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
