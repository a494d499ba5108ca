"""What is wanted next at the bench: computed from the snapshot of its work, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.bench import Bench, BenchLine, BenchOrder, BenchWaybill, KnownLot, Pending, Rules, StepKind
from app.domain.gtin import printable
from app.domain.products import KnownCode

__all__ = ["DETAILS", "Ask", "AskKind", "ask", "next_line", "next_waybill", "second_needed", "slip_wanted", "takeable"]


class AskKind(StrEnum):
    """What the station wants next."""

    SIGN_IN = "sign_in"
    ORDER = "order"
    SLIP = "slip"
    ITEM = "item"
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


DETAILS = (AskKind.LOT, AskKind.EXPIRY, AskKind.SERIAL, AskKind.QUANTITY)
"""Questions that any text may answer."""

_LABELLED = (AskKind.WAYBILL, AskKind.LABEL, AskKind.HAND_WAYBILL)


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
        if self.pending:
            out |= {
                "product": self.pending.product,
                "scanned": self.pending.code,
                "pieces_asked": self.pending.quantity,
            }
        return out


def ask(bench: Bench, rules: Rules) -> Ask:
    """Return what is wanted next; computed from the snapshot, never stored."""
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
    line = next_line(bench.lines)
    if line:
        return Ask(AskKind.ITEM, line, lot=next(iter(takeable(bench.lots, rules.today)), None))
    papers = bench.order.papers
    if not _short_accepted(bench):
        return Ask(AskKind.CLOSE_SHORT)
    return _of_waybill(bench, AskKind.WAYBILL) if papers.waybill and not papers.at_close else Ask(AskKind.CLOSE)


def _short_accepted(bench: Bench) -> bool:
    return not bench.short or any(step.kind is StepKind.ACCEPT for step in bench.trail)


def _of_waybill(bench: Bench, kind: AskKind, code: str = "") -> Ask:
    return Ask(kind, code=code, waybill=next_waybill(bench), left=sum(not each.attached for each in bench.waybills))


def next_line(lines: tuple[BenchLine, ...]) -> BenchLine | None:
    """A line already begun goes first, then the order of the lines."""
    open_lines = [line for line in lines if line.left > 0]
    return next((line for line in open_lines if line.done), open_lines[0] if open_lines else None)


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
