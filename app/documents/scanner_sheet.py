"""The scanner sheet: known codes of four kinds, far enough apart that a beam meets one, and the one that ends it."""

from __future__ import annotations

from app.documents._sheet import A4, BRAND, GREY, HAIR, Sheet, Style
from app.documents._symbols import cells_of
from app.domain.papers import Rendered, ScannerCard, ScannerSheet
from app.text import Texts

__all__ = ["ID", "render"]

ID = "scanner_sheet"
"""Name of the paper."""

_FIRST, _PITCH = 47.0, 52.0
"""Top of the first card and distance to the next; they stand left and right by turns, so that codes are 60 mm apart."""
_COLUMNS = (17.0, 107.0)
_BAR_MODULE, _MATRIX_MODULE = 0.34, 0.9
_BAR_HEIGHT = 20.0


def render(value: ScannerSheet, words: Texts) -> Rendered:
    """Draw the sheet.

    :raises StationError: ``paper.code_unusable`` when a text cannot be a code of its kind.
    """
    sheet = Sheet(words.say("paper.scanner.title"), words)
    sheet.page(A4)
    sheet.text(13, 13, words.say("paper.scanner.title"), Style(13, True, BRAND))
    sheet.rule(13, 15.5, 197, 0.5, BRAND)
    style, lines = sheet.fitted(words.say("paper.scanner.hint"), Style(10.5), 184, 22, 7)
    sheet.lines(13, 18.5, lines, style)
    for place, card in enumerate(value.cards):
        _card(sheet, card, f"{place + 1}", place)
    _last(sheet, value, words)
    return sheet.finish()


def _card(sheet: Sheet, card: ScannerCard, number: str, place: int) -> None:
    rows, shown = cells_of(card.kind, card.text)
    module, height = (_MATRIX_MODULE, _MATRIX_MODULE) if len(rows) > 1 else (_BAR_MODULE, _BAR_HEIGHT)
    top, left = _FIRST + place * _PITCH, _COLUMNS[place % 2]
    if place:
        sheet.rule(13, top - 11.5, 197, 0.12, HAIR)
    sheet.text(left, top - 3.2, f"{number}  {card.words}", Style(11, True))
    sheet.cells(left, top, rows, module, height)
    sheet.text(left, top + len(rows) * height + 4, shown, Style(8, colour=GREY))


def _last(sheet: Sheet, value: ScannerSheet, words: Texts) -> None:
    place = len(value.cards)
    top, left = _FIRST + place * _PITCH, _COLUMNS[place % 2]
    sheet.rule(13, top - 11.5, 197, 0.12, HAIR)
    sheet.text(left, top - 3.2, words.say("paper.scanner.last"), Style(11, True))
    sheet.code128(left, top, value.last.code, 88, _BAR_HEIGHT, (0.5, _BAR_MODULE))
    sheet.text(left, top + _BAR_HEIGHT + 4, value.last.code, Style(8, colour=GREY))
