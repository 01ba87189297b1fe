"""Objects that become JSON, and objects around messages."""

from typing import ClassVar

from fastapi import HTTPException as HE
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_validator
from pydantic_settings import BaseSettings


class ErrorResponse(BaseModel):
    """What a response says."""

    message: str
    error: bool = True
    exception: str | None = None
    model_config = {"frozen": True}
    _cache: dict = {}
    kinds: ClassVar[list] = []

    @staticmethod
    def nothing():
        pass

    @property
    def short(self):
        return self.message[:10]

    @classmethod
    def respond(cls, message: str, exception: str | None = None) -> dict:
        """Creates an object, and converts it."""
        return cls(message=message, exception=exception).model_dump()


class Coded(ErrorResponse):
    error: bool = False
    code: int = Field(7, description="A number")
    hint: str = Field(...)
    size: int = measure()
    seen: list = Field(default_factory=list)


class Hidden(BaseModel):
    message: str = Field("x", exclude=True)


class Louder(BaseModel):
    message: str

    @field_validator("message")
    def shout(cls, value):
        return value.upper()


class Own(BaseModel):
    message: str

    def model_dump(self):
        return {"message": "always"}


class Renamed(BaseModel, alias_generator=str.upper):
    message: str


class Serialized(BaseModel):
    message: str
    model_config = ConfigDict(serialize_by_alias=True)


class OwnInit(BaseModel):
    message: str

    def __init__(self, message):
        pass


class OwnNew(BaseModel):
    message: str

    def __new__(cls, **members):
        pass


class OwnPost(BaseModel):
    message: str

    def model_post_init(self, context):
        pass


class OwnDict(BaseModel):
    message: str

    def dict(self):
        pass


class Optional(BaseModel):
    message: str = Field(**OPTIONS)


class Mixed(Louder, ErrorResponse):
    pass


class Titled(BaseModel):
    message: str

    def text(self, thing):
        return f"No {thing}"


class Foreign(BaseSettings):
    message: str


def models(exc, name):
    raise HE(404, ErrorResponse.respond("Not here"))  #= 404 "Not here" body={detail:{message:*,error:true,exception:null}}
    raise HE(500, ErrorResponse.respond(f"No {name}", exception=str(exc)))  #= 500 "No {name}" body={detail:{message:*,error:true,exception:?}}
    raise HE(409, ErrorResponse(message="Taken", error=False).dict(exclude_none=True))  #= 409 "Taken" body={detail:{message:*,error:false}}
    raise HE(400, Coded(message="Bad", hint=name).model_dump(mode="json"))  #= 400 "Bad" body={detail:{message:*,exception:null,error:false,code:7,hint:?,size:?,seen:?}}
    made = ErrorResponse(message="Made before")
    raise HE(410, made.model_dump())  #= 410 "Made before" body={detail:{message:*,error:true,exception:null}}
    raise HE(400, made)  #= computed by `ErrorResponse`
    raise HE(400, made.model_dump(by_alias=True))  #= computed by `made.model_dump`
    raise HE(400, ErrorResponse(message="x", other=1).model_dump())  #= computed by
    raise HE(400, ErrorResponse("x").model_dump())  #= computed by
    raise HE(400, Coded(message="x").model_dump())  #= computed by
    raise HE(400, ErrorResponse(**name).model_dump())  #= computed by
    raise HE(400, made.model_dump(exclude_none=name))  #= computed by
    raise HE(400, Serialized(message="x").model_dump())  #= computed by
    raise HE(400, OwnInit(message="x").model_dump())  #= computed by
    raise HE(400, OwnNew(message="x").model_dump())  #= computed by
    raise HE(400, OwnPost(message="x").model_dump())  #= computed by
    raise HE(400, OwnDict(message="x").dict())  #= computed by
    raise HE(400, Optional(message="x").model_dump())  #= computed by
    raise HE(400, Hidden(message="x").model_dump())  #= computed by
    raise HE(400, Louder(message="x").model_dump())  #= computed by
    raise HE(400, Own(message="x").model_dump())  #= computed by
    raise HE(400, Renamed(message="x").model_dump())  #= computed by
    raise HE(400, Mixed(message="x").model_dump())  #= computed by
    raise HE(400, Foreign(message="x").model_dump())  #= computed by


def either_model(flag):
    either = Titled(message="a") if flag else Titled(message="b")
    raise HE(404, either.text("book"))  #= 404 "No book"


REASON = "reason"


def objects(flag, name, key):
    raise HE(404, {REASON: "not_found", "message": "No such thing"})  #= 404 "No such thing" body={detail:{reason:"not_found",message:*}}
    raise HE(404, detail={"code": "gone", "id": name})  #= an object (`code, id`)
    raise HE(404, detail={"code": "gone"})  #= 404 "gone" body={detail:{code:*}}
    raise HE(400, {"error": {"message": f"No {name}", "code": 3}})  #= 400 "No {name}" body={detail:{error:{message:*,code:3}}}
    raise HE(400, {"message": name, "error": "Fixed"})  #= the parameter `name`
    raise HE(400, {"error": True, "message": "Both"})  #= 400 "Both" body={detail:{error:true,message:*}}
    raise HE(400, {**name, "message": "x"})  #= an object (`**, message`)
    raise HE(400, {key: "x"})  #= an object (`[key]`)
    raise HE(400, {"message": None})  #= an object (`message`)
    raise HE(400, {"message": ["x"]})  #= an object (`message`)
    code = "old" if flag else "new"
    text = "It is old" if flag else "It is new"
    raise HE(400, {"code": code, "message": text})  #= 400 "It is old" body={detail:{code:"old",message:*}} | 400 "It is new" body={detail:{code:"new",message:*}}
    other = {"message": text} if flag else {"message": "Another"}
    raise HE(400, other)  #= 400 "It is old" body={detail:{message:*}} | 400 "Another" body={detail:{message:*}}
    body = {"message": "First", "code": 1}
    body["code"] = 2
    raise HE(400, body)  #= 400 "First" body={detail:{message:*,code:2}}
    body["message"] = f"Then {name}"
    return JSONResponse(body, status_code=410)  #= 410 "Then {name}" body={code:2,message:*}


def items(rows, name):
    body = {"message": "Before", "in": {"a": 1}}
    body["in"]["a"] = 2
    raise HE(400, body)  #= the value of `body`
    body = {"message": "Again"}
    body[name] = 2
    raise HE(400, body)  #= the value of `body`
    body = {"message": "Once"}
    for row in rows:
        if row:
            raise HE(400, body)  #= 400 "Once" body={detail:{message:*}} | the value of `body`
        body["message"] = row


class Shelf:
    def text(self, thing, where):
        return f"No {thing} at {where}"

    def get(self, shelf):
        raise HE(404, self.text("book", "home"))  #= 404 "No book at home"
        raise HE(404, shelf.text("book", "home"))  #= computed by `shelf.text`
        raise HE(404, Shelf.text(shelf, "book", "work"))  #= 404 "No book at work"
