"""A label, described once in millimetres: what stands on it, before any printer or its dots are known.

The origin is the top left corner. How it becomes dots, and what is wrong with it, is :mod:`app.domain.label_dots`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

__all__ = [
    "DPIS",
    "WIDEST_GAP_MM",
    "Align",
    "Box",
    "Code",
    "Item",
    "Label",
    "LabelFault",
    "Line",
    "Over",
    "Picture",
    "PrintOptions",
    "Symbology",
    "Text",
]

DPIS = (203, 300, 600)
"""Dots an inch of label printers: 8, 12 and 24 to the millimetre."""

WIDEST_GAP_MM = 25.4
"""Widest gap between two labels that printers take."""
_YES = {"1": True, "on": True, "yes": True, "true": True, "0": False, "off": False, "no": False, "false": False}

Align = Literal["left", "centre", "right"]


class Symbology(StrEnum):
    """Kinds of codes that a label can have."""

    CODE128 = "code128"
    GS1_128 = "gs1_128"
    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    ITF14 = "itf14"
    CODE39 = "code39"
    NW7 = "nw7"
    QR = "qr"
    DATAMATRIX = "datamatrix"
    GS1_DATAMATRIX = "gs1_datamatrix"

    @property
    def matrix(self) -> bool:
        """Whether it is made of cells, not of bars."""
        return self in (Symbology.QR, Symbology.DATAMATRIX, Symbology.GS1_DATAMATRIX)


class Over(StrEnum):
    """What becomes of words that do not fit, even in their smallest size."""

    STOP = "stop"
    """The label is not printed."""
    CUT = "cut"
    """They end in … and that is said."""
    NEXT = "next"
    """They go on on a label that follows."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, in a box that they never leave."""

    x: float
    y: float
    width: float
    height: float
    text: str
    size_mm: float = 3.0
    """Height of a character cell."""
    bold: bool = False
    align: Align = "left"
    lines: int = 1
    """Most lines that it may take."""
    least_mm: float = 2.0
    """It is made smaller down to this size before it counts as too long. 2.0 mm is about 5.7 points."""
    over: Over = Over.STOP
    """What becomes of what is still too long."""
    one_line_mm: float = 0.0
    """They stay on one line as long as they are at least so large there; 0 for no such wish."""
    more: str = ""
    """Last line of words that go on on the next label, such as "continued on the next label"."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code for scanners. Its box holds the quiet zones and the text below too."""

    x: float
    y: float
    width: float
    height: float
    data: str
    """What a scanner sends; of a GS1 code the message without its first FNC1, U+001D for those within."""
    symbology: Symbology = Symbology.CODE128
    text_below: bool = True
    """Whether people can read it below the bars; cells have no text."""
    align: Align = "centre"


@dataclass(frozen=True, slots=True)
class Line:
    """A level line, or an upright one."""

    x: float
    y: float
    length: float
    thickness: float = 0.3
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An empty frame; its edges lie within its measures."""

    x: float
    y: float
    width: float
    height: float
    thickness: float = 0.3


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in grey, drawn as large as its box lets it be and dithered to dots."""

    x: float
    y: float
    width: float
    height: float
    pixels_wide: int
    pixels_high: int
    grey: bytes = field(repr=False)
    """One byte a pixel, row by row; 0 is black."""


Item = Text | Code | Line | Box | Picture


@dataclass(frozen=True, slots=True)
class Label:
    """One label."""

    width_mm: float
    height_mm: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What a printer is told beside the label itself.

    Both stay set in most printers once they were said, also for what other programs print. So nothing is said unless
    the house decided it for this printer, and then it is said with every job.
    """

    gap_mm: float | None = None
    """White between two labels on the roll; 0 for a roll without gaps; None leaves the printer as it is set."""
    cut: bool | None = None
    """Whether a cutter cuts after the last copy; None leaves the printer as it is set."""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> PrintOptions:
        """Return what the options of a printer say; what is no number, neither yes nor no is not told."""
        try:
            gap = float(told.get("gap_mm", ""))
        except ValueError:
            gap = -1.0
        return cls(gap if 0 <= gap <= WIDEST_GAP_MM else None, _YES.get(told.get("cut", "").strip().lower()))


@dataclass(frozen=True, slots=True)
class LabelFault:
    """Something that is wrong with a label on a printer of some resolution."""

    key: str
    """Key of the sentence that names the place and the remedy."""
    args: Mapping[str, str | float]
    item: int
    """Which item of the label, from 0."""
    stops: bool = True
    """Whether the label is not printed; else it is printed as the sentence says."""
