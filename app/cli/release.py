"""``kenpin release``, ``batches``, ``carriers export|numbers|by-hand``: from the release to the waybills' numbers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.cli.usage import Usage
from app.domain.intake import placeholders
from app.domain.orders import Problem
from app.domain.shipping import Fault
from app.errors import NotAllowed, NotFound, StationError
from app.services import batches as batch_service
from app.services import orders, release, waybills
from app.services.answers import of_error, sentence
from app.services.batches import Batch, CarrierPart
from app.services.release import Choice, LeftOut, Preview, Released
from app.services.settings import all_settings
from app.services.waybills import Exported, KeptOut, NumbersReport
from app.storage.database import Transaction

__all__ = [
    "batches",
    "by_hand",
    "choice_of",
    "export",
    "numbers",
    "plain_left",
    "run",
    "said_fault",
    "say_left",
]

_TOPICS = frozenset({"orders", "bench"})
_MOST_LISTED = 30
"""Orders and problems listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin release``."""
    if args.back:
        return _take_back(context, args)
    choice = choice_of(context, args)
    if args.dry_run:
        return _preview(context, args, choice)
    done = release.release(context.desk, choice, stale_ok=args.stale_ok)
    printed = context.runner().work_off() if done.batch is not None else []
    nothing = "" if done.batch is not None else _why_nothing(context, choice, stale_ok=args.stale_ok)
    if args.json:
        line(as_json(_released(context, done, printed, nothing)))
    else:
        say_left(context, done.refused)
        if nothing:
            complain(nothing)
        else:
            first, last = done.ship_numbers[0], done.ship_numbers[-1]
            number = len(done.ship_numbers)
            line(context.say("cli.orders.released", batch=done.batch, number=number, first=first, last=last))
            for paper in printed:
                line(f"  {paper}")
    return 1 if nothing else 0


def choice_of(context: Context, args: argparse.Namespace) -> Choice:
    """Return which orders the options mean."""
    moment = None
    if args.pickup:
        found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", args.pickup)
        if found is None:
            raise Usage(context.say("cli.release.bad_clock", value=args.pickup))
        zone = ZoneInfo(context.desk.read(all_settings).result()["shop.timezone"])
        now = datetime.fromtimestamp(context.desk.read(_now).result() / 1000, UTC).astimezone(zone)
        moment = int(now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0).timestamp()) * 1000
    return Choice(
        pickup_from=moment,
        pickup_to=moment,
        carrier=args.carrier,
        shop=args.shop,
        size=args.size,
        temperature=args.cold,
        priority=args.priority,
        zone=args.zone,
        single_line=args.single_line,
        limit=args.limit,
    )


def _now(tx: Transaction) -> int:
    return tx.now


def _why_nothing(context: Context, choice: Choice, *, stale_ok: bool) -> str:
    found = context.desk.read(release.preview, choice, stale_ok=stale_ok).result()
    return context.say(found.nothing or "release.nothing", clock=found.passed)


def said_fault(context: Context, fault: Fault) -> str:
    """Return what a carrier says against a shipment or an account."""
    return sentence(context.words, fault.key, {**dict(fault.args), "field": context.say(fault.field_key)})


def _said(context: Context, left: LeftOut | KeptOut) -> str:
    args = left.args if isinstance(left, LeftOut) else {}
    told = [sentence(context.words, left.why, args), *(said_fault(context, fault) for fault in left.faults)]
    return " ".join(told)


def say_left(context: Context, left: Sequence[LeftOut]) -> None:
    """Say of each order that stays out why it does."""
    for each in left[:_MOST_LISTED]:
        complain(context.say("cli.release.left", number=each.number, why=_said(context, each)))
    if len(left) > _MOST_LISTED:
        complain(context.say("cli.more", shown=_MOST_LISTED))


def plain_left(context: Context, left: Sequence[LeftOut]) -> list[dict[str, object]]:
    """Return the orders that stay out as plain values, each with its sentence."""
    return [{"number": each.number, "shop": each.shop, "key": each.why, "text": _said(context, each)} for each in left]


def _released(context: Context, done: Released, printed: list[str], nothing: str) -> dict[str, object]:
    return {
        "batch": done.batch,
        "batches": list(done.batches),
        "ship_numbers": list(done.ship_numbers),
        "refused": plain_left(context, done.refused),
        "papers": printed,
        "nothing": nothing or None,
    }


# --- preview ------------------------------------------------------------------------------------------------------


def _preview(context: Context, args: argparse.Namespace, choice: Choice) -> int:
    found: Preview = context.desk.read(release.preview, choice, stale_ok=args.stale_ok).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        body = {
            "orders": [
                {
                    "number": each.number,
                    "shop": each.shop,
                    "carrier": each.carrier or None,
                    "service": each.service or None,
                    "temperature": each.temperature,
                    "cut_off": iso(each.cut_off, zone),
                    "lines": each.lines,
                    "pieces": each.pieces,
                    "merged": each.lead is not None,
                }
                for each in found.orders
            ],
            "groups": [
                {
                    "carrier": each.carrier or None,
                    "service": each.service or None,
                    "temperature": each.temperature,
                    "orders": each.orders,
                    "lines": each.lines,
                    "pieces": each.pieces,
                }
                for each in found.groups
            ],
            "lines": found.lines,
            "pieces": found.pieces,
            "left_out": plain_left(context, found.left_out),
            "held": dict(found.held),
            "stale": [{"shop": each.shop, "at": iso(each.at, zone)} for each in found.stale],
            "nothing": context.say(found.nothing, clock=found.passed) if found.nothing else None,
        }
        line(as_json(body))
        return 1 if found.nothing else 0
    names = ("carrier", "service", "temperature", "orders", "lines", "pieces")
    rows = [
        (each.carrier or "–", each.service or "–", each.temperature, *map(str, (each.orders, each.lines, each.pieces)))
        for each in found.groups
    ]
    if rows:
        rows.append(("", "", "", *map(str, (len(found.orders), found.lines, found.pieces))))
        table([context.say(f"release.column.{name}") for name in names], rows, right=(3, 4, 5))
    say_left(context, found.left_out)
    for hold, number in found.held.items():
        complain(context.say("cli.release.held", hold=context.say(f"hold.{hold}"), number=number))
    if found.nothing:
        complain(context.say(found.nothing, clock=found.passed))
    return 1 if found.nothing else 0


# --- taking back --------------------------------------------------------------------------------------------------


def _take_back(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    status = 0
    told = []
    for batch, found in _meant(context, args.back):
        done = release.take_back(desk, batch=batch, orders=found)
        told.append(done)
        status = max(status, int(not done.orders))
    if args.json:
        body = {
            "ship_numbers": [number for done in told for number in done.ship_numbers],
            "refused": [each for done in told for each in plain_left(context, done.refused)],
            "pulled": [each for done in told for each in done.pulled],
        }
        line(as_json(body))
        return status
    for done in told:
        for left in done.refused:
            complain(context.say("cli.release.not_back", number=left.number, why=_said(context, left)))
        if done.orders:
            listed = ", ".join(done.ship_numbers[:5]) + (" …" if len(done.ship_numbers) > 5 else "")
            line(context.say("cli.release.back", number=len(done.orders), listed=listed))
        if done.pulled:
            complain(context.say("cli.release.pulled", number=len(done.pulled)))
    return status


def _meant(context: Context, names: Sequence[str]) -> list[tuple[int | None, list[int]]]:
    """Return the batches and orders that names mean: a plain number is a batch where there is one."""
    desk = context.desk
    meant: list[tuple[int | None, list[int]]] = []
    single: list[int] = []
    for name in names:
        if name.isascii() and name.isdigit() and len(name) < 10:
            try:
                desk.read(batch_service.batch, int(name)).result()
            except NotFound:
                pass
            else:
                meant.append((int(name), []))
                continue
        single.append(desk.read(orders.find_one, name).result())
    return [*meant, *([(None, list(dict.fromkeys(single)))] if single else [])]


# --- batches ------------------------------------------------------------------------------------------------------

_LEFT = ("ship_number", "number", "key", "carrier", "state", "reason")
_PART = ("orders", "done", "waybills", "requested", "exported", "rejected", "numbered", "missing", "attached")


def batches(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin batches``."""
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.batch is not None:
        found = [context.desk.read(batch_service.batch, args.batch).result()]
    else:
        found = context.desk.read(batch_service.batches, args.limit or 50).result()
    if args.json:
        body = [_plain_batch(context, each, zone) for each in found]
        line(as_json(body[0] if args.batch is not None else body))
        return 0
    if not found:
        complain(context.say("cli.batches.none"))
        return 0
    names = ("batch", "at", "carrier", *_PART)
    rows = [
        (str(each.number), clock(each.at, zone), part.carrier or "–", *(str(getattr(part, name)) for name in _PART))
        for each in found
        for part in (each.parts or (CarrierPart(""),))
    ]
    table([context.say(f"release.column.{name}") for name in names], rows, right=tuple(range(3, 12)))
    for each in found:
        if each.left:
            line()
            table(
                [context.say(f"release.column.{name}") for name in _LEFT],
                [
                    (
                        left.ship_number,
                        left.number,
                        left.key,
                        left.carrier,
                        context.say(f"waybill.state.{left.state}"),
                        left.reason or " ".join(said_fault(context, fault) for fault in left.faults),
                    )
                    for left in each.left
                ],
            )
    return 0


