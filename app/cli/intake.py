"""``kenpin import`` and ``kenpin products``: taking in order files and product files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Problem
from app.services import intake, products

__all__ = ["SIGNS", "run"]

_SHOWN_PRODUCTS = 200


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.command == "import":
        return _orders(context, args)
    if args.products == "pictures":
        from app.cli import proof

        return proof.pictures(context, args)
    return {"import": _products, "list": _list}[args.products](context, args)


def _say(context: Context) -> Callable[[Problem], str]:
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
        progress=_progress(),
    )
    if args.json:
        line(as_json(report.plain(_say(context))))
    elif not report.usable:
        _problems(context, report.problems)
        complain(context.say("cli.import.nothing"))
    else:
        _problems(context, report.problems)
        counts = report.orders
        line(context.say("cli.import.dry" if args.dry_run else "cli.import.done"))
        table(
            [context.say(f"cli.import.{name}") for name in counts],
            [[f"{number:,}" for number in counts.values()]],
            right=range(len(counts)),
        )
        line(context.say("cli.import.lines", lines=f"{report.lines:,}", products=f"{report.products:,}"))
    return 0 if report.usable else 1


def _products(context: Context, args: argparse.Namespace) -> int:
    report = products.import_products(context.desk, args.file, progress=_progress())
    if args.json:
        line(as_json(report.plain(_say(context))))
    else:
        _problems(context, report.problems)
        line(
            context.say(
                "cli.products.done",
                added=f"{report.added:,}",
                changed=f"{report.changed:,}",
                stocked=f"{report.stocked:,}",
            )
        )
    return 0 if report.usable else 1


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN_PRODUCTS)
    rows = context.desk.read(products.page, text=args.text, limit=limit + 1 if limit else None).result()
    more = limit is not None and len(rows) > limit
    rows = rows[:limit]
    if args.json:
        body = [
            {
                "sku": row.sku,
                "name": row.name,
                "name_en": row.name_en,
                "code": row.main_code,
                "shelf": row.shelf,
                "weight_g": row.weight_g,
            }
            for row in rows
        ]
        line(as_json(body))
        return 0
    head = [context.say(f"cli.column.{name}") for name in ("sku", "code", "shelf", "name")]
    table(head, [(row.sku, row.main_code, row.shelf, row.name) for row in rows])
    if more:
        complain(context.say("cli.more", shown=limit))
    return 0


SIGNS = {Level.INFO: "·", Level.WARNING: "!", Level.ERROR: "×"}
"""How much a problem matters, before its sentence."""


def _problems(context: Context, problems: list[Problem]) -> None:
    """What was odd, in the order of the file: where, how much it matters, and what to do."""
    for found in problems:
        place = f"{found.file}:{found.row}" if found.row else found.file
        line(f"{SIGNS[level_of(found)]} {place}  {context.say(found.key, **placeholders(found))}")
    if problems:
        line(context.say("cli.import.problems", number=f"{len(problems):,}"))


def _progress() -> intake.Progress | None:
    """A counter on a terminal; nothing where the output goes elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(read: int, size: int, orders: int) -> None:
        share = f"{min(99, 100 * read // size):3d} %" if size and read else "     "
        sys.stderr.write(f"\r{share}  {orders:,} ")
        sys.stderr.flush()

    return show
