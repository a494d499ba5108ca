"""Pick list, command sheet, badges."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import dist

import pytest

from app.documents import render
from app.domain.orders import ShipNumber
from app.domain.papers import Badge, BadgeSheet, CommandCard, CommandSheet, PickList, PickRow, Taker
from app.errors import StationError
from tests.documents.makers import (
    BADGE_SHEET,
    COMMAND_SHEET,
    COMMANDS,
    EN,
    JA,
    PICK_LIST,
    page_texts,
    pictures,
    text_of,
    tight,
    zxing_codes,
)


def test_the_pick_list_says_where_what_how_many_and_for_whom() -> None:
    shown = text_of(render("pick_list", PICK_LIST, JA).pdf)
    for part in (
        "A-01-2",
        "有機ほうじ茶 30包",
        "TEA-HJ-30",
        "4901234567894",
        "カラー: 藍",
        "注文 2 件",
        "合計 8 点",
        "KL-12",
    ):
        assert part in shown, part
    assert "12-001×2" in tight(shown)
    assert "12-034×5" in tight(shown)
    assert shown.index("A-01-2") < shown.index("B-11-1")


def test_the_pick_list_adds_up_a_row() -> None:
    assert [row.quantity for row in PICK_LIST.rows] == [7, 1]


def test_a_row_for_five_hundred_orders_goes_on_over_pages() -> None:
    takers = tuple(Taker(ShipNumber(12, n), 1) for n in range(1, 1001))
    done = render("pick_list", PickList(12, (PickRow("A", "S", "名" * 200, takers),)), JA)
    pages = page_texts(done.pdf)
    assert done.pages == len(pages) > 2
    assert all(f"12-{n:03d}" in "".join(pages) for n in range(1, 1001))
    assert all(f"{at} / {done.pages} ページ" in page and "棚" in page for at, page in enumerate(pages, 1))


def test_a_long_pick_list_repeats_its_header_row_and_loses_no_row() -> None:
    rows = tuple(
        PickRow(f"棚{n:03d}", f"SKU-{n:03d}", f"名前{n:03d}" * (n % 9), (Taker(ShipNumber(12, 1), n + 1),))
        for n in range(150)
    )
    pages = page_texts(render("pick_list", PickList(12, rows, copy_reason="やぶれた"), JA).pdf)
    assert all("棚商品数量" in tight(page) and "再発行" in page for page in pages)
    assert all(f"棚{n:03d}" in "".join(pages) and f"SKU-{n:03d}" in "".join(pages) for n in range(150))


def test_an_empty_pick_list_says_so() -> None:
    assert "Nothing to pick." in text_of(render("pick_list", PickList(12, ()), EN).pdf)


def test_goods_without_a_shelf_are_said_to_have_none() -> None:
    rows = (replace(PICK_LIST.rows[0], shelf=""),)
    assert "棚なし" in text_of(render("pick_list", PickList(12, rows), JA).pdf)


def test_the_commands_fit_one_page_and_stand_at_least_60_mm_apart() -> None:
    done = render("command_sheet", COMMAND_SHEET, JA)
    assert done.pages == 1
    (picture,) = pictures(done.pdf, 203)
    centres = {text: (x / 203 * 25.4, y / 203 * 25.4) for text, (x, y) in zxing_codes(picture).items()}
    assert centres.keys() == {card.code for card in COMMANDS}
    for one, other in combinations(centres, 2):
        assert dist(centres[one], centres[other]) >= 59.5, (one, other)


def test_every_command_has_its_words_and_its_key() -> None:
    shown = text_of(render("command_sheet", COMMAND_SHEET, JA).pdf)
    for card in COMMANDS:
        assert card.code in shown
        assert card.words in shown
        assert card.key in shown


def test_more_commands_than_a_page_holds_go_on_the_next() -> None:
    cards = tuple(CommandCard(f"KP-{n:02d}", "長い言葉" * 30, "Ctrl+Shift+F12") for n in range(11))
    pages = page_texts(render("command_sheet", CommandSheet(cards), EN).pdf)
    assert len(pages) == 2
    assert "KP-10" in pages[1]
    assert "Page 2 of 2" in pages[1]
    assert pages[1].replace("\n", "").count("長い言葉") == 30


def test_a_badge_shows_name_role_and_warehouse() -> None:
    shown = text_of(render("badge_sheet", BADGE_SHEET, JA).pdf)
    for part in ("佐藤 花子", "梱包", "KU-0007", "陳 偉", "リーダー", "川崎倉庫"):
        assert part in shown, part


def test_eleven_badges_take_two_pages() -> None:
    badges = tuple(Badge("長い名前" * 12, f"{n:04d}", "役割" * 30) for n in range(11))
    done = render("badge_sheet", BadgeSheet(badges), JA)
    assert done.pages == 2
    assert text_of(done.pdf).count("役割") == 330
    assert text_of(done.pdf).count("長い名前") == 132


@pytest.mark.parametrize("code", ["担当1", "9" * 80, "A\n1"])
def test_a_code_that_cannot_become_a_bar_code_is_refused_by_name(code: str) -> None:
    with pytest.raises(StationError) as refused:
        render("badge_sheet", BadgeSheet((Badge("名", code),)), JA)
    assert refused.value.key == "paper.code_unusable"
    assert code in JA.say(refused.value.key, **refused.value.args_)
