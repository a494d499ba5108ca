"""Doubtful data of the product master 商品の確認: looked for in all products, some at a time, so that scans pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.cartons import Orientation
from app.domain.product_doubts import KINDS, Doubt, DoubtedListing, DoubtedProduct, Finder
from app.services.desk import Desk
from app.services.settings import all_settings
from app.storage import listings as listings_storage
from app.storage import product_master as storage
from app.storage import products as products_storage
from app.storage import sets as sets_storage
from app.storage.database import Transaction
from app.storage.products import StoredProduct

__all__ = ["KINDS", "Doubt", "doubts", "find"]

_CHUNK = 1_000
"""Products looked at between two looks for scans."""


def find(desk: Desk, *, kinds: Collection[str] = (), pictures: bool = True) -> list[Doubt]:
    """Return everything that is doubtful, by kind and SKU; runs on a worker thread.

    :param kinds: only these of :data:`KINDS`; empty for all.
    :param pictures: whether to look at the disk for the pictures' files.
    """
    finder = Finder(desk.read(sets_storage.all_parts).result(), _is_file if pictures else None)
    ordered = desk.read(_last_ordered).result()
    found: list[Doubt] = []
    after = 0
    while part := desk.read(products_storage.stored, after=after, limit=_CHUNK).result():
        rows = list(part.values())
        found += finder.look(_looked_at(rows, ordered))
        after = rows[-1].id
        desk.give_way()
    after = 0
    while listed := desk.read(listings_storage.of_shop, after=after, limit=_CHUNK).result():
        found += finder.listings(
            DoubtedListing(each.product, each.shop_name, each.code, each.draft.price, each.draft.active)
            for each in listed
        )
        after = listed[-1].id
        desk.give_way()
    found += finder.together()
    return _sorted(found, kinds)


def doubts(tx: Transaction, product: int) -> list[Doubt]:
    """Return what is doubtful about one product and its listings, beside those products that share a code with it.

    Names are compared with all others by :func:`find` only.
    """
    rows = products_storage.stored(tx, ids=[product])
    if not rows:
        return []
    (row,) = rows.values()
    codes = [code.code for code in row.codes]
    others = sorted({sku for skus in products_storage.with_code(tx, codes).values() for sku in skus} - {row.sku})
    parts = {set_: inner for set_, inner in sets_storage.all_parts(tx).items() if set_ == product}
    beside = products_storage.stored(tx, others)
    beside |= products_storage.stored(tx, ids=[part for inner in parts.values() for part in inner])
    finder = Finder(parts, None)
    finder.look(_looked_at([each for each in beside.values() if each.id != product], {}))
    found = finder.look(_looked_at([row], _last_ordered(tx, product)))
    found += finder.listings(
        DoubtedListing(each.product, each.shop_name, each.code, each.draft.price, each.draft.active)
        for each in listings_storage.of_product(tx, product)
    )
    found += [each for each in finder.together() if each.kind != "same_name"]
    return _sorted([each for each in found if each.product == product], ())


def _sorted(found: Iterable[Doubt], kinds: Collection[str]) -> list[Doubt]:
    order = {kind: at for at, kind in enumerate(KINDS)}
    return sorted(
        (each for each in found if not kinds or each.kind in kinds), key=lambda each: (order[each.kind], each.sku)
    )


def _is_file(path: str) -> bool:
    return Path(path).is_file()


def _last_ordered(tx: Transaction, product: int = 0) -> dict[int, str]:
    """Return the day of the newest live order of each product that has a last day of sale."""
    zone = ZoneInfo(all_settings(tx)["shop.timezone"])
    return {
        one: datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date().isoformat()
        for one, at in storage.ordered_with_end(tx, product).items()
    }


def _looked_at(rows: Iterable[StoredProduct], ordered: dict[int, str]) -> list[DoubtedProduct]:
    made = []
    for row in rows:
        values: Any = row.values
        sides = values["length_mm"], values["width_mm"], values["height_mm"]
        made.append(
            DoubtedProduct(
                id=row.id,
                sku=row.sku,
                name=values["name"],
                codes=row.codes,
                size_mm=sides if all(sides) else None,
                weight_g=values["weight_g"],
                orientation=Orientation(values["orientation"]),
                fragile=bool(values["fragile"]),
                liquid=bool(values["liquid"]),
                pressed_mm=values["pressed_mm"],
                no_code=bool(values["no_code"]),
                retired=bool(values["retired"]),
                on_sale_from=values["on_sale_from"],
                on_sale_to=values["on_sale_to"],
                price=values["price"],
                pictures=tuple(path for path in (values["picture"], values["pack_picture"]) if path),
                last_ordered=ordered.get(row.id, ""),
            )
        )
    return made
