"""Dispatch reports as rows: what is due, what was reported with which number, what the shop refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, literal_column, select, update

from app.domain.orders import OrderState
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import handovers, imports, orders, parcels, report_rows, reports, shops, waybills

__all__ = [
    "DueOrder",
    "Named",
    "Number",
    "ReportHead",
    "add_report",
    "due_orders",
    "named",
    "numbers_of",
    "of_report",
    "page",
    "report",
    "reported",
    "say_written",
    "seen_errors",
    "set_error",
    "set_orders",
    "shipped_at",
    "shop_of",
]

_MOST_NAMED = 500
_SHIPPED: ColumnElement[bool] = literal_column("state IN ('shipped','reported')")
"""Written out so that the partial index of shipped orders is used."""


@dataclass(frozen=True, slots=True)
class DueOrder:
    """A shipped order, as far as its report needs it."""

    id: int
    number: str
    ship_to_key: str
    carrier: str
    service: str
    packed_as: int
    """The order whose parcels it shares, or itself."""
    report: int | None
    """The report it is in."""


@dataclass(frozen=True, slots=True)
class Number:
    """A waybill of an order's current version."""

    number: str
    """Empty where none came back."""
    carrier: str
    service: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """One report."""

    id: int
    at: int
    shop_id: int
    shop: str
    channel: str
    file: str
    sha256: str
    rows: int
    state: str
    """``made`` until its file is on the disk, then ``written``."""
    orders: int
    errors: int
    """Rows that the shop refused."""


@dataclass(frozen=True, slots=True)
class Named:
    """An order that a row of the shop's error file may mean."""

    id: int
    number: str
    ship_to_key: str
    state: OrderState
    report: int | None


def _parts(ids: Sequence[Any]) -> list[Sequence[Any]]:
    return [ids[start : start + _MOST_NAMED] for start in range(0, len(ids), _MOST_NAMED)]


def shop_of(tx: Transaction, shop: int) -> tuple[str, str] | None:
    """Return channel and name of a shop."""
    row = tx.connection.execute(select(shops.c.channel, shops.c.name).where(shops.c.id == shop)).first()
    return (row[0], row[1]) if row else None


# --- what is due --------------------------------------------------------------------------------------------------


def due_orders(
    tx: Transaction, shop: int, *, state: str = "shipped", report: int | None = None, lock: bool = False
) -> list[DueOrder]:
    """Return a shop's orders that are to be reported, by id.

    :param state: ``reported`` for those that were.
    :param report: of this report only.
    """
    query = (
        select(
            orders.c.id,
            orders.c.number,
            orders.c.ship_to_key,
            orders.c.carrier,
            orders.c.service,
            orders.c.lead_id,
            orders.c.report_id,
        )
        .where(_SHIPPED, orders.c.shop_id == shop, orders.c.state == state)
        .order_by(orders.c.id)
    )
    if report is not None:
        query = query.where(orders.c.report_id == report)
    if lock:
        query = query.with_for_update()
    return [DueOrder(r[0], r[1], r[2], r[3], r[4], r[5] or r[0], r[6]) for r in tx.connection.execute(query)]


def numbers_of(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Number]]:
    """Return the waybills of orders' current versions that are not void, by order, pieces in order."""
    found: dict[int, list[Number]] = {}
    for part in _parts(ids):
        query = (
            select(waybills.c.order_id, waybills.c.number, waybills.c.carrier, waybills.c.service)
            .select_from(waybills.join(orders, orders.c.id == waybills.c.order_id))
            .where(
                waybills.c.order_id.in_(part),
                waybills.c.state != "void",
                waybills.c.version == orders.c.version,
            )
            .order_by(waybills.c.order_id, waybills.c.piece, waybills.c.id)
        )
        for order, number, carrier, service in tx.connection.execute(query):
            found.setdefault(order, []).append(Number(number, carrier, service))
    return found


def shipped_at(tx: Transaction, ids: Sequence[int]) -> dict[int, int]:
    """Return when the last parcel of each order was handed over; orders handed over before that was kept are absent."""
    found: dict[int, int] = {}
    for part in _parts(ids):
        query = (
            select(parcels.c.order_id, func.max(handovers.c.at))
            .select_from(parcels.join(handovers, handovers.c.id == parcels.c.handover_id))
            .where(parcels.c.order_id.in_(part))
            .group_by(parcels.c.order_id)
        )
        found |= {row[0]: int(row[1] or 0) for row in tx.connection.execute(query)}
    return found


# --- reports ------------------------------------------------------------------------------------------------------

_ADD = Prepared(
    insert(reports)
    .values(
        {name: bindparam(name) for name in ("act", "at", "shop_id", "sha256", "rows", "data")}
        | {"file": bindparam("file"), "state": literal_column("'made'")}
    )
    .returning(reports.c.id)
)
_NAME = Prepared(update(reports).where(reports.c.id == bindparam("id_")).values(file=bindparam("file")))
_ADD_ROW = Prepared(
    insert(report_rows).values(
        report_id=bindparam("report_id"),
        order_id=bindparam("order_id"),
        number=bindparam("number"),
        error=literal_column("''"),
    )
)
_REPORTED = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("id_"))
    .values(state=bindparam("state"), report_id=bindparam("report_id"))
)
_STATE = Prepared(update(orders).where(orders.c.id == bindparam("id_")).values(state=bindparam("state")))
_WRITTEN = Prepared(
    update(reports)
    .where(reports.c.id == bindparam("id_"), reports.c.state == literal_column("'made'"))
    .values(state=literal_column("'written'"), data=literal_column("NULL"))
)
_ERROR = Prepared(
    update(report_rows)
    .where(
        report_rows.c.report_id == bindparam("report_"),
        report_rows.c.order_id == bindparam("order_"),
        report_rows.c.number == bindparam("number_"),
    )
    .values(error=bindparam("error"))
)


