"""Look-alike goods: which products a person may take for one another.

Four things speak for a pair: names that are nearly one, numbers that are nearly one (GTINs or SKUs), places side by
side on the shelves, and that the two were confused before. Each gives a share of certainty between 0 and 1000;
together they count as chances do that do not depend on each other. From :data:`LEAST` on it is a pair.

Nobody compares every product with every other: candidates are those that share a stem, a stem but for one word, the
beginning or the end of their name, a number but for one digit, or a shelf and a word. What comes out depends on the
products only, never on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice, product
from operator import itemgetter
from typing import TypeVar

from app.domain.numbering import near_numbers
from app.domain.shelves import neighbours
from app.domain.variants import Named, parted

__all__ = ["LEAST", "Alike", "Goods", "Why", "alike_pairs", "likeness", "weighed"]

T = TypeVar("T")
Pair = tuple[int, int]

LEAST = 500
"""Certainty from which two products are a pair."""
MOST_EACH = 12
"""Pairs kept of one product: of forty sizes of one screw the nearest are enough to demand unit scans."""

_SAME_NAME = 950
_VARIANT = 850
"""Names that differ only in size, colour, number or version."""
_NEAR_NAME = 750
"""Likeness of two names from which it speaks for a pair by itself; what is less alike only supports."""
_OTHER_ORDER = 850
"""What is left of the likeness, in thousandths, where the words stand in another order."""
_VARIANT_TOO = 930
"""The same, where sizes or colours differ beside another word."""
_WIDE_WORD = 12
"""Width from which a single shared word is a name: mayonnaise is what a hundred things are called."""
_MANY_WORDS = 3
_LEAST_ONE_WORD = 600
"""So many words in common, and one word for another: that is enough from this likeness on."""
_SLIP = 0.6
"""Share of letters in common from which two words may be one."""
_SUPPORT = 500
"""Certainty, in thousandths of its likeness, of a name that only supports."""
_NUMBER = 300
"""A number but for one digit supports other evidence."""
_RARE_NUMBER = 550
"""A GTIN but for one digit where hardly any other is that near."""
_RARE = 2
"""Near numbers of one product up to which they are rare."""
_SHELF = 300
_LEAST_SHARED = 300
"""Likeness of names below which they support nothing, and a place side by side says nothing."""
_CONFUSED = (0, 250, 450, 600)
"""Certainty after no, one, two confusions; from the third on it is a pair without anything else."""

_WINDOW = 6
"""Neighbours looked at where many products are sorted by name."""
_WHOLE_BLOCK = 24
"""So many products with one key are compared each with each; of more, those that lie near in the order of names."""
_ROOM = 40
"""A place with more products than this is a room or a zone: lying in it says nothing."""
_SLOWLY = 256
"""Things done between two breaths."""


class Why(StrEnum):
    """What speaks for a pair."""

    SAME_NAME = "same_name"
    VARIANT = "variant"
    NAME = "name"
    CODE = "code"
    SKU = "sku"
    SHELF = "shelf"
    CONFUSED = "confused"
    HAND = "hand"
    """A person said so."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What is compared of one product."""

    id: int
    sku: str
    name: str
    name_en: str = ""
    gtins: tuple[str, ...] = ()
    """GTINs of one piece, 14 digits."""
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """What speaks for a pair of look-alike goods."""

    why: tuple[Why, ...]
    score: int
    """Certainty, 0 to 1000."""


def alike_pairs(
    goods: Collection[Goods],
    confused: Mapping[Pair, int],
    breathe: Callable[[], None] = lambda: None,
) -> dict[Pair, Alike]:
    """Return the pairs by the ids of their products, the lower one first.

    :param confused: how often two were confused, either way, by their ids in the same order.
    :param breathe: called often: this takes seconds where there are many products.
    """
    known = {each.id: (each, _names(each)) for each in _slowly(sorted(goods, key=lambda each: each.id), breathe)}
    here = [each for each, _ in known.values()]
    codes = near_numbers({each.id: tuple(map(_body, each.gtins)) for each in here}, breathe)
    skus = near_numbers({each.id: (_folded(each.sku),) for each in here}, breathe)
    beside = _beside(here)
    found: dict[Pair, Alike] = {}
    looked: set[Pair] = set()
    sources = (codes, skus, confused, _by_shelf(known, beside, breathe), _by_name(known, breathe))
    for pair in _slowly((pair for source in sources for pair in source), breathe):
        if pair in looked:
            continue
        looked.add(pair)
        if pair[0] not in known or pair[1] not in known:
            continue  # a product of an old confusion is gone
        (a, names_a), (b, names_b) = known[pair[0]], known[pair[1]]
        close = b.shelf in beside.get(a.shelf, ())
        others = codes.get(pair, 0), skus.get(pair, 0), close, confused.get(pair, 0)
        least = _LEAST_SHARED if any(others) else _NEAR_NAME
        name = likeness(names_a[0], names_b[0], least)
        for x, y in islice(product(names_a, names_b), 1, None):
            name = max(name, likeness(x, y, least), key=itemgetter(1))
        if name[1] < least and not any(others):
            continue
        alike = weighed(name, *others)
        if alike.score >= LEAST:
            found[pair] = alike
    return _nearest(found, breathe)


