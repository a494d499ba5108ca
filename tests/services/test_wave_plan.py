"""Planning on values: tours that walk little and miss no pickup, walks by the map, what a preview may leave rough."""

import random

import pytest

from app.domain.modes import FAR, Limits, PickLine, PickOrder, Stage
from app.domain.routing import Wishes
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from app.domain.waves import ShelfChoice, Want, late
from app.services.wave_plan import Ground, Task, by_place, in_order, jobs_of, tours
from app.storage.waves import OrderRow

SHELVES, CROSSES, DEPOT = parametric_shelves(Parameters(aisles=6, bays=20))
LAYOUT = layout_of(SHELVES, cross_aisles=CROSSES, depot=DEPOT)
HOUR = 3_600_000


def ground(layout=LAYOUT, **limits):
    usual = {"totes": 4, "list_orders": 5, "slots": 5, "pace_mm_s": 1000, "line_s": 10}
    return Ground(layout, {}, Limits(**(usual | limits)), ShelfChoice.EXPIRY, Wishes(), "2026-12-01", 0)


def task(number, seed=1, lines=3, due=lambda _order: None, **limits):
    """Orders with goods on shelves anywhere."""
    chance = random.Random(seed)
    rows, wants = [], {}
    for order in range(1, number + 1):
        rows.append(OrderRow(order, due(order), 0, order, 1, 1, held=False))
        shelves = [chance.choice(SHELVES).code for _ in range(lines)]
        wants[order] = tuple(Want(PickLine(order * 10 + at, at + 1, 1, shelf)) for at, shelf in enumerate(shelves))
    return Task(ground(**limits), tuple(rows), wants, {})


def metres(jobs):
    return sum(job.walk.metres for job in jobs)


def test_planned_tours_walk_less_than_orders_as_they_come_and_carry_every_order_once():
    given = task(24)
    jobs = jobs_of(given, "cart")
    assert sorted(order.order for job in jobs for order in job.orders) == list(range(1, 25))
    assert all(len(job.orders) <= 4 for job in jobs)
    plain = jobs_of(Task(given.ground, given.orders, given.wants, {}), "single")
    orders = [job.orders[0] for job in plain]
    as_they_come = [jobs_of(_only(given, group), "cart") for group in in_order(orders, 4)]
    assert metres(jobs) < 0.9 * sum(metres(each) for each in as_they_come)


def _only(given, group):
    ids = {each.order for each in group}
    return Task(given.ground, tuple(row for row in given.orders if row.id in ids), given.wants, {})


def test_a_pickup_that_can_be_met_is_met():
    given = task(16, due=lambda order: 300_000 if order > 12 else None)  # time for one cart, not for two
    jobs = jobs_of(given, "cart")
    assert {order.order for order in jobs[0].orders} == {13, 14, 15, 16}
    assert late(jobs, given.ground.limits, 0) == ()


def test_a_cart_carries_no_more_than_it_may():
    heavy = [PickOrder(n, FAR, 0, n, (PickLine(n, n, 1, SHELVES[n].code, weight_g=3000),)) for n in range(1, 9)]
    for group in (tours(ground(weight_g=7000), heavy, 8, 0.5), in_order(heavy, 8, 7000)):
        assert [len(tour) for tour in group] == [2, 2, 2, 2]


def test_without_a_map_orders_are_taken_as_they_come():
    orders = [PickOrder(n, FAR, 0, n, (PickLine(n, n, 1, "?"),), totes=n) for n in (1, 3, 2, 9)]
    assert [[each.order for each in tour] for tour in tours(ground(layout_of([])), orders, 4, 1)] == [[1, 3], [2], [9]]


@pytest.mark.parametrize("mode", ["cart", "total", "paper"])
def test_a_preview_of_many_orders_is_quick_and_plans_every_order(mode, monkeypatch):
    monkeypatch.setattr("app.services.wave_plan._QUICK_ORDERS", 10)
    monkeypatch.setattr("app.services.wave_plan.tours", lambda *_: pytest.fail("the solver was asked"))
    jobs = jobs_of(task(30), mode, quick=True)
    assert {order.order for job in jobs if job.stage is Stage.PICK for order in job.orders} == set(range(1, 31))


def test_neighbours_go_together_and_pickups_first():
    def at(order, *shelves, due=FAR):
        return PickOrder(order, due, 0, order, tuple(PickLine(n, n, 1, shelf) for n, shelf in enumerate(shelves)))

    orders = [at(1, "F-01-1"), at(2, "A-01-1"), at(3, "F-02-1", "A-09-1"), at(4, "A-02-1"), at(5, "F-01-1", due=5)]
    assert [each.order for each in by_place(LAYOUT, orders)] == [5, 2, 4, 3, 1]


def test_progress_counts_every_order_once():
    told = []
    jobs_of(task(12), "cart", lambda *step: told.append(step))
    for step in ("batch", "walk"):
        numbers = [done for what, done, total in told if what == step and total == 12]
        assert numbers == sorted(set(numbers))
        assert numbers[-1] == 12
