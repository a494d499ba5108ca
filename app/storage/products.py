"""Products and their codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, delete, func, insert, literal_column, or_, select, update

from app.domain.products import CodeKind, Handling, IncomingProduct, ProductCode, sku_fold
from app.storage.database import Transaction
from app.storage.goods import HANDLING, handling
from app.storage.prepared import Prepared
from app.storage.tables import listings, moves, product_codes, products

__all__ = [
    "Known",
    "ProductRow",
    "by_code",
    "by_skus",
    "create",
    "handling_of",
    "has_moves",
    "judged_otherwise",
    "known_to",
    "packed_otherwise",
    "page",
    "save",
    "show",
    "teach",
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
            listed = select(listings.c.product_id, listings.c.code, listings.c.fold, literal_column("1"))
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


def save(tx: Transaction, given: IncomingProduct) -> tuple[int, bool]:
    """Make or change a product; None in *given* leaves what is stored. Return its id and whether it is new."""
    known = by_skus(tx, [given.sku]).get(given.sku)
    new = known is None or known[1] != given.sku
    product = create(tx, given.sku, given.name or given.sku) if known is None or new else known[0]
    values: dict[str, Any] = {
        name: value
        for name, value in (
            ("name", given.name),
            ("name_en", given.name_en),
            ("weight_g", given.weight_g),
            ("picture", given.picture),
            ("shelf", given.shelf),
            ("lot_policy", str(given.lot_policy) if given.lot_policy is not None else None),
            ("temperature", str(given.temperature) if given.temperature is not None else None),
            ("on_sale_from", given.on_sale_from),
            ("lot_from", str(given.lot_from) if given.lot_from is not None else None),
            ("keyed", int(given.keyed) if given.keyed is not None else None),
            ("no_code", int(given.no_code) if given.no_code is not None else None),
            ("unit_scan", int(given.unit_scan) if given.unit_scan is not None else None),
            ("fragile", int(given.fragile) if given.fragile is not None else None),
            ("orientation", str(given.orientation) if given.orientation is not None else None),
            ("liquid", int(given.liquid) if given.liquid is not None else None),
            ("dangerous", int(given.dangerous) if given.dangerous is not None else None),
            ("own_carton", int(given.own_carton) if given.own_carton is not None else None),
            ("pack_note", given.pack_note),
            ("pack_picture", given.pack_picture),
        )
        if value is not None
    }
    for name in ("min_days", "pressed_mm", "cushion_mm"):
        number = getattr(given, name)
        if number is not None:
            values[name] = number if number >= 0 else None
    if given.size_mm is not None:
        values |= dict(zip(("length_mm", "width_mm", "height_mm"), given.size_mm, strict=True))
    if given.codes is not None:
        tx.connection.execute(
            delete(product_codes).where(product_codes.c.product_id == product, product_codes.c.kind != "sku")
        )
        taken = {given.sku}
        add_codes(tx, product, [code for code in given.codes if code.code not in taken])
        single = [code.code for code in given.codes if code.quantity == 1] or [code.code for code in given.codes]
        values["main_code"] = single[0] if single else ""
    if values:
        tx.connection.execute(update(products).where(products.c.id == product).values(values))
    return product, new


def judged_otherwise(tx: Transaction, given: IncomingProduct) -> bool:
    """Whether saving *given* will change what the gate judges orders by: temperature, day of sale, size."""
    wanted: dict[str, Any] = {
        "temperature": str(given.temperature) if given.temperature is not None else None,
        "on_sale_from": given.on_sale_from,
    }
    if given.size_mm is not None:
        wanted |= dict(zip(("length_mm", "width_mm", "height_mm"), given.size_mm, strict=True))
    others = [products.c[name].is_distinct_from(value) for name, value in wanted.items() if value is not None]
    if not others:
        return False
    query = select(products.c.id).where(products.c.sku == given.sku, or_(*others))
    return tx.connection.execute(query).first() is not None


def packed_otherwise(tx: Transaction, given: IncomingProduct) -> bool:
    """Whether saving *given* will change what cartons are proposed by: sizes, weight, care."""
    wanted: dict[str, Any] = {
        "weight_g": given.weight_g,
        "temperature": str(given.temperature) if given.temperature is not None else None,
        "orientation": str(given.orientation) if given.orientation is not None else None,
    }
    for name in ("fragile", "liquid", "dangerous", "own_carton"):
        switch = getattr(given, name)
        wanted[name] = int(switch) if switch is not None else None
    if given.size_mm is not None:
        wanted |= dict(zip(("length_mm", "width_mm", "height_mm"), given.size_mm, strict=True))
    others = [products.c[name].is_distinct_from(value) for name, value in wanted.items() if value is not None]
    for name in ("pressed_mm", "cushion_mm"):
        thick = getattr(given, name)
        if thick is not None:
            others.append(products.c[name].is_distinct_from(thick if thick >= 0 else None))
    if not others:
        return False
    query = select(products.c.id).where(products.c.sku == given.sku, or_(*others))
    return tx.connection.execute(query).first() is not None


def has_moves(tx: Transaction, product: int) -> bool:
    """Whether stock was ever booked for the product."""
    query = select(moves.c.id).where(moves.c.product_id == product).limit(1)
    return tx.connection.execute(query).first() is not None


def number_of(tx: Transaction) -> int:
    """Return how many products there are."""
    return int(tx.connection.execute(select(func.count()).select_from(products)).scalar_one())


def page(tx: Transaction, *, text: str = "", limit: int | None = None) -> list[ProductRow]:
    """Return products by SKU.

    :param text: part of a SKU, a name or a code.
    """
    query = select(
        products.c.id,
        products.c.sku,
        products.c.name,
        products.c.name_en,
        products.c.main_code,
        products.c.shelf,
        products.c.picture,
        products.c.weight_g,
    )
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = f"%{escaped}%"
        with_it = select(product_codes.c.product_id).where(product_codes.c.code.like(like, escape="\\"))
        query = query.where(
            or_(
                products.c.fold.like(f"%{sku_fold(escaped)}%", escape="\\"),
                products.c.name.like(like, escape="\\"),
                products.c.name_en.like(like, escape="\\"),
                products.c.id.in_(with_it),
            )
        )
    query = query.order_by(products.c.sku)
    if limit is not None:
        query = query.limit(limit)
    return [ProductRow(*row) for row in tx.connection.execute(query)]
