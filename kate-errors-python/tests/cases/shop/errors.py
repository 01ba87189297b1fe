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


class Generic(NotFound[int]):
    pass


class ThingNotFound(NotFound):
    def __init__(self, name: str, count: int):
        super().__init__(f"Thing {name} not found in {count} places", headers={"X-Thing": name})


class Mixin:
    detail = "From the mixin"


class Mixed(Mixin, NotFound):
    pass


class Unstated(HTTPException):
    detail = "Not sent, since there is no such argument"

    def __init__(self):
        super().__init__(404)


class Restated(HTTPException):
    def __init__(self, thing):
        super().__init__(404, "stated", headers={"X-A": "b"})
        self.status_code = 410
        self.detail = f"{thing} is restated"


class Quiet(HTTPException):
    def __init__(self, detail, **rest):
        super().__init__(404, **rest)


class Locked(HTTPException):
    def __init__(self, thing):
        self.status_code = 423
        self.detail = f"{thing} is locked"
        self.headers = {"X-Lock": "1"}


class Either(HTTPException):
    def __init__(self, name=None):
        if name is None:
            super().__init__(404, "Nobody found")
        else:
            super().__init__(404, f"{name} not found")
