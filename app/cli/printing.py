"""``kenpin print``: papers as files, and the outbox."""

from __future__ import annotations

import argparse

from app.cli import labels, print_jobs, print_rules
from app.cli.context import Context
from app.cli.output import complain, write_file
from app.domain.papers import Rendered
from app.services import batches, orders, papers, pick_papers, printing
from app.services.drawing import Paper
from app.storage.database import Transaction

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    match args.print:
        case name if name in print_jobs.COMMANDS:
            return print_jobs.run(context, args)
        case "rules":
            return print_rules.run(context, args)
        case "label":
            return labels.for_printer(context, args)
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
