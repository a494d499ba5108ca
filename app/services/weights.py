"""What is known of the weights of goods: told by the product file, taught by the scale, and where the two quarrel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.people import Right
from app.domain.weight_learning import WrongUnit, weighed_alone, wrong_unit
from app.domain.weights import MG, KnownWeight
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.storage import products as products_storage
from app.storage import weights as storage
from app.storage.database import Transaction
from app.storage.weights import WeightRow

__all__ = ["Row", "adopt", "forget", "page", "weigh"]


@dataclass(frozen=True, slots=True)
class Row:
    """One product with what is known of its weight."""

    sku: str
    name: str
    told_g: int | None
    """What the product file says."""
    learned: KnownWeight | None
    doubt: WrongUnit | None
    """Where the product file says something quite different from the scale."""


def page(
    tx: Transaction, *, text: str = "", doubtful: bool = False, unknown: bool = False, limit: int = 200
) -> list[Row]:
    """Return products by SKU.

    :param text: only those whose SKU or name has it.
    :param doubtful: only those whose file quarrels with the scale.
    :param unknown: only those of which nobody knows the weight.
    """
    rows = [
        _row(each) for each in storage.page(tx, text, None if doubtful else limit, learned=doubtful, unknown=unknown)
    ]
    return [row for row in rows if row.doubt is not None or not doubtful][:limit]


def _row(found: WeightRow) -> Row:
    return Row(found.sku, found.name, found.told_g, found.learned, wrong_unit(found.told_g, found.learned))


def weigh(tx: Transaction, station: str, act: str, sku: str, samples: Sequence[tuple[int, int]]) -> Row:
    """Keep the weight of goods that were put on the scale by themselves; it takes the place of what was known.

    :param samples: grams and pieces of each weighing.
    :raises NotFound: no such product.
    :raises NotAllowed: the weighings say nothing; or the person may not.
    """
    state = acts.begin(tx, station, act)
    product = _product(tx, sku)
    if state is None:
        return _row(storage.of_product(tx, product))
    acts.require(state, Right.TEACH)
    known = weighed_alone(samples)
    if known is None:
        raise NotAllowed("weights.nothing_weighed", sku=sku)
    storage.keep(tx, {product: known})
    facts = {"sku": sku, "samples": [list(each) for each in samples], "mean_mg": known.mean_mg}
    acts.end(tx, state, act, "weigh", facts)
    return _row(storage.of_product(tx, product))


def adopt(tx: Transaction, station: str, act: str, sku: str) -> Row:
    """Write what the scale has taught into the product master, in whole grams.

    :raises NotFound: no such product.
    :raises NotAllowed: nothing was weighed yet; or the person may not.
    """
    state = acts.begin(tx, station, act)
    product = _product(tx, sku)
    if state is None:
        return _row(storage.of_product(tx, product))
    acts.require(state, Right.IMPORT)
    known = storage.of_product(tx, product).learned
    if known is None:
        raise NotAllowed("weights.not_weighed", sku=sku)
    storage.put_told(tx, product, max(1, round(known.mean_mg / MG)))
    acts.end(tx, state, act, "weight", {"sku": sku, "mean_mg": known.mean_mg})
    return _row(storage.of_product(tx, product))


def forget(tx: Transaction, station: str, act: str, sku: str) -> Row:
    """Forget what the scale has taught of a product, such as after its package changed.

    :raises NotFound: no such product.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    product = _product(tx, sku)
    if state is not None:
        acts.require(state, Right.TEACH)
        storage.forget(tx, product)
        acts.end(tx, state, act, "weight", {"sku": sku, "forgotten": True})
    return _row(storage.of_product(tx, product))


def _product(tx: Transaction, sku: str) -> int:
    found = products_storage.by_skus(tx, [sku]).get(sku)
    if found is None:
        raise NotFound("weights.no_product", sku=sku)
    return found[0]
