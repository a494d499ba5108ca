"""Labels as our papers draw them, as a printer with 203 dots per inch prints them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import barcode
import pypdfium2
import zxingcpp
from PIL import Image

from app.documents._sheet import A4, Sheet
from app.domain.gtin import check_digit
from app.text import texts

__all__ = ["Label", "labels"]

DPI = 203
_WIDE, _HIGH = 66.0, 26.0
"""Room of one label on the sheet (mm), its quiet zones included."""
_COLUMNS, _ROWS = 3, 11
_MODULES = (0.375, 0.338, 0.25)
_KINDS = ("code-128", "ean-13", "qr", "datamatrix")


@dataclass(frozen=True)
class Label:
    """One label."""

    text: str
    symbology: str
    image: Image.Image
    """Black and white."""


def labels(number: int, seed: int) -> Iterator[Label]:
    """Draw *number* labels: what slips, shelves, badges and command sheets carry, and codes of goods."""
    chance = random.Random(seed)
    words = texts("ja")
    plans = [(kind, _text(kind, chance)) for kind in (chance.choice(_KINDS) for _ in range(number))]
    each = _COLUMNS * _ROWS
    for first in range(0, number, each):
        part = plans[first : first + each]
        sheet = Sheet("labels", words)
        sheet.page(A4)
        # Where a label begins within a dot is left to chance, as on paper.
        places = [
            (n % _COLUMNS * 68 + chance.random() / 2, n // _COLUMNS * 26.8 + chance.random() / 2)
            for n in range(len(part))
        ]
        for (kind, text), (x, y) in zip(part, places, strict=True):
            _draw(sheet, kind, text, x, y)
        page = _printed(sheet.finish().pdf)
        for (kind, text), (x, y) in zip(part, places, strict=True):
            yield Label(text, kind, page.crop(_dots(x, y, x + _WIDE, y + _HIGH)))


def _text(kind: str, chance: random.Random) -> str:
    if kind == "ean-13":
        body = chance.choice(("45", "49")) + "".join(chance.choices("0123456789", k=10))
        return body + check_digit(body)
    number = f"{chance.randint(1, 999)}-{chance.randint(1, 999):03d}"
    shelf = f"{chance.choice('ABCDEFGH')}-{chance.randint(1, 30):02d}-{chance.randint(1, 9):02d}"
    drawn = (
        f"KO-{number}-{chance.randint(1, 9)}",
        f"KO-{number}",
        f"KS-{shelf}",
        f"KT-{chance.randint(1, 999):03d}",
        f"KU-{chance.randint(1, 9999):04d}",
        f"KL-{chance.randint(1, 9999)}",
        chance.choice(("KP-NEXT", "KP-DONE", "KP-UNDO", "KP-CANCEL", "KP-R-MISSING")),
    )
    return chance.choice(drawn)


def _draw(sheet: Sheet, kind: str, text: str, x: float, y: float) -> None:
    if kind == "code-128":
        sheet.code128(x + 5, y + 4, text, _WIDE - 10, 14, _MODULES)
    elif kind == "ean-13":
        sheet.cells(x + 8, y + 3, [barcode.get("ean13", text).build()[0]], 0.33, 18)
    else:
        form = zxingcpp.BarcodeFormat.QRCode if kind == "qr" else zxingcpp.BarcodeFormat.DataMatrix
        drawn = memoryview(zxingcpp.create_barcode(text, form).to_image(scale=1, add_quiet_zones=False))
        rows = ["".join("1" if drawn[v, u] == 0 else "0" for u in range(drawn.shape[1])) for v in range(drawn.shape[0])]
        sheet.cells(x + 4, y + 3, rows, 0.5, 0.5)


def _printed(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        grey = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    return grey.point(lambda dot: 255 if dot > 127 else 0)


def _dots(*millimetres: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(each / 25.4 * DPI) for each in millimetres)
    return left, top, right, bottom
