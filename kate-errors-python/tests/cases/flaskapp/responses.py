from flask import Flask, jsonify, make_response
from werkzeug.exceptions import HTTPException


class Teapot(HTTPException):
    code = 418
    description = "No coffee here"


class Plain(HTTPException):
    pass


def view(name):
    if name == "a":
        return jsonify({"detail": "not valid"}), 422  #= 422 "not valid"
    if name == "b":
        return {"detail": f"no {name}"}, 403  #= 403 "no {name}"
    if name == "c":
        return jsonify(detail="not there"), 404  #= 404 "not there"
    if name == "d":
        body = jsonify(detail="gone", code="gone_away")
        return body, 410, {"X-A": "b"}  #= 410 "gone" code=gone_away headers=X-A:b
    if name == "e":
        return jsonify({"error": "no"}), 400  #= the body of the response is not
    if name == "f":
        return make_response(jsonify(detail="slow down"), 429)  #= 429 "slow down"
    if name == "g":
        return 409, {"detail": "lent"}  #= 409 "lent"
    if name == "h":
        return {"detail": "made"}, 201
    if name == "i":
        raise Teapot  #= 418 "No coffee here" form=Page
    if name == "j":
        raise Teapot("No coffee")  #= 418 "No coffee" form=Page
    if name == "k":
        raise Plain("what")  #= the status `status_code` is not in the source
    return name, 200
