"""The break sheet 仕切り紙 between slips: which orders follow, and for which carrier."""

from __future__ import annotations

from app.documents._dots import dot_of, label_page
from app.documents._sheet import A4, BRAND, GREY, INK, Sheet, Style, number
from app.documents._templates import standard
from app.domain.papers import BreakSheet, Rendered
from app.text import Texts

__all__ = ["ID", "draw_break", "render"]

ID = "break_sheet"
"""Name of the paper."""

_ROLL = 90.0
"""Length of a sheet off a roll, millimetres."""
_MARGIN, _EDGE = 4.0, 7.0
"""Width that printers leave white, and of the dark bar inside it at both long edges: it is found by leafing."""


def render(value: BreakSheet, words: Texts) -> Rendered:
    """Draw the sheet alone."""
    sheet = Sheet(f"{words.say('paper.break.title')} {value.first.batch}", words)
    draw_break(sheet, value, words)
    return sheet.finish()


def draw_break(sheet: Sheet, value: BreakSheet, words: Texts) -> None:
    """Draw *value* on a new page of *sheet*."""
    look = value.look or standard(ID)
    sheet.dye(look.colours)
    size = value.page
    wide, high = size.measures[0], size.measures[1] or _ROLL
    sheet.page(label_page(wide, high, dot_of(size.dpi)) if size.dpi else (wide, high))
    part = min(1.0, wide / A4[0] * 1.25)
    edge = _EDGE * part
    for x in (_MARGIN, wide - _MARGIN - edge):
        sheet.bar(x, _MARGIN, edge, high - 2 * _MARGIN, BRAND)
    middle, room = wide / 2, wide - 2 * (_MARGIN + edge) - 12 * part
    heading = look.title.get(words.language) or words.say("paper.break.title")
    sheet.text(middle, high * 0.12, heading, sheet.shrunk(heading, Style(16 * part, True, BRAND), room, 0.3), "centre")
    y = high * 0.18
    for text in (value.carrier, value.service, value.temperature):
        if text:
            style, lines = sheet.fitted(text, Style(26 * part, True), room, high * 0.1, 12 * part)
            for each in lines:
                sheet.text(middle, y + style.leading * 0.8, each, style, "centre")
                y += style.leading
            y += 2 * part
    first, last = str(value.first), str(value.last)
    big = min(
        (sheet.shrunk(text, Style(84 * part, True), room, 0.2) for text in (first, last)), key=lambda style: style.size
    )
    sheet.text(middle, high * 0.52, first, big, "centre")
    if value.count > 1:
        sheet.text(middle, high * 0.59, "↓", Style(28 * part, colour=GREY), "centre")
        sheet.text(middle, high * 0.72, last, big, "centre")
    count = words.say("paper.break.count", count=number(value.count, words))
    sheet.text(middle, high * 0.82, count, sheet.shrunk(count, Style(22 * part, True, INK), room, 0.3), "centre")
    place = words.say("paper.break.place", place=value.place, sheets=value.sheets)
    sheet.text(middle, high * 0.88, place, sheet.shrunk(place, Style(11 * part, colour=GREY), room, 0.3), "centre")
