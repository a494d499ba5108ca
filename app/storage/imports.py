"""What imports did, row by row: files, orders, problems and the cells that a person mended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from app.domain.fixes import Fix
from app.domain.intake import Level, level_of
from app.domain.orders import Hold, Problem
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import (
    folders,
    holds,
    import_fixes,
    import_orders,
    import_problems,
    imports,
    lines,
    orders,
    shops,
)

__all__ = [
    "BEGUN",
    "Recorded",
    "Told",
    "add",
    "add_new_orders",
    "add_orders",
    "add_problems",
    "carry_over",
    "chain",
    "change",
    "count_more",
    "done",
    "file_of",
    "fixes_of",
    "forget_orders",
    "known_file",
    "later_than",
    "load",
    "move_paths",
    "name_of_code",
    "newest_of",
    "orders_of",
    "page",
    "problem_of",
    "problems",
    "proposed",
    "put_fix",
    "same_code",
    "shop_of",
    "touched_later",
]

BEGUN = "begun"
"""Kind of an import that is not at its end: it runs, or its program ended on the way."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One import as stored."""

    id: int
    act: str
    at: int
    file: str
    sha256: str
    channel: str
    shop: str
    result: Mapping[str, Any]
    kind: str
    complete: bool
    station: str
    paths: tuple[str, ...]
    size: int
    options: Mapping[str, Any]
    folder: int | None
    folder_name: str
    again: int | None
    """The import whose file was read again."""
    later: int | None
    """The newest import that read this one's file again."""
    taken_back_at: int | None
    open: Mapping[str, int]
    """Problems that stand, by level."""


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as stored."""

    id: int
    import_id: int
    file: str
    row: int
    column: str
    value: str
    key: str
    args: Mapping[str, str]
    level: str
    order: int | None
    number: str
    done_at: int | None


# --- imports ------------------------------------------------------------------------------------------------------

_later = imports.alias("later")
_ROWS = (
    select(
        imports,
        folders.c.name.label("folder_name"),
        select(func.max(_later.c.id))
        .where(_later.c.again_id == imports.c.id)
        .correlate(imports)
        .scalar_subquery()
        .label("later_id"),
    )
    .select_from(imports.outerjoin(folders, folders.c.id == imports.c.folder_id))
    .order_by(imports.c.id.desc())
)


def page(
    tx: Transaction, *, limit: int, before: int | None = None, kinds: Sequence[str] = (), text: str = ""
) -> list[Recorded]:
    """Return imports, the newest first.

    :param before: only those with a smaller id.
    :param kinds: only these; empty for all.
    :param text: part of the file's, channel's or shop's name.
    """
    query = _ROWS.limit(limit)
    if before is not None:
        query = query.where(imports.c.id < before)
    if kinds:
        query = query.where(imports.c.kind.in_(list(kinds)))
    if text:
        names = (imports.c.file, imports.c.channel, imports.c.shop)
        query = query.where(or_(*(name.icontains(text, autoescape=True) for name in names)))
    return _recorded(tx, tx.connection.execute(query).all())


def load(tx: Transaction, import_id: int) -> Recorded | None:
    """Return one import; None where there is none."""
    found = _recorded(tx, tx.connection.execute(_ROWS.where(imports.c.id == import_id)).all())
    return found[0] if found else None


def _recorded(tx: Transaction, rows: Sequence[Row[Any]]) -> list[Recorded]:
    standing: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    counted = (
        select(import_problems.c.import_id, import_problems.c.level, func.count())
        .where(import_problems.c.import_id.in_(list(standing)), import_problems.c.done_at.is_(None))
        .group_by(import_problems.c.import_id, import_problems.c.level)
    )
    for import_id, level, number in tx.connection.execute(counted):
        standing[import_id][level] = number
    return [
        Recorded(
            id=row.id,
            act=row.act,
            at=row.at,
            file=row.file,
            sha256=row.sha256,
            channel=row.channel,
            shop=row.shop,
            result=json.loads(row.result),
            kind=row.kind,
            complete=bool(row.complete),
            station=row.station,
            paths=tuple(row.path.split("\n")) if row.path else (),
            size=row.size,
            options=json.loads(row.options),
            folder=row.folder_id,
            folder_name=row.folder_name or "",
            again=row.again_id,
            later=row.later_id,
            taken_back_at=row.taken_back_at,
            open=standing[row.id],
        )
        for row in rows
    ]


def add(tx: Transaction, **values: Any) -> int:
    """Put an import on record; return its id."""
    made = tx.connection.execute(insert(imports).values({"at": tx.now, **values}).returning(imports.c.id))
    return int(made.scalar_one())


def change(tx: Transaction, import_id: int, **values: Any) -> None:
    """Write columns of an import."""
    tx.connection.execute(update(imports).where(imports.c.id == import_id).values(values))


def file_of(tx: Transaction, import_id: int) -> str:
    """Return the name of an import's file."""
    return tx.connection.execute(select(imports.c.file).where(imports.c.id == import_id)).scalar_one()


