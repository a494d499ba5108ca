"""Taking in order files 受注取込 and product files, in chunks short enough to let scans through, atomic per order.

A known order that is not released is replaced when the file says something new; a released one is flagged with a
hold, so that the bench stops and a person looks. The same file twice adds nothing. Cancelled orders are kept as
cancelled, so that an older file cannot bring them back to life.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.channels._choose import Channel, matched, receiver_columns, together
from app.channels._source import SourceFile, of_file, open_source, readable, shown_name
from app.domain.fixes import Fix
from app.domain.gate import Case, Verdict
from app.domain.intake import NO_SKU, ReadOptions, fold_name, problem
from app.domain.orders import Address, Hold, IncomingLine, IncomingOrder, OrderState, Problem, Totals, content_hash
from app.domain.products import sku_fold
from app.domain.sets import Goods, Master, OptionText, Part, goods_of, product_of
from app.errors import FileUnusable
from app.services import absence, acts, addresses, changes, inserts, intake_record, mail_queue, proposals, reservation
from app.services.absence import Absence
from app.services.channels import known_channels
from app.services.desk import Desk
from app.services.gate import NO_VERDICT, Gate, sender_of, stored
from app.services.intake_record import Record, orders_by_place
from app.services.sets import free_waiting
from app.services.settings import all_settings
from app.settings import named_keys
from app.storage import attention
from app.storage import intake as storage
from app.storage import products as products_storage
from app.storage import sets as sets_storage
from app.storage.database import Transaction
from app.storage.intake import Existing

__all__ = ["Progress", "Reading", "Report", "import_files", "of_file", "plain_problem", "said_before", "settle"]

CHUNK_MS = 40
"""Time one chunk may hold the writer, milliseconds; the size of chunks follows it."""
_BESIDE_SCANS_MS = 25
"""The same while somebody scans: shorter chunks would make a large file many times slower."""
_FIRST_CHUNK = 40
_LARGEST_CHUNK = 400
_MOST_LINES = 1600
"""Lines one chunk may hold."""
_MOST_LINES_NEW = 80
"""The same while unknown products are made on the way."""
_COUNTS = ("added", "changed", "same", "cancelled", "skipped", "held", "flagged", "gone")

Progress = Callable[[int, int, int], None]
"""Called with bytes read (about), bytes in all, and orders so far."""


def plain_problem(found: Problem, text: str) -> dict[str, object]:
    """Return a problem as plain values, with its sentence."""
    at = {"file": found.file, "row": found.row, "column": found.column, "value": found.value}
    return {**at, "key": found.key, "text": text}


@dataclass(slots=True)
class Report:
    """What an import did."""

    orders: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    """Counts; ``held`` and ``flagged`` are counted in added, changed or same as well."""
    lines: int = 0
    """Lines of the orders that were added or changed."""
    products: int = 0
    """Products made because the orders name them."""
    short: int = 0
    """Orders, of this file or before, that stock does not cover now."""
    problems: list[Problem] = field(default_factory=list)
    usable: bool = False
    """At least one file could be read."""
    stopped: bool = False
    """It was cancelled; what was taken in so far stays."""
    imports: list[int] = field(default_factory=list)
    """The imports on record, one a file or a group of files that belong together."""

    def plain(self, say: Callable[[Problem], str]) -> dict[str, object]:
        """Return it as plain values; *say* makes a problem's sentence."""
        return {
            "orders": dict(self.orders),
            "lines": self.lines,
            "products": self.products,
            "short": self.short,
            "problems": [plain_problem(found, say(found)) for found in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """How files come, where no person chose them just now."""

    folder: int | None = None
    """The watched folder that they came by."""
    again: int | None = None
    """The import whose files are read again."""
    fixes: tuple[Fix, ...] = ()
    """Cells that a person mended."""
    read_before: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Number and ship-to of an order -> its digest, as the files were read before their cells were mended."""


_CHOSEN = Reading()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a run stood before a chunk; an act may be run again whole, so its figures must begin anew."""

    orders: dict[str, int]
    lines: int
    products: int
    problems: int
    known: int
    record: tuple[int, int]


@dataclass(slots=True)
class _Run:
    """One file on its way in."""

    station: str
    file: SourceFile
    channel: str
    shop: str
    create: bool
    dry: bool
    report: Report
    record: Record
    read_before: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Number and ship-to -> digest, as the file was read before its cells were mended: what is the same now is no
    news, whatever became of the order since."""
    shop_id: int = 0
    known: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    """Asked code -> product and the SKU it is known by (a shop's listing: itself); a product of None is unknown."""
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Asked SKU that differs from several stored ones by case or width only -> these."""
    options: dict[str, tuple[OptionText, ...]] = field(default_factory=dict)
    """Folded code of the shop -> option texts that go with it."""
    parts: dict[int, tuple[Part, ...]] = field(default_factory=dict)
    """Set -> its parts, for sets that are taken apart."""
    goods: dict[int, Goods] = field(default_factory=dict)
    """The orders of the chunk in hand as they are picked, by the identity of the value read."""
    gate: Gate | None = None
    """The shops' policies, read with the first chunk."""
    gifts: inserts.Gifts | None = None
    """Reads wishes for gifts as the shop has them; made with the first chunk."""
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    """What the gate says of the orders of the chunk in hand, by the identity of the value read."""
    now: int = 0
    """The database's clock at the chunk in hand."""
    shown: list[IncomingOrder] = field(default_factory=list)
    """Orders of the chunk in hand that go on with the address that a person corrected; their identities are keys."""
    corrections: dict[int, Mapping[str, object]] = field(default_factory=dict)
    """What is told of the correction of each of :attr:`shown`."""
    overruled: dict[int, str] = field(default_factory=dict)
    """Orders of the chunk in hand whose shop has another address now than a person corrected -> their digests."""
    ask_columns: Callable[[], Mapping[str, str]] = dict
    """Says which columns hold the parts of the receiver's address."""
    columns: Mapping[str, str] | None = None
    """What it said, once it was asked."""
    act: str = ""
    """The act that the chunk in hand is."""
    absence: Absence = field(default_factory=Absence)
    """What the file lists, for what it does not list."""
    before: Mapping[str, int] = field(default_factory=dict)
    """What the files before it came to: figures on record are of one file."""

    @property
    def master(self) -> Master:
        """What is known of the goods that the orders so far name."""
        return Master(self.known, self.options, self.parts)

    def tell(self, problems: list[Problem]) -> None:
        """Put what the reader reported into the report."""
        self.report.problems += problems
        self.absence.note(problems)
        self.report.orders["skipped"] += sum(found.key == "order.no_lines" for found in problems)

    def mark(self) -> _Mark:
        """Return where the run stands."""
        report = self.report
        counts = dict(report.orders)
        return _Mark(counts, report.lines, report.products, len(report.problems), len(self.known), self.record.mark())

    def back_to(self, mark: _Mark) -> None:
        """Forget what a try that failed had counted and looked up."""
        self.report.orders.update(mark.orders)
        self.report.lines, self.report.products = mark.lines, mark.products
        del self.report.problems[mark.problems :]
        for sku in list(self.known)[mark.known :]:
            del self.known[sku]
        self.absence.listed.clear()
        self.record.back_to(mark.record)


def import_files(
    desk: Desk,
    paths: Sequence[Path],
    *,
    channel: str = "",
    shop: str = "",
    mapping: str = "",
    create_products: bool = False,
    dry_run: bool = False,
    complete: bool | None = None,
    then_settle: bool = True,
    reading: Reading = _CHOSEN,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Take in order files; runs on a worker thread and hands its chunks to the desk.

    :param channel: id of the channel; empty recognises it by content.
    :param shop: name of the shop; empty takes the channel's only shop, else the channel's id.
    :param mapping: name of a saved mapping; for channel ``csv``: name or path of a TOML mapping.
    :param create_products: make a product for each SKU that is unknown.
    :param dry_run: say what would happen and change nothing.
    :param complete: the file lists every unshipped order of its shop: open ones that it does not list are held
        (:mod:`app.services.absence`); None takes the shop's setting ``intake.complete``.
    :param then_settle: propose merges and reserve stock afterwards, see :func:`settle`.
    :param reading: for a watched folder, and for files that are read again.
    """
    settings = desk.read(all_settings).result()
    report, known = Report(), desk.read(known_channels).result()
    if not channel and mapping in {each.ID for each in known}:  # a saved mapping is a channel
        channel, mapping = mapping, ""
    asked = {"channel": channel, "mapping": mapping, "create_products": create_products, "complete": complete}

    def refuse(path: Path, error: FileUnusable) -> None:
        report.problems.append(of_file(path, error))
        if not dry_run and error.key != "file.missing":
            told = Record(desk.station, shown_name(path), (path,), 0, channel, shop, asked)
            told.folder, told.again = reading.folder, reading.again
            report.imports.append(intake_record.refused(desk, told, report.problems[-1]))

    opened: list[tuple[Channel, SourceFile]] = []
    for path in map(Path, paths):
        try:
            file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
            reader, file = matched(file, known, channel or ("csv" if mapping else ""))
            opened.append((reader, file.mended_with(reading.fixes)))
        except FileUnusable as error:
            refuse(path, error)
    for reader, source in _together(opened, refuse):
        if report.stopped:
            break
        file = source.mended_with(reading.fixes)
        try:
            name = shop or _default_shop(desk, reader.ID)
            options = desk.read(_options, reader.ID, name, mapping).result()
            stream = reader.read(file, options)
            record = Record(desk.station, file.name, file.paths, _size_of(file), reader.ID, name, asked)
            record.folder, record.again, record.looked = reading.folder, reading.again, len(report.problems)
            run = _Run(
                desk.station, file, reader.ID, name, create_products, dry_run, report, record, reading.read_before
            )
            run.ask_columns = partial(receiver_columns, reader, file, options)
            run.before = {**report.orders, "lines": report.lines, "problems": len(report.problems)}
            run.absence = absence.begin(desk, reader.ID, name, complete)
            record.sha256 = "" if dry_run else intake_record.digest_of(file.paths)
        except FileUnusable as error:
            refuse(file.path, error)
            continue
        try:
            _take_in(desk, run, stream, progress, cancelled)
            report.usable = True
        except FileUnusable as error:  # it was there a moment ago; what came in so far stays
            report.problems.append(of_file(file.path, error))
            if not dry_run:
                desk.chunk(_TOPICS, _close, run, run.record.mark(), "stopped", str(uuid4())).result()
        if record.id:
            report.imports.append(record.id)
    if report.usable and not dry_run and then_settle:
        settle(desk, report)
    return report


_TOPICS = frozenset({"orders", "products"})


def _size_of(file: SourceFile) -> int:
    """Return the bytes of a file, or of those that are read together."""
    with readable(file.name):
        return file.size if len(file.paths) == 1 else sum(path.stat().st_size for path in file.paths)


def _together(
    opened: list[tuple[Channel, SourceFile]], refuse: Callable[[Path, FileUnusable], None]
) -> list[tuple[Channel, SourceFile]]:
    """Join files that belong together; where one of them cannot be read for that, none of that import is."""
    try:
        return together(opened)
    except FileUnusable as error:
        paths = {file.name: file.path for _, file in opened}
        refuse(paths.get(str(error.args_["file"]), Path(str(error.args_["file"]))), error)
        return []


def settle(desk: Desk, report: Report) -> None:
    """Do what new orders bring about, in acts of their own: propose merges, reserve stock, earliest cut-off first."""
    proposals.settle_all(desk)
    report.problems += intake_record.tell_merges(desk, report.imports)
    report.short = len(reservation.reserve_waiting(desk).short)


def _options(tx: Transaction, channel: str, shop: str, mapping: str) -> ReadOptions:
    """Return what the shop decides about reading its files."""
    settings = all_settings(tx, storage.shop_id(tx, channel, shop, make=False))
    return ReadOptions(
        timezone=settings["shop.timezone"],
        mapping=mapping,
        non_goods=frozenset(filter(None, map(str.strip, settings["intake.non_goods"].split(",")))),
        swap_names=settings["intake.swap_names"] == "on",
        keys={fold_name(name): meaning for name, meaning in (named_keys(settings["intake.keys"]) or {}).items()},
        now=tx.now,
    )


def said_before(
    desk: Desk,
    paths: Sequence[Path],
    wanted: Collection[tuple[str, str]],
    *,
    channel: str,
    shop: str,
    mapping: str = "",
    fixes: Sequence[Fix] = (),
) -> dict[tuple[str, str], str]:
    """Read files and take nothing in; return the digests of orders by number and ship-to.

    :param wanted: number and ship-to of the orders.
    :raises FileUnusable: one of the files cannot be used.
    """
    known = desk.read(known_channels).result()
    settings = desk.read(all_settings).result()
    opened = []
    for path in paths:
        file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
        reader, file = matched(file, known, channel)
        opened.append((reader, file.mended_with(fixes)))
    found: dict[tuple[str, str], str] = {}
    for reader, source in together(opened):
        options = desk.read(_options, reader.ID, shop, mapping).result()
        for item in reader.read(source.mended_with(fixes), options):
            if isinstance(item, IncomingOrder) and (item.number, item.ship_to_key) in wanted:
                found[item.number, item.ship_to_key] = content_hash(item)
    return found


def _default_shop(desk: Desk, channel: str) -> str:
    known: list[str] = desk.read(storage.shops_of, channel).result()
    return known[0] if len(known) == 1 else channel


def _take_in(
    desk: Desk,
    run: _Run,
    stream: Iterator[IncomingOrder | Problem],
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> None:
    size, seen, bytes_per_row = _FIRST_CHUNK, 0, run.file.bytes_per_row
    most_lines = _MOST_LINES_NEW if run.create else _MOST_LINES
    batch, told = _next_orders(stream, size, most_lines)
    while batch or told:
        run.tell(told)
        if not batch:
            break
        arguments = (_chunk, run, run.mark(), batch, str(uuid4()))
        written = desk.read(*arguments) if run.dry else desk.chunk(_TOPICS, *arguments)
        try:
            following, told = _next_orders(stream, size, most_lines)  # read on while the writer writes
        finally:
            took = max(written.result(), 1.0)
        run.absence.keep(batch)
        size = desk.next_size(size, took, CHUNK_MS, _LARGEST_CHUNK, _BESIDE_SCANS_MS)
        seen += len(batch)
        if progress is not None:
            progress(min(run.file.size, int(batch[-1].row * bytes_per_row)), run.file.size, seen)
        if cancelled():
            run.report.stopped = True
            break
        batch = following
    if not run.report.stopped:
        gone, said = absence.settle(desk, run.absence, run.file.name, run.record, dry=run.dry)
        run.report.orders["gone"] += gone
        run.report.problems += said
    run.report.problems += [_unplaced(run.file, fix) for fix in run.file.unplaced]
    if not run.dry:
        kind = "stopped" if run.report.stopped else "orders"  # half a file makes no shop's data new
        desk.chunk(_TOPICS, _close, run, run.record.mark(), kind, str(uuid4())).result()


def _unplaced(file: SourceFile, fix: Fix) -> Problem:
    """Say that a mended cell was found nowhere in its row."""
    return problem(file.name, fix.row, fix.column, fix.value, "fix.no_place", was=fix.was)


def _next_orders(
    stream: Iterator[IncomingOrder | Problem], number: int, most_lines: int
) -> tuple[list[IncomingOrder], list[Problem]]:
    """Draw some orders from the stream, and what it reports on the way."""
    found: list[IncomingOrder] = []
    told: list[Problem] = []
    lines = 0
    for item in stream:
        if isinstance(item, Problem):
            told.append(item)
            continue
        found.append(item)
        lines += len(item.lines)
        if len(found) >= number or lines >= most_lines:
            break
    return found, told


def _chunk(tx: Transaction, run: _Run, mark: _Mark, batch: list[IncomingOrder], act: str) -> float:
    """Take in some orders in one transaction; return the milliseconds it took."""
    began = time.monotonic()
    state = None if run.dry else acts.begin(tx, run.station, act)
    if state is None and not run.dry:
        return CHUNK_MS  # the first try was committed without our hearing of it: its figures stand
    run.back_to(mark)
    if not run.dry:
        run.record.begin(tx, act)
    run.shop_id = run.absence.shop = storage.shop_id(tx, run.channel, run.shop, make=not run.dry) or 0
    _know_products(tx, run, batch)
    _open_gate(tx, run, act, batch)
    known = storage.existing(tx, run.shop_id, list({order.number for order in batch}))
    listed = {(order.number, order.ship_to_key) for order in batch}
    new: list[tuple[IncomingOrder, str]] = []
    emails: dict[int, str] = {}
    digests = [content_hash(order) for order in batch]
    if not run.dry:
        run.record.look_at(tx, _open_to_change(run, batch, digests, known))
    ids: dict[int, int] = {}
    for order, digest in zip(batch, digests, strict=True):
        there = known.get((order.number, order.ship_to_key))
        if there is None and known:
            alike = _named_otherwise(order, known, listed)
            if len(alike) > 1:
                _cannot_tell(run, order, len(alike))
                continue
            there = known.pop(alike[0]) if alike else None
            if there is not None and order.ship_to_key and not run.dry:
                storage.put_ship_to(tx, there.id, order.ship_to_key)
        _report_lines(run, order)
        if there is None:
            new.append((order, digest))
        else:
            ids[id(order)] = there.id
            _again(tx, run, act, _corrected(tx, run, order, digest, there), digest, there)
            emails |= {there.id: order.email} if order.email else {}
    if not run.dry:
        storage.put_emails(tx, emails)
    added = _add(tx, run, new)
    if state is not None:
        ids |= {id(order): identity for (order, _), identity in zip(new, added, strict=True)}
        run.record.keep(tx, added, run.report.problems, lambda: orders_by_place(batch, ids))
        changed = {key: run.report.orders[key] - mark.orders[key] for key in _COUNTS}
        facts: dict[str, object] = {
            "file": run.file.name,
            "shop": run.shop,
            "first": batch[0].number,
            "last": batch[-1].number,
        }
        acts.end(tx, state, act, "import", facts | changed)
    return (time.monotonic() - began) * 1000


def _open_to_change(
    run: _Run, batch: list[IncomingOrder], digests: list[str], known: Mapping[tuple[str, str], Existing]
) -> Iterator[int]:
    """Yield the known orders that this chunk may change."""
    if not known:
        return
    of_number: dict[str, list[Existing]] = {}
    for (number, _), there in known.items():
        of_number.setdefault(number, []).append(there)
    for order, digest in zip(batch, digests, strict=True):
        for there in of_number.get(order.number, ()):
            if (there.digest != digest or order.cancelled) and not _is_no_news(run, order, digest):
                yield there.id


def _is_no_news(run: _Run, order: IncomingOrder, digest: str) -> bool:
    """Whether a file that is read again says of an order just what it said the time before."""
    return run.read_before.get((order.number, order.ship_to_key)) == digest


# --- products -----------------------------------------------------------------------------------------------------


def _know_products(tx: Transaction, run: _Run, batch: list[IncomingOrder]) -> None:
    """Look the SKUs of this chunk up, making products where that was asked for."""
    run.goods.clear()
    asked: dict[str, list[IncomingLine]] = {}
    for order in batch:
        for line in order.lines:
            if line.sku not in run.known:
                asked.setdefault(line.sku, []).append(line)
    if not asked:
        return
    known = products_storage.known_to(tx, run.shop_id, list(asked))
    found = known.found
    run.several |= known.several
    run.options |= sets_storage.option_texts_of(tx, map(sku_fold, asked))
    for sku, lines in asked.items():
        if sku in found:
            run.known[sku] = found[sku]
            continue
        if sku in known.several:
            run.known[sku] = (None, sku)
            continue
        plain = [line for line in lines if not any(product_of(line, run.master)[::2])]
        if run.create and not plain:
            continue  # its option texts name the products; it is asked again with the next lines
        name = next((line.name for line in plain if line.name), "")
        # SKUs of this very chunk that differ by case only are one product.
        alike = products_storage.by_skus(tx, [sku]).get(sku) if run.create and not run.dry else None
        if alike is not None:
            run.known[sku] = alike
        elif run.create and sku != NO_SKU:
            product = -1 if run.dry else products_storage.create(tx, sku, name)
            run.known[sku] = (product, sku)
            run.report.products += 1
        else:
            run.known[sku] = (None, sku)
    products = {found_ for sku in asked if (found_ := run.known.get(sku, (None, ""))[0]) is not None}
    products |= {text.product for sku in asked for text in run.options.get(sku_fold(sku), ())}
    run.parts |= sets_storage.parts_of(tx, products)
    if not run.dry:
        free_waiting(tx, [sku for sku in asked if run.known.get(sku, (None, ""))[0] is not None])


def _goods(run: _Run, order: IncomingOrder) -> Goods:
    """Return the order as it is picked: option texts read, sets taken apart."""
    found = run.goods.get(id(order))
    if found is None:
        found = run.goods[id(order)] = goods_of(order.lines, run.master)
    return found


def _report_lines(run: _Run, order: IncomingOrder) -> None:
    if order.cancelled:
        return
    master = run.master
    for line in order.lines:
        product, sku, several = product_of(line, master)
        stored = run.known.get(line.sku, (None, line.sku))[1]
        if several:
            args = {"number": order.number, "sku": line.sku, "skus": ", ".join(several)}
            found = problem(run.file.name, line.row, "", line.options, "line.option_ambiguous", **args)
            run.report.problems.append(found)
        elif product is None and line.sku in run.several:
            args = {"number": order.number, "sku": line.sku, "skus": ", ".join(run.several[line.sku])}
            run.report.problems.append(problem(run.file.name, line.row, "SKU", line.sku, "line.sku_ambiguous", **args))
        elif product is None and line.sku != NO_SKU:
            run.report.problems.append(
                problem(run.file.name, line.row, "SKU", line.sku, "line.unknown_product", number=order.number)
            )
        elif stored != line.sku and sku == line.sku and product is not None:
            run.report.problems.append(
                problem(run.file.name, line.row, "SKU", line.sku, "line.sku_case", stored=stored, number=order.number)
            )


# --- new orders ---------------------------------------------------------------------------------------------------


def _open_gate(tx: Transaction, run: _Run, act: str, batch: list[IncomingOrder]) -> None:
    """Get ready to judge the orders of this chunk: one look-up of the products that are new in it."""
    run.verdicts.clear()
    run.shown.clear()
    run.corrections.clear()
    run.overruled.clear()
    run.now, run.act = tx.now, act
    run.gate = run.gate or Gate(tx)
    run.gifts = run.gifts or inserts.Gifts(tx, run.shop_id)
    products = (line.product for order in batch for line in _goods(run, order).lines)
    run.gate.look_up(tx, (product for product in products if product is not None))


def _verdict(run: _Run, order: IncomingOrder, chosen: tuple[str, str] | None = None) -> Verdict:
    """Judge an order; *chosen* is what a person chose for the known one."""
    found = run.verdicts.get(id(order))
    if found is None:
        found = run.verdicts[id(order)] = _judged(run, order, chosen)
    return found


def _judged(run: _Run, order: IncomingOrder, chosen: tuple[str, str] | None) -> Verdict:
    if order.cancelled or run.gate is None:
        return Verdict(cut_off=order.cut_off)
    asks = order.wish or order.note or order.delivery or order.cod_amount or order.cut_off is not None
    if not asks and not chosen and run.gate.is_idle(run.shop_id):
        return NO_VERDICT
    lines = _goods(run, order).lines
    case = Case(
        delivery=order.delivery,
        wish=order.wish,
        note=order.note,
        payment=order.payment,
        cod_amount=order.cod_amount,
        ordered_at=order.ordered_at if order.ordered_at is not None else run.now,
        cut_off=order.cut_off,
        ship_to=order.ship_to,
        sender=sender_of(order.gift, order.buyer),
        products=run.gate.facts((line.product, line.quantity) for line in lines if line.product is not None),
        chosen=chosen,
        awaited=Hold.ADDRESS_AWAITED in order.holds,
    )
    return run.gate.judge(run.shop_id, case, run.now)


def _add(tx: Transaction, run: _Run, new: list[tuple[IncomingOrder, str]]) -> list[int]:
    """Enter new orders; return their ids, none where nothing is to be changed."""
    if not new:
        return []
    counts = run.report.orders
    on_hold = [_holds(run, order) for order, _ in new]
    for (order, _), standing in zip(new, on_hold, strict=True):
        counts["cancelled" if order.cancelled else "added"] += 1
        if not order.cancelled:
            run.report.lines += len(order.lines)
            counts["held"] += bool(standing)
            _report_address(run, order, _verdict(run, order))
    if run.dry:
        return []
    ids = storage.reserve(tx, len(new))
    run.absence.listed += ids
    heads: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    holds: list[tuple[Any, ...]] = []
    for identity, (order, digest), standing in zip(ids, new, on_hold, strict=True):
        heads.append(_head(tx, run, identity, order, digest, standing))
        lines += _lines(run, identity, order)
        holds += [(identity, str(hold), detail, tx.now, None) for hold, detail in standing.items()]
    storage.insert_rows(tx, "orders", heads)
    storage.insert_rows(tx, "lines", lines)
    storage.insert_rows(tx, "holds", holds)
    for identity, standing in zip(ids, on_hold, strict=True):
        if Hold.DATE_IMPOSSIBLE in standing:
            attention.ask_about(tx, run.act, identity, "date", standing[Hold.DATE_IMPOSSIBLE])
    unpaid = [identity for identity, standing in zip(ids, on_hold, strict=True) if Hold.UNPAID in standing]
    later = [identity for identity, standing in zip(ids, on_hold, strict=True) if Hold.PRE_ORDER in standing]
    mail_queue.received(tx, run.act, ids, unpaid, later)
    return ids


def _holds(run: _Run, order: IncomingOrder, chosen: tuple[str, str] | None = None) -> dict[Hold, str]:
    """Return the holds that the content asks for, with their details: the channel's, then the gate's."""
    if order.cancelled:
        return {}
    found = dict.fromkeys(order.holds, "")
    if _goods(run, order).unknown:
        found[Hold.UNKNOWN_PRODUCT] = ""
    if run.gifts and (unread := run.gifts.unread(order.note, order.wish, (line.options for line in order.lines))):
        found.setdefault(Hold.REMARK, unread)
    if id(order) in run.overruled:
        found[Hold.CHANGED] = run.overruled[id(order)]
    return {**found, **_verdict(run, order, chosen).holds}


def _head(
    tx: Transaction,
    run: _Run,
    identity: int,
    order: IncomingOrder,
    digest: str,
    standing: Collection[Hold],
    chosen: tuple[str, str] | None = None,
) -> tuple[Any, ...]:
    *judged, cut_off, queue_at = stored(_verdict(run, order, chosen), order.ship_to)
    state = OrderState.CANCELLED if order.cancelled else OrderState.RECEIVED if standing else OrderState.READY
    return (
        identity,
        run.shop_id,
        order.number,
        order.ship_to_key,
        str(state),
        len(standing),
        0,
        tx.now,
        order.ordered_at if order.ordered_at is not None else tx.now,
        cut_off,
        queue_at,
        -order.priority,
        "",
        0,
        len(_goods(run, order).lines),
        _goods(run, order).pieces,
        order.ship_to.name or order.buyer.name,
        order.ship_to.prefecture,
        int(order.gift),
        _content(order, _goods(run, order), run.corrections.get(id(order), {})),
        digest,
        *judged,
    )


def _lines(run: _Run, identity: int, order: IncomingOrder) -> list[tuple[Any, ...]]:
    return sets_storage.line_rows(identity, _goods(run, order).lines)


def _content(order: IncomingOrder, goods: Goods, correction: Mapping[str, object]) -> str:
    """Return what papers need, as JSON; *correction* is what is told of a person's."""
    body: dict[str, object] = {
        "buyer": _plain(order.buyer),
        "ship_to": _plain(order.ship_to),
        "note": order.note,
        "payment": order.payment,
        "cod_amount": order.cod_amount,
        "delivery": order.delivery,
        "wish": order.wish,
        "totals": _plain(order.totals),
        **correction,
    }
    if order.email:
        body["email"] = order.email
    if order.cut_off is not None:
        body["cut_off"] = order.cut_off
    if goods.sold:
        body["sold"] = goods.sold_as_data()
    return _CONTENT.encode(body)


_CONTENT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _plain(value: Address | Totals) -> dict[str, str]:
    """Return what a flat value of texts holds; empty fields are the defaults and left out."""
    return {name: text for name in value.__slots__ if (text := getattr(value, name))}


def _named_otherwise(
    order: IncomingOrder, known: Mapping[tuple[str, str], Existing], listed: Collection[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the known orders that this one may be though a file names their ship-to otherwise.

    A shop's file may have the column of the ship-to one day and not the next: the same order must not go twice. What
    was split off for missing goods is no order of the file.
    """
    of_number = [
        key for key, there in known.items() if key[0] == order.number and key not in listed and "+" not in there.digest
    ]
    return [key for key in of_number if not order.ship_to_key or not key[1]]


def _cannot_tell(run: _Run, order: IncomingOrder, number: int) -> None:
    """The file does not say which of several ship-tos it means: nothing of it is taken in."""
    run.report.orders["skipped"] += 1
    run.absence.named.add(order.number)
    args = {"number": order.number, "ship_tos": str(number)}
    run.report.problems.append(problem(run.file.name, order.row, "", order.number, "order.which_ship_to", **args))


# --- known orders -------------------------------------------------------------------------------------------------


def _again(tx: Transaction, run: _Run, act: str, order: IncomingOrder, digest: str, there: Existing) -> None:
    """Hand a known order to the module of changes, and put what it made of it into the report."""
    rows = changes.Rows(
        lambda: _holds(run, order, there.chosen),
        lambda standing: dict(
            zip(storage.ORDER_COLUMNS, _head(tx, run, there.id, order, digest, standing, there.chosen), strict=True)
        ),
        lambda: _lines(run, there.id, order),
    )
    run.absence.listed.append(there.id)
    if _is_no_news(run, order, digest):
        for count in ("same", "held") if there.held else ("same",):
            run.report.orders[count] += 1
        return
    outcome = changes.again(tx, changes.Coming(run.station, act, order, digest, rows, run.dry), there)
    earliest = _verdict(run, order, there.chosen).holds.get(Hold.DATE_IMPOSSIBLE)
    if earliest is not None and "changed" in outcome.counted and not run.dry:
        attention.ask_about(tx, act, there.id, "date", earliest)
    if "changed" in outcome.counted:
        _report_address(run, order, _verdict(run, order, there.chosen))
        if id(order) in run.overruled:
            args = {"number": order.number}
            told = problem(run.file.name, order.row, "", order.number, "order.address_overruled", **args)
            run.report.problems.append(told)
    for count in outcome.counted:
        run.report.orders[count] += 1
    if not run.dry and (what := _done_to(outcome)):
        run.record.did(there.id, what)
    run.report.lines += outcome.lines
    for key in outcome.told:
        run.report.problems.append(problem(run.file.name, order.row, "", order.number, key, number=order.number))


def _corrected(tx: Transaction, run: _Run, order: IncomingOrder, digest: str, there: Existing) -> IncomingOrder:
    """Return a known order with the address that a person corrected, as long as the shop says the same as before."""
    if digest == there.digest or order.cancelled:
        return order
    kept = addresses.from_file(storage.content_of(tx, there.id), order)
    if kept.overruled:
        run.overruled[id(order)] = digest
    if kept.order is not order:
        run.shown.append(kept.order)
        run.corrections[id(kept.order)] = kept.correction
    return kept.order


def _report_address(run: _Run, order: IncomingOrder, verdict: Verdict) -> None:
    """Put what is wrong with a receiver's address into the report: what holds the order, and what is only told."""
    for fault in addresses.of_receiver(verdict):
        columns = run.columns if run.columns is not None else run.ask_columns()
        run.columns = columns
        column = columns.get(fault.field, columns.get("to.address", "") if fault.field == "to.street" else "")
        args = dict(fault.args) | {"field": fault.field, "number": order.number}
        value = args.pop("value", "")
        run.report.problems.append(problem(run.file.name, order.row, column, value, fault.key, **args))


def _done_to(outcome: changes.Outcome) -> str:
    """Return what the record says was done to a known order; empty for nothing."""
    if "cancelled" in outcome.counted:
        return "cancelled"
    return "changed" if "changed" in outcome.counted or "order.changed_partly_shipped" in outcome.told else ""


def _close(tx: Transaction, run: _Run, mark: tuple[int, int], kind: str, act: str) -> None:
    """Say on the record that the file is at its end."""
    state = acts.begin(tx, run.station, act)
    if state is None:
        return
    so_far = {**run.report.orders, "lines": run.report.lines, "problems": len(run.report.problems)}
    figures: dict[str, object] = {name: number - run.before.get(name, 0) for name, number in so_far.items()}
    if run.absence.newest is not None:
        figures["newest"] = run.absence.newest
    run.record.back_to(mark)
    run.record.begin(tx, act)
    run.record.keep(tx, (), run.report.problems)
    run.record.close(tx, figures, kind, complete=run.absence.counts and kind == "orders")
    acts.end(tx, state, act, "import", {"file": run.file.name, "sha256": run.record.sha256} | figures)
