"""A mail to look at: who sends it, to whom, its subject, and its words exactly as they go out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.services import mails
from app.services.answers import sentence
from app.services.mails import MailItem, Preview
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.para import Para

__all__ = ["LetterView", "Shown", "shown_mail", "shown_preview"]

_LINE = 24
_LABEL = 104


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail for the screen."""

    heads: tuple[tuple[str, str], ...]
    """What stands above it: words and value of each line."""
    body: str
    told: tuple[str, ...] = ()
    """What keeps it from going out, or became of it, as sentences."""
    kind: str = "warning"
    """Colour of these."""


def shown_mail(tx: Any, mail: int) -> tuple[MailItem, Preview | None]:
    """Return a mail, and where it was not sent yet what it would say now."""
    row = mails.show(tx, mail)
    if row.body:
        return row, None
    return row, mails.preview(tx, row.order, row.kind, language=row.language, about=row.about)


def shown_preview(look: Look, made: Preview, recipient: str = "", *, warned: bool = True) -> Shown:
    """Return for the screen what would go out.

    :param recipient: where it is another than the order's.
    :param warned: with what would keep it from going out.
    """
    letter = made.letter
    heads = (
        (look.say("window.mail.head.from"), made.sender or "—"),
        (look.say("window.mail.head.to"), recipient or letter.recipient or look.say("window.mail.no_address")),
        (look.say("window.mail.head.subject"), letter.subject),
    )
    told = tuple(sentence(look.words, each.key, each.args) for each in made.warnings) if warned else ()
    return Shown(heads, letter.body, told)


class _Heads(Painted):
    """Lines above a mail; a long one takes two."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.heads: tuple[tuple[str, str], ...] = ()

    def show_heads(self, heads: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        self.heads = tuple(heads)
        said = [f"{words}: {value}" for words, value in heads]
        self.tell("\n".join(said))
        self.setToolTip("\n".join(said))
        self.fit()
        self.update()

    def fit(self) -> None:
        """Take the height that the lines need in the width that there is."""
        high = sum(self._lines(value) for _, value in self.heads) * self.look.px(_LINE)
        self.setFixedHeight(high + self.look.px(4) * len(self.heads))

    def resizeEvent(self, event: Any) -> None:
        """Another width needs other lines."""
        super().resizeEvent(event)
        self.fit()

    def _lines(self, value: str) -> int:
        room = max(60.0, self.width() - self.look.px(_LABEL))
        wide = QFontMetricsF(self.look.font(17, True)).horizontalAdvance(value)
        return min(2, max(1, math.ceil(wide * 1.05 / room)))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, top = self.look, box.top()
        for words, value in self.heads:
            high = self._lines(value) * look.px(_LINE)
            left = QRectF(box.left(), top, look.px(_LABEL - 8), look.px(_LINE))
            draw_fitted(painter, left, words, look.colour("soft"), look.px(15), look.px(10), most=1)
            right = QRectF(box.left() + look.px(_LABEL), top, box.width() - look.px(_LABEL), high)
            draw_fitted(painter, right, value, look.colour("ink"), look.px(17), look.px(11), most=2, bold=True)
            top += high + look.px(4)


class LetterView(QWidget):
    """A mail: what is to be said of it, the lines above it, and its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.shown: Shown | None = None
        """What is shown; None for nothing."""
        self.told, self.heads = Para(look, 16, "warning"), _Heads(look)
        self.text = QPlainTextEdit()
        """The words."""
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.none = Para(look, 19, "soft", align="centre")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.told, self.heads):
            self._column.addWidget(part)
        self._column.addWidget(self.text, 1)
        self._column.addWidget(self.none, 1)
        self.clear("")

    def show_letter(self, shown: Shown) -> None:
        """Show a mail; its words stay where they were scrolled to."""
        self.shown = shown
        self.told.show_as(shown.kind, "\n".join(shown.told))
        self.told.setVisible(bool(shown.told))
        self.heads.show_heads(shown.heads)
        at = self.text.verticalScrollBar().value()
        if shown.body != self.text.toPlainText():
            self.text.setPlainText(shown.body)
            self.text.verticalScrollBar().setValue(at)
        self._show(True)

    def clear(self, why: str) -> None:
        """Show no mail, and say why."""
        self.shown = None
        self.none.setText(why)
        self.told.hide()
        self._show(False)

    def _show(self, there: bool) -> None:
        self._column.setSpacing(self.look.px(10))
        self.heads.setVisible(there)
        self.text.setVisible(there)
        self.none.setVisible(not there)

    def page(self, step: int) -> None:
        """Scroll by a page."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())
