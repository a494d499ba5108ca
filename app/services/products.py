"""Product master 商品マスタ: taking in product files, showing products."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from app.channels._products import column_name, read_products
from app.channels._source import SourceFile, open_source, shown_name
from app.domain.bench import Details
from app.domain.fixes import Fix
from app.domain.gtin import is_digits
from app.domain.intake import ReadOptions, problem
from app.domain.listings import Listing, ListingDraft
from app.domain.lots import ledger_lot
from app.domain.orders import Problem
from app.domain.products import IncomingProduct, sku_fold
from app.domain.sets import DEEPEST, cycle_of, layers_of
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.errors import FileUnusable
from app.services import acts, alikes, gate, intake_record, product_listings, reservation, sets
from app.services.desk import Desk
from app.services.intake import Progress, of_file, plain_problem
from app.services.intake_record import Record, digest_of
from app.services.settings import all_settings
from app.storage import carton_plans as carton_plans_storage
from app.storage import listings as listings_storage
from app.storage import lots as lots_storage
from app.storage import packing as packing_storage
from app.storage import products as storage
from app.storage import sets as sets_storage
from app.storage.database import Transaction
from app.storage.products import ProductRow, show

__all__ = [
    "News",
    "ProductReport",
    "ProductRow",
    "by_code",
    "import_products",
    "number_of",
    "orders_for",
    "part_problem",
    "picture_path",
    "read_orders_again",
    "reread",
    "settle",
    "show",
    "take",
    "take_in",
    "tie",
    "with_picture",
]

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
    imports: list[int] = field(default_factory=list)
    """The imports on record, one a file."""

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
    folder: int | None = None,
    again: int | None = None,
    fixes: Sequence[Fix] = (),
) -> ProductReport:
    """Take in product files; runs on a worker thread. A file may be read again: it changes, it never doubles.

    :param pictures: folder that the pictures' names start from; None for that of each file.
    :param folder: the watched folder that they came by.
    :param again: the import whose file is read again, with its mended cells as *fixes*.
    """
    settings = desk.read(all_settings).result()
    report = ProductReport()
    for path in map(Path, paths):
        record = Record(desk.station, shown_name(path), (path,), 0, folder=folder, again=again)
        before = ProductReport(report.added, report.changed, report.stocked, report.reread, list(report.problems))
        try:
            file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000).mended_with(fixes)
            record.size, record.sha256 = file.size, digest_of(file.paths)
            intake_record.begin_with(desk, record)
            _take_in(desk, file, report, progress, cancelled, pictures)
            report.usable = True
        except FileUnusable as error:
            report.problems.append(of_file(path, error))
            if not record.id and error.key != "file.missing":
                report.imports.append(intake_record.refused(desk, record, report.problems[-1]))
        if record.id and record.id not in report.imports:
            told = report.problems[len(before.problems) :]
            intake_record.close_with(desk, record, told, _since(before, report), "products")
            report.imports.append(record.id)
    settle(desk, report)
    return report


def settle(desk: Desk, report: ProductReport) -> None:
    """Do what new products bring about, in acts of their own: reserve stock, find look-alikes."""
    if report.stocked or report.reread:
        reservation.reserve_waiting(desk)
    if report.added or report.changed:
        alikes.settle(desk)


def _since(before: ProductReport, after: ProductReport) -> dict[str, int]:
    """Return what one file of several did."""
    return {name: getattr(after, name) - getattr(before, name) for name in ("added", "changed", "stocked", "reread")}


def _take_in(
    desk: Desk,
    file: SourceFile,
    report: ProductReport,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    pictures: Path | None,
) -> None:
    def given() -> Iterator[IncomingProduct]:
        for item in read_products(file, ReadOptions()):
            if isinstance(item, Problem):
                report.problems.append(item)
            else:
                yield with_picture(pictures or file.path.parent, item)

    take_in(desk, file, given(), report, progress, cancelled)


def take_in(
    desk: Desk,
    file: SourceFile,
    given: Iterable[IncomingProduct],
    report: ProductReport,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    moved: Callable[[Transaction, Sequence[IncomingProduct]], set[str]] | None = None,
) -> None:
    """Take products of a file in, in chunks that let scans through, sets last: parts may stand further down.

    :param moved: returns the SKUs among some products that may no longer be taken in, asked in their transaction.
    """
    batch: list[IncomingProduct] = []
    with_parts: list[IncomingProduct] = []
    news = News()

    def flush() -> None:
        if not batch:
            return
        done = desk.chunk(_TOPICS, _chunk, desk.station, file, tuple(batch), str(uuid4()), moved).result()
        report.added += done.report.added
        report.changed += done.report.changed
        report.stocked += done.report.stocked
        told = {each.value.zfill(14) for each in report.problems if each.key.startswith("code.on_")}
        report.problems += [each for each in done.report.problems if each.value not in told]
        left = {each.value for each in done.report.problems if each.key == "product.changed_since"}
        news.add(done)
        with_parts.extend(each for each in batch if each.parts and each.sku not in left)
        batch.clear()

    for seen, each in enumerate(given, 1):
        batch.append(each)
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
    report.reread += read_orders_again(desk, news)


@dataclass(slots=True)
class News:
    """What products brought that orders may have waited for."""

    skus: set[str] = field(default_factory=set)
    """Codes that are known now: SKUs, and shops' codes with option texts."""
    products: set[int] = field(default_factory=set)
    """Products that are something else in an order now: sets whose parts changed, codes with other option texts."""
    codes: dict[int, set[str]] = field(default_factory=dict)
    """Shop -> its codes, folded, that mean something else now."""
    fresh: set[str] = field(default_factory=set)
    """SKUs of products that are new."""
    judged: set[int] = field(default_factory=set)
    """Products whose orders the gate judges otherwise now: temperature, day of sale, size."""
    report: ProductReport = field(default_factory=ProductReport)

    def add(self, other: News) -> None:
        """Take another chunk's news in."""
        self.skus |= other.skus
        self.products |= other.products
        self.judged |= other.judged
        self.fresh |= other.fresh
        for shop, folds in other.codes.items():
            self.codes.setdefault(shop, set()).update(folds)


