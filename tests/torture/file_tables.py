"""Exports as each shop writes them, made new from a seed, with what they say beside them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

__all__ = ["CHANNELS", "PRODUCTS", "SHAPES", "Order", "Shape", "Table", "export", "export_names"]

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PRODUCTS = 24
"""The goods that orders name: ``SKU-1`` and so on."""

Order = list[tuple[str, int]]
"""SKU and pieces of each line, in the order of the rows."""
_NAMES = ("煎茶 100g", 'Cup "L", white', "湯のみ, 白", "みかん〜５㎏", "改行\nあり", "①②㈱", "Thing", "ソ表能")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a shop's export is laid out, and which of its columns say what."""

    sample: str
    """File of ``tests/samples`` whose header and first row are the pattern."""
    number: str
    sku: str
    quantity: str
    name: str
    line_id: str = ""
    digits: str = "{:08d}"
    """Form of the order numbers."""
    delimiter: str = ","
    quoting: int = csv.QUOTE_ALL
    encodings: tuple[str, ...] = ("cp932",)
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Columns that say something else than in the sample."""
    also: tuple[str, ...] = ()
    """Columns that say the order's number too."""
    beside: str = ""
    """File of ``tests/samples`` for the other half, where orders come in two files."""


SHAPES = {
    "shopify": Shape(
        *("shopify/orders_export.csv", "Name", "Lineitem sku", "Lineitem quantity", "Lineitem name"),
        digits="#{:06d}",
        quoting=csv.QUOTE_MINIMAL,
        encodings=("utf-8",),
    ),
    "amazon": Shape(
        *("amazon/unshipped.txt", "order-id", "sku", "quantity-to-ship", "product-name", "order-item-id"),
        digits="999-0000001-{:07d}",
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    ),
    "rakuten": Shape(
        *("rakuten/rms_utf8_bom.csv", "注文番号", "システム連携用SKU番号", "個数", "商品名", "商品明細ID"),
        digits="999999-20260914-{:010d}",
        encodings=("cp932", "utf-8-sig"),
    ),
    "base": Shape(
        *("base/orders_38_utf8_bom.csv", "注文ID", "種類コード", "数量", "商品名"),
        digits="AAAA{:04d}BBBB",
        encodings=("utf-8-sig", "cp932"),
    ),
    "eccube4": Shape(
        *("eccube4/utf8.csv", "注文番号", "商品コード", "個数", "商品名"),
        digits="{:d}",
        also=("注文ID",),
        quoting=csv.QUOTE_MINIMAL,
        encodings=("utf-8", "cp932"),
    ),
    "yahoo": Shape(
        *("yahoo/items.csv", "OrderId", "ItemId", "Quantity", "Title", "LineId"),
        fixed={"SubCode": "", "ItemOptionName": "", "ItemOptionValue": ""},
        beside="yahoo/items+orders.csv",
    ),
    "logiless": Shape(
        *("csv/logiless.csv", "受注コード", "商品コード", "数量", "商品名"),
        digits="L-{:d}",
        encodings=("cp932", "utf-8"),
    ),
    "nextengine": Shape(
        *("csv/nextengine.csv", "店舗伝票番号", "商品コード", "受注数量", "商品名"),
        digits="M-{:d}",
        encodings=("cp932", "utf-8"),
    ),
}
CHANNELS = tuple(SHAPES)


@dataclass(slots=True)
class Table:
    """One export before anything happens to it."""

    channel: str
    shape: Shape
    header: list[str]
    rows: list[list[str]]
    orders: dict[str, Order]
    """What the file says."""
    encoding: str
    newline: str = "\r\n"
    beside: bytes = b""
    """The other half, as it is."""

    def place(self, name: str) -> int:
        """Where a column is."""
        return self.header.index(name)

    @property
    def text(self) -> str:
        """The whole file as its shop writes it."""
        return written([self.header, *self.rows], self.shape, self.newline)

    @property
    def data(self) -> bytes:
        """The whole file as bytes."""
        return self.text.encode(self.encoding)


def written(rows: list[list[str]], shape: Shape, newline: str = "\r\n") -> str:
    """Return rows as text."""
    if shape.quoting == csv.QUOTE_NONE:
        return "".join(shape.delimiter.join(row) + newline for row in rows)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=shape.delimiter, quoting=shape.quoting, lineterminator=newline).writerows(rows)
    return out.getvalue()


@cache
def _pattern(sample: str, delimiter: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    raw = (SAMPLES / sample).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932")
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    header, first, *_ = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    return tuple(header), tuple(first)


def export_names(channel: str) -> tuple[str, ...]:
    """Return what the files of an export are called."""
    suffix = "txt" if channel == "amazon" else "csv"
    return ("items.csv", "orders.csv") if SHAPES[channel].beside else (f"orders.{suffix}",)


def export(channel: str, chance: random.Random, orders: int = 0) -> Table:
    """Make an export of some orders of one to four lines."""
    shape = SHAPES[channel]
    header, first = _pattern(shape.sample, shape.delimiter)
    said: dict[str, Order] = {}
    rows: list[list[str]] = []
    base = {**dict(zip(header, first, strict=True)), **shape.fixed}
    numbers = chance.sample(range(1, 9000), orders or chance.randint(3, 8))
    for number in (shape.digits.format(each) for each in numbers):
        lines = [(f"SKU-{each}", chance.randint(1, 9)) for each in chance.sample(range(1, 1 + PRODUCTS), 4)]
        said[number] = lines[: chance.randint(1, 4)]
        for sku, pieces in said[number]:
            cells = {**base, shape.number: number, shape.sku: sku, shape.quantity: str(pieces)}
            cells[shape.name] = _name(shape, chance)
            cells |= dict.fromkeys(shape.also, number)
            if shape.line_id:
                cells[shape.line_id] = str(50_000 + len(rows))
            row = [cells[name] for name in header]
            # Of two columns with one name the first is filled as the sample has it, and none of them names goods.
            rows.append([cell if header.count(name) == 1 else was for name, cell, was in zip(header, row, first)])  # noqa: B905
    table = Table(channel, shape, list(header), rows, said, chance.choice(shape.encodings))
    table.beside = _beside(shape, list(said))
    return table


def _name(shape: Shape, chance: random.Random) -> str:
    name = chance.choice(_NAMES)
    return name.replace("\n", " ") if shape.quoting == csv.QUOTE_NONE else name


def _beside(shape: Shape, numbers: list[str]) -> bytes:
    if not shape.beside:
        return b""
    header, first = _pattern(shape.beside, ",")
    place = header.index(shape.number)
    rows = [[number if at == place else cell for at, cell in enumerate(first)] for number in numbers]
    return written([list(header), *rows], replace(shape, quoting=csv.QUOTE_ALL)).encode("cp932")
