"""The codes that this program prints itself, by their prefix: slips, places, people, stations."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import ShipNumber

__all__ = [
    "CartCode",
    "CartonCode",
    "InsertCode",
    "ListCode",
    "OrderCode",
    "PersonCode",
    "ShelfCode",
    "StationCode",
    "ToteCode",
    "WallCode",
    "WeightCode",
]


@dataclass(frozen=True, slots=True)
class OrderCode:
    """The ship number on a slip, with or without the version it was printed for."""

    ship_number: ShipNumber


@dataclass(frozen=True, slots=True)
class ShelfCode:
    """A shelf 棚, ``KS-``."""

    code: str


@dataclass(frozen=True, slots=True)
class ToteCode:
    """A tote かご, ``KT-``."""

    code: str


@dataclass(frozen=True, slots=True)
class CartCode:
    """A cart カート, ``KC-``."""

    code: str


@dataclass(frozen=True, slots=True)
class WallCode:
    """A slot of the sorting wall, ``KW-``."""

    code: str


@dataclass(frozen=True, slots=True)
class ListCode:
    """A pick list, ``KL-``."""

    code: str


@dataclass(frozen=True, slots=True)
class PersonCode:
    """A person's badge, ``KU-``."""

    code: str


@dataclass(frozen=True, slots=True)
class StationCode:
    """A station 台, ``KB-``."""

    code: str


@dataclass(frozen=True, slots=True)
class CartonCode:
    """A kind of carton 箱, ``KX-``; ``KX-OWN`` is the maker's own carton."""

    code: str


@dataclass(frozen=True, slots=True)
class InsertCode:
    """A paper that goes into just one order's box, such as its noshi paper, ``KN-`` and the number of its insert."""

    code: str


@dataclass(frozen=True, slots=True)
class WeightCode:
    """What the scale says, ``KG-532``: sent by the scale itself, in whole grams."""

    grams: int | None
    """None where it says that something is wrong with it, ``KG-FAULT``."""
