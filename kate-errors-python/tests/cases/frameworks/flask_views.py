"""The responses of Flask and of the frameworks based on it."""

import json as plain_json

import flask_restx
import flask_smorest
import werkzeug
from flask import Flask, Response, abort, json, jsonify, make_response
from flask_restful import abort as restful_abort
from werkzeug.exceptions import Conflict, HTTPException, RequestURITooLarge
from werkzeug.exceptions import abort as werkzeug_abort
from werkzeug.wrappers import Response as Wrapped

app = Flask(__name__)


@app.route("/")
def view():
    abort(404, "Not here")  #= 404 "Not here" body=page
    werkzeug_abort(410, "Not any more")  #= 410 "Not any more" body=page
    restful_abort(409, message="Taken")  #= 409 "Taken" body={message:*}
    flask_restx.abort(403, "Not yours")  #= 403 "Not yours" body={message:*}
    flask_smorest.abort(400, message="Bad")  #= 400 "Bad" body={message:*}
    raise Conflict("Two at once")  #= 409 "Two at once" body=page
    raise RequestURITooLarge("Long")  #= 414 "Long" body=page
    raise HTTPException("No status")  #= the status `status_code` is not in the source
    return Response(plain_json.dumps({"error": "Dumped"}), 400)  #= 400 "Dumped" body={error:*}
    return Response("Plain", 401)  #= the body of the response has no message
    return werkzeug.Response(plain_json.dumps({"error": "Of the package"}), 402)  #= 402 "Of the package" body={error:*}
    return Wrapped(plain_json.dumps({"error": "Wrapped"}), 403)  #= 403 "Wrapped" body={error:*}
    return make_response({"error": "Made"}, 404)  #= 404 "Made" body={error:*}
    return make_response(jsonify(error="Made from words"), 405)  #= 405 "Made from words" body={error:*}
    return json.jsonify({"error": "Nested", "fatal": False, "known": True, "other": not app}), 406  #= 406 "Nested" body={error:*,fatal:false,known:true,other:?}
