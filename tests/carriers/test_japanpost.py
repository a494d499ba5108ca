"""Japan Post: ゆうプリR in three layouts, Webゆうパックプリント by place, クリックポスト with the key in 内容品."""

from __future__ import annotations

from datetime import date

import pytest

from app.carriers import japanpost_clickpost as click
from app.carriers import japanpost_web as web
from app.carriers import japanpost_yupri as yupri
from app.carriers._japanpost_columns import YUPRI
from app.domain.shipping import Slot, Temperature
from app.errors import FileUnusable, NotAllowed, SettingsWrong
from tests.carriers.making import SAMPLES, TODAY, Numbers, as_csv, cells, check_digit, keys, shipment

GOOD = check_digit(51_254_751_433)
DAY = date(2026, 7, 16)


# --- ゆうプリR ----------------------------------------------------------------------------------------------------


def row(account: dict[str, str] | None = None, **changes: object) -> dict[str, str]:
    """The row of one shipment by ゆうプリR by column name."""
    wanted = shipment(**{"service": "yu_pack"} | changes)
    rows = cells(yupri.write([wanted], account or {}, TODAY).data)
    assert len(rows) == 2
    return dict(zip(rows[0], rows[1], strict=True))


@pytest.mark.parametrize("layout", ["117", "119", "69"])
def test_the_header_is_that_of_the_shops_filter(layout: str) -> None:
    data = yupri.write([shipment("yu_pack")], {"layout": layout}, TODAY).data
    assert data.splitlines(keepends=True)[0] == (SAMPLES / yupri.ID / f"header_{layout}.csv").read_bytes()
    assert [len(each) for each in cells(data)] == [int(layout)] * 2


@pytest.mark.parametrize("layout", YUPRI)
def test_no_layout_loses_what_the_others_hold(layout: str) -> None:
    wishes = {"deliver_on": DAY, "slot": Slot.MORNING, "cod": 5500, "cod_tax": 500, "handling": ("fragile", "bottles")}
    account = {"layout": layout, "size": "080", "label_cod": "1234567"}
    long = {"to_name": "株式会社けんぴん倉庫見本市場 大阪営業部 仕入担当 棚橋 三郎", "to_street": "仮" * 45}
    usual = row({**account, "layout": "117"}, **wishes, **long)
    found = row(account, **wishes, **long)
    kept = sorted(value for value in found.values() if value not in {"", "80", "080"})
    assert kept == sorted(value for value in usual.values() if value not in {"", "80", "080"})
    assert found.get("商品サイズ区分", "080") == "080"
    assert found.get("商品サイズ／重さ区分", "80") == "80"


def test_every_value_stands_in_its_column() -> None:
    found = row(deliver_on=DAY, slot=Slot.T19_21, handling=("raw",))
    assert (found["お客様側管理番号"], found["発送予定日"], found["郵便種別"]) == ("12-001-1", "20260714", "0")
    assert (found["保冷種別"], found["元／着払／代引"], found["送り状種別"]) == ("0", "0", "1100780")
    assert (found["お届け先 郵便番号"], found["お届け先 住所１"]) == ("150-0001", "東京都渋谷区神宮前1-2-3")
    assert (found["お届け先 名称１"], found["お届け先 電話番号"]) == ("検品 花子", "03-0000-1234")
    assert (found["ご依頼主 名称１"], found["ご依頼主 郵便番号"]) == ("けんぴん商店", "100-0001")
    assert (found["配達指定日／希望日"], found["配達時間帯区分"]) == ("20260716", "57")
    assert (found["品名"], found["記事名１"]) == ("雑貨", "12-001")
    assert [found[f"{name}区分"] for name in ("こわれもの", "なまもの", "ビン類")] == ["0", "1", "0"]
    assert (found["代引金額"], found["代引消費税金額"]) == ("", "")


def test_cash_cold_and_yu_packet_have_their_codes() -> None:
    paid = row({"label_cod": "1234567"}, cod=5500, cod_tax=500)
    assert (paid["元／着払／代引"], paid["送り状種別"], paid["代引金額"], paid["代引消費税金額"]) == (
        *("2", "1234567"),
        *("5500", "500"),
    )
    assert row(cod=5500)["送り状種別"] == ""  # the shop has not said: never the code of prepaid parcels
    assert row(temperature=Temperature.CHILLED)["保冷種別"] == "1"
    assert row(temperature=Temperature.FROZEN)["保冷種別"] == "2"
    packet = row({"size": "080", "label_packet": "7654321"}, service="yu_packet")
    assert (packet["郵便種別"], packet["送り状種別"], packet["商品サイズ区分"]) == ("9", "7654321", "")
    assert packet["配達時間帯区分"] == "00"


