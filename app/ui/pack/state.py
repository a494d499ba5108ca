"""What the bench screen shows: the last answer, the parcel as it was read, and which commands make sense now."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.gtin import printable
from app.domain.people import Person, Right, Role, rights_of
from app.services.answers import Answer
from app.services.commands import KEYS

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.orders import LineRow, OrderFull, OrderRow
    from app.services.products import ProductRow
    from app.ui.pack.reading import ParcelRead

__all__ = [
    "CHOICES",
    "COMMANDS",
    "NUMBERS",
    "REASONS",
    "Bar",
    "BenchView",
    "Step",
    "bars_of",
    "choices_of",
    "commands_now",
    "kind_of",
    "steps_of",
]

COMMANDS: Mapping[str, str] = {str(name): key for name, key in KEYS.items()}
"""Command code -> its key."""

REASONS = ("KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER")
"""The second command codes, which give a reason."""

NUMBERS = ("KP-1", "KP-2", "KP-3", "KP-4")
"""Command codes that choose among what is shown, in its order."""

MOST_COMMANDS = 5
"""Most commands in the bar: more of them stand too close for a scanner, and their words would be cut."""

_VALID: Mapping[str, tuple[str, ...]] = {
    "": (),
    "sign_in": (),
    "order": ("KP-NEXT",),
    "slip": ("KP-REPRINT", "KP-UNDO", "KP-LATER", "KP-CANCEL"),
    "insert": ("KP-SHORT", "KP-BOX", "KP-UNDO", "KP-LATER", "KP-CANCEL"),
    "weight": ("KP-BOX", "KP-UNDO", "KP-LATER", "KP-CANCEL"),
    "item": ("KP-SHORT", "KP-UNDO", "KP-LATER", "KP-REPRINT", "KP-CANCEL"),
    "close_short": ("KP-UNDO", "KP-LATER", "KP-REPRINT"),
    "close": ("KP-UNDO", "KP-LATER", "KP-REPRINT", "KP-CANCEL"),
    "waybill": ("KP-UNDO", "KP-PARCEL", "KP-SERVICE", "KP-LATER", "KP-CANCEL"),
    "label": ("KP-LATER", "KP-UNDO"),
    "short_reason": ("KP-CANCEL",),
    "reprint_reason": ("KP-CANCEL",),
    "override_reason": ("KP-CANCEL",),
    "service_reason": ("KP-CANCEL",),
    "hand_waybill": ("KP-CANCEL",),
    "take_over": ("KP-CANCEL",),
    "teach": ("KP-CANCEL",),
    "which": ("KP-CANCEL",),
    "one_more": ("KP-CANCEL",),
    "lot": ("KP-CANCEL",),
    "expiry": ("KP-CANCEL",),
    "serial": ("KP-CANCEL",),
    "quantity": ("KP-CANCEL",),
    "no_code": ("KP-CANCEL",),
    "allow_reason": ("KP-CANCEL",),
    "box": ("KP-CANCEL",),
    "move": ("KP-CANCEL",),
}
_ITEM_WITH_CARRIER = ("KP-SHORT", "KP-UNDO", "KP-PARCEL", "KP-LATER", "KP-CANCEL")
_SPARED = ("KP-REPRINT", "KP-PARCEL", "KP-LATER")
"""Commands that make room in the bar for ones that are likelier just now, the first first; their keys work on."""
_BOXED_ASKS = ("item", "waybill", "close")
"""Questions at which what can be done about the box stands in the bar where the order has a carton or several boxes."""
_UNREADABLE = ("code.undecodable", "code.half", "code.check_digit", "code.broken", "code.two_codes", "code.unknown")
"""Refusals after which goods may have to count without a code."""

_ALLOWING = ("allow.leader_needed",)
"""Refusals after which the one before may still be allowed."""
_CLOSED = ("verified", "shipped", "reported", "acknowledged")
_LABELLING = ("label", "hand_waybill")
"""Questions about a parcel that is closed already, or may be."""
_UNLABELLED = ("order.closed_label_later", "order.closed_unlabelled")
"""Answers after which a closed parcel still waits for its label."""
_AT_ANY_STEP = ("short_reason", "allow_reason")
"""Questions that are about goods, unless they come at a later step."""
_STEP_OF = {
    "order": "slip",
    "slip": "slip",
    "item": "goods",
    "close_short": "goods",
    "short_reason": "goods",
    "teach": "goods",
    "which": "goods",
    "one_more": "goods",
    "lot": "goods",
    "expiry": "goods",
    "serial": "goods",
    "quantity": "goods",
    "no_code": "goods",
    "allow_reason": "goods",
    "insert": "inserts",
    "weight": "weight",
    "waybill": "waybill",
    "hand_waybill": "waybill",
    "override_reason": "waybill",
    "label": "waybill",
    "close": "done",
}
"""Step that a question belongs to; questions that are missing may come at any step."""


@dataclass(slots=True)
class BenchView:
    """Everything the bench shows."""

    answer: Answer | None = None
    """The last answer; None before the desk is there."""
    said: Answer | None = None
    """The last answer that said something, for the band."""
    error: Answer | None = None
    """A refusal that still stands."""
    parcel: ParcelRead | None = None
    """The parcel on the bench, or the one just closed."""
    scanned: ProductRow | None = None
    """The product of a refused scan."""
    waiting: int | None = None
    """Orders that wait in the queue."""
    refused_here: str = ""
    """Key of a refusal made by the window itself (a dialog is open, the database is away)."""
    refused_args: dict[str, object] = field(default_factory=dict)
    pending: str = ""
    """Code whose answer takes longer than usual."""
    step: str = "slip"
    """Step of the last question that belongs to one."""
    unlabelled: bool = False
    """The parcel was closed and still waits for its label."""
    with_waybill: bool = False
    """Whether the last parcel that was read needed a waybill: shown until the next one is read."""
    asked: Answer | None = None
    """The answer that raised the standing question; None where there is none, or after a restart."""
    stopped: Answer | None = None
    """The refusal that somebody with the right may allow, or is just allowing."""
    person_only: bool = False
    """Only another person can vouch for goods without a code; a reason is not enough."""
    options: Mapping[int, ProductRow] = field(default_factory=dict)
    """What was read of the products among which is to be chosen."""
    typed: str = ""
    """What a person has typed so far where no field has the focus."""
    grams: int | None = None
    """What the scale shows just now; None where there is none, or it shows nothing."""
    box_before: int = 0
    """Box of the question before; 0 where it was about none."""
    read_at: float = 0.0
    """When the parcel was read, by a clock of this computer that only goes on."""

    @property
    def full(self) -> OrderFull | None:
        """The order on the bench with the lines of its whole parcel, or the one just closed."""
        return self.parcel.full if self.parcel is not None else None

    @property
    def ask(self) -> str:
        """What is wanted next."""
        return str(self.answer.ask.get("kind", "")) if self.answer else ""

    @property
    def open_now(self) -> bool:
        """Whether an order is being packed or labelled."""
        return self.answer is not None and self.answer.order_id is not None and not self.finished

    @property
    def finished(self) -> bool:
        """Whether the order shown was just closed."""
        answer, full = self.answer, self.full
        if answer is None or answer.order_id is None or self.ask in _LABELLING:
            return False
        read = full is not None and full.row.id == answer.order_id
        return self.ask == "order" or (read and full is not None and full.row.state in _CLOSED)

    def take(self, answer: Answer) -> None:
        """Take the newest answer: what is asked, at which step, and whether a label is still missing."""
        if self.answer is None or self.answer.order_id != answer.order_id:
            self.unlabelled = False
        if self.ask != answer.ask.get("kind"):
            self.typed = ""
        self.box_before = _number(self.answer.ask.get("box")) if self.answer and self.ask in _IN_BOX else 0
        if answer.level == "question":
            self.asked = answer
        elif self.ask != answer.ask.get("kind"):
            self.asked = None
        self.answer = answer
        if answer.args.get("allow"):
            self.stopped = answer
        elif answer.key not in _ALLOWING and self.ask != "allow_reason":
            self.stopped = None
        self.person_only = bool(answer.ask.get("second"))
        if not (self.ask in _AT_ANY_STEP and self.step in ("inserts", "weight")):
            self.step = _STEP_OF.get(self.ask, self.step)
        if answer.key in _UNLABELLED:
            self.unlabelled = True
        elif self.ask in ("slip", "item", "waybill") or answer.key == "label.attached":
            self.unlabelled = False
        if self.full is not None and self.full.row.id != answer.order_id:
            self.parcel = None

    def read(self, parcel: ParcelRead) -> None:
        """Take what was read about the parcel on the bench."""
        self.parcel = parcel
        self.with_waybill = parcel.waybill
        self.read_at = time.monotonic()

    @property
    def boxes(self) -> int:
        """Boxes in use or proposed, of the order on the bench."""
        asked = _number(self.answer.ask.get("boxes")) if self.answer is not None else 0
        return max(asked, self.parcel.boxes.count if self.parcel is not None and self.open_now else 1, 1)

    @property
    def box(self) -> int:
        """The box that the question is about, else the one that is filled."""
        asked = _number(self.answer.ask.get("box")) if self.answer is not None else 0
        return asked or (self.parcel.boxes.box if self.parcel is not None else 1)

    def line(self) -> LineRow | None:
        """Return the line that is asked for."""
        if self.answer is None or self.full is None:
            return None
        wanted = self.answer.ask.get("line")
        return next((line for line in self.full.lines if line.id == wanted), None) or self._line_in_hand()

    def _line_in_hand(self) -> LineRow | None:
        """Return the line of the goods that a question is about; such a question names no line, as it may fill two."""
        assert self.answer is not None
        assert self.full is not None
        lines, scanned = self.full.lines, str(self.answer.ask.get("scanned") or "")
        if not scanned:
            return None
        code = str(self.asked.args.get("item_code", "")) if self.asked is not None else ""
        from app.domain.barcode import Gs1, Gtin, read  # with what they need, after the first paint
        from app.domain.products import sku_fold

        gtins = {kind.gtin14 for kind in read(scanned).kinds if isinstance(kind, (Gtin, Gs1))}
        for line in lines:
            stored = {each for each, _ in line.codes} | {line.main_code}
            if gtins & stored or {scanned, code} & {*stored, *map(printable, stored)} - {""}:
                return line
        return next((line for line in lines if sku_fold(line.sku) == sku_fold(scanned)), None)

    def counts(self) -> tuple[int, int]:
        """Return how many pieces of the goods in hand are counted, and how many the parcel wants, over all lines."""
        line = self.line()
        same = [each for each in self.full.lines if line and each.product == line.product] if self.full else []
        return sum(each.done for each in same), sum(each.wanted - each.short for each in same)

    def cold_seconds(self) -> int | None:
        """Return how long goods that belong in the cold have been out; None where there are none, or they are gone."""
        parcel = self.parcel
        if parcel is None or parcel.boxes.cold_since is None or not self.open_now:
            return None
        return int((parcel.boxes.at - parcel.boxes.cold_since) / 1000 + time.monotonic() - self.read_at)

    @property
    def too_warm(self) -> int:
        """Minutes that cold goods have been out, where that is too long; else 0."""
        seconds, parcel = self.cold_seconds(), self.parcel
        most = parcel.counting.cold_minutes if parcel is not None else 0
        return seconds // 60 if seconds is not None and most and seconds >= most * 60 else 0

    @property
    def shadow(self) -> bool:
        """Whether everything is only recorded and nothing is stopped."""
        return self.parcel is not None and self.parcel.counting.shadow

    @property
    def weight_stopped(self) -> bool:
        """Whether a weight is what somebody with the right may allow, or is just allowing."""
        return self.stopped is not None and self.stopped.args.get("allow") == "weight"

    @property
    def people(self) -> bool:
        """Whether anybody is entered, so that there are badges."""
        return self.parcel is not None and self.parcel.counting.people

    def may(self, right: Right) -> bool:
        """Whether the person at the bench has a right, as far as the window knows; the desk has the last word."""
        given = self.answer.person if self.answer is not None else {}
        rules = self.parcel.counting if self.parcel is not None else None
        role = given.get("role", "")
        person = Person(0, "", given.get("name", ""), Role(role)) if role else None
        return rules is not None and right in rights_of(person, rules.people, keyed=rules.keyed)


def kind_of(level: str) -> str:
    """Return the kind of colour and sign of an answer's level; what is only recorded is quiet."""
    return {"ok": "ok", "refused": "error", "question": "warning", "noted": "noted"}.get(level, "info")


