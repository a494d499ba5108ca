"""The page of a slip: its template and measures, running head and foot, text that goes on where its box is full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.documents._dots import dot_modules, dot_of, label_page, whole
from app.documents._sheet import ALERT, BRAND, GREY, Align, Flow, Sheet, Style, line_drawer
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.paper_sizes import PaperSize
from app.domain.papers import Slip
from app.domain.templates import LONGEST, NARROW, Form, Template
from app.errors import StationError
from app.text import Texts

__all__ = ["SlipPage", "print_fitted"]

_MODULES = (0.375, 0.338, 0.3, 0.25)
"""Widths of the narrowest bar in mm: three dots at 203 dpi, four at 300, then what is left for long numbers."""
_FINEST = 0.17
"""The same on labels, whose printers hold two dots of 300 dpi."""
_EDGE = 3.2
"""No printer prints nearer to the lower edge."""
_SHORTEST = 40.0
"""Length of a page of a roll, at the least."""
_GAP = 1.0
_JAPANESE = 0x3041
"""From this code on characters are broken anywhere."""
_TRIES, _SHRINK, _LEAST_BODY = 16, 0.88, 4.5
"""How often, and by how much, what is higher than its page is set smaller; the least size of ordinary text."""


def print_fitted(make: Callable[[Template], SlipPage], look: Template, page: PaperSize) -> None:
    """Lay a paper out and print it; where its head is higher than a page it is set smaller, as often as it takes.

    :param make: makes the drawing, anew for each try.
    :raises StationError: ``paper.page_full`` where the smallest type is still too large.
    """
    drawing = make(look)
    for _ in range(_TRIES):
        flow = drawing.lay()
        if not flow.over:
            drawing.print(flow)
            return
        form = look.forms[page]
        look = replace(look, forms={**look.forms, page: _smaller(form)})
        drawing = make(look)
    raise StationError("paper.page_full", size=page.label, title=drawing.title())


def _rejoined(lines: Sequence[str]) -> str:
    """Lines of a narrow box as a text for a wide one: where Japanese was broken it runs on, other breaks stay."""
    made = lines[0]
    for line in lines[1:]:
        runs_on = made and line and ord(made[-1]) >= _JAPANESE and ord(line[0]) >= _JAPANESE
        made += line if runs_on else f"\n{line}"
    return made


def _smaller(form: Form) -> Form:
    return replace(
        form,
        body=max(_LEAST_BODY, form.body * _SHRINK),
        number=max(8.0, form.number * _SHRINK),
        bars=max(5.0, form.bars * _SHRINK),
        qr=max(8.0, form.qr * _SHRINK),
        label=max(8.0, form.label * _SHRINK),
        logo_height=max(3.0, form.logo_height * _SHRINK),
    )


class SlipPage:
    """Measures and what every page of a slip has."""

    def __init__(self, sheet: Sheet, slip: Slip, words: Texts, look: Template) -> None:
        self._sheet, self._slip, self._words, self._look = sheet, slip, words, look
        self._form: Form = look.forms[slip.page]
        wide, high = slip.page.measures
        self._dot = dot_of(slip.dpi or slip.page.dpi) if slip.page.dpi else 0.0
        self._endless = not high
        self._size = (wide, high or LONGEST)
        if self._dot:
            self._size = label_page(wide, high or LONGEST, self._dot)
        margin = whole(self._form.margin, self._dot) if self._dot else self._form.margin
        self._left, self._top, self._end = margin, margin, wide - margin
        self._width = self._end - self._left
        self._narrow = self._width < NARROW
        self._body = Style(self._form.body)
        self._small = Style(self._form.body * 0.82, colour=GREY)
        self._below = max(margin - 3, _EDGE)
        """From the base line of the foot to the lower edge."""
        self._tight = 1.0 if self._form.body >= 8 and not self._dot else 0.8
        """How far running heads are set closer on small paper."""
        self._overflow: list[tuple[str, str]] = []
        self._footer = sheet.wrap(look.footer.get(words.language, ""), self._small, self._width)
        self._dye()

    def _dye(self) -> None:
        self._sheet.dye(self._look.colours)

    def _flow(self) -> Flow:
        foot = self._size[1] - self._below
        footer = len(self._footer) * self._small.leading
        return Flow(self._top, self._top + 14 * self._tight, foot - 7 * self._tight - footer)

    def lay(self) -> Flow:
        """Lay the whole paper out; nothing is drawn yet."""
        raise NotImplementedError

    def print(self, flow: Flow) -> None:
        """Draw what was put into the flow."""
        self._dye()
        for page, ops in enumerate(flow.pages, 1):
            self._sheet.page((self._size[0], self._length(flow, page)))
            if page > 1:
                self._running_head()
            for draw in ops:
                draw()
            self._running_foot(page, len(flow.pages))

    def _length(self, flow: Flow, page: int) -> float:
        if not self._endless:
            return self._size[1]
        end = flow.ends[page - 1] if page <= len(flow.ends) else flow.y
        long = min(max(_SHORTEST, end + (self._size[1] - flow.bottom)), LONGEST)
        self._foot = long - self._below
        return label_page(self._size[0], long, self._dot)[1]

    def title(self) -> str:
        """What the paper is called."""
        return self._look.title.get(self._words.language) or self._words.say("paper.slip.title")

    def _running_head(self) -> None:
        sheet, form, tight = self._sheet, self._form, self._tight
        y = self._top + 6 * tight
        number, huge = str(self._slip.number), Style(min(form.body * 2.6, 25 * tight), True)
        huge = sheet.shrunk(number, huge, self._width * 0.6, 0.3)
        room = self._width - sheet.width(number, huge) - 3
        mark = self._words.say("paper.copy") if self._slip.copy_reason else ""
        stamp = min(form.body * 1.1, 11.0)
        if mark:
            room -= sheet.width(mark, Style(stamp, True)) + 7
        title, left = self.title(), self._left
        style = sheet.shrunk(title, Style(min(form.body * 1.3, 14 * tight), True, BRAND), room, 0.3)
        if sheet.width(title, style) <= room + 0.1:  # it stands whole on the first page; here the number matters
            sheet.text(left, y, title, style)
            left += sheet.width(title, style) + 3
        if mark:
            sheet.mark(left, y - 4.4 * tight, mark, stamp)
        sheet.text(self._end, y + 1, number, huge, "right")
        sheet.rule(self._left, y + 4 * tight, self._end, 0.5, BRAND)

    def _running_foot(self, page: int, pages: int) -> None:
        sheet, form = self._sheet, self._form
        y = self._foot if self._endless else self._size[1] - self._below
        rule = y - 4.5 * self._tight - len(self._footer) * self._small.leading
        sheet.rule(self._left, rule, self._end)
        for at, line in enumerate(self._footer):
            low = rule + (at + 0.85) * self._small.leading
            sheet.text((self._left + self._end) / 2, low, line, self._small, "centre")
        number, bold = str(self._slip.number), Style(form.body, True)
        sheet.text(self._left, y, number, sheet.shrunk(number, bold, self._width * 0.45, 0.3))
        name = " ".join(self._slip.shop.name.split())
        if name and sheet.width(name, self._small) <= self._width * 0.5 and not self._narrow:
            sheet.text((self._left + self._end) / 2, y, name, self._small, "centre")
        said = self._words.say("paper.page", page=page, pages=pages)
        sheet.text(self._end, y, said, sheet.shrunk(said, self._small, self._width * 0.5, 0.4), "right")

    # --- codes ------------------------------------------------------------------------------------------------------

    def _modules(self) -> Sequence[float]:
        """Widths of the narrowest bar, best first."""
        return dot_modules((*_MODULES, _FINEST), self._dot) if self._dot else _MODULES

    def _bars(self, x: float, y: float, width: float, code: str) -> tuple[float, float]:
        """Draw the bars of the ship number; returns where they begin and how wide they are.

        :raises StationError: ``paper.no_room`` where even the narrowest do not fit the paper.
        """
        side: Align = "left" if self._form.stacked else "right"
        try:
            return self._sheet.code128(x, y, code, width, self._form.bars, self._modules(), side, self._dot)
        except StationError as error:
            raise StationError("paper.no_room", code=code, size=self._slip.page.label, title=self.title()) from error

    def _qr(self, text: str, most: float) -> tuple[tuple[str, ...], float]:
        """Return the cells of a QR code and the size of one, so that it is at most *most* wide."""
        rows, _ = cells_of("qr", text)
        cell = min(1.0, most / len(rows))
        if self._dot:
            cell = max(2, int(cell / self._dot + 0.001)) * self._dot
        return rows, cell

    def _draw_qr(self, right: float, top: float, rows: tuple[str, ...], cell: float) -> None:
        """Draw a QR code, its upper right corner at *right*, *top*."""
        x, y = right - len(rows) * cell, top
        if self._dot:
            x, y = whole(x, self._dot), whole(y, self._dot)
        self._sheet.cells(x, y, rows, cell, cell)

    @staticmethod
    def _quiet(cell: float) -> float:
        return QR_QUIET * cell

    # --- text -------------------------------------------------------------------------------------------------------

    def _kept(self, label: str, text: str, style: Style, width: float, height: float) -> tuple[Style, list[str]]:
        """Fit *text* into a box; what does not fit even in the smallest size goes on after the goods."""
        style, lines = self._sheet.fitted(text, style, width, height)
        fit = max(1, int((height + 0.01) / style.leading))
        if len(lines) > fit:
            self._overflow.append((label, _rejoined(lines[fit - 1 :])))
            goes_on = self._words.say("paper.slip.goes_on")
            lines = [*lines[: fit - 1], *self._sheet.wrap(goes_on, style, width)]
        return style, lines

    def _copy_reason(self, width: float) -> tuple[Style, list[str]]:
        """Why the paper is printed again."""
        style = Style(self._form.body * 0.82, colour=ALERT)
        if not self._slip.copy_reason:
            return style, []
        text = self._words.say("paper.copy_reason", reason=self._slip.copy_reason)
        return self._kept(self._words.say("paper.copy"), text, style, width, 11)

    def _note_head(self) -> Style:
        return Style(self._form.body * 0.82, True, BRAND)

    def _section(self, flow: Flow, label: str, text: str) -> None:
        """A text with its heading, over pages where it must."""
        lines = self._sheet.wrap(text, self._body, self._width - 4)
        if not lines:
            return
        head = self._note_head()
        shown = self._sheet.shrunk(label, head, self._width, 0.4)
        if flow.room < head.leading + 3 * self._body.leading:
            flow.turn()
        flow.put(head.leading + 0.6, line_drawer(self._sheet, self._left, label, shown))
        self._block(flow, lines, self._body, 0)
        flow.y += 3

    def _block(self, flow: Flow, lines: Sequence[str], style: Style, gap: float = _GAP) -> None:
        """Place *lines* one by one, over pages where they must."""
        flow.y += gap
        for line in lines:
            if flow.room < style.leading:
                flow.turn()
            flow.put(style.leading, line_drawer(self._sheet, self._left, line, style))
