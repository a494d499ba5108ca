"""Lists on screen: one painted table for every screen. A screen says its columns, and the cells of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.lettering import draw_fitted, elided_middle, fewest_lines
from app.ui.look import Look
from app.ui.shapes import card, draw_picture, pill, sign

__all__ = ["Cell", "Column", "Grid", "GridModel"]

Index = QModelIndex | QPersistentModelIndex
_GLYPHS = {"error": "×", "warning": "!", "info": "i"}
"""Signs in a disc: the disc is their edge."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    name: str
    """The word above it is the sentence ``<list>.<name>``; see :attr:`GridModel.words`."""
    weight: int
    """Its share of the width."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str = ""
    ink: str = "ink"
    """Colour of the palette."""
    bold: bool = False
    ends: bool = False
    """The ends of the text tell it apart: where it is too long, its middle is left out."""
    digits: bool = False
    """A long number, in narrow digits."""
    least: int = 12
    """Smallest size of its letters."""
    right: bool = False
    """Set at the right, as quantities are."""
    pills: tuple[tuple[str, str], ...] = ()
    """Coloured labels instead of text: words and kind of colour. The first one gives way where room is short."""
    bar: tuple[int, int, int] | None = None
    """Progress below the text: how much is done, short and wanted."""
    tip: str = ""
    """Tooltip; empty shows the text."""
    under: str = ""
    """A second line, smaller: where the row is tall enough for two."""
    under_digits: bool = False
    """The second line in narrow digits."""
    lines: int = 1
    """Lines that the text may take."""
    sign: str = ""
    """Instead of text: the sign of a kind of colour, in a disc."""
    buttons: tuple[tuple[str, str], ...] = ()
    """Instead of text: name and words of what can be tapped; those that have no room are counted in the last one."""
    mark: str = ""
    """A small sign of a kind of colour before the text."""
    picture: tuple[str, str] | None = None
    """Instead of text: path of a picture, and the SKU whose first letters stand there without one."""


class GridModel(QAbstractTableModel):
    """Rows read so far; asks for more when they are scrolled to."""

    wanted = Signal()
    """The next page is wanted."""

    def __init__(
        self,
        look: Look,
        words: str,
        columns: Sequence[Column],
        cells_of: Callable[[Any], Sequence[Cell]],
        *,
        page: int = 0,
        parent: QObject | None = None,
    ) -> None:
        """Show rows by *cells_of*.

        :param words: first part of the keys of the column words, such as ``window.orders.column``.
        :param page: rows of a page; 0 where all rows come at once.
        """
        super().__init__(parent)
        self._look, self.words, self.columns, self._cells_of, self._page = look, words, tuple(columns), cells_of, page
        self.rows: list[Any] = []
        """Rows read so far, in their order."""
        self.hidden: frozenset[str] = frozenset()
        """Columns that nobody needs now."""
        self.urgent: Callable[[Any], bool] = lambda _row: False
        """Whether a row stands on the ground of warnings."""
        self.sorted_by: tuple[str, bool] = ("", False)
        """The column that the rows are sorted by, and whether from the end; empty where nothing is told of it."""
        self._more = False
        self._asked = False

    def put(self, rows: list[Any]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self._more, self._asked = bool(self._page) and len(rows) >= self._page, False
        self.endResetModel()

    def add(self, rows: list[Any]) -> None:
        """Show these rows as well."""
        self._more, self._asked = len(rows) >= self._page, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows."""
        return self._cells_of(self.rows[row])[column]

    def width_of(self, column: int, whole: int) -> int:
        """Return a column's share of the width."""
        shown = sum(each.weight for each in self.columns if each.name not in self.hidden)
        return whole * self.columns[column].weight // max(1, shown)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether the list goes on."""
        return self._more and not self._asked

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the next page."""
        self._asked = True
        self.wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's word."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            name = self.columns[section].name
            arrow = ("", " ▲", " ▼")[(name == self.sorted_by[0]) + (name == self.sorted_by[0] and self.sorted_by[1])]
            return self._look.say(f"{self.words}.{name}") + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; colours are the painter's."""
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self.cell(index.row(), index.column())
        text = cell.text or " ".join(words for words, _ in cell.pills)
        return cell.tip or text if role == Qt.ItemDataRole.ToolTipRole else text


