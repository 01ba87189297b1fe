import http
from http import HTTPStatus as S

import fastapi
from fastapi import HTTPException as HE, status
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shop.errors import Either, Locked, NotFound, ThingNotFound, Unstated
from shop.messages import BY_NAME, GONE, JOINED, TOO_MANY, Defaults, Messages, long_story, refused

from . import messages as texts


def plain():
    raise HE(404, "x y")  #= 404 "x y"
    raise HTTPException(status_code=410, detail="kept")  #= 410 "kept"
    raise fastapi.HTTPException(status.HTTP_409_CONFLICT, detail="taken")  #= 409 "taken"
    raise HE(http.HTTPStatus.NOT_FOUND.value, "value")  #= 404 "value"
    raise HE(S.IM_A_TEAPOT, "tea")  #= 418 "tea"
    raise HE(404)  #= 404 "Not Found"
    raise HE(status_code=413, detail=None)  #= 413 "Request Entity Too Large"
    raise HE(401, "who?", {"WWW-Authenticate": "Bearer"})  #= 401 "who?" headers=WWW-Authenticate:Bearer


def strings(user, items, item_id: int, price: float, name):
    raise HE(400, f"User {user.id} has {len(items)} items")  #= 400 "User {user_id} has {items_count:Int} items"
    raise HE(400, f"Item {item_id} costs {price:.2f}")  #= 400 "Item {item_id:Int} costs {price:Float}"
    raise HE(400, "%s is not %d" % (name, user.age))  #= 400 "{name} is not {user_age:Int}"
    raise HE(400, "%(a)s of 100%%" % {"a": name})  #= 400 "{a} of 100%"
    raise HE(400, "%*d items" % (3, name))  #= the result of `"%*d items" % (3, name)`
    raise HE(400, "only %s" % name)  #= 400 "only {name}"
    raise HE(400, "{} or {who}".format(name, who=user))  #= 400 "{name} or {who}"
    raise HE(400, "{0}, {0} {{x}}".format(name))  #= 400 "{name}, {name_2} {x}"
    raise HE(400, "a" "b" f"c{name}")  #= 400 "abc{name}"
    raise HE(400, "a" + name + "b")  #= 400 "a{name}b"
    raise HE(400, f"{name!r} {{braces}} \x41\u00e9\
 end")  #= 400 "{name:Text} {braces} Aé end" line=36
    raise HE(400, r"raw\n" '''three
lines''')  #= 400 "raw\\nthree\nlines" line=38
    raise HE(400, f"a {'b' if items else 'c'} d")  #= 400 "a b d" | 400 "a c d"
    raise HE(400, f"nested {f'{name} {user["key"]}'}")  #= 400 "nested {name} {user_key}"
    raise HE(400, f"in {userName} {self.x.y.z} {get_thing()} {a or b}")  #= 400 "in {user_name} {y_z} {thing} {a}"


def conditions(c, msg):
    raise HE(404 if c else 409, "gone" if c else "taken")  #= 404 "gone" | 409 "taken"
    raise HE(404, msg or "default")  #= the parameter | 404 "default"
    raise HE(404 if msg else code(), "text")  #= 404 "text" | the status


def constants(key, self):
    raise HE(410, GONE)  #= 410 "The thing is gone"
    raise HE(400, TOO_MANY)  #= 400 "No more than 20 things"
    raise HE(400, texts.JOINED)  #= 400 "One, two"
    raise HE(404, Messages.NOT_FOUND)  #= 404 "Thing not found"
    raise HE(404, Messages.STOLEN.value)  #= 404 "Thing was stolen"
    raise HE(404, Messages.MISSING(key))  #= 404 "Thing '{name}' is missing"
    raise HE(404, Defaults.TEXT)  #= 404 "Nothing to see"
    raise HE(503, BY_NAME["full"])  #= 503 "The shop is full"
    raise HE(403, refused("A thing"))  #= 403 "A thing was refused"
    raise HE(403, refused(key, "no money"))  #= 403 "{thing} was refused: no money"
    raise HE(403, long_story(key))  #= computed by `long_story`


def variables(c, d):
    msg = "first"
    raise HE(400, msg)  #= 400 "first"
    msg = "second"
    if c:
        msg = "third"
        code = 404
    elif d:
        msg = f"fourth {d}"
        code = 409
    else:
        raise HE(400, msg)  #= 400 "second"
    raise HE(code, msg)  #= 404 "third" | 409 "fourth {d}"
    error = None
    if c:
        error = "found"
    if error is not None:
        raise HE(400, error)  #= 400 "found"
    msg += " and more"
    raise HE(400, msg)  #= 400 "third and more" | 400 "fourth {d} and more"
    for x in c:
        msg += x
    raise HE(400, msg)  #= the value of `msg` | 400 "third and more" | 400 "fourth {d} and more"
    failure = HE(500, "made before")  #= 500 "made before"
    raise failure


def caught():
    try:
        work()
    except KeyError as e:
        raise HE(400, str(e))  #= text is that of another exception
    except ValueError as error:
        raise HE(400, f"Bad value: {error}") from error  #= 400 "Bad value: {error}"
    except HE:
        raise  #= raised again
    except (TypeError, HTTPException) as e:
        raise e  #= raised again
    except Exception as e:
        raise ValueError(e)


def cannot(detail, e, args):
    raise HE(400, detail)  #= the parameter
    raise HE(400, {"error": "x"})  #= 400 "x" body={detail:{error:*}}
    raise HE(400, ["x"])  #= a list
    raise HE(400, compute())  #= computed by `compute`
    raise HE(400, e.message)  #= set elsewhere
    raise HE(e.status, "x")  #= the status `e.status`
    raise HE(304, "x")  #= not an error status
    raise HE(*args)  #= unpacked from `args`
    raise HE(400, f"{e}: {detail}")  #= only of values
    raise HE(400, "")  #= empty
    raise HE(400, b"bytes")  #= the result of


def classes(thing, e):
    raise NotFound()  #= 404 "Thing not found"
    raise NotFound  #= 404 "Thing not found"
    raise NotFound("Other thing")  #= 404 "Other thing"
    raise ThingNotFound(thing.name, 3)  #= 404 "Thing {name:Text} not found in 3 places" headers=X-Thing
    raise Locked(thing)  #= 423 "{thing} is locked"
    raise Unstated  #= 404 "Not Found"
    raise Either()  #= 404 "Nobody found"
    raise Either("Anna")  #= 404 "Anna not found"
    raise NotFound(str(e))  #= computed by `str(e)` | 404 "Thing not found"


def responses(e):
    return JSONResponse(status_code=404, content={"detail": "sent"})  #= 404 "sent"
    return JSONResponse({"detail": "sent", "code": "c-1"}, 404)  #= 404 "sent" body={detail:*,code:"c-1"}
    return JSONResponse({"detail": "fine"})
    return JSONResponse({"other": "x"}, status_code=400)  #= 400 "x" body={other:*}
    return JSONResponse({"detail": e.detail}, status_code=e.status_code)  #= the status


def defaults(detail: str = "By default"):
    from fastapi import HTTPException as Local

    raise Local(400, detail)  #= the parameter | 400 "By default"


class Things:
    LABEL = "From the class"

    async def get(self):
        raise HE(404, self.LABEL)  #= 404 "From the class" function=Things.get


def rounds(rows):
    row, state = 1, "new"
    for value in rows:
        if not value:
            raise HE(400, f"Row {row} is empty, {state}")  #= 400 "Row {row} is empty, {state}"
        state = "old"
        row += 1
        part = "a"
        part += " b"
        raise HE(400, part)  #= 400 "a b"
