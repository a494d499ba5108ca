"""The bench 検品台 as a value: the snapshot of one station's work, and what is wanted next.

Facts change it (:mod:`app.domain.facts`); :func:`ask` is computed from it, never stored. What a scan means is decided
in :mod:`app.domain.packing` and :mod:`app.domain.closing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.barcode import Reading, printable
from app.domain.orders import OrderState, WaybillState
from app.domain.people import Person, Right
from app.domain.products import PLAIN, Handling, KnownCode

__all__ = [
    "DETAILS",
    "UNKNOWN",
    "Ask",
    "AskKind",
    "Bench",
    "BenchLine",
    "BenchOrder",
    "BenchWaybill",
    "Candidate",
    "Details",
    "FoundWaybill",
    "KnownLot",
    "Papers",
    "Pending",
    "Question",
    "QuestionKind",
    "Refused",
    "Rules",
    "Seen",
    "Step",
    "StepKind",
    "Withdrawn",
    "ask",
    "next_line",
    "next_waybill",
    "papers_of",
    "slip_wanted",
    "takeable",
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
    handling: Handling = PLAIN

    @property
    def left(self) -> int:
        """Pieces still wanted."""
        return self.wanted - self.done - self.short


@dataclass(frozen=True, slots=True)
class Papers:
    """Which papers an order must have scanned: what its shop decided, for this order."""

    slip: bool = False
    """Its packing slip, before any goods."""
    waybill: bool = False
    """Its waybill 送り状, to close the parcel."""
    at_close: bool = False
    """The waybill is requested when the parcel closes 都度, not before; the label follows."""
    printed: str = "release"
    """When the slip is printed: the setting ``slip.when``."""


def papers_of(settings: Mapping[str, str], carrier: str) -> Papers:
    """Return what *settings* ask for an order that goes by *carrier* (empty for none); ``auto`` is on with a carrier.

    A slip that is not printed at the release cannot be asked for, and without a carrier there is no waybill.
    """
    printed = settings.get("slip.when", "release")
    slip = settings.get("slip.required", "auto")
    waybill = bool(carrier) and settings.get("waybill.required", "auto") != "off"
    return Papers(
        slip=printed == "release" and (slip == "on" or (slip == "auto" and bool(carrier))),
        waybill=waybill,
        at_close=waybill and settings.get("waybill.when", "release") == "close",
        printed=printed,
    )


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
    carrier: str = ""
    service: str = ""
    cod: int = 0
    """Cash to collect, yen."""
    parcel_count: int = 1
    """Wanted pieces 個口."""
    temperature: str = "ambient"
    papers: Papers = Papers()
    min_days: int = 0
    """Days that its shop wants goods to keep at least when they are packed."""

    @property
    def named(self) -> str:
        """What to scan or type for just this order: the ship number, before the release shop, number and ship-to."""
        return self.ship_number or f"{self.shop}:{self.number}/{self.ship_to}".removesuffix("/")

    @property
    def open(self) -> bool:
        """Whether goods may still be scanned into it."""
        return self.state in (OrderState.RELEASED, OrderState.PICKED)

    @property
    def slip(self) -> str:
        """What its slip says: ship number and version, such as ``12-034-1``."""
        return f"{self.ship_number}-{self.version}"

    @property
    def place(self) -> tuple[int, int]:
        """Batch and sequence; zeros before the release."""
        batch, _, sequence = self.ship_number.partition("-")
        return (int(batch), int(sequence)) if sequence else (0, 0)


@dataclass(frozen=True, slots=True)
class BenchWaybill:
    """One waybill 送り状: one piece of one request for one version of an order."""

    id: int
    order: int
    ship_number: str
    version: int
    key: str
    """The carrier's customer key, such as ``12-034-1``."""
    piece: int
    pieces: int
    carrier: str
    state: WaybillState
    number: str = ""
    """Tracking number; empty while the carrier has not given one."""
    cod: int = 0
    """Cash to collect for the whole shipment, as asked for; yen."""
    carrier_cod: int | None = None
    """The same as the carrier's software printed it; None where it did not say."""
    carrier_pieces: int | None = None
    reason: str = ""
    """Why it was rejected or voided."""
    export: int | None = None
    """Carrier file that it went out in: one printed stack."""

    @property
    def attached(self) -> bool:
        """Whether it sticks on its parcel."""
        return self.state in (WaybillState.ATTACHED, WaybillState.HANDED_OVER)

    @property
    def last4(self) -> str:
        """The last four digits, which people compare."""
        return self.number[-4:]


