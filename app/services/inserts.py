"""Inserts 同梱物 of orders: what rules put into each box, when that is made anew, and the papers that go with it.

Made at the release and again with every new version. What is in a box already stays; what is not is brought in line.
A paper that says something else now is a new one with a code of its own: the old one is refused at the bench, and goes
on the pull list where it may lie printed. An insert whose stock is used up is left out, kept on the order as short, and
told to the office (:func:`app.services.insert_rules.run_out`); no order waits for a leaflet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.addresses import is_japan
from app.domain.gate import local_day
from app.domain.insert_rules import (
    Clash,
    Facts,
    InsertKind,
    InsertRule,
    Per,
    Plan,
    Wanted,
    asks_buyer,
    buyer_keys,
    goods_total,
    plan,
    searched,
)
from app.domain.noshi import GIFT, GiftWish, Knot, faults, knots_for, read_gift, warnings, wish_of
from app.domain.orders import Address, Hold, OrderState
from app.domain.people import Right
from app.domain.products import sku_fold
from app.domain.stock import RETURN_SHELF, Move, parcel_place
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.services.desk import Desk
from app.services.gate import zone_of
from app.services.settings import all_settings
from app.storage import holds as holds_storage
from app.storage import inserts as storage
from app.storage import order_life, printing
from app.storage import packing as packing_storage
from app.storage import pulls as pulls_storage
from app.storage.database import Transaction
from app.storage.inserts import ExtraRow, InsertStep, NewExtra, OrderFacts, OrderLine
from app.storage.printing import NewJob
from app.storage.pulls import NewPull

__all__ = [
    "GIFT",
    "PAPERS",
    "SWITCH",
    "Explained",
    "ExtraRow",
    "Gifts",
    "Renewed",
    "explain",
    "extras_of",
    "facts_of",
    "gift_warning",
    "know_buyers",
    "print_papers",
    "put_gift",
    "remove",
    "renew",
    "unread_buyers",
    "wish_of",
]

PAPERS = {"noshi": "noshi", "card": "gift_card"}
"""Papers of the outbox, by the kind of insert."""
_BUYERS_AT_ONCE = 400
"""Orders whose buyers are taken in within a release: what came in just before it."""
_ONCE_A_PARCEL = frozenset({InsertKind.INSERT})
"""Kinds of which orders of one shop that share a parcel need only one each."""

extras_of = storage.extras_of
SWITCH = storage.SWITCH


@dataclass(frozen=True, slots=True)
class Renewed:
    """What bringing inserts in line did."""

    papers: Mapping[str, tuple[int, ...]]
    """Orders with papers to be printed, by the kind of insert."""
    clashes: Mapping[int, tuple[Clash, ...]]
    """Rules that contradict each other, by order."""
    made: int = 0
    """Rows that are new on the orders."""


NOTHING = Renewed({}, {})


# --- facts --------------------------------------------------------------------------------------------------------


def _usual(rules: Iterable[InsertRule], shop: int) -> dict[str, Knot]:
    """The knots that a shop's noshi rules take for titles with which several go; the first rule's word counts."""
    found: dict[str, Knot] = {}
    for rule in rules:
        when = rule.conditions
        if rule.kind is InsertKind.NOSHI and (shop in when.shops or when.shared):
            found = {**rule.knots, **found}
    return found


class Gifts:
    """Reads the wishes of orders that come in: what a person must read keeps the order back."""

    def __init__(self, tx: Transaction, shop: int) -> None:
        rules = [rule for rule in storage.rules(tx) if rule.kind in (InsertKind.NOSHI, InsertKind.CARD)]
        self._on = any(shop in rule.conditions.shops or rule.conditions.shared for rule in rules)
        self._usual = _usual(rules, shop)

    def unread(self, note: str, wish: str, options: Iterable[str]) -> str:
        """Return the lines that only a person can read; empty for none, or where the shop prints no such papers."""
        if not self._on:
            return ""
        return "\n".join(read_gift(note, wish, *options, usual=self._usual).unread)


def _facts(
    head: OrderFacts, lines: Sequence[OrderLine], zone: ZoneInfo, nth: int | None, boxes: int, usual: Mapping[str, Knot]
) -> Facts:
    content = head.content
    sold: list[Mapping[str, Any]] = content.get("sold", [])
    goods: dict[str, int] = {}
    for line in lines:
        goods[sku_fold(line.sku)] = goods.get(sku_fold(line.sku), 0) + line.wanted
    for each in sold:
        goods[sku_fold(each["sku"])] = goods.get(sku_fold(each["sku"]), 0) + int(each["quantity"])
    priced = [(line.price, line.wanted) for line in lines if line.sold is None]
    priced += [(str(each["price"]), int(each["quantity"])) for each in sold]
    options = [line.options for line in lines] + [str(each["options"]) for each in sold]
    texts = (content.get("note", ""), content.get("wish", ""), content.get("delivery", ""), *options)
    return Facts(
        order=head.id,
        shop=head.shop,
        ordered_on=local_day(head.ordered_at, zone).isoformat(),
        ship_on=head.ship_date,
        amount=goods_total(content.get("totals", {}).get("subtotal", ""), priced),
        goods=goods,
        pieces=sum(line.wanted for line in lines),
        text=searched("\n".join(texts)),
        language="ja" if is_japan(Address(**content.get("ship_to", {}))) else "en",
        nth=nth,
        gift=head.gift,
        temperature=head.temperature,
        prefecture=head.prefecture,
        carrier=head.carrier,
        service=head.service,
        fragile=any(line.fragile for line in lines),
        cod=head.cod > 0,
        boxes=boxes,
        wish=wish_of(content, options, usual),
    )


def _nth_orders(tx: Transaction, heads: Iterable[OrderFacts]) -> dict[int, int]:
    """Return the how manieth order of its buyer in its shop each one is; one whose buyer is not known is not in it.

    Cancelled orders do not count, and several parcels under one order number are one order.
    """
    keys: dict[int, tuple[int, ...]] = {}
    for head in heads:
        buyer = head.content.get("buyer", {})
        names = (buyer.get("name", ""), buyer.get("phone", ""), buyer.get("postcode", ""))
        if of_buyer := buyer_keys(head.shop, *names):
            keys[head.id] = of_buyer
    known = storage.of_buyers(tx, {key for of_buyer in keys.values() for key in of_buyer})
    found: dict[int, int] = {}
    for head in heads:
        if head.id in keys:
            mine = (head.ordered_at, head.id)
            before = {
                number
                for key in keys[head.id]
                for order, number, at in known.get(key, ())
                if (at, order) < mine and number != head.number
            }
            found[head.id] = len(before) + 1
    return found


def unread_buyers(tx: Transaction) -> bool:
    """Whether a rule asks for first or repeated orders, so that :func:`know_buyers` is to be run."""
    return asks_buyer(storage.rules(tx))


def know_buyers(desk: Desk) -> int:
    """Take in the buyers of all orders that are not known yet, in chunks; return how many orders were looked at."""
    done = 0
    while desk.read(unread_buyers).result():
        number = desk.chunk(frozenset(), storage.know_buyers, _BUYERS_AT_ONCE, buyer_keys).result()
        done += number
        if number < _BUYERS_AT_ONCE:
            break
    return done


# --- what goes in -------------------------------------------------------------------------------------------------


class _Judge:
    """Judges orders, each together with those that share its parcel, by a fixed number of statements."""

    def __init__(self, tx: Transaction, rules: Sequence[InsertRule], orders: Sequence[int], *, write: bool) -> None:
        heads = storage.facts_of(tx, orders)
        parcels = storage.boxes_of(tx, {head.lead or head.id for head in heads})
        others = {order for _, members in parcels.values() for order, _ in members} - {head.id for head in heads}
        if others:
            heads += storage.facts_of(tx, others)
        self.heads = {head.id: head for head in heads}
        self._parcels = parcels
        self._rules = rules
        self._lines = storage.lines_of(tx, self.heads) if rules else {}
        self._stock = storage.stock_of(tx, {rule.product for rule in rules if rule.product is not None})
        self._nth: dict[int, int] = {}
        # Whoever only looks writes nothing: what came in just now is not known by then.
        if asks_buyer(rules) and (not write or storage.know_buyers(tx, _BUYERS_AT_ONCE, buyer_keys) < _BUYERS_AT_ONCE):
            self._nth = _nth_orders(tx, self.heads.values())
        self._zone = zone_of(all_settings(tx)["shop.timezone"])
        self._plans: dict[int, Plan] = {}

    def facts(self, order: int) -> Facts:
        """Return what rules look at in an order."""
        head = self.heads[order]
        boxes, members = self._parcels[head.lead or head.id]
        first = next(other for other, shop in members if shop == head.shop)
        return _facts(
            head,
            self._lines.get(order, ()),
            self._zone,
            self._nth.get(order),
            boxes if first == order else 0,
            _usual(self._rules, head.shop),
        )

    def plan(self, order: int) -> Plan:
        """Return what rules make of an order."""
        if order not in self._plans:
            self._plans[order] = plan(self._rules, self.facts(order), self._stock)
        return self._plans[order]

    def wanted(self, order: int) -> tuple[Wanted, ...]:
        """Return what goes into the box for an order; a leaflet that the same shop's order before it has, does not."""
        head = self.heads[order]
        _, members = self._parcels[head.lead or head.id]
        had: set[int] = set()
        for other, shop in members:
            if other == order:
                break
            if shop == head.shop:
                had |= {each.rule.id for each in self.plan(other).wanted}
        return tuple(
            each
            for each in self.plan(order).wanted
            if each.rule.id not in had or each.rule.kind not in _ONCE_A_PARCEL or each.rule.per is not Per.ORDER
        )


