from django.core.exceptions import PermissionDenied as DjangoDenied
from django.http import Http404, JsonResponse
from django.utils.translation import (
    gettext_lazy as _,
    gettext,
    gettext_lazy,
    gettext_noop,
    pgettext,
    pgettext_lazy,
    ugettext,
    ugettext_lazy,
)
from rest_framework import exceptions, serializers, status
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, Throttled
from rest_framework.response import Response

import json


class Busy(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _("Busy, try later.")
    default_code = "busy"


class VeryBusy(Busy):
    default_detail = "Very busy."


class Named(APIException):
    status_code = 409

    def __init__(self, name):
        super().__init__(f"{name} exists", code="exists")


def view(request, name):
    raise NotFound("x y")  #= 404 "x y"
    raise NotFound()  #= 404 "Not found."
    raise NotFound  #= 404 "Not found."
    raise PermissionDenied(detail=_("No."))  #= 403 "No."
    raise exceptions.ParseError("Bad", code="worse")  #= 400 "Bad" code=worse
    raise exceptions.ParseError("Bad", code="")  #= 400 "Bad"
    raise exceptions.MethodNotAllowed("GET")  #= 405 "Method \"GET\" not allowed."
    raise exceptions.MethodNotAllowed(request.method)  #= 405 "Method \"{method}\" not allowed."
    raise Throttled(wait=5)  #= framework's own
    raise Throttled()  #= 429 "Request was throttled."
    raise Busy()  #= 503 "Busy, try later." code=busy
    raise VeryBusy  #= 503 "Very busy." code=busy
    raise PermissionDenied(pgettext("thing", "Not this."))  #= 403 "Not this."
    raise PermissionDenied(gettext_lazy("Not lazily."))  #= 403 "Not lazily."
    raise PermissionDenied(gettext_noop("Not yet."))  #= 403 "Not yet."
    raise PermissionDenied(ugettext("Not once."))  #= 403 "Not once."
    raise PermissionDenied(ugettext_lazy("Not any more."))  #= 403 "Not any more."
    raise PermissionDenied(pgettext_lazy("thing", "Not that."))  #= 403 "Not that."
    raise Busy(gettext("Now %(name)s") % {"name": name})  #= 503 "Now {name}" code=busy
    raise Named(name)  #= 409 "{name} exists" code=exists
    raise NotFound(text for text in name)  #= the result of `(text for text in name)`
    raise NotFound({"detail": "inside"})  #= 404 "inside"
    raise NotFound({"a": 1})  #= the body of the response has no message
    raise NotFound({"a": "b"})  #= 404 "b" body={a:*}
    raise exceptions.ValidationError("x")  #= ValidationError
    raise serializers.ValidationError({"a": "x"})  #= ValidationError
    raise Http404("No such page")  #= 404 "No such page"
    raise Http404  #= 404 "Not found."
    raise DjangoDenied()  #= 403 "You do not have permission to perform this action."
    raise ValueError("no site")
    return Response({"detail": "x y"}, status=status.HTTP_404_NOT_FOUND)  #= 404 "x y"
    return Response(data={"detail": "x %s" % name}, status=400)  #= 400 "x {name}"
    return JsonResponse({"detail": "json"}, status=418)  #= 418 "json"
    return Response({"detail": "x"})
    return Response(status=404)


class Picky(APIException):
    def __init__(self, detail):
        body = {"detail": "always"}
        body["detail"] = detail
        super().__init__(body)


def changed():
    body = {"detail": "x"}
    body.update(other())
    raise NotFound(body)  #= the value of `body`
    raise Picky("x")  #= 500 "x"
