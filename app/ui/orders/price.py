"""By which service an order goes and why: shown with the order, and chosen otherwise in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.rate_choice import Candidate, Choice
from app.errors import StationError
from app.services import changes, gate
from app.services.answers import of_error
from app.services.carriers import short_names
from app.services.rates import Why
from app.services.rates_said import headline, name_of, parts_of, reasons_of, yen
from app.ui.dialogs import Dialog, button
from app.ui.lettering import draw_fitted
from app.ui.listing import Fact, Facts
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.para import Para
from app.ui.shapes import card

__all__ = ["ChoiceDialog", "PriceCard"]

_TOPICS = frozenset({"orders", "bench", "printing"})
_OPEN = ("received", "ready")
_IN_WORK = ("released", "picked", "verified")
_WIDE, _ROW = 860, 44


class PriceCard(Tapped):
    """The service of an order with its price and the reason; a tap opens what else there was."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.why: Why | None = None
        """What is shown."""
        self.words = ""

    def show_why(self, why: Why | None) -> None:
        """Show why an order goes as it does; nothing where nothing was chosen by price."""
        self.why = why if why is not None and why.choice is not None else None
        choice = self.why.choice if self.why is not None else None
        self.words = headline(choice, short_names(self.look.language), self.look.say) if choice is not None else ""
        self.setVisible(choice is not None)
        self.setFixedHeight(self.look.px(50))
        self.tell(self.words)
        self.setToolTip(self.words)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        choice = self.why.choice if self.why is not None else None
        chosen = choice.chosen if choice is not None else None
        kind = "info" if chosen is not None and chosen.possible else "warning"
        over = self.over == "price"
        ground = look.colour("chosen" if over else f"{kind}_ground")
        card(painter, box, ground, ground, look.px(10))
        text = box.adjusted(look.px(14), 0, -look.px(14), 0)
        draw_fitted(painter, text, self.words, look.colour(kind), look.px(17), look.px(11), most=2, bold=True)
        self.places = [(box, "price")]


class ChoiceDialog(Dialog):
    """Every service with its price and how much dearer it is, or why not; a tap on one that is possible takes it."""

    def __init__(self, window: Any, order: int, why: Why) -> None:
        look = window.look
        say = look.say
        super().__init__(look, window, say("window.rates.choice_title", number=why.order.number))
        assert why.choice is not None
        self._window, self._desk, self._order, self.why = window, window.desk, order, why
        self.saved: Callable[[], None] = lambda: None
        """Called once another service was taken."""
        choice = why.choice
        words = Para(look, 19, bold=True)
        words.setText(headline(choice, short_names(look.language), say))
        words.setMinimumHeight(words.heightForWidth(look.px(_WIDE - 80)))
        self.column.addWidget(words)
        boxes = Para(look, 16, "soft")
        key = "rates.boxes_real" if choice.real else "rates.boxes_expected"
        boxes.setText(say(key, boxes=" + ".join(choice.boxes) or "–"))
        self.column.addWidget(boxes)
        self.services = Facts(look)
        """One row a service; those that may be taken are tapped."""
        self.services.show_facts(self._facts(choice))
        self.services.setMinimumHeight(look.px((_ROW + 10) * len(choice.candidates)))
        self.services.tapped.connect(self.take)
        self.column.addWidget(self.services, 1)
        self.said = Para(look, 17, "error")
        self.said.hide()
        self.column.addWidget(self.said)
        self.auto_button = button(say("window.rates.by_price"), "", lambda: self.take(""))
        self.auto_button.setVisible(why.order.service_by == "hand" and why.order.state in _OPEN)
        self.foot(self.auto_button, button(say("window.close"), "", self.reject))
        self.setMinimumWidth(min(look.px(_WIDE), window.width() - 40))

    @property
    def changeable(self) -> bool:
        """Whether another service may be taken here."""
        order = self.why.order
        return order.state in (*_OPEN, *_IN_WORK) and order.lead is None and bool(self._window.station.leads)

    def _facts(self, choice: Choice) -> list[Fact]:
        names, say = short_names(self.look.language), self.look.say
        chosen = choice.chosen

        def words(each: Candidate) -> str:
            parts = parts_of(each, say)
            return name_of(each, names, say, whole=True) + (f"  {parts}" if parts else "")

        made = []
        for each in choice.candidates:
            if not each.possible:
                told = say("rates.said.not", service=name_of(each, names, say, whole=True), why=reasons_of(each, say))
                made.append(Fact(told))
            elif each is chosen:
                made.append(Fact(words(each), f"¥{yen(each.yen or 0)}", "ok"))
            else:
                more = (each.yen or 0) - (chosen.yen or 0) if chosen is not None else 0
                sign = "+" if more > 0 else "−" if more < 0 else "±"
                value = f"¥{yen(each.yen or 0)} ({sign}{yen(abs(more))})"
                made.append(Fact(words(each), value, "info", name=each.name if self.changeable else ""))
        return made

    def take(self, name: str) -> None:
        """Let the order go by a service; empty hands the choice back to the price."""
        carrier, _, service = name.partition("/")
        begun = self.why.order.state not in _OPEN
        function = changes.change_service if begun else gate.choose_service
        future = self._desk.do(_TOPICS, function, self._desk.station, str(uuid4()), self._order, carrier, service)
        self._window.bridge.ask(future, lambda _: self._done(), self._refused)

    def _done(self) -> None:
        self.accept()
        self.saved()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.said.setText(of_error(self.look.words, error))
        self.said.setMinimumHeight(self.said.heightForWidth(self.look.px(_WIDE - 80)))
        self.said.show()
