"""The goods of the simulation: an invented master with everything that makes packing hard, and the orders for it.

There are look-alikes beside each other, pairs to which a supplier gave one code, goods with lots and expiry, goods with
serial numbers, and cases. Orders depend on seed and number alone, so that every set of rules gets the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from app.domain.barcode import Gs1, Gtin, Plain, Reading
from app.domain.bench import KnownLot
from app.domain.gtin import check_digit
from app.domain.mispicks import Control, Piece
from app.domain.orders import ShipNumber
from app.domain.products import CodeKind, Handling, IncomingProduct, KnownCode, LotPolicy, ProductCode, sku_fold

__all__ = ["Goods", "Order", "Product", "make_goods", "make_order"]

PRODUCTS = 400
_PIECES = (1, 1, 1, 1, 2, 2, 3, 5, 10)
"""Pieces of a line; one of these at random, and so below."""
_LINES = (1, 1, 1, 2, 2, 3, 5)
_CASES = (0, 0, 6, 12)
"""Pieces in a case; 0: it comes without."""
_SHELVES = 20
"""Shelves of a bay."""
_CHANGED_EVERY = 50
"""Of so many orders one changed after its waybill was made."""
_IN_BATCH = 999
_APART = 104_729
"""From one item number to the next pair's: a prime, so that a digit or two misread seldom gives another code."""


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the master."""

    id: int
    """Its place in the master, from 1; also its key."""
    sku: str
    name: str
    gtin14: str
    """What a piece bears; two products may share it."""
    case: int
    """Pieces in a case; 0 for none."""
    case_gtin14: str
    shelf: str
    policy: LotPolicy
    alike: int = 0
    """Product that looks like it; 0 for none."""
    sharing: int = 0
    """Product with the same code; 0 for none."""

    @property
    def codes(self) -> tuple[ProductCode, ...]:
        """The codes on piece and case, without the SKU."""
        piece = ProductCode(self.gtin14)
        return (piece, ProductCode(self.case_gtin14, self.case)) if self.case else (piece,)

    @property
    def printed(self) -> str:
        """The code of a piece as a scanner sends it."""
        return self.gtin14[1:]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the simulated shop, with its papers."""

    number: int
    """From 1."""
    lines: tuple[tuple[int, int], ...]
    """Product and pieces."""
    version: int
    ship_number: str
    slip: str
    """What a scanner reads on its packing slip."""
    label: str
    """Tracking number of its waybill."""
    old_label: str
    """That of the version before, which still lies about; empty for none."""

    @property
    def wanted(self) -> dict[int, int]:
        """Pieces by product."""
        out: dict[int, int] = {}
        for product, pieces in self.lines:
            out[product] = out.get(product, 0) + pieces
        return out


class Goods:
    """The master: products by their id, and what a code means, as the database would say."""

    def __init__(self, products: tuple[Product, ...], today: date, controls: frozenset[Control]) -> None:
        self.products = products
        self.today = today
        self._controls = controls
        self.by_sku = {each.sku: each for each in products}
        self._pieces: dict[int, Piece] = {}

    def __getitem__(self, product: int) -> Product:
        return self.products[product - 1]

    @cached_property
    def _codes(self) -> Mapping[str, tuple[tuple[int, KnownCode], ...]]:
        """Stored code -> rank and product, as :func:`app.storage.goods.find_products` ranks them."""
        found: dict[str, list[tuple[int, KnownCode]]] = {}
        for each in self.products:
            for code in each.codes:
                known = self._known(each, code.code, code.quantity, CodeKind.GTIN)
                found.setdefault(code.code, []).append((0, known))
            sku = self._known(each, each.sku, 1, CodeKind.SKU)
            found.setdefault(sku_fold(each.sku), []).append((3, replace(sku, exact=False)))
            found.setdefault(each.sku, []).append((2, sku))
        return {code: tuple(known) for code, known in found.items()}

    def _known(self, product: Product, code: str, quantity: int, kind: CodeKind) -> KnownCode:
        handling = self.handling(product)
        return KnownCode(product.id, product.sku, product.name, quantity, code, kind, product.shelf, handling)

    def known(self, product: int) -> KnownCode:
        """Return a product by itself, as the station names it in an answer."""
        of = self[product]
        return self._known(of, of.gtin14, 1, CodeKind.GTIN)

    def handling(self, product: Product) -> Handling:
        """Return how the shop has its pieces counted, under the controls that it uses."""
        guarded = Control.GUARDS in self._controls
        return Handling(
            lot_policy=product.policy if Control.LOTS in self._controls else LotPolicy.NONE,
            keyed=not guarded,
            unit_scan=guarded and product.case > 0,
            alike=product.alike > 0,
        )

    def find(self, reading: Reading, with_sku: bool = True) -> tuple[KnownCode, ...]:
        """Return the products that have the scanned code: the same as the look-up in the database."""
        gtins = [kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1)) and kind.gtin14]
        texts = [*gtins]
        if any(isinstance(kind, Plain) for kind in reading.kinds):
            texts += [reading.text, sku_fold(reading.text)]
        groups: dict[int, dict[int, KnownCode]] = {}
        for text in dict.fromkeys(texts):
            for rank, known in self._codes.get(text, ()):
                if known.kind is CodeKind.SKU and not with_sku:
                    continue
                groups.setdefault(rank, {})[known.product] = known
        return tuple(groups[min(groups)].values()) if groups else ()

    def incoming(self, stock: int) -> list[IncomingProduct]:
        """Return the master as a product file would give it, with *stock* pieces of each, for a database."""
        made = []
        for each in self.products:
            how = self.handling(each)
            lot = self.fresh_lot if how.lot_policy.keeps_lot else KnownLot("")
            made.append(
                IncomingProduct(
                    each.sku,
                    name=each.name,
                    codes=each.codes,
                    shelf=each.shelf,
                    lot_policy=how.lot_policy,
                    keyed=how.keyed,
                    unit_scan=how.unit_scan,
                    opening_stock=stock,
                    opening_lot=lot.lot,
                    opening_expiry=lot.expiry,
                )
            )
        return made

    def piece(self, product: int, serial: int = 0) -> Piece:
        """Return a good piece as it lies on the shelf.

        :param serial: makes the serial number of goods that have one.
        """
        found = self._pieces.get(product)
        if found is None:
            found = self._pieces[product] = self._bearing(product, self.fresh_lot)
        if self[product].policy is LotPolicy.SERIAL:
            number = f"S{serial}"
            return replace(found, code=f"]d201{self[product].gtin14}21{number}", serial=number)
        return found

    def spoilt(self, product: int, recalled: bool) -> Piece:
        """Return a piece of goods with lots that may not be packed any more: recalled, or expired last week."""
        day = (self.today - timedelta(days=7)).isoformat()
        lot = self.recalled_lot if recalled else KnownLot("L-OLD", day)
        return replace(self._bearing(product, lot), unfit=True)

    def _bearing(self, product: int, lot: KnownLot) -> Piece:
        """Return a piece with its code; goods with lots bear GS1-128 with expiry and lot."""
        of = self[product]
        if of.policy in (LotPolicy.NONE, LotPolicy.SERIAL):
            return Piece(product, of.printed)
        code = f"]C101{of.gtin14}17{date.fromisoformat(lot.expiry):%y%m%d}10{lot.lot}"
        return Piece(product, code, lot.lot, lot.expiry)

    @cached_property
    def fresh_lot(self) -> KnownLot:
        """The lot on the shelves; every product has the same for short."""
        return KnownLot("L-GOOD", (self.today + timedelta(days=300)).isoformat(), pieces=1_000_000)

    @cached_property
    def recalled_lot(self) -> KnownLot:
        """The lot that the maker calls back; by the books none of it is there."""
        return replace(self.fresh_lot, lot="L-BACK", pieces=0, recalled=True, reason="recalled by the maker")


