"""The function key of each command code: one table for the screen, its help and the command sheet."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.command_names import CommandName

__all__ = ["KEYS", "command_at"]

KEYS: Mapping[CommandName, str] = {
    CommandName.NEXT: "F2",
    CommandName.UNDO: "F3",
    CommandName.SHORT: "F4",
    CommandName.SERVICE: "F7",
    CommandName.BOX: "F2",
    CommandName.SPLIT: "F2",
    CommandName.SWITCH: "F8",
    CommandName.MOVE: "F9",
    CommandName.MAKER: "F10",
    CommandName.REASON_NO_FIT: "F6",
    CommandName.REASON_THICK: "F5",
    CommandName.REASON_HEAVY: "F6",
    CommandName.REASON_MISSING: "F5",
    CommandName.REASON_DAMAGED: "F6",
    CommandName.REASON_OTHER: "F7",
    CommandName.DONE: "F8",
    CommandName.REPRINT: "F9",
    CommandName.TEACH: "F10",
    CommandName.LATER: "F11",
    CommandName.PARCEL: "F12",
    CommandName.CANCEL: "Esc",
    CommandName.QUANTITY: "F5",
    CommandName.NO_CODE: "F6",
    CommandName.ALLOW: "F10",
    CommandName.CHOICE_1: "F5",
    CommandName.CHOICE_2: "F6",
    CommandName.CHOICE_3: "F7",
    CommandName.CHOICE_4: "F8",
}
"""Command -> its key. Reasons are keys only while one is asked for, so other commands and other reasons share theirs:
:func:`command_at` says which is meant."""

_SERVICE_REASONS = (CommandName.REASON_THICK, CommandName.REASON_HEAVY, CommandName.REASON_OTHER)
_REASONS = (CommandName.REASON_MISSING, CommandName.REASON_DAMAGED, CommandName.REASON_OTHER)
_BOX = (
    CommandName.REASON_THICK,
    CommandName.REASON_NO_FIT,
    CommandName.SWITCH,
    CommandName.MOVE,
    CommandName.MAKER,
)
_CHOICES = (CommandName.CHOICE_1, CommandName.CHOICE_2, CommandName.CHOICE_3, CommandName.CHOICE_4)
_ONLY_ASKED = frozenset((*_SERVICE_REASONS, *_REASONS, *_CHOICES, *_BOX, CommandName.BOX, CommandName.SPLIT))
_ASKED: dict[str, tuple[CommandName, ...]] = {
    "short_reason": _REASONS,
    "reprint_reason": _REASONS,
    "override_reason": _REASONS,
    "service_reason": _SERVICE_REASONS,
    "no_code": _REASONS,
    "allow_reason": _REASONS,
    "which": _CHOICES,
    "lot": _CHOICES,
    "expiry": _CHOICES,
    "box": _BOX,
    "close_short": (CommandName.SPLIT,),
}
_ASKED |= dict.fromkeys(("item", "insert", "weight", "waybill", "close"), (CommandName.BOX,))


def command_at(key: str, ask: str) -> CommandName | None:
    """Return the command that a key means while *ask* (the kind of :class:`~app.domain.asking.Ask`) is asked."""
    here = [name for name, its in KEYS.items() if its == key]
    asked = _ASKED.get(ask, ())
    return next(
        (name for name in here if name in asked), next((name for name in here if name not in _ONLY_ASKED), None)
    )
