"""Counting a shelf 棚卸 that a picker found otherwise than the books: the books follow what is there."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.people import Right
from app.domain.stock import ADJUSTMENT, Move, shelf_place
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.storage import counts as storage
from app.storage import packing as packing_storage
from app.storage.counts import CountRow, open_counts
from app.storage.database import Transaction

__all__ = ["CountRow", "Counted", "counted", "open_counts"]

MOST = 1_000_000
"""Most pieces of one shelf."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to."""

    shelf: str
    before: int
    """Pieces by the books until now."""
    now: int


def counted(tx: Transaction, station: str, act: str, count: int, pieces: int, lot: str = "") -> Counted:
    """Say how many pieces lie on the shelf; the difference is booked as a correction.

    :param lot: the lot that was counted, where several lie there: *pieces* are those of this lot then.
    :raises NotFound: there is no such task.
    :raises NotAllowed: it is done already, the number makes no sense, several lots lie there and none was named, or
        the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return Counted(*acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    row = storage.lock(tx, count)
    if row is None:
        raise NotFound("count.not_found", number=count)
    product, shelf, done = row
    if done:
        raise NotAllowed("count.done_already", number=count)
    if not 0 <= pieces <= MOST:
        raise NotAllowed("count.bad_number", pieces=pieces, most=MOST)
    there = storage.lots_there(tx, product, shelf)
    if not lot and len(there) > 1:
        raise NotAllowed("count.which_lot", shelf=shelf, lots=", ".join(each or "—" for each in sorted(there)))
    chosen = lot or next(iter(there), "")
    before = there.get(chosen, 0)
    if pieces != before:
        here = shelf_place(shelf)
        ends = (ADJUSTMENT, here) if pieces > before else (here, ADJUSTMENT)
        packing_storage.book(tx, act, None, [Move(product, chosen, *ends, abs(pieces - before))])
    storage.mark_done(tx, count, pieces)
    facts = {"count": count, "product": product, "shelf": shelf, "lot": chosen, "before": before, "now": pieces}
    acts.end(tx, state, act, "count", facts, result=[shelf, before, pieces])
    return Counted(shelf, before, pieces)
