"""A walk through everything the window shows, and what was really drawn there: every text with its ink and its ground.

Texts that the program draws are caught at the painter; the ground below each is what the same picture shows without
them. Standard widgets draw by themselves: their ground is the colour that fills them, their ink the one that differs
most from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from app.plugins import resource_root
from app.ui.play import Player
from app.ui.station import SCREENS
from tests.makers import set_to
from tests.services.shipping import CUP, ICE, TEA, Warehouse
from tests.ui import guard_shop as shop
from tests.ui.test_loop import label, released, slip

__all__ = ["Text", "bench", "contrast", "drawn", "guards", "luminance", "others", "texts_of", "typed"]

UNKNOWN = "4569951110016"


def bench(player: Player, house: Warehouse) -> Iterator[str]:
    """Lead the bench through its states; yield the name of each while it is shown."""
    yield "nothing open"
    released(house, "A", "B", "C", "D", note="割れ物です。ていねいに包んでください。", cod_amount="5500")
    player.scan(slip(house, "A"))
    yield "next item"
    player.scan(ICE.piece)
    yield "wrong item"
    player.scan(UNKNOWN)
    yield "unknown code"
    player.key("Esc")
    player.key("F4")
    yield "question"
    player.key("Esc")
    player.scan(TEA.piece)
    yield "right item"
    player.scan(slip(house, "C"))
    yield "another slip"
    player.scan(CUP.piece)
    yield "waybill"
    player.scan(label(house, "C"))
    yield "wrong waybill"
    player.window.begin()
    yield "typing"
    player.window.end()
    player.scan(label(house, "A"))
    yield "closed"


def guards(player: Player, house: Warehouse) -> Iterator[str]:
    """Lead the bench through what it asks about lots, dates, serials and numbers, and through what it stops."""
    shop.fill(house.database)
    set_to(house.database, carrier_default="")
    wanted = ("CUR-200", 2), ("MLK-010", 1), ("WAT-001", 4), ("SCR-100", 3), ("SOC-RED", 1), ("WIN-750", 8)
    shop.take(house.database, "Z-1", *wanted)
    assert player.scan("Z-1") == "order.opened"
    yield "lot to take"
    gone = f"(01)0{shop.CURRY}(17){shop.six(shop.day(-3))}(10)L-2509"
    for state, code, key in (
        ("lot asked", shop.CURRY, "lot.ask"),
        ("expired", gone, "lot.expired"),
        ("serial asked", shop.WATCH, "serial.ask"),
        ("case of serials", shop.WATCH_CASE, "guard.each_serial"),
        ("which of two", shop.RED, "which.ask"),
        ("case of look-alikes", shop.WINE_CASE, "guard.unit_scan"),
        ("shelf", "KS-A-01-01", "label.shelf"),
    ):
        said = player.scan(code)
        assert said == key, (state, said)
        yield state
        player.key("Esc")


def others(player: Player, house: Warehouse) -> Iterator[str]:
    """Bring the other screens to the front, with orders on them, then the help."""
    released(house, "A", "B")
    for name in SCREENS:
        player.go(name)
        yield name
    player.window.arrivals.drop([resource_root() / "demo" / "shopify.csv"])
    report = player.window.screens["intake"]
    player.wait(lambda: player.window.stack.currentWidget() is report and bool(report.model.rows))
    player.rest(0.1)
    yield "import report"
    report.act("intake_mend")
    player.rest(0.1)
    yield "value mended in its row"
    report.field.end(keep=False)
    report.act("intake_list")
    player.wait(lambda: report.showing == "imports" and bool(report.model.rows))
    yield "imports"
    player.window.help()
    player.rest(0.1)
    yield "help"
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it was drawn."""

    widget: QWidget
    """What drew it."""
    words: str
    box: QRectF
    """Where, in the widget."""
    ink: QColor
    pixels: int
    """Size of its letters."""


@contextmanager
def drawn(monkeypatch: Any, show: bool) -> Iterator[list[Text]]:
    """Catch every text that the program draws; *show* says whether it is drawn as well."""
    caught: list[Text] = []
    original = QPainter.drawText

    def draw_text(painter: QPainter, *args: Any) -> Any:
        words = next(each for each in reversed(args) if isinstance(each, str))
        metrics = QFontMetricsF(painter.font())
        if isinstance(args[0], QRectF):
            flags = args[1]
            box = metrics.boundingRect(args[0], int(getattr(flags, "value", flags)), words)
        else:
            x, y = (args[0], args[1]) if isinstance(args[0], int) else (args[0].x(), args[0].y())
            box = metrics.tightBoundingRect(words).translated(x, y)
        widget = painter.device()
        if isinstance(widget, QWidget) and words.strip():
            ink = painter.pen().color()
            caught.append(Text(widget, words, painter.transform().mapRect(box), ink, painter.font().pixelSize()))
        return original(painter, *args) if show else None

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", draw_text)
        yield caught


def texts_of(window: QWidget, monkeypatch: Any) -> Iterator[tuple[Text, list[QColor]]]:
    """Yield every text drawn in a window with the colours that lie below its strokes."""
    with drawn(monkeypatch, show=True) as caught:
        whole = window.grab().toImage()
    with drawn(monkeypatch, show=False):
        bare = window.grab().toImage()
    for text in caught:
        place = text.widget.mapTo(window, QPoint(0, 0))
        shown = text.widget.visibleRegion().boundingRect().translated(place)
        at = text.box.translated(place).toAlignedRect().intersected(shown).intersected(whole.rect())
        grounds = {below for seen, below in zip(_pixels(whole, at), _pixels(bare, at), strict=True) if seen != below}
        if grounds:
            yield text, [QColor(ground) for ground in grounds]


def _pixels(image: QImage, box: QRect) -> list[int]:
    if box.isEmpty():
        return []
    part = image.copy(box).convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(part.constBits()).cast("I").tolist()


def typed(window: QWidget) -> Iterator[tuple[QWidget, str, QColor, QColor]]:
    """Yield the standard widgets that can be used and bear words: widget, words, ink, ground."""
    large = QImage(window.size() * _LARGER, QImage.Format.Format_RGB32)
    large.setDevicePixelRatio(_LARGER)
    window.render(large)
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) or not widget.isVisible():
            continue
        words = widget.text() or (widget.placeholderText() if isinstance(widget, QLineEdit) else "")
        seen = widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))
        if words.strip() and widget.isEnabled() and seen.height() >= widget.height():
            inner = seen.adjusted(3, 3, -3, -3)
            corner = QPoint(inner.left() * _LARGER, inner.top() * _LARGER)
            yield widget, words, *_two_colours(_pixels(large, QRect(corner, inner.size() * _LARGER)))


_LARGER = 3
"""Standard widgets are drawn so many times as large, so that strokes have a core without mixed edges."""


def _two_colours(pixels: list[int]) -> tuple[QColor, QColor]:
    """Return ink and ground: the colour that fills most, and the one that differs most from it."""
    found = Counter(pixels)
    ground = QColor(found.most_common(1)[0][0])
    cores = [QColor(value) for value, count in found.items() if count >= 6]
    return max(cores, key=lambda colour: contrast(colour, ground)), ground


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
