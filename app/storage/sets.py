"""Sets and option texts of the product master: what orders need of them, and what a product file changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, exists, select

from app.domain.sets import DEEPEST, GoodsLine, OptionText, Part
from app.storage.database import Transaction
from app.storage.tables import moves, option_texts, product_codes, product_parts, products

__all__ = ["line_rows", "option_texts_of", "parts_of"]

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
