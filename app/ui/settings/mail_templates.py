"""Settings, mails: their templates. Subject and body are changed beside the mail that they make of a real order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.mail_templates import MAILS, PREFIX, fields_of
from app.domain.mails import MailKind
from app.domain.templates import TemplateFault
from app.domain.toml_text import put_value
from app.errors import StationError
from app.services import mail_templates, mails, orders
from app.services.answers import of_error, sentence
from app.services.mails import Letter
from app.text import base_of
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.dialogs import label
from app.ui.fields import Segments, TextField
from app.ui.mail.letter import LetterView, Shown
from app.ui.mail.rows import kind_words
from app.ui.para import Para
from app.ui.settings.template_page import PAUSE_MS, TemplatePage
from app.ui.textarea import TextArea

__all__ = ["MailTemplates"]

_LANGUAGES = (("ja", "日本語"), ("en", "English"))


class MailForm(QWidget):
    """Subject and body in one language."""

    changed = Signal(str, str)
    """``subject`` or ``body``, and its new text."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, and hears of typing."""
        super().__init__()
        self.look = window.look
        self.subject_words, self.body_words = label("", "soft"), label("", "soft")
        self.subject = TextField(window)
        self.subject.textChanged.connect(self._subject_typed)
        self.body = TextArea(self.look, window, numbers=True)
        self.body.edited.connect(lambda text: self.changed.emit("body", text))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.subject_words, self.subject, self.body_words):
            self._column.addWidget(part)
        self._column.addWidget(self.body, 1)

    def _subject_typed(self, text: str) -> None:
        if self.subject.typing_now:
            self.changed.emit("subject", text)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        say = self.look.say
        self._column.setSpacing(self.look.px(6))
        self.body.setMinimumHeight(self.look.px(84))
        self.subject_words.setText(say("window.mail.head.subject"))
        self.body_words.setText(say("window.mail.templates.body"))
        self.body.restyle()

    def show_values(self, part: Mapping[str, object]) -> None:
        """Show what the template says in the language in front; what is being typed stays."""
        subject, body = (str(part.get(name, "")) for name in ("subject", "body"))
        if not self.subject.typing_now:
            self.subject.setText(subject)
            self.subject.setCursorPosition(0)
        if not self.body.typing_now:
            self.body.show_text(body.replace("\r\n", "\n").strip("\n"))

    def mark(self, lines: list[int]) -> None:
        """Mark lines of the body in which something is wrong."""
        self.body.mark(lines)

    def end(self) -> None:
        """Close the typing mode."""
        self.subject.end()
        self.body.end()


