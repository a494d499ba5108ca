"""The print outbox: jobs are rows written with the act that caused them, and their true state afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, insert, literal_column, or_, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import jobs, orders, print_jobs

__all__ = [
    "GIFT_PAPERS",
    "ORDER_PAPERS",
    "PICK_PAPERS",
    "JobRow",
    "NewJob",
    "add_jobs",
    "came_out",
    "is_due",
    "jobs_of_order",
    "obstacle",
    "outbox_counts",
    "page",
    "set_aside",
    "settle",
    "take",
    "unsettled",
    "with_own_slip",
]

ORDER_PAPERS = ("packing_slip", "invoice", "return_slip", "address_label")
"""Papers of one order; address labels also of a batch."""
PICK_PAPERS = ("job_list", "place_sheet")
"""Papers of a pick job."""
GIFT_PAPERS = ("noshi", "gift_card")
"""Papers that go into a box, of a batch or of one order."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """Something to print."""

    paper: str
    """Id of the paper, such as ``packing_slip``."""
    order: int | None = None
    batch: int | None = None
    version: int = 0
    """Of an order; of a paper of a pick job its sequence in the batch."""
    copy_reason: str = ""
    """Why it is printed again; empty for a first print."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job of the outbox."""

    id: int
    at: int
    station: str
    paper: str
    order: int | None
    batch: int | None
    version: int
    copy_reason: str
    state: str
    attempts: int
    error: str
    result: str
    """Where it came out: the file's name."""


