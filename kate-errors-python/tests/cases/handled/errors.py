class ShopError(Exception):
    status = 500

    def __init__(self, message, code="shop", status_code=None):
        super().__init__(message)
        self.message = message
        self.code = code
        self.status_code = status_code or self.status


class Missing(ShopError):
    status = 404


class Closed(ShopError):
    def __init__(self, day: str):
        self.day = day
        super().__init__(f"Closed on {day}", "closed", 409)


class Broken(ShopError):
    def __init__(self):
        super().__init__("It is broken", "broken", 410)


class Moved(Exception):
    def __init__(self, target):
        self.status_code = 404
        self.target = target


class Plain(Exception):
    pass


class Fixed(Exception):
    pass


class Unhandled(Exception):
    pass


class Usage(Exception):
    status_code = 400

    def __init__(self, message, status_code=None):
        super().__init__()
        self.message = message
        if status_code is not None:
            self.status_code = status_code


class Invalid(Exception):
    status = 422

    def __init__(self, message, payload=None):
        super().__init__()
        self.message = message
        self.payload = payload

    def to_dict(self):
        members = dict(self.payload or ())
        members["message"] = self.message
        return members


class Proxied(Exception):
    def __init__(self, message, code):
        self.message = str(message)
        self.code = str(code)


class Opaque(Exception):
    def __init__(self, message):
        self.message = message


class Returned(Exception):
    code = 410

    def __init__(self, message):
        self.message = message


class Spoken(Exception):
    pass


class Worded(Spoken):
    def __str__(self):
        return " ".join(self.args)
