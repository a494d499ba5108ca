"""Picked goods that are not needed: where they are, and the jobs that they were picked in, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, literal_column, or_, select, update

from app.domain.bench import PickedGoods
from app.domain.stock import picked_place
from app.storage.database import Transaction
from app.storage.tables import balances, containers, jobs, lines, orders, pick_steps, picks, products, steps

__all__ = [
    "LineStep",
    "PickedLine",
    "PutStep",
    "balances_at",
    "done_of",
    "drop_picks",
    "forget",
    "hand_on",
    "jobs_of",
    "line_steps",
    "packed_from",
    "packed_instead",
    "picked_lines",
    "put_steps",
    "recount",
    "stand_down",
    "still_picked",
    "unput",
]

_LIVE = ("waiting", "active", "paused")
# By the job as well, and written out: the index of standing steps begins with it, and is of them alone.
_OF_PICK = and_(pick_steps.c.job_id == picks.c.job_id, pick_steps.c.pick_id == picks.c.id)
_STANDING: ColumnElement[bool] = literal_column("pick_steps.undone = ''")
_PUT = (pick_steps.c.kind == "put", _STANDING)


def _of_picks(mine: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Return what makes standing steps those of some picks."""
    return (
        pick_steps.c.job_id.in_(select(picks.c.job_id).where(mine)),
        pick_steps.c.pick_id.in_(select(picks.c.id).where(mine)),
        _STANDING,
    )


@dataclass(frozen=True, slots=True)
class PutStep:
    """Goods that a pick job put somewhere."""

    order: int
    product: int
    lot: str
    source: str
    target: str
    quantity: int
    sku: str
    shelf: str
    """The product's own, where it goes back to."""


def put_steps(tx: Transaction, ids: Sequence[int]) -> list[PutStep]:
    """Return what was put for these orders and not taken back, in its order."""
    query = (
        select(
            picks.c.order_id, picks.c.product_id, pick_steps.c.lot, pick_steps.c.source, pick_steps.c.target,
            pick_steps.c.quantity, products.c.sku, products.c.shelf,
        )
        .select_from(
            picks.join(pick_steps, _OF_PICK).join(products, products.c.id == picks.c.product_id)
        )
        .where(picks.c.order_id.in_(ids), *_PUT)
        .order_by(pick_steps.c.id)
    )  # fmt: skip
    return [PutStep(*row) for row in tx.connection.execute(query)]


def balances_at(tx: Transaction, places: Iterable[str]) -> dict[tuple[str, int, str], int]:
    """Return the pieces at places by place, product and lot."""
    query = select(balances.c.place, balances.c.product_id, balances.c.lot, balances.c.quantity)
    query = query.where(balances.c.place.in_(sorted(set(places))), balances.c.quantity > 0)
    return {(row[0], row[1], row[2]): int(row[3]) for row in tx.connection.execute(query)}


def jobs_of(tx: Transaction, ids: Sequence[int]) -> list[int]:
    """Return the unfinished jobs that these orders are in, locked, by id."""
    inside = exists().where(picks.c.job_id == jobs.c.id, picks.c.order_id.in_(ids))
    query = select(jobs.c.id).where(jobs.c.state.in_(_LIVE), inside).order_by(jobs.c.id).with_for_update()
    return [row[0] for row in tx.connection.execute(query)]


def forget(tx: Transaction, ids: Sequence[int], act: str) -> None:
    """Let nothing be picked for these orders any more: steps taken back by *act*, totes free, lines not picked.

    What nobody began is dropped from its job. What was begun stays in it, so that the picker can be told.
    """
    mine = picks.c.order_id.in_(ids)
    tx.connection.execute(update(pick_steps).where(*_of_picks(mine)).values(undone=act))
    tx.connection.execute(update(lines).where(lines.c.order_id.in_(ids), lines.c.picked > 0).values(picked=0))
    tx.connection.execute(update(orders).where(orders.c.id.in_(ids), orders.c.picking > 0).values(picking=0))
    tx.connection.execute(update(containers).where(containers.c.order_id.in_(ids)).values(order_id=None, job_id=None))
    unbegun = select(jobs.c.id).where(jobs.c.started_at.is_(None), jobs.c.state.in_(_LIVE))
    tx.connection.execute(delete(picks).where(picks.c.order_id.in_(ids), picks.c.job_id.in_(unbegun)))


