"""What weighing teaches: means and spreads that come out true, whatever the order, in spite of a wrong box."""

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.weight_learning import doubted, learned, weighed_alone, wrong_unit
from app.domain.weights import KnownWeight, Part, Weighable, judge, prior
from tests.weighing import ALL, BOX, CUP, GRAMS, JAR, LEAFLET, known, thing


class House:
    """Goods and cartons with true weights, and what a station makes of boxes of them."""

    def __init__(self, told, true, spreads):
        self.known = {key: prior(grams) for key, grams in told.items()}
        self.true, self.spreads = true, spreads

    def weigh(self, pieces, chance):
        total = sum(
            chance.gauss(number * self.true[key], math.sqrt(number) * self.spreads[key])
            for key, number in pieces.items()
        )
        return round(total)

    def contents(self, pieces):
        parts = {True: Part.CARTON, False: Part.GOODS}
        return tuple(
            Weighable(key, key, self.known[key], number, parts[key.startswith("carton")])
            for key, number in pieces.items()
        )

    def close(self, pieces, grams):
        """Close a box, or have a leader let it pass; say which."""
        verdict = judge(grams, self.contents(pieces))
        self.known |= learned(grams, verdict.contents) if verdict.ok else doubted(verdict.contents)
        return verdict.ok


TRUE = {"tea": 113.0, "jar": 497.0, "rice": 2031.0, "carton 60": 171.0, "carton 80": 309.0}
TOLD = {"tea": 110, "jar": 510, "rice": 2000, "carton 60": 180, "carton 80": 300}
SPREADS = {"tea": 1.5, "jar": 6.0, "rice": 10.0, "carton 60": 2.0, "carton 80": 4.0}


def a_box(chance):
    pieces = {key: number for key in ("tea", "jar", "rice") if (number := chance.choice((0, 0, 1, 1, 2, 4)))}
    return {**(pieces or {"tea": 1}), chance.choice(("carton 60", "carton 80")): 1}


def shift(boxes, seed=3, skip=()):
    house, chance = House(TOLD, TRUE, SPREADS), Random(seed)
    for at in range(boxes):
        pieces = a_box(chance)
        if at not in skip:
            house.close(pieces, house.weigh(pieces, chance))
    return house


def test_means_come_out_true_from_boxes_of_several_things():
    house = shift(400)
    for key, grams in TRUE.items():
        assert house.known[key].mean_mg / 1000 == pytest.approx(grams, abs=3 + grams * 0.002), key


def test_the_doubt_says_how_far_off_they_still_are():
    for boxes in (10, 50, 400):
        house = shift(boxes)
        for key, grams in TRUE.items():
            assert abs(house.known[key].mean_mg / 1000 - grams) < 4 * house.known[key].doubt_mg / 1000, (boxes, key)
    assert shift(400).known["jar"].doubt_mg < shift(20).known["jar"].doubt_mg / 2


def test_a_spread_that_was_guessed_too_wide_or_too_narrow_comes_out():
    for true in (1.0, 20.0):
        house, chance = House({"jar": 500}, {"jar": 500.0}, {"jar": true}), Random(5)
        for _ in range(300):
            pieces = {"jar": 1}
            house.known |= learned(house.weigh(pieces, chance), house.contents(pieces))
        assert house.known["jar"].sd_mg / 1000 == pytest.approx(true, rel=0.3)


def test_a_difference_goes_where_the_doubt_is():
    sure, new = thing("sure", 500, doubt=0.5), Weighable("new", "new", prior(500))
    after = learned(1040, (sure, new))
    assert after["sure"].mean_mg < 500_200
    assert 535_000 < after["new"].mean_mg <= 540_000
    assert (after["sure"].count, after["new"].count) == (21, 1)


def test_of_several_pieces_each_takes_its_part_of_the_difference():
    after = learned(1040, (Weighable("new", "new", prior(500), 2),))
    assert 517_000 < after["new"].mean_mg <= 520_000


def test_what_was_weighed_a_thousand_times_still_follows_its_maker():
    jar = known(500, spread=3, doubt=0.05, count=1000)
    for _ in range(60):
        jar = learned(503, (Weighable("jar", "jar", jar),))["jar"]
    assert jar.mean_mg / 1000 == pytest.approx(503, abs=0.8)


def test_a_box_with_a_piece_too_many_that_was_closed_moves_little():
    jar = known(500, spread=3, doubt=0.7, count=30)
    after = learned(1000, (Weighable("jar", "jar", jar, 1),))["jar"]
    assert abs(after.mean_mg - jar.mean_mg) < 1_000
    assert after.sd_mg < 2 * jar.sd_mg


