"""The settings: what the shop decides, what belongs to this station, and the people. Every change is kept at once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import StationError
from app.services import settings as service
from app.services.settings import ShopRow
from app.settings import SETTINGS, Kind, Setting
from app.text import LANGUAGES, NAMES
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.dialogs import PathDialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.listing import Chips
from app.ui.look import PALETTES, Look
from app.ui.para import Para
from app.ui.settings.feedback import FeedbackCard
from app.ui.settings.people import PeopleCard
from app.ui.settings.readers import ReadersPage

__all__ = ["SettingsScreen"]

_SHOP = tuple(key for key in SETTINGS if key.startswith("shop.") and key not in ("shop.timezone", "shop.language"))
_SHIPPING = (
    "carrier.default",
    "slip.required",
    "waybill.required",
    "waybill.when",
    "waybill.contents",
    "address.check",
    "merge.propose",
    "ship.origin",
    "ship.closed_weekdays",
    "release.break_every",
    "intake.complete",
    "intake.max_age",
    "report.mapping",
)
_PICKING = tuple(
    key for key in SETTINGS if key.startswith(("pick.", "pack.", "tote.", "cart.", "wall.", "walk.", "map."))
)
_PAPERS = tuple(
    key
    for key in SETTINGS
    if key.startswith(("papers.", "invoice.", "address_label."))
    or key in ("slip.language", "slip.size", "return.address")
)
_WORK = tuple(key for key in SETTINGS if key not in (*_SHOP, *_SHIPPING, *_PICKING, *_PAPERS))
_LATIN = (
    *("shop.postcode", "shop.phone", "shop.email", "shop.registration", "shop.timezone"),
    *("carrier.default", "ship.closed_weekdays", "report.mapping", "override.allowed", "papers.with"),
)
"""Settings whose text is never Japanese."""


class SettingsScreen(QWidget):
    """Cards with one row per setting."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        super().__init__()
        self.window_, self._desk = window, desk
        self.look: Look = window.look
        self.values: dict[str, str] = {}
        """What the house or the chosen shop decided, as read."""
        self.shop: ShopRow | None = None
        """Shop whose own decisions are shown; None for the house."""
        self.known: list[ShopRow] = []
        """Every shop."""
        self.fields: dict[str, Segments | TextField] = {}
        """The field of each setting, ``station.…`` included."""
        self._labels: list[tuple[QLabel | Para, str]] = []
        self._grids: list[QGridLayout] = []
        self._cards: list[QVBoxLayout] = []
        self._build()
        self.render_all()
        self.refresh()

    def _build(self) -> None:
        self.title = label("", "title")
        self.saved = label("", "good")
        strip = QFrame()
        strip.setProperty("role", "strip")
        self._top = QHBoxLayout(strip)
        self._top.addWidget(self.title)
        self._top.addWidget(self.saved)
        self._strip = strip
        inside = QWidget()
        self._columns = QHBoxLayout(inside)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        self.chips = Chips(self.look)
        self.chips.tapped.connect(self._choose_shop)
        self._build_station()
        self.feedback = FeedbackCard(self.window_)
        self._left.addWidget(self.feedback)
        self._card("window.settings.work", _WORK, self._left)
        self._card("window.settings.shop", _SHOP, self._right)
        self._card("window.settings.shipping", _SHIPPING, self._right)
        self._card("window.settings.picking", _PICKING, self._right)
        self._card("window.settings.papers", _PAPERS, self._left)
        self._top.addWidget(self.chips, 1)
        self.people = PeopleCard(self.window_, self._desk)
        self._right.addWidget(self.people)
        self._left.addStretch(1)
        self._right.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(strip)
        self.readers = ReadersPage(self.window_, self._desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.area)
        self.pages.addWidget(self.readers)
        whole.addWidget(self.pages, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _new_card(self, title: str, column: QVBoxLayout) -> QGridLayout:
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
        column.addWidget(frame)
        return grid

    def _build_station(self) -> None:
        grid = self._new_card("window.settings.station", self._left)
        for row, key in enumerate(("station.language", "station.theme", "station.name", "station.papers")):
            words = Para(self.look)
            self._labels.append((words, f"window.settings.{key}"))
            grid.addWidget(words, row, 0)
            field: Segments | TextField
            if key in ("station.language", "station.theme"):
                field = Segments(self.look)
                field.chosen.connect(lambda value, key=key: self._change_station(key, value))
            else:
                field = TextField(self.window_)
                field.committed.connect(lambda value, key=key: self._change_station(key, value))
            self.fields[key] = field
            left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
            if key == "station.papers":
                grid.addLayout(self._with_browse(field, self._browse_folder), row, 1)
            else:
                grid.addWidget(field, row, 1, left)
        words = Para(self.look)
        self._labels.append((words, "readers.page"))
        self.readers_button = button("", "", self.turn)
        grid.addWidget(words, grid.rowCount(), 0)
        grid.addWidget(self.readers_button, grid.rowCount() - 1, 1, Qt.AlignmentFlag.AlignLeft)

    def _card(self, title: str, keys: tuple[str, ...], column: QVBoxLayout) -> None:
        grid = self._new_card(title, column)
        for row, key in enumerate(keys):
            words = Para(self.look)
            self._labels.append((words, f"setting.{key}"))
            grid.addWidget(words, row, 0)
            field = self._field(SETTINGS[key])
            self.fields[key] = field
            if SETTINGS[key].kind is Kind.PATH:
                grid.addLayout(self._with_browse(field, lambda key=key: self._browse_file(key)), row, 1)
            else:
                left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
                grid.addWidget(field, row, 1, left)

    def _field(self, setting: Setting) -> Segments | TextField:
        if setting.kind in (Kind.SWITCH, Kind.CHOICE):
            segments = Segments(self.look)
            segments.chosen.connect(lambda value: self._change(setting.key, value))
            return segments
        japanese = setting.key not in _LATIN and setting.kind is not Kind.NUMBER
        field = TextField(self.window_, japanese)
        field.committed.connect(lambda value: self._change(setting.key, value))
        return field

    def _with_browse(self, field: QWidget, browse: Any) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(field, 1)
        row.addWidget(button("…", "", browse))
        return row

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._strip.setFixedHeight(look.px(60))
        self._top.setContentsMargins(look.px(20), 0, look.px(20), 0)
        self._top.setSpacing(look.px(20))
        self.title.setText(say("readers.page") if self.trying else say("window.nav.settings"))
        self.saved.setVisible(not self.trying)
        self.readers_button.setText(say("readers.page.open"))
        gap = look.px(14)
        self._columns.setContentsMargins(look.px(16), gap, look.px(16), gap)
        for layout in (self._columns, self._left, self._right):
            layout.setSpacing(gap)
        for inside in self._cards:
            inside.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
            inside.setSpacing(look.px(10))
        for grid in self._grids:
            grid.setHorizontalSpacing(look.px(16))
            grid.setVerticalSpacing(look.px(9))
            grid.setColumnMinimumWidth(0, look.px(200))
        for words, key in self._labels:
            words.setText(say(key))
        self._show_values()
        self.people.render_all()
        self.feedback.render_all()
        self.readers.render_all()

    def _show_values(self) -> None:
        every = ("", self.look.say("window.orders.all_shops"))
        self.chips.offer([every, *((str(each.id), each.name) for each in self.known)], self._shop_name())
        self.chips.setVisible(len(self.known) > 0 and not self.trying)
        config = self.window_.station.config
        station = {
            "station.language": self.look.language,
            "station.theme": self.look.theme,
            "station.name": config.name,
            "station.papers": config.papers or str(config.papers_folder),
        }
        for key, field in self.fields.items():
            value = station.get(key, self.values.get(key, ""))
            if key in SETTINGS and self.shop is not None:
                field.setEnabled(SETTINGS[key].per_shop)
                if SETTINGS[key].per_shop:
                    self._show_own(key, field)
                    continue
            else:
                field.setEnabled(True)
            if isinstance(field, Segments):
                field.offer(self._choices(key), value)
            elif not field.typing_now:
                field.setText(value)
                field.setCursorPosition(0)
                field.setToolTip(value)

    def _shop_name(self) -> str:
        return str(self.shop.id) if self.shop is not None else ""

    def _show_own(self, key: str, field: Segments | TextField) -> None:
        """Show what one shop decides, or that it goes with the house."""
        assert self.shop is not None
        own, house = self.shop.settings.get(key, ""), self.values.get(key, "")
        if isinstance(field, Segments):
            field.offer((("", self.look.say("window.settings.as_house")), *self._choices(key)), own)
        elif not field.typing_now:
            field.setText(own)
            field.setPlaceholderText(house or self.look.say("window.settings.as_house"))
            field.setCursorPosition(0)
            field.setToolTip(own or house)

    def _choose_shop(self, name: str) -> None:
        self.shop = next((each for each in self.known if str(each.id) == name), None)
        if self.shop is None:
            for field in self.fields.values():
                if isinstance(field, TextField):
                    field.setPlaceholderText("")
        self.refresh()

    def _choices(self, key: str) -> tuple[tuple[str, str], ...]:
        say = self.look.say
        if key in ("station.language", "shop.language"):
            offered = LANGUAGES if key == "station.language" else SETTINGS[key].choices
            return tuple((language, NAMES[language]) for language in offered)
        if key == "station.theme":
            return tuple((theme, say(f"window.settings.theme.{theme}")) for theme in PALETTES)
        setting = SETTINGS[key]
        if setting.kind is Kind.SWITCH:
            return (("on", say("window.settings.on")), ("off", say("window.settings.off")))
        return tuple((value, say(f"window.settings.{key}.{value}")) for value in setting.choices)

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        if self.trying:
            return self.readers.entries()
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        acts = (("F7", "badges"), ("F8", "commands"), ("F9", "readers"))
        made += [Entry(name, key, say(f"window.act.{name}")) for key, name in acts]
        return tuple(made)

    def stop(self) -> None:
        """Look for ports no more."""
        self.readers.stop()

    # --- the page of the readers ---

    @property
    def trying(self) -> bool:
        """Whether readers are tried out: then no scan goes to the bench."""
        return self.pages.currentWidget() is self.readers

    def turn(self) -> None:
        """Go to the page of the readers, or back."""
        self.pages.setCurrentWidget(self.area if self.trying else self.readers)
        self.render_all()
        self.refresh()
        self.setFocus()
        self.window_.show_entries()

    def echo(self, scan: Any) -> None:
        """Show a scan that is only tried out."""
        self.readers.echo(scan)

    def echo_trouble(self, trouble: Any) -> None:
        """Show what came from a reader and is no scan."""
        self.readers.echo_trouble(trouble)

    # --- reading and changing ---

    def refresh(self) -> None:
        """Read the settings and people again."""

        def read(tx: Any) -> tuple[dict[str, str], list[ShopRow]]:
            return service.all_settings(tx), service.shop_list(tx)

        self.window_.bridge.ask(self._desk.read(read), self._read)
        self.people.refresh()
        if self.trying:
            self.readers.refresh()

    def _read(self, found: tuple[dict[str, str], list[ShopRow]]) -> None:
        self.values, self.known = found
        if self.shop is not None:
            chosen = self.shop.id
            self.shop = next((each for each in self.known if each.id == chosen), None)
        self._show_values()

    def command_key(self, key: int) -> bool:
        """Do what a function key means here."""
        names = {entry.key: entry.name for entry in self.entries()}
        name = names.get(f"F{key - Qt.Key.Key_F1.value + 1}")
        if key == Qt.Key.Key_Escape.value and self.trying:
            name = "readers"
        if name is not None:
            self.act(name)
        return name is not None

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "readers":
            self.turn()
        elif name == "doctor":
            self.window_.check_scanner()
        else:
            self.people.print_sheet(name)

    def _change(self, key: str, value: str) -> None:
        self.saved.setText("")
        act = str(uuid4())
        shop = self.shop.id if self.shop is not None else None
        future = self._desk.do(frozenset({"settings"}), service.put, self._desk.station, act, {key: value}, shop)
        self.window_.bridge.ask(future, lambda _: self._changed(), self._refused)

    def _changed(self) -> None:
        self.saved.setText("✓ " + self.look.say("window.settings.saved"))
        self.refresh()

    def _refused(self, error: BaseException) -> None:
        self.window_.show_error(error)
        self.refresh()

    def _change_station(self, key: str, value: str) -> None:
        name = key.removeprefix("station.")
        try:
            self.window_.station.change(**{name: value})
        except (StationError, OSError) as error:
            self.window_.show_error(error)
            self._show_values()
            return
        if name == "language":
            self.window_.speak(value)
        elif name == "theme":
            self.window_.wear(value)
        self.saved.setText("✓ " + self.look.say("window.settings.saved"))
        if name == "name":
            self.window_.say("info", self.look.say("window.settings.restart"))

    def _browse_file(self, key: str) -> None:
        title, filters = self.look.say(f"setting.{key}"), ["PNG, JPEG (*.png *.jpg *.jpeg)", "* (*)"]
        PathDialog(self.window_, title, lambda paths: self._change(key, paths[0]), filters=filters).open()

    def _browse_folder(self) -> None:
        title, folder = self.look.say("window.settings.station.papers"), PathDialog.FileMode.Directory
        PathDialog(self.window_, title, lambda paths: self._change_station("station.papers", paths[0]), folder).open()
