"""The break sheet 仕切り紙 between slips: which orders follow, and for which carrier."""

from __future__ import annotations

from app.documents._sheet import A4, A5, BRAND, GREY, INK, Sheet, Style, number
from app.domain.papers import BreakSheet, PaperSize, Rendered
from app.text import Texts

__all__ = ["ID", "draw_break", "render"]

ID = "break_sheet"
"""Name of the paper."""

_SIZES = {PaperSize.A4: A4, PaperSize.A5: A5}
_MARGIN, _EDGE = 4.0, 7.0
"""Width that printers leave white, and of the dark bar inside it at both long edges: it is found by leafing."""


def render(value: BreakSheet, words: Texts) -> Rendered:
    """Draw the sheet alone."""
    sheet = Sheet(f"{words.say('paper.break.title')} {value.first.batch}", words)
    draw_break(sheet, value, words)
    return sheet.finish()


def draw_break(sheet: Sheet, value: BreakSheet, words: Texts) -> None:
    """Draw *value* on a new page of *sheet*."""
    wide, high = _SIZES[value.page]
    sheet.page((wide, high))
    for x in (_MARGIN, wide - _MARGIN - _EDGE):
        sheet.bar(x, _MARGIN, _EDGE, high - 2 * _MARGIN, BRAND)
    middle, room = wide / 2, wide - 2 * (_MARGIN + _EDGE) - 12
    title = Style(16, True, BRAND)
    sheet.text(middle, high * 0.12, words.say("paper.break.title"), title, "centre")
    y = high * 0.18
    for text in (value.carrier, value.service, value.temperature):
        if text:
            style, lines = sheet.fitted(text, Style(26, True), room, high * 0.1, 12)
            for each in lines:
                sheet.text(middle, y + style.leading * 0.8, each, style, "centre")
                y += style.leading
            y += 2
    first, last = str(value.first), str(value.last)
    big = min((sheet.shrunk(text, Style(84, True), room, 0.2) for text in (first, last)), key=lambda style: style.size)
    sheet.text(middle, high * 0.52, first, big, "centre")
    if value.count > 1:
        sheet.text(middle, high * 0.59, "↓", Style(28, colour=GREY), "centre")
        sheet.text(middle, high * 0.72, last, big, "centre")
    count = words.say("paper.break.count", count=number(value.count, words))
    sheet.text(middle, high * 0.82, count, Style(22, True, INK), "centre")
    place = words.say("paper.break.place", place=value.place, sheets=value.sheets)
    sheet.text(middle, high * 0.88, place, Style(11, colour=GREY), "centre")
