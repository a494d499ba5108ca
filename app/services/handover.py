"""Hand-over 引渡 and close-out 締め: no parcel leaves that is not checked, not this carrier's, or no longer wanted.

Parcels go by scan of each waybill at the dock, or all of a pickup at once, counted against the driver's figure. An
order is shipped when all its parcels are with the carrier; orders merged into its parcel move with it. In the ledger
the goods go from the parcel to the customer. The close-out says what was left behind and draws the hand-over paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.carriers._choose import carrier as carrier_by_id
from app.domain import barcode
from app.domain.barcode import OrderCode
from app.domain.orders import (
    PARCEL_LIFE,
    WAYBILL_LIFE,
    OrderEvent,
    OrderState,
    ParcelEvent,
    ParcelState,
    WaybillEvent,
    WaybillState,
    next_state,
)
from app.domain.people import Right
from app.domain.shipping import number_of
from app.domain.stock import CUSTOMER, Move, parcel_place
from app.errors import NotAllowed
from app.services import acts, mail_queue
from app.services.answers import sentence
from app.services.settings import all_settings
from app.storage import handover as storage
from app.storage import orders as orders_storage
from app.storage import packing as packing_storage
from app.storage import printing, stations
from app.storage.database import Transaction
from app.storage.handover import Box, DockOrder, DockWaybill, Handover, LeftBehind, handovers_page
from app.storage.printing import NewJob
from app.storage.stations import Entry, StationState
from app.text import Texts

__all__ = [
    "ClosedOut",
    "Counted",
    "Handover",
    "LeftBehind",
    "Lists",
    "ScannedOut",
    "Stale",
    "Waiting",
    "close_out",
    "hand_over",
    "hand_over_counted",
    "hand_over_parcels",
    "handovers_page",
    "lists",
    "said",
    "scan_out",
    "stale",
]

_MINUTE = 60_000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class ScannedOut:
    """What the dock says to one scan."""

    key: str
    """Key of the sentence: ``dock.handed_over`` and ``dock.piece`` are good, the others refuse."""
    level: str
    """``ok`` or ``refused``."""
    args: Mapping[str, Any] = field(default_factory=dict)
    order: int | None = None
    handover: int | None = None
    """Hand-over it was counted in; None for a refusal."""
    carrier: str = ""
    piece: int = 0
    """Pieces of this order that are with the carrier now."""
    pieces: int = 0
    """Pieces of this order in all."""
    counted: int = 0
    """Pieces of the hand-over so far."""
    repeat: bool = False
    """The act had been done before; this is its answer again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A verified order whose parcels are not with the carrier."""

    order: int
    number: str
    """The shop's order number."""
    ship_number: str
    pieces: int
    waybills: tuple[str, ...]
    """Numbers on its parcels."""
    reason: str = ""
    """Why it may not go as it is: ``held``, or why a parcel was closed without its waybill."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A shop whose newest order file is too old to know of the last cancellations."""

    shop: int
    name: str
    at: int
    """When its newest order file was taken in, milliseconds since 1970 UTC."""
    minutes: int
    """Age, counted to the pickup or to now, whichever is earlier."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What has not left with a pickup, and why the figures may differ."""

    waiting: tuple[Waiting, ...] = ()
    """Closed and not handed over; may go."""
    held: tuple[Waiting, ...] = ()
    """Closed, but something holds it: put it aside."""
    unlabelled: tuple[Waiting, ...] = ()
    """Parcels without label: closed without their waybill."""
    labels: tuple[LeftBehind, ...] = ()
    """Labels without parcel: a waybill has its number, its order is not verified."""
    pulls: tuple[LeftBehind, ...] = ()
    """Still on the pull list."""

    @property
    def pieces(self) -> int:
        """Pieces that may go."""
        return sum(each.pieces for each in self.waiting)

    @property
    def empty(self) -> bool:
        """Whether nothing was left behind."""
        return not (self.waiting or self.held or self.unlabelled or self.labels or self.pulls)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a hand-over by count did."""

    agreed: bool
    """Whether the figures agree; if not, nothing was handed over."""
    ours: int
    """Pieces by our count: those scanned out before and those that may go."""
    driver: int
    orders: int
    """Orders that went."""
    handover: int | None
    left: Lists
    """Where a difference may lie; after a hand-over, what stayed."""

    @property
    def key(self) -> str:
        """Key of the sentence."""
        return "handover.counted" if self.agreed else "handover.count_differs"


@dataclass(frozen=True, slots=True)
class ClosedOut:
    """What a close-out found."""

    handover: int
    counted: int
    """Pieces handed over."""
    driver_count: int | None
    left: Lists


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece that may go."""

    box: Box
    waybill: DockWaybill | None
    number: int = 1
    """Pieces that it stands for: several where they have no waybills."""


