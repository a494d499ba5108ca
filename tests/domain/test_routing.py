"""Walks against every order of their stops, against the rules of thumb, and re-added by an independent look."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.routing import Method, NoWay, Stop, Wishes, plan_walk
from app.domain.routing_exact import exact_length
from app.domain.routing_policies import POLICIES
from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Place, Spot
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from tests.walks import check_walk

WIDTH, DEPTH = 16, 20
FAR = 10**9
Point = tuple[int, int]


# --- a second opinion on distances: a flood over whole units, sharing nothing with the product ------------------------


def steps_from(layout: Layout, here: Point) -> list[Point]:
    x, y = here
    found: list[Point] = []
    for aisle in layout.aisles:
        if aisle.x == x:
            found += [(x, y + 1)] * (aisle.front <= y < aisle.back and aisle.one_way >= 0)
            found += [(x, y - 1)] * (aisle.front < y <= aisle.back and aisle.one_way <= 0)
    for row in layout.cross_aisles:
        if row.y == y and row.passes(x):
            found += [(to, y) for to in (x - 1, x + 1) if -1 <= to <= WIDTH + 1 and row.passes(to)]
    return found


def flood(layout: Layout, start: Point) -> dict[Point, int]:
    lengths, todo = {start: 0}, deque([start])
    while todo:
        here = todo.popleft()
        for after in steps_from(layout, here):
            if after not in lengths:
                lengths[after] = lengths[here] + 1
                todo.append(after)
    return lengths


def point_of(layout: Layout, place: Place) -> Point:
    if isinstance(place, Spot):
        return layout.aisles[place.aisle].x, place.y
    return place.x, layout.cross_aisles[place.row].y


class Flooded:
    """Distances of one layout, by flooding."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.from_point = cache(lambda point: flood(layout, point))

    def far(self, before: Place, after: Place) -> int:
        return self.from_point(point_of(self.layout, before)).get(point_of(self.layout, after), FAR)

    def shortest(self, orders: Sequence[Sequence[Spot]], start: Place, end: Place) -> int:
        return min(sum(self.far(a, b) for a, b in zip([start, *order], [*order, end], strict=True)) for order in orders)


# --- any warehouse ----------------------------------------------------------------------------------------------


