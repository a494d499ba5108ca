"""Random labels with hostile content, and the eyes that read their codes back."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from app.domain.gtin import check_digit
from app.domain.label import DPIS, Code, Label, Line, Over, Picture, PrintOptions, Symbology, Text
from app.domain.label_dots import BarRow, CellGrid, LaidOut
from app.printers._layout import checked

PLAIN = PrintOptions()


def printed(tongue: Any, label: Label, dpi: int, copies: int = 1, options: PrintOptions = PLAIN) -> bytes:
    """The bytes of one label in a language, a module of :mod:`app.printers`."""
    return tongue.render([checked(label, dpi)], copies, options)


HOSTILE = (
    "^XZ^XA^FO0,0^GB800,800,800^FS",
    "~JR~HS~DG",
    "_5E_7E ^FH_",
    '"\r\nPRINT 1,99\r\n"',
    '\\["]BAR 0,0,800,800',
    "\x1bA\x1bQ999\x1bZ",
    "\x05\x18\x1b@\x1dV\x00",
    "%%EOF\n/JavaScript (x)",
    "a\x00b\x7f\x85",
    "𠮷野家の髙橋様",
    "🎁ギフト🎀包装",
    "שלום مرحبا",
    "é ñ ü ß Ω Ж ㌔ ①②㈱",
    "か\u3099き\u3099 e\u0301",
    "葛\U000e0100城",
    "長" * 200,
    "W" * 200,
    "   ",
    "'; DROP TABLE orders; --",
    "=HYPERLINK(1)",
    "</text><script>",
    "有機ほうじ茶 30包（ティーバッグ）",
)
ASCII = "".join(map(chr, range(32, 127)))


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choices("0123456789", k=count))


def _with_check(body: str) -> str:
    return body + check_digit(body)


def data_of(dice: random.Random, symbology: Symbology) -> str:
    """Data that its code can hold, hostile where it may be."""
    match symbology:
        case Symbology.CODE128:
            plain = ["KS-A-01", "^XZ~HS_5E", '"\\["]"', ">0>;>8>:", "12-034-1", "=1+1"]
            if dice.random() < 0.3:
                return dice.choice(plain)
            if dice.random() < 0.4:
                return "".join(dice.choices("0123456789" * 4 + ASCII, k=dice.randint(1, 16)))
            return "".join(dice.choices(ASCII, k=dice.randint(1, 14))).strip() or "A"
        case Symbology.GS1_128 | Symbology.GS1_DATAMATRIX:
            message = "01" + _with_check(_digits(dice, 13))
            if dice.random() < 0.6:
                message += f"17{dice.randint(24, 39)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
            if dice.random() < 0.7:
                lot = "".join(dice.choices("0123456789ABCXYZabc!\"%&'()*+,-./_:;<=>?", k=dice.randint(1, 8)))
                message += f"10{lot}"
                if dice.random() < 0.4:
                    message += "\x1d21" + _digits(dice, dice.randint(1, 5))
            return message
        case Symbology.EAN13:
            # zxing and zbar take one that begins with 0 for a UPC-A.
            return _with_check(dice.choice("123456789") + _digits(dice, 11))
        case Symbology.EAN8:
            return _with_check(_digits(dice, 7))
        case Symbology.UPCA:
            return _with_check(_digits(dice, 11))
        case Symbology.ITF14:
            return _with_check(_digits(dice, 13))
        case Symbology.CODE39:
            text = "".join(dice.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%", k=dice.randint(1, 9)))
            return text.strip() or "A"
        case Symbology.NW7:
            body = "".join(dice.choices("0123456789" * 3 + "-$:/.+", k=dice.randint(4, 11)))
            return dice.choice("ABCD") + body + dice.choice("ABCD")
        case _:
            text = dice.choice(HOSTILE)[:40] if dice.random() < 0.5 else _digits(dice, dice.randint(1, 30))
            return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text).strip() or "空"


def random_label(dice: random.Random) -> tuple[Label, int]:
    """A label of some size with words, lines and codes one below the other, and a resolution."""
    dpi = dice.choice((203, 203, 300, 300, 600))
    width, height = dice.choice(((100.0, 50.0), (60.0, 40.0), (100.0, 70.0), (62.0, 90.0), (101.6, 80.0)))
    width += dice.choice((0.0, 0.3, 1.7))
    items: list[object] = []
    y = 1.5
    while y + 12 < height:
        if dice.random() < 0.4:
            high = dice.choice((5.0, 8.0, 11.0))
            items.append(
                Text(
                    1.0 + dice.random(),
                    y,
                    width - 4,
                    high,
                    dice.choice(HOSTILE),
                    dice.choice((2.5, 3.2, 4.0)),
                    dice.random() < 0.4,
                    dice.choice(("left", "centre", "right")),
                    lines=dice.choice((1, 2, 3)),
                    over=Over.CUT,
                )
            )
        else:
            symbology = dice.choice(list(Symbology))
            high = 17.0 if symbology.matrix else dice.choice((9.0, 12.0))
            if y + high > height:
                break
            align = dice.choice(("left", "centre", "right"))
            below = dice.random() < 0.7
            items.append(Code(0.7, y, width - 1.4, high, data_of(dice, symbology), symbology, below, align))
        y += high + 0.8
        if dice.random() < 0.3 and y + 2 < height:
            items.append(Line(1.0, y, width - 3, dice.choice((0.15, 0.4))))
            y += 1.0
    if dice.random() < 0.2 and y + 5 < height:
        wide, high = dice.randint(1, 40), dice.randint(1, 40)
        items.append(Picture(2, y, 6, 4, wide, high, dice.randbytes(wide * high)))
    assert dpi in DPIS
    return Label(width, height, tuple(items)), dpi


# --- reading back -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What a scanner is to see at some place of a label."""

    symbology: Symbology
    text: str
    box: tuple[int, int, int, int]


