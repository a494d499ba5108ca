"""Orders for reading: lists for screens, counts, one order whole, and which one a name means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, tuple_

from app.domain.orders import ShipNumber
from app.domain.products import PLAIN, Handling
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.products import known_to
from app.storage.tables import holds, lines, orders, product_codes, products, return_steps, returns, shops, tallies

__all__ = ["FAR", "LineRow", "OrderFull", "OrderRow", "counts", "find", "load", "load_many", "page", "standing_holds"]

FAR = 253_402_300_799_000
"""Queue time of an order without a cut-off: the end of the year 9999."""
_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list."""

    id: int
    number: str
    ship_to_key: str
    ship_number: str
    shop: str
    channel: str
    state: str
    holds: tuple[str, ...]
    cut_off: int | None
    """Milliseconds since 1970 UTC."""
    ordered_at: int
    received_at: int
    lines: int
    pieces: int
    ship_name: str
    prefecture: str
    gift: bool
    holder: str
    """Station that has it open."""
    carrier: str
    service: str
    temperature: str
    ship_date: str
    """``YYYY-MM-DD``; empty where the gate set none."""
    wish_date: str
    slot: str
    cod: int
    """Cash to collect, yen; 0 for none."""
    parcel_count: int
    parked: bool
    lead: int | None
    """Order whose parcel this one shares 同梱; None where it has its own."""
    sort: tuple[int, int, int, int]
    """Place in the queue; the next page begins after it."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of an order with what the product master knows."""

    id: int
    sku: str
    name: str
    wanted: int
    done: int
    short: int
    price: str
    tax_rate: str
    """Decimal text: what the order's file says, else what the product says; empty where neither does."""
    options: str
    product: int | None
    shelf: str
    picture: str
    codes: tuple[tuple[str, int], ...]
    """Codes with the pieces that one scan of each means, without the SKU."""
    main_code: str
    name_en: str
    master_name: str
    """The product master's name, which the shelf says; empty while the product is unknown."""
    sold: int | None = None
    """Index in the order's ``content["sold"]`` of the line as sold, where a set was taken apart."""
    handling: Handling = PLAIN
    """What its product asks for beside its code."""


@dataclass(frozen=True, slots=True)
class OrderFull:
    """One order whole."""

    row: OrderRow
    version: int
    batch: int | None
    sequence: int | None
    content: dict[str, Any]
    """What papers need: buyer, ship-to, note, payment, totals."""
    lines: tuple[LineRow, ...]
    back: int = 0
    """Pieces that came back 返品, of this order and what shared its parcel."""


_COLUMNS = (
    orders.c.id,
    orders.c.number,
    orders.c.ship_to_key,
    orders.c.batch,
    orders.c.sequence,
    shops.c.name,
    shops.c.channel,
    orders.c.state,
    orders.c.held,
    orders.c.cut_off,
    orders.c.ordered_at,
    orders.c.received_at,
    orders.c.line_count,
    orders.c.pieces,
    orders.c.ship_name,
    orders.c.prefecture,
    orders.c.gift,
    orders.c.holder,
    orders.c.queue_at,
    orders.c.rank,
    orders.c.carrier,
    orders.c.service,
    orders.c.temperature,
    orders.c.ship_date,
    orders.c.wish_date,
    orders.c.slot,
    orders.c.cod,
    orders.c.parcel_count,
    orders.c.parked,
    orders.c.lead_id,
)
_ORDER_BY = (orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)


def _row(found: Sequence[Any], standing: dict[int, list[str]]) -> OrderRow:
    ship = str(ShipNumber(found[3], found[4])) if found[3] else ""
    return OrderRow(
        id=found[0],
        number=found[1],
        ship_to_key=found[2],
        ship_number=ship,
        shop=found[5],
        channel=found[6],
        state=found[7],
        holds=tuple(standing.get(found[0], ())),
        cut_off=found[9],
        ordered_at=found[10],
        received_at=found[11],
        lines=found[12],
        pieces=found[13],
        ship_name=found[14],
        prefecture=found[15],
        gift=bool(found[16]),
        holder=found[17],
        carrier=found[20],
        service=found[21],
        temperature=found[22],
        ship_date=found[23],
        wish_date=found[24],
        slot=found[25],
        cod=found[26],
        parcel_count=found[27],
        parked=bool(found[28]),
        lead=found[29],
        sort=(found[18], found[19], found[10], found[0]),
    )


