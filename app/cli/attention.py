"""``kenpin attention`` and ``kenpin contacts``: what needs a person, and what customers were asked."""

from __future__ import annotations

import argparse
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.cli.usage import Usage
from app.domain.orders import Hold
from app.services import attention as lists
from app.services import gate, insert_rules, orders
from app.services.attention import Attention, ContactRow, Reason
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["run"]

_SHOWN = 200
"""Rows of a list in a terminal where no limit is given."""
_TOPICS = frozenset({"orders", "bench", "printing"})
_AT_ONCE = 200
"""Orders of which a hold is lifted in one act."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return _contacts(context, args) if args.command == "contacts" else _attention(context, args)


# --- attention ----------------------------------------------------------------------------------------------------


def _attention(context: Context, args: argparse.Namespace) -> int:
    if args.hold and args.hold not in set(Hold):
        raise Usage(context.say("cli.attention.no_such_hold", hold=args.hold, known=", ".join(Hold)))
    if args.recheck:
        changed = gate.recheck_due(context.desk) + gate.recheck_open(context.desk)
        complain(context.say("cli.carriers.rechecked", number=changed))
    if args.lift is not None:
        return _lift(context, args)
    if args.counts:
        found = context.desk.read(lists.attention_counts, args.shop).result()
        if args.json:
            line(as_json(found))
        else:
            counted = [(context.say(f"hold.{hold}"), str(number), hold) for hold, number in found.items()]
            table([context.say(f"gate.column.{name}") for name in ("hold", "orders", "key")], counted, right=(1,))
        return 0
    limit = args.limit or _SHOWN
    rows = context.desk.read(lists.attention, shop=args.shop, hold=args.hold, limit=limit + 1).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_plain(context, row, zone) for row in rows[:limit]]))
        return 0
    for out in context.desk.read(insert_rules.run_out).result():
        complain(context.say("inserts.run_out", rule=out.rule, sku=out.sku, stock=out.stock))
    if not rows:
        complain(context.say("cli.attention.none"))
        return 0
    shown = [
        (
            row.order.ship_number or row.order.number,
            row.order.shop,
            context.say(f"hold.{reason.hold}"),
            " ".join(_said(context, reason)),
            context.say(reason.do),
        )
        for row in rows[:limit]
        for reason in row.reasons
    ]
    table([context.say(f"gate.column.{name}") for name in ("number", "shop", "hold", "detail", "do")], shown, widest=60)
    if len(rows) > limit:
        complain(context.say("cli.more", shown=limit))
    return 0


def _said(context: Context, reason: Reason) -> list[str]:
    return lists.said(reason.hold, reason.detail, context.say)


def _plain(context: Context, row: Attention, zone: str) -> dict[str, object]:
    order = row.order
    return {
        "number": order.number,
        "ship_to_key": order.ship_to_key,
        "ship_number": order.ship_number,
        "shop": order.shop,
        "channel": order.channel,
        "state": order.state,
        "cut_off": iso(order.cut_off, zone),
        "service": f"{order.carrier}/{order.service}".strip("/"),
        "ship_date": order.ship_date,
        "wish_date": order.wish_date,
        "note": row.note,
        "holds": [
            {
                "hold": reason.hold,
                "detail": _said(context, reason),
                "do": context.say(reason.do),
                "one_key": reason.one_key,
                "since": iso(reason.at, zone),
            }
            for reason in row.reasons
        ],
    }


def _lift(context: Context, args: argparse.Namespace) -> int:
    """Lift one hold: of the orders named, or of every order on the list."""
    if not args.hold:
        raise Usage(context.say("cli.attention.which_hold"))
    desk = context.desk

    def found(tx: Transaction) -> list[int]:
        if args.lift:
            return list(dict.fromkeys(orders.find_one(tx, name) for name in args.lift))
        rows = lists.attention(tx, shop=args.shop, hold=args.hold, limit=args.limit or 1_000_000)
        return [row.order.id for row in rows]

    wanted = desk.read(found).result()
    done, refused = 0, list[str]()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        lifted = desk.do(_TOPICS, lists.lift_many, desk.station, str(uuid4()), part, args.hold).result()
        done += lifted.done
        refused += lifted.refused
    if args.json:
        line(as_json({"lifted": done, "refused": refused}))
    else:
        line(context.say("cli.attention.lifted", number=done, hold=context.say(f"hold.{args.hold}")))
        if refused:
            complain(context.say("cli.attention.not_lifted", numbers=", ".join(refused)))
    return 1 if refused and not done else 0


# --- contacts -----------------------------------------------------------------------------------------------------


def _contacts(context: Context, args: argparse.Namespace) -> int:
    if args.answer:
        return _answer(context, args)
    if args.shelve:
        desk = context.desk
        arguments = (lists.to_hold_shelf, desk.station, str(uuid4()), args.shelve, args.label)
        pieces = desk.do(_TOPICS, *arguments).result()
        line(as_json({"pieces": pieces}) if args.json else context.say("cli.contacts.shelved", pieces=pieces))
        return 0
    rows = context.desk.read(lists.contacts, args.about).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_contact(row, zone) for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.contacts.none"))
        return 0
    shown = [
        (
            str(row.id),
            row.ship_number or row.number,
            context.say(f"contact.about.{row.about}"),
            row.detail,
            row.asked,
            row.due,
            context.say(f"contact.answer.{row.answer}") if row.answer else "",
            row.shelf,
            clock(row.at, zone),
        )
        for row in rows
    ]
    names = ("contact", "number", "about", "detail", "asked", "due", "answer", "hold_shelf", "since")
    table([context.say(f"gate.column.{name}") for name in names], shown)
    return 0


def _contact(row: ContactRow, zone: str) -> dict[str, object]:
    return {
        "contact": row.id,
        "number": row.number,
        "ship_number": row.ship_number,
        "shop": row.shop,
        "state": row.state,
        "about": row.about,
        "detail": row.detail,
        "asked": row.asked,
        "due": row.due,
        "hold_shelf": row.shelf,
        "answer": row.answer,
        "answered_at": iso(row.answered_at, zone),
        "at": iso(row.at, zone),
    }


def _answer(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    contact, said = args.answer
    if not (contact.isascii() and contact.isdigit()):
        raise Usage(context.say("cli.contacts.which", value=contact))
    more = {"due": args.due, "sku": args.sku, "line": args.line}
    done = desk.do(_TOPICS, lists.answer, desk.station, str(uuid4()), int(contact), said, args.note, **more).result()
    if args.json:
        line(as_json({"answer": done.answer, "new_order": done.new_order, "version": done.version}))
    else:
        line(context.say("cli.contacts.answered", answer=context.say(f"contact.answer.{done.answer}")))
    return 0
