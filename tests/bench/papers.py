"""Packing slips: five hundred in one file, and one against a bare ReportLab page with the same text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from app import fonts
from app.documents import render
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.papers import ShopBlock, Slip, SlipBatch, SlipLine
from app.text import texts
from tests.bench.measure import Row, interleaved

SLIP = Slip(
    shop=ShopBlock(name="くもの雑貨店", postcode="1500001", address="東京都渋谷区神宮前1-2-3", phone="03-1234-5678"),
    number=ShipNumber(12, 34),
    version=1,
    order_number="293847-20260713-0518264937",
    ship_to=Address(
        name="佐藤 花子", postcode="0600001", prefecture="北海道", city="札幌市", street="北一条西2丁目1-5"
    ),
    lines=tuple(SlipLine(f"有機ほうじ茶 {at}包", f"TEA-{at:02d}", at, price="1080") for at in range(1, 13)),
    channel="くもの雑貨店 楽天市場店",
    ordered_on=date(2026, 7, 13),
    issued_on=date(2026, 7, 14),
    payment="クレジットカード",
    totals=Totals(subtotal="3810", shipping="550", tax="346", total="4360"),
)


def measure(quick: bool, seed: int) -> list[Row]:
    """Slip against bare page, and five hundred slips in one file."""
    words = texts("ja")
    number = 50 if quick else 500
    batch = SlipBatch(tuple(replace(SLIP, number=ShipNumber(12, at)) for at in range(1, number + 1)), 12)
    bare = _bare_page()
    works = {"slip": lambda: render("packing_slip", SLIP, words), "bare": bare}
    for work in works.values():
        work()
    found = interleaved(10 if quick else 60, seed, **works)
    many = interleaved(1 if quick else 3, seed, many=lambda: render("slips", batch, words))
    return [
        Row.of("packing slip, 12 lines / bare ReportLab page with its text", found["slip"], found["bare"], None),
        Row.absolute(f"{number} packing slips in one file", many["many"], None if quick else 2.0, by="p50"),
    ]


def _bare_page():
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    path = str(fonts.regular())
    said = [SLIP.shop.name, SLIP.shop.address, SLIP.order_number, SLIP.ship_to.name, SLIP.ship_to.street, SLIP.channel]
    rows = [(line.name, line.sku, f"{line.quantity}", line.price) for line in SLIP.lines]

    pdfmetrics.registerFont(TTFont("Bench", path))

    def page() -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=(420, 595))
        canvas.setFont("Bench", 10)
        for at, text in enumerate(said):
            canvas.drawString(30, 560 - 14 * at, text)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(30 + 110 * column, 440 - 14 * at, text)
        Code128("KO-12-034-1", barHeight=30).drawOn(canvas, 30, 200)
        canvas.save()
        return target.getvalue()

    return page
