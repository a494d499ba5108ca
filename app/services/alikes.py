"""Look-alike goods: finding them beside the work, counting confusions, and what leaders decide.

Pairs are found again after an import of products and whenever products came or goods were confused; only what came out
otherwise is written, in short chunks. A product with a pair that stands demands that each piece is scanned.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.alikes import Goods, Why, alike_pairs
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.services.aside import Aside
from app.services.desk import Desk
from app.storage import alikes as storage
from app.storage import products as products_storage
from app.storage.alikes import Head, Near, PairRow, Stored, near, page
from app.storage.database import Transaction

__all__ = [
    "DECISIONS",
    "Decided",
    "Head",
    "Near",
    "PairRow",
    "Settled",
    "decide",
    "keep",
    "near",
    "page",
    "settle",
    "sureness",
]

Pair = tuple[int, int]

DECISIONS = ("yes", "no", "auto")
"""What a person may say of a pair; ``auto`` leaves it to what is computed again."""

_TOPICS = frozenset({"products"})
_MANY = 2_000
"""From so many products on, comparing them takes longer than beginning a process."""
_READ_AT_ONCE = 1_000
_ROWS = 2_000
"""Journal rows looked through in one transaction."""
_ROUNDS = 50
"""Chunks of journal rows looked through in one go; the rest waits for the next time."""
_SURE_MS = 10_000
"""Journal rows younger than this wait: a transaction that began before them may still bring an older one."""
_CLAIM_MS = 120_000
"""How long other stations leave the work to the one that began it."""
_FIRST, _LARGEST, _MOST_MS = 100, 2_000, 40.0
"""Pairs written in the first chunk and at most, and how long a chunk may take while nobody scans."""

_JOURNAL = "alikes.journal"
"""Mark: the journal row up to which confusions are counted."""
_CHANGED, _COMPARED = "alikes.changed", "alikes.compared"
"""Marks: the newest row that changed products, and the newest one there was when all were compared."""
_PRODUCT, _CLAIMED = "alikes.product", "alikes.claimed"
"""Marks: the newest product when all were compared, and when a station began to compare."""

_SURENESS = ((850, "very"), (700, "rather"), (0, "little"))
"""From which certainty on it is said how: names with another size or colour are very alike."""

_CONFUSIONS = frozenset({"item.wrong", "item.other_order"})
"""Answers to goods that were scanned where others were wanted."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of comparing."""

    found: int = 0
    """Pairs that were not there before."""
    changed: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of a pair."""

    a: str
    """SKU as stored."""
    b: str
    decided: str


def sureness(score: int) -> str:
    """Return the word for a pair's certainty: ``very``, ``rather`` or ``little`` (``alikes.sure.<word>``)."""
    return next(word for least, word in _SURENESS if score >= least)


# --- beside the work ----------------------------------------------------------------------------------------------


def keep(desk: Desk) -> Settled:
    """Count new confusions, and compare again where anything is new; upkeep does it."""
    for _ in range(_ROUNDS):
        if not desk.chunk(_TOPICS, _count, desk.station, str(uuid4())).result():
            break
    if not desk.read(_due).result():
        return Settled()
    return settle(desk) if desk.chunk(frozenset(), _claim).result() else Settled()


def settle(desk: Desk, *, mend: bool = False) -> Settled:
    """Compare all products and write what came out otherwise, in chunks that let scans through.

    :param mend: bring in line as well what :func:`app.storage.alikes.check` would find; takes the writer for longer.
    """
    seen = desk.read(storage.newest).result()
    goods: list[Goods] = []
    before: dict[Pair, Stored] = {}
    while part := desk.read(storage.goods, goods[-1].id if goods else 0, _READ_AT_ONCE).result():
        before |= desk.read(storage.stored, part[0].id, part[-1].id).result()
        goods += part
        desk.give_way()
    found = _compared(desk, goods, desk.read(storage.confused).result())
    put = {pair: new for pair, new in found.items() if (was := before.get(pair)) is None or new != (was.why, was.score)}
    gone = [pair for pair, row in before.items() if pair not in found and not row.decided]
    _write(desk, put, gone)
    if mend:
        desk.chunk(_TOPICS, storage.mend).result()
    desk.chunk(frozenset(), _settled, *seen).result()
    new = len(put.keys() - before.keys())
    return Settled(new, len(put) - new, len(gone))


def _compared(desk: Desk, goods: Sequence[Goods], confused: Mapping[Pair, int]) -> dict[Pair, tuple[str, int]]:
    def here() -> dict[Pair, tuple[str, int]]:
        return _plain_pairs(goods, confused, desk.give_way)

    if len(goods) < _MANY:
        return here()
    aside = Aside()
    try:
        return aside.run(_pairs_there, goods, confused, here=here)
    finally:
        aside.close()


def _pairs_there(goods: Sequence[Goods], confused: Mapping[Pair, int]) -> dict[Pair, tuple[str, int]]:
    gc.disable()  # a million small things that are all needed until the end, in a process that ends with them
    return _plain_pairs(goods, confused, lambda: None)


def _plain_pairs(
    goods: Collection[Goods], confused: Mapping[Pair, int], breathe: Callable[[], None]
) -> dict[Pair, tuple[str, int]]:
    return {pair: (" ".join(alike.why), alike.score) for pair, alike in alike_pairs(goods, confused, breathe).items()}


