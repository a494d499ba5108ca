"""The field in which a cell of a file is mended: it lies over the row, and takes keys only while it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent

from app.ui.fields import TextField
from app.ui.grid import Grid

__all__ = ["CellField"]


class CellField(TextField):
    """Opens over a row of a list with a value; Enter keeps what is typed, Esc and leaving take it back."""

    def __init__(self, window: Any, grid: Grid) -> None:
        """*window* is the main window: it says that the scanner is paused."""
        super().__init__(window, parent=grid.viewport())
        self._grid = grid
        self._done: Callable[[str], object] = lambda _: None
        self.row_id: int | None = None
        """Id of the row that it lies over; None while it is not there."""
        grid.verticalScrollBar().valueChanged.connect(lambda _: self.end(keep=False))
        self.hide()

    def open(self, row: int, row_id: int, value: str, done: Callable[[str], object]) -> None:
        """Open over a row.

        :param done: gets what was typed, when Enter keeps it.
        """
        self._done, self.row_id = done, row_id
        first, last = self._grid.cell_box(row, "cell"), self._grid.cell_box(row, "what")
        box = QRectF(first.left(), first.top() + 4, last.right() - first.left(), first.height() - 8)
        self.setGeometry(box.toRect())
        self.setText(value)
        self.show()
        self.setFocus()
        self.begin()
        self.selectAll()

    def end(self, keep: bool = True) -> None:
        """Close; what was typed is handed on where it is kept."""
        if not self.typing_now:
            return
        mine = self.hasFocus()
        text, done, self.row_id = self.text(), self._done, None
        super().end(keep)
        self.hide()
        if mine:
            self._grid.setFocus()
        if keep:
            done(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A tap elsewhere, or another window, keeps nothing: a cell is mended on purpose."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.end(keep=False)
        super().focusOutEvent(event)
