"""What the print runner does with the rows of the outbox: which job is due where, taking it, saying what became of it.

Every statement that changes a job says which state it must be in: two programs of a station, a runner and a person at
the print board never undo each other's word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.printing import COLUMNS, JobRow
from app.storage.tables import print_jobs

__all__ = [
    "OPEN",
    "Route",
    "add_split",
    "drop",
    "due",
    "due_printers",
    "due_to_route",
    "fail_unsent",
    "followed",
    "hand_over",
    "has_device_jobs",
    "has_on_their_way",
    "lost",
    "one",
    "put_off",
    "put_off_all",
    "route",
    "settle",
    "take",
    "to_hand_over",
    "unroute",
]

OPEN: ColumnElement[bool] = literal_column("state IN ('waiting','sent','unknown','failed')")
"""Jobs that are not done; the index of the outbox holds just these."""
_STILL_TO_SEND: ColumnElement[bool] = literal_column("state IN ('waiting','failed')")
_BLOCKS_UNTIL = 5
"""A job that failed so often blocks the papers of its batch behind it no longer."""
_MINE: ColumnElement[bool] = print_jobs.c.sender == bindparam("station_", type_=String)
_IS_DUE: ColumnElement[bool] = print_jobs.c.not_before <= bindparam("now_", type_=BigInteger)
_ID: ColumnElement[bool] = print_jobs.c.id == bindparam("id_", type_=BigInteger)


def _no_brother_before() -> ColumnElement[bool]:
    """No earlier paper of the same batch on the same printer waits to be tried again: their order matters."""
    earlier = print_jobs.alias("earlier")
    return ~exists().where(
        literal_column("earlier.state IN ('waiting','sent','unknown','failed')"),  # for the index of the outbox
        literal_column("earlier.state") == literal_column("'failed'"),
        earlier.c.sender == print_jobs.c.sender,
        earlier.c.id < print_jobs.c.id,
        earlier.c.batch == print_jobs.c.batch,
        earlier.c.printer_id == print_jobs.c.printer_id,
        earlier.c.attempts < _BLOCKS_UNTIL,
    )


_DUE_TO_ROUTE = Prepared(
    select(*COLUMNS)
    .where(OPEN, _MINE, _STILL_TO_SEND, print_jobs.c.printer_id.is_(None), _IS_DUE)
    .order_by(print_jobs.c.id)
    .limit(bindparam("most_", type_=Integer))
)
_DUE = Prepared(
    select(*COLUMNS)
    .where(
        OPEN,
        _MINE,
        _STILL_TO_SEND,
        print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger),
        _IS_DUE,
        or_(print_jobs.c.batch.is_(None), _no_brother_before()),
    )
    .order_by(print_jobs.c.id)
    .limit(1)
)
_DUE_PRINTERS = Prepared(
    select(func.coalesce(print_jobs.c.printer_id, literal_column("-1")))
    .where(OPEN, _MINE, _STILL_TO_SEND, _IS_DUE)
    .distinct()
)
_ONE = Prepared(select(*COLUMNS).where(_ID))
_ONE_LOCKED = Prepared(select(*COLUMNS).where(_ID).with_for_update())
_ROUTE = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_TO_SEND, print_jobs.c.printer_id.is_(None))
    .values(
        printer_id=bindparam("printer_", type_=BigInteger),
        routed_id=bindparam("routed_", type_=BigInteger),
        sender=bindparam("sender_", type_=String),
        copies=bindparam("copies_", type_=Integer),
        subject=bindparam("subject_", type_=String),
    )
)
_SPLIT_COLUMNS = (
    "act", "at", "station", "sender", "paper", "order_id", "batch", "version", "copy_reason", "subject", "routed_id",
    "printer_id", "copies", "repeats", "not_before",
)  # fmt: skip
_SPLIT = Prepared(insert(print_jobs).values({name: bindparam(name) for name in _SPLIT_COLUMNS}))
_UNROUTE = Prepared(
    update(print_jobs)
    .where(OPEN, _STILL_TO_SEND, print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger))
    .values(printer_id=None, routed_id=None, sender=print_jobs.c.station)
)
_TAKE = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_TO_SEND, print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger))
    .values(
        state=literal_column("'sent'"),
        attempts=print_jobs.c.attempts + 1,
        sent_at=bindparam("now_", type_=BigInteger),
        settled_at=None,
        device_job=literal_column("''"),
        subject=bindparam("subject_", type_=String),
    )
)
_STILL_ASKED: ColumnElement[bool] = and_(
    print_jobs.c.attempts == bindparam("attempts_", type_=Integer),
    literal_column("state IN ('sent','unknown')"),
    print_jobs.c.settled_by == literal_column("''"),
)
_SETTLE = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_ASKED)
    .values(
        state=bindparam("state_", type_=String),
        error=bindparam("error_", type_=String),
        result=bindparam("result_", type_=String),
        device_job=bindparam("device_job_", type_=String),
        not_before=bindparam("not_before_", type_=BigInteger),
        settled_at=bindparam("now_", type_=BigInteger),
        settled_by=bindparam("by_", type_=String),
    )
)
_FAIL_UNSENT = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_TO_SEND)
    .values(
        state=literal_column("'failed'"),
        attempts=print_jobs.c.attempts + 1,
        error=bindparam("error_", type_=String),
        not_before=bindparam("not_before_", type_=BigInteger),
        settled_at=bindparam("now_", type_=BigInteger),
    )
)
_PUT_OFF = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_TO_SEND)
    .values(error=bindparam("error_", type_=String), not_before=bindparam("not_before_", type_=BigInteger))
)
_DROP = Prepared(
    update(print_jobs)
    .where(_ID, _STILL_TO_SEND)
    .values(
        state=literal_column("'dropped'"),
        error=bindparam("error_", type_=String),
        settled_at=bindparam("now_", type_=BigInteger),
    )
)
_PUT_OFF_ALL = Prepared(
    update(print_jobs)
    .where(OPEN, _MINE, _STILL_TO_SEND, print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger), _IS_DUE)
    .values(error=bindparam("error_", type_=String), not_before=bindparam("not_before_", type_=BigInteger))
)
_IS_ON_ITS_WAY: tuple[ColumnElement[bool], ...] = (
    OPEN,
    _MINE,
    print_jobs.c.state == literal_column("'sent'"),
    print_jobs.c.settled_at.is_(None),
)
_ON_THEIR_WAY = Prepared(select(print_jobs.c.id).where(*_IS_ON_ITS_WAY).limit(1))
_LOST = Prepared(
    update(print_jobs)
    .where(*_IS_ON_ITS_WAY)
    .values(
        state=literal_column("'unknown'"),
        error=bindparam("error_", type_=String),
        settled_at=bindparam("now_", type_=BigInteger),
    )
)
_FOLLOWED = Prepared(
    select(*COLUMNS)
    .where(
        OPEN,
        _MINE,
        print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger),
        or_(
            print_jobs.c.state == literal_column("'sent'"),
            and_(print_jobs.c.state == literal_column("'unknown'"), print_jobs.c.device_job != literal_column("''")),
        ),
        print_jobs.c.settled_at.is_not(None),
        print_jobs.c.settled_by == literal_column("''"),
    )
    .order_by(print_jobs.c.id)
)
_TO_MOVE: tuple[ColumnElement[bool], ...] = (
    OPEN,
    _MINE,
    _STILL_TO_SEND,
    print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger),
    or_(_IS_DUE, print_jobs.c.state == literal_column("'failed'")),
)
_TO_HAND_OVER = Prepared(select(print_jobs.c.id).where(*_TO_MOVE).limit(1))
_HAS_DEVICE_JOBS = Prepared(
    select(print_jobs.c.id)
    .where(
        OPEN,
        _MINE,
        print_jobs.c.printer_id == bindparam("printer_", type_=BigInteger),
        print_jobs.c.device_job != literal_column("''"),
    )
    .limit(1)
)
_HAND_OVER = Prepared(
    update(print_jobs)
    .where(*_TO_MOVE)
    .values(
        printer_id=bindparam("other_", type_=BigInteger),
        sender=case(
            (bindparam("sender_", type_=String) != literal_column("''"), bindparam("sender_", type_=String)),
            else_=print_jobs.c.sender,
        ),
        not_before=literal_column("0"),
    )
)


def _row(row: Sequence[Any] | None) -> JobRow | None:
    return JobRow(*row) if row is not None else None


def one(tx: Transaction, job: int, *, lock: bool = False) -> JobRow | None:
    """Return a job; None where there is no such."""
    return _row(tx.one(_ONE_LOCKED if lock and tx.dialect != "sqlite" else _ONE, id_=job))


def due_to_route(tx: Transaction, station: str, most: int) -> list[JobRow]:
    """Return the station's oldest jobs that are due and have no printer yet."""
    return [JobRow(*row) for row in tx.rows(_DUE_TO_ROUTE, station_=station, now_=tx.now, most_=most)]


