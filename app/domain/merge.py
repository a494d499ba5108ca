"""Merging 同梱: which orders to one recipient may go in one parcel.

Only orders that are not released, to the same recipient (:func:`app.domain.addresses.recipient_key`), on the same day
at the same time of day, equally cold, by the same carrier; none that is paid with one that is paid on delivery; no
gift, whose sender is its own buyer. They may be of different shops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.orders import Hold

__all__ = ["NEVER_PROPOSED", "Mergeable", "groups", "lead_of", "obstacle"]

NEVER_PROPOSED = frozenset(
    {
        Hold.UNPAID,
        Hold.ADDRESS_AWAITED,
        Hold.PRE_ORDER,
        Hold.GONE_FROM_SHOP,
        Hold.CANCEL_REQUESTED,
        Hold.DATE_IMPOSSIBLE,
    }
)
"""An order that waits for one of these would only keep the others waiting."""


@dataclass(frozen=True, slots=True)
class Mergeable:
    """What decides whether an order may share a parcel."""

    order: int
    number: str
    key: str
    """Recipient; empty where the address is incomplete."""
    open: bool
    """Not released yet."""
    ship_date: str
    wish_date: str
    slot: str
    temperature: str
    carrier: str
    cod: int
    gift: bool
    size: int = 0
    lead: int | None = None
    """Order whose parcel it shares already."""
    proposed: bool = True
    """Whether its shop has merges proposed, and nobody declined."""
    holds: frozenset[str] = frozenset()
    """Standing holds."""
    asked: bool = False
    """The hold *merge proposed* stands."""


def obstacle(one: Mergeable, other: Mergeable) -> str:
    """Return the key of why two orders may not share a parcel; empty where they may."""
    if not (one.open and other.open):
        return "merge.released"
    if not one.key or one.key != other.key:
        return "merge.other_recipient"
    if (one.ship_date, one.wish_date, one.slot) != (other.ship_date, other.wish_date, other.slot):
        return "merge.other_date"
    if one.temperature != other.temperature:
        return "merge.other_temperature"
    if one.carrier != other.carrier:
        return "merge.other_carrier"
    if bool(one.cod) != bool(other.cod):
        return "merge.cod_with_prepaid"
    if one.gift or other.gift:
        return "merge.gift"
    return ""


def groups(orders: Iterable[Mergeable]) -> list[tuple[int, ...]]:
    """Return the orders that are proposed to go in one parcel, each group at least two, in the order given."""
    found: dict[tuple[object, ...], list[int]] = {}
    for each in orders:
        if not each.open or not each.key or each.gift or each.lead is not None or not each.proposed:
            continue
        if each.holds & NEVER_PROPOSED:
            continue
        alike = (each.key, each.ship_date, each.wish_date, each.slot, each.temperature, each.carrier, bool(each.cod))
        found.setdefault(alike, []).append(each.order)
    return [tuple(each) for each in found.values() if len(each) > 1]


def lead_of(orders: Sequence[Mergeable]) -> int:
    """Return which of the orders leads: one that leads already, else the largest, whose service takes the others."""
    led = {each.lead for each in orders if each.lead is not None}
    best = max(orders, key=lambda each: (each.order in led, each.size, -each.order))
    return best.order
