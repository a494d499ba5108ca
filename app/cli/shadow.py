"""``kenpin shadow``: what shadow mode would have stopped."""

from __future__ import annotations

import argparse
import json

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.services import shadow
from app.services.settings import all_settings
from app.services.shadow import Noted

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Print the report."""
    desk = context.desk
    found = desk.read(shadow.report, days=args.days, key=args.key, limit=args.limit or 20).result()
    settings = desk.read(all_settings).result()
    zone = settings["shop.timezone"]
    if args.json:
        line(
            as_json(
                {
                    "mode": settings["pack.check"],
                    "days": args.days,
                    "closed": found.closed,
                    "stopped": found.stopped,
                    "per_thousand": found.per_thousand,
                    "kinds": found.kinds,
                    "answers": {each.key: {"times": each.times, "orders": each.parcels} for each in found.tallies},
                    "rows": [_plain(context, row, zone) for row in found.rows],
                }
            )
        )
        return 0
    if settings["pack.check"] != "shadow":
        complain(context.say("cli.shadow.off"))
    line(
        context.say(
            "cli.shadow.whole",
            days=args.days,
            closed=found.closed,
            stopped=found.stopped,
            rate=found.per_thousand,
        )
    )
    if not found.kinds:
        return 0
    head = [context.say(f"cli.shadow.column.{name}") for name in ("kind", "times")]
    table(head, [(context.say(f"shadow.kind.{kind}"), str(times)) for kind, times in found.kinds.items()], right=(1,))
    line("")
    head = [context.say(f"cli.shadow.column.{name}") for name in ("at", "order", "said", "person")]
    rows = [
        (clock(row.at, zone), row.ship_number or row.number, _said(context, row), row.person or row.station)
        for row in found.rows
    ]
    table(head, rows, widest=80)
    return 0


def _said(context: Context, row: Noted) -> str:
    """Return what the bench would have said."""
    return context.say(row.key, **json.loads(row.answer).get("args", {}))


def _plain(context: Context, row: Noted, zone: str) -> dict[str, object]:
    return {
        "at": iso(row.at, zone),
        "key": row.key,
        "kind": shadow.kind_of(row.key),
        "said": _said(context, row),
        "scanned": row.raw,
        "order": row.number,
        "ship_number": row.ship_number,
        "station": row.station,
        "person": row.person,
    }
