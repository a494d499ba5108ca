"""What is wanted next at the bench: computed from the snapshot of its work, never stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from app.domain.bench import (
    Bench,
    BenchLine,
    BenchOrder,
    BenchWaybill,
    Extra,
    KnownLot,
    Pending,
    Rules,
    StepKind,
)
from app.domain.gtin import printable
from app.domain.products import KnownCode

__all__ = [
    "DETAILS",
    "Ask",
    "AskKind",
    "ask",
    "box_for",
    "next_extra",
    "next_line",
    "next_waybill",
    "rank_of",
    "second_needed",
    "slip_wanted",
    "takeable",
]


class AskKind(StrEnum):
    """What the station wants next."""

    SIGN_IN = "sign_in"
    ORDER = "order"
    SLIP = "slip"
    ITEM = "item"
    INSERT = "insert"
    """What goes in beside the goods: leaflets, noshi."""
    WEIGHT = "weight"
    """The box goes onto the scale."""
    CLOSE_SHORT = "close_short"
    WAYBILL = "waybill"
    CLOSE = "close"
    """Everything is in and no paper is wanted (any more): say that it is done."""
    SHORT_REASON = "short_reason"
    REPRINT_REASON = "reprint_reason"
    TAKE_OVER = "take_over"
    TEACH = "teach"
    LABEL = "label"
    HAND_WAYBILL = "hand_waybill"
    OVERRIDE_REASON = "override_reason"
    SERVICE_REASON = "service_reason"
    WHICH = "which"
    ONE_MORE = "one_more"
    LOT = "lot"
    EXPIRY = "expiry"
    SERIAL = "serial"
    QUANTITY = "quantity"
    NO_CODE = "no_code"
    ALLOW_REASON = "allow_reason"
    BOX = "box"
    MOVE = "move"


DETAILS = (AskKind.LOT, AskKind.EXPIRY, AskKind.SERIAL, AskKind.QUANTITY)
"""Questions that any text may answer."""

_LABELLED = (AskKind.WAYBILL, AskKind.LABEL, AskKind.HAND_WAYBILL)
_IN_BOX = (AskKind.ITEM, AskKind.INSERT, AskKind.WEIGHT, AskKind.WAYBILL, AskKind.BOX, AskKind.MOVE)
"""Questions that are about one box."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked next."""

    kind: AskKind
    line: BenchLine | None = None
    """The line that the question is about."""
    code: str = ""
    """Unknown code of a ``teach`` question, number of a ``hand_waybill`` question."""
    slip: BenchOrder | None = None
    """Order whose slip is wanted."""
    waybill: BenchWaybill | None = None
    """Waybill that is wanted; None where none was requested."""
    left: int = 0
    """Slips or waybills still wanted, this one counted."""
    following: str = ""
    """Ship number of the next slip on the stack."""
    lot: KnownLot | None = None
    """Lot to take: the one on the shelf that expires first."""
    lots: tuple[KnownLot, ...] = ()
    """Lots among which may be chosen, in the order of the choice codes."""
    options: tuple[KnownCode, ...] = ()
    """Products among which is to be chosen, in the order of the choice codes."""
    pending: Pending | None = None
    """Goods that the question is about."""
    second: bool = False
    """Only another person can answer."""
    extra: Extra | None = None
    """What is to go in beside the goods."""
    box: int = 0
    """Box that the question is about; 0 where there is only one and none was proposed."""
    boxes: int = 0
    """Boxes in use or proposed."""
    carton: str = ""
    """Code of its carton, as far as it is known."""

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        out: dict[str, object] = {"kind": str(self.kind)}
        if self.line:
            out |= {
                "line": self.line.id,
                "sku": self.line.sku,
                "name": self.line.name,
                "product_code": printable(self.line.code),
                "shelf": self.line.fetch_from,
                "left": self.line.left,
            }
        if self.code:
            out["code"] = self.code
        if self.slip:
            out |= {"ship_number": self.slip.ship_number, "version": self.slip.version, "left": self.left}
        if self.waybill:
            out |= {
                "waybill": self.waybill.number,
                "last4": self.waybill.last4,
                "piece": self.waybill.piece,
                "pieces": self.waybill.pieces,
                "carrier": self.waybill.carrier,
                "state": str(self.waybill.state),
                "left": self.left,
            }
        if self.following:
            out["next"] = self.following
        if self.lot:
            out |= {"lot": self.lot.lot, "expiry": self.lot.expiry}
        if self.lots:
            out["lots"] = [{"lot": each.lot, "expiry": each.expiry, "pieces": each.pieces} for each in self.lots]
        if self.options:
            out["options"] = [
                {"sku": each.sku, "name": each.name, "shelf": each.shelf, "product": each.product}
                for each in self.options
            ]
        if self.second:
            out["second"] = True
        if self.extra:
            out |= {
                "insert": self.extra.id,
                "insert_kind": self.extra.kind,
                "name": self.extra.name,
                "insert_code": self.extra.paper or printable(self.extra.code),
                "shelf": self.extra.shelf,
                "left": self.extra.left,
            }
        if self.box:
            out |= {"box": self.box, "boxes": self.boxes, "carton": self.carton}
        if self.pending:
            out |= {
                "product": self.pending.product,
                "scanned": self.pending.code,
                "pieces_asked": self.pending.quantity,
            }
        return out


