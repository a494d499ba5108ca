"""The rows of the queue, page by page as they are scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.services.orders import OrderRow
from app.ui.look import Look

__all__ = ["COLUMNS", "OrdersModel"]

COLUMNS = ("cut_off", "ship_number", "number", "shop", "ship_to", "content", "state")
"""Columns, in their order."""
_WEIGHTS = (9, 10, 22, 15, 17, 13, 20)
Index = QModelIndex | QPersistentModelIndex


class OrdersModel(QAbstractTableModel):
    """Rows read so far; asks for more when they are scrolled to."""

    wanted = Signal()
    """The next page is wanted."""

    def __init__(self, look: Look, page: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._page = look, page
        self.rows: list[OrderRow] = []
        """Rows read so far, in queue order."""
        self.has_cut_offs = False
        """Whether any row has a cut-off: shops without them need no column for it."""
        self._more = False
        self._asked = False

    def put(self, rows: list[OrderRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.has_cut_offs = any(row.cut_off is not None for row in rows)
        self._more, self._asked = len(rows) >= self._page, False
        self.endResetModel()

    def add(self, rows: list[OrderRow]) -> None:
        """Show these rows as well."""
        self._more, self._asked = len(rows) >= self._page, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.has_cut_offs = self.has_cut_offs or any(row.cut_off is not None for row in rows)
            self.endInsertRows()

    def width_of(self, column: int, whole: int) -> int:
        """Return a column's share of the width."""
        shown = sum(_WEIGHTS) if self.has_cut_offs else sum(_WEIGHTS) - _WEIGHTS[0]
        return whole * _WEIGHTS[column] // shown

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether the queue goes on."""
        return self._more and not self._asked

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the next page."""
        self._asked = True
        self.wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's word."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.say(f"window.orders.column.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; colours are the painter's."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, COLUMNS[index.column()])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        say = self._look.say
        match COLUMNS[index.column()]:
            case "ship_number":
                return row.ship_number or "—"
            case "number":
                return row.number
            case "shop":
                return row.shop
            case "ship_to":
                return f"{row.prefecture} {row.ship_name}".strip()
            case "content":
                return say("window.orders.content", lines=row.lines, pieces=row.pieces)
            case "state":
                return say(f"state.{row.state}")
        return ""

    def _tip(self, row: OrderRow, column: str) -> str:
        say = self._look.say
        if column == "state" and row.holds:
            return "\n".join(say(f"hold.{hold}") for hold in row.holds)
        if column == "number":
            return row.number + (f" / {row.ship_to_key}" if row.ship_to_key else "")
        return f"{row.prefecture} {row.ship_name}".strip() if column == "ship_to" else row.shop
