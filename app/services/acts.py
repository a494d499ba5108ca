"""Acts of the back office: one journal row each, in the chain of the station they were done at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.storage import stations
from app.storage.database import Transaction
from app.storage.stations import Entry, StationState

__all__ = ["begin", "end", "result_of"]


def begin(tx: Transaction, station: str, act: str) -> StationState | None:
    """Lock the station; None where this act was already done: the caller then gives :func:`result_of` again."""
    state = stations.enter(tx, station, act)
    return None if state.stored is not None else state


def result_of(tx: Transaction, act: str) -> Any:
    """Return the *result* that an act was ended with; None where it had none."""
    return json.loads(stations.answer_of(tx, act)).get("result")


def end(
    tx: Transaction,
    state: StationState,
    act: str,
    kind: str,
    facts: Mapping[str, object],
    *,
    raw: str = "",
    order: int | None = None,
    result: object = None,
) -> None:
    """Write the act's journal row. It is no answer at the bench: what was said last there stays.

    :param result: plain values to give again when the act is delivered twice.
    """
    said = state.last_key, state.last_level
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str)
    answer = "{}" if result is None else json.dumps({"result": result}, ensure_ascii=False, separators=(",", ":"))
    stations.append(tx, state, Entry(act, kind, raw, kind, "ok", answer, text, order))
    state.last_key, state.last_level = said
    stations.leave(tx, state)
