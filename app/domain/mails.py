"""Mails to customers: their kinds and states, what may be believed of one that was sent, and the rules of addresses.

A mail goes ``waiting → sent → confirmed | failed | unknown``, beside it ``dropped``. What the server took is confirmed,
what it surely did not take is failed; in between lies what nobody knows: the program died, or the line broke after the
whole mail was over and before the answer. That is never sent again by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.printer_address import Wrong
from app.domain.printing import Fault

__all__ = [
    "KINDS",
    "NEVER",
    "OF_THE_NUMBER",
    "ON_ITS_WAY_MS",
    "OPEN_STATES",
    "PORTS",
    "Account",
    "MailAct",
    "MailDelivery",
    "MailKind",
    "MailState",
    "MailVerdict",
    "Security",
    "Taken",
    "account_faults",
    "acts_of",
    "is_loopback",
    "mail_address",
    "masked_refusal",
    "pause_ms",
    "verdict",
]


class MailKind(StrEnum):
    """What a mail tells the buyer."""

    RECEIVED = "received"
    """The order has come in."""
    PAY_INFO = "pay_info"
    """How to pay; only while the hold *unpaid* stands."""
    PAID = "paid"
    """The payment has come in: the hold *unpaid* went."""
    SHIPPED = "shipped"
    """Everything is with the carrier, with numbers and links."""
    DELAY = "delay"
    """It will be later: the wished day is impossible, goods are short, or it is a pre-order."""
    PARTIAL = "partial"
    """A part is with the carrier, the rest follows."""
    DELIVERED = "delivered"
    """Some days after the hand-over: did everything arrive well?"""


KINDS = tuple(str(kind) for kind in MailKind)
"""Every kind, in the order in which an order lives through them."""
OF_THE_NUMBER = frozenset({MailKind.RECEIVED, MailKind.PAY_INFO, MailKind.PAID})
"""Kinds that are about what the buyer ordered as a whole: one mail though it goes to several ship-tos."""


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    """It is on its way to the server just now."""
    UNKNOWN = "unknown"
    """The server may have taken it; only a person sends it again."""
    CONFIRMED = "confirmed"
    """The server took it."""
    FAILED = "failed"
    """The server surely did not take it."""
    DROPPED = "dropped"
    """It must not go out any more, or a person gave it up."""


OPEN_STATES = (MailState.WAITING, MailState.SENT, MailState.UNKNOWN, MailState.FAILED)
"""States of mails that are not done."""
NEVER = 253_402_300_799_000
"""*Not before* of a failed mail that is not tried again by itself: the last second of the year 9999, ms UTC."""
ON_ITS_WAY_MS = 10 * 60_000
"""No talk with a server takes so long: what was sent earlier and has no answer will get none."""


class MailAct(StrEnum):
    """What a person can do with a mail."""

    SEND_AGAIN = "send_again"
    """Send it again for a reason: what surely was not taken is tried once more, else another mail is made."""
    ARRIVED = "arrived"
    """Say that the buyer has it."""
    DROP = "drop"
    """Say that it need not go out any more."""


def acts_of(state: str, *, on_its_way: bool = False) -> tuple[MailAct, ...]:
    """Return what a person can do with a mail in this state.

    :param on_its_way: whether a server may still answer for what is ``sent``.
    """
    match MailState(state):
        case MailState.WAITING:
            return (MailAct.DROP,)
        case MailState.FAILED:
            return (MailAct.SEND_AGAIN, MailAct.DROP)
        case MailState.UNKNOWN:
            return (MailAct.SEND_AGAIN, MailAct.ARRIVED, MailAct.DROP)
        case MailState.SENT:
            return () if on_its_way else (MailAct.SEND_AGAIN, MailAct.ARRIVED, MailAct.DROP)
        case _:
            return (MailAct.SEND_AGAIN,)


# --- what a server said -------------------------------------------------------------------------------------------


class Taken(StrEnum):
    """What is known after a mail was offered to a server."""

    TAKEN = "taken"
    """It said so."""
    LATER = "later"
    """Surely not, but perhaps later: greylisting, too busy, the line broke before the mail's end."""
    REFUSED = "refused"
    """Surely not, and never so: no such recipient, too large, refused content."""
    ACCOUNT = "account"
    """Surely not, and no other mail of this account either: its sender is refused."""
    UNKNOWN = "unknown"
    """The whole mail went over and no understandable answer came back."""


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """How the talk about one mail ended. Nothing in it is guessed."""

    taken: Taken
    fault: Fault | None = None
    """Why not; None where the server took it."""
    closed: bool = False
    """Whether the connection is of no use any more."""


@dataclass(frozen=True, slots=True)
class MailVerdict:
    """What a mail is now."""

    state: MailState
    fault: Fault | None
    pause_ms: int
    """Until it is tried again by itself; negative for never."""


_PAUSES_MS = (60_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000)


def pause_ms(attempts: int) -> int:
    """Return how long a failed mail waits: 1 minute after the first attempt, growing to 2 hours.

    Greylisting servers want the same mail again after some minutes.
    """
    return _PAUSES_MS[min(max(attempts, 1), len(_PAUSES_MS)) - 1]


