"""Choosing one of many: a button that shows what is chosen, and a list that it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QSizePolicy

from app.ui.dialogs import Dialog, button
from app.ui.fields import TextField
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.machines import brief
from app.ui.para import Para

__all__ = ["FindDialog", "FindField", "PickDialog", "Picker"]

_WIDE, _HIGH = 620, 460
_SHOWN = 30
"""Characters of what is chosen that stand on the button."""


@dataclass(frozen=True, slots=True)
class _Choice:
    id: str
    words: str


class PickDialog(Dialog):
    """A list of which one is chosen: by arrow keys and Enter, by a double click, or by its button."""

    def __init__(
        self,
        window: Any,
        title: str,
        choices: Sequence[tuple[str, str]],
        value: str,
        done: Callable[[str], object],
        about: str = "",
    ) -> None:
        """*window* is the main window.

        :param choices: value and words of each.
        :param done: gets the value that was chosen.
        """
        look = window.look
        super().__init__(look, window, title)
        self._done = done
        if about:
            words = Para(look, 17, "soft")
            words.setText(about)
            self.column.addWidget(words)
        columns = (Column("name", 1),)
        model = GridModel(look, "window.choose.column", columns, lambda row: (Cell(row.words),), parent=self)
        self.grid = Grid(look, model)
        """The choices."""
        self.grid.horizontalHeader().hide()
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.setMinimumHeight(look.px(150))
        self.put(choices)
        self.grid.choose({value})
        self.grid.doubleClicked.connect(lambda _index: self.take())
        self.column.addWidget(self.grid, 1)
        self.take_button = button(look.say("window.choose.take"), "main", self.take)
        self.foot(button(look.say("window.no"), "", self.reject), self.take_button)
        high = min(look.px(_HIGH), look.px(260) + len(choices) * look.px(46))
        self.resize(min(look.px(_WIDE), window.width() - 40), min(high, window.height() - 40))
        self.grid.setFocus()

    def put(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these choices: value and words of each."""
        self.grid.model_.put([_Choice(name, said) for name, said in choices])

    def take(self) -> None:
        """Take the row that is chosen."""
        rows = self.grid.rows_chosen()
        if rows:
            self.accept()
            self._done(rows[0].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)


class FindField(TextField):
    """What is looked for; Enter takes it, up and down go through what was found."""

    entered = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over the keys that are not text."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
            self.entered.emit()
        elif step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class FindDialog(PickDialog):
    """A list with a field above it, in which one types at once. Sub-classes say what is found by a text."""

    def __init__(
        self,
        window: Any,
        title: str,
        choices: Sequence[tuple[str, str]],
        value: str,
        done: Callable[[str], object],
        hint: str,
        about: str = "",
    ) -> None:
        """*window* is the main window.

        :param hint: what stands in the field while it is empty.
        """
        super().__init__(window, title, choices, value, done, about)
        self.search = FindField(window)
        """What is looked for."""
        self.search.setPlaceholderText(hint)
        self.search.textChanged.connect(self.look_for)
        self.search.entered.connect(self.take)
        self.search.stepped.connect(self._step)
        self.column.insertWidget(self.column.indexOf(self.grid), self.search)
        self.search.setFocus()
        self.search.begin()

    def look_for(self, text: str) -> None:
        """Show what a text finds, with :meth:`put`."""
        raise NotImplementedError

    def _step(self, step: int) -> None:
        rows = len(self.grid.model_.rows)
        if rows:
            at = self.grid.currentIndex().row() + step
            self.grid.selectRow(min(rows - 1, max(0, at)))


class Picker(QPushButton):
    """Shows what is chosen; a press opens the list."""

    chosen = Signal(str)
    """Value that a person chose."""

    def __init__(self, window: Any, title: str) -> None:
        """*window* is the main window; *title* is the key of the list's title."""
        super().__init__()
        self._window, self._title = window, title
        self.choices: tuple[tuple[str, str], ...] = ()
        """Values with their words."""
        self.value = ""
        """Value in force."""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _=False: self.open())

    def offer(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer choices with one in force."""
        self.choices, self.value = tuple(choices), value
        words = dict(choices).get(value, value)
        self.setText(brief(words, _SHOWN).replace("&", "&&") + " ▾")
        self.setToolTip(words)
        self.setEnabled(len(self.choices) > 1 or value not in dict(choices))

    def open(self) -> None:
        """Open the list."""
        title = self._window.look.say(self._title)
        PickDialog(self._window, title, self.choices, self.value, self.choose).open()

    def choose(self, value: str) -> None:
        """Take a value as a person would."""
        if value != self.value:
            self.offer(self.choices, value)
            self.chosen.emit(value)
