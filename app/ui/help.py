"""Help 使い方: what each key and code does, what the colours mean, and what to do when stuck. Opened by F1."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.ui.dialogs import Dialog, button, label
from app.ui.look import Look
from app.ui.pack.state import COMMANDS
from app.ui.para import Para

__all__ = ["HelpDialog"]

_WIDTH, _HEIGHT = 980, 600
_TOPICS = (
    "start", "loop", "right", "wrong", "waybill", "stack", "old", "no_number", "differs", "unknown", "dialog", "print",
    "board", "printers", "print_rules", "templates", "away", "sheet", "scanner", "signals", "lots", "twice", "allow",
    "cartons", "boxes", "inserts", "scale", "shadow",
    "pick", "pick_short", "pick_tote", "sort", "waves", "map", "returns",
    "intake", "address", "channels", "products", "rates", "mails",
)  # fmt: skip


class HelpDialog(Dialog):
    """One page of help; closed by Esc, F1 or its button."""

    def __init__(self, look: Look, parent: QWidget, check: Callable[[], None]) -> None:
        """*check* opens the scanner check."""
        super().__init__(look, parent, look.say("help.title"))
        self._check = check
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, look.px(12), 0)
        self._grid.setHorizontalSpacing(look.px(20))
        self._grid.setVerticalSpacing(look.px(12))
        self._grid.setColumnStretch(2, 1)
        for code, key in COMMANDS.items():
            self._row(key, look.say(f"command.{code}"), look.say(f"help.{code}"))
        for topic in _TOPICS:
            self._row("", look.say(f"help.topic.{topic}"), look.say(f"help.about.{topic}"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.column.addWidget(area, 1)
        self.check_button = button(f"{look.say('check.title')} F9", "", self.check)
        self.foot(self.check_button, button(look.say("help.close"), "main", self.accept))
        self.resize(min(look.px(_WIDTH), parent.width() - 40), min(look.px(_HEIGHT), parent.height() - 40))

    def _row(self, key: str, words: str, about: str) -> None:
        look, row = self.look, self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        if key:
            self._grid.addWidget(label(key, "section"), row, 0, top)
        head = label(words, "section")
        self._grid.addWidget(head, row, 1 if key else 0, 1, 1 if key else 2, top)
        said = Para(look, 17)
        said.setText(about)
        said.setMinimumHeight(said.heightForWidth(look.px(560)))
        self._grid.addWidget(said, row, 2)

    def check(self) -> None:
        """Close, and find out what is wrong between a scanner and the computer."""
        self.accept()
        self._check()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 closes what F1 opened; F9 goes on to the scanner check."""
        if event.key() == Qt.Key.Key_F1:
            self.accept()
        elif event.key() == Qt.Key.Key_F9:
            self.check()
        else:
            super().keyPressEvent(event)
