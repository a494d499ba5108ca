"""Marking what differs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.difference import Spans, differing, word_differences


def marked(text: str, spans: Spans) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_equal_codes_have_no_marks() -> None:
    assert differing("4901234567894", "4901234567894") == ()


def test_codes_of_one_length_are_compared_digit_by_digit() -> None:
    assert differing("4901234567894", "4901235567887") == ((6, 7), (11, 13))


def test_a_longer_code_is_marked_where_it_has_more() -> None:
    assert marked("4901234567894", differing("490124567894", "4901234567894")) == ["3"]
    assert differing("4901234567894", "490124567894") == ()


def test_codes_of_different_lengths_are_marked_between_their_common_ends() -> None:
    assert marked("KS-B-12", differing("KS-A-1", "KS-B-12")) == ["B-12"]
    assert marked("49012347", differing("", "49012347")) == ["49012347"]


@pytest.mark.parametrize(
    ("a", "b", "in_a", "in_b"),
    [
        ("有機抹茶パウダー 50g", "有機抹茶パウダー 100g", ["50g"], ["100g"]),
        ("有機抹茶パウダー50g", "有機煎茶パウダー50g", ["抹"], ["煎"]),
        ("コットンTシャツ ホワイト L", "コットンTシャツ ブラック M", ["ホワイト", "L"], ["ブラック", "M"]),
        ("Green Tea 1.5L", "Green Tea 1.0L", ["1.5L"], ["1.0L"]),
        ("ふわふわタオル", "さらさらタオル", ["ふわふわ"], ["さらさら"]),
        ("石けん 3個入り", "石けん 6個入り", ["3"], ["6"]),
        ("抹茶", "抹茶 徳用", [], ["徳用"]),
    ],
)
def test_the_words_that_differ_are_marked(a: str, b: str, in_a: list[str], in_b: list[str]) -> None:
    spans_a, spans_b = word_differences(a, b)
    assert marked(a, spans_a) == in_a
    assert marked(b, spans_b) == in_b


def test_width_case_and_spaces_make_no_difference() -> None:
    assert word_differences("Ｔｅａ　５０Ｇ", "tea 50g") == ((), ())
    assert word_differences("ﾀｵﾙ", "タオル") == ((), ())


def test_very_long_names_are_compared_fast() -> None:
    a, b = "抹" * 5000 + "x", "煎" * 5000 + "y"
    begin = time.perf_counter()
    assert word_differences(a, b) == (((0, 5001),), ((0, 5001),))
    assert time.perf_counter() - begin < 1


@given(st.text(), st.text())
def test_marks_are_in_order_and_inside(a: str, b: str) -> None:
    spans_a, spans_b = word_differences(a, b)
    for text, spans in ((a, spans_a), (b, spans_b), (b, differing(a, b))):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(text) for edge in edges)


@given(st.text())
def test_a_text_does_not_differ_from_itself(a: str) -> None:
    assert differing(a, a) == ()
    assert word_differences(a, a) == ((), ())
