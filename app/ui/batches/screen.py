"""The batches: what went to each carrier's software, what came back, what is missing; files out and numbers in."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services import batches, carriers, numbers, release, waybills
from app.services.answers import sentence
from app.services.batches import Batch, CarrierPart, Left
from app.services.numbers import NumbersReport
from app.services.release import TakenBack
from app.services.waybills import Exported
from app.ui.batches.report import NumbersDialog
from app.ui.dialogs import Confirm, PathDialog
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.printing.history import HistoryDialog

__all__ = ["BatchesScreen"]

_COLUMNS = (
    Column("batch", 9),
    Column("at", 11),
    Column("carrier", 20),
    Column("orders", 9),
    Column("done", 9),
    Column("requested", 9),
    Column("exported", 9),
    Column("numbered", 9),
    Column("state", 23),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One carrier's part of a batch."""

    id: str
    batch: Batch
    part: CarrierPart


def _cells(look: Look, row: _Row) -> tuple[Cell, ...]:
    part = row.part
    title = carriers.short_names(look.language).get(part.carrier, look.say("window.release.no_carrier"))
    figures = ((part.done, "ok"), (part.requested, "warning"), (part.exported, "ink"), (part.numbered, "ok"))
    return (
        Cell(str(row.batch.number), bold=True),
        Cell(look.clock(row.batch.at)),
        Cell(title),
        Cell(str(part.orders), bold=True),
        *(Cell(str(number) if number else "—", ink if number else "soft") for number, ink in figures),
        Cell(pills=_state(look, part)),
    )


def _state(look: Look, part: CarrierPart) -> tuple[tuple[str, str], ...]:
    """Return what is to be done with a part."""
    say = look.say
    made = []
    if part.rejected:
        made.append((say("window.batches.rejected", count=part.rejected), "error"))
    if part.requested:
        made.append((say("window.batches.to_export"), "warning"))
    if part.missing:
        made.append((say("window.batches.missing", count=part.missing), "info"))
    if not made and part.waybills:
        made.append((say("window.batches.all_numbered"), "ok"))
    return tuple(made) or ((say("window.batches.none_needed"), "quiet"),)


