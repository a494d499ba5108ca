from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from app.channels import eccube4
from app.channels._source import open_source
from app.domain.intake import ReadOptions
from app.domain.orders import Hold
from tests.channels.reading import Read, read, shared, written
from tests.channels.test_amazon import SHIPPED

NAMES = (
    "注文ID,注文番号,お名前(姓),お名前(名),小計,値引き,送料,合計,支払合計,対応状況(ID),支払方法(名称),受注日,入金日,"
    "注文詳細ID,商品規格ID,商品名,商品コード,規格名1,規格名2,規格分類名1,規格分類名2,価格,個数,税率,明細区分(ID),出荷ID,"
    "配送先_お名前(姓),配送先_お名前(名),配送先_郵便番号,配送先_都道府県(名称),配送先_住所1,お届け時間(名称),"
    "お届け希望日,送料,配達用メモ"
)
ROW = {
    "注文ID": "7",
    "注文番号": "A7",
    "お名前(姓)": "見本",
    "小計": "1080",
    "送料": "500",
    "支払合計": "1580",
    "対応状況(ID)": "1",
    "支払方法(名称)": "クレジットカード",
    "受注日": "2026-09-14 00:36:18",
    "商品名": "お茶",
    "商品コード": "TEA",
    "価格": "1000",
    "個数": "1",
    "税率": "8",
    "明細区分(ID)": "1",
    "出荷ID": "71",
    "配送先_お名前(姓)": "例",
    "配送先_お名前(名)": "花子",
    "配送先_郵便番号": "1000000",
    "配送先_都道府県(名称)": "東京都",
    "配送先_住所1": "見本町1",
}
POSTAGE = {"明細区分(ID)": "2", "商品コード": "", "商品名": "送料", "価格": "500"}
FEE = {name: "" for name in ROW if name.startswith("配送先")} | {"出荷ID": "", "明細区分(ID)": "3", "商品名": "手数料"}
FEE |= {"商品コード": "", "価格": "330"}
OTHER = {"出荷ID": "72", "配送先_お名前(姓)": "別"}


def export(
    folder: Path,
    *rows: dict[str, str],
    columns: str = NAMES,
    encoding: str = "cp932",
    own: str = "500",
    options: ReadOptions | None = None,
) -> Read:
    """Write and read rows; the second 送料 is *own*."""
    names = columns.split(",")
    second = len(names) - 1 - names[::-1].index("送料")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([own if at == second else (ROW | row).get(name, "") for at, name in enumerate(names)])
    return read(written(folder, out.getvalue(), encoding=encoding), options)


@pytest.mark.parametrize("name", ["eccube4_order", "eccube4_shipping"])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_70_columns_are_read_in_each_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    header = shared("formats", "headers", f"{name}.csv").read_text(encoding="cp932").strip()
    assert header.count(",") + 1 == 70
    got = export(tmp_path, {}, columns=header, encoding=encoding)
    assert got.keys == []
    order = got.orders[0]
    assert (order.number, order.ship_to_key, order.ordered_at) == ("A7", "71", 1789313778000)
    assert (order.ship_to.name, order.ship_to.postcode, order.lines[0].price) == ("例 花子", "100-0000", "1080")


def test_only_goods_are_picked_and_fees_belong_to_no_shipment(tmp_path: Path) -> None:
    got = export(tmp_path, FEE, {}, POSTAGE)
    assert got.keys == []
    assert len(got.orders) == 1
    order = got.orders[0]
    assert [line.sku for line in order.lines] == ["TEA"]
    totals = order.totals
    assert (totals.subtotal, totals.shipping, totals.fee, totals.total) == ("1080", "500", "330", "1580")


def test_an_order_without_goods_is_told(tmp_path: Path) -> None:
    assert export(tmp_path, POSTAGE).keys == ["order.no_lines"]


@pytest.mark.parametrize(("order", "own"), [("1000", "500"), ("500", "1000")])
def test_each_of_several_ship_tos_has_its_own_postage(tmp_path: Path, order: str, own: str) -> None:
    cells = {"送料": order, "小計": "2160"}
    got = export(tmp_path, cells, OTHER | cells, own=own)
    assert [(each.ship_to_key, each.totals.shipping, each.totals.total) for each in got.orders] == [
        ("71", "500", ""),
        ("72", "500", ""),
    ]
    assert got.orders[0].lines[0].price == "1080"  # 小計 is that of both


def test_cash_for_several_ship_tos_is_for_a_person(tmp_path: Path) -> None:
    cash = {"支払方法(名称)": "代金引換"}
    assert [(each.cod_amount, each.holds) for each in export(tmp_path, cash, FEE | cash).orders] == [("1580", ())]
    got = export(tmp_path, cash, OTHER | cash)
    assert got.keys == ["order.cod_split"] * 2
    assert [each.holds for each in got.orders] == [(Hold.BY_HAND,)] * 2


