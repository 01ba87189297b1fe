import http
from http import HTTPStatus as S

import fastapi
from fastapi import HTTPException as HE, status
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shop.errors import Either, Generic, Locked, Mixed, NotFound, Quiet, Restated, ThingNotFound, Unstated
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
    raise HE(400, "{who.name} at {0[key]}".format(name, who=user))  #= 400 "{who_name:Text} at {name:Text}"
    raise HE(400, "{!r} is odd".format(name))  #= 400 "{name:Text} is odd" from=name!r
    raise HE(400, "not %r, %a, %5s" % (name, user, items))  #= 400 "not {name:Text}, {user:Text}, {items:Text}" from=name!r,user!a,items:5
    raise HE(400, "%+d or %#x" % (item_id, price))  #= 400 "{item_id:Text} or {price:Text}" from=item_id:+d,price:#x
    raise HE(400, "%*d items" % (3, name))  #= the result of `"%*d items" % (3, name)`
    raise HE(400, "%(404)s is lost" % name)  #= 400 "{value_404} is lost"
    raise HE(400, f"{price:e}, {price:.1g} or {price:.3F}")  #= 400 "{price:Float}, {price_2:Float} or {price_3:Float}"
    raise HE(400, f"{self} and {self.name}: {ex}, {exception}")  #= 400 "{value} and {name}: {error}, {error_2}"
    raise HE(400, f"{type(user).__name__}, {user.__class__} or {user.kind.value}")  #= 400 "{user_type}, {user} or {user_kind}"
    raise HE(400, f"{max(items)} of {abs(price)}, {user.user_id} {'a' if items else name}")  #= 400 "{items} of {price}, {user_id} {name}"
    raise HE(400, "no {0} here".format(*items))  #= 400 "no {value} here"
    raise HE(400, f"at most {texts.LIMIT:d}, {texts.LIMIT:03}")  #= 400 "at most 20, {texts_limit:Text}"
    raise HE(400, f"{int(name)} left")  #= 400 "{name:Int} left"
    total: float = item_id
    number = 3
    raise HE(400, f"{total} of a {type(number)}")  #= 400 "{total:Float} of a {number_type}"
    raise HE(400, f"in {userName} {self.x.y.z} {get_thing()} {a or b}")  #= 400 "in {user_name} {y_z} {thing} {a}"


def conditions(c, msg):
    raise HE(404 if c else 409, "gone" if c else "taken")  #= 404 "gone" | 409 "taken"
    raise HE(404, msg or "default")  #= the parameter | 404 "default"
    raise HE(404 if msg else code(), "text")  #= 404 "text" | the status
    raise HE(404 if c else 409, "one" if msg else "two")  #= 404 "one" | 404 "two" | 409 "one" | 409 "two"
    raise HE(404, "one" if c else "two" if msg else "one")  #= 404 "one" | 404 "two"
    given = "given" if c else None
    raise HE(404, given if given else "not given")  #= 404 "given" | 404 "not given"


def constants(key, self):
    raise HE(410, GONE)  #= 410 "The thing is gone"
    raise HE(400, TOO_MANY)  #= 400 "No more than 20 things"
    raise HE(400, texts.AFTER)  #= 400 "After it"
    raise HE(400, texts.WITHIN)  #= 400 "Within it"
    raise HE(400, texts.MISSED)  #= 400 "Missed it"
    raise HE(400, texts.FOUND)  #= 400 "Found it"
    raise HE(400, texts.ENDED)  #= 400 "Ended it"
    raise HE(400, texts.TWICE)  #= 400 "Twice"
    raise HE(400, texts.JOINED)  #= 400 "One, two"
    raise HE(404, Messages.NOT_FOUND)  #= 404 "Thing not found"
    raise HE(404, Messages.STOLEN.value)  #= 404 "Thing was stolen"
    raise HE(404, Messages.MISSING(key))  #= 404 "Thing '{name}' is missing"
    raise HE(404, Messages.MISSING("book"))  #= 404 "Thing 'book' is missing"
    raise HE(404, Defaults.TEXT)  #= 404 "Nothing to see"
    raise HE(503, BY_NAME["full"])  #= 503 "The shop is full"
    raise HE(403, refused("A thing"))  #= 403 "A thing was refused"
    raise HE(403, refused(key, "no money"))  #= 403 "{thing} was refused: no money"
    raise HE(403, long_story(key))  #= computed by `long_story`


def narrowed(c, d):
    text = "given" if c else None
    if not text:
        raise HE(404, "not given")  #= 404 "not given"
    raise HE(404, text)  #= 404 "given"


def narrowed_by_one(c, d):
    text = "given" if c else None
    if d or text:
        raise HE(404, text)  #= 404 "given" | 404 "Not Found"


def narrowed_by_both(c, d):
    text = "given" if c else None
    if d:
        if c and text:
            raise HE(404, text)  #= 404 "given"
    elif text and c:
        raise HE(404, text)  #= 404 "given"
    elif text is None:
        raise HE(404, text)  #= 404 "given" | 404 "Not Found"


def narrowed_attribute(self, c):
    self.text = "given" if c else None
    if self.text:
        raise HE(404, self.text)  #= 404 "given"


