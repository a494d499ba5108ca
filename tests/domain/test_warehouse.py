"""The map: aisles out of shelves, a warehouse out of a few numbers, and distances through the aisles."""

from __future__ import annotations

from math import inf

import pytest

from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Shelf, Spot
from app.domain.warehouse_graph import graph_of
from app.domain.warehouse_layout import Parameters, layout_of, letters, parametric_shelves


def shelf(code: str, aisle: str, x: int | None, y: int | None, zone: str = "") -> Shelf:
    return Shelf(code, zone=zone, aisle=aisle, x=x, y=y)


def two_sides() -> list[Shelf]:
    """Two aisles with shelves on both sides, five bays of a metre."""
    return [
        shelf(f"{aisle}-{side}{bay}", aisle, x + dx, 500 + 1000 * bay)
        for aisle, x in (("A", 1500), ("B", 6500))
        for side, dx in (("L", -900), ("R", 900))
        for bay in range(5)
    ]


# --- out of shelves ---------------------------------------------------------------------------------------------


def test_the_lane_of_an_aisle_runs_between_its_two_sides() -> None:
    made = layout_of(two_sides())
    assert [(aisle.name, aisle.x) for aisle in made.aisles] == [("A", 1500), ("B", 6500)]
    assert made.spots["A-L0"] == made.spots["A-R0"] == Spot(0, 500)


def test_cross_aisles_lie_at_both_ends_where_none_are_given() -> None:
    made = layout_of(two_sides())
    assert [row.y for row in made.cross_aisles] == [-500, 5500]
    assert made.regular
    assert made.both_ways
    assert made.depot == Depot(1500, 0)


def test_shelves_without_coordinates_are_listed_in_shelf_order() -> None:
    made = layout_of([*two_sides(), shelf("C-10", "C", None, None), shelf("C-9", "C", 1000, None)])
    assert made.unplaced == ("C-9", "C-10")
    assert not {"C-9", "C-10"} & made.spots.keys()


def test_shelves_without_an_aisle_are_grouped_by_where_they_stand() -> None:
    made = layout_of([Shelf(str(x + y), x=x, y=y) for x in (0, 4000) for y in (0, 1, 2)])
    assert [aisle.x for aisle in made.aisles] == [0, 4000]


def test_aisles_of_two_zones_in_one_line_are_one_lane() -> None:
    made = layout_of([shelf("F1", "1", 0, 1000, "F"), shelf("R1", "1", 200, 9000, "R")])
    assert [aisle.name for aisle in made.aisles] == ["F/1+R/1"]


def test_aisles_that_run_along_x_are_turned() -> None:
    made = layout_of([shelf(f"A{x}", "A", x, 0) for x in (0, 5000)] + [shelf(f"B{x}", "B", x, 3000) for x in (0, 5000)])
    assert made.turned
    assert [aisle.x for aisle in made.aisles] == [0, 3000]
    assert made.spots["B5000"] == Spot(1, 5000)


def test_one_way_aisles_are_named_with_or_without_their_zone() -> None:
    shelves = [shelf("a", "1", 0, 0, "F"), shelf("b", "1", 5000, 0, "R"), shelf("c", "2", 9000, 0, "R")]
    by_aisle = layout_of(shelves, one_way={"1": 1})
    by_zone = layout_of(shelves, one_way={"R/1": -1})
    assert [aisle.one_way for aisle in by_aisle.aisles] == [1, 1, 0]
    assert [aisle.one_way for aisle in by_zone.aisles] == [0, -1, 0]


def test_an_aisle_without_a_cross_aisle_is_out_of_reach() -> None:
    crosses = [CrossAisle(-500, right=3000), CrossAisle(5500, right=3000)]
    made = layout_of(two_sides(), cross_aisles=crosses)
    assert made.unreachable == tuple(f"B-{side}{bay}" for side in "LR" for bay in range(5))
    assert made.spots.keys() == {f"A-{side}{bay}" for side in "LR" for bay in range(5)}


def test_behind_the_last_cross_aisle_of_a_one_way_aisle_nobody_comes_back() -> None:
    crosses = [CrossAisle(-500), CrossAisle(2000)]
    assert layout_of(two_sides(), cross_aisles=crosses).unreachable == ()
    made = layout_of(two_sides(), cross_aisles=crosses, one_way={"B": 1})
    assert made.unreachable == ("B-L2", "B-L3", "B-L4", "B-R2", "B-R3", "B-R4")


