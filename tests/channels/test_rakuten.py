from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.channels import rakuten
from app.channels._rakuten_words import comment_parts, slot, status_code
from app.channels._source import open_source
from app.domain.intake import ReadOptions, read_moment
from app.domain.orders import Hold
from app.errors import FileUnusable
from tests.channels.reading import Read, read, shared, written

NAMES = (
    "注文番号,ステータス,注文日時,注文日,注文時間,支払方法名,配送方法,配送区分,複数送付先フラグ,送付先一致フラグ,"
    "楽天確認中フラグ,商品合計金額,消費税合計,送料合計,代引料合計,請求金額,ポイント利用額,クーポン利用総額,"
    "注文者姓,注文者名,送付先ID,送付先送料,送付先代引料,送付先消費税合計,送付先商品合計金額,送付先合計金額,のし,"
    "送付先郵便番号1,送付先郵便番号2,送付先住所都道府県,送付先住所郡市区,送付先住所それ以降の住所,送付先姓,送付先名,"
    "送付先電話番号1,送付先電話番号2,送付先電話番号3,商品明細ID,商品名,商品番号,商品管理番号,単価,個数,"
    "項目・選択肢,ラッピング名1,ラッピング名2,お届け時間帯,お届け日指定,ギフト配送希望,コメント,あす楽希望フラグ,"
    "商品税率,商品毎税込価格,SKU管理番号,システム連携用SKU番号"
)
COLUMNS = NAMES.split(",")
ROW = {
    "注文番号": "999999-20260914-0000000001",
    "ステータス": "300",
    "注文日時": "2026-09-14 09:00:00",
    "支払方法名": "クレジットカード",
    "請求金額": "1500",
    "送付先ID": "11",
    "注文者姓": "見本",
    "注文者名": "太郎",
    "送付先姓": "見本",
    "送付先名": "太郎",
    "送付先郵便番号1": "100",
    "送付先郵便番号2": "0000",
    "送付先住所都道府県": "東京都",
    "送付先電話番号1": "03",
    "送付先電話番号2": "0000",
    "送付先電話番号3": "0001",
    "商品明細ID": "1",
    "商品名": "お茶",
    "商品番号": "TEA",
    "商品管理番号": "tea-page",
    "個数": "1",
    "単価": "1000",
    "商品税率": "0.08",
    "SKU管理番号": "normal-inventory",
}


def export(
    folder: Path,
    *rows: dict[str, str],
    columns: list[str] = COLUMNS,
    encoding: str = "cp932",
    options: ReadOptions | None = None,
) -> Read:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([(ROW | row).get(name, "") for name in columns] for row in rows)
    return read(written(folder, out.getvalue(), encoding=encoding), options)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_158_columns_are_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    header = shared("formats", "headers", "rakuten_rms_order_158.csv").read_text(encoding="cp932").strip().split(",")
    assert len(header) == 158
    got = export(tmp_path, {}, columns=header, encoding=encoding)
    assert got.keys == []
    order = got.orders[0]
    assert (order.number, order.ship_to_key, order.ordered_at) == (ROW["注文番号"], "11", 1789344000000)
    assert (order.ship_to.name, order.ship_to.postcode, order.ship_to.phone) == (
        "見本 太郎",
        "100-0000",
        "03-0000-0001",
    )


@pytest.mark.parametrize(
    ("cells", "sku"),
    [
        ({"システム連携用SKU番号": "SYS-1", "SKU管理番号": "red"}, "SYS-1"),
        ({"SKU管理番号": "red"}, "red"),
        ({}, "TEA"),
        ({"商品番号": ""}, "tea-page"),
    ],
)
def test_the_code_of_the_goods_is_the_first_that_the_shop_gave(tmp_path: Path, cells: dict[str, str], sku: str) -> None:
    assert export(tmp_path, cells).orders[0].lines[0].sku == sku


def test_each_ship_to_is_an_order_of_its_own(tmp_path: Path) -> None:
    several = {"複数送付先フラグ": "1", "送付先合計金額": "700"}
    other = several | {"送付先ID": "12", "商品明細ID": "2", "送付先名": "花子", "送付先合計金額": "800"}
    got = export(tmp_path, several, other)
    assert [(order.ship_to_key, order.ship_to.name, order.totals.total) for order in got.orders] == [
        ("11", "見本 太郎", "700"),
        ("12", "見本 花子", "800"),
    ]


