"""Picked goods that are not needed: where they are, and the jobs that they were picked in, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, or_, select, update

from app.storage.database import Transaction
from app.storage.tables import balances, containers, jobs, lines, orders, pick_steps, picks, products

__all__ = ["PutStep", "balances_at", "forget", "jobs_of", "put_steps", "stand_down"]

_LIVE = ("waiting", "active", "paused")


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
            pick_steps.join(picks, picks.c.id == pick_steps.c.pick_id).join(
                products, products.c.id == picks.c.product_id
            )
        )
        .where(picks.c.order_id.in_(ids), pick_steps.c.kind == "put", pick_steps.c.undone == "")
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
    mine = select(picks.c.id).where(picks.c.order_id.in_(ids))
    tx.connection.execute(
        update(pick_steps).where(pick_steps.c.pick_id.in_(mine), pick_steps.c.undone == "").values(undone=act)
    )
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
            update(jobs)
            .where(jobs.c.id == job)
            .values(state="taken_back", holder="", lease_until=0, hand="", question="")
        )
    return gone
