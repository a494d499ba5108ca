"""``kenpin imports``: what was taken in, what was odd in it, and setting it right."""

from __future__ import annotations

import argparse
from uuid import uuid4

from app.cli.context import Context
from app.cli.intake import SIGNS
from app.cli.output import as_json, clock, complain, iso, line, table
from app.domain.intake import placeholders
from app.services import imports
from app.services.imports import ImportRow, ProblemRow
from app.services.intake import Report
from app.services.settings import all_settings

__all__ = ["run"]

_TOPICS = frozenset({"imports"})
_SHOWN = 50


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {
        "list": _list,
        "show": _show,
        "problems": _problems,
        "mend": _mend,
        "remedy": _remedy,
        "aside": _aside,
        "again": _again,
        "back": _back,
    }
    return group[args.imports](context, args)


def _zone(context: Context) -> str:
    return str(context.desk.read(all_settings).result()["shop.timezone"])


def _plain(row: ImportRow, zone: str) -> dict[str, object]:
    return {
        "id": row.id,
        "at": iso(row.at, zone),
        "state": str(row.state),
        "kind": row.kind,
        "file": row.file,
        "paths": list(row.paths),
        "station": row.station,
        "channel": row.channel,
        "shop": row.shop,
        "size": row.size,
        "counts": dict(row.counts),
        "lines": row.lines,
        "problems": row.problems,
        "open": {"error": row.errors, "warning": row.warnings, "info": row.infos},
        "folder": row.folder,
        "again": row.again,
        "later": row.later,
        "taken_back_at": iso(row.taken_back_at, zone),
    }


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or _SHOWN
    rows = context.desk.read(imports.page, limit=limit + 1, kind=args.kind, text=args.text).result()
    zone, say = _zone(context), context.say
    if args.json:
        line(as_json([_plain(row, zone) for row in rows[:limit]]))
        return 0
    names = ("id", "at", "state", "kind", "shop", "added", "changed", "errors", "warnings", "file")
    body = [
        (
            str(row.id),
            clock(row.at, zone),
            say(f"imports.state.{row.state}"),
            say(f"imports.kind.{row.kind}"),
            row.shop or row.channel,
            str(row.counts.get("added", 0)),
            str(row.counts.get("changed", 0)),
            str(row.errors),
            str(row.warnings),
            row.file,
        )
        for row in rows[:limit]
    ]
    table([say(f"imports.column.{name}") for name in names], body, right=(0, 5, 6, 7, 8))
    if len(rows) > limit:
        complain(say("cli.more", shown=limit))
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    row, zone, say = context.desk.read(imports.show, args.id).result(), _zone(context), context.say
    plain = _plain(row, zone)
    if args.json:
        line(as_json(plain))
        return 0
    line(f"{row.id}  {clock(row.at, zone)}  {say(f'imports.state.{row.state}')}  {row.file}")
    for path in row.paths:
        line(f"    {row.station}: {path}")
    counts = {name: number for name, number in row.counts.items() if number}
    line("    " + "  ".join(f"{say(f'imports.count.{name}')} {number:,}" for name, number in counts.items()))
    found = {"errors": row.errors, "warnings": row.warnings, "problems": row.problems}
    line("    " + "  ".join(f"{say(f'imports.column.{name}')} {number:,}" for name, number in found.items()))
    return 0


def _plain_row(context: Context, row: ProblemRow) -> dict[str, object]:
    return {
        "id": row.id,
        "file": row.file,
        "row": row.row,
        "column": row.column,
        "value": row.value,
        "key": row.key,
        "level": str(row.level),
        "number": row.number,
        "done": row.done,
        "text": context.say(row.key, **row.placeholders),
        "remedies": [
            {"name": each.name, "text": context.say(each.key, **each.args), "asks": each.asks} for each in row.remedies
        ],
    }


def _problems(context: Context, args: argparse.Namespace) -> int:
    context.desk.read(imports.show, args.id).result()
    limit = args.limit or (2000 if args.json else _SHOWN)
    levels = (args.level,) if args.level else ()
    asked = {"levels": levels, "sort": args.sort, "open_only": args.open}
    rows = context.desk.read(imports.problems, args.id, limit=limit + 1, **asked).result()
    if args.json:
        line(as_json([_plain_row(context, row) for row in rows[:limit]]))
        return 0
    for row in rows[:limit]:
        place = f"{row.file}:{row.row}" if row.row else row.file
        sign = "✓" if row.done else SIGNS[row.level]
        line(f"{row.id:>6} {sign} {place}  {context.say(row.key, **row.placeholders)}")
        for each in row.remedies:
            line(f"           {each.name:<14} {context.say(each.key, **each.args)}")
    if len(rows) > limit:
        complain(context.say("cli.more", shown=limit))
    return 0


def _mend(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    desk.do(_TOPICS, imports.mend, desk.station, str(uuid4()), args.problem, args.value).result()
    line(context.say("imports.mended"))
    return 0


def _remedy(context: Context, args: argparse.Namespace) -> int:
    done = imports.apply(context.desk, args.problem, args.name, args.value)
    line(context.say("imports.mended" if done.again else "imports.remedied"))
    return 0


def _aside(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    desk.do(_TOPICS, imports.put_aside, desk.station, str(uuid4()), args.problem).result()
    line(context.say("imports.put_aside"))
    return 0


def _again(context: Context, args: argparse.Namespace) -> int:
    report = imports.run_again(context.desk, args.id, paths=args.file)
    say = context.say
    if args.json:
        line(as_json(report.plain(lambda found: say(found.key, **placeholders(found)))))
    elif isinstance(report, Report):
        counts = {name: number for name, number in report.orders.items() if number}
        line("  ".join(f"{say(f'imports.count.{name}')} {number:,}" for name, number in counts.items()) or "0")
    else:
        line(say("cli.products.done", added=report.added, changed=report.changed, stocked=report.stocked))
    return 0 if report.usable else 1


def _back(context: Context, args: argparse.Namespace) -> int:
    done, say = imports.take_back(context.desk, args.id), context.say
    if args.json:
        kept = [{"number": each.number, "key": each.key, "text": say(each.key, **each.args)} for each in done.kept]
        line(as_json({"removed": list(done.removed), "restored": list(done.restored), "kept": kept}))
        return 0
    figures = {"removed": len(done.removed), "restored": len(done.restored), "kept": len(done.kept)}
    line(say("imports.taken_back", **figures))
    for each in done.kept:
        line(f"  {each.number}  {say(each.key, **each.args)}")
    return 0
