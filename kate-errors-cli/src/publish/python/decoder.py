"""Encodes and decodes errors by the tables of a catalog. This module is the same for every catalog."""

from __future__ import annotations

import json
import re
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import (
    Any,
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    NoReturn,
    Protocol,
    TypeAlias,
    TypeGuard,
    TypeVar,
    Union,
    cast,
)
from urllib.parse import quote, unquote

Text: TypeAlias = str
Number: TypeAlias = int
Boolean: TypeAlias = bool
Value: TypeAlias = "str | int"
Prose: TypeAlias = "tuple[str | int, ...]"
"""Literals, and indices of parameters."""

Retry: TypeAlias = Literal["never", "later", "after_fix"]

UnknownReason: TypeAlias = Literal[
    "other_message",
    "empty",
    "not_json",
    "too_deep",
    "not_an_object",
    "no_detail",
    "duplicate_detail",
    "duplicate_member",
    "no_code",
    "other_code",
    "other_kind",
    "lone_surrogate",
    "missing_value",
]

NoteKind: TypeAlias = Literal[
    "status_differs",
    "former_message",
    "other_message",
    "retired",
    "out_of_scope",
    "code_contradicts",
    "code_unknown",
    "no_code",
    "values_differ",
    "places_differ",
    "more_errors",
    "byte_order_mark",
]

HIDDEN = "•••"
INTEGER = re.compile("([+-]?)0*([0-9]{1,20})")
INDEX = re.compile("0|-?[1-9][0-9]{0,15}")
LONE = re.compile("[\ud800-\udfff]")
"""A lone surrogate."""


class Type(NamedTuple):
    """A parameter type. Its values end at an end mark, or where their grammar ends, or are choices."""

    name: str
    ends: Literal["mark", "grammar", "choice"]
    pattern: re.Pattern[str]
    stand_in: str
    range: tuple[int, int] | None
    longest: int
    """The maximum length of a number in the range."""
    choices: tuple[str, ...]
    """Sorted by length, the longest first."""


class Param(NamedTuple):
    """A parameter of a message, and the attribute that holds its value."""

    name: str
    attribute: str
    member: str
    """Its name in the object of all values in a body."""
    type: Type
    sensitive: bool
    """Whether the value must be kept out of logs."""
    is_beside: bool
    """Whether the body also has the value verbatim in a member of its own."""
    optional: bool
    """Whether the value can be missing. Then it is None, and no text contains it."""


class Segment(NamedTuple):
    """A placeholder, and the literal after it."""

    param: int
    type: Type
    mark: str
    """The end mark of a value, or what a value at the end of the message cannot contain. It is empty if there is
    neither."""
    literal: str
    most: int | None
    """The maximum length of a value in characters."""
    stand_in: str
    excluded: tuple[tuple[str, str, str], ...]
    """What a value cannot contain: `mark`, unless a member of the body has the value too, and texts that end the
    message in the body. Each with the text before and behind the value that it can extend into."""


class Message(NamedTuple):
    """A message, prepared for reading and writing."""

    first: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, eq=False)
class Place:
    """A place in a body that is read: a member of an object, or the element of an array, which has no name."""

    name: str
    slot: str | None = None
    """The slot that is read there, such as `code`."""
    is_text: bool = True
    """Whether the slot is always a string."""
    before: tuple[str, bool] = ("", False)
    """Text before the value, in which placeholders match anything. With True, it may be missing, and anything may
    precede it."""
    after: tuple[str, bool] = ("", False)
    inside: tuple[Place, ...] = ()
    """The members of an object, the element of an array, or more slots that are read from the same value."""
    constants: int | None = None
    """For an array: how many constants the element must have to be read."""
    constant: object = None
    """The value that an element must have there to be read."""


Piece: TypeAlias = "str | Mapping[str, Any] | None"
"""JSON, a slot or a group that can be omitted, or a comma after members that can be omitted."""


class Envelope(NamedTuple):
    """The JSON around a message and a code."""

    by_code: bool
    """Whether the code identifies an error, whatever its message."""
    by_detail: bool
    """Whether the message alone can identify an error. If neither can, both are needed."""
    header: str
    """The header field with the code."""
    code_in_header: Place
    """The form of the code in that header field."""
    simple: re.Pattern[str] | None
    """Matches bodies that have only a message, with any whitespace. The message is a JSON string without escapes."""
    places: tuple[Place, ...]
    fields: tuple[Place, ...]
    """The places that list problems with fields of the request."""
    names: tuple[Place, ...]
    """The places that can name an error beside its message."""
    depth: int
    """The maximum nesting depth of arrays and objects."""
    longest: int
    """How many bytes of a body clients read."""
    longest_given: int
    """How many characters of a text of the request are sent."""
    pieces: tuple[Piece, ...]
    """The body as it is written."""
    list: tuple[Piece, ...] | None
    """The body with fields of the request, if these take the place of the message."""
    media_type: str
    """The media type of bodies."""
    older: tuple[Envelope, ...]
    """Older body formats, which are tried if the current one does not give an error."""
    success: int | None
    """The success status that errors are sent with too."""


class Sent(NamedTuple):
    """How an error is sent with one of its statuses."""

    title: str
    """The name of the status."""
    headers: tuple[tuple[str, str], ...]
    """Header fields of the response, with lower-case names."""
    examples: tuple[str, ...]
    """Bodies with example values: with the message, and with the message followed by its context."""


