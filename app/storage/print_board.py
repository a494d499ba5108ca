"""Reads for whoever looks at the outbox: pages of jobs, the papers of an order or batch, what waits at each printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from app.storage.database import Transaction
from app.storage.outbox import OPEN
from app.storage.printing import COLUMNS, JobRow
from app.storage.tables import orders, print_jobs, printers

__all__ = ["Listed", "jobs", "jobs_of", "open_counts", "waiting_at"]

_printer = printers.alias("printer")
_routed = printers.alias("routed")
_SENDING = ("waiting", "failed")


@dataclass(frozen=True, slots=True)
class Listed:
    """A job with the names that belong to it."""

    job: JobRow
    number: str
    """The shop's number of its order; empty where it has none."""
    ship_batch: int | None
    ship_sequence: int | None
    printer_name: str
    routed_name: str


def _query() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *COLUMNS,
        func.coalesce(orders.c.number, ""),
        orders.c.batch,
        orders.c.sequence,
        func.coalesce(_printer.c.name, ""),
        func.coalesce(_routed.c.name, ""),
    )
    return select(*columns).select_from(
        print_jobs.outerjoin(orders, orders.c.id == print_jobs.c.order_id)
        .outerjoin(_printer, _printer.c.id == print_jobs.c.printer_id)
        .outerjoin(_routed, _routed.c.id == print_jobs.c.routed_id)
    )


def _listed(tx: Transaction, query: Select[Any]) -> list[Listed]:
    width = len(COLUMNS)
    return [Listed(JobRow(*row[:width]), *row[width:]) for row in map(tuple, tx.connection.execute(query))]


def jobs(
    tx: Transaction,
    *,
    states: Sequence[str] = (),
    printer: int | None = None,
    station: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> list[Listed]:
    """Return jobs, newest first.

    :param printer: only those that go to this one; 0 for papers folders.
    :param station: only those that this station sends.
    :param before: only those older than this job.
    """
    query = _query().order_by(print_jobs.c.id.desc())
    if states:
        query = query.where(print_jobs.c.state.in_(states))
    if printer is not None:
        query = query.where(print_jobs.c.printer_id == printer)
    if station:
        query = query.where(print_jobs.c.sender == station)
    if before is not None:
        query = query.where(print_jobs.c.id < before)
    if limit is not None:
        query = query.limit(limit)
    return _listed(tx, query)


def jobs_of(tx: Transaction, *, order: int | None = None, batch: int | None = None) -> list[Listed]:
    """Return what was printed for an order, or for a batch and its orders, newest first: jobs of the batch too."""
    of_batch = print_jobs.c.order_id.is_(None) & (print_jobs.c.paper != "handover_list")
    if order is not None:
        own = select(orders.c.batch).where(orders.c.id == order, orders.c.batch.is_not(None))
        where = or_(print_jobs.c.order_id == order, and_(of_batch, print_jobs.c.batch.in_(own)))
    else:
        where = or_(and_(of_batch, print_jobs.c.batch == batch), orders.c.batch == batch)
    return _listed(tx, _query().where(where).order_by(print_jobs.c.id.desc()))


def waiting_at(tx: Transaction, station: str = "") -> dict[int, tuple[int, int, int]]:
    """Return how many jobs wait (or failed and are tried again), were sent, and are unknown, by printer.

    The papers folder is 0; what is not routed yet counts there too.

    :param station: only what this one sends.
    """
    state = print_jobs.c.state

    def number(*states: str) -> Any:
        return func.sum(case((state.in_(states), 1), else_=0))

    place = func.coalesce(print_jobs.c.printer_id, 0)
    query = select(place, number(*_SENDING), number("sent"), number("unknown")).where(OPEN).group_by(place)
    if station:
        query = query.where(print_jobs.c.sender == station)
    return {int(row[0]): (int(row[1]), int(row[2]), int(row[3])) for row in tx.connection.execute(query)}


def open_counts(tx: Transaction, station: str = "") -> dict[str, int]:
    """Return how many jobs stand in each state that is not done.

    :param station: only those that this one sends.
    """
    query = select(print_jobs.c.state, func.count()).where(OPEN).group_by(print_jobs.c.state)
    if station:
        query = query.where(print_jobs.c.sender == station)
    return {row[0]: int(row[1]) for row in tx.connection.execute(query)}
