"""The shops that sell a product: what each calls it, at which price, what it was sent last and what it refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.listings import Listing, ListingDraft, Wrong
from app.errors import StationError
from app.services import product_listings
from app.services.answers import of_error
from app.services.settings import shop_list
from app.ui.dialogs import Confirm, Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.products.pairs import EXTRA, PairRows
from app.ui.products.rows import yen

__all__ = ["ListingDialog", "ListingsView"]

_COLUMNS = (
    Column("shop", 20),
    Column("code", 20),
    Column("title", 22),
    Column("price", 11),
    Column("kept_back", 13),
    Column("sent", 15),
)
_PAUSE_MS = 250
_TEXTS = ("code", "title", "price", "kept_back")


class Owner(Protocol):
    """The form that listings stand in."""

    product: int

    def show_listings(self, found: Sequence[Listing]) -> None:
        """Hear of the product's listings."""


def listing_cells(look: Look, row: Listing) -> tuple[Cell, ...]:
    """Return the cells of a listing; what the shop refused stands below its code."""
    say, draft = look.say, row.draft
    ink = "ink" if draft.active else "soft"
    shop = Cell(row.shop_name, ink, bold=True, under=row.channel)
    if not draft.active:
        shop = Cell(row.shop_name, "soft", under=f"{row.channel} ・ {say('window.products.off')}", mark="warning")
    title = Cell(
        draft.title or say("window.products.same_as_product"), ink if draft.title else "soft", least=11, lines=2
    )
    if row.error:
        title = Cell(row.error, "error", mark="error", least=11, lines=2, tip=f"{draft.title}\n{row.error}".strip())
    sent = look.clock(row.sent_at) if row.sent_at is not None else say("window.products.not_sent")
    return (
        shop,
        Cell(row.code, ink, ends=True),
        title,
        Cell(yen(draft.price) or "–", ink, right=True),
        Cell(str(draft.kept_back) if draft.kept_back else "–", ink, right=True),
        Cell(sent, "soft", least=11),
    )


class ListingsView(QWidget):
    """The listings of one product."""

    def __init__(self, window: Any, owner: Owner) -> None:
        """*window* is the main window."""
        super().__init__()
        self._window, self._look, self._owner = window, window.look, owner
        self._product = 0
        look: Look = window.look
        say = look.say
        model = GridModel(
            look, "window.products.listing.column", _COLUMNS, lambda row: listing_cells(look, row), parent=self
        )
        self.grid = Grid(look, model)
        """The listings."""
        self.grid.tall = 58
        self.grid.restyle()
        self.grid.doubleClicked.connect(lambda _index: self.edit())
        self.grid.key_pressed = self._key
        self.empty = Para(look, 18, "soft", align="centre")
        self.empty.setText(say("window.products.listing.none"))
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        self.add_button = button(say("window.products.listing.add"), "main", self.add)
        self.edit_button = button(say("window.products.listing.edit"), "", self.edit)
        self.drop_button = button(say("window.products.listing.drop"), "", self.drop)
        for each in (self.add_button, self.edit_button, self.drop_button):
            row.addWidget(each)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(10))
        whole.addWidget(self.grid, 1)
        whole.addWidget(self.empty, 1)
        whole.addLayout(row)
        self.setFocusProxy(self.grid)
        self._show([])

    def read(self, product: int) -> None:
        """Read the listings of a product."""
        self._product = product
        if product:
            future = self._window.desk.read(product_listings.listings_of, product)
            self._window.bridge.ask(future, lambda rows: self._show(rows) if isValid(self) else None)

    def _show(self, rows: list[Listing]) -> None:
        self.grid.model_.put(rows)
        self.grid.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for each in (self.edit_button, self.drop_button):
            each.setEnabled(bool(rows))
        self.add_button.setEnabled(bool(self._product))
        if rows:
            self.grid.selectRow(0)
        if self._product:
            self._owner.show_listings(rows)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add()
        elif event.key() == Qt.Key.Key_Delete:
            self.drop()
        else:
            return False
        return True

    def add(self) -> None:
        """Enter a listing."""
        self._window.bridge.ask(self._window.desk.read(shop_list), lambda shops: self._open(shops, None))

    def edit(self) -> None:
        """Change the listing that is chosen."""
        rows = self.grid.rows_chosen()
        if rows:
            self._window.bridge.ask(self._window.desk.read(shop_list), lambda shops: self._open(shops, rows[0]))

    def _open(self, shops: Sequence[Any], listing: Listing | None) -> None:
        if not isValid(self):
            return
        if not shops:
            self._window.say("info", self._look.say("window.products.listing.no_shop"))
            return
        choices = [(str(each.id), f"{each.name} ({each.channel})") for each in shops]
        dialog = ListingDialog(self._window, self._product, choices, listing, parent=self.window())
        dialog.kept = lambda: self.read(self._product) if isValid(self) else None
        dialog.open()

    def drop(self) -> None:
        """Take the listing that is chosen away."""
        rows, look, desk = self.grid.rows_chosen(), self._look, self._window.desk
        if not rows:
            return
        listing: Listing = rows[0]

        def gone(_value: object) -> None:
            self._window.bridge.work(
                lambda: product_listings.follow(desk, listing.shop, [listing.code]), lambda _: None
            )
            if isValid(self):
                self.read(self._product)

        def go(_reason: str) -> None:
            future = desk.do(product_listings.TOPICS, product_listings.drop, desk.station, str(uuid4()), listing.id)
            self._window.bridge.ask(future, gone)

        Confirm(
            look, self.window(), look.say("window.products.listing.drop"),
            look.say("window.products.listing.drop_ask", shop=listing.shop_name, code=listing.code),
            look.say("window.products.listing.drop"), go,
        ).open()  # fmt: skip


