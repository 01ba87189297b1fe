"""Reads every vector with a generated package: python vectors.py PACKAGE VECTORS"""

from __future__ import annotations

import base64
import copy
import importlib
import json
import pickle
import re
import sys
from pathlib import Path
from typing import Any


def texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()}


def reading(package: Any, decoded: Any) -> dict[str, Any]:
    """Returns what was decoded in the format of the vectors."""
    if isinstance(decoded, package.Unknown):
        found = {"outcome": "unknown", "reason": decoded.reason, "named": decoded.named}
        return found if decoded.code is None else {**found, "code": decoded.code}
    if isinstance(decoded, package.Validation):
        return {"outcome": "validation"}
    if isinstance(decoded, package.NotAnError):
        return {"outcome": "not_an_error"}
    error = decoded.error
    assert decoded.code == error.code
    context = getattr(error, "context", None)
    notes = [
        {name: value for name, value in vars(note).items() if value is not None}
        for note in decoded.notes
    ]
    return {
        "outcome": "known",
        "code": error.code,
        "values": texts(error.values),
        "context_values": None if context is None else texts(context.values),
        "alternatives": [alternative.code for alternative in decoded.alternatives],
        "notes": notes,
    }


def check(package: Any, vector: dict[str, Any]) -> None:
    body = vector["body"].encode() if "body" in vector else base64.b64decode(vector["body_base64"])
    hints = {name: vector[name] for name in ("operation", "section", "error_code") if name in vector}
    decoded = package.decode(vector["status"], body, **hints)
    assert decoded.body == body and decoded.status == vector["status"]
    expect = vector["expect"]
    found = reading(package, decoded)
    assert found == expect, f"found {found}, expected {expect}"
    others = [bytearray(body), memoryview(body), *([vector["body"]] if "body" in vector else [])]
    assert all(reading(package, package.decode(vector["status"], other, **hints)) == expect for other in others)
    if found["outcome"] != "known":
        return
    is_outside = "operation" in vector and any(note.kind == "out_of_scope" for note in decoded.notes)
    assert isinstance(decoded, package.OutOfScope) == is_outside
    error = decoded.error
    assert error == copy.copy(error) == pickle.loads(pickle.dumps(error))
    kinds = [note["kind"] for note in found["notes"]]
    parsed = json.loads(body.decode("utf-8-sig"))
    again = reading(package, package.decode(vector["status"], parsed, **hints))
    assert again == {**expect, "notes": [it for it in expect["notes"] if it["kind"] != "byte_order_mark"]}
    if not {"former_message", "other_message"}.intersection(kinds):
        detail = parsed.get("detail") if isinstance(parsed, dict) else None
        is_text = isinstance(detail, str) and package.decoder.LONE.search(detail) is None
        assert error.detail == (detail if is_text else error.detail)
        # If a message is any text, other servers may have sent characters that no value can contain.
        joined = "".join(str(value) for value in error.values.values())
        is_free = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", joined) is not None
        assert error.sanitized_parameters == (("detail",) if is_free else ())
        # The code may be only in the header.
        is_by_code = not package.errors._CATALOG.envelope.by_detail
        read = package.decode(error.status, error.body, error_code=error.code if is_by_code else None)
        assert is_free or error in (read.error, *read.alternatives), read


def check_written(package: Any, vector: dict[str, Any]) -> None:
    """Checks that an error is written as the vectors say."""
    kind = next(
        (it for it in package.errors._KINDS if it.row.name == vector.get("error")),
        package.error_of(vector["code"]),
    )

    def arguments(params: Any, values: dict[str, str]) -> dict[str, Any]:
        def argument(param: Any, value: str) -> Any:
            if param.type.name == "bool":
                return value == "true"
            return int(value) if param.type.range else value

        return {it.attribute: argument(it, values[it.name]) for it in params if it.name in values}

    values = arguments(kind.row.params, vector["values"])
    if vector["context_values"] is not None:
        catalog = package.errors._CATALOG
        context = catalog.contexts[catalog.errors[kind.row.at]["context"]]
        values["context"] = context(**arguments(context._params, vector["context_values"]))
    error = kind(**values)
    assert error.detail == vector["detail"], f"{error.detail!r} instead of {vector['detail']!r}"
    assert list(error.sanitized_parameters) == vector["sanitized"]
    assert error.body.decode() == vector["body"], error.body
    assert kind.row.without_code == vector.get("without_code", False)
    read = package.decode(error.status, error.body, error_code=sent_code(kind))
    assert kind in map(type, (read.error, *read.alternatives)), read


