"""Papers that were scanned: new rows of the journal with codes of ours, and the jobs that they confirm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, and_, bindparam, func, literal_column, or_, select, update

from app.storage.database import Transaction
from app.storage.outbox import OPEN
from app.storage.prepared import Prepared
from app.storage.tables import extras, journal, orders, print_jobs

__all__ = [
    "MOST",
    "OpenJob",
    "Scan",
    "confirm",
    "first_since",
    "in_batch",
    "last_row",
    "of_batch",
    "of_papers",
    "oldest_open",
    "order_at",
    "order_of_insert",
    "scans",
    "slips_sent",
]

MOST = 500
"""Scans that are looked at in one go."""
_OF_US = func.upper(journal.c.raw).like("%K%-%")
"""What may be a code of ours: it is read properly afterwards."""
_ACCEPTED: ColumnElement[bool] = journal.c.level != literal_column("'refused'")
_SCANS = Prepared(
    select(journal.c.id, journal.c.at, journal.c.order_id, journal.c.raw)
    .where(journal.c.id > bindparam("after_", type_=BigInteger), _ACCEPTED, _OF_US)
    .order_by(journal.c.id)
    .limit(MOST)
)
_LAST = Prepared(select(func.coalesce(func.max(journal.c.id), 0)))
_AT = Prepared(
    select(journal.c.id, journal.c.at)
    .where(journal.c.id >= bindparam("id_", type_=BigInteger))
    .order_by(journal.c.id)
    .limit(1)
)
_TO_CONFIRM: ColumnElement[bool] = and_(
    OPEN,
    literal_column("print_jobs.state IN ('sent','unknown','failed')"),
    print_jobs.c.sent_at.is_not(None),
    print_jobs.c.settled_by == literal_column("''"),
)
_OLDEST = Prepared(
    select(func.min(print_jobs.c.sent_at)).where(
        _TO_CONFIRM, print_jobs.c.sender == bindparam("station_", type_=String)
    )
)
_CONFIRM = Prepared(
    update(print_jobs)
    .where(
        print_jobs.c.id == bindparam("id_", type_=BigInteger),
        literal_column("(state IN ('sent','unknown') OR (state = 'failed' AND copy_reason = ''))"),
        print_jobs.c.settled_by == literal_column("''"),
    )
    .values(
        state=literal_column("'confirmed'"),
        settled_at=bindparam("now_", type_=BigInteger),
        settled_by=bindparam("by_", type_=String),
    )
)


@dataclass(frozen=True, slots=True)
class Scan:
    """An accepted scan."""

    id: int
    at: int
    order: int | None
    raw: str


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A job that a scan may confirm."""

    id: int
    paper: str
    order: int | None
    batch: int | None
    """Of the job; of a job of one order the order's."""
    sequence: int | None
    version: int
    sent_at: int
    subject: str


def scans(tx: Transaction, after: int) -> list[Scan]:
    """Return accepted scans of codes that may be ours behind a row of the journal, oldest first, some hundred."""
    return [Scan(*row) for row in tx.rows(_SCANS, after_=after)]


def last_row(tx: Transaction) -> int:
    """Return the newest row of the journal."""
    return int(tx.rows(_LAST)[0][0])


def oldest_open(tx: Transaction, station: str) -> int | None:
    """Return when the oldest job was sent that a scan may still confirm; None where there is none."""
    return tx.rows(_OLDEST, station_=station)[0][0]  # type: ignore[no-any-return]


def first_since(tx: Transaction, at: int) -> int:
    """Return a row of the journal before which nothing was written at or after a moment.

    Found by halving: the journal has no index by time, and its rows come in the order of time.
    """
    low, high = 0, last_row(tx) + 1
    while low < high:
        middle = (low + high) // 2
        row = tx.one(_AT, id_=middle)
        if row is not None and row[1] < at:
            low = row[0] + 1
        else:
            high = middle
    return max(0, low - 1)


