"""Acts of the back office: one journal row each, in the chain of the station they were done at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.domain.people import Right, rights_of
from app.errors import NotAllowed
from app.settings import defaults
from app.storage import stations
from app.storage.database import Transaction
from app.storage.stations import Entry, StationState

__all__ = ["begin", "end", "require", "result_of"]


def begin(tx: Transaction, station: str, act: str) -> StationState | None:
    """Lock the station; None where this act was already done: the caller then gives :func:`result_of` again."""
    state = stations.enter(tx, station, act)
    return None if state.stored is not None else state


def require(state: StationState, right: Right) -> None:
    """Make sure that the person who is signed in at the act's station may do this.

    Nobody signed in may do everything: the command line acts for an administrator, a shop of one enters no people.

    :raises NotAllowed: the person lacks *right* (``right.missing``).
    """
    person = state.person
    if person is None:
        return
    short_close = state.settings.get("short.close", defaults()["short.close"])
    if right not in rights_of(person, state.anybody, short_close):
        raise NotAllowed("right.missing", person=person.name, right=str(right), why=f"right.{right}")


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
    key: str = "",
) -> None:
    """Write the act's journal row. It is no answer at the bench: what was said last there stays.

    :param result: plain values to give again when the act is delivered twice.
    :param key: what the row says that was said; its kind where nothing else is given.
    """
    said = state.last_key, state.last_level
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str)
    answer = "{}" if result is None else json.dumps({"result": result}, ensure_ascii=False, separators=(",", ":"))
    stations.append(tx, state, Entry(act, kind, raw, key or kind, "ok", answer, text, order))
    state.last_key, state.last_level = said
    stations.leave(tx, state)
