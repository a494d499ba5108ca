"""The gate: may an order ship today, by whom, and what stands against it.

:func:`judge` decides everything that follows from the order and from what the shop has laid down: carrier and service,
temperature, wish, ship date, cut-off, and the holds that go by themselves when they are no longer true. What a
carrier's file can hold is the carrier's to say; its faults are folded in by :func:`with_faults`.

An order without a carrier goes its old way: no date, no address is asked of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.address_check import faults_of
from app.domain.addresses import prefecture_of
from app.domain.intake import Level, fold_name
from app.domain.orders import Address, Hold
from app.domain.postcodes import Postcodes
from app.domain.rate_choice import Choice
from app.domain.shipping import Fault, Service, Slot, Temperature
from app.domain.size_classes import ParcelSize
from app.domain.wishes import NO_WISH, Wish, read_wish

__all__ = [
    "GATE_HOLDS",
    "Case",
    "Method",
    "Policy",
    "ProductFacts",
    "Verdict",
    "coldest",
    "estimated_mm",
    "estimated_size",
    "fault_text",
    "judge",
    "local_day",
    "next_departure",
    "offers",
    "read_faults",
    "usual_service",
    "with_faults",
]

GATE_HOLDS = (
    Hold.BAD_ADDRESS,
    Hold.MISSING_PHONE,
    Hold.DATE_AHEAD,
    Hold.DATE_IMPOSSIBLE,
    Hold.PRE_ORDER,
    Hold.SERVICE,
)
"""Holds that only this module sets and takes away again (:attr:`Hold.SERVICE`: where its detail is one of ours)."""

MOST_CLOSED_DAYS = 400
"""A shop that is closed for longer than this has no shipping day at all."""


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the gate needs of one product."""

    temperature: Temperature = Temperature.AMBIENT
    on_sale_from: date | None = None
    """Day before which an order of it is a pre-order."""
    size_mm: tuple[int, int, int] | None = None
    """Length, width and height; None where one of them is unknown."""
    weight_g: int | None = None
    """Weight of one piece; None where it is unknown."""


@dataclass(frozen=True, slots=True)
class Method:
    """What a shop's delivery method means."""

    name: str
    """The method's name, folded by :func:`app.domain.intake.fold_name`."""
    carrier: str
    """Carrier; empty: goes without one (店頭受取)."""
    service: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What one shop has laid down, as far as the gate needs it."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Tokyo"))
    """Time zone of the shop: its days, its pickups."""
    default: tuple[str, str] | None = None
    """Usual carrier and service; None where the shop ships without a carrier."""
    methods: tuple[Method, ...] = ()
    """Delivery methods, the shop's own before those of the house."""
    services: Mapping[tuple[str, str], Service] = field(default_factory=dict)
    """Every service there is, by carrier and id, in the carriers' order."""
    pickups: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Hour and minute of each carrier's pickups."""
    lead_days: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Days from pickup to delivery by carrier and prefecture, from where the shop's parcels leave."""
    closed_weekdays: frozenset[int] = frozenset()
    """0 is Monday."""
    closed_days: frozenset[date] = frozenset()
    check_address: str = "auto"
    """``auto`` (orders that have a carrier), ``on``, ``off``."""
    postcodes: Postcodes | None = None
    """Against which addresses are checked; None: by their form alone."""
    choose: str = "method"
    """How the service is found: by delivery ``method``, the ``cheapest``, or the ``cheapest_of_method``'s carrier."""
    prefer: tuple[str, ...] = ()
    """Carriers and services (``carrier/service``) that may be chosen, the most wanted first."""

    def is_open(self, day: date) -> bool:
        """Whether the shop ships on that day."""
        return day.weekday() not in self.closed_weekdays and day not in self.closed_days


