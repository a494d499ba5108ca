"""Long computing in a process of its own, so that a scan never waits for the interpreter.

Where no such process can be had the work is done here, between the scans.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import SimpleQueue
from typing import Any, TypeVar

__all__ = ["Aside"]

log = logging.getLogger(__name__)
T = TypeVar("T")
Reports = SimpleQueue[tuple[Any, ...]]


_REPORT_SECONDS = 0.1
"""How often the other process says how far it is."""
_reports: Reports | None = None
"""Where it says so; only there."""


def _begin(reports: Reports) -> None:
    """Stand behind the program that scans, and go when it goes: who waits for work would never hear of it."""
    global _reports  # noqa: PLW0603 - a process has just this one place that outlives a call
    _reports = reports
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    threading.Thread(target=_go_with_parent, name="kenpin-parent", daemon=True).start()


def _go_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _reporting(function: Callable[..., T], *args: object) -> T:
    """Run a function with a last argument that says how far it is."""
    last = -_REPORT_SECONDS

    def report(*values: object) -> None:
        nonlocal last
        if _reports is not None and time.monotonic() - last >= _REPORT_SECONDS:
            last = time.monotonic()
            _reports.put(values)

    return function(*args, report)


class Aside:
    """One process beside this one, begun by the first work and kept for the next."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._reports: Reports | None = None
        self._alone = False
        """No process can be had: everything is done here."""

    def run(
        self,
        function: Callable[..., T],
        *args: object,
        here: Callable[[], T],
        told: Callable[..., None] | None = None,
    ) -> T:
        """Run ``function(*args)`` there and return what it returns; both ways go through pickle.

        :param here: does the same in this process, giving way to scans, where there is no other.
        :param told: is told how far it is: the function gets one more argument for it, and calls it with plain values.
        """
        if self._alone:
            return here()
        try:
            if self._pool is None:
                spawn = multiprocessing.get_context("spawn")
                self._reports = spawn.SimpleQueue()
                self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin, initargs=(self._reports,))
            if told is None:
                return self._pool.submit(function, *args).result()
            work = self._pool.submit(_reporting, function, *args)
            while not wait([work], _REPORT_SECONDS).done:
                self._pass_on(told)
            self._pass_on(told)
            return work.result()
        except (BrokenProcessPool, OSError) as error:
            log.warning("no process beside the scans: %s", error)
            self._alone = True
            self.close()
            return here()

    def _pass_on(self, told: Callable[..., None]) -> None:
        while self._reports is not None and not self._reports.empty():
            told(*self._reports.get())

    def close(self) -> None:
        """Let the process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
