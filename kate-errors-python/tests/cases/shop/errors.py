from http import HTTPStatus

from fastapi import HTTPException

from . import messages


class ShopError(HTTPException):
    status_code = 400
    detail = "The shop failed"

    def __init__(self, detail=None, **rest):
        super().__init__(status_code=self.status_code, detail=detail or self.detail, **rest)


class NotFound(ShopError):
    status_code = HTTPStatus.NOT_FOUND
    detail = messages.Messages.NOT_FOUND


class ThingNotFound(NotFound):
    def __init__(self, name: str, count: int):
        super().__init__(f"Thing {name} not found in {count} places", headers={"X-Thing": name})


class Unstated(HTTPException):
    detail = "Not sent, since there is no such argument"

    def __init__(self):
        super().__init__(404)


class Locked(HTTPException):
    def __init__(self, thing):
        self.status_code = 423
        self.detail = f"{thing} is locked"


class Either(HTTPException):
    def __init__(self, name=None):
        if name is None:
            super().__init__(404, "Nobody found")
        else:
            super().__init__(404, f"{name} not found")
