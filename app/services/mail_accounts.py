"""Mail accounts: by which server and sender a shop's mails go out, and trying one.

Which account a shop uses is its setting ``mail.account``. Malls that mask the buyer's address want the mail from their
own server (formats.md, H); the setting ``mail.masked`` knows which. How bytes travel is not known here: ``main`` hands
in the ways (:class:`MailWays`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.mails import Account, MailDelivery, Security, Taken, account_faults, mail_address, masked_refusal
from app.domain.people import Right
from app.domain.printer_address import Wrong
from app.domain.printing import Fault
from app.errors import FileUnusable, MailUnreachable, NotAllowed, NotFound
from app.services import acts
from app.services.mail_message import test_message
from app.services.mail_passwords import Passwords
from app.services.settings import all_settings
from app.settings import masked_domains
from app.storage import mail_accounts as storage
from app.storage import settings as settings_storage
from app.storage.database import Transaction
from app.text import Texts

__all__ = [
    "OFF",
    "OK",
    "REFUSALS",
    "REFUSED",
    "Account",
    "MailLine",
    "MailWays",
    "Security",
    "Tried",
    "Wrong",
    "account_of",
    "drop",
    "every",
    "forget",
    "named",
    "note",
    "note_failure",
    "note_tried",
    "one",
    "open_line",
    "save",
    "shops_of",
    "try_account",
    "warnings",
    "wrongs",
]

OK, OFF, REFUSED = "ok", "off", "refused"
"""States of an account as it answered last."""


class MailLine(Protocol):
    """An open connection to a mail server, signed in. For one thread at a time; every call ends."""

    def ready(self) -> bool:
        """Whether the server still answers."""

    def send(self, sender: str, recipient: str, message: bytes, *, seconds: float = 120.0) -> MailDelivery:
        """Offer one mail. Never raises for what the server does: that is in the delivery."""

    def close(self) -> None:
        """End in peace, a moment at most."""


class MailWays(Protocol):
    """Ways to mail servers; handed in by ``main``."""

    def open(self, account: Account, password: str, *, seconds: float = 20.0) -> MailLine:
        """Connect and sign in.

        :raises MailUnreachable: it cannot be reached, is not trusted, or does not let us in; in words.
        """


def every(tx: Transaction) -> tuple[Account, ...]:
    """Return every account by name, those that are switched off too."""
    return storage.every(tx)


def one(tx: Transaction, account: int) -> Account:
    """Return an account.

    :raises NotFound: ``mails.account.gone``.
    """
    for each in storage.every(tx):
        if each.id == account:
            return each
    raise NotFound("mails.account.gone")


def named(tx: Transaction, name: str) -> Account:
    """Return the account that people call so, in upper or lower case.

    :raises NotFound: ``mails.account.none``.
    """
    known = storage.every(tx)
    for each in known:
        if each.name.casefold() == name.strip().casefold():
            return each
    raise NotFound("mails.account.none", name=name, known="、".join(each.name for each in known) or "–")


def account_of(settings: Mapping[str, str], known: tuple[Account, ...]) -> Account | None:
    """Return the account that a shop's mails go by; None where it has none, or that is switched off.

    :param settings: the shop's.
    """
    name = settings["mail.account"].strip().casefold()
    return next((each for each in known if each.active and name and each.name.casefold() == name), None)


def shops_of(tx: Transaction, account: Account) -> tuple[str, ...]:
    """Return the names of the shops whose setting names an account; ``*`` for the house's own."""
    house = settings_storage.read(tx).get("mail.account", "")
    name = account.name.casefold()
    found = ["*"] if house.casefold() == name else []
    found += [
        row.name for row in settings_storage.shop_list(tx) if row.settings.get("mail.account", "").casefold() == name
    ]
    return tuple(found)


# --- changing -----------------------------------------------------------------------------------------------------


def wrongs(tx: Transaction, draft: Account) -> tuple[Wrong, ...]:
    """Return all that is wrong with an account as it is written; its ``id`` is 0 for a new one."""
    return account_faults(draft, [each for each in storage.every(tx) if each.id != draft.id])


def save(tx: Transaction, station: str, act: str, draft: Account) -> int:
    """Add an account, or change one; return its id. Without a station it is this one's.

    :param draft: its ``id`` is 0 for a new one.
    :raises NotAllowed: something in it makes no sense, by the fault's key; or the person may not.
    :raises NotFound: the account is gone.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    draft = replace(
        draft,
        name=draft.name.strip(),
        address=mail_address(draft.address) or draft.address.strip(),
        sender=draft.sender.strip(),
        host=draft.host.strip(),
        login=draft.login.strip(),
        station=draft.station.strip() or station,
    )
    before = one(tx, draft.id) if draft.id else None
    if found := wrongs(tx, draft):
        raise NotAllowed(found[0].fault.key, **{**found[0].fault.args, "field": found[0].field})
    if before is None:
        kept = storage.add(tx, draft)
    else:
        kept = draft.id
        if before.name.casefold() != draft.name.casefold() and (shops := shops_of(tx, before)):
            raise NotAllowed("mails.account.in_use", name=before.name, shops=", ".join(shops))
        same = ("host", "port", "security", "login", "address", "station", "active")
        storage.change(tx, draft, forget=any(getattr(before, name) != getattr(draft, name) for name in same))
    facts = {"mail_account": kept, "name": draft.name, "host": draft.host, "active": draft.active}
    acts.end(tx, state, act, "mail_account", facts, result=kept)
    return kept


def drop(tx: Transaction, station: str, act: str, account: int) -> None:
    """Take an account away.

    :raises NotFound: it is gone already.
    :raises NotAllowed: ``mails.account.in_use``, or ``mails.account.has_sent``: it is switched off instead; or the
        person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    gone = one(tx, account)
    if shops := shops_of(tx, gone):
        raise NotAllowed("mails.account.in_use", name=gone.name, shops=", ".join(shops))
    if storage.used(tx, account):
        raise NotAllowed("mails.account.has_sent", name=gone.name)
    storage.drop(tx, account)
    acts.end(tx, state, act, "mail_account", {"mail_account": account, "name": gone.name, "dropped": True})


