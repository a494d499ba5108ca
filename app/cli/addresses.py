"""``kenpin addresses``: what is wrong with the addresses that orders go to, and correcting one."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from uuid import uuid4

from app.cli.context import Context
from app.cli.options_addresses import PARTS
from app.cli.output import as_json, complain, line
from app.domain.orders import Address, Hold
from app.services import addresses, attention, orders
from app.services.addresses import OrderAddress
from app.services.answers import sentence
from app.storage.database import Transaction

__all__ = ["run"]

_TOPICS = frozenset({"orders", "bench", "printing"})
_PAGE = 100
_SIGNS = {"error": "✕", "warning": "▲", "info": "・"}


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    return {"check": _check, "correct": _correct}[args.addresses](context, args)


def _held(tx: Transaction) -> list[int]:
    """Orders that are held for their address or phone number, in the order of the queue."""
    found: dict[int, None] = {}
    for hold in (Hold.BAD_ADDRESS, Hold.MISSING_PHONE):
        after = None
        while page := attention.attention(tx, hold=str(hold), after=after, limit=_PAGE):
            found |= dict.fromkeys(each.order.id for each in page)
            after = page[-1].order.sort
    return list(found)


def _check(context: Context, args: argparse.Namespace) -> int:
    def wanted(tx: Transaction) -> list[int]:
        return _held(tx) if args.all_held else [orders.find_one(tx, args.order)]

    ids = context.desk.read(wanted).result()
    found = [context.desk.read(addresses.of_order, each).result() for each in ids]
    if args.json:
        line(as_json([_plain(context, each) for each in found]))
        return 0
    if not found:
        line(context.say("cli.addresses.none"))
    for each in found:
        _write(context, each)
    return 0


def _text(address: Address) -> str:
    place = address.prefecture + address.city + address.street
    return " ".join(part for part in (address.postcode, place, address.name, address.phone) if part)


def _write(context: Context, found: OrderAddress) -> None:
    line(context.say("cli.addresses.order", number=found.number, address=_text(found.address)))
    if not found.findings:
        line(f"  {context.say('cli.addresses.fine')}")
    at = 0
    for finding in found.findings:
        said = sentence(context.words, finding.key, {**dict(finding.args), "field": finding.field})
        line(f"  {_SIGNS[str(finding.level)]} {said}")
        for proposal in finding.proposals:
            at += 1
            text = context.say(proposal.key, **dict(proposal.args))
            line(context.say("cli.addresses.proposal", at=at, text=text))


def _plain(context: Context, found: OrderAddress) -> dict[str, object]:
    findings = [
        {
            "key": each.key,
            "field": each.field,
            "level": str(each.level),
            "text": sentence(context.words, each.key, {**dict(each.args), "field": each.field}),
            "proposals": [
                {
                    "key": one.key,
                    "text": context.say(one.key, **dict(one.args)),
                    "address": asdict(one.address),
                }
                for one in each.proposals
            ],
        }
        for each in found.findings
    ]
    shop = asdict(found.correction.shop) if found.correction else None
    return {
        "order": found.number,
        "state": str(found.state),
        "address": asdict(found.address),
        "shop": shop,
        "findings": findings,
    }


def _correct(context: Context, args: argparse.Namespace) -> int:
    desk = context.desk
    order = desk.read(orders.find_one, args.order).result()
    found = desk.read(addresses.of_order, order).result()
    address = found.address
    if args.take:
        offered = [one for each in found.findings for one in each.proposals]
        if not 1 <= args.take <= len(offered):
            complain(context.say("cli.addresses.no_proposal", number=found.number, at=args.take))
            return 1
        address = offered[args.take - 1].address
    parts = {name: text for name in PARTS if (text := getattr(args, name)) is not None}
    if not parts and not args.take:
        complain(context.say("cli.addresses.nothing"))
        return 2
    address = replace(address, **parts)
    act = (desk.station, str(uuid4()), order, address, args.why)
    version = desk.do(_TOPICS, addresses.correct, *act).result()
    after = desk.read(addresses.of_order, order).result()
    told = {"number": found.number, "address": _text(after.address), "version": version}
    line(context.say("cli.addresses.corrected", **told))
    for each in after.findings:
        said = sentence(context.words, each.key, {**dict(each.args), "field": each.field})
        line(f"  {_SIGNS[str(each.level)]} {said}")
    return 0
