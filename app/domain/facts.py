"""What a scan at the bench makes true, and how each fact changes the snapshot.

Facts are recorded with the act that they belong to; :func:`after` folds one in. Folding a step that undo can take
back adds to the trail, and :class:`Undone` gives back just what was there before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from app.domain.bench import (
    Bench,
    BenchLine,
    BenchOrder,
    BenchWaybill,
    Box,
    Candidate,
    Extra,
    Question,
    QuestionKind,
    Step,
    StepKind,
)
from app.domain.orders import OrderState, WaybillState
from app.domain.people import Person

__all__ = [
    "Allowed",
    "Asked",
    "Attached",
    "BoxOpened",
    "CartonChosen",
    "Closed",
    "Dismissed",
    "Dropped",
    "Fact",
    "HandNumbered",
    "HandedBack",
    "InsertPacked",
    "InsertShort",
    "LabelWanted",
    "Moved",
    "Opened",
    "Packed",
    "Parked",
    "PieceAdded",
    "ReprintWanted",
    "ServiceChosen",
    "ServiceWanted",
    "ShortAccepted",
    "Shorted",
    "SignedIn",
    "SlipScanned",
    "SplitOff",
    "Taught",
    "Undone",
    "Weighed",
    "after",
    "fold",
]


@dataclass(frozen=True, slots=True)
class Opened:
    """The station took an order."""

    candidate: Candidate
    release: bool = False
    """It was ``ready`` and is released by this act."""
    taken_over: str = ""
    """Station it was taken from."""
    slip: str = ""
    """What the slip said that opened it; empty where something else did."""


@dataclass(frozen=True, slots=True)
class SlipScanned:
    """The slip of an order of this parcel was scanned."""

    slip: str
    """What it says, such as ``12-034-1``."""


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
    expiry: str = ""
    serial: str = ""
    how: str = ""
    """As :attr:`app.domain.bench.Step.how`."""
    reason: str = ""
    by: int | None = None
    """Person who vouched for it."""
    box: int = 1
    """Box that they went into."""


@dataclass(frozen=True, slots=True)
class InsertPacked:
    """Something beside the goods went into the box."""

    extra: int
    product: int | None
    code: str
    quantity: int
    source: str = ""
    """Place it came from; empty for a paper, and where stock is not tracked."""
    box: int = 1


@dataclass(frozen=True, slots=True)
class InsertShort:
    """Something beside the goods ran out; the parcel goes without it."""

    extra: int
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class BoxOpened:
    """Another box is filled now: a new one, or one that was there."""

    box: int
    before: int
    """The box that was filled until now."""
    new: bool
    by_hand: bool = False
    """The packer parts the goods otherwise than it was proposed."""
    was_free: bool = False
    """He did so before."""


@dataclass(frozen=True, slots=True)
class CartonChosen:
    """A person said in which carton a box goes."""

    box: int
    carton: str
    before: str = ""
    """What a person had said before; empty for nothing."""
    proposed: str = ""
    reason: str = ""
    """``thick``, ``no_fit``, ``maker``, or empty where another one was simply taken."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A piece lies in another box than the one into which it was scanned."""

    line: int
    product: int
    quantity: int
    from_box: int
    to_box: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A box was on the scale, or passes without."""

    box: int
    grams: int | None
    """None where it was not weighed."""
    expected: int | None = None
    """What it should weigh, grams; None where something in it has no weight yet."""
    tolerance: int | None = None
    why: str = ""
    """Why it passes without a good weight: ``no_scale``, ``warned``, or the reason of who let it pass."""
    by: int | None = None
    """Person who let it pass."""


@dataclass(frozen=True, slots=True)
class SplitOff:
    """What is not in the parcel becomes an order of its own and is sent later."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Goods were counted otherwise than by a scan that every guard let pass; leaders are told."""

    what: str
    """Name of the guard, ``keyed`` or ``no_code``."""
    product: int | None
    quantity: int
    reason: str
    by: int | None
    """Person who vouched for it."""
    detail: str
    """Serial, lot or date that it is about, else the SKU."""