def ask(bench: Bench, rules: Rules) -> Ask:
    """Return what is wanted next; computed from the snapshot, never stored."""
    return _of_box(bench, _ask(bench, rules))


def _of_box(bench: Bench, wanted: Ask) -> Ask:
    """Add which box is meant, where there are several or a carton was proposed or said."""
    order = bench.order
    if order is None or wanted.kind not in _IN_BOX:
        return wanted
    planned = len(bench.plan.boxes) if bench.plan else 0
    box = bench.box
    if wanted.kind is AskKind.WEIGHT:
        box = wanted.box
    elif wanted.kind in _LABELLED:
        box = wanted.waybill.piece if wanted.waybill else 1
    elif wanted.line is not None:
        box = box_for(bench, wanted.line)
    boxes = max(bench.box_count, planned, box)
    carton = bench.carton_of(box)
    return replace(wanted, box=box, boxes=boxes, carton=carton) if carton or boxes > 1 or box > 1 else wanted


def _ask(bench: Bench, rules: Rules) -> Ask:
    if bench.question:
        kind = AskKind(bench.question.kind)
        line = next((each for each in bench.lines if each.id == bench.question.line), None)
        code = bench.question.code
        if kind in _LABELLED:
            return _of_waybill(bench, kind, code)
        lots = takeable(bench.lots, rules.today) if kind in (AskKind.LOT, AskKind.EXPIRY) else ()
        options = bench.options if kind is AskKind.WHICH else ()
        first = lots[0] if lots else None
        second = kind is AskKind.NO_CODE and line is not None and second_needed(line, rules)
        pending = bench.question.pending
        return Ask(kind, line, code, lot=first, lots=lots, options=options, pending=pending, second=second)
    if rules.signin_required and bench.person is None:
        return Ask(AskKind.SIGN_IN)
    if bench.order is None or not bench.order.open:
        return Ask(AskKind.ORDER, following=bench.next_slip)
    slips = slip_wanted(bench)
    if slips:
        return Ask(AskKind.SLIP, slip=slips[0], left=len(slips))
    line = next_line(bench)
    if line:
        return Ask(AskKind.ITEM, line, lot=next(iter(takeable(bench.lots, rules.today)), None))
    papers = bench.order.papers
    if not _short_accepted(bench):
        return Ask(AskKind.CLOSE_SHORT)
    extra = next_extra(bench)
    if extra:
        return Ask(AskKind.INSERT, extra=extra)
    box = _next_unweighed(bench, rules)
    if box:
        return Ask(AskKind.WEIGHT, box=box)
    return _of_waybill(bench, AskKind.WAYBILL) if papers.waybill and not papers.at_close else Ask(AskKind.CLOSE)


