"""Opening a file that somebody exported: size, kind, encoding and delimiter, then its rows.

A spreadsheet is opened like a text file: :mod:`app.sheets` has made text of its sheets, of which one is read.
Knows no shop. Everything that makes a file unusable as a whole is raised here as
:class:`~app.errors.FileUnusable`; a damaged row comes through and is judged by whoever knows its columns.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from operator import methodcaller
from pathlib import Path
from typing import IO, Self

from app.domain.fixes import Fix, place_of
from app.domain.intake import Head, fold_name, problem
from app.domain.orders import Problem
from app.errors import FileUnusable, StationError
from app.sheets.book import Book, SheetText, is_book, read_book

__all__ = [
    "BROKEN",
    "DEFAULT_MAX_BYTES",
    "END",
    "MISQUOTED",
    "NO_ROWS",
    "Columns",
    "SourceFile",
    "damage_of",
    "lost_row",
    "of_file",
    "open_source",
    "readable",
    "row_damage",
    "shown_name",
]

DEFAULT_MAX_BYTES = 600_000_000
"""About 1.5 million lines as RMS writes them; more is a wrong file. Whoever reads one row after another needs no more
memory for it than for a small file."""

END = "\x1aend\x1a"
"""One row ``[END]`` follows the last row of the file. Where it is inside a cell instead, a quote was never closed."""
BROKEN = "\x1abroken\x1a"
"""A row ``[BROKEN]`` stands for one with a cell larger than the csv module's limit (128 Ki characters)."""
MISQUOTED = "\x1amisquoted\x1a"
"""A row ``[MISQUOTED]`` stands for one where something follows a closing quotation mark. A mark too many or too few
before it may have taken in whole rows, so that nobody knows whose it is."""
_LAST = [END]
_LOST = {BROKEN: "row.field_too_large", MISQUOTED: "row.misquoted"}
NO_ROWS = ([END], [BROKEN], [MISQUOTED])
"""What stands among the rows and is none."""