@dataclass(frozen=True, slots=True)
class Shorted:
    """The rest of a line is not there."""

    line: int
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class ShortAccepted:
    """Somebody decided to close without the short pieces; the waybill is still wanted."""


@dataclass(frozen=True, slots=True)
class HandNumbered:
    """A waybill got its number by hand."""

    waybill: int
    number: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A waybill was scanned on its parcel."""

    waybill: int
    number: str
    piece: int = 1
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Closed:
    """The parcel is complete and the order verified."""

    short: bool = False
    """Some of it was declared short."""
    unlabelled: str = ""
    """Why it was closed without its waybill; empty where it has it or gets it afterwards."""
    request: bool = False
    """Its waybill is requested now 都度."""


@dataclass(frozen=True, slots=True)
class LabelWanted:
    """A closed parcel that waits for its waybill is on the bench."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Undone:
    """The last act's steps were taken back."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The order left the station unfinished; what was packed goes back by counter-moves."""

    short: bool = False
    """It goes under the hold ``short``; its short lines stay marked until the hold is lifted."""
    state: OrderState = OrderState.RELEASED
    """State that it keeps: what was picked stays picked."""


@dataclass(frozen=True, slots=True)
class Parked:
    """The parcel was set aside あとで: nobody has it, everything in it stays counted, its slip opens it again."""


@dataclass(frozen=True, slots=True)
class ServiceWanted:
    """The bench asks for another service 便の変更: the order goes under the hold ``service``."""

    reason: str


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """The order goes by another service 便, which its carton needs: a new version with new waybills."""

    service: str
    """``carrier/service``."""


@dataclass(frozen=True, slots=True)
class PieceAdded:
    """The order goes in one piece 個口 more: a new version with new waybills."""

    pieces: int
    """Pieces now."""


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
    Allowed
    | Opened
    | SlipScanned
    | Packed
    | InsertPacked
    | InsertShort
    | BoxOpened
    | CartonChosen
    | Moved
    | Weighed
    | SplitOff
    | Shorted
    | ShortAccepted
    | HandNumbered
    | Attached
    | Closed
    | LabelWanted
    | Undone
    | HandedBack
    | Parked
    | ServiceWanted
    | ServiceChosen
    | PieceAdded
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
    if bench.question is not None:
        bench = replace(bench, question=None)
    match fact:
        case Opened():
            return _opened(bench, fact)
        case LabelWanted():
            label = Question(QuestionKind.LABEL, order=fact.candidate.order.id)
            return replace(_taken(bench, fact.candidate), question=label)
        case SlipScanned() | Packed() | Shorted() | ShortAccepted() | Attached() | Closed():
            return _stepped(bench, fact, act)
        case InsertPacked() | InsertShort() | BoxOpened() | CartonChosen() | Moved() | Weighed():
            return _boxed(bench, fact, act)
        case Undone():
            for step in reversed(fact.steps):
                bench = _without(bench, step)
            return bench
        case HandNumbered():
            waybills = _with_waybill(bench.waybills, fact.waybill, WaybillState.NUMBERED, fact.number)
            return replace(bench, waybills=waybills)
        case HandedBack() | Dropped() | Parked():
            empty = replace(bench, order=None, lines=(), trail=(), held=False, followers=(), slips=(), waybills=())
            empty = replace(empty, extras=(), boxes=(), box=1, free=False)
            # After a box that is set aside the next slip on the stack is wanted, as after one that is closed.
            following = bench.next_slip if isinstance(fact, Parked) else ""
            return replace(empty, changed=False, lost=False, next_slip=following)
        case Asked():
            return replace(bench, question=fact.question)
        case SignedIn():
            return replace(bench, person=fact.person)
        case Allowed() | Dismissed() | ReprintWanted() | Taught() | SplitOff():
            return bench
        case ServiceWanted() | ServiceChosen() | PieceAdded():
            return bench
        case _:
            assert_never(fact)


