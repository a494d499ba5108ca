"""Trying a mail account: signs in at its server, and sends a test mail where an address is given; in the server's
words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

from app.domain.mails import Account
from app.errors import StationError
from app.services import mail_accounts, mails
from app.services.answers import of_error, sentence
from app.services.mail_accounts import Tried
from app.services.mail_passwords import Passwords
from app.text import texts
from app.ui.dialogs import Dialog, button
from app.ui.fields import TextField
from app.ui.para import Para

__all__ = ["TryDialog"]

_WIDTH = 680


class TryDialog(Dialog):
    """Asks for an address, tries beside the window, and says what came of it."""

    def __init__(self, window: Any, account: Account) -> None:
        """*window* is the main window: it gives the ways to mail servers and the station's folder."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.mail.try.title", name=account.name))
        self._window, self._account = window, account
        words = Para(look, 17, "soft")
        words.setText(say("window.mail.try.about", server=f"{account.host}:{account.port}"))
        self.to = TextField(window, japanese=False)
        self.to.setPlaceholderText(say("window.mail.try.to"))
        self.said = Para(look, 18, bold=True)
        for para in (words, self.said):
            para.setMinimumHeight(look.px(52))
        for part in (words, self.to, self.said):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.try_button = button(f"{say('window.act.account_try')} F8", "main", self.try_it)
        self.foot(button(say("preview.close"), "", self.reject), self.try_button)
        self.setMinimumWidth(look.px(_WIDTH))
        self.setMinimumHeight(look.px(360))
        self.to.setFocus()
        here = account.station == window.desk.station
        if window.mail_ways is None or not here:
            self.try_button.setEnabled(False)
            self.said.show_as("warning", say("window.mail.try.elsewhere", station=account.station))

    def try_it(self) -> None:
        """Try the account."""
        self.to.end()
        if not self.try_button.isEnabled():
            return
        window, account, to = self._window, self._account, self.to.text().strip()
        self.try_button.setEnabled(False)
        self.said.show_as("soft", self.look.say("window.mail.try.asking", server=account.host))
        words, passwords = texts(self.look.language), Passwords(window.station.config.folder)
        window.bridge.work(
            lambda: mail_accounts.try_account(window.mail_ways(), passwords, account, words, to=to),
            self._tried,
            self._failed,
        )

    def _tried(self, tried: Tried) -> None:
        window, say, name = self._window, self.look.say, self._account.name
        desk = window.desk
        window.bridge.ask(
            desk.do(mails.TOPICS, mail_accounts.note_tried, self._account.id, tried), lambda _: window.show_entries()
        )
        if not isValid(self):
            return
        self.try_button.setEnabled(True)
        if not tried.good and tried.fault is not None:
            self.said.show_as("error", sentence(self.look.words, tried.fault.key, tried.fault.args))
        elif tried.sent_to:
            self.said.show_as("ok", say("window.mail.try.sent", name=name, address=tried.sent_to))
        else:
            self.said.show_as("ok", say("window.mail.try.good", name=name))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
        if isValid(self):
            self.try_button.setEnabled(True)
            self.said.show_as("error", of_error(self.look.words, error) if isinstance(error, StationError) else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 tries."""
        if event.key() == Qt.Key.Key_F8:
            self.try_it()
        else:
            super().keyPressEvent(event)
