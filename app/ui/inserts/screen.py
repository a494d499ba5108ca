"""Inserts 同梱物: the rules of what goes into boxes, in the order in which they count."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from app.services import insert_rules, inserts
from app.services.insert_rules import Imported, RuleItem
from app.ui.dialogs import Confirm, PathDialog, button
from app.ui.inserts.dialogs import ImportReport, RuleDialog
from app.ui.inserts.rows import RULES, InsertItem, list_facts, rule_cells, rule_facts
from app.ui.listing import Act, Fact, Listing, ListScreen

__all__ = ["InsertsScreen"]

_TOPICS = frozenset({"settings", "orders"})


class InsertsScreen(ListScreen):
    """The rules from the first to the last, and beside it one of them in words."""

    name = "inserts"
    acts = (
        Act("insert_new", "F5", "main"),
        Act("insert_edit", "F6", "main"),
        Act("insert_switch", "F7"),
        Act("insert_up", "F8"),
        Act("insert_down", "F9"),
    )
    share = 27
    pace_ms = 1500

    def __init__(self, window: Any, desk: Any) -> None:
        self.items: list[InsertItem] = []
        """Every rule, in its order."""
        self._from: int | None = None
        """Place of the row that is being dragged."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"rules": Listing("window.inserts.column", RULES, rule_cells, "window.inserts.none")}

    def strip_widgets(self) -> None:
        """A button that takes rules in from a file."""
        self.import_button: QPushButton = button("", "", self.ask_file)
        self._top.addWidget(self.import_button)

    def _build(self) -> None:
        super()._build()
        self.grid.doubleClicked.connect(lambda _index: self.act("insert_edit"))
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.viewport().installEventFilter(self)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self.import_button.setText(self.look.say("window.act.insert_import"))
        self.import_button.setVisible(self.window_.station.leads)
        super().render_all()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the rules."""
        return self._desk.read(insert_rules.rule_items)

    def put(self, value: tuple[RuleItem, ...]) -> None:
        """Show them."""
        self.items = [InsertItem(each.rule.id, place, each) for place, each in enumerate(value, 1)]
        self.show_rows(list(self.items))

    def facts(self) -> Sequence[Fact]:
        """Say what the chosen rule does, else how rules work together."""
        if not self.items:
            return [Fact(self.look.say(f"window.inserts.about_none.{name}")) for name in ("why", "gift", "file")]
        rows = self.grid.rows_chosen()
        return rule_facts(self.look, rows[0]) if len(rows) == 1 else list_facts(self.look, self.items)

    # --- dragging ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A row that is dragged onto another takes its place."""
        if isinstance(event, QMouseEvent) and self.window_.station.leads:
            if event.type() == QEvent.Type.MouseButtonPress:
                at = self.grid.indexAt(event.position().toPoint())
                self._from = at.row() if at.isValid() else None
            elif event.type() == QEvent.Type.MouseMove and self._from is not None:
                self.grid.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                return True
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self.grid.viewport().unsetCursor()
                at = self.grid.indexAt(event.position().toPoint())
                source, self._from = self._from, None
                if source is not None and at.isValid() and at.row() != source:
                    self.put_at(self.items[source], at.row() + 1)
        return super().eventFilter(watched, event)

    def put_at(self, row: InsertItem, place: int) -> None:
        """Put a rule at a place, 1 for the first."""
        if 1 <= place <= len(self.items) and place != row.place:
            self.do(_TOPICS, insert_rules.move, row.id, place, then=lambda _: None)

    # --- acting ---

    def act(self, name: str) -> None:
        """Enter or change a rule, switch it, put it at another place."""
        rows = self.grid.rows_chosen()
        if name == "insert_new":
            self._open(None)
        elif not rows:
            self.window_.say("info", self.look.say("window.inserts.choose_first"))
        elif name == "insert_edit":
            self._open(rows[0])
        elif name == "insert_switch":
            self._switch(rows[0])
        else:
            self.put_at(rows[0], rows[0].place + (-1 if name == "insert_up" else 1))

    def _open(self, row: InsertItem | None) -> None:
        dialog = RuleDialog(self.window_, row.item if row else None)
        dialog.saved = self._saved
        dialog.asked_to_drop = self._ask_drop
        dialog.open()

    def _saved(self, name: str) -> None:
        self.window_.say("ok", self.look.say("cli.inserts.kept", name=name))
        self.refresh()
        desk: Any = self._desk
        self.bridge.work(lambda: inserts.know_buyers(desk), lambda _: None)

    def _switch(self, row: InsertItem) -> None:
        on = not row.item.rule.active
        name = row.item.rule.name

        def run(tx: Any, station: str, act: str) -> None:
            insert_rules.switch(tx, station, act, row.id, on=on)

        key = "window.inserts.switched_on" if on else "window.inserts.switched_off"
        self.do(_TOPICS, run, then=lambda _: self.window_.say("ok", self.look.say(key, name=name)))

    def _ask_drop(self, rule: int, name: str) -> None:
        say = self.look.say
        Confirm(
            self.look,
            self.window_,
            say("window.act.insert_drop"),
            say("window.inserts.drop_ask", name=name),
            say("window.act.insert_drop"),
            lambda _: self.do(
                _TOPICS,
                insert_rules.drop,
                rule,
                then=lambda _: self.window_.say("ok", say("cli.inserts.dropped", name=name)),
            ),
        ).open()

    # --- from a file ---

    def ask_file(self) -> None:
        """Ask for a file of rules."""
        title, filters = (
            self.look.say("window.act.insert_import"),
            ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"],
        )
        PathDialog(self.window_, title, lambda paths: self.take_in(Path(paths[0])), filters=filters).open()

    def take_in(self, path: Path) -> None:
        """Take a file of rules in, and show what came of it."""
        desk: Any = self._desk

        def run() -> Imported:
            found = insert_rules.import_rules(desk, path)
            if found.written:
                inserts.know_buyers(desk)
            return found

        self.work(run, lambda found: self._taken_in(path, found))

    def _taken_in(self, path: Path, found: Imported) -> None:
        if found.written and not found.problems:
            text = self.look.say("cli.inserts.written", added=len(found.added), changed=len(found.changed))
            self.window_.say("ok", text)
        else:
            ImportReport(self.window_, path, found).open()