@dataclass(frozen=True)
class Row:
    """What the catalog says about an error. In its texts, `{name}` is a placeholder for a value."""

    at: int = field(repr=False)
    """Its index in the catalog."""
    code: str
    name: str
    """The name of the error in the catalog, which is also its anchor on the reference page."""
    label: str
    """The code, followed by the name if other errors have the same code."""
    is_number: bool
    """Whether the code is a number in JSON."""
    without_code: bool
    """Whether responses have no code. Then `code` is the name, which no response has."""
    is_free: bool
    """Whether its message is free text, the value of its parameter `detail`."""
    status: int
    sent: Mapping[int, Sent]
    """How it is sent, by status: first its own, then the others."""
    section: str
    retry: Retry
    detail: str
    cause: str
    fix: str
    params: tuple[Param, ...]
    context_params: tuple[Param, ...] | None
    """The parameters of its context, if it can have one."""
    retired: str | None
    docs_url: str | None
    wire: Mapping[str, object] = field(repr=False)
    """The values of `{wire.…}` for this error."""
    base: int | None = field(repr=False)
    """The index of the error that it is an alias of."""
    message: Message = field(repr=False)
    full: Message | None = field(repr=False)
    """The message followed by its context."""
    former: tuple[Message, ...] = field(repr=False)
    envelope: Envelope = field(repr=False)
    prose: tuple[Prose, Prose] = field(repr=False)
    """Cause and fix, with placeholders."""

    def has_status(self, status: int) -> bool:
        """Returns whether the error is sent with the status."""
        return status == self.status or status in self.sent

    @property
    def other_statuses(self) -> tuple[int, ...]:
        """The other statuses that the error is sent with."""
        return tuple(self.sent)[1:]

    @property
    def title(self) -> str:
        """The name of the status."""
        return self.sent[self.status].title

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Header fields of a response with the error, with lower-case names."""
        return self.sent[self.status].headers

    @property
    def examples(self) -> tuple[str, ...]:
        """Bodies with example values: with the message, and with the message followed by its context."""
        return self.sent[self.status].examples


class Values:
    """An object with a value for each parameter."""

    _params: ClassVar[tuple[Param, ...]] = ()
    _has_context: ClassVar[bool] = False

    def __init__(self, /, **arguments: object) -> None:
        expected = {param.attribute for param in self._params}
        optional: set[str] = {"context"} if self._has_context else set()
        for name in arguments.keys() - expected - optional:
            raise TypeError(f"{type(self).__name__}() got an unexpected keyword argument {name!r}")
        optional |= {param.attribute for param in self._params if param.optional}
        for param in self._params:
            value = arguments.get(param.attribute)
            if value is not None:
                check(param, cast("Value", value))
            elif not param.optional:
                raise TypeError(f"{type(self).__name__}() needs the keyword argument {param.attribute!r}")
        self.__dict__.update({**dict.fromkeys(optional), **arguments})

    def _texts(self) -> list[str]:
        """Returns the values as text. A missing value is empty."""
        values = map(self._value, self._params)
        return ["" if value is None else text_of(value) for value in values]

    def _value(self, param: Param) -> Value | None:
        value: Value | None = getattr(self, param.attribute)
        return value

    def _arguments(self) -> dict[str, object]:
        return {param.attribute: self._value(param) for param in self._params}

    def _cut(self, longest: int) -> dict[str, object]:
        """Returns the attributes with shorter texts: each has at most this many bytes. Choices stay as they are."""
        attributes = dict(vars(self))
        choices = {param.attribute for param in self._params if param.type.ends == "choice"}
        for name, value in attributes.items():
            if isinstance(value, Values):
                attributes[name] = made(type(value), value._cut(longest))
            elif isinstance(value, str) and name not in choices:
                attributes[name] = value.encode("utf-8", "replace")[:longest].decode("utf-8", "ignore")
        return attributes

    @property
    def values(self) -> dict[str, Value]:
        """The values by their names in the catalog, without missing ones."""
        values = ((param.name, self._value(param)) for param in self._params)
        return {name: value for name, value in values if value is not None}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._arguments() == self._arguments()

    def __hash__(self) -> int:
        return hash((type(self), tuple(self._texts())))

    def __repr__(self) -> str:
        sensitive = {param.attribute for param in self._params if param.sensitive}
        arguments = (
            f"{name}={HIDDEN if name in sensitive else repr(value)}"
            for name, value in self._arguments().items()
        )
        return f"{type(self).__name__}({', '.join(arguments)})"


class CatalogError(Values, Exception):
    """An error of a catalog. Servers raise it, and clients get it from `decode`."""

    _fields: tuple[FieldError, ...] = ()
    row: ClassVar[Row]
    code: ClassVar[str]
    """The stable name of the error."""
    status: ClassVar[int]
    """The HTTP status."""
    response: Any = None
    """The response that `raise_for_error` was called with."""

    @property
    def detail(self) -> str:
        """The message as it is sent. Values that it cannot contain verbatim are sanitized."""
        return self._message(sanitize)

    @property
    def sanitized_parameters(self) -> tuple[str, ...]:
        """The names of the parameters whose values are sent only in sanitized form or cut."""
        sent = self._sent({})[0]._all_texts()
        segments = {segment.param: segment for segment in self._template().segments}

        def is_altered(at: int, param: Param, text: str) -> bool:
            is_read_beside = param.is_beside and not self.row.without_code
            segment = None if is_read_beside else segments.get(at)
            return text != (mended(sent[at]) if segment is None else sanitize(segment, sent[at]))

        params = enumerate(zip(self._all_params(), self._all_texts()))
        return tuple(param.name for at, (param, text) in params if is_altered(at, param, text))

    def __str__(self) -> str:
        """Returns the message for logs: sensitive values are hidden."""
        sensitive = {at for at, param in enumerate(self._all_params()) if param.sensitive}
        return self._message(lambda it, text: HIDDEN if it.param in sensitive else sanitize(it, text))

    @property
    def cause(self) -> str:
        """The cause of the error, with its values."""
        return self._explained(self.row.prose[0])

    @property
    def fix(self) -> str:
        """The fix for the error, with its values."""
        return self._explained(self.row.prose[1])

    @property
    def retry(self) -> Retry:
        """Whether a retry can succeed."""
        return self.row.retry

    @property
    def section(self) -> str:
        """The section of the API that the error belongs to."""
        return self.row.section

    @property
    def docs_url(self) -> str | None:
        """The URL of the error on the reference page; None if the catalog names no such page."""
        return self.row.docs_url

    @property
    def retired(self) -> str | None:
        """Why servers no longer produce the error; None if they do."""
        return self.row.retired

    def with_status(self: S, status: int) -> S:
        """Returns a copy that is sent with another status of the error. If the catalog does not list the status for the
        error, the copy has the error's first status."""
        return made(type(self), {**vars(self), "status": status if self.row.has_status(status) else self.row.status})

    def with_fields(self: S, fields: Iterable[FieldError]) -> S:
        """Returns a copy that lists problems with fields of the request.

        Raises a ValueError if bodies have no place for them. Fields beyond 4 KiB of text are omitted.
        """
        if not self.takes_fields:
            raise ValueError("`wire.body` of the catalog has no place for fields of requests")
        return made(type(self), {**vars(self), "_fields": tuple(kept(fields))})

    @property
    def takes_fields(self) -> bool:
        """Whether bodies have a place for fields of the request."""
        return self.row.envelope.list is not None or bool(self.row.envelope.fields)

    @property
    def body(self) -> bytes:
        """The body of the response, in UTF-8."""
        return self.body_with({})

    def body_with(self, request: Mapping[str, object]) -> bytes:
        """Returns the body with values that only the server has: those of `{request.…}`, by name. It warns about values
        that the body has no place for. Clients read 64 KiB: in a longer body, the values of the error are cut."""
        return self._sent(request)[1]

    def _sent(self, request: Mapping[str, object]) -> tuple[CatalogError, bytes]:
        """Returns the error with its values as the body has them, and the body."""
        places: set[str] = set()
        sent, body, longest = self, self._written(request, places), self.row.envelope.longest
        while len(body) > self.row.envelope.longest and longest > 64:
            longest //= 4
            sent = made(type(self), self._cut(longest))
            body = sent._written(request, places)
        for name in request.keys() - places:
            warnings.warn(f"`wire.body` of the catalog has no `{{request.{name}}}`", stacklevel=3)
        return sent, body

    def _written(self, request: Mapping[str, object], places: set[str]) -> bytes:
        """Returns the body, and adds the names of `{request.…}` in it to `places`."""

        def slot(name: str) -> object:
            kind, _, value = name.partition(".")
            if kind != "request":
                return self._slot(name)
            places.add(value)
            given = request.get(value)
            return given[: self.row.envelope.longest_given] if isinstance(given, str) else given

        envelope, fields = self.row.envelope, self._fields
        pieces = envelope.list if fields and envelope.list else envelope.pieces
        return written("", pieces, slot, fields)[0].encode()

    def _slot(self, slot: str) -> object:
        """Returns the value of a slot of the body; None if there is none."""
        row, context = self.row, self._context()
        values = {**self.values, **({} if context is None else context.values)}
        members = {it.member: values[it.name] for it in self._all_params() if it.name in values}
        sent = row.sent[self.status]
        retry_after = dict(sent.headers).get("retry-after")
        seconds = None if retry_after is None else int(retry_after)
        code = int(row.code) if row.is_number else row.code
        slots: dict[str, object] = {
            "code": None if row.without_code else code,
            "detail": self.detail,
            "status": self.status,
            "title": sent.title,
            "docs_url": row.docs_url,
            "cause": self.cause,
            "fix": self.fix,
            "retry_after": seconds,
            "retry_after:ms": None if seconds is None else 1000 * seconds,
            "params": members,
            "params:string": {name: text_of(value) for name, value in members.items()},
            **{f"params.{name}": value for name, value in values.items()},
            **{f"wire.{name}": value for name, value in row.wire.items()},
            "message_by_field": {path: messages[0] for path, messages in by_path(self._fields)},
            "messages_by_field": dict(by_path(self._fields)),
        }
        return slots.get(slot)

    def _context(self) -> Values | None:
        context: Values | None = getattr(self, "context", None)
        return context

    def _all_params(self) -> tuple[Param, ...]:
        return self.row.params + (self.row.context_params or ())

    def _all_texts(self) -> list[str]:
        context = self._context()
        return self._texts() + ([] if context is None else context._texts())

    def _template(self) -> Message:
        return self.row.message if self._context() is None or self.row.full is None else self.row.full

    def _message(self, show: Callable[[Segment, str], str]) -> str:
        template, texts = self._template(), self._all_texts()
        return template.first + "".join(show(it, texts[it.param]) + it.literal for it in template.segments)

    def _explained(self, prose: Prose) -> str:
        texts = self._all_texts()
        texts += [f"{{{param.name}}}" for param in self._all_params()[len(texts) :]]
        return filled(prose, texts)

    def _arguments(self) -> dict[str, object]:
        arguments = Values._arguments(self)
        if self.row.context_params is not None:
            arguments["context"] = self._context()
        return arguments

    __hash__ = Values.__hash__

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return made, (type(self), {**self._arguments(), "status": self.status, "_fields": self._fields})


Nothing: TypeAlias = NoReturn
"""The errors of an operation that has none."""

S = TypeVar("S", bound=CatalogError)
V = TypeVar("V", bound=Values)


def raisable(kind: type[S]) -> S:
    """Creates an error without values. Among thousands of classes, Python does not look up `__new__` fast."""
    return BaseException.__new__(kind)


def made(kind: type[V], arguments: Mapping[str, object]) -> V:
    """Creates an object from values that are known to be valid: they were decoded, pickled or copied."""
    it = kind.__new__(kind)
    it.__dict__.update(arguments)
    return it


def check(param: Param, value: Value) -> None:
    """Rejects values that other languages do not accept, with a TypeError, an OverflowError or a LookupError."""
    if param.type.range is not None:
        # Type checkers accept a bool as an int, and some libraries use a float as one.
        if isinstance(value, (bool, float)):
            raise TypeError(f"{value!r} is not a valid {param.type.name}")
        least, most = param.type.range
        if not least <= cast("int", value) <= most:
            raise OverflowError(f"{value} is out of the range of {param.type.name}")
    if param.type.ends == "choice" and value not in param.type.choices:
        raise LookupError(f"{value!r} is not one of {', '.join(param.type.choices)}")


@dataclass(frozen=True)
class Note:
    """What is unexpected about a response whose error is known."""

    kind: NoteKind
    expected: int | None = None
    received: int | None = None
    named: str | None = None


@dataclass(frozen=True)
class FieldError:
    """A problem with a field of the request. What a response does not say is empty."""

    loc: tuple[str | int, ...] = ()
    """The path of the field: names and indices."""
    code: str = ""
    """The machine-readable code of the problem."""
    message: str = ""
    """The human-readable message. In a response, it is untrusted text."""

    @classmethod
    def at(cls, place: str, message: str, code: str = "") -> FieldError:
        """Describes a problem with the field at a path such as `items[0].name`, or at a JSON Pointer."""
        return cls(steps_in(place), code, message)

    @property
    def path(self) -> str:
        """The path of the field as text: `items[0].name`."""
        path = ""
        for step in self.loc:
            path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
        return path

    @property
    def pointer(self) -> str:
        """The path of the field as a JSON Pointer (RFC 6901): `/items/0/name`."""
        tokens = (str(step).replace("~", "~0").replace("/", "~1") for step in self.loc)
        return "".join(f"/{token}" for token in tokens)


E = TypeVar("E", bound=CatalogError, covariant=True)


class Response(Generic[E]):
    """The base class of decoded responses."""

    status: int
    body: bytes
    _older = 0
    """Which of the older formats the body has, counted from 1; 0 if it has that of the catalog."""

    def _of(self) -> Catalog[E] | None:
        return None

    def _form(self, catalog: Catalog[E]) -> Envelope:
        return (catalog.envelope, *catalog.envelope.older)[self._older]

    @property
    def fields(self) -> tuple[FieldError, ...]:
        """The problems with fields of the request that the response lists.

        A known error can come with such a list; a `Validation` consists only of one. The fields are extracted on
        demand.
        """
        try:
            return tuple(self._listed())
        except Exception:
            # The body is an object that raises when it is accessed.
            return ()

    def _listed(self) -> Iterable[FieldError]:
        catalog = self._of()
        if catalog is None:
            return ()
        form = self._form(catalog)
        return [*fields_in(self.body, form)] or fields_in_detail(self.body, form)

    def request_value(self, name: str) -> str | None:
        """Returns a string or number that the server has set for this response, such as the request ID.

        `name` is the name in `{request.…}` of `wire.body`. Returns None if the response does not have the value, or if it
        is empty, as in a text for which the server has no value. It is untrusted.
        """
        catalog = self.catalog if isinstance(self, NotAnError) else self._of()
        if catalog is None:
            return None
        form = self._form(catalog)
        walk = walk_in(self.body, form.places, form.depth)[1]
        text = None if walk is None else first_text(walk.values(f"request.{name}", form.places))
        return text or None

    @property
    def others(self) -> tuple[Known[E] | Validation | Unknown | NotAnError, ...]:
        """The further errors of a body that lists several.

        Each is decoded as a response of its own, with the same status and a body that contains only that element. They
        are extracted on demand.
        """
        catalog = self._of()
        if catalog is None:
            return ()
        bodies = bodies_of_others(self.body, self._form(catalog))
        return tuple(catalog.decode(self.status, body) for body in bodies)


@dataclass(frozen=True)
class Known(Response[E]):
    """The response is an error of the catalog."""

    status: int
    body: bytes = field(repr=False)
    error: E
    alternatives: tuple[E, ...]
    """The other errors with the same message, which the response could mean instead."""
    notes: tuple[Note, ...]

    @property
    def code(self) -> str:
        """The code of the error."""
        return self.error.code

    def _of(self) -> Catalog[E]:
        return catalog_of(type(self.error))


@dataclass(frozen=True)
class OutOfScope(Known[E]):
    """The response is an error of the catalog that the operation does not list. It is also a `Known`."""