_MARK = "\ufeff"
_CHUNK = 1024 * 1024
_STRAY = re.compile("[\x80\uf8f0-\uf8f3]")
"""What Python's cp932 makes of the bytes 80, A0, FD, FE and FF, which no Japanese text has."""
_DELIMITERS = (",", "\t", ";")
_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A readable file with rows; made by :func:`open_source`."""

    path: Path
    name: str
    """File name without folder, for reports; of a spreadsheet with several sheets also the sheet."""
    size: int
    """Bytes."""
    encoding: str
    """Python's name of the encoding that fits the whole file."""
    delimiter: str
    header: tuple[str, ...]
    """Cells of the header row as written; empty where the file is read without one."""
    skipped: int
    """Rows before the first row of data, the header included."""
    quoted: bool = True
    """False where a quotation mark is an ordinary character."""
    fixes: Mapping[int, tuple[Fix, ...]] = field(default_factory=dict)
    """Row -> its cells that a person mended."""
    unplaced: list[Fix] = field(default_factory=list, compare=False)
    """Mended cells for which no column was found, once their rows were read."""
    book: Book | None = field(default=None, compare=False)
    """The spreadsheet, which keeps the text of its sheets as long as it is held; None for a text file."""
    sheet: str = ""
    """The sheet of it that is read."""

    @property
    def content(self) -> Path:
        """Where the text with its rows lies: the file itself, or what was made of a sheet."""
        return self.path if self.book is None else self._sheet_text.path

    @property
    def _sheet_text(self) -> SheetText:
        assert self.book is not None
        return next(each for each in self.book.sheets if each.name == self.sheet)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets with something in them; empty for a text file."""
        return () if self.book is None else tuple(each.name for each in self.book.sheets)

    @property
    def notes(self) -> list[Problem]:
        """Cells of a sheet that say nothing: formulas without a kept value, and errors."""
        if self.book is None:
            return []
        return [problem(self.name, note.row, note.column, note.said, note.key) for note in self._sheet_text.notes]

    def on_sheet(self, sheet: str) -> SourceFile:
        """Return another sheet of the same spreadsheet; a text file is its own only sheet.

        :raises FileUnusable: there is no such sheet, or nothing in it.
        """
        if self.book is None or sheet == self.sheet:
            return self
        for each in self.book.sheets:
            if each.name == sheet:
                return _of_sheet(self.path, self.book, each)
        raise FileUnusable("file.no_sheet", file=shown_name(self.path), sheet=sheet, known="、".join(self.sheets))

    @property
    def bytes_per_row(self) -> float:
        """About how many bytes a row takes, for progress."""
        if self.book is not None:
            return self.size / max(1, self._sheet_text.rows)
        with readable(self.name), self.path.open("rb") as raw:
            head = raw.read(65_536)
        return len(head) / max(1, head.count(b"\n"))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file it is read from."""
        return (self.path,)

    @property
    def head(self) -> Head:
        """What channels recognise the file by."""
        return Head(self.name, self.header, frozenset(map(fold_name, self.header)))

    def records(self) -> Iterator[list[str]]:
        """Rows of data as lists of cells, mended ones included, then ``[END]``; may be called several times."""
        return self._mended(self.header) if self.fixes else self._rows()

    def mended_with(self, fixes: Iterable[Fix]) -> Self:
        """Return the same file with cells that a person mended; of several for one cell the last counts."""
        of_row = {row: {(fix.column, fix.was): fix for fix in of} for row, of in self.fixes.items()}
        for fix in fixes:
            if fix.file == self.name:
                of_row.setdefault(fix.row, {})[fix.column, fix.was] = fix
        if not of_row:
            return self
        return replace(self, fixes={row: tuple(of.values()) for row, of in of_row.items()}, unplaced=[])

    def _mended(self, header: Sequence[str]) -> Iterator[list[str]]:
        for at, row in enumerate(self._rows(), self.skipped + 1):
            if at in self.fixes and row not in NO_ROWS:
                for fix in self.fixes[at]:
                    place = place_of(header, row, fix)
                    if place is not None:
                        row[place] = fix.value
                    elif fix not in self.unplaced:
                        self.unplaced.append(fix)
            yield row

    def _rows(self) -> Iterator[list[str]]:
        """Rows as the file has them; what a kind of file overrides."""
        with _reading(self.content, self.name, self.encoding) as file:
            if self.quoted:  # the mark closes a cell that was never closed
                reader = csv.reader(chain(_unmarked(file), (END, '"')), delimiter=self.delimiter, strict=True)
            else:
                reader = csv.reader(
                    chain(_unmarked(file), (END,)), delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True
                )
            for _ in range(self.skipped):
                with suppress(csv.Error):
                    next(reader, None)
            while True:
                try:
                    for row in reader:
                        yield row
                        if row == _LAST:
                            return
                except csv.Error as error:
                    yield [BROKEN if "limit" in str(error) else MISQUOTED]
                else:
                    return

    def laid_out(
        self, *, encoding: str = "", delimiter: str = "", header_row: int = 1, quoted: bool = True
    ) -> SourceFile:
        """Return the same file read in another way; empty values keep what was found out.

        :param header_row: row of the header as a spreadsheet counts; 0: the file has none.
        """
        if self.book is not None:  # a sheet has cells, no letters and delimiters that could be read otherwise
            encoding, delimiter, quoted = "", "", self.quoted
        chosen = encoding or self.encoding
        if encoding and (wrong := _first_wrong(self.path, self.name, encoding)) is not None:
            raise _encoding_error(self.path, self.name, wrong)
        if (encoding, header_row, quoted) == ("", 1, self.quoted) and delimiter in {"", self.delimiter}:
            return self
        same = replace(self, encoding=chosen, delimiter=delimiter or self.delimiter, quoted=quoted)
        if header_row == 0:
            return replace(same, header=(), skipped=0)
        # The first row is the first that is not blank.
        before = max(self.skipped - 1, 0) if header_row == 1 else header_row - 1
        rows = list(islice(replace(same, skipped=before).records(), 1))
        if not rows or rows[0] in NO_ROWS:
            raise FileUnusable("file.no_rows", file=self.name)
        return replace(same, header=tuple(rows[0]), skipped=before + 1)


