"""The orders of the evening of six shops, with the truth beside them: made from a seed before any file is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from tests.day.orders import (
    JAPAN_POST,
    LEAD_DAYS,
    MAINLAND,
    PLACES,
    SAGAWA,
    SERVICE,
    YAMATO,
    Day,
    Maker,
    Order,
    Person,
    Sold,
)

__all__ = ["BY_PRICE", "CODES", "RECOGNISED", "EveningOrders", "cost", "make_evening", "write_prices"]

CARRIERS = (YAMATO, SAGAWA, JAPAN_POST)

CODES = {("Y", "D-012"): "yh-bath", ("Y", "D-013"): "yh-towel", ("X", "D-014"): "KT/0014", ("Z", "D-015"): "Z9-NOTE"}
"""Shop and SKU -> what the shop calls the product: its own code, which no product has."""
RECOGNISED = ("X", "D-014"), ("Z", "D-015")
"""Those of them that were entered before the evening; the others are tied to their product in the import report."""
BY_PRICE = "HXEZ"
"""Letters of the shops that send by whoever is cheapest; the other two always send by their usual carrier."""
_TOGETHER = ("RR", "EZ", "HX")
"""Shops whose orders to one recipient go by the same carrier."""
_FEES = {YAMATO: (330, 440), SAGAWA: (350, 400), JAPAN_POST: (290, 600)}
"""Yen for cash on delivery: up to 10,000 yen, and up to 100,000."""


@dataclass(slots=True)
class EveningOrders:
    """The orders of one evening."""

    day: Day
    wrong_file: list[Order] = field(default_factory=list)
    """Last month's orders of the catalogue, whose file somebody drops by mistake."""
    good: dict[tuple[str, str, str], Person] = field(default_factory=dict)
    """Shop, number and ship-to -> where an order with a wrong postcode or without a phone number really goes."""


class _Maker(Maker):
    """Numbers and mail addresses of the evening's shops."""

    def add(self, shop: str, kind: str = "plain", **more: object) -> Order:
        """Put one order into the evening."""
        self.count[shop] += 1
        at = self.count[shop]
        numbers = {
            "R": f"999993-{self.day.today:%Y%m%d}-{at:010d}", "Z": f"999-{at:07d}-{at:07d}", "Y": f"{10_000_000 + at}",
            "H": f"#{7000 + at}", "E": f"E-{9000 + at}", "X": f"N{at:06d}",
        }  # fmt: skip
        number = str(more.pop("number", numbers[shop]))
        to = more.pop("to", None) or self.person()
        assert isinstance(to, Person)
        email = f"b{at}@fw.example.jp" if shop == "R" else f"{shop.lower()}{at}@example.jp"
        usual: dict[str, object] = {
            "number": number,
            "sold": self.coded(shop, more.pop("sold", None) or self.lines()),
            "buyer": more.pop("buyer", to),
            "ship_to": str(40_000_000 + len(self.day.orders)) if shop in "RE" else "",
            "minute": 600 + len(self.day.orders) % 800,
            "email": more.pop("email", email),
        }
        made = Order(shop=shop, to=to, kind=kind, **(usual | more))  # type: ignore[arg-type]
        self.day.orders.append(made)
        return made

    @staticmethod
    def coded(shop: str, sold: object) -> tuple[Sold, ...]:
        """The lines as the shop names them."""
        assert isinstance(sold, tuple)
        return tuple(replace(line, code=CODES.get((shop, line.sku), "")) for line in sold)


