from fastapi import HTTPException


def lines():
    raise HTTPException(404, """Two
lines""")  #= 404 "Two\nlines" line=5
