"""A mail account in its fields, with what is wrong with it; its password goes into this station's own file, unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget
from shiboken6 import isValid

from app.domain.mails import PORTS, Account, Security
from app.errors import StationError
from app.services import mail_accounts
from app.services.answers import of_error, sentence
from app.services.mail_accounts import Wrong
from app.services.mail_passwords import Passwords
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.para import Para

__all__ = ["TOPICS", "AccountDialog"]

TOPICS = frozenset({"mails", "settings"})
"""What changes where an account does."""
_PAUSE_MS = 250
"""What is still being typed is not looked at yet."""
_ROWS = (
    *("name", "address", "sender", "host", "security", "port", "login", "password", "station", "per_minute", "active"),
)
_TEXTS = {"name": True, "address": False, "sender": True, "host": False, "login": False, "station": True}
"""Fields for text, and whether that may be Japanese."""
_NUMBERS = ("port", "per_minute")
_NEEDED = ("name", "address", "host")
"""What must be filled in: of a new account that is empty at first, and no fault yet."""


class AccountDialog(Dialog):
    """One account."""

    saved = Signal(int, str)
    """The account's id and name, once it is kept."""

    def __init__(self, window: Any, account: Account | None) -> None:
        """*account* is the one that is changed; None for a new one."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.mail.edit" if account else "window.mail.new"))
        self._window, self._desk = window, window.desk
        self._kept = account
        self.draft = account or Account(0, "", "", "", station=window.desk.station)
        """The account as it stands in the fields."""
        self.wrong: Sequence[Wrong] = ()
        """What is wrong with it, as it was looked at last."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.fields: dict[str, Any] = {}
        """The field of each part."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, look.px(8), 0)
        grid.setHorizontalSpacing(look.px(14))
        grid.setVerticalSpacing(look.px(7))
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(_ROWS):
            grid.addWidget(label(say(f"window.mail.field.{name}"), "soft"), at, 0)
            field = self._field(name)
            left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
            grid.addWidget(field, at, 1, left)
        grid.setRowStretch(len(_ROWS), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.faults = Para(look, 16, "error")
        self.faults.hide()
        self.column.addWidget(area, 1)
        self.column.addWidget(self.faults)
        self.save_button = button(f"{say('window.mail.save')} F8", "go", self.save)
        self.foot(button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(860), window.width() - 40), min(look.px(760), window.height() - 30))
        self._offer()
        self._look()

    def _field(self, name: str) -> Any:
        made: Any
        if name in ("security", "active"):
            made = Segments(self.look)
            made.chosen.connect(partial(self.change, name))
        elif name == "password":
            made = TextField(self._window, japanese=False)
            made.setEchoMode(QLineEdit.EchoMode.Password)
        else:
            made = TextField(self._window, japanese=_TEXTS.get(name, False))
            made.setText(str(getattr(self.draft, name)))
            if name in ("address", "host", "login", "sender"):
                made.setPlaceholderText(self.look.say(f"window.mail.hint.{name}"))
            made.textChanged.connect(partial(self.change, name))
        self.fields[name] = made
        return made

    # --- showing ---

    def _offer(self) -> None:
        say, draft = self.look.say, self.draft
        security = tuple((str(each), say(f"window.mail.security.{each}")) for each in Security)
        self.fields["security"].offer(security, draft.security)
        switch = (("yes", say("window.settings.on")), ("no", say("window.settings.off")))
        self.fields["active"].offer(switch, "yes" if draft.active else "no")
        self._show_password()

    @property
    def here(self) -> bool:
        """Whether this station sends by the account: only then has it the password."""
        return self.draft.station.strip() in ("", self._desk.station)

    def _show_password(self) -> None:
        """Say whether the password is here; it is never shown."""
        say, field, known = self.look.say, self.fields["password"], False
        if self._kept is not None and self.here:
            try:
                known = Passwords(self._window.station.config.folder).of(self.draft) is not None
            except StationError as error:
                self.faults.setText(of_error(self.look.words, error))
                self.faults.show()
        field.setEnabled(self.here and bool(self.draft.login))
        key = "elsewhere" if not self.here else "no_login" if not self.draft.login else "known" if known else "wanted"
        field.setPlaceholderText(say(f"window.mail.password.{key}", station=self.draft.station))

    def _look(self) -> None:
        """Look at what is wrong."""
        self._number += 1
        number, draft = self._number, self.draft

        def show(found: Sequence[Wrong]) -> None:
            if isValid(self) and number == self._number:  # it may have been closed meanwhile
                self._show(found)

        self._window.bridge.ask(self._desk.read(mail_accounts.wrongs, draft), show)

    def _show(self, wrong: Sequence[Wrong]) -> None:
        self.wrong, say = wrong, self.look.say
        told = [
            f"{say(f'window.mail.field.{each.field}')}: {sentence(self.look.words, each.fault.key, each.fault.args)}"
            for each in wrong
            if each.field not in _NEEDED or getattr(self.draft, each.field)
        ]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
        self.save_button.setEnabled(not wrong)

    # --- changing ---

    def change(self, name: str, value: str) -> None:
        """Take a field's new value."""
        draft = self.draft
        value = value.strip()
        if name == "active":
            self.draft = replace(draft, active=value == "yes")
        elif name == "security":
            usual = draft.port in PORTS.values()
            self.draft = replace(draft, security=value, port=PORTS[value] if usual else draft.port)
            self.fields["port"].setText(str(self.draft.port))
        elif name in _NUMBERS:
            number: dict[str, Any] = {name: int(value) if value.isdecimal() and len(value) < 7 else -1}
            self.draft = replace(draft, **number)
        else:
            texts: dict[str, Any] = {name: value}
            self.draft = replace(draft, **texts)
        if name in ("login", "station", "host"):
            self._show_password()
        self._later.start(_PAUSE_MS)

    def save(self) -> None:
        """Keep the account, then its password where one was typed."""
        for field in self.fields.values():
            if isinstance(field, TextField):
                field.end()
        draft, password = self.draft, self.fields["password"].text() if self.here else ""
        if not password.isascii():  # the library signs in with plain letters only
            self.faults.setText(self.look.say("window.mail.password.plain"))
            self.faults.show()
            return
        desk, folder = self._desk, self._window.station.config.folder

        def run() -> int:
            kept: int = desk.do(TOPICS, mail_accounts.save, desk.station, str(uuid4()), draft).result()
            if password:
                Passwords(folder).put(desk.read(mail_accounts.one, kept).result(), password)
                desk.do(TOPICS, mail_accounts.forget, kept).result()
            return kept

        self._window.bridge.work(run, self._saved, self._refused)

    def _refused(self, error: BaseException) -> None:
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.faults.setText(of_error(self.look.words, error))
        self.faults.show()

    def _saved(self, account: int) -> None:
        if isValid(self):
            self.accept()
            self.saved.emit(account, self.draft.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps the account."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)
