"""Product files: one row per product, columns by name (:mod:`app.channels._product_columns`).

A bar code that cannot be right is left out and said; its product comes in all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

from app.channels._choose import channels
from app.channels._product_columns import LISTING_COLUMNS, PRODUCT_COLUMNS
from app.channels._source import END, Columns, SourceFile, damage_of
from app.domain.cartons import Orientation
from app.domain.gtin import has_good_check_digit, is_lower_book_code, to_14
from app.domain.intake import (
    LONGEST_KEY,
    ReadOptions,
    excel_damaged,
    fold_name,
    narrow,
    problem,
    read_block,
    read_line,
    read_money,
    read_quantity,
    read_rate,
)
from app.domain.lots import parse_day
from app.domain.orders import Problem
from app.domain.products import CodeKind, IncomingProduct, LotFrom, LotPolicy, ProductCode, sku_fold
from app.domain.sets import option_fold
from app.domain.shipping import Temperature
from app.errors import FileUnusable

__all__ = ["Names", "OneProduct", "column_name", "one_product", "read_products", "recognise_products"]

Names = Mapping[str, tuple[str, ...]]
"""Documented name of a column -> what a file calls it."""

_NAMES = {column.field: (column.field, *column.aliases) for column in PRODUCT_COLUMNS}
_LENGTHS = (8, 12, 13, 14)
_POLICIES = {
    "none": LotPolicy.NONE,
    "なし": LotPolicy.NONE,
    "無": LotPolicy.NONE,
    "lot": LotPolicy.LOT,
    "ロット": LotPolicy.LOT,
    "expiry": LotPolicy.EXPIRY,
    "期限": LotPolicy.EXPIRY,
    "賞味期限": LotPolicy.EXPIRY,
    "消費期限": LotPolicy.EXPIRY,
    "lot_expiry": LotPolicy.LOT_EXPIRY,
    "ロット期限": LotPolicy.LOT_EXPIRY,
    "ロット+期限": LotPolicy.LOT_EXPIRY,
    "ロット・期限": LotPolicy.LOT_EXPIRY,
    "serial": LotPolicy.SERIAL,
    "シリアル": LotPolicy.SERIAL,
}
_LOT_FROM = {"auto": LotFrom.AUTO, "自動": LotFrom.AUTO, "scan": LotFrom.SCAN, "スキャン": LotFrom.SCAN}
_SWITCHES = dict.fromkeys(("yes", "on", "true", "1", "はい", "○", "〇", "する", "可"), True) | dict.fromkeys(
    ("no", "off", "false", "0", "いいえ", "×", "しない", "不可"), False
)
_MOST_DAYS = 3_650
_MOST_CUSHION_MM = 500
_LONGEST_NOTE = 500
"""Characters of a packing note that can still be read at a glance."""
_TEMPERATURES = {
    "ambient": Temperature.AMBIENT,
    "常温": Temperature.AMBIENT,
    "chilled": Temperature.CHILLED,
    "冷蔵": Temperature.CHILLED,
    "frozen": Temperature.FROZEN,
    "冷凍": Temperature.FROZEN,
}
_ORIENTATIONS = {
    "any": Orientation.ANY,
    "自由": Orientation.ANY,
    "なし": Orientation.ANY,
    "upright": Orientation.UPRIGHT,
    "立てる": Orientation.UPRIGHT,
    "縦置き": Orientation.UPRIGHT,
    "天地無用": Orientation.UPRIGHT,
    "lying": Orientation.LYING,
    "寝かせる": Orientation.LYING,
    "平置き": Orientation.LYING,
    "横置き": Orientation.LYING,
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NONE = ("none", "なし", "-")
"""Takes away what is stored."""
_WEIGHT = re.compile(r"(\d{1,7}(?:\.\d{1,3})?) ?(g|kg)?", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,2})?) ?(mm|cm)?", re.IGNORECASE)
_LONGEST_CATEGORY = 100
_LONGEST_TEXT = 4_000
"""Characters of the house's own note."""
_LISTING = frozenset(map(fold_name, LISTING_COLUMNS))
HEAVIEST_G = 100_000
LONGEST_MM = 5_000


