"""What people did to a product lately."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.services import product_board
from app.services.product_board import HistoryRow
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.look import Look
from app.ui.para import Para
from app.ui.products.rows import field_words

__all__ = ["HistoryView", "history_words"]

_COLUMNS = (Column("at", 16), Column("who", 22), Column("what", 62))


def history_words(look: Look, row: HistoryRow) -> str:
    """Say what an act did to a product."""
    say, facts = look.say, row.facts
    if row.kind == "listing":
        return say(f"window.products.did.{'unlisted' if facts.get('gone') else 'listed'}", code=facts.get("code", ""))
    if row.kind == "picture":
        return say("window.products.did.picture")
    if "file" in facts:
        return say("window.products.did.file", file=facts["file"])
    if "retired" in facts:
        return say(f"window.products.did.{'retired' if facts['retired'] else 'back'}")
    fields = _fields(look, facts)
    return say(f"window.products.did.{'new' if facts.get('new') else 'changed'}", fields=fields)


def _fields(look: Look, facts: Mapping[str, Any]) -> str:
    names = [name for name in facts.get("fields", ()) if name != "sku"]
    return look.say("list.comma").join(field_words(look, name) for name in names) or "–"


class HistoryView(QWidget):
    """The acts on one product, the newest first."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        super().__init__()
        self._window, self._look = window, window.look
        look: Look = window.look
        model = GridModel(look, "window.products.history.column", _COLUMNS, self._cells, parent=self)
        self.grid = Grid(look, model)
        """The acts."""
        self.empty = Para(look, 18, "soft", align="centre")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.grid, 1)
        whole.addWidget(self.empty, 1)
        self.about = Para(look, 15, "soft")
        self.about.setText(look.say("window.products.history.about", acts=f"{product_board.LOOKED_AT:,}"))
        whole.addWidget(self.about)
        self.setFocusProxy(self.grid)
        self._show([])

    def _cells(self, row: HistoryRow) -> tuple[Cell, ...]:
        words = history_words(self._look, row)
        who = row.person or self._look.say("window.products.history.nobody")
        station = self._look.say("window.station", name=row.station)
        return Cell(self._look.clock(row.at)), Cell(f"{who} ・ {station}", "soft"), Cell(words, least=11, tip=words)

    def read(self, sku: str) -> None:
        """Read the acts on a product."""
        if sku:
            future = self._window.desk.read(product_board.history, sku)
            self._window.bridge.ask(future, lambda rows: self._show(rows) if isValid(self) else None)

    def _show(self, rows: list[HistoryRow]) -> None:
        self.grid.model_.put(rows)
        self.grid.setVisible(bool(rows))
        self.empty.setText(self._look.say("window.products.history.none"))
        self.empty.setVisible(not rows)
