"""The problem that is chosen, whole: its sentence, the value as it stood, and everything that can be done by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card

__all__ = ["Choice", "Detail", "Shown"]

_HIGH = 112


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be done."""

    name: str
    """Told when it is tapped."""
    key: str
    """Its key, as it stands on the keyboard."""
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of one problem."""

    place: str
    """File, row, column, order."""
    sentence: str
    value: str
    kind: str
    """Kind of colour: ``error``, ``warning``, ``info``, ``ok``."""
    choices: tuple[Choice, ...] = ()


class Detail(Tapped):
    """A card below the list; hidden where no problem is chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.shown: Shown | None = None
        """What is shown."""
        self.hide()

    def show_problem(self, shown: Shown | None) -> None:
        """Show a problem, or nothing."""
        self.shown = shown
        self.setFixedHeight(self.look.px(_HIGH))
        self.setVisible(shown is not None)
        if shown is not None:
            said = [shown.place, shown.sentence, shown.value, *(f"{each.key} {each.words}" for each in shown.choices)]
            self.tell("\n".join(part for part in said if part))
            self.setToolTip(shown.value)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, shown = self.look, self.shown
        self.places = []
        self.draw_card(painter, box)
        if shown is None:
            return
        stripe = QRectF(box.left() + look.px(10), box.top() + look.px(12), look.px(6), box.height() - look.px(24))
        ink = look.colour(shown.kind)
        card(painter, stripe, ink, ink, stripe.width() / 2, 0)
        inner = box.adjusted(look.px(28), look.px(9), -look.px(16), -look.px(9))
        left = QRectF(inner.left(), inner.top(), inner.width() * (0.56 if shown.choices else 1.0), inner.height())
        top = QRectF(left.left(), left.top(), left.width(), look.px(20))
        draw_fitted(painter, top, shown.place, look.colour("soft"), look.px(15), look.px(10), most=1)
        share = 0.55 if shown.value else 1.0
        rest = left.height() - top.height()
        said = QRectF(left.left(), top.bottom(), left.width(), rest * share)
        draw_fitted(painter, said, shown.sentence, look.colour("ink"), look.px(18), look.px(11), most=3, bold=True)
        if shown.value:
            at = QRectF(left.left(), said.bottom(), left.width(), rest - said.height())
            draw_fitted(painter, at, shown.value, look.colour("soft"), look.px(15), look.px(10), most=4)
        if shown.choices:
            room = QRectF(
                left.right() + look.px(18), inner.top(), inner.right() - left.right() - look.px(18), inner.height()
            )
            self._choices(painter, room, shown.choices)

    def _choices(self, painter: QPainter, box: QRectF, choices: Sequence[Choice]) -> None:
        """Draw what can be done, in as many lines as it takes; the last of them stand smaller where there are many."""
        look, size = self.look, 15
        cells = self._cells(box, choices, size)
        while cells[-1].bottom() > box.bottom() + 1 and size > 10:
            size -= 1
            cells = self._cells(box, choices, size)
        for cell, each in zip(cells, choices, strict=True):
            over = self.over == each.name
            card(painter, cell, look.colour("chosen" if over else "paper"), look.colour("brand"), look.px(9), 2)
            key = QRectF(cell.left() + look.px(6), cell.top(), self._key_wide(each.key, size), cell.height())
            badge = QRectF(key.left(), key.center().y() - look.px(10), key.width(), look.px(20))
            card(painter, badge, look.colour("ground"), look.colour("soft"), look.px(5), 1)
            draw_fitted(
                painter, badge, each.key, look.colour("ink"), look.px(size - 1), look.px(8), most=1, bold=True,
                align="centre",
            )  # fmt: skip
            words = QRectF(
                key.right() + look.px(6), cell.top(), cell.right() - key.right() - look.px(12), cell.height()
            )
            draw_fitted(painter, words, each.words, look.colour("brand"), look.px(size), look.px(9), most=1, bold=True)
            self.places.append((cell, each.name))

    def _key_wide(self, key: str, size: float) -> float:
        look = self.look
        return QFontMetricsF(look.font(size - 1, True)).horizontalAdvance(key) + look.px(10)

    def _cells(self, box: QRectF, choices: Sequence[Choice], size: float) -> list[QRectF]:
        look, made = self.look, list[QRectF]()
        metrics = QFontMetricsF(look.font(size, True))
        high, gap = float(look.px(size * 2.15)), float(look.px(7))
        left, top = box.left(), box.top()
        for each in choices:
            wide = min(
                box.width(), metrics.horizontalAdvance(each.words) * 1.04 + self._key_wide(each.key, size) + look.px(28)
            )
            if left > box.left() and left + wide > box.right():
                left, top = box.left(), top + high + gap
            made.append(QRectF(left, top, wide, high))
            left += wide + gap
        return made