@dataclass(frozen=True, slots=True)
class Case:
    """One order as the gate sees it."""

    delivery: str = ""
    """Delivery method as the shop names it."""
    wish: str = ""
    note: str = ""
    payment: str = ""
    cod_amount: str = ""
    ordered_at: int = 0
    """Milliseconds since 1970 UTC."""
    cut_off: int | None = None
    """Pickup that the shop's file itself demands."""
    ship_to: Address = field(default_factory=Address)
    sender: Address | None = None
    """Who is named as the sender instead of the shop: the buyer of a gift."""
    products: Sequence[tuple[ProductFacts, int]] = ()
    """Known products with their pieces."""
    chosen: tuple[str, str] | None = None
    """Carrier and service that a person chose."""
    awaited: bool = False
    """The receiver has not given an address yet: there is none to judge."""
    agreed: date | None = None
    """Day agreed upon with the customer; goes before the wish."""
    wish_waived: bool = False
    """A person let an impossible date go: the wished day is void."""
    settled: tuple[str, str] | None = None
    """Carrier and service that the choice by price came to, or that its parcel goes by already."""
    shared: tuple[str, str] | None = None
    """It shares another order's parcel, which goes by this carrier and service."""
    boxes: tuple[ParcelSize, ...] = ()
    """Boxes by a proposal of cartons that holds; none: there is none, and the goods are estimated."""
    now_by: tuple[str, str] = ("", "")
    """Carrier and service that it has now."""
    turns: int = 0
    """How often proposals of cartons led it to another service."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate decided; texts as they are stored."""

    carrier: str = ""
    service: str = ""
    by_hand: bool = False
    temperature: Temperature = Temperature.AMBIENT
    size: int = 0
    """Estimated sum of the parcel's three sides, cm; 0 unknown."""
    ship_date: date | None = None
    wish_date: date | None = None
    slot: Slot | None = None
    cod: int = 0
    cut_off: int | None = None
    holds: Mapping[Hold, str] = field(default_factory=dict)
    """Holds with their details: a day (``YYYY-MM-DD``), faults (:func:`read_faults`), or the words that were not
    understood."""
    told: tuple[Fault, ...] = ()
    """What is only a warning: nobody's hold, but told where the order is taken in."""
    rate: int | None = None
    """What sending it is expected to cost, yen; None where no price list says it."""
    choice: Choice | None = None
    """Which services were asked for their price; None where none was."""


def judge(case: Case, policy: Policy, now: int) -> Verdict:
    """Judge an order.

    :param now: milliseconds since 1970 UTC.
    """
    begun = _begun(case, policy, now)
    carrier, service_id = case.chosen or case.settled or usual_service(case, policy)
    verdict, faults = _by_service(case, policy, begun, carrier, service_id, now)
    checked = policy.check_address == "on" or (policy.check_address == "auto" and bool(carrier))
    if checked and not case.awaited:
        service = policy.services.get((carrier, service_id))
        faults += faults_of(case.ship_to, policy.postcodes, phone=service is None or service.phone)
    return with_faults(verdict, faults) if faults else verdict


def usual_service(case: Case, policy: Policy) -> tuple[str, str]:
    """Return carrier and service by the order's delivery method, or the shop's usual ones; empty where it has none."""
    carrier, service_id = _by_method(case.delivery, policy)
    cod = whole_yen(case.cod_amount)
    if carrier and cod:
        service_id = _with_cash(policy, carrier, service_id, coldest(case), cod)
    return carrier, service_id


