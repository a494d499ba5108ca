"""The one way by which results of worker threads reach the window: one queued signal.

A screen asks with :meth:`Bridge.ask` and names what to do with the value; the value arrives in the window's thread.
Nothing here waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

__all__ = ["Bridge", "DeskLike"]

log = logging.getLogger(__name__)
T = TypeVar("T")


class DeskLike(Protocol):
    """What the window uses of :class:`app.services.desk.Desk`, which is loaded after the first paint."""

    station: str

    def listen(self, listener: Callable[[Any], None]) -> None:
        """Hear of every change."""

    def scan(self, raw: str, act: str | None = None, since: int | None = None, at: Any = ...) -> Future[Any]:
        """Answer a scan; *at* is an :class:`app.services.desk.Work`, the bench where none is given."""

    def busy_seconds(self) -> float:
        """Return how long the act in hand has been running."""

    def look(self, at: Any = ...) -> Future[Any]:
        """Return where the station stands."""

    def do(self, topics: frozenset[str], function: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        """Run one act."""

    def read(self, function: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        """Run one reading."""


class Bridge(QObject):
    """Carries calls from any thread into the window's thread, in the order they were sent."""

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self.on_error: Callable[[BaseException], None] = lambda error: log.error("not shown", exc_info=error)
        """Shows an error that nobody else waits for."""
        self.arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def send(self, call: Callable[[], None]) -> None:
        """Run *call* in the window's thread, soon."""
        if not self._closed:
            self.arrived.emit(call)

    def ask(
        self, future: Future[T], then: Callable[[T], None], failed: Callable[[BaseException], None] | None = None
    ) -> None:
        """Hand the value of *future* to *then*, or its error to *failed*, in the window's thread."""

        def done(finished: Future[T]) -> None:
            error = finished.exception() if not finished.cancelled() else None
            if finished.cancelled():
                return
            if error is None:
                value = finished.result()
                self.send(lambda: then(value))
            else:
                show = failed or self.on_error
                self.send(lambda: show(error))

        future.add_done_callback(done)

    def work(
        self,
        run: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run long work on a thread of its own (it hands its chunks to the desk), then do as :meth:`ask` does."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="kenpin-work")
        self.ask(pool.submit(run), then, failed)
        pool.shutdown(wait=False)

    def close(self) -> None:
        """Take nothing any more: the window is going."""
        self._closed = True

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
