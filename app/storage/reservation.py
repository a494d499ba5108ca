"""Reservation 引当: what orders still lack, what is free, and the pieces that lines are promised.

Locks are taken in one order, orders by id and then promised pieces by product, so that reserving stations and
scanning benches never wait for each other in a ring. On SQLite the writer is alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from app.domain.orders import Hold, OrderState
from app.domain.stock import ADJUSTMENT, SUPPLIER
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import balances, holds, lines, orders, promised

__all__ = [
    "Need",
    "NoStock",
    "Waiting",
    "booked_in",
    "check",
    "clear_no_stock",
    "fit",
    "free_lines",
    "free_stock",
    "lock_free",
    "lock_orders",
    "needs_of",
    "no_stock_of",
    "set_reserved",
    "waiting",
]

_PAGE = 400
_WANTS = ("received", "ready", "released", "picked")
"""States in which an order wants stock."""
_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
_QUEUE = (orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)
_TAKEN = case((lines.c.picked > lines.c.done, lines.c.picked), else_=lines.c.done)
"""Pieces that are off the shelf: picked, or packed straight from it."""
_RESERVED = Prepared(update(lines).where(lines.c.id == bindparam("line_")).values(reserved=bindparam("reserved")))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that wants stock."""

    id: int
    state: OrderState


@dataclass(frozen=True, slots=True)
class Need:
    """A line with a known product."""

    line: int
    order: int
    product: int
    sku: str
    wanted: int
    done: int
    """Pieces picked or packed."""
    short: int
    reserved: int

    @property
    def lacks(self) -> int:
        """Pieces that are neither done nor promised."""
        return max(self.wanted - self.short - max(self.reserved, self.done), 0)


@dataclass(frozen=True, slots=True)
class NoStock:
    """The hold *no stock* of an order."""

    detail: str
    lifted: bool


def _pages(ids: Iterable[int]) -> Iterator[list[int]]:
    whole = sorted(set(ids))
    for start in range(0, len(whole), _PAGE):
        yield whole[start : start + _PAGE]


def lock_orders(tx: Transaction, ids: Iterable[int]) -> list[Waiting]:
    """Lock those of the orders that want stock; return them in queue order, earliest cut-off first."""
    found: list[Any] = []
    for page in _pages(ids):
        query = select(orders.c.state, *_QUEUE).where(orders.c.id.in_(page), orders.c.state.in_(_WANTS))
        found += tx.connection.execute(query.order_by(orders.c.id).with_for_update()).all()
    return [Waiting(row[4], OrderState(row[0])) for row in sorted(found, key=lambda row: tuple(row)[1:])]


def needs_of(tx: Transaction, ids: Iterable[int]) -> dict[int, list[Need]]:
    """Return the lines with a known product, by order and in their position."""
    found: dict[int, list[Need]] = {}
    for page in _pages(ids):
        query = (
            select(
                lines.c.id,
                lines.c.order_id,
                lines.c.product_id,
                lines.c.sku,
                lines.c.wanted,
                _TAKEN,
                lines.c.short,
                lines.c.reserved,
            )
            .where(lines.c.order_id.in_(page), lines.c.product_id.is_not(None))
            .order_by(lines.c.order_id, lines.c.position)
        )
        for row in tx.connection.execute(query):
            values: list[Any] = list(row)
            found.setdefault(row[1], []).append(Need(*values))
    return found


def no_stock_of(tx: Transaction, ids: Iterable[int]) -> dict[int, NoStock]:
    """Return the hold *no stock* of each order that has or had one."""
    found = {}
    for page in _pages(ids):
        query = select(holds.c.order_id, holds.c.detail, holds.c.lifted_at).where(
            holds.c.order_id.in_(page), holds.c.hold == str(Hold.NO_STOCK)
        )
        for order, detail, lifted_at in tx.connection.execute(query):
            found[order] = NoStock(detail, lifted_at is not None)
    return found


def booked_in(tx: Transaction, products: Iterable[int]) -> set[int]:
    """Return those of the products that ever had stock booked in; the others are not counted here and never lack.

    Goods come from the supplier or by a correction; a scan at the bench only takes away, so it does not begin a count.
    """
    found: set[int] = set()
    for page in _pages(products):
        query = select(balances.c.product_id).where(
            balances.c.product_id.in_(page), balances.c.place.in_((SUPPLIER, ADJUSTMENT))
        )
        found |= {row[0] for row in tx.connection.execute(query.distinct())}
    return found


def free_stock(tx: Transaction, products: Iterable[int]) -> dict[int, int]:
    """Return the pieces on shelves that nobody is promised; below 0 where more was promised than is there now."""
    # A product's rows of parcels are without number: on SQLite a range of the key leaves them out, elsewhere an index.
    on_shelf: ColumnElement[bool] = literal_column("balances.place LIKE 'shelf:%'")
    if tx.dialect == "sqlite":
        on_shelf = and_(balances.c.place >= "shelf:", balances.c.place < "shelf;")
    free: dict[int, int] = {}
    for page in _pages(products):
        free |= dict.fromkeys(page, 0)
        shelves = (
            select(balances.c.product_id, func.sum(balances.c.quantity))
            .where(balances.c.product_id.in_(page), on_shelf)
            .group_by(balances.c.product_id)
        )
        for product, pieces in tx.connection.execute(shelves):
            free[product] = int(pieces)
        taken = select(promised.c.product_id, promised.c.quantity).where(promised.c.product_id.in_(page))
        for product, pieces in tx.connection.execute(taken):
            free[product] -= int(pieces)
    return free


