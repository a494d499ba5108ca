"""Returns 返品: finding the order that comes back, what was in its parcel, what came back of it, and recording that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, exists, func, insert, literal_column, or_, select, update

from app.domain.orders import OrderState, ShipNumber
from app.domain.people import Person, Role
from app.domain.returns import Came, ReturnOrder, Shipped
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.prepared import Prepared
from app.storage.tables import (
    handovers,
    lots,
    orders,
    parcels,
    people,
    products,
    return_steps,
    returns,
    shops,
    stations,
    steps,
    waybills,
)

__all__ = [
    "LoadedReturn",
    "add_steps",
    "close",
    "empty",
    "give_back",
    "keep",
    "load_order",
    "open_at",
    "open_return",
    "orders_with_number",
    "orders_with_serial",
    "set_aside",
    "undo_steps",
]

_GONE: ColumnElement[bool] = literal_column("parcels.state IN ('handed_over','returned')")
_STANDING: ColumnElement[bool] = literal_column("return_steps.undone = ''")


@dataclass(frozen=True, slots=True)
class LoadedReturn:
    """An order that comes back, its rows locked, and its open return."""

    order: ReturnOrder
    trail: tuple[Came, ...]
    """Standing steps of the open return, oldest first."""
    holder: str = ""
    """Station that has it; empty for nobody."""


def _head() -> Prepared:
    shipped_at = (
        select(func.max(func.coalesce(handovers.c.at, parcels.c.closed_at)))
        .select_from(parcels.outerjoin(handovers, handovers.c.id == parcels.c.handover_id))
        .where(parcels.c.order_id == orders.c.id, _GONE)
        .scalar_subquery()
    )
    parcel = (
        select(func.max(parcels.c.id)).where(parcels.c.order_id == orders.c.id, _GONE).correlate(orders)
    ).scalar_subquery()
    piece = (
        select(func.min(waybills.c.piece))
        .where(
            waybills.c.order_id == orders.c.id,
            waybills.c.number == returns.c.waybill,
            literal_column("returns.waybill <> ''"),
        )
        .correlate(orders, returns)
        .scalar_subquery()
    )
    pieces = (
        select(func.max(waybills.c.pieces))
        .where(waybills.c.order_id == orders.c.id, waybills.c.state == literal_column("'handed_over'"))
        .correlate(orders)
        .scalar_subquery()
    )
    earlier = returns.alias("earlier")
    came = exists(select(earlier.c.id).where(earlier.c.order_id == orders.c.id)).correlate(orders)
    return Prepared(
        select(
            orders.c.id,
            orders.c.number,
            orders.c.batch,
            orders.c.sequence,
            orders.c.state,
            orders.c.ship_name,
            shops.c.name,
            orders.c.lead_id,
            returns.c.id,
            returns.c.holder,
            returns.c.waybill,
            shipped_at,
            parcel,
            piece,
            pieces,
            came,
        )
        .select_from(
            orders.join(shops, shops.c.id == orders.c.shop_id).outerjoin(
                returns, and_(returns.c.order_id == orders.c.id, returns.c.state == literal_column("'open'"))
            )
        )
        .where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
        .order_by(orders.c.id)
    )


_HEAD = _head()
_LOCK = Prepared(
    select(orders.c.id)
    .where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
    .order_by(orders.c.id)
    .with_for_update()
)
"""By itself: what is read after it is what the station left that had the rows before."""
_GOODS = Prepared(
    select(
        steps.c.line_id,
        steps.c.product_id,
        products.c.sku,
        products.c.name,
        func.sum(steps.c.quantity),
        steps.c.lot,
        steps.c.expiry,
        steps.c.serial,
        steps.c.parcel_id,
        steps.c.box,
        products.c.main_code,
        products.c.shelf,
        *HANDLING,
        func.coalesce(lots.c.recalled, literal_column("0")),
        func.coalesce(lots.c.expiry, literal_column("''")),
        # Pieces that were moved to another box are not told apart from those that stayed.
        select(func.count())
        .select_from(steps.alias("moved"))
        .where(literal_column("moved.order_id = steps.order_id AND moved.undone = '' AND moved.kind = 'move'"))
        .correlate(steps)
        .scalar_subquery(),
    )
    .select_from(
        steps.join(parcels, parcels.c.id == steps.c.parcel_id)
        .join(products, products.c.id == steps.c.product_id)
        .outerjoin(lots, and_(lots.c.product_id == steps.c.product_id, lots.c.lot == steps.c.lot))
    )
    .where(
        steps.c.order_id == bindparam("order_"),
        literal_column("steps.undone = ''"),
        steps.c.kind == literal_column("'pack'"),
        steps.c.line_id.is_not(None),
        _GONE,
    )
    .group_by(
        steps.c.order_id,
        steps.c.line_id,
        steps.c.product_id,
        products.c.sku,
        products.c.name,
        steps.c.lot,
        steps.c.expiry,
        steps.c.serial,
        steps.c.parcel_id,
        steps.c.box,
        products.c.main_code,
        products.c.shelf,
        *HANDLING,
        lots.c.recalled,
        lots.c.expiry,
    )
    .order_by(steps.c.parcel_id, steps.c.box, func.min(steps.c.id))
)
_CAME = Prepared(
    select(
        return_steps.c.return_id,
        return_steps.c.act,
        return_steps.c.line_id,
        return_steps.c.product_id,
        return_steps.c.quantity,
        return_steps.c.code,
        return_steps.c.lot,
        return_steps.c.expiry,
        return_steps.c.serial,
        return_steps.c.reason,
        return_steps.c.grade,
        return_steps.c.place,
    )
    .select_from(return_steps.join(returns, returns.c.id == return_steps.c.return_id))
    .where(returns.c.order_id == bindparam("order_"), _STANDING)
    .order_by(return_steps.c.id)
)


def load_order(tx: Transaction, order: int, *, lock: bool = True) -> LoadedReturn | None:
    """Load an order that comes back with the orders that shared its parcel; None where there is none.

    :param order: the lead of orders packed together.
    :param lock: lock the rows of the orders.
    """
    if lock and tx.dialect == "postgresql":
        tx.rows(_LOCK, order_=order)
    rows = tx.rows(_HEAD, order_=order)
    head = next((row for row in rows if row[0] == order), None)
    if head is None:
        return None
    ship = str(ShipNumber(head[2], head[3])) if head[2] else ""
    members = tuple((row[0], OrderState(row[4])) for row in sorted(rows, key=lambda row: row[0] != order))
    came: list[Came] = []
    trail: list[Came] = []
    shipped: tuple[Shipped, ...] = ()
    if head[12] is not None:
        shipped = tuple(_shipped(row) for row in tx.rows(_GOODS, order_=order))
        for row in tx.rows(_CAME, order_=order) if head[15] else ():
            (trail if row[0] == head[8] else came).append(_came(row))
    made = ReturnOrder(
        order, head[1], ship, OrderState(head[4]), head[6], head[5], head[11] or 0, members, shipped, tuple(came),
        return_id=head[8], parcel=head[12], waybill=head[10] or "", piece=head[13] or 0, pieces=head[14] or 1,
    )  # fmt: skip
    return LoadedReturn(made, tuple(trail), head[9] or "")


def _shipped(row: Sequence[Any]) -> Shipped:
    return Shipped(
        line=row[0],
        product=row[1],
        sku=row[2],
        name=row[3],
        quantity=int(row[4]),
        lot=row[5],
        expiry=row[6] or row[20],
        serial=row[7],
        parcel=row[8],
        box=1 if row[21] else row[9],
        code=row[10],
        shelf=row[11],
        handling=handling(*row[12:19]),
        recalled=bool(row[19]),
    )


def _came(row: Sequence[Any]) -> Came:
    return Came(row[1], row[2] or 0, *row[3:12])


# --- which order --------------------------------------------------------------------------------------------------

_BY_WAYBILL = Prepared(
    select(waybills.c.order_id, orders.c.lead_id, waybills.c.piece)
    .select_from(waybills.join(orders, orders.c.id == waybills.c.order_id))
    .where(
        literal_column("waybills.number <> ''"),
        waybills.c.number == bindparam("number_", type_=String),
        literal_column("waybills.state <> 'void'"),
    )
    .order_by(waybills.c.id)
)
_BY_SERIAL = Prepared(
    select(steps.c.order_id)
    .where(
        steps.c.product_id == bindparam("product_"),
        steps.c.serial == bindparam("serial_", type_=String),
        literal_column("steps.serial <> '' AND steps.undone = ''"),
    )
    .order_by(steps.c.id)
)
_BY_SERIAL_ALONE = Prepared(
    select(steps.c.order_id)
    .where(
        steps.c.serial == bindparam("serial_", type_=String),
        literal_column("steps.serial <> '' AND steps.undone = ''"),
    )
    .order_by(steps.c.id)
)


def orders_with_number(tx: Transaction, number: str) -> dict[int, int]:
    """Return the orders that a tracking number was given to, the lead of orders packed together, with the piece."""
    return {row[0] if row[1] is None else row[1]: row[2] for row in reversed(tx.rows(_BY_WAYBILL, number_=number))}


def orders_with_serial(tx: Transaction, serial: str, product: int | None = None) -> list[int]:
    """Return the orders into which a serial number went, the newest last.

    :param product: the product that it belongs to; None where the number stands alone.
    """
    if product is None:
        rows = tx.rows(_BY_SERIAL_ALONE, serial_=serial)
    else:
        rows = tx.rows(_BY_SERIAL, product_=product, serial_=serial)
    return list(dict.fromkeys(row[0] for row in rows))


# --- what becomes true --------------------------------------------------------------------------------------------

_NEW = Prepared(
    insert(returns)
    .values(
        order_id=bindparam("order_id"),
        parcel_id=bindparam("parcel_id"),
        waybill=bindparam("waybill"),
        state=literal_column("'open'"),
        holder=bindparam("holder"),
        opened_at=bindparam("opened_at"),
    )
    .returning(returns.c.id)
)
_HOLD = Prepared(
    update(returns)
    .where(returns.c.id == bindparam("return_"))
    .values(holder=bindparam("holder", type_=String), waybill=bindparam("waybill", type_=String))
)
_LET_GO = Prepared(update(returns).where(returns.c.id == bindparam("return_")).values(holder=literal_column("''")))
_CLOSE = Prepared(
    update(returns)
    .where(returns.c.id == bindparam("return_"))
    .values(state=literal_column("'done'"), holder=literal_column("''"), closed_at=bindparam("closed_at"))
)
_COLUMNS = ("return_id", "act", "line_id", "product_id", "quantity", "code", "lot", "expiry", "serial", "reason",
            "grade", "place", "undone")  # fmt: skip
_TOGETHER_MOST = 50
"""Steps that are written by one statement."""


@lru_cache(maxsize=_TOGETHER_MOST)
def _add_steps(number: int) -> Prepared:
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{row}") for name in _COLUMNS} for row in range(number)]
    return Prepared(insert(return_steps).values(rows))


_UNDO = Prepared(
    update(return_steps)
    .where(
        return_steps.c.return_id == bindparam("return_"),
        return_steps.c.act == bindparam("act_", type_=String),
        _STANDING,
    )
    .values(undone=bindparam("undone_", type_=String))
)
_UNDO_ALL = Prepared(
    update(return_steps)
    .where(return_steps.c.return_id == bindparam("return_"), _STANDING)
    .values(undone=bindparam("undone_", type_=String))
)
_PARCELS_BACK = Prepared(
    update(parcels)
    .where(parcels.c.order_id == bindparam("order_"), parcels.c.state == literal_column("'handed_over'"))
    .values(state=literal_column("'returned'"))
)


def open_return(tx: Transaction, order: ReturnOrder, station: str) -> int:
    """Begin a return of *order* at a station; return its id."""
    made = tx.one(
        _NEW, order_id=order.id, parcel_id=order.parcel, waybill=order.waybill, holder=station, opened_at=tx.now
    )
    assert made is not None
    return int(made[0])


def keep(tx: Transaction, order: ReturnOrder, station: str) -> None:
    """Give the open return of *order* to a station, with the waybill that was scanned now."""
    tx.run(_HOLD, return_=order.return_id, holder=station, waybill=order.waybill)


def set_aside(tx: Transaction, identity: int) -> None:
    """Let a return wait; nobody has it."""
    tx.run(_LET_GO, return_=identity)


def close(tx: Transaction, identity: int) -> None:
    """End a return."""
    tx.run(_CLOSE, return_=identity, closed_at=tx.now)


def add_steps(tx: Transaction, identity: int, made: Sequence[Came]) -> None:
    """Record pieces that came back."""
    for start in range(0, len(made), _TOGETHER_MOST):
        part = made[start : start + _TOGETHER_MOST]
        values: dict[str, Any] = {}
        for row, step in enumerate(part):
            given = (identity, step.act, step.line, step.product, step.quantity, step.code, step.lot, step.expiry,
                     step.serial, step.reason, step.grade, step.place, "")  # fmt: skip
            values |= {f"{name}_{row}": value for name, value in zip(_COLUMNS, given, strict=True)}
        tx.run(_add_steps(len(part)), **values)


def undo_steps(tx: Transaction, identity: int, undone_act: str, by_act: str) -> None:
    """Mark the steps of one act as taken back by another."""
    tx.run(_UNDO, return_=identity, act_=undone_act, undone_=by_act)


def empty(tx: Transaction, identity: int, by_act: str) -> None:
    """Mark every step of a return as taken back, and end it."""
    tx.run(_UNDO_ALL, return_=identity, undone_=by_act)
    close(tx, identity)


def give_back(tx: Transaction, order: int) -> None:
    """The parcels of an order are back in the house."""
    tx.run(_PARCELS_BACK, order_=order)


# --- where a station stands ---------------------------------------------------------------------------------------

_HERE = Prepared(
    select(
        stations.c.return_id,
        stations.c.return_ask,
        people.c.id,
        people.c.code,
        people.c.name,
        people.c.role,
        people.c.language,
    )
    .select_from(stations.outerjoin(people, people.c.id == stations.c.person_id))
    .where(stations.c.name == bindparam("name_", type_=String))
)


def open_at(tx: Transaction, station: str) -> tuple[int | None, str, Person | None]:
    """Return the return that is open at a station, the question that stands in it, and who is signed in."""
    row = tx.one(_HERE, name_=station)
    if row is None:
        return None, "", None
    person = Person(row[2], row[3], row[4], Role(row[5]), row[6]) if row[2] is not None else None
    return row[0], row[1], person