class _Cells(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, look: Look, grid: Grid) -> None:
        super().__init__(grid)
        self._look, self._grid = look, grid

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(self._look.px(60), self._look.px(self._grid.tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw."""
        look, model = self._look, self._grid.model_
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        urgent = model.urgent(model.rows[index.row()])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, look.colour("chosen" if chosen else "warning_ground" if urgent else "paper"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.colour("line"))
        first = next(n for n, each in enumerate(model.columns) if each.name not in model.hidden) == index.column()
        if chosen and first:
            painter.fillRect(QRectF(box.left(), box.top(), look.px(5), box.height()), look.colour("brand"))
        inner = box.adjusted(look.px(12 if first else 8), 0, -look.px(6), 0)
        self._draw(painter, inner, model.cell(index.row(), index.column()))
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        look = self._look
        if cell.bar is not None:
            box = self._bar(painter, box, *cell.bar)
        if cell.under:
            box = self._under(painter, box, cell)
        if cell.picture is not None:
            self._picture(painter, box, *cell.picture)
        elif cell.sign:
            self._sign(painter, box, cell.sign)
        elif cell.buttons:
            self._buttons(painter, box, cell.buttons)
        elif cell.pills:
            self._pills(painter, box, cell.pills)
        elif cell.ends or cell.digits:
            font = look.font(17 if cell.digits else 16, fixed=cell.digits)
            if cell.digits and QFontMetricsF(font).horizontalAdvance(cell.text) > box.width():
                font = look.font(15, fixed=True)
            painter.setFont(font)
            painter.setPen(look.colour(cell.ink))
            place = Qt.AlignmentFlag.AlignBottom if cell.under else Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, place, elided_middle(cell.text, font, box.width()))
        else:
            if cell.mark:
                box = self._mark(painter, box, cell)
            size = look.px(17 if cell.bold else 16)
            align = "right" if cell.right else "left"
            ink = look.colour(cell.ink)
            least, up = look.px(cell.least), "bottom" if cell.under else "centre"
            draw_fitted(
                painter, box, cell.text, ink, size, least, most=cell.lines, bold=cell.bold, align=align, vertical=up
            )

    def _under(self, painter: QPainter, box: QRectF, cell: Cell) -> QRectF:
        """Draw the second line of a cell; return the room above it."""
        look, middle = self._look, box.center().y() + self._look.px(1)
        font = look.font(14, fixed=cell.under_digits)
        text = QFontMetricsF(font).elidedText(cell.under, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(look.colour("soft"))
        at = QRectF(box.left(), middle, box.width(), look.px(20))
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return QRectF(box.left(), box.top() + look.px(4), box.width(), middle - box.top() - look.px(4))

    def _sign(self, painter: QPainter, box: QRectF, kind: str) -> None:
        ink, ground, _ = self._look.palette.kind(kind)
        side = min(float(self._look.px(32)), box.width())
        disc = QRectF(box.left(), box.center().y() - side / 2, side, side)
        card(painter, disc, QColor(ground), QColor(ground), side / 2, 0)
        glyph = _GLYPHS.get(kind)
        if glyph is None:
            inset = side * 0.26
            sign(painter, disc.adjusted(inset, inset, -inset, -inset), kind, QColor(ink))
            return
        painter.setFont(self._look.font(20, True))
        painter.setPen(QColor(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, glyph)

    def _mark(self, painter: QPainter, box: QRectF, cell: Cell) -> QRectF:
        """Draw a small sign before the text; return the room beside it."""
        side = float(self._look.px(16))
        middle = box.bottom() - side * 0.8 if cell.under else box.center().y()
        at = QRectF(box.left(), middle - side / 2, side, side)
        sign(painter, at, cell.mark, self._look.colour(cell.mark))
        return box.adjusted(side + self._look.px(6), 0, 0, 0)

    def _picture(self, painter: QPainter, box: QRectF, path: str, sku: str) -> None:
        side = min(box.width(), box.height() - self._look.px(6))
        at = QRectF(box.left(), box.center().y() - side / 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        found = self._grid.picture_of(path, at.size() * ratio) if path else None
        draw_picture(painter, self._look, at, found, sku, self._look.px(6))

    def _buttons(self, painter: QPainter, box: QRectF, buttons: tuple[tuple[str, str], ...]) -> None:
        look = self._look
        for cell, words in self.button_cells(box, buttons):
            card(painter, cell, look.colour("paper"), look.colour("brand"), look.px(10), 2)
            inner = cell.adjusted(look.px(8), 0, -look.px(8), 0)
            ink = look.colour("brand")
            most = fewest_lines(words, inner, look.px(15), look.px(12), 2, bold=True)
            size = look.px(15 if most == 1 else 13)
            draw_fitted(painter, inner, words, ink, size, look.px(10), most=most, bold=True, align="centre")

    def button_cells(self, box: QRectF, buttons: tuple[tuple[str, str], ...]) -> list[tuple[QRectF, str]]:
        """Return where the buttons of a cell are, and what stands on each; the last may stand for all that follow."""
        look, left, made = self._look, box.left(), list[tuple[QRectF, str]]()
        metrics, gap = QFontMetricsF(look.font(15, True)), float(look.px(8))
        high = min(float(look.px(36)), box.height() - look.px(6))
        rest = metrics.horizontalAdvance("+9") + look.px(22)
        for number, (_, words) in enumerate(buttons):
            wide = metrics.horizontalAdvance(words) + look.px(26)
            room = box.right() - left - (rest + gap if number < len(buttons) - 1 else 0)
            if number and wide > room:
                more = f"+{len(buttons) - number}"
                made.append((QRectF(left, box.center().y() - high / 2, rest, high), more))
                break
            wide = min(wide, room)
            made.append((QRectF(left, box.center().y() - high / 2, wide, high), words))
            left += wide + gap
        return made

    def _bar(self, painter: QPainter, box: QRectF, done: int, short: int, wanted: int) -> QRectF:
        """Draw a bar at the bottom of a cell, done at the left and short behind it; return the room above it."""
        look, high = self._look, float(self._look.px(7))
        whole = QRectF(box.left(), box.bottom() - high - look.px(8), box.width() - look.px(8), high)
        painter.setPen(Qt.PenStyle.NoPen)
        left = whole.left()
        for number, colour in ((wanted, "blank"), (done, "ok_fill"), (short, "error_fill")):
            wide = whole.width() * min(1.0, number / max(wanted, 1))
            painter.setBrush(look.colour(colour))
            at = whole.left() if colour == "blank" else left
            if wide > 0:
                painter.drawRoundedRect(QRectF(at, whole.top(), wide, high), high / 2, high / 2)
            left += 0 if colour == "blank" else wide
        return QRectF(box.left(), box.top(), box.width(), whole.top() - box.top())

    def _pills(self, painter: QPainter, box: QRectF, pills: tuple[tuple[str, str], ...]) -> None:
        look, size, left = self._look, 13.0, box.left()
        metrics = QFontMetricsF(look.font(size, True))
        rest = sum(metrics.horizontalAdvance(words) + look.px(size * 1.7 + 6) for words, _ in pills[1:])
        room = box.width() - rest - look.px(size * 1.7)
        for number, (words, kind) in enumerate(pills):
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room) if number == 0 else words
            left = pill(painter, look, left, box.center().y(), text, kind, size) + look.px(6)


class Grid(QTableView):
    """A list; rows are chosen by click, touch or arrow keys."""

    def __init__(self, look: Look, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.model_ = model
        """The rows."""
        self.chosen: Callable[[Any], None] = lambda _row: None
        """Called with the row when just one is chosen, else with None."""
        self.tall = 46
        """Height of a row."""
        self.pressed_in: Callable[[Any, str], None] = lambda _row, _name: None
        """Called with the row and the name of a button that was tapped in it; empty where it stands for several."""
        self.picture_of: Callable[[str, QSizeF], QPixmap | None] = lambda _path, _size: None
        """Gives a picture by its path, in a size in pixels; see :class:`app.ui.thumbs.Thumbs`."""
        self.key_pressed: Callable[[QKeyEvent], bool] = lambda _event: False
        """Asked about every key before the list; True takes it."""
        self.head_tapped: Callable[[str], None] | None = None
        """Called with the name of a column whose head was tapped; None where nothing is sorted."""
        self.setModel(model)
        self._cells = _Cells(look, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.sectionClicked.connect(self._tap_head)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.restyle()

    def restyle(self) -> None:
        """Take the size of the window."""
        self.verticalHeader().setDefaultSectionSize(self._look.px(self.tall))
        self.horizontalHeader().setSectionsClickable(self.head_tapped is not None)
        self._widths()
        self.model_.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.model_.columns) - 1)
        self.viewport().update()

    def rows_chosen(self) -> list[Any]:
        """Return the chosen rows in their order."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.model_.rows[place] for place in places if place < len(self.model_.rows)]

    def choose(self, ids: set[Any]) -> None:
        """Choose the rows with these ids where they are among the rows."""
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        first = True
        for place, row in enumerate(self.model_.rows):
            if row.id in ids:
                index = self.model_.index(place, 0)
                if first:
                    selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                    first = False
                selection.select(index, flags)

    def _tell(self) -> None:
        rows = self.rows_chosen()
        self.chosen(rows[0] if len(rows) == 1 else None)

    def _tap_head(self, section: int) -> None:
        if self.head_tapped is not None:
            self.head_tapped(self.model_.columns[section].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that means something to the screen is the screen's."""
        if not self.key_pressed(event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap on a button in a row does what it says."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        cell = self.model_.cell(index.row(), index.column())
        box = QRectF(self.visualRect(index)).adjusted(self._look.px(8), 0, -self._look.px(6), 0)
        cells = self._cells.button_cells(box, cell.buttons)
        for place, (at, _) in enumerate(cells):
            if at.contains(event.position()):
                alone = place < len(cells) - 1 or len(cells) == len(cell.buttons)
                self.pressed_in(self.model_.rows[index.row()], cell.buttons[place][0] if alone else "")

    def cell_box(self, row: int, column: str) -> QRectF:
        """Return where a cell of a row is, in the viewport; empty where the column is hidden or the row out of view."""
        names = [each.name for each in self.model_.columns]
        return QRectF(self.visualRect(self.model_.index(row, names.index(column))))

    def _widths(self) -> None:
        whole = self.viewport().width()
        for number, column in enumerate(self.model_.columns):
            self.setColumnHidden(number, column.name in self.model_.hidden)
            self.setColumnWidth(number, self.model_.width_of(number, whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._widths()
