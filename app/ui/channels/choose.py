"""Dialogs of the mapping wizard: the field of a column, and the columns of a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea

from app.domain.intake import fold_name
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments
from app.ui.ordered import Ordered
from app.ui.para import Para
from app.ui.picker import FindDialog, FindField

__all__ = ["ColumnsDialog", "FieldDialog", "Taken"]

_JOINS = ((" ", "space"), ("", "none"), ("-", "hyphen"), ("\n", "line"))
"""What may stand between the texts of several columns."""


class FieldDialog(FindDialog):
    """Asks for the field of a column: by its number, by a part of its name, by arrow keys or by the mouse."""

    def __init__(
        self,
        window: Any,
        title: str,
        fields: Sequence[tuple[str, str]],
        value: str,
        done: Callable[[str], object],
    ) -> None:
        """*window* is the main window.

        :param fields: name and words of each; they are numbered from 1.
        :param done: gets the name of the field that was chosen.
        """
        self._fields = [(name, f"{number}  {words}") for number, (name, words) in enumerate(fields, 1)]
        say = window.look.say
        about = say("window.channels.find_field")
        super().__init__(window, title, self._fields, value, done, say("window.channels.find"), about)
        self.resize(self.width(), min(window.look.px(680), window.height() - 40))

    def look_for(self, text: str) -> None:
        """Show the fields with this number, or with this in their words."""
        wanted = fold_name(text)
        if wanted.isdecimal():
            shown = [each for each in self._fields if each[1].split()[0].startswith(wanted)]
            shown.sort(key=lambda each: each[1].split()[0] != wanted)  # the field with just this number comes first
        else:
            shown = [each for each in self._fields if wanted in fold_name(each[1])]
        self.put(shown)
        if shown:
            self.grid.selectRow(0)


class _Rows(Ordered):
    """Names in an order of which the one that keys act on stays in view."""

    went = Signal(QRect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say where the row is that keys act on now."""
        super().keyPressEvent(event)
        high = self.height() // max(1, len(self.names))
        self.went.emit(QRect(0, self.at * high, self.width(), high))


@dataclass(frozen=True, slots=True)
class Taken:
    """What a field takes."""

    columns: tuple[str, ...] = ()
    """Columns, in their order."""
    join: str = " "
    """What stands between several."""
    fixed: str = ""
    """A text that every order has instead; empty for none."""


class ColumnsDialog(Dialog):
    """Asks for the columns of a field, and their order."""

    def __init__(
        self,
        window: Any,
        title: str,
        columns: Sequence[tuple[str, str]],
        taken: Taken,
        done: Callable[[Taken], object],
    ) -> None:
        """*window* is the main window.

        :param columns: id and words of each column that can be chosen.
        :param taken: what the field takes now.
        :param done: gets what it takes then.
        """
        look, say = window.look, window.look.say
        super().__init__(look, window, title)
        self._columns, self._done = tuple(columns), done
        self._on = list(taken.columns)
        about = Para(look, 17, "soft")
        about.setText(say("window.channels.several"))
        self.search = FindField(window)
        self.search.setPlaceholderText(say("window.channels.find_column"))
        self.search.textChanged.connect(self._offer)
        self.search.entered.connect(self._first)
        self.rows = _Rows(look)
        """The columns: those that the field takes come first."""
        self.rows.changed.connect(self._changed)
        self.search.stepped.connect(lambda _: self.rows.setFocus())
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.rows)
        self.rows.went.connect(lambda at: area.ensureVisible(at.center().x(), at.center().y(), 0, at.height()))
        self.join = Segments(look)
        self.join.offer(tuple((each, say(f"window.channels.join.{name}")) for each, name in _JOINS), taken.join)
        self.fixed = FindField(window)
        self.fixed.setText(taken.fixed)
        self.fixed.setPlaceholderText(say("window.channels.fixed_hint"))
        self.fixed.entered.connect(self.take)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (name, part) in enumerate((("join", self.join), ("fixed", self.fixed))):
            grid.addWidget(label(say(f"window.channels.{name}"), "soft"), row, 0)
            left = Qt.AlignmentFlag.AlignLeft if part is self.join else Qt.AlignmentFlag(0)
            grid.addWidget(part, row, 1, left)
        for each in (about, self.search):
            self.column.addWidget(each)
        self.column.addWidget(area, 1)
        self.column.addLayout(grid)
        self.take_button = button(f"{say('window.choose.take')} F8", "main", self.take)
        self.foot(button(say("window.no"), "", self.reject), self.take_button)
        self.resize(min(look.px(640), window.width() - 40), min(look.px(660), window.height() - 40))
        self._offer("")
        self.rows.setFocus()

    def _offer(self, text: str) -> None:
        """Offer the columns with this in their names; those that are on are always there."""
        wanted = fold_name(text)
        self.rows.offer(
            [(name, said) for name, said in self._columns if name in self._on or wanted in fold_name(said)], self._on
        )

    def _first(self) -> None:
        """Take the first column that was found."""
        off = [name for name in self.rows.rows if name not in self._on]
        if off and self.search.text():
            self.rows.switch(off[0])
            self.search.setText("")
        else:
            self.take()

    def _changed(self, on: list[str]) -> None:
        self._on = list(on)

    def take(self) -> None:
        """Take the columns as they are."""
        for each in (self.search, self.fixed):
            each.end()
        self.accept()
        self._done(Taken(tuple(self._on), self.join.value, self.fixed.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 or Enter takes them."""
        if event.key() in (Qt.Key.Key_F8, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)
