"""Product master 商品マスタ: taking in product files, showing products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from app.channels._products import read_products
from app.channels._source import SourceFile, open_source
from app.domain.gtin import is_digits
from app.domain.intake import ReadOptions, problem
from app.domain.orders import Problem
from app.domain.products import IncomingProduct
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import FileUnusable
from app.services import acts
from app.services.desk import Desk
from app.services.intake import Progress, of_file, plain_problem
from app.services.sets import free_waiting
from app.services.settings import all_settings
from app.storage import packing as packing_storage
from app.storage import products as storage
from app.storage.database import Transaction
from app.storage.products import ProductRow, page, show

__all__ = ["ProductReport", "ProductRow", "by_code", "import_products", "number_of", "page", "picture_path", "show"]

_CHUNK = 40
"""Products in one transaction."""


@dataclass(slots=True)
class ProductReport:
    """What a product import did."""

    added: int = 0
    changed: int = 0
    stocked: int = 0
    """Products whose opening stock was booked."""
    problems: list[Problem] = field(default_factory=list)
    usable: bool = False
    stopped: bool = False

    def plain(self, say: Callable[[Problem], str]) -> dict[str, object]:
        """Return it as plain values; *say* makes a problem's sentence."""
        return {
            "products": {"added": self.added, "changed": self.changed, "stocked": self.stocked},
            "problems": [plain_problem(found, say(found)) for found in self.problems],
        }


def number_of(tx: Transaction) -> int:
    """Return how many products there are."""
    return storage.number_of(tx)


def by_code(tx: Transaction, code: str) -> ProductRow | None:
    """Return a product that has the code, as printed or as stored."""
    return storage.by_code(tx, code) or (storage.by_code(tx, code.zfill(14)) if is_digits(code) else None)


def picture_path(picture: str) -> Path | None:
    """Return the picture's file where there is one."""
    path = Path(picture)
    return path if picture and path.is_file() else None


def import_products(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ProductReport:
    """Take in product files; runs on a worker thread. A file may be read again: it changes, it never doubles."""
    settings = desk.read(all_settings).result()
    report = ProductReport()
    for path in paths:
        try:
            file = open_source(Path(path), max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
            _take_in(desk, file, report, progress, cancelled)
            report.usable = True
        except FileUnusable as error:
            report.problems.append(of_file(Path(path), error))
    return report


def _take_in(
    desk: Desk,
    file: SourceFile,
    report: ProductReport,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> None:
    batch: list[IncomingProduct] = []
    seen = 0

    def flush() -> None:
        if not batch:
            return
        topics = frozenset({"products", "orders"})
        done = desk.chunk(topics, _chunk, desk.station, file, tuple(batch), str(uuid4())).result()
        report.added += done.added
        report.changed += done.changed
        report.stocked += done.stocked
        told = {each.value.zfill(14) for each in report.problems if each.key.startswith("code.on_")}
        report.problems += [each for each in done.problems if each.value not in told]
        batch.clear()

    for item in read_products(file, ReadOptions()):
        if isinstance(item, Problem):
            report.problems.append(item)
            continue
        batch.append(item)
        seen += 1
        if len(batch) >= _CHUNK:
            flush()
            if progress is not None:
                progress(0, file.size, seen)
            if cancelled():
                report.stopped = True
                return
    flush()


def _chunk(
    tx: Transaction, station: str, file: SourceFile, batch: tuple[IncomingProduct, ...], act: str
) -> ProductReport:
    """Take in some products in one transaction and return what that did."""
    done = ProductReport()
    state = acts.begin(tx, station, act)
    if state is None:
        return done
    for given in batch:
        product, new = storage.save(tx, _with_picture(file, given))
        done.added += new
        done.changed += not new
        done.stocked += _open_stock(tx, act, product, given)
    codes = [code.code for given in batch for code in given.codes or ()]
    for code, skus in storage.with_code(tx, codes).items():
        if len(skus) > 1:
            rows = [given.row for given in batch if any(c.code == code for c in given.codes or ())]
            found = problem(file.name, rows[0], "code", code, "code.on_known_products", skus=", ".join(skus))
            done.problems.append(found)
    free_waiting(tx, [given.sku for given in batch])
    acts.end(tx, state, act, "products", {"file": file.name, "skus": [given.sku for given in batch]})
    return done


def _with_picture(file: SourceFile, given: IncomingProduct) -> IncomingProduct:
    """A picture is named relative to its product file; what is stored is where it lies now."""
    if not given.picture:
        return given
    return replace(given, picture=str((file.path.parent / given.picture).resolve()))


def _open_stock(tx: Transaction, act: str, product: int, given: IncomingProduct) -> bool:
    """Opening stock is booked once, before the product's first move; afterwards the ledger knows better."""
    if not given.opening_stock or storage.has_moves(tx, product):
        return False
    row = storage.show(tx, product)
    place = shelf_place(row.shelf if row else "")
    packing_storage.book(tx, act, None, [Move(product, given.opening_lot, SUPPLIER, place, given.opening_stock)])
    return True
