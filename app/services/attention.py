"""The attention list 要確認 and the contact list: what needs a person, what to do, and what the customer answered.

Every hold has a remedy (its sentence is ``gate.do.<hold>``); most can be lifted by one key, many orders at once. What
only the customer can decide (goods are missing, a day cannot be met) is a contact: who to ask, until when, and what
becomes of the order with each answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.gate import local_day, read_faults
from app.domain.orders import Hold, OrderState
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts, changes, gate, hold_shelf, mail_queue, reservation
from app.services.settings import all_settings
from app.storage import attention as storage
from app.storage import changes as changes_storage
from app.storage import holds as holds_storage
from app.storage import intake as intake_storage
from app.storage import order_life
from app.storage import products as products_storage
from app.storage.attention import ContactRow, HeldOrder, ShortLine, ask_about, open_contacts
from app.storage.database import Transaction

__all__ = [
    "ANSWERS",
    "ONE_KEY",
    "Answered",
    "Attention",
    "ContactRow",
    "Lifted",
    "Reason",
    "answer",
    "ask_about",
    "attention",
    "attention_counts",
    "contacts",
    "lift_many",
    "said",
    "split_at_bench",
    "to_hold_shelf",
]

ANSWERS = {"short": ("wait", "split", "substitute", "cancel"), "date": ("wait", "cancel")}
"""What a customer can answer, by what was asked about."""

ONE_KEY = frozenset(Hold) - {
    Hold.UNKNOWN_PRODUCT,  # nothing could be verified against
    Hold.ADDRESS_AWAITED,  # there is nothing to write on the waybill
    Hold.CANCEL_REQUESTED,  # to be looked at one by one: cancel it, or send it all the same
    Hold.CHANGED,
    Hold.SERVICE,  # another service has to be chosen
}
"""Holds that a person may lift for many orders at once."""

_IN_WORK = (OrderState.RELEASED, OrderState.PICKED)
_LIVE = (OrderState.RECEIVED, OrderState.READY, *_IN_WORK, OrderState.VERIFIED)


# --- the attention list -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """One hold of an order, with its remedy."""

    hold: str
    detail: str
    """As stored; :func:`said` makes sentences of it."""
    do: str
    """Key of the sentence that says what to do."""
    one_key: bool
    """Whether it can be lifted by one key."""
    at: int
    """Since when it stands, milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One order that needs a person."""

    order: HeldOrder
    reasons: tuple[Reason, ...]
    note: str
    """The customer's remark."""


def attention(
    tx: Transaction, *, shop: str = "", hold: str = "", after: tuple[int, int, int, int] | None = None, limit: int = 100
) -> list[Attention]:
    """Return one page of the orders on hold, in the order of the queue.

    :param hold: only orders with this hold standing.
    :param after: ``order.sort`` of the last row of the page before.
    """
    found = []
    for order in storage.held_orders(tx, shop=shop, hold=hold, after=after, limit=limit):
        reasons = tuple(
            Reason(each.hold, each.detail, f"gate.do.{each.hold}", each.hold in ONE_KEY, each.at)
            for each in order.holds
        )
        found.append(Attention(order, reasons, json.loads(order.content).get("note", "")))
    return found


def attention_counts(tx: Transaction, shop: str = "") -> dict[str, int]:
    """Return how many orders each hold keeps back, the commonest first."""
    return storage.hold_counts(tx, shop)


_DATED = {
    Hold.DATE_AHEAD: "gate.detail.date_ahead",
    Hold.PRE_ORDER: "gate.detail.pre_order",
    Hold.DATE_IMPOSSIBLE: "gate.detail.date_impossible",
}
_WORDED = {
    Hold.NO_STOCK: "gate.detail.no_stock",
    Hold.MERGE_PROPOSED: "gate.detail.merge_proposed",
    Hold.REMARK: "gate.detail.remark",
}
_SPLIT = "gate.detail.split"