def test_a_depot_where_nobody_walks_leaves_all_out_of_reach() -> None:
    made = layout_of(two_sides(), depot=Depot(0, row=7))
    assert len(made.unreachable) == 20
    assert not made.spots


def test_a_map_without_shelves_is_a_map() -> None:
    made = layout_of([])
    assert (made.aisles, dict(made.spots), made.unreachable) == ((), {}, ())


# --- out of a few numbers ---------------------------------------------------------------------------------------


def test_a_warehouse_out_of_numbers() -> None:
    shelves, crosses, depot = parametric_shelves(
        Parameters(aisles=3, bays=5, levels=2, cross_aisles=3, depot=2, pattern="{aisle}-{bay:02}-{level}")
    )
    made = layout_of(shelves, cross_aisles=crosses, depot=depot)
    assert len(shelves) == len(made.spots) == 30
    assert [aisle.x for aisle in made.aisles] == [0, 5000, 10000]
    assert [row.y for row in crosses] == [0, 5000, 9000]  # three bays, a lane of two metres, two bays
    assert made.spots["A-01-1"].y == 1500
    assert made.spots["C-03-2"].y == 3500
    assert made.spots["C-04-2"].y == 6500
    assert depot == Depot(5000)
    assert made.regular


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (Parameters(aisles=0), "aisles: 0"),
        (Parameters(cross_aisles=1), "cross_aisles: 1"),
        (Parameters(depot=11), "depot: 11"),
        (Parameters(pattern="{aisle}-{bay}", levels=2), "pattern"),
        (Parameters(pattern="{shelf}"), "pattern"),
        (Parameters(pattern="{aisle"), "pattern"),
    ],
)
def test_numbers_that_make_no_warehouse_are_named(wrong: Parameters, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parametric_shelves(wrong)


def test_letters_of_aisles_go_on_after_z() -> None:
    assert [letters(number) for number in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


# --- distances --------------------------------------------------------------------------------------------------


def small(one_way: int = 0) -> Layout:
    aisles = (Aisle("A", 0, 0, 10), Aisle("B", 5, 0, 10, one_way), Aisle("C", 9, 0, 10))
    return Layout(aisles, (CrossAisle(0), CrossAisle(10)), Depot(0))


def test_it_is_as_far_as_through_the_aisles() -> None:
    graph = graph_of(small())
    assert graph.distance(Spot(0, 2), Spot(0, 7)) == 5
    assert graph.distance(Spot(0, 2), Spot(1, 3)) == 2 + 5 + 3
    assert graph.distance(Spot(0, 9), Spot(2, 8)) == 1 + 9 + 2
    assert graph.way(Spot(0, 9), Spot(2, 8)) == [(0, 9), (0, 10), (5, 10), (9, 10), (9, 8)]


def test_one_way_aisles_are_walked_one_way() -> None:
    graph = graph_of(small(one_way=1))
    assert graph.distance(Spot(1, 2), Spot(1, 7)) == 5
    assert graph.distance(Spot(1, 7), Spot(1, 2)) == 3 + 4 + 10 + 4 + 2  # up, back by another aisle, up again
    assert graph.distance(Spot(0, 1), Spot(1, 9)) == 1 + 5 + 9
    assert graph.distance(Spot(1, 9), Spot(0, 1)) == 1 + 5 + 9


def test_the_other_way_round_too() -> None:
    graph = graph_of(small(one_way=-1))
    assert graph.distance(Spot(1, 7), Spot(1, 2)) == 5
    assert graph.distance(Spot(1, 2), Spot(1, 7)) == 2 + 4 + 10 + 4 + 3
    assert graph.distance(Spot(0, 1), Spot(1, 2)) == 9 + 5 + 8


def test_where_no_way_leads_it_is_infinitely_far() -> None:
    alone = Layout((Aisle("A", 0, 0, 10), Aisle("B", 5, 2, 8)), (CrossAisle(0), CrossAisle(10)), Depot(0))
    graph = graph_of(alone)
    assert graph.distance(Spot(0, 1), Spot(1, 3)) == inf
    assert graph.way(Spot(0, 1), Spot(1, 3)) == []
