"""Seen instead of scanned: what a camera shows at the bench, and picture files dropped on the window.

Other files that are dropped are taken in (:mod:`app.ui.intake.arrivals`).

A camera is told what the open order expects; its picture stands in the corner of the bench, and a tap makes it small.
A code in a picture counts only where it proves itself or the open order expects it; another one is named as not sure,
and nothing is done with it. Pictures are read on a thread of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QTimer
from PySide6.QtGui import QDropEvent

from app.errors import StationError
from app.ui.drop_area import files_of
from app.ui.live import LivePicture
from app.ui.machines import Pictured

__all__ = ["SUFFIXES", "Read", "Sight", "read", "sorted_out"]

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".jp2", ".ppm", ".pgm"})
"""Ends of names of pictures; whether a file is one is seen when it is opened."""
_MOST = 20
"""Pictures taken at once."""
_SAID_MS = 12_000
_LARGE, _SMALL, _GAP = (288, 162), (112, 63), 14
"""Size of the camera's picture at the bench, as it is and when it was tapped, and room left around it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one picture said."""

    file: str
    scan: str = ""
    """Text to take as a scan."""
    key: str = ""
    """Else the sentence why there is none."""
    codes: str = ""
    """What was seen, for that sentence."""
    error: StationError | None = None
    """It could not be opened."""


class Sight(QObject):
    """Takes dropped pictures for the window, shows a camera's, and knows what the open order expects."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        super().__init__(window)
        self._window = window
        self.expected: frozenset[str] = frozenset()
        """Codes that the open order expects; kept up to date while a camera looks."""
        self.live: LivePicture | None = None
        """The camera's picture over the bench; None until there is a camera."""
        self._camera: Any = None
        self._large = True
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.readers.changed.connect(self.render_all)
        window.stack.currentChanged.connect(self.render_all)

    # --- the camera ---

    def refresh(self) -> None:
        """Learn what the order expects now; without a camera nobody asks."""
        window = self._window
        if window.desk is not None and "camera" in window.readers.states:
            from app.services.expected import expected_codes

            window.bridge.ask(window.desk.read(expected_codes, window.desk.station), self._expect)

    def _expect(self, expected: frozenset[str]) -> None:
        self.expected = expected

    def render_all(self, *_: object) -> None:
        """Show the camera's picture in the corner of the bench while there is a camera."""
        window = self._window
        camera = window.readers.reader("camera")
        if camera is not self._camera:
            self._camera = camera
            if camera is not None and hasattr(camera, "shown"):
                camera.shown.connect(self._show)
            self.refresh()
        if camera is not None and self.live is None:
            self.live = LivePicture(window.look)
            self.live.setParent(window.centralWidget())
            self.live.tapped.connect(self._resize)
        if self.live is not None:
            if camera is None:
                self.live.show_picture(None)
            self.live.setVisible(camera is not None and window.stack.currentWidget() is window.pack)
            self._place()

    def _show(self, shown: Any) -> None:
        if self.live is not None and self.live.isVisible():
            self.live.show_picture(shown)

    def _resize(self) -> None:
        self._large = not self._large
        self._place()

    def _place(self) -> None:
        if self.live is None:
            return
        look, stack = self._window.look, self._window.stack
        wide, high = _LARGE if self._large else _SMALL
        self.live.resize(look.px(wide), look.px(high))
        corner = stack.mapTo(self._window.centralWidget(), QPoint(0, stack.height()))
        gap = look.px(_GAP)
        self.live.move(corner.x() + gap, corner.y() - self.live.height() - gap)
        self.live.raise_()

    # --- pictures ---

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files that are dragged over the window and dropped, pictures to be read; stay in the corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._place)
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            pictures, files = sorted_out(event.mimeData())
            if pictures or files:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    if pictures:
                        self.read(pictures)
                    if files:
                        self._window.arrivals.drop(files)
            return bool(pictures or files)
        return False

    def read(self, paths: Sequence[Path]) -> None:
        """Read picture files, and do with each what scanning its code does."""
        window = self._window
        if window.desk is None:
            return
        from app.services.expected import expected_codes

        window.notice.say("info", window.look.say("camera.picture.reading", count=len(paths)), 0)
        window.bridge.ask(
            window.desk.read(expected_codes, window.desk.station),
            lambda expected: window.bridge.work(lambda: read(paths, expected), self._tell),
        )

    def _tell(self, pictures: Iterable[Read]) -> None:
        from app.services.desk import new_act

        window = self._window
        window.notice.clear()
        for each in pictures:
            if each.scan:
                window.take(Pictured(each.scan, new_act(), raw=each.scan))
            elif each.error is not None:
                window.show_error(each.error)
            else:
                window.notice.say("warning", window.look.say(each.key, file=each.file, codes=each.codes), _SAID_MS)


def sorted_out(data: QMimeData) -> tuple[list[Path], list[Path]]:
    """Return the pictures among what is dragged, and the other files; of other computers nothing is taken."""
    paths = files_of(data)
    pictures = [path for path in paths if path.suffix.lower() in SUFFIXES]
    return pictures[:_MOST], [path for path in paths if path not in pictures]


def read(paths: Iterable[Path], expected: frozenset[str]) -> list[Read]:
    """Read pictures, in their order.

    :param expected: what the open order expects (:func:`app.services.expected.expected_codes`).
    """
    return [_read(path, expected) for path in paths]


def _read(path: Path, expected: frozenset[str]) -> Read:
    from app.domain.viewing import sendable
    from app.services.decoding import read_picture

    try:
        found = read_picture(path, expected)
    except StationError as error:
        return Read(path.name, error=error)
    what = sendable(found, expected)
    texts = list(dict.fromkeys(each.look.text for each in found))
    if what.sure:
        return Read(path.name, what.sure[0].look.scan_text)
    if not texts:
        return Read(path.name, key="camera.picture.none")
    key = "camera.picture.several" if len(texts) > 1 else "camera.picture.unsure"
    return Read(path.name, key=key, codes=", ".join(texts)[:120])