def _taken(bench: Bench, candidate: Candidate) -> Bench:
    """Put another order on the bench; nothing of the one before stays."""
    return replace(
        bench,
        order=candidate.order,
        lines=candidate.lines,
        trail=candidate.trail,
        held=False,
        followers=candidate.followers,
        slips=candidate.slips,
        waybills=candidate.waybills,
        changed=False,
        lost=False,
        next_slip="",
        extras=candidate.extras,
        boxes=candidate.boxes,
        box=candidate.box,
        free=candidate.free,
    )


def _opened(bench: Bench, fact: Opened) -> Bench:
    taken = _taken(bench, fact.candidate)
    slips = taken.slips if not fact.slip or fact.slip in taken.slips else (*taken.slips, fact.slip)
    return replace(_with_state(taken, OrderState.RELEASED) if fact.release else taken, slips=slips)


def _stepped(bench: Bench, fact: SlipScanned | Packed | Shorted | ShortAccepted | Attached | Closed, act: str) -> Bench:
    match fact:
        case SlipScanned():
            step = Step(act, StepKind.SLIP, code=fact.slip)
            return replace(bench, slips=(*bench.slips, fact.slip), trail=(*bench.trail, step))
        case Packed():
            step = Step(
                act, StepKind.PACK, fact.line, fact.product, fact.code, fact.quantity, fact.lot, fact.source,
                fact.reason, expiry=fact.expiry, serial=fact.serial, how=fact.how, by=fact.by, box=fact.box,
            )  # fmt: skip
            lines = _changed(bench.lines, fact.line, done=fact.quantity)
            return replace(bench, lines=lines, trail=(*bench.trail, step))
        case Shorted():
            step = Step(act, StepKind.SHORT, fact.line, quantity=fact.quantity, reason=fact.reason)
            lines = _changed(bench.lines, fact.line, short=fact.quantity)
            return replace(bench, lines=lines, trail=(*bench.trail, step))
        case ShortAccepted():
            step = Step(act, StepKind.ACCEPT)
        case Attached():
            step = Step(act, StepKind.ATTACH, code=fact.number, waybill=fact.waybill, box=fact.piece)
            waybills = _with_waybill(bench.waybills, fact.waybill, WaybillState.ATTACHED)
            bench = replace(bench, waybills=waybills)
        case Closed():
            picked = bench.order is not None and bench.order.state is OrderState.PICKED
            step = Step(act, StepKind.CLOSE, reason=fact.unlabelled, how="picked" if picked else "")
            bench = _with_state(bench, OrderState.VERIFIED)
        case _:
            assert_never(fact)
    return replace(bench, trail=(*bench.trail, step))


def _boxed(
    bench: Bench, fact: InsertPacked | InsertShort | BoxOpened | CartonChosen | Moved | Weighed, act: str
) -> Bench:
    """Fold in what is about boxes and what goes in beside the goods."""
    match fact:
        case InsertPacked():
            step = Step(act, StepKind.INSERT, product=fact.product, code=fact.code, quantity=fact.quantity,
                        source=fact.source, box=fact.box, extra=fact.extra)  # fmt: skip
            bench = replace(bench, extras=_with_extra(bench.extras, fact.extra, done=fact.quantity))
        case InsertShort():
            step = Step(act, StepKind.NO_INSERT, quantity=fact.quantity, reason=fact.reason, extra=fact.extra)
            bench = replace(bench, extras=_with_extra(bench.extras, fact.extra, short=fact.quantity))
        case BoxOpened():
            how = "hand" if fact.by_hand else ""
            made = tuple(Box(piece) for piece in range(bench.box_count + 1, fact.box + 1))
            step = Step(act, StepKind.BOX, code=str(fact.before), quantity=len(made),
                        source="free" if fact.was_free else "", reason="new" if fact.new else "",
                        how=how, box=fact.box)  # fmt: skip
            bench = replace(bench, box=fact.box, boxes=bench.boxes + made, free=fact.by_hand or fact.was_free)
        case CartonChosen():
            step = Step(act, StepKind.CARTON, code=fact.carton, source=fact.before, reason=fact.reason, box=fact.box)
            bench = _with_box(bench, replace(bench.box_at(fact.box), carton=fact.carton))
        case Moved():
            step = Step(act, StepKind.MOVE, fact.line, fact.product, quantity=fact.quantity,
                        source=str(fact.from_box), box=fact.to_box)  # fmt: skip
        case Weighed():
            step = Step(act, StepKind.WEIGH, quantity=fact.grams or 0, reason=fact.why, by=fact.by, box=fact.box)
            bench = _with_box(bench, replace(bench.box_at(fact.box), weight_g=fact.grams, why=fact.why))
        case _:
            assert_never(fact)
    return replace(bench, trail=(*bench.trail, step))


