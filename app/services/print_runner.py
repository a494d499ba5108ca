"""The print runner: brings out what stands in the outbox, after the commit and beside the scans.

One dispatcher routes new jobs to their printers; every printer has a worker of its own. A job goes ``waiting → sent →
confirmed | unknown | failed``, beside it ``dropped``. A failed one surely did not come out and is tried again with
growing pauses; what was on its way when the program died is ``unknown``, never printed again on faith. A paper of a
held order waits; one of a cancelled order, or of a version that is no longer the newest, is ``dropped``. Nothing here
can stop a scan.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from functools import partial

from app.domain.printing import FOLDER, Fault, Printer, pause_ms
from app.errors import DatabaseLocked, DatabaseOffline, StationError
from app.services import print_rules, print_said, printers
from app.services.desk import Changes, Desk
from app.services.drawing import Drawer
from app.services.print_room import Room, kept, subject_of
from app.services.print_rules import Routed
from app.services.print_scans import ScanWatch
from app.services.print_worker import Worker
from app.services.printers import Ways
from app.storage import outbox, outbox_acts
from app.storage.database import Transaction
from app.storage.outbox import Route
from app.storage.printing import JobRow

__all__ = ["PrintRunner"]

log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_GATHER_SECONDS = 0.05
"""Pause after a look at the outbox: while scans come fast it is not looked at for every one of them."""
_AT_ONCE = 50
"""Jobs that are routed in one transaction."""
_NO_PRINTER_PAUSE_MS = 10_000
_PRINTERS_SECONDS = 5.0
"""How often the list of printers is read again."""
_LAST_WORD_SECONDS = 3.0
"""How long :meth:`PrintRunner.work_off` waits at its end for what printers say of the jobs that they took."""
_STOP_SECONDS = 20.0
_UNROUTED = -1
_LET_GO_SECONDS = 600.0
"""How often is looked for papers that nobody confirmed and whose parcels have left the house."""
_LET_GO_MS = 24 * 3_600_000
_LET_GO_MOST = 200


class PrintRunner:
    """Works one station's outbox."""

    def __init__(self, desk: Desk, ways: Ways) -> None:
        self._desk = desk
        self._room = Room(desk, ways, Drawer())
        self._scans = ScanWatch(self._room)
        self._wake = threading.Event()
        self._stopping = self._room.stopping
        self._workers: dict[int, Worker] = {}
        self._printers: dict[int, Printer] = {}
        self._read_at = -_PRINTERS_SECONDS
        self._let_go_at = -_LET_GO_SECONDS
        self._thread = threading.Thread(target=self._run, name="kenpin-printing", daemon=True)
        desk.listen(self._heard)

    def start(self) -> None:
        """Begin; what was on its way when the program died is unknown now."""
        self._thread.start()

    def stop(self) -> None:
        """End after the jobs in hand."""
        self._stopping.set()
        self._wake.set()
        until = time.monotonic() + _STOP_SECONDS
        for worker in list(self._workers.values()):
            worker.wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=_STOP_SECONDS)
        for worker in list(self._workers.values()):
            worker.join(until - time.monotonic())
        self._room.drawer.close()

    def work_off(self, seconds: float = 600.0) -> list[str]:
        """Print everything that is due now, on the caller's thread; return where the papers came out.

        A printer that is down is left alone: its jobs wait.

        :param seconds: begin no further job after this time; what is left stays in the outbox.
        """
        done: list[str] = []
        until = time.monotonic() + seconds
        self._lose()
        self._read_printers()
        self._scans.look()
        worked = True
        while worked and time.monotonic() < until:
            self._route_all()
            worked = False
            for printer in sorted(self._due_printers()):
                worker = self._worker(printer)
                if worker.running:  # it hangs at its printer: nobody else may talk to that
                    continue
                while time.monotonic() < until and (result := worker.step()) is not None:
                    worked = True
                    if result:
                        done.append(result)
        self._hear_last_words(min(until, time.monotonic() + _LAST_WORD_SECONDS))
        self._desk.database.release()
        if not self._thread.is_alive():
            self._room.drawer.close()
        return done

    def _hear_last_words(self, until: float) -> None:
        """Ask the printers a moment longer what became of what they took."""
        asking = [worker for worker in self._workers.values() if worker.asking and not worker.running]
        while asking and time.monotonic() < until:
            time.sleep(0.1)
            for worker in asking:
                worker.look_after()
            asking = [worker for worker in asking if worker.asking]

    def _heard(self, changes: Changes) -> None:
        if not changes.topics or "printing" in changes.topics:
            self._wake.set()
        self._scans.heard(changes)

    # --- the dispatcher ---

    def _run(self) -> None:
        first = True
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if first:
                    self._lose()
                    first = False
                self._read_printers()
                self._route_all()
                for printer in self._due_printers():
                    worker = self._worker(printer)
                    worker.start()
                    worker.wake.set()
                self._scans.look()
                self._let_go()
            except StationError as error:  # the database is away: the jobs wait in it
                log.warning("printing waits: %s", error)
            except Exception:
                log.exception("the print runner stumbled")
            self._desk.database.release()
            self._stopping.wait(_GATHER_SECONDS)
            self._wake.wait(_IDLE_SECONDS)
        self._desk.database.release()

    def _let_go(self) -> None:
        """Take papers out of the outbox that nobody confirmed, a day after their parcels left the house.

        Printers that can never answer would fill it else: nobody scans an address label any more once it is gone.
        """
        now = time.monotonic()
        if now - self._let_go_at < _LET_GO_SECONDS:
            return
        with self._desk.database.reading() as tx:
            gone = outbox_acts.to_let_go(tx, self._desk.station, tx.now - _LET_GO_MS, _LET_GO_MOST)
        if gone:
            said = print_said.stored([Fault("outbox.left_house")])
            self._room.write(lambda tx: outbox_acts.let_go(tx, gone, said))
        if len(gone) < _LET_GO_MOST:
            self._let_go_at = now

    def _lose(self) -> None:
        said = print_said.stored([Fault("outbox.program_ended")])
        with self._desk.database.reading() as tx:
            if not outbox.has_on_their_way(tx, self._desk.station):
                return
        self._room.write(lambda tx: outbox.lost(tx, self._desk.station, said))

    def _read_printers(self) -> None:
        """Learn which printers there are; each that this station reaches gets a worker, which asks how it is."""
        now = time.monotonic()
        if now - self._read_at < _PRINTERS_SECONDS:
            return
        self._read_at = now
        with self._desk.database.reading() as tx:
            self._printers = {each.id: each for each in printers.every(tx)}
        for number, worker in self._workers.items():
            worker.use(self._printers.get(number))
        for each in self._printers.values():
            if (
                each.id not in self._workers
                and self._thread.is_alive()
                and each.active
                and each.station in ("", self._desk.station)
            ):
                self._worker(each.id).start()

    def _worker(self, printer: int) -> Worker:
        found = self._workers.get(printer)
        if found is None:
            found = self._workers[printer] = Worker(self._room, self._printers.get(printer))
            found.handed_over = self._wake.set
        return found

    def _due_printers(self) -> set[int]:
        """Return where something is due that can be brought there: the jobs of a printer that is gone wait."""
        with self._desk.database.reading() as tx:
            due = outbox.due_printers(tx, self._desk.station) - {_UNROUTED}
        usable = {FOLDER, *(each.id for each in self._printers.values() if each.active)}
        if gone := due - usable:
            said = print_said.stored([Fault("outbox.no_printer")])
            station = self._desk.station
            self._room.write(lambda tx: outbox.put_off_all(tx, station, gone, said, tx.now + _NO_PRINTER_PAUSE_MS))
        return due & usable

    # --- routes ---

    def _route_all(self) -> None:
        """Say of every new job where it goes."""
        while True:
            with self._desk.database.reading() as tx:
                new = outbox.due_to_route(tx, self._desk.station, _AT_ONCE)
                routes, failed = self._all_routes(tx, new)
            if not new:
                return
            self._room.write(partial(_write_routes, routes, failed))

    def _all_routes(self, tx: Transaction, new: Sequence[JobRow]) -> tuple[list[Route], list[tuple[JobRow, str]]]:
        """Return the routes of jobs, and what is wrong with those that cannot be routed: they keep back no other."""
        routes: list[Route] = []
        failed: list[tuple[JobRow, str]] = []
        for job in new:
            try:
                routes += self._routes(tx, job)
            except (DatabaseLocked, DatabaseOffline):
                raise
            except Exception as error:
                log.exception("job %s cannot be routed", job.id)
                failed.append((job, print_said.stored([print_said.of_error(error)])))
        return routes, failed

    def _routes(self, tx: Transaction, job: JobRow) -> list[Route]:
        """Return where a job goes; several where it is split by printers."""
        made: list[Route] = []
        asked = subject_of(job).get("printer")
        if isinstance(asked, int):  # labels that somebody wants just there
            return [self._route(job, Routed(asked), None, split=False)]
        kept_for = subject_of(job).get("orders")
        for each in print_rules.route(tx, job) or (Routed(None),):
            orders = each.orders
            if orders is not None and kept_for is not None:  # printed again: only what was in the first one
                orders = tuple(order for order in orders if order in kept_for)
                if not orders:
                    continue
            made.append(self._route(job, each, orders, split=bool(made)))
        return made or [self._route(job, Routed(None), None, split=False)]

    def _route(self, job: JobRow, routed: Routed, orders: tuple[int, ...] | None, *, split: bool) -> Route:
        printer = self._printers.get(routed.printer) if routed.printer is not None else None
        subject = subject_of(job)
        if orders is not None:
            subject["orders"] = list(orders)
        if routed.template:
            subject["template"] = routed.template
        return Route(
            job=job,
            split=split,
            printer=FOLDER if routed.printer is None else routed.printer,
            routed=routed.printer,
            sender=printer.station if printer is not None and printer.station else job.station,
            copies=max(job.copies, routed.copies),
            subject=kept(subject),
        )


def _write_routes(routes: Sequence[Route], failed: Sequence[tuple[JobRow, str]], tx: Transaction) -> None:
    """Keep where jobs go; a part of one that somebody routed meanwhile is left alone."""
    for job, said in failed:
        outbox.fail_unsent(tx, job.id, said, tx.now + pause_ms(job.attempts + 1))
    ours = False
    for route in routes:
        if not route.split:
            ours = outbox.route(tx, route)
        elif ours:
            outbox.add_split(tx, route)
