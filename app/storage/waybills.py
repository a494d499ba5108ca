"""Waybills 送り状 as rows: requested, exported, numbered, attached, void; and the carrier files they went out in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    String,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app.domain.orders import WaybillState
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import exports, imports, orders, shops, waybills

__all__ = [
    "ExportRow",
    "NewWaybill",
    "Numbered",
    "OrderHead",
    "WaybillRow",
    "add",
    "add_export",
    "add_import",
    "add_many",
    "attach",
    "by_ids",
    "by_keys",
    "by_numbers",
    "current",
    "detach",
    "drop_bytes",
    "export_row",
    "exports_of",
    "heads",
    "last_issue",
    "lock_orders",
    "made_exports",
    "number_many",
    "of_batch",
    "of_exports",
    "of_order",
    "order_numbers",
    "put_states",
    "set_number",
    "still_open",
    "void_many",
    "was_imported",
]

_MOST_IN_LIST = 500
"""Values in one list of a statement; SQLite takes 32,766 parameters, but a plan of its own is made per length."""


@dataclass(frozen=True, slots=True)
class WaybillRow:
    """One waybill: one piece 個口 of one request for one version of an order."""

    id: int
    order: int
    batch: int
    sequence: int
    version: int
    issue: int
    key: str
    """The carrier's customer key, such as ``12-034-1``."""
    piece: int
    pieces: int
    carrier: str
    service: str
    cod: int
    """Cash to collect for the whole shipment, yen."""
    state: str
    """A :class:`~app.domain.orders.WaybillState`."""
    number: str
    """Tracking number; empty while the carrier has not given one."""
    carrier_cod: int | None
    """Cash to collect as the carrier's software printed it; None where its file did not say."""
    carrier_pieces: int | None
    reason: str
    """Why it was rejected or voided."""
    by_hand: bool
    export: int | None
    """Carrier file that it went out in."""
    position: int | None
    """Place in the printed stack of that file, from 1."""
    parcel: int | None
    requested_at: int
    numbered_at: int | None


@dataclass(frozen=True, slots=True)
class NewWaybill:
    """A waybill to be requested."""

    order: int
    batch: int
    sequence: int
    version: int
    issue: int
    key: str
    piece: int
    pieces: int
    carrier: str
    service: str
    cod: int


@dataclass(frozen=True, slots=True)
class OrderHead:
    """What a waybill is made from: one order with its shop."""

    id: int
    number: str
    shop_id: int
    shop: str
    state: str
    held: int
    version: int
    batch: int | None
    sequence: int | None
    carrier: str
    service: str
    temperature: str
    ship_date: str
    wish_date: str
    slot: str
    cod: int
    parcel_count: int
    lead: int | None
    """Order whose parcel this one shares; None for every other, a lead included."""
    gift: bool
    content: str
    """JSON of what papers need."""


