"""Small pictures for lists: read and made small beside the window, then drawn when they are there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPixmap, QPixmapCache

from app.ui.bridge import Bridge
from app.ui.shapes import read_picture, side_of

__all__ = ["Thumbs"]

_AT_ONCE = 24
"""Pictures read in one go: about what a list shows."""
_MOST_WAITING = 120
"""Pictures that wait; older ones were scrolled past."""


class Thumbs:
    """Gives pictures that are there already; reads the others and says when there is more to draw."""

    def __init__(self, bridge: Bridge, changed: Callable[[], object]) -> None:
        """*changed* is called when more pictures can be drawn."""
        self._bridge, self._changed = bridge, changed
        self._waiting: dict[str, tuple[str, int]] = {}
        self._busy = False

    def picture(self, path: str, wanted: QSizeF) -> QPixmap | None:
        """Return a picture at about this size; None where there is none, or while it is being read."""
        side = side_of(wanted)
        key, found = f"{path}@{side}", QPixmap()
        if QPixmapCache.find(key, found):
            return None if found.width() <= 1 else found
        self._waiting.pop(key, None)
        self._waiting[key] = (path, side)
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.pop(next(iter(self._waiting)))
        self._read()
        return None

    def _read(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        newest = [self._waiting.popitem() for _ in range(min(_AT_ONCE, len(self._waiting)))]

        def read() -> list[tuple[str, QImage]]:
            return [(key, read_picture(*what)) for key, what in newest]

        self._bridge.work(read, self._put)

    def _put(self, found: list[tuple[str, QImage]]) -> None:
        self._busy = False
        for key, image in found:
            QPixmapCache.insert(key, QPixmap(1, 1) if image.isNull() else QPixmap.fromImage(image))
        self._changed()
        self._read()
