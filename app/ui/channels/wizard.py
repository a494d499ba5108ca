"""The mapping wizard: a file that no channel knows becomes a channel of its own.

Its columns are dragged to fields (or chosen by keys), rules are chosen by the values that stand in its rows, and the
first orders are read again after every change, off the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.errors import StationError
from app.services import channels
from app.services.answers import of_error
from app.services.channels import Draft, Sheet, Trial
from app.text import base_of
from app.ui.bridge import DeskLike
from app.ui.channels.columns_view import ColumnsView
from app.ui.channels.draft_words import NUMBER, ColumnNames, used_names
from app.ui.channels.reading import Reading
from app.ui.channels.rules import RulesView
from app.ui.channels.trial import TrialView, trial_words
from app.ui.dialogs import Confirm, Dialog, PathDialog, button, label
from app.ui.drop_area import files_of
from app.ui.fields import Segments, TextField
from app.ui.newest import Newest
from app.ui.para import Para

__all__ = ["MappingWizard"]

_PAUSE_MS = 250
"""What is still being changed is not tried out yet."""
_VIEWS = ("columns", "rules", "trial")
_KEYS = {Qt.Key.Key_F2: "columns", Qt.Key.Key_F3: "rules", Qt.Key.Key_F4: "trial"}
_FILTERS = ("CSV, TSV, Excel (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods)", "* (*)")
_TOPICS = frozenset({"settings"})

Done = Callable[[str, Path | None, bool], object]
"""Gets the channel's name, the file at hand, and whether it is to be taken in now."""


