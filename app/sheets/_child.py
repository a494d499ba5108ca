"""The child process that reads one spreadsheet: limits itself, judges the file, writes its sheets as CSV.

It is run as a script, without the rest of the program. What a file may do here, it does to this process only.

``python _child.py BOOK FOLDER LIMITS``: LIMITS is JSON with ``memory_mb``, ``seconds``, ``unpacked_mb``, ``entries``,
``ratio``, ``rows``, ``cells``, ``out_mb``. The answer is ``told.json`` in FOLDER: ``sheets`` (name, file, rows, notes)
or ``refused`` (key and arguments of a sentence).
"""

from __future__ import annotations

import csv
import errno
import json
import math
import mmap
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import resource

Json = dict[str, Any]
Silent = dict[tuple[int, int], tuple[str, str]]
"""Cells that say nothing, as (row, column) from 0 -> key of a note, and the text that stands there."""
_CHUNK = 1 << 20
_MOST_ROW = 8 << 20
"""Bytes of one row's XML that are kept to be looked through whole."""
_MOST_NOTES = 1_000
_PROLOG = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".7z", ".gz", ".rar")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Refused(Exception):
    """The file is not read, by the sentence *key* with *args_*."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


def limit(limits: Json) -> None:
    """Take the limits where the system has them; elsewhere the parent watches and ends the process."""
    if sys.platform == "win32":
        return
    memory = limits["memory_mb"] * 1_000_000
    wanted = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": limits["seconds"],
        "RLIMIT_FSIZE": limits["out_mb"] * 1_000_000,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is None:
            continue
        try:
            # At the hard limit of time comes SIGKILL, which does not say why; SIGXCPU comes before it.
            resource.setrlimit(number, (value, value + (name == "RLIMIT_CPU")))
        except (ValueError, OSError):  # a system that has the name but not the limit, or a lower one is set already
            continue


# --- judging a zip without unpacking it ---------------------------------------------------------------------------


def kind_of(book: Path, limits: Json) -> str:
    """Return ``xlsx``, ``xls`` or ``ods``; raises :class:`Refused`."""
    with book.open("rb") as file:
        start = file.read(8)
    if start == _OLE:
        with book.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
                raise Refused("file.sheet_encrypted")
        return "xls"
    try:
        with zipfile.ZipFile(book) as packed:
            judge(packed, limits)
            names = set(packed.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names:
                manifest = packed.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                if b"encryption-data" in manifest:
                    raise Refused("file.sheet_encrypted")
                return "ods"
    except (zipfile.BadZipFile, NotImplementedError, EOFError, KeyError, ValueError) as error:
        raise Refused("file.sheet_broken", reason=str(error)[:200]) from error
    raise Refused("file.binary", kind="zip")


def judge(packed: zipfile.ZipFile, limits: Json) -> None:
    """Look at the table of contents, and at the beginning of each XML."""
    entries = packed.infolist()
    if len(entries) > limits["entries"]:
        raise Refused("file.sheet_bomb", part="–", size=len(entries), limit=limits["entries"])
    most = limits["unpacked_mb"] * 1_000_000
    total = sum(entry.file_size for entry in entries)
    if total > most:
        largest = max(entries, key=lambda entry: entry.file_size)
        raise Refused("file.sheet_large", part=largest.filename, size=_mb(total), limit=_mb(most))
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("file.sheet_encrypted")
        # A sheet of equal cells packs well, but no table packs by hundreds and is large all the same.
        if entry.file_size > 10_000_000 and entry.file_size > limits["ratio"] * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            raise Refused("file.sheet_bomb", part=entry.filename, size=f"1:{ratio}", limit=f"1:{limits['ratio']}")
        if entry.filename.lower().endswith(_PACKED) and not entry.filename.startswith("xl/embeddings/"):
            raise Refused("file.sheet_nested", part=entry.filename)
        if entry.filename.lower().endswith((".xml", ".rels")) and _defines(packed, entry):
            raise Refused("file.sheet_xml", part=entry.filename)


def _defines(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an XML has a DTD, in which entities may blow up; it can only stand before the first element."""
    with packed.open(entry) as file:
        start = file.read(_PROLOG).replace(b"\0", b"")  # UTF-16, too
    upper = start.upper()
    return (
        b"<!DOCTYPE" in upper or b"<!ENTITY" in upper or (len(start) == _PROLOG and not re.search(rb"<[A-Za-z]", start))
    )


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


# --- what calamine does not tell of an xlsx -----------------------------------------------------------------------

