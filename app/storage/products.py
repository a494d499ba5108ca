"""Products and their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    String,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from app.domain.products import CodeKind, Handling, IncomingProduct, ProductCode, sku_fold
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.prepared import Prepared
from app.storage.tables import listings, moves, product_codes, products

__all__ = [
    "FIELDS",
    "JUDGED",
    "NUMBERS",
    "PACKED",
    "SIDES",
    "SWITCHES",
    "Known",
    "ProductRow",
    "Saved",
    "StoredProduct",
    "by_code",
    "by_skus",
    "create",
    "handling_of",
    "has_moves",
    "known_to",
    "put",
    "save",
    "show",
    "stored",
    "teach",
    "values_of",
    "with_code",
]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product as stored."""

    id: int
    sku: str
    name: str
    name_en: str
    main_code: str
    shelf: str
    picture: str
    weight_g: int | None


_BY_ID = Prepared(
    select(
        products.c.id,
        products.c.sku,
        products.c.name,
        products.c.name_en,
        products.c.main_code,
        products.c.shelf,
        products.c.picture,
        products.c.weight_g,
    ).where(products.c.id == bindparam("product_"))
)
_NEW = Prepared(
    insert(products)
    .values(
        sku=bindparam("sku"),
        fold=bindparam("fold"),
        name=bindparam("name"),
        name_en="",
        main_code="",
        picture="",
        shelf="",
        lot_policy="none",
    )
    .returning(products.c.id)
)
_NEW_CODE = Prepared(
    insert(product_codes).values(
        product_id=bindparam("product_id"),
        code=bindparam("code"),
        fold=bindparam("fold"),
        kind=bindparam("kind"),
        quantity=bindparam("quantity"),
    )
)
_BY_CODE = Prepared(
    select(product_codes.c.product_id)
    .where(product_codes.c.code == bindparam("code_", type_=String))
    .order_by(product_codes.c.id)
    .limit(1)
)
_MAIN = Prepared(
    update(products)
    .where(products.c.id == bindparam("product_"), products.c.main_code == "")
    .values(main_code=bindparam("code_", type_=String))
)


def show(tx: Transaction, product: int) -> ProductRow | None:
    """Return one product."""
    row = tx.one(_BY_ID, product_=product)
    return ProductRow(*row) if row else None


def handling_of(tx: Transaction, product: int) -> Handling:
    """Return how the pieces of a product are counted and what is asked for beside its code."""
    return handling(*tx.connection.execute(select(*HANDLING).where(products.c.id == product)).one())


