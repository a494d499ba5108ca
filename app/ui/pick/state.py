"""What the screens of picking show: the last answer, the job as it was read, and which commands make sense now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.jobs import Job, JobState, Pick, Place
from app.domain.modes import PickStep, Stage
from app.services.answers import Answer
from app.ui.pack.state import MOST_COMMANDS, REASONS

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.pick_views import Takeable
    from app.services.products import ProductRow
    from app.ui.pick.reading import JobRead

__all__ = [
    "CHOICES", "NUMBERED", "QUESTIONS", "JobView", "Stop", "choices_of", "commands_now", "steps_of", "stops_of",
    "words_of",
]  # fmt: skip

CHOICES: Mapping[str, tuple[str, ...]] = {
    "short_reason": REASONS,
    "other_shelf": ("KP-DONE", "KP-SHORT"),
    "empty": ("KP-DONE", "KP-SHORT"),
    "short_line": (),
    "found": (),
    "new_tote": (),
    "take_over": (),
    "quantity": (),
}
"""Questions, and the codes that answer them: they stand beside the question, not in the bar."""

QUESTIONS = tuple(CHOICES)
"""Kinds of ask that are questions: they stand until they are answered or dismissed."""

NUMBERED = ("found", "quantity")
"""Questions that a number answers."""

WALKING = ("shelf", "item", "confirm", "place")
"""Kinds of ask at a stop."""

_VALID: Mapping[str, tuple[str, ...]] = {
    "job": ("KP-NEXT",),
    "totes": ("KP-CANCEL",),
    "list": ("KP-DONE", "KP-SHORT", "KP-CANCEL"),
    "shelf": ("KP-SHORT", "KP-LATER", "KP-UNDO", "KP-PARCEL", "KP-CANCEL"),
    "item": ("KP-SHORT", "KP-UNDO", "KP-LATER", "KP-PARCEL", "KP-CANCEL"),
    "confirm": ("KP-DONE", "KP-SHORT", "KP-LATER", "KP-UNDO", "KP-CANCEL"),
    "place": ("KP-UNDO", "KP-SHORT", "KP-PARCEL", "KP-CANCEL"),
} | dict.fromkeys(QUESTIONS, ("KP-CANCEL",))
_WORDS = ("KP-NEXT", "KP-PARCEL", "KP-DONE")
"""Commands that say something else to a picker than at the bench."""


def words_of(code: str) -> str:
    """Return the key of a command's words."""
    return f"window.pick.command.{code}" if code in _WORDS else f"command.{code}"


@dataclass(slots=True)
class JobView:
    """What is shown of picking, at the shelves or at the wall."""

    stage: Stage = Stage.PICK
    answer: Answer | None = None
    """The last answer, of a scan or of looking where the station stands."""
    said: Answer | None = None
    """The last answer of a scan."""
    error: Answer | None = None
    """The refusal that stands."""
    asked: Answer | None = None
    """The answer that raised the standing question; None where there is none, or after a restart."""
    read: JobRead | None = None
    """The job as it was read after the last answer."""
    goods: dict[int, ProductRow] = field(default_factory=dict)
    """Products that were read."""
    scanned: ProductRow | None = None
    """The product of a refused scan."""
    refused_here: str = ""
    """Key of a refusal made by the window itself (a dialog is open, the database is away)."""
    refused_args: dict[str, object] = field(default_factory=dict)
    pending: str = ""
    """Code whose answer takes longer than usual."""
    typed: str = ""
    """What a person has typed so far where no field has the focus."""

    @property
    def ask(self) -> str:
        """What is wanted next."""
        return str(self.answer.ask.get("kind", "")) if self.answer else ""

    @property
    def asks(self) -> Mapping[str, object]:
        """What belongs to what is wanted next."""
        return self.answer.ask if self.answer else {}

    @property
    def job(self) -> Job | None:
        """The job that is open, or the one just finished; None while another one is still being read."""
        job = self.read.view.standing.picker.job if self.read is not None else None
        if job is None or job.stage is not self.stage or self.answer is None or self.answer.job != job.number:
            return None
        return job

    @property
    def open_now(self) -> bool:
        """Whether a job is being worked on."""
        return self.answer is not None and bool(self.answer.job) and self.ask not in ("", "job", "sign_in")

    @property
    def finished(self) -> bool:
        """Whether the job shown was just finished."""
        job = self.job
        return self.ask == "job" and job is not None and job.state is JobState.DONE

    @property
    def waits(self) -> Takeable | None:
        """What waits to be taken; None while it was not read."""
        return self.read.view.waits if self.read is not None else None

    @property
    def walk(self) -> Mapping[str, object]:
        """The way of the job as it was planned; empty where it has none."""
        return self.read.view.standing.walk if self.job is not None and self.read is not None else {}

    @property
    def pick(self) -> Pick | None:
        """The pick that is asked for."""
        job, wanted = self.job, self.asks.get("pick")
        return next((each for each in job.picks if each.id == wanted), None) if job else None

    @property
    def place(self) -> Place | None:
        """The place that goods go into, or that a tote is wanted for."""
        job, wanted = self.job, self.asks.get("place")
        return next((each for each in job.places if each.number == wanted), None) if job else None

    def number(self, name: str) -> int:
        """Return a number of what is asked; 0 where it has none of that name."""
        value = self.asks.get(name)
        return value if isinstance(value, int) else 0

    def text(self, name: str) -> str:
        """Return a text of what is asked."""
        return str(self.asks.get(name) or "")

    def take(self, answer: Answer) -> None:
        """Take the newest answer."""
        if self.ask != answer.ask.get("kind"):
            self.typed = ""
        if answer.level == "question":
            self.asked = answer
        elif self.ask != answer.ask.get("kind"):
            self.asked = None
        self.answer = answer

    def hold(self, read: JobRead) -> None:
        """Take what was read: where the station stands now."""
        self.read = read
        self.goods |= read.goods
        here, job = read.view.standing, read.view.standing.picker.job
        told = (job.number, job.done, job.wanted) if job is not None else ("", 0, 0)
        if self.answer is None or (self.answer.ask, self.answer.job) != (here.ask, told[0]):
            self.take(Answer("", "", "info", "", ask=here.ask, job=told[0], done=told[1], wanted=told[2]))

    def name_of(self, product: int | None, name: str, language: str) -> str:
        """Return what a product is called in the reader's language, where that is known."""
        row = self.goods.get(product) if product is not None else None
        return row.name_en if row is not None and language == "en" and row.name_en else name

    def asked_name(self, language: str) -> str:
        """Return what the goods that are asked for are called."""
        product = self.asks.get("product")
        return self.name_of(product if isinstance(product, int) else None, self.text("name"), language)

    @property
    def stops(self) -> bool:
        """Whether what stands is news of an order that stopped: it is no refusal that could be dismissed."""
        return self.error is not None and self.error.level != "refused"

    @property
    def wants(self) -> int:
        """Pieces that are taken now: those in hand while they are put, else those still missing at this stop."""
        return self.number("held") if self.ask == "place" else self.number("left")


