"""日本郵便 Webゆうパックプリント: 72 columns without a header row out, a file with お問い合わせ番号 back.

What is known is in formats.md, B3. The layout was seen in public programs, which call the product ゆうプリR; that it is
this one's follows from another list of products and is not certain. So only what they agree on is written: prepaid
ゆうパック in one piece, ambient. The codes of cash and of cold parcels and the marks of handling are not known, so
these are refused. Columns are told by their numbers, as names occur twice.

- Dates are written as the one that was seen, ``2026/07/14``.
- The codes of times of day are those of 日本郵便's web services (60, 62 … 67); a shop may correct each in its account.
- No lengths are known: those of ゆうプリR, 50 half-width places a column, are kept to.
- No file that comes back was seen. It is read by its columns' names and needs お問い合わせ番号 (or 追跡番号) and
  摘要/記事, where the customer key went out. The shops' own numbers go into the sender's 部署名, as others do it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.carriers._check import Rules, account_values, address_text, check_shipment, phone_text, postcode_text
from app.carriers._columns import Column, Texts, lay_out
from app.carriers._file import ReturnedFile
from app.carriers._japanpost import NUMBER_COLUMNS, SLOT_CODES, YU_PACK_SIZE, slot_codes, tracking_url
from app.carriers._numbers import Places, has_columns, places_of, read_rows
from app.carriers._text import one_line, overflow_fault, split, split_name
from app.carriers._write import FileForm, file_of
from app.domain.addresses import leading_prefecture, prefecture_of
from app.domain.intake import Head
from app.domain.orders import Address, Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Written

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

ID = "japanpost_web"
TITLE: Mapping[str, str] = {"ja": "日本郵便（Webゆうパックプリント）", "en": "Japan Post (Web Yu-Pack Print)"}
MOST_ROWS = 0

SLOTS: Mapping[Slot, str] = {
    Slot.MORNING: "60",
    Slot.T12_14: "62",
    Slot.T14_16: "63",
    Slot.T16_18: "64",
    Slot.T18_20: "65",
    Slot.T19_21: "67",
    Slot.T20_21: "66",
}
SERVICES: tuple[Service, ...] = (
    Service("yu_pack", {"ja": "ゆうパック", "en": "Yu-Pack"}, slots=frozenset(SLOTS), size=YU_PACK_SIZE),
)
ACCOUNT: tuple[AccountField, ...] = (
    AccountField("size", "60|80|100|120|140|160|170", required=False),
    SLOT_CODES,
)

_COLUMNS = 72
_LINE = 50
_RULES = Rules(SERVICES, SLOTS, most_days=30, most_phone=20)
_TEXTS = (Texts("contents", (35,), _LINE), Texts("remark", (33,), _LINE))
_TO_NAME, _SENDER_NAME = (17, 18, 8), (32, 23)
"""法人名, 部署名 where there is room for it, お名前: what stands before a name that is too long for its column."""
_TO_ADDRESS, _SENDER_ADDRESS = (12, 13, 14, 15), (27, 28, 29, 30)
"""都道府県, 市区町村郡, 丁目番地号, 建物名・部屋番号など."""
_KEY_AT = 62
_FORM = FileForm(header=False, quote_all=True)


def check(shipment: Shipment, today: date) -> tuple[Fault, ...]:
    """Return everything that this file forbids or cannot hold in *shipment*."""
    return (*check_shipment(shipment, today, _RULES), *_texts(shipment)[1])


def _texts(shipment: Shipment) -> tuple[dict[Column, str], list[Fault]]:
    laid_out, over_long = lay_out(shipment, _TEXTS)
    columns, faults = dict(laid_out), list(over_long)
    for whose, party, name_at, address_at in (
        ("to", shipment.to, _TO_NAME, _TO_ADDRESS),
        ("sender", shipment.sender, _SENDER_NAME, _SENDER_ADDRESS),
    ):
        name = one_line(party.name)
        company, person, over = split_name(name, _LINE, (_LINE,) * (len(name_at) - 1))
        if over:
            faults.append(overflow_fault(f"{whose}.name", name, over, _LINE))
        columns |= zip(name_at, (*company, person), strict=True)
        fields, over = _address(party)
        if over:
            faults.append(overflow_fault(f"{whose}.address", address_text(party), over, _LINE * len(address_at)))
        columns |= zip(address_at, fields, strict=True)
    return columns, faults


def _address(address: Address) -> tuple[list[str], str]:
    """Part an address into its four columns; return them and what finds no room.

    The city keeps its own column where it is known and the rest then fits; else all that follows the prefecture is
    parted over the three columns after it.
    """
    whole, city = address_text(address), one_line(address.city)
    given = one_line(address.prefecture)
    prefecture = given if prefecture_of(given) else leading_prefecture(whole)
    if city and prefecture == given:
        (first,), beyond = split(city, (_LINE,))
        fields, over = split(one_line(address.street), (_LINE, _LINE))
        if not beyond and not over:
            return [prefecture, first, *fields], ""
    fields, over = split(whole.removeprefix(prefecture), (_LINE,) * 3)
    return [prefecture, *fields], over


def write(shipments: Sequence[Shipment], account: Account, today: date) -> Written:
    """Return the file, every cell quoted and no header; raises where anything is wrong."""
    values = account_values(ID, ACCOUNT, account)

    def rows(shipment: Shipment) -> Iterator[list[str]]:
        yield _row(shipment, values)

    return file_of(ID, today, shipments, (), check, rows, _FORM)


def _row(shipment: Shipment, account: Account) -> list[str]:
    codes = slot_codes(SLOTS, account["slot_codes"])
    values = _texts(shipment)[0] | {
        1: "1",  # ゆうパック
        2: "0",  # prepaid
        7: "1",  # labels
        9: "様",
        11: postcode_text(shipment.to),
        16: phone_text(shipment.to),
        26: postcode_text(shipment.sender),
        31: phone_text(shipment.sender),
        38: f"{shipment.ship_on:%Y/%m/%d}",
        52: "" if shipment.deliver_on is None else f"{shipment.deliver_on:%Y/%m/%d}",
        53: "" if shipment.slot is None else codes[shipment.slot],
        _KEY_AT: shipment.key,
        63: account["size"],
        65: "0",
        72: "0",
    }
    return [values.get(number, "") for number in range(1, _COLUMNS + 1)]


# --- numbers back -----------------------------------------------------------------------------------------------

_KEY = ("摘要/記事", "摘要／記事")


def recognise(head: Head) -> int:
    """By the columns of the number and of 摘要/記事."""
    return 90 if has_columns(head, (NUMBER_COLUMNS, _KEY)) else 0


def read_numbers(file: ReturnedFile) -> Iterator[NumberRow | Problem]:
    """Stream a file with numbers that has a header row."""
    number, key = places_of(file, (NUMBER_COLUMNS, _KEY), "number.not_yupack_web")
    return read_rows(file, Places(key, number, file.first))