def make_goods(today: date, seed: int, controls: frozenset[Control]) -> Goods:
    """Return the master; *seed* decides which goods have lots, serials, cases.

    :param today: expiry dates are about it.
    :param controls: what the shop has its station check; the goods are the same, what is asked for them is not.
    """
    chance = Random(seed)
    made = []
    for number in range(1, PRODUCTS + 1):
        drawn = chance.random()
        policy = LotPolicy.LOT_EXPIRY if drawn < 0.15 else LotPolicy.SERIAL if drawn < 0.2 else LotPolicy.NONE
        case = chance.choice(_CASES)
        # Look-alikes stand beside each other and come in pairs: their codes differ by one digit and the check digit.
        pair, second = divmod(number - 1, 2)
        item = (pair * _APART + second) % 10**7
        alike = 0 if pair % 4 else (number - 1 if second else number + 1)
        name = f"Tea {pair}, {(50, 100)[second]} g" if alike else f"Thing {number}"
        made.append(
            Product(
                id=number,
                sku=f"SKU-{number:04d}",
                name=name,
                gtin14="0" + _gtin(f"45991{item:07d}"),
                case=case,
                case_gtin14=_gtin(f"145991{item:07d}") if case else "",
                shelf=f"{chr(65 + number // _SHELVES)}-{number % _SHELVES:02d}",
                policy=policy,
                alike=alike,
            )
        )
    for first in range(4, PRODUCTS, 40):  # a supplier gave two variants one code
        one, other = made[first - 1], made[first]
        one, other = (replace(each, case=0, case_gtin14="", policy=LotPolicy.NONE) for each in (one, other))
        made[first - 1] = replace(one, sharing=other.id)
        made[first] = replace(other, gtin14=one.gtin14, sharing=one.id)
    return Goods(tuple(made), today, controls)


def _gtin(body: str) -> str:
    return body + check_digit(body)


def make_order(seed: int, number: int) -> tuple[Order, Random]:
    """Return an order, and the chance that decides everything else about it."""
    chance = Random(seed * 1_000_003 + number)
    lines = tuple((chance.randint(1, PRODUCTS), chance.choice(_PIECES)) for _ in range(chance.choice(_LINES)))
    version = 1 if number % _CHANGED_EVERY else 2
    batch, place = divmod(number - 1, _IN_BATCH)
    ship = str(ShipNumber(batch + 1, place + 1))
    return (
        Order(
            number=number,
            lines=lines,
            version=version,
            ship_number=ship,
            slip=f"KO-{ship}-{version}",
            label=tracking(2 * number),
            old_label=tracking(2 * number + 1) if version > 1 else "",
        ),
        chance,
    )


def tracking(number: int) -> str:
    """Return a good tracking number of no real parcel."""
    body = 44_400_000_000 + number
    return f"{body}{body % 7}"