def shown_name(path: Path) -> str:
    """Return a file's name as it can be stored and shown, also where the folder keeps it in another encoding."""
    return (path.name or str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def of_file(path: Path, error: StationError) -> Problem:
    """Return the problem of a file that could not be used at all."""
    args = {name: str(value) for name, value in error.args_.items() if name not in ("file", "row", "column", "value")}
    row = int(str(error.args_.get("row", 0)) or 0) if str(error.args_.get("row", "0")).isdigit() else 0
    return problem(
        shown_name(path), row, str(error.args_.get("column", "")), str(error.args_.get("value", "")), error.key, **args
    )


def open_source(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> SourceFile:
    """Find out how *path* is to be read; raises :class:`~app.errors.FileUnusable` where it cannot be."""
    name = shown_name(path)
    try:
        if not path.is_file():
            raise FileUnusable("file.missing", file=name)
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64)
    except (OSError, ValueError) as error:
        raise FileUnusable("file.unreadable", file=name, reason=_reason(error)) from error
    if size > max_bytes:
        raise FileUnusable("file.too_large", file=name, size=_megabytes(size), limit=_megabytes(max_bytes))
    for magic, kind in _KINDS:
        if start.startswith(magic):
            raise FileUnusable("file.binary", file=name, kind=kind)
    if is_book(start):
        book = read_book(path, name)
        return _of_sheet(path, book, book.sheets[0])
    encoding = _encoding_of(path, name, start)
    header, delimiter, skipped = _header_of(path, name, encoding)
    return SourceFile(path, name, size, encoding, delimiter, header, skipped)


def _of_sheet(path: Path, book: Book, sheet: SheetText) -> SourceFile:
    name = shown_name(path)
    if len(book.sheets) > 1:
        name = f"{name} [{sheet.name}]"
    header, delimiter, skipped = _header_of(sheet.path, name, "utf-8", ",")
    with readable(name):
        size = path.stat().st_size
    return SourceFile(path, name, size, "utf-8", delimiter, header, skipped, book=book, sheet=sheet.name)


def damage_of(source: SourceFile) -> Callable[[list[str]], str]:
    """Return what judges the rows of a file as :func:`row_damage` does, and sees those that have shifted.

    Empty cells after the last column are no damage where every row has them; a row that has them alone has shifted: a
    name with a comma and without quotation marks does that.
    """
    width = len(source.header)
    surplus: int | None = None

    def judge(row: list[str]) -> str:
        nonlocal surplus
        key = row_damage(row, width)
        if key or len(row) == width:
            return key
        if surplus is None:
            widths = {len(each) for each in source.records() if any(map(str.strip, each)) and each not in NO_ROWS}
            surplus = widths.pop() - width if len(widths) == 1 else 0
        return "" if len(row) == width + surplus else "row.too_many_columns"

    return judge


def lost_row(row: list[str]) -> str:
    """Return the key of why nobody knows what a row said; empty where it has cells."""
    return _LOST.get(row[0], "") if len(row) == 1 else ""


def row_damage(row: list[str], width: int) -> str:
    """Return the key of what is wrong with a row that is one thing of *width* cells; empty where nothing is.

    All its cells are its own, so a short row is bad.
    """
    if lost := lost_row(row):
        return lost
    if row[-1].endswith(END) or len(row) < width:
        return "row.truncated"
    return "row.too_many_columns" if any(map(str.strip, row[width:])) else ""


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say as a sentence that a file went away, or cannot be read any more, while it was in use.

    :raises FileUnusable: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise FileUnusable("file.unreadable", file=name, reason=_reason(error)) from error


@contextmanager
def _reading(path: Path, name: str, encoding: str) -> Iterator[IO[str]]:
    """Open for reading rows; what the disk, the network or another program does meanwhile is said as a sentence."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except UnicodeError as error:  # the whole file fitted a moment ago
        raise FileUnusable("file.changed", file=name) from error
    except OSError as error:
        raise FileUnusable("file.unreadable", file=name, reason=_reason(error)) from error


# --- encoding ---------------------------------------------------------------------------------------------------


def _encoding_of(path: Path, name: str, start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        order: tuple[str, ...] = ("utf-8-sig",)
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        order = ("utf-16",)
    else:
        order = ("utf-8", "cp932")
    furthest = 0
    for encoding in order:
        wrong = _first_wrong(path, name, encoding)
        if wrong is None:
            return encoding
        furthest = max(furthest, wrong)
    raise _encoding_error(path, name, furthest)


def _first_wrong(path: Path, name: str, encoding: str) -> int | None:
    """Return the place of the first byte that is not *encoding*, or None; a NUL means that it is no text at all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    try:
        with path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK)
                kept = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    return before - kept + error.start
                except UnicodeError:  # UTF-16 without its mark
                    return before - kept
                if "\x00" in text:
                    raise FileUnusable("file.binary", file=name, kind="NUL")
                if encoding == "cp932" and (stray := _STRAY.search(text)):
                    return before - kept + len(text[: stray.start()].encode(encoding))
                if not chunk:
                    return None
                before += len(chunk)
    except OSError as error:
        raise FileUnusable("file.unreadable", file=name, reason=_reason(error)) from error