@dataclass(frozen=True)
class Validation(Response[CatalogError]):
    """In place of the message, the body lists what is wrong with the request, as FastAPI does. This may include data of
    the request."""

    code: ClassVar[None] = None
    status: int
    body: bytes = field(repr=False)
    detail: object = field(repr=False)
    catalog: Catalog[Any] | None = field(default=None, repr=False, compare=False)

    def _listed(self) -> Iterable[FieldError]:
        items = [*items_of(self.detail)]
        return items if items or self.catalog is None else fields_in_detail(self.body, self._form(self.catalog))

    def _of(self) -> Catalog[Any] | None:
        return self.catalog


@dataclass(frozen=True)
class Unknown(Response[CatalogError]):
    """The response is not known."""

    status: int
    body: bytes = field(repr=False)
    reason: UnknownReason
    named: str | None = None
    """The code in the body, or else in the header field; None if the catalog does not have it."""
    code: str | None = None
    """The same if the catalog identifies errors by their codes, and None otherwise."""
    catalog: Catalog[Any] | None = field(default=None, repr=False, compare=False)

    def _of(self) -> Catalog[Any] | None:
        return self.catalog


@dataclass(frozen=True)
class NotAnError(Response[CatalogError]):
    """The status is 1xx, 2xx or 3xx. If the catalog sends errors with a success status, the body does not have what
    identifies an error."""

    code: ClassVar[None] = None
    status: int
    body: bytes = field(repr=False)
    catalog: Catalog[Any] | None = field(default=None, repr=False, compare=False)


