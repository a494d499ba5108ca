"""Product master 商品マスタ: taking in product files, showing products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from app.channels._products import column_name, read_products
from app.channels._source import SourceFile, open_source
from app.domain.bench import Details
from app.domain.gtin import is_digits
from app.domain.intake import ReadOptions, problem
from app.domain.lots import ledger_lot
from app.domain.orders import Problem
from app.domain.products import IncomingProduct, sku_fold
from app.domain.sets import DEEPEST, cycle_of, layers_of
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import FileUnusable
from app.services import acts, alikes, gate, reservation, sets
from app.services.desk import Desk
from app.services.intake import Progress, of_file, plain_problem
from app.services.settings import all_settings
from app.storage import carton_plans as carton_plans_storage
from app.storage import lots as lots_storage
from app.storage import packing as packing_storage
from app.storage import products as storage
from app.storage import sets as sets_storage
from app.storage.database import Transaction
from app.storage.products import ProductRow, page, show

__all__ = ["ProductReport", "ProductRow", "by_code", "import_products", "number_of", "page", "picture_path", "show"]

_CHUNK = 40
"""Products in one transaction."""
_TOPICS = frozenset({"products", "orders"})


@dataclass(slots=True)
class ProductReport:
    """What a product import did."""

    added: int = 0
    changed: int = 0
    stocked: int = 0
    """Products whose opening stock was booked."""
    reread: int = 0
    """Orders whose lines mean other goods now: unknown ones became known, sets or option texts changed."""
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
    pictures: Path | None = None,
) -> ProductReport:
    """Take in product files; runs on a worker thread. A file may be read again: it changes, it never doubles.

    :param pictures: folder that the pictures' names start from; None for that of each file.
    """
    settings = desk.read(all_settings).result()
    report = ProductReport()
    for path in paths:
        try:
            file = open_source(Path(path), max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
            _take_in(desk, file, report, progress, cancelled, pictures)
            report.usable = True
        except FileUnusable as error:
            report.problems.append(of_file(Path(path), error))
    if report.stocked or report.reread:
        reservation.reserve_waiting(desk)
    if report.added or report.changed:
        alikes.settle(desk)
    return report


def _take_in(
    desk: Desk,
    file: SourceFile,
    report: ProductReport,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    pictures: Path | None,
) -> None:
    batch: list[IncomingProduct] = []
    with_parts: list[IncomingProduct] = []
    news = _News()
    seen = 0

    def flush() -> None:
        if not batch:
            return
        done = desk.chunk(_TOPICS, _chunk, desk.station, file, tuple(batch), str(uuid4())).result()
        report.added += done.report.added
        report.changed += done.report.changed
        report.stocked += done.report.stocked
        told = {each.value.zfill(14) for each in report.problems if each.key.startswith("code.on_")}
        report.problems += [each for each in done.report.problems if each.value not in told]
        news.add(done)
        with_parts.extend(given for given in batch if given.parts)
        batch.clear()

    for item in read_products(file, ReadOptions()):
        if isinstance(item, Problem):
            report.problems.append(item)
            continue
        batch.append(_with_picture(pictures or file.path.parent, item))
        seen += 1
        if len(batch) >= _CHUNK:
            flush()
            if progress is not None:
                progress(0, file.size, seen)
            if cancelled():
                report.stopped = True
                break
    if not report.stopped:
        flush()
        # Parts may stand further down in the file than their set.
        for start in range(0, len(with_parts), _CHUNK):
            part = tuple(with_parts[start : start + _CHUNK])
            done = desk.chunk(_TOPICS, _tie_parts, desk.station, file, part, str(uuid4())).result()
            report.problems += done.report.problems
            news.add(done)
    report.reread += _read_orders_again(desk, news)


@dataclass(slots=True)
class _News:
    """What a product import brought that orders may have waited for."""

    skus: set[str] = field(default_factory=set)
    """Codes that are known now: SKUs, and shops' codes with option texts."""
    products: set[int] = field(default_factory=set)
    """Products that are something else in an order now: sets whose parts changed, codes with other option texts."""
    judged: set[int] = field(default_factory=set)
    """Products whose orders the gate judges otherwise now: temperature, day of sale, size."""
    report: ProductReport = field(default_factory=ProductReport)

    def add(self, other: _News) -> None:
        """Take another chunk's news in."""
        self.skus |= other.skus
        self.products |= other.products
        self.judged |= other.judged


def _read_orders_again(desk: Desk, news: _News) -> int:
    """Read the lines of waiting orders again, in chunks beside the scans; return how many came out otherwise."""
    waiting: list[int] = desk.read(_orders_for, news).result()
    changed = 0
    for start in range(0, len(waiting), _CHUNK):
        part = waiting[start : start + _CHUNK]
        changed += desk.chunk(_TOPICS, _reread, desk.station, part, str(uuid4())).result()
    judged: list[int] = desk.read(sets_storage.open_with, news.judged, or_sets=False).result()
    for start in range(0, len(judged), _CHUNK):
        desk.chunk(_TOPICS, gate.recheck, desk.station, str(uuid4()), judged[start : start + _CHUNK]).result()
    return changed


def _orders_for(tx: Transaction, news: _News) -> list[int]:
    found = sets_storage.waiting_for(tx, map(sku_fold, news.skus))
    return list(dict.fromkeys([*found, *sets_storage.open_with(tx, news.products)]))


