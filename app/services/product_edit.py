"""Editing the product master 商品登録: every field of one product as texts, what is wrong with them, saving in one act.

The texts are those of a product file (:mod:`app.channels._product_columns`), read by the same reader, so that a field
means the same wherever it is written. An empty text takes a field away; a field that is not given stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.channels._products import one_product, read_products
from app.domain.intake import ReadOptions
from app.domain.listings import Listing, Wrong
from app.domain.orders import Problem
from app.domain.people import Right
from app.domain.product_texts import FIELDS, Field, texts_of
from app.domain.products import IncomingProduct
from app.errors import NotAllowed, NotFound
from app.services import acts, products, reservation
from app.services.desk import Desk, new_act
from app.storage import listings as listings_storage
from app.storage import product_master as storage
from app.storage import products as products_storage
from app.storage import sets as sets_storage
from app.storage.database import Transaction
from app.storage.product_master import ProductLine, Use, categories

__all__ = [
    "FIELDS",
    "TOPICS",
    "Field",
    "ProductFull",
    "ProductLine",
    "Use",
    "Wrong",
    "by_sku",
    "categories",
    "copy_texts",
    "delete",
    "edit",
    "follow",
    "page",
    "read",
    "retire",
    "save",
    "wrongs",
]

TOPICS = frozenset({"products", "orders"})
"""What an act on a product changes."""
AT_ONCE = 40
"""Orders that are read again within the act; more of them go in chunks, so that scans pass."""
_NAMELESS = "–"
"""Stands for a SKU that is still missing, so that all other fields are judged, too."""
_PICTURES = ("picture", "pack_picture")
_SAID = (
    "cell.excel_damage", "cell.control_character", "product.bad_number", "product.impossible_size",
    "product.impossible_weight", "product.size_incomplete", "product.bad_lot_policy", "product.bad_lot_from",
    "product.bad_temperature", "product.bad_orientation", "product.bad_thickness", "product.bad_day",
    "product.bad_switch", "product.long_note", "code.bad_check_digit", "code.bad_quantity",
    "code.case_without_quantity", "code.lower_of_book", "code.twice", "code.zeros_restored", "part.bad_quantity",
    "part.twice", "part.unknown", "part.of_itself", "part.too_deep", "option.no_parent", "option.no_text",
    "option.twice",
)  # fmt: skip
"""What the reader of product files may say of one product; here it is said without a row (``product_edit.…``)."""
_SENTENCES = {key: f"product_edit.{key.replace('.', '_')}" for key in _SAID}
_ONLY_SAID = frozenset(
    {"code.case_without_quantity", "code.zeros_restored", "code.twice", "cell.control_character", "option.twice"}
)
"""What a person need not mend."""


@dataclass(frozen=True, slots=True)
class ProductFull:
    """One product with everything that is known of it."""

    id: int
    sku: str
    texts: Mapping[str, str]
    """Every field of :data:`FIELDS` by its name; empty where nothing is stored."""
    listings: tuple[Listing, ...] = ()
    retired: bool = False
    changed_at: int = 0
    """Milliseconds since 1970 UTC; 0 where it was never changed since that is kept."""
    use: Use = field(default_factory=Use)
    """What still needs it."""


# --- looking ------------------------------------------------------------------------------------------------------


def read(tx: Transaction, product: int) -> ProductFull:
    """Return one product with every field.

    :raises NotFound: there is none (``product_edit.not_found``).
    """
    rows = products_storage.stored(tx, ids=[product])
    if not rows:
        raise NotFound("product_edit.not_found", product=product)
    (row,) = rows.values()
    full = storage.full_of(tx, [row])[row.id]
    texts = texts_of(full)
    named = {each.name: texts.get(each.name, "") for each in FIELDS}
    found = tuple(listings_storage.of_product(tx, product))
    return ProductFull(row.id, row.sku, named, found, bool(full.retired), row.changed_at, storage.use_of(tx, product))


def by_sku(tx: Transaction, sku: str) -> int:
    """Return the id of the product with a SKU, in any case where that is unique.

    :raises NotFound: there is none (``product_edit.no_sku``), or several differ by case only.
    """
    known = products_storage.known_to(tx, 0, [sku])
    if sku in known.several:
        raise NotFound("product_edit.several", sku=sku[:80], skus=", ".join(known.several[sku]))
    if sku not in known.found:
        raise NotFound("product_edit.no_sku", sku=sku[:80])
    return known.found[sku][0]


def page(
    tx: Transaction,
    *,
    text: str = "",
    category: str = "",
    doubtful: Collection[int] | None = None,
    retired: bool | None = False,
    without: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[ProductLine]:
    """Return products by SKU.

    :param text: part of a SKU or of a name, or the beginning of a bar code or of a shop's own code.
    :param doubtful: only these ids, as :func:`app.services.product_doubts.doubts` found them; None for all.
    :param retired: None for both those that are sold and those that are not.
    :param without: only those that lack one of :data:`app.storage.product_master.WITHOUT`.
    """
    return storage.search(
        tx, text=text, category=category, retired=retired, only=doubtful, without=without, limit=limit, offset=offset
    )


def copy_texts(tx: Transaction, product: int) -> dict[str, str]:
    """Return the texts of a product to begin another one with: without what only one product can have.

    :raises NotFound: there is none.
    """
    own = {"sku", "code", "option_texts", "retired"}
    return {name: "" if name in own else text for name, text in read(tx, product).texts.items()}


# --- what is wrong ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """Texts as they were understood."""

    given: IncomingProduct | None
    wrongs: tuple[Wrong, ...]


def wrongs(tx: Transaction, texts: Mapping[str, str], product: int = 0) -> tuple[Wrong, ...]:
    """Return everything that is wrong with a product's texts, each with its field.

    :param texts: fields of :data:`FIELDS` by name; those that are not given stay as they are.
    :param product: the one that is changed; 0 for a new one.
    """
    return _understood(tx, texts, product).wrongs


def _understood(tx: Transaction, texts: Mapping[str, str], product: int) -> _Read:
    known = {each.name for each in FIELDS}
    found = [Wrong(name, "product_edit.unknown_field") for name in texts if name not in known]
    before = products_storage.stored(tx, ids=[product]) if product else {}
    if product and not before:
        raise NotFound("product_edit.not_found", product=product)
    own_sku = next(iter(before), "")
    sku = texts.get("sku", own_sku).strip()
    given: IncomingProduct | None = None
    if product and sku != own_sku:
        found.append(Wrong("sku", "product_edit.sku_fixed", (("sku", own_sku),)))
    else:
        if not sku:
            found.append(Wrong("sku", "product_edit.sku_missing"))
        if not product and products_storage.stored(tx, [sku]):
            found.append(Wrong("sku", "product_edit.sku_taken", (("sku", sku),)))
        elif not product and (alike := products_storage.by_skus(tx, [sku]).get(sku)):
            found.append(Wrong("sku", "product_edit.sku_alike", (("sku", sku), ("other", alike[1])), stops=False))
        taken = {name: text for name, text in texts.items() if name in known} | {"sku": sku or _NAMELESS}
        if before and any(name in taken for name in products_storage.SIDES):  # all three sides or none
            values = before[own_sku].values
            taken = {name: str(values[name] or "") for name in products_storage.SIDES} | taken
        given, said = _parsed(taken)
        found += said
    if given is not None:
        found += _against_each_other(given, before.get(own_sku))
        found += _against_others(tx, given, product)
    return _Read(given, tuple(found))


def _parsed(texts: Mapping[str, str]) -> tuple[IncomingProduct | None, list[Wrong]]:
    """Read texts as a row of a product file is; pictures may lie anywhere here."""
    plain = {name: text.strip() for name, text in texts.items() if name not in _PICTURES}
    file = one_product(
        {name: text for name, text in plain.items() if text or name in ("code", "parts", "option_texts")}
    )
    given: IncomingProduct | None = None
    found: list[Wrong] = []
    for item in read_products(file, ReadOptions()):
        if isinstance(item, Problem):
            found.append(_wrong(item))
        else:
            given = item
    if given is None:
        return None, found
    cleared = {name for name, text in plain.items() if not text}
    pictures: dict[str, str] = {}
    for name in _PICTURES:
        if name in texts:
            path = texts[name].strip()
            pictures[name] = path
            if path and not Path(path).is_absolute():
                found.append(Wrong(name, "product_edit.picture_place", (("value", path),)))
    return replace(given, cleared=frozenset(cleared), **pictures), found  # type: ignore[arg-type]


def _wrong(found: Problem) -> Wrong:
    # A file says what it leaves out; here somebody can still mend it, so everything that would be left out stops.
    args = (*found.args, ("value", found.value))  # only a size that lacks a side names no column
    return Wrong(found.column or products_storage.SIDES[0], _SENTENCES[found.key], args, found.key not in _ONLY_SAID)


def _against_each_other(given: IncomingProduct, before: products_storage.StoredProduct | None) -> list[Wrong]:
    """Return what does not go together, as it will be stored."""
    values = dict(before.values) if before is not None else {}
    values |= products_storage.values_of(given)
    found = []
    begins, ends = values.get("on_sale_from", ""), values.get("on_sale_to", "")
    if begins and ends and ends < begins:
        found.append(Wrong("on_sale_to", "product_edit.days_turned", (("begins", begins), ("ends", ends))))
    return found


def _against_others(tx: Transaction, given: IncomingProduct, product: int) -> list[Wrong]:
    """Return what other products or orders speak against."""
    found: list[Wrong] = []
    codes = [code.code for code in given.codes or ()]
    for code, skus in products_storage.with_code(tx, codes).items():
        others = [sku for sku in skus if sku != given.sku]
        if others:
            found.append(
                Wrong("code", "product_edit.code_shared", (("code", code), ("skus", ", ".join(others))), False)
            )
    if given.parts:
        found += _part_wrongs(tx, given, product)
    if given.retired and product:
        use = storage.use_of(tx, product)
        if use.open_orders or use.on_shelf or use.sets:
            found.append(Wrong("retired", "product_edit.retired_in_use", _use_args(given.sku, use), stops=False))
    return found


def _part_wrongs(tx: Transaction, given: IncomingProduct, product: int) -> list[Wrong]:
    known = products_storage.by_skus(tx, [sku for sku, _ in given.parts or ()])
    if not product:  # nothing can contain it yet, so only its parts can be unknown
        unknown = [sku for sku, _ in given.parts or () if sku not in known]
        args = (("value", ", ".join(unknown)), ("set", given.sku))
        return [Wrong("parts", _SENTENCES["part.unknown"], args)] if unknown else []
    known |= {given.sku: (product, given.sku)}
    graph = sets_storage.all_parts(tx)
    said = products.part_problem(one_product({"sku": given.sku}), given, product, known, graph, dict(known.values()))
    return [] if said is None else [replace(_wrong(said), field="parts")]


def _use_args(sku: str, use: Use) -> tuple[tuple[str, str], ...]:
    return (
        ("sku", sku),
        ("orders", str(use.open_orders)),
        ("pieces", str(use.on_shelf)),
        ("sets", ", ".join(use.sets) or "–"),
    )


# --- saving -------------------------------------------------------------------------------------------------------


def save(tx: Transaction, station: str, act: str, texts: Mapping[str, str], product: int = 0) -> int:
    """Save a product with everything that must follow; return its id.

    Of the orders that wait for it some are read again in this act; :func:`follow` does the rest, and :func:`edit` both.

    :param texts: fields of :data:`FIELDS` by name; an empty text takes a field away, one that is not given stays.
    :param product: the one that is changed; 0 for a new one.
    :raises NotAllowed: something cannot be right, with the sentence of the first thing; or the person may not.
    :raises NotFound: there is no such product.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.IMPORT)
    understood = _understood(tx, texts, product)
    for wrong in understood.wrongs:
        if wrong.stops:
            raise NotAllowed(wrong.key, **dict(wrong.args))
    given = understood.given
    assert given is not None
    file = one_product({"sku": given.sku, **dict.fromkeys(texts, "")})
    news = products.take(tx, act, file, [given])
    if given.parts:
        news.add(products.tie(tx, file, [given]))
    products.reread(tx, act, products.orders_for(tx, news)[:AT_ONCE])
    identity = products_storage.by_skus(tx, [given.sku])[given.sku][0]
    facts = {"sku": given.sku, "new": not product, "fields": sorted(texts)}
    acts.end(tx, state, act, "products", facts, result=identity)  # a kind that look-alikes are found again after
    return identity


