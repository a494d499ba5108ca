from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.channels import amazon
from app.domain.orders import Hold
from app.domain.reports import ReportRow
from app.errors import FileUnusable
from tests.channels.reading import Read, read, shared, written

NAMES = (
    "order-id,order-item-id,purchase-date,buyer-name,buyer-phone-number,sku,product-name,quantity-purchased,"
    "quantity-shipped,quantity-to-ship,ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3,"
    "ship-city,ship-state,ship-postal-code,ship-country,payment-method,cod-collectible-amount,"
    "scheduled-delivery-start-date,scheduled-delivery-end-date,is-prime,is-buyer-requested-cancellation"
)
COLUMNS = NAMES.split(",")
ORDER_NAMES = (
    "order-id,order-item-id,purchase-date,sku,quantity-purchased,item-price,shipping-price,recipient-name,"
    "ship-phone-number,gift-wrap-type,gift-message-text"
)
ORDERS = ORDER_NAMES.split(",")
ROW = {
    "order-id": "999-0000001-0000001",
    "order-item-id": "11",
    "purchase-date": "2026-09-13T15:36:18+00:00",
    "buyer-name": "見本 太郎",
    "sku": "TEA",
    "product-name": "お茶",
    "quantity-purchased": "3",
    "quantity-to-ship": "1",
    "recipient-name": "例 花子",
    "ship-address-1": "見本町1-2-3",
    "ship-state": "東京都",
    "ship-postal-code": "100-0000",
    "ship-country": "JP",
}


def table(columns: list[str], *rows: dict[str, str]) -> str:
    lines = ["\t".join(columns)] + ["\t".join((ROW | row).get(name, "") for name in columns) for row in rows]
    return "".join(line + "\r\n" for line in lines)


def export(folder: Path, *rows: dict[str, str], beside: tuple[dict[str, str], ...] = ()) -> Read:
    if beside:
        written(folder, table(ORDERS, *beside), "unshipped+orders.txt", "cp932")
    return read(written(folder, table(COLUMNS, *rows), "unshipped.txt", "cp932"))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_34_columns_are_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    header = shared("formats", "headers", "amazon_jp_unshipped.tsv").read_text(encoding="cp932").strip().split("\t")
    assert len(header) == 34
    got = read(written(tmp_path, table(header, {}), "unshipped.txt", encoding))
    assert got.keys == []
    order = got.orders[0]
    assert (order.number, order.ordered_at, order.lines[0].quantity) == (ROW["order-id"], 1789313778000, 1)
    assert (order.ship_to.name, order.ship_to.postcode, order.ship_to.prefecture) == ("例 花子", "100-0000", "東京都")


def test_a_quotation_mark_is_a_character(tmp_path: Path) -> None:
    got = export(tmp_path, {"product-name": '"特上" 煎茶'}, {"order-id": "999-2", "product-name": 'TV 32"'})
    assert [order.lines[0].name for order in got.orders] == ['"特上" 煎茶', 'TV 32"']
    assert got.keys == []


def test_a_file_that_a_spreadsheet_quoted_or_that_begins_with_blank_lines_is_read(tmp_path: Path) -> None:
    rows = [[ROW.get(name, "") for name in COLUMNS]]
    quoted = "".join("\t".join(f'"{cell}"' for cell in row) + "\r\n" for row in [COLUMNS, *rows])
    for text in (quoted, "\r\n\r\n" + table(COLUMNS, {})):
        got = read(written(tmp_path, text, "unshipped.txt", "cp932"))
        assert ([order.number for order in got.orders], got.keys) == ([ROW["order-id"]], [])
    assert got.orders[0].row == 4
    written(tmp_path, table(ORDERS, {"ship-phone-number": "03-0000-0002"}), "unshipped+orders.txt", "cp932")
    assert read(written(tmp_path, quoted, "unshipped.txt", "cp932")).orders[0].ship_to.phone == "03-0000-0002"


def test_what_is_left_to_ship_is_picked_and_what_is_shipped_is_not(tmp_path: Path) -> None:
    got = export(tmp_path, {"quantity-to-ship": "2"}, {"order-item-id": "12", "sku": "CUP", "quantity-to-ship": "0"})
    assert [(line.sku, line.quantity) for line in got.orders[0].lines] == [("TEA", 2)]
    assert got.keys == ["line.already_shipped"]
    assert export(tmp_path, {"quantity-to-ship": "0"}).keys == ["order.already_shipped"]


def test_one_item_that_the_buyer_wants_to_cancel_holds_the_order(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {"order-item-id": "12", "sku": "CUP", "is-buyer-requested-cancellation": "TRUE"})
    assert got.orders[0].holds == (Hold.CANCEL_REQUESTED,)
    assert got.problem("order.cancel_asked").row == 3
    assert export(tmp_path, {"is-buyer-requested-cancellation": "false"}).orders[0].holds == ()


def test_the_same_item_twice_counts_once(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {})
    assert got.keys == ["row.repeated"]
    assert len(got.orders[0].lines) == 1


def test_cash_on_delivery(tmp_path: Path) -> None:
    got = export(tmp_path, {"payment-method": "COD", "cod-collectible-amount": "2324"}, {"order-id": "999-2"})
    assert [order.cod_amount for order in got.orders] == ["2324", ""]
    assert export(tmp_path, {"cod-collectible-amount": "0.00"}).orders[0].cod_amount == ""


