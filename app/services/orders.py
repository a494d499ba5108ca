"""Orders as the back office handles them: lists, holds, cancel, hand-over 引渡."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.orders import Hold, OrderState
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts, changes, mail_queue, proposals, reservation
from app.services.handover import hand_over
from app.storage import holds, order_life
from app.storage import orders as storage
from app.storage.database import Transaction
from app.storage.holds import HoldRow, holds_of
from app.storage.orders import LineRow, OrderFull, OrderRow, counts, find, page

__all__ = [
    "HoldRow",
    "LineRow",
    "OrderFull",
    "OrderRow",
    "cancel",
    "counts",
    "find",
    "find_one",
    "hand_over",
    "hold",
    "holds_of",
    "lift",
    "page",
    "settle_holds",
    "show",
]


def show(tx: Transaction, order: int) -> OrderFull | None:
    """Return one order whole."""
    return storage.load(tx, order)


def find_one(tx: Transaction, name: str) -> int:
    """Return the one order that *name* means.

    :raises NotFound: none has it, or several do (they are listed).
    """
    found = find(tx, name)
    if not found:
        raise NotFound("order.not_found", name=name)
    if len(found) > 1:
        rows = [full.row for order in found if (full := storage.load(tx, order))]
        listed = ", ".join(_whole(row, name.strip()) for row in rows)
        raise NotFound("order.several_found", name=name, candidates=listed)
    return found[0]


def _whole(row: OrderRow, asked: str) -> str:
    """Return a name that means only this order."""
    if row.ship_number:
        return f"KO-{row.ship_number}" if row.ship_number == asked else row.ship_number
    return f"{row.shop}:{row.number}/{row.ship_to_key}".rstrip("/")


settle_holds = holds.settle


def hold(tx: Transaction, station: str, act: str, orders: Sequence[int], detail: str = "") -> int:
    """Put orders on hold by hand; a station that has one open is stopped at its next scan.

    :raises NotAllowed: one of them has left the house, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.HOLD)
    done = 0
    for order in orders:
        head = order_life.lock(tx, order)
        if head is None or head.state not in _MAY_HOLD:
            raise NotAllowed("order.cannot_hold", number=head.number if head else "?", state=_said(head))
        holds.add_hold(tx, order, Hold.BY_HAND, detail)
        settle_holds(tx, order)
        done += 1
    acts.end(tx, state, act, "hold", {"orders": list(orders), "detail": detail}, result=done)
    return done


_MAY_HOLD = (OrderState.RECEIVED, OrderState.READY, OrderState.RELEASED, OrderState.PICKED, OrderState.VERIFIED)


def _said(head: order_life.LockedOrder | None) -> str:
    return str(head.state) if head else ""


def lift(tx: Transaction, station: str, act: str, order: int, which: Sequence[str] = ()) -> int:
    """Lift holds of an order; none named means every one that stands. Return how many were lifted.

    :raises NotAllowed: *unknown product* cannot be lifted: nothing could be verified against; or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.HOLD)
    standing = [row.hold for row in holds.holds_of(tx, order) if not row.lifted]
    asked = [hold for hold in standing if not which or hold in which]
    if Hold.UNKNOWN_PRODUCT in asked:
        head = order_life.lock(tx, order)
        raise NotAllowed("hold.needs_product", number=head.number if head else "?")
    lifted = holds.lift_holds(tx, order, asked)
    settle_holds(tx, order)
    if Hold.UNPAID in asked:
        mail_queue.paid(tx, act, [order])
    if Hold.NO_STOCK in asked:  # by hand: it takes what is there
        reservation.cover(tx, [order])
    if Hold.MERGE_PROPOSED in asked:  # declined: whoever waited only for this order waits no longer
        proposals.settle_for(tx, order)
    acts.end(tx, state, act, "lift", {"holds": asked}, order=order, result=lifted)
    return lifted


cancel = changes.cancel