# --- steps --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a parcel."""

    name: str
    """``slip``, ``goods``, ``inserts``, ``weight``, ``waybill`` or ``done``."""
    state: str
    """``done``, ``current`` or ``open``."""
    done: int = 0
    of: int = 1
    """How many papers, inserts or boxes the step has: more than one are counted."""


def steps_of(view: BenchView) -> tuple[Step, ...]:
    """Return the steps of the parcel on the bench; only those that it needs."""
    parcel, ask = view.parcel, dict(view.answer.ask) if view.answer else {}
    labelled = parcel.waybill if parcel is not None else view.with_waybill
    needed = {
        "inserts": parcel is not None and any(not each.shown for each in parcel.boxes.extras),
        "weight": parcel is not None and _weighed(parcel),
        "waybill": labelled or view.unlabelled,
    }
    names = tuple(
        name for name in ("slip", "goods", "inserts", "weight", "waybill", "done")
        if needed.get(name, True) or view.step == name
    )  # fmt: skip
    now = view.step if view.open_now else "slip"
    steps = []
    for name in names:
        state = "done" if names.index(name) < names.index(now) else "current" if name == now else "open"
        if view.finished:
            state = "open" if name == "waybill" and view.unlabelled else "done"
        elif view.ask == "label" and name == "done":
            state = "done"  # it is closed; only the label is missing
        steps.append(Step(name, state, *_counted(view, name, state, ask)))
    return tuple(steps)


