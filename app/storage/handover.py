"""Handing parcels over: what a scan at the dock names, what may go with a pickup, and what stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Update, bindparam, func, insert, literal_column, or_, select, update

from app.domain.orders import OrderState, ParcelState, ShipNumber, WaybillState
from app.storage.database import Transaction
from app.storage.gate import newest_import
from app.storage.prepared import Prepared
from app.storage.tables import handovers, imports, orders, parcels, pulls, releases, shops, steps, waybills

__all__ = [
    "Box",
    "DockOrder",
    "DockWaybill",
    "Handover",
    "LeftBehind",
    "ListRow",
    "Release",
    "add_counted",
    "boxes_of",
    "close",
    "followers_of",
    "handover",
    "handovers_page",
    "is_closed_out",
    "labels_without_parcel",
    "last_imports",
    "list_rows",
    "load_orders",
    "new_handover",
    "open_handover",
    "open_pulls",
    "packed_in",
    "release_of",
    "set_boxes",
    "set_orders",
    "set_waybills",
    "shops_of",
    "waiting",
    "waybills_numbered",
    "waybills_of",
]

_MOST_NAMED = 500
"""Ids in one statement; SQLite takes a thousand and some more."""


@dataclass(frozen=True, slots=True)
class DockOrder:
    """The head of an order at the dock."""

    id: int
    number: str
    shop: int
    ship_number: str
    """Empty before the release."""
    version: int
    state: OrderState
    held: bool
    carrier: str
    cut_off: int | None
    lead: int | None
    """Order whose parcel it shares; None where it has its own."""
    pieces: int
    """Pieces 個口 that were asked for."""


@dataclass(frozen=True, slots=True)
class DockWaybill:
    """One piece's waybill."""

    id: int
    order: int
    key: str
    number: str
    state: WaybillState
    version: int
    piece: int
    pieces: int
    carrier: str
    parcel: int | None
    reason: str
    """Why it was rejected or voided."""


@dataclass(frozen=True, slots=True)
class Box:
    """A parcel as the dock sees it."""

    id: int
    order: int
    state: ParcelState
    unlabelled: str
    """Reason why it was closed without its waybill; empty for the usual one."""
    handover: int | None


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over to a carrier."""

    id: int
    at: int
    station: str
    carrier: str
    pickup: int | None
    """Milliseconds since 1970 UTC; 0 for none in particular, None for orders handed over by name."""
    counted: int
    """Pieces handed over."""
    driver_count: int | None
    closed_at: int | None


@dataclass(frozen=True, slots=True)
class Release:
    """Which order a ship number was given to."""

    order: int
    version: int
    taken_back: bool


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """One thing on a list of the close-out."""

    order: int
    number: str
    """The shop's order number."""
    ship_number: str
    state: str
    """State of the order."""
    text: str
    """Waybill number, slip code or SKU; empty where there is none."""
    kind: str = ""
    """Of a pull: ``slip``, ``waybill`` or ``goods``."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One piece on the hand-over paper."""

    ship_number: str
    number: str
    """The shop's order number."""
    waybill: str
    piece: int
    pieces: int


def _ship(batch: int | None, sequence: int | None) -> str:
    return str(ShipNumber(batch, sequence or 0)) if batch else ""


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _MOST_NAMED] for start in range(0, len(ids), _MOST_NAMED)]


# --- what a scan names --------------------------------------------------------------------------------------------

_WAYBILL_COLUMNS = (
    waybills.c.id,
    waybills.c.order_id,
    waybills.c.key,
    waybills.c.number,
    waybills.c.state,
    waybills.c.version,
    waybills.c.piece,
    waybills.c.pieces,
    waybills.c.carrier,
    waybills.c.parcel_id,
    waybills.c.reason,
)
_NUMBERED = Prepared(
    select(*_WAYBILL_COLUMNS)
    .where(literal_column("number <> ''"), waybills.c.number == bindparam("number_", type_=String))
    .order_by(waybills.c.id)
)
_RELEASE = Prepared(
    select(releases.c.order_id, releases.c.version, releases.c.taken_back).where(
        releases.c.batch == bindparam("batch_"), releases.c.sequence == bindparam("sequence_")
    )
)


def _waybill(row: Sequence[Any]) -> DockWaybill:
    return DockWaybill(
        row[0], row[1], row[2], row[3], WaybillState(row[4]), row[5], row[6], row[7], row[8], row[9], row[10]
    )


def waybills_numbered(tx: Transaction, number: str) -> list[DockWaybill]:
    """Return every waybill with this number, void ones too, oldest first; pieces may share one."""
    return [_waybill(row) for row in tx.rows(_NUMBERED, number_=number)]


