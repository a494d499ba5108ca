"""Several orders at once on a cart カートピック: each has a tote, which is scanned after the goods."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit
from app.modes._parts import walks

__all__ = ["MODE", "plan"]

MODE = Mode("cart", 30, (PickStep.TOTES, PickStep.SHELF, PickStep.ITEM, PickStep.PLACE))


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return one job per cart."""
    return walks(orders, kit, kit.limits.totes)