def due(tx: Transaction, station: str, printer: int) -> JobRow | None:
    """Return the oldest job that is due at a printer and does not have to wait for a paper of its batch."""
    return _row(tx.one(_DUE, station_=station, printer_=printer, now_=tx.now))


def due_printers(tx: Transaction, station: str) -> set[int]:
    """Return the printers at which something of the station is due; -1 stands for what has none yet."""
    return {int(row[0]) for row in tx.rows(_DUE_PRINTERS, station_=station, now_=tx.now)}


@dataclass(frozen=True, slots=True)
class Route:
    """Where a job goes."""

    job: JobRow
    split: bool
    """Whether this is a part of it beside the first: a job of its own."""
    printer: int
    """0 for the papers folder."""
    routed: int | None
    """Printer that the rules name."""
    sender: str
    copies: int
    subject: str


def route(tx: Transaction, route_: Route) -> bool:
    """Say where a job goes; False where somebody did so meanwhile."""
    values = {"printer_": route_.printer, "routed_": route_.routed, "sender_": route_.sender}
    return tx.run(_ROUTE, id_=route_.job.id, copies_=route_.copies, subject_=route_.subject, **values) == 1


def add_split(tx: Transaction, route_: Route) -> None:
    """Add the part of a batch's job that goes to another printer: a job like it."""
    job = route_.job
    values = {
        "act": job.act,
        "at": job.at,
        "station": job.station,
        "sender": route_.sender,
        "paper": job.paper,
        "order_id": job.order,
        "batch": job.batch,
        "version": job.version,
        "copy_reason": job.copy_reason,
        "subject": route_.subject,
        "routed_id": route_.routed,
        "printer_id": route_.printer,
        "copies": route_.copies,
        "repeats": job.repeats,
        "not_before": job.not_before,
    }
    tx.many(_SPLIT, [values])