def recognise_products(file: SourceFile) -> bool:
    """Whether *file* can be a product file: it names a SKU and something about a product, and is no order file."""
    if any(each.recognise(file.head) for each in channels()):
        return False
    columns = Columns(file)
    about = ("name", "code", "weight_g", "shelf", "parts", "option_texts")
    return columns.at(*_NAMES["sku"]) is not None and any(columns.at(*_NAMES[each]) is not None for each in about)


def column_name(file: SourceFile, field: str, names: Names | None = None) -> str:
    """Return what *file* calls a column; its documented name where it has none."""
    at = Columns(file).at(*(names or _NAMES).get(field, (field,)))
    return field if at is None else file.header[at]


def read_products(
    file: SourceFile, options: ReadOptions, names: Names | None = None
) -> Iterator[IncomingProduct | Problem]:
    """Stream the products of *file*, each after its problems; raises at once where there is no column ``sku``.

    :param names: what the file calls its columns; None for the documented names and their aliases.
    """
    del options  # product files have no times; the argument keeps readers alike
    columns = Columns(file)
    known = _NAMES if names is None else names
    columns.require({"sku": known.get("sku", ("sku",))})
    return _Reader(file, columns, known).read()


@dataclass(frozen=True, slots=True)
class OneProduct(SourceFile):
    """One product as texts, read like a row of a product file; made by :func:`one_product`."""

    cells: tuple[str, ...] = ()

    def records(self) -> Iterator[list[str]]:
        """Its only row, then ``[END]``."""
        yield list(self.cells)
        yield [END]


def one_product(texts: Mapping[str, str]) -> OneProduct:
    """Return a product's texts, by the documented names of their columns, as a file of one row."""
    return OneProduct(Path(), "", 0, "utf-8", ",", tuple(texts), 1, cells=tuple(texts.values()))


