from django.core.exceptions import PermissionDenied as DjangoDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _, gettext, pgettext
from rest_framework import exceptions, serializers, status
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, Throttled
from rest_framework.response import Response


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
    raise exceptions.MethodNotAllowed("GET")  #= 405 "Method \"GET\" not allowed."
    raise exceptions.MethodNotAllowed(request.method)  #= 405 "Method \"{method}\" not allowed."
    raise Throttled(wait=5)  #= framework's own
    raise Throttled()  #= 429 "Request was throttled."
    raise Busy()  #= 503 "Busy, try later." code=busy
    raise VeryBusy  #= 503 "Very busy." code=busy
    raise PermissionDenied(pgettext("thing", "Not this."))  #= 403 "Not this."
    raise Busy(gettext("Now %(name)s") % {"name": name})  #= 503 "Now {name}" code=busy
    raise Named(name)  #= 409 "{name} exists" code=exists
    raise NotFound({"detail": "inside"})  #= 404 "inside"
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
