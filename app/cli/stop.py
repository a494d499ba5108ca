"""``kenpin stop``, ``kenpin pulls`` and ``kenpin merge``: stopping an order, what must be taken out, merging."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, complain, iso, line, table
from app.services import merge, orders, pulls, stop
from app.services.orders import OrderRow
from app.services.pulls import PullRow
from app.services.settings import all_settings
from app.services.stop import Found

__all__ = ["run"]

_TOPICS = frozenset({"orders", "bench", "printing"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    groups: dict[str, dict[str, Callable[[Context, argparse.Namespace], int]]] = {
        "stop": {"find": _find, "hold": _stop, "cancel": _stop},
        "pulls": {"list": _pulls, "scan": _scan, "void": _void},
        "merge": {"list": _merges, "do": _merge, "undo": _unmerge, "decline": _decline},
    }
    return groups[args.command][getattr(args, args.command)](context, args)


def _one(context: Context, name: str) -> int:
    found: int = context.desk.read(orders.find_one, name).result()
    return found


def _many(context: Context, names: list[str]) -> list[int]:
    return list(dict.fromkeys(_one(context, name) for name in names))


def _named(row: OrderRow) -> str:
    return f"{row.number}/{row.ship_to_key}" if row.ship_to_key else row.number


# --- stop ---------------------------------------------------------------------------------------------------------


def _find(context: Context, args: argparse.Namespace) -> int:
    found = context.desk.read(stop.find, args.text).result()
    if args.json:
        line(as_json([_found(each) for each in found]))
        return 0 if found else 1
    if not found:
        complain(context.say("cli.stop.none", text=args.text))
        return 1
    rows = [
        (
            each.row.ship_number, _named(each.row), each.row.shop, each.row.ship_name,
            context.say(f"state.{each.row.state}"), context.say(each.means, station=each.row.holder),
        )
        for each in found
    ]  # fmt: skip
    names = ("ship_number", "number", "shop", "name", "state", "means")
    table([context.say(f"cli.column.{name}") for name in names], rows)
    return 0


def _found(each: Found) -> dict[str, object]:
    return {
        "number": each.row.number,
        "ship_to_key": each.row.ship_to_key,
        "ship_number": each.row.ship_number,
        "shop": each.row.shop,
        "name": each.row.ship_name,
        "state": each.row.state,
        "station": each.row.holder,
        "found_by": each.by,
        "means": each.means,
        "may_stop": each.may_stop,
    }


def _stop(context: Context, args: argparse.Namespace) -> int:
    cancel = args.stop == "cancel"
    stopped = []
    for order in _many(context, args.order):
        act = (context.desk.station, str(uuid4()), order, args.reason, cancel)
        stopped.append(context.desk.do(_TOPICS, stop.stop, *act).result())
    if args.json:
        body = [
            {"number": each.row.number, "state": each.row.state, "holds": list(each.row.holds), "pulls": each.pulls}
            for each in stopped
        ]
        line(as_json(body))
        return 0
    for each in stopped:
        key = "cli.stop.cancelled" if cancel else "cli.stop.held"
        line(context.say(key, number=_named(each.row), pulls=each.pulls))
    return 0


# --- pulls --------------------------------------------------------------------------------------------------------


def _pulls(context: Context, args: argparse.Namespace) -> int:
    rows = context.desk.read(pulls.open_pulls).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_pull(row, zone) for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.pulls.none"))
        return 0
    shown = [
        (
            f"#{row.id}", context.say(f"pull.kind_{row.kind}"), row.text, str(row.quantity or ""), row.shelf,
            row.number, _why(context, row.reason),
        )
        for row in rows
    ]  # fmt: skip
    names = ("row", "kind", "text", "pieces", "shelf", "number", "reason")
    table([context.say(f"cli.column.{name}") for name in names], shown, right=(3,))
    return 0


def _why(context: Context, reason: str) -> str:
    """A reason that the program gives is a key, a person's own words stand as they are."""
    return context.say(reason) if context.words.has(reason) else reason


def _pull(row: PullRow, zone: str) -> dict[str, object]:
    return {
        "id": row.id,
        "at": iso(row.at, zone),
        "kind": row.kind,
        "text": row.text,
        "number": row.number,
        "ship_number": row.ship_number,
        "shop": row.shop,
        "state": row.state,
        "carrier": row.carrier,
        "reason": row.reason,
        "quantity": row.quantity,
        "lot": row.lot,
        "shelf": row.shelf,
    }


