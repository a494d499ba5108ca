"""A watched folder in its fields, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget
from shiboken6 import isValid

from app.services import carriers, channels, folders, settings
from app.services.answers import sentence
from app.services.folders import FOLDER_KINDS, FolderDraft, FolderRow
from app.text import base_of
from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.para import Para
from app.ui.picker import Picker

__all__ = ["FolderDialog"]

_TOPICS = frozenset({"settings"})
_PAUSE_MS = 250
"""What is still being typed is not looked at yet."""
_ROWS = ("name", "kind", "path", "channel", "shop", "mapping", "create_products")
_OF_KIND = {
    "channel": ("orders", "numbers", "errors"),
    "shop": ("orders", "errors"),
    "mapping": ("errors",),
    "create_products": ("orders",),
}
"""Fields that only some kinds of files have."""


@dataclass(frozen=True, slots=True)
class _Known:
    wrong: Mapping[str, tuple[str, Mapping[str, str]]]
    channels: Sequence[tuple[str, str]]
    shops: Sequence[str]
    mappings: Sequence[str]


class FolderDialog(Dialog):
    """One watched folder."""

    saved = Signal(str)
    """The folder's name, once it is kept."""

    def __init__(self, window: Any, row: FolderRow | None) -> None:
        """*row* is the folder that is changed; None for a new one."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.folders.edit" if row else "window.folders.new"))
        self._window, self._desk = window, window.desk
        self._folder = row.id if row else 0
        self.draft = row.draft if row else FolderDraft("")
        """The folder as it stands in the fields."""
        self.wrong: Mapping[str, tuple[str, Mapping[str, str]]] = {}
        """What is wrong with it, as it was looked at last."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.fields: dict[str, Any] = {}
        """The field of each part."""
        self._labels: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(14))
        grid.setVerticalSpacing(look.px(9))
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(_ROWS):
            self._labels[name] = label(say(f"window.folders.field.{name}"), "soft")
            grid.addWidget(self._labels[name], at, 0)
            field = self._field(name)
            if name == "path":
                line = QHBoxLayout()
                line.setSpacing(look.px(8))
                line.addWidget(field, 1)
                self.choose_button = button(say("window.folders.choose"), "", self.ask_path)
                line.addWidget(self.choose_button)
                grid.addLayout(line, at, 1)
            else:
                left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
                grid.addWidget(field, at, 1, left)
        self.column.addLayout(grid)
        self.about, self.faults = Para(look, 16, "soft"), Para(look, 17, "error")
        self.column.addWidget(self.about)
        self.column.addWidget(self.faults)
        self.column.addStretch(1)
        self.save_button = button(f"{say('window.folders.save')} F8", "go", self.save)
        self.foot(button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(900), window.width() - 40), min(look.px(600), window.height() - 40))
        self._offer((), (), ())
        self._look()

    def _field(self, name: str) -> Any:
        made: Any
        if name in ("channel", "shop", "mapping"):
            made = Picker(self._window, f"window.folders.field.{name}")
            made.chosen.connect(partial(self.change, name))
        elif name in ("kind", "create_products"):
            made = Segments(self.look)
            made.chosen.connect(partial(self.change, name))
        else:
            made = TextField(self._window)
            made.setText(getattr(self.draft, name))
            made.setPlaceholderText(self.look.say(f"window.folders.hint.{name}"))
            made.textChanged.connect(partial(self.change, name))
        self.fields[name] = made
        return made

    # --- showing ---

    def _offer(self, known: Sequence[tuple[str, str]], shops: Sequence[str], mappings: Sequence[str]) -> None:
        """Show what can be chosen, for the kind of files in question."""
        say, draft = self.look.say, self.draft
        for name, meant in _OF_KIND.items():
            self._labels[name].setVisible(draft.kind in meant)
            self.fields[name].setVisible(draft.kind in meant)
        self.fields["kind"].offer(tuple((each, say(f"imports.kind.{each}")) for each in FOLDER_KINDS), draft.kind)
        for name, none, choices in (
            ("channel", "recognised", known),
            ("shop", "by_channel", [(each, each) for each in shops]),
            ("mapping", "no_mapping", [(each, each) for each in mappings]),
        ):
            value = getattr(draft, name)
            offered = [("", say(f"window.folders.{none}")), *choices]
            if value not in dict(offered):
                offered.append((value, value))
            self.fields[name].offer(offered, value)
        switch = tuple((each, say(f"window.folders.create.{each}")) for each in ("no", "yes"))
        self.fields["create_products"].offer(switch, "yes" if draft.create_products else "no")
        station = draft.station or self._desk.station
        self.about.setText(say(f"window.folders.about_kind.{draft.kind}", station=station))

    def _look(self) -> None:
        """Look at what is wrong, and at what can be chosen."""
        self._number += 1
        number, draft, folder, language = self._number, self.draft, self._folder, base_of(self.look.language)

        def read(tx: Any) -> _Known:
            if draft.kind == "numbers":
                choices = sorted(carriers.names(language).items(), key=lambda each: each[1])
            else:
                choices = [(each.id, each.title.get(language, "") or each.id) for each in channels.channel_list(tx)]
            shops = [each.name for each in settings.shop_list(tx)]
            named = channels.mapping_names(tx, "orders")
            return _Known(folders.wrongs(tx, draft, folder), choices, list(dict.fromkeys(shops)), named)

        def show(found: _Known) -> None:
            if isValid(self) and number == self._number:  # it may have been closed meanwhile
                self._show(found)

        self._window.bridge.ask(self._desk.read(read), show)

    def _show(self, found: _Known) -> None:
        self.wrong = found.wrong
        self._offer(found.channels, found.shops, found.mappings)
        say = self.look.say
        told = [
            f"{say(f'window.folders.field.{name}')}: {sentence(self.look.words, key, dict(args))}"
            for name, (key, args) in found.wrong.items()
        ]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
        self.save_button.setEnabled(not told)

    # --- changing ---

    def change(self, name: str, value: str) -> None:
        """Take a field's new value."""
        if name == "create_products":
            self.draft = replace(self.draft, create_products=value == "yes")
        elif name == "kind":
            self.draft = FolderDraft(
                self.draft.name, value, self.draft.path, self.draft.station, shop=self.draft.shop,
                active=self.draft.active,
            )  # fmt: skip
        else:
            texts: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **texts)
        if name in ("kind", "create_products"):
            self._offer((), (), ())
        self._later.start(_PAUSE_MS)

    def ask_path(self) -> None:
        """Ask for the folder."""
        title = self.look.say("window.folders.choose")
        PathDialog(
            self._window, title, lambda paths: self.fields["path"].setText(paths[0]),
            QFileDialog.FileMode.Directory, parent=self,
        ).open()  # fmt: skip

    def save(self) -> None:
        """Keep the folder."""
        for name in ("name", "path"):
            self.fields[name].end()
        draft = self.draft
        future = self._desk.do(_TOPICS, folders.save, self._desk.station, str(uuid4()), draft, self._folder)
        self._window.bridge.ask(future, lambda _: self._kept(draft.name))

    def _kept(self, name: str) -> None:
        self.accept()
        self.saved.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps the folder."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)