def weighed(name: tuple[Why, int], code: int, sku: int, side_by_side: bool, confused: int) -> Alike:
    """Put together what speaks for a pair.

    :param name: what the names say, as :func:`likeness` returns it.
    :param code: how many GTINs are as near as those of the two; 0 where theirs are not near.
    :param sku: the same of the SKUs.
    :param side_by_side: whether they lie on one shelf or on neighbouring ones.
    :param confused: how often the two were confused.
    """
    why, alike = name
    shares: list[tuple[Why, int]] = []
    if alike >= _NEAR_NAME:
        shares.append((why, alike))
    elif alike >= _LEAST_SHARED:
        shares.append((why, alike * _SUPPORT // 1000))
    if code:
        shares.append((Why.CODE, _RARE_NUMBER if code <= _RARE else _NUMBER))
    if sku:  # a shop that counts its goods up does so in both numbers
        shares.append((Why.SKU, 0 if code else _NUMBER))
    if side_by_side and alike >= _LEAST_SHARED:
        shares.append((Why.SHELF, _SHELF))
    if confused:
        shares.append((Why.CONFUSED, _CONFUSED[min(confused, len(_CONFUSED) - 1)]))
    against = 1000
    for _, share in shares:
        against = against * (1000 - share) // 1000
    return Alike(tuple(reason for reason, _ in shares), 1000 - against)


def likeness(a: Named, b: Named, least: int = _LEAST_SHARED) -> tuple[Why, int]:
    """Return what two names say of their products, and how alike they are, 0 to 1000.

    :param least: what is surely below this may be returned as 0.
    """
    if a.stem == b.stem:
        if a.variant == b.variant:
            return Why.SAME_NAME, _SAME_NAME
        return Why.VARIANT, _VARIANT if a.stem else 0
    shared = a.words & b.words
    same = sum([a.widths[word] for word in shared])
    both = a.width + b.width
    most = min(a.width, b.width) - same
    if 2000 * (same + most) < least * both:
        return Why.NAME, 0
    near = 0.0
    if most > 3 and 2000 * same < _NEAR_NAME * both:  # in long words a letter more or less is a slip of the pen
        near = most * _spelt_alike(
            [word for word in a.stem if word not in shared], [word for word in b.stem if word not in shared]
        )
    alike = min(_VARIANT, int(2000 * (same + near)) // both)
    in_order = [word for word in a.stem if word in shared] == [word for word in b.stem if word in shared]
    if not in_order:
        alike = alike * _OTHER_ORDER // 1000
    if a.variant != b.variant:
        alike = alike * _VARIANT_TOO // 1000
    elif in_order and len(shared) >= _MANY_WORDS and len(a.words) == len(b.words) == len(shared) + 1:
        alike = max(alike, _NEAR_NAME) if alike >= _LEAST_ONE_WORD else alike
    if len(shared) < 2 and same < _WIDE_WORD and not near:
        alike = min(alike, _NEAR_NAME - 1)
    return Why.NAME, alike


def _spelt_alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how much of the letters is the same; 0 where they are other words rather than a slip of the pen."""
    if a[0][:2] != b[0][:2] and a[-1][-2:] != b[-1][-2:]:
        return 0.0
    ratio = SequenceMatcher(None, "".join(a), "".join(b), autojunk=False).ratio()
    return ratio if ratio > _SLIP else 0.0


# --- candidates ---------------------------------------------------------------------------------------------------

_Known = Mapping[int, tuple[Goods, tuple[Named, ...]]]


def _slowly(things: Iterable[T], breathe: Callable[[], None]) -> Iterator[T]:
    for count, each in enumerate(things):
        if not count % _SLOWLY:
            breathe()
        yield each


def _names(goods: Goods) -> tuple[Named, ...]:
    name = parted(goods.name)
    return (name, parted(goods.name_en)) if goods.name_en and goods.name_en != goods.name else (name,)


_READ_AS_DIGITS = str.maketrans("oilsbz", "011582")


def _folded(sku: str) -> str:
    return sku.casefold().translate(_READ_AS_DIGITS)


def _body(gtin: str) -> str:
    """A check digit changes with any other digit, so it is left out."""
    return gtin[:-1].lstrip("0")


def _beside(goods: Iterable[Goods]) -> dict[str, tuple[str, ...]]:
    """Return what lies side by side with each shelf: itself, the one before and the one after."""
    counts: dict[str, int] = {}
    for each in goods:
        counts[each.shelf] = counts.get(each.shelf, 0) + 1
    shelves = {shelf for shelf, count in counts.items() if shelf and count <= _ROOM}
    found = {shelf: [shelf] for shelf in sorted(shelves)}
    for shelf, after in neighbours(shelves).items():
        found[shelf].append(after)
        found[after].append(shelf)
    return {shelf: tuple(there) for shelf, there in found.items()}


def _by_shelf(known: _Known, beside: Mapping[str, Sequence[str]], breathe: Callable[[], None]) -> Iterator[Pair]:
    """Return products side by side whose names share a word."""
    there: dict[str, dict[str, list[int]]] = {}
    for one, (goods, names) in _slowly(known.items(), breathe):
        if goods.shelf in beside:
            for word in sorted({word for name in names for word in name.stem}):
                there.setdefault(goods.shelf, {}).setdefault(word, []).append(one)
    for shelf, words in there.items():
        for other in beside[shelf]:
            for word, here in words.items():
                for a in here:
                    for b in there.get(other, {}).get(word, ()):
                        if a < b:
                            yield a, b


def _by_name(known: _Known, breathe: Callable[[], None]) -> Iterator[Pair]:
    """Return products whose names share a stem, a stem but for one word, their beginning or their end."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    forwards: list[tuple[str, int]] = []
    for one, (_, names) in _slowly(known.items(), breathe):
        for key in {key for name in names for key in _keys(name)}:
            blocks.setdefault(key, []).append(one)
        forwards += [("".join(name.stem), one) for name in names]
    forwards = _in_order(forwards, breathe)
    order = {one: at for at, (_, one) in enumerate(forwards)}
    for block in blocks.values():
        if len(block) > 1:
            yield from _compared(block, order)
    backwards = _in_order([(text[::-1], one) for text, one in forwards], breathe)
    for texts in (forwards, backwards):
        for at, (text, one) in enumerate(texts):
            for text_after, other in texts[at + 1 : at + 1 + _WINDOW]:
                if one != other and _begin_alike(text, text_after):
                    yield (one, other) if one < other else (other, one)


def _in_order(texts: Iterable[tuple[str, int]], breathe: Callable[[], None]) -> list[tuple[str, int]]:
    """Sort by parts: one long sort would let no scan through."""
    parts: dict[str, list[tuple[str, int]]] = {}
    for each in texts:
        parts.setdefault(each[0][:2], []).append(each)
    found: list[tuple[str, int]] = []
    for begin in _slowly(sorted(parts), breathe):
        found += sorted(parts[begin])
    return found


def _keys(name: Named) -> Iterator[tuple[str, ...]]:
    """Return the sorted stem, and it but for one word where that is not most of it; the name, where it has no stem."""
    stem = tuple(sorted(name.stem))
    yield stem or ("", *name.variant)
    if len(stem) > 1:
        for at, word in enumerate(stem):
            if 2 * name.widths[word] <= name.width:
                yield stem[:at] + stem[at + 1 :]


def _compared(block: list[int], order: Mapping[int, int]) -> Iterator[Pair]:
    window = len(block) if len(block) <= _WHOLE_BLOCK else _WINDOW
    block.sort(key=order.__getitem__)
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + window]:
            yield (one, other) if one < other else (other, one)


def _begin_alike(a: str, b: str) -> bool:
    """Whether more than half of the longer text is its common beginning with the other."""
    half = max(len(a), len(b)) // 2 + 1
    return a[:half] == b[:half]


def _nearest(found: Mapping[Pair, Alike], breathe: Callable[[], None]) -> dict[Pair, Alike]:
    """Keep of each product the nearest ones; a pair stays that is among those of either."""
    by_product: dict[int, list[tuple[int, int, Pair]]] = {}
    for pair, alike in _slowly(found.items(), breathe):
        for one, other in (pair, pair[::-1]):
            by_product.setdefault(one, []).append((-alike.score, other, pair))
    kept = {pair for near in by_product.values() for _, _, pair in sorted(near)[:MOST_EACH]}
    return {pair: found[pair] for pair in sorted(kept)}
