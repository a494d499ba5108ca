"""The list of a pick job: a total pick list トータルピックリスト in the order of the walk, then what each order gets.

Its code is scanned when everything on it was taken. Every row has the code of its goods besides, to say at a screen
which row is short: goods that are not there cannot be scanned.
"""

from __future__ import annotations

from app.documents._list_pages import END, FOOT, LEFT, SMALL, TOP, draw_pages, head, table_head, titled
from app.documents._sheet import BRAND, GREY, HAIR, INK, Flow, Sheet, Style, code128_module, number
from app.documents._templates import standard
from app.documents._walk_map import draw_map, map_size
from app.domain.papers import Rendered
from app.domain.pick_papers import JobList, ListOrder, ListPart, ListStop, WalkMap
from app.text import Texts

__all__ = ["ID", "render"]

ID = "job_list"
"""Name of the paper."""

_NO, _SHELF, _NAME, _BARS, _QUANTITY = LEFT + 15, LEFT + 17, LEFT + 57, LEFT + 122, END
"""Where the columns begin; number and quantity end there."""
_SHELF_WIDTH, _NAME_WIDTH, _BARS_WIDTH, _QUANTITY_WIDTH = 38.0, 62.0, 40.0, 16.0
_ROW = 12.5
"""Least height of a row, so that a beam meets the code of one."""
_TALLEST = 60.0
"""A longer name gets smaller."""
_MAP_HEIGHT = 52.0

_PLACE = Style(19, True, spread=1.15)
_BODY = Style(10.5)
_MODULES = (0.3, 0.25)

_PART_NUMBER, _PART_SHELF, _PART_NAME = LEFT, LEFT + 33, LEFT + 62
_PART_NAME_WIDTH = END - 20 - _PART_NAME


def render(value: JobList, words: Texts) -> Rendered:
    """Draw the list."""
    look = value.look or standard(ID)
    title = titled(look, words, words.say("paper.job.title"))
    sheet = Sheet(f"{title} {value.number}", words)
    sheet.dye(look.colours)
    flow = Flow(TOP, TOP + 12, FOOT - 7)
    _begin(sheet, flow, value, words, title)
    _stops(sheet, flow, value, words)
    if value.orders:
        _orders(sheet, flow, value, words)
    draw_pages(
        sheet, flow, words, look, title=title, number=value.number, code=value.code, copy_reason=value.copy_reason
    )
    return sheet.finish()


def _begin(sheet: Sheet, flow: Flow, value: JobList, words: Texts, title: str) -> None:
    summary = words.say(
        "paper.job.summary",
        orders=number(len(value.orders), words),
        rows=number(len(value.stops), words),
        pieces=number(value.pieces, words),
    )
    mode = "  ".join(filter(None, (value.mode, words.say("paper.label.zone", name=value.zone) if value.zone else "")))
    lines = [
        (mode, Style(11, True)),
        (summary, Style(10)),
        (words.say("paper.job.pickup", time=f"{value.pickup:%m/%d %H:%M}") if value.pickup else "", Style(11, True)),
        (_walked(value, words), Style(10)),
        (words.say("paper.job.hint"), SMALL) if value.stops else ("", SMALL),
    ]
    head(
        sheet,
        flow,
        words,
        title=title,
        number=value.number,
        code=value.code,
        lines=lines,
        issued_on=value.issued_on,
        copy_reason=value.copy_reason,
    )
    if value.walk:
        _map(sheet, flow, value.walk)


def _walked(value: JobList, words: Texts) -> str:
    if not value.metres:
        return ""
    walked = words.say("paper.job.metres", metres=number(round(value.metres), words))
    if round(value.saved) < 1:
        return walked
    saved = words.say("paper.job.saved", metres=number(round(value.saved), words))
    return f"{walked}  {saved}"


def _map(sheet: Sheet, flow: Flow, walk: WalkMap) -> None:
    wide, high = map_size(walk, END - LEFT, _MAP_HEIGHT)
    left = LEFT + (END - LEFT - wide) / 2
    flow.put(high + 1, lambda top: draw_map(sheet, walk, left, top, END - LEFT, _MAP_HEIGHT))
    flow.put(3, lambda top: sheet.rule(LEFT, top, END, 0.2, GREY))


