"""Badges for people, the size of a business card, ten to a page with marks for cutting."""

from __future__ import annotations

from app.documents._sheet import A4, BRAND, GREY, Sheet, Style
from app.domain.papers import Badge, BadgeSheet, Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "badge_sheet"
"""Name of the paper."""

_WIDTH, _HEIGHT = 91.0, 55.0
_COLUMNS, _ROWS = 2, 5
_LEFT = (A4[0] - _COLUMNS * _WIDTH) / 2
_TOP = (A4[1] - _ROWS * _HEIGHT) / 2
_INSIDE = 6.0
_MODULES = (0.5, 0.375, 0.338)


def render(value: BadgeSheet, words: Texts) -> Rendered:
    """Draw the badges."""
    sheet = Sheet(words.say("paper.badge.title"), words)
    each = _COLUMNS * _ROWS
    for page in range(max(1, -(-len(value.badges) // each))):
        sheet.page(A4)
        badges = value.badges[page * each : (page + 1) * each]
        for place, badge in enumerate(badges):
            row, column = divmod(place, _COLUMNS)
            _badge(sheet, badge, value.warehouse, _LEFT + column * _WIDTH, _TOP + row * _HEIGHT)
        _cut_marks(sheet, -(-len(badges) // _COLUMNS))
    return sheet.finish()


def _cut_marks(sheet: Sheet, rows: int) -> None:
    right, bottom = _LEFT + _COLUMNS * _WIDTH, _TOP + rows * _HEIGHT
    for column in range(_COLUMNS + 1):
        x = _LEFT + column * _WIDTH
        sheet.line(x, _TOP - 5.5, x, _TOP - 1.5, 0.2, GREY)
        sheet.line(x, bottom + 1.5, x, bottom + 5.5, 0.2, GREY)
        for row in range(1, rows):
            y = _TOP + row * _HEIGHT
            sheet.line(x, y - 1.5, x, y + 1.5, 0.1, GREY)
    for row in range(rows + 1):
        y = _TOP + row * _HEIGHT
        sheet.line(_LEFT - 6.5, y, _LEFT - 1.5, y, 0.2, GREY)
        sheet.line(right + 1.5, y, right + 6.5, y, 0.2, GREY)
        for column in range(1, _COLUMNS):
            x = _LEFT + column * _WIDTH
            sheet.line(x - 1.5, y, x + 1.5, y, 0.1, GREY)


def _badge(sheet: Sheet, badge: Badge, warehouse: str, x: float, y: float) -> None:
    width = _WIDTH - 2 * _INSIDE
    left = x + _INSIDE
    sheet.bar(left, y + 5, 9, 1.1)
    small = Style(8, colour=GREY)
    style, lines = sheet.fitted(warehouse, small, width - 12, 3.5, 4)
    for at, line in enumerate(reversed(lines)):
        sheet.text(left + width, y + 6.8 - at * style.leading, line, style, "right")
    role_style, role = sheet.fitted(badge.role, Style(9.5, colour=BRAND), width, 7.6, 5)
    name_style, name = sheet.fitted(badge.name, Style(22, True, spread=1.2), width, 15.5, 5)
    top = y + 8.5
    high = len(name) * name_style.leading + len(role) * role_style.leading
    top += max(0.0, (23.5 - high) / 2)
    end = sheet.lines(left, top, name, name_style)
    sheet.lines(left, end, role, role_style)
    code = f"KU-{badge.code}"
    begin, _ = sheet.code128(left, y + 33, code, width, 13.5, _MODULES)
    sheet.text(begin, y + _HEIGHT - 4.8, code, small)
