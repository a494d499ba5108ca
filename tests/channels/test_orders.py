"""What every channel does with cells, rows and orders, shown on a mapped file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.intake import NO_SKU, ReadOptions, read_moment, read_money, read_quantity, read_rate
from app.domain.orders import Hold
from tests.channels.reading import PLAIN, plain, read_plain


@pytest.mark.parametrize(
    ("written", "pieces", "key"),
    [
        ("3", 3, ""),
        ("003", 3, ""),
        ("\uff11\uff12", 12, "line.quantity_normalised"),
        ("1,200", 1200, "line.quantity_normalised"),
        ("2.0", 2, "line.quantity_normalised"),
        ("+2", 2, "line.quantity_normalised"),
        ("0", 0, "line.quantity_zero"),
        ("0.0", 0, "line.quantity_zero"),
        ("-0", 0, "line.quantity_zero"),
        ("-2", 0, "line.quantity_negative"),
        ("\u22122", 0, "line.quantity_negative"),
        ("1.5", 0, "line.quantity_fraction"),
        ("4.90E+12", 0, "cell.excel_damage"),
        ("4901234567894", 0, "line.quantity_too_large"),
        ("9" * 5000, 0, "line.quantity_too_large"),
        ("two", 0, "line.quantity_not_number"),
        ("\u00b2", 0, "line.quantity_not_number"),
        ("\u0663", 0, "line.quantity_not_number"),
        ("", 0, "line.quantity_missing"),
    ],
)
def test_a_quantity_is_a_whole_number_of_pieces_or_says_why_not(written: str, pieces: int, key: str) -> None:
    if written == "\u00b2":  # NFKC makes a plain 2 of a superscript one
        pieces, key = 2, "line.quantity_normalised"
    assert read_quantity(written) == (pieces, key)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1280", "1280"),
        ("1,280円", "1280"),
        ("¥1280.00", "1280"),
        ("2.50", "2.5"),
        ("-5", "-5"),
        ("", ""),
        ("n/a", None),
    ],
)
def test_an_amount_is_plain_decimal_text(written: str, amount: str | None) -> None:
    assert read_money(written) == amount


@pytest.mark.parametrize(
    ("written", "rate"), [("0.1", "0.1"), ("10", "0.1"), ("8%", "0.08"), ("0", "0"), ("x", None), ("NaN", None)]
)
def test_a_rate_is_a_fraction_of_one(written: str, rate: str | None) -> None:
    assert read_rate(written) == rate


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-09-14 09:00:00", datetime(2026, 9, 14, 0, 0, tzinfo=UTC)),
        ("2026/9/14 9:00", datetime(2026, 9, 14, 0, 0, tzinfo=UTC)),
        ("2026-09-14T09:00:00+09:00", datetime(2026, 9, 14, 0, 0, tzinfo=UTC)),
        ("2025-10-02 17:09:33 -0300", datetime(2025, 10, 2, 20, 9, 33, tzinfo=UTC)),
        ("2018-07-24T23:36:18Z", datetime(2018, 7, 24, 23, 36, 18, tzinfo=UTC)),
        ("2026年9月14日 9時0分", datetime(2026, 9, 14, 0, 0, tzinfo=UTC)),
        ("2026-09-14", datetime(2026, 9, 13, 15, 0, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_the_shops(written: str, utc: datetime) -> None:
    assert read_moment(written, "Asia/Tokyo") == int(utc.timestamp()) * 1000


@pytest.mark.parametrize(
    "written", ["2026-02-30", "14/09/2026", "0001-01-01", "9999-12-31", "soon", "2026-09-14 25:00"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_moment(written, "Asia/Tokyo") is None


def test_an_order_comes_as_soon_as_its_last_row_is_read(tmp_path: Path) -> None:
    rows = [{"order": "A", "sku": "1"}, {"order": "B", "sku": "2"}, {"order": "A", "sku": "3"}, {"order": "C"}]
    read = read_plain(tmp_path, plain(*rows))
    assert [(order.number, [line.sku for line in order.lines]) for order in read.orders] == [
        ("B", ["2"]),
        ("A", ["1", "3"]),
        ("C", ["SKU-1"]),
    ]
    assert [order.row for order in read.orders] == [3, 2, 5]


def test_an_order_number_with_stray_spaces_is_the_same_order(tmp_path: Path) -> None:
    read = read_plain(
        tmp_path, plain({"order": " 1001"}, {"order": "1001 ", "sku": "B"}, {"order": "1001", "sku": "C"})
    )
    assert [(order.number, len(order.lines)) for order in read.orders] == [("1001", 3)]


def test_a_line_that_cannot_be_read_holds_its_order(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"sku": "A"}, {"sku": "B", "qty": "some"}))
    found = read.problem("line.quantity_not_number")
    assert (found.file, found.row, found.column, found.value) == ("orders.csv", 3, "qty", "some")
    assert read.orders[0].holds == (Hold.BY_HAND,)


def test_a_line_of_no_pieces_is_left_out_without_a_hold(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"sku": "A"}, {"sku": "B", "qty": "0"}))
    assert read.keys == ["line.quantity_zero"]
    assert read.orders[0].holds == ()


def test_full_width_digits_are_read_and_said(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"qty": "\uff12"}))
    assert dict(read.problem("line.quantity_normalised").args)["quantity"] == "2"
    assert read.orders[0].lines[0].quantity == 2


def test_a_line_without_a_code_stays_in_its_order_and_holds_it(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"sku": "", "name": "Nameless", "qty": "2"}, {"sku": "B"}))
    assert read.keys == ["line.no_sku"]
    assert [(line.sku, line.quantity) for line in read.orders[0].lines] == [(NO_SKU, 2), ("B", 1)]
    assert read.orders[0].holds == (Hold.UNKNOWN_PRODUCT,)


def test_the_same_code_twice_stays_two_lines(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"sku": "A"}, {"sku": "B"}, {"sku": "A"}))
    found = read.problem("line.same_sku")
    assert (found.row, dict(found.args)["first"]) == (4, "2")
    assert len(read.orders[0].lines) == 3


def test_a_code_that_excel_damaged_is_left_out(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"sku": "4.90E+12"}, {"sku": "B"}))
    assert read.problem("cell.excel_damage").column == "sku"
    assert read.orders[0].holds == (Hold.BY_HAND,)


def test_order_numbers_that_excel_damaged_never_become_one_order(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"order": "4.44E+11"}, {"order": "4.44E+11"}))
    assert read.keys == ["order.excel_damage"] * 2
    assert read.orders == []


def test_a_row_without_an_order_number_is_reported(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"order": " "}, {"order": "1002"}))
    assert read.problem("row.no_order_number").row == 2
    assert [order.number for order in read.orders] == ["1002"]


def test_rows_of_empty_cells_are_passed_over(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({}) + "," * 11 + "\n\n" + plain({"order": "1002"}).split("\n")[1] + "\n")
    assert read.keys == []
    assert [(order.number, order.row) for order in read.orders] == [("1001", 2), ("1002", 5)]


def test_an_order_left_without_lines_is_reported_and_skipped(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"qty": "-3"}))
    assert read.keys == ["line.quantity_negative", "order.no_lines"]
    assert read.orders == []


def test_a_cancelled_order_comes_without_questions_about_its_lines(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"qty": "-3", "state": "Cancelled", "at": "never"}))
    assert read.keys == ["order.cancelled_in_shop"]
    assert read.orders[0].cancelled
    assert read.orders[0].lines == ()


def test_a_bad_date_is_reported_and_left_empty(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"at": "31.12.2026"}))
    assert read.problem("cell.bad_date").column == "at"
    assert read.orders[0].ordered_at is None


def test_control_characters_are_taken_out_and_said(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"name": "Th\x07ing\u202e", "to": "Ta\x1bro", "sku": "A\u200bB"}))
    assert read.keys == ["cell.control_character"] * 3
    line = read.orders[0].lines[0]
    assert (line.sku, line.name, read.orders[0].ship_to.name) == ("AB", "Thing", "Taro")


def test_line_breaks_stay_in_a_remark_and_become_spaces_in_a_name(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"name": '"Thing\nblue"', "note": '"one\r\n two "'}))
    assert read.keys == []
    assert (read.orders[0].lines[0].name, read.orders[0].note) == ("Thing blue", "one\ntwo")
    assert read.orders[0].holds == (Hold.REMARK,)


def test_rows_that_disagree_about_the_ship_to_hold_the_order(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"to": "Hanako"}, {"to": "Taro", "sku": "B"}, {"to": "Jiro", "sku": "C"}))
    found = read.problem("order.inconsistent")
    assert (found.column, found.value, dict(found.args)["first"]) == ("to", "Taro", "Hanako")
    assert read.orders[0].ship_to.name == "Hanako"
    assert read.orders[0].holds == (Hold.BY_HAND,)


def test_rows_that_disagree_about_the_time_are_only_reported(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"at": "2026-09-14 10:00"}, {"at": "2026-09-14 10:01", "sku": "B"}))
    assert read.keys == ["order.inconsistent"]
    assert read.orders[0].holds == ()


def test_an_order_cell_may_stand_on_any_row(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({}, {"to": "Hanako", "sku": "B"}, {"sku": "C"}))
    assert read.keys == []
    assert read.orders[0].ship_to.name == "Hanako"


def test_zeros_that_a_spreadsheet_dropped_are_put_back_and_said(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"zip": "600001", "phone": "312345678"}))
    assert [dict(found.args)["restored"] for found in read.problems] == ["060-0001", "0312345678"]
    assert (read.orders[0].ship_to.postcode, read.orders[0].ship_to.phone) == ("060-0001", "0312345678")


def test_addresses_abroad_stay_as_they_are(tmp_path: Path) -> None:
    read = read_plain(tmp_path, plain({"zip": "12345", "phone": "2125550100", "country": "US"}))
    assert read.keys == []
    assert (read.orders[0].ship_to.postcode, read.orders[0].ship_to.phone) == ("12345", "2125550100")


def test_times_follow_the_shops_zone(tmp_path: Path) -> None:
    london = PLAIN + '\n[time]\ntimezone = "Europe/London"\n'
    tokyo = read_plain(tmp_path, plain({"at": "2026-07-01 09:00"})).orders[0].ordered_at
    summer = read_plain(tmp_path, plain({"at": "2026-07-01 09:00"}), london).orders[0].ordered_at
    assert tokyo is not None
    assert summer is not None
    assert summer - tokyo == 8 * 3_600_000
    assert ReadOptions().timezone == "Asia/Tokyo"
