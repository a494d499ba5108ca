"""Settings, print rules: which papers come out, when, how many and where, in the order in which rules are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout

from app.services import orders, print_rule_list
from app.services.print_rule_list import TOPICS, Explained, PaperExplained, RuleItem
from app.ui.bridge import DeskLike
from app.ui.dialogs import Confirm
from app.ui.fields import TextField
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.settings.rule_dialog import PrintRuleDialog, condition_words, paper_words, when_words

__all__ = ["RuleRow", "RulesPage"]

_COLUMNS = (Column("place", 5), Column("rule", 21), Column("paper", 15), Column("if", 31), Column("then", 28))


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule at its place."""

    id: int
    place: int
    item: RuleItem


def _then(look: Look, item: RuleItem) -> str:
    """Return what a rule decides, in words."""
    say, rule = look.say, item.rule
    parts = [when_words(look, rule.when)]
    if rule.copies != 1:
        parts.append(say("window.rules.copies", count=rule.copies))
    if item.draft.printer:
        parts.append(item.draft.printer)
    if rule.template:
        parts.append(say("window.rules.template", name=rule.template))
    return " ・ ".join(parts)


def _cells(look: Look, row: RuleRow) -> tuple[Cell, ...]:
    say, item = look.say, row.item
    held = " ・ ".join(condition_words(look, item.draft)) or say("print_rules.always")
    ink = "ink" if item.rule.active else "soft"
    name = item.rule.name
    pills: tuple[tuple[str, str], ...] = ()
    if not item.rule.active:
        pills = ((name, "quiet"), (say("print_rules.off"), "warning"))
    elif item.warnings:
        pills = ((name, "warning"),)
    return (
        Cell(str(row.place), "soft", right=True),
        Cell(pills=pills, tip=name) if pills else Cell(name, bold=True, least=12),
        Cell(paper_words(look, item.rule.paper), ink, least=11),
        Cell(held, ink, least=11, tip=held),
        Cell(_then(look, item), ink, least=11),
    )


