"""The proof of a parcel 検品証明: one page where it can be, with every scan, what it weighed, a code to check it by.

Refusals stand in red with what was said. Signs never stand alone: a word says the same. Where a parcel had very many
scans everything is set smaller, down to a size that is still read without a glass, before a second page is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.documents._sheet import A4, ALERT, BRAND, GREY, HAIR, INK, Flow, Sheet, Style, line_drawer
from app.documents._symbols import QR_QUIET, cells_of
from app.domain.papers import Rendered
from app.domain.proof import ProofRow, ProofSheet
from app.text import Texts

__all__ = ["ID", "render"]

ID = "proof_sheet"
"""Name of the paper."""

_LEFT, _END, _TOP = 12.0, A4[0] - 12.0, 11.0
_FOOT = A4[1] - 9.0
_QR_CELL = 0.62
_SIZES = (8.0, 7.4, 6.8, 6.2)
"""Text sizes that are tried until everything is on one page, the largest first."""
_GAP = 6.0
"""Between the two columns of scans."""
_COLUMN = (_END - _LEFT - _GAP) / 2
_PICTURE = (42.0, 31.0)
"""Room for one photo."""
_MOST_PICTURES = 4
_BAD = {"refused": ALERT}
_BOX_COLUMNS = (0.0, 14.0, 60.0, 99.0, 131.0, 175.0)
"""Where the parts of a box begin; the last one is where its waybills end."""
_TIME, _SIGN = 13.5, 4.4
"""Width of the time and of the sign before what was said, at the largest size."""


def render(value: ProofSheet, words: Texts) -> Rendered:
    """Draw the proof in the largest size with which it is one page; in the smallest where it cannot be."""
    drawn = [_Drawing(value, words, _SIZES[0])]
    for size in _SIZES[1:]:
        if drawn[-1].pages == 1:
            break
        drawn.append(_Drawing(value, words, size))
    return drawn[-1].finish()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line in a column of scans."""

    height: float
    draw: Callable[[float, float], None]
    """Draws it, given left and top."""
    keeps: bool = False
    """Whether it must not be the last of its column: a heading."""


