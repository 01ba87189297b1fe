"""Reads responses by the table of a catalog. It is the same for every catalog, and knows none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Literal, TypeAlias, TypeVar, cast

Text: TypeAlias = str
Number: TypeAlias = int
Value: TypeAlias = "str | int"
Piece: TypeAlias = "str | int"

Retry: TypeAlias = Literal["never", "later", "after_fix"]

Reason: TypeAlias = Literal[
    "other_sentence",
    "empty",
    "not_json",
    "too_large",
    "too_deep",
    "not_an_object",
    "no_detail",
    "duplicate_detail",
    "other_kind",
    "lone_surrogate",
]

FindingKind: TypeAlias = Literal[
    "status_differs",
    "former_wording",
    "retired",
    "out_of_scope",
    "code_contradicts",
    "code_unknown",
    "byte_order_mark",
]

MAX_BYTES = 65536
MAX_DEPTH = 128
SEPARATOR = ". "
REPLACEMENT = "\ufffd"
HIDDEN = "•••"
# Unicode's property White_Space, without the control characters.
WHITE_SPACE = frozenset(
    "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
RANGES = {"u64": (0, 2**64 - 1), "i64": (-(2**63), 2**63 - 1)}


@dataclass(frozen=True)
class Param:
    """A parameter of a sentence, and the attribute that holds its value."""

    name: str
    attribute: str
    kind: Literal["u64", "i64", "word", "text", "one_of"]
    end: str | None = None
    choices: tuple[str, ...] = ()
    sensitive: bool = False
    """Whether the value is kept out of logs."""


@dataclass(frozen=True)
class Second:
    """A second sentence that may follow."""

    text: tuple[Piece, ...]
    params: tuple[Param, ...]


@dataclass(frozen=True)
class Row:
    """What the catalog says about an error."""

    code: str
    status: int
    section: str
    retry: Retry
    detail: tuple[Piece, ...]
    cause: tuple[Piece, ...]
    fix: tuple[Piece, ...]
    params: tuple[Param, ...] = ()
    second: Second | None = None
    same_as: int | None = None
    former: tuple[tuple[Piece, ...], ...] = ()
    retired: str | None = None
    docs_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Header fields of a response with the error, in small letters."""
    examples: tuple[str, ...] = ()
    """Sentences with example values: the detail, and the detail with its context."""


class Values:
    """Something with a value for each parameter."""

    _params: ClassVar[tuple[Param, ...]] = ()

    def _texts(self) -> list[str]:
        return [str(self._value(param)) for param in self._params]

    def _value(self, param: Param) -> Value:
        value: Value = getattr(self, param.attribute)
        return value

    def _arguments(self) -> dict[str, object]:
        return {param.attribute: self._value(param) for param in self._params}

    @property
    def values(self) -> dict[str, Value]:
        """The values by the names that the catalog has for them."""
        return {param.name: self._value(param) for param in self._params}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._arguments() == self._arguments()

    def __hash__(self) -> int:
        return hash((type(self), tuple(self._texts())))

    def _shown(self) -> list[str]:
        """The values as they may stand in a log."""
        return [HIDDEN if it.sensitive else str(self._value(it)) for it in self._params]

    def __repr__(self) -> str:
        sensitive = {param.attribute for param in self._params if param.sensitive}
        arguments = (
            f"{name}={HIDDEN if name in sensitive else repr(value)}"
            for name, value in self._arguments().items()
        )
        return f"{type(self).__name__}({', '.join(arguments)})"


