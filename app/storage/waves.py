"""Waves ウェーブ and their jobs as rows: what is still to be planned, what lies on the shelves, how far each job is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app.domain.waves import Supply
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import balances, batches, jobs, lines, lots, orders, people, picks, products, waves

__all__ = [
    "LineRow",
    "NewPick",
    "NewPickJob",
    "OrderRow",
    "WaveRow",
    "add_job",
    "add_picks",
    "add_wave",
    "adopt",
    "begin_picking",
    "drop_waiting",
    "last_sequence",
    "lines_of",
    "orders_of",
    "put_figures",
    "settle",
    "supplies",
    "to_plan",
    "unplanned_counts",
    "wave",
    "wave_rows",
    "without_goods",
]

_PAGE = 400
_LIVE_JOB: ColumnElement[bool] = literal_column("jobs.state IN ('waiting','active','paused','done')")
_OPEN_JOB: ColumnElement[bool] = literal_column("jobs.state IN ('waiting','active','paused')")
_IN_WORK: ColumnElement[bool] = literal_column("orders.state IN ('released','picked')")


def _pages(ids: Iterable[int]) -> Iterator[list[int]]:
    whole = sorted(set(ids))
    for start in range(0, len(whole), _PAGE):
        yield whole[start : start + _PAGE]


# --- waves --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave."""

    batch: int
    at: int
    """When it was begun, milliseconds since 1970 UTC."""
    station: str
    person: str
    """Name of who released it; empty where nobody was signed in."""
    mode: str
    state: str
    """``open``, ``done`` or ``taken_back``."""
    rule: str
    """How its orders were chosen, as JSON."""
    figures: str
    """What its plan came to, as JSON."""


_WAVE = (
    waves.c.batch,
    waves.c.at,
    waves.c.station,
    func.coalesce(people.c.name, literal_column("''")),
    waves.c.mode,
    waves.c.state,
    waves.c.rule,
    waves.c.figures,
)
_WAVES = waves.outerjoin(people, people.c.id == waves.c.person_id)
_ADD_WAVE = Prepared(
    insert(waves).values(
        {name: bindparam(name) for name in ("batch", "act", "at", "station", "person_id", "mode", "rule")}
    )
)
_PICKING = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"), orders.c.lead_id.is_(None))
    .values(picking=literal_column("1"))
)


def add_wave(tx: Transaction, batch: int, act: str, station: str, person: int | None, mode: str, rule: str) -> None:
    """Begin a wave of a release batch."""
    values: dict[str, Any] = {"station": station, "person_id": person, "mode": mode, "rule": rule}
    tx.run(_ADD_WAVE, batch=batch, act=act, at=tx.now, **values)


def wave(tx: Transaction, batch: int, *, lock: bool = False) -> WaveRow | None:
    """Return one wave.

    :param lock: lock its row, so that two who plan it, or plan it and take it back, come one after the other.
    """
    if lock:
        tx.connection.execute(select(waves.c.batch).where(waves.c.batch == batch).with_for_update())
    row = tx.connection.execute(select(*_WAVE).select_from(_WAVES).where(waves.c.batch == batch)).one_or_none()
    return WaveRow(*row) if row else None


def wave_rows(tx: Transaction, *, open_only: bool = False, limit: int | None = None) -> list[WaveRow]:
    """Return waves, newest first."""
    query = select(*_WAVE).select_from(_WAVES).order_by(waves.c.batch.desc()).limit(limit)
    if open_only:
        query = query.where(literal_column("waves.state = 'open'"))
    return [WaveRow(*row) for row in tx.connection.execute(query)]


def is_batch(tx: Transaction, batch: int) -> bool:
    """Whether there is such a release batch."""
    return tx.connection.execute(select(batches.c.id).where(batches.c.id == batch)).first() is not None


def was_begun(tx: Transaction, batch: int) -> bool:
    """Whether somebody began a job of a wave."""
    query = select(jobs.c.id).where(jobs.c.batch == batch, jobs.c.started_at.is_not(None), _LIVE_JOB).limit(1)
    return tx.connection.execute(query).first() is not None


def set_mode(tx: Transaction, batch: int, mode: str) -> None:
    """Let a wave be picked in another way."""
    tx.connection.execute(update(waves).where(waves.c.batch == batch).values(mode=mode))


