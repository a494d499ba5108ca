"""What ``kenpin verify`` checks of returns: the pieces recorded against the ledger, the parcels and the stations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select

from app.domain.stock import CUSTOMER, parcel_place
from app.storage import tables as t
from app.storage.database import Transaction

__all__ = ["check"]

Found = Iterator[tuple[str, dict[str, object]]]
_LEFT = ("handed_over", "returned")


def check(tx: Transaction) -> Found:
    """Yield key and arguments of every fault."""
    yield from _moves(tx)
    yield from _pieces(tx)
    yield from _holders(tx)
    yield from _states(tx)


def _moves(tx: Transaction) -> Found:
    """What came back, by the standing steps, is what the ledger moved from the customer and not to a parcel."""
    r, s, m = t.returns.c, t.return_steps.c, t.moves.c
    steps: Counter[tuple[int, int, str, str]] = Counter()
    query = (
        select(r.order_id, s.product_id, s.lot, s.place, func.sum(s.quantity))
        .select_from(t.return_steps.join(t.returns, r.id == s.return_id))
        .where(s.undone == "", s.place != "")
        .group_by(r.order_id, s.product_id, s.lot, s.place)
    )
    for order, product, lot, place, number in tx.connection.execute(query):
        steps[order, product, lot, place] = int(number)
    moved: Counter[tuple[int, int, str, str]] = Counter()
    ledger = (
        select(m.order_id, m.product_id, m.lot, m.source, m.target, func.sum(m.quantity))
        .where(or_(m.source == CUSTOMER, and_(m.target == CUSTOMER, m.source.not_like(parcel_place(0)[:-1] + "%"))))
        .group_by(m.order_id, m.product_id, m.lot, m.source, m.target)
    )
    for of, product, lot, source, target, number in tx.connection.execute(ledger):
        place, sign = (target, 1) if source == CUSTOMER else (source, -1)
        moved[of or 0, product, lot, place] += sign * int(number)
    for key in sorted(steps.keys() | moved.keys()):
        if steps[key] != moved[key]:
            args = {"order": key[0], "product": key[1], "lot": key[2], "place": key[3]}
            yield "verify.return_moves", args | {"steps": steps[key], "moves": moved[key]}


def _pieces(tx: Transaction) -> Found:
    """No more of a line came back than was packed."""
    back = (
        select(t.return_steps.c.line_id, func.sum(t.return_steps.c.quantity).label("number"))
        .where(t.return_steps.c.undone == "")
        .group_by(t.return_steps.c.line_id)
        .subquery()
    )
    query = (
        select(t.lines.c.id, t.lines.c.order_id, t.lines.c.done, back.c.number)
        .select_from(t.lines.join(back, back.c.line_id == t.lines.c.id))
        .where(back.c.number > t.lines.c.done)
        .order_by(t.lines.c.id)
    )
    for line, order, packed, number in tx.connection.execute(query):
        yield "verify.return_more", {"line": line, "order": order, "packed": packed, "back": int(number)}


def _holders(tx: Transaction) -> Found:
    """A return in work has one station, and that station knows of it."""
    query = (
        select(t.returns.c.id, t.returns.c.holder)
        .select_from(t.returns.outerjoin(t.stations, t.stations.c.name == t.returns.c.holder))
        .where(t.returns.c.holder != "", func.coalesce(t.stations.c.return_id, -1) != t.returns.c.id)
        .order_by(t.returns.c.id)
    )
    for identity, station in tx.connection.execute(query):
        yield "verify.return_holder", {"return_id": identity, "station": station}


def _states(tx: Transaction) -> Found:
    """Of an order that is returned everything that was packed came back."""
    p, s = t.parcels.c, t.steps.c
    packed = (
        select(func.coalesce(func.sum(s.quantity), 0))
        .select_from(t.steps.join(t.parcels, p.id == s.parcel_id))
        .where(s.order_id == t.orders.c.id, s.kind == "pack", s.undone == "", p.state.in_(_LEFT))
        .where(s.line_id.is_not(None))
        .correlate(t.orders)
        .scalar_subquery()
    )
    back = (
        select(func.coalesce(func.sum(t.return_steps.c.quantity), 0))
        .select_from(t.return_steps.join(t.returns, t.returns.c.id == t.return_steps.c.return_id))
        .where(t.returns.c.order_id == t.orders.c.id, t.return_steps.c.undone == "")
        .correlate(t.orders)
        .scalar_subquery()
    )
    query = (
        select(t.orders.c.id, packed, back)
        .where(t.orders.c.state == "returned", t.orders.c.lead_id.is_(None), packed != back)
        .order_by(t.orders.c.id)
    )
    for order, wanted, number in tx.connection.execute(query):
        yield "verify.return_state", {"order": order, "packed": int(wanted), "back": int(number)}
