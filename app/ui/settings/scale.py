"""Settings, readers: the card of the scale, with its live weight and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.scale import Reading, grams
from app.services.scales import AUTO, ScaleSettings, titles
from app.text import base_of
from app.ui.dialogs import button
from app.ui.fields import Segments, TextField
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.machines import brief
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.shapes import pill, pill_width

__all__ = ["ScaleCard"]

_PILLS = {"ok": "ok", "fault": "error", "": "quiet"}
_BAUDS = (0, 1200, 2400, 4800, 9600, 19200)
_DIVISIONS = (1, 2, 5, 10, 20, 50)
_ROW = 3
"""Makers side by side."""


class _Head(Painted):
    """The word はかり, how it stands, and under it the weight that it shows now."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.state = ""
        self.reading: Reading | None = None

    def show_now(self, state: str, reading: Reading | None) -> None:
        """Show these."""
        self.state, self.reading = state, reading
        look = self.look
        self.setFixedHeight(look.px(104 if state else 34))
        self.tell(f"{look.say('readers.title.scale')}: {self._state()} {self.weight()}")
        self.update()

    def weight(self) -> str:
        """Return the weight as it is shown."""
        if not self.state:
            return ""
        if self.reading is None or self.reading.milligrams is None:
            return self.look.say("scale.waiting")
        return self.look.say("scale.weight", grams=f"{grams(self.reading.milligrams):,}")

    def _state(self) -> str:
        return self.look.say(f"scale.state.{self.state or 'none'}")

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, words, high = self.look, self._state(), float(self.look.px(34))
        wide = pill_width(look, words, 15)
        pill(painter, look, box.right() - wide, box.top() + high / 2, words, _PILLS[self.state])
        name = QRectF(box.left(), box.top(), box.width() - wide - look.px(12), high)
        title = look.say("readers.title.scale")
        draw_fitted(painter, name, title, look.colour("brand"), look.px(20), look.px(13), most=1, bold=True)
        if not self.state:
            return
        known = self.reading is not None and self.reading.milligrams is not None
        place = QRectF(box.left(), box.top() + high, box.width(), box.height() - high)
        size, ink = (look.px(44), look.colour("ink")) if known else (look.px(18), look.colour("soft"))
        draw_fitted(painter, place, self.weight(), ink, size, look.px(13), most=1, bold=known)
        if self.reading is not None and self.reading.stable is not None and (known or not self.reading.stable):
            moving = self.reading.stable is False
            said = look.say("scale.moving" if moving else "scale.rests")
            pill(
                painter,
                look,
                box.right() - pill_width(look, said, 15),
                place.center().y(),
                said,
                "warning" if moving else "ok",
            )


class ScaleCard(QFrame):
    """The scale of the station: none, or one with its settings."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, scale, and keeps the settings."""
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self.look: Look = window.look
        self.head = _Head(self.look)
        self.trouble = Para(self.look, 16, "error")
        self.found = Para(self.look, 15, "soft")
        self._about = Para(self.look, 16, "soft")
        self._offered: list[tuple[str, str]] | None = None
        self.makers: list[Segments] = []
        """Rows of the choice of the maker."""
        self._build()
        scale = window.scale
        scale.shown.connect(self._weight)
        scale.trouble.connect(self._changed)
        scale.state_changed.connect(self._changed)
        scale.spoke.connect(self._changed)

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        for each in (self.head, self.trouble, self.found):
            self._column.addWidget(each)
        self._set, self._unset = QWidget(), QWidget()
        self._column.addWidget(self._set)
        self._column.addWidget(self._unset)
        self._grid = QGridLayout(self._set)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[Para, str]] = []
        names = (AUTO, *titles(base_of(self.look.language)))
        self._rows = [names[at : at + _ROW] for at in range(0, len(names), _ROW)]
        for row in self._rows:
            self.makers.append(self._field("protocol", first=row is self._rows[0]))
        self.baud, self.division = self._field("baud"), self._field("division")
        self.remove = button("", "", partial(self._keep, ScaleSettings()))
        self._grid.addWidget(self.remove, self._grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)
        self._new = QVBoxLayout(self._unset)
        self._new.setContentsMargins(0, 0, 0, 0)
        self._new.addWidget(self._about)
        self._offers = QVBoxLayout()
        self._new.addLayout(self._offers)
        self.path, self.add = TextField(self._window, japanese=False), button("", "main", self._add_path)
        line = QHBoxLayout()
        line.addWidget(self.path, 1)
        line.addWidget(self.add)
        self._new.addLayout(line)

    def _field(self, key: str, first: bool = True) -> Segments:
        field, row = Segments(self.look), self._grid.rowCount()
        field.chosen.connect(partial(self._chosen, key))
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        if first:
            words = Para(self.look, 16)
            self._labels.append((words, f"scale.{key}"))
            self._grid.addWidget(words, row, 0)
        return field

    # --- showing ---

    def render_all(self, ports: list[tuple[str, str]]) -> None:
        """Show everything again; *ports* are path and description of those that nothing else uses."""
        look, say, settings = self.look, self.look.say, self._window.scale.settings
        self._column.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
        for layout in (self._column, self._new, self._offers):
            layout.setSpacing(look.px(8))
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnMinimumWidth(0, look.px(165))
        for words, key in self._labels:
            words.setText(say(key))
        known = {AUTO: say("scale.protocol.auto")} | titles(base_of(look.language))
        for field, row in zip(self.makers, self._rows, strict=True):
            field.offer(tuple((name, known[name]) for name in row), settings.protocol)
        bauds = tuple((str(baud), str(baud) if baud else say("scale.baud.auto")) for baud in _BAUDS)
        self.baud.offer(bauds, str(settings.baud))
        self.division.offer(tuple((str(each), str(each)) for each in _DIVISIONS), str(settings.division))
        self.remove.setText(say("scale.remove"))
        self._about.setText(say("scale.new.about"))
        self.path.setPlaceholderText(say("readers.new.path"))
        self.add.setText(say("readers.new.add"))
        self._set.setVisible(bool(settings.port))
        self._unset.setVisible(not settings.port)
        self._offer(ports)
        self._changed()

    def _offer(self, ports: list[tuple[str, str]]) -> None:
        if ports == self._offered:
            return
        self._offered = ports
        while (item := self._offers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path, words in ports:
            name = " ".join(part for part in (words, path.rpartition("/")[2]) if part)
            offer = button(f"＋ {brief(name, 40)}", "", partial(self._add, path))
            offer.setToolTip(path)
            self._offers.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _changed(self, *_: object) -> None:
        scale, say = self._window.scale, self.look.say
        key, args = scale.said
        self.trouble.setText(say(key, **args) if key else "")
        self.trouble.setVisible(bool(key))
        if scale.found is not None:
            maker, baud = scale.found
            self.found.setText(say("scale.found", maker=titles(base_of(self.look.language))[maker], baud=baud))
        self.found.setVisible(scale.found is not None)
        self.head.show_now(scale.state, scale.reading)

    def _weight(self, reading: Reading) -> None:
        if self.isVisible():
            self.head.show_now(self._window.scale.state, reading)

    # --- changing ---

    def _chosen(self, key: str, value: str) -> None:
        change: dict[str, Any] = {key: value if key == "protocol" else int(value)}
        self._keep(replace(self._window.scale.settings, **change))

    def _add_path(self) -> None:
        self._add(self.path.text().strip())

    def _add(self, path: str) -> None:
        if path:
            self.path.clear()
            self._keep(ScaleSettings(port=path))

    def _keep(self, settings: ScaleSettings) -> None:
        self._window.keep_scale(settings)
