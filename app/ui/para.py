"""A paragraph that breaks where Japanese breaks, with room between its lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.lettering import advance, draw, fitted
from app.ui.look import Look, make_font
from app.ui.painted import Painted

__all__ = ["Para"]

_MOST_LINES = 12


class Para(Painted):
    """Text of a fixed size over as many lines as it needs."""

    def __init__(
        self,
        look: Look,
        size: float = 17,
        colour: str = "ink",
        bold: bool = False,
        align: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._size, self._colour, self._bold, self._align = size, colour, bold, align
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """Return the words."""
        return self._text

    def setText(self, text: str) -> None:
        """Show other words."""
        self._text = text
        self.tell(text)
        self.updateGeometry()
        self.update()

    def show_as(self, colour: str, text: str) -> None:
        """Show other words in another colour of the palette."""
        self._colour = colour
        self.setText(text)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        size = self.look.px(self._size)
        setting = fitted(self._text, max(20, width), 100_000, size, size, _MOST_LINES, self._bold)
        return int(setting.height) + self.look.px(4)

    def sizeHint(self) -> QSize:
        """Return room for one line, or for a column of several."""
        font = make_font(self.look.px(self._size), self._bold)
        wide = min(int(advance(self._text, font)) + 4, self.look.px(560))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(self.look.px(60), self.look.px(self._size * 1.3))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        size = self.look.px(self._size)
        setting = fitted(self._text, int(box.width()), 100_000, size, size, _MOST_LINES, self._bold)
        font = make_font(size, self._bold)
        draw(painter, box, setting, font, self.colour(self._colour), self._align)
