"""Papers of a pick job: what its list and its sheet of places show, as plain values without sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.templates import Template

__all__ = ["JobList", "ListOrder", "ListPart", "ListStop", "MapStop", "PlaceSheet", "PlaceUse", "WalkMap"]

Point = tuple[float, float]
"""x and y on the map of the warehouse, in metres from its front left corner."""


@dataclass(frozen=True, slots=True)
class ListStop:
    """What is taken from one shelf in one go: pieces of one product and lot, for all orders together."""

    shelf: str
    """Code of the shelf 棚; empty where none is known."""
    sku: str
    name: str
    quantity: int
    options: str = ""
    """Options, where they tell goods apart."""
    code: str = ""
    """The goods' own bar code number, as printed on them."""
    lot: str = ""
    expiry: str = ""
    """``YYYY-MM-DD``; empty for none."""
    placed: bool = True
    """Whether the walk leads to the shelf; those without a place on the map, or without a way to it, come last."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """Pieces of one product that one order gets."""

    shelf: str
    sku: str
    name: str
    quantity: int
    options: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What one parcel gets out of what was taken."""

    ship_number: str
    parts: tuple[ListPart, ...]
    """In the order of the walk."""

    @property
    def pieces(self) -> int:
        """Pieces in all."""
        return sum(part.quantity for part in self.parts)


@dataclass(frozen=True, slots=True)
class MapStop:
    """Where one stands for something on a list."""

    number: int
    """Its row on the list, from 1; the first of several at one place."""
    at: Point


@dataclass(frozen=True, slots=True)
class WalkMap:
    """The way past the shelves on the map of the warehouse."""

    shelves: tuple[Point, ...]
    """Where one stands before the shelves of the house."""
    points: tuple[Point, ...]
    """Corners of the walk, from its start to its end."""
    stops: tuple[MapStop, ...] = ()
    """Where something is taken, in the order of the walk."""


@dataclass(frozen=True, slots=True)
class JobList:
    """The total pick list トータルピックリスト of a pick job, with what each order gets."""

    number: str
    """``12-3``: batch and sequence; the paper's code is ``KL-12-3``."""
    stops: tuple[ListStop, ...]
    """In the order of the walk."""
    orders: tuple[ListOrder, ...]
    """In the order of their slips."""
    mode: str = ""
    """Way of picking, in words."""
    zone: str = ""
    pickup: datetime | None = None
    """When the earliest carrier of its orders comes, in the shop's time zone; None where none does."""
    issued_on: date | None = None
    metres: float = 0.0
    """Length of the walk; 0 where the map does not know."""
    saved: float = 0.0
    """Metres by which it is shorter than an S-shaped walk; 0 where that is not known."""
    walk: WalkMap | None = None
    copy_reason: str = ""
    """Why the list is printed again; any text marks the paper as a copy."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""

    @property
    def code(self) -> str:
        """Text of the list's bar code."""
        return f"KL-{self.number}"

    @property
    def pieces(self) -> int:
        """Pieces to take in all."""
        return sum(stop.quantity for stop in self.stops)


@dataclass(frozen=True, slots=True)
class PlaceUse:
    """One place on a cart, or one slot of the wall, and whose goods go there."""

    number: int
    ship_number: str = ""
    """Empty where it carries what is not parted by order."""
    codes: tuple[str, ...] = ()
    """Totes that stand there, or the slot of the wall; empty as long as none was scanned."""
    lines: int = 0
    pieces: int = 0


@dataclass(frozen=True, slots=True)
class PlaceSheet:
    """Which place of a cart or of the sorting wall is for which order."""

    number: str
    """``12-3``: batch and sequence of the job; the paper's code is ``KL-12-3``."""
    places: tuple[PlaceUse, ...]
    """By their number."""
    wall: bool = False
    """Slots of the sorting wall 種まき, not totes on a cart."""
    cart: str = ""
    """Code of the cart; empty as long as none was scanned."""
    zone: str = ""
    issued_on: date | None = None
    copy_reason: str = ""
    """Why the sheet is printed again; any text marks the paper as a copy."""
    look: Template | None = None
    """The template that it is drawn by; None for the shipped standard."""

    @property
    def code(self) -> str:
        """Text of the sheet's bar code."""
        return f"KL-{self.number}"