def _short_accepted(bench: Bench) -> bool:
    return not bench.short or any(step.kind is StepKind.ACCEPT for step in bench.trail)


def _of_waybill(bench: Bench, kind: AskKind, code: str = "") -> Ask:
    return Ask(kind, code=code, waybill=next_waybill(bench), left=sum(not each.attached for each in bench.waybills))


def next_line(bench: Bench) -> BenchLine | None:
    """The line that goes in next: as the cartons were proposed; else one already begun, then heavy goods first."""
    open_lines = [line for line in bench.lines if line.left > 0]
    if not open_lines:
        return None
    if bench.plan:
        left = {line.id: line.left for line in open_lines}
        found = bench.plan.next_line(left, {line.id: line.done + line.short for line in open_lines})
        if found:
            return next(line for line in open_lines if line.id == found[0])
    return min(open_lines, key=_in_turn)


def _in_turn(line: BenchLine) -> tuple[bool, int]:
    """Sort lines already begun first, then by care; the order of the lines decides between equals."""
    return (not line.done, line.rank)


HEAVY_G = 2_000
"""Goods of this weight go to the bottom of a box: about what crushes a leaflet or dents a small carton."""


@lru_cache(maxsize=4096)
def rank_of(words: Collection[str], fragile: bool, weight_g: int, temperature: str) -> int:
    """Return how late goods go in, by the words of the setting ``pack.order``: cold ones last, fragile before them."""
    cold = "cold_last" in words and temperature != "ambient"
    late = "heavy_first" in words and weight_g < HEAVY_G
    return 4 * cold + 2 * ("fragile_last" in words and fragile) + late


def box_for(bench: Bench, line: BenchLine) -> int:
    """Return the box that the next piece of *line* goes into.

    A proposed box for which no waybill was asked yet has to be asked for first (``KP-PARCEL``).
    """
    order = bench.order
    planned = bench.plan.box_of(line.id, line.done + line.short) if bench.plan else 0
    if not planned or (order is not None and order.carrier and planned > order.parcel_count):
        return bench.box
    return planned


def next_extra(bench: Bench) -> Extra | None:
    """The first thing beside the goods that is not in yet."""
    return next((extra for extra in bench.extras if extra.left > 0), None)


def _next_unweighed(bench: Bench, rules: Rules) -> int:
    """Return the first box that is still to be weighed, where a scale stands here and the shop wants it; 0 for none."""
    if not rules.scale or bench.order is None or bench.order.weight_check == "off":
        return 0
    return next((piece for piece in range(1, bench.box_count + 1) if not bench.box_at(piece).weighed), 0)


def second_needed(line: BenchLine, rules: Rules) -> bool:
    """Return whether another person must vouch for goods of *line* that are counted without their code.

    Goods that do have a code need another pair of eyes; so do all where the shop says so, if it has people at all.
    """
    return rules.people and (rules.nocode == "second" or not (line.handling.no_code or not line.code))


def takeable(lots: tuple[KnownLot, ...], today: str) -> tuple[KnownLot, ...]:
    """Return the lots on the shelf that may go, neither recalled nor expired *today*, the first to expire first."""
    good = [each for each in lots if not each.recalled and not (each.expiry and each.expiry < today)]
    there = [each for each in good if each.pieces > 0 and each.lot]
    return tuple(sorted(there, key=lambda each: (each.expiry or "9999", each.lot)))


def next_waybill(bench: Bench) -> BenchWaybill | None:
    """Return the first waybill that is not on the parcel yet, one with a number before one without."""
    loose = [each for each in bench.waybills if not each.attached]
    return next((each for each in loose if each.number), loose[0] if loose else None)


def slip_wanted(bench: Bench) -> tuple[BenchOrder, ...]:
    """Return the orders of the parcel whose slip must still be scanned."""
    return tuple(each for each in bench.members if each.papers.slip and each.slip not in bench.slips)
