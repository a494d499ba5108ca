"""佐川急便 e飛伝III: 標準_飛脚宅配便_CSV (74 columns) out, its file of shipped parcels back (formats.md, B2).

The layout of the file that comes back is not known for certain, so its columns are found by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import account_values
from app.carriers._file import ReturnedFile
from app.carriers._sagawa import ACCOUNT, COOL, SERVICES, SLOTS, columns_of, faults, is_numbers, numbers, tracking_url
from app.carriers._sagawa_columns import COLUMNS_74
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

ID = "sagawa_e3"
TITLE: Mapping[str, str] = {"ja": "佐川急便（e飛伝III）", "en": "Sagawa Express (e-Hiden III)"}
MOST_ROWS = 0

_KEY = ("お客様管理番号", "お客様管理No.", "お客様管理No")


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that e飛伝III forbids or cannot hold in *shipment*."""
    return tuple(faults(shipment, today))


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file for e飛伝III's 標準_飛脚宅配便_CSV_ヘッダ有り; raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        yield _row(shipment, values)

    return file_of(ID, today, shipments, COLUMNS_74, check, rows)


def _row(shipment: Shipment, account: Account) -> list[str]:
    values = columns_of(shipment, account) | {
        "お客様管理番号": shipment.key,
        "荷姿": account["package_kind"],
        "スピード指定": "000",
        "クール便指定": COOL[shipment.temperature],
        "営業所受取": "0",
        "SRC区分": "0",
        "出荷日": f"{shipment.ship_on:%Y%m%d}",
    }
    return [values.get(name, "") for name in COLUMNS_74]


def recognise(head: Head) -> int:
    """By the columns of the number and of the customer key, in any of their spellings."""
    return 90 if is_numbers(head, _KEY) else 0


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream e飛伝III's file of shipped parcels."""
    return numbers(file, _KEY, "number.not_e3")
