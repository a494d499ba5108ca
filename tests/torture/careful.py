"""A slow and careful reader of exports, which shares nothing with the program: it looks at one letter after another.

It says of each order whether every row that names it is whole. It guesses nothing and mends nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.torture.file_tables import Order, Shape

MOST_LETTERS = 131_072
"""Letters of a cell that is still one (the csv module's limit)."""
__all__ = ["MOST_LETTERS", "Careful", "Row", "careful", "decoded", "of_rows", "rows_of"]


@dataclass(slots=True)
class Row:
    """One row as its letters say."""

    cells: list[str]
    sound: bool = True
    """No quotation mark stands where none may stand."""
    ended: bool = True
    """A line break follows."""


@dataclass(slots=True)
class Careful:
    """What a file says."""

    orders: dict[str, Order] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    """Orders all of whose rows have their cells, and none of them is odd."""
    odd: bool = False
    """At least one row is not as its header says, or cannot be anybody's."""
    last: str = ""
    """The order of the last row."""
    cut: bool = False
    """The last row has no line break."""


def decoded(data: bytes) -> str | None:
    """Return the text of a file; None where it is none."""
    if data.startswith(b"\xef\xbb\xbf"):
        order = [("utf-8", data[3:])]
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        order = [("utf-16", data)]
    else:
        order = [("utf-8", data), ("cp932", data)]
    for encoding, part in order:
        try:
            text = part.decode(encoding)
        except UnicodeError:
            continue
        return None if "\0" in text or re.search("[\x80\uf8f0-\uf8f3]", text) else text
    return None


def rows_of(text: str, delimiter: str, *, quoted: bool = True) -> list[Row]:
    """Split a text into rows, one letter after another."""
    rows: list[Row] = []
    cells: list[str] = []
    cell, state, sound = "", "start", True  # start, bare, quoted, after a quotation mark in quotes
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if state == "quoted":
            if letter == '"':
                state = "after"
            else:
                cell += letter
        elif letter == '"' and quoted and state == "start":
            state = "quoted"
        elif letter == '"' and quoted and state == "after":
            cell += '"'
            state = "quoted"
        elif letter == delimiter:
            cells.append(cell)
            cell, state = "", "start"
        elif letter in "\r\n":
            if letter == "\r" and text[at : at + 1] == "\n":
                at += 1
            rows.append(Row([*cells, cell], sound))
            cells, cell, state, sound = [], "", "start", True
        else:
            sound = sound and not (quoted and (letter == '"' or state == "after"))
            cell += letter
            state = "after" if state == "after" else "bare"
    if cells or cell or state != "start":
        rows.append(Row([*cells, cell], sound and state != "quoted", ended=False))
    return rows


def careful(data: bytes, shape: Shape) -> Careful | None:
    """Return what an export says; None where nobody can read it."""
    text = decoded(data)
    if text is None:
        return None
    quoted = shape.delimiter != "\t"
    best = max((shape.delimiter, ",", "\t", ";"), key=lambda each: _width(text, each, quoted=quoted))
    return of_rows(rows_of(text, best, quoted=quoted), shape)


def _width(text: str, delimiter: str, *, quoted: bool) -> int:
    return next((len(row.cells) for row in rows_of(text[:40_000], delimiter, quoted=quoted) if any(row.cells)), 0)


def of_rows(rows: Sequence[Row], shape: Shape) -> Careful | None:
    """Return what rows say; None where a column is missing."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return None
    header = [_folded(cell) for cell in filled[0].cells]
    try:
        number, sku, quantity = (header.index(_folded(name)) for name in (shape.number, shape.sku, shape.quantity))
    except ValueError:
        return None
    found = Careful()
    partly: set[str] = set()
    for row in filled[1:]:
        whole = row.sound and len(row.cells) == len(header) and max(map(len, row.cells)) <= MOST_LETTERS
        found.odd = found.odd or not whole
        key = _plain(row.cells[number]) if len(row.cells) > number else ""
        if not whole:
            partly.add(key)
            partly.add(found.last)
        found.last, found.cut = key, not row.ended
        if len(row.cells) > max(sku, quantity):
            pieces = unicodedata.normalize("NFKC", row.cells[quantity]).strip()
            pieces = re.sub(r"\.0*$", "", pieces).replace(",", "")
            number_of = int(pieces) if re.fullmatch(r"\+?\d{1,7}", pieces) else -1
            found.orders.setdefault(key, []).append((_plain(row.cells[sku]), number_of))
        else:
            found.orders.setdefault(key, [])
    found.whole = set(found.orders) - partly - {""}
    return found


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).strip("\ufeff").casefold()


def _plain(cell: str) -> str:
    return re.sub("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+", "", cell).strip()
