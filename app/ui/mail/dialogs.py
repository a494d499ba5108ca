"""Dialogs about mails: one as it went out, those of an order, what would go out, and why one is sent again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.errors import StationError
from app.services import mails, orders
from app.services.answers import of_error
from app.services.mails import KINDS, MailAct, MailItem, Preview
from app.ui.dialogs import Dialog, button
from app.ui.fields import Segments, TextField
from app.ui.grid import Grid, GridModel
from app.ui.look import Look
from app.ui.mail.letter import LetterView, Shown, shown_mail, shown_preview
from app.ui.mail.rows import OF_ORDER, STATES, TALL, kind_words, order_cells, said_words
from app.ui.para import Para
from app.ui.picker import Picker

__all__ = ["AgainDialog", "MailsDialog", "PreviewDialog", "of_mail"]

_WIDTH = 620


def of_mail(look: Look, row: MailItem, made: Preview | None) -> Shown:
    """Return a mail for the screen: as it was sent, or as it would go out now."""
    told, kind = said_words(look, row), STATES[row.state][1]
    kind = "soft" if kind == "quiet" else kind
    if made is not None:
        told = (look.say("window.mail.not_yet"), *told)
        shown = shown_preview(look, made, row.recipient, warned=False)
        return Shown(shown.heads, shown.body, told, kind)
    heads = (
        (look.say("window.mail.head.account"), row.account or "—"),
        (look.say("window.mail.head.to"), row.recipient),
        (look.say("window.mail.head.subject"), row.subject),
    )
    return Shown(heads, row.body, told, kind)


class AgainDialog(Dialog):
    """Asks why a mail is sent again, and whether to another address; says that the first one may have arrived."""

    def __init__(self, window: Any, row: MailItem, done: Callable[[str, str], object]) -> None:
        """*window* is the main window; *done* gets the reason and another address, empty for the order's own."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.act.mail_again"))
        self._window, self._done = window, done
        kind = kind_words(look, row.kind)
        words = Para(look, 18)
        words.setText(say("window.mail.ask.again", kind=kind, number=row.number, address=row.recipient or "—"))
        self.warning = Para(look, 17, "warning", bold=True)
        sure = row.state == mails.MailState.FAILED
        self.warning.setText(say("window.mail.ask.not_out" if sure else f"window.mail.ask.may_have.{_of(row)}"))
        self.reason, self.to = TextField(window), TextField(window, japanese=False)
        self.reason.setPlaceholderText(say("window.mail.ask.reason"))
        self.to.setPlaceholderText(say("window.mail.ask.to"))
        self.wrong = Para(look, 16, "error")
        self.wrong.hide()
        for para in (words, self.warning):
            para.setMinimumHeight(para.heightForWidth(look.px(_WIDTH - 60)))
            self.column.addWidget(para)
        for part in (self.reason, self.to, self.wrong):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.send_button = button(f"{say('window.mail.send')} F8", "main", self.take)
        self.foot(button(say("window.no"), "", self.reject), self.send_button)
        self.setMinimumWidth(look.px(_WIDTH))
        self.reason.setFocus()

    def take(self) -> None:
        """Send it, where there is a reason."""
        self.reason.end()
        self.to.end()
        if not self.reason.text().strip():
            self.wrong.setText(self.look.say("mails.reason_needed"))
            self.wrong.show()
            return
        self.accept()
        self._done(self.reason.text().strip(), self.to.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 sends it."""
        if event.key() == Qt.Key.Key_F8:
            self.take()
        else:
            super().keyPressEvent(event)


def _of(row: MailItem) -> str:
    """Return what is known of a mail that may be there: ``has`` it, ``dropped``, or ``unknown``."""
    known = {mails.MailState.CONFIRMED: "has", mails.MailState.DROPPED: "dropped"}
    return known.get(mails.MailState(row.state), "unknown")


class MailsDialog(Dialog):
    """Mails at the left, newest first; the chosen one exactly as it went out at the right. One alone has no list."""

    def __init__(self, window: Any, title: str, *, order: int | None = None, mail: int | None = None) -> None:
        """*window* is the main window; the mails are those of an order, or one."""
        look = window.look
        super().__init__(look, window, title)
        self._window, self._order, self._mail = window, order, mail
        self.model = GridModel(look, "window.mail.column", OF_ORDER, lambda row: order_cells(look, row), parent=self)
        self.grid = Grid(look, self.model)
        """The mails."""
        self.grid.tall = TALL
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.chosen = self._chosen
        self.view = LetterView(look)
        """The one that is chosen."""
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.grid, 1)
        frame.setVisible(order is not None)
        body = QWidget()
        sides = QHBoxLayout(body)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(look.px(16))
        sides.addWidget(frame, 52)
        sides.addWidget(self.view, 48)
        self.column.addWidget(body, 1)
        self.again_button = button(f"{look.say('window.act.mail_again')} F9", "main", self.send_again)
        self.again_button.setVisible(window.station.leads)
        self.foot(button(look.say("preview.close"), "", self.reject), self.again_button)
        wide = window.width() - 30
        self.resize(wide if order is not None else min(wide, look.px(900)), window.height() - 30)
        self.shown: MailItem | None = None
        """The mail in view."""
        self.refresh()

    def refresh(self) -> None:
        """Read the mails again."""
        order, mail = self._order, self._mail

        def read(tx: Any) -> list[MailItem]:
            return mails.of_order(tx, order) if order is not None else [mails.show(tx, mail or 0)]

        self._window.bridge.ask(self._window.desk.read(read), self._was_read)

    def _was_read(self, rows: Sequence[MailItem]) -> None:
        if not isValid(self):
            return
        keep = {row.id for row in self.grid.rows_chosen()} or {row.id for row in rows[:1]}
        self.model.put(list(rows))
        if not rows:
            self.view.clear(self.look.say("window.mail.none_of_order"))
        self.again_button.setEnabled(False)
        self.grid.setFocus()
        self.grid.choose(keep)
        if self._order is None and rows:
            self._chosen(rows[0])

    def _chosen(self, row: MailItem | None) -> None:
        if row is not None:
            self._window.bridge.ask(self._window.desk.read(shown_mail, row.id), self._mail_read)

    def _mail_read(self, found: tuple[MailItem, Preview | None]) -> None:
        if isValid(self):
            self.shown = found[0]
            self.again_button.setEnabled(MailAct.SEND_AGAIN in found[0].acts)
            self.view.show_letter(of_mail(self.look, *found))

    def send_again(self) -> None:
        """Send the mail in view again; a reason is asked."""
        row = self.shown
        if row is not None and self.again_button.isEnabled() and self._window.station.leads:
            AgainDialog(self._window, row, lambda reason, to: self._again(row, reason, to)).open()

    def _again(self, row: MailItem, reason: str, to: str) -> None:
        desk = self._window.desk
        future = desk.do(mails.TOPICS, mails.send_again, desk.station, str(uuid4()), row.id, reason, to=to)

        def sent(_new: int) -> None:
            self._window.say("ok", self.look.say("window.mail.done.again", count=1))
            if isValid(self):
                self.refresh()

        self._window.bridge.ask(future, sent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 sends again, Page Up and Down scroll the mail."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.view.page(step)
        elif event.key() == Qt.Key.Key_F9:
            self.send_again()
        else:
            super().keyPressEvent(event)


class PreviewDialog(Dialog):
    """What would go out: any kind of mail of any order, in its buyer's language or another; changes nothing."""

    def __init__(self, window: Any, number: str = "", kind: str = KINDS[0]) -> None:
        """*window* is the main window; *number* of the order to begin with, empty for the newest."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.mail.preview.title"))
        self._window = window
        self._number = 0
        self.order = TextField(window, japanese=False)
        self.order.setText(number)
        self.order.setPlaceholderText(say("window.mail.preview.order"))
        self.order.committed.connect(lambda _: self.refresh())
        self.kind = Picker(window, "window.mail.preview.kind")
        self.kind.offer([(each, kind_words(look, each)) for each in KINDS], kind)
        self.kind.chosen.connect(lambda _: self.refresh())
        self.language = Segments(look)
        languages = [("", say("window.mail.preview.buyers"))]
        languages += [(each, say(f"window.mail.language.{each}")) for each in ("ja", "en")]
        self.language.offer(tuple(languages), "")
        self.language.chosen.connect(lambda _: self.refresh())
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.order, 1)
        row.addWidget(self.kind, 1)
        row.addWidget(self.language)
        self.view = LetterView(look)
        """What would go out."""
        self.column.addLayout(row)
        self.column.addWidget(self.view, 1)
        self.foot(button(say("preview.close"), "", self.reject))
        self.resize(min(window.width() - 30, look.px(940)), window.height() - 30)
        self.refresh()

    def refresh(self) -> None:
        """Read what would go out."""
        self._number += 1
        at, number = self._number, self.order.text().strip()
        kind, language = self.kind.value, self.language.value

        def read(tx: Any) -> Preview | None:
            order = orders.find_one(tx, number) if number else mails.newest_order(tx, kind)
            return mails.preview(tx, order, kind, language=language) if order is not None else None

        def put(made: Preview | None) -> None:
            if isValid(self) and at == self._number:
                self._put(made)

        def failed(error: BaseException) -> None:
            if not isinstance(error, StationError):
                self._window.show_error(error)
            elif isValid(self) and at == self._number:
                self.view.clear(of_error(self.look.words, error))

        self._window.bridge.ask(self._window.desk.read(read), put, failed)

    def _put(self, made: Preview | None) -> None:
        if made is None:
            self.view.clear(self.look.say("window.mail.preview.none"))
            return
        self.view.show_letter(shown_preview(self.look, made))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down scroll the mail."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.view.page(step)
        else:
            super().keyPressEvent(event)
