"""PDF: a page of the label's size for each, for office printers and drivers. Words and bars are shapes, not dots.

Bars still stand on the dots of the printer that *dpi* names, so that none is a dot wider than its neighbour there.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from threading import Lock

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app import fonts
from app.domain.label import DPIS, PrintOptions
from app.domain.label_dots import BarRow, CellGrid, Dots, Filled, LaidOut, Shades, TextLine
from app.domain.printer_state import PrinterReport, PrinterState, report
from app.printers._ink import BASE_LINE

__all__ = ["DPIS", "ENDING", "ID", "STATUS_QUERY", "TITLE", "read_status", "render"]

ID = "pdf"
TITLE = {"ja": "PDF（プリンタードライバー）", "en": "PDF (by the printer's driver)"}
ENDING = "pdf"
STATUS_QUERY = b""

_POINTS = 72
_HAIR = 0.0005
"""Points taken off a page of whole dots: who rounds its size up would give it one more, and stretch the bars."""
_REGULAR, _BOLD = "Kenpin-Label", "Kenpin-Label-Bold"
_fonts_lock = Lock()
_WHITE = bytes(255 - byte for byte in range(256))


@cache
def _load(name: str) -> str:
    file = fonts.bold() if name == _BOLD else fonts.regular()
    pdfmetrics.registerFont(TTFont(name, str(file), asciiReadable=False))
    return name


def render(labels: Sequence[LaidOut], copies: int, options: PrintOptions) -> bytes:  # noqa: ARG001 # all take these
    """Draw each label on a page of its own, as often as there are copies."""
    with _fonts_lock:  # labels may be drawn from several threads; a font is loaded once in a process
        _load(_REGULAR)
        _load(_BOLD)
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True, pageCompression=1, initialFontName=_REGULAR)  # type: ignore[arg-type]
    canvas.setTitle("Label")
    canvas.setAuthor("Kenpin")
    canvas.setCreator("Kenpin")
    for laid in [*labels] * copies:
        width, height = (dots * _POINTS / laid.dpi - _HAIR for dots in (laid.width, laid.height))
        canvas.setPageSize((width, height))
        _page(canvas, laid, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _page(canvas: Canvas, laid: LaidOut, top: float) -> None:
    dot = _POINTS / laid.dpi
    path = canvas.beginPath()
    for part in laid.parts:
        match part:
            case Filled(x, y, width, height):
                path.rect(x * dot, top - (y + height) * dot, width * dot, height * dot)
            case BarRow():
                at = part.x
                for place, wide in enumerate(part.widths):
                    if place % 2 == 0:
                        path.rect(at * dot, top - (part.y + part.height) * dot, wide * dot, part.height * dot)
                    at += wide
            case CellGrid():
                for row, cells in enumerate(part.rows):
                    for column, length in _runs(cells):
                        x, y = part.x + column * part.cell, part.y + (row + 1) * part.cell
                        path.rect(x * dot, top - y * dot, length * part.cell * dot, part.cell * dot)
            case Shades():
                picture = part.picture
                grey = Image.frombytes("L", (picture.pixels_wide, picture.pixels_high), picture.grey)
                left, bottom = part.x * dot, top - (part.y + part.height) * dot
                canvas.drawImage(ImageReader(grey), left, bottom, part.width * dot, part.height * dot)
            case Dots():
                black = Image.frombytes("1", (part.width, part.height), part.rows.translate(_WHITE))
                bottom = top - (part.y + part.height) * dot
                canvas.drawImage(ImageReader(black), part.x * dot, bottom, part.width * dot, part.height * dot)
            case TextLine():
                _text(canvas, part, dot, top)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(cells: str) -> list[tuple[int, int]]:
    """Beginnings and lengths of the dark runs of a row."""
    found: list[tuple[int, int]] = []
    at = 0
    while (at := cells.find("1", at)) >= 0:
        end = cells.find("0", at)
        end = len(cells) if end < 0 else end
        found.append((at, end - at))
        at = end
    return found


def _text(canvas: Canvas, part: TextLine, dot: float, top: float) -> None:
    name = _BOLD if part.bold else _REGULAR
    size = part.size * dot
    wide = pdfmetrics.stringWidth(part.text, name, size)
    words = canvas.beginText(part.x * dot, top - part.y * dot - part.size * BASE_LINE * dot)
    words.setFont(name, size)
    # In dots each letter is a whole number of them; as shapes the line takes the width that was found for it there.
    words.setHorizScale(100 * part.width * dot / wide if wide else 100)
    words.textOut(part.text)
    canvas.drawText(words)


def read_status(reply: bytes) -> PrinterReport:  # noqa: ARG001 # a file says nothing
    """Nothing is asked, so nothing is known."""
    return report({PrinterState.UNKNOWN})
