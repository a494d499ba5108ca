"""Lists of returns 返品, for screens, the command line and the office: what came back, why, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select

from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.tables import orders, overrides, products, return_steps, returns, shops, steps

__all__ = ["ProductBack", "ReturnPiece", "ReturnRow", "by_product", "page", "pieces_of"]

_STANDING = return_steps.c.undone == ""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return."""

    id: int
    order_id: int
    number: str
    """The shop's order number."""
    ship_number: str
    shop: str
    ship_to: str
    order_state: str
    open: bool
    station: str
    """Station that has it; empty for nobody."""
    waybill: str
    opened_at: int
    """Milliseconds since 1970 UTC."""
    closed_at: int | None
    wanted: int
    """Pieces that left the house."""
    pieces: int
    """Pieces that came back in this return."""
    bad: int
    """Those of them that cannot be sold."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Pieces by reason."""
    unopened: bool = False
    """The whole parcel was taken in without opening it."""


@dataclass(frozen=True, slots=True)
class ReturnPiece:
    """Pieces of a return that were taken in together."""

    sku: str
    name: str
    name_en: str
    quantity: int
    lot: str
    expiry: str
    serial: str
    reason: str
    grade: str
    place: str


@dataclass(frozen=True, slots=True)
class ProductBack:
    """What came back of one product for one reason."""

    sku: str
    name: str
    name_en: str
    reason: str
    pieces: int
    good: int
    bad: int
    orders: int
    """Orders that it came back of."""


def page(
    tx: Transaction, *, limit: int | None = None, order: Sequence[int] = (), open_only: bool = False, since: int = 0
) -> list[ReturnRow]:
    """Return returns, open ones first, then the newest; those that were given up are left out.

    :param order: only those of these orders, or of what shared their parcel.
    :param since: only those opened since then, milliseconds since 1970 UTC.
    """
    wanted = (
        select(func.coalesce(func.sum(steps.c.quantity), 0))
        .where(steps.c.order_id == returns.c.order_id, steps.c.kind == "pack", steps.c.undone == "")
        .where(steps.c.line_id.is_not(None))
        .correlate(returns)
        .scalar_subquery()
    )
    something = (
        select(return_steps.c.id).where(return_steps.c.return_id == returns.c.id, _STANDING).correlate(returns).exists()
    )
    query = (
        select(
            returns.c.id, returns.c.order_id, orders.c.number, orders.c.batch, orders.c.sequence, shops.c.name,
            orders.c.ship_name, orders.c.state, returns.c.state, returns.c.holder, returns.c.waybill,
            returns.c.opened_at, returns.c.closed_at, wanted,
        )
        .select_from(
            returns.join(orders, orders.c.id == returns.c.order_id).join(shops, shops.c.id == orders.c.shop_id)
        )
        .where((returns.c.state == "open") | something, returns.c.opened_at >= since)
        .order_by(case((returns.c.state == "open", 0), else_=1), returns.c.id.desc())
    )  # fmt: skip
    if order:
        led = select(orders.c.lead_id).where(orders.c.id.in_(order), orders.c.lead_id.is_not(None))
        query = query.where(returns.c.order_id.in_(order) | returns.c.order_id.in_(led))
    if open_only:
        query = query.where(returns.c.state == "open")
    if limit is not None:
        query = query.limit(limit)
    found = list(tx.connection.execute(query))
    counted = _counted(tx, [row[0] for row in found])
    made = []
    for r in found:
        ship = str(ShipNumber(r[3], r[4])) if r[3] is not None and r[4] is not None else ""
        reasons, bad, unopened = counted.get(r[0], ({}, 0, False))
        made.append(
            ReturnRow(
                r[0], r[1], r[2], ship, r[5], r[6], r[7], r[8] == "open", r[9], r[10], r[11], r[12], int(r[13]),
                sum(reasons.values()), bad, reasons, unopened,
            )
        )  # fmt: skip
    return made


def _counted(tx: Transaction, ids: Sequence[int]) -> dict[int, tuple[dict[str, int], int, bool]]:
    """Return pieces by reason, those that cannot be sold and whether nobody opened the parcel, by return."""
    made: dict[int, tuple[dict[str, int], int, bool]] = {}
    unopened = (
        select(overrides.c.id)
        .where(overrides.c.act == return_steps.c.act, overrides.c.what == "unopened")
        .where(overrides.c.order_id == returns.c.order_id, overrides.c.at >= returns.c.opened_at)
        .correlate(return_steps, returns)
        .exists()
    )
    for start in range(0, len(ids), 500):
        query = (
            select(
                return_steps.c.return_id,
                return_steps.c.reason,
                return_steps.c.grade,
                func.sum(return_steps.c.quantity),
                func.max(case((unopened, 1), else_=0)),
            )
            .select_from(return_steps.join(returns, returns.c.id == return_steps.c.return_id))
            .where(return_steps.c.return_id.in_(ids[start : start + 500]), _STANDING)
            .group_by(return_steps.c.return_id, return_steps.c.reason, return_steps.c.grade)
            .order_by(return_steps.c.return_id, return_steps.c.reason)
        )
        for identity, reason, grade, number, whole in tx.connection.execute(query):
            reasons, bad, sealed = made.get(identity, ({}, 0, False))
            reasons[reason] = reasons.get(reason, 0) + int(number)
            made[identity] = (reasons, bad + (int(number) if grade == "bad" else 0), sealed or bool(whole))
    return made


def pieces_of(tx: Transaction, identity: int) -> list[ReturnPiece]:
    """Return the pieces of a return in the order in which they were taken in."""
    s, p = return_steps.c, products.c
    query = (
        select(
            p.sku, p.name, p.name_en, s.quantity, s.lot, s.expiry, s.serial, s.reason, s.grade, s.place,
        )
        .select_from(return_steps.join(products, p.id == s.product_id))
        .where(s.return_id == identity, _STANDING)
        .order_by(s.id)
    )  # fmt: skip
    rows: list[Any] = list(tx.connection.execute(query))
    return [ReturnPiece(*row) for row in rows]


def by_product(tx: Transaction, since: int = 0) -> list[ProductBack]:
    """Return what came back by product and reason, what came back most first.

    :param since: only of returns opened since then, milliseconds since 1970 UTC.
    """
    s, p = return_steps.c, products.c
    number = func.sum(s.quantity)
    good = func.sum(case((s.grade == "good", s.quantity), else_=0))
    query = (
        select(p.sku, p.name, p.name_en, s.reason, number, good, func.count(returns.c.order_id.distinct()))
        .select_from(return_steps.join(products, p.id == s.product_id).join(returns, returns.c.id == s.return_id))
        .where(_STANDING, returns.c.opened_at >= since)
        .group_by(p.id, p.sku, p.name, p.name_en, s.reason)
        .order_by(number.desc(), p.sku, s.reason)
    )
    return [
        ProductBack(r[0], r[1], r[2], r[3], int(r[4]), int(r[5]), int(r[4]) - int(r[5]), r[6])
        for r in tx.connection.execute(query)
    ]
