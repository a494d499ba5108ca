"""The function key of each command code: one table for the screen, its help and the command sheet."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.barcode import CommandName

__all__ = ["KEYS"]

KEYS: Mapping[CommandName, str] = {
    CommandName.NEXT: "F2",
    CommandName.UNDO: "F3",
    CommandName.SHORT: "F4",
    CommandName.REASON_MISSING: "F5",
    CommandName.REASON_DAMAGED: "F6",
    CommandName.REASON_OTHER: "F7",
    CommandName.DONE: "F8",
    CommandName.REPRINT: "F9",
    CommandName.TEACH: "F10",
    CommandName.CANCEL: "Esc",
}
"""Command -> its key, in the order of the keyboard."""
