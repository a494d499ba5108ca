"""Proposing merges 同梱: the hold *merge proposed* follows what is true.

It stands on every order of a group that could go in one parcel, and goes when the orders were merged, when a person
declined by lifting it, and when it is no longer true. Nothing here journals: it is part of the act that changed what
is true, or of a chunk of its own after an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from app.domain.merge import groups
from app.domain.orders import Hold
from app.services import acts
from app.services.desk import Desk
from app.services.settings import all_settings, shop_list
from app.storage import holds
from app.storage import merge as storage
from app.storage.database import Transaction

__all__ = ["proposing_shops", "settle", "settle_all", "settle_for"]

_CHUNK = 50
"""Recipients looked at in one transaction."""


def proposing_shops(tx: Transaction) -> frozenset[int]:
    """Return the shops that have merges proposed to them."""
    return frozenset(row.id for row in shop_list(tx) if all_settings(tx, row.id)["merge.propose"] == "on")


def settle(tx: Transaction, keys: Sequence[str]) -> int:
    """Bring the hold *merge proposed* in line for these recipients, within the caller's act; return orders touched."""
    wanted = sorted({key for key in keys if key})
    if not wanted:
        return 0
    candidates = storage.candidates(tx, wanted, proposing_shops(tx))
    by_order = {each.order: each for each in candidates}
    proposed = {order: group for group in groups(candidates) for order in group}
    touched = 0
    for each in candidates:
        group = proposed.get(each.order)
        if group is not None:
            others = ", ".join(by_order[order].number for order in group if order != each.order)
            if each.asked:
                continue
            holds.add_hold(tx, each.order, Hold.MERGE_PROPOSED, others)
        elif each.asked:
            holds.clear_holds(tx, each.order, [Hold.MERGE_PROPOSED])
        else:
            continue
        holds.settle(tx, each.order)
        touched += 1
    return touched


def settle_for(tx: Transaction, order: int) -> int:
    """The same for the recipient of one order."""
    return settle(tx, [storage.key_of(tx, order)])


def settle_all(desk: Desk) -> int:
    """Bring the proposals of every recipient in line, in short chunks; return orders touched.

    Run it after an import, and after settings or dates changed.
    """
    keys: list[str] = desk.read(storage.several).result()
    touched = 0
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        touched += desk.chunk(frozenset({"orders"}), _chunk, desk.station, str(uuid4()), part).result()
    return touched


def _chunk(tx: Transaction, station: str, act: str, keys: Sequence[str]) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    touched = settle(tx, keys)
    acts.end(tx, state, act, "merge", {"proposed": touched}, result=touched)
    return touched
