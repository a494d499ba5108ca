"""Mispicks 出荷ミス: what goes wrong between the shelf and the parcel, and which control of the bench sees it.

A parcel is judged by what is in it and on it, never by what was scanned: :func:`faults` compares pieces and papers with
the order. The rates are assumptions, of the size of published totals (0.1 % to 1 % of lines); nobody has published
their split, so that they are there to be varied.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "CONTROLS",
    "MISPICKS",
    "Control",
    "Fault",
    "Mispick",
    "Mistake",
    "Per",
    "Piece",
    "RuleSet",
    "faults",
    "rule_sets",
    "wilson",
]


class Mispick(StrEnum):
    """What a person does wrong, in the order of the reliability list."""

    WRONG_ITEM = "wrong_item"
    """Other goods, with their own code."""
    LOOK_ALIKE = "look_alike"
    """Goods that differ by size, colour or number."""
    SHARED_CODE = "shared_code"
    """The other one of two products that bear the same code."""
    WRONG_COUNT = "wrong_count"
    """Pieces too many or too few."""
    SCANNED_N_TIMES = "scanned_n_times"
    """One piece held under the scanner for all of them."""
    SHELF_LABEL = "shelf_label"
    """The label of the shelf or of the case scanned instead of the goods."""
    LEFT_OUT = "left_out"
    """A line not picked at all."""
    WRONG_ORDER = "wrong_order"
    """A piece that belongs to the order beside it."""
    WRONG_LOT = "wrong_lot"
    """Expired, keeping too short, or recalled."""
    WRONG_SERIAL = "wrong_serial"
    """A serial number that left the house before."""
    MISLABELLED = "mislabelled"
    """Other goods under the right label."""
    DAMAGED = "damaged"
    """Broken or incomplete."""
    SWAPPED_AFTER_SCAN = "swapped_after_scan"
    """Another piece goes in the box than the one that was scanned."""
    SWAPPED_PAPER = "swapped_paper"
    """Slip or waybill of the parcel beside it."""
    DOUBLE_SCAN = "double_scan"
    """The trigger bounces: one piece is read twice."""
    SKIPPED_SCAN = "skipped_scan"
    """The code on the screen is typed in, the goods are not looked at."""
    MISREAD = "misread"
    """The scanner gives other characters than are printed."""
    WRONG_LABEL = "wrong_label"
    """The waybill of an older version of the order: wrong address or service."""


class Control(StrEnum):
    """One thing that a shop may have its station check; each comes on top of those before it."""

    ITEM = "item"
    """Goods are scanned, and must be wanted; nothing closes short by itself."""
    PIECE = "piece"
    """Every piece is scanned, no quantity is typed."""
    GUARDS = "guards"
    """The pace guard, and labels of shelves and cases kept apart from goods."""
    LOTS = "lots"
    """Lot, expiry and serial."""
    PAPERS = "papers"
    """The slip before the goods, the waybill to close."""
    WEIGHT = "weight"
    """The closed box on the scale. It stops nothing every time, and much of what no scan sees."""


class Per(StrEnum):
    """What a rate is counted by."""

    LINE = "line"
    LINE_OF_SEVERAL = "line of several pieces"
    LINE_ALIKE = "line of goods with a look-alike"
    LINE_SHARED = "line of goods that share their code"
    LINE_LOT = "line of goods with lots"
    LINE_SERIAL = "line of goods with serial numbers"
    SCAN = "scan"
    PARCEL = "parcel"
    CHANGED = "order that changed after its waybill was made"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What the simulation knows of one kind of mispick."""

    number: int
    """Its row in the reliability list."""
    per: Per
    rate: float
    """How often it is made, of one; an assumption."""
    caught_by: Control | None
    """The control that stops it every time; None where no scan can."""
    by_scanner: bool = False
    """It is made with the scanner: a packer who only has paper can't make it."""


