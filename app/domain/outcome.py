"""What a decision is: a sentence to say, what is asked next, and the facts that are now true.

A refusal is a value with a reason and no facts, never an exception. The core names keys and arguments; screens and
papers make the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, TypeVar

__all__ = ["Level", "Outcome", "Say", "info", "ok", "question", "refused"]

Fact = TypeVar("Fact")
"""The kind of fact that a concept of the core deals in."""

_NONE: Mapping[str, object] = MappingProxyType({})


class Level(StrEnum):
    """How an answer is meant: colour, shape and sound follow from it."""

    OK = "ok"
    REFUSED = "refused"
    QUESTION = "question"
    INFO = "info"
    NOTED = "noted"
    """Would have been refused; in shadow mode it is only recorded."""


@dataclass(frozen=True, slots=True)
class Say:
    """One answer to one act."""

    key: str
    """Stable reason key, also the key of the sentence: ``item.wrong``."""
    level: Level
    args: Mapping[str, object] = field(default_factory=lambda: _NONE)
    """Placeholders of the sentence, and what a screen shows beside it; plain values only (they are stored)."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Fact]):
    """A decision: what to say and what is now true. What is asked next is computed from the folded facts."""

    say: Say
    facts: tuple[Fact, ...] = ()
    """Empty for every refusal."""


def ok(key: str, *facts: Fact, **args: object) -> Outcome[Fact]:
    """Accept."""
    return Outcome(Say(key, Level.OK, args), facts)


def refused(key: str, **args: object) -> Outcome[Any]:
    """Refuse: nothing becomes true."""
    return Outcome(Say(key, Level.REFUSED, args))


def question(key: str, *facts: Fact, **args: object) -> Outcome[Fact]:
    """Ask something before going on."""
    return Outcome(Say(key, Level.QUESTION, args), facts)


def info(key: str, *facts: Fact, **args: object) -> Outcome[Fact]:
    """Tell something that is neither right nor wrong."""
    return Outcome(Say(key, Level.INFO, args), facts)