def follow(desk: Desk, product: int) -> int:
    """Do what a saved product brings about beyond its act: orders that wait for it or contain it, their stock.

    Runs on a worker thread, in chunks beside the scans; may be called again. Return how many orders came out otherwise.
    """
    news: products.News = desk.read(_news_of, product).result()
    changed = products.read_orders_again(desk, news)
    reservation.reserve_waiting(desk)
    return changed


def _news_of(tx: Transaction, product: int) -> products.News:
    rows = products_storage.stored(tx, ids=[product])
    news = products.News()
    for row in rows.values():
        full = storage.full_of(tx, [row])[row.id]
        news.skus |= {row.sku, *(parent for parent, _ in full.option_texts or ())}
        news.products.add(row.id)
        news.judged.add(row.id)
    return news


def edit(desk: Desk, texts: Mapping[str, str], product: int = 0) -> int:
    """Save a product and do what follows; runs on a worker thread. Return its id.

    :raises NotAllowed: see :func:`save`.
    """
    identity = desk.do(TOPICS, save, desk.station, new_act(), dict(texts), product).result()
    follow(desk, identity)
    return identity


# --- taking away --------------------------------------------------------------------------------------------------


def retire(
    tx: Transaction, station: str, act: str, product: int, *, back: bool = False, anyway: bool = False
) -> Sequence[Wrong]:
    """Say that a product is sold no longer, or again; return what is to be seen to.

    What is recorded of it stays, and orders of it are packed as before; shops are given no stock of it.

    :param anyway: also while orders, stock or sets need it, which is refused else.
    :raises NotAllowed: something still needs it (``product_edit.retired_in_use``), or the person may not.
    :raises NotFound: there is no such product.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return ()
    acts.require(state, Right.IMPORT)
    row = products_storage.show(tx, product)
    if row is None:
        raise NotFound("product_edit.not_found", product=product)
    use = storage.use_of(tx, product)
    needed = not back and bool(use.open_orders or use.on_shelf or use.sets)
    args = _use_args(row.sku, use)
    if needed and not anyway:
        raise NotAllowed("product_edit.retired_in_use", **dict(args))
    products_storage.save(tx, IncomingProduct(row.sku, retired=not back))
    acts.end(tx, state, act, "products", {"sku": row.sku, "retired": not back})
    return (Wrong("retired", "product_edit.retired_in_use", args, stops=False),) if needed else ()


def delete(tx: Transaction, station: str, act: str, product: int) -> None:
    """Take a product away that nothing ever used: entered by mistake, never ordered, stocked, scanned or listed.

    :raises NotAllowed: something used it (``product_edit.was_used``); it can be retired. Or the person may not.
    :raises NotFound: there is no such product.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    row = products_storage.show(tx, product)
    if row is None:
        raise NotFound("product_edit.not_found", product=product)
    if storage.used_in(tx, product):
        raise NotAllowed("product_edit.was_used", sku=row.sku)
    storage.delete_unused(tx, product)
    acts.end(tx, state, act, "products", {"sku": row.sku, "deleted": True})
