"""Checking the whole database: every balance, every chain, every count, against what they were made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.domain.anchors import Anchored
from app.domain.stock import Move, balances, parcel_place
from app.storage import (
    alikes,
    chains,
    imports_check,
    mail_board,
    picking_check,
    printing_check,
    reservation,
    returns_check,
)
from app.storage import tables as t
from app.storage.database import Transaction
from app.storage.faults import Fault

__all__ = ["Fault", "Figures", "faults", "figures"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was checked."""

    acts: int
    moves: int
    balances: int
    orders: int
    stations: int


def figures(tx: Transaction) -> Figures:
    """Count what :func:`faults` looks at."""

    def count(table: object) -> int:
        return int(tx.connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]

    return Figures(count(t.journal), count(t.moves), count(t.balances), count(t.orders), count(t.stations))


def faults(tx: Transaction, anchored: Anchored | None = None) -> Iterator[Fault]:
    """Yield every fault, the database's own first.

    :param anchored: what the anchors outside the database say; None where there are none.
    """
    yield from _file(tx)
    yield from chains.faults(tx, anchored or Anchored())
    yield from _balances(tx)
    yield from _lines(tx)
    yield from _inserts(tx)
    yield from _holders(tx)
    yield from _tallies(tx)
    yield from _promised(tx)
    for key, args in reservation.check(tx):
        yield Fault(key, args)
    for key, args in alikes.check(tx):
        yield Fault(key, args)
    yield from _loads(tx)
    yield from _boxes(tx)
    yield from _waybills(tx)
    for key, args in picking_check.check(tx):
        yield Fault(key, args)
    for key, args in returns_check.check(tx):
        yield Fault(key, args)
    for key, args in printing_check.check(tx):
        yield Fault(key, args)
    for key, args in imports_check.check(tx):
        yield Fault(key, args)
    for key, args in mail_board.check(tx):
        yield Fault(key, args)


def _file(tx: Transaction) -> Iterator[Fault]:
    if tx.dialect != "sqlite":
        return
    for (said,) in tx.connection.exec_driver_sql("PRAGMA integrity_check(5)"):
        if said != "ok":
            yield Fault("verify.file", {"said": said})
    for row in tx.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault("verify.reference", {"table": row[0], "row": row[1]})
        return


def _balances(tx: Transaction) -> Iterator[Fault]:
    query = select(t.moves.c.product_id, t.moves.c.lot, t.moves.c.source, t.moves.c.target, t.moves.c.quantity)
    found = tx.connection.execution_options(yield_per=1000).execute(query)
    wanted = balances(Move(*row) for row in found)
    kept = {
        (row[0], row[1], row[2]): row[3]
        for row in tx.connection.execute(
            select(t.balances.c.product_id, t.balances.c.place, t.balances.c.lot, t.balances.c.quantity)
        )
        if row[3]
    }
    for key in sorted(wanted.keys() | kept.keys()):
        if wanted.get(key, 0) != kept.get(key, 0):
            args = {"product": key[0], "place": key[1], "lot": key[2]}
            yield Fault("verify.balance", args | {"kept": kept.get(key, 0), "moves": wanted.get(key, 0)})


def _lines(tx: Transaction) -> Iterator[Fault]:
    """What a line says is done is what its standing steps say."""
    done = (
        select(t.steps.c.line_id, func.sum(t.steps.c.quantity).label("number"))
        .where(t.steps.c.kind == "pack", t.steps.c.undone == "")
        .group_by(t.steps.c.line_id)
        .subquery()
    )
    query = (
        select(t.lines.c.id, t.lines.c.order_id, t.lines.c.done, func.coalesce(done.c.number, 0))
        .select_from(t.lines.outerjoin(done, done.c.line_id == t.lines.c.id))
        .where(t.lines.c.done != func.coalesce(done.c.number, 0))
    )
    for row in tx.connection.execute(query):
        yield Fault("verify.line", {"line": row[0], "order": row[1], "done": row[2], "steps": int(row[3])})


def _inserts(tx: Transaction) -> Iterator[Fault]:
    """What goes in beside the goods is in, or ran out, as its standing steps say; or it ran out before the release."""

    def total(kind: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((t.steps.c.kind == kind, t.steps.c.quantity), else_=0)), 0)

    done, short = total("insert"), total("noinsert")
    query = (
        select(t.extras.c.id, t.extras.c.order_id, t.extras.c.done, done, t.extras.c.short, short)
        .select_from(t.extras.outerjoin(t.steps, and_(t.steps.c.extra_id == t.extras.c.id, t.steps.c.undone == "")))
        .group_by(t.extras.c.id, t.extras.c.order_id, t.extras.c.done, t.extras.c.short)
        .having(or_(t.extras.c.done != done, t.extras.c.short != short))
    )
    without = (t.extras.c.done == 0) & (t.extras.c.short == t.extras.c.wanted)
    query = query.having(or_(~without, done + short != 0)).group_by(t.extras.c.wanted)
    for row in tx.connection.execute(query):
        args: dict[str, object] = {"insert": row[0], "order": row[1], "done": row[2], "steps": int(row[3])}
        yield Fault("verify.insert", args | {"short": row[4], "short_steps": int(row[5])})


def _holders(tx: Transaction) -> Iterator[Fault]:
    """An order in work has one station, and that station knows of it."""
    query = (
        select(t.orders.c.id, t.orders.c.number, t.orders.c.holder)
        .select_from(t.orders.outerjoin(t.stations, t.stations.c.name == t.orders.c.holder))
        .where(
            t.orders.c.holder != "",
            func.coalesce(t.stations.c.order_id, -1) != t.orders.c.id,
        )
    )
    for row in tx.connection.execute(query):
        yield Fault("verify.holder", {"order": row[1], "station": row[2]})


