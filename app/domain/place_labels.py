"""Labels for places and for what carries goods: shelves 棚, totes かご, carts カート, slots of the sorting wall, zones.

What a label says and which numbers a set of labels has; how it looks is in ``app/documents``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.barcode import read
from app.domain.label_forms import LabelForm
from app.domain.own_codes import CartCode, CartonCode, ShelfCode, ToteCode, WallCode
from app.domain.shelves import shelf_key
from app.domain.warehouse import Shelf
from app.errors import NotAllowed

__all__ = [
    "MOST_LABELS",
    "LabelKind",
    "PlaceLabel",
    "PlaceLabels",
    "WallSlot",
    "Zone",
    "ZoneSigns",
    "arrows",
    "checked",
    "coded",
    "numbered",
    "wall_slots",
    "zones_of",
]

MOST_LABELS = 10_000
"""Labels in one go; more are a mistyped number."""
MOST_CHARACTERS = 30
"""Longest code on a label."""
_MOST_DIGITS = 9


class LabelKind(StrEnum):
    """What a label is stuck on."""

    SHELF = "shelf"
    TOTE = "tote"
    CART = "cart"
    SLOT = "slot"
    CARTON = "carton"
    """The pile of one kind of carton, or its place in a card for the bench."""


_PREFIXES = {
    LabelKind.SHELF: "KS-",
    LabelKind.TOTE: "KT-",
    LabelKind.CART: "KC-",
    LabelKind.SLOT: "KW-",
    LabelKind.CARTON: "KX-",
}
_READ_AS: Mapping[LabelKind, type[ShelfCode | ToteCode | CartCode | WallCode | CartonCode]] = {
    LabelKind.SHELF: ShelfCode,
    LabelKind.TOTE: ToteCode,
    LabelKind.CART: CartCode,
    LabelKind.SLOT: WallCode,
    LabelKind.CARTON: CartonCode,
}


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """One label."""

    kind: LabelKind
    code: str
    """What a person reads and the program keeps, without prefix."""
    zone: str = ""
    aisle: str = ""
    bay: str = ""
    level: str = ""
    arrow: str = ""
    """``up`` or ``down``: where from the label the level is; empty for no arrow."""
    within: str = ""
    """The wall that a slot belongs to; empty where there is but one."""
    size: str = ""
    """Inside of a carton in mm, as a person reads it."""

    @property
    def text(self) -> str:
        """What its bar code says."""
        return coded(self.kind, self.code)

    @property
    def shown(self) -> str:
        """What stands huge on it: of a slot the place in its wall, else the code."""
        return self.code.removeprefix(f"{self.within}-") if self.within else self.code


@dataclass(frozen=True, slots=True)
class PlaceLabels:
    """Labels to print."""

    labels: tuple[PlaceLabel, ...]
    form: LabelForm = LabelForm.A4_10
    qr: bool = False
    """Whether each has a QR code beside the bars. One whose code cannot be bars has only a QR code."""


@dataclass(frozen=True, slots=True)
class WallSlot:
    """One slot of a sorting wall."""

    code: str
    within: str
    """Name of the wall; empty where there is but one."""
    position: int
    """Place in the wall, from 1, row by row from the top left."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of the map."""

    name: str
    aisles: tuple[str, ...] = ()
    """In shelf order."""
    shelves: int = 0


@dataclass(frozen=True, slots=True)
class ZoneSigns:
    """Signs of zones to print. They have no code: no scan asks for a zone."""

    zones: tuple[Zone, ...]


def coded(kind: LabelKind, code: str) -> str:
    """Return the text of the bar code of a place."""
    return _PREFIXES[kind] + code


def checked(kind: LabelKind, code: str) -> str:
    """Return *code* as it will be printed and kept.

    :raises NotAllowed: ``labels.unreadable``: what a scanner sends of such a label would be read as something else.
    """
    plain = unicodedata.normalize("NFKC", code).strip()
    found = read(coded(kind, plain)).kind(_READ_AS[kind])
    if not plain or len(plain) > MOST_CHARACTERS or getattr(found, "code", "") != plain:
        raise NotAllowed("labels.unreadable", code=code, most=MOST_CHARACTERS)
    return plain


def numbered(prefix: str, first: int, count: int, digits: int = 3) -> tuple[str, ...]:
    """Return *count* codes from *first* on, such as ``T-001`` to ``T-040``.

    :param digits: least digits of the number, with zeros before it.
    :raises NotAllowed: ``labels.bad_range``: none or more than `MOST_LABELS`, or too many digits.
    """
    if not (0 < count <= MOST_LABELS and 0 <= first < 10**_MOST_DIGITS and 0 < digits <= _MOST_DIGITS):
        raise NotAllowed("labels.bad_range", most=MOST_LABELS, digits=_MOST_DIGITS)
    return tuple(f"{prefix}{number:0{digits}d}" for number in range(first, first + count))


def wall_slots(wall: str, rows: int, columns: int) -> tuple[WallSlot, ...]:
    """Return the slots of a sorting wall: rows are letters from the top, columns numbers from the left.

    :param wall: its name, before each code (``W1-A1``); empty for the only wall (``A1``).
    :raises NotAllowed: ``labels.bad_wall``: more than 26 rows or 99 columns, or none.
    """
    if not (0 < rows <= 26 and 0 < columns <= 99):
        raise NotAllowed("labels.bad_wall")
    before = f"{wall}-" if wall else ""
    return tuple(
        WallSlot(f"{before}{chr(ord('A') + row)}{column + 1}", wall, row * columns + column + 1)
        for row in range(rows)
        for column in range(columns)
    )


def arrows(shelves: Iterable[Shelf]) -> dict[str, str]:
    """Return for each shelf where its level is from a label on the lowest beam: ``down``, ``up``.

    The labels of all levels of a bay are usually stuck to the beam at the height of the eyes: below it is the lowest
    level, above it are all others. A bay of one level needs no arrow and is left out.
    """
    bays: dict[tuple[str, str, str], list[Shelf]] = defaultdict(list)
    for shelf in shelves:
        if shelf.level:
            bays[shelf.zone, shelf.aisle, shelf.bay].append(shelf)
    found: dict[str, str] = {}
    for members in bays.values():
        levels = sorted({member.level for member in members}, key=shelf_key)
        if len(levels) > 1:
            found |= {member.code: "down" if member.level == levels[0] else "up" for member in members}
    return found


def zones_of(shelves: Iterable[Shelf]) -> tuple[Zone, ...]:
    """Return the zones that shelves name, in shelf order."""
    members: dict[str, list[Shelf]] = defaultdict(list)
    for shelf in shelves:
        if shelf.zone:
            members[shelf.zone].append(shelf)
    return tuple(
        Zone(
            name, tuple(sorted({each.aisle for each in members[name] if each.aisle}, key=shelf_key)), len(members[name])
        )
        for name in sorted(members, key=shelf_key)
    )
