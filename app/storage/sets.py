"""Sets and option texts of the product master: what orders need of them, and what a product file changes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, literal_column, or_, select, update

from app.domain.orders import IncomingLine
from app.domain.products import sku_fold
from app.domain.sets import DEEPEST, GoodsLine, Master, OptionText, Part, StoredLine, option_fold
from app.storage import products as products_storage
from app.storage.database import Transaction
from app.storage.intake import insert_rows
from app.storage.tables import lines, moves, option_texts, orders, product_codes, product_parts, products

__all__ = [
    "OpenOrder",
    "all_parts",
    "line_rows",
    "load_open",
    "master_of",
    "open_with",
    "option_texts_of",
    "parts_of",
    "rewrite",
    "save_option_texts",
    "save_parts",
    "waiting_for",
]

_PAGE = 400


def option_texts_of(tx: Transaction, folds: Iterable[str]) -> dict[str, tuple[OptionText, ...]]:
    """Return the option texts that go with each of the shop's codes.

    :param folds: codes as :func:`~app.domain.products.sku_fold` gives them.
    """
    wanted = list(dict.fromkeys(folds))
    found: dict[str, list[OptionText]] = {}
    for start in range(0, len(wanted), _PAGE):
        query = (
            select(option_texts.c.parent_fold, option_texts.c.text_fold, option_texts.c.product_id, products.c.sku)
            .select_from(option_texts.join(products, products.c.id == option_texts.c.product_id))
            .where(option_texts.c.parent_fold.in_(wanted[start : start + _PAGE]))
            .order_by(option_texts.c.parent_fold, option_texts.c.text_fold)
        )
        for parent, text, product, sku in tx.connection.execute(query):
            found.setdefault(parent, []).append(OptionText(text, product, sku))
    return {parent: tuple(texts) for parent, texts in found.items()}


def parts_of(tx: Transaction, known: Iterable[int]) -> dict[int, tuple[Part, ...]]:
    """Return the parts of every set among these products and of the sets in them.

    A set with a code (beside its SKU) that ever had a stock move is picked as it stands and left out.
    """
    made: dict[int, tuple[Part, ...]] = {}
    todo, seen = set(known), set[int]()
    whole = and_(
        exists(
            select(product_codes.c.id).where(
                product_codes.c.product_id == product_parts.c.set_id, product_codes.c.kind != "sku"
            )
        ),
        exists(select(moves.c.id).where(moves.c.product_id == product_parts.c.set_id)),
    )
    for _ in range(DEEPEST + 1):
        seen |= todo
        found: dict[int, list[Part]] = {}
        asked = sorted(todo)
        for start in range(0, len(asked), _PAGE):
            query = (
                select(
                    product_parts.c.set_id,
                    product_parts.c.part_id,
                    products.c.sku,
                    products.c.name,
                    product_parts.c.quantity,
                )
                .select_from(product_parts.join(products, products.c.id == product_parts.c.part_id))
                .where(product_parts.c.set_id.in_(asked[start : start + _PAGE]), ~whole)
                .order_by(product_parts.c.set_id, products.c.sku)
            )
            for set_, part, sku, name, quantity in tx.connection.execute(query):
                found.setdefault(set_, []).append(Part(part, sku, name, quantity))
        made |= {set_: tuple(parts) for set_, parts in found.items()}
        todo = {part.product for parts in found.values() for part in parts} - seen
        if not todo:
            break
    return made


def line_rows(order: int, made: Sequence[GoodsLine]) -> list[tuple[Any, ...]]:
    """Return an order's lines as rows for :func:`app.storage.intake.insert_rows`."""
    return [
        (
            order,
            position,
            line.sku,
            line.name,
            line.product,
            line.quantity,
            0,
            0,
            line.price,
            line.tax_rate,
            line.options,
            line.sold,
        )
        for position, line in enumerate(made, 1)
    ]