def _tallies(tx: Transaction) -> Iterator[Fault]:
    real = {
        (row[0], row[1]): row[2]
        for row in tx.connection.execute(
            select(t.orders.c.shop_id, t.orders.c.state, func.count()).group_by(t.orders.c.shop_id, t.orders.c.state)
        )
    }
    kept = {
        (row[0], row[1]): int(row[2])
        for row in tx.connection.execute(
            select(t.tallies.c.shop_id, t.tallies.c.state, func.sum(t.tallies.c.number)).group_by(
                t.tallies.c.shop_id, t.tallies.c.state
            )
        )
        if row[2]
    }
    for key in sorted(real.keys() | kept.keys()):
        if real.get(key, 0) != kept.get(key, 0):
            yield Fault("verify.tally", {"state": key[1], "kept": kept.get(key, 0), "counted": real.get(key, 0)})


def _promised(tx: Transaction) -> Iterator[Fault]:
    """What is promised of a product is what its lines have reserved and not yet taken."""
    taken = case((t.lines.c.picked > t.lines.c.done, t.lines.c.picked), else_=t.lines.c.done)
    rest = t.lines.c.reserved - taken
    query = (
        select(t.lines.c.product_id, func.sum(case((rest > 0, rest), else_=0)))
        .where(t.lines.c.reserved > 0, t.lines.c.product_id.is_not(None))
        .group_by(t.lines.c.product_id)
    )
    real = {row[0]: int(row[1]) for row in tx.connection.execute(query) if row[1]}
    found = tx.connection.execute(select(t.promised.c.product_id, t.promised.c.quantity))
    kept = {row[0]: int(row[1]) for row in found if row[1]}
    for product in sorted(real.keys() | kept.keys()):
        if real.get(product, 0) != kept.get(product, 0):
            yield Fault(
                "verify.promised",
                {"product": product, "kept": kept.get(product, 0), "counted": real.get(product, 0)},
            )


def _loads(tx: Transaction) -> Iterator[Fault]:
    cut_off = func.coalesce(t.orders.c.cut_off, 0)
    query = (
        select(t.orders.c.carrier, cut_off, t.orders.c.state, func.count())
        .where(t.orders.c.carrier != "")
        .group_by(t.orders.c.carrier, cut_off, t.orders.c.state)
    )
    real = {(row[0], int(row[1] or 0), row[2]): int(row[3]) for row in tx.connection.execute(query)}
    c = t.loads.c
    sums = select(c.carrier, c.cut_off, c.state, func.sum(c.number)).group_by(c.carrier, c.cut_off, c.state)
    kept = {(row[0], int(row[1]), row[2]): int(row[3]) for row in tx.connection.execute(sums) if row[3]}
    for key in sorted(real.keys() | kept.keys()):
        if real.get(key, 0) != kept.get(key, 0):
            args: dict[str, object] = {"carrier": key[0], "state": key[2]}
            yield Fault("verify.load", args | {"kept": kept.get(key, 0), "counted": real.get(key, 0)})


def _boxes(tx: Transaction) -> Iterator[Fault]:
    """What the ledger has in a parcel is what was scanned into it; nothing is in one that left or was emptied."""
    query = (
        select(t.steps.c.parcel_id, t.steps.c.product_id, t.steps.c.lot, func.sum(t.steps.c.quantity))
        .select_from(t.steps.join(t.parcels, t.parcels.c.id == t.steps.c.parcel_id))
        .where(
            t.steps.c.kind.in_(("pack", "insert")),
            t.steps.c.undone == "",
            t.steps.c.source != "",
            t.parcels.c.state.in_(("open", "parked", "closed")),
        )
        .group_by(t.steps.c.parcel_id, t.steps.c.product_id, t.steps.c.lot)
    )
    scanned = {(parcel_place(row[0]), int(row[1] or 0), row[2]): int(row[3]) for row in tx.connection.execute(query)}
    b = t.balances.c
    inside = select(b.place, b.product_id, b.lot, b.quantity).where(b.place.startswith("parcel:"), b.quantity != 0)
    kept = {(row[0], int(row[1]), row[2]): int(row[3]) for row in tx.connection.execute(inside)}
    for key in sorted(scanned.keys() | kept.keys()):
        if scanned.get(key, 0) != kept.get(key, 0):
            args: dict[str, object] = {"place": key[0], "product": key[1], "lot": key[2]}
            yield Fault("verify.box", args | {"kept": kept.get(key, 0), "scanned": scanned.get(key, 0)})


def _waybills(tx: Transaction) -> Iterator[Fault]:
    """A number that may travel is on one order only, and an attached waybill is on a parcel of its own order."""
    w = t.waybills.c
    twice = (
        select(w.number)
        .where(w.number != "", w.state != "void")
        .group_by(w.number)
        .having(func.count(w.order_id.distinct()) > 1)
    )
    for (number,) in tx.connection.execute(twice):
        yield Fault("verify.number_twice", {"number": number})
    stray = (
        select(w.key, w.state)
        .select_from(t.waybills.outerjoin(t.parcels, t.parcels.c.id == w.parcel_id))
        .where(w.state.in_(("attached", "handed_over")))
        .where(
            t.parcels.c.id.is_(None)
            | (t.parcels.c.order_id != w.order_id)
            | (t.parcels.c.state == "pulled")
            | ((w.state == "attached") & (t.parcels.c.state == "returned"))
            # One of several pieces may be with the carrier while the parcel's others are still at the dock.
            | ((w.state == "handed_over") & t.parcels.c.state.not_in(("handed_over", "closed", "returned")))
        )
    )
    for key, state in tx.connection.execute(stray):
        yield Fault("verify.waybill", {"key": key, "state": state})
