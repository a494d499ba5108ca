"""The mails メール: what waits, failed, is unknown, was sent, of every shop; and what a person can do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer

from app.domain.mails import Account
from app.domain.printing import Fault
from app.services import mail_accounts, mails
from app.services import settings as settings_service
from app.services.answers import sentence
from app.services.mails import KINDS, MailAct, MailItem, MailState
from app.services.settings import ShopRow
from app.ui.fields import TextField
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.machines import brief
from app.ui.mail.dialogs import AgainDialog, MailsDialog, PreviewDialog
from app.ui.mail.rows import COLUMNS, TALL, account_pill, account_words, cells_of, kind_words, mail_facts, state_pill
from app.ui.mail.trying import TryDialog
from app.ui.picker import Picker
from app.ui.printing.dialogs import ChoiceDialog

__all__ = ["MailScreen"]

_PAGE = 200
_SEARCH_MS = 180
_HOLD_TOPICS = frozenset({"mails", "settings"})
_FILTERS: dict[str, tuple[str, ...]] = {
    "open": (MailState.WAITING, MailState.SENT, MailState.UNKNOWN, MailState.FAILED),
    "unknown": (MailState.UNKNOWN,),
    "failed": (MailState.FAILED,),
    "confirmed": (MailState.CONFIRMED,),
    "dropped": (MailState.DROPPED,),
    "all": (),
}
_MEANS = {"mail_again": MailAct.SEND_AGAIN, "mail_arrived": MailAct.ARRIVED, "mail_drop": MailAct.DROP}
"""What the acts mean to the rules of what may be done with a mail."""
_MOST_SHOPS = 7
"""Shops that have a key beside that for all of them."""
_ALL = "all"


@dataclass(frozen=True, slots=True)
class _Found:
    rows: list[MailItem]
    counts: dict[str, int]
    shops: list[ShopRow]
    held: frozenset[int]
    accounts: tuple[Account, ...]
    warnings: tuple[Fault, ...]


class MailScreen(ListScreen):
    """Mails at the left, newest first; the chosen one, else how accounts and shops stand, at the right."""

    name = "mail"
    acts = (
        Act("mail_arrived", "F5"),
        Act("mail_preview", "F6"),
        Act("mail_see", "F7", "main"),
        Act("mail_hold", "F8"),
        Act("mail_again", "F9", "go"),
        Act("mail_try", "F10"),
        Act("mail_drop", "F11"),
    )
    share = 30
    pace_ms = 500

    def __init__(self, window: Any, desk: Any) -> None:
        self.filter = "open"
        """Which mails are listed."""
        self.shop = ""
        """Id of the shop whose mails are listed; empty for every one."""
        self.found = _Found([], {}, [], frozenset(), (), ())
        """What was read last."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"mails": Listing("window.mail.column", COLUMNS, cells_of, "window.mail.none", _PAGE)}

    def strip_widgets(self) -> None:
        """A field to find an order or an address, and the kind of mails."""
        self.search = TextField(self.window_, japanese=False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh_now)
        self.search.textChanged.connect(lambda: self._soon.start(_SEARCH_MS))
        self.kind = Picker(self.window_, "window.mail.kinds")
        self.kind.chosen.connect(lambda _: self.refresh_now())
        self._top.addWidget(self.search)
        self._top.addWidget(self.kind)

    def head_widgets(self) -> None:
        """A double click looks at a mail; what nobody is sure of stands out."""
        self.grid.tall = TALL
        self.grid.doubleClicked.connect(lambda _: self.act("mail_see"))
        self.model.urgent = lambda row: row.state == MailState.UNKNOWN

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self.search.setFixedWidth(look.px(230))
        self.search.setPlaceholderText(say("window.mail.search"))
        kinds = [("", say("window.mail.every_kind")), *((kind, kind_words(look, kind)) for kind in KINDS)]
        self.kind.offer(kinds, self.kind.value)
        super().render_all()

    # --- reading ---

    def refresh_now(self) -> None:
        """Read again at once: a person asked for other mails."""
        self._rest.stop()
        self.refresh()

    def mailed(self) -> None:
        """A mail went a step further."""
        self.refresh()

    def read(self) -> Future[Any]:
        """Read mails, and how accounts and shops stand."""
        query = self._query()

        def run(tx: Any) -> _Found:
            return _Found(
                mails.page(tx, **query),
                mails.counts(tx),
                settings_service.shop_list(tx),
                mails.held_shops(tx),
                mail_accounts.every(tx),
                mail_accounts.warnings(tx),
            )

        return self._desk.read(run)

    def _query(self) -> dict[str, Any]:
        return {
            "states": _FILTERS[self.filter],
            "kinds": (self.kind.value,) if self.kind.value else (),
            "shop": int(self.shop) if self.shop else None,
            "text": self.search.text().strip(),
            "limit": _PAGE,
        }

    def put(self, value: _Found) -> None:
        """Show what was read."""
        self.found = value
        self.show_rows(value.rows)

    def read_more(self) -> None:
        """Read the next page."""
        if not self.model.rows:
            return
        number, before = self._wanted, self.model.rows[-1].id
        future = self._desk.read(mails.page, before=before, **self._query())
        self.bridge.ask(future, lambda rows: self.model.add(list(rows)) if number == self._wanted else None)

    # --- choices and the panel ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer states, and shops where there are several."""
        say, counts = self.look.say, self.found.counts
        failed = counts.get("failed", 0) + counts.get("stuck", 0)
        figures = {"open": sum(counts.values()), "unknown": counts.get("unknown", 0), "failed": failed}
        states = tuple(
            (name, " ".join(filter(None, (say(f"window.mail.filter.{name}"), str(figures.get(name, ""))))))
            for name in _FILTERS
        )
        if len(self.found.shops) < 2:
            return (states,)
        shops = tuple((str(shop.id), self._shop_words(shop)) for shop in self.found.shops)
        return (states, (("", say("window.orders.all_shops")), *shops))

    def _shop_words(self, shop: ShopRow) -> str:
        held = f" ‖ {self.look.say('window.mail.held')}" if shop.id in self.found.held else ""
        return brief(shop.name, 22) + held

    def chip_chosen(self, row: int) -> str:
        """Return the filter or shop in force."""
        return self.shop if row else self.filter

    def chip_tapped(self, row: int, name: str) -> None:
        """List others."""
        if row:
            self.shop = name
        else:
            self.filter = name
        self.refresh_now()

    def facts(self) -> list[Fact]:
        """Say everything of the chosen mail, else how accounts and shops stand."""
        say, found = self.look.say, self.found
        rows = self.grid.rows_chosen()
        if len(rows) == 1:
            return mail_facts(self.look, rows[0])
        if rows:
            return [Fact(say("window.mail.chosen", count=len(rows)), head=True)]
        made = [
            Fact(say("window.mail.is_held", shop=brief(shop.name, 24)), kind="warning")
            for shop in found.shops
            if shop.id in found.held
        ]
        made += [Fact(sentence(self.look.words, each.key, each.args), kind="warning") for each in found.warnings]
        for account in found.accounts:
            words, kind = account_pill(self.look, account)
            made.append(Fact(brief(account.name, 26), words, kind="" if kind == "quiet" else kind))
            if kind == "error":
                made.append(Fact(account_words(self.look, account)))
        if later := found.counts.get("later", 0):
            made.append(Fact(say("window.mail.later", count=later)))
        return [*made, *(Fact(say(f"window.mail.about.{name}")) for name in ("what", "again"))]

    # --- acting ---

    def act(self, name: str) -> None:
        """Do one of the acts with the chosen mails, with a shop or with an account."""
        rows = self.grid.rows_chosen()
        if name == "mail_preview":
            PreviewDialog(self.window_, *((rows[0].number, rows[0].kind) if rows else ())).open()
        elif name == "mail_hold":
            self._hold()
        elif name == "mail_try":
            self._try(rows)
        elif not rows:
            self.window_.say("info", self.look.say("window.mail.choose_first"))
        elif name == "mail_see":
            row = rows[0]
            MailsDialog(self.window_, f"{kind_words(self.look, row.kind)} {row.number}", mail=row.id).open()
        else:
            self._act_on(name, rows)

    def _act_on(self, name: str, rows: Sequence[MailItem]) -> None:
        say, able = self.look.say, [row for row in rows if _MEANS[name] in row.acts]
        if not able:
            words = {"act": say(f"window.act.{name}"), "state": state_pill(self.look, rows[0])[0]}
            self.window_.say("info", say("window.mail.not_now", **words))
        elif name == "mail_again":
            AgainDialog(self.window_, able[0], lambda reason, to: self._again(able[0], reason, to)).open()
        elif name == "mail_arrived":
            self._ask(
                name, say("window.mail.ask.arrived", mails=self._listed(able)),
                lambda: self._each(able, mails.arrived, "window.mail.done.arrived"),
            )  # fmt: skip
        else:
            self._ask(
                name, say("window.mail.ask.drop", mails=self._listed(able)),
                lambda: self._each(able, mails.drop, "window.mail.done.drop"),
            )  # fmt: skip

    def _again(self, row: MailItem, reason: str, to: str) -> None:
        desk = self._desk
        future = desk.do(mails.TOPICS, mails.send_again, desk.station, str(uuid4()), row.id, reason, to=to)

        def sent(_new: int) -> None:
            self._say("window.mail.done.again", 1)
            self.refresh()

        self.bridge.ask(future, sent)

    def _ask(self, name: str, text: str, done: Callable[[], object]) -> None:
        """Ask once before something that others feel; answered by key."""
        title = self.look.say(f"window.act.{name}")
        ChoiceDialog(self.window_, title, text, [("yes", title)], lambda _: done()).open()

    def _listed(self, rows: Sequence[MailItem]) -> str:
        """Return the first few of the mails in words."""
        said = [f"{kind_words(self.look, row.kind)} {row.number}" for row in rows[:4]]
        return self.look.say("list.comma").join(said) + ("…" if len(rows) > 4 else "")

    def _each(self, rows: Sequence[MailItem], function: Callable[..., Any], done: str) -> None:
        """Do the same with each of some mails, and say it once."""
        for row in rows[:-1]:
            self.do(mails.TOPICS, function, row.id, then=lambda _: None)
        self.do(mails.TOPICS, function, rows[-1].id, then=lambda _: self._say(done, len(rows)))

    def _say(self, key: str, count: int) -> None:
        self.window_.say("ok", self.look.say(key, count=count))

    def _try(self, rows: Sequence[MailItem]) -> None:
        """Try the account of the chosen mail, else one that is asked for."""
        say, accounts = self.look.say, [each for each in self.found.accounts if each.active]
        of_mail = [each for each in accounts if rows and each.name == rows[0].account]
        if not accounts:
            self.window_.say("info", say("window.mail.no_accounts"))
        elif len(accounts) == 1 or of_mail:
            TryDialog(self.window_, (of_mail or accounts)[0]).open()
        else:
            choices = [(str(each.id), brief(each.name, 26)) for each in accounts[:_MOST_SHOPS]]
            known = {str(each.id): each for each in accounts}
            ChoiceDialog(
                self.window_, say("window.act.mail_try"), say("window.mail.ask.account"), choices,
                lambda name: TryDialog(self.window_, known[name]).open(),
            ).open()  # fmt: skip

    def _hold(self) -> None:
        """Hold the mails of the shop in front, or let them go; without one it is asked which."""
        say, shops, held = self.look.say, self.found.shops, self.found.held
        mine = [shop for shop in shops if str(shop.id) == self.shop] or (shops if len(shops) == 1 else [])
        if not shops:
            self.window_.say("info", say("window.mail.no_shops"))
            return
        offered = mine or shops[:_MOST_SHOPS]
        choices = [
            (str(shop.id), say(f"window.mail.{'let_go' if shop.id in held else 'hold'}", shop=brief(shop.name, 24)))
            for shop in offered
        ]
        if not mine:
            free = [shop for shop in shops if shop.id not in held]
            choices.append((_ALL, say("window.mail.hold_all" if free else "window.mail.let_go_all")))
        ChoiceDialog(
            self.window_, say("window.act.mail_hold"), say("window.mail.ask.hold"), choices, self._hold_chosen
        ).open()

    def _hold_chosen(self, name: str) -> None:
        shops, held = self.found.shops, self.found.held
        which = [shop.id for shop in shops] if name == _ALL else [int(name)]
        hold = not held.issuperset(which)
        done = "window.mail.done.held" if hold else "window.mail.done.let_go"
        self.do(_HOLD_TOPICS, mails.hold_shops, which, hold, then=lambda _: self._say(done, len(which)))

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._soon.stop()
        super().stop()
