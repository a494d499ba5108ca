"""Planning a wave: from orders and shelves to jobs. Pure computing on values, so that it may run in another process.

What is read for it is a :class:`Ground` and orders with their wants; what comes out is what a mode's ``plan`` returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.domain.batching import BatchOrder, Cart, Pace
from app.domain.modes import FAR, JobPlan, Limits, PickLine, PickOrder, PlanKit, Walked
from app.domain.routing import Walk, Wishes, plan_walk
from app.domain.routing_choice import nearest_shelves
from app.domain.warehouse import Layout
from app.domain.waves import ShelfChoice, Shelves, Supply, Want, allot, ranked, stop_of, totes_for
from app.plugins import modules_of
from app.services.picking import modes
from app.services.settings import all_settings
from app.services.shipments import today
from app.services.warehouse import layout, zones
from app.storage import waves as storage
from app.storage.database import Transaction
from app.storage.waves import LineRow, OrderRow

__all__ = [
    "Ground",
    "Progress",
    "Task",
    "ground_of",
    "in_order",
    "jobs_of",
    "modes",
    "task_of",
    "tours",
    "walk_of",
]

Progress = Callable[[str, int, int], None]
"""Is told the step (``batch``, ``walk``), how much of it is done and how much there is."""
_LEAST_S, _MOST_S, _ORDER_S = 2.0, 25.0, 0.005
"""Seconds that looking for good tours may take: at least, at most, and for each order."""
_QUICK_ORDERS = 300
"""Orders up to which also a preview looks for good tours."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a shop has and decided, as far as planning goes."""

    layout: Layout
    zones: Mapping[str, str]
    """Zone of each shelf of the map."""
    limits: Limits
    choice: ShelfChoice
    wishes: Wishes
    today: str
    """``YYYY-MM-DD`` in the shop's time zone."""
    now: int
    """When picking may begin, milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be planned."""

    ground: Ground
    orders: tuple[OrderRow, ...]
    wants: Mapping[int, tuple[Want, ...]]
    """By order (the lead); one that wants nothing is not in it."""
    supplies: Mapping[int, Sequence[Supply]]


# --- reading ------------------------------------------------------------------------------------------------------


