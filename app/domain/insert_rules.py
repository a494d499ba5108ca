"""Inserts 同梱物: rules that say what goes into an order's box beside what was sold, and why or why not.

A rule adds a leaflet, a sample, a card, a noshi, wrapping, a cold pack or protective material where every one of its
conditions holds. A rule without a shop means nobody, unless it is marked as shared by all shops: another shop's leaflet
must never go into a box. Pure: what is true of an order comes in as :class:`Facts`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from app.domain.conditions import Reason, as_data, by_carrier, from_data, one_of, switched, within
from app.domain.noshi import NO_GIFT, GiftWish, Knot
from app.domain.products import sku_fold

__all__ = [
    "MOST_PIECES",
    "PRINTED",
    "SIZES",
    "USUAL_SIZE",
    "WISHES",
    "Clash",
    "Conditions",
    "Facts",
    "Fault",
    "InsertKind",
    "InsertRule",
    "Judged",
    "Per",
    "Plan",
    "Wanted",
    "asks_buyer",
    "buyer_keys",
    "conditions_from_data",
    "goods_total",
    "judge",
    "plan",
    "rule_faults",
    "searched",
]

MOST_PIECES = 99
"""Most pieces of one insert in one order: more is a slip of the hand."""

SIZES = ("A5", "B5", "A4")
"""Sizes of paper that noshi are printed on; cards are half of one."""
USUAL_SIZE = "A5"


class InsertKind(StrEnum):
    """What a rule adds."""

    INSERT = "insert"
    """A leaflet, a catalogue, a coupon."""
    SAMPLE = "sample"
    CARD = "card"
    """A message card; printed by the station where the rule names no product."""
    NOSHI = "noshi"
    """A noshi paper; printed by the station where the rule names no product."""
    WRAP = "wrap"
    """Wrapping, a ribbon, a bag."""
    COLD = "cold"
    """A cold pack."""
    MATERIAL = "material"
    """Protective material: shown, never scanned."""


PRINTED = frozenset({InsertKind.CARD, InsertKind.NOSHI})
"""Kinds that the station prints itself where the rule names no product."""
_NEEDS_PRODUCT = frozenset({InsertKind.INSERT, InsertKind.SAMPLE})


class Per(StrEnum):
    """For what a rule's number of pieces is meant."""

    ORDER = "order"
    BOX = "box"
    PIECE = "piece"
    """Each piece of the products that the rule names, of all goods where it names none."""


WISHES = ("noshi", "wrapping", "message")
"""What a buyer may wish for a gift."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a rule applies: every one that is set must hold."""

    shops: tuple[int, ...] = ()
    """Any of these shops."""
    shared: bool = False
    """Every shop; without it a rule that names no shop applies to none."""
    any_of: tuple[str, ...] = ()
    """SKUs of which at least one is in the order."""
    all_of: tuple[str, ...] = ()
    """SKUs that are all in the order."""
    pieces: int | None = None
    """Least number of pieces, of ``any_of`` where that is set, else of all goods."""
    amount_from: int | None = None
    """Least total of the goods, yen."""
    amount_to: int | None = None
    """Greatest total of the goods, yen."""
    date_from: str = ""
    """First day, ``YYYY-MM-DD``."""
    date_to: str = ""
    """Last day."""
    date_of: str = "order"
    """Which day is meant: ``order`` or ``ship``."""
    campaign: tuple[str, ...] = ()
    """Texts of which one stands in the remark, an option or a coupon."""
    language: str = ""
    """``ja`` for receivers in Japan, ``en`` for those abroad."""
    nth_from: int | None = None
    """The buyer's how manieth order in this shop it is at least; 1 for the first."""
    nth_to: int | None = None
    """The same at most: 1 is for first orders only."""
    gift: bool | None = None
    wish: tuple[str, ...] = ()
    """What the buyer wishes, all of it: of :data:`WISHES`."""
    temperature: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    """Carriers, or ``carrier/service``."""
    fragile: bool | None = None
    """Goods that break are in it."""
    cod: bool | None = None
    """Paid on delivery."""
    not_with: tuple[str, ...] = ()
    """Names of rules that exclude this one."""
    when_out: str = "skip"
    """What becomes of an order where it has run out: ``skip`` lets it go without."""

    def as_data(self) -> dict[str, object]:
        """Return what is set, as plain values."""
        return as_data(self)