def read_orders_again(desk: Desk, news: News) -> int:
    """Read the lines of waiting orders again, in chunks beside the scans; return how many came out otherwise."""
    waiting: list[int] = desk.read(orders_for, news).result()
    changed = 0
    for start in range(0, len(waiting), _CHUNK):
        part = waiting[start : start + _CHUNK]
        changed += desk.chunk(_TOPICS, _reread, desk.station, part, str(uuid4())).result()
    judged: list[int] = desk.read(sets_storage.open_with, news.judged, or_sets=False).result()
    for start in range(0, len(judged), _CHUNK):
        desk.chunk(_TOPICS, gate.recheck, desk.station, str(uuid4()), judged[start : start + _CHUNK]).result()
    return changed + sum(product_listings.reread_in_chunks(desk, shop, folds) for shop, folds in news.codes.items())


def orders_for(tx: Transaction, news: News) -> list[int]:
    """Return the orders that are to be read again for what is new."""
    found = sets_storage.waiting_for(tx, map(sku_fold, news.skus))
    return list(dict.fromkeys([*found, *sets_storage.open_with(tx, news.products)]))


def _reread(tx: Transaction, station: str, orders: Sequence[int], act: str) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    changed = reread(tx, act, orders)
    acts.end(tx, state, act, "reread", {"orders": changed}, result=len(changed))
    return len(changed)


def reread(tx: Transaction, act: str, orders: Sequence[int]) -> list[int]:
    """Read orders again and judge those that came out otherwise, in the caller's act; return these."""
    changed = sets.reread(tx, orders)
    gate.rejudge(tx, act, changed)
    return changed


def _tie_parts(tx: Transaction, station: str, file: SourceFile, batch: tuple[IncomingProduct, ...], act: str) -> News:
    """Say what some sets consist of, now that every product of the file is known."""
    state = acts.begin(tx, station, act)
    if state is None:
        return News()
    news = tie(tx, file, batch)
    acts.end(tx, state, act, "products", {"file": file.name, "sets": [given.sku for given in batch]})
    return news


def tie(tx: Transaction, file: SourceFile, batch: Sequence[IncomingProduct]) -> News:
    """Save what sets consist of, in the caller's act; a set that cannot be right keeps what it had, and is said."""
    news = News()
    asked = [sku for given in batch for sku, _ in given.parts or ()]
    known = storage.by_skus(tx, list(dict.fromkeys([*asked, *(given.sku for given in batch)])))
    skus = dict(known.values())
    graph = sets_storage.all_parts(tx)
    for given in batch:
        if given.sku not in known:
            continue  # it could not be taken in, which is said already
        set_ = known[given.sku][0]
        found = part_problem(file, given, set_, known, graph, skus)
        if found is not None:
            news.report.problems.append(found)
            continue
        parts: dict[int, int] = {}
        for sku, pieces in given.parts or ():
            parts[known[sku][0]] = parts.get(known[sku][0], 0) + pieces
        graph[set_] = list(parts)
        if sets_storage.save_parts(tx, set_, parts):
            news.products.add(set_)
    return news