def count_more(tx: Transaction, import_id: int, more: int) -> None:
    """Count problems that were found after an import was at its end."""
    result = json.loads(tx.connection.execute(select(imports.c.result).where(imports.c.id == import_id)).scalar_one())
    change(tx, import_id, result=json.dumps(result | {"problems": result.get("problems", 0) + more}))


def known_file(tx: Transaction, sha256: str, folder: int) -> int | None:
    """Return the newest import of this very content by a watched folder that came to its end; None for none.

    One that was refused is none: what was wrong may have been set right since.
    """
    query = select(func.max(imports.c.id)).where(
        imports.c.sha256 == sha256,
        imports.c.folder_id == folder,
        imports.c.kind.in_(("orders", "products")),
        imports.c.taken_back_at.is_(None),
    )
    return tx.connection.execute(query).scalar_one()


def newest_of(tx: Transaction, kind: str, sha256: str) -> int | None:
    """Return the newest import of one kind of this very content; None where there is none."""
    query = select(func.max(imports.c.id)).where(imports.c.sha256 == sha256, imports.c.kind == kind)
    return tx.connection.execute(query).scalar_one()


def move_paths(tx: Transaction, ids: Sequence[int], moved: Mapping[str, str]) -> None:
    """Say where the files of imports lie now: old place -> new place."""
    query = select(imports.c.id, imports.c.path).where(imports.c.id.in_(list(ids)))
    for import_id, path in tx.connection.execute(query).all():
        now = "\n".join(moved.get(each, each) for each in path.split("\n"))
        if now != path:
            change(tx, import_id, path=now)


def chain(tx: Transaction, import_id: int) -> list[int]:
    """Return the imports that read one file again and again, up to this one, the first one first."""
    found = [import_id]
    while True:
        query = select(imports.c.again_id).where(imports.c.id == found[0])
        before = tx.connection.execute(query).scalar_one_or_none()
        if before is None or before in found:
            return found
        found.insert(0, before)


# --- orders -------------------------------------------------------------------------------------------------------


def add_orders(tx: Transaction, import_id: int, rows: Sequence[tuple[int, str, str]]) -> None:
    """Keep what an import did to orders: id, what, and what it was; one that it did something to before stays so."""
    if not rows:
        return
    there = {
        row[0]
        for row in tx.connection.execute(
            select(import_orders.c.order_id).where(
                import_orders.c.import_id == import_id, import_orders.c.order_id.in_([row[0] for row in rows])
            )
        )
    }
    new = [
        {"import_id": import_id, "order_id": order, "what": what, "before": before}
        for order, what, before in rows
        if order not in there
    ]
    if new:
        tx.connection.execute(insert(import_orders), new)


_NEW_ORDER = ("import_id", "order_id", "what", "before")
_ADDED = Prepared(insert(import_orders).values({name: bindparam(name) for name in _NEW_ORDER}))


