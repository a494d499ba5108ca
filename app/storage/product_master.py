"""The product master as people edit it: whole products, what still needs one, searching, and taking one away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal_column, or_, select

from app.domain.cartons import Orientation
from app.domain.products import IncomingProduct, LotFrom, LotPolicy, sku_fold
from app.domain.shipping import Temperature
from app.storage.database import Transaction
from app.storage.products import NUMBERS, SIDES, SWITCHES, StoredProduct
from app.storage.tables import (
    balances,
    lines,
    listings,
    metadata,
    option_texts,
    orders,
    product_codes,
    product_parts,
    products,
    shops,
)

__all__ = [
    "WITHOUT",
    "Figures",
    "ProductLine",
    "Use",
    "categories",
    "delete_unused",
    "figures",
    "full_of",
    "ordered_with_end",
    "search",
    "shops_of",
    "use_of",
    "used_in",
]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product in a list."""

    id: int
    sku: str
    name: str
    name_en: str
    main_code: str
    shelf: str
    picture: str
    category: str
    price: str
    weight_g: int | None
    retired: bool
    changed_at: int
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    no_code: bool = False
    """Nothing is printed on it that a scanner reads."""


WITHOUT = ("picture", "weight", "size", "code")
"""What a list may be asked for that lacks it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many products there are, and how many of those that are sold lack something."""

    sold: int = 0
    """Those that are not retired."""
    retired: int = 0
    picture: int = 0
    """Without a picture."""
    weight: int = 0
    size: int = 0
    code: int = 0
    """Without a code that can be scanned, although one is printed on it."""
    changed_at: int = 0
    """Newest change of any, milliseconds since 1970 UTC."""


def full_of(tx: Transaction, rows: Iterable[StoredProduct]) -> dict[int, IncomingProduct]:
    """Return products with every field as a product file would give it, parts, option texts and shops' codes too.

    Four statements for up to 400 products.
    """
    by_id = {row.id: row for row in rows}
    ids = sorted(by_id)
    parts: dict[int, list[tuple[str, int]]] = {}
    texts: dict[int, list[tuple[str, str]]] = {}
    codes: dict[int, dict[str, list[str]]] = {}
    for start in range(0, len(ids), 400):
        page_ = ids[start : start + 400]
        of_sets = (
            select(product_parts.c.set_id, products.c.sku, product_parts.c.quantity)
            .select_from(product_parts.join(products, products.c.id == product_parts.c.part_id))
            .where(product_parts.c.set_id.in_(page_))
        )
        for set_, sku, pieces in tx.connection.execute(of_sets):
            parts.setdefault(set_, []).append((sku, pieces))
        of_texts = select(option_texts.c.product_id, option_texts.c.parent_fold, option_texts.c.text_fold)
        for product, parent, text in tx.connection.execute(of_texts.where(option_texts.c.product_id.in_(page_))):
            texts.setdefault(product, []).append((parent, text))
        of_shops = select(listings.c.product_id, shops.c.name, listings.c.code).select_from(
            listings.join(shops, shops.c.id == listings.c.shop_id)
        )
        for product, shop, code in tx.connection.execute(of_shops.where(listings.c.product_id.in_(page_))):
            codes.setdefault(product, {}).setdefault(shop, []).append(code)
    return {
        product: _full(row, parts.get(product, ()), texts.get(product, ()), codes.get(product, {}))
        for product, row in by_id.items()
    }


