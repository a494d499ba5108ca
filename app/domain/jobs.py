"""A pick job ピック作業 as a value: the snapshot of one picker's walk, or of parting goods at the wall.

Facts change it (:func:`after`); what is asked next is computed from it (:mod:`app.domain.pick_asking`); what a scan
means is decided in :mod:`app.domain.picking`. Every scan of one mode or another ends in the same few facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from app.domain.bench import Seen
from app.domain.modes import Mode, PickStep, Stage
from app.domain.people import Person, Right
from app.domain.products import PLAIN, Handling

__all__ = [
    "AtShelf",
    "CountWanted",
    "Hand",
    "HandDropped",
    "InHand",
    "Job",
    "JobCandidate",
    "JobFinished",
    "JobPaused",
    "JobRules",
    "JobState",
    "JobTaken",
    "OtherShelf",
    "Pick",
    "PickAsked",
    "PickDismissed",
    "PickFact",
    "PickQuestion",
    "PickQuestionKind",
    "PickSeen",
    "PickShort",
    "PickSignedIn",
    "PickStepDone",
    "PickUndone",
    "Picker",
    "Place",
    "Put",
    "Rerouted",
    "Skipped",
    "Told",
    "ToteBound",
    "ToteInUse",
    "WalkRules",
    "after",
    "fold",
]


class JobState(StrEnum):
    """The life of a pick job."""

    WAITING = "waiting"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Pick:
    """Pieces of one order line that are taken from one shelf (or, at the wall, out of what was picked together)."""

    id: int
    order: int
    """Order whose parcel they go into."""
    line: int
    product: int
    sku: str
    name: str
    shelf: str
    wanted: int
    done: int = 0
    short: int = 0
    slot: int = 0
    """Number of its place on the cart or wall."""
    position: int = 0
    """Place in the walk."""
    skipped: int = 0
    """How often it was put off: later then."""
    code: str = ""
    """The product's main printed code."""
    lot: str = ""
    """Lot that the plan takes; empty where it does not matter."""
    expiry: str = ""
    ship_number: str = ""
    handling: Handling = PLAIN
    stopped: str = ""
    """Why it is not taken any more: ``cancelled``, ``changed``, ``held``; empty where it is."""
    told: bool = False
    """The picker knows that it stopped."""
    picture: str = ""
    temperature: str = "ambient"

    @property
    def left(self) -> int:
        """Pieces still to be taken."""
        return 0 if self.stopped else self.wanted - self.done - self.short


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the cart or one slot of the wall, with the order that it is for."""

    number: int
    order: int | None = None
    """None where it carries what is not parted by order."""
    ship_number: str = ""
    codes: tuple[str, ...] = ()
    """Totes there, the last one in use; of a wall the one slot. Empty as long as none was scanned."""

    @property
    def code(self) -> str:
        """The tote or slot that goods go into now; empty where none is there yet."""
        return self.codes[-1] if self.codes else ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Goods that were taken and not yet put into their tote or slot."""

    pick: int
    quantity: int
    code: str
    """Text that was scanned."""
    lot: str = ""
    """Lot as the ledger keeps it."""
    expiry: str = ""
    shelf: str = ""
    """Where they were taken."""


@dataclass(frozen=True, slots=True)
class JobRules:
    """Which scans a job asks for: the strictest of what its shops decided when it was planned."""

    shelf: str = "required"
    """The shelf's label: ``required``, ``optional`` (accepted, and refused where it is the wrong one), ``off``."""
    scan: str = "unit"
    """What proves goods: ``unit`` each piece, ``line`` one of them, ``shelf`` the shelf's label, ``off`` a key."""


