"""What a scanned code is, seen from what is asked at the bench: a text that fits several kinds keeps all of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.barcode import (
    CartCode,
    Command,
    CommandName,
    Gtin,
    ListCode,
    OrderCode,
    PersonCode,
    Reading,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
    Waybill,
)
from app.domain.bench import AskKind, Seen

__all__ = ["REASONS", "SeenKind", "command_of", "kind_of"]


class SeenKind(StrEnum):
    """What a code turned out to be."""

    NEXT = "next"
    DONE = "done"
    UNDO = "undo"
    SHORT = "short"
    CANCEL = "cancel"
    REPRINT = "reprint"
    TEACH = "teach"
    REASON = "reason"
    PERSON = "person"
    PRODUCT = "product"
    ORDER = "order"
    WAYBILL = "waybill"
    LABEL = "label"
    UNKNOWN = "unknown"


_COMMANDS: Mapping[CommandName, SeenKind] = {
    CommandName.NEXT: SeenKind.NEXT,
    CommandName.DONE: SeenKind.DONE,
    CommandName.UNDO: SeenKind.UNDO,
    CommandName.SHORT: SeenKind.SHORT,
    CommandName.CANCEL: SeenKind.CANCEL,
    CommandName.REPRINT: SeenKind.REPRINT,
    CommandName.TEACH: SeenKind.TEACH,
    CommandName.REASON_MISSING: SeenKind.REASON,
    CommandName.REASON_DAMAGED: SeenKind.REASON,
    CommandName.REASON_OTHER: SeenKind.REASON,
}

REASONS: Mapping[CommandName, str] = {
    CommandName.REASON_MISSING: "missing",
    CommandName.REASON_DAMAGED: "damaged",
    CommandName.REASON_OTHER: "other",
}
"""The reason that each of the second command codes gives."""


_LABELS = (ShelfCode, ToteCode, CartCode, WallCode, ListCode, StationCode)


def command_of(reading: Reading) -> CommandName | None:
    """Return the command that *reading* is, if it is one."""
    return next((kind.name for kind in reading.kinds if isinstance(kind, Command)), None)


def kind_of(seen: Seen, wanted: AskKind) -> SeenKind:
    """Return what the code is, seen from what is *wanted*: a text that fits several kinds keeps all of them."""
    command = command_of(seen.reading)
    if command is not None:
        return _COMMANDS[command]
    kinds = seen.reading.kinds
    if any(isinstance(kind, PersonCode) for kind in kinds):
        return SeenKind.PERSON
    found = []
    if seen.products:
        found.append(SeenKind.PRODUCT)
    if seen.candidates:
        found.append(SeenKind.ORDER)
    if found:
        first_order = wanted in (AskKind.ORDER, AskKind.TAKE_OVER)
        return SeenKind.ORDER if first_order and SeenKind.ORDER in found else found[0]
    if any(isinstance(kind, OrderCode) for kind in kinds):
        return SeenKind.ORDER
    if any(isinstance(kind, _LABELS) for kind in kinds):
        return SeenKind.LABEL
    # One in seven good UPC-As is also a good waybill: unknown goods then, which a leader may teach.
    if any(isinstance(kind, Waybill) for kind in kinds) and not any(isinstance(kind, Gtin) for kind in kinds):
        return SeenKind.WAYBILL
    return SeenKind.UNKNOWN
