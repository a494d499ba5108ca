"""The price list 運賃表 of the house: taking it in, writing it out, asking it, and what shipping was expected to cost.

A file is taken in whole or not at all, after a look at what it changes; what it does not name stays. Whoever changes
prices lets the orders that wait be judged again: :data:`TOPICS` has the settings' topic for that, and
:func:`app.services.gate.recheck_open` does it at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import carriers
from app.channels._rates import Known, Row, read_rows
from app.channels._source import open_source
from app.domain.addresses import PREFECTURES, prefecture_of
from app.domain.formulas import guarded
from app.domain.gate import Case, ProductFacts
from app.domain.intake import Level, fold_name, level_of
from app.domain.orders import Address, Problem
from app.domain.people import Right
from app.domain.rate_choice import Choice, choice_of
from app.domain.rates import ANYWHERE, SAME_PREFECTURE, Extra, Island, Rate, Zone
from app.domain.shipping import Temperature
from app.domain.size_classes import ParcelSize
from app.errors import NotAllowed, NotFound
from app.plugins import resource_root
from app.services import acts
from app.services.desk import Desk, new_act
from app.services.gate import Gate
from app.services.settings import all_settings
from app.storage import rates as storage
from app.storage.database import Transaction
from app.storage.rates import OrderRate, Sum
from app.text import LANGUAGES

__all__ = [
    "FILES",
    "TOPICS",
    "Changed",
    "Overview",
    "PriceGrid",
    "RateList",
    "RateReport",
    "Sum",
    "Wanted",
    "Why",
    "drop",
    "export",
    "extras",
    "grid_of",
    "import_file",
    "islands",
    "lists",
    "origins_of",
    "overview",
    "quote",
    "rows",
    "sums",
    "why",
    "zones",
]

TOPICS = frozenset({"rates", "settings", "orders"})
"""What a change of the price list changes."""
FILES = ("rates", "extras", "zones", "islands")
"""Kinds of files."""
_FIELDS: dict[str, tuple[str, ...]] = {
    "rates": ("carrier", "service", "size", "from_zone", "to_zone", "price", "valid_from"),
    "extras": ("carrier", "service", "kind", "size", "up_to", "price", "valid_from"),
    "zones": ("carrier", "prefecture", "zone"),
    "islands": ("carrier", "postcode", "name"),
}
_LARGEST = 50_000
"""Rows of one file: all carriers, classes and zones of a large house are some thousand."""

Value = Rate | Extra | Zone | Island


@dataclass(frozen=True, slots=True)
class Changed:
    """What a file changes of one row."""

    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RateReport:
    """What taking a file in did, or would do."""

    kind: str
    added: tuple[Value, ...] = ()
    changed: tuple[Changed, ...] = ()
    removed: tuple[Value, ...] = ()
    """Zones and islands of the carriers in the file that it does not have any more."""
    same: int = 0
    zones: tuple[Zone, ...] = ()
    """Zones that come with the program and are taken in along, because the prices use them."""
    problems: tuple[Problem, ...] = ()
    written: bool = False

    @property
    def usable(self) -> bool:
        """Whether it may be written: a price that cannot be read would be a parcel sent dear."""
        wrong = any(level_of(each) is Level.ERROR for each in self.problems)
        return not wrong and bool(self.added or self.changed or self.removed or self.same)


# --- a file -------------------------------------------------------------------------------------------------------


def import_file(
    desk: Desk, path: Path, kind: str = "rates", *, carrier: str = "", valid_from: str = "", dry_run: bool = False
) -> RateReport:
    """Take a file in; nothing is written where a row is wrong, or for a *dry_run*.

    Prices and extras that the file does not name stay; zones and islands of a carrier that it names are replaced.

    :param kind: one of :data:`FILES`.
    :param carrier: of rows that name none.
    :param valid_from: first day of rows that name none, ``YYYY-MM-DD``; empty: today.
    :raises FileUnusable: it cannot be read as a whole.
    :raises NotAllowed: the person signed in may not.
    :raises NotFound: there is no such carrier.
    """
    settings = desk.read(all_settings).result()
    file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    known, shipped = desk.read(_known, carrier, _first_day(valid_from)).result()
    found = list(read_rows(kind, file, known))
    problems = tuple(each for each in found if isinstance(each, Problem))
    values = [each.value for each in found if isinstance(each, Row)]
    report: RateReport = desk.read(_compared, kind, values, problems, shipped).result()
    if len(values) > _LARGEST:
        raise NotAllowed("rates.too_many", most=_LARGEST)
    if dry_run or not report.usable:
        return report
    desk.do(TOPICS, _write, desk.station, new_act(), path.name, report).result()
    return replace(report, written=True)


def _first_day(text: str) -> str:
    """Return a day as it is stored; empty for none.

    :raises NotAllowed: it is none.
    """
    if not text:
        return ""
    try:
        return date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError as error:
        raise NotAllowed("rates.no_day", value=text[:40]) from error


def _known(tx: Transaction, carrier: str, valid_from: str) -> tuple[Known, tuple[Zone, ...]]:
    """Return what names in a file may mean, and the zones that come with the program for carriers that have none."""
    by_name: dict[str, str] = {}
    services: dict[tuple[str, str], str] = {}
    for each in carriers():
        for name in (each.ID, *each.TITLE.values()):
            by_name.setdefault(fold_name(name), each.ID)
        for service in each.SERVICES:
            # Price lists of shops call 宅急便コンパクト "takkyubin_compact".
            names = (service.id, f"{each.ID}/{service.id}", f"{each.SERVICES[0].id}_{service.id}")
            for name in (*names, *(service.title[language] for language in LANGUAGES if language in service.title)):
                services.setdefault((each.ID, fold_name(name)), service.id)
    if carrier and fold_name(carrier) not in by_name:
        raise NotFound("carrier.unknown", carrier=carrier, known=", ".join(sorted(set(by_name.values()))))
    stored = storage.zones(tx)
    having = {each.carrier for each in stored}
    shipped = tuple(each for each in _shipped() if each.carrier not in having)
    zones: dict[str, set[str]] = {}
    for zone in (*stored, *shipped):
        zones.setdefault(zone.carrier, set()).add(zone.zone)
    first = valid_from or _today(tx)
    return Known(by_name, services, zones, by_name.get(fold_name(carrier), ""), first), shipped


def _shipped() -> list[Zone]:
    found = []
    for path in sorted((resource_root() / "rates").glob("zones_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [Zone(row["carrier"], row["prefecture"], row["zone"]) for row in csv.DictReader(file)]
    return found


def _today(tx: Transaction) -> str:
    zone = ZoneInfo(all_settings(tx)["shop.timezone"])
    return datetime.fromtimestamp(tx.now / 1000, UTC).astimezone(zone).date().isoformat()


def _key(value: Value) -> tuple[Any, ...]:
    match value:
        case Zone():
            return value.carrier, value.prefecture
        case Island():
            return value.carrier, value.postcode
        case _:
            return value.key


def _compared(
    tx: Transaction, kind: str, values: Sequence[Value], problems: tuple[Problem, ...], shipped: Sequence[Zone]
) -> RateReport:
    known = {_key(each): each for each in rows(tx, kind)}
    added = tuple(each for each in values if _key(each) not in known)
    changed = tuple(
        Changed(known[_key(each)], each) for each in values if _key(each) in known and known[_key(each)] != each
    )
    removed: tuple[Value, ...] = ()
    if kind in ("zones", "islands"):
        named, of = {_key(each) for each in values}, {each.carrier for each in values}
        removed = tuple(each for key, each in known.items() if each.carrier in of and key not in named)
    used = {(each.carrier, name) for each in values if isinstance(each, Rate) for name in (each.origin, each.zone)}
    wanted = {carrier for carrier, name in used if (carrier, name) in {(each.carrier, each.zone) for each in shipped}}
    along = tuple(each for each in shipped if each.carrier in wanted)
    same = len(values) - len(added) - len(changed)
    return RateReport(kind, added, changed, removed, same, along, problems)


def _write(tx: Transaction, station: str, act: str, name: str, report: RateReport) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    new = [*report.added, *(each.after for each in report.changed)]
    match report.kind:
        case "rates":
            storage.put_zones(tx, report.zones)
            storage.put_rates(tx, [each for each in new if isinstance(each, Rate)])
        case "extras":
            storage.put_extras(tx, [each for each in new if isinstance(each, Extra)])
        case "zones":
            storage.remove_zones(tx, [each for each in report.removed if isinstance(each, Zone)])
            storage.put_zones(tx, [each for each in new if isinstance(each, Zone)])
        case _:
            storage.remove_islands(tx, [each for each in report.removed if isinstance(each, Island)])
            storage.put_islands(tx, [each for each in new if isinstance(each, Island)])
    facts = {"file": name, "kind": report.kind, "added": len(report.added), "changed": len(report.changed)}
    acts.end(tx, state, act, "rates", facts | {"removed": len(report.removed)})


def drop(tx: Transaction, station: str, act: str, carrier: str, service: str, valid_from: str) -> int:
    """Take the prices and extras of a service from one first day away; return how many there were.

    :param service: empty for the extras that are for every service of the carrier.
    :raises NotFound: there is none.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    gone = [
        each
        for each in storage.extras(tx)
        if (each.carrier, each.service, each.valid_from) == (carrier, service, valid_from)
    ]
    storage.remove_extras(tx, gone)
    number = storage.remove_rates(tx, carrier, service, valid_from) + len(gone)
    if not number:
        raise NotFound("rates.no_list", service=f"{carrier}/{service}", day=valid_from)
    acts.end(tx, state, act, "rates", {"dropped": [carrier, service, valid_from], "rows": number}, result=number)
    return number


