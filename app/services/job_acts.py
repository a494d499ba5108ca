"""A pick job as a leader sees it: what it takes, and what can be done about it from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.jobs import Job, JobState
from app.domain.modes import Stage
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.services.picking import modes
from app.storage import picking as storage
from app.storage import printing
from app.storage.database import Transaction
from app.storage.picking import LoadedJob
from app.storage.printing import NewJob

__all__ = ["JobDetail", "detail", "hand_back", "reprint"]


@dataclass(frozen=True, slots=True)
class JobDetail:
    """A job with its lines and its way."""

    job: Job
    holder: str
    """Station that has it; empty where none has."""
    walk: Mapping[str, Any]
    """``points``, ``stops``, ``metres`` and what the rules of thumb would have taken, in metres."""


def _load(tx: Transaction, job: int, *, lock: bool) -> LoadedJob:
    found = storage.load_job(tx, job, modes(), lock=lock)
    if found is None:
        raise NotFound("job.no_such", job=job)
    return found


def detail(tx: Transaction, job: int) -> JobDetail:
    """Return one job whole; nothing is locked.

    :raises NotFound: there is no such job.
    """
    found = _load(tx, job, lock=False)
    return JobDetail(found.job, found.holder if found.job.open else "", storage.walk_of(tx, job))


def hand_back(tx: Transaction, station: str, act: str, job: int) -> str:
    """Take an open job from the station that has it, so that anybody may go on with it; return its number.

    What was picked stays picked, in its totes. The next scan of the station that had it is refused there.

    :raises NotFound: there is no such job.
    :raises NotAllowed: nobody has it open, or the person signed in may not take work over.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return str(acts.result_of(tx, act))
    acts.require(state, Right.TAKE_OVER)
    found = _load(tx, job, lock=True)
    if not found.job.open:
        raise NotAllowed("job.not_open", job=found.job.number)
    storage.save(tx, replace(found.job, state=JobState.PAUSED), "", 0, found.person)
    facts = {"job": found.job.number, "holder": found.holder}
    acts.end(tx, state, act, "job_handed_back", facts, result=found.job.number)
    return found.job.number


def reprint(tx: Transaction, station: str, act: str, job: int, reason: str) -> int:
    """Print the papers of a job at the shelves, marked as copies; return how many there are.

    Where its way of picking has none, its list is printed: with it the job can be done on paper.

    :param reason: why, in words; it is printed with the mark.
    :raises NotFound: there is no such job.
    :raises NotAllowed: it is none at the shelves.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    found = _load(tx, job, lock=False).job
    if found.stage is not Stage.PICK:
        raise NotAllowed("job.no_papers", job=found.number)
    sequence = int(found.number.partition("-")[2])
    names = found.mode.papers or ("job_list",)
    papers = [NewJob(paper, batch=found.batch, version=sequence, copy_reason=reason) for paper in names]
    printing.add_jobs(tx, act, station, papers)
    acts.end(tx, state, act, "reprint", {"job": found.number, "reason": reason}, result=len(papers))
    return len(papers)
