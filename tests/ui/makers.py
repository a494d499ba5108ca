"""Makes a real shop for a window: products and orders through the real import, into a real SQLite file."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services import intake, products
from app.services.desk import Desk
from app.storage.database import open_database
from tests.makers import set_to

TEA, TEA_BIG, CUP, WHISK, BOX = "4599990001013", "4599990001020", "4599990004014", "4599990004311", "4599990002034"
"""Printed codes of the shop's products."""

PRODUCTS = (
    ("TEA-050", "有機抹茶パウダー 50g", "Organic matcha powder 50 g", TEA, "", "A-01-01", 20),
    ("TEA-100", "有機抹茶パウダー 100g", "Organic matcha powder 100 g", TEA_BIG, "", "A-01-02", 20),
    ("CUP-BLU", "湯のみ なみ紋 青", "Tea cup, wave pattern, blue", CUP, "", "B-01-03", 9),
    ("WHI-080", "茶せん 八十本立", "Tea whisk, 80 prongs", WHISK, "", "B-02-04", 9),
    ("COF-DRP", "みさき珈琲 ドリップ 10袋", "Misaki drip coffee, 10 bags", BOX, f"1{BOX[:-1]}1=12", "A-03-01", 90),
)

MAPPING = """
id = "bench_orders"
[title]
ja = "試験"
en = "Test"
[recognise]
columns = ["no", "sku", "item", "qty"]
[order]
number = "no"
cut_off = "cut_off"
note = "note"
payment = "payment"
cod_amount = "cod"
delivery = "delivery"
wish = "wish"
[ship_to]
name = "to"
prefecture = "pref"
[line]
sku = "sku"
name = "item"
quantity = "qty"
[rules]
gift = [{ column = "gift", equals = "1" }]
"""

COLUMNS = ("no", "sku", "item", "qty", "cut_off", "note", "payment", "cod", "delivery", "wish", "to", "pref", "gift")
Row = Mapping[str, object]


def order(number: str, *lines: tuple[str, int], names: Mapping[str, str] | None = None, **more: object) -> list[Row]:
    """Return the rows of one order: SKUs with quantities, and what else the order says."""
    names = {row[0]: row[1] for row in PRODUCTS} | dict(names or {})
    given = {"delivery": "宅急便 60", "to": "見本 太郎", "pref": "東京都"} | more
    return [{"no": number, "sku": sku, "item": names.get(sku, sku), "qty": qty} | given for sku, qty in lines]


def open_desk(folder: Path, station: str = "3") -> Desk:
    """Open a desk over a new SQLite file; tests scan faster than hands, so their speed is no question."""
    database = open_database(f"sqlite:///{folder / 'kenpin.db'}")
    set_to(database, scan_pace_ms="0")
    return Desk(database, station)


def add_products(desk: Desk, folder: Path, rows: Sequence[tuple[object, ...]] = PRODUCTS) -> None:
    """Take products in."""
    path = folder / "products.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sku", "name", "name_en", "code", "code2", "shelf", "stock"))
        writer.writerows(rows)
    assert products.import_products(desk, [path]).usable


def add_orders(desk: Desk, folder: Path, *orders: list[Row], shop: str = "くもの雑貨店") -> None:
    """Take orders in."""
    path, mapping = folder / f"orders{len(list(folder.glob('orders*.csv')))}.csv", folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for rows in orders:
            writer.writerows([{name: row.get(name, "") for name in COLUMNS} for row in rows])
    report = intake.import_files(desk, [path], mapping=str(mapping), shop=shop)
    assert report.usable, report.problems
    assert report.orders["added"] == len(orders), (report.orders, report.problems)