def facts_of(tx: Transaction, orders: Sequence[int], rules: Sequence[InsertRule]) -> list[Facts]:
    """Return what *rules* look at in orders, in their order."""
    if not orders:
        return []
    judge = _Judge(tx, rules, orders, write=False)
    return [judge.facts(order) for order in orders if order in judge.heads]


def _said(rule: InsertRule, wish: GiftWish) -> str:
    """What is printed for a rule, or shown: JSON of a paper, else words."""
    if rule.printed and rule.kind is InsertKind.NOSHI:
        assert wish.knot is not None
        body: dict[str, object] = {"knot": str(wish.knot), "title": wish.title, "names": list(wish.names)}
        body |= {"cover": str(wish.cover), "size": rule.size}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if rule.printed:
        message = rule.text or wish.message
        return json.dumps({"message": message, "size": rule.size}, ensure_ascii=False, separators=(",", ":"))
    wrapping = wish.wrapping if rule.kind is InsertKind.WRAP else ""
    return "\n".join(filter(None, (wrapping, rule.text)))


def _new(order: int, position: int, wanted: Wanted, wish: GiftWish) -> NewExtra:
    rule = wanted.rule
    return NewExtra(
        order=order,
        position=position,
        kind=str(rule.kind),
        product=rule.product,
        name=rule.product_name or rule.name,
        text=_said(rule, wish),
        wanted=wanted.quantity,
        short=wanted.quantity if wanted.out else 0,
        shown=rule.shown,
        rule=rule.id,
    )


