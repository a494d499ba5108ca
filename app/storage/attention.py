"""What needs a person: orders on hold with their reasons, and the customers who must be asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.intake import LINE_COLUMNS, ORDER_COLUMNS
from app.storage.prepared import Prepared
from app.storage.tables import balances, contacts, holds, lines, orders, products, shops

__all__ = [
    "ContactRow",
    "HeldOrder",
    "ShortLine",
    "StandingHold",
    "Wait",
    "add_line",
    "answer_contact",
    "ask_about",
    "close_contact",
    "close_contacts",
    "contact_of",
    "head_of",
    "held_orders",
    "hold_counts",
    "keys_of",
    "line_rows",
    "lying_on",
    "mark_rest_short",
    "move_reserved",
    "open_contacts",
    "put_content",
    "put_shelf",
    "recount",
    "settled",
    "shelvable",
    "short_lines",
    "unasked",
    "waits_until",
]

_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
_NOT_PACKED: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked')")
_HELD: ColumnElement[bool] = literal_column("orders.held > 0")
_ORDER_BY = (orders.c.queue_at, orders.c.rank, orders.c.ordered_at, orders.c.id)

_SORTED = (orders.c.queue_at + literal_column("0"), *_ORDER_BY[1:])
"""The same order, sorted and not read along the queue: few of many orders are on hold."""


# --- orders on hold -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StandingHold:
    """One hold that stands."""

    hold: str
    detail: str
    at: int
    """When it was set, milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order on hold."""

    id: int
    number: str
    ship_to_key: str
    ship_number: str
    shop: str
    channel: str
    state: str
    cut_off: int | None
    ship_name: str
    prefecture: str
    carrier: str
    service: str
    wish_date: str
    ship_date: str
    pieces: int
    content: str
    """JSON."""
    holds: tuple[StandingHold, ...]
    sort: tuple[int, int, int, int]
    """Place in the queue; the next page begins after it."""


def held_orders(
    tx: Transaction, *, shop: str = "", hold: str = "", after: tuple[int, int, int, int] | None = None, limit: int = 100
) -> list[HeldOrder]:
    """Return one page of the orders on hold, in the order of the queue.

    :param shop: name of a shop; empty means every shop.
    :param hold: only orders with this hold standing.
    :param after: ``sort`` of the last row of the page before.
    """
    query = (
        select(
            orders.c.id,
            orders.c.number,
            orders.c.ship_to_key,
            orders.c.batch,
            orders.c.sequence,
            shops.c.name,
            shops.c.channel,
            orders.c.state,
            orders.c.cut_off,
            orders.c.ship_name,
            orders.c.prefecture,
            orders.c.carrier,
            orders.c.service,
            orders.c.wish_date,
            orders.c.ship_date,
            orders.c.pieces,
            orders.c.content,
            *_ORDER_BY,
        )
        .select_from(orders.join(shops, shops.c.id == orders.c.shop_id))
        .where(_HELD, _LIVE, orders.c.shop_id.in_(_shop_ids(tx, shop)))
        .order_by(*_SORTED)
        .limit(limit)
    )
    if hold:
        query = query.where(
            exists().where(holds.c.order_id == orders.c.id, holds.c.hold == hold, holds.c.lifted_at.is_(None))
        )
    if after is not None:
        query = query.where(tuple_(*_ORDER_BY) > tuple_(*after))
    rows = tx.connection.execute(query).all()
    standing = _standing(tx, [row[0] for row in rows])
    found: list[HeldOrder] = []
    for row in rows:
        ship_number = str(ShipNumber(row[3], row[4] or 0)) if row[3] else ""
        sort = (row[17], row[18], row[19], row[20])
        values: list[Any] = [*tuple(row)[:3], ship_number, *tuple(row)[5:17], standing.get(row[0], ()), sort]
        found.append(HeldOrder(*values))
    return found


def _shop_ids(tx: Transaction, name: str) -> list[int]:
    """The shops of a name, or every shop: their orders on hold have an index by shop."""
    query = select(shops.c.id)
    return [row[0] for row in tx.connection.execute(query.where(shops.c.name == name) if name else query)]


def _standing(tx: Transaction, ids: Sequence[int]) -> dict[int, tuple[StandingHold, ...]]:
    found: dict[int, tuple[StandingHold, ...]] = {}
    for start in range(0, len(ids), 400):
        query = (
            select(holds.c.order_id, holds.c.hold, holds.c.detail, holds.c.at)
            .where(holds.c.order_id.in_(ids[start : start + 400]), holds.c.lifted_at.is_(None))
            .order_by(holds.c.at, holds.c.hold)
        )
        for order, hold, detail, at in tx.connection.execute(query):
            found[order] = (*found.get(order, ()), StandingHold(hold, detail, at))
    return found


def hold_counts(tx: Transaction, shop: str = "") -> dict[str, int]:
    """Return how many orders each hold keeps back, the commonest first."""
    number = func.count()
    query = (
        select(holds.c.hold, number)
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(_HELD, _LIVE, orders.c.shop_id.in_(_shop_ids(tx, shop)), holds.c.lifted_at.is_(None))
        .group_by(holds.c.hold)
        .order_by(number.desc(), holds.c.hold)
    )
    return {hold: int(count) for hold, count in tx.connection.execute(query)}


# --- contacts -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One customer who must be asked."""

    id: int
    order: int
    number: str
    ship_number: str
    shop: str
    state: str
    about: str
    """``short`` or ``date``."""
    detail: str
    """What is missing, or the earliest possible day."""
    asked: str
    """Who to ask: the buyer's name and phone number."""
    due: str
    """``YYYY-MM-DD``: the answer is needed by then; after the answer *wait* the day until which the order waits."""
    shelf: str
    """Label of the hold shelf with the goods that were taken already."""
    answer: str
    answered_at: int | None
    closed_at: int | None
    at: int
    """Since when the customer has to be asked, milliseconds since 1970 UTC."""
    holder: str
    """Station that has the order open."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A contact whose customer waits."""

    contact: int
    order: int
    shelf: str


