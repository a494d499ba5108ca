"""Settings, papers: a paper's template in fields. What is changed in them is changed in its text; nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QColorDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.paper_sizes import PaperSize
from app.domain.templates import SLIPS, names_of
from app.ui.dialogs import button, label
from app.ui.fields import Segments, TextField
from app.ui.look import Look
from app.ui.ordered import Ordered
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.shapes import card
from app.ui.textarea import TextArea

__all__ = ["TemplateForm", "value_at"]

Path = tuple[str, ...]
Raw = Mapping[str, Any]

_LANGUAGES = ("ja", "en")
_LISTS = ("fields", "shop", "columns", "line")
_SWITCHES = ("parts", "totals", "stacked")
_CHOICES = {"qr": ("none", "ship_number", "link"), "logo": ("shop", "head", "none")}
_COLOURS = ("brand", "ink", "grey")


def value_at(raw: Raw, path: Path) -> Any:
    """Return what a text says at a path; None where it says nothing there."""
    level: Any = raw
    for name in path:
        if not isinstance(level, Mapping) or name not in level:
            return None
        level = level[name]
    return level


class _Swatch(Painted):
    """A colour to look at."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.shown = "#FFFFFF"

    def show_colour(self, shown: str) -> None:
        """Show a colour."""
        self.shown = shown if QColor(shown).isValid() else "#FFFFFF"
        self.setFixedSize(self.look.px(38), self.look.px(38))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        card(painter, box, QColor(self.shown), self.look.colour("line"), self.look.px(8), 2)


