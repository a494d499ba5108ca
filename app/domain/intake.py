"""Reading files of orders and products: the values handed over, and pure readers of one cell.

Opens nothing and knows no shop's layout. A reader returns what it understood and, where something was odd, the key of
the sentence that says so; whoever knows the row and the column makes the :class:`~app.domain.orders.Problem` of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.orders import Problem

__all__ = [
    "LEVELS",
    "LONGEST_KEY",
    "NO_SKU",
    "Head",
    "Level",
    "ReadOptions",
    "excel_damaged",
    "excel_date",
    "fold_name",
    "level_of",
    "narrow",
    "placeholders",
    "problem",
    "read_block",
    "read_email",
    "read_line",
    "read_moment",
    "read_money",
    "read_quantity",
    "read_rate",
]

NO_SKU = "(no SKU)"
"""Stands for the code of a line that has none: no product can have it, so the order stays held, whole and visible."""

LARGEST_QUANTITY = 9_999_999
"""More pieces than this on one line is a typing error or a bar code in the wrong column."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a channel recognises a file by."""

    file: str
    """File name without folder."""
    names: tuple[str, ...]
    """Cells of the header row as written."""
    folded: frozenset[str]
    """The same after :func:`fold_name`."""

    def has(self, *names: str) -> bool:
        """Whether every one of *names* is a column, in whatever width, case and spacing."""
        return all(fold_name(name) in self.folded for name in names)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the shop decides about reading its files."""

    timezone: str = "Asia/Tokyo"
    """Time zone of times that name none."""
    mapping: str = ""
    """Channel ``csv``: name of a mapping in ``resources/mappings`` or path of a TOML file; empty: by recognition."""
    mapping_text: str = ""
    """Channel ``csv``: the mapping itself as TOML text; goes before :attr:`mapping`."""
    non_goods: frozenset[str] = frozenset()
    """SKUs that are no goods in this shop (postage, wrapping), beside those the channel knows."""
    swap_names: bool = False
    """Channel ``shopify``: turn "given family" round where both parts are written in Japanese."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The shop's own names in free text (setting ``intake.keys``): folded name -> ``date``, ``time``, ``gift`` …"""
    now: int = 0
    """When it is read, milliseconds since 1970 UTC; 0: nothing is judged by the clock."""


class Level(StrEnum):
    """How much a problem matters to the person who reads the file."""

    INFO = "info"
    """Put right or left out by rule; nothing to do."""
    WARNING = "warning"
    """Taken in, but somebody should look."""
    ERROR = "error"
    """Something could not be taken in."""


