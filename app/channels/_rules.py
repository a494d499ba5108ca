"""Files of rules, of inserts 同梱ルール or of prints: one row a rule, columns by name in Japanese or English.

A row of which one cell makes no sense is left out and said: half a rule would put leaflets where they must not go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from app.channels._source import END, Columns, SourceFile, row_damage
from app.domain.formulas import unguarded
from app.domain.intake import problem, read_block
from app.domain.orders import Problem
from app.domain.rule_texts import Mistake
from app.errors import FileUnusable

__all__ = ["column_name", "read_rules"]


class _Rule(Protocol):
    @property
    def name(self) -> str: ...


class _Draft(Protocol):
    @property
    def rule(self) -> _Rule: ...


D = TypeVar("D", bound=_Draft)


def column_name(file: SourceFile, fields: Mapping[str, tuple[str, ...]], field: str) -> str:
    """Return what *file* calls a column; its documented name where it has none.

    :param fields: every field of a rule with the names that its column may have.
    """
    at = Columns(file).at(*fields.get(field, (field,)))
    return field if at is None else file.header[at]


def read_rules(
    file: SourceFile,
    fields: Mapping[str, tuple[str, ...]],
    required: Sequence[str],
    draft_of: Callable[[Mapping[str, str]], tuple[D, Sequence[Mistake]]],
) -> Iterator[tuple[int, D] | Problem]:
    """Stream the rules of *file* with their rows, and what is wrong with others.

    :param fields: every field of a rule with the names that its column may have.
    :param required: fields of which the file must have the columns.
    :param draft_of: reads a rule out of its texts.
    :raises FileUnusable: it lacks a required column, or has no row.
    """
    columns = Columns(file)
    columns.require({field: fields[field] for field in required})
    places = {field: at for field, names in fields.items() if (at := columns.at(*names)) is not None}
    yield from columns.doubled(tuple(file.header[at] for at in places.values()))
    yield from file.notes
    some, first = False, dict[str, int]()
    for number, row in enumerate(file.records(), file.skipped + 1):
        if row == [END]:
            break
        if not any(map(str.strip, row)):
            continue
        some = True
        if key := row_damage(row, len(file.header)):
            cells = {"cells": str(len(row)), "columns": str(len(file.header))}
            yield problem(file.name, number, "", row[0].removesuffix(END), key, **cells)
            continue
        draft, mistakes = draft_of({field: unguarded(read_block(row[at])[0]) for field, at in places.items()})
        for each in mistakes:
            at = places.get(each.field)
            yield problem(
                file.name, number, each.field if at is None else file.header[at], each.value, each.key, known=each.known
            )
        name = draft.rule.name
        if mistakes:
            continue
        if name and first.setdefault(name, number) != number:
            yield problem(
                file.name, number, file.header[places["name"]], name, "inserts.bad.twice", first=str(first[name])
            )
            continue
        yield number, draft
    if not some:
        raise FileUnusable("file.no_rows", file=file.name)