def release_of(tx: Transaction, batch: int, sequence: int) -> Release | None:
    """Return what a ship number was given to; None where it never was."""
    row = tx.one(_RELEASE, batch_=batch, sequence_=sequence)
    return Release(row[0], row[1], row[2] is not None) if row else None


def waybills_of(tx: Transaction, ids: Sequence[int]) -> list[DockWaybill]:
    """Return the waybills of orders that are not void, by order and piece."""
    found: list[DockWaybill] = []
    for part in _parts(ids):
        query = (
            select(*_WAYBILL_COLUMNS)
            .where(waybills.c.order_id.in_(part), waybills.c.state != "void")
            .order_by(waybills.c.order_id, waybills.c.piece, waybills.c.id)
        )
        found += [_waybill(row) for row in tx.connection.execute(query)]
    return found


def load_orders(tx: Transaction, ids: Sequence[int], *, lock: bool) -> dict[int, DockOrder]:
    """Return the heads of orders by id.

    :param lock: lock their rows, in the order of their ids, so that two stations never wait for each other in a ring.
    """
    found: dict[int, DockOrder] = {}
    for part in _parts(sorted(ids)):
        query = (
            select(
                orders.c.id,
                orders.c.number,
                orders.c.shop_id,
                orders.c.batch,
                orders.c.sequence,
                orders.c.version,
                orders.c.state,
                orders.c.held,
                orders.c.carrier,
                orders.c.cut_off,
                orders.c.lead_id,
                orders.c.parcel_count,
            )
            .where(orders.c.id.in_(part))
            .order_by(orders.c.id)
        )
        if lock:
            query = query.with_for_update()
        for r in tx.connection.execute(query):
            found[r[0]] = DockOrder(
                r[0],
                r[1],
                r[2],
                _ship(r[3], r[4]),
                r[5],
                OrderState(r[6]),
                bool(r[7]),
                r[8],
                r[9],
                r[10],
                r[11],
            )
    return found


def followers_of(tx: Transaction, ids: Sequence[int]) -> dict[int, int]:
    """Return the merged orders that go in the parcels of *ids*: follower -> lead."""
    found: dict[int, int] = {}
    for part in _parts(ids):
        query = select(orders.c.id, orders.c.lead_id).where(
            literal_column("lead_id IS NOT NULL"), orders.c.lead_id.in_(part)
        )
        found |= {row[0]: int(row[1] or 0) for row in tx.connection.execute(query)}
    return found


def boxes_of(tx: Transaction, ids: Sequence[int]) -> list[Box]:
    """Return the parcels of orders, oldest first."""
    found: list[Box] = []
    for part in _parts(ids):
        query = (
            select(parcels.c.id, parcels.c.order_id, parcels.c.state, parcels.c.unlabelled, parcels.c.handover_id)
            .where(parcels.c.order_id.in_(part))
            .order_by(parcels.c.id)
        )
        found += [Box(r[0], r[1], ParcelState(r[2]), r[3], r[4]) for r in tx.connection.execute(query)]
    return found


def packed_in(tx: Transaction, ids: Sequence[int]) -> dict[int, list[tuple[int, str, int]]]:
    """Return what was packed for orders and is booked: parcel -> product, lot, pieces."""
    found: dict[int, list[tuple[int, str, int]]] = {}
    for part in _parts(ids):
        query = (
            select(steps.c.parcel_id, steps.c.product_id, steps.c.lot, func.sum(steps.c.quantity))
            .where(
                literal_column("undone = ''"),
                steps.c.order_id.in_(part),
                steps.c.kind.in_(("pack", "insert")),
                steps.c.product_id.is_not(None),
                steps.c.source != "",
            )
            .group_by(steps.c.parcel_id, steps.c.product_id, steps.c.lot)
            .order_by(steps.c.parcel_id, steps.c.product_id, steps.c.lot)
        )
        for parcel, product, lot, number in tx.connection.execute(query):
            found.setdefault(parcel, []).append((int(product or 0), lot, int(number)))
    return found


# --- what becomes true --------------------------------------------------------------------------------------------

_SET_WAYBILL = Prepared(
    update(waybills).where(waybills.c.id == bindparam("id_")).values(state=literal_column("'handed_over'"))
)
_SET_BOX = Prepared(
    update(parcels)
    .where(parcels.c.id == bindparam("id_"))
    .values(state=literal_column("'handed_over'"), handover_id=bindparam("handover_id"))
)
_SET_ORDER: Update = (
    update(orders)
    .where(orders.c.id == bindparam("id_"))
    .values(state=bindparam("state"), holder=literal_column("''"), lease_until=literal_column("0"))
)
_SHIP_ORDER = Prepared(_SET_ORDER)


def set_waybills(tx: Transaction, ids: Sequence[int]) -> None:
    """These waybills are with the carrier."""
    tx.many(_SET_WAYBILL, [{"id_": each} for each in ids])