def make_evening(today: date, seed: int, size: int) -> EveningOrders:
    """Make the orders of an evening: *size* of them, at least 40, every kind of trouble among them."""
    make = _Maker(today, seed)
    found = EveningOrders(make.day)
    for _ in range(max(1, size // 60)):
        _some(make, found)
    while len(make.day.orders) < size:
        make.add(make.chance.choice("RRRZZYYHHEX"))
    assert len(make.day.orders) == size
    make.day.orders[:] = [_priced(each) for each in make.day.orders]
    make.chance.shuffle(make.day.orders)
    # Rows of one order stand together in every file but Rakuten's, whose orders are told apart by the ship-to.
    make.day.orders.sort(key=lambda each: (each.shop, each.number if each.shop == "E" else ""))
    month_ago = Maker(today - timedelta(days=30), seed + 1)
    found.wrong_file = [month_ago.add("M") for _ in range(5)]
    found.wrong_file = [replace(each, shop="X", number=f"OLD{each.number}") for each in found.wrong_file]
    return found


def price(carrier: str, prefecture: str) -> int:
    """Yen for a parcel of any size; invented: each carrier is the cheapest somewhere, and no two cost the same."""
    at = list(PLACES).index(prefecture)
    which = CARRIERS.index(carrier)
    return 600 + 20 * ((at * 7 + which * 5) % 15) + which


def cost(order: Order, carrier: str) -> int:
    """Yen that sending an order costs by a carrier."""
    fee = _FEES[carrier][order.to_collect > 10_000] if order.cod else 0
    return price(carrier, order.to.prefecture) + fee


def _priced(order: Order) -> Order:
    if order.shop not in BY_PRICE:
        return order
    return replace(order, sent_by=min(CARRIERS, key=lambda carrier: cost(order, carrier)))


def write_prices(folder: Path, today: date) -> tuple[Path, Path]:
    """Write the price list and its extras: prices of long ago and of tomorrow beside those that count today."""
    lines = ["運送会社,サービス,サイズ,発地,着地,運賃,適用開始"]
    for carrier in CARRIERS:
        service = SERVICE[carrier]
        for prefecture in PLACES:
            lines += [
                f"{carrier},{service},,*,{prefecture},{yen},{first}"
                for yen, first in (
                    (1, "2020-01-01"),
                    (price(carrier, prefecture), str(today - timedelta(days=1))),
                    (2, str(today + timedelta(days=40))),
                )
            ]
    prices = folder / "prices.csv"
    prices.write_bytes("\r\n".join([*lines, ""]).encode("cp932"))
    lines = ["carrier,service,kind,size,up_to,price,valid_from"]
    for carrier, fees in _FEES.items():
        lines += [
            f"{carrier},,代引,,{most},{fee},2020-01-01" for most, fee in zip((10_000, 100_000), fees, strict=True)
        ]
    extras = folder / "extras.csv"
    extras.write_bytes("\r\n".join([*lines, ""]).encode())
    return prices, extras


def _some(make: _Maker, found: EveningOrders) -> None:
    """One of everything; the ship-tos are real towns with blocks that nobody has."""
    for shop in "RYHEXZ":
        make.add(shop, "cod", cod=True)
    for shop in "RYXZ":
        make.add(shop, "gift", gift=True, buyer=make.person(**({"street": "", "city": ""} if shop == "Z" else {})))
    for shop, slot in (("R", "14-16"), ("Z", "16-18"), ("E", "18-20"), ("X", "am")):
        to = make.person(make.chance.choice(MAINLAND))
        make.add(shop, "wish", to=to, slot=slot, wish=make.day.today + timedelta(days=LEAD_DAYS[to.prefecture]))
    for shop in "RE":
        gift = shop == "R"
        first = make.add(shop, "two_receivers", gift=gift, buyer=make.person())
        more = {"number": first.number, "minute": first.minute, "email": first.email}
        make.add(shop, "two_receivers", gift=gift, buyer=first.buyer, **more)
    make.add("R", "remark", remark="インターホンは押さないでください")
    make.add("Y", "remark_stays", remark="電話をしてから送ってください", stays="remark")
    make.add("Y", "listed", sold=(Sold("D-012", 2), Sold("D-013", 1)))
    make.add("X", "listed", sold=(Sold("D-014", 3),))
    make.add("Z", "listed", sold=(Sold("D-015", 1), Sold("D-001", 2)))
    for shop in "HX":
        _wrong_postcode(make, found, shop)
    good = make.person()
    made = make.add("X", "no_phone", to=replace(good, phone=""), buyer=replace(good, phone=""))
    found.good[made.shop, made.number, made.ship_to] = good
    make.add("R", "cancelled", cancelled=True, stays="cancelled")
    make.add("H", "cancelled_later", stays="cancelled")
    make.add("Z", "cancel_asked", stays="cancel_requested")
    make.add("Y", "unpaid", unpaid=True)
    make.add("R", "unpaid_stays", unpaid=True, stays="unpaid")
    for shops in _TOGETHER:
        to = make.person()
        group = f"together-{to.phone}"
        for shop in shops:
            make.add(shop, "merge", to=to, group=group)


def _wrong_postcode(make: _Maker, found: EveningOrders, shop: str) -> None:
    """A postcode of another city; the address check must propose the one of the town."""
    good = make.person(make.chance.choice(("福岡県", "石川県", "広島県")))
    made = make.add(shop, "wrong_postcode", to=replace(good, postcode=PLACES["愛知県"][0]))
    found.good[made.shop, made.number, made.ship_to] = good
