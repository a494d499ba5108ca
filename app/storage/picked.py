"""Goods that picks took for an order: what waits for the bench, in which totes, from where, and which job still has it.

The ledger has them at :func:`app.domain.stock.picked_place`; ``order_lines.picked`` counts the standing ``put`` steps
that took them off a shelf.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, String, and_, bindparam, case, exists, func, literal_column, or_, select

from app.domain.barcode import CartCode, ListCode, ToteCode, WallCode
from app.domain.bench import InPick, PickedGoods
from app.domain.stock import RETURN_SHELF, Move, picked_place
from app.storage.database import Transaction
from app.storage.labels import FREE
from app.storage.prepared import Prepared
from app.storage.tables import (
    containers,
    jobs,
    lines,
    lots,
    orders,
    people,
    pick_steps,
    picks,
    waves,
)

__all__ = ["any_in_pick", "in_pick", "next_single", "orders_named", "proven", "returns"]

UNFINISHED: ColumnElement[bool] = literal_column("jobs.state IN ('waiting','active','paused')")
"""Jobs that may still take goods."""
_PUT = (pick_steps.c.kind == literal_column("'put'"), pick_steps.c.undone == literal_column("''"))
_OF_PICK = and_(pick_steps.c.job_id == picks.c.job_id, pick_steps.c.pick_id == picks.c.id)
"""By the job as well: the index of standing steps begins with it."""
_FROM_SHELF = pick_steps.c.source.like(literal_column("'shelf:%'"))

# --- which job has it, and what a label means ---------------------------------------------------------------------

_IN_PICK = Prepared(
    select(jobs.c.batch, jobs.c.sequence, jobs.c.holder, people.c.name)
    .select_from(picks.join(jobs, jobs.c.id == picks.c.job_id).outerjoin(people, people.c.id == jobs.c.person_id))
    .where(picks.c.order_id == bindparam("order_"), UNFINISHED)
    .order_by(case((jobs.c.holder != literal_column("''"), 0), else_=1), jobs.c.blocked, jobs.c.id)
    .limit(1)
)
_ANY_IN_PICK = Prepared(
    select(orders.c.id)
    .where(
        literal_column("orders.state IN ('released','picked')"),
        literal_column("orders.picking = 1"),
        literal_column("orders.held = 0"),
    )
    .limit(1)
)
_JOB = Prepared(select(jobs.c.id).where(jobs.c.batch == bindparam("batch_"), jobs.c.sequence == bindparam("sequence_")))
_OF_JOB = (
    select(orders.c.id)
    .where(orders.c.id.in_(select(picks.c.order_id).where(picks.c.job_id == bindparam("job_"))))
    .order_by(orders.c.batch, orders.c.sequence)
    .limit(1)
)
_NEXT_OF_JOB = Prepared(_OF_JOB.where(*FREE).with_for_update(skip_locked=True))
_STILL_PICKED_OF_JOB = Prepared(_OF_JOB.where(orders.c.picking == literal_column("1")))
_IN_CONTAINER = Prepared(
    select(containers.c.order_id).where(
        containers.c.kind == bindparam("kind_", type_=String),
        containers.c.code == bindparam("code_", type_=String),
        literal_column("containers.order_id IS NOT NULL"),
    )
)
_JOB_OF_CART = (
    select(jobs.c.id).where(jobs.c.cart == bindparam("code_", type_=String)).order_by(jobs.c.id.desc()).limit(1)
)
_ON_CART = Prepared(
    select(orders.c.id)
    .where(
        orders.c.id.in_(select(picks.c.order_id).where(picks.c.job_id == _JOB_OF_CART.scalar_subquery())),
        literal_column("orders.state IN ('released','picked')"),
    )
    .order_by(orders.c.batch, orders.c.sequence)
)
_KINDS = {ToteCode: "tote", WallCode: "slot"}
_LIST = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def in_pick(tx: Transaction, order: int) -> InPick | None:
    """Return the pick job that has an order and is not done, one that somebody walks before others.

    :param order: the lead of orders packed together.
    """
    row = tx.one(_IN_PICK, order_=order)
    return InPick(f"{row[0]}-{row[1]}", row[2], (row[3] or "") if row[2] else "") if row else None


def any_in_pick(tx: Transaction) -> bool:
    """Return whether a pick job has any order that will come to the bench."""
    return tx.one(_ANY_IN_PICK) is not None


def orders_named(tx: Transaction, label: ListCode | ToteCode | WallCode | CartCode) -> list[int]:
    """Return the orders that a label of picking means.

    A job's list ``KL-12-3`` means its next order that may be packed, or one that is still being picked where there is
    no other. A tote or a wall slot means the order whose goods are in it, a cart those of its last walk that are not
    packed.
    """
    if isinstance(label, ListCode):
        return _of_list(tx, label.code)
    if isinstance(label, CartCode):
        return [row[0] for row in tx.rows(_ON_CART, code_=label.code)]
    return [row[0] for row in tx.rows(_IN_CONTAINER, kind_=_KINDS[type(label)], code_=label.code)]


def _of_list(tx: Transaction, code: str) -> list[int]:
    named = _LIST.fullmatch(code)
    job = tx.one(_JOB, batch_=int(named[1]), sequence_=int(named[2])) if named else None
    if job is None:
        return []
    found = tx.one(_NEXT_OF_JOB, job_=job[0]) or tx.one(_STILL_PICKED_OF_JOB, job_=job[0])
    return [found[0]] if found else []


# --- orders of one piece ------------------------------------------------------------------------------------------

_NEXT_SINGLE = Prepared(
    select(orders.c.id)
    .select_from(orders.join(lines, lines.c.order_id == orders.c.id))
    .where(
        # The few orders in work first, by their partial index: ready ones, and waves of the past, are without number.
        literal_column("orders.id IN (SELECT id FROM orders WHERE state IN ('released','picked'))"),
        literal_column("orders.state = 'picked'"),
        *FREE[1:],
        orders.c.pieces == literal_column("1"),
        lines.c.product_id == bindparam("product_"),
        lines.c.picked > lines.c.done,
        exists().where(waves.c.batch == orders.c.batch, waves.c.mode == literal_column("'singles'")),
    )
    .order_by(orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
    .limit(1)
    .with_for_update(of=orders, skip_locked=True)
)


def next_single(tx: Transaction, product: int) -> int | None:
    """Return the most urgent order of one piece that was picked and wants *product*, locked.

    Orders that other stations are just taking are passed over, so that no two get the same one.
    """
    row = tx.one(_NEXT_SINGLE, product_=product)
    return row[0] if row else None


# --- what was scanned at the shelf, and where it was --------------------------------------------------------------

_PROVEN = Prepared(
    select(
        picks.c.line_id,
        pick_steps.c.product_id,
        pick_steps.c.lot,
        func.min(pick_steps.c.code),
        func.sum(pick_steps.c.quantity),
        func.coalesce(func.min(lots.c.expiry), literal_column("''")),
        func.coalesce(func.max(lots.c.recalled), literal_column("0")),
        jobs.c.mode,
        jobs.c.stage,
        jobs.c.rules,
    )
    .select_from(
        picks.join(pick_steps, _OF_PICK)
        .join(jobs, jobs.c.id == picks.c.job_id)
        .outerjoin(lots, and_(lots.c.product_id == pick_steps.c.product_id, lots.c.lot == pick_steps.c.lot))
    )
    .where(
        picks.c.order_id == bindparam("order_"),
        or_(
            pick_steps.c.target == bindparam("place_", type_=String),
            pick_steps.c.target == literal_column("''"),  # stock is not tracked
        ),
        *_PUT,
    )
    .group_by(picks.c.line_id, pick_steps.c.product_id, pick_steps.c.lot, jobs.c.mode, jobs.c.stage, jobs.c.rules)
    .order_by(picks.c.line_id, pick_steps.c.lot)
)
_TAKEN_FROM = Prepared(
    select(pick_steps.c.product_id, pick_steps.c.lot, pick_steps.c.source, pick_steps.c.quantity)
    .select_from(picks.join(pick_steps, _OF_PICK))
    .where(picks.c.order_id == bindparam("order_"), *_PUT, _FROM_SHELF)
    .order_by(pick_steps.c.id.desc())
)
_SCANS = ("unit", "line")
"""Pick scans that are of the goods themselves."""


def proven(tx: Transaction, order: int, modes: Collection[str]) -> tuple[PickedGoods, ...]:
    """Return what was picked for an order by line and lot, and of which goods a scan at the shelf proved them.

    :param modes: ways of picking in which the goods are scanned.
    """
    found = []
    for row in tx.rows(_PROVEN, order_=order, place_=picked_place(order)):
        by_scan = row[8] == "sort" or (row[7] in modes and json.loads(row[9]).get("scan", "unit") in _SCANS)
        line, code = (row[0], row[3]) if by_scan else (None, "")
        found.append(PickedGoods(row[1], row[2], int(row[4]), line, code, row[5], bool(row[6])))
    return tuple(found)


def returns(tx: Transaction, order: int, left: Sequence[PickedGoods]) -> list[Move]:
    """Return the moves that bring goods back to where a pick took them, what it took last first.

    They are goods that the books had picked for an order and of which others were packed in their stead.
    """
    sources = tx.rows(_TAKEN_FROM, order_=order) if left else []
    made = []
    for each in left:
        rest = each.pieces
        for product, lot, source, pieces in sources:
            number = min(rest, pieces) if (product, lot) == (each.product, each.lot) else 0
            if number:
                made.append(Move(product, lot, picked_place(order), source, number))
                rest -= number
        if rest:  # sorted under another lot than it was picked under
            made.append(Move(each.product, each.lot, picked_place(order), RETURN_SHELF, rest))
    return made