def conditions_from_data(data: Mapping[str, Any]) -> Conditions:
    """Return the conditions that :meth:`Conditions.as_data` made plain values of."""
    return from_data(Conditions, data)


@dataclass(frozen=True, slots=True)
class InsertRule:
    """One rule."""

    name: str
    kind: InsertKind
    conditions: Conditions = field(default_factory=Conditions)
    product: int | None = None
    product_name: str = ""
    quantity: int = 1
    per: Per = Per.ORDER
    text: str = ""
    """Words of a card, or what is to be done with material."""
    size: str = USUAL_SIZE
    """Size of a paper that is printed."""
    knots: Mapping[str, Knot] = field(default_factory=dict)
    """For noshi: the knot that this shop takes for a title with which several go, such as 御祝."""
    scanned: bool = True
    active: bool = True
    position: int = 0
    """Rules are looked at in this order; the first of two that exclude each other is taken."""
    id: int = 0

    @property
    def printed(self) -> bool:
        """Whether the station prints it."""
        return self.kind in PRINTED and self.product is None

    @property
    def shown(self) -> bool:
        """Whether it is only shown at the bench: nothing of it can be scanned."""
        return not self.printed and (not self.scanned or self.product is None or self.kind is InsertKind.MATERIAL)


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at in an order."""

    order: int
    shop: int
    ordered_on: str = ""
    """Day of the order in the shop's time zone, ``YYYY-MM-DD``."""
    ship_on: str = ""
    """Day on which it is to ship; empty where none is set."""
    amount: int | None = None
    """Total of the goods in yen; None where the shop does not say it."""
    goods: Mapping[str, int] = field(default_factory=dict)
    """Pieces by folded SKU, of sets both the set and its parts."""
    pieces: int = 0
    """Pieces of all goods."""
    text: str = ""
    """Remark, options and coupons, as :func:`searched` makes them."""
    language: str = "ja"
    nth: int | None = None
    """The buyer's how manieth order in this shop it is; None where that cannot be told."""
    gift: bool = False
    temperature: str = "ambient"
    prefecture: str = ""
    carrier: str = ""
    service: str = ""
    fragile: bool = False
    cod: bool = False
    boxes: int = 1
    wish: GiftWish = NO_GIFT


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of an order."""

    rule: InsertRule
    reasons: tuple[Reason, ...]

    @property
    def applies(self) -> bool:
        """Whether every condition holds."""
        return all(each.holds for each in self.reasons)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rules that contradict each other for an order."""

    taken: str
    left_out: str
    key: str
    """Key of the sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that goes into the box."""

    rule: InsertRule
    quantity: int
    out: bool = False
    """It has run out: the order goes without."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What rules make of an order."""

    wanted: tuple[Wanted, ...]
    judged: tuple[Judged, ...]
    clashes: tuple[Clash, ...] = ()


# --- judging ------------------------------------------------------------------------------------------------------


def judge(rule: InsertRule, facts: Facts) -> Judged:
    """Say of each condition of a rule whether it holds for an order."""
    return Judged(rule, tuple(_reasons(rule, facts)))