class MappingWizard(Dialog):
    """One mapping, as large as the window."""

    def __init__(
        self,
        window: Any,
        desk: DeskLike,
        path: Path | None = None,
        name: str = "",
        done: Done = lambda _name, _path, _now: None,
        *,
        copy: bool = False,
    ) -> None:
        """*window* is the main window.

        :param path: the file to begin with; None asks for one.
        :param name: the saved mapping that is changed; empty makes a new one.
        :param copy: make a new one that begins as the mapping *name*.
        """
        look = window.look
        super().__init__(look, window, look.say("window.channels.title"))
        self._window, self._desk, self._done = window, desk, done
        self.name = "" if copy else name
        """The saved mapping that is changed; empty for a new one."""
        self._source = name
        self.draft = Draft()
        """The mapping as it stands."""
        self.sheet: Sheet | None = None
        """The file; None while there is none."""
        self.trial = Trial()
        """What came of the first orders."""
        self.tried = False
        """Whether :attr:`trial` is of the mapping and the file as they stand."""
        self._path: Path | None = None
        self._wanted: Path | None = path
        self._kept = ""
        self._names = ColumnNames()
        self._own_hands = bool(name)
        """Whether a person, or a saved mapping, has said what the columns are: then nothing is guessed any more."""
        self._unsaved = False
        """Whether a person changed something that is not kept."""
        self._fault = self._refused = ""
        """Why the file cannot be read, and why the mapping could not be kept."""
        self._read = Newest(window.bridge, self)
        self._tries = Newest(window.bridge, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._try)
        self._build()
        self.setAcceptDrops(True)
        self.resize(window.width() - look.px(16), window.height() - look.px(16))
        self._show()
        if name:
            self._load(name, copy=copy)
        elif path is not None:
            self.open_file(path)

    # --- building ---

    def _build(self) -> None:
        look, say = self.look, self.look.say
        pad = look.px(16)
        self.column.setContentsMargins(pad, look.px(12), pad, look.px(12))
        self.column.setSpacing(look.px(10))
        self.head.hide()
        self.views = Segments(look)
        self.views.roomy = True
        self.views.chosen.connect(self.show_view)
        self.name_field, self.title_field = TextField(self._window), TextField(self._window)
        self.name_field.setMaxLength(40)
        self.title_field.setMaxLength(80)
        for field, words in ((self.name_field, "name_hint"), (self.title_field, "title_hint")):
            field.setPlaceholderText(say(f"window.channels.{words}"))
            field.textChanged.connect(lambda _: self._renamed())
        self.name_field.setEnabled(not self.name)
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(label(say("window.channels.title"), "section"))
        top.addWidget(self.views)
        for field, share, words in ((self.name_field, 3, "name"), (self.title_field, 4, "as_called")):
            top.addWidget(label(say(f"window.channels.{words}"), "soft"))
            top.addWidget(field, share)
        self.column.addLayout(top)
        self.reading = Reading(self._window)
        self.reading.choose.connect(self.ask_file)
        self.reading.changed.connect(self._look_again)
        self.column.addWidget(self.reading)
        self.stack = QStackedWidget()
        self.columns = ColumnsView(self._window, self)
        self.columns.drop.dropped = self._dropped
        self.columns.drop.tapped.connect(lambda _name: self.ask_file())
        self.rules, self.orders = RulesView(self._window), TrialView(self._window)
        self.columns.changed.connect(lambda: self._change(self.columns.draft))
        self.rules.changed.connect(lambda: self._change(self.rules.draft))
        for part in (self.columns, self.rules, self.orders):
            self.stack.addWidget(part)
        self.column.addWidget(self.stack, 1)
        self.state = Para(look, 17, bold=True)
        self.cancel_button = button(say("window.no"), "", self.reject)
        self.save_button = button(f"{say('window.channels.save')} F8", "main", self.save)
        self.take_button = button(f"{say('window.channels.save_take')} F9", "go", lambda: self.save(take=True))
        foot = QHBoxLayout()
        foot.setSpacing(look.px(12))
        foot.addWidget(self.state, 1)
        for each in (self.cancel_button, self.save_button, self.take_button):
            foot.addWidget(each)
        self.column.addLayout(foot)

    # --- showing ---

    def show_view(self, name: str) -> None:
        """Show the columns, the rules or the first orders."""
        self.stack.setCurrentIndex(_VIEWS.index(name))
        self._show()
        (self.columns, self.rules, self.orders)[self.stack.currentIndex()].setFocus()

    @property
    def view(self) -> str:
        """Name of the view in front."""
        return _VIEWS[self.stack.currentIndex()]

    def _show(self) -> None:
        """Show the mapping, the file and what came of them."""
        say = self.look.say
        views = tuple((each, f"{say(f'window.channels.view.{each}')} F{at}") for at, each in enumerate(_VIEWS, 2))
        self.views.offer(views, self.view)
        self.columns.show_draft(self.draft, self._names, here=self.sheet is not None)
        self.rules.show_draft(self.draft, self._names, self.sheet.rows if self.sheet is not None else ())
        self._show_state()

    def _show_state(self) -> None:
        kind, text = self._state()
        self.state.show_as(kind, text)
        named = bool(self.name_field.text().strip())
        ready = named and not self.columns.board.missing()
        self.save_button.setEnabled(ready)
        self.take_button.setEnabled(ready and self.sheet is not None and not self._fault)
        self.orders.show_trial(self.trial, text, self._order_rows())

    def _order_rows(self) -> dict[int, str]:
        """Return the order number that stands in each row in view: a problem may be of a row that made no line."""
        sheet, columns = self.sheet, self.draft.fields.get(NUMBER, ())
        place = self._names.place(columns[0]) if columns else None
        if sheet is None or place is None:
            return {}
        rows = enumerate(sheet.rows, sheet.header_row + 1)
        return {number: row[place].strip() for number, row in rows if place < len(row)}

    def _state(self) -> tuple[str, str]:
        """Return the kind of colour and the words of how things stand."""
        say = self.look.say
        if self._refused or self._fault:
            return "error", self._refused or self._fault
        if self._read.busy:
            return "info", say("window.channels.reading")
        if missing := self.columns.board.missing():
            fields = say("list.comma").join(each.words for each in missing)
            return "warning", say("window.channels.missing", fields=fields)
        if self.sheet is None:
            return "info", say("window.channels.no_file")
        if not self.tried:
            return "info", say("window.channels.trying")
        return trial_words(self.look, self.trial, named=bool(self.name_field.text().strip()))

    # --- the file ---

    def ask_file(self) -> None:
        """Ask for a file."""
        title = self.look.say("window.channels.choose")
        PathDialog(
            self._window, title, lambda paths: self.open_file(Path(paths[0])), filters=_FILTERS, parent=self
        ).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer only."""
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file is dropped anywhere on the wizard."""
        self._dropped(files_of(event.mimeData()))

    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.open_file(paths[0])

    def open_file(self, path: Path) -> None:
        """Read the beginning of a file; a saved mapping says how."""
        self._path = path
        draft = self.draft
        wanted = (
            (draft.sheet, draft.encoding, draft.delimiter, draft.header_row) if self._own_hands else ("", "", "", 1)
        )
        self._look(*wanted)

    def _look_again(self) -> None:
        """A person says otherwise how the file is to be read."""
        if self._path is not None:
            self._look(*self.reading.values())

    def _look(self, sheet: str, encoding: str, delimiter: str, header_row: int) -> None:
        path, guessing = self._path, not self._own_hands
        assert path is not None

        def run() -> tuple[Sheet, Draft | None]:
            found = channels.look_at(path, sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row)
            return found, channels.guess(found) if guessing else None

        def show(found: tuple[Sheet, Draft | None]) -> None:
            self._looked(*found, encoding=encoding, delimiter=delimiter)

        def failed(error: BaseException) -> None:
            self._fault = self._words_of(error)
            self.reading.show_failed(path, sheet, encoding, delimiter, header_row)
            self._show()

        self._fault = ""
        self._read.ask(run, show, failed)
        self._show_state()

    def _words_of(self, error: BaseException) -> str:
        if isinstance(error, StationError):
            return of_error(self.look.words, error)
        self._window.bridge.on_error(error)
        return self.look.say("window.error.bug", what=type(error).__name__)

    def _looked(self, sheet: Sheet, guess: Draft | None, *, encoding: str, delimiter: str) -> None:
        """The file was read: it is shown, and a new mapping begins with what can be guessed from it."""
        self.sheet, self._fault = sheet, ""
        self._names = ColumnNames.of(sheet.header, sheet.rows)
        self.columns.sheet.show_sheet(self._names.columns(), sheet.rows, sheet.header_row + 1)
        self.reading.show_sheet(sheet, encoding, delimiter)
        draft = self.draft
        if guess is not None:
            draft = replace(guess, name=draft.name, title=draft.title)
            if not self.name_field.text():
                self.name_field.setText(guess.name)
                self.title_field.setText(guess.title.get(base_of(self.look.language), ""))
        draft = replace(
            draft, sheet=sheet.sheet if len(sheet.sheets) > 1 else "", encoding=encoding, delimiter=delimiter,
            header_row=sheet.header_row,
        )  # fmt: skip
        self._put(draft)
        if self.view == "columns" and not self.name_field.hasFocus():
            self.columns.setFocus()

    def _load(self, name: str, *, copy: bool) -> None:
        """Read a saved mapping."""

        def show(body: str) -> None:
            self.draft = channels.draft_of(body, name)
            title = self.draft.title
            self.title_field.setText(title.get(base_of(self.look.language), "") or next(iter(title.values()), ""))
            self.name_field.setText("" if copy else name)
            self._kept = body
            if copy:
                self.title_field.setText("")
                self.draft = replace(self.draft, name="", title={})
            self._show()
            if self._wanted is not None:
                self.open_file(self._wanted)
            else:
                self.columns.setFocus()

        self._window.bridge.ask(self._desk.read(channels.mapping_body, "orders", name), show, self._failed)

    # --- changing ---

    def _renamed(self) -> None:
        self._refused = ""
        self._show_state()

    def _change(self, draft: Draft) -> None:
        """A person changed the mapping."""
        self._own_hands = self._unsaved = True
        self._put(draft)

    def _put(self, draft: Draft) -> None:
        self.draft, self._refused = draft, ""
        self.tried = False
        self._show()
        self._later.start(_PAUSE_MS)

    # --- trying ---

    def _try(self) -> None:
        """Read the first orders by the mapping as it stands."""
        if self._path is None or self.sheet is None or self.columns.board.missing():
            return
        path, body = self._path, channels.draft_text(self._written())

        def show(found: Trial) -> None:
            self.trial, self.tried = found, True
            self._show_state()

        def failed(error: BaseException) -> None:
            self.trial, self.tried, self._fault = Trial(), True, self._words_of(error)
            self._show_state()

        run = partial(channels.try_out, path, body)
        if self.look.zone is not None:
            run = partial(run, timezone=self.look.zone.key)
        self._fault = ""
        self._tries.ask(run, show, failed)

    # --- keeping ---

    def _written(self) -> Draft:
        """Return the mapping with its name, its title, and the columns by which files are recognised.

        A condition of which no value was chosen yet says nothing, and "none of" nothing would mean every row.
        """
        name, title = self.name_field.text().strip(), self.title_field.text().strip()
        titles: Mapping[str, str] = {"ja": title, "en": title} if title else {}
        if self.draft.title and title:
            titles = {**self.draft.title, base_of(self.look.language): title}
        said = {rule: tuple(each for each in found if each.values) for rule, found in self.draft.rules.items()}
        draft = replace(self.draft, rules={rule: found for rule, found in said.items() if found})
        return replace(draft, name=name, title=titles, recognise=used_names(draft))

    def save(self, *, take: bool = False) -> None:
        """Keep the mapping as a channel; *take*: and take the file in by it."""
        for field in (self.name_field, self.title_field):
            field.end()
        if not (self.take_button if take else self.save_button).isEnabled():
            return
        draft, new = self._written(), not self.name

        def keep(tx: Any, station: str, act: str) -> bool:
            """Keep it, unless it is new and its name has a mapping already."""
            if new and draft.name in channels.mapping_names(tx, "orders"):
                return False
            channels.save_mapping(tx, station, act, "orders", draft.name, channels.draft_text(draft))
            return True

        def kept(done: bool) -> None:
            if done:
                self._saved(draft.name, take)
            else:
                self._ask_over(draft.name, take)

        self._window.bridge.ask(self._desk.do(_TOPICS, keep, self._desk.station, str(uuid4())), kept, self._failed)

    def _ask_over(self, name: str, take: bool) -> None:
        say = self.look.say

        def over(_: str) -> None:
            self.name = name
            self.save(take=take)

        title = say("window.channels.replace")
        Confirm(self.look, self, title, say("window.channels.replace_ask", name=name), title, over).open()

    def reject(self) -> None:
        """Leave; what was changed by hand is given up only after a question."""
        if not self._unsaved:
            super().reject()
            return
        say = self.look.say

        def leave(_: str) -> None:
            self._unsaved = False
            self.reject()

        Confirm(
            self.look, self, say("window.channels.leave"), say("window.channels.leave_ask"),
            say("window.channels.leave"), leave,
        ).open()  # fmt: skip

    def _saved(self, name: str, take: bool) -> None:
        path = self._path
        self.accept()
        self._done(name, path, take)

    def _failed(self, error: BaseException) -> None:
        self._refused = self._words_of(error)
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 to F4 show a view, F8 keeps, F9 takes the file in as well."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.show_view(_KEYS[key])
        elif key == Qt.Key.Key_F5:
            self.ask_file()
        elif key in (Qt.Key.Key_F8, Qt.Key.Key_F9):
            self.save(take=key == Qt.Key.Key_F9)
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Nothing more is read once the wizard is closed."""
        self._later.stop()
        self._read.forget()
        self._tries.forget()
        super().done(result)