@dataclass(frozen=True, slots=True)
class Job:
    """One pick job."""

    id: int
    number: str
    """``12-3``: batch and sequence, as on its list."""
    batch: int
    mode: Mode
    state: JobState
    stage: Stage = Stage.PICK
    zone: str = ""
    cart: str = ""
    shelf: str = ""
    """Where the picker stands, proven by a scan; empty before the first."""
    picks: tuple[Pick, ...] = ()
    places: tuple[Place, ...] = ()
    hand: Hand | None = None
    due: int = 0
    """Earliest pickup of its orders, milliseconds since 1970 UTC."""
    rules: JobRules = JobRules()
    follows: int | None = None
    """Job before it, out of whose goods this one parts."""

    @property
    def steps(self) -> tuple[PickStep, ...]:
        """What is scanned."""
        return (PickStep.ITEM, PickStep.PLACE) if self.stage is Stage.SORT else self.mode.steps

    @property
    def bulk(self) -> bool:
        """Whether all goods of a stop are taken together."""
        return self.mode.bulk and self.stage is Stage.PICK

    @property
    def wanted(self) -> int:
        """Pieces to take in all, less what stopped."""
        return sum(each.wanted if not each.stopped else each.done + each.short for each in self.picks)

    @property
    def done(self) -> int:
        """Pieces taken."""
        return sum(each.done for each in self.picks)

    @property
    def short(self) -> int:
        """Pieces that were not there."""
        return sum(each.short for each in self.picks)

    @property
    def open(self) -> bool:
        """Whether goods may be scanned into it."""
        return self.state is JobState.ACTIVE

    def place_of(self, pick: Pick) -> Place | None:
        """Return the place that a pick goes into."""
        return next((each for each in self.places if each.number == pick.slot), None)


class PickQuestionKind(StrEnum):
    """Questions that stand until the next answer."""

    SHORT_REASON = "short_reason"
    SHORT_LINE = "short_line"
    """Which line of a printed list is short."""
    FOUND = "found"
    """How many of it were found."""
    OTHER_SHELF = "other_shelf"
    EMPTY = "empty"
    """Is the shelf empty, as the books say?"""
    NEW_TOTE = "new_tote"
    TAKE_OVER = "take_over"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class PickQuestion:
    """A question that stands."""

    kind: PickQuestionKind
    pick: int | None = None
    slot: int | None = None
    job: int | None = None
    shelf: str = ""
    """Shelf that it is about: the other one, or the one to be looked at."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PickStepDone:
    """A step of the job that undo can take back; steps of one act go together."""

    act: str
    kind: str
    """``put`` or ``short``."""
    pick: int
    product: int
    quantity: int
    code: str = ""
    lot: str = ""
    source: str = ""
    target: str = ""
    tote: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JobCandidate:
    """A job that might be taken."""

    job: Job
    holder: str = ""
    leased: bool = False
    """Whether the holder's lease still runs, by the database's clock."""
    blocked: bool = False
    """Another job must be done before."""
    after: str = ""
    """Number of that job."""


@dataclass(frozen=True, slots=True)
class ToteInUse:
    """A tote that carries something already."""

    code: str
    job: str = ""
    """Number of the job that uses it; empty where it waits to be packed."""
    ship_number: str = ""


@dataclass(frozen=True, slots=True)
class OtherShelf:
    """Another shelf on which the product lies by the books."""

    shelf: str
    pieces: int


@dataclass(frozen=True, slots=True)
class PickSeen:
    """A code after it was read and looked up for a picker."""

    seen: Seen
    jobs: tuple[JobCandidate, ...] = ()
    """Jobs that the code names; for ``KP-NEXT`` the next one."""
    in_use: ToteInUse | None = None
    """What the scanned tote carries already, where it is none of this job's."""
    others: tuple[OtherShelf, ...] = ()
    """Other shelves of the goods that are short, the one with most first."""
    on_shelf: int | None = None
    """Pieces of the goods in hand on their shelf by the books; None where it is not asked."""
    nearest: str = ""
    """For a job of a stage that has none: key of why."""
    free_slots: tuple[str, ...] = ()
    """Slots of the wall that are free, for a sort that begins."""


