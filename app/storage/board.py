"""What the board reads: kept counters only, never a count over the orders."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import BigInteger, ColumnElement, bindparam, case, func, literal_column, select

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import loads, orders, parcels

__all__ = ["MOST_OVERDUE", "closed_since", "loads_at", "loads_between", "overdue"]

MOST_OVERDUE = 300
"""Past pickups that are looked at, the latest first: a shop that has more of them has other worries."""

_PART = 50
_LIVE: ColumnElement[bool] = literal_column("state IN ('received','ready','released','picked','verified')")
_COLUMNS = (loads.c.cut_off, loads.c.carrier, loads.c.state, func.sum(loads.c.number))
_GROUPS = (loads.c.cut_off, loads.c.carrier, loads.c.state)
_BETWEEN = Prepared(
    select(*_COLUMNS)
    .where(loads.c.cut_off >= bindparam("start_"), loads.c.cut_off < bindparam("end_"))
    .group_by(*_GROUPS)
)
_AT = Prepared(
    select(*_COLUMNS).where(loads.c.cut_off.in_([bindparam(f"at_{n}") for n in range(_PART)])).group_by(*_GROUPS)
)
_CLOSED = Prepared(
    select(
        func.count(),
        func.coalesce(func.sum(case((parcels.c.closed_at > bindparam("short_"), 1), else_=0)), 0),
    ).where(literal_column("closed_at IS NOT NULL"), parcels.c.closed_at > bindparam("long_"))
)


def _latest_before(limit: object) -> object:
    """The latest cut-off of a live order before *limit*: one look into the index of the queue."""
    return (
        select(orders.c.queue_at)
        .where(_LIVE, orders.c.queue_at < limit)
        .order_by(orders.c.queue_at.desc())
        .limit(1)
        .scalar_subquery()
    )


# Hops from one past pickup to the one before it; the orders between them are never read.
_hop = select(_latest_before(bindparam("before_", type_=BigInteger)).label("at")).cte("hops", recursive=True)  # type: ignore[attr-defined]
_hop = _hop.union_all(select(_latest_before(_hop.c.at)).where(_hop.c.at.is_not(None)))  # type: ignore[call-overload]
_OVERDUE = Prepared(select(_hop.c.at).where(_hop.c.at.is_not(None)).limit(MOST_OVERDUE))


def loads_between(tx: Transaction, start: int, end: int) -> list[tuple[int, str, str, int]]:
    """Return cut-off, carrier, state and orders of every pickup in a time, milliseconds."""
    return [(r[0], r[1], r[2], int(r[3])) for r in tx.rows(_BETWEEN, start_=start, end_=end)]


def loads_at(tx: Transaction, cut_offs: Iterable[int]) -> list[tuple[int, str, str, int]]:
    """Return the same for these pickups; 0 stands for orders without one."""
    asked = list(cut_offs)
    found: list[tuple[int, str, str, int]] = []
    for start in range(0, len(asked), _PART):
        part = asked[start : start + _PART]
        part += part[-1:] * (_PART - len(part))
        found += [(r[0], r[1], r[2], int(r[3])) for r in tx.rows(_AT, **{f"at_{n}": at for n, at in enumerate(part)})]
    return found


def overdue(tx: Transaction, before: int) -> list[int]:
    """Return the past pickups of which orders are still here, the latest first."""
    return [row[0] for row in tx.rows(_OVERDUE, before_=before)]


def closed_since(tx: Transaction, long: int, short: int) -> tuple[int, int]:
    """Return the parcels closed after *long* and after *short*, milliseconds."""
    row = tx.one(_CLOSED, long_=long, short_=short)
    assert row is not None
    return int(row[0]), int(row[1])
