"""Reads the lists in bodies with a generated package: python fields.py PACKAGE CASES CATALOG"""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import sys
from pathlib import Path
from typing import Any


def listed(package: Any, decoded: Any) -> tuple[list[Any], list[Any]]:
    """Returns the fields that a body lists, and its further errors with their fields and bodies."""
    code = lambda other: getattr(getattr(other, "error", None), "code", None)
    others = [[code(other), fields(other), other.body.decode()] for other in decoded.others]
    assert all(other.status == decoded.status for other in decoded.others)
    assert others or all(note.kind != "more_errors" for note in getattr(decoded, "notes", ()))
    return fields(decoded), others


def fields(decoded: Any) -> list[Any]:
    return [[list(it.loc), it.path, it.pointer, it.code, it.message] for it in decoded.fields]


def check(package: Any, case: dict[str, Any]) -> None:
    status, body = case["status"], case["body"]
    expected = case["fields"], case["others"]
    bodies = [body, body.encode(), *([] if "is_text" in case else [json.loads(body)])]
    if "is_written" in case:
        error = package.decode(status, body).error
        written = error.with_fields(package.decode(status, body).fields)
        for same in (written, pickle.loads(pickle.dumps(written)), written.with_status(status)):
            assert same.body.decode() == body, same.body
        if case["catalog"] == "one_by_name":
            # Members are sorted, and if a field has several messages, the first is sent.
            more = [package.FieldError(it.loc, "", "more") for it in written._fields]
            assert error.with_fields([*reversed(written._fields), *more]).body.decode() == body
    for given in bodies:
        decoded = package.decode(status, given, error_code=case.get("header"))
        found = listed(package, decoded)
        if not isinstance(given, (str, bytes)):
            # What was parsed has lost its spelling.
            expected = case["fields"], [[*other[:2], it[2]] for other, it in zip(case["others"], found[1])]
        assert found == expected, f"{given!r}: found {found}, expected {expected}"
        kept = pickle.dumps(decoded)
        assert len(kept) < 2 * len(decoded.body) + 1000, "the catalog is no part of it"
        for same in (pickle.loads(kept), copy.deepcopy(decoded)):
            assert same == decoded and listed(package, same) == expected


def main() -> int:
    folder, path, catalog = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    sys.path.insert(0, str(folder.parent))
    package = importlib.import_module(folder.name)
    cases = [it for it in json.loads(path.read_text(encoding="utf-8")) if it["catalog"] == catalog]
    assert cases, "there are cases"
    failed = 0
    for case in cases:
        try:
            check(package, case)
        except Exception as error:
            failed += 1
            print(f"{case['body'][:200]}\n  {error!r}", file=sys.stderr)
    for thing in (None, 7, "", "{", b"\xff", [], object(), {"errors": object()}, {"errors": [float("nan")]}):
        assert listed(package, package.decode(422, thing)) == ([], []), thing
    print(f"{len(cases)} bodies read, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