def stand_down(tx: Transaction, candidates: Sequence[int]) -> list[int]:
    """Take back those of these jobs of which no order is in work any more, and return them; count the others anew.

    A job that waited for one of them waits for what that one waited for.
    """
    gone = []
    for job in candidates:
        alive = exists().where(
            picks.c.job_id == job,
            orders.c.id == picks.c.order_id,
            orders.c.state.in_(("released", "picked")),
            orders.c.picking == 1,
        )
        if tx.connection.execute(select(alive)).scalar():
            count = (
                select(func.count()).where(picks.c.job_id == job).scalar_subquery(),
                select(func.coalesce(func.sum(picks.c.wanted), 0)).where(picks.c.job_id == job).scalar_subquery(),
            )
            tx.connection.execute(
                update(jobs)
                .where(jobs.c.id == job, jobs.c.started_at.is_(None))
                .values(lines=count[0], pieces=count[1])
            )
            continue
        gone.append(job)
        before = tx.connection.execute(select(jobs.c.after_id).where(jobs.c.id == job)).scalar()
        waits = 0
        if before is not None:
            waits = int(tx.connection.execute(
                select(exists().where(jobs.c.id == before, jobs.c.state.in_(_LIVE)))
            ).scalar() or 0)  # fmt: skip
        tx.connection.execute(update(jobs).where(jobs.c.after_id == job).values(after_id=before, blocked=waits))
        tx.connection.execute(
            update(containers)
            .where(containers.c.job_id == job, or_(containers.c.order_id.is_(None), containers.c.kind == "cart"))
            .values(job_id=None)
        )
        tx.connection.execute(
            update(jobs).where(jobs.c.id == job).values(state="taken_back", holder="", lease_until=0, hand="")
        )
    return gone


# --- some pieces of some lines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PickedLine:
    """A line of which something was picked."""

    id: int
    order: int
    picked: int
    done: int
    """Pieces in a parcel."""


@dataclass(frozen=True, slots=True)
class LineStep:
    """A standing step that put pieces of a line somewhere."""

    id: int
    job: int
    pick: int
    line: int
    sorting: bool
    """It parted them at the wall; another step took them from their shelf."""
    product: int
    lot: str
    target: str
    quantity: int
    sku: str
    shelf: str
    """The product's own, where it goes back to."""


def picked_lines(tx: Transaction, ids: Sequence[int]) -> list[PickedLine]:
    """Return the lines of these orders of which something was picked."""
    query = select(lines.c.id, lines.c.order_id, lines.c.picked, lines.c.done)
    query = query.where(lines.c.order_id.in_(ids), lines.c.picked > 0).order_by(lines.c.id)
    return [PickedLine(*row) for row in tx.connection.execute(query)]


def line_steps(tx: Transaction, line_ids: Sequence[int]) -> list[LineStep]:
    """Return what was put for lines and not taken back, the last first."""
    query = (
        select(
            pick_steps.c.id, pick_steps.c.job_id, picks.c.id, picks.c.line_id, jobs.c.stage == "sort",
            picks.c.product_id, pick_steps.c.lot, pick_steps.c.target, pick_steps.c.quantity, products.c.sku,
            products.c.shelf,
        )
        .select_from(
            picks.join(pick_steps, _OF_PICK)
            .join(jobs, jobs.c.id == picks.c.job_id)
            .join(products, products.c.id == picks.c.product_id)
        )
        .where(picks.c.line_id.in_(line_ids), *_PUT)
        .order_by(pick_steps.c.id.desc())
    )  # fmt: skip
    return [LineStep(*row) for row in tx.connection.execute(query)]


def done_of(tx: Transaction, line_ids: Sequence[int]) -> dict[int, int]:
    """Return the pieces in a parcel by line."""
    query = select(lines.c.id, lines.c.done).where(lines.c.id.in_(line_ids))
    return {row[0]: row[1] for row in tx.connection.execute(query)}


_COPIED = ("job_id", "act", "kind", "pick_id", "product_id", "code", "lot", "source", "target", "tote", "reason")


