from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.domain.intake import NO_SKU, ReadOptions
from app.domain.orders import Hold
from app.errors import FileUnusable
from tests.channels.reading import Read, read, shared, written

NAMES = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,"
    "Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Lineitem requires shipping,Lineitem fulfillment status,Shipping Name,Shipping Address1,Shipping Address2,"
    "Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Province Name,Shipping Country,"
    "Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Outstanding Balance,Phone"
)
COLUMNS = NAMES.split(",")
FIRST = {
    "Financial Status": "paid",
    "Fulfillment Status": "unfulfilled",
    "Currency": "JPY",
    "Total": "2900",
    "Created at": "2026-09-14 09:00:00 +0900",
    "Shipping Name": "太郎 見本",
    "Shipping Address1": "見本町1-2-3",
    "Shipping City": "架空区",
    "Shipping Zip": "'100-0000",
    "Shipping Province": "JP-13",
    "Shipping Country": "JP",
    "Shipping Phone": "+81 3-0000-0000",
}
LINE = {"Name": "#1001", "Lineitem quantity": "1", "Lineitem name": "Thing", "Lineitem sku": "SKU-1"}


def export(
    folder: Path, *rows: dict[str, str], options: ReadOptions | None = None, columns: list[str] = COLUMNS
) -> Read:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([(LINE | row).get(name, "") for name in columns] for row in rows)
    return read(written(folder, out.getvalue()), options)


def test_order_fields_stand_on_the_first_row_only(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST, {"Lineitem sku": "SKU-2", "Lineitem price": "450.00"}, FIRST | {"Name": "#1002"})
    assert got.keys == []
    order = got.orders[0]
    assert [(line.sku, line.price) for line in order.lines] == [("SKU-1", ""), ("SKU-2", "450")]
    assert (order.totals.total, order.ordered_at) == ("2900", 1789344000000)
    assert (order.ship_to.postcode, order.ship_to.prefecture, order.ship_to.phone) == (
        "100-0000",
        "東京都",
        "03-0000-0000",
    )


def test_the_current_headers_are_known_by_their_aliases(tmp_path: Path) -> None:
    tsv = shared("data", "orders", "real-export-headers.tsv").read_text(encoding="utf-8").splitlines()
    header = next(line.split("\t")[2] for line in tsv if line.startswith("shopify-orders-current")).split(",")
    row = FIRST | {"Lineitem SKU": "NEW-1", "Canceled at": "2026-09-14 10:00:00 +0900", "Lineitem sku": ""}
    got = export(tmp_path, row, columns=header)
    assert got.keys == ["order.cancelled_in_shop"]
    assert got.orders[0].lines[0].sku == "NEW-1"


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({}, ()),
        ({"Financial Status": "pending"}, (Hold.UNPAID,)),
        ({"Financial Status": "authorized"}, (Hold.UNPAID,)),
        ({"Financial Status": "partially_paid"}, (Hold.UNPAID,)),
        ({"Financial Status": "pending", "Payment Method": "Cash on Delivery (COD)"}, ()),
        ({"Financial Status": "pending", "Payment Method": "代金引換"}, ()),
        ({"Financial Status": "refunded"}, (Hold.CANCEL_REQUESTED,)),
        ({"Financial Status": "voided"}, (Hold.CANCEL_REQUESTED,)),
        ({"Financial Status": "partially_refunded"}, (Hold.BY_HAND,)),
        ({"Notes": "Please ring the bell"}, (Hold.REMARK,)),
    ],
)
def test_the_payment_and_the_note_become_holds(tmp_path: Path, cells: dict[str, str], holds: tuple[Hold, ...]) -> None:
    assert export(tmp_path, FIRST | cells).orders[0].holds == holds


@pytest.mark.parametrize(("outstanding", "amount"), [("1500", "1500"), ("0", "2900"), ("0.00", "2900"), ("", "2900")])
def test_cash_on_delivery_collects_what_is_outstanding(tmp_path: Path, outstanding: str, amount: str) -> None:
    cells = {"Payment Method": "Cash on Delivery (COD)", "Outstanding Balance": outstanding}
    assert export(tmp_path, FIRST | cells).orders[0].cod_amount == amount


