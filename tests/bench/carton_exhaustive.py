"""A plain exhaustive search for one carton, to hold the real one against: slow, short, and with nothing in common.

Any piece next, turned in any way, at any point made of ends of the pieces that lie there: every packing can be pushed
together so that each of its pieces lies at such a point.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import permutations, product

from app.domain.cartons import Size

__all__ = ["fits"]

SECONDS = 0.5
"""For one carton; after that it says no."""

_Box = tuple[int, int, int, int, int, int]


def fits(sizes: Sequence[Size], inner: Size, seconds: float = SECONDS) -> bool:
    """Whether a way was found in time to put boxes of these sizes into one of the inside *inner*."""
    if sum(x * y * z for x, y, z in sizes) > inner[0] * inner[1] * inner[2]:
        return False
    try:
        return _go_on(sorted(sizes, key=lambda size: -size[0] * size[1] * size[2]), inner, [], set(), _until(seconds))
    except TimeoutError:
        return False


def _until(seconds: float) -> float:
    return time.monotonic() + seconds


def _go_on(rest: list[Size], inner: Size, lying: list[_Box], seen: set[frozenset[_Box]], until: float) -> bool:
    if not rest:
        return True
    if time.monotonic() > until:
        raise TimeoutError
    points = list(product(*(sorted({0, *(box[axis + 3] for box in lying)}) for axis in range(3))))
    for size in dict.fromkeys(rest):
        after = list(rest)
        after.remove(size)
        for length, width, height in set(permutations(size)):
            for x, y, z in points:
                box = (x, y, z, x + length, y + width, z + height)
                if box[3] > inner[0] or box[4] > inner[1] or box[5] > inner[2] or _hits(box, lying):
                    continue
                here = frozenset([*lying, box])
                if here in seen:
                    continue
                seen.add(here)
                if _go_on(after, inner, [*lying, box], seen, until):
                    return True
    return False


def _hits(box: _Box, lying: Sequence[_Box]) -> bool:
    return any(all(box[axis] < other[axis + 3] and other[axis] < box[axis + 3] for axis in range(3)) for other in lying)
