"""Mails to customers: the list of them, what people do with them, and what one would say.

Which act queues which mail stands in :mod:`app.services.mail_queue`, what they say in :mod:`app.services.mail_letters`,
sending in :mod:`app.services.mail_runner`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.mail_templates import MailTemplate
from app.domain.mails import (
    KINDS,
    NEVER,
    OF_THE_NUMBER,
    ON_ITS_WAY_MS,
    OPEN_STATES,
    MailAct,
    MailKind,
    MailState,
    acts_of,
    mail_address,
    masked_refusal,
)
from app.domain.orders import OrderState
from app.domain.people import Right
from app.domain.printing import Fault
from app.errors import NotAllowed, NotFound
from app.services import acts, mail_accounts
from app.services.mail_letters import Letter, compose
from app.services.mail_queue import kinds_of
from app.services.print_said import faults_in, stored
from app.services.settings import all_settings, shop_list
from app.settings import masked_domains
from app.storage import mail_board as board
from app.storage import mails as storage
from app.storage import settings as settings_storage
from app.storage.database import Transaction
from app.storage.mails import MailRow

__all__ = [
    "KINDS",
    "TOPICS",
    "Letter",
    "MailAct",
    "MailItem",
    "MailKind",
    "MailState",
    "Preview",
    "acts_for",
    "arrived",
    "counts",
    "drop",
    "held_shops",
    "hold_shops",
    "newest_order",
    "of_order",
    "page",
    "preview",
    "preview_template",
    "send_again",
    "show",
]

TOPICS = frozenset({"mails"})
"""What changes where a mail does."""
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class MailItem:
    """A mail as people see it."""

    id: int
    at: int
    """When it was queued, ms UTC."""
    shop: str
    order: int
    number: str
    kind: str
    """A :class:`~app.domain.mails.MailKind`."""
    about: str
    language: str
    recipient: str
    """Empty where its order has no address."""
    subject: str
    """As it was sent; empty before."""
    body: str
    state: str
    """A :class:`~app.domain.mails.MailState`."""
    said: tuple[Fault, ...]
    """What there is to say about it."""
    attempts: int
    next_at: int | None
    """When it goes out, or is tried again; None where it is not by itself, or at once."""
    account: str
    repeats: int | None
    sent_at: int | None
    settled_at: int | None
    settled_by: str
    """``server`` or ``person``; empty where nobody said that it arrived."""
    acts: tuple[MailAct, ...]
    """What a person can do with it now."""


def acts_for(mail: MailRow, now: int) -> tuple[MailAct, ...]:
    """Return what a person can do with a mail."""
    on_its_way = mail.settled_at is None and mail.sent_at is not None and now - mail.sent_at < ON_ITS_WAY_MS
    return acts_of(mail.state, on_its_way=on_its_way)


def page(
    tx: Transaction,
    *,
    limit: int = 100,
    before: int | None = None,
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    shop: int | None = None,
    order: int | None = None,
    text: str = "",
) -> list[MailItem]:
    """Return mails, newest first.

    :param before: only those older than this mail.
    :param text: only those whose order number or address begins so.
    """
    rows = board.page(
        tx, limit=limit, before=before, states=states, kinds=kinds, shop=shop, order=order, text=text
    )  # fmt: skip
    return _items(tx, rows)


def of_order(tx: Transaction, order: int) -> list[MailItem]:
    """Return every mail about an order, newest first; what is about the whole number stands at one of its ship-tos."""
    found = page(tx, order=order)
    for other in storage.siblings(tx, order):
        if other != order:
            found += page(tx, order=other, kinds=tuple(map(str, OF_THE_NUMBER)))
    return sorted(found, key=lambda mail: -mail.id)


def show(tx: Transaction, mail: int) -> MailItem:
    """Return one mail.

    :raises NotFound: ``mails.gone``.
    """
    found = _items(tx, board.page(tx, limit=1, mail=mail))
    if not found:
        raise NotFound("mails.gone", mail=mail)
    return found[0]


def _items(tx: Transaction, rows: Sequence[board.Listed]) -> list[MailItem]:
    accounts = mail_accounts.every(tx)
    decided: dict[int, tuple[bool, bool]] = {}
    made: list[MailItem] = []
    for row in rows:
        mail = row.mail
        said = faults_in(mail.error)
        if mail.state == MailState.WAITING:
            if mail.shop not in decided:
                settings = all_settings(tx, mail.shop)
                lacks = mail_accounts.account_of(settings, accounts) is None
                decided[mail.shop] = lacks, settings["mail.hold"] == "on"
            lacks, held = decided[mail.shop]
            said += (Fault("mails.no_account", {"shop": row.shop}),) if lacks else ()
            said += (Fault("mails.why.held", {"shop": row.shop}),) if held else ()
        tried = mail.state in (MailState.WAITING, MailState.FAILED) and tx.now < mail.not_before < NEVER
        made.append(
            MailItem(
                mail.id,
                mail.at,
                row.shop,
                mail.order,
                row.number,
                mail.kind,
                mail.about,
                mail.language,
                mail.recipient,
                mail.subject,
                mail.body,
                mail.state,
                said,
                mail.attempts,
                mail.not_before if tried else None,
                row.account,
                mail.repeats,
                mail.sent_at,
                mail.settled_at,
                mail.settled_by,
                acts_for(mail, tx.now),
            )
        )
    return made


def counts(tx: Transaction) -> dict[str, int]:
    """Return how many mails are not done: ``waiting``, ``later`` (their day has not come), ``sent``, ``failed``.

    ``unknown`` and ``stuck`` (failed for good) want a person: a badge shows those.
    """
    return board.counts(tx, NEVER)


# --- previews -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mail would say, and what would keep it from going out."""

    letter: Letter
    account: str
    """Account that it would go by; empty for none."""
    sender: str
    """What would stand in From."""
    warnings: tuple[Fault, ...] = ()


