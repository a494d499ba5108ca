"""The empty spaces of a carton, kept as all the largest boxes that fit into them (Lai & Chan 1997).

A piece goes next to a lower corner of one. Pushed left, down and to the back, every packing is one in which each piece
lies so, whichever of those spaces it is found in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.cartons import Size
from app.services.cartons.shapes import Box, Piece

__all__ = ["ORDERS", "RANKS", "Order", "Rank", "cut", "places", "spares", "stands", "whole"]

Order = Callable[[Piece], tuple[object, ...]]
"""By what pieces are sorted before they go in."""
Rank = Callable[[Box, Size], tuple[int, ...]]
"""How good a place is for a piece of a size next to the lower corner of a space; less is better."""

ORDERS: tuple[Order, ...] = (
    lambda piece: (piece.fragile, -piece.volume, piece.number),
    lambda piece: (piece.fragile, -max(map(max, piece.sizes)), -piece.volume, piece.number),
    lambda piece: (-max(size[0] * size[1] for size in piece.sizes), piece.fragile, -piece.volume, piece.number),
)
"""Volume, longest side, largest face first. Light goods that break come late, so that they lie on top."""

RANKS: tuple[Rank, ...] = (
    lambda space, size: (space[2], space[1], space[0], size[2]),
    lambda space, size: (
        min(space[3] - space[0] - size[0], space[4] - space[1] - size[1], space[5] - space[2] - size[2]),
        space[2] + size[2],
        space[1],
        space[0],
    ),
    lambda space, size: (space[2] + size[2], space[1] + size[1], space[0] + size[0]),
)
"""Deep below, snug in a space, low on top."""


def whole(space: Size) -> list[Box]:
    """Return the empty spaces of an empty carton."""
    return [(0, 0, 0, *space)]


def places(piece: Piece, spaces: Iterable[Box], rank: Rank) -> list[Box]:
    """Return where a piece may lie, best first."""
    found: dict[Box, tuple[int, ...]] = {}
    for size in piece.sizes:
        length, width, height = size
        for space in spaces:
            x, y, z = space[0], space[1], space[2]
            if x + length <= space[3] and y + width <= space[4] and z + height <= space[5]:
                box = (x, y, z, x + length, y + width, z + height)
                value = rank(space, size)
                if box not in found or value < found[box]:
                    found[box] = value
    return sorted(found, key=lambda box: (found[box], box))


def stands(box: Box, others: Iterable[Box], percent: int) -> bool:
    """Whether a piece stands with that share of its base on the floor or on *others*."""
    x1, y1, z1, x2, y2, _ = box
    if not z1 or not percent:
        return True
    below = sum(
        max(0, min(x2, other[3]) - max(x1, other[0])) * max(0, min(y2, other[4]) - max(y1, other[1]))
        for other in others
        if other[5] == z1
    )
    return below * 100 >= percent * (x2 - x1) * (y2 - y1)


def spares(lying: Sequence[tuple[Piece, Box]], light: int) -> bool:
    """Whether no fragile piece carries more than *light* g."""
    return all(
        sum(upper.weight for upper, over in lying if _above(over, under)) <= light
        for lower, under in lying
        if lower.fragile
    )


def _above(upper: Box, lower: Box) -> bool:
    return (
        upper[2] >= lower[5]
        and upper[0] < lower[3]
        and lower[0] < upper[3]
        and upper[1] < lower[4]
        and lower[1] < upper[4]
    )


def cut(spaces: Iterable[Box], box: Box, least: int) -> list[Box]:
    """Return the empty spaces after *box* was put in, less those thinner than *least*."""
    x1, y1, z1, x2, y2, z2 = box
    kept: list[Box] = []
    parts: list[Box] = []
    for space in spaces:
        a1, b1, c1, a2, b2, c2 = space
        if a1 >= x2 or a2 <= x1 or b1 >= y2 or b2 <= y1 or c1 >= z2 or c2 <= z1:
            kept.append(space)
            continue
        if a2 - x2 >= least:
            parts.append((x2, b1, c1, a2, b2, c2))
        if x1 - a1 >= least:
            parts.append((a1, b1, c1, x1, b2, c2))
        if b2 - y2 >= least:
            parts.append((a1, y2, c1, a2, b2, c2))
        if y1 - b1 >= least:
            parts.append((a1, b1, c1, a2, y1, c2))
        if c2 - z2 >= least:
            parts.append((a1, b1, z2, a2, b2, c2))
        if z1 - c1 >= least:
            parts.append((a1, b1, c1, a2, b2, z1))
    for part in dict.fromkeys(parts):
        if not _inside(part, kept) and not _inside(part, parts):
            kept.append(part)
    return kept


def _inside(part: Box, spaces: Iterable[Box]) -> bool:
    """Whether *part* lies within another one of *spaces*."""
    x1, y1, z1, x2, y2, z2 = part
    for other in spaces:
        a1, b1, c1, a2, b2, c2 = other
        if a1 <= x1 and b1 <= y1 and c1 <= z1 and a2 >= x2 and b2 >= y2 and c2 >= z2 and other != part:
            return True
    return False