def ground_of(tx: Transaction) -> Ground:
    """Return what is planned on now."""
    settings = all_settings(tx)
    words = frozenset(settings["pick.order"].split(","))
    return Ground(
        layout=layout(tx),
        zones=zones(tx),
        limits=Limits(
            totes=int(settings["pick.totes"]),
            weight_g=int(settings["cart.max_kg"]) * 1000,
            volume_mm3=int(settings["tote.litres"]) * 1_000_000,
            slots=int(settings["wall.slots"]),
            list_orders=int(settings["pick.list_orders"]),
            pickers=int(settings["pick.pickers"]),
            pace_mm_s=max(1, int(settings["walk.m_per_min"]) * 1000 // 60),
            line_s=int(settings["pick.line_seconds"]),
            zone_merge=settings["pick.zones"] == "merge",
        ),
        choice=ShelfChoice(settings["pick.choice"]),
        wishes=Wishes("heavy_first" in words, "fragile_last" in words, "cold_last" in words),
        today=today(tx, settings["shop.timezone"]).isoformat(),
        now=tx.now,
    )


def task_of(tx: Transaction, orders: Sequence[int]) -> Task:
    """Return what these orders (leads) want, and what lies on the shelves for them; one on hold wants nothing."""
    rows = tuple(storage.orders_of(tx, orders))
    lines = storage.lines_of(tx, [row.id for row in rows if not row.held])
    least = {shop: int(all_settings(tx, shop)["expiry.min_days"]) for shop in {line.shop for line in lines}}
    wants: dict[int, list[Want]] = {}
    for line in lines:
        days = least[line.shop] if line.min_days is None else line.min_days
        wants.setdefault(line.lead, []).append(Want(_line(line), days))
    tracked = all_settings(tx)["stock.tracked"] == "on"
    return Task(
        ground_of(tx),
        rows,
        {order: tuple(found) for order, found in wants.items()},
        storage.supplies(tx, {line.product for line in lines}) if tracked else {},
    )


def _line(row: LineRow) -> PickLine:
    return PickLine(
        line=row.id,
        product=row.product,
        quantity=row.pieces,
        shelf=row.shelf,
        weight_g=row.weight_g,
        volume_mm3=row.volume_mm3,
        fragile=row.fragile,
        temperature=row.temperature,
    )


# --- computing ----------------------------------------------------------------------------------------------------


def jobs_of(
    task: Task, mode: str, progress: Progress = lambda _step, _done, _total: None, *, quick: bool = False
) -> tuple[JobPlan, ...]:
    """Return the jobs of *task* in a mode; orders that want nothing from the shelves are in none.

    :param quick: for a preview; of many orders the tours are then simply those of neighbours, about a tenth longer than
        those that are planned at last.
    """
    ground = task.ground
    orders = _orders(task)
    done = {"batch": 0, "walk": 0}

    def tell(step: str, number: int) -> None:
        if number > done[step]:
            done[step] = min(number, len(orders))
            progress(step, done[step], len(orders))

    def walk(tour: Sequence[PickOrder]) -> Walked:
        made = walk_of(ground, tour)
        tell("walk", done["walk"] + len(tour))
        return made

    def batch(wanted: Sequence[PickOrder], most: int) -> Sequence[Sequence[PickOrder]]:
        before = done["batch"]
        if quick and len(wanted) > _QUICK_ORDERS:
            made = in_order(by_place(ground.layout, wanted), most, ground.limits.weight_g)
        else:
            seconds = max(_LEAST_S, min(_MOST_S, _ORDER_S * len(orders))) * len(wanted) / max(1, len(orders))
            told = partial(_from, before, tell)
            made = tours(ground, wanted, most, seconds / 4 if quick else seconds, told)
        tell("batch", before + len(wanted))
        return made

    module = next(each for each in modules_of("app.modes") if each.MODE.id == mode)
    made: tuple[JobPlan, ...] = module.plan(orders, PlanKit(ground.limits, batch, walk))
    return made


def _from(before: int, tell: Callable[[str, int], None], number: int, _total: int) -> None:
    tell("batch", before + number)


def _orders(task: Task) -> list[PickOrder]:
    """Orders with the shelves that their goods are taken from, the most urgent first."""
    ground = task.ground
    rows = {row.id: row for row in task.orders if row.id in task.wants}
    bare = ranked(PickOrder(row.id, _due(row), row.rank, row.sequence, ()) for row in rows.values())
    wants = [(each.order, task.wants[each.order]) for each in bare]
    shelves = Shelves(task.supplies, ground.today, ground.zones)
    given = allot(wants, shelves, ground.choice, partial(nearest_shelves, ground.layout))
    made = []
    for each in bare:
        lines = given[each.order]
        made.append(PickOrder(each.order, each.due, each.rank, each.sequence, lines, totes_for(lines, ground.limits)))
    return made


def _due(row: OrderRow) -> int:
    return FAR if row.cut_off is None else row.cut_off


def tours(
    ground: Ground,
    orders: Sequence[PickOrder],
    most: int,
    seconds: float,
    progress: Callable[[int, int], None] | None = None,
) -> list[list[PickOrder]]:
    """Part orders into tours that walk little and miss no pickup that they could catch, the most urgent tour first.

    An order that is too large for any cart has one of its own. Where there is no map, orders are taken as they come.

    :param most: totes on a cart (or lines of a list, slots of a wall).
    :param progress: is told how many orders are parted, and of how many.
    """
    if not any(line.shelf in ground.layout.spots for order in orders for line in order.lines):
        return in_order(orders, most, ground.limits.weight_g)
    from app.services.batching.plan import plan_batches  # here, because the solver takes its time to load

    limits = ground.limits
    plan = plan_batches(
        [_batch_order(each) for each in orders],
        ground.layout,
        Cart(totes=most, weight_g=limits.weight_g),
        Pace(mm_s=limits.pace_mm_s, line_s=limits.line_s, pickers=limits.pickers),
        now=ground.now,
        seconds=seconds,
        progress=progress,
    )
    place = {each.order: at for at, each in enumerate(orders)}
    return [[orders[at] for at in sorted(place[order] for order in batch.orders)] for batch in plan.batches]


def _batch_order(order: PickOrder) -> BatchOrder:
    return BatchOrder(
        order.order,
        tuple(dict.fromkeys(line.shelf for line in order.lines)),
        due=None if order.due == FAR else order.due,
        totes=order.totes,
        weight_g=sum(line.quantity * line.weight_g for line in order.lines),
        pieces=order.pieces,
        lines=len({(line.shelf, line.product) for line in order.lines}),
    )


def by_place(layout: Layout, orders: Sequence[PickOrder]) -> list[PickOrder]:
    """Return orders such that neighbours want goods of the same aisles: by pickup, then by the farthest aisle."""

    def far(order: PickOrder) -> tuple[int, list[int]]:
        aisles = {layout.spots[line.shelf].aisle for line in order.lines if line.shelf in layout.spots}
        away = sorted((abs(layout.aisles[each].x - layout.depot.x) for each in aisles), reverse=True)
        return order.due, [*away[:1], *away[-1:], len(away)]

    return sorted(orders, key=far)


def in_order(orders: Sequence[PickOrder], most: int, weight_g: int = 0) -> list[list[PickOrder]]:
    """Part orders into tours as they come: first come, first served."""
    made: list[list[PickOrder]] = []
    totes = weight = 0
    for each in orders:
        own = sum(line.quantity * line.weight_g for line in each.lines)
        if not made or totes + each.totes > most or (weight_g and weight + own > weight_g):
            made.append([])
            totes = weight = 0
        made[-1].append(each)
        totes, weight = totes + each.totes, weight + own
    return made


def walk_of(ground: Ground, orders: Sequence[PickOrder]) -> Walked:
    """Return the way past the shelves of *orders*, with what the screen shows of it."""
    stops = dict.fromkeys(stop_of(line, ground.wishes) for order in orders for line in order.lines)
    walk = plan_walk(ground.layout, stops, ground.wishes)
    return Walked(walk.order, walk.metres, _body(ground.layout, walk))


def _body(layout: Layout, walk: Walk) -> dict[str, object]:
    """The walk as plain values, in metres and in the map's own system."""

    def metres(point: tuple[int, int]) -> list[float]:
        x, y = reversed(point) if layout.turned else point
        return [round(x / 1000, 3), round(y / 1000, 3)]

    stops = []
    for each in walk.stops:
        spot = layout.spots[each.shelf]
        stops.append([each.shelf, *metres((layout.aisles[spot.aisle].x, spot.y))])
    return {
        "points": [metres(each) for each in walk.points],
        "stops": stops,
        "metres": round(walk.metres, 1),
        **{name: round(length / 1000, 1) for name, length in walk.compared.items()},
        "method": str(walk.method),
        "saved": round(walk.saved / 1000, 1),
        "without_place": [each.shelf for each in walk.unplaced],
        "unreachable": [each.shelf for each in walk.unreachable],
    }
