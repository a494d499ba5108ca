"""The goods of a slip: columns as the template has them, and on narrow paper the figures below each name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents._sheet import ALERT, BRAND, HAIR, INK, Align, Flow, Style, line_drawer, number, same_amount
from app.documents._slip_head import SlipHead
from app.domain.papers import SlipLine, SlipPart

__all__ = ["SlipGoods", "given"]

_INDENT = 4.0
"""How far the parts of a set, and the figures of narrow paper, stand in."""
_TABLE_HEAD = 7.2
"""Height of the header row of the goods."""
_BOX = 3.2
"""Side of a box to tick."""
_NOT_GIVEN = -9999
"""Written by some shops for an amount that is not settled yet; never printed."""
_HEADS = {
    "name": "paper.slip.goods",
    "sku": "paper.slip.sku",
    "code": "paper.slip.code",
    "shelf": "paper.slip.shelf",
    "quantity": "paper.slip.quantity",
    "price": "paper.slip.price",
    "amount": "paper.slip.amount",
    "rate": "paper.slip.rate",
}
_PRICED = frozenset({"price", "amount", "rate"})
_RIGHT = frozenset({"quantity", "price", "amount", "rate"})


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    left: float
    width: float

    @property
    def end(self) -> float:
        return self.left + self.width


class SlipGoods(SlipHead):
    """Puts the goods."""

    def added(self) -> None:
        """The amount of the next line was put on the page."""

    def before_turn(self, flow: Flow) -> None:
        """The goods go on on the next page."""

    def after_turn(self, flow: Flow) -> None:
        """They go on here."""

    def name_of(self, line: SlipLine) -> str:
        """The name of goods with the mark of their tax rate."""
        name = line.name.strip() or line.sku
        return f"{name} ※" if line.reduced and not self._slip.gift else name

    def rate_of(self, line: SlipLine) -> str:
        """The tax rate of a line, for its column."""
        return line.tax_rate

    # --- columns ----------------------------------------------------------------------------------------------------

    def _columns(self) -> dict[str, _Column]:
        """Where each column stands."""
        names = [name for name in self._look.columns if not (self._slip.gift and name in _PRICED)]
        if self._narrow:
            return {name: _Column(name, self._left, self._width) for name in names}
        widths = {name: self._form.columns.get(name, 15.0) for name in names if name != "name"}
        rest = self._width - sum(widths.values())
        made, at = {}, self._left
        for name in names:
            made[name] = _Column(name, at, widths.get(name, rest))
            at = made[name].end
        return made

    def _name_box(self) -> tuple[float, float]:
        """Where the names of goods begin, and how wide they are."""
        if self._narrow:
            indent = _BOX + 2 if "tick" in self._look.columns else 0.0
            return self._left + indent, self._width - indent
        column = self._places["name"]
        return column.left, column.width - 2

    def _table_head(self, flow: Flow) -> None:
        say = self._words.say
        style = Style(self._form.body * 0.85, True, BRAND)
        shown = [name for name in self._places if name not in ("row", "tick")]
        if self._narrow:
            shown = [name for name in ("name", "amount") if name in self._places]
            shown = ["name", "quantity"] if "amount" not in shown else shown

        def draw(top: float) -> None:
            sheet, base = self._sheet, top + 3.6
            for name in shown:
                word = say(_HEADS[name])
                if self._narrow:
                    x, align = (self._left, "left") if name == "name" else (self._end, "right")
                    room = self._width * 0.45
                else:
                    column = self._places[name]
                    x, align = (column.end, "right") if name in _RIGHT else (column.left, "left")
                    room = column.width - 1
                side: Align = "right" if align == "right" else "left"
                sheet.text(x, base, word, sheet.shrunk(word, style, room, 0.3), side)
            sheet.rule(self._left, top + 5.4, self._end, 0.35, BRAND)

        flow.put(_TABLE_HEAD, draw)

    # --- goods ------------------------------------------------------------------------------------------------------

    def _goods(self, flow: Flow) -> None:
        slip, words = self._slip, self._words
        self._places = self._columns()
        self._on_page = 0
        if not slip.lines:
            self._table_head(flow)
        reduced = False
        for index, line in enumerate(slip.lines, 1):
            reduced = reduced or (line.reduced and not slip.gift)
            self._line(flow, index, line)
        if reduced:
            legend = self._sheet.wrap(words.say("paper.slip.reduced_legend"), self._small, self._width)
            self._block(flow, legend, self._small)
        flow.y += 2 if self._tight == 1 else 1

    def _texts_of(self, line: SlipLine) -> tuple[list[tuple[str, Style]], list[tuple[_Column, str, Style]]]:
        """Text below one another in the column of names, and text that stands in columns of its own."""
        sheet, (_, width) = self._sheet, self._name_box()
        parts = [(text, self._body) for text in sheet.wrap(self.name_of(line), self._body, width)]
        beside: list[tuple[_Column, str, Style]] = []
        below = [getattr(line, name) for name in self._look.line if name not in self._places]
        for name in ("sku", "code", "shelf"):
            text = getattr(line, name)
            if name not in self._places or not text.strip():
                continue
            column = self._places[name]
            style = sheet.shrunk(text, self._small, column.width - 2, 0.75)
            if self._narrow or sheet.width(text, style) > column.width - 2:
                below.append(text)  # longer than its column: it is not cut, it stands below the name
            else:
                beside.append((column, text, style))
        for text in below:
            parts += [(each, self._small) for each in sheet.wrap(text, self._small, width)]
        return parts, beside

    def _line(self, flow: Flow, index: int, line: SlipLine) -> None:
        limit = self._form.lines
        parts, beside = self._texts_of(line)
        x, _ = self._name_box()
        side, draw_side = self._narrow_side(line) if self._narrow else self._side(index, line, beside)
        texts_high = sum(style.leading for _, style in parts)
        high = texts_high + side if self._narrow else max(texts_high, side)
        if "tick" in self._places:
            high = max(high, _BOX + 1)
        head = _TABLE_HEAD if index == 1 else 0.0
        longer = high + 2.6 > flow.whole - _TABLE_HEAD  # than a page: begins here and goes on over the next ones
        full = limit and self._on_page >= limit
        if full or flow.room < head + (25 if longer else high + 2.6):
            self._next_table_page(flow)
        elif head:
            self._table_head(flow)
        self._on_page += 1
        if "tick" in self._places:
            at = self._places["tick"].left
            flow.put(0, lambda top: self._sheet.frame(at, top + 0.3, _BOX, _BOX, 0.25, INK, 0.5))
        if not self._narrow:
            flow.put(0, draw_side)
            self.added()
        begin = flow.y
        for text, style in parts:
            if flow.room < style.leading + 2.6:
                self._next_table_page(flow)
                begin = flow.y
            flow.put(style.leading, line_drawer(self._sheet, x, text, style))
        if self._narrow:
            if flow.room < side + 2.6:
                self._next_table_page(flow)
            flow.put(side, draw_side)
            self.added()
            flow.y += 0.6
        else:
            flow.y = max(flow.y, begin + side) + 0.9
        if line.parts and self._look.parts:
            self._parts(flow, line.parts)
        flow.put(1.3, lambda top: self._sheet.rule(self._left, top, self._end, 0.12, HAIR))

    def _short(self, pieces: int) -> str:
        return self._words.say("paper.slip.short", count=number(pieces, self._words)) if pieces > 0 else ""

    def _figures(self, line: SlipLine) -> dict[str, str]:
        """Price, amount and rate of a line in words, as far as they are given and may be shown."""
        if self._slip.gift:
            return {}
        made = {}
        if given(line.price):
            made["price"] = self._amount(line.price)
        if (given(line.price) and given(line.total())) or given(line.amount):
            made["amount"] = self._amount(line.total())
        if rate := self.rate_of(line):
            made["rate"] = rate
        return {name: text for name, text in made.items() if name in self._places}

    def _side(
        self, index: int, line: SlipLine, beside: Sequence[tuple[_Column, str, Style]]
    ) -> tuple[float, Callable[[float], None]]:
        """What stands in the columns beside the name: its height, and what draws it."""
        sheet, form, places = self._sheet, self._form, self._places
        plain = Style(form.body)
        many = Style(form.body * (1.2 if line.quantity > 1 else 1), line.quantity > 1)
        room = places["quantity"].width - 1 if "quantity" in places else 15.0
        warning = Style(form.body * 0.85, True, ALERT)
        short_style, shorts = sheet.fitted(self._short(line.short), warning, room, form.body)
        side = Style(form.body * 1.2).leading + len(shorts) * short_style.leading if shorts else 0.0
        figures = self._figures(line)
        shorts_at = places.get("quantity") or places["name"]

        def draw(top: float) -> None:
            base = top + form.body * 0.93 * 25.4 / 72
            if "row" in places:
                row = str(index)
                sheet.text(places["row"].left, base, row, sheet.shrunk(row, self._small, places["row"].width - 1, 0.3))
            for column, text, style in beside:
                sheet.text(column.left, base, text, style)
            if "quantity" in places:
                text = number(line.quantity, self._words)
                sheet.text(places["quantity"].end, base, text, sheet.shrunk(text, many, room, 0.3), "right")
            for at, part in enumerate(shorts):
                low = base + form.body * 0.45 + at * short_style.leading
                sheet.text(shorts_at.end, low, part, short_style, "right")
            for name, text in figures.items():
                column = places[name]
                sheet.text(column.end, base, text, sheet.shrunk(text, plain, column.width - 2, 0.3), "right")

        return side, draw

    def _narrow_side(self, line: SlipLine) -> tuple[float, Callable[[float], None]]:
        """The figures of a line on narrow paper, below its name: pieces and price, and the amount at the right."""
        sheet, form = self._sheet, self._form
        figures = self._figures(line)
        pieces = (
            f"{number(line.quantity, self._words)} ×" if figures.get("price") else number(line.quantity, self._words)
        )
        bold, plain = Style(form.body * 1.1, True), Style(form.body)
        amount, price, short = figures.get("amount", ""), figures.get("price", ""), self._short(line.short)
        if rate := figures.get("rate"):
            price = f"{price}  {rate}".strip()
        warning = Style(form.body * 0.85, True, ALERT)
        step = bold.leading

        def draw(top: float) -> None:
            base = top + form.body * 0.93 * 25.4 / 72
            room = self._width - _INDENT
            shown = sheet.shrunk(amount, plain, room * 0.42, 0.3)
            sheet.text(self._end, base, amount, shown, "right")
            style = sheet.shrunk(pieces, bold, room * 0.25, 0.3)
            alone = not amount and not price
            left = self._end - sheet.width(pieces, style) if alone else self._left + _INDENT
            sheet.text(left, base, pieces, style)
            at = left + sheet.width(pieces, style) + 1
            if price:
                sheet.text(at, base, price, sheet.shrunk(price, plain, room * 0.3, 0.3))
            if short:
                sheet.text(self._end, base + step, short, sheet.shrunk(short, warning, room, 0.3), "right")

        return step * (2 if short else 1), draw

    def _parts(self, flow: Flow, parts: Sequence[SlipPart]) -> None:
        """What a set has in it, below it and without prices."""
        sheet, words, form = self._sheet, self._words, self._form
        x, width = self._name_box()
        x, width = x + _INDENT, width - _INDENT
        end, room = self._end, 14.0
        if not self._narrow and "quantity" in self._places:
            end, room = self._places["quantity"].end, self._places["quantity"].width - 1
        if self._narrow:
            width -= room
        body, small = Style(form.body * 0.92), self._small
        if flow.room < small.leading + 2 * (body.leading + small.leading) + 2.6:
            self._next_table_page(flow)
        flow.put(small.leading, line_drawer(sheet, x, words.say("paper.slip.parts"), small))
        for part in parts:
            texts = [(text, body) for text in sheet.wrap(part.name.strip() or part.sku, body, width)]
            texts += [(text, small) for text in sheet.wrap(part.sku, small, width)]
            warning = Style(form.body * 0.85, True, ALERT)
            short_style, shorts = sheet.fitted(self._short(part.short), warning, room, form.body)
            side = body.leading + len(shorts) * short_style.leading
            high = max(sum(style.leading for _, style in texts), side)
            if flow.room < min(high, 25) + 2.6:
                self._next_table_page(flow)
            figure = number(part.quantity, words)
            flow.put(0, self._part_drawer(figure, end, room, body, (short_style, shorts)))
            begin = flow.y
            for text, style in texts:
                if flow.room < style.leading + 2.6:
                    self._next_table_page(flow)
                    begin = flow.y
                flow.put(style.leading, line_drawer(sheet, x, text, style))
            flow.y = max(flow.y, begin + side) + 0.5

    def _part_drawer(
        self, figure: str, end: float, room: float, style: Style, short: tuple[Style, Sequence[str]]
    ) -> Callable[[float], None]:
        """Draw how many pieces of a part there are, and what of it is missing below."""
        sheet, (short_style, shorts) = self._sheet, short

        def draw(top: float) -> None:
            base = top + style.size * 0.93 * 25.4 / 72
            sheet.text(end, base, figure, sheet.shrunk(figure, style, room, 0.3), "right")
            for at, text in enumerate(shorts):
                low = base + style.leading + at * short_style.leading
                sheet.text(end, low, text, short_style, "right")

        return draw

    def _next_table_page(self, flow: Flow) -> None:
        self._on_page = 0
        self.before_turn(flow)
        flow.turn()
        self._table_head(flow)
        self.after_turn(flow)


def given(amount: str) -> bool:
    """Whether the shop gave this amount."""
    return bool(amount.strip()) and not same_amount(amount, _NOT_GIVEN)
