"""Files on their way in: taken in on a thread of its own, one set of files after the other, while scans go on.

There is one :class:`Taking` a window. Files come to it by dropping them anywhere on the window
(:mod:`app.ui.sight`) or by the dialog of the Orders screen; both show how far it is and can stop it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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


Progress = Callable[[int, int, int], None]
Work = Callable[[Progress, Callable[[], bool]], "Taken"]
"""What is done on the thread: gets whom to tell how far it is, and whom to ask whether to stop."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of some files."""

    ids: tuple[int, ...] = ()
    """The imports that they are on record as."""
    unknown: tuple[Path, ...] = ()
    """Tables that no channel recognised."""
    stopped: bool = False
    """A person stopped it; what was taken in so far stays."""
    again: bool = False
    """They were read again."""


class Taking(QObject):
    """Takes files in for the window."""

    changed = Signal()
    """It began, came further, or ended."""
    done = Signal(object)
    """Some files are taken in: the :class:`Taken`."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives desk and bridge."""
        super().__init__(window)
        self._window = window
        self._stop = threading.Event()
        self._told = 0.0
        self._waiting: list[tuple[str, Work]] = []
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

    def begin(self, paths: Sequence[Path], kind: str = "", channel: str = "") -> None:
        """Take files in, after those in hand.

        :param kind: ``orders`` or ``products``; empty recognises each file by its content.
        :param channel: of orders; empty recognises it.
        """
        desk = self._window.desk
        if paths and desk is not None:
            self.run(", ".join(path.name for path in paths), partial(_take_in, desk, tuple(paths), kind, channel))

    def again(self, imports: Sequence[tuple[int, str]]) -> None:
        """Read the files of imports again, with the cells that were mended; ids and names of their files."""
        desk = self._window.desk
        if imports and desk is not None:
            self.run(", ".join(name for _, name in imports), partial(_again, desk, [each for each, _ in imports]))

    def run(self, names: str, work: Work) -> None:
        """Do *work* with the files *names*, after those in hand."""
        if self.running:
            self._waiting.append((names, work))
            return
        self._stop.clear()
        self.running, self.names, self.share, self.count = True, names, 0.0, 0
        self._window.bridge.work(lambda: work(self._progress, self._stop.is_set), self._finished, self._failed)
        self.changed.emit()

    def stop(self) -> None:
        """Stop after the chunk in hand, and take in nothing that waits; what was taken in stays."""
        self._stop.set()
        self._waiting.clear()
        self.changed.emit()

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
        self._window.show_error(error)
        self._next()

    def _next(self) -> None:
        if self._waiting and not self.running:
            self.run(*self._waiting.pop(0))


# What follows runs on the thread; the window is shown before these services are loaded.


def _take_in(
    desk: Any, paths: Sequence[Path], kind: str, channel: str, progress: Progress, cancelled: Callable[[], bool]
) -> Taken:
    from app.services import intake, known_files, products

    found = known_files.sort_out(desk, paths)
    if kind:
        found = known_files.Sorted(**{each: tuple(paths) if each == kind else () for each in _KINDS})
    ids: list[int] = []
    if found.products:  # before the orders that name them
        made = products.import_products(desk, found.products, progress=progress, cancelled=cancelled)
        ids += made.imports
    files = [*found.orders, *found.unknown]
    if files and not cancelled():
        report = intake.import_files(desk, files, channel=channel, progress=progress, cancelled=cancelled)
        ids += report.imports
    return Taken(tuple(ids), found.unknown, cancelled())


def _again(desk: Any, imports: Sequence[int], progress: Progress, cancelled: Callable[[], bool]) -> Taken:
    from app.services import imports as service

    ids: list[int] = []
    for each in imports:
        made = [] if cancelled() else service.run_again(desk, each, progress=progress, cancelled=cancelled).imports
        ids += made or [each]
    return Taken(tuple(ids), stopped=cancelled(), again=True)


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
