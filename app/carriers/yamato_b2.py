"""ヤマト運輸 B2クラウド: 送り状発行データ 基本レイアウト (95 or 97 columns) out, 発行済データ back.

Columns are found by place (formats.md, B1). The waybill kind 送り状種類 follows from the service, cash on delivery and
the number of pieces: several pieces 複数口 exist for prepaid parcels only, so cash or cold in several pieces are
refused. The cool codes are 1 frozen and 2 chilled, the other way round than many shops think.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from app.carriers._check import Rules, account_values, address_text, check_shipment, phone_text, postcode_text
from app.carriers._file import ReturnedFile
from app.carriers._numbers import Places, plain, read_rows
from app.carriers._text import one_line, overflow_fault, split, split_name, width
from app.carriers._write import file_of
from app.carriers._yamato_columns import COLUMNS
from app.domain.intake import Head, fold_name
from app.domain.orders import Address, Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Temperature, Written
from app.domain.size_classes import SizeRule, kilo_classes
from app.errors import FileUnusable

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

ID = "yamato_b2"
TITLE: Mapping[str, str] = {"ja": "ヤマト運輸（B2クラウド）", "en": "Yamato Transport (B2 Cloud)"}
MOST_ROWS = 0

SLOTS: Mapping[Slot, str] = {
    Slot.MORNING: "0812",
    Slot.T14_16: "1416",
    Slot.T16_18: "1618",
    Slot.T18_20: "1820",
    Slot.T19_21: "1921",
}
_ALL_SLOTS = frozenset(SLOTS)

_PARCEL = SizeRule(
    kilo_classes((60, 2), (80, 5), (100, 10), (120, 15), (140, 20), (160, 25), (180, 30), (200, 30)),
    most_side_mm=1700,
    cold_most=120,
)
"""宅急便: the larger of the classes by size and by weight (formats.md, C4)."""
_COMPACT_BOX = SizeRule(within_mm=((250, 200, 50), (340, 248, 9)), own_box=True)
"""The box and the thin box that Yamato sells for it; no limit of weight. 9 mm is what the thin one holds."""
_NEKOPOS = SizeRule(within_mm=((312, 228, 30),), least_mm=(230, 115), most_g=1000)
"""3 cm since 2025-11-10 (formats.md, H)."""
_YU_PACKET = SizeRule(within_mm=((340, 340, 30),), most_sum_mm=600, most_g=1000)
"""Longest side 34 cm, 3 cm thick, 60 cm in all (formats.md, C4)."""

SERVICES: tuple[Service, ...] = (
    Service(
        "takkyubin",
        {"ja": "宅急便", "en": "TA-Q-BIN"},
        cash_on_delivery=True,
        most_cod=300_000,
        temperatures=frozenset(Temperature),
        slots=_ALL_SLOTS,
        most_pieces=99,  # 発行枚数 has two digits
        size=_PARCEL,
    ),
    Service(
        "compact",
        {"ja": "宅急便コンパクト", "en": "TA-Q-BIN Compact"},
        cash_on_delivery=True,
        most_cod=30_000,
        slots=_ALL_SLOTS,
        size=_COMPACT_BOX,
    ),
    Service("nekopos", {"ja": "ネコポス", "en": "Nekopos"}, dated=False, size=_NEKOPOS),
    Service("yu_packet", {"ja": "クロネコゆうパケット", "en": "Kuroneko Yu-Packet"}, dated=False, size=_YU_PACKET),
)
_BY_ID = {service.id: service for service in SERVICES}

ACCOUNT: tuple[AccountField, ...] = (
    AccountField("customer_code", "[0-9]{10,12}"),
    AccountField("class_code", "[0-9]{1,3}", required=False),
    AccountField("freight_number", "[0-9]{2}", default="01"),
    AccountField("layout", "95|97", default="95"),
)

_PREPAID, _COLLECT, _SEVERAL, _COMPACT, _COMPACT_COLLECT = "0", "2", "6", "8", "9"
_SERVICE_OF_KIND = {
    _PREPAID: "takkyubin",
    _COLLECT: "takkyubin",
    _SEVERAL: "takkyubin",
    "7": "yu_packet",
    "A": "nekopos",
    _COMPACT: "compact",
    _COMPACT_COLLECT: "compact",
}
_KINDS = frozenset({*_SERVICE_OF_KIND, "3", "4", "5"})
"""Every 送り状種類 that a file from B2 may have; 3 mail, 4 timed and 5 carriage forward are not written here."""
_COOL = {Temperature.AMBIENT: "", Temperature.FROZEN: "1", Temperature.CHILLED: "2"}
_HANDLING = {
    "precision": "精密機器",
    "fragile": "ワレ物注意",
    "no_stacking": "下積厳禁",
    "this_side_up": "天地無用",
    "raw": "ナマモノ",
}
_RULES = Rules(SERVICES, SLOTS, most_days=30, most_phone=15, handling=_HANDLING, jis_only=True)

# Half-width places of the columns.
_NAME, _COMPANY, _ADDRESS, _BUILDING, _GOODS, _REMARK = 32, 50, 64, 32, 50, 44
_STREET = 32
"""Of the address column, 町・番地 takes 16 full-width characters."""


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that B2 forbids or cannot hold in *shipment*."""
    return tuple(_faults(shipment, today))


