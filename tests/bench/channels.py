"""Each shop's export read and taken in: orders a second, and the memory that a file of any size takes.

Files are made from the headers of the samples with invented people. Each import runs in a process of its own, so that
its memory can be told. ``python -m tests.bench.channels CHANNEL MEGABYTES FILE`` makes one large file to try by hand.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, Sample
from tests.bench.shop import scratch, shop_with_products

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ORDERS, LINES = 10_000, 3
PRODUCTS = 2_000
ROUNDS = 2
FORMS: dict[str, tuple[str, str, str]] = {
    "shopify": ("orders_export.csv", "utf-8", ","),
    "rakuten": ("rms_cp932.csv", "cp932", ","),
    "amazon": ("unshipped.txt", "cp932", "\t"),
    "yahoo": ("items.csv", "cp932", ","),
    "base": ("orders_38_utf8_bom.csv", "utf-8-sig", ","),
    "eccube4": ("order_20260914093000.csv", "cp932", ","),
    "csv": ("nextengine.csv", "cp932", ","),
}
"""Channel -> sample with its header, encoding, delimiter."""
LARGE = ("shopify", "rakuten")
LARGE_MB = 60
"""Of the large file here; one of 500 MB takes minutes (see ARCHITECTURE for its figures)."""


def _cells(channel: str, order: int, place: int) -> dict[str, str]:
    """Cells of one line of an order by column; an order's own cells where the shop writes them."""
    sku, day, minute = f"SKU-{1 + (order * 7 + place * 31) % PRODUCTS:05d}", 1 + order % 28, order % 60
    family, given, town = "見本例検架空"[order % 5 : order % 5 + 2], f"花子{order % 97}", f"見本町{order % 9}-{minute}"
    total, zipped, phone = str(1000 + order % 9000), f"{1000000 + order % 9000}", f"03-0000-{order % 10000:04d}"
    mail = f"buyer{order}@example.com"
    match channel:
        case "shopify":
            line = {
                "Name": f"#{order}",
                "Lineitem quantity": "1",
                "Lineitem name": f"煎茶 {sku}",
                "Lineitem price": "500",
                "Lineitem sku": sku,
                "Lineitem requires shipping": "true",
                "Lineitem fulfillment status": "pending",
                "Email": mail,
            }
            return (
                line
                if place
                else line
                | {
                    "Financial Status": "paid",
                    "Fulfillment Status": "unfulfilled",
                    "Currency": "JPY",
                    "Total": total,
                    "Created at": f"2026-09-{day:02d} 08:{minute:02d}:00 +0900",
                    "Shipping Method": "宅配便",
                    "Billing Name": f"{given} {family}",
                    "Shipping Name": f"{given} {family}",
                    "Shipping Address1": town,
                    "Shipping City": "架空区",
                    "Shipping Zip": f"'{zipped}",
                    "Shipping Province": "JP-13",
                    "Shipping Country": "JP",
                    "Shipping Phone": phone,
                }
            )
        case "rakuten":
            return {
                "注文番号": f"999999-20260914-{order:010d}",
                "ステータス": "300",
                "注文日時": f"2026-09-{day:02d} 08:{minute:02d}:00",
                "支払方法名": "クレジットカード",
                "配送方法": "宅配便",
                "複数送付先フラグ": "0",
                "送付先一致フラグ": "1",
                "請求金額": total,
                "注文者姓": family,
                "注文者名": given,
                "注文者メールアドレス": mail,
                "送付先ID": str(order),
                "送付先郵便番号1": zipped[:3],
                "送付先郵便番号2": zipped[3:],
                "送付先住所都道府県": "東京都",
                "送付先住所郡市区": "架空区",
                "送付先住所それ以降の住所": town,
                "送付先姓": family,
                "送付先名": given,
                "送付先電話番号1": "03",
                "送付先電話番号2": "0000",
                "送付先電話番号3": phone[-4:],
                "商品明細ID": f"{order}{place}",
                "商品名": f"煎茶 {sku}",
                "商品番号": sku,
                "商品管理番号": "tea",
                "個数": "1",
                "単価": "500",
                "商品税率": "0.08",
                "SKU管理番号": "normal-inventory",
            }
        case "amazon":
            return {
                "order-id": f"999-{order:07d}-0000001",
                "order-item-id": f"{order}{place}",
                "sku": sku,
                "purchase-date": f"2026-09-{day:02d}T08:{minute:02d}:00+00:00",
                "product-name": f"煎茶 {sku}",
                "quantity-purchased": "1",
                "quantity-to-ship": "1",
                "buyer-email": mail,
                "buyer-name": family + given,
                "recipient-name": family + given,
                "ship-address-1": town,
                "ship-state": "東京都",
                "ship-postal-code": zipped,
                "ship-country": "JP",
                "ship-phone-number": phone,
            }
        case "yahoo":
            return {
                "OrderId": str(10_000_000 + order),
                "LineId": str(place + 1),
                "Quantity": "1",
                "ItemId": "tea",
                "SubCode": sku,
                "Title": f"煎茶 {sku}",
                "UnitPrice": "500",
                "OrderStatus": "2",
                "BillMailAddress": mail,
                "OrderTime": f"2026/09/{day:02d} 08:{minute:02d}:00",
                "ShipName": family + given,
                "ShipAddress1": town,
                "ShipCity": "架空区",
                "ShipPrefecture": "東京都",
                "ShipZipCode": zipped,
                "ShipPhoneNumber": phone,
                "PayMethodName": "クレジットカード",
                "TotalPrice": total,
            }
        case "base":
            return {
                "注文ID": f"AAAA{order:08d}",
                "注文日時": f"2026-09-{day:02d} 08:{minute:02d}:00",
                "氏(請求先)": family,
                "名(請求先)": given,
                "メールアドレス(請求先)": mail,
                "氏(配送先)": family,
                "名(配送先)": given,
                "郵便番号(配送先)": zipped,
                "都道府県(配送先)": "東京都",
                "住所(配送先)": town,
                "電話番号(配送先)": phone,
                "商品名": f"煎茶 {sku}",
                "価格": "500",
                "税率": "8",
                "数量": "1",
                "合計金額": total,
                "送料": "500",
                "支払い方法": "クレジットカード決済",
                "代引き手数料": "0",
                "発送状況": "未発送",
                "商品ID": "7",
                "商品コード": sku,
            }
        case "eccube4":
            goods = place < LINES - 1
            return {
                "注文ID": str(order),
                "注文番号": str(order),
                "お名前(姓)": family,
                "お名前(名)": given,
                "メールアドレス": mail,
                "小計": "1000",
                "値引き": "0",
                "送料": "500",
                "支払合計": "1500",
                "対応状況(ID)": "1",
                "支払方法(名称)": "クレジットカード",
                "受注日": f"2026-09-{day:02d} 08:{minute:02d}:00",
                "商品名": f"煎茶 {sku}" if goods else "送料",
                "商品コード": sku if goods else "",
                "価格": "500",
                "個数": "1",
                "税率": "8",
                "明細区分(ID)": "1" if goods else "2",
                "出荷ID": str(order),
                "配送先_お名前(姓)": family,
                "配送先_お名前(名)": given,
                "配送先_郵便番号": zipped,
                "配送先_都道府県(名称)": "東京都",
                "配送先_住所1": f"架空区{town}",
                "配送先_TEL": phone,
            }
    return {
        "店舗伝票番号": str(order),
        "受注日": f"2026/09/{day:02d} 08:{minute:02d}:00",
        "受注郵便番号": zipped,
        "受注住所１": f"東京都架空区{town}",
        "受注名": family + given,
        "受注電話番号": phone,
        "発送郵便番号": zipped,
        "発送先住所１": f"東京都架空区{town}",
        "発送先名": family + given,
        "発送電話番号": phone,
        "支払方法": "クレジットカード",
        "発送方法": "宅配便",
        "商品計": "1500",
        "合計金額": total,
        "商品名": f"煎茶 {sku}",
        "商品コード": sku,
        "商品価格": "500",
        "受注数量": "1",
    }


