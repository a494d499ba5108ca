"""What a scanned code is, seen from what a picker is asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.barcode import (
    CartCode,
    CommandName,
    ListCode,
    OrderCode,
    PersonCode,
    Reading,
    ShelfCode,
    ToteCode,
    WallCode,
)
from app.domain.jobs import (
    PickSeen,
)
from app.domain.pick_asking import PickAskKind
from app.domain.products import KnownCode
from app.domain.seen import REASONS, command_of

__all__ = ["PickSeenKind", "kind_of", "label_of", "one_product", "skus_of"]


class PickSeenKind(StrEnum):
    """What a code turned out to be."""

    NEXT = "next"
    DONE = "done"
    UNDO = "undo"
    SHORT = "short"
    CANCEL = "cancel"
    LATER = "later"
    FULL = "full"
    """``KP-PARCEL``: one tote more."""
    QUANTITY = "quantity"
    REASON = "reason"
    PERSON = "person"
    PRODUCT = "product"
    SHELF = "shelf"
    TOTE = "tote"
    SLOT = "slot"
    CART = "cart"
    LIST = "list"
    ORDER = "order"
    NUMBER = "number"
    """A number, while one is asked for."""
    OTHER_COMMAND = "other_command"
    UNKNOWN = "unknown"


_COMMANDS: Mapping[CommandName, PickSeenKind] = {
    CommandName.NEXT: PickSeenKind.NEXT,
    CommandName.DONE: PickSeenKind.DONE,
    CommandName.UNDO: PickSeenKind.UNDO,
    CommandName.SHORT: PickSeenKind.SHORT,
    CommandName.CANCEL: PickSeenKind.CANCEL,
    CommandName.LATER: PickSeenKind.LATER,
    CommandName.PARCEL: PickSeenKind.FULL,
    CommandName.QUANTITY: PickSeenKind.QUANTITY,
} | dict.fromkeys(REASONS, PickSeenKind.REASON)


_OWN = (
    (PersonCode, PickSeenKind.PERSON),
    (ShelfCode, PickSeenKind.SHELF),
    (ToteCode, PickSeenKind.TOTE),
    (WallCode, PickSeenKind.SLOT),
    (CartCode, PickSeenKind.CART),
    (ListCode, PickSeenKind.LIST),
)


_NUMBERS = (PickAskKind.FOUND, PickAskKind.QUANTITY)


def kind_of(seen: PickSeen, wanted: PickAskKind) -> PickSeenKind:
    """Return what the code is, seen from what is *wanted*."""
    reading = seen.seen.reading
    command = command_of(reading)
    if command is not None:
        return _COMMANDS.get(command, PickSeenKind.OTHER_COMMAND)
    for kind, name in _OWN:
        if any(isinstance(each, kind) for each in reading.kinds):
            return name
    text = reading.text
    if wanted in _NUMBERS and text.isascii() and text.isdigit() and len(text) <= 4:
        return PickSeenKind.NUMBER
    if seen.seen.products:
        return PickSeenKind.PRODUCT
    if any(isinstance(each, OrderCode) for each in reading.kinds):
        return PickSeenKind.ORDER
    return PickSeenKind.UNKNOWN


def label_of(reading: Reading) -> str:
    """Return what stands after the prefix of one of our own labels."""
    for kind in reading.kinds:
        if isinstance(kind, ShelfCode | ToteCode | WallCode | CartCode | ListCode):
            return kind.code
    return reading.text


def one_product(seen: PickSeen) -> KnownCode | None:
    """Return the product that the code means; None where it is none or several."""
    found = seen.seen.products
    return found[0] if len({known.product for known in found}) == 1 else None


def skus_of(seen: PickSeen) -> str:
    """Return the SKUs that the code may mean, for the refusal."""
    return ", ".join(sorted({known.sku for known in seen.seen.products}))