# --- what is taken, shelf by shelf ----------------------------------------------------------------------------------


def _stops(sheet: Sheet, flow: Flow, value: JobList, words: Texts) -> None:
    if not value.stops:
        flow.put(8, lambda top: sheet.text(LEFT, top + 4, words.say("paper.job.empty"), _BODY))
        return
    _table_head(sheet, flow, words)
    placed = True
    mapped = any(stop.placed for stop in value.stops)
    for at, stop in enumerate(value.stops, 1):
        if mapped and placed and not stop.placed:
            _divide(sheet, flow, words)
        placed = stop.placed
        _stop(sheet, flow, at, stop, words)


def _table_head(sheet: Sheet, flow: Flow, words: Texts) -> None:
    table_head(
        flow,
        sheet,
        (
            (_SHELF, words.say("paper.pick.shelf"), "left"),
            (_NAME, words.say("paper.pick.goods"), "left"),
            (_QUANTITY, words.say("paper.pick.quantity"), "right"),
        ),
    )


def _divide(sheet: Sheet, flow: Flow, words: Texts) -> None:
    """Say that the shelves from here on are not on the map."""
    if flow.room < 8 + _ROW:
        flow.turn()
        _table_head(sheet, flow, words)

    def draw(top: float) -> None:
        sheet.bar(LEFT, top, END - LEFT, 5.4, "#E1EDF9")
        sheet.text(LEFT + 2, top + 3.9, words.say("paper.job.unplaced"), Style(8.5, True))

    flow.put(7, draw)


def _stop(sheet: Sheet, flow: Flow, at: int, stop: ListStop, words: Texts) -> None:
    shelf = stop.shelf.strip() or words.say("paper.pick.no_shelf")
    shelf_style = sheet.shrunk(shelf, _PLACE, _SHELF_WIDTH, 0.6)
    if sheet.width(shelf, shelf_style) > _SHELF_WIDTH:
        shelf_style, shelves = sheet.fitted(shelf, shelf_style, _SHELF_WIDTH, _ROW, 6)
    else:
        shelves = [shelf]
    body, names = sheet.fitted(stop.name.strip() or stop.sku, _BODY, _NAME_WIDTH, _TALLEST)
    details = [text for given in (stop.options, stop.sku, _lot(stop, words)) for text in given.splitlines()]
    small = [text for given in details for text in sheet.wrap(given, SMALL, _NAME_WIDTH)]
    text, module = _scannable(stop)
    bars_high = 7.0 + 4.4 if module else 0.0
    left_high = max(len(shelves) * shelf_style.leading, 8.0)
    name_high = len(names) * body.leading + len(small) * SMALL.leading
    high = max(_ROW, left_high, name_high, bars_high)
    if flow.room < high + 2:
        flow.turn()
        _table_head(sheet, flow, words)
    total = number(stop.quantity, words)

    def draw(top: float) -> None:
        sheet.frame(LEFT + 0.5, top + 0.6, 6.4, 6.4, 0.35, INK, 0.8)
        sheet.text(_NO, top + 4.4, str(at), sheet.shrunk(str(at), Style(8.5, colour=GREY), 6.5), "right")
        sheet.lines(_SHELF, top - 0.4, shelves, shelf_style)
        sheet.lines(_NAME, sheet.lines(_NAME, top, names, body), small, SMALL)
        big = Style(24 if stop.quantity > 1 else 18, stop.quantity > 1)
        sheet.text(_QUANTITY, top + 7.6, total, sheet.shrunk(total, big, _QUANTITY_WIDTH, 0.3), "right")
        if module:
            begin, _ = sheet.code128(_BARS + 10 * module, top + 0.4, text, _BARS_WIDTH - 20 * module, 7, (module,))
            _digits(sheet, begin, top + 11, text)

    flow.put(high, draw)
    flow.y += 0.8
    flow.put(1.4, lambda top: sheet.rule(LEFT, top, END, 0.12, HAIR))


