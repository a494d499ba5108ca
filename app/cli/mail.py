"""``kenpin mail``: mails to customers, what people do with them, and the accounts that send them."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json, clock, complain, iso, line, table
from app.domain.mails import PORTS, Account, Security
from app.domain.printing import Fault
from app.errors import NotAllowed
from app.services import mail_accounts, mails, orders
from app.services.answers import sentence
from app.services.mail_passwords import Passwords
from app.services.mails import MailItem
from app.services.settings import all_settings

__all__ = ["run"]

_SHOWN = 100
_ACCOUNT_TOPICS = frozenset({"settings", "mails"})


def run(context: Context, args: argparse.Namespace) -> int:
    """Run one of this group's commands."""
    group = {
        "list": _list, "show": _show, "preview": _preview, "send-again": _send_again, "arrived": _arrived,
        "drop": _drop, "run": _run, "try": _try, "password": _password,
    }  # fmt: skip
    if args.mail == "accounts":
        accounts = {"list": _accounts, "add": _add, "change": _change, "remove": _remove}
        return accounts[args.accounts](context, args)
    return group[args.mail](context, args)


def _do(context: Context, topics: frozenset[str], function: Any, *more: object, **named: object) -> Any:
    desk = context.desk
    return desk.do(topics, function, desk.station, str(uuid4()), *more, **named).result()


def _said(context: Context, faults: Sequence[Fault]) -> str:
    return " ".join(sentence(context.words, each.key, each.args) for each in faults)


# --- mails --------------------------------------------------------------------------------------------------------


def _list(context: Context, args: argparse.Namespace) -> int:
    limit = args.limit or _SHOWN
    rows = context.desk.read(mails.page, limit=limit, states=args.state, kinds=args.kind, text=args.text).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json([_plain(context, row, zone) for row in rows]))
        return 0
    if not rows:
        complain(context.say("cli.mail.none"))
        return 0
    names = ("mail", "time", "shop", "number", "kind", "to", "state", "said")
    shown = [
        (
            str(row.id),
            clock(row.at, zone),
            row.shop,
            row.number,
            context.say(f"mails.kind.{row.kind}"),
            row.recipient,
            context.say(f"mails.state.{row.state}"),
            _said(context, row.said),
        )
        for row in rows
    ]
    table([context.say(f"cli.mail.column.{name}") for name in names], shown, right=(0,))
    return 0


def _plain(context: Context, row: MailItem, zone: str) -> dict[str, object]:
    return {
        "mail": row.id,
        "at": iso(row.at, zone),
        "shop": row.shop,
        "order": row.number,
        "kind": row.kind,
        "about": row.about,
        "language": row.language,
        "to": row.recipient,
        "subject": row.subject,
        "state": row.state,
        "said": [{"key": each.key, "args": dict(each.args), "text": _said(context, [each])} for each in row.said],
        "attempts": row.attempts,
        "next": iso(row.next_at, zone),
        "account": row.account,
        "repeats": row.repeats,
        "sent": iso(row.sent_at, zone),
        "settled": iso(row.settled_at, zone),
        "settled_by": row.settled_by,
        "acts": [str(act) for act in row.acts],
    }


def _show(context: Context, args: argparse.Namespace) -> int:
    row = context.desk.read(mails.show, args.mail_number).result()
    zone = context.desk.read(all_settings).result()["shop.timezone"]
    if args.json:
        line(as_json({**_plain(context, row, zone), "body": row.body}))
        return 0
    if row.body:
        _letter(context, row.account, row.recipient, row.subject, row.body)
    else:  # it was not sent yet: as it would go out now
        made = context.desk.read(mails.preview, row.order, row.kind, language=row.language, about=row.about).result()
        _letter(context, made.sender, row.recipient, made.letter.subject, made.letter.body)
    state = f"{context.say('cli.mail.head.state')}: {context.say(f'mails.state.{row.state}')}"
    complain(f"{state} {_said(context, row.said)}".rstrip())
    return 0


def _letter(context: Context, sender: str, recipient: str, subject: str, body: str) -> None:
    for name, value in (("from", sender), ("to", recipient), ("subject", subject)):
        line(f"{context.say(f'cli.mail.head.{name}')}: {value}")
    line()
    line(body)


def _preview(context: Context, args: argparse.Namespace) -> int:
    order = context.desk.read(orders.find_one, args.order).result()
    made = context.desk.read(mails.preview, order, args.kind, language=args.language).result()
    letter = made.letter
    if args.json:
        said = [{"key": each.key, "args": dict(each.args), "text": _said(context, [each])} for each in made.warnings]
        plain = {"from": made.sender, "to": letter.recipient, "language": letter.language, "subject": letter.subject}
        line(as_json({**plain, "body": letter.body, "account": made.account, "warnings": said}))
        return 0
    _letter(context, made.sender, letter.recipient, letter.subject, letter.body)
    for each in made.warnings:
        complain(_said(context, [each]))
    return 0


def _send_again(context: Context, args: argparse.Namespace) -> int:
    for mail in args.mail_number:
        new = _do(context, mails.TOPICS, mails.send_again, mail, args.reason, to=args.to)
        line(context.say("cli.mail.freed" if new == mail else "cli.mail.again", mail=mail, new=new))
    return 0


def _arrived(context: Context, args: argparse.Namespace) -> int:
    for mail in args.mail_number:
        _do(context, mails.TOPICS, mails.arrived, mail)
        line(context.say("cli.mail.arrived", mail=mail))
    return 0


