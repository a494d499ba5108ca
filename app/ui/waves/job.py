"""One pick job: its lines, its walk on the map, and what other ways of walking would have taken."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.jobs import Job
from app.services.job_acts import JobDetail
from app.ui.dialogs import Dialog, button
from app.ui.floor_plan import FloorPlan
from app.ui.grid import Grid, GridModel
from app.ui.map.compared import Compared
from app.ui.walk_map import WalkMap
from app.ui.waves.rows import LINES, LineRow, line_cells

__all__ = ["JobDialog", "done_shelves", "next_shelf"]

_WIDE, _HIGH = 1180, 640


def done_shelves(job: Job) -> frozenset[str]:
    """Return the shelves at which nothing is left to take."""
    left = {each.shelf for each in job.picks if each.left > 0}
    return frozenset(each.shelf for each in job.picks) - left


def next_shelf(job: Job) -> str:
    """Return the shelf that comes next; empty where nothing is left."""
    open_ = [each for each in job.picks if each.left > 0]
    return min(open_, key=lambda each: (each.skipped, each.position)).shelf if open_ else ""


class JobDialog(Dialog):
    """Lines at the left in the order of the walk, the walk at the right."""

    def __init__(self, window: Any, detail: JobDetail, plan: FloorPlan) -> None:
        look, job = window.look, detail.job
        super().__init__(look, window, look.say("window.waves.job_title", job=job.number))
        self.model = GridModel(look, "window.waves.column", LINES, partial(line_cells, look), parent=self)
        self.grid = Grid(look, self.model)
        self.map = WalkMap(look)
        self.compared = Compared(look)
        left, right = QFrame(), QFrame()
        self._walk = right
        for frame, parts in ((left, (self.grid,)), (right, (self.map, self.compared))):
            frame.setProperty("role", "card")
            column = QVBoxLayout(frame)
            column.setContentsMargins(*([look.px(10)] * 4))
            for part in parts:
                column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(look.px(14))
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.column.addLayout(row, 1)
        self.close_button = button(look.say("window.close"), "main", self.accept)
        self.foot(self.close_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))
        self.put(detail, plan)

    def put(self, detail: JobDetail, plan: FloorPlan) -> None:
        """Show how the job stands."""
        job, walk = detail.job, detail.walk
        here = next_shelf(job)
        picks = sorted(job.picks, key=lambda each: (each.skipped, each.position, each.slot))
        self.model.hidden = frozenset() if any(each.shelf for each in picks) else frozenset({"shelf"})
        self.model.put([LineRow(each.id, each, each.shelf == here and each.left > 0) for each in picks])
        self.map.put(plan, walk.get("points", ()), walk.get("stops", ()), done_shelves(job), here)
        self.compared.put(walk)
        self._walk.setVisible(bool(self.map.points))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opened it closes it."""
        if event.key() == Qt.Key.Key_F5:
            self.accept()
        else:
            super().keyPressEvent(event)
