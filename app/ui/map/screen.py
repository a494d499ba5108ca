"""The map 地図: the warehouse as it is walked, what is wrong with it, and the walks of the jobs in hand."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services import warehouse
from app.services.settings import all_settings
from app.services.warehouse import MapReport, WarehouseMap
from app.ui.dialogs import PathDialog
from app.ui.floor_plan import floor_plan
from app.ui.label_dialog import LabelDialog
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.map.dialogs import ImportPreview, LayoutDialog
from app.ui.map.rows import SHELVES, TROUBLES, ShelfItem, map_facts, shelf_cells, shelf_facts, shelf_items
from app.ui.walk_map import WalkMap

__all__ = ["MapScreen"]


class MapScreen(ListScreen):
    """The drawing above, the shelves below: first those with something wrong."""

    name = "map"
    acts = (
        Act("map_import", "F5", "main"),
        Act("map_layout", "F6", "main"),
        Act("map_shelves", "F7"),
        Act("map_walks", "F8"),
        Act("map_labels", "F9"),
    )
    share = 28
    pace_ms = 700

    def __init__(self, window: Any, desk: Any) -> None:
        self.found: WarehouseMap | None = None
        """The map as read; None before the first reading."""
        self.items: list[ShelfItem] = []
        """Every shelf."""
        self.only = "trouble"
        """Which shelves are listed: ``trouble``, one of the troubles, or ``all``."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the only list."""
        return {"shelves": Listing("window.map.column", SHELVES, shelf_cells, "window.map.none")}

    def head_widgets(self) -> None:
        """The drawing, above the list."""
        self.map = WalkMap(self.look)
        self.map.choosing = True
        self.map.tapped.connect(self.choose)
        self._map_card = QFrame()
        self._map_card.setProperty("role", "card")
        inside = QVBoxLayout(self._map_card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.map)

    def _build(self) -> None:
        super()._build()
        self._left = QVBoxLayout()
        self._body.removeWidget(self._frame)
        self._left.addWidget(self._map_card, 3)
        self._left.addWidget(self._frame, 2)
        self._body.insertLayout(0, self._left, 100 - self.share)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self._left.setSpacing(self.look.px(12))
        super().render_all()
        self.map.update()

    def _show_list(self) -> None:
        """Without a map only the sentence what to do stands there; without listed shelves only the drawing."""
        super()._show_list()
        drawn = self.found is not None and bool(self.found.layout.aisles)
        self._map_card.setVisible(drawn)
        self._frame.setVisible(bool(self.model.rows) or not drawn)

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the map."""
        return self._desk.read(warehouse.warehouse_map)

    def put(self, value: WarehouseMap) -> None:
        """Show it."""
        if value != self.found:
            self.found, self.items = value, shelf_items(value) if value.shelves else []
            self.map.put(floor_plan(value.layout, value.shelves))
        self._list()

    def _list(self) -> None:
        rows = self.items
        if self.only == "trouble":
            rows = [each for each in rows if each.trouble]
        elif self.only != "all":
            rows = [each for each in rows if each.trouble == self.only]
        self.show_rows(list(rows))

    # --- choosing ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer the kinds of trouble that there are, and all shelves."""
        if not self.items:
            return ()
        say = self.look.say
        wrong = [each.trouble for each in self.items if each.trouble]
        row = [("trouble", say("window.map.only.trouble", count=len(wrong)))]
        row += [
            (name, f"{say(f'window.map.trouble.{name}')} {wrong.count(name)}") for name in TROUBLES if name in wrong
        ]
        row.append(("all", say("window.map.only.all", count=len(self.items))))
        return (tuple(row),)

    def chip_chosen(self, _row: int) -> str:
        """Return which shelves are listed."""
        return self.only

    def chip_tapped(self, _row: int, name: str) -> None:
        """List other shelves."""
        self.only = name
        self._list()

    def fact_tapped(self, name: str) -> None:
        """List the shelves that a row of the panel counts."""
        self.chip_tapped(0, name)

    def choose(self, code: str) -> None:
        """Choose a shelf, as a tap on the drawing does; it is listed then."""
        if not any(each.id == code for each in self.model.rows):
            self.only = "all"
            self._list()
        self.grid.clearSelection()
        self.grid.choose({code})
        self.grid.scrollTo(self.grid.currentIndex())

    def row_chosen(self, row: Any) -> None:
        """Frame the shelf on the drawing."""
        self.map.mark(row.id if row is not None else "")
        super().row_chosen(row)

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say how large the map is, what is wrong with it, and where the chosen shelf is."""
        if self.found is None:
            return ()
        if not self.found.shelves:
            return [Fact(self.look.say(f"window.map.about_none.{name}")) for name in ("why", "columns", "without")]
        rows = self.grid.rows_chosen()
        return shelf_facts(self.look, rows[0]) if len(rows) == 1 else map_facts(self.look, self.found)

    # --- acting ---

    def act(self, name: str) -> None:
        """Take a map in, make one, list other shelves, print labels, or go to the walks of the jobs in hand."""
        if name == "map_import":
            title, filters = (
                self.look.say("window.act.map_import"),
                ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"],
            )
            PathDialog(self.window_, title, lambda paths: self.look_at(Path(paths[0])), filters=filters).open()
        elif name == "map_layout":
            dialog = LayoutDialog(self.window_)
            dialog.replaced = self._replaced
            dialog.open()
        elif name == "map_labels":
            self._labels()
        elif name == "map_walks":
            self.window_.go("waves")
            self.window_.screens["waves"].bring("jobs")
        elif self.items:
            names = [name for name, _ in self.chips()[0]]
            self.chip_tapped(0, names[(names.index(self.only) + 1) % len(names)] if self.only in names else "all")

    def _labels(self) -> None:
        """Offer labels of the chosen shelves."""
        codes = [row.id for row in self.grid.rows_chosen()]
        if codes:
            LabelDialog(self, self._desk, "shelf", codes).open()
        else:
            self.window_.say("info", self.look.say("window.map.choose_shelves"))

    def look_at(self, path: Path) -> None:
        """Show what a file of shelves would make of the map."""
        desk: Any = self._desk
        self.window_.say("info", self.look.say("window.map.reading", file=path.name))

        def run() -> tuple[MapReport, str]:
            found = warehouse.import_map(desk, path, dry_run=True)
            return found, desk.read(all_settings).result()["map.cross"]

        self.bridge.work(run, lambda value: self._preview(path, *value))

    def _preview(self, path: Path, found: MapReport, cross: str) -> None:
        self.window_.notice.clear()
        dialog = ImportPreview(self.window_, path, found, cross)
        dialog.replaced = self._replaced
        dialog.open()

    def _replaced(self, report: MapReport) -> None:
        self.window_.say("ok", self.look.say("window.map.replaced", count=len(report.map.shelves)))
        self.only = "trouble"
        self.refresh()
