"""The sheet of command codes, for scanners that cannot read screens: ten to a page, far enough apart to hit one."""

from __future__ import annotations

from app.documents._sheet import A4, BRAND, GREY, HAIR, INK, Sheet, Style
from app.domain.papers import CommandCard, CommandSheet, Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "command_sheet"
"""Name of the paper."""

_COLUMNS = (57.0, 153.0)
"""Centres of the codes across; more than 60 mm apart, so that a beam meets one code only."""
_FIRST, _PITCH, _ROWS = 37.5, 60.0, 5
"""Centre of the first code down, distance to the next, and how many."""
_WIDTH, _HEIGHT = 88.0, 17.0
_MODULES = (0.5, 0.375, 0.338)


def render(value: CommandSheet, words: Texts) -> Rendered:
    """Draw the sheet."""
    sheet = Sheet(words.say("paper.command.title"), words)
    each = len(_COLUMNS) * _ROWS
    pages = max(1, -(-len(value.cards) // each))
    for page in range(pages):
        sheet.page(A4)
        sheet.text(13, 13, words.say("paper.command.title"), Style(13, True, BRAND))
        sheet.text(197, 9.5, words.say("paper.page", page=page + 1, pages=pages), Style(8, colour=GREY), "right")
        sheet.text(197, 13.2, words.say("paper.command.hint"), Style(8, colour=GREY), "right")
        sheet.rule(13, 15.5, 197, 0.5, BRAND)
        for place, card in enumerate(value.cards[page * each : (page + 1) * each]):
            row, column = divmod(place, len(_COLUMNS))
            _card(sheet, card, _COLUMNS[column], _FIRST + row * _PITCH)
            if row and not column:
                y = _FIRST + row * _PITCH - 25
                sheet.rule(13, y, 197, 0.12, HAIR)
    return sheet.finish()


def _card(sheet: Sheet, card: CommandCard, x: float, y: float) -> None:
    top = y - _HEIGHT / 2
    left, key_width = x - _WIDTH / 2, 0.0
    base = top - 4.2
    if card.key.strip():
        style = sheet.shrunk(card.key, Style(13, True), 22, 0.4)
        key_width = sheet.width(card.key, style) + 6
        sheet.frame(x + _WIDTH / 2 - key_width, base - 5.6, key_width, 7.6, 0.35, INK, 1.5)
        sheet.text(x + _WIDTH / 2 - key_width / 2, base - 0.1, card.key, style, "centre")
        key_width += 4
    style, lines = sheet.fitted(card.words, Style(19, True, spread=1.2), _WIDTH - key_width, 11, 6)
    sheet.lines(left, base + 2.2 - len(lines) * style.leading, lines, style)
    begin, _ = sheet.code128(left, top, card.code, _WIDTH, _HEIGHT, _MODULES)
    sheet.text(begin, top + _HEIGHT + 3.6, card.code, Style(8, colour=GREY))
