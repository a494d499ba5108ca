"""One product in its fields: what is wrong is said at each of them, a scan fills a code, one save does it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.barcode import read as read_code
from app.domain.listings import Listing
from app.errors import StationError
from app.services import pictures, product_board, product_edit
from app.services.answers import of_error
from app.services.product_board import Glance
from app.services.product_edit import Wrong
from app.ui.dialogs import Confirm, Dialog, button
from app.ui.fields import Segments
from app.ui.listing import Fact, Facts
from app.ui.para import Para
from app.ui.products.fields import VIEWS, FieldsPage, view_of
from app.ui.products.history import HistoryView
from app.ui.products.known import KnownActs
from app.ui.products.listings import ListingsView
from app.ui.products.pairs import PairRows
from app.ui.products.picture import PictureField
from app.ui.products.rows import field_words, mend_at

__all__ = ["ProductForm"]

_WIDE, _HIGH = 1320, 740
_PAUSE_MS = 250
"""What is still being typed is not looked at yet."""
_PAGES = (*VIEWS, "listings", "history")
_COPIED = frozenset(
    {"name", "name_en", "category", "note", "price", "shelf", "weight_g", "length_mm", "width_mm", "height_mm"}
)
"""What was entered and not kept goes into a copy; codes and the like are one product's own."""
_KEYS = dict(zip((Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6), _PAGES, strict=True))


