"""Long computing in a process of its own, so that a scan never waits for the interpreter.

Where no such process can be had the work is done here, between the scans.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

__all__ = ["Aside"]

log = logging.getLogger(__name__)
T = TypeVar("T")


def _begin() -> None:
    """Stand behind the program that scans, and go when it goes: who waits for work would never hear of it."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    threading.Thread(target=_go_with_parent, name="kenpin-parent", daemon=True).start()


def _go_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


class Aside:
    """One process beside this one, begun by the first work and kept for the next."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._alone = False
        """No process can be had: everything is done here."""

    def run(self, function: Callable[..., T], *args: object, here: Callable[[], T]) -> T:
        """Run ``function(*args)`` there and return what it returns; both ways go through pickle.

        :param here: does the same in this process, giving way to scans, where there is no other.
        """
        if self._alone:
            return here()
        try:
            if self._pool is None:
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin)
            return self._pool.submit(function, *args).result()
        except (BrokenProcessPool, OSError) as error:
            log.warning("no process beside the scans: %s", error)
            self._alone = True
            self.close()
            return here()

    def close(self) -> None:
        """Let the process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
