"""The pick list of a batch: in walking order, how many pieces of what from which shelf, and for whom."""

from __future__ import annotations

from collections.abc import Callable

from app.documents._list_pages import END, FOOT, LEFT, SMALL, TABLE_HEAD, TOP, draw_pages, table_head, titled
from app.documents._sheet import (
    ALERT,
    BRAND,
    HAIR,
    INK,
    Flow,
    Sheet,
    Style,
    day,
    line_drawer,
    number,
)
from app.documents._templates import standard
from app.domain.papers import PickList, PickRow, Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "pick_list"
"""Name of the paper."""

_BOX, _SHELF, _NAME, _QUANTITY, _TAKERS = LEFT, 24.0, 54.0, 128.0, 134.0
"""Where the columns begin; the quantity ends at its value."""
_SHELF_WIDTH, _NAME_WIDTH, _QUANTITY_WIDTH = 28.0, 58.0, 15.0
_CELL = (END - _TAKERS) / 3
"""Width kept for one ship number and its pieces; a long one takes two or three."""

_BODY = Style(9.5)
_TAKER = Style(8.5, spread=1.35)
_PLACE = Style(13, bold=True, spread=1.25)


def render(value: PickList, words: Texts) -> Rendered:
    """Draw the list."""
    look = value.look or standard(ID)
    title = titled(look, words, words.say("paper.pick.title"))
    sheet = Sheet(f"{title} {value.batch}", words)
    sheet.dye(look.colours)
    flow = Flow(TOP, TOP + 12, FOOT - 7)
    _head(sheet, flow, value, words, title)
    if value.rows:
        _table_head(sheet, flow, words)
    else:
        flow.put(8, line_drawer(sheet, LEFT, words.say("paper.pick.empty"), _BODY))
    for row in value.rows:
        _row(sheet, flow, row, words)
    draw_pages(
        sheet,
        flow,
        words,
        look,
        title=title,
        number=str(value.batch),
        code=value.code,
        copy_reason=value.copy_reason,
    )
    return sheet.finish()


def _head(sheet: Sheet, flow: Flow, value: PickList, words: Texts, title: str) -> None:
    orders = {taker.number for row in value.rows for taker in row.takers}
    pieces = sum(row.quantity for row in value.rows)
    summary = words.say(
        "paper.pick.summary",
        orders=number(len(orders), words),
        rows=number(len(value.rows), words),
        pieces=number(pieces, words),
    )
    title_style = sheet.shrunk(title, Style(19, True, BRAND), 70, 0.3)
    reason = words.say("paper.copy_reason", reason=value.copy_reason) if value.copy_reason else ""
    alert = Style(8, colour=ALERT)
    reasons = sheet.wrap(reason, alert, 95)
    issued = [words.say("paper.pick.issued", day=day(value.issued_on, words))] if value.issued_on else []
    summaries = sheet.wrap(summary, Style(10), 95)
    left_end = TOP + 12 + len(reasons) * alert.leading + len(issued) * SMALL.leading + 2
    left_end += len(summaries) * Style(10).leading

    def draw(top: float) -> None:
        sheet.text(LEFT, top + 7.5, title, title_style)
        if value.copy_reason:
            sheet.mark(LEFT + sheet.width(title, title_style) + 4, top + 1.7, words.say("paper.copy"), 12)
        y = sheet.lines(LEFT, top + 11, reasons, alert)
        y = sheet.lines(LEFT, y, issued, SMALL)
        sheet.lines(LEFT, y + 2, summaries, Style(10))
        sheet.text(120, top + 2.2, words.say("paper.pick.batch"), SMALL)
        batch = str(value.batch)
        sheet.text(120, top + 15.5, batch, sheet.shrunk(batch, Style(40, True), 26, 0.3))
        begin, _ = sheet.code128(150, top + 1, value.code, END - 150, 15, (0.375, 0.338, 0.3), "right")
        sheet.text(begin, top + 19.6, value.code, Style(8))

    flow.put(max(left_end - TOP, 22.5) + 2, draw)
    flow.put(3, lambda top: sheet.rule(LEFT, top, END, 0.6, BRAND))