def preview(tx: Transaction, order: int, kind: str, *, language: str = "", about: str = "") -> Preview:
    """Return the exact text of a mail of an order as it would go out now; changes nothing.

    :param language: empty takes the buyer's.
    :raises NotFound: there is no such order, or ``mails.no_kind``.
    """
    if kind not in KINDS:
        raise NotFound("mails.no_kind", kind=kind, known=", ".join(KINDS))
    letter = compose(tx, order, kind, language=language, about=about)
    head = storage.heads(tx, [order])[0]
    settings = all_settings(tx, head.shop)
    account = mail_accounts.account_of(settings, mail_accounts.every(tx))
    warnings: list[Fault] = []
    if not letter.recipient:
        warnings.append(Fault("mails.why.no_address"))
    if head.state == OrderState.CANCELLED:
        warnings.append(Fault("mails.why.cancelled"))
    if kind not in kinds_of(settings):
        warnings.append(Fault("mails.why.off"))
    if account is None:
        warnings.append(Fault("mails.no_account", {"shop": letter.shop}))
    else:
        server = masked_refusal(letter.recipient, account.host, masked_domains(settings["mail.masked"]) or ())
        if server:
            warnings.append(Fault("mails.why.masked", {"address": letter.recipient, "server": server}))
    sender = f"{account.sender or letter.shop} <{account.address}>" if account else ""
    return Preview(letter, account.name if account else "", sender, tuple(warnings))


def newest_order(tx: Transaction, kind: str, shop: int | None = None) -> int | None:
    """Return the order that came in last and went as far as a kind of mail tells, to show how one looks.

    :param shop: one of this shop, where it has any.
    """
    gone = _WITH_THE_CARRIER if kind in (MailKind.SHIPPED, MailKind.PARTIAL, MailKind.DELIVERED) else ()
    tried = dict.fromkeys(((shop, gone), (shop, ()), (None, gone), (None, ())))
    return next((found for each in tried if (found := board.newest_order(tx, *each)) is not None), None)


_WITH_THE_CARRIER = (OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED)


