"""``kenpin import``: taking in order files; and how problems of any file are written out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Problem
from app.services import intake

__all__ = ["SIGNS", "problems_out", "progress", "run", "say_problem"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return _orders(context, args)


def say_problem(context: Context) -> Callable[[Problem], str]:
    """Return what makes a problem's sentence."""
    return lambda found: context.say(found.key, **placeholders(found))


def _orders(context: Context, args: argparse.Namespace) -> int:
    report = intake.import_files(
        context.desk,
        args.file,
        channel=args.channel,
        shop=args.shop,
        mapping=args.mapping,
        create_products=args.create_products,
        dry_run=args.dry_run,
        complete=args.complete,
        progress=progress(),
    )
    if args.json:
        line(as_json(report.plain(say_problem(context))))
    elif not report.usable:
        problems_out(context, report.problems)
        complain(context.say("cli.import.nothing"))
    else:
        problems_out(context, report.problems)
        counts = report.orders
        line(context.say("cli.import.dry" if args.dry_run else "cli.import.done"))
        table(
            [context.say(f"cli.import.{name}") for name in counts],
            [[f"{number:,}" for number in counts.values()]],
            right=range(len(counts)),
        )
        line(context.say("cli.import.lines", lines=f"{report.lines:,}", products=f"{report.products:,}"))
    return 0 if report.usable else 1


SIGNS = {Level.INFO: "·", Level.WARNING: "!", Level.ERROR: "×"}
"""How much a problem matters, before its sentence."""


def problems_out(context: Context, problems: Sequence[Problem]) -> None:
    """Write what was odd, in the order of the file: where, how much it matters, and what to do."""
    for found in problems:
        place = f"{found.file}:{found.row}" if found.row else found.file
        line(f"{SIGNS[level_of(found)]} {place}  {context.say(found.key, **placeholders(found))}")
    if problems:
        line(context.say("cli.import.problems", number=f"{len(problems):,}"))


def progress() -> intake.Progress | None:
    """Return a counter for a terminal; nothing where the output goes elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(read: int, size: int, orders: int) -> None:
        share = f"{min(99, 100 * read // size):3d} %" if size and read else "     "
        sys.stderr.write(f"\r{share}  {orders:,} ")
        sys.stderr.flush()

    return show
