"""Settings, readers: which there are, how each sends its codes, and trying them out.

While this page is in front every scan is shown here and counts nowhere. Every change is kept and used at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.errors import StationError
from app.services.readers import BAUDS, ENDS, Camera, Keyboard, Serial, shown, typed
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.dialogs import button, label
from app.ui.fields import Segments, TextField
from app.ui.lettering import draw_fitted
from app.ui.live import LivePicture
from app.ui.look import Look
from app.ui.machines import brief, reader_title
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.settings.echo import EchoCard
from app.ui.settings.scale import ScaleCard
from app.ui.shapes import pill, pill_width

__all__ = ["ReadersPage"]

_LOOK_MS = 2_000
"""How often ports that were plugged in or pulled are looked for."""
_SPEEDS = {"usual": (35, 50, 150), "slow": (80, 100, 300)}
"""Names of speeds -> longest gap, time a first key is held, pause, in milliseconds."""
_PILLS = {"ready": "ok", "lost": "error", "off": "quiet"}

Field = Segments | TextField


class _Head(Painted):
    """Name of a reader, and how it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.title, self.state = "", "off"

    def show_state(self, title: str, state: str) -> None:
        """Show these."""
        self.title, self.state = title, state
        self.setFixedHeight(self.look.px(34))
        self.tell(f"{title}: {self.look.say(f'readers.is.{state}')}")
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, words = self.look, self.look.say(f"readers.is.{self.state}")
        wide = pill_width(look, words, 15)
        pill(painter, look, box.right() - wide, box.center().y(), words, _PILLS[self.state])
        name = QRectF(box.left(), box.top(), box.width() - wide - look.px(12), box.height())
        draw_fitted(painter, name, self.title, look.colour("brand"), look.px(20), look.px(13), most=1, bold=True)


