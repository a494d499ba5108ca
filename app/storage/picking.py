"""Pick jobs in the database: loading one for a scan, taking one among many stations, writing what became true.

A job's own row is locked first; everything else of it follows from that lock. Taking the next one skips rows that other
stations are just taking (PostgreSQL), so that stations never wait for each other; on SQLite the writer is alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app.domain.barcode import CartCode, ListCode, OrderCode, Reading, ToteCode, WallCode
from app.domain.jobs import (
    Hand,
    Job,
    JobRules,
    JobState,
    OtherShelf,
    Pick,
    PickStepDone,
    Place,
    ToteInUse,
)
from app.domain.modes import Mode, Stage
from app.domain.orders import ShipNumber
from app.domain.people import Person, Role
from app.domain.stock import shelf_place
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.prepared import Prepared
from app.storage.tables import (
    balances,
    containers,
    counts,
    jobs,
    lines,
    lots,
    orders,
    people,
    pick_steps,
    picks,
    products,
    stations,
)

__all__ = [
    "LoadedJob",
    "OpenJob",
    "Totes",
    "add_counts",
    "add_steps",
    "bind",
    "count_lines",
    "count_picks",
    "finish_orders",
    "free_slots",
    "jobs_named",
    "load_job",
    "load_trail",
    "next_job",
    "on_shelf",
    "open_job",
    "other_shelves",
    "release_totes",
    "reroute",
    "save",
    "skip",
    "tell",
    "tote_in_use",
    "unblock",
    "undo_steps",
    "walk_of",
]

Totes = Mapping[int, tuple[str, ...]]
"""Place number -> totes or wall slot there."""


@dataclass(frozen=True, slots=True)
class LoadedJob:
    """A job with its picks; its row is locked."""

    job: Job
    holder: str
    lease_until: int
    blocked: bool
    after: str
    """Number of the job that must be done before."""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class OpenJob:
    """What a station's row says of picking."""

    job: int | None
    picking: str
    person: Person | None


