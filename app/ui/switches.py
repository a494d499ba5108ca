"""Several of a few words, each on or off, under each other, with what it means; by tap or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card, sign

__all__ = ["OFF", "Switches"]

_HIGH = 42
"""Height of a row."""
OFF = "off"
"""Value of a shop that has none of them whatever the house has."""


class Switches(Tapped):
    """A setting of several words. A shop has one row more: that it goes with the house."""

    chosen = Signal(str)
    """The words that are on, with commas; empty for none, of a shop :data:`OFF` for none and empty for the house's."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.choices: tuple[tuple[str, str, str], ...] = ()
        """Value, words and meaning of each."""
        self.value = ""
        """As it is kept."""
        self.house: str | None = None
        """What the house decided, where a shop is shown; else None."""
        self.house_words = ""
        """Words of the row that goes with the house."""
        self.at = 0
        """The row that keys act on."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tapped.connect(lambda place: self.switch(place.removeprefix("row ")))

    def offer(
        self, choices: Sequence[tuple[str, str, str]], value: str, house: str | None = None, house_words: str = ""
    ) -> None:
        """Offer words, some of them on."""
        self.choices, self.value, self.house, self.house_words = tuple(choices), value, house, house_words
        self.at = min(self.at, max(0, len(self.rows) - 1))
        on = self.on
        self.tell(" / ".join(words for name, words, _ in self.choices if name in on))
        self.setToolTip("\n".join(f"{words}: {about}" for _, words, about in self.choices))
        self.setFixedHeight(self.look.px(_HIGH) * max(1, len(self.rows)))
        self.update()

    @property
    def follows(self) -> bool:
        """Whether a shop goes with the house."""
        return self.house is not None and not self.value

    @property
    def on(self) -> frozenset[str]:
        """The words that are on."""
        words = (self.house or "") if self.follows else self.value
        found = frozenset(filter(None, (each.strip() for each in words.split(","))))
        return frozenset() if OFF in found else found

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The rows: of a shop first that it goes with the house."""
        return [*([("", self.house_words, "")] if self.house is not None else []), *self.choices]

    def sizeHint(self) -> QSize:
        """Return room for words and their meaning."""
        return QSize(self.look.px(420), self.look.px(_HIGH) * max(1, len(self.rows)))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the words can be read."""
        return QSize(self.look.px(300), self.sizeHint().height())

    # --- changing ---

    def switch(self, name: str) -> None:
        """Switch a word; the empty one is whether a shop goes with the house."""
        if not name:
            self._take((self.house or OFF) if self.follows else "")
            return
        on = self.on ^ {name}
        none = "" if self.house is None else OFF
        self._take(",".join(each for each, _, _ in self.choices if each in on) or none)

    def _take(self, value: str) -> None:
        self.offer(self.choices, value, self.house, self.house_words)
        self.chosen.emit(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is the one that keys act on."""
        self.at = min(len(self.rows) - 1, max(0, int(event.position().y() // max(1, self.look.px(_HIGH)))))
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a row, Space switches it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Space and self.rows:
            self.switch(self.rows[self.at][0])
        elif step and 0 <= self.at + step < len(self.rows):
            self.at += step
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row keys act on."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no such row."""
        super().focusOutEvent(event)
        self.update()

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, high, on = self.look, float(self.look.px(_HIGH)), self.on
        self.places = []
        for number, (name, words, about) in enumerate(self.rows):
            row = QRectF(box.left(), box.top() + number * high, box.width(), high)
            here = self.hasFocus() and number == self.at
            is_on = name in on if name else self.follows
            inner = row.adjusted(1, look.px(2), -1, -look.px(2))
            edge = look.colour("warning" if here else "line")
            card(painter, inner, look.colour("paper" if is_on else "ground"), edge, look.px(8), 2 if here else 1)
            side = float(look.px(20))
            mark = QRectF(inner.left() + look.px(10), inner.center().y() - side / 2, side, side)
            card(painter, mark.adjusted(-2, -2, 2, 2), look.colour("paper"), look.colour("line"), look.px(5), 1)
            if is_on:
                sign(painter, mark, "ok", look.colour("ok"))
            left, room = mark.right() + look.px(10), inner.right() - look.px(8) - mark.right() - look.px(10)
            ink = look.colour("ink" if is_on else "soft")
            first = QRectF(left, inner.top(), room * (0.34 if about else 1.0), inner.height())
            draw_fitted(painter, first, words, ink, look.px(17), look.px(11), most=2, bold=is_on)
            if about:
                second = QRectF(first.right() + look.px(8), inner.top(), room - first.width() - 8, inner.height())
                draw_fitted(painter, second, about, look.colour("soft"), look.px(15), look.px(11), most=2)
            self.places.append((inner, f"row {name}"))
