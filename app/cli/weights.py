"""``kenpin weights``: what is known of the weights of goods."""

from __future__ import annotations

import argparse
import re
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.domain.weights import MG
from app.errors import NotAllowed
from app.services import weights
from app.services.weights import Row

__all__ = ["run"]

_SHOWN = 200
_SAMPLE = re.compile(r"([0-9]{1,7})(?:/([0-9]{1,5}))?", re.ASCII)
_TOPICS = frozenset({"products"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.weights == "list":
        return _list(context, args)
    row = _done(context, args)
    if args.json:
        line(as_json(_plain(row)))
    elif row.learned is None:
        line(context.say("cli.weights.unknown", sku=row.sku))
    else:
        known = row.learned
        said = {"sku": row.sku, "grams": _grams(known.mean_mg), "spread": _grams(known.sd_mg), "count": known.count}
        line(context.say("cli.weights.known", **said))
    return 0


def _done(context: Context, args: argparse.Namespace) -> Row:
    desk, act = context.desk, str(uuid4())
    if args.weights == "weigh":
        samples = [_sample(text) for text in args.samples]
        return desk.do(_TOPICS, weights.weigh, desk.station, act, args.sku, samples).result()
    function = weights.adopt if args.weights == "adopt" else weights.forget
    return desk.do(_TOPICS, function, desk.station, act, args.sku).result()


def _sample(text: str) -> tuple[int, int]:
    """Read ``812`` or ``1624/2``: grams and pieces."""
    found = _SAMPLE.fullmatch(text.strip())
    if found is None:
        raise NotAllowed("weights.bad_sample", value=text)
    return int(found[1]), int(found[2] or 1)


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or _SHOWN
    asked = {"text": args.text, "doubtful": args.doubtful, "unknown": args.unknown}
    rows = context.desk.read(weights.page, **asked, limit=limit + 1).result()
    if args.json:
        line(as_json([_plain(row) for row in rows[:limit]]))
        return 0
    if not rows:
        complain(context.say("cli.weights.none"))
        return 0
    names = ("sku", "name", "told", "learned", "spread", "times", "doubt")
    shown = [
        (
            row.sku,
            row.name,
            "" if row.told_g is None else str(row.told_g),
            _grams(row.learned.mean_mg) if row.learned else "",
            _grams(row.learned.sd_mg) if row.learned else "",
            str(row.learned.count) if row.learned else "",
            context.say(f"cli.weights.doubt.{row.doubt.unit or 'other'}", grams=row.doubt.weighed_g)
            if row.doubt
            else "",
        )
        for row in rows[:limit]
    ]
    table([context.say(f"cli.weights.column.{name}") for name in names], shown, right=(2, 3, 4, 5), widest=60)
    if len(rows) > limit:
        complain(context.say("cli.more", shown=limit))
    return 0


def _grams(milligrams: int) -> str:
    return f"{milligrams / MG:.1f}"


def _plain(row: Row) -> dict[str, object]:
    known, doubt = row.learned, row.doubt
    return {
        "sku": row.sku,
        "name": row.name,
        "master_g": row.told_g,
        "scale_g": known.mean_mg / MG if known else None,
        "spread_g": known.sd_mg / MG if known else None,
        "weighings": known.count if known else 0,
        "doubt": {"unit": doubt.unit, "should_be_g": doubt.weighed_g} if doubt else None,
    }
