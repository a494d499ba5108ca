"""A rule in its fields, with the sentence that it makes and the orders that it would mean; what came of a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.insert_draft import draft_of, texts_of
from app.domain.insert_rules import SIZES, InsertKind, Per
from app.services import insert_rules
from app.services.insert_rules import Imported, Preview, RuleItem, Wrong
from app.services.insert_words import sentence
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.listing import Chips
from app.ui.para import Para
from app.ui.report import Report

__all__ = ["ImportReport", "RuleDialog"]

_TOPICS = frozenset({"settings", "orders"})
_WIDE, _HIGH = 1120, 640
_PAUSE_MS = 250
"""What is still being typed is not looked at yet."""
_CHOICES = {
    "kind": tuple(map(str, InsertKind)),
    "per": tuple(map(str, Per)),
    "language": ("", "ja", "en"),
    "gift": ("", "yes", "no"),
    "fragile": ("", "yes", "no"),
    "cod": ("", "yes", "no"),
    "temperature": ("", "ambient", "chilled", "frozen"),
    "wish": ("", "noshi", "wrapping", "message"),
    "date_of": ("order", "ship"),
    "scanned": ("yes", "no"),
    "size": SIZES,
}
"""Fields of which one of a few is chosen."""
_ROWS = (
    *("name", "kind", "sku", "quantity", "per", "text", "scanned", "size", "knots"),
    *("shops", "amount_from", "amount_to", "nth", "any_of", "all_of", "pieces", "date_from", "date_to", "date_of"),
    *("campaign", "gift", "wish", "temperature", "fragile", "cod", "language", "prefectures", "carriers", "not_with"),
)
"""Fields in their order; those of :data:`_OF_KIND` only for their kinds."""
_OF_KIND = {"size": ("card", "noshi"), "knots": ("noshi",), "scanned": ("insert", "sample", "wrap", "cold")}
_HEADS = {"name": "window.inserts.then", "shops": "window.inserts.if"}
"""Headings, by the first field below each."""
_LISTED = 8
"""Orders of a preview that are named."""


class RuleDialog(Dialog):
    """One rule."""

    def __init__(self, window: Any, item: RuleItem | None) -> None:
        """*item* is the rule that is changed; None for a new one."""
        look = window.look
        title = look.say("window.act.insert_edit" if item else "window.act.insert_new")
        super().__init__(look, window, title)
        self._window = window
        self._desk = window.desk
        self._rule = item.rule.id if item else 0
        self._name = item.rule.name if item else ""
        self.saved: Callable[[str], None] = lambda _: None
        """Called with the rule's name once it is kept."""
        self.asked_to_drop: Callable[[int, str], None] = lambda _rule, _name: None
        """Called with the rule when it is to go."""
        self.texts = {
            "quantity": "1",
            "per": "order",
            "kind": "insert",
            "scanned": "yes",
            "size": "A5",
            "date_of": "order",
        }
        """The rule as it stands in the fields."""
        self.texts |= texts_of(item.draft) if item else {}
        self.wrong: tuple[Wrong, ...] = ()
        """What is wrong with it, as it was looked at last."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.fields: dict[str, TextField | Segments] = {}
        """The field of each part of the rule."""
        self.shops = Chips(look)
        self.shops.tapped.connect(self._shop_tapped)
        self._all_shops: tuple[str, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(look.px(18))
        row.addWidget(self._form(), 3)
        row.addWidget(self._beside(), 2)
        self.column.addLayout(row, 1)
        self.save_button = button(look.say("window.inserts.save"), "go", self.save)
        buttons = [button(look.say("window.no"), "", self.reject), self.save_button]
        if item:
            buttons.insert(0, button(look.say("window.act.insert_drop"), "", self._drop))
        self.foot(*buttons)
        wide, high = window.width() - 40, window.height() - 40
        self.resize(min(look.px(_WIDE), wide), min(look.px(_HIGH), high))
        self._show_rows()
        self._look()

    # --- building ---

    def _form(self) -> QWidget:
        look, say = self.look, self.look.say
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, look.px(12), 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(7))
        grid.setColumnStretch(1, 1)
        self._labels: dict[str, QWidget] = {}
        for name in _ROWS:
            if name in _HEADS:
                grid.addWidget(label(say(_HEADS[name]), "title"), grid.rowCount(), 0, 1, 2)
            at = grid.rowCount()
            self._labels[name] = label(say(f"window.inserts.field.{name}"), "soft")
            grid.addWidget(self._labels[name], at, 0)
            grid.addWidget(self.shops if name == "shops" else self._field(name), at, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumWidth(inside.minimumSizeHint().width() + look.px(16))
        return area

    def _field(self, name: str) -> QWidget:
        say = self.look.say
        if name in _CHOICES:
            made = Segments(self.look)
            words = {"kind": "inserts.kind", "per": "inserts.per"}.get(name, f"window.inserts.choice.{name}")
            offered = tuple(
                (value, value if name == "size" else say(f"{words}.{value}" if value else "window.inserts.any"))
                for value in _CHOICES[name]
            )
            made.offer(offered, self.texts.get(name, _CHOICES[name][0]))
            made.chosen.connect(partial(self.change, name))
            self.fields[name] = made
            return made
        field = TextField(self._window)
        field.setText(self.texts.get(name, "").replace("\n", " "))
        field.setPlaceholderText(say(f"window.inserts.hint.{name}"))
        field.textChanged.connect(partial(self.change, name))
        self.fields[name] = field
        return field

    def _beside(self) -> QWidget:
        look = self.look
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        pad = look.px(16)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.px(12))
        self.said = Para(look, 20, bold=True)
        self.faults = Para(look, 17, "error")
        self.ahead = Para(look, 17, "info")
        for part in (self.said, self.faults, self.ahead):
            column.addWidget(part)
        column.addStretch(1)
        return card

    def _show_rows(self) -> None:
        kind = self.texts["kind"]
        for name, kinds in _OF_KIND.items():
            shown = kind in kinds
            self.fields[name].setVisible(shown)
            self._labels[name].setVisible(shown)

    # --- changing ---

    def change(self, name: str, value: str) -> None:
        """Take a field's new text."""
        self.texts[name] = value
        if name == "kind":
            self._show_rows()
        self._later.start(_PAUSE_MS)

    def _shop_tapped(self, name: str) -> None:
        chosen = [each for each in self.texts.get("shops", "").split(";") if each]
        if name == "*":
            chosen = [] if "*" in chosen else ["*"]
        elif name in chosen:
            chosen.remove(name)
        else:
            chosen = [each for each in chosen if each != "*"] + [name]
        self.texts["shops"] = ";".join(chosen)
        self._offer_shops()
        self._later.start(0)

    def _offer_shops(self) -> None:
        chosen = self.texts.get("shops", "").split(";")
        offered = [("*", self.look.say("inserts.every_shop")), *((name, name) for name in self._all_shops)]
        self.shops.offer([(name, f"✓ {words}" if name in chosen else words) for name, words in offered], "")

    def _look(self) -> None:
        self._number += 1
        number, texts, rule = self._number, dict(self.texts), self._rule

        def read(tx: Any) -> tuple[tuple[Wrong, ...], Preview, tuple[str, ...]]:
            return (
                insert_rules.wrongs(tx, texts, rule),
                insert_rules.preview(tx, texts, rule),
                insert_rules.shop_choices(tx),
            )

        def show(found: tuple[Any, ...]) -> None:
            if isValid(self) and number == self._number:  # it may have been closed meanwhile
                self._show(*found)

        self._window.bridge.ask(self._desk.read(read), show)

    def _show(self, wrong: tuple[Wrong, ...], ahead: Preview, shops: tuple[str, ...]) -> None:
        say = self.look.say
        self.wrong, self._all_shops = wrong, shops
        self._offer_shops()
        self.said.setText(sentence(say, draft_of(self.texts)[0]))
        told = [f"{say(f'window.inserts.field.{each.field}')}: {say(each.key, **each.args)}" for each in wrong]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
        listed = ", ".join(ahead.orders[:_LISTED]) + ("…" if len(ahead.orders) > _LISTED else "")
        key = "window.inserts.ahead" if ahead.orders else "window.inserts.ahead_none"
        self.ahead.setText(say(key, number=len(ahead.orders), looked_at=ahead.looked_at, orders=listed))
        self.ahead.setVisible(not wrong)
        self.save_button.setEnabled(not wrong)

    def save(self) -> None:
        """Keep the rule."""
        texts = {name: text for name, text in self.texts.items() if name in _ROWS}
        future = self._desk.do(_TOPICS, insert_rules.save, self._desk.station, str(uuid4()), texts, self._rule)
        self._window.bridge.ask(future, self._kept)

    def _kept(self, _rule: int) -> None:
        self.accept()
        self.saved(self.texts["name"])

    def _drop(self) -> None:
        self.reject()
        self.asked_to_drop(self._rule, self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps the rule."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)


class ImportReport(Dialog):
    """What is wrong with a file of rules, row by row."""

    def __init__(self, window: Any, path: Path, found: Imported) -> None:
        look = window.look
        super().__init__(look, window, look.say("window.inserts.import_title", file=path.name))
        self.report = Report(look)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.report)
        if not found.written:
            said = Para(look, 17, "error")
            said.setText(look.say("window.inserts.not_taken"))
            self.column.addWidget(said)
        self.column.addWidget(area, 1)
        self.foot(button(look.say("window.close"), "main", self.accept))
        self.resize(min(look.px(900), window.width() - 40), min(look.px(520), window.height() - 40))
        figures = [
            (look.say("window.inserts.added"), len(found.added), "ok"),
            (look.say("window.inserts.changed"), len(found.changed), "info"),
        ]
        self.report.show_report(figures, list(found.problems))
        QTimer.singleShot(0, lambda: self.report.show_report(figures, list(found.problems)))
