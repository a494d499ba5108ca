"""The leader's board: each carrier's pickup of today, with what is left, the pace, and what will miss it.

Read from counters that triggers keep, so that it may be refreshed as often as anybody looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.board import BoardRow, Load, Pace, forecast
from app.services.settings import all_settings
from app.storage import board as storage
from app.storage.database import Transaction

__all__ = ["Board", "BoardRow", "Load", "Pace", "board"]

_MINUTE = 60_000
"""Milliseconds."""
_PLACES = {
    "received": "held",
    "ready": "ready",
    "released": "to_do",
    "picked": "to_do",
    "verified": "verified",
    "shipped": "shipped",
    "reported": "shipped",
    "acknowledged": "shipped",
}
_STANDING = ("held", "ready", "to_do", "verified")


@dataclass(frozen=True, slots=True)
class Board:
    """The board at one moment."""

    at: int
    """Milliseconds since 1970 UTC."""
    pace: Pace
    rows: tuple[BoardRow, ...]
    """By pickup and carrier: past pickups of which something is still here, today's, orders without a pickup."""

    @property
    def remaining(self) -> int:
        """Orders that are to be packed for these pickups."""
        return sum(row.load.remaining for row in self.rows)

    @property
    def late(self) -> int:
        """Orders that will miss, or have missed, their pickup, as far as the pace tells."""
        return sum(row.late or 0 for row in self.rows)


def board(tx: Transaction, now: int | None = None) -> Board:
    """Return the board.

    Orders that were merged into another's parcel count like every order; orders without a carrier are on no board.

    :param now: milliseconds since 1970 UTC; None takes the database's clock.
    """
    moment = tx.now if now is None else now
    start, end = _day(moment, all_settings(tx)["shop.timezone"])
    found = storage.loads_between(tx, start, end)
    standing = storage.loads_at(tx, [*storage.overdue(tx, start), 0])
    counts: dict[tuple[int, str], dict[str, int]] = {}
    for cut_off, carrier, state, number in (*found, *standing):
        place = _PLACES.get(state)
        if place and number and (cut_off or place != "shipped"):  # without a pickup there is no "of today"
            here = counts.setdefault((cut_off, carrier), {})
            here[place] = here.get(place, 0) + number
    loads = [
        Load(cut_off or None, carrier, **here)
        for (cut_off, carrier), here in counts.items()
        if start <= cut_off < end or any(here.get(place) for place in _STANDING)
    ]
    last_60, last_30 = storage.closed_since(tx, moment - 60 * _MINUTE, moment - 30 * _MINUTE)
    pace = Pace(last_30, last_60)
    return Board(moment, pace, forecast(loads, pace, moment))


def _day(moment: int, zone: str) -> tuple[int, int]:
    """Return when the shop's day begins and ends; it may have 23 or 25 hours."""
    place = ZoneInfo(zone)
    today = datetime.fromtimestamp(moment / 1000, UTC).astimezone(place).date()

    def midnight(days: int) -> int:
        day = today + timedelta(days=days)
        return int(datetime(day.year, day.month, day.day, tzinfo=place).timestamp() * 1000)

    return midnight(0), midnight(1)
