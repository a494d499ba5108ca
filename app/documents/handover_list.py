"""The hand-over list 引渡リスト: carrier, pickup, how many pieces, their numbers, and where the driver signs."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_time

from app.documents._list_pages import closing, footer, titled
from app.documents._sheet import (
    A4,
    ALERT,
    BRAND,
    GREY,
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
from app.domain.papers import HandoverList, HandoverRow, Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "handover_list"
"""Name of the paper."""

_LEFT, _END, _TOP = 14.0, 196.0, 13.0
_FOOT = A4[1] - 11.0
_GAP = 8.0
_COLUMN = (_END - _LEFT - _GAP) / 2
_ROW = 6.3
"""Height of a row."""
_COUNT, _SHIP, _NUMBER = 8.5, 11.0, 37.0
"""Where the parts of a row are, from the left of its column; the count ends at its value, the piece at the end."""
_PIECE_WIDTH = 11.0
_HEAD = 6.6
_SIGNATURE = 34.0
"""Height kept for the signature."""
_SMALL = Style(8, colour=GREY)


def render(value: HandoverList, words: Texts) -> Rendered:
    """Draw the list."""
    look = value.look or standard(ID)
    title = titled(look, words, words.say("paper.handover.title"))
    sheet = Sheet(f"{title} {value.handover}", words)
    sheet.dye(look.colours)
    flow = Flow(_TOP, _TOP + 12, _FOOT - 7)
    _head(sheet, flow, value, words, title)
    _rows(sheet, flow, value, words)
    closing(sheet, flow, look, words)
    for page, ops in enumerate(flow.pages, 1):
        sheet.page(A4)
        if page > 1:
            _running_head(sheet, value, words, title)
        for draw in ops:
            draw()
        sheet.rule(_LEFT, _FOOT - 4.5, _END)
        sheet.text(_LEFT, _FOOT, words.say("paper.handover.number", number=value.handover), _SMALL)
        footer(sheet, look, words)
        sheet.text(_END, _FOOT, words.say("paper.page", page=page, pages=len(flow.pages)), _SMALL, "right")
    return sheet.finish()


def _when(moment: datetime, words: Texts) -> str:
    return f"{day(moment.date(), words)} {format_time(moment, 'HH:mm', locale=words.locale)}"


def _head(sheet: Sheet, flow: Flow, value: HandoverList, words: Texts, title: str) -> None:
    style = sheet.shrunk(title, Style(19, True, BRAND), 90, 0.3)
    carrier_style, carrier = sheet.fitted(value.carrier, Style(15, True), 112, 16)
    facts = [
        words.say("paper.handover.pickup", when=_when(value.pickup, words))
        if value.pickup
        else words.say("paper.handover.no_pickup")
    ]
    if value.closed_on:
        facts.append(words.say("paper.handover.closed", when=_when(value.closed_on, words)))
    if value.sender:
        facts.append(words.say("paper.handover.sender", name=value.sender))
    alert = Style(8, colour=ALERT)
    reason = words.say("paper.copy_reason", reason=value.copy_reason) if value.copy_reason else ""
    reasons = sheet.wrap(reason, alert, 112)
    wrapped = [line for fact in facts for line in sheet.wrap(fact, Style(10), 112)]
    high = 13 + len(carrier) * carrier_style.leading + len(reasons) * alert.leading + len(wrapped) * Style(10).leading

    def draw(top: float) -> None:
        sheet.text(_LEFT, top + 7.5, title, style)
        if value.copy_reason:
            sheet.mark(_LEFT + sheet.width(title, style) + 4, top + 1.7, words.say("paper.copy"), 12)
        y = sheet.lines(_LEFT, top + 11, reasons, alert)
        y = sheet.lines(_LEFT, y, carrier, carrier_style)
        sheet.lines(_LEFT, y + 1, wrapped, Style(10))
        sheet.text(_END, top + 2.6, words.say("paper.handover.counted"), _SMALL, "right")
        counted = number(value.counted, words)
        sheet.text(_END, top + 17, counted, sheet.shrunk(counted, Style(44, True), 55, 0.3), "right")
        if value.driver_count is not None:
            driver = words.say("paper.handover.driver", number=number(value.driver_count, words))
            sheet.text(_END, top + 22.5, driver, Style(10), "right")

    flow.put(max(high, 26) + 3, draw)
    flow.put(3, lambda top: sheet.rule(_LEFT, top, _END, 0.6, BRAND))


def _running_head(sheet: Sheet, value: HandoverList, words: Texts, title: str) -> None:
    style = sheet.shrunk(title, Style(12, True, BRAND), 70, 0.3)
    sheet.text(_LEFT, _TOP + 5, title, style)
    after = _LEFT + sheet.width(title, style) + 5
    if value.copy_reason:
        sheet.mark(after, _TOP + 0.6, words.say("paper.copy"), 9.5)
        after += 24
    pickup = _when(value.pickup, words) if value.pickup else ""
    said = "  ".join(part for part in (value.carrier, pickup) if part)
    sheet.text(_END, _TOP + 5, said, sheet.shrunk(said, Style(11), _END - after, 0.4), "right")
    sheet.rule(_LEFT, _TOP + 9, _END, 0.5, BRAND)


def _rows(sheet: Sheet, flow: Flow, value: HandoverList, words: Texts) -> None:
    """Two columns a page, read down; the signature stands under the last rows, never alone on a page."""
    left = list(enumerate(value.rows, 1))
    if not left:
        flow.put(8, line_drawer(sheet, _LEFT, words.say("paper.handover.empty"), Style(9.5)))
    while left:
        fits = int((flow.room - _HEAD) / _ROW) * 2
        fits_signed = int((flow.room - _HEAD - _SIGNATURE) / _ROW) * 2
        taken = len(left) if len(left) <= fits_signed else min(fits, max(fits_signed, len(left) - 2))
        page, left = left[:taken], left[taken:]
        down = (len(page) + 1) // 2 if not left else fits // 2
        _columns(sheet, flow, page, min(down, len(page)), words)
        if left:
            flow.turn()
    flow.put(_SIGNATURE, lambda top: _signature(sheet, top, words))


def _columns(sheet: Sheet, flow: Flow, page: list[tuple[int, HandoverRow]], down: int, words: Texts) -> None:
    for at in (0, 1):
        x = _LEFT + at * (_COLUMN + _GAP)
        column = page[at * down : (at + 1) * down]
        if column:
            _column(sheet, flow, x, column, words)
    flow.y += _HEAD + down * _ROW


def _column(sheet: Sheet, flow: Flow, x: float, column: list[tuple[int, HandoverRow]], words: Texts) -> None:
    top = flow.y
    style = Style(8, True, BRAND)

    def head() -> None:
        sheet.text(x + _SHIP, top + 3.4, words.say("paper.handover.ship_number"), style)
        sheet.text(x + _NUMBER, top + 3.4, words.say("paper.handover.waybill"), style)
        sheet.text(x + _COLUMN, top + 3.4, words.say("paper.handover.piece"), style, "right")
        sheet.rule(x, top + 5.2, x + _COLUMN, 0.35, BRAND)

    flow.pages[-1].append(head)
    for at, (count, row) in enumerate(column):
        _row(sheet, flow, x, top + _HEAD + at * _ROW, count, row, words)


def _row(sheet: Sheet, flow: Flow, x: float, top: float, count: int, row: HandoverRow, words: Texts) -> None:
    base = top + 4.2
    width = _COLUMN - _NUMBER - _PIECE_WIDTH

    def draw() -> None:
        sheet.text(x + _COUNT, base, str(count), sheet.shrunk(str(count), _SMALL, _COUNT, 0.4), "right")
        bold = Style(11, True)
        named = row.ship_number or row.number
        sheet.text(x + _SHIP, base, named, sheet.shrunk(named, bold, _NUMBER - _SHIP - 2, 0.4))
        if row.waybill:
            shown = grouped(row.waybill)
            sheet.text(x + _NUMBER, base, shown, sheet.shrunk(shown, Style(10.5), width, 0.35))
        else:
            sheet.text(x + _NUMBER, base, words.say("paper.handover.no_waybill"), Style(9, colour=GREY))
        if row.pieces > 1:
            sheet.text(x + _COLUMN, base, f"{row.piece}/{row.pieces}", Style(10, True), "right")
        sheet.rule(x, top + _ROW - 0.6, x + _COLUMN, 0.12, HAIR)

    flow.pages[-1].append(draw)


def grouped(waybill: str) -> str:
    """Return 12 digits as they stand on the waybill, ``4444-1370-0016``; another number as it is."""
    if len(waybill) == 12 and waybill.isascii() and waybill.isdigit():
        return f"{waybill[:4]}-{waybill[4:8]}-{waybill[8:]}"
    return waybill


def _signature(sheet: Sheet, top: float, words: Texts) -> None:
    """What both sign: that these pieces changed hands."""
    top += 5
    wide = (_END - _LEFT - _GAP) / 2
    sheet.text(_LEFT, top + 3.4, words.say("paper.handover.received"), Style(9))
    for at, key in enumerate(("paper.handover.driver_sign", "paper.handover.our_sign")):
        x = _LEFT + at * (wide + _GAP)
        sheet.frame(x, top + 6.5, wide, 19, 0.3, INK)
        sheet.text(x + 2.5, top + 11, words.say(key), _SMALL)
        sheet.rule(x + 2.5, top + 22.5, x + wide - 2.5, 0.2, GREY)
