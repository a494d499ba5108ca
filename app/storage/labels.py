"""Waybills at the bench: those of the open order, whose a scanned number is, and where it lies in the printed stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, literal_column, select

from app.domain.bench import BenchOrder, BenchWaybill, FoundWaybill
from app.domain.orders import OrderState, ShipNumber, WaybillState
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import orders, waybills

__all__ = ["FREE", "WAITING", "current_waybills", "find_waybills", "next_slip"]

FREE: tuple[ColumnElement[bool], ...] = (
    literal_column("orders.state IN ('released','picked')"),
    literal_column("orders.held = 0"),
    literal_column("orders.holder = ''"),
    literal_column("orders.parked = 0"),
    literal_column("orders.lead_id IS NULL"),
    literal_column("orders.picking = 0"),
)
"""Released orders that a bench may take."""
WAITING: tuple[ColumnElement[bool], ...] = (
    orders.c.batch == bindparam("batch_"),
    orders.c.sequence > bindparam("sequence_"),
    *FREE,
)
"""Orders of a batch after a sequence that a bench may take next."""
_NEXT_SLIP = Prepared(select(orders.c.sequence).where(*WAITING).order_by(orders.c.sequence).limit(1))
_WAYBILL = (
    waybills.c.id,
    waybills.c.order_id,
    waybills.c.batch,
    waybills.c.sequence,
    waybills.c.version,
    waybills.c.key,
    waybills.c.piece,
    waybills.c.pieces,
    waybills.c.carrier,
    waybills.c.state,
    waybills.c.number,
    waybills.c.cod,
    waybills.c.carrier_cod,
    waybills.c.carrier_pieces,
    waybills.c.reason,
    waybills.c.export_id,
)
_CURRENT = Prepared(
    select(*_WAYBILL)
    .where(
        waybills.c.order_id == bindparam("order_"),
        waybills.c.version == bindparam("version_"),
        waybills.c.state != literal_column("'void'"),
    )
    .order_by(waybills.c.issue, waybills.c.piece)
    .with_for_update()  # a file of numbers may come at the same moment
)
_BY_TRACKING = Prepared(
    select(*_WAYBILL, orders.c.state, orders.c.version)
    .select_from(waybills.join(orders, orders.c.id == waybills.c.order_id))
    .where(
        literal_column("waybills.number <> ''"),  # so that the partial index is used
        waybills.c.number == bindparam("number_", type_=String),
    )
    .order_by(waybills.c.id.desc())
    .limit(20)
)
_BETWEEN = Prepared(
    select(func.count(waybills.c.sequence.distinct())).where(
        waybills.c.batch == bindparam("batch_"),
        waybills.c.sequence > bindparam("low_"),
        waybills.c.sequence < bindparam("high_"),
        waybills.c.export_id == bindparam("export_"),
        literal_column("waybills.number <> ''"),
    )
)
_MOST_OFF = 99
"""Farthest neighbours in the stack that are counted."""


def _waybill(row: Sequence[Any]) -> BenchWaybill:
    return BenchWaybill(
        id=row[0],
        order=row[1],
        ship_number=str(ShipNumber(row[2], row[3])),
        version=row[4],
        key=row[5],
        piece=row[6],
        pieces=row[7],
        carrier=row[8],
        state=WaybillState(row[9]),
        number=row[10],
        cod=row[11],
        carrier_cod=row[12],
        carrier_pieces=row[13],
        reason=row[14],
        export=row[15],
    )


def current_waybills(tx: Transaction, order: BenchOrder) -> tuple[BenchWaybill, ...]:
    """Return the waybills of the order's version that are not void, by piece."""
    return tuple(_waybill(row) for row in tx.rows(_CURRENT, order_=order.id, version_=order.version))


def find_waybills(
    tx: Transaction, number: str, wanted: BenchOrder | None = None, mine: Sequence[BenchWaybill] = ()
) -> tuple[FoundWaybill, ...]:
    """Return the waybills that have *number*, newest first.

    :param wanted: the order whose waybill is asked for, and *mine* its waybills: a waybill of the same printed stack
        then says how far it lies away. Only waybills of one carrier file are in one stack, in the sequence of their
        batch; what was rejected was not printed.
    """
    found = tx.rows(_BY_TRACKING, number_=number)
    place = wanted.place if wanted else (0, 0)
    export = next((each.export for each in mine if not each.attached and each.export is not None), None)
    made = []
    for row in found:
        offset = 0
        if export is not None and row[15] == export and row[2] == place[0] and row[3] != place[1]:
            low, high = sorted((row[3], place[1]))
            between = tx.one(_BETWEEN, batch_=place[0], low_=low, high_=high, export_=export)
            offset = 1 + int(between[0] if between else 0)
            offset = 0 if offset > _MOST_OFF else offset if row[3] > place[1] else -offset
        made.append(FoundWaybill(_waybill(row), OrderState(row[16]), row[17], offset))
    return tuple(made)


def next_slip(tx: Transaction, members: Sequence[BenchOrder]) -> str:
    """Return the ship number of the next slip on the stack after those of *members*; empty where it was the last.

    What is held, set aside, done or on another bench is passed over, and so are merged slips: they lie behind their
    lead's.
    """
    batch, sequence = max(each.place for each in members)
    if not batch:
        return ""
    row = tx.one(_NEXT_SLIP, batch_=batch, sequence_=sequence)
    return str(ShipNumber(batch, row[0])) if row else ""
