"""Taking in files by dialog: choose, watch, cancel, read what happened."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QWidget

from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Problem
from app.services import intake, products
from app.ui.bridge import Bridge, DeskLike
from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.fields import Segments
from app.ui.lettering import draw_fitted, fitted
from app.ui.look import Look
from app.ui.painted import Painted, Tapped
from app.ui.para import Para
from app.ui.shapes import card, icon, sign

__all__ = ["ImportDialog"]

_MOST_SHOWN = 300
_KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}
_ORDER_FIGURES = ("added", "changed", "same", "cancelled", "held", "flagged", "skipped")
_PRODUCT_FIGURES = ("added", "changed", "stocked")


class _Report(Painted):
    """Figures of the import, and each problem as one row with what to do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.figures: list[tuple[str, int, str]] = []
        self.problems: list[Problem] = []
        self.more = 0

    def show_report(self, figures: list[tuple[str, int, str]], problems: list[Problem]) -> None:
        """Show the figures, and the problems, the worst first."""
        self.figures = figures
        order = list(_KINDS)
        worst_first = sorted(problems, key=lambda found: order.index(level_of(found)))
        self.problems, self.more = worst_first[:_MOST_SHOWN], max(0, len(problems) - _MOST_SHOWN)
        told = [f"{words} {number}" for words, number, _ in figures]
        told += [self.look.say(found.key, **placeholders(found)) for found in self.problems]
        self.tell("\n".join(told))
        self._fit()
        self.update()

    def _row_high(self, found: Problem) -> int:
        look = self.look
        text = look.say(found.key, **placeholders(found))
        wide = max(200, self.width() - look.px(300))
        lines = len(fitted(text, wide, 10_000, look.px(17), look.px(17), 20).lines)
        return max(look.px(62), round(look.px(17) * 1.22 * lines) + look.px(22))

    def _fit(self) -> None:
        rows = sum(self._row_high(found) for found in self.problems)
        self.setMinimumHeight(self.look.px(100) + rows + self.look.px(40) * bool(self.more))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(10))
        each = (box.width() - gap * (len(self.figures) - 1)) / max(1, len(self.figures))
        for place, (words, number, colour) in enumerate(self.figures):
            cell = QRectF(place * (each + gap), 0, each, look.px(80))
            self.draw_card(painter, cell)
            inner = cell.adjusted(look.px(12), look.px(8), -look.px(6), -look.px(6))
            top = QRectF(inner.left(), inner.top(), inner.width(), look.px(22))
            draw_fitted(painter, top, words, look.colour("soft"), look.px(15), look.px(10), most=1)
            under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
            ink = look.colour(colour if number else "soft")
            draw_fitted(painter, under, str(number), ink, look.px(32), look.px(15), most=1, bold=True)
        top_of_rows = float(look.px(94))
        for found in self.problems:
            high = self._row_high(found)
            self._row(painter, QRectF(0, top_of_rows, box.width(), high), found)
            top_of_rows += high
        if self.more:
            foot = QRectF(0, top_of_rows, box.width(), look.px(36))
            text = look.say("window.import.more", count=self.more)
            draw_fitted(painter, foot, text, look.colour("soft"), look.px(16), look.px(12), most=1)

    def _row(self, painter: QPainter, row: QRectF, found: Problem) -> None:
        look = self.look
        ink, ground, _ = look.palette.kind(_KINDS[level_of(found)])
        painter.fillRect(row, look.colour("paper"))
        painter.fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), look.colour("line"))
        side = float(look.px(32))
        disc = QRectF(row.left() + look.px(10), row.center().y() - side / 2, side, side)
        card(painter, disc, self.colour(ground), self.colour(ground), side / 2, 0)
        mark = disc.adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22)
        sign(painter, mark, _KINDS[level_of(found)], self.colour(ink))
        at = QRectF(disc.right() + look.px(14), row.top() + look.px(8), look.px(220), row.height() - look.px(16))
        where = look.say("window.import.where", file=found.file, row=found.row) if found.row else found.file
        if found.column:
            where += "\n" + found.column
        draw_fitted(painter, at, where, look.colour("soft"), look.px(15), look.px(10), most=3)
        text = QRectF(at.right() + look.px(12), row.top(), row.right() - at.right() - look.px(20), row.height())
        words = look.say(found.key, **placeholders(found))
        draw_fitted(painter, text, words, look.colour("ink"), look.px(17), look.px(12), most=20)


class _Drop(Tapped):
    """Where files may be dropped, or chosen by a tap."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.dropped: Callable[[list[Path]], None] = lambda _paths: None
        """Called with the files."""
        self.setAcceptDrops(True)
        self.tell(look.say("window.import.drop"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer only."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files in."""
        self.dropped([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.places = [(box, "choose")]
        self.draw_card(painter, box, "chosen" if self.over else "paper")
        painter.setPen(QPen(look.colour("soft"), look.px(2), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = look.px(16)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), look.px(10), look.px(10))
        side = min(float(look.px(72)), box.height() * 0.3)
        at = QRectF(box.center().x() - side / 2, box.center().y() - side * 0.95, side, side)
        icon(painter, at, "orders", look.colour("brand"))
        text = QRectF(box.left() + 2 * inset, at.bottom() + look.px(12), box.width() - 4 * inset, look.px(60))
        words = look.say("window.import.drop")
        draw_fitted(
            painter, text, words, look.colour("brand"), look.px(24), look.px(14), most=2, bold=True, align="centre"
        )


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
        self.report = _Report(look)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.report)
        for part in (self.text, self.bar, self.count):
            self.column.addWidget(part)
        self.column.addWidget(self.area, 1)
        self.drop = _Drop(look)
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
