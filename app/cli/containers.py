"""``kenpin containers``: totes, carts and slots of the sorting wall: who has them, and freeing one by hand."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, iso, line, table
from app.services import containers
from app.services.settings import all_settings

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"list": _list, "free": _free}[args.containers](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    used = True if args.used else False if args.free else None
    found = context.desk.read(containers.page, kind=args.kind, used=used, limit=args.limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([{**asdict(row), "since": iso(row.since, zone)} for row in found]))
        return 0
    if not found:
        line(context.say("containers.nothing"))
        return 0
    names = ("kind", "code", "within", "job", "order", "station", "person", "since")
    table(
        [context.say(f"containers.column.{name}") for name in names],
        [
            (
                context.say(f"containers.kind.{row.kind}"),
                row.code,
                row.within,
                row.job,
                row.ship_number,
                row.station,
                row.person,
                clock(row.since, zone),
            )
            for row in found
        ],
    )
    return 0


def _free(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    topics = frozenset({"picking"})
    code = desk.do(topics, containers.free, desk.station, str(uuid4()), args.code, args.reason).result()
    line(as_json({"code": code}) if args.json else context.say("containers.freed", code=code))
    return 0
