"""The printers beside the list: the true state of each in words, sign and colour, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.domain.printing import Printer
from app.services.answers import sentence
from app.services.printing import PrinterLine
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.machines import brief, printer_kind, printer_short
from app.ui.painted import Tapped
from app.ui.shapes import card, sign

__all__ = ["PrinterList", "printer_words"]

_HIGH, _GAP = 56, 6
"""Height of a printer and the room below it."""
_MOST = 5
"""Printers that have room beside the facts of a job."""


def printer_words(look: Look, printer: Printer) -> str:
    """Return how a printer stands, as a sentence with its remedy."""
    told = dict(printer.told)
    key = told.pop("key", "")
    if key and look.words.has(key):
        return sentence(look.words, key, told)
    if printer.state and look.words.has(f"label_printer.{printer.state}"):
        return look.say(f"label_printer.{printer.state}")
    if printer.state:
        return look.say("board.off")
    if printer.answers:
        return look.say("board.silent")
    return look.say("printers.says_nothing" if printer.seen_at else "board.never_asked")


class PrinterList(Tapped):
    """Printers under each other, the chosen one with an edge; a tap chooses one, or none again."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.lines: tuple[PrinterLine, ...] = ()
        """Printers with what waits for them, in their order."""
        self.chosen = ""
        """Id of the chosen one; empty for none."""
        self.room = _MOST
        """Printers that have room."""

    def show_lines(self, lines: Sequence[PrinterLine], chosen: str, room: int = _MOST) -> None:
        """Show these.

        :param room: how many have room; of more those that need a person go first.
        """
        look = self.look
        self.lines, self.chosen, self.room = tuple(lines), chosen, room
        self.tell(" / ".join(f"{line.printer.name}: {printer_short(look, line.printer)}" for line in lines))
        self.setToolTip("\n".join(f"{line.printer.name}: {printer_words(look, line.printer)}" for line in lines))
        shown = min(len(self.lines), room)
        self.setVisible(bool(self.lines))
        self.setFixedHeight(look.px(_HIGH + _GAP) * shown + (look.px(24) if len(self.lines) > room else 0))
        self.update()

    def _with_room(self) -> list[PrinterLine]:
        """Return the printers that have room."""
        if len(self.lines) <= self.room:
            return list(self.lines)
        first = {"error": 0, "warning": 1}
        return sorted(self.lines, key=lambda line: first.get(printer_kind(line.printer), 2))[: self.room]

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.places = []
        top = box.top()
        for line in self._with_room():
            row = QRectF(box.left(), top, box.width(), look.px(_HIGH))
            self._row(painter, row, line)
            self.places.append((row, str(line.printer.id)))
            top += look.px(_HIGH + _GAP)
        if len(self.lines) > self.room:
            rest = QRectF(box.left(), top, box.width(), look.px(22))
            words = look.say("window.more", count=len(self.lines) - self.room)
            draw_fitted(painter, rest, words, look.colour("soft"), look.px(15), look.px(11), most=1)

    def _row(self, painter: QPainter, row: QRectF, line: PrinterLine) -> None:
        look, printer = self.look, line.printer
        kind = printer_kind(printer)
        chosen, over = self.chosen == str(printer.id), self.over == str(printer.id)
        plain = kind not in ("ok", "warning", "error", "info")
        ground = look.colour("chosen" if over else "ground" if plain else f"{kind}_ground")
        ink = look.colour("soft" if plain else kind)
        card(painter, row, ground, look.colour("brand") if chosen else ground, look.px(10), look.px(3) if chosen else 1)
        side = float(look.px(22))
        sign(painter, QRectF(row.left() + look.px(11), row.center().y() - side / 2, side, side), kind, ink)
        left, right = row.left() + side + look.px(22), row.right() - look.px(10)
        waits = self._waits(line)
        wide = min((right - left) * 0.42, QFontMetricsF(look.font(16, True)).horizontalAdvance(waits) + look.px(6))
        half = row.height() / 2
        name = QRectF(left, row.top() + look.px(4), right - left - wide - look.px(6), half - look.px(3))
        draw_fitted(painter, name, brief(printer.name, 14), ink, look.px(17), look.px(11), most=1, bold=True)
        at = QRectF(right - wide, name.top(), wide, name.height())
        draw_fitted(painter, at, waits, ink, look.px(16), look.px(10), most=1, bold=True, align="right")
        under = QRectF(left, row.center().y(), right - left, half - look.px(4))
        draw_fitted(painter, under, self._under(line), ink, look.px(15), look.px(10), most=1)

    def _waits(self, line: PrinterLine) -> str:
        say, made = self.look.say, list[str]()
        if line.unknown:
            made.append(say("board.line.unknown", count=line.unknown))
        if line.waiting:
            made.append(say("board.line.waiting", count=line.waiting))
        return " ".join(made)

    def _under(self, line: PrinterLine) -> str:
        """Return the state, since when it is silent, and who prints for it."""
        look, printer = self.look, line.printer
        made = [printer_short(look, printer)]
        if printer_kind(printer) == "error" and printer.seen_at:
            made.append(look.say("board.line.seen", time=look.clock(printer.seen_at)))
        if line.takeover_name:
            made.append(look.say("board.line.takeover", name=brief(line.takeover_name, 16)))
        return " ・ ".join(made)