def said(hold: str, detail: str, say: Callable[..., str]) -> list[str]:
    """Return what a hold's detail says, as sentences in the language of *say* (:meth:`app.text.Texts.say`)."""
    if faults := read_faults(detail):
        return [say(fault.key, field=say(fault.field_key), **dict(fault.args)) for fault in faults]
    if not detail or hold == Hold.CHANGED:  # a digest is for no reader
        return []
    if hold in _DATED:
        return [say(_DATED[Hold(hold)], day=detail)]
    if hold in _WORDED:
        return [say(_WORDED[Hold(hold)], text=detail)]
    return [say(detail) if detail == _SPLIT else detail]


@dataclass(frozen=True, slots=True)
class Lifted:
    """What lifting a hold of many orders did."""

    done: int
    refused: tuple[str, ...] = ()
    """Numbers of orders of which it did not stand, or that are past it."""


def lift_many(tx: Transaction, station: str, act: str, orders: Sequence[int], hold: str) -> Lifted:
    """Lift one hold of many orders in one act; those whose holds are then empty become ready.

    :raises NotAllowed: this hold must be looked at one by one, or the person may not.
    """
    if hold not in ONE_KEY:
        raise NotAllowed("attention.not_at_once", hold=hold, why=f"hold.{hold}")
    state = acts.begin(tx, station, act)
    if state is None:
        done, refused = acts.result_of(tx, act)
        return Lifted(done, tuple(refused))
    acts.require(state, Right.HOLD)
    lifted: list[int] = []
    passed: list[str] = []
    for order in sorted(set(orders)):
        head = order_life.lock(tx, order)
        if head is None or head.state not in _LIVE or not holds_storage.lift_holds(tx, order, [hold]):
            passed.append(head.number if head else str(order))
            continue
        lifted.append(order)
        if hold in (Hold.SHORT, Hold.DATE_IMPOSSIBLE):
            storage.close_contacts(tx, order, "short" if hold == Hold.SHORT else "date")
        holds_storage.settle(tx, order)
    if hold == Hold.UNPAID:
        mail_queue.paid(tx, act, lifted)
    if hold == Hold.DATE_IMPOSSIBLE:
        gate.rejudge(tx, act, lifted)  # the wished day is void
    acts.end(tx, state, act, "lift", {"hold": hold, "orders": lifted}, result=[len(lifted), passed])
    return Lifted(len(lifted), tuple(passed))


# --- the contact list ---------------------------------------------------------------------------------------------


def contacts(tx: Transaction, about: str = "", limit: int = 200) -> list[ContactRow]:
    """Return the customers who must be asked or who wait, those with the nearest day first.

    :param about: only ``short`` or ``date``.
    """
    return open_contacts(tx, about, limit)


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did."""

    order: int
    answer: str
    new_order: int | None = None
    """Order that waits for the missing goods after *split*."""
    version: int | None = None
    """New version of a released order whose papers changed."""


def answer(
    tx: Transaction,
    station: str,
    act: str,
    contact: int,
    answer: str,
    note: str = "",
    *,
    due: str = "",
    sku: str = "",
    line: int | None = None,
) -> Answered:
    """Keep what the customer answered, and do it.

    - *wait*, goods missing: the order stays on hold until *due* (without it until somebody answers again), then the
      missing pieces are wanted again. *wait*, day impossible: the order goes as soon as it can, or for the agreed day
      *due*.
    - *split*: what is there is sent; the missing pieces become an order of their own, held for stock.
    - *substitute*: the missing pieces are sent as *sku* instead.
    - *cancel*: the order is cancelled as at any time.

    :param note: what was said, for the journal.
    :param line: which missing line is meant by *substitute*, where there are several.
    :raises NotAllowed: the answer does not fit; the order is open at a bench or past it; or the person may not.
    :raises NotFound: no such contact, or no such product.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return Answered(**acts.result_of(tx, act))
    row = storage.contact_of(tx, contact)
    if row is None or row.closed_at is not None:
        raise NotFound("contact.not_open", contact=contact)
    if answer not in ANSWERS[row.about]:
        raise NotAllowed(
            "contact.no_such_answer", number=row.number, answer=answer, known=", ".join(ANSWERS[row.about])
        )
    acts.require(state, Right.CANCEL_ORDER if answer == "cancel" else Right.HOLD)
    head = order_life.lock(tx, row.order)
    if head is None or head.state not in _LIVE:
        raise NotAllowed("contact.too_late", number=row.number)
    if head.holder:
        raise NotAllowed("contact.at_bench", number=row.number, station=head.holder)
    done = _Doing(tx, station, act, row, head.state)
    match answer:
        case "cancel":
            made = done.cancel(note)
        case "split":
            made = done.split()
        case "substitute":
            made = done.substitute(sku, line)
        case _:
            made = done.wait(_day(tx, due))
    result = {"order": made.order, "answer": answer, "new_order": made.new_order, "version": made.version}
    facts = {"contact": contact, "about": row.about, "answer": answer, "note": note, "due": due, "sku": sku}
    acts.end(tx, state, act, "answer", facts, order=row.order, result=result)
    return made