class _Card(QFrame):
    """One reader: its head, and a row for each of its settings."""

    def __init__(self, window: Any, name: str, changed: Callable[[str, Any], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._window, self.name, self._changed = window, name, changed
        self.look: Look = window.look
        self.head = _Head(self.look)
        self.fields: dict[str, Field] = {}
        self.why = Para(self.look, 15, "error")
        self._labels: list[tuple[Para, str]] = []
        self._column, self._grid = QVBoxLayout(self), QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._column.addWidget(self.head)
        self._column.addWidget(self.why)
        self._column.addLayout(self._grid)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add(self, key: str, choose: bool, japanese: bool = False) -> None:
        """Add a row: a choice, or a field for text."""
        words, row = Para(self.look, 16), self._grid.rowCount()
        self._labels.append((words, f"readers.{key}"))
        field: Field
        if choose:
            field = Segments(self.look)
            field.chosen.connect(partial(self._changed, key))
            self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            field = TextField(self._window, japanese)
            field.committed.connect(partial(self._changed, key))
            self._grid.addWidget(field, row, 1)
        self._grid.addWidget(words, row, 0)
        self.fields[key] = field

    def add_below(self, widget: QWidget) -> None:
        """Add something under the rows."""
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def render_all(self, title: str, state: str, why: str, values: dict[str, str]) -> None:
        """Show everything again: how the reader stands, and its settings as they are kept."""
        look, say = self.look, self.look.say
        self._column.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
        self._column.setSpacing(look.px(8))
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnMinimumWidth(0, look.px(165))
        self.head.show_state(title, state)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        for words, key in self._labels:
            words.setText(say(key))
        for key, field in self.fields.items():
            if isinstance(field, Segments):
                field.offer(self._choices(key), values[key])
            elif not field.typing_now:
                field.setText(values[key])
                field.setPlaceholderText(say("readers.none") if key in ("prefix", "suffix") else "")

    def _choices(self, key: str) -> tuple[tuple[str, str], ...]:
        say = self.look.say
        if key in ("on", "strict"):
            return (("on", say(f"readers.{key}.on")), ("off", say(f"readers.{key}.off")))
        if key == "baud":
            return tuple((str(baud), str(baud)) for baud in BAUDS)
        names = ENDS if key == "end" else tuple(_SPEEDS)
        return tuple((name, say(f"readers.{key}.{name}")) for name in names)


def _speed(settings: Keyboard) -> str:
    """Return the name of the speed in use; empty for one that only the file knows."""
    now = (settings.gap, settings.hold, settings.pause)
    return next((name for name, speeds in _SPEEDS.items() if speeds == now), "")


def _values(settings: Keyboard | Serial | Camera) -> dict[str, str]:
    """Return the settings of a reader as its fields show them."""
    shared = {
        "on": "on" if settings.on else "off",
        "prefix": shown(settings.prefix),
        "suffix": shown(settings.suffix),
        "strict": "on" if settings.strict else "off",
    }
    if isinstance(settings, Keyboard):
        return shared | {"speed": _speed(settings)}
    if isinstance(settings, Serial):
        return shared | {"name": settings.name, "baud": str(settings.baud), "end": settings.end}
    return shared | {"device": settings.device}


def _change(key: str, value: str) -> dict[str, Any]:
    """Return what a field's new value changes in the settings."""
    if key == "speed":
        return dict(zip(("gap", "hold", "pause"), _SPEEDS[value], strict=True))
    if key in ("on", "strict"):
        return {key: value == "on"}
    if key == "baud":
        return {key: int(value)}
    return {key: typed(value)} if key in ("prefix", "suffix") else {key: value.strip()}


class ReadersPage(QWidget):
    """Cards of readers at the left, the live echo at the right."""

    trying = True
    """Every scan is only shown while this page is in front."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look, bridge and readers."""
        super().__init__()
        self.window_ = window
        self.look: Look = window.look
        self.cards: dict[str, _Card] = {}
        """The card of each reader, by its id."""
        self.echo_card = EchoCard(window, desk)
        self._found: list[tuple[str, str]] = []
        self._watched: Any = None
        self._build()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_for_ports)
        window.readers.changed.connect(self._reader_changed)

    def _build(self) -> None:
        inside = QWidget()
        self._left = QVBoxLayout(inside)
        self._keyboard_card()
        if self.window_.readers.has_camera:
            self._camera_card()
        self._ports = QVBoxLayout()
        self._left.addLayout(self._ports)
        self._left.addWidget(self._new_card())
        self.scale_card = ScaleCard(self.window_) if self.window_.scale is not None else None
        if self.scale_card is not None:
            self._left.addWidget(self.scale_card)
        self._left.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(area, 11)
        self._whole.addWidget(self.echo_card, 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _keyboard_card(self) -> None:
        card = self._card("keyboard")
        for key in ("on", "speed"):
            card.add(key, choose=True)
        self._affixes(card)
        self._left.addWidget(card)

    def _camera_card(self) -> None:
        card = self._card("camera")
        card.add("on", choose=True)
        card.add("device", choose=False, japanese=True)
        self.live = LivePicture(self.look)
        card.add_below(self.live)
        self._left.addWidget(card)

    def _show_camera(self) -> None:
        """Let the camera's picture be seen while there is one."""
        camera = self.window_.readers.reader("camera")
        if camera is not self._watched:
            self._watched = camera
            self.live.show_picture(None)
            if camera is not None and hasattr(camera, "shown"):
                camera.shown.connect(self.live.show_picture)
        self.live.setVisible(camera is not None)
        self.live.setFixedSize(self.look.px(480), self.look.px(270))

    def _serial_card(self, port: str) -> None:
        card = self._card(port)
        card.add("on", choose=True)
        card.add("name", choose=False, japanese=True)
        for key in ("baud", "end"):
            card.add(key, choose=True)
        self._affixes(card)
        remove = button("", "", partial(self._remove, port))
        remove.setProperty("says", "readers.remove")
        card.add_below(remove)
        self._ports.addWidget(card)

    def _card(self, name: str) -> _Card:
        card = self.cards[name] = _Card(self.window_, name, partial(self._change, name))
        return card

    @staticmethod
    def _affixes(card: _Card) -> None:
        for key in ("prefix", "suffix"):
            card.add(key, choose=False)
        card.add("strict", choose=True)

    def _new_card(self) -> QFrame:
        """Return the card by which a serial port is added: those that are there, or any by its path."""
        frame = QFrame()
        frame.setProperty("role", "card")
        self._new = QVBoxLayout(frame)
        self._new_head, self._new_about = label("", "section"), Para(self.look, 16, "soft")
        self._offers = QVBoxLayout()
        self.path = TextField(self.window_, japanese=False)
        self.add_button = button("", "main", self._add_path)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.add_button)
        self._new.addWidget(self._new_head)
        self._new.addWidget(self._new_about)
        self._new.addLayout(self._offers)
        self._new.addLayout(row)
        return frame

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        gap = look.px(14)
        self._whole.setContentsMargins(look.px(16), gap, look.px(16), gap)
        for layout in (self._whole, self._left, self._ports):
            layout.setSpacing(gap)
        self._left.setContentsMargins(0, 0, look.px(6), 0)
        self._new.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
        self._new.setSpacing(look.px(8))
        self._new_head.setText(say("readers.new.title"))
        self._new_about.setText(say("readers.new.about") if self._found else say("readers.new.none"))
        self.path.setPlaceholderText(say("readers.new.path"))
        self.add_button.setText(say("readers.new.add"))
        for each in self.findChildren(QPushButton):
            if each.property("says"):
                each.setText(say(each.property("says")))
        self._show_readers()
        if self.scale_card is not None:
            self.scale_card.render_all(self._found)
        self.echo_card.render_all()

    def _show_readers(self) -> None:
        readers = self.window_.readers
        settings, states = readers.settings, readers.states
        kept: dict[str, Keyboard | Serial | Camera] = {"keyboard": settings.keyboard, "camera": settings.camera}
        kept |= {each.port: each for each in settings.serial}
        if "camera" in self.cards:
            self._show_camera()
        for name, card in self.cards.items():
            if name not in kept:  # taken away a moment ago
                continue
            state = states.get(name, "off")
            why = self._why(name) if state == "lost" else ""
            card.render_all(reader_title(self.look, settings, name), state, why, _values(kept[name]))

    def _why(self, name: str) -> str:
        if name == "keyboard":
            return self.look.say("readers.state.not_in_front")
        reader = self.window_.readers.reader(name)
        return self.look.say("readers.why", why=reader.why) if reader is not None and reader.why else ""

    def _reader_changed(self, *_: str) -> None:
        if self.isVisible():
            self._show_readers()

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        return (Entry("readers", "F9", say("window.act.back")), Entry("doctor", "F10", say("window.act.doctor")))

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "doctor":
            self.window_.check_scanner()

    # --- coming and going ---

    def refresh(self) -> None:
        """Bring the cards to what is kept, and look which ports there are."""
        ports = [each.port for each in self.window_.readers.settings.serial]
        for name in [*self.cards]:
            if name not in (*ports, "keyboard", "camera"):
                self.cards.pop(name).deleteLater()
        for port in ports:
            if port not in self.cards:
                self._serial_card(port)
        self._look_for_ports()
        self.render_all()
        self._timer.start(_LOOK_MS)

    def stop(self) -> None:
        """Look for ports no more."""
        self._timer.stop()

    def _look_for_ports(self) -> None:
        """Offer the ports that are there and not used yet."""
        if not self.isVisible() and self._timer.isActive():
            self._timer.stop()
            return
        used = {each.port for each in self.window_.readers.settings.serial}
        if self.window_.scale is not None:
            used.add(self.window_.scale.settings.port)
        found = [each for each in self.window_.readers.ports() if each[0] not in used]
        if found == self._found and self._offers.count() == len(found):
            return
        self._found = found
        while (item := self._offers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path, words in found:
            name = words or path.rpartition("/")[2]
            if words and [each for _, each in found].count(words) > 1:
                name = f"{words} {path[-12:]}"
            offer = button(f"＋ {brief(name, 40)}", "", partial(self._add, path, words))
            offer.setToolTip(path)
            self._offers.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)
        self.render_all()

    def echo(self, scan: Any) -> None:
        """Show a scan instead of sending it to the bench."""
        self.echo_card.echo(scan)

    def echo_trouble(self, trouble: Any) -> None:
        """Show what came and is no scan."""
        self.echo_card.echo_trouble(trouble)

    # --- changing ---

    def _change(self, name: str, key: str, value: str) -> None:
        settings, change = self.window_.readers.settings, _change(key, value)
        if name in ("keyboard", "camera"):
            self._keep(replace(settings, **{name: replace(getattr(settings, name), **change)}))
        else:
            serial = next(each for each in settings.serial if each.port == name)
            self._keep(settings.with_serial(replace(serial, **change)))

    def _add_path(self) -> None:
        self._add(self.path.text().strip())

    def _add(self, path: str, name: str = "") -> None:
        if path:
            self._keep(self.window_.readers.settings.with_serial(Serial(port=path, name=name)))
            self.path.clear()

    def _remove(self, port: str) -> None:
        self._keep(self.window_.readers.settings.without_serial(port))

    def _keep(self, readers: Any) -> None:
        """Keep the settings in the station's file and work by them."""
        try:
            self.window_.keep_readers(readers)
        except (StationError, OSError) as error:
            self.window_.show_error(error)
        else:
            self.window_.say("ok", self.look.say("window.settings.saved"))
        self.refresh()
