"""The pull list 抜き取り as rows: slips, waybills and goods that must be taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, literal_column, select, update

from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import balances, orders, products, pulls, shops, waybills

__all__ = [
    "NewPull",
    "PullRow",
    "VoidRow",
    "add",
    "lock",
    "lying",
    "mark_done",
    "of_text",
    "open_pulls",
    "void_numbers",
]


@dataclass(frozen=True, slots=True)
class NewPull:
    """Something that must be taken out."""

    order: int
    kind: str
    """``slip``, ``label``, ``waybill``, ``goods`` or ``paper``."""
    text: str
    """Code of the slip or label, number (or key) of the waybill, SKU of the goods."""
    reason: str
    carrier: str = ""
    quantity: int = 0
    product: int | None = None
    lot: str = ""
    shelf: str = ""
    """Where goods go back to."""


@dataclass(frozen=True, slots=True)
class PullRow:
    """One thing on the pull list."""

    id: int
    at: int
    order: int
    number: str
    ship_number: str
    shop: str
    ship_name: str
    state: str
    """State of the order."""
    kind: str
    text: str
    carrier: str
    reason: str
    quantity: int
    product: int | None
    product_name: str
    lot: str
    shelf: str
    done_at: int
    """When it was taken out, UTC in ms; 0 while it was not."""

    @property
    def done(self) -> bool:
        """Whether it was taken out."""
        return self.done_at > 0


@dataclass(frozen=True, slots=True)
class VoidRow:
    """A number that the carrier gave and that will not travel."""

    number: str
    key: str
    order: int
    order_number: str
    shop: str
    reason: str
    requested_at: int
    pulled: bool
    """Whether its label was scanned out."""


_COLUMNS = ("act", "at", "order_id", "kind", "text", "carrier", "reason", "quantity", "product_id", "lot", "shelf")
_ADD = Prepared(insert(pulls).values({name: bindparam(name) for name in _COLUMNS}))
_DONE = Prepared(
    update(pulls).where(pulls.c.id == bindparam("id_"), pulls.c.done_at.is_(None)).values(done_at=bindparam("now_"))
)
_ROW = (
    pulls.c.id,
    pulls.c.at,
    pulls.c.order_id,
    orders.c.number,
    orders.c.batch,
    orders.c.sequence,
    shops.c.name,
    orders.c.ship_name,
    orders.c.state,
    pulls.c.kind,
    pulls.c.text,
    pulls.c.carrier,
    pulls.c.reason,
    pulls.c.quantity,
    pulls.c.product_id,
    func.coalesce(products.c.name, literal_column("''")),
    pulls.c.lot,
    pulls.c.shelf,
    pulls.c.done_at,
)
_FROM = (
    pulls.join(orders, orders.c.id == pulls.c.order_id)
    .join(shops, shops.c.id == orders.c.shop_id)
    .outerjoin(products, products.c.id == pulls.c.product_id)
)
_STILL: ColumnElement[bool] = literal_column("pulls.done_at IS NULL")


def _rows(tx: Transaction, where: Sequence[ColumnElement[bool]], limit: int | None = None) -> list[PullRow]:
    query = select(*_ROW).select_from(_FROM).where(*where).order_by(pulls.c.id)
    if limit is not None:
        query = query.limit(limit)
    made: list[list[Any]] = [
        [*row[:4], str(ShipNumber(row[4], row[5])) if row[4] else "", *row[6:18], row[18] or 0]
        for row in map(tuple, tx.connection.execute(query))
    ]
    return [PullRow(*each) for each in made]


def add(tx: Transaction, act: str, new: Sequence[NewPull]) -> None:
    """Put things on the pull list."""
    tx.many(
        _ADD,
        [
            {
                "act": act,
                "at": tx.now,
                "order_id": each.order,
                "kind": each.kind,
                "text": each.text,
                "carrier": each.carrier,
                "reason": each.reason,
                "quantity": each.quantity,
                "product_id": each.product,
                "lot": each.lot,
                "shelf": each.shelf,
            }
            for each in new
        ],
    )


def open_pulls(tx: Transaction, order: int | None = None) -> list[PullRow]:
    """Return what still has to be taken out, oldest first.

    :param order: of this order only.
    """
    where = [_STILL] if order is None else [_STILL, pulls.c.order_id == order]
    return _rows(tx, where)


def of_text(tx: Transaction, kind: str, texts: Sequence[str], products_: Sequence[int] = ()) -> list[PullRow]:
    """Return the rows that a scan may mean, done ones too: by text, goods by product."""
    what = pulls.c.product_id.in_(products_) if kind == "goods" else pulls.c.text.in_(texts)
    return _rows(tx, [pulls.c.kind == kind, what], limit=500)


def lock(tx: Transaction, pull: int) -> PullRow | None:
    """Lock one row and return it; None where there is none."""
    locked = select(pulls.c.id).where(pulls.c.id == pull).with_for_update()
    if tx.connection.execute(locked).first() is None:
        return None
    return _rows(tx, [pulls.c.id == pull])[0]


def mark_done(tx: Transaction, pull: int) -> bool:
    """Say that a thing was taken out; False where that was said before."""
    return tx.run(_DONE, id_=pull, now_=tx.now) == 1


def lying(tx: Transaction, product: int, place: str, lot: str) -> int:
    """Return the pieces of a product and lot that lie at a place."""
    query = select(balances.c.quantity).where(
        balances.c.product_id == product, balances.c.place == place, balances.c.lot == lot
    )
    return int(tx.connection.execute(query).scalar_one_or_none() or 0)


def void_numbers(tx: Transaction, carrier: str, since: int | None, limit: int | None) -> list[VoidRow]:
    """Return the numbers of a carrier that were issued and are void, newest first.

    :param since: only those requested since this time, milliseconds since 1970 UTC.
    """
    out = (
        select(pulls.c.id)
        .where(pulls.c.kind == "waybill", pulls.c.text == waybills.c.number, pulls.c.done_at.is_not(None))
        .correlate(waybills)
        .exists()
    )
    query = (
        select(
            waybills.c.number, waybills.c.key, orders.c.id, orders.c.number, shops.c.name, waybills.c.reason,
            waybills.c.requested_at, out,
        )
        .select_from(
            waybills.join(orders, orders.c.id == waybills.c.order_id).join(shops, shops.c.id == orders.c.shop_id)
        )
        .where(waybills.c.state == "void", literal_column("waybills.number <> ''"))
        .order_by(waybills.c.id.desc())
    )  # fmt: skip
    if carrier:
        query = query.where(waybills.c.carrier == carrier)
    if since is not None:
        query = query.where(waybills.c.requested_at >= since)
    if limit is not None:
        query = query.limit(limit)
    made: list[list[Any]] = [[*row[:7], bool(row[7])] for row in map(tuple, tx.connection.execute(query))]
    return [VoidRow(*each) for each in made]
