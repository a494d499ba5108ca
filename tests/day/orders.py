"""Four hundred invented orders of four shops, as the shops' own files, with the truth kept beside them.

Nothing here asks the program what it makes of a file: an :class:`Order` is written down first, and the file and what
must happen to the order are both made from it. All people, addresses and numbers are invented; phone numbers have
0000 in the middle, which nobody has.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

__all__ = [
    "CLOSED",
    "EVENING_SHOPS",
    "EVERY_SHOP",
    "JAPAN_POST",
    "LEAD_DAYS",
    "MAINLAND",
    "MAPPING",
    "PLACES",
    "POSTAGE",
    "PRODUCTS",
    "SERVICE",
    "SHOPS",
    "Day",
    "Maker",
    "Order",
    "Person",
    "Product",
    "Sold",
    "catalogue_rows",
    "header_of",
    "hours",
    "in_file",
    "make_day",
    "name_of",
    "ordered",
    "rate_of",
    "table",
    "tax_of",
    "write_lead_times",
    "write_orders",
    "write_products",
]

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
YAMATO, SAGAWA, JAPAN_POST = "yamato_b2", "sagawa_e3", "japanpost_yupri"

# --- goods --------------------------------------------------------------------------------------------------------


def _checked(body: str) -> str:
    """Put the GTIN's check digit behind *body* (weights 3 and 1 from the right)."""
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the house, as the product file has it."""

    sku: str
    name: str
    price: int
    """Yen with tax."""
    rate: str = "0.1"
    jan: str = ""
    """EAN-13; empty for a set that is only sold, never stored."""
    case: str = ""
    """ITF-14 of a case of six."""
    stock: int = 0
    shelf: str = ""
    temperature: str = "ambient"
    on_sale: int = 0
    """Days from today to its first day of sale; 0: already on sale."""
    parts: tuple[tuple[str, int], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    """Shop's code and option text that mean this product."""
    side: int = 120
    """Length of its longest side, mm."""


def _products() -> Iterator[Product]:
    names = (
        *(
            "見本茶 煎茶",
            "見本茶 ほうじ茶",
            "架空珈琲 浅煎り",
            "架空珈琲 深煎り",
            "例題のり 全形",
            "例題昆布",
            "仮名味噌 赤",
        ),
        *("仮名味噌 白", "試作カレー 中辛", "試作カレー 辛口", "空想石けん", "空想入浴剤", "模擬タオル", "模擬ふきん"),
        *("想定ノート", "想定ペン 黒", "見本皿 小", "見本皿 大"),
    )
    for at, name in enumerate(names, 1):
        case = _checked(f"1459{at:09d}") if at in {1, 5} else ""
        food = at <= 10
        yield Product(
            f"D-{at:03d}", name, 400 + 60 * at, "0.08" if food else "0.1", _checked(f"4599{at:08d}"), case, 400,
            f"A-{at:02d}", side=90 + 10 * at,
        )  # fmt: skip
    for at, name in enumerate(("冷蔵 見本チーズ", "冷蔵 例題ハム", "冷蔵 試作プリン"), 101):
        jan = _checked(f"4599{at:08d}")
        yield Product(f"D-{at}", name, 900 + at, "0.08", jan, "", 200, f"R-{at - 100:02d}", "chilled")
    for at, name in enumerate(("冷凍 架空うどん", "冷凍 空想餃子"), 151):
        jan = _checked(f"4599{at:08d}")
        yield Product(f"D-{at}", name, 700 + at, "0.08", jan, "", 200, f"F-{at - 150:02d}", "frozen")
    for at in (201, 202):
        jan = _checked(f"4599{at:08d}")
        yield Product(f"D-{at}", f"予約品 想定カレンダー {at - 200}", 1500, "0.1", jan, "", 50, f"P-{at}", on_sale=30)
    yield Product("D-301", "限定 架空の器", 3200, "0.1", _checked(f"4599{301:08d}"), "", 4, "B-01")
    for at, (sku, text) in enumerate((("TEE-RED", "カラー:赤"), ("TEE-BLU", "カラー:青")), 401):
        jan = _checked(f"4599{at:08d}")
        yield Product(
            sku, f"例題Tシャツ {text}", 1980, "0.1", jan, "", 120, f"C-{at - 400:02d}", options=(("TEE", text),)
        )
    yield Product("SET-TEA", "お茶の詰合せ", 1500, "0.08", parts=(("D-001", 2), ("D-002", 1)))
    yield Product("SET-COLD", "冷蔵の詰合せ", 2600, "0.08", parts=(("D-101", 1), ("D-102", 2)), temperature="chilled")
    own = _checked(f"4599{503:08d}")
    yield Product("SET-BOX", "のりの化粧箱", 1700, "0.08", own, "", 60, "B-02", parts=(("D-005", 2),))


