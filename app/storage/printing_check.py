"""Checks of the outbox for ``kenpin verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, func, select

from app.storage.database import Transaction
from app.storage.tables import print_jobs, releases

__all__ = ["check"]


def check(tx: Transaction) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each fault by its key and arguments.

    Rows of older programs, which were not routed, are only held against what those kept too.
    """
    yield from _twins(tx)
    j = print_jobs.c
    first = print_jobs.alias("first")
    query = select(j.id, j.repeats).where(j.repeats.is_not(None), ~exists().where(first.c.id == j.repeats))
    for row in tx.connection.execute(query.order_by(j.id)):
        yield "verify.print_repeats", {"job": row[0], "repeats": row[1]}
    unmarked = select(j.id, j.repeats).where(j.repeats.is_not(None), j.copy_reason == "")
    for row in tx.connection.execute(unmarked.order_by(j.id)):
        yield "verify.print_unmarked", {"job": row[0], "repeats": row[1]}
    routed = j.printer_id.is_not(None)
    unsent = select(j.id, j.state).where(routed, j.sent_at.is_(None), j.state.in_(("sent", "unknown")))
    for job, state in tx.connection.execute(unsent.order_by(j.id)):
        yield "verify.print_unsent", {"job": job, "state": f"outbox.state.{state}"}
    unsaid = select(j.id).where(routed, j.state == "confirmed", j.settled_by == "")
    for job in tx.connection.execute(unsaid.order_by(j.id)).scalars():
        yield "verify.print_unsaid", {"job": job}


def _twins(tx: Transaction) -> Iterator[tuple[str, dict[str, Any]]]:
    """A paper of an order's version is confirmed once without the mark of a copy, unless it was released again."""
    j = print_jobs.c
    again = exists().where(releases.c.order_id == j.order_id, releases.c.taken_back.is_not(None))
    query = (
        select(j.paper, j.order_id, j.version, func.min(j.id), func.max(j.id))
        .where(j.state == "confirmed", j.copy_reason == "", j.order_id.is_not(None), j.version > 0, ~again)
        .group_by(j.paper, j.order_id, j.version)
        .having(func.count() > 1)
        .order_by(func.min(j.id))
    )
    for paper, order, version, first, second in tx.connection.execute(query):
        yield "verify.print_twin", {
            "paper": paper, "order": order, "version": version, "first": first, "second": second
        }  # fmt: skip