class ListingDialog(Dialog):
    """One listing in its fields."""

    def __init__(
        self,
        window: Any,
        product: int,
        shops: Sequence[tuple[str, str]],
        listing: Listing | None,
        parent: QWidget | None = None,
    ) -> None:
        """*window* is the main window.

        :param shops: id and words of each shop.
        :param listing: the one that is changed; None for a new one.
        """
        look, say = window.look, window.look.say
        title = say("window.products.listing.edit" if listing else "window.products.listing.add")
        super().__init__(look, parent or window, title)
        self._window, self._desk, self._product, self._listing = window, window.desk, product, listing
        self.kept: Callable[[], object] = lambda: None
        """Called once the listing is kept."""
        self.wrongs: tuple[Wrong, ...] = ()
        """What is wrong with it, as it was looked at last."""
        self._move = False
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        draft = listing.draft if listing else ListingDraft("")
        self.shop = Picker(window, "window.products.listing.shop")
        self.shop.offer(shops, str(listing.shop) if listing else shops[0][0])
        self.shop.setEnabled(listing is None and len(shops) > 1)
        self.shop.chosen.connect(lambda _: self._later.start(0))
        self.fields = {name: TextField(window, japanese=name in ("code", "title")) for name in _TEXTS}
        """The fields, by what they are of."""
        given = {"code": draft.code, "title": draft.title, "price": draft.price, "kept_back": str(draft.kept_back)}
        self.active = Segments(look)
        self.active.offer(
            tuple((each, say(f"window.products.listing.active.{each}")) for each in ("yes", "no")),
            "yes" if draft.active else "no",
        )
        self.extra = PairRows(window, EXTRA)
        """Columns that only this shop has."""
        self.extra.put_pairs(list(draft.extra.items()))
        self._said: dict[str, Para] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        rows: Mapping[str, QWidget] = {"shop": self.shop, **self.fields, "active": self.active, "extra": self.extra}
        for at, (name, part) in enumerate(rows.items()):
            words = label(say(f"window.products.listing.{name}"), "soft")
            grid.addWidget(words, at * 2, 0, Qt.AlignmentFlag.AlignTop if name == "extra" else Qt.AlignmentFlag(0))
            grid.addWidget(part, at * 2, 1)
            said = self._said[name] = Para(look, 15, "error")
            said.hide()
            grid.addWidget(said, at * 2 + 1, 1)
        for name, field in self.fields.items():
            field.setText(given[name])
            field.textChanged.connect(lambda _: self._later.start(_PAUSE_MS))
        self.fields["title"].setPlaceholderText(say("window.products.same_as_product"))
        self.fields["price"].setPlaceholderText(say("window.products.same_as_product"))
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.said = Para(look, 16, "error")
        self.said.hide()
        self.column.addWidget(self.said)
        self.move_button = button(say("window.products.listing.move"), "", self._take_over)
        self.move_button.hide()
        self.save_button = button(f"{say('window.products.save')} F8", "go", self.save)
        self.foot(self.move_button, button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(760), window.width() - 40), min(look.px(600), window.height() - 40))
        self.fields["code"].setFocus()
        self._look()

    @property
    def draft(self) -> ListingDraft:
        """The listing as it stands in the fields; a number that cannot be read is kept back as -1 and refused."""
        kept = self.fields["kept_back"].text().strip() or "0"
        return ListingDraft(
            code=self.fields["code"].text(),
            title=self.fields["title"].text(),
            price=self.fields["price"].text(),
            kept_back=int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 10 else -1,
            active=self.active.value == "yes",
            extra=dict(self.extra.pairs),
        )

    def _look(self) -> None:
        self._number += 1
        number, shop = self._number, int(self.shop.value)
        draft = product_listings.tidy(self.draft)
        listing = self._listing.id if self._listing else 0

        def show(found: tuple[Wrong, ...]) -> None:
            if isValid(self) and number == self._number:
                self._show(found)

        future = self._desk.read(product_listings.wrongs, self._product, shop, draft, listing)
        self._window.bridge.ask(future, show)

    def _show(self, found: tuple[Wrong, ...]) -> None:
        if self._move:
            found = tuple(replace(each, stops=False) if each.key == "listing.code_taken" else each for each in found)
        self.wrongs = found
        for name, said in self._said.items():
            own = [each for each in found if each.field == name]
            stops = any(each.stops for each in own)
            words = "\n".join(self.look.say(each.key, **dict(each.args)) for each in own)
            said.show_as("error" if stops else "warning", words)
            said.setVisible(bool(own) and (bool(self.fields["code"].text()) or name != "code"))
        self.move_button.setVisible(any(each.key == "listing.code_taken" and each.stops for each in found))
        self.save_button.setEnabled(not any(each.stops for each in found))

    def _take_over(self) -> None:
        self._move = True
        self._show(self.wrongs)

    def save(self) -> None:
        """Keep the listing."""
        for field in self.fields.values():
            field.end()
        if any(each.stops for each in self.wrongs):
            return
        desk, product, shop, draft, move = self._desk, self._product, int(self.shop.value), self.draft, self._move
        listing = self._listing.id if self._listing else 0
        self.save_button.setEnabled(False)

        def keep() -> int:
            return product_listings.put_and_follow(desk, product, shop, draft, listing=listing, move=move)

        self._window.bridge.work(keep, lambda _: self._kept(), self._refused)

    def _kept(self) -> None:
        if isValid(self):
            self.accept()
        self.kept()

    def _refused(self, error: BaseException) -> None:
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.save_button.setEnabled(True)
        self.said.setText(of_error(self.look.words, error))
        self.said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps it."""
        if event.key() == Qt.Key.Key_F8:
            self.save()
        else:
            super().keyPressEvent(event)
