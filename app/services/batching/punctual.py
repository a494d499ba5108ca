"""Plans that miss fewer pickups: the same exchanges as the local search, but late orders count before the walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from app.domain.batching import Batch, Cost, Pace, cost_of, timed
from app.services.batching.carts import Carts, Group, Ints
from app.services.batching.effort import Effort

__all__ = ["punctual"]

_TRIES = 20
"""How often it is tried from there."""
_KICKS = 3
"""Exchanges by chance that a plan is made better from."""


def punctual(
    carts: Carts,
    plans: Sequence[Sequence[Group]],
    due: Sequence[int | None],
    lines: Sequence[int],
    pace: Pace,
    now: int,
    effort: Effort,
    seed: int,
) -> list[Group]:
    """Return the cheapest of these plans (see `Cost`), made cheaper by exchanges as long as it misses a pickup.

    Where it still misses one, it goes on from changes by chance.

    The carts of each order alone are tried as well: what is most urgent goes first there.

    :param due: when each order is due
    :param lines: how many stops each order has
    """
    clock = _Clock(carts, due, lines, pace, now, effort)
    alone = [(order,) for order in range(carts.count)]
    # The cheapest first, so that nothing is lost where the effort ends before the others are looked at.
    best: tuple[Cost, list[Group]] | None = None
    for _, plan in sorted((clock.cost(list(plan)), sorted(plan)) for plan in [*plans, alone]):
        found = clock.better(plan)
        best = found if best is None or found[0] < best[0] else best
    if best is None:
        raise ValueError("no plan to begin with")
    chance = np.random.default_rng(seed)
    for _ in range(_TRIES):
        if not best[0].late or effort.used(carts.measured) >= 1.0:
            break
        best = min(best, clock.better(clock.kicked(best[1], chance)), key=lambda each: each[0])
    return best[1]


class _Clock:
    """When carts are back, and what that costs."""

    def __init__(
        self,
        carts: Carts,
        due: Sequence[int | None],
        lines: Sequence[int],
        pace: Pace,
        now: int,
        effort: Effort,
    ) -> None:
        self._carts, self._due, self._lines = carts, due, lines
        self._pace, self._now, self._effort = pace, now, effort
        self._known: dict[Group, Batch] = {}

    def cost(self, plan: Sequence[Group]) -> Cost:
        """Return what a plan costs."""
        self._measure(plan)
        made = [self._known[group] for group in plan]
        seconds = [(each.due, self._pace.seconds(each.mm, each.lines)) for each in made]
        times = timed(seconds, self._pace.pickers, self._now)
        ended = (
            Batch(each.orders, each.mm, each.lines, each.due, (), start, end)
            for each, (start, end) in zip(made, times, strict=True)
        )
        return cost_of(ended, self._due.__getitem__)

    def _measure(self, groups: Sequence[Group]) -> None:
        fresh = [group for group in dict.fromkeys(groups) if group not in self._known]
        if not fresh:
            return
        lengths: Ints = self._carts.lengths(self._carts.loads(fresh))
        for group, mm in zip(fresh, lengths.tolist(), strict=True):
            due = min((by for order in group if (by := self._due[order]) is not None), default=None)
            self._known[group] = Batch(group, mm, sum(self._lines[order] for order in group), due)

    def better(self, plan: list[Group]) -> tuple[Cost, list[Group]]:
        """Return the plan after exchanges that make it cheaper, as long as an order is late."""
        cost = self.cost(plan)
        while cost.late and self._effort.used(self._carts.measured) < 1.0:
            found = self._exchanged(plan, cost)
            if found is None:
                break
            cost, plan = found
        return cost, plan

    def kicked(self, plan: Sequence[Group], chance: np.random.Generator) -> list[Group]:
        """Return the plan after a few exchanges by chance."""
        after = list(plan)
        for _ in range(_KICKS):
            pairs = list(combinations([*after, ()], 2))
            one, other = pairs[int(chance.integers(len(pairs)))]
            changes = self._fitting([*_changes(one, other)])
            if changes:
                change = changes[int(chance.integers(len(changes)))]
                after = [group for group in after if group not in {one, other}] + [group for group in change if group]
        return after

    def _exchanged(self, plan: list[Group], cost: Cost) -> tuple[Cost, list[Group]] | None:
        """Return the cheapest plan that one exchange leads to, or none where none is cheaper."""
        best: tuple[Cost, list[Group]] | None = None
        for one, other in combinations([*plan, ()], 2):
            changes = self._fitting([*_changes(one, other)])
            self._measure([group for change in changes for group in change if group])
            rest = [group for group in plan if group not in {one, other}]
            for change in changes:
                after = rest + [group for group in change if group]
                found = self.cost(after)
                if found < (best[0] if best else cost):
                    best = found, after
            if self._effort.used(self._carts.measured) >= 1.0:
                break
        return best

    def _fitting(self, changes: list[tuple[Group, Group]]) -> list[tuple[Group, Group]]:
        used, limits = self._carts.orders.used, self._carts.limits[:, 0]
        return [
            change
            for change in changes
            if all(bool(np.all(used[:, list(group)].sum(axis=1) <= limits)) for group in change if group)
        ]


def _changes(one: Group, other: Group) -> Iterator[tuple[Group, Group]]:
    """Yield both carts after an order went over, or was exchanged for one."""
    if one and other:
        yield tuple(sorted(one + other)), ()
    for order in one:
        yield tuple(each for each in one if each != order), tuple(sorted((*other, order)))
    for order in other:
        yield tuple(sorted((*one, order))), tuple(each for each in other if each != order)
    for out in one:
        for back in other:
            first = sorted([each for each in one if each != out] + [back])
            yield tuple(first), tuple(sorted([each for each in other if each != back] + [out]))