def _reasons(rule: InsertRule, facts: Facts) -> Iterable[Reason]:
    when = rule.conditions
    yield Reason("active", rule.active)
    yield from _of_shop(when, facts)
    yield from _of_goods(when, facts)
    yield from _of_days(when, facts)
    if when.campaign:
        held = any(searched(each) in facts.text for each in when.campaign if searched(each))
        yield Reason("campaign", held, "、".join(when.campaign))
    if when.language:
        yield Reason("language", when.language == facts.language, when.language, facts.language)
    yield from within("nth", when.nth_from, when.nth_to, facts.nth, least=1)
    for name in ("gift", "fragile", "cod"):
        yield from switched(name, getattr(when, name), getattr(facts, name))
    for each in when.wish:
        yield Reason(f"wish_{each}", bool(getattr(facts.wish, each)))
    # Paper for what nobody asked for is never printed.
    if rule.printed and rule.kind is InsertKind.NOSHI:
        if "noshi" not in when.wish:
            yield Reason("wish_noshi", facts.wish.noshi)
        if facts.wish.noshi:
            yield Reason("noshi_known", facts.wish.knot is not None)
    if rule.printed and rule.kind is InsertKind.CARD and not rule.text and "message" not in when.wish:
        yield Reason("wish_message", bool(facts.wish.message))
    yield from one_of("temperature", when.temperature, facts.temperature)
    yield from one_of("prefecture", when.prefectures, facts.prefecture, "、")
    yield from by_carrier(when.carriers, facts.carrier, facts.service)


def _of_shop(when: Conditions, facts: Facts) -> Iterable[Reason]:
    if when.shops:
        yield Reason("shop", facts.shop in when.shops)
    else:
        yield Reason("no_shop", when.shared)


def _of_goods(when: Conditions, facts: Facts) -> Iterable[Reason]:
    any_of = {sku_fold(sku): sku for sku in when.any_of}
    if any_of:
        yield Reason("any_of", any(sku in facts.goods for sku in any_of), ", ".join(when.any_of))
    lacking = [sku for sku in when.all_of if sku_fold(sku) not in facts.goods]
    if when.all_of:
        yield Reason("all_of", not lacking, ", ".join(when.all_of), ", ".join(lacking))
    if when.pieces is not None:
        pieces = sum(facts.goods.get(sku, 0) for sku in any_of) if any_of else facts.pieces
        yield Reason("pieces", pieces >= when.pieces, str(when.pieces), str(pieces))
    yield from within("amount", when.amount_from, when.amount_to, facts.amount)


def _of_days(when: Conditions, facts: Facts) -> Iterable[Reason]:
    if not (when.date_from or when.date_to):
        return
    day = facts.ship_on if when.date_of == "ship" else facts.ordered_on
    held = bool(day) and when.date_from <= day and (not when.date_to or day <= when.date_to)
    yield Reason(f"date_{when.date_of}", held, f"{when.date_from} – {when.date_to}".strip(), day)


def asks_buyer(rules: Iterable[InsertRule]) -> bool:
    """Whether one of the rules looks at what the buyer ordered before."""
    return any(rule.conditions.nth_from is not None or rule.conditions.nth_to is not None for rule in rules)


# --- what goes in -------------------------------------------------------------------------------------------------


def plan(rules: Sequence[InsertRule], facts: Facts, stock: Mapping[int, int]) -> Plan:
    """Return what goes into an order's box, in the order of the rules.

    :param stock: pieces on their shelves by product; one that never had stock is not in it and never runs out.
    """
    judged = tuple(judge(rule, facts) for rule in sorted(rules, key=lambda each: (each.position, each.id)))
    taken: list[Wanted] = []
    clashes: list[Clash] = []
    for each in judged:
        if not each.applies:
            continue
        rule = each.rule
        against = next((key for key in (_against(rule, other.rule) for other in taken) if key), None)
        if against is not None:
            clashes.append(Clash(against[0], rule.name, against[1]))
            continue
        quantity = min(MOST_PIECES, _quantity(rule, facts))
        if quantity <= 0:
            continue
        out = rule.product is not None and not rule.shown and stock.get(rule.product, quantity) < quantity
        taken.append(Wanted(rule, quantity, out))
    return Plan(tuple(taken), judged, tuple(clashes))


def _against(rule: InsertRule, other: InsertRule) -> tuple[str, str] | None:
    """Return the rule that is taken already and excludes this one, and the key of why."""
    if other.name in rule.conditions.not_with or rule.name in other.conditions.not_with:
        return other.name, "inserts.clash.excluded"
    if rule.kind is other.kind is InsertKind.NOSHI:
        return other.name, "inserts.clash.two_noshi"
    return None


