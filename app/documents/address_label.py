"""The address label 宛名ラベル, for carriers without software: 100 × 150 mm, 4 × 6 inches, or off a roll of 62 mm.

From the top: whom it goes to, what the driver collects and when it is wished, who sends it, the ship number with its
code. A long address becomes smaller; what does not fit even then goes on on a second label, and nothing is cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.documents._dots import dot_modules, dot_of, label_page, whole
from app.documents._letter import address_lines, honoured, is_home, postcode
from app.documents._sheet import GREY, INK, MM, QUIET, Sheet, Style, code128_module, money
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.order_papers import AddressLabel, AddressLabels, LabelSize
from app.domain.papers import Rendered
from app.text import Texts, texts

__all__ = ["ID", "render"]

ID = "address_label"
"""Name of the paper."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Measures of a label, millimetres and points."""

    width: float
    height: float
    dpi: int
    body: float
    """Size of ordinary text."""
    to: float
    """Height for the address and name of whom it goes to, below the postcode."""
    sender: float
    """Height for who sends it."""

    @property
    def dot(self) -> float:
        """Size of a dot of the printer."""
        return dot_of(self.dpi)


_FORMS = {
    LabelSize.MM_100_150: _Form(100.0, 150.0, 203, 9, 56, 22),
    LabelSize.IN_4_6: _Form(101.6, 152.4, 203, 9, 58, 22),
    LabelSize.ROLL_62: _Form(62.0, 110.0, 300, 7, 34, 15),
}
_EDGE = 3.6
"""White at the edges: printers do not reach them."""
_LEAST = 5.5
"""Smallest size of an address, points."""
_MODULES = (0.51, 0.38, 0.34, 0.25)


def render(value: AddressLabels, words: Texts) -> Rendered:
    """Draw the labels, one a page; what does not fit one goes on on the next."""
    sheet = Sheet(words.say("paper.address.title"), words)
    form = _FORMS[value.size]
    for label in value.labels:
        _Label(sheet, form, label, texts(label.language) if label.language else words).draw()
    return sheet.finish()


