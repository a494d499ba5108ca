"""Recording what a scan at the bench made true; loading is :mod:`app.storage.bench`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, bindparam, case, insert, literal_column, or_, select, update

from app.domain.bench import BenchOrder, Box, Candidate, Step, StepKind
from app.domain.orders import OrderState, ShipNumber
from app.domain.stock import Move, counter, parcel_place
from app.storage import boxes
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import batches, lines, moves, orders, parcels, releases, steps, waybills

__all__ = [
    "Trail",
    "add_steps",
    "book",
    "close_parcel",
    "count_lines",
    "hand_back",
    "load_trail",
    "open_order",
    "packed_moves",
    "park",
    "put_pieces",
    "put_slips",
    "put_unlabelled",
    "renew_lease",
    "reopen_parcel",
    "undo_steps",
]

_TRAIL = Prepared(
    select(
        steps.c.act,
        steps.c.kind,
        steps.c.line_id,
        steps.c.product_id,
        steps.c.code,
        steps.c.quantity,
        steps.c.lot,
        steps.c.source,
        steps.c.reason,
        steps.c.waybill_id,
        steps.c.expiry,
        steps.c.serial,
        steps.c.how,
        steps.c.by_person,
        steps.c.box,
        steps.c.extra_id,
        parcels.c.slips,
        boxes.BOXES.label("boxes"),
        parcels.c.box,
        parcels.c.free,
    )
    .select_from(steps.outerjoin(parcels, parcels.c.id == steps.c.parcel_id))
    .where(steps.c.order_id == bindparam("order_"), steps.c.undone == literal_column("''"))
    .order_by(steps.c.id)
)


class Trail(NamedTuple):
    """An order's standing steps, and what is known of the parcel of the last one.

    An order's own row names only a parcel that can still be packed; an undo may open a closed one again.
    """

    steps: tuple[Step, ...]
    """Oldest first."""
    slips: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    box: int = 1
    """Box that was filled last."""
    free: bool = False


def load_trail(tx: Transaction, order: int) -> Trail:
    """Return what stands of what was done to an order."""
    rows = tx.rows(_TRAIL, order_=order)
    if not rows:
        return Trail(())
    made = tuple(Step(r[0], StepKind(r[1]), *r[2:16]) for r in rows)
    slips, known, box, free = rows[-1][16:]
    return Trail(made, tuple(slips.split(",")) if slips else (), boxes.boxes_of(known), box or 1, bool(free))


# --- recording ----------------------------------------------------------------------------------------------------

_NEW_BATCH = Prepared(
    insert(batches)
    .values(at=bindparam("at"), act=bindparam("act"), station=bindparam("station"), size=bindparam("size"))
    .returning(batches.c.id)
)
_RELEASE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        state=literal_column("'released'"),
        version=bindparam("version"),
        batch=bindparam("batch"),
        sequence=bindparam("sequence"),
        holder=bindparam("holder"),
        lease_until=bindparam("lease_until"),
    )
)
_GIVEN = insert(releases).values(
    batch=bindparam("batch"),
    sequence=bindparam("sequence"),
    order_id=bindparam("order_"),
    version=bindparam("version"),
)
_RELEASED = Prepared(_GIVEN)
_RELEASE_BOTH = Prepared(_RELEASE.statement.add_cte(_GIVEN.cte("given")))  # type: ignore[attr-defined]
_TAKE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(holder=bindparam("holder"), lease_until=bindparam("lease_until"), parked=literal_column("0"))
)
_PARK = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(holder=literal_column("''"), lease_until=literal_column("0"), parked=literal_column("1"))
)
_NEW_PARCEL = Prepared(
    insert(parcels)
    .values(
        order_id=bindparam("order_id"),
        version=bindparam("version"),
        state=literal_column("'open'"),
        station=bindparam("station"),
        opened_at=bindparam("opened_at"),
        slips=bindparam("slips"),
    )
    .returning(parcels.c.id)
)
_GO_ON = Prepared(
    update(parcels)
    .where(parcels.c.id == bindparam("parcel_"))
    .values(
        state=literal_column("'open'"),
        version=bindparam("version"),
        station=bindparam("station"),
        slips=bindparam("slips"),
    )
)
_PARKED = Prepared(update(parcels).where(parcels.c.id == bindparam("parcel_")).values(state=literal_column("'parked'")))
_SLIPS = Prepared(update(parcels).where(parcels.c.id == bindparam("parcel_")).values(slips=bindparam("slips")))
_UNLABELLED = Prepared(
    update(parcels).where(parcels.c.id == bindparam("parcel_")).values(unlabelled=bindparam("unlabelled"))
)
_PIECES = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(parcel_count=bindparam("pieces")))


@lru_cache(maxsize=64)
def _count(number: int) -> Prepared:
    """One statement for the lines that one act counts: goods that were picked may fill all of an order at once."""

    def given(name: str) -> ColumnElement[int]:
        cases = [
            (lines.c.id == bindparam(f"line_{row}"), bindparam(f"{name}_{row}", type_=Integer)) for row in range(number)
        ]
        return case(*cases, else_=literal_column("0"))

    short = lines.c.short + given("short")
    left = lines.c.wanted - short
    return Prepared(
        update(lines)
        .where(lines.c.id.in_([bindparam(f"line_{row}") for row in range(number)]))
        .values(
            done=lines.c.done + given("done"),
            short=short,
            # What is not there is promised no longer.
            reserved=case((lines.c.reserved > left, left), else_=lines.c.reserved),
        )
    )


_RESET = Prepared(
    update(lines)
    .where(
        lines.c.order_id.in_(
            select(orders.c.id).where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
        )
    )
    .values(done=0)
)
_STEP_COLUMNS = (
    "order_id",
    "parcel_id",
    "act",
    "kind",
    "line_id",
    "product_id",
    "code",
    "quantity",
    "lot",
    "source",
    "reason",
    "undone",
    "waybill_id",
    "expiry",
    "serial",
    "how",
    "by_person",
    "box",
    "extra_id",
)


@lru_cache(maxsize=32)
def _add_steps(number: int) -> Prepared:
    """One statement for the steps of one act: a piece and the close it brings are two of them."""
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{row}") for name in _STEP_COLUMNS} for row in range(number)]
    return Prepared(insert(steps).values(rows))


_UNDO_STEPS = Prepared(
    update(steps)
    .where(
        steps.c.order_id == bindparam("order_"),
        steps.c.act == bindparam("act_", type_=String),
        steps.c.undone == literal_column("''"),
    )
    .values(undone=bindparam("undone_", type_=String))
)
_UNDO_ALL = Prepared(
    update(steps)
    .where(steps.c.order_id == bindparam("order_"), steps.c.undone == literal_column("''"))
    .values(undone=bindparam("undone_", type_=String))
)
_MOVE_COLUMNS = ("act", "at", "product_id", "lot", "source", "target", "quantity", "order_id")
_TOGETHER_MOST = 50
"""Moves that are written by one statement."""


@lru_cache(maxsize=_TOGETHER_MOST)
def _moves(number: int) -> Prepared:
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{row}") for name in _MOVE_COLUMNS} for row in range(number)]
    return Prepared(insert(moves).values(rows))


_ALONE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        state=bindparam("state"),
        holder=bindparam("holder"),
        lease_until=bindparam("lease_until"),
        parked=literal_column("0"),
    )
)
_TOGETHER = (
    update(orders)
    .where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
    .values(
        state=bindparam("state"),
        # Only the lead has a station: the others are in its parcel.
        holder=case(
            (orders.c.id == bindparam("order_"), bindparam("holder", type_=String)), else_=literal_column("''")
        ),
        lease_until=bindparam("lease_until"),
        parked=literal_column("0"),
    )
)
_THE_PARCEL = (
    update(parcels)
    .where(parcels.c.id == bindparam("parcel_"))
    .values(state=bindparam("parcel_state"), closed_at=bindparam("closed_at"), unlabelled=bindparam("unlabelled"))
)
_PARCEL_STATE = Prepared(_THE_PARCEL)
_ORDER_STATE = Prepared(_TOGETHER)
_BOTH_STATES = Prepared(_TOGETHER.add_cte(_THE_PARCEL.cte("parcel")))
_DETACH_ALL = Prepared(
    update(waybills)
    .where(
        waybills.c.order_id == bindparam("order_"),
        waybills.c.parcel_id == bindparam("parcel_"),
        waybills.c.state == literal_column("'attached'"),
    )
    .values(state=literal_column("'numbered'"), parcel_id=None)
)


def open_order(
    tx: Transaction, candidate: Candidate, *, release: bool, act: str, station: str, lease_until: int, slip: str = ""
) -> tuple[Candidate, int]:
    """Give the order to the station, releasing it and what shares its parcel first where it was ready.

    A parcel that is open or set aside goes on with everything in it.

    :param slip: what the slip said that opened it; empty where something else did.
    :return: the orders as they are now, and their open parcel.
    """
    if release:
        candidate = _release(tx, candidate, act, station, lease_until)
    else:
        tx.run(_TAKE, order_=candidate.order.id, holder=station, lease_until=lease_until)
    order = candidate.order
    slips = candidate.slips if not slip or slip in candidate.slips else (*candidate.slips, slip)
    named = {"version": order.version, "station": station, "slips": ",".join(slips)}
    if candidate.parcel is not None:
        tx.run(_GO_ON, parcel_=candidate.parcel, **named)
        return candidate, candidate.parcel
    made = tx.one(_NEW_PARCEL, order_id=order.id, opened_at=tx.now, **named)
    assert made is not None
    return candidate, int(made[0])


def _release(tx: Transaction, candidate: Candidate, act: str, station: str, lease_until: int) -> Candidate:
    """Release the orders of one parcel as a batch of their own."""
    made = tx.one(_NEW_BATCH, at=tx.now, act=act, station=station, size=len(candidate.members))
    assert made is not None
    released: list[BenchOrder] = []
    for sequence, member in enumerate(candidate.members, 1):
        ship = str(ShipNumber(made[0], sequence))
        released.append(replace(member, ship_number=ship, version=member.version + 1, state=OrderState.RELEASED))
        given = {"order_": member.id, "version": member.version + 1, "batch": made[0], "sequence": sequence}
        holder = {"holder": station if sequence == 1 else "", "lease_until": lease_until if sequence == 1 else 0}
        if tx.dialect == "postgresql":
            tx.run(_RELEASE_BOTH, **given, **holder)
        else:
            tx.run(_RELEASE, **given, **holder)
            tx.run(_RELEASED, **given)
    return replace(candidate, order=released[0], followers=tuple(released[1:]))


def renew_lease(tx: Transaction, order: int, station: str, lease_until: int) -> None:
    """Let the station keep the order longer."""
    tx.run(_TAKE, order_=order, holder=station, lease_until=lease_until)


def count_lines(tx: Transaction, changes: Sequence[tuple[int, int, int]]) -> None:
    """Add to lines: ``(line id, done, short)``, negative to take back."""
    counted: dict[int, tuple[int, int]] = {}
    for line, done, short in changes:
        before = counted.get(line, (0, 0))
        counted[line] = (before[0] + done, before[1] + short)
    values: dict[str, int] = {}
    for row, (line, (done, short)) in enumerate(counted.items()):
        values |= {f"line_{row}": line, f"done_{row}": done, f"short_{row}": short}
    tx.run(_count(len(counted)), **values)


def add_steps(tx: Transaction, order: int, parcel: int, made: Sequence[Step]) -> None:
    """Record what was done to the open order."""
    values: dict[str, Any] = {}
    for row, step in enumerate(made):
        given = (
            *(order, parcel, step.act, str(step.kind), step.line, step.product, step.code, step.quantity),
            *(step.lot, step.source, step.reason, "", step.waybill),
            *(step.expiry, step.serial, step.how, step.by, step.box, step.extra),
        )
        values |= {f"{name}_{row}": value for name, value in zip(_STEP_COLUMNS, given, strict=True)}
    tx.run(_add_steps(len(made)), **values)


def undo_steps(tx: Transaction, order: int, undone_act: str, by_act: str) -> None:
    """Mark the steps of one act as taken back by another."""
    tx.run(_UNDO_STEPS, order_=order, act_=undone_act, undone_=by_act)


def book(tx: Transaction, act: str, order: int | None, made: Sequence[Move]) -> None:
    """Write moves into the ledger; the balances follow."""
    for start in range(0, len(made), _TOGETHER_MOST):
        part = made[start : start + _TOGETHER_MOST]
        values: dict[str, Any] = {}
        for row, move in enumerate(part):
            given = (act, tx.now, move.product, move.lot, move.source, move.target, move.quantity, order)
            values |= {f"{name}_{row}": value for name, value in zip(_MOVE_COLUMNS, given, strict=True)}
        tx.run(_moves(len(part)), **values)


def packed_moves(parcel: int, made: Sequence[Step]) -> list[Move]:
    """Return the moves of what went in and whose stock is tracked, inserts too."""
    return [
        Move(step.product, step.lot, step.source, parcel_place(parcel), step.quantity)
        for step in made
        if step.kind in (StepKind.PACK, StepKind.INSERT) and step.product is not None and step.source
    ]


def _move_both(
    tx: Transaction,
    order: int,
    state: str,
    holder: str,
    lease_until: int,
    parcel: int,
    parcel_state: str,
    closed_at: int | None,
    unlabelled: str = "",
) -> None:
    """Move the orders of a parcel and the parcel itself; one statement where the database can."""
    head = {"order_": order, "state": state, "holder": holder, "lease_until": lease_until}
    box = {"parcel_": parcel, "parcel_state": parcel_state, "closed_at": closed_at, "unlabelled": unlabelled}
    if tx.dialect == "postgresql":
        tx.run(_BOTH_STATES, **head, **box)
        return
    tx.run(_PARCEL_STATE, **box)
    tx.run(_ORDER_STATE, **head)


def close_parcel(tx: Transaction, order: int, parcel: int, unlabelled: str = "") -> None:
    """The parcel is closed and its orders verified; the station lets go of them.

    :param unlabelled: why it was closed without its waybill; empty where it has it or gets it afterwards.
    """
    _move_both(tx, order, "verified", "", 0, parcel, "closed", tx.now, unlabelled)


def reopen_parcel(
    tx: Transaction, order: int, parcel: int, station: str, lease_until: int, state: str = "released"
) -> None:
    """Take back a close; the orders are in *state* again."""
    _move_both(tx, order, state, station, lease_until, parcel, "open", None)


def park(tx: Transaction, order: int, parcel: int) -> None:
    """Set a parcel aside: nobody has it, everything in it stays counted."""
    tx.run(_PARK, order_=order)
    tx.run(_PARKED, parcel_=parcel)


def put_slips(tx: Transaction, parcel: int, slips: Sequence[str]) -> None:
    """Keep which slips were scanned for a parcel."""
    tx.run(_SLIPS, parcel_=parcel, slips=",".join(slips))


def put_unlabelled(tx: Transaction, parcel: int, reason: str) -> None:
    """Say why a closed parcel has no waybill; empty once it has."""
    tx.run(_UNLABELLED, parcel_=parcel, unlabelled=reason)


def put_pieces(tx: Transaction, order: int, pieces: int) -> None:
    """Say in how many pieces 個口 an order goes."""
    tx.run(_PIECES, order_=order, pieces=pieces)


def _less(beside: Sequence[Step]) -> list[tuple[int, int, int]]:
    """Return what taking steps of inserts back takes from each: done and short."""
    found: dict[int, tuple[int, int]] = {}
    for step in beside:
        if step.extra is not None:
            done, short = found.get(step.extra, (0, 0))
            packed = step.kind is StepKind.INSERT
            found[step.extra] = (done - step.quantity, short) if packed else (done, short - step.quantity)
    return [(extra, *counts) for extra, counts in found.items()]


def hand_back(tx: Transaction, order: int, parcel: int, act: str, state: OrderState) -> int:
    """Take everything out of the parcel again and end it; return the pieces put back.

    Its waybills come off and stay numbered. Short marks stay on the lines; they go with the hold that asks about them.
    """
    trail = load_trail(tx, order).steps
    back = [counter(move) for move in packed_moves(parcel, trail)]
    book(tx, act, order, back)
    tx.run(_RESET, order_=order)
    if beside := [step for step in trail if step.extra is not None]:
        boxes.count_extras(tx, _less(beside))
    tx.run(_UNDO_ALL, order_=order, undone_=act)
    tx.run(_DETACH_ALL, order_=order, parcel_=parcel)
    if state is not OrderState.CANCELLED:
        _move_both(tx, order, str(state), "", 0, parcel, "pulled", None)
    else:  # cancelled: what shares the parcel is not
        tx.run(_ALONE, order_=order, state=str(state), holder="", lease_until=0)
        tx.run(_PARCEL_STATE, parcel_=parcel, parcel_state="pulled", closed_at=None, unlabelled="")
    return sum(step.quantity for step in trail if step.kind is StepKind.PACK)
