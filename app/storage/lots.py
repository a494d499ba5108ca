"""Lots ロット: which are known of a product, until when they keep, which were recalled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.storage.database import Transaction
from app.storage.tables import balances, lots, products

__all__ = ["LotRow", "page", "recall", "save"]


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot of one product, as lists show it."""

    sku: str
    name: str
    lot: str
    expiry: str
    """``YYYY-MM-DD``; empty for none."""
    pieces: int
    """Pieces on shelves, by the books."""
    recalled: bool
    reason: str


def save(tx: Transaction, product: int, lot: str, expiry: str) -> None:
    """Keep a lot of a product; what is known of its recall stays."""
    kind = postgresql if tx.dialect == "postgresql" else sqlite
    made = kind.insert(lots).values(product_id=product, lot=lot, expiry=expiry)
    tx.connection.execute(
        made.on_conflict_do_update(index_elements=["product_id", "lot"], set_={"expiry": made.excluded.expiry})
    )


def recall(tx: Transaction, product: int, lot: str, recalled: bool, reason: str) -> bool:
    """Recall a known lot, or take that back; say whether there is such a lot."""
    done = tx.connection.execute(
        update(lots)
        .where(lots.c.product_id == product, lots.c.lot == lot)
        .values(recalled=int(recalled), reason=reason if recalled else "")
    )
    return done.rowcount > 0


def page(tx: Transaction, *, sku: str = "", until: str = "", recalled: bool = False, limit: int = 100) -> list[LotRow]:
    """Return known lots, the first to expire first; those without a date come last.

    :param sku: only of this product.
    :param until: only those that expire on this day or before, and are on a shelf.
    :param recalled: only recalled ones.
    """
    on_shelf = func.coalesce(func.sum(balances.c.quantity), 0)
    named = (products.c.sku, products.c.name, lots.c.lot, lots.c.expiry)
    query = (
        select(*named, on_shelf, lots.c.recalled, lots.c.reason)
        .select_from(
            lots.join(products, products.c.id == lots.c.product_id).outerjoin(
                balances,
                and_(
                    balances.c.product_id == lots.c.product_id,
                    balances.c.lot == lots.c.lot,
                    literal_column("balances.place LIKE 'shelf:%'"),
                ),
            )
        )
        .group_by(
            products.c.sku,
            products.c.name,
            lots.c.product_id,
            lots.c.lot,
            lots.c.expiry,
            lots.c.recalled,
            lots.c.reason,
        )
        .order_by(lots.c.expiry == "", lots.c.expiry, products.c.sku, lots.c.lot)
        .limit(limit)
    )
    if sku:
        query = query.where(products.c.sku == sku)
    if until:
        query = query.where(lots.c.expiry != "", lots.c.expiry <= until).having(on_shelf > 0)
    if recalled:
        query = query.where(lots.c.recalled == 1)
    return [LotRow(*row[:5], bool(row[5]), row[6]) for row in tx.connection.execute(query)]
