"""The search for carts against all that is possible, on orders few enough to look at every plan."""

import pickle
import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.batching import Batch, BatchOrder, Cart, Pace, cost_of, faults, fits, timed
from app.domain.modes import FAR, Limits, PickLine, PickOrder
from app.domain.routing_block import block_columns, block_length
from app.domain.warehouse import CrossAisle, Depot, Shelf
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from app.services.batching import search
from app.services.batching.annealing import Annealing
from app.services.batching.carts import Carts, total
from app.services.batching.construct import first_come, plain_savings, savings
from app.services.batching.corridors import Network
from app.services.batching.effort import Effort
from app.services.batching.enumeration import every_group
from app.services.batching.ground import Ground
from app.services.batching.improve import Improver
from app.services.batching.plan import plan_batches
from app.services.batching.search import shortest
from app.services.batching.tours import seconds_for, tours
from app.services.batching.walks import AisleWalks, WithStart


def warehouse(aisles=4, bays=10, cross_aisles=2, **more):
    shelves, crosses, depot = parametric_shelves(Parameters(aisles=aisles, bays=bays, cross_aisles=cross_aisles))
    return layout_of(shelves, cross_aisles=crosses, depot=depot, **more)


def carts_of(seed, count=8, limits=(12,), aisles=4):
    chance = random.Random(seed)
    network = Network(tuple(range(0, aisles * 3000, 3000)), (0, 12_000), ((0, 0, 0),))
    picks = [
        [(chance.randrange(aisles), 1000 * chance.randint(1, 11)) for _ in range(chance.randint(1, 4))]
        for _ in range(count)
    ]
    demand = [[chance.randint(1, 5) for _ in range(count)] for _ in limits]
    return Carts(AisleWalks(network, picks), demand, limits)


def partitions(items):
    if not items:
        yield []
        return
    for rest in partitions(items[1:]):
        yield [(items[0],), *rest]
        for number, group in enumerate(rest):
            yield [*rest[:number], (items[0], *group), *rest[number + 1 :]]


def shortest_of_all(carts):
    orders = list(range(carts.count))
    groups = [group for size in range(1, len(orders) + 1) for group in combinations(orders, size)]
    loads = carts.loads(groups)
    known = dict(zip(groups, np.where(carts.fits(loads), carts.lengths(loads), 1 << 40).tolist(), strict=True))
    return min(sum(known[tuple(sorted(group))] for group in plan) for plan in partitions(orders))


# --- walks --------------------------------------------------------------------------------------------------------

places = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20)), min_size=1, max_size=7)


@given(places, places)
@settings(max_examples=60, deadline=None)
def test_walks_measured_at_once_are_those_of_the_published_recurrence(one, other):
    walks = AisleWalks(Network((0, 7, 11, 30), (0, 20), ((0, 0, 0),)), [one, other])
    together = walks.words[:, :1] | walks.words[:, 1:]
    picks = {}
    for aisle, place in [*one, *other]:
        picks.setdefault((0, 7, 11, 30)[aisle], set()).add(place)
    assert int(walks.lengths(together)[0]) == block_length(block_columns(picks, 20, 0))


def by_every_order(picks, xs, crosses, home, rank):
    """The shortest walk by trying out the places in every order (Held & Karp)."""

    def apart(one, other):
        if one[0] == other[0]:
            return abs(one[1] - other[1])
        return abs(xs[one[0]] - xs[other[0]]) + min(abs(one[1] - y) + abs(other[1] - y) for y in crosses)

    stops, depot = sorted(set(picks)), (home, crosses[rank])
    best = {(frozenset([stop]), stop): apart(depot, stop) for stop in stops}
    for _ in stops[1:]:
        longer = {}
        for (seen, last), length in best.items():
            for stop in stops:
                if stop not in seen:
                    key = (seen | {stop}, stop)
                    longer[key] = min(longer.get(key, 1 << 40), length + apart(last, stop))
        best = longer
    return min(length + apart(last, depot) for (_, last), length in best.items())


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 18)), min_size=1, max_size=6), st.integers(0, 3), st.data())
@settings(max_examples=60, deadline=None)
def test_walks_with_more_cross_aisles_are_the_shortest_there_are(picks, middle, data):
    crosses = (0, *sorted(data.draw(st.sets(st.integers(1, 17), min_size=min(2, middle), max_size=2))), 18)
    home, rank = data.draw(st.integers(0, 2)), data.draw(st.integers(0, len(crosses) - 1))
    walks = AisleWalks(Network((0, 5, 9), crosses, ((home, rank, 4),)), [picks])
    assert int(walks.lengths(walks.words)[0]) == by_every_order(picks, (0, 5, 9), crosses, home, rank) + 8


