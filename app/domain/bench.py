"""The bench 検品台 as a value: the snapshot of one station's work, the facts that change it, and what is wanted next.

:func:`after` folds a fact in; :func:`ask` is computed from the snapshot, never stored. What a scan means is decided in
:mod:`app.domain.packing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from app.domain.barcode import Reading, printable
from app.domain.orders import OrderState
from app.domain.people import Person, Right
from app.domain.products import KnownCode, LotPolicy

__all__ = [
    "Ask",
    "AskKind",
    "Asked",
    "Bench",
    "BenchLine",
    "BenchOrder",
    "Candidate",
    "Closed",
    "Dismissed",
    "Dropped",
    "Fact",
    "HandedBack",
    "Opened",
    "Packed",
    "Question",
    "QuestionKind",
    "ReprintWanted",
    "Rules",
    "Seen",
    "Shorted",
    "SignedIn",
    "Step",
    "StepKind",
    "Taught",
    "Undone",
    "after",
    "ask",
    "fold",
    "next_line",
]


# --- what the core is given ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BenchLine:
    """One line of the open order, as the bench needs it."""

    id: int
    sku: str
    name: str
    product: int | None
    """Id of the product; None while the product is unknown."""
    wanted: int
    done: int = 0
    short: int = 0
    """Pieces declared short 欠品."""
    code: str = ""
    """The product's main printed code."""
    shelf: str = ""
    lot_policy: LotPolicy = LotPolicy.NONE

    @property
    def left(self) -> int:
        """Pieces still wanted."""
        return self.wanted - self.done - self.short


@dataclass(frozen=True, slots=True)
class BenchOrder:
    """The order on the bench."""

    id: int
    number: str
    """The shop's order number."""
    ship_number: str
    """Short number 出荷番号, empty before the release."""
    version: int
    state: OrderState
    shop: str = ""
    ship_to: str = ""
    """The shop's key of the ship-to; empty where an order has only one."""

    @property
    def named(self) -> str:
        """What to scan or type for just this order: the ship number, before the release shop, number and ship-to."""
        return self.ship_number or f"{self.shop}:{self.number}/{self.ship_to}".removesuffix("/")

    @property
    def open(self) -> bool:
        """Whether goods may still be scanned into it."""
        return self.state in (OrderState.RELEASED, OrderState.PICKED)


