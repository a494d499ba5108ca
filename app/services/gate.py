"""The gate: judging orders as they come in, and again when time, settings or a person change what is true.

The rules are :mod:`app.domain.gate`'s; here they get the shop's policy, the products and the carriers' own checks, and
what they decide is written. Only orders that are not released are judged: a released one is frozen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import carriers
from app.domain.addresses import recipient_key
from app.domain.gate import (
    GATE_HOLDS,
    Case,
    Method,
    Policy,
    ProductFacts,
    Verdict,
    judge,
    local_day,
    next_departure,
    read_faults,
    with_faults,
)
from app.domain.intake import Level
from app.domain.orders import Address, Hold, OrderState
from app.domain.people import Right
from app.domain.rate_choice import choice_text
from app.domain.shipping import Fault, Service, Shipment, Temperature
from app.domain.size_classes import ParcelSize
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.services import acts, hold_shelf
from app.services.desk import Desk, new_act
from app.services.postcodes import postcodes
from app.services.rate_choice import Chooser, limited, preferred, turns_of
from app.services.settings import all_settings, shop_list
from app.services.shipments import ANY_SENDER, buyer_as_sender
from app.settings import weekdays
from app.storage import attention as attention_storage
from app.storage import carriers as carriers_storage
from app.storage import carton_plans, order_life
from app.storage import gate as storage
from app.storage import holds as holds_storage
from app.storage.database import Transaction
from app.storage.gate import HoldChange, Waiting
from app.storage.orders import FAR
from app.storage.rates import Shared

__all__ = [
    "NO_VERDICT",
    "Gate",
    "ShopAge",
    "address_of",
    "choose_service",
    "data_age",
    "due",
    "policy_of",
    "recheck",
    "recheck_due",
    "recheck_open",
    "rejudge",
    "sender_of",
    "stored",
]

CHUNK_MS = 30
_CHUNK = 100
"""Orders judged in one transaction: about 40 ms."""
TOPICS = frozenset({"orders"})


# --- what the shop has laid down ----------------------------------------------------------------------------------


class Gate:
    """The policies of every shop and the products looked up so far, for one act or one import."""

    def __init__(self, tx: Transaction) -> None:
        self._house = all_settings(tx)
        self._shops = {row.id: row.settings for row in shop_list(tx)}
        self._pickups = {
            carrier: tuple((int(time[:2]), int(time[3:])) for time in times)
            for carrier, times in carriers_storage.pickup_times(tx).items()
        }
        self._lead = carriers_storage.lead_days(tx, self._house["ship.origin"])
        self._closed = carriers_storage.closed_days_of(tx)
        self._methods = carriers_storage.methods(tx)
        self._carriers = {each.ID: each for each in carriers()}
        self._accounts = carriers_storage.accounts(tx)
        self._services = limited(_services(), self._house["carrier.limits"])
        self.prices = Chooser(tx, self._house["ship.origin"])
        """The price list, and the choices made by it."""
        self._policies: dict[int, Policy] = {}
        self._facts: dict[int, ProductFacts] = {}
        self._plain = True

    def policy(self, shop: int) -> Policy:
        """Return what a shop has laid down; an unknown shop has what the house has."""
        found = self._policies.get(shop)
        if found is None:
            found = self._policies[shop] = self._made(shop)
        return found

    def choosing(self, shop: int) -> Policy:
        """Return what a shop has laid down, as if it chose the cheapest of everything that it may choose from."""
        settings = self._house | self._shops.get(shop, {})
        policy = self.policy(shop)
        prefer = self._preferred(shop, settings["carrier.order"], policy.default, policy.methods)
        return replace(policy, choose="cheapest", prefer=prefer)

    def _made(self, shop: int) -> Policy:
        settings = self._house | self._shops.get(shop, {})
        closed = (*self._closed.get(carriers_storage.HOUSE, ()), *self._closed.get(shop, ()))
        methods = tuple(
            Method(row.method, row.carrier, row.service)
            for row in self._methods
            if row.shop in (carriers_storage.HOUSE, shop)
        )
        default = default_service(settings["carrier.default"])
        chooses = settings["carrier.choose"] if self.prices else "method"
        return Policy(
            zone=zone_of(settings["shop.timezone"]),
            default=default,
            methods=methods,
            services=self._services,
            pickups=self._pickups,
            lead_days=self._lead,
            closed_weekdays=closed_weekdays(settings["ship.closed_weekdays"]),
            closed_days=frozenset(date.fromisoformat(day) for day in closed),
            check_address=settings["address.check"],
            postcodes=postcodes() if settings["address.check"] != "off" else None,
            choose=chooses,
            prefer=self._preferred(shop, settings["carrier.order"], default, methods) if chooses != "method" else (),
        )

    def _preferred(
        self, shop: int, setting: str, default: tuple[str, str] | None, methods: Iterable[Method]
    ) -> tuple[str, ...]:
        house = carriers_storage.HOUSE
        names = {carrier for carrier, of in self._accounts if of in (house, shop)}
        contracts = {
            name: self._accounts.get((name, house), {}) | self._accounts.get((name, shop), {}) for name in names
        }
        return preferred(setting, default, (each.carrier for each in methods), contracts)

    def look_up(self, tx: Transaction, products: Iterable[int]) -> None:
        """Look products up that are not known yet, in one query."""
        wanted = {product for product in products if product not in self._facts}
        if not wanted:
            return
        for product, (temperature, on_sale, weight, *sides) in storage.product_facts(tx, wanted).items():
            length, width, height = sides
            size = (length, width, height) if length and width and height else None
            if size is None and not on_sale and temperature == _AMBIENT:
                self._facts[product] = _NO_FACTS
                continue
            self._plain = False
            self._facts[product] = ProductFacts(
                Temperature(temperature), date.fromisoformat(on_sale) if on_sale else None, size, weight or None
            )

    def facts(self, products: Iterable[tuple[int, int]]) -> tuple[tuple[ProductFacts, int], ...]:
        """Return what is known of products with their pieces; of one not looked up nothing is known."""
        if self._plain:  # nothing is known of any: a shop with plain goods is judged without them
            return ()
        known = self._facts
        return tuple((known.get(product, _NO_FACTS), pieces) for product, pieces in products)

    def is_idle(self, shop: int) -> bool:
        """Whether there is nothing to judge an order of this shop by: no carrier, no goods that ask for anything."""
        policy = self.policy(shop)
        return self._plain and policy.default is None and not policy.methods and policy.check_address != "on"

    def judge(self, shop: int, case: Case, now: int) -> Verdict:
        """Judge one order, with its carrier's own checks, by the service that is cheapest where the shop wants that."""
        policy = self.policy(shop)
        if case.shared is not None:  # the parcel goes by one service, whatever each of its orders would take
            case = replace(case, settled=case.shared)
        looked_at: dict[tuple[str, str], list[Fault]] = {}
        """What the carriers' files cannot hold of the order, by carrier and service."""

        def faults(verdict: Verdict) -> list[Fault]:
            name = (verdict.carrier, verdict.service)
            if name not in looked_at:
                looked_at[name] = self._file_faults(case, policy, verdict, now)
            return looked_at[name]

        def fits(verdict: Verdict) -> bool:
            return all(fault.level is not Level.ERROR for fault in faults(verdict))

        choice = self.prices.choose(case, policy, now, fits) if self.prices else None
        if choice is not None and case.chosen is None:
            carrier, _, service = choice.picked.partition("/")
            case = replace(case, settled=(carrier, service))
        verdict = judge(case, policy, now)
        verdict = with_faults(verdict, found) if (found := faults(verdict)) else verdict
        if not self.prices or not verdict.carrier:
            return verdict
        rate = choice.rate if choice is not None else self.prices.rate(case, policy, now, verdict)
        return replace(verdict, rate=rate, choice=choice)

    def _file_faults(self, case: Case, policy: Policy, verdict: Verdict, now: int) -> list[Fault]:
        """Return what the carrier's file cannot hold of an order; nothing where the shop has no address checked."""
        checks = policy.check_address != "off" and not case.awaited
        if not checks or (verdict.carrier, verdict.service) not in policy.services or verdict.ship_date is None:
            return []
        return self._carrier_faults(case, verdict, local_day(now, policy.zone))

    def _carrier_faults(self, case: Case, verdict: Verdict, today: date) -> list[Fault]:
        """What the carrier's file cannot hold of this order; the shop's own address is not the order's fault.

        On a gift the buyer is the sender, and so is a fault of the order.
        """
        assert verdict.ship_date is not None
        late = Hold.DATE_IMPOSSIBLE in verdict.holds
        shipment = Shipment(
            key="1-001-1",
            service=verdict.service,
            ship_on=verdict.ship_date,
            to=case.ship_to,
            sender=case.sender or ANY_SENDER,
            contents="-",
            deliver_on=None if late else verdict.wish_date,
            slot=verdict.slot,
            temperature=verdict.temperature,
            cod=verdict.cod,
        )
        found = self._carriers[verdict.carrier].check(shipment, today)
        named = ("to.", "sender.") if case.sender else ("to.",)
        return [fault for fault in found if fault.field.startswith(named) or fault.field in _OF_THE_ORDER]


