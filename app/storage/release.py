"""Releases 出荷指示 as rows: which orders may go, their batch and ship numbers, and the papers that wait for the end.

A release of many orders is written in chunks. Its papers are in the outbox from the first chunk on, held back for a
while that every chunk renews; should the program die in between, they come out by themselves for what was released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, exists, func, insert, literal_column, or_, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import (
    batches,
    holds,
    journal,
    lines,
    orders,
    parcels,
    print_jobs,
    products,
    releases,
    shelves,
    shops,
    waybills,
)
from app.storage.waybills import OrderHead

__all__ = [
    "BatchRow",
    "Begun",
    "CandidateRow",
    "Filter",
    "Given",
    "Locked",
    "add_size",
    "batch_rows",
    "begun",
    "candidates",
    "free_jobs",
    "give",
    "has_job",
    "held_counts",
    "hold_jobs",
    "last_sequence",
    "leads_of",
    "lock_many",
    "members",
    "new_batch",
    "number_of",
    "of_batch",
    "order_counts",
    "released_of",
    "remember",
    "shelves_of",
    "stored_answer",
    "take_back",
    "waybill_counts",
]

_MOST_IN_LIST = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Which ready orders are meant; what is empty or None does not matter."""

    pickup_from: int | None = None
    """Earliest pickup to catch, milliseconds since 1970 UTC."""
    pickup_to: int | None = None
    carrier: str = ""
    service: str = ""
    shop_id: int | None = None
    temperature: str = ""
    size: int | None = None
    """Most centimetres that the three sides may sum up to; orders of unknown size are left out then."""
    priority: int | None = None
    """Least priority."""
    zone: str = ""
    """Zone of the map in which all goods have their shelves."""
    single_line: bool = False
    """Only orders of one line."""
    one_piece: bool = False
    """Only orders of one piece."""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One order that might be released."""

    id: int
    number: str
    ship_to_key: str
    shop_id: int
    shop: str
    channel: str
    state: str
    held: int
    holder: str
    parked: bool
    carrier: str
    service: str
    temperature: str
    size: int
    cut_off: int | None
    lead: int | None
    lines: int
    pieces: int
    ship_name: str
    queue: tuple[int, int, int, int]
    """Place in the queue."""
    gift: bool = False


_CANDIDATE = (
    orders.c.id,
    orders.c.number,
    orders.c.ship_to_key,
    orders.c.shop_id,
    shops.c.name,
    shops.c.channel,
    orders.c.state,
    orders.c.held,
    orders.c.holder,
    orders.c.parked,
    orders.c.carrier,
    orders.c.service,
    orders.c.temperature,
    orders.c.size,
    orders.c.cut_off,
    orders.c.lead_id,
    orders.c.line_count,
    orders.c.pieces,
    orders.c.ship_name,
    orders.c.queue_at,
    orders.c.rank,
    orders.c.ordered_at,
    orders.c.gift,
)
_QUEUE = (orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
_TAKEABLE: ColumnElement[bool] = literal_column(
    "orders.state IN ('ready','released','picked') AND orders.held = 0 AND orders.holder = '' "
    "AND orders.parked = 0 AND orders.lead_id IS NULL"
)
_HELD: ColumnElement[bool] = literal_column(
    "orders.held > 0 AND orders.state IN ('received','ready','released','picked','verified')"
)


def _candidate(row: Sequence[Any]) -> CandidateRow:
    values: list[Any] = [*row[:9], bool(row[9]), *row[10:19], (row[19], row[20], row[21], row[0]), bool(row[22])]
    return CandidateRow(*values)


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _MOST_IN_LIST] for start in range(0, len(values), _MOST_IN_LIST))


def _wanted(query: Any, wanted: Filter) -> Any:
    if wanted.pickup_from is not None:
        query = query.where(orders.c.queue_at >= wanted.pickup_from)
    if wanted.pickup_to is not None:
        query = query.where(orders.c.queue_at <= wanted.pickup_to)
    if wanted.carrier:
        query = query.where(orders.c.carrier == wanted.carrier)
    if wanted.service:
        query = query.where(orders.c.service == wanted.service)
    if wanted.shop_id is not None:
        query = query.where(orders.c.shop_id == wanted.shop_id)
    if wanted.temperature:
        query = query.where(orders.c.temperature == wanted.temperature)
    if wanted.size is not None:
        query = query.where(orders.c.size > 0, orders.c.size <= wanted.size)
    if wanted.priority is not None:
        query = query.where(orders.c.rank <= -wanted.priority)
    if wanted.zone:
        query = query.where(~_outside(wanted.zone))
    if wanted.single_line:
        query = query.where(orders.c.line_count == 1)
    if wanted.one_piece:
        query = query.where(orders.c.pieces == 1)
    return query


def _outside(zone: str) -> ColumnElement[bool]:
    """Whether an order has goods whose own shelf lies in another zone, or in none."""
    of_line = lines.join(products, products.c.id == lines.c.product_id).outerjoin(
        shelves, shelves.c.code == products.c.shelf
    )
    elsewhere = or_(shelves.c.zone.is_(None), shelves.c.zone != zone)
    return exists(select(lines.c.id).select_from(of_line).where(lines.c.order_id == orders.c.id, elsewhere))


def candidates(tx: Transaction, wanted: Filter, limit: int | None = None) -> list[CandidateRow]:
    """Return the ready orders without holds that *wanted* means, in queue order; no order that shares a parcel."""
    query = select(*_CANDIDATE).select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
    query = _wanted(query.where(_TAKEABLE, orders.c.state == "ready"), wanted).order_by(*_QUEUE)
    if limit is not None:
        query = query.limit(limit)
    return [_candidate(row) for row in tx.connection.execute(query)]


def members(tx: Transaction, ids: Sequence[int]) -> list[CandidateRow]:
    """Return these orders with every order that shares a parcel with one of them."""
    leads: set[int] = set()
    for part in _parts(list(ids)):
        query = select(func.coalesce(orders.c.lead_id, orders.c.id)).where(orders.c.id.in_(part))
        leads |= {row[0] for row in tx.connection.execute(query) if row[0] is not None}
    found: dict[int, CandidateRow] = {}
    for part in _parts(sorted(leads)):
        for where in (orders.c.id.in_(part), orders.c.lead_id.in_(part)):
            whole = select(*_CANDIDATE).select_from(orders.join(shops, shops.c.id == orders.c.shop_id)).where(where)
            for row in tx.connection.execute(whole):
                each = _candidate(row)
                found[each.id] = each
    return list(found.values())


def of_batch(tx: Transaction, batch: int) -> list[CandidateRow]:
    """Return the orders of a batch in their sequence, without those taken back."""
    query = (
        select(*_CANDIDATE)
        .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
        .where(orders.c.batch == batch)
        .order_by(orders.c.sequence)
    )
    return [_candidate(row) for row in tx.connection.execute(query)]


def held_counts(tx: Transaction, wanted: Filter) -> dict[str, int]:
    """Return how many orders that *wanted* means are kept back before their release, by hold."""
    query = (
        select(holds.c.hold, func.count())
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(_HELD, orders.c.state.in_(("received", "ready")), holds.c.lifted_at.is_(None))
        .group_by(holds.c.hold)
        .order_by(holds.c.hold)
    )
    return {row[0]: int(row[1]) for row in tx.connection.execute(_wanted(query, wanted))}


def shelves_of(tx: Transaction, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the shelves that each order's goods are on."""
    made: dict[int, list[str]] = {}
    for part in _parts(list(ids)):
        query = (
            select(lines.c.order_id, products.c.shelf)
            .select_from(lines.join(products, products.c.id == lines.c.product_id))
            .where(lines.c.order_id.in_(part))
        )
        for order, shelf in tx.connection.execute(query):
            made.setdefault(order, []).append(shelf)
    return made