# --- looking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RateList:
    """The prices of one service from one first day."""

    carrier: str
    service: str
    valid_from: str
    rates: tuple[Rate, ...]
    now: bool
    """It counts for parcels that leave today."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """Its classes."""
        return tuple(sorted({each.size for each in self.rates}))

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest price."""
        prices = [each.price for each in self.rates]
        return min(prices), max(prices)


def rows(tx: Transaction, kind: str) -> Sequence[Value]:
    """Return every row of a kind of :data:`FILES`."""
    match kind:
        case "rates":
            return storage.all_rates(tx)
        case "extras":
            return storage.extras(tx)
        case "zones":
            return storage.zones(tx)
        case _:
            return storage.every_island(tx)


zones, extras, islands = storage.zones, storage.extras, storage.every_island


def lists(tx: Transaction) -> list[RateList]:
    """Return the price list by service and first day, the newest first."""
    today = _today(tx)
    found: dict[tuple[str, str, str], list[Rate]] = {}
    for rate in storage.all_rates(tx):
        found.setdefault((rate.carrier, rate.service, rate.valid_from), []).append(rate)
    newest: dict[tuple[str, str], str] = {}
    for carrier, service, first in found:
        if first <= today:
            newest[carrier, service] = max(first, newest.get((carrier, service), ""))
    made = [RateList(*key, tuple(each), newest.get(key[:2], "") == key[2]) for key, each in found.items()]
    order = {(each.ID, service.id): place for place, (each, service) in enumerate(
        (each, service) for each in carriers() for service in each.SERVICES
    )}  # fmt: skip
    made.sort(key=lambda each: each.valid_from, reverse=True)
    made.sort(key=lambda each: order.get((each.carrier, each.service), len(order)))
    return made


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that is laid down about prices, for the screen."""

    lists: tuple[RateList, ...]
    extras: tuple[Extra, ...]
    zones: tuple[Zone, ...]
    islands: tuple[Island, ...]
    origin: str
    """Prefecture that the shop's parcels leave from; empty where it is not said."""
    choose: str
    """The house's setting ``carrier.choose``."""
    sums: tuple[Sum, ...]
    """What shipping of the last days was expected to cost."""

    def zone(self, carrier: str) -> str:
        """Return the zone of a carrier that parcels leave from; empty where it is not known."""
        found = (each.zone for each in self.zones if (each.carrier, each.prefecture) == (carrier, self.origin))
        return next(found, "")