class _Label:
    def __init__(self, sheet: Sheet, form: _Form, label: AddressLabel, words: Texts) -> None:
        self._sheet, self._form, self._label, self._words = sheet, form, label, words
        self._page = label_page(form.width, form.height, form.dot)
        self._left, self._end = _EDGE, self._page[0] - _EDGE
        self._width = self._end - self._left
        self._small = Style(form.body * 0.8, colour=GREY)
        self._rest: list[tuple[str, list[str]]] = []

    def draw(self) -> None:
        self._sheet.page(self._page)
        y = self._top(_EDGE)
        y = self._to(y)
        self._collected(y)
        self._low()
        if self._rest:
            self._more()

    def _kept(self, label: str, text: str, style: Style, width: float, height: float) -> tuple[Style, list[str]]:
        """Fit *text* into a box; what does not fit in the smallest size goes on on a label of its own."""
        style, lines = self._sheet.fitted(text, style, width, height, _LEAST)
        fit = max(1, int((height + 0.01) / style.leading))
        if len(lines) > fit:
            self._rest.append((label, lines[fit - 1 :]))
            lines = [*lines[: fit - 1], self._words.say("paper.address.goes_on")]
        return style, lines

    def _top(self, y: float) -> float:
        """The postcode, large; which of several pieces; the delivery method and the mark of a copy."""
        sheet, label, words, form = self._sheet, self._label, self._words, self._form
        right = self._end
        if label.pieces > 1:
            said = words.say("paper.address.piece", piece=label.piece, pieces=label.pieces)
            style = Style(form.body * 1.5, True)
            sheet.text(right, y + style.size / MM, said, style, "right")
            right -= sheet.width(said, style) + 3
        if label.copy_reason:
            word, size = words.say("paper.copy"), form.body * 1.1
            wide = sheet.width(word, Style(size, True)) + 4
            sheet.mark(right - wide, y, word, size)
            right -= wide + 3
        code = postcode(label.to.postcode) if is_home(label.to) else ""
        big = sheet.shrunk(code, Style(form.body * 3.2, True), right - self._left, 0.3)
        low = y + big.size / MM
        sheet.text(self._left, low, code, big)
        if label.copy_reason:
            low = max(low, y + form.body * 1.1 / MM + 2.6)
        if label.delivery.strip():
            style, lines = self._kept(
                words.say("paper.slip.delivery"), label.delivery, self._small, self._width, self._small.leading * 2
            )
            low = sheet.lines(self._left, low + 1.8, lines, style) - 1
        return low + 3

    def _to(self, y: float) -> float:
        sheet, label, words, form = self._sheet, self._label, self._words, self._form
        word = words.say("paper.slip.ship_to")
        lines = address_lines(label.to)
        if is_home(label.to) and label.to.postcode.strip():  # it stands above
            first = lines[0].removeprefix(postcode(label.to.postcode)).strip()
            lines = [first, *lines[1:]] if first else lines[1:]
        where_style, where = self._kept(word, "\n".join(lines), Style(form.body * 1.5), self._width, form.to * 0.5)
        name = honoured(label.to.name, words)
        who_style, who = self._kept(word, name, Style(form.body * 2.2, True, spread=1.3), self._width, form.to * 0.36)
        y = sheet.lines(self._left, y, where, where_style) + 1.5
        y = sheet.lines(self._left, y, who, who_style)
        phone = label.to.phone.strip()
        if phone:
            text = words.say("paper.slip.phone", phone=phone)
            style = sheet.shrunk(text, Style(form.body * 1.1), self._width, 0.4)
            sheet.text(self._left, y + style.size / MM + 0.6, text, style)
            y += style.leading + 0.6
        return y + 2

    def _collected(self, y: float) -> None:
        """What the driver collects, and when the parcel is wished."""
        sheet, label, words, form = self._sheet, self._label, self._words, self._form
        if label.cod_amount.strip(" 0."):
            amount = money(label.cod_amount, "JPY", words)
            high = form.body * 1.15
            sheet.frame(self._left, y, self._width, high, 0.5)
            base = y + high / 2 + form.body * 0.24
            big = sheet.shrunk(amount, Style(form.body * 1.9, True), self._width * 0.55, 0.3)
            sheet.text(self._end - 2.5, base, amount, big, "right")
            word = words.say("paper.slip.cod")
            room = self._width - sheet.width(amount, big) - 8
            sheet.text(self._left + 2.5, base, word, sheet.shrunk(word, Style(form.body * 1.2, True), room, 0.3))
            y += high + 1.8
        if label.wish.strip():
            word = words.say("paper.slip.wish")
            text = f"{word}  {label.wish.strip()}"
            style, lines = self._kept(word, text, Style(form.body * 1.1, True), self._width, form.body * 1.1)
            sheet.lines(self._left, y, lines, style)

    def _low(self) -> None:
        """Who sends it, above the ship number and its code."""
        sheet, label, form = self._sheet, self._label, self._form
        dot = form.dot
        code = label.number.coded(label.version)
        high = whole(form.body * 1.35, dot)
        bottom = self._page[1] - _EDGE
        text = str(label.number)
        modules = dot_modules(_MODULES, dot)
        module = code128_module(code, self._width * 0.66, modules) or code128_module(code, self._width, modules[-1:])
        top = whole(bottom - high - form.body * 0.42, dot)
        if module is None:  # a long number on a narrow label
            rows, _ = cells_of("qr", code)
            cell = max(2, int(high * 1.4 / (len(rows) + 2 * QR_QUIET) / dot)) * dot
            top = whole(bottom - len(rows) * cell, dot)
            sheet.cells(whole(self._left + QR_QUIET * cell, dot), top, rows, cell, cell)
            end = self._left + (len(rows) + 2 * QR_QUIET) * cell
        else:
            begin = whole(self._left + QUIET * module - _EDGE * 0.5, dot)
            _, wide = sheet.code128(begin, top, code, self._width, high, (module,), dot=dot)
            sheet.text(begin, bottom - 0.6, code, Style(form.body * 0.8))
            end = begin + wide + QUIET * module
        room = self._end - end
        style = sheet.shrunk(text, Style(form.body * 3, True), max(room, 6.0), 0.15)
        sheet.text(self._end, bottom - 1, text, style, "right")
        self._sender(top - 3)

    def _sender(self, bottom: float) -> None:
        sheet, label, words, form = self._sheet, self._label, self._words, self._form
        shop = label.sender
        parts = [" ".join(each for each in (postcode(shop.postcode), shop.address.strip()) if each), shop.name.strip()]
        if shop.phone.strip():
            parts.append(words.say("paper.slip.phone", phone=shop.phone))
        word = words.say("paper.slip.buyer")
        top = bottom - form.sender
        sheet.rule(self._left, top, self._end, 0.3, INK)
        sheet.lines(self._left, top + 1, [word], self._small)
        box = form.sender - self._small.leading - 1.5
        said = "\n".join(part for part in parts if part)
        style, lines = self._kept(word, said, Style(form.body), self._width, box)
        sheet.lines(self._left, top + 1 + self._small.leading, lines, style)

    def _more(self) -> None:
        """What did not fit, on labels of its own with the ship number."""
        sheet, form, words = self._sheet, self._form, self._words
        style = Style(form.body)
        bottom = self._page[1] - _EDGE
        y = bottom
        for label, lines in self._rest:
            said = [(words.say("paper.slip.continued", label=label), Style(form.body, True))]
            said += [("\n".join(lines), style)]
            for text, made in said:
                for line in sheet.wrap(text, made, self._width):
                    if y + made.leading > bottom:
                        sheet.page(self._page)
                        head = Style(form.body * 2, True)
                        sheet.text(self._left, _EDGE + head.size / MM, str(self._label.number), head)
                        y = _EDGE + head.leading
                    y = sheet.lines(self._left, y, [line], made)
