"""Drawing one packing slip onto a sheet; the papers ``packing_slip``, ``slips`` and ``invoice`` share it.

From the top: whose it is and the huge ship number with its code, the facts of the order beside the shop, the goods,
the shop's own totals, remarks. What is too long for its box is set smaller, and what is still too long goes on after
the goods under its own heading; nothing is cut. Which of it is shown, and in which measures, says its template.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from app.documents._sheet import BRAND, GREY, Flow, Sheet, Style, line_drawer, same_amount
from app.documents._slip_goods import SlipGoods, given
from app.documents._slip_page import print_fitted
from app.documents._templates import standard
from app.domain.papers import Slip
from app.domain.templates import Code
from app.text import Texts

__all__ = ["SlipDrawing", "draw_slip"]


def draw_slip(sheet: Sheet, slip: Slip, words: Texts) -> None:
    """Draw *slip* on new pages of *sheet*, with its own page numbers."""
    look = slip.look or standard("gift_slip" if slip.gift else "packing_slip")
    print_fitted(lambda fitted: SlipDrawing(sheet, slip, words, fitted), look, slip.page)


class SlipDrawing(SlipGoods):
    """One slip on its pages. What an invoice does otherwise, it does in the methods named for it."""

    _note_done = False
    """Whether the remark stands beside the totals already."""

    def lay(self) -> Flow:
        flow = self._flow()
        self._head(flow)
        self._facts(flow)
        self.cod(flow)
        self._goods(flow)
        self.totals(flow)
        self._remarks(flow)
        return flow

    def cod(self, flow: Flow) -> None:
        """What the carrier collects."""
        slip = self._slip
        if not slip.gift and given(slip.cod_amount):
            self.banner(flow, self._words.say("paper.slip.cod"), self._amount(slip.cod_amount))

    # --- totals -----------------------------------------------------------------------------------------------------

    def totals(self, flow: Flow) -> None:
        """The shop's own totals, with the customer's remark beside them where it fits."""
        slip = self._slip
        if slip.gift or not self._look.totals:
            return
        say, totals = self._words.say, slip.totals
        said = [
            (say("paper.slip.subtotal"), totals.subtotal, False, False),
            (say("paper.slip.shipping"), totals.shipping, False, False),
            (say("paper.slip.fee"), totals.fee, False, True),
            (say("paper.slip.discount"), totals.discount, True, True),
            (say("paper.slip.points"), totals.points, True, True),
            (say("paper.slip.tax"), totals.tax, False, False),
        ]
        shown = [
            (label, self._amount(value, negative=negative))
            for label, value, negative, quiet in said
            if given(value) and not (quiet and same_amount(value, 0))
        ]
        total = self._amount(totals.total) if given(totals.total) else ""
        self.sums(flow, shown, say("paper.slip.total"), total)

    def _note(self) -> str:
        return self._slip.note if "note" in self._look.fields else ""

    def sums(self, flow: Flow, shown: Sequence[tuple[str, str]], label: str, total: str) -> None:
        """Amounts one below the other with their total, at the right; the customer's remark beside where it fits.

        :param total: empty for none.
        """
        words, form = self._words, self._form
        step = form.body * 0.53
        high = len(shown) * step + (form.body * 1.1 if total else 0)
        if not high:
            return
        if high + 3 > flow.room:
            flow.turn()
        width = min(self._width, max(form.body * 7, form.right))
        x = self._end - width
        sheet = self._sheet

        note_head, note = self._note_head(), list[str]()
        if self._width - width >= form.body * 4:
            note = sheet.wrap(self._note(), self._body, self._width - width - 8)
        note_high = note_head.leading + 0.6 + len(note) * self._body.leading
        self._note_done = bool(note) and note_high <= high + 3

        def draw(top: float) -> None:
            if self._note_done:
                y = sheet.lines(self._left, top, [words.say("paper.slip.note")], note_head) + 0.6
                sheet.lines(self._left, y, note, self._body)
            y = top
            for name, value in shown:
                y += step
                style = sheet.shrunk(value, self._body, width * 0.6, 0.3)
                name_style = Style(form.body * 0.9, colour=GREY)
                room = width - sheet.width(value, style) - 2
                sheet.text(x, y - step * 0.3, name, sheet.shrunk(name, name_style, room, 0.4))
                sheet.text(self._end, y - step * 0.3, value, style, "right")
            if total:
                sheet.rule(x, y + 0.6, self._end, 0.35, BRAND)
                base = y + form.body * 0.8
                big = sheet.shrunk(total, Style(form.body * 1.6, True), width * 0.65, 0.3)
                room = width - sheet.width(total, big) - 2
                sheet.text(x, base, label, sheet.shrunk(label, Style(form.body * 1.1, True), room, 0.4))
                sheet.text(self._end, base, total, big, "right")

        flow.put(high + 3 * self._tight, draw)

    # --- remarks ----------------------------------------------------------------------------------------------------

    def _remarks(self, flow: Flow) -> None:
        slip, say = self._slip, self._words.say
        for label, text in self._overflow:
            self._section(flow, say("paper.slip.continued", label=label), text)
        if not self._note_done:
            self._section(flow, say("paper.slip.note"), self._note())
        message = self._look.message.get(self._words.language, "") or slip.shop.message
        link = self._look.link if self._look.code is Code.LINK else ""
        if link:
            self._linked(flow, message, link)
        elif message.strip():
            flow.y += 2 * self._tight
            self._block(flow, self._sheet.wrap(message, self._body, self._width), self._body, self._tight)

    def _linked(self, flow: Flow, message: str, link: str) -> None:
        """The shop's words with a code that opens its page beside them."""
        slip = self._slip
        text = link.replace("{number}", str(slip.number)).replace("{order}", quote(slip.order_number.strip(), safe=""))
        rows, cell = self._qr(text, self._form.qr)
        side = len(rows) * cell
        width = self._width - side - self._quiet(cell) - 2
        lines = self._sheet.wrap(message, self._body, width)
        high = side + 2 * self._quiet(cell)
        flow.y += 2
        if flow.room < high:
            flow.turn()
        first = lines[: max(1, int(high / self._body.leading))]

        def draw(top: float) -> None:
            self._draw_qr(self._end, top + self._quiet(cell), rows, cell)
            self._sheet.lines(self._left, top, first, self._body)

        flow.put(high, draw)
        for line in lines[len(first) :]:
            if flow.room < self._body.leading:
                flow.turn()
            flow.put(self._body.leading, line_drawer(self._sheet, self._left, line, self._body))
