"""The print board 印刷: every job of every station with its true state, every printer, and what may be done.

A scan of a paper's code while this screen is in front says that the paper is here: its job is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from app.domain.printing import FOLDER, PrintAct, PrintState, stands_in
from app.errors import StationError
from app.services import printing
from app.services.answers import of_error, sentence
from app.services.printing import BoardRow, PrinterLine
from app.services.printing import Shown as Seen
from app.ui.label_dialog import LabelDialog
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.machines import brief, printer_kind, printer_short
from app.ui.preview import PreviewDialog
from app.ui.printing.dialogs import ChoiceDialog, ask_reason
from app.ui.printing.printers import PrinterList, printer_words
from app.ui.printing.rows import COLUMNS, cells_of, job_facts, paper_words, state_pill, subject_words
from app.ui.printing.showing import shown_of_job

__all__ = ["PrintingScreen"]

_PAGE = 200
_TOPICS = frozenset({"printing"})
_FILTERS: dict[str, tuple[str, ...]] = {
    "open": (PrintState.WAITING, PrintState.SENT, PrintState.UNKNOWN, PrintState.FAILED),
    "unknown": (PrintState.UNKNOWN,),
    "failed": (PrintState.FAILED,),
    "all": (),
}
_MOST_OFFERED = 7
"""Printers that have a key beside the folder's."""
_FOR_ALL = ("came_out", "did_not_come", "preview", "print_again", "all_over")
"""What packers may do here too: they stand beside the printer."""
_MEANS = {
    "came_out": PrintAct.CAME_OUT,
    "did_not_come": PrintAct.DID_NOT,
    "other_printer": PrintAct.MOVE,
    "print_again": PrintAct.REPRINT,
    "give_up": PrintAct.GIVE_UP,
}
"""What the acts mean to the rules of what may be done with a job."""
_PAPER_CODES = ("KO-", "KL-")
"""What the codes on papers begin with."""


