"""Total pick トータルピック: the goods of many orders taken together, then sorted into the slots of a wall 種まき."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit, Stage
from app.modes._parts import walks

__all__ = ["MODE", "plan"]

MODE = Mode("total", 40, (PickStep.SHELF, PickStep.ITEM), bulk=True, sorts=True)


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return for each group of orders that the wall holds the walk, and after it the sorting."""
    made: list[JobPlan] = []
    for walk in walks(orders, kit, kit.limits.slots, one_place=True):
        made += [walk, JobPlan(walk.orders, stage=Stage.SORT, after=len(made))]
    return tuple(made)
