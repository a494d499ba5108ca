"""The order of shelves 棚 by their codes, and which lie side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

__all__ = ["neighbours", "shelf_key"]

_PART = re.compile(r"\d+|[^\W\d_]+")
_WIDEST_GAP = 2
"""Places that are numbered this far apart lie side by side where none is known between: one may stand empty."""

Key = tuple[tuple[int, str], ...]


def shelf_key(code: str) -> Key:
    """Return what shelves are sorted by: numbers count as numbers, so that A-2 comes before A-10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _PART.findall(code))


def neighbours(codes: Iterable[str]) -> dict[str, str]:
    """Return for each shelf the next one of the same bay, where there is one.

    A bay is what all parts of the code but the last name: A-1-2 and A-1-3 lie side by side, A-1-9 and A-2-1 do not.
    """
    keyed = sorted((shelf_key(code), code) for code in {code for code in codes if shelf_key(code)})
    return {code: after for (key, code), (key_after, after) in pairwise(keyed) if _side_by_side(key, key_after)}


def _side_by_side(key: Key, after: Key) -> bool:
    if len(key) != len(after) or key[:-1] != after[:-1] or key == after:
        return False
    (number, _), (number_after, _) = key[-1], after[-1]
    return number_after - number <= _WIDEST_GAP
