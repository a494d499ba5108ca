from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.domain.intake import NO_SKU, ReadOptions
from app.domain.orders import Hold
from tests.channels.reading import Read, read, shared, written

NAMES = (
    "注文ID,注文日時,氏(請求先),名(請求先),氏(配送先),名(配送先),郵便番号(配送先),都道府県(配送先),住所(配送先),"
    "電話番号(配送先),備考,商品名,バリエーション,価格,税率,数量,合計金額,支払い方法,代引き手数料,発送状況,商品ID,種類ID,"
    "配送日,配送時間帯,注文メモ,調整金額,商品コード,種類コード"
)
ROW = {
    "注文ID": "AAAA0001",
    "注文日時": "2026-09-14 00:36:18",
    "氏(請求先)": "見本",
    "名(請求先)": "太郎",
    "氏(配送先)": "例",
    "名(配送先)": "花子",
    "郵便番号(配送先)": "1000000",
    "都道府県(配送先)": "東京都",
    "住所(配送先)": "見本町1",
    "商品名": "お茶",
    "価格": "1000",
    "数量": "1",
    "合計金額": "1500",
    "支払い方法": "クレジットカード決済",
    "代引き手数料": "0",
    "発送状況": "未発送",
    "商品ID": "70000001",
}
OPTION = {"商品ID": "", "商品名": "商品オプション「のし」", "バリエーション": "御祝", "価格": "300"}


def export(
    folder: Path,
    *rows: dict[str, str],
    columns: str = NAMES,
    encoding: str = "cp932",
    options: ReadOptions | None = None,
) -> Read:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns.split(","))
    writer.writerows([(ROW | row).get(name, "") for name in columns.split(",")] for row in rows)
    return read(written(folder, out.getvalue(), encoding=encoding), options)


@pytest.mark.parametrize(("name", "number"), [("base_orders_35", 35), ("base_orders_38_newer", 38)])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_columns_are_read_in_each_encoding(tmp_path: Path, name: str, number: int, encoding: str) -> None:
    header = shared("formats", "headers", f"{name}.csv").read_text(encoding="cp932").strip()
    assert header.count(",") + 1 == number
    got = export(tmp_path, {}, columns=header, encoding=encoding)
    assert got.keys == []
    order = got.orders[0]
    assert (order.number, order.ordered_at, order.buyer.name) == ("AAAA0001", 1789313778000, "見本 太郎")
    assert (order.ship_to.name, order.ship_to.postcode, order.lines[0].sku) == ("例 花子", "100-0000", "70000001")


@pytest.mark.parametrize(
    ("cells", "sku"),
    [
        ({"種類コード": "TEA-R", "商品コード": "TEA", "種類ID": "8"}, "TEA-R"),
        ({"商品コード": "TEA", "種類ID": "8"}, "TEA"),
        ({"種類ID": "8"}, "8"),
        ({}, "70000001"),
        ({"商品ID": ""}, NO_SKU),
    ],
)
def test_the_shops_own_code_goes_before_numbers_of_base(tmp_path: Path, cells: dict[str, str], sku: str) -> None:
    assert export(tmp_path, cells).orders[0].lines[0].sku == sku


def test_an_option_row_belongs_to_the_product_above(tmp_path: Path) -> None:
    cup = {"商品ID": "2", "商品名": "湯のみ", "数量": "2"}
    got = export(tmp_path, {"バリエーション": "赤"}, OPTION, OPTION | {"バリエーション": "短冊", "価格": ""}, cup)
    assert got.keys == []
    assert [(line.sku, line.quantity, line.price, line.options) for line in got.orders[0].lines] == [
        ("70000001", 1, "1300", "赤\nのし: 御祝\nのし: 短冊"),
        ("2", 2, "1000", ""),
    ]


def test_an_option_of_what_is_left_out_touches_no_other_product(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {"商品ID": "2", "数量": "0"}, OPTION)
    assert got.keys == ["line.quantity_zero"]
    assert [(line.price, line.options) for line in got.orders[0].lines] == [("1000", "")]


def test_an_option_without_a_product_holds_the_order(tmp_path: Path) -> None:
    got = export(tmp_path, OPTION, {})
    assert got.problem("line.option_alone").row == 2
    assert (got.orders[0].holds, got.orders[0].lines[0].options) == ((Hold.BY_HAND,), "")


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({}, ()),
        ({"発送状況": "入金待ち"}, (Hold.UNPAID,)),
        ({"発送状況": "？"}, (Hold.BY_HAND,)),
        ({"備考": "急ぎです"}, (Hold.REMARK,)),
        ({"注文メモ": "電話あり"}, (Hold.REMARK,)),
    ],
)
def test_state_and_words_become_holds(tmp_path: Path, cells: dict[str, str], holds: tuple[Hold, ...]) -> None:
    assert export(tmp_path, cells).orders[0].holds == holds


def test_cancelled_and_shipped_orders_are_not_picked(tmp_path: Path) -> None:
    assert export(tmp_path, {"発送状況": "キャンセル"}).orders[0].cancelled
    shipped = export(tmp_path, {"発送状況": "発送済み"})
    assert (shipped.keys, shipped.orders) == (["order.already_shipped"], [])


@pytest.mark.parametrize(
    ("cells", "amount"),
    [({"代引き手数料": "330"}, "1500"), ({"支払い方法": "代金引換"}, "1500"), ({}, ""), ({"代引き手数料": ""}, "")],
)
def test_cash_on_delivery_shows_in_its_fee_or_by_name(tmp_path: Path, cells: dict[str, str], amount: str) -> None:
    assert export(tmp_path, cells).orders[0].cod_amount == amount


def test_wishes_and_adjustments(tmp_path: Path) -> None:
    order = export(tmp_path, {"配送日": "2026-09-19", "配送時間帯": "午前中", "調整金額": "-200"}).orders[0]
    assert (order.wish, order.totals.discount, order.totals.total) == ("2026-09-19 午前中", "200", "1500")


def test_the_mail_address_and_the_shops_own_names(tmp_path: Path) -> None:
    columns = f"{NAMES},メールアドレス(請求先)"
    cells = {"メールアドレス(請求先)": "ａ@example.jp", "備考": "熨斗：御祝\n便: 午前中\n贈答: はい"}
    options = ReadOptions(keys={"熨斗": "noshi", "便": "time", "贈答": "gift"})
    order = export(tmp_path, cells, columns=columns, options=options).orders[0]
    assert (order.email, order.note, order.wish) == ("a@example.jp", "のし: 御祝", "時間帯: 午前中")
    assert (order.gift, order.holds) == (True, ())


def test_a_code_that_looks_like_a_date_is_said_and_stays(tmp_path: Path) -> None:
    got = export(tmp_path, {"商品コード": "3月1日"})
    assert (got.problem("cell.excel_date").value, got.orders[0].lines[0].sku) == ("3月1日", "3月1日")
