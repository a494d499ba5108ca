"""The files of the evening's six shops: each with its own columns, encoding and quirks, made from the orders as meant.

Rakuten's, Shopify's and the catalogue's are those of the test day (:mod:`tests.day.orders`). Amazon and Yahoo! give two
files that belong together, EC-CUBE a row for everything that an order is made of.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from tests.day.orders import (
    EVENING_SHOPS,
    POSTAGE,
    Day,
    Order,
    Person,
    Sold,
    catalogue_rows,
    hours,
    in_file,
    name_of,
    ordered,
    rate_of,
)

__all__ = ["files_of", "workbook"]

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def files_of(day: Day, zone: str, shop: str, orders: Sequence[Order], name: str) -> dict[str, bytes]:
    """Return the files in which a shop tells of *orders*, by name; *name* is what they have in common."""
    match EVENING_SHOPS[shop].channel:
        case "amazon":
            unshipped, reported = _amazon(day, zone, orders)
            return {f"{name}-unshipped.txt": unshipped, f"{name}-orders.txt": reported}
        case "yahoo":
            heads, items = _yahoo(day, orders)
            return {f"{name}-orders.csv": heads, f"{name}-items.csv": items}
        case "eccube4":
            return {f"order_{name}.csv": _eccube(day, orders)}
        case _:
            return {f"{name}.csv": in_file(day, shop, orders)}


def workbook(day: Day, orders: Sequence[Order], path: Path) -> Path:
    """Write the catalogue's file as a spreadsheet: amounts are numbers there, everything else is text."""
    rows = catalogue_rows(day, orders)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "受注"
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value if isinstance(value, int) or value == "" else str(value) for value in row.values()])
    book.save(path)
    return path


def _columns(path: Path, delimiter: str = ",") -> list[str]:
    with path.open(encoding="cp932", newline="") as file:
        return next(csv.reader(file, delimiter=delimiter))


def _text(header: Sequence[str], rows: Iterable[dict[str, object]], *, tabs: bool = False) -> bytes:
    out = io.StringIO()
    if tabs:  # Amazon quotes nothing
        lines = [header, *([str(row.get(name, "")) for name in header] for row in rows)]
        return "".join("\t".join(line) + "\r\n" for line in lines).encode("cp932")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("cp932")


def _code(line: Sold) -> str:
    return line.code or line.sku


def _lost_zero(postcode: str) -> str:
    """A postcode without hyphen that a spreadsheet took for a number."""
    return postcode.replace("-", "").lstrip("0")


# --- Amazon -------------------------------------------------------------------------------------------------------


def _amazon(day: Day, zone: str, orders: Sequence[Order]) -> tuple[bytes, bytes]:
    """The unshipped report and the order report, joined by the item's number; times in UTC."""
    local = ZoneInfo(zone)

    def rows() -> Iterator[dict[str, object]]:
        for order in orders:
            bought = datetime.fromisoformat(ordered(day, order)).replace(tzinfo=local).astimezone(ZoneInfo("UTC"))
            wish: dict[str, object] = {}
            if order.wish is not None:
                first, last = (order.slot or "0-0").split("-")
                start = datetime(order.wish.year, order.wish.month, order.wish.day, tzinfo=local)
                wish = {
                    "scheduled-delivery-start-date": (start + timedelta(hours=int(first))).isoformat(),
                    "scheduled-delivery-end-date": (start + timedelta(hours=int(last))).isoformat(),
                }
            for at, line in enumerate(order.sold):
                yield {
                    "order-id": order.number, "order-item-id": f"{order.number.replace('-', '')[3:]}{at}",
                    "purchase-date": f"{bought:%Y-%m-%dT%H:%M:%S+00:00}",
                    "payments-date": f"{bought:%Y-%m-%dT%H:%M:%S+00:00}", "buyer-email": order.email,
                    "buyer-name": order.buyer.name, "sku": _code(line), "product-name": f'{name_of(line)} "特選',
                    "quantity-purchased": line.pieces, "quantity-shipped": 0, "quantity-to-ship": line.pieces,
                    "ship-service-level": "Standard", "recipient-name": order.to.name,
                    "ship-address-1": order.to.city + order.to.street.partition(" ")[0],
                    "ship-address-2": order.to.street.partition(" ")[2], "ship-state": order.to.prefecture,
                    "ship-postal-code": order.to.postcode, "ship-country": "JP",
                    "payment-method": "COD" if order.cod else "", "is-prime": "false",
                    "cod-collectible-amount": order.to_collect or "", "payment-method-fee": order.fee or "",
                    "is-buyer-requested-cancellation": "true" if order.kind == "cancel_asked" else "false",
                    "currency": "JPY", "item-price": line.price * line.pieces,
                    "shipping-price": 0 if at else POSTAGE, "ship-phone-number": order.to.phone,
                    "gift-wrap-type": "ギフト箱" if order.gift else "",
                    **wish,
                }  # fmt: skip

    folder = SAMPLES / "amazon"
    return (
        _text(_columns(folder / "unshipped.txt", "\t"), rows(), tabs=True),
        _text(_columns(folder / "joined+orders.txt", "\t"), rows(), tabs=True),
    )


# --- Yahoo! -------------------------------------------------------------------------------------------------------