@pytest.mark.parametrize(
    ("start", "end", "wish"),
    [
        ("2026-09-18T23:00:00+00:00", "2026-09-19T03:00:00+00:00", "2026-09-19 08:00-12:00"),
        ("2026-09-19T08:00:00+09:00", "2026-09-19T12:00:00+09:00", "2026-09-19 08:00-12:00"),
        ("2026-09-19T00:00:00+09:00", "2026-09-19T23:59:59+09:00", "2026-09-19"),
        ("2026-09-19T14:00:00+09:00", "", "2026-09-19"),
        ("", "", ""),
    ],
)
def test_the_wished_day_is_that_of_japan(tmp_path: Path, start: str, end: str, wish: str) -> None:
    cells = {"scheduled-delivery-start-date": start, "scheduled-delivery-end-date": end}
    assert export(tmp_path, cells).orders[0].wish == wish


def test_an_order_without_any_address_waits_for_it(tmp_path: Path) -> None:
    names = ("recipient-name", "ship-address-1", "ship-state", "ship-postal-code")
    got = export(tmp_path, dict.fromkeys(names, ""))
    assert (got.keys, got.orders[0].holds) == (["order.address_awaited"], (Hold.ADDRESS_AWAITED,))


# --- with the order report ----------------------------------------------------------------------------------------


def test_the_order_report_adds_phone_prices_and_gifts(tmp_path: Path) -> None:
    wrapped = {"item-price": "3000", "shipping-price": "350", "ship-phone-number": "+81 3-0000-0002"}
    wrapped |= {"gift-wrap-type": "ラッピング", "gift-message-text": "おめでとう"}
    odd = {"order-item-id": "12", "sku": "CUP", "item-price": "1000", "shipping-price": "50"}
    got = export(tmp_path, {"quantity-to-ship": "2"}, odd, beside=(odd, wrapped, {"order-id": "999-9"}))
    assert got.keys == []
    order = got.orders[0]
    # 3000 yen are the price of three pieces, 1000 yen are no price of a third.
    assert [line.price for line in order.lines] == ["1000", ""]
    assert (order.ship_to.phone, order.gift, order.note) == ("03-0000-0002", True, "ギフトメッセージ: おめでとう")
    assert (order.totals.subtotal, order.totals.shipping) == ("", "400")


def test_an_order_missing_in_the_order_report_is_told_once_and_shipped(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {"order-item-id": "12", "sku": "CUP"}, beside=({"order-id": "999-9"},))
    assert got.problem("join.not_there").value == ROW["order-id"]
    assert got.orders[0].holds == ()


def test_the_order_report_alone_is_no_file_to_pick_by(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        read(written(tmp_path, table(ORDERS, {}), "orders.txt", "cp932"))
    assert refused.value.key == "file.needs_other"


# --- dispatch report ----------------------------------------------------------------------------------------------

SHIPPED = ReportRow(ROW["order-id"], "", "444413700010", "yamato_b2", "nekopos", date(2026, 9, 15))


def test_the_confirmation_is_amazons_template() -> None:
    data = amazon.report(
        [SHIPPED, replace(SHIPPED, carrier="japanpost_clickpost", service=""), replace(SHIPPED, carrier="x")]
    )
    rows = [line.split("\t") for line in data.decode("cp932").split("\r\n")]
    header = shared("formats", "headers", "amazon_jp_shipconfirm_template.tsv").read_text(encoding="cp932")
    assert rows[0][:2] == ["TemplateType=OrderFulfillment", "Version=2011.1102"]
    assert rows[2] == header.strip("\r\n").split("\t")
    assert {len(row) for row in rows[:-1]} == {19}
    assert [row[:8] for row in rows[3:6]] == [
        [ROW["order-id"], "", "", "2026-09-15", "Yamato", "ヤマト運輸", "444413700010", "ネコポス"],
        [ROW["order-id"], "", "", "2026-09-15", "Japan Post", "日本郵便", "444413700010", "クリックポスト"],
        [ROW["order-id"], "", "", "2026-09-15", "Other", "その他", "444413700010", "宅配便"],
    ]
    assert rows[6] == [""]


OLDER_NAMES = (
    "order-id,order-item-id,purchase-date,payments-date,reporting-date,promise-date,days-past-promise,buyer-email,"
    "buyer-name,buyer-phone-number,sku,product-name,quantity-purchased,quantity-shipped,quantity-to-ship,"
    "ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3,ship-city,ship-state,"
    "ship-postal-code,ship-country,payment-method,cod-collectible-amount,already-paid,payment-method-fee,"
    "scheduled-delivery-start-date,scheduled-delivery-end-date,points-granted,is-prime"
)
OLDER = OLDER_NAMES.split(",")


def test_the_older_32_columns_and_columns_that_came_later_are_read_by_name(tmp_path: Path) -> None:
    assert len(OLDER) == 32
    mail = {"buyer-email": "x1y2@marketplace.example.jp", "is-prime": "true", "is-business-order": "true"}
    later = [*OLDER, "verge-of-cancellation", "is-business-order", "purchase-order-number", "price-designation",
             "is-transparency", "is-buyer-requested-cancellation"]  # fmt: skip
    for columns in (OLDER, later, later[::-1]):
        got = read(written(tmp_path, table(columns, mail), "unshipped.txt", "cp932"))
        assert got.keys == []
        assert (got.orders[0].email, got.orders[0].priority) == ("x1y2@marketplace.example.jp", 1)


def test_a_midnight_in_utc_is_nine_in_japan(tmp_path: Path) -> None:
    order = export(tmp_path, {"purchase-date": "2026-09-13T23:36:18+00:00"}).orders[0]
    japan = export(tmp_path, {"purchase-date": "2026-09-14T08:36:18+09:00"}).orders[0]
    assert order.ordered_at == japan.ordered_at == 1789342578000
