"""Wished days and times are read whole or not at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shipping import Slot
from app.domain.wishes import FARTHEST_DAYS, read_wish

ORDERED = date(2025, 12, 28)
DAY = date(2026, 1, 10)  # a Saturday


def wish(text: str = "", note: str = "", ordered: date = ORDERED):
    return read_wish(text, note, ordered)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-10(土)",
        "2026/1/10",
        "2026年1月10日",
        "2026年1月10日（土曜日）",
        "２０２６／０１／１０",
        "20260110",
        "令和8年1月10日",
        "R8.1.10",
        "1月10日",
        "１月１０日（土）",
        "1/10",
        "1/10着希望",
        "お届け希望日: 2026-01-10",
        "Delivery-Date: 2026/01/10",
        "Jan 10, 2026",
        "10 January 2026",
        "1月10日 時間指定なし",
    ],
)
def test_a_day_is_read_in_every_form_that_shops_write(text):
    assert wish(text) == read_wish("2026-01-10", "", ORDERED)
    assert wish(text).day == DAY
    assert not wish(text).unread


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("午前中", Slot.MORNING),
        ("AM", Slot.MORNING),
        ("0812", Slot.MORNING),
        ("812", Slot.MORNING),
        ("8時〜12時", Slot.MORNING),
        ("午前中(8時～12時)", Slot.MORNING),
        ("14時〜16時", Slot.T14_16),
        ("14:00-16:00", Slot.T14_16),
        ("14時から16時まで", Slot.T14_16),
        ("1416", Slot.T14_16),
        ("１６：００～１８：００", Slot.T16_18),
        ("18-20時", Slot.T18_20),
        ("18〜21時", Slot.T18_21),
        ("19:00〜21:00", Slot.T19_21),
        ("20-21", Slot.T20_21),
        ("12時-14時", Slot.T12_14),
    ],
)
def test_a_time_of_day_is_read_in_every_form_that_shops_write(text, slot):
    assert wish(text).slot is slot
    assert not wish(text).unread


@pytest.mark.parametrize(
    "text",
    [
        "13時〜15時",
        "午後",
        "夜間",
        "18時以降",
        "14:30-16:30",
        "1月10日以降",
        "1月10日まで",
        "1月10日は不在",
        "2026-01-10(日)",
        "2月30日",
        "2026-13-01",
        "1/10 か 1/11",
        "第一希望 1/10 第二希望 1/12",
        "午前中 または 18-20時",
        "なるべく早く",
        "12/27",
    ],
)
def test_what_is_not_understood_whole_is_kept_for_a_person_and_nothing_is_guessed(text):
    found = wish(text)
    assert found.unread == text
    assert (found.day, found.slot) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "指定なし", "なし", "日時指定しない", "最短", "いつでも可", "おまかせ", "-", "none"]
)
def test_no_wish_is_no_wish_and_asks_for_nobody(text):
    assert wish(text) == wish()


def test_rakutens_block_in_the_remark_is_read_and_what_follows_it_is_the_customers_own():
    note = "[配送日時指定:]\n2026-01-10(土)\n14:00-16:00\n\n[備考:]\nインターホンを鳴らさないでください"
    found = wish(note=note)
    assert (found.day, found.slot, found.unread) == (DAY, Slot.T14_16, "")


def test_named_lines_of_a_remark_are_read():
    found = wish(note="配達希望日: 2026年1月10日\n配達希望時間帯：午前中\nのし: お歳暮")
    assert (found.day, found.slot, found.unread) == (DAY, Slot.MORNING, "")
    assert wish(note="【お届け希望日】1月10日").day == DAY


def test_prose_that_names_a_day_is_never_taken_for_a_wish():
    found = wish(note="1月10日の結婚式に使います")
    assert found.day is None
    assert found.unread == "1月10日の結婚式に使います"


def test_other_prose_is_nobodys_wish():
    assert wish(note="いつもありがとうございます。\n不在なら宅配ボックスへ") == wish()


def test_the_wish_field_and_the_remark_have_to_agree():
    assert wish("2026-01-10", "配達希望日: 1月10日").day == DAY
    found = wish("2026-01-10", "配達希望日: 1月11日")
    assert found.day is None
    assert "1月11日" in found.unread


def test_a_day_without_a_year_follows_the_order_over_new_year():
    assert wish("1/10", ordered=date(2025, 12, 31)).day == DAY
    assert wish("12/31", ordered=date(2025, 12, 31)).day == date(2025, 12, 31)
    assert wish("1/1", ordered=date(2025, 12, 31)).day == date(2026, 1, 1)


def test_the_leap_day_is_read_where_it_is_near_and_not_where_it_is_years_away():
    assert wish("2/29", ordered=date(2028, 1, 5)).day == date(2028, 2, 29)
    assert wish("2/29", ordered=date(2025, 12, 28)).unread == "2/29"
    assert wish("2028-02-29").day == date(2028, 2, 29)
    assert wish("2027-02-29").unread == "2027-02-29"


days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
_WEEKDAYS = "月火水木金土日"
_FORMS = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日({_WEEKDAYS[d.weekday()]})",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"令和{d.year - 2018}年{d.month}月{d.day}日",
)
_TIMES = (
    lambda a, b: f"{a}時〜{b}時",
    lambda a, b: f"{a}:00-{b}:00",
    lambda a, b: f"{a:02d}{b:02d}",
    lambda a, b: f"{a}～{b}時",
)


@given(days, st.sampled_from(Slot), st.sampled_from(_FORMS), st.sampled_from(_TIMES), st.booleans())
def test_every_day_and_slot_comes_back_from_every_form(day, slot, form, time, full_width):
    hours = (8, 12) if slot is Slot.MORNING else tuple(map(int, slot.split("-")))
    text = f"{form(day)} {time(*hours)}"
    if full_width:
        text = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    found = read_wish(text, "", ORDERED)
    assert (found.day, found.slot, found.unread) == (day, slot, "")


@given(days, st.integers(0, FARTHEST_DAYS))
def test_a_day_without_a_year_is_the_first_one_on_or_after_the_order(ordered, ahead):
    day = ordered + timedelta(days=ahead)
    if ahead and (day.month, day.day) == (ordered.month, ordered.day):
        return
    assert read_wish(f"{day.month}月{day.day}日", "", ordered).day == day


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_in_the_cells_something_is_answered(text, note):
    found = read_wish(text, note, ORDERED)
    assert found.slot is None or found.slot in Slot
