"""People 担当者 and what each role may do.

Nobody entered means every right: a shop of one person needs no badges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EVERYONE", "RIGHTS", "Person", "Right", "Role", "rights_of"]


class Role(StrEnum):
    """What somebody is in the warehouse."""

    PACKER = "packer"
    PICKER = "picker"
    LEADER = "leader"
    OFFICE = "office"


class Right(StrEnum):
    """Something not everybody may do."""

    PACK = "pack"
    CLOSE_SHORT = "close_short"
    TEACH = "teach"
    TAKE_OVER = "take_over"
    RELEASE = "release"
    HOLD = "hold"
    CANCEL_ORDER = "cancel_order"
    IMPORT = "import"
    HAND_OVER = "hand_over"
    EXPORT = "export"
    """Write carrier files, take numbers in, write dispatch reports."""
    WAYBILL_BY_HAND = "waybill_by_hand"
    """Enter the number of a hand-written waybill."""
    WAYBILL_OVERRIDE = "waybill_override"
    """Close a parcel without its waybill, with a reason."""
    KEY_QUANTITY = "key_quantity"
    """Type the number of pieces of goods that allow it."""
    ALLOW = "allow"
    """Let something pass that a guard refused, with a reason."""
    SETTINGS = "settings"
    PEOPLE = "people"


EVERYONE = frozenset(Right)
"""Every right."""

_LEADER = EVERYONE
_OFFICE = EVERYONE - {Right.TAKE_OVER, Right.TEACH, Right.KEY_QUANTITY, Right.ALLOW}
_BENCH = frozenset({Right.PACK, Right.TAKE_OVER})

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.PACKER: _BENCH,
    Role.PICKER: _BENCH,
    Role.LEADER: _LEADER,
    Role.OFFICE: _OFFICE,
}
"""Rights by role; ``short.close = anyone`` gives :attr:`Right.CLOSE_SHORT` to all, ``quantity.keyed = anyone``
:attr:`Right.KEY_QUANTITY`."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a badge."""

    id: int
    code: str
    """Text after ``KU-`` on the badge."""
    name: str
    role: Role
    language: str = ""
    """Language of the screen while this person is signed in; empty keeps the station's."""


def rights_of(
    person: Person | None, anybody_entered: bool, short_close: str = "leader", keyed: str = "leader"
) -> frozenset[Right]:
    """Return what *person* may do.

    :param person: who is signed in; None for nobody.
    :param anybody_entered: False while the shop has entered no people at all.
    :param short_close: the setting ``short.close``.
    :param keyed: the setting ``quantity.keyed``; ``off`` takes the right from everybody.
    """
    rights = EVERYONE if not anybody_entered else RIGHTS[person.role] if person else _BENCH
    if short_close == "anyone":
        rights |= {Right.CLOSE_SHORT}
    if keyed == "anyone":
        rights |= {Right.KEY_QUANTITY}
    return rights - {Right.KEY_QUANTITY} if keyed == "off" else rights