def test_a_shop_may_correct_the_codes_of_times_of_day() -> None:
    account = {"slot_codes": "am=61, 19-21=63"}
    assert row(account, slot=Slot.MORNING)["配達時間帯区分"] == "61"
    assert row(account, slot=Slot.T19_21)["配達時間帯区分"] == "63"
    assert row(account, slot=Slot.T12_14)["配達時間帯区分"] == "52"
    for wrong in ("am=6", "18-21=04", "am=61;", "61"):
        with pytest.raises(SettingsWrong):
            row({"slot_codes": wrong})


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"pieces": 2}, [("fault.pieces", "pieces")]),
        ({"slot": Slot.T18_21}, [("fault.no_slot", "slot")]),
        ({"service": "yu_packet", "slot": Slot.MORNING}, [("fault.no_slot", "slot")]),
        ({"service": "yu_packet", "deliver_on": DAY}, [("fault.no_day", "deliver_on")]),
        ({"service": "yu_packet", "temperature": Temperature.CHILLED}, [("fault.no_chilled", "temperature")]),
        ({"cod": 300_000}, []),
        ({"cod": 300_001}, [("fault.cod_limit", "cod")]),
        ({"key": "123456-001-1-23"}, []),
        ({"key": "1234567-001-1-23"}, [("fault.bad_key", "key")]),
        ({"contents": "長" * 25}, []),
        ({"contents": "長" * 26}, [("fault.too_long", "contents")]),
        ({"to_street": "仮" * 69}, []),
        ({"to_street": "仮" * 70}, [("fault.too_long", "to.address")]),
    ],
)
def test_what_yu_pri_forbids(changes: dict[str, object], wanted: list[tuple[str, str]]) -> None:
    assert keys(yupri.check(shipment(**{"service": "yu_pack"} | changes), TODAY)) == wanted


def test_numbers_are_found_by_name_whatever_the_filter() -> None:
    head = ["代引金額", "お問い合わせ 番号", "お客様側管理番号"]
    found = Numbers(yupri, as_csv([head, ["5,500", f"a{GOOD}a", "12-001-1"]]))
    assert [(each.key, each.number, each.cod, each.service) for each in found.rows] == [("12-001-1", GOOD, 5500, "")]
    with pytest.raises(FileUnusable) as refused:
        Numbers(yupri, as_csv([["お客様側管理番号", "郵便種別"], ["12-001-1", "0"]]))
    assert refused.value.args_["columns"] == "お問い合わせ番号"


def test_a_number_of_eleven_digits_gets_no_zero_where_it_is_mail() -> None:
    eleven = check_digit(1_234_567_891)[1:]
    head = ["郵便種別", "お問い合わせ番号", "お客様側管理番号", "品名"]
    found = Numbers(yupri, as_csv([head, ["9", eleven, "12-001-1", ""], ["0", eleven, "12-002-1", ""]]))
    assert found.pairs == [("12-001-1", eleven), ("12-002-1", f"0{eleven}")]


# --- Webゆうパックプリント -----------------------------------------------------------------------------------------


def web_row(account: dict[str, str] | None = None, **changes: object) -> list[str]:
    """The row of one shipment by Webゆうパックプリント, counted from 1."""
    rows = cells(web.write([shipment("yu_pack", **changes)], account or {}, TODAY).data)
    assert [len(each) for each in rows] == [72]
    return ["", *rows[0]]


def test_the_web_file_has_no_header_and_every_cell_is_quoted() -> None:
    data = web.write([shipment("yu_pack"), shipment("yu_pack", key="12-002-1")], {}, TODAY).data
    lines = data.decode("cp932").split("\r\n")
    assert len(lines) == 3
    assert lines[2] == ""
    assert all(line.count('","') == 71 and line[0] == line[-1] == '"' for line in lines[:2])
    names = (SAMPLES / web.ID / "header_72_not_in_the_file.csv").read_bytes().decode("cp932").strip().split(",")
    places = {1: "商品", 7: "作成数", 16: "電話番号", 33: "部署名", 35: "品名", 38: "発送予定日", 52: "配達希望日"}
    places |= {53: "配達希望時間帯", 62: "摘要/記事", 63: "サイズ", 65: "割引", 72: "配達完了通知(依頼主)"}
    assert {at: names[at - 1] for at in places} == places


def test_every_value_of_the_web_file_stands_in_its_column() -> None:
    found = web_row({"size": "80"}, deliver_on=DAY, slot=Slot.T12_14)
    assert (found[1], found[2], found[7], found[8], found[9]) == ("1", "0", "1", "検品 花子", "様")
    assert found[11:17] == ["150-0001", "東京都", "渋谷区", "神宮前1-2-3", "", "03-0000-1234"]
    assert (found[23], found[26], found[31]) == ("けんぴん商店", "100-0001", "03-0000-0000")
    assert (found[33], found[35], found[38]) == ("12-001", "雑貨", "2026/07/14")
    assert (found[52], found[53], found[62], found[63]) == ("2026/07/16", "62", "12-001-1", "80")
    assert (found[65], found[72]) == ("0", "0")