def by_code(tx: Transaction, code: str) -> ProductRow | None:
    """Return a product that has the stored code (a GTIN as 14 digits)."""
    row = tx.one(_BY_CODE, code_=code)
    return show(tx, row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Known:
    """What codes mean to a shop."""

    found: dict[str, tuple[int, str]]
    """Asked code -> product and the SKU it is known by; a shop's own code stands for itself."""
    several: dict[str, tuple[str, ...]]
    """Asked code -> SKUs that differ from it and from each other by case or width only: none of them is meant."""


def by_skus(tx: Transaction, skus: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return ``asked SKU -> (product id, stored SKU)``: exactly, else in any case where that is unique."""
    return known_to(tx, 0, skus).found


def known_to(tx: Transaction, shop: int, codes: Sequence[str]) -> Known:
    """Look up what a shop's codes mean: its own listings come first, then SKUs exactly, then SKUs in any case.

    :param shop: 0 for no shop: SKUs only.
    """
    known = Known({}, {})
    for start in range(0, len(codes), 400):
        part = codes[start : start + 400]
        folds = {sku_fold(code) for code in part}
        query: Any = select(products.c.id, products.c.sku, products.c.fold, literal_column("0")).where(
            products.c.fold.in_(folds)
        )
        if shop:
            listed: Any = select(listings.c.product_id, listings.c.code, listings.c.fold, literal_column("1"))
            query = query.union_all(listed.where(listings.c.shop_id == shop, listings.c.fold.in_(folds)))
        exact: dict[str, int] = {}
        own: dict[str, int] = {}
        folded: dict[str, list[tuple[int, str]]] = {}
        for product, sku, fold, is_listed in tx.connection.execute(query):
            if is_listed:
                own[fold] = product
                continue
            exact[sku] = product
            folded.setdefault(fold, []).append((product, sku))
        for code in part:
            fold = sku_fold(code)
            alike = folded.get(fold, [])
            if fold in own:
                known.found[code] = (own[fold], code)
            elif code in exact:
                known.found[code] = (exact[code], code)
            elif len(alike) == 1:
                known.found[code] = alike[0]
            elif alike:
                known.several[code] = tuple(sorted(sku for _, sku in alike))
    return known


def create(tx: Transaction, sku: str, name: str) -> int:
    """Make a product known by SKU and name only; its SKU is scannable."""
    row = tx.one(_NEW, sku=sku, fold=sku_fold(sku), name=name or sku)
    assert row is not None
    add_codes(tx, row[0], [ProductCode(sku, 1, CodeKind.SKU)])
    return int(row[0])


def add_codes(tx: Transaction, product: int, codes: Iterable[ProductCode]) -> None:
    """Add codes that the product does not have yet."""
    tx.many(
        _NEW_CODE,
        [
            {
                "product_id": product,
                "code": code.code,
                "fold": sku_fold(code.code),
                "kind": str(code.kind),
                "quantity": code.quantity,
            }
            for code in codes
        ],
    )


def teach(tx: Transaction, gtin14: str, product: int) -> None:
    """Tie an unknown GTIN to a product: one scan is one piece."""
    add_codes(tx, product, [ProductCode(gtin14, 1, CodeKind.GTIN)])
    tx.run(_MAIN, product_=product, code_=gtin14)


def with_code(tx: Transaction, codes: Sequence[str]) -> dict[str, list[str]]:
    """Return the SKUs of the products that have each code, for codes on several products."""
    query = (
        select(product_codes.c.code, products.c.sku)
        .select_from(product_codes.join(products, products.c.id == product_codes.c.product_id))
        .where(product_codes.c.code.in_(codes), product_codes.c.kind != "sku")
        .order_by(products.c.sku)
    )
    found: dict[str, list[str]] = {}
    for code, sku in tx.connection.execute(query):
        found.setdefault(code, []).append(sku)
    return found


_EMPTY: dict[str, Any] = {
    "weight_g": None, "length_mm": None, "width_mm": None, "height_mm": None, "min_days": None, "pressed_mm": None,
    "cushion_mm": None, "lot_policy": "none", "lot_from": "auto", "temperature": "ambient", "orientation": "any",
    "keyed": 0, "no_code": 0, "unit_scan": 0, "fragile": 0, "liquid": 0, "dangerous": 0, "own_carton": 0, "retired": 0,
}  # fmt: skip
"""What stands where nothing is given, where that is no empty text."""
_TEXTS = (
    "name", "name_en", "picture", "shelf", "lot_policy", "temperature", "on_sale_from", "lot_from", "orientation",
    "pack_note", "pack_picture", "price", "tax_rate", "on_sale_to", "category", "note",
)  # fmt: skip
SWITCHES = ("keyed", "no_code", "unit_scan", "fragile", "liquid", "dangerous", "own_carton", "retired")
"""What is yes or no, stored as 1 or 0."""
NUMBERS = ("min_days", "pressed_mm", "cushion_mm")
"""Numbers of which -1 takes away what is stored."""
SIDES = ("length_mm", "width_mm", "height_mm")
"""Length, width and height: all three are stored or none."""
FIELDS = (*_TEXTS, *SWITCHES, *NUMBERS, "weight_g", *SIDES)
"""Columns that a product file or a person writes."""
JUDGED = frozenset({"temperature", "on_sale_from", *SIDES})
"""What the gate judges orders by."""
PACKED = frozenset(
    {"weight_g", "temperature", "orientation", "fragile", "liquid", "dangerous", "own_carton", "pressed_mm",
     "cushion_mm", *SIDES}
)  # fmt: skip
"""What cartons are proposed by."""


@dataclass(frozen=True, slots=True)
class StoredProduct:
    """One product as stored."""

    id: int
    sku: str
    values: Mapping[str, Any]
    """By column, :data:`FIELDS`."""
    codes: tuple[ProductCode, ...]
    """Without the SKU, in the order in which they were given."""
    changed_at: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a product did."""

    product: int
    new: bool
    changed: frozenset[str]
    """Columns that say something else now, ``codes`` among them; all that are given of a new one."""


def stored(
    tx: Transaction, skus: Sequence[str] = (), *, ids: Sequence[int] | None = None, after: int | None = None,
    limit: int = 400,
) -> dict[str, StoredProduct]:  # fmt: skip
    """Return products as stored, by their exact SKUs.

    :param ids: those with these ids instead.
    :param after: instead the next *limit* products with a greater id, for going through all.
    """
    columns: list[Any] = [products.c.id, products.c.sku, products.c.changed_at, *[products.c[name] for name in FIELDS]]
    rows: list[Any] = []
    if after is not None:
        query = select(*columns).where(products.c.id > after).order_by(products.c.id).limit(limit)
        rows = list(tx.connection.execute(query))
    else:
        asked: Sequence[Any] = skus if ids is None else ids
        key: Any = products.c.sku if ids is None else products.c.id
        for start in range(0, len(asked), 400):
            rows += tx.connection.execute(select(*columns).where(key.in_(asked[start : start + 400])))
    codes: dict[int, list[ProductCode]] = {}
    pages: list[Any] = []
    if after is not None:
        pages = [product_codes.c.product_id.between(rows[0][0], rows[-1][0])] if rows else []
    else:
        ids_ = [row[0] for row in rows]
        pages = [product_codes.c.product_id.in_(ids_[at : at + 400]) for at in range(0, len(ids_), 400)]
    for here in pages:
        of_part = (
            select(product_codes.c.product_id, product_codes.c.code, product_codes.c.quantity, product_codes.c.kind)
            .where(here, product_codes.c.kind != "sku")
            .order_by(product_codes.c.id)
        )
        for product, code, quantity, kind in tx.connection.execute(of_part):
            codes.setdefault(product, []).append(ProductCode(code, quantity, CodeKind(kind)))
    return {
        row[1]: StoredProduct(
            row[0], row[1], dict(zip(FIELDS, tuple(row)[3:], strict=True)), tuple(codes.get(row[0], ())), row[2]
        )
        for row in rows
    }


def values_of(given: IncomingProduct) -> dict[str, Any]:
    """Return what *given* says as values of columns; what it leaves as it is is not among them."""
    values = {name: _EMPTY.get(name, "") for name in FIELDS if name in given.cleared}
    if "name" in given.cleared:
        values["name"] = given.sku
    for name in _TEXTS:
        text = getattr(given, name)
        if text is not None:
            values[name] = str(text)
    for name in SWITCHES:
        switch = getattr(given, name)
        if switch is not None:
            values[name] = int(switch)
    for name in NUMBERS:
        number = getattr(given, name)
        if number is not None:
            values[name] = number if number >= 0 else None
    if given.weight_g is not None:
        values["weight_g"] = given.weight_g
    if given.size_mm is not None:
        values |= dict(zip(SIDES, given.size_mm, strict=True))
    return values


def save(tx: Transaction, given: IncomingProduct) -> tuple[int, bool]:
    """Make or change a product; None in *given* leaves what is stored. Return its id and whether it is new."""
    saved = put(tx, given, stored(tx, [given.sku]).get(given.sku))
    return saved.product, saved.new


def put(tx: Transaction, given: IncomingProduct, before: StoredProduct | None) -> Saved:
    """Make or change a product and say what is different; nothing is written where nothing is.

    :param before: as :func:`stored` gave it in this transaction; None where there is none with this very SKU.
    """
    new = before is None
    values = values_of(given)
    if before is None:
        values.setdefault("name", given.sku)
        product, changed = create(tx, given.sku, values["name"]), frozenset(values)
    else:
        product = before.id
        values = {name: value for name, value in values.items() if before.values[name] != value}
        changed = frozenset(values)
    if given.codes is not None:
        codes = [code for code in given.codes if code.code != given.sku]
        if before is None or before.codes != tuple(codes):
            if before is not None and before.codes:
                tx.connection.execute(
                    delete(product_codes).where(product_codes.c.product_id == product, product_codes.c.kind != "sku")
                )
            add_codes(tx, product, codes)
            single = [code.code for code in given.codes if code.quantity == 1] or [code.code for code in given.codes]
            values["main_code"] = single[0] if single else ""
            changed |= {"codes"}
    if values or changed:
        values["changed_at"] = tx.now
        tx.connection.execute(update(products).where(products.c.id == product).values(values))
    return Saved(product, new, changed)


def has_moves(tx: Transaction, product: int) -> bool:
    """Whether stock was ever booked for the product."""
    query = select(moves.c.id).where(moves.c.product_id == product).limit(1)
    return tx.connection.execute(query).first() is not None


def number_of(tx: Transaction) -> int:
    """Return how many products there are."""
    return int(tx.connection.execute(select(func.count()).select_from(products)).scalar_one())
