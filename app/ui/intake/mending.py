"""What a person does with a problem of the report: another value for its cell, a remedy, nothing; alone or with all
that say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services import import_report, imports
from app.services.desk import new_act
from app.services.imports import ProblemRow, Remedy
from app.ui.intake.product import ProductDialog
from app.ui.intake.rows import MAPPING, brief_sentence, can_mend, remedy_words
from app.ui.printing.dialogs import ChoiceDialog

if TYPE_CHECKING:
    from app.ui.intake.screen import IntakeScreen

__all__ = ["Mending"]

_TOPICS = frozenset({"imports", "orders"})


class Mending:
    """Asks what is still to be asked, does it, and lets the screen say so."""

    def __init__(self, screen: IntakeScreen) -> None:
        self._screen = screen

    def with_alike(self, row: ProblemRow, then: Callable[[list[int]], object]) -> None:
        """Ask whether what is done with a problem is done with all that say the same, where there are several."""
        ids = self._screen.head.ids

        def found(alike: list[int]) -> None:
            if len(alike) < 2:
                then([row.id])
                return
            say = self._screen.look.say
            choices = [("all", say("intake.alike.all", count=len(alike))), ("one", say("intake.alike.one"))]
            text = say("intake.alike.text", count=len(alike), sentence=brief_sentence(self._screen.look, row))
            ChoiceDialog(
                self._screen.window_, say("intake.alike.title"), text, choices,
                lambda name: then(alike if name == "all" else [row.id]),
            ).open()  # fmt: skip

        self._screen.bridge.ask(self._screen.window_.desk.read(import_report.alike, row.id, ids), found)

    def put_aside(self, row: ProblemRow) -> None:
        """Say that a problem needs nothing."""
        self.with_alike(row, self._aside)

    def _aside(self, ids: Sequence[int]) -> None:
        self._each(imports.put_aside, ids, then=lambda: self._said("intake.put_aside", len(ids)))

    def _each(self, function: Callable[..., Any], ids: Sequence[int], *args: object, then: Callable[[], None]) -> None:
        """Run one act after the other, then say what was done."""
        desk = self._screen.window_.desk
        for each in ids[:-1]:
            self._screen.bridge.ask(desk.do(_TOPICS, function, desk.station, new_act(), each, *args), lambda _: None)
        self._screen.do(_TOPICS, function, ids[-1], *args, then=lambda _: then())

    def _said(self, key: str, count: int) -> None:
        self._screen.window_.say("ok", self._screen.look.say(key, count=count))

    def mend(self, row: ProblemRow) -> None:
        """Let the cell be typed anew, in its row."""
        if not can_mend(row):
            self._screen.window_.say("info", self._screen.look.say("intake.no_cell"))
            return
        self._type(
            row, self._fixed(row, row.value), lambda value: self.with_alike(row, lambda ids: self._mend(ids, value))
        )

    def _mend(self, ids: Sequence[int], value: str) -> None:
        self._each(imports.mend, ids, value, then=lambda: self._said("intake.mended", len(ids)))

    def _fixed(self, row: ProblemRow, value: str) -> str:
        """Return what the cell of a problem is to say already, else *value*."""
        return (self._screen.head.fixes or {}).get((row.import_id, row.file, row.row, row.column), value)

    def _type(self, row: ProblemRow, value: str, done: Callable[[str], object]) -> None:
        at = next((number for number, each in enumerate(self._screen.model.rows) if each.id == row.id), None)
        if at is not None:
            self._screen.grid.scrollTo(self._screen.model.index(at, 0))
            self._screen.field.open(at, row.id, value, done)

    def remedy(self, row: ProblemRow, remedy: Remedy) -> None:
        """Do what a remedy says; what it needs from the person is typed in the row, a product is chosen."""
        if remedy.name == MAPPING:
            self._wizard(row)
        elif remedy.asks == "product":
            title = remedy_words(self._screen.look, remedy)
            ProductDialog(
                self._screen.window_, title, remedy.proposed, lambda sku: self._do([row.id], remedy, sku)
            ).open()
        elif remedy.asks:
            value = self._fixed(row, remedy.proposed)
            self._type(row, value, lambda text: self.with_alike(row, lambda ids: self._do(ids, remedy, text)))
        elif remedy.name.endswith("_product"):  # of one code, for all that name it
            self._do([row.id], remedy, "")
        else:
            self.with_alike(row, lambda ids: self._do(ids, remedy, ""))

    def _do(self, ids: Sequence[int], remedy: Remedy, value: str) -> None:
        desk: Any = self._screen.window_.desk

        def run() -> tuple[int, bool]:
            left = (each for each in ids if not desk.read(imports.problem_of, each).result().done)
            done = [imports.apply(desk, each, remedy.name, value) for each in left]  # one may settle others
            return len(done), any(each.again for each in done)

        def said(what: tuple[int, bool]) -> None:
            self._said("intake.mended" if what[1] else "intake.remedied", what[0])

        self._screen.work(run, said)

    def _wizard(self, row: ProblemRow) -> None:
        """Open the mapping wizard with the file of a problem."""
        paths = [path for each in self._screen.head.imports if each.id == row.import_id for path in each.paths]
        if paths:
            self._screen.window_.arrivals.wizard(Path(paths[0]))