def _write(desk: Desk, put: Mapping[Pair, tuple[str, int]], gone: Sequence[Pair]) -> None:
    work: list[tuple[Pair, tuple[str, int] | None]] = [*put.items(), *((pair, None) for pair in gone)]
    work.sort(key=lambda each: each[0])
    size, at = desk.first_size(_FIRST), 0
    while at < len(work):
        part = work[at : at + size]
        desk.give_way()
        begin = time.perf_counter()
        desk.chunk(_TOPICS, _write_part, desk.station, str(uuid4()), part).result()
        at += len(part)
        size = desk.next_size(size, (time.perf_counter() - begin) * 1000, _MOST_MS, _LARGEST)


def _write_part(tx: Transaction, station: str, act: str, part: Sequence[tuple[Pair, tuple[str, int] | None]]) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    put = {pair: new for pair, new in part if new is not None}
    storage.put(tx, put)
    storage.drop(tx, [pair for pair, new in part if new is None])
    storage.mark_products(tx, {one for pair, _ in part for one in pair})
    acts.end(tx, state, act, "alikes", {"pairs": len(put), "gone": len(part) - len(put)})


# --- what is new --------------------------------------------------------------------------------------------------


def _count(tx: Transaction, station: str, act: str) -> bool:
    """Count the confusions of some journal rows; say whether there may be more rows."""
    last, rows, changed = storage.mark(tx, _JOURNAL) or 0, 0, 0
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for one, at, kind, args in storage.heads(tx, last, _ROWS, _CONFUSIONS):
        if at > tx.now - _SURE_MS:
            break
        last, rows = one, rows + 1
        changed = one if kind == "products" else changed
        if args and args.get("sku") and args.get("wanted_sku"):
            told = str(args["wanted_sku"]), str(args["sku"])
            counts[told] = (counts.get(told, (0, 0))[0] + 1, at)
    if counts:
        _confused(tx, station, act, counts)
    if changed:
        storage.set_mark(tx, _CHANGED, changed)
    if rows:
        storage.set_mark(tx, _JOURNAL, last)
    return rows == _ROWS


def _confused(tx: Transaction, station: str, act: str, counts: Mapping[tuple[str, str], tuple[int, int]]) -> None:
    """Add confusions, and look at once whether they make a pair: comparing everything again would take too long."""
    known = products_storage.by_skus(tx, sorted({sku for pair in counts for sku in pair}))
    found = {
        (known[wanted][0], known[scanned][0]): told
        for (wanted, scanned), told in counts.items()
        if wanted in known and scanned in known and known[wanted] != known[scanned]
    }
    storage.count(tx, found)
    pairs = {(min(pair), max(pair)) for pair in found}
    times = storage.confused(tx)
    before = storage.stored_of(tx, pairs)
    put: dict[Pair, tuple[str, int]] = {}
    for pair in sorted(pairs):
        both = storage.goods_of(tx, pair)
        new = _plain_pairs(both, {pair: times[pair]}, lambda: None).get(pair)
        if new is not None and (pair not in before or new[1] > before[pair].score):
            put[pair] = new
    if not put or (state := acts.begin(tx, station, act)) is None:
        return
    storage.put(tx, put)
    storage.mark_products(tx, {one for pair in put for one in pair})
    acts.end(tx, state, act, "alikes", {"pairs": len(put), "confused": len(found)})


def _due(tx: Transaction) -> bool:
    """Whether products came or were changed since all were compared."""
    marks = storage.marks_of(tx)
    product, _ = storage.newest(tx)
    return product != marks.get(_PRODUCT, 0) or marks.get(_CHANGED, 0) > marks.get(_COMPARED, 0)


def _claim(tx: Transaction) -> bool:
    """Take the work, unless another station took it a moment ago."""
    claimed = storage.mark(tx, _CLAIMED)
    if claimed is not None and tx.now - _CLAIM_MS < claimed <= tx.now:
        return False
    storage.set_mark(tx, _CLAIMED, tx.now)
    return True


def _settled(tx: Transaction, product: int, row: int) -> None:
    storage.set_mark(tx, _PRODUCT, product)
    storage.set_mark(tx, _COMPARED, row)
    storage.set_mark(tx, _CLAIMED, 0)


# --- what people say ----------------------------------------------------------------------------------------------


def decide(tx: Transaction, station: str, act: str, a: str, b: str, decided: str) -> Decided:
    """Say that two products look alike (``yes``), that they do not (``no``), or leave it to computing (``auto``).

    What a person said stays until a person says otherwise.

    :param a: a SKU.
    :raises NotFound: there is no such product (``alikes.no_product``).
    :raises NotAllowed: it is one product, the word is unknown, or the right is missing.
    """
    if decided not in DECISIONS:
        raise NotAllowed("alikes.bad_decision", value=decided, known=", ".join(DECISIONS))
    state = acts.begin(tx, station, act)
    known = products_storage.by_skus(tx, [a, b])
    for sku in (a, b):
        if sku not in known:
            raise NotFound("alikes.no_product", sku=sku[:80])
    (one, sku_a), (other, sku_b) = known[a], known[b]
    if one == other:
        raise NotAllowed("alikes.one_product", sku=sku_a)
    done = Decided(sku_a, sku_b, decided)
    if state is None:
        return done
    acts.require(state, Right.HOLD)
    pair = (min(one, other), max(one, other))
    storage.decide(tx, pair, "" if decided == "auto" else decided, str(Why.HAND))
    if decided == "auto":
        storage.drop_by_hand(tx, pair)
    storage.mark_products(tx, pair)
    acts.end(tx, state, act, "alike", {"a": sku_a, "b": sku_b, "decided": decided})
    return done
