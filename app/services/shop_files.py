"""Files of products or stock for shops 店舗へ渡すファイル: written by a mapping, and the shop's errors read back.

Only listings are in a file whose row says something else than the last one that this shop was sent by this mapping:
an edit of a product reaches every shop, whatever its columns. What a shop refused is sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.channels._shop_file import (
    EXAMPLE,
    ShopMapping,
    cells_of,
    error_rows,
    mapping_from,
    shipped_text,
    written,
)
from app.channels._source import open_source, readable, shown_name
from app.domain.intake import problem
from app.domain.listings import Listing, offered
from app.domain.orders import IncomingLine, Problem
from app.domain.people import Right
from app.domain.product_texts import texts_of
from app.domain.products import IncomingProduct, sku_fold
from app.domain.reports import ErrorRow
from app.domain.sets import Master, goods_of
from app.errors import FileUnusable, NotAllowed, NotFound, SettingsWrong
from app.services import acts, writing
from app.services.channels import save_mapping
from app.services.desk import Desk, new_act
from app.services.settings import all_settings
from app.storage import intake as intake_storage
from app.storage import listings as listings_storage
from app.storage import mappings as mappings_storage
from app.storage import product_master, products, reports, reservation, sets
from app.storage import shop_files as storage
from app.storage.database import Transaction
from app.storage.shop_files import ShopFileRow, page

__all__ = [
    "EXAMPLE",
    "ErrorsRead",
    "LeftOut",
    "Refused",
    "Sent",
    "ShopFileRow",
    "ShopMapping",
    "add_mapping",
    "mapping_names",
    "mapping_of",
    "page",
    "read_errors",
    "save_example",
    "write",
    "write_out",
]

_TOPICS = frozenset({"products"})
_CHUNK = 400
"""Listings looked up, or marked as sent, in one transaction."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A listing that is not in a file though it is the shop's, and why."""

    listing: int
    code: str
    sku: str
    why: str
    """Key of the sentence."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was brought to the disk for a shop."""

    rows: int
    """Rows of the file that was made; 0 where nothing was new."""
    same: int
    """Listings of which the shop knows everything."""
    left_out: tuple[LeftOut, ...]
    paths: tuple[Path, ...]
    """Every file that is on the disk now, those among them that waited from before."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A listing that the shop refused."""

    listing: int
    code: str
    sku: str
    reason: str
    """The shop's own words."""


@dataclass(frozen=True, slots=True)
class ErrorsRead:
    """What a shop's file of errors said."""

    file: str
    refused: tuple[Refused, ...]
    """Listings that the next file has again."""
    problems: tuple[Problem, ...]
    """Rows that could not be used, each with its place."""


# --- mappings -----------------------------------------------------------------------------------------------------


def mapping_names(tx: Transaction) -> list[tuple[str, str]]:
    """Return kind and name of every saved mapping of products or stock."""
    return [(kind, name) for kind in ("products", "stock") for name in mappings_storage.names(tx, kind)]


def mapping_of(tx: Transaction, name: str) -> ShopMapping:
    """Return a saved mapping of products or stock, one that comes with the program, or the one in the file *name*.

    :raises SettingsWrong: there is none, it is wrong, or it is kept as another kind than it says.
    """
    for kind in ("products", "stock"):
        body = mappings_storage.body(tx, kind, name)
        if body is not None:
            found = mapping_from(body, name)
            if found.kind != kind:
                raise SettingsWrong("shop_file.other_kind", mapping=name, kind=kind, says=found.kind)
            return found
    return mapping_from(shipped_text(name), Path(name).stem)


def save_example(folder: Path) -> Path:
    """Write the example that comes with the program, to make one's own from; return where it is.

    :raises FileUnusable: the folder cannot be written.
    """
    path = folder / f"{EXAMPLE}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(shipped_text(EXAMPLE), encoding="utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise FileUnusable("file.not_writable", file=str(path), reason=why) from error
    return path