def test_money_that_is_not_settled_is_empty(tmp_path: Path) -> None:
    order = export(tmp_path, {"請求金額": "-9999", "送料合計": "-9999", "商品毎税込価格": "-9999"}).orders[0]
    assert (order.totals.total, order.totals.shipping, order.lines[0].price) == ("", "", "1000")


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({}, ()),
        ({"ステータス": "100"}, (Hold.UNPAID,)),
        ({"ステータス": "楽天処理中"}, (Hold.UNPAID,)),
        ({"ステータス": "400"}, (Hold.UNPAID,)),
        ({"楽天確認中フラグ": "1"}, (Hold.UNPAID,)),
        ({"ステータス": "350"}, (Hold.BY_HAND,)),
        ({"コメント": "玄関の前に置いてください"}, (Hold.REMARK,)),
        ({"コメント": "[配送日時指定:]\n2026-09-19(土)\n午前中"}, ()),
        ({"送付先郵便番号1": "999", "送付先郵便番号2": "9999"}, (Hold.ADDRESS_AWAITED,)),
        ({"送付先姓": "入力待ち"}, (Hold.ADDRESS_AWAITED,)),
        ({"支払方法名": "代金引換", "複数送付先フラグ": "1", "送付先合計金額": "700"}, (Hold.BY_HAND,)),
    ],
)
def test_what_the_mall_says_becomes_holds(tmp_path: Path, cells: dict[str, str], holds: tuple[Hold, ...]) -> None:
    assert export(tmp_path, cells).orders[0].holds == holds


@pytest.mark.parametrize("status", ["800", "900", "キャンセル確定"])
def test_a_cancelled_order_is_said_to_be_so(tmp_path: Path, status: str) -> None:
    got = export(tmp_path, {"ステータス": status, "コメント": "?"})
    assert got.keys == ["order.cancelled_in_shop"]
    assert (got.orders[0].cancelled, got.orders[0].holds) == (True, ())


@pytest.mark.parametrize("status", ["500", "600", "700", "発送済"])
def test_a_shipped_order_is_left_out(tmp_path: Path, status: str) -> None:
    got = export(tmp_path, {"ステータス": status})
    assert (got.keys, got.orders) == (["order.already_shipped"], [])


@pytest.mark.parametrize(
    ("cells", "gift"),
    [
        ({}, False),
        ({"ギフト配送希望": "1"}, True),
        ({"送付先一致フラグ": "0", "送付先名": "花子"}, True),
        ({"送付先一致フラグ": "0"}, False),
    ],
)
def test_a_gift_is_asked_for_or_goes_to_somebody_else(tmp_path: Path, cells: dict[str, str], gift: bool) -> None:
    assert export(tmp_path, cells).orders[0].gift is gift


def test_noshi_and_wrapping_stand_in_the_note_without_a_hold(tmp_path: Path) -> None:
    order = export(tmp_path, {"のし": "内祝い", "ラッピング名1": "包装紙"}).orders[0]
    assert (order.note, order.holds) == ("のし: 内祝い\nラッピング: 包装紙", ())


def test_the_wish_comes_from_its_columns_or_from_the_comment(tmp_path: Path) -> None:
    assert (
        export(tmp_path, {"お届け日指定": "2026-09-19", "お届け時間帯": "1416"}).orders[0].wish
        == "2026-09-19 14:00-16:00"
    )
    order = export(tmp_path, {"コメント": "[配送日時指定:]\n2026-09-19(土)\n午前中\n[備考:]\n静かに"}).orders[0]
    assert (order.wish, order.note) == ("2026-09-19(土) 午前中", "静かに")


def test_cash_on_delivery_collects_the_bill(tmp_path: Path) -> None:
    assert export(tmp_path, {"支払方法名": "代金引換"}).orders[0].cod_amount == "1500"


def test_a_row_pasted_in_twice_counts_once(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {}, {"商品明細ID": "2"})
    assert got.problem("row.repeated").row == 3
    assert len(got.orders[0].lines) == 2


def test_parts_of_numbers_get_their_zeros_back(tmp_path: Path) -> None:
    cells = {"送付先郵便番号1": "60", "送付先郵便番号2": "1", "送付先電話番号1": "3"}
    got = export(tmp_path, cells)
    assert got.keys == ["cell.zeros_restored"] * 2
    assert (got.orders[0].ship_to.postcode, got.orders[0].ship_to.phone) == ("060-0001", "03-0000-0001")


def test_cold_goods_and_next_day_orders_are_marked(tmp_path: Path) -> None:
    order = export(tmp_path, {"配送方法": "宅配便", "配送区分": "3", "あす楽希望フラグ": "1"}).orders[0]
    assert (order.delivery, order.priority) == ("宅配便 冷凍", 1)