def _scan(context: Context, args: argparse.Namespace) -> int:
    done = [
        context.desk.do(_TOPICS, pulls.scan, context.desk.station, str(uuid4()), text).result() for text in args.text
    ]
    if args.json:
        body = [
            {
                "id": each.pull, "kind": each.kind, "text": each.text, "number": each.number,
                "quantity": each.quantity, "shelf": each.shelf, "left": each.left,
            }
            for each in done
        ]  # fmt: skip
        line(as_json(body))
        return 0
    for each in done:
        what = {"text": each.text, "number": each.number, "quantity": each.quantity, "shelf": each.shelf or "–"}
        line(context.say(each.key, **what, left=each.left))
    return 0


def _void(context: Context, args: argparse.Namespace) -> int:
    rows = context.desk.read(pulls.void_list, args.carrier, None, args.limit).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        body = [
            {
                "number": row.number, "key": row.key, "order": row.order_number, "shop": row.shop,
                "reason": row.reason, "requested_at": iso(row.requested_at, zone), "pulled": row.pulled,
            }
            for row in rows
        ]  # fmt: skip
        line(as_json(body))
        return 0
    if not rows:
        complain(context.say("cli.pulls.none"))
        return 0
    shown = [
        (row.number, row.key, row.order_number, "✓" if row.pulled else "–", _why(context, row.reason)) for row in rows
    ]
    names = ("text", "key", "number", "pulled", "reason")
    table([context.say(f"cli.column.{name}") for name in names], shown)
    return 0


# --- merge --------------------------------------------------------------------------------------------------------


def _merges(context: Context, args: argparse.Namespace) -> int:
    proposed = context.desk.read(merge.proposals_of).result()
    made = context.desk.read(merge.merged).result()
    rows = {
        order: shown.row
        for each in made
        for order in each.orders
        if (shown := context.desk.read(orders.show, order).result()) is not None
    }
    groups = [("proposed", list(each.orders), each.cod) for each in proposed]
    groups += [("made", [rows[order] for order in each.orders if order in rows], 0) for each in made]
    if args.json:
        body = [
            {"state": state, "lead": group[0].number, "orders": [{"number": r.number, "shop": r.shop} for r in group]}
            for state, group, _ in groups
        ]
        line(as_json(body))
        return 0
    if not groups:
        complain(context.say("cli.merge.none"))
        return 0
    shown_rows = [
        (
            context.say(f"cli.merge.{'proposed' if state == 'proposed' else 'made'}"), group[0].ship_name,
            context.say("list.comma").join(f"{row.shop}:{_named(row)}" for row in group),
        )
        for state, group, _ in groups
    ]  # fmt: skip
    table([context.say(f"cli.column.{name}") for name in ("merge_state", "name", "members")], shown_rows)
    return 0


def _numbers(context: Context, ids: tuple[int, ...]) -> list[str]:
    found = [context.desk.read(orders.show, order).result() for order in ids]
    return [full.row.number for full in found if full is not None]


def _merge(context: Context, args: argparse.Namespace) -> int:
    chosen = _many(context, args.order)
    done = context.desk.do(_TOPICS, merge.merge, context.desk.station, str(uuid4()), chosen).result()
    numbers = _numbers(context, done.orders)
    if args.json:
        line(as_json({"lead": numbers[0], "orders": numbers}))
    else:
        line(context.say("cli.merge.done", lead=numbers[0], orders=context.say("list.comma").join(numbers)))
    return 0


def _unmerge(context: Context, args: argparse.Namespace) -> int:
    lead = _one(context, args.order)
    done = context.desk.do(_TOPICS, merge.unmerge, context.desk.station, str(uuid4()), lead).result()
    return _apart(context, args, "cli.merge.undone", tuple(done))


def _decline(context: Context, args: argparse.Namespace) -> int:
    chosen = _many(context, args.order)
    context.desk.do(_TOPICS, merge.decline, context.desk.station, str(uuid4()), chosen).result()
    return _apart(context, args, "cli.merge.declined", tuple(chosen))


def _apart(context: Context, args: argparse.Namespace, key: str, ids: tuple[int, ...]) -> int:
    numbers = _numbers(context, ids)
    if args.json:
        line(as_json({"orders": numbers}))
    else:
        line(context.say(key, orders=context.say("list.comma").join(numbers)))
    return 0