def _scannable(stop: ListStop) -> tuple[str, float | None]:
    """What names the row when it is scanned, and the width of its narrowest bar; None where it can't be bars."""
    for text in (stop.code, stop.sku):
        if text and (module := code128_module(text, _BARS_WIDTH, _MODULES)):
            return text, module
    return "", None


def _digits(sheet: Sheet, x: float, y: float, text: str) -> None:
    """Write the code; of a long one only its last four characters large: those are compared by eye."""
    body, last = (text[:-4], text[-4:]) if len(text) > 8 else ("", text)
    sheet.text(x, y, body, SMALL)
    sheet.text(x + (sheet.width(body, SMALL) + 0.5 if body else 0), y, last, Style(11, True))


def _lot(stop: ListStop, words: Texts) -> str:
    parts = []
    if stop.lot and stop.lot != stop.expiry:
        parts.append(words.say("paper.job.lot", lot=stop.lot))
    if stop.expiry:
        parts.append(words.say("paper.job.expiry", day=stop.expiry.replace("-", "/")))
    return "  ".join(parts)


# --- what each order gets ---------------------------------------------------------------------------------------


def _orders(sheet: Sheet, flow: Flow, value: JobList, words: Texts) -> None:
    heading = words.say("paper.job.orders")
    if flow.room < 40:
        flow.turn()
    else:
        flow.y += 4
    flow.put(8, lambda top: sheet.text(LEFT, top + 5, heading, Style(13, True, BRAND)))
    flow.put(2, lambda top: sheet.rule(LEFT, top, END, 0.4, BRAND))
    for order in value.orders:
        _order(sheet, flow, order, words)


def _order(sheet: Sheet, flow: Flow, order: ListOrder, words: Texts) -> None:
    rows = [(part, *sheet.fitted(_named(part), Style(9.5), _PART_NAME_WIDTH, _TALLEST)) for part in order.parts]
    highs = [max(5.2, len(lines) * style.leading) + 0.6 for _, style, lines in rows]
    whole = sum(highs) + 3
    if flow.room < min(whole, max(25.0, highs[0] + 3 if highs else 0)) or (flow.room < whole <= flow.whole * 0.5):
        flow.turn()
    pieces = words.say("paper.job.pieces", pieces=number(order.pieces, words))

    def draw_head(top: float, *, again: bool) -> None:
        style = Style(15, True, GREY if again else INK)
        sheet.text(_PART_NUMBER, top + 5, order.ship_number, sheet.shrunk(order.ship_number, style, 31, 0.4))
        if not again:
            sheet.text(_PART_NUMBER, top + 8.6, pieces, SMALL)

    flow.put(0, lambda top: draw_head(top, again=False))
    begin = flow.y
    for (part, style, lines), high in zip(rows, highs, strict=True):
        if flow.room < high:
            flow.turn()
            begin = flow.y
            flow.put(0, lambda top: draw_head(top, again=True))
        flow.put(high, _PartDrawer(sheet, part, style, lines, number(part.quantity, words)))
    flow.y = max(flow.y, begin + 9.6)
    flow.put(1.8, lambda top: sheet.rule(LEFT, top + 0.4, END, 0.12, HAIR))


def _named(part: ListPart) -> str:
    name = part.name.strip() or part.sku
    more = "  ".join(text for text in (part.options, part.lot) if text)
    return f"{name}  {more}" if more else name


class _PartDrawer:
    """Draws one row of an order, once its top is known."""

    def __init__(self, sheet: Sheet, part: ListPart, style: Style, lines: list[str], total: str) -> None:
        self._sheet = sheet
        self._part = part
        self._style = style
        self._lines = lines
        self._total = total

    def __call__(self, top: float) -> None:
        sheet, part = self._sheet, self._part
        sheet.text(_PART_SHELF, top + 3.8, part.shelf, sheet.shrunk(part.shelf, Style(9.5, True), 27, 0.4))
        sheet.lines(_PART_NAME, top, self._lines, self._style)
        big = Style(13 if part.quantity > 1 else 11, part.quantity > 1)
        sheet.text(END, top + 4.2, self._total, sheet.shrunk(self._total, big, 18, 0.3), "right")