@dataclass(frozen=True, slots=True)
class _Group:
    """An order with those that were merged into its parcels."""

    lead: DockOrder
    members: tuple[DockOrder, ...]
    """The lead first."""
    boxes: tuple[Box, ...]
    waybills: tuple[DockWaybill, ...]
    """Those that are not void."""

    @property
    def why_not(self) -> str:
        """Key of why it may not be handed over; empty where it may."""
        for member in self.members:
            if next_state(member.state, OrderEvent.HAND_OVER) is None:
                return f"state.{member.state}"
        return "order.held_short" if any(member.held for member in self.members) else ""

    @property
    def wanted(self) -> int:
        """Pieces in all."""
        if self.waybills:
            return len(self.waybills)
        return max(self.lead.pieces, 1) if self._alone else len(self._packed)

    @property
    def _packed(self) -> list[Box]:
        return [box for box in self.boxes if box.state in (ParcelState.CLOSED, ParcelState.HANDED_OVER)]

    @property
    def _alone(self) -> bool:
        """Whether one parcel without any waybill stands for all pieces."""
        return not self.waybills and len(self._packed) == 1

    @property
    def gone(self) -> int:
        """Pieces that are with the carrier."""
        if self.waybills:
            return sum(each.state is WaybillState.HANDED_OVER for each in self.waybills)
        return 0 if any(self.closed) else self.wanted

    @property
    def closed(self) -> list[Box]:
        """Parcels that may be handed over."""
        return [box for box in self.boxes if PARCEL_LIFE.get((box.state, ParcelEvent.HAND_OVER))]

    def on(self, box: Box) -> list[DockWaybill]:
        """Return the waybills on a parcel that may be handed over."""
        return [
            each
            for each in self.waybills
            if each.parcel == box.id and WAYBILL_LIFE.get((each.state, WaybillEvent.HAND_OVER))
        ]

    @property
    def pieces(self) -> list[_Piece]:
        """Pieces that are not with the carrier yet; one without a waybill stands for its parcel.

        Waybills that are on no parcel are pieces without: they stand for the first parcel that is still here.
        """
        found: list[_Piece] = []
        loose = sum(each.state not in (WaybillState.ATTACHED, WaybillState.HANDED_OVER) for each in self.waybills)
        for box in self.closed:
            attached = self.on(box)
            found += [_Piece(box, each) for each in attached]
            if loose or not attached:
                found.append(_Piece(box, None, loose or (self.wanted if self._alone else 1)))
            loose = 0
        return found

    @property
    def unlabelled(self) -> str:
        """Why a parcel has no waybill on it though one was asked for; empty where all have theirs."""
        for piece in self.pieces:
            if piece.waybill is None and (piece.box.unlabelled or self.waybills):
                return piece.box.unlabelled or "waybill"
        return ""


def said(words: Texts, scanned: ScannedOut) -> str:
    """Make the sentence of a scan at the dock."""
    return sentence(words, scanned.key, scanned.args)


