from http import HTTPStatus

from fastapi import HTTPException

# The names of Python 3.11: those of five statuses are older than RFC 9110, and that of 499 is unknown.


def names():
    raise HTTPException(402)  #= 402 "Payment Required"
    raise HTTPException(413)  #= 413 "Request Entity Too Large"
    raise HTTPException(414)  #= 414 "Request-URI Too Long"
    raise HTTPException(416)  #= 416 "Requested Range Not Satisfiable"
    raise HTTPException(417)  #= 417 "Expectation Failed"
    raise HTTPException(418)  #= 418 "I'm a Teapot"
    raise HTTPException(422)  #= 422 "Unprocessable Entity"
    raise HTTPException(425)  #= 425 "Too Early"
    raise HTTPException(499)  #= the text is empty
    raise HTTPException(511)  #= 511 "Network Authentication Required"
    raise HTTPException(599)  #= the text is empty


def constants():
    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request_entity_too_large")  #= 413 "request_entity_too_large"
    raise HTTPException(HTTPStatus.CONTENT_TOO_LARGE, "content_too_large")  #= 413 "content_too_large"
    raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "unprocessable_entity")  #= 422 "unprocessable_entity"
    raise HTTPException(HTTPStatus.UNPROCESSABLE_CONTENT, "unprocessable_content")  #= 422 "unprocessable_content"
    raise HTTPException(HTTPStatus.IM_A_TEAPOT, "im_a_teapot")  #= 418 "im_a_teapot"
    raise HTTPException(HTTPStatus.REQUEST_URI_TOO_LONG, "request_uri_too_long")  #= 414 "request_uri_too_long"
    raise HTTPException(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "http_version_not_supported")  #= 505 "http_version_not_supported"
    raise HTTPException(HTTPStatus.NOT_FOUND, "not_found")  #= 404 "not_found"
    raise HTTPException(HTTPStatus.CLIENT_ERROR, "client_error")  #= the status `status_code` is not in the source
