"""Goods, looked up for a scan at the bench: the products that have a code, the lots on a shelf, where a serial went."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import String, and_, bindparam, func, literal_column, or_, select

from app.domain.barcode import Gs1, Gtin, Plain, Reading
from app.domain.bench import KnownLot
from app.domain.instore import Measured, instore, measure
from app.domain.orders import ShipNumber
from app.domain.products import CodeKind, Handling, KnownCode, LotFrom, LotPolicy, sku_fold
from app.domain.stock import picked_place, shelf_place
from app.settings import SETTINGS, instore_layouts
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.settings import read
from app.storage.tables import balances, lots, orders, product_codes, products, steps

__all__ = ["HANDLING", "find_product", "find_products", "handling", "lots_on", "serial_in"]

HANDLING = (
    products.c.lot_policy,
    products.c.lot_from,
    products.c.min_days,
    products.c.keyed,
    products.c.no_code,
    products.c.unit_scan,
    products.c.alike,
)
"""Columns of a product that :func:`handling` makes a value of, in its order."""
_CODES = Prepared(
    select(
        products.c.id,
        products.c.sku,
        products.c.name,
        product_codes.c.quantity,
        product_codes.c.code,
        product_codes.c.kind,
        products.c.shelf,
        *HANDLING,
    )
    .select_from(product_codes.join(products, products.c.id == product_codes.c.product_id))
    .where(
        or_(
            product_codes.c.code == bindparam("first", type_=String),
            product_codes.c.code == bindparam("second", type_=String),
            product_codes.c.code == bindparam("text_", type_=String),
            product_codes.c.code == bindparam("base_", type_=String),
            product_codes.c.fold == bindparam("fold_", type_=String),
        )
    )
)
_ONE = Prepared(
    select(
        products.c.id,
        products.c.sku,
        products.c.name,
        literal_column("1"),
        products.c.main_code,
        literal_column("'sku'"),
        products.c.shelf,
        *HANDLING,
    ).where(products.c.id == bindparam("product_"))
)
_LOTS = Prepared(
    select(
        balances.c.lot,
        func.coalesce(lots.c.expiry, literal_column("''")),
        balances.c.quantity,
        func.coalesce(lots.c.recalled, literal_column("0")),
        func.coalesce(lots.c.reason, literal_column("''")),
    )
    .select_from(
        balances.outerjoin(lots, and_(lots.c.product_id == balances.c.product_id, lots.c.lot == balances.c.lot))
    )
    .where(
        balances.c.product_id == bindparam("product_"),
        balances.c.place == bindparam("place_", type_=String),
        balances.c.quantity > 0,
    )
    .union_all(
        select(lots.c.lot, lots.c.expiry, literal_column("0"), lots.c.recalled, lots.c.reason).where(
            lots.c.product_id == bindparam("product_"), lots.c.lot == bindparam("lot_", type_=String)
        )
    )
)
_SERIAL = Prepared(
    select(orders.c.batch, orders.c.sequence)
    .select_from(steps.outerjoin(orders, orders.c.id == steps.c.order_id))
    .where(
        steps.c.product_id == bindparam("product_"),
        steps.c.serial == bindparam("serial_", type_=String),
        literal_column("steps.serial <> '' AND steps.undone = ''"),  # so that the partial index is used
    )
    .order_by(steps.c.id.desc())
    .limit(1)
)


@lru_cache(maxsize=256)
def handling(
    policy: str, lot_from: str, min_days: int | None, keyed: int, no_code: int, unit_scan: int, alike: int
) -> Handling:
    """Return how goods are handled; most products of a shop are handled alike, so the values are shared."""
    return Handling(
        LotPolicy(policy), LotFrom(lot_from), min_days, bool(keyed), bool(no_code), bool(unit_scan), bool(alike)
    )


def find_products(tx: Transaction, reading: Reading, with_sku: bool) -> tuple[KnownCode, ...]:
    """Return the products that have the scanned code; several mean that it is ambiguous.

    GTINs come before other printed codes, those before SKUs; a SKU in another case counts only if it is unique. An
    in-store number with a price or weight is looked up whole first, then as the number that stands for its goods. The
    pieces are those of the stored code, unless the scanned one counts its own (30, 37).
    """
    gtins = [kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1)) and kind.gtin14]
    plain = any(isinstance(kind, Plain) for kind in reading.kinds)
    if not gtins and not plain:
        return ()
    text = reading.text
    first = gtins[0] if gtins else text
    second = gtins[1] if len(gtins) > 1 else first
    inside = _measured(tx, gtins)
    base = inside.base if inside else first
    rows = tx.rows(_CODES, first=first, second=second, text_=text, base_=base, fold_=sku_fold(text))
    groups: dict[int, dict[int, KnownCode]] = {}
    for row in rows:
        kind = CodeKind(row[5])
        exact = row[4] in gtins or row[4] == text or row[4] == base
        if (kind is CodeKind.SKU and not with_sku) or (not exact and kind is not CodeKind.SKU):
            continue
        if row[4] in gtins:
            rank, pieces = 0, _pieces(reading, row[4], row[3])
        elif inside and row[4] == base:
            rank, pieces = 3, inside.count or row[3]
        else:
            rank, pieces = (1 if kind is CodeKind.TEXT else 2 if exact else 4), row[3]
        known = KnownCode(row[0], row[1], row[2], pieces, row[4], kind, row[6], handling(*row[7:14]), exact)
        groups.setdefault(rank, {})[row[0]] = known
    return tuple(groups[min(groups)].values()) if groups else ()


def _measured(tx: Transaction, gtins: Sequence[str]) -> Measured | None:
    """Return an in-store number with price or weight taken apart, if one is among *gtins*."""
    numbers = [gtin14 for gtin14 in gtins if instore(gtin14)]
    if not numbers:
        return None
    written = read(tx).get("scan.instore", SETTINGS["scan.instore"].default)
    found = measure(numbers[0], instore_layouts(written) or {})
    return found if found and found.sound else None


def _pieces(reading: Reading, gtin14: str, quantity: int) -> int:
    """Return the pieces of a scan of *gtin14*, which the product knows as *quantity*."""
    messages = (kind for kind in reading.kinds if isinstance(kind, Gs1) and kind.gtin14 == gtin14)
    return next((kind.pieces(quantity) for kind in messages), quantity)


def find_product(tx: Transaction, product: int) -> KnownCode | None:
    """Return one product as if its own SKU had been scanned."""
    row = tx.one(_ONE, product_=product)
    return KnownCode(row[0], row[1], row[2], 1, row[4], CodeKind.SKU, row[6], handling(*row[7:14])) if row else None


def lots_on(
    tx: Transaction, product: int, shelf: str, lot: str = "", *, picked_for: int | None = None
) -> tuple[KnownLot, ...]:
    """Return the lots that lie on the product's shelf by the books, and what is known of *lot* wherever it lies.

    :param picked_for: order whose picked goods are looked at instead of the shelf.
    """
    place = shelf_place(shelf) if picked_for is None else picked_place(picked_for)
    rows = tx.rows(_LOTS, product_=product, place_=place, lot_=lot)
    found = {row[0]: KnownLot(row[0], row[1], row[2], bool(row[3]), row[4]) for row in reversed(rows)}
    return tuple(found.values())


def serial_in(tx: Transaction, product: int, serial: str) -> str:
    """Return the ship number of the last order into which this serial went, ever; empty for none, ``?`` without one."""
    row = tx.one(_SERIAL, product_=product, serial_=serial)
    return "" if row is None else str(ShipNumber(row[0], row[1])) if row[0] else "?"
