"""An order's steps as rows: its lock, its state, its batch and ship number, its parcels. Which steps are right is the
domain's table."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, literal_column, select, update

from app.domain.orders import OrderState, ShipNumber
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import orders, parcels

__all__ = [
    "LockedOrder",
    "lock",
    "of_batch",
    "parcels_of",
    "set_parcel",
    "set_state",
]


@dataclass(frozen=True, slots=True)
class LockedOrder:
    """The head of an order with its row locked."""

    id: int
    number: str
    state: OrderState
    held: bool
    version: int
    holder: str
    batch: int | None
    sequence: int | None
    picking: bool = False
    """A pick job has it and is not done."""

    @property
    def ship_number(self) -> str:
        """Short number, empty before the release."""
        return str(ShipNumber(self.batch, self.sequence or 0)) if self.batch else ""


_LOCK = Prepared(
    select(
        orders.c.id,
        orders.c.number,
        orders.c.state,
        orders.c.held,
        orders.c.version,
        orders.c.holder,
        orders.c.batch,
        orders.c.sequence,
        orders.c.picking,
    )
    .where(orders.c.id == bindparam("order_"))
    .with_for_update()
)
_SET_STATE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(state=bindparam("state"), holder=literal_column("''"), lease_until=literal_column("0"))
)
_PARCELS = Prepared(
    select(parcels.c.id, parcels.c.state).where(parcels.c.order_id == bindparam("order_")).order_by(parcels.c.id)
)
_OF_BATCH = Prepared(select(orders.c.id).where(orders.c.batch == bindparam("batch_")).order_by(orders.c.sequence))
_SET_PARCEL = Prepared(update(parcels).where(parcels.c.id == bindparam("parcel_")).values(state=bindparam("state")))


def lock(tx: Transaction, order: int) -> LockedOrder | None:
    """Lock an order's row; None where it is gone."""
    row = tx.one(_LOCK, order_=order)
    if row is None:
        return None
    return LockedOrder(row[0], row[1], OrderState(row[2]), bool(row[3]), row[4], row[5], row[6], row[7], bool(row[8]))


def set_state(tx: Transaction, order: int, state: OrderState) -> None:
    """Move an order; no station has it afterwards. Which moves are right is the domain's table."""
    tx.run(_SET_STATE, order_=order, state=str(state))


def of_batch(tx: Transaction, batch: int) -> list[int]:
    """Return the orders of a release call, in their sequence."""
    return [row[0] for row in tx.rows(_OF_BATCH, batch_=batch)]


def parcels_of(tx: Transaction, order: int) -> list[tuple[int, str]]:
    """Return the order's parcels and their states, oldest first."""
    return [(row[0], row[1]) for row in tx.rows(_PARCELS, order_=order)]


def set_parcel(tx: Transaction, parcel: int, state: str) -> None:
    """Move a parcel."""
    tx.run(_SET_PARCEL, parcel_=parcel, state=state)
