"""Settings, printers: which the house has, how each stands, and finding, trying and changing them.

Nothing here waits for a printer: it is asked on threads of their own, each with its deadline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QAbstractItemView

from app.domain.printing import Delivery, Printer, Transport
from app.services import print_board, printer_test
from app.services import printers as service
from app.services.answers import sentence
from app.services.printers import Standing, Ways
from app.text import Texts, texts
from app.ui.bridge import DeskLike
from app.ui.dialogs import Confirm
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.para import Para
from app.ui.settings.printer_find import FindDialog
from app.ui.settings.printer_form import PrinterForm, printer_pill, where_words

__all__ = ["PrinterRow", "PrintersPage"]

_TOPICS = frozenset({"printing"})
_ASKED_AT_ONCE = 6
"""Printers that are asked beside each other."""
_COLUMNS = (Column("name", 29), Column("where", 27), Column("kind", 16), Column("state", 21), Column("waiting", 8))


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """One printer in the list."""

    id: int
    place: int
    printer: Printer
    waiting: int
    """Jobs that are not done."""
    asked: bool
    """Whether it is being asked at this moment."""


def _cells(look: Look, row: PrinterRow) -> tuple[Cell, ...]:
    printer = row.printer
    pill = (look.say("window.printers.is.asked"), "info") if row.asked else printer_pill(look, printer)
    kind = " ".join(filter(None, (printer.language.upper(), printer.media)))
    ink = "ink" if printer.active else "soft"
    return (
        Cell(printer.name, ink, bold=printer.active, least=13),
        Cell(printer.address, "soft", ends=True, tip=where_words(look, printer)),
        Cell(kind, "soft", least=11),
        Cell(pills=(pill,)),
        Cell(f"{row.waiting:,}" if row.waiting else "—", "warning" if row.waiting else "soft", right=True),
    )


def _ask(ways: Ways, printer: Printer) -> Standing:
    return service.ask(ways.to(printer))


def _print_test(ways: Ways, printer: Printer, words: Texts) -> Delivery:
    return printer_test.send(ways.to(printer), printer, words)


class PrintersPage(ListScreen):
    """The printers in their order, and beside them the one that is chosen."""

    name = "settings"
    acts = (
        Act("printer_find", "F3"),
        Act("printer_new", "F4"),
        Act("printer_ask", "F5"),
        Act("printer_test", "F6"),
        Act("printer_drop", "F7"),
        Act("printer_up", "F8"),
        Act("printer_down", "F9"),
    )
    share = 44
    pace_ms = 500

    def __init__(self, window: Any, desk: DeskLike, _screen: Any) -> None:
        """*window* is the main window: it gives look, bridge and the ways to printers."""
        self.items: list[PrinterRow] = []
        """Every printer, in its order."""
        self._asked: set[int] = set()
        self._tested: Printer | None = None
        """Printer whose test page is to be scanned."""
        self._test_said: tuple[str, str, Mapping[str, object]] = ("", "", {})
        self._asking = ThreadPoolExecutor(_ASKED_AT_ONCE, thread_name_prefix="kenpin-printers")
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"printers": Listing("window.printers.column", _COLUMNS, _cells, "window.printers.none")}

    def _build(self) -> None:
        super()._build()
        self._strip.hide()  # the tabs of the settings stand above
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.form = PrinterForm(self.window_)
        self.form.changed.connect(self._drafted)
        self.form.wanted.connect(self._add)
        self.form.dropped.connect(self._give_up)
        self.form.hide()
        self.tested = Para(self.look, 18, bold=True)
        self.tested.hide()
        self._side_column.insertWidget(0, self.tested)
        self._side_column.insertWidget(1, self.form, 1)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        super().render_all()
        self.form.render_all()
        self._show_test()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the printers, and what waits for each."""
        return self._desk.read(print_board.printer_lines)

    def put(self, value: Sequence[Any]) -> None:
        """Show them."""
        self.items = [
            PrinterRow(line.printer.id, place, line.printer, line.waiting, line.printer.id in self._asked)
            for place, line in enumerate(value, 1)
        ]
        self.show_rows(list(self.items))

    def facts(self) -> Sequence[Fact]:
        """Say how printers work together, where none is chosen."""
        say, parts = self.look.say, ("find", "test", "folder")
        if self.items:
            return [Fact(say(f"window.printers.about.{name}")) for name in parts]
        return [Fact(say(f"window.printers.about_none.{name}")) for name in parts]

    def show_panel(self) -> None:
        """Show the printer that is chosen or being written, else how printers work together."""
        super().show_panel()
        row = self._chosen()
        form = self.form
        new = form.draft is not None and not form.draft.id
        if row is not None and not new:
            if form.is_of(row.id) and not form.same_as(row.printer):  # something is being changed
                form.show_state(row.printer)
            else:
                form.show_printer(row.printer, row.printer, self._others(row.id))
        elif not new:
            form.draft = None
        form.setVisible(form.draft is not None)
        self.panel.setVisible(form.draft is None)

    def _chosen(self) -> PrinterRow | None:
        rows = self.grid.rows_chosen()
        return rows[0] if len(rows) == 1 else None

    def _others(self, printer: int) -> dict[int, str]:
        return {row.id: row.printer.name for row in self.items if row.id != printer}

    def row_chosen(self, row: Any) -> None:
        """Another printer was chosen: what was being written and is not right yet is given up, and that is said."""
        draft = self.form.draft
        if row is not None and draft is not None and draft.id != row.id:
            if self.form.wrong or not draft.id:
                self.window_.say("warning", self.look.say("window.printers.given_up", name=draft.name or "–"))
            self.form.draft = None
            self.end_test()
        super().row_chosen(row)

    # --- writing ---

    def _drafted(self, draft: Printer) -> None:
        """A field was changed: what is right is kept at once, what is wrong is said."""

        def looked(wrong: Sequence[Any]) -> None:
            if self.form.draft is not draft:
                return
            self.form.show_wrong(wrong)
            if draft.id and not wrong:
                self.do(_TOPICS, service.save, draft, then=lambda _: self._say("window.settings.saved"))

        self.bridge.ask(self._desk.read(service.wrongs, draft), looked)

    def _add(self) -> None:
        """Add the printer that was written."""
        draft = self.form.draft
        if draft is None or draft.id:
            return

        def added(printer: int) -> None:
            self.form.draft = None
            self._say("window.printers.added", name=draft.name)
            self._choose_when_read(printer)

        self.do(_TOPICS, service.save, draft, then=added)

    def _choose_when_read(self, printer: int) -> None:
        def put(value: Sequence[Any]) -> None:
            self.put(value)
            self.grid.clearSelection()
            self.grid.choose({printer})

        self.bridge.ask(self.read(), put)

    def _give_up(self) -> None:
        self.form.draft, self.form.wrong = None, ()
        self.show_panel()

    def _say(self, key: str, **args: object) -> None:
        self.window_.say("ok", self.look.say(key, **args))

    # --- acting ---

    def act(self, name: str) -> None:
        """Find, add, ask, try, take away or order printers."""
        row = self._chosen()
        if name == "printer_find":
            self._find()
        elif name == "printer_new":
            self.write(Printer(0, "", Transport.RAW, "", "zpl", dpi=203))
        elif name == "printer_ask":
            self.ask_all()
        elif row is None:
            self.window_.say("info", self.look.say("window.printers.choose_first"))
        elif name == "printer_test":
            self._test(row)
        elif name == "printer_drop":
            self._ask_drop(row)
        else:
            place = row.place + (-1 if name == "printer_up" else 1)
            if 1 <= place <= len(self.items):
                self.do(_TOPICS, service.move, row.id, place, then=lambda _: None)

    def write(self, draft: Printer) -> None:
        """Write a new printer, with what is known of it already."""
        self.grid.clearSelection()
        self.form.show_printer(None, draft, self._others(0))
        self.show_panel()
        self._side.setVisible(True)
        field: Any = self.form.fields["name"]
        field.setFocus()
        self._drafted(draft)

    def _ask_drop(self, row: PrinterRow) -> None:
        say, name = self.look.say, row.printer.name
        title = say("window.act.printer_drop")

        def drop(_: str) -> None:
            self.do(_TOPICS, service.drop, row.id, then=lambda _: self._say("window.printers.dropped", name=name))

        Confirm(self.look, self.window_, title, say("window.printers.drop_ask", name=name), title, drop).open()

    # --- asking printers ---

    def ask_all(self) -> None:
        """Ask every printer that this station reaches how it is, the chosen one first; each is shown as it answers."""
        ways = self.window_.ways
        chosen = self._chosen()
        mine = [row for row in self.items if row.printer.active and row.printer.station in ("", self._desk.station)]
        if ways is None or not mine:
            self.window_.say("info", self.look.say("window.printers.none_to_ask"))
            return
        for row in sorted(mine, key=lambda each: chosen is None or each.id != chosen.id):
            if row.id not in self._asked:
                self._asked.add(row.id)
                future = self._asking.submit(_ask, ways, row.printer)
                self.bridge.ask(future, partial(self._answered, row.id), partial(self._not_asked, row.id))
        self._show_asked()

    def _show_asked(self) -> None:
        self.items = [replace(row, asked=row.id in self._asked) for row in self.items]
        self.show_rows(list(self.items))

    def _answered(self, printer: int, standing: Standing) -> None:
        self._asked.discard(printer)
        self._show_asked()
        future = self._desk.do(_TOPICS, service.note_state, printer, standing)
        self.bridge.ask(future, lambda _: self.refresh())

    def _not_asked(self, printer: int, error: BaseException) -> None:
        self._asked.discard(printer)
        self._show_asked()
        self.window_.show_error(error)

    # --- finding printers ---

    def _find(self) -> None:
        if self.window_.ways is None:
            self.window_.say("info", self.look.say("window.printers.none_to_ask"))
            return
        known = {(str(row.printer.transport), row.printer.address): row.printer.name for row in self.items}
        FindDialog(self.window_, self.window_.ways, known, self.write).open()

    # --- the test page ---

    @property
    def trying(self) -> bool:
        """Whether the code on a test page is awaited: then no scan goes to the bench."""
        return self._tested is not None

    def _test(self, row: PrinterRow) -> None:
        """Print the test page past the outbox, beside the window, then wait for its code."""
        ways, printer = self.window_.ways, row.printer
        if ways is None or printer.station not in ("", self._desk.station):
            self.window_.say("info", self.look.say("window.printers.none_to_ask"))
            return
        self._tested, words = printer, texts(self.look.language)
        self._say_test("soft", "window.printers.test.sending", name=printer.name)
        future = self._asking.submit(_print_test, ways, printer, words)
        self.bridge.ask(future, partial(self._test_sent, printer), partial(self._test_failed, printer))

    def _test_sent(self, printer: Printer, delivery: Delivery) -> None:
        if self._tested is not printer:
            return
        if delivery.fault is not None:
            said = sentence(self.look.words, delivery.fault.key, delivery.fault.args)
            self._say_test("error", "window.printers.test.fault", said=said)
            if not delivery.taken:
                self._tested = None
        else:
            out = "out" if delivery.out else "sent"
            self._say_test("info", f"window.printers.test.{out}", code=printer_test.code_of(printer))

    def _test_failed(self, printer: Printer, error: BaseException) -> None:
        if self._tested is printer:
            self.end_test()
        self.window_.show_error(error)

    def echo(self, scan: Any) -> None:
        """Take the code on the test page: it says whether this printer's bars can be read."""
        printer = self._tested
        if printer is None:
            return
        code = printer_test.code_of(printer)
        if scan.text.strip() == code:
            dpi = f"{printer.dpi} dpi" if printer.dpi else printer.media or "PDF"
            self._say_test("ok", "window.printers.test.read", name=printer.name, dpi=dpi)
            self.window_.sound("ok")
            self._tested = None
        else:
            self._say_test("error", "window.printers.test.other", scanned=scan.text[:40], code=code)
            self.window_.sound("refused")

    def echo_trouble(self, trouble: Any) -> None:
        """Say what came from a reader and is no scan."""
        self._say_test("error", trouble.key, reader=trouble.reader, code=trouble.text[:40])

    def _say_test(self, colour: str, key: str, **args: object) -> None:
        self._test_said = (colour, key, args)
        self._show_test()

    def _show_test(self) -> None:
        colour, key, args = self._test_said
        self.tested.setVisible(bool(key))
        if key:
            self.tested.show_as(colour, self.look.say(key, **args))

    def end_test(self) -> None:
        """Wait for no test page any more."""
        self._tested = None
        self._say_test("", "")

    def stop(self) -> None:
        """Ask nothing any more: the page is left."""
        super().stop()
        self.end_test()
