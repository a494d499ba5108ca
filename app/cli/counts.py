"""``kenpin counts``: shelves that a picker found otherwise than the books say."""

from __future__ import annotations

import argparse
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, iso, line, table
from app.services import counts
from app.services.settings import all_settings

__all__ = ["run"]

_TOPICS = frozenset({"orders", "products"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return _done(context, args) if args.counts == "done" else _list(context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    rows = context.desk.read(counts.open_counts, args.limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(
            as_json([{name: getattr(row, name) for name in row.__slots__} | {"at": iso(row.at, zone)} for row in rows])
        )
        return 0
    if not rows:
        complain(context.say("cli.counts.none"))
        return 0
    shown = [
        (str(row.id), row.shelf, row.sku, row.name, context.say(f"count.reason.{row.reason}"), str(row.books), row.job)
        for row in rows
    ]
    names = ("number", "shelf", "sku", "name", "reason", "books", "job")
    table([context.say(f"cli.counts.column.{name}") for name in names], shown, right=(0, 5))
    return 0


def _done(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    given = (desk.station, str(uuid4()), args.number, args.pieces, args.lot)
    done = desk.do(_TOPICS, counts.counted, *given).result()
    if args.json:
        line(as_json({"shelf": done.shelf, "before": done.before, "now": done.now}))
    else:
        line(context.say("count.done", shelf=done.shelf, before=done.before, now=done.now))
    return 0
