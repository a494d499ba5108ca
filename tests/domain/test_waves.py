"""From which shelf lines are taken, in which order a job meets them, how long it takes and which pickup it misses."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.modes import FAR, JobPlan, Limits, PickLine, PickOrder, Stage, Walked
from app.domain.routing import Stop, Wishes
from app.domain.routing_choice import nearest_shelves
from app.domain.warehouse import Shelf
from app.domain.warehouse_layout import layout_of
from app.domain.waves import (
    SCANS,
    SHELF_SCANS,
    ShelfChoice,
    Shelves,
    Supply,
    Want,
    allot,
    figures,
    late,
    positions,
    ranked,
    seconds_of,
    stop_of,
    strictest,
    totes_for,
)

TODAY = "2026-12-01"
MINUTE = 60_000


def line(number=1, product=1, quantity=1, shelf="A-1", **more):
    return PickLine(number, product, quantity, shelf, **more)


def last_option(_fixed, choices):
    """Chooses what nobody would choose without being told."""
    return [options[-1] for options in choices]


def given_from(supplies, *lines, choice=ShelfChoice.EXPIRY, min_days=0, nearest=None):
    """Shelf, lot and pieces that one order's lines are taken from."""
    shelves = Shelves({1: supplies}, TODAY, {})
    made = allot([(7, [Want(each, min_days) for each in lines or (line(),)])], shelves, choice, nearest)
    return [(each.shelf, each.lot, each.quantity) for each in made[7]]


def order(number, *lines, due=FAR, rank=0, sequence=0):
    return PickOrder(number, due, rank, sequence or number, lines or (line(number),))


# --- from which shelf ---------------------------------------------------------------------------------------------


def test_goods_come_from_their_own_shelf_first():
    assert given_from([Supply("A-2", 50), Supply("A-1", 5)]) == [("A-1", "", 1)]


def test_a_shelf_that_has_all_of_it_goes_before_one_that_has_a_part():
    assert given_from([Supply("B-1", 2), Supply("B-2", 9)], line(quantity=3)) == [("B-2", "", 3)]


def test_what_one_shelf_does_not_have_comes_from_the_next_and_the_rest_from_its_own():
    found = given_from([Supply("B-1", 2), Supply("B-2", 1)], line(quantity=5))
    assert sorted(found) == [("A-1", "", 2), ("B-1", "", 2), ("B-2", "", 1)]


def test_goods_that_the_books_do_not_have_are_looked_for_on_their_own_shelf():
    assert given_from([]) == [("A-1", "", 1)]


def test_the_earliest_date_goes_first_whatever_the_shop_chose():
    supplies = [Supply("A-1", 9, "L2", "2027-06-01"), Supply("B-1", 20, "L1", "2027-05-01")]
    for choice in ShelfChoice:
        assert given_from(supplies, choice=choice, nearest=last_option) == [("B-1", "L1", 1)]


@pytest.mark.parametrize(
    "bad",
    [
        Supply("B-1", 9, "L1", "2026-11-30"),
        Supply("B-1", 9, "L1", "2027-01-01", recalled=True),
        Supply("B-1", 9, "L1", "2026-12-05"),
    ],
    ids=["expired", "recalled", "too short"],
)
def test_bad_lots_are_never_taken(bad):
    assert given_from([bad, Supply("C-1", 9, "L3", "2028-01-01")], min_days=5) == [("C-1", "L3", 1)]


def test_goods_that_expire_today_may_still_go():
    assert given_from([Supply("B-1", 9, "L1", TODAY)]) == [("B-1", "L1", 1)]


def test_the_emptiest_shelf_becomes_free_first():
    assert given_from([Supply("A-1", 50), Supply("B-1", 3)], choice=ShelfChoice.EMPTIEST) == [("B-1", "", 1)]


LAYOUT = layout_of(
    [Shelf(f"{aisle}-{y}", aisle=aisle, x=x, y=y) for aisle, x in (("A", 0), ("B", 9000)) for y in (1, 9)]
)


def test_the_nearest_shelf_is_the_one_that_makes_the_walk_short():
    wants = [Want(line(1, 1, shelf="B-9")), Want(line(2, 2, shelf="A-1"))]
    supplies = {1: [Supply("B-9", 9)], 2: [Supply("A-9", 9), Supply("B-1", 9)]}
    found = allot([(7, wants)], Shelves(supplies, TODAY, {}), ShelfChoice.NEAREST, partial(nearest_shelves, LAYOUT))
    assert [each.shelf for each in found[7]] == ["B-9", "B-1"]


def test_among_lots_of_one_date_the_nearest_shelf_is_taken():
    supplies = [Supply("A-1", 9, "L1", "2028-01-01"), Supply("B-1", 9, "L2", "2028-01-01"), Supply("C-1", 9)]
    assert given_from(supplies, choice=ShelfChoice.NEAREST, nearest=last_option) == [("B-1", "L2", 1)]


def test_the_most_urgent_order_has_the_first_pick():
    shelves = Shelves({1: [Supply("A-1", 1), Supply("B-1", 9)]}, TODAY, {"B-1": "far"})
    made = allot([(7, [Want(line(1))]), (8, [Want(line(2))])], shelves, ShelfChoice.EXPIRY)
    assert [made[7][0].shelf, made[8][0].shelf, made[8][0].zone] == ["A-1", "B-1", "far"]


