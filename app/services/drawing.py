"""Drawing papers of many pages in a process of its own, so that a scan never waits for the interpreter.

Only the papers' own modules are loaded there: no database, no Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents import render
from app.domain.import_paper import ImportPaper
from app.domain.label_sets import LabelSet
from app.domain.order_papers import AddressLabels, SlipBatch
from app.domain.papers import PickList, Rendered
from app.domain.pick_papers import JobList
from app.services import label_drawing
from app.services.aside import Aside
from app.text import texts

__all__ = ["Drawer", "Paper"]

MANY_SLIPS = 20
"""From so many slips on, drawing them takes longer than beginning a process."""
_MANY_ROWS = 150
"""The same for the rows of a pick list or of a report."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be drawn anywhere: its name, what it shows, and the language."""

    id: str
    value: object
    language: str

    @property
    def many(self) -> bool:
        """Whether drawing it takes seconds."""
        if isinstance(self.value, PickList):
            return len(self.value.rows) >= _MANY_ROWS
        if isinstance(self.value, ImportPaper):
            return len(self.value.problems) >= _MANY_ROWS
        if isinstance(self.value, JobList):
            return len(self.value.stops) + sum(len(each.parts) for each in self.value.orders) >= _MANY_ROWS
        return isinstance(self.value, SlipBatch) and len(self.value.slips) >= MANY_SLIPS

    def draw(self, between: Callable[[], None] = lambda: None) -> Rendered:
        """Draw it here.

        :param between: called now and then while a paper of many pages is drawn.
        """
        if isinstance(self.value, AddressLabels | LabelSet):
            return label_drawing.rendered(self.value, self.language)
        more = {"between": between} if isinstance(self.value, SlipBatch) else {}
        return render(self.id, self.value, texts(self.language), **more)


class Drawer:
    """Draws papers; those of many pages in a process of its own, which is kept for the next."""

    def __init__(self) -> None:
        self.aside = Aside()
        """Where papers of many pages are drawn."""

    def draw(self, paper: Paper, between: Callable[[], None]) -> Rendered:
        """Draw a paper.

        :param between: called now and then while it is drawn here.
        """
        if not paper.many:
            return paper.draw(between)
        return self.aside.run(Paper.draw, paper, here=lambda: paper.draw(between))

    def close(self) -> None:
        """Let the process go."""
        self.aside.close()
