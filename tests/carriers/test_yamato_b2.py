"""Yamato B2クラウド: kinds of waybill, cool codes, fields, several pieces, and 発行済データ in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.carriers import yamato_b2 as b2
from app.domain.intake import Level
from app.domain.shipping import Slot, Temperature
from app.errors import FileUnusable, SettingsWrong
from tests.carriers.making import SAMPLES, TODAY, Numbers, as_csv, cells, check_digit, keys, sample, shipment

ACCOUNT = {"customer_code": "090012345678"}
FROZEN, CHILLED = Temperature.FROZEN, Temperature.CHILLED


def row(**changes: Any) -> list[str]:
    """The row of one shipment, counted from 1 as Yamato does."""
    rows = cells(b2.write([shipment(**{"service": "takkyubin"} | changes)], ACCOUNT, TODAY).data)
    assert len(rows) == 2
    return ["", *rows[1]]


@pytest.mark.parametrize("layout", ["95", "97"])
def test_the_header_is_that_of_the_layout(layout: str) -> None:
    data = b2.write([shipment("takkyubin")], ACCOUNT | {"layout": layout}, TODAY).data
    assert data.splitlines(keepends=True)[0] == (SAMPLES / b2.ID / f"header_{layout}.csv").read_bytes()
    assert [len(each) for each in cells(data)] == [int(layout)] * 2


def test_an_unknown_layout_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsWrong):
        b2.write([shipment("takkyubin")], ACCOUNT | {"layout": "94"}, TODAY)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "0"),
        ({"cod": 1, "cod_tax": 0}, "2"),
        ({"service": "nekopos"}, "A"),
        ({"service": "yu_packet"}, "7"),
        ({"service": "compact"}, "8"),
        ({"service": "compact", "cod": 30_000}, "9"),
    ],
)
def test_the_kind_follows_from_service_and_cash(changes: dict[str, Any], kind: str) -> None:
    assert row(**changes)[2] == kind


def test_frozen_is_1_and_chilled_is_2() -> None:
    assert row(temperature=FROZEN)[3] == "1"
    assert row(temperature=CHILLED)[3] == "2"
    assert row()[3] == ""


def test_every_value_stands_in_its_column() -> None:
    found = row(
        deliver_on=date(2026, 7, 16), slot=Slot.MORNING, cod=5500, cod_tax=500, handling=("fragile", "precision")
    )
    assert (found[1], found[4], found[5], found[6], found[7]) == ("12-001-1", "", "2026/07/14", "2026/07/16", "0812")
    assert (found[9], found[11], found[12]) == ("03-0000-1234", "150-0001", "東京都渋谷区神宮前1-2-3")
    assert (found[16], found[20], found[22], found[25]) == ("検品 花子", "03-0000-0000", "100-0001", "けんぴん商店")
    assert (found[28], found[31], found[32], found[33]) == ("雑貨", "ワレ物注意", "精密機器", "12-001")
    assert (found[34], found[35]) == ("5500", "500")
    assert (found[40], found[41], found[42]) == ("090012345678", "", "01")


def test_several_pieces_are_several_rows_under_one_key() -> None:
    rows = cells(b2.write([shipment("takkyubin", pieces=3)], ACCOUNT, TODAY).data)[1:]
    assert len(rows) == 3
    assert rows[0] == rows[1] == rows[2]
    assert (rows[0][0], rows[0][1], rows[0][38], rows[0][73]) == ("12-001-1", "6", "1", "12-001-1")


def test_one_piece_has_no_binding_key() -> None:
    assert (row()[39], row()[74]) == ("", "")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"pieces": 2, "cod": 100}, [("fault.cod_in_pieces", "pieces")]),
        ({"pieces": 2, "temperature": CHILLED}, [("fault.cool_in_pieces", "pieces")]),
        ({"service": "compact", "pieces": 2}, [("fault.pieces", "pieces")]),
        ({"service": "compact", "temperature": FROZEN}, [("fault.no_frozen", "temperature")]),
        ({"service": "nekopos", "temperature": CHILLED}, [("fault.no_chilled", "temperature")]),
        ({"service": "nekopos", "cod": 100}, [("fault.no_cod", "cod")]),
        ({"service": "nekopos", "deliver_on": TODAY}, [("fault.no_day", "deliver_on")]),
        ({"service": "yu_packet", "slot": Slot.MORNING}, [("fault.no_slot", "slot")]),
        ({"slot": Slot.T12_14}, [("fault.no_slot", "slot")]),
        ({"slot": Slot.T18_21}, [("fault.no_slot", "slot")]),
        ({"cod": 300_000}, []),
        ({"cod": 300_001}, [("fault.cod_limit", "cod")]),
        ({"service": "compact", "cod": 30_001}, [("fault.cod_limit", "cod")]),
        ({"ship_on": TODAY + timedelta(30)}, []),
        ({"ship_on": TODAY + timedelta(31)}, [("fault.ship_date_far", "ship_on")]),
        ({"handling": ("fragile", "raw", "precision")}, [("fault.handling_limit", "handling")]),
    ],
)
def test_what_b2_forbids(changes: dict[str, Any], wanted: list[tuple[str, str]]) -> None:
    assert keys(b2.check(shipment(**{"service": "takkyubin"} | changes), TODAY)) == wanted


# --- text -------------------------------------------------------------------------------------------------------


def test_kanji_beyond_level_2_are_warned_of_with_a_proposal_and_written_as_they_are() -> None:
    faults = b2.check(shipment("takkyubin", to_name="髙﨑①㈱"), TODAY)
    assert [(each.key, each.field, each.level) for each in faults] == [
        ("fault.rare_character", "to.name", Level.WARNING)
    ]
    assert dict(faults[0].args) == {"characters": "髙 﨑 ① ㈱", "value": "髙﨑①㈱", "proposed": "高崎(1)(株)"}
    assert row(to_name="髙﨑①㈱")[16] == "髙﨑①㈱"


def test_a_long_address_is_parted_at_a_space_where_the_rest_then_fits() -> None:
    found = row(to_street="神宮前一丁目二番三号の四 けんぴん見本マンション一〇一号室")
    assert found[12] == "東京都渋谷区神宮前一丁目二番三号の四"
    assert found[13] == "けんぴん見本マンション一〇一号室"


def test_a_long_address_without_spaces_is_parted_between_two_characters() -> None:
    street = "神宮前一丁目二番三号の四けんぴん見本マンション一〇一号室"
    found = row(to_street=street)
    assert found[12] + found[13] == f"東京都渋谷区{street}"
    assert len(found[12].encode("cp932")) <= 64
    assert len(found[13].encode("cp932")) <= 32


def test_the_last_place_of_the_address_is_used_before_it_is_too_long() -> None:
    assert b2.check(shipment("takkyubin", to_street="仮" * 42), TODAY) == ()
    faults = b2.check(shipment("takkyubin", to_street="仮" * 42 + "A"), TODAY)
    assert keys(faults) == [("fault.too_long", "to.address")]
    assert dict(faults[0].args)["overflow"] == "A"
    assert dict(faults[0].args)["limit"] == "48"


def test_a_company_before_a_long_name_goes_to_its_own_column() -> None:
    found = row(to_name="株式会社けんぴん倉庫見本市場 大阪営業部 棚橋 三郎")
    assert (found[14], found[15], found[16]) == ("株式会社けんぴん倉庫見本市場", "", "大阪営業部 棚橋 三郎")


def test_a_long_name_without_a_space_is_refused_and_not_cut() -> None:
    faults = b2.check(shipment("takkyubin", to_name="寿" * 17), TODAY)
    assert keys(faults) == [("fault.too_long", "to.name")]
    assert dict(faults[0].args)["overflow"] == "寿"


def test_what_looks_like_a_formula_is_written_as_it_is() -> None:
    assert row(contents="=1+1", remark="@x")[28] == "=1+1"


def test_phones_and_postcodes_take_one_form() -> None:
    found = row(to_phone="（０３）００００ー１２３４", to_postcode="１５００００１")
    assert (found[9], found[11]) == ("03-0000-1234", "150-0001")


# --- numbers back -----------------------------------------------------------------------------------------------


def issued(*changes: dict[int, str], header: bool = False, columns: int = 95) -> bytes:
    """発行済データ of as many parcels as *changes*, which set columns counted from 1."""
    shipments, account, today = sample(b2.ID)
    base = cells(b2.write(shipments[:1], account | {"layout": str(columns)}, today).data)
    rows = [base[0]] if header else []
    for number, change in enumerate(changes):
        made = list(base[1])
        made[0], made[3] = f"12-{number + 1:03d}-1", check_digit(40_000_000_000 + number)
        for column, value in change.items():
            made[column - 1] = value
        rows.append(made)
    return as_csv(rows)


def test_with_and_without_a_header_the_same_rows_come() -> None:
    with_header, without = Numbers(b2, issued({}, {}, header=True)), Numbers(b2, issued({}, {}))
    assert with_header.pairs == without.pairs == [("12-001-1", "400000000002"), ("12-002-1", "400000000013")]
    assert [each.row for each in with_header.rows] == [2, 3]
    assert [each.row for each in without.rows] == [1, 2]
    assert not with_header.problems
    assert not without.problems


def test_97_columns_come_back_too() -> None:
    assert len(Numbers(b2, issued({}, columns=97, header=True)).rows) == 1


def test_service_and_cash_are_told() -> None:
    found = Numbers(b2, issued({2: "2", 34: "5,500"}, {2: "Ａ"}, {2: "9", 34: "300"}, {2: "4"})).rows
    assert [(each.service, each.cod) for each in found] == [
        ("takkyubin", 5500),
        ("nekopos", 0),
        ("compact", 300),
        ("4", 0),
    ]


def test_several_pieces_come_as_several_rows_with_one_key() -> None:
    found = Numbers(b2, issued({1: "12-001-1"}, {1: "12-001-1"}))
    assert [each.key for each in found.rows] == ["12-001-1", "12-001-1"]
    assert len({each.number for each in found.rows}) == 2
    assert not found.problems


@pytest.mark.parametrize(
    "written", ["4000-0000-0002", "４００００００００００２", "'400000000002", '="400000000002"', "a400000000002a"]
)
def test_a_number_is_read_however_it_is_dressed(written: str) -> None:
    found = Numbers(b2, issued({4: written}))
    assert [each.number for each in found.rows] == ["400000000002"]
    assert not found.problems


def test_a_number_that_excel_shortened_is_refused() -> None:
    found = Numbers(b2, issued({4: "4.44E+11"}, {}))
    assert found.keys == ["number.excel_damage"]
    assert (found.problems[0].row, found.problems[0].column, found.problems[0].value) == (1, "伝票番号", "4.44E+11")
    assert dict(found.problems[0].args)["customer_key"] == "12-001-1"
    assert [each.key for each in found.rows] == ["12-002-1"]


def test_a_lost_zero_is_put_back_and_said() -> None:
    whole = check_digit(1_234_567_891)
    found = Numbers(b2, issued({4: whole[1:]}))
    assert found.keys == ["number.zeros_restored"]
    assert [(each.number, each.doubtful) for each in found.rows] == [(whole, False)]


def test_mail_may_have_eleven_digits_and_gets_no_zero() -> None:
    eleven = check_digit(1_234_567_891)[1:]
    found = Numbers(b2, issued({2: "7", 4: eleven}))
    assert found.keys == ["number.check_digit"]
    assert [(each.number, each.doubtful) for each in found.rows] == [(eleven, True)]


def test_a_wrong_check_digit_is_a_warning_and_the_row_still_comes() -> None:
    found = Numbers(b2, issued({4: "400000000004"}))
    assert found.keys == ["number.check_digit"]
    assert [(each.number, each.doubtful) for each in found.rows] == [("400000000004", True)]


@pytest.mark.parametrize("wrong", ["あ", "1234567", "000000000000", "12345678901234567890123"])
def test_what_is_no_number_is_refused(wrong: str) -> None:
    found = Numbers(b2, issued({4: wrong}, {}))
    assert found.keys == ["number.unreadable"]
    assert [each.key for each in found.rows] == ["12-002-1"]


def test_a_row_without_a_number_comes_without_one() -> None:
    found = Numbers(b2, issued({4: ""}))
    assert [(each.key, each.number, each.doubtful) for each in found.rows] == [("12-001-1", "", False)]
    assert not found.problems


@pytest.mark.parametrize("key", ["2012/3/1", "12-Mar-01", "12月3日", "1.2E+10"])
def test_a_key_that_excel_made_a_date_is_refused(key: str) -> None:
    found = Numbers(b2, issued({1: key}, {}))
    assert found.keys == ["number.key_damaged"]
    assert [each.key for each in found.rows] == ["12-002-1"]


def test_a_row_without_a_key_is_said_with_its_number() -> None:
    found = Numbers(b2, issued({1: ""}, {}))
    assert found.keys == ["number.no_key"]
    assert found.problems[0].value == "400000000002"


def test_the_same_row_twice_counts_once() -> None:
    data = issued({}, {})
    found = Numbers(b2, data + data)
    assert found.keys == ["number.row_repeated"] * 2
    assert len(found.rows) == 2


def test_the_same_number_under_two_keys_is_said_and_both_come() -> None:
    found = Numbers(b2, issued({}, {4: "400000000002"}))
    assert found.keys == ["number.on_two_keys"]
    assert dict(found.problems[0].args) == {"first": "1", "other": "12-001-1", "customer_key": "12-002-1"}
    assert [each.key for each in found.rows] == ["12-001-1", "12-002-1"]


def test_a_shifted_row_is_refused() -> None:
    rows = cells(issued({}, {}))
    rows[1].insert(2, "")
    found = Numbers(b2, as_csv([rows[0], [*rows[1], "x"]]))
    assert found.keys == ["number.row_long"]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    data = as_csv(cells(issued({}, header=True)), encoding)
    assert Numbers(b2, data).pairs == [("12-001-1", "400000000002")]


def test_the_file_that_was_sent_out_has_no_numbers_yet() -> None:
    shipments, account, today = sample(b2.ID)
    found = Numbers(b2, b2.write(shipments, account, today).data)
    assert {each.number for each in found.rows} == {""}


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b",,,\r\n"])
def test_an_empty_file_is_a_sentence(data: bytes) -> None:
    with pytest.raises(FileUnusable, match=r"number\.file_empty"):
        Numbers(b2, data)


def test_a_workbook_is_a_sentence() -> None:
    with pytest.raises(FileUnusable, match=r"file\.binary"):
        Numbers(b2, b"PK\x03\x04abc")


def test_a_gift_names_the_buyer_as_sender() -> None:
    buyer = replace(shipment("takkyubin").sender, name="贈主 次郎", phone="022-000-0006")
    found = ["", *cells(b2.write([replace(shipment("takkyubin"), sender=buyer)], ACCOUNT, TODAY).data)[1]]
    assert (found[20], found[25]) == ("022-000-0006", "贈主 次郎")
