"""Picking by a printed list リストピック, the usual way of a small shop: its code scanned means that all is picked."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit
from app.modes._parts import walks

__all__ = ["MODE", "plan"]

MODE = Mode("paper", 10, (PickStep.LIST,), bulk=True, papers=("job_list",))


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return one job per list."""
    return walks(orders, kit, kit.limits.list_orders, one_place=True)