class CatalogError(Values, Exception):
    """An error of a catalog: raise it in a server, get it from `decode` in a client."""

    row: ClassVar[Row]
    code: ClassVar[str]
    """The stable name of the error."""
    status: ClassVar[int]
    """The HTTP status."""

    def __init__(self) -> None:
        second = self._second()
        # What is printed with a traceback goes into logs.
        Exception.__init__(self, self._sentence(self._shown(), None if second is None else second._shown()))

    @property
    def detail(self) -> str:
        """The sentence on the wire. `str(error)` is the same without sensitive values."""
        second = self._second()
        return self._sentence(self._texts(), None if second is None else second._texts())

    def _sentence(self, own: Sequence[str], second: Sequence[str] | None) -> str:
        sentence = render(self.row.detail, own)
        if self.row.second is None or second is None:
            return sentence
        return sentence + SEPARATOR + render(self.row.second.text, second)

    @property
    def cause(self) -> str:
        """What leads to the error."""
        return render(self.row.cause, self._texts())

    @property
    def fix(self) -> str:
        """What to do about it."""
        return render(self.row.fix, self._texts())

    @property
    def retry(self) -> Retry:
        """Whether trying again helps."""
        return self.row.retry

    @property
    def section(self) -> str:
        """The section of the API that it belongs to."""
        return self.row.section

    @property
    def docs_url(self) -> str | None:
        """The place of the error on the reference page."""
        return self.row.docs_url

    @property
    def retired(self) -> str | None:
        """Why no server produces the error any more."""
        return self.row.retired

    @property
    def body(self) -> bytes:
        """The body of the response, `{"detail": "…"}` in UTF-8."""
        return json.dumps({"detail": self.detail}, ensure_ascii=False, separators=(",", ":")).encode()

    def _second(self) -> Values | None:
        second: Values | None = getattr(self, "context", None)
        return second

    def _arguments(self) -> dict[str, object]:
        arguments = Values._arguments(self)
        if self.row.second is not None:
            arguments["context"] = self._second()
        return arguments

    __hash__ = Values.__hash__

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return restored, (type(self), self._arguments())


def restored(kind: Callable[..., CatalogError], arguments: Mapping[str, object]) -> CatalogError:
    """An error that was pickled or copied."""
    return kind(**arguments)


def as_word(value: str) -> str:
    """`value` as a word: what cannot stand in one is replaced by U+FFFD."""
    return "".join(c if is_of_word(c) else REPLACEMENT for c in value) or REPLACEMENT


def as_text(value: str, end: str | None) -> str:
    """`value` as a text that ends at `end`: what cannot stand in it is replaced by U+FFFD."""
    other = "?" if end == REPLACEMENT else REPLACEMENT
    return "".join(other if is_control(c) or c == end else c for c in value)


def as_number(value: int, kind: Literal["u64", "i64"]) -> int:
    """`value`, if it lies in the range of the type; an OverflowError if not."""
    least, most = RANGES[kind]
    if not least <= value <= most:
        raise OverflowError(f"{value} does not lie in the range of {kind}")
    return int(value)


C = TypeVar("C", bound=str)


def as_choice(value: C, choices: tuple[str, ...]) -> C:
    """`value`, if it is one of the choices; a LookupError if not."""
    if value not in choices:
        raise LookupError(f"{value!r} is none of {', '.join(choices)}")
    return value


@dataclass(frozen=True)
class Finding:
    """What is unexpected about a response whose sentence is known."""

    kind: FindingKind
    expected: int | None = None
    received: int | None = None
    named: str | None = None


E = TypeVar("E", bound=CatalogError)