def verdict(delivery: MailDelivery, attempts: int) -> MailVerdict:
    """Return what may be believed after a delivery.

    :param attempts: how often it was offered, this time included.
    """
    match delivery.taken:
        case Taken.TAKEN:
            return MailVerdict(MailState.CONFIRMED, None, -1)
        case Taken.UNKNOWN:
            return MailVerdict(MailState.UNKNOWN, delivery.fault, -1)
        case Taken.REFUSED:
            return MailVerdict(MailState.FAILED, delivery.fault, -1)
        case _:
            return MailVerdict(MailState.FAILED, delivery.fault, pause_ms(attempts))


# --- addresses ----------------------------------------------------------------------------------------------------

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""


def mail_address(text: str) -> str:
    """Return one mail address as it can be sent to; empty where *text* is none.

    The part before the ``@`` may begin or end with a dot or have two in a row, as Japanese phone companies once gave
    out. Several addresses, names beside them, and characters beyond ASCII before the ``@`` are refused; a domain
    beyond ASCII becomes its ``xn--`` form. Full-width letters of a shop's file are read as plain ones.
    """
    plain = text.strip().translate(_NARROW)
    local, sign, domain = plain.rpartition("@")
    if not sign or not _LOCAL.fullmatch(local):
        return ""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    labels = domain.split(".")
    good = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    return f"{local}@{domain.lower()}" if good and len(local) + len(domain) < _LONGEST_ADDRESS else ""


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width signs of the ASCII block."""


def masked_refusal(recipient: str, host: str, rules: Iterable[tuple[str, str]]) -> str:
    """Return the server that alone reaches a masked address, where *host* is another one; empty where all is well.

    :param rules: what :func:`app.settings.masked_domains` gives.
    """
    domain = recipient.rpartition("@")[2].casefold()
    for masked, server in rules:
        if _within(domain, masked) and not _within(host.casefold().rstrip("."), server):
            return server
    return ""


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


# --- accounts -----------------------------------------------------------------------------------------------------


class Security(StrEnum):
    """How the line to a mail server is made safe."""

    TLS = "tls"
    """Encrypted from its first byte, usually port 465."""
    STARTTLS = "starttls"
    """Made so before anything is said, usually port 587."""
    NONE = "none"
    """Not at all: only for a server in this very computer, or one that asks for no login."""


PORTS: Mapping[str, int] = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
"""Usual ports (RFC 8314, RFC 6409)."""


@dataclass(frozen=True, slots=True)
class Account:
    """A mail server that mails are sent by, without its password."""

    id: int
    """0 for a new one."""
    name: str
    """What people call it."""
    address: str
    """Address in From."""
    host: str
    port: int = 587
    security: str = Security.STARTTLS
    sender: str = ""
    """Name in From; empty for the shop's."""
    login: str = ""
    """Name to sign in with; empty for a server that asks for none."""
    station: str = ""
    """Station that sends: its own folder has the password."""
    per_minute: int = 0
    """Mails that it may send in a minute; 0 for no limit."""
    active: bool = True
    state: str = ""
    """``ok``, ``off`` or ``refused`` (by login or sender), as it was last; empty where it was never asked."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Key and arguments of the sentence about that."""
    seen_at: int | None = None
    """When that was, ms UTC."""


_HOST = re.compile(r"[0-9A-Za-z]([0-9A-Za-z_.-]{0,251}[0-9A-Za-z])?\.?")
_V6 = re.compile(r"[0-9A-Fa-f]*(:[0-9A-Fa-f]*){2,7}")
_LOOPBACK = frozenset({"localhost", "::1"})
_LONGEST = 60


def is_loopback(host: str) -> bool:
    """Whether a server is in this very computer."""
    return host in _LOOPBACK or host.startswith("127.")


def account_faults(draft: Account, others: Collection[Account]) -> tuple[Wrong, ...]:
    """Return all that is wrong with an account as it is written."""
    found: list[Wrong] = []

    def wrong(place: str, key: str, **args: str | int) -> None:
        found.append(Wrong(place, Fault(key, args)))

    if not draft.name or len(draft.name) > _LONGEST or not draft.name.isprintable():
        wrong("name", "mails.account.bad_name", most=_LONGEST)
    elif any(each.name.casefold() == draft.name.casefold() for each in others):
        wrong("name", "mails.account.taken", name=draft.name)
    if mail_address(draft.address) != draft.address:
        wrong("address", "mails.account.bad_address", address=draft.address)
    if len(draft.sender) > _LONGEST or not draft.sender.isprintable():
        wrong("sender", "mails.account.bad_sender", most=_LONGEST)
    if not (_HOST.fullmatch(draft.host) or _V6.fullmatch(draft.host)):
        wrong("host", "mails.account.bad_host", host=draft.host)
    if not 0 < draft.port < 65_536:
        wrong("port", "mails.account.bad_port", port=draft.port)
    if draft.security not in tuple(Security):
        wrong("security", "mails.account.bad_security", known=", ".join(Security))
    elif draft.security == Security.NONE and draft.login and not is_loopback(draft.host):
        wrong("security", "mails.account.open_login", host=draft.host)
    if len(draft.login) > 200 or not draft.login.isprintable():
        wrong("login", "mails.account.bad_login")
    if not draft.station:
        wrong("station", "mails.account.no_station")
    if not 0 <= draft.per_minute <= 10_000:
        wrong("per_minute", "mails.account.bad_rate", most=10_000)
    return tuple(found)