@given(
    supplies=st.lists(
        st.builds(
            Supply, st.sampled_from(("A-1", "B-1", "C-1")), st.integers(0, 6), st.sampled_from(("", "L1", "L2")),
            st.sampled_from(("", "2020-01-01", "2030-01-01")), st.booleans(),
        ),
        max_size=6,
        unique_by=lambda supply: (supply.shelf, supply.lot),
    ),
    quantities=st.lists(st.integers(1, 5), min_size=1, max_size=6),
    choice=st.sampled_from(list(ShelfChoice)),
)  # fmt: skip
def test_every_piece_is_given_once_and_no_supply_twice(supplies, quantities, choice):
    wants = [(number, [Want(line(number, quantity=pieces))]) for number, pieces in enumerate(quantities, 1)]
    made = allot(wants, Shelves({1: supplies}, TODAY, {}), choice)
    taken: dict[tuple[str, str], int] = {}
    for number, pieces in enumerate(quantities, 1):
        assert sum(each.quantity for each in made[number]) == pieces
        for each in made[number]:
            taken[each.shelf, each.lot] = taken.get((each.shelf, each.lot), 0) + each.quantity
    usable = {(s.shelf, s.lot): s.pieces for s in supplies if not s.recalled and s.expiry != "2020-01-01"}
    over = {key: pieces - usable.get(key, 0) for key, pieces in taken.items() if pieces > usable.get(key, 0)}
    missing = sum(quantities) - sum(usable.values())
    assert over == ({("A-1", ""): missing} if missing > 0 else {})


# --- totes, rules, stops ------------------------------------------------------------------------------------------


def test_an_order_needs_totes_by_its_volume():
    limits = Limits(totes=4, volume_mm3=10)
    assert totes_for([line(quantity=3, volume_mm3=4)], limits) == 2
    assert totes_for([line(quantity=99, volume_mm3=4)], limits) == 4
    assert totes_for([line(quantity=99)], limits) == 1
    assert totes_for([line(quantity=99, volume_mm3=4)], Limits()) == 1


def test_the_strictest_rule_counts():
    assert strictest(["off", "line"], SCANS) == "line"
    assert strictest(["optional"], SHELF_SCANS) == "optional"
    assert strictest([], SHELF_SCANS) == "required"


def test_only_what_the_shop_wishes_makes_a_stop_of_its_own():
    glass = line(fragile=True, temperature="frozen", weight_g=6000)
    assert stop_of(glass, Wishes()) == Stop("A-1")
    assert stop_of(glass, Wishes(heavy_first=True)) == Stop("A-1", heavy=True)
    assert stop_of(glass, Wishes(fragile_last=True, cold_last=True)) == Stop("A-1", fragile=True, cold=True)


def test_goods_of_one_shelf_have_one_place_for_each_product_and_the_fragile_ones_come_later():
    wishes = Wishes(fragile_last=True)
    orders = (
        order(1, line(1, 5), line(2, 6, fragile=True)),
        order(2, line(3, 5), line(4, 4, shelf="B-1")),
    )
    job = JobPlan(orders, walk=Walked((Stop("A-1"), Stop("B-1"), Stop("A-1", fragile=True))))
    assert positions(job, wishes) == {
        (Stop("A-1"), 5): 1,
        (Stop("B-1"), 4): 2,
        (Stop("A-1", fragile=True), 6): 3,
    }


# --- what it comes to ---------------------------------------------------------------------------------------------


def walked(*orders, metres=60.0, **more):
    return JobPlan(orders, walk=Walked(metres=metres), **more)


LIMITS = Limits(pace_mm_s=1000, line_s=30)


def test_a_job_takes_its_way_and_its_stops():
    job = walked(order(1, line(1), line(2, 2)), order(2, line(3)))
    assert seconds_of(job, LIMITS) == 60 + 2 * 30
    assert seconds_of(replace(job, stage=Stage.SORT, walk=Walked()), LIMITS) == 3 * 30


def test_figures_count_goods_once_though_they_are_sorted_as_well():
    one = order(1, line(1, quantity=2, weight_g=100, volume_mm3=7))
    jobs = [walked(one), JobPlan((one,), stage=Stage.SORT, after=0)]
    found = figures(jobs, LIMITS, lambda shelf: shelf != "A-1")
    assert (found.orders, found.lines, found.pieces, found.weight_g, found.volume_mm3) == (1, 1, 2, 200, 14)
    assert (found.jobs, found.mm, found.seconds, found.unplaced) == (2, 60_000, 120, ("A-1",))


def test_what_is_urgent_goes_first_and_what_is_late_is_told():
    jobs = [walked(order(1, due=10 * MINUTE)), walked(order(2, due=2 * MINUTE)), walked(order(3))]
    assert late(jobs, LIMITS, 0) == ()  # 1.5 minutes each: the second one first
    (found,) = late(jobs, LIMITS, MINUTE)
    assert (found.due, found.orders, found.ready) == (2 * MINUTE, 1, MINUTE * 5 // 2)


def test_more_pickers_are_quicker():
    jobs = [walked(order(number, due=2 * MINUTE)) for number in (1, 2)]
    assert [each.orders for each in late(jobs, LIMITS, 0)] == [1]
    assert late(jobs, replace(LIMITS, pickers=2), 0) == ()


def test_a_job_waits_for_the_one_before_it_however_many_pickers_there_are():
    jobs = [walked(order(1, due=2 * MINUTE)), walked(order(1, due=2 * MINUTE), after=0)]
    assert [each.ready for each in late(jobs, replace(LIMITS, pickers=5), 0)] == [3 * MINUTE]


def test_orders_are_ranked_by_pickup_priority_and_place_in_the_batch():
    orders = [order(1, due=5), order(2, due=4, rank=1), order(3, due=4, rank=-1), order(4, due=4, rank=1, sequence=1)]
    assert [each.order for each in ranked(orders)] == [3, 4, 2, 1]
