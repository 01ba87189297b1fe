from http import HTTPStatus

from fastapi import HTTPException


def missing():
    raise HTTPException(HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase)  #= 404 "Not Found"
