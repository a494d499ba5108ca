"""A file of products before it is taken in: what is new, what changes from what to what, what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Problem
from app.errors import StationError
from app.services import product_diff, shop_files
from app.services.answers import of_error
from app.services.product_diff import Compared, Comparison, State
from app.services.products import ProductReport
from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.figures import FigureCard, FigureCards
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.look import Look
from app.ui.newest import Newest
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.products.rows import field_words

__all__ = ["DiffDialog", "DiffRow", "diff_rows"]

_COLUMNS = (Column("state", 8), Column("product", 24), Column("field", 14), Column("was", 19), Column("will_be", 35))
_KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}
_STATE_INKS = {State.NEW: "ok", State.CHANGED: "info", State.SAME: "soft"}
_PAGE = 500
"""Rows shown at a time."""
_IN_NAME = frozenset({"sku", "name", "picture"})
_USUAL = frozenset({"no", "none", "any", "auto", "ambient"})
"""What a new product says where nothing is given: no news."""
_SHOWN_OF_NEW = 4
"""Fields of a new product that stand in its row."""


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One row of the comparison: a new product, a field that changes, one that stays, or a problem."""

    id: int
    kind: str
    """``new``, ``changed``, ``same`` or ``problem``."""
    compared: Compared | None = None
    field: str = ""
    was: str = ""
    will_be: str = ""
    problem: Problem | None = None
    first: bool = True
    """Whether it is the first of its product: only that one names it."""


def diff_rows(found: Comparison, kind: str) -> list[DiffRow]:
    """Return the rows of one kind; ``""`` for everything but what stays as it is."""
    made: list[DiffRow] = []
    if kind in ("", "problem"):
        order = list(_KINDS)
        for problem in sorted(found.problems, key=lambda each: order.index(level_of(each))):
            made.append(DiffRow(len(made), "problem", problem=problem))
    for each in found.products:
        state = str(each.state)
        if state != kind and (kind or each.state is State.SAME):
            continue
        if each.state is State.CHANGED:
            for at, one in enumerate(each.differences):
                made.append(DiffRow(len(made), state, each, one.field, one.was, one.will_be, first=not at))
        else:
            made.append(DiffRow(len(made), state, each))
    return made


def _diff_cells(look: Look, row: DiffRow) -> tuple[Cell, ...]:
    say = look.say
    if row.problem is not None:
        found = row.problem
        said = say(found.key, **placeholders(found))
        where = say("window.import.where", file=found.file, row=found.row) if found.row else found.file
        return (
            Cell(sign=_KINDS[level_of(found)]),
            Cell(where, "soft", least=11, lines=2, tip=where),
            Cell(found.column or "–", "soft", least=11),
            Cell(),
            Cell(said, least=10, lines=3, tip=said),
        )
    assert row.compared is not None
    given = row.compared.given
    state = Cell(say(f"window.products.diff.{row.kind}"), _STATE_INKS[row.compared.state], bold=True)
    name = Cell(given.name or given.sku, least=12, under=given.sku, bold=True) if row.first else Cell()
    if row.kind == "changed":
        new = Cell(row.will_be or "–", "info" if row.will_be else "soft", bold=True, least=11, lines=2, tip=row.will_be)
        was = Cell(row.was or "–", "soft", least=11, lines=2, tip=row.was)
        return state if row.first else Cell(), name, Cell(field_words(look, row.field), least=11), was, new
    told = [
        f"{field_words(look, each.field)} {each.will_be}"
        for each in row.compared.differences
        if each.field not in _IN_NAME and each.will_be not in _USUAL
    ]
    words = say("list.comma").join(told[:_SHOWN_OF_NEW]) + (" …" if len(told) > _SHOWN_OF_NEW else "")
    whole = "\n".join(f"{field_words(look, each.field)}: {each.will_be}" for each in row.compared.differences)
    return state, name, Cell(), Cell(), Cell(words, least=11, lines=2, tip=whole)


