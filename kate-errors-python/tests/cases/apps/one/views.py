from fastapi import HTTPException
from texts import GONE


def view():
    raise HTTPException(410, GONE)  #= 410 "Gone from the first app"