class RulesPage(ListScreen):
    """The rules from the first to the last; beside it one of them, or why an order's papers come out as they do."""

    name = "settings"
    acts = (
        Act("print_rule_why", "F3"),
        Act("print_rule_new", "F4"),
        Act("print_rule_edit", "F5"),
        Act("print_rule_switch", "F6"),
        Act("print_rule_drop", "F7"),
        Act("print_rule_up", "F8"),
        Act("print_rule_down", "F9"),
    )
    share = 36

    def __init__(self, window: Any, desk: DeskLike, _screen: Any) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        self.items: list[RuleRow] = []
        """Every rule, in its order."""
        self.explained: Explained | None = None
        """Why the papers of an order come out as they do, where that was asked."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"rules": Listing("window.rules.column", _COLUMNS, _cells, "window.rules.none")}

    def head_widgets(self) -> None:
        """A field for the number of an order whose papers are to be explained."""
        self.number = TextField(self.window_, japanese=False)
        self.number.committed.connect(lambda _: self.why())
        row = QHBoxLayout()
        row.addWidget(self.number)
        self._side_column.insertLayout(0, row)

    def _build(self) -> None:
        super()._build()
        self._strip.hide()  # the tabs of the settings stand above
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.doubleClicked.connect(lambda _index: self.act("print_rule_edit"))

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self.number.setPlaceholderText(self.look.say("window.rules.why_hint"))
        super().render_all()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the rules."""
        return self._desk.read(print_rule_list.rule_items)

    def put(self, value: Sequence[RuleItem]) -> None:
        """Show them."""
        self.items = [RuleRow(each.rule.id, place, each) for place, each in enumerate(value, 1)]
        self.show_rows(list(self.items))

    def row_chosen(self, row: Any) -> None:
        """Another rule was chosen: it is shown instead of an order."""
        if row is not None:
            self.explained = None
        super().row_chosen(row)

    def facts(self) -> Sequence[Fact]:
        """Say why an order's papers come out as they do, what the chosen rule does, or how rules work together."""
        if self.explained is not None:
            return _explained_facts(self.look, self.explained)
        rows = self.grid.rows_chosen()
        if len(rows) == 1:
            return self._rule_facts(rows[0])
        say = self.look.say
        made = [Fact(say(warn.key, **warn.args), kind="warning") for row in self.items for warn in row.item.warnings]
        return [*made, *(Fact(say(f"window.rules.about.{name}")) for name in ("first", "settings", "why"))]

    def _rule_facts(self, row: RuleRow) -> list[Fact]:
        say, item = self.look.say, row.item
        made = [Fact(item.rule.name, head=True)]
        made += [Fact(say(warn.key, **warn.args), kind="warning") for warn in item.warnings]
        if not item.rule.active:
            made.append(Fact(say("window.rules.is_off"), kind="warning"))
        made.append(Fact(say("window.rules.if"), head=True))
        made += [Fact(words) for words in condition_words(self.look, item.draft) or [say("print_rules.always")]]
        made.append(Fact(say("window.rules.then"), head=True))
        made.append(Fact(say("print_rules.column.paper"), paper_words(self.look, item.rule.paper)))
        made.append(Fact(say("print_rules.column.when"), when_words(self.look, item.rule.when)))
        made.append(Fact(say("print_rules.column.copies"), str(item.rule.copies)))
        made.append(Fact(say("print_rules.column.printer"), item.draft.printer or say("print_rules.first_printer")))
        if item.rule.template:
            made.append(Fact(say("print_rules.column.template"), item.rule.template))
        return made

    # --- why ---

    def why(self) -> None:
        """Explain the papers of the order whose number was typed."""
        self.number.end()
        number, station = self.number.text().strip(), self._desk.station
        if not number:
            self.explained = None
            self.show_panel()
            return

        def read(tx: Any) -> Explained:
            return print_rule_list.explain_order(tx, orders.find_one(tx, number), station)

        def put(found: Explained) -> None:
            self.grid.clearSelection()
            self.explained = found
            self.show_panel()

        self.bridge.ask(self._desk.read(read), put)

    # --- acting ---

    def act(self, name: str) -> None:
        """Enter or change a rule, switch it, put it at another place, or ask about an order."""
        rows = self.grid.rows_chosen()
        if name == "print_rule_why":
            self.number.setFocus()
            self.number.begin()
            self.number.selectAll()
        elif name == "print_rule_new":
            self._open(None)
        elif not rows:
            self.window_.say("info", self.look.say("window.rules.choose_first"))
        elif name == "print_rule_edit":
            self._open(rows[0])
        elif name == "print_rule_switch":
            self._switch(rows[0])
        elif name == "print_rule_drop":
            self._ask_drop(rows[0])
        else:
            place = rows[0].place + (-1 if name == "print_rule_up" else 1)
            if 1 <= place <= len(self.items):
                self.do(TOPICS, print_rule_list.move, rows[0].id, place, then=lambda _: None)

    def _open(self, row: RuleRow | None) -> None:
        dialog = PrintRuleDialog(self.window_, row.item if row else None)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, name: str) -> None:
        self.window_.say("ok", self.look.say("cli.print_rules.kept", name=name))
        self.refresh()

    def _switch(self, row: RuleRow) -> None:
        on, name = not row.item.rule.active, row.item.rule.name

        def run(tx: Any, station: str, act: str) -> None:
            print_rule_list.switch(tx, station, act, row.id, on=on)

        key = "window.rules.switched_on" if on else "window.rules.switched_off"
        self.do(TOPICS, run, then=lambda _: self.window_.say("ok", self.look.say(key, name=name)))

    def _ask_drop(self, row: RuleRow) -> None:
        say, name = self.look.say, row.item.rule.name
        title = say("window.act.print_rule_drop")

        def drop(_: str) -> None:
            said = say("cli.print_rules.removed", name=name)
            self.do(TOPICS, print_rule_list.drop, row.id, then=lambda _: self.window_.say("ok", said))

        Confirm(self.look, self.window_, title, say("window.rules.drop_ask", name=name), title, drop).open()


def _explained_facts(look: Look, found: Explained) -> list[Fact]:
    """Say of each paper what was decided and by what, and of every rule of it why it applies or does not."""
    say = look.say
    made = [Fact(say("cli.print_rules.of_order", number=found.number, shop=found.shop), head=True)]
    for each in found.papers:
        made.append(Fact(*_decided(look, each), kind="info" if each.ruled.rule else "", head=False))
        for judged in each.judged:
            if judged.decides:
                made.append(Fact(f"{judged.rule.name}: {say('print_rules.decides')}", kind="ok"))
                continue
            why = next((reason for reason in judged.reasons if not reason.holds), None)
            said = say("print_rules.too_late")
            if why is not None:
                said = f"× {say(f'print_rules.why.{why.name}', wanted=why.wanted, found=why.found or '–')}"
            made.append(Fact(f"{judged.rule.name}: {said}"))
    return made


def _decided(look: Look, each: PaperExplained) -> tuple[str, str]:
    say, ruled = look.say, each.ruled
    by = say("window.rules.by_rule", rule=ruled.rule.name) if ruled.rule else say("window.rules.by_settings")
    parts = [when_words(look, ruled.when)]
    if ruled.copies != 1:
        parts.append(say("window.rules.copies", count=ruled.copies))
    if each.printer:
        parts.append(each.printer)
    return f"{paper_words(look, each.paper)}（{by}）", " ・ ".join(parts)
