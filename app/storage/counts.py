"""Count tasks 棚卸: shelves on which a picker found something else than the books say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal_column, select, update

from app.domain.stock import shelf_place
from app.storage.database import Transaction
from app.storage.tables import balances, counts, jobs, people, products

__all__ = ["CountRow", "lock", "lots_there", "mark_done", "open_counts"]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One shelf that somebody should count."""

    id: int
    at: int
    """Since when, milliseconds since 1970 UTC."""
    product: int
    sku: str
    name: str
    name_en: str
    shelf: str
    reason: str
    """``short``, ``damaged``, ``not_empty``."""
    person: str
    """Who found it; empty for nobody."""
    job: str
    """Number of the pick job, such as ``12-3``; empty for none."""
    books: int
    """Pieces that lie there by the books, of all lots."""


def open_counts(tx: Transaction, limit: int | None = None) -> list[CountRow]:
    """Return the shelves that are to be counted, the longest waiting first."""
    there = (
        select(func.coalesce(func.sum(balances.c.quantity), 0))
        .where(
            balances.c.product_id == counts.c.product_id,
            balances.c.place == literal_column(f"'{shelf_place('')}'").concat(counts.c.shelf),
        )
        .scalar_subquery()
    )
    query = (
        select(
            counts.c.id, counts.c.at, counts.c.product_id, products.c.sku, products.c.name, products.c.name_en,
            counts.c.shelf, counts.c.reason, people.c.name, jobs.c.batch, jobs.c.sequence, there,
        )
        .select_from(
            counts.join(products, products.c.id == counts.c.product_id)
            .outerjoin(people, people.c.id == counts.c.person_id)
            .outerjoin(jobs, jobs.c.id == counts.c.job_id)
        )
        .where(counts.c.done_at.is_(None))
        .order_by(counts.c.id)
    )  # fmt: skip
    if limit is not None:
        query = query.limit(limit)
    made = []
    for found in tx.connection.execute(query):
        row: list[Any] = list(found)
        number = f"{row[9]}-{row[10]}" if row[9] is not None else ""
        head = (row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])
        made.append(CountRow(*head, row[8] or "", number, int(row[11])))
    return made


def lock(tx: Transaction, count: int) -> tuple[int, str, bool] | None:
    """Return product, shelf and whether it was counted already, its row locked; None for none of that number."""
    query = select(counts.c.product_id, counts.c.shelf, counts.c.done_at).where(counts.c.id == count)
    row = tx.connection.execute(query.with_for_update()).first()
    return (row[0], row[1], row[2] is not None) if row else None


def lots_there(tx: Transaction, product: int, shelf: str) -> dict[str, int]:
    """Return the pieces on a shelf by lot, by the books; lots of which nothing is there are left out."""
    query = select(balances.c.lot, balances.c.quantity).where(
        balances.c.product_id == product, balances.c.place == shelf_place(shelf), balances.c.quantity != 0
    )
    return {lot: int(quantity) for lot, quantity in tx.connection.execute(query)}


def mark_done(tx: Transaction, count: int, counted: int) -> None:
    """Keep what was counted."""
    tx.connection.execute(update(counts).where(counts.c.id == count).values(done_at=tx.now, counted=counted))