def tried(work):
    try:
        text = "tried"
        work()
    except KeyError:
        text = "failed"
    else:
        raise HE(404, text)  #= 404 "tried"
    raise HE(404, text)  #= 404 "failed"


def before(work):
    text = "before"
    try:
        text = "tried"
        work()
    except KeyError:
        raise HE(404, text)  #= 404 "before" | 404 "tried"


def nested(work):
    try:
        work()
    except KeyError:
        try:
            work()
        except HE:
            pass
        raise


def returned(work):
    try:
        text = "tried"
        return work()
    except KeyError:
        text = "failed"
    raise HE(404, text)  #= 404 "failed"


def three(c, d):
    if c:
        text = "first"
    elif d:
        text = "second"
    else:
        text = "third"
    if c:
        code = 404
    else:
        code = 409
    raise HE(code, text)  #= 404 "first" | 404 "second" | 404 "third" | 409 "first" | 409 "second" | 409 "third"


def decided(c, name):
    thing = "a thing" if c else None
    raise HE(404, texts.says(thing))  #= 404 "It says something" | 404 "It says nothing"
    raise HE(404, texts.says(f"{name}"))  #= 404 "It says something" | 404 "It says nothing"
    raise HE(404, texts.says(0))  #= 404 "It says nothing"
    raise HE(404, texts.says({}))  #= 404 "It says nothing"
    raise HE(404, texts.says_both("a", 1))  #= 404 "It says both"
    raise HE(404, texts.says_both(None, name))  #= 404 "It says one"
    raise HE(404, texts.is_other("b"))  #= 404 "It is another"
    raise HE(404, texts.is_other(f"{c}"))  #= 404 "It is another" | 404 "It is the same"
    raise HE(404, texts.is_lost(404))  #= 404 "It is lost"
    raise HE(404, texts.level_2())  #= 404 "It is deep"
    raise HE(404, texts.level_1())  #= computed by
    raise HE(404, texts.maybe(c))  #= computed by
    raise HE(404, texts.locked(c))  #= 404 "It is locked"
    raise HE(404, texts.written("so"))  #= 404 "It reads so"


def variables(c, d):
    msg = "first"
    raise HE(400, msg)  #= 400 "first"
    msg = "second"
    if c:
        msg = "third"
        code = 404
    # Neither this comment nor the next one is a branch.
    elif d:
        msg = f"fourth {d}"
        code = 409
    # The next one.
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
    except LookupError as e:
        raise HE(400, e.args)  #= that of another exception, `e.args`
    except OSError:
        raise
    except HE:

        def later():
            raise

        raise  #= raised again
    except fastapi.HTTPException as error:
        raise HE(502, str(error))  #= that of another exception, `str(error)`
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
    raise HE(400, B"bytes")  #= the result of `B"bytes"`
    raise HE(400, 12)  #= the result of `12`
    raise HE(400, "%s and %s" % detail)  #= the result of `"%s and %s" % detail`
    raise HE(400, dict({"message": "x"}, code=1))  #= computed by `dict`


def classes(thing, e):
    raise NotFound()  #= 404 "Thing not found"
    raise NotFound  #= 404 "Thing not found"
    raise Generic  #= 404 "Thing not found"
    raise NotFound("Other thing")  #= 404 "Other thing"
    raise ThingNotFound(thing.name, 3)  #= 404 "Thing {name:Text} not found in 3 places" headers=X-Thing
    raise Locked(thing)  #= 423 "{thing} is locked" headers=X-Lock:1
    raise Unstated  #= 404 "Not Found"
    raise Mixed  #= 404 "From the mixin"
    raise Restated(thing)  #= 410 "{thing} is restated" headers=X-A:b
    raise Quiet(detail="for the log")  #= 404 "Not Found"
    raise Either()  #= 404 "Nobody found"
    raise Either("Anna")  #= 404 "Anna not found"
    raise NotFound(str(e))  #= computed by `str(e)` | 404 "Thing not found"


def responses(e):
    return JSONResponse(status_code=404, content={"detail": "sent"})  #= 404 "sent"
    return JSONResponse({"detail": "sent", "code": "c-1"}, 404)  #= 404 "sent" body={detail:*,code:"c-1"}
    return JSONResponse({"detail": "fine"})
    return JSONResponse({"other": "x"}, status_code=400)  #= 400 "x" body={other:*}
    return JSONResponse({"detail": e.detail}, status_code=e.status_code)  #= the status
    return JSONResponse({"other": "x"}, status_code=e.status_code)
    return JSONResponse(e.detail, status_code=e.status_code)
    raise HE(401, "who?", {**e.headers, "X-A": "b"})  #= 401 "who?" headers=X-A:b
    raise HE(503, "later", headers={"Retry-After": 5})  #= 503 "later" headers=Retry-After:5


def defaults(detail: str = "By default"):
    from fastapi import HTTPException as Local

    raise Local(400, detail)  #= the parameter | 400 "By default"


class Things:
    LABEL = "From the class"

    async def get(self):
        raise HE(404, self.LABEL)  #= 404 "From the class"


def outside(self):
    raise HE(404, self.LABEL)  #= the text is the value of `self.LABEL`


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
