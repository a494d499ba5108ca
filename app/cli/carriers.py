"""``kenpin carriers``: what is laid down about the carriers, the carrier of single orders, files out and back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from uuid import uuid4

from app.cli import release
from app.cli.context import Context
from app.cli.output import as_json, complain, line, table
from app.cli.usage import Usage
from app.services import carrier_settings as rules
from app.services import changes, gate, orders
from app.services.intake import plain_problem
from app.services.settings import find_shop
from app.storage.database import Transaction
from app.text import base_of

__all__ = ["run"]

_TOPICS = frozenset({"settings", "orders"})
_MOST_PROBLEMS = 50
"""Problems listed in a terminal; JSON has them all."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "list": _list,
        "pickups": _pickups,
        "lead-times": _lead_times,
        "closed": _closed,
        "methods": _methods,
        "account": _account,
        "choose": _choose,
        "export": release.export,
        "numbers": release.numbers,
        "by-hand": release.by_hand,
    }
    return commands[args.carriers](context, args)


def _shop(context: Context, args: argparse.Namespace) -> int:
    return context.desk.read(find_shop, args.shop).result().id if args.shop else rules.HOUSE


def _do(context: Context, function: Callable[..., object], *args: object) -> object:
    """Run one act, then judge the waiting orders by what is laid down now."""
    desk = context.desk
    done = desk.do(_TOPICS, function, desk.station, str(uuid4()), *args).result()
    if changed := gate.recheck_open(desk):
        complain(context.say("cli.carriers.rechecked", number=changed))
    return done


def _list(context: Context, args: argparse.Namespace) -> int:
    known = rules.known_carriers()
    if args.json:
        body = [
            {
                "carrier": each.carrier,
                "title": dict(each.title),
                "services": [{"service": name, "title": dict(title)} for name, title in each.services],
                "account": [
                    {
                        "name": name,
                        "required": name in each.required,
                        "text": context.say(f"carrier.{each.carrier}.{name}"),
                    }
                    for name in each.fields
                ],
            }
            for each in known
        ]
        line(as_json(body))
        return 0
    language = base_of(context.words.language)
    rows = [
        (f"{each.carrier}/{name}", each.title[language], title[language])
        for each in known
        for name, title in each.services
    ]
    table([context.say(f"gate.column.{name}") for name in ("service", "carrier", "meaning")], rows)
    return 0


def _pickups(context: Context, args: argparse.Namespace) -> int:
    if args.time and args.none:
        raise Usage(context.say("cli.carriers.times_or_none"))
    if args.time or args.none:
        _do(context, rules.put_pickups, args.carrier, args.time)
    found = context.desk.read(rules.pickups).result()
    if args.carrier:
        found = {args.carrier: found.get(args.carrier, ())}
    if args.json:
        line(as_json({carrier: list(times) for carrier, times in found.items()}))
        return 0
    rows = [(carrier, "  ".join(times) or "–") for carrier, times in found.items()]
    return _table(context, ("carrier", "pickups"), rows)


def _lead_times(context: Context, args: argparse.Namespace) -> int:
    if args.file is not None:
        return _import_lead_times(context, args)
    found = context.desk.read(rules.lead_table).result()
    if args.json:
        rows = [
            {"carrier": each.carrier, "origin": each.origin, "prefecture": each.prefecture, "days": each.days}
            for each in found
        ]
        line(as_json(rows))
        return 0
    shown = [(each.carrier, each.origin, each.prefecture, str(each.days)) for each in found]
    return _table(context, ("carrier", "origin", "prefecture", "days"), shown)


