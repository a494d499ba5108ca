"""Two files that belong together, read as one: the rows of orders' lines, each beside the row of its order.

A shop that keeps lines and orders in two files gives a channel two tables. :func:`joined` lays the second beside the
first by key, and a reader sees one file with the columns of both. Rows are counted as in the file of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import itemgetter
from pathlib import Path

from app.channels._source import END, NO_ROWS, SourceFile, row_damage
from app.domain.fixes import Fix, place_of
from app.domain.intake import fold_name, narrow, problem
from app.domain.orders import Problem

__all__ = ["FOUND", "JoinedFile", "joined", "pairs"]

FOUND = "\x1afound\x1a"
"""Name of the column that holds ``1`` where the second file has the row's key; no file can have it itself."""

Key = tuple[str, ...]

_BETWEEN, _NOT_BETWEEN = "\x1f", "\x1e"
"""Stands between the cells of a kept row: one text takes far less memory than a list of them. In a cell it
becomes another control character, which readers report and take out just the same."""


@dataclass(frozen=True, slots=True)
class JoinedFile(SourceFile):
    """A file of lines with the columns of another beside it; made by :func:`joined`."""

    beside: SourceFile = field(kw_only=True)
    """The second file."""
    key: Callable[[list[str]], Key] = field(kw_only=True)
    """The key of a row of lines."""
    own: int = field(kw_only=True)
    """Columns of the file of lines: those on the right; the second file's stand before them."""
    filled: tuple[tuple[int, int], ...] = field(kw_only=True)
    """Columns that both files have: place in the line's row and in the other's, which fills it where it is empty."""
    rows: dict[Key, tuple[str, int]] = field(kw_only=True)
    """Key -> cells of the second file as one text, and their row."""
    problems: list[Problem] = field(kw_only=True)
    """What is wrong with the second file's rows."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Both files."""
        return (self.path, self.beside.path)

    def records(self) -> Iterator[list[str]]:
        """Rows of the lines, each with the cells of its order before them."""
        empty = [""] * (len(self.header) - self.own)
        beside = self._mended_beside() if self.fixes else {}
        for row in self._lines():
            if not any(row) or row in NO_ROWS:
                yield row
                continue
            key = self.key(row)
            there = self.rows.get(key)
            if there is None:
                yield empty + row
                continue
            cells = there[0].split(_BETWEEN)
            for place, value in beside.get(key, ()):
                cells[place] = value
            for at, other in self.filled:
                if at < len(row) and not row[at].strip():
                    row[at] = cells[other]
            yield ["1", *cells, *row]

    def _lines(self) -> Iterator[list[str]]:
        """Rows of the file of lines, with their own cells mended."""
        own = self.header[-self.own :]
        for at, row in enumerate(self._rows(), self.skipped + 1):
            if at in self.fixes and row not in NO_ROWS:
                for fix in self.fixes[at]:
                    place = place_of(own, row, fix, by_value=not self._is_beside(fix))
                    if place is not None:
                        row[place] = fix.value
                    elif not self._is_beside(fix) and fix not in self.unplaced:
                        self.unplaced.append(fix)
            yield row

    def _is_beside(self, fix: Fix) -> bool:
        """Whether a mended cell is one of the second file's."""
        wanted = fold_name(fix.column)
        return any(fold_name(name) == wanted for name in self.header[1 : len(self.header) - self.own])

    def _mended_beside(self) -> dict[Key, list[tuple[int, str]]]:
        """Return the mended cells of the second file by the key of its row: every line of the order has them."""
        names = self.header[1 : len(self.header) - self.own]
        found: dict[Key, list[tuple[int, str]]] = {}
        for at, row in enumerate(self._lines(), self.skipped + 1):
            for fix in self.fixes.get(at, ()):
                there = self.rows.get(self.key(row)) if self._is_beside(fix) else None
                if there is None:
                    continue
                place = place_of(names, there[0].split(_BETWEEN), fix, by_value=False)
                if place is not None:
                    found.setdefault(self.key(row), []).append((place, fix.value))
        return found

    def unused(self, column: str) -> Iterator[Problem]:
        """Tell every row of the second file that no line names: an order without its lines.

        :param column: the column of the key there.
        """
        used = {self.key(row) for row in self._lines() if any(row) and row not in NO_ROWS}
        for key, (_, at) in self.rows.items():
            if key not in used:
                yield problem(
                    self.beside.name, at, column, key[0], "join.no_lines", number=key[0], lines=self.path.name
                )


def joined(lines: SourceFile, beside: SourceFile, *keys: str) -> JoinedFile:
    """Return *lines* with the columns of *beside* next to them.

    :param keys: columns, in both files, whose cells together say which rows belong together.
    """
    own = [fold_name(name) for name in lines.header]
    other = [fold_name(name) for name in beside.header]
    rows, problems = _index(beside, _key([other.index(fold_name(name)) for name in keys]), keys[0])
    return JoinedFile(
        **{each.name: getattr(lines, each.name) for each in fields(SourceFile) if each.name not in ("header", "name")},
        name=f"{lines.name} + {beside.name}",
        # A column that both have is read in the row of the line.
        header=(FOUND, *("" if name in own else beside.header[at] for at, name in enumerate(other)), *lines.header),
        beside=beside,
        key=_key([own.index(fold_name(name)) for name in keys]),
        own=len(own),
        filled=tuple((at, other.index(name)) for at, name in enumerate(own) if name and name in other),
        rows=rows,
        problems=[*beside.notes, *problems],
    )


def _key(places: Sequence[int]) -> Callable[[list[str]], Key]:
    last = max(places)
    cells = itemgetter(*places)

    def key(row: list[str]) -> Key:
        if len(row) <= last:
            return ()
        found = cells(row)
        return tuple(map(narrow, (found,) if isinstance(found, str) else found))

    return key


def _index(
    file: SourceFile, key: Callable[[list[str]], Key], column: str
) -> tuple[dict[Key, tuple[str, int]], list[Problem]]:
    """Read the second file whole; a key that comes twice with other cells is told, and the first row counts."""
    width = len(file.header)
    rows: dict[Key, tuple[str, int]] = {}
    problems: list[Problem] = []
    for at, row in enumerate(file.records(), file.skipped + 1):
        if row == [END]:
            break
        if not any(map(str.strip, row)):
            continue
        if wrong := row_damage(row, width):
            problems.append(problem(file.name, at, "", row[0], wrong, cells=str(len(row)), columns=str(width)))
            continue
        found = key(row)
        cells = _BETWEEN.join(cell.replace(_BETWEEN, _NOT_BETWEEN) for cell in row[:width])
        if not found[0]:
            problems.append(problem(file.name, at, column, "", "row.no_order_number"))
        elif found not in rows:
            rows[found] = (cells, at)
        elif rows[found][0] != cells:
            problems.append(problem(file.name, at, column, found[0], "join.twice", first=str(rows[found][1])))
    return rows, problems


def pairs(files: Sequence[SourceFile], is_lines: Callable[[SourceFile], bool], *keys: str) -> list[SourceFile]:
    """Return *files* with those that belong together joined: the first file of lines with the first of orders, …

    What has no partner, or lacks a column of the key, stays as it is, and its channel says what is missing.
    """
    able = [file for file in files if file.head.has(*keys)]
    lines = [file for file in able if is_lines(file)]
    beside = [file for file in able if not is_lines(file)]
    together: list[SourceFile] = [joined(one, other, *keys) for one, other in zip(lines, beside, strict=False)]
    alone = [file for file in files if not file.head.has(*keys)]
    return together + lines[len(beside) :] + beside[len(lines) :] + alone
