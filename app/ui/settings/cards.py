"""Rows of settings in cards: what the house decides, or one shop otherwise. Every change is kept at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.errors import StationError
from app.services import settings as service
from app.services.settings import ShopRow
from app.settings import SETTINGS, Kind, Setting
from app.text import LANGUAGES, NAMES
from app.ui.bridge import DeskLike
from app.ui.dialogs import PathDialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.look import PALETTES, Look
from app.ui.mail.rows import kind_words
from app.ui.para import Para
from app.ui.switches import OFF, Switches

__all__ = ["Field", "SettingCards"]

Field = Segments | TextField | Switches

_LATIN = (
    *("shop.postcode", "shop.phone", "shop.email", "shop.registration", "shop.timezone"),
    *("carrier.default", "ship.closed_weekdays", "report.mapping", "override.allowed", "papers.with", "papers.order"),
    "mail.masked",
)
"""Settings whose text is never Japanese."""
_NAMED = ("mail.account",)
"""Settings whose text is a name that is made elsewhere: :meth:`SettingCards.offer` says which there are."""
_STATION = ("station.language", "station.theme", "station.name", "station.papers")
"""What belongs to this station, in the order of its rows."""


class SettingCards(QObject):
    """Makes cards with one row a setting, for any page, and keeps what is changed in them."""

    changed = Signal()
    """A setting was kept, or refused: what is shown is to be read again."""
    kept = Signal(bool)
    """True: kept; False: a change is on its way."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        super().__init__()
        self._window, self._desk = window, desk
        self.look: Look = window.look
        self.values: Mapping[str, str] = {}
        """What the house decided, as read."""
        self.shop: ShopRow | None = None
        """Shop whose own decisions are shown; None for the house."""
        self.fields: dict[str, Field] = {}
        """The field of each setting, ``station.…`` included."""
        self._names: dict[str, Sequence[str]] = {}
        """What there is of names that are made elsewhere, by setting."""
        self._changing: Counter[str] = Counter()
        """Changes of each setting that are on their way: what was read before them is not shown."""
        self._labels: list[tuple[QLabel | Para, str]] = []
        self._grids: list[QGridLayout] = []
        self._cards: list[QVBoxLayout] = []

    # --- making ---

    def _new_card(self, title: str) -> tuple[QFrame, QGridLayout]:
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        head = label("", "section")
        self._labels.append((head, title))
        inside.addWidget(head)
        grid = QGridLayout()
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        inside.addLayout(grid)
        self._grids.append(grid)
        self._cards.append(inside)
        return frame, grid

    def card(self, title: str, keys: Sequence[str]) -> QFrame:
        """Return a card of these settings."""
        frame, grid = self._new_card(title)
        for key in keys:
            field = self._field(SETTINGS[key])
            browse = (lambda key=key: self._browse_file(key)) if SETTINGS[key].kind is Kind.PATH else None
            self._row(grid, key, f"setting.{key}", field, browse)
        return frame

    def station_card(self, more: Sequence[tuple[str, QWidget]]) -> QFrame:
        """Return the card of what belongs to this station; *more* are keys of words and the widgets beside them."""
        frame, grid = self._new_card("window.settings.station")
        for key in _STATION:
            field: Field
            if key in ("station.language", "station.theme"):
                field = Segments(self.look)
                field.chosen.connect(lambda value, key=key: self._change_station(key, value))
            else:
                field = TextField(self._window)
                field.committed.connect(lambda value, key=key: self._change_station(key, value))
            browse = self._browse_folder if key == "station.papers" else None
            self._row(grid, key, f"window.settings.{key}", field, browse)
        for words, widget in more:
            self._words(grid, words)
            grid.addWidget(widget, grid.rowCount() - 1, 1, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _words(self, grid: QGridLayout, key: str) -> None:
        words = Para(self.look)
        self._labels.append((words, key))
        grid.addWidget(words, grid.rowCount(), 0)

    def _row(self, grid: QGridLayout, key: str, words: str, field: Field, browse: Callable[[], object] | None) -> None:
        self.fields[key] = field
        if isinstance(field, Switches):  # the title of its card says what it is
            grid.addWidget(field, grid.rowCount(), 0, 1, 2)
            return
        self._words(grid, words)
        row = grid.rowCount() - 1
        if browse is not None:
            line = QHBoxLayout()
            line.addWidget(field, 1)
            line.addWidget(button("…", "", browse))
            grid.addLayout(line, row, 1)
        else:
            left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
            grid.addWidget(field, row, 1, left)

    def _field(self, setting: Setting) -> Field:
        if setting.kind is Kind.WORDS and OFF in setting.choices:
            switches = Switches(self.look)
            switches.chosen.connect(lambda value: self._change(setting.key, value))
            return switches
        if setting.kind in (Kind.SWITCH, Kind.CHOICE) or setting.key in _NAMED:
            segments = Segments(self.look)
            segments.chosen.connect(lambda value: self._change(setting.key, value))
            return segments
        japanese = setting.key not in _LATIN and setting.kind is not Kind.NUMBER
        field = TextField(self._window, japanese)
        field.committed.connect(lambda value: self._change(setting.key, value))
        return field

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look = self.look
        for inside in self._cards:
            inside.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
            inside.setSpacing(look.px(10))
        for grid in self._grids:
            grid.setHorizontalSpacing(look.px(16))
            grid.setVerticalSpacing(look.px(9))
            grid.setColumnMinimumWidth(0, look.px(200))
        for words, key in self._labels:
            words.setText(look.say(key))
        self._show_values()

    def show_values(self, values: Mapping[str, str], shop: ShopRow | None) -> None:
        """Show what the house decided, or what *shop* does otherwise."""
        if shop is None and self.shop is not None:
            for field in self.fields.values():
                if isinstance(field, TextField):
                    field.setPlaceholderText("")
        self.values, self.shop = values, shop
        self._show_values()

    def _show_values(self) -> None:
        config = self._window.station.config
        station = {
            "station.language": self.look.language,
            "station.theme": self.look.theme,
            "station.name": config.name,
            "station.papers": config.papers or str(config.papers_folder),
        }
        for key, field in self.fields.items():
            if self._changing[key]:
                continue
            value = station.get(key, self.values.get(key, ""))
            if key in SETTINGS and self.shop is not None:
                field.setEnabled(SETTINGS[key].per_shop)
                if SETTINGS[key].per_shop:
                    self._show_own(key, field, self.shop)
                    continue
            else:
                field.setEnabled(True)
            if isinstance(field, Switches):
                field.offer(self._switches(key), value)
            elif isinstance(field, Segments):
                field.offer(self._choices(key), value)
            elif not field.typing_now:
                field.setText(value)
                field.setCursorPosition(0)
                field.setToolTip(value)

    def _show_own(self, key: str, field: Field, shop: ShopRow) -> None:
        """Show what one shop decides, or that it goes with the house."""
        own, house = shop.settings.get(key, ""), self.values.get(key, "")
        if isinstance(field, Switches):
            field.offer(self._switches(key), own, house, self.look.say("window.settings.with_house"))
        elif isinstance(field, Segments):
            as_house = ("", self.look.say("window.settings.as_house"))
            field.offer((as_house, *(each for each in self._choices(key) if each[0])), own)
        elif not field.typing_now:
            field.setText(own)
            field.setPlaceholderText(house or self.look.say("window.settings.as_house"))
            field.setCursorPosition(0)
            field.setToolTip(own or house)

    def _choices(self, key: str) -> tuple[tuple[str, str], ...]:
        say = self.look.say
        if key in ("station.language", "shop.language"):
            offered = LANGUAGES if key == "station.language" else SETTINGS[key].choices
            return tuple((language, NAMES[language]) for language in offered)
        if key == "station.theme":
            return tuple((theme, say(f"window.settings.theme.{theme}")) for theme in PALETTES)
        if key in _NAMED:
            return self._named(key)
        setting = SETTINGS[key]
        if setting.kind is Kind.SWITCH:
            return (("on", say("window.settings.on")), ("off", say("window.settings.off")))
        return tuple((value, say(f"window.settings.{key}.{value}")) for value in setting.choices)

    def _switches(self, key: str) -> tuple[tuple[str, str, str], ...]:
        say = self.look.say
        words = (each for each in SETTINGS[key].choices if each != OFF)
        return tuple((each, kind_words(self.look, each), say(f"window.settings.mail.kinds.{each}")) for each in words)

    def _named(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the names that there are, and that which is kept though it is gone."""
        own = self.shop.settings.get(key, "") if self.shop is not None else ""
        known = dict.fromkeys((*self._names.get(key, ()), *filter(None, (own, self.values.get(key, "")))))
        return (("", self.look.say("window.settings.no_name")), *((each, each) for each in known))

    def offer(self, key: str, names: Sequence[str]) -> None:
        """Say which names there are for a setting whose text is one of them."""
        if self._names.get(key) != tuple(names):
            self._names[key] = tuple(names)
            self._show_values()

    # --- changing ---

    def _change(self, key: str, value: str) -> None:
        self.kept.emit(False)
        act = str(uuid4())
        shop = self.shop.id if self.shop is not None else None
        future = self._desk.do(frozenset({"settings"}), service.put, self._desk.station, act, {key: value}, shop)
        self._changing[key] += 1
        self._window.bridge.ask(future, lambda _: self._changed(key), lambda error: self._refused(key, error))

    def _changed(self, key: str) -> None:
        self._changing[key] -= 1
        self.kept.emit(True)
        self.changed.emit()

    def _refused(self, key: str, error: BaseException) -> None:
        self._changing[key] -= 1
        self._window.show_error(error)
        self.changed.emit()

    def _change_station(self, key: str, value: str) -> None:
        name = key.removeprefix("station.")
        try:
            self._window.station.change(**{name: value})
        except (StationError, OSError) as error:
            self._window.show_error(error)
            self._show_values()
            return
        if name == "language":
            self._window.speak(value)
        elif name == "theme":
            self._window.wear(value)
        self.kept.emit(True)
        if name == "name":
            self._window.say("info", self.look.say("window.settings.restart"))

    def _browse_file(self, key: str) -> None:
        title, filters = self.look.say(f"setting.{key}"), ["PNG, JPEG (*.png *.jpg *.jpeg)", "* (*)"]
        PathDialog(self._window, title, lambda paths: self._change(key, paths[0]), filters=filters).open()

    def _browse_folder(self) -> None:
        title, folder = self.look.say("window.settings.station.papers"), PathDialog.FileMode.Directory
        PathDialog(self._window, title, lambda paths: self._change_station("station.papers", paths[0]), folder).open()
