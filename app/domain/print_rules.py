"""Print rules: which papers come out, when, how many, from which printer and in which form.

The first rule of a paper of which every condition holds decides; where none applies, the shop's settings do
(``slip.when``, ``papers.with``). A rule for one station decides only where and how a paper comes out, never when: which
station will open an order is not known at its release, and a paper must come out once. Pure: what is true of an order
comes in as :class:`PrintFacts`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from app.domain.addresses import is_japan
from app.domain.conditions import Reason, as_data, by_carrier, from_data, one_of, switched, within
from app.domain.orders import Address

__all__ = [
    "ABROAD",
    "GIFT_PAPERS",
    "HOME",
    "MOST_COPIES",
    "NO_FACTS",
    "OF_ORDER",
    "PAPERS",
    "WHENS",
    "WISHES",
    "Judged",
    "OrderPaper",
    "Out",
    "PrintConditions",
    "PrintFacts",
    "PrintRule",
    "Ruled",
    "When",
    "conditions_from_data",
    "country_of",
    "covered_by",
    "decide",
    "explain",
    "in_order",
    "judge",
    "may_come_out_at_release",
    "outs_of",
    "rule_faults",
    "sheets_of",
    "usual_when",
]

T = TypeVar("T")

MOST_COPIES = 20
"""Most copies of one paper: more is a slip of the hand."""
ABROAD = "abroad"
"""Any country but Japan."""
HOME = "JP"
WISHES = ("noshi", "message")
"""What a buyer may wish that papers depend on."""


class OrderPaper(StrEnum):
    """A paper that an order may get, the setting ``papers.with``."""

    SLIP = "slip"
    """Packing slip 納品書."""
    INVOICE = "invoice"
    """納品書兼領収書, or 適格請求書: stands in for the slip and carries its code."""
    RETURN_SLIP = "return_slip"
    """返品用紙."""
    ADDRESS_LABEL = "address_label"
    """宛名ラベル, for carriers without software."""


class When(StrEnum):
    """When a paper comes out."""

    SETTINGS = ""
    """As the shop's settings say."""
    RELEASE = "release"
    """With its batch; of an order that is released by being opened, then."""
    START = "start"
    """A bench opens the order."""
    CLOSE = "close"
    NEVER = "never"


_SHEETS: Mapping[OrderPaper, str] = {
    OrderPaper.SLIP: "packing_slip",
    OrderPaper.INVOICE: "invoice",
    OrderPaper.RETURN_SLIP: "return_slip",
}
GIFT_PAPERS = ("noshi", "gift_card")
OF_ORDER = (*_SHEETS.values(), "address_label", *GIFT_PAPERS)
"""Papers of one order; the others are of a batch, a pick job or a hand-over, and know only their station."""
_ANY_TIME = (When.SETTINGS, When.RELEASE, When.START, When.CLOSE, When.NEVER)
WHENS: Mapping[str, tuple[When, ...]] = {
    **dict.fromkeys((*_SHEETS.values(), "address_label"), _ANY_TIME),
    **dict.fromkeys(GIFT_PAPERS, (When.SETTINGS, When.RELEASE, When.START)),
    "pick_list": (When.SETTINGS, When.RELEASE, When.NEVER),
    **dict.fromkeys(("job_list", "place_sheet", "handover_list", "label"), (When.SETTINGS,)),
}
"""When each paper may come out. What goes into a gift is asked for at the bench, so it must come out before the close;
what a person asks for comes out then."""
PAPERS = tuple(WHENS)
"""Papers that a rule can name."""


