"""Pages of lists that pickers walk with: a head with the number and its code, later heads, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents._sheet import A4, ALERT, BRAND, GREY, Align, Flow, Sheet, Style, day, line_drawer
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.templates import Template
from app.text import Texts

__all__ = [
    "END",
    "FOOT",
    "LEFT",
    "SMALL",
    "TABLE_HEAD",
    "TOP",
    "closing",
    "draw_pages",
    "footer",
    "head",
    "table_head",
    "titled",
]

LEFT, END, TOP = 14.0, A4[0] - 14.0, 13.0
FOOT = A4[1] - 11.0
TABLE_HEAD = 7.2
"""Height of the head of a table."""
SMALL = Style(8, colour=GREY)

_TITLE = Style(19, True, BRAND)
_QR_CELL = 0.75
_BARS = 56.0
"""Width of the bars."""


def head(
    sheet: Sheet,
    flow: Flow,
    words: Texts,
    *,
    title: str,
    number: str,
    code: str,
    lines: Sequence[tuple[str, Style]],
    issued_on: date | None,
    copy_reason: str,
) -> None:
    """Put the head of the first page.

    :param lines: what stands below the title, in order; empty ones are left out.
    """
    said = list(lines)
    if copy_reason:
        said.insert(0, (words.say("paper.copy_reason", reason=copy_reason), Style(8, colour=ALERT)))
    if issued_on:
        said.append((words.say("paper.job.issued", day=day(issued_on, words)), SMALL))
    cells, _ = cells_of("qr", code)
    qr = (len(cells) + 2 * QR_QUIET) * _QR_CELL
    right = END + QR_QUIET * _QR_CELL - qr  # the QR code itself ends at the margin, its quiet zone in it
    bars = right - 4 - _BARS

    def draw(top: float) -> None:
        style = sheet.shrunk(title, _TITLE, bars - LEFT - 8, 0.5)
        sheet.text(LEFT, top + 7, title, style)
        sheet.text(bars, top + 11, number, sheet.shrunk(number, Style(40, True), _BARS, 0.3))
        begin, _ = sheet.code128(bars, top + 14, code, _BARS, 12, (0.5, 0.375, 0.338, 0.3))
        sheet.text(begin, top + 29.2, code, Style(8))
        sheet.cells(right + QR_QUIET * _QR_CELL, top + 2, cells, _QR_CELL, _QR_CELL)
        if copy_reason:
            sheet.mark(right + QR_QUIET * _QR_CELL, top + 22, words.say("paper.copy"), 11)

    begin = flow.y
    flow.put(0, draw)
    flow.y += 11
    for text, style in said:
        for line in sheet.wrap(text, style, bars - LEFT - 6):
            flow.put(style.leading, line_drawer(sheet, LEFT, line, style))
    flow.y = max(flow.y, begin + 31) + 2
    flow.put(3, lambda top: sheet.rule(LEFT, top, END, 0.6, BRAND))


def titled(look: Template, words: Texts, usual: str) -> str:
    """Return what a paper is called: its template's title, else the usual one."""
    return look.title.get(words.language) or usual


def closing(sheet: Sheet, flow: Flow, look: Template, words: Texts) -> None:
    """Put the template's message after all the rest."""
    style = Style(10)
    lines = sheet.wrap(look.message.get(words.language, ""), style, END - LEFT)
    flow.y += 3 if lines else 0
    for line in lines:
        if flow.room < style.leading:
            flow.turn()
        flow.put(style.leading, line_drawer(sheet, LEFT, line, style))


def footer(sheet: Sheet, look: Template, words: Texts) -> None:
    """Draw the template's words at the foot of a page."""
    if said := look.footer.get(words.language, ""):
        style, lines = sheet.fitted(said, SMALL, END - LEFT - 80, 4.6, 4)
        for at, line in enumerate(reversed(lines)):
            sheet.text((LEFT + END) / 2, FOOT - at * style.size * 0.4, line, style, "centre")


def draw_pages(
    sheet: Sheet, flow: Flow, words: Texts, look: Template, *, title: str, number: str, code: str, copy_reason: str
) -> None:
    """Draw all that was put into *flow*, later pages with a short head, and each with a foot."""
    closing(sheet, flow, look, words)
    for page, ops in enumerate(flow.pages, 1):
        sheet.page(A4)
        if page > 1:
            _running_head(sheet, words, title, number, copy_reason)
        for draw in ops:
            draw()
        sheet.rule(LEFT, FOOT - 4.5, END)
        sheet.text(LEFT, FOOT, code, Style(9.5, True))
        footer(sheet, look, words)
        sheet.text(END, FOOT, words.say("paper.page", page=page, pages=len(flow.pages)), SMALL, "right")


def _running_head(sheet: Sheet, words: Texts, title: str, number: str, copy_reason: str) -> None:
    style = sheet.shrunk(title, Style(12, True, BRAND), (END - LEFT) * 0.5, 0.3)
    sheet.text(LEFT, TOP + 5, title, style)
    if copy_reason:
        sheet.mark(LEFT + sheet.width(title, style) + 4, TOP + 0.6, words.say("paper.copy"), 9.5)
    sheet.text(END, TOP + 6, number, Style(22, True), "right")
    sheet.rule(LEFT, TOP + 9, END, 0.5, BRAND)


def table_head(flow: Flow, sheet: Sheet, columns: Sequence[tuple[float, str, Align]]) -> None:
    """Put the head of a table.

    :param columns: where each column begins or ends, its words, and which of the two.
    """
    style = Style(8, True, BRAND)

    def draw(top: float) -> None:
        for x, text, align in columns:
            sheet.text(x, top + 3.4, text, style, align)
        sheet.rule(LEFT, top + 5.2, END, 0.35, BRAND)

    flow.put(TABLE_HEAD, draw)