@st.composite
def layouts(draw: st.DrawFn, *, one_way: bool = False, regular: bool = False) -> Layout:
    """Two to five cross-aisles, some of them short; up to four aisles, some of them short."""
    ys = sorted(draw(st.sets(st.integers(1, DEPTH - 1), min_size=2, max_size=5)))
    xs = sorted(draw(st.sets(st.integers(0, WIDTH), min_size=1, max_size=4)))
    ways = st.sampled_from([0, 1, -1]) if one_way else st.just(0)
    short = st.just(False) if regular else st.booleans()
    aisles = [
        Aisle(
            str(x),
            x,
            draw(st.integers(0, ys[-1])) if draw(short) else 0,
            DEPTH,
            draw(ways),
        )
        for x in xs
    ]
    crosses = [CrossAisle(y, draw(st.sampled_from([None, xs[len(xs) // 2]])) if draw(short) else None) for y in ys]
    return Layout(
        tuple(aisles), tuple(crosses), Depot(draw(st.integers(-1, WIDTH + 1)), draw(st.integers(0, len(ys) - 1)))
    )


@st.composite
def jobs(draw: st.DrawFn, *, most: int = 5, one_way: bool = False, regular: bool = False) -> tuple[Layout, Depot]:
    """A warehouse with named shelves, and where a walk ends."""
    layout = draw(layouts(one_way=one_way, regular=regular))
    flooded = Flooded(layout)
    end = draw(
        st.one_of(
            st.just(layout.depot),
            st.builds(Depot, st.integers(-1, WIDTH + 1), st.integers(0, len(layout.cross_aisles) - 1)),
        )
    )
    for depot in (layout.depot, end):
        assume(layout.cross_aisles[depot.row].passes(depot.x))
    assume(flooded.far(layout.depot, end) + flooded.far(end, layout.depot) < FAR)
    spots: dict[str, Spot] = {}
    for number in range(draw(st.integers(0, most))):
        aisle = draw(st.integers(0, len(layout.aisles) - 1))
        low, high = (0, DEPTH) if not regular else (layout.cross_aisles[0].y, layout.cross_aisles[-1].y)
        spot = Spot(aisle, draw(st.integers(max(low, layout.aisles[aisle].front), high)))
        if flooded.far(layout.depot, spot) + flooded.far(spot, layout.depot) < FAR:
            spots[f"S-{number}"] = spot
    return replace(layout, spots=spots), end


@given(job=jobs())
def test_no_order_of_the_stops_is_shorter(job: tuple[Layout, Depot]) -> None:
    layout, end = job
    walk = plan_walk(layout, map(Stop, layout.spots), end=end)
    spots = [layout.spots[stop.shelf] for stop in walk.stops]
    assert {stop.shelf for stop in walk.stops} == layout.spots.keys()
    assert walk.method is Method.EXACT
    assert walk.length == Flooded(layout).shortest(list(permutations(spots)), layout.depot, end)
    check_walk(layout, walk.points, spots, layout.depot, end, walk.length)
    assert exact_length(layout, spots, layout.depot, end) == walk.length


@given(job=jobs(one_way=True), heavy=st.sets(st.integers(0, 4)), cold=st.sets(st.integers(0, 4)))
def test_with_wishes_and_one_way_aisles_no_order_that_keeps_them_is_shorter(
    job: tuple[Layout, Depot], heavy: set[int], cold: set[int]
) -> None:
    layout, end = job
    wishes = Wishes(heavy_first=True, cold_last=True)
    stops = [Stop(shelf, heavy=int(shelf[2:]) in heavy, cold=int(shelf[2:]) in cold) for shelf in layout.spots]
    walk = plan_walk(layout, stops, wishes, end=end)
    assert set(walk.stops) == set(stops)
    ranks = [stop.rank(wishes) for stop in walk.stops]
    assert ranks == sorted(ranks)
    orders = [
        [layout.spots[stop.shelf] for stop in order]
        for order in permutations(stops)
        if [stop.rank(wishes) for stop in order] == ranks
    ]
    assert walk.length == Flooded(layout).shortest(orders, layout.depot, end)
    check_walk(layout, walk.points, [layout.spots[s.shelf] for s in walk.stops], layout.depot, end, walk.length)


@given(job=jobs(most=25, regular=True))
def test_a_walk_is_never_longer_than_a_rule_of_thumb(job: tuple[Layout, Depot]) -> None:
    layout, end = job
    walk = plan_walk(layout, map(Stop, layout.spots), end=end)
    assert walk.compared.keys() == POLICIES.keys()
    assert walk.length <= min(walk.compared.values())
    assert walk.saved == walk.compared["s_shape"] - walk.length


@given(
    job=jobs(most=25, one_way=True),
    kinds=st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=25, max_size=25),
)
def test_nor_with_wishes_in_one_way_aisles(job: tuple[Layout, Depot], kinds: list[tuple[bool, bool, bool]]) -> None:
    layout, end = job
    stops = [Stop(shelf, *kinds[int(shelf[2:])]) for shelf in layout.spots]
    wishes = Wishes(heavy_first=True, fragile_last=True, cold_last=True)
    walk = plan_walk(layout, stops, wishes, end=end)
    ranks = [stop.rank(wishes) for stop in walk.stops]
    assert ranks == sorted(ranks)
    assert walk.length <= min(walk.compared.values())
    check_walk(layout, walk.points, [layout.spots[s.shelf] for s in walk.stops], layout.depot, end, walk.length)


# --- one warehouse ----------------------------------------------------------------------------------------------


def warehouse(**numbers: int) -> Layout:
    shelves, crosses, depot = parametric_shelves(Parameters(**{"aisles": 4, "bays": 10, **numbers}))
    return layout_of(shelves, cross_aisles=crosses, depot=depot)


def test_shelves_that_are_not_on_the_map_come_last_in_shelf_order() -> None:
    layout = replace(warehouse(), unreachable=("Z-1",))
    walk = plan_walk(layout, [Stop("X-10"), Stop("Z-1"), Stop("X-9"), Stop("B-03-1")])
    assert [stop.shelf for stop in walk.order] == ["B-03-1", "X-9", "X-10", "Z-1"]
    assert [stop.shelf for stop in walk.unplaced] == ["X-9", "X-10"]
    assert [stop.shelf for stop in walk.unreachable] == ["Z-1"]


def test_levels_of_one_bay_are_taken_without_a_step_between() -> None:
    layout = warehouse(levels=3)
    walk = plan_walk(layout, [Stop("B-03-3"), Stop("B-03-1"), Stop("B-03-2")])
    assert [stop.shelf for stop in walk.stops] == ["B-03-1", "B-03-2", "B-03-3"]
    assert walk.length == 2 * (5_000 + 3_500)
    assert walk.metres == 17.0


def test_a_shelf_named_twice_is_walked_to_once() -> None:
    walk = plan_walk(warehouse(), [Stop("A-01-1"), Stop("A-01-1")])
    assert len(walk.stops) == 1


def test_nothing_to_pick_is_no_walk() -> None:
    walk = plan_walk(warehouse(), [])
    assert (walk.length, walk.stops, walk.saved) == (0, (), 0)


def test_the_approach_to_a_depot_counts_once_each_way() -> None:
    layout = warehouse()
    near, far = (plan_walk(layout, [Stop("A-01-1")], start=Depot(0, 0, approach)) for approach in (0, 700))
    assert far.length == near.length + 2 * 700
    assert far.compared["s_shape"] == near.compared["s_shape"] + 2 * 700


def test_a_walk_may_end_at_another_place_than_it_begins() -> None:
    layout = warehouse()
    walk = plan_walk(layout, [Stop("A-05-1")], end=Depot(0, 1))
    assert walk.points == ((0, 0), (0, 12_000))
    assert walk.length == 12_000


def test_where_nobody_can_walk_it_is_said() -> None:
    with pytest.raises(NoWay, match="nobody can walk"):
        plan_walk(warehouse(), [Stop("A-01-1")], end=Depot(0, 9))


def test_cold_counts_more_than_fragile_and_fragile_more_than_heavy() -> None:
    wishes = Wishes(heavy_first=True, fragile_last=True, cold_last=True)
    kinds = [
        Stop("1", heavy=True),
        Stop("2"),
        Stop("3", heavy=True, fragile=True),
        Stop("4", fragile=True),
        Stop("5", heavy=True, cold=True),
        Stop("6", cold=True),
        Stop("7", fragile=True, cold=True),
    ]
    kinds_by_rank = sorted(kinds, key=lambda stop: stop.rank(wishes))
    assert kinds_by_rank == kinds
    assert len({stop.rank(wishes) for stop in kinds}) == len(kinds)
    assert {stop.rank(Wishes()) for stop in kinds} == {0}


def test_many_cross_aisles_are_searched_and_not_said_to_be_proven() -> None:
    layout = warehouse(aisles=6, bays=24, cross_aisles=9)
    stops = [Stop(f"{aisle}-{bay:02}-1") for aisle in "ABCDEF" for bay in range(1, 25, 5)]
    walk = plan_walk(layout, stops)
    assert walk.method is Method.SEARCH
    assert set(walk.stops) == set(stops)
    assert walk.length <= min(walk.compared.values())
    spots = [layout.spots[stop.shelf] for stop in walk.stops]
    check_walk(layout, walk.points, spots, layout.depot, layout.depot, walk.length)