def offers(
    case: Case, policy: Policy, now: int, names: Iterable[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Verdict, list[Fault]]]:
    """Judge an order by each of some services, as :func:`judge` does, but for its address.

    :returns: carrier and service, the verdict with its day and its holds, and what the service does not offer.
    """
    begun = _begun(case, policy, now)
    for carrier, service_id in names:
        yield (carrier, service_id), *_by_service(case, policy, begun, carrier, service_id, now)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is the same whatever an order goes by."""

    verdict: Verdict
    cod: int | None
    wish: Wish
    on_sale: date | None


def _begun(case: Case, policy: Policy, now: int) -> _Begun:
    holds: dict[Hold, str] = {}
    cod = whole_yen(case.cod_amount)
    wish = NO_WISH
    if case.wish or case.note:
        wish = read_wish(case.wish, case.note, local_day(case.ordered_at, policy.zone))
    if case.agreed is not None:
        wish = Wish(case.agreed, wish.slot)
    elif case.wish_waived:
        wish = Wish(None, wish.slot)
    on_sale = max((facts.on_sale_from for facts, _ in case.products if facts.on_sale_from), default=None)
    if on_sale is not None and on_sale > local_day(now, policy.zone):
        holds[Hold.PRE_ORDER] = on_sale.isoformat()
    verdict = Verdict(
        by_hand=case.chosen is not None,
        temperature=coldest(case),
        size=estimated_size(case.products),
        wish_date=wish.day,
        slot=wish.slot,
        cod=cod or 0,
        cut_off=case.cut_off,
        holds=holds,
    )
    return _Begun(verdict, cod, wish, on_sale)


def _by_service(
    case: Case, policy: Policy, begun: _Begun, carrier: str, service_id: str, now: int
) -> tuple[Verdict, list[Fault]]:
    """Judge an order by one service; the faults are those that are no hold yet."""
    holds, faults = dict(begun.verdict.holds), list[Fault]()
    if not carrier:
        return replace(begun.verdict, service=service_id, holds=holds), faults
    if begun.wish.unread:
        holds[Hold.REMARK] = begun.wish.unread
    faults += _service_faults(case, policy, begun, carrier, service_id)
    ship_on, cut_off = _dated(case, policy, begun, carrier, now, holds, faults)
    verdict = replace(
        begun.verdict, carrier=carrier, service=service_id, holds=holds, ship_date=ship_on, cut_off=cut_off
    )
    return verdict, faults


def with_faults(verdict: Verdict, faults: Iterable[Fault]) -> Verdict:
    """Fold faults into the holds: of the phone number, of the rest of the receiver or the sender, of anything else.

    A part that already has a fault keeps the first; what is only a warning is nobody's hold and told beside.
    """
    kept: dict[Hold, list[Fault]] = {}
    told = list(verdict.told)
    for fault in faults:
        if fault.level is not Level.ERROR:
            if all((each.key, each.field) != (fault.key, fault.field) for each in told):
                told.append(fault)
            continue
        hold = Hold.MISSING_PHONE if fault.field == "to.phone" else Hold.SERVICE
        if fault.field.startswith(("to.", "sender.")) and fault.field != "to.phone":
            hold = Hold.BAD_ADDRESS
        known = kept.setdefault(hold, list(read_faults(verdict.holds.get(hold, ""))))
        if all(each.field != fault.field for each in known):
            known.append(fault)
    if not kept and len(told) == len(verdict.told):
        return verdict
    standing = {hold: fault_text(found) for hold, found in kept.items()}
    return replace(verdict, holds={**verdict.holds, **standing}, told=tuple(told))


# --- carrier and service ------------------------------------------------------------------------------------------


def _by_method(delivery: str, policy: Policy) -> tuple[str, str]:
    """Carrier and service of a delivery method: the method that is the whole text, else the longest one within it.

    Of two that are alike the shop's own goes before the house's. What no row of the table names goes the usual way.
    """
    if delivery and policy.methods:
        asked = fold_name(delivery)
        inside: Method | None = None
        for method in policy.methods:
            if method.name == asked:
                return method.carrier, method.service
            if method.name in asked and (inside is None or len(method.name) > len(inside.name)):
                inside = method
        if inside is not None:
            return inside.carrier, inside.service
    return policy.default or ("", "")


def _with_cash(policy: Policy, carrier: str, service_id: str, temperature: Temperature, cod: int) -> str:
    """The service itself where it collects cash, else the carrier's first that can carry and collect this much."""
    service = policy.services.get((carrier, service_id))
    if service is None or service.cash_on_delivery:
        return service_id
    for (of_carrier, other), offered in policy.services.items():
        fits = offered.cash_on_delivery and offered.most_cod >= cod and temperature in offered.temperatures
        if of_carrier == carrier and fits:
            return other
    return service_id


_COLLECTS = re.compile(r"代金引換|代引|コレクト|cashondelivery|\bcod\b")


