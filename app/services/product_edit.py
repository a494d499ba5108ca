"""Editing the product master 商品登録: every field of one product as texts, what is wrong with them, saving in one act.

The texts are those of a product file (:mod:`app.channels._product_columns`), read by the same reader, so that a field
means the same wherever it is written. An empty text takes a field away; a field that is not given stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.listings import Listing, Wrong

__all__ = ["ProductFull", "ProductLine", "Wrong"]


@dataclass(frozen=True, slots=True)
class ProductFull:
    """One product with everything that is known of it."""

    id: int
    sku: str
    texts: Mapping[str, str]
    """Every field of a product file by its documented name; empty where nothing is stored."""
    listings: tuple[Listing, ...] = ()
    retired: bool = False
    changed_at: int = 0
    """Milliseconds since 1970 UTC; 0 where it was never changed since that is kept."""
    on_shelf: int = 0
    """Pieces on shelves by the books."""
    open_orders: int = 0
    """Live orders that have a line of it."""
    wrongs: tuple[Wrong, ...] = field(default=())


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
    retired: bool
    changed_at: int
