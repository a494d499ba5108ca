"""Where an order goes: shown with the order, checked and corrected in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.address_check import AddressFinding, Proposal, filled
from app.domain.intake import Level
from app.domain.orders import Address
from app.domain.postcodes import Place
from app.services import addresses
from app.services.addresses import OrderAddress, correction_of
from app.services.answers import sentence
from app.services.orders import OrderFull
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import TextField
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.para import Para
from app.ui.shapes import card

__all__ = ["AddressCard", "AddressDialog", "address_line"]

_TOPICS = frozenset({"orders", "bench", "printing"})
_CORRECTABLE = frozenset({"received", "ready", "released", "picked", "verified"})
_WIDE, _HIGH = 1120, 640
_FIELDS = ("postcode", "prefecture", "city", "street", "name", "phone")
_SOON_MS = 200
"""Findings are looked for when typing rests for so long."""


def address_line(address: Address) -> str:
    """Return an address in one line: postcode, place, name, phone."""
    place = address.prefecture + address.city + address.street
    parts = (f"〒{address.postcode}" if address.postcode else "", place, address.name, address.phone)
    return " ".join(part for part in parts if part)


def _unlike(address: Address, other: Address) -> str:
    """Return what *address* has otherwise than *other*, in one line."""
    parts = {name: text for name in _FIELDS if (text := getattr(address, name)) != getattr(other, name)}
    if parts.keys() & {"prefecture", "city", "street"}:
        parts |= {name: getattr(address, name) for name in ("prefecture", "city", "street")}
    return address_line(Address(**parts)) or "–"


class AddressCard(Tapped):
    """Where the order goes, and what the shop gave where a person corrected that; a tap opens it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.address = Address()
        """As papers have it."""
        self.shop: Address | None = None
        """What the shop gave, where a person corrected it."""
        self.leads = False
        """Whether the person may correct it."""

    def show_order(self, full: OrderFull | None, leads: bool) -> None:
        """Show where an order goes."""
        told = correction_of(full.content) if full is not None else None
        self.address = Address(**full.content.get("ship_to", {})) if full is not None else Address()
        self.shop = told.shop if told else None
        self.leads = leads and full is not None and full.row.state in _CORRECTABLE
        self.setVisible(full is not None)
        self.setFixedHeight(self.look.px(72 if told else 52))
        words = address_line(self.address)
        if self.shop is not None:
            words += "\n" + self.look.say("window.address.shop", text=address_line(self.shop))
        self.tell(words)
        self.setToolTip(words)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, say = self.look, self.look.say
        card(painter, box, look.colour("ground"), look.colour("ground"), look.px(10))
        self.places = []
        right = box.right() - look.px(10)
        if self.leads:
            wide = float(look.px(84))
            at = QRectF(box.right() - wide - look.px(6), box.top() + look.px(6), wide, float(look.px(40)))
            over = self.over == "address"
            card(painter, at, look.colour("chosen" if over else "paper"), look.colour("line"), look.px(8), 2)
            word = say("window.address.change")
            draw_fitted(painter, at.adjusted(4, 0, -4, 0), word, look.colour("ink"), look.px(16), look.px(11), most=1,
                        bold=True, align="centre")  # fmt: skip
            self.places = [(at, "address")]
            right = at.left() - look.px(10)
        left = box.left() + look.px(14)
        low = float(look.px(22)) if self.shop is not None else 0.0
        text = QRectF(left, box.top() + look.px(3), right - left, box.height() - low - look.px(6))
        place = address_line(replace(self.address, name="", phone=""))
        draw_fitted(painter, text, place, look.colour("ink"), look.px(17), look.px(13), most=2)
        if self.shop is not None:
            under = QRectF(left, text.bottom(), box.right() - left - look.px(10), low)
            line = say("window.address.shop", text=_unlike(self.shop, self.address))
            draw_fitted(painter, under, line, look.colour("soft"), look.px(14), look.px(12), most=1)