_JOB_COLUMNS = (
    jobs.c.id,
    jobs.c.batch,
    jobs.c.sequence,
    jobs.c.mode,
    jobs.c.state,
    jobs.c.stage,
    jobs.c.zone,
    jobs.c.cart,
    jobs.c.shelf,
    jobs.c.hand,
    jobs.c.due,
    jobs.c.rules,
    jobs.c.totes,
    jobs.c.slots,
    jobs.c.after_id,
    jobs.c.blocked,
    jobs.c.holder,
    jobs.c.lease_until,
    jobs.c.person_id,
)
_JOB = Prepared(select(*_JOB_COLUMNS).where(jobs.c.id == bindparam("job_")).with_for_update())
_PEEK = Prepared(select(*_JOB_COLUMNS).where(jobs.c.id == bindparam("job_")))
_NUMBER = Prepared(select(jobs.c.batch, jobs.c.sequence).where(jobs.c.id == bindparam("job_")))
_PICKS = Prepared(
    select(
        picks.c.id,
        picks.c.order_id,
        picks.c.line_id,
        picks.c.product_id,
        products.c.sku,
        products.c.name,
        picks.c.shelf,
        picks.c.wanted,
        picks.c.done,
        picks.c.short,
        picks.c.slot,
        picks.c.position,
        picks.c.skipped,
        products.c.main_code,
        picks.c.lot,
        func.coalesce(lots.c.expiry, literal_column("''")),
        orders.c.batch,
        orders.c.sequence,
        orders.c.state,
        orders.c.held,
        orders.c.version,
        picks.c.version,
        picks.c.told,
        products.c.picture,
        products.c.temperature,
        *HANDLING,
    )
    .select_from(
        picks.join(products, products.c.id == picks.c.product_id)
        .join(orders, orders.c.id == picks.c.order_id)
        .outerjoin(lots, and_(lots.c.product_id == picks.c.product_id, lots.c.lot == picks.c.lot))
    )
    .where(picks.c.job_id == bindparam("job_"))
    .order_by(picks.c.position, picks.c.slot, picks.c.id)
)
_HANDLED = 25
"""First column of how the goods are handled."""
_NEXT = Prepared(
    select(jobs.c.id)
    .where(
        # Written out so that the partial index of takeable jobs is used.
        literal_column("state IN ('waiting','paused')"),
        literal_column("holder = ''"),
        literal_column("blocked = 0"),
        jobs.c.stage == bindparam("stage_", type_=String),
    )
    .order_by(jobs.c.due, jobs.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ABANDONED = Prepared(
    select(jobs.c.id)
    .where(
        literal_column("state = 'active'"),
        jobs.c.lease_until < bindparam("now_"),
        jobs.c.stage == bindparam("stage_", type_=String),
    )
    .order_by(jobs.c.lease_until)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_BY_NUMBER = Prepared(
    select(jobs.c.id).where(jobs.c.batch == bindparam("batch_"), jobs.c.sequence == bindparam("sequence_"))
)
_BY_CONTAINER = Prepared(
    select(containers.c.job_id).where(
        containers.c.kind == bindparam("kind_", type_=String),
        containers.c.code == bindparam("code_", type_=String),
        containers.c.job_id.is_not(None),
    )
)
_BY_ORDER = Prepared(
    select(picks.c.job_id)
    .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id).join(orders, orders.c.id == picks.c.order_id))
    .where(orders.c.batch == bindparam("batch_"), orders.c.sequence == bindparam("sequence_"))
    .order_by(
        case((literal_column("jobs.state IN ('waiting','active','paused')"), 0), else_=1), jobs.c.stage, jobs.c.id
    )
    .limit(1)
)
_CONTAINER = Prepared(
    select(jobs.c.batch, jobs.c.sequence, orders.c.batch, orders.c.sequence)
    .select_from(
        containers.outerjoin(jobs, jobs.c.id == containers.c.job_id).outerjoin(
            orders, orders.c.id == containers.c.order_id
        )
    )
    .where(containers.c.kind == "tote", containers.c.code == bindparam("code_", type_=String))
)
_NUMBERED = "-"
"""Wall of slots that nobody entered: they are simply numbered."""
_entered = and_(containers.c.kind == "slot", containers.c.within != _NUMBERED)
_SLOTS = Prepared(
    select(containers.c.code)
    .where(_entered, containers.c.job_id.is_(None), containers.c.order_id.is_(None))
    .order_by(containers.c.within, containers.c.position, containers.c.code)
    .limit(bindparam("limit_"))
    .with_for_update(skip_locked=True)
)
_ANY_SLOT = Prepared(select(containers.c.code).where(_entered).limit(1))
_TAKEN_NUMBERS = Prepared(
    select(containers.c.code).where(
        containers.c.kind == "slot",
        containers.c.within == _NUMBERED,
        or_(containers.c.job_id.is_not(None), containers.c.order_id.is_not(None)),
    )
)
_OTHERS = Prepared(
    select(balances.c.place, func.sum(balances.c.quantity))
    .where(
        balances.c.product_id == bindparam("product_"),
        literal_column("place LIKE 'shelf:%'"),
        balances.c.quantity > 0,
        balances.c.place != bindparam("place_", type_=String),
    )
    .group_by(balances.c.place)
    .order_by(func.sum(balances.c.quantity).desc(), balances.c.place)
    .limit(4)
)
_ON_SHELF = Prepared(
    select(func.coalesce(func.sum(balances.c.quantity), 0)).where(
        balances.c.product_id == bindparam("product_"), balances.c.place == bindparam("place_", type_=String)
    )
)
_TRAIL = Prepared(
    select(
        pick_steps.c.act,
        pick_steps.c.kind,
        pick_steps.c.pick_id,
        pick_steps.c.product_id,
        pick_steps.c.quantity,
        pick_steps.c.code,
        pick_steps.c.lot,
        pick_steps.c.source,
        pick_steps.c.target,
        pick_steps.c.tote,
        pick_steps.c.reason,
    )
    .where(pick_steps.c.job_id == bindparam("job_"), literal_column("undone = ''"))
    .order_by(pick_steps.c.id)
)


def load_job(tx: Transaction, job: int, modes: Mapping[str, Mode], *, lock: bool = True) -> LoadedJob | None:
    """Load a job with its picks; None where it is gone.

    :param modes: every way of picking, by its id.
    :param lock: lock its row, for an act; a screen only looks.
    """
    row = tx.one(_JOB if lock else _PEEK, job_=job)
    if row is None:
        return None
    found = tuple(_pick(each) for each in tx.rows(_PICKS, job_=job))
    totes = {int(number): tuple(codes) for number, codes in json.loads(row[12]).items()}
    hand = Hand(**json.loads(row[9])) if row[9] else None
    after = _number_of(tx, row[14]) if row[15] and row[14] is not None else ""
    made = Job(
        id=row[0],
        number=f"{row[1]}-{row[2]}",
        batch=row[1],
        mode=modes[row[3]],
        state=JobState(row[4]),
        stage=Stage(row[5]),
        zone=row[6],
        cart=row[7],
        shelf=row[8],
        picks=found,
        places=_places(found, totes, row[13]),
        hand=hand,
        due=row[10],
        rules=JobRules(**json.loads(row[11])),
        follows=row[14] if row[5] == Stage.SORT else None,
    )
    return LoadedJob(made, row[16], row[17], bool(row[15]), after, row[18])


def _number_of(tx: Transaction, job: int) -> str:
    row = tx.one(_NUMBER, job_=job)
    return f"{row[0]}-{row[1]}" if row else ""


def _pick(row: Sequence[Any]) -> Pick:
    return Pick(
        id=row[0],
        order=row[1],
        line=row[2],
        product=row[3],
        sku=row[4],
        name=row[5],
        shelf=row[6],
        wanted=row[7],
        done=row[8],
        short=row[9],
        slot=row[10],
        position=row[11],
        skipped=row[12],
        code=row[13],
        lot=row[14],
        expiry=row[15],
        ship_number=str(ShipNumber(row[16], row[17])) if row[16] else "",
        stopped=_stopped(row[18], row[19], row[20] != row[21]),
        told=bool(row[22]),
        picture=row[23],
        temperature=row[24],
        handling=handling(*row[_HANDLED:]),
    )


def _stopped(state: str, held: int, changed: bool) -> str:
    if state == "cancelled":
        return "cancelled"
    if state not in ("released", "picked") or changed:
        return "changed"
    return "held" if held else ""


def _places(found: Sequence[Pick], totes: Totes, slots: int) -> tuple[Place, ...]:
    """Return the places that the picks name, with what stands on them; of a job without orders apart, numbers alone."""
    named: dict[int, Pick] = {}
    for each in found:
        if each.slot:
            named.setdefault(each.slot, each)
    numbers = sorted({*named, *totes, *range(1, slots + 1)})
    return tuple(
        Place(
            number,
            named[number].order if number in named else None,
            named[number].ship_number if number in named else "",
            totes.get(number, ()),
        )
        for number in numbers
    )


_STATION = Prepared(
    select(
        stations.c.job_id,
        stations.c.picking,
        people.c.id,
        people.c.code,
        people.c.name,
        people.c.role,
        people.c.language,
    )
    .select_from(stations.outerjoin(people, people.c.id == stations.c.person_id))
    .where(stations.c.name == bindparam("name_", type_=String))
)
_WALK = Prepared(select(jobs.c.walk).where(jobs.c.id == bindparam("job_")))


def open_job(tx: Transaction, station: str) -> OpenJob:
    """Return which job is open at a station, without a lock."""
    row = tx.one(_STATION, name_=station)
    if row is None:
        return OpenJob(None, "", None)
    person = Person(row[2], row[3], row[4], Role(row[5]), row[6]) if row[2] is not None else None
    return OpenJob(row[0], row[1], person)


def walk_of(tx: Transaction, job: int) -> dict[str, Any]:
    """Return the way of a job as it was planned."""
    row = tx.one(_WALK, job_=job)
    return dict(json.loads(row[0])) if row else {}


def load_trail(tx: Transaction, job: int) -> tuple[PickStepDone, ...]:
    """Return the job's standing steps, oldest first."""
    return tuple(PickStepDone(*row) for row in tx.rows(_TRAIL, job_=job))


# --- what a code may mean -----------------------------------------------------------------------------------------


def next_job(tx: Transaction, stage: Stage) -> int | None:
    """Return the job with the earliest pickup that nobody has, locked; else one whose station let its lease run out.

    Those that others are just taking are passed over.
    """
    row = tx.one(_NEXT, stage_=str(stage)) or tx.one(_ABANDONED, stage_=str(stage), now_=tx.now)
    return row[0] if row else None


def jobs_named(tx: Transaction, reading: Reading) -> list[int]:
    """Return the jobs that a list, a cart, a tote, a wall slot or a slip names."""
    for kind in reading.kinds:
        match kind:
            case ListCode():
                batch, _, sequence = kind.code.partition("-")
                if batch.isdecimal() and sequence.isdecimal() and len(kind.code) < 16:
                    return [row[0] for row in tx.rows(_BY_NUMBER, batch_=int(batch), sequence_=int(sequence))]
            case CartCode() | ToteCode() | WallCode():
                of_kind = {CartCode: "cart", ToteCode: "tote", WallCode: "slot"}[type(kind)]
                return [row[0] for row in tx.rows(_BY_CONTAINER, kind_=of_kind, code_=kind.code)]
            case OrderCode():
                ship = kind.ship_number
                return [row[0] for row in tx.rows(_BY_ORDER, batch_=ship.batch, sequence_=ship.sequence)]
            case _:
                continue
    return []


def tote_in_use(tx: Transaction, code: str) -> ToteInUse | None:
    """Return what a tote carries; None where it is free or nobody knows it yet."""
    row = tx.one(_CONTAINER, code_=code)
    if row is None or (row[0] is None and row[2] is None):
        return None
    job = f"{row[0]}-{row[1]}" if row[0] is not None else ""
    return ToteInUse(code, job, str(ShipNumber(row[2], row[3])) if row[2] is not None else "")


def free_slots(tx: Transaction, number: int) -> tuple[str, ...]:
    """Return slots of the wall that nothing is in, at most *number*, in the order of the wall.

    Where nobody has entered a wall, there are as many slots as are wanted, and they are simply numbered.
    """
    if tx.one(_ANY_SLOT) is not None:
        return tuple(row[0] for row in tx.rows(_SLOTS, limit_=number))
    taken = {row[0] for row in tx.rows(_TAKEN_NUMBERS)}
    free = (str(each) for each in range(1, number + len(taken) + 1) if str(each) not in taken)
    return tuple(islice(free, number))


def other_shelves(tx: Transaction, product: int, shelf: str) -> tuple[OtherShelf, ...]:
    """Return other shelves on which the product lies by the books, the one with most first."""
    rows = tx.rows(_OTHERS, product_=product, place_=shelf_place(shelf))
    prefix = len(shelf_place(""))
    return tuple(OtherShelf(row[0][prefix:], int(row[1])) for row in rows if row[0][prefix:])


def on_shelf(tx: Transaction, product: int, shelf: str) -> int:
    """Return how many pieces lie on a shelf by the books."""
    row = tx.one(_ON_SHELF, product_=product, place_=shelf_place(shelf))
    return int(row[0]) if row else 0


# --- writing ------------------------------------------------------------------------------------------------------

_SAVE = Prepared(
    update(jobs)
    .where(jobs.c.id == bindparam("job_"))
    .values(
        state=bindparam("state"),
        holder=bindparam("holder"),
        lease_until=bindparam("lease_until"),
        person_id=bindparam("person_id"),
        cart=bindparam("cart"),
        shelf=bindparam("shelf"),
        hand=bindparam("hand"),
        totes=bindparam("totes"),
        done=bindparam("done"),
        short=bindparam("short"),
        started_at=func.coalesce(jobs.c.started_at, bindparam("now_", type_=BigInteger)),
        done_at=bindparam("done_at"),
    )
)
_COUNT_PICK = Prepared(
    update(picks)
    .where(picks.c.id == bindparam("pick_"))
    .values(done=picks.c.done + bindparam("done_"), short=picks.c.short + bindparam("short_", type_=Integer))
)
_REST = lines.c.wanted - lines.c.short - bindparam("short_", type_=Integer)
_COUNT_LINE = Prepared(
    update(lines)
    .where(lines.c.id == bindparam("line_"))
    .values(
        picked=lines.c.picked + bindparam("picked_"),
        short=lines.c.short + bindparam("short_", type_=Integer),
        # What is not there is promised no longer.
        reserved=case((lines.c.reserved > _REST, _REST), else_=lines.c.reserved),
    )
)
_SKIP = Prepared(update(picks).where(picks.c.id == bindparam("pick_")).values(skipped=bindparam("skipped")))
_TELL = Prepared(update(picks).where(picks.c.id == bindparam("pick_")).values(told=1))
_REROUTE = Prepared(update(picks).where(picks.c.id == bindparam("pick_")).values(shelf=bindparam("shelf"), lot=""))
_STEP_COLUMNS = (
    "job_id",
    "act",
    "kind",
    "pick_id",
    "product_id",
    "quantity",
    "code",
    "lot",
    "source",
    "target",
    "tote",
    "reason",
)
_UNDO = Prepared(
    update(pick_steps)
    .where(
        pick_steps.c.job_id == bindparam("job_"),
        pick_steps.c.act == bindparam("act_", type_=String),
        literal_column("undone = ''"),
    )
    .values(undone=bindparam("undone_", type_=String))
)
_NEW_CONTAINER = Prepared(
    insert(containers).values(
        kind=bindparam("kind"),
        code=bindparam("code"),
        within=bindparam("within"),
        position=bindparam("position"),
        job_id=bindparam("job_id"),
        order_id=bindparam("order_id"),
        taken_at=bindparam("taken_at"),
    )
)
_USE = Prepared(
    update(containers)
    .where(containers.c.kind == bindparam("kind_", type_=String), containers.c.code == bindparam("code_", type_=String))
    .values(
        job_id=bindparam("job_id"),
        order_id=bindparam("order_id"),
        taken_at=bindparam("taken_at"),
        position=case((containers.c.kind == "tote", bindparam("position", type_=Integer)), else_=containers.c.position),
    )
)
_LEAVE_CART = Prepared(
    update(containers)
    .where(containers.c.job_id == bindparam("job_"))
    .values(
        job_id=None,
        taken_at=case((containers.c.order_id.is_(None), None), else_=containers.c.taken_at),
    )
)
_PASS_ON = Prepared(
    update(containers).where(containers.c.job_id == bindparam("job_")).values(job_id=bindparam("next_"))
)
_FOLLOWING = Prepared(
    select(jobs.c.id, jobs.c.stage, jobs.c.mode)
    .where(jobs.c.after_id == bindparam("job_"), literal_column("state = 'waiting'"))
    .order_by(jobs.c.id)
    .with_for_update()
)
_UNBLOCK = Prepared(update(jobs).where(jobs.c.id == bindparam("next_")).values(blocked=0))
_PASS_TOTES = Prepared(
    update(jobs)
    .where(jobs.c.id == bindparam("next_"))
    .values(totes=bindparam("totes", type_=String), cart=bindparam("cart", type_=String))
)
_source = picks.alias("source")
_SORT_WHAT_CAME = Prepared(
    update(picks)
    .where(picks.c.job_id == bindparam("next_"))
    .values(
        wanted=select(func.coalesce(func.sum(_source.c.done), 0))
        .where(_source.c.job_id == bindparam("job_"), _source.c.line_id == picks.c.line_id)
        .scalar_subquery()
    )
)
_SORT_COUNT = Prepared(
    update(jobs)
    .where(jobs.c.id == bindparam("next_"))
    .values(
        pieces=select(func.coalesce(func.sum(picks.c.wanted), 0))
        .where(picks.c.job_id == bindparam("next_"))
        .scalar_subquery()
    )
)
_other_jobs = jobs.alias("other_jobs")
_open_elsewhere: Select[Any] = (
    select(literal_column("1"))
    .select_from(picks.join(_other_jobs, _other_jobs.c.id == picks.c.job_id))
    .where(
        picks.c.order_id == func.coalesce(orders.c.lead_id, orders.c.id),
        literal_column("other_jobs.state IN ('waiting','active','paused')"),
        picks.c.wanted > picks.c.done + picks.c.short,
    )
)
_of_orders = or_(
    orders.c.id == bindparam("order_", type_=Integer), orders.c.lead_id == bindparam("order_", type_=Integer)
)
_PICKED = Prepared(
    update(orders)
    .where(_of_orders, literal_column("picking = 1"), ~_open_elsewhere.exists())
    .values(
        picking=0,
        # What stopped on the way is packed as far as it is; a hold or a change decides about it.
        state=case(
            (
                and_(orders.c.state == "released", bindparam("whole_", type_=Integer) == 1),
                literal_column("'picked'"),
            ),
            else_=orders.c.state,
        ),
    )
    .returning(orders.c.id, orders.c.shop_id)
)
_SHORTS = Prepared(select(func.coalesce(func.sum(lines.c.short), 0)).where(lines.c.order_id == bindparam("order_")))
_OPEN_COUNT = Prepared(
    select(counts.c.id).where(
        counts.c.product_id == bindparam("product_"),
        counts.c.shelf == bindparam("shelf_", type_=String),
        literal_column("done_at IS NULL"),
    )
)
_ADD_COUNT = Prepared(
    insert(counts).values(
        {name: bindparam(name) for name in ("act", "at", "product_id", "shelf", "reason", "job_id", "person_id")}
    )
)


def save(tx: Transaction, job: Job, holder: str, lease_until: int, person: int | None) -> None:
    """Write the job's own row."""
    hand = job.hand
    body = {name: getattr(hand, name) for name in Hand.__slots__} if hand else None
    totes = {each.number: list(each.codes) for each in job.places if each.codes}
    tx.run(
        _SAVE,
        job_=job.id,
        state=str(job.state),
        holder=holder,
        lease_until=lease_until,
        person_id=person,
        cart=job.cart,
        shelf=job.shelf,
        hand=json.dumps(body, ensure_ascii=False) if body else "",
        totes=json.dumps(totes, ensure_ascii=False),
        done=job.done,
        short=job.short,
        now_=tx.now,
        done_at=tx.now if job.state is JobState.DONE else None,
    )


def count_picks(tx: Transaction, changes: Sequence[tuple[int, int, int]]) -> None:
    """Add to picks: ``(pick, done, short)``, negative to take back."""
    tx.many(_COUNT_PICK, [{"pick_": pick, "done_": done, "short_": short} for pick, done, short in changes])


def count_lines(tx: Transaction, changes: Sequence[tuple[int, int, int]]) -> None:
    """Add to order lines: ``(line, picked, short)``, negative to take back."""
    tx.many(_COUNT_LINE, [{"line_": line, "picked_": picked, "short_": short} for line, picked, short in changes])


@lru_cache(maxsize=64)
def _add_steps(number: int) -> Prepared:
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{row}") for name in _STEP_COLUMNS} for row in range(number)]
    return Prepared(insert(pick_steps).values(rows))


_MOST_STEPS = 40
"""Steps that one statement writes."""


def add_steps(tx: Transaction, job: int, made: Sequence[PickStepDone]) -> None:
    """Record what was done in a job."""
    for start in range(0, len(made), _MOST_STEPS):
        part = made[start : start + _MOST_STEPS]
        values: dict[str, Any] = {}
        for row, step in enumerate(part):
            given = (
                *(job, step.act, step.kind, step.pick, step.product, step.quantity, step.code),
                *(step.lot, step.source, step.target, step.tote, step.reason),
            )
            values |= {f"{name}_{row}": value for name, value in zip(_STEP_COLUMNS, given, strict=True)}
        tx.run(_add_steps(len(part)), **values)


def undo_steps(tx: Transaction, job: int, undone_act: str, by_act: str) -> None:
    """Mark the steps of one act as taken back by another."""
    tx.run(_UNDO, job_=job, act_=undone_act, undone_=by_act)


def skip(tx: Transaction, chosen: Sequence[int], times: int) -> None:
    """Put picks off."""
    tx.many(_SKIP, [{"pick_": pick, "skipped": times} for pick in chosen])


def tell(tx: Transaction, chosen: Sequence[int]) -> None:
    """Keep that the picker knows that picks stopped."""
    tx.many(_TELL, [{"pick_": pick} for pick in chosen])


def reroute(tx: Transaction, chosen: Sequence[int], shelf: str) -> None:
    """Take picks from another shelf."""
    tx.many(_REROUTE, [{"pick_": pick, "shelf": shelf} for pick in chosen])


def bind(tx: Transaction, kind: str, code: str, job: int, position: int, order: int | None) -> None:
    """Let a tote, a cart or a wall slot serve a job; one that nobody knows yet is known from now on.

    :param kind: ``tote``, ``cart``, ``slot``.
    """
    values = {"job_id": job, "order_id": order, "taken_at": tx.now, "position": position}
    if tx.run(_USE, kind_=kind, code_=code, **values) == 0:
        tx.run(_NEW_CONTAINER, kind=kind, code=code, within=_NUMBERED if kind == "slot" else "", **values)


def release_totes(tx: Transaction, job: int) -> None:
    """The job is done: its cart is free, and so are totes that hold no order's goods."""
    tx.run(_LEAVE_CART, job_=job)


def unblock(tx: Transaction, job: Job) -> list[int]:
    """Let the jobs that wait for this one begin; return them.

    A sort parts just what was picked. The next zone goes on with the same totes and cart.
    """
    found = tx.rows(_FOLLOWING, job_=job.id)
    for following, stage, _mode in found:
        if stage == Stage.SORT:
            tx.run(_SORT_WHAT_CAME, next_=following, job_=job.id)
            tx.run(_SORT_COUNT, next_=following)
        else:
            totes = {each.number: list(each.codes) for each in job.places if each.codes}
            tx.run(_PASS_TOTES, next_=following, totes=json.dumps(totes, ensure_ascii=False), cart=job.cart)
            tx.run(_PASS_ON, job_=job.id, next_=following)
        tx.run(_UNBLOCK, next_=following)
    return [row[0] for row in found]


def finish_orders(tx: Transaction, chosen: Mapping[int, bool]) -> list[tuple[int, int, int]]:
    """End the pick of orders for which no other job has anything left; return order, shop and pieces short of each.

    :param chosen: order (the lead) -> whether all its picks ended, none stopped on the way.
    """
    done = []
    for order, whole in sorted(chosen.items()):
        for row in tx.rows(_PICKED, order_=order, whole_=1 if whole else 0):
            short = tx.one(_SHORTS, order_=row[0])
            done.append((int(row[0]), int(row[1]), int(short[0]) if short else 0))
    return done


def add_counts(tx: Transaction, act: str, job: int, person: int | None, wanted: Sequence[tuple[int, str, str]]) -> None:
    """Ask for counts: product, shelf, reason. One that is asked for already is not asked for twice."""
    for product, shelf, reason in wanted:
        if tx.one(_OPEN_COUNT, product_=product, shelf_=shelf) is None:
            values = {"act": act, "at": tx.now, "product_id": product, "shelf": shelf, "reason": reason}
            tx.run(_ADD_COUNT, **values, job_id=job, person_id=person)
