"""A new map before it replaces the one in use: what would change, what is wrong with it, and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.warehouse_layout import Parameters
from app.errors import StationError
from app.services import warehouse
from app.services.answers import of_error
from app.services.warehouse import MapReport
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import TextField
from app.ui.floor_plan import floor_plan
from app.ui.map.rows import TROUBLES
from app.ui.para import Para
from app.ui.report import Report
from app.ui.stepper import Stepper
from app.ui.walk_map import WalkMap

__all__ = ["ImportPreview", "LayoutDialog"]

_FIGURES = (("added", "ok"), ("changed", "info"), ("removed", "error"))
_WIDE, _HIGH = 1080, 600
_PAUSE_MS = 200
"""A number that is still being changed is not looked at yet."""


class _Preview(QWidget):
    """The drawing of a new map, and below it the figures and the problems."""

    def __init__(self, window: Any, high: int, checked: tuple[str, ...]) -> None:
        super().__init__()
        self._checked = checked
        look = self.look = window.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        self.map = WalkMap(look)
        self.map.setMinimumHeight(look.px(high))
        self.report = Report(look)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.report)
        self.said, self.noted = Para(look, 17, "error"), Para(look, 17, "warning")
        self.noted.hide()
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.map)
        column.addWidget(self._card, 3)
        column.addWidget(self.said)
        column.addWidget(self.noted)
        column.addWidget(self.area, 2)
        self._column = column

    def put(self, found: MapReport, said: str, noted: str) -> None:
        """Show a new map; *said* is why it cannot be used, *noted* what is to be known of it."""
        say, new = self.look.say, found.map
        figures = [(say("window.map.shelves"), len(new.shelves), "ink")]
        figures += [(say(f"window.map.{name}"), len(getattr(found, name)), colour) for name, colour in _FIGURES]
        figures += [
            (say(f"window.map.trouble.{name}"), len(getattr(new, name)), TROUBLES[name]) for name in self._checked
        ]
        self.map.put(floor_plan(new.layout, new.shelves))
        self._card.setVisible(bool(new.layout.aisles))
        self.area.setVisible(True)
        self.report.show_report(figures, list(found.problems))
        QTimer.singleShot(0, lambda: self.report.show_report(figures, list(found.problems)))
        self.area.setMinimumHeight(self.look.px(210 if found.problems else 106))
        self._column.setStretchFactor(self.area, 3 if found.problems else 0)
        self.tell(said, noted)

    def tell(self, said: str, noted: str = "") -> None:
        """Say why there is no new map, or what is to be known of it; nothing for empty words."""
        for words, text in ((self.said, said), (self.noted, noted)):
            words.setText(text)
            words.setMinimumHeight(words.heightForWidth(self.look.px(640)) if text else 0)
            words.setVisible(bool(text))


class _Replacing(Dialog):
    """Asks before the map in use is replaced."""

    def __init__(self, window: Any, title: str, preview_high: int, checked: tuple[str, ...]) -> None:
        """*checked* are the troubles that there may be, of :data:`app.ui.map.rows.TROUBLES`."""
        super().__init__(window.look, window, title)
        self._window = window
        self._desk: Any = window.desk
        self.found: MapReport | None = None
        """The new map as it was looked at; None while it is not."""
        self.preview = _Preview(window, preview_high, checked)
        say = self.look.say
        self.use_button: QPushButton = button(f"{say('window.map.use')} F8", "go", self.use)
        self.use_button.setEnabled(False)
        self.no_button: QPushButton = button(say("window.no"), "", self.reject)
        self.replaced: Callable[[MapReport], None] = lambda _report: None
        """Called when the map was replaced."""

    def end(self) -> None:
        """Put the buttons below everything."""
        self.foot(self.no_button, self.use_button)
        wide, high = self._window.width() - 40, self._window.height() - 40
        self.resize(min(self.look.px(_WIDE), wide), min(self.look.px(_HIGH), high))

    def write(self) -> MapReport:
        """Make the new map the one in use; on a worker thread."""
        raise NotImplementedError

    def show_found(self, found: MapReport) -> None:
        """Show what the new map is."""
        self.found = found
        say = self.look.say
        said = "" if found.usable else say("window.map.not_usable" if found.problems else "window.map.no_shelf")
        self.preview.put(found, said, self.remark() if found.usable else "")
        self.use_button.setEnabled(found.usable)

    def show_error(self, error: BaseException) -> None:
        """Say why there is no new map."""
        self.found = None
        self.use_button.setEnabled(False)
        if isinstance(error, StationError):
            self.preview.tell(of_error(self.look.words, error))
        else:
            self._window.show_error(error)

    def remark(self) -> str:
        """Return what is to be known of a map that may be used; empty for nothing."""
        return ""

    def use(self) -> None:
        """Replace the map in use."""
        if self.found is not None and self.found.usable:
            self.use_button.setEnabled(False)
            self._window.bridge.work(self.write, self._written, self.show_error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 uses the new map, as it releases elsewhere."""
        if event.key() == Qt.Key.Key_F8:
            self.use()
        else:
            super().keyPressEvent(event)

    def _written(self, report: MapReport) -> None:
        if not report.written:
            self.show_found(report)
            return
        self.accept()
        self.replaced(report)


