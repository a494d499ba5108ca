"""The print runner: works the outbox after the commit, one job at a time, on a thread of its own.

A job goes ``waiting → sent → confirmed | failed | unknown | dropped``. A failed one is tried again with growing
pauses; one that was sent when the program died is ``unknown``, never printed again on faith. A paper of a held order
waits; one of a cancelled order, or of a version that is no longer the newest, is ``dropped``. Nothing here can stop a
scan.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from app.domain.papers import Rendered
from app.errors import StationError
from app.services import acts, papers
from app.services.desk import Changes, Desk, new_act
from app.services.drawing import Drawer
from app.storage import printing as storage
from app.storage.database import Transaction
from app.storage.printing import PICK_PAPERS, JobRow, NewJob, came_out, jobs_of_order, page

__all__ = ["JobRow", "PrintRunner", "Sender", "came_out", "jobs_of_order", "outbox", "page", "reprint"]

log = logging.getLogger(__name__)
_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 2_000, 60_000
_HELD_PAUSE_MS = 5_000
"""Pause after which a held order's paper is looked at again."""
_REMARKS = 4_000
"""Characters kept of what there is to say about a paper."""
_IDLE_SECONDS = 1.0
_GATHER_SECONDS = 0.05
"""Pause after a look at the outbox: while scans come fast it is not looked at for every one of them."""


class Sender(Protocol):
    """A way to a printer; handed in by ``main``."""

    def send(self, title: str, pdf: bytes) -> str:
        """Bring the paper out and return where; raises OSError or StationError where it cannot.

        :param title: name of the job without personal data.
        """


def outbox(tx: Transaction, station: str) -> dict[str, int]:
    """Return how many jobs of the station are not done, by state."""
    return storage.outbox_counts(tx, station)


def reprint(tx: Transaction, station: str, act: str, order: int, reason: str) -> None:
    """Print an order's slip again, marked as a copy."""
    state = acts.begin(tx, station, act)
    if state is None:
        return
    storage.add_jobs(tx, act, station, [NewJob("packing_slip", order, copy_reason=reason)])
    acts.end(tx, state, act, "reprint", {"reason": reason}, order=order)


def title_of(job: JobRow) -> str:
    """Return a job's title: ids, never names."""
    what = f"order-{job.order}" if job.order is not None else f"batch-{job.batch}"
    if job.paper in PICK_PAPERS:
        what = f"job-{job.batch}-{job.version}"
    copy = "-copy" if job.copy_reason else ""
    return f"{job.id:06d}-{job.paper}-{what}{copy}"


class PrintRunner:
    """Works one station's outbox."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._desk = desk
        self._sender = sender
        self._drawer = Drawer()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kenpin-printing", daemon=True)
        desk.listen(self._heard)

    def start(self) -> None:
        """Begin; what was sent when the program died is unknown now."""
        self._thread.start()

    def stop(self) -> None:
        """End after the job in hand."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=20)
        self._drawer.close()

    def work_off(self, seconds: float = 600.0) -> list[str]:
        """Print everything that is due now, on the caller's thread; return where the papers came out.

        :param seconds: begin no further job after this time; what is left stays in the outbox.
        """
        done: list[str] = []
        until = time.monotonic() + seconds
        with self._desk.database.transaction() as tx:
            storage.unsettled(tx, self._desk.station)
        while time.monotonic() < until and (result := self._one()) is not None:
            if result:
                done.append(result)
        self._desk.database.release()
        if not self._thread.is_alive():
            self._drawer.close()
        return done

    def _heard(self, changes: Changes) -> None:
        if not changes.topics or "printing" in changes.topics:
            self._wake.set()

    def _run(self) -> None:
        first = True
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if first:
                    with self._desk.database.transaction() as tx:
                        storage.unsettled(tx, self._desk.station)
                    first = False
                while not self._stopping.is_set() and self._one() is not None:
                    pass
            except StationError as error:  # the database is away: the jobs wait in it
                log.warning("printing waits: %s", error)
            self._stopping.wait(_GATHER_SECONDS)
            self._wake.wait(_IDLE_SECONDS)
        self._desk.database.release()

    def _one(self) -> str | None:
        """Work one job; None where nothing is due, empty where it failed or must not come out."""
        database = self._desk.database
        with database.reading() as tx:
            if not storage.is_due(tx, self._desk.station):
                return None
        with database.transaction() as tx:
            job = storage.take(tx, self._desk.station)
            if job is not None:
                storage.set_aside(tx, job, papers.labelled_shops(tx) if job.paper == "address_label" else None)
            why = storage.obstacle(tx, job) if job is not None else ""
            if job is not None and why:
                after = "waiting" if why == "held" else "dropped"
                storage.settle(tx, job.id, after, error=why, not_before=tx.now + _HELD_PAUSE_MS)
        if job is None:
            return None
        if why:
            self._tell()
            return ""
        try:
            with database.reading() as tx:
                paper = papers.paper_of_job(
                    tx,
                    job.paper,
                    order=job.order,
                    batch=job.batch,
                    copy_reason=job.copy_reason,
                    version=job.version,
                )
            drawn = self._drawer.draw(paper, self._desk.give_way)
            result = self._sender.send(title_of(job), drawn.pdf)
        except (OSError, StationError) as error:
            self._fail(job, str(error))
            return ""
        with database.transaction() as tx:
            storage.settle(tx, job.id, "confirmed", result=result, error=_remarks(drawn))
        self._tell()
        return result

    def _fail(self, job: JobRow, why: str) -> None:
        log.warning("job %s failed: %s", job.id, why)
        pause = min(_LONGEST_PAUSE_MS, _FIRST_PAUSE_MS * 2 ** min(job.attempts, 10))
        with self._desk.database.transaction() as tx:
            storage.settle(tx, job.id, "failed", error=why[:500], not_before=tx.now + pause)
        self._tell()

    def _tell(self) -> None:
        self._desk.announce(Changes(frozenset({"printed"}), self._desk.station, new_act()))


def _remarks(drawn: Rendered) -> str:
    """What the paper could not show, for the print board: characters the font lacks, pictures it could not read.

    And what a person of the shop should look at.
    """
    parts: Sequence[str] = (*drawn.missing, *drawn.unusable)
    said = ["missing: " + " ".join(parts)] if parts else []
    return "\n".join([*said, *drawn.warnings])[:_REMARKS]
