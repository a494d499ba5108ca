"""What there is to say about a print job: kept as keys and arguments, so that each reader sees it in their language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from app.domain.printing import Fault
from app.errors import StationError
from app.services.answers import sentence
from app.text import Texts

__all__ = ["OBSTACLES", "faults_in", "of_error", "sentences", "stored"]

_MOST = 4_000
"""Characters that are kept."""
OBSTACLES = ("held", "cancelled", "taken_back", "old_version", "own_slips")
"""Why a paper does not come out now, or never; older rows hold just the word."""
_PLAIN = "outbox.plain"
"""Says words that are no key of ours: an older row, or a sentence in the language of the shop."""


def of_error(error: BaseException) -> Fault:
    """Return what an error says."""
    if isinstance(error, StationError):
        return Fault(error.key, {name: _plain(value) for name, value in error.args_.items()})
    key = "outbox.not_written" if isinstance(error, OSError) else "outbox.not_made"
    return Fault(key, {"why": (str(error) or type(error).__name__)[:300]})


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


def stored(faults: Iterable[Fault | str]) -> str:
    """Return what the outbox keeps; empty for nothing.

    :param faults: what is to be said; plain sentences stay as they are. What does not fit is left out, the last first.
    """
    kept: list[dict[str, object]] = []
    for each in faults:
        fault = Fault(_PLAIN, {"text": each}) if isinstance(each, str) else each
        said: dict[str, object] = {"key": fault.key}
        if fault.args:
            said["args"] = dict(fault.args)
        more = [*kept, said]
        if len(_json(more)) > _MOST and kept:
            break
        kept = more
    return _json(kept) if kept else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def faults_in(text: str) -> tuple[Fault, ...]:
    """Return what a row says, those of older programs too, which hold plain text."""
    if not text:
        return ()
    try:
        found = json.loads(text)
        return tuple(Fault(each["key"], _args(each.get("args", {}))) for each in found)
    except (ValueError, TypeError, KeyError, AttributeError):
        if text in OBSTACLES:
            return (Fault(f"outbox.{text}"),)
        return tuple(Fault(_PLAIN, {"text": line}) for line in text.splitlines() if line.strip())


def _args(found: Mapping[str, object]) -> dict[str, str | int]:
    return {str(name): _plain(value) for name, value in found.items()}


def sentences(words: Texts, text: str) -> tuple[str, ...]:
    """Return what a row says, in words."""
    return tuple(sentence(words, fault.key, fault.args) for fault in faults_in(text))
