"""Doubtful data of the product master: what can hardly be right, each with its sentence and what to do about it.

Nothing here stops anything. Each rule looks at one product or at what several have in common; all of them go through
many products in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice

from app.domain.carton_plausible import problems_of
from app.domain.cartons import Item, Orientation, ProblemKind
from app.domain.gtin import has_good_check_digit, is_digits, printable
from app.domain.products import CodeKind, ProductCode, sku_fold
from app.domain.variants import parted

__all__ = ["HEAVIEST_PARCEL_G", "KINDS", "LARGEST_PARCEL_MM", "Doubt", "DoubtedListing", "DoubtedProduct", "Finder"]

KINDS = (
    "bad_check_digit", "code_shared", "case_alone", "no_code", "same_name", "no_size", "no_weight", "unit",
    "contradiction", "too_light", "too_large", "days_turned", "sold_after_end", "retired_listed", "price_far",
    "listing_is_sku", "set_without_parts", "retired_part", "picture_missing",
)  # fmt: skip
"""Every kind of doubt, what stops a scan first; its sentence is ``product_doubt.<kind>``."""
HEAVIEST_PARCEL_G = 30_000
"""Heavier goods go by no ordinary parcel service (formats.md [M]: a default, some carriers take more)."""
LARGEST_PARCEL_MM = 2_000
"""The same for the sum of the three sides."""
_GTIN_LENGTHS = (8, 12, 13, 14)
_LEAST_DENSITY = 0.005
"""g/cm³: below that a weight in kg was taken for g, or the size is that of a case."""
_LARGE_CM3 = 1_000
"""Only goods of this volume on are judged by too little weight: small ones weigh a gram rightly."""
_FAR = Decimal(2)
"""A listing's price that is more than so many times the product's, or less than that part of it."""
_SET_WORDS = ("セット", "詰め合わせ", "詰合せ", "詰合わせ", "アソート")
_MOST_NAMED = 5
"""SKUs that one sentence names."""


@dataclass(frozen=True, slots=True)
class DoubtedProduct:
    """What is looked at of one product."""

    id: int
    sku: str
    name: str
    codes: tuple[ProductCode, ...] = ()
    """Without the SKU."""
    size_mm: tuple[int, int, int] | None = None
    weight_g: int | None = None
    orientation: Orientation = Orientation.ANY
    fragile: bool = False
    liquid: bool = False
    pressed_mm: int | None = None
    no_code: bool = False
    retired: bool = False
    on_sale_from: str = ""
    on_sale_to: str = ""
    price: str = ""
    pictures: tuple[str, ...] = ()
    """Files of its pictures."""
    last_ordered: str = ""
    """Day of the newest live order of it, ``YYYY-MM-DD``; empty where there is none."""


@dataclass(frozen=True, slots=True)
class DoubtedListing:
    """What is looked at of one listing."""

    product: int
    shop: str
    code: str
    price: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a product that can hardly be right."""

    product: int
    sku: str
    kind: str
    """One of :data:`KINDS`; the sentence, which ends with the remedy, is ``product_doubt.<kind>``."""
    field: str
    """Field of the product that it is about."""
    args: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Key of the sentence."""
        return f"product_doubt.{self.kind}"


@dataclass(slots=True)
class _Common:
    """Which products have something in common, by a text.

    Of 100,000 products nearly all stand alone. A dictionary of texts and numbers is nothing that Python's garbage
    collector walks through; a list for each of them would be, again and again, while the window waits.
    """

    _first: dict[str, int] = field(default_factory=dict)
    _several: dict[str, list[int]] = field(default_factory=dict)

    def add(self, text: str, product: int) -> None:
        first = self._first.setdefault(text, product)
        if first != product:
            self._several.setdefault(text, [first]).append(product)

    def shared(self) -> Iterable[tuple[str, list[int]]]:
        """Return each text that several products have."""
        return self._several.items()


@dataclass(slots=True)
class Finder:
    """Goes through products once; what several have in common is known at the end (:meth:`together`)."""

    parts: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Set -> the products it consists of."""
    exists: Callable[[str], bool] | None = None
    """Says whether a picture's file is there; None where pictures are not looked at."""
    _skus: dict[int, str] = field(default_factory=dict)
    _folds: dict[str, int] = field(default_factory=dict)
    _retired: set[int] = field(default_factory=set)
    _prices: dict[int, str] = field(default_factory=dict)
    _by_code: _Common = field(default_factory=_Common)
    _by_name: _Common = field(default_factory=_Common)

    def look(self, products: Iterable[DoubtedProduct]) -> list[Doubt]:
        """Return what is doubtful about products by themselves, and keep what the end needs of them."""
        found: list[Doubt] = []
        for each in products:
            self._skus[each.id] = each.sku
            self._folds[sku_fold(each.sku)] = each.id
            if each.price:
                self._prices[each.id] = each.price
            if each.retired:
                self._retired.add(each.id)
                continue  # nobody mends what is sold no longer; its codes and name stand in nobody's way
            for code in each.codes:
                self._by_code.add(code.code, each.id)
            named = parted(each.name)
            if named.stem:
                self._by_name.add("\n".join((*sorted(named.stem), "", *sorted(named.variant))), each.id)
            found += self._alone(each)
        return found

    def _alone(self, each: DoubtedProduct) -> Iterator[Doubt]:
        def said(kind: str, field_: str, **args: str) -> Doubt:
            return Doubt(each.id, each.sku, kind, field_, tuple(args.items()))

        is_set = bool(self.parts.get(each.id))
        for code in each.codes:
            digits = is_digits(code.code) and (code.kind is CodeKind.GTIN or len(code.code) in _GTIN_LENGTHS)
            if digits and not has_good_check_digit(code.code):
                yield said("bad_check_digit", "code", code=printable(code.code))
        if each.codes and all(code.quantity > 1 for code in each.codes):
            yield said("case_alone", "code", code=printable(each.codes[0].code))
        elif not each.codes and not each.no_code and not is_set:
            yield said("no_code", "code")
        if not is_set:
            yield from self._sizes(each, said)
            if not each.codes and any(word in each.name for word in _SET_WORDS):
                yield said("set_without_parts", "parts", name=each.name[:40])
        if each.on_sale_from and each.on_sale_to and each.on_sale_to < each.on_sale_from:
            yield said("days_turned", "on_sale_to", begins=each.on_sale_from, ends=each.on_sale_to)
        if each.on_sale_to and each.last_ordered > each.on_sale_to:
            yield said("sold_after_end", "on_sale_to", ends=each.on_sale_to, ordered=each.last_ordered)
        if self.exists is not None:
            for path in each.pictures:
                if not self.exists(path):
                    yield said("picture_missing", "picture", path=path)

    def _sizes(self, each: DoubtedProduct, said: Callable[..., Doubt]) -> Iterator[Doubt]:
        size, weight = each.size_mm or (0, 0, 0), each.weight_g or 0
        item = Item(
            each.sku, each.sku, size, weight, each.orientation, each.fragile, each.liquid, pressed_mm=each.pressed_mm
        )
        kinds = {found.kind for found in problems_of([item])}
        shown = {"size": " × ".join(map(str, size)), "weight": str(weight)}
        if ProblemKind.NO_SIZE in kinds:
            yield said("no_size", "length_mm")
        if ProblemKind.NO_WEIGHT in kinds:
            yield said("no_weight", "weight_g")
        if ProblemKind.UNIT in kinds:
            yield said("unit", "length_mm", **shown)
        elif each.size_mm and weight:
            cm3 = size[0] * size[1] * size[2] / 1000
            if cm3 >= _LARGE_CM3 and weight / cm3 < _LEAST_DENSITY:
                yield said("too_light", "weight_g", **shown)
        if ProblemKind.CONTRADICTION in kinds:
            yield said("contradiction", "orientation")
        if weight > HEAVIEST_PARCEL_G or sum(size) > LARGEST_PARCEL_MM:
            limits = {"kg": str(HEAVIEST_PARCEL_G // 1000), "cm": str(LARGEST_PARCEL_MM // 10)}
            yield said("too_large", "weight_g" if weight > HEAVIEST_PARCEL_G else "length_mm", **shown, **limits)

    def listings(self, listings: Iterable[DoubtedListing]) -> list[Doubt]:
        """Return what is doubtful about listings, once every product was looked at."""
        found: list[Doubt] = []
        for each in listings:
            sku = self._skus.get(each.product)
            if sku is None:
                continue
            at = (("shop", each.shop), ("code", each.code))
            if each.active and each.product in self._retired:
                found.append(Doubt(each.product, sku, "retired_listed", "retired", at))
            other = self._folds.get(sku_fold(each.code))
            if other is not None and other != each.product:
                found.append(Doubt(each.product, sku, "listing_is_sku", "sku", (*at, ("other", self._skus[other]))))
            if _far(each.price, self._prices.get(each.product, "")):
                prices = (("theirs", each.price), ("ours", self._prices[each.product]))
                found.append(Doubt(each.product, sku, "price_far", "price", (*at, *prices)))
        return found

    def together(self) -> list[Doubt]:
        """Return what several products have in common and should not, once every product was looked at."""
        found: list[Doubt] = []
        for code, ids in self._by_code.shared():
            found += self._shared(ids, "code_shared", "code", ("code", printable(code)))
        for _, ids in self._by_name.shared():
            found += self._shared(ids, "same_name", "name")
        for set_, parts in self.parts.items():
            gone = [self._skus[part] for part in parts if part in self._retired]
            if gone and set_ in self._skus and set_ not in self._retired:
                args = (("parts", ", ".join(gone[:_MOST_NAMED])),)
                found.append(Doubt(set_, self._skus[set_], "retired_part", "parts", args))
        return found

    def _shared(self, ids: Sequence[int], kind: str, field_: str, *args: tuple[str, str]) -> Iterator[Doubt]:
        for one in ids:
            others = ", ".join(islice((self._skus[each] for each in ids if each != one), _MOST_NAMED))
            yield Doubt(one, self._skus[one], kind, field_, (*args, ("others", others)))


def _far(theirs: str, ours: str) -> bool:
    """Whether two prices differ so much that one of them is a slip."""
    try:
        a, b = Decimal(theirs or 0), Decimal(ours or 0)
    except InvalidOperation:
        return False
    return a > 0 and b > 0 and (a > b * _FAR or b > a * _FAR)