ZXING = {
    Symbology.CODE128: zxingcpp.BarcodeFormat.Code128,
    Symbology.GS1_128: zxingcpp.BarcodeFormat.Code128,
    Symbology.EAN13: zxingcpp.BarcodeFormat.EAN13,
    Symbology.EAN8: zxingcpp.BarcodeFormat.EAN8,
    Symbology.UPCA: zxingcpp.BarcodeFormat.UPCA,
    Symbology.ITF14: zxingcpp.BarcodeFormat.ITF,
    Symbology.CODE39: zxingcpp.BarcodeFormat.Code39Std,
    Symbology.NW7: zxingcpp.BarcodeFormat.Codabar,
    Symbology.QR: zxingcpp.BarcodeFormat.QRCode,
    Symbology.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Symbology.GS1_DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
}
ZBAR = {
    Symbology.CODE128: pyzbar.ZBarSymbol.CODE128,
    Symbology.GS1_128: pyzbar.ZBarSymbol.CODE128,
    Symbology.EAN13: pyzbar.ZBarSymbol.EAN13,
    Symbology.EAN8: pyzbar.ZBarSymbol.EAN8,
    Symbology.UPCA: pyzbar.ZBarSymbol.EAN13,
    Symbology.ITF14: pyzbar.ZBarSymbol.I25,
    Symbology.CODE39: pyzbar.ZBarSymbol.CODE39,
    Symbology.NW7: pyzbar.ZBarSymbol.CODABAR,
    Symbology.QR: pyzbar.ZBarSymbol.QRCODE,
}
"""zbar knows no DataMatrix."""


def codes_of(label: Label, laid: LaidOut) -> list[Expected]:
    """What is to be read, and where: the code with its quiet zones, as a scanner is pointed at it."""
    parts = [part for part in laid.parts if isinstance(part, BarRow | CellGrid)]
    codes = [item for item in label.items if isinstance(item, Code)]
    found = []
    for part, code in zip(parts, codes, strict=True):
        if isinstance(part, BarRow):
            before, behind = (each * part.module for each in part.bars.quiet)
            box = part.x - before, part.y, part.x + sum(part.widths) + behind, part.y + part.height
        else:
            quiet = part.cell * (4 if code.symbology is Symbology.QR else 1)
            wide, high = len(part.rows[0]) * part.cell, len(part.rows) * part.cell
            box = part.x - quiet, part.y - quiet, part.x + wide + quiet, part.y + high + quiet
        text = code.data
        if code.symbology is Symbology.NW7 and text[0] not in "ABCD":
            text = f"A{text}A"
        found.append(Expected(code.symbology, text, box))
    return found


def zxing(picture: Image.Image, code: Expected) -> str | None:
    """What zxing-cpp reads at the place of a code, as a scanner sends it."""
    cut = picture.crop(code.box)
    found = zxingcpp.read_barcodes(cut, formats=ZXING[code.symbology], text_mode=zxingcpp.TextMode.Plain)
    if len(found) != 1:
        return None
    text = found[0].text
    if code.symbology is Symbology.UPCA:
        text = text[-12:]
    return text.removeprefix("\x1d")


def zbar(picture: Image.Image, code: Expected) -> str | None:
    """What zbar reads there."""
    cut = picture.crop(code.box)
    kinds = [ZBAR[code.symbology]]
    found = {each.data.decode("utf-8") for each in pyzbar.decode(cut, symbols=kinds)}
    if len(found) != 1:
        return None
    text = found.pop()
    if code.symbology is Symbology.UPCA:
        text = text[-12:]
    return text.removeprefix("\x1d")
