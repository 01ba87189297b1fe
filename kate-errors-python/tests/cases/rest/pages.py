import json

from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound


def page(request):
    raise Http404("No such page")  #= 404 "No such page" form=Page
    raise Http404  #= framework's own


def responses(request):
    if request.a:
        return HttpResponse(json.dumps({"detail": "dumped"}), status=409)  #= 409 "dumped"
    if request.b:
        return HttpResponseBadRequest(json.dumps({"detail": "bad"}))  #= 400 "bad"
    if request.c:
        return HttpResponseNotFound("no page")  #= body of the response
    return HttpResponse("fine")
