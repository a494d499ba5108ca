"""The queue as a table, painted: time to the cut-off, numbers, what is in it, where it stands."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.services.orders import OrderRow
from app.ui.lettering import draw_fitted, elided_middle
from app.ui.look import Look
from app.ui.orders.model import COLUMNS, OrdersModel
from app.ui.pack.header import left_until
from app.ui.shapes import pill

__all__ = ["OrdersTable"]

_KINDS = {"ready": "quiet", "released": "info", "picked": "info", "received": "error", "cancelled": "quiet"}


class _Cells(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(self._look.px(60), self._look.px(46))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw."""
        look, row = self._look, index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        left, kind = left_until(row.cut_off, int(time.time() * 1000)) if row.cut_off is not None else ("", "")
        soon = kind in ("warning", "error") and row.state in ("received", "ready", "released", "picked")
        ground = "chosen" if chosen else "warning_ground" if soon else "paper"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, look.colour(ground))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.colour("line"))
        first = index.column() == (0 if self._parent_shows_cut_offs(index) else 1)
        if chosen and first:
            painter.fillRect(QRectF(box.left(), box.top(), look.px(5), box.height()), look.colour("brand"))
        cell = box.adjusted(look.px(12 if first else 8), 0, -look.px(6), 0)
        self._cell(painter, cell, COLUMNS[index.column()], row, str(index.data()), (left, kind if soon else ""))
        painter.restore()

    @staticmethod
    def _parent_shows_cut_offs(index: QModelIndex | QPersistentModelIndex) -> bool:
        model = index.model()
        return isinstance(model, OrdersModel) and model.has_cut_offs

    def _cell(
        self, painter: QPainter, cell: QRectF, column: str, row: OrderRow, text: str, cut_off: tuple[str, str]
    ) -> None:
        look = self._look
        if column == "state":
            self._state(painter, cell, row)
            return
        ink, bold = "ink", column == "ship_number"
        if column == "cut_off":
            left, kind = cut_off
            text, bold = (f"▲{left}" if kind else left) or "—", bool(left or kind)
            if kind == "error":
                text = look.say("window.orders.past")
            ink = kind or ("ink" if left else "soft")
        if column == "shop":  # the shops of one company differ at their ends
            font = look.font(16)
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, elided_middle(text, font, cell.width()))
            return
        if column == "number":  # long numbers of malls: narrow digits, and the middle left out, not the end
            font = look.font(17, fixed=True)
            if QFontMetricsF(font).horizontalAdvance(text) > cell.width():
                font = look.font(15, fixed=True)
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, elided_middle(text, font, cell.width()))
            return
        size, least = look.px(17 if bold else 16), look.px(12 if column in ("cut_off", "content") else 15)
        draw_fitted(painter, cell, text, look.colour(ink), size, least, most=1, bold=bold)

    def _state(self, painter: QPainter, cell: QRectF, row: OrderRow) -> None:
        look, say = self._look, self._look.say
        middle, left, size = cell.center().y(), cell.left(), 13.0
        kind, text = _KINDS.get(row.state, "ok"), say(f"state.{row.state}")
        if row.holds:
            kind, text = "error", say(f"hold.{row.holds[0]}")
            if len(row.holds) > 1:
                text += f" +{len(row.holds) - 1}"
        elif row.holder:
            text += " " + say("window.station", name=row.holder)
        room = cell.width() - look.px(70) * row.gift
        metrics = QFontMetricsF(look.font(size, True))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - look.px(size * 1.7))
        left = pill(painter, look, left, middle, text, kind, size) + look.px(6)
        if row.gift:
            pill(painter, look, left, middle, say("window.orders.gift"), "info", size)


class OrdersTable(QTableView):
    """The queue; rows are chosen by click, touch or arrow keys."""

    def __init__(self, look: Look, model: OrdersModel) -> None:
        super().__init__()
        self._look = look
        self.model_ = model
        """The rows."""
        self.chosen: Callable[[OrderRow | None], None] = lambda _row: None
        """Called when another row is chosen."""
        self.setModel(model)
        self.setItemDelegate(_Cells(look, self))
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
        self.selectionModel().selectionChanged.connect(self._tell)
        self.restyle()

    def restyle(self) -> None:
        """Take the size of the window."""
        self.verticalHeader().setDefaultSectionSize(self._look.px(46))
        self._widths()
        self.model_.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.viewport().update()

    def rows_chosen(self) -> list[OrderRow]:
        """Return the chosen rows in queue order."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.model_.rows[place] for place in places if place < len(self.model_.rows)]

    def choose(self, orders: set[int]) -> None:
        """Choose these orders where they are among the rows."""
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        first = True
        for place, row in enumerate(self.model_.rows):
            if row.id in orders:
                index = self.model_.index(place, 0)
                if first:
                    selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                    first = False
                selection.select(index, flags)

    def _tell(self) -> None:
        rows = self.rows_chosen()
        self.chosen(rows[0] if len(rows) == 1 else None)

    def _widths(self) -> None:
        whole = self.viewport().width()
        self.setColumnHidden(0, not self.model_.has_cut_offs)
        for column in range(len(COLUMNS)):
            self.setColumnWidth(column, self.model_.width_of(column, whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._widths()