class ClientResponse(Protocol):
    """The members of a response that `raise_for_error` uses. Those of httpx and requests have them."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> Any: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class ResponseError(Exception):
    """A response with an unknown error, or with a list of what is wrong with the request."""

    def __init__(self, decoded: Validation | Unknown, response: object = None) -> None:
        super().__init__(decoded, response)
        self.decoded = decoded
        self.response = response

    def __str__(self) -> str:
        """Returns the status and the reason, for logs: no text of the body."""
        decoded = self.decoded
        if isinstance(decoded, Validation):
            return f"{decoded.status}: the request is not valid"
        return f"{decoded.status}: {decoded.code or 'not an error of the catalog'} ({decoded.reason})"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        # Responses of clients hold connections, which other processes do not have.
        return type(self), (self.decoded,)


# Reading and writing a message.


def read_message(message: Message, text: str) -> list[str] | None:
    """Returns the values of a message, in the order of its placeholders; None if the text does not match."""
    first, segments = message
    if not text.startswith(first):
        return None
    values: list[str] = []
    at = len(first)
    for segment in segments:
        _, kind, mark, literal, _, _, _ = segment
        if kind.ends == "mark" and literal:
            end = text.find(mark, at)
            if end == -1 or kind.pattern.fullmatch(text, at, end) is None:
                return None
        else:
            end = end_of_value(segment, text, at)
            if end == -1:
                return None
        if not text.startswith(literal, end):
            return None
        values.append(text[at:end])
        at = end + len(literal)
    return values if at == len(text) else None


def end_of_value(segment: Segment, text: str, at: int) -> int:
    """Returns the end of a value that no literal ends, or -1 if there is none. There is no backtracking."""
    _, kind, mark, literal, _, _, _ = segment
    if kind.ends == "choice":
        for choice in kind.choices:
            if text.startswith(choice, at) and text.startswith(literal, at + len(choice)):
                return at + len(choice)
        return -1
    if mark and text.find(mark, at) != -1:
        return -1
    end = end_of_run(kind, text, at)
    return end if end != -1 and is_in_range(kind, text[at:end]) else -1


def end_of_run(kind: Type, text: str, at: int) -> int:
    """Returns the end of the longest value that begins at an offset, or -1 if there is none."""
    run = kind.pattern.match(text, at)
    return -1 if run is None else run.end()


def is_in_range(kind: Type, digits: str) -> bool:
    """Returns whether digits are a number in the range of the type."""
    if kind.range is None:
        return True
    least, most = kind.range
    # Python refuses to convert numbers with thousands of digits.
    return len(digits) <= kind.longest and least <= int(digits) <= most


def sanitize(segment: Segment, value: str) -> str:
    """Sanitizes a value: replaces as little of it as possible, so that the message can contain it."""
    kind = segment.type
    short = value[: segment.most]
    if can_hold(segment, short):
        return short
    if kind.ends != "mark":
        return kind.stand_in if kind.ends == "grammar" else value
    allowed = (c if kind.pattern.fullmatch(c) and not LONE.match(c) else segment.stand_in for c in short)
    clean = "".join(allowed)
    clean = clean if kind.pattern.fullmatch(clean) else segment.stand_in
    for mark in segment.excluded:
        clean = without_mark(mark, clean, segment.stand_in)
    return clean


def can_hold(segment: Segment, value: str) -> bool:
    """Returns whether a value is read back unchanged."""
    kind = segment.type
    if kind.ends == "choice":
        return value in kind.choices
    if not kind.pattern.fullmatch(value) or LONE.search(value):
        return False
    if kind.ends == "grammar":
        return is_in_range(kind, value)
    return all(place_of_mark(mark, value) == -1 for mark in segment.excluded)


def place_of_mark(mark: tuple[str, str, str], value: str) -> int:
    """Returns the offset of the first character that an end mark has in a value; -1 if there is none."""
    text, before, behind = mark
    at = (before + value + behind).find(text)
    place = max(at - len(before), 0)
    return place if at != -1 and (place < len(value) or at < len(before)) else -1


def without_mark(mark: tuple[str, str, str], value: str, stand_in: str) -> str:
    """Replaces the first character of each end mark in a value, from left to right."""
    text, rest = "", value
    while (at := place_of_mark(mark, rest)) != -1:
        text += rest[:at] + stand_in
        rest = rest[at + 1 :]
        mark = (mark[0], "", mark[2])
    return text + rest


def filled(prose: Prose, texts: Sequence[str]) -> str:
    """Fills values into a text."""
    return "".join(part if isinstance(part, str) else texts[part] for part in prose)


def pattern_of(message: Message) -> str:
    """Returns a regular expression of JSON Schema for a message.

    If an end mark has several characters, the expression also matches texts with the mark in a value.
    """

    def literal(text: str) -> str:
        return re.sub(r"[.*+?^${}()|\[\]\\/]", r"\\\g<0>", text)

    def value(kind: Type) -> str:
        return "|".join(map(literal, kind.choices)) if kind.ends == "choice" else kind.pattern.pattern

    parts = (f"(?:{value(segment.type)}){literal(segment.literal)}" for segment in message.segments)
    return f"^{literal(message.first)}{''.join(parts)}$"


# The index of messages: a tree of their literals, which narrows a text down to a few candidates.

FEW = 4
"""Up to this many messages are read one by one, which is as fast as telling them apart."""


class Entry(NamedTuple):
    """A message of an error."""

    row: int
    is_former: bool
    is_full: bool
    message: Message


class Node:
    """Messages that are equal up to and including one of their literals."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        """The number of placeholders before that literal."""
        self.entries: list[Entry] = []
        self.parted: tuple[list[Entry], list[Group]] | None = None
        """The messages that end there, and the continuations of the others. They are computed when a text first gets
        there."""

    def part(self) -> tuple[list[Entry], list[Group]]:
        ends = [entry for entry in self.entries if len(entry.message.segments) == self.depth]
        open_ones = (entry for entry in self.entries if len(entry.message.segments) > self.depth)
        self.parted = ends, groups_of(open_ones, self.depth)
        return self.parted


class Branch(NamedTuple):
    """A radix tree of literals. Their common parts are skipped, and a literal is compared at the node where it ends."""

    literal: str
    """The literal that is a prefix of all others, if there is a node."""
    node: Node | None
    at: int
    """The offset at which the others differ."""
    next: dict[str, Branch]


class Group(NamedTuple):
    """Values at the same position that end in the same way, and the literals after them."""

    type: Type
    literals: Branch
    size: int
    """The number of literals."""
    mark: str
    """The start of the end mark, as far as all of them share it. Empty if no literal ends them."""
    goes_on: bool
    """Whether a value can continue past `mark`, up to its own literal."""


Nodes: TypeAlias = "dict[str, Node]"


def add_to(nodes: Nodes, literal: str, entry: Entry, depth: int) -> None:
    nodes.setdefault(literal, Node(depth)).entries.append(entry)


def branch_of(texts: list[str], nodes: Nodes) -> Branch:
    """Returns the branch for sorted literals."""
    first, last = (texts[0], texts[-1]) if texts else ("", "")
    at = 0
    while at < len(first) and first[at] == last[at]:
        at += 1
    others: dict[str, list[str]] = {}
    for text in texts[1 if at == len(first) else 0 :]:
        others.setdefault(text[at], []).append(text)
    branches = {character: branch_of(of, nodes) for character, of in others.items()}
    return Branch(first, nodes.get(first) if at == len(first) else None, at, branches)


def groups_of(entries: Iterable[Entry], depth: int) -> list[Group]:
    """Groups messages by how the next value ends."""
    parts: dict[tuple[object, ...], tuple[Segment, Nodes]] = {}
    for entry in entries:
        segment = entry.message.segments[depth]
        _, nodes = parts.setdefault(key_of(segment), (segment, {}))
        add_to(nodes, segment.literal, entry, depth + 1)
    groups: list[Group] = []
    for segment, nodes in parts.values():
        mark = "" if not segment.literal else segment.mark if len(nodes) == 1 else segment.mark[:1]
        goes_on = mark != segment.mark and segment.type.pattern.fullmatch(mark) is not None
        groups.append(Group(segment.type, branch_of(sorted(nodes), nodes), len(nodes), mark, goes_on))
    return groups


def key_of(segment: Segment) -> tuple[object, ...]:
    """Returns a key for values that end in the same way, whatever follows them."""
    kind, mark = segment.type, segment.mark
    if not segment.literal:
        return kind.name, kind.choices, mark
    return kind.name, kind.choices, mark[:1], len(mark) > 1


def follow(branch: Branch | None, text: str, at: int, found: list[Entry], seen: list[Node] | None) -> None:
    """Collects the messages that may continue with the text at an offset. None that does is left out."""
    while branch is not None:
        literal, node, place, branches = branch
        if node is not None:
            if not text.startswith(literal, at):
                return
            if seen is None or node not in seen:
                if seen is not None:
                    seen.append(node)
                visit(node, text, at + len(literal), found)
        place += at
        branch = branches.get(text[place : place + 1])


def visit(node: Node, text: str, at: int, found: list[Entry]) -> None:
    """Collects the messages of a node that may continue with the text at an offset."""
    if len(node.entries) <= FEW:
        found += node.entries
        return
    ends, groups = node.parted or node.part()
    found += ends
    for kind, literals, size, mark, goes_on in groups:
        if mark:
            # Each literal counts only at its first occurrence.
            seen: list[Node] | None = [] if goes_on else None
            end = text.find(mark, at)
            while end != -1:
                follow(literals, text, end, found, seen)
                end = -1 if seen is None or len(seen) == size else text.find(mark, end + 1)
        elif kind.ends == "choice":
            for choice in kind.choices:
                if text.startswith(choice, at):
                    follow(literals, text, at + len(choice), found, None)
        else:
            end = end_of_run(kind, text, at)
            if end != -1:
                follow(literals, text, end, found, None)


class Hints(NamedTuple):
    """What is known about a response besides its message."""

    operation: str | None
    section: str | None
    header: str | None
    """The code in the header field."""
    code: str | None = None
    """The code in the body."""
    is_old: bool = False
    """Whether the body is from an older server and has no place for the code."""

    def has_scope(self) -> bool:
        """Returns whether the operation or the section is known."""
        return self.operation is not None or self.section is not None

    def spoken(self) -> str | None:
        """Returns the code in the body, or else in the header field."""
        return self.header if self.code is None else self.code


NO_HINTS = Hints(None, None, None)


def hints_of(operation: object, section: object, error_code: object) -> Hints:
    """Returns the hints that are strings. Others are ignored."""
    if operation is None and section is None and error_code is None:
        return NO_HINTS
    operation = operation if isinstance(operation, str) else None
    section = section if isinstance(section, str) else None
    if isinstance(error_code, bytes):
        error_code = error_code.decode("ascii", "replace")
    return Hints(operation, section, trimmed(error_code) if isinstance(error_code, str) else None)


def trimmed(text: str) -> str:
    """Removes ASCII whitespace from both ends of a text."""
    return text.strip(" \t\n\f\r")


class Match(NamedTuple):
    """An error with a message that matches, and the values in it."""

    row: int
    entry: Entry
    values: Sequence[str]


class Catalog(Generic[E]):
    """The errors of a catalog, and their decoder.

    What belongs to a single error is created on demand, because a catalog may have thousands of errors.
    """

    def __init__(
        self,
        tables: Mapping[str, Any],
        errors: Sequence[str],
        names: Sequence[str],
        base: type[CatalogError],
        contexts: Sequence[type[Values]],
    ) -> None:
        self.names = names
        """The names of the classes of errors."""
        self.base = base
        self.contexts = contexts
        self.operations: Mapping[str, Sequence[int]] = tables["operations"]
        self._maker = maker = Maker(tables)
        self.envelope = maker.envelope
        self._of_contexts = [maker.params(*it) for it in zip(tables["contexts"], contexts)]
        for context, params in zip(contexts, self._of_contexts):
            setattr(context, "_params", params)
        setattr(base, "_catalog", self)
        self._texts = errors
        self._lock = threading.RLock()
        self._kinds: list[type[E] | None] = [None] * len(names)
        self._rows: list[Row | None] = [None] * len(names)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return catalog_of, (self.base,)

    @cached_property
    def errors(self) -> list[dict[str, Any]]:
        """The table of each error."""
        errors: list[dict[str, Any]] = json.loads(f"[{','.join(self._texts)}]")
        return errors

    @cached_property
    def by_code(self) -> dict[str, list[int]]:
        """The indices of the errors with each code."""
        by_code: dict[str, list[int]] = {}
        for at, error in enumerate(self.errors):
            by_code.setdefault(error["code"], []).append(at)
        return by_code

    @cached_property
    def by_name(self) -> dict[str, int]:
        """The indices of the errors by the names of their classes."""
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def index(self) -> Index:
        return Index(self)

    def kind(self, at: int) -> type[E]:
        """Returns the class of an error."""
        kind = self._kinds[at]
        if kind is None:
            # All threads get the same class.
            with self._lock:
                kind = self._kinds[at] or self._kind_from(at, self.row(at))
                self._kinds[at] = kind
        return kind

    def _kind_from(self, at: int, row: Row) -> type[E]:
        attributes = tuple(param.attribute for param in row.params)
        has_context = row.context_params is not None
        members = {
            "__module__": self.base.__module__,
            "__doc__": f"{row.status} {row.title}: {row.detail}\n\nCause: {row.cause}\nFix: {row.fix}",
            "__match_args__": (*attributes, "context") if has_context else attributes,
            "code": row.code,
            "status": row.status,
            "row": row,
            "_params": row.params,
            "_has_context": has_context,
        }
        return cast("type[E]", type(self.names[at], (self.base,), members))

    def row(self, at: int) -> Row:
        """Returns what the catalog says about an error."""
        row = self._rows[at]
        if row is None:
            row = self._rows[at] = self._maker.row(at, self.errors[at], self._of_contexts)
        return row

    def member(self, name: str, unions: Mapping[str, str | None]) -> object:
        """Returns a member of the module of errors that was not created yet. Raises an AttributeError if there is none
        of this name."""
        if name in self.by_name:
            return self.kind(self.by_name[name])
        if name in unions:
            operation = unions[name]
            of = range(len(self.names)) if operation is None else self.operations[operation]
            kinds = tuple(map(self.kind, of))
            return Union[kinds] if kinds else Nothing
        if name == "OPERATIONS":
            return {operation: tuple(map(self.kind, of)) for operation, of in self.operations.items()}
        if name == "_KINDS":
            return tuple(map(self.kind, range(len(self.names))))
        raise AttributeError(f"module {self.base.__module__!r} has no attribute {name!r}")

    def decode(
        self, given: object, body: object, operation: object = None, section: object = None, error_code: object = None
    ) -> Known[E] | OutOfScope[E] | Validation | Unknown | NotAnError:
        """Decodes a response. It never raises, and an unknown response keeps its status and body."""
        try:
            status = given if isinstance(given, int) else 0
            hints = hints_of(operation, section, error_code)
            if hints.header is not None:
                code = without_affixes(self.envelope.code_in_header, hints.header)
                hints = hints if code is None else hints._replace(header=code)
            return self._decode(status, body, hints)
        except Exception:
            # An argument raises when it is accessed.
            return Unknown(given if type(given) is int else 0, b"", "not_json", catalog=self)

    def _decode(self, status: int, body: object, hints: Hints) -> Known[E] | Validation | Unknown | NotAnError:
        is_success = status == self.envelope.success
        if 100 <= status < 400 and not is_success:
            return NotAnError(status, raw_of(body), self)
        decoded = self._best(status, body, hints)
        if isinstance(decoded, Known):
            if hints.operation is None or self._lists(hints, decoded.error.row.at):
                return decoded
            it = cast("OutOfScope[E]", object.__new__(OutOfScope))
            it.__dict__.update(vars(decoded))
            return it
        is_error = isinstance(decoded, Unknown) and decoded.reason in OF_ERRORS
        return decoded if is_error or not is_success else NotAnError(status, raw_of(body), self)

    def _lists(self, hints: Hints, at: int) -> bool:
        """Returns whether the operation that was called lists an error; always true if none is known."""
        return hints.operation is None or at in self.operations.get(hints.operation, ())

    def raise_for_error(self, response: ClientResponse, operation: object, section: object) -> None:
        """Raises the error of a response of httpx or requests, if it has one."""
        status, body, headers = response.status_code, response.content, response.headers
        decoded = self.decode(status, body, operation, section, headers.get(self.envelope.header))
        if isinstance(decoded, Known):
            decoded.error.response = response
            raise decoded.error
        if not isinstance(decoded, NotAnError):
            raise ResponseError(decoded, response)

    def _best(self, status: int, body: object, hints: Hints) -> Known[E] | Validation | Unknown:
        """Returns what a body means in the current format, or in an older one if that gives more."""
        best, of_older = self._decode_as(self.envelope, status, body, hints), hints
        if self.envelope.older and hints.header is not None:
            # The code in the header belongs to the current format if the body has a code or a list there.
            read = read_body(body, self.envelope)
            is_current = isinstance(best, Validation) or isinstance(read, Read) and read.code is not None
            of_older = hints._replace(header=None) if is_current else hints
        for at, older in enumerate(self.envelope.older):
            if worth_of(best) == MOST:
                break
            # A format with a place for the code is not that of a server without codes.
            lacks_code = worth_of(best) < 2 and all(place.slot != "code" for place in all_places(older.places))
            is_old = lacks_code and not self.envelope.by_detail and hints.header is None
            other = self._decode_as(older, status, body, of_older._replace(is_old=is_old) if is_old else of_older)
            if worth_of(other) > worth_of(best):
                best = other
                best.__dict__.update(_older=at + 1)
        return best

    def _decode_as(
        self, form: Envelope, status: int, body: object, hints: Hints
    ) -> Known[E] | Validation | Unknown:
        read = read_body(body, form)
        if isinstance(read, Unreadable):
            return self._unknown(status, read.raw, read.reason, hints)
        decoded = self._decode_read(status, read, hints)
        named = None if hints.header is not None else self._named_beside(decoded)
        if named is not None:
            decoded = self._decode_read(status, read, hints._replace(header=named))
        if isinstance(decoded, Known) and read.walk is not None:
            differ = (Note("places_differ"),) if places_differ(read.walk) else ()
            more = (Note("more_errors"),) if lists_others(read.walk, read.places) else ()
            if differ or more:
                notes = (*decoded.notes, *differ, *more)
                return known(status, read.raw, decoded.error, decoded.alternatives, notes)
        return decoded

    def _named_beside(self, decoded: Known[E] | Validation | Unknown) -> str | None:
        """Returns the code of the error that members beside the message name, of those with the same message."""
        if not isinstance(decoded, Known) or not decoded.alternatives or not self.envelope.names:
            return None
        walk = walk_in(decoded.body, self.envelope.names, self.envelope.depth)[1]
        names = [] if walk is None else [text_at(place, value) for place, value in walk.found.items()]
        rows = (error.row for error in (decoded.error, *decoded.alternatives))
        return next((row.code for row in rows if row.code in names or (row.docs_url or "") in names), None)

    def _decode_read(self, status: int, read: Read, hints: Hints) -> Known[E] | Validation | Unknown:
        alone = None if read.walk is not None else self.index.alone.get(read.message or "")
        if alone is not None and alone.status == status and (hints is NO_HINTS or hints == Hints(None, None, alone.code)):
            # Nothing else is possible, and there is nothing to note.
            if alone.kind is None:
                alone.kind = self.kind(alone.at)
            return known(status, read.raw, raisable(alone.kind))
        if read.code is not None:
            hints = hints._replace(code=read.code)
        by_code, by_detail = self.envelope.by_code, self.envelope.by_detail
        names_its_error = by_code and self._named(hints) is not None
        if read.message is None and (is_array(read.detail) or is_object(read.detail)) and not names_its_error:
            return Validation(status, read.raw, read.detail, self)
        if by_code and hints.spoken() is not None or hints.is_old and read.message is not None:
            return self._by_code(status, read, hints)
        if read.message is None:
            is_other = read.has_detail or by_detail
            reason = reason_of(read) if is_other else self._without_error(hints)
            return self._unknown(status, read.raw, reason, hints)
        matches = self._matches_of(read.message)
        best = self._choose(status, matches, read, hints)
        named = self._named(hints)
        # All matches have the same rank: if the first one has the code, so do the others.
        if not best or not (by_detail or self.errors[best[0][0].row]["code"] == named):
            rows = (row for match in matches for row in (match.row, *self.index.aliases.get(match.row, ())))
            lacks_value = any(by_detail or self.errors[row]["code"] == named for row in rows)
            reason = "other_message" if by_detail else self._without_error(hints)
            return self._unknown(status, read.raw, "missing_value" if lacks_value else reason, hints)
        (match, error), *rest = best
        others = tuple(other for _, other in rest)
        notes = self._notes(status, match, hints)
        if by_code and not self._is_without_code(match.row):
            notes.append(Note("no_code"))
        notes += marks_of(read)
        members = () if read.walk is None else self._members(read, match.row)
        if members and any(it is not None for it in members):
            texts = self._texts_of(match, members)
            other = self._made(match.row, texts, match.entry.is_full)
            # Sanitizing a value does not make it another one.
            if other is not None and other.detail != error.detail:
                notes.append(Note("values_differ"))
        return known(status, read.raw, error, others, tuple(notes))

    def _by_code(self, status: int, read: Read, hints: Hints) -> Known[E] | Unknown:
        """Returns the error with the code of the response.

        Its values are read from members of the body, or else from the message. If an older server sent no code, it is
        the only error with the message.
        """
        of_code = self.by_code.get(self._named(hints) or "", [])
        # If several errors have the code, the status decides.
        if len(of_code) > 1:
            of_code = [at for at in of_code if self.row(at).has_status(status)]
        if hints.is_old and read.message is not None:
            of_code = self._only_one_with(read.message, status)
        if not of_code:
            return self._unknown(status, read.raw, self._without_error(hints), hints)
        at = of_code[0]
        row, members, match = self.row(at), self._members(read, at), self._match_of(at, read.message)
        of_context = members[len(row.params) :]
        are_there = [it is not None for it in of_context]
        has_context = any(are_there) and all(
            is_there or param.optional for is_there, param in zip(are_there, row.context_params or ())
        )
        error = None
        if match is not None:
            error = self._made(at, self._texts_of(match, members), has_context or match.entry.is_full)
        if error is None:
            # If the message does not match, or not with the members, an error without values is known by its code alone,
            # and so is one whose values are all in members. Free text can contain what no other value can, and may be
            # missing.
            match = None
            names = [param.name if row.is_free else "" for param in row.params + (row.context_params or ())]
            texts = [
                (read.message or "") if it is None and name == "detail" else it for it, name in zip(members, names)
            ]
            error = self._made(at, texts, has_context)
        if error is None:
            return self._unknown(status, read.raw, "other_message", hints)
        noted = match or Match(at, Entry(at, False, False, row.message), ())
        notes = self._notes(status, noted, hints)
        if hints.is_old:
            notes.append(Note("no_code"))
        # This can be the current message even without a match: the values of some errors are not read from it.
        if match is None and not row.is_free and read.message not in (None, error.detail):
            notes.append(Note("other_message"))
        notes += marks_of(read)
        are_read = match and not match.entry.is_former and any(it is not None for it in members)
        if are_read and error.detail != read.message:
            notes.append(Note("values_differ"))
        return known(status, read.raw, error, (), tuple(notes))

    def _only_one_with(self, message: str, status: int) -> list[int]:
        """Returns the only error with a message: the only one with the status, if any of them has it. Errors with free
        text are ignored."""
        read = [entry.row for entry in self._found(message) if read_message(entry.message, message) is not None]
        rows = {*read, *(alias for at in read for alias in self.index.aliases.get(at, ()))}
        rows = {at for at in rows if not self.row(at).is_free}
        of_status = [at for at in rows if self.row(at).has_status(status)] or [*rows]
        return of_status if len(of_status) == 1 else []

    def _match_of(self, at: int, text: str | None) -> Match | None:
        """Returns the message of an error that a text matches, preferably the current one."""
        if text is None:
            return None
        read = ((entry, read_message(entry.message, text)) for entry in self.index.of_row.get(at, ()))
        matches = [Match(at, entry, values) for entry, values in read if values is not None]
        return min(matches, key=lambda match: match.entry.is_former, default=None)

    def _members(self, read: Read, at: int) -> list[str | None]:
        """Returns the values that the body has in members, for the parameters of an error and of its context."""
        row = self.row(at)
        return [read.member(param) for param in row.params + (row.context_params or ())]

    def _unknown(self, status: int, raw: bytes, reason: UnknownReason, hints: Hints) -> Unknown:
        named = self._named(hints)
        return Unknown(status, raw, reason, named, named if self.envelope.by_code else None, self)

    def _without_error(self, hints: Hints) -> UnknownReason:
        """Returns why there is no error, if the message alone does not identify errors."""
        if hints.spoken() is None:
            return "no_code"
        return "other_code" if self._named(hints) is None else "other_message"

    def _named(self, hints: Hints) -> str | None:
        return self._code_in(hints.spoken())

    def _code_in(self, text: str | None) -> str | None:
        code = "" if text is None else trimmed(text)
        of_code = self.by_code.get(code)
        return code if of_code and not self._is_without_code(of_code[0]) else None

    def _is_without_code(self, at: int) -> bool:
        return "without_code" in self.errors[at]

    def _found(self, text: str) -> list[Entry]:
        """Returns the messages that a text may match."""
        index = self.index
        found = [*index.constants.get(text, ())]
        follow(index.templates, text, 0, found, None)
        return found

    def _matches_of(self, text: str) -> list[Match]:
        """Returns the messages that match a text."""
        read = ((entry, read_message(entry.message, text)) for entry in self._found(text))
        return [Match(entry.row, entry, values) for entry, values in read if values is not None]

    def _choose(self, status: int, matches: Sequence[Match], read: Read, hints: Hints) -> list[tuple[Match, E]]:
        """Returns the best candidates among the errors with the message. Errors that lack a value are excluded."""
        if len(matches) == 1 and matches[0].row not in self.index.aliases:
            only = self._error(matches[0], read)
            return [] if only is None else [(matches[0], only)]
        best: dict[int, tuple[Match, E]] = {}
        best_rank: tuple[bool, ...] = ()
        named = self._named(hints)
        for match in sorted(matches, key=lambda match: match.row):
            for row in (match.row, *self.index.aliases.get(match.row, ())):
                rank = (self.errors[row]["code"] == named, *self._rank(status, row, match.entry, hints))
                of_row = match._replace(row=row)
                error = self._error(of_row, read) if not best or rank >= best_rank else None
                if error is None:
                    continue
                if not best or rank > best_rank:
                    best, best_rank = {row: (of_row, error)}, rank
                else:
                    best.setdefault(row, (of_row, error))
        return list(best.values())

    def _rank(self, status: int, at: int, entry: Entry, hints: Hints) -> tuple[bool, ...]:
        row = self.row(at)
        within = hints.has_scope() and self._is_within(at, row, hints)
        return row.has_status(status), within, not entry.is_former

    def _is_within(self, at: int, row: Row, hints: Hints) -> bool:
        return self._lists(hints, at) and (hints.section is None or hints.section == row.section)

    def _notes(self, status: int, match: Match, hints: Hints) -> list[Note]:
        row = self.row(match.row)
        notes: list[Note] = []
        if not row.has_status(status):
            notes.append(Note("status_differs", expected=row.status, received=status))
        if match.entry.is_former:
            notes.append(Note("former_message"))
        if row.retired is not None:
            notes.append(Note("retired"))
        if hints is NO_HINTS:
            return notes
        if not self._is_within(match.row, row, hints):
            notes.append(Note("out_of_scope"))
        for code in (hints.code, None if hints.header == hints.code else hints.header):
            if code is None or code == row.code:
                continue
            named = self._code_in(code)
            if named != row.code:
                notes.append(Note("code_unknown") if named is None else Note("code_contradicts", named=named))
        return notes

    def entries_of(self, at: int, error: Mapping[str, Any]) -> Iterator[Entry]:
        """Yields the messages that are indexed for an error. An alias only has its former ones: the others are indexed
        for the error that it refers to."""
        of: tuple[Param, ...] = ()
        if error["params"] or error["context"] is not None:
            of = self._maker.all_params(error, self._of_contexts)
        is_unread = len(error["detail"]) > 1 and error["detail"][1][1] == ""
        if error["base"] is None and not is_unread:
            yield Entry(at, False, False, message_of(error["detail"], of))
            if error["full"] is not None:
                yield Entry(at, False, True, message_of(error["full"], of))
        for former in error["former"]:
            yield Entry(at, True, False, message_of(former, of))

    def _error(self, match: Match, read: Read) -> E | None:
        """Returns the error with a message. Values that the message does not contain are read from members."""
        texts = self._texts_of(match, ())
        if read.walk is not None and None in texts:
            members = self._members(read, match.row)
            texts = [member if text is None else text for text, member in zip(texts, members)]
        return self._made(match.row, texts, match.entry.is_full)

    def _texts_of(self, match: Match, members: Sequence[str | None]) -> list[str | None]:
        """Returns the values of a message by parameter, with those in members of the body taking precedence."""
        row = self.row(match.row)
        texts = [*members] or [None] * (len(row.params) + len(row.context_params or ()))
        for segment, text in zip(match.entry.message.segments, match.values):
            if texts[segment.param] is None:
                texts[segment.param] = text
        return texts

    def _made(self, at: int, texts: Sequence[str | None], has_context: bool) -> E | None:
        """Returns the error with these values; None if one of them is missing or not valid."""
        kind, row = self.kind(at), self.row(at)
        own = arguments_of(row.params, texts)
        if own is None:
            return None
        if row.context_params is not None:
            of_context = arguments_of(row.context_params, texts[len(row.params) :]) if has_context else {}
            if of_context is None:
                return None
            context: int = self.errors[at]["context"]
            own["context"] = made(self.contexts[context], of_context) if has_context else None
        error = raisable(kind)
        if own:
            error.__dict__ = own
        return error


K = TypeVar("K", bound=CatalogError)


def known(
    status: int, body: bytes, error: K, alternatives: tuple[K, ...] = (), notes: tuple[Note, ...] = ()
) -> Known[K]:
    """Creates a `Known` without the constructor of a frozen class, which takes longer than decoding."""
    it = cast("Known[K]", object.__new__(Known))
    it.__dict__.update(status=status, body=body, error=error, alternatives=alternatives, notes=notes)
    return it


def catalog_of(kind: type[CatalogError]) -> Catalog[Any]:
    """Returns the catalog of an error. Pickled and copied objects have the same one."""
    catalog: Catalog[Any] = getattr(kind, "_catalog")
    return catalog


def arguments_of(params: Sequence[Param], texts: Sequence[str | None]) -> dict[str, object] | None:
    """Returns values by attribute; None if one of them is missing or not valid."""
    values: dict[str, object] = {}
    for (_, attribute, _, kind, _, _, optional), text in zip(params, texts):
        value = value_of(kind, text)
        if value is None and not (optional and text is None):
            return None
        values[attribute] = value
    return values


def value_of(kind: Type, text: str | None) -> object:
    """Returns the value of a text; None if it is missing or not valid."""
    if kind.name == "bool":
        return text == "true" if text in ("true", "false") else None
    if text is None or kind.range is None:
        return text if kind.ends != "choice" or text in kind.choices else None
    least, most = kind.range
    digits = INTEGER.fullmatch(text)
    if digits is None or least == 0 and digits[1] == "-":
        return None
    value = int(digits[1] + digits[2])
    return value if least <= value <= most else None


class Alone:
    """An error that a message without placeholders identifies by itself."""

    __slots__ = ("at", "status", "code", "kind")

    def __init__(self, at: int, status: int, code: str) -> None:
        self.at = at
        self.status = status
        self.code = code
        self.kind: type[Any] | None = None


class Index:
    """The index of messages. It is built when a response is first decoded."""

    def __init__(self, catalog: Catalog[Any]) -> None:
        self.aliases: dict[int, list[int]] = {}
        """The aliases of each error that has any."""
        self.constants: dict[str, list[Entry]] = {}
        """The messages without placeholders."""
        self.of_row: dict[int, list[Entry]] = {}
        """The messages of each error, including those that it shares with other errors."""
        self.alone: dict[str, Alone] = {}
        templates: Nodes = {}
        for at, error in enumerate(catalog.errors):
            if error["base"] is not None:
                self.aliases.setdefault(error["base"], []).append(at)
        for at, error in enumerate(catalog.errors):
            for entry in catalog.entries_of(at, error):
                for row in (at, *self.aliases.get(at, ())):
                    self.of_row.setdefault(row, []).append(entry)
                if entry.message.segments:
                    add_to(templates, entry.message.first, entry, 0)
                else:
                    self.constants.setdefault(entry.message.first, []).append(entry)
        self.templates = branch_of(sorted(templates), templates)
        """The messages with placeholders, by their first literals."""
        if catalog.envelope.by_detail and not catalog.envelope.by_code:
            for text, (entry, *others) in self.constants.items():
                error = catalog.errors[entry.row]
                is_plain = not entry.is_former and error["retired"] is None and error["context"] is None
                if is_plain and not others and entry.row not in self.aliases:
                    self.alone[text] = Alone(entry.row, error["status"], error["code"])


def simple_from(head: str, tail: str) -> re.Pattern[str] | None:
    """Returns a pattern for bodies that have only a message, with whitespace wherever JSON allows it."""
    if "\\" in head + tail:
        return None
    blanks = "[ \\t\\r\\n]*"

    def spaced(json: str) -> str:
        tokens = re.findall(r'"[^"]*"|[{}\[\]:,]|[^{}\[\]:,"]+', json)
        return "".join(blanks + re.escape(token) for token in tokens)

    message = '"([^"\\\\\u0000-\u001f\ud800-\udfff]*)"'
    return re.compile(f"{spaced(head[:-1])}{blanks}{message}{spaced(tail[1:])}{blanks}")


class Maker:
    """Creates rows from the tables of a catalog."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.types: Mapping[str, Any] = tables["types"]
        self._types: dict[Type, Type] = {}
        self._params: dict[tuple[object, ...], Param] = {}
        self.patterns = {name: re.compile(it["pattern"]) for name, it in self.types.items()}
        self.reference: str | None = tables["reference"]
        envelope = dict(tables["envelope"])
        places, fields = places_of(envelope["places"]), places_of(envelope["fields"])
        envelope["names"] = places_of(envelope["names"])
        simple = simple_from(*envelope.pop("around") or ("\\", ""))
        header = Place("", **envelope.pop("code_in_header"))
        current = Envelope(**envelope, simple=simple, code_in_header=header)._replace(places=places, fields=fields)
        forms = ((places_of(form["places"]), places_of(form["fields"])) for form in envelope["older"])
        older = (current._replace(simple=None, older=(), places=its[0], fields=its[1]) for its in forms)
        self.envelope = current._replace(older=tuple(older))

    def params(self, tables: Sequence[Any], kind: type[Values]) -> tuple[Param, ...]:
        """Returns the parameters of a context. The attributes of its class are in the same order."""
        attributes: Sequence[str] = getattr(kind, "__match_args__")
        return tuple(map(self.param, tables, attributes))

    def all_params(self, table: Mapping[str, Any], contexts: Sequence[tuple[Param, ...]]) -> tuple[Param, ...]:
        """Returns the parameters of an error, and then those of its context."""
        context: int | None = table["context"]
        of_context = () if context is None else contexts[context]
        return (*map(self.param, table["params"], table["attributes"]), *of_context)

    def param(self, table: Mapping[str, Any], attribute: str) -> Param:
        """Returns a parameter. Many errors share the same ones."""
        name, sensitive, is_beside = table["name"], table["sensitive"], table["is_beside"]
        member: str = table.get("member", name)
        rest = (sensitive, is_beside, table.get("optional", False))
        key = (attribute, name, member, *rest, table["type"], *table["choices"])
        if key not in self._params:
            self._params[key] = Param(name, attribute, member, self.type_of(table), *rest)
        return self._params[key]

    def type_of(self, param: Mapping[str, Any]) -> Type:
        name = param["type"]
        it = self.types[name]
        bounds = None if it["range"] is None else (int(it["range"][0]), int(it["range"][1]))
        longest = max(map(len, it["range"] or ("",)))
        choices = tuple(sorted(param["choices"], key=len, reverse=True))
        kind = Type(name, it["ends"], self.patterns[name], it["stand_in"], bounds, longest, choices)
        return self._types.setdefault(kind, kind)

    def row(self, at: int, table: Mapping[str, Any], contexts: Sequence[tuple[Param, ...]]) -> Row:
        of = self.all_params(table, contexts)
        own = len(table["params"])
        names = [f"{{{param.name}}}" for param in of]
        message = message_of(table["detail"], of)
        shown = (names[segment.param] + segment.literal for segment in message.segments)
        name = table.get("name", table["code"])
        return Row(
            at=at,
            code=table["code"],
            name=name,
            label=table["label"],
            is_number=table["is_number"],
            without_code=table.get("without_code", False),
            is_free=table.get("is_free", False),
            status=table["status"],
            sent={status: sent_of(*sent) for status, *sent in table["sent"]},
            section=table["section"],
            retry=table["retry"],
            detail=message.first + "".join(shown),
            cause=filled(table["cause"], names),
            fix=filled(table["fix"], names),
            params=of[:own],
            context_params=None if table["context"] is None else of[own:],
            retired=table["retired"],
            docs_url=None if self.reference is None else f"{self.reference}#{name}",
            wire=table["wire"],
            base=table["base"],
            message=message,
            full=None if table["full"] is None else message_of(table["full"], of),
            former=tuple(message_of(former, of) for former in table["former"]),
            envelope=self.envelope,
            prose=(tuple(table["cause"]), tuple(table["fix"])),
        )


