"""The price list 運賃: what each service costs from here, extras, zones, islands; a calculator; files in and out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.services import rates
from app.services.rates import Overview, RateList, RateReport
from app.ui.dialogs import PathDialog
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.rates.dialogs import QuoteDialog, RateImport
from app.ui.rates.rows import (
    EXTRAS,
    ISLANDS,
    LISTS,
    ZONES,
    Item,
    extra_cells,
    island_cells,
    list_cells,
    list_facts,
    overview_facts,
    place_words,
    service_words,
    zone_cells,
)
from app.ui.rates.table import PriceTable

__all__ = ["RatesScreen"]

_FILES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")
_KINDS = {"lists": "rates", "extras": "extras", "zones": "zones", "islands": "islands"}
"""List -> kind of its file."""


class RatesScreen(ListScreen):
    """Prices by service, and below them the table of the chosen one; extras, zones and islands are further lists."""

    name = "rates"
    acts = (
        Act("rate_import", "F5", "main"),
        Act("rate_quote", "F6", "main"),
        Act("rate_export", "F8"),
    )
    share = 28
    pace_ms = 1500

    def __init__(self, window: Any, desk: Any) -> None:
        self.found: Overview | None = None
        """What was read."""
        self.origin = ""
        """From where the table's prices are; empty: from where the shop's parcels leave."""
        super().__init__(window, desk)
        self.setAcceptDrops(True)

    def lists(self) -> dict[str, Listing]:
        """Return the four lists."""
        return {
            "lists": Listing("rates.column", LISTS, list_cells, "window.rates.none"),
            "extras": Listing("rates.column", EXTRAS, extra_cells, "window.rates.none_extras"),
            "zones": Listing("rates.column", ZONES, zone_cells, "window.rates.none_zones"),
            "islands": Listing("rates.column", ISLANDS, island_cells, "window.rates.none_islands"),
        }

    def _build(self) -> None:
        super()._build()
        self.table = PriceTable(self.look)
        inside = self._frame.layout()
        assert inside is not None
        inside.addWidget(self.table)
        for grid in self.grids.values():
            inside.setStretchFactor(grid, 2)  # type: ignore[attr-defined]
        inside.setStretchFactor(self.table, 3)  # type: ignore[attr-defined]

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read everything that is laid down."""
        return self._desk.read(rates.overview)

    def put(self, value: Overview) -> None:
        """Show it."""
        self.found = value
        self._list()

    def _list(self) -> None:
        found = self.found
        if found is None:
            return
        rows: Sequence[Any] = {
            "lists": found.lists, "extras": found.extras, "zones": found.zones, "islands": found.islands
        }[self.showing]  # fmt: skip
        self.show_rows([Item(_identity(each), each) for each in rows])
        if self.showing == "lists" and rows and not self.grid.rows_chosen():
            first = next((each for each in found.lists if each.now), found.lists[0])
            self.grid.choose({_identity(first)})
            self.show_panel()

    # --- choosing ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer the lists, and for the table from where prices are shown."""
        found, say = self.found, self.look.say
        if found is None:
            return ()
        counts = {"lists": len(found.lists), "extras": len(found.extras), "zones": len(found.zones),
                  "islands": len(found.islands)}  # fmt: skip
        rows = [tuple((name, say(f"window.rates.show.{name}", count=count)) for name, count in counts.items())]
        chosen = self._list_chosen()
        if chosen is not None and len(origins := rates.origins_of(chosen)) > 1:
            froms = tuple((each, say("window.rates.from", zone=place_words(self.look, each))) for each in origins)
            rows.append(froms)
        return rows

    def chip_chosen(self, row: int) -> str:
        """Return which list is in front, or from where prices are shown."""
        return self._from() if row else self.showing

    def chip_tapped(self, row: int, name: str) -> None:
        """Bring another list to the front, or show prices from elsewhere."""
        if row:
            self.origin = name
            self.show_panel()
        else:
            self.bring(name)
            self._list()

    def _list_chosen(self) -> RateList | None:
        rows = self.grid.rows_chosen() if self.showing == "lists" else []
        value = rows[0].value if len(rows) == 1 else None
        return value if isinstance(value, RateList) else None

    def _from(self) -> str:
        chosen, found = self._list_chosen(), self.found
        if chosen is None or found is None:
            return ""
        origins = rates.origins_of(chosen)
        here = (self.origin, found.origin, found.zone(chosen.carrier))
        return next((each for each in here if each in origins), origins[0])

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say what belongs to the chosen list, and what holds for all; or how to begin."""
        self._show_table()
        found = self.found
        if found is None:
            return ()
        if not found.lists:
            about = [Fact(self.look.say(f"window.rates.about.{name}")) for name in ("why", "columns", "choose")]
            return [*about, *overview_facts(self.look, found)]
        chosen = self._list_chosen()
        mine = list_facts(self.look, chosen, found) if chosen is not None else []
        return [*mine, Fact(self.look.say("window.rates.all"), head=True), *overview_facts(self.look, found)]

    def _show_table(self) -> None:
        chosen = self._list_chosen()
        self.table.setVisible(chosen is not None)
        if chosen is not None:
            here = self._from()
            words = " ".join(service_words(self.look, chosen.carrier, chosen.service))
            title = self.look.say("window.rates.table", service=words, zone=place_words(self.look, here))
            self.table.show_grid(rates.grid_of(chosen, here), title)

    # --- acting ---

    def act(self, name: str) -> None:
        """Take a file in, work a price out, write a file."""
        if name == "rate_import":
            title = self.look.say("window.act.rate_import")
            filters = ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"]
            PathDialog(self.window_, title, lambda paths: self.look_at(Path(paths[0])), filters=filters).open()
        elif name == "rate_quote":
            QuoteDialog(self.window_).open()
        else:
            self.export()

    def look_at(self, path: Path) -> None:
        """Show what a file would change in the list in front."""
        dialog = RateImport(self.window_, path, _KINDS[self.showing])
        dialog.written = self._taken_in
        dialog.open()

    def _taken_in(self, report: RateReport) -> None:
        text = self.look.say("window.rates.taken_in", added=len(report.added), changed=len(report.changed))
        self.window_.say("ok", text)
        self.refresh()

    def export(self) -> None:
        """Write the list in front into the papers folder, in the form in which it is taken in."""
        folder, kind = Path(self.window_.station.config.papers_folder), _KINDS[self.showing]

        def write(data: bytes) -> str:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{kind}.csv"
            path.write_bytes(data)
            return str(path)

        def read(data: bytes) -> None:
            self.bridge.work(lambda: write(data), lambda path: self.window_.say(
                "ok", self.look.say("window.rates.exported", path=path)
            ))  # fmt: skip

        self.bridge.ask(self._desk.read(rates.export, kind), read)

    # --- files that are dropped ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of the list in front."""
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


def _identity(value: Any) -> str:
    if isinstance(value, RateList):
        return f"{value.carrier}/{value.service}/{value.valid_from}"
    return repr(value)
