"""The fields of an order, and which columns each of them takes: where dragged columns are let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["BoardField", "BoardGroup", "FieldBoard"]

_ROW, _HEAD, _GAP = 32, 30, 12
"""Height of a field and of a heading; room between the stacks of fields."""
_MOST_CHIPS = 3
"""Columns of a field that have room."""
_WORDS = 0.42
"""Share of a field's width for its words."""


@dataclass(frozen=True, slots=True)
class BoardField:
    """One field that columns may go to."""

    name: str
    words: str
    needed: bool = False
    """Without it nothing can be taken in."""


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Fields under one heading."""

    words: str
    fields: tuple[BoardField, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    box: QRectF
    field: str
    key: str = ""
    """Key of the column that stands there; empty for the field as a whole."""


class FieldBoard(Painted):
    """Fields under their headings, each with the columns that it takes, in their order.

    A tap on a field asks for its columns; a column is dragged from one field to another. By keys: arrows go to a field,
    Enter asks for its columns, Delete takes the last one out.
    """

    asked = Signal(str)
    """A field whose columns are to be chosen."""
    taken_out = Signal(str)
    """A field that is to lose its last column."""
    dragged = Signal(str, QPoint)
    """Key of a column that is dragged from field to field, and where on the screen it is."""
    dropped = Signal(str, str, QPoint)
    """Key of a column, the field that it came from, and where on the screen it was let go."""
    given_up = Signal()
    """The column under way goes nowhere."""
    went = Signal(QRectF)
    """Where the field is that keys act on now: it is to be brought into view."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.stacks: tuple[tuple[BoardGroup, ...], ...] = ()
        """The fields, in stacks beside each other."""
        self.columns: Mapping[str, tuple[tuple[str, str], ...]] = {}
        """Field -> key and words of each column that it takes."""
        self.at = ""
        """The field that keys act on."""
        self.over = ""
        """The field under a column that is being dragged."""
        self._places: list[_Place] = []
        self._pressed: tuple[QPointF, str, str] | None = None
        self._under_way = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    # --- showing ---

    def show_fields(self, stacks: Sequence[Sequence[BoardGroup]]) -> None:
        """Offer these fields."""
        self.stacks = tuple(map(tuple, stacks))
        names = self._names()
        if self.at not in names:
            self.at = names[0] if names else ""
        self._fit()
        self.update()

    def show_columns(self, columns: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Show which columns the fields take."""
        self.columns = {name: tuple(each) for name, each in columns.items() if each}
        self._tell()
        self.update()

    def restyle(self) -> None:
        """Take the size of the window."""
        self._fit()
        self.update()

    def missing(self) -> tuple[BoardField, ...]:
        """Return the fields that must have a column and have none."""
        return tuple(each for each in self._fields() if each.needed and each.name not in self.columns)

    def _fields(self) -> list[BoardField]:
        return [field for stack in self.stacks for group in stack for field in group.fields]

    def _names(self) -> list[str]:
        return [each.name for each in self._fields()]

    def words_of(self, name: str) -> str:
        """Return the words of a field."""
        return next((each.words for each in self._fields() if each.name == name), name)

    def _tell(self) -> None:
        taken = " + ".join(words for _, words in self.columns.get(self.at, ()))
        missing = any(each.name == self.at for each in self.missing())
        said = taken or self.look.say("window.channels.needed" if missing else "window.channels.empty")
        self.tell(f"{self.words_of(self.at)} / {said}")

    def _fit(self) -> None:
        self._lay_out()
        low = max((place.box.bottom() for place in self._places), default=0.0)
        self.setFixedHeight(int(low) + self.look.px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stacks share the width."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return room for every field."""
        return QSize(self.look.px(900), self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the least in which words and columns can be read."""
        return QSize(self.look.px(210) * max(1, len(self.stacks)), self.height())

    def _stack_box(self, number: int) -> tuple[float, float]:
        gap = self.look.px(_GAP)
        wide = (self.width() - gap * (len(self.stacks) - 1)) / max(1, len(self.stacks))
        return number * (wide + gap), wide

    def _lay_out(self) -> None:
        px = self.look.px
        self._places = []
        for number, stack in enumerate(self.stacks):
            left, wide = self._stack_box(number)
            top = 0.0
            for group in stack:
                top += px(_HEAD)
                for field in group.fields:
                    self._places.append(_Place(QRectF(left, top, wide, px(_ROW)), field.name))
                    top += px(_ROW)
                top += px(8)

    def field_box(self, name: str) -> QRectF:
        """Return where a field is."""
        return next((place.box for place in self._places if place.field == name), QRectF())

    def field_at(self, at: QPointF) -> str:
        """Return the field at a place; empty for none."""
        return next((place.field for place in self._places if place.box.contains(at)), "")

    def chip_boxes(self, name: str) -> list[tuple[QRectF, str]]:
        """Return where each column of a field stands, with its key; of many, the last box stands for those left out."""
        box, px, taken = self.field_box(name), self.look.px, self._chips(name)
        if not taken:
            return []
        room = QRectF(box.left() + box.width() * _WORDS, box.top() + px(4), 0, box.height() - px(8))
        room.setRight(box.right() - px(6))
        wide = (room.width() - px(4) * (len(taken) - 1)) / len(taken)
        return [
            (QRectF(room.left() + number * (wide + px(4)), room.top(), max(2.0, wide), room.height()), key)
            for number, (key, _) in enumerate(taken)
        ]

    def _chips(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return key and words of what is drawn of a field's columns."""
        taken = self.columns.get(name, ())
        if len(taken) <= _MOST_CHIPS:
            return taken
        rest = len(taken) - _MOST_CHIPS + 1
        return (*taken[: _MOST_CHIPS - 1], ("", self.look.say("window.channels.more_columns", count=rest)))

    # --- choosing and dragging ---

    def hover(self, name: str) -> None:
        """Show that a column would go to a field; empty for none."""
        if name != self.over:
            self.over = name
            self.update()

    def go(self, name: str) -> None:
        """Go to a field."""
        if name in self._names():
            self.at = name
            self._tell()
            self.update()
            self.went.emit(self.field_box(name))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A field, or a column in it, is taken hold of."""
        name = self.field_at(event.position())
        if name and event.button() == Qt.MouseButton.LeftButton:
            key = next((key for box, key in self.chip_boxes(name) if box.contains(event.position())), "")
            self.go(name)
            self._pressed = (event.position(), name, key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A column that is held goes with the mouse."""
        if self._pressed is None:
            return
        start, _, key = self._pressed
        far = (event.position() - start).manhattanLength() >= QApplication.startDragDistance()
        if key and (self._under_way or far):
            self._under_way = key
            self.dragged.emit(key, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A column is let go, or a field was tapped."""
        pressed, self._pressed = self._pressed, None
        key, self._under_way = self._under_way, ""
        if pressed is None:
            return
        if key:
            self.dropped.emit(key, pressed[1], event.globalPosition().toPoint())
        elif self.field_at(event.position()) == pressed[1]:
            self.asked.emit(pressed[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a field, and choose its columns."""
        key, names = Qt.Key(event.key()), self._names()
        if self._under_way and key == Qt.Key.Key_Escape:
            self._under_way, self._pressed = "", None
            self.given_up.emit()
        elif not names:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at = names.index(self.at) + (1 if key == Qt.Key.Key_Down else -1)
            self.go(names[min(len(names) - 1, max(0, at))])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._beside(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(names[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.at)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_out.emit(self.at)
        else:
            super().keyPressEvent(event)

    def _beside(self, step: int) -> None:
        """Go to the field of the stack beside, at about the same height."""
        here = self.field_box(self.at).center()
        beside = [place for place in self._places if (place.box.center().x() - here.x()) * step > 1]
        if beside:
            near = min(abs(place.box.center().x() - here.x()) for place in beside)
            stack = [place for place in beside if abs(abs(place.box.center().x() - here.x()) - near) < 2]
            self.go(min(stack, key=lambda place: abs(place.box.center().y() - here.y())).field)

    # --- drawing ---

    def draw(self, painter: QPainter, _box: QRectF) -> None:
        """Draw."""
        look, px = self.look, self.look.px
        for number, stack in enumerate(self.stacks):
            left, wide = self._stack_box(number)
            top = 0.0
            for group in stack:
                head = QRectF(left, top, wide, px(_HEAD) - px(4))
                draw_fitted(painter, head, group.words, look.colour("brand"), px(17), px(12), most=1, bold=True)
                top += px(_HEAD)
                for field in group.fields:
                    self._field(painter, QRectF(left, top, wide, px(_ROW)), field)
                    top += px(_ROW)
                top += px(8)

    def _field(self, painter: QPainter, box: QRectF, field: BoardField) -> None:
        look, px = self.look, self.look.px
        taken = self._chips(field.name)
        missing = field.needed and not taken
        here, over = self.hasFocus() and field.name == self.at, field.name == self.over
        inner = box.adjusted(0, px(1), 0, -px(1))
        ground = "chosen" if over else "error_ground" if missing else "paper"
        edge = "warning" if here else "brand" if over else "error" if missing else "line"
        card(painter, inner, look.colour(ground), look.colour(edge), px(8), 2.5 if here or over else 1)
        words = QRectF(inner.left() + px(8), inner.top(), box.width() * _WORDS - px(14), inner.height())
        if field.needed:
            side = float(px(15))
            mark = QRectF(words.left(), words.center().y() - side / 2, side, side)
            sign(painter, mark, "error" if missing else "ok", look.colour("error" if missing else "ok"))
            words.setLeft(mark.right() + px(5))
        ink = look.colour("error" if missing else "ink")
        draw_fitted(painter, words, field.words, ink, px(15), px(10), most=2, bold=field.needed)
        font = look.font(14, True)
        metrics = QFontMetricsF(font)
        for (chip, _), (_, said) in zip(self.chip_boxes(field.name), taken, strict=True):
            card(painter, chip, look.colour("ok_ground"), look.colour("ok"), px(7), 1)
            room = chip.adjusted(px(6), 0, -px(4), 0)
            painter.setFont(font)
            painter.setPen(look.colour("ok"))
            text = metrics.elidedText(said, Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if not taken:
            room = QRectF(box.left() + box.width() * _WORDS, inner.top(), 0, inner.height())
            room.setRight(inner.right() - px(6))
            if missing:
                said = look.say("window.channels.needed")
                draw_fitted(painter, room, said, look.colour("error"), px(13), px(9), most=1)
