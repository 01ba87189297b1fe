import flask_restful
import flask_restx as restx
from flask_restful import abort
from flask_smorest import abort as smorest_abort


def view(name):
    abort(404, message="Not here")  #= 404 "Not here" body={message:*}
    flask_restful.abort(403, message="No {}".format(name))  #= 403 "No {name}" body={message:*}
    restx.abort(409, "Taken")  #= 409 "Taken" body={message:*}
    smorest_abort(410, message="Gone")  #= 410 "Gone" body={message:*}
    abort(400)  #= framework's own
