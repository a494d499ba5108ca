"""What a mapping and its columns are called on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.intake import fold_name
from app.services.channels import FIELDS, REQUIRED, Draft
from app.ui.channels.board import BoardField, BoardGroup
from app.ui.channels.sheet import FileColumn
from app.ui.look import Look

__all__ = [
    "NUMBER",
    "SKU",
    "STACKS",
    "ColumnNames",
    "column_id",
    "field_stacks",
    "field_words",
    "fields_of_screen",
    "used_names",
]

STACKS = (("line", "buyer"), ("order",), ("ship_to",), ("totals",))
"""Sections of a mapping as they stand beside each other."""
NUMBER, SKU = (".".join(REQUIRED[at]) for at in (0, 1))
"""The fields of an order's number and of a line's product code."""
_NEEDED = frozenset(f"{section}.{name}" for section, name in REQUIRED)


def column_id(key: str | int) -> str:
    """Return what widgets call a column: a text for a name as well as for a number."""
    return f"#{key}" if isinstance(key, int) else f"={key}"


def _key(name: str) -> str | int:
    return int(name[1:]) if name.startswith("#") else name[1:]


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The columns of a file, and those that a mapping names though the file has them not."""

    header: tuple[str, ...]
    """Cells of the header; empty for a file without one."""
    numbers: tuple[int, ...]
    """Number of each column of the file, from 1."""

    @classmethod
    def of(cls, header: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnNames:
        """Return the columns of a file: as many as its longest row has."""
        wide = max([len(header), *map(len, rows)], default=0)
        return cls(tuple(header), tuple(range(1, wide + 1)))

    def _folded(self) -> list[str]:
        return [fold_name(each) for each in self.header]

    def all(self) -> list[tuple[str | int, str]]:
        """Return what a mapping calls each column, and its words.

        A name that stands there twice, or not at all, does not tell a column: then its number does.
        """
        folded = self._folded()
        found: list[tuple[str | int, str]] = []
        for number in self.numbers:
            name = self.header[number - 1] if number <= len(self.header) else ""
            alone = bool(name.strip()) and folded.count(folded[number - 1]) == 1
            found.append((name, name) if alone else (number, f"{number}: {name}" if name.strip() else f"{number}"))
        return found

    def words(self, key: str | int) -> str:
        """Return the words of a column, in the file or not."""
        if isinstance(key, str):
            return key
        name = self.header[key - 1].strip() if 0 < key <= len(self.header) else ""
        return f"{key}: {name}" if name else str(key)

    def place(self, key: str | int) -> int | None:
        """Return where in a row a column stands; None where the file has none of that name or number."""
        if isinstance(key, int):
            return key - 1 if key in self.numbers else None
        folded = self._folded()
        wanted = fold_name(key)
        return folded.index(wanted) if wanted in folded else None

    def same(self, key: str | int) -> str | int:
        """Return what this file's columns are called for *key*: names differ in width and case, and mean the same."""
        place = self.place(key)
        return key if place is None else self.all()[place][0]

    def key(self, name: str) -> str | int:
        """Return what a mapping calls the column that widgets call *name*."""
        return _key(name)

    def columns(self) -> list[FileColumn]:
        """Return the columns for the sheet."""
        return [FileColumn(column_id(key), words) for key, words in self.all()]


def field_words(look: Look, name: str) -> str:
    """Return the words of a field such as ``ship_to.phone``."""
    return look.say(f"window.channels.field.{name}")


def fields_of_screen(look: Look) -> list[tuple[str, str]]:
    """Return every field with its section in words, in the order in which they stand on the screen."""
    say = look.say
    return [
        (
            f"{section}.{name}",
            f"{say(f'window.channels.section.{section}')}: {field_words(look, f'{section}.{name}')}",
        )
        for stack in STACKS
        for section in stack
        for name in FIELDS[section]
    ]


def field_stacks(look: Look) -> list[list[BoardGroup]]:
    """Return the fields in their stacks, those that must be there marked."""
    return [
        [
            BoardGroup(
                look.say(f"window.channels.section.{section}"),
                tuple(
                    BoardField(name, field_words(look, name), name in _NEEDED)
                    for name in (f"{section}.{each}" for each in FIELDS[section])
                ),
            )
            for section in stack
        ]
        for stack in STACKS
    ]


def used_names(draft: Draft) -> tuple[str, ...]:
    """Return the names of the columns that a mapping reads, each once."""
    columns = [each for columns in draft.fields.values() for each in columns]
    columns += [each.column for rules in draft.rules.values() for each in rules]
    return tuple(dict.fromkeys(each for each in columns if isinstance(each, str)))
