"""Codes seen in a picture: what several looks at it say together, and which of it may count as a scan.

A decoder's look can be wrong: a blurred EAN gives other digits with a good check digit. So looks are counted per code,
codes that claim the same place compete, and a code is *confirmed* only where it is proven by itself or is what the
open order expects. Nothing here knows pictures; the looks are made by :mod:`app.decoders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.domain import barcode
from app.domain.barcode import Gs1, Gtin, OrderCode, Plain, Waybill
from app.domain.gtin import GTIN_LENGTHS, is_digits

__all__ = [
    "MATRIX",
    "RETAIL",
    "Corners",
    "Found",
    "Look",
    "is_possible",
    "is_settled",
    "judge",
    "keys_of",
    "looks_doubtful",
    "needed",
    "share_place",
]

Corners: TypeAlias = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
"""Four corners in pixels of the whole picture, clockwise from the code's own top left."""

MATRIX = frozenset({"qr", "micro-qr", "rmqr", "datamatrix", "aztec", "pdf417", "micro-pdf417", "maxicode"})
"""Symbols with Reed-Solomon words: what is decoded at all is right, so one look proves them."""
RETAIL = frozenset({"ean-13", "ean-8", "upc-a", "upc-e"})

# The harder a picture was worked on, the more of what comes out of it is invented: two looks must agree where a sum
# guards many bars, three where it guards few, or nothing does.
_NEEDED = {
    "ean-13": 2,
    "upc-a": 2,
    "code-128": 2,
    "code-93": 2,
    "databar": 3,
    "databar-limited": 3,
    "databar-expanded": 3,
    "ean-8": 3,
    "upc-e": 3,
    "code-39": 3,
    "codabar": 3,
    "itf": 3,
}
_SETTLED = 6
"""Looks after which more looks change nothing."""
_AHEAD = 3
"""How many times as often as any other code in its place a code must be seen to be sure."""
_FEWEST_ITF_DIGITS = 6
"""Shorter ITF is read out of any pattern of stripes."""


@dataclass(frozen=True, slots=True)
class Look:
    """One code that one decoder saw in one view of a picture."""

    text: str
    """What the symbol says, GS1 separators as ``\\x1d``; EAN and UPC as 13 or 8 digits."""
    symbology: str
    """Such as ``ean-13``, ``code-128``, ``qr``."""
    identifier: str
    """Symbology identifier without the bracket, such as ``C1``; empty where the decoder knows none."""
    corners: Corners
    plain: bool = True
    """Seen in the picture as it is, not in a view that was worked on."""
    rank: int = 1
    """Which decoder saw it: 1 is the first one, whose word counts for more."""

    @property
    def scan_text(self) -> str:
        """What a scanner set to send symbology identifiers would send."""
        return f"]{self.identifier}{self.text}" if self.identifier else self.text


@dataclass(frozen=True, slots=True)
class Found:
    """One code of a picture, with what speaks for it."""

    look: Look
    """The first look that saw it."""
    looks: int
    """How many looks saw it."""
    confirmed: bool
    """It may count as a scan; else it is only shown, as unconfirmed."""
    proven: bool
    """Confirmed by the symbol itself, without an order that expects it."""


def needed(symbology: str) -> int:
    """Return how many looks must agree on a code before it is trusted."""
    return 1 if symbology in MATRIX else _NEEDED.get(symbology, 3)


def looks_doubtful(look: Look) -> bool:
    """Return whether a symbol has so little to check that one look is not enough: half the digits of an EAN-13."""
    return look.symbology in {"upc-e", "ean-8"}


def is_possible(look: Look) -> bool:
    """Return whether a look can be a code at all, and not stripes taken for one."""
    return bool(look.text) and not (look.symbology == "itf" and len(look.text) < _FEWEST_ITF_DIGITS)


def keys_of(text: str) -> frozenset[str]:
    """Return everything by which an order may name a scanned text: GTIN-14, SSCC, waybill or ship number, the text."""
    reading = barcode.read(text)
    keys: set[str] = set()
    if is_digits(reading.text) and len(reading.text) in GTIN_LENGTHS:
        # Also where it cannot be goods, as the lower code of a book: what an order names is compared as it is.
        keys.add(reading.text.zfill(14))
    for kind in reading.kinds:
        if isinstance(kind, Gtin):
            keys.add(kind.gtin14)
        elif isinstance(kind, Gs1):
            keys.update(key for key in (kind.gtin14, kind.sscc) if key)
        elif isinstance(kind, Waybill):
            keys.add(kind.number)
        elif isinstance(kind, OrderCode):
            keys.add(str(kind.ship_number))
        elif isinstance(kind, Plain):
            keys.add(kind.text)
    return frozenset(keys)


