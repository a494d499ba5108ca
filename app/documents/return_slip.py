"""The return slip 返品用紙 on A4 or A5: what was in the parcel, boxes to fill in, and a code that opens the return."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents._letter import honoured, postcode
from app.documents._sheet import A4, A5, BRAND, GREY, HAIR, INK, Flow, Sheet, Style, day, line_drawer, number
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.order_papers import RETURN_REASONS, ReturnSlip
from app.domain.papers import PaperSize, Rendered
from app.domain.returns import ReturnReason
from app.text import Texts

__all__ = ["ID", "draw_return", "render"]

ID = "return_slip"
"""Name of the paper."""

_REASONS = {
    ReturnReason.UNWANTED: "paper.return.reason.unwanted",
    ReturnReason.DEFECTIVE: "paper.return.reason.defective",
    ReturnReason.WRONG_ITEM: "paper.return.reason.wrong_item",
    ReturnReason.REFUSED: "paper.return.reason.refused",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """Measures on one paper, millimetres and points."""

    size: tuple[float, float]
    margin: float
    body: float
    cell: float
    """Size of a cell of the QR code."""
    quantity: float
    """Width of the column of pieces sent, and of the one of pieces that come back."""
    reason: float
    """Width of one reason's box."""


_FORMS = {
    PaperSize.A4: _Form(A4, 15, 9.5, 1.0, 20, 11),
    PaperSize.A5: _Form(A5, 10, 8, 0.75, 15, 8.5),
}
_HEAD = 7.2
"""Height of the table's head."""
_BOX = 4.2
"""Side of a box to tick."""


def render(value: ReturnSlip, words: Texts) -> Rendered:
    """Draw the return slip."""
    sheet = Sheet(f"{words.say('paper.return.title')} {value.slip.number}", words)
    draw_return(sheet, value, words)
    return sheet.finish()


def draw_return(sheet: Sheet, value: ReturnSlip, words: Texts) -> None:
    """Draw a return slip on new pages of *sheet*, with its own page numbers."""
    _Drawing(sheet, value, words).draw()