def sender_of(gift: bool, buyer: Address) -> Address | None:
    """Return who is named as the sender of a gift; None for the shop."""
    return buyer_as_sender(gift, buyer, ANY_SENDER.phone)


_NO_FACTS = ProductFacts()
_AMBIENT = str(Temperature.AMBIENT)
_OF_THE_ORDER = frozenset({"seals", "pieces", "slot", "temperature", "cod", "deliver_on"})


@lru_cache(maxsize=1)
def _services() -> Mapping[tuple[str, str], Service]:
    return {(each.ID, service.id): service for each in carriers() for service in each.SERVICES}


def policy_of(tx: Transaction, shop_id: int) -> Policy:
    """Return what a shop has laid down, as far as the gate needs it."""
    return Gate(tx).policy(shop_id)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by name.

    :raises SettingsWrong: there is none of this name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsWrong("settings.bad_value", name="shop.timezone", value=name, known="Asia/Tokyo …") from error


def default_service(setting: str) -> tuple[str, str] | None:
    """Return carrier and service of the setting ``carrier.default``: ``CARRIER/SERVICE``, or the carrier's first."""
    carrier, _, service = setting.strip().partition("/")
    if not carrier:
        return None
    if not service:
        service = next((other for of_carrier, other in _services() if of_carrier == carrier), "")
    return carrier, service


