"""Reads the vectors of every hostile catalog, and parses its document as YAML 1.1: python all.py"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import yaml

sys.path.insert(0, ".")

from vectors import check, check_written

read = 0
for path in sorted(Path(".").glob("*.vectors.json")):
    package = importlib.import_module(path.name.removesuffix(".vectors.json"))
    importlib.import_module(f"{package.__name__}.fastapi")
    file = json.loads(path.read_text(encoding="utf-8"))
    for vector in file["vectors"]:
        check(package, vector)
        read += 1
    for vector in file["written"]:
        check_written(package, vector)
for path in sorted(Path(".").glob("*.openapi.yaml")):
    document = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    del document["x-generated-by"]
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == document, path
assert read > 5000, read
print(f"{read} vectors of hostile catalogs read by Python")
