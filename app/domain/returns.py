"""A return 返品 as a value: what left the house in a parcel, what of it came back, and the station that takes it in.

Facts change it (:func:`after`); what is asked next is computed from it (:mod:`app.domain.return_asking`); what a scan
means is decided in :mod:`app.domain.returning`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from app.domain.bench import Seen
from app.domain.facts import Allowed
from app.domain.orders import OrderState
from app.domain.people import Person, Right
from app.domain.products import PLAIN, Handling
from app.domain.stock import CUSTOMER, Move, shelf_place, unsaleable_place

__all__ = [
    "BackHand",
    "Came",
    "Grade",
    "PieceBack",
    "Receiver",
    "ReturnAsked",
    "ReturnCandidate",
    "ReturnClosed",
    "ReturnDismissed",
    "ReturnEmptied",
    "ReturnFact",
    "ReturnOpened",
    "ReturnOrder",
    "ReturnQuestion",
    "ReturnQuestionKind",
    "ReturnReason",
    "ReturnRefused",
    "ReturnRules",
    "ReturnSeen",
    "ReturnSetAside",
    "ReturnSignedIn",
    "ReturnUndone",
    "Shipped",
    "after",
    "fold",
    "moves_of",
    "place_of",
    "remaining",
    "shelf_of",
    "why_not_good",
]


class ReturnReason(StrEnum):
    """Why a piece came back."""

    UNWANTED = "unwanted"
    """The buyer changed their mind いらなくなった."""
    DEFECTIVE = "defective"
    """Broken or damaged 不良・破損."""
    WRONG_ITEM = "wrong_item"
    """Something else was wanted ちがう商品."""
    REFUSED = "refused"
    """Nobody took the parcel in 受取拒否・不在."""
    OTHER = "other"


class Grade(StrEnum):
    """What becomes of a piece that came back."""

    GOOD = "good"
    """It goes back to its shelf and is sold again."""
    BAD = "bad"
    """It goes to the shelf for goods that cannot be sold, and counts as no stock there."""


# --- what left, what came back ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shipped:
    """Pieces of one line, lot and serial that left the house, all in one box."""

    line: int
    product: int
    sku: str
    name: str
    quantity: int
    lot: str = ""
    """Lot as the ledger keeps it."""
    expiry: str = ""
    """``YYYY-MM-DD``; empty for none."""
    serial: str = ""
    parcel: int = 0
    box: int = 1
    code: str = ""
    """The product's main printed code, for showing."""
    shelf: str = ""
    """The product's own shelf; empty where it has none."""
    handling: Handling = PLAIN
    recalled: bool = False
    back: int = 0
    """Pieces that came back; counted by :func:`remaining`."""

    @property
    def left(self) -> int:
        """Pieces that are still with the buyer."""
        return self.quantity - self.back


@dataclass(frozen=True, slots=True)
class Came:
    """Pieces that came back: one standing step of a return."""

    act: str
    line: int
    product: int
    quantity: int
    code: str = ""
    """What was scanned."""
    lot: str = ""
    expiry: str = ""
    serial: str = ""
    reason: str = ""
    """One of :class:`ReturnReason`."""
    grade: str = ""
    """One of :class:`Grade`."""
    place: str = ""
    """Place of the ledger; empty where stock was not tracked."""

    def is_of(self, goods: Shipped) -> bool:
        """Whether it is just what left as *goods*: the same line, lot and serial."""
        mine = (self.line, self.product, self.lot, self.expiry, self.serial)
        return mine == (goods.line, goods.product, goods.lot, goods.expiry, goods.serial)


def remaining(shipped: Sequence[Shipped], came: Iterable[Came]) -> tuple[Shipped, ...]:
    """Return what left the house with what came back of it counted.

    A piece of another lot or serial, which a leader let pass, counts for what is left of its line after all others.
    """
    back = [0] * len(shipped)
    others = []
    for step in came:
        rest = _count(step.quantity, back, shipped, [at for at, goods in enumerate(shipped) if step.is_of(goods)])
        if rest:
            others.append((step, rest))
    for step, rest in others:
        _count(rest, back, shipped, [at for at, goods in enumerate(shipped) if goods.line == step.line])
    return tuple(replace(goods, back=back[at]) for at, goods in enumerate(shipped))


