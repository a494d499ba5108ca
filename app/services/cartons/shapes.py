"""Pieces and insides of cartons as plain integers, as the search needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.cartons import Carton, CartonKind, Item, Orientation, Size

__all__ = ["Box", "Piece", "cavities", "pieces_for", "turned"]

Box = tuple[int, int, int, int, int, int]
"""A box by two corners: ``x, y, z`` next to the origin and ``x, y, z`` away from it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as a box that may be turned."""

    number: int
    """Its place among the items that are packed."""
    sizes: tuple[Size, ...]
    """Its sides in every way that it may lie, protection included."""
    volume: int
    weight: int
    fragile: bool


@lru_cache(maxsize=65_536)
def turned(item: Item, pressed: bool) -> tuple[Size, ...]:
    """Return the sides of a piece in every way that it may lie, protection included; none where it may lie in no way.

    :param pressed: whether the carton presses soft goods flat: these lie on their largest face then
    """
    length, width, height = item.size_mm
    add = 2 * item.cushion_mm
    upright = item.liquid or item.orientation is Orientation.UPRIGHT
    flat = pressed and item.pressed_mm is not None
    lying = flat or item.orientation is Orientation.LYING
    found: dict[Size, None] = {}
    for size, base in (
        ((length, width, height), True),
        ((width, length, height), True),
        ((length, height, width), False),
        ((height, length, width), False),
        ((width, height, length), False),
        ((height, width, length), False),
    ):
        if (base or not upright) and (not lying or size[2] == min(size)):
            up = item.pressed_mm if flat and item.pressed_mm is not None else size[2]
            found[(size[0] + add, size[1] + add, up + add)] = None
    return tuple(found)


def pieces_for(items: Sequence[Item], kind: CartonKind) -> list[Piece]:
    """Return the pieces of *items* as they may lie in a carton of this kind."""
    return [Piece(number, *_shape(item, kind.presses)) for number, item in enumerate(items)]


@lru_cache(maxsize=65_536)
def _shape(item: Item, pressed: bool) -> tuple[tuple[Size, ...], int, int, bool]:
    sizes = turned(item, pressed)
    volume = sizes[0][0] * sizes[0][1] * sizes[0][2] if sizes else 0
    return sizes, volume, item.weight_g, item.fragile


def cavities(carton: Carton, pieces: Iterable[Piece]) -> Iterator[Size]:
    """Return the spaces that goods may fill in a carton: one, but for an envelope.

    An envelope gets narrower by what it gets thicker: one space for each thickness that a pile of two pieces may have.
    """
    length, width, height = carton.inner_mm
    if carton.kind is not CartonKind.ENVELOPE:
        yield carton.inner_mm
        return
    single = {size[2] for piece in pieces for size in piece.sizes}
    thick = single | {one + other for one in single for other in single} | {height}
    for thickness in sorted(thickness for thickness in thick if thickness <= height):
        if thickness < min(length, width):
            yield (length - thickness, width - thickness, thickness)
