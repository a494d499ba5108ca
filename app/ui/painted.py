"""The base of widgets that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.text import JOINER
from app.ui.look import Look
from app.ui.shapes import card

__all__ = ["Painted", "Tapped"]


class Painted(QWidget):
    """A widget without focus that draws what it was told to show."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        """Colours, sizes, sentences."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: object = None

    def paint_if_new(self, *what: object) -> None:
        """Paint again if *what* is drawn, or the look, differs from the last time: most of a scan changes little."""
        look = self.look
        shown = (what, look.language, look.theme, look.scale)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw into *box*; each widget does its own."""

    def draw_card(
        self, painter: QPainter, box: QRectF, ground: str = "paper", edge: str = "line", thick: float = 1
    ) -> None:
        """Draw a card in colours of the palette."""
        card(painter, box, QColor(self.colour(ground)), QColor(self.colour(edge)), self.look.px(13), thick)

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette, or the colour written out."""
        return QColor(name) if name.startswith("#") else self.look.colour(name)

    def tell(self, text: str) -> None:
        """Say in words what is drawn: for screen readers and tests."""
        plain = text.replace(JOINER, "")
        if plain != self.accessibleName():
            self.setAccessibleName(plain)


class Tapped(Painted):
    """A painted widget that can be tapped or clicked in places."""

    tapped = Signal(str)
    """Name of the place."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.places: list[tuple[QRectF, str]] = []
        """Boxes with their names, in the order drawn."""
        self._over = ""
        self.setMouseTracking(True)

    @property
    def over(self) -> str:
        """Name of the place under the mouse."""
        return self._over

    def place_at(self, x: float, y: float) -> str:
        """Return the name of the place at a point."""
        return next((name for box, name in self.places if box.contains(x, y)), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would hit."""
        over = self.place_at(event.position().x(), event.position().y())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Forget the place under the mouse."""
        self._over = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which place was tapped."""
        name = self.place_at(event.position().x(), event.position().y())
        if name and event.button() == Qt.MouseButton.LeftButton:
            self.tapped.emit(name)