@dataclass(frozen=True, slots=True)
class PrintConditions:
    """When a rule applies: every one that is set must hold."""

    shops: tuple[int, ...] = ()
    """Any of these shops; empty for all."""
    channels: tuple[str, ...] = ()
    """Ids of channels."""
    carriers: tuple[str, ...] = ()
    """Carriers, or ``carrier/service``."""
    stations: tuple[str, ...] = ()
    """Stations that print: the one that releases, or whose bench has the order."""
    countries: tuple[str, ...] = ()
    """Countries as shops write them, or ``abroad``."""
    prefectures: tuple[str, ...] = ()
    gift: bool | None = None
    cod: bool | None = None
    """Paid on delivery."""
    temperature: tuple[str, ...] = ()
    wish: tuple[str, ...] = ()
    """What the buyer wishes, all of it: of :data:`WISHES`."""
    pieces_from: int | None = None
    pieces_to: int | None = None
    amount_from: int | None = None
    """Least total of the goods, yen."""
    amount_to: int | None = None
    cartons: tuple[str, ...] = ()
    """Codes of cartons of which one was proposed."""
    size_from: int | None = None
    """Least sum of the parcel's three sides, cm."""
    size_to: int | None = None
    boxes_from: int | None = None
    boxes_to: int | None = None

    def as_data(self) -> dict[str, object]:
        """Return what is set, as plain values."""
        return as_data(self)


def conditions_from_data(data: Mapping[str, Any]) -> PrintConditions:
    """Return the conditions that :meth:`PrintConditions.as_data` made plain values of."""
    return from_data(PrintConditions, data)


@dataclass(frozen=True, slots=True)
class PrintRule:
    """One rule."""

    name: str
    paper: str
    """One of :data:`PAPERS`."""
    conditions: PrintConditions = field(default_factory=PrintConditions)
    when: When = When.SETTINGS
    copies: int = 1
    printer: int | None = None
    """None for the one that stands first at the station."""
    template: str = ""
    """Name of a template of this paper; empty for the usual form."""
    active: bool = True
    position: int = 0
    """Rules are looked at in this order."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """What rules look at."""

    order: int = 0
    """0 for a paper that is not of one order."""
    station: str = ""
    shop: int = 0
    channel: str = ""
    carrier: str = ""
    service: str = ""
    country: str = HOME
    """As :func:`country_of` makes it."""
    prefecture: str = ""
    gift: bool = False
    cod: bool = False
    temperature: str = "ambient"
    noshi: bool = False
    message: bool = False
    pieces: int = 0
    amount: int | None = None
    """Total of the goods in yen; None where the shop does not say it."""
    cartons: tuple[str, ...] = ()
    size: int | None = None
    """Sum of the parcel's three sides, cm; None where it is not known."""
    boxes: int = 1


NO_FACTS = PrintFacts()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was decided about a paper."""

    when: When
    """Never :attr:`When.SETTINGS`."""
    copies: int = 1
    printer: int | None = None
    template: str = ""
    rule: PrintRule | None = None
    """The rule that decided; None where the settings did."""
    said: bool = False
    """Whether a rule said when; else the settings did."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of a paper."""

    rule: PrintRule
    reasons: tuple[Reason, ...]
    decides: bool = False
    """It is the first that applies."""

    @property
    def applies(self) -> bool:
        """Whether every condition holds."""
        return all(each.holds for each in self.reasons)


