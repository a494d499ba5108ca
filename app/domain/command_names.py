"""The command codes ``KP-…`` that are scanned instead of pressing a key.

By themselves, so that the window knows its keys before it loads how codes are read.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CommandName"]


class CommandName(StrEnum):
    """What a command code orders; the value is the text of the code."""

    NEXT = "KP-NEXT"
    DONE = "KP-DONE"
    UNDO = "KP-UNDO"
    SHORT = "KP-SHORT"
    CANCEL = "KP-CANCEL"
    REPRINT = "KP-REPRINT"
    TEACH = "KP-TEACH"
    LATER = "KP-LATER"
    PARCEL = "KP-PARCEL"
    SERVICE = "KP-SERVICE"
    BOX = "KP-BOX"
    """What can be done about the box, to choose from."""
    SWITCH = "KP-SWITCH"
    """To the next box."""
    MOVE = "KP-MOVE"
    """A piece lies in another box."""
    MAKER = "KP-MAKER"
    """The goods go in their maker's carton."""
    SPLIT = "KP-SPLIT"
    """What is not here is sent later."""
    QUANTITY = "KP-QUANTITY"
    NO_CODE = "KP-NOCODE"
    ALLOW = "KP-ALLOW"
    CHOICE_1 = "KP-1"
    CHOICE_2 = "KP-2"
    CHOICE_3 = "KP-3"
    CHOICE_4 = "KP-4"
    REASON_MISSING = "KP-R-MISSING"
    REASON_DAMAGED = "KP-R-DAMAGED"
    REASON_THICK = "KP-R-THICK"
    REASON_HEAVY = "KP-R-HEAVY"
    REASON_NO_FIT = "KP-R-NOFIT"
    REASON_OTHER = "KP-R-OTHER"
