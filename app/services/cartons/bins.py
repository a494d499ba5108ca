"""Many pieces into as few equal bins as possible: first by volume, then parts of the plan again and again (ruin and
recreate, Schrimpf et al. 2000).

Bins are filled one after the other, each piece into the first of the empty spaces that takes it, in an order of the
pieces that is a little different each time. A part is kept where the bins of it are filled more unevenly: what is empty
comes together until a bin is not needed any more. Where many pieces are alike, `fillings` chooses among all the bins
that were ever filled.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, permutations
from operator import itemgetter

from app.domain.cartons import GEOMETRY, Size
from app.services.cartons.fillings import Fillings
from app.services.cartons.search import Placed, Work, place
from app.services.cartons.shapes import Box, Piece
from app.services.cartons.spaces import cut, whole

__all__ = ["Bin", "bins_needed", "equal_bins"]

Bin = list[Placed]
"""What is in one bin."""

FEW_PIECES = 12
"""Pieces up to which a filling is searched for one more."""
ONE_MORE = 1_000
"""Pieces that may be placed in that search."""

SpaceKey = Callable[[Box], tuple[int, ...]]
Waste = Callable[[Size, Size], float]

_ALONG: tuple[SpaceKey, ...] = tuple(itemgetter(*axes) for axes in permutations(range(3)))
"""The spaces that are nearest along one axis first, of these the nearest along another."""


def _snug(room: Size, size: Size) -> float:
    """The smallest gap that is left beside the piece."""
    return min(room[0] - size[0], room[1] - size[1], room[2] - size[2])


def _in_rows(room: Size, size: Size) -> float:
    """The volume that is left when the room is filled with as many such pieces as go in."""
    taken = 1
    for most, side in zip(room, size, strict=True):
        taken *= most - most % side
    return -taken


def _in_a_row(room: Size, size: Size) -> float:
    """What is left along the best axis by a row of such pieces."""
    return min(room[0] % size[0], room[1] % size[1], room[2] % size[2])


_WASTES: tuple[Waste, ...] = (_snug, _in_rows, _in_a_row)


def bins_needed(pieces: Sequence[Piece], space: Size) -> int:
    """Return how many bins there must be at least: by volume, and by pieces of which no two share one."""
    length, width, height = space
    by_volume = -(-sum(piece.volume for piece in pieces) // (length * width * height))
    alone: list[Size] = []
    for piece in sorted(pieces, key=lambda piece: -piece.volume):
        least = _least(piece, space)
        if all(_exclude(least, other, space) for other in alone):
            alone.append(least)
    return max(by_volume, len(alone))


def _least(piece: Piece, space: Size) -> Size:
    """Return the smallest extent of a piece along each axis, over all ways in which it may lie in *space*."""
    sizes = [size for size in piece.sizes if all(side <= most for side, most in zip(size, space, strict=True))]
    return (min(size[0] for size in sizes), min(size[1] for size in sizes), min(size[2] for size in sizes))


def _exclude(one: Size, other: Size, space: Size) -> bool:
    return all(one[axis] + other[axis] > space[axis] for axis in range(3))


def equal_bins(pieces: Sequence[Piece], space: Size, work: Work, seed: int = 1) -> list[Bin]:
    """Return a plan with as few bins of the inside *space* as found; each piece has to fit into one alone.

    Only bounds and overlap are kept: no weight, no support, nothing fragile.

    :raises ValueError: where a piece does not fit
    """
    for piece in pieces:
        if not any(all(side <= most for side, most in zip(size, space, strict=True)) for size in piece.sizes):
            raise ValueError(f"piece {piece.number} does not fit into {space}")
    return _Plan(pieces, space, work, random.Random(seed)).improved()


class _Plan:
    def __init__(self, pieces: Sequence[Piece], space: Size, work: Work, chance: random.Random) -> None:
        self._space, self._work, self._chance = space, work, chance
        self._by_number = {piece.number: piece for piece in pieces}
        self._sizes = {
            piece.number: tuple(
                size for size in piece.sizes if size[0] <= space[0] and size[1] <= space[1] and size[2] <= space[2]
            )
            for piece in pieces
        }
        self._thin = {piece.number: min(map(min, piece.sizes)) for piece in pieces}
        self._volume = {piece.number: piece.volume for piece in pieces}
        self._full = space[0] * space[1] * space[2]
        self._fillings = Fillings(self._sizes)
        self._least = bins_needed(pieces, space)

    def improved(self) -> list[Bin]:
        """Return the best plan found within the work."""
        plan = self._best_start()
        if len(plan) > self._least and self._fillings.few:
            plan = min(plan, self._of_fillings(self._work.left // 4), key=len)
        while len(plan) > self._least and self._work.left > 0:
            plan = self._again(plan)
        if len(plan) > self._least and self._fillings.few:
            plan = min(plan, self._fillings.fewest() or plan, key=len)
        return plan

    def _of_fillings(self, steps: int) -> list[Bin]:
        """Return the fewest of the bins that are filled with *steps* pieces, each as if it were the first."""
        until = self._work.left - steps
        kinds = list(self._fillings.of_kind.values())
        while self._work.left > until:
            self._chance.shuffle(kinds)
            some = [kind[: self._chance.randint(0, len(kind))] for kind in kinds]
            rest = [kind[len(first) :] for kind, first in zip(kinds, some, strict=True)]
            self._filling([number for part in (*some, *rest) for number in part])
        self._look_for_fuller(Work(steps))
        return self._fillings.fewest() or self._best_start()

    def _look_for_fuller(self, work: Work) -> None:
        """Search for one piece more in the fillings of few pieces: for so few, the search of `place` misses little."""
        tried: set[tuple[int, ...]] = set()
        while work.left > 0:
            untried = [numbers for numbers in self._fillings.with_one_more(FEW_PIECES) if numbers not in tried]
            if not untried:
                break
            for numbers in untried:
                tried.add(numbers)
                one = Work(min(ONE_MORE, work.left))
                found = place([self._by_number[number] for number in numbers], self._space, GEOMETRY, one)
                work.left -= one.steps - one.left
                if found is not None:
                    self._fillings.note(found)
                if work.left <= 0:
                    break
        self._work.left -= work.steps - work.left

    def _best_start(self) -> list[Bin]:
        starts = [list(self._bins(sorted(self._sizes, key=key), self._fill)) for key in self._firsts()]
        return max(starts, key=lambda plan: (-len(plan), self._unevenness(plan)))

    def _firsts(self) -> Iterator[Callable[[int], tuple[object, ...]]]:
        """Yield by what pieces are sorted to begin with: volume, longest side, thickness."""
        yield lambda number: (-self._volume[number], self._sizes[number])
        yield lambda number: (-max(map(max, self._sizes[number])), -self._volume[number], self._sizes[number])
        yield lambda number: (-self._thin[number], -self._volume[number], self._sizes[number])

    def _unevenness(self, bins: Sequence[Bin]) -> int:
        return sum(self._filled(one) ** 2 for one in bins)

    def _filled(self, one: Bin) -> int:
        return sum(self._volume[placed.number] for placed in one)

    def _again(self, plan: list[Bin]) -> list[Bin]:
        """Return the plan with some bins packed anew where that is no worse."""
        chance = self._chance
        by_fill = sorted(plan, key=self._filled)
        count = min(len(plan), chance.choice((2, 2, 3, 3, 4)))
        chosen = [by_fill[0]] if chance.random() < 0.7 else [chance.choice(by_fill)]
        while len(chosen) < count:
            other = chance.choice(by_fill)
            if all(other is not one for one in chosen):
                chosen.append(other)
        numbers = [placed.number for one in chosen for placed in one]
        before = (-len(chosen), self._unevenness(chosen))
        power = chance.choice((0.2, 0.5, 1.0, 1.5))
        weight = {number: self._volume[number] * chance.random() ** power for number in numbers}
        if chance.random() < 0.3:
            weight = {number: self._thin[number] * chance.uniform(0.6, 1) for number in numbers}
        again = self._bins(sorted(numbers, key=lambda number: -weight[number]), self._filling)
        found = list(islice(again, len(chosen)))
        if sum(map(len, found)) < len(numbers) or (-len(found), self._unevenness(found)) < before:
            return plan
        return [one for one in plan if all(one is not other for other in chosen)] + found

    def _bins(self, numbers: Sequence[int], fill: Callable[[Sequence[int]], Bin]) -> Iterator[Bin]:
        """Fill one bin after the other until every piece is in one."""
        rest = list(numbers)
        while rest:
            found = fill(rest)
            yield found
            inside = {placed.number for placed in found}
            rest = [number for number in rest if number not in inside]

    def _filling(self, numbers: Sequence[int]) -> Bin:
        """Fill one bin in a way that is drawn."""
        return self._fill(numbers, self._chance.choice(_ALONG), self._chance.choice(_WASTES))

    def _fill(self, numbers: Sequence[int], along: SpaceKey = _ALONG[0], waste: Waste = _snug) -> Bin:
        """Return one bin with those of the pieces that go in, in their order.

        :param along: the spaces are looked through in this order
        :param waste: how badly a piece lies in a space; of the ways in which it may lie the best is taken
        """
        spaces = whole(self._space)
        found: Bin = []
        refused: set[tuple[Size, ...]] = set()
        thin = min(self._thin[number] for number in numbers)
        room = self._full
        for number in numbers:
            sizes = self._sizes[number]
            if sizes in refused or self._volume[number] > room:
                continue
            box = _first(spaces, sizes, waste)
            if box is None:
                refused.add(sizes)  # the spaces only get smaller
                continue
            found.append(Placed(number, box))
            room -= self._volume[number]
            spaces = cut(spaces, box, thin)
            spaces.sort(key=along)
        self._work.left -= len(found)
        self._fillings.note(found)
        return found


def _first(spaces: Sequence[Box], sizes: Sequence[Size], waste: Waste) -> Box | None:
    """Return where a piece lies in the first space that takes it."""
    for x, y, z, x2, y2, z2 in spaces:
        room = (x2 - x, y2 - y, z2 - z)
        fitting = [size for size in sizes if size[0] <= room[0] and size[1] <= room[1] and size[2] <= room[2]]
        if fitting:
            best = fitting[0] if len(fitting) == 1 else min(fitting, key=lambda size: waste(room, size))
            return (x, y, z, x + best[0], y + best[1], z + best[2])
    return None
