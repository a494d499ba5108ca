"""A paper or label on screen exactly as it comes out: from the dots that the printer gets, never drawn a second time.

:meth:`Preview.show_shown` takes a function that makes a :class:`Shown`; it runs beside the window, so that a slow paper
stops nobody. The newest request wins: a live preview may ask with every key that is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.papers import Rendered
from app.ui.bridge import Bridge
from app.ui.dialogs import Dialog, button
from app.ui.lettering import draw_fitted
from app.ui.listing import Fact, Facts
from app.ui.look import Look
from app.ui.painted import Painted

__all__ = ["PAPER_DPI", "Preview", "PreviewDialog", "Sheet", "Shown", "sheet_of_png", "shown_of", "told_of"]

PAPER_DPI = 200
"""Dots an inch of a paper for an office printer on the screen."""

ZOOMS = (1.0, 2.0, 4.0)
"""Pixels of the screen for a dot of the paper, beside the whole page."""
_STEP = 48
"""Pixels that an arrow key moves an enlarged page."""
_MOST_LINES = 5
"""Lines below the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page or label, in dots."""

    width: int
    height: int
    grey: bytes
    """One byte a dot, row after row, without padding: 0 black to 255 white."""
    dpi: int = 0
    """Dots an inch; 0 where nobody says."""

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height on paper in mm; zeros where the dots' size is not known."""
        return (self.width / self.dpi * 25.4, self.height / self.dpi * 25.4) if self.dpi else (0.0, 0.0)


