"""日本郵便 ゆうパックプリントR: 発送予定データ (117, 119 or 69 columns) out, its file with お問い合わせ番号 back.

What is known is in formats.md, B3; ゆうプリR reads and writes by a filter 取込フィルタ that the shop registers, so the
shop says which of the layouts its filter has. Less certain than B2 and e飛伝, and therefore correctable in the account:

- The codes of times of day: only 00 (none) and 52 (12-14) have a source; the others follow the same row of numbers.
- 送り状種別, the seven-digit code of the label paper: 1100780 was seen for prepaid ゆうパック; for cash and for
  ゆうパケット the shop enters its own, else the column stays empty and ゆうプリR's own setting has to decide.

Not known from any source, and therefore careful: the greatest amount to collect (300,000 yen from memory), how far
ahead a ship date may be (30 days, as at B2), the places of 品名 and 記事名 (50, as the others have). How several pieces
are told (複数個口数) is not known, and rows that repeat a key are lines of one label, so each shipment is one piece.
ゆうメール has no number to close a parcel by and is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import Rules, account_values, check_shipment, phone_text, postcode_text
from app.carriers._columns import Texts, lay_out
from app.carriers._file import ReturnedFile
from app.carriers._japanpost import (
    COD_COLUMN,
    NUMBER_COLUMNS,
    SLOT_CODES,
    YU_PACK_SIZE,
    YU_PACKET_SIZE,
    slot_codes,
    tracking_url,
)
from app.carriers._japanpost_columns import YUPRI
from app.carriers._numbers import Places, has_columns, place_of, places_of, plain, read_rows
from app.carriers._write import file_of
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Temperature, Written

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

ID = "japanpost_yupri"
TITLE: Mapping[str, str] = {"ja": "日本郵便（ゆうプリR）", "en": "Japan Post (Yu-Pri R)"}
MOST_ROWS = 0

SLOTS: Mapping[Slot, str] = {
    Slot.MORNING: "51",
    Slot.T12_14: "52",
    Slot.T14_16: "53",
    Slot.T16_18: "54",
    Slot.T18_20: "55",
    Slot.T19_21: "57",
    Slot.T20_21: "56",
}
_NO_SLOT = "00"

SERVICES: tuple[Service, ...] = (
    Service(
        "yu_pack",
        {"ja": "ゆうパック", "en": "Yu-Pack"},
        cash_on_delivery=True,
        most_cod=300_000,
        temperatures=frozenset(Temperature),
        slots=frozenset(SLOTS),
        size=YU_PACK_SIZE,
    ),
    Service("yu_packet", {"ja": "ゆうパケット", "en": "Yu-Packet"}, dated=False, size=YU_PACKET_SIZE),
)
_KIND = {"yu_pack": "0", "yu_packet": "9"}
"""郵便種別."""
_SERVICE_OF_KIND = {kind: service for service, kind in _KIND.items()}
_MAIL = frozenset({"1", "2", "3", "5", "9"})
"""郵便種別 that may have numbers of 11 digits."""

ACCOUNT: tuple[AccountField, ...] = (
    AccountField("layout", "117|119|69", default="117"),
    AccountField("label", "[0-9]{7}", default="1100780"),
    AccountField("label_cod", "[0-9]{7}", required=False),
    AccountField("label_packet", "[0-9]{7}", required=False),
    AccountField("size", "060|080|100|120|140|160|170", required=False),
    SLOT_CODES,
)

_COOL = {Temperature.AMBIENT: "0", Temperature.CHILLED: "1", Temperature.FROZEN: "2"}
_PREPAID, _COLLECT = "0", "2"
_HANDLING = {
    "fragile": "こわれもの区分",
    "raw": "なまもの区分",
    "bottles": "ビン類区分",
    "this_side_up": "逆さま厳禁区分",
    "no_stacking": "下積み厳禁区分",
}
_LINE = 50
_RULES = Rules(SERVICES, SLOTS, most_days=30, most_phone=20, handling=_HANDLING)
_TEXTS = (
    Texts("to.address", ("お届け先 住所１", "お届け先 住所２", "お届け先 住所３"), _LINE),
    Texts("to.name", ("お届け先 名称１", "お届け先 名称２"), _LINE),
    Texts("sender.address", ("ご依頼主 住所１", "ご依頼主 住所２", "ご依頼主 住所３"), _LINE),
    Texts("sender.name", ("ご依頼主 名称１", "ご依頼主 名称２"), _LINE),
    Texts("contents", ("品名",), _LINE),
    Texts("remark", ("記事名１",), _LINE),
)


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that ゆうプリR forbids or cannot hold in *shipment*."""
    return (*check_shipment(shipment, today, _RULES), *lay_out(shipment, _TEXTS)[1])