class PrintingScreen(ListScreen):
    """Jobs at the left; printers and the chosen job at the right."""

    name = "printing"
    acts = (
        Act("came_out", "F5", "go"),
        Act("did_not_come", "F6", "main"),
        Act("preview", "F7"),
        Act("other_printer", "F8"),
        Act("print_again", "F9"),
        Act("all_over", "F10"),
        Act("give_up", "F11"),
        Act("labels", "F12"),
    )
    share = 33
    pace_ms = 400

    def __init__(self, window: Any, desk: Any) -> None:
        self.filter = "open"
        """Which jobs are listed."""
        self.printer = ""
        """Id of the printer whose jobs are listed; empty for every one."""
        self.lines: tuple[PrinterLine, ...] = ()
        """The printers with what waits for them."""
        self.counts: dict[str, int] = {}
        """Jobs that are not done, by state."""
        self.last: tuple[str, str] = ("", "")
        """Kind and sentence of the last scan here."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"jobs": Listing("board.column", COLUMNS, cells_of, "board.none", _PAGE)}

    def head_widgets(self) -> None:
        """The printers, above the facts of a job; what nobody is sure of stands out."""
        self.grid.doubleClicked.connect(lambda _: self.act("preview"))
        self.model.urgent = lambda row: row.state == PrintState.UNKNOWN
        self.printers = PrinterList(self.look)
        self.printers.tapped.connect(self._tap_printer)
        self._side_column.insertWidget(0, self.printers)

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read jobs, printers and counts."""
        query = self._query()

        def run(tx: Any) -> tuple[list[BoardRow], tuple[PrinterLine, ...], dict[str, int]]:
            return list(printing.board(tx, **query)), tuple(printing.printer_lines(tx)), printing.open_counts(tx)

        return self._desk.read(run)

    def _query(self) -> dict[str, Any]:
        return {
            "states": _FILTERS[self.filter],
            "printer": int(self.printer) if self.printer else None,
            "limit": _PAGE,
        }

    def put(self, value: tuple[list[BoardRow], tuple[PrinterLine, ...], dict[str, int]]) -> None:
        """Show what was read."""
        rows, self.lines, self.counts = value
        if self.printer and self.printer not in {str(line.printer.id) for line in self.lines}:
            self.printer = ""
        self.show_rows(rows)

    def read_more(self) -> None:
        """Read the next page."""
        if not self.model.rows:
            return
        number, before = self._wanted, self.model.rows[-1].id
        future = self._desk.read(printing.board, before=before, **self._query())
        self.bridge.ask(future, lambda rows: self.model.add(list(rows)) if number == self._wanted else None)

    # --- choices and the panel ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer states, and printers where there are several."""
        say, counts = self.look.say, self.counts
        figures = {"open": sum(counts.values()), "unknown": counts.get("unknown", 0), "failed": counts.get("failed", 0)}
        states = tuple(
            (name, f"{say(f'board.filter.{name}')} {figures[name]}" if name in figures else say(f"board.filter.{name}"))
            for name in _FILTERS
        )
        if len(self.lines) < 2:
            return (states,)
        printers = tuple((str(line.printer.id), brief(line.printer.name, 22)) for line in self.lines)
        return (states, (("", say("board.every_printer")), *printers))

    def chip_chosen(self, row: int) -> str:
        """Return the filter or printer in force."""
        return self.printer if row else self.filter

    def chip_tapped(self, row: int, name: str) -> None:
        """List others."""
        if row:
            self.printer = name
        else:
            self.filter = name
        self.refresh()

    def _tap_printer(self, name: str) -> None:
        self.printer = "" if self.printer == name else name
        self.refresh()

    def facts(self) -> list[Fact]:
        """Say of the chosen job what is wrong and where it went, else of the printers what is wrong with them."""
        say = self.look.say
        rows = self.grid.rows_chosen()
        one = rows[0].printer if len(rows) == 1 else None
        mine = [line for line in self.lines if line.printer.id == one]
        # Of one job its own printer is enough: the facts need the room.
        self.printers.show_lines(mine if len(rows) == 1 else self.lines, self.printer)
        made = [Fact(self.last[1], kind=self.last[0])] if self.last[1] else []
        if len(rows) == 1:
            bad = [line.printer for line in mine if printer_kind(line.printer) == "error"]
            return [*made, *job_facts(self.look, rows[0], printer_words(self.look, bad[0]) if bad else "")]
        if rows:
            return [*made, Fact(say("board.chosen", count=len(rows)), head=True)]
        for line in self.lines:
            if printer_kind(line.printer) in ("error", "warning"):
                made.append(Fact(brief(line.printer.name, 40), head=True))
                made.append(Fact(printer_words(self.look, line.printer), kind=printer_kind(line.printer)))
                if line.waiting and line.takeover_name:
                    made.append(Fact(say("board.may_take_over", name=line.takeover_name)))
        return [*made, Fact(say("board.about")), Fact(say("board.about_scan"))]

    # --- acting ---

    def may(self, act: str) -> bool:
        """Whether the person may do an act."""
        return act in _FOR_ALL or super().may(act)

    def act(self, name: str) -> None:
        """Do one of the acts with the chosen jobs, or with a printer."""
        if name == "all_over":
            self._all_over()
            return
        if name == "labels":
            LabelDialog(self, self._desk).open()
            return
        rows = self.grid.rows_chosen()
        able = [row for row in rows if name == "preview" or _MEANS[name] in row.acts]
        if not rows:
            self.window_.say("info", self.look.say("board.choose_first"))
            return
        if not able:
            words = {"act": self.look.say(f"window.act.{name}"), "state": state_pill(self.look, rows[0])[0]}
            self.window_.say("info", self.look.say("board.not_now", **words))
            return
        rows = able
        if name == "came_out":
            self._each(rows, printing.came_out_for_sure, "board.done.came_out")
        elif name == "did_not_come":
            self._each(rows, printing.did_not, "board.done.did_not")
        elif name == "preview":
            self.show_job(rows[0])
        elif name == "print_again":
            text = self.look.say("board.ask.again", papers=self._listed(rows))
            ask_reason(
                self.window_, text, lambda reason: self._each(rows, printing.reprint_job, "board.done.again", reason)
            )
        elif name == "other_printer":
            self._other_printer(rows)
        else:
            title = self.look.say("window.act.give_up")
            text = self.look.say("board.ask.give_up", papers=self._listed(rows))
            self._ask(title, text, title, lambda: self._each(rows, printing.give_up, "board.done.give_up"))

    def _ask(self, title: str, text: str, yes: str, done: Callable[[], object]) -> None:
        """Ask once before something that others feel; answered by key."""
        ChoiceDialog(self.window_, title, text, [("yes", yes)], lambda _: done()).open()

    def _listed(self, rows: Sequence[BoardRow]) -> str:
        """Return the first few of the jobs in words."""
        look = self.look
        listed = "、" if look.language.startswith("ja") else ", "
        said = listed.join(f"{paper_words(look, row.paper)} {subject_words(look, row)}" for row in rows[:4])
        return said + ("…" if len(rows) > 4 else "")

    def _each(self, rows: Sequence[BoardRow], function: Callable[..., Any], done: str, *args: object) -> None:
        """Do the same with each of some jobs, and say it once."""
        for row in rows[:-1]:
            self.do(_TOPICS, function, row.id, *args, then=lambda _: None)
        self.do(_TOPICS, function, rows[-1].id, *args, then=lambda _: self._say(done, len(rows)))

    def _say(self, key: str, count: int) -> None:
        self.window_.say("ok", self.look.say(key, count=count))

    def _other_printer(self, rows: Sequence[BoardRow]) -> None:
        """Ask which printer it is to be: those of the same kind with the same paper first, those that are down last."""
        say = self.look.say
        now = {row.printer for row in rows}
        offered = [line for line in self.lines if line.printer.active and {line.printer.id} != now]
        here = next((line.printer for line in self.lines if line.printer.id in now), None)
        offered.sort(
            key=lambda line: (
                here is not None and not stands_in(here, line.printer),
                printer_kind(line.printer) == "error",
            )
        )
        choices = [(str(line.printer.id), self._offered(line)) for line in offered[:_MOST_OFFERED]]
        if now != {FOLDER}:
            choices.append((str(FOLDER), say("board.folder")))
        if not choices:
            self.window_.say("info", say("board.no_printers"))
            return
        text = say("board.ask.other", papers=self._listed(rows))
        ChoiceDialog(
            self.window_, say("window.act.other_printer"), text, choices,
            lambda name: self._each(rows, printing.move, "board.done.moved", int(name)),
        ).open()  # fmt: skip

    def _offered(self, line: PrinterLine) -> str:
        """Return a printer's name, and its trouble where it has any."""
        trouble = printer_kind(line.printer) in ("error", "warning")
        return brief(line.printer.name, 16) + (f"（{printer_short(self.look, line.printer)}）" if trouble else "")

    def _all_over(self) -> None:
        """Give everything of a printer that is down to the one that takes over for it."""
        say = self.look.say
        down = [line for line in self.lines if printer_kind(line.printer) == "error" and line.takeover_name]
        chosen = [line for line in self.lines if str(line.printer.id) == self.printer]
        line = next(iter(chosen or down), None)
        if line is None or not line.takeover_name:
            self.window_.say("info", say("board.no_takeover"))
            return
        other = brief(line.takeover_name, 20)
        text = say("board.ask.all_over", name=line.printer.name, other=line.takeover_name, count=line.waiting)
        self._ask(say("window.act.all_over"), text, say("board.yes_over", other=other), lambda: self._move_all(line))

    def _move_all(self, line: PrinterLine) -> None:
        def said(count: int) -> None:
            self.window_.say("ok", self.look.say("board.done.moved_all", count=count, other=line.takeover_name))

        self.do(_TOPICS, printing.move_all, line.printer.id, then=said)

    def show_job(self, row: BoardRow) -> None:
        """Show a job's paper as it comes out."""
        title = f"{paper_words(self.look, row.paper)} {subject_words(self.look, row)}"
        PreviewDialog(self.window_, title, lambda: shown_of_job(self.look, self._desk, row.id)).open()

    # --- scans ---

    def scan(self, raw: str, act: str) -> bool:
        """A paper's code says that it is here; every other code goes to the bench."""
        if not raw.strip().upper().startswith(_PAPER_CODES):
            return False
        future = self._desk.do(_TOPICS, printing.confirm_by_scan, self._desk.station, act, raw)
        self.bridge.ask(future, self._confirmed, self._not_confirmed)
        return True

    def _confirmed(self, done: Seen) -> None:
        self.last = ("ok", sentence(self.look.words, done.key, done.args))
        self.window_.sound("ok")
        self.refresh()

    def _not_confirmed(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self.window_.show_error(error)
            return
        self.last = ("error", of_error(self.look.words, error))
        self.window_.sound("refused")
        self.refresh()