# --- how they answer ----------------------------------------------------------------------------------------------


def note(tx: Transaction, account: int, fault: Fault | None = None, state: str = OK) -> None:
    """Keep how a server answered, for every station to see. No act: nobody did it."""
    told = {} if fault is None else {"key": fault.key, **{name: str(value) for name, value in fault.args.items()}}
    storage.note(tx, account, state if fault is not None else OK, told)


def forget(tx: Transaction, account: int) -> None:
    """What was said of an account is no longer so: it has another password. Its mails are tried again at once.

    :raises NotFound: the account is gone.
    """
    storage.change(tx, one(tx, account), forget=True)


def note_failure(tx: Transaction, account: int, error: MailUnreachable | FileUnusable) -> None:
    """Keep why an account cannot be used."""
    refused = error.key in REFUSALS
    args = {name: str(value) for name, value in error.args_.items()}
    note(tx, account, Fault(error.key, args), REFUSED if refused else OFF)


REFUSALS = ("mails.off.password", "mails.no_password", "mails.off.no_login", "mails.off.refuses_us")
"""Why an account cannot be used though its server is there: knocking more often does not help."""


def open_line(ways: MailWays, passwords: Passwords, account: Account, *, seconds: float = 20.0) -> MailLine:
    """Connect to an account's server and sign in. Blocks: in no transaction.

    :raises MailUnreachable: not possible; in words.
    :raises FileUnusable: the file of passwords cannot be read.
    """
    password = passwords.of(account) if account.login else ""
    if password is None:
        raise MailUnreachable("mails.no_password", name=account.name)
    return ways.open(account, password, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying an account came to."""

    good: bool
    fault: Fault | None = None
    sent_to: str = ""
    """Address that a test mail was taken for; empty where only the sign-in was tried."""


def try_account(ways: MailWays, passwords: Passwords, account: Account, words: Texts, *, to: str = "") -> Tried:
    """Sign in at an account's server, and send a test mail where an address is given. Blocks: in no transaction.

    :raises NotAllowed: ``mails.bad_recipient``.
    """
    recipient = mail_address(to)
    if to and not recipient:
        raise NotAllowed("mails.bad_recipient", address=to[:100])
    try:
        line = open_line(ways, passwords, account)
    except (MailUnreachable, FileUnusable) as error:
        return Tried(False, Fault(error.key, {name: str(value) for name, value in error.args_.items()}))
    try:
        if not recipient:
            return Tried(True)
        delivery = line.send(account.address, recipient, test_message(account, recipient, words))
        return Tried(delivery.taken is Taken.TAKEN, delivery.fault, recipient)
    finally:
        line.close()


def note_tried(tx: Transaction, account: int, tried: Tried) -> None:
    """Keep what trying an account told of it: of a refused recipient nothing is its fault."""
    if tried.good or (tried.sent_to and (tried.fault is None or tried.fault.key != _SENDER)):
        note(tx, account)
    elif tried.fault is not None:
        refused = tried.fault.key in (*REFUSALS, _SENDER)
        note(tx, account, tried.fault, REFUSED if refused else OFF)


_SENDER = "mails.send.sender"


def warnings(tx: Transaction) -> tuple[Fault, ...]:
    """Return what is odd about shops whose mails are on.

    That they have no account, or one that is switched off; that the buyers of a mall have masked addresses, which only
    its own server reaches (formats.md H), and the account is another's.
    """
    known = storage.every(tx)
    found: list[Fault] = []
    for shop in settings_storage.shop_list(tx):
        settings = all_settings(tx, shop.id)
        if "off" in settings["mail.kinds"].split(",") or not settings["mail.kinds"]:
            continue
        account = account_of(settings, known)
        if account is None:
            found.append(Fault("mails.no_account", {"shop": shop.name}))
            continue
        for masked, server in masked_domains(settings["mail.masked"]) or ():
            # A mall's server bears its name, as its channel does.
            mall = shop.channel.casefold() in server.split(".")
            if mall and masked_refusal(f"x@{masked}", account.host, [(masked, server)]):
                found.append(Fault("mails.masked_shop", {"shop": shop.name, "name": account.name, "server": server}))
    return tuple(found)
