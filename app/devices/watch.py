"""When the weight of a scale counts, and what is said of a scale that gives none.

Knows no port and no clock: lines are handed in as they were read, with the time, and so is the passing of time.
A weight counts where it **stands**: the scale says so on two lines running (or on one that nothing follows, where a
lost byte always shows), or, where its protocol says nothing of it, all that came for 0.6 seconds lies within one
division. So one damaged line never makes a weight. A weight is told once, until it has changed or is asked for again;
an empty scale is none.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from app.domain.scale import Reading, ScaleFault, grams

__all__ = ["News", "Said", "Watch"]

STANDS_MS = 600
"""How long a weight must stand where the scale does not say that it does."""
_LEAST = 3
"""Readings in that time."""
_GAP_MS = 1_500
"""After a longer pause what came before says nothing of what comes now."""
SILENT_MS = 3_000
UNSTABLE_MS = 8_000
_BAD_MS = 1_000
_BAD_LINES = 3
"""That many lines without a good one among them, and for that long, are garbage; half a line at the start is not."""
_EMPTY_MG = 2_000
"""What is lighter is an empty scale that has drifted."""

_LINE_ENDS = {ScaleFault.SILENT, ScaleFault.GARBAGE, ScaleFault.UNPLUGGED, ScaleFault.UNCLEAR}
"""Troubles that are over with the first line that fits; the others when a weight stands again."""


@dataclass(frozen=True, slots=True)
class Said:
    """A trouble; ``fault`` is None when it is over."""

    fault: ScaleFault | None
    detail: str = ""
    """What belongs to it: the unit, what came, the system's words."""


@dataclass(frozen=True, slots=True)
class News:
    """What a line or the passing of time brought."""

    weight: int | None = None
    """A weight that stands and was not told yet, in grams."""
    said: Said | None = None
    """A trouble that is new, or that the last one is over."""


_NOTHING = News()


class Watch:
    """What is known of one scale."""

    def __init__(self, division: int = 1) -> None:
        """*division* is its smallest step in grams: readings that lie no further apart are the same weight."""
        self._same = max(division, 1) * 1_000
        self._empty = max(_EMPTY_MG, self._same)
        self.exact = True
        """Whether a byte that was lost in a line always shows; by the protocol."""
        self.trouble = Said(None)
        """What stands in the way now."""
        self._told: int | None = None
        self._run: deque[tuple[int, int]] = deque()
        self._surely = False
        self._fault: Reading | None = None
        self._bad = 0
        self._good_at = self._line_at = self._heard_at = self._moving_since = 0

    def begin(self, now: int) -> None:
        """The port is open (again): what was, says nothing any more; the trouble stands until a line comes."""
        self._run.clear()
        self._fault, self._bad = None, 0
        self._good_at = self._line_at = self._heard_at = self._moving_since = now

    def heard(self, now: int) -> None:
        """Bytes came, whatever they are."""
        self._heard_at = now

    def again(self) -> None:
        """Tell the next weight that stands even if it was told already; what came before counts no more."""
        self._told = None
        self._run.clear()

    def lost(self, why: str) -> News:
        """The port is gone, or cannot be opened."""
        self._run.clear()
        self._told = None
        return self._trouble(ScaleFault.UNPLUGGED, why)

    def unclear(self, names: str) -> News:
        """What comes fits several protocols."""
        return self._trouble(ScaleFault.UNCLEAR, names)

    def line(self, reading: Reading | None, text: str, now: int) -> News:
        """Take what a line says; None for one that does not fit, *text* is what came."""
        pause, self._line_at, self._heard_at = now - self._line_at, now, now
        if reading is None:
            return self._garbage(text, now)
        if pause > _GAP_MS:
            self._run.clear()
            self._fault = None
            self._moving_since = now
        self._bad, self._good_at = 0, now
        if reading.fault is not None:
            return self._faulty(reading)
        self._fault = None
        over = self._over() if self.trouble.fault in _LINE_ENDS else _NOTHING
        if reading.milligrams is not None and abs(reading.milligrams) < self._empty:
            self._told = 0  # even in passing: what comes next is another box
        if reading.milligrams is None or reading.stable is False:
            self._run.clear()
            return self._moving(now, over)
        if any(abs(weight - reading.milligrams) > self._same for _, weight in self._run):
            self._run.clear()
        self._run.append((now, reading.milligrams))
        self._surely = reading.stable is True
        return self._stood(reading.milligrams, over) if self._stands(now) else self._moving(now, over)

    def tick(self, now: int) -> News:
        """Time has passed."""
        if self.trouble.fault is ScaleFault.UNPLUGGED:
            return _NOTHING
        if now - self._heard_at >= SILENT_MS:
            self._run.clear()
            return self._trouble(ScaleFault.SILENT)
        if now - self._heard_at >= STANDS_MS and self._surely and self.exact and len(self._run) == 1:
            return self._stood(self._run[-1][1], _NOTHING)
        return _NOTHING

    def _stands(self, now: int) -> bool:
        if self._surely:
            while len(self._run) > 2:
                self._run.popleft()
            return len(self._run) == 2
        while len(self._run) > 1 and self._run[1][0] <= now - STANDS_MS:
            self._run.popleft()
        return len(self._run) >= _LEAST and now - self._run[0][0] >= STANDS_MS

    def _stood(self, weight: int, over: News) -> News:
        self._moving_since = self._line_at
        if weight <= -self._empty:
            self._told = None
            return self._trouble(ScaleFault.NEGATIVE)
        said = self._over().said or over.said
        if weight < self._empty:
            self._told = 0
            return News(None, said)
        if self._told is not None and abs(weight - self._told) <= self._same:
            return News(None, said)
        self._told = weight
        return News(grams(weight), said)

    def _moving(self, now: int, over: News) -> News:
        if now - self._moving_since >= UNSTABLE_MS:
            return self._trouble(ScaleFault.UNSTABLE, str(UNSTABLE_MS // 1_000))
        return over

    def _faulty(self, reading: Reading) -> News:
        self._run.clear()
        self._told = None
        known, self._fault = self._fault, reading
        if known is None or known.fault is not reading.fault or reading.fault is None:
            return _NOTHING  # one line may be damaged
        self._moving_since = self._line_at
        return self._trouble(reading.fault, reading.unit)

    def _garbage(self, text: str, now: int) -> News:
        self._run.clear()
        self._fault = None
        self._bad += 1
        if self._bad >= _BAD_LINES and now - self._good_at >= _BAD_MS:
            return self._trouble(ScaleFault.GARBAGE, text)
        return _NOTHING

    def _trouble(self, fault: ScaleFault, detail: str = "") -> News:
        if self.trouble.fault is fault and (fault is ScaleFault.GARBAGE or self.trouble.detail == detail):
            return _NOTHING  # garbage is never twice the same
        self.trouble = Said(fault, detail)
        return News(None, self.trouble)

    def _over(self) -> News:
        if self.trouble.fault is None:
            return _NOTHING
        self.trouble = Said(None)
        return News(None, self.trouble)
