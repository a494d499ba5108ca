from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.channels._report import report_mapping
from app.channels._report import written as reported
from app.domain.intake import ReadOptions
from app.domain.orders import Hold
from app.errors import FileUnusable
from tests.channels.reading import Read, read, shared, written
from tests.channels.test_amazon import SHIPPED

ITEM_NAMES = (
    "OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,SubCodeOption,UnitPrice,ItemTaxRatio"
)
ORDER_NAMES = (
    "OrderId,OrderTime,OrderStatus,ShipName,ShipLastName,ShipFirstName,ShipZipCode,ShipPrefecture,ShipCity,"
    "ShipAddress1,ShipPhoneNumber,ShipEmgPhoneNumber,ShipRequestDate,ShipRequestTime,PayMethodName,PayDate,TotalPrice,"
    "PayCharge,GiftWrapCharge,GiftWrapType,GiftWrapPaperType,GiftWrapMessage,NeedGiftWrap,NeedGiftWrapPaper,"
    "BuyerComments,Option1Field,Option1Value"
)
ROW = {
    "OrderId": "10000001",
    "LineId": "1",
    "Quantity": "1",
    "ItemId": "tea",
    "Title": "お茶",
    "OrderTime": "2026/09/14 00:36:18",
    "OrderStatus": "2",
    "ShipLastName": "見本",
    "ShipFirstName": "太郎",
    "ShipZipCode": "1000000",
    "ShipPrefecture": "東京都",
    "ShipCity": "千代田区",
    "ShipAddress1": "見本町1",
    "ShipPhoneNumber": "0300000001",
    "PayMethodName": "クレジットカード決済",
    "TotalPrice": "1500",
}


def table(names: str, *rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = names.split(",")
    writer.writerow(columns)
    writer.writerows([(ROW | row).get(name, "") for name in columns] for row in rows)
    return out.getvalue()


def export(
    folder: Path,
    *orders: dict[str, str],
    items: tuple[dict[str, str], ...] = ({},),
    options: ReadOptions | None = None,
    names: str = "",
) -> Read:
    written(folder, table(ORDER_NAMES + names, *(orders or ({},))), "items+orders.csv", "cp932")
    return read(written(folder, table(ITEM_NAMES, *items), "items.csv", "cp932"), options)


def test_the_106_and_27_columns_are_read_as_one(tmp_path: Path) -> None:
    names = [
        shared("formats", "headers", f"yahoo_shopping_{name}.csv").read_text(encoding="cp932").strip()
        for name in ("item", "order")
    ]
    assert [name.count(",") + 1 for name in names] == [27, 106]
    written(tmp_path, table(names[1], {}), "items+orders.csv", "cp932")
    got = read(written(tmp_path, table(names[0], {}), "items.csv", "cp932"))
    assert got.keys == []
    order = got.orders[0]
    assert (order.number, order.ordered_at, order.lines[0].sku) == ("10000001", 1789313778000, "tea")
    assert (order.ship_to.name, order.ship_to.postcode, order.totals.total) == ("見本 太郎", "100-0000", "1500")


@pytest.mark.parametrize("names", [ITEM_NAMES, ORDER_NAMES])
def test_one_of_the_two_files_alone_is_refused(tmp_path: Path, names: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        read(written(tmp_path, table(names, {}), encoding="cp932"))
    assert refused.value.key == "file.needs_other"


def test_a_template_with_everything_is_read_alone(tmp_path: Path) -> None:
    whole = table(f"{ITEM_NAMES},{ORDER_NAMES.removeprefix('OrderId,')}", {}, {"LineId": "2", "ItemId": "cup"})
    order = read(written(tmp_path, whole, encoding="cp932")).orders[0]
    assert ([line.sku for line in order.lines], order.ship_to.city, order.holds) == (["tea", "cup"], "千代田区", ())


def test_the_variant_is_the_sku_and_options_are_text(tmp_path: Path) -> None:
    red = {"SubCode": "TEA-R", "ItemOptionName": "色", "ItemOptionValue": "赤", "SubCodeOption": "容量:100g"}
    got = export(tmp_path, items=(red, {"LineId": "2", "ItemTaxRatio": "8"}, {"LineId": "2"}))
    assert [(line.sku, line.options, line.tax_rate) for line in got.orders[0].lines] == [
        ("TEA-R", "色: 赤\n容量:100g", ""),
        ("tea", "", "0.08"),
    ]
    assert got.keys == ["row.repeated"]


def test_what_has_no_partner_is_told_in_either_file(tmp_path: Path) -> None:
    got = export(tmp_path, {}, {"OrderId": "10000009"}, items=({}, {"OrderId": "10000008"}))
    assert {order.number: order.holds for order in got.orders} == {"10000001": (), "10000008": (Hold.BY_HAND,)}
    assert (got.problem("join.not_there").value, got.problem("join.no_lines").value) == ("10000008", "10000009")


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({}, ()),
        ({"OrderStatus": "処理中"}, ()),
        ({"OrderStatus": "1"}, (Hold.UNPAID,)),
        ({"OrderStatus": "保留"}, (Hold.UNPAID,)),
        ({"OrderStatus": "77"}, (Hold.BY_HAND,)),
        ({"PayMethodName": "銀行振込"}, (Hold.UNPAID,)),
        ({"PayMethodName": "銀行振込", "PayDate": "2026/09/14"}, ()),
        ({"PayMethodName": "後払い(コンビニ)"}, ()),
        ({"BuyerComments": "急ぎです"}, (Hold.REMARK,)),
        ({"Option1Field": "領収書の宛名", "Option1Value": "例"}, (Hold.REMARK,)),
        (dict.fromkeys(("ShipLastName", "ShipFirstName", "ShipZipCode", "ShipCity", "ShipAddress1"), ""),
         (Hold.ADDRESS_AWAITED,)),
    ],
)  # fmt: skip
def test_state_payment_and_words_become_holds(tmp_path: Path, cells: dict[str, str], holds: tuple[Hold, ...]) -> None:
    assert export(tmp_path, cells).orders[0].holds == holds


