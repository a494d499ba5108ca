"""What several looks at a picture say together."""

from __future__ import annotations

from dataclasses import replace

from app.domain.decoding import Look, is_settled, judge, keys_of

PLACE = ((10, 10), (110, 10), (110, 40), (10, 40))
BELOW = ((10, 80), (110, 80), (110, 110), (10, 110))
TRUE = Look("4901234567894", "ean-13", "E0", PLACE)
FALSE = Look("4901234567801", "ean-13", "E0", PLACE)
OTHER = Look("4599990001013", "ean-13", "E0", BELOW)
WORKED = {"plain": False}
EXPECTED = frozenset({"04901234567894", "04599990001013", "04901234567801"})


def only(looks, expected=frozenset()):
    (found,) = judge(looks, expected)
    return found


def test_a_linear_code_without_an_order_is_shown_but_not_confirmed():
    assert not only([TRUE] * 9).confirmed


def test_a_code_with_reed_solomon_words_proves_itself():
    found = only([Look("KO-12-034-1", "qr", "Q1", PLACE)])
    assert found.confirmed
    assert found.proven


def test_an_expected_code_is_confirmed_when_two_looks_agree():
    assert not only([TRUE], EXPECTED).confirmed
    assert only([TRUE, replace(TRUE, plain=False)], EXPECTED).confirmed


def test_a_code_with_half_the_digits_needs_three_looks():
    short = Look("49012347", "ean-8", "E4", PLACE)
    wanted = frozenset({"00000049012347"})
    assert not only([short] * 2, wanted).confirmed
    assert only([short] * 3, wanted).confirmed


def test_an_unexpected_code_is_never_confirmed():
    assert not only([TRUE] * 9, frozenset({"04599990001013"})).confirmed


def test_the_expected_code_does_not_win_over_what_was_seen_more_often():
    found = only([TRUE, *[replace(FALSE, plain=False)] * 3], frozenset({"04901234567894"}))
    assert found.look.text == FALSE.text
    assert not found.confirmed


def test_an_expected_code_is_not_trusted_where_much_else_was_seen_in_its_place():
    assert only([*[TRUE] * 7, *[FALSE] * 2], EXPECTED).confirmed
    assert not only([*[TRUE] * 6, *[FALSE] * 2], frozenset({"04901234567894"})).confirmed


def test_the_first_decoders_word_counts_for_more():
    found = only([TRUE, *[replace(FALSE, rank=2)] * 5])
    assert found.look.text == TRUE.text


def test_two_expected_codes_in_one_picture_are_both_refused():
    found = judge([TRUE, TRUE, OTHER, OTHER], EXPECTED)
    assert [each.look.text for each in found] == [TRUE.text, OTHER.text]
    assert not any(each.confirmed for each in found)


def test_one_expected_code_beside_another_one_is_confirmed():
    found = judge([TRUE, TRUE, OTHER, OTHER], frozenset({"04599990001013"}))
    assert {each.look.text: each.confirmed for each in found} == {TRUE.text: False, OTHER.text: True}


def test_the_lower_code_of_a_book_is_not_confirmed_though_it_is_expected():
    lower = Look("1920081045006", "ean-13", "E0", PLACE)
    assert not only([lower] * 4, frozenset({"01920081045006"})).confirmed


def test_the_codes_of_a_book_do_not_compete_but_lines_of_one_code_do():
    assert len(judge([TRUE, OTHER])) == 2
    line = ((11, 55), (109, 55), (109, 56), (11, 56))
    assert len(judge([TRUE, TRUE, replace(FALSE, corners=line)])) == 1


def test_what_only_worked_on_views_show_needs_several_looks():
    assert judge([replace(TRUE, plain=False)]) == ()
    assert only([replace(TRUE, plain=False)] * 2).looks == 2
    code39 = Look("ABC", "code-39", "A0", PLACE, plain=False)
    assert judge([code39] * 2) == ()
    assert only([code39] * 3).look.text == "ABC"


def test_a_few_stripes_are_no_itf():
    assert judge([Look("1490", "itf", "I1", PLACE)]) == ()


def test_a_upca_and_its_ean13_are_one_code():
    upca = Look("0890444000335", "ean-13", "E0", PLACE)
    assert only([upca, replace(upca, symbology="upc-a")]).looks == 2


def test_looking_ends_when_nothing_would_change():
    assert not is_settled([], frozenset())
    assert not is_settled([TRUE] * 5, frozenset())
    assert is_settled([TRUE] * 6, frozenset())
    assert not is_settled([TRUE] * 6, frozenset({"04599990001013"}))
    assert not is_settled([*[TRUE] * 6, *[FALSE] * 2], frozenset())
    assert not is_settled([replace(TRUE, rank=2)] * 9, frozenset())
    assert is_settled([Look("KP-DONE", "datamatrix", "d1", PLACE)], frozenset())


def test_a_code_is_named_by_its_number_whatever_carries_it():
    assert "04901234567894" in keys_of("4901234567894")
    assert "04901234567894" in keys_of("]C1010490123456789417261231")
    assert "04901234567894" in keys_of("]d20104901234567894\x1d10A1")
    assert "00049000006346" in keys_of("]E00049000006346")
    assert "12-034" in keys_of("KO-12-034-1") & keys_of("12-034-1")
    assert "TEA-050" in keys_of("TEA-050")
