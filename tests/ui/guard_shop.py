"""A shop whose goods keep lots, dates and serials, share a code, have none, or come in cases; on the real screens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.domain.people import Role
from app.domain.products import IncomingProduct, LotPolicy, ProductCode
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.services import people
from app.storage import lots as lots_storage
from app.storage import packing as packing_storage
from app.storage import products as products_storage
from app.storage.database import Database
from tests.makers import ean, incoming, itf, set_to, take_in

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()

CURRY, MILK, WATCH, SCREWS, RED, WINE, COFFEE, CUP = (ean(number) for number in range(11, 19))
CURRY_CASE, WATCH_CASE, WINE_CASE = itf(11), itf(13), itf(16)
PICTURES = Path(__file__).resolve().parents[2] / "resources" / "demo" / "pictures"


def day(after: int) -> str:
    """Return the day so many days from now."""
    return (TODAY + timedelta(days=after)).isoformat()


def six(day_: str) -> str:
    """Return a day as six figures, as it stands in GS1 codes and is typed."""
    return f"{date.fromisoformat(day_):%y%m%d}"


SOON, LATE, LATER = day(20), day(200), day(400)
"""Days of lots: too short for most shops, the first to go out, the next one."""


def _product(sku: str, name: str, name_en: str, shelf: str, codes: Mapping[str, int], **more: Any) -> IncomingProduct:
    made = tuple(ProductCode(code.zfill(14), pieces) for code, pieces in codes.items())
    return IncomingProduct(sku, name, name_en, made, shelf=shelf, **more)


GOODS = (
    _product(
        "CUR-200", "みさき甘口カレー 200g", "Misaki mild curry 200 g", "A-01-01", {CURRY: 1, CURRY_CASE: 6},
        lot_policy=LotPolicy.LOT_EXPIRY,
    ),
    _product(
        "MLK-010", "北の里 粉ミルク 10本", "Milk powder, 10 sticks", "A-01-02", {MILK: 1},
        lot_policy=LotPolicy.EXPIRY,
    ),
    _product(
        "WAT-001", "置時計 くるみ", "Table clock, walnut", "B-02-01", {WATCH: 1, WATCH_CASE: 4},
        lot_policy=LotPolicy.SERIAL,
    ),
    _product("SCR-100", "木ねじ 25mm", "Wood screw 25 mm", "C-01-09", {SCREWS: 1}, keyed=True),
    _product("SOC-RED", "くつした あったか 赤 M", "Warm socks, red, M", "D-01-01", {RED: 1}),
    _product("SOC-BLU", "くつした あったか 青 M", "Warm socks, blue, M", "D-01-02", {RED: 1}),
    _product(
        "WIN-750", "ぶどうジュース 750ml", "Grape juice 750 ml", "A-04-01", {WINE: 1, WINE_CASE: 6},
        unit_scan=True,
    ),
    _product("APP-BAG", "りんご 量り売り", "Apples, loose", "E-01-01", {}, no_code=True),
    _product("COF-DRP", "ドリップコーヒー 10袋", "Drip coffee, 10 bags", "A-03-01", {COFFEE: 1}),
    _product("CUP-BLU", "湯のみ なみ紋 青", "Tea cup, wave pattern, blue", "B-01-03", {CUP: 1}),
)  # fmt: skip

LOTS = (
    ("CUR-200", "L-2603A", LATE, 5),
    ("CUR-200", "L-2609B", LATER, 7),
    ("MLK-010", LATE, LATE, 9),
)
"""What lies on the shelves by lot: SKU, lot, date, pieces."""


def fill(database: Database, pictures: Mapping[str, str] | None = None) -> None:
    """Enter goods and lots; an order needs no papers, and the speed of scans is no question."""
    set_to(database, scan_pace_ms="0", slip_required="off", waybill_required="off")
    with database.transaction() as tx:
        for given in GOODS:
            path = (pictures or {}).get(given.sku, "")
            made = given if not path else IncomingProduct(**{**_plain(given), "picture": str(PICTURES / path)})
            product, _ = products_storage.save(tx, made)
            for sku, lot, until, pieces in LOTS:
                if sku == given.sku:
                    lots_storage.save(tx, product, lot, until)
                    shelf = shelf_place(given.shelf or "")
                    packing_storage.book(tx, str(uuid4()), None, [Move(product, lot, SUPPLIER, shelf, pieces)])


def _plain(given: IncomingProduct) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__slots__}


def take(database: Database, number: str, *wanted: tuple[str, int]) -> None:
    """Take an order in."""
    with database.transaction() as tx:
        take_in(tx, incoming(number, *wanted))


def badges(database: Database) -> None:
    """Enter a packer (KU-P1), another one (KU-P2) and a leader (KU-L1)."""
    with database.transaction() as tx:
        for code, name, role in (
            ("P1", "山田", Role.PACKER),
            ("P2", "グエン", Role.PACKER),
            ("L1", "佐藤", Role.LEADER),
        ):
            people.add(tx, "leader", str(uuid4()), name, code, role)
