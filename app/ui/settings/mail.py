"""Settings, mails: which a shop sends and by which account, the accounts, and what the mails say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.services.answers import sentence
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.fields import Segments
from app.ui.look import Look
from app.ui.para import Para
from app.ui.settings.mail_accounts import AccountsPart
from app.ui.settings.mail_templates import MailTemplates

__all__ = ["MailPage"]

_PARTS = ("shops", "accounts", "templates")
_ACCOUNT = "mail.account"


class _ShopsPart(QWidget):
    """What the house or one shop decides about its mails, and what is odd about it."""

    def __init__(self, look: Look, cards: Sequence[QFrame]) -> None:
        super().__init__()
        self.look = look
        kinds, rest, templates = cards
        self.why, self.warnings = Para(look, 17, "soft"), Para(look, 17, "warning", bold=True)
        inside = QWidget()
        self._columns = QHBoxLayout(inside)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((self._left, (self.warnings, kinds, self.why)), (self._right, (rest, templates))):
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look = self.look
        self._columns.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(14))
        for layout in (self._columns, self._left, self._right):
            layout.setSpacing(look.px(14))
        self.why.setText(look.say("window.mail.why_off"))

    def show_warnings(self, told: Sequence[str]) -> None:
        """Say what is odd about shops whose mails are on."""
        self.warnings.setText("\n".join(told))
        self.warnings.setVisible(bool(told))


class MailPage(QWidget):
    """Three parts, one in front."""

    trying = False

    def __init__(self, window: Any, desk: DeskLike, screen: Any) -> None:
        """*window* is the main window; *screen* the settings, which know the shop and their cards."""
        super().__init__()
        self.window_, self._screen = window, screen
        self.look: Look = window.look
        self.shops = _ShopsPart(self.look, screen.mail_cards)
        self.accounts = AccountsPart(window, desk)
        self.accounts.was_read = self._accounts_read
        self.templates = MailTemplates(window, desk, screen)
        self.parts = Segments(self.look)
        self.parts.roomy = True
        self.parts.chosen.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in (self.shops, self.accounts, self.templates):
            self.stack.addWidget(part)
        self._row = QHBoxLayout()
        self._row.addWidget(self.parts)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)
        self._column.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.render_all()

    @property
    def part(self) -> str:
        """Name of the part in front."""
        return _PARTS[self.stack.currentIndex()]

    def show_part(self, name: str) -> None:
        """Bring a part to the front."""
        self.stack.setCurrentIndex(_PARTS.index(name))
        self.render_all()
        self.refresh()
        (self.accounts.grid if name == "accounts" else self).setFocus()
        self.window_.show_entries()

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        say = self.look.say
        self._row.setContentsMargins(self.look.px(16), self.look.px(10), self.look.px(16), 0)
        self.parts.offer(tuple((each, say(f"window.mail.part.{each}")) for each in _PARTS), self.part)
        self.shops.render_all()
        self.accounts.render_all()
        self.templates.render_all()
        self._accounts_read()

    def _accounts_read(self) -> None:
        names = [row.account.name for row in self.accounts.items if row.account.active]
        self._screen.cards.offer(_ACCOUNT, names)
        told = [sentence(self.look.words, each.key, each.args) for each in self.accounts.warnings]
        self.shops.show_warnings(told)

    def refresh(self) -> None:
        """Read again what the part in front shows; the accounts are wanted everywhere."""
        self.accounts.refresh()
        if self.part == "templates":
            self.templates.refresh()

    def settings_changed(self) -> None:
        """The house or the shop in front decided something."""
        self.templates.settings_changed()

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        made.append(Entry("mail_part", "F6", say("window.act.mail_part")))
        if self.part == "accounts":
            made += [each for each in self.accounts.entries() if each.name != "KP-NEXT"]
        elif self.part == "templates":
            made += self.templates.entries()
        return tuple(sorted(made, key=lambda entry: int(entry.key[1:])))

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "mail_part":
            self.show_part(_PARTS[(self.stack.currentIndex() + 1) % len(_PARTS)])
        elif name.startswith("account_"):
            self.accounts.act(name)
        else:
            self.templates.act(name)

    def stop(self) -> None:
        """Ask nothing any more: the page is left."""
        self.accounts.stop()
        self.templates.stop()
