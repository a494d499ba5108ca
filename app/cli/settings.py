"""``kenpin settings``: what the shop decides."""

from __future__ import annotations

import argparse
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, line, table
from app.errors import SettingsWrong
from app.services import gate, settings
from app.settings import SETTINGS

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"get": _get, "set": _set}[args.settings](context, args)


def _get(context: Context, args: argparse.Namespace) -> int:
    for key in args.key:
        if key not in SETTINGS:
            raise SettingsWrong("settings.unknown_key", name=key, known=", ".join(SETTINGS))
    shop = _shop(context, args)
    values = context.desk.read(settings.all_settings, shop).result()
    chosen = {key: values[key] for key in args.key or SETTINGS}
    if args.json:
        line(as_json(chosen))
    elif len(args.key) == 1:
        line(values[args.key[0]])
    else:
        table(
            [context.say(f"cli.column.{name}") for name in ("setting", "value", "meaning")],
            [(key, value, context.say(f"setting.{key}")) for key, value in chosen.items()],
        )
    return 0


def _shop(context: Context, args: argparse.Namespace) -> int | None:
    """Return the id of the shop that ``--shop`` names; None for the house."""
    return context.desk.read(settings.find_shop, args.shop).result().id if args.shop else None


def _set(context: Context, args: argparse.Namespace) -> int:
    desk, shop = context.desk, _shop(context, args)
    topics = frozenset({"settings"})
    desk.do(topics, settings.put, desk.station, str(uuid4()), {args.key: args.value}, shop).result()
    if args.key.startswith(("carrier.", "ship.", "address.")) or args.key == "shop.timezone":
        gate.recheck_open(desk)
    value = desk.read(settings.all_settings, shop).result()[args.key]
    line(context.say("cli.settings.now", name=args.key, value=value))
    return 0
