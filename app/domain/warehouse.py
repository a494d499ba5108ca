"""The map of a warehouse 倉庫: shelves 棚, aisles 通路 and the cross-aisles that join them.

Lengths are whole millimetres from the front left corner: x along the cross-aisles, y along the aisles, front to back.
All zones lie in one such system. A map knows nothing of goods, orders or walks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

__all__ = ["Aisle", "CrossAisle", "Depot", "Layout", "Place", "Shelf", "Spot"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One place for goods, and where a picker stands before it."""

    code: str
    """What its label says, without prefix."""
    zone: str = ""
    aisle: str = ""
    """Shelves with the same zone and aisle are reached from one lane; empty: aisles are told by x."""
    bay: str = ""
    level: str = ""
    x: int | None = None
    """Millimetres; None where nobody has measured."""
    y: int | None = None
    """Millimetres; None where nobody has measured."""


@dataclass(frozen=True, slots=True)
class Aisle:
    """A lane that pickers walk along, in the direction of y."""

    name: str
    x: int
    front: int
    """y at which it begins."""
    back: int
    """y at which it ends."""
    one_way: int = 0
    """1: only from front to back; -1: only from back to front."""


@dataclass(frozen=True, slots=True)
class CrossAisle:
    """A lane across the aisles, in the direction of x."""

    y: int
    left: int | None = None
    """x at which it begins; None: it passes all aisles on that side."""
    right: int | None = None

    def passes(self, x: int) -> bool:
        """Whether it can be walked at *x*."""
        return (self.left is None or self.left <= x) and (self.right is None or x <= self.right)


@dataclass(frozen=True, slots=True)
class Depot:
    """Where walks begin or end: a depot, a sorting wall, a packing bench."""

    x: int
    row: int = 0
    """Which cross-aisle it lies on, counted from the front."""
    approach: int = 0
    """Millimetres between it and the cross-aisle, walked once at the beginning and once at the end."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a picker stands before a shelf."""

    aisle: int
    """Index of the aisle, counted from the left."""
    y: int


Place = Depot | Spot
"""Where a walk comes by."""


@dataclass(frozen=True)  # without slots, for what is worked out once
class Layout:
    """A map that can be walked; made by :func:`app.domain.warehouse_layout.layout_of`."""

    aisles: tuple[Aisle, ...]
    """By ascending x; no two have the same."""
    cross_aisles: tuple[CrossAisle, ...]
    """By ascending y."""
    depot: Depot
    spots: Mapping[str, Spot] = field(default_factory=dict, hash=False)
    """For each shelf that can be reached where one stands before it."""
    unplaced: tuple[str, ...] = ()
    """Shelves without coordinates, in shelf order."""
    unreachable: tuple[str, ...] = ()
    """Shelves to which or from which nobody can walk, in shelf order."""
    turned: bool = False
    """The aisles run along the x of the map that was read: whoever draws exchanges x and y."""

    @cached_property
    def aisle_at(self) -> dict[int, Aisle]:
        """The aisles by x."""
        return {aisle.x: aisle for aisle in self.aisles}

    @cached_property
    def regular(self) -> bool:
        """Whether every aisle crosses every cross-aisle."""
        return all(
            cross.passes(aisle.x) and aisle.front <= cross.y <= aisle.back
            for aisle in self.aisles
            for cross in self.cross_aisles
        )

    @cached_property
    def both_ways(self) -> bool:
        """Whether every aisle is walked in both directions."""
        return not any(aisle.one_way for aisle in self.aisles)