def _faults(shipment: Shipment, today: date) -> Iterator[Fault]:
    yield from check_shipment(shipment, today, _RULES)
    service = _BY_ID.get(shipment.service)
    if service is not None and 1 < shipment.pieces <= service.most_pieces:
        pieces = (("value", str(shipment.pieces)),)
        if shipment.cod:
            yield Fault("fault.cod_in_pieces", "pieces", pieces)
        if shipment.temperature is not Temperature.AMBIENT:
            yield Fault("fault.cool_in_pieces", "pieces", pieces)
    if len(shipment.handling) > 2:
        yield Fault("fault.handling_limit", "handling", (("value", ", ".join(shipment.handling)), ("limit", "2")))
    yield from _texts(shipment)[1]


@lru_cache(maxsize=2)
def _texts(shipment: Shipment) -> tuple[dict[int, str], tuple[Fault, ...]]:
    """Lay the texts of *shipment* out in their columns (counted from 1); returns them and what finds no room."""
    faults: list[Fault] = []
    name = one_line(shipment.to.name)
    (company, department), person, over = split_name(name, _NAME, (_COMPANY, _COMPANY))
    if over:
        faults.append(overflow_fault("to.name", name, over, _NAME))
    sender = one_line(shipment.sender.name)
    (sender_name,), over = split(sender, (_NAME,))
    if over:
        faults.append(overflow_fault("sender.name", sender, over, _NAME))
    address, building = _address("to", shipment.to, faults)
    sender_address, sender_building = _address("sender", shipment.sender, faults)
    contents = one_line(shipment.contents)
    goods, over = split(contents, (_GOODS, _GOODS))
    if over:
        faults.append(overflow_fault("contents", contents, over, 2 * _GOODS))
    remark = one_line(shipment.remark)
    (note,), over = split(remark, (_REMARK,))
    if over:
        faults.append(overflow_fault("remark", remark, over, _REMARK))
    columns = {12: address, 13: building, 14: company, 15: department, 16: person}
    columns |= {23: sender_address, 24: sender_building, 25: sender_name, 28: goods[0], 30: goods[1], 33: note}
    return columns, tuple(faults)


def _address(whose: str, address: Address, faults: list[Fault]) -> list[str]:
    """Part an address into 住所 and アパートマンション名.

    Where the city is known, the first try leaves the street no more than its 16 characters of the column; a street
    that is longer still, or an address in one piece, uses the column to its end.
    """
    whole = address_text(address)
    front = width(one_line(address.prefecture) + one_line(address.city))
    first = front + _STREET if one_line(address.city) and front + _STREET < _ADDRESS else _ADDRESS
    fields, over = split(whole, (first, _BUILDING))
    if over:
        fields, over = split(whole, (_ADDRESS, _BUILDING))
    if over:
        faults.append(overflow_fault(f"{whose}.address", whole, over, _ADDRESS + _BUILDING))
    return fields


