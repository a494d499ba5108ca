"""Merging 同梱: orders to one recipient in one parcel, each with its own slip, one number reported under each.

One order leads; the others share its parcel and its waybill. Only before the release; afterwards a merge is only
taken apart, by hand while nothing is packed, by itself when one of the orders is cancelled or goes elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.merge import Mergeable, groups, lead_of, obstacle
from app.domain.orders import Hold, OrderState
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts, changes, proposals
from app.storage import changes as changes_storage
from app.storage import holds, order_life
from app.storage import inserts as inserts_storage
from app.storage import merge as storage
from app.storage import orders as orders_storage
from app.storage import put_back as put_back_storage
from app.storage.database import Transaction
from app.storage.orders import OrderRow

__all__ = ["Merged", "Proposal", "decline", "merge", "merged", "proposals_of", "unmerge"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Orders that could go in one parcel."""

    orders: tuple[OrderRow, ...]
    """At least two, the one that would lead first."""
    ship_date: str
    carrier: str
    temperature: str
    cod: int
    """Cash that would be collected in all, yen."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Orders that share a parcel."""

    lead: int
    orders: tuple[int, ...]
    """All of them, the lead first."""


def proposals_of(tx: Transaction, keys: Sequence[str] | None = None) -> list[Proposal]:
    """Return every merge that is proposed; of these recipients only, where *keys* names them."""
    asked = storage.several(tx) if keys is None else keys
    candidates = storage.candidates(tx, asked, proposals.proposing_shops(tx), lock=False)
    by_order = {each.order: each for each in candidates}
    found = []
    for group in groups(candidates):
        lead = lead_of([by_order[order] for order in group])
        first = by_order[lead]
        ordered = [lead, *(order for order in group if order != lead)]
        rows = [full.row for order in ordered if (full := orders_storage.load(tx, order)) is not None]
        cod = sum(by_order[order].cod for order in group)
        found.append(Proposal(tuple(rows), first.ship_date, first.carrier, first.temperature, cod))
    return found


def merged(tx: Transaction) -> list[Merged]:
    """Return every merge that has not left the house."""
    members: dict[int, list[int]] = {}
    for order, lead in storage.merged(tx):
        members.setdefault(lead, [lead]).append(order)
    return [Merged(lead, tuple(each)) for lead, each in members.items()]


def merge(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> Merged:
    """Merge orders into one parcel; orders that share a parcel with one of them already come along.

    :raises NotAllowed: two of them may not share a parcel, and why; or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        lead, members = acts.result_of(tx, act)
        return Merged(lead, tuple(members))
    acts.require(state, Right.RELEASE)
    if len(set(orders)) < 2:
        raise NotAllowed("merge.one_order")
    found = storage.by_ids(tx, orders, frozenset())
    by_order = {each.order: each for each in found}
    for order in orders:
        if order not in by_order:
            raise NotFound("order.not_found", name=str(order))
    _check(found)
    lead = lead_of(found)
    others = [each.order for each in found if each.order != lead]
    changes_storage.set_lead(tx, lead, None)
    for order in others:
        changes_storage.set_lead(tx, order, lead)
    for each in found:
        holds.clear_holds(tx, each.order, [Hold.MERGE_PROPOSED])
        holds.settle(tx, each.order)
    proposals.settle(tx, [found[0].key])
    members = [lead, *others]
    acts.end(tx, state, act, "merge", {"lead": lead, "orders": members}, order=lead, result=[lead, members])
    return Merged(lead, tuple(members))


def _check(found: Sequence[Mergeable]) -> None:
    first = found[0]
    for other in found[1:]:
        why = obstacle(first, other)
        if why:
            raise NotAllowed("merge.not_possible", one=first.number, other=other.number, why=why)


def unmerge(tx: Transaction, station: str, act: str, lead: int) -> tuple[int, ...]:
    """Take a merge apart: each order has a parcel of its own again, and is not proposed anew.

    After the release each gets a new version with papers of its own.

    :param lead: any of its orders.
    :returns: the orders.
    :raises NotAllowed: something is packed already; or the person may not.
    :raises NotFound: it shares no parcel.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return tuple(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    asked = changes_storage.known(tx, lead)
    leading = (asked.lead or asked.id) if asked else lead
    members = changes_storage.group_of(tx, leading)
    if asked is None or len(members) < 2:
        raise NotFound("merge.not_merged", number=asked.number if asked else str(lead))
    heads = [head for order in members if (head := order_life.lock(tx, order)) is not None]
    picked = put_back_storage.picked_lines(tx, members) or any(head.picking for head in heads)
    begun = picked or any(changes_storage.packed(tx, each) for each in members) or inserts_storage.touched(tx, members)
    if begun or any(head.state not in _APART for head in heads):
        raise NotAllowed("merge.begun", number=asked.number)
    released = any(head.state is OrderState.RELEASED for head in heads)
    for order in members:
        changes_storage.set_lead(tx, order, None)
    for order in members:
        if released:
            changes.new_version(tx, station, act, order, "pull.unmerged")
        else:
            _decline(tx, order)
    proposals.settle(tx, [asked.merge_key])
    acts.end(tx, state, act, "unmerge", {"lead": leading, "orders": members}, order=leading, result=members)
    return tuple(members)


_APART = (OrderState.RECEIVED, OrderState.READY, OrderState.RELEASED)


def decline(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> int:
    """Decline proposed merges: these orders go on their own and are not proposed anew. Return how many.

    Whoever was to share a parcel with only them goes on as well.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.HOLD)
    keys = []
    for order in orders:
        old = changes_storage.known(tx, order)
        if old is None:
            raise NotFound("order.not_found", name=str(order))
        keys.append(old.merge_key)
        _decline(tx, order)
    proposals.settle(tx, keys)
    acts.end(tx, state, act, "decline", {"orders": list(orders)}, result=len(orders))
    return len(orders)


def _decline(tx: Transaction, order: int) -> None:
    holds.add_hold(tx, order, Hold.MERGE_PROPOSED)
    holds.lift_holds(tx, order, [Hold.MERGE_PROPOSED])
    holds.settle(tx, order)
