"""Holds 保留: the reasons why an order may not ship yet, standing and lifted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import String, bindparam, delete, func, insert, select, update

from app.domain.orders import Hold, OrderEvent, OrderState, next_state
from app.storage.database import Transaction
from app.storage.order_life import lock, set_state
from app.storage.prepared import Prepared
from app.storage.tables import holds, lines, orders

__all__ = ["HoldRow", "add_hold", "clear_holds", "holds_of", "lift_holds", "recheck_unknown", "settle"]

_ADD_HOLD = Prepared(
    insert(holds).values(
        order_id=bindparam("order_id"),
        hold=bindparam("hold"),
        detail=bindparam("detail"),
        at=bindparam("at"),
        lifted_at=None,
    )
)
_STANDING = Prepared(
    select(holds.c.hold, holds.c.detail, holds.c.lifted_at)
    .where(holds.c.order_id == bindparam("order_"))
    .order_by(holds.c.at, holds.c.hold)
)
_RAISE_HOLD = Prepared(
    update(holds)
    .where(holds.c.order_id == bindparam("order_"), holds.c.hold == bindparam("hold_", type_=String))
    .values(detail=bindparam("detail"), at=bindparam("at"), lifted_at=None)
)
_LIFT_HOLD = Prepared(
    update(holds)
    .where(
        holds.c.order_id == bindparam("order_"),
        holds.c.hold == bindparam("hold_", type_=String),
        holds.c.lifted_at.is_(None),
    )
    .values(lifted_at=bindparam("now_"))
)
_HELD = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        held=select(func.count())
        .select_from(holds)
        .where(holds.c.order_id == bindparam("order_"), holds.c.lifted_at.is_(None))
        .scalar_subquery()
    )
)
_CLEAR_SHORT = Prepared(update(lines).where(lines.c.order_id == bindparam("order_")).values(short=0))


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold, standing or lifted."""

    hold: str
    detail: str
    lifted: bool


def holds_of(tx: Transaction, order: int) -> list[HoldRow]:
    """Return every hold an order has or had."""
    return [HoldRow(row[0], row[1], row[2] is not None) for row in tx.rows(_STANDING, order_=order)]


def add_hold(tx: Transaction, order: int, hold: Hold, detail: str = "") -> None:
    """Set a hold, or raise a lifted one again; the caller moves the state."""
    raised = tx.run(_RAISE_HOLD, order_=order, hold_=str(hold), detail=detail, at=tx.now)
    if not raised:
        tx.run(_ADD_HOLD, order_id=order, hold=str(hold), detail=detail, at=tx.now)
    tx.run(_HELD, order_=order)


def lift_holds(tx: Transaction, order: int, which: Iterable[str]) -> int:
    """Lift holds; lifting ``short`` makes the short lines wanted again. Return how many were lifted."""
    lifted = 0
    for hold in which:
        touched = tx.run(_LIFT_HOLD, order_=order, hold_=hold, now_=tx.now)
        lifted += touched
        if touched and hold == Hold.SHORT:
            tx.run(_CLEAR_SHORT, order_=order)
    tx.run(_HELD, order_=order)
    return lifted


def clear_holds(tx: Transaction, order: int, which: Sequence[str]) -> None:
    """Take holds away that are no longer true, lifted ones too: they may be set anew. The caller moves the state."""
    tx.connection.execute(
        delete(holds).where(holds.c.order_id == order, holds.c.hold.in_([str(each) for each in which]))
    )
    tx.run(_HELD, order_=order)


def settle(tx: Transaction, order: int) -> None:
    """Move an order between *received* and *ready* as its holds demand; one in work stays where it is."""
    head = lock(tx, order)
    if head is None:
        return
    after = next_state(head.state, OrderEvent.HELD if head.held else OrderEvent.HOLDS_EMPTY)
    if after is not None and after is not head.state and not head.holder:
        set_state(tx, order, after)


def recheck_unknown(tx: Transaction, order_ids: Sequence[int]) -> list[int]:
    """Lift the hold *unknown product* from orders whose lines are all known now; return those that have none left."""
    free: list[int] = []
    for order in order_ids:
        unknown = tx.connection.execute(
            select(func.count()).select_from(lines).where(lines.c.order_id == order, lines.c.product_id.is_(None))
        ).scalar_one()
        if unknown:
            continue
        tx.connection.execute(delete(holds).where(holds.c.order_id == order, holds.c.hold == str(Hold.UNKNOWN_PRODUCT)))
        tx.run(_HELD, order_=order)
        head = lock(tx, order)
        if head is not None and not head.held and head.state is OrderState.RECEIVED:
            free.append(order)
    return free
