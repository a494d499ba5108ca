"""What a picker is asked next: computed from the snapshot of the job, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.gtin import printable
from app.domain.jobs import Job, Pick, Picker, PickQuestionKind, Place, WalkRules
from app.domain.modes import PickStep, Stage

__all__ = [
    "PickAsk",
    "PickAskKind",
    "ask",
    "in_hand",
    "next_pick",
    "stop_of",
    "stops_left",
    "surplus_in_hand",
    "untold",
]


class PickAskKind(StrEnum):
    """What the station wants next of a picker."""

    SIGN_IN = "sign_in"
    JOB = "job"
    TOTES = "totes"
    LIST = "list"
    SHELF = "shelf"
    ITEM = "item"
    CONFIRM = "confirm"
    """That the goods of this stop were taken, by key: the shop asks for no scan."""
    PLACE = "place"
    SHORT_REASON = "short_reason"
    SHORT_LINE = "short_line"
    FOUND = "found"
    OTHER_SHELF = "other_shelf"
    EMPTY = "empty"
    NEW_TOTE = "new_tote"
    TAKE_OVER = "take_over"
    QUANTITY = "quantity"
    STOPPED = "stopped"
    """An order was cancelled, changed or held meanwhile, or nothing is left to do: the next scan says that the picker
    knows.
    """


@dataclass(frozen=True, slots=True)
class PickAsk:
    """What is asked next."""

    kind: PickAskKind
    pick: Pick | None = None
    """The pick that it is about: of a stop where goods are taken together, the first."""
    place: Place | None = None
    """The place that goods go into, or that a tote is wanted for."""
    quantity: int = 0
    """Pieces to take at this stop, or to put into this place."""
    held: int = 0
    """Pieces in hand."""
    stop: int = 0
    """Number of this stop."""
    stops: int = 0
    """Stops in all."""
    shelf: str = ""
    """Another shelf that is offered, or the one to be looked at."""
    reason: str = ""
    wall: bool = False
    """The place is a slot of the sorting wall."""

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        out: dict[str, object] = {"kind": str(self.kind)}
        if self.pick:
            out |= {
                "pick": self.pick.id,
                "product": self.pick.product,
                "sku": self.pick.sku,
                "name": self.pick.name,
                "product_code": printable(self.pick.code),
                "shelf": self.pick.shelf,
                "lot": self.pick.lot,
                "expiry": self.pick.expiry,
                "ship_number": self.pick.ship_number,
            }
        if self.place:
            out |= {"place": self.place.number, "tote": self.place.code}
        if self.wall:
            out["wall"] = True
        if self.quantity:
            out["left"] = self.quantity
        if self.held:
            out["held"] = self.held
        if self.stops:
            out |= {"stop": self.stop, "stops": self.stops}
        if self.shelf:
            out["other_shelf"] = self.shelf
        if self.reason:
            out["reason"] = self.reason
        return out


def ask(picker: Picker, rules: WalkRules) -> PickAsk:
    """Return what is wanted next; computed from the snapshot, never stored."""
    question, job = picker.question, picker.job
    stopped = untold(picker)
    if job is not None and stopped:
        first = stopped[0]
        return PickAsk(PickAskKind.STOPPED, first, job.place_of(first), reason=first.stopped)
    if job is not None and job.open and surplus_in_hand(job):
        return PickAsk(PickAskKind.STOPPED, in_hand(job), reason="changed")
    if question is not None:
        pick = next((each for each in job.picks if each.id == question.pick), None) if job else None
        place = next((each for each in job.places if each.number == question.slot), None) if job else None
        if place is None and job is not None and pick is not None and question.kind is PickQuestionKind.NEW_TOTE:
            place = job.place_of(pick)
        left = sum(each.left for each in stop_of(job, pick)) if job and pick else 0
        kind = PickAskKind(question.kind)
        return PickAsk(kind, pick, place, quantity=left, shelf=question.shelf, reason=question.reason)
    if rules.signin_required and picker.person is None:
        return PickAsk(PickAskKind.SIGN_IN)
    if job is None or not job.open:
        return PickAsk(PickAskKind.JOB)
    if PickStep.TOTES in job.steps:
        empty = next((each for each in job.places if not each.codes and _wanted_at(job, each)), None)
        if empty is not None:
            return PickAsk(PickAskKind.TOTES, place=empty)
    if PickStep.LIST in job.steps:
        return PickAsk(PickAskKind.LIST, quantity=sum(each.left for each in job.picks))
    return _at_stop(job)


def untold(picker: Picker) -> tuple[Pick, ...]:
    """Return the picks of the open job that stopped and that the picker was not told of."""
    job = picker.job
    if job is None or not job.open:
        return ()
    return tuple(each for each in job.picks if each.stopped and not each.told)


def _wanted_at(job: Job, place: Place) -> bool:
    return any(each.slot == place.number and each.left > 0 for each in job.picks)


def _at_stop(job: Job) -> PickAsk:
    held = in_hand(job)
    stop, stops = _where(job)
    if held is not None and job.hand is not None:
        # What came from another shelf is put first, then the rest is taken.
        most = held.left if job.hand.shelf == held.shelf else job.hand.quantity
        wall = job.stage is Stage.SORT
        return PickAsk(PickAskKind.PLACE, held, job.place_of(held), most, job.hand.quantity, stop, stops, wall=wall)
    pick = next_pick(job)
    if pick is None:  # the office took the rest out of it
        return PickAsk(PickAskKind.STOPPED, reason="changed")
    here = stop_of(job, pick)
    quantity = sum(each.left for each in here)
    place = None if job.bulk else job.place_of(pick)
    if PickStep.SHELF in job.steps and _shelf_wanted(job, pick):
        kind = PickAskKind.SHELF
    elif job.rules.scan in ("off", "shelf") and job.stage is Stage.PICK:
        kind = PickAskKind.CONFIRM
    else:
        kind = PickAskKind.ITEM
    return PickAsk(kind, pick, place, quantity, stop=stop, stops=stops)


def _shelf_wanted(job: Job, pick: Pick) -> bool:
    """Whether the shelf's own label is wanted now; goods without a shelf have none."""
    if not pick.shelf or job.shelf == pick.shelf:
        return False
    return job.rules.shelf == "required" or (job.rules.shelf == "optional" and job.rules.scan == "shelf")


