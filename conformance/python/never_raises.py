"""Passes arbitrary values to a generated package: python never_raises.py PACKAGE"""

from __future__ import annotations

import array
import importlib
import json
import random
import sys
from collections import UserDict, deque
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import Any

folder = Path(sys.argv[1])
sys.path.insert(0, str(folder.resolve().parent))
package: Any = importlib.import_module(folder.name)


def fail(*_: object, **__: object) -> Any:
    raise RuntimeError("a trap")


METHODS = "__eq__ __hash__ __len__ __iter__ __contains__ __getitem__ __bool__ __str__ __repr__ get keys items values encode decode strip"


def trap(base: type, *arguments: Any, methods: str = METHODS) -> Any:
    """Returns a value of a type whose methods raise."""
    return type("Trap", (base,), dict.fromkeys(methods.split(), fail))(*arguments)


class Attributes:
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError("a trap")


class Odd(Mapping[str, object]):
    """A mapping whose length does not fit what it lists."""

    def __getitem__(self, name: str) -> object:
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(["detail", 1, None])

    def __len__(self) -> int:
        return -1


class Status(IntEnum):
    NOT_FOUND = 404


cycle: dict[str, Any] = {"detail": "x"}
cycle |= {"detail": cycle, "error": cycle, "errors": [cycle], "fields": [cycle]}
ring: list[Any] = []
ring.append(ring)
deep: Any = {"detail": "x"}
for _ in range(100_000):
    deep = {"detail": deep, "error": deep}
HOSTILE: list[Any] = [
    *(None, True, 0, -1, 404.5, float("nan"), float("inf"), 10**400, 1j, Decimal("NaN"), Status.NOT_FOUND, datetime.min),
    *("", " ", "{", "[", '"', "{}", "null", "NaN", '{"detail":NaN}', "\ud800", '{"detail":"\ud800"}', '{"detail":"\\ud800"}'),
    *('{"detail":"x","detail":"y"}', '{"detail":{"__class__":1}}', "\0", '{"detail":1e999999}', "\ufeff{}", "__class__"),
    '{"detail":%s}' % ("9" * 100_000),
    '{"detail":"%s"}' % ("x" * 1_000_000),
    '{"detail":"%s"}' % ("1" * 64_000),
    *("[" * 1_000_000, '{"detail":' * 100_000, '{"detail":' + "[" * 200_000),
    *(b"", b"\xff\xfe\x00", b'{"detail":"\xed\xa0\x80"}', bytearray(b"{"), memoryview(b"abcd")[::2], memoryview(b"abcd").cast("B", (2, 2))),
    *(array.array("d", [1.5]), array.array("I"), [], (), {}, set(), frozenset(), deque([1]), range(3), object(), print, type, ...),
    *({1: 2}, {None: "x"}, {"detail": b"x"}, {"detail": {1, 2}}, {"detail": object()}, {"detail": 1j}, UserDict(detail="x"), Odd()),
    *(cycle, ring, deep, {"detail": ring}, {"detail": [cycle]}, {"detail": deep}, {"errors": ring}, iter([]), (it for it in ())),
    *({"detail": [{"loc": ring, "msg": 1, "type": object()}]}, {"detail": Odd()}, {"detail": [Odd()]}, Attributes(), {"detail": Attributes()}),
    *(trap(dict, {"detail": "x"}), trap(list, [1]), trap(tuple, (1,)), trap(str, "x"), trap(bytes, b"x"), trap(int, 404), trap(float, 1.5)),
    *(trap(dict, {"detail": "x"}, methods=it) for it in METHODS.split()),
    *(trap(str, "{", methods=it) for it in METHODS.split() if it != "__hash__"),
    *({"detail": trap(str, "x")}, {"detail": trap(dict)}, {"detail": [trap(dict)]}, {"error": trap(dict)}, {trap(str, "detail", methods="strip encode"): 1}),
]
KINDS = (package.Known, package.Validation, package.Unknown, package.NotAnError)
read = 0


def check(status: Any, body: Any, **hints: Any) -> Any:
    global read
    decoded = package.decode(status, body, **hints)
    assert isinstance(decoded, KINDS), decoded
    assert type(decoded.body) is bytes and isinstance(decoded.status, int), decoded
    assert isinstance(decoded.fields, tuple) and isinstance(decoded.others, tuple)
    assert type(repr(decoded)) is str
    read += 1
    return decoded


for body in HOSTILE:
    for status in (200, 302, 402, 404, 422, 500):
        check(status, body)
for status in HOSTILE:
    check(status, None)
    check(status, b'{"detail":"x"}')
for hint in HOSTILE:
    for name in ("operation", "section", "error_code"):
        check(404, b'{"detail":"x"}', **{name: hint})

# Nearly valid bodies: each is cut, duplicated and altered at random places, with the same sequence in every run.
chosen = random.Random(1)
PIECES = ['"', "\\", "{", "}", "[", "]", ":", ",", "\\u0000", "\\ud800", "1", "-", "e9", "null", " ", "\n", "\0", "é", "😀"]
for kind in package.errors._KINDS:
    for example in kind.row.examples:
        for _ in range(50):
            text = example
            for _ in range(chosen.randrange(1, 5)):
                at = chosen.randrange(len(text) + 1)
                text = text[:at] + chosen.choice(PIECES) * chosen.randrange(1, 4) + text[at + chosen.randrange(3) :]
            decoded = check(kind.status, text)
            assert check(kind.status, text.encode()) == decoded
            if isinstance(decoded, package.Known):
                assert isinstance(str(decoded.error), str) and json.loads(decoded.error.body) is not None
print(f"{read} responses read, and nothing was raised")