def is_settled(looks: Sequence[Look], expected: frozenset[str]) -> bool:
    """Return whether more looks would change nothing: a proven code, or one well ahead of everything else.

    :param expected: keys that the open order expects (:func:`keys_of`); where there are some, one of them must be it.
    """
    if not looks:
        return False
    ranked = _ranked(looks)
    best = ranked[0]
    if expected and not keys_of(best[0].scan_text) & expected:
        return False
    if best[0].symbology in MATRIX:
        return True
    return best[0].rank == 1 and len(best) >= _SETTLED and len(best) > _AHEAD * _against(best, ranked)


def judge(looks: Iterable[Look], expected: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """Return the codes of a picture, best supported first.

    Of several codes in one place only the best supported is kept: what is expected never makes up for what was seen.
    A code is confirmed where its symbol proves it, or where the order expects it, enough looks agree, hardly any saw
    something else in its place, and no other expected code is in the picture: with two pieces in view nobody can say
    which one is meant.

    :param expected: keys that the open order expects, as :func:`keys_of` gives them.
    """
    kept: list[list[Look]] = []
    ranked = _ranked(look for look in looks if is_possible(look))
    for group in ranked:
        if not any(share_place(group[0], other[0]) for other in kept) and _is_kept(group):
            kept.append(group)
    wanted = [keys_of(group[0].scan_text) & expected if expected else frozenset() for group in kept]
    several = any(one and other and not one & other for one in wanted for other in wanted)
    found = []
    for group, keys in zip(kept, wanted, strict=True):
        proven = group[0].symbology in MATRIX
        enough = len(group) >= needed(group[0].symbology) and len(group) > _AHEAD * _against(group, ranked)
        trusted = bool(keys) and not several and enough and bool(barcode.read(group[0].scan_text).kinds)
        found.append(Found(group[0], len(group), proven or trusted, proven))
    return tuple(found)


def _against(group: list[Look], ranked: list[list[Look]]) -> int:
    """Return how many looks saw the best other code in the place of *group*."""
    return max((len(each) for each in ranked if each is not group and share_place(each[0], group[0])), default=0)


def _is_kept(group: list[Look]) -> bool:
    """Return whether enough looks speak for a code: it was seen as it is, or often enough in what was made of it."""
    return any(look.plain for look in group) or len(group) >= needed(group[0].symbology)


def _ranked(looks: Iterable[Look]) -> list[list[Look]]:
    """Return the looks grouped by code, best supported first; within a group the first decoder's plain look."""
    groups: dict[str, list[Look]] = {}
    for look in looks:
        groups.setdefault(_same(look), []).append(look)
    for group in groups.values():
        group.sort(key=lambda look: (look.rank, not look.plain))
    return sorted(groups.values(), key=_rank)


def _rank(group: list[Look]) -> tuple[bool, int, int]:
    """Sort what proves itself first, then what the first decoder saw too, then what was seen most often.

    The second decoder reads more of what is slanted, but where bars beat with the camera's pixels it says the same
    wrong number again and again.
    """
    return group[0].symbology not in MATRIX, group[0].rank, -len(group)


def _same(look: Look) -> str:
    """What makes two looks the same code: the number for goods, else symbol and text."""
    if look.symbology in RETAIL:
        return look.text.zfill(14)
    return f"{look.symbology} {look.text.lstrip(chr(0x1D))}"


def share_place(one: Look, other: Look) -> bool:
    """Return whether two codes lie on each other: the middle of one is within the other."""
    return _within(one, other) or _within(other, one)


def _within(one: Look, other: Look) -> bool:
    x = sum(corner[0] for corner in one.corners) / 4
    y = sum(corner[1] for corner in one.corners) / 4
    corners = other.corners if other.symbology in MATRIX else _full(other.corners)
    side = [0.0] * 4
    for at in range(4):
        (ax, ay), (bx, by) = corners[at], corners[(at + 1) % 4]
        side[at] = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    return all(each >= 0 for each in side) or all(each <= 0 for each in side)


def _full(corners: Corners) -> tuple[tuple[float, float], ...]:
    """Return the place of a linear code: its bars go on above and below the lines on which it was seen.

    A quarter of its width is less than the gap between the two codes of a book.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    right, down = (bx - ax) / 4, (by - ay) / 4
    return (ax + down, ay - right), (bx + down, by - right), (cx - down, cy + right), (dx - down, dy + right)
