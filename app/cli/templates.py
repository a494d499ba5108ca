"""``kenpin templates``: how papers and labels look, as files that are copied, changed and taken in."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, line, table
from app.domain.templates import TemplateFault
from app.errors import FileUnusable
from app.services import templates
from app.services.settings import all_settings
from app.services.templates import TOPICS, TemplateWrong

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {"list": _list, "show": _show, "copy": _copy, "save": _save, "remove": _remove, "check": _check}
    return group[args.templates](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    items = context.desk.read(templates.items, args.paper).result()
    if args.json:
        line(as_json([{"paper": each.paper, "name": each.name, "own": each.own, "at": each.at} for each in items]))
        return 0
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    say = context.say
    rows = [
        (
            each.paper,
            each.name,
            say(f"cli.templates.{'own' if each.own else 'shipped'}"),
            clock(each.at, zone) if each.at else "",
        )
        for each in items
    ]
    table([say(f"cli.templates.column.{name}") for name in ("paper", "name", "from", "changed")], rows)
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    line(context.desk.read(templates.body_of, args.paper, args.name).result().rstrip("\n"))
    return 0


def _copy(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    desk.do(TOPICS, templates.copy, desk.station, str(uuid4()), args.paper, args.name, args.to).result()
    line(context.say("cli.templates.kept", paper=args.paper, name=args.to))
    return 0


def _remove(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    desk.do(TOPICS, templates.remove, desk.station, str(uuid4()), args.paper, args.name).result()
    line(context.say("cli.templates.removed", paper=args.paper, name=args.name))
    return 0


def _save(context: Context, args: argparse.Namespace) -> int:
    desk, body = context.desk, _body(args.file)
    try:
        desk.do(TOPICS, templates.save, desk.station, str(uuid4()), args.paper, args.name, body).result()
    except TemplateWrong as wrong:
        return _wrong(context, args, wrong.faults)
    if args.json:
        line(as_json({"paper": args.paper, "name": args.name, "faults": []}))
    else:
        line(context.say("cli.templates.kept", paper=args.paper, name=args.name))
    return 0


def _check(context: Context, args: argparse.Namespace) -> int:
    if faults := templates.check(args.paper, _body(args.file)):
        return _wrong(context, args, faults)
    line(as_json({"paper": args.paper, "faults": []}) if args.json else context.say("cli.templates.sound"))
    return 0


def _body(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnusable("templates.unreadable", file=str(file), why=str(error)) from error


def _wrong(context: Context, args: argparse.Namespace, faults: tuple[TemplateFault, ...]) -> int:
    said = [context.say(each.key, place=each.place, **each.args) for each in faults]
    if args.json:
        body = [{"place": each.place, "key": each.key, "text": text} for each, text in zip(faults, said, strict=True)]
        line(as_json({"paper": args.paper, "faults": body}))
    for text in said:
        complain(text)
    return 1
