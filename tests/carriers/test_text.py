"""Widths, characters and fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carriers import _text
from app.carriers._text import one_line, proposal, split, split_name, widened, width

SIZES = st.lists(st.integers(2, 40), min_size=1, max_size=4)
WORDS = st.text(st.sampled_from("東京アA1 　ｱ-"), max_size=60)


def test_level_1_and_2_are_jis_and_neither_nec_nor_ibm() -> None:
    jis, cp932 = _text._jis(), _text._cp932()
    assert set("亜腕弌熙堯〒０Ａあアｱﾞ～―A") <= jis
    assert set("髙﨑①㈱ⅢⅰNo.№").isdisjoint(jis - set("No."))
    assert set("髙﨑①㈱Ⅲ№") <= cp932
    assert not {"𠮷", "—", "\u00a0", "繫", "\ue000", "\x80", "\n"} & cp932
    assert len(jis) == 6879 + 95 + 63


def test_everything_that_is_taken_survives_the_way_through_cp932() -> None:
    assert all(sign.encode("cp932").decode("cp932") == sign for sign in _text._cp932())


def test_every_proposal_is_safe_to_print_and_for_something_that_is_not() -> None:
    for sign, instead in _text._paired().items():
        assert sign not in _text._jis(), sign
        assert instead in _text._jis(), instead


@given(st.characters(exclude_categories=["Cs"]))
def test_a_proposal_is_always_something_else_that_can_be_written(sign: str) -> None:
    found = proposal(sign)
    assert found is None or (found != sign and set(found) <= _text._jis())


@pytest.mark.parametrize(("text", "wanted"), [("①", "(1)"), ("㈱", "(株)"), ("é", "e"), ("\u00a0", " "), ("🎁", None)])
def test_compatible_signs_are_proposed(text: str, wanted: str | None) -> None:
    assert proposal(text) == wanted


def test_one_line_takes_out_breaks_and_joins_marks() -> None:
    assert one_line(" か\u3099\r\nき〜− ") == "が き～－"
    assert one_line("がばヴ") == "がばヴ"


@given(st.text(st.sampled_from("東ｱA ～①"), max_size=30))
def test_width_is_what_cp932_takes(text: str) -> None:
    assert width(text) == len(text.encode("cp932"))


@given(st.text(st.sampled_from(sorted(_text._cp932())), max_size=30))
def test_full_width_text_is_two_places_a_sign_and_can_be_written(text: str) -> None:
    wide = widened(text)
    assert width(wide) == 2 * len(wide) == len(wide.encode("cp932"))


@given(WORDS, SIZES)
def test_split_loses_nothing_but_spaces_at_the_ends(text: str, sizes: list[int]) -> None:
    fields, over = split(text, sizes)
    assert len(fields) == len(sizes)
    assert all(width(field) <= size and field == field.strip() for field, size in zip(fields, sizes, strict=True))
    rest = text
    for part in [*fields, over]:
        rest = rest.strip()
        assert rest.startswith(part)
        rest = rest[len(part) :]
    assert not rest.strip()


@given(WORDS, SIZES)
def test_split_finds_room_where_cutting_anywhere_would(text: str, sizes: list[int]) -> None:
    """Parting at spaces never makes a text too long that fits when every field is filled."""
    if width(text.strip()) <= sum(size - 1 for size in sizes):
        assert split(text, sizes)[1] == ""


@given(WORDS, st.integers(4, 32))
def test_a_name_is_parted_only_at_a_space(text: str, size: int) -> None:
    name = one_line(text)
    company, person, over = split_name(name, size, (20, 20))
    if not over:
        assert width(person) <= size
        assert "".join([*company, person]).replace(" ", "").replace("\u3000", "") == name.replace(" ", "").replace(
            "\u3000", ""
        )
        assert not any(company) or name[-len(person) - 1] in " \u3000"
    else:
        assert not any(company)
        assert person + over == name