def renew(tx: Transaction, orders: Sequence[int], act: str = "", reason: str = "", *, fresh: bool = False) -> Renewed:
    """Bring the inserts of orders in line with the rules as they are now, within the caller's act.

    :param act: the act, for what comes out of a box again.
    :param reason: key of why, for papers that go on the pull list; empty for none there.
    :param fresh: the orders have no inserts yet, so that a shop without rules pays one statement.
    """
    rules = storage.rules(tx)
    if not orders or (fresh and not rules):
        return NOTHING
    judge = _Judge(tx, rules, orders, write=True)
    there: dict[int, list[ExtraRow]] = {}
    if any(judge.heads[order].extras for order in orders if order in judge.heads):
        for row in storage.extras_of(tx, orders):
            there.setdefault(row.order, []).append(row)
    steps: dict[int, list[InsertStep]] = {}
    if there:
        for step in storage.touched(tx, [*there, *(judge.heads[order].lead or order for order in there)]):
            steps.setdefault(step.extra, []).append(step)
    lists = [_Renewal(judge, order, there.get(order, []), steps) for order in orders if order in judge.heads]
    gone = [row for each in lists for row in each.gone]
    _pull_papers(tx, act, gone, reason)
    storage.undo_steps(tx, [step.id for row in gone for step in steps.get(row.id, ())], act)
    storage.drop(tx, [row.id for row in gone])
    for each in lists:
        for row, number, position in each.changed:
            storage.counted(tx, row.id, number, position)
    storage.add(tx, [row for each in lists for row in each.new])
    storage.recount(tx, {each.order: each.number for each in lists if each.number != judge.heads[each.order].extras})
    papers: dict[str, list[int]] = {}
    for each in lists:
        for kind in dict.fromkeys(row.kind for row in each.new if row.product is None and not row.shown):
            papers.setdefault(kind, []).append(each.order)
    clashes = {each.order: judge.plan(each.order).clashes for each in lists if judge.plan(each.order).clashes}
    made = sum(len(each.new) for each in lists)
    return Renewed({kind: tuple(found) for kind, found in papers.items()}, clashes, made)


