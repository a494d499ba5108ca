"""Rows of the mails: what each is about, whom it goes to, and what may be believed about it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.mails import Account
from app.services import mail_accounts
from app.services.answers import sentence
from app.services.mails import MailItem, MailState
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look
from app.ui.machines import brief

__all__ = [
    "COLUMNS",
    "OF_ORDER",
    "STATES",
    "TALL",
    "account_pill",
    "account_words",
    "cells_of",
    "kind_words",
    "mail_facts",
    "order_cells",
    "said_words",
    "state_pill",
]

COLUMNS = (
    Column("at", 11),
    Column("order", 22),
    Column("mail", 28),
    Column("state", 16),
    Column("said", 33),
)
TALL = 54
"""Height of a row of two lines."""
OF_ORDER = (Column("at", 20), Column("mail", 50), Column("state", 30))
STATES: Mapping[str, tuple[str, str]] = {
    MailState.WAITING: ("○", "info"),
    MailState.SENT: ("→", "info"),
    MailState.UNKNOWN: ("？", "warning"),
    MailState.CONFIRMED: ("●", "ok"),
    MailState.FAILED: ("×", "error"),
    MailState.DROPPED: ("—", "quiet"),
}
"""A state's own mark and kind of colour, as on the print board; its words are ``mails.state.<state>``."""
_BY_HAND = "person"


def kind_words(look: Look, kind: str) -> str:
    """Return what people call a kind of mail."""
    words = look.say(f"mails.kind.{kind}")
    return words[:1].upper() + words[1:]


def state_pill(look: Look, row: MailItem) -> tuple[str, str]:
    """Return the words of a mail's state, with its mark, and the kind of colour."""
    mark, kind = STATES[row.state]
    if row.state == MailState.CONFIRMED and row.settled_by == _BY_HAND:
        return f"{mark} {look.say('window.mail.by_hand')}", kind
    return f"{mark} {look.say(f'mails.state.{row.state}')}", kind


def said_words(look: Look, row: MailItem) -> tuple[str, ...]:
    """Return what there is to say about a mail as sentences with their remedy."""
    return tuple(sentence(look.words, fault.key, fault.args) for fault in row.said)


def _said(look: Look, row: MailItem) -> Cell:
    """Return why it is as it is, or when it goes out."""
    told = " ".join(said_words(look, row))
    if told:
        ink = STATES[row.state][1]
        return Cell(told, "soft" if ink in ("quiet", "ok") else "ink", least=11, lines=2, tip=told)
    if row.next_at is not None:
        return Cell(look.say("window.mail.goes_at", time=look.clock(row.next_at)), "soft", least=11)
    if row.repeats is not None:
        return Cell(look.say("window.mail.is_again", mail=row.repeats), "soft", least=11)
    return Cell("")


def cells_of(look: Look, row: MailItem) -> tuple[Cell, ...]:
    """Return the cells of one mail: order and shop, kind and recipient stand below each other."""
    recipient = row.recipient or look.say("window.mail.no_address")
    return (
        Cell(look.clock(row.at), least=11),
        Cell(row.number, ends=True, under=row.shop, tip=f"{row.number} {row.shop}"),
        Cell(kind_words(look, row.kind), bold=True, least=11, under=recipient, tip=recipient),
        Cell(pills=(state_pill(look, row),)),
        _said(look, row),
    )


def order_cells(look: Look, row: MailItem) -> tuple[Cell, ...]:
    """Return the cells of one mail of an order."""
    at, _, mail, state, _ = cells_of(look, row)
    return at, mail, state


def mail_facts(look: Look, row: MailItem) -> list[Fact]:
    """Say everything about one mail: what is wrong first, then what to do, then whom it went to."""
    say = look.say
    made = [Fact(f"{kind_words(look, row.kind)} {row.number}", head=True)]
    words, kind = state_pill(look, row)
    made.append(Fact(words, kind="" if kind == "quiet" else kind))
    made += [Fact(each) for each in said_words(look, row)]
    if row.state in (MailState.UNKNOWN, MailState.FAILED, MailState.SENT):
        made.append(Fact(say(f"window.mail.do.{row.state}")))
    if row.next_at is not None:
        made.append(Fact(say("window.mail.fact.next"), look.clock(row.next_at)))
    if row.repeats is not None:
        made.append(Fact(say("window.mail.is_again", mail=row.repeats)))
    made.append(Fact(row.recipient or say("window.mail.no_address")))
    made.append(Fact(say("window.mail.fact.shop"), brief(row.shop, 18)))
    if row.account:
        made.append(Fact(say("window.mail.fact.account"), brief(row.account, 18)))
    made.append(Fact(say("window.mail.fact.language"), say(f"window.mail.language.{row.language}")))
    if row.attempts:
        made.append(Fact(say("window.mail.fact.attempts"), str(row.attempts)))
    if row.sent_at:
        made.append(Fact(say("window.mail.fact.sent"), look.clock(row.sent_at)))
    if row.settled_at:
        made.append(Fact(say("window.mail.fact.settled"), look.clock(row.settled_at)))
    made.append(Fact(say("window.mail.fact.mail"), str(row.id)))
    return made


def account_pill(look: Look, account: Account) -> tuple[str, str]:
    """Return how an account answered last: a word or two, and the kind of colour."""
    if not account.active:
        return look.say("window.mail.account.unused"), "quiet"
    kind = {mail_accounts.OK: "ok", mail_accounts.OFF: "error", mail_accounts.REFUSED: "error"}.get(account.state)
    return look.say(f"window.mail.account.{account.state or 'never'}"), kind or "quiet"


def account_words(look: Look, account: Account) -> str:
    """Return what an account's server said, as a sentence with its remedy; empty where it said nothing."""
    told = dict(account.told)
    key = told.pop("key", "")
    return sentence(look.words, key, told) if key else ""
