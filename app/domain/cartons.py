"""Cartons 箱 and what goes into them: the values that a proposal is made of. Lengths are mm, weights g, money yen.

A piece is a box of three sides, the third being its height as it stands. Axes of a carton: x along its length, y along
its width, z up; the origin is a lower corner of the inside.

What a proposal has to keep is written in `carton_check`, which judges it and shares nothing with the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.shipping import Temperature

__all__ = [
    "CARE",
    "GEOMETRY",
    "Care",
    "Carton",
    "CartonKind",
    "Item",
    "Orientation",
    "Packing",
    "Parcel",
    "Placement",
    "Problem",
    "ProblemKind",
    "Proposal",
    "Size",
    "in_order",
]

Size = tuple[int, int, int]
"""Length, width, height in mm."""


class CartonKind(StrEnum):
    """What a carton does with its contents."""

    BOX = "box"
    """Stiff, with an inside of three sides."""
    MAILER = "mailer"
    """Stiff and flat, such as a letter-box carton; its inner height is the carrier's limit of thickness."""
    ENVELOPE = "envelope"
    """Two sheets joined at their edges: what it holds in thickness it loses in length and in width. Its inner height is
    the carrier's limit of thickness."""

    @property
    def presses(self) -> bool:
        """Whether soft goods are pressed flat in it."""
        return self is not CartonKind.BOX


class Orientation(StrEnum):
    """How a piece may lie."""

    ANY = "any"
    UPRIGHT = "upright"
    """It stands on its base; it may be turned about its height."""
    LYING = "lying"
    """It lies on its largest face, as do flat goods that would bend or slide when they stand."""


@dataclass(frozen=True, slots=True)
class Carton:
    """One kind of carton in the list of a warehouse."""

    code: str
    inner_mm: Size
    outer_mm: Size
    tare_g: int
    max_g: int
    """Weight of the goods that it carries, without its own."""
    cost_yen: int
    """What one parcel in it costs: the carton, and its carriage where that depends on the carton."""
    kind: CartonKind = CartonKind.BOX
    carrier_class: str = ""
    """The carrier's class of size that a parcel in it has, such as ``60``."""
    stock: int | None = None
    """How many there are; None where nobody counts them."""

    @property
    def volume(self) -> int:
        """Volume of the inside in mm³."""
        length, width, height = self.inner_mm
        return length * width * height


@dataclass(frozen=True, slots=True)
class Item:
    """One piece to be packed."""

    key: str
    """Which piece of the order it is; no other has it."""
    product: str
    size_mm: Size
    weight_g: int
    orientation: Orientation = Orientation.ANY
    fragile: bool = False
    """Only light goods may lie above it, and it does not go into an envelope."""
    liquid: bool = False
    """It always stands upright."""
    dangerous: bool = False
    """It shares its parcel with no other product."""
    temperature: Temperature = Temperature.AMBIENT
    """A parcel has one temperature."""
    pressed_mm: int | None = None
    """Thickness of soft goods in a flat carton, where they lie on their largest face and are pressed from above; None
    for stiff ones."""
    cushion_mm: int = 0
    """Protection around it on every side, by its fragility."""

    @property
    def volume(self) -> int:
        """Volume with its protection, in mm³."""
        length, width, height = (side + 2 * self.cushion_mm for side in self.size_mm)
        return length * width * height


@dataclass(frozen=True, slots=True)
class Care:
    """How careful a warehouse packs."""

    support_percent: int = 75
    """Share of its base on which a piece above the floor must stand."""
    light_g: int = 300
    """All that may lie above a fragile piece, together."""


CARE = Care()
"""What holds where the warehouse says nothing."""

GEOMETRY = Care(support_percent=0)
"""Only bounds and overlap, as published packing problems are stated."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one piece lies."""

    item: Item
    at: Size
    """Its corner next to the origin."""
    size: Size
    """Its sides along x, y, z as it lies, protection included."""

    @property
    def end(self) -> Size:
        """Its corner away from the origin."""
        return (self.at[0] + self.size[0], self.at[1] + self.size[1], self.at[2] + self.size[2])


@dataclass(frozen=True, slots=True)
class Parcel:
    """One carton and what goes into it."""

    carton: Carton
    placements: tuple[Placement, ...]
    """In the order in which they go in: nothing has to go in below what lies there already."""

    @property
    def goods_g(self) -> int:
        """Weight of the goods."""
        return sum(placement.item.weight_g for placement in self.placements)

    @property
    def weight_g(self) -> int:
        """Weight of the goods and the carton, without protection and papers."""
        return self.goods_g + self.carton.tare_g

    @property
    def fill(self) -> float:
        """Share of the inside that the pieces and their protection take."""
        taken = sum(one.size[0] * one.size[1] * one.size[2] for one in self.placements)
        return taken / self.carton.volume


@dataclass(frozen=True, slots=True)
class Packing:
    """Parcels for one order."""

    parcels: tuple[Parcel, ...]

    @property
    def cost_yen(self) -> int:
        """What its parcels cost together."""
        return sum(parcel.carton.cost_yen for parcel in self.parcels)

    def __iter__(self) -> Iterator[Parcel]:
        return iter(self.parcels)


class ProblemKind(StrEnum):
    """Why no carton can be proposed, or why a proposal is not sure."""

    NO_SIZE = "no_size"
    """A piece without sides."""
    NO_WEIGHT = "no_weight"
    """A piece without a weight: a proposal is made, but no carton's limit can be promised."""
    UNIT = "unit"
    """Sides and weight that cannot both be true: most likely cm or another unit was written as mm."""
    CONTRADICTION = "contradiction"
    """Care that cannot all be kept, such as a liquid that has to lie."""
    TOO_LARGE = "too_large"
    """A piece that fits into no carton, even alone."""
    TOO_HEAVY = "too_heavy"
    """A piece that is too heavy for every carton that it fits into."""
    NO_CARTONS = "no_cartons"
    """No carton is left for it: the list is empty, or its stock is used up."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason, with the pieces that it is about."""

    kind: ProblemKind
    items: tuple[str, ...]
    """Keys of the pieces."""

    @property
    def key(self) -> str:
        """The key of its sentence, which names the goods as ``items``."""
        return f"cartons.{self.kind}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the station says before the first piece goes in."""

    packing: Packing | None
    """None where there is no safe one; then *problems* says why."""
    problems: tuple[Problem, ...] = ()


def in_order(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Return placements in the order in which a person puts them in: from below, heavy first, fragile last, from the
    far corner to the near one.
    """
    return tuple(
        sorted(placements, key=lambda one: (one.at[2], one.item.fragile, -one.item.weight_g, one.at[1], one.at[0]))
    )
