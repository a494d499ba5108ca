"""Changes in flight: what becomes of a known order when it is cancelled, changed, or gone from its shop.

The table change × state of DESIGN.md, section 6, as acts. Before the release an order is simply replaced. After it
every change makes version *n* + 1: papers and waybills of an older version go on the pull list 抜き取り, goods that are
packed and no longer wanted go to the return shelf, and a box that was closed is parked until the new slip opens it.
What has left the house is not changed any more: it is a return.

Stock, steps and papers of one change are rows of one transaction; the acts of an import are those of its chunks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.carriers._choose import carriers
from app.domain.changes import Change, ChangeKind, Kept, NewLine, Packed, Taken, difference, surplus_of
from app.domain.gate import GATE_HOLDS, read_faults
from app.domain.orders import Address, Hold, IncomingOrder, OrderEvent, OrderState, ShipNumber, WaybillState, next_state
from app.domain.people import Right
from app.domain.rate_choice import taken
from app.domain.shipping import Shipment, Temperature
from app.domain.stock import RETURN_SHELF, Move, parcel_place
from app.errors import NotAllowed, NotFound
from app.services import acts, hold_shelf, inserts, mail_queue, print_rules, proposals, put_back, reservation, waybills
from app.services.follow import follow
from app.services.settings import all_settings
from app.services.waybills import Voided
from app.storage import attention as attention_storage
from app.storage import boxes as boxes_storage
from app.storage import carton_plans as carton_plans_storage
from app.storage import changes as storage
from app.storage import gate as gate_storage
from app.storage import holds, order_life, printing
from app.storage import intake as intake_storage
from app.storage import orders as orders_storage
from app.storage import packing as packing_storage
from app.storage import pulls as pulls_storage
from app.storage import put_back as put_back_storage
from app.storage import rates as rates_storage
from app.storage.changes import KnownOrder
from app.storage.database import Transaction
from app.storage.intake import Existing
from app.storage.orders import OrderRow
from app.storage.pulls import NewPull

__all__ = [
    "Coming",
    "Outcome",
    "Rows",
    "again",
    "cancel",
    "cancel_within",
    "change_service",
    "follow_carton",
    "gone",
    "leave_merge",
    "new_version",
    "refuse_partly_gone",
    "seen_again",
    "service_for",
]

_OPEN = (OrderState.RECEIVED, OrderState.READY)
_IN_WORK = (OrderState.RELEASED, OrderState.PICKED, OrderState.VERIFIED)
_LEFT = (OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED)
_OF_CONTENT = (Hold.UNKNOWN_PRODUCT, Hold.UNPAID, Hold.ADDRESS_AWAITED, Hold.REMARK, Hold.CHANGED, *GATE_HOLDS)
"""Holds that the content of an order itself asks for, and so go with it."""
_ON_PAPER = (WaybillState.EXPORTED, WaybillState.ACCEPTED, WaybillState.NUMBERED, WaybillState.ATTACHED)
"""States in which a waybill may lie printed somewhere."""
_FOLLOWS = (
    *("ordered_at", "rank", "line_count", "pieces", "ship_name", "prefecture", "gift", "content", "digest"),
    *gate_storage.COLUMNS,
)
"""Columns of an order's row that follow its content in every state before the hand-over."""
_OWN_PARCEL = frozenset({ChangeKind.ADDRESS, ChangeKind.SERVICE, ChangeKind.COD, ChangeKind.PARCELS})
"""Kinds of change after which an order can no longer share another one's parcel."""
_BY_SHOP = "pull.changed_in_shop"


@dataclass(frozen=True, slots=True)
class Rows:
    """What intake would write for an order, made only where it is needed."""

    holds: Callable[[], Mapping[Hold, str]]
    """Holds that the content itself asks for, with their details."""
    head: Callable[[Collection[Hold]], dict[str, Any]]
    """Columns of the order's head with these holds standing."""
    lines: Callable[[], list[tuple[Any, ...]]]
    """Rows of its lines, as :data:`app.storage.intake.LINE_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A known order as a file has it now."""

    station: str
    act: str
    """The act that takes the file in; changes are part of it."""
    order: IncomingOrder
    digest: str
    rows: Rows
    dry: bool = False
    """Say what would happen and change nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a known order came to."""

    counted: tuple[str, ...]
    """Names of the import's counts that go up by one."""
    told: tuple[str, ...] = ()
    """Keys of what the report says of it."""
    lines: int = 0
    """Lines that were written anew."""


