"""What the gate reads and writes: waiting orders by the hundred, product facts, dates that came, the age of data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import holds, imports, lines, loads, orders, products

__all__ = [
    "COLUMNS",
    "HoldChange",
    "Waiting",
    "ahead_until",
    "change_holds",
    "choose",
    "forget_holds",
    "newest_import",
    "on_sale_by",
    "open_ids",
    "passed",
    "product_facts",
    "waiting",
    "write_verdicts",
]

COLUMNS = (
    "carrier",
    "service",
    "service_by",
    "temperature",
    "size",
    "ship_date",
    "wish_date",
    "slot",
    "cod",
    "merge_key",
    "rate",
    "choice",
    "cut_off",
    "queue_at",
)
"""Columns of an order that the gate writes."""

_OPEN: ColumnElement[bool] = literal_column("orders.state IN ('received','ready')")
_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
_HELD: ColumnElement[bool] = literal_column("orders.held > 0")
_DATED: ColumnElement[bool] = literal_column("orders.ship_date <> ''")
_MOST = 400
"""Ids in one IN list."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that is not released yet, as stored."""

    id: int
    shop: int
    ordered_at: int
    gift: bool
    content: str
    """JSON."""
    verdict: tuple[Any, ...]
    """:data:`COLUMNS` as they are."""
    holds: dict[str, tuple[str, bool]]
    """Detail of each hold, and whether it was lifted."""
    products: tuple[tuple[int, int], ...]
    """Known products with their pieces."""


def waiting(tx: Transaction, ids: Sequence[int]) -> list[Waiting]:
    """Lock and return those of the orders that are not released and at no bench, with holds and products."""
    found: list[Waiting] = []
    for start in range(0, len(ids), _MOST):
        part = sorted(ids[start : start + _MOST])
        query = (
            select(
                orders.c.id,
                orders.c.shop_id,
                orders.c.ordered_at,
                orders.c.gift,
                orders.c.content,
                *(orders.c[c] for c in COLUMNS),
            )
            .where(orders.c.id.in_(part), _OPEN, orders.c.holder == "")
            .order_by(orders.c.id)
            .with_for_update()
        )
        rows = tx.connection.execute(query).all()
        known = [row[0] for row in rows]
        standing: dict[int, dict[str, tuple[str, bool]]] = {}
        of_holds = select(holds.c.order_id, holds.c.hold, holds.c.detail, holds.c.lifted_at)
        for order, hold, detail, lifted in tx.connection.execute(of_holds.where(holds.c.order_id.in_(known))):
            standing.setdefault(order, {})[hold] = (detail, lifted is not None)
        goods: dict[int, list[tuple[int, int]]] = {}
        of_lines = select(lines.c.order_id, lines.c.product_id, lines.c.wanted).where(
            lines.c.order_id.in_(known), lines.c.product_id.is_not(None)
        )
        for order, product, wanted in tx.connection.execute(of_lines):
            if product is not None:
                goods.setdefault(order, []).append((product, wanted))
        found += [
            Waiting(
                id=row[0],
                shop=row[1],
                ordered_at=row[2],
                gift=bool(row[3]),
                content=row[4],
                verdict=tuple(row)[5:],
                holds=standing.get(row[0], {}),
                products=tuple(goods.get(row[0], ())),
            )
            for row in rows
        ]
    return found


def product_facts(
    tx: Transaction, ids: Iterable[int]
) -> dict[int, tuple[str, str, int | None, int | None, int | None, int | None]]:
    """Return temperature, first day of sale, weight (g), length, width and height (mm) of products."""
    wanted = sorted(set(ids))
    found: dict[int, tuple[str, str, int | None, int | None, int | None, int | None]] = {}
    for start in range(0, len(wanted), _MOST):
        query = select(
            products.c.id,
            products.c.temperature,
            products.c.on_sale_from,
            products.c.weight_g,
            products.c.length_mm,
            products.c.width_mm,
            products.c.height_mm,
        ).where(products.c.id.in_(wanted[start : start + _MOST]))
        for row in tx.connection.execute(query):
            found[row[0]] = (row[1], row[2], row[3], row[4], row[5], row[6])
    return found


# --- writing --------------------------------------------------------------------------------------------------------

_WRITE = Prepared(
    update(orders).where(orders.c.id == bindparam("order_")).values({name: bindparam(name) for name in COLUMNS})
)
_CHOOSE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(carrier=bindparam("carrier"), service=bindparam("service"), service_by=bindparam("by"))
)
_OF_HOLD = (holds.c.order_id == bindparam("order_"), holds.c.hold == bindparam("hold_", type_=String))
_ADD = Prepared(
    insert(holds).values(
        order_id=bindparam("order_"),
        hold=bindparam("hold_"),
        detail=bindparam("detail"),
        at=bindparam("at"),
        lifted_at=None,
    )
)
_DETAIL = Prepared(update(holds).where(*_OF_HOLD).values(detail=bindparam("detail")))
_DROP = Prepared(delete(holds).where(*_OF_HOLD))
_RECOUNT = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("order_"))
    .values(
        held=select(func.count())
        .select_from(holds)
        .where(holds.c.order_id == bindparam("order_"), holds.c.lifted_at.is_(None))
        .scalar_subquery()
    )
)


