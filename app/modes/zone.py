"""Zone by zone ゾーンピック: pickers stay in a zone; totes are passed on, or zones are picked at once and merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.modes import JobPlan, Mode, PickOrder, PickStep, PlanKit
from app.domain.shelves import shelf_key
from app.modes._parts import walks

__all__ = ["MODE", "plan"]

MODE = Mode("zone", 50, (PickStep.TOTES, PickStep.SHELF, PickStep.ITEM, PickStep.PLACE))


def plan(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    """Return the jobs of each zone, in the order of the zones' names; goods without a zone come last.

    Passed on, a cart's job in the next zone follows the one before, on the same totes: every order keeps its place,
    also where it wants nothing of that zone.
    """
    return _merged(orders, kit) if kit.limits.zone_merge else _passed_on(orders, kit)


def _zones(orders: Sequence[PickOrder]) -> list[str]:
    found = {line.zone for order in orders for line in order.lines}
    return sorted(found, key=lambda zone: (not zone, shelf_key(zone), zone))


def _within(order: PickOrder, zone: str) -> PickOrder:
    return replace(order, lines=tuple(line for line in order.lines if line.zone == zone))


def _merged(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    made: list[JobPlan] = []
    for zone in _zones(orders):
        here = [part for part in (_within(each, zone) for each in orders) if part.lines]
        made += [replace(job, zone=zone) for job in walks(here, kit, kit.limits.totes)]
    return tuple(made)


def _passed_on(orders: Sequence[PickOrder], kit: PlanKit) -> tuple[JobPlan, ...]:
    made: list[JobPlan] = []
    for cart in kit.batch(orders, kit.limits.totes):
        before: int | None = None
        for zone in _zones(cart):
            here = tuple(_within(each, zone) for each in cart)
            made.append(JobPlan(here, zone, after=before, walk=kit.walk(here)))
            before = len(made) - 1
    return tuple(made)
