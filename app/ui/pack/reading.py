"""What the bench reads about the parcel in hand, in one reading beside the scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.bench import papers_of
from app.services import alikes, carriers, merge, orders, people, products, settings
from app.services.alikes import Near
from app.services.orders import OrderFull, OrderRow
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


def read_parcel(tx: Any, order: int, known: ParcelRead | None = None) -> ParcelRead | None:
    """Read the parcel of an order; None where the order is gone.

    :param known: what was read before: while it is the same parcel of the same version, only lines and states are
        read again, after each scan.
    """
    full = orders.show(tx, order)
    if full is None:
        return None
    if known is not None and known.full.row.id == order and known.full.version == full.version:
        rest = _shown(tx, [row.id for row in known.members[1:]])
        papers = known.slips, known.waybill, known.at_close, known.counting
        near = known.alikes
    else:
        carriers.names("ja")  # makes the modules of the carriers known here, beside the scans, not while painting
        rest = _shown(tx, _followers(tx, order))
        papers = _papers(tx, [full, *rest])
        near = _alikes(tx, [full, *rest])
    if not rest:
        return ParcelRead(full, (full.row,), *papers, alikes=near)
    members = [full, *rest]
    whole = replace(full, lines=tuple(line for each in members for line in each.lines))
    named = {line.id: each.row.ship_number or each.row.number for each in members for line in each.lines}
    return ParcelRead(whole, tuple(each.row for each in members), *papers, named, near)


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
    found = []
    for each in members:
        shop = shops.get((each.row.channel, each.row.shop))
        found.append(papers_of(settings.all_settings(tx, shop), each.row.carrier))
    slips = tuple(each.row.ship_number for each, papers in zip(members, found, strict=True) if papers.slip)
    house = settings.all_settings(tx)
    counting = Counting(house["quantity.keyed"], house["nocode.proof"] != "off", bool(people.everyone(tx)))
    return slips, found[0].waybill, found[0].at_close, counting


def read_products(tx: Any, ids: Sequence[int]) -> dict[int, ProductRow]:
    """Read some products by their ids; those that are gone are left out."""
    return {each: row for each in ids if (row := products.show(tx, each)) is not None}