# --- releasing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Locked:
    """An order with its row locked."""

    head: OrderHead
    holder: str
    parked: bool
    cut_off: int | None


_LOCKED: tuple[ColumnElement[Any], ...] = (
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
    literal_column("''"),
    orders.c.holder,
    orders.c.parked,
    orders.c.cut_off,
)


def lock_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Locked]:
    """Lock orders in the order of their ids, so that two leaders never wait for each other in a ring."""
    made: dict[int, Locked] = {}
    for part in _parts(sorted(ids)):
        query = (
            select(*_LOCKED)
            .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
            .where(orders.c.id.in_(part))
            .order_by(orders.c.id)
            .with_for_update(of=orders)
        )
        for row in tx.connection.execute(query):
            values: list[Any] = [*row]
            *of_head, holder, parked, cut_off = values
            of_head[18] = bool(of_head[18])
            made[values[0]] = Locked(OrderHead(*of_head), holder, bool(parked), cut_off)
    return made


@dataclass(frozen=True, slots=True)
class Given:
    """A ship number for an order."""

    order: int
    batch: int
    sequence: int
    version: int


_NEW_BATCH = Prepared(
    insert(batches)
    .values({name: bindparam(name) for name in ("at", "act", "station", "person_id")} | {"size": literal_column("0")})
    .returning(batches.c.id)
)
_SIZE = Prepared(
    update(batches).where(batches.c.id == bindparam("batch_")).values(size=batches.c.size + bindparam("number_"))
)
_LAST = Prepared(
    select(func.coalesce(func.max(releases.c.sequence), literal_column("0"))).where(
        releases.c.batch == bindparam("batch_")
    )
)
_PUT = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        state=literal_column("'released'"),
        batch=bindparam("batch_"),
        sequence=bindparam("sequence_"),
        version=bindparam("version_"),
    )
)
_GIVE = Prepared(
    insert(releases).values({name: bindparam(name) for name in ("batch", "sequence", "order_id", "version")})
)
_BACK = Prepared(
    update(releases)
    .where(releases.c.order_id == bindparam("order_"), releases.c.taken_back.is_(None))
    .values(taken_back=bindparam("now_"))
)
_UNBATCH = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        state=bindparam("state_"),
        batch=None,
        sequence=None,
        holder=literal_column("''"),
        lease_until=literal_column("0"),
    )
)
_OPEN: ColumnElement[bool] = literal_column("state IN ('waiting','sent','unknown','failed')")
_JOBS_OF_BATCH: tuple[ColumnElement[bool], ...] = (
    _OPEN,
    print_jobs.c.station == bindparam("station_", type_=String),
    print_jobs.c.batch == bindparam("batch_"),
    print_jobs.c.state == literal_column("'waiting'"),
    literal_column("paper IN ('pick_list','slips','noshi','gift_card')"),
)
_HOLD_JOBS = Prepared(update(print_jobs).where(*_JOBS_OF_BATCH).values(not_before=bindparam("until_")))
_HAS_JOB = Prepared(
    select(print_jobs.c.id).where(*_JOBS_OF_BATCH, print_jobs.c.paper == bindparam("paper_", type_=String)).limit(1)
)
_ANSWER = Prepared(select(journal.c.answer).where(journal.c.act == bindparam("act_", type_=String)))
_NUMBER_OF = Prepared(
    select(releases.c.order_id, releases.c.version, releases.c.taken_back).where(
        releases.c.batch == bindparam("batch_"), releases.c.sequence == bindparam("sequence_")
    )
)
_RELEASED = Prepared(
    select(releases.c.order_id)
    .where(releases.c.batch == bindparam("batch_"), releases.c.taken_back.is_(None))
    .order_by(releases.c.sequence)
)


