"""What rows and orders mean: cancelled, unpaid, cash on delivery, a gift … by the values that stand in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.channels import CONDITIONS, Draft, DraftRule
from app.ui.channels.draft_words import SKU, ColumnNames, column_id
from app.ui.channels.sheet import one_line
from app.ui.dialogs import button, label
from app.ui.fields import Segments, TextField
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.look import Look
from app.ui.ordered import Ordered
from app.ui.para import Para
from app.ui.picker import Picker

__all__ = ["NOT_GOODS", "RULES", "RulesView"]

NOT_GOODS = "non_goods"
"""The rule that names SKUs which are no goods: postage, wrapping, a voucher."""
RULES = (*CONDITIONS, NOT_GOODS)
_TESTS = ("one_of", "starts_with", "none_of")
_COLUMNS = (Column("rule", 42), Column("when", 58))
_MOST = 60
"""Values of a column that are offered; any other one is typed."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    words: str
    said: str


class RulesView(QWidget):
    """The rules at the left; the one that is chosen at the right, with the values of the column that it looks at."""

    changed = Signal()
    """A person changed a rule: :attr:`draft` has it."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        super().__init__()
        self.look: Look = window.look
        self.draft = Draft()
        """The mapping as it stands."""
        self.names = ColumnNames()
        """The columns of the file."""
        self.rows: Sequence[Sequence[str]] = ()
        """Its first rows."""
        self.rule = RULES[0]
        """The rule that is shown."""
        self.at = 0
        """Which of its conditions."""
        self._build(window)

    def _build(self, window: Any) -> None:
        look, say = self.look, self.look.say
        model = GridModel(look, "window.channels.rules.column", _COLUMNS, self._cells, parent=self)
        model.put([_Row(name, say(f"window.channels.rule.{name}"), "") for name in RULES])
        self.grid = Grid(look, model)
        """The rules."""
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.chosen = self._chosen
        left = QFrame()
        left.setProperty("role", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.grid)
        self.about = Para(look, 17)
        self.parts = Segments(look)
        self.parts.chosen.connect(self._part)
        self.column = Picker(window, "window.channels.rule_column")
        self.column.chosen.connect(self._column)
        self.test = Segments(look)
        self.test.chosen.connect(self._test)
        self.values = Ordered(look)
        """The values of the column; those that are on are the rule's."""
        self.values.changed.connect(self._values)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.values)
        self.other = TextField(window)
        self.other.setPlaceholderText(say("window.channels.other_value"))
        self.other.committed.connect(self._typed)
        self.drop_button = button(say("window.channels.drop_condition"), "", self._drop)
        right = QFrame()
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        pad = look.px(14)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.px(8))
        top = QHBoxLayout()
        top.setSpacing(look.px(10))
        self.column_label = label(say("window.channels.rule_column"), "soft")
        top.addWidget(self.column_label)
        top.addWidget(self.column, 1)
        column.addWidget(self.about)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(top)
        column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(10))
        foot.addWidget(self.other, 1)
        foot.addWidget(self.drop_button)
        column.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(14))
        whole.addWidget(left, 5)
        whole.addWidget(right, 6)
        self.setFocusProxy(self.grid)

    # --- showing ---

    def show_draft(self, draft: Draft, names: ColumnNames, rows: Sequence[Sequence[str]]) -> None:
        """Show the rules of a mapping beside the values of a file."""
        self.draft, self.names, self.rows = draft, names, rows
        if not self.grid.rows_chosen():
            self.grid.choose({self.rule})
        self._show()

    def _cells(self, row: _Row) -> tuple[Cell, ...]:
        said = self._said(row.id)
        return (
            Cell(row.words, bold=bool(said), least=11),
            Cell(said or "—", "ink" if said else "soft", least=11, lines=2),
        )

    def _said(self, rule: str) -> str:
        """Return what a rule says, in words; empty where it says nothing."""
        say = self.look.say
        if rule == NOT_GOODS:
            more = (*self.draft.non_goods_prefixes, self.draft.non_goods_pattern)
            said = [*self.draft.non_goods, *filter(None, more)]
            return self._few(said) if said else ""
        parts = [
            say(
                "window.channels.condition",
                column=one_line(self.names.words(each.column)),
                test=say(f"window.channels.test.{self._test_of(each)}"),
                values=self._few(each.values),
            )
            for each in self.draft.rules.get(rule, ())
        ]
        return say("window.channels.or").join(parts)

    def _few(self, values: Sequence[str]) -> str:
        if not values:
            return self.look.say("window.channels.no_value")
        shown = self.look.say("list.comma").join(
            one_line(each) or self.look.say("window.channels.blank") for each in values[:4]
        )
        return shown + ("…" if len(values) > 4 else "")

    @staticmethod
    def _test_of(rule: DraftRule) -> str:
        return "one_of" if rule.test == "equals" else rule.test

    def _conditions(self) -> tuple[DraftRule, ...]:
        return self.draft.rules.get(self.rule, ())

    def _chosen(self, row: Any) -> None:
        if row is not None and row.id != self.rule:
            self.rule, self.at = row.id, 0
            self._show()

    def _show(self) -> None:
        say, goods = self.look.say, self.rule == NOT_GOODS
        conditions = self._conditions()
        self.at = min(self.at, len(conditions))
        self.about.setText(say(f"window.channels.about.{self.rule}"))
        self.parts.setVisible(not goods and bool(conditions))
        numbers = [(str(number), str(number + 1)) for number in range(len(conditions))]
        self.parts.offer((*numbers, (str(len(conditions)), say("window.channels.more_condition"))), str(self.at))
        rule = conditions[self.at] if self.at < len(conditions) else None
        columns = [(column_id(key), one_line(words)) for key, words in self.names.known]
        if goods:
            key = self._goods_column()
            shown = column_id(key) if key is not None else ""
        else:
            shown = column_id(rule.column) if rule is not None else ""
            key = rule.column if rule is not None else None
        if shown not in dict(columns):
            said = one_line(self.names.words(key)) if key is not None else say("window.channels.no_column")
            columns = [(shown, said), *columns]
        self.column.offer(columns, shown)
        self.column.setEnabled(not goods and len(columns) > 1)
        self.test.setVisible(rule is not None)
        tests = tuple((each, say(f"window.channels.choose_test.{each}")) for each in _TESTS)
        self.test.offer(tests, self._test_of(rule) if rule is not None else "")
        on = list(self.draft.non_goods) if goods else list(rule.values) if rule is not None else []
        counts = self._counts(key)
        known = [*on, *(each for each, _ in counts.most_common(_MOST) if each not in on)]
        words = [(each, self._value_words(each, counts)) for each in known]
        self.values.offer(words if goods or rule is not None else [], on)
        for part in (self.other, self.values):
            part.setVisible(goods or rule is not None)
        self.drop_button.setVisible(rule is not None)
        self.grid.viewport().update()

    def _value_words(self, value: str, counts: Mapping[str, int]) -> str:
        say = self.look.say
        said = one_line(value) or say("window.channels.blank")
        return say("window.channels.value", value=said, count=counts.get(value, 0))

    def _goods_column(self) -> str | int | None:
        columns = self.draft.fields.get(SKU, ())
        return columns[0] if columns else None

    def _counts(self, key: str | int | None) -> Counter[str]:
        """Return the values of a column, each with the number of rows that have it."""
        place = self.names.place(key) if key is not None else None
        if place is None:
            return Counter()
        return Counter(row[place].strip() for row in self.rows if place < len(row))

    # --- changing ---

    def _part(self, name: str) -> None:
        self.at = int(name)
        self._show()

    def _put(self, conditions: Sequence[DraftRule]) -> None:
        rules = {**self.draft.rules, self.rule: tuple(conditions)}
        self.draft = replace(self.draft, rules={name: each for name, each in rules.items() if each})
        self._show()
        self.changed.emit()

    def _change(self, rule: DraftRule) -> None:
        conditions = list(self._conditions())
        conditions[self.at : self.at + 1] = [rule]
        self._put(conditions)

    def _column(self, name: str) -> None:
        """Look at another column: its values are others."""
        key = self.names.key(name)
        conditions = self._conditions()
        test = conditions[self.at].test if self.at < len(conditions) else "one_of"
        self._change(DraftRule(key, (), test))

    def _test(self, name: str) -> None:
        self._change(replace(self._conditions()[self.at], test=name))

    def _values(self, values: Sequence[str]) -> None:
        if self.rule == NOT_GOODS:
            self.draft = replace(self.draft, non_goods=tuple(values))
            self._show()
            self.changed.emit()
        elif self.at < len(self._conditions()):
            rule = self._conditions()[self.at]
            self._change(replace(rule, values=tuple(values), test=self._test_of(rule)))

    def _typed(self, text: str) -> None:
        value = text.strip()
        self.other.setText("")
        on = self.values.on
        if value and value not in on:
            self._values([*on, value])

    def _drop(self) -> None:
        conditions = list(self._conditions())
        del conditions[self.at : self.at + 1]
        self.at = max(0, self.at - 1)
        self._put(conditions)
