from __future__ import annotations

import pytest

from app.domain.formulas import guarded, unguarded


@pytest.mark.parametrize("text", ["=SUM(A1)", "+81 3", "-1", "@cmd", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "お茶", "A=1", "'quoted'", "1-2", "O'Hara"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert guarded(text) == unguarded(text) == text