class ProductForm(Dialog):
    """A product that is new or changed. Scans come here while it is open."""

    trying = True
    """The window hands scans over (:meth:`echo`) instead of refusing them."""

    def __init__(self, window: Any, glance: Glance | None = None, texts: Mapping[str, str] | None = None) -> None:
        """*window* is the main window.

        :param glance: the product that is changed; None for a new one.
        :param texts: what a new one begins with, or what is entered over a known one.
        """
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.products.form.edit" if glance else "window.products.form.new"))
        self._window, self._desk = window, window.desk
        self.product = glance.full.id if glance is not None else 0
        """Id of the product; 0 for a new one."""
        self._full = glance.full if glance is not None else None
        self._before: dict[str, str] = dict(self._full.texts) if self._full is not None else {}
        self.texts: dict[str, str] = dict(self._before)
        """The product as it stands in the fields."""
        self.wrongs: tuple[Wrong, ...] = ()
        """What is wrong with it, as it was looked at last."""
        self.saved: Callable[[int, str], None] = lambda _product, _sku: None
        """Called with the product once it is kept."""
        self.listed: Callable[[], None] = lambda: None
        """Called when the product's listings changed."""
        self.copied: Callable[[Mapping[str, str]], None] = lambda _texts: None
        """Called with the texts of a new product that is to begin as a copy."""
        self.labels: Callable[[str], None] = lambda _sku: None
        """Called with the SKU that labels are wanted of."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self._doubts = glance.doubts if glance is not None else ()
        self._build()
        self.resize(min(look.px(_WIDE), window.width() - 32), min(look.px(_HIGH), window.height() - 32))
        self._put(self.texts)
        for name, text in (texts or {}).items():
            self.change(name, text)
        if texts:
            self._put(self.texts)
        self.show_view("basic")
        self.pages["basic"].go_to("name" if self.product else "sku")
        self._look()

    # --- building ---

    def _build(self) -> None:
        look, say = self.look, self.look.say
        pad = look.px(20)
        self.column.setContentsMargins(pad, look.px(14), pad, look.px(14))
        self.column.setSpacing(look.px(10))
        self.head.hide()
        self.title = Para(look, 24, bold=True)
        self.title.setSizePolicy(self.title.sizePolicy().Policy.Expanding, self.title.sizePolicy().Policy.Preferred)
        self.column.addWidget(self.title)
        self.views = Segments(look)
        self.views.roomy = True
        self.views.chosen.connect(self.show_view)
        self.column.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        self.pages: dict[str, FieldsPage] = {name: FieldsPage(self._window, name) for name in VIEWS}
        """The pages of fields."""
        self.listings = ListingsView(self._window, self)
        self.history = HistoryView(self._window)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            page.changed.connect(self.change)
            page.refused.connect(self._say)
            self.stack.addWidget(page)
        self.stack.addWidget(self.listings)
        self.stack.addWidget(self.history)
        body = QHBoxLayout()
        body.setSpacing(look.px(16))
        body.addWidget(self.stack, 100)
        body.addWidget(self._beside(), 38)
        self.column.addLayout(body, 1)
        self.said = Para(look, 16, "error")
        self.said.hide()
        self.column.addWidget(self.said)
        self.save_button = button(f"{say('window.products.save')} F8", "go", self.save)
        buttons = [button(say("window.no"), "", self.reject), self.save_button]
        if self._full is not None:
            self.known = KnownActs(self, self, self._desk, self._window.bridge, self._full)
            self.copy_button = button(say("window.products.copy"), "", self.copy)
            self.labels_button = button(say("window.products.labels"), "", self._labels)
            buttons = [*self.known.buttons, self.copy_button, self.labels_button, *buttons]
        self.foot(*buttons)

    def _beside(self) -> QWidget:
        look = self.look
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        pad = look.px(14)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.px(10))
        self.picture = PictureField(self._window, 170)
        self.picture.changed.connect(partial(self.change, "picture"))
        self.picture.refused.connect(self._say)
        self.facts = Facts(look)
        self.facts.tapped.connect(self.go_to)
        column.addWidget(self.picture)
        column.addWidget(self.facts, 1)
        return card

    def _put(self, texts: Mapping[str, str]) -> None:
        for page in self.pages.values():
            page.put(texts)
        self.picture.put(texts.get("picture", ""))
        sku = self.pages["basic"].editors["sku"]
        assert isinstance(sku, QWidget)
        sku.setEnabled(not self.product)
        self._show()

    # --- showing ---

    def show_view(self, name: str) -> None:
        """Bring a page to the front."""
        self.views.value = name
        pages: dict[str, QWidget] = {**self.pages, "listings": self.listings, "history": self.history}
        self.stack.setCurrentWidget(pages[name])
        if name == "listings":
            self.listings.read(self.product)
            self.listings.setFocus()
        elif name == "history":
            self.history.read(self._before.get("sku", ""))
            self.history.setFocus()
        else:
            self.pages[name].go_to(
                next(iter(self.pages[name].editors)) if name != "basic" or not self.product else "name"
            )
        self._show()

    def _show(self) -> None:
        say, texts = self.look.say, self.texts
        named = texts.get("name") or texts.get("sku") or say("window.products.form.new")
        self.title.setText(f"{named}　{texts.get('sku', '')}" if texts.get("name") else named)
        self.picture.name_it(texts.get("sku", ""))
        stopping = {name: page.say_wrong(self.wrongs) for name, page in self.pages.items()}
        counts = {"listings": len(self._full.listings) if self._full is not None else 0}
        offered = []
        for key, name in _KEYS.items():
            if name in ("listings", "history") and not self.product:
                continue
            words = f"F{key - Qt.Key.Key_F1.value + 1} {say(f'window.products.view.{name}')}"
            words += f" ({counts[name]})" if counts.get(name) else ""
            offered.append((name, f"× {words}" if stopping.get(name) else words))
        self.views.offer(tuple(offered), self.views.value or "basic")
        self.facts.show_facts(self._facts())
        self.save_button.setEnabled(not any(each.stops for each in self.wrongs))

    def _facts(self) -> list[Fact]:
        say = self.look.say
        made: list[Fact] = []
        for each in sorted(self.wrongs, key=lambda wrong: not wrong.stops):
            words = f"{field_words(self.look, each.field)}: {say(each.key, **dict(each.args))}"
            made.append(Fact(words, kind="error" if each.stops else "warning", name=each.field))
        told = {each.field for each in self.wrongs}
        made += [
            Fact(say(doubt.key, **dict(doubt.args)), kind="warning", name=mend_at(doubt))
            for doubt in self._doubts
            if doubt.field not in told and self.texts.get(doubt.field) == self._before.get(doubt.field)
        ]
        if self._full is not None and self._full.retired:
            made.insert(0, Fact(say("window.products.is_retired"), kind="warning"))
        if not made:
            made.append(Fact(say("window.products.all_right"), kind="ok"))
        if not self.product:
            made.append(Fact(say("window.products.scan_hint")))
            made.append(Fact(say("window.products.listings_later")))
        elif self._full is not None:
            made.append(Fact(say("window.products.on_shelf"), f"{self._full.use.on_shelf:,}"))
            made.append(Fact(say("window.products.open_orders"), f"{self._full.use.open_orders:,}"))
            if self._full.use.sets:
                made.append(Fact(say("window.products.in_sets"), ", ".join(self._full.use.sets[:5])))
        return made

    def go_to(self, field: str) -> None:
        """Bring a field into view and give it the keys."""
        if field == "listings" or field.startswith("code@"):
            self.show_view("listings")
        elif field == "picture":
            self.picture.choose_button.setFocus()
        else:
            view = view_of(field)
            self.show_view(view)
            self.pages[view].go_to(field)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setMinimumHeight(self.said.heightForWidth(self.width() - self.look.px(60)))
        self.said.setVisible(bool(text))

    # --- changing ---

    @property
    def changes(self) -> dict[str, str]:
        """The fields that say something else than what is kept."""
        return {name: text for name, text in self.texts.items() if text != self._before.get(name, "")}

    @property
    def shots(self) -> dict[str, bytes]:
        """Pictures that the camera took and that are not kept yet, by their field."""
        pack = self.pages["packed"].editors["pack_picture"]
        fields = {"picture": self.picture, "pack_picture": pack}
        return {name: each.shot for name, each in fields.items() if isinstance(each, PictureField) and each.shot}

    def change(self, name: str, text: str) -> None:
        """Take a field's new text."""
        self.texts[name] = text
        self._later.start(_PAUSE_MS)

    def _look(self) -> None:
        """Ask what is wrong with the product as it stands."""
        self._number += 1
        number, product = self._number, self.product
        texts = self.changes if product else {name: text for name, text in self.texts.items() if text} | {
            "sku": self.texts.get("sku", "")
        }  # fmt: skip

        def read(tx: Any) -> tuple[tuple[Wrong, ...], list[str]]:
            found = product_edit.wrongs(tx, texts, product) if texts else ()
            return found, product_edit.categories(tx) if number == 1 else []

        def show(found: tuple[tuple[Wrong, ...], list[str]]) -> None:
            if isValid(self) and found[1]:
                self.pages["basic"].categories = found[1]
            if isValid(self) and number == self._number:  # it may have been closed meanwhile
                self.wrongs = found[0]
                self._show()

        self._window.bridge.ask(self._desk.read(read), show)

    # --- scans ---

    def echo(self, scan: Any) -> None:
        """A scan is a code of this product."""
        reading = read_code(scan.text)
        codes = self.pages["codes"].editors["code"]
        assert isinstance(codes, PairRows)
        if not product_board.is_of_goods(reading) or (reading.fault is not None and not reading.kinds):
            self._say(self.look.say("window.products.not_goods", code=scan.text[:40]))
            self._window.sound("refused")
            return
        self._say("")
        self.show_view("codes")
        new = codes.add(product_board.code_of(reading))
        self._window.sound("ok" if new else "refused")

    def echo_trouble(self, trouble: Any) -> None:
        """Something came from a reader that is no scan."""
        self._say(self.look.say(trouble.key, reader=trouble.reader, code=trouble.text[:40]))

    # --- saving ---

    def save(self) -> None:
        """Keep the product, or go to what is wrong first."""
        for page in self.pages.values():
            page.end()
        stopping = [each for each in self.wrongs if each.stops]
        if stopping:
            self.go_to(stopping[0].field)
            return
        texts, shots, desk, product = self.changes, self.shots, self._desk, self.product
        sku, folder = self.texts.get("sku", "").strip(), Path(self._window.station.config.folder)
        if product and not texts and not shots:
            self._done = True
            self.accept()
            return
        self.save_button.setEnabled(False)

        def keep() -> int:
            made: list[str] = []
            try:
                for name, jpeg in shots.items():
                    texts[name] = pictures.put_shot(folder, sku, jpeg)
                    made.append(texts[name])
                return product_edit.edit(desk, texts if product else texts | {"sku": sku}, product)
            except BaseException:
                for path in made:
                    Path(path).unlink(missing_ok=True)
                raise

        self._window.bridge.work(keep, lambda identity: self._kept(identity, sku), self.refuse)

    def _kept(self, product: int, sku: str) -> None:
        if isValid(self):
            self._done = True
            self.accept()
        self.saved(product, sku)

    def refuse(self, error: BaseException) -> None:
        """Say why something could not be done."""
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.save_button.setEnabled(True)
        self._say(of_error(self.look.words, error))

    _done = False
    """Whether what stands in the fields is kept, or is to be forgotten."""

    def reject(self) -> None:
        """Leave; what was entered and not kept is asked about once."""
        for page in self.pages.values():
            page.end()
        if self._done or (not self.changes and not self.shots):
            super().reject()
            return
        say = self.look.say
        ask = Confirm(
            self.look, self, say("window.products.leave"), say("window.products.leave_ask"),
            say("window.products.leave"), lambda _: self._leave(),
        )  # fmt: skip
        ask.open()

    def _leave(self) -> None:
        self._done = True
        self.reject()

    # --- what else can be done ---

    def copy(self) -> None:
        """Begin another product with these texts."""
        future = self._desk.read(product_edit.copy_texts, self.product)
        self._window.bridge.ask(future, self._copied, self.refuse)

    def _copied(self, texts: Mapping[str, str]) -> None:
        entered = {name: text for name, text in self.changes.items() if name in _COPIED}
        self._leave()
        self.copied({**texts, **entered})

    def _labels(self) -> None:
        sku = self._before["sku"]
        self.reject()
        if not self.isVisible():
            self.labels(sku)

    def close_with(self, said: str) -> None:
        """Close: the product was retired or deleted."""
        self._done = True
        self.accept()
        self._window.say("ok", said)
        self.listed()

    def show_listings(self, found: Sequence[Listing]) -> None:
        """The product's listings were read anew."""
        if self._full is not None:
            self._full = replace(self._full, listings=tuple(found))
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps it, F2 to F6 go to a page."""
        key = Qt.Key(event.key())
        name = _KEYS.get(key, "")
        if key == Qt.Key.Key_F8:
            self.save()
        elif name and (self.product or name in VIEWS):
            self.show_view(name)
        else:
            super().keyPressEvent(event)
