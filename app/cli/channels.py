"""``kenpin channels``: the shops' formats, mappings that are saved as channels, and trying one out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, line, table
from app.domain.intake import placeholders
from app.domain.orders import IncomingOrder
from app.errors import FileUnusable
from app.services import channels
from app.services.intake import plain_problem
from app.services.settings import all_settings
from app.text import base_of

__all__ = ["run"]

_TOPICS = frozenset({"settings"})
_MOST_PROBLEMS = 50
"""Problems listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {"list": _list, "show": _show, "add": _add, "remove": _remove, "guess": _guess, "try": _try}
    return group[args.channels](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(channels.channel_list).result()
    if args.json:
        line(as_json([{**asdict(each), "shops": list(each.shops)} for each in found]))
        return 0
    language, say = base_of(context.words.language), context.say
    rows = [
        (
            each.id,
            each.title.get(language, each.id),
            say(f"channels.from.{'own' if each.own else 'program'}"),
            "、".join(each.shops),
        )
        for each in found
    ]
    table([say(f"channels.column.{name}") for name in ("id", "title", "from", "shops")], rows)
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    line(context.desk.read(channels.mapping_body, args.kind, args.name).result().rstrip("\n"))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    desk, body = context.desk, _body(args.file)
    desk.do(_TOPICS, channels.save_mapping, desk.station, str(uuid4()), args.kind, args.name, body).result()
    line(context.say("channels.kept", name=args.name))
    return 0


def _body(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnusable("channels.unreadable", file=str(file), why=str(error)) from error


def _remove(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    desk.do(_TOPICS, channels.remove_mapping, desk.station, str(uuid4()), args.kind, args.name).result()
    line(context.say("channels.removed", name=args.name))
    return 0


def _guess(_: Context, args: argparse.Namespace) -> int:
    line(channels.draft_text(channels.guess(channels.look_at(args.file, sheet=args.sheet))).rstrip("\n"))
    return 0


def _try(context: Context, args: argparse.Namespace) -> int:
    if args.mapping:
        body = context.desk.read(channels.mapping_text, args.mapping).result()
    else:
        body = channels.draft_text(channels.guess(channels.look_at(args.file)))
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    trial = channels.try_out(args.file, body, timezone=zone)
    said = [context.say(found.key, **placeholders(found)) for found in trial.problems]
    if args.json:
        told = {
            "orders": [asdict(each) for each in trial.orders],
            "problems": [plain_problem(found, text) for found, text in zip(trial.problems, said, strict=True)],
            "wrong": [asdict(each) for each in trial.wrong],
        }
        line(as_json(told))
        return 0 if trial.orders else 1
    for each in trial.wrong:
        complain(context.say("channels.wrong", place=each.place or "–", allowed=each.allowed))
    for text in said[:_MOST_PROBLEMS]:
        complain(text)
    names = ("number", "ordered", "name", "address", "lines", "wish")
    table([context.say(f"channels.column.{name}") for name in names], [_row(each, zone) for each in trial.orders])
    line(context.say("channels.tried", orders=len(trial.orders), problems=len(said)))
    return 0 if trial.orders else 1


def _row(order: IncomingOrder, zone: str) -> tuple[str, ...]:
    to = order.ship_to
    return (
        order.number,
        clock(order.ordered_at, zone),
        to.name,
        f"{to.postcode} {to.prefecture}{to.city}{to.street}".strip(),
        "、".join(f"{each.sku}×{each.quantity}" for each in order.lines),
        " ".join(filter(None, (order.delivery, order.wish))),
    )
