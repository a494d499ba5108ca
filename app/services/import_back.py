"""Taking a wrong import back: what it brought goes, what it changed is again what it was, what has happened stays.

An order that nobody released, merged, wrote to the customer about or touched since is exactly as it was before the
import; every other one stays as it is and is named with its reason. What is taken back is a series of acts, one a
chunk; the last one says so on the import's record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.orders import Hold, OrderState
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts, proposals, reservation
from app.services.desk import Desk
from app.storage import carton_plans as carton_plans_storage
from app.storage import holds as holds_storage
from app.storage import import_back as back
from app.storage import imports as storage
from app.storage import intake as intake_storage
from app.storage.database import Transaction
from app.storage.import_back import Standing

__all__ = ["TAKEABLE", "Kept", "TakenBack", "take_back"]

TAKEABLE = ("orders", "stopped", storage.BEGUN)
"""Kinds of imports that can be taken back."""
_CHUNK = 40
"""Orders in one transaction."""
_TOPICS = frozenset({"orders", "bench", "imports"})
_OPEN = (OrderState.RECEIVED, OrderState.READY)


@dataclass(frozen=True, slots=True)
class Kept:
    """An order that stays as it is."""

    order_id: int
    number: str
    key: str
    """Key of why."""
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back came to; numbers of orders."""

    removed: tuple[str, ...]
    restored: tuple[str, ...]
    kept: tuple[Kept, ...]


def take_back(desk: Desk, import_id: int) -> TakenBack:
    """Take an import back; runs on a worker thread. Where it was broken off it may be called again.

    Products that it made stay. The same file can be taken in again afterwards.

    :raises NotFound: there is no such import.
    :raises NotAllowed: it was taken back before, brought no orders, or the person may not.
    """
    found = desk.read(storage.load, import_id).result()
    if found is None:
        raise NotFound("imports.not_found", id=import_id)
    if found.taken_back_at is not None:
        raise NotAllowed("imports.taken_back_before", file=found.file)
    if found.kind not in TAKEABLE:
        raise NotAllowed("imports.brought_no_orders", file=found.file)
    touched = desk.read(storage.orders_of, import_id).result()
    removed: list[str] = []
    restored: list[str] = []
    kept: list[Kept] = []
    for start in range(0, len(touched), _CHUNK):
        part = touched[start : start + _CHUNK]
        arguments = (desk.station, str(uuid4()), import_id, found.act, found.file, part)
        done = desk.chunk(_TOPICS, _chunk, *arguments).result()
        removed += done.removed
        restored += done.restored
        kept += done.kept
    taken = TakenBack(tuple(removed), tuple(restored), tuple(kept))
    desk.chunk(_TOPICS, _close, desk.station, str(uuid4()), import_id, found.file, taken).result()
    if removed or restored:
        proposals.settle_all(desk)
        reservation.reserve_waiting(desk)
    return taken


def _chunk(
    tx: Transaction,
    station: str,
    act: str,
    import_id: int,
    import_act: str,
    file: str,
    part: Sequence[tuple[int, str, str]],
) -> TakenBack:
    state = acts.begin(tx, station, act)
    if state is None:
        removed, restored, kept = acts.result_of(tx, act)
        return TakenBack(tuple(removed), tuple(restored), tuple(Kept(*each) for each in kept))
    acts.require(state, Right.IMPORT)
    ids = [order for order, _, _ in part]
    standing = back.standing(tx, import_act, ids)
    later = storage.later_than(tx, import_id, ids)
    by_hand = back.set_by_hand(tx, ids)
    gone: list[Standing] = []
    again: list[Standing] = []
    stays: list[Kept] = []
    for order, what, before in part:
        there = standing.get(order)
        if there is None:
            continue  # it was taken away before
        if what == "gone":
            if _let_go(tx, order, file):
                again.append(there)
            continue
        why = _why_it_stays(there, what, before, by_hand.get(order, set()))
        if order in later:
            why = "imports.kept.later"
        if why:
            stays.append(Kept(order, there.number, why, {"number": there.number}))
        elif what == "added":
            gone.append(there)
        else:
            _restore(tx, order, before)
            again.append(there)
    removed_ids = [each.id for each in gone]
    back.remove(tx, removed_ids)
    storage.forget_orders(tx, import_id, removed_ids)
    proposals.settle(tx, [each.merge_key for each in (*gone, *again)])
    removed, restored = [each.number for each in gone], [each.number for each in again]
    facts = {"import": import_id, "file": file, "removed": removed, "restored": restored, "kept": len(stays)}
    plain = [[each.order_id, each.number, each.key, dict(each.args)] for each in stays]
    acts.end(tx, state, act, "take_back", facts, result=[removed, restored, plain])
    return TakenBack(tuple(removed), tuple(restored), tuple(stays))


def _why_it_stays(there: Standing, what: str, before: str, by_hand: set[str]) -> str:
    """Return the key of why an order stays as it is; empty where it can be taken back."""
    body = json.loads(before) if before else {}
    if there.released or (what != "added" and not before):
        return "imports.kept.released"
    if there.state not in _OPEN and not (there.state == OrderState.CANCELLED and what in ("added", "cancelled")):
        return "imports.kept.released" if there.state != OrderState.CANCELLED else "imports.kept.touched"
    if there.merged or (body and (body["led"] or body["head"]["lead_id"] is not None)):
        return "imports.kept.merged"
    if there.mailed:
        return "imports.kept.mailed"
    known = {f"{hold['hold']} {hold['lifted_at'] or ''}" for hold in body.get("holds", ())}
    if there.touched or by_hand - known:
        return "imports.kept.touched"
    return "imports.kept.touched" if what == "cancelled" and there.state in _OPEN else ""


def _let_go(tx: Transaction, order: int, file: str) -> bool:
    """Take the hold *gone from the shop* off an order that this file, and no other, set."""
    for row in holds_storage.holds_of(tx, order):
        if row.hold == Hold.GONE_FROM_SHOP and row.detail == file and not row.lifted:
            holds_storage.clear_holds(tx, order, [Hold.GONE_FROM_SHOP])
            holds_storage.settle(tx, order)
            return True
    return False


def _restore(tx: Transaction, order: int, before: str) -> None:
    back.restore(tx, order, before)
    intake_storage.count_held(tx, order)
    carton_plans_storage.forget(tx, order)


def _close(tx: Transaction, station: str, act: str, import_id: int, file: str, taken: TakenBack) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    found = storage.load(tx, import_id)
    if found is None or found.taken_back_at is not None:
        raise NotAllowed("imports.taken_back_before", file=file)
    storage.change(tx, import_id, taken_back_at=tx.now)
    figures = {"removed": len(taken.removed), "restored": len(taken.restored)}
    facts = {"import": import_id, "file": file, **figures, "kept": [each.number for each in taken.kept]}
    acts.end(tx, state, act, "take_back", facts)