def _encoding_error(path: Path, name: str, place: int) -> FileUnusable:
    with readable(name), path.open("rb") as file:
        row = 1 + sum(chunk.count(b"\n") for chunk in _bytes_up_to(file, place))
    return FileUnusable("file.encoding", file=name, position=place, row=row)


def _bytes_up_to(file: IO[bytes], place: int) -> Iterator[bytes]:
    while place > 0 and (chunk := file.read(min(_CHUNK, place))):
        place -= len(chunk)
        yield chunk


# --- header -----------------------------------------------------------------------------------------------------


def _header_of(
    path: Path, name: str, encoding: str, delimiters: Sequence[str] = _DELIMITERS
) -> tuple[tuple[str, ...], str, int]:
    """Return the header row, the delimiter that splits it best, and how many rows come before the data."""
    with _reading(path, name, encoding) as file:
        start = list(islice(_limited(file), 50))
    best: tuple[tuple[str, ...], str, int] = ((), ",", 0)
    misquoted = False
    for delimiter in delimiters:
        try:
            rows = csv.reader(start, delimiter=delimiter, strict=True)
            number, cells = next(((at, row) for at, row in enumerate(rows, 1) if any(map(str.strip, row))), (0, []))
        except csv.Error:
            misquoted = True
            continue
        if len(cells) > len(best[0]):
            best = (tuple(cells), delimiter, number)
    if not best[0]:
        raise FileUnusable("file.misquoted" if misquoted else "file.empty", file=name)
    return best


def _limited(file: IO[str]) -> Iterator[str]:
    """Lines, none longer than a header can be: a file without line breaks is not read whole for its header."""
    while line := file.readline(_CHUNK):
        yield line.removeprefix(_MARK)


def _unmarked(file: IO[str]) -> Iterator[str]:
    """Lines without the mark of the byte order, which stands within a file that was put together from several."""
    return map(methodcaller("removeprefix", _MARK), file)


class Columns:
    """Where the columns of a file are, by name after folding."""

    def __init__(self, source: SourceFile) -> None:
        self.file = source.name
        self.names = source.header
        self._at: dict[str, list[int]] = {}
        for place, name in enumerate(source.header):
            self._at.setdefault(fold_name(name), []).append(place)

    def at(self, *names: str) -> int | None:
        """Place of the first of *names* (a name and its aliases) that the file has."""
        for name in names:
            if places := self._at.get(fold_name(name)):
                return places[0]
        return None

    def all_at(self, name: str) -> list[int]:
        """Every place of *name*."""
        return self._at.get(fold_name(name), [])

    def require(self, wanted: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        """Return field -> place; raises with every missing column at once."""
        found = {field: self.at(*names) for field, names in wanted.items()}
        missing = [wanted[field][0] for field, place in found.items() if place is None]
        if missing:
            raise FileUnusable("header.missing_columns", file=self.file, columns=", ".join(missing))
        return {field: place for field, place in found.items() if place is not None}

    def doubled(self, names: tuple[str, ...]) -> Iterator[Problem]:
        """Report every one of *names* that the file has twice; the first one is read."""
        for name in names:
            if len(self.all_at(name)) > 1:
                yield problem(self.file, 1, name, name, "header.duplicate_column")