def _full(
    row: StoredProduct,
    parts: Sequence[tuple[str, int]],
    texts: Sequence[tuple[str, str]],
    codes: Mapping[str, Sequence[str]],
) -> IncomingProduct:
    values = dict(row.values)
    sides = [values.pop(name) for name in SIDES]
    for name in SWITCHES:
        values[name] = bool(values[name])
    for name in NUMBERS:
        values[name] = -1 if values[name] is None else values[name]
    values["lot_policy"], values["lot_from"] = LotPolicy(values["lot_policy"]), LotFrom(values["lot_from"])
    values["temperature"] = Temperature(values["temperature"])
    values["orientation"] = Orientation(values["orientation"])
    return IncomingProduct(
        sku=row.sku,
        codes=row.codes,
        size_mm=(sides[0], sides[1], sides[2]) if all(sides) else None,
        parts=tuple(parts),
        option_texts=tuple(texts),
        listings=tuple((shop, tuple(own)) for shop, own in codes.items()),
        cleared=frozenset(
            [*(name for name, side in zip(SIDES, sides, strict=True) if side is None)]
            + ([] if values["weight_g"] is not None else ["weight_g"])
        ),
        **values,
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What still needs a product."""

    on_shelf: int = 0
    """Pieces on shelves by the books."""
    open_orders: int = 0
    """Live orders that have a line of it."""
    sets: tuple[str, ...] = ()
    """SKUs of sets that it is part of."""


def use_of(tx: Transaction, product: int) -> Use:
    """Return what still needs a product."""
    live: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
    shelves = select(func.coalesce(func.sum(balances.c.quantity), 0)).where(
        balances.c.product_id == product, _begins(tx, balances.c.place, "shelf:")
    )
    open_ = (
        select(func.count(func.distinct(orders.c.id)))
        .select_from(orders.join(lines, lines.c.order_id == orders.c.id))
        .where(live, lines.c.product_id == product)
    )
    sets = (
        select(products.c.sku)
        .select_from(product_parts.join(products, products.c.id == product_parts.c.set_id))
        .where(product_parts.c.part_id == product)
        .order_by(products.c.sku)
    )
    return Use(
        int(tx.connection.execute(shelves).scalar_one()),
        int(tx.connection.execute(open_).scalar_one()),
        tuple(row[0] for row in tx.connection.execute(sets)),
    )


_OWN = frozenset({"product_codes", "option_texts", "alikes", "confusions", "product_weights"})
"""Tables whose rows go with a product; a row of any other one means that it was used."""


def used_in(tx: Transaction, product: int) -> str:
    """Return the name of a table that has a row of this product; empty where nothing ever used it."""
    for table in metadata.sorted_tables:
        if table.name in _OWN:
            continue
        names = [column.name for column in table.columns if _of_product(column)]
        if table.name == "product_parts":
            names = ["part_id"]  # what a set consists of goes with it
        for name in names:
            query: Any = select(literal_column("1")).select_from(table).where(table.c[name] == product).limit(1)
            if tx.connection.execute(query).first() is not None:
                return table.name
    return ""


def _of_product(column: Any) -> bool:
    return column.name == "product_id" or any(key.column.table.name == "products" for key in column.foreign_keys)


def delete_unused(tx: Transaction, product: int) -> None:
    """Take a product away with what belongs to it alone; :func:`used_in` must have found nothing."""
    for table in metadata.sorted_tables:
        if table.name in _OWN:
            for column in table.columns:
                if _of_product(column):
                    tx.connection.execute(delete(table).where(column == product))
    tx.connection.execute(delete(product_parts).where(product_parts.c.set_id == product))
    tx.connection.execute(delete(products).where(products.c.id == product))


# --- searching ----------------------------------------------------------------------------------------------------


def search(
    tx: Transaction,
    *,
    text: str = "",
    category: str = "",
    retired: bool | None = False,
    only: Collection[int] | None = None,
    without: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[ProductLine]:
    """Return products by SKU.

    :param text: part of a SKU, of a name or of a shop's code, or the beginning or end of a bar code.
    :param retired: None for both.
    :param only: only those with these ids.
    :param without: only those that lack one of :data:`WITHOUT`.
    """
    columns: list[Any] = [
        products.c.id, products.c.sku, products.c.name, products.c.name_en, products.c.main_code, products.c.shelf,
        products.c.picture, products.c.category, products.c.price, products.c.weight_g, products.c.retired,
        products.c.changed_at, products.c.length_mm, products.c.width_mm, products.c.height_mm, products.c.no_code,
    ]  # fmt: skip
    query: Any = select(*columns).order_by(products.c.sku).limit(limit).offset(offset)
    if category:
        query = query.where(products.c.category == category)
    if retired is not None:
        query = query.where(products.c.retired == int(retired))
    if only is not None:
        query = query.where(products.c.id.in_(sorted(only)))
    if without:
        query = query.where(_lacking()[without])
    if text.strip():
        query = query.where(_with_text(tx, text.strip()))
    found = []
    for row in tx.connection.execute(query):
        values: list[Any] = list(row)
        values[10], values[-1] = bool(values[10]), bool(values[-1])
        found.append(ProductLine(*values))
    return found


def _lacking() -> dict[str, ColumnElement[bool]]:
    """Return the condition that a product lacks something, by what it is."""
    scanned = exists().where(product_codes.c.product_id == products.c.id, product_codes.c.kind != "sku")
    sets = exists().where(product_parts.c.set_id == products.c.id)
    return {
        "picture": products.c.picture == "",
        "weight": and_(products.c.weight_g.is_(None), ~sets),
        "size": and_(products.c.length_mm.is_(None), ~sets),
        "code": and_(products.c.main_code == "", products.c.no_code == 0, ~scanned, ~sets),
    }


def figures(tx: Transaction) -> Figures:
    """Return how many products there are and lack something: one pass over all of them, for lists only."""
    sold = products.c.retired == 0
    lacking = _lacking()
    query = select(
        func.count().filter(sold),
        func.count().filter(products.c.retired != 0),
        *(func.count().filter(and_(sold, lacking[name])) for name in WITHOUT),
        func.coalesce(func.max(products.c.changed_at), 0),
    ).select_from(products)
    return Figures(*map(int, tx.connection.execute(query).one()))


def shops_of(tx: Transaction, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the shops in which products are listed, by product; those that are switched off are not."""
    query = (
        select(listings.c.product_id, shops.c.name)
        .select_from(listings.join(shops, shops.c.id == listings.c.shop_id))
        .where(listings.c.product_id.in_(sorted(ids)), listings.c.active != 0)
        .distinct()
        .order_by(shops.c.name)
    )
    found: dict[int, list[str]] = {}
    for product, shop in tx.connection.execute(query):
        found.setdefault(product, []).append(shop)
    return {product: tuple(names) for product, names in found.items()}


def _with_text(tx: Transaction, text: str) -> ColumnElement[bool]:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    folded = sku_fold(escaped)
    found = [
        products.c.fold.like(f"%{folded}%", escape="\\"),
        products.c.name.like(f"%{escaped}%", escape="\\"),
        products.c.name_en.like(f"%{escaped}%", escape="\\"),
    ]
    # Codes and shops' codes are looked up by their index, from their beginning; whole ones with and without zeros.
    fold = sku_fold(text)
    wanted = {fold, fold.zfill(14)} if fold.isascii() and fold.isdigit() else {fold}
    ids: set[int] = set()
    for table in (product_codes, listings):
        begins = [_begins(tx, table.c.fold, each) for each in (fold, f"0{fold}")]
        query: Any = (
            select(table.c.product_id).where(or_(table.c.fold.in_(sorted(wanted)), *begins)).limit(_MOST_BY_CODE)
        )
        ids.update(row[0] for row in tx.connection.execute(query))
    return or_(*found, products.c.id.in_(sorted(ids))) if ids else or_(*found)


_MOST_BY_CODE = 500
"""Products that a beginning of codes is looked up for: more of them are no help to anybody."""


def _begins(tx: Transaction, column: Any, text: str) -> ColumnElement[bool]:
    """Return the condition that a column begins with a text; on SQLite a range of its index."""
    if tx.dialect == "sqlite":
        return and_(column >= text, column < _after(text))
    return cast("ColumnElement[bool]", column.startswith(text, autoescape=True))


def _after(text: str) -> str:
    """Return the first text behind all that begin with *text*."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def categories(tx: Transaction) -> list[str]:
    """Return every category that a product has."""
    query = select(products.c.category).where(products.c.category != "").distinct().order_by(products.c.category)
    return [row[0] for row in tx.connection.execute(query)]


def ordered_with_end(tx: Transaction, product: int = 0) -> dict[int, int]:
    """Return when the newest live order came in, milliseconds since 1970 UTC, of products with a last day of sale.

    :param product: only this one; 0 for all.
    """
    live: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")
    query = (
        select(products.c.id, func.max(orders.c.ordered_at))
        .select_from(
            products.join(lines, lines.c.product_id == products.c.id).join(orders, orders.c.id == lines.c.order_id)
        )
        .where(live, products.c.on_sale_to != "")
        .group_by(products.c.id)
    )
    if product:
        query = query.where(products.c.id == product)
    return {row[0]: int(row[1]) for row in tx.connection.execute(query)}
