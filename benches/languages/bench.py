"""The cost of decoding beside `json.loads` and a dict, in one process for packages of several sizes, and the cost of
importing them: python bench.py FOLDER...

A folder contains a package scale_errors and inputs.json, and is named after its number of errors.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import Any

COUNT = 1024
ROUNDS = 20
BATCH = 32

Input = dict[str, Any]
Work = tuple[list[Input], Callable[[Input], Any], Callable[[Input], Any]]


def package_of(folder: Path) -> Any:
    for name in [it for it in sys.modules if it.split(".")[0] == "scale_errors"]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    package = importlib.import_module("scale_errors")
    sys.path.remove(str(folder))
    return package


def pattern_of(detail: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "(.+?)", re.escape(detail)))


def body(detail: str) -> bytes:
    return json.dumps({"detail": detail}, separators=(",", ":")).encode()


def works(package: Any, inputs: list[Input]) -> dict[str, Work]:
    """Returns the benchmarks of a catalog, each with its inputs, our function and the peer's."""
    plain = [it for it in inputs if not it["has_values"]]
    values = [it for it in inputs if it["has_values"]]
    by_detail = {it["detail"]: it["code"] for it in plain}
    patterns = [(pattern_of(it["detail"]), it["code"]) for it in values]

    def simple(it: Input) -> Any:
        return by_detail.get(json.loads(it["body"])["detail"])

    def thorough(it: Input) -> Any:
        detail = json.loads(it["body"])["detail"]
        return next((code for pattern, code in patterns if pattern.fullmatch(detail)), None)

    def ours(it: Input) -> Any:
        return package.decode(it["status"], it["body"]).code

    def given(of: list[Input], **more: Any) -> list[Input]:
        chosen = random.Random(7)
        inputs = (of[chosen.randrange(len(of))] for _ in range(COUNT))
        return [{**it, "body": body(it["message"]), **more} for it in inputs]

    def unknown(of: list[Input]) -> list[Input]:
        return [{**it, "body": body(it["message"][:-3] + " or not")} for it in given(of, code=None)]

    def spaced(it: Input) -> Input:
        return {**it, "body": json.dumps({"detail": it["message"]}, indent=1).encode() + b"\n"}

    def one(of: list[Input]) -> list[Input]:
        # The processor's caches hold all that one message needs: what still grows is work.
        return given(of)[-1:] * COUNT

    return {
        "without values": (given(plain), ours, simple),
        "one message without values": (one(plain), ours, simple),
        "without values, blanks around the members": ([spaced(it) for it in given(plain)], ours, simple),
        "with values": (given(values), ours, simple),
        "one message with values": (one(values), ours, simple),
        "with values / a list of patterns": (given(values), ours, thorough),
        "unknown": (unknown(plain), ours, simple),
        "unknown, with values": (unknown(values), ours, simple),
    }


class Shortest:
    """Sums the shortest times of small batches, so that other load on the machine has little effect."""

    def __init__(self, inputs: list[Input], *works: Callable[[Input], Any]) -> None:
        self.count, self.works = len(inputs), works
        self.batches = [inputs[at : at + BATCH] for at in range(0, len(inputs), BATCH)]
        self.best = [[float("inf")] * len(self.batches) for _ in works]

    def round(self) -> None:
        for at, batch in enumerate(self.batches):
            for side, work in enumerate(self.works):
                # New bodies, like those of responses.
                inputs = [{**it, "body": bytes(bytearray(it["body"]))} for it in batch]
                started = perf_counter_ns()
                for it in inputs:
                    work(it)
                self.best[side][at] = min(self.best[side][at], perf_counter_ns() - started)

    def result(self) -> list[float]:
        return [sum(best) / self.count for best in self.best]


def measured(name: str, of: list[Work]) -> list[list[float]]:
    """Returns the times of both sides, in nanoseconds. The sides take turns."""
    for inputs, ours, peer in of:
        for it in inputs:
            assert ours(it) == it["code"], (name, it, ours(it))
            assert peer(it) == it["code"] or name.endswith("with values"), (name, it)
    works = [Shortest(inputs, *both) for inputs, *both in of]
    for _ in range(ROUNDS):
        for work in works:
            work.round()
    return [work.result() for work in works]


def import_times(folder: Path) -> str:
    """Returns the CPU time of importing the package and of the first decoding: the minimum of several processes."""
    script = (
        "import json, re, dataclasses, typing, urllib.parse\n"
        "from time import process_time\n"
        "started = process_time()\n"
        "import scale_errors\n"
        "imported = process_time()\n"
        "scale_errors.decode(404, b'{}')\n"
        "scale_errors.decode(404, b'{\"detail\":\"x\"}')\n"
        "print(1000 * (imported - started), 1000 * (process_time() - imported))"
    )

    def run() -> list[float]:
        out = subprocess.run(
            [sys.executable, "-c", script], cwd=folder, capture_output=True, check=True, text=True, env={}
        )
        return [float(it) for it in out.stdout.split()]

    first, *runs = (run() for _ in range(8))
    imported, decoded = (min(it[at] for it in runs) for at in (0, 1))
    return f"{imported:.0f} + {decoded:.0f} (compiled first: {first[0]:.0f})"


def main() -> None:
    folders = [Path(it).resolve() for it in sys.argv[1:]]
    catalogs = [works(package_of(it), json.loads((it / "inputs.json").read_text())) for it in folders]
    for name in catalogs[0]:
        best = measured(name, [catalog[name] for catalog in catalogs])
        cells = [f"{ours:.0f} / {peer:.0f} = {ours / peer:.2f}" for ours, peer in best]
        growth = [best[-1][side] / best[0][side] for side in (0, 1)]
        print(f"| Python, {name} | {' | '.join(cells)} | {growth[0]:.2f}, peer {growth[1]:.2f} |")
    print(f"| Python, import + first decode, CPU ms | {' | '.join(map(import_times, folders))} | |")


main()
