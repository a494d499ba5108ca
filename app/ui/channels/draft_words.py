"""What a mapping and its columns are called on screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

    known: tuple[tuple[str | int, str], ...] = ()
    """What a mapping calls each column, and its words. A name that stands there twice, or not at all, does not tell a
    column: then its number does."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Where in a row the first column of each name stands; names as :func:`~app.domain.intake.fold_name` makes them."""

    @classmethod
    def of(cls, header: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnNames:
        """Return the columns of a file: as many as its longest row has."""
        wide = max([len(header), *map(len, rows)], default=0)
        folded = [fold_name(each) for each in header]
        often = Counter(folded)
        known: list[tuple[str | int, str]] = []
        for number in range(1, wide + 1):
            name = header[number - 1] if number <= len(header) else ""
            if name.strip() and often[folded[number - 1]] == 1:
                known.append((name, name))
            else:
                known.append((number, f"{number}: {name}" if name.strip() else f"{number}"))
        places = {name: at for at, name in reversed(list(enumerate(folded)))}
        return cls(tuple(known), places)

    def words(self, key: str | int) -> str:
        """Return the words of a column, in the file or not."""
        place = self.place(key)
        return self.known[place][1] if isinstance(key, int) and place is not None else str(key)

    def place(self, key: str | int) -> int | None:
        """Return where in a row a column stands; None where the file has none of that name or number."""
        if isinstance(key, int):
            return key - 1 if 0 < key <= len(self.known) else None
        return self.places.get(fold_name(key))

    def same(self, key: str | int) -> str | int:
        """Return what this file's columns are called for *key*: names differ in width and case, and mean the same."""
        place = self.place(key)
        return key if place is None else self.known[place][0]

    def key(self, name: str) -> str | int:
        """Return what a mapping calls the column that widgets call *name*."""
        return _key(name)

    def columns(self) -> list[FileColumn]:
        """Return the columns for the sheet."""
        return [FileColumn(column_id(key), words) for key, words in self.known]


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
