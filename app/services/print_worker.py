"""What one printer does: it brings out the jobs that wait for it, in their order, and is asked what became of them.

Every printer has a worker of its own, so that one that is dead or stalled keeps back nothing but its own jobs. Nothing
slow happens within a transaction: a job is read, drawn, taken, sent and settled one after the other, and the database
is written only to take and to settle.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.domain.printer_state import PrinterState
from app.domain.printing import (
    FOLDER,
    Delivery,
    Fault,
    Printer,
    PrintState,
    SettledBy,
    Verdict,
    pause_ms,
    stands_in,
    verdict,
)
from app.errors import DatabaseLocked, DatabaseOffline, StationError
from app.services import print_rules, print_said, printers, printing_data
from app.services.print_room import Room, holds_of, kept, numbers_on, remarks_of, subject_of, title_of
from app.services.printers import OFF, Standing, Way
from app.services.printing_data import Data
from app.services.settings import all_settings
from app.storage import outbox, printing
from app.storage.database import Transaction
from app.storage.printing import JobRow

__all__ = ["Worker"]

log = logging.getLogger(__name__)

HELD_PAUSE_MS = 5_000
"""Pause after which a held order's paper is looked at again."""
_ASK_AGAIN_SECONDS = (2.0, 5.0)
"""Pauses between questions to a printer that is down, the first and the longest."""
_IDLE_SECONDS = 5.0
"""How often a worker that is not woken looks by itself; the dispatcher wakes it for what is due."""
_IDLE_ASK_SECONDS = 30.0
"""How often a printer that has nothing to do is asked how it is, so that the foot of the screen is true."""
_SEEN_MS = 300_000
"""A printer that answers is noted anew so often."""
_FOLLOW_SECONDS = (1.0, 5.0)
"""Pauses between questions what became of a job, the first and the longest: a label printer that was not asked for
longer than it takes to be switched off and on is not believed any more."""
_GIVE_UP_ASKING_SECONDS = 3_600.0
"""A job about which its printer said nothing for so long is not asked about any more; it stays unknown."""
_LONG_DRAWING_SECONDS = 2.0
"""After so long the printer is asked again before a job is sent to it."""


@dataclass(slots=True)
class _Followed:
    """A job that was taken and is asked about."""

    job: JobRow
    delivery: Delivery
    holds: int
    state: PrintState
    remarks: str
    since: float
    """When it last gave a sign of life, monotonic seconds."""
    pause: float = _FOLLOW_SECONDS[0]
    next_at: float = 0.0


