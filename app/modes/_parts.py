"""Parting orders into jobs, as several ways of picking do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.modes import JobPlan, PickOrder, PlanKit

__all__ = ["walks"]


def walks(orders: Sequence[PickOrder], kit: PlanKit, most: int, *, one_place: bool = False) -> tuple[JobPlan, ...]:
    """Return one job per tour of at most *most* places.

    :param one_place: every order takes one place, however large it is: a line on a list, a slot of the wall.
    """
    by_id = {each.order: each for each in orders}
    counted = [replace(each, totes=1) for each in orders] if one_place else list(orders)
    tours = [tuple(by_id[each.order] for each in tour) for tour in kit.batch(counted, most)]
    return tuple(JobPlan(tour, walk=kit.walk(tour)) for tour in tours)