def _drop(context: Context, args: argparse.Namespace) -> int:
    for mail in args.mail_number:
        _do(context, mails.TOPICS, mails.drop, mail)
        line(context.say("cli.mail.dropped", mail=mail))
    return 0


def _run(context: Context, args: argparse.Namespace) -> int:
    """Send what is due now: the window may be closed. What a server does not take waits for it."""
    runner = context.mail_runner()
    runner.tell_delays()
    ran = runner.work_off(float(args.seconds))
    line(as_json(asdict(ran)) if args.json else context.say("cli.mail.sent", **asdict(ran)))
    for each in context.desk.read(mail_accounts.every).result():
        if each.active and each.station == context.desk.station and each.state not in ("", mail_accounts.OK):
            told = dict(each.told)
            complain(f"{each.name}: {sentence(context.words, told.pop('key', ''), told)}")
    return 0


# --- accounts -----------------------------------------------------------------------------------------------------


def _try(context: Context, args: argparse.Namespace) -> int:
    account = _here(context, args.name)
    passwords = Passwords(context.config.folder)
    tried = mail_accounts.try_account(context.mails(), passwords, account, context.words, to=args.to)
    if not tried.good:
        complain(_said(context, [tried.fault] if tried.fault else []))
        return 1
    line(context.say("cli.mail.good", name=account.name))
    if tried.sent_to:
        line(context.say("cli.mail.test_sent", address=tried.sent_to))
    return 0


def _here(context: Context, name: str) -> Account:
    """Return an account that this station sends by.

    :raises NotAllowed: another station does, and has its password.
    """
    account = context.desk.read(mail_accounts.named, name).result()
    if account.station != context.desk.station:
        raise NotAllowed("cli.mail.other_station", name=account.name, station=account.station)
    return account


def _password(context: Context, args: argparse.Namespace) -> int:
    """Read the password from standard input, unseen at a terminal; an empty one takes it away."""
    account = _here(context, args.name)
    given = getpass.getpass("") if sys.stdin.isatty() else sys.stdin.readline()
    password = given.rstrip("\r\n")
    Passwords(context.config.folder).put(account, password)
    context.desk.do(mails.TOPICS, mail_accounts.forget, account.id).result()
    line(context.say("cli.mail.password_kept" if password else "cli.mail.password_gone", name=account.name))
    return 0


def _accounts(context: Context, args: argparse.Namespace) -> int:
    known: tuple[Account, ...] = context.desk.read(mail_accounts.every).result()
    shops = {each.id: context.desk.read(mail_accounts.shops_of, each).result() for each in known}
    if args.json:
        line(as_json([{**asdict(each), "told": dict(each.told), "shops": list(shops[each.id])} for each in known]))
        return 0
    if not known:
        complain(context.say("cli.mail.no_accounts"))
        return 0
    rows = []
    for each in known:
        told = dict(each.told)
        key = told.pop("key", "")
        rows.append(
            (
                each.name if each.active else context.say("cli.mail.off", name=each.name),
                f"{each.sender} <{each.address}>" if each.sender else each.address,
                f"{each.host}:{each.port} {each.security}",
                each.login,
                each.station,
                str(each.per_minute or ""),
                ", ".join(shops[each.id]),
                sentence(context.words, key, told) if key else each.state,
            )
        )
    names = ("name", "address", "server", "login", "station", "rate", "shops", "state")
    table([context.say(f"cli.mail.column.{name}") for name in names], rows, right=(5,))
    for warning in context.desk.read(mail_accounts.warnings).result():
        complain(_said(context, [warning]))
    return 0


def _kept(context: Context, args: argparse.Namespace, draft: Account) -> int:
    given = {
        name: value
        for name in ("address", "host", "port", "security", "sender", "login", "station", "per_minute")
        if (value := getattr(args, name)) is not None
    }
    if "security" in given and "port" not in given:
        given["port"] = PORTS[given["security"]]
    draft = replace(draft, **given)
    draft = draft if draft.station else replace(draft, station=context.desk.station)
    wrong = context.desk.read(mail_accounts.wrongs, draft).result()
    if wrong:
        for each in wrong:
            complain(context.say("cli.mail.wrong", field=each.field, text=_said(context, [each.fault])))
        return 1
    kept = _do(context, _ACCOUNT_TOPICS, mail_accounts.save, draft)
    line(as_json({"id": kept}) if args.json else context.say("cli.mail.kept", name=draft.name))
    return 0


def _add(context: Context, args: argparse.Namespace) -> int:
    security = args.security or Security.STARTTLS
    return _kept(context, args, Account(0, args.name.strip(), "", "", PORTS[security], security))


def _change(context: Context, args: argparse.Namespace) -> int:
    draft = context.desk.read(mail_accounts.named, args.name).result()
    if args.rename is not None:
        draft = replace(draft, name=args.rename.strip())
    if args.on or args.off:
        draft = replace(draft, active=args.on)
    return _kept(context, args, draft)


def _remove(context: Context, args: argparse.Namespace) -> int:
    account = context.desk.read(mail_accounts.named, args.name).result()
    _do(context, _ACCOUNT_TOPICS, mail_accounts.drop, account.id)
    Passwords(context.config.folder).put(account, "")
    line(context.say("cli.mail.removed", name=account.name))
    return 0
