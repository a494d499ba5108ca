"""Drawing one packing slip onto a sheet; the papers ``packing_slip``, ``slips`` and ``invoice`` share it.

From the top: whose it is and the huge ship number with its code, the facts of the order beside the shop, the goods,
the shop's own totals, remarks. What is too long for its box is set smaller, and what is still too long goes on after
the goods under its own heading; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents._letter import address_lines, bare, honoured, postcode
from app.documents._sheet import (
    A4,
    A5,
    ALERT,
    BRAND,
    GREY,
    HAIR,
    Flow,
    Sheet,
    Style,
    day,
    line_drawer,
    money,
    number,
    same_amount,
)
from app.domain.orders import Address
from app.domain.papers import PaperSize, Slip, SlipLine, SlipPart
from app.text import Texts

__all__ = ["SlipDrawing", "draw_slip", "given"]

_INDENT = 4.0
"""How far the parts of a set stand in."""
_TABLE_HEAD = 7.2
"""Height of the header row of the goods."""
_NOT_GIVEN = -9999
"""Written by some shops for an amount that is not settled yet; never printed."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Measures of a slip on one paper, in millimetres and points."""

    size: tuple[float, float]
    margin: float
    right: float
    """Width of the right column, which holds the ship number."""
    huge: float
    """Size of the ship number: its figures are about 0.27 times as many millimetres high."""
    bars: float
    """Height of the bar code."""
    body: float
    """Size of ordinary text."""
    columns: tuple[float, float, float, float]
    """Widths of row number, quantity, price, amount."""
    label: float
    """Width of the names of facts."""


_FORMS = {
    PaperSize.A4: _Form(A4, 15, 82, 54, 14, 9.5, (9, 20, 25, 29), 26),
    PaperSize.A5: _Form(A5, 10, 60, 42, 12, 8, (7, 15, 19, 23), 19),
}

_MODULES = (0.375, 0.338, 0.3, 0.25)
"""Widths of the narrowest bar in mm: three dots at 203 dpi, four at 300, then what is left for long numbers."""


def draw_slip(sheet: Sheet, slip: Slip, words: Texts) -> None:
    """Draw *slip* on new pages of *sheet*, with its own page numbers."""
    SlipDrawing(sheet, slip, words).draw()


