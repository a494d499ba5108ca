"""Pictures of products that a camera took: set where there was none, and listed until a leader has looked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, literal_column, select, update

from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import products

__all__ = ["Pictured", "change", "of_sku", "put", "within"]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A product and its picture."""

    id: int
    sku: str
    name: str
    picture: str
    """Path; empty for none."""


_PUT = Prepared(
    update(products)
    .where(products.c.id == bindparam("id_"), products.c.picture == literal_column("''"))
    .values(picture=bindparam("picture_"))
)
_CHANGE = Prepared(
    update(products)
    .where(products.c.id == bindparam("id_"), products.c.picture == bindparam("old_"))
    .values(picture=bindparam("picture_"))
)
_ROWS = select(products.c.id, products.c.sku, products.c.name, products.c.picture)


def of_sku(tx: Transaction, sku: str) -> Pictured | None:
    """Return a product with its picture; None where there is no such product."""
    row = tx.connection.execute(_ROWS.where(products.c.sku == sku)).first()
    return Pictured(*row) if row else None


def put(tx: Transaction, product: int, picture: str) -> bool:
    """Give a product its first picture; False where it has one already."""
    return tx.run(_PUT, id_=product, picture_=picture) > 0


def change(tx: Transaction, product: int, old: str, new: str) -> bool:
    """Give a product another picture; False where it has not the old one any more."""
    return tx.run(_CHANGE, id_=product, old_=old, picture_=new) > 0


def within(tx: Transaction, folder: str) -> list[Pictured]:
    """Return the products whose picture lies in a folder, by SKU."""
    query = _ROWS.where(products.c.picture.startswith(folder, autoescape=True)).order_by(products.c.sku)
    return [Pictured(*row) for row in tx.connection.execute(query)]