@dataclass(frozen=True, slots=True)
class FoundWaybill:
    """A waybill that has the scanned number, and the order that it was made for."""

    waybill: BenchWaybill
    order_state: OrderState
    order_version: int
    offset: int = 0
    """How many orders after (before: negative) the wanted one it lies in the printed stack; 0 where it is no
    neighbour or in another stack."""


class StepKind(StrEnum):
    """What one undoable step was."""

    PACK = "pack"
    SHORT = "short"
    CLOSE = "close"
    SLIP = "slip"
    ACCEPT = "accept"
    """Somebody decided to close without the short pieces."""
    ATTACH = "attach"


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to the open order that undo can take back; steps of one act go together."""

    act: str
    kind: StepKind
    line: int | None = None
    product: int | None = None
    code: str = ""
    """Code of the goods, what the slip says, number of the waybill."""
    quantity: int = 0
    lot: str = ""
    source: str = ""
    """Place the goods came from; empty where stock is not tracked."""
    reason: str = ""
    """Why pieces are short, or why the parcel was closed without its waybill."""
    waybill: int | None = None
    """Waybill that was attached."""
    expiry: str = ""
    serial: str = ""
    how: str = ""
    """How the goods were counted where it was not by a scan alone: ``keyed``, ``no_code``, ``chosen``, ``allowed``."""
    by: int | None = None
    """Person who vouched for it."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of pieces beside their product."""

    lot: str = ""
    expiry: str = ""
    """``YYYY-MM-DD``."""
    serial: str = ""


UNKNOWN = Details()
"""Nothing is known."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Goods that were named and are not counted yet, because something is asked first."""

    code: str
    """Text that named them, as scanned; the SKU of goods that have no code."""
    product: int | None = None
    """None while it is asked which product is meant."""
    quantity: int = 1
    details: Details = UNKNOWN
    how: str = ""
    by: int | None = None
    """Person who vouches for it."""
    reason: str = ""
    allowed: tuple[str, ...] = ()
    """Guards that somebody with the right let pass."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What the station's last act refused and somebody with the right may allow."""

    guard: str
    """Name of the guard, see :mod:`app.domain.guards`."""
    pending: Pending


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot ロット of a product."""

    lot: str
    expiry: str = ""
    """``YYYY-MM-DD``; empty for none."""
    pieces: int = 0
    """Pieces on the product's shelf, by the books."""
    recalled: bool = False
    reason: str = ""
    """Why it was recalled."""


