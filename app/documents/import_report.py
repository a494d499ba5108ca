"""The report of an import 取り込み結果: figures, and each problem with its place and what sets it right."""

from __future__ import annotations

from babel.dates import format_time

from app.documents._list_pages import END, FOOT, LEFT, SMALL, TABLE_HEAD, TOP, table_head
from app.documents._sheet import A4, ALERT, BRAND, GREY, HAIR, Flow, Sheet, Style, day, number
from app.domain.import_paper import ImportPaper, PaperProblem
from app.domain.intake import Level
from app.domain.papers import Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "import_report"
"""Name of the paper."""

_PLACE, _WHAT, _REMEDY = LEFT + 8.0, LEFT + 58.0, LEFT + 126.0
_PLACE_WIDE, _WHAT_WIDE, _REMEDY_WIDE = 48.0, 64.0, END - _REMEDY
_BODY = Style(9)
_BOLD = Style(9, True)
_LONGEST = 240
"""Characters of a value that are printed."""
_COLOURS = {Level.ERROR: ALERT, Level.WARNING: "#6B4600", Level.INFO: BRAND}
_SIGNS = {Level.ERROR: "×", Level.WARNING: "!", Level.INFO: "i"}


def render(value: ImportPaper, words: Texts) -> Rendered:
    """Draw the report."""
    title = words.say("intake.title")
    sheet = Sheet(f"{title} {', '.join(value.files)[:120]}", words)
    flow = Flow(TOP, TOP + 12, FOOT - 7)
    _head(sheet, flow, value, words, title)
    if value.problems:
        _table_head(sheet, flow, words)
    else:
        flow.put(8, lambda top: sheet.text(LEFT, top + 5, words.say("intake.none"), Style(11)))
    for each in value.problems:
        _row(sheet, flow, each, words)
    if value.left_out:
        more = words.say("window.more", count=value.left_out)
        flow.put(8, lambda top: sheet.text(LEFT, top + 5, more, SMALL))
    for page, ops in enumerate(flow.pages, 1):
        sheet.page(A4)
        if page > 1:
            files = ", ".join(value.files)
            sheet.text(LEFT, TOP + 5, title, Style(12, True, BRAND))
            sheet.text(END, TOP + 5, files, sheet.shrunk(files, Style(10), (END - LEFT) * 0.6, 0.4), "right")
            sheet.rule(LEFT, TOP + 8, END, 0.5, BRAND)
        for draw in ops:
            draw()
        sheet.rule(LEFT, FOOT - 4.5, END)
        sheet.text(END, FOOT, words.say("paper.page", page=page, pages=len(flow.pages)), SMALL, "right")
    return sheet.finish()


def _head(sheet: Sheet, flow: Flow, value: ImportPaper, words: Texts, title: str) -> None:
    style = Style(19, True, BRAND)
    at = f"{day(value.at.date(), words)} {format_time(value.at, 'HH:mm', locale=words.locale)}"
    said = [at, ", ".join(value.shops)]
    flow.put(11, lambda top: sheet.text(LEFT, top + 7.5, title, style))
    for text in filter(None, said):
        for line in sheet.wrap(text, Style(10), END - LEFT):
            flow.put(Style(10).leading, _Line(sheet, line, Style(10)))
    for line in sheet.wrap(", ".join(value.files), Style(9, colour=GREY), END - LEFT)[:6]:
        flow.put(Style(9).leading, _Line(sheet, line, Style(9, colour=GREY)))
    flow.y += 2
    each = (END - LEFT) / max(1, len(value.figures))

    def figures(top: float) -> None:
        for place, (key, count) in enumerate(value.figures):
            x = LEFT + place * each
            sheet.frame(x + 0.5, top, each - 2, 15, 0.25, HAIR, 1.5)
            name, figure = words.say(key), number(count, words)
            sheet.text(x + 2.5, top + 4.6, name, sheet.shrunk(name, SMALL, each - 6, 0.5))
            sheet.text(x + 2.5, top + 12.6, figure, sheet.shrunk(figure, Style(18, True), each - 6, 0.4))

    flow.put(18, figures)


def _table_head(sheet: Sheet, flow: Flow, words: Texts) -> None:
    table_head(
        flow,
        sheet,
        (
            (_PLACE, words.say("intake.column.place"), "left"),
            (_WHAT, words.say("intake.column.what"), "left"),
            (_REMEDY, words.say("intake.paper.remedy"), "left"),
        ),
    )


class _Line:
    """Draws one line of the head, once its top is known."""

    def __init__(self, sheet: Sheet, text: str, style: Style) -> None:
        self._sheet, self._text, self._style = sheet, text, style

    def __call__(self, top: float) -> None:
        self._sheet.lines(LEFT, top, [self._text], self._style)


def _row(sheet: Sheet, flow: Flow, each: PaperProblem, words: Texts) -> None:
    at = words.say("intake.row", row=each.row) if each.row else words.say("intake.whole_file")
    place = [(line, SMALL) for line in sheet.wrap(each.file, SMALL, _PLACE_WIDE)[:3]]
    place.append((at, _BOLD))
    cell = each.value[:_LONGEST] + ("…" if len(each.value) > _LONGEST else "")
    what = [(line, _BOLD) for line in sheet.wrap(words.say(each.key, **each.args), _BOLD, _WHAT_WIDE)]
    if each.column:
        place += [(line, _BODY) for line in sheet.wrap(each.column, _BODY, _PLACE_WIDE)[:3]]
        what += [(line, SMALL) for line in sheet.wrap(cell or words.say("intake.empty_value"), SMALL, _WHAT_WIDE)]
    if each.number:
        place += [
            (line, SMALL) for line in sheet.wrap(words.say("intake.order", number=each.number), SMALL, _PLACE_WIDE)
        ]
    done = [words.say("intake.becomes", old="", new=each.fixed).strip()] if each.fixed is not None else []
    done += ["□ " + words.say(key, **args) for key, args in each.remedies]
    remedy = [(line, _BODY) for text in done for line in sheet.wrap(text, _BODY, _REMEDY_WIDE)]
    columns = ((_PLACE, place), (_WHAT, what), (_REMEDY, remedy))
    high = max(9.0, *(sum(style.leading for _, style in lines) for _, lines in columns)) + 2.4
    if flow.room < high:
        flow.turn()
        _table_head(sheet, flow, words)
        high = min(high, flow.whole - TABLE_HEAD)

    def draw(top: float) -> None:
        colour = _COLOURS[each.level]
        sheet.frame(LEFT + 0.4, top + 1.2, 5.2, 5.2, 0.4, colour, 2.6)
        sheet.text(LEFT + 3.0, top + 4.95, _SIGNS[each.level], Style(10, True, colour), "centre")
        for x, lines in columns:
            y = top + 1.0
            for text, style in lines:
                y = sheet.lines(x, y, [text], style)
        sheet.rule(LEFT, top + high - 0.6, END, 0.15, HAIR)

    flow.put(high, draw)