def new_batch(tx: Transaction, act: str, station: str, person: int | None) -> int:
    """Begin a release call and return its batch number."""
    row = tx.one(_NEW_BATCH, at=tx.now, act=act, station=station, person_id=person)
    assert row is not None
    return int(row[0])


def add_size(tx: Transaction, batch: int, number: int) -> None:
    """Count more orders of a batch."""
    tx.run(_SIZE, batch_=batch, number_=number)


def last_sequence(tx: Transaction, batch: int) -> int:
    """Return the last sequence given in a batch; 0 where there is none yet."""
    row = tx.one(_LAST, batch_=batch)
    return int(row[0]) if row else 0


def give(tx: Transaction, given: Sequence[Given]) -> None:
    """Release locked orders with these ship numbers."""
    tx.many(
        _PUT,
        [
            {"order_": each.order, "batch_": each.batch, "sequence_": each.sequence, "version_": each.version}
            for each in given
        ],
    )
    remember(tx, given)


def remember(tx: Transaction, given: Sequence[Given]) -> None:
    """Keep ship numbers for ever, so that a paper of one that was taken back is known by name."""
    tx.many(
        _GIVE,
        [
            {"batch": each.batch, "sequence": each.sequence, "order_id": each.order, "version": each.version}
            for each in given
        ],
    )


def hold_jobs(tx: Transaction, station: str, batch: int, until: int) -> int:
    """Hold a batch's papers back until a time; return how many still wait."""
    return tx.run(_HOLD_JOBS, station_=station, batch_=batch, until_=until)


def free_jobs(tx: Transaction, station: str, batch: int) -> int:
    """Let a batch's papers come out."""
    return tx.run(_HOLD_JOBS, station_=station, batch_=batch, until_=0)


def has_job(tx: Transaction, station: str, batch: int, paper: str) -> bool:
    """Whether a paper of a batch still waits in the station's outbox."""
    return tx.one(_HAS_JOB, station_=station, batch_=batch, paper_=paper) is not None


