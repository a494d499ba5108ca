"""What was printed for an order or a batch: every job with who confirmed it, its paper beside, and print again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.services import printing
from app.services.printing import BoardRow
from app.ui.dialogs import Dialog, button
from app.ui.grid import Grid, GridModel
from app.ui.listing import Facts
from app.ui.para import Para
from app.ui.preview import Preview
from app.ui.printing.dialogs import ask_reason
from app.ui.printing.rows import HISTORY, history_cells, job_facts, paper_words, subject_words
from app.ui.printing.showing import shown_of_job

__all__ = ["HistoryDialog"]

_TOPICS = frozenset({"printing"})
_OF_ORDER = {
    "slips": "packing_slip",
    "address_label": "address_label",
    "noshi": "noshi",
    "gift_card": "gift_card",
}
"""A batch's papers, and the paper of one order that is among them."""


class HistoryDialog(Dialog):
    """Jobs at the left, newest first; the paper of the chosen one at the right."""

    def __init__(self, window: Any, title: str, *, order: int | None = None, batch: int | None = None) -> None:
        """*window* is the main window; the papers are those of an order or of a batch."""
        look = window.look
        super().__init__(look, window, title)
        self._window, self._order, self._batch = window, order, batch
        self.model = GridModel(look, "board.column", HISTORY, lambda row: history_cells(look, row), parent=self)
        self.grid = Grid(look, self.model)
        """The jobs."""
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.chosen = self._chosen
        self.empty = Para(look, 20, "soft", align="centre")
        self.empty.setText(look.say("board.history.none"))
        self.facts = Facts(look)
        """What is known of the chosen job."""
        self.facts.setFixedHeight(look.px(190))
        self.preview = Preview(look, window.bridge)
        """Its paper."""
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.empty, 1)
        left = QVBoxLayout()
        left.setSpacing(look.px(10))
        left.addWidget(frame, 1)
        left.addWidget(self.facts)
        body = QWidget()
        sides = QHBoxLayout(body)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(look.px(16))
        sides.addLayout(left, 62)
        sides.addWidget(self.preview, 38)
        self.column.addWidget(body, 1)
        self.again_button = button(f"{look.say('window.act.print_again')} F9", "main", self.print_again)
        # Beside its papers: what its buyer was mailed.
        self.mails_button = button(f"{look.say('window.mail.of_order')} F8", "", self.show_mails)
        self.mails_button.setVisible(order is not None and window.station.leads)
        self.foot(button(look.say("preview.close"), "", self.reject), self.mails_button, self.again_button)
        self.resize(window.width() - 30, window.height() - 30)
        self.grid.setFocus()
        self._show([])
        self.refresh()

    def refresh(self) -> None:
        """Read the jobs again."""
        self._window.bridge.ask(
            self._window.desk.read(printing.history, order=self._order, batch=self._batch), self._was_read
        )

    def _was_read(self, rows: Any) -> None:
        if isValid(self):
            self._show(list(rows))

    def _show(self, rows: list[BoardRow]) -> None:
        keep = {row.id for row in self.grid.rows_chosen()} or {row.id for row in rows[:1]}
        self.model.put(rows)
        self.grid.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.again_button.setEnabled(bool(rows))
        self.grid.choose(keep)

    def _chosen(self, row: BoardRow | None) -> None:
        self.facts.show_facts(job_facts(self.look, row)[1:] if row is not None else ())
        if row is not None:
            desk = self._window.desk
            self.preview.show_shown(lambda: shown_of_job(self.look, desk, row.id))
        else:
            self.preview.clear()

    def print_again(self) -> None:
        """Print the chosen paper again: a reason is asked, and it is marked as a copy."""
        rows = self.grid.rows_chosen()
        if rows:
            text = self.look.say(
                "board.ask.again", papers=f"{paper_words(self.look, rows[0].paper)} {subject_words(self.look, rows[0])}"
            )
            ask_reason(self._window, text, lambda reason: self._again(rows[0], reason))

    def _again(self, row: BoardRow, reason: str) -> None:
        """Print it again; of a batch's papers only that of the order which is shown."""
        desk, act = self._window.desk, str(uuid4())
        if self._order is not None and row.order is None and row.paper in _OF_ORDER:
            paper = _OF_ORDER[row.paper]
            future = desk.do(_TOPICS, printing.reprint_order, desk.station, act, self._order, paper, reason)
        else:
            future = desk.do(_TOPICS, printing.reprint_job, desk.station, act, row.id, reason)
        self._window.bridge.ask(future, self._queued)

    def _queued(self, _job: Any) -> None:
        self._window.say("ok", self.look.say("board.done.again", count=1))
        self.refresh()

    def show_mails(self) -> None:
        """Show the mails of the order in place of its papers."""
        if self.mails_button.isVisibleTo(self):
            self.accept()
            self._window.screens["orders"].open_mails()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 shows the mails, F9 prints again, Page Up and Down turn the paper's pages, F7 makes it larger."""
        if event.key() == Qt.Key.Key_F9:
            self.print_again()
        elif event.key() == Qt.Key.Key_F8:
            self.show_mails()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) or not self.preview.press(event.key()):
            super().keyPressEvent(event)
