"""Where lines break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.line_breaks import break_lines
from app.fonts import printable


def broken(text: str, width: float) -> list[str]:
    """Lines of a text whose ASCII characters are one wide and whose others are two wide."""
    return break_lines(text, width, lambda piece: sum(1 if char.isascii() else 2 for char in piece))


def test_japanese_breaks_between_any_two_characters() -> None:
    assert broken("春夏秋冬", 4) == ["春夏", "秋冬"]


def test_a_full_stop_and_a_closing_bracket_never_begin_a_line() -> None:
    assert broken("春夏。秋", 4) == ["春", "夏。", "秋"]
    assert broken("春夏」秋", 4) == ["春", "夏」", "秋"]
    assert broken("春カー秋", 4) == ["春", "カー", "秋"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert broken("春「夏」秋", 6) == ["春", "「夏」", "秋"]


def test_a_word_stays_whole_and_its_space_vanishes_at_the_line_end() -> None:
    assert broken("green tea", 8) == ["green", "tea"]
    assert broken("緑茶500ml", 6) == ["緑茶", "500ml"]


def test_a_word_longer_than_a_line_is_broken_inside() -> None:
    assert broken("ABCDEFGH", 3) == ["ABC", "DEF", "GH"]


def test_line_ends_of_the_text_are_kept() -> None:
    assert broken("春\n\n夏", 9) == ["春", "", "夏"]


@given(st.text(alphabet="春、。「」ーaB-1 　\n", max_size=60), st.integers(2, 12))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert sum(1 if char.isascii() else 2 for char in line) <= width


def test_control_characters_do_not_reach_the_paper() -> None:
    assert printable("a\x00b\tc\u200bd\r\ne") == ("a b cd\ne", ())
