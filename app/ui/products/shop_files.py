"""Files for shops: written by a mapping, and what the shop refused read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout
from shiboken6 import isValid

from app.domain.intake import placeholders
from app.errors import StationError
from app.services import shop_files
from app.services.answers import of_error
from app.services.settings import shop_list
from app.services.shop_files import ErrorsRead, Sent, ShopFileRow
from app.ui.dialogs import Dialog, PathDialog, button, label
from app.ui.fields import Segments
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import Picker

__all__ = ["ShopFilesDialog"]

_FILES = (
    Column("at", 13), Column("shop", 18), Column("kind", 10), Column("file", 31), Column("rows", 8),
    Column("errors", 9), Column("state", 11),
)  # fmt: skip
_RESULTS = (Column("code", 22), Column("sku", 20), Column("why", 58))
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class _Result:
    id: int
    code: str
    sku: str
    why: str
    kind: str


class ShopFilesDialog(Dialog):
    """Writes a file for a shop, reads the shop's errors, and lists the files there were."""

    def __init__(self, window: Any, changed: Any = lambda: None) -> None:
        """*window* is the main window; *changed* is called when listings were sent or refused."""
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.products.files.title"))
        self._window, self._desk, self._changed = window, window.desk, changed
        self.folder = Path(window.station.config.papers_folder) / "shops"
        """Where files are written."""
        self.shop = Picker(window, "window.products.files.shop")
        self.mapping = Picker(window, "window.products.files.mapping")
        self.every = Segments(look)
        self.every.offer(tuple((each, say(f"window.products.files.every.{each}")) for each in ("no", "yes")), "no")
        self.folder_button = button("", "", self._ask_folder)
        pad = look.px(20)
        self.column.setContentsMargins(pad, look.px(16), pad, look.px(16))
        self.column.setSpacing(look.px(12))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        parts = (("shop", self.shop), ("mapping", self.mapping), ("every", self.every), ("folder", self.folder_button))
        for at, (name, part) in enumerate(parts):
            grid.addWidget(label(say(f"window.products.files.{name}"), "soft"), at // 2, at % 2 * 2)
            grid.addWidget(part, at // 2, at % 2 * 2 + 1)
        self.column.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        self.write_button = button(f"{say('window.products.files.write')} F8", "go", self.write)
        self.errors_button = button(f"{say('window.products.files.errors_read')} F9", "main", self.ask_errors)
        row.addWidget(self.write_button)
        row.addWidget(self.errors_button)
        row.addStretch(1)
        self.sample_button = button(say("window.products.files.sample"), "", self.save_example)
        self.add_button = button(say("window.products.files.add"), "", self.ask_mapping)
        row.addWidget(self.sample_button)
        row.addWidget(self.add_button)
        self.column.addLayout(row)
        self.said = Para(look, 17)
        self.column.addWidget(self.said)
        self.said.hide()
        result = GridModel(look, "window.products.files.result.column", _RESULTS, self._result_cells, parent=self)
        self.results = Grid(look, result)
        """What was left out, or refused."""
        self.column.addWidget(self.results, 1)
        self.results.hide()
        self.column.addWidget(label(say("window.products.files.before"), "section"))
        model = GridModel(look, "window.products.files.column", _FILES, partial(_file_cells, look), parent=self)
        self.files = Grid(look, model)
        """The files there were, the newest first."""
        self.column.addWidget(self.files, 1)
        self.empty = Para(look, 17, "soft", align="centre")
        self.empty.setText(say("window.products.files.none"))
        self.column.addWidget(self.empty, 1)
        self.foot(button(say("window.close"), "", self.reject))
        self.resize(min(look.px(1180), window.width() - 32), min(look.px(700), window.height() - 32))
        self._name_folder()
        self._read()

    # --- reading ---

    def _read(self) -> None:
        def read(tx: Any) -> tuple[Any, Any, Any]:
            return shop_list(tx), shop_files.mapping_names(tx), shop_files.page(tx, limit=_MOST_FILES)

        self._window.bridge.ask(self._desk.read(read), lambda found: self._show(*found) if isValid(self) else None)

    def _show(self, shops: Sequence[Any], names: Sequence[tuple[str, str]], files: list[ShopFileRow]) -> None:
        say = self.look.say
        offered = [(str(each.id), f"{each.name} ({each.channel})") for each in shops]
        if offered:
            known = dict(offered)
            self.shop.offer(offered, self.shop.value if self.shop.value in known else offered[0][0])
        mappings = [(name, f"{name} ({say(f'window.products.files.kind.{kind}')})") for kind, name in names]
        mappings.append((shop_files.EXAMPLE, say("window.products.files.example")))
        known = dict(mappings)
        self.mapping.offer(mappings, self.mapping.value if self.mapping.value in known else mappings[0][0])
        for each in (self.write_button, self.errors_button):
            each.setEnabled(bool(offered))
        if not offered:
            self._say("info", say("window.products.listing.no_shop"))
        self.files.model_.put(files)
        self.files.setVisible(bool(files))
        self.empty.setVisible(not files)

    def _name_folder(self) -> None:
        self.folder_button.setText(str(self.folder).replace("&", "&&"))
        self.folder_button.setToolTip(str(self.folder))

    def _ask_folder(self) -> None:
        def take(paths: list[str]) -> None:
            self.folder = Path(paths[0])
            self._name_folder()

        mode = PathDialog.FileMode.Directory
        PathDialog(self._window, self.look.say("window.products.files.folder"), take, mode, parent=self).open()

    # --- what came of it ---

    def _say(self, kind: str, text: str) -> None:
        self.said.show_as(kind, text)
        self.said.setVisible(bool(text))

    def _list(self, rows: list[_Result]) -> None:
        self.results.model_.put(rows)
        self.results.setVisible(bool(rows))

    def _result_cells(self, row: _Result) -> tuple[Cell, ...]:
        return (
            Cell(row.code, ends=True, mark=row.kind),
            Cell(row.sku, "soft", ends=True),
            Cell(row.why, row.kind, least=11, lines=2, tip=row.why),
        )

    def _failed(self, error: BaseException) -> None:
        if not isValid(self) or not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self._list([])
        self._say("error", of_error(self.look.words, error))
        self._idle(True)

    def _idle(self, idle: bool) -> None:
        for each in (self.write_button, self.errors_button):
            each.setEnabled(idle)

    # --- writing ---

    def write(self) -> None:
        """Bring the shop's file to the disk."""
        if not self.shop.value or not self.write_button.isEnabled():
            return
        desk, shop, mapping, folder = self._desk, int(self.shop.value), self.mapping.value, self.folder
        every = self.every.value == "yes"
        self._idle(False)
        self._say("info", self.look.say("window.products.files.writing"))

        def run() -> Sent:
            return shop_files.write(desk, shop, mapping, folder, every=every)

        self._window.bridge.work(run, self._written, self._failed)

    def _written(self, sent: Sent) -> None:
        self._changed()
        if not isValid(self):
            return
        say = self.look.say
        self._idle(True)
        left = [
            _Result(number, each.code, each.sku, say(each.why), "warning") for number, each in enumerate(sent.left_out)
        ]
        self._list(left)
        if sent.paths:
            names = say("list.comma").join(path.name for path in sent.paths)
            kind = "warning" if left else "ok"
            self._say(kind, say("window.products.files.written", rows=sent.rows, same=sent.same, file=names))
        else:
            self._say("info", say("window.products.files.nothing_new", same=sent.same))
        self._read()

    # --- mappings ---

    def save_example(self) -> None:
        """Write the example of a mapping into the folder, to make one's own from."""
        folder = self.folder

        def said(path: Path) -> None:
            if isValid(self):
                self._say("ok", self.look.say("window.products.files.sampled", path=path))

        self._window.bridge.work(lambda: shop_files.save_example(folder), said, self._failed)

    def ask_mapping(self) -> None:
        """Ask for the file of a mapping."""
        title = self.look.say("window.products.files.add")
        PathDialog(
            self._window, title, lambda paths: self.add_mapping(Path(paths[0])), filters=["TOML (*.toml)"], parent=self
        ).open()

    def add_mapping(self, path: Path) -> None:
        """Keep a mapping of products or stock."""
        desk = self._desk

        def said(name: str) -> None:
            if isValid(self):
                self.mapping.value = name
                self._list([])
                self._say("ok", self.look.say("window.products.files.added", name=name))
                self._read()

        self._window.bridge.work(lambda: shop_files.add_mapping(desk, path), said, self._failed)

    # --- errors ---

    def ask_errors(self) -> None:
        """Ask for the shop's file of errors."""
        title = self.look.say("window.products.files.errors_read")
        filters = ["CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xls *.ods)", "* (*)"]
        PathDialog(
            self._window, title, lambda paths: self.read_errors(Path(paths[0])), filters=filters, parent=self
        ).open()

    def read_errors(self, path: Path) -> None:
        """Read what the shop refused."""
        desk, shop, mapping = self._desk, int(self.shop.value), self.mapping.value
        self._idle(False)
        self._window.bridge.work(
            lambda: shop_files.read_errors(desk, path, shop, mapping), self._refused_ones, self._failed
        )

    def _refused_ones(self, found: ErrorsRead) -> None:
        self._changed()
        if not isValid(self):
            return
        say = self.look.say
        self._idle(True)
        rows = [_Result(number, each.code, each.sku, each.reason, "error") for number, each in enumerate(found.refused)]
        rows += [
            _Result(len(rows) + number, each.value, "–", say(each.key, **placeholders(each)), "warning")
            for number, each in enumerate(found.problems)
        ]
        self._list(rows)
        kind = "warning" if rows else "ok"
        self._say(kind, say("window.products.files.errors", file=found.file, count=len(found.refused)))
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 writes, F9 reads errors."""
        if event.key() == Qt.Key.Key_F8:
            self.write()
        elif event.key() == Qt.Key.Key_F9 and self.errors_button.isEnabled():
            self.ask_errors()
        else:
            super().keyPressEvent(event)


def _file_cells(look: Look, row: ShopFileRow) -> tuple[Cell, ...]:
    say, errors = look.say, f"{row.errors:,}" if row.errors else "–"
    return (
        Cell(look.clock(row.at)),
        Cell(row.shop_name, least=11),
        Cell(say(f"window.products.files.kind.{row.kind}"), "soft"),
        Cell(row.file, ends=True),
        Cell(f"{row.rows:,}", right=True),
        Cell(errors, "error" if row.errors else "soft", right=True, bold=bool(row.errors)),
        Cell(pills=((say(f"window.products.files.state.{row.state}"), "ok" if row.state == "written" else "warning"),)),
    )
