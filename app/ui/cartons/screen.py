"""The cartons 箱: what there is, what it costs, what is running out, what packers do not want."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.domain.label_forms import LabelForm
from app.services import carton_list, papers
from app.services.carton_list import CartonReport, CartonRow
from app.text import texts
from app.ui.cartons.dialogs import CartonDialog, ImportPreview
from app.ui.cartons.rows import CARTONS, CartonItem, carton_cells, carton_facts, list_facts
from app.ui.dialogs import PathDialog
from app.ui.listing import Act, Fact, Listing, ListScreen

__all__ = ["CartonsScreen"]

_FILES = (".csv", ".txt", ".tsv", ".xlsx")
_LABELS_FILE = "cartons.pdf"


class CartonsScreen(ListScreen):
    """The list from the smallest carton to the largest, and beside it what is to be known of one."""

    name = "cartons"
    acts = (
        Act("carton_import", "F5", "main"),
        Act("carton_new", "F6", "main"),
        Act("carton_edit", "F7"),
        Act("carton_labels", "F8"),
    )
    share = 28
    pace_ms = 1500

    def __init__(self, window: Any, desk: Any) -> None:
        self.items: list[CartonItem] = []
        """Every carton, those too that are proposed no longer."""
        self.only = "used"
        """Which are listed: ``used``, ``low`` or ``all``."""
        super().__init__(window, desk)
        self.setAcceptDrops(True)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"cartons": Listing("window.cartons.column", CARTONS, carton_cells, "window.cartons.none")}

    def _build(self) -> None:
        super()._build()
        self.grid.doubleClicked.connect(lambda _index: self.edit())

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the list."""
        return self._desk.read(carton_list.page, retired=True)

    def put(self, value: list[CartonRow]) -> None:
        """Show it."""
        self.items = [CartonItem(row.carton.code, row) for row in value]
        self._list()

    def _list(self) -> None:
        rows = self.items
        if self.only == "low":
            rows = [each for each in rows if each.row.carton.is_low]
        elif self.only == "used":
            rows = [each for each in rows if not each.row.carton.retired]
        self.show_rows(list(rows))

    # --- choosing ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer those in use, those that are running out, and all."""
        if not self.items:
            return ()
        say = self.look.say
        kept = [each for each in self.items if not each.row.carton.retired]
        low = sum(each.row.carton.is_low for each in kept)
        row = [("used", say("window.cartons.only.used", count=len(kept)))]
        if low or self.only == "low":
            row.append(("low", say("window.cartons.only.low", count=low)))
        row.append(("all", say("window.cartons.only.all", count=len(self.items))))
        return (tuple(row),)

    def chip_chosen(self, _row: int) -> str:
        """Return which are listed."""
        return self.only

    def chip_tapped(self, _row: int, name: str) -> None:
        """List others."""
        self.only = name
        self._list()

    def fact_tapped(self, name: str) -> None:
        """Choose the carton that a row of the panel names."""
        if not any(each.id == name for each in self.model.rows):
            self.only = "used"
            self._list()
        self.grid.clearSelection()
        self.grid.choose({name})
        self.grid.scrollTo(self.grid.currentIndex())

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say what is to be known of the chosen carton, of all, or how to begin."""
        if not self.items:
            return [Fact(self.look.say(f"window.cartons.about_none.{name}")) for name in ("why", "columns", "without")]
        rows = self.grid.rows_chosen()
        return carton_facts(self.look, rows[0]) if len(rows) == 1 else list_facts(self.look, self.items)

    # --- acting ---

    def act(self, name: str) -> None:
        """Take a list in, enter or change a carton, print labels."""
        if name == "carton_import":
            title, filters = (
                self.look.say("window.act.carton_import"),
                ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"],
            )
            PathDialog(self.window_, title, lambda paths: self.look_at(Path(paths[0])), filters=filters).open()
        elif name == "carton_new":
            self._open(CartonDialog(self.window_, None))
        elif name == "carton_edit":
            self.edit()
        else:
            self.print_labels()

    def edit(self) -> None:
        """Open the chosen carton; without one, say that one is to be chosen."""
        rows = self.grid.rows_chosen()
        if len(rows) != 1:
            self.window_.say("info", self.look.say("window.cartons.choose_one"))
        elif self.window_.station.leads:
            self._open(CartonDialog(self.window_, rows[0].row.carton))

    def _open(self, dialog: CartonDialog) -> None:
        dialog.saved = self._saved
        dialog.open()

    def _saved(self, code: str) -> None:
        self.window_.say("ok", self.look.say("window.cartons.saved", code=code))
        self.refresh()

    def look_at(self, path: Path) -> None:
        """Show what a file of cartons would change."""
        desk: Any = self._desk
        self.window_.say("info", self.look.say("window.cartons.reading", file=path.name))
        self.bridge.work(
            lambda: carton_list.import_cartons(desk, path, dry_run=True), lambda found: self._preview(path, found)
        )

    def _preview(self, path: Path, found: CartonReport) -> None:
        self.window_.notice.clear()
        dialog = ImportPreview(self.window_, path, found)
        dialog.written = self._taken_in
        dialog.open()

    def _taken_in(self, report: CartonReport) -> None:
        text = self.look.say("window.cartons.taken_in", added=len(report.added), changed=len(report.changed))
        self.window_.say("ok", text)
        self.refresh()

    def print_labels(self) -> None:
        """Write labels of the chosen cartons, or of all, as a PDF into the papers folder."""
        codes = [each.id for each in self.grid.rows_chosen()]
        words, folder = texts(self.look.language), Path(self.window_.station.config.papers_folder)

        def make(tx: Any) -> str:
            labels = carton_list.labels_of(tx, codes)
            if not labels:
                return ""
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / _LABELS_FILE
            path.write_bytes(papers.place_labels(labels, words, LabelForm.A4_10, qr=True).pdf)
            return str(path)

        self.bridge.ask(self._desk.read(make), self._printed)

    def _printed(self, path: str) -> None:
        if path:
            self.window_.say("ok", self.look.say("window.people.printed", path=path))
        else:
            self.window_.say("info", self.look.say("window.cartons.none"))

    # --- files that are dropped ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of a list."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what it would change."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile() or not self.window_.station.leads:
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in _FILES else None
