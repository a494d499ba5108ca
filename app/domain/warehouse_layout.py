"""Making a map that can be walked: out of shelves with coordinates, or out of a few numbers.

What a file of shelves does not say is taken from where they stand: an aisle is a group of shelves, its lane runs midway
between its two sides; cross-aisles pass all aisles at both ends where none are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf

from app.domain.shelves import shelf_key
from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Shelf, Spot
from app.domain.warehouse_graph import graph_of

__all__ = ["Parameters", "layout_of", "letters", "parametric_shelves"]

_BESIDE = 500
"""Aisles whose middles lie nearer than this (mm) are one: nobody walks between the two."""
_ROOM = 1000
"""Distance (mm) of a cross-aisle from the last shelf where none is given: the middle of a lane of two metres."""


def layout_of(
    shelves: Iterable[Shelf],
    *,
    cross_aisles: Sequence[CrossAisle] = (),
    depot: Depot | None = None,
    one_way: Mapping[str, int] | None = None,
) -> Layout:
    """Return the map of *shelves*.

    Where the aisles run along x, x and y are exchanged first (see `Layout.turned`), and what is given here counts in
    the exchanged system.

    :param cross_aisles: at least two, or none: then one at each end of the aisles.
    :param depot: None: in front of the leftmost aisle.
    :param one_way: for aisles by name (``aisle``, or ``zone/aisle``) 1 (front to back only) or -1 (back to front only).
    """
    known = list(shelves)
    placed = [shelf for shelf in known if shelf.x is not None and shelf.y is not None]
    unplaced = _in_order(shelf.code for shelf in known if shelf.x is None or shelf.y is None)
    turned = _runs_along_x(placed)
    if turned:
        placed = [replace(shelf, x=shelf.y, y=shelf.x) for shelf in placed]
    lanes = _lanes(placed)
    depths = [shelf.y for shelf in placed if shelf.y is not None] or [0]
    crossed = tuple(sorted(cross_aisles, key=lambda each: each.y)) or (
        CrossAisle(min(depths) - _ROOM),
        CrossAisle(max(depths) + _ROOM),
    )
    front, back = min(*depths, crossed[0].y), max(*depths, crossed[-1].y)
    aisles = tuple(Aisle("+".join(names), x, front, back, _direction(names, one_way or {})) for x, names, _ in lanes)
    spots = {
        shelf.code: Spot(at, shelf.y)
        for at, (_, _, members) in enumerate(lanes)
        for shelf in members
        if shelf.y is not None
    }
    start = depot or Depot(aisles[0].x if aisles else 0)
    whole = Layout(aisles, crossed, start, spots, unplaced, (), turned)
    gone = _out_of_reach(whole)
    return replace(whole, spots={code: spots[code] for code in spots.keys() - set(gone)}, unreachable=gone)


def _out_of_reach(layout: Layout) -> tuple[str, ...]:
    """The shelves that nobody can walk to from the depot, or not back, in shelf order."""
    graph = graph_of(layout)
    if not graph.knows(layout.depot):
        return _in_order(layout.spots)
    if layout.regular and layout.both_ways:
        return ()
    return _in_order(
        code
        for code, spot in layout.spots.items()
        if graph.distance(layout.depot, spot) + graph.distance(spot, layout.depot) == inf
    )


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=shelf_key))


def _name(shelf: Shelf) -> str:
    return f"{shelf.zone}/{shelf.aisle}" if shelf.zone else shelf.aisle


def _direction(names: Sequence[str], one_way: Mapping[str, int]) -> int:
    for name in names:
        found = one_way.get(name, one_way.get(name.rpartition("/")[2], 0))
        if found:
            return found
    return 0


def _groups(shelves: Iterable[Shelf]) -> dict[tuple[str, int | None], list[Shelf]]:
    """Shelves of one aisle; those that name none, by x."""
    groups: dict[tuple[str, int | None], list[Shelf]] = defaultdict(list)
    for shelf in shelves:
        groups[_name(shelf), None if shelf.aisle else shelf.x].append(shelf)
    return groups


def _runs_along_x(placed: Sequence[Shelf]) -> bool:
    along = across = 0
    for (_, x), members in _groups(placed).items():
        if x is None:
            xs, ys = [shelf.x or 0 for shelf in members], [shelf.y or 0 for shelf in members]
            along, across = along + max(ys) - min(ys), across + max(xs) - min(xs)
    return across > along


def _lanes(placed: Iterable[Shelf]) -> list[tuple[int, tuple[str, ...], list[Shelf]]]:
    """For each aisle from left to right its x, its names and its shelves; those side by side are one."""
    middles: list[tuple[int, str, list[Shelf]]] = []
    for (name, _), members in _groups(placed).items():
        xs = [shelf.x or 0 for shelf in members]
        middles.append(((min(xs) + max(xs)) // 2, name, members))
    lanes: list[tuple[int, tuple[str, ...], list[Shelf]]] = []
    for x, name, members in sorted(middles, key=lambda each: each[:2]):
        if lanes and x - lanes[-1][0] < _BESIDE:
            first, names, others = lanes[-1]
            lanes[-1] = first, (*names, name) if name not in names else names, others + members
        else:
            lanes.append((x, (name,), members))
    return lanes


# --- out of a few numbers ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameters:
    """A warehouse of like aisles; lengths in mm."""

    aisles: int = 10
    bays: int = 45
    """Bays along one side of an aisle, all blocks together."""
    levels: int = 1
    bay: int = 1000
    """Length of a bay along the aisle."""
    apart: int = 5000
    """From the middle of one aisle to the middle of the next."""
    cross_aisles: int = 2
    """At least two: in front, at the back, and between blocks of as equally many bays as can be."""
    cross_width: int = 2000
    """Width of a cross-aisle."""
    pattern: str = "{aisle}-{bay:02}-{level}"
    """How a shelf is called; ``aisle`` is a letter (A, B … Z, AA), ``number`` its number."""
    zone: str = ""
    depot: int = 1
    """Which aisle the depot stands in front of."""


def parametric_shelves(wanted: Parameters) -> tuple[list[Shelf], tuple[CrossAisle, ...], Depot]:
    """Return the shelves, cross-aisles and depot of a warehouse of like aisles, ready for `layout_of`.

    :raises ValueError: a number is out of its limits, or the pattern gives two shelves one code; its text names which.
    """
    limits = {
        "aisles": (wanted.aisles, 1, 1_000),
        "bays": (wanted.bays, 1, 10_000),
        "levels": (wanted.levels, 1, 100),
        "bay": (wanted.bay, 1, 100_000),
        "apart": (wanted.apart, _BESIDE, 100_000),
        "cross_aisles": (wanted.cross_aisles, 2, wanted.bays + 1),
        "cross_width": (wanted.cross_width, 1, 100_000),
        "depot": (wanted.depot, 1, wanted.aisles),
    }
    for name, (value, least, most) in limits.items():
        if not least <= value <= most:
            raise ValueError(f"{name}: {value} (from {least} to {most})")
    depths, crosses = _depths(wanted)
    shelves = [
        Shelf(_code(wanted, aisle, bay, level), wanted.zone, letters(aisle), str(bay), str(level), x, depths[bay - 1])
        for aisle, bay, level in product(
            range(1, wanted.aisles + 1), range(1, wanted.bays + 1), range(1, wanted.levels + 1)
        )
        for x in [(aisle - 1) * wanted.apart]
    ]
    if len({shelf.code for shelf in shelves}) < len(shelves):
        raise ValueError(f"pattern: {wanted.pattern} (gives several shelves one code)")
    return shelves, crosses, Depot((wanted.depot - 1) * wanted.apart)


def _depths(wanted: Parameters) -> tuple[list[int], tuple[CrossAisle, ...]]:
    """The y of each bay, and the cross-aisles: blocks in front are one bay longer where they can't be alike."""
    blocks = wanted.cross_aisles - 1
    depths: list[int] = []
    crosses = [CrossAisle(0)]
    edge = wanted.cross_width // 2
    for block in range(blocks):
        bays = wanted.bays // blocks + (block < wanted.bays % blocks)
        depths += [edge + bay * wanted.bay + wanted.bay // 2 for bay in range(bays)]
        edge += bays * wanted.bay + wanted.cross_width
        crosses.append(CrossAisle(edge - wanted.cross_width // 2 - wanted.cross_width % 2))
    return depths, tuple(crosses)


def _code(wanted: Parameters, aisle: int, bay: int, level: int) -> str:
    try:
        return wanted.pattern.format(aisle=letters(aisle), number=aisle, bay=bay, level=level)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValueError(f"pattern: {wanted.pattern} (of {{aisle}}, {{number}}, {{bay}}, {{level}})") from error


def letters(number: int) -> str:
    """Return the letters of an aisle: A, B … Z, AA, AB …, from 1 on."""
    found = ""
    while number:
        number, last = divmod(number - 1, 26)
        found = chr(ord("A") + last) + found
    return found