def preview_template(tx: Transaction, order: int, kind: str, template: MailTemplate, *, language: str) -> Letter:
    """Return what a mail of an order would say by a template that need not be kept yet; changes nothing.

    :raises NotFound: there is no such order.
    """
    return compose(tx, order, kind, language=language, template=template)


# --- what people do -----------------------------------------------------------------------------------------------


def held_shops(tx: Transaction) -> frozenset[int]:
    """Return the shops whose mails are held: they wait in the outbox until they are let go."""
    return frozenset(row.id for row in shop_list(tx) if all_settings(tx, row.id)["mail.hold"] == "on")


def hold_shops(tx: Transaction, station: str, act: str, shops: Sequence[int], held: bool) -> None:
    """Hold all mails of some shops, or let them go; what is on its way just now goes.

    What waits longer than ``mail.latest_hours`` does not go out any more when it is let go.

    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.RELEASE)
    for shop in shops:
        kept = settings_storage.read_shop(tx, shop) | {"mail.hold": "on" if held else "off"}
        settings_storage.write_shop(tx, shop, kept)
    acts.end(tx, state, act, "mails_held", {"shops": list(shops), "held": held})


def _locked(tx: Transaction, mail: int, act: MailAct) -> MailRow:
    found = storage.one(tx, mail, lock=True)
    if found is None:
        raise NotFound("mails.gone", mail=mail)
    if act not in acts_for(found, tx.now):
        raise NotAllowed("mails.cannot", mail=mail, state=f"mails.state.{found.state}")
    return found


def send_again(tx: Transaction, station: str, act: str, mail: int, reason: str, *, to: str = "") -> int:
    """Send a mail again because a person wants it; return the mail that goes out.

    What surely was not taken is tried once more itself. Everything else is another mail with *repeats*: the buyer may
    have the first one.

    :param to: another address, for another mail; empty for the order's own.
    :raises NotFound: there is no such mail.
    :raises NotAllowed: there is no reason or no address, it is on its way, its order is cancelled, or the person may
        not.
    """
    reason = " ".join(reason.split())[:_LONGEST_REASON]
    if not reason:
        raise NotAllowed("mails.reason_needed")
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    found = _locked(tx, mail, MailAct.SEND_AGAIN)
    head = storage.heads(tx, [found.order])[0]
    if head.state == OrderState.CANCELLED:
        raise NotAllowed("mails.why.cancelled")
    recipient = mail_address(to) or ("" if to else mail_address(str(head.content.get("email", ""))) or found.recipient)
    if not recipient:
        raise NotAllowed("mails.bad_recipient" if to else "mails.why.no_address", address=to[:100])
    if found.state == MailState.FAILED and not to:
        storage.free(tx, mail, recipient)
        new = mail
    else:
        new = storage.add_again(tx, act, found, recipient)
        if found.state in OPEN_STATES:
            storage.say(tx, mail, str(MailState.DROPPED), stored([Fault("mails.why.repeated", {"mail": new})]))
    facts = {"mail": mail, "kind": found.kind, "reason": reason, "new": new}
    acts.end(tx, state, act, "mail_again", facts, order=found.order, result=new)
    return new


def arrived(tx: Transaction, station: str, act: str, mail: int) -> None:
    """Say that the buyer has a mail of which nobody knew.

    :raises NotFound: there is no such mail.
    :raises NotAllowed: it is known what became of it.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.RELEASE)
    found = _locked(tx, mail, MailAct.ARRIVED)
    storage.say(tx, mail, str(MailState.CONFIRMED))
    acts.end(tx, state, act, "mail_arrived", {"mail": mail, "kind": found.kind}, order=found.order)


def drop(tx: Transaction, station: str, act: str, mail: int) -> None:
    """Say that a mail need not go out any more.

    :raises NotFound: there is no such mail.
    :raises NotAllowed: it is out, or was dropped.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.RELEASE)
    found = _locked(tx, mail, MailAct.DROP)
    storage.say(tx, mail, str(MailState.DROPPED), stored([Fault("mails.why.given_up")]))
    facts = {"mail": mail, "kind": found.kind, "was": found.state}
    acts.end(tx, state, act, "mail_dropped", facts, order=found.order)
