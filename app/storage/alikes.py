"""Look-alike goods: the pairs, what people decided of them, and how often goods were confused."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from app.domain.alikes import Goods
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import alikes, confusions, journal, marks, product_codes, products

__all__ = [
    "Near",
    "PairRow",
    "Stored",
    "check",
    "confused",
    "count",
    "decide",
    "drop",
    "drop_by_hand",
    "goods",
    "goods_of",
    "heads",
    "mark",
    "mark_products",
    "marks_of",
    "mend",
    "near",
    "newest",
    "page",
    "put",
    "set_mark",
    "stored",
    "stored_of",
]

Pair = tuple[int, int]

_PUT = Prepared(
    (made := insert_or_change(alikes))
    .values(
        product_id=bindparam("product_id"),
        other_id=bindparam("other_id"),
        why=bindparam("why"),
        score=bindparam("score"),
        decided="",
    )
    .on_conflict_do_update(
        index_elements=[alikes.c.product_id, alikes.c.other_id],
        set_={"why": made.excluded.why, "score": made.excluded.score},
    )
)
_DECIDE = Prepared(
    (decided := insert_or_change(alikes))
    .values(
        product_id=bindparam("product_id"),
        other_id=bindparam("other_id"),
        why=bindparam("why"),
        score=bindparam("score"),
        decided=bindparam("decided", type_=String),
    )
    .on_conflict_do_update(
        index_elements=[alikes.c.product_id, alikes.c.other_id], set_={"decided": decided.excluded.decided}
    )
)
_DROP = Prepared(
    delete(alikes).where(
        alikes.c.product_id == bindparam("product_"),
        alikes.c.other_id == bindparam("other_"),
        alikes.c.decided == "",
    )
)
_COUNT = Prepared(
    (counted := insert_or_change(confusions))
    .values(
        wanted_id=bindparam("wanted_id"),
        scanned_id=bindparam("scanned_id"),
        times=bindparam("times"),
        last_at=bindparam("last_at"),
    )
    .on_conflict_do_update(
        index_elements=[confusions.c.wanted_id, confusions.c.scanned_id],
        set_={"times": confusions.c.times + counted.excluded.times, "last_at": counted.excluded.last_at},
    )
)
_SET_MARK = Prepared(
    (marked := insert_or_change(marks))
    .values(name=bindparam("name"), value=bindparam("value"))
    .on_conflict_do_update(index_elements=[marks.c.name], set_={"value": marked.excluded.value})
)
_MARK = Prepared(select(marks.c.value).where(marks.c.name == bindparam("name_", type_=String)).with_for_update())


@dataclass(frozen=True, slots=True)
class Stored:
    """A pair as stored."""

    why: str
    score: int
    decided: str


@dataclass(frozen=True, slots=True)
class Head:
    """One product of a pair, for showing."""

    id: int
    sku: str
    name: str
    name_en: str
    code: str
    shelf: str
    picture: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair for a list."""

    a: Head
    b: Head
    why: tuple[str, ...]
    """Reasons, as :class:`app.domain.alikes.Why`."""
    score: int
    decided: str
    """``yes`` or ``no`` where a person said so; else empty."""
    confused: int
    """How often one was scanned where the other was wanted."""

    @property
    def id(self) -> str:
        """What tells it from other rows of a list."""
        return f"{self.a.id}-{self.b.id}"


@dataclass(frozen=True, slots=True)
class Near:
    """The look-alike of a product that is nearest to it."""

    product: int
    other: Head
    why: tuple[str, ...]


# --- computing ----------------------------------------------------------------------------------------------------


def goods(tx: Transaction, after: int, limit: int) -> list[Goods]:
    """Return products for comparing, by id, those after the id *after*."""
    return _goods(tx, products.c.id > after, limit)


def goods_of(tx: Transaction, pair: Pair) -> list[Goods]:
    """Return the two products of a pair."""
    return _goods(tx, products.c.id.in_(pair), 2)