def closed_weekdays(setting: str) -> frozenset[int]:
    """Return the weekdays of ``ship.closed_weekdays``, 0 for Monday.

    :raises SettingsWrong: a word is no weekday.
    """
    found = weekdays(setting)
    if found is None:
        raise SettingsWrong("settings.bad_value", name="ship.closed_weekdays", value=setting, known="sat,sun")
    return found


# --- what is stored -----------------------------------------------------------------------------------------------


NO_VERDICT = Verdict()
"""What is said of an order that nothing is to be said of."""
_NO_COLUMNS = ("", "", "", _AMBIENT, 0, "", "", "", 0, "", None, "", None, FAR)


def stored(verdict: Verdict, ship_to: Address) -> tuple[Any, ...]:
    """Return a verdict as the columns :data:`app.storage.gate.COLUMNS`."""
    if verdict is NO_VERDICT:
        return _NO_COLUMNS
    cut_off = verdict.cut_off
    return (
        verdict.carrier,
        verdict.service,
        "hand" if verdict.by_hand else "",
        str(verdict.temperature),
        verdict.size,
        verdict.ship_date.isoformat() if verdict.ship_date else "",
        verdict.wish_date.isoformat() if verdict.wish_date else "",
        str(verdict.slot) if verdict.slot else "",
        verdict.cod,
        recipient_key(ship_to) if verdict.carrier else "",
        verdict.rate,
        choice_text(verdict.choice),
        cut_off,
        cut_off if cut_off is not None else FAR,
    )


def address_of(content: Mapping[str, Any], whose: str = "ship_to") -> Address:
    """Return an address out of an order's stored content."""
    return Address(**content.get(whose, {}))


def _case(gate: Gate, order: Waiting, shared: Shared | None, boxes: tuple[ParcelSize, ...]) -> Case:
    content = json.loads(order.content)
    columns = dict(zip(storage.COLUMNS, order.verdict, strict=True))
    agreed = content.get("agreed", "")
    return Case(
        delivery=content.get("delivery", ""),
        wish=content.get("wish", ""),
        note=content.get("note", ""),
        payment=content.get("payment", ""),
        cod_amount=content.get("cod_amount", ""),
        ordered_at=order.ordered_at,
        cut_off=content.get("cut_off"),
        ship_to=address_of(content),
        sender=sender_of(order.gift, address_of(content, "buyer")),
        products=gate.facts(order.products),
        chosen=(columns["carrier"], columns["service"]) if columns["service_by"] == "hand" else None,
        awaited=Hold.ADDRESS_AWAITED in order.holds,
        agreed=date.fromisoformat(agreed) if agreed else None,
        wish_waived=order.holds.get(Hold.DATE_IMPOSSIBLE, ("", False))[1],
        shared=(shared.carrier, shared.service) if shared is not None and shared.carrier else None,
        boxes=boxes if shared is None or shared.lead is None else (),
        now_by=(columns["carrier"], columns["service"]),
        turns=turns_of(columns["choice"]) if boxes else 0,
    )


