"""The classes of Django REST framework, each with its own text."""

from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotAcceptable,
    NotAuthenticated,
    NotFound,
    ParseError,
    PermissionDenied,
    Throttled,
    UnsupportedMediaType,
)


def defaults(request):
    raise APIException  #= 500 "A server error occurred."
    raise ParseError  #= 400 "Malformed request."
    raise AuthenticationFailed  #= 401 "Incorrect authentication credentials."
    raise NotAuthenticated  #= 401 "Authentication credentials were not provided."
    raise PermissionDenied  #= 403 "You do not have permission to perform this action."
    raise NotFound  #= 404 "Not found."
    raise MethodNotAllowed(request.method)  #= 405 "Method \"{method}\" not allowed."
    raise NotAcceptable  #= 406 "Could not satisfy the request Accept header."
    raise UnsupportedMediaType(request.content_type)  #= 415 "Unsupported media type \"{media_type}\" in request."
    raise Throttled  #= 429 "Request was throttled."


def details(request):
    raise UnsupportedMediaType("text/csv", "Send JSON")  #= 415 "Send JSON"
    raise MethodNotAllowed("PUT", "Read only")  #= 405 "Read only"
    raise Throttled(None, "Wait")  #= the text is the framework's own