class _Renewal:
    """What changes about one order's inserts."""

    def __init__(
        self, judge: _Judge, order: int, there: Sequence[ExtraRow], steps: Mapping[int, Sequence[InsertStep]]
    ) -> None:
        self.order = order
        self.new: list[NewExtra] = []
        self.changed: list[tuple[ExtraRow, int, int]] = []
        """Row, pieces wanted and place from now on."""
        wish = judge.facts(order).wish
        left = list(there)
        for position, each in enumerate(judge.wanted(order), 1):
            made = _new(order, position, each, wish)
            row = next((row for row in left if _same(row, made)), None)
            if row is None:
                self.new.append(made)
                continue
            begun = row.id in steps
            if not begun and (row.short > 0) != (made.short > 0):
                self.new.append(made)  # it ran out, or came in again, since
                continue
            left.remove(row)
            number = max(made.wanted, row.done + row.short) if begun else made.wanted
            if not begun and row.short and number != row.wanted:
                left.append(row)
                self.new.append(made)
            elif (number, position) != (row.wanted, row.position):
                self.changed.append((row, number, position))
        kept = [row for row in left if row.id in steps and row.product is not None]
        # Of what no rule wants any more, what is in the box stays, and nothing else of it is asked for.
        self.changed += [
            (row, row.done + row.short, row.position) for row in kept if row.wanted > row.done + row.short > 0
        ]
        self.gone = [row for row in left if row not in kept]
        self.number = len(there) - len(self.gone) + len(self.new)


def _same(row: ExtraRow, made: NewExtra) -> bool:
    """Whether a row is what a rule wants now: a paper that says something else is another one."""
    return (row.rule, row.kind, row.product, row.shown, row.text) == (
        made.rule, made.kind, made.product, made.shown, made.text,
    )  # fmt: skip


def _pull_papers(tx: Transaction, act: str, gone: Sequence[ExtraRow], reason: str) -> None:
    """Papers that may lie printed in a stack or a box go on the pull list."""
    if reason:
        printed = [row for row in gone if row.kind in PAPERS and row.product is None and not row.shown]
        pulls_storage.add(tx, act, [NewPull(row.order, "paper", f"KN-{row.id}", reason) for row in printed])


# --- taking away --------------------------------------------------------------------------------------------------


def remove(tx: Transaction, act: str, orders: Sequence[int], reason: str, *, papers: bool = True) -> None:
    """Take the inserts of orders away, within the caller's act: of one that is cancelled, not released any more, or
    leaves another one's parcel.

    Goods that are in a box already go onto the return shelf and the pull list.

    :param reason: key of why, for the pull list.
    :param papers: printed papers go on the pull list as well.
    """
    rows = storage.extras_of(tx, orders) if orders else []
    if not rows:
        return
    of_extra = {row.id: row for row in rows}
    leads = [storage.lead_of(tx, order) for order in {row.order for row in rows}]
    steps = [step for step in storage.touched(tx, [*orders, *leads]) if step.extra in of_extra]
    listed: list[NewPull] = []
    for step in steps:
        if not step.packed or step.product is None:
            continue
        order = of_extra[step.extra].order
        if step.source:
            move = Move(step.product, step.lot, parcel_place(step.parcel), RETURN_SHELF, step.quantity)
            packing_storage.book(tx, act, order, [move])
        listed.append(
            NewPull(order, "goods", step.sku, reason, quantity=step.quantity, product=step.product, lot=step.lot,
                    shelf=step.shelf)
        )  # fmt: skip
    pulls_storage.add(tx, act, listed)
    _pull_papers(tx, act, rows, reason if papers else "")
    storage.undo_steps(tx, [step.id for step in steps], act)
    storage.drop(tx, of_extra)
    storage.recount(tx, dict.fromkeys({row.order for row in rows}, 0))


