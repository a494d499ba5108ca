"""``kenpin alikes`` and ``kenpin overrides``: look-alike goods, and what was let pass at the bench."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.domain.gtin import printable
from app.services import alikes
from app.services.alikes import Head, PairRow
from app.services.overrides import OverrideRow, overrides, reason_said
from app.services.settings import all_settings

__all__ = ["run"]

_SHOWN = 200
"""Rows of a list in a terminal where no limit is given."""
_TOPICS = frozenset({"products"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.command == "overrides":
        return _overrides(context, args)
    return {"list": _list, "find": _find, "decide": _decide}[args.alikes](context, args)


# --- look-alikes --------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or _SHOWN
    decided = {"auto": "", None: None}.get(args.decided, args.decided)
    asked = {"text": args.text, "decided": decided, "confused_only": args.confused}
    rows = context.desk.read(alikes.page, **asked, limit=None if args.json and not args.limit else limit + 1).result()
    if args.json:
        line(as_json([_plain(context, row) for row in (rows[:limit] if args.limit else rows)]))
        return 0
    if not rows:
        complain(context.say("cli.alikes.none"))
        return 0
    head = [
        context.say(f"cli.alikes.column.{name}")
        for name in ("sku", "other", "sure", "decided", "times", "why", "names")
    ]
    shown = [
        (
            row.a.sku,
            row.b.sku,
            context.say(f"alikes.sure.{alikes.sureness(row.score)}") if row.score else "",
            context.say(f"alikes.decided.{row.decided}") if row.decided else "",
            str(row.confused or ""),
            _why(context, row),
            f"{_name(context, row.a)} / {_name(context, row.b)}",
        )
        for row in rows[:limit]
    ]
    table(head, shown, right=(4,), widest=60)
    if len(rows) > limit:
        complain(context.say("cli.more", shown=limit))
    return 0


def _name(context: Context, head: Head) -> str:
    return (head.name_en if context.words.language == "en" else "") or head.name


def _why(context: Context, row: PairRow) -> str:
    return context.say("list.comma").join(context.say(f"alikes.why.{reason}") for reason in row.why)


def _plain(context: Context, row: PairRow) -> dict[str, object]:
    return {
        "products": [_head(row.a), _head(row.b)],
        "score": row.score,
        "why": list(row.why),
        "why_text": _why(context, row),
        "decided": row.decided or "auto",
        "stands": row.decided != "no",
        "confused": row.confused,
    }


def _head(head: Head) -> Mapping[str, str]:
    return {"sku": head.sku, "name": head.name, "code": printable(head.code), "shelf": head.shelf}


def _find(context: Context, args: argparse.Namespace) -> int:
    done = alikes.settle(context.desk, mend=True)
    if args.json:
        line(as_json({"found": done.found, "changed": done.changed, "gone": done.gone}))
    else:
        line(context.say("cli.alikes.found", found=done.found, changed=done.changed, gone=done.gone))
    return 0


def _decide(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    asked = (args.sku, args.other, args.decision)
    done = desk.do(_TOPICS, alikes.decide, desk.station, str(uuid4()), *asked).result()
    if args.json:
        line(as_json({"products": [done.a, done.b], "decided": done.decided}))
    else:
        line(context.say(f"alikes.said.{done.decided}", a=done.a, b=done.b))
    return 0


# --- overrides ----------------------------------------------------------------------------------------------------


def _overrides(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    limit = args.limit or _SHOWN
    found = desk.read(overrides, days=args.days, what=args.what, limit=limit + 1).result()
    if args.counts:
        if args.json:
            line(as_json({name: dict(counter.most_common()) for name, counter in found.counts.items()}))
            return 0
        shown = [
            (context.say(f"cli.overrides.by.{name}"), _said(context, name, value), str(number))
            for name, counter in found.counts.items()
            for value, number in counter.most_common()
        ]
        if not shown:
            complain(context.say("cli.overrides.none"))
            return 0
        table([context.say(f"cli.overrides.column.{name}") for name in ("by", "value", "times")], shown, right=(2,))
        return 0
    zone = desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_override(context, row, zone) for row in found.rows[:limit]]))
        return 0
    if not found.rows:
        complain(context.say("cli.overrides.none"))
        return 0
    names = ("at", "what", "reason", "person", "leader", "order", "sku", "detail")
    rows = [
        (
            clock(row.at, zone),
            context.say(f"overrides.what.{row.what}"),
            _reason(context, row.reason),
            row.person,
            row.leader,
            row.ship_number or row.number,
            row.sku,
            row.detail if row.detail != row.sku else "",
        )
        for row in found.rows[:limit]
    ]
    table([context.say(f"cli.overrides.column.{name}") for name in names], rows)
    if len(found.rows) > limit:
        complain(context.say("cli.more", shown=limit))
    return 0


def _reason(context: Context, reason: str) -> str:
    return reason_said(reason, context.say, context.words.has)


def _said(context: Context, name: str, value: str) -> str:
    if name == "what":
        return context.say(f"overrides.what.{value}")
    return _reason(context, value) if name == "reason" else value or context.say("overrides.nobody")


def _override(context: Context, row: OverrideRow, zone: str) -> dict[str, object]:
    return {
        "at": iso(row.at, zone),
        "what": row.what,
        "what_text": context.say(f"overrides.what.{row.what}"),
        "reason": row.reason,
        "reason_text": _reason(context, row.reason),
        "station": row.station,
        "person": row.person,
        "leader": row.leader,
        "number": row.number,
        "ship_number": row.ship_number,
        "sku": row.sku,
        "name": row.name,
        "detail": row.detail,
    }
