"""Ways of picking ピック方法 as data: which scans a stop takes, and how orders become jobs.

Each file in ``app/modes`` is one: its ``MODE`` and its ``plan``. What a scan means is decided by the one picking core
(:mod:`app.domain.picking`), which reads nothing but the mode's steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.routing import Stop

__all__ = ["FAR", "JobPlan", "Limits", "Mode", "PickLine", "PickOrder", "PickStep", "PlanKit", "Stage", "Walked"]

FAR = 253_402_214_400_000
"""Due time of orders without a pickup to catch: the end of the year 9999, milliseconds since 1970 UTC."""


class PickStep(StrEnum):
    """A scan that a way of picking takes."""

    TOTES = "totes"
    """Before the walk: a tote on each place of the cart."""
    LIST = "list"
    """The code of the printed list: everything on it is picked."""
    SHELF = "shelf"
    ITEM = "item"
    PLACE = "place"
    """The tote or the wall slot that the goods go into."""


class Stage(StrEnum):
    """What a job is: walking past the shelves, or parting goods at the wall."""

    PICK = "pick"
    SORT = "sort"


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of picking."""

    id: str
    rank: int
    """Place in lists; the usual way of a small shop comes first."""
    steps: tuple[PickStep, ...]
    """What is scanned while walking."""
    bulk: bool = False
    """Goods are not parted by order on the way: all of one stop are taken together."""
    sorts: bool = False
    """A sort 種まき follows, in which they are parted."""
    singles: bool = False
    """Only orders of one piece, which the bench opens by scanning any of the goods."""
    papers: tuple[str, ...] = ()
    """Papers that a release prints for each job."""


@dataclass(frozen=True, slots=True)
class PickLine:
    """Pieces of one order line that lie on one shelf."""

    line: int
    product: int
    quantity: int
    shelf: str
    lot: str = ""
    zone: str = ""
    weight_g: int = 0
    """Of one piece; 0 where unknown."""
    volume_mm3: int = 0
    """Of one piece; 0 where unknown."""
    fragile: bool = False
    temperature: str = "ambient"


@dataclass(frozen=True, slots=True)
class PickOrder:
    """What goes into one parcel: an order, with those that share its parcel."""

    order: int
    """The lead."""
    due: int
    """Pickup to catch, milliseconds since 1970 UTC; :data:`FAR` for none."""
    rank: int
    """Minus its priority."""
    sequence: int
    """Place in the release batch: the order of slips and waybills."""
    lines: tuple[PickLine, ...]
    totes: int = 1
    """Totes that it needs."""

    @property
    def pieces(self) -> int:
        """Pieces in all."""
        return sum(each.quantity for each in self.lines)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one picker can take along, and how fast it goes."""

    totes: int = 8
    """Places on a cart."""
    weight_g: int = 0
    """Most weight of a cart; 0 for no limit."""
    volume_mm3: int = 0
    """Most volume of one tote; 0 for no limit."""
    slots: int = 20
    """Places of the sorting wall."""
    list_orders: int = 30
    """Most orders on one printed list."""
    pickers: int = 1
    pace_mm_s: int = 1000
    """Walking speed, millimetres a second."""
    line_s: int = 12
    """Seconds for one stop: find, take, scan, put."""
    zone_merge: bool = False
    """Zones are picked at the same time into totes of their own, not passed on from zone to zone."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A way past the shelves."""

    stops: tuple[Stop, ...] = ()
    """In the order of the walk; those without a place on the map come last. A shelf is met twice where a wish wants it:
    once for what is heavy, later for what is fragile."""
    metres: float = 0.0
    body: Mapping[str, object] = field(default_factory=dict)
    """Points and comparisons for the screen, as plain values."""


@dataclass(frozen=True, slots=True)
class JobPlan:
    """One job to be made."""

    orders: tuple[PickOrder, ...]
    """In the order of their places on the cart or wall, with just the lines that this job takes."""
    zone: str = ""
    stage: Stage = Stage.PICK
    after: int | None = None
    """Index of the job in the plan that must be done before."""
    walk: Walked = field(default_factory=Walked)

    @property
    def due(self) -> int:
        """The earliest pickup of its orders."""
        return min((each.due for each in self.orders), default=FAR)


@dataclass(frozen=True, slots=True)
class PlanKit:
    """What a mode plans with; handed in, so that modes stay free of solvers."""

    limits: Limits
    batch: Callable[[Sequence[PickOrder], int], Sequence[Sequence[PickOrder]]]
    """Part orders into tours of at most so many totes (second argument), by the way that they save."""
    walk: Callable[[Sequence[PickOrder]], Walked]
    """The way past the shelves of these orders."""
