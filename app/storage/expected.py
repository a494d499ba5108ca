"""Codes that the open order of a station waits for."""

from __future__ import annotations

from sqlalchemy import String, bindparam, literal_column, or_, select

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import lines, orders, product_codes, products, stations, waybills

__all__ = ["expected_codes"]

_STATION = stations.c.name == bindparam("station_", type_=String)
_TOGETHER = or_(orders.c.id == stations.c.order_id, orders.c.lead_id == stations.c.order_id)
_GOODS = Prepared(
    select(product_codes.c.code, products.c.sku)
    .select_from(
        stations.join(orders, _TOGETHER)
        .join(lines, lines.c.order_id == orders.c.id)
        .join(products, products.c.id == lines.c.product_id)
        .outerjoin(product_codes, product_codes.c.product_id == products.c.id)
    )
    .where(_STATION, lines.c.done + lines.c.short < lines.c.wanted)
)
_NUMBERS = Prepared(
    select(orders.c.batch, orders.c.sequence, waybills.c.number)
    .select_from(
        stations.join(orders, _TOGETHER).outerjoin(
            waybills,
            (waybills.c.order_id == orders.c.id)
            & (waybills.c.version == orders.c.version)
            & (waybills.c.state != literal_column("'void'")),
        )
    )
    .where(_STATION)
)


def expected_codes(tx: Transaction, station: str) -> set[str]:
    """Return the codes of goods that are still wanted, the ship numbers and the waybill numbers; empty without one."""
    found: set[str] = set()
    for code, sku in tx.rows(_GOODS, station_=station):
        found.update(each for each in (code, sku) if each)
    for batch, sequence, number in tx.rows(_NUMBERS, station_=station):
        if batch and sequence:
            found.add(f"{batch}-{sequence:03d}")
        if number:
            found.add(number)
    return found