def _goods(tx: Transaction, which: ColumnElement[bool], limit: int) -> list[Goods]:
    columns = (products.c.id, products.c.sku, products.c.name, products.c.name_en, products.c.shelf)
    rows = tx.connection.execute(select(*columns).where(which).order_by(products.c.id).limit(limit)).all()
    gtins: dict[int, list[str]] = {}
    if rows:
        codes = (
            select(product_codes.c.product_id, product_codes.c.code)
            .where(
                product_codes.c.product_id >= rows[0].id,
                product_codes.c.product_id <= rows[-1].id,
                product_codes.c.kind == "gtin",
                product_codes.c.quantity == 1,
            )
            .order_by(product_codes.c.id)
        )
        if len(rows) == 2:  # they may lie far apart
            codes = codes.where(product_codes.c.product_id.in_((rows[0].id, rows[1].id)))
        for product, code in tx.connection.execute(codes):
            gtins.setdefault(product, []).append(code)
    return [Goods(row[0], row[1], row[2], row[3], tuple(gtins.get(row[0], ())), row[4]) for row in rows]


def confused(tx: Transaction) -> dict[Pair, int]:
    """Return how often two products were confused, either way, the lower id first."""
    found: dict[Pair, int] = {}
    query = select(confusions.c.wanted_id, confusions.c.scanned_id, confusions.c.times)
    for wanted, scanned, times in tx.connection.execute(query):
        pair = (min(wanted, scanned), max(wanted, scanned))
        found[pair] = found.get(pair, 0) + times
    return found


def stored(tx: Transaction, first: int, last: int) -> dict[Pair, Stored]:
    """Return pairs as stored, the lower id first, those with a lower id from *first* to *last*."""
    return _stored(tx, alikes.c.product_id.between(first, last))


def stored_of(tx: Transaction, pairs: Collection[Pair]) -> dict[Pair, Stored]:
    """Return those of these pairs that are stored."""
    found = _stored(tx, alikes.c.product_id.in_({one for one, _ in pairs}))
    return {pair: row for pair, row in found.items() if pair in pairs}


def _stored(tx: Transaction, which: ColumnElement[bool]) -> dict[Pair, Stored]:
    query = select(alikes.c.product_id, alikes.c.other_id, alikes.c.why, alikes.c.score, alikes.c.decided)
    query = query.where(which, alikes.c.product_id < alikes.c.other_id)
    return {(row[0], row[1]): Stored(row[2], row[3], row[4]) for row in tx.connection.execute(query)}


def put(tx: Transaction, found: Mapping[Pair, tuple[str, int]]) -> None:
    """Store pairs with reasons and certainty, in both directions; what people decided stays."""
    rows = [
        {"product_id": one, "other_id": other, "why": why, "score": score}
        for pair, (why, score) in found.items()
        for one, other in (pair, pair[::-1])
    ]
    tx.many(_PUT, sorted(rows, key=lambda row: (row["product_id"], row["other_id"])))


def drop(tx: Transaction, gone: Iterable[Pair]) -> None:
    """Forget pairs that nothing speaks for any more, but for those that a person decided."""
    tx.many(_DROP, [{"product_": one, "other_": other} for pair in gone for one, other in (pair, pair[::-1])])


def decide(tx: Transaction, pair: Pair, decided: str, why: str = "", score: int = 0) -> None:
    """Keep what a person said of a pair; *why* and *score* are those of a pair that was not there."""
    both = [
        {"product_id": one, "other_id": other, "why": why, "score": score, "decided": decided}
        for one, other in (pair, pair[::-1])
    ]
    tx.many(_DECIDE, both)


def drop_by_hand(tx: Transaction, pair: Pair) -> None:
    """Forget a pair that only a person made and that nobody stands for any more."""
    for one, other in (pair, pair[::-1]):
        where = (alikes.c.product_id == one, alikes.c.other_id == other, alikes.c.why == "hand", alikes.c.decided == "")
        tx.connection.execute(delete(alikes).where(*where))


