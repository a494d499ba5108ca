"""Products 商品登録: every product with its picture, what is doubtful, files in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from shiboken6 import isValid

from app.domain.barcode import read as read_code
from app.domain.product_doubts import Doubt
from app.services import product_board, product_edit
from app.services.product_board import WITHOUT, BoardLine, Figures, Glance, Scanned
from app.services.products import ProductReport
from app.ui.dialogs import PathDialog
from app.ui.drop_area import files_of
from app.ui.label_dialog import LabelDialog
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.picker import FindField
from app.ui.products.doubts import DoubtBook
from app.ui.products.form import ProductForm
from app.ui.products.importing import DiffDialog
from app.ui.products.picture import PictureView
from app.ui.products.rows import (
    DOUBTS,
    PRODUCTS,
    DoubtRow,
    ProductRow,
    doubt_cells,
    house_facts,
    mend_at,
    product_cells,
    product_facts,
)
from app.ui.products.shop_files import ShopFilesDialog
from app.ui.products.unknown import UnknownCode
from app.ui.thumbs import Thumbs

__all__ = ["ProductsScreen"]

_PAGE = 200
_SOON_MS = 180
"""What is still being typed is not looked for yet."""
_FILES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_FILTERS = ("CSV, Excel (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)", "* (*)")
_PICTURE_HIGH = 112


class ProductsScreen(ListScreen):
    """The products by SKU, what is doubtful about them, and one of them beside the list."""

    name = "products"
    acts = (
        Act("product_new", "F5", "main"),
        Act("product_edit", "F6", "main"),
        Act("product_import", "F7"),
        Act("product_files", "F8"),
        Act("product_labels", "F9"),
    )
    share = 29
    pace_ms = 1500

    def __init__(self, window: Any, desk: Any) -> None:
        self.only = "all"
        """Which are listed: ``all``, ``doubts``, ``retired`` or one of what a product may lack."""
        self.kind = ""
        """The kind of doubts that is listed; empty for all."""
        self.figures = Figures()
        """How many products there are."""
        self.book = DoubtBook(window, desk)
        """What is doubtful."""
        self.book.changed.connect(self._mark)
        self._glance: Glance | None = None
        self._glanced = 0
        self._go_to: int | None = None
        """A product that is to be chosen once it is in the list."""
        self._thumbs = Thumbs(window.bridge, self._drawn)
        super().__init__(window, desk)
        self.setAcceptDrops(True)

    def lists(self) -> dict[str, Listing]:
        """Return the products, and what is doubtful."""
        return {
            "products": Listing("window.products.column", PRODUCTS, product_cells, "window.products.none", _PAGE),
            "doubts": Listing("window.products.doubt.column", DOUBTS, doubt_cells, "window.products.no_doubts", _PAGE),
        }

    def strip_widgets(self) -> None:
        """A field to find products in."""
        self.search = FindField(self.window_)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._find)
        self.search.textChanged.connect(lambda _: self._soon.start(_SOON_MS))
        self.search.entered.connect(self._to_list)
        self.search.stepped.connect(lambda _: self._to_list())
        self._top.addWidget(self.search)

    def _build(self) -> None:
        super()._build()
        for grid in self.grids.values():
            grid.tall = 58
            grid.picture_of = self._thumbs.picture
            grid.doubleClicked.connect(lambda _index: self.act("product_edit"))
            grid.pressed_in = self._pressed_in
            grid.key_pressed = self._key_in_list
            grid.restyle()
        self.picture = PictureView(self.look)
        self._side_column.insertWidget(0, self.picture)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        self.search.setPlaceholderText(self.look.say("window.products.search"))
        self.search.setFixedWidth(self.look.px(290))
        self.picture.setFixedHeight(self.look.px(_PICTURE_HIGH))
        super().render_all()

    def _to_list(self) -> None:
        """Go from the search to what it found."""
        self.search.end()
        if self._soon.isActive():
            self._soon.stop()
            self._find()
        self.grid.setFocus()
        if self.model.rows and not self.grid.rows_chosen():
            self.grid.selectRow(0)

    def _key_in_list(self, event: QKeyEvent) -> bool:
        """Enter opens the product that is chosen, a letter looks for it."""
        control = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act("product_edit")
        elif event.key() == Qt.Key.Key_F and control:
            self.search.setFocus()
            self.search.begin()
        elif not control and event.text().strip() and event.text().isprintable():
            self.search.setFocus()
            self.search.begin()
            self.search.setText(event.text())
        else:
            return False
        return True

    def _drawn(self) -> None:
        for grid in self.grids.values():
            if isValid(grid):
                grid.viewport().update()

    # --- reading ---

    def _find(self) -> None:
        """Read what was looked for; counting all products again would only take time."""
        self._count = False
        self.read_now()

    def read_now(self) -> None:
        """Read at once: a person asked for it."""
        self._rest.stop()
        self.refresh()

    def read(self) -> Future[Any]:
        """Read the first page, or as much as is listed already, and how many products there are."""
        asked = self._asked()
        limit = max(_PAGE, len(self.models["products"].rows)) if asked == self._was_asked else _PAGE
        self._was_asked = asked
        limit = min(limit, 2_000)
        known = None if self._count else self.figures
        self._count = True
        if self.showing == "doubts":
            return self._desk.read(self._read_doubts, self._listed_doubts()[:limit], known)
        return self._desk.read(self._read_page, asked, limit, known)

    _was_asked: Mapping[str, Any] | None = None
    _count = True
    """Whether the next reading counts all products, too."""

    def _asked(self) -> dict[str, Any]:
        """Return what is asked of the list of products."""
        without = self.only if self.only in WITHOUT else ""
        retired = True if self.only == "retired" else False if without or not self.search.text().strip() else None
        return {"text": self.search.text().strip(), "retired": retired, "without": without}

    @staticmethod
    def _read_page(tx: Any, asked: Mapping[str, Any], limit: int, known: Figures | None) -> tuple[Figures, list[Any]]:
        return known or product_board.figures(tx), product_board.page(tx, **asked, limit=limit)

    @staticmethod
    def _read_doubts(tx: Any, doubts: Sequence[Doubt], figures: Figures | None) -> tuple[Figures, list[Any]]:
        known = product_board.some(tx, sorted({each.product for each in doubts}))
        rows = [DoubtRow(_doubt_id(each), each, known.get(each.product)) for each in doubts]
        return figures or product_board.figures(tx), rows

    def put(self, value: tuple[Figures, list[Any]]) -> None:
        """Show what was read, and look for doubts where something changed."""
        self.figures, rows = value
        if rows and isinstance(rows[0], BoardLine):
            rows = [self._row(each) for each in rows]
        kind = DoubtRow if self.showing == "doubts" else ProductRow
        if rows and not isinstance(rows[0], kind):
            return  # another list came to the front meanwhile
        self.show_rows(rows)
        if self._go_to is not None:
            wanted, self._go_to = self._go_to, None
            self._choose(wanted)
        elif self.grid.rows_chosen():
            self._look_at_chosen()
        if self.isVisible():  # nobody is made to wait for what nobody looks at
            self.book.look((self.figures.changed_at, self.figures.sold, self.figures.retired))

    def _row(self, board: BoardLine) -> ProductRow:
        return ProductRow(board.id, board, self.book.of(board.id))

    def read_more(self) -> None:
        """Read the next page."""
        at, number = len(self.model.rows), self._wanted

        def add(rows: list[Any]) -> None:
            if number == self._wanted:
                self.model.add([self._row(each) if isinstance(each, BoardLine) else each for each in rows])

        if self.showing == "doubts":
            part = self._listed_doubts()[at : at + _PAGE]
            self.bridge.ask(self._desk.read(self._read_doubts, part, self.figures), lambda found: add(found[1]))
        else:
            self.bridge.ask(self._desk.read(product_board.page, **self._asked(), limit=_PAGE, offset=at), add)

    def _mark(self) -> None:
        """Show what is doubtful in the rows."""
        model = self.models["products"]
        model.rows[:] = [self._row(row.board) for row in model.rows]
        self.grids["products"].viewport().update()
        if self.showing == "doubts":
            self.read_now()
        self.show_panel()

    def _listed_doubts(self) -> list[Doubt]:
        return self.book.listed(self.kind, self.search.text())

    # --- choosing ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer all, those that are doubtful or lack something, those that are retired; below them kinds of doubts."""
        say, figures = self.look.say, self.figures
        if not figures.sold + figures.retired:
            return ()
        row = [("all", f"{say('window.products.only.all')} {figures.sold:,}")]
        count = "…" if self.book.all is None else f"{len(self.book.all):,}"
        row.append(("doubts", f"{say('window.products.only.doubts')} {count}"))
        for name in WITHOUT:
            number = getattr(figures, name)
            if number or self.only == name:
                row.append((name, f"{say(f'window.products.figure.{name}')} {number:,}"))
        if figures.retired or self.only == "retired":
            row.append(("retired", f"{say('window.products.only.retired')} {figures.retired:,}"))
        if self.only != "doubts" or not self.book.all:
            return (tuple(row),)
        kinds = [("", say("window.products.every_kind"))]
        kinds += [
            (kind, f"{say(f'window.products.kind.{kind}')} {number:,}") for kind, number in self.book.counts().items()
        ]
        return (tuple(row), tuple(kinds))

    def chip_chosen(self, row: int) -> str:
        """Return which are listed."""
        return self.kind if row else self.only

    def chip_tapped(self, row: int, name: str) -> None:
        """List others."""
        if row:
            self.kind = name
        else:
            self.only, self.kind = name, ""
        self._glance = None
        wanted = "doubts" if self.only == "doubts" else "products"
        if wanted != self.showing:
            self.bring(wanted)
        else:
            self.read_now()
        self.show_panel()

    def row_chosen(self, row: Any) -> None:
        """Read the product that was chosen."""
        self._glance = None
        if row is not None:
            self._look_at_chosen()
        self.show_panel()

    def _chosen(self) -> int | None:
        rows = self.grid.rows_chosen()
        if len(rows) != 1:
            return None
        return rows[0].doubt.product if isinstance(rows[0], DoubtRow) else int(rows[0].id)

    def _look_at_chosen(self) -> None:
        product = self._chosen()
        if product is None:
            return
        self._glanced += 1
        number = self._glanced

        def show(glance: Glance) -> None:
            if number == self._glanced and self._chosen() == glance.full.id:
                self._glance = glance
                self.show_panel()

        self.bridge.ask(self._desk.read(product_board.glance, product), show)

    def _choose(self, product: int) -> None:
        self.grid.clearSelection()
        self.grid.choose({product})
        self.grid.scrollTo(self.grid.currentIndex())

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say what is known of the chosen product, of all, or how to begin."""
        if not self.figures.sold + self.figures.retired:
            return [Fact(self.look.say(f"window.products.about_none.{name}")) for name in ("why", "file", "scan")]
        if self._glance is not None:
            return product_facts(self.look, self._glance)
        return house_facts(self.look, self.figures, None if self.book.all is None else self.book.counts())

    def show_panel(self) -> None:
        """Show the panel with the picture, and the chips."""
        super().show_panel()
        glance = self._glance
        self.picture.setVisible(glance is not None)
        if glance is not None:
            self.picture.show_picture(glance.full.texts.get("picture", ""), glance.full.sku)

    def fact_tapped(self, name: str) -> None:
        """Filter by what the panel names, or go to the field that is to be mended."""
        kind, _, what = name.partition(":")
        if kind == "without":
            self.chip_tapped(0, what)
        elif kind == "doubt":
            self.chip_tapped(0, "doubts")
            self.chip_tapped(1, what)
        elif self._glance is not None:
            field = mend_at(self._glance.doubts[int(what)]) if kind == "mend" else "listings"
            self.open(self._glance.full.id, field)

    # --- acting ---

    def act(self, name: str) -> None:
        """Enter or change a product, take a file in, write a shop's file, print labels."""
        if name == "product_new":
            self._form(None, {})
        elif name == "product_import":
            title = self.look.say("window.act.product_import")
            PathDialog(
                self.window_, title, lambda paths: self.look_at([Path(each) for each in paths]),
                PathDialog.FileMode.ExistingFiles, _FILTERS,
            ).open()  # fmt: skip
        elif name == "product_files":
            ShopFilesDialog(self.window_, self.refresh).open()
        elif name == "product_labels":
            self.print_labels([row.doubt.sku if isinstance(row, DoubtRow) else row.board.line.sku
                               for row in self.grid.rows_chosen()])  # fmt: skip
        elif (product := self._chosen()) is None:
            self.window_.say("info", self.look.say("window.products.choose_one"))
        elif self.window_.station.leads:
            rows = self.grid.rows_chosen()
            self.open(product, mend_at(rows[0].doubt) if isinstance(rows[0], DoubtRow) else "")

    def print_labels(self, skus: Sequence[str]) -> None:
        """Open the label dialog with these products."""
        LabelDialog(self, self._desk, "product", list(dict.fromkeys(skus))).open()

    def _pressed_in(self, row: Any, _name: str) -> None:
        if isinstance(row, DoubtRow) and self.window_.station.leads:
            self.open(row.doubt.product, mend_at(row.doubt))

    def open(self, product: int, field: str = "", texts: Mapping[str, str] | None = None, code: str = "") -> None:
        """Open a product's form.

        :param field: the one that is gone to.
        :param texts: what is entered over what is kept.
        :param code: a code that is entered beside those that it has.
        """

        def show(glance: Glance) -> None:
            given = dict(texts or {})
            if code:
                given["code"] = ";".join(filter(None, (glance.full.texts["code"], code)))
            self._form(glance, given, "code" if code else field)

        self.bridge.ask(self._desk.read(product_board.glance, product), show)

    def open_sku(self, sku: str, code: str = "") -> None:
        """Open the form of the product with a SKU."""
        self.bridge.ask(self._desk.read(product_edit.by_sku, sku), lambda product: self.open(product, code=code))

    def new(self, texts: Mapping[str, str]) -> None:
        """Open the form of a new product that begins with these texts."""
        self._form(None, texts)

    def _form(self, glance: Glance | None, texts: Mapping[str, str], field: str = "") -> None:
        form = ProductForm(self.window_, glance, texts)
        form.saved = self._saved
        form.listed = self.refresh
        form.copied = lambda copy: self._form(None, copy)
        form.labels = lambda sku: self.print_labels([sku])
        form.open()
        if field:
            form.go_to(field)

    def _saved(self, product: int, sku: str) -> None:
        self.window_.say("ok", self.look.say("window.products.saved", sku=sku))
        self.book.mended(product)
        if self.showing == "products":
            self._go_to = product
        self.read_now()

    # --- scans ---

    def scan(self, raw: str, _act: str) -> bool:
        """Show the product that a code means; what is no code of goods goes to the bench."""
        if not product_board.is_of_goods(read_code(raw)):
            return False
        self.bridge.ask(self._desk.read(product_board.scanned, raw), self._scanned)
        return True

    def _scanned(self, found: Scanned) -> None:
        if not found.products:
            self.window_.sound("refused")
            if self.window_.station.leads:
                UnknownCode(
                    self.window_, found.code, partial(self.new, {"code": found.code}),
                    lambda sku: self.open_sku(sku, found.code),
                ).open()  # fmt: skip
            else:
                self.window_.say("error", self.look.say("window.products.unknown", code=found.code))
            return
        self.window_.sound("ok")
        if self.showing != "products":
            self.showing = "products"
            self.setFocusProxy(self.grid)
        self.only, self.kind = "all", ""
        self._go_to = found.products[0]
        self._soon.stop()
        self.search.blockSignals(True)
        self.search.setText(found.code)
        self.search.blockSignals(False)
        self.read_now()
        if len(found.products) > 1:
            self.window_.say("warning", self.look.say("window.products.several", count=len(found.products)))

    # --- files ---

    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what files of products would change."""
        dialog = DiffDialog(self.window_, paths)
        dialog.taken = self._taken_in
        dialog.open()

    def _taken_in(self, report: ProductReport) -> None:
        text = self.look.say("window.products.taken_in", added=report.added, changed=report.changed)
        self.window_.say("ok", text)
        self.read_now()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of products."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what they would change."""
        paths = self._dropped(event)
        if paths:
            event.acceptProposedAction()
            self.look_at(paths)

    def _dropped(self, event: QDropEvent) -> list[Path]:
        if not self.window_.station.leads:
            return []
        return [path for path in files_of(event.mimeData()) if path.suffix.lower() in _FILES]

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        super().stop()
        self._soon.stop()
        self.book.stop()


def _doubt_id(doubt: Doubt) -> str:
    return f"{doubt.product} {doubt.kind} {doubt.args}"