def _reread(tx: Transaction, station: str, orders: Sequence[int], act: str) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    changed = sets.reread(tx, orders)
    gate.rejudge(tx, act, changed)
    acts.end(tx, state, act, "reread", {"orders": changed}, result=len(changed))
    return len(changed)


def _tie_parts(tx: Transaction, station: str, file: SourceFile, batch: tuple[IncomingProduct, ...], act: str) -> _News:
    """Say what some sets consist of, now that every product of the file is known."""
    news = _News()
    state = acts.begin(tx, station, act)
    if state is None:
        return news
    asked = [sku for given in batch for sku, _ in given.parts or ()]
    known = storage.by_skus(tx, list(dict.fromkeys([*asked, *(given.sku for given in batch)])))
    skus = dict(known.values())
    graph = sets_storage.all_parts(tx)
    for given in batch:
        if given.sku not in known:
            continue  # it could not be taken in, which is said already
        set_ = known[given.sku][0]
        found = _part_problem(file, given, set_, known, graph, skus)
        if found is not None:
            news.report.problems.append(found)
            continue
        parts: dict[int, int] = {}
        for sku, pieces in given.parts or ():
            parts[known[sku][0]] = parts.get(known[sku][0], 0) + pieces
        graph[set_] = list(parts)
        if sets_storage.save_parts(tx, set_, parts):
            news.products.add(set_)
    acts.end(tx, state, act, "products", {"file": file.name, "sets": [given.sku for given in batch]})
    return news


def _part_problem(
    file: SourceFile,
    given: IncomingProduct,
    set_: int,
    known: dict[str, tuple[int, str]],
    graph: dict[int, list[int]],
    skus: dict[int, str],
) -> Problem | None:
    """Return what is wrong with a set's parts: unknown ones, itself among them, too many layers."""
    parts, column = given.parts or (), column_name(file, "parts")
    unknown = [sku for sku, _ in parts if sku not in known]
    if unknown:
        return problem(file.name, given.row, column, ", ".join(unknown), "part.unknown", set=given.sku)
    then = graph | {set_: [known[sku][0] for sku, _ in parts]}
    if way := cycle_of(set_, then):
        shown = " > ".join(skus.get(product, "…") for product in way)
        return problem(file.name, given.row, column, shown, "part.of_itself", set=given.sku)
    layers = layers_of(set_, then)
    if layers > DEEPEST:
        shown = ", ".join(sku for sku, _ in parts)
        args = {"set": given.sku, "layers": str(layers), "most": str(DEEPEST)}
        return problem(file.name, given.row, column, shown, "part.too_deep", **args)
    return None


def _chunk(tx: Transaction, station: str, file: SourceFile, batch: tuple[IncomingProduct, ...], act: str) -> _News:
    """Take in some products in one transaction and return what that did."""
    news = _News()
    done = news.report
    state = acts.begin(tx, station, act)
    if state is None:
        return news
    parents: set[str] = set()
    packed: list[int] = []
    column = column_name(file, "option_texts")
    for given in batch:
        otherwise = storage.judged_otherwise(tx, given)
        repacked = storage.packed_otherwise(tx, given)
        product, new = storage.save(tx, given)
        if repacked:
            packed.append(product)
        if otherwise:
            news.judged.add(product)
        done.added += new
        done.changed += not new
        done.stocked += _open_stock(tx, act, product, given)
        if given.parts == () and sets_storage.save_parts(tx, product, {}):
            news.products.add(product)
        if given.option_texts is not None:
            fresh, taken = sets_storage.save_option_texts(tx, product, given.option_texts)
            parents.update(fresh)
            for parent, text, other in taken:
                args = {"sku": given.sku, "other": other}
                found = problem(file.name, given.row, column, f"{parent}:{text}", "option.moved", **args)
                done.problems.append(found)
    carton_plans_storage.forget_products(tx, packed)
    codes = [code.code for given in batch for code in given.codes or ()]
    for code, skus in storage.with_code(tx, codes).items():
        if len(skus) > 1:
            rows = [given.row for given in batch if any(c.code == code for c in given.codes or ())]
            found = problem(file.name, rows[0], "code", code, "code.on_known_products", skus=", ".join(skus))
            done.problems.append(found)
    news.skus |= parents | {given.sku for given in batch}
    news.products |= {product for product, _ in storage.by_skus(tx, sorted(parents)).values()}
    acts.end(tx, state, act, "products", {"file": file.name, "skus": [given.sku for given in batch]})
    return news


def _with_picture(folder: Path, given: IncomingProduct) -> IncomingProduct:
    """A picture is named relative to its product file; what is stored is where it lies now."""

    def whole(path: str | None) -> str | None:
        return str((folder / path).resolve()) if path else path

    return replace(given, picture=whole(given.picture), pack_picture=whole(given.pack_picture))


def _open_stock(tx: Transaction, act: str, product: int, given: IncomingProduct) -> bool:
    """Opening stock is booked once, before the product's first move; afterwards the ledger knows better."""
    if not given.opening_stock or storage.has_moves(tx, product):
        return False
    row = storage.show(tx, product)
    place = shelf_place(row.shelf if row else "")
    handling = storage.handling_of(tx, product)
    lot = ledger_lot(handling, Details(given.opening_lot, given.opening_expiry))
    if lot and handling.keeps_lots:
        lots_storage.save(tx, product, lot, given.opening_expiry)
    packing_storage.book(tx, act, None, [Move(product, lot or given.opening_lot, SUPPLIER, place, given.opening_stock)])
    return True
