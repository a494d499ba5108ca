"""A shop's own file of its listings, read in by the same mapping that writes it: what would change, then taking it in.

A title or price that is the product's own is not kept at the listing: so an edit of the product still reaches the shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.channels._shop_file import EXAMPLE, ShopMapping, ShopRow, read_rows
from app.channels._source import open_source
from app.domain.intake import narrow, problem, read_money
from app.domain.listings import Listing, ListingDraft
from app.domain.orders import Problem
from app.domain.people import Right
from app.domain.product_texts import Difference
from app.domain.products import sku_fold
from app.errors import NotAllowed, NotFound
from app.services import acts, product_listings, shop_files
from app.services.desk import Desk, new_act
from app.services.settings import all_settings
from app.storage import listings as storage
from app.storage import products as products_storage
from app.storage import reports as reports_storage
from app.storage.database import Transaction

__all__ = ["EXAMPLE", "ListingChange", "ListingComparison", "compare", "import_shown"]

_CHUNK = 200
_SWITCHES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class ListingChange:
    """One listing of a file beside what is stored."""

    row: int
    product: int
    sku: str
    draft: ListingDraft
    """What it will be."""
    before: Listing | None
    """None for a new one."""
    differences: tuple[Difference, ...]
    """Empty where nothing changes."""


@dataclass(slots=True)
class ListingComparison:
    """What reading a shop's file in would do; nothing was written."""

    shop: int
    file: str
    changes: list[ListingChange] = field(default_factory=list)
    """In the order of the file, those that stay as they are too."""
    problems: list[Problem] = field(default_factory=list)

    def count(self, state: str) -> int:
        """Return how many listings are ``new``, ``changed`` or ``same``."""
        return sum(_state(each) == state for each in self.changes)


def _state(change: ListingChange) -> str:
    return "new" if change.before is None else "changed" if change.differences else "same"


def compare(desk: Desk, path: Path, shop: int, mapping: str = EXAMPLE) -> ListingComparison:
    """Return what reading a shop's own file in would change; runs on a worker thread.

    A row whose code the shop has is that listing; a new one is of the product with its SKU or bar code, else of the
    product whose SKU is the shop's code.

    :param mapping: a saved mapping of products or stock, the path of one, or the example that comes with the program.
    :raises FileUnusable: the file cannot be read, or lacks the column of the code.
    :raises SettingsWrong: the mapping is wrong or not there.
    """
    table: ShopMapping = desk.read(shop_files.mapping_of, mapping).result()
    settings = desk.read(all_settings).result()
    source = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    found = ListingComparison(shop, source.name)
    part: list[ShopRow] = []
    seen: dict[str, int] = {}
    for item in read_rows(source, table):
        if isinstance(item, Problem):
            found.problems.append(item)
            continue
        code = item.values.get("listing.code", item.values.get("product.sku", ""))
        first = seen.setdefault(sku_fold(code), item.row)
        if not code:
            found.problems.append(problem(source.name, item.row, "", "", "listing_file.no_code"))
        elif first != item.row:
            args = {"first": str(first)}
            found.problems.append(problem(source.name, item.row, "", code, "listing_file.twice", **args))
        else:
            part.append(item)
        if len(part) >= _CHUNK:
            _look(desk, found, table, part)
            part = []
    _look(desk, found, table, part)
    return found


def _look(desk: Desk, found: ListingComparison, table: ShopMapping, part: Sequence[ShopRow]) -> None:
    changes, problems = desk.read(_compared, found.shop, found.file, table, tuple(part)).result()
    found.changes += changes
    found.problems += problems
    desk.give_way()


def _compared(
    tx: Transaction, shop: int, file: str, table: ShopMapping, part: Sequence[ShopRow]
) -> tuple[list[ListingChange], list[Problem]]:
    codes = [each.values.get("listing.code", each.values.get("product.sku", "")) for each in part]
    there = storage.named(tx, shop, codes)
    asked = [each.values.get("product.sku", code) for each, code in zip(part, codes, strict=True)]
    skus = products_storage.by_skus(tx, list(dict.fromkeys(asked)))
    ids = {one for one, _ in skus.values()} | {each.product for each in there.values()}
    rows = {row.id: row for row in products_storage.stored(tx, ids=sorted(ids)).values()}
    made: list[ListingChange] = []
    said: list[Problem] = []
    for each, code, sku in zip(part, codes, asked, strict=True):
        before = there.get(sku_fold(code))
        named = skus.get(sku)
        product = before.product if before is not None else named[0] if named is not None else _by_bar_code(tx, each)
        if not product:
            said.append(problem(file, each.row, "", sku, "listing_file.unknown_product", code=code))
            continue
        if before is not None and "product.sku" in each.values and named is not None and named[0] != before.product:
            args = {"code": code, "sku": before.sku, "other": named[1]}
            said.append(problem(file, each.row, "", code, "listing_file.other_product", **args))
            continue
        row = rows.get(product) or next(iter(products_storage.stored(tx, ids=[product]).values()))
        draft, wrong = _draft(each, code, before, row)
        if wrong:
            column = next((one.name for one in table.columns if one.value == wrong), wrong)
            said.append(problem(file, each.row, column, each.values[wrong], "listing_file.bad_value"))
            continue
        made.append(ListingChange(each.row, product, row.sku, draft, before, _differences(before, draft)))
    return made, said