MISPICKS: Mapping[Mispick, Mistake] = MappingProxyType(
    {
        Mispick.WRONG_ITEM: Mistake(1, Per.LINE, 0.0012, Control.ITEM),
        Mispick.LOOK_ALIKE: Mistake(2, Per.LINE_ALIKE, 0.002, Control.PIECE),
        # The codes are equal: the station asks, and the answer is the packer's.
        Mispick.SHARED_CODE: Mistake(3, Per.LINE_SHARED, 0.002, None),
        Mispick.WRONG_COUNT: Mistake(4, Per.LINE, 0.0012, Control.PIECE),
        Mispick.SCANNED_N_TIMES: Mistake(5, Per.LINE_OF_SEVERAL, 0.1, Control.GUARDS, by_scanner=True),
        Mispick.SHELF_LABEL: Mistake(6, Per.LINE, 0.05, Control.GUARDS, by_scanner=True),
        Mispick.LEFT_OUT: Mistake(7, Per.LINE, 0.0006, Control.ITEM),
        Mispick.WRONG_ORDER: Mistake(8, Per.LINE, 0.0005, Control.PIECE),
        Mispick.WRONG_LOT: Mistake(9, Per.LINE_LOT, 0.001, Control.LOTS),
        Mispick.WRONG_SERIAL: Mistake(10, Per.LINE_SERIAL, 0.001, Control.LOTS),
        Mispick.MISLABELLED: Mistake(11, Per.LINE, 0.0003, None),
        Mispick.DAMAGED: Mistake(12, Per.LINE, 0.0003, None),
        Mispick.SWAPPED_AFTER_SCAN: Mistake(13, Per.LINE, 0.0006, None),
        Mispick.SWAPPED_PAPER: Mistake(14, Per.PARCEL, 0.0003, Control.PAPERS),
        Mispick.DOUBLE_SCAN: Mistake(15, Per.SCAN, 0.0003, Control.GUARDS, by_scanner=True),
        Mispick.SKIPPED_SCAN: Mistake(16, Per.LINE, 0.005, None, by_scanner=True),
        Mispick.MISREAD: Mistake(17, Per.SCAN, 0.00001, Control.ITEM, by_scanner=True),
        Mispick.WRONG_LABEL: Mistake(18, Per.CHANGED, 0.01, Control.PAPERS),
    }
)
"""Every kind with its rate and what catches it."""


# --- sets of rules ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a shop has its station check."""

    name: str
    controls: frozenset[Control]

    def catches(self, kind: Mispick) -> bool:
        """Return whether one of its controls stops *kind* every time."""
        return MISPICKS[kind].caught_by in self.controls


CONTROLS: tuple[tuple[str, Control | None], ...] = (
    ("paper", None),
    ("typed", Control.ITEM),
    ("unit", Control.PIECE),
    ("guards", Control.GUARDS),
    ("lots", Control.LOTS),
    ("waybill", Control.PAPERS),
    ("weight", Control.WEIGHT),
)
"""The sets of rules by what each adds to the one before; another control is one more row."""


def rule_sets() -> tuple[RuleSet, ...]:
    """Return the sets of rules, from paper alone to everything."""
    controls = [control for _, control in CONTROLS]
    return tuple(
        RuleSet(name, frozenset(control for control in controls[: at + 1] if control))
        for at, (name, _) in enumerate(CONTROLS)
    )


# --- what is in a parcel ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of goods as it lies in the hand."""

    product: int
    """What it is."""
    code: str
    """What a scanner reads on it."""
    lot: str = ""
    expiry: str = ""
    """``YYYY-MM-DD``."""
    serial: str = ""
    unfit: bool = False
    """Expired, keeping too short, recalled, or with a serial that left the house before."""
    damaged: bool = False


class Fault(StrEnum):
    """What is wrong with a parcel."""

    GOODS = "goods"
    UNFIT = "unfit"
    SERIAL = "serial"
    DAMAGED = "damaged"
    SLIP = "slip"
    LABEL = "label"


def faults(wanted: Mapping[int, int], pieces: Iterable[Piece], *, slip: bool, label: bool) -> frozenset[Fault]:
    """Return what is wrong with a parcel; empty for a right one.

    :param wanted: product and pieces, as ordered.
    :param slip: whether the packing slip in it is its own.
    :param label: whether the waybill on it is its own and of the order's current version.
    """
    inside: Counter[int] = Counter()
    serials: set[str] = set()
    found: set[Fault] = set()
    for piece in pieces:
        inside[piece.product] += 1
        if piece.unfit:
            found.add(Fault.UNFIT)
        if piece.damaged:
            found.add(Fault.DAMAGED)
        if piece.serial:
            if piece.serial in serials:
                found.add(Fault.SERIAL)
            serials.add(piece.serial)
    if inside != wanted:
        found.add(Fault.GOODS)
    if not slip:
        found.add(Fault.SLIP)
    if not label:
        found.add(Fault.LABEL)
    return frozenset(found)


def wilson(wrong: int, parcels: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate, by Wilson's score: it stays sensible where nothing or little was seen."""
    if not parcels:
        return 0.0, 1.0
    z = 1.959964
    rate = wrong / parcels
    base = 1 + z * z / parcels
    middle = (rate + z * z / (2 * parcels)) / base
    half = z / base * math.sqrt(rate * (1 - rate) / parcels + z * z / (4 * parcels * parcels))
    return max(0.0, middle - half), min(1.0, middle + half)
