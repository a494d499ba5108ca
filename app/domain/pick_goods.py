"""Goods at the shelf and at the wall: what a picker takes, and the tote or slot that it goes into."""

from __future__ import annotations

from dataclasses import replace

from app.domain import lots
from app.domain.gtin import printable
from app.domain.jobs import (
    AtShelf,
    Hand,
    InHand,
    Job,
    Pick,
    PickAsked,
    Picker,
    PickFact,
    PickQuestion,
    PickQuestionKind,
    PickSeen,
    Place,
    WalkRules,
    fold,
)
from app.domain.modes import PickStep, Stage
from app.domain.outcome import Outcome, info, question, refused
from app.domain.pick_asking import in_hand, next_pick, stop_of
from app.domain.pick_jobs import other_job
from app.domain.pick_outcome import (
    about,
    all_done,
    job_of,
    missing,
    of_known,
    place_args,
    put_of,
    spread,
    then,
    then_ask,
)
from app.domain.pick_seen import label_of, one_product, skus_of
from app.domain.products import KnownCode, LotPolicy

__all__ = [
    "confirm",
    "into_place",
    "item",
    "keyed",
    "list_done",
    "listed",
    "more_in_hand",
    "put_first",
    "quantity_ask",
    "shelf",
]


def shelf(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """A shelf's label: the one that is wanted, or another one of this walk."""
    job = job_of(picker)
    shelf = label_of(seen.seen.reading)
    pick = next_pick(job)
    assert pick is not None
    if shelf != pick.shelf:
        later = [each for each in job.picks if each.shelf == shelf and each.left > 0]
        key = "shelf.comes_later" if later else "shelf.wrong"
        return refused(key, code=shelf, wanted_shelf=pick.shelf)
    at = AtShelf(shelf)
    if job.rules.scan == "shelf":
        return _confirmed(picker, at)
    if job.shelf == shelf:
        return info("shelf.already", **about(pick))
    quantity = sum(each.left for each in stop_of(job, pick))
    return then(picker, "shelf.ok", at, **about(pick), left=quantity)


def confirm(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-DONE`` where the shop asks for no scan of goods."""
    return _confirmed(picker)


def _confirmed(picker: Picker, *before: PickFact) -> Outcome[PickFact]:
    """Everything of this stop was taken."""
    job = job_of(picker)
    pick = next_pick(job)
    assert pick is not None
    if PickStep.PLACE in job.steps:
        hand = InHand(Hand(pick.id, pick.left, pick.sku, pick.lot, pick.expiry, pick.shelf))
        return then(picker, "hand.taken", *before, hand, **place_args(job, pick), **about(pick), held=pick.left)
    stop = stop_of(job, pick)
    facts = (*before, *(put_of(job, each, each.left, each.sku, each.lot) for each in stop))
    return then(picker, "pick.ok", *facts, **about(pick), quantity=sum(each.left for each in stop))


def item(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Goods at a shelf, or at the wall: the pick that wants them, if one does."""
    job = job_of(picker)
    known = one_product(seen)
    if known is None:
        return refused("code.ambiguous", code=seen.seen.reading.text[:80], skus=skus_of(seen))
    pick = _pick_for(picker, known, seen)
    if pick is None:
        return _wrong(picker, known)
    here = stop_of(job, pick)
    left = sum(each.left for each in here)
    quantity = _quantity(job, known, left)
    if quantity > left:
        return refused("item.too_many", **of_known(known), quantity=quantity, left=left)
    lot = _lot(pick, known, seen, rules)
    if isinstance(lot, Outcome):
        return lot
    code = seen.seen.reading.text
    if PickStep.PLACE in job.steps:
        hand = Hand(pick.id, quantity, code, *lot, pick.shelf)
        return then(
            picker, "hand.taken", InHand(hand), **place_args(job, pick), **of_known(known), held=quantity, left=left
        )
    return then(picker, "pick.ok", *spread(job, here, quantity, code, lot[0]), **of_known(known), quantity=quantity,
                 left=left - quantity, **_emptied(seen, quantity))  # fmt: skip


def _emptied(seen: PickSeen, quantity: int) -> dict[str, object]:
    return {} if seen.on_shelf is None else {"on_shelf": seen.on_shelf - quantity}


def _quantity(job: Job, known: KnownCode, left: int) -> int:
    """Pieces that a scan counts: one, a case, or all that is wanted where one scan a line is enough."""
    if job.rules.scan == "line" and known.quantity == 1 and not known.handling.each_piece:
        return left
    return known.quantity


def _pick_for(picker: Picker, known: KnownCode, seen: PickSeen) -> Pick | None:
    """Return the pick that these goods are for.

    At the wall any order that still wants them: one that has most already, so that it is complete soon. At a shelf the
    next pick, or another one of this very shelf.
    """
    job = job_of(picker)
    wanting = [each for each in job.picks if each.product == known.product and each.left > 0]
    if not wanting:
        return None
    if job.stage is Stage.SORT:
        rest: dict[int, int] = {}
        for each in job.picks:
            rest[each.order] = rest.get(each.order, 0) + each.left
        fitting = [each for each in wanting if each.left >= known.quantity] or wanting
        return min(fitting, key=lambda each: (not each.done, rest[each.order], each.slot, each.id))
    following = next_pick(job)
    assert following is not None
    here = [each for each in wanting if each.shelf == following.shelf]
    given = lots.details_of(seen.seen.reading, known.handling, seen.seen.lots)
    lot = lots.ledger_lot(known.handling, given)
    same = [each for each in here if lot and each.lot == lot]
    return min(same or here, key=lambda each: (each.skipped, each.position, each.slot, each.id), default=None)


def _wrong(picker: Picker, known: KnownCode) -> Outcome[PickFact]:
    """Goods that are not wanted here."""
    job = job_of(picker)
    following = in_hand(job) or next_pick(job)
    args = of_known(known)
    if following is not None:
        args |= {"wanted_name": following.name, "wanted_sku": following.sku, "wanted_code": printable(following.code)}
        args |= {"wanted_shelf": following.shelf}
    of_kind = [each for each in job.picks if each.product == known.product]
    if any(each.left > 0 for each in of_kind):
        return refused("item.other_shelf", **args, other=next(each.shelf for each in of_kind if each.left > 0))
    if of_kind:
        return refused("item.complete_job", **args, quantity=sum(each.done for each in of_kind))
    return refused("item.wrong_pick", **args)


def _lot(pick: Pick, known: KnownCode, seen: PickSeen, rules: WalkRules) -> tuple[str, str] | Outcome[PickFact]:
    """Return lot and expiry of the goods in hand, or the refusal.

    What the code does not say is what the plan takes from this shelf: it stands on the screen, and the bench asks for
    it again.
    """
    policy = known.handling.lot_policy
    if policy in (LotPolicy.NONE, LotPolicy.SERIAL):
        return "", ""
    details = lots.filled(lots.details_of(seen.seen.reading, known.handling, seen.seen.lots), known.handling, seen.seen)
    lot = lots.ledger_lot(known.handling, details)
    if not lot:
        return pick.lot, pick.expiry
    about = {**of_known(known), "lot": lot, "expiry": details.expiry}
    stored = lots.known_lot(seen.seen, known.handling, details)
    if stored is not None and stored.recalled:
        return refused("lot.recalled", **about, why=stored.reason)
    left = lots.days_left(details.expiry, rules.today)
    if left is not None and left < 0:
        return refused("lot.expired", **about, days=-left)
    if pick.lot and lot != pick.lot and pick.expiry and details.expiry > pick.expiry and rules.lot_order == "refuse":
        return refused("lot.not_first", **about, first=pick.expiry, first_lot=pick.lot)
    return lot, details.expiry


def more_in_hand(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Another piece of the same goods before they are put; anything else has to wait."""
    job = job_of(picker)
    held, hand = in_hand(job), job.hand
    assert held is not None
    assert hand is not None
    known = one_product(seen)
    if known is None or known.product != held.product or hand.shelf != held.shelf:
        args = of_known(known) if known else {"code": seen.seen.reading.text[:80]}
        return refused("hand.put_first", **args, **place_args(job, held), held=hand.quantity, held_name=held.name)
    quantity = hand.quantity + _quantity(job, known, held.left - hand.quantity or held.left)
    if quantity > held.left:
        return refused("hand.enough", **of_known(known), **place_args(job, held), held=hand.quantity)
    lot = _lot(held, known, seen, rules)
    if isinstance(lot, Outcome):
        return lot
    if lot[0] != hand.lot:
        return refused("hand.other_lot", **of_known(known), **place_args(job, held), lot=lot[0], held_lot=hand.lot)
    more = InHand(replace(hand, quantity=quantity))
    return then(picker, "hand.taken", more, **of_known(known), **place_args(job, held), held=quantity, left=held.left)


def into_place(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The tote or wall slot: everything in hand goes in there."""
    job = job_of(picker)
    held, hand = in_hand(job), job.hand
    assert held is not None
    assert hand is not None
    code = label_of(seen.seen.reading)
    place = job.place_of(held)
    if place is None or code != place.code:
        return _wrong_place(job, held, place, code, seen)
    put = put_of(job, held, hand.quantity, hand.code, hand.lot, place.code, hand.shelf)
    after = fold(picker, (put,), "").job
    assert after is not None
    rest = sum(each.left for each in after.picks if each.order == held.order)
    key = "put.order_complete" if rest == 0 else "put.ok"
    emptied = _emptied(seen, hand.quantity)
    if (
        rules.empty_check
        and emptied.get("on_shelf") == 0
        and job.stage is Stage.PICK
        and not all_done(fold(picker, (put,), ""))
    ):
        asked = PickAsked(PickQuestion(PickQuestionKind.EMPTY, pick=held.id, shelf=held.shelf))
        return then_ask(picker, "shelf.empty_ask", put, asked, **about(held),
                     **place_args(job, held), quantity=hand.quantity)  # fmt: skip
    return then(picker, key, put, **about(held), **place_args(job, held), quantity=hand.quantity, rest=rest)


def _wrong_place(job: Job, held: Pick, place: Place | None, code: str, seen: PickSeen) -> Outcome[PickFact]:
    args = {**place_args(job, held), "code": code, "name": held.name}
    other = next((each for each in job.places if code in each.codes), None)
    if place is not None and other is place:
        return refused("place.full_one", **args)
    if other is not None:
        return refused("place.wrong", **args, other=other.number, other_ship=other.ship_number)
    return refused("place.foreign", **args)


def put_first(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """Something else while goods are in hand."""
    job = job_of(picker)
    held, hand = in_hand(job), job.hand
    assert held is not None
    assert hand is not None
    return refused("hand.put_first", code=seen.seen.reading.text[:80], **place_args(job, held), held=hand.quantity,
                   held_name=held.name)  # fmt: skip


def quantity_ask(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-QUANTITY`` straight after a piece: how many of it were taken in all?"""
    job = job_of(picker)
    hand, held = job.hand, in_hand(job)
    pick = held or next_pick(job)
    known = one_product(seen)
    if pick is None or known is None or known.product != pick.product:
        return refused("quantity.scan_first")
    if not known.handling.keyed or known.handling.each_piece:
        return refused("quantity.not_this", **of_known(known))
    if not rules.keyed:
        return refused("quantity.leader_needed", **of_known(known))
    asked = PickAsked(PickQuestion(PickQuestionKind.QUANTITY, pick=pick.id))
    done = hand.quantity if hand else 0
    return question("quantity.ask_pick", asked, **of_known(known), held=done, left=missing(job, pick) + done)


def keyed(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The number of pieces, those in hand counted."""
    job, asked = job_of(picker), picker.question
    assert asked is not None
    pick = next(each for each in job.picks if each.id == asked.pick)
    number, here = int(seen.seen.reading.text), stop_of(job, pick)
    most = sum(each.left for each in here)
    if number > most:
        return refused("quantity.too_many", **about(pick), number=number, most=most)
    hand = job.hand
    if number < max(1, hand.quantity if hand else 1):
        return refused("quantity.too_few", **about(pick), number=number, line_done=hand.quantity if hand else 0)
    if hand is not None:
        more = InHand(replace(hand, quantity=number))
        return then(picker, "hand.taken", more, **about(pick), **place_args(job, pick), held=number, left=most)
    put = spread(job, here, number, picker.last_code or pick.sku, pick.lot)
    return then(picker, "pick.ok", *put, **about(pick), quantity=number, left=most - number)


def listed(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """The list's own code again: everything on it that is not short was picked."""
    job = job_of(picker)
    if label_of(seen.seen.reading) != job.number:
        return other_job(picker, seen, rules)
    return list_done(picker, seen, rules)


def list_done(picker: Picker, seen: PickSeen, rules: WalkRules) -> Outcome[PickFact]:
    """``KP-DONE`` on a printed list says the same as its code again."""
    job = job_of(picker)
    put = tuple(put_of(job, each, each.left, each.sku, each.lot) for each in job.picks if each.left > 0)
    return then(picker, "pick.listed", *put, quantity=sum(each.quantity for each in put))