@dataclass(frozen=True, slots=True)
class WalkRules:
    """What the shop decided, and what the person may do."""

    station: str = ""
    stage: Stage = Stage.PICK
    rights: frozenset[Right] = frozenset(Right)
    signin_required: bool = False
    today: str = ""
    stock_tracked: bool = True
    empty_check: bool = False
    lot_order: str = "warn"
    pace_ms: int = 0
    keyed: bool = True
    """Whether the person may type numbers."""


@dataclass(frozen=True, slots=True)
class Picker:
    """One station's picking: everything a decision may look at."""

    job: Job | None = None
    """The open job, or the one just finished until another is taken."""
    question: PickQuestion | None = None
    person: Person | None = None
    trail: tuple[PickStepDone, ...] = ()
    """Standing steps, oldest first; loaded for an undo."""
    last_code: str = ""
    """What the last act scanned, where it was goods and was counted."""


# --- facts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JobTaken:
    """The station took a job."""

    candidate: JobCandidate
    taken_over: str = ""
    """Station it was taken from."""
    slots: tuple[str, ...] = ()
    """Slots of the wall, by place number, where a sort begins."""


@dataclass(frozen=True, slots=True)
class ToteBound:
    """A tote stands on a place; ``cart`` names the cart itself."""

    slot: int
    tote: str
    order: int | None
    cart: bool = False


@dataclass(frozen=True, slots=True)
class AtShelf:
    """The picker stands before a shelf."""

    shelf: str


@dataclass(frozen=True, slots=True)
class InHand:
    """Goods were taken and wait to be put."""

    hand: Hand


@dataclass(frozen=True, slots=True)
class HandDropped:
    """What was in hand went back to where it came from."""


@dataclass(frozen=True, slots=True)
class Put:
    """Goods were picked: they are in their tote, slot, or the cart."""

    pick: int
    product: int
    order: int
    line: int
    quantity: int
    code: str
    lot: str
    source: str
    """Place of the ledger; empty where stock is not tracked."""
    target: str
    tote: str = ""


@dataclass(frozen=True, slots=True)
class PickShort:
    """Pieces are not there."""

    pick: int
    product: int
    order: int
    line: int
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rerouted:
    """What is left of some picks is taken from another shelf."""

    picks: tuple[int, ...]
    shelf: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Some picks are taken later."""

    picks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountWanted:
    """Somebody should count 棚卸 what is on a shelf."""

    product: int
    shelf: str
    reason: str
    """``short``, ``damaged``, ``not_empty``, ``lot``."""


@dataclass(frozen=True, slots=True)
class Told:
    """The picker knows that some picks stopped."""

    picks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JobPaused:
    """The job was handed back unfinished; everything in it stays."""


@dataclass(frozen=True, slots=True)
class JobFinished:
    """Everything of the job was picked or is short."""


@dataclass(frozen=True, slots=True)
class PickUndone:
    """The last act's steps were taken back."""

    steps: tuple[PickStepDone, ...]


@dataclass(frozen=True, slots=True)
class PickAsked:
    """A question stands now."""

    question: PickQuestion


@dataclass(frozen=True, slots=True)
class PickDismissed:
    """The standing question was cleared without an answer."""


@dataclass(frozen=True, slots=True)
class PickSignedIn:
    """A person signed in by badge."""

    person: Person


PickFact = (
    JobTaken
    | ToteBound
    | AtShelf
    | InHand
    | HandDropped
    | Put
    | PickShort
    | Rerouted
    | Skipped
    | CountWanted
    | Told
    | JobPaused
    | JobFinished
    | PickUndone
    | PickAsked
    | PickDismissed
    | PickSignedIn
)
"""Everything that a scan of a picker can make true."""


def fold(picker: Picker, facts: tuple[PickFact, ...], act: str) -> Picker:
    """Fold several facts of one act in."""
    for fact in facts:
        picker = after(picker, fact, act)
    return picker


