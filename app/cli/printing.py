"""``kenpin print``: papers as files, and the outbox."""

from __future__ import annotations

import argparse

from app.cli import labels
from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table, write_file
from app.domain.papers import Rendered
from app.services import batches, orders, papers, pick_papers, printing
from app.services.drawing import Paper
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["run"]

_SHOWN = 200


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    match args.print:
        case "jobs":
            return _jobs(context, args)
        case "label":
            write_file(args.out, labels.for_printer(context, args))
            return 0
        case "slip":
            drawn = context.desk.read(_slip, args.order, args.lang or "").result()
        case "invoice" | "return-slip" | "address-label":
            paper = str(args.print).replace("-", "_")
            drawn = context.desk.read(_of_order, paper, args.order, args.lang or "").result()
        case "slips":
            drawn = context.desk.read(_slips, args.batch).result().draw()
        case "pick-list":
            drawn = context.desk.read(papers.pick_list_of, args.batch).result()
        case "job-list":
            drawn = context.desk.read(_of_job, "job_list", args.job).result().draw()
        case "places":
            drawn = context.desk.read(_of_job, "place_sheet", args.job).result().draw()
        case name if name in labels.COMMANDS:
            drawn = labels.draw(context, args)
        case "scanner":
            drawn = papers.scanner_sheet(context.words)
        case _:
            drawn = papers.command_sheet(context.words)
    return _write(context, args, drawn)


def _slip(tx: Transaction, name: str, language: str) -> Rendered:
    return papers.slip_of(tx, orders.find_one(tx, name), language=language)


def _of_order(tx: Transaction, paper: str, name: str, language: str) -> Rendered:
    return papers.alone(tx, paper, orders.find_one(tx, name), language=language)


def _slips(tx: Transaction, number: int) -> Paper:
    """Every slip of a batch once more, marked as a copy: for a stack that was lost or half printed."""
    batches.batch(tx, number)
    return papers.paper_of_job(tx, "slips", order=None, batch=number, copy_reason="missing")


def _of_job(tx: Transaction, paper: str, text: str) -> Paper:
    """A paper of a pick job; marked as a copy where it came out before."""
    batch, sequence = pick_papers.job_named(tx, text)
    reason = "missing" if printing.came_out(tx, paper, batch, sequence) else ""
    return papers.paper_of_job(tx, paper, order=None, batch=batch, version=sequence, copy_reason=reason)


def _write(context: Context, args: argparse.Namespace, drawn: Rendered) -> int:
    write_file(args.out, drawn.pdf)
    if drawn.missing:
        complain(context.say("cli.print.missing", characters=" ".join(drawn.missing)))
    for picture in drawn.unusable:
        complain(context.say("cli.print.unusable", file=picture))
    for warning in drawn.warnings:
        complain(warning)
    return 0


def _jobs(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN)
    rows = context.desk.read(printing.page, states=args.state, limit=limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        body = [
            {
                "job": row.id,
                "at": iso(row.at, zone),
                "station": row.station,
                "paper": row.paper,
                "batch": row.batch,
                "copy_reason": row.copy_reason,
                "state": row.state,
                "attempts": row.attempts,
                "error": row.error,
                "result": row.result,
            }
            for row in rows
        ]
        line(as_json(body))
        return 0
    names = ("job", "time", "station", "paper", "state", "result")
    table(
        [context.say(f"cli.column.{name}") for name in names],
        [(str(r.id), clock(r.at, zone), r.station, r.paper, r.state, r.error or r.result) for r in rows],
        right=(0,),
    )
    return 0
