"""The codes that this program prints itself, by their prefix: slips, places, people, stations."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import ShipNumber

__all__ = [
    "CartCode",
    "ListCode",
    "OrderCode",
    "PersonCode",
    "ShelfCode",
    "StationCode",
    "ToteCode",
    "WallCode",
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
