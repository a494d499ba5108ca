"""The print outbox: jobs are rows written with the act that caused them, and their true state afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer, String, and_, bindparam, case, exists, insert, literal_column, or_, select

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import jobs, orders, print_jobs

__all__ = [
    "COLUMNS",
    "GIFT_PAPERS",
    "ORDER_PAPERS",
    "PICK_PAPERS",
    "JobRow",
    "NewJob",
    "add_jobs",
    "came_out",
    "obstacle",
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
    again: str = ""
    """Why it is printed again where this version of its order had the paper before; empty where that is not asked."""
    subject: str = ""
    """What a paper without an order or batch shows, as JSON."""
    copies: int = 1
    repeats: int | None = None
    """The job that it prints again."""


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
    """What there is to say about it, as JSON, see :mod:`app.services.print_said`."""
    result: str
    """Where it came out: a file's name, a queue, an address."""
    sender: str
    """Station that brings it out."""
    routed: int | None
    """Printer that the rules name for it."""
    printer: int | None
    """Printer that it goes to: 0 for the papers folder; None until it is routed."""
    copies: int
    repeats: int | None
    """Job that it prints again."""
    subject: str
    """JSON: what it shows where it has no order or batch, and what is known of its paper."""
    device_job: str
    """The printer's own number of it."""
    not_before: int
    sent_at: int | None
    settled_at: int | None
    """When what became of it was said last; None while it is on its way."""
    settled_by: str
    act: str

    @property
    def on_its_way(self) -> bool:
        """Whether nothing is known yet of what was sent."""
        return self.state == "sent" and self.settled_at is None


COLUMNS = (
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
    print_jobs.c.sender,
    print_jobs.c.routed_id,
    print_jobs.c.printer_id,
    print_jobs.c.copies,
    print_jobs.c.repeats,
    print_jobs.c.subject,
    print_jobs.c.device_job,
    print_jobs.c.not_before,
    print_jobs.c.sent_at,
    print_jobs.c.settled_at,
    print_jobs.c.settled_by,
    print_jobs.c.act,
)
"""What a :class:`JobRow` is made of, in its order."""
_again = bindparam("again_", type_=String)
_before = print_jobs.alias("before")
_HAD_BEFORE = exists(
    select(_before.c.id).where(
        _before.c.order_id == bindparam("order_", type_=BigInteger),
        _before.c.paper == bindparam("paper_", type_=String),
        _before.c.version == bindparam("version_", type_=Integer),
        _before.c.copy_reason == literal_column("''"),
        _before.c.state != literal_column("'dropped'"),
    )
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
        copy_reason=case(
            (
                and_(_again != literal_column("''"), _HAD_BEFORE),
                _again,
            ),
            else_=bindparam("reason_", type_=String),
        ),
        subject=bindparam("subject"),
        copies=bindparam("copies"),
        repeats=bindparam("repeats"),
        state=literal_column("'waiting'"),
        attempts=literal_column("0"),
        not_before=literal_column("0"),
        error=literal_column("''"),
        result=literal_column("''"),
    )
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
                "reason_": job.copy_reason,
                "again_": job.again,
                "order_": job.order,
                "paper_": job.paper,
                "version_": job.version,
                "subject": job.subject,
                "copies": job.copies,
                "repeats": job.repeats,
            }
            for job in jobs
        ],
    )


_OWN = {"slips": "packing_slip", "invoice": "invoice", "return_slip": "return_slip", "address_label": "address_label"}
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
    if job.order is None and job.paper in ("pick_list", *GIFT_PAPERS, *_OWN):
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


def with_own_slip(tx: Transaction, ids: Sequence[int], paper: str = "packing_slip") -> set[int]:
    """Return those of the orders whose newest version has a slip job of its own, waiting or done; copies aside.

    One that a person gave up, or had printed again, counts: a first print of it would be a twin without a mark.

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
                or_(print_jobs.c.state != "dropped", print_jobs.c.settled_by == "person"),
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