def _count(quantity: int, back: list[int], shipped: Sequence[Shipped], where: Sequence[int]) -> int:
    """Count pieces at the first places that have room; return what found none."""
    for at in where:
        take = min(quantity, shipped[at].quantity - back[at])
        back[at] += take
        quantity -= take
    return quantity


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """An order whose goods come back, with the orders that shared its parcel."""

    id: int
    number: str
    """The shop's order number."""
    ship_number: str
    state: OrderState
    shop: str = ""
    ship_to: str = ""
    """Name of the receiver."""
    shipped_at: int = 0
    """When it was handed over, milliseconds since 1970 UTC; 0 where that is not known."""
    members: tuple[tuple[int, OrderState], ...] = ()
    """The orders of its parcel with their states, itself first."""
    shipped: tuple[Shipped, ...] = ()
    before: tuple[Came, ...] = ()
    """What came back in earlier returns."""
    return_id: int | None = None
    """Its open return."""
    parcel: int | None = None
    waybill: str = ""
    """Tracking number under which it came back; empty where it was opened by something else."""
    piece: int = 0
    """Box that this waybill was on; 0 without a waybill."""
    pieces: int = 1
    """Boxes that the order went in."""

    @property
    def wanted(self) -> int:
        """Pieces that left the house."""
        return sum(goods.quantity for goods in self.shipped)


# --- the station --------------------------------------------------------------------------------------------------


class ReturnQuestionKind(StrEnum):
    """What stands between two pieces."""

    TAKE_OVER = "take_over"
    WHOLE = "whole"
    """Whether the whole parcel came back unopened."""
    WHICH = "which"
    """Which of several products that share a code."""
    LINE = "line"
    """Which goods have no code that can be read."""
    LOT = "lot"
    SERIAL = "serial"
    REASON = "reason"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class BackHand:
    """Goods in hand that wait for an answer."""

    code: str
    """What was scanned; the SKU where nothing could be."""
    product: int | None = None
    """None while it is asked which."""
    quantity: int = 1
    lot: str | None = None
    """None while it is not known."""
    expiry: str = ""
    serial: str = ""
    how: str = ""
    """``no_code``, or the guard that was let pass: ``serial``, ``lot``."""
    by: int | None = None
    """Who let it pass."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnQuestion:
    """A question that stands."""

    kind: ReturnQuestionKind
    hand: BackHand | None = None
    code: str = ""
    """For a take-over: the code that must be scanned again."""
    products: tuple[int, ...] = ()
    """For several products with one code: which they are."""
    page: int = 0
    """Which four of the answers are shown."""


@dataclass(frozen=True, slots=True)
class ReturnRefused:
    """What the last act refused and somebody with the right may allow."""

    guard: str
    """``serial`` or ``lot``."""
    hand: BackHand


@dataclass(frozen=True, slots=True)
class ReturnRules:
    """What the shop decided, and what the person may do."""

    station: str = ""
    rights: frozenset[Right] = frozenset(Right)
    signin_required: bool = False
    today: str = ""
    """``YYYY-MM-DD``."""
    stock_tracked: bool = True
    bad_shelf: str = "RETURN-BAD"
    """The setting ``return.bad_shelf``."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One station that takes returns in: everything a decision may look at."""

    order: ReturnOrder | None = None
    """The open return."""
    trail: tuple[Came, ...] = ()
    """Its standing steps, oldest first."""
    question: ReturnQuestion | None = None
    refused: ReturnRefused | None = None
    person: Person | None = None

    @property
    def goods(self) -> tuple[Shipped, ...]:
        """What left the house, with what came back of it, in this return or before."""
        return remaining(self.order.shipped, (*self.order.before, *self.trail)) if self.order is not None else ()

    @property
    def may_come(self) -> tuple[Shipped, ...]:
        """The same, as many pieces of each left as may come yet: one let pass takes no lot or serial from another."""
        if self.order is None:
            return ()
        shipped, came, room = self.order.shipped, (*self.order.before, *self.trail), self.room
        mine = remaining(shipped, (step for step in came if any(step.is_of(goods) for goods in shipped)))
        return tuple(replace(goods, back=goods.quantity - min(goods.left, room[goods.line])) for goods in mine)

    @property
    def room(self) -> dict[int, int]:
        """Pieces of each line that are still with the buyer."""
        found: dict[int, int] = {}
        for goods in self.goods:
            found[goods.line] = found.get(goods.line, 0) + goods.left
        return found

    @property
    def back(self) -> int:
        """Pieces that came back, in this return or before."""
        before = self.order.before if self.order is not None else ()
        return sum(step.quantity for step in (*before, *self.trail))

    @property
    def all_back(self) -> bool:
        """Whether everything that left came back."""
        return self.order is not None and all(goods.left <= 0 for goods in self.goods)


@dataclass(frozen=True, slots=True)
class ReturnCandidate:
    """An order that a scanned code names."""

    order: ReturnOrder
    holder: str = ""
    """Station that has its open return; empty for nobody."""
    trail: tuple[Came, ...] = ()
    """Standing steps of that return, oldest first."""


