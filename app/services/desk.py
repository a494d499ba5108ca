"""The desk: one writer thread that keeps the order of scans, a few readers for lists, and one notice of what changed.

Every act of a person is one function ``(tx, …) -> value`` run here in one transaction. Scans go before everything
else; long work (imports, releases) hands in one short chunk after the other and lets scans through. Nothing is said
to be done before the commit has returned.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from app.domain.gs1_dictionary import entry_of
from app.domain.modes import Stage
from app.errors import DatabaseLocked, DatabaseOffline, StationError
from app.services.answers import Answer
from app.storage.database import Database
from app.storage.notices import notify, watch

__all__ = ["Changes", "Desk", "Work", "new_act"]

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

SILENCE_SECONDS = 6.0
"""A transaction that runs longer has lost its server; the connection is broken so that it can be said."""
TRIES = 3
"""How often an act is tried whole when the database was busy."""
_SCAN, _ACT, _CHUNK, _STOP = 0, 1, 2, 3
BESIDE_SCANS_MS = 4.0
"""Time a chunk of long work may hold the writer while somebody scans: a scan that comes meanwhile waits for it."""
_SCANNING_SECONDS = 3.0
"""How long after a scan the next one is expected."""
_LONGEST_WAY_SECONDS = 0.05
"""How long work beside the writer waits for the act in hand."""


def new_act() -> str:
    """Return a fresh act id; the reader layer makes one per physical scan."""
    return str(uuid4())


class Work(StrEnum):
    """Which work a station does: what its scans mean."""

    PACK = "pack"
    PICK = "pick"
    SORT = "sort"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act changed, announced once after its commit; screens decide alone whether to refresh."""

    topics: frozenset[str]
    """Of ``orders``, ``bench``, ``picking``, ``returns``, ``products``, ``people``, ``settings``, ``printing``,
    ``cartons``, ``imports``; empty is anything. What only one ``bench`` sees is not told to other stations."""
    station: str = ""
    """Where it happened; empty for another program."""
    act: str = ""


Topics = frozenset[str] | Callable[[Any], frozenset[str]]
"""What an act changes, or how its value tells it."""
_AT_ONE_BENCH = frozenset({"bench"})
_ORDER_MOVED = {
    "order.opened",
    "order.opened_in",
    "order.opened_all_in",
    "single.opened",
    "single.counted",
    "takeover.done",
    "order.closed",
    "order.closed_short",
    "undo.reopened",
}
_ORDER_MOVED |= {"order.handed_back", "order.handed_back_short", "order.taken_over", "order.cancelled_meanwhile"}
_ORDER_MOVED |= {"order.resumed", "order.opened_skipped", "order.changed_meanwhile", "order.handed_back_label"}
_ORDER_MOVED |= {"order.closed_label_later", "order.closed_unlabelled", "label.attached", "undo.reopened_label"}
_ORDER_MOVED |= {"later.parked", "parcel.added", "parcel.service", "service.parked"}


def _topics_of(answer: Answer) -> frozenset[str]:
    """A piece more or less is seen at its own bench only; an order that moved, or a paper, elsewhere as well."""
    if answer.key in _ORDER_MOVED or answer.level == "noted":
        return frozenset({"bench", "orders", "printing"})
    return frozenset({"bench", "printing"}) if answer.key == "reprint.queued" else _AT_ONE_BENCH


_JOB_MOVED = {"job.taken", "job.resumed", "job.taken_over", "job.paused", "job.paused_hand"}
_JOB_MOVED |= {"job.lost", "job.gone"}


def _pick_topics_of(answer: Answer) -> frozenset[str]:
    """A piece more is seen at its own place; a job that moved, or an order that is complete, elsewhere as well."""
    moved = answer.key in _JOB_MOVED or answer.key == "put.order_complete" or ".finished" in answer.key
    return frozenset({"bench", "orders", "picking"}) if moved else _AT_ONE_BENCH


_RETURN_MOVED = {"return.opened", "return.resumed", "return.taken_over", "return.closed", "return.closed_part"}
_RETURN_MOVED |= {"return.later", "return.emptied", "return.left", "return.lost", "return.gone"}