_ROW = (
    waybills.c.id,
    waybills.c.order_id,
    waybills.c.batch,
    waybills.c.sequence,
    waybills.c.version,
    waybills.c.issue,
    waybills.c.key,
    waybills.c.piece,
    waybills.c.pieces,
    waybills.c.carrier,
    waybills.c.service,
    waybills.c.cod,
    waybills.c.state,
    waybills.c.number,
    waybills.c.carrier_cod,
    waybills.c.carrier_pieces,
    waybills.c.reason,
    waybills.c.by_hand,
    waybills.c.export_id,
    waybills.c.position,
    waybills.c.parcel_id,
    waybills.c.requested_at,
    waybills.c.numbered_at,
)
_HEAD = (
    orders.c.id,
    orders.c.number,
    orders.c.shop_id,
    shops.c.name,
    orders.c.state,
    orders.c.held,
    orders.c.version,
    orders.c.batch,
    orders.c.sequence,
    orders.c.carrier,
    orders.c.service,
    orders.c.temperature,
    orders.c.ship_date,
    orders.c.wish_date,
    orders.c.slot,
    orders.c.cod,
    orders.c.parcel_count,
    orders.c.lead_id,
    orders.c.gift,
    orders.c.content,
)
_OF_ORDER = Prepared(
    select(*_ROW)
    .where(waybills.c.order_id == bindparam("order_"))
    .order_by(waybills.c.version, waybills.c.issue, waybills.c.piece)
)
_CURRENT = Prepared(
    select(*_ROW)
    .where(waybills.c.order_id == bindparam("order_"), waybills.c.state != literal_column("'void'"))
    .order_by(waybills.c.version, waybills.c.issue, waybills.c.piece)
)
_LAST_ISSUE = Prepared(
    select(func.coalesce(func.max(waybills.c.issue), literal_column("0"))).where(
        waybills.c.order_id == bindparam("order_"), waybills.c.version == bindparam("version_")
    )
)
_NEW_COLUMNS = (
    *("order_id", "batch", "sequence", "version", "issue", "key", "piece", "pieces", "carrier", "service", "cod"),
    "requested_at",
)
_NEW = insert(waybills).values(
    {name: bindparam(name) for name in _NEW_COLUMNS} | {"state": literal_column("'requested'")}
)
_ADD_MANY = Prepared(_NEW)
_ADD = Prepared(_NEW.returning(waybills.c.id))
_VOID = Prepared(
    update(waybills)
    .where(waybills.c.id == bindparam("id_"))
    .values(state=literal_column("'void'"), reason=bindparam("reason_"), parcel_id=None)
)
_STATE = Prepared(
    update(waybills)
    .where(waybills.c.id == bindparam("id_"), waybills.c.state == bindparam("before", type_=String))
    .values(
        state=bindparam("after"),
        reason=bindparam("reason_"),
        export_id=bindparam("export_"),
        position=bindparam("position_"),
    )
)
_NUMBER = Prepared(
    update(waybills)
    .where(waybills.c.id == bindparam("id_"))
    .values(
        state=literal_column("'numbered'"),
        number=bindparam("number_"),
        carrier_cod=bindparam("cod_"),
        carrier_pieces=bindparam("pieces_"),
        by_hand=bindparam("by_hand_"),
        numbered_at=bindparam("now_"),
        reason=literal_column("''"),
    )
)
_given = (
    func.unnest(
        bindparam("ids_", type_=ARRAY(BigInteger)),
        bindparam("numbers_", type_=ARRAY(String)),
        bindparam("cods_", type_=ARRAY(Integer)),
        bindparam("pieces_", type_=ARRAY(Integer)),
    )
    .table_valued("id", "number", "cod", "pieces")
    .render_derived(name="given")
)
_NUMBER_ALL = Prepared(
    update(waybills)
    .where(waybills.c.id == _given.c.id)
    .values(
        state=literal_column("'numbered'"),
        number=_given.c.number,
        carrier_cod=_given.c.cod,
        carrier_pieces=_given.c.pieces,
        by_hand=bindparam("by_hand_"),
        numbered_at=bindparam("now_"),
        reason=literal_column("''"),
    )
)
"""The same for many at once; PostgreSQL only, where a statement a row would take ten times as long."""
_ATTACH = Prepared(
    update(waybills)
    .where(waybills.c.id == bindparam("id_"), waybills.c.state == literal_column("'numbered'"))
    .values(state=literal_column("'attached'"), parcel_id=bindparam("parcel_"))
)
_DETACH = Prepared(
    update(waybills)
    .where(waybills.c.id == bindparam("id_"), waybills.c.state == literal_column("'attached'"))
    .values(state=literal_column("'numbered'"), parcel_id=None)
)
_OF_BATCH = Prepared(
    select(*_ROW)
    .where(waybills.c.batch == bindparam("batch_"))
    .order_by(waybills.c.sequence, waybills.c.version, waybills.c.issue, waybills.c.piece)
)


def _rows(found: Iterable[Sequence[Any]]) -> list[WaybillRow]:
    made: list[list[Any]] = [[*row[:17], bool(row[17]), *row[18:]] for row in found]
    return [WaybillRow(*row) for row in made]


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _MOST_IN_LIST] for start in range(0, len(values), _MOST_IN_LIST))


# --- reading ------------------------------------------------------------------------------------------------------


def of_order(tx: Transaction, order: int) -> list[WaybillRow]:
    """Return every waybill of an order, void ones too, oldest first."""
    return _rows(tx.rows(_OF_ORDER, order_=order))


def current(tx: Transaction, order: int) -> list[WaybillRow]:
    """Return the waybills of an order that are not void, oldest first."""
    return _rows(tx.rows(_CURRENT, order_=order))


