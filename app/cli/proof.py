"""``kenpin anchor``: what shows that the journal is whole."""

from __future__ import annotations

import argparse

from app.cli.context import Context
from app.cli.output import as_json, iso, line, write_file
from app.services import anchors
from app.services.settings import all_settings

__all__ = ["run"]


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"anchor": _anchor}[args.command](context, args)


def _zone(context: Context) -> str:
    return context.desk.read(all_settings).result()["shop.timezone"]


# --- anchors ------------------------------------------------------------------------------------------------------


def _anchor(context: Context, args: argparse.Namespace) -> int:
    kept = anchors.keep(context.desk, context.config.folder)
    anchor = kept.anchor
    if args.out is not None:
        write_file(args.out, anchors.whole_file(kept.file))
    if args.json:
        body: dict[str, object] = {"file": str(kept.file), "new": kept.new, "copy": str(args.out) if args.out else None}
        if anchor is not None:
            heads = {name: {"seq": seq, "hash": head} for name, (seq, head) in sorted(anchor.heads.items())}
            body |= {"at": iso(anchor.at, _zone(context)), "database": anchor.database, "stations": heads}
            body |= {"hash": anchor.hash}
        line(as_json(body))
        return 0
    if anchor is None:
        line(context.say("anchor.nothing"))
        return 0
    at = iso(anchor.at, _zone(context))
    line(context.say("anchor.kept" if kept.new else "anchor.unmoved", at=at, file=kept.file))
    if args.out is not None and str(args.out) != "-":
        line(context.say("anchor.copied", file=args.out))
    if args.print:
        line(context.say("anchor.print_head", at=at, database=anchor.database))
        for name, (seq, head) in sorted(anchor.heads.items()):
            line(context.say("anchor.print_row", station=name, seq=seq, hash=head))
        line(context.say("anchor.print_hash", hash=anchor.hash))
    return 0