def test_cancelled_and_finished_orders_are_not_picked(tmp_path: Path) -> None:
    assert export(tmp_path, {"OrderStatus": "4"}).orders[0].cancelled
    done = export(tmp_path, {"OrderStatus": "5"})
    assert (done.keys, done.orders) == (["order.already_shipped"], [])


def test_cash_gift_and_wishes(tmp_path: Path) -> None:
    cells = {"PayMethodName": "商品代引", "PayCharge": "330", "GiftWrapCharge": "110", "GiftWrapType": "包装紙"}
    cells |= {"NeedGiftWrapPaper": "1", "ShipRequestDate": "20260919", "ShipRequestTime": "14:00-16:00"}
    cells |= {"ShipPhoneNumber": "", "ShipEmgPhoneNumber": "9000000000"}
    order = export(tmp_path, cells).orders[0]
    assert (order.cod_amount, order.totals.fee, order.gift) == ("1500", "440", True)
    assert (order.note, order.wish) == ("のし: 希望\nラッピング: 包装紙", "2026-09-19 14:00-16:00")
    assert order.ship_to.phone == "09000000000"


def test_the_report_by_mapping() -> None:
    mapping = report_mapping("yahoo_shopping").report
    assert mapping is not None
    assert reported([SHIPPED], mapping).decode("cp932") == (
        "OrderId,ShipCompanyCode,ShipInvoiceNumber1,ShipDate,ShipStatus\r\n"
        f"{SHIPPED.number},1001,444413700010,2026/09/15,3\r\n"
    )


def test_slips_that_the_buyer_wants_and_the_mail_address(tmp_path: Path) -> None:
    cells = {"NeedDetailedSlip": "1", "NeedReceipt": "true", "NeedBillSlip": "0", "BillMailAddress": "a@example.jp"}
    order = export(tmp_path, cells, names=",NeedBillSlip,NeedDetailedSlip,NeedReceipt,BillMailAddress").orders[0]
    assert (order.note, order.email, order.holds) == ("納品書: 希望\n領収書: 希望", "a@example.jp", ())


def test_the_shops_own_options_are_wishes(tmp_path: Path) -> None:
    cells = {"Option1Field": "熨斗", "Option1Value": "御祝", "Option2Field": "のしの名入れ", "Option2Value": "見本"}
    got = export(tmp_path, cells, options=ReadOptions(keys={"熨斗": "noshi"}), names=",Option2Field,Option2Value")
    assert (got.orders[0].note, got.orders[0].holds) == ("のし: 御祝\nのしの名入れ: 見本", (Hold.REMARK,))
