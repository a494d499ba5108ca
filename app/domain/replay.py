"""Replay 再生: the journal of one order as moments, in the order in which they happened.

A moment is one act: who did what where, how long after the one before, what was said, and what stood afterwards. What
the journal keeps is enough: nothing is computed again by rules that may have changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["Entry", "Moment", "Place", "after_pauses", "moments"]


class Place(StrEnum):
    """Where in the house an act was done."""

    SHELF = "shelf"
    WALL = "wall"
    BENCH = "bench"
    DOCK = "dock"
    RETURN = "return"
    OFFICE = "office"


_PLACES = {"scan": Place.BENCH, "pick": Place.SHELF, "handover": Place.DOCK, "return": Place.RETURN}
"""Place by the kind of a journal row; all other kinds are the office's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal."""

    act: str
    station: str
    seq: int
    at: int
    """Milliseconds since 1970 UTC."""
    person: str
    """Name of who was signed in; empty for nobody."""
    kind: str
    raw: str
    """What was scanned."""
    key: str
    """What was said."""
    level: str
    answer: Mapping[str, Any]
    """The whole answer, as stored."""
    facts: Any
    """What became true, as stored."""
    hash: str
    at_wall: bool = False
    """Whether it was done where goods are sorted after picking."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One act as it is played again."""

    entry: Entry
    place: Place
    pause_ms: int | None
    """Time since the moment before; None for the first."""
    args: Mapping[str, Any] = field(default_factory=dict)
    """What its sentence is filled with."""
    ask: Mapping[str, Any] = field(default_factory=dict)
    """What was asked afterwards."""
    done: int = 0
    """Pieces verified, or picked, afterwards."""
    wanted: int = 0
    """Pieces wanted; 0 where the act counts none."""
    undone: bool = False
    """Whether a later act took it back."""

    @property
    def refused(self) -> bool:
        """Whether the station refused it."""
        return self.entry.level == "refused"


def moments(entries: Sequence[Entry], undone: Collection[str] = ()) -> tuple[Moment, ...]:
    """Return the acts as moments, oldest first.

    :param undone: ids of acts that were taken back later.
    """
    made: list[Moment] = []
    for entry in entries:
        pause = max(0, entry.at - made[-1].entry.at) if made else None
        told = _told(entry)
        made.append(
            Moment(
                entry,
                Place.WALL if entry.at_wall else _PLACES.get(entry.kind, Place.OFFICE),
                pause,
                _mapping(told.get("args")) or _left(told),
                _mapping(told.get("ask")),
                _whole(told.get("done")),
                _whole(told.get("wanted")),
                entry.act in undone,
            )
        )
    return tuple(made)


def _told(entry: Entry) -> Mapping[str, Any]:
    """Return what an answer holds; an act of the office and the dock wraps its own in ``result``."""
    result = entry.answer.get("result")
    return result if isinstance(result, Mapping) else entry.answer


def _left(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return plain values of an answer that has no ``args``: the dock's answers are such."""
    return {} if "args" in told else {name: value for name, value in told.items() if isinstance(value, (str, int))}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def after_pauses(told: Sequence[Moment], longest_ms: int) -> tuple[int, ...]:
    """Return when each moment is played, in milliseconds after the first: pauses longer than *longest_ms* are cut."""
    at = 0
    times: list[int] = []
    for moment in told:
        at += min(moment.pause_ms or 0, longest_ms)
        times.append(at)
    return tuple(times)
