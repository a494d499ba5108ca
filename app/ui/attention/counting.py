"""Shelves to be counted 棚卸: their rows, and the dialog that takes the number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.services.counts import CountRow
from app.ui.dialogs import Dialog, button
from app.ui.fields import TextField
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["COUNTS", "CountDialog", "count_cells", "count_facts"]

COUNTS = (
    Column("shelf", 16),
    Column("product", 34),
    Column("count_reason", 16),
    Column("books", 10),
    Column("found_by", 14),
    Column("at", 12),
)


def _name(look: Look, row: CountRow) -> str:
    return (row.name_en if look.language == "en" else "") or row.name


def count_cells(look: Look, row: CountRow) -> tuple[Cell, ...]:
    """Return the cells of a shelf that is to be counted."""
    return (
        Cell(row.shelf or "—", digits=True, bold=True),
        Cell(_name(look, row), ends=True, least=11, tip=f"{row.sku}\n{_name(look, row)}"),
        Cell(pills=((look.say(f"count.reason.{row.reason}"), "warning"),)),
        Cell(str(row.books), digits=True),
        Cell(row.person or "—", least=11),
        Cell(look.clock(row.at)),
    )


def count_facts(look: Look, row: CountRow) -> list[Fact]:
    """Say of a shelf what lies there by the books, and who found it otherwise."""
    made = [Fact(row.shelf or "—", row.job, head=True), Fact(_name(look, row)), Fact(row.sku)]
    made.append(Fact(look.say("window.attention.column.books"), str(row.books)))
    return [*made, Fact(look.say("window.attention.about_counts"), kind="info")]


class CountDialog(Dialog):
    """Asks how many pieces are there."""

    def __init__(self, look: Look, window: Any, row: CountRow, done: Callable[[int, str], None]) -> None:
        """*done* gets the pieces and the lot; empty where only one lies there."""
        say = look.say
        super().__init__(look, window, say("window.act.counted"))
        self._done, self._say, self._window = done, say, window
        words = Para(look, 18)
        words.setText(say("window.count.ask", shelf=row.shelf or "—", name=_name(look, row), books=row.books))
        words.setMinimumHeight(words.heightForWidth(look.px(560)))
        self.column.addWidget(words)
        self.pieces, self.lot = TextField(window, False), TextField(window, False)
        for field, key in ((self.pieces, "pieces"), (self.lot, "lot")):
            field.setPlaceholderText(say(f"window.count.{key}"))
            self.column.addWidget(field)
        self.column.addStretch(1)
        self.foot(button(say("window.no"), "", self.reject), button(say("window.act.counted"), "main", self._yes))
        self.setMinimumWidth(look.px(640))
        self.pieces.setFocus()

    def _yes(self) -> None:
        text = self.pieces.text().strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 7):
            self._window.say("warning", self._say("window.count.no_number"))
            return
        self.accept()
        self._done(int(text), self.lot.text().strip())