def unput(tx: Transaction, act: str, taken: Sequence[tuple[LineStep, int]]) -> None:
    """Take pieces of steps back; a step that keeps some goes on with the rest. Picks, jobs and lines count less.

    The moves of the goods are the caller's.
    """
    for step, pieces in taken:
        tx.connection.execute(update(pick_steps).where(pick_steps.c.id == step.id).values(undone=act))
        if rest := step.quantity - pieces:
            kept = select(*(pick_steps.c[name] for name in _COPIED), literal(rest)).where(pick_steps.c.id == step.id)
            tx.connection.execute(insert(pick_steps).from_select([*_COPIED, "quantity"], kept))
        tx.connection.execute(update(picks).where(picks.c.id == step.pick).values(done=picks.c.done - pieces))
        tx.connection.execute(update(jobs).where(jobs.c.id == step.job).values(done=jobs.c.done - pieces))
        if not step.sorting:
            tx.connection.execute(update(lines).where(lines.c.id == step.line).values(picked=lines.c.picked - pieces))


def packed_from(tx: Transaction, places: Iterable[str]) -> dict[tuple[str, int, str], int]:
    """Return the pieces that stand in parcels and came from these places, by place, product and lot.

    :param places: of picked goods, :func:`app.domain.stock.picked_place`.
    """
    wanted = {int(place.partition(":")[2]): place for place in places if place.startswith("picked:")}
    query = (
        select(steps.c.source, steps.c.product_id, steps.c.lot, func.sum(steps.c.quantity))
        .where(
            steps.c.order_id.in_(sorted(wanted)),
            steps.c.undone == "",
            steps.c.kind == "pack",
            steps.c.source.in_(sorted(wanted.values())),
        )
        .group_by(steps.c.source, steps.c.product_id, steps.c.lot)
    )
    return {(row[0], int(row[1] or 0), row[2]): int(row[3]) for row in tx.connection.execute(query)}


def packed_instead(tx: Transaction, ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return the pieces that stand in parcels of orders and, by the books, are not those picked: by order, product."""
    query = (
        select(steps.c.order_id, steps.c.product_id, func.sum(steps.c.quantity))
        .where(
            steps.c.order_id.in_(ids),
            steps.c.undone == "",
            steps.c.kind == "pack",
            ~steps.c.source.startswith("picked:", autoescape=True),
        )
        .group_by(steps.c.order_id, steps.c.product_id)
    )
    return {(row[0], int(row[1] or 0)): int(row[2]) for row in tx.connection.execute(query)}


def still_picked(tx: Transaction, ids: Sequence[int]) -> dict[int, list[PickedGoods]]:
    """Return what the books still have as picked, by order; one of which they have nothing is not in it."""
    of_place = {picked_place(order): order for order in ids}
    made: dict[int, list[PickedGoods]] = {}
    for (place, product, lot), pieces in sorted(balances_at(tx, of_place).items()):
        made.setdefault(of_place[place], []).append(PickedGoods(product, lot, pieces))
    return made


def recount(tx: Transaction, chosen: Sequence[int]) -> None:
    """Count the picks of jobs anew."""
    for job in chosen:

        def total(what: Any, job: int = job) -> Any:
            return select(func.coalesce(what, 0)).where(picks.c.job_id == job).scalar_subquery()

        tx.connection.execute(
            update(jobs)
            .where(jobs.c.id == job)
            .values(
                lines=total(func.count(picks.c.id)),
                pieces=total(func.sum(picks.c.wanted)),
                done=total(func.sum(picks.c.done)),
                short=total(func.sum(picks.c.short)),
            )
        )


def drop_picks(tx: Transaction, line_ids: Sequence[int]) -> None:
    """Let no job know of lines that go; what was picked of them is put back already."""
    found = select(picks.c.job_id).where(picks.c.line_id.in_(line_ids)).distinct()
    touched = [row[0] for row in tx.connection.execute(found)] if line_ids else []
    if touched:
        tx.connection.execute(delete(picks).where(picks.c.line_id.in_(line_ids)))
        recount(tx, touched)


def hand_on(tx: Transaction, order: int, to: int) -> None:
    """Let another order lead what was picked for those packed together: jobs, steps and totes name it from now on.

    The moves of the goods are the caller's.
    """
    old, new = picked_place(order), picked_place(to)
    theirs = select(lines.c.id).where(lines.c.order_id != order)
    mine = picks.c.order_id == order
    tx.connection.execute(update(pick_steps).where(*_of_picks(mine), pick_steps.c.target == old).values(target=new))
    tx.connection.execute(update(steps).where(steps.c.order_id == to, steps.c.source == old).values(source=new))
    tx.connection.execute(
        update(picks).where(picks.c.order_id == order, picks.c.line_id.in_(theirs)).values(order_id=to)
    )
    tx.connection.execute(update(containers).where(containers.c.order_id == order).values(order_id=to))
