"""How the orders of a new wave are chosen: one row of choices for each part of the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.services import carriers
from app.services.release import Choice, Planned
from app.ui.dialogs import label
from app.ui.listing import Chips
from app.ui.look import Look
from app.ui.shapes import card
from app.ui.stepper import Stepper

__all__ = ["RULES", "RuleForm"]

RULES = ("mode", "pickup", "carrier", "shop", "zone", "temperature", "content", "size", "priority", "limit")
"""Parts of the rule, in the order of the rows."""
_SIZES = ("60", "80", "100", "120", "140", "160")
"""Centimetres of the three sides together, the classes of Japanese carriers."""
_MOST, _STEP = 10_000, 10


class _Choices(Chips):
    """Choices that can have the keys: the arrow keys go to the neighbour."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        names = [name for name, _ in self.chips]
        if step is None or self.chosen not in names:
            super().keyPressEvent(event)
            return
        at = names.index(self.chosen) + step
        if 0 <= at < len(names):
            self.tapped.emit(names[at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show who has the keys."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw; what is chosen has a thick frame in the row that has the keys."""
        super().draw(painter, box)
        at = next((place for place, name in self.places if name == self.chosen), None)
        if self.hasFocus() and at is not None:
            inset = (at.height() - self.look.px(30)) / 2
            frame = at.adjusted(0, inset, 0, -inset)
            card(painter, frame, QColor(0, 0, 0, 0), self.look.colour("warning"), frame.height() / 2, self.look.px(3))


class RuleForm(QFrame):
    """A card with a row for each part of the rule that makes a difference among the orders there are."""

    changed = Signal()
    """A person chose otherwise."""

    def __init__(self, look: Look, typing: Any) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.look = look
        self.values: dict[str, str] = dict.fromkeys(RULES, "") | {"limit": "0"}
        """What is chosen of each part; empty for all."""
        self.offers: dict[str, tuple[tuple[str, str], ...]] = {}
        """What can be chosen: values with their words."""
        self.rows: dict[str, _Choices] = {}
        self._labels: dict[str, QLabel] = {}
        self.limit = Stepper(look, typing, 0, 0, _MOST, _STEP, empty="—")
        self.limit.changed.connect(lambda value: self.choose("limit", f"{value:g}"))
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setColumnStretch(1, 1)
        for at, name in enumerate(RULES):
            self._labels[name] = label("", "soft")
            self._grid.addWidget(self._labels[name], at, 0, Qt.AlignmentFlag.AlignTop)
            if name == "limit":
                self._grid.addWidget(self.limit, at, 1, Qt.AlignmentFlag.AlignLeft)
                continue
            self.rows[name] = _Choices(look)
            self.rows[name].tapped.connect(partial(self.choose, name))
            self._grid.addWidget(self.rows[name], at, 1)
        self._grid.setRowStretch(len(RULES), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(area)
        self.setFocusProxy(self.rows["mode"])

    def choose(self, name: str, value: str) -> None:
        """Choose as a person would."""
        if value != self.values[name]:
            self.values[name] = value
            self._show()
            self.changed.emit()

    def offer(self, modes: Sequence[str], orders: Sequence[Planned], zones: Iterable[str]) -> None:
        """Offer what the orders that may be released differ in."""
        say = self.look.say
        names = carriers.short_names(self.look.language)
        pickups = Counter(each.cut_off for each in orders)
        found: dict[str, Mapping[str, str]] = {
            "pickup": {
                str(due or ""): self.look.clock(due) if due else say("window.waves.no_pickup")
                for due in sorted(pickups, key=lambda each: each or 0)
                if due
            },
            "carrier": {each: names.get(each, each) for each in sorted({o.carrier for o in orders if o.carrier})},
            "shop": {each: each for each in sorted({o.shop for o in orders})},
            "zone": {each: each for each in sorted(set(zones))},
            "temperature": {
                each: say(f"window.temperature.{each}") for each in sorted({o.temperature for o in orders})
            },
        }
        counts: dict[str, Counter[str]] = {
            "pickup": Counter(str(each.cut_off or "") for each in orders),
            "carrier": Counter(each.carrier for each in orders),
            "shop": Counter(each.shop for each in orders),
            "zone": Counter(),
            "temperature": Counter(each.temperature for each in orders),
        }
        self.offers = {"mode": tuple((mode, say(f"mode.{mode}")) for mode in modes)}
        for name, words in found.items():
            each = [(value, f"{text} {counts[name][value] or ''}".strip()) for value, text in words.items()]
            self.offers[name] = (("", say("window.waves.all")), *each)
        any_ = ("", say("window.waves.all"))
        self.offers["content"] = (any_, *((each, say(f"window.waves.content.{each}")) for each in ("line", "piece")))
        self.offers["size"] = (any_, *((size, say("window.waves.up_to", size=size)) for size in _SIZES))
        self.offers["priority"] = (any_, ("1", say("window.waves.priority_only")))
        for name, choices in self.offers.items():
            if self.values[name] not in {value for value, _ in choices}:
                self.values[name] = ""
        self._show()

    def _show(self) -> None:
        say, px = self.look.say, self.look.px
        self._grid.setContentsMargins(px(16), px(12), px(12), px(12))
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(7))
        for name in RULES:
            self._labels[name].setText(say(f"window.waves.rule.{name}"))
            self._labels[name].setMinimumHeight(px(34))
            if name == "limit":
                continue
            offers = self.offers.get(name, ())
            shown = len(offers) > (1 if name in ("mode", "pickup", "carrier") else 2)
            self.rows[name].setVisible(shown)
            self._labels[name].setVisible(shown)
            self.rows[name].offer(offers, self.values[name])

    def restyle(self) -> None:
        """Take language, colours and size in use; what is offered is offered again by the screen."""
        self._show()

    @property
    def mode(self) -> str:
        """The chosen way of picking."""
        return self.values["mode"]

    def choice(self) -> Choice:
        """Return the rule."""
        value = self.values
        pickup = int(value["pickup"]) if value["pickup"] else None
        return Choice(
            pickup_from=pickup,
            pickup_to=pickup,
            carrier=value["carrier"],
            shop=value["shop"],
            zone=value["zone"],
            temperature=value["temperature"],
            single_line=value["content"] == "line",
            one_piece=value["content"] == "piece",
            size=int(value["size"]) if value["size"] else None,
            priority=int(value["priority"]) if value["priority"] else None,
            limit=int(value["limit"]) or None,
        )
