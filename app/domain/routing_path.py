"""From the shortest graph to the walk itself: the corners of the path, and the picks in the order they are met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from app.domain.routing_blocks import Step
from app.domain.warehouse_graph import Point

__all__ = ["Crossing", "corners", "in_block", "length_of", "met_along", "path_of"]

Crossing = tuple[int, int]
"""Column and row."""


def path_of(
    xs: Sequence[int],
    rows: Sequence[int],
    places: Sequence[Sequence[int]],
    steps: Sequence[Step],
    start: Crossing,
) -> list[Point]:
    """Return the corners of a walk through all edges of a graph, from *start* to where the graph ends.

    :param xs: the columns; *rows*: y of the cross-aisles.
    :param places: for each column the y of the picks, ascending.
    :param steps: for each column what the graph has there.
    """
    turns = _turns(rows, places, steps)
    points: list[Point] = []
    for column, row in _walked(_edges(steps), start):
        point = (xs[column], rows[row])
        points.append(point)
        for y in turns.pop((column, row), ()):
            points += (xs[column], y), point
    return corners(points)


def in_block(places: Sequence[int], rows: Sequence[int], row: int) -> list[int]:
    """Return the places of an aisle in the block behind *row*; what lies just on a row belongs to the block behind."""
    front, back = rows[row], rows[row + 1]
    last = row + 2 == len(rows)
    return [y for y in places if front <= y < back or (last and y == back)]


def _edges(steps: Sequence[Step]) -> list[tuple[Crossing, Crossing]]:
    """What joins two crossings: blocks that are walked through, and stretches of cross-aisles."""
    edges: list[tuple[Crossing, Crossing]] = []
    for column, step in enumerate(steps):
        for row, way in enumerate(step.blocks):
            if way in {"through", "double"}:
                edges += [((column, row), (column, row + 1))] * (1 if way == "through" else 2)
        for row, times in enumerate(step.onward):
            edges += [((column, row), (column + 1, row))] * times
    return edges


def _turns(rows: Sequence[int], places: Sequence[Sequence[int]], steps: Sequence[Step]) -> dict[Crossing, list[int]]:
    """For each crossing the y to which one goes from there and turns back."""
    turns: dict[Crossing, list[int]] = defaultdict(list)
    last = len(rows) - 1
    for column, (step, found) in enumerate(zip(steps, places, strict=True)):
        if found and found[0] < rows[0]:
            turns[column, 0].append(found[0])
        if found and found[-1] > rows[-1]:
            turns[column, last].append(found[-1])
        for row, way in enumerate(step.blocks):
            if way not in {"front", "back", "gap"}:
                continue
            here = in_block(found, rows, row)
            near, far = here[-1], here[0]
            if way == "gap":
                near, far = max(pairwise(here), key=lambda each: each[1] - each[0])
            if way != "back" and near > rows[row]:
                turns[column, row].append(near)
            if way != "front" and far < rows[row + 1]:
                turns[column, row + 1].append(far)
    return turns


def _walked(edges: Sequence[tuple[Crossing, Crossing]], start: Crossing) -> list[Crossing]:
    """Return an Eulerian walk: the crossings in the order in which it comes by.

    Hierholzer's method: go on until there is no way on, then take in what was left out, going back.
    """
    at: dict[Crossing, list[int]] = defaultdict(list)
    for number, (one, other) in enumerate(edges):
        at[one].append(number)
        at[other].append(number)
    used = bytearray(len(edges))
    stack = [start]
    walk: list[Crossing] = []
    while stack:
        here = stack[-1]
        left = at[here]
        while left and used[left[-1]]:
            left.pop()
        if left:
            number = left.pop()
            used[number] = 1
            one, other = edges[number]
            stack.append(other if here == one else one)
        else:
            walk.append(stack.pop())
    walk.reverse()
    return walk


def corners(points: Sequence[Point]) -> list[Point]:
    """Return the points of a path without those where one only goes straight on."""
    kept = [points[0]]
    for here, after in pairwise([*points[1:], points[-1]]):
        before = kept[-1]
        if here == before:
            continue
        straight = (before[0] == here[0] == after[0] and (here[1] - before[1]) * (after[1] - here[1]) > 0) or (
            before[1] == here[1] == after[1] and (here[0] - before[0]) * (after[0] - here[0]) > 0
        )
        if not straight:
            kept.append(here)
    return kept


def length_of(points: Iterable[Point]) -> int:
    """Return the length of a path whose legs run along x or y, in mm."""
    return sum(abs(after[0] - before[0]) + abs(after[1] - before[1]) for before, after in pairwise(points))


def met_along(points: Sequence[Point], places: Mapping[int, Sequence[int]]) -> list[Point]:
    """Return the places in the order in which a path first meets them.

    :param points: the corners of the path.
    :param places: for each x the y of its places.
    """
    along: dict[int, list[int]] = {x: sorted(set(found)) for x, found in places.items()}
    across: dict[int, list[int]] = defaultdict(list)
    for x in sorted(along):
        for y in along[x]:
            across[y].append(x)
    met: dict[Point, None] = {}
    for (x, y), (x_after, y_after) in pairwise([points[0], *points]):
        if x == x_after:
            here = [(x, place) for place in along.get(x, ()) if y <= place <= y_after or y_after <= place <= y]
            forward = y_after >= y
        else:  # only what lies just where an aisle and the cross-aisle meet
            here = [(place, y) for place in across.get(y, ()) if x <= place <= x_after or x_after <= place <= x]
            forward = x_after >= x
        met.update(dict.fromkeys(here if forward else reversed(here)))
    return list(met)
