"""佐川急便 e飛伝II: the standard pattern (42 columns) out, 出荷済データ (53 columns) back (formats.md, B2).

Its codes and its limits are those of e飛伝III. The file has no ship date: e飛伝II takes the day on which it prints.
Columns of the file that comes back are found by name; what tells it from e飛伝III's is that the customer key is called
お客様管理ナンバー.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import account_values
from app.carriers._file import ReturnedFile
from app.carriers._sagawa import ACCOUNT, COOL, SERVICES, SLOTS, columns_of, faults, is_numbers, numbers, tracking_url
from app.carriers._sagawa_columns import COLUMNS_42
from app.carriers._write import file_of
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, Fault, NumberRow, Shipment, Written

__all__ = [
    "ACCOUNT",
    "ID",
    "MOST_ROWS",
    "SERVICES",
    "SLOTS",
    "TITLE",
    "check",
    "read_numbers",
    "recognise",
    "tracking_url",
    "write",
]

ID = "sagawa_e2"
TITLE: Mapping[str, str] = {"ja": "佐川急便（e飛伝II）", "en": "Sagawa Express (e-Hiden II)"}
MOST_ROWS = 0

_KEY = ("お客様管理ナンバー",)


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that e飛伝II forbids or cannot hold in *shipment*."""
    return tuple(faults(shipment, today))


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file for e飛伝II's standard pattern with a header row; raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        yield _row(shipment, values)

    return file_of(ID, today, shipments, COLUMNS_42, check, rows)


def _row(shipment: Shipment, account: Account) -> list[str]:
    values = columns_of(shipment, account) | {
        "お客様管理ナンバー": shipment.key,
        "荷姿コード": account["package_kind"],
        "便種(スピードで選択)": "000",
        "便種(商品)": COOL[shipment.temperature],
        "営業店止め": "0",
        "ＳＲＣ区分": "0",
    }
    return [values.get(name, "") for name in COLUMNS_42]


def recognise(head: Head) -> int:
    """By the columns of the number, in any of its spellings, and of the customer key."""
    return 90 if is_numbers(head, _KEY) else 0


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream 出荷済データ of e飛伝II."""
    return numbers(file, _KEY, "number.not_e2")
