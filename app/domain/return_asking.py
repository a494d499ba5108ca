"""What is asked next at a station for returns, and what a scanned code is there: computed, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.barcode import (
    CartCode,
    CommandName,
    ListCode,
    OrderCode,
    PersonCode,
    ShelfCode,
    StationCode,
    ToteCode,
    WallCode,
)
from app.domain.gtin import printable
from app.domain.returns import (
    BackHand,
    Came,
    Grade,
    Receiver,
    ReturnQuestionKind,
    ReturnReason,
    ReturnRules,
    ReturnSeen,
    Shipped,
    shelf_of,
    why_not_good,
)
from app.domain.seen import command_of

__all__ = [
    "CHOICES",
    "REASON_CODES",
    "SHOWN",
    "Option",
    "ReturnAsk",
    "ReturnAskKind",
    "ReturnSeenKind",
    "ask",
    "kind_of",
    "laid",
    "meant",
    "options_of",
    "whole_of",
]

SHOWN = 4
"""Answers that are shown at once: as many as there are choice codes."""

CHOICES = (CommandName.CHOICE_1, CommandName.CHOICE_2, CommandName.CHOICE_3, CommandName.CHOICE_4)

REASON_CODES: Mapping[CommandName, ReturnReason] = {
    CommandName.CHOICE_1: ReturnReason.UNWANTED,
    CommandName.CHOICE_2: ReturnReason.DEFECTIVE,
    CommandName.CHOICE_3: ReturnReason.WRONG_ITEM,
    CommandName.CHOICE_4: ReturnReason.REFUSED,
    CommandName.REASON_OTHER: ReturnReason.OTHER,
}
"""The reason that each code gives."""


class ReturnAskKind(StrEnum):
    """What the station wants next."""

    SIGN_IN = "sign_in"
    ORDER = "order"
    """A waybill, a slip or a number of the order that comes back."""
    ITEM = "item"
    CLOSE = "close"
    """Everything is back: that the return is done."""
    TAKE_OVER = "take_over"
    WHOLE = "whole"
    WHICH = "which"
    LINE = "line"
    LOT = "lot"
    SERIAL = "serial"
    REASON = "reason"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose by its number."""

    goods: Shipped
    count: int
    """Pieces of it that may still come back."""


@dataclass(frozen=True, slots=True)
class ReturnAsk:
    """What is asked next."""

    kind: ReturnAskKind
    receiver: Receiver
    goods: Shipped | None = None
    """What the goods in hand are."""
    hand: BackHand | None = None
    options: tuple[Option, ...] = ()
    """The answers shown, in the order of their choice codes."""
    more: bool = False
    """There are more than are shown."""
    lay: tuple[Came, Shipped, str] | None = None
    """The pieces that were just taken in, and the shelf that they are laid on."""
    good_shelf: str = ""
    bad_shelf: str = ""
    why_not: str = ""
    """Why the goods in hand may not go back to sale."""

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        out: dict[str, object] = {"kind": str(self.kind)}
        order = self.receiver.order
        if order is not None:
            out |= {"number": order.number, "ship_number": order.ship_number}
            out["left"] = sum(goods.left for goods in self.receiver.goods)
            out["taken"] = sum(step.quantity for step in self.receiver.trail)
        if self.goods is not None:
            out |= _plain(self.goods)
        if self.hand is not None:
            out["quantity"] = self.hand.quantity
        if self.options:
            out["options"] = [_plain(each.goods) | {"count": each.count} for each in self.options]
            out["more"] = self.more
        if self.kind is ReturnAskKind.GRADE:
            out |= {"good_shelf": self.good_shelf, "bad_shelf": self.bad_shelf, "why_not": self.why_not}
            out["reason"] = self.hand.reason if self.hand else ""
        if self.kind is ReturnAskKind.WHOLE and order is not None:
            out |= {"boxes": 1 if order.piece else order.pieces, "pieces": sum(n for _, n in whole_of(self.receiver))}
        if self.lay is not None:
            step, goods, shelf = self.lay
            out["lay"] = {"shelf": shelf, "grade": step.grade, "sku": goods.sku, "name": goods.name,
                          "product": goods.product, "quantity": step.quantity}  # fmt: skip
        return out


def _plain(goods: Shipped) -> dict[str, object]:
    return {
        "product": goods.product,
        "sku": goods.sku,
        "name": goods.name,
        "product_code": printable(goods.code),
        "lot": goods.lot,
        "expiry": goods.expiry,
        "serial": goods.serial,
    }


def ask(receiver: Receiver, rules: ReturnRules) -> ReturnAsk:
    """Return what is wanted next; computed from the snapshot, never stored."""
    question = receiver.question
    if question is not None:
        kind = ReturnAskKind(question.kind)
        options = options_of(receiver)
        start = question.page * SHOWN
        shown = options[start : start + SHOWN] or options[:SHOWN]
        goods = meant(receiver, question.hand) if question.hand is not None else None
        made = ReturnAsk(kind, receiver, goods, question.hand, shown, len(options) > SHOWN)
        if kind is not ReturnAskKind.GRADE or goods is None:
            return made
        return ReturnAsk(
            kind, receiver, goods, question.hand, good_shelf=goods.shelf, bad_shelf=rules.bad_shelf,
            why_not=why_not_good(goods, rules.today),
        )  # fmt: skip
    if rules.signin_required and receiver.person is None:
        return ReturnAsk(ReturnAskKind.SIGN_IN, receiver)
    if receiver.order is None:
        return ReturnAsk(ReturnAskKind.ORDER, receiver)
    shelves = laid(receiver, rules)
    kind = ReturnAskKind.CLOSE if receiver.all_back else ReturnAskKind.ITEM
    return ReturnAsk(kind, receiver, lay=shelves[-1] if shelves else None)