def number_planned(tx: Transaction, batch: int) -> int:
    """Return how many orders of a wave are in a job that was not taken back."""
    query = (
        select(func.count(picks.c.order_id.distinct()))
        .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id))
        .where(jobs.c.batch == batch, _LIVE_JOB)
    )
    return int(tx.connection.execute(query).scalar() or 0)


def put_figures(tx: Transaction, batch: int, figures: str) -> None:
    """Keep what a wave's plan came to."""
    tx.connection.execute(update(waves).where(waves.c.batch == batch).values(figures=figures))


def settle(tx: Transaction, batch: int) -> str | None:
    """Bring a wave's state in line with its jobs and orders, and return it; None where the batch is no wave.

    ``open`` while a job is to be done or an order to be planned, ``done`` after that, ``taken_back`` where no order of
    it is left.
    """
    alive = exists().where(jobs.c.batch == batch, _OPEN_JOB)
    waiting = exists().where(orders.c.batch == batch, _IN_WORK, orders.c.picking == 1, ~_planned())
    left = exists().where(orders.c.batch == batch, orders.c.state != "cancelled")
    row = tx.connection.execute(
        select(waves.c.state, or_(alive, waiting), left).where(waves.c.batch == batch)
    ).one_or_none()
    if row is None:
        return None
    state = "open" if row[1] else "done" if row[2] else "taken_back"
    if state != row[0]:
        tx.connection.execute(update(waves).where(waves.c.batch == batch).values(state=state))
    return state


def begin_picking(tx: Transaction, ids: Sequence[int]) -> None:
    """Let the queue of the bench pass orders over until they are picked; what shares a parcel follows its lead."""
    tx.many(_PICKING, [{"order_": order} for order in ids])


def adopt(tx: Transaction, batch: int) -> int:
    """Take the orders of a batch into its wave of which nothing was begun; return how many there are."""
    begun = exists().where(lines.c.order_id == orders.c.id, or_(lines.c.done > 0, lines.c.picked > 0))
    query = update(orders).where(
        orders.c.batch == batch, orders.c.state == "released", orders.c.lead_id.is_(None), orders.c.picking == 0,
        orders.c.holder == "", orders.c.parked == 0, orders.c.held == 0, ~begun, ~_planned(),
    )  # fmt: skip
    return tx.connection.execute(query.values(picking=1)).rowcount


# --- what is to be planned ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order that goes into a parcel with those that share it."""

    id: int
    cut_off: int | None
    """Pickup to catch, milliseconds since 1970 UTC."""
    rank: int
    sequence: int
    """Place in its batch; 0 before the release."""
    shop: int
    version: int
    held: bool
    """Whether it, or one that shares its parcel, is on hold."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """What an order line still wants from the shelves."""

    lead: int
    """Order whose parcel it goes into."""
    order: int
    shop: int
    id: int
    product: int
    pieces: int
    shelf: str
    """The product's own."""
    weight_g: int
    volume_mm3: int
    fragile: bool
    temperature: str
    min_days: int | None
    """Days that the product must keep; None where it says nothing."""


def _planned() -> ColumnElement[bool]:
    """Whether an order is in a job that was not taken back, by the version that it has."""
    return exists(
        select(picks.c.id)
        .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id))
        .where(
            picks.c.order_id == orders.c.id,
            picks.c.version == orders.c.version,
            jobs.c.batch == orders.c.batch,
            _LIVE_JOB,
        )
    )


def to_plan(tx: Transaction, batch: int, among: Sequence[int] | None = None) -> list[int]:
    """Return the orders (leads) of a wave that are in no job yet, in their sequence.

    :param among: only of these.
    """
    if among is not None:
        return [order for page in _pages(among) for order in _to_plan(tx, batch, orders.c.id.in_(page))]
    return _to_plan(tx, batch)


def _to_plan(tx: Transaction, batch: int, *among: ColumnElement[bool]) -> list[int]:
    query = select(orders.c.id).where(
        orders.c.batch == batch, _IN_WORK, orders.c.lead_id.is_(None), orders.c.picking == 1, ~_planned(), *among
    )
    return [row[0] for row in tx.connection.execute(query.order_by(orders.c.sequence))]


def unplanned_counts(tx: Transaction, batches: Sequence[int]) -> dict[int, int]:
    """Return by wave how many orders are in no job yet."""
    query = (
        select(orders.c.batch, func.count())
        .where(orders.c.batch.in_(batches), _IN_WORK, orders.c.lead_id.is_(None), orders.c.picking == 1, ~_planned())
        .group_by(orders.c.batch)
    )
    return {row[0]: int(row[1]) for row in tx.connection.execute(query) if row[0] is not None}


