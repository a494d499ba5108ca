"""What ``kenpin verify`` checks of picking: counts against the steps that made them, totes against their orders."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, func, select

from app.domain.stock import picked_place
from app.storage import tables as t
from app.storage.database import Transaction

__all__ = ["check"]

_IN_WORK = ("released", "picked")
_PUT = (t.pick_steps.c.kind == "put", t.pick_steps.c.undone == "")
Found = Iterator[tuple[str, dict[str, object]]]


def check(tx: Transaction) -> Found:
    """Yield key and arguments of every fault."""
    yield from _lines(tx)
    yield from _picks(tx)
    yield from _jobs(tx)
    yield from _places(tx)
    yield from _containers(tx)


def _lines(tx: Transaction) -> Found:
    """What a line says is picked is what the standing steps at the shelves say."""
    put = (
        select(t.picks.c.line_id, func.sum(t.pick_steps.c.quantity).label("number"))
        .select_from(
            t.pick_steps.join(t.picks, t.picks.c.id == t.pick_steps.c.pick_id).join(
                t.jobs, t.jobs.c.id == t.pick_steps.c.job_id
            )
        )
        .where(*_PUT, t.jobs.c.stage == "pick")
        .group_by(t.picks.c.line_id)
        .subquery()
    )
    number = func.coalesce(put.c.number, 0)
    query = (
        select(t.lines.c.id, t.orders.c.number, t.lines.c.picked, number)
        .select_from(
            t.lines.join(t.orders, t.orders.c.id == t.lines.c.order_id).outerjoin(put, put.c.line_id == t.lines.c.id)
        )
        .where(t.lines.c.picked != number)
        .order_by(t.lines.c.id)
    )
    for row in tx.connection.execute(query):
        yield "verify.picked", {"line": row[0], "order": row[1], "picked": row[2], "steps": int(row[3])}


def _picks(tx: Transaction) -> Found:
    """What a row of a job says is what its standing steps say; where none stands it was put back since."""
    done = func.sum(t.pick_steps.c.quantity).filter(t.pick_steps.c.kind == "put")
    short = func.sum(t.pick_steps.c.quantity).filter(t.pick_steps.c.kind == "short")
    query = (
        select(t.picks.c.id, t.picks.c.job_id, t.picks.c.done, t.picks.c.short, done, short)
        .select_from(t.picks.join(t.pick_steps, t.pick_steps.c.pick_id == t.picks.c.id))
        .where(t.pick_steps.c.undone == "")
        .group_by(t.picks.c.id, t.picks.c.job_id, t.picks.c.done, t.picks.c.short)
        .having((func.coalesce(done, 0) != t.picks.c.done) | (func.coalesce(short, 0) != t.picks.c.short))
        .order_by(t.picks.c.id)
    )
    for pick, job, said, lacking, put, noted in tx.connection.execute(query):
        args: dict[str, object] = {"pick": pick, "job": job, "done": said, "short": lacking}
        yield "verify.pick", args | {"put": int(put or 0), "noted": int(noted or 0)}


def _jobs(tx: Transaction) -> Found:
    """A job counts just what its rows say."""
    j, p = t.jobs.c, t.picks.c
    sums = [
        func.count(p.id), func.coalesce(func.sum(p.wanted), 0), func.coalesce(func.sum(p.done), 0),
        func.coalesce(func.sum(p.short), 0),
    ]  # fmt: skip
    kept = [j.lines, j.pieces, j.done, j.short]
    wrong = kept[0] != sums[0]
    for one, other in zip(kept[1:], sums[1:], strict=True):
        wrong = wrong | (one != other)
    query = (
        select(j.batch, j.sequence, *kept, *sums)
        .select_from(t.jobs.outerjoin(t.picks, p.job_id == j.id))
        .where(j.state != "taken_back")
        .group_by(j.id, j.batch, j.sequence, *kept)
        .having(wrong)
        .order_by(j.batch, j.sequence)
    )
    for row in tx.connection.execute(query):
        said, counted = [int(each) for each in row[2:6]], [int(each) for each in row[6:]]
        yield "verify.job", {"job": f"{row[0]}-{row[1]}", "kept": str(said), "counted": str(counted)}


def _places(tx: Transaction) -> Found:
    """What the ledger has as picked for an order is what was put for it and is not packed; nothing once it is packed.

    What went back at a close, because goods of another lot were packed, is missing where that close was undone.
    """
    b, s = t.balances.c, t.steps.c
    kept = {
        (row[0], int(row[1]), row[2]): int(row[3])
        for row in tx.connection.execute(
            select(b.place, b.product_id, b.lot, b.quantity).where(b.place.startswith("picked:"), b.quantity != 0)
        )
    }
    works = select(t.orders.c.id).where(t.orders.c.state.in_(_IN_WORK), t.orders.c.lead_id.is_(None))
    places = {picked_place(row[0]): row[0] for row in tx.connection.execute(works)}
    closed = {row[0] for row in tx.connection.execute(select(s.order_id).where(s.kind == "close").distinct())}
    wanted: dict[tuple[str, int, str], int] = {}
    puts = (
        select(t.pick_steps.c.target, t.pick_steps.c.product_id, t.pick_steps.c.lot, t.pick_steps.c.quantity)
        .select_from(t.pick_steps.join(t.picks, t.picks.c.id == t.pick_steps.c.pick_id))
        # Steps of times when stock was not tracked have no moves.
        .where(*_PUT, t.pick_steps.c.target.startswith("picked:"), _booked())
    )
    packs = select(s.source, s.product_id, s.lot, -s.quantity).where(
        s.kind == "pack", s.undone == "", s.source.startswith("picked:")
    )
    for place, product, lot, pieces in [*tx.connection.execute(puts), *tx.connection.execute(packs)]:
        if place in places:
            key = (place, int(product or 0), lot)
            wanted[key] = wanted.get(key, 0) + int(pieces)
    for key in sorted(wanted.keys() | kept.keys()):
        number, said = wanted.get(key, 0), kept.get(key, 0)
        if said != number and not (places.get(key[0]) in closed and 0 <= said < number):
            args: dict[str, object] = {"place": key[0], "product": key[1], "lot": key[2]}
            yield "verify.picked_place", args | {"kept": said, "put": number}


def _booked() -> ColumnElement[bool]:
    moved = select(t.moves.c.id).where(
        t.moves.c.act == t.pick_steps.c.act,
        t.moves.c.product_id == t.pick_steps.c.product_id,
        t.moves.c.target.startswith("picked:"),
    )
    return moved.exists()


def _containers(tx: Transaction) -> Found:
    """A tote or wall slot names an order only while its goods wait in it."""
    c = t.containers.c
    query = (
        select(c.kind, c.code, t.orders.c.number)
        .select_from(t.containers.outerjoin(t.orders, and_(t.orders.c.id == c.order_id)))
        .where(c.order_id.is_not(None), func.coalesce(t.orders.c.state, "").not_in(_IN_WORK))
        .order_by(c.kind, c.code)
    )
    for kind, code, number in tx.connection.execute(query):
        yield "verify.container", {"kind": kind, "code": code, "order": number or "?"}