@dataclass(frozen=True)
class Known(Generic[E]):
    """The sentence belongs to an error of the catalog."""

    status: int
    body: bytes = field(repr=False)
    error: E
    alternatives: tuple[E, ...]
    """The errors that it might be as well, since they have its sentence."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Validation:
    """`detail` lists what is wrong with the request, as FastAPI does. It may hold what was sent."""

    status: int
    body: bytes = field(repr=False)
    detail: object = field(repr=False)


@dataclass(frozen=True)
class Unknown:
    """The catalog does not know the response."""

    status: int
    body: bytes = field(repr=False)
    reason: Reason


@dataclass(frozen=True)
class NotAnError:
    """The status is none of an error: 1xx, 2xx or 3xx."""

    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Wording:
    """A wording of a row."""

    row: int
    is_former: bool
    is_full: bool
    pieces: tuple[Piece, ...]
    params: tuple[Param, ...]


@dataclass(frozen=True)
class Match:
    """A row that has a sentence, and the values in it."""

    row: int
    wording: Wording
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Scope:
    """What is known about where a response comes from."""

    operation: str | None
    section: str | None
    error_code: str | None


class Catalog(Generic[E]):
    """The errors of a catalog, and how they are found by their sentences."""

    def __init__(
        self,
        kinds: Sequence[type[E]],
        contexts: Mapping[str, Callable[..., Values]],
        operations: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.kinds = tuple(kinds)
        self.rows = tuple(kind.row for kind in kinds)
        self.by_code = {row.code: at for at, row in enumerate(self.rows)}
        self.contexts = contexts
        self.operations = operations
        self.constants: dict[str, list[Wording]] = {}
        self.templates: list[Wording] = []
        self.homonyms: dict[int, list[int]] = {}
        for at, row in enumerate(self.rows):
            self._index(at, row)

    def _index(self, at: int, row: Row) -> None:
        if row.same_as is None:
            self._add(Wording(at, False, False, row.detail, row.params))
            if row.second is not None:
                first = len(row.params)
                shifted = (piece if isinstance(piece, str) else first + piece for piece in row.second.text)
                pieces = (*row.detail, SEPARATOR, *shifted)
                self._add(Wording(at, False, True, pieces, row.params + row.second.params))
        else:
            self.homonyms.setdefault(row.same_as, []).append(at)
        for former in row.former:
            self._add(Wording(at, True, False, former, row.params))

    def _add(self, wording: Wording) -> None:
        texts = [piece for piece in wording.pieces if isinstance(piece, str)]
        if len(texts) < len(wording.pieces):
            self.templates.append(wording)
        else:
            self.constants.setdefault("".join(texts), []).append(wording)

    def decode(
        self, status: int, body: bytes | str, scope: Scope
    ) -> Known[E] | Validation | Unknown | NotAnError:
        """Reads a response. It never raises, and keeps what it does not know."""
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
        if 100 <= status < 400:
            return NotAnError(status, raw)
        found = read_body(raw)
        if isinstance(found, Unreadable):
            return Unknown(status, raw, found.reason)
        if isinstance(found, Listed):
            return Validation(status, raw, found.detail)
        best = self._choose(status, found.sentence, scope)
        if not best:
            return Unknown(status, raw, "other_sentence")
        findings = list(self._findings(status, best[0], scope))
        if found.has_mark:
            findings.append(Finding("byte_order_mark"))
        first, *others = (self._error(match) for match in best)
        return Known(status, raw, first, tuple(others), tuple(findings))

    def _choose(self, status: int, sentence: str, scope: Scope) -> list[Match]:
        best: list[Match] = []
        best_rank: tuple[bool, ...] = ()
        for match in self._matches(sentence):
            rank = self._rank(status, match, scope)
            if not best or rank > best_rank:
                best, best_rank = [match], rank
            elif rank == best_rank and all(other.row != match.row for other in best):
                best.append(match)
        return best

    def _matches(self, sentence: str) -> Iterator[Match]:
        for wording in self.constants.get(sentence, ()):
            yield from self._with_homonyms(wording, ())
        for wording in self.templates:
            if may_be(wording.pieces, sentence):
                values = read_template(wording.pieces, wording.params, sentence)
                if values is not None:
                    yield from self._with_homonyms(wording, values)

    def _with_homonyms(self, wording: Wording, values: tuple[Value, ...]) -> Iterator[Match]:
        for row in (wording.row, *self.homonyms.get(wording.row, ())):
            yield Match(row, wording, values)

    def _rank(self, status: int, match: Match, scope: Scope) -> tuple[bool, ...]:
        row = self.rows[match.row]
        named = scope.error_code is not None and scope.error_code.strip() == row.code
        within = has_scope(scope) and self._is_within(row, scope)
        return named, status == row.status, within, not match.wording.is_former

    def _is_within(self, row: Row, scope: Scope) -> bool:
        if scope.operation is not None and row.code not in self.operations.get(scope.operation, ()):
            return False
        return scope.section is None or scope.section == row.section

    def _findings(self, status: int, match: Match, scope: Scope) -> Iterator[Finding]:
        row = self.rows[match.row]
        if row.status != status:
            yield Finding("status_differs", expected=row.status, received=status)
        if match.wording.is_former:
            yield Finding("former_wording")
        if row.retired is not None:
            yield Finding("retired")
        if has_scope(scope) and not self._is_within(row, scope):
            yield Finding("out_of_scope")
        named = None if scope.error_code is None else scope.error_code.strip()
        if named is not None and named != row.code:
            known = named in self.by_code
            yield Finding("code_contradicts", named=named) if known else Finding("code_unknown")

    def _error(self, match: Match) -> E:
        row = self.rows[match.row]
        own = len(row.params)
        arguments: dict[str, object] = dict(zip((it.attribute for it in row.params), match.values))
        if row.second is not None:
            second = zip((it.attribute for it in row.second.params), match.values[own:])
            make = self.contexts[row.code]
            arguments["context"] = make(**dict(second)) if match.wording.is_full else None
        make_error = cast("Callable[..., E]", self.kinds[match.row])
        return make_error(**arguments)


def has_scope(scope: Scope) -> bool:
    """Whether anything is known about where a response comes from, beside the code it names."""
    return scope.operation is not None or scope.section is not None


@dataclass(frozen=True)
class Sentence:
    """A `detail` that is a text."""

    sentence: str
    has_mark: bool


@dataclass(frozen=True)
class Listed:
    """A `detail` that is an array or an object."""

    detail: object


@dataclass(frozen=True)
class Unreadable:
    """A body without a sentence."""

    reason: Reason


class Pairs(list[tuple[str, object]]):
    """The members of a JSON object, duplicates included."""


def refuse(word: str) -> object:
    """`NaN` and its like are no JSON."""
    raise ValueError(word)


def read_body(raw: bytes) -> Sentence | Listed | Unreadable:
    """What a body says (RFC 8259)."""
    if len(raw) > MAX_BYTES:
        return Unreadable("too_large")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Unreadable("not_json")
    has_mark = text.startswith("\ufeff")
    text = text[1:] if has_mark else text
    if not text.strip(" \t\r\n"):
        return Unreadable("empty")
    if depth_of(text) > MAX_DEPTH:
        return Unreadable("too_deep")
    try:
        value: object = json.loads(
            text, object_pairs_hook=Pairs, parse_constant=refuse, parse_int=number
        )
    except ValueError:
        return Unreadable("not_json")
    if not isinstance(value, Pairs):
        return Unreadable("not_an_object")
    details = [member for name, member in value if name == "detail"]
    if not details:
        return Unreadable("no_detail")
    if len(details) > 1:
        return Unreadable("duplicate_detail")
    detail = details[0]
    if isinstance(detail, list):
        whole = cast("dict[str, object]", json.loads(text, parse_int=number))
        return Listed(whole["detail"])
    if not isinstance(detail, str):
        return Unreadable("other_kind")
    if any("\ud800" <= character <= "\udfff" for character in detail):
        return Unreadable("lone_surrogate")
    return Sentence(detail, has_mark)


def number(digits: str) -> int | float:
    """A whole number. Python refuses to read the longest ones as integers."""
    return int(digits) if len(digits) < 1000 else float(digits)


def depth_of(text: str) -> int:
    """How many arrays and objects stand in one another at the most."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return 0
    depth = deepest = at = 0
    while at < len(text):
        character = text[at]
        if character == '"':
            at += 1
            while at < len(text) and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
        at += 1
    return deepest