def add_mapping(desk: Desk, path: Path) -> str:
    """Keep the mapping of products or stock in a file, under the file's name; return that name.

    :raises SettingsWrong: it is wrong; everything wrong with it is said at once.
    :raises NotAllowed: the file's name is no good name of a mapping, or the person may not.
    """
    body = shipped_text(str(path))
    kind = mapping_from(body, path.stem).kind
    desk.do(frozenset({"settings"}), save_mapping, desk.station, new_act(), kind, path.stem, body).result()
    return path.stem


# --- what a row says ----------------------------------------------------------------------------------------------


def _rows_of(
    tx: Transaction, found: Sequence[Listing], mapping: ShopMapping, today: date
) -> tuple[list[tuple[Listing, list[str]]], list[LeftOut]]:
    """Return the rows of some listings, and those that can have none."""
    stored = products.stored(tx, ids=sorted({each.product for each in found}))
    full = product_master.full_of(tx, stored.values())
    free = _free(tx, full) if any(each.value.startswith("stock.") for each in mapping.columns) else None
    made: list[tuple[Listing, list[str]]] = []
    left_out: list[LeftOut] = []
    for each in found:
        product = full[each.product]
        on_sale = each.draft.active and _is_on_sale(product, today)
        pieces = free.get(each.product) if free is not None else 0
        if pieces is None and on_sale:  # nobody counts it here: a 0 would take it off sale
            left_out.append(LeftOut(each.id, each.code, each.sku, "shop_file.not_counted"))
            continue
        values = {f"product.{name}": text for name, text in texts_of(product).items()}
        values |= {f"extra.{name}": text for name, text in each.draft.extra.items()}
        values |= {
            "listing.code": each.code,
            "listing.title": each.draft.title or product.name or product.sku,
            "listing.price": each.draft.price or product.price or "",
            "listing.kept_back": str(each.draft.kept_back),
            "listing.active": "yes" if each.draft.active and not product.retired else "no",
            "stock.free": str(max(pieces or 0, 0)),
            "stock.offered": str(offered(pieces or 0, each.draft.kept_back, on_sale=on_sale)),
        }
        made.append((each, cells_of(mapping, values)))
    return made, left_out


def _is_on_sale(product: IncomingProduct, today: date) -> bool:
    return not product.retired and not (product.on_sale_to and today.isoformat() > product.on_sale_to)