# --- the file out -----------------------------------------------------------------------------------------------


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return 発送予定データ in the layout of the shop's filter, with a header row; raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)
    header = YUPRI[values["layout"]]

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        row = _columns(shipment, values)
        yield [row.get(name, "") for name in header]

    return file_of(ID, today, shipments, header, check, rows)


def _columns(shipment: Shipment, account: Account) -> dict[str | int, str]:
    codes = slot_codes(SLOTS, account["slot_codes"])
    size = account["size"] if shipment.service == "yu_pack" else ""
    flags = {column: str(int(name in shipment.handling)) for name, column in _HANDLING.items()}
    return (
        lay_out(shipment, _TEXTS)[0]
        | flags
        | {
            "お客様側管理番号": shipment.key,
            "発送予定日": f"{shipment.ship_on:%Y%m%d}",
            "郵便種別": _KIND[shipment.service],
            "保冷種別": _COOL[shipment.temperature],
            "元／着払／代引": _COLLECT if shipment.cod else _PREPAID,
            "送り状種別": _label(shipment, account),
            "お届け先 郵便番号": postcode_text(shipment.to),
            "お届け先 敬称区分": "0",  # 様
            "お届け先 電話番号": phone_text(shipment.to),
            "ご依頼主 郵便番号": postcode_text(shipment.sender),
            "ご依頼主 電話番号": phone_text(shipment.sender),
            "商品サイズ区分": size,
            "商品サイズ／重さ区分": size.lstrip("0"),
            "速達・配達日指定種別": "0",
            "配達指定日／希望日": "" if shipment.deliver_on is None else f"{shipment.deliver_on:%Y%m%d}",
            "配達時間帯区分": _NO_SLOT if shipment.slot is None else codes[shipment.slot],
            "ゆうパック複数個割引": "0",
            "ゆうパック同一割引": "0",
            "複数個口数": "1",
            COD_COLUMN: str(shipment.cod) if shipment.cod else "",
            "代引消費税金額": str(shipment.cod_tax) if shipment.cod else "",
        }
    )


def _label(shipment: Shipment, account: Account) -> str:
    if shipment.service == "yu_packet":
        return account["label_packet"]
    return account["label_cod"] if shipment.cod else account["label"]


# --- numbers back -----------------------------------------------------------------------------------------------

_KEY = ("お客様側管理番号",)


def recognise(head: Head) -> int:
    """By the columns of the number and of the customer key."""
    return 90 if has_columns(head, (NUMBER_COLUMNS, _KEY)) else 0


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream the file that ゆうプリR wrote; its columns are found by name, as the shop's filter orders them.

    ``service`` is the code of the kind itself where this program writes no such kind (ゆうメール …).
    """
    number, key = places_of(file, (NUMBER_COLUMNS, _KEY), "number.not_yupri")
    kind_at = place_of(file.head, ("郵便種別",))

    def kind(row: list[str]) -> str:
        return plain(row[kind_at]) if kind_at is not None else ""

    places = Places(
        key=key,
        number=number,
        columns=file.first,
        cod=place_of(file.head, (COD_COLUMN,)),
        service=lambda row: _SERVICE_OF_KIND.get(kind(row), kind(row)),
        mail=lambda row: kind(row) in _MAIL,
    )
    return read_rows(file, places)
