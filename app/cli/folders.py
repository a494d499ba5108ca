"""``kenpin folders``: the folders that are watched for files, and a look into those of this station."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from typing import Any
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, iso, line, table
from app.errors import NotFound
from app.services import folder_watch, folders
from app.services.folders import FolderRow
from app.services.settings import all_settings

__all__ = ["run"]

_TOPICS = frozenset({"imports"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"list": _list, "add": _add, "change": _change, "remove": _remove, "look": _look}[args.folders](
        context, args
    )


def _list(context: Context, args: argparse.Namespace) -> int:
    rows, say = context.desk.read(folders.folder_list).result(), context.say
    zone = str(context.desk.read(all_settings).result()["shop.timezone"])
    if args.json:
        body = [
            {"id": row.id, **asdict(row.draft), "state": str(row.state), "said": _said(context, row),
             "seen_at": iso(row.seen_at, zone)}
            for row in rows
        ]  # fmt: skip
        line(as_json(body))
        return 0
    names = ("name", "kind", "station", "channel", "shop", "state", "seen", "path")
    found = [
        (
            row.draft.name,
            say(f"imports.kind.{row.draft.kind}"),
            row.draft.station,
            row.draft.channel,
            row.draft.shop,
            say(f"folders.state.{(row.state.value or 'new') if row.draft.active else 'off'}"),
            clock(row.seen_at, zone),
            row.draft.path,
        )
        for row in rows
    ]
    table([say(f"folders.column.{name}") for name in names], found)
    for row in rows:
        if row.said_key:
            line(f"{row.draft.name}: {_said(context, row)}")
    return 0


def _said(context: Context, row: FolderRow) -> str:
    return context.say(row.said_key, **row.said_args) if row.said_key else ""


def _given(args: argparse.Namespace) -> dict[str, Any]:
    names = ("kind", "channel", "shop", "mapping", "station", "create_products", "active")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    return given | ({"path": str(args.path.absolute())} if args.path is not None else {})


def _named(context: Context, name: str) -> FolderRow:
    for row in context.desk.read(folders.folder_list).result():
        if row.draft.name == name:
            return row
    raise NotFound("folders.not_found", folder=name)


def _save(context: Context, draft: folders.FolderDraft, folder: int = 0) -> int:
    desk = context.desk
    desk.do(_TOPICS, folders.save, desk.station, str(uuid4()), draft, folder).result()
    line(context.say("folders.kept", name=draft.name))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    return _save(context, folders.FolderDraft(args.name, **_given(args)))


def _change(context: Context, args: argparse.Namespace) -> int:
    row = _named(context, args.name)
    draft = replace(row.draft, **_given(args))
    return _save(context, replace(draft, name=args.new_name) if args.new_name else draft, row.id)


def _remove(context: Context, args: argparse.Namespace) -> int:
    desk, row = context.desk, _named(context, args.name)
    desk.do(_TOPICS, folders.drop, desk.station, str(uuid4()), row.id).result()
    line(context.say("folders.removed", name=args.name))
    return 0


def _look(context: Context, args: argparse.Namespace) -> int:
    """Look twice, as a file is whole where two looks find it the same."""
    watch = folder_watch.FolderWatch(context.desk, context.config.folder, context.config.language)
    moved = watch.once()
    time.sleep(folder_watch.EVERY_SECONDS)
    moved += watch.once()
    if not args.json:
        line(context.say("folders.looked", count=moved))
    return _list(context, args)