def _header(channel: str, name: str) -> list[str]:
    _, encoding, delimiter = FORMS[channel]
    with (SAMPLES / channel / name).open(encoding=encoding, newline="") as file:
        return next(csv.reader(file, delimiter=delimiter))


def make(channel: str, path: Path, orders: int = 0, most_bytes: int = 0) -> list[Path]:
    """Write *orders* orders, or as many as make *most_bytes*; return the files that belong together."""
    name, encoding, delimiter = FORMS[channel]
    header = _header(channel, name)
    paths = [path]
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        out.writerow(header)
        order = 0
        while order < orders or (most_bytes and file.tell() < most_bytes):
            order += 1
            for place in range(LINES):
                cells = _cells(channel, order, place)
                out.writerow([cells.get(column, "") for column in header])
    if channel == "yahoo":
        paths.append(path.with_name(f"{path.stem}+orders{path.suffix}"))
        other = _header(channel, "items+orders.csv")
        with paths[1].open("w", encoding=encoding, newline="") as file:
            out = csv.writer(file, lineterminator="\r\n")
            out.writerow(other)
            out.writerows([_cells(channel, at, 0).get(column, "") for column in other] for at in range(1, order + 1))
    return paths


# --- measuring ----------------------------------------------------------------------------------------------------


def measure(quick: bool, seed: int) -> list[Row]:
    """Every channel's import against csv.reader and executemany of the same rows, and two large files' memory."""
    del seed
    orders, rounds = (1_000, 1) if quick else (ORDERS, ROUNDS)
    rows: list[Row] = []
    with scratch("channels") as folder:
        for channel in FORMS:
            paths = make(channel, folder / f"{channel}.csv", orders)
            ours, base, reading, grown = Sample(), Sample(), [], 0.0
            for at in range(rounds):
                found = _child("import", folder / f"{channel}-{at}", channel, paths)
                base.times.append(_child("plain", folder / f"{channel}-{at}-base", channel, paths)["seconds"])
                ours.times.append(found["seconds"])
                reading.append(found["reading"])
                grown = max(grown, found["grown"])
            said = f"{orders / ours.p50:,.0f} orders/s, read alone {orders / min(reading):,.0f}/s"
            rows.append(Row.of(f"{channel}: {orders:,} orders of {LINES} lines ({said})", ours, base, None))
            rows.append(Row.figure("… memory above start", grown, 128, "MiB"))
        for channel in LARGE:
            paths = make(channel, folder / f"{channel}-large.csv", most_bytes=(6 if quick else LARGE_MB) * 1_000_000)
            grown = _child("import", folder / f"{channel}-large", channel, paths)["grown"]
            rows.append(Row.figure(f"{channel}: memory above start, {LARGE_MB} MB", grown, 128, "MiB"))
    return rows


