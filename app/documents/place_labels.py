"""Labels of shelves, totes, carts and wall slots: on A4 sheets to peel or cut, or one by one on a label printer.

What a person reads from 2 m is as large as the label lets it be. A long code makes it smaller, or breaks it in two
lines; the bars lose nothing of their quiet zone. They stand on whole dots of the printer, so that none is a dot wider
than its neighbour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents._dots import dot_modules, dot_of, label_page, whole
from app.documents._sheet import A4, BRAND, GREY, INK, MM, QUIET, Sheet, Style, code128_module
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.label_forms import LabelForm
from app.domain.papers import Rendered
from app.domain.place_labels import LabelKind, PlaceLabel, PlaceLabels
from app.text import Texts

__all__ = ["ID", "bars_fit", "render"]

ID = "place_labels"
"""Name of the paper."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Measures of what labels are printed on, in millimetres."""

    width: float
    height: float
    columns: int = 1
    rows: int = 1
    dpi: int = 203
    marks: bool = False
    """Whether marks for cutting stand at the edges."""

    @property
    def dot(self) -> float:
        """Size of a dot of the printer."""
        return dot_of(self.dpi)

    def whole(self, length: float) -> float:
        """Return *length* in whole dots."""
        return whole(length, self.dot)

    @property
    def page(self) -> tuple[float, float]:
        """Size of the page."""
        if self.columns * self.rows > 1:
            return A4
        return label_page(self.width, self.height, self.dot)

    @property
    def corner(self) -> tuple[float, float]:
        """Where the first label begins."""
        wide, high = self.page
        return (wide - self.columns * self.width) / 2, (high - self.rows * self.height) / 2


_FORMS = {
    LabelForm.A4_10: _Form(86.4, 50.8, 2, 5, marks=True),
    LabelForm.A4_24: _Form(66.0, 33.9, 3, 8, marks=True),
    LabelForm.SINGLE: _Form(100.0, 50.0),
    LabelForm.ROLL: _Form(62.0, 40.0, dpi=300),
}

_KINDS = {
    LabelKind.TOTE: "paper.label.tote",
    LabelKind.CART: "paper.label.cart",
    LabelKind.SLOT: "paper.label.slot",
}
_PARTS = ("paper.label.zone", "paper.label.aisle", "paper.label.bay", "paper.label.level")

_EDGE = 1.6
"""White at the edges of a label: printers do not reach them, and knives miss."""
_PAD = 3.2
"""The same for what people read."""
_MODULES = (0.51, 0.38, 0.34, 0.25)
"""Widths of the narrowest bar, best first, before they become whole dots; 0.25 mm is what laser scanners still read."""
_BARS = 0.25
"""Height of the bars, in heights of the label."""
_QR_ALONE, _QR_BESIDE = 0.42, 0.3
"""Room for a QR code, in widths of the label: where it is the only code, and beside bars."""
_QR_CELLS = (1.0, 0.75, 0.63, 0.5, 0.38, 0.25)
_BREAK = re.compile(r"(?<=[-_/. ])")
_CAPITAL, _IDEOGRAPH, _BELOW = 0.74, 0.9, 0.1
"""Height of a capital letter, of any other character, and how far those reach below the line; in sizes."""
_APART = 1.3
"""From line to line of what is huge, in heights of its letters."""


