"""Products: what the station knows of the goods, and the codes that are on them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cartons import Orientation
from app.domain.shipping import Temperature

__all__ = [
    "PLAIN",
    "CodeKind",
    "Handling",
    "IncomingProduct",
    "KnownCode",
    "LotFrom",
    "LotPolicy",
    "ProductCode",
    "sku_fold",
]


class LotPolicy(StrEnum):
    """What a product asks for beside its code."""

    NONE = "none"
    LOT = "lot"
    EXPIRY = "expiry"
    LOT_EXPIRY = "lot_expiry"
    SERIAL = "serial"

    @property
    def keeps_lot(self) -> bool:
        """Whether a lot belongs to each piece."""
        return self in (LotPolicy.LOT, LotPolicy.LOT_EXPIRY)

    @property
    def keeps_expiry(self) -> bool:
        """Whether a date belongs to each piece."""
        return self in (LotPolicy.EXPIRY, LotPolicy.LOT_EXPIRY)


class LotFrom(StrEnum):
    """Where lot and expiry come from when the code does not say them."""

    AUTO = "auto"
    """From the shelf, where it holds one lot only (one shelf, one date); else it is asked for."""
    SCAN = "scan"
    """Always asked for."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What a product asks for beside its code, and how its pieces may be counted."""

    lot_policy: LotPolicy = LotPolicy.NONE
    lot_from: LotFrom = LotFrom.AUTO
    min_days: int | None = None
    """Days that it must keep at least when it is packed; None for what the shop wants."""
    keyed: bool = False
    """Its number may be typed in."""
    no_code: bool = False
    """Nothing that can be scanned is printed on it."""
    unit_scan: bool = False
    """Each piece is scanned by its own code: no cases, no typed number."""
    alike: bool = False
    """Another product looks like it; then each piece is scanned as well, where the shop wants that."""

    @property
    def keeps_lots(self) -> bool:
        """Whether its pieces are told apart by lot or date."""
        return self.lot_policy.keeps_lot or self.lot_policy.keeps_expiry

    @property
    def each_piece(self) -> bool:
        """Whether every piece must be scanned by itself, whatever else looks like it."""
        return self.unit_scan or self.lot_policy is LotPolicy.SERIAL


PLAIN = Handling()
"""Nothing special."""


class CodeKind(StrEnum):
    """What a stored code is."""

    GTIN = "gtin"
    """14 digits with a good check digit."""
    TEXT = "text"
    """Any other printed code, compared exactly."""
    SKU = "sku"
    """The product's own SKU, scannable unless switched off."""


@dataclass(frozen=True, slots=True)
class ProductCode:
    """One code of one product."""

    code: str
    """GTINs as 14 digits, other codes as printed."""
    quantity: int = 1
    """Pieces that one scan of it means."""
    kind: CodeKind = CodeKind.GTIN


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A product found for a scanned code."""

    product: int
    """The product's id."""
    sku: str
    name: str
    quantity: int
    """Pieces that this scan means."""
    code: str
    """The stored code that matched."""
    kind: CodeKind
    shelf: str = ""
    """Code of its shelf 棚; empty where none is set."""
    handling: Handling = PLAIN
    exact: bool = True
    """False where a SKU matched only in another case."""


@dataclass(frozen=True, slots=True)
class IncomingProduct:
    """One product as a product file gives it; None leaves what is stored as it is."""

    sku: str
    name: str | None = None
    """Name in Japanese (or the only name)."""
    name_en: str | None = None
    codes: tuple[ProductCode, ...] | None = None
    """Codes on the goods, without the SKU."""
    weight_g: int | None = None
    size_mm: tuple[int, int, int] | None = None
    """Length, width, height of one piece."""
    picture: str | None = None
    """File name or path of a picture, relative to the product file."""
    shelf: str | None = None
    lot_policy: LotPolicy | None = None
    opening_stock: int | None = None
    """Pieces on the shelf; booked only when the product has no stock moves yet."""
    opening_lot: str = ""
    opening_expiry: str = ""
    """Day until which the opening stock keeps, ``YYYY-MM-DD``; empty where none is given."""
    lot_from: LotFrom | None = None
    min_days: int | None = None
    """Days that it must keep at least; -1 takes away what is stored."""
    keyed: bool | None = None
    no_code: bool | None = None
    unit_scan: bool | None = None
    parts: tuple[tuple[str, int], ...] | None = None
    """What a set has in it: SKU and pieces; empty means that it is no set."""
    option_texts: tuple[tuple[str, str], ...] | None = None
    """A shop's code and a text in the options chosen with it, which together mean this product."""
    temperature: Temperature | None = None
    on_sale_from: str | None = None
    """First day of sale, ``YYYY-MM-DD``; empty takes away what is stored."""
    fragile: bool | None = None
    orientation: Orientation | None = None
    """How a piece may lie in a carton."""
    liquid: bool | None = None
    dangerous: bool | None = None
    """It shares its parcel with no other product."""
    pressed_mm: int | None = None
    """Thickness of soft goods in a flat carton; -1 takes away what is stored."""
    cushion_mm: int | None = None
    """Protection around it on every side; -1 takes away what is stored."""
    own_carton: bool | None = None
    """Each piece goes out in its maker's carton."""
    pack_note: str | None = None
    """How to pack it; empty takes away what is stored."""
    pack_picture: str | None = None
    """Picture of how to pack it, like `picture`; empty takes away what is stored."""
    price: str | None = None
    """Yen with tax for one piece, decimal text; empty takes away what is stored."""
    tax_rate: str | None = None
    """``0.08``; what papers take where a channel gives no rate; empty takes away what is stored."""
    on_sale_to: str | None = None
    """Last day of sale, ``YYYY-MM-DD``; empty takes away what is stored."""
    category: str | None = None
    note: str | None = None
    retired: bool | None = None
    """It is sold no longer and still known."""
    listings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name of a shop -> the codes that it has there, none of them meaning that it is not sold there."""
    cleared: frozenset[str] = frozenset()
    """Columns of :mod:`app.channels._product_columns` whose stored values are taken away."""
    row: int = 0
    """Row in the file, for reports."""


def sku_fold(sku: str) -> str:
    """Return the form in which SKUs that differ by case or width only are equal, as a scanner sends them."""
    return sku.casefold() if sku.isascii() else unicodedata.normalize("NFKC", sku).casefold()
