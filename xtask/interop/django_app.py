"""A Django REST framework application that raises the rows of the catalog, and the framework's own errors."""

import logging
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    DEBUG=False,
    INSTALLED_APPS=["rest_framework"],
    LOGGING_CONFIG=None,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_THROTTLE_RATES": {"anon": "1/hour"},
        "UNAUTHENTICATED_USER": None,
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="for tests",
    USE_TZ=True,
)
django.setup()
logging.disable(logging.CRITICAL)

from django.core.wsgi import get_wsgi_application
from django.http import Http404
from django.urls import path
from harness import ROWS
from loopback import listen
from rest_framework import exceptions, serializers
from rest_framework.authentication import BasicAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView


def exception(row):
    """The framework's own exception for a status, if it has one; with the row's sentence."""
    of_status = {
        403: exceptions.PermissionDenied,
        404: exceptions.NotFound,
        429: exceptions.Throttled,
    }
    if row["status"] in of_status:
        return of_status[row["status"]](detail=row["detail"])
    error = exceptions.APIException(row["detail"], code=row["code"])
    error.status_code = row["status"]
    return error


class Row(APIView):
    def get(self, request, code):
        raise exception(ROWS[code])


class Item(serializers.Serializer):
    name = serializers.CharField()
    price = serializers.FloatField(min_value=0)


class Items(APIView):
    def post(self, request):
        item = Item(data=request.data)
        item.is_valid(raise_exception=True)
        return Response(item.data)


class Raised(APIView):
    def get(self, request, kind):
        raise {
            "text": exceptions.ValidationError("plain message"),
            "object": exceptions.APIException({"code": "E7"}),
            "list": exceptions.PermissionDenied(["a", "b"]),
            "missing": Http404(),
            "waiting": exceptions.Throttled(wait=17.4),
            "crash": RuntimeError("10.0.0.7 refused the connection"),
        }[kind]


class Throttled(APIView):
    throttle_classes = [AnonRateThrottle]

    def get(self, request):
        return Response({})


class Locked(APIView):
    authentication_classes = [BasicAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({})


urlpatterns = [
    path("rows/<str:code>", Row.as_view()),
    path("items", Items.as_view()),
    path("raised/<str:kind>", Raised.as_view()),
    path("throttled", Throttled.as_view()),
    path("locked", Locked.as_view()),
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    listener = listen()
    server = Server(listener.getsockname(), Silent, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_name, server.server_port = listener.getsockname()
    server.setup_environ()
    server.set_app(get_wsgi_application())
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
