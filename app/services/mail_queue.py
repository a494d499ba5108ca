"""Which mails an act brings about: queued within that act, so that none is lost and none comes twice.

Off by default: a shop sends just the kinds that its setting ``mail.kinds`` names, and only of what happens from then
on, because nothing but the act itself ever queues a mail. The buyer gets them, never a gift's receiver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.mails import OF_THE_NUMBER, MailKind, mail_address
from app.domain.order_papers import language_of
from app.domain.orders import Hold, OrderState
from app.domain.printing import Fault
from app.services import acts
from app.services.print_said import stored
from app.settings import defaults, words
from app.storage import changes as changes_storage
from app.storage import mails as storage
from app.storage import settings as settings_storage
from app.storage.database import Transaction
from app.storage.mails import Head, NewMail

__all__ = [
    "DELAYS",
    "cancelled",
    "delays_due",
    "kinds_of",
    "language_for",
    "paid",
    "received",
    "shipped",
    "tell_delays",
]

_DAY_MS = 24 * 3_600_000
DELAYS = (str(Hold.DATE_IMPOSSIBLE), str(Hold.SHORT), str(Hold.PRE_ORDER))
"""Holds that mean a later day for the buyer."""


@dataclass(frozen=True, slots=True)
class _Shop:
    """What a shop decided about its mails."""

    kinds: frozenset[str]
    settings: Mapping[str, str]


def kinds_of(settings: Mapping[str, str]) -> frozenset[str]:
    """Return the kinds of mails that a shop wants; none where it says ``off``.

    :param settings: the shop's.
    """
    found = words(settings["mail.kinds"])
    return frozenset() if "off" in found else found


def _shops(tx: Transaction) -> dict[int, _Shop]:
    """Return the shops that want any mail."""
    house = defaults() | settings_storage.read(tx)
    rows = settings_storage.shop_list(tx)
    every = {row.id: _Shop(kinds_of(house | row.settings), house | row.settings) for row in rows}
    return {shop: policy for shop, policy in every.items() if policy.kinds}


def language_for(content: Mapping[str, Mapping[str, str]], settings: Mapping[str, str]) -> str:
    """Return the language that a buyer is written in: what the shop decided, else that of the buyer's country, else the
    house's."""
    if settings["mail.language"] != "recipient":
        return settings["mail.language"]
    for whose in ("buyer", "ship_to"):
        if country := content.get(whose, {}).get("country", ""):
            return language_of("recipient", country) or settings["shop.language"]
    return settings["shop.language"]


def _queue(
    tx: Transaction,
    act: str,
    kind: MailKind,
    heads: Sequence[Head],
    shops: Mapping[int, _Shop],
    about: Mapping[int, str] | None = None,
    not_before: Mapping[int, int] | None = None,
) -> None:
    """Queue a kind of mail for those of *heads* whose shops want it."""
    wanted = [head for head in heads if head.shop in shops and kind in shops[head.shop].kinds]
    if kind in OF_THE_NUMBER:
        wanted = _once_a_number(tx, kind, wanted)
    new: list[NewMail] = []
    for head in wanted:
        recipient = mail_address(str(head.content.get("email", "")))
        mail = NewMail(
            shop=head.shop,
            order=head.id,
            kind=str(kind),
            about=(about or {}).get(head.id, ""),
            language=language_for(head.content, shops[head.shop].settings),
            recipient=recipient,
            not_before=(not_before or {}).get(head.id, 0),
        )
        if not recipient:
            if storage.has_mails(tx, head.id):
                continue  # it was told once that there is no address
            said = stored([Fault("mails.why.no_address")])
            mail = NewMail(mail.shop, mail.order, mail.kind, mail.about, mail.language, "", "dropped", 0, said)
        new.append(mail)
    storage.add(tx, act, new)


def _once_a_number(tx: Transaction, kind: MailKind, heads: Sequence[Head]) -> list[Head]:
    """Return one order of each number: to its buyer several ship-tos are one order, and rests have had theirs."""
    first: dict[tuple[int, str], Head] = {}
    for head in heads:
        if not head.rest:
            first.setdefault((head.shop, head.number), head)
    for shop in {shop for shop, _ in first}:
        for number in storage.of_numbers(tx, shop, [number for of, number in first if of == shop], str(kind)):
            first.pop((shop, number), None)
    return list(first.values())