def _weighed(parcel: ParcelRead) -> bool:
    """Whether the boxes of a parcel are weighed here, or one of them was."""
    boxes = parcel.boxes
    return (boxes.scale and parcel.counting.weighed) or any(each.weighed for each in boxes.boxes)


def _counted(view: BenchView, name: str, state: str, ask: Mapping[str, object]) -> tuple[int, int]:
    """Return how many papers, inserts or boxes of a step are done, of how many."""
    if name == "inserts" and view.parcel is not None:
        wanted = [each for each in view.parcel.boxes.extras if not each.shown]
        whole = sum(each.wanted - each.short for each in wanted)
        return sum(each.done for each in wanted), max(1, whole)
    if name == "weight" and view.boxes > 1 and view.parcel is not None:
        return sum(each.weighed for each in view.parcel.boxes.boxes), view.boxes
    if name == "slip" and view.parcel is not None and len(view.parcel.slips) > 1:
        whole = len(view.parcel.slips)
        left = _number(ask.get("left")) if view.ask == "slip" else 0
        return (whole - left if state != "open" else 0), whole
    pieces = _number(ask.get("pieces"))
    if name == "waybill" and pieces > 1:
        return pieces - _number(ask.get("left")), pieces
    return 0, 1


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


# --- commands -----------------------------------------------------------------------------------------------------