def _yahoo(day: Day, orders: Sequence[Order]) -> tuple[bytes, bytes]:
    """The file of orders and that of items, in the shop's own template; spreadsheets took zeros away."""

    def person(whose: str, who: Person) -> dict[str, object]:
        return {
            f"{whose}Name": who.name, f"{whose}LastName": who.family, f"{whose}FirstName": who.given,
            f"{whose}ZipCode": _lost_zero(who.postcode), f"{whose}Prefecture": who.prefecture, f"{whose}City": who.city,
            f"{whose}Address1": who.street.partition(" ")[0], f"{whose}Address2": who.street.partition(" ")[2],
            f"{whose}PhoneNumber": who.phone.replace("-", ""),
        }  # fmt: skip

    def heads() -> Iterator[dict[str, object]]:
        for order in orders:
            slot = order.slot and ("午前中" if order.slot == "am" else ":00-".join(order.slot.split("-")) + ":00")
            yield {
                "OrderId": order.number, "Id": f"mihon-{order.number}",
                "OrderTime": ordered(day, order).replace("-", "/"), "OrderStatus": "4" if order.cancelled else "2",
                **person("Ship", order.to), **person("Bill", order.buyer), "BillMailAddress": order.email,
                "ShipMethodName": order.method or "宅配便",
                "ShipRequestDate": f"{order.wish:%Y%m%d}" if order.wish else "", "ShipRequestTime": slot,
                "GiftWrapType": "包装紙" if order.gift else "", "BuyerComments": order.remark,
                "PayMethodName": "商品代引" if order.cod else "銀行振込" if order.kind == "unpaid" else "カード決済",
                "PayDate": "" if order.unpaid else f"{day.today - timedelta(days=1):%Y/%m/%d}",
                "ShipCharge": POSTAGE, "PayCharge": order.fee, "GiftWrapCharge": 0, "Discount": 0, "UsePoint": 0,
                "TotalPrice": order.total,
            }  # fmt: skip

    def items() -> Iterator[dict[str, object]]:
        for order in orders:
            for at, line in enumerate(order.sold, 1):
                yield {
                    "OrderId": order.number, "LineId": at, "Quantity": line.pieces, "ItemId": _code(line).lower(),
                    "SubCode": _code(line), "Title": name_of(line), "UnitPrice": line.price,
                    "ItemTaxRatio": round(float(rate_of(line)) * 100),
                }  # fmt: skip

    folder = SAMPLES / "yahoo"
    return _text(_columns(folder / "items+orders.csv"), heads()), _text(_columns(folder / "items.csv"), items())


# --- EC-CUBE ------------------------------------------------------------------------------------------------------


def _eccube(day: Day, orders: Sequence[Order]) -> bytes:
    """受注CSV: rows of goods, then of postage and fees; the column 送料 stands there twice."""
    header = _columns(SAMPLES / "eccube4" / "order_20260914093000.csv")
    assert header.count("送料") == 2
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    whole: dict[str, list[Order]] = {}
    for order in orders:
        whole.setdefault(order.number, []).append(order)
    for number, parts in whole.items():
        postage = POSTAGE * len(parts)
        for order in parts:
            common = _eccube_head(day, number, parts, order)
            made: list[dict[str, object]] = [
                {
                    "注文詳細ID": f"{order.ship_to}{at}", "商品名": name_of(line), "商品コード": _code(line),
                    "価格": line.price, "個数": line.pieces, "税率": round(float(rate_of(line)) * 100),
                    "明細区分(ID)": "1", "明細区分(名称)": "商品",
                }
                for at, line in enumerate(order.sold)
            ]  # fmt: skip
            made.append({"商品名": "送料", "価格": POSTAGE, "個数": 1, "明細区分(ID)": "2", "明細区分(名称)": "送料"})
            if order.fee:
                fee = {
                    "商品名": "手数料",
                    "価格": order.fee,
                    "個数": 1,
                    "明細区分(ID)": "3",
                    "明細区分(名称)": "手数料",
                }
                made.append({**fee, "出荷ID": ""})
            for row in made:
                cells = [str((common | row).get(name, "")) for name in header]
                first, second = (at for at, name in enumerate(header) if name == "送料")
                cells[first], cells[second] = str(postage), str(POSTAGE)
                writer.writerow(cells)
    return out.getvalue().encode("cp932")


def _eccube_head(day: Day, number: str, parts: Sequence[Order], order: Order) -> dict[str, object]:
    def person(whose: str, who: Person) -> dict[str, object]:
        return {
            f"{whose}お名前(姓)": who.family, f"{whose}お名前(名)": who.given,
            f"{whose}郵便番号": who.postcode.replace("-", ""), f"{whose}都道府県(名称)": who.prefecture,
            f"{whose}住所1": who.city + who.street.partition(" ")[0], f"{whose}住所2": who.street.partition(" ")[2],
            f"{whose}TEL": who.phone.replace("-", ""),
        }  # fmt: skip

    sums: Counter[str] = Counter()
    for each in parts:
        sums += Counter({"小計": each.subtotal, "合計": each.total})
    paid = "クレジットカード"
    return {
        "注文ID": number.removeprefix("E-"), "注文番号": number, "メールアドレス": order.email,
        **person("", order.buyer), **person("配送先_", order.to),
        "小計": sums["小計"], "値引き": 0, "合計": sums["合計"], "支払合計": sums["合計"],
        "対応状況(ID)": "3" if order.cancelled else "1",
        "対応状況(名称)": "注文取消し" if order.cancelled else "新規受付",
        "支払方法(名称)": "代金引換" if order.cod else "銀行振込" if order.unpaid else paid,
        "受注日": ordered(day, order), "入金日": "" if order.unpaid else ordered(day, order),
        "出荷ID": order.ship_to, "配送業者(名称)": order.method or "見本運輸",
        "お届け希望日": f"{order.wish} 00:00:00" if order.wish else "", "お届け時間(名称)": hours(order.slot),
        "配達用メモ": order.remark,
    }  # fmt: skip
