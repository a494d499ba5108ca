"""What a scanned code is, seen from what is asked at the bench: a text that fits several kinds keeps all of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.asking import DETAILS, AskKind
from app.domain.barcode import (
    CartCode,
    CartonCode,
    Command,
    CommandName,
    Gtin,
    InsertCode,
    ListCode,
    OrderCode,
    PersonCode,
    Plain,
    Reading,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
    Waybill,
    WeightCode,
)
from app.domain.bench import Seen
from app.domain.shipping import number_of

__all__ = [
    "LABELLING",
    "REASONS",
    "SERVICE_REASONS",
    "SeenKind",
    "choice_of",
    "command_of",
    "kind_of",
    "waybill_number",
]


class SeenKind(StrEnum):
    """What a code turned out to be."""

    NEXT = "next"
    DONE = "done"
    UNDO = "undo"
    SHORT = "short"
    CANCEL = "cancel"
    REPRINT = "reprint"
    TEACH = "teach"
    LATER = "later"
    PARCEL = "parcel"
    SERVICE = "service"
    BOX = "box"
    SWITCH = "switch"
    MOVE = "move"
    MAKER = "maker"
    SPLIT = "split"
    NO_FIT = "no_fit"
    QUANTITY = "quantity"
    NO_CODE = "no_code"
    ALLOW = "allow"
    CHOICE = "choice"
    DETAIL = "detail"
    """Any text while one is asked for."""
    REASON = "reason"
    CARTON = "carton"
    INSERT = "insert"
    WEIGHT = "weight"
    PERSON = "person"
    PRODUCT = "product"
    ORDER = "order"
    WAYBILL = "waybill"
    LABEL = "label"
    UNKNOWN = "unknown"


REASONS: Mapping[CommandName, str] = {
    CommandName.REASON_MISSING: "missing",
    CommandName.REASON_DAMAGED: "damaged",
    CommandName.REASON_OTHER: "other",
}
"""The reason that each of the second command codes gives for what is short, printed again or closed without."""

SERVICE_REASONS: Mapping[CommandName, str] = {
    CommandName.REASON_THICK: "thick",
    CommandName.REASON_HEAVY: "heavy",
    CommandName.REASON_OTHER: "other",
}
"""The reasons for another service."""

_COMMANDS: Mapping[CommandName, SeenKind] = {
    CommandName.NEXT: SeenKind.NEXT,
    CommandName.DONE: SeenKind.DONE,
    CommandName.UNDO: SeenKind.UNDO,
    CommandName.SHORT: SeenKind.SHORT,
    CommandName.CANCEL: SeenKind.CANCEL,
    CommandName.REPRINT: SeenKind.REPRINT,
    CommandName.TEACH: SeenKind.TEACH,
    CommandName.LATER: SeenKind.LATER,
    CommandName.PARCEL: SeenKind.PARCEL,
    CommandName.SERVICE: SeenKind.SERVICE,
    CommandName.BOX: SeenKind.BOX,
    CommandName.SWITCH: SeenKind.SWITCH,
    CommandName.MOVE: SeenKind.MOVE,
    CommandName.MAKER: SeenKind.MAKER,
    CommandName.SPLIT: SeenKind.SPLIT,
    CommandName.REASON_NO_FIT: SeenKind.NO_FIT,
    CommandName.QUANTITY: SeenKind.QUANTITY,
    CommandName.NO_CODE: SeenKind.NO_CODE,
    CommandName.ALLOW: SeenKind.ALLOW,
    CommandName.CHOICE_1: SeenKind.CHOICE,
    CommandName.CHOICE_2: SeenKind.CHOICE,
    CommandName.CHOICE_3: SeenKind.CHOICE,
    CommandName.CHOICE_4: SeenKind.CHOICE,
} | dict.fromkeys((*REASONS, *SERVICE_REASONS), SeenKind.REASON)

_LABELS = (ShelfCode, ToteCode, CartCode, WallCode, ListCode, StationCode)

LABELLING = (AskKind.WAYBILL, AskKind.LABEL, AskKind.HAND_WAYBILL)
"""Questions that a waybill answers."""

_OWN: Mapping[type, SeenKind] = {
    PersonCode: SeenKind.PERSON,
    CartonCode: SeenKind.CARTON,
    InsertCode: SeenKind.INSERT,
    WeightCode: SeenKind.WEIGHT,
}

_LEAST_DIGITS = 6
_MOST_CHARACTERS = 40


def command_of(reading: Reading) -> CommandName | None:
    """Return the command that *reading* is, if it is one."""
    return next((kind.name for kind in reading.kinds if isinstance(kind, Command)), None)


def choice_of(reading: Reading) -> int:
    """Return the number of a choice code ``KP-1`` …; 0 for anything else."""
    command = command_of(reading)
    return int(command.value[3:]) if command and _COMMANDS[command] is SeenKind.CHOICE else 0


def waybill_number(reading: Reading) -> str:
    """Return the tracking number that *reading* may be, as numbers are stored; empty where it can't be one.

    Twelve digits with a good check digit are one; other lengths exist with mail services and abroad (formats.md, H):
    whatever is short, plain and mostly digits may be looked up.
    """
    for kind in reading.kinds:
        if isinstance(kind, Waybill):
            return kind.number
    if not any(isinstance(kind, (Plain, Gtin)) for kind in reading.kinds):
        return ""
    number = number_of(reading.text)
    digits = sum(each.isdigit() for each in number)
    fits = number.isascii() and number.isalnum() and len(number) <= _MOST_CHARACTERS
    return number if fits and digits >= _LEAST_DIGITS and digits * 2 > len(number) else ""


def kind_of(seen: Seen, wanted: AskKind) -> SeenKind:
    """Return what the code is, seen from what is *wanted*: a text that fits several kinds keeps all of them."""
    command = command_of(seen.reading)
    if command is not None:
        return _COMMANDS[command]
    kinds = seen.reading.kinds
    for own, seen_as in _OWN.items():
        if any(isinstance(kind, own) for kind in kinds):
            return seen_as
    if wanted in DETAILS and not seen.products:
        return _of_detail(seen)
    found = _found(seen, wanted)
    if found:
        first_order = wanted in (AskKind.ORDER, AskKind.TAKE_OVER)
        return SeenKind.ORDER if first_order and SeenKind.ORDER in found else found[0]
    if any(isinstance(kind, OrderCode) for kind in kinds):
        return SeenKind.ORDER
    if any(isinstance(kind, _LABELS) for kind in kinds):
        return SeenKind.LABEL
    if wanted in LABELLING:
        return SeenKind.WAYBILL if waybill_number(seen.reading) else SeenKind.UNKNOWN
    # One in seven good UPC-As is also a good waybill: unknown goods then, which a leader may teach.
    if any(isinstance(kind, Waybill) for kind in kinds) and not any(isinstance(kind, Gtin) for kind in kinds):
        return SeenKind.WAYBILL
    return SeenKind.UNKNOWN


def _of_detail(seen: Seen) -> SeenKind:
    """Any text that can be read answers; one of our own labels or papers never does."""
    kinds = seen.reading.kinds
    if any(isinstance(kind, _LABELS) for kind in kinds):
        return SeenKind.LABEL
    if seen.reading.text[:3].upper() == "KO-":
        return SeenKind.ORDER
    return SeenKind.DETAIL if kinds else SeenKind.UNKNOWN


def _found(seen: Seen, wanted: AskKind) -> list[SeenKind]:
    """Return the kinds that something was found for, the likeliest first."""
    found = []
    if seen.products:
        found.append(SeenKind.PRODUCT)
    if seen.candidates:
        found.append(SeenKind.ORDER)
    if seen.waybills:
        found.insert(0 if wanted in LABELLING else len(found), SeenKind.WAYBILL)
    return found