def rejudge(tx: Transaction, act: str, orders: Sequence[int]) -> list[int]:
    """Judge orders again that are not released, as part of the caller's act; return those that came out otherwise.

    What is no longer true goes; what a person has lifted stays lifted until the order's content changes.
    """
    gate = Gate(tx)
    waiting = storage.waiting(tx, orders)
    gate.look_up(tx, (product for order in waiting for product, _ in order.products))
    written: list[tuple[int, tuple[Any, ...]]] = []
    changes: list[HoldChange] = []
    known = gate.prices.known_of(tx, waiting) if gate.prices else {}
    moved: list[int] = []
    for order in waiting:
        case = _case(gate, order, *known.get(order.id, (None, ())))
        verdict = gate.judge(order.shop, case, tx.now)
        columns = stored(verdict, case.ship_to)
        if columns != order.verdict:
            written.append((order.id, columns))
            if (verdict.carrier, verdict.service) != case.now_by:
                moved.append(order.id)
        changes += _hold_changes(order, verdict)
    storage.write_verdicts(tx, written)
    if gate.prices:
        carton_plans.forget_orders(tx, moved)  # another service takes other cartons
    storage.change_holds(tx, changes)
    for touched in dict.fromkeys(each.order for each in changes):
        holds_storage.settle(tx, touched)
    for each in changes:
        if each.hold == Hold.DATE_IMPOSSIBLE and each.kind == "drop":
            attention_storage.close_contacts(tx, each.order, "date")
        elif each.hold == Hold.DATE_IMPOSSIBLE:
            attention_storage.ask_about(tx, act, each.order, "date", each.detail)
    return sorted({order_id for order_id, _ in written} | {each.order for each in changes})


def _hold_changes(order: Waiting, verdict: Verdict) -> list[HoldChange]:
    changes: list[HoldChange] = []
    for hold, detail in verdict.holds.items():
        known = order.holds.get(hold)
        if known is None:
            changes.append(HoldChange(order.id, str(hold), "add", detail))
        elif not known[1] and known[0] != detail and (hold in GATE_HOLDS or not known[0]):
            changes.append(HoldChange(order.id, str(hold), "detail", detail))
    for hold in GATE_HOLDS:
        known = order.holds.get(hold)
        # The bench asks for another service too; its words are its own.
        ours = hold is not Hold.SERVICE or (known is not None and bool(read_faults(known[0])))
        if known is not None and not known[1] and ours and hold not in verdict.holds:
            changes.append(HoldChange(order.id, str(hold), "drop"))
    return changes


# --- acts ---------------------------------------------------------------------------------------------------------


def recheck(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> int:
    """Judge these orders again; return how many came out otherwise. Released orders are passed over."""
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    changed = rejudge(tx, act, orders)
    acts.end(tx, state, act, "recheck", {"orders": changed}, result=len(changed))
    return len(changed)


def choose_service(tx: Transaction, station: str, act: str, order: int, carrier: str, service: str) -> None:
    """Choose carrier and service by hand; the gate keeps the choice and says what it does not offer.

    :param carrier: empty hands the choice back to the gate.
    :raises NotAllowed: the order is released (that is a change of its papers) or at a bench.
    :raises NotFound: there is no such service.
    """
    if carrier and (carrier, service) not in _services():
        known = ", ".join(f"{of_carrier}/{other}" for of_carrier, other in _services())
        raise NotFound("gate.no_such_service", service=f"{carrier}/{service}", known=known)
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.HOLD)
    head = order_life.lock(tx, order)
    if head is None or head.state not in (OrderState.RECEIVED, OrderState.READY) or head.holder:
        raise NotAllowed("gate.cannot_choose", number=head.number if head else "?", state=head.state if head else "")
    storage.choose(tx, order, carrier, service, "hand" if carrier else "")
    storage.forget_holds(tx, order, [str(hold) for hold in GATE_HOLDS])
    rejudge(tx, act, [order])
    carton_plans.forget_orders(tx, [order])  # another service takes other cartons
    holds_storage.settle(tx, order)
    acts.end(tx, state, act, "service", {"carrier": carrier, "service": service}, order=order)


def due(tx: Transaction, limit: int = 500) -> list[int]:
    """Return waiting orders whose verdict time has changed: a pickup passed, a day came, goods are on sale now."""
    gate = Gate(tx)
    today = local_day(tx.now, gate.policy(carriers_storage.HOUSE).zone).isoformat()
    found = set(storage.passed(tx, today, tx.now, limit))
    for shop in shop_list(tx):
        policy = gate.policy(shop.id)
        found |= set(storage.on_sale_by(tx, shop.id, today, limit))
        for carrier in dict.fromkeys(of_carrier for of_carrier, _ in policy.services):
            day, _ = next_departure(policy, carrier, tx.now)
            found |= set(storage.ahead_until(tx, shop.id, carrier, day.isoformat(), limit))
    return sorted(found)[:limit]