def set_boxes(tx: Transaction, ids: Sequence[int], given: int) -> None:
    """These parcels went with a hand-over."""
    tx.many(_SET_BOX, [{"id_": each, "handover_id": given} for each in ids])


def set_orders(tx: Transaction, ids: Sequence[int], state: OrderState) -> None:
    """Move orders, in the order of their ids; no station has them afterwards."""
    tx.many(_SHIP_ORDER, [{"id_": each, "state": str(state)} for each in sorted(ids)])


# --- hand-overs ---------------------------------------------------------------------------------------------------

_HANDOVER_COLUMNS = (
    handovers.c.id,
    handovers.c.at,
    handovers.c.station,
    handovers.c.carrier,
    handovers.c.pickup,
    handovers.c.counted,
    handovers.c.driver_count,
    handovers.c.closed_at,
)
_OPEN: Any = literal_column("closed_at IS NULL")
_OPEN_ONE = Prepared(
    select(*_HANDOVER_COLUMNS)
    .where(
        _OPEN,
        handovers.c.carrier == bindparam("carrier_", type_=String),
        handovers.c.pickup == bindparam("pickup_"),
    )
    .with_for_update()
)
_CLOSED = Prepared(
    select(handovers.c.id)
    .where(
        handovers.c.carrier == bindparam("carrier_", type_=String),
        handovers.c.pickup == bindparam("pickup_"),
        handovers.c.closed_at.is_not(None),
    )
    .limit(1)
)
_ONE = Prepared(select(*_HANDOVER_COLUMNS).where(handovers.c.id == bindparam("id_")))
_NEW = Prepared(
    insert(handovers)
    .values(
        {
            name: bindparam(name)
            for name in ("act", "at", "station", "person_id", "carrier", "pickup", "counted", "closed_at")
        }
    )
    .returning(handovers.c.id)
)
_COUNT = Prepared(
    update(handovers).where(handovers.c.id == bindparam("id_")).values(counted=handovers.c.counted + bindparam("more_"))
)
_DRIVER = Prepared(
    update(handovers).where(handovers.c.id == bindparam("id_")).values(driver_count=bindparam("driver_"))
)
_CLOSE = Prepared(update(handovers).where(handovers.c.id == bindparam("id_")).values(closed_at=bindparam("closed_")))


def _handover(row: Sequence[Any]) -> Handover:
    return Handover(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])


def open_handover(tx: Transaction, carrier: str, pickup: int) -> Handover | None:
    """Return the hand-over of a pickup that is not closed out, its row locked."""
    row = tx.one(_OPEN_ONE, carrier_=carrier, pickup_=pickup)
    return _handover(row) if row else None


def is_closed_out(tx: Transaction, carrier: str, pickup: int) -> bool:
    """Whether a pickup was closed out already."""
    return tx.one(_CLOSED, carrier_=carrier, pickup_=pickup) is not None


def handover(tx: Transaction, identity: int) -> Handover | None:
    """Return one hand-over."""
    row = tx.one(_ONE, id_=identity)
    return _handover(row) if row else None


