"""Rows of the price list, and what the panel says of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.rates import ANYWHERE, KINDS, SAME_PREFECTURE, Extra, Island, Zone
from app.services.carriers import short_names
from app.services.rates import Overview, RateList
from app.services.rates_said import yen
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look

__all__ = [
    "EXTRAS", "ISLANDS", "LISTS", "ZONES", "Item", "extra_cells", "island_cells", "kind_words", "list_cells",
    "list_facts", "overview_facts", "place_words", "service_words", "zone_cells",
]  # fmt: skip

LISTS = (
    Column("carrier", 18),
    Column("service", 20),
    Column("valid_from", 16),
    Column("size", 20),
    Column("rows", 8),
    Column("price", 18),
)
EXTRAS = (
    Column("carrier", 18),
    Column("service", 20),
    Column("kind", 16),
    Column("size", 10),
    Column("up_to", 14),
    Column("valid_from", 14),
    Column("price", 12),
)
ZONES = (Column("carrier", 30), Column("prefecture", 30), Column("zone", 30))
ISLANDS = (Column("carrier", 30), Column("postcode", 25), Column("name", 45))


@dataclass(frozen=True, slots=True)
class Item:
    """One row of one of the lists."""

    id: str
    value: RateList | Extra | Zone | Island


def service_words(look: Look, carrier: str, service: str) -> tuple[str, str]:
    """Return what a carrier and its service are called; of every service a word for that."""
    names = short_names(look.language)
    if not carrier:
        return look.say("window.rates.every_carrier"), ""
    called = names.get(f"{carrier}/{service}", service) if service else look.say("window.rates.every_service")
    return names.get(carrier, carrier), called


def place_words(look: Look, zone: str) -> str:
    """Return what a zone is called."""
    if zone in (SAME_PREFECTURE, ANYWHERE):
        return look.say("window.rates.same_prefecture" if zone == SAME_PREFECTURE else "window.rates.anywhere")
    return zone


def kind_words(look: Look, kind: str) -> str:
    """Return what an extra is called."""
    return look.say(f"rates.part.{kind}") if kind in KINDS else kind


def list_cells(look: Look, item: Item) -> tuple[Cell, ...]:
    """Return the cells of the prices of one service from one first day."""
    found = item.value
    assert isinstance(found, RateList)
    carrier, service = service_words(look, found.carrier, found.service)
    ink = "ink" if found.now else "soft"
    low, high = found.range
    sizes = " ".join(str(each) for each in found.sizes if each)
    first = found.valid_from
    since = Cell(pills=((first, "ok"),), tip=look.say("window.rates.counts_now")) if found.now else Cell(first, "soft")
    return (
        Cell(carrier, ink),
        Cell(service, ink, bold=True),
        since,
        Cell(sizes or "–", ink, least=10, tip=sizes),
        Cell(str(len(found.rates)), "soft", right=True),
        Cell(f"¥{yen(low)}" if low == high else f"¥{yen(low)}–{yen(high)}", ink, right=True),
    )


def extra_cells(look: Look, item: Item) -> tuple[Cell, ...]:
    """Return the cells of an extra."""
    found = item.value
    assert isinstance(found, Extra)
    carrier, service = service_words(look, found.carrier, found.service)
    price = f"¥{yen(found.price)}" if found.price >= 0 else f"−¥{yen(-found.price)}"
    return (
        Cell(carrier),
        Cell(service, "ink" if found.service else "soft"),
        Cell(kind_words(look, found.kind), bold=True),
        Cell(str(found.size or "–"), right=True),
        Cell(f"¥{yen(found.up_to)}" if found.up_to else "–", right=True),
        Cell(found.valid_from),
        Cell(price, "ok" if found.price < 0 else "ink", right=True),
    )


def zone_cells(look: Look, item: Item) -> tuple[Cell, ...]:
    """Return the cells of a prefecture's zone."""
    found = item.value
    assert isinstance(found, Zone)
    return Cell(service_words(look, found.carrier, "")[0]), Cell(found.prefecture), Cell(found.zone, bold=True)


def island_cells(look: Look, item: Item) -> tuple[Cell, ...]:
    """Return the cells of an island."""
    found = item.value
    assert isinstance(found, Island)
    carrier = service_words(look, found.carrier, "")[0]
    return (
        Cell(carrier),
        Cell(f"{found.postcode}…", bold=True),
        Cell(found.name or "–", "ink" if found.name else "soft"),
    )


# --- the panel ----------------------------------------------------------------------------------------------------


def overview_facts(look: Look, found: Overview) -> list[Fact]:
    """Say from where and how services are chosen, and what shipping was expected to cost."""
    say = look.say
    made = []
    if found.origin:
        made.append(Fact(say("window.rates.origin"), found.origin))
    else:
        made.append(Fact(say("window.rates.no_origin"), kind="warning"))
    made.append(Fact(say("window.rates.choose"), say(f"window.rates.chooses.{found.choose}")))
    if found.choose == "method":
        made.append(Fact(say("window.rates.off"), kind="info"))
    if found.sums:
        made.append(Fact(say("window.rates.sums"), head=True))
        by_service: dict[tuple[str, str], list[int]] = {}
        for each in found.sums:
            counted = by_service.setdefault((each.carrier, each.service), [0, 0])
            counted[0], counted[1] = counted[0] + each.orders, counted[1] + each.yen
        for (carrier, service), (orders, amount) in by_service.items():
            name = service_words(look, carrier, service)[1]
            made.append(Fact(say("window.rates.sum_of", service=name, orders=orders), f"¥{yen(amount)}"))
        made.append(Fact(say("window.rates.sum"), f"¥{yen(sum(each.yen for each in found.sums))}"))
        unpriced = sum(each.unpriced for each in found.sums)
        if unpriced:
            made.append(Fact(say("window.rates.unpriced", orders=unpriced), kind="warning"))
    return made


def list_facts(look: Look, found: RateList, every: Overview) -> list[Fact]:
    """Say what belongs to the chosen price list: its day, and the extras of its service."""
    say = look.say
    carrier, service = service_words(look, found.carrier, found.service)
    made = [Fact(f"{carrier} {service}", head=True)]
    if found.now:
        made.append(Fact(say("window.rates.counts_now"), kind="ok"))
    else:
        later = all(found.valid_from > each.valid_from for each in every.lists if each.now and _alike(each, found))
        made.append(Fact(say("window.rates.counts_later" if later else "window.rates.counted_before"), kind="info"))
    made.append(Fact(say("rates.column.valid_from"), found.valid_from))
    extras = [each for each in every.extras if each.carrier == found.carrier and each.service in ("", found.service)]
    if extras:
        made.append(Fact(say("window.rates.extras"), head=True))
    for each in extras:
        words = kind_words(look, each.kind)
        if each.size:
            words += f" {each.size}"
        if each.up_to:
            words += " " + say("window.rates.up_to", yen=yen(each.up_to))
        made.append(Fact(words, f"¥{yen(each.price)}" if each.price >= 0 else f"−¥{yen(-each.price)}"))
    return made


def _alike(one: RateList, other: RateList) -> bool:
    return (one.carrier, one.service) == (other.carrier, other.service)
