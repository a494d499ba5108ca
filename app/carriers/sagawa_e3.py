"""佐川急便 e飛伝III: 標準_飛脚宅配便_CSV (74 columns) out, its file of shipped parcels back (formats.md, B2).

Names and addresses are counted and written in full-width characters. A wished day, a wished time of day, a cold parcel,
cash on delivery and some kinds of handling each need a seal 指定シール, and a waybill has room for three: what needs
more is refused. The layout of the file that comes back is not known for certain, so its columns are found by name;
e飛伝II's file of shipped parcels is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import (
    account_values,
    address_text,
    check_dates,
    check_key,
    check_party,
    check_service,
    check_texts,
    file_of,
    phone_text,
    postcode_text,
)
from app.carriers._file import ReturnedFile
from app.carriers._numbers import Places, plain, read_rows
from app.carriers._sagawa_columns import COLUMNS
from app.carriers._text import one_line, overflow_fault, split, widened
from app.domain.intake import Head, fold_name
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Temperature, Written
from app.errors import FileUnusable

__all__ = ["ACCOUNT", "ID", "SERVICES", "SLOTS", "TITLE", "check", "read_numbers", "recognise", "tracking_url", "write"]

ID = "sagawa_e3"
TITLE: Mapping[str, str] = {"ja": "佐川急便（e飛伝III）", "en": "Sagawa Express (e-Hiden III)"}

SLOTS: Mapping[Slot, str] = {
    Slot.MORNING: "01",
    Slot.T12_14: "12",
    Slot.T14_16: "14",
    Slot.T16_18: "16",
    Slot.T18_20: "18",
    Slot.T18_21: "04",
    Slot.T19_21: "19",
}

SERVICES: tuple[Service, ...] = (
    Service(
        "hikyaku",
        {"ja": "飛脚宅配便", "en": "Hikyaku Express"},
        cash_on_delivery=True,
        most_cod=500_000,  # above it, Sagawa has to agree first (its notice of 2021-09-30 about e-コレクト)
        temperatures=frozenset(Temperature),
        slots=frozenset(SLOTS),
        most_pieces=99,  # a waybill of more pieces is nothing that a bench packs
    ),
)
_BY_ID = {service.id: service for service in SERVICES}

ACCOUNT: tuple[AccountField, ...] = (
    AccountField("customer_code", "[0-9]{12}"),
    AccountField("package_kind", "00[1-8]", default="001"),
    AccountField("slot_seal", "007|019", default="007"),
    AccountField("cod_payment", "[1-3]", default="1"),
)

_COOL = {Temperature.AMBIENT: "001", Temperature.CHILLED: "002", Temperature.FROZEN: "003"}
_COOL_SEAL = {Temperature.CHILLED: "001", Temperature.FROZEN: "002"}
_DAY_SEAL = "005"
_COD_SEAL = {"1": "010", "2": "008", "3": "009"}
"""決済種別 (1 all, 2 cash, 3 card) and the seal that goes with it."""
_HANDLING_SEAL = {"fragile": "011", "valuable": "012", "this_side_up": "013"}
_SEAL_NAMES = {
    "001": "冷蔵",
    "002": "冷凍",
    "005": "指定日配達",
    "007": "時間帯指定",
    "010": "eコレクト",
    "011": "取扱注意",
    "012": "貴重品",
    "013": "天地無用",
}
"""As they are printed on the waybill, whatever language the screen speaks."""
_MOST_SEALS = 3
_MOST_DAYS = 50
_MOST_PHONE = 14
_LINE = 32
"""Half-width places of a line of names, addresses and goods: 16 full-width characters."""


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that e飛伝 forbids or cannot hold in *shipment*."""
    return tuple(_faults(shipment, today))


def _faults(shipment: Shipment, today: date) -> Iterator[Fault]:
    yield from check_key(shipment)
    yield from check_dates(shipment, today, _MOST_DAYS)
    service = _BY_ID.get(shipment.service)
    if service is None:
        yield Fault("fault.no_service", "service", (("value", shipment.service), ("offered", ", ".join(_BY_ID))))
    else:
        yield from check_service(shipment, service, SLOTS)
    yield from check_party("to", shipment.to, phone=service is None or service.phone, most_phone=_MOST_PHONE)
    yield from check_party("sender", shipment.sender, phone=True, most_phone=_MOST_PHONE)
    if not one_line(shipment.contents):
        yield Fault("fault.missing", "contents")
    unknown = [name for name in shipment.handling if name not in _HANDLING_SEAL]
    if unknown:
        args = (("value", ", ".join(unknown)), ("offered", ", ".join(_HANDLING_SEAL)))
        yield Fault("fault.no_handling", "handling", args)
    needed = _seals(shipment, slot_seal="007", cod_payment="1")
    if len(needed) > _MOST_SEALS:
        names = ", ".join(f"{seal} {_SEAL_NAMES[seal]}" for seal in needed)
        yield Fault("fault.too_many_seals", "seals", (("value", names), ("limit", str(_MOST_SEALS))))
    yield from check_texts(shipment, jis_only=False)
    yield from _texts(shipment)[1]


def _seals(shipment: Shipment, *, slot_seal: str, cod_payment: str) -> list[str]:
    """Every seal that *shipment* needs, without repeats, however many there are."""
    needed: list[str] = []
    if shipment.temperature in _COOL_SEAL:
        needed.append(_COOL_SEAL[shipment.temperature])
    if shipment.deliver_on is not None:
        needed.append(_DAY_SEAL)
    if shipment.slot is not None:
        needed.append(slot_seal)
    if shipment.cod:
        needed.append(_COD_SEAL[cod_payment])
    needed += [_HANDLING_SEAL[name] for name in shipment.handling if name in _HANDLING_SEAL]
    return list(dict.fromkeys(needed))