# --- loading ------------------------------------------------------------------------------------------------------


def _groups(tx: Transaction, ids: Iterable[int], *, lock: bool) -> list[_Group]:
    """Load orders with everything that goes with them; one that is merged brings its lead and all others of it."""
    heads = storage.load_orders(tx, list(dict.fromkeys(ids)), lock=lock)
    leads = list(dict.fromkeys(head.lead or head.id for head in heads.values()))
    followers = storage.followers_of(tx, leads)
    more = [each for each in (*leads, *followers) if each not in heads]
    heads |= storage.load_orders(tx, more, lock=lock)
    together: dict[int, list[DockOrder]] = {lead: [heads[lead]] for lead in leads if lead in heads}
    for follower, lead in sorted(followers.items()):
        if lead in together and follower in heads:
            together[lead].append(heads[follower])
    known = [member.id for members in together.values() for member in members]
    boxes: dict[int, list[Box]] = {}
    for box in storage.boxes_of(tx, known):
        boxes.setdefault(box.order, []).append(box)
    labels: dict[int, list[DockWaybill]] = {}
    for label in storage.waybills_of(tx, known):
        labels.setdefault(label.order, []).append(label)
    return [
        _Group(
            members[0],
            tuple(members),
            tuple(box for member in members for box in boxes.get(member.id, ())),
            tuple(each for member in members for each in labels.get(member.id, ())),
        )
        for members in together.values()
    ]


def _waiting(group: _Group, reason: str) -> Waiting:
    pieces = group.pieces
    return Waiting(
        group.lead.id,
        group.lead.number,
        group.lead.ship_number,
        sum(piece.number for piece in pieces),
        tuple(piece.waybill.number for piece in pieces if piece.waybill),
        reason,
    )


def _sorted(tx: Transaction, groups: Sequence[_Group], carrier: str, pickup: int) -> Lists:
    waiting, held, unlabelled = [], [], []
    for group in groups:
        if group.why_not:
            held.append(_waiting(group, "held"))
        elif why := group.unlabelled:
            unlabelled.append(_waiting(group, why))
        elif group.pieces:
            waiting.append(_waiting(group, ""))
    labels = storage.labels_without_parcel(tx, carrier, pickup)
    pulls = storage.open_pulls(tx, carrier)
    return Lists(tuple(waiting), tuple(held), tuple(unlabelled), tuple(labels), tuple(pulls))


def lists(tx: Transaction, carrier: str, pickup: int | None = None) -> Lists:
    """Return what would stay behind if the driver left now: for a pickup and those before it, changing nothing.

    :param pickup: milliseconds since 1970 UTC; None (or 0) takes every pickup.
    :raises NotFound: there is no such carrier.
    """
    carrier_by_id(carrier)
    groups = _groups(tx, storage.waiting(tx, carrier, pickup or 0), lock=False)
    return _sorted(tx, groups, carrier, pickup or 0)