# --- steps --------------------------------------------------------------------------------------------------------


def steps_of(view: JobView) -> tuple[tuple[str, str], ...]:
    """Return the scans of the stop in hand, each with its state: ``done``, ``current`` or ``open``."""
    job, pick = view.job, view.pick
    if job is None or view.ask not in WALKING:
        return ()
    names = []
    shelf = job.stage is Stage.PICK and PickStep.SHELF in job.steps and (pick is None or bool(pick.shelf))
    if shelf and (job.rules.shelf == "required" or job.rules.scan == "shelf" or view.ask == "shelf"):
        names.append("shelf")
    if job.stage is Stage.SORT or job.rules.scan in ("unit", "line") or view.ask == "item":
        names.append("item")
    elif "shelf" not in names or view.ask == "confirm":
        names.append("confirm")
    if PickStep.PLACE in job.steps:
        names.append("place")
    now = names.index(view.ask) if view.ask in names else 0
    states = ("done" if at < now else "current" if at == now else "open" for at in range(len(names)))
    return tuple(zip(names, states, strict=True))


# --- stops --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stop:
    """One kind of goods on one shelf, in the order of the walk."""

    shelf: str
    product: int
    name: str
    lot: str
    expiry: str
    wanted: int
    done: int
    short: int
    stopped: bool
    """Nothing of it is taken any more."""

    @property
    def left(self) -> int:
        """Pieces still to take."""
        return 0 if self.stopped else self.wanted - self.done - self.short


def stops_of(job: Job) -> tuple[Stop, ...]:
    """Return the stops of a job as they are walked: what was put off comes last."""
    found: dict[tuple[str, int, str], list[Pick]] = {}
    for each in sorted(job.picks, key=lambda pick: (pick.skipped, pick.position, pick.slot, pick.id)):
        found.setdefault((each.shelf, each.product, each.lot), []).append(each)
    made = []
    for (shelf, product, lot), picks in found.items():
        live = [each for each in picks if not each.stopped]
        made.append(
            Stop(
                shelf, product, picks[0].name, lot, picks[0].expiry, sum(each.wanted for each in live or picks),
                sum(each.done for each in picks), sum(each.short for each in picks), not live,
            )
        )  # fmt: skip
    return tuple(made)


# --- commands -----------------------------------------------------------------------------------------------------


def choices_of(view: JobView) -> tuple[str, ...]:
    """Return the codes that stand beside the question."""
    return CHOICES.get(view.ask, ())


def commands_now(view: JobView) -> tuple[str, ...]:
    """Return the commands that make sense now, for the bar."""
    valid: Sequence[str] = _VALID.get(view.ask, ())
    job = view.job
    if job is not None and PickStep.TOTES not in job.steps:
        valid = [code for code in valid if code != "KP-PARCEL"]
    if job is not None and job.stage is Stage.SORT:
        valid = [code for code in valid if code != "KP-LATER"]
    if _keyable(view):
        valid = ["KP-QUANTITY", *valid]
        for spared in ("KP-PARCEL", "KP-LATER"):
            if len(valid) > MOST_COMMANDS and spared in valid:
                valid.remove(spared)
    choices = choices_of(view)
    if view.error is not None and not view.stops:
        rest = [code for code in valid if code not in (*choices, "KP-CANCEL")]
        return ("KP-CANCEL", *choices, *rest)[:MOST_COMMANDS]
    return tuple(code for code in valid if code not in choices)[:MOST_COMMANDS]


def _keyable(view: JobView) -> bool:
    """Whether the number of the goods just scanned may be typed: straight after a piece of them, with more to take."""
    pick, said = view.pick, view.said
    if pick is None or said is None or view.ask not in ("item", "place") or view.read is None:
        return False
    if said.key not in ("hand.taken", "pick.ok") or str(said.args.get("sku", "")) != pick.sku:
        return False
    more = view.number("left") > view.number("held")
    return more and view.read.view.keyed and pick.handling.keyed and not pick.handling.each_piece
