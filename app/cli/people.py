"""``kenpin people``: who works here, and their badges."""

from __future__ import annotations

import argparse
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table, write_file
from app.errors import NotFound
from app.services import papers, people
from app.services.settings import all_settings
from app.text import NAMES

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"add": _add, "list": _list, "language": _language, "badges": _badges}[args.people](context, args)


def _plain(person: people.Person) -> dict[str, str]:
    return {"name": person.name, "code": person.code, "role": str(person.role), "language": person.language}


def _add(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    topics = frozenset({"people"})
    added = desk.do(
        topics, people.add, desk.station, str(uuid4()), args.name, args.code, args.role, args.language
    ).result()
    if args.json:
        line(as_json(_plain(added)))
    else:
        role = context.say(f"role.{added.role}")
        line(context.say("cli.people.added", name=added.name, role=role, badge=f"KU-{added.code}"))
    return 0


def _language(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    topics = frozenset({"people"})
    kept = desk.do(topics, people.put_language, desk.station, str(uuid4()), args.code, args.language).result()
    if args.json:
        line(as_json(_plain(kept)))
    else:
        line(context.say("people.speaks", name=kept.name, language=NAMES[kept.language]))
    return 0


def _list(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(people.everyone).result()
    found = [person for person in found if args.role in (None, str(person.role))][: args.limit]
    if args.json:
        line(as_json([_plain(person) for person in found]))
        return 0
    if not found:
        line(context.say("cli.people.nobody"))
        return 0
    head = [context.say(f"cli.column.{name}") for name in ("badge", "role", "language", "name")]
    rows = [(f"KU-{each.code}", context.say(f"role.{each.role}"), each.language, each.name) for each in found]
    table(head, rows)
    return 0


def _badges(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    found = desk.read(people.everyone).result()
    wanted = {code.removeprefix("KU-") for code in args.code}
    if missing := wanted - {person.code for person in found}:
        raise NotFound("people.unknown_code", code=", ".join(sorted(missing)))
    chosen = [person for person in found if not wanted or person.code in wanted]
    if not chosen:
        raise NotFound("cli.people.nobody")
    name = desk.read(all_settings).result()["shop.name"]
    drawn = papers.badge_sheet(chosen, context.words, name)
    write_file(args.out, drawn.pdf)
    if drawn.missing:
        complain(context.say("cli.print.missing", characters=" ".join(drawn.missing)))
    return 0
