"""Which orders of a shop a complete file could miss, and which are held because one did."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, literal_column, select

from app.domain.orders import Hold
from app.storage.database import Transaction
from app.storage.tables import holds, imports, orders

__all__ = ["known_as_gone", "live", "newest_of_last_complete", "shipped"]

_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")


def live(tx: Transaction, shop: int, until: int | None) -> list[tuple[int, str, str]]:
    """Return id, number and state of a shop's orders that have not left the house, without what was split off here.

    :param until: only those placed no later than this, milliseconds since 1970 UTC; None for all.
    """
    query = select(orders.c.id, orders.c.number, orders.c.state).where(
        orders.c.shop_id == shop, _LIVE, orders.c.digest.not_like("%+%")
    )
    if until is not None:
        query = query.where(orders.c.ordered_at <= until)
    return [(row[0], row[1], row[2]) for row in tx.connection.execute(query.order_by(orders.c.id))]


def shipped(tx: Transaction, shop: int, until: int | None) -> list[tuple[int, str]]:
    """Return id and number of a shop's orders that are shipped and not yet reported."""
    query = select(orders.c.id, orders.c.number).where(
        orders.c.shop_id == shop, orders.c.state == "shipped", literal_column("orders.state IN ('shipped','reported')")
    )
    if until is not None:
        query = query.where(orders.c.ordered_at <= until)
    return [(row[0], row[1]) for row in tx.connection.execute(query.order_by(orders.c.id))]


def known_as_gone(tx: Transaction, shop: int) -> set[int]:
    """Return the shop's orders that are held as gone, or were and a person let them go all the same."""
    query = (
        select(orders.c.id)
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(orders.c.shop_id == shop, _LIVE, holds.c.hold == str(Hold.GONE_FROM_SHOP))
    )
    return {row[0] for row in tx.connection.execute(query)}


def newest_of_last_complete(tx: Transaction, channel: str, shop: str) -> int | None:
    """Return when the newest order of the shop's last complete file was placed; None where none says."""
    query = (
        select(imports.c.result)
        .where(
            imports.c.kind == "orders",
            imports.c.channel == channel,
            imports.c.shop == shop,
            imports.c.complete == 1,
            imports.c.taken_back_at.is_(None),
        )
        .order_by(imports.c.id.desc())
        .limit(1)
    )
    result = tx.connection.execute(query).scalar_one_or_none()
    found = json.loads(result).get("newest") if result else None
    return int(found) if found is not None else None
