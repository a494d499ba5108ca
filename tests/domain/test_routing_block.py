"""The exact tour of one block against every order of the picks, and against itself."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from app.domain import routing_blocks
from app.domain.routing_block import block_columns, block_length, block_tour

HEIGHT = 10
PLACES = st.lists(st.tuples(st.sampled_from([0, 3, 6, 7, 12]), st.integers(1, 9)), min_size=1, max_size=6, unique=True)
DEPOTS = st.tuples(st.sampled_from([0, 6, 12, 9, -2]), st.booleans())


def apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    if one[0] == other[0]:
        return abs(one[1] - other[1])
    around = min(one[1] + other[1], 2 * HEIGHT - one[1] - other[1])
    return abs(one[0] - other[0]) + around


def shortest_of_all(depot: tuple[int, int], places: list[tuple[int, int]]) -> int:
    return min(
        sum(apart(a, b) for a, b in zip([depot, *order], [*order, depot], strict=True))
        for order in permutations(places)
    )


def by_aisle(places: list[tuple[int, int]]) -> dict[float, list[float]]:
    found: dict[float, list[float]] = defaultdict(list)
    for x, y in places:
        found[x].append(y)
    return found


@given(places=PLACES, depot=DEPOTS)
def test_no_order_of_the_picks_is_shorter(places: list[tuple[int, int]], depot: tuple[int, bool]) -> None:
    x, at_back = depot
    columns = block_columns(by_aisle(places), HEIGHT, x, at_back=at_back, on_aisle=x in {0, 6, 12})
    assert block_length(columns) == shortest_of_all((x, HEIGHT if at_back else 0), places)


@given(places=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 39)), min_size=1, max_size=60), back=st.booleans())
def test_the_tour_costs_what_its_ways_cost(places: list[tuple[int, int]], back: bool) -> None:
    columns = block_columns(by_aisle(places), 40, 15, at_back=back)
    length, ways = block_tour(columns)
    assert length == block_length(columns)
    walked = 0.0
    for at, (column, way) in enumerate(zip(columns, ways, strict=True)):
        costs = {**column._asdict(), "double": 2 * column.through}
        walked += costs[way.aisle]
        if at + 1 < len(columns):
            walked += (way.on_front + way.on_back) * (columns[at + 1].x - column.x)
    assert walked == length
    assert (ways[-1].on_front, ways[-1].on_back) == (0, 0)


@given(
    places=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10)), min_size=1, max_size=40),
    depot=st.tuples(st.integers(0, 12), st.booleans()),
)
def test_the_method_for_any_number_of_blocks_finds_the_same(
    places: list[tuple[int, int]], depot: tuple[int, bool]
) -> None:
    x, at_back = depot
    columns = block_columns(by_aisle(places), HEIGHT, x, at_back=at_back)
    general: list[routing_blocks.Column] = []
    for at, column in enumerate(columns):
        after = columns[at + 1].x - column.x if at + 1 < len(columns) else inf
        block = routing_blocks.Block(inf, *column[1:])
        general.append(routing_blocks.Column((block,), (0, 0), (after, after)))
    assert block_length(columns) == routing_blocks.shortest_walk(general)[0]


def test_a_far_aisle_is_reached_along_the_back() -> None:
    """Up the third aisle, back to the pick at the far end of the second one, on along the back, down the last."""
    columns = block_columns({0: [1], 3: [9], 4: [1, 3, 5, 7, 9], 12: [1, 3, 5, 7, 9]}, HEIGHT, 0)
    assert block_length(columns) == 2 + 2 + 10 + 10 + 2 * 12 + 2 * 1
    upside_down = block_columns({0: [9], 3: [1], 4: [1, 3, 5, 7, 9], 12: [1, 3, 5, 7, 9]}, HEIGHT, 0, at_back=True)
    assert block_length(upside_down) == block_length(columns)


def test_one_pick_is_there_and_back() -> None:
    assert block_length(block_columns({6: [4]}, HEIGHT, 0)) == 2 * (6 + 4)
    assert block_length(block_columns({6: [4]}, HEIGHT, 0, at_back=True)) == 2 * (6 + 6)
