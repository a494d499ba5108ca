"""What screens show of printing: the jobs with their true state, what was printed for an order, how printers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.orders import ShipNumber
from app.domain.printing import FOLDER, Fault, PrintAct, Printer, PrintState, SettledBy, acts_of
from app.services import print_said, printers
from app.services.print_room import subject_of
from app.services.print_scans import OF_BATCH, counted
from app.storage import print_board as storage
from app.storage.database import Transaction
from app.storage.print_board import Listed

__all__ = ["BoardRow", "PrinterLine", "board", "history", "open_counts", "outbox", "printer_lines"]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One job of the outbox, as a person sees it."""

    id: int
    at: int
    """When it was caused, UTC in ms."""
    station: str
    """Where it was caused."""
    sender: str
    """The station that brings it out."""
    paper: str
    state: PrintState
    order: int | None
    number: str
    """The shop's number of its order; empty where it is for none."""
    ship_number: str
    batch: int | None
    version: int
    copies: int
    copy_reason: str
    repeats: int | None
    """The job that it prints again."""
    attempts: int
    printer: int | None
    """Printer that it goes to; 0 for the papers folder, None where that is not decided yet."""
    printer_name: str
    """Empty for the papers folder."""
    routed_name: str
    """Printer that the rules name; another one where one took over."""
    pages: int
    """Pages of one copy; 0 while it was not drawn."""
    papers: int
    """Orders whose papers are in a job of a batch; 0 for other jobs."""
    scanned: int
    """How many of them were scanned since it was sent."""
    said: tuple[Fault, ...]
    """What there is to say about it: what is wrong first."""
    result: str
    """Where it came out."""
    sent_at: int | None
    settled_at: int | None
    settled_by: str
    """Who said that it came out, or gave it up: ``printer``, ``scan``, ``person``."""
    tried_at: int
    """When it is tried again, UTC in ms; 0 for at once."""
    acts: tuple[PrintAct, ...]
    """What a person can do with it."""

    @property
    def fault(self) -> Fault | None:
        """What matters most of what there is to say."""
        return self.said[0] if self.said else None


@dataclass(frozen=True, slots=True)
class PrinterLine:
    """A printer, and what waits there."""

    printer: Printer
    waiting: int
    """Jobs that surely have not come out."""
    sent: int
    unknown: int
    takeover_name: str
    """The printer that prints for it while it is down; empty for none."""


def _row(tx: Transaction, listed: Listed) -> BoardRow:
    job = listed.job
    subject = subject_of(job)
    state = PrintState(job.state)
    on = len(subject.get("on", ())) if job.order is None and job.batch is not None and job.paper in OF_BATCH else 0
    scanned, papers = 0, on
    if job.settled_by == SettledBy.SCAN:
        scanned = on
    elif on and job.batch is not None and job.sent_at is not None and state is not PrintState.DROPPED:
        scanned, papers = counted(tx, job.paper, job.batch, job.sent_at, job.subject)
    ship = ""
    if listed.ship_batch is not None and listed.ship_sequence is not None:
        ship = str(ShipNumber(listed.ship_batch, listed.ship_sequence))
    return BoardRow(
        id=job.id,
        at=job.at,
        station=job.station,
        sender=job.sender,
        paper=job.paper,
        state=state,
        order=job.order,
        number=listed.number,
        ship_number=ship,
        batch=job.batch,
        version=job.version,
        copies=job.copies,
        copy_reason=job.copy_reason,
        repeats=job.repeats,
        attempts=job.attempts,
        printer=job.printer,
        printer_name=listed.printer_name,
        routed_name=listed.routed_name,
        pages=int(subject.get("pages", 0)),
        papers=papers,
        scanned=scanned,
        said=print_said.faults_in(job.error),
        result=job.result,
        sent_at=job.sent_at,
        settled_at=job.settled_at,
        settled_by=job.settled_by,
        tried_at=job.not_before,
        acts=acts_of(state, job.settled_by),
    )


def board(
    tx: Transaction,
    *,
    states: Sequence[str] = (),
    printer: int | None = None,
    station: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> tuple[BoardRow, ...]:
    """Return jobs of every station, newest first.

    :param states: only these; empty for all.
    :param printer: only those that go to this printer; 0 for papers folders.
    :param station: only those that this station sends.
    :param before: only those older than this job, for the next page.
    """
    found = storage.jobs(tx, states=states, printer=printer, station=station, before=before, limit=limit)
    return tuple(_row(tx, each) for each in found)


def history(tx: Transaction, *, order: int | None = None, batch: int | None = None) -> tuple[BoardRow, ...]:
    """Return what was printed for an order, or for a batch and its orders, newest first.

    Jobs of an order's batch are among it as far as the order is on them, or nobody knows yet.
    """
    found = storage.jobs_of(tx, order=order, batch=batch)
    if order is not None:
        place = next((each.ship_sequence for each in found if each.job.order == order), None)
        found = [each for each in found if each.job.order is not None or _is_on(each, order, place)]
    return tuple(_row(tx, each) for each in found)


def _is_on(listed: Listed, order: int, place: int | None) -> bool:
    subject = subject_of(listed.job)
    if "orders" in subject and order not in subject["orders"]:
        return False
    return "on" not in subject or place is None or place in subject["on"]


def printer_lines(tx: Transaction, station: str = "") -> tuple[PrinterLine, ...]:
    """Return every printer, or those that a station may print on, with what waits there."""
    waits = storage.waiting_at(tx, station)
    every = printers.every(tx)
    names = {each.id: each.name for each in every}
    shown = [each for each in every if not station or (each.active and each.station in ("", station))]
    none = (0, 0, 0)
    return tuple(PrinterLine(each, *waits.get(each.id, none), names.get(each.takeover or FOLDER, "")) for each in shown)


def open_counts(tx: Transaction) -> dict[str, int]:
    """Return how many jobs of the house stand in each state that is not done."""
    return storage.open_counts(tx)


def outbox(tx: Transaction, station: str) -> dict[str, int]:
    """Return how many jobs that a station sends are not done, by state."""
    return storage.open_counts(tx, station)
