"""Opening a file that a carrier's software wrote: kind, encoding and delimiter, then its rows.

Such a file has the parcels of a day, so it is read whole into memory and cannot change while its rows are read. A
damaged row comes through and is judged by the carrier that knows its columns. A spreadsheet, as people save such a file
again, is read by :mod:`app.sheets`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from operator import methodcaller
from pathlib import Path

from app.domain.intake import Head, fold_name
from app.errors import FileUnusable
from app.sheets.book import Book, is_book, read_book

__all__ = ["DEFAULT_MAX_BYTES", "ReturnedFile", "open_returned", "read_returned"]

DEFAULT_MAX_BYTES = 64 * 1024 * 1024
"""About 100,000 parcels; more is a wrong file."""

_MARK = "\ufeff"
_END = "\x1aend\x1a"
"""One row of this follows the last row. Where it is inside a cell instead, a quote was never closed."""
_KINDS = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A readable file from a carrier's software; made by :func:`open_returned`."""

    name: str
    """File name without folder, for reports."""
    text: str
    delimiter: str
    first: tuple[str, ...]
    """Cells of the first row, which may be a header or already a parcel."""
    at: int
    """Row of :attr:`first` as a spreadsheet counts."""

    @property
    def head(self) -> Head:
        """What carriers recognise the file by."""
        return Head(self.name, self.first, frozenset(map(fold_name, self.first)))

    def records(self) -> Iterator[tuple[int, list[str] | None]]:
        """Every row with its number, empty lines left out; None: broken, its quote never closed."""
        # Strictly: a quotation mark too many would join the key of one row to the number of another.
        lines = chain(map(methodcaller("removeprefix", _MARK), io.StringIO(self.text, newline="")), (_END,))
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:  # or a cell larger than the csv module's limit
                yield number, None
                continue
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    yield number, None
                return
            if row:
                yield number, row


def open_returned(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> ReturnedFile:
    """Read *path*; raises :class:`~app.errors.FileUnusable` where it is no text file with rows."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        if not path.is_file():
            raise FileUnusable("file.missing", file=name)
        size = path.stat().st_size
        if size > max_bytes:
            limit = f"{max_bytes / 1_000_000:.1f} MB"
            raise FileUnusable("file.too_large", file=name, size=f"{size / 1_000_000:.1f} MB", limit=limit)
        with path.open("rb") as file:
            start = file.read(8)
        if is_book(start):
            return _first_sheet(name, read_book(path, name))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise FileUnusable("file.unreadable", file=name, reason=reason) from error
    return read_returned(name, data)


def _first_sheet(name: str, book: Book) -> ReturnedFile:
    """The first sheet with something in it: software of carriers writes one.

    Where a formula has no value, the formula itself stands in the cell, which no carrier takes for a number.
    """
    return _begun(ReturnedFile(name, book.sheets[0].path.read_text(encoding="utf-8"), ",", (), 0))


def read_returned(name: str, data: bytes) -> ReturnedFile:
    """Find out how the content of a file is to be read; raises FileUnusable where it cannot be."""
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise FileUnusable("file.binary", file=name, kind=kind)
    text = _decoded(name, data)
    if "\x00" in text:
        raise FileUnusable("file.binary", file=name, kind="NUL")
    start = text[:20_000]
    return _begun(ReturnedFile(name, text, "\t" if start.count("\t") > start.count(",") else ",", (), 0))


def _begun(found: ReturnedFile) -> ReturnedFile:
    """Put in where the rows begin; raises where there are none."""
    at, first = next(
        ((number, row) for number, row in found.records() if row is not None and any(map(str.strip, row))), (0, [])
    )
    if not first:
        raise FileUnusable("number.file_empty", file=found.name)
    return replace(found, first=tuple(first), at=at)


def _decoded(name: str, data: bytes) -> str:
    """Text of *data*: a byte order mark, else UTF-8, else CP932 (formats.md, 0).

    A character cut in two at the very end is left out: half a file is still read, and its last row is judged.
    """
    if data.startswith(codecs.BOM_UTF8):
        order: tuple[str, ...] = ("utf-8-sig",)
    elif data.startswith(_UTF_16):
        order = ("utf-16",)
    else:
        order = ("utf-8", "cp932")
    furthest = 0
    for encoding in order:
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    row = 1 + data.count(b"\n", 0, furthest)
    raise FileUnusable("file.encoding", file=name, position=furthest, row=row)