def handovers_page(tx: Transaction, *, carrier: str = "", limit: int | None = None) -> list[Handover]:
    """Return hand-overs, newest first."""
    query = select(*_HANDOVER_COLUMNS).order_by(handovers.c.id.desc())
    if carrier:
        query = query.where(handovers.c.carrier == carrier)
    if limit is not None:
        query = query.limit(limit)
    made: list[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return [_handover(row) for row in made]


def new_handover(
    tx: Transaction,
    *,
    act: str,
    station: str,
    person: int | None,
    carrier: str,
    pickup: int | None,
    counted: int = 0,
    closed_at: int | None = None,
) -> int:
    """Begin a hand-over and return its id."""
    row = tx.one(
        _NEW,
        act=act,
        at=tx.now,
        station=station,
        person_id=person,
        carrier=carrier,
        pickup=pickup,
        counted=counted,
        closed_at=closed_at,
    )
    assert row is not None
    return int(row[0])


def add_counted(tx: Transaction, identity: int, more: int, driver_count: int | None = None) -> None:
    """Count pieces of a hand-over, and keep the driver's figure where one is given."""
    tx.run(_COUNT, id_=identity, more_=more)
    if driver_count is not None:
        tx.run(_DRIVER, id_=identity, driver_=driver_count)


def close(tx: Transaction, identity: int) -> None:
    """Close a hand-over out."""
    tx.run(_CLOSE, id_=identity, closed_=tx.now)


# --- lists --------------------------------------------------------------------------------------------------------


def waiting(tx: Transaction, carrier: str, pickup: int) -> list[int]:
    """Return the verified orders of a carrier for this pickup and those before it, by id.

    :param pickup: 0 for every one.
    """
    query = select(orders.c.id).where(literal_column("state = 'verified'"), orders.c.carrier == carrier)
    if pickup:
        query = query.where(or_(orders.c.cut_off.is_(None), orders.c.cut_off <= pickup))
    return sorted(row[0] for row in tx.connection.execute(query))


def labels_without_parcel(tx: Transaction, carrier: str, pickup: int) -> list[LeftBehind]:
    """Return waybills with a number whose order is still to be packed: this pickup's and those before it."""
    query = (
        select(orders.c.id, orders.c.number, orders.c.batch, orders.c.sequence, orders.c.state, waybills.c.number)
        .select_from(orders.join(waybills, waybills.c.order_id == orders.c.id))
        .where(
            literal_column("orders.state IN ('released','picked')"),
            orders.c.carrier == carrier,
            waybills.c.state == str(WaybillState.NUMBERED),
            waybills.c.number != "",
        )
        .order_by(orders.c.batch, orders.c.sequence, waybills.c.piece)
    )
    if pickup:
        query = query.where(or_(orders.c.cut_off.is_(None), orders.c.cut_off <= pickup))
    return [LeftBehind(r[0], r[1], _ship(r[2], r[3]), r[4], r[5]) for r in tx.connection.execute(query)]


def open_pulls(tx: Transaction, carrier: str) -> list[LeftBehind]:
    """Return what still has to be taken out: the carrier's waybills, and slips and goods of its orders."""
    query = (
        select(
            orders.c.id,
            orders.c.number,
            orders.c.batch,
            orders.c.sequence,
            orders.c.state,
            pulls.c.text,
            pulls.c.kind,
        )
        .select_from(pulls.join(orders, orders.c.id == pulls.c.order_id))
        .where(
            literal_column("done_at IS NULL"),
            or_(pulls.c.carrier == carrier, (pulls.c.carrier == "") & (orders.c.carrier == carrier)),
        )
        .order_by(pulls.c.id)
    )
    return [LeftBehind(r[0], r[1], _ship(r[2], r[3]), r[4], r[5], r[6]) for r in tx.connection.execute(query)]


_ANY_IMPORT = Prepared(
    select(imports.c.id)
    .where(
        imports.c.kind == literal_column("'orders'"),
        imports.c.taken_back_at.is_(None),
        imports.c.channel == bindparam("channel_", type_=String),
        imports.c.shop == bindparam("shop_", type_=String),
    )
    .limit(1)
)
_SHOP = Prepared(select(shops.c.channel, shops.c.name).where(shops.c.id == bindparam("id_")))


def last_imports(tx: Transaction, ids: Sequence[int]) -> list[tuple[int, str, int | None]]:
    """Return id, name and time of the newest order file of shops; None where none was ever taken in.

    0 where there are only files from the future: the clock was wrong then, and nobody knows how old they are.
    """
    found: list[tuple[int, str, int | None]] = []
    for identity in ids:
        shop = tx.one(_SHOP, id_=identity)
        if shop is not None:
            at = newest_import(tx, shop[0], shop[1])
            if at is None and tx.one(_ANY_IMPORT, channel_=shop[0], shop_=shop[1]) is not None:
                at = 0
            found.append((identity, shop[1], at))
    return found


def shops_of(tx: Transaction, identity: int) -> set[int]:
    """Return the shops whose parcels went with a hand-over."""
    query = (
        select(orders.c.shop_id)
        .select_from(parcels.join(orders, orders.c.id == parcels.c.order_id))
        .where(literal_column("parcels.handover_id IS NOT NULL"), parcels.c.handover_id == identity)
        .distinct()
    )
    return {row[0] for row in tx.connection.execute(query)}


def list_rows(tx: Transaction, identity: int) -> list[ListRow]:
    """Return every piece of a hand-over, by ship number."""
    query = (
        select(
            orders.c.batch,
            orders.c.sequence,
            orders.c.number,
            waybills.c.number,
            waybills.c.piece,
            waybills.c.pieces,
        )
        .select_from(
            parcels.join(orders, orders.c.id == parcels.c.order_id).outerjoin(
                waybills,
                (waybills.c.parcel_id == parcels.c.id)
                & (waybills.c.order_id == parcels.c.order_id)
                & (waybills.c.state == str(WaybillState.HANDED_OVER)),
            )
        )
        .where(literal_column("parcels.handover_id IS NOT NULL"), parcels.c.handover_id == identity)
        .order_by(orders.c.batch, orders.c.sequence, orders.c.id, waybills.c.piece, parcels.c.id)
    )
    return [ListRow(_ship(r[0], r[1]), r[2], r[3] or "", r[4] or 1, r[5] or 1) for r in tx.connection.execute(query)]