def sheet_of_png(png: bytes, dpi: int = 0) -> Sheet:
    """Return the dots of a PNG picture. Safe on any thread.

    :raises ValueError: it is no picture.
    """
    image = QImage.fromData(QByteArray(png))
    if image.isNull():
        raise ValueError("no picture")
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, stride = grey.width(), grey.bytesPerLine()
    dots = bytes(grey.constBits())
    rows = dots if stride == wide else b"".join(dots[at : at + wide] for at in range(0, stride * grey.height(), stride))
    return Sheet(wide, grey.height(), rows, dpi)


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper to show."""

    pages: int
    """How many pages it has."""
    page: Callable[[int], Sheet]
    """Gives a page by its place, 0 for the first; called beside the window, when the page is turned to."""
    told: tuple[tuple[str, str], ...] = ()
    """What must be said about it: kind of colour and sentence, such as characters that the font lacks."""

    @classmethod
    def of(cls, sheets: Sequence[Sheet], told: Sequence[tuple[str, str]] = ()) -> Shown:
        """Return a paper whose pages are all there."""
        kept = tuple(sheets)
        return cls(len(kept), kept.__getitem__, tuple(told))


def told_of(look: Look, rendered: Rendered) -> tuple[tuple[str, str], ...]:
    """Return what must be said about a finished paper: missing characters, unusable pictures, warnings."""
    made: list[tuple[str, str]] = []
    if rendered.missing:
        made.append(("warning", look.say("preview.missing", characters=" ".join(rendered.missing[:20]))))
    made += [("warning", look.say("preview.unusable", name=name)) for name in rendered.unusable]
    return (*made, *(("warning", words) for words in rendered.warnings))


def shown_of(look: Look, rendered: Rendered, dpi: int = PAPER_DPI) -> Shown:
    """Return the pages of a finished paper, drawn from the PDF that goes to the printer.

    :param dpi: dots an inch; a label printer's own for what it gets as dots.
    """

    def page(place: int) -> Sheet:
        from app.services.pages import pages

        (found,) = pages(rendered.pdf, dpi, place, 1)
        return Sheet(found.width, found.height, found.grey, dpi)

    return Shown(rendered.pages, page, told_of(look, rendered))


@dataclass(slots=True)
class _State:
    shown: Shown | None = None
    sheet: Sheet | None = None
    place: int = 0
    zoom: float = 0.0
    """Pixels for a dot; 0 for the whole page."""
    problem: str = ""
    waiting: bool = False
    at: QPointF = field(default_factory=QPointF)
    """What of an enlarged page is in the middle, from 0 to 1 each way."""


class _Canvas(Painted):
    """The page on its ground; drawn dot for dot, or made smaller with its greys kept."""

    def __init__(self, look: Look, state: _State) -> None:
        super().__init__(look)
        self._state = state
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        self._held: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(120), look.px(120))

    def sizeHint(self) -> QSize:
        """Return room that shows something."""
        return QSize(self.look.px(320), self.look.px(420))

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show a page."""
        self._image = self._scaled = None
        if sheet is not None:
            image = QImage(sheet.grey, sheet.width, sheet.height, sheet.width, QImage.Format.Format_Grayscale8)
            self._image = image.copy()  # it keeps dots of its own
        self.update()

    def again(self) -> None:
        """Draw at another size."""
        self._scaled = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room that there is."""
        super().resizeEvent(event)
        self._scaled = None

    def _pixels(self, room: QRectF) -> QSize:
        """Return the page's size in real pixels of the screen."""
        assert self._image is not None
        ratio, zoom = self.devicePixelRatioF(), self._state.zoom
        size = self._image.size()
        if not zoom:
            whole = QSize(int(room.width() * ratio), int(room.height() * ratio))
            return size.scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        return QSize(round(size.width() * zoom), round(size.height() * zoom))

    def _made(self, wanted: QSize) -> QPixmap:
        """Return the page in so many pixels: smaller by averaging, larger by whole dots."""
        assert self._image is not None
        if self._scaled is None or self._scaled.size() != wanted:
            image = self._image
            smooth = wanted.width() < image.width()
            way = Qt.TransformationMode.SmoothTransformation if smooth else Qt.TransformationMode.FastTransformation
            if wanted != image.size():
                image = image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, way)
            self._scaled = QPixmap.fromImage(image)
        return self._scaled

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, state = self.look, self._state
        painter.fillRect(box, look.colour("blank"))
        room = box.adjusted(look.px(10), look.px(10), -look.px(10), -look.px(10))
        if self._image is None:
            words = state.problem or (look.say("preview.wait") if state.waiting else look.say("preview.none"))
            ink = look.colour("error" if state.problem else "soft")
            draw_fitted(painter, room, words, ink, look.px(19), look.px(12), most=8, align="centre")
            return
        pixels, ratio = self._pixels(room), self.devicePixelRatioF()
        made = self._made(pixels)
        wide, high = pixels.width() / ratio, pixels.height() / ratio
        left = self._edge(room.left(), room.width(), wide, state.at.x())
        top = self._edge(room.top(), room.height(), high, state.at.y())
        page = QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, wide, high)
        painter.save()
        painter.setClipRect(box)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.fillRect(page.translated(look.px(3), look.px(3)), QColor(0, 0, 0, 60))
        painter.fillRect(page.adjusted(-1, -1, 1, 1), look.colour("line"))
        painter.drawPixmap(page, made, QRectF(made.rect()))
        painter.restore()
        if state.problem:
            strip = QRectF(box.left(), box.bottom() - look.px(64), box.width(), look.px(64))
            painter.fillRect(strip, look.colour("error_ground"))
            inner = strip.adjusted(look.px(10), 2, -look.px(10), -2)
            draw_fitted(painter, inner, state.problem, look.colour("error"), look.px(17), look.px(11), most=3)

    def _edge(self, start: float, room: float, size: float, share: float) -> float:
        """Return where the page begins one way: in the middle where it fits, else what was moved to."""
        if size <= room:
            return start + (room - size) / 2
        return start - (size - room) * share

    def move_by(self, x: float, y: float) -> None:
        """Move an enlarged page by pixels of the window."""
        if self._image is None:
            return
        pixels, ratio, state = self._pixels(QRectF(self.rect())), self.devicePixelRatioF(), self._state
        spare_x = max(1.0, pixels.width() / ratio - self.width())
        spare_y = max(1.0, pixels.height() / ratio - self.height())
        state.at = QPointF(
            min(1.0, max(0.0, state.at.x() - x / spare_x)), min(1.0, max(0.0, state.at.y() - y / spare_y))
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the page."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the page with the hand."""
        if self._held is not None:
            moved = event.position() - self._held
            self._held = event.position()
            self.move_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the page go."""
        self._held = None


class Preview(QWidget):
    """Pages with turning and zoom, and below them what must be said."""

    def __init__(self, look: Look, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._bridge = look, bridge
        self.state = _State()
        """What is shown."""
        self._asked = 0
        self.canvas = _Canvas(look, self.state)
        """The page itself."""
        self.told = Facts(look)
        """Sentences below it."""
        self.back_button = button("◀", "", lambda: self.turn(-1))
        self.next_button = button("▶", "", lambda: self.turn(1))
        self.place = _Place(look)
        """Which page of how many, and its size."""
        self.zoom_button = button("", "", self.zoom)
        for each in (self.back_button, self.next_button, self.zoom_button):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot = QHBoxLayout()
        for part in (self.back_button, self.next_button):
            self._foot.addWidget(part)
        self._foot.addWidget(self.place, 1)
        self._foot.addWidget(self.zoom_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.canvas, 1)
        column.addLayout(self._foot)
        column.addWidget(self.told)
        self.render_all()

    # --- what is shown ---

    def show_shown(self, make: Callable[[], Shown], *, keep_page: bool = False) -> None:
        """Make a paper beside the window and show it; what was asked for before and is not there yet is forgotten.

        An error becomes a sentence where the page would be, and the page before stays.

        :param keep_page: stay on the page in front where the new paper has it.
        """
        self._asked += 1
        asked, place = self._asked, self.state.place if keep_page else 0
        self.state.waiting = True

        def run() -> tuple[Shown, int, Sheet | None]:
            shown = make()
            at = max(0, min(place, shown.pages - 1))
            return shown, at, shown.page(at) if shown.pages else None

        def put(value: tuple[Shown, int, Sheet | None]) -> None:
            if self._awaits(asked):
                self._put(*value)

        self._bridge.work(run, put, lambda error: self._failed(asked, error))
        self.canvas.update()

    def show_problem(self, words: str) -> None:
        """Say why there is nothing to show."""
        self._asked += 1
        self.state.waiting, self.state.problem = False, words
        self._show()

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self.state.shown = self.state.sheet = None
        self.state.waiting, self.state.problem = False, ""
        self.canvas.show_sheet(None)
        self._show()

    @property
    def ready(self) -> bool:
        """Whether what was asked for last is there, or said to be impossible."""
        return not self.state.waiting

    def _awaits(self, asked: int) -> bool:
        """Whether nothing newer was asked for, and the dialog is still there."""
        return asked == self._asked and isValid(self)

    def _put(self, shown: Shown, place: int, sheet: Sheet | None) -> None:
        state = self.state
        state.shown, state.place, state.sheet = shown, place, sheet
        state.waiting, state.problem = False, ""
        self.canvas.show_sheet(sheet)
        self._show()

    def _failed(self, asked: int, error: BaseException) -> None:
        if not self._awaits(asked):
            return
        from app.errors import StationError
        from app.services.answers import of_error

        if isinstance(error, StationError):
            self.show_problem(of_error(self.look.words, error))
        else:
            self.show_problem(self.look.say("preview.failed", what=type(error).__name__))
            self._bridge.on_error(error)

    # --- turning and zoom ---

    def turn(self, step: int) -> None:
        """Go on or back by so many pages."""
        shown, state = self.state.shown, self.state
        if shown is None or state.waiting:
            return
        place = min(shown.pages - 1, max(0, state.place + step))
        if place != state.place:
            self._asked += 1
            asked = self._asked
            state.waiting = True

            def put(sheet: Sheet) -> None:
                if self._awaits(asked):
                    self._put(shown, place, sheet)

            self._bridge.work(lambda: shown.page(place), put, lambda error: self._failed(asked, error))

    def zoom(self) -> None:
        """The whole page, then a dot as one pixel, as two, as four."""
        steps = (0.0, *ZOOMS)
        self.state.zoom = steps[(steps.index(self.state.zoom) + 1) % len(steps)]
        self.state.at = QPointF(0, 0)
        self.canvas.again()
        self._show()

    def press(self, key: int) -> bool:
        """Do what a key means here: pages, zoom, moving an enlarged page; False where it means nothing."""
        moves = {
            Qt.Key.Key_Left: (_STEP, 0),
            Qt.Key.Key_Right: (-_STEP, 0),
            Qt.Key.Key_Up: (0, _STEP),
            Qt.Key.Key_Down: (0, -_STEP),
        }
        if key == Qt.Key.Key_PageDown or (key == Qt.Key.Key_Right and not self.state.zoom):
            self.turn(1)
        elif key == Qt.Key.Key_PageUp or (key == Qt.Key.Key_Left and not self.state.zoom):
            self.turn(-1)
        elif key in (Qt.Key.Key_F7, Qt.Key.Key_Plus):
            self.zoom()
        elif self.state.zoom and key in moves:
            x, y = moves[Qt.Key(key)]
            self.canvas.move_by(self.look.px(x), self.look.px(y))
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves an enlarged page, and turns pages otherwise."""
        delta = event.angleDelta().y()
        if self.state.zoom:
            self.canvas.move_by(0, delta / 2)
        elif delta:
            self.turn(-1 if delta > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages, zoom and moving by keys, where the preview has the focus."""
        if not self.press(event.key()):
            super().keyPressEvent(event)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self._foot.setSpacing(self.look.px(10))
        self.canvas.again()
        self._show()

    def _show(self) -> None:
        look, state = self.look, self.state
        shown, sheet = state.shown, state.sheet
        several = shown is not None and shown.pages > 1
        for each in (self.back_button, self.next_button):
            each.setVisible(several)
        self.back_button.setEnabled(several and state.place > 0)
        self.next_button.setEnabled(shown is not None and state.place < shown.pages - 1)
        self.zoom_button.setVisible(sheet is not None)
        self.zoom_button.setText(
            (look.say("preview.dots", times=int(state.zoom)) if state.zoom else look.say("preview.fit")) + " F7"
        )
        words = look.say("preview.page", number=state.place + 1, pages=shown.pages) if several and shown else ""
        wide, high = sheet.size_mm if sheet is not None else (0.0, 0.0)
        size = (
            look.say("preview.size", width=f"{wide:.0f}", height=f"{high:.0f}", dpi=sheet.dpi) if wide and sheet else ""
        )
        self.place.say(words, size)
        told = shown.told[:_MOST_LINES] if shown is not None else ()
        facts = [Fact(text, kind=kind) for kind, text in told]
        self.told.show_facts(facts)
        self.told.setVisible(bool(facts))
        self.told.setFixedHeight(look.px(58) * len(facts))
        self.canvas.update()


class _Place(Painted):
    """Which page it is, and how large it is on paper."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words, self._size = "", ""

    def say(self, words: str, size: str) -> None:
        """Say page and size."""
        self._words, self._size = words, size
        self.tell(f"{words} {size}".strip())
        self.setFixedHeight(self.look.px(40))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        half = box.height() / 2 if self._words and self._size else box.height()
        top = box.top()
        for words, bold in ((self._words, True), (self._size, False)):
            if words:
                row = QRectF(box.left(), top, box.width(), half)
                ink = look.colour("ink" if bold else "soft")
                draw_fitted(painter, row, words, ink, look.px(16), look.px(10), most=1, bold=bold)
                top += half


class PreviewDialog(Dialog):
    """A paper in a window of its own, with what may be done about it."""

    def __init__(
        self, window: Any, title: str, make: Callable[[], Shown], act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """*window* is the main window.

        :param act: words of a button, and what it does after the dialog is closed; F8 presses it.
        """
        look: Look = window.look
        super().__init__(look, window, title)
        self.preview = Preview(look, window.bridge)
        """The pages."""
        self.column.addWidget(self.preview, 1)
        self.close_button = button(look.say("preview.close"), "" if act else "main", self.reject)
        buttons = [self.close_button]
        self._act = act
        if act is not None:
            buttons.append(button(f"{act[0]} F8", "main", self._do))
        self.foot(*buttons)
        self.resize(min(look.px(820), window.width() - 40), window.height() - 30)
        self.preview.show_shown(make)

    def _do(self) -> None:
        self.accept()
        if self._act is not None:
            self._act[1]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys turn pages and zoom; F8 presses the button, Esc closes."""
        if event.key() == Qt.Key.Key_F8 and self._act is not None:
            self._do()
        elif not self.preview.press(event.key()):
            super().keyPressEvent(event)
