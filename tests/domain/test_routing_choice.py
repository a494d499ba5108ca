"""Which shelf goods are taken from: against every combination, and where shelves are missing from the map."""

from __future__ import annotations

import random
from itertools import product

from app.domain.routing_choice import Option, covers, nearest_shelves
from app.domain.routing_exact import exact_length
from app.domain.warehouse import Layout
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves


def warehouse(cross_aisles: int = 2) -> Layout:
    shelves, crosses, depot = parametric_shelves(Parameters(aisles=8, bays=20, cross_aisles=cross_aisles))
    return layout_of(shelves, cross_aisles=crosses, depot=depot)


def length(layout: Layout, fixed: list[str], options: tuple[Option, ...] | list[Option]) -> int:
    shelves = [*fixed, *(shelf for option in options for shelf in option)]
    return exact_length(layout, [layout.spots[shelf] for shelf in shelves], layout.depot, layout.depot)


def test_hardly_any_combination_is_shorter() -> None:
    for cross_aisles in (2, 3):
        layout = warehouse(cross_aisles)
        ours = best = 0
        for seed in range(15):
            chance = random.Random(seed)
            shelves = sorted(layout.spots)
            fixed = chance.sample(shelves, 5)
            choices = [[(shelf,) for shelf in chance.sample(shelves, 3)] for _ in range(4)]
            ours += length(layout, fixed, nearest_shelves(layout, fixed, choices))
            best += min(length(layout, fixed, options) for options in product(*choices))
        assert best <= ours <= 1.01 * best


def test_the_shelf_in_an_aisle_that_is_walked_anyway_goes_before_one_near_by() -> None:
    """H-20 lies at the end of an aisle that one goes into; B-05 is nearer to the depot and needs a way of its own."""
    layout = warehouse()
    chosen = nearest_shelves(layout, ["H-19-1", "A-01-1", "A-20-1"], [[("B-05-1",), ("H-20-1",)]])
    assert chosen == [("H-20-1",)]


def test_shelves_that_are_not_on_the_map_are_taken_only_without_others() -> None:
    layout = warehouse()
    choices: list[list[Option]] = [[("X-1",), ("H-20-1",)], [("X-2",)], [("X-3",), ("X-4",)]]
    assert nearest_shelves(layout, ["X-9"], choices) == [("H-20-1",), ("X-2",), ("X-3",)]


def test_many_cross_aisles_are_judged_by_a_rule_of_thumb() -> None:
    layout = warehouse(cross_aisles=6)
    assert nearest_shelves(layout, ["A-01-1"], [[("H-20-1",), ("A-02-1",)]]) == [("A-02-1",)]


def test_as_few_shelves_as_can_be_cover_a_quantity() -> None:
    supplies = [("A", 3), ("B", 2), ("C", 5)]
    assert covers(3, supplies) == [("A",), ("C",)]
    assert covers(6, supplies) == [("A", "C"), ("B", "C")]
    assert covers(10, supplies) == [("A", "B", "C")]
    assert covers(11, supplies) == []