@pytest.mark.parametrize("cross_aisles", [2, 3, 4])
def test_walks_on_a_map_are_those_that_pickers_are_sent(cross_aisles):
    layout, chance = warehouse(6, 20, cross_aisles), random.Random(cross_aisles)
    orders = [[chance.choice(sorted(layout.spots)) for _ in range(12)] for _ in range(20)]
    ground = Ground(layout)
    walks = ground.walks(orders)
    assert walks.lengths(walks.words).tolist() == [ground.length(order) for order in orders]


def test_a_straight_way_from_the_depot_to_each_aisle_is_taken_where_it_is_shorter():
    straight = Network((0, 10_000), (0, 5_000), ((0, 0, 1_000), (1, 0, 2_000)))
    walks = AisleWalks(straight, [[(1, 1_000)], [(0, 1_000), (1, 1_000)]])
    assert walks.lengths(walks.words).tolist() == [2 * (2_000 + 1_000), 2 * (1_000 + 1_000) + 2 * (2_000 + 1_000)]


def test_more_shelves_in_an_aisle_than_a_table_holds_are_measured_as_well():
    network = Network((0, 100), (0, 1000), ((0, 0, 0),))
    picks = [[(1, place)] for place in range(10, 990, 20)]
    walks = AisleWalks(network, picks)
    assert walks.lengths(walks.words).tolist() == [200 + 2 * place for place in range(10, 990, 20)]
    ends = walks.words[:, :1] | walks.words[:, -1:]
    assert walks.lengths(ends).tolist() == [200 + 2 * 970]


def test_a_cart_with_nothing_to_walk_to_walks_nothing():
    walks = WithStart(AisleWalks(Network((0,), (0, 10), ((0, 0, 3),)), [[], [(0, 5)]]), 7)
    assert walks.lengths(np.concatenate([walks.nothing, walks.words], axis=1)).tolist() == [0, 0, 2 * (3 + 5) + 7]


def test_a_shelf_outside_the_aisles_is_refused():
    with pytest.raises(ValueError, match="lies outside"):
        AisleWalks(Network((0,), (0, 10), ((0, 0, 0),)), [[(0, 11)]])


# --- the search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_shortest_of_all_plans_is_found_and_proven(seed):
    carts = carts_of(seed, limits=(9, 12) if seed % 2 else (10,))
    found = shortest(carts, Effort(20, walks=200_000))
    assert found.mm == shortest_of_all(carts)
    assert found.bound == found.mm
    assert found.columns == every_group(carts, 1000).count


@pytest.mark.parametrize("seed", range(3))
def test_the_search_without_all_groups_finds_the_shortest_as_well(seed, monkeypatch):
    monkeypatch.setattr(search, "EVERY_GROUP", 0)
    carts = carts_of(seed)
    found = shortest(carts, Effort(20, walks=6_000))
    assert found.bound is None
    assert found.mm == shortest_of_all(carts)


def test_every_group_is_what_fits():
    carts = carts_of(3, 6, (8, 9))
    found = every_group(carts, 1000)
    groups = {tuple(group) for sets in found.sets for group in sets.tolist()}
    fitting = [g for size in range(1, 7) for g in combinations(range(6), size) if carts.fits(carts.loads([g]))[0]]
    assert groups == set(fitting)
    assert every_group(carts, len(fitting) - 1) is None


@given(st.integers(0, 10_000), st.integers(1, 14), st.integers(5, 16))
@settings(max_examples=25, deadline=None)
def test_no_way_of_making_a_plan_loses_an_order_or_fills_a_cart_too_full(seed, count, limit):
    carts = carts_of(seed, count, (limit,))
    start = savings(carts)
    annealing = Annealing(carts, start, 2, seed)
    for temperature in (3000.0, 300.0, 1.0):
        annealing.sweep(temperature)
    improver = Improver(carts)
    for plan in (first_come(carts), plain_savings(carts), start, annealing.best, improver.improve(start, 2)):
        assert sorted(order for group in plan for order in group) == list(range(count))
        assert carts.fits(carts.loads(plan)).all()
    assert annealing.best_mm == total(carts, annealing.best) <= total(carts, start)
    assert total(carts, improver.improve(start, 2)) <= total(carts, start)


def test_the_same_seed_gives_the_same_plan_and_a_longer_search_none_that_is_longer():
    plans = [shortest(carts_of(5, 40, (20,)), Effort(60, walks=walks), seed=7) for walks in (20_000, 20_000, 80_000)]
    assert plans[0] == plans[1]
    assert plans[2].mm <= plans[0].mm <= total(carts_of(5, 40, (20,)), savings(carts_of(5, 40, (20,))))


