"""Orders: what comes in from a shop, what keeps an order from shipping, and how an order lives.

Every transition of an order is in :data:`ORDER_LIFE`, every one of a parcel in :data:`PARCEL_LIFE`; a missing entry
is the refusal. An order's identity is shop, number and ship-to (a shop is one store on a channel).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

__all__ = [
    "COMPUTED_HOLDS",
    "ORDER_LIFE",
    "PARCEL_LIFE",
    "QUEUED_STATES",
    "WAYBILL_LIFE",
    "Address",
    "Hold",
    "IncomingLine",
    "IncomingOrder",
    "OrderEvent",
    "OrderState",
    "ParcelEvent",
    "ParcelState",
    "Problem",
    "ShipNumber",
    "Totals",
    "WaybillEvent",
    "WaybillState",
    "content_hash",
    "next_state",
]


class OrderState(StrEnum):
    """Where an order stands (DESIGN: lives of an order)."""

    RECEIVED = "received"
    READY = "ready"
    RELEASED = "released"
    PICKED = "picked"
    VERIFIED = "verified"
    SHIPPED = "shipped"
    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    RETURNED = "returned"


QUEUED_STATES = (OrderState.READY, OrderState.RELEASED, OrderState.PICKED)
"""States from which the bench may open an order (``ready`` only where ``release.at_open`` is on)."""


class OrderEvent(StrEnum):
    """What can happen to an order as a whole."""

    HOLDS_EMPTY = "holds_empty"
    HELD = "held"
    RELEASE = "release"
    UNRELEASE = "unrelease"
    PICK = "pick"
    CLOSE = "close"
    REOPEN = "reopen"
    HAND_OVER = "hand_over"
    REPORT = "report"
    REPORT_FAILED = "report_failed"
    ACKNOWLEDGE = "acknowledge"
    CANCEL = "cancel"
    RETURN = "return"


_S, _E = OrderState, OrderEvent

ORDER_LIFE: Mapping[tuple[OrderState, OrderEvent], OrderState] = {
    (_S.RECEIVED, _E.HOLDS_EMPTY): _S.READY,
    (_S.READY, _E.HELD): _S.RECEIVED,
    (_S.READY, _E.RELEASE): _S.RELEASED,
    (_S.RELEASED, _E.UNRELEASE): _S.READY,
    (_S.PICKED, _E.UNRELEASE): _S.READY,
    # An order taken back from the bench short keeps its ship number and waits for a person under its hold.
    (_S.RELEASED, _E.HELD): _S.RELEASED,
    (_S.PICKED, _E.HELD): _S.PICKED,
    (_S.RELEASED, _E.PICK): _S.PICKED,
    (_S.RELEASED, _E.CLOSE): _S.VERIFIED,
    (_S.PICKED, _E.CLOSE): _S.VERIFIED,
    (_S.VERIFIED, _E.REOPEN): _S.RELEASED,
    # A change wants something that was not picked.
    (_S.PICKED, _E.REOPEN): _S.RELEASED,
    (_S.VERIFIED, _E.HAND_OVER): _S.SHIPPED,
    (_S.SHIPPED, _E.REPORT): _S.REPORTED,
    (_S.REPORTED, _E.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    # The shop's error file refused it: it is to be reported again.
    (_S.REPORTED, _E.REPORT_FAILED): _S.SHIPPED,
    # Cancelling stops everything up to the hand-over; after it the shop's cancellation is a return.
    (_S.RECEIVED, _E.CANCEL): _S.CANCELLED,
    (_S.READY, _E.CANCEL): _S.CANCELLED,
    (_S.RELEASED, _E.CANCEL): _S.CANCELLED,
    (_S.PICKED, _E.CANCEL): _S.CANCELLED,
    (_S.VERIFIED, _E.CANCEL): _S.CANCELLED,
    (_S.SHIPPED, _E.RETURN): _S.RETURNED,
    (_S.REPORTED, _E.RETURN): _S.RETURNED,
    (_S.ACKNOWLEDGED, _E.RETURN): _S.RETURNED,
}
"""The whole life of an order: state and event give the next state."""


def next_state(state: OrderState, event: OrderEvent) -> OrderState | None:
    """Return the state after *event*, or None where the life has no such step (the refusal)."""
    return ORDER_LIFE.get((state, event))


class ParcelState(StrEnum):
    """Where one parcel 個口 stands."""

    OPEN = "open"
    CLOSED = "closed"
    HANDED_OVER = "handed_over"
    PARKED = "parked"
    PULLED = "pulled"
    RETURNED = "returned"


class ParcelEvent(StrEnum):
    """What can happen to a parcel."""

    CLOSE = "close"
    REOPEN = "reopen"
    PARK = "park"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    PULL = "pull"
    EMPTY = "empty"
    RETURN = "return"


_P, _Q = ParcelState, ParcelEvent

PARCEL_LIFE: Mapping[tuple[ParcelState, ParcelEvent], ParcelState] = {
    (_P.OPEN, _Q.CLOSE): _P.CLOSED,
    (_P.CLOSED, _Q.REOPEN): _P.OPEN,
    (_P.OPEN, _Q.PARK): _P.PARKED,
    (_P.PARKED, _Q.RESUME): _P.OPEN,
    (_P.CLOSED, _Q.HAND_OVER): _P.HANDED_OVER,
    # Handed back or cancelled: what was in it goes back, the parcel itself ends.
    (_P.OPEN, _Q.PULL): _P.PULLED,
    (_P.PARKED, _Q.PULL): _P.PULLED,
    (_P.CLOSED, _Q.PULL): _P.PULLED,
    (_P.HANDED_OVER, _Q.RETURN): _P.RETURNED,
}
"""The whole life of a parcel."""


class WaybillState(StrEnum):
    """Where one waybill 送り状 stands."""

    REQUESTED = "requested"
    EXPORTED = "exported"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NUMBERED = "numbered"
    ATTACHED = "attached"
    HANDED_OVER = "handed_over"
    VOID = "void"


class WaybillEvent(StrEnum):
    """What can happen to a waybill."""

    EXPORT = "export"
    ACCEPT = "accept"
    REJECT = "reject"
    NUMBER = "number"
    ATTACH = "attach"
    DETACH = "detach"
    HAND_OVER = "hand_over"
    VOID = "void"


_W, _V = WaybillState, WaybillEvent

WAYBILL_LIFE: Mapping[tuple[WaybillState, WaybillEvent], WaybillState] = {
    (_W.REQUESTED, _V.EXPORT): _W.EXPORTED,
    (_W.EXPORTED, _V.ACCEPT): _W.ACCEPTED,
    (_W.EXPORTED, _V.REJECT): _W.REJECTED,
    # A file of numbers accepts and numbers in one row.
    (_W.EXPORTED, _V.NUMBER): _W.NUMBERED,
    (_W.ACCEPTED, _V.NUMBER): _W.NUMBERED,
    # Written by hand: by right, without any file.
    (_W.REQUESTED, _V.NUMBER): _W.NUMBERED,
    (_W.REJECTED, _V.NUMBER): _W.NUMBERED,
    (_W.NUMBERED, _V.ATTACH): _W.ATTACHED,
    # Undone at the bench: the label comes off the box again.
    (_W.ATTACHED, _V.DETACH): _W.NUMBERED,
    (_W.ATTACHED, _V.HAND_OVER): _W.HANDED_OVER,
    (_W.REQUESTED, _V.VOID): _W.VOID,
    (_W.EXPORTED, _V.VOID): _W.VOID,
    (_W.ACCEPTED, _V.VOID): _W.VOID,
    (_W.REJECTED, _V.VOID): _W.VOID,
    (_W.NUMBERED, _V.VOID): _W.VOID,
    (_W.ATTACHED, _V.VOID): _W.VOID,
}
"""The whole life of a waybill."""


class Hold(StrEnum):
    """A reason why an order may not ship yet 保留. Computed ones go by themselves, set ones are lifted by a person."""

    UNKNOWN_PRODUCT = "unknown_product"
    NO_STOCK = "no_stock"
    BAD_ADDRESS = "bad_address"
    MISSING_PHONE = "missing_phone"
    UNPAID = "unpaid"
    DATE_AHEAD = "date_ahead"
    PRE_ORDER = "pre_order"
    ADDRESS_AWAITED = "address_awaited"
    MERGE_PROPOSED = "merge_proposed"
    GONE_FROM_SHOP = "gone_from_shop"
    REMARK = "remark"
    SHORT = "short"
    CANCEL_REQUESTED = "cancel_requested"
    CHANGED = "changed"
    DATE_IMPOSSIBLE = "date_impossible"
    """The wished date can no longer be met 日時不可: ask the customer."""
    SERVICE = "service"
    """The bench asks for another service 便の変更: too thick, too heavy, one more parcel than the service takes."""
    BY_HAND = "by_hand"


COMPUTED_HOLDS = frozenset(
    {
        Hold.UNKNOWN_PRODUCT,
        Hold.NO_STOCK,
        Hold.BAD_ADDRESS,
        Hold.MISSING_PHONE,
        Hold.UNPAID,
        Hold.DATE_AHEAD,
        Hold.PRE_ORDER,
        Hold.ADDRESS_AWAITED,
        Hold.MERGE_PROPOSED,
        Hold.GONE_FROM_SHOP,
        Hold.DATE_IMPOSSIBLE,
    }
)
"""Holds that go when they are no longer true; a person's lift lasts until the order's content changes."""


@dataclass(frozen=True, slots=True)
class ShipNumber:
    """The short number 出荷番号 of a released order: batch and place in the batch, such as ``12-034``."""

    batch: int
    """Number of the release call; never restarts."""
    sequence: int
    """Place in the batch, from 1."""
    version: int | None = None
    """Version a paper was printed for; None where the text names none."""

    def __str__(self) -> str:
        return f"{self.batch}-{self.sequence:03d}"

    def coded(self, version: int) -> str:
        """Text of the slip's bar code: ``KO-12-034-1`` (at most 16 characters after the prefix)."""
        return f"KO-{self}-{version}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where goods go, or who bought them. Parts are as the shop gave them; an absent part is empty."""

    name: str = ""
    """Name of the person or company, without 様."""
    postcode: str = ""
    """Postcode; Japanese ones as ``150-0001``."""
    prefecture: str = ""
    """都道府県, or the state or province elsewhere."""
    city: str = ""
    """市区町村."""
    street: str = ""
    """Everything after the city, building included."""
    phone: str = ""
    """Phone number, digits and hyphens."""
    country: str = ""
    """ISO country code, or the name the shop gave; empty means the shop's own country."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The channel's own totals, as decimal text in the order's currency; empty where the channel gives none."""

    subtotal: str = ""
    shipping: str = ""
    fee: str = ""
    discount: str = ""
    points: str = ""
    tax: str = ""
    total: str = ""
    currency: str = "JPY"


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One line 明細 of an incoming order; only goods with a quantity of at least one."""

    sku: str
    """The shop's product code, stripped."""
    name: str
    """The shop's product name."""
    quantity: int
    """Pieces to ship, at least 1."""
    price: str = ""
    """Price of one piece as decimal text; empty where unknown."""
    tax_rate: str = ""
    """Tax rate as decimal text such as ``0.08``; empty where unknown."""
    options: str = ""
    """Option text chosen by the buyer."""
    row: int = 0
    """Row in the file, for reports; not part of the content."""


