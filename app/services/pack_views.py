"""What the bench shows of a parcel beside its lines, in one reading beside the scans.

Boxes and what lies in each, what goes in with the goods, how long cold goods have been out, and the proposed cartons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.domain.bench import Box
from app.domain.boxes import inside
from app.domain.cartons import CartonKind, Size
from app.errors import NotFound
from app.services import carton_plans
from app.services.carton_plans import GuideData
from app.storage import cartons as cartons_storage
from app.storage import pack_views as storage
from app.storage import packing as packing_storage
from app.storage.database import Transaction
from app.storage.pack_views import ExtraRow

__all__ = ["BoxesRead", "CartonRead", "ExtraRow", "read_boxes"]


@dataclass(frozen=True, slots=True)
class CartonRead:
    """A carton of the list."""

    name: str
    inner_mm: Size
    kind: CartonKind


@dataclass(frozen=True, slots=True)
class BoxesRead:
    """Everything about the boxes of one parcel."""

    box: int = 1
    """The box being filled."""
    free: bool = False
    """The packer parts the goods otherwise than it was proposed."""
    boxes: tuple[Box, ...] = ()
    """Boxes of which something is known, by their number."""
    inside: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Pieces by line and box."""
    extras: tuple[ExtraRow, ...] = ()
    """What goes in beside the goods."""
    scale: bool = False
    """Whether a scale that works stands where it is packed."""
    cold_since: int | None = None
    """When the first cold piece was scanned, ms since 1970 UTC."""
    at: int = 0
    """When it was read, by the database's clock."""
    guide: GuideData | None = None
    """The proposed cartons; None where nothing is proposed and nothing is wrong with a proposal."""
    cartons: Mapping[str, CartonRead] = field(default_factory=dict)
    """Cartons that a person said, by their code."""
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Product -> picture of how it is packed."""

    @property
    def count(self) -> int:
        """Boxes in use."""
        return max((each.piece for each in self.boxes), default=1)

    def carton_said(self, box: int) -> str:
        """Return the code of the carton that a person took for a box; empty where nobody said one."""
        return next((each.carton for each in self.boxes if each.piece == box), "")

    def boxes_of(self, line: int) -> list[tuple[int, int]]:
        """Return box and pieces of each box that pieces of *line* lie in."""
        return sorted((box, pieces) for (each, box), pieces in self.inside.items() if each == line and pieces > 0)


def read_boxes(
    tx: Transaction,
    order: int,
    language: str,
    *,
    products: Collection[int],
    begun: bool,
    known: BoxesRead | None = None,
) -> BoxesRead:
    """Read what belongs to the parcel of *order*, the lead of those that share it.

    :param language: of the names of goods in what is said of a proposal.
    :param products: products of its lines.
    :param begun: something is in the box, so that its proposal stays what it was.
    :param known: what was read of the same version before.
    """
    parcel = storage.parcel_of(tx, order)
    trail = packing_storage.load_trail(tx, order)[0]
    guide = known.guide if known is not None and begun and known.guide is not None else _guide(tx, order, language)
    said = {each.carton for each in parcel.boxes if each.carton}
    return BoxesRead(
        box=parcel.box,
        free=parcel.free,
        boxes=parcel.boxes,
        inside=dict(inside(trail)),
        extras=storage.extras_of(tx, order),
        scale=parcel.scale,
        cold_since=storage.cold_since(tx, order),
        at=tx.now,
        guide=guide,
        cartons=_cartons(tx, said) if said else {},
        pictures=known.pictures if known is not None else storage.instructions(tx, products),
    )


def _guide(tx: Transaction, order: int, language: str) -> GuideData | None:
    try:
        found = carton_plans.read_guide(tx, order, language)
    except NotFound:  # somebody has just put it into another one's parcel
        return None
    return found if found.boxes or found.problems else None


def _cartons(tx: Transaction, codes: Collection[str]) -> dict[str, CartonRead]:
    listed = (each for each in cartons_storage.all_cartons(tx) if each.code in codes)
    return {each.code: CartonRead(each.name, each.inner_mm, each.kind) for each in listed}
