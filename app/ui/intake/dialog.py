"""Taking in files by dialog: choose or drop them here, watch, stop. What came of them is the report's screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.drop_area import DropArea
from app.ui.fields import Segments
from app.ui.intake.taking import Taking
from app.ui.para import Para

__all__ = ["ImportDialog"]

_KINDS = {"": "intake.by_content", "orders": "window.import.orders", "products": "window.import.products"}
_FILES = "CSV, TSV, Excel (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)"


class ImportDialog(Dialog):
    """Orders or products from files."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        look = window.look
        super().__init__(look, window, look.say("window.import.title"))
        self._window = window
        self._taking: Taking = window.arrivals.taking
        self.kind = Segments(look)
        self.kind.offer(tuple((kind, look.say(key)) for kind, key in _KINDS.items()), "")
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addStretch(1)
        self.column.addLayout(row)
        self.text = Para(look, 18)
        self.bar = QProgressBar()
        self.count = label("", "soft")
        for part in (self.text, self.bar, self.count):
            self.column.addWidget(part)
        self.drop = DropArea(look, "window.import.drop")
        self.drop.dropped = self.begin
        self.drop.tapped.connect(lambda _name: self.choose())
        self.space = QWidget()
        self.column.addWidget(self.drop, 1)
        self.column.addWidget(self.space, 1)
        self.choose_button = button(look.say("window.import.choose"), "main", self.choose)
        self.stop_button = button(look.say("window.import.cancel"), "", self._taking.stop)
        self.close_button = button(look.say("window.close"), "", self.accept)
        self.foot(self.stop_button, self.close_button, self.choose_button)
        self._taking.changed.connect(self.show_progress)
        self._taking.done.connect(self._close)
        self.show_progress()
        self.resize(look.px(980), look.px(560))

    def show_progress(self) -> None:
        """Show how far it is; it goes on when the dialog is closed."""
        say, taking = self.look.say, self._taking
        running = taking.running
        for part in (self.kind, self.drop, self.choose_button):
            part.setVisible(not running)
        for other in (self.bar, self.count, self.space, self.stop_button):
            other.setVisible(running)
        self.text.setText(taking.names if running else say("window.import.explain"))
        self.stop_button.setEnabled(not taking.stopping)
        self.bar.setRange(0, 0 if taking.share is None else 1000)
        self.bar.setValue(int((taking.share or 0) * 1000))
        self.count.setText(say("window.import.so_far", count=taking.count) if taking.count else "")

    def choose(self) -> None:
        """Ask for files."""
        several = PathDialog.FileMode.ExistingFiles

        def chosen(names: list[str]) -> None:
            self.begin([Path(name) for name in names])

        title = self.look.say("window.import.choose")
        PathDialog(self._window, title, chosen, several, [_FILES, "* (*)"], parent=self).open()

    def begin(self, paths: list[Path]) -> None:
        """Take these files in."""
        if paths and not self._taking.running:
            self._window.arrivals.begin(paths, self.kind.value)

    def _close(self, _taken: object) -> None:
        self.accept()

    def reject(self) -> None:
        """Esc while files are read stops the reading, not the dialog."""
        if self._taking.running:
            self._taking.stop()
        else:
            super().reject()
