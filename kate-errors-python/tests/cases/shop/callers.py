from fastapi import HTTPException

from . import helpers
from .helpers import half, made, not_found


class Users:
    def _fail(self, text, status=403):
        raise HTTPException(status, text)

    @classmethod
    def _gone(cls, text):
        raise HTTPException(410, text)

    def get(self, user: int, exc):
        self._fail("You may not")  #= 403 "You may not" function=Users.get
        self._fail(f"No {user}", status=404)  #= 404 "No {user:Int}"
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
    helpers.either("There")  #= 404 "There"
    helpers.either("There", is_gone=True)  #= 410 "There"
    user = helpers.checked(user, "No user")  #= 422 "No user."
    helpers.joined("A name")
    other = [not_found("In a list") for it in user]  #= 404 "In a list"