def _quantity(rule: InsertRule, facts: Facts) -> int:
    if rule.per is Per.ORDER:
        return rule.quantity
    if rule.per is Per.BOX:
        return rule.quantity * max(facts.boxes, 0)
    named = {sku_fold(sku) for sku in (*rule.conditions.any_of, *rule.conditions.all_of)}
    pieces = sum(facts.goods.get(sku, 0) for sku in named) if named else facts.pieces
    return rule.quantity * pieces


# --- what a rule may be -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a rule cannot be kept as it is."""

    key: str
    field: str
    """Field that is to be changed."""
    args: tuple[tuple[str, object], ...] = ()


def rule_faults(rule: InsertRule, names: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Return what is wrong with a rule.

    :param names: names of the other rules.
    """
    when, found = rule.conditions, list[Fault]()
    names = frozenset(names)
    if not rule.name.strip():
        found.append(Fault("inserts.fault.no_name", "name"))
    elif rule.name in names:
        found.append(Fault("inserts.fault.name_taken", "name", (("name", rule.name),)))
    if rule.product is None and rule.kind in _NEEDS_PRODUCT:
        found.append(Fault("inserts.fault.no_product", "sku"))
    if rule.product is None and not rule.printed and not rule.text.strip() and rule.kind not in _NEEDS_PRODUCT:
        found.append(Fault("inserts.fault.no_words", "text"))
    if not 1 <= rule.quantity <= MOST_PIECES:
        found.append(Fault("inserts.fault.quantity", "quantity", (("most", MOST_PIECES),)))
    if not when.shops and not when.shared:
        found.append(Fault("inserts.fault.no_shop", "shops"))
    if when.shops and when.shared:
        found.append(Fault("inserts.fault.shop_and_shared", "shops"))
    for low, high, name in (
        (when.amount_from, when.amount_to, "amount_to"),
        (when.date_from or None, when.date_to or None, "date_to"),
        (when.nth_from, when.nth_to, "nth_to"),
    ):
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            found.append(Fault("inserts.fault.span", name, (("low", low), ("high", high))))
    if rule.size not in SIZES:
        found.append(Fault("inserts.fault.size", "size", (("size", rule.size), ("known", ", ".join(SIZES)))))
    if rule.name in when.not_with:
        found.append(Fault("inserts.fault.excludes_itself", "not_with"))
    found += [
        Fault("inserts.fault.unknown_rule", "not_with", (("name", each),))
        for each in when.not_with
        if each != rule.name and each not in names
    ]
    return tuple(found)


# --- facts --------------------------------------------------------------------------------------------------------


def searched(text: str) -> str:
    """Return a text as campaigns are looked for in it: one width and case, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())


def goods_total(subtotal: str, lines: Iterable[tuple[str, int]]) -> int | None:
    """Return the total of the goods in yen: what the shop says, else the sum over its lines; None where neither is.

    :param lines: price of one piece as decimal text, and pieces.
    """
    said = _decimal(subtotal)
    if said is not None:
        return int(said)
    total = Decimal(0)
    for price, pieces in lines:
        each = _decimal(price)
        if each is None:
            return None
        total += each * pieces
    return int(total)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**12 else None


_SIGNS = re.compile(r"[\s・.,、。\-‐-―−]+")


def buyer_keys(shop: int, name: str, phone: str, postcode: str) -> tuple[int, ...]:
    """Return the keys by which two orders of one shop are known to be of the same buyer; none without a name.

    One for name and phone number, one for name and postcode, as numbers that do not tell the name: the buyer is the
    same where one of them is. A phone number that a mall has masked gives none.
    """
    folded = _SIGNS.sub("", unicodedata.normalize("NFKC", name).casefold())
    if not folded:
        return ()
    found = []
    for kind, value, least in (("phone", phone, 9), ("post", postcode, 7)):
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", value))
        if len(digits) >= least and "*" not in value:
            text = "\x1f".join((str(shop), kind, folded, digits))
            found.append(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1)
    return tuple(found)
