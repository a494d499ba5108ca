"""Spreadsheets with orders, from the file to the first row as text: judged, read and written in the limited child."""

from __future__ import annotations

import time
from pathlib import Path

from app.sheets.book import LIMITS, read_book
from tests.bench.measure import Row
from tests.bench.shop import scratch
from tests.sheets.workbooks import cell, raw_xlsx

_NUMBERS = "DEG"
"""Columns that hold numbers, as a shop's quantities, prices and postcodes do."""


def write_book(path: Path, rows: int) -> Path:
    """Write a workbook of eight columns."""
    head = "".join(cell(f"{letter}1", f"列{letter}") for letter in "ABCDEFGH")
    made = [f'<row r="1">{head}</row>']
    for at in range(2, rows + 2):
        cells = "".join(
            cell(f"{letter}{at}", at * 7 % 9_999 if letter in _NUMBERS else f"値 {at * 31 % 90_000}{letter}")
            for letter in "ABCDEFGH"
        )
        made.append(f'<row r="{at}">{cells}</row>')
    return raw_xlsx(path, "".join(made))


def measure(quick: bool, _: int) -> list[Row]:
    """A day's orders, and the largest that a shop has."""
    found: list[Row] = []
    with scratch("sheets") as folder:
        for rows in (5_000, 20_000) if quick else (5_000, 100_000):
            path = write_book(folder / f"{rows}.xlsx", rows)
            times = []
            for _round in range(3):
                began = time.perf_counter()
                book = read_book(path, path.name)
                times.append(time.perf_counter() - began)
            assert book.sheets[0].rows == rows + 1
            found.append(
                Row.figure(f"xlsx of {rows:,} rows × 8 as text", round(sorted(times)[1], 2), LIMITS.seconds, "s")
            )
            found.append(Row.figure("… memory of the child", book.peak_mb, LIMITS.memory_mb, "MB"))
    return found