class QuestionKind(StrEnum):
    """Questions that a person raised and the next answer clears."""

    SHORT_REASON = "short_reason"
    REPRINT_REASON = "reprint_reason"
    TAKE_OVER = "take_over"
    TEACH = "teach"
    LABEL = "label"
    HAND_WAYBILL = "hand_waybill"
    OVERRIDE_REASON = "override_reason"
    SERVICE_REASON = "service_reason"
    WHICH = "which"
    """Several products have the scanned code."""
    ONE_MORE = "one_more"
    """The same code again, faster than a hand can lift the next piece."""
    LOT = "lot"
    EXPIRY = "expiry"
    SERIAL = "serial"
    QUANTITY = "quantity"
    NO_CODE = "no_code"
    ALLOW_REASON = "allow_reason"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands."""

    kind: QuestionKind
    line: int | None = None
    """Line that is to be declared short."""
    order: int | None = None
    """Order that is to be taken over, printed again or labelled."""
    code: str = ""
    """Unknown code that is to be tied to a product, or number that is to be written in by hand."""
    pending: Pending | None = None
    """Goods that wait for the answer."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One station's work: everything a decision may look at."""

    order: BenchOrder | None = None
    """The open order, or the one just closed until another is opened; of merged ones the lead."""
    lines: tuple[BenchLine, ...] = ()
    trail: tuple[Step, ...] = ()
    """Standing steps, oldest first."""
    question: Question | None = None
    person: Person | None = None
    """Who is signed in."""
    unknown: str = ""
    """What the station's last act refused as unknown and a leader's badge may settle: a GTIN-14 that is to be tied to
    a product, or the number of a waybill that is to be written in by hand."""
    held: bool = False
    """Somebody put the open order on hold meanwhile: it may only be undone, set aside or handed back."""
    followers: tuple[BenchOrder, ...] = ()
    """Orders that share the open order's parcel 同梱."""
    slips: tuple[str, ...] = ()
    """What the slips say that were scanned for this parcel."""
    waybills: tuple[BenchWaybill, ...] = ()
    """Waybills of the order's current version that are not void, by piece; empty as long as none is asked for."""
    changed: bool = False
    """The order has another version than the one that was opened."""
    lost: bool = False
    """The office took the order off this station."""
    next_slip: str = ""
    """Ship number of the next slip on the stack after the order here."""
    off_by: int = 0
    """How far the last wrong waybill was away in the printed stack."""
    off_order: int | None = None
    """Order that it was scanned for."""
    last_code: str = ""
    """What the station's last act scanned, where it was goods and was counted."""
    refused: Refused | None = None
    """What the station's last act refused and somebody with the right may allow."""
    lots: tuple[KnownLot, ...] = ()
    """Lots on the shelf of the goods that are wanted next; loaded for showing only."""
    options: tuple[KnownCode, ...] = ()
    """Products among which a ``which`` question asks to choose."""

    @property
    def done(self) -> int:
        """Pieces verified."""
        return sum(line.done for line in self.lines)

    @property
    def wanted(self) -> int:
        """Pieces ordered."""
        return sum(line.wanted for line in self.lines)

    @property
    def short(self) -> int:
        """Pieces declared short."""
        return sum(line.short for line in self.lines)

    @property
    def members(self) -> tuple[BenchOrder, ...]:
        """Every order of the parcel, the lead first."""
        return (self.order, *self.followers) if self.order else ()

    @property
    def cod(self) -> int:
        """Cash to collect for the parcel, yen."""
        return sum(order.cod for order in self.members)


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
    followers: tuple[BenchOrder, ...] = ()
    parked: bool = False
    """Its parcel was set aside and goes on."""
    parcel: int | None = None
    """Its parcel that is open or parked, or closed and without its label."""
    slips: tuple[str, ...] = ()
    """Slips scanned for that parcel."""
    trail: tuple[Step, ...] = ()
    """What stands in that parcel, where it was loaded."""
    waybills: tuple[BenchWaybill, ...] = ()
    """Waybills of a closed parcel that waits for its label."""
    unlabelled: bool = False
    """It is closed and its waybill is not on it yet."""

    @property
    def members(self) -> tuple[BenchOrder, ...]:
        """Every order of the parcel, the lead first."""
        return (self.order, *self.followers)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A ship number whose release was taken back 出荷指示の取り消し."""

    ship_number: str
    order: str
    """The shop's order number."""
    current: str = ""
    """Ship number that the order has now; empty where it is not released."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A code after it was read and looked up."""

    reading: Reading
    products: tuple[KnownCode, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Orders that the text names; for ``KP-NEXT`` and a list the next one to pack."""
    person: Person | None = None
    elsewhere: str = ""
    """Ship number of another open order that wants this product."""
    parts: tuple[str, ...] = ()
    """Wanted codes as printed, for telling half a code; filled only when nothing was found."""
    waybills: tuple[FoundWaybill, ...] = ()
    """Waybills that have this number and are none of the open order's current ones."""
    withdrawn: Withdrawn | None = None
    most_pieces: int = 0
    """For ``KP-PARCEL``: most pieces that the order's service takes."""
    asked: tuple[KnownCode, ...] = ()
    """Goods that the standing question, the last count or the last refusal is about."""
    lots: tuple[KnownLot, ...] = ()
    """Lots on the shelf of the goods in hand, and the one that was named."""
    serial_in: str = ""
    """Ship number of the order into which this serial went before; ``?`` where it has none any more."""
    since: int | None = None
    """Milliseconds since the scan before, by the reader's own clock; None where there is no such clock."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the shop decided, and what the person may do."""

    station: str = ""
    rights: frozenset[Right] = frozenset(Right)
    release_at_open: bool = True
    signin_required: bool = False
    stock_tracked: bool = True
    today: str = ""
    """Today in the shop's time zone, ``YYYY-MM-DD``."""
    pace_ms: int = 0
    """Fastest time in which a hand lifts the next piece, milliseconds; 0 switches the guard off."""
    lot_order: str = "warn"
    """What happens when another lot than the one that expires first is taken: ``warn``, ``refuse``, ``off``."""
    unknown_lot: str = "ok"
    """Whether a lot that nobody booked in is taken: ``ok``, ``refuse``."""
    people: bool = False
    """Whether anybody is entered, so that a second person can vouch."""
    nocode: str = "either"
    """Who vouches for goods without a code: ``second`` (another person), ``either`` (or a reason), ``off``."""
    alike_units: bool = True
    """Whether each piece of goods that have a look-alike must be scanned."""
    overridable: frozenset[str] = frozenset()
    """Guards that somebody with the right may let pass."""


# --- what is wanted next ------------------------------------------------------------------------------------------


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
        if self.pending:
            out |= {"scanned": self.pending.code, "pieces_asked": self.pending.quantity}
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
        return Ask(kind, line, code, lot=first, lots=lots, options=options, pending=bench.question.pending)
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