def unroute(tx: Transaction, printer: int) -> int:
    """Take the jobs that wait at a printer away from it, to be routed anew; return how many."""
    return tx.run(_UNROUTE, printer_=printer)


def take(tx: Transaction, job: JobRow, subject: str) -> JobRow | None:
    """Mark a job as sent just before it is; None where another program, or a person, was quicker.

    :param subject: what is known of its paper now.
    """
    if tx.run(_TAKE, id_=job.id, printer_=job.printer, now_=tx.now, subject_=subject) != 1:
        return None
    return one(tx, job.id)


def settle(
    tx: Transaction,
    job: JobRow,
    state: str,
    *,
    error: str,
    result: str,
    device_job: str,
    by: str = "",
    not_before: int = 0,
) -> bool:
    """Say what became of a job that was sent; False where a person or a scan said so meanwhile.

    :param state: ``sent`` (taken, but not confirmed), ``confirmed``, ``failed`` (tried again after *not_before*) or
        ``unknown``.
    :param by: who confirmed it.
    """
    values = {"state_": state, "error_": error, "result_": result, "device_job_": device_job, "by_": by}
    return tx.run(_SETTLE, id_=job.id, attempts_=job.attempts, not_before_=not_before, now_=tx.now, **values) == 1


def fail_unsent(tx: Transaction, job: int, error: str, not_before: int) -> bool:
    """Say that a job could not even be drawn; it is tried again after *not_before*."""
    return tx.run(_FAIL_UNSENT, id_=job, error_=error, not_before_=not_before, now_=tx.now) == 1


def put_off(tx: Transaction, job: int, error: str, not_before: int) -> bool:
    """Let a job wait until *not_before* without counting an attempt."""
    return tx.run(_PUT_OFF, id_=job, error_=error, not_before_=not_before) == 1


def drop(tx: Transaction, job: int, error: str) -> bool:
    """Say that a job must not come out any more."""
    return tx.run(_DROP, id_=job, error_=error, now_=tx.now) == 1


def put_off_all(tx: Transaction, station: str, printers: Collection[int], error: str, not_before: int) -> None:
    """Let everything that is due at some printers wait until *not_before*."""
    for printer in printers:
        tx.run(_PUT_OFF_ALL, station_=station, printer_=printer, now_=tx.now, error_=error, not_before_=not_before)


def has_on_their_way(tx: Transaction, station: str) -> bool:
    """Whether there is something that :func:`lost` would mark."""
    return tx.one(_ON_THEIR_WAY, station_=station) is not None


def lost(tx: Transaction, station: str, error: str) -> int:
    """Mark what was on its way when the program died as unknown; return how many jobs."""
    return tx.run(_LOST, station_=station, error_=error, now_=tx.now)


def followed(tx: Transaction, station: str, printer: int) -> list[JobRow]:
    """Return what a printer took and has not said anything about."""
    return [JobRow(*row) for row in tx.rows(_FOLLOWED, station_=station, printer_=printer)]


def hand_over(tx: Transaction, station: str, printer: int, other: int, sender: str) -> int:
    """Give what a printer surely did not print to another one; return how many jobs.

    :param sender: the only station that reaches the other printer; empty where every one does.
    """
    return tx.run(_HAND_OVER, station_=station, printer_=printer, other_=other, sender_=sender, now_=tx.now)


def to_hand_over(tx: Transaction, station: str, printer: int) -> bool:
    """Whether there is something at a printer that :func:`hand_over` would move."""
    return tx.one(_TO_HAND_OVER, station_=station, printer_=printer, now_=tx.now) is not None


def has_device_jobs(tx: Transaction, station: str, printer: int) -> bool:
    """Whether a printer has taken jobs that it can be asked about by their numbers."""
    return tx.one(_HAS_DEVICE_JOBS, station_=station, printer_=printer) is not None
