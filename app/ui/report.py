"""What taking a file in came to: figures in a row, and each problem with its place and its remedy."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Problem
from app.ui.lettering import draw_fitted, fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["Report"]

_MOST_SHOWN = 300
_KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}


class Report(Painted):
    """Figures, and each problem as one row with what to do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.figures: list[tuple[str, int, str]] = []
        self.problems: list[Problem] = []
        self.more = 0

    def show_report(self, figures: list[tuple[str, int, str]], problems: list[Problem]) -> None:
        """Show the figures, and the problems, the worst first."""
        self.figures = figures
        order = list(_KINDS)
        worst_first = sorted(problems, key=lambda found: order.index(level_of(found)))
        self.problems, self.more = worst_first[:_MOST_SHOWN], max(0, len(problems) - _MOST_SHOWN)
        told = [f"{words} {number}" for words, number, _ in figures]
        told += [self.look.say(found.key, **placeholders(found)) for found in self.problems]
        self.tell("\n".join(told))
        self._fit()
        self.update()

    def _row_high(self, found: Problem) -> int:
        look = self.look
        text = look.say(found.key, **placeholders(found))
        wide = max(200, self.width() - look.px(300))
        lines = len(fitted(text, wide, 10_000, look.px(17), look.px(17), 20).lines)
        return max(look.px(62), round(look.px(17) * 1.22 * lines) + look.px(22))

    def _fit(self) -> None:
        rows = sum(self._row_high(found) for found in self.problems)
        self.setMinimumHeight(self.look.px(100) + rows + self.look.px(40) * bool(self.more))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(10))
        each = (box.width() - gap * (len(self.figures) - 1)) / max(1, len(self.figures))
        for place, (words, number, colour) in enumerate(self.figures):
            cell = QRectF(place * (each + gap), 0, each, look.px(80))
            self.draw_card(painter, cell)
            inner = cell.adjusted(look.px(12), look.px(8), -look.px(6), -look.px(6))
            top = QRectF(inner.left(), inner.top(), inner.width(), look.px(22))
            draw_fitted(painter, top, words, look.colour("soft"), look.px(15), look.px(10), most=1)
            under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
            ink = look.colour(colour if number else "soft")
            draw_fitted(painter, under, str(number), ink, look.px(32), look.px(15), most=1, bold=True)
        top_of_rows = float(look.px(94))
        for found in self.problems:
            high = self._row_high(found)
            self._row(painter, QRectF(0, top_of_rows, box.width(), high), found)
            top_of_rows += high
        if self.more:
            foot = QRectF(0, top_of_rows, box.width(), look.px(36))
            text = look.say("window.import.more", count=self.more)
            draw_fitted(painter, foot, text, look.colour("soft"), look.px(16), look.px(12), most=1)

    def _row(self, painter: QPainter, row: QRectF, found: Problem) -> None:
        look = self.look
        ink, ground, _ = look.palette.kind(_KINDS[level_of(found)])
        painter.fillRect(row, look.colour("paper"))
        painter.fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), look.colour("line"))
        side = float(look.px(32))
        disc = QRectF(row.left() + look.px(10), row.center().y() - side / 2, side, side)
        card(painter, disc, self.colour(ground), self.colour(ground), side / 2, 0)
        mark = disc.adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22)
        sign(painter, mark, _KINDS[level_of(found)], self.colour(ink))
        at = QRectF(disc.right() + look.px(14), row.top() + look.px(8), look.px(220), row.height() - look.px(16))
        where = look.say("window.import.where", file=found.file, row=found.row) if found.row else found.file
        if found.column:
            where += "\n" + found.column
        draw_fitted(painter, at, where, look.colour("soft"), look.px(15), look.px(10), most=3)
        text = QRectF(at.right() + look.px(12), row.top(), row.right() - at.right() - look.px(20), row.height())
        words = look.say(found.key, **placeholders(found))
        draw_fitted(painter, text, words, look.colour("ink"), look.px(17), look.px(12), most=20)