CHOICES: Mapping[str, tuple[str, ...]] = {
    "short_reason": REASONS,
    "reprint_reason": REASONS,
    "override_reason": REASONS,
    "service_reason": ("KP-R-THICK", "KP-R-HEAVY", "KP-R-OTHER"),
    "no_code": REASONS,
    "allow_reason": REASONS,
    "close_short": ("KP-DONE", "KP-SPLIT", "KP-CANCEL"),
    "close": ("KP-DONE",),
    "one_more": ("KP-CANCEL",),
    "hand_waybill": (),
    "teach": (),
    "take_over": (),
    "box": ("KP-R-THICK", "KP-R-NOFIT", "KP-PARCEL", "KP-SWITCH", "KP-MOVE", "KP-MAKER"),
    "move": (),
}
"""Questions that are answered by a code, and the codes: they stand beside the question, not in the bar."""


def choices_of(view: BenchView) -> tuple[str, ...]:
    """Return the codes that stand beside the question: those that answer it."""
    if view.answer is not None and view.ask in _PAPER_ASKS and not view.answer.ask.get("waybill"):
        return ("KP-LATER", "KP-DONE") if view.ask == "waybill" else ("KP-LATER",)
    if view.ask in _NUMBERED and view.answer is not None:
        shown = view.answer.ask.get(_NUMBERED[view.ask])
        return NUMBERS[: len(shown)] if isinstance(shown, Sequence) else ()
    if view.ask == "box":
        several = view.parcel is not None and view.parcel.boxes.count > 1
        return tuple(code for code in CHOICES["box"] if several or code not in _OF_SEVERAL)
    if view.ask == "allow_reason" and view.weight_stopped:
        return ("KP-R-OTHER",)  # of goods the others tell
    return () if view.ask == "no_code" and view.person_only else CHOICES.get(view.ask, ())