def page(
    tx: Transaction,
    *,
    states: Sequence[str] = (),
    shop: str = "",
    text: str = "",
    held: bool | None = None,
    after: tuple[int, int, int, int] | None = None,
    limit: int | None = 100,
) -> list[OrderRow]:
    """Return one page in queue order.

    :param states: only these; empty means every state.
    :param text: part of a number, ship number or recipient's name.
    :param after: ``sort`` of the last row of the page before.
    """
    query = select(*_COLUMNS).select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
    live = bool(states) and set(states) <= {"received", "ready", "released", "picked", "verified"}
    if live:
        query = query.where(_LIVE)
    if states and not (live and len(set(states)) == 5):
        query = query.where(orders.c.state.in_(states))
    if shop:
        ids = [row[0] for row in tx.connection.execute(select(shops.c.id).where(shops.c.name == shop))]
        query = query.where(orders.c.shop_id == ids[0] if len(ids) == 1 else orders.c.shop_id.in_(ids))
    if text:
        query = query.where(_matches(text))
    if held is not None:
        query = query.where(orders.c.held > 0 if held else orders.c.held == 0)
    if after is not None:
        query = query.where(tuple_(*_ORDER_BY) > tuple_(*after))
    query = query.order_by(*_ORDER_BY)
    if limit is not None:
        query = query.limit(limit)
    found = tx.connection.execute(query).all()
    standing = standing_holds(tx, [row[0] for row in found if row[8]])
    return [_row(row, standing) for row in found]


def _matches(text: str) -> Any:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped}%"
    clauses: list[ColumnElement[bool]] = [
        orders.c.number.like(like, escape="\\"),
        orders.c.ship_name.like(like, escape="\\"),
    ]
    batch, _, sequence = text.partition("-")
    if batch.isdecimal() and batch.isascii() and len(batch) < 15:
        ship = [orders.c.batch == int(batch)]
        if sequence.isdecimal() and sequence.isascii() and len(sequence) < 9:
            ship.append(orders.c.sequence == int(sequence))
        if sequence or len(batch) < 6:
            clauses.append(and_(*ship))
    return or_(*clauses)


