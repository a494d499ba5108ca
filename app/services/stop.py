"""The stop screen: find an order by whatever is at hand, say what stopping it would mean, and stop it.

Stopping is a hold, which anybody with the right lifts again, or a cancellation, which is final. Either way the bench
stops at its next scan, papers that wait do not come out, and the parcel is not handed over.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import Hold, OrderState
from app.domain.people import Right
from app.domain.shipping import number_of
from app.errors import NotAllowed
from app.services import acts, changes
from app.storage import holds, order_life
from app.storage import orders as storage
from app.storage import stop as stop_storage
from app.storage.database import Transaction
from app.storage.orders import OrderRow

__all__ = ["Found", "Stopped", "find", "stop"]

MOST = 20
"""Orders shown for one text."""
_LEFT = (OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Found:
    """An order that may be meant."""

    row: OrderRow
    by: str
    """What it was found by: ``slip``, ``waybill``, ``number`` (whole), ``part`` (of a number or a name)."""
    means: str
    """Key of the sentence that says what stopping it would mean."""
    may_stop: bool


@dataclass(frozen=True, slots=True)
class Stopped:
    """An order after it was stopped."""

    row: OrderRow
    cancelled: bool
    pulls: int
    """Things on the pull list because of it."""


def find(tx: Transaction, text: str) -> list[Found]:
    """Return at most 20 orders that *text* may mean, the likeliest first.

    A slip's code or ship number comes before a waybill's number, that before a whole order number, and last what has
    the text as a part of its number or its recipient's name, orders that have not left the house first.
    """
    plain = text.strip()
    if not plain:
        return []
    found: dict[int, str] = {}
    whole = storage.find(tx, plain)
    is_slip = bool(stop_storage.ship_number_of(plain))
    for order in whole:
        found.setdefault(order, "slip" if is_slip else "number")
    for order in stop_storage.by_waybill(tx, [number_of(plain), plain]):
        found.setdefault(order, "waybill")
    for row in stop_storage.by_part(tx, plain, MOST):
        found.setdefault(row, "part")
    rank = {"slip": 0, "waybill": 1, "number": 2, "part": 3}
    ids = sorted(found, key=lambda order: rank[found[order]])[:MOST]
    rows = stop_storage.rows(tx, ids)
    return [_found(rows[order], found[order]) for order in ids if order in rows]


def _found(row: OrderRow, by: str) -> Found:
    state = OrderState(row.state)
    if state in (OrderState.RECEIVED, OrderState.READY):
        means = "stop.means_before"
    elif state is OrderState.VERIFIED:
        means = "stop.means_verified"
    elif state in (OrderState.RELEASED, OrderState.PICKED):
        means = "stop.means_in_work" if row.holder else "stop.means_released"
    elif state in _LEFT:
        means = "stop.means_shipped"
    else:
        means = "stop.means_over"
    return Found(row, by, means, means not in ("stop.means_shipped", "stop.means_over"))


def stop(tx: Transaction, station: str, act: str, order: int, reason: str, cancel: bool) -> Stopped:
    """Stop an order: hold it by hand, or cancel it.

    :param reason: a person's words.
    :raises NotAllowed: it has left the house or is over; or the person may not.
    """
    if cancel:
        changes.cancel(tx, station, act, order, reason)
    else:
        _hold(tx, station, act, order, reason)
    row = stop_storage.rows(tx, [order])[order]
    return Stopped(row, cancel, stop_storage.open_pulls_of(tx, order))


def _hold(tx: Transaction, station: str, act: str, order: int, reason: str) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.HOLD)
    head = order_life.lock(tx, order)
    if head is None or head.state in (*_LEFT, OrderState.CANCELLED, OrderState.RETURNED):
        raise NotAllowed(
            "order.cannot_hold", number=head.number if head else "?", state=str(head.state) if head else ""
        )
    holds.add_hold(tx, order, Hold.BY_HAND, reason)
    holds.settle(tx, order)
    acts.end(tx, state, act, "hold", {"orders": [order], "detail": reason}, order=order)