LEVELS: Mapping[str, Level] = {
    # Addresses (app.domain.address_check): an error holds the order, a warning is told.
    "fault.abroad": Level.ERROR,
    "fault.missing": Level.ERROR,
    "fault.masked": Level.ERROR,
    "fault.bad_postcode": Level.ERROR,
    "fault.postcode_unknown": Level.ERROR,
    "fault.postcode_prefecture": Level.ERROR,
    "fault.postcode_city": Level.ERROR,
    "fault.postcode_town": Level.WARNING,
    "fault.bad_prefecture": Level.ERROR,
    "fault.no_prefecture": Level.ERROR,
    "fault.two_prefectures": Level.ERROR,
    "fault.prefecture_twice": Level.WARNING,
    "fault.no_city": Level.WARNING,
    "fault.city_unknown": Level.WARNING,
    "fault.no_ward": Level.WARNING,
    "fault.no_town": Level.ERROR,
    "fault.no_block": Level.WARNING,
    "fault.bad_phone": Level.ERROR,
    "fault.filler_phone": Level.WARNING,
    "fault.character": Level.ERROR,
    "fault.character_unknown": Level.ERROR,
    "fault.rare_character": Level.WARNING,
    "fault.too_long": Level.ERROR,
    "order.address_overruled": Level.WARNING,
    "shelf.no_code": Level.ERROR,
    "shelf.long_code": Level.ERROR,
    "shelf.code_twice": Level.ERROR,
    "shelf.bad_metres": Level.ERROR,
    "shelf.half_a_place": Level.ERROR,
    "inserts.bad.kind": Level.ERROR,
    "inserts.bad.word": Level.ERROR,
    "inserts.bad.number": Level.ERROR,
    "inserts.bad.day": Level.ERROR,
    "inserts.bad.nth": Level.ERROR,
    "inserts.bad.switch": Level.ERROR,
    "inserts.bad.prefecture": Level.ERROR,
    "inserts.bad.knots": Level.ERROR,
    "inserts.bad.twice": Level.ERROR,
    "carton_list.no_code": Level.ERROR,
    "carton_list.bad_code": Level.ERROR,
    "carton_list.code_twice": Level.ERROR,
    "carton_list.bad_kind": Level.ERROR,
    "carton_list.bad_number": Level.ERROR,
    "carton_list.bad_size": Level.ERROR,
    "carton_list.size_incomplete": Level.ERROR,
    "carton_list.new_incomplete": Level.ERROR,
    "carton_list.impossible_size": Level.ERROR,
    "carton_list.size_in_cm": Level.ERROR,
    "carton_list.inner_larger": Level.ERROR,
    "carton_list.walls": Level.ERROR,
    "carton_list.carries_nothing": Level.ERROR,
    "carton_list.weight_in_kg": Level.ERROR,
    "carton_list.impossible_weight": Level.ERROR,
    "carton_list.below_zero": Level.ERROR,
    "carton_list.too_long": Level.ERROR,
    "carton_list.unknown_service": Level.ERROR,
    "cell.control_character": Level.INFO,
    "cell.excel_damage": Level.ERROR,
    "cell.excel_date": Level.WARNING,
    "cell.bad_email": Level.INFO,
    "cell.formula_empty": Level.WARNING,
    "cell.formula_error": Level.WARNING,
    "cell.zeros_restored": Level.INFO,
    "cell.bad_money": Level.WARNING,
    "cell.bad_date": Level.WARNING,
    "fix.no_place": Level.WARNING,
    "header.duplicate_column": Level.WARNING,
    "row.truncated": Level.ERROR,
    "row.short": Level.WARNING,
    "row.too_many_columns": Level.ERROR,
    "row.field_too_large": Level.ERROR,
    "row.misquoted": Level.ERROR,
    "row.no_order_number": Level.ERROR,
    "row.repeated": Level.WARNING,
    "row.unknown_kind": Level.ERROR,
    "row.key_too_long": Level.ERROR,
    "order.too_many_lines": Level.ERROR,
    "line.no_sku": Level.ERROR,
    "line.non_goods": Level.INFO,
    "line.no_shipping_needed": Level.INFO,
    "line.already_shipped": Level.INFO,
    "line.option_alone": Level.WARNING,
    "line.partly_shipped": Level.WARNING,
    "line.same_sku": Level.INFO,
    "line.quantity_missing": Level.ERROR,
    "line.quantity_zero": Level.INFO,
    "line.quantity_negative": Level.ERROR,
    "line.quantity_not_number": Level.ERROR,
    "line.quantity_fraction": Level.ERROR,
    "line.quantity_too_large": Level.ERROR,
    "line.quantity_normalised": Level.INFO,
    "order.no_lines": Level.ERROR,
    "order.which_ship_to": Level.ERROR,
    "order.cancelled_in_shop": Level.INFO,
    "order.merge_proposed": Level.INFO,
    "order.cancel_asked": Level.WARNING,
    "order.cancel_likely": Level.WARNING,
    "order.partly_refunded": Level.WARNING,
    "order.already_shipped": Level.INFO,
    "order.waits_for_shop": Level.INFO,
    "order.not_an_order": Level.INFO,
    "order.excel_damage": Level.ERROR,
    "order.inconsistent": Level.WARNING,
    "order.unknown_status": Level.WARNING,
    "order.cod_split": Level.WARNING,
    "order.cod_rest": Level.WARNING,
    "order.mall_warning": Level.WARNING,
    "order.cancel_open": Level.WARNING,
    "order.remote_island": Level.WARNING,
    "order.address_awaited": Level.INFO,
    "join.no_lines": Level.ERROR,
    "join.not_there": Level.WARNING,
    "join.twice": Level.WARNING,
    "product.no_sku": Level.ERROR,
    "product.sku_twice": Level.ERROR,
    "product.bad_number": Level.WARNING,
    "product.impossible_size": Level.WARNING,
    "product.impossible_weight": Level.WARNING,
    "product.size_incomplete": Level.WARNING,
    "product.bad_lot_policy": Level.WARNING,
    "product.bad_lot_from": Level.WARNING,
    "product.bad_orientation": Level.WARNING,
    "product.bad_thickness": Level.WARNING,
    "product.long_note": Level.WARNING,
    "product.bad_switch": Level.WARNING,
    "product.picture_outside": Level.WARNING,
    "product.bad_temperature": Level.WARNING,
    "product.bad_day": Level.WARNING,
    "part.bad_quantity": Level.ERROR,
    "part.twice": Level.WARNING,
    "option.no_parent": Level.ERROR,
    "option.no_text": Level.ERROR,
    "option.on_several_products": Level.ERROR,
    "option.twice": Level.INFO,
    "code.bad_check_digit": Level.ERROR,
    "code.bad_quantity": Level.ERROR,
    "code.case_without_quantity": Level.WARNING,
    "code.lower_of_book": Level.ERROR,
    "code.on_several_products": Level.WARNING,
    "code.twice": Level.INFO,
    "code.zeros_restored": Level.INFO,
}
"""Every key of a problem that a reader can report, and how much it matters."""


