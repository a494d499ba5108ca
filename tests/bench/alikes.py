"""Comparing a big product master for look-alikes, with scans beside it."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

from app.domain.gtin import check_digit
from app.services import alikes
from app.services.desk import Desk
from app.storage import alikes as storage
from app.storage.database import Database, open_database
from tests.bench.measure import Row, Sample, note, timed
from tests.bench.shop import scratch

PRODUCTS = 50_000

_BRANDS = (
    "北海",
    "山田",
    "かぜ",
    "さくら堂",
    "Mori",
    "オリオン",
    "Green Lab",
    "匠",
    "ひなた",
    "くじら",
    "Kujira",
    "千鳥",
)
_KINDS = (
    "マグカップ", "タオル", "石けん", "煎茶", "珈琲 豆", "ジャム", "味噌", "クッキー", "シャンプー つめかえ",
    "ふきん", "砂時計", "ノート", "ペン", "Lunch box", "Water bottle", "Tote bag", "Cushion cover", "Soy sauce",
)  # fmt: skip
_FORMS = ("有機", "深煎り", "ミニ", "旅用", "すみれ柄", "水玉", "無地", "gift", "classic", "retro", "限定", "業務用")
_VARIANTS = ("50g", "100g", "200g", "S", "M", "L", "赤", "青", "白", "ブラック", "10個入り", "v2")


def fill(database: Database, number: int, seed: int) -> None:
    """Enter products as a grown shop has them: lines in several variants, numbers of many makers, shelves by line."""
    chance = random.Random(seed)
    rows, codes = [], []
    while len(rows) < number:
        word = "".join(chance.choice("アイウエオカキクケコサシスセソタチツテト") for _ in range(3))
        name = f"{chance.choice(_BRANDS)} {word} {chance.choice(_FORMS)} {chance.choice(_KINDS)}"
        maker = chance.randrange(10**5)
        for variant in chance.sample(_VARIANTS, chance.choice((1, 1, 1, 2, 3, 4))):
            at = len(rows) + 1
            body = f"49{maker:05d}{chance.randrange(10**5):05d}"
            rows.append(
                (
                    at,
                    f"{chance.randrange(10**7):07d}-{at}",
                    f"s{at}",
                    f"{name} {variant}",
                    f"A-{at // 40}-{at // 4 % 10}",
                )
            )
            codes.append((at, f"0{body}{check_digit(body)}", f"c{at}"))
    with database.transaction() as tx:
        run = tx.connection.exec_driver_sql
        run("INSERT INTO products (id, sku, fold, name, shelf) VALUES (?, ?, ?, ?, ?)", rows[:number])
        run(
            "INSERT INTO product_codes (product_id, code, fold, kind, quantity) VALUES (?, ?, ?, 'gtin', 1)",
            codes[:number],
        )


def measure(quick: bool, seed: int) -> list[Row]:
    """Compare all products, once new and once with nothing to write; scans beside."""
    number = PRODUCTS // 10 if quick else PRODUCTS
    with scratch("alikes") as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'kenpin.db'}")
        note(f"{number:,} products")
        fill(database, number, seed)
        desk = Desk(database, "1")
        try:
            beside = Sample()
            first = timed(lambda: _with_scans(desk, beside))
            again = timed(lambda: alikes.settle(desk))
            pairs = len(desk.read(storage.page, limit=10**9).result())
        finally:
            desk.stop()
    of = f"{number:,} products compared, {pairs:,} pairs"
    return [
        Row.figure(f"{of}: written, scans beside", round(first, 1), None, "s"),
        Row.figure(f"{of}: nothing new", round(again, 1), None, "s"),
        Row.absolute("a scan beside it", beside, None),
    ]


def _with_scans(desk: Desk, beside: Sample) -> None:
    done = threading.Event()

    def scans() -> None:
        while not done.wait(0.05):
            begin = time.perf_counter()
            desk.scan("KP-NEXT").result()
            beside.times.append(time.perf_counter() - begin)

    scanner = threading.Thread(target=scans)
    scanner.start()
    try:
        alikes.settle(desk)
    finally:
        done.set()
        scanner.join()