def _by_bar_code(tx: Transaction, row: ShopRow) -> int:
    code = row.values.get("product.code", "")
    found = products_storage.by_code(tx, code) or (products_storage.by_code(tx, code.zfill(14)) if code else None)
    return found.id if found is not None else 0


def _draft(
    row: ShopRow, code: str, before: Listing | None, product: products_storage.StoredProduct
) -> tuple[ListingDraft, str]:
    """Return what a listing will be; and the value that cannot be read, where there is one."""
    draft = before.draft if before is not None else ListingDraft(code)
    values = row.values
    extra = {
        **draft.extra,
        **{name.removeprefix("extra."): text for name, text in values.items() if name[:6] == "extra."},
    }
    draft = replace(draft, extra=extra)
    if "listing.title" in values:
        own = values["listing.title"] == product.values["name"]
        draft = replace(draft, title="" if own else values["listing.title"])
    if "listing.price" in values:
        price = read_money(values["listing.price"])
        if price is None or price.startswith("-"):
            return draft, "listing.price"
        draft = replace(draft, price="" if price == product.values["price"] else price)
    if "listing.kept_back" in values:
        kept = narrow(values["listing.kept_back"])
        if not (kept.isascii() and kept.isdigit() and len(kept) < 8):
            return draft, "listing.kept_back"
        draft = replace(draft, kept_back=int(kept))
    if "listing.active" in values:
        if values["listing.active"] not in _SWITCHES:
            return draft, "listing.active"
        draft = replace(draft, active=_SWITCHES[values["listing.active"]])
    return draft, ""


def _differences(before: Listing | None, draft: ListingDraft) -> tuple[Difference, ...]:
    was, will_be = _texts(before.draft if before is not None else None), _texts(draft)
    names = dict.fromkeys([*will_be, *was])
    return tuple(
        Difference(name, was.get(name, ""), will_be.get(name, ""))
        for name in names
        if was.get(name, "") != will_be.get(name, "")
    )


def _texts(draft: ListingDraft | None) -> dict[str, str]:
    if draft is None:
        return {}
    plain = {"code": draft.code, "title": draft.title, "price": draft.price, "kept_back": str(draft.kept_back)}
    return plain | {"active": "yes" if draft.active else "no"} | {f"extra.{k}": v for k, v in draft.extra.items()}


def import_shown(desk: Desk, shown: ListingComparison) -> int:
    """Take exactly what a comparison showed in, in chunks; runs on a worker thread. Return how many listings changed.

    :raises NotAllowed: a listing is no longer what it was shown as (``product_diff.changed_since``): nothing of its
        chunk was written, compare again. Or the person may not.
    """
    todo = [each for each in shown.changes if each.differences]
    for start in range(0, len(todo), _CHUNK):
        part = tuple(todo[start : start + _CHUNK])
        desk.chunk(product_listings.TOPICS, _take, desk.station, new_act(), shown.shop, shown.file, part).result()
    fresh = [each.draft.code for each in todo if each.before is None]
    if fresh:
        product_listings.follow(desk, shown.shop, fresh)
    return len(todo)


def _take(tx: Transaction, station: str, act: str, shop: int, file: str, part: Sequence[ListingChange]) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    if reports_storage.shop_of(tx, shop) is None:
        raise NotFound("listing.no_shop", name=shop)
    there = storage.named(tx, shop, [each.draft.code for each in part])
    moved = [each.sku for each in part if _changed_since(there.get(sku_fold(each.draft.code)), each)]
    if moved:
        raise NotAllowed("product_diff.changed_since", number=len(moved), skus=", ".join(moved[:5]))
    for each in part:
        if each.before is None:
            storage.make(tx, shop, each.product, product_listings.tidy(each.draft))
        else:
            storage.change(tx, each.before.id, each.product, product_listings.tidy(each.draft))
    acts.end(tx, state, act, "listings", {"file": file, "shop": shop, "listings": len(part)})


def _changed_since(now: Listing | None, shown: ListingChange) -> bool:
    if now is None or shown.before is None:
        return now is not shown.before
    return (now.id, now.product, now.draft) != (shown.before.id, shown.before.product, shown.before.draft)