class _Drawing:
    def __init__(self, sheet: Sheet, value: ReturnSlip, words: Texts) -> None:
        self._sheet, self._value, self._words = sheet, value, words
        self._slip = value.slip
        self._form = form = _FORMS[value.slip.page]
        self._left, self._end = form.margin, form.size[0] - form.margin
        self._width = self._end - self._left
        self._body, self._small = Style(form.body), Style(form.body * 0.82, colour=GREY)
        self._foot = form.size[1] - form.margin + 3
        self._boxes = self._end - len(RETURN_REASONS) * form.reason
        """Where the boxes of the reasons begin."""

    def draw(self) -> None:
        flow = Flow(self._form.margin, self._form.margin + 14, self._foot - 7)
        self._head(flow)
        self._goods(flow)
        self._reasons(flow)
        self._destination(flow)
        for page, drawn in enumerate(flow.pages, 1):
            self._sheet.page(self._form.size)
            if page > 1:
                self._running_head()
            for each in drawn:
                each()
            self._running_foot(page, len(flow.pages))

    def _running_head(self) -> None:
        sheet, form, y = self._sheet, self._form, self._form.margin + 6
        title, style = self._words.say("paper.return.title"), Style(form.body * 1.3, True, BRAND)
        sheet.text(self._left, y, title, style)
        if self._slip.copy_reason:
            sheet.mark(
                self._left + sheet.width(title, style) + 4, y - 4.6, self._words.say("paper.copy"), form.body * 1.1
            )
        sheet.text(self._end, y + 1, str(self._slip.number), Style(form.body * 2.2, True), "right")
        sheet.rule(self._left, y + 4, self._end, 0.5, BRAND)

    def _running_foot(self, page: int, pages: int) -> None:
        sheet, y = self._sheet, self._foot
        sheet.rule(self._left, y - 4.5, self._end)
        sheet.text(self._left, y, str(self._slip.number), Style(self._form.body, True))
        sheet.text(self._end, y, self._words.say("paper.page", page=page, pages=pages), self._small, "right")

    # --- head -------------------------------------------------------------------------------------------------------

    def _head(self, flow: Flow) -> None:
        """Title, order and how to send goods back at the left; at the right the code that opens the return."""
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        say, top = words.say, flow.y
        code = slip.number.coded(slip.version)
        rows, _ = cells_of("qr", code)
        side = len(rows) * form.cell
        quiet = QR_QUIET * form.cell
        room = self._width - side - 2 * quiet
        title = sheet.shrunk(say("paper.return.title"), Style(form.body * 2, True, BRAND), room * 0.6, 0.4)
        mark = words.say("paper.copy") if slip.copy_reason else ""
        huge = Style(form.body * 2.2, True)

        def draw(y: float) -> None:
            sheet.text(self._left, y + 7.5, say("paper.return.title"), title)
            if mark:
                at = self._left + sheet.width(say("paper.return.title"), title) + 4
                sheet.mark(at, y + 7.5 - form.body * 0.62, mark, form.body * 1.1)
            sheet.cells(self._end - side, y, rows, form.cell, form.cell)
            sheet.text(self._end, y + side + 3.6, code, Style(form.body * 0.82), "right")

        flow.put(0, draw)
        flow.y += 12
        facts = [
            (say("paper.slip.number"), str(slip.number), huge),
            (say("paper.slip.order_number"), slip.order_number, self._body),
            (say("paper.slip.ordered_on"), day(slip.ordered_on, words) if slip.ordered_on else "", self._body),
            (say("paper.slip.channel"), slip.channel, self._body),
            (say("paper.slip.ship_to"), honoured(slip.ship_to.name, words), self._body),
        ]
        for name, value, style in facts:
            if value.strip():
                self._fact(flow, name, value, style, room)
        flow.y = max(flow.y, top + side + 5.5) + 2
        for line in sheet.wrap(say("paper.return.how"), self._body, self._width):
            flow.put(self._body.leading, line_drawer(sheet, self._left, line, self._body))
        flow.y += 3

    def _fact(self, flow: Flow, name: str, value: str, style: Style, room: float) -> None:
        sheet, label = self._sheet, self._form.body * 3.2
        style, lines = sheet.fitted(value, style, room - label, 14)
        small = sheet.shrunk(name, self._small, label - 2, 0.5)
        shift = max(0.0, (style.size - small.size) * 0.33)
        flow.put(0, lambda top: line_drawer(sheet, self._left, name, small)(top + shift))
        for line in lines:
            if flow.room < style.leading:
                flow.turn()
            flow.put(style.leading, line_drawer(sheet, self._left + label, line, style))
        flow.y += 0.7

    # --- goods and reasons ------------------------------------------------------------------------------------------

    def _table_head(self, flow: Flow) -> None:
        sheet, form, say = self._sheet, self._form, self._words.say
        style = Style(form.body * 0.85, True, BRAND)

        def draw(top: float) -> None:
            base = top + 3.6
            sheet.text(self._left, base, say("paper.slip.goods"), style)
            for at, key in enumerate(("paper.return.sent", "paper.return.back")):
                end = self._boxes - form.quantity * (1 - at) - 3
                word = say(key)
                sheet.text(end, base, word, sheet.shrunk(word, style, form.quantity - 1, 0.4), "right")
            for at in range(len(RETURN_REASONS)):
                sheet.text(self._boxes + (at + 0.5) * form.reason, base, str(at + 1), style, "centre")
            sheet.rule(self._left, top + 5.4, self._end, 0.35, BRAND)

        flow.put(_HEAD, draw)

    def _goods(self, flow: Flow) -> None:
        """What was in the parcel; of a set its parts, which come back one by one."""
        self._table_head(flow)
        for line in self._slip.lines:
            if not line.parts:
                self._row(flow, line.name.strip() or line.sku, line.sku, line.options, line.quantity - line.short)
            for part in line.parts:
                self._row(flow, part.name.strip() or part.sku, part.sku, line.name, part.quantity - part.short)
        flow.y += 2

    def _row(self, flow: Flow, name: str, sku: str, more: str, pieces: int) -> None:
        sheet, form = self._sheet, self._form
        width = self._boxes - 2 * form.quantity - self._left - 3
        parts = [(text, self._body) for text in sheet.wrap(name, self._body, width)]
        parts += [(text, self._small) for text in sheet.wrap(more, self._small, width)]
        parts += [(text, self._small) for text in sheet.wrap(sku, self._small, width)]
        high = max(sum(style.leading for _, style in parts), _BOX + 2.4)
        if flow.room < min(high, 25.0) + 2.6:
            flow.turn()
            self._table_head(flow)
        figure = number(pieces, self._words)

        def draw(top: float) -> None:
            style = sheet.shrunk(figure, Style(form.body, pieces > 1), form.quantity - 2, 0.3)
            sheet.text(self._boxes - form.quantity - 3, top + form.body * 0.34, figure, style, "right")
            sheet.frame(self._boxes - form.quantity + 2, top, form.quantity - 5, _BOX + 1.4, 0.25, INK, 0.6)
            for at in range(len(RETURN_REASONS)):
                x = self._boxes + (at + 0.5) * form.reason - _BOX / 2
                sheet.frame(x, top + 0.7, _BOX, _BOX, 0.25, INK, 0.6)

        flow.put(0, draw)
        begin = flow.y
        for text, style in parts:
            if flow.room < style.leading + 2.6:
                flow.turn()
                self._table_head(flow)
                begin = flow.y
            flow.put(style.leading, line_drawer(sheet, self._left, text, style))
        flow.y = max(flow.y, begin + _BOX + 2) + 0.9
        flow.put(1.3, lambda top: sheet.rule(self._left, top, self._end, 0.12, HAIR))

    def _reasons(self, flow: Flow) -> None:
        """What the numbers mean, and room for the buyer's own words."""
        sheet, say, form = self._sheet, self._words.say, self._form
        lines = []
        for at, reason in enumerate(RETURN_REASONS, 1):
            lines += sheet.wrap(f"{at}  {say(_REASONS[reason])}", self._body, self._width)
        label = say("paper.return.words")
        high = len(lines) * self._body.leading + 3 * form.body * 0.8 + 8
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            y = sheet.lines(self._left, top, lines, self._body) + 2
            sheet.lines(self._left, y, [label], self._small)
            for at in range(1, 4):
                low = y + self._small.leading + at * form.body * 0.8 - 2.2
                sheet.rule(self._left, low, self._end, 0.15, GREY)

        flow.put(high, draw)

    def _destination(self, flow: Flow) -> None:
        """Where to send it: the shop's own words, or its address."""
        sheet, slip, say, form = self._sheet, self._slip, self._words.say, self._form
        shop = slip.shop
        said = self._value.to.strip() or "\n".join(
            part.strip() for part in (postcode(shop.postcode), shop.address, shop.name) if part.strip()
        )
        if shop.phone.strip():
            said += "\n" + say("paper.slip.phone", phone=shop.phone)
        label = Style(form.body, True, BRAND)
        style, lines = sheet.fitted(said, Style(form.body * 1.25), self._width - 10, 60)
        high = label.leading + len(lines) * style.leading + 8
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            sheet.frame(self._left, top, self._width, high - 2, 0.4)
            y = sheet.lines(self._left + 5, top + 2.5, [say("paper.return.to")], label)
            sheet.lines(self._left + 5, y + 0.6, lines, style)

        flow.put(high, draw)
