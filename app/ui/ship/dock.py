"""At the dock: what the last scan came to, and the driver's figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.dialogs import Dialog, button
from app.ui.fields import TextField
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.shapes import card, sign

__all__ = ["Band", "CountDialog"]


class Band(Painted):
    """What the last scan at the dock came to."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.kind, self.text = "info", ""

    def say(self, kind: str, text: str) -> None:
        """Show a sentence."""
        self.kind, self.text = kind, text
        self.setFixedHeight(self.look.px(96))
        self.tell(f"{kind}: {text}")
        self.setToolTip(text)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ink, ground, fill = look.palette.kind(self.kind)
        strong = self.kind in ("ok", "error")
        colour = self.colour("#FFFFFF") if strong else self.colour(ink)
        back = self.colour(fill if strong else ground)
        card(painter, box, back, back, look.px(13), 0)
        side = float(look.px(44))
        at = QRectF(box.left() + look.px(24), box.center().y() - side / 2, side, side)
        sign(painter, at, self.kind, colour)
        text = QRectF(at.right() + look.px(22), box.top() + 4, box.right() - at.right() - look.px(40), box.height() - 8)
        draw_fitted(painter, text, self.text, colour, look.px(30), look.px(15), most=2, bold=True)


class CountDialog(Dialog):
    """Asks for the driver's figure."""

    def __init__(self, look: Look, window: Any, title: str, done: Any) -> None:
        """*done* gets the figure."""
        say = look.say
        super().__init__(look, window, say("window.act.count"))
        self._done = done
        words = Para(look, 18)
        words.setText(title + "\n" + say("window.ship.count_ask"))
        words.setMinimumHeight(words.heightForWidth(look.px(460)))
        self.column.addWidget(words)
        self.figure = TextField(window, False)
        self.figure.setPlaceholderText(say("window.ship.count_figure"))
        self.column.addWidget(self.figure)
        self.wrong = Para(look, 16, "error")
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.column.addStretch(1)
        self.foot(button(say("window.no"), "", self.reject), button(say("window.act.count"), "main", self.take))
        self.setMinimumWidth(look.px(520))

    def take(self) -> None:
        """Take the figure, if it is one."""
        text = self.figure.text().strip()
        if not (text.isascii() and text.isdigit()):
            self.wrong.setText(self.look.say("window.ship.count_wrong"))
            self.wrong.show()
            return
        self.accept()
        self._done(int(text))
