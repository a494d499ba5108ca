"""What people do with print jobs: each an act of its own in the journal.

Nothing that may have come out is ever simply sent once more: it is printed again as another job, for a reason, and the
new paper carries COPY.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.barcode import read
from app.domain.own_codes import InsertCode, ListCode, OrderCode
from app.domain.printing import FOLDER, Fault, PrintAct, PrintState, SettledBy, acts_of
from app.errors import NotAllowed, NotFound
from app.services import acts, print_said, printers
from app.services.print_room import kept, subject_of
from app.services.print_scans import confirmed_by, counted, seen_in
from app.storage import outbox, outbox_acts, print_scans
from app.storage import printing as storage
from app.storage.database import Transaction
from app.storage.print_scans import Scan
from app.storage.printing import JobRow, NewJob

__all__ = [
    "BY_SIGHT",
    "Shown",
    "came_out_for_sure",
    "confirm_by_scan",
    "did_not",
    "give_up",
    "move",
    "move_all",
    "reprint_batch",
    "reprint_job",
    "reprint_order",
]

BY_SIGHT = "not_out"
"""Reason of a paper that is printed again because nobody found it: it may have come out."""
_IN_HAND = ("damaged",)
"""Reasons for which a paper was in somebody's hand: the first one came out."""


def _locked(tx: Transaction, job: int, act: PrintAct) -> JobRow:
    """Return a job with which this may be done now.

    :raises NotFound: ``outbox.no_job``.
    :raises NotAllowed: ``outbox.not_now``: what became of it is known, or not yet.
    """
    found = outbox.one(tx, job, lock=True)
    if found is None:
        raise NotFound("outbox.no_job", job=job)
    if act not in acts_of(PrintState(found.state), found.settled_by):
        raise NotAllowed("outbox.not_now", job=job, state=f"outbox.state.{found.state}")
    return found


def came_out_for_sure(tx: Transaction, station: str, act: str, job: int) -> None:
    """Say that a job's paper came out: somebody has it in their hand.

    :raises NotFound: there is no such job.
    :raises NotAllowed: it was not sent, or is confirmed already.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    found = _locked(tx, job, PrintAct.CAME_OUT)
    outbox_acts.say(tx, job, str(PrintState.CONFIRMED), str(SettledBy.PERSON))
    acts.end(tx, state, act, "print_came_out", {"job": job, "paper": found.paper}, order=found.order)


def did_not(tx: Transaction, station: str, act: str, job: int) -> int:
    """Say that a job's paper did not come out; return the job that is printed now.

    One that failed is tried at once. One that may have come out is given up, and another job prints it with COPY.

    :raises NotFound: there is no such job.
    :raises NotAllowed: it waits, or is confirmed.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    found = _locked(tx, job, PrintAct.DID_NOT)
    new = job
    if found.state == PrintState.FAILED:
        outbox_acts.try_now(tx, job)
    else:
        new = _again(tx, station, act, found, BY_SIGHT)
    facts = {"job": job, "paper": found.paper, "new": new}
    acts.end(tx, state, act, "print_not_out", facts, order=found.order, result=new)
    return new


def reprint_job(tx: Transaction, station: str, act: str, job: int, reason: str) -> int:
    """Print a job's paper again, marked as a copy; return the new job.

    :param reason: ``missing``, ``damaged``, ``other`` or a text of one's own; it stands on the paper.
    :raises NotFound: there is no such job.
    :raises NotAllowed: it was never sent, so it is not printed *again*; or there is no reason.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    found = _locked(tx, job, PrintAct.REPRINT)
    new = _again(tx, station, act, found, _reasoned(reason))
    facts = {"job": job, "paper": found.paper, "reason": reason, "new": new}
    acts.end(tx, state, act, "reprint", facts, order=found.order, result=new)
    return new


def _reasoned(reason: str) -> str:
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise NotAllowed("outbox.no_reason")
    return reason


def _again(tx: Transaction, station: str, act: str, found: JobRow, reason: str) -> int:
    """Put a job into the outbox that prints another one again; what became of that one is no question any more."""
    subject = {name: value for name, value in subject_of(found).items() if name not in ("pages", "on")}
    version = found.version if found.order is None else 0
    again = NewJob(
        found.paper, found.order, found.batch, version, copy_reason=reason, subject=kept(subject), repeats=found.id
    )
    storage.add_jobs(tx, act, station, [again])
    new = outbox_acts.newest_of(tx, act)
    if found.state in (PrintState.SENT, PrintState.UNKNOWN):
        if reason in _IN_HAND:
            outbox_acts.say(tx, found.id, str(PrintState.CONFIRMED), str(SettledBy.PERSON))
        else:
            said = print_said.stored([Fault("outbox.repeated", {"job": new})])
            outbox_acts.say(tx, found.id, str(PrintState.DROPPED), str(SettledBy.PERSON), said)
    return new


def reprint_order(tx: Transaction, station: str, act: str, order: int, paper: str, reason: str) -> int:
    """Print a paper of an order again, marked as a copy; return the new job.

    :param paper: such as ``packing_slip`` or ``address_label``.
    :raises NotAllowed: it is no paper of an order, or there is no reason.
    """
    if paper not in (*storage.ORDER_PAPERS, *storage.GIFT_PAPERS):
        raise NotAllowed("outbox.no_paper", paper=paper)
    return _reprint(tx, station, act, NewJob(paper, order, copy_reason=_reasoned(reason)), {"order": order})


def reprint_batch(
    tx: Transaction, station: str, act: str, batch: int, paper: str, reason: str, version: int = 0
) -> int:
    """Print a paper of a batch again, marked as copies; return the new job.

    :param paper: such as ``slips``, ``pick_list`` or ``job_list``.
    :param version: of a paper of a pick job its sequence in the batch.
    :raises NotAllowed: it is no paper of a batch, or there is no reason.
    """
    known = ("slips", "pick_list", "address_label", *storage.GIFT_PAPERS, *storage.PICK_PAPERS, "handover_list")
    if paper not in known:
        raise NotAllowed("outbox.no_paper", paper=paper)
    job = NewJob(paper, batch=batch, version=version, copy_reason=_reasoned(reason))
    return _reprint(tx, station, act, job, {"batch": batch})


def _reprint(tx: Transaction, station: str, act: str, job: NewJob, facts: dict[str, object]) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    storage.add_jobs(tx, act, station, [job])
    new = outbox_acts.newest_of(tx, act)
    facts |= {"paper": job.paper, "reason": job.copy_reason, "new": new}
    acts.end(tx, state, act, "reprint", facts, order=job.order, result=new)
    return new


def give_up(tx: Transaction, station: str, act: str, job: int) -> None:
    """Say that a job need not come out any more.

    :raises NotFound: there is no such job.
    :raises NotAllowed: it came out, or was given up.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    found = _locked(tx, job, PrintAct.GIVE_UP)
    said = print_said.stored([Fault("outbox.given_up")])
    outbox_acts.say(tx, job, str(PrintState.DROPPED), str(SettledBy.PERSON), said)
    facts = {"job": job, "paper": found.paper, "was": found.state}
    acts.end(tx, state, act, "print_given_up", facts, order=found.order)