def level_of(found: Problem) -> Level:
    """How much *found* matters; a key that is not ours counts as an error."""
    return LEVELS.get(found.key, Level.ERROR)


LONGEST_KEY = 200
"""Characters of an order's number or a product's code; a longer text is neither, and no database indexes it."""


def problem(file: str, row: int, column: str, value: str, key: str, **args: str) -> Problem:
    """Make a problem; the value is cleaned for the screen and shortened."""
    shown = value if value.isprintable() else _UNSEEN.sub(" ", value)
    return Problem(file, row, column, shown[:120], key, tuple(args.items()))


def placeholders(found: Problem) -> dict[str, str]:
    """Return everything a problem's sentence may name."""
    at = {"file": found.file, "row": str(found.row), "column": found.column, "value": found.value}
    return at | dict(found.args)


# --- text -------------------------------------------------------------------------------------------------------

_BREAKS = re.compile("[\\t\\n\\v\\f\\r\\x85\\u2028\\u2029]+")
_CONTROL = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)
_UNSEEN = re.compile(f"{_BREAKS.pattern}|{_CONTROL.pattern}")


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a column name in the form in which names are compared: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def narrow(value: str) -> str:
    """Return digits, signs and letters in their half-width form, hyphens as one kind; for numbers, not for names."""
    if value.isascii():
        return value.strip()
    return re.sub("[\u2010-\u2015\u2212\u30fc]", "-", unicodedata.normalize("NFKC", value)).strip()


def read_line(value: str) -> tuple[str, bool]:
    """Return text meant for one line, stripped, and whether control characters had to be taken out of it."""
    if value.isprintable():
        return value.strip(), False
    clean = _CONTROL.sub("", value)
    return _BREAKS.sub(" ", clean).strip(), clean != value


def read_block(value: str) -> tuple[str, bool]:
    """Like :func:`read_line` for text of several lines, whose line breaks are kept as ``\\n``."""
    if value.isprintable():
        return value.strip(), False
    clean = _CONTROL.sub("", value)
    lines = [line.strip() for line in clean.replace("\t", " ").splitlines()]
    return "\n".join(lines).strip(), clean != value


# --- numbers ----------------------------------------------------------------------------------------------------

_EXCEL = re.compile(r"[+-]?\d+(?:\.\d+)?E\+\d+")
_WHOLE = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?")
_FRACTION = re.compile(r"[+-]?\d*\.\d+")
_MONEY = re.compile(r"-?\d+(?:\.\d+)?")


def excel_damaged(value: str) -> bool:
    """Whether a spreadsheet turned a long number into ``4.44E+11``: its digits are lost for good."""
    return "+" in value and _EXCEL.fullmatch(narrow(value).upper()) is not None


_EXCEL_DATE = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}-(?:{0})|(?:{0})-\d{1,2}".replace(
        "{0}", "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    )
)


def excel_date(value: str) -> bool:
    """Whether a spreadsheet turned ``3-1`` into ``3月1日`` or ``1-Mar``, and ``1-2-3`` into ``2001/2/3``.

    For cells that hold no date; what stood there before can no longer be told for certain.
    """
    return ("月" in value or "/" in value or "-" in value) and _EXCEL_DATE.fullmatch(narrow(value)) is not None


