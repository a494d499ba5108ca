"""The settings, in pages: what the shop decides and who works here, channels, printers, papers, mails, readers.

The tabs at the top and the function keys go from page to page. Every change is kept at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.services import settings as service
from app.services.settings import ShopRow
from app.settings import SETTINGS
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.dialogs import button, label
from app.ui.fields import Segments
from app.ui.listing import Chips
from app.ui.look import Look
from app.ui.settings.cards import Field, SettingCards
from app.ui.settings.feedback import FeedbackCard
from app.ui.settings.people import PeopleCard
from app.ui.settings.readers import ReadersPage

__all__ = ["SettingsScreen"]

_LOGO = ("shop.logo",)
_SHOP = tuple(
    key for key in SETTINGS if key.startswith("shop.") and key not in ("shop.timezone", "shop.language", *_LOGO)
)
_SHIPPING = (
    "carrier.default",
    "carrier.choose",
    "carrier.order",
    "carrier.limits",
    "slip.required",
    "waybill.required",
    "waybill.when",
    "waybill.contents",
    "address.check",
    "merge.propose",
    "ship.origin",
    "ship.closed_weekdays",
    "release.break_every",
    "intake.complete",
    "intake.max_age",
    "intake.keys",
    "intake.non_goods",
    "intake.swap_names",
    "report.mapping",
)
_PICKING = tuple(
    key for key in SETTINGS if key.startswith(("pick.", "pack.", "tote.", "cart.", "wall.", "walk.", "map."))
)
_PAPERS = tuple(
    key
    for key in SETTINGS
    if key.startswith(("papers.", "invoice.", "address_label."))
    or key in ("slip.when", "slip.language", "slip.size", "return.address")
)
_TEMPLATES = tuple(key for key in SETTINGS if key.startswith("template.") and not key.startswith("template.mail_"))
_MAIL_KINDS = ("mail.kinds",)
_MAIL = tuple(key for key in SETTINGS if key.startswith("mail.") and key not in _MAIL_KINDS)
_MAIL_TEMPLATES = tuple(key for key in SETTINGS if key.startswith("template.mail_"))
_ELSEWHERE = (*_LOGO, *_SHOP, *_SHIPPING, *_PICKING, *_PAPERS, *_TEMPLATES, *_MAIL_KINDS, *_MAIL, *_MAIL_TEMPLATES)
_WORK = tuple(key for key in SETTINGS if key not in _ELSEWHERE)
_PAGES = {
    "general": "F10",
    "channels": "F3",
    "printers": "F5",
    "rules": "F6",
    "papers": "F4",
    "mail": "F11",
    "readers": "F9",
}
"""Pages in the order of their tabs, each with the key that leads there."""
_OF_SHOPS = ("general", "papers", "mail")
"""Pages that show what a shop decides otherwise."""


class SettingsScreen(QWidget):
    """Tabs, and the page of the one in front."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        super().__init__()
        self.window_, self._desk = window, desk
        self.look: Look = window.look
        self.known: list[ShopRow] = []
        """Every shop."""
        self.cards = SettingCards(window, desk)
        self.cards.kept.connect(self._say_kept)
        self.cards.changed.connect(self.refresh)
        self.page = "general"
        """Name of the page in front."""
        self._made: dict[str, Any] = {}
        self._build()
        self.render_all()
        self.refresh()

    def _build(self) -> None:
        self.title = label("", "title")
        self.saved = label("", "good")
        self.tabs = Segments(self.look)
        self.tabs.roomy = True
        self.tabs.chosen.connect(self.show_page)
        self.chips = Chips(self.look)
        self.chips.tapped.connect(self._choose_shop)
        self._strip = QFrame()
        self._strip.setProperty("role", "strip")
        self._top = QHBoxLayout(self._strip)
        for part, share in ((self.title, 0), (self.tabs, 0), (self.chips, 1), (self.saved, 0)):
            self._top.addWidget(part, share)
        self._top.addStretch(0)
        self.papers_card = self.cards.card("window.settings.papers", (*_PAPERS, *_TEMPLATES))
        """The settings about papers: they stand on the page of the papers."""
        self.logo_card = self.cards.card("window.papers.logo_card", _LOGO)
        """The picture of the logo: beside the templates that show it."""
        self.mail_cards = (
            self.cards.card("window.settings.mail_kinds", _MAIL_KINDS),
            self.cards.card("window.settings.mail", _MAIL),
            self.cards.card("window.settings.mail_templates", _MAIL_TEMPLATES),
        )
        """The settings about mails: they stand on the page of the mails."""
        self.readers = ReadersPage(self.window_, self._desk)
        self._made = {"general": self._general(), "readers": self.readers}
        self.pages = QStackedWidget()
        for page in self._made.values():
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._strip)
        whole.addWidget(self.pages, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _general(self) -> QScrollArea:
        """Return the page of what the shop and this station decide, and of the people."""
        inside = QWidget()
        self._columns = QHBoxLayout(inside)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        self.readers_button = button("", "", self.turn)
        self.feedback = FeedbackCard(self.window_)
        self.people = PeopleCard(self.window_, self._desk)
        card = self.cards.card
        for part in (
            self.cards.station_card((("readers.page", self.readers_button),)),
            self.feedback,
            card("window.settings.work", _WORK),
        ):
            self._left.addWidget(part)
        for part in (
            card("window.settings.shop", _SHOP),
            card("window.settings.shipping", _SHIPPING),
            card("window.settings.picking", _PICKING),
            self.people,
        ):
            self._right.addWidget(part)
        self._left.addStretch(1)
        self._right.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    # --- the settings that are shown ---

    @property
    def fields(self) -> dict[str, Field]:
        """The field of each setting, ``station.…`` included."""
        return self.cards.fields

    @property
    def values(self) -> Mapping[str, str]:
        """What the house decided, as read."""
        return self.cards.values

    @property
    def shop(self) -> ShopRow | None:
        """Shop whose own decisions are shown; None for the house."""
        return self.cards.shop

    def _choose_shop(self, name: str) -> None:
        shop = next((each for each in self.known if str(each.id) == name), None)
        self.cards.show_values(self.values, shop)
        self.refresh()

    def _say_kept(self, kept: bool) -> None:
        self.saved.setText("✓ " + self.look.say("window.settings.saved") if kept else "")

    # --- the pages ---

    @property
    def trying(self) -> bool:
        """Whether scans are only tried out on the page in front: then none goes to the bench."""
        return bool(getattr(self._made[self.page], "trying", False))

    def show_page(self, name: str) -> None:
        """Bring a page to the front; it is made when it is first wanted."""
        if name not in self._made:
            made = getattr(import_module(f"app.ui.settings.{name}"), f"{name.title()}Page")
            self._made[name] = made(self.window_, self._desk, self)
            self.pages.addWidget(self._made[name])
        self._leave()
        self.page = name
        self.pages.setCurrentWidget(self._made[name])
        self.saved.setText("")
        self.render_all()
        self.refresh()
        (self if name == "general" else self._made[name]).setFocus()
        self.window_.show_entries()

    def _leave(self) -> None:
        """The page in front does nothing more while another one is there."""
        if self.page != "general":
            self._made[self.page].stop()

    def turn(self) -> None:
        """Go to the page of the readers, or back."""
        self.show_page("general" if self.page == "readers" else "readers")

    def echo(self, scan: Any) -> None:
        """Show a scan that is only tried out."""
        self._made[self.page].echo(scan)

    def echo_trouble(self, trouble: Any) -> None:
        """Show what came from a reader and is no scan."""
        self._made[self.page].echo_trouble(trouble)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._top.setContentsMargins(look.px(20), 0, look.px(20), 0)
        self._top.setSpacing(look.px(18))
        self.title.setText(say("window.nav.settings"))
        self.tabs.offer(tuple((name, say(f"window.settings.page.{name}")) for name in _PAGES), self.page)
        self.readers_button.setText(say("readers.page.open"))
        gap = look.px(14)
        self._columns.setContentsMargins(look.px(16), gap, look.px(16), gap)
        for layout in (self._columns, self._left, self._right):
            layout.setSpacing(gap)
        self.cards.render_all()
        self._show_shops()
        self.people.render_all()
        self.feedback.render_all()
        for name, page in self._made.items():
            if name != "general":
                page.render_all()

    def _show_shops(self) -> None:
        every = ("", self.look.say("window.orders.all_shops"))
        chosen = str(self.shop.id) if self.shop is not None else ""
        self.chips.offer([every, *((str(each.id), each.name) for each in self.known)], chosen)
        self.chips.setVisible(len(self.known) > 0 and self.page in _OF_SHOPS)
        QTimer.singleShot(0, self, self._fit_strip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines of shops."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_strip)

    def _fit_strip(self) -> None:
        """Labels of many shops go on in further lines: the strip is as high as they are, once they have their width."""
        lines = self.chips.height() + self.look.px(8) if self.chips.isVisible() else 0
        self._strip.setFixedHeight(max(self.look.px(60), lines))

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        if self.page != "general":
            return tuple(self._made[self.page].entries())
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        made += [Entry(name, key, say(f"window.act.{name}")) for name, key in _PAGES.items() if name != "general"]
        made += [Entry(name, key, say(f"window.act.{name}")) for key, name in (("F7", "badges"), ("F8", "commands"))]
        return tuple(sorted(made, key=lambda entry: int(entry.key[1:])))

    def stop(self) -> None:
        """Look for nothing more: the window is going."""
        for name, page in self._made.items():
            if name != "general":
                page.stop()

    # --- reading and changing ---

    def refresh(self) -> None:
        """Read the settings and people again, and what the page in front shows."""

        def read(tx: Any) -> tuple[dict[str, str], list[ShopRow]]:
            return service.all_settings(tx), service.shop_list(tx)

        self.window_.bridge.ask(self._desk.read(read), self._read)
        if self.page == "general":
            self.people.refresh()
        else:
            self._made[self.page].refresh()

    def _read(self, found: tuple[dict[str, str], list[ShopRow]]) -> None:
        values, self.known = found
        shop = self.shop
        if shop is not None:
            shop = next((each for each in self.known if each.id == shop.id), None)
        self.cards.show_values(values, shop)
        self._show_shops()
        if self.page in _OF_SHOPS and self.page != "general":
            self._made[self.page].settings_changed()

    def command_key(self, key: int) -> bool:
        """Do what a function key means here."""
        if key == Qt.Key.Key_Escape.value and self.page != "general":
            self.show_page("general")
            return True
        wanted = f"F{key - Qt.Key.Key_F1.value + 1}"
        name = next((entry.name for entry in self.entries() if entry.key == wanted), None)
        if name is not None:
            self.act(name)
        return name is not None

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name in (self.page, "general"):
            self.show_page("general")
        elif name in _PAGES:
            self.show_page(name)
        elif self.page != "general":
            self._made[self.page].act(name)
        else:
            self.people.print_sheet(name)
