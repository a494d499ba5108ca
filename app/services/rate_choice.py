"""The choice of a service by price, as the gate makes it: candidates, what they cost, why not, and what is shown of it.

The rules are :mod:`app.domain.rate_choice`'s, the price list is :mod:`app.domain.rates`'; what a service can do for an
order is judged by the gate's own rules, one service after the other, so that nothing is chosen that the gate would
hold. Here they meet the boxes: those of a proposal of cartons that holds, else the goods as the gate estimates them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.carriers._choose import account_faults, carriers
from app.domain.addresses import prefecture_of
from app.domain.carton_list import ListedCarton
from app.domain.carton_plan import goods_key
from app.domain.gate import Case, Policy, ProductFacts, Verdict, estimated_mm, local_day, offers, usual_service
from app.domain.intake import narrow
from app.domain.orders import Hold
from app.domain.rate_choice import BY_HAND, MOST_TURNS, Candidate, Choice, Reason, choice_of, choose
from app.domain.rates import Journey, Quote, RateBook
from app.domain.shipping import Fault, Service, Temperature
from app.domain.size_classes import ParcelSize, Unfit, class_of
from app.errors import SettingsWrong
from app.services.shipments import most_pieces
from app.settings import parcel_limits
from app.storage import carton_plans, cartons
from app.storage import rates as storage
from app.storage.database import Transaction
from app.storage.gate import Waiting

__all__ = ["Chooser", "boxes_of_plan", "expected", "limited", "preferred", "turns_of"]

Names = tuple[str, str]
"""Carrier and service."""


def preferred(
    setting: str, usual: Names | None, methods: Iterable[str], accounts: Mapping[str, Mapping[str, str]]
) -> tuple[str, ...]:
    """Return which carriers and services a shop may choose from, the most wanted first.

    :param setting: ``carrier.order``; empty: the usual carrier, those of its delivery methods, and those with an
        account that is complete, in the order in which the program knows them.
    :param accounts: what is known of the shop's contracts, by carrier.
    :raises SettingsWrong: a name is no carrier and no service.
    """
    known = _known()
    asked = [name.strip() for name in setting.replace("、", ",").split(",") if name.strip()]
    if unknown := [name for name in asked if name not in known]:
        listed = ", ".join(sorted(known))
        raise SettingsWrong("settings.bad_value", name="carrier.order", value=", ".join(unknown), known=listed)
    if asked:
        return tuple(dict.fromkeys(asked))
    first = [usual[0]] if usual else []
    complete = [each.ID for each in carriers() if not account_faults(each, accounts.get(each.ID, {}))]
    return tuple(dict.fromkeys(name for name in (*first, *methods, *complete) if name))


def _known() -> frozenset[str]:
    services = (f"{each.ID}/{service.id}" for each in carriers() for service in each.SERVICES)
    return frozenset((*services, *(each.ID for each in carriers())))


def limited(services: Mapping[Names, Service], setting: str) -> Mapping[Names, Service]:
    """Return services with the limits that the house knows better than the program.

    :param setting: ``carrier.limits``; what it does not name stays.
    :raises SettingsWrong: it makes no sense, or names no service.
    """
    if not setting:
        return services
    limits = parcel_limits(setting)
    names = {"/".join(name): name for name in services}
    if limits is None or (limits.keys() - names.keys()):
        known = ", ".join(sorted(names))
        raise SettingsWrong("settings.bad_value", name="carrier.limits", value=setting, known=known)
    made = dict(services)
    for name, (sides, most_g) in limits.items():
        service = made[names[name]]
        rule = replace(service.size, within_mm=(sides,), most_sum_mm=0, most_g=most_g or service.size.most_g)
        made[names[name]] = replace(service, size=rule)
    return made


def expected(products: Sequence[tuple[ProductFacts, int]]) -> ParcelSize:
    """Return the box that goods are expected to need, before any carton is proposed."""
    weight: int | None = 0
    for facts, pieces in products:
        weight = None if weight is None or facts.weight_g is None else weight + facts.weight_g * pieces
    return ParcelSize(estimated_mm(products), weight or None)


# --- boxes by a proposal of cartons -------------------------------------------------------------------------------


def boxes_of_plan(body: Mapping[str, Any], listed: Mapping[str, ListedCarton]) -> tuple[ParcelSize, ...]:
    """Return the boxes of a proposal as they are handed to a carrier; none where one of them is not known."""
    found = []
    for box in body.get("boxes", ()):
        code = str(box["code"])
        goods = [body["goods"][piece[1]] for piece in box.get("put") or box.get("pieces", ())]
        weights = [each[1] for each in goods]
        carton = listed.get(code)
        if "carton" in box:
            outer, tare = box["carton"][1], box["carton"][2]
        elif carton is not None:
            outer, tare = carton.outer_mm, carton.tare_g
        else:
            return ()
        by = frozenset(carton.services) if carton is not None else frozenset[str]()
        weight = sum(weights) + tare if all(weights) else None
        found.append(ParcelSize((outer[0], outer[1], outer[2]), weight, by, real=True, carton=code))
    return tuple(found)


# --- the choice ---------------------------------------------------------------------------------------------------


class Chooser:
    """The price list of one act or import, and the choices made by it."""

    def __init__(self, tx: Transaction, origin: str) -> None:
        """*origin* is the prefecture that the shop's parcels leave from; empty: nothing has a price."""
        self._origin = prefecture_of(origin)
        self.book = storage.book(tx, self._origin) if self._origin else RateBook()
        self._listed: dict[str, ListedCarton] | None = None

    def __bool__(self) -> bool:
        """Whether there is any price to look at."""
        return bool(self.book)

    def known_of(
        self, tx: Transaction, orders: Sequence[Waiting]
    ) -> dict[int, tuple[storage.Shared | None, tuple[ParcelSize, ...]]]:
        """Return of orders that wait whose parcel they share, and their boxes by a proposal that holds."""
        ids = [each.id for each in orders]
        together = storage.shared(tx, ids)
        bodies = carton_plans.fresh(tx, ids)
        if bodies and self._listed is None:
            self._listed = {each.code: each for each in cartons.all_cartons(tx)}
        found = {}
        for each in orders:
            plan = bodies.get(each.id)
            boxes: tuple[ParcelSize, ...] = ()
            alone = each.id not in together
            if plan is not None and (not alone or plan.goods == goods_key(dict(each.products))):
                boxes = boxes_of_plan(_body(plan.body), self._listed or {})
            found[each.id] = (together.get(each.id), boxes)
        return found

    def choose(self, case: Case, policy: Policy, now: int, fits: Callable[[Verdict], bool]) -> Choice | None:
        """Return what an order should go by and why; None where nothing is to be chosen.

        :param fits: whether the carrier's file can hold the order by a verdict.
        """
        usual = case.chosen or usual_service(case, policy)
        if policy.choose == "method" or not usual[0] or (case.shared is not None and not case.boxes):
            return None
        names = [each for each in self._asked(policy, usual) if each in policy.services]
        boxes = case.boxes or (expected(case.products),)
        verdicts: dict[str, Verdict] = {}
        found = []
        for name, verdict, faults in offers(case, policy, now, names):
            verdicts["/".join(name)] = verdict
            found.append(self._candidate(case, policy, now, verdict, faults, boxes))
        real = bool(case.boxes)
        before = "/".join(case.now_by) if case.now_by[0] else ""
        stay = before if real and case.turns >= MOST_TURNS else ""
        made = choose(
            found, policy.prefer, usual="/".join(usual), stay=stay, fits=lambda each: fits(verdicts[each.name])
        )
        if case.chosen is not None:
            made = replace(made, picked="/".join(case.chosen), by=BY_HAND)
        turns = case.turns + int(real and made.picked != before != "" and case.chosen is None)
        at = verdicts.get(made.picked)
        day = at.ship_date.isoformat() if at is not None and at.ship_date else ""
        return replace(made, real=real, day=day, boxes=tuple(map(_said, boxes)), turns=turns)

    def _asked(self, policy: Policy, usual: Names) -> list[Names]:
        """Return the services to be asked: that which it has anyway, then every one with a price that is allowed."""
        allowed = set(policy.prefer)
        of = usual[0] if policy.choose == "cheapest_of_method" else ""
        found = [usual]
        found += (
            name
            for name in self.book.services
            if name != usual and (name[0] == of if of else name[0] in allowed or "/".join(name) in allowed)
        )
        return found

    def rate(self, case: Case, policy: Policy, now: int, verdict: Verdict) -> int | None:
        """Return what an order is expected to cost by the service that it goes by; None where the list does not say."""
        service = policy.services.get((verdict.carrier, verdict.service))
        if service is None or (case.shared is not None and not case.boxes):
            return None
        boxes = case.boxes or (expected(case.products),)
        quoted = self._quote(case, policy, now, verdict, service, boxes)
        return quoted[1].yen if isinstance(quoted, tuple) else None

    def _candidate(
        self,
        case: Case,
        policy: Policy,
        now: int,
        verdict: Verdict,
        faults: Sequence[Fault],
        boxes: Sequence[ParcelSize],
    ) -> Candidate:
        service = policy.services[verdict.carrier, verdict.service]
        reasons = [_reason(fault) for fault in faults]
        if Hold.DATE_IMPOSSIBLE in verdict.holds and verdict.wish_date is not None:
            wish = verdict.wish_date.isoformat()
            args = (("day", wish), ("first", verdict.holds[Hold.DATE_IMPOSSIBLE]))
            reasons.append(Reason("rates.why.date", args))
        if len(boxes) > most_pieces(verdict.carrier, service.id, str(verdict.temperature), verdict.cod):
            reasons.append(Reason("rates.why.pieces", (("boxes", str(len(boxes))),)))
        quoted = self._quote(case, policy, now, verdict, service, boxes)
        if isinstance(quoted, Unfit):
            reasons.append(Reason(quoted.key, quoted.args))
            return Candidate(verdict.carrier, verdict.service, reasons=tuple(reasons))
        sizes, quote = quoted
        return Candidate(verdict.carrier, verdict.service, quote.yen, quote.parts, sizes, tuple(reasons))

    def _quote(
        self, case: Case, policy: Policy, now: int, verdict: Verdict, service: Service, boxes: Sequence[ParcelSize]
    ) -> tuple[tuple[int, ...], Quote] | Unfit:
        """Return the class of each box and what they cost together, or why that cannot be said."""
        name, cold = f"{verdict.carrier}/{service.id}", verdict.temperature is not Temperature.AMBIENT
        sizes: list[int] = []
        for box in boxes:
            size = class_of(service.size, box, name, cold=cold)
            if isinstance(size, Unfit):
                return size
            sizes.append(size)
        day = verdict.ship_date or local_day(now, policy.zone)
        to = case.ship_to
        digits = narrow(to.postcode).replace("-", "")
        place = prefecture_of(to.prefecture)
        journey = Journey(self._origin, place, day.isoformat(), digits, verdict.temperature, verdict.cod)
        quote = self.book.quote(verdict.carrier, service.id, sizes, journey)
        return quote if isinstance(quote, Unfit) else (tuple(sizes), quote)


def _body(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:  # it is made again; until then the estimate counts
        return {}
    return found if isinstance(found, dict) else {}


def _reason(fault: Fault) -> Reason:
    return Reason(fault.key, (("field", fault.field), *fault.args))


def _said(box: ParcelSize) -> str:
    """Return a box as it is shown: carton, sides in centimetres, weight."""
    sides = "" if box.sides_mm is None else "×".join(f"{side / 10:g}" for side in box.sides_mm) + " cm"
    weight = "" if box.weight_g is None else f"{box.weight_g / 1000:g} kg"
    return " ".join(part for part in (box.carton, sides, weight) if part)


def turns_of(text: str) -> int:
    """Return how often proposals of cartons led an order to another service."""
    before = choice_of(text)
    return before.turns if before is not None else 0
