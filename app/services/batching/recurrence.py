"""The recurrence of the shortest walk, from aisle to aisle, for many carts at once.

`AnyNetwork` follows the steps of `corridors`. `OneBlock` is the same for two cross-aisles and a depot at the end of an
outer aisle, written out as in `app.domain.routing_block`: there most walks are measured, and it takes less than half of
the operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.batching.corridors import Move, Network, Step, steps_of

__all__ = ["NEVER", "AnyNetwork", "Costs", "Moves", "OneBlock", "recurrence_of"]

Costs = npt.NDArray[np.int32]

NEVER = 30_000_000
"""More than any walk, in mm; several of them still fit into 32 bits."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What each move costs: one row a piece of an aisle, one column a cart."""

    front: Costs
    """There and back from the front, as far as the last pick."""
    back: Costs
    """There and back from the back, as far as the first pick."""
    gap: Costs
    """From both ends up to the largest gap."""
    picked: npt.NDArray[np.bool_]
    """Whether there is anything to pick."""


def recurrence_of(network: Network) -> AnyNetwork | OneBlock:
    """Return the fastest recurrence for a network."""
    (aisle, _, _), *more = network.entries
    outer = aisle in {0, len(network.aisles) - 1}
    return (
        OneBlock(network)
        if len(network.crosses) == 2 and outer and not more and not network.closed
        else (AnyNetwork(network))
    )


class AnyNetwork:
    """Any small number of cross-aisles, any depot."""

    def __init__(self, network: Network) -> None:
        steps, self._complete = steps_of(network)
        self._steps = [_Grouped(step) for step in steps]
        pieces = len(network.crosses) - 1
        self._long = [network.crosses[piece + 1] - network.crosses[piece] for piece in range(pieces)]

    def shortest(self, moves: Moves) -> Costs:
        """Return for each cart the length of its shortest walk."""
        count = moves.gap.shape[1]
        never = np.where(moves.picked, np.int32(NEVER), np.int32(0))
        now, spare = [np.zeros(count, dtype=np.int32)], np.empty(count, dtype=np.int32)
        for step in self._steps:
            costs: dict[Move, Costs | int] = {}
            if step.segment is not None:
                row, long = step.segment, self._long[step.segment % len(self._long)]
                costs = {
                    Move.NONE: never[row],
                    Move.PASS: long,
                    Move.FRONT: moves.front[row],
                    Move.BACK: moves.back[row],
                    Move.GAP: moves.gap[row],
                    Move.TWICE: 2 * long,
                }
            now = step.run(now, costs, spare)
        best = now[self._complete[0]]
        for number in self._complete[1:]:
            best = np.minimum(best, now[number])
        return best


class _Grouped:
    """A step, its ways grouped by the class that they lead to and by what they cost: that is added once."""

    def __init__(self, step: Step) -> None:
        self.segment = step.segment
        self._into: list[list[tuple[Move, int, list[int]]]] = []
        for number in range(step.classes):
            groups: dict[tuple[Move, int], list[int]] = {}
            for before, after, move, cost in step.ways:
                if after == number:
                    groups.setdefault((move, cost), []).append(before)
            self._into.append([(move, cost, befores) for (move, cost), befores in groups.items()])

    def run(self, now: Sequence[Costs], costs: dict[Move, Costs | int], spare: Costs) -> list[Costs]:
        """Return the shortest part walk of each class after this step."""
        after: list[Costs] = []
        for groups in self._into:
            best: Costs | None = None
            for move, fixed, befores in groups:
                here = now[befores[0]]
                for before in befores[1:]:
                    here = np.minimum(here, now[before], out=spare)
                here = np.add(here, fixed if move is Move.FREE else costs[move], out=spare)
                best = here.copy() if best is None else np.minimum(best, here, out=best)
            if best is None:
                raise ValueError("a class that nothing leads to")
            after.append(best)
        return after


class OneBlock:
    """Two cross-aisles, and a depot at one end of the first or the last aisle."""

    def __init__(self, network: Network) -> None:
        aisle, rank, _ = network.entries[0]
        self._long = network.crosses[1] - network.crosses[0]
        self._at_back = rank == 1
        # Aisles from the depot's on; one that lies farther costs twice its distance in the front and in the back alike.
        self._rows = range(len(network.aisles)) if aisle == 0 else range(len(network.aisles) - 1, -1, -1)
        self._far = [2 * abs(network.aisles[row] - network.aisles[aisle]) for row in self._rows]

    def shortest(self, moves: Moves) -> Costs:
        """Return for each cart the length of its shortest walk.

        The depot is a pick at its crossing. All costs are kept without what walking one cross-aisle out and back to the
        present aisle costs: it is in all of them once, and in those that walk both cross-aisles there and back twice.
        """
        front, back = (moves.back, moves.front) if self._at_back else (moves.front, moves.back)
        gap, long, first = moves.gap, self._long, self._rows[0]
        # Classes as in `routing_block`: odd at both crossings, even in one piece, in two, at the front, at the back.
        odd = np.full(gap.shape[1], long, dtype=np.int32)
        one = np.full_like(odd, 2 * long)
        two, ahead, behind = gap[first], front[first], one
        ends = np.empty_like(gap)
        np.minimum(ahead, one, out=ends[0])
        for number, row in enumerate(self._rows[1:], 1):
            width = self._far[number] - self._far[number - 1]
            ahead, behind = np.minimum(ahead, one), np.minimum(behind, one)
            one, two = one + width, two + width
            ahead_or_behind = np.minimum(ahead, behind)
            any_but_one = np.minimum(ahead_or_behind, two)
            through = np.minimum(any_but_one, one)
            through += long
            one += gap[row]
            np.minimum(one, odd + long, out=one)
            np.minimum(one, any_but_one + 2 * long, out=one)
            odd = odd + gap[row]
            np.minimum(odd, through, out=odd)
            two = any_but_one + gap[row]
            ahead = ahead + front[row]
            behind = behind + back[row]
            np.minimum(ahead, behind, out=ends[number])
            np.minimum(ends[number], one, out=ends[number])
            ends[number] += self._far[number]
        picked = moves.picked[list(self._rows)]
        last = len(picked) - 1 - picked[::-1].argmax(axis=0)
        last[~picked.any(axis=0)] = 0
        found: Costs = ends[last, np.arange(gap.shape[1])]
        return found