# --- papers -------------------------------------------------------------------------------------------------------


def print_papers(tx: Transaction, act: str, station: str, renewed: Renewed) -> None:
    """Put the papers of orders that were renewed one by one into the outbox: at the bench, or for a new version.

    They come out at the release whatever ``slip.when`` says, since they must be in the box before it is closed.
    """
    orders = sorted({order for found in renewed.papers.values() for order in found})
    if not orders:
        return
    versions = {head.id: head.version for head in storage.facts_of(tx, orders)}
    jobs = [
        NewJob(PAPERS[kind], order, version=versions[order])
        for kind, found in sorted(renewed.papers.items())
        for order in found
    ]
    printing.add_jobs(tx, act, station, jobs)


# --- one order ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Explained:
    """Why each rule did or did not put something into an order's box."""

    order: int
    number: str
    shop: str
    facts: Facts
    plan: Plan
    there: tuple[ExtraRow, ...]
    """What is on the order now."""
    warnings: tuple[str, ...]
    """Keys of what is unusual about its noshi."""


def explain(tx: Transaction, order: int) -> Explained:
    """Say of every active rule whether it applies to an order, and why.

    :raises NotFound: there is no such order.
    """
    rules = storage.rules(tx)
    judge = _Judge(tx, rules, [order], write=False)
    if order not in judge.heads:
        raise NotFound("order.not_found", name=str(order))
    head = judge.heads[order]
    facts = judge.facts(order)
    made = judge.plan(order)
    kept = Plan(judge.wanted(order), made.judged, made.clashes)
    there = tuple(storage.extras_of(tx, [order]))
    return Explained(order, head.number, head.shop_name, facts, kept, there, warnings(facts.wish))


def gift_warning(say: Callable[..., str], wish: GiftWish) -> dict[str, object]:
    """Return what the sentence of a warning about a noshi names, in words."""
    usual = say("list.comma").join(say(f"noshi.knot.{knot}") for knot in knots_for(wish.title))
    return {"title": wish.title, "knot": say(f"noshi.knot.{wish.knot}") if wish.knot else "", "usual": usual}


_MAY_CHANGE = (OrderState.RECEIVED, OrderState.READY, OrderState.RELEASED, OrderState.PICKED)


def put_gift(tx: Transaction, station: str, act: str, order: int, wish: GiftWish) -> tuple[str, ...]:
    """Say what is wished for an order's gift; a hold that waits for just that is lifted. Return keys of warnings.

    Of a released order the papers come out anew; one that is in the box already goes on the pull list.

    :raises NotAllowed: it is packed or has left the house, it cannot be printed so, or the person may not.
    :raises NotFound: there is no such order.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return tuple(acts.result_of(tx, act))
    acts.require(state, Right.HOLD)
    head = order_life.lock(tx, order)
    found = storage.facts_of(tx, [order])
    if head is None or not found:
        raise NotFound("order.not_found", name=str(order))
    if head.state not in _MAY_CHANGE:
        raise NotAllowed("gift.too_late", number=head.number, state=str(head.state))
    if wrong := faults(wish):
        raise NotAllowed(wrong[0][0], **wrong[0][1])
    storage.put_content(tx, order, {**found[0].content, GIFT: wish.as_data()})
    for row in holds_storage.holds_of(tx, order):
        if row.hold == Hold.REMARK and row.detail and not row.lifted:
            holds_storage.lift_holds(tx, order, [str(Hold.REMARK)])
    holds_storage.settle(tx, order)
    if head.state in (OrderState.RELEASED, OrderState.PICKED):
        print_papers(tx, act, station, renew(tx, [order], act, "pull.gift_changed"))
    told = warnings(wish)
    acts.end(tx, state, act, "gift", {"gift": wish.as_data()}, order=order, result=list(told))
    return told