def _table_head(sheet: Sheet, flow: Flow, words: Texts) -> None:
    table_head(
        flow,
        sheet,
        (
            (_SHELF, words.say("paper.pick.shelf"), "left"),
            (_NAME, words.say("paper.pick.goods"), "left"),
            (_QUANTITY, words.say("paper.pick.quantity"), "right"),
            (_TAKERS, words.say("paper.pick.takers"), "left"),
        ),
    )


def _row(sheet: Sheet, flow: Flow, row: PickRow, words: Texts) -> None:
    shelf = row.shelf.strip()
    shelf_style, shelves = sheet.fitted(shelf or words.say("paper.pick.no_shelf"), _PLACE, _SHELF_WIDTH, 11, 8)
    names = [(text, _BODY) for text in sheet.wrap(row.name.strip() or row.sku, _BODY, _NAME_WIDTH)]
    names += [(text, SMALL) for text in sheet.wrap(row.options, SMALL, _NAME_WIDTH)]
    codes = "  ".join(part.strip() for part in (row.sku, row.code) if part.strip())
    names += [(text, SMALL) for text in sheet.wrap(codes, SMALL, _NAME_WIDTH)]
    columns = [
        [([(_SHELF, text)], shelf_style) for text in shelves],
        [([(_NAME, text)], style) for text, style in names],
        [(texts, _TAKER) for texts in _takers(sheet, row, words)],
    ]
    high = max(8.5, *(sum(style.leading for _, style in column) for column in columns))
    longer = high + 3 > flow.whole - TABLE_HEAD  # than a page: begins here and goes on over the next ones
    if flow.room < (25 if longer else high + 3):
        flow.turn()
        _table_head(sheet, flow, words)
    total = number(row.quantity, words)

    def draw_side(top: float) -> None:
        sheet.frame(_BOX + 0.5, top + 0.3, 5.5, 5.5, 0.3, INK, 0.8)
        big = Style(17, True) if row.quantity > 1 else Style(14)
        sheet.text(_QUANTITY, top + 5.2, total, sheet.shrunk(total, big, _QUANTITY_WIDTH, 0.3), "right")

    flow.put(0, draw_side)
    while any(columns):  # a row taller than a page goes on over the next ones
        top = lowest = flow.y
        for column in columns:
            y = top
            while column and y + column[0][1].leading <= flow.bottom - 2:
                texts, style = column.pop(0)
                flow.y = y
                flow.put(style.leading, _drawer(sheet, texts, style))
                y = flow.y
            lowest = max(lowest, y)
        flow.y = lowest
        if any(columns):
            flow.turn()
            _table_head(sheet, flow, words)
        else:
            flow.y = max(lowest, min(top + 8.5, flow.bottom))
    flow.y += 0.9
    flow.put(1.4, lambda top: sheet.rule(LEFT, top, END, 0.12, HAIR))


def _takers(sheet: Sheet, row: PickRow, words: Texts) -> list[list[tuple[float, str]]]:
    """Who takes how many: lines of texts and where each begins, in columns where they fit."""
    lines: list[list[tuple[float, str]]] = []
    free = 0
    for taker in row.takers:
        text = f"{taker.number}\u2009×\u2009{number(taker.quantity, words)}"
        cells = min(3, int((sheet.width(text, _TAKER) + 1) / _CELL) + 1)
        if cells > free:
            lines.append([])
            free = 3
        lines[-1].append((_TAKERS + (3 - free) * _CELL, text))
        free -= cells
    return lines


def _drawer(sheet: Sheet, texts: list[tuple[float, str]], style: Style) -> Callable[[float], None]:
    def draw(top: float) -> None:
        for x, text in texts:
            sheet.lines(x, top, [text], style)

    return draw
