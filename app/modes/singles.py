"""Orders of one piece 単品: taken together, parted by nobody; at the bench any of the goods opens an urgent one."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit
from app.modes._parts import walks

__all__ = ["MODE", "plan"]

MODE = Mode("singles", 60, (PickStep.SHELF, PickStep.ITEM), bulk=True, singles=True)


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return one job per walk.

    :raises ValueError: an order has more than one piece; who plans a wave leaves those out.
    """
    if many := [each.order for each in orders if each.pieces != 1]:
        raise ValueError(f"orders of more than one piece: {many}")
    return walks(orders, kit, kit.limits.list_orders, one_place=True)