def sent_of(title: str, headers: Sequence[Sequence[str]], examples: Sequence[str]) -> Sent:
    return Sent(title, tuple((name, value) for name, value in headers), tuple(examples))


def message_of(table: Sequence[Any], params: Sequence[Param]) -> Message:
    """Returns a message from its table: the first literal, and then the arguments of `segment_of` for each
    placeholder."""
    first, *segments = table
    return Message(first, tuple(segment_of(params, *segment) for segment in segments))


def segment_of(
    params: Sequence[Param],
    param: int,
    end: int | str,
    literal: str,
    most: int | None = None,
    stand_in: str | None = None,
    around: Sequence[tuple[str, str, str]] = (),
) -> Segment:
    """Returns a placeholder, and the literal after it.

    A number as `end` is the length of the end mark, which is a prefix of the literal: 0 is the whole literal, and so is
    -1, but then the value can contain the literal, because a member of the body has the value too. A string means that
    the value ends with the message and cannot contain that string. An empty string means that the end cannot be
    determined: then no value is read from the message. `around` has the texts that end the message in the body, each
    with what stands before and behind the value.
    """
    kind = params[param].type
    mark = end if isinstance(end, str) else literal[:end] if end > 0 else literal
    mark = mark if kind.ends == "mark" else ""
    excluded = [(text, before, behind) for text, before, behind in around]
    if mark and end != -1:
        excluded.insert(0, (mark, "", mark if literal else ""))
    return Segment(param, kind, mark, literal, most, stand_in or kind.stand_in, tuple(excluded))


