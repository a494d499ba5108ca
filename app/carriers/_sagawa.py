"""What 佐川急便's programs have in common: services, codes, seals 指定シール, texts, and how numbers are read back.

Names and addresses are counted and written in full-width characters. A wished day, a wished time of day, a cold parcel,
cash on delivery and some kinds of handling each need a seal, and a waybill has room for three: what needs more is
refused (formats.md, B2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import Rules, check_shipment, phone_text, postcode_text
from app.carriers._columns import Column, Texts, lay_out
from app.carriers._file import ReturnedFile
from app.carriers._numbers import Places, has_columns, place_of, places_of, plain, read_rows
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Temperature
from app.domain.size_classes import SizeRule, kilo_classes

__all__ = ["ACCOUNT", "COOL", "SERVICES", "SLOTS", "columns_of", "faults", "is_numbers", "numbers", "tracking_url"]

SLOTS: Mapping[Slot, str] = {
    Slot.MORNING: "01",
    Slot.T12_14: "12",
    Slot.T14_16: "14",
    Slot.T16_18: "16",
    Slot.T18_20: "18",
    Slot.T18_21: "04",
    Slot.T19_21: "19",
}

_PARCEL = SizeRule(
    kilo_classes(
        *((60, 2), (80, 5), (100, 10), (140, 20), (160, 30)),
        *((170, 50), (180, 50), (200, 50), (220, 50), (240, 50), (260, 50)),
    )
)
"""飛脚宅配便 (there is no 120) and ラージサイズ: the larger of the classes by size and by weight (formats.md, C4)."""

SERVICES: tuple[Service, ...] = (
    Service(
        "hikyaku",
        {"ja": "飛脚宅配便", "en": "Hikyaku Express"},
        cash_on_delivery=True,
        most_cod=500_000,  # above it, Sagawa has to agree first (its notice of 2021-09-30 about e-コレクト)
        temperatures=frozenset(Temperature),
        slots=frozenset(SLOTS),
        most_pieces=99,  # a waybill of more pieces is nothing that a bench packs
        size=_PARCEL,
    ),
)

ACCOUNT: tuple[AccountField, ...] = (
    AccountField("customer_code", "[0-9]{12}"),
    AccountField("package_kind", "00[1-8]", default="001"),
    AccountField("slot_seal", "007|019", default="007"),
    AccountField("cod_payment", "[1-3]", default="1"),
)

COOL: Mapping[Temperature, str] = {
    Temperature.AMBIENT: "001",
    Temperature.CHILLED: "002",
    Temperature.FROZEN: "003",
}
"""クール便指定, in e飛伝II 便種(商品)."""
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
_LINE = 32
"""Half-width places of a line of names, addresses and goods: 16 full-width characters."""
_RULES = Rules(SERVICES, SLOTS, most_days=50, most_phone=14, handling=_HANDLING_SEAL)

_TEXTS = (
    Texts("to.address", ("お届け先住所１", "お届け先住所２", "お届け先住所３"), _LINE, wide=True),
    Texts("to.name", ("お届け先名称１", "お届け先名称２"), _LINE, wide=True),
    Texts("sender.address", ("ご依頼主住所１", "ご依頼主住所２"), _LINE, wide=True),
    Texts("sender.name", ("ご依頼主名称１", "ご依頼主名称２"), _LINE, wide=True),
    Texts("contents", ("品名１", "品名３", "品名４", "品名５"), _LINE),
    Texts("remark", ("品名２",), _LINE),
)
"""e飛伝 has no remark column like B2's 記事, so the ship number stands in 品名２, which is printed on the waybill; what
e飛伝III's 編集 columns are for is not certain."""


def faults(shipment: Shipment, today: date) -> Iterator[Fault]:
    """Yield everything that e飛伝 forbids or cannot hold in *shipment*."""
    yield from check_shipment(shipment, today, _RULES)
    needed = _seals(shipment, slot_seal="007", cod_payment="1")
    if len(needed) > _MOST_SEALS:
        names = ", ".join(f"{seal} {_SEAL_NAMES[seal]}" for seal in needed)
        yield Fault("fault.too_many_seals", "seals", (("value", names), ("limit", str(_MOST_SEALS))))
    yield from lay_out(shipment, _TEXTS)[1]


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


def columns_of(shipment: Shipment, account: Account) -> dict[Column, str]:
    """Return the columns that are called the same in every e飛伝.

    One row stands for all pieces: e飛伝 prints as many labels as 出荷個数 says, under one number.
    """
    seals = _seals(shipment, slot_seal=account["slot_seal"], cod_payment=account["cod_payment"])
    values = lay_out(shipment, _TEXTS)[0] | {
        "お届け先電話番号": phone_text(shipment.to),
        "お届け先郵便番号": postcode_text(shipment.to),
        "お客様コード": account["customer_code"],
        "ご依頼主電話番号": phone_text(shipment.sender),
        "ご依頼主郵便番号": postcode_text(shipment.sender),
        "出荷個数": str(shipment.pieces),
        "配達日": "" if shipment.deliver_on is None else f"{shipment.deliver_on:%Y%m%d}",
        "配達指定時間帯": "" if shipment.slot is None else SLOTS[shipment.slot],
        "代引金額": str(shipment.cod) if shipment.cod else "",
        "消費税": str(shipment.cod_tax) if shipment.cod else "",
        "決済種別": account["cod_payment"] if shipment.cod else "0",
        "元着区分": "1",
    }
    values |= zip(("指定シール１", "指定シール２", "指定シール３"), seals, strict=False)
    return values


# --- numbers back -----------------------------------------------------------------------------------------------

_NUMBER = tuple(
    f"{asked}送り状{number}"
    for asked in ("お問い合せ", "お問合せ", "お問い合わせ", "問合せ")
    for number in ("No.", "No", "番号")
)
_COD = ("代引金額", "代引き金額")
_PIECES = ("出荷個数", "個数")
_DELETED = ("削除区分",)


def is_numbers(head: Head, key: Sequence[str]) -> bool:
    """Whether a file has the column of the number, in any spelling, and that of the customer key.

    :param key: names of the column of the customer key, by which the programs' files are told apart.
    """
    return has_columns(head, (_NUMBER, key))


def numbers(file: ReturnedFile, key_names: Sequence[str], not_ours: str) -> Iterator[NumberRow | Problem]:
    """Stream a file of shipped parcels; a shipment in several pieces has one number and tells their count.

    :param not_ours: key of the sentence for a file that lacks columns.
    """
    number, key = places_of(file, (_NUMBER, key_names), not_ours)
    head = file.head
    deleted = place_of(head, _DELETED)

    def reason(row: list[str]) -> str:
        """What a deleted row is marked with is not certain: anything but nothing and 0 counts, and is shown."""
        mark = plain(row[deleted]) if deleted is not None else ""
        return f"削除区分 {mark}" if mark.strip("0") else ""

    places = Places(
        key=key,
        number=number,
        columns=file.first,
        cod=place_of(head, _COD),
        pieces=place_of(head, _PIECES),
        reason=reason,
    )
    return read_rows(file, places)


def tracking_url(number: str) -> str:
    """Address of Sagawa's page for *number* (formats.md, B4); printed or shown, never called."""
    return f"https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo={number}"
