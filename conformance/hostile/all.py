"""Reads the vectors of every hostile catalog: python all.py"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, ".")

from vectors import check

read = 0
for path in sorted(Path(".").glob("*.vectors.json")):
    package = importlib.import_module(path.name.removesuffix(".vectors.json"))
    importlib.import_module(f"{package.__name__}.fastapi")
    for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]:
        check(package, vector)
        read += 1
assert read > 5000, read
print(f"{read} vectors of hostile catalogs read by Python")
