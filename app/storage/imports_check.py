"""Checking what is kept of imports: every order that they name is there, and no folder is watched twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select

from app.storage.database import Transaction
from app.storage.tables import folders, import_orders, import_problems, imports, orders

__all__ = ["check"]


def check(tx: Transaction) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield key and arguments of every fault."""
    for table, key in ((import_orders, "verify.import_order"), (import_problems, "verify.import_problem")):
        lost = (
            select(table.c.import_id, table.c.order_id)
            .select_from(table.outerjoin(orders, orders.c.id == table.c.order_id))
            .where(table.c.order_id.is_not(None), orders.c.id.is_(None))
        )
        for row in tx.connection.execute(lost):
            yield key, {"import": row[0], "order": row[1]}
    before = import_orders.c.before
    unlike = select(import_orders.c.import_id, import_orders.c.order_id).where(
        and_(import_orders.c.what == "added", before != "")
    )
    for row in tx.connection.execute(unlike):
        yield "verify.import_before", {"import": row[0], "order": row[1]}
    again = imports.alias("again")
    circle = select(again.c.id, again.c.again_id).where(again.c.again_id >= again.c.id)
    for import_id, read in tx.connection.execute(circle):
        yield "verify.import_again", {"import": import_id, "again": read}
    twice = (
        select(folders.c.path, func.count())
        .where(folders.c.active == 1)
        .group_by(folders.c.path)
        .having(func.count() > 1)
    )
    for path, number in tx.connection.execute(twice):
        yield "verify.folder_twice", {"path": path, "number": number}
