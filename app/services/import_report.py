"""The report of what was taken in together: problems found, sorted and counted, and the orders that it touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services import imports
from app.services.imports import ImportRow, ProblemRow
from app.storage import import_report as storage
from app.storage import orders as orders_storage
from app.storage.database import Transaction
from app.storage.import_report import SORTS
from app.storage.orders import OrderRow

__all__ = ["DAYS", "SORTS", "Filter", "Head", "Standing", "alike", "head", "lines", "newest", "standing", "touched"]

DAYS = 7
"""Errors of older imports are not counted any more beside the screen's name."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which problems are listed, and in which order."""

    levels: tuple[str, ...] = ()
    """``error``, ``warning``, ``info``; empty for all."""
    area: str = ""
    """What the keys begin with, such as ``line``; empty for all."""
    text: str = ""
    open_only: bool = True
    """Without those that were mended or put aside."""
    sort: str = "level"
    """One of :data:`SORTS`."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the list of problems."""

    imports: tuple[ImportRow, ...]
    """The newest first; empty where nothing was ever taken in."""
    counts: Mapping[str, int]
    """Orders, or products, by what became of them."""
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    areas: Mapping[str, int] | None = None
    """Problems by what their keys begin with, as the filter counts them."""
    fixes: Mapping[tuple[int, str, int, str], str] | None = None
    """Mended cells that wait until the file is read again: import, file, row and column -> value."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The imports."""
        return tuple(each.id for each in self.imports)


@dataclass(frozen=True, slots=True)
class Standing:
    """What needs mending anywhere."""

    errors: int = 0
    newest: ImportRow | None = None
    """The newest import that has one."""


def newest(tx: Transaction) -> tuple[int, ...]:
    """Return the newest import of orders, products or a file that could not be used; empty where there is none."""
    found = imports.page(tx, limit=20)
    return next(((each.id,) for each in found if each.kind not in ("numbers", "errors")), ())


def head(tx: Transaction, ids: Sequence[int], open_only: bool) -> Head:
    """Return what imports came to.

    :raises NotFound: one of them is not there.
    """
    rows = tuple(imports.show(tx, each) for each in sorted(ids, reverse=True))
    counts: dict[str, int] = {}
    for row in rows:
        for name, number in row.counts.items():
            counts[name] = counts.get(name, 0) + number
    return Head(
        imports=rows,
        counts=counts,
        errors=sum(row.errors for row in rows),
        warnings=sum(row.warnings for row in rows),
        infos=sum(row.infos for row in rows),
        areas=storage.areas(tx, ids, open_only=open_only),
        fixes=storage.fixes(tx, ids),
    )


def lines(tx: Transaction, ids: Sequence[int], wanted: Filter, *, limit: int, offset: int = 0) -> list[ProblemRow]:
    """Return problems of imports, a page of them."""
    found = storage.problem_ids(
        tx,
        ids,
        levels=wanted.levels,
        area=wanted.area,
        text=wanted.text,
        sort=wanted.sort,
        descending=wanted.descending,
        open_only=wanted.open_only,
        limit=limit,
        offset=offset,
    )
    return [imports.problem_of(tx, each) for each in found]


def alike(tx: Transaction, problem: int, ids: Sequence[int]) -> list[int]:
    """Return the problems that stand and say the same of the same value of the same column, this one among them."""
    return storage.alike(tx, problem, ids)


def touched(tx: Transaction, ids: Sequence[int], what: str, *, limit: int, offset: int = 0) -> list[OrderRow]:
    """Return orders that imports touched.

    :param what: ``added``, ``changed``, ``cancelled``, or ``held`` for those on hold now.
    """
    held = what == "held"
    found = storage.order_ids(tx, ids, what="" if held else what, held=held, limit=limit, offset=offset)
    return [full.row for full in orders_storage.load_many(tx, found)]


def standing(tx: Transaction) -> Standing:
    """Return what needs mending in the imports of the last :data:`DAYS` days."""
    errors, newest_id = storage.standing(tx, tx.now - DAYS * _DAY_MS)
    return Standing(errors, imports.show(tx, newest_id) if newest_id else None)