_TEXTS = (
    ("to.address", ("お届け先住所１", "お届け先住所２", "お届け先住所３")),
    ("to.name", ("お届け先名称１", "お届け先名称２")),
    ("sender.address", ("ご依頼主住所１", "ご依頼主住所２")),
    ("sender.name", ("ご依頼主名称１", "ご依頼主名称２")),
    ("contents", ("品名１", "品名３", "品名４", "品名５")),
    ("remark", ("品名２",)),
)
"""e飛伝III has no remark column like B2's 記事, so the ship number stands in 品名２, which is printed on the waybill;
what its 編集 columns are for is not certain."""
_WIDE = frozenset({"to.address", "to.name", "sender.address", "sender.name"})


def _texts(shipment: Shipment) -> tuple[dict[str, str], list[Fault]]:
    """Lay the texts of *shipment* out in their columns; returns them and what finds no room."""
    columns: dict[str, str] = {}
    faults: list[Fault] = []
    values = {
        "to.address": address_text(shipment.to),
        "to.name": one_line(shipment.to.name),
        "sender.address": address_text(shipment.sender),
        "sender.name": one_line(shipment.sender.name),
        "contents": one_line(shipment.contents),
        "remark": one_line(shipment.remark),
    }
    for field, names in _TEXTS:
        value = values[field]
        fields, over = split(widened(value) if field in _WIDE else value, (_LINE,) * len(names))
        if over:
            faults.append(overflow_fault(field, value, over, _LINE * len(names)))
        columns |= zip(names, fields, strict=True)
    return columns, faults


# --- the file out -----------------------------------------------------------------------------------------------


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file for e飛伝III's 標準_飛脚宅配便_CSV_ヘッダ有り; raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        yield _row(shipment, values)

    return file_of(ID, today, shipments, COLUMNS, check, rows)


def _row(shipment: Shipment, account: Account) -> list[str]:
    """One row, also for several pieces: e飛伝 prints as many labels as 出荷個数 says, under one number."""
    seals = _seals(shipment, slot_seal=account["slot_seal"], cod_payment=account["cod_payment"])
    values = _texts(shipment)[0] | {
        "お届け先電話番号": phone_text(shipment.to),
        "お届け先郵便番号": postcode_text(shipment.to),
        "お客様管理番号": shipment.key,
        "お客様コード": account["customer_code"],
        "ご依頼主電話番号": phone_text(shipment.sender),
        "ご依頼主郵便番号": postcode_text(shipment.sender),
        "荷姿": account["package_kind"],
        "出荷個数": str(shipment.pieces),
        "スピード指定": "000",
        "クール便指定": _COOL[shipment.temperature],
        "配達日": "" if shipment.deliver_on is None else f"{shipment.deliver_on:%Y%m%d}",
        "配達指定時間帯": "" if shipment.slot is None else SLOTS[shipment.slot],
        "代引金額": str(shipment.cod) if shipment.cod else "",
        "消費税": str(shipment.cod_tax) if shipment.cod else "",
        "決済種別": account["cod_payment"] if shipment.cod else "0",
        "営業所受取": "0",
        "SRC区分": "0",
        "元着区分": "1",
        "出荷日": f"{shipment.ship_on:%Y%m%d}",
    }
    values |= zip(("指定シール１", "指定シール２", "指定シール３"), seals, strict=False)
    return [values.get(name, "") for name in COLUMNS]


# --- numbers back -----------------------------------------------------------------------------------------------

_NUMBER = tuple(
    f"{asked}送り状{number}"
    for asked in ("お問い合せ", "お問合せ", "お問い合わせ", "問合せ")
    for number in ("No.", "No", "番号")
)
_KEY = ("お客様管理番号", "お客様管理ナンバー", "お客様管理No.", "お客様管理No")
_COD = ("代引金額", "代引き金額")
_PIECES = ("出荷個数", "個数")
_DELETED = ("削除区分",)


def recognise(head: Head) -> int:
    """By the columns of the number and of the customer key, in any of their spellings."""
    return 90 if _at(head, _NUMBER) is not None and _at(head, _KEY) is not None else 0


def _at(head: Head, names: tuple[str, ...]) -> int | None:
    """Place of the first column that has one of *names*."""
    folded = [fold_name(name) for name in head.names]
    return next((folded.index(name) for name in map(fold_name, names) if name in folded), None)


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream e飛伝's file of shipped parcels; a shipment in several pieces has one number and tells their count."""
    number, key = _at(file.head, _NUMBER), _at(file.head, _KEY)
    if number is None or key is None:
        missing = [names[0] for at, names in ((number, _NUMBER), (key, _KEY)) if at is None]
        raise FileUnusable("number.not_e3", file=file.name, columns=", ".join(missing))
    deleted = _at(file.head, _DELETED)

    def reason(row: list[str]) -> str:
        """What a deleted row is marked with is not certain: anything but nothing and 0 counts, and is shown."""
        mark = plain(row[deleted]) if deleted is not None else ""
        return f"削除区分 {mark}" if mark.strip("0") else ""

    places = Places(
        key=key,
        number=number,
        columns=file.first,
        cod=_at(file.head, _COD),
        pieces=_at(file.head, _PIECES),
        reason=reason,
    )
    return read_rows(file, places)


def tracking_url(number: str) -> str:
    """Address of Sagawa's page for *number* (formats.md, B4); printed or shown, never called."""
    return f"https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo={number}"