_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


def read_email(value: str) -> str | None:
    """Return a mail address in half-width characters; empty for an empty cell, None for what is no address."""
    plain = narrow(value).removeprefix("mailto:")
    if not plain:
        return ""
    return plain if len(plain) <= 254 and plain.isascii() and _EMAIL.fullmatch(plain) else None


@lru_cache(maxsize=4096)
def read_quantity(value: str) -> tuple[int, str]:
    """Return the pieces of a line and the key of what is odd about the cell; 0 pieces means: no line.

    ``line.quantity_normalised`` comes with a good quantity (full-width digits, thousands commas, a ``.0``).
    """
    if value.isascii() and value.isdigit() and len(value) <= 7:
        number = int(value)
        return (number, "") if number else (0, "line.quantity_zero")
    plain = narrow(value)
    if not plain:
        return 0, "line.quantity_missing"
    if excel_damaged(plain):
        return 0, "cell.excel_damage"
    if not plain.isascii():
        return 0, "line.quantity_not_number"
    if _WHOLE.fullmatch(plain):
        whole = plain.split(".")[0].replace(",", "")
        if whole.startswith("-") and whole.strip("-0"):
            return 0, "line.quantity_negative"
        digits = whole.lstrip("+-").lstrip("0")
        if not digits:
            return 0, "line.quantity_zero"
        if len(digits) > 7:
            return 0, "line.quantity_too_large"
        return int(digits), "" if plain == value.strip() and plain.isdigit() else "line.quantity_normalised"
    return 0, "line.quantity_fraction" if _FRACTION.fullmatch(plain) else "line.quantity_not_number"


@lru_cache(maxsize=4096)
def read_money(value: str) -> str | None:
    """Return an amount as plain decimal text without trailing zeros; empty for an empty cell, None for no amount."""
    if value.isascii() and value.isdigit():
        return value.lstrip("0") or "0"
    plain = narrow(value).strip("¥\\円$€£ ").replace(",", "").replace(" ", "")
    if not plain:
        return ""
    if not plain.isascii() or _MONEY.fullmatch(plain) is None or len(plain) > 20:
        return None
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain


@lru_cache(maxsize=256)
def read_rate(value: str) -> str | None:
    """Return a tax rate as decimal text: ``0.1``, ``10`` and ``10%`` are all ``0.1``; None for no rate."""
    plain = narrow(value).rstrip("% ")
    if not plain:
        return ""
    try:
        rate = Decimal(plain)
    except InvalidOperation:
        return None
    if not rate.is_finite() or not 0 <= rate <= 100:
        return None
    if rate >= 1:
        rate /= 100
    return f"{rate.normalize():f}"


# --- times ------------------------------------------------------------------------------------------------------

_LOOSE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(?:\([^)]*\))?[ T]*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})秒?(?:\.\d+)?|分)?)?"
    r" *(Z|UTC|[+-]\d{2}:?\d{2})?"
)


@lru_cache(maxsize=4096)
def read_moment(value: str, zone: str, formats: tuple[str, ...] = ()) -> int | None:
    """Return a written time as milliseconds since 1970 UTC; a time that names no zone is in *zone*.

    :param formats: ``strptime`` formats tried first; without any, year-month-day forms are understood.
    """
    plain = narrow(value)
    found = _by_formats(plain, formats) if formats else _loose(plain)
    if found is None or not 1990 <= found.year <= 2100:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    return int(found.timestamp()) * 1000


def _by_formats(plain: str, formats: tuple[str, ...]) -> datetime | None:
    for wanted in formats:
        try:
            return datetime.strptime(plain, wanted)  # noqa: DTZ007 - the shop's zone is put on by the caller
        except ValueError:
            continue
    return None


def _loose(plain: str) -> datetime | None:
    matched = _LOOSE.fullmatch(plain)
    if matched is None:
        return None
    year, month, day, hour, minute, second, zone = matched.groups()
    offset = {"Z": "+00:00", "UTC": "+00:00", None: ""}.get(zone, zone)
    text = f"{year}-{month:0>2}-{day:0>2}T{hour or '0':0>2}:{minute or '0':0>2}:{second or '0':0>2}{offset}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