def _import_lead_times(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    report = desk.do(
        _TOPICS, rules.import_lead_times, desk.station, str(uuid4()), args.file, dry_run=args.dry_run
    ).result()
    sentences = [context.say(each.key, **_words(each)) for each in report.problems]
    changed = gate.recheck_open(desk) if report.rows and not args.dry_run else 0
    if args.json:
        problems = [plain_problem(each, text) for each, text in zip(report.problems, sentences, strict=True)]
        body = {"rows": report.rows, "carriers": list(report.carriers), "rechecked": changed, "problems": problems}
        line(as_json(body))
        return 1 if report.problems else 0
    for text in sentences[:_MOST_PROBLEMS]:
        complain(text)
    if report.problems:
        complain(context.say("cli.carriers.nothing_taken_in", number=len(report.problems)))
        return 1
    line(context.say("cli.carriers.lead_times", number=report.rows, carriers=", ".join(report.carriers)))
    if changed:
        complain(context.say("cli.carriers.rechecked", number=changed))
    return 0


def _words(found: object) -> dict[str, str]:
    from app.domain.intake import placeholders
    from app.domain.orders import Problem

    assert isinstance(found, Problem)
    return placeholders(found)


def _closed(context: Context, args: argparse.Namespace) -> int:
    shop = _shop(context, args)
    if args.add:
        _do(context, rules.close_days, args.add, shop)
    if args.remove:
        _do(context, rules.open_days, args.remove, shop)
    found = [each for each in context.desk.read(rules.closed_days).result() if not args.shop or each.shop == shop]
    if args.json:
        line(as_json([{"day": each.day, "shop": each.shop_name} for each in found]))
        return 0
    every = context.say("cli.carriers.every_shop")
    return _table(context, ("day", "shop"), [(each.day, each.shop_name or every) for each in found])


def _methods(context: Context, args: argparse.Namespace) -> int:
    shop = _shop(context, args)
    if args.method and args.remove:
        _do(context, rules.drop_method, args.method, shop)
    elif args.method and args.service:
        _do(context, rules.put_method, args.method, args.service, shop)
    elif args.method:
        raise Usage(context.say("cli.carriers.method_needs_service"))

    def load(tx: Transaction) -> list[tuple[str, str, str]]:
        from app.services.settings import shop_list

        names = {row.id: row.name for row in shop_list(tx)}
        rows = [row for row in rules.methods(tx) if not args.shop or row.shop == shop]
        return [(row.method, f"{row.carrier}/{row.service}".strip("/"), names.get(row.shop, "")) for row in rows]

    found = context.desk.read(load).result()
    if args.json:
        line(as_json([{"method": method, "service": service, "shop": name} for method, service, name in found]))
        return 0
    every, none = context.say("cli.carriers.every_shop"), context.say("cli.carriers.no_carrier")
    shown = [(method, service or none, name or every) for method, service, name in found]
    return _table(context, ("method", "service", "shop"), shown)


def _account(context: Context, args: argparse.Namespace) -> int:
    shop = _shop(context, args)
    if args.value:
        if any("=" not in each for each in args.value):
            raise Usage(context.say("cli.carriers.name_value"))
        values = dict(each.split("=", 1) for each in args.value)
        _do(context, rules.put_account, args.carrier, values, shop)
    found = [
        each
        for each in context.desk.read(rules.accounts).result()
        if (not args.carrier or each.carrier == args.carrier) and (not args.shop or each.shop == shop)
    ]
    if args.json:
        rows = [
            {"carrier": each.carrier, "shop": each.shop_name, "name": each.name, "value": each.value} for each in found
        ]
        line(as_json(rows))
        return 0
    every = context.say("cli.carriers.every_shop")
    shown = [
        (
            each.carrier,
            each.shop_name or every,
            each.name,
            each.value,
            context.say(f"carrier.{each.carrier}.{each.name}"),
        )
        for each in found
    ]
    return _table(context, ("carrier", "shop", "name", "value", "meaning"), shown)


def _choose(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    carrier, service = rules.split_service(args.service)

    def found(tx: Transaction) -> list[int]:
        return list(dict.fromkeys(orders.find_one(tx, name) for name in args.order))

    chosen = desk.read(found).result()
    for order in chosen:
        full = desk.read(orders.show, order).result()
        begun = full is not None and full.row.state not in ("received", "ready")
        act = (desk.station, str(uuid4()), order, carrier, service)
        if begun or args.parcels:  # papers are out, or another number of them is wanted
            desk.do(_TOPICS, changes.change_service, *act, args.parcels).result()
        else:
            desk.do(_TOPICS, gate.choose_service, *act).result()
    if args.json:
        line(as_json({"orders": len(chosen), "service": args.service}))
    else:
        line(context.say("cli.carriers.chosen", number=len(chosen), service=args.service))
    return 0


def _table(context: Context, names: tuple[str, ...], rows: Sequence[Sequence[str]]) -> int:
    if not rows:
        complain(context.say("cli.carriers.nothing"))
        return 0
    table([context.say(f"gate.column.{name}") for name in names], rows)
    return 0
