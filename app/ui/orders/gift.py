"""What an order's gift says: shown with the order, and decided in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.noshi import MOST_NAMES, NO_GIFT, TITLES, Cover, GiftWish, Knot, faults, knots_for, warnings
from app.services import inserts
from app.services.inserts import gift_warning
from app.services.orders import OrderFull
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.lettering import draw_fitted
from app.ui.listing import Chips
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.para import Para
from app.ui.shapes import card

__all__ = ["GiftCard", "GiftDialog", "gift_words"]

_TOPICS = frozenset({"orders", "bench", "printing"})
_WIDE = 760
_USUAL_TITLES = 6
"""Titles that are offered for a knot."""


def gift_words(look: Look, wish: GiftWish) -> str:
    """Return what a gift says, in one line."""
    say, made = look.say, list[str]()
    if wish.noshi:
        kind = say(f"noshi.knot.{wish.knot}") if wish.knot else "?"
        cover = say(f"noshi.cover.{wish.cover}") if wish.cover else ""
        made.append(" ".join(filter(None, (say("inserts.kind.noshi"), kind, wish.title, "・".join(wish.names), cover))))
    if wish.wrapping:
        made.append(f"{say('inserts.kind.wrap')} {wish.wrapping}")
    if wish.message:
        made.append(f"{say('inserts.kind.card')} {' '.join(wish.message.split())}")
    return " / ".join(made)


class GiftCard(Tapped):
    """A gift's wishes beside its order; a tap opens them."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.wish = NO_GIFT
        """What is wished."""
        self.order = 0
        """The order shown."""

    def show_order(self, full: OrderFull | None) -> None:
        """Show what an order's gift says; nothing where it is none."""
        self.wish = NO_GIFT
        if full is not None:
            self.order = full.row.id
            self.wish = inserts.wish_of(full.content, [line.options for line in full.lines])
        self.setVisible(full is not None and (full.row.gift or self.wish.asked))
        self.setFixedHeight(self.look.px(64))
        words = gift_words(self.look, self.wish) or self.look.say("window.gift.nothing")
        self.tell(words)
        self.setToolTip(words)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, say = self.look, self.look.say
        unread = bool(self.wish.unread)
        kind = "warning" if unread else "info"
        card(painter, box, look.colour(f"{kind}_ground"), look.colour(f"{kind}_ground"), look.px(10))
        wide = float(look.px(118))
        at = QRectF(box.right() - wide - look.px(8), box.top() + look.px(9), wide, box.height() - look.px(18))
        over = self.over == "gift"
        card(painter, at, look.colour("chosen" if over else "paper"), look.colour(kind), look.px(8), 2)
        word = say("window.gift.decide" if unread else "window.gift.change")
        draw_fitted(painter, at.adjusted(4, 0, -4, 0), word, look.colour(kind), look.px(16), look.px(11), most=1,
                    bold=True, align="centre")  # fmt: skip
        text = QRectF(box.left() + look.px(14), box.top(), at.left() - box.left() - look.px(24), box.height())
        words = gift_words(look, self.wish) or say("window.gift.nothing")
        if unread:
            words = f"{say('window.gift.unread')} {words}"
        draw_fitted(painter, text, words, look.colour(kind), look.px(17), look.px(12), most=2, bold=True)
        self.places = [(at, "gift")]


class GiftDialog(Dialog):
    """Noshi, wrapping and card of one order."""

    def __init__(self, window: Any, order: int, number: str, wish: GiftWish) -> None:
        look = window.look
        super().__init__(look, window, look.say("window.gift.title", number=number))
        self._window = window
        self._order = order
        self.wish = wish
        """The wish as it stands in the fields."""
        self.saved: Callable[[], None] = lambda: None
        """Called once it is kept."""
        say = look.say
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        if wish.unread:
            unread = Para(look, 17, "warning")
            unread.setText(say("window.gift.as_written", text=" / ".join(wish.unread)))
            self.column.addWidget(unread)
        self.knot = Segments(look)
        offered = [("", say("window.gift.no_noshi")), *((str(each), say(f"noshi.knot.{each}")) for each in Knot)]
        self.knot.offer(tuple(offered), str(wish.knot or "") if wish.noshi else "")
        self.title, self.titles = TextField(window), Chips(look)
        self.title.setText(wish.title)
        self.names = [TextField(window) for _ in range(MOST_NAMES)]
        for field, name in zip(self.names, wish.names, strict=False):
            field.setText(name)
        self.cover = Segments(look)
        covers = [("", say("window.inserts.any")), *((str(each), say(f"noshi.cover.{each}")) for each in Cover if each)]
        self.cover.offer(tuple(covers), str(wish.cover))
        self.wrapping, self.message = TextField(window), TextField(window)
        self.wrapping.setText(wish.wrapping)
        self.message.setText(wish.message.replace("\n", "／"))
        names = QWidget()
        row = QGridLayout(names)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for place, field in enumerate(self.names):
            row.addWidget(field, 0, place)
        parts = (("knot", self.knot), ("title", self.title), ("", self.titles), ("names", names), ("cover", self.cover),
                 ("wrapping", self.wrapping), ("message", self.message))  # fmt: skip
        for at, (name, part) in enumerate(parts):
            if name:
                grid.addWidget(label(say(f"window.gift.field.{name}"), "soft"), at, 0)
            grid.addWidget(part, at, 1)
        self.column.addWidget(inside)
        self.told = Para(look, 17, "warning")
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        self.save_button = button(say("window.inserts.save"), "go", self.save)
        self.foot(button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), self.sizeHint().height() + look.px(110))
        self.knot.chosen.connect(lambda _: self.change())
        self.cover.chosen.connect(lambda _: self.change())
        self.titles.tapped.connect(self.title.setText)
        for field in (self.title, self.wrapping, self.message, *self.names):
            field.textChanged.connect(lambda _: self.change())
        self.change()

    def change(self) -> None:
        """Take what the fields say, and tell what is odd about it."""
        say, knot, title = self.look.say, self.knot.value, self.title.text().strip()
        self.wish = GiftWish(
            noshi=bool(knot),
            knot=Knot(knot) if knot else None,
            cover=Cover(self.cover.value) if knot else Cover.ANY,
            title=title if knot else "",
            names=tuple(filter(None, (field.text().strip() for field in self.names))) if knot else (),
            wrapping=self.wrapping.text().strip(),
            message=self.message.text().strip().replace("／", "\n"),
        )
        fitting = [each for each in TITLES if not knot or Knot(knot) in knots_for(each) or knot == Knot.PLAIN]
        self.titles.offer([(each, each) for each in fitting[:_USUAL_TITLES]], title)
        self.titles.setVisible(bool(knot))
        wrong = [say(key, **args) for key, args in faults(self.wish)]
        odd = [say(key, **gift_warning(say, self.wish)) for key in warnings(self.wish)]
        self.told.setText("\n".join([*wrong, *odd]))
        self.told.setVisible(bool(wrong or odd))
        self.save_button.setEnabled(not wrong)

    def save(self) -> None:
        """Keep it."""
        desk = self._window.desk
        future = desk.do(_TOPICS, inserts.put_gift, desk.station, str(uuid4()), self._order, self.wish)
        self._window.bridge.ask(future, lambda _: self._kept())

    def _kept(self) -> None:
        self.accept()
        self.saved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps it."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)
