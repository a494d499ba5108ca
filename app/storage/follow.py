"""Pick jobs that follow a change of their order, as rows: what the order wants now, what its jobs take of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from app.domain.orders import OrderState
from app.storage.database import Transaction
from app.storage.tables import jobs, lines, orders, picks, products, waves

__all__ = [
    "FollowedLine",
    "FollowedOrder",
    "FollowedPick",
    "add",
    "drop",
    "idle_jobs",
    "is_planned",
    "order_of",
    "put",
    "rows_of",
    "set_picking",
]

_LIVE = ("waiting", "active", "paused")


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """What a line wants now."""

    id: int
    product: int | None
    shelf: str
    """The product's own."""
    wanted: int
    """Pieces to be picked or packed: those declared short are not."""
    picked: int
    done: int


@dataclass(frozen=True, slots=True)
class FollowedOrder:
    """An order with those that share its parcel, their rows locked."""

    lead: int
    members: tuple[int, ...]
    version: int
    """Version of the lead, for which its jobs take goods."""
    state: OrderState
    picking: bool
    """A pick job has one of them."""
    lines: tuple[FollowedLine, ...]


@dataclass(frozen=True, slots=True)
class FollowedPick:
    """One row of a job."""

    id: int
    job: int
    live: bool
    """Its job is not done."""
    sorting: bool
    blocked: bool
    """Its job waits for another one."""
    bulk: int | None
    """Job whose goods it parts."""
    line: int
    product: int
    slot: int
    position: int
    wanted: int
    done: int
    short: int

    @property
    def left(self) -> int:
        """Pieces that are still to be taken."""
        return self.wanted - self.done - self.short


def order_of(tx: Transaction, order: int) -> FollowedOrder | None:
    """Return what the parcel that an order goes into wants; None where the order is gone."""
    row = tx.connection.execute(select(orders.c.lead_id).where(orders.c.id == order)).first()
    if row is None:
        return None
    lead = row[0] if row[0] is not None else order
    query = (
        select(orders.c.id, orders.c.version, orders.c.state, orders.c.picking)
        .where(or_(orders.c.id == lead, orders.c.lead_id == lead))
        .order_by(orders.c.id)
        .with_for_update()
    )
    found = {each[0]: each for each in tx.connection.execute(query)}
    members = (lead, *(each for each in found if each != lead))
    wants = (
        select(
            lines.c.id, lines.c.product_id, func.coalesce(products.c.shelf, ""), lines.c.wanted - lines.c.short,
            lines.c.picked, lines.c.done,
        )
        .select_from(lines.outerjoin(products, products.c.id == lines.c.product_id))
        .where(lines.c.order_id.in_(members))
        .order_by(lines.c.order_id, lines.c.position)
    )  # fmt: skip
    head = found[lead]
    picking = any(each[3] for each in found.values())
    made = tuple(FollowedLine(*each) for each in tx.connection.execute(wants))
    return FollowedOrder(lead, members, head[1], OrderState(head[2]), picking, made)


def rows_of(tx: Transaction, lead: int) -> list[FollowedPick]:
    """Return the rows of every job for a parcel, those of unfinished jobs locked with their job, in their sequence."""
    batch = select(orders.c.batch).where(orders.c.id == lead).scalar_subquery()
    mine = select(picks.c.job_id).where(picks.c.order_id == lead)
    live = select(jobs.c.id).where(jobs.c.id.in_(mine), jobs.c.state.in_(_LIVE)).order_by(jobs.c.id).with_for_update()
    locked = {row[0] for row in tx.connection.execute(live)}
    query = (
        select(
            picks.c.id, picks.c.job_id, jobs.c.stage, jobs.c.blocked, jobs.c.after_id, picks.c.line_id,
            picks.c.product_id, picks.c.slot, picks.c.position, picks.c.wanted, picks.c.done, picks.c.short,
        )
        .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id))
        # Of the wave that it is in now: an earlier one was taken back.
        .where(picks.c.order_id == lead, jobs.c.state != "taken_back", jobs.c.batch == batch)
        .order_by(picks.c.position, picks.c.id)
    )  # fmt: skip
    made = []
    for row in tx.connection.execute(query):
        job, sorting, rest = row[1], row[2] == "sort", list[Any](row[5:])
        made.append(FollowedPick(row[0], job, job in locked, sorting, bool(row[3]), row[4] if sorting else None, *rest))
    return made


def idle_jobs(tx: Transaction, lead: int) -> list[tuple[int, int, bool]]:
    """Return the unfinished jobs of an order's wave with nothing left to take: job, wave, whether it has no row."""
    batch = select(orders.c.batch).where(orders.c.id == lead).scalar_subquery()
    rows = select(picks.c.id).where(picks.c.job_id == jobs.c.id)
    left = rows.where(picks.c.wanted > picks.c.done + picks.c.short).exists()
    query = (
        select(jobs.c.id, jobs.c.batch, ~rows.exists())
        .where(jobs.c.batch == batch, jobs.c.state.in_(_LIVE), ~left)
        .order_by(jobs.c.id)
    )
    return [(row[0], row[1], bool(row[2])) for row in tx.connection.execute(query)]


def is_planned(tx: Transaction, lead: int) -> bool:
    """Return whether the plan of an order's wave was written to its end: its figures are the last of it."""
    query = select(waves.c.batch).where(
        waves.c.batch == select(orders.c.batch).where(orders.c.id == lead).scalar_subquery(), waves.c.figures != "{}"
    )
    return tx.connection.execute(query).first() is not None


def put(tx: Transaction, wanted: Mapping[int, int], lead: int, version: int) -> None:
    """Write how many pieces rows take now, and that the rows of unfinished jobs are up to date."""
    for pick, pieces in wanted.items():
        tx.connection.execute(update(picks).where(picks.c.id == pick).values(wanted=pieces))
    live = select(jobs.c.id).where(jobs.c.state.in_(_LIVE))
    tx.connection.execute(
        update(picks).where(picks.c.order_id == lead, picks.c.job_id.in_(live)).values(version=version)
    )


def add(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let jobs take more: each row goes to the end of its job."""
    for row in rows:
        last = select(func.coalesce(func.max(picks.c.position), 0) + 1).where(picks.c.job_id == row["job_id"])
        tx.connection.execute(insert(picks).values({**row, "position": last.scalar_subquery()}))


def drop(tx: Transaction, ids: Sequence[int]) -> None:
    """Take rows away of which nothing was taken; a picker who has such goods in hand has them in hand no more."""
    if not ids:
        return
    held = select(jobs.c.id, jobs.c.hand).where(
        jobs.c.hand != "", jobs.c.id.in_(select(picks.c.job_id).where(picks.c.id.in_(ids)))
    )
    for job, hand in tx.connection.execute(held).all():
        if any(f'"pick": {pick},' in hand for pick in ids):
            tx.connection.execute(update(jobs).where(jobs.c.id == job).values(hand=""))
    tx.connection.execute(delete(picks).where(picks.c.id.in_(ids)))


def set_picking(tx: Transaction, members: Sequence[int], state: OrderState) -> None:
    """Hand orders that no job has any more to the bench, in *state*."""
    tx.connection.execute(update(orders).where(orders.c.id.in_(members)).values(picking=0, state=str(state)))