def _day(tx: Transaction, due: str) -> str:
    """Check a day; today and later ones will do, and none at all."""
    if not due:
        return ""
    try:
        day = date.fromisoformat(due)
    except ValueError:
        raise NotAllowed("contact.bad_day", value=due) from None
    if day < local_day(tx.now, gate.zone_of(all_settings(tx)["shop.timezone"])):
        raise NotAllowed("contact.day_past", value=due)
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class _Doing:
    """Carries one answer out within its act."""

    tx: Transaction
    station: str
    act: str
    row: ContactRow
    state: OrderState

    def cancel(self, note: str) -> Answered:
        self._off_the_shelf(to_return=True)
        changes.cancel_within(self.tx, self.station, self.act, self.row.order, note or "pull.cancelled")
        self._close("cancel")
        return Answered(self.row.order, "cancel")

    def wait(self, due: str) -> Answered:
        tx, order = self.tx, self.row.order
        if self.row.about == "short":
            storage.answer_contact(tx, self.row.id, "wait", due, closed=False)
            return Answered(order, "wait")
        if due and due < self.row.detail:
            raise NotAllowed("contact.day_too_early", value=due, earliest=self.row.detail)
        old = changes_storage.known(tx, order)
        assert old is not None
        changes.refuse_partly_gone(tx, old)
        head = storage.head_of(tx, order)
        content = json.loads(head["content"])
        if due:
            content["agreed"] = due
        else:
            content.pop("agreed", None)
        storage.put_content(tx, order, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
        if due:
            holds_storage.clear_holds(tx, order, [str(Hold.DATE_IMPOSSIBLE)])  # a new day, to be judged anew
        else:
            holds_storage.lift_holds(tx, order, [str(Hold.DATE_IMPOSSIBLE)])
        self._close("wait", due)
        version = None
        if self.state in (OrderState.RECEIVED, OrderState.READY):
            holds_storage.settle(tx, order)
            gate.rejudge(tx, self.act, [order])
        else:
            changes_storage.put_head(tx, order, {"wish_date": due})
            version = changes.new_version(tx, self.station, self.act, order, "pull.changed_by_customer")
        return Answered(order, "wait", version=version)

    def split(self) -> Answered:
        tx, order = self.tx, self.row.order
        missing = self._missing()
        head = storage.head_of(tx, order)
        left = head["pieces"] - sum(line.short for line in missing)
        if left <= 0:
            raise NotAllowed("contact.nothing_to_send", number=self.row.number)
        new = self._rest(head, missing)
        version = None
        if self.state is not OrderState.VERIFIED:  # a closed box says on its slip what is missing from it
            self._drop(missing)
            version = self._go_on()
        self._close("split")
        reservation.cover(tx, [new])
        if not any(not hold.lifted for hold in holds_storage.holds_of(tx, new)):
            # The books have stock, the shelf had none: somebody has to look before it is picked again.
            holds_storage.add_hold(tx, new, Hold.BY_HAND, _SPLIT)
            holds_storage.settle(tx, new)
        return Answered(order, "split", new, version)

    def _rest(self, head: dict[str, Any], missing: Sequence[ShortLine]) -> int:
        """Make an order of the missing pieces; no cash is collected with it, the first parcel has done that."""
        tx = self.tx
        (new,) = intake_storage.reserve(tx, 1)
        known = storage.keys_of(tx, head["shop_id"], head["number"])
        place = 2
        while f"{head['ship_to_key']}+{place}" in known:
            place += 1
        content = json.loads(head["content"])
        content |= {"wish": "", "cod_amount": "", "payment": "", "totals": {}, "split_from": self.row.order}
        for name in ("agreed", "cut_off", "sold"):
            content.pop(name, None)
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        values = head | {
            "id": new,
            "ship_to_key": f"{head['ship_to_key']}+{place}",
            "state": str(OrderState.RECEIVED),
            "held": 1,
            "version": 0,
            "received_at": tx.now,
            "holder": "",
            "lease_until": 0,
            "line_count": len(missing),
            "pieces": sum(line.short for line in missing),
            "content": body,
            "digest": f"{head['digest']}+{place}",
            "cod": 0,
        }
        intake_storage.insert_rows(tx, "orders", [tuple(values[name] for name in intake_storage.ORDER_COLUMNS)])
        short = {line.id: line.short for line in missing}
        rows = storage.line_rows(tx, list(short))
        lines = [
            row | {"order_id": new, "position": at, "wanted": line.short, "done": 0, "short": 0, "sold": None}
            for at, (row, line) in enumerate(zip(rows, missing, strict=True), 1)
        ]
        columns = intake_storage.LINE_COLUMNS
        intake_storage.insert_rows(tx, "lines", [tuple(row[name] for name in columns) for row in lines])
        goods = ", ".join(f"{line.sku} ×{line.short}" for line in missing)
        no_wish = (new, str(Hold.DATE_IMPOSSIBLE), "", tx.now, tx.now)  # its day is whenever the goods come
        intake_storage.insert_rows(tx, "holds", [(new, str(Hold.NO_STOCK), goods, tx.now, None), no_wish])
        gate.rejudge(tx, self.act, [new])
        return new

    def _drop(self, missing: Sequence[ShortLine]) -> None:
        """Take the missing pieces out of the order."""
        tx = self.tx
        gone = [line.id for line in missing if line.short == line.wanted]
        changes_storage.drop_shorts(tx, [line.id for line in missing], self.act)
        changes_storage.drop_lines(tx, gone)
        for line in missing:
            if line.id not in gone:
                changes_storage.put_line(tx, line.id, {"wanted": line.wanted - line.short, "short": 0})
        storage.recount(tx, self.row.order)
        reservation.fit(tx, [self.row.order])

    def substitute(self, sku: str, chosen: int | None) -> Answered:
        tx, order = self.tx, self.row.order
        if self.state is OrderState.VERIFIED:
            raise NotAllowed("contact.box_closed", number=self.row.number)
        missing = self._missing()
        meant = [line for line in missing if chosen is None or line.id == chosen]
        if len(meant) != 1:
            listed = ", ".join(f"{line.id}: {line.sku} ×{line.short}" for line in missing)
            raise NotAllowed("contact.which_line", number=self.row.number, known=listed)
        found = products_storage.by_skus(tx, [sku]).get(sku)
        if found is None:
            raise NotFound("contact.no_product", sku=sku)
        (line,) = meant
        product = products_storage.show(tx, found[0])
        assert product is not None
        instead = {"sku": product.sku, "name": product.name, "product_id": product.id}
        changes_storage.drop_shorts(tx, [line.id], self.act)
        if line.short == line.wanted:
            changes_storage.put_line(tx, line.id, instead | {"short": 0, "reserved": 0, "options": "", "sold": None})
        else:
            (row,) = storage.line_rows(tx, [line.id])
            more = {"wanted": line.short, "done": 0, "short": 0, "options": "", "sold": None}
            changes_storage.put_line(tx, line.id, {"wanted": line.wanted - line.short, "short": 0})
            storage.add_line(tx, row | instead | more)
        storage.recount(tx, order)
        reservation.fit(tx, [order])
        version = None
        if len(missing) == 1:
            version = self._go_on()
            self._close("substitute")
        elif self.state in _IN_WORK:
            version = changes.new_version(tx, self.station, self.act, order, "pull.changed_by_customer")
        gate.rejudge(tx, self.act, [order])
        reservation.cover(tx, [order])
        return Answered(order, "substitute", version=version)

    def _missing(self) -> list[ShortLine]:
        missing = storage.short_lines(self.tx, self.row.order)
        if not missing:
            raise NotAllowed("contact.nothing_missing", number=self.row.number)
        return missing

    def _go_on(self) -> int | None:
        """Nothing is missing from the order any more: lift its hold, and give a released one its new papers."""
        tx, order = self.tx, self.row.order
        self._off_the_shelf()
        holds_storage.lift_holds(tx, order, [str(Hold.SHORT)])
        version = None
        if self.state in _IN_WORK:
            version = changes.new_version(tx, self.station, self.act, order, "pull.changed_by_customer")
        holds_storage.settle(tx, order)
        return version

    def _close(self, said: str, due: str = "") -> None:
        storage.answer_contact(self.tx, self.row.id, said, due, closed=True)

    def _off_the_shelf(self, *, to_return: bool = False) -> None:
        hold_shelf.take_off(self.tx, self.act, self.row.id, self.row.order, self.row.shelf, to_return=to_return)


def split_at_bench(tx: Transaction, station: str, act: str, order: int) -> None:
    """Within a packer's act: what is packed goes now, all the rest becomes an order of its own, as after *split*."""
    storage.mark_rest_short(tx, order)
    contact = storage.ask_about(tx, act, order, "short")
    row = storage.contact_of(tx, contact)
    head = order_life.lock(tx, order)
    assert row is not None
    assert head is not None
    _Doing(tx, station, act, row, head.state).split()


# --- the hold shelf -----------------------------------------------------------------------------------------------


def to_hold_shelf(tx: Transaction, station: str, act: str, contact: int, label: str = "") -> int:
    """Put the goods of an order that are there on a labelled hold shelf until the customer has answered.

    Return the pieces; they are no longer on their shelf for anybody else.

    :param label: what stands on the shelf; the ship number (or the shop's number) where none is given.
    :raises NotAllowed: the order is open at a bench or past it, or its goods are on a hold shelf already.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    row = storage.contact_of(tx, contact)
    if row is None or row.closed_at is not None:
        raise NotFound("contact.not_open", contact=contact)
    head = order_life.lock(tx, row.order)
    if head is None or head.state not in _LIVE or head.state is OrderState.VERIFIED:
        raise NotAllowed("contact.too_late", number=row.number)
    if head.holder:
        raise NotAllowed("contact.at_bench", number=row.number, station=head.holder)
    if head.picking:
        raise NotAllowed("contact.being_picked", number=row.number)
    if row.shelf:
        raise NotAllowed("contact.on_shelf", number=row.number, shelf=row.shelf)
    shelf = label.strip() or row.ship_number or row.number
    pieces = hold_shelf.put_on(tx, act, contact, row.order, shelf)
    acts.end(tx, state, act, "shelve", {"contact": contact, "shelf": shelf}, order=row.order, result=pieces)
    return pieces
