"""日本郵便 クリックポスト: まとめ申込 (8 columns, at most 40 rows a file) out, its file with 追跡番号 back.

It knows neither sender (that of the login is printed), phone number, day, cash nor cold, and no column for a number of
our own (formats.md, B3). So the customer key stands behind the contents in 内容品, which is printed on the label and
comes back: two parcels to one person stay apart, which postcode and name would not keep. The length of 内容品 (15
full-width characters) is from memory only. A gift that names its buyer as the sender is refused by the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import Rules, account_values, check_shipment, postcode_text
from app.carriers._columns import Texts, lay_out
from app.carriers._file import ReturnedFile
from app.carriers._japanpost import NUMBER_COLUMNS, tracking_url
from app.carriers._japanpost_columns import CLICKPOST
from app.carriers._numbers import Places, has_columns, places_of, plain, read_rows
from app.carriers._text import one_line, overflow_fault, split, width
from app.carriers._write import FileForm, file_of
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Written, read_key
from app.domain.size_classes import SizeRule

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

ID = "japanpost_clickpost"
TITLE: Mapping[str, str] = {"ja": "日本郵便（クリックポスト）", "en": "Japan Post (Click Post)"}
MOST_ROWS = 40
SLOTS: Mapping[Slot, str] = {}
_SIZE = SizeRule(within_mm=((340, 250, 30),), most_g=1000)
"""formats.md, C4."""
SERVICES: tuple[Service, ...] = (
    Service(
        "click_post", {"ja": "クリックポスト", "en": "Click Post"}, dated=False, phone=False, sender=False, size=_SIZE
    ),
)
ACCOUNT: tuple[AccountField, ...] = ()

_LINE = 40
"""Half-width places of the name and of each line of the address: 20 full-width characters."""
_GOODS = 30
_RULES = Rules(SERVICES, SLOTS, most_days=30, most_phone=0, phone=False, sender=False, remark=False)
"""A label is made when it is paid for, so how far ahead a ship date lies does not matter to it; 30 days as at B2."""
_NAME, _ADDRESS, _CONTENTS = CLICKPOST[1], CLICKPOST[3:7], CLICKPOST[7]
_TEXTS = (Texts("to.name", (_NAME,), _LINE), Texts("to.address", _ADDRESS, _LINE))
_FORM = FileForm(most_rows=MOST_ROWS)


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that クリックポスト forbids or cannot hold in *shipment*."""
    return tuple(_faults(shipment, today))


def _faults(shipment: Shipment, today: date) -> Iterator[Fault]:
    yield from check_shipment(shipment, today, _RULES)
    yield from lay_out(shipment, _TEXTS)[1]
    contents = one_line(shipment.contents)
    room = _GOODS - width(f" {shipment.key}")
    over = split(contents, (room,))[1]
    if over:
        yield overflow_fault("contents", contents, over, room)


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file for まとめ申込, at most 40 rows; raises where anything is wrong."""
    account_values(ID, ACCOUNT, account)

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        values = lay_out(shipment, _TEXTS)[0] | {
            "お届け先郵便番号": postcode_text(shipment.to),
            "お届け先敬称": "様",
            _CONTENTS: f"{one_line(shipment.contents)} {shipment.key}",
        }
        yield [values.get(name, "") for name in CLICKPOST]

    return file_of(ID, today, shipments, CLICKPOST, check, rows, _FORM)


# --- numbers back -----------------------------------------------------------------------------------------------

_WANTED = (("追跡番号", *NUMBER_COLUMNS), ("内容品",), ("お届け先氏名",))
"""The number, the customer key, and what tells it from files of other programs of 日本郵便."""


def recognise(head: Head) -> int:
    """By the columns of the number, of the contents and of the receiver's name, in whatever order."""
    return 80 if has_columns(head, _WANTED) else 0


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream the file with 追跡番号; its columns are found by name, the customer key behind the contents."""
    number, key, _ = places_of(file, _WANTED, "number.not_clickpost")
    return read_rows(file, Places(key, number, file.first, key_of=_key, mail=lambda _: True))


def _key(contents: str) -> str:
    """Return the customer key behind the contents; empty where there is none of ours, as on a label made by hand."""
    words = plain(contents).split()
    return words[-1] if words and read_key(words[-1]) is not None else ""
