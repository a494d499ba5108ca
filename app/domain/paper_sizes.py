"""Sizes of the papers of an order."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["PaperSize"]


class PaperSize(StrEnum):
    """Paper a slip is printed on."""

    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    IN_4_6 = "4x6"
    """A label of 4 by 6 inches."""
    MM_100_150 = "100x150"
    """A label of 100 by 150 mm."""
    ROLL_62 = "62"
    """A roll of 62 mm; a page is as long as what is on it."""

    @property
    def measures(self) -> tuple[float, float]:
        """Width and height in millimetres; a height of 0 is as long as need be."""
        return _MEASURES[self]

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS.get(self, str(self))

    @property
    def dpi(self) -> int:
        """Dots an inch of the printers that this is for; 0 for office printers."""
        return _DPI.get(self, 0)


_MEASURES = {
    PaperSize.A4: (210.0, 297.0),
    PaperSize.A5: (148.0, 210.0),
    PaperSize.A6: (105.0, 148.0),
    PaperSize.IN_4_6: (101.6, 152.4),
    PaperSize.MM_100_150: (100.0, 150.0),
    PaperSize.ROLL_62: (62.0, 0.0),
}
_DPI = {PaperSize.IN_4_6: 203, PaperSize.MM_100_150: 203, PaperSize.ROLL_62: 300}
_LABELS = {PaperSize.IN_4_6: "4×6 in", PaperSize.MM_100_150: "100×150 mm", PaperSize.ROLL_62: "62 mm"}