_COLUMNS = (
    print_jobs.c.id,
    print_jobs.c.at,
    print_jobs.c.station,
    print_jobs.c.paper,
    print_jobs.c.order_id,
    print_jobs.c.batch,
    print_jobs.c.version,
    print_jobs.c.copy_reason,
    print_jobs.c.state,
    print_jobs.c.attempts,
    print_jobs.c.error,
    print_jobs.c.result,
)
_ADD = Prepared(
    insert(print_jobs).values(
        act=bindparam("act"),
        at=bindparam("at"),
        station=bindparam("station"),
        sender=bindparam("station"),
        paper=bindparam("paper"),
        order_id=bindparam("order_id"),
        batch=bindparam("batch"),
        version=bindparam("version"),
        copy_reason=bindparam("copy_reason"),
        state=literal_column("'waiting'"),
        attempts=literal_column("0"),
        not_before=literal_column("0"),
        error=literal_column("''"),
        result=literal_column("''"),
    )
)
_OPEN: ColumnElement[bool] = literal_column("state IN ('waiting','sent','unknown','failed')")
_DUE = Prepared(
    select(*_COLUMNS)
    .where(
        _OPEN,
        print_jobs.c.sender == bindparam("station_", type_=String),
        or_(print_jobs.c.state == literal_column("'waiting'"), print_jobs.c.state == literal_column("'failed'")),
        print_jobs.c.not_before <= bindparam("now_"),
    )
    .order_by(print_jobs.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ANY_DUE = Prepared(
    select(print_jobs.c.id)
    .where(
        _OPEN,
        print_jobs.c.sender == bindparam("station_", type_=String),
        or_(print_jobs.c.state == literal_column("'waiting'"), print_jobs.c.state == literal_column("'failed'")),
        print_jobs.c.not_before <= bindparam("now_"),
    )
    .limit(1)
)
_TAKE = Prepared(
    update(print_jobs)
    .where(print_jobs.c.id == bindparam("id_"))
    .values(state=literal_column("'sent'"), attempts=print_jobs.c.attempts + 1)
)
_SETTLE = Prepared(
    update(print_jobs)
    .where(print_jobs.c.id == bindparam("id_"))
    .values(
        state=bindparam("state_"),
        error=bindparam("error_"),
        result=bindparam("result_"),
        not_before=bindparam("not_before_"),
    )
)
_LOST = Prepared(
    update(print_jobs)
    .where(
        _OPEN,
        print_jobs.c.sender == bindparam("station_", type_=String),
        print_jobs.c.state == literal_column("'sent'"),
    )
    .values(state=literal_column("'unknown'"))
)


def add_jobs(tx: Transaction, act: str, station: str, jobs: Sequence[NewJob]) -> None:
    """Put jobs into the outbox of *station*, in their order."""
    tx.many(
        _ADD,
        [
            {
                "act": act,
                "at": tx.now,
                "station": station,
                "paper": job.paper,
                "order_id": job.order,
                "batch": job.batch,
                "version": job.version,
                "copy_reason": job.copy_reason,
            }
            for job in jobs
        ],
    )


def is_due(tx: Transaction, station: str) -> bool:
    """Whether there is something to :func:`take`; asked in a reading transaction, so that no scan waits for it."""
    return tx.one(_ANY_DUE, station_=station, now_=tx.now) is not None


def take(tx: Transaction, station: str) -> JobRow | None:
    """Take the oldest job that is due and mark it sent; None where nothing is due."""
    row = tx.one(_DUE, station_=station, now_=tx.now)
    if row is None:
        return None
    tx.run(_TAKE, id_=row[0])
    return JobRow(*row)


_OWN = {"slips": "packing_slip", "address_label": "address_label"}
"""A batch's paper, and the paper of one order that stands for it where the order's comes out by itself."""

_STANDING = Prepared(
    select(orders.c.state, orders.c.held, orders.c.version, orders.c.batch).where(orders.c.id == bindparam("order_"))
)


def obstacle(tx: Transaction, job: JobRow) -> str:
    """Return why a job must not come out now; empty where it may.

    ``held``: its order's papers wait until the holds are lifted. ``cancelled``, ``taken_back`` (its release, or its
    pick job), ``old_version``, ``own_slips`` (every order of the batch has a slip job of its own): it never comes out
    any more. A job that names no version is for whichever is the newest.
    """
    if job.paper in ("slips", "pick_list") or (job.paper in (*GIFT_PAPERS, "address_label") and job.order is None):
        query = select(orders.c.id).where(orders.c.batch == job.batch, orders.c.state != "cancelled")
        left = [row[0] for row in tx.connection.execute(query)]
        if not left:
            return "cancelled"
        own = _OWN.get(job.paper, "")
        alone = own and not job.copy_reason and with_own_slip(tx, left, own) == set(left)
        return "own_slips" if alone else ""
    if job.paper in PICK_PAPERS:
        state = select(jobs.c.state).where(jobs.c.batch == job.batch, jobs.c.sequence == job.version)
        return "taken_back" if tx.connection.execute(state).scalar_one_or_none() in (None, "taken_back") else ""
    row = tx.one(_STANDING, order_=job.order) if job.order is not None else None
    if row is None or job.paper not in (*ORDER_PAPERS, *GIFT_PAPERS):
        return ""
    if row[0] == "cancelled":
        return "cancelled"
    if row[3] is None:
        return "taken_back"
    if job.version and job.version != row[2]:
        return "old_version"
    return "held" if row[1] and row[0] in ("released", "picked") else ""


def set_aside(tx: Transaction, job: JobRow, shops: Collection[int] | None = None) -> int:
    """Give each held order of a batch a slip or label job of its own, which waits for its holds; return how many.

    The batch's slips or labels come out without them then.

    :param shops: whose orders get this paper; None for all.
    """
    if job.paper not in _OWN or job.batch is None:
        return 0
    paper = _OWN[job.paper]
    held = select(orders.c.id, orders.c.version).where(
        orders.c.batch == job.batch, orders.c.held > 0, orders.c.state.in_(("released", "picked"))
    )
    if shops is not None:
        held = held.where(orders.c.shop_id.in_(shops))
    rows = [tuple(row) for row in tx.connection.execute(held.order_by(orders.c.sequence))]
    known = with_own_slip(tx, [row[0] for row in rows], paper)
    new = [NewJob(paper, order, version=version) for order, version in rows if order not in known]
    act = tx.connection.execute(select(print_jobs.c.act).where(print_jobs.c.id == job.id)).scalar_one()
    add_jobs(tx, act, job.station, new)
    return len(new)


def with_own_slip(tx: Transaction, ids: Sequence[int], paper: str = "packing_slip") -> set[int]:
    """Return those of the orders whose newest version has a slip job of its own, waiting or done; copies aside.

    :param paper: another paper of one order, such as its noshi.
    """
    found: set[int] = set()
    for start in range(0, len(ids), 400):
        query = (
            select(print_jobs.c.order_id)
            .select_from(print_jobs.join(orders, orders.c.id == print_jobs.c.order_id))
            .where(
                print_jobs.c.order_id.in_(ids[start : start + 400]),
                print_jobs.c.paper == paper,
                print_jobs.c.version == orders.c.version,
                print_jobs.c.copy_reason == "",
                print_jobs.c.state != "dropped",
            )
        )
        found |= {int(row[0]) for row in tx.connection.execute(query) if row[0] is not None}
    return found


def came_out(tx: Transaction, paper: str, batch: int, version: int) -> bool:
    """Whether a paper of a batch, or of a pick job, was sent to a printer before, whatever became of it there."""
    query = select(print_jobs.c.id).where(
        print_jobs.c.paper == paper,
        print_jobs.c.batch == batch,
        print_jobs.c.version == version,
        print_jobs.c.state.in_(("sent", "unknown", "confirmed")),
    )
    return tx.connection.execute(query.limit(1)).first() is not None


def settle(tx: Transaction, job: int, state: str, *, error: str = "", result: str = "", not_before: int = 0) -> None:
    """Say what became of a job.

    :param state: ``confirmed``, ``failed`` (tried again after *not_before*), ``waiting`` (for its order's holds, until
        then), ``dropped`` (it must not come out any more) or ``unknown``.
    """
    tx.run(_SETTLE, id_=job, state_=state, error_=error, result_=result, not_before_=not_before)


def unsettled(tx: Transaction, station: str) -> int:
    """At start: jobs that were sent when the program died are ``unknown`` now; return how many."""
    return tx.run(_LOST, station_=station)


def outbox_counts(tx: Transaction, station: str) -> dict[str, int]:
    """Return how many jobs of the station stand in each state that is not done."""
    query = (
        select(print_jobs.c.state, func.count())
        .where(_OPEN, print_jobs.c.sender == station)
        .group_by(print_jobs.c.state)
    )
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def jobs_of_order(tx: Transaction, order: int) -> list[JobRow]:
    """Return every job of an order, oldest first."""
    rows = tx.connection.execute(select(*_COLUMNS).where(print_jobs.c.order_id == order).order_by(print_jobs.c.id))
    made: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [JobRow(*row) for row in made]


def page(tx: Transaction, *, states: Sequence[str] = (), limit: int | None = None) -> list[JobRow]:
    """Return jobs of every station, newest first."""
    query = select(*_COLUMNS).order_by(print_jobs.c.id.desc())
    if states:
        query = query.where(print_jobs.c.state.in_(states))
    if limit is not None:
        query = query.limit(limit)
    made: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return [JobRow(*row) for row in made]
