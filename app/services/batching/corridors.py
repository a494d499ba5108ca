"""The equivalence classes of a walk through parallel aisles, and how one aisle changes them.

Ratliff & Rosenthal (1983) build the shortest walk aisle by aisle from left to right: of all part walks it is enough to
keep the shortest of each class. A class says for each crossing of the present aisle with a cross-aisle whether nothing,
an odd or an even number of passages ends there, and which crossings hang together. With two cross-aisles these are
their seven classes, with three those of Roodbergen & de Koster (2001); this module derives them for any small number.

It only makes tables: what is shortest for thousands of lists of picks at once is `walks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

__all__ = ["Move", "Network", "Step", "steps_of"]


class Move(IntEnum):
    """What is done in the piece of an aisle between two cross-aisles; each costs by where its picks lie."""

    NONE = 0
    """Not entered: allowed where nothing is to be picked."""
    PASS = 1
    """Walked through once."""
    FRONT = 2
    """Entered from the front and left there again."""
    BACK = 3
    """Entered from the back and left there again."""
    GAP = 4
    """Entered from both ends up to the largest gap."""
    TWICE = 5
    """Walked through and back."""
    FREE = 6
    """No move in an aisle: a step that costs the same whatever is picked."""


@dataclass(frozen=True, slots=True)
class Network:
    """Parallel aisles between cross-aisles, in mm."""

    aisles: tuple[int, ...]
    """Where each aisle lies along the cross-aisles, ascending."""
    crosses: tuple[int, ...]
    """Where each cross-aisle cuts the aisles, from front to back; at least two."""
    entries: tuple[tuple[int, int, int], ...]
    """Ways from the depot: number of the aisle, number of the cross-aisle, mm. Usually one; several where straight ways
    lead from the depot to several crossings."""
    closed: frozenset[int] = frozenset()
    """Aisles that cannot be walked: crossings only, as where a depot lies between two aisles."""

    def __post_init__(self) -> None:
        if len(self.crosses) < 2 or not self.aisles or not self.entries:
            raise ValueError("a network needs an aisle, two cross-aisles and a way from the depot")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the recurrence: how the cost of each class comes from the classes before."""

    segment: int | None
    """Number of the piece of an aisle whose picks decide (aisle × pieces + piece), or none where the cost is fixed."""
    classes: int
    """How many classes there are after it."""
    ways: tuple[tuple[int, int, Move, int], ...]
    """Class before, class after, move, and mm that are added whatever is picked."""


# A class: for each crossing its degree (0 none, 1 odd, 2 even) and its component (-1 where the degree is 0). The last
# entry is the depot where several ways lead to it. ENDED: the walk is complete and goes no further.
Point = tuple[int, int]
Class = tuple[Point, ...]
ENDED: Class = ()


def steps_of(network: Network) -> tuple[list[Step], list[int]]:
    """Return the steps from left to right, and the classes after the last that are complete walks."""
    ranks, hub = len(network.crosses), len(network.entries) > 1
    home, entries = _depot(network)
    classes: list[Class] = [((0, -1),) * ranks + (((2, 0),) if hub else ())]
    steps: list[Step] = []
    for aisle in range(len(network.aisles)):
        if aisle == home[0] and not hub:
            classes = _add(steps, None, [[(_home(one, home[1]), Move.FREE, 0)] for one in classes])
        for rank, distance in entries.get(aisle, ()):
            classes = _add(steps, None, [list(_edges(one, rank, ranks, distance)) for one in classes])
        for rank in range(ranks - 1):
            if aisle not in network.closed:
                segment = aisle * (ranks - 1) + rank
                classes = _add(steps, segment, [list(_moves(one, rank)) for one in classes])
        if aisle + 1 < len(network.aisles):
            width = network.aisles[aisle + 1] - network.aisles[aisle]
            classes = _add(steps, None, [list(_onward(one, ranks, width)) for one in classes])
    return steps, [number for number, one in enumerate(classes) if _complete(one)]


def _depot(network: Network) -> tuple[tuple[int, int], dict[int, list[tuple[int, int]]]]:
    """Return the crossing of the only way to the depot, and the several ways by aisle where there are more."""
    entries: dict[int, list[tuple[int, int]]] = {}
    if len(network.entries) > 1:
        for aisle, rank, distance in network.entries:
            entries.setdefault(aisle, []).append((rank, distance))
    return network.entries[0][:2], entries