# --- the file out -----------------------------------------------------------------------------------------------


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file for B2's パターン「基本レイアウト」 (import from row 2); raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)
    header = COLUMNS[values["layout"]]

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        return _rows(shipment, values, len(header))

    return file_of(ID, today, shipments, header, check, rows)


def _rows(shipment: Shipment, account: Account, columns: int) -> Iterator[list[str]]:
    """One row per piece; the rows of a shipment in several pieces share its key 複数口くくりキー."""
    kind = _kind(shipment)
    row = [""] * (columns + 1)  # counted from 1, as Yamato does

    def day(wanted: date | None) -> str:
        return "" if wanted is None else f"{wanted:%Y/%m/%d}"

    row[1], row[2], row[3] = shipment.key, kind, _COOL[shipment.temperature]
    row[5], row[6] = day(shipment.ship_on), day(shipment.deliver_on)
    row[7] = "" if shipment.slot is None else SLOTS[shipment.slot]
    row[9], row[11] = phone_text(shipment.to), postcode_text(shipment.to)
    row[20], row[22] = phone_text(shipment.sender), postcode_text(shipment.sender)
    for column, text in _texts(shipment)[0].items():
        row[column] = text
    for column, name in zip((31, 32), shipment.handling, strict=False):
        row[column] = _HANDLING[name]
    if kind in {_COLLECT, _COMPACT_COLLECT}:
        row[34], row[35] = str(shipment.cod), str(shipment.cod_tax)
    row[40], row[41], row[42] = account["customer_code"], account["class_code"], account["freight_number"]
    if kind == _SEVERAL:
        row[39], row[74] = "1", shipment.key
    for _ in range(shipment.pieces):
        yield row[1:]


def _kind(shipment: Shipment) -> str:
    match shipment.service:
        case "takkyubin":
            return _COLLECT if shipment.cod else _SEVERAL if shipment.pieces > 1 else _PREPAID
        case "compact":
            return _COMPACT_COLLECT if shipment.cod else _COMPACT
        case "nekopos":
            return "A"
        case _:
            return "7"


# --- numbers back -----------------------------------------------------------------------------------------------

_KEY, _KIND, _NUMBER, _SHIP_ON, _COD = 0, 1, 3, 4, 33
_DAY = re.compile(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}")


def recognise(head: Head) -> int:
    """By the names of the first columns, or, in a file without a header, by what stands in them."""
    if len(head.names) <= _COD:
        return 0
    if _has_header(head):
        return 90
    kind, day = plain(head.names[_KIND]).upper(), plain(head.names[_SHIP_ON])
    return 80 if kind in _KINDS and _DAY.fullmatch(day) else 0


def _has_header(head: Head) -> bool:
    names = [fold_name(name) for name in head.names[: _NUMBER + 1]]
    return names[_KEY] == "お客様管理番号" and names[_KIND].startswith("送り状種") and names[_NUMBER] == "伝票番号"


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream 発行済データ; a shipment in several pieces comes as several rows with the same key.

    ``service`` is the code of the kind itself where this program writes no such kind (timed, carriage forward …).
    """
    if not recognise(file.head):
        raise FileUnusable("number.not_b2", file=file.name)
    return read_rows(file, Places(_KEY, _NUMBER, COLUMNS["97"], _COD, None, _has_header(file.head), _service, _is_mail))


def _service(row: list[str]) -> str:
    kind = plain(row[_KIND]).upper()
    return _SERVICE_OF_KIND.get(kind, kind)


def _is_mail(row: list[str]) -> bool:
    return plain(row[_KIND]).upper() in {"3", "7", "A"}


def tracking_url(number: str) -> str:
    """Address of Yamato's page for *number* (formats.md, B4); printed or shown, never called."""
    return f"https://toi.kuronekoyamato.co.jp/cgi-bin/tneko?number01={number}"