@pytest.mark.parametrize(
    ("price", "subtotal", "shown"),
    [
        ("1000", "1080", "1080"),
        ("1080", "1080", "1080"),
        ("99", "106", "106"),  # 106.92: cut off
        ("99", "107", "107"),  # rounded
        ("101", "110", "110"),  # 109.08: rounded up
        ("1000", "999", ""),
        ("1000", "", ""),
    ],
)
def test_prices_are_those_that_add_up(tmp_path: Path, price: str, subtotal: str, shown: str) -> None:
    assert export(tmp_path, {"価格": price, "小計": subtotal}).orders[0].lines[0].price == shown


def test_variants_and_codes(tmp_path: Path) -> None:
    sizes = {"規格名1": "色", "規格分類名1": "赤", "規格名2": "容量", "規格分類名2": "100g", "注文詳細ID": "1"}
    bare = {"商品コード": "", "商品規格ID": "55", "注文詳細ID": "2"}
    got = export(tmp_path, sizes, bare, bare)
    assert [(line.sku, line.options) for line in got.orders[0].lines] == [("TEA", "色: 赤\n容量: 100g"), ("55", "")]
    assert got.keys == ["row.repeated"]


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({}, ()),
        ({"対応状況(ID)": "4"}, ()),
        ({"対応状況(ID)": "入金済み"}, ()),
        ({"対応状況(ID)": "7"}, (Hold.UNPAID,)),
        ({"対応状況(ID)": "21"}, (Hold.BY_HAND,)),
        ({"支払方法(名称)": "銀行振込"}, (Hold.UNPAID,)),
        ({"支払方法(名称)": "銀行振込", "入金日": "2026-09-14 10:00:00"}, ()),
        ({"支払方法(名称)": "銀行振込", "対応状況(ID)": "6"}, ()),
        ({"配達用メモ": "宅配ボックスへ"}, (Hold.REMARK,)),
    ],
)
def test_state_payment_and_words_become_holds(tmp_path: Path, cells: dict[str, str], holds: tuple[Hold, ...]) -> None:
    assert export(tmp_path, cells).orders[0].holds == holds


@pytest.mark.parametrize(
    ("status", "key", "orders"),
    [
        ("3", "order.cancelled_in_shop", 1),
        ("5", "order.already_shipped", 0),
        ("9", "order.already_shipped", 0),
        ("8", "order.not_an_order", 0),
    ],
)
def test_what_is_not_to_be_picked(tmp_path: Path, status: str, key: str, orders: int) -> None:
    got = export(tmp_path, {"対応状況(ID)": status}, FEE | {"対応状況(ID)": status})
    assert got.keys[:1] == [key]
    assert [each.cancelled for each in got.orders if each.lines] == [True] * orders


def test_the_wished_day_and_slot(tmp_path: Path) -> None:
    cells = {"お届け希望日": "2026-09-19 00:00:00", "お届け時間(名称)": "午前"}
    assert export(tmp_path, cells).orders[0].wish == "2026-09-19 午前"


def test_the_upload_of_shipments() -> None:
    data = eccube4.report([replace(SHIPPED, ship_to_key="71")])
    header = shared("formats", "headers", "eccube4_shipping_upload.csv").read_bytes().strip()
    assert data.split(b"\r\n")[0] == header
    assert data.split(b"\r\n")[1] == b"71,444413700010,2026-09-15"


def test_the_mail_address_and_the_shops_own_names(tmp_path: Path) -> None:
    columns = f"{NAMES},メールアドレス"
    cells = {"メールアドレス": "a@example.jp", "配達用メモ": "熨斗: 御祝"}
    order = export(tmp_path, cells, columns=columns, options=ReadOptions(keys={"熨斗": "noshi"})).orders[0]
    assert (order.email, order.note, order.holds) == ("a@example.jp", "のし: 御祝", ())


def test_an_order_whose_rows_stand_apart_is_looked_at_whole(tmp_path: Path) -> None:
    cells, other = {"小計": "2160"}, {"注文番号": "A8", "注文ID": "8", "出荷ID": "81", "小計": "1080"}
    rows = (FEE | cells, cells, other, OTHER | cells, FEE | other | {"価格": "100"})
    got = export(tmp_path, *rows)
    by_key = {each.ship_to_key: each for each in got.orders}
    assert by_key.keys() == {"71", "72", "81"}
    assert {key: each.lines[0].price for key, each in by_key.items()} == {"71": "1080", "72": "1080", "81": "1080"}
    assert (by_key["71"].totals.total, by_key["81"].totals.fee) == ("", "100")


def test_only_the_orders_in_hand_are_kept(tmp_path: Path) -> None:
    rows = [{"注文番号": f"A{at}", "出荷ID": f"{at}"} for at in range(50)]
    export(tmp_path, *rows)
    source = open_source(tmp_path / "orders.csv")
    names = {"number": "注文番号", "ship_to_id": "出荷ID", "kind": "明細区分(ID)", "quantity": "個数"}
    places = {name: source.header.index(column) for name, column in names.items()}
    whole = eccube4._whole_orders(source, places, {"price": source.header.index("価格")})
    assert list(whole.records()) == list(source.records())
    assert (len(whole.near), whole.apart) == (2, {})