PRODUCTS = {each.sku: each for each in _products()}
"""Every product by its SKU. ``SET-BOX`` has a code and stock of its own, so it is packed as it is."""
_MEANT = {(parent, text): each.sku for each in PRODUCTS.values() for parent, text in each.options}


# --- people -------------------------------------------------------------------------------------------------------

PLACES = {
    "東京都": ("100-0001", "千代田区", "千代田", 1), "神奈川県": ("220-0011", "横浜市西区", "高島", 1),
    "埼玉県": ("330-0061", "さいたま市浦和区", "常盤", 1), "千葉県": ("260-0013", "千葉市中央区", "中央", 1),
    "愛知県": ("460-0008", "名古屋市中区", "栄", 1), "大阪府": ("530-0001", "大阪市北区", "梅田", 1),
    "京都府": ("600-8001", "京都市下京区", "真町", 1), "石川県": ("920-0001", "金沢市", "千木町", 1),
    "宮城県": ("980-0811", "仙台市青葉区", "一番町", 1), "広島県": ("730-0011", "広島市中区", "基町", 2),
    "香川県": ("760-0017", "高松市", "番町", 2), "福岡県": ("810-0001", "福岡市中央区", "天神", 2),
    "北海道": ("060-0001", "札幌市中央区", "北一条西", 2), "鹿児島県": ("890-0053", "鹿児島市", "中央町", 2),
    "沖縄県": ("900-0006", "那覇市", "おもろまち", 3),
}  # fmt: skip
"""Prefecture -> postcode, city and town that belong together, and days from the warehouse in Tokyo (invented)."""
LEAD_DAYS = {prefecture: days for prefecture, (_, _, _, days) in PLACES.items()}
"""Days from the warehouse in Tokyo, invented."""
MAINLAND = tuple(each for each in PLACES if each != "沖縄県")
_FAMILIES = (
    "見本",
    "架空",
    "仮名",
    "試験",
    "例題",
    "空想",
    "模擬",
    "想定",
    "試作",
    "仮野",
    "例川",
    "見本田",
    "仮山",
    "空野",
)
_GIVEN = (
    "太郎",
    "花子",
    "一郎",
    "さくら",
    "健",
    "洋子",
    "大輔",
    "みどり",
    "翔",
    "葵",
    "修",
    "恵",
    "直樹",
    "ゆき",
    "誠",
    "愛",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who orders or receives."""

    family: str = ""
    given: str = ""
    postcode: str = ""
    prefecture: str = ""
    city: str = ""
    street: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """As it stands on a waybill."""
        return f"{self.family} {self.given}".strip()


@dataclass(frozen=True, slots=True)
class Sold:
    """One line as the shop sold it."""

    sku: str
    pieces: int
    option: str = ""
    code: str = ""
    """What the shop calls it; empty where that is the SKU."""

    @property
    def price(self) -> int:
        """Yen for one piece, with tax; goods that nobody knows cost 1,000."""
        product = PRODUCTS.get(_MEANT.get((self.sku, self.option), self.sku))
        return product.price if product else 1000


# --- orders -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shop:
    """One store."""

    channel: str
    name: str
    file: str
    default: str
    """``carrier/service`` that the shop usually sends by."""


SHOPS = {
    "A": Shop("rakuten", "楽天 見本本店", "rakuten-honten.csv", f"{YAMATO}/takkyubin"),
    "B": Shop("rakuten", "楽天 見本アウトレット", "rakuten-outlet.csv", f"{SAGAWA}/hikyaku"),
    "S": Shop("shopify", "見本オンライン", "shopify.csv", f"{YAMATO}/takkyubin"),
    "M": Shop("csv", "見本カタログ", "catalogue.csv", f"{SAGAWA}/hikyaku"),
}
"""The four shops of the day by a letter of ours."""
EVENING_SHOPS = {
    "R": Shop("rakuten", "楽天 夜の見本店", "rakuten.csv", f"{YAMATO}/takkyubin"),
    "Z": Shop("amazon", "夜の見本 Amazon店", "unshipped.txt", f"{JAPAN_POST}/yu_pack"),
    "Y": Shop("yahoo", "夜の見本 Yahoo店", "orders.csv", f"{SAGAWA}/hikyaku"),
    "H": Shop("shopify", "夜の見本オンライン", "shopify.csv", f"{YAMATO}/takkyubin"),
    "E": Shop("eccube4", "夜の見本キューブ", "order.csv", f"{JAPAN_POST}/yu_pack"),
    "X": Shop("mihon_catalogue", "夜の見本カタログ", "catalogue.csv", f"{SAGAWA}/hikyaku"),
}
"""The six shops of the evening (:mod:`tests.day.evening`)."""
EVERY_SHOP = SHOPS | EVENING_SHOPS
SERVICE = {YAMATO: "takkyubin", SAGAWA: "hikyaku", JAPAN_POST: "yu_pack"}


@dataclass(frozen=True, slots=True)
class Order:
    """One order for one ship-to: what its file says, and what must come of it."""

    shop: str
    number: str
    sold: tuple[Sold, ...]
    to: Person
    buyer: Person
    kind: str = "plain"
    """What is special about it."""
    stays: str = ""
    """Hold that keeps it from going today; ``?`` where several would do; empty: it goes."""
    ship_to: str = ""
    """Rakuten's 送付先ID."""
    minute: int = 0
    """When it was ordered, minutes after midnight of the day before."""
    cod: bool = False
    unpaid: bool = False
    cancelled: bool = False
    shipped: bool = False
    """The shop says that it has gone already."""
    remark: str = ""
    wish: date | None = None
    slot: str = ""
    gift: bool = False
    awaited: bool = False
    """The receiver of a social gift has not given an address yet."""
    method: str = ""
    """Delivery method that the customer chose; empty: the shop's usual one."""
    group: str = ""
    """Orders of one group may go in one parcel."""
    email: str = ""
    """Where its mails go; empty where the file has an address that nobody looks at."""
    sent_by: str = ""
    """Carrier that its price decides; empty where the method or the shop's usual carrier does."""

    @property
    def goods(self) -> Counter[str]:
        """SKU -> pieces that must be in the box: options meant, sets taken apart."""
        found: Counter[str] = Counter()
        for line in self.sold:
            sku = _MEANT.get((line.sku, line.option), line.sku)
            product = PRODUCTS.get(sku)
            if product is not None and product.parts and not product.jan:
                for part, pieces in product.parts:
                    found[part] += pieces * line.pieces
            else:
                found[sku] += line.pieces
        return found

    @property
    def temperature(self) -> str:
        """The coldest of its goods."""
        kinds = {PRODUCTS[sku].temperature for sku in self.goods if sku in PRODUCTS}
        return next((each for each in ("frozen", "chilled") if each in kinds), "ambient")

    @property
    def carrier(self) -> str:
        """Carrier that it must go by."""
        if self.sent_by:
            return self.sent_by
        if self.method:
            return SAGAWA if "佐川" in self.method else JAPAN_POST if "ゆうパック" in self.method else YAMATO
        return EVERY_SHOP[self.shop].default.partition("/")[0]

    @property
    def service(self) -> str:
        """The carrier's service that it must go by."""
        if self.method == "ネコポス":
            return "nekopos"
        return SERVICE[self.carrier]

    @property
    def subtotal(self) -> int:
        """Yen for the goods."""
        return sum(line.price * line.pieces for line in self.sold)

    @property
    def fee(self) -> int:
        """Yen for cash on delivery."""
        return 330 if self.cod else 0

    @property
    def total(self) -> int:
        """Yen to pay, postage and fee included."""
        return self.subtotal + POSTAGE + self.fee

    @property
    def to_collect(self) -> int:
        """Yen that the driver must collect."""
        return self.total if self.cod else 0

    @property
    def sender(self) -> str:
        """Who must be named as sender where that is not the shop: the giver, whose whole address the file has."""
        return self.buyer.name if self.gift and self.buyer.street else ""


POSTAGE = 550
CLOSED = ("900", "500")
"""Rakuten's states of what is cancelled and what has gone."""


@dataclass(slots=True)
class Day:
    """The orders of a day, in the order in which the files have them."""

    today: date
    orders: list[Order] = field(default_factory=list)

    def of(self, shop: str) -> list[Order]:
        """The orders of one shop."""
        return [each for each in self.orders if each.shop == shop]

    def kind(self, *kinds: str) -> list[Order]:
        """The orders of these kinds."""
        return [each for each in self.orders if each.kind in kinds]


class Maker:
    """Makes the orders; the same seed makes the same day."""

    def __init__(self, today: date, seed: int) -> None:
        self.day = Day(today)
        self.chance = random.Random(seed)
        self.people = 0
        self.count: Counter[str] = Counter()
        self.ambient = [each.sku for each in PRODUCTS.values() if each.sku.startswith("D-0")]

    def person(self, prefecture: str = "", **more: str) -> Person:
        """Somebody whom nobody else in this day is."""
        self.people += 1
        at = self.people
        where = prefecture or self.chance.choice(MAINLAND)
        postcode, city, town, _ = PLACES[where]
        usual = Person(
            _FAMILIES[at % len(_FAMILIES)],
            _GIVEN[at // len(_FAMILIES) % len(_GIVEN)],
            postcode,
            where,
            city,
            f"{town}空想{at % 40 + 1}-{at % 9 + 1}-{at} 見本荘{at % 900 + 100}",
            f"0{'789'[at % 3]}0-0000-{at:04d}",
        )
        return replace(usual, **more)

    def lines(self, *skus: str) -> tuple[Sold, ...]:
        """Some goods: those named, else one to three of the ambient ones."""
        chosen = skus or tuple(self.chance.sample(self.ambient, self.chance.choice((1, 1, 1, 2, 2, 3))))
        return tuple(Sold(sku, self.chance.choice((1, 1, 1, 2, 3))) for sku in chosen)

    def add(self, shop: str, kind: str = "plain", **more: object) -> Order:
        """Put one order into the day."""
        self.count[shop] += 1
        at = self.count[shop]
        numbers = {
            "A": f"999991-{self.day.today:%Y%m%d}-{at:010d}",
            "B": f"999992-{self.day.today:%Y%m%d}-{at:010d}",
            "S": f"#{5000 + at}",
            "M": f"K{at:06d}",
        }
        to = more.pop("to", None) or self.person()
        assert isinstance(to, Person)
        usual: dict[str, object] = {
            "number": numbers[shop],
            "sold": more.pop("sold", None) or self.lines(),
            "buyer": more.pop("buyer", to),
            "ship_to": str(30_000_000 + len(self.day.orders)) if shop in "AB" else "",
            "minute": 600 + len(self.day.orders) % 800,
        }
        made = Order(shop=shop, to=to, kind=kind, **(usual | more))  # type: ignore[arg-type]
        self.day.orders.append(made)
        return made


def make_day(today: date, seed: int = 4, size: int = 400) -> Day:
    """Make the orders of a day: every kind of trouble, and plain orders up to *size*.

    :param size: at least 300; more only adds plain orders.
    """
    make = Maker(today, seed)
    later = today + timedelta(days=14)
    _held(make, today, later)
    _special(make, today)
    _together(make, today, later)
    shares = "A" * 8 + "B" * 5 + "S" * 4 + "M" * 3
    while len(make.day.orders) < size:
        make.add(make.chance.choice(shares))
    make.chance.shuffle(make.day.orders)
    # What is sold out first goes to whoever ordered first; the shuffle must not decide that.
    make.day.orders.sort(key=lambda each: each.shop)
    return make.day


def _held(make: Maker, today: date, later: date) -> None:
    """Orders that may not go today."""
    for at in range(20):
        make.add("ABSM"[at % 4], "unpaid", unpaid=True, stays="unpaid")
    for at in range(16):
        to = make.person(make.chance.choice(MAINLAND))
        make.add("ABSM"[at % 4], "ahead", to=to, wish=later, slot=("", "am", "14-16")[at % 3], stays="date_ahead")
    for at in range(12):
        make.add("ABSM"[at % 4], "remark", remark=f"インターホンは押さないでください（{at}）", stays="remark")
    for at in range(8):
        make.add("ABSM"[at % 4], "pre_order", sold=make.lines(f"D-{201 + at % 2}"), stays="pre_order")
    for at in range(4):
        make.add("ABSM"[at], "unknown", sold=(Sold(f"NEW-{at}", 1), Sold("D-011", 1)), stays="unknown_product")
        make.add("ABSM"[at], "no_phone", to=make.person(phone=""), stays="missing_phone")
        make.add("ABSM"[at], "bad_postcode", to=make.person(postcode="12"), stays="bad_address")
    for at in range(2):
        long = "見本町大字架空字例示" * 9
        make.add("AM"[at], "too_long", to=make.person(street=f"{long}{at}"), stays="bad_address")
        make.add("SM"[at], "outside_cp932", to=make.person(family="𠮷田"), stays="bad_address")
        make.add("AB"[at], "awaited", awaited=True, gift=True, stays="address_awaited", buyer=make.person())
        tomorrow = today + timedelta(days=1)
        make.add("SM"[at], "impossible", to=make.person("沖縄県"), wish=tomorrow, stays="date_impossible")
    wish = today + timedelta(days=LEAD_DAYS["東京都"])
    make.add("S", "no_such_slot", to=make.person("東京都"), wish=wish, slot="12-14", stays="?")
    for shop in "ABSM":
        make.add(shop, "cancelled", cancelled=True, stays="cancelled")
    for shop in "ABS":
        make.add(shop, "gone_already", shipped=True, stays="shipped")


def _special(make: Maker, today: date) -> None:
    """Orders that go today, each with something that can go wrong."""
    for at in range(30):
        make.add("ABSM"[at % 4], "cod", cod=True)
    for at in range(24):
        make.add("ABSM"[at % 4], "chilled", sold=make.lines(f"D-{101 + at % 3}", make.ambient[at % 18]))
    for at in range(12):
        make.add("ABSM"[at % 4], "frozen", sold=make.lines(f"D-{151 + at % 2}"))
    for at in range(20):
        make.add("ABSM"[at % 4], "gift", gift=True, buyer=make.person())
    for at in range(12):
        make.add("ABSM"[at % 4], "okinawa", to=make.person("沖縄県"))
        make.add(
            "ABSM"[at % 4],
            "island",
            to=make.person("東京都", city="小笠原村", postcode="100-2101", street=f"父島空想{at + 1}-1"),
        )
    for at in range(10):
        street = f"見本町大字架空字例示{at + 100}番地の5 サンプル見本弐番館{at + 300}号室"
        make.add("ABSM"[at % 4], "long", to=make.person(street=street))
    for at in range(8):
        make.add("ABSM"[at % 4], "rare", to=make.person(family=("髙橋", "山﨑")[at % 2]))
    for at in range(16):
        make.add("ABSM"[at % 4], "set", sold=make.lines(("SET-TEA", "SET-COLD", "SET-BOX")[at % 3], "D-012"))
    for at in range(12):
        sold = (Sold("TEE", 1 + at % 2, ("カラー:赤", "カラー:青")[at % 2]), Sold("D-013", 1))
        make.add("ABM"[at % 3], "option", sold=sold)
    for at in range(10):
        make.add("SA"[at % 2], "thin", sold=(Sold("D-016", 1),), method="ネコポス")
    for at in range(8):
        to = make.person(make.chance.choice(MAINLAND))
        wish = today + timedelta(days=LEAD_DAYS[to.prefecture])
        make.add("ABSM"[at % 4], "wish", to=to, wish=wish, slot=("am", "14-16", "16-18", "18-20", "19-21")[at % 5])
    for _ in range(2):
        make.add("A", "scarce", sold=(Sold("D-301", 2),))
    make.add("A", "scarce", sold=(Sold("D-301", 2),), stays="no_stock")
    for at in range(6):
        make.add("AS"[at % 2], "other_carrier", method="佐川急便")
    # One order for two people: the same number twice, told apart by the ship-to.
    first = make.add("A", "two_receivers", gift=True, buyer=make.person())
    make.add("A", "two_receivers", number=first.number, gift=True, buyer=first.buyer, minute=first.minute)


def _together(make: Maker, today: date, later: date) -> None:
    """Orders to one recipient: six pairs that may go in one parcel, and three that look like it and may not."""
    pairs = ("AS", "AM", "SM", "AA", "BM", "AS")
    for at, shops in enumerate(pairs):
        to = make.person()
        method = {} if make_carrier(shops[0]) == make_carrier(shops[1]) else {"method": "ヤマト宅急便"}
        more: dict[str, object] = {"group": f"together-{at}", "cod": at in {1, 4}, **method}
        make.add(shops[0], "merge", to=to, **more)
        again = replace(to, street=_written_otherwise(to.street)) if at % 2 else to
        make.add(shops[1], "merge", to=again, **more)
    to = make.person()
    make.add("A", "not_merged", to=to, cod=True)
    make.add("S", "not_merged", to=to)
    to = make.person()
    make.add("A", "not_merged", to=to)
    make.add("S", "not_merged", to=to, wish=later, stays="date_ahead")
    to = make.person()
    make.add("A", "not_merged", to=to, sold=make.lines("D-101"))
    make.add("S", "not_merged", to=to)


def make_carrier(shop: str) -> str:
    """The usual carrier of a shop."""
    return SHOPS[shop].default.partition("/")[0]


def _written_otherwise(street: str) -> str:
    """The same street in full-width signs, as another shop's form writes it."""
    return street.translate({ord(plain): chr(ord(plain) + 0xFEE0) for plain in "0123456789-"}).replace(" ", "　")


# --- files --------------------------------------------------------------------------------------------------------


def write_orders(folder: Path, day: Day, shop: str, orders: Sequence[Order], name: str = "") -> Path:
    """Write the file of *shop* with *orders*, as the shop exports it, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or EVERY_SHOP[shop].file)
    path.write_bytes(in_file(day, shop, orders))
    return path


def in_file(day: Day, shop: str, orders: Sequence[Order]) -> bytes:
    """Return the bytes of *shop*'s file with *orders*."""
    if EVERY_SHOP[shop].channel == "rakuten":
        return _rakuten(day, orders)
    return _shopify(day, orders) if EVERY_SHOP[shop].channel == "shopify" else _catalogue(day, orders)


def table(header: Sequence[str], rows: Iterable[dict[str, object]], *, quoted: bool = False) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", lineterminator="\r\n")
    if quoted:
        writer = csv.DictWriter(text, header, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def header_of(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as file:
        return next(csv.reader(file))


def tax_of(order: Order) -> int:
    """Yen of tax within what is paid, by rate."""
    by_rate = Counter({"0.1": POSTAGE + order.fee})
    for line in order.sold:
        product = PRODUCTS.get(_MEANT.get((line.sku, line.option), line.sku))
        by_rate[product.rate if product else "0.1"] += line.price * line.pieces
    return by_rate["0.1"] * 10 // 110 + by_rate["0.08"] * 8 // 108


def ordered(day: Day, order: Order) -> str:
    """When it was ordered, as ``2026-01-31 10:00:00``."""
    before = day.today - timedelta(days=1)
    return f"{before} {order.minute // 60:02d}:{order.minute % 60:02d}:00"


_RAKUTEN_SLOTS = {"": "0", "am": "1"}
_COOL = {"ambient": "1", "chilled": "2", "frozen": "3"}


def _rakuten(day: Day, orders: Sequence[Order]) -> bytes:
    def rows() -> Iterator[dict[str, object]]:
        several = Counter(order.number for order in orders)
        whole: Counter[str] = Counter()
        for order in orders:
            whole[order.number] += order.total
        for order in orders:
            at_once = ordered(day, order)
            status = "900" if order.cancelled else "500" if order.shipped else "100" if order.unpaid else "300"
            comment = order.remark
            if order.kind == "ahead":  # the order form repeats the wish there, which is no remark
                comment = (
                    f"[配送日時指定:]\n{order.wish}({'月火水木金土日'[order.wish.weekday() if order.wish else 0]})\n"
                )
            for at, line in enumerate(order.sold):
                code = line.code or line.sku
                yield {
                    "注文番号": order.number, "ステータス": status, "注文日時": at_once, "注文日": at_once[:10],
                    "注文時間": at_once[11:], "支払方法名": "代金引換" if order.cod else "クレジットカード",
                    "配送方法": order.method or "宅配便", "配送区分": _COOL[order.temperature],
                    "注文種別": "1", "複数送付先フラグ": int(several[order.number] > 1),
                    "送付先一致フラグ": int(order.to == order.buyer), "離島フラグ": int(order.kind == "island"),
                    "楽天確認中フラグ": "0", "楽天会員フラグ": "1", "商品合計金額": order.subtotal,
                    "消費税合計": "-9999", "送料合計": POSTAGE, "代引料合計": order.fee,
                    "請求金額": whole[order.number], "合計金額": whole[order.number], "ポイント利用額": "0",
                    "クーポン利用総額": "0",
                    **_rakuten_person("注文者", order.buyer, with_kana=True),
                    "注文者メールアドレス": order.email or "masked@example.jp",
                    "送付先ID": order.ship_to, "送付先送料": POSTAGE, "送付先代引料": order.fee,
                    "送付先消費税合計": "-9999", "送付先商品合計金額": order.subtotal, "送付先合計金額": order.total,
                    **_rakuten_person("送付先", _AWAITED if order.awaited else order.to, with_kana=False),
                    "商品明細ID": f"{order.ship_to}{at}", "商品ID": "10000000", "商品名": name_of(line),
                    "商品番号": code, "商品管理番号": code.lower(), "単価": line.price, "個数": line.pieces,
                    "送料込別": "0", "税込別": "1", "項目・選択肢": line.option,
                    "お届け時間帯": _RAKUTEN_SLOTS.get(order.slot, order.slot.replace("-", "")),
                    "お届け日指定": order.wish or "", "ギフト配送希望": int(order.kind == "gift"),
                    "コメント": comment,
                    "あす楽希望フラグ": "0", "商品税率": rate_of(line), "商品毎税込価格": line.price,
                    "SKU管理番号": "normal-inventory", "システム連携用SKU番号": code if order.minute % 3 else "",
                }  # fmt: skip

    header = header_of(SAMPLES / "rakuten" / "rms_cp932.csv", "cp932")
    assert len(header) == 158
    return table(header, rows(), quoted=True).encode("cp932")


_AWAITED = Person("入力待ち", "入力待ち", "999-9999", "入力待ち", "入力待ち", "入力待ち", "999-9999-9999")


def _rakuten_person(whose: str, person: Person, *, with_kana: bool) -> dict[str, object]:
    first, _, second = person.postcode.partition("-")
    phone = (*person.phone.split("-"), "", "")
    found: dict[str, object] = {
        f"{whose}郵便番号1": first, f"{whose}郵便番号2": second, f"{whose}住所都道府県": person.prefecture,
        f"{whose}住所郡市区": person.city, f"{whose}住所それ以降の住所": person.street, f"{whose}姓": person.family,
        f"{whose}名": person.given, f"{whose}電話番号1": phone[0], f"{whose}電話番号2": phone[1],
        f"{whose}電話番号3": phone[2],
    }  # fmt: skip
    if with_kana:
        found |= {f"{whose}姓カナ": "ミホン", f"{whose}名カナ": "ミホン"}
    return found


def name_of(line: Sold) -> str:
    product = PRODUCTS.get(_MEANT.get((line.sku, line.option), line.sku))
    return f"【見本市場】{product.name if product else '新しい品'}"


def rate_of(line: Sold) -> str:
    product = PRODUCTS.get(_MEANT.get((line.sku, line.option), line.sku))
    return product.rate if product else "0.1"


_HOURS = {"am": "午前中", "": ""}


def hours(slot: str) -> str:
    return _HOURS.get(slot, "時-".join(slot.split("-")) + "時")


def _shopify(day: Day, orders: Sequence[Order]) -> bytes:
    def rows() -> Iterator[dict[str, object]]:
        for order in orders:
            wishes = [f"配達希望日: {order.wish:%Y/%m/%d}"] if order.wish else []
            wishes += [f"配達時間帯: {hours(order.slot)}"] if order.slot else []
            wishes += ["ギフト包装: はい"] if order.gift else []
            first: dict[str, object] = {
                "Email": order.email or "buyer@example.com",
                "Financial Status": "pending" if order.unpaid or order.cod else "paid",
                "Fulfillment Status": "fulfilled" if order.shipped else "unfulfilled", "Currency": "JPY",
                "Subtotal": order.subtotal, "Shipping": POSTAGE + order.fee, "Taxes": tax_of(order),
                "Total": order.total,
                "Discount Amount": 0, "Shipping Method": order.method or "宅配便",
                "Created at": f"{ordered(day, order)} +0900", "Notes": order.remark,
                "Note Attributes": "\n".join(wishes),
                "Cancelled at": f"{ordered(day, order)} +0900" if order.cancelled else "",
                "Payment Method": "代金引換" if order.cod else "銀行振込" if order.unpaid else "Shopify Payments",
                "Outstanding Balance": order.total if order.cod else 0, "Id": 5_500_000_000_000 + order.minute,
                **_shopify_person("Billing", order.buyer), **_shopify_person("Shipping", order.to),
            }  # fmt: skip
            for at, line in enumerate(order.sold):
                yield {
                    "Name": order.number, "Lineitem quantity": line.pieces, "Lineitem name": name_of(line),
                    "Lineitem price": line.price, "Lineitem sku": line.code or line.sku,
                    "Lineitem requires shipping": "true",
                    "Lineitem fulfillment status": "fulfilled" if order.shipped else "pending",
                    **({} if at else first),
                }  # fmt: skip

    header = header_of(SAMPLES / "shopify" / "orders_export.csv", "utf-8-sig")
    return table(header, rows()).encode()


_ISO = {
    "北海道": 1, "宮城県": 4, "埼玉県": 11, "千葉県": 12, "東京都": 13, "神奈川県": 14, "石川県": 17, "愛知県": 23,
    "京都府": 26, "大阪府": 27, "広島県": 34, "香川県": 37, "福岡県": 40, "鹿児島県": 46, "沖縄県": 47,
}  # fmt: skip


def _shopify_person(whose: str, person: Person) -> dict[str, object]:
    return {
        f"{whose} Name": person.name, f"{whose} Address1": person.street, f"{whose} City": person.city,
        f"{whose} Zip": f"'{person.postcode}", f"{whose} Province": f"JP-{_ISO[person.prefecture]:02d}",
        f"{whose} Province Name": person.prefecture, f"{whose} Country": "JP",
        f"{whose} Phone": f"+81 {person.phone[1:]}" if person.phone else "",
    }  # fmt: skip


MAPPING = """\
id = "catalogue"
[title]
ja = "見本カタログ"
en = "Sample catalogue"
[order]
number = "受注番号"
email = "メール"
ordered_at = "受注日時"
note = "備考"
payment = "支払"
cod_amount = "代引金額"
delivery = "配送"
wish = ["希望日", "希望時間"]
[buyer]
name = "注文者"
postcode = "注文者郵便番号"
prefecture = "注文者都道府県"
city = "注文者市区"
street = "注文者住所"
phone = "注文者電話"
[ship_to]
name = "送り先"
postcode = "送り先郵便番号"
prefecture = "送り先都道府県"
city = "送り先市区"
street = "送り先住所"
phone = "送り先電話"
[totals]
subtotal = "小計"
shipping = "送料"
fee = "手数料"
tax = "消費税"
total = "合計"
[line]
sku = "品番"
name = "品名"
quantity = "数量"
price = "単価"
tax_rate = "税率"
options = "選択"
[rules]
unpaid = [{ column = "入金", equals = "未入金" }]
cancelled = [{ column = "状態", equals = "取消" }]
gift = [{ column = "ギフト", equals = "1" }]
[report]
encoding = "cp932"
date = "%Y/%m/%d"
columns = [
    { name = "受注番号", value = "order_number" },
    { name = "問合せ番号", value = "tracking" },
    { name = "運送会社", value = "carrier" },
    { name = "発送日", value = "ship_date" },
]
[report.carriers]
yamato_b2 = "ヤマト"
sagawa_e3 = "佐川"
japanpost_yupri = "郵便"
[report_errors]
number = "受注番号"
reason = "エラー"
"""
"""The mapping of the catalogue shop's own CSV."""


def _catalogue(day: Day, orders: Sequence[Order]) -> bytes:
    rows = catalogue_rows(day, orders)
    return b"\xef\xbb\xbf" + table(list(rows[0]) if rows else [], rows).encode()


def catalogue_rows(day: Day, orders: Sequence[Order]) -> list[dict[str, object]]:
    """Return the rows of the catalogue shop's file, for a text or a spreadsheet."""

    def person(whose: str, who: Person) -> dict[str, object]:
        return {
            whose: who.name, f"{whose}郵便番号": who.postcode, f"{whose}都道府県": who.prefecture,
            f"{whose}市区": who.city, f"{whose}住所": who.street, f"{whose}電話": who.phone,
        }  # fmt: skip

    def rows() -> Iterator[dict[str, object]]:
        for order in orders:
            for line in order.sold:
                yield {
                    "受注番号": order.number, "受注日時": ordered(day, order),
                    "状態": "取消" if order.cancelled else "",
                    "入金": "未入金" if order.unpaid else "済", "備考": order.remark, "メール": order.email,
                    "支払": "代金引換" if order.cod else "振込", "代引金額": order.to_collect or "",
                    "配送": order.method, "希望日": f"{order.wish:%Y年%m月%d日}" if order.wish else "",
                    "希望時間": hours(order.slot), "ギフト": int(order.gift),
                    **person("注文者", order.buyer), **person("送り先", order.to),
                    "小計": order.subtotal, "送料": POSTAGE, "手数料": order.fee, "消費税": tax_of(order),
                    "合計": order.total, "品番": line.code or line.sku, "品名": name_of(line), "数量": line.pieces,
                    "単価": line.price, "税率": rate_of(line), "選択": line.option,
                }  # fmt: skip

    return list(rows())


def write_products(path: Path, today: date) -> Path:
    """Write the product file of the house."""

    def rows() -> Iterator[dict[str, object]]:
        for each in PRODUCTS.values():
            codes = [each.jan] if each.jan else []
            codes += [f"{each.case}=6"] if each.case else []
            yield {
                "sku": each.sku, "name": each.name, "code": ";".join(codes), "shelf": each.shelf,
                "weight_g": 200, "length_mm": each.side, "width_mm": 80, "height_mm": 60,
                "stock": each.stock or "", "temperature": each.temperature,
                "on_sale_from": today + timedelta(days=each.on_sale) if each.on_sale else "",
                "parts": ";".join(f"{sku}={pieces}" if pieces > 1 else sku for sku, pieces in each.parts),
                "option_texts": ";".join(f"{parent}:{text}" for parent, text in each.options),
            }  # fmt: skip

    path.write_text(table(list(next(rows())), rows()), encoding="utf-8", newline="")
    return path


def write_lead_times(path: Path) -> Path:
    """Write both carriers' days from the warehouse in Tokyo; invented."""
    rows = [
        {"carrier": carrier, "origin": "東京都", "prefecture": prefecture, "days": days}
        for carrier in (YAMATO, SAGAWA)
        for prefecture, days in LEAD_DAYS.items()
    ]
    path.write_text(table(list(rows[0]), rows), encoding="utf-8", newline="")
    return path