def orders_of(tx: Transaction, ids: Iterable[int], *, lock: bool = False) -> list[OrderRow]:
    """Return orders as they are planned, the earliest pickup of those that share a parcel with each.

    :param lock: lock their rows (not those of the others), by id.
    """
    made = []
    for page in _pages(ids):
        if lock:
            tx.connection.execute(
                select(orders.c.id).where(orders.c.id.in_(page)).order_by(orders.c.id).with_for_update()
            )
        led = select(orders.c.lead_id, func.min(orders.c.cut_off), func.max(orders.c.held))
        led = led.where(orders.c.lead_id.in_(page)).group_by(orders.c.lead_id)
        sharing = {row[0]: (row[1], row[2]) for row in tx.connection.execute(led)}
        query = select(
            orders.c.id, orders.c.cut_off, orders.c.rank, func.coalesce(orders.c.sequence, 0), orders.c.shop_id,
            orders.c.version, orders.c.held,
        ).where(orders.c.id.in_(page))  # fmt: skip
        for order, cut_off, rank, sequence, shop, version, held in tx.connection.execute(query):
            earliest, also_held = sharing.get(order, (None, 0))
            both = [each for each in (cut_off, earliest) if each is not None]
            any_held = bool(held or also_held)
            made.append(OrderRow(order, min(both, default=None), rank, int(sequence or 0), shop, version, any_held))
    return made


def lines_of(tx: Transaction, ids: Iterable[int]) -> list[LineRow]:
    """Return what these orders, and those that share their parcels, still want from the shelves.

    Lines without a known product have nothing that could be picked by a scan: they are left to the bench.
    """
    taken = (
        func.max(lines.c.done, lines.c.picked)
        if tx.dialect == "sqlite"
        else func.greatest(lines.c.done, lines.c.picked)
    )
    left = lines.c.wanted - lines.c.short - taken
    lead = func.coalesce(orders.c.lead_id, orders.c.id)
    made = []
    for page in _pages(ids):
        for where in (orders.c.id.in_(page), orders.c.lead_id.in_(page)):
            query = (
                select(
                    lead, orders.c.id, orders.c.shop_id, lines.c.id, products.c.id, left, products.c.shelf,
                    products.c.weight_g, products.c.length_mm, products.c.width_mm, products.c.height_mm,
                    products.c.fragile, products.c.temperature, products.c.min_days,
                )
                .select_from(
                    lines.join(orders, orders.c.id == lines.c.order_id).join(
                        products, products.c.id == lines.c.product_id
                    )
                )
                .where(where, left > 0)
                .order_by(orders.c.id, lines.c.position)
            )  # fmt: skip
            made += [_line(row) for row in tx.connection.execute(query)]
    return made


def _line(row: Sequence[Any]) -> LineRow:
    lead, order, shop, line, product, pieces, shelf, weight, *sides, fragile, temperature, min_days = row
    long, wide, high = (each or 0 for each in sides)
    volume = long * wide * high
    return LineRow(
        lead, order, shop, line, product, pieces, shelf, weight or 0, volume, bool(fragile), temperature, min_days
    )


def supplies(tx: Transaction, wanted: Iterable[int]) -> dict[int, list[Supply]]:
    """Return by product what lies on the shelves and no job will take."""
    made: dict[int, list[Supply]] = {}
    for page in _pages(wanted):
        planned: dict[tuple[int, str], dict[str, int]] = {}
        left = func.sum(picks.c.wanted - picks.c.done - picks.c.short)
        query = (
            select(picks.c.product_id, picks.c.shelf, picks.c.lot, left)
            .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id))
            .where(picks.c.product_id.in_(page), _OPEN_JOB, jobs.c.stage == "pick")
            .group_by(picks.c.product_id, picks.c.shelf, picks.c.lot)
        )
        for product, shelf, lot, pieces in tx.connection.execute(query):
            planned.setdefault((product, shelf), {})[lot] = int(pieces or 0)
        found = (
            select(balances.c.product_id, balances.c.place, balances.c.quantity, balances.c.lot, lots.c.expiry,
                   lots.c.recalled)
            .select_from(
                balances.outerjoin(
                    lots, and_(lots.c.product_id == balances.c.product_id, lots.c.lot == balances.c.lot)
                )
            )
            .where(
                balances.c.product_id.in_(page), literal_column("balances.place LIKE 'shelf:%'"),
                balances.c.quantity > 0,
            )
            .order_by(balances.c.product_id, balances.c.place, lots.c.expiry, balances.c.lot)
        )  # fmt: skip
        for product, place, quantity, lot, expiry, recalled in tx.connection.execute(found):
            shelf = place.removeprefix("shelf:")
            spoken = planned.get((product, shelf), {})
            free = int(quantity)
            for named in (lot, "") if lot else ("",):
                taken = min(free, spoken.get(named, 0))
                if taken:
                    spoken[named] -= taken
                    free -= taken
            made.setdefault(product, []).append(Supply(shelf, free, lot, expiry or "", bool(recalled)))
    return made


