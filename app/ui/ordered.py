"""Names of which some are on, in an order: each is switched and moved by tap or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card, sign

__all__ = ["Ordered"]

_HIGH = 34
"""Height of a row."""


class Ordered(Tapped):
    """One row a name: those that are on first, in their order.

    A tap on a name switches it, the arrows at its right move it. By keys: up and down choose a row, Space switches it,
    ``+`` and ``-`` (or Shift with up and down) move it.
    """

    changed = Signal(list)
    """The names that are on, in their order, as a person has put them."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.names: tuple[tuple[str, str], ...] = ()
        """Every name with its words."""
        self.on: list[str] = []
        """Those that are on, in their order."""
        self.at = 0
        """The row that keys act on."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tapped.connect(self._tap)

    def offer(self, names: Sequence[tuple[str, str]], on: Sequence[str]) -> None:
        """Offer names, some of them on."""
        self.names, self.on = tuple(names), [each for each in on if each in dict(names)]
        self.at = min(self.at, max(0, len(self.names) - 1))
        words = dict(self.names)
        self.tell(" / ".join(words[each] for each in self.on))
        self.setFixedHeight(self.look.px(_HIGH) * max(1, len(self.names)))
        self.update()

    @property
    def rows(self) -> list[str]:
        """The names as they stand: those that are on, then the others."""
        return [*self.on, *(name for name, _ in self.names if name not in self.on)]

    def sizeHint(self) -> QSize:
        """Return room for a row of words."""
        return QSize(self.look.px(260), self.look.px(_HIGH) * max(1, len(self.names)))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the words can be read."""
        return QSize(self.look.px(180), self.sizeHint().height())

    # --- changing ---

    def switch(self, name: str) -> None:
        """Switch a name on, behind the others, or off."""
        self._take([each for each in self.on if each != name] if name in self.on else [*self.on, name], name)

    def shift(self, name: str, step: int) -> None:
        """Move a name that is on."""
        if name in self.on:
            at = self.on.index(name) + step
            if 0 <= at < len(self.on):
                rest = [each for each in self.on if each != name]
                self._take([*rest[:at], name, *rest[at:]], name)

    def _take(self, on: list[str], name: str) -> None:
        self.on = on
        self.at = self.rows.index(name)
        self.offer(self.names, on)
        self.changed.emit(list(on))

    def _tap(self, place: str) -> None:
        what, _, name = place.partition(" ")
        if what == "switch":
            self.switch(name)
        else:
            self.shift(name, -1 if what == "up" else 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is the one that keys act on."""
        self.at = min(len(self.names) - 1, max(0, int(event.position().y() // max(1, self.look.px(_HIGH)))))
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, switch and move rows."""
        key, rows = event.key(), self.rows
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if not rows:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.switch(rows[self.at])
        elif step and not shift and 0 <= self.at + step < len(rows):
            self.at += step
            self.update()
        elif (step and shift) or key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.shift(rows[self.at], step or (1 if key == Qt.Key.Key_Plus else -1))
        else:
            super().keyPressEvent(event)

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, high, words = self.look, float(self.look.px(_HIGH)), dict(self.names)
        self.places = []
        for number, name in enumerate(self.rows):
            row = QRectF(box.left(), box.top() + number * high, box.width(), high)
            here, on = self.hasFocus() and number == self.at, name in self.on
            edge = look.colour("warning" if here else "line")
            inner = row.adjusted(1, look.px(2), -1, -look.px(2))
            card(painter, inner, look.colour("paper" if on else "ground"), edge, look.px(8), 2 if here else 1)
            side, right = float(look.px(18)), inner.right()
            mark = QRectF(inner.left() + look.px(8), inner.center().y() - side / 2, side, side)
            if on:
                sign(painter, mark, "ok", look.colour("ok"))
                wide = float(look.px(34))
                for place, step in (("down", 1), ("up", -1)):
                    right -= wide
                    if 0 <= number + step < len(self.on):
                        at = QRectF(right, inner.top(), wide, inner.height())
                        arrow = "▼" if step > 0 else "▲"
                        ink = look.colour("brand")
                        draw_fitted(painter, at, arrow, ink, look.px(14), look.px(10), most=1, align="centre")
                        self.places.append((at, f"{place} {name}"))
            text = QRectF(mark.right() + look.px(8), inner.top(), right - mark.right() - look.px(10), inner.height())
            ink = look.colour("ink" if on else "soft")
            draw_fitted(painter, text, words[name], ink, look.px(16), look.px(11), most=1)
            self.places.append((inner, f"switch {name}"))