def overview(tx: Transaction) -> Overview:
    """Return everything that is laid down about prices."""
    house = all_settings(tx)
    return Overview(
        tuple(lists(tx)),
        tuple(extras(tx)),
        tuple(zones(tx)),
        tuple(islands(tx)),
        prefecture_of(house["ship.origin"]),
        house["carrier.choose"],
        tuple(sums(tx)),
    )


@dataclass(frozen=True, slots=True)
class PriceGrid:
    """Prices of one list from one place, by where they go and by class."""

    sizes: tuple[int, ...]
    zones: tuple[str, ...]
    """Where they go; within the same prefecture first."""
    prices: dict[tuple[str, int], int]


def origins_of(found: RateList) -> tuple[str, ...]:
    """Return from where a list has prices, from north to south."""
    return tuple(_in_order(list(dict.fromkeys(each.origin for each in found.rates))))


def grid_of(found: RateList, origin: str) -> PriceGrid:
    """Return the prices of a list for parcels from *origin* (a zone or prefecture as the list has it)."""
    rows_ = [each for each in found.rates if each.origin == origin]
    ends = tuple(dict.fromkeys(each.zone for each in rows_))
    first = tuple(each for each in (SAME_PREFECTURE, ANYWHERE) if each in ends)
    zones_ = (*first, *(each for each in _in_order(ends) if each not in first))
    sizes = tuple(sorted({each.size for each in rows_}))
    return PriceGrid(sizes, zones_, {(each.zone, each.size): each.price for each in rows_})


