from fastapi import HTTPException

from . import helpers
from .helpers import half, made, not_found


class Users:
    STATUS = 402

    def _owe(self, text):
        raise HTTPException(self.STATUS, text)

    def _fail(self, text, status=403):
        raise HTTPException(status, text)

    @classmethod
    def _gone(cls, text):
        raise HTTPException(410, text)

    def get(self, user: int, exc):
        self._fail("You may not")  #= 403 "You may not"
        self._fail(f"No {user}", status=404)  #= 404 "No {user:Int}"
        self._owe("You owe")  #= 402 "You owe"
        self._gone("It went")  #= 410 "It went"
        Users._gone("They went")  #= 410 "They went"


def use(user, msg, exc):
    not_found("User not found")  #= 404 "User not found"
    raise made("It is bad")  #= 400 "It is bad"
    raise helpers.made(f"{user} is late", code=409)  #= 409 "{user} is late"
    helpers.named("User")
    helpers.fixed()
    half("It is half")  #= 404 "It is half"
    half(msg)
    half(str(exc))  #= the text is computed by `str(exc)`
    helpers.outer("Not from here")
    helpers.both("It is both")  #= 410 "It is both"
    helpers.defaulted("It is given")  #= 404 "It is given"
    helpers.usual()
    helpers.long("It is long")  #= 404 "It is long"
    helpers.huge("It is huge")
    helpers.listed("It is listed", "a", 404)  #= 400 "It is listed"
    helpers.behind(404, "It is behind")  #= 404 "It is behind"
    helpers.passed(404, "It is passed")  #= 404 "It is passed"
    helpers.passed(*user)  #= unpacked from `user`
    helpers.either("There")  #= 404 "There"
    helpers.either("There", is_gone=True)  #= 410 "There"
    user = helpers.checked(user, "No user")  #= 422 "No user."
    helpers.joined("A name")
    print(f"{not_found('In a text')}")  #= 404 "In a text"
    other = {**not_found("Unpacked")}  #= 404 "Unpacked"
    other = {"a": not_found("In an object")}  #= 404 "In an object"
    other = 1 if not_found("In a condition") else 2  #= 404 "In a condition"
    other = user[not_found("In an index")]  #= 404 "In an index"
    other = 0 < not_found("Between") < 2  #= 404 "Between"
    other = [not_found("In a list") for it in user]  #= 404 "In a list"
