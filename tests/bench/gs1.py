"""``python -m tests.bench.gs1 [DATA]``: published GS1 vectors, through the station's own reading.

The folder holds ``gs1-syntax-engine-vectors.tsv`` (argument lists of the C tests of the GS1 Syntax Engine) and
``biip-vectors.tsv`` (parameters of biip's tests). A vector agrees, differs for a reason named in
``gs1_differences.tsv``, disagrees, or is skipped because the file does not hold what its test needs. The last line is
one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.gs1_biip import BIIP
from tests.bench.gs1_engine import ENGINE
from tests.bench.gs1_vectors import Unsuited

__all__ = ["Vector", "differences", "main", "measure", "read_vectors"]

HERE = Path(__file__).parent
DATA = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/gs1"
FILES = {"gs1-syntax-engine-vectors.tsv": ENGINE, "biip-vectors.tsv": BIIP}


@dataclass(frozen=True)
class Vector:
    """One line of a file."""

    source: str
    """The file of the test, such as ``ai.c``."""
    test: str
    names: tuple[str, ...]
    """Names of the parameters, where the file has them."""
    arguments: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\t".join(self.arguments)


@dataclass(frozen=True)
class Difference:
    """Why some vectors of a test are not as the station has it."""

    test: str
    pattern: re.Pattern[str]
    reason: str


def differences() -> list[Difference]:
    lines = (HERE / "gs1_differences.tsv").read_text("utf-8").splitlines()[1:]
    return [Difference(test, re.compile(pattern), reason) for test, pattern, reason in (x.split("\t") for x in lines)]


def read_vectors(path: Path) -> Iterator[Vector]:
    for line in path.read_text("utf-8").split("\n")[1:]:
        cells = line.rstrip("\r").split("\t")
        if len(cells) < 2:
            continue
        if path.name.startswith("biip"):
            yield Vector(cells[0], cells[1], tuple(cells[2].split(",")), tuple(cells[3:]))
        else:
            yield Vector(cells[0], cells[1], (), tuple(cells[2:]))


def measure(data: Path) -> tuple[dict[str, object], list[str]]:
    """Return the figures and a line for each vector that is not simply agreed on."""
    figures: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    lines: list[str] = []
    known = differences()
    for name, tests in FILES.items():
        if not (data / name).exists():
            raise SystemExit(f"{data / name} is missing")
        for vector in read_vectors(data / name):
            figures["vectors"] += 1
            verdict, why = _judge(vector, tests, known)
            figures[verdict] += 1
            if verdict != "agreed":
                reasons[f"{verdict}: {why}"] += 1
            if verdict == "disagreed":
                lines.append(f"DISAGREED {vector.test} {vector.text[:200]} ({why})")
    result = {key: figures[key] for key in ("vectors", "agreed", "differences", "disagreed", "skipped")}
    return {**result, "reasons": dict(reasons.most_common())}, lines


def _judge(vector: Vector, tests: dict[str, Callable[..., bool]], known: list[Difference]) -> tuple[str, str]:
    check = tests.get(vector.test)
    if check is None:
        return "skipped", f"{vector.test}: the station has nothing of the kind"
    try:
        agreed = check(vector)
    except Unsuited as unsuited:
        return "skipped", str(unsuited)
    except Exception as error:  # noqa: BLE001 - the others are still measured, and this one counts against us
        return "disagreed", f"{type(error).__name__}: {error}"
    if agreed:
        return "agreed", ""
    for each in known:
        if each.test == vector.test and each.pattern.search(vector.text):
            return "differences", each.reason
    return "disagreed", "no reason is named for it"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gs1")
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    figures, lines = measure(parser.parse_args().data)
    for line in lines:
        print(line)
    for key in ("vectors", "agreed", "differences", "disagreed", "skipped"):
        print(f"{key:<12} {figures[key]:>5}")
    reasons = figures["reasons"]
    assert isinstance(reasons, dict)
    for reason, count in reasons.items():
        print(f"{count:>6} × {reason}")
    print(json.dumps(figures, ensure_ascii=False))
    return 1 if figures["disagreed"] else 0


if __name__ == "__main__":
    sys.exit(main())
