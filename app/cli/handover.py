"""``kenpin handover``, ``board`` and ``report``: what leaves the house, how far the day is, what the shops are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table, write_file
from app.cli.scan import lines_of, split
from app.cli.usage import Usage
from app.domain.intake import placeholders
from app.errors import StationError
from app.services import anchors, board, carriers, handover, orders, papers, reports
from app.services.answers import of_error, sentence
from app.services.handover import LeftBehind, Lists, ScannedOut, Waiting
from app.services.intake import plain_problem
from app.services.reports import ErrorsRead, ReportHead
from app.services.settings import all_settings, find_shop
from app.storage.database import Transaction

__all__ = ["run"]

_TOPICS = frozenset({"orders", "printing"})
_SHOWN = 200
"""Rows of a list in a terminal where no limit is given."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    if args.command == "board":
        return _board(context, args)
    if args.command == "report":
        commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
            "list": _list_reports,
            "write": _write,
            "errors": _errors,
            "ack": _acknowledge,
        }
        return commands[args.report](context, args)
    return _hand_over(context, args)


def _zone(context: Context) -> str:
    return context.desk.read(all_settings).result()["shop.timezone"]


def _carrier(context: Context, identity: str) -> str:
    return carriers.names(context.words.language).get(identity, identity)


# --- hand-over ----------------------------------------------------------------------------------------------------


def _hand_over(context: Context, args: argparse.Namespace) -> int:
    ways: dict[str, tuple[bool, Callable[[Context, argparse.Namespace], int]]] = {
        "order": (bool(args.order), _by_name),
        "scan": (args.scan, _by_scan),
        "count": (args.count is not None, _by_count),
        "check": (args.check, _check),
        "close": (args.close, _close),
        "list": (args.list, _list_handovers),
        "paper": (args.paper is not None, _paper),
    }
    chosen = [name for name, (asked, _) in ways.items() if asked]
    if len(chosen) != 1:
        raise Usage(context.say("cli.handover.one_of"))
    if chosen[0] in ("count", "check", "close") and not args.carrier:
        raise Usage(context.say("cli.handover.needs_carrier"))
    return ways[chosen[0]][1](context, args)


