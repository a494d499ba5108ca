"""The map of the warehouse as rows: shelves 棚 with their zone, aisle, bay, level and where one stands before them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, insert, literal_column, select

from app.domain.warehouse import Shelf
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import balances, products, shelves

__all__ = ["all_shelves", "replace_all", "used"]

_COLUMNS = (
    shelves.c.code,
    shelves.c.zone,
    shelves.c.aisle,
    shelves.c.bay,
    shelves.c.level,
    shelves.c.x_mm,
    shelves.c.y_mm,
)
_NAMES = tuple(column.name for column in _COLUMNS)
_ALL = Prepared(select(*_COLUMNS).order_by(shelves.c.code))
_ADD = Prepared(insert(shelves).values({name: bindparam(name) for name in _NAMES}))


def all_shelves(tx: Transaction) -> tuple[Shelf, ...]:
    """Return every shelf of the map, by code."""
    return tuple(Shelf(*row) for row in tx.rows(_ALL))


def replace_all(tx: Transaction, given: Iterable[Shelf]) -> None:
    """Make these the map; shelves that it does not name are forgotten (goods on them stay where they are)."""
    tx.connection.execute(delete(shelves))
    rows = [(each.code, each.zone, each.aisle, each.bay, each.level, each.x, each.y) for each in given]
    tx.many_rows(_ADD, rows, _NAMES)


def used(tx: Transaction) -> Sequence[str]:
    """Return the shelves that goods are booked on or have for their own; the nameless one is none."""
    booked = select(balances.c.place).where(literal_column("balances.place LIKE 'shelf:%'"), balances.c.quantity > 0)
    found = {row[0].removeprefix("shelf:") for row in tx.connection.execute(booked.distinct())}
    found |= {row[0] for row in tx.connection.execute(select(products.c.shelf).distinct())}
    return sorted(found - {""})