class _Reader:
    """Reads one product file; knows which SKUs and codes were there before."""

    def __init__(self, file: SourceFile, columns: Columns, names: Names) -> None:
        self._file = file
        self._notes: list[Problem] = []
        self._at = {field: at for field, own in names.items() if (at := columns.at(*own)) is not None}
        self._codes = _code_columns(columns, names.get("code", ()))
        self._listings = _listing_columns(columns)
        self._doubled = list(columns.doubled(tuple(file.header[at] for at in self._at.values())))
        self._row: list[str] = []
        self._number = 0
        self._skus: dict[str, int] = {}
        self._owners: dict[str, str] = {}
        self._text_owners: dict[tuple[str, str], str] = {}

    def read(self) -> Iterator[IncomingProduct | Problem]:
        yield from (each for each in self._doubled if fold_name(each.column) not in self._code_names())
        yield from self._file.notes
        width = len(self._file.header)
        damage = damage_of(self._file)
        some = False
        for number, row in enumerate(self._file.records(), self._file.skipped + 1):
            if row == [END]:
                break
            if not any(map(str.strip, row)):
                continue
            some = True
            if key := damage(row):
                cells = {"cells": str(len(row)), "columns": str(width)}
                yield problem(self._file.name, number, "", row[0].removesuffix(END), key, **cells)
                continue
            self._row, self._number = row[:width], number
            product = self._product()
            yield from self._notes
            self._notes.clear()
            if product is not None:
                yield product
        if not some:
            raise FileUnusable("file.no_rows", file=self._file.name)

    def _code_names(self) -> set[str]:
        return {fold_name(self._file.header[at]) for at in self._codes}

    def _say(self, at: int | None, value: str, key: str, **args: str) -> None:
        column = "" if at is None else self._file.header[at]
        self._notes.append(problem(self._file.name, self._number, column, value, key, **args))

    def _text(self, field: str) -> str | None:
        """The cell of *field*; None where the file has no such column or the cell is empty."""
        at = self._at.get(field)
        if at is None:
            return None
        clean, control = read_line(self._row[at])
        if control:
            self._say(at, self._row[at], "cell.control_character")
        return clean or None

    def _product(self) -> IncomingProduct | None:
        sku = self._text("sku")
        at = self._at["sku"]
        if not sku:
            self._say(at, "", "product.no_sku")
            return None
        if len(sku) > LONGEST_KEY:
            self._say(at, sku, "row.key_too_long", most=str(LONGEST_KEY))
            return None
        if excel_damaged(sku):
            self._say(at, sku, "cell.excel_damage")
            return None
        first = self._skus.setdefault(sku, self._number)
        if first != self._number:
            self._say(at, sku, "product.sku_twice", first=str(first))
            return None
        return IncomingProduct(
            sku=sku,
            name=self._text("name"),
            name_en=self._text("name_en"),
            codes=self._product_codes(sku),
            weight_g=self._weight(),
            size_mm=self._size(),
            picture=self._picture("picture"),
            shelf=self._text("shelf"),
            lot_policy=self._policy(),
            opening_stock=self._stock(),
            opening_lot=self._text("stock_lot") or "",
            opening_expiry=self._expiry(),
            lot_from=self._lot_from(),
            min_days=self._min_days(),
            keyed=self._switch("keyed"),
            no_code=self._switch("no_code"),
            unit_scan=self._switch("unit_scan"),
            parts=self._parts(),
            option_texts=self._option_texts(sku),
            temperature=self._temperature(),
            on_sale_from=self._day("on_sale_from"),
            fragile=self._switch("fragile"),
            orientation=self._orientation(),
            liquid=self._switch("liquid"),
            dangerous=self._switch("dangerous"),
            pressed_mm=self._millimetres("pressed_mm", least=1, most=LONGEST_MM),
            cushion_mm=self._millimetres("cushion_mm", least=0, most=_MOST_CUSHION_MM),
            own_carton=self._switch("own_carton"),
            pack_note=self._note("pack_note", _LONGEST_NOTE),
            pack_picture=self._picture("pack_picture"),
            price=self._price(),
            tax_rate=self._tax_rate(),
            on_sale_to=self._day("on_sale_to"),
            category=self._note("category", _LONGEST_CATEGORY),
            note=self._block("note", _LONGEST_TEXT),
            retired=self._switch("retired"),
            listings=self._of_shops(),
            row=self._number,
        )

    # --- codes --------------------------------------------------------------------------------------------------

    def _product_codes(self, sku: str) -> tuple[ProductCode, ...] | None:
        """Codes of all code columns; None where the file has no such column, so that stored codes stay."""
        if not self._codes:
            return None
        usual = self._usual_quantity()
        found: dict[str, ProductCode] = {}
        for at in self._codes:
            for written in re.split(r"[;\n]", self._row[at].replace("\uff1b", ";")):
                code = self._code(at, written, usual)
                if code is None:
                    continue
                if code.code in found:
                    self._say(at, written.strip(), "code.twice")
                    continue
                owner = self._owners.setdefault(code.code, sku)
                if owner != sku:
                    self._say(at, written.strip(), "code.on_several_products", sku=sku, other=owner)
                found[code.code] = code
        return tuple(found.values())

    def _usual_quantity(self) -> int:
        at = self._at.get("quantity")
        if at is None or not self._row[at].strip():
            return 1
        pieces, key = read_quantity(self._row[at])
        if not pieces:
            self._say(at, self._row[at], "product.bad_number")
        elif key:
            self._say(at, self._row[at], key, quantity=str(pieces))
        return pieces or 1

    def _code(self, at: int, written: str, usual: int) -> ProductCode | None:
        clean, control = read_line(written)
        if control:
            self._say(at, written, "cell.control_character")
        text, equals, amount = clean.replace("\uff1d", "=").partition("=")
        text = text.strip().strip("'")
        if not text:
            return None
        pieces = usual
        if equals:
            pieces, key = read_quantity(amount)
            if not pieces:
                self._say(at, clean, "code.bad_quantity")
                return None
            if key:
                self._say(at, clean, key, quantity=str(pieces))
        if excel_damaged(text):
            self._say(at, text, "cell.excel_damage")
            return None
        digits = re.sub(r"(?<=\d)[ -](?=\d)", "", narrow(text)).removesuffix(".0")
        if not (digits.isascii() and digits.isdigit()):
            return ProductCode(text, pieces, CodeKind.TEXT)
        return self._digits(at, digits, pieces, named=bool(equals))

    def _digits(self, at: int, digits: str, pieces: int, *, named: bool) -> ProductCode | None:
        """Judge a code of digits only: a GTIN, a GTIN whose zeros a spreadsheet dropped, or a shop's own number."""
        good = to_14(digits)
        if good is None and len(digits) in _LENGTHS:
            self._say(at, digits, "code.bad_check_digit")
            return None
        if is_lower_book_code(digits):
            self._say(at, digits, "code.lower_of_book")
            return None
        if good is None and 6 < len(digits) < 12 and has_good_check_digit(digits):
            # Leading zeros do not change a check digit, so it proves that only they are missing.
            whole = digits.zfill(8 if len(digits) < 8 else 12)
            self._say(at, digits, "code.zeros_restored", restored=whole)
            good = to_14(whole)
        if good is None:
            return ProductCode(digits, pieces, CodeKind.TEXT)
        if good[0] not in "09" and pieces == 1 and not named:
            self._say(at, digits, "code.case_without_quantity")
        return ProductCode(good, pieces, CodeKind.GTIN)

    # --- sets and option texts ----------------------------------------------------------------------------------

    def _entries(self, field: str) -> list[str] | None:
        """What stands in a cell parted by ``;``; None where the file has no such column."""
        at = self._at.get(field)
        if at is None:
            return None
        found = []
        for written in re.split(r"[;\n]", self._row[at].replace("\uff1b", ";")):
            clean, control = read_line(written)
            if control:
                self._say(at, written, "cell.control_character")
            if clean:
                found.append(clean)
        return found

    def _parts(self) -> tuple[tuple[str, int], ...] | None:
        entries = self._entries("parts")
        if entries is None:
            return None
        at = self._at["parts"]
        found: dict[str, int] = {}
        for entry in entries:
            written, equals, amount = entry.replace("\uff1d", "=").rpartition("=")
            sku, pieces = (written.strip(), 0) if equals else (entry, 1)
            if equals:
                pieces, key = read_quantity(amount)
                if pieces and key:
                    self._say(at, entry, key, quantity=str(pieces))
            if not pieces or not sku:
                self._say(at, entry, "part.bad_quantity")
                return None  # a set with half its parts would be picked wrong: what is stored stays
            if excel_damaged(sku):
                self._say(at, sku, "cell.excel_damage")
                return None
            if sku in found:
                self._say(at, entry, "part.twice", quantity=str(found[sku] + pieces))
            found[sku] = found.get(sku, 0) + pieces
        return tuple(found.items())

    def _option_texts(self, sku: str) -> tuple[tuple[str, str], ...] | None:
        entries = self._entries("option_texts")
        if entries is None:
            return None
        at = self._at["option_texts"]
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for entry in entries:
            parent, colon, text = (part.strip() for part in entry.replace("\uff1a", ":").partition(":"))
            if not parent or not text:
                self._say(at, entry, "option.no_text" if parent and colon else "option.no_parent")
                continue
            key = sku_fold(parent), option_fold(text)
            owner = self._text_owners.setdefault(key, sku)
            if owner != sku:
                self._say(at, entry, "option.on_several_products", sku=sku, other=owner)
            elif key in found:
                self._say(at, entry, "option.twice")
            else:
                found[key] = parent, text
        return tuple(found.values())

    # --- sizes and the rest -------------------------------------------------------------------------------------

    def _weight(self) -> int | None:
        text = self._text("weight_g")
        if text is None:
            return None
        matched = _WEIGHT.fullmatch(narrow(text).replace(",", ""))
        if matched is None:
            self._say(self._at["weight_g"], text, "product.bad_number")
            return None
        grams = round(float(matched[1]) * (1000 if (matched[2] or "").casefold() == "kg" else 1))
        if not 0 < grams <= HEAVIEST_G:
            self._say(self._at["weight_g"], text, "product.impossible_weight", limit=f"{HEAVIEST_G // 1000} kg")
            return None
        return grams

    def _size(self) -> tuple[int, int, int] | None:
        sides = [(field, self._text(field)) for field in ("length_mm", "width_mm", "height_mm")]
        if not any(text for _, text in sides):
            return None
        found: list[int] = []
        for field, text in sides:
            at = self._at.get(field)
            if text is None:
                self._say(at, "", "product.size_incomplete")
                return None
            matched = _LENGTH.fullmatch(narrow(text).replace(",", ""))
            if matched is None:
                self._say(at, text, "product.bad_number")
                return None
            side = round(float(matched[1]) * (10 if (matched[2] or "").casefold() == "cm" else 1))
            if not 0 < side <= LONGEST_MM:
                self._say(at, text, "product.impossible_size", limit=f"{LONGEST_MM} mm")
                return None
            found.append(side)
        return found[0], found[1], found[2]

    def _picture(self, field: str) -> str | None:
        text = self._text(field)
        if text is None:
            return None
        if field == "pack_picture" and fold_name(text) in _NONE:
            return ""
        posix, windows = PurePosixPath(text.replace("\\", "/")), PureWindowsPath(text)
        if posix.is_absolute() or windows.drive or ".." in posix.parts or ":" in text:
            self._say(self._at[field], text, "product.picture_outside")
            return None
        return str(posix)

    def _policy(self) -> LotPolicy | None:
        text = self._text("lot_policy")
        if text is None:
            return None
        policy = _POLICIES.get(fold_name(text))
        if policy is None:
            self._say(self._at["lot_policy"], text, "product.bad_lot_policy")
        return policy

    def _lot_from(self) -> LotFrom | None:
        text = self._text("lot_from")
        if text is None:
            return None
        found = _LOT_FROM.get(fold_name(text))
        if found is None:
            self._say(self._at["lot_from"], text, "product.bad_lot_from")
        return found

    def _expiry(self) -> str:
        text = self._text("stock_expiry")
        day = parse_day(narrow(text)) if text else ""
        if day is None:
            self._say(self._at["stock_expiry"], text or "", "product.bad_day")
        return day or ""

    def _min_days(self) -> int | None:
        text = self._text("min_days")
        if text is None:
            return None
        if fold_name(text) in _NONE:
            return -1
        number = narrow(text)
        if not (number.isascii() and number.isdigit() and int(number) <= _MOST_DAYS):
            self._say(self._at["min_days"], text, "product.bad_number")
            return None
        return int(number)

    def _switch(self, field: str) -> bool | None:
        text = self._text(field)
        if text is None:
            return None
        found = _SWITCHES.get(fold_name(text))
        if found is None:
            self._say(self._at[field], text, "product.bad_switch")
        return found

    def _temperature(self) -> Temperature | None:
        text = self._text("temperature")
        if text is None:
            return None
        found = _TEMPERATURES.get(fold_name(text))
        if found is None:
            self._say(self._at["temperature"], text, "product.bad_temperature")
        return found

    def _orientation(self) -> Orientation | None:
        text = self._text("orientation")
        if text is None:
            return None
        found = _ORIENTATIONS.get(fold_name(text))
        if found is None:
            self._say(self._at["orientation"], text, "product.bad_orientation")
        return found

    def _millimetres(self, field: str, *, least: int, most: int) -> int | None:
        """Return a thickness; -1 where the cell says that there is none."""
        text = self._text(field)
        if text is None:
            return None
        if fold_name(text) in _NONE:
            return -1
        matched = _LENGTH.fullmatch(narrow(text).replace(",", ""))
        if matched is None:
            self._say(self._at[field], text, "product.bad_number")
            return None
        thick = round(float(matched[1]) * (10 if (matched[2] or "").casefold() == "cm" else 1))
        if not least <= thick <= most:
            self._say(self._at[field], text, "product.bad_thickness", least=str(least), most=str(most))
            return None
        return thick

    def _note(self, field: str, most: int) -> str | None:
        return self._at_most(field, self._text(field), most)

    def _block(self, field: str, most: int) -> str | None:
        at = self._at.get(field)
        if at is None:
            return None
        clean, control = read_block(self._row[at])
        if control:
            self._say(at, self._row[at], "cell.control_character")
        return self._at_most(field, clean or None, most)

    def _at_most(self, field: str, text: str | None, most: int) -> str | None:
        if text is None:
            return None
        if len(text) > most:
            self._say(self._at[field], text[:80], "product.long_note", most=str(most))
            return None
        return "" if fold_name(text) in _NONE else text

    def _day(self, field: str) -> str | None:
        text = self._text(field)
        if text is None:
            return None
        if fold_name(text) in _NONE:
            return ""
        matched = _DAY.fullmatch(narrow(text))
        try:
            day = date(*map(int, matched.groups())) if matched else None
        except ValueError:
            day = None
        if day is None or not 1990 <= day.year <= 2100:
            self._say(self._at[field], text, "product.bad_day")
            return None
        return day.isoformat()

    def _price(self) -> str | None:
        text = self._text("price")
        if text is None:
            return None
        if fold_name(text) in _NONE:
            return ""
        amount = read_money(text)
        if not amount or amount.startswith("-"):
            self._say(self._at["price"], text, "product.bad_number")
            return None
        return amount

    def _tax_rate(self) -> str | None:
        text = self._text("tax_rate")
        if text is None:
            return None
        if fold_name(text) in _NONE:
            return ""
        rate = read_rate(text)
        if not rate or len(rate) > 8:
            self._say(self._at["tax_rate"], text, "product.bad_number")
            return None
        return rate

    def _of_shops(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Codes by shop; an empty cell leaves what is stored."""
        found: dict[str, tuple[str, ...]] = {}
        for shop, at in self._listings:
            text, control = read_line(self._row[at])
            if control:
                self._say(at, self._row[at], "cell.control_character")
            if not text:
                continue
            parts = [part.strip() for part in text.replace("\uff1b", ";").split(";")]
            codes = [] if fold_name(text) in _NONE else list(dict.fromkeys(part for part in parts if part))
            if damaged := [code for code in codes if excel_damaged(code)]:
                self._say(at, damaged[0], "cell.excel_damage")
                continue
            found[shop] = tuple(codes)
        return tuple(found.items())

    def _stock(self) -> int | None:
        text = self._text("stock")
        if text is None:
            return None
        pieces, key = read_quantity(text)
        if key and key not in {"line.quantity_zero", "line.quantity_normalised"}:
            self._say(self._at["stock"], text, "product.bad_number")
            return None
        return pieces


def _code_columns(columns: Columns, known: tuple[str, ...]) -> list[int]:
    """Columns of codes: every alias, each as often as it stands there, and numbered ones (``code2``, ``JAN3``)."""
    names = {fold_name(name) for name in known}
    return [at for at, name in enumerate(columns.names) if re.sub(r"[_-]?\d+$", "", fold_name(name)) in names]


def _listing_columns(columns: Columns) -> list[tuple[str, int]]:
    """Columns of shops' own codes, ``code@My shop``: the name of the shop and the place."""
    found = []
    for at, name in enumerate(columns.names):
        before, sign, shop = name.replace("\uff20", "@").partition("@")
        if sign and shop.strip() and fold_name(before) in _LISTING:
            found.append((shop.strip(), at))
    return found
