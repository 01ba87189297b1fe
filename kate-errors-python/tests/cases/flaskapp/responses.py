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
        return body, 410, {"X-A": "b"}  #= 410 "gone" headers=X-A:b body={detail:*,code:"gone_away"}
    if name == "e":
        return jsonify({"error": "no"}), 400  #= 400 "no" body={error:*}
    if name == "f":
        return make_response(jsonify(detail="slow down"), 429)  #= 429 "slow down"
    if name == "g":
        return 409, {"detail": "lent"}  #= 409 "lent"
    if name == "h":
        return {"detail": "made"}, 201
    if name == "i":
        raise Teapot  #= 418 "No coffee here" body=page
    if name == "j":
        raise Teapot("No coffee")  #= 418 "No coffee" body=page
    if name == "k":
        raise Plain("what")  #= the status `status_code` is not in the source
    return name, 200


def later(name):
    if name == "a":
        response = jsonify({"detail": "not there"})
        response.status_code = 404
        return response  #= 404 "not there"
    if name == "b":
        response = make_response(jsonify(detail=f"no {name}"))
        response.headers["X-A"] = "b"
        response.status_code = 410
        return response  #= 410 "no {name}"
    if name == "c":
        response = jsonify(detail="made")
        response.status_code = 201
        return response
    if name == "d":
        response = jsonify(error="no")
        response.status_code = 400
        return response  #= 400 "no" body={error:*}
    response = jsonify(detail="lost")
    response.status_code = 404
    response = jsonify(detail="found")
    return response


def failed(text, status):
    return jsonify({"detail": text}), status


def large(text):
    a = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9; a = 10; b = 11; c = 12; a = 13; b = 14; c = 15
    a = 1; b = 2; c = 3; a = 4; b = 5; c = 6; a = 7; b = 8; c = 9; a = 10; b = 11; c = 12; a = 13; b = 14; c = 15
    return jsonify({"detail": text}), 404  #= the text is the parameter `text` of the function


def use(name):
    if name is None:
        return large("no large name")
    if name:
        return failed("no name", 422)  #= 422 "no name"
    return failed(f"{name} is bad", 400)  #= 400 "{name} is bad"