def move(tx: Transaction, station: str, act: str, job: int, printer: int) -> None:
    """Let another printer print what surely has not come out.

    The station at which this is done brings it out, unless the printer is another one's.

    :param printer: 0 for this station's papers folder.
    :raises NotFound: there is no such job or printer.
    :raises NotAllowed: it may have come out, or the printer is switched off.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    found = _locked(tx, job, PrintAct.MOVE)
    sender = _sender(tx, printer, station)
    outbox_acts.move(tx, job, printer, sender)
    acts.end(tx, state, act, "print_moved", {"job": job, "paper": found.paper, "printer": printer}, order=found.order)


def _sender(tx: Transaction, printer: int, station: str) -> str:
    """Return the station that brings out what goes to a printer from here."""
    if printer == FOLDER:
        return station
    found = printers.one(tx, printer)
    if not found.active:
        raise NotAllowed("outbox.printer_off", name=found.name)
    return found.station or station


def move_all(tx: Transaction, station: str, act: str, printer: int, other: int | None = None) -> int:
    """Give everything that surely has not come out of a printer to another one; return how many jobs.

    :param other: None for the one that takes over for it.
    :raises NotFound: there is no such printer.
    :raises NotAllowed: nobody takes over for it, or the other one is switched off.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    down = printers.one(tx, printer)
    target = down.takeover if other is None else other
    if target is None or target == printer:
        raise NotAllowed("outbox.no_takeover", name=down.name)
    moved = outbox_acts.move_all(tx, printer, target, _sender(tx, target, station))
    facts = {"from": printer, "printer": target, "jobs": moved}
    acts.end(tx, state, act, "print_moved", facts, result=moved)
    return moved


# --- scans at the print board -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """What the scan of a paper at the print board did."""

    jobs: tuple[int, ...]
    """The jobs that it confirmed."""
    key: str
    """Sentence about it."""
    args: dict[str, int | str] = field(default_factory=dict)


def confirm_by_scan(tx: Transaction, station: str, act: str, raw: str) -> Shown:
    """Take the code of a paper that somebody holds: what it is of came out.

    A slip out of a batch's counts for its order; the whole job is confirmed with the last of them.

    :raises NotFound: ``outbox.no_code``: it is no code on a paper of ours; ``outbox.nothing_open``: nothing of it waits
        for an answer.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        stored = acts.result_of(tx, act)
        return Shown(tuple(stored["jobs"]), stored["key"], stored["args"])
    kinds = [each for each in read(raw).kinds if isinstance(each, (OrderCode, InsertCode, ListCode))]
    if not kinds:
        raise NotFound("outbox.no_code", code=raw[:40])
    order = _order_of(tx, kinds[0])
    acts.end(tx, state, act, "print_scanned", {"code": raw[:40]}, raw=raw[:200], order=order, result=None)
    seen = seen_in([Scan(0, tx.now, order, raw)])
    jobs = confirmed_by(tx, seen)
    partly = (
        []
        if jobs
        else print_scans.of_papers(
            tx, orders_=tuple(seen.inserts), ship_numbers=tuple(seen.ship_numbers), lists=tuple(seen.lists)
        )
    )
    if jobs:
        print_scans.confirm(tx, jobs, str(SettledBy.SCAN))
        return Shown(tuple(jobs), "outbox.scanned", {"job": jobs[0]})
    for job in partly:
        if job.order is None and job.batch is not None and job.subject:
            found, of = counted(tx, job.paper, job.batch, job.sent_at, job.subject)
            if of:
                return Shown((), "outbox.scanned_part", {"job": job.id, "count": found, "of": of})
    raise NotFound("outbox.nothing_open", code=raw[:40])


def _order_of(tx: Transaction, kind: OrderCode | InsertCode | ListCode) -> int | None:
    if isinstance(kind, OrderCode):
        return print_scans.order_at(tx, kind.ship_number.batch, kind.ship_number.sequence)
    if isinstance(kind, InsertCode) and kind.code.isdecimal() and len(kind.code) < 16:
        return print_scans.order_of_insert(tx, int(kind.code))
    return None