class BatchesScreen(ListScreen):
    """Every release call, newest first, carrier by carrier."""

    name = "batches"
    acts = (
        Act("export", "F5", "go"),
        Act("numbers", "F6", "main"),
        Act("again", "F7"),
        Act("printed", "F8"),
        Act("unrelease", "F9"),
    )
    share = 33

    def __init__(self, window: Any, desk: Any) -> None:
        self.detail: Batch | None = None
        """The chosen batch with what is left to do in it."""
        self.busy = False
        """A file is being made or read."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"batches": Listing("window.batches.column", _COLUMNS, _cells, "window.batches.none")}

    def read(self) -> Future[Any]:
        """Read the newest batches, and the chosen one whole."""
        chosen = self.chosen()
        number = chosen.batch.number if chosen is not None else None

        def run(tx: Any) -> tuple[list[Batch], Batch | None]:
            return batches.batches(tx), batches.batch(tx, number) if number is not None else None

        return self._desk.read(run)

    def put(self, value: tuple[list[Batch], Batch | None]) -> None:
        """Show them."""
        found, self.detail = value
        self.show_rows([_Row(f"{each.number}/{part.carrier}", each, part) for each in found for part in each.parts])

    def chosen(self) -> _Row | None:
        """Return the part that is chosen."""
        rows = self.grid.rows_chosen()
        return rows[0] if rows else None

    def row_chosen(self, row: _Row | None) -> None:
        """Read another batch whole."""
        if row is not None and (self.detail is None or self.detail.number != row.batch.number):
            self.bridge.ask(self._desk.read(batches.batch, row.batch.number), self._detail_read)
        self.show_panel()

    def _detail_read(self, found: Batch) -> None:
        self.detail = found
        self.show_panel()

    def facts(self) -> list[Fact]:
        """Say how far the chosen part is, what is left in it, and which files went out."""
        say, chosen = self.look.say, self.chosen()
        if chosen is None:
            return [Fact(say("window.batches.about"))]
        part = chosen.part
        title = carriers.short_names(self.look.language).get(part.carrier, say("window.release.no_carrier"))
        made = [Fact(f"{chosen.batch.number} ・ {title}", head=True)]
        made += [
            Fact(say(f"window.batches.{name}"), str(getattr(part, name)))
            for name in ("orders", "done", "waybills", "exported", "accepted", "numbered", "attached")
        ]
        if self.detail is None or self.detail.number != chosen.batch.number:
            return made
        left = [each for each in self.detail.left if each.carrier == part.carrier]
        made += self._left("rejected", left, "error")
        made += self._left("exported", left, "info", "window.batches.missing_ones")
        files = [each for each in self.detail.exports if each.carrier == part.carrier]
        if files:
            made.append(Fact(say("window.batches.files"), head=True))
        for each in files:
            made.append(
                Fact(
                    each.file, say("window.batches.rows", count=each.rows), "" if each.state == "written" else "warning"
                )
            )
        return made

    def _left(self, state: str, left: list[Left], kind: str, key: str = "") -> list[Fact]:
        mine = [each for each in left if each.state == state]
        if not mine:
            return []
        made = [Fact(self.look.say(key or f"window.batches.{state}_ones"), str(len(mine)), kind)]
        for each in mine[:5]:
            told = " ".join(
                sentence(self.look.words, fault.key, {**dict(fault.args), "field": self.look.say(fault.field_key)})
                for fault in each.faults
            )
            made.append(Fact(f"{each.ship_number}  {told or each.reason}".strip()))
        if len(mine) > 5:
            made.append(Fact(self.look.say("window.more", count=len(mine) - 5)))
        return made

    # --- acting ---

    def act(self, name: str) -> None:
        """Export, take numbers in, export again, or take a release back."""
        say = self.look.say
        if self.busy:
            self.window_.say("info", say("window.batches.busy"))
            return
        if name == "numbers":
            self._ask_files()
            return
        chosen = self.chosen()
        if chosen is None or (name not in ("unrelease", "printed") and not chosen.part.carrier):
            self.window_.say("info", say("window.batches.choose"))
        elif name == "printed":
            number = chosen.batch.number
            title = say("board.history.batch", batch=number)
            HistoryDialog(self.window_, title, batch=number).open()
        elif name == "export":
            self._export(chosen, "")
        elif name == "again":
            text = say("window.batches.again_ask", batch=chosen.batch.number, count=chosen.part.waybills)
            title = say("window.act.again")
            Confirm(
                self.look, self.window_, title, text, title, lambda reason: self._again(chosen, reason), self.window_
            ).open()
        else:
            text = say("window.batches.unrelease_ask", batch=chosen.batch.number, count=chosen.batch.orders)
            title = say("window.act.unrelease")
            Confirm(self.look, self.window_, title, text, title, lambda _: self._take_back(chosen)).open()

    def _again(self, chosen: _Row, reason: str) -> None:
        if not reason.strip():
            self.window_.say("error", self.look.say("window.batches.reason_needed"))
            return
        self._export(chosen, reason)

    def _export(self, chosen: _Row, reason: str) -> None:
        desk: Any = self._desk
        folder = Path(self.window_.station.config.papers_folder) / chosen.part.carrier
        number, carrier = chosen.batch.number, chosen.part.carrier

        self.busy = True
        self.work(
            lambda: waybills.send(desk, carrier, folder, batch=number, reason=reason), self._exported, self._failed
        )

    def _exported(self, done: tuple[Exported, list[Path]]) -> None:
        self.busy = False
        made, paths = done
        say = self.look.say
        count = sum(each.shipments for each in made.files)
        if not paths:
            self.window_.say("warning", say("window.batches.export_none", kept=len(made.kept_out)))
            return
        if not made.files:  # they were made before, and their disk or their program failed then
            self.window_.say("ok", say("window.batches.brought_out", count=len(paths), file=str(paths[0])))
            return
        key = "window.batches.exported_some" if made.kept_out else "window.batches.exported_all"
        text = say(key, count=count, kept=len(made.kept_out), file=str(paths[0]))
        self.window_.say("warning" if made.kept_out else "ok", text)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self.window_.show_error(error)
        self.refresh()

    def _take_back(self, chosen: _Row) -> None:
        desk: Any = self._desk
        number = chosen.batch.number
        self.busy = True
        self.work(lambda: release.take_back(desk, batch=number), self._taken_back, self._failed)

    def _taken_back(self, done: TakenBack) -> None:
        self.busy = False
        say = self.look.say
        key = "window.batches.taken_back_some" if done.refused else "window.batches.taken_back"
        text = say(key, count=len(done.orders), refused=len(done.refused))
        if done.pulled:
            text += " " + say("window.attention.pulls_now", count=len(done.pulled))
        self.window_.say("warning" if done.refused or done.pulled else "ok", text)

    def _ask_files(self) -> None:
        filters = ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"]
        several = PathDialog.FileMode.ExistingFiles
        PathDialog(self.window_, self.look.say("window.act.numbers"), self.take_numbers, several, filters).open()

    def take_numbers(self, paths: list[str]) -> None:
        """Take numbers in from files that the carriers' software wrote."""
        desk: Any = self._desk

        def run() -> list[NumbersReport]:
            return [numbers.take_numbers(desk, Path(path)) for path in paths]

        self.busy = True
        self.work(run, self._numbers_taken, self._failed)

    def _numbers_taken(self, reports: list[NumbersReport]) -> None:
        self.busy = False
        NumbersDialog(self.look, self.window_, reports).open()
