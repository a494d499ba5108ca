"""Files of cartons 箱の一覧: one row per carton, columns by name in Japanese or English.

A row that cannot be read is left out and said; what cannot be right about a carton as a whole is for
:func:`app.domain.carton_list.wrongs_of` to say, once it is laid over what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from app.channels._source import END, Columns, SourceFile, damage_of
from app.domain.carton_list import IncomingCarton, is_code, read_code, read_grams, read_kind, read_mm, read_size
from app.domain.cartons import Size
from app.domain.intake import fold_name, narrow, problem, read_line
from app.domain.orders import Problem
from app.errors import FileUnusable

__all__ = ["CARTON_COLUMNS", "column_of", "read_cartons"]

T = TypeVar("T")

CARTON_COLUMNS = {
    "code": ("code", "carton", "carton_code", "箱コード", "箱番号", "箱", "資材コード"),
    "name": ("name", "名称", "箱名", "品名", "名前"),
    "kind": ("kind", "type", "種類", "種別", "区分"),
    "inner": ("inner", "inner_mm", "inner_size", "内寸", "内寸法", "内寸(mm)"),
    "inner_length": ("inner_length_mm", "inner_length", "内寸縦", "内寸長さ", "内寸l"),
    "inner_width": ("inner_width_mm", "inner_width", "内寸横", "内寸幅", "内寸w"),
    "inner_height": ("inner_height_mm", "inner_height", "内寸高さ", "内寸深さ", "内寸h"),
    "outer": ("outer", "outer_mm", "outer_size", "外寸", "外寸法", "外寸(mm)"),
    "outer_length": ("outer_length_mm", "outer_length", "外寸縦", "外寸長さ", "外寸l"),
    "outer_width": ("outer_width_mm", "outer_width", "外寸横", "外寸幅", "外寸w"),
    "outer_height": ("outer_height_mm", "outer_height", "外寸高さ", "外寸深さ", "外寸h"),
    "tare_g": ("tare_g", "tare", "箱の重さ", "自重", "風袋", "重さ", "重さ(g)"),
    "max_g": ("max_g", "max_weight", "max_weight_g", "耐荷重", "最大重量", "入れられる重さ", "最大重量(g)"),
    "cost_yen": ("cost_yen", "cost", "price", "単価", "箱代", "原価", "値段"),
    "carriage_yen": ("carriage_yen", "carriage", "shipping_yen", "送料", "運賃"),
    "carrier_class": ("carrier_class", "class", "サイズ", "サイズ区分", "運賃サイズ"),
    "services": ("services", "service", "配送サービス", "サービス", "使える配送"),
    "stock": ("stock", "在庫", "在庫数", "枚数"),
    "low": ("low", "reorder_at", "発注点", "最低在庫", "下限"),
}
"""Column of the list, and the names that a file may have for it; only the code is required, of a new carton its inner
size and the weight that it carries as well. A size stands in one cell (``300x200x150``) or in three."""
_NONE = ("none", "なし", "-")
"""Nobody counts them."""
_SIDES = ("length", "width", "height")


def read_cartons(file: SourceFile, services: Mapping[str, str]) -> Iterator[IncomingCarton | Problem]:
    """Stream the cartons of *file*, each after its problems.

    :param services: ``carrier/service`` by every name that a service may have, folded.
    :raises FileUnusable: it has no column of codes, or no row.
    """
    columns = Columns(file)
    columns.require({"code": CARTON_COLUMNS["code"]})
    at = {name: place for name, names in CARTON_COLUMNS.items() if (place := columns.at(*names)) is not None}
    yield from columns.doubled(tuple(file.header[place] for place in at.values()))
    yield from file.notes
    yield from _Reader(file, at, services).read()


def column_of(file: SourceFile, field: str) -> str:
    """Return what *file* calls the column of a field of a carton; its documented name where it has none."""
    columns = Columns(file)
    names = {"inner_mm": ("inner", "inner_length"), "outer_mm": ("outer", "outer_length")}.get(field, (field,))
    for name in names:
        place = columns.at(*CARTON_COLUMNS[name])
        if place is not None:
            return file.header[place]
    return names[0]


class _Reader:
    """Reads one file; knows which codes were there before."""

    def __init__(self, file: SourceFile, at: dict[str, int], services: Mapping[str, str]) -> None:
        self._file = file
        self._at = at
        self._services = services
        self._first: dict[str, int] = {}
        self._row: list[str] = []
        self._number = 0
        self._notes: list[Problem] = []

    def read(self) -> Iterator[IncomingCarton | Problem]:
        some = False
        damage = damage_of(self._file)
        for number, row in enumerate(self._file.records(), self._file.skipped + 1):
            if row == [END]:
                break
            if not any(map(str.strip, row)):
                continue
            some = True
            self._number = number
            width = len(self._file.header)
            if key := damage(row):
                cells = {"cells": str(len(row)), "columns": str(width)}
                yield problem(self._file.name, number, "", row[0].removesuffix(END), key, **cells)
                continue
            self._row = row
            carton = self._carton()
            wrong = bool(self._notes)
            yield from self._notes
            self._notes.clear()
            if carton is not None and not wrong:
                yield carton
        if not some:
            raise FileUnusable("file.no_rows", file=self._file.name)

    def _say(self, name: str, key: str, **args: str) -> None:
        place = self._at[name]
        made = problem(self._file.name, self._number, self._file.header[place], self._row[place].strip(), key, **args)
        self._notes.append(made)

    def _text(self, name: str) -> str:
        return read_line(self._row[self._at[name]])[0] if name in self._at else ""

    def _carton(self) -> IncomingCarton | None:
        code = read_code(self._text("code"))
        if not code:
            self._say("code", "carton_list.no_code")
            return None
        if not is_code(code):
            self._say("code", "carton_list.bad_code")
            return None
        first = self._first.setdefault(code, self._number)
        if first != self._number:
            self._say("code", "carton_list.code_twice", first=str(first))
            return None
        return IncomingCarton(
            code=code,
            name=self._text("name") or None,
            kind=self._read("kind", read_kind, "carton_list.bad_kind"),
            inner_mm=self._size("inner"),
            outer_mm=self._size("outer"),
            tare_g=self._read("tare_g", read_grams, "carton_list.bad_number"),
            max_g=self._read("max_g", read_grams, "carton_list.bad_number"),
            cost_yen=self._read("cost_yen", _whole, "carton_list.bad_number"),
            carriage_yen=self._read("carriage_yen", _whole, "carton_list.bad_number"),
            carrier_class=self._text("carrier_class") or None,
            services=self._of_services(),
            stock=self._read("stock", _stock, "carton_list.bad_number"),
            low=self._read("low", _whole, "carton_list.bad_number"),
            row=self._number,
        )

    def _read(self, name: str, reader: Callable[[str], T | None], key: str) -> T | None:
        """Return what a cell says; None where it is empty, and a note where it cannot be read."""
        text = self._text(name)
        if not text:
            return None
        found = reader(text)
        if found is None:
            self._say(name, key)
        return found

    def _size(self, name: str) -> Size | None:
        if self._text(name):
            return self._read(name, read_size, "carton_list.bad_size")
        cells = [f"{name}_{side}" for side in _SIDES]
        given = [cell for cell in cells if self._text(cell)]
        if not given:
            return None
        if len(given) < len(cells):
            self._say(given[0], "carton_list.size_incomplete")
            return None
        sides = [self._read(cell, read_mm, "carton_list.bad_number") for cell in cells]
        length, width, height = sides
        return None if length is None or width is None or height is None else (length, width, height)

    def _of_services(self) -> tuple[str, ...] | None:
        text = self._text("services")
        if not text:
            return None
        if fold_name(text) in _NONE:
            return ()
        written = [part.strip() for part in text.replace("、", ",").replace(";", ",").replace("；", ",").split(",")]
        return tuple(dict.fromkeys(self._services.get(fold_name(each), each) for each in written if each))


def _whole(text: str) -> int | None:
    plain = narrow(text).strip("¥\\円 ").replace(",", "").removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def _stock(text: str) -> int | None:
    return -1 if fold_name(text) in _NONE else _whole(text)
