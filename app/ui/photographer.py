"""Takes pictures with the bench's camera: the open box when it is closed, and goods that have no picture yet.

The frame is taken the moment the answer is there; whether it is wanted, making it small and keeping it happen beside
the next scan. What goes wrong is said once, until it works again, and nothing waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

from app.errors import StationError
from app.services.answers import Answer, of_error

if TYPE_CHECKING:  # it comes with the database's library, which is loaded after the first paint
    from app.ui.window import MainWindow

__all__ = ["Photographer", "jpeg_of"]

_SHOWN_MS = 3_000
_SAID_MS = 10_000
_THUMB = (200, 150)
_MARGIN = 18


class Photographer(QObject):
    """Looks at each answer and, where a picture is wanted, takes what the camera sees."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._said: set[str] = set()
        self._tried: set[str] = set()
        """Goods whose picture was asked for since the program began: once each."""
        self.thumb = QLabel(window.pack)
        """The last photo, for a moment in the corner of the bench."""
        self.thumb.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.thumb.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.thumb.hide()
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.thumb.hide)

    def answered(self, answer: Answer) -> None:
        """Take a picture where this answer asks for one; the last one leaves the screen to the next scan."""
        self.thumb.hide()
        if answer.repeat or answer.level not in ("ok", "noted"):
            return
        if answer.key.startswith("order.closed"):
            self._box(answer)
        elif answer.key.startswith("pack.") and answer.level == "ok":
            self._goods(answer)

    # --- the open box ---

    def _box(self, answer: Answer) -> None:
        desk, order = self._window.desk, answer.order_id
        if desk is None or order is None:
            return
        from app.services import photos

        image = self._window.readers.picture()
        self._window.bridge.ask(desk.read(photos.wanted, order), lambda why: self._wanted(why, order, image))

    def _wanted(self, why: str, order: int, image: QImage | None) -> None:
        desk: Any = self._window.desk
        if not why or desk is None:
            return
        if image is None:
            self._say_once("photo.no_camera")
            return
        folder = self._window.station.config.folder

        def keep() -> str:
            from app.services import photos

            return photos.take(desk, folder, order, jpeg_of(image))

        self._window.bridge.work(keep, lambda _: self._kept(image), self._failed)

    def _kept(self, image: QImage) -> None:
        self._said.clear()
        look, thumb = self._window.look, self.thumb
        size = look.px(_THUMB[0]), look.px(_THUMB[1])
        kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = QPixmap.fromImage(image).scaled(*size, kept, smooth)
        thumb.setPixmap(small)
        thumb.setAccessibleName(look.say("photo.kept"))
        thumb.resize(small.size())
        pack, margin = self._window.pack, look.px(_MARGIN)
        thumb.move(pack.width() - small.width() - margin, self._window.pack.header.height() + margin)
        thumb.show()
        thumb.raise_()
        self._hide.start(_SHOWN_MS)

    # --- goods without a picture ---

    def _goods(self, answer: Answer) -> None:
        desk: Any = self._window.desk
        sku, full = str(answer.args.get("sku", "")), self._window.pack.view.full
        line = next((each for each in full.lines if each.sku == sku), None) if full is not None else None
        if desk is None or line is None or line.picture or sku in self._tried:
            return
        image = self._window.readers.picture()
        if image is None:
            return
        self._tried.add(sku)
        folder = self._window.station.config.folder

        def keep() -> str:
            from app.services import pictures

            return pictures.put_picture(desk, folder, sku, jpeg_of(image))

        self._window.bridge.work(keep, lambda _: None, self._failed)

    # --- what goes wrong ---

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, StationError):
            self._say_once(error.key, of_error(self._window.look.words, error))
        else:
            self._window.show_error(error)

    def _say_once(self, key: str, text: str = "") -> None:
        if key not in self._said:
            self._said.add(key)
            self._window.notice.say("warning", text or self._window.look.say(key), _SAID_MS)


def jpeg_of(image: QImage) -> bytes:
    """Return a frame as a JPEG that may be kept."""
    from app.services import photos

    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    return photos.encoded(bytes(flat.constBits()), (flat.width(), flat.height()), flat.bytesPerLine())