# As every spreadsheet program writes it; plain letters at its beginning are found ten times as fast. A cell that is
# written otherwise is calamine's, and the limit of memory is for it. One that ends at once has a form and no content.
_CELL_AT = re.compile(rb"""c r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>""")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^<>]*?\bref=["']\w{2,10}:[A-Za-z]{1,3}(\d{1,7})["']""")
_UNKEPT = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_FAULT = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]*\bt=["']e["'][^<>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""", re.DOTALL
)
_PLACE = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")


def paths_of(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet -> its XML in an xlsx."""
    try:
        book = ET.fromstring(packed.read("xl/workbook.xml"))
        ties = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ET.ParseError) as error:
        raise Refused("file.sheet_broken", reason=str(error)[:200]) from error
    targets = {tie.get("Id", ""): tie.get("Target", "") for tie in ties}
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[sheet.get("name", "")] = path
    return found


class _Extent:
    """Where the outermost cells of a sheet are that hold something, and about how many rows do."""

    def __init__(self) -> None:
        self.top, self.bottom, self.left, self.right, self.rows = 0, 0, 0, 0, 0

    def widen(self, text: bytes) -> None:
        """Take the cells of a piece of XML in."""
        found = _CELL_AT.findall(text)
        if not found:
            return
        down = {int(row) for row in {row for _, row in found}}
        across = {number_of(column) for column in {column for column, _ in found}}
        self.rows += len(down)
        self.top = min(self.top or min(down), *down)
        self.left = min(self.left or min(across), *across)
        self.bottom, self.right = max(self.bottom, *down), max(self.right, *across)

    def check(self, sheet: str, limits: Json, told: str) -> None:
        """Refuse a sheet that calamine could not hold: it reserves room for all cells between the outermost ones.

        :param told: how many rows there are, as the sheet says itself.
        """
        cells = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        if self.rows > limits["rows"]:
            rows = f"{max(self.bottom, int(told or 0)):,}"
            raise Refused("file.sheet_rows", sheet=sheet, rows=rows, limit=f"{limits['rows']:,}")
        if self.rows * (self.right - self.left + 1) > limits["cells"]:
            raise Refused("file.sheet_memory")
        if self.bottom > limits["rows"] or cells > limits["cells"]:
            cell = f"{letters(self.right - 1)}{self.bottom}"
            raise Refused("file.sheet_far", sheet=sheet, cell=cell, rows=f"{self.bottom:,}", columns=f"{self.right:,}")


def look_through(packed: zipfile.ZipFile, path: str, sheet: str, limits: Json) -> Silent:
    """Find where the outermost cells are, and cells that say nothing: formulas without a kept value, errors.

    :raises Refused: the cells span more than the limits.
    """
    try:
        entry = packed.getinfo(path)
    except KeyError:
        return {}
    said: Silent = {}
    extent, told = _Extent(), ""
    with packed.open(entry) as file:
        kept = b""
        while True:
            part = file.read(_CHUNK)
            text = kept + part
            end = len(text) if not part or len(text) > _MOST_ROW else text.rfind(b"row>") + 4
            whole, kept = (b"", text) if end == 3 else (text[:end], text[end:])  # 3: no row ends in it yet
            if whole:
                found = None if told else _DIMENSION.search(whole)
                told = found[1].decode() if found else told
                extent.widen(whole)
                extent.check(sheet, limits, told)
                if len(said) < _MOST_NOTES:
                    said.update(_silent(whole))
            if not part:
                return said


def _silent(text: bytes) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    if b"<f" in text or b":f" in text:
        for found in _UNKEPT.finditer(text):
            if place := _PLACE.search(found[1]):
                yield _at(place), ("cell.formula_empty", "=" + _plain(found[2] or b""))
    if b'"e"' in text or b"'e'" in text:
        for found in _FAULT.finditer(text):
            if place := _PLACE.search(found[1]):
                yield _at(place), ("cell.formula_error", _plain(found[2]))


def _at(place: re.Match[bytes]) -> tuple[int, int]:
    return int(place[2]) - 1, number_of(place[1]) - 1


def _plain(text: bytes) -> str:
    said = text.decode("utf-8", "replace")[:200]
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        said = said.replace(name, char)
    return said


def number_of(column: bytes) -> int:
    """``A`` is 1, ``XFD`` 16384."""
    number = 0
    for char in column.upper():
        number = number * 26 + char - 64
    return number


def letters(column: int) -> str:
    """0 is ``A``."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


# --- cells as a person sees them ----------------------------------------------------------------------------------

_UNSAID = re.compile("[\0\x1a]")


def text_of(value: object) -> str:
    """Return what a cell says that is no text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return _rounded(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return _rounded(datetime.combine(date(2000, 1, 1), value)).time().isoformat("seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)  # whole numbers, days


def _rounded(value: datetime) -> datetime:
    """A time is kept as a fraction of a day, so that its last digits are noise."""
    return (value + timedelta(milliseconds=500)).replace(microsecond=0) if value.microsecond else value


def number_text(value: float) -> str:
    """Return a number as it is shown; one of more than 15 digits has lost some of them and says so by its ``E+``."""
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1e15:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    if abs(value) < 1e-4:
        return f"{value:.15f}".rstrip("0")
    return f"{value:.15g}"


# --- reading ------------------------------------------------------------------------------------------------------


def read(book: Path, folder: Path, limits: Json) -> Json:
    """Read every sheet that is seen and has something in it."""
    kind = kind_of(book, limits)
    named = book.with_suffix(f".{kind}")  # calamine goes by how the name ends
    book.rename(named)
    packed = zipfile.ZipFile(named) if kind == "xlsx" else None
    paths = paths_of(packed) if packed else {}
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sheets: list[Json] = []
    try:
        with CalamineWorkbook.from_path(str(named)) as opened:
            for number, meta in enumerate(opened.sheets_metadata):
                if meta.visible != SheetVisibleEnum.Visible or meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                silent = look_through(packed, paths.get(meta.name, ""), meta.name, limits) if packed else {}
                sheet = opened.get_sheet_by_index(number)
                if sheet.end is None and not silent:
                    continue
                if sheet.end is not None:
                    _fits(sheet.end, meta.name, limits)
                file = folder / f"{len(sheets)}.csv"
                rows = write(file, sheet.iter_rows, silent)
                if rows:
                    notes = [
                        [row + 1, letters(column), key, said] for (row, column), (key, said) in sorted(silent.items())
                    ]
                    sheets.append({"name": meta.name, "file": file.name, "rows": rows, "notes": notes})
    except PasswordError as error:
        raise Refused("file.sheet_encrypted") from error
    except CalamineError as error:
        if "limit exceeded" in str(error):  # of cells; calamine has one of its own
            raise Refused("file.sheet_memory") from error
        raise Refused("file.sheet_broken", reason=str(error)[:200]) from error
    return {"kind": kind, "sheets": sheets}


def _fits(end: tuple[int, int], sheet: str, limits: Json) -> None:
    if end[0] >= limits["rows"]:
        raise Refused("file.sheet_rows", sheet=sheet, rows=f"{end[0] + 1:,}", limit=f"{limits['rows']:,}")


def write(file: Path, rows: Callable[[], Iterator[list[Any]]], silent: Silent) -> int:
    """Write rows as CSV, one line each also where it is empty, and return how many; 0 where there is nothing in any."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), (_, said) in silent.items():
        by_row.setdefault(row, []).append((column, said))
    last, blank, at = max(by_row, default=-1), 0, -1
    with file.open("w", encoding="utf-8", newline="") as out:
        put = csv.writer(out, lineterminator="\n").writerow
        for at, cells in enumerate(rows()):
            texts = [cell if cell.__class__ is str else text_of(cell) for cell in cells]
            for column, said in by_row.get(at, ()):
                texts += [""] * (column + 1 - len(texts))
                texts[column] = texts[column] or said
            whole = "".join(texts)
            if not whole:
                blank += 1  # blank rows at the end are not written
                continue
            if "\x1a" in whole or "\0" in whole:  # neither is text, and readers mean something by the first
                texts = [_UNSAID.sub("", text) for text in texts]
            out.write("\n" * blank)
            blank = 0
            put(texts)
        for row in range(at + 1, last + 1):  # only silent cells stand there
            texts = [""] * (1 + max((column for column, _ in by_row.get(row, ())), default=-1))
            for column, said in by_row.get(row, ()):
                texts[column] = said
            if texts:
                out.write("\n" * blank)
                blank = 0
                put(texts)
            else:
                blank += 1
    return max(at, last) + 1 - blank


def peak_kb() -> int:
    """Most memory that this process had; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+)", told)
    return int(found[1]) if found else 0


def main(arguments: list[str]) -> int:
    """Run; the answer is a file, the exit status 0 where there is one."""
    book, folder, limits = Path(arguments[0]), Path(arguments[1]), json.loads(arguments[2])
    limit(limits)
    told: Json
    try:
        told = read(book, folder, limits)
    except Refused as refused:
        told = {"refused": refused.key, "args": {name: str(each) for name, each in refused.args_.items()}}
    except MemoryError:
        told = {"refused": "file.sheet_memory", "args": {}}
    except BaseException as error:  # noqa: BLE001 - whatever a damaged file makes a library do, it is a sentence
        full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        reason = (isinstance(error, OSError) and error.strerror) or f"{type(error).__name__}: {error}"[:200]
        told = {"refused": "file.unreadable" if full else "file.sheet_broken", "args": {"reason": reason}}
    told["peak_kb"] = peak_kb()
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
