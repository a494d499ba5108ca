"""Taking orders in, in bulk: look-ups by chunk, rows by the thousand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from app.domain.orders import Hold
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import holds, imports, lines, orders, shops

__all__ = [
    "HOLD_COLUMNS",
    "LINE_COLUMNS",
    "ORDER_COLUMNS",
    "Existing",
    "add_import",
    "existing",
    "insert_rows",
    "put_emails",
    "put_ship_to",
    "replace_order",
    "reserve",
    "shop_id",
    "shops_of",
]

ORDER_COLUMNS = (
    "id",
    "shop_id",
    "number",
    "ship_to_key",
    "state",
    "held",
    "version",
    "received_at",
    "ordered_at",
    "cut_off",
    "queue_at",
    "rank",
    "holder",
    "lease_until",
    "line_count",
    "pieces",
    "ship_name",
    "prefecture",
    "gift",
    "content",
    "digest",
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
)
"""Columns of a new order, in the order of its tuple."""
LINE_COLUMNS = (
    "order_id",
    "position",
    "sku",
    "name",
    "product_id",
    "wanted",
    "done",
    "short",
    "price",
    "tax_rate",
    "options",
    "sold",
)
HOLD_COLUMNS = ("order_id", "hold", "detail", "at", "lifted_at")


def _insert(table: Table, columns: Sequence[str]) -> Prepared:
    return Prepared(insert(table).values({name: bindparam(name) for name in columns}))


_INSERTS = {
    "orders": (_insert(orders, ORDER_COLUMNS), ORDER_COLUMNS),
    "lines": (_insert(lines, LINE_COLUMNS), LINE_COLUMNS),
    "holds": (_insert(holds, HOLD_COLUMNS), HOLD_COLUMNS),
}


@dataclass(frozen=True, slots=True)
class Existing:
    """An order that is already known."""

    id: int
    state: str
    digest: str
    holder: str
    held: bool
    chosen: tuple[str, str] | None = None
    """Carrier and service that a person chose; None where the gate decides."""


def shops_of(tx: Transaction, channel: str) -> list[str]:
    """Return the names of the shops on a channel."""
    return [row[0] for row in tx.connection.execute(select(shops.c.name).where(shops.c.channel == channel))]


def shop_id(tx: Transaction, channel: str, name: str, *, make: bool) -> int | None:
    """Return the shop's id, entering it where it is new and *make* says so."""
    query = select(shops.c.id).where(shops.c.channel == channel, shops.c.name == name)
    row = tx.connection.execute(query).first()
    if row is not None:
        return int(row[0])
    if not make:
        return None
    made = tx.connection.execute(insert(shops).values(channel=channel, name=name).returning(shops.c.id)).scalar_one()
    return int(made)


_CONTENT_OF = Prepared(select(orders.c.content).where(orders.c.id == bindparam("order_")))


def content_of(tx: Transaction, order: int) -> dict[str, Any]:
    """Return what is stored of a known order for its papers."""
    row = tx.one(_CONTENT_OF, order_=order)
    return json.loads(row[0]) if row else {}


def existing(tx: Transaction, shop: int, numbers: Sequence[str]) -> dict[tuple[str, str], Existing]:
    """Return the known orders with these numbers, by number and ship-to."""
    query = (
        select(
            orders.c.number,
            orders.c.ship_to_key,
            orders.c.id,
            orders.c.state,
            orders.c.digest,
            orders.c.holder,
            orders.c.held,
            orders.c.service_by,
            orders.c.carrier,
            orders.c.service,
        )
        .where(orders.c.shop_id == shop, orders.c.number.in_(numbers))
        .with_for_update()
    )
    return {
        (r[0], r[1]): Existing(r[2], r[3], r[4], r[5], bool(r[6]), (r[8], r[9]) if r[7] == "hand" else None)
        for r in tx.connection.execute(query)
    }


def put_ship_to(tx: Transaction, order: int, key: str) -> None:
    """Keep the shop's key of an order's ship-to, which a file names only now."""
    tx.connection.execute(update(orders).where(orders.c.id == order).values(ship_to_key=key))


def put_emails(tx: Transaction, emails: Mapping[int, str]) -> None:
    """Keep the buyers' mail addresses of known orders, in whatever state they are; nothing else about them changes.

    :param emails: order -> address.
    """
    if not emails:
        return
    query = select(orders.c.id, orders.c.content).where(orders.c.id.in_(emails))
    for order, content in tx.connection.execute(query).all():
        body = json.loads(content)
        if body.get("email") != emails[order]:
            text = json.dumps(body | {"email": emails[order]}, ensure_ascii=False, separators=(",", ":"))
            tx.connection.execute(update(orders).where(orders.c.id == order).values(content=text))


def reserve(tx: Transaction, number: int) -> list[int]:
    """Return ids for *number* new orders, so that their lines can be written in bulk as well."""
    if tx.dialect == "postgresql":
        drawn = select(func.nextval(func.pg_get_serial_sequence("orders", "id"))).select_from(
            func.generate_series(1, number).table_valued("n")
        )
        return [int(row[0]) for row in tx.connection.execute(drawn)]
    top = int(tx.connection.execute(select(func.coalesce(func.max(orders.c.id), 0))).scalar_one())
    return list(range(top + 1, top + 1 + number))


def insert_rows(tx: Transaction, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write many rows; *table* is ``orders``, ``lines`` or ``holds``, each row in the order of its columns."""
    if rows:
        statement, columns = _INSERTS[table]
        tx.many_rows(statement, rows, columns)


def replace_order(tx: Transaction, order: int, values: dict[str, Any]) -> None:
    """Replace the head of an order that was not released, and take its lines and channel holds away.

    A hold set by hand stays; one that was lifted comes back only if the new content asks for it.
    """
    tx.connection.execute(delete(lines).where(lines.c.order_id == order))
    tx.connection.execute(delete(holds).where(holds.c.order_id == order, holds.c.hold != str(Hold.BY_HAND)))
    tx.connection.execute(update(orders).where(orders.c.id == order).values(values))


def count_held(tx: Transaction, order: int) -> bool:
    """Bring an order's hold count in line with its holds; return whether any stands."""
    standing = (
        select(func.count())
        .select_from(holds)
        .where(holds.c.order_id == order, holds.c.lifted_at.is_(None))
        .scalar_subquery()
    )
    tx.connection.execute(update(orders).where(orders.c.id == order).values(held=standing))
    return bool(tx.connection.execute(select(orders.c.held).where(orders.c.id == order)).scalar_one())


def add_import(tx: Transaction, **values: Any) -> None:
    """Keep on record that a file was taken in."""
    tx.connection.execute(insert(imports).values(at=tx.now, **values))
