"""Files for shops as rows: made, then written; which errors a shop named in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from app.storage.database import Transaction
from app.storage.tables import shop_files, shops

__all__ = ["ShopFileRow", "add", "add_errors", "last_of", "one", "page", "say_written"]


@dataclass(frozen=True, slots=True)
class ShopFileRow:
    """One file for a shop."""

    id: int
    at: int
    """Milliseconds since 1970 UTC."""
    shop: int
    shop_name: str
    channel: str
    kind: str
    """``products`` or ``stock``."""
    mapping: str
    file: str
    """Its name, without folder."""
    sha256: str
    rows: int
    """Rows without the header."""
    errors: int
    """Rows that the shop refused."""
    state: str
    """``made`` until its file is on the disk, then ``written``."""


_COLUMNS: tuple[Any, ...] = (
    shop_files.c.id,
    shop_files.c.at,
    shop_files.c.shop_id,
    shops.c.name,
    shops.c.channel,
    shop_files.c.kind,
    shop_files.c.mapping,
    shop_files.c.file,
    shop_files.c.sha256,
    shop_files.c.rows,
    shop_files.c.errors,
    shop_files.c.state,
)


def page(tx: Transaction, *, shop: int = 0, state: str = "", limit: int | None = None) -> list[ShopFileRow]:
    """Return files for shops, the newest first.

    :param shop: 0 for those of every shop.
    """
    query = select(*_COLUMNS).select_from(shop_files.join(shops, shops.c.id == shop_files.c.shop_id))
    if shop:
        query = query.where(shop_files.c.shop_id == shop)
    if state:
        query = query.where(shop_files.c.state == state)
    query = query.order_by(shop_files.c.id.desc())
    return [ShopFileRow(*row) for row in tx.connection.execute(query.limit(limit) if limit is not None else query)]


def one(tx: Transaction, file: int) -> tuple[ShopFileRow, bytes | None] | None:
    """Return a file and its bytes, which go once they are on the disk."""
    query = (
        select(*_COLUMNS, shop_files.c.data)
        .select_from(shop_files.join(shops, shops.c.id == shop_files.c.shop_id))
        .where(shop_files.c.id == file)
    )
    row = tx.connection.execute(query).first()
    if row is None:
        return None
    values: list[Any] = list(row)
    return ShopFileRow(*values[:-1]), values[-1]


def add(
    tx: Transaction, *, act: str, shop: int, kind: str, mapping: str, file: str, data: bytes, sha256: str, rows: int
) -> int:
    """Keep a file that was made; ``{id}`` in its name becomes its number, which is returned."""
    query = insert(shop_files).values(
        act=act, at=tx.now, shop_id=shop, kind=kind, mapping=mapping, file=file, sha256=sha256, rows=rows, data=data
    )
    identity = int(tx.connection.execute(query.returning(shop_files.c.id)).scalar_one())
    named = update(shop_files).where(shop_files.c.id == identity).values(file=file.replace("{id}", str(identity)))
    tx.connection.execute(named)
    return identity


def say_written(tx: Transaction, file: int) -> bool:
    """Say that a file is on the disk and let its bytes go; False where that was said before."""
    query = update(shop_files).where(shop_files.c.id == file, shop_files.c.state == "made")
    return bool(tx.connection.execute(query.values(state="written", data=None)).rowcount)


def last_of(tx: Transaction, shop: int, mapping: str) -> int | None:
    """Return the newest file that a mapping made for a shop."""
    query = select(func.max(shop_files.c.id)).where(shop_files.c.shop_id == shop, shop_files.c.mapping == mapping)
    found = tx.connection.execute(query).scalar()
    return int(found) if found is not None else None


def add_errors(tx: Transaction, file: int, number: int) -> None:
    """Count rows that the shop refused."""
    query = update(shop_files).where(shop_files.c.id == file).values(errors=shop_files.c.errors + number)
    tx.connection.execute(query)
