"""Small makers of shipments and of files of numbers, and their reading, for the tests of the carriers.

``python -m tests.carriers.making`` writes ``written.csv`` and ``expected.json`` of every carrier's samples again; look
at the difference.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.carriers._choose import Carrier, carriers
from app.carriers._file import open_returned, read_returned
from app.domain.orders import Address, Problem
from app.domain.shipping import Fault, NumberRow, Shipment, Slot, Temperature

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
TODAY = date(2026, 7, 14)

RECEIVER = Address("検品 花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3", "03-0000-1234")
SHOP = Address("けんぴん商店", "100-0001", "東京都", "千代田区", "見本1-1", "03-0000-0000")


def shipment(service: str, **changes: Any) -> Shipment:
    """A good shipment with some things changed; ``to_name``, ``sender_phone`` … change one part of an address."""
    base = Shipment("12-001-1", service, TODAY, RECEIVER, SHOP, "雑貨", remark="12-001")
    for whose in ("to", "sender"):
        parts = {name: changes.pop(f"{whose}_{name}") for name in Address.__slots__ if f"{whose}_{name}" in changes}
        base = replace(base, **{whose: replace(getattr(base, whose), **parts)})
    return replace(base, **changes)


def keys(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """What the faults are, and of which field."""
    return [(each.key, each.field) for each in faults]


def cells(data: bytes) -> list[list[str]]:
    """Rows of a written file."""
    return list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))


def body(identity: str, data: bytes) -> list[list[str]]:
    """Rows of a written file without its header, where the carrier's file has one."""
    rows = cells(data)
    return rows[1:] if places(identity).get("header", True) else rows


def places(identity: str) -> dict[str, Any]:
    """Where the texts stand in a carrier's file, and whether it has a header: its ``columns.json``."""
    found: dict[str, Any] = json.loads((SAMPLES / identity / "columns.json").read_text(encoding="utf-8"))
    return found


def check_digit(eleven: int) -> str:
    """A good tracking number of 12 digits."""
    return f"{eleven:011d}{eleven % 7}"


def as_csv(rows: list[list[str]], encoding: str = "cp932") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


class Numbers:
    """Everything that came out of a file of numbers."""

    def __init__(self, chosen: Carrier, data: bytes, name: str = "numbers.csv") -> None:
        self.items = list(chosen.read_numbers(read_returned(name, data)))
        self.rows = [each for each in self.items if isinstance(each, NumberRow)]
        self.problems = [each for each in self.items if isinstance(each, Problem)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(each.key, each.number) for each in self.rows]

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.problems]


# --- samples ----------------------------------------------------------------------------------------------------


def sample(identity: str) -> tuple[list[Shipment], dict[str, str], date]:
    """The shipments, the account and the day of a carrier's ``shipments.json``."""
    body = json.loads((SAMPLES / identity / "shipments.json").read_text(encoding="utf-8"))
    return [_shipment(each) for each in body["shipments"]], body["account"], date.fromisoformat(body["today"])


def _shipment(body: dict[str, Any]) -> Shipment:
    day = body.get("deliver_on")
    return Shipment(
        key=body["key"],
        service=body["service"],
        ship_on=date.fromisoformat(body["ship_on"]),
        to=Address(**body["to"]),
        sender=Address(**body["sender"]) if "sender" in body else SHOP,
        contents=body["contents"],
        deliver_on=date.fromisoformat(day) if day else None,
        slot=Slot(body["slot"]) if "slot" in body else None,
        temperature=Temperature(body.get("temperature", "ambient")),
        cod=body.get("cod", 0),
        cod_tax=body.get("cod_tax", 0),
        pieces=body.get("pieces", 1),
        remark=body["remark"],
        handling=tuple(body.get("handling", ())),
    )


def number_files(identity: str) -> list[Path]:
    return sorted((SAMPLES / identity).glob("numbers*"))


def as_data(item: NumberRow | Problem) -> dict[str, object]:
    """A row or problem as JSON has it; what is empty is left out."""
    body = {name: value for name, value in asdict(item).items() if value not in ("", None, (), False)}
    return {"number" if isinstance(item, NumberRow) else "problem": json.loads(json.dumps(body))}


def read(chosen: Carrier, path: Path) -> Iterator[NumberRow | Problem]:
    return chosen.read_numbers(open_returned(path))


if __name__ == "__main__":
    for each in carriers():
        shipments, account, today = sample(each.ID)
        (SAMPLES / each.ID / "written.csv").write_bytes(each.write(shipments, account, today).data)
        answers = {path.name: [as_data(item) for item in read(each, path)] for path in number_files(each.ID)}
        text = json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
        (SAMPLES / each.ID / "expected.json").write_text(text, encoding="utf-8")