class StepKind(StrEnum):
    """What one undoable step was."""

    PACK = "pack"
    SHORT = "short"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to the open order that undo can take back; steps of one act go together."""

    act: str
    kind: StepKind
    line: int | None = None
    product: int | None = None
    code: str = ""
    quantity: int = 0
    lot: str = ""
    source: str = ""
    """Place the goods came from; empty where stock is not tracked."""
    reason: str = ""


class QuestionKind(StrEnum):
    """Questions that a person raised and the next answer clears."""

    SHORT_REASON = "short_reason"
    REPRINT_REASON = "reprint_reason"
    TAKE_OVER = "take_over"
    TEACH = "teach"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands."""

    kind: QuestionKind
    line: int | None = None
    """Line that is to be declared short."""
    order: int | None = None
    """Order that is to be taken over or printed again."""
    code: str = ""
    """Unknown code that is to be tied to a product."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One station's work: everything a decision may look at."""

    order: BenchOrder | None = None
    """The open order, or the one just closed until another is opened."""
    lines: tuple[BenchLine, ...] = ()
    trail: tuple[Step, ...] = ()
    """Standing steps, oldest first."""
    question: Question | None = None
    person: Person | None = None
    """Who is signed in."""
    unknown: str = ""
    """GTIN-14 that the station's last act refused as unknown; a leader may tie it to a product."""
    held: bool = False
    """Somebody put the open order on hold meanwhile: it may only be undone or handed back."""

    @property
    def done(self) -> int:
        """Pieces verified."""
        return sum(line.done for line in self.lines)

    @property
    def wanted(self) -> int:
        """Pieces ordered."""
        return sum(line.wanted for line in self.lines)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that might be opened."""

    order: BenchOrder
    lines: tuple[BenchLine, ...]
    holds: tuple[str, ...] = ()
    holder: str = ""
    """Station that has it in work; empty when free."""
    leased: bool = False
    """Whether the holder's lease still runs, by the database's clock."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A code after it was read and looked up."""

    reading: Reading
    products: tuple[KnownCode, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Orders that the text names; for ``KP-NEXT`` the next of the queue."""
    person: Person | None = None
    elsewhere: str = ""
    """Ship number of another open order that wants this product."""
    parts: tuple[str, ...] = ()
    """Wanted codes as printed, for telling half a code; filled only when nothing was found."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the shop decided, and what the person may do."""

    station: str = ""
    rights: frozenset[Right] = frozenset(Right)
    release_at_open: bool = True
    signin_required: bool = False
    stock_tracked: bool = True


# --- what is true afterwards --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """The station took an order."""

    candidate: Candidate
    release: bool = False
    """It was ``ready`` and is released by this act."""
    taken_over: str = ""
    """Station it was taken from."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Goods were verified into the parcel."""

    line: int
    product: int
    code: str
    quantity: int
    lot: str = ""
    source: str = ""
    """Place the goods came from; empty where stock is not tracked."""


@dataclass(frozen=True, slots=True)
class Shorted:
    """The rest of a line is not there."""

    line: int
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The parcel is complete and the order verified."""

    short: bool = False
    """Some of it was declared short."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The last act's steps were taken back."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The order left the station unfinished; what was packed goes back by counter-moves."""

    short: bool = False
    """It goes under the hold ``short``; its short lines stay marked until the hold is lifted."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The station no longer has the order (cancelled, changed or taken over meanwhile)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question stands now."""

    question: Question


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The standing question was cleared without an answer."""


@dataclass(frozen=True, slots=True)
class ReprintWanted:
    """The packing slip is to be printed again, marked as a copy."""

    order: int
    reason: str


@dataclass(frozen=True, slots=True)
class Taught:
    """An unknown code now belongs to a product."""

    code: str
    product: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person signed in by badge."""

    person: Person


Fact = (
    Opened
    | Packed
    | Shorted
    | Closed
    | Undone
    | HandedBack
    | Dropped
    | Asked
    | Dismissed
    | ReprintWanted
    | Taught
    | SignedIn
)
"""Everything that a scan at the bench can make true."""


def fold(bench: Bench, facts: tuple[Fact, ...], act: str) -> Bench:
    """Fold several facts of one act in."""
    for fact in facts:
        bench = after(bench, fact, act)
    return bench


def after(bench: Bench, fact: Fact, act: str) -> Bench:
    """Return the snapshot in which *fact* is true. Any fact clears a standing question.

    :param act: id of the act that the fact belongs to.
    """
    bench = replace(bench, question=None)
    match fact:
        case Opened():
            order = fact.candidate.order
            state = OrderState.RELEASED if fact.release else order.state
            return replace(bench, order=replace(order, state=state), lines=fact.candidate.lines, trail=())
        case Packed():
            step = Step(act, StepKind.PACK, fact.line, fact.product, fact.code, fact.quantity, fact.lot, fact.source)
            lines = _changed(bench.lines, fact.line, done=fact.quantity)
            return replace(bench, lines=lines, trail=(*bench.trail, step))
        case Shorted():
            step = Step(act, StepKind.SHORT, fact.line, quantity=fact.quantity, reason=fact.reason)
            lines = _changed(bench.lines, fact.line, short=fact.quantity)
            return replace(bench, lines=lines, trail=(*bench.trail, step))
        case Closed():
            return replace(
                bench,
                order=_with_state(bench, OrderState.VERIFIED),
                trail=(*bench.trail, Step(act, StepKind.CLOSE)),
            )
        case Undone():
            for step in reversed(fact.steps):
                bench = _without(bench, step)
            return bench
        case HandedBack() | Dropped():
            return replace(bench, order=None, lines=(), trail=())
        case Asked():
            return replace(bench, question=fact.question)
        case SignedIn():
            return replace(bench, person=fact.person)
        case Dismissed() | ReprintWanted() | Taught():
            return bench
        case _:
            assert_never(fact)


def _changed(lines: tuple[BenchLine, ...], line: int, *, done: int = 0, short: int = 0) -> tuple[BenchLine, ...]:
    return tuple(
        replace(each, done=each.done + done, short=each.short + short) if each.id == line else each for each in lines
    )


def _with_state(bench: Bench, state: OrderState) -> BenchOrder | None:
    return replace(bench.order, state=state) if bench.order else None


def _without(bench: Bench, step: Step) -> Bench:
    trail = tuple(each for each in bench.trail if each is not step)
    if step.kind is StepKind.CLOSE or step.line is None:
        return replace(bench, order=_with_state(bench, OrderState.RELEASED), trail=trail)
    if step.kind is StepKind.PACK:
        return replace(bench, lines=_changed(bench.lines, step.line, done=-step.quantity), trail=trail)
    return replace(bench, lines=_changed(bench.lines, step.line, short=-step.quantity), trail=trail)


# --- what is wanted next ------------------------------------------------------------------------------------------


class AskKind(StrEnum):
    """What the station wants next."""

    SIGN_IN = "sign_in"
    ORDER = "order"
    ITEM = "item"
    CLOSE_SHORT = "close_short"
    SHORT_REASON = "short_reason"
    REPRINT_REASON = "reprint_reason"
    TAKE_OVER = "take_over"
    TEACH = "teach"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked next."""

    kind: AskKind
    line: BenchLine | None = None
    """The line that the question is about."""
    code: str = ""
    """Unknown code of a ``teach`` question."""

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        out: dict[str, object] = {"kind": str(self.kind)}
        if self.line:
            out |= {
                "line": self.line.id,
                "sku": self.line.sku,
                "name": self.line.name,
                "product_code": printable(self.line.code),
                "shelf": self.line.shelf,
                "left": self.line.left,
            }
        if self.code:
            out["code"] = self.code
        return out


def ask(bench: Bench, rules: Rules) -> Ask:
    """Return what is wanted next; computed from the snapshot, never stored."""
    if bench.question:
        line = next((each for each in bench.lines if each.id == bench.question.line), None)
        return Ask(AskKind(bench.question.kind), line, bench.question.code)
    if rules.signin_required and bench.person is None:
        return Ask(AskKind.SIGN_IN)
    if bench.order is None or not bench.order.open:
        return Ask(AskKind.ORDER)
    line = next_line(bench.lines)
    return Ask(AskKind.ITEM, line) if line else Ask(AskKind.CLOSE_SHORT)


def next_line(lines: tuple[BenchLine, ...]) -> BenchLine | None:
    """A line already begun goes first, then the order of the lines."""
    open_lines = [line for line in lines if line.left > 0]
    return next((line for line in open_lines if line.done), open_lines[0] if open_lines else None)