def of_batch(tx: Transaction, batch: int) -> list[WaybillRow]:
    """Return every waybill of a batch, void ones too, in the printed sequence."""
    return _rows(tx.rows(_OF_BATCH, batch_=batch))


def last_issue(tx: Transaction, order: int, version: int) -> int:
    """Return the number of the last request for this version of the order; 0 where there was none."""
    row = tx.one(_LAST_ISSUE, order_=order, version_=version)
    return int(row[0]) if row else 0


def _by(tx: Transaction, column: ColumnElement[Any], values: Sequence[Any]) -> list[WaybillRow]:
    found: list[WaybillRow] = []
    for part in _parts(values):
        found += _rows(tx.connection.execute(select(*_ROW).where(column.in_(part))).all())
    return found


def by_keys(tx: Transaction, keys: Sequence[str]) -> dict[str, list[WaybillRow]]:
    """Return the waybills with these customer keys, by key, pieces in order."""
    made: dict[str, list[WaybillRow]] = {}
    for row in sorted(_by(tx, waybills.c.key, keys), key=lambda each: each.piece):
        made.setdefault(row.key, []).append(row)
    return made


def by_numbers(tx: Transaction, numbers: Sequence[str], since: int) -> dict[str, list[WaybillRow]]:
    """Return the waybills that have these tracking numbers, by number.

    :param since: carriers give numbers out again after some months: those numbered before this time are left out.
    """
    made: dict[str, list[WaybillRow]] = {}
    known: ColumnElement[bool] = waybills.c.number != literal_column("''")  # so that the partial index is used
    recent = or_(waybills.c.numbered_at >= since, waybills.c.state == literal_column("'attached'"))
    for part in _parts(numbers):
        query = select(*_ROW).where(known, waybills.c.number.in_(part), recent)
        for row in _rows(tx.connection.execute(query).all()):
            made.setdefault(row.number, []).append(row)
    return made


def by_ids(tx: Transaction, ids: Sequence[int], *, lock: bool = False) -> dict[int, WaybillRow]:
    """Return waybills by id.

    :param lock: lock their rows, in the order of their ids, so that two stations never wait for each other in a ring.
    """
    made: dict[int, WaybillRow] = {}
    for part in _parts(sorted(ids)):
        query = select(*_ROW).where(waybills.c.id.in_(part)).order_by(waybills.c.id)
        if lock:
            query = query.with_for_update()
        made |= {row.id: row for row in _rows(tx.connection.execute(query).all())}
    return made


def lock_orders(tx: Transaction, ids: Sequence[int]) -> None:
    """Lock the rows of orders, in the order of their ids: no bench puts a waybill on their parcels meanwhile."""
    for part in _parts(sorted(ids)):
        tx.connection.execute(select(orders.c.id).where(orders.c.id.in_(part)).order_by(orders.c.id).with_for_update())


def still_open(tx: Transaction, carrier: str, states: Sequence[str], batch: int | None = None) -> list[WaybillRow]:
    """Return a carrier's waybills in some of the states before a number, in the printed sequence.

    :param states: of ``requested``, ``exported``, ``accepted``, ``rejected``.
    :param batch: of this release call only; None for every one.
    """
    wanted: ColumnElement[bool] = literal_column("waybills.state IN ('requested','exported','accepted','rejected')")
    query = select(*_ROW).where(wanted, waybills.c.carrier == carrier, waybills.c.state.in_(states))
    if batch is not None:
        query = query.where(waybills.c.batch == batch)
    query = query.order_by(waybills.c.batch, waybills.c.sequence, waybills.c.issue, waybills.c.piece)
    return _rows(tx.connection.execute(query).all())


def of_exports(tx: Transaction, ids: Sequence[int], states: Sequence[str]) -> list[WaybillRow]:
    """Return the waybills of carrier files that are in one of *states*, in the order of the printed stacks."""
    query = (
        select(*_ROW)
        .where(waybills.c.export_id.in_(ids), waybills.c.state.in_(states))
        .order_by(waybills.c.export_id, waybills.c.position, waybills.c.piece)
    )
    return _rows(tx.connection.execute(query).all()) if ids else []