_STANDS = select(alikes.c.other_id).where(alikes.c.product_id == products.c.id, alikes.c.decided != "no").exists()


def mark_products(tx: Transaction, ids: Collection[int]) -> None:
    """Write at these products whether a pair stands for them."""
    asked = sorted(ids)
    for start in range(0, len(asked), 400):
        _mark_those(tx, products.c.id.in_(asked[start : start + 400]))


def _mark_those(tx: Transaction, which: ColumnElement[bool]) -> None:
    for value, true in ((1, _STANDS), (0, ~_STANDS)):
        tx.connection.execute(update(products).where(which, products.c.alike != value, true).values(alike=value))


def mend(tx: Transaction) -> None:
    """Bring in line what :func:`check` would find."""
    columns = (alikes.c.other_id, alikes.c.product_id, alikes.c.why, alikes.c.score, alikes.c.decided)
    names = ("product_id", "other_id", "why", "score", "decided")
    back = alikes.alias("back")
    there = select(back.c.why).where(back.c.product_id == alikes.c.other_id, back.c.other_id == alikes.c.product_id)
    tx.connection.execute(insert_or_change(alikes).from_select(names, select(*columns).where(~there.exists())))
    _mark_those(tx, products.c.id > 0)


# --- counting -----------------------------------------------------------------------------------------------------


def mark(tx: Transaction, name: str) -> int | None:
    """Return how far a background work has come, and keep others from it until the end of the transaction."""
    row = tx.one(_MARK, name_=name)
    return None if row is None else int(row[0])


def marks_of(tx: Transaction) -> dict[str, int]:
    """Return how far every background work has come."""
    return {name: int(value) for name, value in tx.connection.execute(select(marks.c.name, marks.c.value))}


def set_mark(tx: Transaction, name: str, value: int) -> None:
    """Remember how far a background work has come."""
    tx.run(_SET_MARK, name=name, value=value)


def newest(tx: Transaction) -> tuple[int, int]:
    """Return the id of the newest product and of the newest journal row; 0 where there is none."""
    query = select(
        select(func.coalesce(func.max(products.c.id), 0)).scalar_subquery(),
        select(func.coalesce(func.max(journal.c.id), 0)).scalar_subquery(),
    )
    product, row = tx.connection.execute(query).one()
    return int(product), int(row)


def heads(
    tx: Transaction, after: int, limit: int, keys: Collection[str]
) -> Iterator[tuple[int, int, str, Mapping[str, Any] | None]]:
    """Give the next *limit* journal rows after *after*: id, time, kind and, of answers in *keys*, the arguments."""
    answer = case((journal.c.key.in_(keys), journal.c.answer), else_="")
    query = (
        select(journal.c.id, journal.c.at, journal.c.kind, answer)
        .where(journal.c.id > after)
        .order_by(journal.c.id)
        .limit(limit)
    )
    for one, at, kind, text in tx.connection.execute(query):
        yield one, at, kind, json.loads(text).get("args", {}) if text else None


def count(tx: Transaction, counts: Mapping[Pair, tuple[int, int]]) -> None:
    """Add confusions: ``(wanted, scanned) -> (how many, when last)``."""
    rows = [
        {"wanted_id": wanted, "scanned_id": scanned, "times": times, "last_at": at}
        for (wanted, scanned), (times, at) in sorted(counts.items())
    ]
    tx.many(_COUNT, rows)


# --- checking -----------------------------------------------------------------------------------------------------


