"""``kenpin print jobs|confirm|retry|move|drop|reprint``: the outbox, and what people do with its jobs."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, iso, line, table
from app.domain.printing import FOLDER
from app.services import orders, printers, printing
from app.services.answers import sentence
from app.services.printing import BoardRow
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["COMMANDS", "run"]

COMMANDS = ("jobs", "confirm", "retry", "move", "drop", "reprint")
"""What this module does."""
_SHOWN = 200
_TOPICS = frozenset({"printing"})
_FOLDER = "-"
"""Stands for the papers folder where a printer's name is asked."""


_PRINTING_SECONDS = 60.0
"""How long printers may take before the command ends."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of :data:`COMMANDS`."""
    match args.print:
        case "jobs":
            return _jobs(context, args)
        case "confirm":
            for job in args.job:
                _do(context, printing.came_out_for_sure, job)
                line(context.say("cli.outbox.confirmed", job=job))
        case "retry":
            for job in args.job:
                new = _do(context, printing.did_not, job)
                key = "cli.outbox.tried" if new == job else "cli.outbox.again"
                line(context.say(key, job=job, new=new))
            _bring_out(context)
        case "drop":
            for job in args.job:
                _do(context, printing.give_up, job)
                line(context.say("cli.outbox.dropped", job=job))
        case "move":
            return _move(context, args)
        case _:
            return _reprint(context, args)
    return 0


def _do(context: Context, function: Any, *args: object) -> Any:
    desk = context.desk
    return desk.do(_TOPICS, function, desk.station, str(uuid4()), *args).result()


def _bring_out(context: Context) -> None:
    """Send what is due now: the window may be closed. What a printer does not take waits for it."""
    for where in context.runner().work_off(_PRINTING_SECONDS):
        line(f"  {where}")


def _printer(tx: Transaction, name: str) -> int:
    return FOLDER if name == _FOLDER else printers.named(tx, name).id


def _move(context: Context, args: argparse.Namespace) -> int:
    """Give one job, or all of a printer's, to another printer."""
    target = context.desk.read(_printer, args.to).result() if args.to else None
    if args.all_of:
        moved = _do(context, printing.move_all, context.desk.read(_printer, args.all_of).result(), target)
        line(context.say("cli.outbox.moved_all", count=moved))
        _bring_out(context)
        return 0
    for job in args.job:
        _do(context, printing.move, job, FOLDER if target is None else target)
        line(context.say("cli.outbox.moved", job=job))
    _bring_out(context)
    return 0


def _reprint(context: Context, args: argparse.Namespace) -> int:
    """Print a job's, an order's or a batch's paper again."""
    paper = args.paper.replace("-", "_")
    if args.job is not None:
        new = _do(context, printing.reprint_job, args.job, args.reason)
    elif args.order:
        order = context.desk.read(orders.find_one, args.order).result()
        new = _do(context, printing.reprint_order, order, paper or "packing_slip", args.reason)
    else:
        new = _do(context, printing.reprint_batch, args.batch, paper or "slips", args.reason)
    line(context.say("cli.outbox.reprinted", new=new))
    _bring_out(context)
    return 0


def _jobs(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN)
    printer = context.desk.read(_printer, args.printer).result() if args.printer else None
    rows = context.desk.read(printing.board, states=args.state, printer=printer, limit=limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_plain(context, row, zone) for row in rows]))
        return 0
    names = ("job", "time", "station", "paper", "what", "printer", "state", "seen", "result")
    table(
        [context.say(f"cli.column.{name}") for name in names],
        [_shown(context, row, zone) for row in rows],
        right=(0,),
    )
    return 0


def _shown(context: Context, row: BoardRow, zone: str) -> tuple[str, ...]:
    batch = str(row.batch) if row.batch is not None else ""
    by = f" ({context.say(f'outbox.by.{row.settled_by}')})" if row.settled_by else ""
    return (
        str(row.id),
        clock(row.at, zone),
        row.station,
        row.paper + (f" ×{row.copies}" if row.copies > 1 else ""),
        row.ship_number or row.number or batch,
        row.printer_name or (_FOLDER if row.printer == FOLDER else ""),
        f"{context.say(f'outbox.state.{row.state}')}{by}",
        f"{row.scanned}/{row.papers}" if row.papers else "",
        " ".join(sentence(context.words, each.key, each.args) for each in row.said) or row.result,
    )


def _plain(context: Context, row: BoardRow, zone: str) -> dict[str, object]:
    return {
        "job": row.id,
        "at": iso(row.at, zone),
        "station": row.station,
        "sender": row.sender,
        "paper": row.paper,
        "order": row.number,
        "ship_number": row.ship_number,
        "batch": row.batch,
        "version": row.version,
        "printer": row.printer_name,
        "routed": row.routed_name,
        "copies": row.copies,
        "copy_reason": row.copy_reason,
        "repeats": row.repeats,
        "state": row.state,
        "settled_by": row.settled_by,
        "attempts": row.attempts,
        "pages": row.pages,
        "papers": row.papers,
        "scanned": row.scanned,
        "sent_at": iso(row.sent_at, zone) if row.sent_at is not None else None,
        "settled_at": iso(row.settled_at, zone) if row.settled_at is not None else None,
        "said": [{"key": each.key, "args": dict(each.args)} for each in row.said],
        "error": " ".join(sentence(context.words, each.key, each.args) for each in row.said),
        "result": row.result,
        "acts": list(row.acts),
    }
