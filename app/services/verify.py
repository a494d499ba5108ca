"""Checking the whole database: what ``kenpin verify`` does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.services.anchors import anchor_file, read_file
from app.services.desk import Desk
from app.storage.database import Transaction
from app.storage.verify import Fault, Figures, faults, figures

__all__ = ["Checked", "Fault", "Figures", "check", "verify"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to."""

    figures: Figures
    faults: list[Fault]
    """Empty where all is well."""
    anchors: Path | None
    """The anchors that the chains were held against; None where there are none: a cut tail could not be seen."""
    lines: int
    """How many of them there are."""


def verify(tx: Transaction) -> tuple[Figures, list[Fault]]:
    """Recompute every balance and read every chain again, all in one snapshot; no fault means all is well."""
    found = list(faults(tx))
    return figures(tx), found


def check(desk: Desk, folder: Path, copy: Path | None = None) -> Checked:
    """Do what :func:`verify` does, and hold the ends of the chains against the anchors outside the database.

    :param folder: the station's own folder, where anchors lie unless the shop says another place.
    :param copy: a copy of the anchors that was kept elsewhere, instead.
    :raises FileUnusable: the anchors cannot be read, or there is no such copy.
    """
    file = copy or desk.read(anchor_file, folder).result()
    # Read before the database: what is anchored meanwhile would look cut off.
    anchored = read_file(file, must_exist=copy is not None)

    def run(tx: Transaction) -> tuple[Figures, list[Fault]]:
        found = list(faults(tx, anchored))
        return figures(tx), found

    counted, found = desk.read(run).result()
    return Checked(counted, found, file if anchored else None, len(anchored.anchors) if anchored else 0)