def _return_topics_of(answer: Answer) -> frozenset[str]:
    """A piece more is seen at its own place; a return that began or ended elsewhere as well."""
    return frozenset({"bench", "orders", "returns"}) if answer.key in _RETURN_MOVED else _AT_ONE_BENCH


@dataclass(order=True)
class _Task:
    rank: int
    number: int
    run: Callable[[], None] = field(compare=False)


class Desk:
    """One station's desk over one database."""

    def __init__(self, database: Database, station: str) -> None:
        self.database = database
        """The database, for the print runner."""
        self.station = station
        """This station's name."""
        self._tasks: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._listeners: list[Callable[[Changes], None]] = []
        self._writer = threading.Thread(target=self._work, name="kenpin-writer", daemon=True)
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="kenpin-reader")
        self._watcher: threading.Thread | None = None
        self._stopping = threading.Event()
        self._busy_since = 0.0
        self._scanned_at = -_SCANNING_SECONDS
        self._writer.start()
        if database.path is None:
            threading.Thread(target=self._guard, name="kenpin-watchdog", daemon=True).start()

    def warm_up(self) -> None:
        """Load beside the work what the first scan of its kind would wait for: the table of GS1 identifiers."""
        self._readers.submit(entry_of, "01")

    # --- what changed ---

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Call *listener* after every commit that changed something; it is called on a worker thread."""
        self._listeners.append(listener)

    def announce(self, changes: Changes) -> None:
        """Tell every listener of this program."""
        for listener in list(self._listeners):
            try:
                listener(changes)
            except Exception:  # what it announces is committed, and the next scan must be answered
                log.exception("a listener failed")

    def watch_others(self) -> None:
        """Begin to hear of other programs' changes."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="kenpin-watcher", daemon=True)
            self._watcher.start()

    def busy_seconds(self) -> float:
        """Return how long the act in hand has been running; a screen says so after three seconds."""
        since = self._busy_since
        return time.monotonic() - since if since else 0.0

    # --- long work beside the scans ---

    @property
    def scanning(self) -> bool:
        """Whether somebody is scanning at this station just now."""
        return time.monotonic() - self._scanned_at < _SCANNING_SECONDS

    def first_size(self, usual: int) -> int:
        """Return how many things the first chunk of long work may hold."""
        return max(1, usual // 10) if self.scanning else usual

    def next_size(
        self, size: int, took_ms: float, most_ms: float, largest: int, beside_ms: float = BESIDE_SCANS_MS
    ) -> int:
        """Return how many things the next chunk may hold, after one of *size* held the writer for *took_ms*.

        :param most_ms: time a chunk may take while nobody scans.
        :param beside_ms: the same while somebody does.
        """
        aim = min(most_ms, beside_ms) if self.scanning else most_ms
        return max(1, min(largest, int(size * min(2.0, aim / max(took_ms, 0.5)))))

    def give_way(self) -> None:
        """Wait for the act in hand, a moment at most: it needs the interpreter more than the caller does."""
        until = time.monotonic() + _LONGEST_WAY_SECONDS
        while self._busy_since and time.monotonic() < until:
            time.sleep(0.0005)

    # --- work ---

    def scan(self, raw: str, act: str | None = None, since: int | None = None, at: Work = Work.PACK) -> Future[Answer]:
        """Answer a scan; goes before all other work.

        :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
        :param at: which work the station does.
        """
        act = act or new_act()
        if at is Work.PACK:
            from app.services import packing  # here, because what a scan may set off is run by desks as well

            return self._put(_SCAN, _topics_of, act, packing.scan, self.station, raw, act, since)
        if at is Work.RETURN:
            from app.services import returns

            return self._put(_SCAN, _return_topics_of, act, returns.scan, self.station, raw, act, since)
        from app.services import picking

        return self._put(_SCAN, _pick_topics_of, act, picking.scan, self.station, raw, act, since, Stage(at.value))

    def look(self, at: Work = Work.PACK) -> Future[Answer]:
        """Return where this station stands."""
        if at is Work.PACK:
            from app.services import packing

            return self._put(_SCAN, frozenset(), "", packing.look, self.station)
        if at is Work.RETURN:
            from app.services import returns

            return self._put(_SCAN, frozenset(), "", returns.look, self.station)
        from app.services import picking

        return self._put(_SCAN, frozenset(), "", picking.look, self.station, Stage(at.value))

    def do(self, topics: frozenset[str], function: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        """Run ``function(tx, *args)`` as one act in one transaction.

        :param topics: what it changes, for :class:`Changes`.
        """
        return self._put(_ACT, topics, "", function, *args, **named)

    def chunk(self, topics: frozenset[str], function: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        """Run one chunk of long work, after every scan and act that waits."""
        return self._put(_CHUNK, topics, "", function, *args, **named)

    def read(self, function: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        """Run ``function(tx, *args)`` in a reading transaction of its own, beside the writer."""

        def run() -> T:
            with self.database.reading() as tx:
                return function(tx, *args, **named)

        return self._readers.submit(run)

    def stop(self) -> None:
        """Finish what was begun and end the threads."""
        self._stopping.set()
        self._tasks.put(_Task(_STOP, next(self._numbers), lambda: None))
        self._writer.join(timeout=30)
        self._readers.shutdown(wait=True)
        if self._watcher is not None:
            self._watcher.join(timeout=5)
        self.database.close()

    def _put(
        self,
        rank: int,
        topics: Topics,
        act: str,
        function: Callable[..., T],
        *args: object,
        **named: object,
    ) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                value, said = self._transact(topics, act, function, *args, **named)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits, never lost
                future.set_exception(error)
                return
            future.set_result(value)
            if said:
                self.announce(Changes(said, self.station, act))

        if self._stopping.is_set():
            future.set_exception(RuntimeError("the desk has stopped"))
        else:
            self._tasks.put(_Task(rank, next(self._numbers), run))
        return future

    def _transact(
        self,
        topics: Topics,
        act: str,
        function: Callable[..., T],
        *args: object,
        **named: object,
    ) -> tuple[T, frozenset[str]]:
        for attempt in range(1, TRIES + 1):
            try:
                with self.database.transaction() as tx:
                    value = function(tx, *args, **named)
                    said = topics(value) if callable(topics) else topics
                    if said - _AT_ONE_BENCH:
                        notify(tx, {"topics": sorted(said), "station": self.station, "act": act})
                return value, said
            except (DatabaseLocked, DatabaseOffline) as error:
                # Safe to run whole again: ids come in from outside, so an act that did commit is found as done.
                # SQLite waited for its lock already; a server that is away is asked once more on a fresh connection.
                tries = 2 if isinstance(error, DatabaseOffline) else TRIES if self.database.path is None else 1
                if attempt >= tries:
                    raise
                log.warning("tried again after %s", error)
                self._stopping.wait(0.02 * attempt)  # else it may overtake the act it gave way to, and meet it again
        raise AssertionError("not reached")

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task.rank == _STOP:
                break
            self._busy_since = time.monotonic()
            task.run()
            self._busy_since = 0.0
            del task  # what it held, such as the text of a spreadsheet, goes now and not with the next one
        self.database.release()

    def _guard(self) -> None:
        while not self._stopping.wait(0.5):
            if self.busy_seconds() > SILENCE_SECONDS:
                self.database.cut()

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                with contextlib.closing(watch(self.database)) as heard:  # type: ignore[type-var]
                    self._hear(heard)
            except StationError as error:
                log.warning("not hearing other stations: %s", error)
            except Exception:  # the server went away under the listener: it is begun anew
                log.warning("not hearing other stations", exc_info=True)
            self._stopping.wait(1.0)

    def _hear(self, heard: Any) -> None:
        for notice in heard:
            if self._stopping.is_set():
                return
            if notice is None or notice.get("station") == self.station:
                continue
            topics = frozenset(notice.get("topics", ()))
            self.announce(Changes(topics, notice.get("station", ""), notice.get("act", "")))
