"""納品書兼領収書 or 適格請求書 the slip with what the order comes to, by tax rate.

The page is the packing slip's, code and ship number included, so that it stands in for it at the bench. Over several
pages the amounts are carried forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents._letter import address_lines, bare, honoured
from app.documents._sheet import BRAND, GREY, HAIR, Flow, Sheet, Style, day, money
from app.documents._slip import SlipDrawing
from app.documents._slip_page import print_fitted
from app.documents._templates import standard
from app.domain.invoice import STANDARD, Invoice, InvoiceTitle, Prices
from app.domain.orders import Address
from app.domain.papers import Rendered, SlipLine
from app.domain.templates import Template
from app.text import Texts

__all__ = ["ID", "draw_invoice", "render", "warnings_of"]

ID = "invoice"
"""Name of the paper."""

_TITLES = {
    InvoiceTitle.QUALIFIED: "paper.invoice.title.qualified",
    InvoiceTitle.PLAIN: "paper.invoice.title.plain",
    InvoiceTitle.RECEIPT: "paper.invoice.title.receipt",
    InvoiceTitle.BILL: "paper.invoice.title.bill",
    InvoiceTitle.DELIVERY: "paper.invoice.title.delivery",
}
_CARRY = 6.4
"""Height of the row that carries an amount forward, millimetres."""
_STAMP = (24.0, 22.0)
"""Field for a revenue stamp 収入印紙, which is about 22 by 18 mm."""


def render(value: Invoice, words: Texts) -> Rendered:
    """Draw the invoice."""
    sheet = Sheet(f"{words.say(_TITLES[value.title])} {value.slip.number}", words)
    draw_invoice(sheet, value, words)
    return replace(sheet.finish(), warnings=warnings_of(value, words))


def warnings_of(value: Invoice, words: Texts) -> tuple[str, ...]:
    """Return what a person of the shop should look at, as sentences."""
    number = str(value.slip.number)
    said = (words.say(each.key, **dict(each.args)) for each in value.bill.warnings)
    return tuple(words.say("invoice.warned.of", number=number, what=each) for each in said)


def draw_invoice(sheet: Sheet, value: Invoice, words: Texts) -> None:
    """Draw an invoice on new pages of *sheet*, with its own page numbers."""
    look = value.slip.look or standard("invoice")
    print_fitted(lambda fitted: _Drawing(sheet, value, words, fitted), look, value.slip.page)


class _Drawing(SlipDrawing):
    def __init__(self, sheet: Sheet, value: Invoice, words: Texts, look: Template) -> None:
        super().__init__(sheet, value.slip, words, look)
        self._value, self._bill = value, value.bill
        self._at = 0  # lines whose amounts are on the pages so far
        self._so_far = 0

    def _yen(self, amount: int) -> str:
        return money(str(amount), "JPY", self._words)

    def _with_tax(self) -> bool:
        return self._bill.prices is Prices.WITH_TAX

    def title(self) -> str:
        """What the paper may be called, which no template changes."""
        return self._words.say(_TITLES[self._value.title])

    def addressee(self) -> tuple[str, Address]:
        return self._words.say("paper.invoice.to"), self._value.to

    def fact(self, name: str) -> tuple[str, str]:
        """The day of the transaction, and who receives the goods where it is somebody else, beside the slip's facts."""
        say, ship_to, to = self._words.say, self._slip.ship_to, self._value.to
        if name == "dealt_on" and self._value.dealt_on is not None:
            return say("paper.invoice.dealt_on"), day(self._value.dealt_on, self._words)
        if name == "ship_to":
            if bare(ship_to.name) == bare(to.name) and address_lines(ship_to) == address_lines(to):
                return "", ""
            where = " ".join([*address_lines(ship_to), honoured(ship_to.name, self._words)])
            return say("paper.slip.ship_to"), where
        return super().fact(name) if name != "buyer" else ("", "")

    def cod(self, flow: Flow) -> None:
        """The sum of the paper, large; and what the carrier collects, where it is another sum."""
        bill, say = self._bill, self._words.say
        label = "paper.invoice.received_sum" if self._value.received else "paper.invoice.sum"
        self.banner(flow, say(label), self._yen(bill.due))
        if self._slip.cod_amount.strip(" 0."):
            super().cod(flow)

    # --- goods ------------------------------------------------------------------------------------------------------

    def name_of(self, line: SlipLine) -> str:
        """The name with ※ at the reduced rate; a rate that is neither that nor the standard one is written out."""
        rate = self._bill.lines[self._at].rate
        name = super().name_of(line)
        return name if line.reduced or rate == STANDARD else f"{name} ({(rate * 100).normalize():f}%)"

    def rate_of(self, line: SlipLine) -> str:  # noqa: ARG002  # the bill's lines stand in the same order
        rate = self._bill.lines[self._at].rate
        return f"{(rate * 100).normalize():f}%"

    def _goods(self, flow: Flow) -> None:
        flow.bottom -= _CARRY
        super()._goods(flow)
        flow.bottom += _CARRY

    def added(self) -> None:
        self._so_far += self._bill.lines[self._at].amount
        self._at += 1

    def before_turn(self, flow: Flow) -> None:
        if self._at:
            flow.y = flow.y if self._endless else flow.bottom
            self._carry(flow, "paper.invoice.carried_on")

    def after_turn(self, flow: Flow) -> None:
        if self._at:
            self._carry(flow, "paper.invoice.carried_over")

    def _carry(self, flow: Flow, key: str) -> None:
        sheet, form = self._sheet, self._form
        amount, style = self._yen(self._so_far), Style(form.body, True)
        label = self._words.say(key)

        def draw(top: float) -> None:
            shrunk = sheet.shrunk(amount, style, self._width * 0.4, 0.3)
            room = self._width - sheet.width(amount, shrunk) - 4
            small = sheet.shrunk(label, self._small, room, 0.4)
            sheet.text(self._left + room, top + 4.1, label, small, "right")
            sheet.text(self._end, top + 4.1, amount, shrunk, "right")
            sheet.rule(self._left, top + _CARRY - 0.8, self._end, 0.12, HAIR)

        flow.put(_CARRY, draw)

    # --- what it comes to -------------------------------------------------------------------------------------------

    def totals(self, flow: Flow) -> None:
        """The sums, then every rate with its tax, then what says that the money was received."""
        bill, say = self._bill, self._words.say
        shown = [(say("paper.slip.subtotal"), self._yen(bill.goods))]
        shown.append((say("paper.slip.shipping"), self._yen(bill.shipping)))
        if bill.fee:
            shown.append((say("paper.slip.fee"), self._yen(bill.fee)))
        if bill.discount:
            shown.append((say("paper.slip.discount"), self._yen(-bill.discount)))
        if bill.points and not bill.paid_in_points:
            shown.append((say("paper.slip.points"), self._yen(-bill.points)))
        inside = self._with_tax()
        shown.append((say("paper.invoice.tax_inside" if inside else "paper.slip.tax"), self._yen(bill.tax)))
        label = "paper.invoice.total"
        if bill.paid_in_points:
            shown.append((say(label), self._yen(bill.total)))
            shown.append((say("paper.invoice.paid_in_points"), self._yen(-bill.points)))
            label = "paper.invoice.due"
        self.sums(flow, shown, say(label), self._yen(bill.due))
        self._rates(flow)
        self._received(flow)

    def _rates(self, flow: Flow) -> None:
        """A row for each rate: what it is of, what was taken off, of what amount the tax is, the tax."""
        sheet, words, form = self._sheet, self._words, self._form
        say = words.say
        gross = "paper.invoice.gross_with" if self._with_tax() else "paper.invoice.gross_without"
        base = "paper.invoice.base_with" if self._with_tax() else "paper.invoice.base_without"
        heads = [say("paper.invoice.rate"), say(gross), say("paper.invoice.off"), say(base), say("paper.slip.tax")]
        rows = [
            [
                say("paper.invoice.rate_of", percent=each.percent),
                self._yen(each.gross),
                self._yen(-each.discount),
                self._yen(each.base),
                self._yen(each.tax),
            ]
            for each in self._bill.rates
        ]
        if not self._bill.discount and (not self._bill.points or self._bill.paid_in_points):
            heads, rows = [heads[0], *heads[3:]], [[row[0], *row[3:]] for row in rows]
        if self._narrow:
            self._rates_below(flow, heads, rows)
            return
        step = form.body * 0.56
        wide = self._width / len(heads)
        head_style, style = Style(form.body * 0.8, True, BRAND), Style(form.body * 0.95)
        high = step * (len(rows) + 1) + 3.5
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            for at, cells in enumerate([heads, *rows]):
                y = top + step * (at + 0.72)
                for column, cell in enumerate(cells):
                    made = sheet.shrunk(cell, style if at else head_style, wide - 2, 0.3)
                    if column:
                        sheet.text(self._left + wide * (column + 1), y, cell, made, "right")
                    else:
                        sheet.text(self._left, y, cell, made)
                sheet.rule(
                    self._left, top + step * (at + 1), self._end, 0.35 if not at else 0.12, HAIR if at else BRAND
                )

        flow.put(high, draw)

    def _rates_below(self, flow: Flow, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """The same on narrow paper: each rate with its amounts one below the other."""
        sheet, form = self._sheet, self._form
        step = form.body * 0.53
        high = step * len(heads) * len(rows) + 2
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            y = top
            for cells in rows:
                sheet.rule(self._left, y + 0.4, self._end, 0.12, HAIR)
                for at, (head, cell) in enumerate(zip(heads, cells, strict=True)):
                    y += step
                    style = sheet.shrunk(cell, Style(form.body * 0.95, not at), self._width * 0.55, 0.3)
                    name = sheet.shrunk(head, self._small, self._width - sheet.width(cell, style) - 2, 0.3)
                    sheet.text(self._left, y - step * 0.2, head, name)
                    sheet.text(self._end, y - step * 0.2, cell, style, "right")

        flow.put(high, draw)

    def _received(self, flow: Flow) -> None:
        value, sheet, words, form = self._value, self._sheet, self._words, self._form
        if not value.received:
            return
        style = Style(form.body * 1.05, True)
        width = self._width - (_STAMP[0] + 6 if value.stamp else 0)
        lines = sheet.wrap(words.say("paper.invoice.received"), style, width)
        high = max(len(lines) * style.leading, _STAMP[1] if value.stamp else 0.0) + 3
        if high > flow.room:
            flow.turn()

        def draw(top: float) -> None:
            sheet.lines(self._left, top, lines, style)
            if value.stamp:
                x = self._end - _STAMP[0]
                sheet.frame(x, top, *_STAMP, 0.25, GREY, 0.6)
                word = words.say("paper.invoice.stamp")
                small = sheet.shrunk(word, Style(8, colour=GREY), _STAMP[0] - 3, 0.5)
                sheet.text(x + _STAMP[0] / 2, top + _STAMP[1] / 2 + 1, word, small, "centre")

        flow.put(high, draw)