def heads(tx: Transaction, ids: Sequence[int], *, with_followers: bool = False) -> dict[int, OrderHead]:
    """Return what waybills are made from, by order.

    :param with_followers: the orders that share these orders' parcels as well.
    """
    made: dict[int, OrderHead] = {}
    for part in _parts(list(ids)):
        chosen: ColumnElement[bool] = orders.c.id.in_(part)
        queries = [chosen]
        if with_followers:  # two statements: an OR over two indexes makes a full scan
            queries.append(orders.c.lead_id.in_(part))
        for where in queries:
            query = select(*_HEAD).select_from(orders.join(shops, shops.c.id == orders.c.shop_id)).where(where)
            for row in tx.connection.execute(query):
                found: list[Any] = [*row]
                found[18] = bool(found[18])
                made[found[0]] = OrderHead(*found)
    return made


def order_numbers(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """Return the shops' own numbers of orders."""
    made: dict[int, str] = {}
    for part in _parts(list(ids)):
        for row in tx.connection.execute(select(orders.c.id, orders.c.number).where(orders.c.id.in_(part))):
            made[row[0]] = row[1]
    return made


def was_imported(tx: Transaction, sha256: str) -> bool:
    """Whether a file of numbers with this content was read before."""
    query = select(imports.c.id).where(imports.c.kind == "numbers", imports.c.sha256 == sha256).limit(1)
    return tx.connection.execute(query).first() is not None


# --- writing ------------------------------------------------------------------------------------------------------


def add(tx: Transaction, new: Sequence[NewWaybill]) -> list[int]:
    """Request waybills; return their ids."""
    made = []
    for each in new:
        row = tx.one(_ADD, **_values(each, tx.now))
        assert row is not None
        made.append(int(row[0]))
    return made


def add_many(tx: Transaction, new: Sequence[NewWaybill]) -> None:
    """Request many waybills at once."""
    tx.many(_ADD_MANY, [_values(each, tx.now) for each in new])


def _values(new: NewWaybill, now: int) -> dict[str, Any]:
    return {
        "order_id": new.order,
        "batch": new.batch,
        "sequence": new.sequence,
        "version": new.version,
        "issue": new.issue,
        "key": new.key,
        "piece": new.piece,
        "pieces": new.pieces,
        "carrier": new.carrier,
        "service": new.service,
        "cod": new.cod,
        "requested_at": now,
    }


def void_many(tx: Transaction, ids: Sequence[int], reason: str) -> None:
    """Void waybills; their parcels are without one then."""
    tx.many(_VOID, [{"id_": each, "reason_": reason} for each in ids])


def put_states(
    tx: Transaction,
    rows: Sequence[WaybillRow],
    after: WaybillState,
    *,
    reasons: Mapping[int, str] | None = None,
    export: int | None = None,
    positions: Mapping[int, int] | None = None,
) -> None:
    """Move locked waybills to another state. Which moves are right is the domain's table.

    :param export: carrier file that they go out in; None keeps what each has.
    """
    tx.many(
        _STATE,
        [
            {
                "id_": row.id,
                "before": row.state,
                "after": str(after),
                "reason_": (reasons or {}).get(row.id, ""),
                "export_": row.export if export is None else export,
                "position_": row.position if positions is None else positions[row.id],
            }
            for row in rows
        ],
    )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number for one waybill."""

    id: int
    number: str
    cod: int | None = None
    """Cash to collect as printed."""
    pieces: int | None = None


def number_many(tx: Transaction, given: Sequence[Numbered], *, by_hand: bool = False) -> None:
    """Give locked waybills their numbers."""
    if given and tx.dialect == "postgresql":
        tx.run(
            _NUMBER_ALL,
            ids_=[each.id for each in given],
            numbers_=[each.number for each in given],
            cods_=[each.cod for each in given],
            pieces_=[each.pieces for each in given],
            by_hand_=int(by_hand),
            now_=tx.now,
        )
        return
    tx.many(
        _NUMBER,
        [
            {
                "id_": each.id,
                "number_": each.number,
                "cod_": each.cod,
                "pieces_": each.pieces,
                "by_hand_": int(by_hand),
                "now_": tx.now,
            }
            for each in given
        ],
    )


def set_number(tx: Transaction, waybill: int, number: str, *, by_hand: bool) -> None:
    """Give one locked waybill its number."""
    number_many(tx, [Numbered(waybill, number)], by_hand=by_hand)


def attach(tx: Transaction, waybill: int, parcel: int) -> bool:
    """Tie a numbered waybill to the parcel that it sticks on; False where it is not *numbered*."""
    return tx.run(_ATTACH, id_=waybill, parcel_=parcel) == 1


def detach(tx: Transaction, waybill: int) -> bool:
    """Take an attached waybill off its parcel; False where it is not *attached*."""
    return tx.run(_DETACH, id_=waybill) == 1


# --- carrier files ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One carrier file."""

    id: int
    at: int
    station: str
    batch: int | None
    carrier: str
    shop_id: int | None
    file: str
    sha256: str
    rows: int
    reason: str
    state: str
    """``made`` or ``written``."""


_EXPORT = (
    exports.c.id,
    exports.c.at,
    exports.c.station,
    exports.c.batch,
    exports.c.carrier,
    exports.c.shop_id,
    exports.c.file,
    exports.c.sha256,
    exports.c.rows,
    exports.c.reason,
    exports.c.state,
)
_ADD_EXPORT = Prepared(
    insert(exports)
    .values(
        {
            name: bindparam(name)
            for name in (
                *("act", "at", "station", "batch", "carrier", "shop_id", "file", "sha256", "rows", "reason"),
                *("state", "data"),
            )
        }
    )
    .returning(exports.c.id)
)
_WRITTEN = Prepared(
    update(exports)
    .where(exports.c.id == bindparam("id_"), exports.c.state == literal_column("'made'"))
    .values(state=literal_column("'written'"), data=None)
)


def add_export(
    tx: Transaction,
    *,
    act: str,
    station: str,
    batch: int | None,
    carrier: str,
    shop_id: int | None,
    file: str,
    sha256: str,
    rows: int,
    reason: str,
    data: bytes,
) -> int:
    """Keep a carrier file that was made; return its id."""
    row = tx.one(
        _ADD_EXPORT,
        act=act,
        at=tx.now,
        station=station,
        batch=batch,
        carrier=carrier,
        shop_id=shop_id,
        file=file,
        sha256=sha256,
        rows=rows,
        reason=reason,
        state="made",
        data=data,
    )
    assert row is not None
    return int(row[0])


def export_row(tx: Transaction, export: int) -> tuple[ExportRow, bytes | None] | None:
    """Return one carrier file and its bytes; those of a written one are gone."""
    row = tx.connection.execute(select(*_EXPORT, exports.c.data).where(exports.c.id == export)).first()
    if row is None:
        return None
    found = tuple(row)
    return ExportRow(*found[:-1]), bytes(found[-1]) if found[-1] is not None else None


def made_exports(tx: Transaction, carrier: str, batch: int | None) -> list[ExportRow]:
    """Return the carrier files that were made and not written yet.

    :param batch: of this release call only; None for every one.
    """
    query = select(*_EXPORT).where(exports.c.state == literal_column("'made'"))
    if carrier:
        query = query.where(exports.c.carrier == carrier)
    if batch is not None:
        query = query.where(exports.c.batch == batch)
    return [ExportRow(*row) for row in tx.connection.execute(query.order_by(exports.c.id))]


def exports_of(tx: Transaction, batch: int) -> list[ExportRow]:
    """Return the carrier files of a batch, oldest first."""
    query = select(*_EXPORT).where(exports.c.batch == batch).order_by(exports.c.id)
    return [ExportRow(*row) for row in tx.connection.execute(query)]


def drop_bytes(tx: Transaction, export: int) -> bool:
    """Say that a carrier file is on the disk now; False where another station said so before."""
    return tx.run(_WRITTEN, id_=export) == 1


_IMPORT = Prepared(
    insert(imports).values(
        {
            name: bindparam(name)
            for name in ("act", "at", "file", "sha256", "channel", "shop", "result", "kind", "complete")
        }
    )
)


def add_import(tx: Transaction, *, act: str, file: str, sha256: str, carrier: str, result: str) -> None:
    """Keep a file of numbers on record."""
    tx.run(
        _IMPORT,
        act=act,
        at=tx.now,
        file=file,
        sha256=sha256,
        channel=carrier,
        shop="",
        result=result,
        kind="numbers",
        complete=0,
    )