class _Drawing:
    """Everything laid out in one size."""

    def __init__(self, value: ProofSheet, words: Texts, size: float) -> None:
        self._value, self._words, self._say = value, words, words.say
        self._zone = ZoneInfo(value.zone)
        self._body = Style(size, spread=1.34)
        self._small = Style(size * 0.88, colour=GREY, spread=1.34)
        self._name = value.proof.ship_number or value.proof.order
        self._sheet = Sheet(f"{words.say('proof.sheet.title')} {self._name}", words)
        self._foot = self._foot_lines()
        self._flow = Flow(_TOP, _TOP + 12, _FOOT - 5.5 - len(self._foot) * self._small.leading)
        self._head()
        self._boxes()
        self._goods()
        self._pictures()
        self._notes()
        self._scans()

    @property
    def pages(self) -> int:
        """Pages that it takes."""
        return len(self._flow.pages)

    def finish(self) -> Rendered:
        """Draw it."""
        sheet, flow = self._sheet, self._flow
        for page, ops in enumerate(flow.pages, 1):
            sheet.page(A4)
            if page > 1:
                sheet.text(_LEFT, _TOP + 5, self._say("proof.sheet.title"), Style(12, True, BRAND))
                sheet.text(_END, _TOP + 6, self._name, Style(20, True), "right")
                sheet.rule(_LEFT, _TOP + 9, _END, 0.5, BRAND)
            for draw in ops:
                draw()
            top = flow.bottom + 1.5
            sheet.rule(_LEFT, top, _END)
            sheet.lines(_LEFT, top + 1.5, self._foot, self._small)
            sheet.text(_END, _FOOT + 1, self._say("paper.page", page=page, pages=self.pages), self._small, "right")
        return sheet.finish()

    def _clock(self, moment: int, form: str = "%H:%M:%S") -> str:
        return f"{datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone):{form}}"

    # --- head and foot ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        sheet, value = self._sheet, self._value
        cells, _ = cells_of("qr", value.code)
        side = len(cells) * _QR_CELL
        qr = _END - side
        top = self._flow.y
        title = Style(19, True, BRAND)
        number = sheet.shrunk(self._name, Style(30, True), 66, 0.3)
        room = qr - QR_QUIET * _QR_CELL - 3 - _LEFT
        label, text = Style(7.5, colour=GREY), Style(9.5)

        def draw_head(top: float) -> None:
            sheet.text(_LEFT, top + 7, self._say("proof.sheet.title"), title)
            sheet.text(_LEFT + room, top + 9, self._name, number, "right")
            sheet.text(_LEFT, top + 11.5, self._say("proof.sheet.what"), label)
            sheet.cells(qr, top + 1, cells, _QR_CELL, _QR_CELL)

        self._flow.put(15, draw_head)
        half = room / 2
        for at in range(0, len(value.facts), 2):
            high = 0.0
            for column, (name, fact) in enumerate(value.facts[at : at + 2]):
                alone = at + 1 == len(value.facts)
                style, lines = sheet.fitted(fact, text, (room if alone else half) - 21, 8.6, 6)
                high = max(high, len(lines) * style.leading)
                self._flow.put(0, self._fact(_LEFT + column * half, name, label, lines, style))
            self._flow.y += high + 0.6
        self._flow.y = max(self._flow.y, top + side + 2.5) + 1
        self._flow.put(2.2, lambda y: sheet.rule(_LEFT, y, _END, 0.6, BRAND))

    def _fact(self, x: float, name: str, label: Style, lines: list[str], style: Style) -> Callable[[float], None]:
        def draw(top: float) -> None:
            self._sheet.text(x, top + 3.2, name, self._sheet.shrunk(name, label, 19, 0.5))
            self._sheet.lines(x + 20, top, lines, style)

        return draw

    def _foot_lines(self) -> list[str]:
        """Which rows of the journal it rests on, and the hash of the content."""
        chains = "　".join(
            self._say("proof.sheet.chain", station=each.station, first=each.first, last=each.last, head=each.head[:16])
            for each in self._value.proof.chains
        )
        said = (
            self._say("proof.sheet.journal", chains=chains),
            self._say("proof.sheet.hash", hash=self._value.digest),
            self._say("proof.sheet.check"),
        )
        width = _END - _LEFT
        return [line for text in said for line in self._sheet.wrap(text, self._small, width)]

    # --- what went in -----------------------------------------------------------------------------------------------

    def _heading(self, key: str, columns: Sequence[tuple[float, str]] = (), last: str = "") -> None:
        style = Style(self._body.size * 1.05, True, BRAND)
        small = Style(self._body.size * 0.88, colour=BRAND)

        def draw(top: float) -> None:
            self._sheet.text(_LEFT, top + 3.4, self._say(key), style)
            for x, text in columns:
                self._sheet.text(_LEFT + x, top + 3.4, text, small)
            self._sheet.text(_END, top + 3.4, last, small, "right")
            self._sheet.rule(_LEFT, top + 4.6, _END, 0.25, BRAND)

        self._flow.put(5.4, draw)

    def _boxes(self) -> None:
        names = ("box", "carton", "weight", "expected", "waybill", "pieces")
        starts = _BOX_COLUMNS[1:5]
        heads = [(x, self._say(f"proof.sheet.{name}")) for x, name in zip(starts, names[1:5], strict=True)]
        self._heading("proof.sheet.box", heads, self._say("proof.sheet.pieces"))
        for box in self._value.boxes:
            cells = [
                self._sheet.wrap(text, self._body, after - x - 2)
                for text, x, after in zip(box[:5], _BOX_COLUMNS[:5], _BOX_COLUMNS[1:], strict=True)
            ]
            high = max(len(lines) for lines in cells) * self._body.leading + 0.5
            self._flow.put(high, self._box(cells, box[5], high))
        self._flow.y += 1.2

    def _box(self, cells: list[list[str]], pieces: str, high: float) -> Callable[[float], None]:
        def draw(top: float) -> None:
            for lines, x in zip(cells, _BOX_COLUMNS, strict=False):
                self._sheet.lines(_LEFT + x, top, lines, self._body)
            self._sheet.lines(_END, top, [pieces], self._body, "right")
            self._sheet.rule(_LEFT, top + high - 0.2, _END, 0.1, HAIR)

        return draw

    def _goods(self) -> None:
        """What was ordered and went in, in two columns."""
        self._heading("proof.sheet.goods")
        english = self._words.locale == "en"
        lines = []
        for line in self._value.proof.lines:
            name = line.name_en if english and line.name_en else line.name
            text = self._say("proof.sheet.line", sku=line.sku, name=name)
            lines.append(self._good(text, f"{line.done} / {line.wanted}", bad=line.done < line.wanted))
        self._columns(lines)
        self._flow.y += 1.2

    def _good(self, text: str, count: str, *, bad: bool) -> _Line:
        style = Style(self._body.size, colour=ALERT if bad else INK, spread=self._body.spread)
        wide = self._sheet.width(count, style) + 2
        fitted = self._sheet.shrunk(text, style, _COLUMN - wide, 0.62)

        def draw(x: float, top: float) -> None:
            self._sheet.lines(x, top, [text], fitted)
            self._sheet.lines(x + _COLUMN, top, [count], style, "right")

        return _Line(style.leading, draw)

    def _pictures(self) -> None:
        """Photos in a row; what cannot be shown is said in words."""
        sheet = self._sheet
        shown = []
        for path, caption in self._value.pictures[-_MOST_PICTURES:]:
            wide, high = sheet.picture_size(path, *_PICTURE)
            shown.append((path if wide else "", caption, wide, high))
        if not shown:
            return
        self._heading("proof.sheet.photos")
        tallest = max(high for *_, high in shown)

        def draw(top: float) -> None:
            for at, (path, caption, wide, high) in enumerate(shown):
                x = _LEFT + at * (_PICTURE[0] + 4)
                if path:
                    sheet.picture(path, x, top, wide, high)
                style, lines = sheet.fitted(caption, self._small, _PICTURE[0] + 2, 6, 4)
                sheet.lines(x, top + tallest + 0.5, lines, style)

        self._flow.put(tallest + 7, draw)

    def _notes(self) -> None:
        for name, text, bad in self._value.notes:
            style = Style(self._body.size, colour=ALERT if bad else INK, spread=self._body.spread)
            label = Style(self._body.size, True, ALERT if bad else BRAND, self._body.spread)
            lines = self._sheet.wrap(text, style, _END - _LEFT - 26)
            for at, line in enumerate(lines):
                if at == 0:
                    fitted = self._sheet.shrunk(name, label, 24, 0.5)
                    self._flow.put(0, line_drawer(self._sheet, _LEFT, name, fitted))
                self._flow.put(style.leading, line_drawer(self._sheet, _LEFT + 26, line, style))
        if self._value.notes:
            self._flow.y += 1.2

    # --- the scans --------------------------------------------------------------------------------------------------

    def _scans(self) -> None:
        refused = sum(row.level == "refused" for row in self._value.rows)
        count = self._say("proof.sheet.counts", scans=len(self._value.rows), refused=refused)
        self._heading("proof.sheet.scans", [(28, count)])
        lines: list[_Line] = []
        before = ("", "")
        for row in self._value.rows:
            where = (self._clock(row.at, "%Y-%m-%d"), row.where)
            if where != before:
                lines.append(self._where("　".join(where)))
            before = where
            lines.append(self._row(row))
        self._columns(lines)

    def _where(self, text: str) -> _Line:
        style = Style(self._body.size * 0.92, True, BRAND, 1.5)
        fitted = self._sheet.shrunk(text, style, _COLUMN, 0.6)
        return _Line(style.leading, lambda x, top: _ignore(self._sheet.lines(x, top, [text], fitted)), keeps=True)

    def _row(self, row: ProofRow) -> _Line:
        scale = self._body.size / _SIZES[0]
        word = self._say(f"proof.level.{row.level}")
        style = Style(self._body.size, row.level == "refused", _BAD.get(row.level, INK), self._body.spread)
        told = Style(self._body.size, colour=style.colour, spread=self._body.spread)
        begin = (_TIME + _SIGN) * scale
        wide = self._sheet.width(word, style)
        text = self._say("proof.with", text=row.text, more=self._say("proof.undone")) if row.undone else row.text
        if row.level == "refused" and row.scanned:
            text = f"{row.scanned[:40]}　{text}"
        lines = self._sheet.wrap(text, told, _COLUMN - begin - wide - 1.5) or [""]
        high = len(lines) * told.leading

        def draw(x: float, top: float) -> None:
            self._sheet.lines(x, top, [self._clock(row.at)], self._small)
            self._sign(x + _TIME * scale, top + told.leading / 2 - 0.25, row.level, scale)
            self._sheet.lines(x + begin, top, [word], style)
            self._sheet.lines(x + begin + wide + 1.5, top, lines, told)

        return _Line(high, draw)

    def _sign(self, x: float, middle: float, level: str, scale: float) -> None:
        """A tick, a cross, or a dot: drawn, since no font has them all alike."""
        r = 1.15 * scale
        left, colour = x + r + 0.4, _BAD.get(level, BRAND)
        if level == "ok":
            points = [(left - r, middle), (left - r * 0.25, middle + r * 0.75), (left + r, middle - r * 0.8)]
            self._sheet.track(points, 0.42 * scale, colour)
        elif level == "refused":
            for turn in (1, -1):
                self._sheet.track([(left - r, middle - r * turn), (left + r, middle + r * turn)], 0.5 * scale, colour)
        else:
            self._sheet.disc(left, middle, r * 0.5, GREY)

    # --- two columns ------------------------------------------------------------------------------------------------

    def _columns(self, lines: list[_Line]) -> None:
        """Put lines in two columns of about the same height, read down; more pages where they do not fit."""
        left = lines
        while left:
            room = self._flow.room
            target = max(sum(line.height for line in left) / 2, *(line.height for line in left))
            first, second, rest = _parted(left, min(target, room))
            while rest and target < room:
                target += 1.0
                first, second, rest = _parted(left, min(target, room))
            if not first:
                self._flow.turn()
                continue
            high = max(sum(line.height for line in column) for column in (first, second))
            self._flow.put(high, _drawer(first, second))
            left = rest
            if left:
                self._flow.turn()


def _ignore(_: object) -> None:
    """For what a drawing returns and nobody needs."""


def _drawer(first: list[_Line], second: list[_Line]) -> Callable[[float], None]:
    def draw(top: float) -> None:
        for x, column in ((_LEFT, first), (_LEFT + _COLUMN + _GAP, second)):
            y = top
            for line in column:
                line.draw(x, y)
                y += line.height

    return draw


def _parted(lines: list[_Line], height: float) -> tuple[list[_Line], list[_Line], list[_Line]]:
    """Return what fits into a first and a second column of *height*, and what is left."""
    first, rest = _taken(lines, height)
    second, rest = _taken(rest, height)
    return first, second, rest


def _taken(lines: list[_Line], height: float) -> tuple[list[_Line], list[_Line]]:
    used, taken = 0.0, 0
    for line in lines:
        if used + line.height > height + 0.01:
            break
        used += line.height
        taken += 1
    while taken and taken < len(lines) and lines[taken - 1].keeps:
        taken -= 1
    return lines[:taken], lines[taken:]