def of_papers(
    tx: Transaction,
    *,
    orders_: Collection[int] = (),
    ship_numbers: Collection[tuple[int, int]] = (),
    lists: Collection[tuple[int, int]] = (),
    station: str | None = None,
) -> list[OpenJob]:
    """Return the jobs that scans of such papers may confirm, oldest first.

    :param orders_: orders at which a paper of theirs was scanned: noshi, cards.
    :param ship_numbers: batch and sequence on slips and labels.
    :param lists: batch and sequence of pick jobs.
    :param station: only jobs that this one sends; None for all.
    """
    batches = {batch for batch, _ in (*ship_numbers, *lists)}
    where: list[ColumnElement[bool]] = []
    if orders_:
        batches |= {
            row[0]
            for row in tx.connection.execute(select(orders.c.batch).where(orders.c.id.in_(orders_)))
            if row[0] is not None
        }
        where.append(print_jobs.c.order_id.in_(orders_))
    if batches:
        where.append(and_(print_jobs.c.order_id.is_(None), print_jobs.c.batch.in_(batches)))
    where += [and_(orders.c.batch == batch, orders.c.sequence == sequence) for batch, sequence in ship_numbers]
    if not where:
        return []
    query = (
        select(
            print_jobs.c.id,
            print_jobs.c.paper,
            print_jobs.c.order_id,
            func.coalesce(orders.c.batch, print_jobs.c.batch),
            orders.c.sequence,
            print_jobs.c.version,
            print_jobs.c.sent_at,
            print_jobs.c.subject,
        )
        .select_from(print_jobs.outerjoin(orders, orders.c.id == print_jobs.c.order_id))
        .where(literal_column("print_jobs.state IN ('waiting','sent','unknown','failed')"), or_(*where))
        .where(
            literal_column("print_jobs.state IN ('sent','unknown','failed')"),
            print_jobs.c.sent_at.is_not(None),
            print_jobs.c.settled_by == "",
            # The first paper has the code of its copy: it does not say that a copy came out which surely did not.
            or_(print_jobs.c.state != "failed", print_jobs.c.copy_reason == ""),
        )
        .order_by(print_jobs.c.id)
    )
    if station is not None:
        query = query.where(print_jobs.c.sender == station)
    made: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return [OpenJob(*row) for row in made]


def slips_sent(tx: Transaction, order: int, batch: int | None) -> bool:
    """Whether a slip of an order was sent to a printer, alone or with its batch: its code is the slip's then."""
    p = print_jobs.c
    alone = and_(p.order_id == order, p.paper == "packing_slip")
    query = select(p.id).where(alone, p.sent_at.is_not(None), p.state != "dropped").limit(1)
    if tx.connection.execute(query).first() is not None:
        return True
    query = select(p.id).where(p.order_id.is_(None), p.batch == batch, p.paper == "slips", p.sent_at.is_not(None))
    return tx.connection.execute(query.limit(1)).first() is not None


def of_batch(tx: Transaction, batch: int, since: int, prefix: str) -> set[int]:
    """Return the places in a batch of the orders at which a code of their own was scanned since.

    :param prefix: what their codes begin with, such as ``KO-``.
    """
    query = (
        select(orders.c.sequence)
        .select_from(orders.join(journal, journal.c.order_id == orders.c.id))
        .where(orders.c.batch == batch, journal.c.at >= since, _ACCEPTED, func.upper(journal.c.raw).contains(prefix))
        .distinct()
    )
    return {int(row[0]) for row in tx.connection.execute(query) if row[0] is not None}


def in_batch(tx: Transaction, batch: int) -> set[int]:
    """Return the places in a batch of the orders that are still in it."""
    query = select(orders.c.sequence).where(orders.c.batch == batch, orders.c.state != "cancelled")
    return {int(row[0]) for row in tx.connection.execute(query) if row[0] is not None}


def order_at(tx: Transaction, batch: int, sequence: int) -> int | None:
    """Return the order at a place of a batch; None where there is none."""
    query = select(orders.c.id).where(orders.c.batch == batch, orders.c.sequence == sequence)
    return tx.connection.execute(query).scalar_one_or_none()


def order_of_insert(tx: Transaction, insert: int) -> int | None:
    """Return the order that an insert belongs to; None where there is no such insert."""
    return tx.connection.execute(select(extras.c.order_id).where(extras.c.id == insert)).scalar_one_or_none()


def confirm(tx: Transaction, jobs: Sequence[int], by: str) -> int:
    """Say that jobs came out, unless somebody said what became of them; return how many."""
    return sum(tx.run(_CONFIRM, id_=job, by_=by, now_=tx.now) for job in jobs)