def test_day_and_time_in_two_columns_are_one_moment(tmp_path: Path) -> None:
    order = export(tmp_path, {"注文日時": "", "注文日": "2026-09-14", "注文時間": "09:00:00"}).orders[0]
    assert order.ordered_at == 1789344000000


@pytest.mark.parametrize(
    ("written_slot", "words"),
    [("0", ""), ("1", "午前中"), ("1416", "14:00-16:00"), ("812", "08:00-12:00"), ("夜", "夜"), ("", "")],
)
def test_a_slot_is_said_in_words(written_slot: str, words: str) -> None:
    assert slot(written_slot) == words


@pytest.mark.parametrize(
    ("comment", "parts"),
    [
        ("", ("", "", "")),
        ("[配送日時指定:]", ("", "", "")),
        ("[配送日時指定:]\n[備考:]\n", ("", "", "")),
        ("[配送日時指定:]\n指定なし", ("", "", "")),
        ("[配送日時指定:]\n2026-01-10(土)\n14:00~16:00", ("", "2026-01-10(土)", "14:00~16:00")),
        ("[配送日時指定:]\n2026年1月10日\nできれば早く", ("できれば早く", "2026年1月10日", "")),
        ("いつもありがとう\n[配送日時指定:]\n午後", ("いつもありがとう", "", "午後")),
    ],
)
def test_a_comment_is_split_into_remark_day_and_time(comment: str, parts: tuple[str, str, str]) -> None:
    assert comment_parts(comment) == parts


def test_a_status_is_known_by_number_and_by_name() -> None:
    assert [status_code(each) for each in ("300", "300.0", "発送待ち", "?")] == ["300", "300", "300", "?"]


# --- what was missing ----------------------------------------------------------------------------------------------

BEFORE = (
    "受注番号,受注ステータス,お届け時間帯,お届け日指定,ギフトチェック（0:なし/1:あり）,コメント,注文日時,複数送付先フラグ,警告表示フラグ,"
    "合計,消費税(-99999=無効値),送料(-99999=無効値),代引料(-99999=無効値),請求金額(-99999=無効値),送付先一致フラグ,注文者郵便番号１,"
    "注文者郵便番号２,注文者住所：都道府県,注文者住所：都市区,注文者住所：町以降,注文者名字,注文者名前,注文者電話番号１,注文者電話番号２,"
    "注文者電話番号３,メールアドレス,決済方法,配送方法,配送区分,ラッピング名(包装紙),のし,送付先郵便番号１,送付先郵便番号２,"
    "送付先住所：都道府県,送付先住所：都市区,送付先住所：町以降,送付先名字,送付先名前,送付先電話番号１,送付先電話番号２,送付先電話番号３,"
    "商品名,商品番号,単価,個数,項目・選択肢,あす楽希望"
)
OLD = {
    "受注番号": "999999-20260914-0000000002",
    "受注ステータス": "発送待ち",
    "ギフトチェック（0:なし/1:あり）": "1",
    "注文日時": "2026-09-14 09:00:00",
    "合計": "1000",
    "送料(-99999=無効値)": "-99999",
    "請求金額(-99999=無効値)": "1500",
    "メールアドレス": "abc@example.com",
    "決済方法": "代金引換",
    "配送区分": "3",
    "ラッピング名(包装紙)": "花柄",
    "送付先郵便番号１": "60",
    "送付先郵便番号２": "１",
    "送付先住所：都道府県": "北海道",
    "送付先住所：都市区": "架空区",
    "送付先住所：町以降": "見本町１－２－３",
    "送付先名字": "見本",
    "送付先名前": "花子",
    "送付先電話番号１": "11",
    "送付先電話番号２": "０００",
    "送付先電話番号３": "0001",
    "商品名": "お茶",
    "商品番号": "TEA",
    "単価": "1000",
    "個数": "１",
    "あす楽希望": "1",
}


def before(folder: Path, *rows: dict[str, str]) -> Read:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(BEFORE.split(","))
    writer.writerows([(OLD | row).get(name, "") for name in BEFORE.split(",")] for row in rows)
    return read(written(folder, out.getvalue(), encoding="cp932"))