class MailTemplates(TemplatePage):
    """A template at the left, in fields or as its text; the mail that it makes of an order at the right."""

    all_views = ("fields", "text")
    choose_title = "window.mail.kinds"
    most_told = 2

    def __init__(self, window: Any, desk: DeskLike, screen: Any) -> None:
        """*window* is the main window; *screen* the settings, which know the shop."""
        self._drawn = 0
        """Number of the newest mail that was asked for."""
        super().__init__(window, desk, screen, f"{PREFIX}{MailKind.SHIPPED}")

    def _build(self) -> None:
        self.form = MailForm(self.window_)
        self.form.changed.connect(self._changed)
        for part in (self.form, self.text):
            self.views.addWidget(part)
        left = QFrame()
        left.setProperty("role", "card")
        self._left = QVBoxLayout(left)
        self._pickers = QHBoxLayout()
        self._pickers.addWidget(self.paper_picker, 1)
        self._pickers.addWidget(self.name_picker, 1)
        self._left.addLayout(self._pickers)
        self._shown = QHBoxLayout()
        self._shown.addWidget(self.view)
        self._shown.addWidget(self.state, 1)
        self._left.addLayout(self._shown)
        self._left.addWidget(self.views, 1)
        self._left.addWidget(self.wrong)
        self.names = Para(self.look, 14, "soft")
        """The fields that a mail of this kind may name."""
        self._left.addWidget(self.names)
        self.language = Segments(self.look)
        self.language.chosen.connect(lambda _: self._other_language())
        self.order = TextField(self.window_, japanese=False)
        self.order.committed.connect(lambda _: self._look())
        self.letter = LetterView(self.look)
        """The mail as it would go out."""
        right = QFrame()
        right.setProperty("role", "card")
        self._right = QVBoxLayout(right)
        self._top = QHBoxLayout()
        self._top.addWidget(self.language)
        self._top.addWidget(self.order, 1)
        self._right.addLayout(self._top)
        self._right.addWidget(self.letter, 1)
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(left, 11)
        self._whole.addWidget(right, 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._whole.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(12))
        self._whole.setSpacing(look.px(14))
        for column in (self._left, self._right):
            column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
            column.setSpacing(look.px(8))
        for row in (self._pickers, self._top, self._shown):
            row.setSpacing(look.px(10))
        self._offer_views()
        self.language.offer(_LANGUAGES, self.language.value or base_of(look.language))
        self.order.setPlaceholderText(say("window.papers.order"))
        self.form.render_all()
        self.text.restyle()
        if self.ready:
            self._show_rows()
        self._show_choices()

    @property
    def kind(self) -> str:
        """Kind of mail that is shown."""
        return self.paper.removeprefix(PREFIX)

    def _is_here(self, paper: str) -> bool:
        return paper in MAILS

    def _paper_words(self, paper: str) -> str:
        return kind_words(self.look, paper.removeprefix(PREFIX))

    def _show_rows(self) -> None:
        names = "  ".join(fields_of(self.kind))
        self.names.setText(self.look.say("window.mail.templates.fields", names=names))
        self.names.setToolTip(names)
        self._show_text()

    def _show_text(self) -> None:
        self.text.show_text(self.body)
        with suppress(tomllib.TOMLDecodeError):  # it is said below the text, with its line
            part = tomllib.loads(self.body).get(self.language.value, {})
            self.form.show_values(part if isinstance(part, dict) else {})

    def _other_language(self) -> None:
        self.form.end()
        self._show_text()
        self._look()

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        acts = (("F3", "copy"), ("F4", "use"), ("F5", "view"), ("F8", "save"), ("F9", "drop"))
        return tuple(Entry(f"template_{name}", key, self.look.say(f"window.act.template_{name}")) for key, name in acts)

    # --- changing ---

    def _changed(self, name: str, text: str) -> None:
        """Subject or body was typed: the same place of the text is changed."""
        try:
            value = text if name == "subject" else f"{text}\n"
            self.body = put_value(self.body, (self.language.value, name), value)
        except tomllib.TOMLDecodeError:
            self.window_.say("warning", self.look.say("window.papers.mend_text"))
            self.form.end()
            self.show_view("text")
            return
        self.text.show_text(self.body)
        self._show_choices()
        self._later.start(PAUSE_MS)

    def save(self) -> None:
        """Keep the template as the shop's own."""
        self.form.end()
        super().save()

    def _look(self) -> None:
        super()._look()
        self.names.setVisible(not self.faults)  # a fault names them, and the text needs the room
        self.form.mark([line for each in self.faults if (line := self._line_in_form(each))])
        if self.faults and self.letter.shown is None:
            self.letter.clear(self.look.say("window.papers.mend_first"))

    def _told(self, fault: TemplateFault, line: int) -> str:
        at = self._line_in_form(fault)
        if not at or self.view.value != "fields":
            return super()._told(fault, line)
        words = sentence(self.look.words, fault.key, {"place": fault.place, **fault.args})
        return self.look.say("window.mail.templates.on_line", line=at, words=words)

    def _line_in_form(self, fault: TemplateFault) -> int:
        """Return the line of the body in front that a fault is on; 0 for none."""
        place, _, line = fault.place.partition(":")
        return int(line) if place == f"{self.language.value}.body" and line.isdecimal() else 0

    def _show_made(self) -> None:
        """Show the mail that the text makes of an order: the one whose number is given, else the newest."""
        self._drawn += 1
        number, kind, language, shop = self.order.text().strip(), self.kind, self.language.value, self._shop
        template, at = mail_templates.read(self.paper, self.body).template, self._drawn

        def read(tx: Any) -> Letter | None:
            order = orders.find_one(tx, number) if number else mails.newest_order(tx, kind, shop)
            if order is None:
                return None
            return mails.preview_template(tx, order, kind, template, language=language)

        def put(letter: Letter | None) -> None:
            if at == self._drawn:
                self._put_letter(letter)

        def failed(error: BaseException) -> None:
            if not isinstance(error, StationError):
                self.window_.show_error(error)
            elif at == self._drawn:
                self.letter.clear(of_error(self.look.words, error))

        self.window_.bridge.ask(self._desk.read(read), put, failed)

    def showEvent(self, event: QShowEvent) -> None:
        """What was read while another part was in front is shown now."""
        super().showEvent(event)
        self._look()

    def _put_letter(self, letter: Letter | None) -> None:
        say = self.look.say
        if letter is None:
            self.letter.clear(say("window.mail.preview.none"))
            return
        heads = (
            (say("window.mail.head.to"), letter.recipient or say("window.mail.no_address")),
            (say("window.mail.head.subject"), letter.subject),
        )
        self.letter.show_letter(Shown(heads, letter.body))
