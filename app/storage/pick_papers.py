"""What the papers of picking need and the pick itself does not: options, English names, a job by its number."""

from __future__ import annotations

from sqlalchemy import select

from app.storage.database import Transaction
from app.storage.tables import jobs, lines, picks, products

__all__ = ["named_by", "words_of"]


def words_of(tx: Transaction, job: int) -> dict[int, tuple[str, str]]:
    """Return for each order line of a job its options and its English name."""
    query = (
        select(lines.c.id, lines.c.options, products.c.name_en)
        .select_from(
            picks.join(lines, lines.c.id == picks.c.line_id).join(products, products.c.id == picks.c.product_id)
        )
        .where(picks.c.job_id == job)
    )
    return {row[0]: (row[1], row[2]) for row in tx.connection.execute(query)}


def named_by(tx: Transaction, batch: int, sequence: int) -> int | None:
    """Return the pick job with this number; None where there is none."""
    query = select(jobs.c.id).where(jobs.c.batch == batch, jobs.c.sequence == sequence)
    return tx.connection.execute(query).scalar_one_or_none()
