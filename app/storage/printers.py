"""Printers of the house as rows, and what each said last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from app.domain.printing import Printer, Transport
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import print_jobs, print_rules, printers

__all__ = ["add", "change", "drop", "every", "note_state", "number", "one", "rules_of", "waiting"]

_COLUMNS = (
    printers.c.id,
    printers.c.name,
    printers.c.transport,
    printers.c.address,
    printers.c.language,
    printers.c.dpi,
    printers.c.media,
    printers.c.station,
    printers.c.options,
    printers.c.takeover_id,
    printers.c.active,
    printers.c.position,
    printers.c.state,
    printers.c.told,
    printers.c.seen_at,
    printers.c.answers,
)
_EVERY = Prepared(select(*_COLUMNS).order_by(printers.c.position, printers.c.id))
_ONE = Prepared(select(*_COLUMNS).where(printers.c.id == bindparam("id_")))
_NOTE = Prepared(
    update(printers)
    .where(printers.c.id == bindparam("id_"))
    .values(
        state=bindparam("state_"),
        told=bindparam("told_"),
        seen_at=func.coalesce(bindparam("seen_"), printers.c.seen_at),
        answers=func.coalesce(bindparam("answers_"), printers.c.answers),
    )
)


def _printer(row: Sequence[Any]) -> Printer:
    return Printer(
        id=row[0],
        name=row[1],
        transport=Transport(row[2]),
        address=row[3],
        language=row[4],
        dpi=row[5],
        media=row[6],
        station=row[7],
        options=json.loads(row[8]),
        takeover=row[9],
        active=bool(row[10]),
        position=row[11],
        state=row[12],
        told=json.loads(row[13]) if row[13] else {},
        seen_at=row[14],
        answers=bool(row[15]),
    )


def every(tx: Transaction) -> tuple[Printer, ...]:
    """Return every printer, in the order that people gave them."""
    return tuple(_printer(row) for row in tx.rows(_EVERY))


def one(tx: Transaction, printer: int) -> Printer | None:
    """Return a printer; None where it is gone."""
    row = tx.one(_ONE, id_=printer)
    return _printer(row) if row else None


def _values(printer: Printer) -> dict[str, object]:
    return {
        "name": printer.name,
        "transport": str(printer.transport),
        "address": printer.address,
        "language": printer.language,
        "dpi": printer.dpi,
        "media": printer.media,
        "station": printer.station,
        "options": _json(printer.options),
        "takeover_id": printer.takeover,
        "active": int(printer.active),
    }


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"))


def add(tx: Transaction, printer: Printer) -> int:
    """Add a printer behind all others and return its id."""
    last = tx.connection.execute(select(func.coalesce(func.max(printers.c.position), 0))).scalar_one()
    values = {**_values(printer), "position": int(last) + 1}
    if tx.dialect == "sqlite":
        # SQLite gives the id of the last row out again once that is gone: old jobs would be another printer's.
        used = (printers.c.id, print_jobs.c.printer_id, print_jobs.c.routed_id)
        queries = [select(func.coalesce(func.max(column), 0)) for column in used]
        values["id"] = 1 + max(int(tx.connection.execute(query).scalar_one() or 0) for query in queries)
    return int(tx.connection.execute(insert(printers).values(values).returning(printers.c.id)).scalar_one())


def change(tx: Transaction, printer: Printer, *, forget: bool) -> None:
    """Change a printer; its place in the order stays.

    :param forget: whether what it said was said by another one: of another address or language.
    """
    values = _values(printer)
    if forget:
        values |= {"state": "", "told": "", "seen_at": None, "answers": 0}
    tx.connection.execute(update(printers).where(printers.c.id == printer.id).values(values))


def drop(tx: Transaction, printer: int) -> None:
    """Take a printer away. Nothing waits for it and no rule names it; what came out of it keeps its id."""
    taken = update(printers).where(printers.c.takeover_id == printer).values(takeover_id=None)
    tx.connection.execute(taken)
    tx.connection.execute(delete(printers).where(printers.c.id == printer))


def number(tx: Transaction, ids: Sequence[int]) -> None:
    """Put printers into this order."""
    for place, printer in enumerate(ids, 1):
        tx.connection.execute(update(printers).where(printers.c.id == printer).values(position=place))


def waiting(tx: Transaction, printer: int) -> int:
    """Return how many jobs of a printer are not done."""
    query = select(func.count()).where(
        print_jobs.c.state.in_(("waiting", "sent", "unknown", "failed")),
        (print_jobs.c.printer_id == printer) | (print_jobs.c.routed_id == printer),
    )
    return int(tx.connection.execute(query).scalar_one())


def rules_of(tx: Transaction, printer: int) -> tuple[str, ...]:
    """Return the names of the print rules that name a printer."""
    query = select(print_rules.c.name).where(print_rules.c.printer_id == printer).order_by(print_rules.c.position)
    return tuple(row[0] for row in tx.connection.execute(query))


def note_state(
    tx: Transaction, printer: int, state: str, told: Mapping[str, str], *, answered: bool, seen: bool
) -> bool:
    """Keep what a printer said; whether it still exists.

    :param answered: whether it answered a question about its state.
    :param seen: whether it could be reached.
    """
    return bool(
        tx.run(
            _NOTE,
            id_=printer,
            state_=state,
            told_=_json(told) if told else "",
            seen_=tx.now if seen else None,
            answers_=1 if answered else None,
        )
    )
