"""Shops to measure on: a small one on any database, and the big one in a file that is kept between runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.gtin import check_digit
from app.domain.products import CodeKind, IncomingProduct, LotPolicy, ProductCode
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.storage import intake, packing, products
from app.storage.database import Database, Transaction, open_database
from app.storage.orders import FAR
from app.storage.tables import REVISION
from tests.bench.measure import note

__all__ = ["BIG", "big_shop", "gtin", "new_order", "scratch", "shop_with_products"]

BIG = 1_000_000
"""Orders of the big shop."""
LIVE = 8_000
"""How many of them are not shipped."""
PRODUCTS = 2_000
CONTENT = (
    '{"buyer":{"name":"佐藤 花子","postcode":"0600001","prefecture":"北海道","city":"札幌市中央区",'
    '"street":"北一条西2丁目1-5","phone":"0110000000","country":"JP"},"ship_to":{"name":"佐藤 花子",'
    '"postcode":"0600001","prefecture":"北海道","city":"札幌市中央区","street":"北一条西2丁目1-5",'
    '"phone":"0110000000","country":"JP"},"note":"","payment":"クレジットカード","cod_amount":"",'
    '"delivery":"宅急便","wish":"","totals":{"subtotal":"3810","shipping":"550","fee":"","discount":"",'
    '"points":"","tax":"346","total":"4360","currency":"JPY"}}'
)


def gtin(number: int) -> str:
    """A good GTIN-13 of a Japanese company."""
    body = f"4900000{number:05d}"
    return body + check_digit(body)


@contextmanager
def scratch(what: str) -> Iterator[Path]:
    """A folder outside the repository that goes away."""
    with tempfile.TemporaryDirectory(prefix=f"kenpin-bench-{what}-") as folder:
        yield Path(folder)


def shop_with_products(database: Database, number: int = 50, stock: int = 1_000_000) -> None:
    """Enter a shop with products 1 … *number*, each with a JAN code and stock on its shelf."""
    with database.transaction() as tx:
        intake.shop_id(tx, "csv", "bench", make=True)
        for at in range(1, number + 1):
            shelf = f"A-{at:04d}"
            code = ProductCode(f"0{gtin(at)}", 1, CodeKind.GTIN)
            given = IncomingProduct(
                f"SKU-{at:05d}", f"品物 {at}", codes=(code,), shelf=shelf, lot_policy=LotPolicy.NONE
            )
            product, _ = products.save(tx, given)
            packing.book(tx, f"open-{at}", None, [Move(product, "", SUPPLIER, shelf_place(shelf), stock)])


GATED = ("", "", "", "ambient", 0, "", "", "", 0, "", None, "")
"""What the gate says of an order without a carrier."""


def new_order(tx: Transaction, number: str, lines: list[tuple[int, int]]) -> int:
    """Enter a ready order; *lines* are the product's number and the pieces."""
    (order,) = intake.reserve(tx, 1)
    skus = products.by_skus(tx, [f"SKU-{product:05d}" for product, _ in lines])
    shop = intake.shop_id(tx, "csv", "bench", make=True)
    pieces = sum(wanted for _, wanted in lines)
    head = (order, shop, number, "", "ready", 0, 0, tx.now, tx.now, None, FAR, 0, "", 0, len(lines), pieces)
    intake.insert_rows(tx, "orders", [(*head, "佐藤 花子", "北海道", 0, CONTENT, number, *GATED)])
    rows = []
    for at, (product, wanted) in enumerate(lines, 1):
        sku = f"SKU-{product:05d}"
        rows.append((order, at, sku, f"品物 {product}", skus[sku][0], wanted, 0, 0, "1080", "10", "", None))
    intake.insert_rows(tx, "lines", rows)
    return order


# --- the big one --------------------------------------------------------------------------------------------------


def _cache() -> Path:
    named = os.environ.get("KENPIN_BENCH_CACHE")
    return Path(named) if named else Path(tempfile.gettempdir()) / "kenpin-bench-cache"


def big_shop(orders: int, live: int) -> Path:
    """A file with *orders* orders of three lines, the last *live* of them ready; made once and kept.

    Measurements only read it, or work on the few orders that they enter themselves.
    """
    folder = _cache()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"shop-{REVISION}-{orders}-{live}.db"
    if not path.exists():
        note(f"building {orders:,} orders, {live:,} of them live ({path})")
        began = time.monotonic()
        half = path.with_suffix(f".{os.getpid()}.half")
        _build(half, orders, live)
        half.replace(path)
        note(f"built in {time.monotonic() - began:.0f} s, {path.stat().st_size >> 20} MiB")
    return path


def _build(path: Path, orders: int, live: int) -> None:
    database = open_database(f"sqlite:///{path}")
    shop_with_products(database, PRODUCTS)
    database.close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-400000")
    raw.execute("BEGIN")
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    # One in ten has a cut-off; the newest are the live ones, as in a shop that has been running for years.
    raw.execute(
        counting + "INSERT INTO orders (id, shop_id, number, ship_to_key, state, held, version, batch, sequence, "
        "received_at, ordered_at, cut_off, queue_at, rank, holder, lease_until, line_count, pieces, ship_name, "
        "prefecture, gift, content, digest) "
        "SELECT i, 1, printf('N-%08d', i), '', CASE WHEN i <= ? THEN 'shipped' ELSE 'ready' END, 0, i <= ?, "
        "CASE WHEN i <= ? THEN (i - 1) / 100 + 1 END, CASE WHEN i <= ? THEN (i - 1) % 100 + 1 END, "
        "1700000000000 + i * 60000, 1700000000000 + i * 60000, NULL, "
        "CASE WHEN i % 10 = 0 THEN 1700000000000 + i * 60000 ELSE 253402300799000 END, 0, '', 0, 3, 4, '佐藤 花子', "
        "'北海道', 0, ?, printf('%064x', i) FROM n",
        (orders, *(orders - live,) * 4, CONTENT),
    )
    raw.execute(
        counting + "INSERT INTO order_lines (order_id, position, sku, name, product_id, wanted, done, short, price, "
        "tax_rate, options) "
        "SELECT i, k, printf('SKU-%05d', (i * 7 + k * 13) % ? + 1), '品物', (i * 7 + k * 13) % ? + 1, "
        "CASE k WHEN 1 THEN 2 ELSE 1 END, CASE WHEN i > ? THEN 0 WHEN k = 1 THEN 2 ELSE 1 END, 0, '1080', '10', '' "
        "FROM n, (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3)",
        (orders, PRODUCTS, PRODUCTS, orders - live),
    )
    raw.execute("INSERT INTO batches (id, at, act) VALUES (?, 0, 'bench')", (orders // 100 + 1,))
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    for left in ("-wal", "-shm"):
        Path(f"{path}{left}").unlink(missing_ok=True)


def copy_of(path: Path, folder: Path) -> Path:
    """A copy of a closed database, to write in."""
    target = folder / path.name
    shutil.copyfile(path, target)
    return target
