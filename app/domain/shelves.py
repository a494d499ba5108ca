"""The order of shelves 棚 by their codes, and which lie side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

__all__ = ["neighbours", "shelf_key"]

_PART = re.compile(r"\d+|[^\W\d_]+")


def shelf_key(code: str) -> tuple[tuple[int, str], ...]:
    """Return what shelves are sorted by: numbers count as numbers, so that A-2 comes before A-10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _PART.findall(code))


def neighbours(codes: Iterable[str]) -> dict[str, str]:
    """Return for each shelf the next one of the same bay, where there is one.

    A bay is what all parts of the code but the last name: A-1-2 and A-1-3 lie side by side, A-1-9 and A-2-1 do not.
    """
    keyed = sorted((shelf_key(code), code) for code in {code for code in codes if shelf_key(code)})
    return {
        code: after
        for (key, code), (key_after, after) in pairwise(keyed)
        if len(key) == len(key_after) and key[:-1] == key_after[:-1] and key != key_after
    }