_OF_SEVERAL = ("KP-SWITCH", "KP-MOVE")
"""What can be done only where several boxes are in use."""


_NUMBERED: Mapping[str, str] = {"which": "options", "lot": "lots", "expiry": "lots"}
"""Questions that are answered by the number of what is shown, and the name under which the answer has it."""


_TYPED_ASKS = ("lot", "expiry", "serial")
_PAPER_ASKS = ("waybill", "label")
_IN_BOX = ("item", "insert", "weight", "waybill", "box", "move")
"""Questions that say which box they are about, where that can be in doubt."""


def commands_now(view: BenchView) -> tuple[str, ...]:
    """Return the commands that make sense now, for the bar."""
    valid = _of_item(view) if view.ask == "item" else _VALID.get(view.ask, ())
    if view.ask == "order" and view.finished:
        valid = ("KP-NEXT", "KP-UNDO", "KP-REPRINT")
    choices = choices_of(view)
    if view.error is not None and view.error is view.stopped and view.ask in (*_TYPED_ASKS, "weight"):
        valid = ("KP-CANCEL", "KP-ALLOW", *(code for code in valid if code != "KP-CANCEL"))
    elif view.error is not None and choices:
        last = [code for code in valid if code not in (*choices, "KP-CANCEL")]
        valid = (*choices, "KP-CANCEL", *last) if "KP-CANCEL" not in choices else (*choices, *last)
        if len(choices) >= MOST_COMMANDS:
            valid = ("KP-CANCEL", *choices)
    elif view.error is not None and view.ask == "item":
        return _after_refusal(view, view.error)
    elif view.error is not None and "KP-CANCEL" in valid:
        valid = ("KP-CANCEL", *(code for code in valid if code != "KP-CANCEL"))
    elif choices:
        valid = tuple(code for code in valid if code not in choices)
    return _with_box(view, valid)[:MOST_COMMANDS]


def _with_box(view: BenchView, valid: tuple[str, ...]) -> tuple[str, ...]:
    """Put what can be done about the box into the bar, where the order has a carton or several boxes.

    One box more is among that; where there is no room for both the reprint makes room.
    """
    asked = view.answer.ask if view.answer is not None else {}
    if view.ask not in _BOXED_ASKS or not (asked.get("box") or view.boxes > 1) or "KP-BOX" in valid:
        return valid
    spared = next((code for code in ("KP-PARCEL", "KP-REPRINT") if code in valid), "")
    if spared:
        return tuple("KP-BOX" if code == spared else code for code in valid)
    return (*valid[: MOST_COMMANDS - 1], "KP-BOX")