def _with_extra(extras: tuple[Extra, ...], extra: int | None, *, done: int = 0, short: int = 0) -> tuple[Extra, ...]:
    return tuple(
        replace(each, done=each.done + done, short=each.short + short) if each.id == extra else each for each in extras
    )


def _with_box(bench: Bench, box: Box) -> Bench:
    """Keep what is now known of a box; the first one is there without that."""
    others = [each for each in bench.boxes if each.piece != box.piece]
    known = others if box == Box(1) else [*others, box]
    return replace(bench, boxes=tuple(sorted(known, key=lambda each: each.piece)))


def _changed(lines: tuple[BenchLine, ...], line: int, *, done: int = 0, short: int = 0) -> tuple[BenchLine, ...]:
    return tuple(
        replace(each, done=each.done + done, short=each.short + short) if each.id == line else each for each in lines
    )


def _with_waybill(
    waybills: tuple[BenchWaybill, ...], waybill: int | None, state: WaybillState, number: str = ""
) -> tuple[BenchWaybill, ...]:
    return tuple(
        replace(each, state=state, number=number or each.number) if each.id == waybill else each for each in waybills
    )


def _with_state(bench: Bench, state: OrderState) -> Bench:
    """Move every order of the parcel: they are released, closed and opened again together."""
    order: BenchOrder | None = replace(bench.order, state=state) if bench.order else None
    return replace(bench, order=order, followers=tuple(replace(each, state=state) for each in bench.followers))


def _without(bench: Bench, step: Step) -> Bench:
    """Take one step back."""
    bench = replace(bench, trail=tuple(each for each in bench.trail if each is not step))
    match step.kind:
        case StepKind.CLOSE:
            return _with_state(bench, OrderState.PICKED if step.how == "picked" else OrderState.RELEASED)
        case StepKind.SLIP:
            return replace(bench, slips=tuple(each for each in bench.slips if each != step.code))
        case StepKind.ATTACH:
            return replace(bench, waybills=_with_waybill(bench.waybills, step.waybill, WaybillState.NUMBERED))
        case StepKind.ACCEPT:
            return bench
        case StepKind.PACK:
            return replace(bench, lines=_changed(bench.lines, step.line or 0, done=-step.quantity))
        case StepKind.SHORT:
            return replace(bench, lines=_changed(bench.lines, step.line or 0, short=-step.quantity))
        case StepKind.INSERT:
            return replace(bench, extras=_with_extra(bench.extras, step.extra, done=-step.quantity))
        case StepKind.NO_INSERT:
            return replace(bench, extras=_with_extra(bench.extras, step.extra, short=-step.quantity))
        case StepKind.BOX:
            kept = tuple(each for each in bench.boxes if not 0 <= step.box - each.piece < step.quantity)
            return replace(bench, box=int(step.code), boxes=kept, free=step.source == "free")
        case StepKind.CARTON:
            return _with_box(bench, replace(bench.box_at(step.box), carton=step.source))
        case StepKind.WEIGH:
            return _with_box(bench, replace(bench.box_at(step.box), weight_g=None, why=""))
        case StepKind.MOVE:
            return bench
        case _:
            assert_never(step.kind)
