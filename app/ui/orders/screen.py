"""The queue: by cut-off, priority and age; holds with their reason and one key to lift them; filters; import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services import addresses, mails, orders, rates, release
from app.services.addresses import OrderAddress
from app.services.mails import MailItem
from app.services.orders import HoldRow, OrderFull, OrderRow
from app.services.rates import Why
from app.services.release import Choice, Released
from app.ui.bar import Entry
from app.ui.bridge import Bridge, DeskLike
from app.ui.dialogs import Confirm, button, label
from app.ui.fields import TextField
from app.ui.grid import Grid, GridModel
from app.ui.look import Look
from app.ui.orders.address import AddressDialog
from app.ui.orders.detail import Detail
from app.ui.orders.gift import GiftDialog
from app.ui.orders.head import FIGURES, Figures, Shops
from app.ui.orders.price import ChoiceDialog
from app.ui.orders.rows import COLUMNS, cells_of, is_urgent
from app.ui.para import Para
from app.ui.replay import ReplayDialog

if TYPE_CHECKING:
    from app.services.replay import Replay

__all__ = ["OrdersScreen"]

_Read = tuple[OrderFull | None, list[HoldRow], list[MailItem], Why | None]
"""What is read of the order that is shown."""
_PAGE = 100
_TOPICS = frozenset({"orders", "bench", "printing"})
_KEYS = {
    Qt.Key.Key_F5: "import",
    Qt.Key.Key_F6: "lift",
    Qt.Key.Key_F7: "hold",
    Qt.Key.Key_F8: "release",
    Qt.Key.Key_F9: "cancel",
    Qt.Key.Key_F10: "replay",
    Qt.Key.Key_F11: "printed",
    Qt.Key.Key_F12: "address",
}
_NAMES = {key: key.name.removeprefix("Key_") for key in _KEYS}
"""What stands on each key."""


class OrdersScreen(QWidget):
    """List at the left, one order at the right."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        super().__init__()
        self.window_ = window
        self.look: Look = window.look
        self.bridge: Bridge = window.bridge
        self._desk = desk
        self.shop, self.figure = "", "all"
        self._counts: dict[str, dict[str, int]] = {}
        self._wanted = 0
        """Number of the newest reading: older ones that come late are dropped."""
        self._detail_holds: list[HoldRow] = []
        self._detail_mails: list[MailItem] = []
        self._detail_why: Why | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read_rows)
        self._build(window)
        self.render_all()

    def _build(self, window: Any) -> None:
        look = self.look
        self.title = label("", "title")
        self.shops, self.figures = Shops(look), Figures(look)
        self.search = TextField(window)
        self.import_button = button("", "main", lambda: self.act("import"))
        self.release_button = button("", "go", lambda: self.act("release"))
        strip = QFrame()
        strip.setProperty("role", "strip")
        self._top = QHBoxLayout(strip)
        self._top.addWidget(self.title)
        self._top.addWidget(self.shops, 1)
        for part in (self.search, self.import_button, self.release_button):
            self._top.addWidget(part)
        self._strip = strip
        self.model = GridModel(
            look, "window.orders.column", COLUMNS, lambda row: cells_of(look, row), page=_PAGE, parent=self
        )
        self.model.urgent = is_urgent
        self.table = Grid(look, self.model)
        self.detail = Detail(look)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.table)
        self.empty = Para(look, 21, "soft", align="centre")
        inside.addWidget(self.empty, 1)
        self._body = QHBoxLayout()
        self._body.addWidget(frame, 69)
        self._body.addWidget(self.detail, 31)
        self._inner = QVBoxLayout()
        self._inner.addWidget(self.figures)
        self._inner.addLayout(self._body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(strip)
        whole.addLayout(self._inner, 1)
        self.setFocusProxy(self.table)
        self.search.textChanged.connect(lambda: self._soon.start(180))
        self.shops.tapped.connect(self._filter_shop)
        self.figures.tapped.connect(self._filter_figure)
        self.model.wanted.connect(self._read_more)
        self.table.chosen = self._chosen
        self.detail.replayed.connect(lambda: self.act("replay"))
        self.detail.address.tapped.connect(lambda _: self.act("address"))
        self.detail.gift.tapped.connect(lambda _: self.open_gift())
        self.detail.mails.tapped.connect(lambda _: self.open_mails())
        self.detail.price.tapped.connect(lambda _: self.open_choice())
        self.detail.holds.tapped.connect(self._hold_tapped)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._strip.setFixedHeight(look.px(60))
        self._top.setContentsMargins(look.px(20), 0, look.px(20), 0)
        self._top.setSpacing(look.px(14))
        self._inner.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._inner.setSpacing(look.px(12))
        self._body.setSpacing(look.px(14))
        self.title.setText(say("window.nav.orders"))
        self.search.setPlaceholderText(say("window.orders.search"))
        self.search.setFixedWidth(look.px(250))
        leads = self.window_.station.leads
        for each, key in ((self.import_button, "window.act.import"), (self.release_button, "window.act.release")):
            each.setText(say(key))
            each.setVisible(leads)
        self.table.restyle()
        self.shops.show_counts(self._counts, self.shop)
        self.figures.show_counts(self._counts, self.shop, self.figure)
        self.detail.leads = leads
        self.detail.show_order(self.detail.full, self._detail_holds, self._detail_mails, self._detail_why)
        self.detail.setVisible(self.detail.full is not None)
        self._show_empty()

    def _show_empty(self) -> None:
        none = not self.model.rows
        filtered = bool(self.search.text() or self.shop or self.figure != "all")
        key = "window.orders.none_found" if filtered else "window.orders.none"
        self.empty.setText(self.look.say(key))
        self.empty.setVisible(none)
        self.table.setVisible(not none)

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        if self.window_.station.leads:
            made += [Entry(name, _NAMES[key], say(f"window.act.{name}")) for key, name in _KEYS.items()]
        return tuple(made)

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._soon.stop()

    # --- reading ---

    def refresh(self) -> None:
        """Read counts and rows again."""
        self.bridge.ask(self._desk.read(orders.counts), self._counts_read)
        self.read_rows()

    def _counts_read(self, counts: dict[str, dict[str, int]]) -> None:
        self._counts = counts
        self.shops.show_counts(counts, self.shop)
        self.figures.show_counts(counts, self.shop, self.figure)

    def _query(self) -> dict[str, Any]:
        held = {"held": True, "ready": False}.get(self.figure)
        return {
            "states": FIGURES[self.figure][0],
            "shop": self.shop,
            "text": self.search.text().strip(),
            "held": held,
            "limit": _PAGE,
        }

    def read_rows(self) -> None:
        """Read the first page again; what was chosen stays chosen."""
        self._wanted += 1
        number = self._wanted
        query = self._query() | {"limit": max(_PAGE, min(len(self.model.rows), 1000))}
        self.bridge.ask(self._desk.read(orders.page, **query), lambda rows: self._rows_read(number, rows))

    def _hide_cut_offs(self) -> None:
        """Shops without cut-offs need no column for them."""
        known = any(row.cut_off is not None for row in self.model.rows)
        self.model.hidden = frozenset() if known else frozenset({"cut_off"})
        self.table.restyle()

    def _rows_read(self, number: int, rows: list[OrderRow]) -> None:
        if number != self._wanted:
            return
        keep = {row.id for row in self.table.rows_chosen()}  # now: a row may have been chosen while these were read
        at = self.table.verticalScrollBar().value()
        self.model.put(rows)
        self._show_empty()
        self._hide_cut_offs()
        self.table.choose(keep)
        self.table.verticalScrollBar().setValue(at)
        if self.detail.full is not None:
            self._read_detail(self.detail.full.row.id)

    def _read_more(self) -> None:
        number = self._wanted
        after = self.model.rows[-1].sort if self.model.rows else None
        future = self._desk.read(orders.page, **self._query(), after=after)
        self.bridge.ask(future, lambda rows: self._more_read(number, rows))

    def _more_read(self, number: int, rows: list[OrderRow]) -> None:
        if number == self._wanted:
            self.model.add(rows)
            self._hide_cut_offs()

    def _chosen(self, row: OrderRow | None) -> None:
        if row is None:
            if not self.table.rows_chosen():
                self.detail.show_order(None, [])
                self.detail.hide()
        else:
            self._read_detail(row.id)

    def mailed(self) -> None:
        """A mail went a step further: perhaps one of the order that is shown."""
        if self.detail.full is not None and self.window_.station.leads:
            self._read_detail(self.detail.full.row.id)

    def _read_detail(self, order: int) -> None:
        def read(tx: Any) -> _Read:
            full = orders.show(tx, order)
            why = rates.why(tx, order) if full is not None else None
            return full, orders.holds_of(tx, order), mails.of_order(tx, order), why

        self.bridge.ask(self._desk.read(read), self._detail_read)

    def _detail_read(self, found: _Read) -> None:
        full, self._detail_holds, self._detail_mails, self._detail_why = found
        self.detail.show_order(full, self._detail_holds, self._detail_mails, self._detail_why)
        self.detail.setVisible(full is not None)

    def _filter_shop(self, name: str) -> None:
        self.shop = name.removeprefix("shop:")
        self.refresh()

    def _filter_figure(self, name: str) -> None:
        self.figure = name
        self.refresh()

    # --- acting ---

    def command_key(self, key: int) -> bool:
        """Do what a function key means here."""
        name = _KEYS.get(Qt.Key(key))
        if name is not None and self.window_.station.leads:
            self.act(name)
        return name is not None

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "import":
            self.window_.arrivals.choose()
            return
        if name == "replay":
            self._replay()
            return
        if name in ("printed", "address"):
            (self._printed if name == "printed" else self._address)()
            return
        rows = self.table.rows_chosen()
        if not rows:
            self.window_.say("info", self.look.say("window.orders.choose_first"))
        elif name == "lift":
            self._lift([])
        else:
            self._confirm(name, rows)

    def _printed(self) -> None:
        """Show what was printed for the order that is shown."""
        full = self.detail.full
        if full is None:
            self.window_.say("info", self.look.say("window.orders.choose_first"))
            return
        from app.ui.printing.history import HistoryDialog

        title = self.look.say("board.history.title", number=full.row.ship_number or full.row.number)
        HistoryDialog(self.window_, title, order=full.row.id).open()

    def open_mails(self) -> None:
        """Show what was mailed about the order that is shown."""
        full = self.detail.full
        if full is not None and self.window_.station.leads:
            from app.ui.mail.dialogs import MailsDialog

            title = self.look.say("window.mail.of_order.title", number=full.row.number)
            MailsDialog(self.window_, title, order=full.row.id).open()

    def open_choice(self) -> None:
        """Show what the service of the order that is shown was chosen from."""
        full, why = self.detail.full, self.detail.price.why
        if full is not None and why is not None and self.window_.station.leads:
            dialog = ChoiceDialog(self.window_, full.row.id, why)
            dialog.saved = lambda: self._done("window.service.done")
            dialog.open()

    def _address(self) -> None:
        """Check and correct where the order that is shown goes."""
        full = self.detail.full
        if full is None or not self.window_.station.leads:
            self.window_.say("info", self.look.say("window.orders.choose_first"))
            return
        self.bridge.ask(self._desk.read(addresses.of_order, full.row.id), self._address_read)

    def _address_read(self, found: OrderAddress) -> None:
        if not found.correctable:
            self.window_.say("info", self.look.say("window.address.left", number=found.number))
            return
        dialog = AddressDialog(self.window_, found)
        dialog.saved = lambda: self._done("window.done.address")
        dialog.open()

    def _replay(self) -> None:
        """Play the order that is shown again."""
        if self.detail.full is None:
            self.window_.say("info", self.look.say("window.orders.choose_first"))
            return
        from app.services import replay

        self.bridge.ask(self._desk.read(replay.of_order, self.detail.full.row.id), self._replay_read)

    def _replay_read(self, found: Replay) -> None:
        from app.services.photos import folder_of

        ReplayDialog(self.look, self.window_, found, folder_of(self.window_.station.config.folder)).open()

    def open_gift(self) -> None:
        """Open what the gift of the order shown says."""
        full = self.detail.full
        if full is None or not self.window_.station.leads:
            return
        dialog = GiftDialog(self.window_, full.row.id, full.row.number, self.detail.gift.wish)
        dialog.saved = lambda: self._done("window.gift.saved")
        dialog.open()

    def _hold_tapped(self, name: str) -> None:
        """A tap beside a hold lifts it; one on an address that is wrong opens that."""
        if name == "address":
            self.act("address")
        else:
            self._lift([name.removeprefix("lift:")])

    def _lift(self, holds: list[str]) -> None:
        """Lift what can be lifted from the chosen orders, or one hold of the order shown."""
        shown = self.detail.full
        rows = self.table.rows_chosen() or ([shown.row] if shown else [])
        for row in rows:
            which = holds or [hold for hold in row.holds if hold != "unknown_product"] or list(row.holds)
            if which:
                future = self._desk.do(_TOPICS, orders.lift, self._desk.station, str(uuid4()), row.id, tuple(which))
                self.bridge.ask(future, lambda _: self._done("window.done.lift"))

    def _confirm(self, name: str, rows: list[OrderRow]) -> None:
        say = self.look.say
        listed = ", ".join(row.ship_number or row.number for row in rows[:6]) + ("…" if len(rows) > 6 else "")
        text = say(f"window.confirm.{name}", count=len(rows), orders=listed)
        do = {"hold": self._hold, "release": self._release, "cancel": self._cancel}[name]
        dialog = Confirm(
            self.look,
            self.window_,
            say(f"window.act.{name}"),
            text,
            say(f"window.act.{name}"),
            lambda reason: do(rows, reason),
            self.window_ if name == "hold" else None,
        )
        dialog.open()

    def _hold(self, rows: list[OrderRow], reason: str) -> None:
        ids = [row.id for row in rows]
        future = self._desk.do(_TOPICS, orders.hold, self._desk.station, str(uuid4()), ids, reason)
        self.bridge.ask(future, lambda _: self._done("window.done.hold"))

    def _release(self, rows: list[OrderRow], _reason: str) -> None:
        ids = [row.id for row in rows]
        desk: Any = self._desk
        self.bridge.work(lambda: release.release(desk, Choice(orders=tuple(ids))), self._released)

    def _released(self, done: Released) -> None:
        say = self.look.say
        if done.batch is None:
            self.window_.say("warning", say("window.done.release_none"))
        else:
            first, last = done.ship_numbers[0], done.ship_numbers[-1]
            key = "window.done.release_some" if done.refused else "window.done.release"
            text = say(key, count=len(done.ship_numbers), first=first, last=last, refused=len(done.refused))
            self.window_.say("warning" if done.refused else "ok", text)
        self.refresh()

    def _cancel(self, rows: list[OrderRow], _reason: str) -> None:
        for row in rows:
            future = self._desk.do(_TOPICS, orders.cancel, self._desk.station, str(uuid4()), row.id)
            self.bridge.ask(future, lambda _: self._done("window.done.cancel"))

    def _done(self, key: str) -> None:
        self.window_.say("ok", self.look.say(key))
        self.refresh()
