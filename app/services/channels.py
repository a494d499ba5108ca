"""Channels 取込元: the shops' formats that come with the program and those that a shop made as a mapping.

A saved mapping is a channel like any other: files are recognised by it, folders and shops use it by its name, at every
station of the database. What the wizard needs stands here, too: a look at a file, a guess, a trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.channels._draft import Draft, DraftRule, draft_of, draft_text
from app.channels._mapping import CONDITIONS, FIELDS, REQUIRED
from app.channels._source import BROKEN, DEFAULT_MAX_BYTES, END, open_source
from app.domain.orders import IncomingOrder, Problem

__all__ = [
    "CONDITIONS",
    "FIELDS",
    "LOOK_ROWS",
    "REQUIRED",
    "TRY_ORDERS",
    "ChannelItem",
    "Draft",
    "DraftRule",
    "Sheet",
    "Trial",
    "WrongEntry",
    "draft_of",
    "draft_text",
    "look_at",
]

LOOK_ROWS = 50
"""Rows of a file that the wizard shows."""
TRY_ORDERS = 50
"""Orders that a trial reads."""


@dataclass(frozen=True, slots=True)
class ChannelItem:
    """One channel, for lists and choices."""

    id: str
    title: Mapping[str, str]
    """Language -> name."""
    own: bool
    """Whether the shop made it: a saved mapping, which can be changed and removed."""
    shops: tuple[str, ...]
    """Names of the shops on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was found, with its first rows."""

    path: Path
    name: str
    """File name without folder."""
    kind: str
    """``text``, ``xlsx``, ``xls`` or ``ods``."""
    encoding: str
    """Python's name; empty for a spreadsheet, which has none to choose."""
    delimiter: str
    """Empty for a spreadsheet."""
    header_row: int
    """Row of the header as a spreadsheet counts; 0: the file is read without one."""
    header: tuple[str, ...]
    """Its cells as written; empty without a header."""
    rows: tuple[tuple[str, ...], ...]
    """The first rows of data, at most :data:`LOOK_ROWS`."""
    sheets: tuple[str, ...] = ()
    """Names of the sheets with rows in them; empty for a text file."""
    sheet: str = ""
    """The one that is shown."""


@dataclass(frozen=True, slots=True)
class WrongEntry:
    """Something in a mapping that cannot be right."""

    place: str
    """``order.number``, ``rules.cancelled[1].equals`` …; empty where the text is no TOML."""
    allowed: str
    """What may stand there; the reason where :attr:`place` is empty."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of the beginning of a file; nothing was taken in."""

    orders: tuple[IncomingOrder, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Each with its place; sentences are said by ``key`` as in a report of an import."""
    wrong: tuple[WrongEntry, ...] = ()
    """Where there are any, nothing could be read."""


def look_at(path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "", header_row: int = 1) -> Sheet:
    """Open a file and return its first rows; empty values are found out.

    :param header_row: row of the header as a spreadsheet counts, 0: there is none; 1: the first row with something in.
    :raises FileUnusable: it cannot be read (as it is said to be).
    """
    del sheet  # text files have none
    file = open_source(path, max_bytes=DEFAULT_MAX_BYTES)
    file = file.laid_out(encoding=encoding, delimiter=delimiter, header_row=header_row)
    rows = [tuple(row) for row in islice(file.records(), LOOK_ROWS) if row not in ([END], [BROKEN])]
    return Sheet(
        path=path,
        name=file.name,
        kind="text",
        encoding=file.encoding,
        delimiter=file.delimiter,
        header_row=file.skipped if file.header else 0,
        header=file.header,
        rows=tuple(rows),
    )
