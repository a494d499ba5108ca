"""Makes spreadsheets: good ones with openpyxl, old, strange and hostile ones byte by byte."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """As Excel saves it."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def raw_xlsx(path: Path, rows: str, more: Mapping[str, str | bytes] | None = None, head: str = "") -> Path:
    """One sheet of this XML; *more* are further parts, or others in place of the usual ones."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Target="xl/workbook.xml" '
        f'Type="{_OFFICE}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="受注" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Target="worksheets/sheet1.xml" Type="{_OFFICE}/worksheet"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (parts | dict(more or {})).items():
            packed.writestr(name, content)
    return path


def cell(place: str, value: object) -> str:
    """A cell of :func:`raw_xlsx`."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def ods(path: Path, rows: str, manifest: str = "") -> Path:
    """One sheet of this XML, as LibreOffice saves it."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="受注">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        packed.writestr("content.xml", content)
    return path


def ods_row(*cells: object, times: int = 1) -> str:
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>'
        if isinstance(each, str)
        else f'<table:table-cell office:value-type="float" office:value="{each}"><text:p>{each}</text:p>'
        "</table:table-cell>"
        for each in cells
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{made}</table:table-row>'


# --- the format before 2007 ---------------------------------------------------------------------------------------


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def xls(path: Path, rows: Rows) -> Path:
    """A small BIFF8 workbook."""
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                cells += _record(0x0204, place + struct.pack("<HB", len(value), 1) + _wide(value))
            else:
                cells += _record(0x0203, place + struct.pack("<d", value))

    def head(begin: int) -> bytes:
        sheet = struct.pack("<IHBB", begin, 0, 2, 1) + _wide("受注")
        start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
        return start + _record(0x0042, struct.pack("<H", 1200)) + _record(0x0085, sheet) + _record(0x000A, b"")

    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + size + cells + _record(0x000A, b"")
    path.write_bytes(ole(head(len(head(0))) + body))
    return path


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """The container of old Office files, with one stream in it."""
    size = max(len(stream), 4096)
    padded = stream.ljust(-(-size // 512) * 512, b"\0")
    sectors = len(padded) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *(at + 3 for at in range(sectors - 1)), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(title: str, kind: int, child: int, start: int, length: int) -> bytes:
        text = _wide(title) + b"\0\0"
        numbers = (len(text) if title else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, 0, 0, start, length)
        return text.ljust(64, b"\0") + struct.pack("<HBBIII16sIQQIQ", *numbers)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, size)
    folder += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", *numbers)
    return head + struct.pack("<I", 0) + b"\xff" * 432 + struct.pack("<128I", *table) + folder + padded
