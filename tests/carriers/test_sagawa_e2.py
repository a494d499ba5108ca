"""Sagawa e飛伝II: its 42 columns with e飛伝III's rules, and 出荷済データ told apart from e飛伝III's file."""

from __future__ import annotations

from datetime import date

import pytest

from app.carriers import sagawa_e2 as e2
from app.carriers import sagawa_e3 as e3
from app.domain.shipping import Slot, Temperature
from app.errors import FileUnusable
from tests.carriers.making import SAMPLES, TODAY, Numbers, as_csv, cells, check_digit, keys, shipment

ACCOUNT = {"customer_code": "001234567890"}
GOOD = check_digit(36_000_000_000)


def row(**changes: object) -> dict[str, str]:
    """The row of one shipment by column name."""
    rows = cells(e2.write([shipment("hikyaku", **changes)], ACCOUNT, TODAY).data)
    assert len(rows) == 2
    return dict(zip(rows[0], rows[1], strict=True))


def test_the_header_is_that_of_the_standard_pattern() -> None:
    data = e2.write([shipment("hikyaku")], ACCOUNT, TODAY).data
    assert data.splitlines(keepends=True)[0] == (SAMPLES / e2.ID / "header_42.csv").read_bytes()
    assert [len(each) for each in cells(data)] == [42, 42]


def test_every_value_stands_in_its_column() -> None:
    rows = cells(e2.write([shipment("hikyaku", pieces=4, cod=5500, cod_tax=500)], ACCOUNT, TODAY).data)
    found = ["", *rows[1]]
    assert (found[2], found[3], found[4]) == ("03-0000-1234", "150-0001", "東京都渋谷区神宮前１－２－３")
    assert (found[7], found[9], found[10]) == ("検品\u3000花子", "12-001-1", "001234567890")
    assert (found[13], found[14], found[17]) == ("03-0000-0000", "100-0001", "けんぴん商店")
    assert (found[19], found[20], found[21]) == ("001", "雑貨", "12-001")
    assert (found[25], found[26], found[27]) == ("4", "000", "001")
    assert (found[31], found[32], found[33], found[36]) == ("5500", "500", "1", "010")
    assert (found[39], found[40], found[42]) == ("0", "0", "1")


def test_wishes_and_cold_have_their_codes_and_seals() -> None:
    found = row(deliver_on=date(2026, 7, 16), slot=Slot.T18_21, temperature=Temperature.FROZEN)
    assert (found["配達日"], found["配達指定時間帯"], found["便種(商品)"]) == ("20260716", "04", "003")
    assert [found[f"指定シール{n}"] for n in "１２３"] == ["002", "005", "007"]


def test_the_rules_are_those_of_e_hiden_3() -> None:
    for changes in (
        {"slot": Slot.T20_21},
        {"cod": 500_001},
        {"deliver_on": TODAY, "slot": Slot.MORNING, "cod": 100, "temperature": Temperature.FROZEN},
        {"to_street": "仮" * 43},
    ):
        wanted = shipment("hikyaku", **changes)
        assert keys(e2.check(wanted, TODAY)) == keys(e3.check(wanted, TODAY)) != []


@pytest.mark.parametrize("number", ["お問合せ送り状No", "お問い合せ送り状Ｎｏ．", "お問い合わせ送り状番号"])
def test_the_name_of_the_customer_key_tells_the_programs_apart(number: str) -> None:
    data = as_csv([[number, "お客様管理ナンバー", "出荷個数"], [GOOD, "12-001-1", "2"]])
    found = Numbers(e2, data)
    assert [(each.key, each.number, each.pieces) for each in found.rows] == [("12-001-1", GOOD, 2)]
    with pytest.raises(FileUnusable) as refused:
        Numbers(e3, data)
    assert refused.value.args_["columns"] == "お客様管理番号"


def test_the_whole_header_of_shipped_data_is_known() -> None:
    header = (SAMPLES / e2.ID / "header_shipped_53.csv").read_bytes().decode("cp932").strip().split(",")
    assert len(header) == 53
    line = ["" for _ in header]
    line[0], line[12], line[34], line[40] = GOOD, "12-001-1", "1", "1,080"
    found = Numbers(e2, as_csv([header, line]))
    assert [(each.key, each.number, each.pieces, each.cod) for each in found.rows] == [("12-001-1", GOOD, 1, 1080)]