def received(
    tx: Transaction, act: str, orders: Sequence[int], unpaid: Sequence[int], pre_ordered: Sequence[int]
) -> None:
    """Orders came in for the first time: their receipt, and how to pay those that are not paid.

    An order that is older than ``mail.newest_days`` gets neither: a shop's first file holds months of them.

    :param unpaid: those of *orders* that wait for the payment.
    :param pre_ordered: those that wait for goods which are not on sale yet.
    """
    shops = _shops(tx) if orders else {}
    if not shops:
        return
    new = [
        head
        for head in storage.heads(tx, orders)
        if head.shop in shops
        and head.state != "cancelled"
        and head.ordered_at >= tx.now - int(shops[head.shop].settings["mail.newest_days"]) * _DAY_MS
    ]
    _queue(tx, act, MailKind.RECEIVED, new, shops)
    waiting = set(unpaid)
    _queue(tx, act, MailKind.PAY_INFO, [head for head in new if head.id in waiting], shops)
    later = set(pre_ordered)
    late = [head for head in new if head.id in later]
    _queue(tx, act, MailKind.DELAY, late, shops, {head.id: str(Hold.PRE_ORDER) for head in late})


def paid(tx: Transaction, act: str, orders: Sequence[int]) -> None:
    """The payment of orders came in: their hold *unpaid* went, by a file or by a person."""
    shops = _shops(tx) if orders else {}
    if shops:
        _queue(tx, act, MailKind.PAID, [each for each in storage.heads(tx, orders) if each.state != "cancelled"], shops)


def delays_due(tx: Transaction) -> bool:
    """Whether customers were put on the contact list since :func:`tell_delays` looked last."""
    return storage.newest_contact(tx) != storage.told_until(tx)


def tell_delays(tx: Transaction, station: str, act: str) -> int:
    """Queue a mail for everybody who came onto the contact list: the wished day is impossible, or goods are short.

    Not in the act that put them there: that may be a packer's scan. Who was on the list before any shop mailed delays
    gets none. Return how many contacts were looked at.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    newest, until = storage.newest_contact(tx), storage.told_until(tx)
    found = storage.contacts_since(tx, until)
    shops = _shops(tx) if found else {}
    if shops:
        heads = {head.id: head for head in storage.heads(tx, sorted({each.order for each in found}))}
        for about, hold in (("date", str(Hold.DATE_IMPOSSIBLE)), ("short", str(Hold.SHORT))):
            orders = dict.fromkeys(each.order for each in found if each.about == about)
            late = [
                heads[order]
                for order in orders
                if heads[order].state in _IN_THE_HOUSE and storage.standing_hold(tx, order, hold) is not None
            ]
            _queue(tx, act, MailKind.DELAY, late, shops, {head.id: hold for head in late})
    storage.tell_until(tx, newest)
    acts.end(tx, state, act, "delays", {"contacts": len(found)}, result=len(found))
    return len(found)


_IN_THE_HOUSE = (
    OrderState.RECEIVED, OrderState.READY, OrderState.RELEASED, OrderState.PICKED, OrderState.VERIFIED
)  # fmt: skip


def shipped(tx: Transaction, act: str, orders: Sequence[int]) -> None:
    """Orders are with the carrier whole: that they are on their way, and some days later whether all is well.

    What still has a rest that follows is told as a part, where the shop wants that kind.
    """
    shops = _shops(tx) if orders else {}
    if not shops:
        return
    heads = [head for head in storage.heads(tx, orders) if head.shop in shops]
    parts = {
        head.id
        for head in heads
        if MailKind.PARTIAL in shops[head.shop].kinds and changes_storage.rests_of(tx, head.id)
    }
    versions = {head.id: str(head.version) for head in heads}
    _queue(tx, act, MailKind.SHIPPED, [head for head in heads if head.id not in parts], shops, versions)
    _queue(tx, act, MailKind.PARTIAL, [head for head in heads if head.id in parts], shops, versions)
    later = {head.id: tx.now + int(shops[head.shop].settings["mail.delivered_days"]) * _DAY_MS for head in heads}
    _queue(tx, act, MailKind.DELIVERED, heads, shops, None, later)


def cancelled(tx: Transaction, order: int) -> None:
    """An order was cancelled: nothing more of it goes out."""
    storage.drop_waiting(tx, order, stored([Fault("mails.why.cancelled")]))
