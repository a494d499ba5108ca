"""The import report 取り込み結果: what came of files that were taken in, and what sets right what was odd in them.

The newest import is in front until another one is chosen; imports that were taken in together are one report. A
problem is set right in its row: by a remedy (Enter, or its number), by another value for its cell, or by putting it
aside. Mended cells count when the file is read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.services import import_paper, import_report, imports
from app.services.import_report import SORTS, Filter, Head
from app.services.imports import ImportRow, ProblemRow
from app.ui.dialogs import label
from app.ui.fields import TextField
from app.ui.figures import FigureCards
from app.ui.intake.cell import CellField
from app.ui.intake.detail import Choice, Detail, Shown
from app.ui.intake.head import LEVELS, TOUCHED, cards_of, what_of
from app.ui.intake.mending import Mending
from app.ui.intake.rows import (
    IMPORTS,
    PROBLEMS,
    can_mend,
    import_cells,
    problem_cells,
    remedies_of,
    remedy_words,
    sentence_of,
    where,
)
from app.ui.intake.taking_back import TakeBack
from app.ui.listing import Act, Listing, ListScreen
from app.ui.orders.rows import COLUMNS as ORDERS
from app.ui.orders.rows import cells_of as order_cells

__all__ = ["IntakeScreen"]

_PAGE = 100
_MOST_AGAIN = 1_000
"""Rows that are read again at once when something changed."""
_ACTS = (
    Act("import", "F5"),
    Act("intake_mend", "F6"),
    Act("intake_again", "F7", "go"),
    Act("intake_aside", "F8"),
    Act("intake_print", "F9", "main"),
    Act("intake_list", "F10"),
    Act("intake_back", "F11"),
    Act("intake_sort", "F12"),
)
_OF_LIST = ("import", "intake_again", "intake_print", "intake_list", "intake_back")
"""Acts that go with the lists of imports and of orders."""
_SEARCH_MS = 180
_VALUE = "value"
"""The remedy that is another value for the cell: the same as mending it."""


class IntakeScreen(ListScreen):
    """Figures, the problems of the report in front, and the one that is chosen below them."""

    name = "intake"
    acts = _ACTS
    pace_ms = 400

    def __init__(self, window: Any, desk: Any) -> None:
        self.ids: tuple[int, ...] = ()
        """The imports of the report in front; empty for the newest one, whichever that is."""
        self._known: int | None = None
        """The newest import when the report was chosen: one that comes later takes its place once nothing is left to
        mend; None until it was read."""
        self.head = Head((), {})
        """What stands above the list, as read last."""
        self.filter = Filter()
        self.card = ""
        """The figure that filters; empty for none."""
        self.mending = Mending(self)
        super().__init__(window, desk)
        self._inner.addWidget(self.detail)
        self.grid.setFocus()

    def lists(self) -> dict[str, Listing]:
        """Return the problems, the orders that were touched, and the imports."""
        return {
            "problems": Listing("intake.column", PROBLEMS, self._cells, "intake.none", _PAGE),
            "orders": Listing("window.orders.column", ORDERS, order_cells, "intake.none_orders", _PAGE),
            "imports": Listing("intake.list.column", IMPORTS, import_cells, "intake.none_imports", _PAGE),
        }

    def _cells(self, look: Any, row: ProblemRow) -> Any:
        return problem_cells(look, row, self.head.fixes)

    # --- building ---

    def strip_widgets(self) -> None:
        """What the report is of, and a field to find something in it."""
        self.when, self.what = label("", "pill"), label("", "pill")
        self._what_text = ""
        for each in (self.when, self.what):
            each.setMinimumWidth(20)
            self._top.addWidget(each)
        self.search = TextField(self.window_)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._searched)
        self.search.textChanged.connect(lambda: self._soon.start(_SEARCH_MS))

    def head_widgets(self) -> None:
        """The figures; the rows of problems are taller, have buttons, and can be sorted."""
        self.figures = FigureCards(self.look)
        self.figures.tapped.connect(self.card_tapped)
        self._inner.addWidget(self.figures)
        self.detail = Detail(self.look)
        self.detail.tapped.connect(self._choice_tapped)
        self._top.insertWidget(self._top.indexOf(next(iter(self.buttons.values()))), self.search)
        problems = self.grids["problems"]
        problems.tall = 54
        problems.head_tapped = self.sort_by
        problems.pressed_in = self._pressed
        problems.model_.sorted_by = (self.filter.sort, False)
        problems.setSelectionMode(problems.SelectionMode.SingleSelection)
        self.field = CellField(self.window_, problems)
        for grid in self.grids.values():
            grid.key_pressed = self._key
        self.grids["imports"].doubleClicked.connect(lambda _: self._open_chosen())

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self.search.setFixedWidth(self.look.px(190))
        for each in (self.when, self.what):
            each.setFixedHeight(self.look.px(28))
        super().render_all()
        self._show_head()
        self._show_detail()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the report in front and its list."""
        showing, wanted, size = self.showing, self.filter, self._size()
        ids, card, text = self.ids, self.card, self.search.text().strip()
        filtered = bool(card or self._filtered) or not wanted.open_only
        known = self._known

        def run(tx: Any) -> tuple[str, Head, list[Any], int]:
            mine, newest = ids, import_report.newest(tx)
            head = import_report.head(tx, mine or newest, wanted.open_only) if mine or newest else Head((), {})
            if mine and known is not None and newest > (known,) and not head.errors and not filtered:
                head = import_report.head(tx, newest, wanted.open_only)  # that one is done with
            return showing, head, _rows(tx, showing, head.ids, wanted, card, text, size), max(newest, default=0)

        return self._desk.read(run)

    def read_now(self) -> None:
        """Read again at once: a person asked for it."""
        self._rest.stop()
        self.refresh()

    def _size(self) -> int:
        """Return how many rows to read: those that are there now are to be there again."""
        return max(_PAGE, min(len(self.model.rows), _MOST_AGAIN))

    def put(self, value: tuple[str, Head, list[Any], int]) -> None:
        """Show what was read."""
        showing, head, rows, newest = value
        if showing != self.showing:
            return
        if head.ids != self.head.ids:
            self.field.end(keep=False)
        self.head = head
        if self.ids and head.ids != tuple(sorted(self.ids, reverse=True)):
            self.ids = ()  # the newest is in front again
        self._known = newest if self._known is None else self._known
        was = self._place()
        self.show_rows(rows)
        if self.isVisible() and not self.search.typing_now and not self.field.typing_now:
            self.grid.setFocus()  # one that was hidden could not take it before
        if showing != "orders" and rows and not self.grid.rows_chosen():
            self.grid.choose({rows[min(was, len(rows) - 1)].id})
        self._show_head()
        self._show_detail()

    def _place(self) -> int:
        """Return where the chosen row stands: the next one takes its place when it goes."""
        chosen = self.grid.rows_chosen()
        return self.model.rows.index(chosen[0]) if chosen else 0

    def read_more(self) -> None:
        """Read the next page."""
        number, showing, wanted, have = self._wanted, self.showing, self.filter, len(self.model.rows)
        ids, card, text = self.head.ids, self.card, self.search.text().strip()
        before = self.model.rows[-1].id if self.model.rows else None
        future = self._desk.read(_rows, showing, ids, wanted, card, text, _PAGE, have, before)
        self.bridge.ask(future, lambda rows: self.model.add(list(rows)) if number == self._wanted else None)

    def show_report(self, ids: Sequence[int]) -> None:
        """Bring the report of these imports to the front; none for the newest."""
        self.ids, self._known = tuple(ids), None
        self.card, self.filter = "", replace(self.filter, levels=(), area="", text="")
        self.search.setText("")
        self.showing = "problems"
        self.setFocusProxy(self.grid)
        self.read_now()
        self.grid.setFocus()

    def shows(self, import_id: int) -> bool:
        """Whether an import is in the report in front, or will be once it is read."""
        return not self.ids or import_id in self.ids

    # --- what is shown around the list ---

    def _show_head(self) -> None:
        say, look, head = self.look.say, self.look, self.head
        title = "intake.title_list" if self.showing == "imports" else "intake.title"
        self.title.setText(say(title))
        rows = head.imports
        for part in (self.when, self.what):
            part.setVisible(bool(rows) and self.showing != "imports")
        self.when.setText(look.clock(rows[0].at) if rows else "")
        self._what_text = what_of(look, self.what.fontMetrics(), head) if rows else ""
        self.what.setToolTip("\n".join(row.file for row in rows))
        self.figures.show_cards(cards_of(look, head), self.card)
        self.figures.setVisible(bool(rows) and self.showing != "imports")
        for name, each in self.buttons.items():
            each.setVisible(self.may(name) and self.showing != "imports" and bool(rows))
        waiting = len(head.fixes or {})
        again = say("window.act.intake_again")
        self.buttons["intake_again"].setText(say("intake.again_with", count=waiting) if waiting else again)
        self.search.setVisible(self.showing != "orders" and bool(rows))
        self.search.setPlaceholderText(say("intake.search_list" if self.showing == "imports" else "intake.search"))
        self._fit_what()
        if self.showing == "problems":
            key = "none_imports" if not rows else "none" if self._filtered else "all_good"
            self.empty.setText(say(f"intake.{key}"))

    def _fit_what(self) -> None:
        """Give what the report is of the room that is left in the strip, and elide it there."""
        look = self.look
        beside = (self.title, self.when, self.search, *self.buttons.values())
        taken = sum(
            max(each.minimumWidth(), each.sizeHint().width()) + look.px(14) for each in beside if not each.isHidden()
        )
        room = max(look.px(60), self.width() - taken - look.px(70))
        metrics = self.what.fontMetrics()
        self.what.setText(metrics.elidedText(self._what_text, Qt.TextElideMode.ElideRight, room))
        self.when.setMinimumWidth(self.when.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the strip anew."""
        super().resizeEvent(event)
        self._fit_what()

    @property
    def _filtered(self) -> bool:
        wanted = self.filter
        return bool(wanted.levels or wanted.area or wanted.text)

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer those that stand or all, and what they are about."""
        if self.showing != "problems" or not self.head.imports:
            return ()
        say, areas = self.look.say, self.head.areas or {}
        stand = (("open", say("intake.open")), ("all", say("intake.all")))
        if len(areas) < 2 and not self.filter.area:
            return (stand,)
        shown = sorted(areas, key=lambda area: (-areas[area], area))[:9]
        kinds = tuple((f"area:{area}", f"{self._area(area)} {areas[area]}") for area in shown)
        return ((*stand, ("area:", say("intake.every_kind")), *kinds),)

    def _area(self, area: str) -> str:
        key = f"intake.area.{area}"
        said = self.look.say(key)
        return self.look.say("intake.area.other") if said == key else said

    def chip_chosen(self, _row: int) -> str:
        """Return what is in force: of what they are about, else of how they stand."""
        if self.filter.area:
            return f"area:{self.filter.area}"
        return "open" if self.filter.open_only else "all"

    def chip_tapped(self, _row: int, name: str) -> None:
        """List others."""
        if name.startswith("area:"):
            self.filter = replace(self.filter, area=name.removeprefix("area:"))
        else:
            self.filter = replace(self.filter, open_only=name == "open")
        self.read_now()

    def card_tapped(self, name: str) -> None:
        """A figure filters: problems by how much they matter, orders by what became of them; once more lists all."""
        self.card = "" if name == self.card else name
        level = LEVELS.get(self.card)
        self.filter = replace(self.filter, levels=(level,) if level else ())
        self._front("orders" if self.card in TOUCHED else "problems")

    def _front(self, name: str) -> None:
        """Bring a list to the front, or read it again."""
        self.field.end(keep=False)
        if name == self.showing:
            self.read_now()
        else:
            self.bring(name)
            self.grid.setFocus()
        self._show_head()
        self._show_detail()

    def _searched(self) -> None:
        self.filter = replace(self.filter, text=self.search.text().strip())
        self.read_now()

    def row_chosen(self, row: Any) -> None:
        """Show the chosen problem whole."""
        super().row_chosen(row)
        if hasattr(self, "detail"):
            self._show_detail()

    @property
    def problem(self) -> ProblemRow | None:
        """The problem that is chosen."""
        rows = self.grid.rows_chosen() if self.showing == "problems" else []
        return rows[0] if len(rows) == 1 else None

    def _show_detail(self) -> None:
        row = self.problem
        if row is None:
            self.detail.show_problem(None)
            return
        look, say = self.look, self.look.say
        place = [row.file, where(look, row), row.column]
        if row.number:
            place.append(say("intake.order", number=row.number))
        fixed = (self.head.fixes or {}).get((row.import_id, row.file, row.row, row.column))
        value = say("intake.becomes", old=row.value, new=fixed) if fixed is not None else row.value
        kind = "ok" if row.done else str(row.level)
        shown = Shown(
            " ・ ".join(part for part in place if part), sentence_of(look, row), value, kind, self._choices(row)
        )
        self.detail.show_problem(shown)

    def _choices(self, row: ProblemRow) -> tuple[Choice, ...]:
        if row.done:
            return ()
        say = self.look.say
        made = [
            Choice(f"remedy:{place}", "Enter" if not place else str(place + 1), remedy_words(self.look, remedy))
            for place, remedy in enumerate(remedies_of(row)[:9])
        ]
        if can_mend(row) and not any(each.name == _VALUE for each in remedies_of(row)):
            made.append(Choice("intake_mend", "F6", say("window.act.intake_mend")))
        made.append(Choice("intake_aside", "F8", say("window.act.intake_aside")))
        return tuple(made)

    # --- keys ---

    def _key(self, event: QKeyEvent) -> bool:
        """Enter does the first remedy, number keys the others; on the list of imports Enter opens the report."""
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.showing != "problems":
            if key == Qt.Key.Key_Escape:
                self.card_tapped(self.card) if self.showing == "orders" else self._front("problems")
            elif enter and self.showing == "imports":
                self._open_chosen()
            return enter or key == Qt.Key.Key_Escape
        place = 0 if enter else key - Qt.Key.Key_1.value
        if not 0 <= place < 9:
            return False
        row = self.problem
        if row is not None:
            self._remedy_at(row, place)
        return True

    def _remedy_at(self, row: ProblemRow, place: int) -> None:
        if row.done:
            self.window_.say("info", self.look.say("intake.is_done"))
        elif place < len(remedies_of(row)):
            self.mending.remedy(row, remedies_of(row)[place])
        elif place == 0 and can_mend(row):
            self.mending.mend(row)
        elif place == 0:
            self.window_.say("info", self.look.say("intake.no_remedy"))

    def _pressed(self, row: ProblemRow, name: str) -> None:
        """A button in a row was tapped; one that stands for several shows them below, where all have room."""
        found = next((each for each in remedies_of(row) if each.name == name), None)
        if found is not None:
            self.mending.remedy(row, found)
        elif not remedies_of(row):
            self.mending.mend(row)

    def _choice_tapped(self, name: str) -> None:
        row, place = self.problem, name.removeprefix("remedy:")
        if place == name:
            self.act(name)
        elif row is not None:
            self._remedy_at(row, int(place))

    def sort_by(self, column: str) -> None:
        """Sort by a column; once more from the end."""
        name = {"level": "level", "place": "place", "cell": "cell", "what": "what", "remedy": "remedy"}[column]
        descending = name == self.filter.sort and not self.filter.descending
        self.filter = replace(self.filter, sort=name, descending=descending)
        self.grids["problems"].model_.sorted_by = (name, descending)
        self.grids["problems"].restyle()
        self.read_now()

    def _sort_next(self) -> None:
        """By key: first from the end, then by the next column."""
        if not self.filter.descending:
            self.sort_by(self.filter.sort)
            return
        names = list(SORTS)
        self.sort_by(names[(names.index(self.filter.sort) + 1) % len(names)])

    # --- acting ---

    def current_acts(self) -> tuple[Act, ...]:
        """Return the acts that go with the list in front."""
        return self.acts if self.showing == "problems" else tuple(each for each in self.acts if each.name in _OF_LIST)

    def act(self, name: str) -> None:
        """Do one of the acts."""
        row = self.problem
        if name == "import":
            self.window_.arrivals.choose()
        elif name == "intake_list":
            self._front("problems" if self.showing == "imports" else "imports")
        elif name == "intake_print":
            self._print()
        elif name == "intake_again":
            self._again()
        elif name == "intake_back":
            self._take_back()
        elif name == "intake_sort":
            self._sort_next()
        elif row is None:
            self.window_.say("info", self.look.say("intake.choose_first"))
        elif row.done:
            self.window_.say("info", self.look.say("intake.is_done"))
        elif name == "intake_mend":
            self.mending.mend(row)
        else:
            self.mending.put_aside(row)

    def _reports(self) -> tuple[ImportRow, ...]:
        """Return what acts on whole imports are about: those chosen in the list, else the report in front."""
        if self.showing == "imports":
            return tuple(self.grid.rows_chosen())
        return self.head.imports

    def _open_chosen(self) -> None:
        rows = self.grid.rows_chosen()
        if rows:
            self.show_report([row.id for row in rows])
            self.window_.show_entries()

    # --- whole imports ---

    def _again(self) -> None:
        rows = [row for row in self._reports() if row.can_run_again]
        if not rows:
            self.window_.say("info", self.look.say("intake.cannot_again"))
            return
        self.window_.arrivals.taking.again([(row.id, row.file) for row in reversed(rows)])

    def _take_back(self) -> None:
        rows = [row for row in self._reports() if row.can_take_back]
        if len(rows) != 1:
            key = "intake.cannot_take_back" if not rows else "intake.take_back_one"
            self.window_.say("info", self.look.say(key))
            return
        TakeBack(self.window_, rows[0]).open()

    def _print(self) -> None:
        """Write the report as a PDF into the papers folder."""
        rows = self._reports()
        if not rows:
            self.window_.say("info", self.look.say("intake.none_imports"))
            return
        ids, language = [row.id for row in rows], self.look.language
        folder = Path(self.window_.station.config.papers_folder)

        def draw(value: Any) -> None:
            self.bridge.work(lambda: import_paper.write(value, folder, language), self._printed)

        self.bridge.ask(self._desk.read(import_paper.paper_of, ids), draw)

    def _printed(self, path: Path) -> None:
        self.window_.say("ok", self.look.say("window.people.printed", path=path))


def _rows(
    tx: Any,
    showing: str,
    ids: Sequence[int],
    wanted: Filter,
    card: str,
    text: str,
    limit: int,
    offset: int = 0,
    before: int | None = None,
) -> list[Any]:
    """Return a page of the list in front."""
    if showing == "imports":
        return list(imports.page(tx, limit=limit, before=before, text=text))
    if not ids:
        return []
    if showing == "orders":
        return list(import_report.touched(tx, ids, card, limit=limit, offset=offset))
    return list(import_report.lines(tx, ids, wanted, limit=limit, offset=offset))
