"""Finding the order that is to be stopped, by slip, waybill, or part of a number or name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, literal_column, or_, select

from app.domain.barcode import OrderCode, read
from app.domain.orders import ShipNumber
from app.storage import orders as orders_storage
from app.storage.database import Transaction
from app.storage.orders import OrderRow
from app.storage.tables import orders, pulls, waybills

__all__ = ["by_part", "by_waybill", "open_pulls_of", "rows", "ship_number_of"]

_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")


def ship_number_of(text: str) -> ShipNumber | None:
    """Return the ship number that a text names, with or without prefix and version."""
    return next((kind.ship_number for kind in read(text).kinds if isinstance(kind, OrderCode)), None)


def by_waybill(tx: Transaction, texts: Sequence[str]) -> list[int]:
    """Return the orders that a tracking number or a customer key belongs to, void ones too, newest first."""
    found: dict[int, None] = {}
    numbered: ColumnElement[bool] = literal_column("waybills.number <> ''")
    for where in ([numbered, waybills.c.number.in_(texts)], [waybills.c.key.in_(texts)]):
        query = select(waybills.c.order_id).where(*where).order_by(waybills.c.id.desc()).limit(50)
        found |= dict.fromkeys(int(row[0]) for row in tx.connection.execute(query))
    return list(found)


def by_part(tx: Transaction, text: str, limit: int) -> list[int]:
    """Return orders that have *text* as a part of their number or recipient's name.

    Those that have not left the house go first, then those whose number or name begins with it, then the newest.
    """
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    inside, begins = f"%{escaped}%", f"{escaped}%"
    # Names are written with and without a space between family and given name.
    spaceless = func.replace(func.replace(orders.c.ship_name, " ", ""), "\u3000", "")
    name_inside = f"%{''.join(escaped.split())}%"
    matches = or_(
        orders.c.number.like(inside, escape="\\"),
        orders.c.ship_name.like(inside, escape="\\"),
        spaceless.like(name_inside, escape="\\"),
    )
    first = case(
        (or_(orders.c.number.like(begins, escape="\\"), orders.c.ship_name.like(begins, escape="\\")), 0), else_=1
    )
    found: list[int] = []
    for live in (_LIVE, ~_LIVE):
        if len(found) < limit:
            query = (
                select(orders.c.id).where(live, matches).order_by(first, orders.c.id.desc()).limit(limit - len(found))
            )
            found += [row[0] for row in tx.connection.execute(query)]
    return found


def rows(tx: Transaction, ids: Sequence[int]) -> dict[int, OrderRow]:
    """Return orders as they stand in lists, by id."""
    found = {}
    for order in ids:
        full = orders_storage.load(tx, order)
        if full is not None:
            found[order] = full.row
    return found


def open_pulls_of(tx: Transaction, order: int) -> int:
    """Return how many things of an order are still to be taken out."""
    query = select(func.count()).select_from(pulls).where(pulls.c.order_id == order, pulls.c.done_at.is_(None))
    return int(tx.connection.execute(query).scalar_one())
