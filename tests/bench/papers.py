"""Packing slips and invoices: five hundred in one file, and one against a bare ReportLab page with the same text.

Times are of the processor: other programs of the machine do not count. Every page has its bars and a QR code, ours and
the bare ones; a bare page gets the cells of its QR code made, for ReportLab's own encoder alone takes longer than all
the rest.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count

from app import fonts
from app.documents import render
from app.documents._sheet import MM, Sheet
from app.documents._symbols import cells_of
from app.documents._templates import read_of
from app.domain.invoice import InvoiceRules, invoice_of
from app.domain.order_papers import SlipBatch
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.paper_sizes import PaperSize
from app.domain.papers import ShopBlock, Slip, SlipLine
from app.text import texts
from tests.bench.measure import Row, interleaved

MOST = 1.5
"""Times that a page may take of what ReportLab alone takes."""
QR = {paper: read_of(paper, "qr", 'qr = "ship_number"').template for paper in ("packing_slip", "invoice")}
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
    look=QR["packing_slip"],
)

ORDERED = replace(
    SLIP,
    lines=tuple(replace(line, tax_rate="0.08" if at % 3 else "0.1") for at, line in enumerate(SLIP.lines)),
    buyer=Address(name="株式会社見本商会", prefecture="東京都", city="千代田区", street="見本町1-1"),
    totals=Totals(shipping="550", discount="1000"),
    look=QR["invoice"],
)
INVOICE = invoice_of(ORDERED, InvoiceRules(), ORDERED.issued_on)


def measure(quick: bool, seed: int) -> list[Row]:
    """Slip against bare page, and five hundred slips in one file."""
    words = texts("ja")
    number = 50 if quick else 500
    batch = SlipBatch(tuple(_another(SLIP) for _ in range(number)), 12)
    invoices = SlipBatch(tuple(replace(INVOICE, slip=_another(INVOICE.slip)) for _ in range(number)), 12)
    works = {
        "slip": lambda: render("packing_slip", _another(SLIP), words),
        "bare": _bare_page("packing_slip", SLIP),
        "invoice": lambda: render("invoice", replace(INVOICE, slip=_another(INVOICE.slip)), words),
        "bare_invoice": _bare_page("invoice", INVOICE),
        "bill": lambda: invoice_of(ORDERED, InvoiceRules(), ORDERED.issued_on),
    }
    for size in PaperSize:
        works[f"on_{size}"] = _on(size)
    for work in works.values():
        work()
    found = interleaved(10 if quick else 60, seed, **{name: _busy(work) for name, work in works.items()})
    many = interleaved(
        1 if quick else 3,
        seed,
        slips=_busy(lambda: render("slips", batch, words)),
        invoices=_busy(lambda: render("slips", invoices, words)),
    )
    for paper, value in (("packing_slip", SLIP), ("invoice", INVOICE)):
        assert render(paper, value, words).pdf == render(paper, value, words).pdf
    most = None if quick else 2.0
    return [
        Row.of("packing slip, 12 lines / bare ReportLab page with its text", found["slip"], found["bare"], MOST),
        Row.of("invoice, 12 lines / bare ReportLab page with its text", found["invoice"], found["bare_invoice"], MOST),
        Row.absolute("reckoning an invoice of 12 lines", found["bill"], None),
        Row.absolute(f"{number} packing slips in one file, no two alike", many["slips"], most, by="p50"),
        Row.absolute(f"{number} invoices in one file, no two alike", many["invoices"], most, by="p50"),
        *(Row.absolute(f"packing slip on {size.label}", found[f"on_{size}"], None) for size in PaperSize),
    ]


def _on(size: PaperSize) -> Callable[[], object]:
    return lambda: render("packing_slip", replace(_another(SLIP), page=size), texts("ja"))


def _busy(work: Callable[[], object]) -> Callable[[], float]:
    """What the processor does for a work, in seconds."""

    def timed() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return timed


_count = count(1)


def _another(slip: Slip) -> Slip:
    """The same slip with names, prices and numbers that no page before it had: nothing is remembered from one."""
    at = next(_count)
    lines = tuple(replace(line, name=f"{line.name} {at}", sku=f"{line.sku}-{at}", price=f"{at}") for line in slip.lines)
    to = replace(slip.ship_to, name=f"{slip.ship_to.name}{at}", street=f"{slip.ship_to.street}-{at}")
    return replace(slip, lines=lines, ship_to=to, order_number=f"{slip.order_number}-{at}", number=ShipNumber(at, at))


def _bare_page(paper: str, value: object):
    """The same text in the same two weights at the same places, and the same codes, by ReportLab alone."""
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    said: list[tuple[float, float, str, float, bool]] = []
    real = Sheet.text

    def keep(self, x, y, text, style, align="left"):
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * self.width(text, style)
        said.append(((x - shift) * MM, (297 - y) * MM, text, style.size, style.bold))
        real(self, x, y, text, style, align)

    Sheet.text = keep
    try:
        render(paper, value, texts("ja"))
    finally:
        Sheet.text = real
    pdfmetrics.registerFont(TTFont("Bench", str(fonts.regular())))
    pdfmetrics.registerFont(TTFont("Bench-Bold", str(fonts.bold())))

    cells, _ = cells_of("qr", "KO-12-034-1")

    def page() -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=(210 * MM, 297 * MM))
        for x, y, text, size, bold in said:
            canvas.setFont("Bench-Bold" if bold else "Bench", size)
            canvas.drawString(x, y, text)
        Code128("KO-12-034-1", barHeight=30).drawOn(canvas, 30, 20)
        path = canvas.beginPath()
        for at, row in enumerate(cells):
            for dark in re.finditer("1+", row):
                path.rect(30 + dark.start() * 2, 200 - at * 2, len(dark[0]) * 2, 2)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.save()
        return target.getvalue()

    return page