class Worker:
    """Works the jobs of one printer, or of the station's papers folder."""

    def __init__(self, room: Room, printer: Printer | None) -> None:
        self._room = room
        self._printer = printer
        self.wake = threading.Event()
        """Set when something may be due."""
        self._way: Way | None = None
        self._followed: dict[int, _Followed] = {}
        self._unsaid: list[Callable[[Transaction], Any]] = []
        """What could not be written because the database was away."""
        self._down_since: float | None = None
        self._rest_until = 0.0
        self._rest = _ASK_AGAIN_SECONDS[0]
        self._asked_at = 0.0
        self._loaded_at: float | None = None
        self._answers = printer.answers if printer is not None else False
        self._thread: threading.Thread | None = None

    @property
    def id(self) -> int:
        """The printer's id; 0 for the folder."""
        return self._printer.id if self._printer is not None else FOLDER

    @property
    def resting(self) -> bool:
        """Whether the printer is down and not asked again yet."""
        return time.monotonic() < self._rest_until

    @property
    def running(self) -> bool:
        """Whether its thread has not ended: the printer is that one's."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def asking(self) -> bool:
        """Whether there are jobs of which the printer has not said what became of them."""
        return bool(self._followed)

    @property
    def _off(self) -> bool:
        """Whether the printer was switched off in the list, or taken out of it."""
        return self._printer is not None and not self._printer.active

    def use(self, printer: Printer | None) -> None:
        """Go on with what is known of the printer now; None where it was taken out of the list."""
        before = self._printer
        if before is None:
            return
        self._printer = printer or replace(before, active=False)
        if printer is None:
            return
        self._answers = printer.answers
        where = ("transport", "address", "language", "dpi", "media", "options")
        if any(getattr(before, name) != getattr(printer, name) for name in where):
            self._way = None
            self._down_since, self._rest_until = None, 0.0

    # --- the thread ---

    def start(self) -> None:
        """Begin a thread of its own; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"kenpin-printer-{self.id}", daemon=True)
            self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the end of its job in hand."""
        if self._thread is not None:
            self._thread.join(timeout=max(0.0, seconds))

    def _run(self) -> None:
        while not self._room.stopping.is_set():
            self.wake.clear()
            try:
                while not self._room.stopping.is_set() and self.step() is not None:
                    self.look_after()
                self.look_after()
                self._look_idly()
            except StationError as error:  # the database is away: the jobs wait in it
                log.warning("printing waits: %s", error)
            except Exception:
                log.exception("the worker of printer %s stumbled", self.id)
                self._room.stopping.wait(_ASK_AGAIN_SECONDS[0])
            self._room.desk.database.release()  # however many printers there are, connections are few
            self.wake.wait(self._wait_seconds())
        self._room.desk.database.release()

    def _wait_seconds(self) -> float:
        """Return how long nothing needs to be looked at, unless it is woken."""
        now = time.monotonic()
        times = [now + _IDLE_SECONDS]
        times += [each.next_at for each in self._followed.values()]
        if self._rest_until > now:
            times.append(self._rest_until)
        return max(0.02, min(times) - now)

    # --- one job ---

    def step(self) -> str | None:
        """Work one job; None where nothing is due or the printer is down, empty where nothing came out."""
        if self.resting or self._off:
            return None
        self._say_unsaid()
        database, station = self._room.desk.database, self._room.desk.station
        with database.reading() as tx:
            job = outbox.due(tx, station, self.id)
            why = printing.obstacle(tx, job) if job is not None else ""
            aside = job is not None and not why and self._set_aside(tx, job, dry=True)
        if job is None:
            return None
        if why:
            self._keep_back(job, why)
            return ""
        if not self._fine():
            return None
        if aside:
            self._room.write(lambda tx: self._set_aside(tx, job))
        drawn = self._draw(job)
        if drawn is None:
            return ""
        data, subject = drawn
        taken = self._room.write(lambda tx: self._take(tx, job, subject))
        if taken is None:
            return ""
        return self._send(taken, data)

    @staticmethod
    def _set_aside(tx: Transaction, job: JobRow, *, dry: bool = False) -> bool:
        return bool(print_rules.set_aside(tx, job, among=subject_of(job).get("orders"), dry=dry))

    def _keep_back(self, job: JobRow, why: str) -> None:
        said = print_said.stored([Fault(f"outbox.{why}")])
        if why == "held":
            self._room.write(lambda tx: outbox.put_off(tx, job.id, said, tx.now + HELD_PAUSE_MS))
        else:
            self._room.write(lambda tx: outbox.drop(tx, job.id, said))
        self._room.tell()

    def _draw(self, job: JobRow) -> tuple[Data, str] | None:
        """Make a job's bytes; None where it cannot be drawn: it failed."""
        begun = time.monotonic()
        try:
            with self._room.desk.database.reading() as tx:
                work = printing_data.work_of(tx, job, self._printer)
            with self._room.drawing:
                data = work.draw(self._room.drawer, self._room.desk.give_way)
        except (DatabaseLocked, DatabaseOffline):
            raise
        except Exception as error:  # of any kind: what cannot be drawn keeps back no other paper
            log.warning("job %s cannot be drawn: %s", job.id, error, exc_info=not isinstance(error, StationError))
            said, pause = print_said.stored([print_said.of_error(error)]), pause_ms(job.attempts + 1)
            self._room.write(lambda tx: outbox.fail_unsent(tx, job.id, said, tx.now + pause))
            self._room.tell()
            return None
        if time.monotonic() - begun > _LONG_DRAWING_SECONDS and not self._fine():
            return None
        subject = subject_of(job) | {"pages": data.pages}
        if job.order is None and job.batch is not None:
            on = [number.sequence for number in numbers_on(work.paper.value) if number.batch == job.batch]
            subject |= {"on": on} if on else {}
        return data, kept(subject)

    @staticmethod
    def _take(tx: Transaction, job: JobRow, subject: str) -> JobRow | None:
        return None if printing.obstacle(tx, job) else outbox.take(tx, job, subject)

    def _send(self, job: JobRow, data: Data) -> str:
        remarks = remarks_of(data)
        holds = holds_of(data)
        try:
            delivery = self._to().send(title_of(job), data.data)
        except Exception as error:  # a way that breaks its promise: what came out is not known
            log.exception("sending job %s broke off", job.id)
            fault = print_said.of_error(error)
            delivery = Delivery(taken=len(data.data), whole=False, fault=fault)
        if delivery.report is not None:
            self._answers = True
        found = verdict(delivery, holds=holds, answers=self._answers)
        self._settle(job, found, delivery, remarks)
        if found.state is PrintState.FAILED and delivery.taken == 0:
            self._is_down()
        elif delivery.taken:
            self._down_since, self._rest = None, _ASK_AGAIN_SECONDS[0]
        if found.ask_again and not self._never_says(delivery):
            now = time.monotonic()
            followed = _Followed(job, delivery, holds, found.state, remarks, now)
            followed.next_at = now + followed.pause
            self._followed[job.id] = followed
        return (delivery.where or title_of(job)) if found.state in (PrintState.CONFIRMED, PrintState.SENT) else ""

    def _settle(self, job: JobRow, found: Verdict, delivery: Delivery, remarks: str) -> None:
        said = [found.fault] if found.fault is not None else []
        error = print_said.stored([*said, *print_said.faults_in(remarks)])
        pause = pause_ms(job.attempts) if found.state is PrintState.FAILED else 0
        if found.state in (PrintState.FAILED, PrintState.UNKNOWN):
            log.warning("job %s is %s: %s", job.id, found.state, error)
        by = str(SettledBy.PRINTER) if found.state is PrintState.CONFIRMED else ""

        def write(tx: Transaction) -> bool:
            return outbox.settle(
                tx,
                job,
                str(found.state),
                error=error,
                result=delivery.where,
                device_job=delivery.job,
                by=by,
                not_before=tx.now + pause if pause else 0,
            )

        try:
            self._room.write(write)
        except (DatabaseLocked, DatabaseOffline) as error_:
            log.warning("what became of job %s is written later: %s", job.id, error_)
            self._unsaid.append(write)
        self._room.tell()

    def _say_unsaid(self) -> None:
        while self._unsaid:
            self._room.write(self._unsaid[0])
            self._unsaid.pop(0)

    # --- what became of it ---

    def look_after(self) -> None:
        """Ask what became of the jobs that were sent, and let another printer take over where this one is down."""
        self._say_unsaid()
        self._load_followed()
        now = time.monotonic()
        for each in [each for each in self._followed.values() if each.next_at <= now]:
            self._follow(each)
        self._hand_over_when_down()

    def _load_followed(self) -> None:
        """Follow up what another program of this station sent, or this one before it was begun anew."""
        now = time.monotonic()
        if self._printer is None or (self._loaded_at is not None and now - self._loaded_at < 60.0):
            return
        self._loaded_at = now
        with self._room.desk.database.reading() as tx:
            rows = outbox.followed(tx, self._room.desk.station, self.id) if self._may_answer(tx) else []
            moment = tx.now
        for job in rows:
            if job.id not in self._followed:
                ago = (moment - (job.settled_at or moment)) / 1000
                delivery = Delivery(taken=0, whole=True, job=job.device_job, where=job.result)
                state = PrintState(job.state)
                self._followed[job.id] = _Followed(job, delivery, 0, state, job.error, now - ago, next_at=now)

    def _may_answer(self, tx: Transaction) -> bool:
        """Whether there is a sense in reading what was sent: of a printer that never answers it may be very much."""
        return self._answers or outbox.has_device_jobs(tx, self._room.desk.station, self.id)

    def _follow(self, each: _Followed) -> None:
        try:
            each.delivery = self._to().follow(each.delivery)
        except Exception:
            log.exception("asking about job %s broke off", each.job.id)
        delivery = each.delivery
        now = time.monotonic()
        if delivery.report is not None:
            self._answers = True
            if delivery.report.state is PrinterState.BUSY:
                each.since = now
        found = verdict(delivery, holds=each.holds, answers=self._answers)
        done = found.state in (PrintState.CONFIRMED, PrintState.FAILED)
        news = done or (
            found.state is PrintState.UNKNOWN and delivery.fault is not None and each.state is PrintState.SENT
        )
        if not news and each.state is PrintState.SENT and self._answers and now - each.since > self._unknown_after():
            found, news = Verdict(PrintState.UNKNOWN, Fault("outbox.no_word")), True
        if news:
            self._settle(each.job, found, delivery, each.remarks)
            each.state = found.state
        if done or self._never_says(delivery) or now - each.since > _GIVE_UP_ASKING_SECONDS + self._unknown_after():
            del self._followed[each.job.id]
            return
        each.pause = min(_FOLLOW_SECONDS[1], each.pause * 1.5)
        each.next_at = now + each.pause

    def _never_says(self, delivery: Delivery) -> bool:
        """Whether there is no sense in asking: the printer cannot answer, so that a scan or a person confirms."""
        return delivery.report is None and not delivery.job and not self._answers

    def _unknown_after(self) -> float:
        with self._room.desk.database.reading() as tx:
            return 60.0 * int(all_settings(tx)["print.unknown_after"])

    # --- whether it is down ---

    def _to(self) -> Way:
        if self._printer is None:
            return self._room.ways.folder()  # wherever it is just now
        if self._way is None:
            self._way = self._room.ways.to(self._printer)
        return self._way

    def _fine(self) -> bool:
        """Ask the printer how it is; whether a job that is sent now comes out."""
        if self._printer is None:
            return True
        try:
            standing = printers.ask(self._to())
        except StationError as error:  # its address is of no use
            standing = Standing(OFF, print_said.of_error(error))
        self._asked_at = time.monotonic()
        silent = not standing.state and self._answers
        self._note(standing)
        if standing.report is not None:
            self._answers = True
        said = standing.report.state if standing.report is not None else None
        fine = standing.fault is None and not silent and (said is None or said.prints or said is PrinterState.UNKNOWN)
        if fine:
            self._down_since, self._rest, self._rest_until = None, _ASK_AGAIN_SECONDS[0], 0.0
        else:
            self._is_down()
        return fine

    def _is_down(self) -> None:
        now = time.monotonic()
        self._down_since = self._down_since if self._down_since is not None else now
        self._rest_until = now + self._rest
        self._rest = min(_ASK_AGAIN_SECONDS[1], self._rest * 1.5)

    def _note(self, standing: Standing) -> None:
        """Keep what the printer said, where it is news."""
        printer = self._printer
        assert printer is not None
        same = standing.state == printer.state and (standing.report is None or printer.answers)
        if same and standing.report is not None and len(standing.report.all) > 1:
            same = printer.told.get("all", "") == " ".join(standing.report.all)
        fresh = printer.seen_at is not None and self._now_ms() - printer.seen_at < _SEEN_MS
        if same and (fresh or standing.report is None):
            return
        self._room.write(lambda tx: printers.note_state(tx, printer.id, standing))
        said = standing.report is not None
        self._printer = replace(
            printer,
            state=standing.state,
            answers=printer.answers or said,
            seen_at=self._now_ms() if said else printer.seen_at,
            told={"all": " ".join(standing.report.all)} if standing.report is not None else {},
        )
        self._room.tell()

    @staticmethod
    def _now_ms() -> int:
        return int(time.time() * 1000)

    def _look_idly(self) -> None:
        """Ask a printer that has nothing to do how it is, or one that is down whether it is back."""
        if self._printer is None or self.resting or self._off:
            return
        if self._down_since is not None or time.monotonic() - self._asked_at > _IDLE_ASK_SECONDS:
            self._fine()

    def _hand_over_when_down(self) -> None:
        """Give what surely did not come out to the printer that takes over, where this one is down for long."""
        if self._printer is None or self._down_since is None or self._printer.takeover is None:
            return
        with self._room.desk.database.reading() as tx:
            after = int(all_settings(tx)["print.takeover_after"])
            if not after or time.monotonic() - self._down_since < after:
                return
            waits = outbox.to_hand_over(tx, self._room.desk.station, self.id)
            other = next((each for each in printers.every(tx) if each.id == self._printer.takeover), None)
        if not waits or other is None or not stands_in(self._printer, other) or not self._other_is_fine(other):
            return
        station = self._room.desk.station
        moved = self._room.write(lambda tx: outbox.hand_over(tx, station, self.id, other.id, other.station))
        log.warning("%s jobs of printer %s go to printer %s", moved, self.id, other.id)
        self._room.tell()
        self.handed_over()

    handed_over: Callable[[], None] = staticmethod(lambda: None)
    """Called when jobs went to another printer."""

    def _other_is_fine(self, other: Printer) -> bool:
        if other.station not in ("", self._room.desk.station):  # it cannot be asked from here
            return other.state in ("", str(PrinterState.READY), str(PrinterState.BUSY))
        standing = printers.ask(self._room.ways.to(other))
        if standing.report is None:
            return standing.fault is None and not other.answers
        return standing.report.state.prints