def stored_answer(tx: Transaction, act: str) -> str | None:
    """Return the answer that an act was ended with, as JSON; None where it was not done."""
    row = tx.one(_ANSWER, act_=act)
    return str(row[0]) if row else None


def leads_of(tx: Transaction, ids: Sequence[int]) -> dict[int, int]:
    """Return the lead of each of these orders that shares another one's parcel."""
    made: dict[int, int] = {}
    for part in _parts(list(ids)):
        query = select(orders.c.id, orders.c.lead_id).where(orders.c.id.in_(part), orders.c.lead_id.is_not(None))
        made |= {row[0]: row[1] for row in tx.connection.execute(query) if row[1] is not None}
    return made


def number_of(tx: Transaction, batch: int, sequence: int) -> tuple[int, int, int | None] | None:
    """Return whose ship number this is or was: order, version at its release, when it was taken back."""
    row = tx.one(_NUMBER_OF, batch_=batch, sequence_=sequence)
    return (row[0], row[1], row[2]) if row else None


def released_of(tx: Transaction, batch: int) -> list[int]:
    """Return the orders of a batch that were not taken back, in their sequence."""
    return [row[0] for row in tx.rows(_RELEASED, batch_=batch)]


# --- taking back --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun of an order since its release."""

    done: int
    """Pieces in a parcel."""
    parcels: int
    """Parcels open, parked or closed."""


def begun(tx: Transaction, ids: Sequence[int]) -> dict[int, Begun]:
    """Return what was begun of these orders; one of which nothing was is not in it."""
    done: dict[int, int] = {}
    boxes: dict[int, int] = {}
    for part in _parts(list(ids)):
        packed = select(lines.c.order_id, func.sum(lines.c.done)).where(lines.c.order_id.in_(part), lines.c.done > 0)
        done |= {row[0]: int(row[1]) for row in tx.connection.execute(packed.group_by(lines.c.order_id))}
        standing = (
            select(parcels.c.order_id, func.count())
            .where(parcels.c.order_id.in_(part), parcels.c.state.in_(("open", "parked", "closed", "handed_over")))
            .group_by(parcels.c.order_id)
        )
        boxes |= {row[0]: int(row[1]) for row in tx.connection.execute(standing)}
    return {order: Begun(done.get(order, 0), boxes.get(order, 0)) for order in {*done, *boxes}}


def take_back(tx: Transaction, states: Mapping[int, str]) -> None:
    """Take the ship numbers of locked orders back; *states* says where each order stands then."""
    tx.many(_BACK, [{"order_": order, "now_": tx.now} for order in states])
    tx.many(_UNBATCH, [{"order_": order, "state_": state} for order, state in states.items()])


# --- the batch view -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One release call."""

    number: int
    at: int
    station: str
    person: int | None
    size: int
    """Orders released in it, those taken back since included."""


def batch_rows(tx: Transaction, *, limit: int | None = None, number: int | None = None) -> list[BatchRow]:
    """Return release calls, newest first; without those that released nothing."""
    query = select(batches.c.id, batches.c.at, batches.c.station, batches.c.person_id, batches.c.size)
    query = query.where(batches.c.size > 0) if number is None else query.where(batches.c.id == number)
    query = query.order_by(batches.c.id.desc())
    if limit is not None:
        query = query.limit(limit)
    return [BatchRow(*row) for row in tx.connection.execute(query)]


def order_counts(tx: Transaction, low: int, high: int) -> list[tuple[int, str, str, int]]:
    """Return how many orders of the batches from *low* to *high* stand where: batch, carrier, state, number."""
    query = (
        select(releases.c.batch, orders.c.carrier, orders.c.state, func.count())
        .select_from(releases.join(orders, orders.c.id == releases.c.order_id))
        .where(releases.c.batch.between(low, high), releases.c.taken_back.is_(None))
        .group_by(releases.c.batch, orders.c.carrier, orders.c.state)
    )
    return [(row[0], row[1], row[2], int(row[3])) for row in tx.connection.execute(query)]


def waybill_counts(tx: Transaction, low: int, high: int) -> list[tuple[int, str, str, int, int]]:
    """Return how many waybills of the batches stand where: batch, carrier, state, number, of them in a file."""
    query = (
        select(waybills.c.batch, waybills.c.carrier, waybills.c.state, func.count(), func.count(waybills.c.export_id))
        .where(waybills.c.batch.between(low, high))
        .group_by(waybills.c.batch, waybills.c.carrier, waybills.c.state)
    )
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in tx.connection.execute(query)]
