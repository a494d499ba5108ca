"""What people say of jobs of the outbox, and what their acts say of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, update

from app.storage.database import Transaction
from app.storage.outbox import OPEN
from app.storage.tables import orders, print_jobs

__all__ = ["let_go", "move", "move_all", "newest_of", "say", "to_let_go", "try_now"]

_STILL_TO_SEND: ColumnElement[bool] = literal_column("state IN ('waiting','failed')")
_LEFT = ("shipped", "reported", "acknowledged", "returned")
"""States of orders whose parcels have left the house."""


def say(tx: Transaction, job: int, state: str, by: str, error: str = "") -> None:
    """Keep what a person says of a job that they looked at and locked.

    :param state: ``confirmed`` or ``dropped``.
    """
    values = {"state": state, "settled_at": tx.now, "settled_by": by, "error": error}
    tx.connection.execute(update(print_jobs).where(print_jobs.c.id == job).values(values))


def try_now(tx: Transaction, job: int) -> None:
    """Let a job that failed be tried at once."""
    query = update(print_jobs).where(print_jobs.c.id == job, print_jobs.c.state == "failed")
    tx.connection.execute(query.values(state="waiting", not_before=0, error=""))


def move(tx: Transaction, job: int, printer: int, sender: str) -> None:
    """Give a job that surely did not come out to a printer, and to the station that brings it there."""
    query = update(print_jobs).where(print_jobs.c.id == job, _STILL_TO_SEND)
    tx.connection.execute(query.values(printer_id=printer, sender=sender, not_before=0))


def move_all(tx: Transaction, printer: int, other: int, sender: str) -> int:
    """Give everything at a printer that surely did not come out to another one; return how many jobs."""
    query = update(print_jobs).where(OPEN, _STILL_TO_SEND, print_jobs.c.printer_id == printer)
    return int(tx.connection.execute(query.values(printer_id=other, sender=sender, not_before=0)).rowcount)


def newest_of(tx: Transaction, act: str) -> int:
    """Return the job that an act just put into the outbox."""
    query = select(func.max(print_jobs.c.id)).where(OPEN, print_jobs.c.act == act)
    return int(tx.connection.execute(query).scalar_one())


def to_let_go(tx: Transaction, station: str, before: int, most: int) -> list[int]:
    """Return jobs about which nobody will say anything any more: what they are of has left the house.

    They were sent, and neither printer nor scan nor person confirmed them.

    :param before: only those of which nothing was heard since.
    """
    gone = orders.c.state.in_(_LEFT)
    of_batch = orders.alias("of_batch")
    here = exists().where(of_batch.c.batch == print_jobs.c.batch, of_batch.c.state.not_in((*_LEFT, "cancelled")))
    left = exists().where(of_batch.c.batch == print_jobs.c.batch, of_batch.c.state.in_(_LEFT))
    batch = and_(print_jobs.c.order_id.is_(None), print_jobs.c.paper != "handover_list", left, ~here)
    query = (
        select(print_jobs.c.id)
        .select_from(print_jobs.outerjoin(orders, orders.c.id == print_jobs.c.order_id))
        .where(
            literal_column("print_jobs.state IN ('waiting','sent','unknown','failed')"),
            print_jobs.c.sender == station,
            print_jobs.c.state.in_(("sent", "unknown")),
            print_jobs.c.settled_by == "",
            print_jobs.c.settled_at < before,
            or_(gone, batch),
        )
        .limit(most)
    )
    return [int(row[0]) for row in tx.connection.execute(query)]


def let_go(tx: Transaction, jobs: Sequence[int], error: str) -> None:
    """Say that jobs need not come out any more, since a person handed over what they are of."""
    query = update(print_jobs).where(
        print_jobs.c.id.in_(jobs), print_jobs.c.state.in_(("sent", "unknown")), print_jobs.c.settled_by == ""
    )
    tx.connection.execute(query.values(state="dropped", settled_by="person", settled_at=tx.now, error=error))
