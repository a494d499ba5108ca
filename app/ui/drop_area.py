"""Where files may be dropped, or chosen by a tap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPen

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import icon

__all__ = ["DropArea", "files_of"]


def files_of(mime: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class DropArea(Tapped):
    """A large place for files."""

    def __init__(self, look: Look, words: str) -> None:
        """*words* is the key of what stands there."""
        super().__init__(look)
        self._words = words
        self.dropped: Callable[[list[Path]], None] = lambda _paths: None
        """Called with the files."""
        self.setAcceptDrops(True)
        self.tell(look.say(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer only."""
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files in."""
        self.dropped(files_of(event.mimeData()))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.places = [(box, "choose")]
        self.draw_card(painter, box, "chosen" if self.over else "paper")
        painter.setPen(QPen(look.colour("soft"), look.px(2), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = min(look.px(16), int(box.height() * 0.08))
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), look.px(10), look.px(10))
        side = min(float(look.px(72)), box.height() * 0.3)
        at = QRectF(box.center().x() - side / 2, box.center().y() - side * 0.95, side, side)
        icon(painter, at, "orders", look.colour("brand"))
        text = QRectF(box.left() + 2 * inset, at.bottom() + look.px(8), box.width() - 4 * inset, look.px(60))
        words = look.say(self._words)
        draw_fitted(
            painter, text, words, look.colour("brand"), look.px(24), look.px(14), most=2, bold=True, align="centre"
        )
