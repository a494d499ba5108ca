"""The bench 検品台 as a value: the snapshot of one station's work.

Facts change it (:mod:`app.domain.facts`); what is asked next is computed from it (:mod:`app.domain.asking`). What a
scan means is decided in :mod:`app.domain.packing`, :mod:`app.domain.goods` and :mod:`app.domain.closing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.barcode import Reading
from app.domain.carton_plan import Plan
from app.domain.orders import OrderState, WaybillState
from app.domain.people import Person, Right
from app.domain.print_rules import NO_FACTS, Out, When, outs_of
from app.domain.products import PLAIN, Handling, KnownCode
from app.domain.weight_suspects import Suspicion
from app.domain.weights import WeightVerdict

__all__ = [
    "UNKNOWN",
    "Bench",
    "BenchLine",
    "BenchOrder",
    "BenchWaybill",
    "Box",
    "Candidate",
    "Details",
    "Extra",
    "FoundWaybill",
    "InPick",
    "KnownCarton",
    "KnownLot",
    "Papers",
    "Pending",
    "PickedGoods",
    "Question",
    "QuestionKind",
    "Refused",
    "Rules",
    "Seen",
    "Step",
    "StepKind",
    "Weighing",
    "Withdrawn",
    "papers_of",
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
    picked: int = 0
    """Pieces that a pick took from their shelf."""
    note: str = ""
    """How it is packed, in the words of its product; told with its first piece."""
    rank: int = 0
    """How late it goes in where no cartons were proposed: heavy goods first, fragile ones last."""
    set_name: str = ""
    """Name of the set that it was sold in; empty where it was sold as it is."""

    @property
    def left(self) -> int:
        """Pieces still wanted."""
        return self.wanted - self.done - self.short

    @property
    def fetch_from(self) -> str:
        """Shelf that the next piece is on; empty where it was picked and is at hand."""
        return "" if self.picked > self.done else self.shelf


@dataclass(frozen=True, slots=True)
class Papers:
    """Which papers an order must have scanned: what its shop decided, for this order."""

    slip: bool = False
    """Its packing slip, before any goods."""
    waybill: bool = False
    """Its waybill 送り状, to close the parcel."""
    at_close: bool = False
    """The waybill is requested when the parcel closes 都度, not before; the label follows."""
    out: tuple[tuple[When, str], ...] = ((When.RELEASE, "packing_slip"),)
    """Papers that come out for it, each with when, in their order: by print rules, else as its shop decided."""

    def due(self, *when: When) -> tuple[str, ...]:
        """Return the papers that come out then."""
        return tuple(paper for at, paper in self.out if at in when)


def papers_of(settings: Mapping[str, str], carrier: str, outs: Sequence[Out] | None = None) -> Papers:
    """Return what *settings* ask for an order that goes by *carrier* (empty for none); ``auto`` is on with a carrier.

    A slip that is not printed at the release cannot be asked for: one that comes out later lies beside who opened the
    order. Without a carrier there is no waybill. An invoice carries the slip's code and stands in for it.

    :param outs: what comes out for the order by the print rules; None where there are none.
    """
    outs = outs_of((), settings, NO_FACTS) if outs is None else outs
    slip = settings.get("slip.required", "auto")
    asked = slip == "on" or (slip == "auto" and bool(carrier))
    coded = any(each.ruled.when is When.RELEASE and each.coded for each in outs)
    waybill = bool(carrier) and settings.get("waybill.required", "auto") != "off"
    return Papers(
        slip=asked and coded,
        waybill=waybill,
        at_close=waybill and settings.get("waybill.when", "release") == "close",
        out=tuple((each.ruled.when, each.paper) for each in outs),
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
    picking: bool = False
    """A pick job has it and is not done."""
    totes: tuple[str, ...] = ()
    """Totes and wall slots in which what was picked for it waits: all of them must be fetched."""
    pack_scan: str = "unit"
    """How its shop wants picked goods scanned, the setting ``pack.scan``: ``unit``, ``line`` or ``off``."""
    weight_check: str = "off"
    """What its shop does with a wrong weight, the setting ``weight.check``: ``refuse``, ``warn`` or ``off``."""
    plan: Plan | None = None
    """Which cartons were proposed, and what goes into each."""

    @property
    def scan(self) -> str:
        """How its goods are scanned here: only what a pick has proven may be scanned by the line or not at all."""
        return self.pack_scan if self.state is OrderState.PICKED else "unit"

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
class Extra:
    """What goes into the box beside what was sold 同梱物: a leaflet, a sample, a noshi paper …"""

    id: int
    kind: str
    """``insert``, ``sample``, ``card``, ``noshi``, ``wrap``, ``cold`` or ``material``."""
    name: str
    wanted: int = 1
    done: int = 0
    short: int = 0
    """Pieces that ran out."""
    product: int | None = None
    """None for a paper that was printed for just this order: it has a code of its own."""
    code: str = ""
    """The product's main printed code, or its SKU."""
    shelf: str = ""
    order: int = 0
    """Order that it is for."""

    @property
    def left(self) -> int:
        """Pieces still wanted."""
        return self.wanted - self.done - self.short

    @property
    def paper(self) -> str:
        """The code on a paper that was printed for it, such as ``KN-57``; empty for goods."""
        return "" if self.product is not None else f"KN-{self.id}"


