from enum import Enum

GONE = "The thing is gone"
LIMIT = 20
TOO_MANY = f"No more than {LIMIT} things"
JOINED = "One, " + "two"
BY_NAME = {"closed": "The shop is closed", "full": "The shop is full"}


class Messages(str, Enum):
    NOT_FOUND = "Thing not found"
    STOLEN = "Thing was stolen"

    MISSING = lambda name="": f"Thing '{name}' is missing"


class Defaults:
    TEXT = "Nothing to see"


def refused(thing, why=""):
    if not why:
        return f"{thing} was refused"
    return f"{thing} was refused: {why}"


def long_story(thing):
    return compose(thing)