# Bodies.


class Read(NamedTuple):
    """What was read from a body."""

    raw: bytes
    message: str | None
    detail: object
    """The value in the place of the message, of any type."""
    has_detail: bool
    code: str | None
    has_mark: bool
    walk: Walk | None = None
    """The values at the places of the body; None if it has only a message."""
    places: Sequence[Place] = ()

    def member(self, param: Param) -> str | None:
        """Returns the value of a parameter that the body has in a member."""
        if self.walk is None:
            return None
        alone = self.walk.values(f"params.{param.name}", self.places)
        read = ((value, text_at(place, value)) for place, value in alone)
        value, text = next((it for it in read if it[1] is not None), (None, None))
        text = text if isinstance(value, str) else of_kind(param, value)
        if text is not None:
            return text
        for slot in ("params", "params:string"):
            for _, members in self.walk.values(slot, self.places):
                if is_object(members):
                    return of_kind(param, members.get(param.member))
        return None


def of_kind(param: Param, value: object) -> str | None:
    """Returns a value as text, as in a message; None if it is of the wrong type."""
    if isinstance(value, str):
        return None if LONE.search(value) else value
    if isinstance(value, bool):
        return text_of(value) if param.type.name == "bool" else None
    return None if param.type.range is None else digits_of(value)


def digits_of(value: object) -> str | None:
    """Returns a number as text. An integer is written as one, however the body spells it."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    is_integer = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return str(int(value) if is_integer else value)


class Unreadable(NamedTuple):
    """A body that cannot be read."""

    raw: bytes
    reason: UnknownReason


def raw_of(body: object) -> bytes:
    """Returns the bytes of a body of any type."""
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    if body is None:
        return b""
    try:
        return bytes(memoryview(cast("bytes", body)))
    except (TypeError, ValueError):
        pass
    try:
        text = json.dumps(body, ensure_ascii=False)
        if "Infinity" in text or "NaN" in text:
            # JSON does not have such numbers, but parsers return them for large ones.
            text = json.dumps(json.loads(text, parse_constant=lambda _: None), ensure_ascii=False)
        # In JSON, a lone surrogate is written as an escape.
        return LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()
    except Exception:
        return b""


def is_parsed(body: object) -> bool:
    """Returns whether a body is parsed JSON."""
    return isinstance(body, (Mapping, list, tuple, int, float))


def read_body(body: object, envelope: Envelope) -> Read | Unreadable:
    """Reads a body: a string, bytes, or parsed JSON."""
    if isinstance(body, str):
        return read_text(raw_of(body), body, envelope)
    if not isinstance(body, bytes) and is_parsed(body):
        try:
            return read_value(raw_of(body), body, False, envelope, {})
        except Exception:
            return Unreadable(b"", "not_json")
    raw = body if isinstance(body, bytes) else raw_of(body)
    try:
        return read_text(raw, raw.decode("utf-8"), envelope)
    except UnicodeDecodeError:
        return Unreadable(raw, "not_json")


def read_text(raw: bytes, body: str, envelope: Envelope) -> Read | Unreadable:
    """Reads JSON text (RFC 8259)."""
    if envelope.simple is not None and (simple := envelope.simple.fullmatch(body)) is not None:
        # No parser is needed.
        return Read(raw, simple[1], simple[1], True, None, False)
    has_mark = body.startswith("\ufeff")
    text = body[1:] if has_mark else body
    if not text.strip(" \t\r\n"):
        return Unreadable(raw, "empty")
    if is_too_deep(text, envelope.depth):
        return Unreadable(raw, "too_deep")
    repeats: Repeats = {}
    try:
        value = parsed(text, repeats)
    except ValueError:
        return Unreadable(raw, "not_json")
    return read_value(raw, value, has_mark, envelope, repeats)


def parsed(text: str, repeats: Repeats) -> object:
    """Parses JSON text. Raises a ValueError if it is not valid."""

    def of_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) < len(pairs):
            repeats[id(members)] = pairs
        return members

    value: object = json.loads(
        text, object_pairs_hook=of_object, parse_constant=refused, parse_int=number
    )
    return value


def read_value(
    raw: bytes, value: object, has_mark: bool, envelope: Envelope, repeats: Repeats
) -> Read | Unreadable:
    """Reads parsed JSON."""
    walk = Walk(repeats)
    if not walk.body(value, envelope.places):
        return Unreadable(raw, "not_an_object")
    if walk.repeated is not None:
        return Unreadable(raw, "duplicate_detail" if walk.repeated.slot == "detail" else "duplicate_member")
    details = list(walk.values("detail", envelope.places))
    message, code = first_text(details), first_text(walk.values("code", envelope.places))
    return Read(raw, message, details[0][1] if details else None, bool(details), code, has_mark, walk, envelope.places)


OF_ERRORS = ("other_message", "other_code", "duplicate_detail", "duplicate_member", "lone_surrogate", "missing_value")
"""The reasons of unknown responses whose body has what identifies an error."""


MOST = 4
"""The rank of the best outcome."""


def worth_of(decoded: Known[Any] | Validation | Unknown) -> int:
    """Returns the rank of an outcome.

    From best to worst: an error, an error whose free text is missing, a code, anything in the place of the message.
    """
    if isinstance(decoded, Known):
        return 3 if decoded.error.row.is_free and not decoded.error.detail else MOST
    if not isinstance(decoded, Unknown):
        return 1
    has_code = decoded.named is not None or decoded.reason == "other_code"
    return 2 if has_code else int(decoded.reason in OF_ERRORS)


def reason_of(read: Read) -> UnknownReason:
    """Returns why the value in the place of the message is not a message."""
    if not read.has_detail:
        return "no_detail"
    if not isinstance(read.detail, str):
        return "other_kind"
    return "lone_surrogate" if LONE.search(read.detail) else "other_message"


def marks_of(read: Read) -> list[Note]:
    """Returns the notes on the body itself."""
    return [Note("byte_order_mark")] if read.has_mark else []


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))


Repeats: TypeAlias = "dict[int, list[tuple[str, object]]]"
"""All members of objects with duplicates, by the `id` of the object. They keep the objects in them alive, so that no
`id` is reused."""

Places: TypeAlias = "dict[Place, object]"
"""The values at the places that a body has, of any type."""


def places_of(tables: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(replace(Place(**table), inside=places_of(table.get("inside", ()))) for table in tables)


class Walk:
    """A search for places in a body."""

    def __init__(self, repeats: Repeats) -> None:
        self.repeats = repeats
        self.found: Places = {}
        self.repeated: Place | None = None
        """The last place that was found twice."""

    def body(self, value: object, places: Sequence[Place]) -> bool:
        """Looks for places in a body. Returns whether it is of a type that can have any."""
        root = next((it for it in places[:1] if it.name == "" and it.constants is not None), None)
        if root is not None and is_array(value):
            self.found[root] = value
            self.inside(value, root, self.found)
            return True
        if root is None and is_object(value):
            self.members(value, places, self.found)
        return is_object(value)

    def members(self, value: Mapping[str, object], places: Sequence[Place], found: Places) -> int:
        """Looks for places among the members of an object. Returns how many constants match."""
        constants = 0
        for name, member in self.members_of(value):
            place = next((it for it in places if it.name == name), None)
            if place is not None and place in found:
                self.repeated = place
            elif place is not None:
                found[place] = member
                constants += self.inside(member, place, found)
        return constants

    def members_of(self, value: Mapping[str, object]) -> Iterable[tuple[str, object]]:
        """Returns the members of an object, including duplicates."""
        return self.repeats.get(id(value), value.items())

    def inside(self, value: object, place: Place, found: Places) -> int:
        """Looks for the places inside another one. Returns how many constants match."""
        if place.constant is not None:
            # In Python, `1 == True`.
            is_same_kind = isinstance(value, bool) == isinstance(place.constant, bool)
            return int(is_same_kind and value == place.constant)
        if place.slot is not None:
            found.update((it, value) for it in place.inside)
            return 0
        if place.constants is not None:
            any(self.is_element(it, place, found) for it in (value if is_array(value) else ()))
        elif is_object(value):
            return self.members(value, place.inside, found)
        return 0

    def is_element(self, value: object, array: Place, found: Places) -> bool:
        """Returns whether an element is the one to read: an object with the constants, or the value of a slot."""
        place = array.inside[0]
        inside: Places = {place: value}
        if place.slot is not None:
            is_params = place.slot in ("params", "params:string")
            is_read = is_object(value) if is_params else value_at(place, value) is not None
            self.inside(value, place, inside)
        else:
            is_read = is_object(value) and self.members(value, place.inside, inside) == array.constants
        if is_read:
            found.update(inside)
        return is_read

    def elements(self, array: Place) -> Iterator[tuple[int, Walk]]:
        """Yields the elements of an array that are read, each with its index and what was found in it."""
        value = self.found.get(array)
        for at, element in enumerate(value if is_array(value) else ()):
            walk = Walk(self.repeats)
            if walk.is_element(element, array, walk.found) and walk.repeated is None:
                yield at, walk

    def values(self, slot: str, places: Sequence[Place]) -> Iterator[tuple[Place, object]]:
        """Yields the values at the places of a slot, in template order."""
        for place in all_places(places):
            if place.slot == slot and place in self.found:
                yield place, self.found[place]


def all_places(places: Sequence[Place]) -> Iterator[Place]:
    """Yields places, each followed by those inside it, in template order."""
    for place in places:
        yield place
        yield from all_places(place.inside)


def first_text(values: Iterable[tuple[Place, object]]) -> str | None:
    """Returns the text of the first value of the right type."""
    texts = (text_at(place, value) for place, value in values)
    return next((text for text in texts if text is not None), None)


def value_at(place: Place, value: object) -> str | Sequence[object] | None:
    """Returns the value at a place if it is of the right type: a text, or the steps of a field path."""
    if place.slot == "field.loc" and not isinstance(value, str):
        return value if is_array(value) else None
    return text_at(place, value)


def text_at(place: Place, value: object) -> str | None:
    """Returns the text of the value at a place, if it is of the right type."""
    if isinstance(value, str):
        return None if LONE.search(value) else without_affixes(place, value)
    if isinstance(value, bool) and place.slot is not None and place.slot.startswith(("params.", "request.")):
        return None if place.is_text else text_of(value)
    return None if place.is_text else digits_of(value)


def without_affixes(place: Place, text: str) -> str | None:
    """Returns a text without what surrounds the value; None if that is missing."""
    head, is_open = place.before
    if not head and not place.after[0]:
        return text
    first, *others = literals_of(head)
    # Text that may be missing is present only if it comes before the text that follows it.
    follows = others[0] if others else mark_of(place)
    at, end = text.find(first), -1 if follows is None else text.find(follows)
    if not is_open and at != 0:
        return None
    rest = text if at == -1 or is_open and -1 < end < at else text[at + len(first) :]
    for literal in others:
        if literal not in rest:
            return None
        rest = rest.partition(literal)[2]
    value = without_tail(place, rest)
    if value is None or place.slot != "code" or not (is_open or others):
        return value
    # No code of the catalog contains the text before it, but a namespace may, as in `com.example.Gone`, and it may end with
    # the beginning of that text, as in `Gone - - E7`.
    start, last = len(text) - len(rest), others[-1] if others else first
    _, found, code = text[max(start - len(last) + 1, 0) : start + len(value)].rpartition(last)
    return code if found else value


def mark_of(place: Place) -> str | None:
    """Returns the text that ends a value at its first occurrence; None if only the end of the whole text counts."""
    tail, is_open = place.after
    end, *others = literals_of(tail)
    return end if is_open or others else None


def without_tail(place: Place, text: str) -> str | None:
    """Returns a text without what follows the value."""
    tail, is_open = place.after
    mark = mark_of(place)
    if mark is None:
        return text[: len(text) - len(tail)] if text.endswith(tail) else None
    if mark not in text:
        return text if is_open else None
    # The same applies after a message: `Run not found [gone]`.
    is_before_code = re.fullmatch(r"\{code[}:?][^{]*", tail[len(mark) :])
    return text.rpartition(mark)[0] if is_before_code else text.partition(mark)[0]


def literals_of(text: str) -> list[str]:
    """Returns the literals between the placeholders of a text. Placeholders match anything."""
    return re.split(r"\{[^}]*\}", text)


def written(
    out: str, pieces: Sequence[Piece], value_of: Callable[[str], object], fields: Sequence[FieldError] = ()
) -> tuple[str, bool]:
    """Appends pieces of a body to others. Also returns whether all slots among them have values."""
    has_values = True
    for piece in pieces:
        if isinstance(piece, str):
            out += piece
        elif piece is None:
            # No value ends with an opening bracket.
            out += "" if out.endswith(("{", "[")) else ","
        elif "slot" in piece:
            value = value_of(piece["slot"])
            # An object of values can be omitted if there are none.
            has_values = has_values and value is not None and value != {}
            out += inside_of(value) if piece["is_text"] else json_of(value)
        elif "each" in piece:
            has_values = has_values and bool(fields)
            listed: Sequence[FieldError | None] = fields or (None,)
            for at, field in enumerate(listed):
                out, _ = written(out + ("," if at else ""), piece["each"], of_field(field, value_of))
        else:
            longer, is_whole = written(out, piece["group"], value_of, fields)
            # Only an empty container ends like this: after a value, the bracket that closes the container follows.
            is_left_out = longer.endswith(("{}", "[]")) if piece["is_container"] else not is_whole
            out = out if is_left_out else longer
    return out, has_values


def of_field(field: FieldError | None, value_of: Callable[[str], object]) -> Callable[[str], object]:
    """Returns a function for the values of slots in the element for a field, or in one without a field."""
    parts: dict[str, object] = {}
    if field is not None:
        fragment = quote(mended(field.pointer), safe="-._~!$&'()*+,;=:@/?")
        parts = {"path": field.path, "pointer": field.pointer, "fragment": f"#{fragment}", "loc": list(field.loc)}
        parts |= {name: text for name, text in (("code", field.code), ("message", field.message)) if text}

    def slot(name: str) -> object:
        return parts.get(name[6:]) if name.startswith("field.") else value_of(name)

    return slot


def by_path(fields: Sequence[FieldError]) -> list[tuple[str, list[str]]]:
    """Returns the messages for each path, in the order of paths."""
    messages: dict[str, list[str]] = {}
    for field in fields:
        messages.setdefault(field.path, []).append(field.message)
    return sorted(messages.items())


def kept(fields: Iterable[FieldError]) -> Iterator[FieldError]:
    """Yields the first fields, until their texts are too long to be sent."""
    room = 4 * 1024
    for field in fields:
        texts = [f"{step}." for step in field.loc] + [field.code, field.message]
        room -= len("".join(texts).encode("utf-8", "replace"))
        if room < 0:
            return
        yield field


def json_of(value: object) -> str:
    return LONE.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def text_of(value: object) -> str:
    """Returns a value as text, as in a message."""
    return json_of(value) if isinstance(value, bool) else str(value)


def inside_of(value: object) -> str:
    """Returns a value as the inside of a JSON string, which is empty for None."""
    return "" if value is None else json_of(text_of(value))[1:-1]


def refused(word: str) -> object:
    """Rejects `NaN` and the like, which are not JSON."""
    raise ValueError(word)


def number(digits: str) -> int | float:
    """Parses an integer. Python refuses to convert the longest ones, so they become floats."""
    return int(digits) if len(digits) < 1000 else float(digits)


BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[][{},]', re.DOTALL)
"""Brackets and commas of JSON, and strings, which may contain brackets and commas."""


def nested(text: str, start: int = 0) -> Iterator[tuple[int, str, int]]:
    """Yields the brackets and commas of JSON, each with its offset and the number of brackets that are open after
    it."""
    depth = 0
    for it in BRACKETS.finditer(text, start):
        if it[0][0] != '"':
            depth += (it[0] in "{[") - (it[0] in "}]")
            yield it.start(), it[0], depth


def is_too_deep(text: str, most: int) -> bool:
    """Returns whether arrays and objects are nested too deeply."""
    return text.count("{") + text.count("[") > most and any(depth > most for _, _, depth in nested(text))


# Fields of a request, and further errors.


def walk_in(body: bytes, places: tuple[Place, ...], depth: int) -> tuple[object, Walk | None]:
    """Parses a body and looks for places in it. The places are None if the body is not JSON, or has a duplicate of a
    member that is read."""
    repeats: Repeats = {}
    try:
        text = body.decode("utf-8").removeprefix("\ufeff")
        value = None if is_too_deep(text, depth) else parsed(text, repeats)
    except ValueError:
        return None, None
    walk = Walk(repeats)
    walk.body(value, places)
    return value, walk if walk.repeated is None else None


def arrays_of_errors(places: Sequence[Place]) -> list[Place]:
    """Returns the arrays that list errors, rather than only values of an error or of the request."""
    return [
        place
        for place in all_places(places)
        if place.constants is not None and any(it.slot in ("code", "detail") for it in all_places(place.inside))
    ]


def places_differ(walk: Walk) -> bool:
    """Returns whether places of the same slot have different values. The request's are not read."""
    texts: dict[str, str] = {}
    for place, value in walk.found.items():
        if place.slot is not None and not place.slot.startswith("request."):
            text = text_at(place, value)
            if text is not None and texts.setdefault(place.slot, text) != text:
                return True
    return False


