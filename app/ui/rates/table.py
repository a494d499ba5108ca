"""The prices of one service as a table: where a parcel goes, and the class of size."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.services.rates import PriceGrid
from app.services.rates_said import yen
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.rates.rows import place_words

__all__ = ["PriceTable"]

_ROW, _LEAST, _WIDE = 32, 17, 120
_NAME = 92
_MOST_ACROSS = 14
"""Zones that stand along the top; of more (a list by prefecture) each has a row."""
_EMPTY = PriceGrid((), (), {})


class PriceTable(Painted):
    """Draws a :class:`~app.services.rates.PriceGrid`, a row a class; of many places a row each."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.grid, self.title = _EMPTY, ""
        self.setMinimumHeight(look.px(150))

    def show_grid(self, grid: PriceGrid, title: str) -> None:
        """Show these prices under a line that says what they are."""
        self.grid, self.title = grid, title
        look = self.look
        told = [title]
        for zone in grid.zones:
            prices = (str(grid.prices.get((zone, size), "–")) for size in grid.sizes)
            told.append(f"{place_words(look, zone)}: {' '.join(prices)}")
        self.tell("\n".join(told))
        self.setToolTip("\n".join(told))
        self.update()

    def _cells(self) -> tuple[list[str], list[str], list[list[int | None]]]:
        """Return what stands along the top, down the side, and the prices row by row."""
        look, grid = self.look, self.grid
        zones = [place_words(look, zone) for zone in grid.zones]
        sizes = [str(size) if size else look.say("window.rates.one_price") for size in grid.sizes]
        if len(zones) <= _MOST_ACROSS:
            return zones, sizes, [[grid.prices.get((zone, size)) for zone in grid.zones] for size in grid.sizes]
        return sizes, zones, [[grid.prices.get((zone, size)) for size in grid.sizes] for zone in grid.zones]

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        inner = box.adjusted(look.px(16), look.px(6), -look.px(16), -look.px(6))
        head = QRectF(inner.left(), inner.top(), inner.width(), look.px(26))
        draw_fitted(painter, head, self.title, look.colour("brand"), look.px(17), look.px(12), most=1, bold=True)
        across, down, prices = self._cells()
        if not across:
            return
        top = head.bottom() + look.px(6)
        high = min(float(look.px(_ROW)), max(float(look.px(_LEAST)), (inner.bottom() - top) / (len(down) + 1)))
        first = float(look.px(_NAME))
        wide = min((inner.width() - first) / len(across), float(look.px(_WIDE)))

        def cell(row: int, column: int) -> QRectF:
            if column < 0:
                return QRectF(inner.left(), top + row * high, first, high)
            return QRectF(inner.left() + first + column * wide + look.px(4), top + row * high, wide - look.px(4), high)

        for column, name in enumerate(across):
            draw_fitted(painter, cell(0, column), name, look.colour("soft"), look.px(15), look.px(10), most=1,
                        align="right")  # fmt: skip
        for row, (name, values) in enumerate(zip(down, prices, strict=True), 1):
            if top + (row + 1) * high > box.bottom() + 1:
                return  # the tooltip has them all
            painter.fillRect(QRectF(inner.left(), cell(row, -1).top(), inner.width(), 1), look.colour("line"))
            draw_fitted(painter, cell(row, -1), name, look.colour("ink"), look.px(16), look.px(10), most=1, bold=True)
            for column, price in enumerate(values):
                words = "–" if price is None else yen(price)
                ink = look.colour("soft" if price is None else "ink")
                draw_fitted(painter, cell(row, column), words, ink, look.px(16), look.px(10), most=1, align="right")
