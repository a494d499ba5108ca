"""The break sheet, and where it stands among the slips of a batch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import render
from app.domain.order_papers import SlipBatch
from app.domain.orders import ShipNumber
from app.domain.papers import PaperSize
from app.text import Texts
from tests.documents.makers import BREAK_SHEET, LANGUAGES, slip, text_of


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_the_sheet_says_which_orders_follow_and_for_whom(words: Texts) -> None:
    shown = text_of(render("break_sheet", BREAK_SHEET, words).pdf)
    for wanted in ("12-034", "12-053", "20", BREAK_SHEET.carrier, BREAK_SHEET.service, BREAK_SHEET.temperature):
        assert wanted in shown


def test_a_sheet_before_one_slip_names_it_once() -> None:
    alone = replace(BREAK_SHEET, last=BREAK_SHEET.first, count=1)
    assert text_of(render("break_sheet", alone, LANGUAGES[0]).pdf).count("12-034") == 1


def test_sheets_stand_before_their_slips() -> None:
    slips = tuple(slip(number=ShipNumber(12, n)) for n in range(1, 5))
    first = replace(BREAK_SHEET, first=ShipNumber(12, 1), last=ShipNumber(12, 2), count=2, place=1)
    second = replace(BREAK_SHEET, first=ShipNumber(12, 3), last=ShipNumber(12, 4), count=2, place=2)
    drawn = render("slips", SlipBatch(slips, 12, ((0, first), (2, second))), LANGUAGES[0])
    assert drawn.pages == render("slips", SlipBatch(slips, 12), LANGUAGES[0]).pages + 2


@pytest.mark.parametrize("page", list(PaperSize))
def test_the_longest_numbers_and_names_find_room(page: PaperSize) -> None:
    long = replace(
        BREAK_SHEET, first=ShipNumber(999_999_999, 999_999), last=ShipNumber(999_999_999, 999_999),
        carrier="とても長い名前の運送会社" * 3, service="とても長い名前の便" * 3, page=page,
    )  # fmt: skip
    drawn = render("break_sheet", long, LANGUAGES[0])
    assert drawn.pages == 1
    assert "999999999-999999" in text_of(drawn.pdf)