def _in_order(names: Sequence[str]) -> list[str]:
    """Return zones from north to south, as far as they are known."""
    north = {each.zone: PREFECTURES.index(each.prefecture) for each in reversed(_shipped())}
    north |= {name: place for place, name in enumerate(PREFECTURES)} | {"北海道": 0}
    return sorted(names, key=lambda name: north.get(name, len(PREFECTURES)))


def export(tx: Transaction, kind: str) -> bytes:
    """Return the rows of a kind as a file that :func:`import_file` takes in again: CSV, UTF-8 with BOM."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS[kind])
    for each in rows(tx, kind):
        match each:
            case Rate():
                ends = (guarded(each.origin), guarded(each.zone))
                writer.writerow((each.carrier, each.service, each.size or "", *ends, each.price, each.valid_from))
            case Extra():
                plain = (each.size or "", each.up_to or "", each.price, each.valid_from)
                writer.writerow((each.carrier, each.service, each.kind, *plain))
            case Zone():
                writer.writerow((each.carrier, each.prefecture, guarded(each.zone)))
            case Island():
                writer.writerow((each.carrier, each.postcode, guarded(each.name)))
    return out.getvalue().encode("utf-8-sig")


# --- asking -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parcel whose price is asked for."""

    prefecture: str
    sides_mm: tuple[int, int, int] | None = None
    weight_g: int | None = None
    postcode: str = ""
    cod: int = 0
    temperature: Temperature = Temperature.AMBIENT
    day: str = ""
    """Day on which it leaves; empty: today."""
    wish: str = ""
    """Wished day and time, in the words that orders have."""
    delivery: str = ""
    """Delivery method, in the shop's words."""
    shop: int = 0


def quote(tx: Transaction, wanted: Wanted) -> Choice | None:
    """Return which service a parcel would go by and what each would cost; None where there is no price at all.

    It is always the choice of the cheapest; where a shop chooses by method it only says what would be.

    :raises NotAllowed: the prefecture or the day is none, or it is not said where the shop's parcels leave
        (``rates.no_origin``).
    """
    place = prefecture_of(wanted.prefecture)
    if not place:
        raise NotAllowed("rates.which_prefecture", value=wanted.prefecture[:40])
    gate = Gate(tx)
    if not prefecture_of(all_settings(tx)["ship.origin"]):
        raise NotAllowed("rates.no_origin")
    if not gate.prices:
        return None
    policy = gate.choosing(wanted.shop)
    now = tx.now
    if day := _first_day(wanted.day):
        begin = datetime.fromisoformat(day).replace(tzinfo=policy.zone)
        now = int(begin.timestamp()) * 1000
    box = ParcelSize(wanted.sides_mm, wanted.weight_g)
    case = Case(
        delivery=wanted.delivery,
        wish=wanted.wish,
        cod_amount=str(wanted.cod or ""),
        ordered_at=now,
        ship_to=Address(postcode=wanted.postcode, prefecture=place),
        products=((ProductFacts(wanted.temperature), 1),),
        boxes=(box,),
    )
    return gate.prices.choose(case, policy, now, lambda _: True)


@dataclass(frozen=True, slots=True)
class Why:
    """Why an order goes by the service that it goes by."""

    order: OrderRate
    choice: Choice | None
    """None where nothing was chosen by price."""


def why(tx: Transaction, order: int) -> Why:
    """Return what is known of an order's service and its price.

    :raises NotFound: there is no such order.
    """
    found = storage.order_rate(tx, order)
    if found is None:
        raise NotFound("order.not_found", name=str(order))
    return Why(found, choice_of(found.choice))


_DAYS = 7


def sums(tx: Transaction, first: str = "", last: str = "") -> list[Sum]:
    """Return what shipping was expected to cost by ship date and service.

    :param first: first day, ``YYYY-MM-DD``; empty: a week before the last one. *last*: empty for today.
    """
    end = _first_day(last) or _today(tx)
    begin = _first_day(first) or (date.fromisoformat(end) - timedelta(days=_DAYS - 1)).isoformat()
    return storage.sums(tx, begin, end)