def master_of(tx: Transaction, codes: Iterable[str], shop: int = 0, afresh: Collection[str] = ()) -> Master:
    """Return what is known of these codes as a shop writes them.

    :param shop: whose listings go first; 0 for none.
    :param afresh: folded codes that are looked up again though a line has a product already.
    """
    asked = list(dict.fromkeys(codes))
    known = products_storage.known_to(tx, shop, asked).found
    options = option_texts_of(tx, map(sku_fold, asked))
    found = {product for product, _ in known.values()}
    found |= {text.product for texts in options.values() for text in texts}
    again = frozenset(code for code in asked if sku_fold(code) in afresh) if afresh else frozenset()
    return Master(known, options, parts_of(tx, found), again)


# --- what a product file changes ----------------------------------------------------------------------------------


def all_parts(tx: Transaction) -> dict[int, list[int]]:
    """Return the parts of every set."""
    found: dict[int, list[int]] = {}
    for set_, part in tx.connection.execute(select(product_parts.c.set_id, product_parts.c.part_id)):
        found.setdefault(set_, []).append(part)
    return found


def save_parts(tx: Transaction, set_: int, parts: Mapping[int, int]) -> bool:
    """Make the set consist of these parts, product -> pieces; none make it no set. Return whether that is new."""
    query = select(product_parts.c.part_id, product_parts.c.quantity).where(product_parts.c.set_id == set_)
    if {row[0]: row[1] for row in tx.connection.execute(query)} == dict(parts):
        return False
    tx.connection.execute(delete(product_parts).where(product_parts.c.set_id == set_))
    if parts:
        rows = [{"set_id": set_, "part_id": part, "quantity": pieces} for part, pieces in parts.items()]
        tx.connection.execute(insert(product_parts), rows)
    return True


