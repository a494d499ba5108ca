"""Signs of zones ゾーン, one to a page across: hung above the aisles, read from the other end of the hall."""

from __future__ import annotations

from app.documents._sheet import A4, BRAND, GREY, MM, Sheet, Style, number
from app.domain.papers import Rendered
from app.domain.place_labels import Zone, ZoneSigns
from app.text import Texts

__all__ = ["ID", "render"]

ID = "zone_sign"
"""Name of the paper."""

_WIDE, _HIGH = A4[1], A4[0]
_LEFT, _RIGHT = 16.0, A4[1] - 16.0
_NAME = Style(400, True, spread=1.0)


def render(value: ZoneSigns, words: Texts) -> Rendered:
    """Draw the signs."""
    sheet = Sheet(words.say("paper.zone.title"), words)
    for zone in value.zones:
        sheet.page((_WIDE, _HIGH))
        _sign(sheet, zone, words)
    return sheet.finish()


def _sign(sheet: Sheet, zone: Zone, words: Texts) -> None:
    sheet.bar(10, 10, _WIDE - 20, 22, BRAND)
    sheet.text(_LEFT, 26, words.say("paper.zone.head"), Style(40, True, "#FFFFFF"))
    style, lines = sheet.fitted(zone.name, _NAME, _RIGHT - _LEFT, 112, 30)
    high = len(lines) * style.leading
    sheet.lines(_WIDE / 2, 36 + (112 - high) / 2, lines, style, "centre")
    sheet.rule(_LEFT, 158, _RIGHT, 0.8, BRAND)
    if zone.aisles:
        names = "・".join(zone.aisles)
        style, lines = sheet.fitted(
            words.say("paper.zone.aisles", aisles=names), Style(34, True), _RIGHT - _LEFT, 30, 9
        )
        sheet.lines(_LEFT, 161, lines, style)
    said = words.say("paper.zone.shelves", shelves=number(zone.shelves, words))
    sheet.text(_RIGHT, _HIGH - 8, said, Style(4.2 * MM, colour=GREY), "right")