def add_report(
    tx: Transaction,
    *,
    act: str,
    shop: int,
    file: str,
    sha256: str,
    data: bytes,
    rows: int,
    numbers: Sequence[tuple[int, str]],
) -> int:
    """Keep a report that was made, with its bytes; return its id.

    :param file: its name; ``{id}`` in it becomes the report's id.
    :param numbers: order and tracking number, each once.
    """
    row = tx.one(_ADD, act=act, at=tx.now, shop_id=shop, file=file, sha256=sha256, rows=rows, data=data)
    assert row is not None
    identity = int(row[0])
    tx.run(_NAME, id_=identity, file=file.replace("{id}", str(identity)))
    tx.many(_ADD_ROW, [{"report_id": identity, "order_id": order, "number": number} for order, number in numbers])
    return identity


def reported(tx: Transaction, ids: Sequence[int], report_id: int, state: OrderState) -> None:
    """Tie orders to their report."""
    tx.many(_REPORTED, [{"id_": each, "report_id": report_id, "state": str(state)} for each in ids])


def set_orders(tx: Transaction, ids: Iterable[int], state: OrderState) -> None:
    """Move orders, in the order of their ids."""
    tx.many(_STATE, [{"id_": each, "state": str(state)} for each in sorted(ids)])


_HEAD = (
    reports.c.id,
    reports.c.at,
    reports.c.shop_id,
    shops.c.name,
    shops.c.channel,
    reports.c.file,
    reports.c.sha256,
    reports.c.rows,
    reports.c.state,
)


def _heads(tx: Transaction, rows: Sequence[Sequence[Any]]) -> list[ReportHead]:
    counts: dict[int, tuple[int, int]] = {}
    for part in _parts([row[0] for row in rows]):
        query = (
            select(
                report_rows.c.report_id,
                func.count(report_rows.c.order_id.distinct()),
                func.count(func.nullif(report_rows.c.error, "")),
            )
            .where(report_rows.c.report_id.in_(part))
            .group_by(report_rows.c.report_id)
        )
        counts |= {row[0]: (int(row[1]), int(row[2])) for row in tx.connection.execute(query)}
    return [ReportHead(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], *counts.get(r[0], (0, 0))) for r in rows]


def report(tx: Transaction, identity: int) -> tuple[ReportHead, bytes | None] | None:
    """Return one report and its bytes; those of a written one are gone."""
    query = (
        select(*_HEAD, reports.c.data)
        .select_from(reports.join(shops, shops.c.id == reports.c.shop_id))
        .where(reports.c.id == identity)
    )
    row = tx.connection.execute(query).first()
    if row is None:
        return None
    (head,) = _heads(tx, [tuple(row)[:-1]])
    data = tuple(row)[-1]
    return head, bytes(data) if data is not None else None


def page(tx: Transaction, *, shop: int | None = None, state: str = "", limit: int | None = None) -> list[ReportHead]:
    """Return reports, newest first."""
    query = (
        select(*_HEAD).select_from(reports.join(shops, shops.c.id == reports.c.shop_id)).order_by(reports.c.id.desc())
    )
    if shop is not None:
        query = query.where(reports.c.shop_id == shop)
    if state:
        query = query.where(reports.c.state == state)
    if limit is not None:
        query = query.limit(limit)
    return _heads(tx, [tuple(row) for row in tx.connection.execute(query)])


def of_report(tx: Transaction, identity: int) -> dict[int, list[tuple[str, str]]]:
    """Return what a report said: order -> numbers, each with the shop's error (empty where it took it)."""
    query = (
        select(report_rows.c.order_id, report_rows.c.number, report_rows.c.error)
        .where(report_rows.c.report_id == identity)
        .order_by(report_rows.c.order_id, report_rows.c.number)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for order, number, error in tx.connection.execute(query):
        found.setdefault(order, []).append((number, error))
    return found


def say_written(tx: Transaction, identity: int) -> bool:
    """Say that a report is on the disk now; False where another station said so before."""
    return tx.run(_WRITTEN, id_=identity) == 1


# --- errors -------------------------------------------------------------------------------------------------------


def named(tx: Transaction, shop: int, numbers: Sequence[str]) -> dict[str, list[Named]]:
    """Return a shop's orders by the numbers given, their rows locked."""
    found: dict[str, list[Named]] = {}
    for part in _parts(sorted(set(numbers))):
        query = (
            select(orders.c.id, orders.c.number, orders.c.ship_to_key, orders.c.state, orders.c.report_id)
            .where(orders.c.shop_id == shop, orders.c.number.in_(part))
            .order_by(orders.c.id)
            .with_for_update()
        )
        for r in tx.connection.execute(query):
            found.setdefault(r[1], []).append(Named(r[0], r[1], r[2], OrderState(r[3]), r[4]))
    return found


def set_error(tx: Transaction, report_id: int, order: int, number: str, error: str) -> None:
    """Keep what the shop said of a reported number."""
    tx.run(_ERROR, report_=report_id, order_=order, number_=number, error=error)


def seen_errors(tx: Transaction, channel: str, shop: str, sha256: str) -> bool:
    """Whether this very file of errors was read before."""
    query = select(imports.c.id).where(
        imports.c.kind == "errors",
        imports.c.channel == channel,
        imports.c.shop == shop,
        imports.c.sha256 == sha256,
    )
    return tx.connection.execute(query.limit(1)).first() is not None