def standing_holds(tx: Transaction, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the standing holds of several orders."""
    standing: dict[int, list[str]] = {}
    for start in range(0, len(ids), 500):
        query = (
            select(holds.c.order_id, holds.c.hold)
            .where(holds.c.order_id.in_(ids[start : start + 500]), holds.c.lifted_at.is_(None))
            .order_by(holds.c.at, holds.c.hold)
        )
        for order, hold in tx.connection.execute(query):
            standing.setdefault(order, []).append(hold)
    return standing


def counts(tx: Transaction) -> dict[str, dict[str, int]]:
    """Return how many orders stand in each state, by shop, from the kept tallies; ``held`` counts those on hold."""
    query = (
        select(shops.c.name, tallies.c.state, func.sum(tallies.c.number))
        .select_from(tallies.join(shops, shops.c.id == tallies.c.shop_id))
        .group_by(shops.c.name, tallies.c.state)
        .order_by(shops.c.name)
    )
    made: dict[str, dict[str, int]] = {}
    for shop, state, number in tx.connection.execute(query):
        if number:
            made.setdefault(shop, {})[state] = int(number)
    on_hold = (
        select(shops.c.name, func.count())
        .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
        .where(literal_column("orders.held > 0"), _LIVE)
        .group_by(shops.c.name)
    )
    for shop, number in tx.connection.execute(on_hold):
        made.setdefault(shop, {})["held"] = number
    return made


def find(tx: Transaction, name: str) -> list[int]:
    """Return the orders that *name* may mean: ``12-034``, ``NUMBER``, ``SHOP:NUMBER``, with or without ``/SHIP-TO``."""
    text = name.strip().removeprefix("KO-")
    batch, _, rest = text.partition("-")
    sequence = rest.partition("-")[0]
    if all(part.isascii() and part.isdigit() and len(part) < 12 for part in (batch, sequence)):
        query = select(orders.c.id).where(orders.c.batch == int(batch), orders.c.sequence == int(sequence))
        found = [row[0] for row in tx.connection.execute(query)]
        if found and text == name.strip():  # without the prefix it may be a shop's own number as well
            same = select(orders.c.id).where(orders.c.number == text).order_by(orders.c.id)
            found = list(dict.fromkeys([*found, *(row[0] for row in tx.connection.execute(same))]))
        if found:
            return found
    shop, colon, number = name.strip().partition(":")
    tries: list[tuple[str, str]] = [("", name.strip())]
    if colon:
        tries.append((shop, number))
    for shop_name, whole in tries:
        for number_, key in ((whole, None), whole.rpartition("/")[::2]):
            if not number_:
                continue
            query = (
                select(orders.c.id)
                .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
                .where(orders.c.number == number_)
                .order_by(orders.c.id)
            )
            if key is not None:
                query = query.where(orders.c.ship_to_key == key)
            if shop_name:
                query = query.where(shops.c.name == shop_name)
            found = [row[0] for row in tx.connection.execute(query)]
            if found:
                return found
    return []


_PART = 400
"""Ids in one statement."""
_RATE = case((lines.c.tax_rate != "", lines.c.tax_rate), else_=func.coalesce(products.c.tax_rate, ""))
"""What the shop's file says, else what the product says."""


def load(tx: Transaction, order: int) -> OrderFull | None:
    """Return one order whole; None where it is gone."""
    found = load_many(tx, [order])
    if not found or found[0].row.state not in _LEFT:
        return found[0] if found else None
    lead = select(func.coalesce(orders.c.lead_id, orders.c.id)).where(orders.c.id == order).scalar_subquery()
    query = (
        select(func.sum(return_steps.c.quantity))
        .select_from(return_steps.join(returns, returns.c.id == return_steps.c.return_id))
        .where(returns.c.order_id == lead, return_steps.c.undone == "")
    )
    return replace(found[0], back=int(tx.connection.execute(query).scalar() or 0))


_LEFT = ("shipped", "reported", "acknowledged", "returned")
"""States of orders of which something may have come back."""


def load_many(tx: Transaction, ids: Sequence[int]) -> list[OrderFull]:
    """Return orders whole, in the order of *ids*; those that are gone are left out."""
    made: dict[int, OrderFull] = {}
    for start in range(0, len(ids), _PART):
        part = list(ids[start : start + _PART])
        query = (
            select(*_COLUMNS, orders.c.shop_id, orders.c.version, orders.c.content)
            .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
            .where(orders.c.id.in_(part))
        )
        standing = standing_holds(tx, part)
        of_lines = _lines_of(tx, part)
        for found in tx.connection.execute(query):
            shop, version, text = tuple(found)[-3:]
            row = _row(found, standing)
            content = json.loads(text)
            _rate_sets(tx, shop, content.get("sold", ()))
            made[row.id] = OrderFull(row, version, found[3], found[4], content, tuple(of_lines.get(row.id, ())))
    return [made[order] for order in ids if order in made]


def _rate_sets(tx: Transaction, shop: int, sold: Sequence[dict[str, Any]]) -> None:
    """Give sets that were taken apart their product's tax rate where the shop's file named none."""
    unrated = [whole for whole in sold if not whole.get("tax_rate")]
    if not unrated:
        return
    known = known_to(tx, shop, [whole["sku"] for whole in unrated]).found
    query = select(products.c.id, products.c.tax_rate).where(products.c.id.in_([each for each, _ in known.values()]))
    rates = {row[0]: row[1] for row in tx.connection.execute(query)} if known else {}
    for whole in unrated:
        whole["tax_rate"] = rates.get(known[whole["sku"]][0], "") if whole["sku"] in known else ""


def _lines_of(tx: Transaction, ids: Sequence[int]) -> dict[int, list[LineRow]]:
    query = (
        select(
            lines.c.id,
            lines.c.sku,
            lines.c.name,
            lines.c.wanted,
            lines.c.done,
            lines.c.short,
            lines.c.price,
            _RATE,
            lines.c.options,
            lines.c.product_id,
            products.c.shelf,
            products.c.picture,
            products.c.main_code,
            products.c.name_en,
            products.c.name,
            lines.c.sold,
            lines.c.order_id,
            *HANDLING,
        )
        .select_from(lines.outerjoin(products, products.c.id == lines.c.product_id))
        .where(lines.c.order_id.in_(ids))
        .order_by(lines.c.order_id, lines.c.position)
    )
    found = tx.connection.execute(query).all()
    codes: dict[int, list[tuple[str, int]]] = {}
    known = sorted({row[9] for row in found if row[9] is not None})
    for start in range(0, len(known), _PART):
        of_products = (
            select(product_codes.c.product_id, product_codes.c.code, product_codes.c.quantity)
            .where(product_codes.c.product_id.in_(known[start : start + _PART]), product_codes.c.kind != "sku")
            .order_by(product_codes.c.id)
        )
        for product, code, quantity in tx.connection.execute(of_products):
            codes.setdefault(product, []).append((code, quantity))
    made: dict[int, list[LineRow]] = {}
    for row in found:
        of_product = tuple(codes.get(row[9], ())) if row[9] is not None else ()
        shelf, picture, *names = (value or "" for value in tuple(row)[10:15])
        kept = handling(*row[17:]) if row[9] is not None else PLAIN
        values: list[Any] = [*tuple(row)[:10], shelf, picture, of_product, *names, row[15], kept]
        made.setdefault(row[16], []).append(LineRow(*values))
    return made
