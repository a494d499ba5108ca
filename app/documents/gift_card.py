"""Message card メッセージカード: the buyer's words or the shop's, in the largest size that fits."""

from __future__ import annotations

from app.documents._gift_strip import STRIP, strip
from app.documents._sheet import BRAND, HAIR, Sheet, Style
from app.domain.gift_papers import GiftCard, GiftCards
from app.domain.papers import Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "gift_card"
"""Name of the paper."""

SIZES = {"A5": (148.0, 105.0), "B5": (182.0, 128.5), "A4": (210.0, 148.0)}
"""Cards, lying: halves of these papers, in millimetres."""
_MARGIN = 8.0


def render(value: GiftCards, words: Texts) -> Rendered:
    """Draw the cards, one a page."""
    sheet = Sheet(words.say("paper.gift_card.title"), words)
    for card in value.cards:
        _page(sheet, card, words)
    return sheet.finish()


def _page(sheet: Sheet, card: GiftCard, words: Texts) -> None:
    size = SIZES[card.size]
    width, face = size[0], size[1] - STRIP
    sheet.page(size)
    sheet.frame(_MARGIN / 2, _MARGIN / 2, width - _MARGIN, face - _MARGIN, 0.5, BRAND, 3)
    sheet.frame(_MARGIN / 2 + 1.4, _MARGIN / 2 + 1.4, width - _MARGIN - 2.8, face - _MARGIN - 2.8, 0.2, HAIR, 2.2)
    room, high = width - 4 * _MARGIN, face - 3.6 * _MARGIN
    style, lines = sheet.fitted(card.message, Style(22, spread=1.6), room, high, 6)
    most = max(1, int(high / style.leading))
    top = (face - min(len(lines), most) * style.leading) / 2
    wide = max((sheet.width(line, style) for line in lines[:most]), default=0.0)
    sheet.lines((width - wide) / 2, top, lines[:most], style)
    strip(sheet, words, size, card.code, card.number, words.say("paper.gift_card.title"), card.copy_reason)
