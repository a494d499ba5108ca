"""The picture of a product: shown, chosen from a file, taken with the bench's camera."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.dialogs import PathDialog, button
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.photographer import jpeg_of
from app.ui.shapes import draw_picture, pictured

__all__ = ["PictureField", "PictureView"]

_FILTERS = ("JPEG, PNG, WebP (*.jpg *.jpeg *.png *.webp *.bmp *.gif)", "* (*)")


class PictureView(Painted):
    """One picture as large as it fits."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.path = self.sku = ""
        self._image: QPixmap | None = None

    def show_picture(self, path: str, sku: str, image: QImage | None = None) -> None:
        """Show the picture of a product, or one that the camera took just now."""
        self.path, self.sku = path, sku
        self._image = QPixmap.fromImage(image) if image is not None else None
        self.tell(path or sku)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        radius = self.look.px(10)
        if self._image is not None:
            draw_picture(painter, self.look, box, self._image, self.sku, radius)
        else:
            pictured(painter, self.look, box, self.path, self.sku, radius)


class PictureField(QWidget):
    """A picture with what can be done about it."""

    changed = Signal(str)
    """The path, whenever another picture was chosen; empty for none, or for one that the camera took."""
    refused = Signal(str)
    """Why no picture was taken, as a sentence."""

    def __init__(self, window: Any, high: int) -> None:
        """*window* is the main window; *high* is the height of the picture."""
        super().__init__()
        look: Look = window.look
        self._look, self._window = look, window
        self._sku = ""
        self.text = ""
        """Path of the picture; empty where there is none."""
        self.shot: bytes | None = None
        """A JPEG that the camera took and that is not kept yet."""
        self.view = PictureView(look)
        self.view.setFixedHeight(look.px(high))
        say = look.say
        self.choose_button = button(say("window.products.picture.choose"), "", self.ask)
        self.shoot_button = button(say("window.products.picture.shoot"), "", self.shoot)
        self.away_button = button(say("window.products.picture.away"), "", lambda: self.take(""))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for each in (self.choose_button, self.shoot_button, self.away_button):
            row.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        whole.addWidget(self.view)
        whole.addLayout(row)
        self.put("")

    def put(self, text: str) -> None:
        """Show a path; nobody chose it here."""
        self.text, self.shot = text, None
        self._show()

    def name_it(self, sku: str) -> None:
        """Take the SKU whose first letters stand there without a picture."""
        self._sku = sku
        self._show()

    def _show(self, image: QImage | None = None) -> None:
        if image is not None or self.shot is None:
            self.view.show_picture(self.text, self._sku, image)
        self.away_button.setEnabled(bool(self.text or self.shot))

    def ask(self) -> None:
        """Ask for a file."""
        title = self._look.say("window.products.picture.title")
        PathDialog(
            self._window, title, lambda paths: self.take(str(Path(paths[0]).absolute())), filters=_FILTERS, parent=self
        ).open()

    def take(self, path: str) -> None:
        """Take another file, or none."""
        before = (self.text, self.shot)
        self.put(path)
        if before != (path, None):
            self.changed.emit(path)

    def shoot(self) -> None:
        """Take what the camera sees."""
        image = self._window.readers.picture()
        if image is None:
            self.refused.emit(self._look.say("window.products.picture.no_camera"))
            return
        self.text, self.shot = "", jpeg_of(image)
        self._show(image)
        self.changed.emit("")
