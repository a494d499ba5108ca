"""Files on their way in: taken in on a thread of its own, one set of files after the other, while scans go on.

There is one :class:`Taking` a window. Files come to it by dropping them anywhere on the window
(:mod:`app.ui.sight`) or by the dialog of the Orders screen; both show how far it is and can stop it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import card

__all__ = ["Taken", "Taking", "TakingStrip"]

_TELL_S = 0.06
"""Progress is told at most so often."""
_KINDS = ("orders", "products")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of some files."""

    orders: Any = None
    """The :class:`app.services.intake.Report`; None where no file was of orders."""
    products: Any = None
    """The :class:`app.services.products.ProductReport`; None where no file was of products."""
    unknown: tuple[Path, ...] = ()
    """Tables that no channel recognised."""

    @property
    def stopped(self) -> bool:
        """Whether a person stopped it."""
        return any(each is not None and each.stopped for each in (self.orders, self.products))


class Taking(QObject):
    """Takes files in for the window."""

    changed = Signal()
    """It began, came further, or ended."""
    done = Signal(object)
    """Some files are taken in: the :class:`Taken`."""
    failed = Signal()
    """Some could not be, and the window says why."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives desk and bridge."""
        super().__init__(window)
        self._window = window
        self._stop = threading.Event()
        self._told = 0.0
        self._waiting: list[tuple[tuple[Path, ...], str]] = []
        self.running = False
        self.names = ""
        """The files in hand."""
        self.share: float | None = 0.0
        """How far it is, 0 to 1; None where nobody can tell."""
        self.count = 0
        """Orders or products so far."""

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def begin(self, paths: Sequence[Path], kind: str = "") -> None:
        """Take files in, after those in hand.

        :param kind: ``orders`` or ``products``; empty recognises each file by its content.
        """
        if not paths or self._window.desk is None:
            return
        if self.running:
            self._waiting.append((tuple(paths), kind))
            return
        self._stop.clear()
        self.running, self.names, self.share, self.count = True, ", ".join(path.name for path in paths), 0.0, 0
        desk = self._window.desk
        self._window.bridge.work(lambda: self._work(desk, paths, kind), self._finished, self._failed)
        self.changed.emit()

    def stop(self) -> None:
        """Stop after the chunk in hand, and take in nothing that waits; what was taken in stays."""
        self._stop.set()
        self._waiting.clear()
        self.changed.emit()

    def _work(self, desk: Any, paths: Sequence[Path], kind: str) -> Taken:
        from app.services import intake, known_files, products  # the window is shown before they are loaded

        found = known_files.sort_out(desk, paths)
        if kind:
            found = known_files.Sorted(**{each: tuple(paths) if each == kind else () for each in _KINDS})
        made: dict[str, Any] = {}
        progress, cancelled = self._progress, self._stop.is_set
        if found.products:  # before the orders that name them
            made["products"] = products.import_products(desk, found.products, progress=progress, cancelled=cancelled)
        if (found.orders or found.unknown) and not self._stop.is_set():
            paths = [*found.orders, *found.unknown]
            made["orders"] = intake.import_files(desk, paths, progress=progress, cancelled=cancelled)
        return Taken(**made, unknown=found.unknown)

    def _progress(self, read: int, whole: int, number: int) -> None:
        now = time.monotonic()
        if now - self._told > _TELL_S:
            self._told = now
            self._window.bridge.send(lambda: self._came(read, whole, number))

    def _came(self, read: int, whole: int, number: int) -> None:
        if self.running:
            self.share, self.count = (min(1.0, read / max(1, whole)) if read else None), number
            self.changed.emit()

    def _finished(self, taken: Taken) -> None:
        self.running = False
        self.changed.emit()
        self.done.emit(taken)
        self._next()

    def _failed(self, error: BaseException) -> None:
        self.running = False
        self.changed.emit()
        self.failed.emit()
        self._window.show_error(error)
        self._next()

    def _next(self) -> None:
        if self._waiting and not self.running:
            self.begin(*self._waiting.pop(0))


class TakingStrip(Tapped):
    """How far files on their way in are, above whatever screen is in front; a tap on its button stops it."""

    def __init__(self, look: Look, taking: Taking) -> None:
        super().__init__(look)
        self._taking = taking
        taking.changed.connect(self.refresh)
        self.tapped.connect(lambda _: taking.stop())
        self.hide()

    def refresh(self) -> None:
        """Show how far it is now."""
        taking = self._taking
        self.setVisible(taking.running)
        if taking.running:
            self.setFixedHeight(self.look.px(46))
            self.tell(f"{taking.names} {self._said()}")
            self.setToolTip(taking.names)
            self.update()

    def _said(self) -> str:
        key = "intake.taking.stopping" if self._taking.stopping else "intake.taking.so_far"
        return self.look.say(key, count=self._taking.count)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, taking = self.look, self._taking
        ink, paper = look.colour("info"), look.colour("paper")
        strip = box.adjusted(look.px(8), look.px(4), -look.px(8), -look.px(4))
        card(painter, strip, look.colour("info_ground"), ink, look.px(10))
        stop = look.say("window.import.cancel")
        wide = QFontMetricsF(look.font(15, True)).horizontalAdvance(stop) + look.px(30)
        button = QRectF(strip.right() - wide - look.px(5), strip.top() + look.px(4), wide, strip.height() - look.px(8))
        card(painter, button, look.colour("chosen") if self.over else paper, look.colour("brand"), look.px(9), 2)
        draw_fitted(
            painter, button, stop, look.colour("brand"), look.px(15), look.px(11), most=1, bold=True, align="centre"
        )
        self.places = [] if taking.stopping else [(button, "stop")]
        said = self._said()
        wide = QFontMetricsF(look.font(16, True)).horizontalAdvance(said) + look.px(8)
        told = QRectF(button.left() - wide - look.px(14), strip.top(), wide, strip.height())
        draw_fitted(painter, told, said, ink, look.px(16), look.px(11), most=1, bold=True, align="right")
        whole = QRectF(told.left() - look.px(230), strip.center().y() - look.px(6), look.px(210), look.px(12))
        card(painter, whole, look.colour("blank"), look.colour("blank"), whole.height() / 2, 0)
        if taking.share is not None:
            part = QRectF(whole.left(), whole.top(), max(whole.height(), whole.width() * taking.share), whole.height())
            card(painter, part, look.colour("ok_fill"), look.colour("ok_fill"), whole.height() / 2, 0)
        text = QRectF(
            strip.left() + look.px(16), strip.top(), whole.left() - strip.left() - look.px(30), strip.height()
        )
        what = look.say("intake.taking.files", files=taking.names)
        draw_fitted(painter, text, what, ink, look.px(17), look.px(11), most=1, bold=True)