def render(pieces: Sequence[Piece], texts: Sequence[str]) -> str:
    """A template with values."""
    return "".join(piece if isinstance(piece, str) else texts[piece] for piece in pieces)


def may_be(pieces: Sequence[Piece], sentence: str) -> bool:
    """Whether a sentence begins and ends as the pieces do."""
    first, last = pieces[0], pieces[-1]
    begins = not isinstance(first, str) or sentence.startswith(first)
    return begins and (not isinstance(last, str) or sentence.endswith(last))


def read_template(
    pieces: Sequence[Piece], params: Sequence[Param], sentence: str
) -> tuple[Value, ...] | None:
    """The values of a sentence, one for each parameter; None if it is none of the template's.

    From the last piece to the first, the places are found from which the pieces behind fit the rest of the
    sentence. Then the values are taken from the first to the last, each as long as can be. The time grows
    with the length of the sentence, and no faster.
    """
    ends = bytearray(len(sentence) + 1)
    ends[-1] = 1
    stages = [ends]
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if isinstance(piece, str):
            ends = starts_of_literal(piece, sentence, ends)
        else:
            ends = starts_of_hole(params[piece], first_of(pieces, at + 1), sentence, ends)
        stages.append(ends)
    if not ends[0]:
        return None
    stages.reverse()
    values: dict[int, Value] = {}
    place = 0
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            place += len(piece)
            continue
        param = params[piece]
        end = longest(param, first_of(pieces, at + 1), sentence, place, stages[at + 1])
        value = None if end is None else fit(param, sentence[place:end])
        if end is None or value is None:
            return None
        values[piece] = value
        place = end
    if len(values) < len(params):
        return None
    return tuple(values[at] for at in range(len(params)))


