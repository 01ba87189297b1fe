from fastapi import HTTPException


def before():
    raise HTTPException(404, "before")  #= 404 "before"


def broken():
    x = = 1  #= cannot be parsed


def after(x):
    match x:
        case {"a": [1, *rest]} if rest:
            raise HTTPException(400, "in match")  #= 400 "in match"
    type Alias[T] = list[T]
    with (open("a") as a, open("b") as b):
        raise HTTPException(400, f"with {a}")  #= 400 "with {a}"
    try:
        pass
    except* ValueError as group:
        raise HTTPException(400, "group")  #= 400 "group"
    if (n := len(x)) > 1:
        raise HTTPException(400, f"{n=} many")  #= 400 "n={n:Text} many"
    return lambda: HTTPException(400, "lambda")  #= 400 "lambda"
