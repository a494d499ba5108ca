"""The hand-over list: every piece once, its figures, and a place to sign that never stands alone on a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import render
from app.domain.papers import HandoverRow
from tests.documents.makers import EN, HANDOVER_LIST, JA, LANGUAGES, page_texts, text_of, tight


def rows(number: int) -> tuple[HandoverRow, ...]:
    return tuple(HandoverRow(f"12-{at:03d}", f"{444413700000 + at}") for at in range(1, number + 1))


def test_it_says_who_when_how_many_and_which() -> None:
    shown = text_of(render("handover_list", HANDOVER_LIST, JA).pdf)
    for part in (
        "引渡リスト",
        "ヤマト運輸（B2クラウド）",
        "集荷: 2026年7月14日 14:00",
        "締め: 2026年7月14日 14:12",
        "ドライバーの数 4",
        "くもの雑貨店",
        "12-001",
        "4444-1370-0010",
        "1/2",
        "2/2",
        "送り状なし",
        "受取（ドライバー）",
    ):
        assert part in shown, part


def test_without_a_pickup_and_a_figure_it_names_neither() -> None:
    bare = replace(HANDOVER_LIST, pickup=None, closed_on=None, driver_count=None, sender="")
    shown = text_of(render("handover_list", bare, EN).pdf)
    assert "none in particular" in shown
    assert "Driver's figure" not in shown
    assert "Closed out" not in shown


@pytest.mark.parametrize("number", [1, 2, 40, *range(48, 80, 3), 400])
def test_every_number_stands_once_and_the_signature_stands_under_some(number: int) -> None:
    value = replace(HANDOVER_LIST, rows=rows(number), counted=number)
    for words in LANGUAGES:
        done = render("handover_list", value, words)
        pages = page_texts(done.pdf)
        whole = "".join(pages)
        assert [whole.count(f"12-{at:03d}") for at in range(1, number + 1)] == [1] * number
        assert sum(words.say("paper.handover.received") in page for page in pages) == 1
        assert words.say("paper.handover.received") in pages[-1]
        assert f"12-{number:03d}" in pages[-1]


def test_later_pages_name_carrier_and_pickup_again() -> None:
    pages = page_texts(render("handover_list", replace(HANDOVER_LIST, rows=rows(400), counted=400), JA).pdf)
    assert len(pages) == 6
    assert all("ヤマト運輸" in page and "14:00" in page for page in pages)
    assert all(f"{at}/{len(pages)}ページ" in tight(page) for at, page in enumerate(pages, 1))


def test_an_empty_list_says_so_and_a_copy_says_why() -> None:
    shown = text_of(render("handover_list", replace(HANDOVER_LIST, rows=(), counted=0, copy_reason="やぶれた"), JA).pdf)
    assert "引き渡した荷物はありません" in shown
    assert "再発行" in shown
    assert "やぶれた" in shown


def test_a_number_of_another_form_stands_as_it_is() -> None:
    odd = (HandoverRow("123456-12345", "RR123456789JP" * 3, piece=10, pieces=12), HandoverRow("", "", "N-1"))
    shown = text_of(render("handover_list", replace(HANDOVER_LIST, rows=odd), JA).pdf)
    assert "RR123456789JP" * 3 in shown
    assert "N-1" in shown