def add_new_orders(tx: Transaction, import_id: int, ids: Sequence[int]) -> None:
    """Keep that an import brought these orders."""
    if ids:
        tx.many_rows(_ADDED, [(import_id, order, "added", "") for order in ids], _NEW_ORDER)


def orders_of(tx: Transaction, import_id: int) -> list[tuple[int, str, str]]:
    """Return id, what was done, and what it was (JSON) of every order of an import."""
    query = (
        select(import_orders.c.order_id, import_orders.c.what, import_orders.c.before)
        .where(import_orders.c.import_id == import_id)
        .order_by(import_orders.c.order_id)
    )
    return [(row[0], row[1], row[2]) for row in tx.connection.execute(query)]


def later_than(tx: Transaction, import_id: int, order_ids: Iterable[int]) -> set[int]:
    """Return those of the orders to which a later import, that was not taken back, did something."""
    query = (
        select(import_orders.c.order_id)
        .select_from(import_orders.join(imports, imports.c.id == import_orders.c.import_id))
        .where(
            import_orders.c.order_id.in_(list(order_ids)),
            import_orders.c.import_id > import_id,
            imports.c.taken_back_at.is_(None),
        )
    )
    return {row[0] for row in tx.connection.execute(query)}


def touched_later(tx: Transaction, import_id: int) -> set[tuple[str, str]]:
    """Return number and ship-to of an import's orders that a later import, not taken back, changed."""
    mine = import_orders.alias("mine")
    query = (
        select(orders.c.number, orders.c.ship_to_key)
        .select_from(
            mine.join(import_orders, import_orders.c.order_id == mine.c.order_id)
            .join(imports, imports.c.id == import_orders.c.import_id)
            .join(orders, orders.c.id == mine.c.order_id)
        )
        .where(
            mine.c.import_id == import_id,
            import_orders.c.import_id > import_id,
            imports.c.taken_back_at.is_(None),
        )
    )
    return {(row[0], row[1]) for row in tx.connection.execute(query)}


def proposed(tx: Transaction, import_ids: Sequence[int]) -> list[tuple[int, int, str, str]]:
    """Return the orders of imports that a merge is proposed for: import, order, its number, and the others' numbers.

    Imports on whose record such proposals stand already are left out.
    """
    told = exists().where(
        import_problems.c.import_id == import_orders.c.import_id, import_problems.c.key == "order.merge_proposed"
    )
    query = (
        select(import_orders.c.import_id, orders.c.id, orders.c.number, holds.c.detail)
        .select_from(
            import_orders.join(orders, orders.c.id == import_orders.c.order_id).join(
                holds, holds.c.order_id == orders.c.id
            )
        )
        .where(
            import_orders.c.import_id.in_(list(import_ids)),
            ~told,
            holds.c.hold == str(Hold.MERGE_PROPOSED),
            holds.c.lifted_at.is_(None),
        )
        .order_by(import_orders.c.import_id, orders.c.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.connection.execute(query)]


def forget_orders(tx: Transaction, import_id: int, ids: Sequence[int]) -> None:
    """Forget orders that were taken away: their ids may come again."""
    if not ids:
        return
    gone = list(ids)
    since = import_orders.c.import_id >= import_id
    tx.connection.execute(delete(import_orders).where(since, import_orders.c.order_id.in_(gone)))
    here = (import_problems.c.import_id >= import_id, import_problems.c.order_id.in_(gone))
    tx.connection.execute(update(import_problems).where(*here).values(order_id=None))


# --- problems -----------------------------------------------------------------------------------------------------

_ADDRESSES = "fault."
"""What the keys of problems with an address begin with."""
_LEVELS: ColumnElement[int] = case({str(Level.ERROR): 0, str(Level.WARNING): 1}, value=import_problems.c.level, else_=2)
_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "row": (import_problems.c.file, import_problems.c.at_row),
    "level": (_LEVELS, import_problems.c.file, import_problems.c.at_row),
    "column": (import_problems.c.field, import_problems.c.file, import_problems.c.at_row),
    "key": (import_problems.c.key, import_problems.c.file, import_problems.c.at_row),
    "number": (orders.c.number, import_problems.c.file, import_problems.c.at_row),
}
_TOLD = select(
    import_problems.c.id,
    import_problems.c.import_id,
    import_problems.c.file,
    import_problems.c.at_row,
    import_problems.c.field,
    import_problems.c.value,
    import_problems.c.key,
    import_problems.c.args,
    import_problems.c.level,
    import_problems.c.order_id,
    orders.c.number,
    import_problems.c.done_at,
).select_from(import_problems.outerjoin(orders, orders.c.id == import_problems.c.order_id))


