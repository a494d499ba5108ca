"""Small makers of files, and their reading, for the tests of the channels.

``python -m tests.channels.reading`` writes the ``expected.json`` of every sample again; look at the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from app.channels._choose import Channel, channels, recognised, together
from app.channels._products import read_products
from app.channels._source import open_source
from app.domain.intake import ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.domain.products import IncomingProduct

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
SHARED = Path(os.environ.get("KENPIN_SHARED", str(ROOT.parent / "shared")))

PLAIN = """
[order]
number = "order"
ordered_at = "at"
note = "note"
[ship_to]
name = "to"
postcode = "zip"
phone = "phone"
country = "country"
[line]
sku = "sku"
name = "name"
quantity = "qty"
price = "price"
[rules]
cancelled = [{ column = "state", equals = "cancelled" }]
"""
PLAIN_COLUMNS = ("order", "sku", "name", "qty", "price", "at", "note", "to", "zip", "phone", "country", "state")


def plain(*rows: dict[str, str], end: str = "\n") -> str:
    """A file in the columns of :data:`PLAIN`; what a row leaves out is filled in."""
    usual = {"order": "1001", "sku": "SKU-1", "name": "Thing", "qty": "1", "price": "100", "country": "JP"}
    lines = [",".join(PLAIN_COLUMNS)]
    lines += [",".join((usual | row).get(name, "") for name in PLAIN_COLUMNS) for row in rows]
    return "\n".join(lines) + end


def written(folder: Path, content: str | bytes, name: str = "orders.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


class Read:
    """Everything that came out of a file."""

    def __init__(self, items: Iterator[IncomingOrder | IncomingProduct | Problem]) -> None:
        self.items = list(items)
        self.orders = [each for each in self.items if isinstance(each, IncomingOrder)]
        self.products = [each for each in self.items if isinstance(each, IncomingProduct)]
        self.problems = [each for each in self.items if isinstance(each, Problem)]

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.problems]

    def problem(self, key: str) -> Problem:
        found = [each for each in self.problems if each.key == key]
        assert len(found) == 1, (key, self.keys)
        return found[0]


def read(path: Path, options: ReadOptions | None = None, channel: Channel | None = None) -> Read:
    """Read *path*, and with ``lines.csv`` also ``lines+….csv`` beside it as the file that belongs to it."""
    files = [open_source(each) for each in (path, *sorted(path.parent.glob(f"{path.stem}+*")))]
    items: list[IncomingOrder | Problem] = []
    for reader, file in together([(channel or recognised(each), each) for each in files]):
        items += reader.read(file, options or ReadOptions())
    return Read(iter(items))


def read_plain(folder: Path, content: str | bytes, mapping: str = PLAIN, encoding: str = "utf-8") -> Read:
    csv_channel = next(each for each in channels() if each.ID == "csv")
    path = written(folder, content, encoding=encoding)
    return read(path, ReadOptions(mapping_text=mapping), csv_channel)


def read_goods(folder: Path, content: str | bytes) -> Read:
    return Read(read_products(open_source(written(folder, content, "products.csv")), ReadOptions()))


def shared(*parts: str) -> Path:
    """A file or folder of the shared data; the test is skipped where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data {'/'.join(parts)} is not here (KENPIN_SHARED)")
    return path


def as_data(item: object) -> dict[str, object]:
    """An order or problem as JSON has it; what is empty is left out."""
    kind = "order" if isinstance(item, IncomingOrder) else "problem"
    body = json.loads(json.dumps(asdict(item)))  # type: ignore[call-overload]
    return {kind: _filled(body)}


def _filled(value: object) -> object:
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items() if each not in ("", None, [], {}, False, 0)}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def sample_files(identity: str) -> list[Path]:
    found = sorted((SAMPLES / identity).glob("*"))
    return [path for path in found if path.suffix != ".json" and "+" not in path.name]


if __name__ == "__main__":
    for each in channels():
        answers = {path.name: [as_data(item) for item in read(path).items] for path in sample_files(each.ID)}
        text = json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
        (SAMPLES / each.ID / "expected.json").write_text(text, encoding="utf-8")
