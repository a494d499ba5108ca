"""Settings, mails: the accounts that mails go out by, and beside them how the chosen one answers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QAbstractItemView

from app.domain.mails import Account
from app.domain.printing import Fault
from app.services import mail_accounts
from app.services.answers import sentence
from app.ui.bridge import DeskLike
from app.ui.dialogs import Confirm
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.mail.rows import account_pill, account_words
from app.ui.mail.trying import TryDialog
from app.ui.settings.account_dialog import TOPICS, AccountDialog

__all__ = ["AccountRow", "AccountsPart"]

_COLUMNS = (
    *(Column("name", 20), Column("address", 25), Column("server", 23), Column("station", 12), Column("answers", 20)),
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list."""

    id: int
    account: Account
    shops: tuple[str, ...]
    """Shops whose mails go out by it; ``*`` for the house."""


@dataclass(frozen=True, slots=True)
class _Found:
    rows: list[AccountRow]
    warnings: tuple[Fault, ...]


def _server(account: Account) -> str:
    return f"{account.host}:{account.port}"


def _cells(look: Look, row: AccountRow) -> tuple[Cell, ...]:
    account = row.account
    ink = "ink" if account.active else "soft"
    sender = f"{account.sender} <{account.address}>" if account.sender else account.address
    return (
        Cell(account.name, ink, bold=account.active, least=11),
        Cell(account.address, ink, ends=True, tip=sender),
        Cell(_server(account), "soft", ends=True, tip=f"{_server(account)} {account.security}"),
        Cell(account.station, "soft", least=11),
        Cell(pills=(account_pill(look, account),), tip=account_words(look, account)),
    )


def read_accounts(tx: Any) -> _Found:
    """Return the accounts with who uses each, and what is odd about the shops."""
    rows = [AccountRow(each.id, each, mail_accounts.shops_of(tx, each)) for each in mail_accounts.every(tx)]
    return _Found(rows, mail_accounts.warnings(tx))


class AccountsPart(ListScreen):
    """The accounts by name."""

    name = "settings"
    acts = (
        Act("account_new", "F4"),
        Act("account_edit", "F5"),
        Act("account_drop", "F7"),
        Act("account_try", "F8"),
        Act("account_switch", "F9"),
    )
    share = 36
    pace_ms = 300

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        self.items: list[AccountRow] = []
        """Every account."""
        self.warnings: tuple[Fault, ...] = ()
        """What is odd about shops whose mails are on."""
        self.was_read: Any = lambda: None
        """Called when the accounts were read."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"accounts": Listing("window.mail.accounts.column", _COLUMNS, _cells, "window.mail.no_account_yet")}

    def _build(self) -> None:
        super()._build()
        self._strip.hide()  # the tabs of the settings stand above
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.doubleClicked.connect(lambda _: self.act("account_edit"))

    def read(self) -> Future[Any]:
        """Read the accounts, and who uses each."""
        return self._desk.read(read_accounts)

    def put(self, value: _Found) -> None:
        """Show them."""
        self.items, self.warnings = value.rows, value.warnings
        self.show_rows(list(value.rows))
        self.was_read()

    def facts(self) -> Sequence[Fact]:
        """Say how the chosen account answers and who uses it, else how accounts work."""
        say, rows = self.look.say, self.grid.rows_chosen()
        made = [Fact(sentence(self.look.words, each.key, each.args), kind="warning") for each in self.warnings]
        if len(rows) != 1:
            return [*made, *(Fact(say(f"window.mail.accounts.about.{name}")) for name in ("what", "password", "mall"))]
        row, account = rows[0], rows[0].account
        words, kind = account_pill(self.look, account)
        made = [Fact(account.name, head=True), Fact(words, kind="" if kind == "quiet" else kind)]
        if told := account_words(self.look, account):
            made.append(Fact(told))
        if account.seen_at:
            made.append(Fact(say("window.mail.accounts.seen"), self.look.clock(account.seen_at)))
        made.append(Fact(f"{account.sender} <{account.address}>" if account.sender else account.address))
        made.append(Fact(f"{_server(account)}  {say(f'window.mail.security.{account.security}')}"))
        made.append(Fact(say("window.mail.field.login"), account.login or "—"))
        made.append(Fact(say("window.mail.field.station"), account.station))
        if account.per_minute:
            made.append(Fact(say("window.mail.field.per_minute"), str(account.per_minute)))
        made.append(Fact(say("window.mail.accounts.used_by"), head=True))
        shops = [say("window.mail.accounts.house") if shop == "*" else shop for shop in row.shops]
        return [*made, *([Fact(shop) for shop in shops] or [Fact(say("window.mail.accounts.nobody"))])]

    # --- acting ---

    def act(self, name: str) -> None:
        """Add, change, take away, try or switch an account."""
        rows = self.grid.rows_chosen()
        if name == "account_new":
            self._open(None)
        elif not rows:
            self.window_.say("info", self.look.say("window.mail.accounts.choose_first"))
        elif name == "account_edit":
            self._open(rows[0].account)
        elif name == "account_try":
            TryDialog(self.window_, rows[0].account).open()
        elif name == "account_switch":
            self._switch(rows[0].account)
        else:
            self._ask_drop(rows[0].account)

    def _open(self, account: Account | None) -> None:
        dialog = AccountDialog(self.window_, account)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, _account: int, name: str) -> None:
        self._say("window.mail.accounts.kept", name=name)
        self.refresh()

    def _say(self, key: str, **args: object) -> None:
        self.window_.say("ok", self.look.say(key, **args))

    def _switch(self, account: Account) -> None:
        draft = replace(account, active=not account.active)
        key = "window.mail.accounts.switched_on" if draft.active else "window.mail.accounts.switched_off"
        self.do(TOPICS, mail_accounts.save, draft, then=lambda _: self._say(key, name=account.name))

    def _ask_drop(self, account: Account) -> None:
        say, title, name = self.look.say, self.look.say("window.act.account_drop"), account.name

        def drop(_: str) -> None:
            self.do(TOPICS, mail_accounts.drop, account.id, then=lambda _: self._dropped(name))

        Confirm(self.look, self.window_, title, say("window.mail.accounts.drop_ask", name=name), title, drop).open()

    def _dropped(self, name: str) -> None:
        self._say("window.mail.accounts.dropped", name=name)