# --- writing jobs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewPickJob:
    """A job to be written."""

    batch: int
    sequence: int
    mode: str
    stage: str
    zone: str
    after: int | None
    """Job that must be done before."""
    due: int
    slots: int
    rules: str
    walk: str
    lines: int
    pieces: int


@dataclass(frozen=True, slots=True)
class NewPick:
    """A row of a job to be written."""

    order: int
    line: int
    product: int
    position: int
    shelf: str
    lot: str
    slot: int
    wanted: int
    version: int


_LAST = Prepared(
    select(func.coalesce(func.max(jobs.c.sequence), literal_column("0"))).where(jobs.c.batch == bindparam("batch_"))
)
_JOB_COLUMNS = (
    "batch", "sequence", "mode", "stage", "zone", "after_id", "blocked", "due", "slots", "rules", "walk", "lines",
    "pieces",
)  # fmt: skip
_ADD_JOB = Prepared(insert(jobs).values({name: bindparam(name) for name in _JOB_COLUMNS}).returning(jobs.c.id))
_PICK_COLUMNS = ("job_id", "order_id", "line_id", "product_id", "position", "shelf", "lot", "slot", "wanted", "version")
_ADD_PICK = Prepared(insert(picks).values({name: bindparam(name) for name in _PICK_COLUMNS}))


def last_sequence(tx: Transaction, batch: int) -> int:
    """Return the last number given to a job of a wave; 0 where there is none yet."""
    row = tx.one(_LAST, batch_=batch)
    return int(row[0]) if row else 0


def add_job(tx: Transaction, new: NewPickJob) -> int:
    """Write a job and return its id."""
    row = tx.one(
        _ADD_JOB, batch=new.batch, sequence=new.sequence, mode=new.mode, stage=new.stage, zone=new.zone,
        after_id=new.after, blocked=int(new.after is not None), due=new.due, slots=new.slots, rules=new.rules,
        walk=new.walk, lines=new.lines, pieces=new.pieces,
    )  # fmt: skip
    assert row is not None
    return int(row[0])


def add_picks(tx: Transaction, job: int, rows: Iterable[NewPick]) -> None:
    """Write what a job takes."""
    made = [(job, *(getattr(row, name.removesuffix("_id")) for name in _PICK_COLUMNS[1:])) for row in rows]
    tx.many_rows(_ADD_PICK, made, _PICK_COLUMNS)


def without_goods(tx: Transaction, ids: Sequence[int]) -> None:
    """Give orders of which nothing can be picked to the bench."""
    for page in _pages(ids):
        tx.connection.execute(update(orders).where(orders.c.id.in_(page)).values(picking=0))


def drop_waiting(tx: Transaction, batch: int) -> int:
    """Take back the jobs of a wave that nobody began, so that their orders are to be planned again; return how many.

    What follows a job that was begun stays: its goods are on the way.
    """
    chain = {row[0]: (row[1], row[2]) for row in tx.connection.execute(
        select(jobs.c.id, jobs.c.after_id, jobs.c.started_at).where(jobs.c.batch == batch, _LIVE_JOB)
    )}  # fmt: skip

    def begun(job: int | None) -> bool:
        while job is not None and job in chain:
            after, started = chain[job]
            if started is not None:
                return True
            job = after
        return False

    gone = [job for job in chain if not begun(job)]
    for page in _pages(gone):
        tx.connection.execute(delete(picks).where(picks.c.job_id.in_(page)))
        tx.connection.execute(update(jobs).where(jobs.c.id.in_(page)).values(state="taken_back", lines=0, pieces=0))
    return len(gone)