class _Offer(Tapped):
    """What could be written instead: a button whose words find room."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look)
        self._text = text
        self.setFixedHeight(look.px(46))
        self.tell(text)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ground = look.colour("chosen" if self.over else "paper")
        card(painter, box.adjusted(1, 1, -1, -1), ground, look.colour("brand"), look.px(8), 2)
        inner = box.adjusted(look.px(14), look.px(3), -look.px(14), -look.px(3))
        draw_fitted(painter, inner, self._text, look.colour("brand"), look.px(17), look.px(13), most=2, bold=True)
        self.places = [(box, "offer")]


class AddressDialog(Dialog):
    """The address of one order: its parts, what is wrong with it, what could be written instead."""

    def __init__(self, window: Any, found: OrderAddress) -> None:
        """*window* is the main window."""
        look = window.look
        say = look.say
        super().__init__(look, window, say("window.address.title", number=found.number))
        self._window, self._found = window, found
        self.saved: Callable[[], None] = lambda: None
        """Called once it is kept."""
        self.findings: tuple[AddressFinding, ...] = found.findings
        """What is wrong with what the fields say."""
        self.proposals: list[Proposal] = []
        """What the buttons would write, from the top."""
        self._checked = 0
        """Number of the newest check: older ones that come late are dropped."""
        self._extra: tuple[Place, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)
        self.fields = {name: TextField(window, japanese=name not in ("postcode", "phone")) for name in _FIELDS}
        self.why = TextField(window)
        self.why.setPlaceholderText(say("window.address.why"))
        self.fill_button = button(say("window.address.fill"), "", self.fill)
        self.before, self.after = Para(look, 16, "soft"), Para(look, 17, bold=True)
        self._build()
        self.put(found.address)
        for field in self.fields.values():
            field.textChanged.connect(lambda _: self._changed())
        self._show()

    def _build(self) -> None:
        look, say = self.look, self.look.say
        left = QWidget()
        grid = QGridLayout(left)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(_FIELDS):
            grid.addWidget(label(say(f"window.address.field.{name}"), "soft"), at, 0)
            grid.addWidget(self.fields[name], at, 1, 1, 1 if name == "postcode" else 2)
        grid.addWidget(self.fill_button, 0, 2)
        grid.addWidget(label(say("window.address.field.why"), "soft"), len(_FIELDS), 0)
        grid.addWidget(self.why, len(_FIELDS), 1, 1, 2)
        grid.setRowStretch(len(_FIELDS) + 1, 1)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, look.px(8), 0)
        self._list.setSpacing(look.px(8))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        body = QHBoxLayout()
        body.setSpacing(look.px(24))
        body.addWidget(left, 46)
        body.addWidget(area, 54)
        self.column.addLayout(body, 1)
        self.column.addWidget(self.before)
        self.column.addWidget(self.after)
        self.save_button = button(say("window.inserts.save"), "go", self.save)
        self.foot(button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(_WIDE), self._window.width() - 40), min(look.px(_HIGH), self._window.height() - 40))

    # --- the fields ---

    @property
    def address(self) -> Address:
        """The address as the fields have it."""
        parts = {name: field.text().strip() for name, field in self.fields.items()}
        return replace(self._found.address, **parts)

    def put(self, address: Address) -> None:
        """Write an address into the fields."""
        for name, field in self.fields.items():
            field.setText(getattr(address, name))
            field.setCursorPosition(0)

    def fill(self) -> None:
        """Take prefecture, city and town from the postcode; where it means several places, each is offered."""
        found = addresses.places(self.fields["postcode"].text())
        names = {(each.prefecture, each.city, each.town, each.company) for each in found}
        if len(names) == 1:
            self.put(filled(self.address, found[0]))
            return
        self._extra = found
        self._show()

    def _changed(self) -> None:
        self._extra = ()
        self._timer.start(_SOON_MS)
        self._say_difference()

    def check(self) -> None:
        """Look for what is wrong with what the fields say."""
        self._checked += 1
        number, address, found = self._checked, self.address, self._found

        def look_for(_tx: Any) -> tuple[AddressFinding, ...]:
            return addresses.findings(address, found.carrier, found.service, buyer=found.buyer)

        self._window.bridge.ask(self._window.desk.read(look_for), lambda got: self._checked_now(number, got))

    def _checked_now(self, number: int, got: tuple[AddressFinding, ...]) -> None:
        if number == self._checked:
            self.findings = got
            self._show()

    # --- what is wrong, and what could be written ---

    def _show(self) -> None:
        look = self.look
        while (item := self._list.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.proposals = []
        for place in {(p.prefecture, p.city, p.town, p.company): p for p in self._extra}.values():
            whole = place.prefecture + place.city + place.town + place.company
            proposal = Proposal("address.propose.place", (("value", whole),), filled(self.address, place))
            self._offer(proposal)
        for finding in self.findings:
            words = Para(look, 17, "error" if finding.level is Level.ERROR else "warning", bold=True)
            words.setText(sentence(look.words, finding.key, {**dict(finding.args), "field": finding.field}))
            self._list.addWidget(words)
            for proposal in finding.proposals:
                self._offer(proposal)
        if not self.findings and not self._extra:
            fine = Para(look, 17, "ok")
            fine.setText(look.say("window.address.fine"))
            self._list.addWidget(fine)
        self._list.addStretch(1)
        self._say_difference()

    def _offer(self, proposal: Proposal) -> None:
        made = _Offer(self.look, self.look.say(proposal.key, **dict(proposal.args)))
        made.tapped.connect(lambda _: self.put(proposal.address))
        made.setToolTip(address_line(proposal.address))
        self.proposals.append(proposal)
        self._list.addWidget(made)

    def _say_difference(self) -> None:
        """Before and after, and whether there is anything to keep."""
        say, found, now = self.look.say, self._found, self.address
        shop = found.correction.shop if found.correction else found.address
        self.before.setText(say("window.address.shop", text=address_line(shop)))
        self.after.setText(say("window.address.now", text=address_line(now)))
        self.after.setVisible(now != shop)
        self.save_button.setEnabled(now != found.address)

    def save(self) -> None:
        """Keep it."""
        desk = self._window.desk
        act = (desk.station, str(uuid4()), self._found.order, self.address, self.why.text().strip())
        self._window.bridge.ask(desk.do(_TOPICS, addresses.correct, *act), lambda _: self._kept())

    def _kept(self) -> None:
        self.accept()
        self.saved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps it."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)
