"""Taking in files by dialog: choose, watch, cancel, read what happened."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QWidget

from app.services import intake, products
from app.ui.bridge import Bridge, DeskLike
from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.drop_area import DropArea
from app.ui.fields import Segments
from app.ui.look import Look
from app.ui.para import Para
from app.ui.report import Report

__all__ = ["ImportDialog"]

_ORDER_FIGURES = ("added", "changed", "same", "cancelled", "held", "flagged", "skipped")
_PRODUCT_FIGURES = ("added", "changed", "stocked")


class ImportDialog(Dialog):
    """Orders or products from files; the work is done on a thread of its own and lets scans through."""

    def __init__(self, look: Look, window: Any, bridge: Bridge, desk: DeskLike) -> None:
        """*window* is the main window."""
        super().__init__(look, window, look.say("window.import.title"))
        self._window, self._bridge, self._desk = window, bridge, desk
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._told = 0.0
        self.kind = Segments(look)
        kinds = tuple((kind, look.say(f"window.import.{kind}")) for kind in ("orders", "products"))
        self.kind.offer(kinds, "orders")
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addStretch(1)
        self.column.addLayout(row)
        self.text = Para(look, 18)
        self.text.setText(look.say("window.import.explain"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.count = label("", "soft")
        self.report = Report(look)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.report)
        for part in (self.text, self.bar, self.count):
            self.column.addWidget(part)
        self.column.addWidget(self.area, 1)
        self.drop = DropArea(look, "window.import.drop")
        self.drop.dropped = self.begin
        self.drop.tapped.connect(lambda _name: self.choose())
        self.space = QWidget()
        self.column.addWidget(self.drop, 1)
        self.column.addWidget(self.space, 1)
        self.choose_button = button(look.say("window.import.choose"), "main", self.choose)
        self.stop_button = button(look.say("window.import.cancel"), "", self.stop)
        self.close_button = button(look.say("window.close"), "", self.close)
        self.foot(self.stop_button, self.close_button, self.choose_button)
        self._show("choose")
        self.resize(look.px(980), look.px(560))

    def _show(self, step: str) -> None:
        self.kind.setVisible(step == "choose")
        self.text.setVisible(step != "report")
        self.bar.setVisible(step == "running")
        self.count.setVisible(step == "running")
        self.area.setVisible(step == "report")
        self.drop.setVisible(step == "choose")
        self.space.setVisible(step == "running")
        self.stop_button.setVisible(step == "running")
        self.close_button.setVisible(step != "running")
        self.choose_button.setVisible(step != "running")

    def choose(self) -> None:
        """Ask for files."""
        title, filters = self.look.say("window.import.choose"), ["CSV (*.csv *.txt *.tsv)", "* (*)"]
        several = PathDialog.FileMode.ExistingFiles

        def chosen(names: list[str]) -> None:
            self.begin([Path(name) for name in names])

        PathDialog(self._window, title, chosen, several, filters, parent=self).open()

    def begin(self, paths: list[Path]) -> None:
        """Take these files in."""
        if not paths or self._thread is not None:
            return
        self._stop.clear()
        self._show("running")
        self.text.setText(", ".join(path.name for path in paths))
        self.bar.setValue(0)
        self.count.setText("")
        kind = self.kind.value
        self._thread = threading.Thread(target=self._work, args=(paths, kind), name="kenpin-import", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop after the chunk in hand; what was taken in stays."""
        self._stop.set()
        self.stop_button.setEnabled(False)

    def reject(self) -> None:
        """Esc while files are read cancels the reading, not the dialog."""
        if self._thread is not None:
            self.stop()
        else:
            super().reject()

    def _work(self, paths: list[Path], kind: str) -> None:
        desk: Any = self._desk
        try:
            if kind == "orders":
                report: Any = intake.import_files(desk, paths, progress=self._progress, cancelled=self._stop.is_set)
            else:
                report = products.import_products(desk, paths, progress=self._progress, cancelled=self._stop.is_set)
        except BaseException as error:  # noqa: BLE001 - shown in the window's thread, never lost
            self._bridge.send(lambda failed=error: self._failed(failed))  # type: ignore[misc]
            return
        self._bridge.send(lambda: self._finished(report, kind))

    def _progress(self, read: int, whole: int, number: int) -> None:
        now = time.monotonic()
        if now - self._told > 0.06:
            self._told = now
            self._bridge.send(lambda: self._show_progress(read, whole, number))

    def _show_progress(self, read: int, whole: int, number: int) -> None:
        if self._thread is not None:
            if read:
                self.bar.setRange(0, 1000)
                self.bar.setValue(min(1000, read * 1000 // max(1, whole)))
            else:
                self.bar.setRange(0, 0)
            self.count.setText(self.look.say("window.import.so_far", count=number))

    def _finished(self, report: Any, kind: str) -> None:
        self._thread = None
        self.stop_button.setEnabled(True)
        say = self.look.say
        counts = report.orders if kind == "orders" else {name: getattr(report, name) for name in _PRODUCT_FIGURES}
        colours = {"added": "ok", "changed": "info", "held": "error", "flagged": "warning", "stocked": "ok"}
        names = _ORDER_FIGURES if kind == "orders" else _PRODUCT_FIGURES
        figures = [
            (say(f"window.import.{kind}.{name}"), counts.get(name, 0), colours.get(name, "soft")) for name in names
        ]
        self.head.setText(say("window.import.stopped" if report.stopped else "window.import.result"))
        self._show("report")
        QTimer.singleShot(0, lambda: self.report.show_report(figures, list(report.problems)))
        self.report.show_report(figures, list(report.problems))

    def _failed(self, error: BaseException) -> None:
        self._thread = None
        self.stop_button.setEnabled(True)
        self._show("choose")
        self._bridge.on_error(error)
        self.close()
