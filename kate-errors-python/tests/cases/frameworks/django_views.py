"""Django's responses and exceptions, without a framework around it."""

import json

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
    JsonResponse,
)
from django.http.response import HttpResponseGone


def view(request):
    raise BadRequest("Bad")  #= 400 "Bad" body=page
    raise SuspiciousOperation("Odd")  #= 400 "Odd" body=page
    raise PermissionDenied("Denied")  #= 403 "Denied" body=page
    raise Http404("Gone")  #= 404 "Gone" body=page
    return HttpResponse(json.dumps({"error": "Text"}), status=409)  #= 409 "Text" body={error:*}
    return HttpResponseBadRequest(json.dumps({"error": "Bad request"}))  #= 400 "Bad request" body={error:*}
    return HttpResponseForbidden(json.dumps({"error": "Forbidden"}))  #= 403 "Forbidden" body={error:*}
    return HttpResponseNotFound(json.dumps({"error": "Not found"}))  #= 404 "Not found" body={error:*}
    return HttpResponseGone(json.dumps({"error": "No longer there"}))  #= 410 "No longer there" body={error:*}
    return HttpResponseServerError(json.dumps({"error": "Broken"}))  #= 500 "Broken" body={error:*}
    return HttpResponseNotFound("Not JSON")  #= the body of the response has no message
    return JsonResponse({"error": "Taken"}, status=409)  #= 409 "Taken" body={error:*}
