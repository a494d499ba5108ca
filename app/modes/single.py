"""Order by order 摘み取り: one walk for each order, into its own totes."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit

__all__ = ["MODE", "plan"]

MODE = Mode("single", 20, (PickStep.TOTES, PickStep.SHELF, PickStep.ITEM))


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return one job per order."""
    return tuple(JobPlan((each,), walk=kit.walk((each,))) for each in orders)
