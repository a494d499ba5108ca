"""Hostile spreadsheets: damaged, odd, locked, endless, and bombs; each by a seed."""

from __future__ import annotations

import random
import resource
import time
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from app.errors import FileUnusable
from app.sheets.book import LIMITS, read_book
from tests.sheets.workbooks import cell, ods, ods_row, raw_xlsx, xls, xlsx
from tests.torture.careful import Careful, Row, of_rows
from tests.torture.file_tables import Shape, export
from tests.torture.files import Rig

__all__ = ["SHEETS", "sheets"]

Maker = Callable[[Path, list[list[Any]], random.Random], Path]


def _sheet_rows(rows: list[list[Any]], first: str = "", more: str = "") -> str:
    letters = [get_column_letter(at) for at in range(1, 1 + len(rows[0]))]
    made = [
        f'<row r="{at}">'
        + "".join(cell(f"{letter}{at}", _xml(value)) for letter, value in zip(letters, row, strict=False))
        for at, row in enumerate(rows, 1)
    ]
    return first + "</row>".join(made) + "</row>" + more


def _xml(value: Any) -> Any:
    return value.replace("&", "&amp;").replace("<", "&lt;") if isinstance(value, str) else value


def _flipped(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    data = bytearray(xlsx(path, {"受注": rows}).read_bytes())
    for _ in range(chance.choice((1, 1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    return path


def _cut(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    data = xlsx(path, {"受注": rows}).read_bytes()
    path.write_bytes(
        data[: chance.randrange(4, len(data))] + chance.choice((b"", bytes(100), b"PK\x05\x06" + bytes(18)))
    )
    return path


def _without(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    with zipfile.ZipFile(xlsx(path, {"受注": rows})) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    gone = chance.choice(list(parts))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            if name != gone:
                made.writestr(name, content)
            elif chance.random() < 0.5:
                made.writestr(
                    name, chance.choice((b"", b"<", b"<a/>", chance.randbytes(300), content[: len(content) // 2]))
                )
    return path


def _odd_cells(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    odd = (
        *(
            "=1+1",
            "=A1",
            '=HYPERLINK("x")',
            "x" * 32_000,
            1e308,
            -1e308,
            10**20,
            0.1 + 0.2,
            True,
            None,
            "_x0000_",
            "_x001B_",
        ),
        *("#N/A", "\ufeff", "\u202e", " ", "1E+05", 1.5, -1, 0, "２", "改行\nあり", 99_999_999),
    )
    for _ in range(chance.randint(1, 6)):
        chance.choice(rows[1:])[chance.randrange(len(rows[0]))] = chance.choice(odd)
    return xlsx(path, {chance.choice(("受注", "a", "x" * 31)): rows})


def _odd_xml(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    first = chance.choice(
        (
            *(
                "",
                '<row r="0"><c r="A0"><v>1</v></c></row>',
                '<row r="-1"/>',
                '<row r="9999999999"/>',
                "<row><c><v>1</v></c></row>",
            ),
            *(
                '<row r="1"><c r="XFE1"><v>1</v></c></row>',
                '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
                "<c/>" * 99,
            ),
            *(
                '<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>',
                "<row>" * 5_000,
                '<row r="1"><c r="1A"><v>x</v></c></row>',
            ),
        )
    )
    more = chance.choice(
        (
            *(
                "",
                '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
                '<row r="2"><c r="A2"><v>1e999</v></c></row>',
            ),
            *(
                '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
                f'<row r="900">{cell("A900", "x" * 1_000_000)}</row>',
            ),
            *(
                '<row r="901"><c r="A901"><f>1+1</f></c></row>',
                '<row r="902"><c r="A902" t="e"><v>#REF!</v></c></row>',
                "</row>",
            ),
            "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1_000, 60_000)),
        )
    )
    return raw_xlsx(path, _sheet_rows(rows, first, more))


def _wide_sheet(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    width = chance.choice((10_000, 16_384))
    return xlsx(path, {"受注": [rows[0] + [f"c{at}" for at in range(width - len(rows[0]))], *rows[1:]]})


def _bomb(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    dtd = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bombs: list[dict[str, str | bytes]] = [
        {"xl/media/image1.png": bytes(chance.choice((11_000_000, 60_000_000)))},
        {"xl/worksheets/sheet1.xml": dtd + "<x>&b;</x>"},
        {"xl/sharedStrings.xml": "<sst>" + "<si><t>x</t></si>" * 600_000 + "</sst>"},
        {f"xl/{at}.bin": b"" for at in range(2_100)},
        {"xl/more.xlsx": b"PK"},
        {"xl/workbook.xml": "<workbook>" + "<a>" * 20_000},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + f"<row>{cell('A1', 'x' * 99)}</row>" * 300_000},
    ]
    return raw_xlsx(path, _sheet_rows(rows), chance.choice(bombs))


def _locked(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    content = bytearray(raw_xlsx(path, _sheet_rows(rows)).read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    return path


def _old(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    data = bytearray(xls(path, [[str(each)[:200] for each in row] for row in rows[:6]]).read_bytes())
    for _ in range(chance.choice((0, 1, 5, 100))):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data)[: chance.choice((len(data), chance.randrange(512, len(data))))])
    return path


def _open(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    made = "".join(ods_row(*map(_xml, row)) for row in rows)
    odd = chance.choice(
        ("", ods_row("x", times=1_048_000), "<table:table-row>" * 500, ods_row(*["x"] * 9_000, times=9_000))
    )
    data = ods(path, made + odd, chance.choice(("", "", "<encryption-data/>"))).read_bytes()
    path.write_bytes(data[: chance.choice((len(data), len(data), chance.randrange(4, len(data))))])
    return path


def _whole(path: Path, rows: list[list[Any]], chance: random.Random) -> Path:
    return xlsx(path, {"表紙": [["受注一覧"]], "受注": rows} if chance.random() < 0.5 else {"受注": rows})


SHEETS: dict[str, Maker] = {
    "spreadsheet as it is": _whole,
    "spreadsheet with changed bytes": _flipped,
    "spreadsheet cut off": _cut,
    "spreadsheet without a part": _without,
    "spreadsheet of odd cells": _odd_cells,
    "spreadsheet of odd XML": _odd_xml,
    "spreadsheet of ten thousand columns": _wide_sheet,
    "spreadsheet that is a bomb": _bomb,
    "spreadsheet with a password": _locked,
    "spreadsheet before 2007": _old,
    "spreadsheet of OpenDocument": _open,
}
_SHOPS = ("shopify", "base", "logiless", "eccube4")


def sheets(rig: Rig, kind: str, seed: int) -> None:
    """Give a spreadsheet of orders to the station, and watch what its child takes."""
    chance = random.Random(f"{seed}/{kind}")
    table = export(chance.choice(_SHOPS), chance)
    original = {number: list(lines) for number, lines in table.orders.items()}
    quantity = table.place(table.shape.quantity)
    rows: list[list[Any]] = [
        table.header,
        *([int(each) if at == quantity else each for at, each in enumerate(row)] for row in table.rows),
    ]
    path = rig.put(["orders.xlsx"], [b""])[0]
    SHEETS[kind](path, rows, chance)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    what = f"{kind} (seed {seed})"
    rig.judge(
        what,
        kind,
        [path],
        table,
        _by_openpyxl(path, table.shape) if "cells" in kind or "is" in kind else None,
        original,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # It is read twice, and each time for recognising and for reading from the same text.
    rig.law(what, took <= 2 * (LIMITS.seconds + 2), f"{took:.1f} s of the processor")
    with suppress(FileUnusable):
        peak = read_book(path, path.name).peak_mb
        rig.law(what, peak <= LIMITS.memory_mb, f"{peak:.0f} MB")
    rig.law(what, time.monotonic() - began <= 2 * (LIMITS.patience + 5), "longer than patience lasts")


def _by_openpyxl(path: Path, shape: Shape) -> Careful | None:
    """What another library reads; nothing where it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = [
                Row(["" if each is None else str(each) for each in row]) for row in sheet.iter_rows(values_only=True)
            ]
            if (found := of_rows(rows, shape)) is not None:
                return found
    except Exception:  # noqa: BLE001 - it is a second opinion, no law
        return None
    return None