def test_new_packages_are_learned_within_a_hundred_boxes():
    house, chance = shift(400), Random(9)
    house.true = {**TRUE, "jar": 501.0}
    for _ in range(100):
        pieces = {"jar": 1, "carton 60": 1}
        house.close(pieces, house.weigh(pieces, chance))
    assert house.known["jar"].mean_mg / 1000 + house.known["carton 60"].mean_mg / 1000 == pytest.approx(672, abs=2)


# --- without a weight ---------------------------------------------------------------------------------------------


def test_goods_without_a_weight_are_learned_from_the_first_box():
    after = learned(GRAMS + 270, (*ALL, thing("new", None, 3)))
    assert list(after) == ["new"]
    assert (after["new"].mean_mg, after["new"].count) == (90_000, 1)
    assert after["new"].doubt_mg >= 4_500  # the box may be wrong


def test_a_wrong_first_weight_is_put_right_by_the_next_boxes():
    new = learned(180 + 96, (BOX, thing("new", None)))["new"]
    for _ in range(5):
        new = learned(180 + 90, (BOX, Weighable("new", "new", new)))["new"]
    assert new.mean_mg / 1000 == pytest.approx(90, abs=1.5)


def test_of_two_without_a_weight_nothing_is_learned():
    assert learned(2000, (JAR, thing("a", None), thing("b", None), BOX)) == {}


def test_what_is_lost_in_the_scatter_of_the_rest_is_not_learned():
    assert learned(1220, (JAR, thing("sticker", None), BOX)) == {}
    assert learned(900, (JAR, thing("sticker", None), BOX)) == {}


# --- let pass -----------------------------------------------------------------------------------------------------


def test_a_box_that_was_let_pass_moves_no_mean_and_no_spread():
    after = doubted(ALL)
    for each in ALL:
        assert replace(after[each.key], doubt_mg=0) == replace(each.weight, doubt_mg=0)
        assert after[each.key].doubt_mg >= each.weight.doubt_mg


def test_goods_in_a_new_package_stop_some_boxes_but_not_all():
    house, chance, stopped = shift(400), Random(4), 0
    house.true = {**TRUE, "jar": 520.0}
    for _ in range(40):
        pieces = {"jar": 1, "carton 60": 1}
        stopped += not house.close(pieces, house.weigh(pieces, chance))
    assert 0 < stopped < 8
    assert judge(691, house.contents({"jar": 1, "carton 60": 1})).ok


def test_nobody_is_doubted_more_than_a_product_file():
    weight = known(500, doubt=1)
    for _ in range(20):
        weight = doubted((Weighable("jar", "jar", weight),))["jar"]
    assert weight.doubt_mg == 25_000 == prior(500).doubt_mg


# --- alone on the scale -------------------------------------------------------------------------------------------


def test_goods_weighed_alone_have_mean_and_spread():
    chance = Random(2)
    samples = [(round(chance.gauss(500, 8)), 1) for _ in range(60)]
    weight = weighed_alone(samples)
    assert weight.mean_mg / 1000 == pytest.approx(500, abs=3.5 * 8 / 60**0.5)
    assert weight.sd_mg / 1000 == pytest.approx(8, rel=0.3)
    assert (weight.count, weight.doubt_mg < 1500) == (60, True)


def test_ten_light_pieces_together_tell_more_than_the_step_of_the_scale():
    one, ten = weighed_alone([(3, 1)]), weighed_alone([(32, 10)])
    assert ten.mean_mg == 3_200
    assert ten.doubt_mg < one.doubt_mg / 2


def test_one_weighing_that_has_nothing_to_do_with_the_others_is_left_out():
    weight = weighed_alone([(500, 1), (502, 1), (1000, 2), (498, 1), (1003, 1)])
    assert weight.mean_mg / 1000 == pytest.approx(500, abs=1)
    assert weight.count == 4


@pytest.mark.parametrize("samples", [[], [(0, 1)], [(500, 0)], [(-3, 1)]])
def test_weighings_that_say_nothing_give_no_weight(samples):
    assert weighed_alone(samples) is None


# --- another unit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "weighed", "unit"),
    [(500_000, 500, "mg"), (1, 812, "kg"), (6000, 500, ""), (500, 2600, ""), (2500, 500, "")],
)
def test_a_product_file_that_is_five_times_off_is_told_with_what_should_stand_there(told, weighed, unit):
    found = wrong_unit(told, known(weighed, count=2))
    assert found is not None
    assert (found.told_g, found.weighed_g, found.unit) == (told, weighed, unit)


