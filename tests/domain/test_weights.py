"""Weights: what a box should weigh, how far it may be off, and what the scale cannot see."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.weights import KnownWeight, Part, Weighable, WeightRules, expected, judge, prior, tolerance_mg
from tests.weighing import ALL, BOX, CUP, GRAMS, JAR, LEAFLET, STRAINER, known, thing

RULES = WeightRules()


def test_a_box_should_weigh_the_sum_of_everything_in_it():
    assert expected(ALL).mean_mg == GRAMS * 1000
    assert expected(ALL).unknown == ()


def test_the_spread_grows_with_the_root_of_the_pieces_and_the_doubt_with_the_pieces():
    assert known(100, spread=2, doubt=0).variance(4) == 4 * 2000**2
    assert known(100, spread=0, doubt=2).variance(4) == (4 * 2000) ** 2


@pytest.mark.parametrize(("grams", "doubt"), [(500, 25_000), (10, 2_000), (40, 2_000), (41, 2_050)])
def test_a_product_file_may_be_five_percent_off_and_two_grams_at_least(grams, doubt):
    told = prior(grams)
    assert told is not None
    assert (told.mean_mg, told.doubt_mg, told.count) == (grams * 1000, doubt, 0)
    assert 0 < told.sd_mg < told.doubt_mg


@pytest.mark.parametrize("grams", [None, 0, -5])
def test_no_weight_in_the_file_is_no_weight(grams):
    assert prior(grams) is None


@pytest.mark.parametrize(
    ("contents", "grams"),
    [
        ((thing("card", 50, spread=0.1, doubt=0.1),), 8.0),  # the least
        ((thing("dumbbell", 4000, spread=2, doubt=2),), 40.0),  # 1 %
        ((thing("melon", 1500, spread=40, doubt=30),), 150.0),  # three times 50 g
    ],
)
def test_the_tolerance_is_the_widest_of_least_share_and_scatter(contents, grams):
    assert tolerance_mg(expected(contents, replace(RULES, scale_division_g=0))) == grams * 1000


def test_a_coarser_scale_makes_the_tolerance_wider():
    fine, coarse = (replace(RULES, scale_division_g=step) for step in (1, 50))
    assert tolerance_mg(expected((CUP,), coarse), coarse) > tolerance_mg(expected((CUP,), fine), fine) > 0


@pytest.mark.parametrize(("off", "ok"), [(0, True), (15, True), (-15, True), (17, False), (-17, False), (-310, False)])
def test_a_box_within_its_tolerance_may_be_closed(off, ok):
    verdict = judge(GRAMS + off, ALL)
    assert (verdict.ok, verdict.difference_g, verdict.expected_g) == (ok, off, GRAMS)
    assert verdict.tolerance_g == 16


def test_goods_and_inserts_lighter_than_the_tolerance_are_named_as_what_it_cannot_see():
    alone = (STRAINER, LEAFLET, thing("mailer", 20, part=Part.CARTON))
    assert judge(49, alone).blind == (LEAFLET,)
    assert judge(GRAMS, ALL).blind == (LEAFLET,)
    assert judge(GRAMS + 2000, (*ALL, thing("stone", 2000))).blind == (STRAINER, LEAFLET)


def test_what_is_not_in_the_box_plays_no_part():
    assert judge(GRAMS, (*ALL, thing("gone", None, 0))).ok
    assert judge(GRAMS, (*ALL, thing("gone", 900, 0))).ok


# --- without a weight ---------------------------------------------------------------------------------------------


def test_goods_without_a_weight_give_no_verdict():
    new = thing("new", None, 3)
    for grams in (GRAMS, GRAMS + 7000):
        verdict = judge(grams, (*ALL, new))
        assert verdict.ok
        assert verdict.unknown == (new,)
        assert set(verdict.blind) == {JAR, CUP, STRAINER, LEAFLET}


def test_a_box_too_light_for_all_the_rest_is_refused_all_the_same():
    assert not judge(GRAMS - 310, (*ALL, thing("new", None))).ok


# --- in another unit ----------------------------------------------------------------------------------------------


def test_half_a_ton_in_a_box_of_one_kilogram_is_not_believed():
    told = Weighable("tea", "tea", prior(500_000), 2)
    verdict = judge(1180, (told, BOX))
    assert verdict.ok
    assert [each.key for each in verdict.unknown] == ["tea"]


def test_a_weight_in_kilograms_is_not_believed_where_the_box_weighs_just_that():
    told = Weighable("rice", "rice", prior(2), 1)
    assert judge(2170, (told, BOX)).unknown == (replace(told, weight=None),)
    assert not judge(1180, (told, BOX)).ok
    assert judge(182, (told, BOX)).unknown == ()


def test_what_was_weighed_is_believed_however_odd_the_box_is():
    assert not judge(100, (thing("tea", 500), BOX)).ok
    heavy = thing("rice", 2, count=1)
    assert not judge(2180, (heavy, BOX)).ok


def test_two_that_may_both_be_in_kilograms_are_no_proof_of_either():
    one, other = (Weighable(key, key, prior(2), 1) for key in "ab")
    assert not judge(2180, (one, other, BOX)).ok


# --- laws ---------------------------------------------------------------------------------------------------------

weights = st.builds(
    KnownWeight, st.integers(1, 10**7), st.integers(0, 10**5), st.integers(1, 50), st.integers(0, 10**5)
)
boxes = st.lists(st.builds(Weighable, st.uuids().map(str), st.just("x"), weights, st.integers(1, 12)), min_size=1)


@given(boxes)
def test_a_box_that_weighs_what_it_should_is_right(contents):
    grams = round(expected(contents).mean_mg / 1000)
    verdict = judge(grams, contents)
    assert verdict.ok
    assert abs(verdict.difference_g) <= 1
    assert verdict.tolerance_g >= RULES.min_g


@given(boxes, st.integers(0, 10**5))
def test_the_order_of_the_things_in_a_box_changes_nothing(contents, grams):
    one, other = judge(grams, contents), judge(grams, contents[::-1])
    assert (one.ok, one.expected_g, one.tolerance_g) == (other.ok, other.expected_g, other.tolerance_g)


@given(boxes, st.integers(1, 12))
def test_more_in_the_box_never_makes_the_tolerance_narrower(contents, pieces):
    more = [replace(contents[0], pieces=contents[0].pieces + pieces), *contents[1:]]
    assert tolerance_mg(expected(more)) >= tolerance_mg(expected(contents))