# --- judging ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def country_of(text: str) -> str:
    """Return a country as conditions compare it; what shops leave empty is Japan."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return HOME if is_japan(Address(country=plain)) else plain.upper()


def judge(rule: PrintRule, facts: PrintFacts) -> Judged:
    """Say of each condition of a rule whether it holds."""
    return Judged(rule, tuple(_reasons(rule, facts)))


def _reasons(rule: PrintRule, facts: PrintFacts) -> Iterator[Reason]:
    when = rule.conditions
    yield Reason("active", rule.active)
    if when.shops:
        yield Reason("shop", facts.shop in when.shops)
    yield from one_of("channel", when.channels, facts.channel)
    yield from by_carrier(when.carriers, facts.carrier, facts.service)
    yield from one_of("station", when.stations, facts.station)
    if when.countries:
        held = any(_is_country(each, facts.country) for each in when.countries) and bool(facts.order)
        yield Reason("country", held, ", ".join(when.countries), facts.country)
    yield from one_of("prefecture", when.prefectures, facts.prefecture, "、")
    for name in ("gift", "cod"):
        yield from switched(name, getattr(when, name), getattr(facts, name))
    yield from one_of("temperature", when.temperature, facts.temperature)
    for each in when.wish:
        yield Reason(f"wish_{each}", bool(getattr(facts, each, False)))
    yield from within("pieces", when.pieces_from, when.pieces_to, facts.pieces)
    yield from within("amount", when.amount_from, when.amount_to, facts.amount)
    if when.cartons:
        held = any(each in when.cartons for each in facts.cartons)
        yield Reason("carton", held, ", ".join(when.cartons), ", ".join(facts.cartons))
    yield from within("size", when.size_from, when.size_to, facts.size)
    yield from within("boxes", when.boxes_from, when.boxes_to, facts.boxes, least=1)


def _is_country(wanted: str, country: str) -> bool:
    return country != HOME if wanted.strip().casefold() == ABROAD else country_of(wanted) == country


def _in_order(rules: Iterable[PrintRule], paper: str) -> list[PrintRule]:
    return sorted((rule for rule in rules if rule.paper == paper), key=lambda each: (each.position, each.id))


def usual_when(paper: str, settings: Mapping[str, str]) -> When:
    """Return when a paper comes out as the shop's settings say."""
    if paper in GIFT_PAPERS:
        return When.RELEASE  # it must be in the box before it is closed
    if paper == "pick_list":
        return When.RELEASE if settings.get("pick_list.print", "on") == "on" else When.NEVER
    word = next((str(each) for each, name in _SHEETS.items() if name == paper), paper)
    if word not in set(OrderPaper):
        return When.RELEASE  # somebody asks for it
    when = settings.get("slip.when", "release")
    return When(when) if when != "off" and word in settings.get("papers.with", "slip").split(",") else When.NEVER


def decide(rules: Iterable[PrintRule], paper: str, facts: PrintFacts, settings: Mapping[str, str]) -> Ruled:
    """Decide about a paper: the first rule that applies, else the settings of its shop.

    Of an order's paper a rule for some stations says where it comes out; when is said by the first one that is for all
    of them.
    """
    where: PrintRule | None = None
    for rule in _in_order(rules, paper):
        only_where = bool(rule.conditions.stations) and paper in OF_ORDER
        if (where is not None and only_where) or not all(each.holds for each in _reasons(rule, facts)):
            continue
        where = where or rule
        if not only_where:
            said = rule.when is not When.SETTINGS
            when = rule.when if said else usual_when(paper, settings)
            return Ruled(when, where.copies, where.printer, where.template, where, said)
    if where is None:
        return Ruled(usual_when(paper, settings))
    return Ruled(usual_when(paper, settings), where.copies, where.printer, where.template, where)


def may_come_out_at_release(rules: Iterable[PrintRule], paper: str, settings: Mapping[str, str], shop: int) -> bool:
    """Whether a paper of some order of a shop comes out at its release, whatever else is true of that order."""
    usual = usual_when(paper, settings)
    for rule in _in_order(rules, paper):
        when = rule.conditions
        if not rule.active or when.stations or (when.shops and shop not in when.shops):
            continue
        if (rule.when or usual) is When.RELEASE:
            return True
        if replace(when, shops=()) == PrintConditions():
            return False  # it decides for every order of the shop
    return usual is When.RELEASE


def explain(rules: Iterable[PrintRule], paper: str, facts: PrintFacts) -> tuple[Judged, ...]:
    """Say of every rule of a paper whether it applies and why, in their order; the first that does decides."""
    judged = [judge(rule, facts) for rule in _in_order(rules, paper)]
    first = next((each for each in judged if each.applies), None)
    return tuple(replace(each, decides=each is first) for each in judged)


# --- the papers of one order --------------------------------------------------------------------------------------