def test_a_shipped_order_is_left_out(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Fulfillment Status": "fulfilled"}, FIRST | {"Name": "#1002"})
    assert got.problem("order.already_shipped").value == "#1001"
    assert [order.number for order in got.orders] == ["#1002"]


def test_shipped_lines_of_a_partly_shipped_order_are_left_out(tmp_path: Path) -> None:
    rows = (
        {"Lineitem fulfillment status": "fulfilled"},
        {"Lineitem sku": "B", "Lineitem fulfillment status": "pending"},
    )
    got = export(tmp_path, FIRST | {"Fulfillment Status": "partial"} | rows[0], rows[1])
    assert got.problem("line.already_shipped").row == 2
    assert [line.sku for line in got.orders[0].lines] == ["B"]
    assert got.orders[0].holds == ()


def test_a_line_shipped_in_part_holds_the_order(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Lineitem fulfillment status": "partial"})
    assert got.keys == ["line.partly_shipped"]
    assert got.orders[0].holds == (Hold.BY_HAND,)


def test_an_order_whose_every_line_is_shipped_is_a_shipped_order(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Lineitem fulfillment status": "fulfilled"})
    assert (got.keys, got.orders) == (["order.already_shipped"], [])


def test_what_needs_no_shipping_is_no_goods(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Lineitem requires shipping": "false"}, {"Lineitem sku": "B"})
    assert got.problem("line.no_shipping_needed").value == "SKU-1"
    assert [line.sku for line in got.orders[0].lines] == ["B"]


def test_a_line_without_a_sku_stays_visible(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Lineitem sku": ""})
    assert got.orders[0].lines[0].sku == NO_SKU
    assert got.orders[0].holds == (Hold.UNKNOWN_PRODUCT,)


def test_wishes_of_the_cart_are_kept_as_text(tmp_path: Path) -> None:
    attributes = "配達希望日: 2026-09-19\n_tracking: abc\nギフト: はい"
    order = export(tmp_path, FIRST | {"Note Attributes": attributes}).orders[0]
    assert order.wish == "配達希望日: 2026-09-19"
    assert order.gift


@pytest.mark.parametrize(
    ("attributes", "gift", "wish"),
    [
        ("ギフト包装: はい", True, ""),
        ("Gift wrap: Yes", True, ""),
        ("ギフト包装: いいえ", False, ""),
        ("ギフト包装: はい\n時間帯: 午前中", True, "時間帯: 午前中"),
        ("ギフト包装: あり、赤いリボンで", True, "ギフト包装: あり、赤いリボンで"),
        ("ギフトメッセージ: 母の日", False, "ギフトメッセージ: 母の日"),
    ],
)
def test_whether_it_is_a_gift_is_no_wish_and_what_else_it_says_is(
    tmp_path: Path, attributes: str, gift: bool, wish: str
) -> None:
    order = export(tmp_path, FIRST | {"Note Attributes": attributes}).orders[0]
    assert (order.gift, order.wish) == (gift, wish)


def test_names_are_turned_round_only_where_the_shop_asks_for_it(tmp_path: Path) -> None:
    assert export(tmp_path, FIRST).orders[0].ship_to.name == "太郎 見本"
    swap = ReadOptions(swap_names=True)
    assert export(tmp_path, FIRST, options=swap).orders[0].ship_to.name == "見本 太郎"
    latin = FIRST | {"Shipping Name": "Taro Mihon"}
    assert export(tmp_path, latin, options=swap).orders[0].ship_to.name == "Taro Mihon"


@pytest.mark.parametrize(
    ("province", "name", "wanted"),
    [
        ("JP-01", "", "北海道"),
        ("JP-47", "Okinawa", "沖縄県"),
        ("", "Tōkyō", "東京都"),
        ("", "京都府", "京都府"),
        ("", "Hyogo", "兵庫県"),
        ("", "大阪", "大阪府"),
        ("JP-99", "", "JP-99"),
    ],
)
def test_provinces_are_prefectures(tmp_path: Path, province: str, name: str, wanted: str) -> None:
    cells = {"Shipping Province": province, "Shipping Province Name": name}
    assert export(tmp_path, FIRST | cells).orders[0].ship_to.prefecture == wanted


def test_an_address_abroad_stays_as_written(tmp_path: Path) -> None:
    cells = {"Shipping Country": "GB", "Shipping Zip": "ZZ1 1ZZ", "Shipping Province": "ENG", "Shipping Phone": "+44 1"}
    ship_to = export(tmp_path, FIRST | cells).orders[0].ship_to
    assert (ship_to.postcode, ship_to.prefecture, ship_to.phone) == ("ZZ1 1ZZ", "ENG", "+44 1")


def test_a_missing_line_column_is_named(tmp_path: Path) -> None:
    from app.channels import shopify
    from app.channels._source import open_source

    source = open_source(written(tmp_path, "Name,Lineitem name,Lineitem sku\n#1,a,b\n"))
    with pytest.raises(FileUnusable) as refused:
        shopify.read(source, ReadOptions())
    assert refused.value.args_["columns"] == "Lineitem quantity"


def test_goods_the_shop_names_as_none_are_left_out(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST, {"Lineitem sku": "WRAP"}, options=ReadOptions(non_goods=frozenset({"WRAP"})))
    assert got.problem("line.non_goods").value == "WRAP"
    assert len(got.orders[0].lines) == 1


KEYS = {"お届け希望": "date", "便": "time", "贈答": "gift", "熨斗": "noshi", "カード": "message", "流入元": "ignore"}
OWN = ReadOptions(keys=KEYS)


def test_the_shops_own_names_are_wishes_noshi_and_messages(tmp_path: Path) -> None:
    said = "お届け希望: 2026-09-19\n便：午前中\n贈答: はい\n熨斗: 内祝い\nカード: おめでとう\n流入元: メルマガ\n色: 赤"
    order = export(tmp_path, FIRST | {"Note Attributes": said}, options=OWN).orders[0]
    assert order.wish == "色: 赤\n配達希望日: 2026-09-19\n時間帯: 午前中"
    assert (order.gift, order.note, order.holds) == (True, "のし: 内祝い\nギフトメッセージ: おめでとう", ())
    assert export(tmp_path, FIRST | {"Note Attributes": said}).orders[0].wish == said


def test_what_a_gift_says_beyond_yes_stays_for_a_person(tmp_path: Path) -> None:
    order = export(tmp_path, FIRST | {"Note Attributes": "贈答: 赤いリボンで"}, options=OWN).orders[0]
    assert (order.gift, order.wish) == (True, "贈答: 赤いリボンで")
    assert not export(tmp_path, FIRST | {"Note Attributes": "贈答: なし"}, options=OWN).orders[0].gift


def test_tags_may_hold_a_wish_and_are_else_the_shops_own_affair(tmp_path: Path) -> None:
    columns = [*COLUMNS, "Tags"]
    tags = FIRST | {"Tags": "VIP, 配達希望日:2026-09-19, 熨斗:御祝"}
    order = export(tmp_path, tags, options=OWN, columns=columns).orders[0]
    assert (order.wish, order.note, order.holds) == ("配達希望日:2026-09-19", "のし: 御祝", ())


def test_cash_for_what_was_sent_before_is_not_collected_again(tmp_path: Path) -> None:
    columns = [*COLUMNS, "Lineitem discount"]
    cash = FIRST | {"Payment Method": "代金引換", "Outstanding Balance": "2900", "Lineitem price": "800"}
    sent = {"Lineitem fulfillment status": "fulfilled", "Lineitem quantity": "2", "Lineitem discount": "100"}
    got = export(tmp_path, cash | sent, {"Lineitem sku": "B"}, columns=columns)
    assert (got.orders[0].cod_amount, got.orders[0].holds) == ("1400", (Hold.BY_HAND,))
    assert dict(got.problem("order.cod_rest").args) == {"total": "2900", "amount": "1400"}
    # A balance that is not the total already counts what was paid.
    paid = export(tmp_path, cash | sent | {"Outstanding Balance": "1400"}, {"Lineitem sku": "B"}, columns=columns)
    assert (paid.orders[0].cod_amount, paid.orders[0].holds) == ("1400", ())
    unknown = export(tmp_path, cash | sent | {"Lineitem price": "?"}, {"Lineitem sku": "B"}, columns=columns)
    assert (unknown.orders[0].cod_amount, unknown.orders[0].holds) == ("2900", (Hold.BY_HAND,))


def test_numbers_without_a_sign_and_mail_addresses(tmp_path: Path) -> None:
    order = export(tmp_path, FIRST | {"Name": "1044", "Email": "hanako@example.com"}).orders[0]
    assert (order.number, order.email) == ("1044", "hanako@example.com")
    got = export(tmp_path, FIRST | {"Email": "なし"})
    assert (got.keys, got.orders[0].email) == (["cell.bad_email"], "")


def test_a_street_that_excel_made_a_date_of_holds_the_order(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Shipping Address2": "2001/2/3"})
    assert (got.keys, got.orders[0].holds) == (["cell.excel_date"], (Hold.BY_HAND,))


def test_a_phone_number_that_excel_shortened_is_said_and_empty(tmp_path: Path) -> None:
    got = export(tmp_path, FIRST | {"Shipping Phone": "9.01E+10"})
    assert (got.keys, got.orders[0].ship_to.phone) == (["cell.excel_damage"], "")