def recheck_due(desk: Desk) -> int:
    """Judge again, in chunks beside the scans, what time has changed; return how many orders came out otherwise.

    Also brings the contact list in line, and lets orders go on whose customers agreed to wait until today. Without
    anything due nothing is written.
    """
    changed = 0
    seen: set[int] = set()
    while waiting := [order for order in desk.read(due).result() if order not in seen]:
        seen |= set(waiting)
        changed += _in_chunks(desk, waiting)
    if desk.read(_contacts_due).result():
        changed += desk.chunk(TOPICS, _tend_contacts, desk.station, new_act()).result()
    return changed


def recheck_open(desk: Desk, progress: Callable[[int], None] | None = None) -> int:
    """Judge every order again that is not released, as after a change of settings; return how many changed.

    :param progress: called with the orders judged so far.
    """
    changed = done = last = 0
    while ids := desk.read(storage.open_ids, last, 5 * _CHUNK).result():
        changed += _in_chunks(desk, ids)
        last, done = ids[-1], done + len(ids)
        if progress is not None:
            progress(done)
    return changed


def _in_chunks(desk: Desk, orders: Sequence[int]) -> int:
    changed = at = 0
    size = desk.first_size(_CHUNK)
    while at < len(orders):
        part = orders[at : at + size]
        done, took = desk.chunk(TOPICS, _timed, desk.station, new_act(), part).result()
        changed, at = changed + done, at + len(part)
        size = desk.next_size(size, took, CHUNK_MS, _CHUNK)
    return changed


def _timed(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> tuple[int, float]:
    """Judge some orders again in one transaction; also return the milliseconds it took."""
    began = time.monotonic()
    done = recheck(tx, station, act, orders)
    return done, (time.monotonic() - began) * 1000


def _contacts_due(tx: Transaction) -> bool:
    """Whether a customer is to be put on the contact list, has waited long enough, or need not be asked any more."""
    return bool(_waits_over(tx) or attention_storage.unasked(tx) or attention_storage.settled(tx))


def _waits_over(tx: Transaction) -> list[attention_storage.Wait]:
    """Contacts whose customers agreed to wait until today or an earlier day."""
    today = local_day(tx.now, zone_of(all_settings(tx)["shop.timezone"]))
    return attention_storage.waits_until(tx, today.isoformat())


def _tend_contacts(tx: Transaction, station: str, act: str) -> int:
    """Bring the contact list in line, and let orders go on that waited: their missing pieces are wanted again.

    Return how many orders go on.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    over = _waits_over(tx)
    for wait in over:
        hold_shelf.take_off(tx, act, wait.contact, wait.order, wait.shelf)
        holds_storage.lift_holds(tx, wait.order, [str(Hold.SHORT)])
        holds_storage.settle(tx, wait.order)
        attention_storage.close_contact(tx, wait.contact)
    asked = attention_storage.unasked(tx)
    for order in asked:
        attention_storage.ask_about(tx, act, order, "short")
    closed = attention_storage.settled(tx)
    for contact in closed:
        row = attention_storage.contact_of(tx, contact)
        if row is not None:
            hold_shelf.take_off(tx, act, contact, row.order, row.shelf, to_return=row.state == OrderState.CANCELLED)
        attention_storage.close_contact(tx, contact)
    facts = {"waited": [wait.order for wait in over], "asked": asked, "closed": closed}
    acts.end(tx, state, act, "contacts", facts, result=len(over))
    return len(over)


# --- the age of data ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShopAge:
    """How old what is known of a shop's orders is."""

    shop_id: int
    shop: str
    channel: str
    at: int | None
    """When its newest order file was taken in, milliseconds since 1970 UTC; None: never."""
    minutes: int | None
    stale: bool
    """Older than ``intake.max_age`` allows: read a newer file before releasing or handing over."""


def data_age(tx: Transaction) -> list[ShopAge]:
    """Return the age of every shop's order data. Only shops that ship by carrier can be stale."""
    gate = Gate(tx)
    found: list[ShopAge] = []
    for row in shop_list(tx):
        at = storage.newest_import(tx, row.channel, row.name)
        minutes = None if at is None else max(0, tx.now - at) // 60_000
        policy = gate.policy(row.id)
        by_carrier = policy.default is not None or any(method.carrier for method in policy.methods)
        limit = int(all_settings(tx, row.id)["intake.max_age"])
        stale = by_carrier and limit > 0 and (minutes is None or minutes > limit)
        found.append(ShopAge(row.id, row.name, row.channel, at, minutes, stale))
    return found
