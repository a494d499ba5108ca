"""What leaders are told of: guards that were let pass, typed numbers, goods counted without their code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from app.storage import overrides as storage
from app.storage.database import Transaction
from app.storage.overrides import OverrideRow

__all__ = ["DAYS", "OverrideRow", "Overrides", "overrides", "reason_said"]

DAYS = 30
"""Days that are counted where nothing else is asked for."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Overrides:
    """What was let pass in some days."""

    rows: list[OverrideRow] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """How often, by ``what``, ``reason``, ``person`` and ``leader``; over all guards."""


def overrides(tx: Transaction, *, days: int = DAYS, what: str = "", limit: int | None = None) -> Overrides:
    """Return what was let pass in the last days, newest first, and how often.

    :param what: rows of this guard only.
    """
    since = tx.now - days * _DAY_MS
    return Overrides(storage.page(tx, since=since, what=what, limit=limit), storage.counts(tx, since))


def reason_said(reason: str, say: Callable[[str], str], has: Callable[[str], bool]) -> str:
    """Return a reason in words: one of ours by its key, else as a person gave it."""
    return say(f"reason.{reason}") if has(f"reason.{reason}") else reason
