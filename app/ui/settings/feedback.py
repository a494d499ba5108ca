"""How this station sounds and speaks: loudness, own pitch, device, own sounds, voice; all can be heard here."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import StationError
from app.services.signals import SIGNALS
from app.services.station import PITCHES
from app.text import NAMES
from app.ui.dialogs import PathDialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.look import Look
from app.ui.machines import brief
from app.ui.para import Para

__all__ = ["FeedbackCard"]

_VOLUMES = ("0", "30", "60", "80", "100")
_ROWS = ("volume", "pitch", "output", "sounds", "voice")
_ABREAST = 3
"""Sounds to hear beside each other."""


class FeedbackCard(QFrame):
    """Sounds and voice of the station."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it has the look, the station, and the sounds and the voice."""
        super().__init__()
        self.setProperty("role", "card")
        self._window = window
        self.look: Look = window.look
        self.fields: dict[str, Segments | TextField] = {name: Segments(self.look) for name in _ROWS}
        """The field of each setting, by its name in ``station.toml``."""
        self.fields["sounds"] = TextField(window)
        self.notes = {name: Para(self.look, 15, "soft") for name in ("output", "sounds", "voice")}
        """What is to be known about a device, about own sounds, about the voice."""
        self.head, self.trial = label("", "section"), label("", "section")
        self.trials: dict[str, QPushButton] = {}
        """A button for each signal."""
        self._names = {name: Para(self.look) for name in _ROWS}
        self._build()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        for name, field in self.fields.items():
            self._column.addWidget(self._names[name])
            if isinstance(field, Segments):
                field.chosen.connect(lambda value, name=name: self._change(name, value))
                self._column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                field.committed.connect(lambda value, name=name: self._change(name, value))
                self._column.addLayout(self._with_browse(field))
            if name in self.notes:
                self._column.addWidget(self.notes[name])
        self._column.addWidget(self.trial)
        self._heard = QGridLayout()
        self._column.addLayout(self._heard)
        for place, signal in enumerate(SIGNALS):
            self.trials[signal] = button("", "", partial(self._window.sound, signal))
            self._heard.addWidget(self.trials[signal], place // _ABREAST, place % _ABREAST)
        self.speak = button("", "", self._speak)
        self._heard.addWidget(self.speak, len(SIGNALS) // _ABREAST, len(SIGNALS) % _ABREAST)

    def _with_browse(self, field: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(field, 1)
        row.addWidget(button("…", "", self._browse))
        return row

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self._column.setSpacing(look.px(10))
        self._heard.setHorizontalSpacing(look.px(9))
        self._heard.setVerticalSpacing(look.px(9))
        self.head.setText(say("feedback.title"))
        self.trial.setText(say("feedback.try"))
        for name, words in self._names.items():
            words.setText(say(f"feedback.{name}"))
        for signal, each in self.trials.items():
            each.setText(say(f"feedback.signal.{signal}"))
        self.speak.setText(say("feedback.voice.try"))
        self.show_values()

    def show_values(self) -> None:
        """Show what is in force, and what the computer can do: asked only once somebody looks."""
        config, say = self._window.station.config, self.look.say
        for name, field in self.fields.items():
            value = getattr(config, name)
            if isinstance(field, Segments):
                field.offer(self._choices(name, value), value)
            elif not field.typing_now:
                field.setText(value)
        if self.isVisible():
            self._show_notes(config, say)

    def showEvent(self, event: Any) -> None:
        """Ask the computer for its devices and voices."""
        super().showEvent(event)
        self.show_values()

    def _choices(self, name: str, value: str) -> tuple[tuple[str, str], ...]:
        say = self.look.say
        if name == "volume":
            steps = sorted({*_VOLUMES, value}, key=int)
            return tuple((step, say("feedback.volume.none") if step == "0" else f"{step} %") for step in steps)
        if name == "pitch":
            numbers = tuple(str(number + 1) for number in range(len(PITCHES)))
            return (("auto", say("feedback.pitch.auto")), *((number, number) for number in numbers))
        if name == "voice":
            return (("on", say("window.settings.on")), ("off", say("window.settings.off")))
        found = self._window.feedback.sounds.outputs() if self.isVisible() else []
        names = dict.fromkeys([*found, value] if value else found)
        return (("", say("feedback.output.own")), *((each, brief(each)) for each in names))

    def _show_notes(self, config: Any, say: Any) -> None:
        feedback = self._window.feedback
        known = feedback.sounds.outputs()
        output = "" if known else say("feedback.output.none")
        if known and config.output and config.output not in known:
            output = say("feedback.output.gone", name=config.output)
        own = feedback.sounds.own() if config.sounds else []
        names = ", ".join(f"{signal}.wav" for signal in (own or SIGNALS))
        folder = say("feedback.sounds.found" if own else "feedback.sounds.nothing", names=names)
        spoken = feedback.languages()
        languages = say("list.comma").join(NAMES[name] for name in spoken)
        notes = {
            "output": output,
            "sounds": folder if config.sounds else "",
            "voice": say("feedback.voice.ready", languages=languages) if spoken else say("feedback.voice.none"),
        }
        for name, text in notes.items():
            self.notes[name].setText(text)
            self.notes[name].setVisible(bool(text))
        self.speak.setEnabled(bool(spoken))

    def _change(self, name: str, value: str) -> None:
        try:
            self._window.feedback.keep(**{name: value})
        except (StationError, OSError) as error:
            self._window.show_error(error)
        self.show_values()

    def _speak(self) -> None:
        self._window.feedback.try_voice()

    def _browse(self) -> None:
        folder = PathDialog.FileMode.Directory
        title = self.look.say("feedback.sounds")
        PathDialog(self._window, title, lambda paths: self._change("sounds", paths[0]), folder).open()