def stale(tx: Transaction, shops: Iterable[int], pickup: int | None) -> list[Stale]:
    """Return the shops whose newest order file is older than ``intake.max_age`` at the pickup.

    A shop without any file (its orders came in another way) is not asked for one.
    """
    until = min(pickup, tx.now) if pickup else tx.now
    found = []
    for shop, name, at in storage.last_imports(tx, sorted(shops)):
        most = int(all_settings(tx, shop)["intake.max_age"])
        if most and at is not None and at < until - most * _MINUTE:
            found.append(Stale(shop, name, at, (until - at) // _MINUTE))
    return found


def _demand_fresh(tx: Transaction, state: StationState, shops: Iterable[int], pickup: int, *, stale_ok: bool) -> None:
    old = stale(tx, shops, pickup)
    if old and not stale_ok:
        named = ", ".join(each.name for each in old)
        raise NotAllowed("handover.stale", shops=named, minutes=max(each.minutes for each in old))
    if old:
        acts.require(state, Right.RELEASE)


# --- handing over -------------------------------------------------------------------------------------------------


def _ship(tx: Transaction, act: str, given: int, going: Sequence[tuple[_Group, Sequence[Box]]]) -> None:
    """Move parcels to the carrier: their waybills, their goods, themselves, and orders of which nothing is left."""
    packed = storage.packed_in(tx, [member.id for group, _ in going for member in group.members])
    done: dict[OrderState, list[int]] = {}
    for group, boxes in going:
        for box in boxes:
            place = parcel_place(box.id)
            moves = [Move(product, lot, place, CUSTOMER, number) for product, lot, number in packed.get(box.id, ())]
            packing_storage.book(tx, act, box.order, moves)
        if len(boxes) == len(group.closed):
            for member in group.members:
                after = next_state(member.state, OrderEvent.HAND_OVER)
                assert after is not None
                done.setdefault(after, []).append(member.id)
    storage.set_waybills(tx, [each.id for group, boxes in going for box in boxes for each in group.on(box)])
    storage.set_boxes(tx, [box.id for _, boxes in going for box in boxes], given)
    for after, ids in done.items():
        storage.set_orders(tx, ids, after)
        if after is OrderState.SHIPPED:
            mail_queue.shipped(tx, act, sorted(ids))


def hand_over_parcels(tx: Transaction, act: str, orders: Sequence[int], handover: int) -> int:
    """Hand over everything of orders within a caller's act; return the pieces.

    :raises NotAllowed: one of them may not go; the caller's act ends then.
    """
    groups = _groups(tx, orders, lock=True)
    for group in groups:
        if why := group.why_not:
            wrong = next((each for each in group.members if each.held or f"state.{each.state}" == why), group.lead)
            raise NotAllowed("order.cannot_hand_over", number=wrong.number, why=why)
    pieces = sum(piece.number for group in groups for piece in group.pieces)
    _ship(tx, act, handover, [(group, group.closed) for group in groups])
    return pieces


def hand_over(
    tx: Transaction,
    station: str,
    act: str,
    orders: Sequence[int],
    *,
    unlabelled: bool = False,
    stale_ok: bool = False,
) -> int:
    """Hand over verified orders by name: a person answers for it, their waybills need not be scanned.

    :param unlabelled: parcels that were closed without their waybill go too; by right.
    :param stale_ok: go on though a shop's orders are older than ``intake.max_age``; by right.
    :raises NotAllowed: one of them may not go, or a shop's orders must be imported again; none is handed over then.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.HAND_OVER)
    by_carrier: dict[str, list[int]] = {}
    heads = storage.load_orders(tx, list(dict.fromkeys(orders)), lock=True)
    if len(heads) != len(set(orders)):
        raise NotAllowed("order.cannot_hand_over", number="?", why="state.")
    for order, head in heads.items():
        by_carrier.setdefault(head.carrier, []).append(order)
    groups = _groups(tx, list(heads), lock=True)
    bare = [group.lead for group in groups if group.unlabelled and not group.why_not]
    if bare and not unlabelled:
        raise NotAllowed("dock.unlabelled", number=bare[0].number, ship_number=bare[0].ship_number)
    if bare:
        acts.require(state, Right.WAYBILL_OVERRIDE)
    shops = {member.shop for group in groups if group.lead.carrier for member in group.members}
    _demand_fresh(tx, state, shops, 0, stale_ok=stale_ok)
    for carrier, ids in sorted(by_carrier.items()):
        given = _new(tx, state, act, carrier, None)
        storage.add_counted(tx, given, hand_over_parcels(tx, act, ids, given))
        storage.close(tx, given)
    acts.end(tx, state, act, "handover", {"orders": list(orders)}, result=len(orders))
    return len(orders)


def _new(tx: Transaction, state: StationState, act: str, carrier: str, pickup: int | None) -> int:
    person = state.person.id if state.person else None
    return storage.new_handover(tx, act=act, station=state.name, person=person, carrier=carrier, pickup=pickup)


# --- by scan ------------------------------------------------------------------------------------------------------


def scan_out(
    tx: Transaction,
    station: str,
    act: str,
    text: str,
    *,
    carrier: str = "",
    pickup: int | None = None,
    unlabelled: bool = False,
    stale_ok: bool = False,
) -> ScannedOut:
    """Hand over the piece whose waybill (or whose order's slip) was scanned at the dock.

    :param carrier: whose car stands there; another carrier's parcel is refused. Empty takes any.
    :param pickup: the pickup it is counted in; None takes the one that the order should catch.
    :param unlabelled: let a parcel go that was closed without its waybill; by right.
    :param stale_ok: begin though a shop's orders are older than ``intake.max_age``; by right.
    :raises NotAllowed: the person may not hand over, or a shop's orders must be imported again first.
    """
    state = stations.enter(tx, station, act)
    if state.stored is not None:
        body = json.loads(state.stored.answer).get("result")
        if state.stored.raw != _shown(text) or not isinstance(body, dict):
            raise NotAllowed("act.reused", act=act)
        return ScannedOut(**body, repeat=True)
    acts.require(state, Right.HAND_OVER)
    said, group, piece = _judge(tx, text, carrier, unlabelled=unlabelled)
    if group is not None and piece is not None:
        if unlabelled and piece.waybill is None and group.unlabelled:
            acts.require(state, Right.WAYBILL_OVERRIDE)
        said = _scan_one(tx, state, act, group, piece, pickup, stale_ok=stale_ok)
    _journal(tx, state, act, text, said)
    return said


def _scan_one(
    tx: Transaction,
    state: StationState,
    act: str,
    group: _Group,
    piece: _Piece,
    pickup: int | None,
    *,
    stale_ok: bool,
) -> ScannedOut:
    lead = group.lead
    counted_in = pickup or 0
    if pickup is None and lead.cut_off and not storage.is_closed_out(tx, lead.carrier, lead.cut_off):
        counted_in = lead.cut_off
    standing = storage.open_handover(tx, lead.carrier, counted_in)
    if standing is None:
        if counted_in and storage.is_closed_out(tx, lead.carrier, counted_in):
            return _refused("dock.pickup_closed", group)
        shops = {member.shop for member in group.members}
        waiting = storage.load_orders(tx, storage.waiting(tx, lead.carrier, counted_in), lock=False)
        shops |= {each.shop for each in waiting.values()}
        _demand_fresh(tx, state, shops, counted_in, stale_ok=stale_ok)
        given, before = _new(tx, state, act, lead.carrier, counted_in), 0
    else:
        # What was new enough when the hand-over began may have become too old since; an answered demand stays answered.
        shops = {member.shop for member in group.members}
        shops -= {each.shop for each in stale(tx, shops, standing.at)}
        _demand_fresh(tx, state, shops, counted_in, stale_ok=stale_ok)
        given, before = standing.id, standing.counted
    rest = [each for each in group.pieces if each.box.id == piece.box.id and each != piece]
    if rest and piece.waybill is not None:  # more pieces of the same parcel are still to go
        storage.set_waybills(tx, [piece.waybill.id])
    else:
        _ship(tx, act, given, [(group, [piece.box])])
    storage.add_counted(tx, given, piece.number)
    gone = group.gone + piece.number if group.waybills else group.wanted - _left(group, piece)
    whole = not _left(group, piece)
    args = {"number": lead.number, "ship_number": lead.ship_number, "piece": gone, "pieces": group.wanted}
    return ScannedOut(
        "dock.handed_over" if whole else "dock.piece",
        "ok",
        args | {"counted": before + piece.number},
        order=lead.id,
        handover=given,
        carrier=lead.carrier,
        piece=gone,
        pieces=group.wanted,
        counted=before + piece.number,
    )


def _left(group: _Group, piece: _Piece) -> int:
    """Pieces that are still here once *piece* has gone."""
    return sum(each.number for each in group.pieces) - piece.number


def _refused(key: str, group: _Group | None = None, **more: Any) -> ScannedOut:
    if group is None:
        return ScannedOut(key, "refused", more)
    named = {"number": group.lead.number, "ship_number": group.lead.ship_number}
    return ScannedOut(key, "refused", named | more, order=group.lead.id, carrier=group.lead.carrier)


_Judged = tuple[ScannedOut, _Group | None, _Piece | None]


def _judge(tx: Transaction, text: str, carrier: str, *, unlabelled: bool) -> _Judged:
    """Decide what the scanned text may hand over: a group and its piece, or a refusal."""
    reading = barcode.read(text)
    number = number_of(reading.text) if reading.text else ""
    found = storage.waybills_numbered(tx, number) if number else []
    if found:
        return _judge_waybill(tx, number, found, carrier)
    named = next((kind.ship_number for kind in reading.kinds if isinstance(kind, OrderCode)), None)
    if named is not None and (release := storage.release_of(tx, named.batch, named.sequence)) is not None:
        (group,) = _groups(tx, [release.order], lock=True) or (None,)
        if group is None:
            return _refused("dock.unknown", text=reading.text[:40]), None, None
        version = named.version or release.version
        member = next(each for each in group.members if each.id == release.order)
        if member.state is not OrderState.CANCELLED and (release.taken_back or version < member.version):
            return _refused("dock.old_slip", group), None, None
        return _judge_slip(group, member, carrier, unlabelled=unlabelled)
    ids = orders_storage.find(tx, reading.text) if reading.kinds else []
    if len(ids) > 1:
        return _refused("dock.several", text=reading.text[:40]), None, None
    groups = _groups(tx, ids, lock=True)
    if not groups:
        return _refused("dock.unknown", text=reading.text[:40]), None, None
    member = next(each for each in groups[0].members if each.id == ids[0])
    return _judge_slip(groups[0], member, carrier, unlabelled=unlabelled)


def _judge_waybill(tx: Transaction, number: str, found: Sequence[DockWaybill], carrier: str) -> _Judged:
    live = [each for each in found if each.state is not WaybillState.VOID]
    owners = list(dict.fromkeys(each.order for each in live)) or [found[-1].order]
    if len(owners) > 1:  # a number that the carrier gave out anew: only one of them can be on a box here
        owners = [each.order for each in live if each.state is WaybillState.ATTACHED][:1] or owners[-1:]
    group = next(iter(_groups(tx, owners, lock=True)))
    # Read again under the lock: what was found before may have been changed meanwhile.
    mine = [each for each in group.waybills if each.number == number]
    if wrong := _wrong_order(group, group.lead):
        return wrong, None, None
    if not mine:
        return _refused("dock.old_waybill", group, waybill=number), None, None
    if carrier and mine[0].carrier != carrier:
        return _refused("dock.other_carrier", group, carrier=mine[0].carrier, wanted_carrier=carrier), None, None
    versions = {member.id: member.version for member in group.members}
    mine = [each for each in mine if each.version == versions[each.order] and each.carrier == group.lead.carrier]
    if not mine:
        return _refused("dock.old_waybill", group, waybill=number), None, None
    for piece in group.pieces:
        if piece.waybill is not None and piece.waybill in mine:
            return _refused("", group), group, piece
    if all(each.state is WaybillState.HANDED_OVER for each in mine):
        return _refused("dock.already", group), None, None
    return _refused("dock.not_attached", group, waybill=number), None, None


def _judge_slip(group: _Group, member: DockOrder, carrier: str, *, unlabelled: bool) -> _Judged:
    if wrong := _wrong_order(group, member):
        return wrong, None, None
    if carrier and group.lead.carrier != carrier:
        return _refused("dock.other_carrier", group, carrier=group.lead.carrier, wanted_carrier=carrier), None, None
    pieces = group.pieces
    if not pieces:
        return _refused("dock.already", group), None, None
    if group.unlabelled and not unlabelled:
        return _refused("dock.unlabelled", group), None, None
    bare = [piece for piece in pieces if piece.waybill is None]
    if bare and all(piece.waybill is None or piece.box.id != bare[0].box.id for piece in pieces):
        return _refused("", group), group, bare[0]
    if len(pieces) > 1 or group.wanted > 1:
        return _refused("dock.scan_waybills", group, pieces=group.wanted), None, None
    return _refused("", group), group, pieces[0]


_GONE = (OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED, OrderState.RETURNED)


def _wrong_order(group: _Group, scanned: DockOrder) -> ScannedOut | None:
    """Refuse an order that may not leave, the one that was scanned first."""
    members = (scanned, *(each for each in group.members if each.id != scanned.id))
    for member in members:
        if member.state is OrderState.CANCELLED:
            return _refused("dock.cancelled", group, number=member.number)
    if scanned.state in _GONE:
        return _refused("dock.already", group)
    for member in members:
        if next_state(member.state, OrderEvent.HAND_OVER) is None:
            return _refused("dock.not_closed", group, number=member.number, state=str(member.state))
    for member in members:
        if member.held:
            return _refused("dock.held", group, number=member.number)
    return None


def _journal(tx: Transaction, state: StationState, act: str, text: str, said: ScannedOut) -> None:
    """Keep the scan, a refused one too; what the bench said last at this station stays."""
    body: dict[str, Any] = {name: getattr(said, name) for name in ScannedOut.__slots__ if name != "repeat"}
    answer = json.dumps({"result": body}, ensure_ascii=False, separators=(",", ":"))
    facts = {"handover": said.handover, "piece": said.piece, "pieces": said.pieces} if said.handover else {}
    kept = state.last_key, state.last_level
    entry = Entry(act, "handover", _shown(text), said.key, said.level, answer, json.dumps(facts), said.order)
    stations.append(tx, state, entry)
    state.last_key, state.last_level = kept
    stations.leave(tx, state)


def _shown(text: str) -> str:
    """Return a scanned text as the journal keeps it: control characters visibly."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:200])


# --- by count -----------------------------------------------------------------------------------------------------


def hand_over_counted(
    tx: Transaction,
    station: str,
    act: str,
    carrier: str,
    pickup: int | None,
    driver_count: int,
    *,
    unlabelled: bool = False,
    stale_ok: bool = False,
) -> Counted:
    """Hand over everything that is closed for a carrier's pickup, if it is as much as the driver counted.

    Pieces that were scanned out for this pickup before are part of both figures. A figure that differs hands over
    nothing; the lists say where the difference may lie.

    :param pickup: milliseconds since 1970 UTC; earlier pickups' parcels that are still here go too. None: all.
    :param driver_count: pieces that the driver counted.
    :param unlabelled: parcels that were closed without their waybill go too; by right.
    :param stale_ok: go on though a shop's orders are older than ``intake.max_age``; by right.
    :raises NotAllowed: not by this person, the pickup is closed out, nothing is there, or orders are too old.
    """
    carrier_by_id(carrier)
    until = pickup or 0
    state = acts.begin(tx, station, act)
    if state is None:
        agreed, ours, driver, number, given = acts.result_of(tx, act)
        return Counted(agreed, ours, driver, number, given, lists(tx, carrier, pickup))
    acts.require(state, Right.HAND_OVER)
    if unlabelled:
        acts.require(state, Right.WAYBILL_OVERRIDE)
    groups = _groups(tx, storage.waiting(tx, carrier, until), lock=True)
    left = _sorted(tx, groups, carrier, until)
    standing = storage.open_handover(tx, carrier, until)
    if standing is None and until and storage.is_closed_out(tx, carrier, until):
        raise NotAllowed("handover.closed_out")
    going = [group for group in groups if not group.why_not and group.pieces and (unlabelled or not group.unlabelled)]
    scanned = standing.counted if standing else 0
    if not going and not scanned and not left.unlabelled:
        raise NotAllowed("handover.nothing")
    ours = scanned + sum(piece.number for group in going for piece in group.pieces)
    if ours != driver_count:
        facts = {"carrier": carrier, "pickup": until, "ours": ours, "driver": driver_count}
        acts.end(tx, state, act, "handover", facts, result=[False, ours, driver_count, 0, None])
        return Counted(False, ours, driver_count, 0, None, left)
    shops = {member.shop for group in going for member in group.members}
    _demand_fresh(tx, state, shops, until, stale_ok=stale_ok)
    given = standing.id if standing else _new(tx, state, act, carrier, until)
    _ship(tx, act, given, [(group, group.closed) for group in going])
    storage.add_counted(tx, given, ours - scanned, driver_count)
    number = sum(len(group.members) for group in going)
    orders = [member.id for group in going for member in group.members]
    facts = {"handover": given, "orders": orders, "ours": ours, "driver": driver_count, "unlabelled": unlabelled}
    acts.end(tx, state, act, "handover", facts, result=[True, ours, driver_count, number, given])
    return Counted(True, ours, driver_count, number, given, _without(left, {group.lead.id for group in going}))


def _without(left: Lists, gone: set[int]) -> Lists:
    return replace(
        left,
        waiting=tuple(each for each in left.waiting if each.order not in gone),
        unlabelled=tuple(each for each in left.unlabelled if each.order not in gone),
    )


# --- close-out ----------------------------------------------------------------------------------------------------


def close_out(
    tx: Transaction, station: str, act: str, carrier: str, pickup: int | None, *, stale_ok: bool = False
) -> ClosedOut:
    """Close a carrier's pickup: say what was left behind, and draw the hand-over paper on this station's printer.

    :param pickup: milliseconds since 1970 UTC; None closes what was handed over for no pickup in particular.
    :param stale_ok: close though a shop's orders are older than ``intake.max_age``; by right.
    :raises NotAllowed: it is closed already, there was nothing to hand over, or a shop's orders must be imported again.
    """
    carrier_by_id(carrier)
    until = pickup or 0
    state = acts.begin(tx, station, act)
    if state is None:
        given, counted, driver = acts.result_of(tx, act)
        return ClosedOut(given, counted, driver, lists(tx, carrier, pickup))
    acts.require(state, Right.HAND_OVER)
    standing = storage.open_handover(tx, carrier, until)
    if standing is None and until and storage.is_closed_out(tx, carrier, until):
        raise NotAllowed("handover.closed_out")
    groups = _groups(tx, storage.waiting(tx, carrier, until), lock=False)
    left = _sorted(tx, groups, carrier, until)
    if standing is None and left.empty:
        raise NotAllowed("handover.nothing")
    shops = {member.shop for group in groups for member in group.members}
    if standing is not None:
        shops |= storage.shops_of(tx, standing.id)
    _demand_fresh(tx, state, shops, until, stale_ok=stale_ok)
    given = standing.id if standing else _new(tx, state, act, carrier, until)
    storage.close(tx, given)
    printing.add_jobs(tx, act, station, [NewJob("handover_list", batch=given)])
    counted, driver = (standing.counted, standing.driver_count) if standing else (0, None)
    facts = {
        "handover": given,
        "waiting": [each.order for each in left.waiting],
        "held": [each.order for each in left.held],
        "unlabelled": [each.order for each in left.unlabelled],
        "labels": [each.text for each in left.labels],
        "pulls": [each.text for each in left.pulls],
    }
    acts.end(tx, state, act, "close_out", facts, result=[given, counted, driver])
    return ClosedOut(given, counted, driver, left)
