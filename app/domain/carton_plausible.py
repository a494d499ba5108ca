"""What is wrong with goods before a carton is tried: sides missing or in another unit, care that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.cartons import Item, Orientation, Problem, ProblemKind

__all__ = ["hindrances", "problems_of"]

DENSEST = 20
"""g/cm³: gold has 19.3. Heavier than that are sides in cm, inches or m that were taken for mm."""
LIGHTEST = 0.004
"""g/cm³ of a piece that is longer than `LONGEST`: less than any foam (expanded polystyrene has 0.01 and more)."""
LONGEST = 1500
"""mm: only longer goods are taken to be in a smaller unit than mm."""


def problems_of(items: Iterable[Item]) -> tuple[Problem, ...]:
    """Return what is wrong with *items*, one problem a kind, in the order of `ProblemKind`."""
    found: dict[ProblemKind, list[str]] = {}
    for item in items:
        for kind in _of_item(item):
            found.setdefault(kind, []).append(item.key)
    return tuple(Problem(kind, tuple(found[kind])) for kind in ProblemKind if kind in found)


def hindrances(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those for which no packing can be proposed: all but a missing weight."""
    return tuple(problem for problem in problems if problem.kind is not ProblemKind.NO_WEIGHT)


def _of_item(item: Item) -> Iterator[ProblemKind]:
    if min(item.size_mm) <= 0:
        yield ProblemKind.NO_SIZE
    elif item.weight_g > 0 and not _plausible(item):
        yield ProblemKind.UNIT
    if item.weight_g <= 0:
        yield ProblemKind.NO_WEIGHT
    if _contradicts(item):
        yield ProblemKind.CONTRADICTION


def _plausible(item: Item) -> bool:
    length, width, height = item.size_mm
    density = item.weight_g / (length * width * height / 1000)
    return density <= DENSEST and (density >= LIGHTEST or max(item.size_mm) <= LONGEST)


def _contradicts(item: Item) -> bool:
    lies = item.orientation is Orientation.LYING and item.liquid and item.size_mm[2] != min(item.size_mm)
    pressed = item.pressed_mm
    badly_pressed = pressed is not None and (
        item.fragile or item.liquid or not 0 < pressed <= max(1, min(item.size_mm))
    )
    return lies or badly_pressed or item.cushion_mm < 0