def _child(side: str, target: Path, channel: str, paths: list[Path]) -> dict:
    target.mkdir()
    command = [sys.executable, "-m", "tests.bench.channels", side, channel, str(target), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def _read(paths: list[Path]) -> Iterator[object]:
    from app.channels._choose import recognised, together
    from app.channels._source import open_source
    from app.domain.intake import ReadOptions

    files = [open_source(path, max_bytes=4_000_000_000) for path in paths]
    for reader, file in together([(recognised(file), file) for file in files]):
        yield from reader.read(file, ReadOptions())


def _ours(target: Path, paths: list[Path]) -> dict:
    from app.domain.orders import IncomingOrder
    from app.services.desk import Desk
    from app.services.intake import import_files
    from app.storage.database import open_database
    from tests.bench.intake import _now_mib, _peak_mib

    database = open_database(f"sqlite:///{target / 'shop.db'}")
    shop_with_products(database, PRODUCTS)
    database.release()
    desk = Desk(database, "bench-1")
    before = _now_mib()
    began = time.perf_counter()
    report = import_files(desk, paths, shop="bench", then_settle=False)
    took = time.perf_counter() - began
    grown = _peak_mib() - before
    desk.stop()
    began = time.perf_counter()
    orders = sum(isinstance(item, IncomingOrder) for item in _read(paths))
    reading = time.perf_counter() - began
    assert report.orders["added"] == orders, (report.orders, report.problems[:3])
    assert not report.problems, report.problems[:3]
    return {"seconds": took, "reading": reading, "grown": round(grown, 1), "orders": orders}


def _base(target: Path, channel: str, paths: list[Path]) -> dict:
    import sqlite3

    _, encoding, delimiter = FORMS[channel]
    raw = sqlite3.connect(target / "plain.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    began = time.perf_counter()
    for at, path in enumerate(paths):
        with path.open(newline="", encoding=encoding) as file:
            reader = csv.reader(file, delimiter=delimiter)
            width = len(next(reader))
            raw.execute(f"CREATE TABLE line{at} (id INTEGER PRIMARY KEY, {', '.join(f'c{i}' for i in range(width))})")
            raw.execute(f"CREATE INDEX by_number{at} ON line{at} (c0)")
            raw.execute("BEGIN IMMEDIATE")
            names = ", ".join(f"c{i}" for i in range(width))
            raw.executemany(f"INSERT INTO line{at} ({names}) VALUES ({', '.join('?' * width)})", reader)
            raw.execute("COMMIT")
    took = time.perf_counter() - began
    raw.close()
    return {"seconds": took}


if __name__ == "__main__":
    first, second, *rest = sys.argv[1:]
    if first in FORMS:
        make(first, Path(rest[0]), most_bytes=int(second) * 1_000_000)
    elif first == "import":
        print(json.dumps(_ours(Path(rest[0]), list(map(Path, rest[1:])))))
    else:
        print(json.dumps(_base(Path(rest[0]), second, list(map(Path, rest[1:])))))
