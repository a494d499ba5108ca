"""A print rule in its fields, with the sentence that it makes and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.print_draft import PrintDraft, draft_of, texts_of
from app.domain.print_rules import ABROAD, OF_ORDER, PAPERS, WHENS
from app.domain.rule_texts import ALL_SHOPS
from app.services import print_rule_list, printers, rule_shops, templates
from app.services.answers import sentence
from app.services.print_rule_list import TOPICS, RuleItem
from app.services.rule_shops import Wrong
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.listing import Chips
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.printing.rows import paper_words

__all__ = ["PrintRuleDialog", "condition_words", "paper_words", "when_words"]

_WIDE, _HIGH = 1120, 640
_PAUSE_MS = 250
"""What is still being typed is not looked at yet."""
_THEN = ("name", "paper", "when", "copies", "printer", "template")
_IF = (
    *("shops", "gift", "countries", "carriers", "size", "stations", "channels", "prefectures", "cod"),
    *("temperature", "wish", "pieces", "amount", "boxes", "cartons"),
)
_CHOICES = {
    "gift": ("", "yes", "no"),
    "cod": ("", "yes", "no"),
    "temperature": ("", "ambient", "chilled", "frozen"),
    "wish": ("", "noshi", "message"),
}
"""Conditions of which one of a few is chosen."""
_SPANS = ("pieces", "amount", "size", "boxes")
_PICKED = ("paper", "printer", "template")
Field = TextField | Segments | Picker


def when_words(look: Look, when: str) -> str:
    """Return when a paper comes out, in words."""
    return look.say(f"print_rules.when.{when or 'settings'}")


def condition_words(look: Look, draft: PrintDraft) -> list[str]:
    """Return the conditions of a rule, one sentence each; none for a rule that always applies."""
    say, texts = look.say, texts_of(draft)
    made = []
    for name in _IF:
        text = texts.get(name, "")
        if not text:
            continue
        if name in _CHOICES:
            values = [say(f"window.rules.choice.{name}.{each}") for each in text.split(";")]
            made.append(say("window.rules.and").join(values))
        else:
            made.append(say(f"window.rules.when.{name}", value=_value_words(look, name, text)))
    return made


def _value_words(look: Look, name: str, text: str) -> str:
    """Return what a condition asks for, in words."""
    say = look.say
    if name in _SPANS:
        low, dash, high = text.partition("-")
        if not dash or low == high:
            return low
        kind = "between" if low and high else "from" if low else "to"
        return say(f"window.rules.span.{kind}", low=low, high=high)
    values = [say("window.rules.abroad") if each == ABROAD else each for each in text.split(";")]
    return say("list.comma").join(values)


class PrintRuleDialog(Dialog):
    """One rule."""

    saved = Signal(str)
    """The rule's name, once it is kept."""

    def __init__(self, window: Any, item: RuleItem | None) -> None:
        """*item* is the rule that is changed; None for a new one."""
        look = window.look
        super().__init__(look, window, look.say("window.rules.edit" if item else "window.rules.new"))
        self._window, self._desk = window, window.desk
        self._rule = item.rule.id if item else 0
        self.texts: dict[str, str] = {"paper": PAPERS[0], **(texts_of(item.draft) if item else {})}
        """The rule as it stands in the fields."""
        self.wrong: tuple[Wrong, ...] = ()
        """What is wrong with it, as it was looked at last."""
        self._number = 0
        self._all_shops: Sequence[str] = ()
        self._printers: Sequence[str] = ()
        self._templates: Sequence[str] = ()
        self.fields: dict[str, Field] = {}
        """The field of each part of the rule."""
        self._labels: dict[str, QWidget] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.shops = Chips(look)
        self.shops.tapped.connect(self._shop_tapped)
        row = QHBoxLayout()
        row.setSpacing(look.px(18))
        row.addWidget(self._form(), 3)
        row.addWidget(self._beside(), 2)
        self.column.addLayout(row, 1)
        self.save_button = button(f"{look.say('window.rules.save')} F8", "go", self.save)
        self.foot(button(look.say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))
        self._offer()
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
        for head, names in (("then", _THEN), ("if", _IF)):
            grid.addWidget(label(say(f"window.rules.{head}"), "title"), grid.rowCount(), 0, 1, 2)
            for name in names:
                at = grid.rowCount()
                self._labels[name] = label(say(f"window.rules.field.{name}"), "soft")
                grid.addWidget(self._labels[name], at, 0)
                made: QWidget = self.shops if name == "shops" else self._field(name)
                left = Qt.AlignmentFlag.AlignLeft if isinstance(made, Segments) else Qt.AlignmentFlag(0)
                grid.addWidget(made, at, 1, left)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumWidth(inside.minimumSizeHint().width() + look.px(16))
        return area

    def _field(self, name: str) -> Field:
        made: Field
        if name in _PICKED:
            made = Picker(self._window, f"window.rules.field.{name}")
            made.chosen.connect(partial(self.change, name))
        elif name == "when" or name in _CHOICES:
            made = Segments(self.look)
            made.chosen.connect(partial(self.change, name))
        else:
            made = TextField(self._window)
            made.setText(self.texts.get(name, ""))
            made.setPlaceholderText(self.look.say(f"window.rules.hint.{name}"))
            made.textChanged.connect(partial(self.change, name))
        self.fields[name] = made
        return made

    def _beside(self) -> QWidget:
        look = self.look
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        pad = look.px(16)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.px(12))
        self.said, self.faults = Para(look, 19, bold=True), Para(look, 17, "error")
        column.addWidget(self.said)
        column.addWidget(self.faults)
        column.addStretch(1)
        return card

    # --- showing ---

    def _offer(self) -> None:
        """Show what can be chosen, for the paper in question."""
        say, paper = self.look.say, self.texts["paper"]
        for name in (*_IF, "when"):
            shown = paper in OF_ORDER or name == "stations" or (name == "when" and len(WHENS[paper]) > 1)
            self._labels[name].setVisible(shown)
            (self.shops if name == "shops" else self.fields[name]).setVisible(shown)
        choices = {
            "paper": [(each, paper_words(self.look, each)) for each in PAPERS],
            "printer": [("", say("print_rules.first_printer")), *((each, each) for each in self._printers)],
            "template": [("", say("window.rules.usual_form")), *((each, each) for each in self._templates)],
            "when": [(str(each), when_words(self.look, each)) for each in WHENS[paper]],
        }
        for name, values in _CHOICES.items():
            choices[name] = [
                (each, say(f"window.rules.choice.{name}.{each}" if each else "window.rules.any")) for each in values
            ]
        for name, offered in choices.items():
            field = self.fields[name]
            assert not isinstance(field, TextField)
            field.offer(tuple(offered), self.texts.get(name, ""))
        chosen = self.texts.get("shops", "").split(";")
        shops = [(ALL_SHOPS, say("inserts.every_shop")), *((each, each) for each in self._all_shops)]
        none = not self.texts.get("shops", "")
        ticked = [
            (each, f"✓ {words}" if each in chosen or (each == ALL_SHOPS and none) else words) for each, words in shops
        ]
        self.shops.offer(ticked, "")

    def _look(self) -> None:
        self._number += 1
        number, texts, rule = self._number, self._written(), self._rule

        def read(tx: Any) -> tuple[Any, ...]:
            return (
                print_rule_list.wrongs(tx, texts, rule),
                rule_shops.shop_choices(tx),
                [each.name for each in printers.every(tx)],
                templates.names(tx, texts["paper"]),
            )

        def show(found: tuple[Any, ...]) -> None:
            if isValid(self) and number == self._number:  # it may have been closed meanwhile
                self._show(*found)

        self._window.bridge.ask(self._desk.read(read), show)

    def _show(self, wrong: tuple[Wrong, ...], shops: Sequence[str], known: Sequence[str], forms: Sequence[str]) -> None:
        self.wrong, self._all_shops, self._printers, self._templates = wrong, shops, known, forms
        self._offer()
        say, look = self.look.say, self.look
        draft = draft_of(self._written())[0]
        held = condition_words(look, draft) or [say("print_rules.always")]
        parts = [paper_words(look, draft.rule.paper), when_words(look, draft.rule.when)]
        parts.append(say("window.rules.copies", count=draft.rule.copies))
        parts.append(draft.printer or say("print_rules.first_printer"))
        self.said.setText(f"{say('window.rules.and').join(held)}\n→ {' ・ '.join(parts)}")
        told = [
            f"{say(f'window.rules.field.{each.field}')}: {sentence(look.words, each.key, dict(each.args))}"
            for each in wrong
        ]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
        self.save_button.setEnabled(not wrong)

    def _written(self) -> dict[str, str]:
        """Return every field's text: what a paper cannot have is empty."""
        of_order = self.texts["paper"] in OF_ORDER
        kept = {*_THEN, *(_IF if of_order else ("stations",))}
        return {name: self.texts.get(name, "") if name in kept else "" for name in (*_THEN, *_IF)}

    # --- changing ---

    def change(self, name: str, value: str) -> None:
        """Take a field's new text."""
        self.texts[name] = value
        if name == "paper":
            self.texts["template"] = ""
            if self.texts.get("when", "") not in WHENS[value]:
                self.texts["when"] = ""
            self._offer()
        self._later.start(_PAUSE_MS)

    def _shop_tapped(self, name: str) -> None:
        chosen = [each for each in self.texts.get("shops", "").split(";") if each]
        if name == ALL_SHOPS:
            chosen = []
        elif name in chosen:
            chosen.remove(name)
        else:
            chosen.append(name)
        self.texts["shops"] = ";".join(chosen)
        self._offer()
        self._later.start(0)

    def save(self) -> None:
        """Keep the rule."""
        future = self._desk.do(
            TOPICS, print_rule_list.save, self._desk.station, str(uuid4()), self._written(), self._rule
        )
        self._window.bridge.ask(future, self._kept)

    def _kept(self, _rule: int) -> None:
        self.accept()
        self.saved.emit(self.texts.get("name", ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps the rule."""
        if event.key() == Qt.Key.Key_F8 and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)