def sent_code(kind: Any) -> str | None:
    """The code in responses with an error, if they have one."""
    return None if kind.row.without_code else kind.code


def check_statuses(package: Any) -> None:
    """Checks that an error is sent with each of its statuses, and keeps the one that it was given."""
    for kind in package.errors._KINDS:
        for status, sent in kind.row.sent.items() if kind.row.other_statuses else ():
            error = package.decode(status, sent.examples[0], error_code=sent_code(kind)).error
            given = error.with_status(status)
            assert (type(given), given.status, given) == (kind, status, error)
            assert given.body.decode() == sent.examples[0], given.body
            assert given.with_status(599).status == error.status == kind.status
            for same in (copy.copy(given), pickle.loads(pickle.dumps(given))):
                assert (same.status, same) == (status, given)


def refuses_fields(package: Any) -> None:
    """Checks that fields are rejected if the body has no place for them."""
    envelope = package.errors._CATALOG.envelope
    try:
        kind = next(iter(package.errors._KINDS))
        package.decode(kind.status, kind.row.examples[0], error_code=sent_code(kind)).error.with_fields([])
        assert envelope.fields
    except ValueError:
        assert not envelope.fields


class Trap(dict[str, object]):
    """A mapping that raises on every access."""

    def __contains__(self, name: object) -> bool:
        raise RuntimeError("a trap")

    __getitem__ = __iter__ = __len__ = __contains__  # type: ignore[assignment]


def never_raises(package: Any) -> None:
    """Checks that any value is decoded, or is unknown with a reason."""
    things: list[Any] = [None, 0, 1.5, True, "", "{", "\ud83d", b"", b"\xff", [], (), {}, Trap(x=1), object(), set(), print]
    for body in things:
        for other in [404, *things]:
            for hints in ({}, {"operation": other, "section": other, "error_code": other}):
                decoded = package.decode(other, body, **hints)
                assert isinstance(decoded, package.Unknown) and decoded.reason, decoded


def hides_sensitive_values(package: Any) -> None:
    """Checks what gets into logs, if the catalog has a sensitive parameter."""
    kinds = package.errors._KINDS
    for kind in kinds:
        params = kind.row.params
        if not any(param.sensitive for param in params):
            continue
        error = package.decode(kind.status, kind.row.examples[0], error_code=sent_code(kind)).error
        for param in params:
            value = str(error.values[param.name])
            is_in_message = any(params[it.param] is param for it in error._template().segments)
            assert (param.sensitive or not is_in_message) == (value not in str(error)), error
            assert param.sensitive == (value not in repr(error)), error


def main() -> int:
    folder, vectors_path = map(Path, sys.argv[1:])
    sys.path.insert(0, str(folder.parent))
    package = importlib.import_module(folder.name)
    file = json.loads(vectors_path.read_text(encoding="utf-8"))
    vectors, written = file["vectors"], file["written"]
    assert len(vectors) > 5, "there are vectors"
    hides_sensitive_values(package)
    check_statuses(package)
    refuses_fields(package)
    never_raises(package)
    failed = 0
    for checks, listed in ((check, vectors), (check_written, written)):
        for vector in listed:
            try:
                checks(package, vector)
            except Exception as error:
                failed += 1
                print(f"{vector['name']}: {vector.get('body', '')[:200]}\n  {error!r}", file=sys.stderr)
    print(f"{len(vectors)} vectors read, {len(written)} written, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