def check(tx: Transaction) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what does not agree: a pair known from one side only, a product whose pair its switch does not show."""
    back = alikes.alias("back")
    half = (
        select(alikes.c.product_id, alikes.c.other_id)
        .select_from(
            alikes.outerjoin(
                back,
                and_(
                    back.c.product_id == alikes.c.other_id,
                    back.c.other_id == alikes.c.product_id,
                ),
            )
        )
        .where(back.c.product_id.is_(None))
        .order_by(alikes.c.product_id, alikes.c.other_id)
    )
    for product, other in tx.connection.execute(half):
        yield "verify.alike_half", {"product": product, "other": other}
    stands = select(alikes.c.product_id).where(alikes.c.decided != "no")
    unmarked = select(products.c.sku).where(products.c.id.in_(stands), products.c.alike == 0).order_by(products.c.sku)
    for (sku,) in tx.connection.execute(unmarked):
        yield "verify.alike", {"sku": sku}


# --- showing ------------------------------------------------------------------------------------------------------

_A, _B = products.alias("a"), products.alias("b")
_ONE_WAY, _OTHER_WAY = confusions.alias("one_way"), confusions.alias("other_way")
_TIMES = func.coalesce(_ONE_WAY.c.times, 0) + func.coalesce(_OTHER_WAY.c.times, 0)
"""How often the two of a pair were confused, either way."""
_COUNTED = alikes.outerjoin(
    _ONE_WAY, and_(_ONE_WAY.c.wanted_id == alikes.c.product_id, _ONE_WAY.c.scanned_id == alikes.c.other_id)
).outerjoin(
    _OTHER_WAY, and_(_OTHER_WAY.c.wanted_id == alikes.c.other_id, _OTHER_WAY.c.scanned_id == alikes.c.product_id)
)


def _head(of: Any) -> tuple[ColumnElement[Any], ...]:
    return of.c.id, of.c.sku, of.c.name, of.c.name_en, of.c.main_code, of.c.shelf, of.c.picture


def page(
    tx: Transaction,
    *,
    text: str = "",
    decided: str | None = None,
    confused_only: bool = False,
    after: int = 0,
    limit: int | None = None,
) -> list[PairRow]:
    """Return pairs, those confused most often first, then the most certain.

    :param text: part of a SKU, a name or a code of one of the two.
    :param decided: ``yes``, ``no`` or empty (computed); None for all.
    :param confused_only: only those that were confused.
    :param after: how many were read already.
    """
    times = _TIMES.label("times")
    query = (
        select(*_head(_A), *_head(_B), alikes.c.why, alikes.c.score, alikes.c.decided, times)
        .select_from(_COUNTED.join(_A, _A.c.id == alikes.c.product_id).join(_B, _B.c.id == alikes.c.other_id))
        .where(alikes.c.product_id < alikes.c.other_id)
        .order_by(times.desc(), alikes.c.score.desc(), _A.c.sku, _B.c.sku)
    )
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        columns = (side.c[name] for side in (_A, _B) for name in ("sku", "name", "name_en", "main_code"))
        query = query.where(or_(*(column.icontains(escaped, escape="\\") for column in columns)))
    if decided is not None:
        query = query.where(alikes.c.decided == decided)
    if confused_only:
        query = query.where(_TIMES > 0)
    query = query.offset(after) if after else query
    if limit is not None:
        query = query.limit(limit)
    return [
        PairRow(Head(*row[:7]), Head(*row[7:14]), tuple(row[14].split()), row[15], row[16], int(row[17]))
        for row in tx.connection.execute(query)
    ]


def near(tx: Transaction, ids: Sequence[int]) -> dict[int, Near]:
    """Return the nearest look-alike of each of these products that has one."""
    query = (
        select(alikes.c.product_id, *_head(_B), alikes.c.why)
        .select_from(_COUNTED.join(_B, _B.c.id == alikes.c.other_id))
        .where(alikes.c.product_id.in_(ids), alikes.c.decided != "no")
        .order_by(alikes.c.product_id, _TIMES.desc(), alikes.c.score.desc(), _B.c.sku)
    )
    found: dict[int, Near] = {}
    for row in tx.connection.execute(query):
        found.setdefault(row[0], Near(row[0], Head(*row[1:8]), tuple(row[8].split())))
    return found
