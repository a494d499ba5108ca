"""Print rules as rows, kept at hand by what they say, and what they look at in orders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, delete, func, insert, literal_column, or_, select, update

from app.domain.carton_plan import plan_of
from app.domain.insert_rules import goods_total
from app.domain.noshi import wish_of
from app.domain.print_rules import PrintFacts, PrintRule, When, conditions_from_data, country_of
from app.storage import settings as settings_storage
from app.storage.database import Transaction
from app.storage.prepared import Prepared, joined
from app.storage.tables import batches, lines, orders, print_jobs, print_rules, releases, shops, stations

__all__ = [
    "KEY",
    "add",
    "change",
    "changed_at",
    "current",
    "drop",
    "every",
    "facts_of",
    "facts_of_batch",
    "facts_of_parcel",
    "has_held",
    "number",
    "papers_had",
    "released",
    "station_names",
]

KEY = "print_rules.now"
"""Row of ``settings`` that nobody sets by hand: a digest of what the active rules say, nothing while there is none,
and when they changed last. A scan gets every row with its station's, so that a shop without rules pays no statement for
them, and a shop with rules reads them only when they are others than before: by this program or by another one."""
_MOST_KEPT = 8
_PART = 400
_kept: dict[str, tuple[PrintRule, ...]] = {}
"""Rules by their digest: what they say decides, so that databases and stations share them and none is ever stale."""

# --- what was printed ---------------------------------------------------------------------------------------------

_HAD = Prepared(
    select(print_jobs.c.paper, print_jobs.c.version).where(
        print_jobs.c.order_id == bindparam("order_"), literal_column("state <> 'dropped'")
    )
)
_RELEASED = Prepared(
    select(batches.c.at, releases.c.version)
    .select_from(releases.join(batches, batches.c.id == releases.c.batch))
    .where(releases.c.batch == bindparam("batch_"), releases.c.sequence == bindparam("sequence_"))
)
_HAS_HELD = Prepared(
    select(orders.c.id)
    .where(
        orders.c.batch == bindparam("batch_"),
        literal_column("held > 0"),
        literal_column("state IN ('released','picked')"),
    )
    .limit(1)
)


def papers_had(tx: Transaction, order: int, version: int | None = None) -> set[str]:
    """Return the papers for which an order had a job of its own, waiting or done.

    :param version: only those of this version of it.
    """
    return {row[0] for row in tx.rows(_HAD, order_=order) if version is None or row[1] == version}


def released(tx: Transaction, batch: int, sequence: int) -> tuple[int, int]:
    """Return when a ship number was given, UTC in ms, and to which version; zeros where it never was."""
    row = tx.one(_RELEASED, batch_=batch, sequence_=sequence)
    return (int(row[0]), int(row[1])) if row else (0, 0)


def has_held(tx: Transaction, batch: int) -> bool:
    """Whether papers of an order of a batch wait for its holds."""
    return tx.one(_HAS_HELD, batch_=batch) is not None


# --- rules --------------------------------------------------------------------------------------------------------

_COLUMNS = (
    print_rules.c.id,
    print_rules.c.position,
    print_rules.c.name,
    print_rules.c.paper,
    print_rules.c.conditions,
    print_rules.c.when,
    print_rules.c.copies,
    print_rules.c.printer_id,
    print_rules.c.template,
    print_rules.c.active,
)
_EVERY = Prepared(select(*_COLUMNS).order_by(print_rules.c.position, print_rules.c.id))


def _rule(row: Sequence[Any]) -> PrintRule:
    return PrintRule(
        id=row[0],
        position=row[1],
        name=row[2],
        paper=row[3],
        conditions=conditions_from_data(json.loads(row[4])),
        when=When(row[5]),
        copies=row[6],
        printer=row[7],
        template=row[8],
        active=bool(row[9]),
    )


def every(tx: Transaction) -> tuple[PrintRule, ...]:
    """Return every rule, those that are off too, in their order."""
    return tuple(_rule(row) for row in tx.rows(_EVERY))


def _read(tx: Transaction) -> tuple[str, tuple[PrintRule, ...]]:
    """Return the rules that are on, with the digest of what they say; empty for none."""
    rows = [tuple(row) for row in tx.rows(_EVERY) if row[9]]
    said = json.dumps(rows, ensure_ascii=False)
    digest = hashlib.blake2b(said.encode(), digest_size=12).hexdigest() if rows else ""
    return digest, tuple(map(_rule, rows))


def current(tx: Transaction, settings: Mapping[str, str]) -> tuple[PrintRule, ...]:
    """Return the rules that are on, in their order: without a statement where there are none or they are known.

    :param settings: those of the house, with :data:`KEY`.
    """
    key = settings.get(KEY, "").partition(" ")[0]
    if not key:
        return ()
    if key not in _kept:
        # By what was read, not by what was asked: another station may have changed them in between.
        digest, rules = _read(tx)
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[digest] = rules
        return rules
    return _kept[key]


def changed_at(settings: Mapping[str, str]) -> int:
    """Return when the rules changed last, UTC in ms; 0 where there never were any.

    :param settings: those of the house, with :data:`KEY`.
    """
    return int(settings.get(KEY, "").partition(" ")[2] or 0)


def _say(tx: Transaction) -> None:
    settings_storage.write(tx, {KEY: f"{_read(tx)[0]} {tx.now}"})


def _values(rule: PrintRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "paper": rule.paper,
        "conditions": json.dumps(rule.conditions.as_data(), ensure_ascii=False, separators=(",", ":")),
        "when": str(rule.when),
        "copies": rule.copies,
        "printer_id": rule.printer,
        "template": rule.template,
        "active": int(rule.active),
    }


def add(tx: Transaction, rule: PrintRule) -> int:
    """Enter a rule behind the others and return its id."""
    last = tx.connection.execute(select(func.coalesce(func.max(print_rules.c.position), 0))).scalar_one()
    made = insert(print_rules).values(position=int(last) + 1, **_values(rule)).returning(print_rules.c.id)
    added = int(tx.connection.execute(made).scalar_one())
    _say(tx)
    return added


def change(tx: Transaction, rule: PrintRule) -> bool:
    """Change a rule; its place stays. False where it is gone."""
    changed = update(print_rules).where(print_rules.c.id == rule.id).values(**_values(rule))
    there = tx.connection.execute(changed).rowcount == 1
    _say(tx)
    return there


def drop(tx: Transaction, rule: int) -> bool:
    """Take a rule away. False where it is gone already."""
    there = tx.connection.execute(delete(print_rules).where(print_rules.c.id == rule)).rowcount == 1
    _say(tx)
    return there


def number(tx: Transaction, ids: Sequence[int]) -> None:
    """Put rules into this order."""
    for place, rule in enumerate(ids, 1):
        tx.connection.execute(update(print_rules).where(print_rules.c.id == rule).values(position=place))
    _say(tx)


def station_names(tx: Transaction) -> frozenset[str]:
    """Return the names of the stations that ever worked."""
    return frozenset(row[0] for row in tx.connection.execute(select(stations.c.name)))


# --- what rules look at -------------------------------------------------------------------------------------------

_FIELD, _ROW = "\x1f", "\x1e"
_MARK: ColumnElement[str] = literal_column(f"'{_FIELD}'")
_GOODS = (
    select(joined(lines.c.price + _MARK + cast(lines.c.wanted, String) + _MARK + lines.c.options))
    .where(lines.c.order_id == orders.c.id, lines.c.sold.is_(None))
    .correlate(orders)
    .scalar_subquery()
)
_FACTS = (
    orders.c.id,
    orders.c.shop_id,
    shops.c.channel,
    orders.c.carrier,
    orders.c.service,
    orders.c.prefecture,
    orders.c.gift,
    orders.c.cod,
    orders.c.temperature,
    orders.c.pieces,
    orders.c.size,
    orders.c.parcel_count,
    orders.c.plan,
    orders.c.content,
    _GOODS,
)
_WITH_SHOP = orders.join(shops, shops.c.id == orders.c.shop_id)
_OF_PARCEL = Prepared(
    select(*_FACTS)
    .select_from(_WITH_SHOP)
    .where(or_(orders.c.id == bindparam("order_"), orders.c.lead_id == bindparam("order_")))
)
_OF_BATCH = Prepared(select(*_FACTS).select_from(_WITH_SHOP).where(orders.c.batch == bindparam("batch_")))


def _facts(row: Sequence[Any], station: str) -> PrintFacts:
    content = json.loads(row[13])
    plan = plan_of(row[12])
    goods = [each.split(_FIELD, 2) for each in row[14].split(_ROW)] if row[14] else []
    sold = content.get("sold", [])
    priced = [(price, int(wanted)) for price, wanted, _ in goods]
    priced += [(str(each["price"]), int(each["quantity"])) for each in sold]
    wish = wish_of(content, [*(options for _, _, options in goods), *(str(each["options"]) for each in sold)])
    return PrintFacts(
        order=row[0],
        station=station,
        shop=row[1],
        channel=row[2],
        carrier=row[3],
        service=row[4],
        country=country_of(content.get("ship_to", {}).get("country", "")),
        prefecture=row[5],
        gift=bool(row[6]),
        cod=row[7] > 0,
        temperature=row[8],
        noshi=wish.noshi,
        message=bool(wish.message),
        pieces=row[9],
        amount=goods_total(content.get("totals", {}).get("subtotal", ""), priced),
        cartons=tuple(dict.fromkeys(box.carton for box in plan.boxes)) if plan else (),
        size=row[10] or None,
        boxes=max(row[11], 1),
    )


def facts_of_parcel(tx: Transaction, order: int, station: str) -> dict[int, PrintFacts]:
    """Return what rules look at in an order and in those that share its parcel, by order: one statement."""
    return {row[0]: _facts(row, station) for row in tx.rows(_OF_PARCEL, order_=order)}


def facts_of_batch(tx: Transaction, batch: int, station: str) -> dict[int, PrintFacts]:
    """Return what rules look at in the orders of a batch, by order: one statement, however many there are."""
    return {row[0]: _facts(row, station) for row in tx.rows(_OF_BATCH, batch_=batch)}


def facts_of(tx: Transaction, ids: Iterable[int], station: str) -> dict[int, PrintFacts]:
    """Return what rules look at in some orders, by order: one statement for every few hundred."""
    wanted = sorted(set(ids))
    found: dict[int, PrintFacts] = {}
    for start in range(0, len(wanted), _PART):
        query = select(*_FACTS).select_from(_WITH_SHOP).where(orders.c.id.in_(wanted[start : start + _PART]))
        for row in tx.connection.execute(query):
            found[row[0]] = _facts(tuple(row), station)
    return found
