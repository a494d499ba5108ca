"""What the scanner check shows: a row per code of the sheet, and each fault with its cure."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.lettering import draw_fitted, fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.shapes import pill, pill_width, sign

__all__ = ["Finding", "Row"]


class Row(Painted):
    """What came of one code."""

    def __init__(self, look: Look, number: int, name: str) -> None:
        super().__init__(look)
        self._number, self._name = number, name
        self.kind, self.verdict, self.came = "", "", ""
        self.setFixedHeight(look.px(88))

    def show_result(self, kind: str, verdict: str, came: str) -> None:
        """Show how it came; an empty *kind* while it has not."""
        self.kind, self.verdict, self.came = kind, verdict, came
        self.setToolTip(came)
        self.tell(f"{self._number} {self._name}: {kind} {verdict} {came}")
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ink, ground, _ = look.palette.kind(self.kind)
        card = box.adjusted(0, 0, 0, -look.px(8))
        self.draw_card(painter, card, ground if self.kind else "paper", ink if self.kind else "line", 1.5)
        side = float(look.px(34))
        left = card.left() + look.px(14)
        mark = QRectF(left, card.center().y() - side / 2, side, side)
        if self.kind:
            sign(painter, mark, self.kind, QColor(ink))
        else:
            number = str(self._number)
            draw_fitted(painter, mark, number, look.colour("soft"), look.px(26), 12, most=1, bold=True, align="centre")
        left = mark.right() + look.px(14)
        wide, top, high = card.right() - left - look.px(12), card.top() + look.px(5), float(look.px(25))
        name = f"{self._number}  {self._name}" if self.kind else self._name
        draw_fitted(
            painter,
            QRectF(left, top, wide, high),
            name,
            look.colour("ink"),
            look.px(18),
            look.px(12),
            most=1,
            bold=True,
        )
        verdict = QRectF(left, top + high, wide, high)
        draw_fitted(painter, verdict, self.verdict, QColor(ink), look.px(17), look.px(12), most=1, bold=bool(self.kind))
        came = QRectF(left, top + high * 2, wide, float(look.px(21)))
        draw_fitted(painter, came, self.came, look.colour("soft"), look.px(15), look.px(11), most=1)


class Finding(QWidget):
    """One fault, whether it is mended, and its cure."""

    def __init__(self, look: Look, kind: str, tag: str, fault: str, cure: str) -> None:
        super().__init__()
        head = _Head(look, kind, tag, fault)
        words = Para(look, 18)
        words.setText(cure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(10))
        column.setSpacing(look.px(4))
        column.addWidget(head)
        column.addWidget(words)


class _Head(Painted):
    """A tag, and the name of a fault beside it."""

    def __init__(self, look: Look, kind: str, tag: str, fault: str) -> None:
        super().__init__(look)
        self._kind, self._tag, self._fault = kind, tag, fault
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.tell(f"{tag}: {fault}")

    def _left(self) -> float:
        return pill_width(self.look, self._tag, 16) + self.look.px(12)

    def heightForWidth(self, width: int) -> int:
        """Return the height of one line, or of two where the name needs them."""
        size = self.look.px(20)
        lines = fitted(self._fault, int(width - self._left()), 1000, size, size, 2, True).lines
        return self.look.px(34 if len(lines) < 2 else 56)

    def sizeHint(self) -> QSize:
        """Return room for one line."""
        return QSize(self.look.px(300), self.look.px(34))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        pill(painter, look, box.left(), box.top() + look.px(17), self._tag, self._kind, 16)
        words = box.adjusted(self._left(), 0, 0, 0)
        draw_fitted(painter, words, self._fault, look.colour("ink"), look.px(20), look.px(14), most=2, bold=True)
