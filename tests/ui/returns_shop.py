"""A shop whose parcels are with their buyers, for the screen of returns: packed and handed over at a real database."""

from __future__ import annotations

from pathlib import Path

from app.services.desk import Desk
from app.ui.play import Player
from tests.makers import Station, change
from tests.services.dock import Dock, number_of
from tests.ui import makers

A, B, C = number_of(1), number_of(2), number_of(3)
"""Tracking numbers of the parcels."""
LONG = "くもの雑貨店オリジナル 有機栽培宇治抹茶使用 茶道用抹茶パウダー 業務用たっぷり徳用袋 100g 缶入り（茶さじ付き）"
"""A name as malls have them."""
MORE = (
    ("TEA-050", "有機抹茶パウダー 50g", "Organic matcha powder 50 g", makers.TEA, "", "A-01-01", 40),
    ("TEA-100", LONG, "Organic matcha powder 100 g in a tin, with a spoon, economy size", makers.TEA_BIG, "", "A-01-02",
     40),
    ("CUP-BLU", "湯のみ なみ紋 青", "Tea cup, wave pattern, blue", makers.CUP, "", "B-01-03", 40),
    ("WHI-080", "茶せん 八十本立", "Tea whisk, 80 prongs", makers.WHISK, "", "", 40),
    ("COF-DRP", "みさき珈琲 ドリップ 10袋", "Misaki drip coffee, 10 bags", makers.BOX, f"1{makers.BOX[:-1]}1=12",
     "A-03-01", 90),
)  # fmt: skip
ORDERS = {
    "R-2611-00001": (A, (("TEA-050", 2), ("CUP-BLU", 1), ("WHI-080", 1), ("TEA-100", 1))),
    "R-2611-00002": (B, (("COF-DRP", 3),)),
    "R-2611-00003": (C, (("CUP-BLU", 2), ("TEA-050", 1))),
}


def fill(desk: Desk, folder: Path) -> None:
    """Take goods and orders in, pack the orders and hand them over."""
    makers.add_products(desk, folder, MORE)
    rows = [makers.order(number, *lines) for number, (_, lines) in ORDERS.items()]
    makers.add_orders(desk, folder, *rows)
    codes = {str(row[0]): str(row[3]) for row in MORE}
    dock, bench = Dock(desk.database), Station(desk.database)
    for number, (waybill, lines) in ORDERS.items():
        change(desk.database, "UPDATE orders SET carrier = '', held = 0 WHERE number = ?", number)
        assert bench.scan(number).key.startswith("order.opened")
        keys = [bench.scan(codes[sku]).key for sku, pieces in lines for _ in range(pieces)]
        assert keys[-1] == "order.closed", keys
        dock.going(number)
        dock.label(number, waybill)
        assert dock.scan(waybill).key == "dock.handed_over"


class Returner(Player):
    """Somebody who takes returns in."""

    def good(self, code: str, reason: str = "F5") -> str:
        """Take a good piece in, by keys."""
        self.scan(code)
        self.key(reason)
        return self.key("F5")