def first_of(pieces: Sequence[Piece], at: int) -> str | None:
    """The character with which the piece at a place begins, if it is text."""
    piece = pieces[at] if at < len(pieces) else None
    return piece[0] if isinstance(piece, str) and piece else None


def starts_of_literal(literal: str, sentence: str, ends: bytearray) -> bytearray:
    """Where a text stands behind which one of the `ends` is."""
    starts = bytearray(len(ends))
    at = sentence.find(literal)
    while at != -1:
        starts[at] = ends[at + len(literal)]
        at = sentence.find(literal, at + 1)
    return starts


def starts_of_hole(param: Param, next_one: str | None, sentence: str, ends: bytearray) -> bytearray:
    """Where a value can begin that reaches one of the `ends`."""
    starts = bytearray(len(ends))
    if param.kind == "word":
        reaches = False
        for at in range(len(sentence) - 1, -1, -1):
            reaches = is_of_word(sentence[at]) and (reaches or ends[at + 1] == 1)
            starts[at] = reaches
    elif param.kind == "text":
        reaches = ends[-1] == 1
        starts[-1] = reaches
        for at in range(len(sentence) - 1, -1, -1):
            character = sentence[at]
            if character == next_one:
                reaches = ends[at] == 1
            else:
                reaches = reaches and not is_control(character) and character != param.end
            starts[at] = reaches
    else:
        for at in range(len(sentence)):
            starts[at] = end_of_short(param, sentence, at, ends) is not None
    return starts


def longest(
    param: Param, next_one: str | None, sentence: str, at: int, ends: bytearray
) -> int | None:
    """Where the longest value at `at` ends that reaches one of the `ends`."""
    if param.kind == "word":
        end = None
        place = at
        while place < len(sentence) and is_of_word(sentence[place]):
            place += 1
            end = place if ends[place] else end
        return end
    if param.kind == "text":
        found = -1 if next_one is None else sentence.find(next_one, at)
        return len(sentence) if found == -1 else found
    return end_of_short(param, sentence, at, ends)


def end_of_short(param: Param, sentence: str, at: int, ends: bytearray) -> int | None:
    """Where the longest number or choice at `at` ends that reaches one of the `ends`."""
    if param.kind == "one_of":
        standing = (len(choice) for choice in param.choices if sentence.startswith(choice, at))
        lengths = sorted(standing, reverse=True)
    else:
        sign = 1 if sentence.startswith("-", at) else 0
        digits = 0
        while digits < 20 and is_digit(sentence[at + sign + digits : at + sign + digits + 1]):
            digits += 1
        lengths = list(range(sign + digits, sign, -1))
    for length in lengths:
        if ends[at + length] and fit(param, sentence[at : at + length]) is not None:
            return at + length
    return None


def fit(param: Param, text: str) -> Value | None:
    """The value that a text is, if it is one of the kind, in its one spelling."""
    if param.kind == "u64" or param.kind == "i64":
        digits = text[1:] if text.startswith("-") else text
        if not digits or not all(is_digit(digit) for digit in digits):
            return None
        if (digits != "0" and digits.startswith("0")) or text == "-0":
            return None
        least, most = RANGES[param.kind]
        number = int(text)
        return number if least <= number <= most else None
    if param.kind == "word":
        return text if text and all(is_of_word(character) for character in text) else None
    if param.kind == "text":
        fits = all(not is_control(character) and character != param.end for character in text)
        return text if fits else None
    return text if text in param.choices else None


def is_digit(character: str) -> bool:
    """Whether a character is an ASCII digit."""
    return "0" <= character <= "9" and len(character) == 1


def is_control(character: str) -> bool:
    """Unicode's category Cc."""
    return character < "\u0020" or "\u007f" <= character <= "\u009f"


def is_of_word(character: str) -> bool:
    """Whether a character can stand in a word."""
    return not is_control(character) and character not in WHITE_SPACE
