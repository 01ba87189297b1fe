"""Reads every vector with a generated package: python vectors.py PACKAGE VECTORS"""

from __future__ import annotations

import base64
import copy
import importlib
import json
import pickle
import sys
from pathlib import Path
from typing import Any


def texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def reading(package: Any, received: Any) -> dict[str, Any]:
    """What was read, in the words of the vectors."""
    if isinstance(received, package.Unknown):
        return {"found": "unknown", "reason": received.reason}
    if isinstance(received, package.Validation):
        return {"found": "validation"}
    if isinstance(received, package.NotAnError):
        return {"found": "not_an_error"}
    error = received.error
    context = getattr(error, "context", None)
    findings = [
        {name: value for name, value in vars(finding).items() if value is not None}
        for finding in received.findings
    ]
    return {
        "found": "known",
        "code": error.code,
        "values": texts(error.values),
        "context_values": None if context is None else texts(context.values),
        "alternatives": [alternative.code for alternative in received.alternatives],
        "findings": findings,
    }


def check(package: Any, vector: dict[str, Any]) -> None:
    body = vector["body"].encode() if "body" in vector else base64.b64decode(vector["body_base64"])
    received = package.decode(vector["status"], body)
    assert received.body == body and received.status == vector["status"]
    found = reading(package, received)
    assert found == vector["expect"], f"found {found}, expected {vector['expect']}"
    if found["found"] != "known":
        return
    error = received.error
    assert error == copy.copy(error) == pickle.loads(pickle.dumps(error))
    if "former_wording" not in [finding["kind"] for finding in found["findings"]]:
        sentence = json.loads(body.decode("utf-8-sig"))["detail"]
        assert error.detail == sentence
        assert package.decode(error.status, error.body).error in (error, *received.alternatives)


def hides_sensitive_values(package: Any) -> None:
    """What goes into logs, where the catalog has a sensitive parameter."""
    kinds = package.errors._KINDS
    for kind in kinds:
        params = kind.row.params
        if not any(param.sensitive for param in params):
            continue
        error = package.decode(kind.status, json.dumps({"detail": kind.row.examples[0]})).error
        for param in params:
            value = str(error.values[param.name])
            assert param.sensitive == (value not in str(error)) == (value not in repr(error)), error


def main() -> int:
    folder, vectors_path = map(Path, sys.argv[1:])
    sys.path.insert(0, str(folder.parent))
    package = importlib.import_module(folder.name)
    vectors = json.loads(vectors_path.read_text(encoding="utf-8"))["vectors"]
    assert len(vectors) > 100, "there are vectors"
    hides_sensitive_values(package)
    failed = 0
    for vector in vectors:
        try:
            check(package, vector)
        except Exception as error:
            failed += 1
            print(f"{vector['name']}: {vector.get('body', '')[:200]}\n  {error!r}", file=sys.stderr)
    print(f"{len(vectors) - failed} vectors read, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
