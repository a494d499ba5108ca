"""The report of shadow mode: what would have been stopped at the bench, for who decides whether to switch checks on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.storage import shadow as storage
from app.storage.database import Transaction
from app.storage.shadow import Noted, Tally

__all__ = ["DAYS", "KINDS", "Noted", "Report", "Tally", "kind_of", "report"]

DAYS = 7
"""Days that are counted where nothing else is asked for: a shop's first week."""
_DAY_MS = 86_400_000

KINDS: Mapping[str, str] = {
    "item.wrong": "wrong",
    "item.other_order": "wrong",
    "code.unknown": "unknown",
    "item.too_many": "number",
    "item.complete": "number",
    "item.complete_short": "number",
    "done.still_wanted": "left_out",
    "waybill.goods_first": "left_out",
    "order.other_open": "left_out",
    "slip.next_one": "left_out",
    "slip.later_one": "left_out",
    "slip.earlier_one": "left_out",
}
"""What people call the slips that single answers tell of; the others go by their area."""
_AREAS: Mapping[str, str] = {
    "item": "wrong",
    "guard": "number",
    "pace": "number",
    "lot": "lot",
    "expiry": "lot",
    "serial": "lot",
    "slip": "slip",
    "waybill": "waybill",
    "insert": "insert",
    "weight": "weight",
}


def kind_of(key: str) -> str:
    """Return what kind of slip an answer tells of: ``wrong`` goods, ``number``, ``left_out``, ``lot`` …"""
    return KINDS.get(key) or _AREAS.get(key.partition(".")[0], "other")


@dataclass(frozen=True, slots=True)
class Report:
    """What would have been stopped in some days."""

    closed: int
    """Parcels that were closed."""
    stopped: int
    """Orders that would have been stopped at least once."""
    kinds: dict[str, int]
    """How often, by kind, the most frequent first."""
    tallies: list[Tally]
    rows: list[Noted]

    @property
    def per_thousand(self) -> float:
        """Stopped orders of a thousand closed parcels."""
        return round(1000 * self.stopped / self.closed, 1) if self.closed else 0.0


def report(tx: Transaction, *, days: int = DAYS, key: str = "", limit: int | None = 20) -> Report:
    """Return what would have been stopped in the last days.

    :param key: rows of this answer only; everything is counted all the same.
    """
    since = tx.now - days * _DAY_MS
    tallies = storage.tallies(tx, since)
    kinds: dict[str, int] = {}
    for tally in tallies:
        kind = kind_of(tally.key)
        kinds[kind] = kinds.get(kind, 0) + tally.times
    ordered = dict(sorted(kinds.items(), key=lambda each: (-each[1], each[0])))
    rows = storage.noted(tx, since, key, limit)
    return Report(storage.closed(tx, since), storage.stopped(tx, since), ordered, tallies, rows)