def problems(
    tx: Transaction,
    import_id: int,
    *,
    levels: Sequence[str] = (),
    sort: str = "row",
    descending: bool = False,
    open_only: bool = False,
    limit: int,
    offset: int = 0,
) -> list[Told]:
    """Return problems of an import, a page of them.

    :param sort: ``row``, ``level``, ``column``, ``key`` or ``number``.
    """
    keys = (*_SORTS[sort], import_problems.c.id)
    query = _TOLD.where(import_problems.c.import_id == import_id)
    query = query.order_by(*(key.desc() if descending else key for key in keys)).limit(limit).offset(offset)
    if levels:
        query = query.where(import_problems.c.level.in_(list(levels)))
    if open_only:
        query = query.where(import_problems.c.done_at.is_(None))
    return [_told(row) for row in tx.connection.execute(query)]


def problem_of(tx: Transaction, problem: int) -> Told | None:
    """Return one problem; None where there is none."""
    row = tx.connection.execute(_TOLD.where(import_problems.c.id == problem)).first()
    return _told(row) if row is not None else None


def _told(row: Any) -> Told:
    values: list[Any] = [*row[:7], json.loads(row[7]), row[8], row[9], row[10] or "", row[11]]
    return Told(*values)


def same_code(tx: Transaction, found: Told) -> list[int]:
    """Return the standing problems of an import that say the same of the same value."""
    query = select(import_problems.c.id).where(
        import_problems.c.import_id == found.import_id,
        import_problems.c.key == found.key,
        import_problems.c.value == found.value,
        import_problems.c.done_at.is_(None),
    )
    return [row[0] for row in tx.connection.execute(query)]


def name_of_code(tx: Transaction, found: Told) -> str:
    """Return what the order of a problem calls the goods whose code it names; empty where nothing does."""
    query = select(lines.c.name).where(lines.c.order_id == found.order, lines.c.sku == found.value, lines.c.name != "")
    return tx.connection.execute(query.limit(1)).scalar_one_or_none() or ""


def shop_of(tx: Transaction, import_id: int) -> int | None:
    """Return the shop whose file an import was; None where there is no such shop yet."""
    query = select(shops.c.id).select_from(
        imports.join(shops, and_(shops.c.channel == imports.c.channel, shops.c.name == imports.c.shop))
    )
    return tx.connection.execute(query.where(imports.c.id == import_id)).scalar_one_or_none()


def add_problems(tx: Transaction, import_id: int, found: Sequence[tuple[Problem, int | None]]) -> None:
    """Keep problems, each with the order that it is about where that is known."""
    rows = [
        {
            "import_id": import_id,
            "file": each.file,
            "at_row": each.row,
            "field": each.column,
            "value": each.value,
            "key": each.key,
            "args": json.dumps(dict(each.args), ensure_ascii=False),
            "level": str(level_of(each)),
            "order_id": order,
        }
        for each, order in found
    ]
    if rows:
        tx.connection.execute(insert(import_problems), rows)


def done(tx: Transaction, problem_ids: Sequence[int]) -> int:
    """Say that problems are done with; return how many stood until now."""
    query = (
        update(import_problems)
        .where(import_problems.c.id.in_(list(problem_ids)), import_problems.c.done_at.is_(None))
        .values(done_at=tx.now)
    )
    return tx.connection.execute(query).rowcount


