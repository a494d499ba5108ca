"""How long a search may go on: by the clock, by walks measured (the same on every machine), or until it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

__all__ = ["Effort"]

_A_SECOND = 400_000
"""Walks that a slow machine measures in a second."""


def _go_on() -> bool:
    return False


class Effort:
    """The limits of one search, which begins now."""

    def __init__(
        self, seconds: float, walks: int | None = None, stopped: Callable[[], bool] = _go_on, measured: int = 0
    ) -> None:
        """:param seconds: wall clock at most
        :param walks: walks measured at most; where it binds before the clock does, a search ends the same every time
        :param stopped: asked now and then; true ends the search with the best plan so far
        :param measured: walks that were measured before this search
        """
        self._begin, self._seconds, self._walks, self._stopped = monotonic(), max(seconds, 0.001), walks, stopped
        self._measured = measured
        self.walks = round(seconds * _A_SECOND) if walks is None else walks
        """About how many walks there is time to measure."""

    def used(self, measured: int) -> float:
        """Return which part of the limit is used, given how many walks have been measured: 1 or more at the end."""
        if self._stopped():
            return 1.0
        by_clock = (monotonic() - self._begin) / self._seconds
        return by_clock if self._walks is None else max(by_clock, (measured - self._measured) / self._walks)

    def seconds_left(self) -> float:
        """Return the seconds until the clock ends it."""
        return max(0.0, self._begin + self._seconds - monotonic())
