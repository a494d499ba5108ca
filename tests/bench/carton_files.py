"""Published packing problems: made by Martello, Pisinger & Vigo's rule, and files of equal vehicles (`thpack9`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.cartons import Size

__all__ = ["CLASSES", "Problem", "Unreadable", "made", "read", "read_all"]

CLASSES = (1, 4, 5, 6, 7, 8)
"""The classes of Martello, Pisinger & Vigo (2000) that are measured."""
_SIDE = {6: 10, 7: 40}
"""Side of the bin, where it is not 100."""


class Unreadable(Exception):
    """A file that is no problem of this form; says what is wrong with it and where."""


@dataclass(frozen=True)
class Problem:
    """Pieces that may be turned freely, and the bin of which as few as possible are to be used."""

    name: str
    bin: Size
    sizes: tuple[Size, ...]

    @property
    def bound(self) -> int:
        """Bins that there must be at least, by volume."""
        length, width, height = self.bin
        return -(-sum(x * y * z for x, y, z in self.sizes) // (length * width * height))


class _Rand48:
    """The generator of the published instances (`lrand48` of System V)."""

    def __init__(self, seed: int) -> None:
        self._state = (seed << 16) + 0x330E

    def between(self, least: int, most: int) -> int:
        self._state = (self._state * 0x5DEECE66D + 0xB) % (1 << 48)
        return (self._state >> 17) % (most - least + 1) + least


def made(kind: int, count: int, number: int) -> Problem:
    """Return one problem by the published rule: class *kind*, *count* pieces, *number* 1 to 10 of its kind.

    Classes 1 to 5 draw six pieces in ten of their own shape and one of each of the others; 6 to 8 draw sides evenly.
    """
    side = _SIDE.get(kind, 100)
    chance = _Rand48(count + number)
    return Problem(f"mpv{kind}-{count}-{number}", (side,) * 3, tuple(_piece(chance, side, kind) for _ in range(count)))


def _piece(chance: _Rand48, side: int, kind: int) -> Size:
    if kind > 5:
        most = {6: 10, 7: 35, 8: 100}[kind]
        return (chance.between(1, most), chance.between(1, most), chance.between(1, most))
    drawn = chance.between(1, 10)
    short, long, half = (1, side // 2), (2 * side // 3, side), (side // 2, side)
    ranges = {
        1: (short, long, long),
        2: (long, short, long),
        3: (long, long, short),
        4: (half, half, half),
        5: (short, short, short),
    }[drawn if drawn <= 5 else kind]
    length, width, height = (chance.between(*each) for each in ranges)
    return (length, width, height)


def read(folder: Path) -> Problem:
    """Read ``items.csv`` and the first vehicle of ``vehicles.csv``; the others are the same one turned.

    :raises Unreadable: where a file or a column is missing, or a side is no whole number above 0
    """
    bins = list(_sizes(folder / "vehicles.csv"))
    pieces = tuple(_sizes(folder / "items.csv"))
    if not bins or not pieces:
        raise Unreadable(f"{folder}: no vehicle or no item")
    if len({tuple(sorted(each)) for each in bins}) > 1:
        raise Unreadable(f"{folder}: vehicles of several sizes")
    return Problem(folder.name, bins[0], pieces)


def _sizes(path: Path) -> Iterator[Size]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                try:
                    length, width, height = (int(row[side]) for side in ("length", "width", "height"))
                except (KeyError, TypeError, ValueError) as error:
                    raise Unreadable(
                        f"{path}, line {line}: length, width and height in whole numbers wanted"
                    ) from error
                if min(length, width, height) < 1:
                    raise Unreadable(f"{path}, line {line}: a side that is not above 0")
                yield (length, width, height)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from error


def read_all(data: Path) -> tuple[list[Problem], dict[str, str]]:
    """Return the problems in the folders below *data*, and what is wrong with the folders that hold none."""
    found, refused = [], {}
    for path in sorted(data.rglob("vehicles.csv")):
        try:
            found.append(read(path.parent))
        except Unreadable as error:
            refused[path.parent.name] = str(error)
    return sorted(found, key=lambda problem: (len(problem.name), problem.name)), refused