def _add(steps: list[Step], segment: int | None, ways: Sequence[list[tuple[Class | None, Move, int]]]) -> list[Class]:
    """Append a step and return the classes after it.

    :param ways: for each class before, where it leads; one that another between the same classes beats is left out
    """
    numbers: dict[Class, int] = {}
    best: dict[tuple[int, int], dict[Move, int]] = {}
    for before, found in enumerate(ways):
        for after, move, cost in found:
            if after is not None:
                moves = best.setdefault((before, numbers.setdefault(after, len(numbers))), {})
                moves[move] = min(cost, moves.get(move, cost))
    steps.append(
        Step(
            segment,
            len(numbers),
            tuple(
                (before, after, move, cost)
                for (before, after), moves in best.items()
                for move, cost in moves.items()
                if not _beaten(move, moves)
            ),
        )
    )
    return list(numbers)


def _beaten(move: Move, moves: dict[Move, int]) -> bool:
    """Whether the gap, which never costs more than turning, and nothing where nothing is to be picked, goes as well."""
    return Move.GAP in moves and move in {Move.NONE, Move.FRONT, Move.BACK, Move.TWICE}


def _moves(one: Class, rank: int) -> Iterator[tuple[Class | None, Move, int]]:
    yield one, Move.NONE, 0
    if one != ENDED:
        yield _joined(one, rank, rank + 1, 1), Move.PASS, 0
        yield _touched(one, (rank,)), Move.FRONT, 0
        yield _touched(one, (rank + 1,)), Move.BACK, 0
        yield _touched(one, (rank, rank + 1)), Move.GAP, 0
        yield _joined(one, rank, rank + 1, 2), Move.TWICE, 0


def _edges(one: Class, rank: int, hub: int, distance: int) -> Iterator[tuple[Class | None, Move, int]]:
    """Yield how often the way between a crossing and the depot is taken."""
    yield one, Move.FREE, 0
    if one != ENDED:
        yield _joined(one, rank, hub, 1), Move.FREE, distance
        yield _joined(one, rank, hub, 2), Move.FREE, 2 * distance


def _onward(one: Class, ranks: int, width: int) -> Iterator[tuple[Class | None, Move, int]]:
    """Yield how often each cross-aisle is walked to the next aisle."""
    if one == ENDED:
        yield one, Move.FREE, 0
        return
    for times in product((0, 1, 2), repeat=ranks):
        yield _shifted(one, ranks, times), Move.FREE, width * sum(times)


def _shifted(one: Class, ranks: int, times: tuple[int, ...]) -> Class | None:
    """Return the class at the next aisle, or none where the walk would break."""
    points: list[Point] = []
    for (degree, component), often in zip(one[:ranks], times, strict=True):
        if (often and degree == 0) or (degree + often) % 2:
            return None  # nothing to come from, or a crossing that is left an odd number of times
        points.append((0, -1) if often == 0 else (2 - often % 2, component))
    points += one[ranks:]
    components = {component for degree, component in one if degree}
    if components - {component for _degree, component in points}:
        return ENDED if len(components) == 1 else None
    return _named(points)


def _joined(one: Class, first: int, second: int, times: int) -> Class:
    """Return the class after a way between two points is walked once or twice."""
    points = list(_touched(one, (first, second)))
    keep, gone = points[first][1], points[second][1]
    for number, (degree, component) in enumerate(points):
        points[number] = (
            2 - (degree + times) % 2 if number in {first, second} else degree,
            keep if component == gone else component,
        )
    return _named(points)


def _touched(one: Class, which: tuple[int, ...]) -> Class:
    """Return the class in which each of these points is on the walk."""
    points = list(one)
    for fresh, number in enumerate(which):
        if points[number][0] == 0:
            points[number] = (2, len(points) + fresh)
    return _named(points)


def _home(one: Class, rank: int) -> Class | None:
    """Return the class that has the depot on the walk; one that has ended before it does not reach it."""
    return None if one == ENDED else _touched(one, (rank,))


def _named(points: Sequence[Point]) -> Class:
    """Number the components in the order in which they come, so that equal classes are equal."""
    names: dict[int, int] = {}
    return tuple(
        (degree, -1 if degree == 0 else names.setdefault(component, len(names))) for degree, component in points
    )


def _complete(one: Class) -> bool:
    return one == ENDED or (all(degree != 1 for degree, _ in one) and max(component for _, component in one) == 0)