def _of_item(view: BenchView) -> tuple[str, ...]:
    """Return the commands while goods are wanted: a number or goods without a code where that is likely just now."""
    carrier = view.full is not None and bool(view.full.row.carrier)
    valid = [*_likely(view), *(_ITEM_WITH_CARRIER if carrier else _VALID["item"])]
    for spared in _SPARED:
        if len(valid) > MOST_COMMANDS and spared in valid:
            valid.remove(spared)
    return tuple(valid)


def _likely(view: BenchView) -> list[str]:
    line, said, likely = view.line(), view.said, []
    if said is not None and said.key.startswith("pack.ok") and view.full is not None:
        sku = str(said.args.get("sku", ""))
        counted = next((each for each in view.full.lines if each.sku == sku), None)
        handled = counted.handling if counted is not None else None
        left = any(x.wanted > x.done + x.short for x in view.full.lines if counted and x.product == counted.product)
        if (
            handled
            and handled.keyed
            and not (handled.each_piece or handled.alike)
            and left
            and view.may(Right.KEY_QUANTITY)
        ):
            likely.append("KP-QUANTITY")
    bare = line is not None and line.product is not None and (line.handling.no_code or not line.main_code)
    if bare and view.parcel is not None and view.parcel.counting.nocode:
        likely.append("KP-NOCODE")
    return likely


def _after_refusal(view: BenchView, error: Answer) -> tuple[str, ...]:
    """Return the commands that answer a refusal while goods are wanted."""
    if view.stopped is not None:
        return ("KP-CANCEL", "KP-ALLOW", "KP-SHORT", "KP-UNDO")
    bare = ("KP-NOCODE",) if view.parcel is not None and view.parcel.counting.nocode else ()
    if error.key == "code.unknown":
        return ("KP-TEACH", *bare, "KP-SHORT", "KP-UNDO", "KP-CANCEL")
    return ("KP-CANCEL", *(bare if error.key in _UNREADABLE else ()), "KP-SHORT", "KP-UNDO")


# --- bars ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A full coloured bar: something that the packer must not miss."""

    kind: str
    key: str
    """Key of its sentence."""
    value: str = ""


_COD = re.compile(r"代引|代金引換|cash on delivery|\bcod\b", re.IGNORECASE)
_FROZEN = re.compile(r"冷凍|frozen", re.IGNORECASE)
_COLD = re.compile(r"クール|冷蔵|チルド|chilled|cool", re.IGNORECASE)


def bars_of(full: OrderFull, members: Sequence[OrderRow] = ()) -> list[Bar]:
    """Return the bars of an order: cash on delivery, cold, several pieces, merged orders, gift.

    :param members: every order of its parcel, where several share it.
    """
    rows = members or (full.row,)
    bars = []
    cash = sum(row.cod for row in rows)
    delivery, payment = str(full.content.get("delivery", "")), str(full.content.get("payment", ""))
    told = str(full.content.get("cod_amount", "") or "")
    amount = str(cash) if cash else told
    if amount or _COD.search(payment) or (not full.row.carrier and _COD.search(delivery)):
        shown = f"{int(amount):,}" if amount.isdecimal() else amount
        bars.append(Bar("warning", "window.bar.cod_amount" if amount else "window.bar.cod", shown))
    if cold := _temperature(full):
        bars.append(Bar("info", cold))
    if full.row.parcel_count > 1:
        bars.append(Bar("many", "window.bar.pieces", str(full.row.parcel_count)))
    if len(rows) > 1:
        bars.append(Bar("many", "window.bar.merged", str(len(rows))))
    if any(row.gift for row in rows):
        bars.append(Bar("gift", "window.bar.gift"))
    return bars


def _temperature(full: OrderFull) -> str:
    """Return the bar of a cold parcel: as the gate decided; what no gate saw is read from the shop's words."""
    told = {"chilled": "window.bar.cold", "frozen": "window.bar.frozen"}.get(full.row.temperature, "")
    if told or full.row.carrier:
        return told
    delivery = str(full.content.get("delivery", ""))
    if _FROZEN.search(delivery):
        return "window.bar.frozen"
    return "window.bar.cold" if _COLD.search(delivery) else ""