class TemplateForm(QWidget):
    """Rows of fields for the keys that a paper's template has."""

    changed = Signal(tuple, object)
    """Path and new value of what a person changed."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, and hears of typing."""
        super().__init__()
        self._window = window
        self.look: Look = window.look
        self.paper = ""
        self.paper_size = ""
        """Size whose measures are shown."""
        self.fields: dict[Path, Any] = {}
        """The field of each path; of words one a language."""
        self._standard: Raw = {}
        self._raw: Raw = {}
        self._swatches: dict[Path, _Swatch] = {}
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    # --- making the rows ---

    def show_paper(self, paper: str, size: str, standard: Raw) -> None:
        """Make the rows for a paper, and for the measures of one size."""
        self.paper, self.paper_size, self._standard = paper, size, standard
        self.fields, self._swatches = {}, {}
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, self.look.px(8), 0)
        self._grid.setHorizontalSpacing(self.look.px(12))
        self._grid.setVerticalSpacing(self.look.px(7))
        self._grid.setColumnMinimumWidth(0, self.look.px(130))
        self._grid.setColumnStretch(1, 1)
        for key in standard:
            if key == "colours":
                self._head("colours")
                for name in _COLOURS:
                    self._colour(("colours", name))
            elif key != "size":
                self._row(key, (key,))
        sizes = value_at(standard, ("size", size))
        if isinstance(sizes, Mapping):
            self._head("size", size=size)
            for key in sizes:
                if key != "widths":
                    self._row(key, ("size", size, key))
            self._widths(size)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._column.addWidget(self._inside)

    def _add(self, words: str, *widgets: QWidget, left: bool = False) -> None:
        said = Para(self.look, 16)
        said.setText(words)
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop if isinstance(widgets[0], (Ordered, TextArea)) else Qt.AlignmentFlag(0)
        self._grid.addWidget(said, row, 0, top)
        if len(widgets) == 1:
            self._grid.addWidget(widgets[0], row, 1, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
            return
        line = QHBoxLayout()
        line.setSpacing(self.look.px(8))
        for each in widgets:
            line.addWidget(each, 1 if isinstance(each, TextField) else 0)
        self._grid.addLayout(line, row, 1)

    def _head(self, key: str, **args: object) -> None:
        self._grid.addWidget(label(self.look.say(f"window.papers.part.{key}", **args), "section"),
                             self._grid.rowCount(), 0, 1, 2)  # fmt: skip

    def _words(self, key: str) -> str:
        return self.look.say(f"window.papers.field.{key}")

    def _row(self, key: str, path: Path) -> None:
        if key in ("title", "message", "footer"):
            for language in _LANGUAGES:
                words = f"{self._words(key)} {self.look.say(f'window.papers.language.{language}')}"
                self._add(words, self._text((*path, language), several=key == "message"))
        elif key in _LISTS:
            ordered = Ordered(self.look)
            ordered.changed.connect(partial(self._take, path))
            self.fields[path] = ordered
            self._add(self._words(key), ordered)
        elif key in _SWITCHES or key in _CHOICES:
            segments = Segments(self.look)
            segments.chosen.connect(partial(self._choose, path))
            self.fields[path] = segments
            self._add(self._words(key), segments, left=True)
        else:
            self._add(self._words(key), self._text(path))

    def _text(self, path: Path, *, several: bool = False) -> TextField | TextArea:
        made: TextField | TextArea
        if several:
            made = TextArea(self.look, self._window)
            made.setFixedHeight(self.look.px(84))
        else:
            made = TextField(self._window, japanese=len(path) == 2)
        made.committed.connect(partial(self._type, path))
        if path[-1] in _LANGUAGES:  # words are seen while they are typed; half a number is none
            live = made.edited if isinstance(made, TextArea) else made.textChanged
            live.connect(partial(self._type, path))
        self.fields[path] = made
        return made

    def _colour(self, path: Path) -> None:
        field, swatch = TextField(self._window, japanese=False), _Swatch(self.look)
        field.committed.connect(partial(self._type, path))
        self.fields[path], self._swatches[path] = field, swatch
        words = self.look.say(f"window.papers.colour.{path[-1]}")
        self._add(words, swatch, field, button("…", "", partial(self._pick_colour, path)))

    def _widths(self, size: str) -> None:
        widths = value_at(self._standard, ("size", size, "widths"))
        if isinstance(widths, Mapping):
            for name in widths:
                path = ("size", size, "widths", str(name))
                words = self.look.say("window.papers.width", column=self.look.say(f"window.papers.columns.{name}"))
                self._add(words, self._text(path))

    # --- showing ---

    def show_values(self, raw: Raw) -> None:
        """Show what a template's text says; what it leaves out is shown as the standard has it."""
        self._raw = raw
        for path, field in self.fields.items():
            value = self._value(path)
            if isinstance(field, Ordered):
                on = [str(each) for each in value] if isinstance(value, list) else []
                field.offer([(each, self._name(path[0], each)) for each in names_of(self.paper, path[0])], on)
            elif isinstance(field, Segments):
                field.offer(self._choices(path[-1]), str(value).lower())
            elif isinstance(field, TextArea):
                if not field.typing_now:
                    field.show_text(str(value or ""))
            elif not field.typing_now:
                text = f"{value:g}" if isinstance(value, float) else str("" if value is None else value)
                field.setText(text)
                field.setCursorPosition(0)
            if path in self._swatches:
                self._swatches[path].show_colour(str(value))

    def _name(self, key: str, name: str) -> str:
        return self.look.say(f"window.papers.{key}.{name}")

    def _value(self, path: Path) -> Any:
        """Return what counts: the text's own, a measure that it says for every size, else the standard's."""
        for raw in (self._raw, self._standard):
            found = value_at(raw, path)
            if found is None and path[-1] in _LANGUAGES:  # one text for all languages
                whole = value_at(raw, path[:-1])
                found = whole if isinstance(whole, str) else "" if isinstance(whole, Mapping) else None
            if found is None and path[0] == "size":
                found = value_at(raw, path[2:])
            if found is not None:
                return found
        return None

    def _choices(self, key: str) -> tuple[tuple[str, str], ...]:
        say = self.look.say
        if key in _SWITCHES:
            return (("true", say("window.settings.on")), ("false", say("window.settings.off")))
        offered: tuple[str, ...] = _CHOICES[key]
        if key == "logo" and self.paper == "return_slip":
            offered = ("head", "none")
        return tuple((each, say(f"window.papers.{key}.{each}")) for each in offered)

    # --- changing ---

    def _take(self, path: Path, value: object) -> None:
        self.changed.emit(path, value)

    def _choose(self, path: Path, value: str) -> None:
        self._take(path, value == "true" if path[-1] in _SWITCHES else value)

    def _type(self, path: Path, text: str) -> None:
        if path[-1] in _LANGUAGES:
            if text == str(self._value(path) or ""):
                return
            whole = {each: str(self._value((*path[:-1], each)) or "") for each in _LANGUAGES}
            whole[path[-1]] = text
            self._take(path[:-1], whole if any(whole.values()) else "")
        elif path[0] in ("colours", "link"):
            self._take(path, text.strip())
        else:
            self._take(path, _number(text))

    def _pick_colour(self, path: Path) -> None:
        dialog = QColorDialog(QColor(self._swatches[path].shown), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda colour: self._take(path, colour.name().upper()))
        dialog.open()

    def sizes(self) -> tuple[str, ...]:
        """Return the sizes that the paper can have."""
        return tuple(str(size) for size in PaperSize) if self.paper in SLIPS else ("A4",)


def _number(text: str) -> object:
    """Return a number as it is written; what is none stays a text, and is said to be wrong."""
    plain = text.strip().replace("，", ".").replace(",", ".")
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(plain)
    except ValueError:
        return text
