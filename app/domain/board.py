"""The leader's board: what each carrier's pickup still needs, when it will be done at this pace, what will miss it.

Pure: time comes in. The bench works the queue by pickup, so that what is due earlier is packed first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["BoardRow", "Load", "Pace", "forecast"]

_HOUR = 3_600_000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast parcels are being closed."""

    last_30: int
    """Parcels closed in the last 30 minutes."""
    last_60: int
    """Parcels closed in the last 60 minutes."""

    @property
    def per_hour(self) -> int:
        """Parcels an hour: by the last half hour, which knows who is here now; after a pause by the last hour."""
        return self.last_30 * 2 or self.last_60


@dataclass(frozen=True, slots=True)
class Load:
    """Orders of one carrier for one pickup, by where they stand."""

    cut_off: int | None
    """The pickup, milliseconds since 1970 UTC; None for orders that have none."""
    carrier: str
    held: int = 0
    """On hold before their release."""
    ready: int = 0
    """May be released."""
    to_do: int = 0
    """Released or picked, to be packed."""
    verified: int = 0
    """Packed, waiting for the hand-over."""
    shipped: int = 0

    @property
    def remaining(self) -> int:
        """Orders that are to be packed; held ones only after somebody has lifted what holds them."""
        return self.ready + self.to_do


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board."""

    load: Load
    finish: int | None
    """When this pickup and all before it are packed at this pace, milliseconds; None where nothing tells."""
    late: int | None
    """Orders that will miss the pickup, or have missed it; None where nothing tells."""
    overdue: bool
    """The pickup is past, and something of it is still here."""


def forecast(loads: Sequence[Load], pace: Pace, now: int) -> tuple[BoardRow, ...]:
    """Return the board's rows by pickup and carrier, those without a pickup last.

    Carriers of one pickup share what the bench can pack until then in proportion to what they need.
    """
    ordered = sorted(loads, key=lambda load: (load.cut_off is None, load.cut_off or 0, load.carrier))
    rows: list[BoardRow] = []
    before = 0
    for cut_off, group in groupby(ordered, key=lambda load: load.cut_off):
        together = list(group)
        here = sum(load.remaining for load in together)
        late = _late(before, here, cut_off, pace, now)
        before += here
        for load in together:
            mine = None if late is None else _share(late, load.remaining, here)
            finish = _finish(before, pace, now) if load.remaining else now
            overdue = cut_off is not None and cut_off <= now and load.remaining + load.verified + load.held > 0
            rows.append(BoardRow(load, finish, mine, overdue))
    return tuple(rows)


def _finish(number: int, pace: Pace, now: int) -> int | None:
    return now + -(-number * _HOUR // pace.per_hour) if pace.per_hour else None


def _late(before: int, here: int, cut_off: int | None, pace: Pace, now: int) -> int | None:
    """How many of *here* orders cannot be packed until the pickup, after *before* others."""
    if not here:
        return 0
    if cut_off is None:
        return None
    if cut_off <= now:
        return here
    if not pace.per_hour:
        return None
    can = pace.per_hour * (cut_off - now) // _HOUR
    return min(here, max(0, before + here - can))


def _share(late: int, mine: int, here: int) -> int:
    """Round up: one too many on the board is better than one too few."""
    return -(-late * mine // here) if here else 0
