"""What labels are printed on."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LabelForm"]


class LabelForm(StrEnum):
    """What labels are printed on."""

    A4_10 = "a4-10"
    """A4, two by five of 86.4 × 50.8 mm."""
    A4_24 = "a4-24"
    """A4, three by eight of 66 × 33.9 mm."""
    SINGLE = "100x50"
    """One label of 100 × 50 mm, on a printer of 203 dots an inch."""
    ROLL = "62"
    """One label of 62 × 40 mm off a roll of 62 mm, on a printer of 300 dots an inch."""