def in_hand(job: Job) -> Pick | None:
    """Return the pick whose goods are in hand; None where nothing is."""
    hand = job.hand
    return next((each for each in job.picks if each.id == hand.pick), None) if hand else None


def surplus_in_hand(job: Job) -> int:
    """Return how many pieces in hand nobody wants any more, because their order changed meanwhile."""
    if job.hand is None:
        return 0
    held = in_hand(job)
    return max(0, job.hand.quantity - (held.left if held is not None else 0))


def _order(pick: Pick) -> tuple[int, int, int, int]:
    return (pick.skipped, pick.position, pick.slot, pick.id)


def next_pick(job: Job) -> Pick | None:
    """Return the pick that comes next: in the order of the walk, those that were put off last."""
    return min((each for each in job.picks if each.left > 0), key=_order, default=None)


def stop_of(job: Job, pick: Pick) -> tuple[Pick, ...]:
    """Return what is taken together with *pick*: of a job that parts nothing on the way, all of one shelf and kind."""
    if not job.bulk:
        return (pick,)
    there = (each for each in job.picks if _same_stop(each, pick) and (each.left > 0 or each.id == pick.id))
    return tuple(sorted(there, key=_order))


def _same_stop(one: Pick, other: Pick) -> bool:
    return (one.shelf, one.product, one.lot) == (other.shelf, other.product, other.lot)


def _where(job: Job) -> tuple[int, int]:
    """Return which stop this is, and how many there are."""
    done: set[tuple[str, int]] = set()
    rest: set[tuple[str, int]] = set()
    for each in job.picks:
        (rest if each.left > 0 else done).add((each.shelf, each.product))
    return len(done - rest) + 1, len(done | rest)


def stops_left(picks: Sequence[Pick]) -> int:
    """Return how many shelves must still be gone to."""
    return len({each.shelf for each in picks if each.left > 0})
