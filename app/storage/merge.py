"""Merging 同梱 as rows: orders to one recipient, who leads them, and the hold that proposes it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal_column, or_, select

from app.domain.merge import Mergeable
from app.domain.orders import Hold, OrderState
from app.storage.database import Transaction
from app.storage.tables import holds, orders

__all__ = ["by_ids", "candidates", "key_of", "merged", "several"]

_OPEN: ColumnElement[bool] = literal_column("orders.state IN ('received','ready')")
_KEYED: ColumnElement[bool] = literal_column("orders.merge_key <> ''")
_MOST = 400
_COLUMNS = (
    orders.c.id,
    orders.c.number,
    orders.c.merge_key,
    orders.c.state,
    orders.c.ship_date,
    orders.c.wish_date,
    orders.c.slot,
    orders.c.temperature,
    orders.c.carrier,
    orders.c.cod,
    orders.c.gift,
    orders.c.size,
    orders.c.lead_id,
    orders.c.shop_id,
)


def key_of(tx: Transaction, order: int) -> str:
    """Return the recipient of an order; empty where its address is incomplete."""
    return tx.connection.execute(select(orders.c.merge_key).where(orders.c.id == order)).scalar_one_or_none() or ""


def several(tx: Transaction) -> list[str]:
    """Return the recipients for whom several orders wait, or an order that has the hold *merge proposed*."""
    twice = select(orders.c.merge_key).where(_KEYED, _OPEN).group_by(orders.c.merge_key).having(func.count() > 1)
    held = (
        select(orders.c.merge_key)
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(literal_column("orders.held > 0"), _OPEN, holds.c.hold == str(Hold.MERGE_PROPOSED))
    )
    return sorted({row[0] for query in (twice, held) for row in tx.connection.execute(query)})


def candidates(tx: Transaction, keys: Sequence[str], shops_: frozenset[int], *, lock: bool = True) -> list[Mergeable]:
    """Return the orders of these recipients that are not released, by id.

    :param shops_: shops that have merges proposed.
    :param lock: lock their rows; not in a reading transaction.
    """
    found: list[Mergeable] = []
    for start in range(0, len(keys), _MOST):
        part = [key for key in keys[start : start + _MOST] if key]
        found += _load(tx, [_KEYED, _OPEN, orders.c.merge_key.in_(part)], shops_, lock=lock)
    return found


def by_ids(tx: Transaction, ids: Sequence[int], shops_: frozenset[int]) -> list[Mergeable]:
    """Lock and return orders, whatever their state, with those that share a parcel with them."""
    asked = set(ids)
    leads = select(orders.c.lead_id).where(orders.c.id.in_(sorted(asked)), orders.c.lead_id.is_not(None))
    asked |= {int(row[0]) for row in tx.connection.execute(leads) if row[0] is not None}
    wanted = sorted(asked)
    followers = select(orders.c.id).where(orders.c.lead_id.in_(wanted))
    asked |= {row[0] for row in tx.connection.execute(followers)}
    return _load(tx, [orders.c.id.in_(sorted(asked))], shops_)


def _load(
    tx: Transaction, where: Sequence[ColumnElement[bool]], shops_: frozenset[int], *, lock: bool = True
) -> list[Mergeable]:
    query = select(*_COLUMNS).where(*where).order_by(orders.c.id)
    if lock:
        query = query.with_for_update()
    rows = tx.connection.execute(query).all()
    standing: dict[int, dict[str, bool]] = {}
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), _MOST):
        known = select(holds.c.order_id, holds.c.hold, holds.c.lifted_at).where(
            holds.c.order_id.in_(ids[start : start + _MOST])
        )
        for order, hold, lifted in tx.connection.execute(known):
            standing.setdefault(order, {})[hold] = lifted is None
    made = []
    for row in rows:
        has = standing.get(row[0], {})
        asked = has.get(str(Hold.MERGE_PROPOSED))
        made.append(
            Mergeable(
                order=row[0],
                number=row[1],
                key=row[2],
                open=row[3] in (OrderState.RECEIVED, OrderState.READY),
                ship_date=row[4],
                wish_date=row[5],
                slot=row[6],
                temperature=row[7],
                carrier=row[8],
                cod=row[9],
                gift=bool(row[10]),
                size=row[11],
                lead=row[12],
                # A person who lifted the proposal declined it.
                proposed=row[13] in shops_ and asked is not False,
                holds=frozenset(hold for hold, stands in has.items() if stands),
                asked=asked is True,
            )
        )
    return made


def merged(tx: Transaction, orders_: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Return order and lead of every merge that has not left the house.

    :param orders_: of these leads only.
    """
    live: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
    query = select(orders.c.id, orders.c.lead_id).where(orders.c.lead_id.is_not(None), live).order_by(orders.c.id)
    if orders_:
        query = query.where(or_(orders.c.lead_id.in_(orders_), orders.c.id.in_(orders_)))
    return [(row[0], int(row[1] or 0)) for row in tx.connection.execute(query)]