def after(picker: Picker, fact: PickFact, act: str) -> Picker:
    """Return the snapshot in which *fact* is true. Any fact clears a standing question.

    :param act: id of the act that the fact belongs to.
    """
    if picker.question is not None:
        picker = replace(picker, question=None)
    job = picker.job
    match fact:
        case JobTaken():
            return replace(picker, job=_taken(fact), trail=())
        case PickAsked():
            return replace(picker, question=fact.question)
        case PickSignedIn():
            return replace(picker, person=fact.person)
        case PickDismissed() | CountWanted():
            return picker
        case JobPaused():
            return replace(picker, job=None, trail=())
        case _:
            assert job is not None
            return _worked(replace(picker, job=job), job, fact, act)


def _taken(fact: JobTaken) -> Job:
    job = replace(fact.candidate.job, state=JobState.ACTIVE)
    if fact.slots:
        codes = dict(enumerate(fact.slots, 1))
        places = tuple(replace(each, codes=(codes[each.number],)) for each in job.places if each.number in codes)
        job = replace(job, places=places)
    return job


def _worked(
    picker: Picker,
    job: Job,
    fact: (
        ToteBound
        | AtShelf
        | InHand
        | HandDropped
        | Put
        | PickShort
        | Rerouted
        | Skipped
        | Told
        | JobFinished
        | PickUndone
    ),
    act: str,
) -> Picker:
    match fact:
        case ToteBound():
            if fact.cart:
                return replace(picker, job=replace(job, cart=fact.tote))
            places = tuple(
                replace(each, codes=(*each.codes, fact.tote)) if each.number == fact.slot else each
                for each in job.places
            )
            return replace(picker, job=replace(job, places=places))
        case AtShelf():
            return replace(picker, job=replace(job, shelf=fact.shelf))
        case InHand():
            return replace(picker, job=replace(job, hand=fact.hand))
        case HandDropped():
            return replace(picker, job=replace(job, hand=None))
        case Put():
            step = PickStepDone(
                act, "put", fact.pick, fact.product, fact.quantity, fact.code, fact.lot, fact.source, fact.target,
                fact.tote,
            )  # fmt: skip
            hand = None if job.hand is not None and job.hand.pick == fact.pick else job.hand
            job = replace(_counted(job, fact.pick, done=fact.quantity), hand=hand)
            return replace(picker, job=job, trail=(*picker.trail, step))
        case PickShort():
            step = PickStepDone(act, "short", fact.pick, fact.product, fact.quantity, reason=fact.reason)
            return replace(picker, job=_counted(job, fact.pick, short=fact.quantity), trail=(*picker.trail, step))
        case Rerouted():
            return replace(picker, job=_each(job, fact.picks, shelf=fact.shelf, lot="", expiry=""))
        case Skipped():
            most = max((each.skipped for each in job.picks), default=0) + 1
            return replace(picker, job=_each(job, fact.picks, skipped=most))
        case Told():
            return replace(picker, job=_each(job, fact.picks, told=True))
        case JobFinished():
            return replace(picker, job=replace(job, state=JobState.DONE, hand=None))
        case PickUndone():
            for step in fact.steps:
                sign = -step.quantity
                done = sign if step.kind == "put" else 0
                job = _counted(job, step.pick, done=done, short=0 if step.kind == "put" else sign)
            trail = tuple(each for each in picker.trail if each not in fact.steps)
            return replace(picker, job=replace(job, state=JobState.ACTIVE), trail=trail)
        case _:
            assert_never(fact)


def _counted(job: Job, pick: int, *, done: int = 0, short: int = 0) -> Job:
    picks = tuple(
        replace(each, done=each.done + done, short=each.short + short) if each.id == pick else each
        for each in job.picks
    )
    return replace(job, picks=picks)


def _each(job: Job, chosen: tuple[int, ...], **values: object) -> Job:
    picks = tuple(replace(each, **values) if each.id in chosen else each for each in job.picks)  # type: ignore[arg-type]
    return replace(job, picks=picks)
