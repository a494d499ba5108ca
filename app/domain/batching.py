"""Order batching まとめ: which orders share a cart, what a cart holds, and when each is back.

Values and rules only; the search for the shortest plan is `app.services.batching`. Times are milliseconds UTC, lengths
millimetres.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

__all__ = ["Batch", "BatchOrder", "Cart", "Cost", "Pace", "Plan", "Timed", "cost_of", "faults", "fits", "timed"]


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """An order as far as carts go."""

    order: int
    shelves: tuple[str, ...] = ()
    """Where it is picked; a shelf without a place on the map counts as no walk."""
    due: int | None = None
    """Pickup to catch; None for none."""
    totes: int = 1
    weight_g: int = 0
    volume_mm3: int = 0
    pieces: int = 1
    lines: int = 1
    """Stops at a shelf: each takes the same time."""
    apart: tuple[str, ...] = ()
    """Orders with different values never share a cart, such as a temperature or a zone."""


@dataclass(frozen=True, slots=True)
class Cart:
    """What a cart holds; 0 is no limit."""

    totes: int = 0
    weight_g: int = 0
    volume_mm3: int = 0
    pieces: int = 0
    orders: int = 0
    """Most orders on one cart or list."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take."""

    mm_s: int = 1000
    """Walking, millimetres a second."""
    line_s: float = 12
    """Seconds for one stop."""
    start_s: float = 0
    """Seconds before a cart starts: fetching it, putting totes on."""
    pickers: int = 1

    def seconds(self, mm: int, lines: int) -> float:
        """Return how long a cart with this walk and so many stops is under way."""
        return self.start_s + mm / max(1, self.mm_s) + lines * self.line_s


@dataclass(frozen=True, slots=True)
class Batch:
    """Orders that share a cart."""

    orders: tuple[int, ...]
    mm: int
    """Its walk."""
    lines: int
    due: int | None
    """The earliest of its orders'."""
    apart: tuple[str, ...] = ()
    start: int = 0
    """When a picker is free for it, the earliest due first."""
    end: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What a plan costs: meeting cut-offs goes before being early, that before walking less."""

    late: int = 0
    """Orders that are picked after their due time."""
    late_ms: int = 0
    """By how much, together."""
    mm: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which orders share a cart."""

    batches: tuple[Batch, ...] = ()
    """In the order in which they start."""
    cost: Cost = Cost()
    first_come: Cost = Cost()
    """What carts filled in the order of due times would cost: what people do without a plan."""
    bound_mm: int | None = None
    """No plan walks less, where that is known."""
    method: str = ""
    """``exact``: proven to walk least; ``search``: the best found in the time; ``stopped``: it was ended early."""
    unplaced: tuple[str, ...] = ()
    """Shelves without a place on the map."""
    too_large: tuple[int, ...] = ()
    """Orders that no cart holds; each has a cart of its own."""
    late: dict[int, int] = field(default_factory=dict, hash=False)
    """For each order that misses its due time by how many milliseconds."""

    @property
    def metres(self) -> float:
        """What all carts walk together."""
        return self.cost.mm / 1000


Timed = list[tuple[int, int]]
"""When each batch starts and ends, in the order of the batches given."""


def fits(orders: Iterable[BatchOrder], cart: Cart) -> bool:
    """Return whether a cart holds these orders together."""
    some = list(orders)
    sums = (
        (sum(each.totes for each in some), cart.totes),
        (sum(each.weight_g for each in some), cart.weight_g),
        (sum(each.volume_mm3 for each in some), cart.volume_mm3),
        (sum(each.pieces for each in some), cart.pieces),
        (len(some), cart.orders),
    )
    return all(not limit or used <= limit for used, limit in sums) and len({each.apart for each in some}) <= 1


def timed(batches: Sequence[tuple[int | None, float]], pickers: int, now: int) -> Timed:
    """Return when each batch is picked: whoever is free takes the one with the earliest due time.

    :param batches: due time and seconds of each
    """
    free = [float(now)] * max(1, pickers)
    found: Timed = [(now, now)] * len(batches)
    for number in sorted(range(len(batches)), key=lambda each: (*_urgency(batches[each][0]), each)):
        start = heapq.heappop(free)
        end = start + batches[number][1] * 1000
        heapq.heappush(free, end)
        found[number] = (round(start), ceil(end))
    return found


def _urgency(due: int | None) -> tuple[bool, int]:
    return due is None, due or 0


def cost_of(batches: Iterable[Batch], due: Callable[[int], int | None]) -> Cost:
    """Return what timed batches cost.

    :param due: the due time of an order
    """
    late = late_ms = mm = 0
    for batch in batches:
        mm += batch.mm
        for order in batch.orders:
            by = due(order)
            if by is not None and batch.end > by:
                late, late_ms = late + 1, late_ms + batch.end - by
    return Cost(late, late_ms, mm)


def faults(plan: Plan, orders: Sequence[BatchOrder], cart: Cart, walk: Callable[[Sequence[str]], int]) -> list[str]:
    """Return what is wrong with a plan, worked out anew from the orders; nothing if it is right.

    :param walk: the mm of the shortest walk by these shelves
    """
    known = {each.order: each for each in orders}
    found = []
    times = Counter(order for batch in plan.batches for order in batch.orders)
    found += [f"order {order} is in no batch" for order in known.keys() - times.keys()]
    found += [f"order {order} is in {count} batches" for order, count in times.items() if count > 1]
    found += [f"order {order} was not asked for" for order in times.keys() - known.keys()]
    for number, batch in enumerate(plan.batches, 1):
        inside = [known[order] for order in batch.orders if order in known]
        if not fits(inside, cart) and not (len(inside) == 1 and inside[0].order in plan.too_large):
            found.append(f"batch {number} does not fit a cart")
        length = walk(sorted({shelf for each in inside for shelf in each.shelves}))
        if length != batch.mm:
            found.append(f"batch {number} walks {length} mm, not {batch.mm}")
        if batch.due != min((each.due for each in inside if each.due is not None), default=None):
            found.append(f"batch {number} has another due time than its orders")
    cost = cost_of(plan.batches, lambda order: known[order].due if order in known else None)
    if cost != plan.cost:
        found.append(f"the plan costs {cost}, not {plan.cost}")
    return found
