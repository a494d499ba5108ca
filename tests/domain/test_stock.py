"""The ledger: two-sided moves, counter-moves, balances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stock import SUPPLIER, Move, balances, counter, parcel_place, shelf_place

PLACES = [SUPPLIER, shelf_place(""), shelf_place("A-1"), parcel_place(1), parcel_place(2)]
MOVES = st.builds(
    Move, st.integers(1, 3), st.sampled_from(["", "L1"]), st.sampled_from(PLACES[:3]), st.sampled_from(PLACES[3:]),
    st.integers(1, 9),
)  # fmt: skip


@pytest.mark.parametrize(("source", "target", "quantity"), [("a", "b", 0), ("a", "b", -1), ("a", "a", 1)])
def test_what_moves_nothing_is_no_move(source, target, quantity):
    with pytest.raises(ValueError, match="not a move"):
        Move(1, "", source, target, quantity)


def test_goods_without_a_shelf_lie_on_the_nameless_one():
    assert shelf_place("") == "shelf:"
    assert shelf_place("A-1") != shelf_place("A-10")


def test_lots_are_kept_apart():
    moves = [Move(1, "L1", "a", "b", 2), Move(1, "L2", "a", "b", 3)]
    assert balances(moves) == {(1, "a", "L1"): -2, (1, "b", "L1"): 2, (1, "a", "L2"): -3, (1, "b", "L2"): 3}


@given(st.lists(MOVES))
def test_nothing_comes_from_nothing(moves):
    assert sum(balances(moves).values()) == 0


@given(st.lists(MOVES))
def test_counter_moves_take_everything_back(moves):
    assert balances([*moves, *map(counter, moves)]) == {}


@given(st.lists(MOVES), st.randoms())
def test_the_order_of_moves_does_not_matter(moves, random):
    mixed = list(moves)
    random.shuffle(mixed)
    assert balances(mixed) == balances(moves)