@pytest.mark.parametrize(
    ("told", "weight"),
    [(500, known(510)), (500, known(2400)), (500, known(101)), (None, known(500)), (0, known(5)), (500_000, None)],
)
def test_less_than_that_is_no_matter_of_units(told, weight):
    assert wrong_unit(told, weight) is None


def test_one_box_is_not_enough_to_call_the_file_wrong():
    assert wrong_unit(500_000, known(500, count=1)) is None


def test_goods_with_a_weight_in_another_unit_are_learned_all_the_same():
    tea = Weighable("tea", "tea", prior(500_000), 2)
    for _ in range(2):
        verdict = judge(1180, (tea, BOX))
        tea = replace(tea, weight=learned(1180, verdict.contents)["tea"])
    found = wrong_unit(500_000, tea.weight)
    assert (found.weighed_g, found.unit) == (500, "mg")


# --- laws ---------------------------------------------------------------------------------------------------------

things = st.builds(
    KnownWeight, st.integers(1, 10**7), st.integers(300, 10**5), st.integers(0, 90), st.integers(0, 10**6)
)
contents = st.lists(
    st.builds(Weighable, st.uuids().map(str), st.just("x"), things, st.integers(1, 12)), min_size=1, max_size=5
).map(tuple)


@given(contents, st.integers(0, 10**5))
def test_no_weight_and_no_spread_ever_becomes_negative_or_nothing(box, grams):
    for weight in (learned(grams, box) | doubted(box)).values():
        assert weight.mean_mg > 0
        assert weight.sd_mg > 0
        assert weight.doubt_mg >= 0


@given(contents, st.integers(0, 10**5))
def test_a_box_brings_what_is_expected_nearer_to_what_it_weighed(box, grams):
    after = learned(grams, box)
    before, now = (
        sum(each.pieces * weights[each.key].mean_mg for each in box) - grams * 1000
        for weights in ({each.key: each.weight for each in box}, after)
    )
    assert abs(now) <= abs(before) + sum(each.pieces for each in box)  # mg: each mean is rounded


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_the_boxes_hardly_matters(seed):
    house, chance = House(TOLD, TRUE, SPREADS), Random(seed)
    shift_of = [(pieces := a_box(chance), house.weigh(pieces, chance)) for _ in range(150)]
    found = []
    for boxes in (shift_of, shift_of[::-1], chance.sample(shift_of, len(shift_of))):
        house = House(TOLD, TRUE, SPREADS)
        for pieces, grams in boxes:
            house.known |= learned(grams, house.contents(pieces))
        found.append(house.known)
    boxes = ({"tea": 1, "carton 60": 1}, {"jar": 1, "carton 60": 1}, {"tea": 2, "jar": 1, "carton 80": 1})
    for pieces in boxes:
        sums = [sum(number * each[key].mean_mg / 1000 for key, number in pieces.items()) for each in found]
        assert max(sums) - min(sums) < 8, pieces  # less than the least tolerance of any box
    for key, grams in TRUE.items():
        means = [each[key].mean_mg / 1000 for each in found]
        assert max(means) - min(means) < 5 + 0.005 * grams, key


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 99), st.sampled_from([-497, -113, 113, 497, 2031, 5000]))
def test_one_wrong_box_does_not_ruin_what_was_learned(seed, at, off):
    right, wrong, chance = House(TOLD, TRUE, SPREADS), House(TOLD, TRUE, SPREADS), Random(seed)
    for number in range(100):
        pieces = a_box(chance)
        grams = right.weigh(pieces, chance)
        right.known |= learned(grams, right.contents(pieces))
        wrong.known |= learned(max(0, grams + off) if number == at else grams, wrong.contents(pieces))
    for key, grams in TRUE.items():
        assert abs(right.known[key].mean_mg - wrong.known[key].mean_mg) / 1000 < 5 + 0.02 * grams, key
        assert wrong.known[key].sd_mg < 4 * right.known[key].sd_mg, key


def test_leaflets_and_cups_learn_beside_each_other():
    after = learned(GRAMS, ALL)
    assert set(after) == {each.key for each in ALL}
    assert after[CUP.key].mean_mg == CUP.weight.mean_mg
    assert after[LEAFLET.key].count == LEAFLET.weight.count + 1
