"""Tours of a wave: what a mode asks for as ``batch``, answered by `plan_batches`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.batching import BatchOrder, Cart, Pace
from app.domain.modes import FAR, Limits, PickOrder
from app.domain.warehouse import Layout
from app.services.batching.plan import plan_batches

__all__ = ["seconds_for", "tours"]

_LEAST, _MOST, _AN_ORDER = 0.5, 45.0, 0.02


def seconds_for(orders: int) -> float:
    """Return how many seconds of planning so many orders are worth: 2.5 for 100, 45 for a day of 5,000."""
    return min(_MOST, _LEAST + _AN_ORDER * orders)


def tours(
    layout: Layout,
    limits: Limits,
    orders: Sequence[PickOrder],
    most: int,
    *,
    now: int,
    progress: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> list[list[PickOrder]]:
    """Part orders into tours, the first to be walked first; in each they stand as they were handed in.

    An order that is too large for any cart has one of its own.

    :param most: totes that one tour takes
    :param now: when picking starts, milliseconds UTC: by it pickups are met or missed
    :param progress: is told orders planned, and of how many
    """
    plan = plan_batches(
        [_asked(each) for each in orders],
        layout,
        Cart(totes=most, weight_g=limits.weight_g),
        Pace(limits.pace_mm_s, limits.line_s, 0, limits.pickers),
        now=now,
        seconds=seconds_for(len(orders)),
        progress=progress,
        stopped=stopped,
    )
    place = {each.order: number for number, each in enumerate(orders)}
    return [[orders[number] for number in sorted(place[order] for order in batch.orders)] for batch in plan.batches]


def _asked(order: PickOrder) -> BatchOrder:
    return BatchOrder(
        order.order,
        tuple(dict.fromkeys(line.shelf for line in order.lines)),
        None if order.due >= FAR else order.due,
        order.totes,
        sum(line.quantity * line.weight_g for line in order.lines),
        sum(line.quantity * line.volume_mm3 for line in order.lines),
        order.pieces,
        len({(line.shelf, line.lot) for line in order.lines}),
    )