def _service_faults(case: Case, policy: Policy, begun: _Begun, carrier: str, service_id: str) -> Iterator[Fault]:
    """What the chosen service does not offer this order."""
    verdict, cod = begun.verdict, begun.cod
    service = policy.services.get((carrier, service_id))
    if service is None:
        offered = ", ".join(other for of_carrier, other in policy.services if of_carrier == carrier)
        value = f"{carrier}/{service_id}"
        yield Fault("fault.no_service", "service", (("value", value), ("offered", offered or "-")))
    if cod is None:
        yield Fault("fault.cod_amount", "cod", (("value", case.cod_amount),))
    elif not cod and case.payment and _COLLECTS.search(fold_name(case.payment)):
        yield Fault("fault.cod_unknown", "cod", (("value", case.payment),))
    if service is None:
        return
    if cod and not service.cash_on_delivery:
        yield Fault("fault.no_cod", "cod", (("value", str(cod)),))
    elif cod and cod > service.most_cod:
        yield Fault("fault.cod_limit", "cod", (("value", str(cod)), ("limit", str(service.most_cod))))
    elif cod == 0 and service.cash_only:
        yield Fault("fault.missing", "cod")
    if case.sender is not None and not service.sender:
        yield Fault("fault.no_sender", "service", (("value", case.sender.name),))
    if verdict.temperature not in service.temperatures:
        chilled = verdict.temperature is Temperature.CHILLED
        yield Fault("fault.no_chilled" if chilled else "fault.no_frozen", "temperature")
    if verdict.wish_date is not None and not service.dated:
        yield Fault("fault.no_day", "deliver_on", (("value", verdict.wish_date.isoformat()),))
    if verdict.slot is not None and verdict.slot not in service.slots:
        offered = ", ".join(_said(slot) for slot in Slot if slot in service.slots) or "-"
        yield Fault("fault.no_slot", "slot", (("value", _said(verdict.slot)), ("offered", offered)))


def _said(slot: Slot) -> str:
    """A time of day that needs no translation."""
    return "AM" if slot is Slot.MORNING else str(slot)


def whole_yen(amount: str) -> int | None:
    """Return an amount in whole yen, 0 for an empty one; None where it is no amount or not whole."""
    if not amount:
        return 0
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return None
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value < 100_000_000:
        return None
    return int(value)


# --- the parcel ---------------------------------------------------------------------------------------------------

_COLDNESS = {Temperature.AMBIENT: 0, Temperature.CHILLED: 1, Temperature.FROZEN: 2}
_FROZEN = ("冷凍", "frozen")
_CHILLED = ("冷蔵", "チルド", "クール", "chilled", "cool")


def coldest(case: Case) -> Temperature:
    """Return how cold the parcel has to travel: the coldest of its products, and at least what the method says."""
    if not case.products and not case.delivery:
        return Temperature.AMBIENT
    found = [facts.temperature for facts, _ in case.products]
    if case.delivery:
        method = fold_name(case.delivery)
        if any(word in method for word in _FROZEN):
            found.append(Temperature.FROZEN)
        elif any(word in method for word in _CHILLED):
            found.append(Temperature.CHILLED)
    return max(found, key=_COLDNESS.__getitem__, default=Temperature.AMBIENT)