@dataclass(frozen=True, slots=True)
class ReturnSeen:
    """A code with what it may mean."""

    seen: Seen
    orders: tuple[ReturnCandidate, ...] = ()
    """The orders that it names, while one is asked for."""
    names_order: bool = False
    """While a return is open: it names an order."""


# --- facts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReturnOpened:
    """The station opened a return, or goes on with one."""

    candidate: ReturnCandidate
    taken_over: str = ""
    """Station it was taken from."""


@dataclass(frozen=True, slots=True)
class PieceBack:
    """Pieces came back."""

    line: int
    product: int
    quantity: int
    code: str
    lot: str
    expiry: str
    serial: str
    reason: str
    grade: str
    place: str


@dataclass(frozen=True, slots=True)
class ReturnUndone:
    """The last act's pieces were taken back off the list."""

    steps: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class ReturnEmptied:
    """The open return was given up; every piece of it was taken back off the list."""

    steps: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class ReturnSetAside:
    """The return waits; everything in it stays counted."""


@dataclass(frozen=True, slots=True)
class ReturnClosed:
    """The return is done."""

    whole: bool
    """Everything that left came back, so that its orders are returned."""


@dataclass(frozen=True, slots=True)
class ReturnAsked:
    """A question stands now."""

    question: ReturnQuestion


@dataclass(frozen=True, slots=True)
class ReturnDismissed:
    """The standing question was cleared, and what was in hand with it."""


@dataclass(frozen=True, slots=True)
class ReturnSignedIn:
    """A person signed in by badge."""

    person: Person


ReturnFact = (
    ReturnOpened
    | PieceBack
    | ReturnUndone
    | ReturnEmptied
    | ReturnSetAside
    | ReturnClosed
    | ReturnAsked
    | ReturnDismissed
    | ReturnSignedIn
    | Allowed
)
"""Everything that a scan at a station for returns can make true."""


def fold(receiver: Receiver, facts: Iterable[ReturnFact], act: str) -> Receiver:
    """Fold several facts of one act in."""
    for fact in facts:
        receiver = after(receiver, fact, act)
    return receiver


def after(receiver: Receiver, fact: ReturnFact, act: str) -> Receiver:
    """Return the snapshot in which *fact* is true. Any fact clears a standing question.

    :param act: id of the act that the fact belongs to.
    """
    receiver = replace(receiver, question=None, refused=None)
    match fact:
        case ReturnOpened():
            return replace(receiver, order=fact.candidate.order, trail=fact.candidate.trail)
        case PieceBack():
            step = Came(
                act, fact.line, fact.product, fact.quantity, fact.code, fact.lot, fact.expiry, fact.serial, fact.reason,
                fact.grade, fact.place,
            )  # fmt: skip
            return replace(receiver, trail=(*receiver.trail, step))
        case ReturnUndone():
            return replace(receiver, trail=tuple(step for step in receiver.trail if step not in fact.steps))
        case ReturnEmptied() | ReturnSetAside() | ReturnClosed():
            return replace(receiver, order=None, trail=())
        case ReturnAsked():
            return replace(receiver, question=fact.question)
        case ReturnSignedIn():
            return replace(receiver, person=fact.person)
        case ReturnDismissed() | Allowed():
            return receiver
        case _:
            assert_never(fact)


# --- where it goes ------------------------------------------------------------------------------------------------


def why_not_good(goods: Shipped, today: str) -> str:
    """Return why pieces may not go back to sale: ``recalled``, ``expired`` or ``no_shelf``; empty where they may."""
    if goods.recalled:
        return "recalled"
    if goods.expiry and goods.expiry < today:
        return "expired"
    return "" if goods.shelf else "no_shelf"


def shelf_of(goods: Shipped, grade: str, rules: ReturnRules) -> str:
    """Return the shelf on which pieces of this grade are laid."""
    return goods.shelf if grade == Grade.GOOD else rules.bad_shelf


def place_of(goods: Shipped, grade: str, rules: ReturnRules) -> str:
    """Return the place of the ledger that pieces go to; empty where stock is not tracked.

    What cannot be sold lies in a place that reservations do not count.
    """
    if not rules.stock_tracked:
        return ""
    return shelf_place(goods.shelf) if grade == Grade.GOOD else unsaleable_place(rules.bad_shelf)


def moves_of(steps: Iterable[Came]) -> list[Move]:
    """Return the moves of pieces that came back, where stock is tracked."""
    return [Move(step.product, step.lot, CUSTOMER, step.place, step.quantity) for step in steps if step.place]