# --- mended cells -------------------------------------------------------------------------------------------------


def carry_over(tx: Transaction, old: int, new: int) -> tuple[int, int]:
    """Settle the problems of an import whose file was read again.

    What the new import does not have any more is done in the old one; what a person put aside there is aside in the
    new one too. Addresses are judged only where the file says something new: what stands of the others goes on to the
    new import.

    :returns: how many were done in the old one, and put aside in the new one.
    """
    place = (import_problems.c.file, import_problems.c.at_row, import_problems.c.field, import_problems.c.key)
    query = select(import_problems.c.id, import_problems.c.value, import_problems.c.done_at, *place)
    before = [(row[0], row[1], row[2], tuple(row[3:]))
              for row in tx.connection.execute(query.where(import_problems.c.import_id == old))]  # fmt: skip
    after = [(row[0], row[1], row[2], tuple(row[3:]))
             for row in tx.connection.execute(query.where(import_problems.c.import_id == new))]  # fmt: skip
    still = {at for _, _, _, at in after}
    aside = {(at, value) for _, value, done_at, at in before if done_at is not None}
    stands = _standing_addresses(tx, old, new)
    gone = [problem for problem, _, done_at, at in before if done_at is None and at not in still | stands.keys()]
    moved = [problem for at, problem in stands.items() if at not in still]
    tx.connection.execute(update(import_problems).where(import_problems.c.id.in_(moved)).values(import_id=new))
    return done(tx, gone), done(tx, [problem for problem, value, _, at in after if (at, value) in aside])


def _standing_addresses(tx: Transaction, old: int, new: int) -> dict[tuple[Any, ...], int]:
    """Return what stands in an import of the addresses of orders to which the new one did nothing: place -> problem."""
    c = import_problems.c
    touched = select(import_orders.c.order_id).where(import_orders.c.import_id == new)
    query = select(c.id, c.file, c.at_row, c.field, c.key).where(
        c.import_id == old,
        c.done_at.is_(None),
        c.key.startswith(_ADDRESSES, autoescape=True),
        c.order_id.is_not(None),
        c.order_id.not_in(touched),
    )
    return {tuple(row[1:]): row[0] for row in tx.connection.execute(query)}


def put_fix(tx: Transaction, act: str, import_id: int, place: tuple[str, int, str], value: str) -> None:
    """Keep what a cell is to say; the cell's place is file, row and column."""
    at = dict(zip(("file", "at_row", "field"), place, strict=True))
    here = and_(import_fixes.c.import_id == import_id, *(import_fixes.c[name] == each for name, each in at.items()))
    values = {"value": value, "act": act, "at": tx.now}
    if not tx.connection.execute(update(import_fixes).where(here).values(values)).rowcount:
        tx.connection.execute(insert(import_fixes).values({"import_id": import_id, **at, **values}))


def fixes_of(tx: Transaction, import_ids: Sequence[int], until: int | None = None) -> list[Fix]:
    """Return the mended cells of imports, those of the first import first.

    :param until: only those that were mended before this moment; None for all.
    """
    was = (
        select(func.max(import_problems.c.value))
        .where(
            import_problems.c.import_id == import_fixes.c.import_id,
            import_problems.c.file == import_fixes.c.file,
            import_problems.c.at_row == import_fixes.c.at_row,
            import_problems.c.field == import_fixes.c.field,
        )
        .correlate(import_fixes)
        .scalar_subquery()
    )
    query = (
        select(
            import_fixes.c.file,
            import_fixes.c.at_row,
            import_fixes.c.field,
            import_fixes.c.value,
            func.coalesce(was, literal_column("''")),
        )
        .where(import_fixes.c.import_id.in_(list(import_ids)))
        .order_by(import_fixes.c.import_id, import_fixes.c.at)
    )
    if until is not None:
        query = query.where(import_fixes.c.at < until)
    return [Fix(*row) for row in tx.connection.execute(query)]
