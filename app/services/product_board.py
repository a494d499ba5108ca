"""The list of products on screen: pages of it with their shops, what a scan means here, one product at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.barcode import Gs1, Gtin, Plain, Reading, printable, read
from app.domain.product_doubts import Doubt
from app.services import product_doubts, product_edit
from app.services.product_edit import ProductFull
from app.storage import goods
from app.storage import product_history as history_storage
from app.storage import product_master as storage
from app.storage.database import Transaction
from app.storage.product_history import LOOKED_AT, HistoryRow
from app.storage.product_master import WITHOUT, Figures, ProductLine

__all__ = [
    "LOOKED_AT",
    "WITHOUT",
    "BoardLine",
    "Figures",
    "Glance",
    "HistoryRow",
    "Scanned",
    "code_of",
    "figures",
    "glance",
    "history",
    "is_of_goods",
    "page",
    "scanned",
    "some",
]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One product in the list."""

    line: ProductLine
    shops: tuple[str, ...] = ()
    """Shops that have it on sale."""

    @property
    def id(self) -> int:
        """Id of the product."""
        return self.line.id


def page(
    tx: Transaction, *, text: str = "", retired: bool | None = False, without: str = "", limit: int = 200,
    offset: int = 0,
) -> list[BoardLine]:  # fmt: skip
    """Return products by SKU; see :func:`app.services.product_edit.page`."""
    lines = product_edit.page(tx, text=text, retired=retired, without=without, limit=limit, offset=offset)
    return _with_shops(tx, lines)


def some(tx: Transaction, ids: Sequence[int]) -> dict[int, BoardLine]:
    """Return the products with these ids."""
    lines = product_edit.page(tx, doubtful=ids, retired=None, limit=len(ids)) if ids else []
    return {each.id: each for each in _with_shops(tx, lines)}


def _with_shops(tx: Transaction, lines: Sequence[ProductLine]) -> list[BoardLine]:
    shops = storage.shops_of(tx, [each.id for each in lines]) if lines else {}
    return [BoardLine(each, shops.get(each.id, ())) for each in lines]


def figures(tx: Transaction) -> Figures:
    """Return how many products there are, and how many lack something; for lists, never beside a scan."""
    return storage.figures(tx)


@dataclass(frozen=True, slots=True)
class Glance:
    """One product beside the list."""

    full: ProductFull
    doubts: tuple[Doubt, ...]


def glance(tx: Transaction, product: int) -> Glance:
    """Return one product with what is doubtful about it.

    :raises NotFound: there is none.
    """
    return Glance(product_edit.read(tx, product), tuple(product_doubts.doubts(tx, product)))


def history(tx: Transaction, sku: str) -> list[HistoryRow]:
    """Return what was done to a product among the newest :data:`LOOKED_AT` acts of the house, the newest first."""
    return history_storage.history(tx, sku)


# --- codes --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan means in the list of products."""

    code: str
    """As a product file would have it."""
    products: tuple[int, ...]
    """Those that have it."""


def is_of_goods(reading: Reading) -> bool:
    """Whether a scan can be of goods: nothing of our own, no waybill alone."""
    kinds = reading.kinds
    return any(isinstance(kind, (Gtin, Gs1)) for kind in kinds) or (
        bool(kinds) and all(isinstance(kind, Plain) for kind in kinds)
    )


def scanned(tx: Transaction, raw: str) -> Scanned:
    """Return the products that a scan of goods means, those with this SKU among them."""
    reading = read(raw)
    found = goods.find_products(tx, reading, with_sku=True)
    return Scanned(code_of(reading), tuple(dict.fromkeys(each.product for each in found)))


def code_of(reading: Reading) -> str:
    """Return the code of goods in a scan as it is written in a product file."""
    number = next((kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1)) and kind.gtin14), "")
    return printable(number) if number else reading.text
