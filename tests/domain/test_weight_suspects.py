"""What may be wrong with a box that is off: the likeliest explanation, or all that explain it as well."""

import pytest

from app.domain.weight_suspects import Candidate, Suspect, suspects
from app.domain.weights import Part, judge
from tests.weighing import BOX, CUP, GRAMS, JAR, LEAFLET, STRAINER, known, thing

COLD = thing("ice", 100, 2, part=Part.COLD)
PLENTY = thing("pencil", 40, 10, spread=0.2, doubt=0.05)


def told(off, *contents, candidates=()):
    grams = round(sum(each.mean_mg for each in contents) / 1000) + off
    verdict = judge(grams, contents)
    assert not verdict.ok
    return suspects(grams, verdict.contents, candidates)


def first(off, *contents, candidates=()):
    found = told(off, *contents, candidates=candidates)
    return [(each.kind, each.key, each.pieces, each.other) for each in found]


@pytest.mark.parametrize(
    ("off", "named"),
    [
        (-310, (Suspect.MISSING, "cup", 1, "")),
        (-24, (Suspect.MISSING, "strainer", 1, "")),
        (-26, (Suspect.MISSING, "strainer", 1, "")),
        (-520, (Suspect.MISSING, "jar", 1, "")),
        (-1040, (Suspect.MISSING, "jar", 2, "")),
        (310, (Suspect.EXTRA, "cup", 1, "")),
        (620, (Suspect.EXTRA, "cup", 2, "")),
        (24, (Suspect.EXTRA, "strainer", 1, "")),
    ],
)
def test_pieces_missing_and_too_many_are_named_with_their_number(off, named):
    assert first(off, JAR, CUP, STRAINER, LEAFLET, BOX) == [named]


def test_a_whole_line_may_be_missing():
    assert first(-400, PLENTY, CUP, BOX) == [(Suspect.MISSING, "pencil", 10, "")]


@pytest.mark.parametrize(
    ("off", "key", "part"), [(-100, "ice", Part.COLD), (-30, "catalogue", Part.INSERT), (-60, "foam", Part.MATERIAL)]
)
def test_what_goes_in_beside_the_goods_may_be_missing_too(off, key, part):
    catalogue = thing("catalogue", 30, part=Part.INSERT, spread=0.1)
    foam = thing("foam", 60, part=Part.MATERIAL)
    (found,) = told(off, CUP, COLD, catalogue, foam, BOX)
    assert (found.kind, found.key, found.part, found.pieces) == (Suspect.MISSING, key, part, 1)


def test_a_look_alike_in_the_place_of_a_piece_is_named_with_both():
    blue = Candidate("blue", "a blue cup", known(345), "cup")
    (found,) = told(35, JAR, CUP, BOX, candidates=[blue])
    assert (found.kind, found.key, found.pieces) == (Suspect.SWAPPED, "cup", 1)
    assert (found.other, found.other_name) == ("blue", "a blue cup")


def test_goods_are_not_suspected_in_the_place_of_others_than_those_they_look_like():
    small, large = (Candidate("small", "a small jar", known(400), key) for key in ("jar", "cup"))
    assert first(400 - 520, JAR, CUP, BOX, candidates=[small]) == [(Suspect.SWAPPED, "jar", 1, "small")]
    assert told(400 - 520, JAR, CUP, BOX, candidates=[large]) == ()


def test_all_pieces_of_a_line_may_be_look_alikes():
    other = Candidate("small", "a small jar", known(400), "jar")
    assert first(-240, JAR, BOX, candidates=[other]) == [(Suspect.SWAPPED, "jar", 2, "small")]


def test_another_carton_is_named():
    larger = Candidate("80", "carton 80", known(260, spread=3), "60")
    assert first(80, JAR, CUP, BOX, candidates=[larger]) == [(Suspect.CARTON, "60", 1, "80")]


def test_two_that_weigh_the_same_are_both_named_and_neither_is_certain():
    found = told(-310, CUP, thing("mug", 311), BOX)
    assert {each.key for each in found} == {"cup", "mug"}
    assert all(each.share < 0.7 for each in found)
    (alone,) = told(-310, CUP, thing("mug", 351), BOX)
    assert alone.share > 0.9


def test_of_many_that_weigh_the_same_three_are_named():
    assert len(told(-310, *(thing(f"mug {at}", 310) for at in range(6)), BOX)) == 3


def test_what_nothing_explains_is_not_explained():
    assert told(-150, JAR, CUP, STRAINER, BOX) == ()
    assert told(9000, JAR, CUP, BOX) == ()


def test_where_a_weight_is_not_known_nothing_is_suspected():
    grams, contents = GRAMS - 310, (JAR, CUP, thing("new", None), STRAINER, LEAFLET, BOX)
    assert not judge(grams, contents).ok
    assert suspects(grams, contents) == ()


def test_a_carton_is_never_one_too_many():
    assert told(180, JAR, CUP, BOX) == ()


def test_the_chances_are_those_of_all_that_fit():
    found = told(-310, *(thing(f"mug {at}", 310) for at in range(4)), BOX)
    assert sum(each.share for each in found) == pytest.approx(0.75, abs=0.05)
