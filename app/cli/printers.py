"""``kenpin printers``: the printers of the house, looking for them, how they are, and a test print."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, iso, line, table
from app.cli.usage import Usage
from app.domain.printing import Printer, Transport
from app.errors import NotAllowed
from app.services import printer_test, printers
from app.services.printers import Standing
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["run"]

_TOPICS = frozenset({"settings", "printers"})
_AT_ONCE = 8


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {
        "list": _list, "add": _add, "change": _change, "remove": _remove, "move": _move,
        "find": _find, "state": _state, "test": _test,
    }  # fmt: skip
    return group[args.printers](context, args)


# --- the list -----------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    known: tuple[Printer, ...] = context.desk.read(printers.every).result()
    names = {each.id: each.name for each in known}
    if args.json:
        zone = context.desk.read(all_settings).result()["shop.timezone"]
        line(as_json([_plain(each, names, zone) for each in known]))
        return 0
    if not known:
        complain(context.say("cli.printers.none"))
        return 0
    rows = [
        (
            str(place),
            each.name if each.active else context.say("cli.printers.off", name=each.name),
            str(each.transport),
            each.address,
            each.language,
            str(each.dpi or ""),
            each.media,
            each.station,
            names.get(each.takeover or 0, ""),
            each.state,
        )
        for place, each in enumerate(known, 1)
    ]
    columns = ("place", "name", "transport", "address", "language", "dpi", "media", "station", "takeover", "state")
    table([context.say(f"cli.printers.column.{name}") for name in columns], rows, right=(0, 5))
    return 0


def _plain(printer: Printer, names: dict[int, str], zone: str) -> dict[str, object]:
    return {
        "id": printer.id,
        "name": printer.name,
        "transport": str(printer.transport),
        "address": printer.address,
        "language": printer.language,
        "dpi": printer.dpi,
        "media": printer.media,
        "station": printer.station,
        "options": dict(printer.options),
        "takeover": names.get(printer.takeover or 0),
        "active": printer.active,
        "state": printer.state,
        "told": dict(printer.told),
        "seen": iso(printer.seen_at, zone),
        "answers": printer.answers,
    }


def _options(context: Context, given: Sequence[str], before: dict[str, str]) -> dict[str, str]:
    """Read ``KEY=VALUE``; an empty value takes the option away."""
    made = dict(before)
    for each in given:
        key, sign, value = each.partition("=")
        if not sign:
            raise Usage(context.say("cli.printers.bad_option", text=each))
        made.pop(key, None)
        if value:
            made[key] = value
    return made


def _draft(context: Context, args: argparse.Namespace, before: Printer) -> Printer:
    """Return a printer with what the command says of it."""
    given = {
        name: value
        for name in ("address", "language", "dpi", "media", "station")
        if (value := getattr(args, name)) is not None
    }
    if args.transport is not None:
        given["transport"] = Transport(args.transport)
    if args.takeover is not None:
        takeover = context.desk.read(printers.named, args.takeover).result().id if args.takeover else None
        given["takeover"] = takeover
    return replace(before, **given, options=_options(context, args.option, dict(before.options)))


def _kept(context: Context, args: argparse.Namespace, draft: Printer) -> int:
    wrong = context.desk.read(printers.wrongs, draft).result()
    if wrong:
        for each in wrong:
            text = context.say(each.fault.key, **each.fault.args)
            complain(context.say("cli.printers.wrong", field=each.field, text=text))
        return 1
    kept = context.desk.do(_TOPICS, printers.save, context.desk.station, str(uuid4()), draft).result()
    line(as_json({"id": kept}) if args.json else context.say("cli.printers.kept", name=draft.name))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    return _kept(context, args, _draft(context, args, Printer(0, args.name, Transport.RAW, "", "pdf")))


def _change(context: Context, args: argparse.Namespace) -> int:
    draft = _draft(context, args, context.desk.read(printers.named, args.name).result())
    if args.rename is not None:
        draft = replace(draft, name=args.rename)
    if args.on or args.off:
        draft = replace(draft, active=args.on)
    return _kept(context, args, draft)


def _remove(context: Context, args: argparse.Namespace) -> int:
    printer = context.desk.read(printers.named, args.name).result()
    context.desk.do(_TOPICS, printers.drop, context.desk.station, str(uuid4()), printer.id).result()
    line(context.say("cli.printers.removed", name=printer.name))
    return 0


def _move(context: Context, args: argparse.Namespace) -> int:
    printer = context.desk.read(printers.named, args.name).result()
    context.desk.do(_TOPICS, printers.move, context.desk.station, str(uuid4()), printer.id, args.place).result()
    args.json = False
    return _list(context, args)


# --- the machines -------------------------------------------------------------------------------------------------


def _find(context: Context, args: argparse.Namespace) -> int:
    found = context.ways.find(float(args.seconds))
    if args.json:
        body = [
            {
                "transport": each.transport,
                "address": each.address,
                "name": each.name,
                "language": each.language,
                "dpi": each.dpi,
            }
            for each in found
        ]
        line(as_json(body))
        return 0
    if not found:
        complain(context.say("cli.printers.found_none"))
        return 0
    names = ("transport", "address", "language", "dpi", "name")
    table(
        [context.say(f"cli.printers.column.{name}") for name in names],
        [(str(each.transport), each.address, each.language, str(each.dpi or ""), each.name) for each in found],
        right=(3,),
        widest=60,
    )
    return 0


def _state(context: Context, args: argparse.Namespace) -> int:
    """Ask printers how they are, all at once, and keep it for every station to see."""
    station = context.desk.station
    if args.name:
        wanted = [context.desk.read(printers.named, name).result() for name in args.name]
    else:
        wanted = list(context.desk.read(printers.of_station, station).result())
    ways = context.ways
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        standings = list(pool.map(lambda each: printers.ask(ways.to(each)), wanted))
    context.desk.do(frozenset({"printers"}), _note, list(zip(wanted, standings, strict=True))).result()
    down = any(standing.state == printers.OFF or not _prints(standing) for standing in standings)
    if args.json:
        body = [
            {
                "id": each.id,
                "name": each.name,
                "state": standing.state,
                "all": [str(state) for state in standing.report.all] if standing.report else [],
                "left": standing.report.left if standing.report else None,
                "key": standing.key,
                "text": context.say(standing.key, **standing.args),
            }
            for each, standing in zip(wanted, standings, strict=True)
        ]
        line(as_json(body))
        return int(down)
    if not wanted:
        complain(context.say("cli.printers.none"))
    for each, standing in zip(wanted, standings, strict=True):
        line(context.say("cli.printers.state", name=each.name, text=context.say(standing.key, **standing.args)))
        for more in standing.report.all[1:] if standing.report else ():
            line(context.say("cli.printers.state", name=each.name, text=context.say(more.key)))
    return int(down)


def _prints(standing: Standing) -> bool:
    return standing.report is None or standing.report.state.prints


def _note(tx: Transaction, standings: Sequence[tuple[Printer, Standing]]) -> None:
    for printer, standing in standings:
        printers.note_state(tx, printer.id, standing)


def _test(context: Context, args: argparse.Namespace) -> int:
    printer = context.desk.read(printers.named, args.name).result()
    if printer.station not in ("", context.desk.station):
        raise NotAllowed("printers.of_another", name=printer.name, station=printer.station)
    done = printer_test.send(context.ways.to(printer), printer, context.words)
    if done.fault is not None:
        complain(context.say(done.fault.key, **done.fault.args))
    if done.out is True:
        line(context.say("cli.printers.test_out", name=printer.name, where=done.where))
    elif done.whole and done.out is None:
        line(context.say("cli.printers.test_sent", name=printer.name, code=printer_test.code_of(printer)))
    return int(done.out is False or not done.whole or done.fault is not None)
