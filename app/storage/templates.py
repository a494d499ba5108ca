"""Templates of papers and labels that a shop made its own 書式, as rows; the shipped ones are files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from app.storage.database import Transaction
from app.storage.tables import orders, print_rules, templates

__all__ = ["TemplateRow", "newest_order", "put", "read", "remove", "rows", "ruled"]


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One own template."""

    paper: str
    """What it is for: ``packing_slip``, or ``label:…`` for a label."""
    name: str
    body: str
    """TOML."""
    at: int
    """When it was changed last, UTC in ms."""


def read(tx: Transaction, paper: str, name: str) -> str | None:
    """Return the body of an own template; None where the shop has none of that name."""
    here = templates.c
    found = tx.connection.execute(select(here.body).where(here.paper == paper, here.name == name)).scalar_one_or_none()
    return None if found is None else str(found)


def rows(tx: Transaction, paper: str = "") -> tuple[TemplateRow, ...]:
    """Return the own templates by paper and name.

    :param paper: only of this one; empty for all.
    """
    here = templates.c
    query = select(here.paper, here.name, here.body, here.at).order_by(here.paper, here.name)
    if paper:
        query = query.where(here.paper == paper)
    return tuple(TemplateRow(*row) for row in tx.connection.execute(query))


def put(tx: Transaction, paper: str, name: str, body: str) -> None:
    """Keep a template; one of that name is replaced."""
    here = templates.c
    changed = tx.connection.execute(
        update(templates).where(here.paper == paper, here.name == name).values(body=body, at=tx.now)
    ).rowcount
    if not changed:
        tx.connection.execute(insert(templates).values(paper=paper, name=name, body=body, at=tx.now))


def remove(tx: Transaction, paper: str, name: str) -> bool:
    """Take a template away; whether it was there."""
    here = templates.c
    return bool(tx.connection.execute(delete(templates).where(here.paper == paper, here.name == name)).rowcount)


def ruled(tx: Transaction, name: str) -> tuple[tuple[str, str], ...]:
    """Return the print rules that name a template: the paper and the name of each."""
    here = print_rules.c
    found = tx.connection.execute(select(here.paper, here.name).where(here.template == name).order_by(here.id))
    return tuple((str(paper), str(rule)) for paper, rule in found)


def newest_order(tx: Transaction) -> int | None:
    """Return the order that was released last, to show how a paper looks; None where none was."""
    query = (
        select(orders.c.id)
        .where(orders.c.batch.is_not(None))
        .order_by(orders.c.batch.desc(), orders.c.sequence.desc())
        .limit(1)
    )
    return tx.connection.execute(query).scalar_one_or_none()
