"""Work off the window's thread of which only the newest matters: what is asked for while one runs waits, and replaces
what waited before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.ui.bridge import Bridge

__all__ = ["Newest"]

T = TypeVar("T")


class Newest:
    """Runs one piece of work at a time, for one owner; what it made of an older question is dropped."""

    def __init__(self, bridge: Bridge, owner: QObject) -> None:
        """Once *owner* is gone, nothing comes back any more."""
        self._bridge, self._owner = bridge, owner
        self._number = 0
        self._waiting: Callable[[], None] | None = None
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running

    def ask(self, run: Callable[[], T], then: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Run *run* on a worker's thread, then give its value to *then*, or its error to *failed*."""
        self._number += 1
        number = self._number

        def begin() -> None:
            self._running = True
            self._bridge.work(run, lambda value: ended(then, value), lambda error: ended(failed, error))

        def ended(show: Callable[[Any], None], value: Any) -> None:
            self._running = False
            waiting, self._waiting = self._waiting, None
            if not isValid(self._owner):
                return
            if waiting is not None:
                waiting()
            elif number == self._number:
                show(value)

        if self._running:
            self._waiting = begin
        else:
            begin()

    def forget(self) -> None:
        """Nobody wants the answer any more."""
        self._number += 1
        self._waiting = None
