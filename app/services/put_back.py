"""Putting back 棚戻し: goods that were picked for orders which are not picked any more go back to their shelves.

In the ledger they go onto the return shelf at once, wherever they are: in a tote, in a slot of the wall, or on the cart
of a total pick. A person puts each on its shelf and scans it out of the pull list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.stock import RETURN_SHELF, Move, picked_place
from app.storage import packing as packing_storage
from app.storage import picked as picked_storage
from app.storage import pulls as pulls_storage
from app.storage import put_back as storage
from app.storage.database import Transaction
from app.storage.pulls import NewPull
from app.storage.put_back import LineStep

__all__ = ["pass_on", "put_back", "put_back_pieces", "stand_down"]


def put_back(tx: Transaction, act: str, orders: Sequence[int], reason: str) -> list[int]:
    """Take back what was picked for locked *orders*, within the caller's act; return the jobs that they were in.

    What is in a parcel stays there. Once their state has changed, :func:`stand_down` ends the jobs that have nothing
    left to do.

    :param reason: key of why, for the pull list.
    """
    if not orders:
        return []
    jobs = storage.jobs_of(tx, orders)
    steps = storage.put_steps(tx, orders)
    lying: dict[tuple[int, str, int, str], int] = {}
    for step in steps:
        for place, sign in ((step.source, -1), (step.target, 1)):
            if place.startswith(("picked:", "bulk:")):
                key = (step.order, place, step.product, step.lot)
                lying[key] = lying.get(key, 0) + sign * step.quantity
    packed = storage.packed_from(tx, [place for _, place, _, _ in lying])
    instead = storage.packed_instead(tx, orders)
    for (order, place, product, lot), pieces in sorted(lying.items()):
        there = pieces - packed.get((place, product, lot), 0)
        if place.startswith("picked:"):  # of another lot than the books say: it is in the parcel
            other = min(max(there, 0), instead.get((order, product), 0))
            instead[order, product] = instead.get((order, product), 0) - other
            there -= other
        lying[order, place, product, lot] = there
    of_product = {step.product: (step.sku, step.shelf) for step in steps}
    booked = storage.balances_at(tx, [place for _, place, _, _ in lying])
    listed: dict[tuple[int, int, str], int] = {}
    for (order, place, product, lot), pieces in sorted(lying.items()):
        if pieces <= 0:
            continue
        listed[order, product, lot] = listed.get((order, product, lot), 0) + pieces
        # Where stock is not tracked there is nothing in the books, and still goods in a tote.
        moved = min(pieces, booked.get((place, product, lot), 0))
        if moved:
            booked[place, product, lot] -= moved
            packing_storage.book(tx, act, order, [Move(product, lot, place, RETURN_SHELF, moved)])
    pulls_storage.add(
        tx,
        act,
        [
            NewPull(order, "goods", sku, reason, quantity=pieces, product=product, lot=lot, shelf=shelf)
            for (order, product, lot), pieces in listed.items()
            for sku, shelf in [of_product[product]]
        ],
    )
    for order, left in storage.still_picked(tx, orders).items():
        packing_storage.book(tx, act, order, picked_storage.returns(tx, order, left))
    storage.forget(tx, orders, act)
    return jobs


def put_back_pieces(
    tx: Transaction,
    act: str,
    order: int,
    lead: int,
    pieces: Mapping[int, int],
    reason: str,
    target: str = RETURN_SHELF,
) -> dict[int, int]:
    """Take back some pieces that were picked, within the caller's act: the order goes on and wants fewer.

    Called before what is in a parcel is taken out: pieces that are packed are not picked any more, and stay where they
    are. Return the pieces by line that were in a tote, in a slot or on the cart.

    :param order: whose lines they are.
    :param lead: the order for whose parcel they were picked; itself where it shares none.
    :param pieces: by line, at most those picked.
    :param reason: key of why, for the pull list; goods that go elsewhere than to the return shelf are not on it.
    """
    wanted = {line: number for line, number in pieces.items() if number > 0}
    if not wanted:
        return {}
    steps = storage.line_steps(tx, sorted(wanted))
    done = storage.done_of(tx, sorted(wanted))
    place = picked_place(lead)
    booked = storage.balances_at(tx, [place, *(step.target for step in steps)])
    # Those of a lot that still lies there first: what is in the parcel is of another then.
    steps.sort(key=lambda step: booked.get((place, step.product, step.lot), 0) <= 0)
    taken: Counter[LineStep] = Counter()
    out: list[tuple[LineStep, str, int]] = []
    for line, number in wanted.items():
        out += _take(taken, [step for step in steps if step.line == line], number, done[line], place)
    storage.unput(tx, act, list(taken.items()))
    _book_out(tx, act, order, out, booked, reason, target)
    moved: Counter[int] = Counter()
    for step, _, quantity in out:
        moved[step.line] += quantity
    return dict(moved)


def _take(
    taken: Counter[LineStep], mine: Sequence[LineStep], number: int, done: int, place: str
) -> list[tuple[LineStep, str, int]]:
    """Say which steps of one line *number* pieces are taken back of, and where those of them are that are not packed:
    first what nobody has parted yet, then what lies in a tote, last what is in the parcel.
    """
    walked, parted = [each for each in mine if not each.sorting], [each for each in mine if each.sorting]
    in_bulk = [each for each in walked if each.target.startswith("bulk:")]
    on_cart = max(sum(each.quantity for each in in_bulk) - sum(each.quantity for each in parted), 0)
    in_totes = max(sum(each.quantity for each in walked) - on_cart - done, 0)
    out = []
    from_cart = min(number, on_cart)
    for step, pieces in _some(taken, in_bulk, from_cart):
        out.append((step, step.target, pieces))
    for step, pieces in _some(taken, walked, number - from_cart):
        lying = min(pieces, in_totes)
        in_totes -= lying
        if lying:
            out.append((step, place, lying))
    _some(taken, parted, number - from_cart)
    return out


def _some(taken: Counter[LineStep], steps: Sequence[LineStep], number: int) -> list[tuple[LineStep, int]]:
    """Take so many pieces of steps that are not taken yet."""
    found = []
    for step in steps:
        pieces = min(number, step.quantity - taken[step])
        if pieces > 0:
            taken[step] += pieces
            number -= pieces
            found.append((step, pieces))
    return found


def _book_out(
    tx: Transaction,
    act: str,
    order: int,
    out: Sequence[tuple[LineStep, str, int]],
    booked: dict[tuple[str, int, str], int],
    reason: str,
    target: str,
) -> None:
    """Move goods that were put somewhere to *target*; those for the return shelf go on the pull list."""
    moves: list[Move] = []
    listed: Counter[tuple[int, str, str, str]] = Counter()
    for step, place, pieces in out:
        listed[step.product, step.sku, step.lot, step.shelf] += pieces
        # Where stock is not tracked there is nothing in the books, and still goods in a tote.
        number = min(pieces, booked.get((place, step.product, step.lot), 0))
        if number:
            booked[place, step.product, step.lot] -= number
            moves.append(Move(step.product, step.lot, place, target, number))
    packing_storage.book(tx, act, order, moves)
    if target == RETURN_SHELF:
        rows = [
            NewPull(order, "goods", sku, reason, quantity=pieces, product=product, lot=lot, shelf=shelf)
            for (product, sku, lot, shelf), pieces in listed.items()
        ]
        pulls_storage.add(tx, act, rows)


def pass_on(tx: Transaction, act: str, order: int, to: int) -> None:
    """Let another order lead what was picked for orders that are packed together, within the caller's act."""
    place = picked_place(order)
    moves = [
        Move(product, lot, place, picked_place(to), pieces)
        for (_, product, lot), pieces in storage.balances_at(tx, [place]).items()
    ]
    packing_storage.book(tx, act, to, moves)
    storage.hand_on(tx, order, to)


stand_down = storage.stand_down