def test_the_layout_before_is_read_by_its_names_in_full_width(tmp_path: Path) -> None:
    got = before(tmp_path, {}, {"商品番号": "CUP", "商品名": "湯のみ"})
    order = got.orders[0]
    assert (order.number, order.ship_to_key, [line.sku for line in order.lines]) == (
        OLD["受注番号"],
        "",
        ["TEA", "CUP"],
    )
    assert (order.ship_to.name, order.ship_to.postcode, order.ship_to.phone) == (
        "見本 花子",
        "060-0001",
        "011-000-0001",
    )
    assert (order.ship_to.prefecture, order.ship_to.street) == ("北海道", "見本町１－２－３")
    assert (order.totals.subtotal, order.totals.shipping, order.totals.total) == ("1000", "", "1500")
    assert (order.gift, order.note, order.cod_amount, order.email) == (
        True,
        "ラッピング: 花柄",
        "1500",
        "abc@example.com",
    )
    assert (order.delivery, order.priority, order.holds) == ("冷凍", 1, ())


def test_two_addresses_of_one_number_in_the_layout_before_are_for_a_person(tmp_path: Path) -> None:
    got = before(tmp_path, {}, {"送付先名前": "太郎"})
    assert (got.problem("order.inconsistent").column, got.orders[0].holds) == ("送付先名前", (Hold.BY_HAND,))
    assert before(tmp_path, {"受注ステータス": "キャンセル"}).orders[0].cancelled


def test_the_current_layout_without_the_ship_to_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        rakuten.read(open_source(written(tmp_path, "注文番号,商品名,個数,商品番号\n1,a,1,b\n")), ReadOptions())
    assert refused.value.args_["columns"] == "送付先ID"


MORE = [
    *COLUMNS,
    *("注文者メールアドレス", "離島フラグ", "警告表示タイプ", "警告表示タイプ詳細", "キャンセル期限日"),
    "送付先住所アパートマンション名",
]


def test_a_warning_of_the_mall_is_read_by_a_person_and_an_island_is_said(tmp_path: Path) -> None:
    got = export(tmp_path, {"警告表示タイプ": "1", "警告表示タイプ詳細": "要確認"}, columns=MORE)
    assert (got.problem("order.mall_warning").value, got.orders[0].holds) == ("要確認", (Hold.BY_HAND,))
    got = export(tmp_path, {"離島フラグ": "1", "警告表示タイプ": "0"}, columns=MORE)
    assert (got.keys, got.orders[0].holds) == (["order.remote_island"], ())


@pytest.mark.parametrize(
    ("until", "now", "holds"),
    [
        ("2026-09-14", "2026-09-14 23:00", (Hold.UNPAID,)),
        ("2026-09-14", "2026-09-15 00:00", ()),
        ("2026-09-14 09:30:00", "2026-09-14 09:29", (Hold.UNPAID,)),
        ("2026-09-14 09:30:00", "2026-09-14 09:30", ()),
        ("", "2026-09-14 09:30", ()),
    ],
)
def test_an_order_waits_while_its_customer_may_cancel(
    tmp_path: Path, until: str, now: str, holds: tuple[Hold, ...]
) -> None:
    moment = read_moment(now, "Asia/Tokyo")
    assert moment is not None
    got = export(tmp_path, {"キャンセル期限日": until}, columns=MORE, options=ReadOptions(now=moment))
    assert got.orders[0].holds == holds


def test_masked_addresses_and_names_of_buildings(tmp_path: Path) -> None:
    cells = {"注文者メールアドレス": "a1b2@pc.fw.example.jp", "送付先住所アパートマンション名": "見本ビル101"}
    order = export(tmp_path, cells | {"送付先住所それ以降の住所": "見本町1"}, columns=MORE).orders[0]
    assert (order.email, order.ship_to.street) == ("a1b2@pc.fw.example.jp", "見本町1 見本ビル101")


def test_a_street_in_full_width_that_excel_made_a_date_of_holds_the_order(tmp_path: Path) -> None:
    got = export(tmp_path, {"送付先住所それ以降の住所": "３月１日"}, columns=MORE)
    assert (got.keys, got.orders[0].holds) == (["cell.excel_date"], (Hold.BY_HAND,))


def test_the_shops_own_names_in_the_comment(tmp_path: Path) -> None:
    options = ReadOptions(keys={"熨斗": "noshi", "便": "time"})
    cells = {"コメント": "[配送日時指定:]\n2026-09-19(土)\n\n[備考:]\n熨斗: 御祝\n便: 午前中"}
    order = export(tmp_path, cells, options=options).orders[0]
    assert (order.note, order.wish, order.holds) == ("のし: 御祝", "2026-09-19(土)\n時間帯: 午前中", ())
