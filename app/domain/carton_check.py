"""Proof of a proposed packing: every rule that it has to keep, checked from its coordinates alone.

The search for packings (`services/cartons`) shares no code with this module: what it gets wrong is found here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, permutations

from app.domain.cartons import CARE, Care, CartonKind, Item, Orientation, Packing, Parcel, Placement, Size

__all__ = ["Fault", "FaultKind", "faults_of"]


class FaultKind(StrEnum):
    """What is wrong with a packing."""

    MISSING = "missing"
    """A piece of the order is in no parcel."""
    TWICE = "twice"
    """A piece is in two places, or is none of the order."""
    EMPTY = "empty"
    """A parcel holds nothing."""
    STOCK = "stock"
    """More cartons of a kind than there are."""
    SIZE = "size"
    """A piece was given sides that it does not have, protection included."""
    ORIENTATION = "orientation"
    """A piece lies as it must not."""
    BOUNDS = "bounds"
    """A piece sticks out of the carton."""
    OVERLAP = "overlap"
    """Two pieces are in one place."""
    SUPPORT = "support"
    """A piece hangs in the air or over an edge."""
    WEIGHT = "weight"
    """The goods are too heavy for the carton."""
    CRUSHED = "crushed"
    """A fragile piece carries too much, or lies in an envelope."""
    TEMPERATURE = "temperature"
    """Goods of different temperatures are in one parcel."""
    DANGEROUS = "dangerous"
    """A dangerous piece is together with another product."""
    SEQUENCE = "sequence"
    """A piece would have to go in below one that lies there already."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule."""

    kind: FaultKind
    parcel: int | None = None
    """Which parcel, from 0; None where it is the whole packing."""
    items: tuple[str, ...] = ()
    """Keys of the pieces."""


def faults_of(packing: Packing, items: Iterable[Item], care: Care = CARE) -> tuple[Fault, ...]:
    """Return every rule that *packing* breaks as a proposal for *items*; empty for one that may be shown."""
    found = list(_whole(packing, items))
    for number, parcel in enumerate(packing.parcels):
        found += (Fault(kind, number, keys) for kind, keys in _of_parcel(parcel, care))
    return tuple(found)


def _whole(packing: Packing, items: Iterable[Item]) -> Iterator[Fault]:
    wanted = Counter(items)
    packed = Counter(placement.item for parcel in packing.parcels for placement in parcel.placements)
    for item in (wanted - packed).elements():
        yield Fault(FaultKind.MISSING, None, (item.key,))
    for item in (packed - wanted).elements():
        yield Fault(FaultKind.TWICE, None, (item.key,))
    for carton, used in Counter(parcel.carton for parcel in packing.parcels).items():
        if carton.stock is not None and used > carton.stock:
            yield Fault(FaultKind.STOCK)


_Found = tuple[FaultKind, tuple[str, ...]]


def _of_parcel(parcel: Parcel, care: Care) -> Iterator[_Found]:
    placements = parcel.placements
    if not placements:
        yield FaultKind.EMPTY, ()
        return
    for one in placements:
        yield from _lies_right(one, parcel.carton.kind)
        if parcel.carton.kind is CartonKind.ENVELOPE and one.item.fragile:
            yield FaultKind.CRUSHED, (one.item.key,)
    yield from _bounds(parcel)
    for first, second in combinations(placements, 2):
        if _apart(first, second):
            continue
        yield FaultKind.OVERLAP, (first.item.key, second.item.key)
    yield from _carried(placements, care)
    yield from _together(parcel)
    for number, one in enumerate(placements):
        for later in placements[number + 1 :]:
            if _over(one, later):
                yield FaultKind.SEQUENCE, (one.item.key, later.item.key)


def _lies_right(one: Placement, kind: CartonKind) -> Iterator[_Found]:
    item = one.item
    bare = tuple(side - 2 * item.cushion_mm for side in one.size)
    pressed = item.pressed_mm if kind.presses else None
    if pressed is not None:
        thin = min(item.size_mm)
        true_sizes = [_pressed(item.size_mm, at, pressed) for at in range(3) if item.size_mm[at] == thin]
    else:
        true_sizes = [item.size_mm]
    if not any(sorted(bare) == sorted(size) for size in true_sizes):
        yield FaultKind.SIZE, (item.key,)
        return
    turns = (
        (size, turn)
        for size in true_sizes
        for turn in permutations(range(3))
        if bare == tuple(size[axis] for axis in turn)
    )
    if not any(_may_lie(item, size, turn, flat=pressed is not None) for size, turn in turns):
        yield FaultKind.ORIENTATION, (item.key,)


def _pressed(size: Size, at: int, thickness: int) -> Size:
    length, width, height = (thickness if axis == at else side for axis, side in enumerate(size))
    return length, width, height


def _may_lie(item: Item, size: Size, turn: Sequence[int], *, flat: bool) -> bool:
    """Whether the side that is vertical after *turn* may be; *flat* goods are pressed from above."""
    if (item.liquid or item.orientation is Orientation.UPRIGHT) and turn[2] != 2:
        return False
    return not (flat or item.orientation is Orientation.LYING) or size[turn[2]] == min(size)


def _bounds(parcel: Parcel) -> Iterator[_Found]:
    length, width, height = parcel.carton.inner_mm
    if parcel.carton.kind is CartonKind.ENVELOPE:
        thick = max(one.end[2] for one in parcel.placements)
        length, width = length - thick, width - thick
    for one in parcel.placements:
        if min(one.at) < 0 or one.end[0] > length or one.end[1] > width or one.end[2] > height:
            yield FaultKind.BOUNDS, (one.item.key,)


def _apart(first: Placement, second: Placement) -> bool:
    return any(first.end[axis] <= second.at[axis] or second.end[axis] <= first.at[axis] for axis in range(3))


def _shared_base(first: Placement, second: Placement) -> int:
    """Return the area in mm² that the two have in common, seen from above."""
    sides = (min(first.end[axis], second.end[axis]) - max(first.at[axis], second.at[axis]) for axis in (0, 1))
    along, across = (max(0, side) for side in sides)
    return along * across


def _over(upper: Placement, lower: Placement) -> bool:
    return upper.at[2] >= lower.end[2] and _shared_base(upper, lower) > 0


def _carried(placements: Sequence[Placement], care: Care) -> Iterator[_Found]:
    for one in placements:
        below = sum(_shared_base(one, other) for other in placements if other.end[2] == one.at[2])
        if one.at[2] > 0 and below * 100 < care.support_percent * one.size[0] * one.size[1]:
            yield FaultKind.SUPPORT, (one.item.key,)
        above = sum(other.item.weight_g for other in placements if other is not one and _over(other, one))
        if one.item.fragile and above > care.light_g:
            yield FaultKind.CRUSHED, (one.item.key,)


def _together(parcel: Parcel) -> Iterator[_Found]:
    items = [placement.item for placement in parcel.placements]
    keys = tuple(item.key for item in items)
    if sum(item.weight_g for item in items) > parcel.carton.max_g:
        yield FaultKind.WEIGHT, keys
    if len({item.temperature for item in items}) > 1:
        yield FaultKind.TEMPERATURE, keys
    dangerous = [item for item in items if item.dangerous]
    if dangerous and len({item.product for item in items}) > 1:
        yield FaultKind.DANGEROUS, tuple(item.key for item in dangerous)
