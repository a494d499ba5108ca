"""``kenpin returns``: what came back, why, and what became of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table, write_file
from app.services import return_views
from app.services.return_views import ReturnDetail, ReturnRow
from app.services.settings import all_settings

__all__ = ["run"]

_DAY = 86_400_000
"""Milliseconds."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    match args.returns:
        case "list":
            return _list(context, args)
        case "show":
            return _show(context, args)
        case _:
            return _reasons(context, args)


def _since(context: Context, days: int | None) -> int:
    now = context.desk.read(lambda tx: tx.now).result()
    return now - days * _DAY if days is not None else 0


def _plain(row: ReturnRow, zone: str) -> dict[str, object]:
    return asdict(row) | {"opened_at": iso(row.opened_at, zone), "closed_at": iso(row.closed_at, zone)}


def _reason_words(context: Context, row: ReturnRow) -> str:
    said = [f"{context.say(f'returns.reason.{reason}')} {number}" for reason, number in row.reasons.items()]
    return context.say("list.comma").join(said)


def _list(context: Context, args: argparse.Namespace) -> int:
    since = _since(context, args.days)
    rows = context.desk.read(return_views.listed, open_only=args.open, since=since, limit=args.limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_plain(row, zone) for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.returns.none"))
        return 0
    shown = [
        (
            row.ship_number or row.number,
            row.number,
            clock(row.opened_at, zone),
            context.say("cli.returns.open") if row.open else context.say(f"state.{row.order_state}"),
            f"{row.pieces}/{row.wanted}",
            str(row.bad),
            _reason_words(context, row),
        )
        for row in rows
    ]
    names = ("ship_number", "number", "at", "state", "pieces", "bad", "reasons")
    table([context.say(f"cli.returns.column.{name}") for name in names], shown, right=(4, 5))
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(return_views.shown, args.order).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_plain(each.row, zone) | {"steps": [asdict(piece) for piece in each.pieces]} for each in found]))
        return 0
    for each in found:
        _show_one(context, each, zone)
    return 0


def _show_one(context: Context, found: ReturnDetail, zone: str) -> None:
    row = found.row
    key = "cli.returns.head_open" if row.open else "cli.returns.head_done"
    at = clock(row.closed_at if row.closed_at is not None else row.opened_at, zone)
    given = {"ship_number": row.ship_number or row.number, "number": row.number, "ship_to": row.ship_to, "at": at}
    line(context.say(key, **given, pieces=row.pieces, wanted=row.wanted))
    if row.unopened:
        line(context.say("overrides.what.unopened"))
    if not found.pieces:
        return
    english = context.words.language == "en"
    shown = [
        (
            piece.sku,
            piece.name_en if english and piece.name_en else piece.name,
            str(piece.quantity),
            " ".join(dict.fromkeys(text for text in (piece.lot, piece.expiry, piece.serial) if text)),
            context.say(f"returns.reason.{piece.reason}"),
            context.say(f"returns.grade.{piece.grade}"),
            piece.place.partition(":")[2],
        )
        for piece in found.pieces
    ]
    names = ("sku", "name", "quantity", "lot", "reason", "grade", "shelf")
    table([context.say(f"cli.returns.column.{name}") for name in names], shown, right=(2,))


def _reasons(context: Context, args: argparse.Namespace) -> int:
    rows = context.desk.read(return_views.by_product, _since(context, args.days)).result()
    if args.output is not None:
        write_file(args.output, return_views.products_csv(context.words, rows))
        complain(context.say("cli.returns.written", file=str(args.output), number=len(rows)))
        return 0
    if args.json:
        line(as_json([asdict(row) for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.returns.none"))
        return 0
    english = context.words.language == "en"
    shown = [
        (
            row.sku,
            row.name_en if english and row.name_en else row.name,
            context.say(f"returns.reason.{row.reason}"),
            str(row.pieces),
            str(row.good),
            str(row.bad),
            str(row.orders),
        )
        for row in rows
    ]
    names = ("sku", "name", "reason", "pieces", "good", "bad", "orders")
    table([context.say(f"returns.column.{name}") for name in names], shown, right=(3, 4, 5, 6))
    return 0
