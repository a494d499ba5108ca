"""Files of shelves 棚の一覧: one row per shelf, columns by name in Japanese or English; coordinates in metres.

A row that cannot be read is left out and said. A shelf without coordinates comes in all the same: it is picked last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.channels._source import END, Columns, SourceFile, damage_of
from app.domain.intake import narrow, problem, read_line
from app.domain.orders import Problem
from app.domain.warehouse import Shelf
from app.errors import FileUnusable

__all__ = ["SHELF_COLUMNS", "read_shelves"]

SHELF_COLUMNS = {
    "code": ("code", "shelf", "location", "棚", "棚番", "棚番号", "ロケーション"),
    "zone": ("zone", "area", "ゾーン", "エリア"),
    "aisle": ("aisle", "通路", "列"),
    "bay": ("bay", "column", "連", "間口"),
    "level": ("level", "tier", "段"),
    "x": ("x", "x_m", "x(m)"),
    "y": ("y", "y_m", "y(m)"),
}
"""Column of the map, and the names that a file may have for it; only the code is required."""
_METRES = re.compile(r"(-?\d{1,5}(?:\.\d{1,20})?) ?m?", re.IGNORECASE)
"""Spreadsheets write 3.6 as 3.5999999999999996: what is finer than a millimetre is rounded."""
_LONGEST = 40
"""Characters of a code that still fit on a label."""


def read_shelves(file: SourceFile) -> Iterator[Shelf | Problem]:
    """Stream the shelves of *file*, each after its problems.

    :raises FileUnusable: it has no column of codes, or no row.
    """
    columns = Columns(file)
    columns.require({"code": SHELF_COLUMNS["code"]})
    at = {name: place for name, names in SHELF_COLUMNS.items() if (place := columns.at(*names)) is not None}
    yield from columns.doubled(tuple(file.header[place] for place in at.values()))
    yield from file.notes
    yield from _Reader(file, at).read()


class _Reader:
    """Reads one file; knows which codes were there before."""

    def __init__(self, file: SourceFile, at: dict[str, int]) -> None:
        self._file = file
        self._at = at
        self._first: dict[str, int] = {}
        self._row: list[str] = []
        self._number = 0

    def read(self) -> Iterator[Shelf | Problem]:
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
            yield from self._shelf()
        if not some:
            raise FileUnusable("file.no_rows", file=self._file.name)

    def _problem(self, name: str, key: str, **args: str) -> Problem:
        place = self._at[name]
        return problem(self._file.name, self._number, self._file.header[place], self._row[place], key, **args)

    def _text(self, name: str) -> str:
        return read_line(self._row[self._at[name]])[0] if name in self._at else ""

    def _shelf(self) -> Iterator[Shelf | Problem]:
        code = self._text("code")
        if not code:
            yield self._problem("code", "shelf.no_code")
            return
        if len(code) > _LONGEST:
            yield self._problem("code", "shelf.long_code", most=str(_LONGEST))
            return
        first = self._first.setdefault(code, self._number)
        if first != self._number:
            yield self._problem("code", "shelf.code_twice", first=str(first))
            return
        place: dict[str, int | None] = {}
        for name in ("x", "y"):
            written = narrow(self._text(name)).replace(",", ".")
            found = _METRES.fullmatch(written)
            place[name] = round(float(found[1]) * 1000) if found else None
            if written and found is None:
                yield self._problem(name, "shelf.bad_metres")
        x, y = place["x"], place["y"]
        if (x is None) != (y is None):
            yield self._problem("code", "shelf.half_a_place")
        whole = x is not None and y is not None
        yield Shelf(
            code,
            self._text("zone"),
            self._text("aisle"),
            self._text("bay"),
            self._text("level"),
            x if whole else None,
            y if whole else None,
        )