# --- an order comes again -----------------------------------------------------------------------------------------


def again(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    """Bring a known order in line with what a file says of it now; nothing new in it changes nothing."""
    state = OrderState(there.state)
    if there.digest == coming.digest and not coming.order.cancelled:
        return Outcome(("same", "held") if there.held else ("same",))
    if state is OrderState.VERIFIED and (outcome := _partly_gone(tx, coming, there)) is not None:
        return outcome
    if coming.order.cancelled:
        return _cancel_again(tx, coming, there, state)
    by_hand = state in (*_OPEN, *_IN_WORK) and storage.has_lines_by_hand(tx, there.id)
    if state in _OPEN and not by_hand:
        return _replace(tx, coming, there)
    if state in (*_OPEN, *_IN_WORK):
        return _change(tx, coming, there, by_hand=by_hand)
    if state is OrderState.CANCELLED:
        return Outcome(("same", "flagged"), ("order.was_cancelled",))
    return _too_late(tx, coming, there)


def _cancel_again(tx: Transaction, coming: Coming, there: Existing, state: OrderState) -> Outcome:
    if not coming.dry:
        _cancel_rests(tx, coming, there)
    if state is OrderState.CANCELLED:
        return Outcome(("same",))
    if next_state(state, OrderEvent.CANCEL) is None:
        return Outcome(("same", "flagged"), ("order.cancel_shipped",))
    if not coming.dry:
        cancel_within(tx, coming.station, coming.act, there.id, "pull.cancelled_in_shop")
    if state in _OPEN:
        return Outcome(("cancelled",))
    return Outcome(("cancelled", "flagged"), ("order.cancel_released",))


def _cancel_rests(tx: Transaction, coming: Coming, there: Existing) -> None:
    """Cancel what was split off from an order that its shop cancelled."""
    for rest in storage.rests_of(tx, there.id):
        try:
            cancel_within(tx, coming.station, coming.act, rest, "pull.cancelled_in_shop")
        except NotAllowed:  # a piece of it is with the carrier: the others wait for a person
            holds.add_hold(tx, rest, Hold.CANCEL_REQUESTED)


def _partly_gone(tx: Transaction, coming: Coming, there: Existing) -> Outcome | None:
    """A piece is with the carrier already: what is still here is stopped, and a person decides; None where none is."""
    old = storage.known(tx, there.id)
    assert old is not None
    if not storage.partly_gone(tx, old.lead or old.id):
        return None
    hold, detail = Hold.CANCEL_REQUESTED, ""
    if coming.order.cancelled and not coming.dry:
        _cancel_rests(tx, coming, there)
    if not coming.order.cancelled:
        hold, detail = Hold.CHANGED, coming.digest
        head = coming.rows.head(())
        _freeze(old, head)
        if not _changed(old, head, _new_rows(coming)).material:
            return Outcome(("same",))
    known = {row.hold: row.detail for row in holds.holds_of(tx, there.id)}
    if not coming.dry and known.get(hold) != detail:  # one that a person lifted for this very change stays lifted
        holds.add_hold(tx, there.id, hold, detail)
        holds.settle(tx, there.id)
    return Outcome(("same", "held", "flagged"), ("order.changed_partly_shipped",))


def refuse_partly_gone(tx: Transaction, old: KnownOrder) -> None:
    """Make sure that no piece of an order, or of what shares its parcel, is with the carrier already.

    :raises NotAllowed: one is; what is still here follows it, or all of it is a return.
    """
    if old.state == OrderState.VERIFIED and storage.partly_gone(tx, old.lead or old.id):
        raise NotAllowed("order.partly_shipped", number=old.number)


def _too_late(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    """It has left the house: what matters is said, and nothing is changed."""
    if there.state not in _LEFT:
        return Outcome(("same",))
    old = storage.known(tx, there.id)
    assert old is not None
    head = coming.rows.head(())
    _freeze(old, head)
    if not _changed(old, head, _new_rows(coming)).material:
        return Outcome(("same",))
    return Outcome(("same", "flagged"), ("order.changed_shipped",))


def _replace(tx: Transaction, coming: Coming, there: Existing) -> Outcome:
    """Nothing was printed yet: the order is what the file says now, its reservation goes back."""
    standing = coming.rows.holds()
    outcome = Outcome(("changed", "held") if standing else ("changed",), lines=len(coming.order.lines))
    if coming.dry:
        return outcome
    old = storage.known(tx, there.id)
    assert old is not None
    head = coming.rows.head(standing)
    before = (
        old.merge_key,
        old.contents.carrier,
        old.contents.temperature,
        old.contents.promise,
        bool(old.contents.collect),
    )
    after = (
        head["merge_key"],
        head["carrier"],
        head["temperature"],
        (head["wish_date"], head["slot"]),
        bool(head["cod"]),
    )
    if before != after:
        leave_merge(tx, coming.station, coming.act, old, _BY_SHOP)
    reservation.free(tx, [there.id])
    was_unpaid = Hold.UNPAID not in standing and _stands(tx, there, Hold.UNPAID)
    head["content"] = _kept_agreement(old, head["content"])
    for kept in ("id", "shop_id", "number", "ship_to_key", "version", "received_at", "holder", "lease_until"):
        del head[kept]
    intake_storage.replace_order(tx, there.id, head)
    carton_plans_storage.forget_orders(tx, [there.id])  # its lines are new ones
    intake_storage.insert_rows(tx, "lines", coming.rows.lines())
    rows = [(there.id, str(hold), detail, tx.now, None) for hold, detail in standing.items()]
    intake_storage.insert_rows(tx, "holds", rows)
    intake_storage.count_held(tx, there.id)
    holds.settle(tx, there.id)
    if was_unpaid:
        mail_queue.paid(tx, coming.act, [there.id])
    return outcome


def _stands(tx: Transaction, there: Existing, hold: Hold) -> bool:
    """Whether a hold of a known order stands."""
    return bool(there.held) and any(row.hold == hold and not row.lifted for row in holds.holds_of(tx, there.id))


def _new_rows(coming: Coming) -> list[dict[str, Any]]:
    return [dict(zip(intake_storage.LINE_COLUMNS, row, strict=True)) for row in coming.rows.lines()]


def _changed(old: KnownOrder, head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Change:
    """What the file, and the gate that judged it, change about an order."""
    before = old.contents
    new = storage.contents_of(
        json.loads(head["content"]),
        gift=bool(head["gift"]),
        carrier=head["carrier"],
        service=head["service"],
        temperature=head["temperature"],
        promise=(head.get("wish_date", before.promise[0]), head.get("slot", before.promise[1])),
        collect=head["cod"],
        parcels=before.parcels,
    )
    new_lines = [
        NewLine(row["sku"], row["product_id"], row["wanted"], row["options"], tuple(row[name] for name in storage.SAID))
        for row in rows
    ]
    return difference(before, new, old.lines, new_lines)


def _change(tx: Transaction, coming: Coming, there: Existing, *, by_hand: bool) -> Outcome:
    """It is released: content and lines in place, and where papers or goods are wrong now a new version.

    :param by_hand: a person changed its lines as the customer answered: they stay, and a person looks at them again.
    """
    old = storage.known(tx, there.id)
    assert old is not None
    standing = coming.rows.holds()
    head, rows = coming.rows.head(standing), _new_rows(coming)
    dated = _freeze(old, head)
    change = _changed(old, head, rows)
    if by_hand:
        standing = {**standing, Hold.CHANGED: coming.digest}
        change = Change(change.kinds - {ChangeKind.LINES})
        for name in ("line_count", "pieces"):
            del head[name]
    closed = old.state == OrderState.VERIFIED
    if coming.dry:
        return _said(change, closed, by_hand, held=bool(standing) or there.held, lines=len(rows))
    was_unpaid = Hold.UNPAID not in standing and _stands(tx, there, Hold.UNPAID)
    storage.put_head(tx, old.id, {name: head[name] for name in _FOLLOWS if name in head})
    _put_holds(tx, old, standing, dated=dated, remark_changed=old.contents.note != coming.order.note)
    if change.kinds & {ChangeKind.LINES, ChangeKind.OTHER} and not by_hand:
        _put_lines(tx, coming.act, old, change, rows)
    if change.kinds & _OWN_PARCEL:
        leave_merge(tx, coming.station, coming.act, old, _BY_SHOP)
    if was_unpaid:
        mail_queue.paid(tx, coming.act, [old.id])
    # A remark makes no closed box wrong: it is not opened for it, and keeps the slip that it has.
    if OrderState(old.state) in _IN_WORK and (change.material or (change.kinds and not closed)):
        new_version(tx, coming.station, coming.act, old.id, _BY_SHOP)
    if ChangeKind.LINES in change.kinds:
        reservation.cover(tx, [old.id])
    holds.settle(tx, old.id)
    after = order_life.lock(tx, old.id)
    return _said(change, closed, by_hand, held=bool(after and after.held), lines=len(rows))


def _freeze(old: KnownOrder, head: dict[str, Any]) -> bool:
    """Keep what a released order's own content does not change; return whether its days are judged anew.

    Carrier, service and cash stay while delivery method, payment and amount are the same: settings changed meanwhile
    move no released order. Day, time and pickup stay while wish and carrier are the same: nor does time alone. A day
    agreed upon with the customer stays as long as the wish is the same.
    """
    body, before = json.loads(head["content"]), old.contents
    if (body["delivery"], body["payment"], body["cod_amount"]) == (before.delivery, before.payment, before.cod):
        head |= {"carrier": before.carrier, "service": before.service, "service_by": old.service_by}
        head["cod"] = before.collect
        for name in ("rate", "choice"):  # what was chosen from stays known with what was chosen
            del head[name]
    head["content"] = _kept_agreement(old, head["content"])
    if (body["wish"], body["note"], head["carrier"]) != (before.wish, before.note, before.carrier):
        return True
    for name in ("ship_date", "wish_date", "slot", "cut_off", "queue_at"):
        del head[name]
    return False


def _kept_agreement(old: KnownOrder, content: str) -> str:
    """A day agreed upon with the customer stays agreed while the wish is the same, and so does what a gift says.

    A mail address stays where the file has none now: not every file of a shop has its column.
    """
    body = json.loads(content)
    names = ["email"]
    if body["wish"] == old.content["wish"]:
        names += ["agreed", *([inserts.GIFT] if body["note"] == old.content["note"] else [])]
    kept = {name: old.content[name] for name in names if old.content.get(name) and name not in body}
    return json.dumps(body | kept, ensure_ascii=False, separators=(",", ":")) if kept else content


def _said(change: Change, closed: bool, by_hand: bool, *, held: bool, lines: int) -> Outcome:
    counted = ("changed", "held") if held else ("changed",)
    if by_hand:
        return Outcome((*counted, "flagged"), ("order.changed_by_hand",), lines)
    if not change.kinds:
        return Outcome(counted, lines=lines)
    if closed and not change.material:
        return Outcome((*counted, "flagged"), ("order.changed_words",), lines)
    return Outcome((*counted, "flagged"), ("order.reopened" if closed else "order.changed_released",), lines)


def _put_holds(
    tx: Transaction, old: KnownOrder, standing: Mapping[Hold, str], *, dated: bool, remark_changed: bool
) -> None:
    """Holds that the content asks for come and go with it; those set by a person or by others stay.

    What a person lifted comes back where the content asks for it in other words than before.
    """
    known = {row.hold: row for row in holds.holds_of(tx, old.id)}
    judged = [hold for hold in _OF_CONTENT if dated or hold not in (Hold.DATE_AHEAD, Hold.DATE_IMPOSSIBLE)]
    gone = [hold for hold in judged if hold in known and hold not in standing]
    # The bench asks for another service too: its words are its own, and a person answers them.
    gone = [hold for hold in gone if hold != Hold.SERVICE or read_faults(known[hold].detail)]
    if gone:
        holds.clear_holds(tx, old.id, gone)
    for hold, detail in standing.items():
        row = known.get(hold)
        if hold in _OF_CONTENT and hold not in judged:
            continue
        if row is None or row.detail != detail or (hold is Hold.REMARK and remark_changed):
            holds.add_hold(tx, old.id, hold, detail)


# --- lines and goods ----------------------------------------------------------------------------------------------


def _put_lines(tx: Transaction, act: str, old: KnownOrder, change: Change, rows: Sequence[Mapping[str, Any]]) -> None:
    """Bring the stored lines in line with the file: kept lines keep what is done, surplus comes out of the box."""
    put_back.put_back_pieces(tx, act, old.id, old.lead or old.id, _overpicked(tx, old, change, rows), _BY_SHOP)
    _take_out(tx, act, old.id, surplus_of(storage.packed(tx, old.id), change.lines.surplus), _BY_SHOP)
    gone = [each.id for each in change.lines.removed]
    storage.drop_steps(tx, gone, act)
    storage.drop_lines(tx, gone)
    for kept in change.lines.kept:
        storage.put_line(tx, kept.id, _line_values(kept, rows[kept.new]))
    added = set(change.lines.added)
    new = [row for place, row in enumerate(rows) if place in added]
    intake_storage.insert_rows(tx, "lines", [tuple(row[name] for name in intake_storage.LINE_COLUMNS) for row in new])
    reservation.fit(tx, [old.id])


def _overpicked(tx: Transaction, old: KnownOrder, change: Change, rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return the pieces that were picked and are not wanted any more, by line."""
    wants = {kept.id: rows[kept.new]["wanted"] - kept.short for kept in change.lines.kept}
    picked = put_back_storage.picked_lines(tx, [old.id])
    return {each.id: max(each.picked - wants.get(each.id, 0), 0) for each in picked}


def _line_values(kept: Kept, row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("position", "sku", "name", "product_id", "wanted", "price", "tax_rate", "options", "sold")
    return {name: row[name] for name in names} | {"short": kept.short}


def _take_out(tx: Transaction, act: str, order: int, taken: Sequence[Taken], reason: str) -> None:
    """Goods come out of their boxes: in the ledger onto the return shelf, for a person onto the pull list."""
    if not taken:
        return
    booked: dict[tuple[int, str, int], int] = {}
    listed: dict[tuple[int, str], int] = {}
    for each in taken:
        step = each.step
        listed[step.product, step.lot] = listed.get((step.product, step.lot), 0) + each.quantity
        if step.source:
            key = (step.product, step.lot, step.parcel)
            booked[key] = booked.get(key, 0) + each.quantity
    moves = [
        Move(product, lot, parcel_place(parcel), RETURN_SHELF, pieces)
        for (product, lot, parcel), pieces in sorted(booked.items())
    ]
    packing_storage.book(tx, act, order, moves)
    storage.take_out(tx, taken, act)
    shelves = storage.shelves_of(tx, [product for product, _ in listed])
    pulls_storage.add(
        tx,
        act,
        [
            NewPull(order, "goods", shelves[p][0], reason, quantity=n, product=p, lot=lot, shelf=shelves[p][1])
            for (p, lot), n in listed.items()
        ],
    )


def _whole(steps: Sequence[Packed]) -> tuple[Taken, ...]:
    return tuple(Taken(step, step.quantity) for step in steps)


# --- versions -----------------------------------------------------------------------------------------------------


def new_version(tx: Transaction, station: str, act: str, order: int, reason: str, *, new_slip: bool = True) -> int:
    """Make version *n* + 1 of a released order within the caller's act, and return it.

    The old papers, as far as they may be printed, go on the pull list; new waybills are requested and a new slip is
    printed at *station*. A box that was begun is parked with what is in it, a closed one is opened again, with every
    order that shares it; the bench that has it open lets it go at its next scan.

    :param reason: key of why, for the pull list and the void waybills.
    """
    old = storage.known(tx, order)
    assert old is not None
    assert OrderState(old.state) in _IN_WORK
    settings = all_settings(tx, old.shop)
    voided = waybills.void_for(tx, order, reason)
    _list_papers(tx, act, old, voided, reason)
    version = storage.bump_version(tx, order)
    _stop_bench(tx, act, old.lead or order)
    if voided or settings["waybill.when"] == "release":
        waybills.request_for(tx, order)
    if new_slip:
        new = print_rules.of_new_version(tx, station, order, old.shop, version, settings)
        printing.add_jobs(tx, act, station, new)
    follow(tx, act, order)
    inserts.print_papers(tx, act, station, inserts.renew(tx, [order], act, reason))
    return version


def _list_papers(tx: Transaction, act: str, old: KnownOrder, voided: Sequence[Voided], reason: str) -> None:
    """Put the slip, the address label and the waybills of the version that ends on the pull list."""
    new = []
    if old.batch is not None:
        settings = all_settings(tx, old.shop)
        number = ShipNumber(old.batch, old.sequence or 0)
        slip, label = print_rules.may_be_out(tx, old.id, old.shop, number, settings)
        label = label and old.lead is None  # the parcel's label names its lead only
        code = number.coded(old.version)
        new += [NewPull(old.id, kind, code, reason) for kind, out in (("slip", slip), ("label", label)) if out]
    new += [
        NewPull(old.id, "waybill", each.number or each.key, reason, carrier=each.carrier)
        for each in voided
        if each.state_before in _ON_PAPER
    ]
    pulls_storage.add(tx, act, new)


def _stop_bench(tx: Transaction, act: str, lead: int) -> None:
    """Take a box out of whoever's hands it is in: parked with what is in it, every order that shares it in work."""
    for each in storage.group_of(tx, lead):
        head = order_life.lock(tx, each)
        assert head is not None
        state = next_state(head.state, OrderEvent.REOPEN) or head.state
        begun = any(parcel in ("open", "closed", "parked") for _, parcel in order_life.parcels_of(tx, each))
        if begun:
            boxes_storage.reopen(tx, each)
        storage.park(tx, each, str(state), parked=begun)
        storage.drop_closing_steps(tx, each, act)


def change_service(
    tx: Transaction, station: str, act: str, order: int, carrier: str, service: str, pieces: int | None = None
) -> int:
    """Let an order go by another carrier or service, or in another number of parcels; return its version.

    A released order gets new waybills and a new slip; its box is opened with the new slip. It answers what a bench
    asked for under the hold *service*, which goes.

    :raises NotAllowed: it has left the house or shares another order's parcel, the service does not take it, or the
        person may not.
    :raises NotFound: there is no such service.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    old = storage.known(tx, order)
    if old is None or OrderState(old.state) not in (*_OPEN, *_IN_WORK):
        raise NotAllowed("order.cannot_change", number=old.number if old else "?", state=old.state if old else "")
    if old.lead is not None:
        raise NotAllowed("merge.ask_the_lead", number=old.number)
    parcels = old.contents.parcels if pieces is None else pieces
    version = _take_service(tx, station, act, old, carrier, service, parcels)
    facts = {"carrier": carrier, "service": service, "parcels": parcels, "version": version}
    acts.end(tx, state, act, "service", facts, order=order, result=version)
    return version


def _take_service(
    tx: Transaction, station: str, act: str, old: KnownOrder, carrier: str, service: str, parcels: int
) -> int:
    """Let an order go by a service that takes it, and return its version: a new one where it has papers."""
    refuse_partly_gone(tx, old)
    _check_service(old, carrier, service, parcels)
    rate, choice = taken(rates_storage.choice_of(tx, old.id), carrier, service)
    values: dict[str, Any] = {"carrier": carrier, "service": service, "service_by": "hand", "parcel_count": parcels}
    storage.put_head(tx, old.id, values | {"rate": rate, "choice": choice})
    version = old.version
    if OrderState(old.state) in _IN_WORK:
        version = new_version(tx, station, act, old.id, "pull.service_changed")
    holds.clear_holds(tx, old.id, [Hold.SERVICE])
    holds.settle(tx, old.id)
    return version


def service_for(tx: Transaction, order: int, services: Sequence[str]) -> str:
    """Return the first of *services* (``carrier/service``) that takes the order as it is; empty for none.

    :param services: what its carton may go by.
    """
    old = storage.known(tx, order)
    if old is None:
        return ""
    for name in services:
        carrier, _, service = name.partition("/")
        try:
            refuse_partly_gone(tx, old)
            _check_service(old, carrier, service, old.contents.parcels)
        except (NotAllowed, NotFound):
            continue
        return name
    return ""


def follow_carton(tx: Transaction, station: str, act: str, order: int, service: str) -> int:
    """Within a packer's act: the order goes by the service that its carton needs; return its new version.

    :param service: ``carrier/service``, as :func:`service_for` gave it.
    """
    old = storage.known(tx, order)
    assert old is not None
    carrier, _, chosen = service.partition("/")
    return _take_service(tx, station, act, old, carrier, chosen, old.contents.parcels)


def _check_service(old: KnownOrder, carrier: str, service: str, parcels: int) -> None:
    """Refuse a service that does not exist or does not take this order."""
    offered = {(each.ID, one.id): (each, one) for each in carriers() for one in each.SERVICES}
    module, chosen = offered.get((carrier, service), (None, None))
    name = f"{carrier}/{service}"
    if module is None or chosen is None:
        raise NotFound("service.unknown", service=name, known=", ".join("/".join(each) for each in offered))
    if not 1 <= parcels <= chosen.most_pieces:
        raise NotAllowed("service.too_many_parcels", service=name, parcels=parcels, most=chosen.most_pieces)
    cod = old.contents.collect
    if cod and not (chosen.cash_on_delivery and cod <= chosen.most_cod):
        raise NotAllowed("service.no_cash", service=name, cod=cod)
    if old.contents.temperature not in chosen.temperatures:
        raise NotAllowed("service.not_so_cold", service=name)
    day, slot = old.contents.promise
    if (day and not chosen.dated) or (slot and slot not in chosen.slots):
        raise NotAllowed("service.no_wish", service=name, wish=f"{day} {slot}".strip())
    nobody, someday = Address(), date(2000, 1, 1)
    cold = Temperature(old.contents.temperature)
    tried = Shipment("1-001-1", service, someday, nobody, nobody, "", temperature=cold, cod=cod, pieces=parcels)
    if any(fault.field == "pieces" for fault in module.check(tried, someday)):
        raise NotAllowed("service.too_many_parcels", service=name, parcels=parcels, most=1)


# --- cancel -------------------------------------------------------------------------------------------------------


def cancel(tx: Transaction, station: str, act: str, order: int, reason: str = "") -> OrderRow:
    """Cancel an order: at once, in whatever state it is before the hand-over; a bench is told at its next scan.

    What was packed goes on the return shelf; goods, slip and waybills stay on the pull list until they are scanned out.

    :param reason: a person's words; empty for none.
    :raises NotAllowed: it has left the house, that is a return; or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is not None:
        acts.require(state, Right.CANCEL_ORDER)
        was = cancel_within(tx, station, act, order, reason or "pull.cancelled")
        acts.end(tx, state, act, "cancel", {"was": str(was), "reason": reason}, order=order)
    full = orders_storage.load(tx, order)
    assert full is not None
    return full.row


def cancel_within(tx: Transaction, station: str, act: str, order: int, reason: str) -> OrderState:
    """Cancel an order within the caller's act; return the state it was in.

    :param reason: key or words of why, for the pull list and the void waybills.
    :raises NotAllowed: it has left the house, or a piece of it has.
    """
    old = storage.known(tx, order)
    before = OrderState(old.state) if old else None
    after = next_state(before, OrderEvent.CANCEL) if before else None
    if old is None or before is None or after is None:
        raise NotAllowed("order.cannot_cancel", number=old.number if old else "?", state=str(before or ""))
    refuse_partly_gone(tx, old)
    for contact, shelf in storage.open_contacts(tx, order):
        hold_shelf.take_off(tx, act, contact, order, shelf, to_return=True)
        attention_storage.answer_contact(tx, contact, "cancel", "", closed=True)
    leave_merge(tx, station, act, old, reason)
    jobs = put_back.put_back(tx, act, [order], reason)
    _take_out(tx, act, order, _whole(storage.packed(tx, order)), reason)
    inserts.remove(tx, act, [order], reason)
    storage.drop_steps(tx, [line.id for line in old.lines], act)
    storage.drop_all_steps(tx, order, act)
    storage.empty_parcels(tx, order)
    voided = waybills.void_for(tx, order, reason)
    if before in _IN_WORK:
        _list_papers(tx, act, old, voided, reason)
    reservation.free(tx, [order])
    storage.unpark(tx, order)
    order_life.set_state(tx, order, after)
    mail_queue.cancelled(tx, order)
    put_back.stand_down(tx, jobs)
    if old.merge_key:
        holds.clear_holds(tx, order, [Hold.MERGE_PROPOSED])
        proposals.settle(tx, [old.merge_key])
    return before


def leave_merge(tx: Transaction, station: str, act: str, old: KnownOrder, reason: str) -> list[int]:
    """Let an order leave the parcel that it shares with others, within the caller's act; return the others.

    Its goods come out of the box. Where it led, the next one leads on and has the box. After the release the others get
    a new version: what is in their parcel, and what is collected for it, is not what their papers say.
    """
    lead = old.lead or old.id
    others = [each for each in storage.group_of(tx, lead) if each != old.id]
    if not others:
        return []
    mine = {line.id: line.picked for line in put_back_storage.picked_lines(tx, [old.id])}
    put_back.put_back_pieces(tx, act, old.id, lead, mine, reason)
    _take_out(tx, act, old.id, _whole(storage.packed(tx, old.id)), reason)
    inserts.remove(tx, act, [old.id], reason)
    if old.lead is None:
        lead = others[0]
        for each in others:
            storage.set_lead(tx, each, lead if each != lead else None)
        storage.give_parcels_to(tx, old.id, lead)
        put_back.pass_on(tx, act, old.id, lead)
    else:
        storage.set_lead(tx, old.id, None)
    storage.put_head(tx, old.id, {"picking": 0})  # its goods are on the return shelf: it is packed from the shelf
    if OrderState(old.state) in _IN_WORK:
        for each in others:
            new_version(tx, station, act, each, reason)
        follow(tx, act, old.id)
        inserts.print_papers(tx, act, station, inserts.renew(tx, [old.id], act))
    return others


# --- gone from the shop's list ------------------------------------------------------------------------------------


def gone(tx: Transaction, station: str, act: str, orders: Sequence[int], file: str) -> list[tuple[str, str]]:
    """Hold the orders that a complete file of their shop does not have any more: stop and ask.

    One that a person let go in spite of it stays free until the shop's list has had it again.

    :returns: number and key of what the report says, for each that is held now.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return [(number, key) for number, key in acts.result_of(tx, act)]
    said = []
    held = []
    for order in orders:
        head = order_life.lock(tx, order)
        if head is None or head.state not in (*_OPEN, *_IN_WORK):
            continue
        if any(row.hold == Hold.GONE_FROM_SHOP for row in holds.holds_of(tx, order)):
            continue
        holds.add_hold(tx, order, Hold.GONE_FROM_SHOP, file)
        holds.settle(tx, order)
        held.append(order)
        said.append((head.number, "order.gone" if head.state in _OPEN else "order.gone_released"))
    acts.end(tx, state, act, "gone", {"file": file, "orders": held}, result=said)
    return said


def seen_again(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> int:
    """Take the hold *gone from the shop* off orders that the shop's list has again; return how many had it."""
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    for order in orders:
        order_life.lock(tx, order)
        holds.clear_holds(tx, order, [Hold.GONE_FROM_SHOP])
        holds.settle(tx, order)
    acts.end(tx, state, act, "gone", {"seen_again": list(orders)}, result=len(orders))
    return len(orders)
