"""``kenpin orders``: the queue, one order, holds, release, cancel."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table, write
from app.cli.usage import Usage
from app.domain.barcode import printable
from app.domain.orders import Hold
from app.services import orders, release
from app.services.answers import sentence
from app.services.orders import OrderFull, OrderRow
from app.services.release import Choice
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["run"]

_SHOWN = 200
"""Rows of a list in a terminal where no limit is given."""
_PAGE = 20_000
_OPEN = ("received", "ready", "released", "picked", "verified")
_TOPICS = frozenset({"orders", "bench", "printing"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    commands: dict[str, Callable[[Context, argparse.Namespace], int]] = {
        "list": _list,
        "show": _show,
        "hold": _hold,
        "lift": _lift,
        "release": _release,
        "cancel": _cancel,
    }
    return commands[args.orders](context, args)


def _found(tx: Transaction, names: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(orders.find_one(tx, name) for name in names))


def _names(row: OrderRow) -> dict[str, str]:
    return {"number": row.number, "ship_number": row.ship_number or "–", "shop": row.shop}


# --- lists --------------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or (None if args.json else _SHOWN)
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        context.desk.read(_write_json, args, limit, zone).result()
        return 0
    rows = context.desk.read(_page, args, None, limit and limit + 1).result()
    more = limit is not None and len(rows) > limit
    rows = rows[:limit]
    if not rows:
        complain(context.say("cli.orders.none"))
        return 0
    _table(context, rows, zone)
    if more:
        complain(context.say("cli.more", shown=limit))
    return 0


def _page(
    tx: Transaction, args: argparse.Namespace, after: tuple[int, int, int, int] | None, limit: int | None
) -> list[OrderRow]:
    states = [state for each in args.state for state in (_OPEN if each == "open" else (each,))]
    return orders.page(tx, states=states, shop=args.shop, text=args.text, held=args.held, after=after, limit=limit)


def _write_json(tx: Transaction, args: argparse.Namespace, limit: int | None, zone: str) -> None:
    """Write an array in one snapshot without ever holding a million rows."""
    after, left, first = None, limit, True
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        rows = _page(tx, args, after, size)
        for row in rows:
            write(("[" if first else ",") + "\n  " + as_json(_row(row, zone), indent=None))
            first = False
        if len(rows) < size:
            break
        after = rows[-1].sort
        left = left - len(rows) if left is not None else None
    write("[]\n" if first else "\n]\n")


def _row(row: OrderRow, zone: str) -> dict[str, object]:
    return {
        "number": row.number,
        "shop": row.shop,
        "channel": row.channel,
        "state": row.state,
        "holds": list(row.holds),
        "cut_off": iso(row.cut_off, zone),
        "lines": row.lines,
        "pieces": row.pieces,
    }


def _table(context: Context, rows: list[OrderRow], zone: str) -> None:
    names = ("ship_number", "number", "shop", "state", "cut_off", "lines", "pieces", "holds")
    shown = []
    for row in rows:
        number = f"{row.number}/{row.ship_to_key}" if row.ship_to_key else row.number
        cut_off = clock(row.cut_off, zone)
        holds = context.say("list.comma").join(context.say(f"hold.{hold}") for hold in row.holds)
        state = context.say(f"state.{row.state}")
        shown.append((row.ship_number, number, row.shop, state, cut_off, str(row.lines), str(row.pieces), holds))
    table([context.say(f"cli.column.{name}") for name in names], shown, right=(5, 6))


# --- one order ----------------------------------------------------------------------------------------------------


def _show(context: Context, args: argparse.Namespace) -> int:
    def load(tx: Transaction) -> OrderFull:
        full = orders.show(tx, orders.find_one(tx, args.order))
        assert full is not None
        return full

    full = context.desk.read(load).result()
    if args.json:
        line(as_json(_full(full)))
        return 0
    row = full.row
    holds = context.say("list.comma").join(context.say(f"hold.{hold}") for hold in row.holds)
    facts = [
        ("number", row.number),
        ("ship_to_key", row.ship_to_key),
        ("ship_number", row.ship_number),
        ("shop", f"{row.shop} ({row.channel})"),
        ("state", context.say(f"state.{row.state}")),
        ("came_back", str(full.back or "")),
        ("station", row.holder),
        ("holds", holds),
    ]
    for name, value in facts:
        if value:
            line(f"{context.say(f'cli.column.{name}')}: {value}")
    line()
    names = ("sku", "wanted", "done", "short", "shelf", "name")
    table(
        [context.say(f"cli.column.{name}") for name in names],
        [(ln.sku, str(ln.wanted), str(ln.done), str(ln.short), ln.shelf, ln.name) for ln in full.lines],
        right=(1, 2, 3),
    )
    return 0


def _full(full: OrderFull) -> dict[str, object]:
    row = full.row
    return {
        "number": row.number,
        "ship_number": row.ship_number or None,
        "shop": row.shop,
        "channel": row.channel,
        "state": row.state,
        **({"came_back": full.back} if full.back else {}),
        "holds": list(row.holds),
        "lines": [
            {
                "sku": each.sku,
                "name": each.name,
                "wanted": each.wanted,
                "done": each.done,
                "short": each.short,
                "codes": [{"code": printable(code), "quantity": quantity} for code, quantity in each.codes],
            }
            for each in full.lines
        ],
    }


# --- acts ---------------------------------------------------------------------------------------------------------


def _hold(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    found = desk.read(_found, args.order).result()
    desk.do(_TOPICS, orders.hold, desk.station, str(uuid4()), found, args.reason).result()
    _tell(context, found, "cli.orders.held")
    return 0


def _lift(context: Context, args: argparse.Namespace) -> int:
    known = [str(hold) for hold in Hold]
    if wrong := [key for key in args.hold if key not in known]:
        raise Usage(context.say("cli.orders.no_such_hold", hold=", ".join(wrong), known=", ".join(known)))
    desk = context.desk
    found = desk.read(_found, args.order).result()
    lifted = 0
    for order in found:
        lifted += desk.do(_TOPICS, orders.lift, desk.station, str(uuid4()), order, args.hold).result()
    _tell(context, found, "cli.orders.lifted" if lifted else "cli.orders.nothing_to_lift")
    return 0 if lifted else 1


def _tell(context: Context, found: list[int], key: str) -> None:
    for order in found:
        full = context.desk.read(orders.show, order).result()
        if full is not None:
            line(context.say(key, **_names(full.row), state=context.say(f"state.{full.row.state}")))


def _release(context: Context, args: argparse.Namespace) -> int:
    if bool(args.order) == args.all:
        raise Usage(context.say("cli.orders.names_or_all"))
    if args.order and (args.shop or args.limit):
        raise Usage(context.say("cli.orders.only_with_all"))
    desk = context.desk
    found = () if args.all else tuple(desk.read(_found, args.order).result())
    done = release.release(desk, Choice(shop=args.shop or "", limit=args.limit, orders=found))
    printed = context.runner().work_off() if done.batch is not None else []
    if args.json:
        body = {
            "batch": done.batch,
            "ship_numbers": list(done.ship_numbers),
            "refused": [{"number": left.number, "key": left.why} for left in done.refused],
            "papers": printed,
        }
        line(as_json(body))
    else:
        for left in done.refused:
            why = sentence(context.words, left.why, left.args)
            complain(context.say("cli.orders.not_released", number=left.number, why=why))
        if done.batch is None:
            complain(context.say("cli.orders.nothing_released"))
        else:
            first, last = done.ship_numbers[0], done.ship_numbers[-1]
            number_of = len(done.ship_numbers)
            line(context.say("cli.orders.released", batch=done.batch, number=number_of, first=first, last=last))
            for paper in printed:
                line(f"  {paper}")
    return 0 if done.batch is not None else 1


def _cancel(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    for order in desk.read(_found, args.order).result():
        row = desk.do(_TOPICS, orders.cancel, desk.station, str(uuid4()), order).result()
        line(context.say("cli.orders.cancelled", **_names(row)))
    return 0
