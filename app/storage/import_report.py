"""The report of one or several imports: their problems found by what they are about, and the orders they touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from app.domain.intake import Level
from app.storage.database import Transaction
from app.storage.tables import import_fixes, import_orders, import_problems, imports, orders

__all__ = ["SORTS", "alike", "areas", "fixes", "order_ids", "problem_ids", "standing"]

_c = import_problems.c
_PLACE: tuple[ColumnElement[Any], ...] = (_c.file, _c.at_row, _c.id)
SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "level": (case({str(Level.ERROR): 0, str(Level.WARNING): 1}, value=_c.level, else_=2),),
    "place": (),
    "cell": (_c.field, _c.value),
    "what": (_c.key,),
    "remedy": (case((_c.done_at.is_(None), 0), else_=1),),
}
"""What problems can be sorted by; file and row come after it."""
_LIVE = (imports.c.taken_back_at.is_(None), _c.done_at.is_(None))


def _of(ids: Sequence[int], open_only: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_c.import_id.in_(list(ids))]
    if open_only:
        found.append(_c.done_at.is_(None))
    return found


def problem_ids(
    tx: Transaction,
    ids: Sequence[int],
    *,
    levels: Sequence[str] = (),
    area: str = "",
    text: str = "",
    sort: str = "level",
    descending: bool = False,
    open_only: bool = False,
    limit: int,
    offset: int = 0,
) -> list[int]:
    """Return problems of imports, a page of them.

    :param area: what their keys begin with, such as ``line``; empty for all.
    :param text: part of the file, the column, the value, what the sentence names, or the order's number.
    :param sort: one of :data:`SORTS`.
    """
    where = _of(ids, open_only)
    query: Select[Any] = select(_c.id).select_from(import_problems.outerjoin(orders, orders.c.id == _c.order_id))
    if levels:
        where.append(_c.level.in_(list(levels)))
    if area:
        where.append(_c.key.startswith(f"{area}.", autoescape=True))
    if text:
        where.append(
            or_(
                *(
                    each.icontains(text, autoescape=True)
                    for each in (_c.file, _c.field, _c.value, _c.args, orders.c.number)
                )
            )
        )
    keys = (*SORTS[sort], *_PLACE)
    query = query.where(*where).order_by(*(key.desc() if descending else key for key in keys))
    return list(tx.connection.execute(query.limit(limit).offset(offset)).scalars())


def areas(tx: Transaction, ids: Sequence[int], *, open_only: bool) -> dict[str, int]:
    """Return how many problems each area of keys has."""
    counted = select(_c.key, func.count()).where(*_of(ids, open_only)).group_by(_c.key)
    found: dict[str, int] = {}
    for key, number in tx.connection.execute(counted):
        area = key.partition(".")[0]
        found[area] = found.get(area, 0) + number
    return found


def alike(tx: Transaction, problem: int, ids: Sequence[int]) -> list[int]:
    """Return the problems that stand and say the same of the same value of the same column, this one among them."""
    this = import_problems.alias("this")
    query = (
        select(_c.id)
        .select_from(
            import_problems.join(
                this,
                (this.c.id == problem)
                & (this.c.key == _c.key)
                & (this.c.field == _c.field)
                & (this.c.value == _c.value),
            )
        )
        .where(*_of(ids, open_only=True))
        .order_by(_c.id)
    )
    return list(tx.connection.execute(query).scalars())


def fixes(tx: Transaction, ids: Sequence[int]) -> dict[tuple[int, str, int, str], str]:
    """Return what mended cells are to say, by import, file, row and column."""
    f = import_fixes.c
    query = select(f.import_id, f.file, f.at_row, f.field, f.value).where(f.import_id.in_(list(ids)))
    return {(row[0], row[1], row[2], row[3]): row[4] for row in tx.connection.execute(query)}


def order_ids(
    tx: Transaction, ids: Sequence[int], *, what: str = "", held: bool = False, limit: int, offset: int = 0
) -> list[int]:
    """Return the orders to which imports did something, in the order they came.

    :param what: ``added``, ``changed`` or ``cancelled``; empty for all.
    :param held: only those that are on hold now.
    """
    query = (
        select(orders.c.id)
        .select_from(import_orders.join(orders, orders.c.id == import_orders.c.order_id))
        .where(import_orders.c.import_id.in_(list(ids)))
        .distinct()
        .order_by(orders.c.id)
    )
    if what:
        query = query.where(import_orders.c.what == what)
    if held:
        query = query.where(orders.c.held > 0)
    return list(tx.connection.execute(query.limit(limit).offset(offset)).scalars())


def standing(tx: Transaction, since: int) -> tuple[int, int]:
    """Return how many errors stand in imports since a moment, and the newest import that has one; 0 for none.

    What was read again, or taken back, counts no more.
    """
    later = imports.alias("later")
    query = (
        select(func.count(), func.coalesce(func.max(imports.c.id), 0))
        .select_from(import_problems.join(imports, imports.c.id == _c.import_id))
        .where(
            *_LIVE,
            _c.level == str(Level.ERROR),
            imports.c.at >= since,
            ~select(later.c.id).where(later.c.again_id == imports.c.id).exists(),
        )
    )
    row = tx.connection.execute(query).one()
    return int(row[0]), int(row[1])
