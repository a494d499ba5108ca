"""What the list of cartons does for what was shipped: how full boxes are, what they cost, what is never used, and which
one size more would have paid.

It is worked out again from goods and list as they are now. A new size is looked for among the boxes that the goods of
each order need, on a grid of `GRID` mm; what it would cost is taken from the listed cartons around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.carton_list import ListedCarton
from app.domain.cartons import CartonKind, Parcel, Size
from app.services.carton_plans import care_of, tasks_of
from app.services.cartons.orders import Solved, Stock, Task, solve
from app.services.desk import Desk
from app.services.settings import all_settings
from app.storage import carton_plans as storage
from app.storage import cartons as cartons_storage
from app.storage.database import Transaction

__all__ = ["GRID", "Advice", "NewSize", "advise"]

GRID = 10
"""mm: makers cut cartons to a centimetre."""
_WALL = 6
"""mm that the outside of a new carton is larger, on each side."""
_TRIED = 12
"""Sizes that are really packed, the most promising first."""
_NEW = "NEW"


@dataclass(frozen=True, slots=True)
class NewSize:
    """A carton that is not in the list and would have paid."""

    inner_mm: Size
    cost_yen: int
    """What a parcel in it would cost, by the listed cartons around it."""
    orders: int
    """Orders that would have gone in it."""
    saved_yen: int
    """What they would have cost less, together."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What came out."""

    orders: int
    """Orders that were looked at."""
    planned: int
    """Those of them for which cartons can be worked out."""
    boxes: int
    cost_yen: int
    """What the cheapest cartons of the list cost for them, together."""
    fill_percent: float
    """How full these are, on average."""
    proposed: Mapping[str, int]
    """How often each carton would be proposed."""
    unused: tuple[str, ...]
    """Cartons that would be proposed for none of them and were taken for none."""
    new: NewSize | None
    """The size that would have paid most; None where none would."""


def advise(desk: Desk, limit: int) -> Advice:
    """Look at the orders that were packed last; runs on a worker thread.

    :param limit: how many of them.
    """
    listed, stock, tasks, taken = desk.read(_load, limit).result()
    solved: dict[Task, Solved] = {}
    for task in dict.fromkeys(tasks):
        desk.give_way()
        solved[task] = solve(task, stock)
    found = [(task, solved[task]) for task in tasks if solved[task].boxes and not solved[task].problems]
    parcels = [box.parcel for _, each in found for box in each.boxes if box.parcel is not None]
    known = {each.code for each in listed}
    proposed = Counter(parcel.carton.code for parcel in parcels if parcel.carton.code in known)
    fills = [parcel.fill for parcel in parcels if parcel.carton.code in known]
    return Advice(
        orders=len(tasks),
        planned=len(found),
        boxes=sum(len(each.boxes) for _, each in found),
        cost_yen=sum(parcel.carton.cost_yen for parcel in parcels),
        fill_percent=100 * sum(fills) / len(fills) if fills else 0.0,
        proposed=dict(proposed.most_common()),
        unused=tuple(each.code for each in listed if not proposed[each.code] and each.code not in taken),
        new=_new_size(desk, found, stock),
    )


def _load(tx: Transaction, limit: int) -> tuple[tuple[ListedCarton, ...], Stock, list[Task], frozenset[str]]:
    listed = tuple(each for each in cartons_storage.all_cartons(tx) if not each.retired)
    shipped = storage.shipped(tx, limit)
    # What is in stock today says nothing of what would have been best.
    stock = Stock.of([replace(each, stock=None) for each in listed], care_of(all_settings(tx)))
    tasks = list(tasks_of(tx, [each.order for each in shipped]).values())
    return listed, stock, tasks, frozenset(code for each in shipped for code in each.cartons)


