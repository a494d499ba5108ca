"""Strips that say what everybody must know now: the database is away, the scanner is paused, something was done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card, sign

__all__ = ["Notice", "OverNotice"]


class Notice(Tapped):
    """A full strip above the screens; hidden while there is nothing to say. A tap sends it away."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.kind, self.text = "info", ""
        self.pausing = False
        """It says that something is paused: its sign is two bars, and a tap does not send it away."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.tapped.connect(self.clear)
        self.hide()

    def say(self, kind: str, text: str, milliseconds: int = 0) -> None:
        """Show a sentence; it goes by itself after a while where *milliseconds* are given."""
        self.kind, self.text = kind, text
        self.tell(f"{kind}: {text}")
        self.setToolTip(text)
        self.setFixedHeight(self.look.px(54))
        self.show()
        self.update()
        self._timer.stop()
        if milliseconds:
            self._timer.start(milliseconds)

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self.text = ""
        self.tell("")
        self.hide()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ink, ground, fill = look.palette.kind(self.kind)
        strong = self.kind == "error"
        ground_colour = QColor(fill if strong else ground)
        colour = QColor("#FFFFFF") if strong else QColor(ink)
        strip = box.adjusted(look.px(8), look.px(4), -look.px(8), -look.px(4))
        card(painter, strip, ground_colour, colour, look.px(10))
        side = float(look.px(26))
        left = box.left() + look.px(24)
        shape = "pause" if self.pausing else self.kind
        sign(painter, QRectF(left, box.center().y() - side / 2, side, side), shape, colour)
        text = QRectF(left + side + look.px(14), strip.top() + 2, box.right() - left - side - 36, strip.height() - 4)
        draw_fitted(painter, text, self.text, colour, look.px(20), look.px(13), most=2, bold=True)
        self.places = [] if self.pausing else [(box, "close")]


class OverNotice(Notice):
    """A strip laid over the top of a dialog: a scan came while it was open."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(look, over)
        self._over_widget = over
        over.installEventFilter(self)

    def say(self, kind: str, text: str, milliseconds: int = 0) -> None:
        """Show the sentence over the dialog."""
        super().say(kind, text, milliseconds)
        self._place()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the dialog."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(0, 0, self._over_widget.width(), self.look.px(60))
        self.setFixedHeight(self.look.px(60))