class SlipDrawing:
    """One slip on its pages. What an invoice does otherwise, it does in the methods named for it."""

    def __init__(self, sheet: Sheet, slip: Slip, words: Texts) -> None:
        self._sheet, self._slip, self._words = sheet, slip, words
        self._form = form = _FORMS[slip.page]
        self._left = form.margin
        self._end = form.size[0] - form.margin
        self._width = self._end - self._left
        self._beside = self._width - form.right - 6
        self._body = Style(form.body)
        self._small = Style(form.body * 0.82, colour=GREY)
        self._foot = form.size[1] - form.margin + 3
        self._overflow: list[tuple[str, str]] = []
        self._note_done = False  # whether the remark stands beside the totals already

    def draw(self) -> None:
        later = self._form.margin + 14
        flow = Flow(self._form.margin, later, self._foot - 7)
        self._head(flow)
        self._facts(flow)
        self.cod(flow)
        self._goods(flow)
        self.totals(flow)
        self._remarks(flow)
        for page, ops in enumerate(flow.pages, 1):
            self._sheet.page(self._form.size)
            if page > 1:
                self._running_head()
            for draw in ops:
                draw()
            self._running_foot(page, len(flow.pages))

    # --- what an invoice says otherwise ---------------------------------------------------------------------------

    def title(self) -> str:
        """What the paper is called."""
        return self._words.say("paper.slip.title")

    def addressee(self) -> tuple[str, Address]:
        """What stands large at the top left, and over it in one word what that is."""
        return self._words.say("paper.slip.ship_to"), self._slip.ship_to

    def parties(self) -> list[tuple[str, str]]:
        """Facts about the other people of the order."""
        buyer = self._slip.buyer.name
        if not buyer.strip() or bare(buyer) == bare(self._slip.ship_to.name):
            return []
        return [(self._words.say("paper.slip.buyer"), honoured(buyer, self._words))]

    def added(self) -> None:
        """The amount of the next line was put on the page."""

    def before_turn(self, flow: Flow) -> None:
        """The goods go on on the next page."""

    def after_turn(self, flow: Flow) -> None:
        """They go on here."""

    # --- what every page has ------------------------------------------------------------------------------------

    def _running_head(self) -> None:
        sheet, y = self._sheet, self._form.margin + 6
        title = self.title()
        style = Style(self._form.body * 1.3, True, BRAND)
        sheet.text(self._left, y, title, style)
        if self._slip.copy_reason:
            x = self._left + sheet.width(title, style) + 4
            sheet.mark(x, y - 4.6, self._words.say("paper.copy"), style.size * 0.85)
        sheet.text(self._end, y + 1, str(self._slip.number), Style(self._form.body * 2.6, True), "right")
        sheet.rule(self._left, y + 4, self._end, 0.5, BRAND)

    def _running_foot(self, page: int, pages: int) -> None:
        sheet, y = self._sheet, self._foot
        sheet.rule(self._left, y - 4.5, self._end)
        sheet.text(self._left, y, str(self._slip.number), Style(self._form.body, True))
        style = Style(self._form.body * 0.82, colour=GREY)
        name = " ".join(self._slip.shop.name.split())
        middle = (self._left + self._end) / 2
        if sheet.width(name, style) <= self._width * 0.5:
            sheet.text(middle, y, name, style, "centre")
        sheet.text(self._end, y, self._words.say("paper.page", page=page, pages=pages), style, "right")

    # --- head ---------------------------------------------------------------------------------------------------

    def _head(self, flow: Flow) -> None:
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        left = self._left
        top = flow.y
        title = self.title()
        mark_room = form.body * 2.4 if slip.copy_reason else 0.0
        title_style = sheet.shrunk(title, Style(form.body * 2, True, BRAND), self._beside - mark_room, 0.5)
        y = top + 7.5
        title_end = left + sheet.width(title, title_style)

        reason_style, reason = Style(form.body * 0.82, colour=ALERT), list[str]()
        if slip.copy_reason:
            text = words.say("paper.copy_reason", reason=slip.copy_reason)
            reason_style, reason = self._kept(words.say("paper.copy"), text, reason_style, self._beside, 11)
        issued = words.say("paper.slip.issued", day=day(slip.issued_on, words)) if slip.issued_on else ""

        under = y + 2.2 + len(reason) * reason_style.leading + (self._small.leading if issued else 0)
        to_label = under + 3.5
        to_word, to = self.addressee()
        room = 44.0 if slip.page is PaperSize.A4 else 34.0
        where_style, where = self._kept(
            to_word,
            "\n".join(address_lines(to)),
            Style(form.body * 1.05),
            self._beside,
            room * 0.7,
        )
        who_style, who = self._kept(
            to_word,
            honoured(to.name, words),
            Style(form.body * 1.55, True, spread=1.35),
            self._beside,
            room * 0.5,
        )
        left_end = to_label + 3.6 + len(where) * where_style.leading + 1.2 + len(who) * who_style.leading

        num = str(slip.number)
        huge = sheet.shrunk(num, Style(form.huge, True), form.right, 0.3)
        num_y = top + 5.2 + huge.size * 0.272
        bars_top = num_y + 4.5
        right_end = bars_top + form.bars + 4.5

        def draw(_: float) -> None:
            sheet.text(left, y, title, title_style)
            if slip.copy_reason:
                sheet.mark(title_end + 4, y - form.body * 0.62, words.say("paper.copy"), form.body * 1.25)
            at = sheet.lines(left, y + 2.2, reason, reason_style)
            if issued:
                sheet.lines(left, at, [issued], self._small)
            sheet.text(left, to_label + 2, to_word, self._small)
            at = sheet.lines(left, to_label + 3.6, where, where_style)
            sheet.lines(left, at + 1.2, who, who_style)

            sheet.text(self._end, top + 2.2, words.say("paper.slip.number"), self._small, "right")
            sheet.text(self._end, num_y, num, huge, "right")
            code = slip.number.coded(slip.version)
            begin, wide = sheet.code128(
                self._end - form.right, bars_top, code, form.right, form.bars, _MODULES, "right"
            )
            fine = Style(form.body * 0.82)
            sheet.text(begin, bars_top + form.bars + 3.4, code, fine)
            batch = words.say("paper.slip.version", version=slip.version, batch=slip.number.batch)
            sheet.text(begin + wide, bars_top + form.bars + 3.4, batch, self._small, "right")

        end = max(left_end, right_end) + 2.5
        flow.put(end - top, draw)
        flow.put(0, lambda at: sheet.rule(left, at, self._end, 0.6, BRAND))
        flow.y += 4.5

    def _kept(self, label: str, text: str, style: Style, width: float, height: float) -> tuple[Style, list[str]]:
        """Fit *text* into a box; what does not fit even in the smallest size goes on after the goods."""
        style, lines = self._sheet.fitted(text, style, width, height)
        fit = max(1, int((height + 0.01) / style.leading))
        if len(lines) > fit:
            self._overflow.append((label, "\n".join(lines[fit - 1 :])))
            lines = [*lines[: fit - 1], self._words.say("paper.slip.goes_on")]
        return style, lines

    # --- facts and shop -----------------------------------------------------------------------------------------

    def _facts(self, flow: Flow) -> None:
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        say = words.say
        facts = [(say("paper.slip.order_number"), slip.order_number)]
        if slip.ordered_on:
            facts.append((say("paper.slip.ordered_on"), day(slip.ordered_on, words)))
        facts += [
            (say("paper.slip.channel"), slip.channel),
            (say("paper.slip.delivery"), slip.delivery),
            (say("paper.slip.wish"), slip.wish),
        ]
        if not slip.gift:
            facts.append((say("paper.slip.payment"), slip.payment))
        facts += self.parties()
        left, width = self._left, self._beside
        label = Style(form.body * 0.82, colour=GREY)
        rows: list[tuple[Style, list[str], Style, list[str]]] = []
        for name, value in facts:
            if value.strip():
                name_style, names = sheet.fitted(name, label, form.label - 2, label.leading)
                style = sheet.shrunk(value, Style(form.body * 0.9), width - form.label, 0.8)
                style, lines = self._kept(name, value, style, width - form.label, 15)
                rows.append((name_style, names, style, lines))
        facts_height = sum(max(len(n) * ns.leading, len(v) * vs.leading) + 0.7 for ns, n, vs, v in rows)

        x = self._end - form.right
        shop = slip.shop
        logo = sheet.picture_size(shop.logo, form.right * 0.62, 13 if slip.page is PaperSize.A4 else 10)
        name_style, names = self._kept(say("paper.slip.shop"), shop.name, Style(form.body * 1.15, True), form.right, 14)
        address = " ".join(part for part in (postcode(shop.postcode), shop.address) if part.strip())
        details = [address]
        if shop.phone.strip():
            details.append(say("paper.slip.phone", phone=shop.phone))
        details.append(shop.mail)
        if shop.registration.strip():
            details.append(say("paper.slip.registration", number=shop.registration))
        text = "\n".join(part.strip() for part in details if part.strip())
        detail_style, detail = self._kept(say("paper.slip.shop"), text, Style(form.body * 0.85), form.right, 30)
        shop_height = (
            (logo[1] + 2.5 if logo[1] else 0)
            + len(names) * name_style.leading
            + 0.8
            + len(detail) * detail_style.leading
        )

        def draw(top: float) -> None:
            y = top
            for ns, n, vs, v in rows:
                shift = max(0.0, (vs.size - ns.size) * 0.93 / 72 * 25.4)
                sheet.lines(left, y + shift, n, ns)
                sheet.lines(left + form.label, y, v, vs)
                y += max(len(n) * ns.leading, len(v) * vs.leading) + 0.7
            y = top
            if logo[1]:
                sheet.picture(shop.logo, x, y, *logo)
                y += logo[1] + 2.5
            y = sheet.lines(x, y, names, name_style)
            sheet.lines(x, y + 0.8, detail, detail_style)

        flow.put(max(facts_height, shop_height) + 4, draw)

    def cod(self, flow: Flow) -> None:
        """What the carrier collects."""
        slip = self._slip
        if slip.gift or not given(slip.cod_amount):
            return
        amount = money(slip.cod_amount, slip.totals.currency, self._words)
        self.banner(flow, self._words.say("paper.slip.cod"), amount)

    def banner(self, flow: Flow, label: str, amount: str) -> None:
        """An amount in a frame of its own."""
        form = self._form
        high = form.body * 1.4

        def draw(top: float) -> None:
            sheet = self._sheet
            sheet.frame(self._left, top, self._width, high, 0.5)
            base = top + high / 2 + form.body * 2.1 * 0.13
            big = sheet.shrunk(amount, Style(form.body * 2.1, True), self._width * 0.6, 0.3)
            room = self._width - 12 - sheet.width(amount, big)
            sheet.text(self._left + 4, base, label, sheet.shrunk(label, Style(form.body * 1.3, True), room, 0.4))
            sheet.text(self._end - 4, base, amount, big, "right")

        flow.put(high + 4.5, draw)

    # --- goods --------------------------------------------------------------------------------------------------

    def _goods(self, flow: Flow) -> None:
        slip, words = self._slip, self._words
        if not slip.lines:
            self._table_head(flow)
        reduced = False
        for index, line in enumerate(slip.lines, 1):
            reduced = reduced or (line.reduced and not slip.gift)
            self._line(flow, index, line)
        if reduced:
            self._block(flow, [words.say("paper.slip.reduced_legend")], self._small)
        flow.y += 2

    def name_of(self, line: SlipLine) -> str:
        """The name of goods with the mark of their tax rate."""
        name = line.name.strip() or line.sku
        return f"{name} ※" if line.reduced and not self._slip.gift else name

    def _columns(self) -> tuple[float, float, float, float, float]:
        """Where the name begins and ends, and where quantity, price and amount end."""
        no, quantity, price, amount = self._form.columns
        if self._slip.gift:
            price = amount = 0.0
        end = self._end
        return self._left + no, end - amount - price - quantity - 2, end - amount - price, end - amount, end

    def _table_head(self, flow: Flow) -> None:
        say = self._words.say
        name, _, quantity, price, amount = self._columns()
        style = Style(self._form.body * 0.85, True, BRAND)

        def draw(top: float) -> None:
            sheet, base = self._sheet, top + 3.6
            sheet.text(name, base, say("paper.slip.goods"), style)
            sheet.text(quantity, base, say("paper.slip.quantity"), style, "right")
            if not self._slip.gift:
                sheet.text(price, base, say("paper.slip.price"), style, "right")
                sheet.text(amount, base, say("paper.slip.amount"), style, "right")
            sheet.rule(self._left, top + 5.4, self._end, 0.35, BRAND)

        flow.put(_TABLE_HEAD, draw)

    def _line(self, flow: Flow, index: int, line: SlipLine) -> None:
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        x, name_end, quantity_end, price_end, amount_end = self._columns()
        width = name_end - x
        parts = [(text, self._body) for text in sheet.wrap(self.name_of(line), self._body, width)]
        parts += [(text, self._small) for text in sheet.wrap(line.options, self._small, width)]
        parts += [(text, self._small) for text in sheet.wrap(line.sku, self._small, width)]

        figures = Style(form.body)
        amount_width, price_width = form.columns[3] - 2, form.columns[2] - 2
        short = words.say("paper.slip.short", count=number(line.short, words)) if line.short > 0 else ""
        short_style, shorts = sheet.fitted(short, Style(form.body * 0.85, True, ALERT), form.columns[1] - 1, form.body)
        side = Style(form.body * 1.2).leading + len(shorts) * short_style.leading if shorts else 0.0

        def draw_side(top: float) -> None:
            base = top + form.body * 0.93 * 25.4 / 72
            sheet.text(self._left, base, str(index), self._small)
            many = Style(form.body * (1.2 if line.quantity > 1 else 1), line.quantity > 1)
            text = number(line.quantity, words)
            sheet.text(quantity_end, base, text, sheet.shrunk(text, many, form.columns[1] - 1, 0.3), "right")
            for at, part in enumerate(shorts):
                sheet.text(
                    quantity_end,
                    base + form.body * 0.45 + at * short_style.leading,
                    part,
                    short_style,
                    "right",
                )
            if slip.gift:
                return
            if given(line.price):
                text = money(line.price, slip.totals.currency, words)
                sheet.text(price_end, base, text, sheet.shrunk(text, figures, price_width, 0.3), "right")
            if (given(line.price) and given(line.total())) or given(line.amount):
                text = money(line.total(), slip.totals.currency, words)
                sheet.text(amount_end, base, text, sheet.shrunk(text, figures, amount_width, 0.3), "right")

        high = max(sum(style.leading for _, style in parts), side)
        head = _TABLE_HEAD if index == 1 else 0.0
        longer = high + 2.6 > flow.whole - _TABLE_HEAD  # than a page: begins here and goes on over the next ones
        if flow.room < head + (25 if longer else high + 2.6):
            self._next_table_page(flow)
        elif head:
            self._table_head(flow)
        flow.put(0, draw_side)
        self.added()
        begin = flow.y
        for text, style in parts:
            if flow.room < style.leading + 2.6:
                self._next_table_page(flow)
                begin = flow.y
            flow.put(style.leading, line_drawer(sheet, x, text, style))
        flow.y = max(flow.y, begin + side) + 0.9
        if line.parts:
            self._parts(flow, line.parts)
        flow.put(1.3, lambda top: sheet.rule(self._left, top, self._end, 0.12, HAIR))

    def _parts(self, flow: Flow, parts: Sequence[SlipPart]) -> None:
        """What a set has in it, below it and without prices."""
        sheet, words, form = self._sheet, self._words, self._form
        x, name_end, _, _, _ = self._columns()
        x += _INDENT
        body, small = Style(form.body * 0.92), self._small
        high = small.leading + body.leading
        if flow.room < high + 2.6:
            self._next_table_page(flow)
        flow.put(small.leading, line_drawer(sheet, x, words.say("paper.slip.parts"), small))
        for part in parts:
            texts = [(text, body) for text in sheet.wrap(part.name.strip() or part.sku, body, name_end - x)]
            texts += [(text, small) for text in sheet.wrap(part.sku, small, name_end - x)]
            short = words.say("paper.slip.short", count=number(part.short, words)) if part.short > 0 else ""
            short_style, shorts = sheet.fitted(
                short, Style(form.body * 0.85, True, ALERT), form.columns[1] - 1, form.body
            )
            side = body.leading + len(shorts) * short_style.leading
            high = max(sum(style.leading for _, style in texts), side)
            if flow.room < min(high, 25) + 2.6:
                self._next_table_page(flow)
            figure = number(part.quantity, words)
            flow.put(0, self._figures_drawer(figure, body, shorts, short_style))
            begin = flow.y
            for text, style in texts:
                if flow.room < style.leading + 2.6:
                    self._next_table_page(flow)
                    begin = flow.y
                flow.put(style.leading, line_drawer(sheet, x, text, style))
            flow.y = max(flow.y, begin + side) + 0.5

    def _figures_drawer(
        self, figure: str, style: Style, shorts: Sequence[str], short_style: Style
    ) -> Callable[[float], None]:
        """Draw how many pieces of a part there are, and what of it is missing below."""
        sheet, end, room = self._sheet, self._columns()[2], self._form.columns[1] - 1

        def draw(top: float) -> None:
            base = top + style.size * 0.93 * 25.4 / 72
            sheet.text(end, base, figure, sheet.shrunk(figure, style, room, 0.3), "right")
            for at, text in enumerate(shorts):
                low = base + style.leading + at * short_style.leading
                sheet.text(end, low, text, short_style, "right")

        return draw

    def _next_table_page(self, flow: Flow) -> None:
        self.before_turn(flow)
        flow.turn()
        self._table_head(flow)
        self.after_turn(flow)

    # --- totals and remarks -------------------------------------------------------------------------------------

    def totals(self, flow: Flow) -> None:
        """The shop's own totals, with the customer's remark beside them where it fits."""
        slip, words = self._slip, self._words
        if slip.gift:
            return
        say, totals = words.say, slip.totals
        said = [
            (say("paper.slip.subtotal"), totals.subtotal, False, False),
            (say("paper.slip.shipping"), totals.shipping, False, False),
            (say("paper.slip.fee"), totals.fee, False, True),
            (say("paper.slip.discount"), totals.discount, True, True),
            (say("paper.slip.points"), totals.points, True, True),
            (say("paper.slip.tax"), totals.tax, False, False),
        ]
        shown = [
            (label, money(value, totals.currency, words, negative=negative))
            for label, value, negative, quiet in said
            if given(value) and not (quiet and same_amount(value, 0))
        ]
        total = money(totals.total, totals.currency, words) if given(totals.total) else ""
        self.sums(flow, shown, say("paper.slip.total"), total)

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
        width = min(self._width, max(66.0, form.right))
        x = self._end - width
        sheet = self._sheet

        note_head, note = self._note_head(), sheet.wrap(self._slip.note, self._body, self._width - width - 8)
        note_high = note_head.leading + 0.6 + len(note) * self._body.leading
        self._note_done = bool(note) and note_high <= high + 3

        def draw(top: float) -> None:
            if self._note_done:
                y = sheet.lines(self._left, top, [words.say("paper.slip.note")], note_head) + 0.6
                sheet.lines(self._left, y, note, self._body)
            y = top
            for name, value in shown:
                y += step
                style = self._fit(value, self._body, width * 0.6)
                name_style = Style(form.body * 0.9, colour=GREY)
                room = width - sheet.width(value, style) - 2
                sheet.text(x, y - step * 0.3, name, sheet.shrunk(name, name_style, room, 0.4))
                sheet.text(self._end, y - step * 0.3, value, style, "right")
            if total:
                sheet.rule(x, y + 0.6, self._end, 0.35, BRAND)
                base = y + form.body * 0.8
                big = self._fit(total, Style(form.body * 1.6, True), width * 0.65)
                room = width - sheet.width(total, big) - 2
                sheet.text(x, base, label, sheet.shrunk(label, Style(form.body * 1.1, True), room, 0.4))
                sheet.text(self._end, base, total, big, "right")

        flow.put(high + 3, draw)

    def _fit(self, text: str, style: Style, width: float) -> Style:
        return self._sheet.shrunk(text, style, width, 0.3)

    def _remarks(self, flow: Flow) -> None:
        slip, say = self._slip, self._words.say
        for label, text in self._overflow:
            self._section(flow, say("paper.slip.continued", label=label), text)
        if not self._note_done:
            self._section(flow, say("paper.slip.note"), slip.note)
        if slip.shop.message.strip():
            flow.y += 2
            self._block(flow, self._sheet.wrap(slip.shop.message, self._body, self._width), self._body)

    def _note_head(self) -> Style:
        return Style(self._form.body * 0.82, True, BRAND)

    def _section(self, flow: Flow, label: str, text: str) -> None:
        lines = self._sheet.wrap(text, self._body, self._width - 4)
        if not lines:
            return
        sheet = self._sheet
        head = self._note_head()
        if flow.room < head.leading + 3 * self._body.leading:
            flow.turn()
        flow.put(head.leading + 0.6, line_drawer(sheet, self._left, label, head))
        self._block(flow, lines, self._body, 0)
        flow.y += 3

    def _block(self, flow: Flow, lines: Sequence[str], style: Style, gap: float = 1.0) -> None:
        """Place *lines* one by one, over pages where they must."""
        flow.y += gap
        for line in lines:
            if flow.room < style.leading:
                flow.turn()
            flow.put(style.leading, line_drawer(self._sheet, self._left, line, style))


def given(amount: str) -> bool:
    """Whether the shop gave this amount."""
    return bool(amount.strip()) and not same_amount(amount, _NOT_GIVEN)