_CONTACT = (
    contacts.c.id,
    contacts.c.order_id,
    orders.c.number,
    orders.c.batch,
    orders.c.sequence,
    shops.c.name,
    orders.c.state,
    contacts.c.about,
    contacts.c.detail,
    contacts.c.asked,
    contacts.c.due,
    contacts.c.shelf,
    contacts.c.answer,
    contacts.c.answered_at,
    contacts.c.closed_at,
    contacts.c.at,
    orders.c.holder,
)
_FROM = contacts.join(orders, orders.c.id == contacts.c.order_id).join(shops, shops.c.id == orders.c.shop_id)
_UNCLOSED: ColumnElement[bool] = literal_column("contacts.closed_at IS NULL")
_KNOWN = Prepared(
    select(contacts.c.id)
    .where(
        contacts.c.order_id == bindparam("order_"),
        contacts.c.about == bindparam("about_", type_=String),
        contacts.c.closed_at.is_(None),
    )
    .order_by(contacts.c.id)
    .limit(1)
)
_BUYER = Prepared(select(orders.c.content).where(orders.c.id == bindparam("order_")))
_ADD = Prepared(
    insert(contacts)
    .values(
        act=bindparam("act"),
        at=bindparam("at"),
        order_id=bindparam("order_id"),
        about=bindparam("about"),
        detail=bindparam("detail"),
        asked=bindparam("asked"),
        due=bindparam("due"),
    )
    .returning(contacts.c.id)
)
_RENEW = Prepared(
    update(contacts)
    .where(contacts.c.id == bindparam("contact_"))
    .values(detail=bindparam("detail"), answer="", answered_at=None)
)
_ANSWER = Prepared(
    update(contacts)
    .where(contacts.c.id == bindparam("contact_"))
    .values(
        answer=bindparam("answer"), answered_at=bindparam("at"), due=bindparam("due"), closed_at=bindparam("closed")
    )
)
_CLOSE = Prepared(
    update(contacts)
    .where(contacts.c.id == bindparam("contact_"), contacts.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)
_CLOSE_ALL = Prepared(
    update(contacts)
    .where(
        contacts.c.order_id == bindparam("order_"),
        contacts.c.about == bindparam("about_", type_=String),
        contacts.c.closed_at.is_(None),
    )
    .values(closed_at=bindparam("at"))
)
_SHELF = Prepared(update(contacts).where(contacts.c.id == bindparam("contact_")).values(shelf=bindparam("shelf")))
_CONTENT = Prepared(update(orders).where(orders.c.id == bindparam("order_")).values(content=bindparam("content")))
_SHORT = Prepared(
    select(lines.c.id, lines.c.sku, lines.c.name, lines.c.product_id, lines.c.wanted, lines.c.done, lines.c.short)
    .where(lines.c.order_id == bindparam("order_"), lines.c.short > 0)
    .order_by(lines.c.position)
)
_WAITS = Prepared(
    select(contacts.c.id, contacts.c.order_id, contacts.c.shelf)
    .select_from(contacts.join(orders, orders.c.id == contacts.c.order_id))
    .where(
        contacts.c.closed_at.is_(None),
        contacts.c.about == literal_column("'short'"),
        contacts.c.answer == literal_column("'wait'"),
        contacts.c.due != literal_column("''"),
        contacts.c.due <= bindparam("day_", type_=String),
        _NOT_PACKED,
        orders.c.holder == literal_column("''"),
    )
    .order_by(contacts.c.id)
)


def _contact(row: Sequence[Any]) -> ContactRow:
    values = list(row)
    batch, sequence = values[3:5]
    values[3:5] = [str(ShipNumber(batch, sequence or 0)) if batch else ""]
    return ContactRow(*values)


def ask_about(tx: Transaction, act: str, order: int, about: str, detail: str = "", due: str = "") -> int:
    """Put an order on the contact list; return the contact.

    An open contact of the order about the same is kept and told anew, so that nobody is asked twice.

    :param about: ``short`` or ``date``.
    :param detail: the earliest possible day; what is missing is told by the order's lines.
    """
    known = tx.one(_KNOWN, order_=order, about_=about)
    if known is not None:
        tx.run(_RENEW, contact_=known[0], detail=detail)
        return int(known[0])
    row = tx.one(_BUYER, order_=order)
    content = json.loads(row[0]) if row else {}
    whom = content.get("buyer") or content.get("ship_to") or {}
    asked = " ".join(part for part in (whom.get("name", ""), whom.get("phone", "")) if part)
    made = tx.one(_ADD, act=act, at=tx.now, order_id=order, about=about, detail=detail, asked=asked, due=due)
    assert made is not None
    return int(made[0])


def open_contacts(tx: Transaction, about: str = "", limit: int = 200) -> list[ContactRow]:
    """Return the customers who must be asked or who wait, those with the nearest day first.

    Only those count whose hold still stands on an order that is in the house.
    """
    query = (
        select(*_CONTACT)
        .select_from(_FROM)
        .where(_UNCLOSED, _LIVE, _ITS_HOLD)
        .order_by(contacts.c.due == "", contacts.c.due, contacts.c.id)
        .limit(limit)
    )
    if about:
        query = query.where(contacts.c.about == about)
    return _with_goods(tx, [_contact(row) for row in tx.connection.execute(query)])


_ITS_HOLD = exists().where(
    holds.c.order_id == contacts.c.order_id,
    holds.c.hold == case((contacts.c.about == "short", "short"), else_="date_impossible"),
    holds.c.lifted_at.is_(None),
)
"""Whether the hold that a contact is about stands."""


def _with_goods(tx: Transaction, found: list[ContactRow]) -> list[ContactRow]:
    """Say of each order with missing goods what is missing now."""
    asked = [row.order for row in found if row.about == "short"]
    goods: dict[int, list[str]] = {}
    for start in range(0, len(asked), 400):
        query = (
            select(lines.c.order_id, lines.c.sku, lines.c.short)
            .where(lines.c.order_id.in_(asked[start : start + 400]), lines.c.short > 0)
            .order_by(lines.c.order_id, lines.c.position)
        )
        for order, sku, short in tx.connection.execute(query):
            goods.setdefault(order, []).append(f"{sku} ×{short}")
    return [
        replace(row, detail=", ".join(goods[row.order])) if row.about == "short" and row.order in goods else row
        for row in found
    ]


def unasked(tx: Transaction) -> list[int]:
    """Return orders on which the hold *short* stands and whose customers are on no list yet."""
    listed = exists().where(contacts.c.order_id == orders.c.id, contacts.c.about == "short", _UNCLOSED)
    query = (
        select(orders.c.id)
        .select_from(orders.join(holds, holds.c.order_id == orders.c.id))
        .where(
            _HELD,
            _LIVE,
            orders.c.shop_id.in_(_shop_ids(tx, "")),
            holds.c.hold == "short",
            holds.c.lifted_at.is_(None),
            ~listed,
        )
    )
    return sorted(row[0] for row in tx.connection.execute(query))


def settled(tx: Transaction) -> list[int]:
    """Return open contacts that are about nothing any more: the hold was lifted, or the order is gone."""
    query = select(contacts.c.id).select_from(_FROM).where(_UNCLOSED, or_(~_ITS_HOLD, ~_LIVE)).order_by(contacts.c.id)
    return [row[0] for row in tx.connection.execute(query)]


def contact_of(tx: Transaction, contact: int) -> ContactRow | None:
    """Return one contact; None where it is gone."""
    row = tx.connection.execute(select(*_CONTACT).select_from(_FROM).where(contacts.c.id == contact)).first()
    return _contact(row) if row else None


def answer_contact(tx: Transaction, contact: int, answer: str, due: str, *, closed: bool) -> None:
    """Keep a customer's answer."""
    tx.run(_ANSWER, contact_=contact, answer=answer, at=tx.now, due=due, closed=tx.now if closed else None)


def close_contact(tx: Transaction, contact: int) -> None:
    """End a contact."""
    tx.run(_CLOSE, contact_=contact, at=tx.now)


def close_contacts(tx: Transaction, order: int, about: str) -> None:
    """End the contacts of an order about something that is no longer true."""
    tx.run(_CLOSE_ALL, order_=order, about_=about, at=tx.now)


def waits_until(tx: Transaction, day: str) -> list[Wait]:
    """Return contacts about missing goods whose customers wait until *day* or an earlier one."""
    return [Wait(*row) for row in tx.rows(_WAITS, day_=day)]


def put_shelf(tx: Transaction, contact: int, shelf: str) -> None:
    """Keep on which hold shelf the goods of a contact lie; empty where they lie there no longer."""
    tx.run(_SHELF, contact_=contact, shelf=shelf)


def put_content(tx: Transaction, order: int, content: str) -> None:
    """Replace what an order's content says (JSON)."""
    tx.run(_CONTENT, order_=order, content=content)


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line with missing pieces."""

    id: int
    sku: str
    name: str
    product: int | None
    wanted: int
    done: int
    short: int


def short_lines(tx: Transaction, order: int) -> list[ShortLine]:
    """Return the lines of an order with missing pieces."""
    return [ShortLine(*row) for row in tx.rows(_SHORT, order_=order)]


def mark_rest_short(tx: Transaction, order: int) -> None:
    """Say of everything that is not in the order's box that it is missing."""
    rest = lines.c.wanted - lines.c.done
    tx.connection.execute(
        update(lines)
        .where(lines.c.order_id == order, lines.c.done + lines.c.short < lines.c.wanted)
        .values(short=rest, reserved=case((lines.c.reserved > lines.c.done, lines.c.done), else_=lines.c.reserved))
    )


# --- parting an order -----------------------------------------------------------------------------------------------


def head_of(tx: Transaction, order: int) -> dict[str, Any]:
    """Return the columns :data:`app.storage.intake.ORDER_COLUMNS` of an order."""
    query = select(*(orders.c[name] for name in ORDER_COLUMNS)).where(orders.c.id == order)
    return dict(tx.connection.execute(query).mappings().one())


def keys_of(tx: Transaction, shop: int, number: str) -> set[str]:
    """Return the ship-to keys that orders of this number have."""
    query = select(orders.c.ship_to_key).where(orders.c.shop_id == shop, orders.c.number == number)
    return {row[0] for row in tx.connection.execute(query)}


def line_rows(tx: Transaction, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the columns :data:`app.storage.intake.LINE_COLUMNS` of lines, in their order."""
    query = select(*(lines.c[name] for name in LINE_COLUMNS)).where(lines.c.id.in_(ids)).order_by(lines.c.position)
    return [dict(row) for row in tx.connection.execute(query).mappings()]


def add_line(tx: Transaction, row: dict[str, Any]) -> None:
    """Add a line at the end of its order."""
    last = select(func.coalesce(func.max(lines.c.position), 0)).where(lines.c.order_id == row["order_id"])
    position = int(tx.connection.execute(last).scalar_one()) + 1
    tx.connection.execute(insert(lines).values(row | {"position": position}))


def recount(tx: Transaction, order: int) -> None:
    """Count an order's lines and pieces again."""
    own = lines.c.order_id == order
    tx.connection.execute(
        update(orders)
        .where(orders.c.id == order)
        .values(
            line_count=select(func.count()).select_from(lines).where(own).scalar_subquery(),
            pieces=select(func.coalesce(func.sum(lines.c.wanted), 0)).where(own).scalar_subquery(),
        )
    )


# --- the hold shelf -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelvable:
    """Goods of a line that are there and not packed."""

    line: int
    product: int
    sku: str
    shelf: str
    """Shelf they are taken from."""
    pieces: int
    reserved: int


def shelvable(tx: Transaction, order: int) -> list[Shelvable]:
    """Return what of an order is neither packed nor missing, by line."""
    left = lines.c.wanted - lines.c.done - lines.c.short
    query = (
        select(lines.c.id, products.c.id, products.c.sku, products.c.shelf, left, lines.c.reserved - lines.c.done)
        .select_from(lines.join(products, products.c.id == lines.c.product_id))
        .where(lines.c.order_id == order, left > 0)
        .order_by(lines.c.position)
    )
    return [Shelvable(*row) for row in tx.connection.execute(query)]


def lying_on(tx: Transaction, order: int, place: str) -> list[tuple[int, str, str, str, int]]:
    """Return what of an order's goods lies at a place: product, SKU, its shelf, lot, pieces."""
    mine = select(lines.c.product_id).where(lines.c.order_id == order, lines.c.product_id.is_not(None))
    query = (
        select(balances.c.product_id, products.c.sku, products.c.shelf, balances.c.lot, balances.c.quantity)
        .select_from(balances.join(products, products.c.id == balances.c.product_id))
        .where(balances.c.product_id.in_(mine), balances.c.place == place, balances.c.quantity > 0)
        .order_by(balances.c.product_id, balances.c.lot)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in tx.connection.execute(query)]


_RESERVED = Prepared(
    update(lines).where(lines.c.id == bindparam("line_")).values(reserved=lines.c.reserved + bindparam("pieces_"))
)


def move_reserved(tx: Transaction, line: int, pieces: int) -> None:
    """Add to what a line is promised from the shelf, or (negative) take from it."""
    tx.run(_RESERVED, line_=line, pieces_=pieces)
