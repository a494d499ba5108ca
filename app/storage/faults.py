"""Something in the database that does not agree with the rest of it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not agree."""

    key: str
    """Key of the sentence that says it."""
    args: dict[str, object]