def _pickup(context: Context, args: argparse.Namespace) -> int | None:
    """Return the moment that ``--pickup`` means: today's ``14:00``, or a day and a time, in the shop's time zone."""
    if not args.pickup:
        return None
    zone = ZoneInfo(_zone(context))
    text = args.pickup.strip()
    for form in ("%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            found = datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
        if form == "%H:%M":
            today = datetime.now(UTC).astimezone(zone)
            found = found.replace(year=today.year, month=today.month, day=today.day)
        return int(found.timestamp() * 1000)
    raise Usage(context.say("cli.handover.bad_pickup", value=text))


def _by_name(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk

    def found(tx: Transaction) -> list[int]:
        return list(dict.fromkeys(orders.find_one(tx, name) for name in args.order))

    chosen = desk.read(found).result()
    more = {"unlabelled": args.unlabelled, "stale_ok": args.stale_ok}
    number = desk.do(_TOPICS, handover.hand_over, desk.station, str(uuid4()), chosen, **more).result()
    if args.json:
        line(as_json({"orders": number}))
    else:
        line(context.say("cli.orders.handed_over", number=number))
    return 0


def _by_scan(context: Context, args: argparse.Namespace) -> int:
    """One code a line comes in; its answer goes out once it is committed."""
    pickup = _pickup(context, args)
    for raw in lines_of(sys.stdin.buffer) if sys.stdin else ():
        code, act, _ = split(raw)
        try:
            done = context.desk.do(
                _TOPICS,
                handover.scan_out,
                context.desk.station,
                act,
                code,
                carrier=args.carrier,
                pickup=pickup,
                unlabelled=args.unlabelled,
                stale_ok=args.stale_ok,
            ).result()
        except StationError as error:
            body = _answer(code, act, ScannedOut(error.key, "refused"), of_error(context.words, error))
        else:
            body = _answer(code, act, done, handover.said(context.words, done))
        line(as_json(body, indent=None) if args.json else str(body["text"]))
        sys.stdout.flush()
    return 0


def _answer(code: str, act: str, done: ScannedOut, text: str) -> dict[str, object]:
    return {
        "code": code,
        "act": act,
        "repeat": done.repeat,
        "level": done.level,
        "key": done.key,
        "text": text,
        "order": done.args.get("number"),
        "ship_number": done.args.get("ship_number", ""),
        "carrier": done.carrier,
        "handover": done.handover,
        "piece": done.piece,
        "pieces": done.pieces,
        "counted": done.counted,
    }


def _by_count(context: Context, args: argparse.Namespace) -> int:
    done = context.desk.do(
        _TOPICS,
        handover.hand_over_counted,
        context.desk.station,
        str(uuid4()),
        args.carrier,
        _pickup(context, args),
        args.count,
        unlabelled=args.unlabelled,
        stale_ok=args.stale_ok,
    ).result()
    if args.json:
        figures = {"agreed": done.agreed, "ours": done.ours, "driver": done.driver, "orders": done.orders}
        line(as_json(figures | {"handover": done.handover, "left": _plain_lists(done.left)}))
    else:
        said = {"orders": done.orders, "pieces": done.ours, "ours": done.ours, "driver": done.driver}
        (line if done.agreed else complain)(context.say(done.key, **said))
        _show_lists(context, done.left)
    return 0 if done.agreed else 1


def _check(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(handover.lists, args.carrier, _pickup(context, args)).result()
    if args.json:
        line(as_json(_plain_lists(found)))
    else:
        _show_lists(context, found)
        line(context.say("cli.handover.may_go", pieces=found.pieces))
    return 0


def _close(context: Context, args: argparse.Namespace) -> int:
    done = context.desk.do(
        _TOPICS,
        handover.close_out,
        context.desk.station,
        str(uuid4()),
        args.carrier,
        _pickup(context, args),
        stale_ok=args.stale_ok,
    ).result()
    _anchor(context)
    printed = context.runner().work_off()
    if args.json:
        figures = {"handover": done.handover, "counted": done.counted, "driver": done.driver_count}
        line(as_json(figures | {"left": _plain_lists(done.left), "papers": printed}))
        return 0
    line(context.say("cli.handover.closed", handover=done.handover, pieces=done.counted))
    for paper in printed:
        line(f"  {paper}")
    _show_lists(context, done.left)
    return 0


def _anchor(context: Context) -> None:
    """Keep where every chain ended at the close-out; the close-out itself stands without it."""
    try:
        anchors.keep(context.desk, context.config.folder)
    except StationError as error:
        complain(of_error(context.words, error))


def _list_handovers(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN)
    rows = context.desk.read(handover.handovers_page, carrier=args.carrier, limit=limit).result()
    zone = _zone(context)
    if args.json:
        body = [
            {
                "handover": row.id,
                "at": iso(row.at, zone),
                "station": row.station,
                "carrier": row.carrier,
                "pickup": iso(row.pickup or None, zone),
                "counted": row.counted,
                "driver": row.driver_count,
                "closed_at": iso(row.closed_at, zone),
            }
            for row in rows
        ]
        line(as_json(body))
        return 0
    shown = []
    for row in rows:
        driver = "" if row.driver_count is None else str(row.driver_count)
        at, pickup, closed = (clock(each, zone) for each in (row.at, row.pickup or None, row.closed_at))
        shown.append((str(row.id), at, _carrier(context, row.carrier), pickup, str(row.counted), driver, closed))
    names = ("handover", "time", "carrier", "pickup", "counted", "driver", "closed")
    table([context.say(f"cli.column.{name}") for name in names], shown, right=(0, 4, 5))
    return 0


def _paper(context: Context, args: argparse.Namespace) -> int:
    if args.out is None:
        raise Usage(context.say("cli.handover.needs_out"))
    drawn = context.desk.read(papers.handover_list_of, args.paper, language=context.words.language).result()
    write_file(args.out, drawn.pdf)
    return 0


def _plain_lists(found: Lists) -> dict[str, object]:
    def waiting(each: Waiting) -> dict[str, object]:
        return {
            "number": each.number,
            "ship_number": each.ship_number,
            "pieces": each.pieces,
            "waybills": list(each.waybills),
            "reason": each.reason,
        }

    def left(each: LeftBehind) -> dict[str, object]:
        return {
            "number": each.number,
            "ship_number": each.ship_number,
            "state": each.state,
            "kind": each.kind or "waybill",
            "text": each.text,
        }

    return {
        "pieces": found.pieces,
        "waiting": [waiting(each) for each in found.waiting],
        "held": [waiting(each) for each in found.held],
        "unlabelled": [waiting(each) for each in found.unlabelled],
        "labels": [left(each) for each in found.labels],
        "pulls": [left(each) for each in found.pulls],
    }


def _show_lists(context: Context, found: Lists) -> None:
    """Each list that has something, with its title."""
    for title, rows in (
        ("cli.handover.waiting", found.waiting),
        ("cli.handover.held", found.held),
        ("cli.handover.unlabelled", found.unlabelled),
    ):
        if rows:
            line(context.say(title, number=len(rows)))
            for each in rows:
                line("  " + "  ".join(filter(None, (each.ship_number, each.number, " ".join(each.waybills)))))
    for title, behind in (("cli.handover.labels", found.labels), ("cli.handover.pulls", found.pulls)):
        if behind:
            line(context.say(title, number=len(behind)))
            for left in behind:
                kind = context.say(f"pull.kind_{left.kind}") if left.kind else ""
                line("  " + "  ".join(filter(None, (left.ship_number, left.number, kind, left.text))))


# --- board --------------------------------------------------------------------------------------------------------


def _board(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(board.board).result()
    zone = _zone(context)
    if args.json:
        pace = {"last_30": found.pace.last_30, "last_60": found.pace.last_60, "per_hour": found.pace.per_hour}
        rows = [
            {
                "cut_off": iso(row.load.cut_off, zone),
                "carrier": row.load.carrier,
                "held": row.load.held,
                "ready": row.load.ready,
                "to_do": row.load.to_do,
                "verified": row.load.verified,
                "shipped": row.load.shipped,
                "finish": iso(row.finish, zone),
                "late": row.late,
                "overdue": row.overdue,
            }
            for row in found.rows
        ]
        figures = {"at": iso(found.at, zone), "pace": pace, "remaining": found.remaining, "late": found.late}
        line(as_json(figures | {"rows": rows}))
        return 0
    if not found.rows:
        complain(context.say("cli.board.empty"))
        return 0
    shown = []
    for row in found.rows:
        load = row.load
        counts = (load.held, load.ready, load.to_do, load.verified, load.shipped)
        late = "?" if row.late is None else str(row.late or "")
        finish = clock(row.finish, zone) if load.remaining else ""
        at = clock(load.cut_off, zone) or context.say("cli.board.no_pickup")
        sign = context.say("cli.board.overdue") if row.overdue else ""
        shown.append((at, _carrier(context, load.carrier), *map(str, counts), finish, late, sign))
    names = ("pickup", "carrier", "held", "ready", "to_do", "verified", "shipped", "finish", "late", "note")
    table([context.say(f"cli.board.{name}") for name in names], shown, right=(2, 3, 4, 5, 6, 8))
    line(context.say("cli.board.pace", last=found.pace.last_30, hour=found.pace.last_60, rest=found.remaining))
    return 0


# --- reports ------------------------------------------------------------------------------------------------------


def _list_reports(context: Context, args: argparse.Namespace) -> int:
    desk, zone = context.desk, _zone(context)
    shop = desk.read(find_shop, args.shop).result().id if args.shop else None
    limit = args.limit or (None if args.json else _SHOWN)
    rows = desk.read(reports.page, shop=shop, limit=limit).result()
    waiting = {each.name: number for each, number in desk.read(reports.due_counts).result() if shop in (None, each.id)}
    if args.json:
        line(as_json({"due": waiting, "reports": [_plain_report(row, zone) for row in rows]}))
        return 0
    for name, number in waiting.items():
        line(context.say("cli.report.due", shop=name, number=number))
    if rows:
        names = ("report", "time", "shop", "orders", "rows", "errors", "state", "file")
        shown = [
            (
                str(row.id), clock(row.at, zone), row.shop, str(row.orders), str(row.rows), str(row.errors),
                context.say(f"report.state.{row.state}"), row.file,
            )
            for row in rows
        ]  # fmt: skip
        table([context.say(f"cli.column.{name}") for name in names], shown, right=(0, 3, 4, 5))
    elif not waiting:
        complain(context.say("cli.report.none"))
    return 0


def _plain_report(row: ReportHead, zone: str) -> dict[str, object]:
    return {
        "report": row.id,
        "at": iso(row.at, zone),
        "shop": row.shop,
        "channel": row.channel,
        "file": row.file,
        "orders": row.orders,
        "rows": row.rows,
        "errors": row.errors,
        "state": row.state,
    }


def _write(context: Context, args: argparse.Namespace) -> int:
    """Make the report of a shop (or make one again) and bring it to the disk; one that waits is brought out as well."""
    desk = context.desk
    folder = args.out or Path()
    made: reports.Report | None
    if args.again is not None:
        made = desk.do(_TOPICS, reports.write_again, desk.station, str(uuid4()), args.again, args.reason).result()
        paths = [str(reports.write_out(desk, made.id, folder))]
    elif args.shop:
        sent = reports.send(desk, desk.read(find_shop, args.shop).result().id, folder)
        made, paths = sent.report, [str(path) for path in sent.paths]
    else:
        raise Usage(context.say("cli.report.needs_shop"))
    if args.json:
        left_out = [{"number": each.number, "key": each.why} for each in made.left_out] if made else []
        figures = {"report": made.id, "orders": made.orders, "rows": made.rows} if made else {"report": None}
        line(as_json(figures | {"files": paths, "left_out": left_out}))
        return 0
    if made is not None:
        line(context.say("cli.report.written", report=made.id, orders=made.orders, rows=made.rows))
        for each in made.left_out:
            complain(context.say("cli.report.left_out", number=each.number, why=context.say(each.why)))
    for path in paths:
        line(f"  {path}")
    return 0


def _errors(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    shop = desk.read(find_shop, args.shop).result().id
    found: ErrorsRead = reports.read_errors(desk, args.file, shop, mapping=args.mapping, again=args.again)
    if args.json:
        failed = [
            {"number": each.number, "tracking": list(each.tracking), "reason": each.reason} for each in found.failed
        ]
        said = [plain_problem(each, sentence(context.words, each.key, placeholders(each))) for each in found.problems]
        line(as_json({"file": found.file, "failed": failed, "problems": said}))
    else:
        for each in found.failed:
            line(context.say("cli.report.refused", number=each.number, reason=each.reason))
        for odd in found.problems:
            complain(f"{odd.file}:{odd.row}  {sentence(context.words, odd.key, placeholders(odd))}")
        line(context.say("cli.report.errors_read", number=len(found.failed)))
    return 0


def _acknowledge(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    shop = desk.read(find_shop, args.shop).result().id
    number = desk.do(_TOPICS, reports.acknowledge, desk.station, str(uuid4()), shop, args.number).result()
    line(as_json({"orders": number}) if args.json else context.say("cli.report.acknowledged", number=number))
    return 0