def sheets_of(wanted: Collection[str], *, gift: bool) -> tuple[OrderPaper, ...]:
    """Return the sheets that an order gets, in their order in the box; address labels come out of a printer apart.

    A gift never gets prices: in place of its invoice it gets its slip.
    """
    slip = OrderPaper.SLIP in wanted or (gift and OrderPaper.INVOICE in wanted)
    made = [OrderPaper.SLIP] if slip else []
    if OrderPaper.INVOICE in wanted and not gift:
        made.append(OrderPaper.INVOICE)
    if OrderPaper.RETURN_SLIP in wanted:
        made.append(OrderPaper.RETURN_SLIP)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Out:
    """One job of an order, or its share in a job of its batch."""

    paper: str
    """Paper of the job: ``packing_slip`` stands for the order's stack of sheets."""
    ruled: Ruled
    sheets: tuple[tuple[OrderPaper, str], ...] = ()
    """Sheets in it, in their order, each with the name of its template."""

    @property
    def coded(self) -> bool:
        """Whether a sheet in it carries the code that opens the order."""
        return any(sheet in (OrderPaper.SLIP, OrderPaper.INVOICE) for sheet, _ in self.sheets)

    def has(self, paper: str) -> bool:
        """Whether a paper is in it."""
        return any(_SHEETS[sheet] == paper for sheet, _ in self.sheets) if self.sheets else self.paper == paper

    @property
    def word(self) -> str:
        """What the setting ``papers.order`` calls it."""
        return str(self.sheets[0][0]) if self.sheets else self.paper


def outs_of(rules: Sequence[PrintRule], settings: Mapping[str, str], facts: PrintFacts) -> tuple[Out, ...]:
    """Return what comes out for an order at some time, in its order.

    Sheets that come out together are one job, led by the first; one that a rule sends elsewhere is a job of its own.
    A gift never gets prices: in place of its invoice it gets its slip. Noshi and cards come out at the release with
    what puts them into the box; here they are only where a rule wants them at the start.
    """
    ruled = {sheet: decide(rules, name, facts, settings) for sheet, name in _SHEETS.items()}
    if facts.gift and ruled[OrderPaper.INVOICE].when is not When.NEVER:
        slip = ruled[OrderPaper.SLIP]
        if slip.when is When.NEVER and not slip.said:
            ruled[OrderPaper.SLIP] = replace(slip, when=ruled[OrderPaper.INVOICE].when)
    wanted = [str(sheet) for sheet, each in ruled.items() if each.when is not When.NEVER]
    if facts.gift and OrderPaper.SLIP not in wanted:
        wanted = [each for each in wanted if each != OrderPaper.INVOICE]  # a rule says that it gets no slip
    made: list[Out] = []
    for sheet in in_order(sheets_of(wanted, gift=facts.gift), settings):
        each = ruled[sheet]
        key = (each.when, each.copies, each.printer)
        first = made[0] if made else None
        if first is not None and key == (first.ruled.when, first.ruled.copies, first.ruled.printer):
            made[0] = replace(first, sheets=(*first.sheets, (sheet, each.template)))
        else:
            made.append(Out("packing_slip" if not made else _SHEETS[sheet], each, ((sheet, each.template),)))
    label = decide(rules, "address_label", facts, settings)
    if label.when is not When.NEVER:
        made.append(Out("address_label", label))
    if rules:
        gifts = [Out(paper, decide(rules, paper, facts, settings)) for paper in GIFT_PAPERS]
        made += [each for each in gifts if each.ruled.when is When.START]
    return tuple(in_order(made, settings, word=lambda out: out.word))


def in_order(things: Iterable[T], settings: Mapping[str, str], word: Callable[[T], str] = str) -> list[T]:
    """Put papers into the order that ``papers.order`` wants; those that it does not name come last, as they stand."""
    order = [each for each in settings.get("papers.order", "").split(",") if each]
    if not order:
        return list(things)
    return sorted(things, key=lambda each: order.index(word(each)) if word(each) in order else len(order))