def lock_free(tx: Transaction, products: Iterable[int]) -> dict[int, int]:
    """Lock the promises of these products, in the order of their ids, and return what is free then."""
    whole = sorted(set(products))
    if tx.dialect != "sqlite" and whole:
        rows = [{"product_id": product, "quantity": 0} for product in whole]
        known = select(promised.c.product_id).where(promised.c.product_id.in_(whole))
        if len(tx.connection.execute(known).all()) < len(whole):
            tx.connection.execute(insert_or_leave(promised).values(rows).on_conflict_do_nothing())
        _lock_promised(tx, whole)
    return free_stock(tx, whole)


def _lock_promised(tx: Transaction, products: Sequence[int | None]) -> None:
    query = select(promised.c.product_id).where(promised.c.product_id.in_(products))
    tx.connection.execute(query.order_by(promised.c.product_id).with_for_update()).all()


def set_reserved(tx: Transaction, changes: Sequence[tuple[int, int]]) -> None:
    """Set how many pieces lines are promised: line and pieces in all, those done included."""
    tx.many(_RESERVED, [{"line_": line, "reserved": pieces} for line, pieces in changes])


def clear_no_stock(tx: Transaction, order: int) -> None:
    """Take the hold *no stock* away, lifted or standing; the caller counts the holds and moves the state."""
    tx.connection.execute(delete(holds).where(holds.c.order_id == order, holds.c.hold == str(Hold.NO_STOCK)))


def free_lines(tx: Transaction, ids: Iterable[int]) -> int:
    """Take every promise of these orders back; return how many lines had one."""
    return _lower(tx, ids, literal_column("0"), lines.c.reserved > 0)


def fit(tx: Transaction, ids: Iterable[int]) -> int:
    """Take back what lines are promised beyond what they may still get (wanted less short); return how many lines."""
    most = lines.c.wanted - lines.c.short
    return _lower(tx, ids, most, lines.c.reserved > most)


def _lower(tx: Transaction, ids: Iterable[int], to: ColumnElement[int], which: ColumnElement[bool]) -> int:
    touched = 0
    for page in _pages(ids):
        here = and_(lines.c.order_id.in_(page), which)
        if tx.dialect != "sqlite":
            query = select(lines.c.product_id).where(here, lines.c.product_id.is_not(None)).distinct()
            _lock_promised(tx, [row[0] for row in tx.connection.execute(query)])
        touched += tx.connection.execute(update(lines).where(here).values(reserved=to)).rowcount
    return touched


def waiting(tx: Transaction) -> tuple[list[Waiting], list[int]]:
    """Return the orders that may lack stock or have the hold *no stock*, in queue order; and those with too much.

    For planning: what it finds is looked at again under locks.
    """
    most = lines.c.wanted - lines.c.short
    lacks = and_(most > lines.c.reserved, most > _TAKEN, orders.c.state != "verified", lines.c.product_id.is_not(None))
    too_much = lines.c.reserved > most
    query = (
        select(orders.c.state, *_QUEUE, func.max(case((lacks, 1), else_=0)), func.max(case((too_much, 1), else_=0)))
        .select_from(orders.join(lines, lines.c.order_id == orders.c.id))
        .where(_LIVE, or_(lacks, too_much))
        .group_by(orders.c.state, *_QUEUE)
    )
    found = {row[4]: tuple(row) for row in tx.connection.execute(query)}
    held: Any = (
        select(orders.c.state, *_QUEUE, literal_column("1"), literal_column("0"))
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(
            _LIVE, orders.c.held > 0, holds.c.hold == str(Hold.NO_STOCK), holds.c.lifted_at.is_(None),
            orders.c.state != "verified",
        )
    )  # fmt: skip
    for row in tx.connection.execute(held):
        known = found.get(row[4])
        found[row[4]] = (*tuple(row)[:6], known[6] if known else 0)
    ordered = sorted(found.values(), key=lambda row: row[1:5])
    return (
        [Waiting(row[4], OrderState(row[0])) for row in ordered if row[5]],
        [row[4] for row in ordered if row[6]],
    )


def check(tx: Transaction) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield every line that is promised more than it may still get, and every finished order that is promised some.

    That ``promised`` is the sum over the lines, ``verify`` looks at itself.
    """
    over = (
        select(orders.c.number, lines.c.sku, lines.c.reserved, lines.c.wanted)
        .select_from(lines.join(orders, orders.c.id == lines.c.order_id))
        .where(or_(lines.c.reserved > lines.c.wanted, lines.c.reserved < 0))
        .order_by(lines.c.id)
    )
    for number, sku, reserved, wanted in tx.connection.execute(over):
        yield "verify.reserved", {"order": number, "sku": sku, "reserved": reserved, "wanted": wanted}
    gone = (
        select(orders.c.number, lines.c.sku, lines.c.reserved - _TAKEN)
        .select_from(lines.join(orders, orders.c.id == lines.c.order_id))
        .where(
            lines.c.reserved > _TAKEN,
            orders.c.state.in_(("shipped", "reported", "acknowledged", "cancelled", "returned")),
        )
        .order_by(lines.c.id)
    )
    for number, sku, pieces in tx.connection.execute(gone):
        yield "verify.promise_left", {"order": number, "sku": sku, "pieces": pieces}