def render(value: PlaceLabels, words: Texts) -> Rendered:
    """Draw the labels."""
    sheet = Sheet(words.say("paper.label.title"), words)
    form = _FORMS[value.form]
    each = form.columns * form.rows
    left, top = form.corner
    for page in range(-(-len(value.labels) // each)):
        sheet.page(form.page)
        labels = value.labels[page * each : (page + 1) * each]
        for place, label in enumerate(labels):
            row, column = divmod(place, form.columns)
            _Label(sheet, form, label, words).draw(left + column * form.width, top + row * form.height, qr=value.qr)
        if form.marks:
            _cut_marks(sheet, form, -(-len(labels) // form.columns))
    return sheet.finish()


def bars_fit(label: PlaceLabel, form: LabelForm) -> bool:
    """Whether a label of this form can have its code as bars; else it has a QR code only."""
    measures = _FORMS[form]
    return _module(measures, label.text, measures.width - 2 * _EDGE) is not None


def _module(form: _Form, text: str, room: float) -> float | None:
    """Width of the narrowest bar with which *text* and its quiet zones fit *room*; None where it can't be bars."""
    return code128_module(text, room, dot_modules(_MODULES, form.dot))


def _cut_marks(sheet: Sheet, form: _Form, rows: int) -> None:
    left, top = form.corner
    right, bottom = left + form.columns * form.width, top + rows * form.height
    for column in range(form.columns + 1):
        x = left + column * form.width
        sheet.line(x, top - 4.5, x, top - 1.0, 0.15, GREY)
        sheet.line(x, bottom + 1.0, x, bottom + 4.5, 0.15, GREY)
    for row in range(rows + 1):
        y = top + row * form.height
        sheet.line(left - 2.8, y, left - 0.8, y, 0.15, GREY)
        sheet.line(right + 0.8, y, right + 2.8, y, 0.15, GREY)


class _Label:
    """One label, drawn from its codes upward: what is left is for the eye."""

    def __init__(self, sheet: Sheet, form: _Form, label: PlaceLabel, words: Texts) -> None:
        self._sheet = sheet
        self._form = form
        self._label = label
        self._words = words

    def draw(self, x: float, y: float, *, qr: bool) -> None:
        """Draw it, its top left at *x*, *y*."""
        sheet, form, label = self._sheet, self._form, self._label
        module = _module(form, label.text, form.width - 2 * _EDGE)
        end = x + form.width - _EDGE
        if module is None:
            end = self._qr(end, y, form.width * _QR_ALONE)
        elif qr and (beside := _module(form, label.text, form.width * (1 - _QR_BESIDE) - 2 * _EDGE)):
            module = beside
            end = self._qr(end, y, form.width * _QR_BESIDE)  # where both do not fit, bars are what every scanner reads
        left, width = x + _PAD, min(end, x + form.width - _PAD) - x - _PAD
        small = Style(max(6.5, form.height * 0.17), colour=GREY)
        line = small.size / MM
        bottom = y + form.height - _PAD
        sheet.text(left, bottom, label.text, sheet.shrunk(label.text, small, width, 0.3))
        bottom -= line + 0.9
        if module is not None:
            bottom -= form.height * _BARS
            begin = x + max(_PAD, _EDGE + QUIET * module)
            room = end - QUIET * module - begin
            high = form.whole(form.height * _BARS)
            sheet.code128(begin, form.whole(bottom), label.text, room + form.dot, high, (module,), dot=form.dot)
            bottom -= 1
        top = y + _PAD
        if about := self._about():
            style = sheet.shrunk(about, Style(small.size, bold=True, colour=BRAND), width, 0.5)
            sheet.text(left, top + line * 0.85, about, style)
            top += line + 0.8
        self._name(left, top, width, bottom - top)

    def _qr(self, end: float, y: float, room: float) -> float:
        """Draw the QR code left of *end*, its quiet zone inside *room* too; return where that begins."""
        form = self._form
        rows, _ = cells_of("qr", self._label.text)
        side = len(rows) + 2 * QR_QUIET
        high = min(room, form.height - 2 * _EDGE)
        sizes = [form.whole(size) for size in _QR_CELLS]
        cell = next((size for size in sizes if size * side <= high), form.dot * 2)
        left = form.whole(end - side * cell)
        top = form.whole(y + (form.height - side * cell) / 2)
        self._sheet.cells(left + QR_QUIET * cell, top + QR_QUIET * cell, rows, cell, cell)
        return left

    def _about(self) -> str:
        label, words = self._label, self._words
        if label.kind is LabelKind.CARTON:
            return words.say("paper.label.carton", size=label.size)
        if label.kind is not LabelKind.SHELF:
            return f"{words.say(_KINDS[label.kind])} {label.within}".rstrip()
        parts = zip(_PARTS, (label.zone, label.aisle, label.bay, label.level), strict=True)
        return "  ".join(words.say(key, name=part) for key, part in parts if part)

    def _name(self, x: float, top: float, width: float, height: float) -> None:
        """What is read from afar, and the arrow to its level."""
        arrow = self._label.arrow
        if arrow:
            wide = min(height * 0.62, width * 0.2)
            high = min(height * 0.88, wide * 1.6)
            self._arrow(x + width - wide, top + (height - high) / 2, wide, high, up=arrow == "up")
            width -= wide + 3
        lines, size = _largest(self._sheet, self._label.shown, width, height)
        letter, below = _letters(self._label.shown)
        high = size * letter / MM
        gap = (height - high * len(lines)) / (len(lines) + 1)
        for at, text in enumerate(lines, 1):
            self._sheet.text(x, top + (gap + high) * at - size * below / MM, text, Style(size, True))

    def _arrow(self, x: float, top: float, wide: float, high: float, *, up: bool) -> None:
        tip, base = (top, top + high) if up else (top + high, top)
        neck = tip + (base - tip) * 0.5
        stem = wide * 0.36
        self._sheet.shape([(x, neck), (x + wide / 2, tip), (x + wide, neck)], INK)
        low, tall = min(neck, base), abs(base - neck)
        self._sheet.bar(x + (wide - stem) / 2, low, stem, tall, INK)


def _letters(text: str) -> tuple[float, float]:
    """Height of the letters of *text* and how far they reach below the line, in sizes."""
    return (_CAPITAL, 0.0) if text.isascii() and text == text.upper() else (_IDEOGRAPH, _BELOW)


def _largest(sheet: Sheet, text: str, width: float, height: float) -> tuple[list[str], float]:
    """Break *text* in one line or two, where it is largest, and return the size in points."""
    pieces = _BREAK.split(text)
    tries = [[text]]
    tries += [["".join(pieces[:at]).rstrip(), "".join(pieces[at:]).lstrip()] for at in range(1, len(pieces))]
    letter, _ = _letters(text)
    best: tuple[list[str], float] = ([text], 0.0)
    for lines in tries:
        if not all(lines):
            continue
        wide = max(sheet.width(line, Style(100, True)) for line in lines) / 100
        size = min(width / wide, height * MM / letter / (len(lines) * _APART))
        if size > best[1] * 1.1:  # two lines only where they are clearly larger
            best = lines, size
    return best