def _new_size(desk: Desk, found: Sequence[tuple[Task, Solved]], stock: Stock) -> NewSize | None:
    """Return the size that would have paid most, packed for real."""
    boxes = [each for each in stock.listed if each.kind is CartonKind.BOX]
    single = [
        (task, parcel)
        for task, each in found
        if len(each.boxes) == 1 and (parcel := each.boxes[0].parcel) and parcel.carton.kind is CartonKind.BOX
        and not task.own
    ]  # fmt: skip
    if not boxes or not single:
        return None
    needed = [_needed(parcel) for _, parcel in single]
    costs = [parcel.carton.cost_yen for _, parcel in single]
    tries = {size: _cost(size, boxes) for size in set(needed)}
    hoped = {
        size: sum(max(0, now - cost) for now, need in zip(costs, needed, strict=True) if _goes_into(need, size))
        for size, cost in tries.items()
    }
    best: NewSize | None = None
    for size in sorted(hoped, key=lambda each: (-hoped[each], each))[:_TRIED]:
        if hoped[size] <= (best.saved_yen if best else 0):
            break
        desk.give_way()
        made = _packed(size, tries[size], single, stock)
        if made.saved_yen > (best.saved_yen if best else 0):
            best = made
    return best


def _needed(parcel: Parcel) -> Size:
    """Return the inside that a parcel's goods need as they lie, on the grid, the longest side first."""
    ends = [max(one.end[axis] for one in parcel.placements) for axis in range(3)]
    length, width = sorted((-(-end // GRID) * GRID for end in ends[:2]), reverse=True)
    return length, width, -(-ends[2] // GRID) * GRID


def _goes_into(need: Size, size: Size) -> bool:
    """Whether goods that need one box go into another as they lie, turned about their height at most."""
    turned = ((need[0], need[1]), (need[1], need[0]))
    return need[2] <= size[2] and any(a <= size[0] and b <= size[1] for a, b in turned)


def _cost(size: Size, boxes: Sequence[ListedCarton]) -> int:
    """Return what a parcel in a new carton would cost: as in the cheapest listed one that is as large outside.

    One that is larger than all costs as much as the largest.
    """
    outer = sorted(side + _WALL for side in size)
    as_large = [each for each in boxes if all(a <= b for a, b in zip(outer, sorted(each.outer_mm), strict=True))]
    smaller = [each for each in boxes if sum(each.outer_mm) <= sum(outer)]
    around = min(as_large, key=lambda each: (sum(each.outer_mm), each.carton.cost_yen)) if as_large else None
    below = max(smaller, key=lambda each: sum(each.outer_mm)) if smaller else None
    if around is None:
        return max(each.carton.cost_yen for each in boxes)
    if below is None or sum(around.outer_mm) == sum(below.outer_mm):
        return around.carton.cost_yen
    share = (sum(outer) - sum(below.outer_mm)) / (sum(around.outer_mm) - sum(below.outer_mm))
    # Carriage goes by classes: it is that of the larger one. Only the carton itself is cheaper.
    price = below.cost_yen + (around.cost_yen - below.cost_yen) * min(1.0, max(0.0, share))
    return round(price) + around.carriage_yen


def _packed(size: Size, cost: int, single: Sequence[tuple[Task, Parcel]], stock: Stock) -> NewSize:
    """Pack the orders into a new size for real, where it is cheaper than what they have."""
    largest = max(each.max_g for each in stock.listed)
    outer = (size[0] + _WALL, size[1] + _WALL, size[2] + 2 * _WALL)
    new = ListedCarton(_NEW, size, outer, largest, cost_yen=cost)
    alone = Stock((new,), stock.care)
    known: dict[Task, bool] = {}
    orders = saved = 0
    for task, parcel in single:
        if parcel.carton.cost_yen <= cost:
            continue
        if task not in known:
            boxes = solve(replace(task, learned=(), service=""), alone).boxes
            known[task] = len(boxes) == 1 and bool(boxes[0].code)
        if known[task]:
            orders += 1
            saved += parcel.carton.cost_yen - cost
    return NewSize(size, cost, orders, saved)