def test_a_search_that_is_stopped_still_has_a_plan():
    carts = carts_of(1, 30)
    found = shortest(carts, Effort(60, stopped=lambda: True))
    assert sorted(order for group in found.groups for order in group) == list(range(30))


def test_a_plan_to_begin_with_is_never_made_longer():
    carts = carts_of(2, 30, (20,))
    good = shortest(carts, Effort(20, walks=30_000))
    again = shortest(carts, Effort(20, walks=10), start=good.groups)
    assert again.mm <= good.mm


def test_an_order_that_no_cart_holds_is_refused():
    with pytest.raises(ValueError, match="does not fit an empty cart"):
        Carts(AisleWalks(Network((0,), (0, 10), ((0, 0, 0),)), [[(0, 5)]]), [[3]], [2])


# --- plans of a day -----------------------------------------------------------------------------------------------


def day(seed, count, layout, due=(None,), lines=(1, 4)):
    chance = random.Random(seed)
    codes = sorted(layout.spots)
    orders = []
    for number in range(count):
        stops = chance.randint(*lines)
        shelves = tuple(chance.choice(codes) for _ in range(stops))
        orders.append(
            BatchOrder(number + 100, shelves, chance.choice(due), chance.randint(1, 2), 400 * stops, 0, stops, stops)
        )
    return orders


@given(st.integers(0, 10_000), st.integers(0, 16), st.sampled_from([2, 3]))
@settings(max_examples=20, deadline=None)
def test_a_plan_is_right_by_the_independent_check(seed, count, cross_aisles):
    layout = warehouse(cross_aisles=cross_aisles)
    orders = day(seed, count, layout, (None, 200_000, 400_000))
    orders = [BatchOrder(**{**fields(each), "apart": ("cold",) if each.order % 3 else ()}) for each in orders]
    cart = Cart(totes=6, weight_g=4000)
    plan = plan_batches(orders, layout, cart, Pace(pickers=2), now=0, seconds=9, walks=4000)
    assert faults(plan, orders, cart, Ground(layout).length) == []
    assert plan.cost <= plan.first_come
    assert plan.bound_mm is None or plan.bound_mm == plan.cost.mm
    assert sum(len(batch.orders) for batch in plan.batches) == count


def fields(order):
    return {name: getattr(order, name) for name in BatchOrder.__slots__}


def least_late(orders, layout, cart, pace):
    """The cheapest of all plans: every way to share carts, each with the earliest due first."""
    ground, due = Ground(layout), {each.order: each.due for each in orders}
    best = None
    for groups in partitions(orders):
        if not all(fits(group, cart) for group in groups):
            continue
        made = []
        for group in groups:
            mm = ground.length(sorted({shelf for each in group for shelf in each.shelves}))
            first = min((each.due for each in group if each.due is not None), default=None)
            made.append((group, mm, sum(each.lines for each in group), first))
        times = timed([(first, pace.seconds(mm, lines)) for _, mm, lines, first in made], pace.pickers, 0)
        batches = [
            Batch(tuple(each.order for each in group), mm, lines, first, (), *time)
            for (group, mm, lines, first), time in zip(made, times, strict=True)
        ]
        cost = cost_of(batches, due.__getitem__)
        best = cost if best is None else min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_pickup_is_missed_that_can_be_met(seed):
    layout, pace, cart = warehouse(), Pace(pickers=1 + seed % 2, start_s=20), Cart(totes=5)
    orders = day(seed, 6, layout, (None, 90_000, 140_000, 220_000))
    plan = plan_batches(orders, layout, cart, pace, now=0, seconds=20, walks=60_000)
    best = least_late(orders, layout, cart, pace)
    # Which of two carts with the same due time goes first is free: by that a plan may even do better.
    assert plan.cost.late <= best.late
    assert plan.late.keys() == {o for b in plan.batches for o in b.orders if (d := due_of(orders, o)) and b.end > d}


def due_of(orders, number):
    return next(each.due for each in orders if each.order == number)


def test_what_has_no_place_costs_no_walk_and_is_said():
    layout = warehouse()
    orders = [BatchOrder(1, ("nowhere",)), BatchOrder(2, (min(layout.spots), "nowhere"))]
    plan = plan_batches(orders, layout, Cart(orders=5), Pace(), now=0, seconds=1)
    assert plan.unplaced == ("nowhere",)
    assert plan.cost.mm == Ground(layout).length([min(layout.spots)])
    nowhere = plan_batches(orders, layout_of([]), Cart(orders=5), Pace(), now=0, seconds=1)
    assert nowhere.cost.mm == 0


