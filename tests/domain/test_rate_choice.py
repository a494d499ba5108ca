"""The choice: the cheapest really is, what cannot be never wins, ties, a person's word, what is kept as text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rate_choice import BY_HAND, Candidate, Choice, Reason, choice_of, choice_text, choose, priced, taken
from app.domain.rates import Part

NO = Reason("rates.why.no_cod")


def one(name, yen=None, *reasons, boxes=1):
    carrier, _, service = name.partition("/")
    return Candidate(carrier, service, yen, (Part("base", yen or 0),), (60,) * boxes, tuple(reasons))


def test_the_cheapest_possible_one_is_chosen_and_the_others_stand_in_order():
    made = choose([one("y/t", 940), one("y/n", 385), one("s/h", 100, NO), one("y/c")], (), usual="y/t")
    assert (made.picked, made.by, made.rate) == ("y/n", "price", 385)
    assert [each.name for each in made.candidates] == ["y/n", "y/t", "y/c", "s/h"]
    assert priced(made.chosen, made.candidates) == ((made.candidates[1], 555),)


def test_of_alike_prices_fewer_pieces_then_the_shops_order_then_what_it_has():
    assert choose([one("a/x", 500, boxes=2), one("b/x", 500)], ("a",), usual="a/x").picked == "b/x"
    assert choose([one("a/x", 500), one("b/x", 500)], ("b", "a"), usual="a/x").picked == "b/x"
    assert choose([one("a/x", 500), one("b/x", 500)], ("b/x",), usual="a/x").picked == "b/x"
    assert choose([one("a/x", 500), one("b/x", 500)], (), usual="b/x").picked == "b/x"


def test_where_nothing_can_be_priced_it_stays_with_its_method():
    made = choose([one("a/x", 500, NO), one("b/x")], (), usual="b/x")
    assert (made.picked, made.by, made.rate) == ("b/x", "none", None)


def test_one_that_has_turned_too_often_stays_as_long_as_it_can():
    assert choose([one("a/x", 500), one("b/x", 400)], (), usual="a/x", stay="a/x").picked == "a/x"
    assert choose([one("a/x", 500, NO), one("b/x", 400)], (), usual="a/x", stay="a/x").picked == "b/x"


def test_a_file_that_cannot_hold_it_leaves_its_place_to_the_next():
    found = [one("a/x", 300), one("b/x", 400), one("c/x", 500)]
    made = choose(found, (), usual="c/x", fits=lambda each: each.carrier != "a")
    assert made.picked == "b/x"
    assert made.candidates[-1].reasons[0].key == "rates.why.file"
    assert choose(found, (), usual="c/x", fits=lambda _: False).picked == "a/x"  # the order says what is wrong


def test_a_persons_choice_takes_its_price_from_the_list():
    text = choice_text(choose([one("y/t", 940), one("y/n", 385)], (), usual="y/t"))
    rate, after = taken(text, "y", "t")
    assert (rate, choice_of(after).picked, choice_of(after).by) == (940, "y/t", BY_HAND)
    assert taken(text, "s", "h")[0] is None
    assert taken("", "s", "h") == (None, "")


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "null", '{"picked":1}', '{"picked":"a/b","by":"price","list":[[1]]}', "{"]
)
def test_a_damaged_text_is_no_choice(text):
    assert choice_of(text) is None


names = st.sampled_from(["y/t", "y/n", "y/c", "s/h", "j/p"])
reasons = st.lists(st.builds(Reason, st.just("rates.why.no_cod"), st.just((("value", "1"),))), max_size=2).map(tuple)
found = st.lists(
    st.builds(one, names, st.none() | st.integers(0, 2000), boxes=st.integers(1, 3)).flatmap(
        lambda each: reasons.map(lambda why: replace(each, reasons=why))
    ),
    max_size=6,
    unique_by=lambda each: each.name,
)


@given(found, st.permutations(["y", "s", "j"]), names)
def test_the_cheapest_really_is_and_what_cannot_never_wins(candidates, prefer, usual):
    made = choose(candidates, prefer, usual=usual)
    possible = [each for each in candidates if each.yen is not None and not each.reasons]
    if not possible:
        assert (made.picked, made.by) == (usual, "none")
        return
    assert made.chosen in possible
    assert made.rate == min(each.yen for each in possible)
    assert sorted(map(repr, made.candidates)) == sorted(map(repr, candidates))


@given(found, names, st.booleans(), st.integers(0, 3))
def test_what_is_kept_says_the_same_when_it_is_read(candidates, picked, real, turns):
    made = Choice(picked, "price", tuple(candidates), real, "2026-01-07", ("S60 30×20×10 cm 1.2 kg",), turns)
    assert choice_of(choice_text(made)) == made