@dataclass(frozen=True, slots=True)
class IncomingOrder:
    """One order for one ship-to, as a channel read it."""

    number: str
    """The shop's order number."""
    lines: tuple[IncomingLine, ...]
    ship_to_key: str = ""
    """The shop's key of the ship-to; empty where an order has only one."""
    ordered_at: int | None = None
    """When the buyer ordered, milliseconds since 1970 UTC."""
    cut_off: int | None = None
    """Carrier pickup to catch, milliseconds since 1970 UTC; None unless a mapping supplies it."""
    priority: int = 0
    """Higher goes first among equal cut-offs."""
    cancelled: bool = False
    """The shop says the order is cancelled."""
    holds: tuple[Hold, ...] = ()
    """Holds the channel itself sees (unpaid, remark, address not yet given …)."""
    gift: bool = False
    """No prices on the slip."""
    buyer: Address = field(default_factory=Address)
    ship_to: Address = field(default_factory=Address)
    note: str = ""
    """The customer's remark."""
    payment: str = ""
    """Payment method as the shop names it."""
    cod_amount: str = ""
    """Cash to collect on delivery as decimal text; empty where there is none."""
    delivery: str = ""
    """Delivery method as the shop names it."""
    wish: str = ""
    """Wished date and time, as the shop wrote them."""
    totals: Totals = field(default_factory=Totals)
    email: str = ""
    """The buyer's mail address, which a mall may have masked (formats.md, H); empty where the file has none. Not part
    of the content: nothing that is packed or printed changes with it."""
    row: int = 0
    """First row of the order in the file, for reports; not part of the content."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a file: where it is, what it is, and (by its sentence) what to do."""

    file: str
    """File name without folder."""
    row: int
    """Row as a spreadsheet counts (the header is row 1); 0 means the file as a whole."""
    column: str
    """Column as the file names it; empty where the row as a whole is meant."""
    value: str
    """The value as read, shortened to 120 characters."""
    key: str
    """Key of the sentence, such as ``intake.unknown_product``."""
    args: tuple[tuple[str, str], ...] = ()
    """More placeholders of the sentence, as name and value."""


def content_hash(order: IncomingOrder) -> str:
    """Return a digest of everything that matters about *order*; rows in the file and the mail address do not.

    The parts are joined by a control character, which readers take out of every text, so no two contents look alike.
    """
    parts = [
        order.number,
        order.ship_to_key,
        f"{order.ordered_at},{order.cut_off},{order.priority},{order.cancelled},{order.gift}",
        ",".join(order.holds),
        *_texts(order.buyer),
        *_texts(order.ship_to),
        order.note,
        order.payment,
        order.cod_amount,
        order.delivery,
        order.wish,
        *_texts(order.totals),
    ]
    for line in order.lines:
        parts += (line.sku, line.name, str(line.quantity), line.price, line.tax_rate, line.options)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


_ADDRESS_TEXTS = attrgetter(*Address.__slots__)
_TOTALS_TEXTS = attrgetter(*Totals.__slots__)


def _texts(value: Address | Totals) -> tuple[str, ...]:
    """Return every field of a flat value of texts."""
    found: tuple[str, ...] = (_ADDRESS_TEXTS if isinstance(value, Address) else _TOTALS_TEXTS)(value)
    return found
