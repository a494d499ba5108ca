"""The return slip 返品用紙: what was in the parcel, boxes to fill in, and a code that opens the return."""

from __future__ import annotations

from app.documents._letter import honoured, postcode
from app.documents._sheet import BRAND, GREY, HAIR, INK, Flow, Sheet, Style, day, line_drawer, number
from app.documents._slip_page import SlipPage, print_fitted
from app.documents._templates import standard
from app.domain.order_papers import RETURN_REASONS, ReturnSlip
from app.domain.papers import Rendered
from app.domain.returns import ReturnReason
from app.domain.templates import Template
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


_FACTS = {
    "order_number": "paper.slip.order_number",
    "ordered_on": "paper.slip.ordered_on",
    "channel": "paper.slip.channel",
    "ship_to": "paper.slip.ship_to",
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
    look = value.look or standard("return_slip")
    print_fitted(lambda fitted: _Drawing(sheet, value, words, fitted), look, value.slip.page)


class _Drawing(SlipPage):
    def __init__(self, sheet: Sheet, value: ReturnSlip, words: Texts, look: Template) -> None:
        super().__init__(sheet, value.slip, words, look)
        self._value = value
        body = self._form.body
        self._reason = 6.2 if self._narrow else min(max(6.0, body), self._width * 0.09)
        """Width of one reason's box."""
        boxes = len(RETURN_REASONS) * self._reason
        most = (self._width - boxes - 1) / 2 if self._narrow else self._width * 0.16
        self._quantity = min(body * 1.75, most)
        """Width of the column of pieces sent, and of the one of pieces that come back."""
        self._boxes = self._end - boxes
        """Where the boxes of the reasons begin."""

    def lay(self) -> Flow:
        flow = self._flow()
        self._head(flow)
        self._goods(flow)
        self._reasons(flow)
        self._destination(flow)
        message = self._look.message.get(self._words.language, "")
        if message.strip():
            self._block(flow, self._sheet.wrap(message, self._body, self._width), self._body)
        return flow

    def title(self) -> str:
        return self._look.title.get(self._words.language) or self._words.say("paper.return.title")

    # --- head -------------------------------------------------------------------------------------------------------

    def _head(self, flow: Flow) -> None:
        """What the paper is, and whose; at the right the code that opens the return."""
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        say = words.say
        if self._look.logo == "head":
            path, most = slip.shop.logo, min(form.logo_width, self._width)
            size = sheet.picture_size(path, most, form.logo_height)
            if size[1]:
                flow.put(size[1] + 3, lambda y: sheet.picture(path, self._left, y, *size))
        top = flow.y
        code = slip.number.coded(slip.version)
        rows, cell = self._qr(code, form.qr)
        side, quiet = len(rows) * cell, self._quiet(cell)
        room = self._width - side - 2 * quiet
        mark = say("paper.copy") if slip.copy_reason else ""
        stamp = min(form.body * 1.1, 11.0)
        mark_room = sheet.width(mark, Style(stamp, True)) + 8 if mark else 0.0
        heading = self.title()
        title = sheet.shrunk(heading, Style(form.body * 2, True, BRAND), room - mark_room, 0.1)

        def draw(y: float) -> None:
            base = y + max(7.5 * self._tight, title.size * 0.29)
            sheet.text(self._left, base, heading, title)
            if mark:
                sheet.mark(self._left + sheet.width(heading, title) + 3, base - stamp * 0.53, mark, stamp)
            self._draw_qr(self._end, y, rows, cell)
            fine = sheet.shrunk(code, Style(form.body * 0.82), side + quiet, 0.3)
            sheet.text(self._end, y + side + 3.6, code, fine, "right")

        flow.put(0, draw)
        flow.y += max(12 * self._tight, title.size * 0.45)
        number, huge = str(slip.number), Style(form.body * 2.2, True)
        if self._narrow:  # the code's own line, without its name; the facts follow below it
            shown = sheet.shrunk(number, huge, room, 0.3)
            flow.put(shown.leading, line_drawer(sheet, self._left, number, shown))
            flow.y, room = max(flow.y, top + side + 5.5), self._width
        else:
            self._fact(flow, say("paper.slip.number"), number, huge, room)
        known = {
            "order_number": slip.order_number,
            "ordered_on": day(slip.ordered_on, words) if slip.ordered_on else "",
            "channel": slip.channel,
            "ship_to": honoured(slip.ship_to.name, words),
        }
        for each in self._look.fields:
            if known[each].strip():
                self._fact(flow, say(_FACTS[each]), known[each], self._body, room)
        flow.y = max(flow.y, top + side + 5.5) + 2
        for line in sheet.wrap(say("paper.return.how"), self._body, self._width):
            flow.put(self._body.leading, line_drawer(sheet, self._left, line, self._body))
        flow.y += 3 * self._tight

    def _fact(self, flow: Flow, name: str, value: str, style: Style, room: float) -> None:
        sheet, label = self._sheet, self._form.body * 3.2
        if room < 2 * label:
            label = room * 0.4
        style, lines = sheet.fitted(value, style, room - label, 14)
        small = sheet.shrunk(name, self._small, label - 2, 0.3)
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
            if not self._narrow:
                sheet.text(self._left, base, say("paper.slip.goods"), style)
            for at, key in enumerate(("paper.return.sent", "paper.return.back")):
                end = self._boxes - self._quantity * (1 - at) - 3
                word = say(key)
                room = min(self._quantity - 1, end - self._left)
                sheet.text(end, base, word, sheet.shrunk(word, style, room, 0.3), "right")
            for at in range(len(RETURN_REASONS)):
                sheet.text(self._boxes + (at + 0.5) * self._reason, base, str(at + 1), style, "centre")
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
        width = self._width if self._narrow else self._boxes - 2 * self._quantity - self._left - 3
        parts = [(text, self._body) for text in sheet.wrap(name, self._body, width)]
        below = {"options": more, "sku": sku}
        for each in self._look.line:
            parts += [(text, self._small) for text in sheet.wrap(below.get(each, ""), self._small, width)]
        high = sum(style.leading for _, style in parts)
        high = high + _BOX + 2 if self._narrow else max(high, _BOX + 2.4)
        if flow.room < min(high, 25.0) + 2.6:
            flow.turn()
            self._table_head(flow)
        figure = number(pieces, self._words)

        def draw(top: float) -> None:
            style = sheet.shrunk(figure, Style(form.body, pieces > 1), self._quantity - 2, 0.3)
            sheet.text(self._boxes - self._quantity - 3, top + form.body * 0.34, figure, style, "right")
            sheet.frame(self._boxes - self._quantity + 2, top, self._quantity - 5, _BOX + 1.4, 0.25, INK, 0.6)
            for at in range(len(RETURN_REASONS)):
                x = self._boxes + (at + 0.5) * self._reason - _BOX / 2
                sheet.frame(x, top + 0.7, _BOX, _BOX, 0.25, INK, 0.6)

        if not self._narrow:
            flow.put(0, draw)
        begin = flow.y
        for text, style in parts:
            if flow.room < style.leading + 2.6:
                flow.turn()
                self._table_head(flow)
                begin = flow.y
            flow.put(style.leading, line_drawer(sheet, self._left, text, style))
        if self._narrow:
            if flow.room < _BOX + 5:
                flow.turn()
                self._table_head(flow)
            begin = flow.y
            flow.put(0, draw)
        flow.y = max(flow.y, begin + _BOX + 2) + 0.9
        flow.put(1.3, lambda top: sheet.rule(self._left, top, self._end, 0.12, HAIR))

    def _reasons(self, flow: Flow) -> None:
        """What the numbers mean, and room for the buyer's own words."""
        sheet, say, form = self._sheet, self._words.say, self._form
        lines = []
        for at, reason in enumerate(RETURN_REASONS, 1):
            lines += sheet.wrap(f"{at}  {say(_REASONS[reason])}", self._body, self._width)
        label = say("paper.return.words")
        ruled = 3 if self._tight == 1 else 2
        high = len(lines) * self._body.leading + ruled * form.body * 0.8 + 8 * self._tight
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            y = sheet.lines(self._left, top, lines, self._body) + 2
            sheet.lines(self._left, y, [label], sheet.shrunk(label, self._small, self._width, 0.3))
            for at in range(1, ruled + 1):
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
        style, lines = sheet.fitted(said, Style(form.body * 1.25 * self._tight), self._width - 10, 60)
        high = label.leading + len(lines) * style.leading + 8
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            sheet.frame(self._left, top, self._width, high - 2, 0.4)
            y = sheet.lines(self._left + 5, top + 2.5, [say("paper.return.to")], label)
            sheet.lines(self._left + 5, y + 0.6, lines, style)

        flow.put(high, draw)