def part_problem(
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


def _chunk(
    tx: Transaction,
    station: str,
    file: SourceFile,
    batch: tuple[IncomingProduct, ...],
    act: str,
    moved: Callable[[Transaction, Sequence[IncomingProduct]], set[str]] | None,
) -> News:
    """Take in some products in one transaction and return what that did."""
    state = acts.begin(tx, station, act)
    if state is None:
        return News()
    left = moved(tx, batch) if moved is not None else set()
    news = take(tx, act, file, [given for given in batch if given.sku not in left])
    for given in batch:
        if given.sku in left:
            news.report.problems.append(problem(file.name, given.row, "", given.sku, "product.changed_since"))
    acts.end(tx, state, act, "products", {"file": file.name, "skus": [given.sku for given in batch]})
    return news


def take(tx: Transaction, act: str, file: SourceFile, batch: Sequence[IncomingProduct]) -> News:
    """Save some products with everything that must follow at once, in the caller's act; parts are for :func:`tie`."""
    news = News()
    done = news.report
    parents: set[str] = set()
    packed: list[int] = []
    column = column_name(file, "option_texts")
    known = storage.stored(tx, [given.sku for given in batch])
    listed = [given for given in batch if given.listings]
    shop_codes = _shop_codes(tx, listed, [known[each.sku].id for each in listed if each.sku in known])
    for given in batch:
        saved = storage.put(tx, given, known.get(given.sku))
        product = saved.product
        if not saved.new and saved.changed & storage.PACKED:
            packed.append(product)
        if not saved.new and saved.changed & storage.JUDGED:
            news.judged.add(product)
        if saved.new:
            news.fresh.add(given.sku)
        done.added += saved.new
        done.changed += not saved.new
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
        if given.listings:
            _list(tx, file, given, product, shop_codes, news)
    carton_plans_storage.forget_products(tx, packed)
    codes = [code.code for given in batch for code in given.codes or ()]
    for code, skus in storage.with_code(tx, codes).items():
        if len(skus) > 1:
            rows = [given.row for given in batch if any(c.code == code for c in given.codes or ())]
            found = problem(file.name, rows[0], "code", code, "code.on_known_products", skus=", ".join(skus))
            done.problems.append(found)
    news.skus |= parents | {given.sku for given in batch}
    news.products |= {product for product, _ in storage.by_skus(tx, sorted(parents)).values()}
    return news


@dataclass(slots=True)
class _ShopCodes:
    """What shops call products, as far as some products of a file name it; looked up at once for all of them."""

    shops: dict[str, int]
    """Name -> id; 0 where no shop or several have the name."""
    taken: dict[tuple[int, str], tuple[int, str]]
    """Shop and folded code -> product and SKU."""
    own: dict[int, list[Listing]]
    """Listings by product."""


def _shop_codes(tx: Transaction, batch: Sequence[IncomingProduct], known: Iterable[int]) -> _ShopCodes:
    found = _ShopCodes({}, {}, listings_storage.of_products(tx, list(known)))
    codes: dict[str, list[str]] = {}
    for given in batch:
        for name, own in given.listings:
            codes.setdefault(name, []).extend(own)
    for name, of_shop in codes.items():
        ids = listings_storage.shops_named(tx, name)
        shop = found.shops[name] = ids[0] if len(ids) == 1 else 0
        if shop:
            there = listings_storage.named(tx, shop, of_shop)
            found.taken |= {(shop, fold): (each.product, each.sku) for fold, each in there.items()}
    return found


def _list(
    tx: Transaction, file: SourceFile, given: IncomingProduct, product: int, known: _ShopCodes, news: News
) -> None:
    """Make these the codes that shops have for a product; a code that is another product's stays there and is said."""
    for name, codes in given.listings:
        shop, column = known.shops[name], f"code@{name}"
        if not shop:
            news.report.problems.append(problem(file.name, given.row, column, name, "product.unknown_shop"))
            continue
        wanted = {sku_fold(code): code for code in codes}
        for fold, code in wanted.items():
            holder = known.taken.get((shop, fold))
            if holder is None:
                listings_storage.make(tx, shop, product, ListingDraft(code))
                known.taken[shop, fold] = product, given.sku
                news.codes.setdefault(shop, set()).add(fold)
            elif holder[0] != product:
                args = {"sku": given.sku, "other": holder[1], "shop": name}
                news.report.problems.append(problem(file.name, given.row, column, code, "product.code_taken", **args))
        for each in known.own.get(product, ()):
            fold = sku_fold(each.code)
            if each.shop == shop and fold not in wanted:
                listings_storage.drop(tx, each.id)
                known.taken.pop((shop, fold), None)
                news.codes.setdefault(shop, set()).add(fold)


def with_picture(folder: Path, given: IncomingProduct) -> IncomingProduct:
    """Return a product whose pictures, named relative to its file, have the places where they lie now."""

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
