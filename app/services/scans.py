"""What every scan has in common, at whichever place of work: how it is kept, and what only dismisses a refusal."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.barcode import CommandName, Reading
from app.domain.outcome import Level
from app.domain.seen import command_of
from app.storage.stations import StationState

__all__ = ["MINUTE", "only_dismisses", "storable", "today"]

MINUTE = 60_000
"""Milliseconds."""
_LONGEST_RAW = 8_000
"""Characters of a scan that are kept in the journal."""


def storable(raw: str) -> str:
    """Return the text as the journal keeps it: control characters and broken ones visibly, never dropped."""
    if raw.isascii() and raw.isprintable() and len(raw) <= _LONGEST_RAW:
        return raw
    shown = "".join(
        char if char.isprintable() else f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
        for char in raw[:_LONGEST_RAW]
    )
    return shown if len(raw) <= _LONGEST_RAW else f"{shown}… ({len(raw)})"


def only_dismisses(reading: Reading, state: StationState) -> bool:
    """Whether this is やめる straight after a refusal: decided from the station's last act, not by the core."""
    return command_of(reading) is CommandName.CANCEL and state.last_level == Level.REFUSED


@lru_cache(maxsize=4)
def today(zone: str, minute: int) -> str:
    """Return the day in the shop's time zone; a wrong zone is named by the import and by ``kenpin doctor``.

    :param minute: minutes since 1970 UTC.
    """
    try:
        there: tzinfo = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        there = UTC
    return datetime.fromtimestamp(minute * 60, there).date().isoformat()