class DiffDialog(Dialog):
    """Files of products, compared with what is stored, before anything is written."""

    def __init__(self, window: Any, paths: Sequence[Path]) -> None:
        """*window* is the main window."""
        look, say = window.look, window.look.say
        names = say("list.comma").join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
        super().__init__(look, window, say("window.products.diff.title", file=names))
        self._window, self._desk, self._paths = window, window.desk, list(paths)
        self.found: Comparison | None = None
        """What importing would do; None while it is being looked at."""
        self.taken: Callable[[ProductReport], None] = lambda _report: None
        """Called when the files were taken in."""
        self.rows: list[DiffRow] = []
        """Every row of the kind that is shown."""
        self.only = ""
        """The kind of rows that is shown; empty for all that would change, and problems."""
        self._mapping = ""
        self._refused = ""
        """Why the files were not taken in."""
        self._stopped = False
        self._newest = Newest(window.bridge, self)
        pad = look.px(20)
        self.column.setContentsMargins(pad, look.px(16), pad, look.px(16))
        self.column.setSpacing(look.px(12))
        self.mapping = Picker(window, "window.products.diff.mapping")
        """By which mapping the files are read."""
        self.mapping.offer([("", say("window.products.diff.documented"))], "")
        self.mapping.chosen.connect(self.read_by)
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(label(say("window.products.diff.mapping"), "soft"))
        top.addWidget(self.mapping)
        top.addStretch(1)
        self.add_button = button(say("window.products.files.add"), "", self.ask_mapping)
        top.addWidget(self.add_button)
        self.column.addLayout(top)
        self.cards = FigureCards(look)
        self.cards.tapped.connect(self.show_only)
        self.column.addWidget(self.cards)
        self.said = Para(look, 17)
        self.column.addWidget(self.said)
        model = GridModel(
            look, "window.products.diff.column", _COLUMNS, partial(_diff_cells, look), page=_PAGE, parent=self
        )
        model.wanted.connect(self._more)
        self.grid = Grid(look, model)
        """What would change."""
        self.grid.tall = 54
        self.grid.restyle()
        self.column.addWidget(self.grid, 1)
        self.empty = Para(look, 19, "soft", align="centre")
        self.column.addWidget(self.empty, 1)
        self.take_button = button(f"{say('window.products.diff.take')} F8", "go", self.take)
        self.foot(button(say("window.no"), "", self.reject), self.take_button)
        self.resize(min(look.px(1280), window.width() - 32), min(look.px(700), window.height() - 32))
        window.bridge.ask(self._desk.read(shop_files.mapping_names), self._offer)
        self._show()
        self._compare()
        self.grid.setFocus()

    def _offer(self, names: list[tuple[str, str]]) -> None:
        if isValid(self):
            choices = [("", self.look.say("window.products.diff.documented"))]
            choices += [(name, name) for kind, name in names if kind == "products"]
            self.mapping.offer(choices, self._mapping)

    def ask_mapping(self) -> None:
        """Ask for the file of a mapping of products."""
        title = self.look.say("window.products.files.add")
        PathDialog(
            self._window, title, lambda paths: self.add_mapping(Path(paths[0])), filters=["TOML (*.toml)"], parent=self
        ).open()

    def add_mapping(self, path: Path) -> None:
        """Keep a mapping, and read the files by it."""
        desk = self._desk

        def kept(name: str) -> None:
            if isValid(self):
                self._window.bridge.ask(desk.read(shop_files.mapping_names), self._offer)
                self.read_by(name)

        self._window.bridge.work(lambda: shop_files.add_mapping(desk, path), kept, self._not_added)

    def _not_added(self, error: BaseException) -> None:
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self._refused = of_error(self.look.words, error)
        self._show()

    # --- comparing ---

    def read_by(self, mapping: str) -> None:
        """Read the files by another mapping."""
        self._mapping, self._refused = mapping, ""
        self.found = None
        self._show()
        self._compare()

    def _compare(self) -> None:
        desk, paths, mapping = self._desk, self._paths, self._mapping

        def run() -> tuple[Comparison, list[DiffRow]]:
            found = product_diff.compare(desk, paths, mapping, cancelled=lambda: self._stopped)
            return found, diff_rows(found, "")

        self._newest.ask(run, self._compared, self._failed)

    def _compared(self, found: tuple[Comparison, list[DiffRow]]) -> None:
        self.found, self.rows = found
        self.only = ""
        self._show()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.found = Comparison()
        self.rows = []
        self._show()
        self._say("error", of_error(self.look.words, error))

    # --- showing ---

    def show_only(self, kind: str) -> None:
        """Show the rows of one kind, or all again where they are shown already."""
        if self.found is not None:
            self.only = "" if kind == self.only else kind
            self.rows = diff_rows(self.found, self.only)
            self._show()

    def _show(self) -> None:
        say, found = self.look.say, self.found
        counts = {str(state): found.count(state) if found else 0 for state in State}
        problems = len(found.problems) if found else 0
        cards = [
            FigureCard("new", say("window.products.diff.new"), counts["new"], "ok"),
            FigureCard("changed", say("window.products.diff.changed"), counts["changed"], "info"),
            FigureCard("same", say("window.products.diff.same"), counts["same"], "ink"),
            FigureCard("problem", say("window.products.diff.problem"), problems, "error" if problems else "ink"),
        ]
        self.cards.show_cards(cards, self.only)
        self.grid.model_.put(self.rows[:_PAGE])
        self.grid.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        busy = found is None
        key = "reading" if busy else "nothing" if not self.only else "none_of"
        self.empty.setText(say(f"window.products.diff.{key}"))
        self.take_button.setEnabled(found is not None and found.usable)
        if self._refused:
            self._say("error", self._refused)
        elif busy:
            self._say("", "")
        elif found is not None and not found.products:
            self._say("warning", say("window.products.diff.unknown"))
        elif found is not None and found.errors:
            self._say("warning", say("window.products.diff.left_out", count=found.errors))
        else:
            self._say("", "")

    def _say(self, kind: str, text: str) -> None:
        self.said.show_as(kind or "ink", text)
        self.said.setVisible(bool(text))

    def _more(self) -> None:
        model = self.grid.model_
        model.add(self.rows[len(model.rows) : len(model.rows) + _PAGE])

    # --- taking in ---

    def take(self) -> None:
        """Take in what is shown, and nothing else."""
        found, desk = self.found, self._desk
        if found is None or not found.usable or not self.take_button.isEnabled():
            return
        self._refused = ""
        self.take_button.setEnabled(False)
        self.mapping.setEnabled(False)
        self._say("info", self.look.say("window.products.diff.taking"))
        self._window.bridge.work(lambda: product_diff.import_shown(desk, found), self._taken, self._not_taken)

    def _taken(self, report: ProductReport) -> None:
        if isValid(self):
            self.accept()
        self.taken(report)

    def _not_taken(self, error: BaseException) -> None:
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.mapping.setEnabled(True)
        text = of_error(self.look.words, error)
        self._refused = text
        if error.key == "product_diff.changed_since":  # what is shown is no longer so: look again
            self.found = None
            self._compare()
        self._show()

    def done(self, result: int) -> None:
        """Look at nothing any more."""
        self._stopped = True
        self._newest.forget()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 takes it in."""
        if event.key() == Qt.Key.Key_F8:
            self.take()
        else:
            super().keyPressEvent(event)
