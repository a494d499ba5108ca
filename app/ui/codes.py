"""Codes on the screen: Data Matrix for commands, Code 128 for order numbers; libraries are loaded at the first one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

__all__ = ["draw_bars", "draw_matrix", "matrix"]

_QUIET = 1
"""Modules of white around a 2-D code; one is required."""


@lru_cache(maxsize=64)
def matrix(text: str) -> QImage:
    """Return the Data Matrix of *text*, one pixel a module, without its quiet zone."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)  # gives its pixels by the buffer protocol
    view = memoryview(drawn)
    high, wide = view.shape or (0, 0)
    return QImage(view.tobytes(), wide, high, wide, QImage.Format.Format_Grayscale8).copy()


def draw_matrix(painter: QPainter, box: QRectF, text: str) -> None:
    """Draw the code on white in whole device pixels, so that its edges are sharp."""
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(box, 4, 4)
    image = matrix(text)
    ratio = painter.device().devicePixelRatioF()
    module = max(1, int(box.width() * ratio / (image.width() + 2 * _QUIET))) / ratio
    target = QRectF(0, 0, image.width() * module, image.height() * module)
    target.moveCenter(box.center())
    target.moveTopLeft(
        (target.topLeft() * ratio).toPoint().toPointF() / ratio  # on the grid of the screen
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(target, image)
    painter.restore()


@lru_cache(maxsize=16)
def _modules(text: str) -> str:
    import barcode

    return str(barcode.get("code128", text).build()[0])


def draw_bars(painter: QPainter, box: QRectF, text: str) -> None:
    """Draw *text* as Code 128 with its quiet zones, on white."""
    painter.fillRect(box, QColor("#FFFFFF"))
    modules = _modules(text)
    ratio = painter.device().devicePixelRatioF()
    each = max(1, int(box.width() * ratio / (len(modules) + 20))) / ratio
    left = round((box.center().x() - each * len(modules) / 2) * ratio) / ratio
    for place, module in enumerate(modules):
        if module == "1":
            painter.fillRect(QRectF(left + place * each, box.top() + 6, each, box.height() - 12), QColor("#000000"))