# --- what a rule may be -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a rule cannot be kept as it is, or does not do what it says."""

    key: str
    field: str
    """Field that is to be changed."""
    args: tuple[tuple[str, object], ...] = ()


def rule_faults(rule: PrintRule, names: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Return what is wrong with a rule by itself.

    :param names: names of the other rules.
    """
    when, found = rule.conditions, list[Fault]()
    if not rule.name.strip():
        found.append(Fault("print_rules.fault.no_name", "name"))
    elif rule.name in frozenset(names):
        found.append(Fault("print_rules.fault.name_taken", "name", (("name", rule.name),)))
    if rule.paper not in PAPERS:
        return (
            *found,
            Fault("print_rules.fault.paper", "paper", (("paper", rule.paper), ("known", ", ".join(PAPERS)))),
        )
    if not 1 <= rule.copies <= MOST_COPIES:
        found.append(Fault("print_rules.fault.copies", "copies", (("most", MOST_COPIES),)))
    if rule.when not in WHENS[rule.paper]:
        known = ", ".join(str(each) for each in WHENS[rule.paper] if each) or "–"
        found.append(Fault("print_rules.fault.when", "when", (("when", str(rule.when)), ("known", known))))
    elif rule.when is not When.SETTINGS and when.stations and rule.paper in OF_ORDER:
        found.append(Fault("print_rules.fault.station_when", "when"))
    if rule.paper not in OF_ORDER and replace(when, stations=()) != PrintConditions():
        found.append(Fault("print_rules.fault.not_of_order", "paper"))
    for name in ("pieces", "amount", "size", "boxes"):
        low, high = getattr(when, f"{name}_from"), getattr(when, f"{name}_to")
        if low is not None and high is not None and low > high:
            found.append(Fault("print_rules.fault.span", f"{name}_from", (("low", low), ("high", high))))
    return tuple(found)


def covered_by(rule: PrintRule, rules: Iterable[PrintRule]) -> PrintRule | None:
    """Return an earlier rule that applies wherever this one would, so that it never decides; None where none does."""
    for other in _in_order(rules, rule.paper):
        if (other.position, other.id) >= (rule.position, rule.id):
            return None
        if other.id != rule.id and other.active and rule.active and _wider(other.conditions, rule.conditions):
            return other
    return None


def _wider(wide: PrintConditions, narrow: PrintConditions) -> bool:
    """Whether *wide* holds wherever *narrow* does."""
    for name in ("shops", "channels", "stations", "prefectures", "temperature", "cartons"):
        mine = getattr(wide, name)
        if mine and not (getattr(narrow, name) and set(getattr(narrow, name)) <= set(mine)):
            return False
    carriers = narrow.carriers
    if wide.carriers and not (
        carriers and all(each in wide.carriers or each.partition("/")[0] in wide.carriers for each in carriers)
    ):
        return False
    if wide.countries and not (narrow.countries and all(_in_countries(c, wide.countries) for c in narrow.countries)):
        return False
    if any(getattr(wide, name) not in (None, getattr(narrow, name)) for name in ("gift", "cod")):
        return False
    if not set(wide.wish) <= set(narrow.wish):
        return False
    return all(_wider_span(wide, narrow, name) for name in ("pieces", "amount", "size", "boxes"))


def _in_countries(each: str, wide: Sequence[str]) -> bool:
    if each.strip().casefold() == ABROAD:
        return any(other.strip().casefold() == ABROAD for other in wide)
    return any(_is_country(other, country_of(each)) for other in wide)


def _wider_span(wide: PrintConditions, narrow: PrintConditions, name: str) -> bool:
    (low, high), (least, most) = (
        (getattr(of, f"{name}_from"), getattr(of, f"{name}_to")) for of in (wide, narrow)
    )  # fmt: skip
    if low is None and high is None:
        return True
    known = least is not None or most is not None
    return known and (low or 0) <= (least or 0) and (high is None or (most is not None and most <= high))
