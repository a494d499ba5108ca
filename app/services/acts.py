"""Acts of the back office: one journal row each, in the chain of the station they were done at."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.storage import stations
from app.storage.database import Transaction
from app.storage.stations import Entry, StationState

__all__ = ["begin", "end"]


def begin(tx: Transaction, station: str, act: str) -> StationState | None:
    """Lock the station; None where this act was already done (the caller then does nothing again)."""
    state = stations.enter(tx, station, act)
    return None if state.stored is not None else state


def end(
    tx: Transaction,
    state: StationState,
    act: str,
    kind: str,
    facts: Mapping[str, object],
    *,
    raw: str = "",
    order: int | None = None,
) -> None:
    """Write the act's journal row. It is no answer at the bench: what was said last there stays."""
    said = state.last_key, state.last_level
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str)
    stations.append(tx, state, Entry(act, kind, raw, kind, "ok", "{}", text, order))
    state.last_key, state.last_level = said
    stations.leave(tx, state)
