"""Sagawa e飛伝III: full-width lines, seals, slots and cash, and the file of shipped parcels by column name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.carriers import sagawa_e3 as e3
from app.carriers._file import read_returned
from app.domain.shipping import Slot, Temperature
from app.errors import FileUnusable, SettingsWrong
from tests.carriers.making import SAMPLES, TODAY, Numbers, as_csv, cells, check_digit, keys, shipment

ACCOUNT = {"customer_code": "001234567890"}
DAY = TODAY + timedelta(2)


def row(account: dict[str, str] | None = None, **changes: Any) -> dict[str, str]:
    """The row of one shipment by column name."""
    rows = cells(e3.write([shipment("hikyaku", **changes)], ACCOUNT | (account or {}), TODAY).data)
    assert len(rows) == 2
    return dict(zip(rows[0], rows[1], strict=True))


def seals(found: dict[str, str]) -> list[str]:
    return [found[name] for name in ("指定シール１", "指定シール２", "指定シール３") if found[name]]


def test_the_header_is_that_of_the_carriers_template() -> None:
    data = e3.write([shipment("hikyaku")], ACCOUNT, TODAY).data
    assert data.splitlines(keepends=True)[0] == (SAMPLES / e3.ID / "header_74.csv").read_bytes()
    assert [len(each) for each in cells(data)] == [74, 74]


def test_every_value_stands_in_its_column() -> None:
    rows = cells(e3.write([shipment("hikyaku", pieces=4)], ACCOUNT, TODAY).data)
    assert len(rows) == 2  # one number for all pieces
    found = ["", *rows[1]]
    assert (found[3], found[4], found[5]) == ("03-0000-1234", "150-0001", "東京都渋谷区神宮前１－２－３")
    assert (found[8], found[10], found[11]) == ("検品\u3000花子", "12-001-1", "001234567890")
    assert (found[18], found[19], found[22]) == ("03-0000-0000", "100-0001", "けんぴん商店")
    assert (found[24], found[25], found[26]) == ("001", "雑貨", "12-001")
    assert (found[42], found[43], found[44], found[50]) == ("4", "000", "001", "0")
    assert (found[55], found[56], found[58], found[61], found[62]) == ("0", "0", "1", "20260714", "")


def test_a_wished_day_and_time_have_their_codes_and_seals() -> None:
    found = row(deliver_on=date(2026, 7, 16), slot=Slot.MORNING)
    assert (found["配達日"], found["配達指定時間帯"]) == ("20260716", "01")
    assert seals(found) == ["005", "007"]
    assert seals(row({"slot_seal": "019"}, slot=Slot.T18_20)) == ["019"]
    assert seals(row(deliver_on=DAY)) == ["005"]
    assert seals(row()) == []


@pytest.mark.parametrize(
    ("slot", "code"), [(Slot.T12_14, "12"), (Slot.T18_20, "18"), (Slot.T18_21, "04"), (Slot.T19_21, "19")]
)
def test_every_time_of_day_has_its_own_code(slot: Slot, code: str) -> None:
    assert row(slot=slot)["配達指定時間帯"] == code


@pytest.mark.parametrize(("payment", "seal"), [("1", "010"), ("2", "008"), ("3", "009")])
def test_cash_has_its_amount_payment_kind_and_seal(payment: str, seal: str) -> None:
    found = row({"cod_payment": payment}, cod=5500, cod_tax=500)
    assert (found["代引金額"], found["消費税"], found["決済種別"]) == ("5500", "500", payment)
    assert seals(found) == [seal]


def test_chilled_is_002_and_frozen_is_003_and_their_seals_are_one_less() -> None:
    chilled, frozen = row(temperature=Temperature.CHILLED), row(temperature=Temperature.FROZEN)
    assert (chilled["クール便指定"], seals(chilled)) == ("002", ["001"])
    assert (frozen["クール便指定"], seals(frozen)) == ("003", ["002"])


def test_a_fourth_seal_is_refused_by_name() -> None:
    wanted = shipment("hikyaku", deliver_on=DAY, slot=Slot.MORNING, cod=100, temperature=Temperature.FROZEN)
    faults = e3.check(wanted, TODAY)
    assert keys(faults) == [("fault.too_many_seals", "seals")]
    assert dict(faults[0].args)["value"] == "002 冷凍, 005 指定日配達, 007 時間帯指定, 010 eコレクト"
    assert e3.check(shipment("hikyaku", deliver_on=DAY, slot=Slot.MORNING, cod=100), TODAY) == ()


def test_handling_is_a_seal() -> None:
    assert seals(row(handling=("this_side_up", "fragile"))) == ["013", "011"]
    assert keys(e3.check(shipment("hikyaku", handling=("raw",)), TODAY)) == [("fault.no_handling", "handling")]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"slot": Slot.T20_21}, [("fault.no_slot", "slot")]),
        ({"ship_on": TODAY + timedelta(50)}, []),
        ({"ship_on": TODAY + timedelta(51)}, [("fault.ship_date_far", "ship_on")]),
        ({"pieces": 2, "cod": 100}, []),
        ({"pieces": 2, "temperature": Temperature.CHILLED}, []),
        ({"cod": 500_000}, []),
        ({"to_phone": "090-000-00-0-0-01"}, [("fault.bad_phone", "to.phone")]),
        ({"to_name": "髙﨑"}, []),
        ({"to_street": "仮" * 42}, []),
        ({"to_street": "仮" * 43}, [("fault.too_long", "to.address")]),
        ({"sender_street": "仮" * 27}, [("fault.too_long", "sender.address")]),
    ],
)
def test_what_e_hiden_forbids(changes: dict[str, Any], wanted: list[tuple[str, str]]) -> None:
    assert keys(e3.check(shipment("hikyaku", **changes), TODAY)) == wanted


def test_half_width_text_is_counted_and_written_full_width() -> None:
    assert e3.check(shipment("hikyaku", to_name="A" * 32), TODAY) == ()
    faults = e3.check(shipment("hikyaku", to_name="A" * 33), TODAY)
    assert keys(faults) == [("fault.too_long", "to.name")]
    assert dict(faults[0].args)["overflow"] == "Ａ"
    found = row(to_name="ﾔﾏﾀﾞ ﾋﾟｱ 'x'")
    assert found["お届け先名称１"] == "ヤマダ\u3000ピア\u3000’ｘ’"


def test_long_contents_go_round_the_ship_number() -> None:
    found = row(contents="あ" * 16 + "い" * 16 + "う")
    assert [found[f"品名{n}"] for n in "１２３４５"] == ["あ" * 16, "12-001", "い" * 16, "う", ""]


@pytest.mark.parametrize(
    "wrong", [{"customer_code": "1"}, {"package_kind": "009"}, {"slot_seal": "005"}, {"cod_payment": "4"}]
)
def test_an_account_that_does_not_fit_is_a_wrong_setting(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsWrong):
        e3.write([shipment("hikyaku")], ACCOUNT | wrong, TODAY)


# --- numbers back -----------------------------------------------------------------------------------------------

GOOD = check_digit(36_000_000_000)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("お問い合せ送り状No.", "お客様管理番号"),
        ("お問い合せ送り状Ｎｏ．", "お客様 管理番号"),
        ("お問合せ送り状No", "お客様管理No."),
        ("お問い合わせ送り状番号", "お客様管理番号"),
    ],
)
def test_columns_are_found_by_any_of_their_names_in_any_order(number: str, key: str) -> None:
    head = ["出荷個数", key, "お届け先名称１", "代引金額", number]
    found = Numbers(e3, as_csv([head, ["2", "12-001-1", "検品", "￥5,500", GOOD]]))
    assert [(each.key, each.number, each.cod, each.pieces) for each in found.rows] == [("12-001-1", GOOD, 5500, 2)]
    assert not found.problems


def test_what_the_file_has_no_column_for_is_not_known() -> None:
    found = Numbers(e3, as_csv([["お問合せ送り状No", "お客様管理番号"], [GOOD, "12-001-1"]]))
    assert [(each.cod, each.pieces, each.service) for each in found.rows] == [(None, None, "")]


def test_a_file_without_the_number_names_the_missing_column() -> None:
    with pytest.raises(FileUnusable) as refused:
        Numbers(e3, as_csv([["お客様管理番号", "出荷個数"], ["12-001-1", "1"]]))
    assert refused.value.args_["columns"] == "お問い合せ送り状No."


def test_a_deleted_row_says_so() -> None:
    head = ["お問合せ送り状No", "お客様管理番号", "削除区分"]
    rows = [[GOOD, "12-001-1", "0"], [check_digit(36_000_000_001), "12-002-1", "1"]]
    found = Numbers(e3, as_csv([head, *rows]))
    assert [each.reason for each in found.rows] == ["", "削除区分 1"]


def test_an_amount_that_is_no_number_is_said_and_not_compared() -> None:
    head = ["お問合せ送り状No", "お客様管理番号", "代引金額", "出荷個数"]
    found = Numbers(e3, as_csv([head, [GOOD, "12-001-1", "五千", "-1"]]))
    assert found.keys == ["number.bad_amount"] * 2
    assert [each.column for each in found.problems] == ["代引金額", "出荷個数"]
    assert [(each.cod, each.pieces) for each in found.rows] == [(None, None)]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    for name in ("お問合せ送り状No", "お問い合せ送り状No."):
        data = as_csv([[name, "お客様管理番号"], [GOOD, "12-001-1"]], encoding)
        assert Numbers(e3, data).pairs == [("12-001-1", GOOD)]


def test_utf_8_is_tried_before_cp932_which_would_read_nonsense() -> None:
    text = "東京倉庫検品"
    assert text.encode().decode("cp932", "strict") != text
    assert text in read_returned("x.csv", f"{text},x\r\n".encode()).text
