"""The sheet of places: which tote of the cart, or which slot of the sorting wall, is for which ship number."""

from __future__ import annotations

from app.documents._list_pages import END, FOOT, LEFT, SMALL, TOP, draw_pages, head, titled
from app.documents._sheet import BRAND, GREY, HAIR, INK, Flow, Sheet, Style, number
from app.documents._templates import standard
from app.domain.papers import Rendered
from app.domain.pick_papers import PlaceSheet, PlaceUse
from app.text import Texts

__all__ = ["ID", "render"]

ID = "place_sheet"
"""Name of the paper."""

_COLUMNS = 4
_GAP = 3.0
_WIDTH = (END - LEFT - (_COLUMNS - 1) * _GAP) / _COLUMNS
_HEIGHT = 36.0


def render(value: PlaceSheet, words: Texts) -> Rendered:
    """Draw the sheet."""
    look = value.look or standard(ID)
    title = titled(look, words, words.say("paper.places.wall" if value.wall else "paper.places.cart"))
    sheet = Sheet(f"{title} {value.number}", words)
    sheet.dye(look.colours)
    flow = Flow(TOP, TOP + 13, FOOT - 7)
    used = [place for place in value.places if place.ship_number]
    summary = words.say(
        "paper.places.summary",
        orders=number(len(used), words),
        pieces=number(sum(place.pieces for place in value.places), words),
    )
    head(
        sheet,
        flow,
        words,
        title=title,
        number=value.number,
        code=value.code,
        lines=[
            (words.say("paper.label.zone", name=value.zone) if value.zone else "", Style(11, True)),
            (words.say("paper.places.on_cart", cart=value.cart) if value.cart else "", Style(11, True)),
            (summary, Style(10)),
        ],
        issued_on=value.issued_on,
        copy_reason=value.copy_reason,
    )
    flow.y += 2
    if not value.places:
        flow.put(8, lambda top: sheet.text(LEFT, top + 4, words.say("paper.places.none"), Style(10.5)))
    for start in range(0, len(value.places), _COLUMNS):
        if flow.room < _HEIGHT:
            flow.turn()
        flow.put(_HEIGHT + _GAP, _RowDrawer(sheet, value.places[start : start + _COLUMNS], words, wall=value.wall))
    draw_pages(
        sheet, flow, words, look, title=title, number=value.number, code=value.code, copy_reason=value.copy_reason
    )
    return sheet.finish()


class _RowDrawer:
    """Draws one row of places, once its top is known."""

    def __init__(self, sheet: Sheet, places: tuple[PlaceUse, ...], words: Texts, *, wall: bool) -> None:
        self._sheet = sheet
        self._places = places
        self._words = words
        self._wall = wall

    def __call__(self, top: float) -> None:
        for column, place in enumerate(self._places):
            self._place(LEFT + column * (_WIDTH + _GAP), top, place)

    def _place(self, x: float, top: float, place: PlaceUse) -> None:
        sheet, words = self._sheet, self._words
        free = not place.ship_number and not place.pieces
        sheet.frame(x, top, _WIDTH, _HEIGHT, 0.25 if free else 0.45, HAIR if free else INK, 2)
        name = place.codes[-1] if place.codes else str(place.number)
        beside = 0.0
        if place.codes and not self._wall:
            sheet.text(x + _WIDTH - 3, top + 5.6, str(place.number), Style(11, colour=GREY), "right")
            beside = 6.0
        style = sheet.shrunk(name, Style(26, True, GREY if free else BRAND), _WIDTH - 6 - beside, 0.3)
        sheet.text(x + 3, top + 11, name, style)
        if free:
            sheet.text(x + 3, top + 24, words.say("paper.places.free"), Style(11, colour=GREY))
            return
        style = sheet.shrunk(place.ship_number, Style(24, True), _WIDTH - 6, 0.3)
        sheet.text(x + 3, top + 24.5, place.ship_number, style)
        said = words.say("paper.places.use", lines=number(place.lines, words), pieces=number(place.pieces, words))
        sheet.text(x + 3, top + 30, said, sheet.shrunk(said, SMALL, _WIDTH - 6, 0.5))
        others = ", ".join(place.codes[:-1])
        if others:
            also = words.say("paper.places.also", totes=others)
            sheet.text(x + 3, top + 34, also, sheet.shrunk(also, SMALL, _WIDTH - 6, 0.3))