def _plain_batch(context: Context, each: Batch, zone: str) -> dict[str, object]:
    body: dict[str, object] = {
        "batch": each.number,
        "at": iso(each.at, zone),
        "station": each.station,
        "orders": each.orders,
        "released": each.size,
        "carriers": [
            {"carrier": part.carrier or None, **{name: getattr(part, name) for name in (*_PART, "accepted")}}
            for part in each.parts
        ],
    }
    if each.exports or each.left:
        body["files"] = [
            {"id": row.id, "file": row.file, "carrier": row.carrier, "rows": row.rows, "state": row.state}
            for row in each.exports
        ]
        body["left"] = [
            {
                "ship_number": left.ship_number,
                "number": left.number,
                "key": left.key,
                "carrier": left.carrier,
                "state": left.state,
                "reason": left.reason or " ".join(said_fault(context, fault) for fault in left.faults),
            }
            for left in each.left
        ]
    return body


# --- carriers' files ----------------------------------------------------------------------------------------------


def export(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin carriers export``: make what is new, then bring every file that waits to the disk."""
    if sum((args.batch is not None, bool(args.open), bool(args.order))) != 1:
        raise Usage(context.say("cli.export.one_of"))
    desk = context.desk
    found = list(dict.fromkeys(desk.read(orders.find_one, name).result() for name in args.order))
    if args.order:
        wanted = sorted({row.carrier for order in found for row in desk.read(waybills.current, order).result()})
    elif args.batch is not None:
        wanted = [part.carrier for part in desk.read(batch_service.batch, args.batch).result().parts if part.waybills]
    else:
        wanted = [args.open]
    made: list[Exported] = []
    written: list[Path] = []
    failed: list[StationError] = []
    for carrier in wanted:
        folder = args.out or context.config.papers_folder / carrier
        try:
            done, paths = waybills.send(
                desk, carrier, folder, batch=args.batch, orders=tuple(found), reason=args.reason
            )
        except NotAllowed as error:
            failed.append(error)
        else:
            made.append(done)
            written += paths
    return _tell_export(context, args, made, written, failed)


def _tell_export(
    context: Context,
    args: argparse.Namespace,
    made: Sequence[Exported],
    written: Sequence[Path],
    failed: Sequence[StationError],
) -> int:
    kept_out = [each for done in made for each in done.kept_out]
    pulled = [each for done in made for each in done.pulled]
    status = 0 if written else 1
    if args.json:
        body = {
            "files": [str(path) for path in written],
            "rows": sum(file.rows for done in made for file in done.files),
            "kept_out": [
                {"number": each.number, "key": each.why, "waybill": each.key, "text": _said(context, each)}
                for each in kept_out
            ],
            "pulled": pulled,
            "errors": [{"key": error.key, "text": of_error(context.words, error)} for error in failed],
        }
        line(as_json(body))
        return status
    for path in written:
        line(str(path))
    for each in kept_out[:_MOST_LISTED]:
        complain(context.say("cli.export.kept_out", number=each.number, why=_said(context, each)))
    if pulled:
        complain(context.say("cli.release.pulled", number=len(pulled)))
    if not written:
        for error in failed:
            complain(of_error(context.words, error))
        if not failed and not kept_out:
            complain(context.say("cli.export.none"))
    return status


def numbers(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin carriers numbers``."""
    reports: list[NumbersReport] = []
    failed: list[StationError] = []
    for path in args.file:
        try:
            reports.append(waybills.take_numbers(context.desk, path, args.carrier, args.dry_run, accept=args.accept))
        except StationError as error:
            failed.append(error)

    def say(found: Problem) -> str:
        return sentence(context.words, found.key, placeholders(found))

    if args.json:
        body: list[dict[str, object]] = [report.plain(say) for report in reports]
        body += [{"error": each.key, "text": of_error(context.words, each)} for each in failed]
        line(as_json(body))
    else:
        for report in reports:
            for found in report.problems[:_MOST_LISTED]:
                complain(say(found))
            if len(report.problems) > _MOST_LISTED:
                complain(context.say("cli.more", shown=_MOST_LISTED))
            line(
                context.say(
                    "cli.numbers.done",
                    file=report.file,
                    carrier=report.carrier,
                    numbered=report.counts["numbered"],
                    same=report.counts["same"],
                    rejected=report.counts["rejected"],
                    refused=report.counts["refused"],
                    missing=len(report.missing),
                )
            )
        for each in failed:
            complain(of_error(context.words, each))
    good = any(report.rows > report.counts["refused"] for report in reports)
    return 0 if good else 1


def by_hand(context: Context, args: argparse.Namespace) -> int:
    """Run ``kenpin carriers by-hand``."""
    desk = context.desk
    order = desk.read(orders.find_one, args.order).result()
    row = desk.do(_TOPICS, waybills.number_by_hand, desk.station, str(uuid4()), order, args.number).result()
    if args.json:
        body = {"waybill": row.key, "carrier": row.carrier, "number": row.number, "piece": row.piece}
        line(as_json({**body, "pieces": row.pieces}))
    else:
        line(context.say("cli.by_hand.done", waybill=row.key, value=row.number, piece=row.piece, pieces=row.pieces))
    return 0