def estimated_size(products: Sequence[tuple[ProductFacts, int]]) -> int:
    """Return the estimated sum of the three sides of the smallest parcel, cm; 0 where a product's size is unknown.

    It is a class to sort by, not a promise.
    """
    sides = estimated_mm(products)
    return -(-sum(sides) // 10) if sides else 0


def estimated_mm(products: Sequence[tuple[ProductFacts, int]]) -> tuple[int, int, int] | None:
    """Return the estimated sides of the smallest parcel; None where a product's size is unknown.

    The floor is the longest and the second longest side there is; the goods fill it to the height of their volume. No
    packing is computed.
    """
    volume = longest = second = third = 0
    for facts, pieces in products:
        if facts.size_mm is None:
            return None
        sides = sorted(facts.size_mm, reverse=True)
        volume += sides[0] * sides[1] * sides[2] * pieces
        longest, second, third = max(longest, sides[0]), max(second, sides[1]), max(third, sides[2])
    if not (longest and second):
        return None
    return longest, second, max(third, -(-volume // (longest * second)))


# --- days and pickups ---------------------------------------------------------------------------------------------


def local_day(moment: int, zone: ZoneInfo) -> date:
    """Return the day of a moment (milliseconds since 1970 UTC) in a time zone."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).date()


def next_departure(policy: Policy, carrier: str, now: int, not_before: date | None = None) -> tuple[date, int | None]:
    """Return the next day on which a parcel can leave with *carrier*, and the pickup to catch.

    Today while a pickup is still to come (or where no pickups are laid down), else the next day the shop is open.

    :param not_before: earliest day, as for goods that are not on sale yet.
    """
    today = local_day(now, policy.zone)
    day = max(today, not_before) if not_before else today
    for _ in range(MOST_CLOSED_DAYS):
        if policy.is_open(day):
            times = policy.pickups.get(carrier, ())
            if not times:
                return day, None
            coming = [moment for moment in _moments(day, times, policy.zone.key) if moment > now]
            if coming:
                return day, coming[0]
        day += timedelta(days=1)
    return day, None


@lru_cache(maxsize=512)
def _moments(day: date, times: tuple[tuple[int, int], ...], zone: str) -> tuple[int, ...]:
    """Pickups of one day as milliseconds since 1970 UTC, in order; a time that a clock change skips is after it."""
    at = ZoneInfo(zone)
    made = (datetime(day.year, day.month, day.day, hour, minute, tzinfo=at) for hour, minute in times)
    return tuple(sorted(int(moment.timestamp()) * 1000 for moment in made))


def _dated(
    case: Case,
    policy: Policy,
    begun: _Begun,
    carrier: str,
    now: int,
    holds: dict[Hold, str],
    faults: list[Fault],
) -> tuple[date, int | None]:
    """Return ship date and cut-off: without a wish the next departure, with one the last that still meets it.

    An order is *ahead* only where it waits for its own date. What is merely too late for today's last pickup leaves
    next with everybody else's and may be prepared in the evening.
    """
    first, pickup = next_departure(policy, carrier, now, begun.on_sale)
    ship_on, cut_off = first, pickup
    wished = begun.verdict.wish_date
    if wished is not None:
        place = prefecture_of(case.ship_to.prefecture)
        lead = policy.lead_days.get((carrier, place))
        if lead is None:
            if wished < first:
                holds[Hold.DATE_IMPOSSIBLE] = first.isoformat()
            elif place and not case.awaited:
                value = (("carrier", carrier), ("value", place))
                faults.append(Fault("fault.no_lead_time", "deliver_on", value))
        else:
            last = _open_on_or_before(policy, wished - timedelta(days=lead), first)
            if last is None:
                holds[Hold.DATE_IMPOSSIBLE] = (first + timedelta(days=lead)).isoformat()
            elif last > first:
                ship_on, cut_off = next_departure(policy, carrier, now, last)
                holds[Hold.DATE_AHEAD] = ship_on.isoformat()
    if case.cut_off is not None and case.cut_off > now:
        cut_off = case.cut_off
    return ship_on, cut_off


def _open_on_or_before(policy: Policy, day: date, first: date) -> date | None:
    """The last day the shop is open from *first* to *day*; None where there is none."""
    while day > first and not policy.is_open(day):
        day -= timedelta(days=1)
    return day if day >= first else None


# --- details of holds ---------------------------------------------------------------------------------------------


def fault_text(faults: Iterable[Fault]) -> str:
    """Return faults as the detail of a hold: JSON, told apart from other details by its bracket."""
    plain = [[fault.key, fault.field, dict(fault.args)] for fault in faults]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def read_faults(detail: str) -> tuple[Fault, ...]:
    """Return the faults that a hold's detail holds; none where it is another kind of detail."""
    if not detail.startswith("[["):
        return ()
    try:
        return tuple(Fault(key, name, tuple(args.items())) for key, name, args in json.loads(detail))
    except (ValueError, AttributeError, TypeError):
        return ()
