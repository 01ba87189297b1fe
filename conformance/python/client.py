"""Reads every error of a real server with the generated package: python client.py PACKAGE URL"""

from __future__ import annotations

import importlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any


def get(url: str, path: str) -> tuple[int, bytes, dict[str, str]]:
    try:
        request = urllib.request.Request(f"{url}{path}", headers={"x-request-id": '7f"3a'})
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read(), dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def main() -> None:
    folder, url = Path(sys.argv[1]), sys.argv[2]
    sys.path.insert(0, str(folder.parent))
    package: Any = importlib.import_module(folder.name)
    kinds = package.errors._KINDS
    document = json.loads(get(url, "/openapi.json")[1])
    has_exceptions = "/exceptions/{code}" in document["paths"]
    for kind in kinds:
        contexts = ["false", "true"] if kind.row.full is not None else ["false"]
        code = urllib.parse.quote(kind.row.label, safe="")
        paths = [f"/errors/{code}?with_context={it}" for it in contexts]
        paths += [f"/exceptions/{code}"] if has_exceptions else []
        paths += [f"/errors/{code}?status={status}" for status in kind.row.other_statuses]
        for path in paths:
            status, body, headers = get(url, path)
            decoded = package.decode(status, body, error_code=headers[kind.row.envelope.header])
            assert isinstance(decoded, package.Known), (path, decoded, body)
            assert type(decoded.error) is kind and not decoded.alternatives, decoded
            assert ("with_context=true" in path) == (getattr(decoded.error, "context", None) is not None)
            assert all(note.kind == "retired" for note in decoded.notes), decoded
            assert headers["content-type"] == kind.row.envelope.media_type
            is_shown = "'slot': 'request." in repr(kind.row.envelope.pieces)
            assert (b'"7f\\"3a"' in body) == is_shown, body
            # The status and headers are those of the catalog, unless the server sets others.
            assert ("?status=" in path) == (status != kind.status)
            expected = dict(kind.row.sent[status].headers)
            if kind.status == 429 and path.startswith("/errors"):
                expected["retry-after"] = "7"
            named = {"www-authenticate", "proxy-authenticate", "allow", "retry-after", *expected}
            sent = {name: headers[name] for name in named if name in headers}
            assert sent == expected, (path, sent, expected)
    assert isinstance(package.decode(*get(url, "/nothing")[:2]), package.Unknown)
    if has_exceptions:
        listed = package.decode(*get(url, "/errors/x?with_context=maybe")[:2])
        assert isinstance(listed, package.Validation) and isinstance(listed.detail, list), listed

    responses = document["paths"]["/errors/{code}"]["get"]["responses"]
    named = {
        (name, int(status))
        for status, response in responses.items()
        for media in response["content"].values()
        for name in media.get("examples", {})
    }
    missing = {(kind.row.label, status) for kind in kinds for status in kind.row.sent} - named
    assert not missing, f"the document of the server lacks {missing}"
    print(f"{len(kinds)} errors raised by a server, and read")


main()