def test_an_order_that_no_cart_holds_has_one_of_its_own():
    layout = warehouse()
    orders = [BatchOrder(1, totes=9), BatchOrder(2, totes=2), BatchOrder(3, totes=2)]
    plan = plan_batches(orders, layout, Cart(totes=4), Pace(), now=0, seconds=1)
    assert plan.too_large == (1,)
    assert sorted(batch.orders for batch in plan.batches) == [(1,), (2, 3)]


def test_an_order_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="stands twice"):
        plan_batches([BatchOrder(1), BatchOrder(1)], warehouse(), Cart(), Pace(), now=0)


def test_on_a_map_that_is_not_regular_the_lengths_are_those_of_the_map():
    shelves = [Shelf(f"{a}-{b}", aisle=str(a), x=3000 * a, y=1000 * b) for a in range(4) for b in range(1, 8)]
    crosses = [CrossAisle(0), CrossAisle(4500, right=4000), CrossAisle(8000)]
    for one_way in ({}, {"2": 1, "3": -1}):
        layout = layout_of(shelves, cross_aisles=crosses, depot=Depot(4500, 0, 1500), one_way=one_way)
        orders = day(4, 15, layout)
        plan = plan_batches(orders, layout, Cart(totes=6), Pace(), now=0, seconds=9, walks=3000)
        assert faults(plan, orders, Cart(totes=6), Ground(layout).length) == []
        assert plan.cost <= plan.first_come
        assert plan.bound_mm is None or layout.regular


def test_orders_of_a_large_pickup_are_planned_in_neighbourhoods_with_progress():
    layout, told = warehouse(8, 20), []
    orders = day(1, 300, layout, (10_000_000, 20_000_000))
    plan = plan_batches(
        orders, layout, Cart(totes=12), Pace(pickers=4), now=0, seconds=60, walks=60_000,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert faults(plan, orders, Cart(totes=12), Ground(layout).length) == []
    assert plan.cost.mm < 0.9 * plan.first_come.mm
    assert told == sorted(told)
    assert told[-1] == (300, 300)


def test_a_plan_that_is_stopped_says_so_and_is_whole():
    layout = warehouse()
    orders = day(3, 40, layout)
    plan = plan_batches(orders, layout, Cart(totes=6), Pace(), now=0, stopped=lambda: True)
    assert plan.method == "stopped"
    assert faults(plan, orders, Cart(totes=6), Ground(layout).length) == []


def test_what_goes_in_and_out_goes_to_another_process():
    layout = warehouse()
    orders = day(3, 10, layout)
    plan = plan_batches(orders, layout, Cart(totes=6), Pace(), now=0, seconds=9, walks=2000)
    assert pickle.loads(pickle.dumps((orders, plan))) == (orders, plan)


def test_a_wave_gets_its_tours_by_the_way_that_they_save():
    layout, chance = warehouse(), random.Random(1)
    codes = sorted(layout.spots)
    orders = [
        PickOrder(
            number,
            due=FAR if number % 2 else 3_600_000,
            rank=0,
            sequence=number,
            lines=tuple(PickLine(10 * number + line, 1, 2, chance.choice(codes), weight_g=300) for line in range(3)),
        )
        for number in range(12)
    ]
    found = tours(layout, Limits(weight_g=5400), orders, 4, now=0)
    assert sorted(each.order for tour in found for each in tour) == list(range(12))
    assert all(len(tour) <= 3 for tour in found)  # three orders of 1.8 kg weigh 5.4 kg
    assert all(tour == sorted(tour, key=orders.index) for tour in found)
    ground = Ground(layout)
    walk = sum(ground.length([line.shelf for each in tour for line in each.lines]) for tour in found)
    as_they_come = [orders[begin : begin + 3] for begin in range(0, 12, 3)]
    assert walk < sum(ground.length([line.shelf for each in tour for line in each.lines]) for tour in as_they_come)


def test_planning_time_grows_with_the_orders_up_to_a_day():
    assert seconds_for(1) < 1
    assert seconds_for(5000) == 45


@pytest.mark.long
def test_a_day_of_five_thousand_orders_is_planned():
    layout = warehouse(10, 45)
    orders = day(1, 5000, layout, (14_400_000, 28_800_000, 43_200_000), (1, 6))
    plan = plan_batches(orders, layout, Cart(totes=12, weight_g=40_000), Pace(pickers=20), now=0, seconds=45)
    assert faults(plan, orders, Cart(totes=12, weight_g=40_000), Ground(layout).length) == []
    assert plan.cost.mm < 0.8 * plan.first_come.mm
