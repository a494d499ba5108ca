"""Importing products with a preview 差分の確認: what a file would change, field by field, before anything is written.

What was shown is what is imported: where the master says something else meanwhile in a field that the file changes,
nothing of it is taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.channels._products import Names, read_products
from app.channels._shop_file import product_names, translated
from app.channels._source import SourceFile, open_source
from app.domain.intake import Level, ReadOptions, level_of, problem
from app.domain.orders import Problem
from app.domain.product_texts import Difference, differences, listing_field, texts_of
from app.domain.products import IncomingProduct
from app.errors import FileUnusable, NotAllowed
from app.services import products, shop_files
from app.services.desk import Desk
from app.services.intake import Progress, of_file
from app.services.products import ProductReport
from app.services.settings import all_settings
from app.storage import listings as listings_storage
from app.storage import product_master as storage
from app.storage import products as products_storage
from app.storage.database import Transaction

__all__ = ["Compared", "Comparison", "State", "compare", "import_shown"]

_CHUNK = 400
"""Products compared in one look."""


class State(StrEnum):
    """What an import would do to a product."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Compared:
    """One product of a file beside what is stored."""

    given: IncomingProduct
    state: State
    differences: tuple[Difference, ...]
    """What will say something else; of a new product everything that is given."""
    file: int
    """Place of its file in :attr:`Comparison.files`."""


@dataclass(slots=True)
class Comparison:
    """What importing some files would do; nothing was written."""

    files: tuple[SourceFile, ...] = ()
    products: list[Compared] = field(default_factory=list)
    """In the order of the files, those that stay as they are too."""
    problems: list[Problem] = field(default_factory=list)
    """Rows and cells that cannot be used, each with its place."""
    names: Names | None = None
    """What the files call their columns; None for the documented names."""

    def count(self, state: State) -> int:
        """Return how many products are in a state."""
        return sum(each.state is state for each in self.products)

    @property
    def usable(self) -> bool:
        """Whether there is anything to import."""
        return any(each.state is not State.SAME for each in self.products)

    @property
    def errors(self) -> int:
        """Problems by which something is left out."""
        return sum(level_of(each) is Level.ERROR for each in self.problems)


def compare(
    desk: Desk,
    paths: Sequence[Path],
    mapping: str = "",
    *,
    pictures: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Return what importing product files would change; runs on a worker thread.

    :param mapping: name of a saved mapping of products, or the path of one; empty: documented columns and aliases.
    :param pictures: folder that the pictures' names start from; None for that of each file.
    :raises SettingsWrong: the mapping is wrong or not there.
    """
    table = desk.read(shop_files.mapping_of, mapping).result() if mapping else None
    settings = desk.read(all_settings).result()
    found = Comparison(names=product_names(table) if table is not None else None)
    for path in map(Path, paths):
        try:
            file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
            if table is not None:
                file = translated(file, table)
            found.files = (*found.files, file)
            for part in _parts(file, found, pictures or path.parent):
                found.products += desk.read(_compared, part, len(found.files) - 1).result()
                desk.give_way()
                if progress is not None:
                    progress(0, file.size, len(found.products))
                if cancelled():
                    return found
        except FileUnusable as error:
            found.problems.append(of_file(path, error))
    found.problems += desk.read(_unknown, found).result()
    return found


def _parts(file: SourceFile, found: Comparison, pictures: Path) -> Iterator[list[IncomingProduct]]:
    part: list[IncomingProduct] = []
    for item in read_products(file, ReadOptions(), found.names):
        if isinstance(item, Problem):
            found.problems.append(item)
            continue
        part.append(products.with_picture(pictures, item))
        if len(part) >= _CHUNK:
            yield part
            part = []
    if part:
        yield part


def _compared(tx: Transaction, part: Sequence[IncomingProduct], file: int) -> list[Compared]:
    known = products_storage.stored(tx, [given.sku for given in part])
    full = storage.full_of(tx, known.values())
    made = []
    for given in part:
        row = known.get(given.sku)
        if row is None:
            told = tuple(each for each in differences({}, texts_of(given)) if each.will_be)
            made.append(Compared(given, State.NEW, told, file))
            continue
        told = differences(texts_of(full[row.id]), texts_of(given))
        made.append(Compared(given, State.CHANGED if told else State.SAME, told, file))
    return made


def _unknown(tx: Transaction, found: Comparison) -> list[Problem]:
    """Return what a product names that neither the master nor the files have: parts of sets, shops."""
    own = {each.given.sku for each in found.products}
    asked = {sku for each in found.products for sku, _ in each.given.parts or ()} - own
    known = products_storage.by_skus(tx, sorted(asked))
    shops: dict[str, bool] = {}
    said = []
    for each in found.products:
        name, row = found.files[each.file].name, each.given.row
        unknown = [sku for sku, _ in each.given.parts or () if sku in asked and sku not in known]
        if unknown:
            said.append(problem(name, row, "parts", ", ".join(unknown), "part.unknown", set=each.given.sku))
        for shop, _ in each.given.listings:
            if shop not in shops:
                shops[shop] = len(listings_storage.shops_named(tx, shop)) == 1
            if not shops[shop]:
                said.append(problem(name, row, listing_field(shop), shop, "product.unknown_shop"))
    return said


# --- importing what was shown -------------------------------------------------------------------------------------


def import_shown(
    desk: Desk,
    shown: Comparison,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ProductReport:
    """Import exactly what a comparison showed; runs on a worker thread. Products that stay as they are are left alone.

    :raises NotAllowed: the master says something else now in a field that would change, or a product came or went
        meanwhile (``product_diff.changed_since``): nothing was written, compare again.
    """
    todo = [each for each in shown.products if each.state is not State.SAME]
    moved: list[str] = []
    for start in range(0, len(todo), _CHUNK):
        moved += desk.read(_moved, todo[start : start + _CHUNK]).result()
    if moved:
        raise NotAllowed("product_diff.changed_since", number=len(moved), skus=", ".join(moved[:5]))
    report = ProductReport(problems=list(shown.problems), usable=bool(shown.files))
    for at, file in enumerate(shown.files):
        given = [_only(each) for each in todo if each.file == at]
        checks = {each.given.sku: each for each in todo if each.file == at}

        def still(tx: Transaction, batch: Sequence[IncomingProduct], checks: dict[str, Compared] = checks) -> set[str]:
            return set(_moved(tx, [checks[one.sku] for one in batch]))

        products.take_in(desk, file, given, report, progress, cancelled, still)
    products.settle(desk, report)
    return report


def _only(shown: Compared) -> IncomingProduct:
    """Return a product without opening stock where it was known: stock is no field that was shown."""
    return shown.given if shown.state is State.NEW else replace(shown.given, opening_stock=None)


def _moved(tx: Transaction, shown: Sequence[Compared]) -> list[str]:
    """Return the SKUs of products that are no longer what was shown."""
    known = products_storage.stored(tx, [each.given.sku for each in shown])
    full = storage.full_of(tx, known.values())
    moved = []
    for each in shown:
        row = known.get(each.given.sku)
        if (row is None) != (each.state is State.NEW):
            moved.append(each.given.sku)
        elif row is not None:
            now = texts_of(full[row.id])
            if any(now.get(one.field, "") != one.was for one in each.differences):
                moved.append(each.given.sku)
    return moved