class ImportPreview(_Replacing):
    """A map out of a file of shelves."""

    def __init__(self, window: Any, path: Path, found: MapReport, cross: str) -> None:
        """*cross* is the setting of where cross-aisles lie: a file of shelves does not say it, so it stays."""
        super().__init__(window, window.look.say("window.map.import_title", file=path.name), 170, tuple(TROUBLES))
        self._path = path
        self._cross = cross
        self.column.addWidget(self.preview, 1)
        self.end()
        self.show_found(found)

    def remark(self) -> str:
        """Say that cross-aisles stay where they are."""
        return self.look.say("window.map.cross_stays", cross=self._cross) if self._cross else ""

    def write(self) -> MapReport:
        """Take the file in."""
        return warehouse.import_map(self._desk, self._path)


_NUMBERS: tuple[tuple[str, float, float, float, bool], ...] = (
    ("aisles", 1, 200, 1, False),
    ("bays", 1, 500, 1, False),
    ("levels", 1, 20, 1, False),
    ("cross_aisles", 2, 20, 1, False),
    ("depot", 1, 200, 1, False),
    ("bay", 0.2, 20, 0.1, True),
    ("apart", 0.5, 50, 0.1, True),
    ("cross_width", 0.5, 20, 0.1, True),
)
"""Fields of :class:`Parameters`: lowest and highest number, step, and whether it is metres on screen and mm there."""
_START = Parameters(aisles=6, bays=12, levels=3)


class LayoutDialog(_Replacing):
    """A map out of a few numbers, drawn while they are changed."""

    def __init__(self, window: Any) -> None:
        super().__init__(window, window.look.say("window.act.map_layout"), 200, ("missing",))
        look = self.look
        self.numbers: dict[str, Stepper] = {}
        """The field of each number."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, look.px(12), 0)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        for name, low, high, step, metres in _NUMBERS:
            value = getattr(_START, name) / (1000 if metres else 1)
            self.numbers[name] = Stepper(look, window, value, low, high, step)
            self.numbers[name].changed.connect(lambda _: self._later.start(_PAUSE_MS))
            at = grid.rowCount()
            grid.addWidget(label(look.say(f"window.map.layout.{name}")), at, 0)
            grid.addWidget(self.numbers[name], at, 1)
        self.pattern, self.zone = TextField(window, japanese=False), TextField(window)
        self.pattern.setText(_START.pattern)
        for name, field in (("pattern", self.pattern), ("zone", self.zone)):
            field.committed.connect(lambda _: self._later.start(_PAUSE_MS))
            grid.addWidget(label(look.say(f"window.map.layout.{name}")), grid.rowCount(), 0, 1, 2)
            grid.addWidget(field, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(form)
        area.setMinimumWidth(form.minimumSizeHint().width() + look.px(16))
        row = QHBoxLayout()
        row.setSpacing(look.px(18))
        row.addWidget(area)
        row.addWidget(self.preview, 1)
        self.column.addLayout(row, 1)
        self.end()
        self._look()

    def wanted(self) -> Parameters:
        """Return the warehouse that the fields describe."""
        values = {name: round(self.numbers[name].value * (1000 if metres else 1)) for name, _, _, _, metres in _NUMBERS}
        return Parameters(**values, pattern=self.pattern.text().strip(), zone=self.zone.text().strip())

    def _look(self) -> None:
        self._number += 1
        number, wanted, desk = self._number, self.wanted(), self._desk

        def newest(show: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda value: show(value) if number == self._number else None

        if said := self._impossible(wanted):
            self.found = None
            self.use_button.setEnabled(False)
            self.preview.tell(said)
            return
        self._window.bridge.work(
            lambda: warehouse.lay_out(desk, wanted, dry_run=True), newest(self.show_found), newest(self.show_error)
        )

    def _impossible(self, wanted: Parameters) -> str:
        """Say which number does not go with which other; empty where all do."""
        if wanted.cross_aisles > wanted.bays + 1:
            return self.look.say("window.map.layout.too_many_cross", most=wanted.bays + 1)
        if wanted.depot > wanted.aisles:
            return self.look.say("window.map.layout.no_depot", most=wanted.aisles)
        return ""

    def write(self) -> MapReport:
        """Make the map."""
        return warehouse.lay_out(self._desk, self.wanted())

    def done_looking(self) -> bool:
        """Whether what is shown is what the fields describe."""
        return self.found is not None and not self._later.isActive()
