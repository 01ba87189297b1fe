import json

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound


def page(request):
    raise Http404("No such page")  #= 404 "No such page" body=page
    raise Http404  #= framework's own


def responses(request):
    if request.a:
        return HttpResponse(json.dumps({"detail": "dumped"}), status=409)  #= 409 "dumped"
    if request.b:
        return HttpResponseBadRequest(json.dumps({"detail": "bad"}))  #= 400 "bad"
    if request.c:
        return HttpResponseNotFound("no page")  #= body of the response
    return HttpResponse("fine")


def refuse(request, page):
    if page:
        raise BadRequest("No such page: %s" % page)  #= 400 "No such page: {page}" body=page
    if request:
        raise SuspiciousOperation("Too many pages")  #= 400 "Too many pages" body=page
    raise BadRequest  #= framework's own