def test_an_address_in_one_piece_keeps_its_prefecture_apart() -> None:
    whole = {"to_prefecture": "", "to_city": "", "to_street": "東京都渋谷区神宮前1-2-3 けんぴんビル"}
    assert web_row(**whole)[12:16] == ["東京都", "渋谷区神宮前1-2-3 けんぴんビル", "", ""]
    assert web_row(to_prefecture="", to_city="", to_street="渋谷区仮1")[12:16] == ["", "渋谷区仮1", "", ""]
    long = web_row(to_street="仮" * 25 + "終" * 25)
    assert long[12:16] == ["東京都", "渋谷区", "仮" * 25, "終" * 25]
    longer = web_row(to_street="仮" * 25 + "終" * 26)
    assert longer[12] == "東京都"
    assert "".join(longer[13:16]) == "渋谷区" + "仮" * 25 + "終" * 26


def test_a_company_before_a_long_name_goes_to_its_own_column() -> None:
    found = web_row(to_name="株式会社けんぴん倉庫見本市場 大阪営業部 仕入担当 棚橋 三郎")
    assert (found[8], found[17]) == ("大阪営業部 仕入担当 棚橋 三郎", "株式会社けんぴん倉庫見本市場")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"cod": 100}, [("fault.no_cod", "cod")]),
        ({"temperature": Temperature.CHILLED}, [("fault.no_chilled", "temperature")]),
        ({"handling": ("fragile",)}, [("fault.no_handling", "handling")]),
        ({"pieces": 2}, [("fault.pieces", "pieces")]),
    ],
)
def test_what_no_source_tells_the_code_of_is_refused(changes: dict[str, object], wanted: list[tuple[str, str]]) -> None:
    assert keys(web.check(shipment("yu_pack", **changes), TODAY)) == wanted


def test_a_web_file_without_our_column_is_refused_by_its_name() -> None:
    found = Numbers(web, as_csv([["追跡番号", "摘要／記事", "x"], [GOOD, "12-001-1", ""]]))
    assert found.pairs == [("12-001-1", GOOD)]
    with pytest.raises(FileUnusable) as refused:
        Numbers(web, as_csv([["お問い合わせ番号", "x"], [GOOD, "12-001-1"]]))
    assert refused.value.args_["columns"] == "摘要/記事"


# --- クリックポスト -----------------------------------------------------------------------------------------------


def test_the_header_of_click_post_is_that_of_its_template() -> None:
    data = click.write([shipment("click_post")], {}, TODAY).data
    assert data.splitlines(keepends=True)[0] == (SAMPLES / click.ID / "header_8.csv").read_bytes()
    assert cells(data)[1] == ["150-0001", "検品 花子", "様", "東京都渋谷区神宮前1-2-3", "", "", "", "雑貨 12-001-1"]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"to_phone": "", "sender_name": "", "sender_phone": ""}, []),  # it has no place for them
        ({"cod": 100}, [("fault.no_cod", "cod")]),
        ({"deliver_on": DAY}, [("fault.no_day", "deliver_on")]),
        ({"slot": Slot.MORNING}, [("fault.no_slot", "slot")]),
        ({"pieces": 2}, [("fault.pieces", "pieces")]),
        ({"temperature": Temperature.FROZEN}, [("fault.no_frozen", "temperature")]),
        ({"to_name": "寿" * 20}, []),
        ({"to_name": "寿" * 21}, [("fault.too_long", "to.name")]),
        ({"to_street": "仮" * 74}, []),
        ({"to_street": "仮" * 75}, [("fault.too_long", "to.address")]),
        ({"contents": "本" * 10}, []),
        ({"contents": "本" * 11}, [("fault.too_long", "contents")]),
    ],
)
def test_what_click_post_forbids(changes: dict[str, object], wanted: list[tuple[str, str]]) -> None:
    assert keys(click.check(shipment("click_post", **changes), TODAY)) == wanted


def test_the_forty_first_row_is_refused() -> None:
    many = [shipment("click_post", key=f"12-{at:03d}-1") for at in range(1, 42)]
    assert click.write(many[:40], {}, TODAY).rows == 40
    with pytest.raises(NotAllowed, match=r"carrier\.too_many_rows"):
        click.write(many, {}, TODAY)


def test_the_key_comes_back_behind_the_contents() -> None:
    head = ["内容品", "お届け先氏名", "追跡番号", "お届け先郵便番号"]
    rows = [
        ["本 2冊 12-001-1", "検品 花子", GOOD, "150-0001"],
        ["本　１２－００２－１－２", "検品 花子", check_digit(51_254_751_434), "150-0001"],
        ["手書き 3", "検品 花子", check_digit(51_254_751_435), "150-0001"],
    ]
    found = Numbers(click, as_csv([head, *rows]))
    assert found.pairs == [("12-001-1", GOOD), ("12-002-1-2", check_digit(51_254_751_434))]
    assert found.keys == ["number.no_key"]


def test_a_key_that_may_be_cut_off_at_the_end_of_the_file_is_never_used() -> None:
    """``12-001-1`` is what is left of ``12-001-1-2``."""
    whole = as_csv([["追跡番号", "お届け先氏名", "内容品"], [GOOD, "検品 花子", "本 12-001-1-2"]])
    assert Numbers(click, whole).pairs == [("12-001-1-2", GOOD)]
    cut = Numbers(click, whole[: -len("-2\r\n")])
    assert (cut.pairs, cut.keys) == ([], ["number.row_unfinished"])