@dataclass(frozen=True, slots=True)
class Box:
    """One box 個口 of the parcel, as far as something is known of it."""

    piece: int
    """Its number, that of the piece that its waybill says."""
    carton: str = ""
    """Code of its carton where a person said it; else the proposed one counts."""
    weight_g: int | None = None
    """What the scale said."""
    why: str = ""
    """Why it passes without a good weight."""

    @property
    def weighed(self) -> bool:
        """Whether the question for its weight is answered."""
        return self.weight_g is not None or bool(self.why)


@dataclass(frozen=True, slots=True)
class KnownCarton:
    """A carton of the shop's list."""

    code: str
    name: str
    suits: bool = True
    """Whether the order's service takes parcels in it."""
    services: tuple[str, ...] = ()
    """Services that it may go by, ``carrier/service``; empty for any."""
    follow: str = ""
    """One of them that takes this order, where its own service does not suit; empty for none."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the scale says of the box that is asked for, held against what should be in it."""

    verdict: WeightVerdict
    suspects: tuple[Suspicion, ...] = ()


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


@dataclass(frozen=True, slots=True)
class InPick:
    """The pick job that has an order."""

    job: str
    """Its number, such as ``12-3``."""
    station: str = ""
    """Station that walks it; empty while nobody does."""
    person: str = ""
    """Name of who walks it."""


@dataclass(frozen=True, slots=True)
class PickedGoods:
    """Goods of one lot that a pick took for an order and that are not packed yet."""

    product: int
    lot: str
    """Lot as the ledger keeps it."""
    pieces: int
    line: int | None = None
    """Line that they were scanned for at the shelf; None where no scan of the goods themselves proved them."""
    code: str = ""
    """What was scanned then."""
    expiry: str = ""
    recalled: bool = False


class StepKind(StrEnum):
    """What one undoable step was."""

    PACK = "pack"
    SHORT = "short"
    CLOSE = "close"
    SLIP = "slip"
    ACCEPT = "accept"
    """Somebody decided to close without the short pieces."""
    ATTACH = "attach"
    INSERT = "insert"
    """Something beside the goods went in."""
    NO_INSERT = "noinsert"
    """It ran out."""
    BOX = "box"
    """Another box is filled now."""
    CARTON = "carton"
    """A person said which carton it is."""
    MOVE = "move"
    """A piece lies in another box."""
    WEIGH = "weigh"


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
    """How the goods were counted where it was not by a scan alone: ``keyed``, ``no_code``, ``chosen``, ``allowed``, by
    one scan for the whole ``line``, or as they were ``picked``. Of a close ``picked`` says that the order was."""
    by: int | None = None
    """Person who vouched for it."""
    box: int = 1
    """Box that it was done in."""
    extra: int | None = None
    """Insert that it is about."""


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
    BOX = "box"
    """What is to be done about the box?"""
    MOVE = "move"
    """Which piece lies in this box and not in the one where it was scanned?"""


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
    extras: tuple[Extra, ...] = ()
    """What goes in beside the goods and is scanned."""
    boxes: tuple[Box, ...] = ()
    """Boxes of which something is known, by their number."""
    box: int = 1
    """The box that is being filled."""
    free: bool = False
    """The packer parts the goods otherwise than it was proposed."""

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
    def plan(self) -> Plan | None:
        """The proposed cartons, as long as the packer follows them."""
        return None if self.free or self.order is None else self.order.plan

    @property
    def box_count(self) -> int:
        """Boxes in use."""
        return max((each.piece for each in self.boxes), default=1)

    def box_at(self, piece: int) -> Box:
        """What is known of a box."""
        return next((each for each in self.boxes if each.piece == piece), Box(piece))

    def carton_of(self, piece: int) -> str:
        """Code of a box's carton: what a person said, else what was proposed; empty where neither is."""
        said = self.box_at(piece).carton
        planned = self.order.plan.boxes if self.order and self.order.plan else ()
        return said or (planned[piece - 1].carton if piece <= len(planned) else "")

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
    extras: tuple[Extra, ...] = ()
    boxes: tuple[Box, ...] = ()
    box: int = 1
    """Its box that is being filled."""
    free: bool = False
    trail: tuple[Step, ...] = ()
    """What stands in that parcel, where it was loaded."""
    waybills: tuple[BenchWaybill, ...] = ()
    """Waybills of a closed parcel that waits for its label."""
    unlabelled: bool = False
    """It is closed and its waybill is not on it yet."""
    in_pick: InPick | None = None
    """The pick job that has it and is not done."""
    goods: tuple[PickedGoods, ...] = ()
    """What was picked for it and is not packed yet."""

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
    picked: tuple[PickedGoods, ...] = ()
    """What was picked for the open order and is not packed yet."""
    being_picked: bool = False
    """For ``KP-NEXT`` that finds nothing: orders are still being picked."""
    carton: KnownCarton | None = None
    """The carton that was scanned, or that comes next in the list of those that hold the same."""
    weighing: Weighing | None = None
    """What a weight says of the box that is asked for."""
    single: Candidate | None = None
    """While nothing is open: the most urgent order of one piece that was picked and wants the scanned goods."""


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
    shadow: bool = False
    """Whether everything is only recorded and nothing is stopped."""
    scale: bool = False
    """Whether a scale stands here that works."""