@dataclass(frozen=True, slots=True)
class HoldChange:
    """One hold of one order that the gate sets, words anew or takes away."""

    order: int
    hold: str
    kind: str
    """``add``, ``detail`` or ``drop``."""
    detail: str = ""


def write_verdicts(tx: Transaction, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
    """Write :data:`COLUMNS` of orders."""
    tx.many(_WRITE, [{"order_": order, **dict(zip(COLUMNS, values, strict=True))} for order, values in rows])


def change_holds(tx: Transaction, changes: Sequence[HoldChange]) -> None:
    """Set, word anew and take away holds, and count each order's holds again; the caller moves the states."""
    plain = {"add": _ADD, "detail": _DETAIL, "drop": _DROP}
    for kind, statement in plain.items():
        given = [each for each in changes if each.kind == kind]
        tx.many(
            statement,
            [{"order_": each.order, "hold_": each.hold} | _values(tx, each) for each in given],
        )
    tx.many(_RECOUNT, [{"order_": order} for order in dict.fromkeys(each.order for each in changes)])


def _values(tx: Transaction, change: HoldChange) -> dict[str, object]:
    match change.kind:
        case "add":
            return {"detail": change.detail, "at": tx.now}
        case "detail":
            return {"detail": change.detail}
        case _:
            return {}


def choose(tx: Transaction, order: int, carrier: str, service: str, by: str) -> None:
    """Set an order's carrier and service; *by* is ``hand`` or empty (the gate decides)."""
    tx.run(_CHOOSE, order_=order, carrier=carrier, service=service, by=by)


def forget_holds(tx: Transaction, order: int, which: Iterable[str]) -> None:
    """Take holds away, lifted ones too, so that they are judged anew."""
    change_holds(tx, [HoldChange(order, hold, "drop") for hold in which])


# --- what time changes ----------------------------------------------------------------------------------------------


def open_ids(tx: Transaction, after: int, limit: int) -> list[int]:
    """Return orders that are not released, in the order they came in."""
    query = select(orders.c.id).where(_OPEN, orders.c.id > after).order_by(orders.c.id).limit(limit)
    return [row[0] for row in tx.connection.execute(query)]


def passed(tx: Transaction, today: str, now: int, limit: int) -> list[int]:
    """Return waiting orders whose ship date or pickup has passed.

    Whether any pickup has passed is asked of the kept counts first: usually none has, and no order is read.

    :param today: the shop's day, ``YYYY-MM-DD``.
    """
    late = [orders.c.ship_date < today]
    if tx.one(_PICKUP_PASSED, now_=now) is not None:
        late.append(and_(orders.c.ship_date <= today, orders.c.cut_off <= now))
    found: set[int] = set()
    for condition in late:
        query = select(orders.c.id).where(_DATED, _OPEN, orders.c.holder == "", condition).limit(limit)
        found |= {row[0] for row in tx.connection.execute(query)}
    return sorted(found)[:limit]


_PICKUP_PASSED = Prepared(
    select(loads.c.cut_off)
    .where(
        loads.c.cut_off > literal_column("0"),
        loads.c.cut_off <= bindparam("now_"),
        literal_column("loads.state IN ('received','ready')"),
    )
    .group_by(loads.c.cut_off)
    .having(func.sum(loads.c.number) > literal_column("0"))
    .limit(literal_column("1"))
)


def _held_for(shop: int, hold: str) -> Select[Any]:
    """A shop's waiting orders on which a hold stands, by the index of orders on hold."""
    return (
        select(orders.c.id)
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(
            orders.c.shop_id == shop,
            _HELD,
            _LIVE,
            _OPEN,
            orders.c.holder == "",
            holds.c.hold == hold,
            holds.c.lifted_at.is_(None),
        )
    )


def on_sale_by(tx: Transaction, shop: int, day: str, limit: int) -> list[int]:
    """Return the orders of a shop that are held for goods which are on sale from *day* or earlier."""
    query = _held_for(shop, "pre_order").where(holds.c.detail <= day).limit(limit)
    return [row[0] for row in tx.connection.execute(query)]


def ahead_until(tx: Transaction, shop: int, carrier: str, day: str, limit: int) -> list[int]:
    """Return the orders of a shop and carrier that are held for a ship date which is now *day* or earlier."""
    query = _held_for(shop, "date_ahead").where(orders.c.carrier == carrier, orders.c.ship_date <= day).limit(limit)
    return [row[0] for row in tx.connection.execute(query)]


# --- the age of data ------------------------------------------------------------------------------------------------

_NEWEST = Prepared(
    select(imports.c.at)
    .where(
        imports.c.kind == "orders",
        imports.c.taken_back_at.is_(None),
        imports.c.channel == bindparam("channel_", type_=String),
        imports.c.shop == bindparam("shop_", type_=String),
        imports.c.at <= bindparam("until_"),
    )
    .order_by(imports.c.id.desc())
    .limit(1)
)
_CLOCK_MS = 600_000
"""How far a clock may be put back before files that were taken in under its old time no longer count."""


def newest_import(tx: Transaction, channel: str, shop: str) -> int | None:
    """Return when the newest file of a shop's orders was taken in, milliseconds since 1970 UTC.

    A file from the future (the clock was wrong then) does not count: it would stay new for too long.
    """
    row = tx.one(_NEWEST, channel_=channel, shop_=shop, until_=tx.now + _CLOCK_MS)
    return int(row[0]) if row else None