def _free(tx: Transaction, full: Mapping[int, IncomingProduct]) -> dict[int, int]:
    """Return the pieces that nobody is promised, of a set as often as its parts make it; without what nobody counts."""
    parts = sets.parts_of(tx, full)
    needs: dict[int, dict[int, int]] = {}
    for product, given in full.items():
        master = Master({given.sku: (product, given.sku)}, {}, parts)
        lines = goods_of([IncomingLine(given.sku, given.sku, 1)], master).lines
        needs[product] = {line.product: line.quantity for line in lines if line.product is not None}
    wanted = {part for of in needs.values() for part in of}
    counted = reservation.booked_in(tx, wanted)
    free = reservation.free_stock(tx, counted)
    return {
        product: min(max(free[part], 0) // pieces for part, pieces in of.items() if part in counted)
        for product, of in needs.items()
        if any(part in counted for part in of)
    }


# --- writing ------------------------------------------------------------------------------------------------------


def write(desk: Desk, shop: int, mapping: str, folder: Path, *, every: bool = False) -> Sent:
    """Bring a shop's file to the disk: those of before that wait, then what is new. Runs on a worker thread.

    :param mapping: name of a saved mapping of products or stock, or the path of one.
    :param every: all listings, also those of which the shop knows everything.
    :raises NotAllowed: the shop has no listing, a value does not fit the file, or the person may not.
    :raises FileUnusable: the folder cannot be written; what was made waits, and the next call brings it out.
    :raises SettingsWrong: the mapping is wrong or not there.
    """
    table: ShopMapping = desk.read(mapping_of, mapping).result()
    settings = desk.read(all_settings, shop).result()
    named = desk.read(reports.shop_of, shop).result()
    if named is None:
        raise NotFound("listing.no_shop", name=shop)
    waiting = desk.read(page, shop=shop, state="made").result()
    paths = [write_out(desk, each.id, folder) for each in reversed(waiting)]
    for name, identity in writing.unnamed(folder):  # a program died over them when they were whole
        known = desk.read(storage.one, identity).result()
        if known is not None and known[1] is None and (known[0].file, known[0].shop) == (name, shop):
            path = writing.finish(folder, name, identity, known[0].sha256)
            paths += [path] if path is not None else []
    today = datetime.now(UTC).astimezone(ZoneInfo(settings["shop.timezone"])).date()
    made, left_out, whole = _made(desk, shop, table, today)
    key = f"{table.kind}/{mapping}"
    digests = {each.id: _digest(cells) for each, cells in made}
    fresh = [(each, cells) for each, cells in made if every or each.sent.get(key) != digests[each.id]]
    if not whole:
        raise NotAllowed("shop_file.no_listings", shop=named[1])
    if fresh:
        data = written(table, [cells for _, cells in fresh])
        file = writing.file_name(table.kind, named, today, table.suffix)
        arguments = (desk.station, new_act(), shop, table.kind, mapping, file, data, len(fresh))
        identity = desk.do(_TOPICS, _keep, *arguments).result()
        for start in range(0, len(fresh), _CHUNK):
            sent = {each.id: {**each.sent, key: digests[each.id]} for each, _ in fresh[start : start + _CHUNK]}
            desk.chunk(_TOPICS, listings_storage.set_sent, sent).result()
        paths.append(write_out(desk, identity, folder))
    return Sent(len(fresh), len(made) - len(fresh), tuple(left_out), tuple(paths))


def _made(
    desk: Desk, shop: int, mapping: ShopMapping, today: date
) -> tuple[list[tuple[Listing, list[str]]], list[LeftOut], int]:
    """Make the rows of all of a shop's listings, some at a time; return how many listings there are, too."""
    made: list[tuple[Listing, list[str]]] = []
    left_out: list[LeftOut] = []
    last = whole = 0
    while True:
        found, rows, out = desk.read(_some, shop, last, mapping, today).result()
        if not found:
            return made, left_out, whole
        last, whole = found[-1].id, whole + len(found)
        made += rows
        left_out += out
        desk.give_way()


def _some(
    tx: Transaction, shop: int, after: int, mapping: ShopMapping, today: date
) -> tuple[list[Listing], list[tuple[Listing, list[str]]], list[LeftOut]]:
    found = listings_storage.of_shop(tx, shop, after=after, limit=_CHUNK)
    return (found, *_rows_of(tx, found, mapping, today)) if found else ([], [], [])


def _digest(cells: Sequence[str]) -> str:
    return hashlib.blake2b("\x1f".join(cells).encode(), digest_size=12).hexdigest()


def _keep(
    tx: Transaction, station: str, act: str, shop: int, kind: str, mapping: str, file: str, data: bytes, rows: int
) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    digest = hashlib.sha256(data).hexdigest()
    identity = storage.add(
        tx, act=act, shop=shop, kind=kind, mapping=mapping, file=file, data=data, sha256=digest, rows=rows
    )
    acts.end(tx, state, act, "shop_file", {"shop": shop, "file": identity, "rows": rows}, result=identity)
    return identity


def write_out(desk: Desk, file: int, folder: Path) -> Path:
    """Bring a file that was made to the disk, once; return where it is.

    :raises NotAllowed: it was written before, or the person signed in may not.
    :raises NotFound: there is no such file.
    :raises FileUnusable: the folder cannot be written.
    """
    found = desk.read(storage.one, file).result()
    if found is None:
        raise NotFound("shop_file.not_found", file=file)
    row, data = found
    path = writing.write_once(
        folder,
        row.file,
        row.id,
        data,
        row.sha256,
        lambda: desk.do(_TOPICS, _say_written, desk.station, new_act(), row.id).result(),
    )
    if path is None:
        raise NotAllowed("shop_file.written", file=row.file)
    return path


def _say_written(tx: Transaction, station: str, act: str, file: int) -> bool:
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    done = storage.say_written(tx, file)
    acts.end(tx, state, act, "written", {"shop_file": file}, result=done)
    return done


# --- what the shop answers ----------------------------------------------------------------------------------------


def read_errors(desk: Desk, path: Path, shop: int, mapping: str, *, again: bool = False) -> ErrorsRead:
    """Read the shop's file of errors: the listings that it names have what it said, and are sent again next time.

    :param mapping: the one that the refused file was written by.
    :param again: take a file in that was read before.
    :raises FileUnusable: the file cannot be read by the mapping.
    :raises NotAllowed: this very file was read before.
    :raises SettingsWrong: the mapping has no ``[errors]``, is wrong or not there.
    """
    table: ShopMapping = desk.read(mapping_of, mapping).result()
    settings = desk.read(all_settings, shop).result()
    if table.errors is None:
        raise SettingsWrong("shop_file.no_errors", mapping=mapping)
    source = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    rows: list[ErrorRow] = []
    problems: list[Problem] = []
    for item in error_rows(source, table.errors):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows.append(item)
    with readable(shown_name(path)):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    key = f"{table.kind}/{mapping}"
    arguments = (desk.station, new_act(), shop, mapping, key, shown_name(path), digest, rows, again)
    refused, found = desk.do(_TOPICS, _take_errors, *arguments).result()
    return ErrorsRead(source.name, refused, (*problems, *found))


def _take_errors(
    tx: Transaction,
    station: str,
    act: str,
    shop: int,
    mapping: str,
    key: str,
    file: str,
    digest: str,
    rows: Sequence[ErrorRow],
    again: bool,
) -> tuple[tuple[Refused, ...], tuple[Problem, ...]]:
    state = acts.begin(tx, station, act)
    if state is None:
        body = acts.result_of(tx, act)
        problems = [
            Problem(at[0], at[1], at[2], at[3], at[4], tuple((k, v) for k, v in at[5])) for at in body["problems"]
        ]
        return tuple(Refused(*each) for each in body["refused"]), tuple(problems)
    acts.require(state, Right.EXPORT)
    named = reports.shop_of(tx, shop)
    if named is None:
        raise NotFound("listing.no_shop", name=shop)
    if not again and reports.seen_errors(tx, *named, digest):
        raise NotAllowed("report.errors_seen", file=file)
    known = listings_storage.named(tx, shop, [row.number for row in rows])
    said: dict[int, tuple[Listing, list[str]]] = {}
    problems = []
    for row in rows:
        listing = known.get(sku_fold(row.number))
        if listing is None:
            problems.append(problem(file, row.row, "", row.number, "shop_file.unknown_code", code=row.number))
            continue
        said.setdefault(listing.id, (listing, []))[1].append(row.reason or "–")
    refused = tuple(
        Refused(each.id, each.code, each.sku, " / ".join(dict.fromkeys(reasons))[:400])
        for each, reasons in said.values()
    )
    sent = {each.id: {name: text for name, text in each.sent.items() if name != key} for each, _ in said.values()}
    listings_storage.set_errors(tx, {each.listing: (sent[each.listing], each.reason) for each in refused})
    last = storage.last_of(tx, shop, mapping)
    if last is not None:
        storage.add_errors(tx, last, len(refused))
    intake_storage.add_import(
        tx, act=act, file=file, sha256=digest, channel=named[0], shop=named[1], result="{}", kind="errors"
    )
    result = {
        "refused": [[each.listing, each.code, each.sku, each.reason] for each in refused],
        "problems": [[each.file, each.row, each.column, each.value, each.key, each.args] for each in problems],
    }
    facts = {"file": file, "sha256": digest, "listings": [each.listing for each in refused]}
    acts.end(tx, state, act, "shop_errors", facts, result=result)
    return refused, tuple(problems)
