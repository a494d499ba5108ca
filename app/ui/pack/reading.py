"""What the bench reads about the parcel in hand, in one reading beside the scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.bench import papers_of
from app.services import alikes, carriers, merge, orders, people, print_rules, products, settings
from app.services.alikes import Near
from app.services.orders import OrderFull, OrderRow
from app.services.pack_views import BoxesRead, read_boxes
from app.services.products import ProductRow

__all__ = ["Counting", "ParcelRead", "read_parcel", "read_products"]


@dataclass(frozen=True, slots=True)
class Counting:
    """What the house decided about counting beside by scans."""

    keyed: str = "off"
    """The setting ``quantity.keyed``."""
    nocode: bool = False
    """Whether goods without a code are taken at all."""
    people: bool = False
    """Whether anybody is entered."""
    weighed: bool = False
    """Whether the shop wants boxes weighed where a scale stands."""
    cold_minutes: int = 0
    """Minutes that cold goods may be out of the cold; 0 where nobody watches it."""
    shadow: bool = False
    """Whether everything is only recorded and nothing is stopped."""


@dataclass(frozen=True, slots=True)
class ParcelRead:
    """An order with everything that shares its parcel."""

    full: OrderFull
    """The order, of merged ones the lead; its lines are those of the whole parcel."""
    members: tuple[OrderRow, ...]
    """Every order of the parcel, the lead first."""
    slips: tuple[str, ...] = ()
    """Ship numbers of the slips that must be scanned."""
    waybill: bool = False
    """Whether a waybill belongs on it."""
    at_close: bool = False
    """The waybill is asked for when the parcel closes; its label follows."""
    counting: Counting = Counting()
    """How its pieces may be counted beside by scans."""
    lines_of: Mapping[int, str] = field(default_factory=dict)
    """Line -> ship number of its order; empty for an order on its own."""
    alikes: Mapping[int, Near] = field(default_factory=dict)
    """Product -> the look-alike that is nearest to it, for those that have one."""
    boxes: BoxesRead = field(default_factory=BoxesRead)
    """Its boxes, what goes in beside the goods, the proposed cartons."""
    sets: Mapping[int, str] = field(default_factory=dict)
    """Line -> name of the set that it was sold in."""


def read_parcel(tx: Any, order: int, known: ParcelRead | None = None, language: str = "ja") -> ParcelRead | None:
    """Read the parcel of an order; None where the order is gone.

    :param known: what was read before: while it is the same parcel of the same version, only lines and states are
        read again, after each scan.
    :param language: in which goods are named in what is said of a proposal of cartons.
    """
    full = orders.show(tx, order)
    if full is None:
        return None
    if known is not None and (known.full.row.id != order or known.full.version != full.version):
        known = None
    if known is not None:
        rest = _shown(tx, [row.id for row in known.members[1:]])
        papers = known.slips, known.waybill, known.at_close, known.counting
        near = known.alikes
    else:
        carriers.names("ja")  # makes the modules of the carriers known here, beside the scans, not while painting
        rest = _shown(tx, _followers(tx, order))
        papers = _papers(tx, [full, *rest])
        near = _alikes(tx, [full, *rest])
    members = [full, *rest]
    boxes = read_boxes(
        tx,
        order,
        language,
        products={line.product for each in members for line in each.lines if line.product is not None},
        begun=any(line.done for each in members for line in each.lines),
        known=known.boxes if known is not None else None,
    )
    sets = known.sets if known is not None else _sets(members)
    if not rest:
        return ParcelRead(full, (full.row,), *papers, alikes=near, boxes=boxes, sets=sets)
    whole = replace(full, lines=tuple(line for each in members for line in each.lines))
    named = {line.id: each.row.ship_number or each.row.number for each in members for line in each.lines}
    return ParcelRead(whole, tuple(each.row for each in members), *papers, named, near, boxes, sets)


def _sets(members: Sequence[OrderFull]) -> Mapping[int, str]:
    """Return the name of the set of each line that was sold in one."""
    found: dict[int, str] = {}
    for each in members:
        sold = each.content.get("sold", ())
        named = ((line, line.sold) for line in each.lines if line.sold is not None and line.sold < len(sold))
        found |= {line.id: str(sold[at]["name"]) for line, at in named}
    return found


def _alikes(tx: Any, members: Sequence[OrderFull]) -> Mapping[int, Near]:
    """Return the nearest look-alike of each product, other than what this parcel holds as well where there is one."""
    wanted = {line.product for each in members for line in each.lines if line.product is not None}
    return alikes.near(tx, sorted(wanted))


def _shown(tx: Any, ids: Sequence[int]) -> list[OrderFull]:
    return [each for each in (orders.show(tx, order) for order in ids) if each is not None]


def _followers(tx: Any, lead: int) -> list[int]:
    """Return the orders that share the parcel of *lead*, without itself."""
    return next((list(each.orders[1:]) for each in merge.merged(tx) if each.lead == lead), [])


def _papers(tx: Any, members: list[OrderFull]) -> tuple[tuple[str, ...], bool, bool, Counting]:
    """Return the slips that must be scanned, whether a waybill must, whether it follows the close, and how to count."""
    shops = {(each.channel, each.name): each.id for each in settings.shop_list(tx)}
    of_shops = [settings.all_settings(tx, shops.get((each.row.channel, each.row.shop))) for each in members]
    ruling = print_rules.Ruling(tx, "")
    outs = [ruling.outs(each.row.id, shops.get((each.row.channel, each.row.shop), 0), gift=each.row.gift)
            for each in members]  # fmt: skip
    found = [
        papers_of(decided, each.row.carrier, out) for each, decided, out in zip(members, of_shops, outs, strict=True)
    ]
    slips = tuple(each.row.ship_number for each, papers in zip(members, found, strict=True) if papers.slip)
    house = settings.all_settings(tx)
    counting = Counting(
        keyed=house["quantity.keyed"],
        nocode=house["nocode.proof"] != "off",
        people=bool(people.everyone(tx)),
        weighed=of_shops[0]["weight.check"] != "off",
        cold_minutes=int(house["cold.minutes"]),
        shadow=house["pack.check"] == "shadow",
    )
    return slips, found[0].waybill, found[0].at_close, counting


def read_products(tx: Any, ids: Sequence[int]) -> dict[int, ProductRow]:
    """Read some products by their ids; those that are gone are left out."""
    return {each: row for each in ids if (row := products.show(tx, each)) is not None}
