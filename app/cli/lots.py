"""``kenpin lots``: which lots are known, until when they keep, which are recalled."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, line, table
from app.domain.lots import parse_day
from app.errors import NotAllowed
from app.services import lots

__all__ = ["run"]

_TOPICS = frozenset({"products"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"list": _list, "put": _put, "recall": _recall}[args.lots](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    until = ""
    if args.until:
        until = parse_day(args.until) or ""
        if not until:
            raise NotAllowed("expiry.unreadable", code=args.until)
    found = context.desk.read(lots.page, sku=args.sku, until=until, recalled=args.recalled, limit=args.limit).result()
    if args.json:
        line(as_json([asdict(row) for row in found]))
        return 0
    if not found:
        line(context.say("lots.nothing"))
        return 0
    head = [context.say(f"lots.column.{name}") for name in ("sku", "lot", "expiry", "pieces", "recalled", "name")]
    rows = [
        (row.sku, row.lot, row.expiry, str(row.pieces), row.reason if row.recalled else "", row.name) for row in found
    ]
    table(head, rows)
    return 0


def _recall_of(row: lots.LotRow) -> str:
    return (row.reason or "×") if row.recalled else ""


def _put(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    kept = desk.do(_TOPICS, lots.put, desk.station, str(uuid4()), args.sku, args.lot, args.expiry).result()
    line(as_json({"sku": args.sku, "lot": kept}) if args.json else context.say("lots.kept", sku=args.sku, lot=kept))
    return 0


def _recall(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    act = str(uuid4())
    desk.do(_TOPICS, lots.recall, desk.station, act, args.sku, args.lot, args.reason, recalled=not args.undo).result()
    if args.json:
        line(as_json({"sku": args.sku, "lot": args.lot, "recalled": not args.undo}))
    else:
        line(context.say("lots.recall_undone" if args.undo else "lots.recalled", sku=args.sku, lot=args.lot))
    return 0
