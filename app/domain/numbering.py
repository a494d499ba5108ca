"""Numbers that are nearly one: a digit apart, or two neighbours in the other order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

__all__ = ["near_numbers"]

COUNTED_UP = 9
"""Near numbers of one holder above which they were counted up, as a maker's are: being near says nothing then."""
_MISREAD = frozenset(map(frozenset, ("38", "17", "56", "68", "89", "69", "08", "06")))
"""Digits that are taken for one another in small or worn print."""
_SHORTEST = 3
"""Shorter numbers are all near each other."""


def near_numbers(
    numbers: Mapping[int, Sequence[str]], breathe: Callable[[], None] = lambda: None
) -> dict[tuple[int, int], int]:
    """Return the pairs of holders with a number that differs in one character or in the order of two neighbours.

    The value says how many near numbers there are to that number of the two that has more; it is :data:`COUNTED_UP`
    where one character differs that nobody misreads, or the last one, as it does in numbers that were given one after
    the other. Numbers with more near ones than that are left out; one number on two holders counts as near.
    """
    holders: dict[str, list[int]] = {}
    for one in sorted(numbers):
        for text in numbers[one]:
            if len(text) >= _SHORTEST and one not in (there := holders.setdefault(text, [])):
                there.append(one)
    near = _near(list(holders), breathe)
    found: dict[tuple[int, int], int] = {}
    for text, here in holders.items():
        mine = near.get(text, set())
        if len(mine) > COUNTED_UP:
            continue
        for other in (text, *sorted(mine)):
            theirs = near.get(other, set())
            if len(theirs) > COUNTED_UP:
                continue
            many = COUNTED_UP if _told_apart(text, other) else max(1, len(mine), len(theirs))
            for pair in ((a, b) for a in here for b in holders[other] if a < b):
                found[pair] = min(many, found.get(pair, many))
    return found


def _told_apart(a: str, b: str) -> bool:
    """Whether two near numbers differ in a character that is easily told apart, or was counted up."""
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False  # one number, or two neighbours in the other order
    return a[:-1] == b[:-1] or frozenset(differing[0]) not in _MISREAD


def _near(texts: Sequence[str], breathe: Callable[[], None]) -> dict[str, set[str]]:
    """Return for each text those that are near; of one with too many, just more than are counted."""
    near: dict[str, set[str]] = {}

    def add(group: Sequence[str]) -> None:
        for text in group:
            mine = near.setdefault(text, set())
            if len(mine) <= COUNTED_UP:
                mine.update(group)
                mine.discard(text)

    for at in range(max(map(len, texts), default=0)):
        breathe()
        long = [text for text in texts if at < len(text)]
        rests = [text[:at] + text[at + 1 :] for text in long]
        counts = Counter(rests)
        groups: dict[str, list[str]] = {}
        for rest, text in zip(rests, long, strict=True):
            if counts[rest] > 1:
                groups.setdefault(rest, []).append(text)
        for group in groups.values():
            add(group)
    known = frozenset(texts)
    for at in range(max(map(len, texts), default=0) - 1):
        breathe()
        for text in texts:
            if text[at : at + 1] < text[at + 1 : at + 2]:
                turned = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
                if turned in known:
                    add((text, turned))
    return near