def save_option_texts(
    tx: Transaction, product: int, texts: Sequence[tuple[str, str]]
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Make these the option texts of a product: the shop's code and the text; none takes all away.

    :return: folded codes for which something is new, and what other products had until now (code, text, SKU).
    """
    wanted = {(sku_fold(parent), option_fold(text)): (parent, text) for parent, text in texts}
    had = select(option_texts.c.parent_fold, option_texts.c.text_fold).where(option_texts.c.product_id == product)
    known = {(row[0], row[1]) for row in tx.connection.execute(had)}
    if known == wanted.keys():
        return [], []
    taken = []
    for (parent_fold, text_fold), (parent, text) in wanted.items():
        query = (
            select(products.c.sku)
            .select_from(option_texts.join(products, products.c.id == option_texts.c.product_id))
            .where(
                option_texts.c.parent_fold == parent_fold,
                option_texts.c.text_fold == text_fold,
                option_texts.c.product_id != product,
            )
        )
        taken += [(parent, text, row[0]) for row in tx.connection.execute(query)]
        here = and_(option_texts.c.parent_fold == parent_fold, option_texts.c.text_fold == text_fold)
        tx.connection.execute(delete(option_texts).where(here))
    tx.connection.execute(delete(option_texts).where(option_texts.c.product_id == product))
    if wanted:
        rows = [{"parent_fold": parent, "text_fold": text, "product_id": product} for parent, text in wanted]
        tx.connection.execute(insert(option_texts), rows)
    return sorted({parent for parent, _ in known ^ wanted.keys()}), taken


# --- orders that are here already ---------------------------------------------------------------------------------

_LIVE: ColumnElement[bool] = literal_column("orders.state IN ('received','ready','released','picked','verified')")


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order whose lines may be read again, its row locked."""

    id: int
    shop: int
    whole: bool
    """It is not released: known lines may change as well."""
    content: dict[str, Any]
    sold: tuple[IncomingLine, ...]
    lines: tuple[StoredLine, ...]


def waiting_for(tx: Transaction, folds: Iterable[str]) -> list[int]:
    """Return the orders with a line whose product is unknown and whose code is one of these.

    :param folds: codes as :func:`~app.domain.products.sku_fold` gives them.
    """
    wanted = set(folds)
    if not wanted:
        return []
    waiting = select(lines.c.sku).where(lines.c.product_id.is_(None)).distinct()
    skus = [sku for (sku,) in tx.connection.execute(waiting) if sku_fold(sku) in wanted]
    found: dict[int, None] = {}
    for start in range(0, len(skus), _PAGE):
        query = select(lines.c.order_id).where(
            lines.c.product_id.is_(None), lines.c.sku.in_(skus[start : start + _PAGE])
        )
        found |= dict.fromkeys(row[0] for row in tx.connection.execute(query.order_by(lines.c.order_id)))
    return list(found)


def open_with(tx: Transaction, known: Iterable[int], *, or_sets: bool = True) -> list[int]:
    """Return the orders, not released yet, that have a line of these products.

    :param or_sets: also those with a set taken apart, which may be one of these.
    """
    wanted = sorted(set(known))
    found: dict[int, None] = {}
    for start in range(0, len(wanted), _PAGE):
        query = (
            select(orders.c.id)
            .select_from(orders.join(lines, lines.c.order_id == orders.c.id))
            .where(
                _LIVE,
                orders.c.state.in_(("received", "ready")),
                or_(lines.c.product_id.in_(wanted[start : start + _PAGE]), *([lines.c.sold.is_not(None)] * or_sets)),
            )
            .distinct()
        )
        found |= dict.fromkeys(row[0] for row in tx.connection.execute(query))
    return sorted(found)


def load_open(tx: Transaction, ids: Iterable[int]) -> list[OpenOrder]:
    """Lock these orders, as far as they are live, and load what was sold and what is picked."""
    wanted = sorted(set(ids))
    made = []
    for start in range(0, len(wanted), _PAGE):
        page = wanted[start : start + _PAGE]
        heads = (
            select(orders.c.id, orders.c.shop_id, orders.c.state, orders.c.holder, orders.c.content)
            .where(orders.c.id.in_(page), _LIVE)
            .order_by(orders.c.id)
            .with_for_update()
        )
        heads_ = tx.connection.execute(heads).all()
        query = (
            select(
                lines.c.order_id,
                lines.c.id,
                lines.c.sku,
                lines.c.name,
                lines.c.product_id,
                lines.c.wanted,
                lines.c.price,
                lines.c.tax_rate,
                lines.c.options,
                lines.c.sold,
                lines.c.done + lines.c.short,
            )
            .where(lines.c.order_id.in_(page))
            .order_by(lines.c.order_id, lines.c.position)
        )
        of_order: dict[int, list[StoredLine]] = {}
        for row in tx.connection.execute(query):
            values: list[Any] = list(row)
            of_order.setdefault(values[0], []).append(StoredLine(values[1], GoodsLine(*values[2:10]), bool(values[10])))
        for order, shop, state, holder, text in heads_:
            content = json.loads(text)
            sold = tuple(IncomingLine(**each) for each in content.get("sold", ()))
            whole = state in ("received", "ready") and not holder
            made.append(OpenOrder(order, shop, whole, content, sold, tuple(of_order.get(order, ()))))
    return made


def rewrite(
    tx: Transaction, order: OpenOrder, made: Sequence[tuple[int | None, GoodsLine]], sold: Sequence[dict[str, Any]]
) -> bool:
    """Write an order's lines as they were read again; lines that stay keep what is done and reserved.

    :return: whether anything was different.
    """
    before = {line.id: (position, line.goods) for position, line in enumerate(order.lines, 1)}
    stays = {identity for identity, _ in made if identity is not None}
    gone = sorted(before.keys() - stays)
    if not gone and all(
        identity is not None and before[identity] == (at, line) for at, (identity, line) in enumerate(made, 1)
    ):
        return False
    if gone:
        tx.connection.execute(delete(lines).where(lines.c.id.in_(gone)))
    fresh = []
    for at, ((identity, line), row) in enumerate(
        zip(made, line_rows(order.id, [line for _, line in made]), strict=True), 1
    ):
        if identity is None:
            fresh.append(row)
        elif before[identity] != (at, line):
            values = {"position": at, "sku": line.sku, "product_id": line.product, "sold": line.sold}
            if before[identity][1].product != line.product:
                values["reserved"] = 0  # what it was promised was another product's
            tx.connection.execute(update(lines).where(lines.c.id == identity).values(values))
    insert_rows(tx, "lines", fresh)
    head: dict[str, Any] = {"line_count": len(made), "pieces": sum(line.quantity for _, line in made)}
    content = {name: value for name, value in order.content.items() if name != "sold"}
    if sold:
        content["sold"] = list(sold)
    head["content"] = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    tx.connection.execute(update(orders).where(orders.c.id == order.id).values(head))
    return True
