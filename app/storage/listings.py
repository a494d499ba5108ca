"""Listings: what each shop calls a product, and which open orders name such a code."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal_column, or_, select, update

from app.domain.listings import Listing, ListingDraft
from app.domain.products import sku_fold
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import lines, listings, orders, products, shops

__all__ = [
    "change",
    "drop",
    "make",
    "named",
    "of_product",
    "of_products",
    "of_shop",
    "one",
    "open_orders",
    "set_errors",
    "set_sent",
    "shops_named",
]

_PAGE = 400
_SENT = Prepared(
    update(listings)
    .where(listings.c.id == bindparam("listing_"))
    .values(sent=bindparam("sent"), sent_at=bindparam("sent_at"), error=bindparam("error"))
)
_ERROR = Prepared(
    update(listings)
    .where(listings.c.id == bindparam("listing_"))
    .values(sent=bindparam("sent"), error=bindparam("error"))
)


def _query() -> Any:
    return select(
        listings.c.id,
        listings.c.shop_id,
        shops.c.channel,
        shops.c.name,
        listings.c.product_id,
        products.c.sku,
        listings.c.code,
        listings.c.title,
        listings.c.price,
        listings.c.kept_back,
        listings.c.active,
        listings.c.extra,
        listings.c.sent,
        listings.c.sent_at,
        listings.c.error,
    ).select_from(
        listings.join(products, products.c.id == listings.c.product_id).join(shops, shops.c.id == listings.c.shop_id)
    )


def _made(row: Sequence[Any]) -> Listing:
    code, title, price, kept_back, active, extra, sent, sent_at, error = row[6:15]
    draft = ListingDraft(code, title, price, kept_back, bool(active), json.loads(extra))
    return Listing(row[0], row[1], row[2], row[3], row[4], row[5], draft, json.loads(sent), sent_at, error)


def one(tx: Transaction, listing: int) -> Listing | None:
    """Return one listing."""
    row = tx.connection.execute(_query().where(listings.c.id == listing)).first()
    return _made(row) if row is not None else None


def of_product(tx: Transaction, product: int) -> list[Listing]:
    """Return the listings of a product, by shop and code."""
    return of_products(tx, [product]).get(product, [])


def of_products(tx: Transaction, ids: Collection[int]) -> dict[int, list[Listing]]:
    """Return the listings of each product that has any, by shop and code."""
    found: dict[int, list[Listing]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _PAGE):
        query = _query().where(listings.c.product_id.in_(wanted[start : start + _PAGE]))
        for row in tx.connection.execute(query.order_by(shops.c.name, shops.c.id, listings.c.code)):
            found.setdefault(row[4], []).append(_made(row))
    return found


def of_shop(
    tx: Transaction, shop: int = 0, *, text: str = "", errors: bool = False, after: int = 0, limit: int | None = None
) -> list[Listing]:
    """Return listings by their ids.

    :param shop: 0 for those of every shop.
    :param text: part of the shop's code, of the title or of the product's SKU.
    :param errors: only those that the shop's file of errors named.
    :param after: only those with a greater id, for going through all.
    """
    query = _query().where(listings.c.id > after).order_by(listings.c.id)
    if shop:
        query = query.where(listings.c.shop_id == shop)
    if errors:
        query = query.where(listings.c.error != "")
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        folded = f"%{sku_fold(escaped)}%"
        query = query.where(
            or_(
                listings.c.fold.like(folded, escape="\\"),
                products.c.fold.like(folded, escape="\\"),
                listings.c.title.like(f"%{escaped}%", escape="\\"),
            )
        )
    return [_made(row) for row in tx.connection.execute(query.limit(limit) if limit is not None else query)]


def named(tx: Transaction, shop: int, codes: Iterable[str]) -> dict[str, Listing]:
    """Return the listings of a shop by its codes, folded, whatever their case."""
    folds = sorted({sku_fold(code) for code in codes})
    found: dict[str, Listing] = {}
    for start in range(0, len(folds), _PAGE):
        query = _query().where(listings.c.shop_id == shop, listings.c.fold.in_(folds[start : start + _PAGE]))
        found |= {sku_fold(row[6]): _made(row) for row in tx.connection.execute(query)}
    return found


def shops_named(tx: Transaction, name: str) -> list[int]:
    """Return the ids of the shops with a name."""
    query = select(shops.c.id).where(func.lower(shops.c.name) == name.lower()).order_by(shops.c.id)
    return [int(row[0]) for row in tx.connection.execute(query)]


def _values(product: int, draft: ListingDraft) -> dict[str, Any]:
    return {
        "product_id": product,
        "code": draft.code,
        "fold": sku_fold(draft.code),
        "title": draft.title,
        "price": draft.price,
        "kept_back": draft.kept_back,
        "active": int(draft.active),
        "extra": json.dumps(dict(draft.extra), ensure_ascii=False, sort_keys=True),
    }


def make(tx: Transaction, shop: int, product: int, draft: ListingDraft) -> int:
    """Enter a listing; return its id."""
    query = insert(listings).values(shop_id=shop, **_values(product, draft)).returning(listings.c.id)
    return int(tx.connection.execute(query).scalar_one())


def change(tx: Transaction, listing: int, product: int, draft: ListingDraft) -> None:
    """Write what a listing says now."""
    tx.connection.execute(update(listings).where(listings.c.id == listing).values(_values(product, draft)))


def drop(tx: Transaction, listing: int) -> None:
    """Take a listing away."""
    tx.connection.execute(delete(listings).where(listings.c.id == listing))


def set_sent(tx: Transaction, sent: Mapping[int, Mapping[str, str]]) -> None:
    """Keep what files said of listings: id -> kind -> digest; an error that was said before is answered by that."""
    rows = [
        {"listing_": one_, "sent": json.dumps(dict(said), sort_keys=True), "sent_at": tx.now, "error": ""}
        for one_, said in sent.items()
    ]
    tx.many(_SENT, rows)


def set_errors(tx: Transaction, errors: Mapping[int, tuple[Mapping[str, str], str]]) -> None:
    """Keep what a shop refused: id -> what counts as sent now, and the shop's words."""
    rows = [
        {"listing_": one_, "sent": json.dumps(dict(said), sort_keys=True), "error": error}
        for one_, (said, error) in errors.items()
    ]
    tx.many(_ERROR, rows)


def open_orders(tx: Transaction, shop: int, folds: Collection[str]) -> list[int]:
    """Return the live orders of a shop with a line of one of these codes; a set that was taken apart may be one.

    Of a released order only lines are read again whose product is unknown, see :func:`app.domain.sets.read_again`.

    :param folds: codes as :func:`~app.domain.products.sku_fold` gives them.
    """
    live: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
    query = (
        select(orders.c.id, lines.c.sku, lines.c.sold)
        .select_from(orders.join(lines, lines.c.order_id == orders.c.id))
        .where(orders.c.shop_id == shop, live)
        .order_by(orders.c.id)
    )
    wanted = set(folds)
    found = (order for order, sku, sold in tx.connection.execute(query) if sold is not None or sku_fold(sku) in wanted)
    return list(dict.fromkeys(found))
