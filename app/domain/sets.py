"""From what a shop sold to what is picked: option texts 選択肢 name products, sets セット are taken apart.

A shop sells under codes of its own; the bench scans goods. An order line whose code and option text are known as a
product is that product; a set becomes lines of its parts, unless the set has a code and stock of its own and is
picked as it stands. What was sold is kept for the slip.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.orders import IncomingLine
from app.domain.products import sku_fold

__all__ = [
    "DEEPEST",
    "Goods",
    "GoodsLine",
    "Master",
    "OptionText",
    "Part",
    "StoredLine",
    "cycle_of",
    "goods_of",
    "layers_of",
    "option_fold",
    "product_of",
    "read_again",
]

DEEPEST = 3
"""How deep sets may lie in sets: a set of sets of sets is the deepest."""


@lru_cache(maxsize=4096)
def option_fold(text: str) -> str:
    """Return the form in which option texts are compared: one width (the colon's too), one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True, slots=True)
class Part:
    """What a set has in it."""

    product: int
    sku: str
    name: str
    quantity: int
    """Pieces in one set, at least 1."""


@dataclass(frozen=True, slots=True)
class OptionText:
    """A text that, in the options of a line with the shop's code, means a product."""

    text: str
    """Folded by :func:`option_fold`."""
    product: int
    sku: str


@dataclass(frozen=True, slots=True)
class Master:
    """What the product master knows of the codes that some orders name."""

    products: Mapping[str, tuple[int | None, str]]
    """Code as the shop wrote it -> product (None: unknown) and its SKU as stored."""
    options: Mapping[str, tuple[OptionText, ...]]
    """Code folded by :func:`~app.domain.products.sku_fold` -> the option texts that go with it."""
    parts: Mapping[int, tuple[Part, ...]]
    """Set -> its parts; a set that is picked as it stands is left out."""
    afresh: frozenset[str] = frozenset()
    """Codes as the shop wrote them that mean something else now: lines of known products are read again too."""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One line as it is picked and scanned."""

    sku: str
    name: str
    product: int | None
    """None: unknown, or its option text means several products."""
    quantity: int
    price: str = ""
    """Price of one piece; parts of a set have none."""
    tax_rate: str = ""
    options: str = ""
    sold: int | None = None
    """Index in :attr:`Goods.sold` where a set was taken apart."""


@dataclass(frozen=True, slots=True)
class Goods:
    """The lines of an order as they are picked, and what of it was sold otherwise."""

    lines: tuple[GoodsLine, ...]
    sold: tuple[IncomingLine, ...] = ()
    """Lines as sold whose sets were taken apart."""
    ambiguous: tuple[tuple[IncomingLine, tuple[str, ...]], ...] = ()
    """Lines whose option text means several products equally well, with their SKUs."""

    @property
    def unknown(self) -> bool:
        """Whether some line's product is not known, so that the order cannot be verified."""
        return any(line.product is None for line in self.lines)

    @property
    def pieces(self) -> int:
        """Pieces to scan."""
        return sum(line.quantity for line in self.lines)

    def sold_as_data(self) -> list[dict[str, str | int]]:
        """Return :attr:`sold` as plain values for the order's ``content["sold"]``."""
        return [
            {
                "sku": line.sku,
                "name": line.name,
                "quantity": line.quantity,
                "price": line.price,
                "tax_rate": line.tax_rate,
                "options": line.options,
            }
            for line in self.sold
        ]


def product_of(line: IncomingLine, master: Master) -> tuple[int | None, str, tuple[str, ...]]:
    """Return the product a line means, its SKU (the line's own where unknown), and the SKUs it might mean else.

    The longest option text that the line's options contain wins; two equally long ones of different products are
    ambiguous, and then the product is None. Without any, the line's code is the product's SKU.
    """
    if line.options and master.options:
        texts = master.options.get(sku_fold(line.sku), ())
        folded = option_fold(line.options) if texts else ""
        found = [text for text in texts if text.text in folded]
        if found:
            longest = max(len(text.text) for text in found)
            best = {text.product: text.sku for text in found if len(text.text) == longest}
            if len(best) > 1:
                return None, line.sku, tuple(sorted(best.values()))
            ((product, sku),) = best.items()
            return product, sku, ()
    product_, _ = master.products.get(line.sku, (None, line.sku))
    return product_, line.sku, ()


def goods_of(lines: Sequence[IncomingLine], master: Master) -> Goods:
    """Return an order's lines as they are picked."""
    made: list[GoodsLine] = []
    sold: list[IncomingLine] = []
    ambiguous: list[tuple[IncomingLine, tuple[str, ...]]] = []
    for line in lines:
        product, sku, several = product_of(line, master)
        if several:
            ambiguous.append((line, several))
        if product is None or product not in master.parts:
            made.append(
                GoodsLine(sku, line.name, product, line.quantity, line.price, line.tax_rate, line.options, None)
            )
            continue
        index = len(sold)
        sold.append(line)
        made += [
            GoodsLine(part.sku, part.name, part.product, part.quantity * line.quantity, sold=index)
            for part in _pieces(product, master.parts)
        ]
    return Goods(tuple(made), tuple(sold), tuple(ambiguous))


def _pieces(set_: int, parts: Mapping[int, tuple[Part, ...]], above: tuple[int, ...] = ()) -> list[Part]:
    """Take one set apart down to what is picked; a set met again on its own way down is left as it is."""
    found: dict[int, Part] = {}
    for part in parts[set_]:
        inner = [part]
        if part.product in parts and part.product not in (*above, set_):
            below = _pieces(part.product, parts, (*above, set_))
            inner = [replace(each, quantity=each.quantity * part.quantity) for each in below]
        for each in inner:
            known = found.get(each.product)
            found[each.product] = each if known is None else replace(known, quantity=known.quantity + each.quantity)
    return list(found.values())


# --- orders that are here already ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line of an order that was taken in before."""

    id: int
    goods: GoodsLine
    touched: bool = False
    """Pieces of it are done or short already."""


def read_again(
    lines: Sequence[StoredLine], sold: Sequence[IncomingLine], master: Master, *, whole: bool
) -> tuple[list[tuple[int | None, GoodsLine]], tuple[IncomingLine, ...]]:
    """Read an order's lines with what the master knows now; return its lines, each with its id where it stays.

    :param lines: in their position.
    :param sold: the lines as sold whose sets were taken apart.
    :param whole: also read known lines again, for an order that is not released; else only unknown ones.
    """
    made: list[tuple[int | None, GoodsLine]] = []
    kept: list[IncomingLine] = []
    at = 0
    while at < len(lines):
        first = lines[at].goods.sold
        group = [lines[at]]
        while first is not None and at + len(group) < len(lines) and lines[at + len(group)].goods.sold == first:
            group.append(lines[at + len(group)])
        at += len(group)
        source = sold[first] if first is not None else _as_sold(group[0].goods)
        fresh = _fresh(group, source, master, whole=whole)
        if not fresh.sold:
            made.append((group[0].id if first is None else None, fresh.lines[0]))
            continue
        index = len(kept)
        kept.append(source)
        old = [replace(each.goods, sold=None) for each in group]
        new = [replace(each, sold=None) for each in fresh.lines]
        ids: list[int | None] = [each.id for each in group] if old == new else [None] * len(new)
        made += [(identity, replace(each, sold=index)) for identity, each in zip(ids, new, strict=True)]
    return made, tuple(kept)


def _as_sold(line: GoodsLine) -> IncomingLine:
    return IncomingLine(line.sku, line.name, line.quantity, line.price, line.tax_rate, line.options)


def _fresh(group: Sequence[StoredLine], source: IncomingLine, master: Master, *, whole: bool) -> Goods:
    """Return what a line as sold is now; as it was where it may not be read again."""
    known = group[0].goods.product is not None
    as_it_was = Goods(tuple(each.goods for each in group), (source,) if group[0].goods.sold is not None else ())
    if any(each.touched for each in group) or (known and not whole):
        return as_it_was
    if not known or group[0].goods.sold is not None:
        return goods_of([source], master)
    product, sku, several = product_of(source, master)
    if several or (sku == source.sku and source.sku not in master.afresh):
        # No option text names another: it stays what it is, a person may have changed it.
        product, sku = group[0].goods.product, source.sku
    return goods_of([replace(source, sku=sku)], Master({sku: (product, sku)}, {}, master.parts))


# --- sets as the product file gives them --------------------------------------------------------------------------


def cycle_of(set_: int, parts: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """Return the way from *set_* down to itself, or an empty tuple where it does not contain itself.

    :param parts: parts of every set that can be reached.
    """
    ways: list[tuple[int, ...]] = [(set_,)]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        for part in parts.get(way[-1], ()):
            if part == set_:
                return (*way, part)
            if part not in seen:
                seen.add(part)
                ways.append((*way, part))
    return ()


def layers_of(set_: int, parts: Mapping[int, Sequence[int]]) -> int:
    """Return how many layers of sets the tallest pile through *set_* has, those that contain it included.

    :param parts: parts of every set there is.
    """
    above: dict[int, list[int]] = {}
    for upper, inner in parts.items():
        for part in inner:
            above.setdefault(part, []).append(upper)

    def reach(start: int, ways: Mapping[int, Sequence[int]], path: tuple[int, ...] = ()) -> int:
        beyond = [each for each in ways.get(start, ()) if each not in path and each in parts]
        return 1 + max((reach(each, ways, (*path, start)) for each in beyond), default=0)

    return reach(set_, parts) + reach(set_, above) - 1
