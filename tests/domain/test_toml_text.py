"""Changing one value in a TOML text."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.toml_text import line_of, put_value, read_toml, written

TEXT = """# A template
title = ""            # { ja = "…" } goes too
fields = [
  "one", # first
  "two",
]
link = "a#b"

[colours]
brand = "#123B5D"   # of titles

[size.A4]
margin_mm = 15
widths = { row = 9, sku = 34 }

[size.4x6]
margin_mm = 4
"""


def test_a_value_is_changed_and_its_comment_stays() -> None:
    made = put_value(TEXT, ("title",), "納品書")
    assert 'title = "納品書"            # { ja = "…" } goes too\n' in made
    assert made.replace('"納品書"', '""') == TEXT


def test_a_sign_of_a_comment_within_a_text_is_none() -> None:
    assert 'link = "x"\n' in put_value(TEXT, ("link",), "x")
    assert 'brand = "#000000"   # of titles\n' in put_value(TEXT, ("colours", "brand"), "#000000")


def test_a_value_over_several_lines_becomes_one() -> None:
    assert tomllib.loads(put_value(TEXT, ("fields",), ["two"])) == {**tomllib.loads(TEXT), "fields": ["two"]}


def test_words_by_language_take_the_place_of_one_text() -> None:
    made = put_value(TEXT, ("title",), {"ja": "納品書", "en": "Slip"})
    assert tomllib.loads(made)["title"] == {"ja": "納品書", "en": "Slip"}
    again = put_value(made, ("title", "en"), "List")
    assert tomllib.loads(again)["title"] == {"ja": "納品書", "en": "List"}


def test_a_table_of_words_is_changed_where_it_stands() -> None:
    text = '[title]\nja = "あ"\n'
    assert tomllib.loads(put_value(text, ("title",), {"ja": "い", "en": "b"})) == {"title": {"ja": "い", "en": "b"}}


def test_what_is_not_there_is_added_to_its_table() -> None:
    made = tomllib.loads(put_value(TEXT, ("size", "A4", "body_pt"), 9.5))
    assert made["size"]["A4"] == {"margin_mm": 15, "widths": {"row": 9, "sku": 34}, "body_pt": 9.5}
    assert made["size"]["4x6"] == {"margin_mm": 4}


def test_a_table_that_is_not_there_is_added_at_the_end() -> None:
    made = put_value(TEXT, ("size", "A5", "lines"), 4)
    assert made.endswith("\n[size.A5]\nlines = 4\n")
    assert put_value("", ("a", "b c"), True) == '[a]\n"b c" = true\n'


def test_a_key_at_the_top_is_added_before_the_tables() -> None:
    assert tomllib.loads(put_value(TEXT, ("parts",), False))["parts"] is False
    assert put_value("# only a comment\n", ("a",), 1) == "# only a comment\na = 1\n"


def test_a_key_in_braces_is_changed_there() -> None:
    made = tomllib.loads(put_value(TEXT, ("size", "A4", "widths", "row"), 7))
    assert made["size"]["A4"]["widths"] == {"row": 7, "sku": 34}


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        put_value("a = [", ("a",), 1)


@pytest.mark.parametrize(
    ("place", "line"),
    [("title", 2), ("fields[2]", 3), ("colours.brand", 10), ("size.A4.widths.row", 14), ("size.4x6", 16), ("none", 0)],
)
def test_the_line_of_a_fault_is_found(place: str, line: int) -> None:
    assert line_of(TEXT, place) == line


def test_the_line_of_what_is_no_toml_is_what_the_reader_says() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("a = 1\nb = [\nc = 2")
    assert line_of("a = 1\nb = [\nc = 2", "", str(caught.value)) == 3


MAIL = '''[ja]
subject = "件名"
body = """

はじめの行

{wrong}
"""
[en]
body = "one\\ntwo"
'''


@pytest.mark.parametrize(
    ("place", "line"), [("ja.body:1", 5), ("ja.body:3", 7), ("ja.subject:1", 2), ("en.body:2", 10), ("ja.body", 3)]
)
def test_the_line_within_a_text_of_several_lines_is_found(place: str, line: int) -> None:
    assert line_of(MAIL, place) == line


def test_a_text_of_several_lines_is_written_as_people_write_it() -> None:
    made = put_value(MAIL, ("ja", "body"), 'はい\n"""\\\n\n')
    assert tomllib.loads(made)["ja"] == {"subject": "件名", "body": 'はい\n"""\\\n\n'}
    assert made.splitlines()[2:4] == ['body = """', "はい"]
    assert made.splitlines()[-2:] == MAIL.splitlines()[-2:]
    assert tomllib.loads(put_value(MAIL, ("ja", "new"), "a\nb"))["ja"]["new"] == "a\nb"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.booleans() | st.integers(-9999, 9999) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(values)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    assert tomllib.loads(f"a = {written(value)}") == {"a": value}
    assert tomllib.loads(f"a = {written(value, top=True)}") == {"a": value}


@given(st.sampled_from([("title",), ("colours", "ink"), ("size", "A4", "margin_mm"), ("new", "x y")]), values)
def test_nothing_else_changes(path: tuple[str, ...], value: object) -> None:
    before, after = tomllib.loads(TEXT), tomllib.loads(put_value(TEXT, path, value))
    level, made = before, after
    for name in path[:-1]:
        level, made = level.setdefault(name, {}), made[name]
    level[path[-1]] = made[path[-1]]
    assert made[path[-1]] == value
    assert after == before


@pytest.mark.parametrize("text", ["a=" + "[" * 3_000, "a=" + "{a=" * 3_000, "a=" + "9" * 5_000, "a=", "\0"])
def test_a_text_that_exhausts_the_reader_is_no_toml(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_toml(text)
