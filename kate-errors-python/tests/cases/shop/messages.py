from enum import Enum

GONE = "The thing is gone"
LIMIT = 20
ONCE = TWICE = "Twice"
TOO_MANY = f"No more than {LIMIT} things"
JOINED = "One, " + "two"
BY_NAME = {"closed": "The shop is closed", "full": "It is full", "full": "The shop is full"}


for number in range(LIMIT):
    pass
else:
    AFTER = "After it"

with open("messages") as file:
    WITHIN = "Within it"

try:
    import json
except ImportError:
    MISSED = "Missed it"
else:
    FOUND = "Found it"
finally:
    ENDED = "Ended it"


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


def says(thing):
    if thing:
        return "It says something"
    return "It says nothing"


def says_both(one, other):
    if one and other:
        return "It says both"
    return "It says one"


def is_other(kind):
    if kind != "a":
        return "It is another"
    return "It is the same"


def is_lost(status):
    if status == 404:
        return "It is lost"
    return "It is there"


def written(value):
    if isinstance(value, str):
        return f"It reads {value}"
    return "It has no text"


def locked(door):
    with door:
        return "It is locked"


def level_1():
    return level_2()


def level_2():
    return level_3()


def level_3():
    return level_4()


def level_4():
    return "It is deep"


def maybe(thing):
    if thing:
        return "It may be"
