"""What must hold for any file, mapping, address or template, however hostile: a sentence or plain data, never a crash.

Each check takes bytes. The first byte of a file chooses what stands before the rest: nothing, or the header of a file.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from app.carriers._choose import carriers
from app.carriers._file import read_returned
from app.channels import _report, _shop_file
from app.channels._cartons import read_cartons
from app.channels._choose import channels, recognised
from app.channels._draft import draft_of
from app.channels._mapping import mapping_from
from app.channels._products import read_products
from app.channels._rates import COLUMNS, Known, read_rows
from app.channels._source import open_source
from app.domain.address_check import check_address
from app.domain.intake import LONGEST_KEY, ReadOptions, placeholders
from app.domain.mail_templates import MAILS, read_mail_template
from app.domain.orders import Address, IncomingOrder, Problem
from app.domain.products import IncomingProduct
from app.errors import StationError
from app.services.postcodes import postcodes
from app.sheets import _child
from app.sheets.book import LIMITS
from app.text import LANGUAGES, texts

__all__ = ["FILE_CHECKS", "file_seeds"]

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
_FOLDER = Path(tempfile.mkdtemp(prefix="kenpin-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
_PLACEHOLDER = re.compile(r"\{\w+\}")


@cache
def _heads() -> tuple[bytes, ...]:
    """Headers of exports and lists, with the line break."""
    files = [path for each in channels() for path in sorted((SAMPLES / each.ID).glob("*.[ct][sx][vt]"))]
    files += sorted((ROOT / "resources" / "demo").glob("*.csv"))
    rates = [",".join(names[0] for names in each.values()).encode() + b"\n" for each in COLUMNS.values()]
    return (b"", *(path.read_bytes().split(b"\n")[0] + b"\n" for path in files), *rates)


def _file(data: bytes) -> Path:
    heads = _heads()
    path = _FOLDER / f"{os.getpid()}.csv"
    path.write_bytes(heads[data[0] % len(heads)] + data[1:] if data else b"")
    return path


def _say(key: str, args: dict[str, Any]) -> None:
    for language in LANGUAGES:
        assert texts(language).has(key), key
        sentence = texts(language).say(key, **args)
        assert not _PLACEHOLDER.search(sentence) or any("{" in str(each) for each in args.values()), sentence


def _told(read: Callable[[], Iterable[object]]) -> list[object]:
    """Read; what is refused or odd can be said."""
    found: list[object] = []
    try:
        found += read()
    except StationError as refused:
        _say(refused.key, {name: str(each) for name, each in refused.args_.items()})
    for each in found:
        if isinstance(each, Problem):
            assert each.file
            assert each.row >= 0
            _say(each.key, placeholders(each))
    return found


def check_orders(data: bytes) -> None:
    """Every channel reads it: an order has a number and lines, and nothing that a database or screen refuses."""
    path = _file(data)
    for each in (None, *channels()):
        found = _told(lambda each=each: (each or recognised(open_source(path))).read(open_source(path), ReadOptions()))  # type: ignore[misc]
        for order in found:
            if isinstance(order, IncomingOrder):
                assert order.number == order.number.strip() != ""
                assert len(order.number) <= LONGEST_KEY
                assert order.cancelled or order.lines
                assert all(line.sku and 1 <= line.quantity < 10_000_000 for line in order.lines)
                assert "\0" not in repr(order)
                repr(order).encode()


def check_lists(data: bytes) -> None:
    """Products, cartons and rates read it."""
    path = _file(data)
    for product in _told(lambda: read_products(open_source(path), ReadOptions())):
        if isinstance(product, IncomingProduct):
            assert 0 < len(product.sku) <= LONGEST_KEY
            assert product.weight_g is None or product.weight_g >= 0
            repr(product).encode()
    _told(lambda: read_cartons(open_source(path), {}))
    for kind in COLUMNS:
        _told(lambda kind=kind: read_rows(kind, open_source(path), Known({}, {}, {})))  # type: ignore[misc]


def check_numbers(data: bytes) -> None:
    """Every carrier reads it as a file of its numbers."""
    for each in carriers():
        _told(lambda each=each: each.read_numbers(read_returned("x.csv", data)))  # type: ignore[misc]


def check_mapping(data: bytes) -> None:
    """It is read as a mapping of each kind; what reads well is read again."""
    text = data.decode("utf-8", "replace")
    for read in (draft_of, mapping_from, _report.mapping_from, _shop_file.mapping_from):
        _told(lambda read=read: [read(text, "x")])  # type: ignore[misc, operator]


def check_address_text(data: bytes) -> None:
    """Its lines are the parts of an address."""
    parts = [*data.decode("utf-8", "replace").split("\n"), *[""] * 8]
    address = Address(
        name=parts[0], postcode=parts[1], prefecture=parts[2], city=parts[3], street=parts[4], phone=parts[5]
    )
    buyer = Address(name=parts[6], phone=parts[7])
    for finding in check_address(address, postcodes(), buyer=buyer):
        _say(
            finding.key,
            {"value": "", "file": "", "row": "", "column": "", **dict(finding.args), "field": "", "number": ""},
        )
        for proposal in finding.proposals:
            assert proposal.address != address


def check_template(data: bytes) -> None:
    """It is a template of every kind of mail, or its faults can be said."""
    text = data.decode("utf-8", "replace")
    for paper in MAILS:
        for fault in read_mail_template(f"mail_{paper}" if not paper.startswith("mail_") else paper, text).faults:
            assert texts("en").has(fault.key), fault.key


def check_sheet(data: bytes) -> None:
    """The front door of spreadsheets: a kind, or why it is refused, whatever the zip says of itself."""
    path = _FOLDER / f"{os.getpid()}.book"
    path.write_bytes(
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"")[data[0] % 3] + data[1:] if data else b"x"
    )
    limits = {name: getattr(LIMITS, name) for name in ("unpacked_mb", "entries", "ratio", "memory_mb")}
    try:
        assert _child.kind_of(path, limits) in {"xlsx", "xls", "ods"}
    except _child.Refused as refused:
        _say(refused.key, {"file": "x", **{name: str(each) for name, each in refused.args_.items()}})


FILE_CHECKS: dict[str, Callable[[bytes], None]] = {
    "orders": check_orders,
    "lists": check_lists,
    "numbers": check_numbers,
    "mapping": check_mapping,
    "address": check_address_text,
    "template": check_template,
    "sheet": check_sheet,
}
"""What is fuzzed -> its law."""


def file_seeds(name: str) -> list[bytes]:
    """Return what the fuzzer begins with."""
    if name in ("mapping", "template"):
        folder = "mappings" if name == "mapping" else "templates"
        return [path.read_bytes() for path in sorted((ROOT / "resources" / folder).rglob("*.toml"))]
    if name == "numbers":
        return [path.read_bytes() for path in sorted(SAMPLES.glob("*/numbers*.csv"))]
    if name == "address":
        return [
            "例題 花子\n100-0001\n東京都\n千代田区千代田\n1-1\n03-0000-0000\n見本\n".encode(),
            b"\n1000001\n\n\n3-1",
        ]
    if name == "sheet":
        return [b"\0" + b"\0" * 30 + b"PK\x01\x02" + b"\0" * 42 + b"PK\x05\x06" + b"\0" * 18, b"\1" + bytes(520)]
    bodies = [b"\n".join(head.split(b"\n")) for head in _heads()]
    files = sorted(SAMPLES.glob("*/*.[ct][sx][vt]")) + sorted((ROOT / "resources/demo").glob("*.csv"))
    whole = [b"\0" + path.read_bytes()[:4_000] for path in files]
    return [bytes([at]) + b'1,A,"x",2\n' for at in range(len(bodies))] + whole
