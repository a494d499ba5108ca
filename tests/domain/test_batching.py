from dataclasses import replace

import pytest

from app.domain.batching import Batch, BatchOrder, Cart, Cost, Pace, Plan, cost_of, faults, fits, timed


def test_a_cart_holds_what_is_within_every_limit():
    order = BatchOrder(1, totes=2, weight_g=500, volume_mm3=30, pieces=4)
    for cart in (Cart(), Cart(totes=2), Cart(weight_g=500), Cart(volume_mm3=30), Cart(pieces=4), Cart(orders=1)):
        assert fits([order], cart)
    for cart in (Cart(totes=3), Cart(weight_g=999), Cart(volume_mm3=59), Cart(pieces=7), Cart(orders=1)):
        assert not fits([order, replace(order, order=2)], cart)


def test_orders_that_are_kept_apart_share_no_cart():
    cold, warm = BatchOrder(1, apart=("chilled",)), BatchOrder(2, apart=("ambient",))
    assert not fits([cold, warm], Cart())
    assert fits([cold, replace(cold, order=3)], Cart())


def test_the_earliest_due_goes_first_and_two_pickers_work_side_by_side():
    batches = [(None, 10.0), (9_000, 5.0), (5_000, 4.0)]
    assert timed(batches, 1, 1_000) == [(10_000, 20_000), (5_000, 10_000), (1_000, 5_000)]
    assert timed(batches, 2, 0) == [(4_000, 14_000), (0, 5_000), (0, 4_000)]


def test_a_pace_counts_the_start_the_walk_and_the_stops():
    assert Pace(mm_s=500, line_s=10, start_s=60).seconds(2_000, 3) == 60 + 4 + 30


def test_a_plan_that_meets_a_pickup_goes_before_a_shorter_one():
    assert Cost(0, 0, 900) < Cost(1, 5, 100) < Cost(1, 6, 50) < Cost(2, 0, 0)


def test_what_is_late_is_counted_order_by_order():
    batches = [Batch((1, 2), 700, 2, 10, end=15), Batch((3,), 300, 1, None, end=99)]
    due = {1: 10, 2: 20, 3: None}
    assert cost_of(batches, due.__getitem__) == Cost(1, 5, 1000)


ORDERS = (BatchOrder(1, ("A",), due=50), BatchOrder(2, ("B",)), BatchOrder(3, ("A", "B")))
GOOD = Plan((Batch((1, 2), 2, 2, 50, end=40), Batch((3,), 2, 2, None, end=60)), Cost(0, 0, 4))


def walk(shelves):
    return len(shelves)


def test_a_right_plan_has_no_faults():
    assert faults(GOOD, ORDERS, Cart(orders=2), walk) == []


@pytest.mark.parametrize(
    ("batches", "cost", "told"),
    [
        ((GOOD.batches[0],), Cost(0, 0, 2), "order 3 is in no batch"),
        ((*GOOD.batches, Batch((3,), 2, 2, None)), Cost(0, 0, 6), "order 3 is in 2 batches"),
        ((*GOOD.batches, Batch((9,), 0, 0, None)), Cost(0, 0, 4), "order 9 was not asked for"),
        ((Batch((1, 2, 3), 2, 4, 50),), Cost(0, 0, 2), "batch 1 does not fit a cart"),
        ((Batch((1, 2), 1, 2, 50), GOOD.batches[1]), Cost(0, 0, 3), "batch 1 walks 2 mm, not 1"),
        ((replace(GOOD.batches[0], due=51), GOOD.batches[1]), Cost(0, 0, 4), "batch 1 has another due time"),
        ((replace(GOOD.batches[0], end=60), GOOD.batches[1]), Cost(0, 0, 4), "the plan costs"),
    ],
)
def test_a_wrong_plan_is_seen_through(batches, cost, told):
    found = faults(Plan(batches, cost), ORDERS, Cart(orders=2), walk)
    assert len(found) == 1
    assert found[0].startswith(told)