def lists_others(walk: Walk, places: Sequence[Place]) -> bool:
    """Returns whether a body lists a further error with a different code or message."""
    array = next((it for it in arrays_of_errors(places) if it in walk.found), None)
    if array is None:
        return False
    said = [
        [first_text(element.values(slot, array.inside)) for slot in ("code", "detail")]
        for _, element in walk.elements(array)
    ]
    return any(it is not None and it != one for other in said[1:] for it, one in zip(other, said[0]))


def bodies_of_others(body: bytes, envelope: Envelope) -> Iterator[bytes]:
    """Yields a body for each further error: the same text, with only that element in the array."""
    arrays = arrays_of_errors(envelope.places)
    value, walk = walk_in(body, envelope.places, envelope.depth) if arrays else (None, None)
    array = next((it for it in arrays if walk is not None and it in walk.found), None)
    if walk is None or array is None:
        return
    text, listed = body.decode("utf-8").removeprefix("\ufeff"), walk.found[array]
    at = next((at for at, it in enumerate(arrays_in(value, walk)) if it is listed), None)
    if at is None:
        return
    start = [place for place, mark, _ in nested(text) if mark == "["][at]
    cuts = [start]
    for place, mark, depth in nested(text, start):
        if depth == 0 or depth == 1 and mark == ",":
            cuts.append(place)
        if depth == 0:
            break
    for at, _ in [*walk.elements(array)][1:]:
        yield f"{text[:start + 1]}{text[cuts[at] + 1 : cuts[at + 1]].strip()}{text[cuts[-1]:]}".encode()