def meant(receiver: Receiver, hand: BackHand) -> Shipped | None:
    """Return what left the house that the goods in hand are; None while it is asked which.

    What is just the same goes first, then what is of the same line as a piece that was let pass.
    """
    if hand.product is None:
        return None
    there = [goods for goods in receiver.may_come if goods.product == hand.product and goods.left > 0]
    same = [goods for goods in there if (goods.lot, goods.serial) == (hand.lot or "", hand.serial)]
    return next(iter((*same, *there)), None)


def options_of(receiver: Receiver) -> tuple[Option, ...]:
    """Return what may be chosen by number while a question stands."""
    question = receiver.question
    if question is None:
        return ()
    there = [goods for goods in receiver.may_come if goods.left > 0]
    found: dict[object, Option] = {}
    for goods in there:
        match question.kind:
            case ReturnQuestionKind.LINE:
                key: object = goods.product
            case ReturnQuestionKind.WHICH if goods.product in question.products:
                key = goods.product
            case ReturnQuestionKind.LOT if question.hand is not None and goods.product == question.hand.product:
                key = (goods.lot, goods.expiry)
            case _:
                continue
        found[key] = Option(goods, goods.left + (found[key].count if key in found else 0))
    return tuple(found.values())


def whole_of(receiver: Receiver) -> tuple[tuple[Shipped, int], ...]:
    """Return the goods and pieces of the parcel that came back, where it may have come back unopened; else nothing.

    With several boxes it is the one whose waybill was scanned, as far as it is known what was in it.
    """
    order = receiver.order
    if order is None or receiver.trail:
        return ()
    goods = receiver.goods
    if order.pieces > 1 and order.piece:
        if len({each.box for each in goods}) < 2:
            return ()
        goods = tuple(each for each in goods if each.box == order.piece)
    elif order.before:
        return ()
    return tuple((each, each.left) for each in goods) if all(each.left == each.quantity for each in goods) else ()


def laid(receiver: Receiver, rules: ReturnRules) -> tuple[tuple[Came, Shipped, str], ...]:
    """Return the pieces of the last act that took some in, with the shelf that each is laid on."""
    if not receiver.trail or receiver.order is None:
        return ()
    last = receiver.trail[-1].act
    made = []
    for step in receiver.trail:
        if step.act == last:
            goods = next((each for each in receiver.order.shipped if step.is_of(each)), None)
            goods = goods or next(each for each in receiver.order.shipped if each.line == step.line)
            made.append((step, goods, shelf_of(goods, step.grade or Grade.BAD, rules)))
    return tuple(made)


# --- what a code is -----------------------------------------------------------------------------------------------


class ReturnSeenKind(StrEnum):
    """What a code turned out to be."""

    NEXT = "next"
    DONE = "done"
    UNDO = "undo"
    CANCEL = "cancel"
    LATER = "later"
    NO_CODE = "no_code"
    ALLOW = "allow"
    CHOICE = "choice"
    REASON = "reason"
    PERSON = "person"
    SHELF = "shelf"
    PRODUCT = "product"
    ORDER = "order"
    TEXT = "text"
    """Any text while a lot, a date or a serial is asked for."""
    OTHER_COMMAND = "other_command"
    UNKNOWN = "unknown"


_COMMANDS: Mapping[CommandName, ReturnSeenKind] = {
    CommandName.NEXT: ReturnSeenKind.NEXT,
    CommandName.DONE: ReturnSeenKind.DONE,
    CommandName.UNDO: ReturnSeenKind.UNDO,
    CommandName.CANCEL: ReturnSeenKind.CANCEL,
    CommandName.LATER: ReturnSeenKind.LATER,
    CommandName.NO_CODE: ReturnSeenKind.NO_CODE,
    CommandName.ALLOW: ReturnSeenKind.ALLOW,
    CommandName.REASON_OTHER: ReturnSeenKind.REASON,
} | dict.fromkeys(CHOICES, ReturnSeenKind.CHOICE)

_OWN = (PersonCode, ShelfCode, ToteCode, WallCode, CartCode, ListCode, StationCode)
_DETAILS = (ReturnAskKind.LOT, ReturnAskKind.SERIAL)
_NAMES_AN_ORDER = (ReturnAskKind.ORDER, ReturnAskKind.TAKE_OVER)


def kind_of(seen: ReturnSeen, wanted: ReturnAskKind) -> ReturnSeenKind:
    """Return what the code is, seen from what is *wanted*."""
    reading = seen.seen.reading
    command = command_of(reading)
    if command is not None:
        if wanted is ReturnAskKind.REASON and command in REASON_CODES:
            return ReturnSeenKind.REASON
        return _COMMANDS.get(command, ReturnSeenKind.OTHER_COMMAND)
    own = next((kind for kind in reading.kinds if isinstance(kind, _OWN)), None)
    if own is not None:
        kinds = {PersonCode: ReturnSeenKind.PERSON, ShelfCode: ReturnSeenKind.SHELF}
        return kinds.get(type(own), ReturnSeenKind.UNKNOWN)
    if wanted in _NAMES_AN_ORDER:
        return ReturnSeenKind.ORDER if reading.kinds else ReturnSeenKind.UNKNOWN
    if seen.seen.products:
        return ReturnSeenKind.PRODUCT
    if any(isinstance(kind, OrderCode) for kind in reading.kinds) or seen.names_order:
        return ReturnSeenKind.ORDER
    return ReturnSeenKind.TEXT if wanted in _DETAILS and reading.kinds else ReturnSeenKind.UNKNOWN