def arrays_in(value: object, walk: Walk) -> Iterator[object]:
    """Yields the arrays of a body, in the order in which they begin."""
    if is_array(value):
        yield value
    for it in value if is_array(value) else [it for _, it in walk.members_of(value)] if is_object(value) else ():
        yield from arrays_in(it, walk)


def fields_in(body: bytes, envelope: Envelope) -> Iterator[FieldError]:
    """Yields the fields that a body lists: by name, in the innermost array, or in an object of lists of messages that
    takes the place of the array or is the whole body."""
    places = envelope.fields
    value, walk = walk_in(body, places, envelope.depth)
    if value is None or walk is None:
        return
    for slot in ("message_by_field", "messages_by_field"):
        for _, listed in walk.values(slot, places):
            yield from named_fields(listed, walk)
            return
    for array in all_places(places):
        is_inner = all(it.constants is None for it in all_places(array.inside))
        if array.constants is not None and is_inner and array in walk.found:
            yield from messages_by_name(walk.found[array], walk)
            for _, element in walk.elements(array):
                yield from field_of(element, places)
            return
    whole, error = walk_in(body, envelope.places, envelope.depth)
    if error is not None and not error.found:
        yield from messages_by_name(whole, error)


def fields_in_detail(body: bytes, envelope: Envelope) -> Iterator[FieldError]:
    """Yields the fields of a list, or of an object of lists of messages, in the place of the message."""
    _, walk = walk_in(body, envelope.places, envelope.depth)
    if walk is not None and first_text(walk.values("detail", envelope.places)) is None:
        for _, detail in [*walk.values("detail", envelope.places)][:1]:
            items = [*items_of(detail)] if is_array(detail) or is_object(detail) else []
            yield from items or messages_by_name(detail, walk)


def messages_by_name(value: object, walk: Walk) -> Iterator[FieldError]:
    """Yields the fields of an object whose members are all lists of messages."""
    lists = [it for _, it in walk.members_of(value)] if is_object(value) else []
    if all(is_array(it) and it and all(isinstance(message, str) for message in it) for it in lists):
        yield from named_fields(value, walk)


def named_fields(value: object, walk: Walk) -> Iterator[FieldError]:
    """Yields the fields that the members of an object describe, each with a message or a list of messages."""
    for name, member in walk.members_of(value) if is_object(value) else ():
        for message in member if is_array(member) else (member,):
            yield FieldError(steps_in(mended(name)), "", mended(message))


def field_of(walk: Walk, places: Sequence[Place]) -> Iterator[FieldError]:
    """Yields the field that an element describes, if any. If it has no code or message for the field, those of the
    error count."""

    def value(*slots: str) -> str | Sequence[object] | None:
        values = (value_at(*it) for slot in slots for it in walk.values(slot, places))
        return next((it for it in values if it is not None), None)

    place = value("field.pointer", "field.fragment", "field.path", "field.loc")
    code, message = value("field.code"), value("field.message")
    if place is not None or code is not None or message is not None:
        loc = steps_in(place) if isinstance(place, str) else tuple(map(step_from, place or ()))
        code, message = value("field.code", "code"), value("field.message", "detail")
        yield FieldError(loc, mended(code), mended(message))


def items_of(detail: object) -> Iterator[FieldError]:
    """Yields the items of FastAPI's list. An object is one item if it has any member of one."""
    if is_array(detail):
        yield from map(item_of, detail)
    elif (item := item_of(detail)) != FieldError():
        yield item


def item_of(item: object) -> FieldError:
    if not is_object(item):
        return FieldError(message=mended(item))
    loc = item.get("loc")
    steps = loc if is_array(loc) else [loc] if isinstance(loc, str) else ()
    return FieldError(tuple(map(step_from, steps)), mended(item.get("type")), mended(item.get("msg")))


def mended(value: object) -> str:
    """Replaces lone surrogates in a text with U+FFFD. What is not a string becomes empty."""
    return LONE.sub("\ufffd", value) if isinstance(value, str) else ""


def step_from(value: object) -> str | int:
    """Returns an element of a list as a step of a path."""
    if isinstance(value, str):
        return mended(value)
    if is_array(value) or is_object(value):
        # No path has such a step. It might be a value of the request.
        return "…"
    digits = digits_of(value)
    return json.dumps(value) if digits is None else step_of(digits)


def steps_in(place: str) -> tuple[str | int, ...]:
    """Returns the steps of a path such as `items[0].name`, or of a JSON Pointer, which may be a URI fragment."""
    text = unquote(place[1:]) if place.startswith("#") else place
    if text.startswith("/"):
        return tuple(step_of(it.replace("~1", "/").replace("~0", "~")) for it in text[1:].split("/"))
    return tuple(step for part in text.split(".") for step in steps_of(part)) if text else ()


def steps_of(part: str) -> tuple[str | int, ...]:
    """Returns the steps in the part between two dots of a path: a name, and indices after it."""
    name, bracket, rest = part.partition("[")
    indices = [step_of(it) for it in rest[:-1].split("][")]
    if not (bracket and rest.endswith("]") and all(isinstance(it, int) for it in indices)):
        return (step_of(part),)
    return (*([step_of(name)] if name else []), *indices)


def step_of(token: str) -> str | int:
    """Returns a token as an index if it is one that every JSON parser keeps exactly, and otherwise as a name."""
    is_index = INDEX.fullmatch(token) and abs(int(token)) < 2**53
    return int(token) if is_index else token
