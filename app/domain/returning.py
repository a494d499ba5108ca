"""The core of returns 返品: what one scan means where goods come back.

:data:`ANSWERS` says which function answers what is asked to what was scanned; a missing entry is the refusal. Laws
(tests/domain/test_returns_laws.py): a refusal changes nothing; never more than was in the parcel, never other goods;
what may not be sold never goes back to its shelf; undo restores; every return can be closed, set aside or given up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.domain import lots
from app.domain.barcode import Gs1, Gtin, ShelfCode
from app.domain.bench import Details
from app.domain.facts import Allowed
from app.domain.gtin import printable
from app.domain.orders import OrderState
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import RIGHTS, Person, Right
from app.domain.return_asking import (
    REASON_CODES,
    SHOWN,
    ReturnAskKind,
    ReturnSeenKind,
    ask,
    kind_of,
    laid,
    meant,
    options_of,
    whole_of,
)
from app.domain.returns import (
    BackHand,
    Grade,
    PieceBack,
    Receiver,
    ReturnAsked,
    ReturnClosed,
    ReturnDismissed,
    ReturnEmptied,
    ReturnFact,
    ReturnOpened,
    ReturnOrder,
    ReturnQuestion,
    ReturnQuestionKind,
    ReturnReason,
    ReturnRules,
    ReturnSeen,
    ReturnSetAside,
    ReturnSignedIn,
    ReturnUndone,
    Shipped,
    fold,
    place_of,
    shelf_of,
    why_not_good,
)
from app.domain.seen import choice_of, command_of
from app.domain.unreadable import unreadable

__all__ = ["ANSWERS", "Answer", "decide"]

Answer = Callable[[Receiver, ReturnSeen, ReturnRules], Outcome[ReturnFact]]
"""Answers one kind of code to one kind of question."""


def decide(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """Return what a scanned code means."""
    wanted = ask(receiver, rules)
    answer = ANSWERS.get((wanted.kind, kind_of(seen, wanted.kind)))
    return answer(receiver, seen, rules) if answer else _misplaced(receiver, seen, rules)


def _code(seen: ReturnSeen) -> str:
    return seen.seen.reading.text[:80]


# --- which order --------------------------------------------------------------------------------------------------

_STOPPED: Mapping[OrderState, str] = {
    OrderState.RECEIVED: "return.not_shipped",
    OrderState.READY: "return.not_shipped",
    OrderState.RELEASED: "return.not_shipped",
    OrderState.PICKED: "return.not_shipped",
    OrderState.VERIFIED: "return.on_dock",
    OrderState.CANCELLED: "return.cancelled",
    OrderState.RETURNED: "return.all_back_already",
}
"""Orders that cannot come back, and what is said."""


def _names(order: ReturnOrder) -> dict[str, object]:
    return {"number": order.number, "ship_number": order.ship_number or order.number, "ship_to": order.ship_to}


def _open(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """A waybill, a slip, an order number or a serial opens the return of its order, or goes on with it."""
    found = seen.orders
    if len(found) > 1:
        able = tuple(each for each in found if each.order.state not in _STOPPED)
        if len(able) != 1:
            numbers = ", ".join(each.order.ship_number or each.order.number for each in (able or found))
            return refused("return.several", code=_code(seen), numbers=numbers)
        found = able
    if not found:
        fault = seen.seen.reading.fault
        if fault is not None and not seen.seen.reading.kinds:
            return unreadable(fault, _code(seen))
        return refused("return.unknown", code=_code(seen))
    candidate = found[0]
    order = candidate.order
    if order.state in _STOPPED:
        return refused(_STOPPED[order.state], **_names(order), state=str(order.state))
    if not order.shipped:
        return refused("return.nothing_packed", **_names(order))
    if candidate.holder and candidate.holder != rules.station:
        again = receiver.question is not None and receiver.question.code == seen.seen.reading.text
        if Right.TAKE_OVER not in rules.rights:
            return refused("return.held_by", **_names(order), station=candidate.holder)
        if not again:
            asked = ReturnQuestion(ReturnQuestionKind.TAKE_OVER, code=seen.seen.reading.text)
            return question("return.take_over_ask", ReturnAsked(asked), **_names(order), station=candidate.holder)
        return ok(
            "return.taken_over", ReturnOpened(candidate, candidate.holder), **_names(order), station=candidate.holder
        )
    key = "return.opened" if order.return_id is None else "return.resumed"
    before = sum(step.quantity for step in order.before)
    return ok(key, ReturnOpened(candidate), **_names(order), wanted=order.wanted, before=before)


def _other_order(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    assert receiver.order is not None
    return refused("return.other_open", code=_code(seen), ship_number=receiver.order.ship_number)


# --- goods --------------------------------------------------------------------------------------------------------


def _about(goods: Shipped) -> dict[str, object]:
    return {"sku": goods.sku, "name": goods.name, "item_code": printable(goods.code)}


def _item(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """Goods: one piece (or one case) that was in the parcel and has not come back yet."""
    products, text = seen.seen.products, seen.seen.reading.text
    mine = [known for known in products if any(goods.product == known.product for goods in receiver.goods)]
    if not mine:
        known = products[0]
        args = {"sku": known.sku, "name": known.name, "item_code": printable(known.code)}
        return refused("return.not_in_parcel", **args)
    open_ = [each for each in mine if any(g.product == each.product and g.left > 0 for g in receiver.goods)]
    several = tuple(dict.fromkeys(known.product for known in open_))
    if len(several) > 1:
        asked = ReturnQuestion(ReturnQuestionKind.WHICH, BackHand(text), products=several)
        return question("return.which", ReturnAsked(asked), code=_code(seen))
    known = (open_ or mine)[0]
    details = lots.details_of(seen.seen.reading, known.handling, seen.seen.lots)
    lot = lots.ledger_lot(known.handling, details)
    hand = BackHand(text, known.product, known.quantity, lot or None, details.expiry, details.serial)
    return _take(receiver, hand)


def _take(receiver: Receiver, hand: BackHand) -> Outcome[ReturnFact]:
    """Take goods in hand, or say what is against it; ask for what is not known of them."""
    there = [goods for goods in receiver.goods if goods.product == hand.product]
    first, left = there[0], sum(goods.left for goods in there)
    wanted = sum(goods.quantity for goods in there)
    if left <= 0:
        return refused("return.came_back_already", **_about(first), wanted=wanted)
    if hand.quantity > left:
        return refused("return.too_many", **_about(first), quantity=hand.quantity, left=left)
    open_ = [goods for goods in receiver.may_come if goods.product == hand.product and goods.left > 0]
    if any(goods.serial for goods in open_):
        if hand.quantity > 1:
            return refused("return.each_serial", **_about(first), quantity=hand.quantity)
        stop = _serial(receiver, hand, open_)
    else:
        stop, hand = _lot(hand, open_, receiver.room)
    if stop is not None:
        return stop
    asked = ReturnAsked(ReturnQuestion(ReturnQuestionKind.REASON, replace(hand, lot=hand.lot or "")))
    goods = meant(receiver, hand) or first
    return question("return.reason", asked, **_about(goods), quantity=hand.quantity)


def _serial(receiver: Receiver, hand: BackHand, open_: list[Shipped]) -> Outcome[ReturnFact] | None:
    """The serial must be one that was shipped and has not come back."""
    first = open_[0]
    if hand.how == "serial":
        return None
    if not hand.serial:
        asked = ReturnAsked(ReturnQuestion(ReturnQuestionKind.SERIAL, hand))
        return question("return.serial", asked, **_about(first))
    if any(goods.serial == hand.serial for goods in open_):
        return None
    if any(goods.serial == hand.serial for goods in receiver.goods if goods.product == hand.product):
        return refused("return.serial_back", **_about(first), serial=hand.serial)
    shipped = ", ".join(goods.serial for goods in open_)
    return refused(
        "return.serial_other", **_about(first), serial=hand.serial, shipped=shipped, allow="serial",
        hand=_plain_hand(hand),
    )  # fmt: skip


def _lot(hand: BackHand, open_: list[Shipped], room: dict[int, int]) -> tuple[Outcome[ReturnFact] | None, BackHand]:
    """What was packed gives lot and date where only one fits; else it is asked for.

    :param room: pieces of each line that may still come.
    """
    if hand.how == "lot":
        return None, hand
    fitting = [
        goods for goods in open_
        if (hand.lot is None or goods.lot == hand.lot)
        and (not hand.expiry or not goods.expiry or goods.expiry == hand.expiry)
    ] or [goods for goods in open_ if not goods.lot]  # fmt: skip
    if not fitting:
        given = hand.lot or hand.expiry
        shipped = ", ".join(dict.fromkeys(goods.lot or goods.expiry for goods in open_))
        return refused("return.lot_other", **_about(open_[0]), lot=given, shipped=shipped, allow="lot",
                       hand=_plain_hand(hand)), hand  # fmt: skip
    kinds = {(goods.lot, goods.expiry) for goods in fitting}
    if len(kinds) > 1:
        asked = ReturnAsked(ReturnQuestion(ReturnQuestionKind.LOT, hand))
        return question("return.lot", asked, **_about(fitting[0])), hand
    lines = {goods.line for goods in fitting}
    left = sum(min(room[line], sum(each.left for each in fitting if each.line == line)) for line in lines)
    if hand.quantity > left:
        return refused("return.too_many", **_about(fitting[0]), quantity=hand.quantity, left=left), hand
    return None, replace(hand, lot=fitting[0].lot, expiry=fitting[0].expiry, serial=fitting[0].serial)


def _plain_hand(hand: BackHand) -> dict[str, object]:
    return {name: getattr(hand, name) for name in BackHand.__slots__}


def _hand(receiver: Receiver) -> BackHand:
    assert receiver.question is not None
    assert receiver.question.hand is not None
    return receiver.question.hand


def _detail(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """A text while a lot, a date or a serial is asked for: one that was packed."""
    hand = _hand(receiver)
    assert receiver.question is not None
    reading = seen.seen.reading
    gs1 = next((kind for kind in reading.kinds if isinstance(kind, Gs1)), None)
    text = reading.text.strip()[:80]
    if receiver.question.kind is ReturnQuestionKind.SERIAL:
        return _take(receiver, replace(hand, serial=(gs1.serial if gs1 is not None else "") or text))
    day = lots.parse_day(text) or ""
    given = [gs1.lot or "", gs1.expiry or ""] if gs1 is not None else [text, day]
    fitting = [each.goods for each in options_of(receiver) if {each.goods.lot, each.goods.expiry} & set(given) - {""}]
    if len({(goods.lot, goods.expiry) for goods in fitting}) == 1:
        return _take(receiver, replace(hand, lot=fitting[0].lot, expiry=fitting[0].expiry))
    if fitting:
        return refused("return.lot_which", code=text)
    goods = meant(receiver, hand)
    lot = lots.ledger_lot(goods.handling, Details(*given)) if goods is not None else ""
    if not lot:
        return refused("expiry.unreadable", code=text)
    return _take(receiver, replace(hand, lot=lot, expiry=given[1]))


def _detail_of_goods(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """Goods while a lot or a serial is asked for: another code of the same piece may say it."""
    hand = _hand(receiver)
    known = next((known for known in seen.seen.products if known.product == hand.product), None)
    if known is None:
        return refused("answer.first", code=_code(seen))
    details = lots.details_of(seen.seen.reading, known.handling, seen.seen.lots)
    lot = lots.ledger_lot(known.handling, details)
    if not (lot or details.serial):
        return refused("return.same_code", name=known.name)
    return _take(receiver, replace(hand, lot=lot or None, expiry=details.expiry, serial=details.serial))


def _choose(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-1`` … choose among the answers that are shown."""
    number, shown = choice_of(seen.seen.reading), ask(receiver, rules).options
    if not 1 <= number <= len(shown):
        return refused("choice.none", most=len(shown))
    goods = shown[number - 1].goods
    hand = _hand(receiver)
    if hand.product is None:
        return _take(receiver, replace(hand, code=hand.code or goods.sku, product=goods.product))
    return _take(receiver, replace(hand, lot=goods.lot, expiry=goods.expiry))


def _no_code(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-NOCODE``: which goods have no code that can be read? Once more shows the next four."""
    asked = receiver.question
    page = 0
    if asked is not None:  # the same question stands: the next four
        pages = -(-len(options_of(receiver)) // SHOWN)
        page = (asked.page + 1) % pages
    made = ReturnQuestion(ReturnQuestionKind.LINE, BackHand("", how="no_code"), page=page)
    return question("return.no_code", ReturnAsked(made))


def _allow(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-ALLOW`` straight after a refusal that a leader may let pass."""
    if receiver.refused is None:
        return refused("allow.nothing")
    if Right.ALLOW not in rules.rights:
        return refused("allow.leader_needed")
    return _let_pass(receiver, receiver.person)


def _let_pass(receiver: Receiver, by: Person | None) -> Outcome[ReturnFact]:
    assert receiver.refused is not None
    hand = replace(receiver.refused.hand, how=receiver.refused.guard, by=by.id if by else None)
    return _take(replace(receiver, question=None), hand)


# --- why, and what becomes of it ----------------------------------------------------------------------------------


def _reason(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """Why it came back; then: may it be sold again?"""
    command = command_of(seen.seen.reading)
    assert command is not None
    hand = replace(_hand(receiver), reason=REASON_CODES[command])
    goods = meant(receiver, hand)
    assert goods is not None
    asked = ReturnAsked(ReturnQuestion(ReturnQuestionKind.GRADE, hand))
    why = why_not_good(goods, rules.today)
    args = {**_about(goods), "shelf": goods.shelf, "bad_shelf": rules.bad_shelf, "expiry": goods.expiry}
    key = {
        "": "return.grade",
        "recalled": "return.grade_recalled",
        "expired": "return.grade_expired",
        "no_shelf": "return.grade_no_shelf",
    }
    return question(key[why], asked, **args)


def _grade(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-1``: good, back to its shelf. ``KP-2``: not to be sold."""
    number, hand = choice_of(seen.seen.reading), _hand(receiver)
    if number not in (1, 2):
        return refused("choice.none", most=2)
    goods = meant(receiver, hand)
    assert goods is not None
    grade = Grade.GOOD if number == 1 else Grade.BAD
    why = why_not_good(goods, rules.today)
    if grade is Grade.GOOD and why:
        key = {
            "recalled": "return.not_good_recalled",
            "expired": "return.not_good_expired",
            "no_shelf": "return.not_good_no_shelf",
        }
        return refused(key[why], **_about(goods), expiry=goods.expiry, bad_shelf=rules.bad_shelf)
    facts = _back(receiver, hand, grade, rules)
    told = (_told(hand, goods),) if hand.how else ()
    return _counted(receiver, (*facts, *told), goods, grade, rules)


def _told(hand: BackHand, goods: Shipped) -> Allowed:
    """Return what leaders are told of: no code, another lot or serial than the one shipped."""
    detail = hand.serial or hand.lot or goods.sku
    return Allowed(hand.how, goods.product, hand.quantity, "", hand.by, detail)


def _back(receiver: Receiver, hand: BackHand, grade: Grade, rules: ReturnRules) -> tuple[PieceBack, ...]:
    """A case may fill several lines of the same goods."""
    foreign = hand.how in ("lot", "serial")
    there = [goods for goods in receiver.may_come if goods.product == hand.product and goods.left > 0]
    if not foreign:
        there = [goods for goods in there if (goods.lot, goods.serial) == (hand.lot or "", hand.serial)]
    room = receiver.room
    facts, rest = [], hand.quantity
    for goods in there:
        take = min(rest, goods.left, room[goods.line])
        if take > 0:
            kept = (hand.lot or "", hand.expiry, hand.serial) if foreign else (goods.lot, goods.expiry, goods.serial)
            given = (*kept, hand.reason, grade, place_of(goods, grade, rules))
            facts.append(PieceBack(goods.line, goods.product, take, hand.code or goods.sku, *given))
            room[goods.line] -= take
            rest -= take
    return tuple(facts)


def _counted(
    receiver: Receiver, facts: tuple[ReturnFact, ...], goods: Shipped, grade: Grade, rules: ReturnRules
) -> Outcome[ReturnFact]:
    after = fold(receiver, facts, "")
    args = {**_about(goods), "shelf": shelf_of(goods, grade, rules), "grade": str(grade)}
    args |= {"left": sum(each.left for each in after.goods)}
    key = "return.back_last" if after.all_back else "return.back"
    return ok(key, *facts, **args)


# --- the whole parcel ---------------------------------------------------------------------------------------------


def _done(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-DONE``: the return is done; as the first thing: did the whole parcel come back unopened?"""
    assert receiver.order is not None
    args = {**_names(receiver.order), "pieces": sum(step.quantity for step in receiver.trail)}
    left = sum(goods.left for goods in receiver.goods)
    if receiver.all_back:
        return ok("return.closed", ReturnClosed(True), **args)
    if receiver.trail:
        return ok("return.closed_part", ReturnClosed(False), **args, left=left)
    whole = whole_of(receiver)
    if not whole:
        return refused("return.nothing_yet", **args)
    pieces = sum(number for _, number in whole)
    return question("return.whole", ReturnAsked(ReturnQuestion(ReturnQuestionKind.WHOLE)), **{**args, "pieces": pieces})


def _whole(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """Every piece of the parcel is back, nobody opened it; what may not be sold any more is set apart."""
    if choice_of(seen.seen.reading) not in (0, 1):
        return refused("choice.none", most=1)
    order = receiver.order
    assert order is not None
    facts: list[ReturnFact] = []
    bad = 0
    for goods, number in whole_of(receiver):
        grade = Grade.BAD if why_not_good(goods, rules.today) else Grade.GOOD
        bad += number if grade is Grade.BAD else 0
        given = (goods.lot, goods.expiry, goods.serial, ReturnReason.REFUSED, grade, place_of(goods, grade, rules))
        facts.append(PieceBack(goods.line, goods.product, number, "", *given))
    pieces = sum(fact.quantity for fact in facts if isinstance(fact, PieceBack))
    by = receiver.person.id if receiver.person else None
    facts.append(Allowed("unopened", None, pieces, "", by, order.waybill or order.ship_number))
    key = "return.whole_back_bad" if bad else "return.whole_back"
    return ok(key, *facts, **_names(order), pieces=pieces, bad=bad, bad_shelf=rules.bad_shelf)


# --- going back ---------------------------------------------------------------------------------------------------


def _undo(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-UNDO`` takes back what the last act took in."""
    if not receiver.trail:
        return refused("return.undo_nothing")
    found = laid(receiver, rules)
    steps = tuple(step for step, _, _ in found)
    pieces = sum(step.quantity for step in steps)
    return ok("return.undone", ReturnUndone(steps), **_about(found[-1][1]), pieces=pieces, shelf=found[-1][2])


def _drop(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    return info("question.dismissed", ReturnDismissed())


def _empty(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """``KP-CANCEL`` gives the return up: every piece of it is taken back off the list."""
    assert receiver.order is not None
    pieces = sum(step.quantity for step in receiver.trail)
    key = "return.emptied" if pieces else "return.left"
    return info(key, ReturnEmptied(receiver.trail), **_names(receiver.order), pieces=pieces)


def _later(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    assert receiver.order is not None
    return info("return.later", ReturnSetAside(), **_names(receiver.order))


def _shelf(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """A shelf label says where the last piece was laid: the right one, or refused."""
    label = next(kind.code for kind in seen.seen.reading.kinds if isinstance(kind, ShelfCode))
    found = laid(receiver, rules)
    if not found:
        return refused("return.shelf_no_piece", code=label)
    step, goods, shelf = next((each for each in found if each[2] == label), found[-1])
    if shelf != label:
        return refused("return.shelf_wrong", **_about(goods), code=label, wanted_shelf=shelf, grade=step.grade)
    return ok("return.laid", ReturnDismissed(), **_about(goods), shelf=shelf)


# --- people, and what is out of place -----------------------------------------------------------------------------


def _badge(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """A badge signs in; straight after a refusal that a leader may let pass, the leader's badge does so."""
    person = seen.seen.person
    if person is None:
        return refused("person.unknown", code=_code(seen))
    if receiver.refused is not None and Right.ALLOW not in rules.rights and Right.ALLOW in RIGHTS[person.role]:
        return _let_pass(receiver, person)
    again = (ReturnAsked(receiver.question),) if receiver.question else ()
    return ok("person.signed_in", ReturnSignedIn(person), *again, name=person.name, role=str(person.role))


def _misplaced(receiver: Receiver, seen: ReturnSeen, rules: ReturnRules) -> Outcome[ReturnFact]:
    """A code that does not answer what is asked: say what is wrong with it, and what is wanted instead."""
    reading, wanted = seen.seen.reading, ask(receiver, rules).kind
    if wanted is ReturnAskKind.SIGN_IN:
        return refused("signin.needed", code=_code(seen))
    if kind_of(seen, wanted) is ReturnSeenKind.UNKNOWN:
        if reading.fault is not None:
            return unreadable(reading.fault, _code(seen))
        if wanted is ReturnAskKind.ITEM:
            gtin = next((kind.gtin14 for kind in reading.kinds if isinstance(kind, Gtin | Gs1) and kind.gtin14), "")
            return refused("return.code_unknown", code=_code(seen), gtin=gtin)
    if wanted is ReturnAskKind.ORDER:
        return refused("return.order_first", code=_code(seen))
    if wanted is ReturnAskKind.ITEM:
        return refused("return.item_first", code=_code(seen))
    if wanted is ReturnAskKind.CLOSE:
        return refused("return.close_first", code=_code(seen))
    return refused("answer.first", code=_code(seen))


_OPEN = (ReturnAskKind.ITEM, ReturnAskKind.CLOSE)
"""Asks while a return is open and no question stands."""
_QUESTIONS = tuple(ReturnAskKind(kind) for kind in ReturnQuestionKind)

ANSWERS: Mapping[tuple[ReturnAskKind, ReturnSeenKind], Answer] = MappingProxyType(
    {
        (ReturnAskKind.ORDER, ReturnSeenKind.ORDER): _open,
        (ReturnAskKind.TAKE_OVER, ReturnSeenKind.ORDER): _open,
        (ReturnAskKind.ITEM, ReturnSeenKind.PRODUCT): _item,
        (ReturnAskKind.ITEM, ReturnSeenKind.NO_CODE): _no_code,
        (ReturnAskKind.CLOSE, ReturnSeenKind.PRODUCT): _item,
        (ReturnAskKind.WHICH, ReturnSeenKind.PRODUCT): _item,
        (ReturnAskKind.WHICH, ReturnSeenKind.CHOICE): _choose,
        (ReturnAskKind.LINE, ReturnSeenKind.CHOICE): _choose,
        (ReturnAskKind.LINE, ReturnSeenKind.NO_CODE): _no_code,
        (ReturnAskKind.LINE, ReturnSeenKind.PRODUCT): _item,
        (ReturnAskKind.LOT, ReturnSeenKind.CHOICE): _choose,
        (ReturnAskKind.LOT, ReturnSeenKind.TEXT): _detail,
        (ReturnAskKind.LOT, ReturnSeenKind.PRODUCT): _detail_of_goods,
        (ReturnAskKind.SERIAL, ReturnSeenKind.TEXT): _detail,
        (ReturnAskKind.SERIAL, ReturnSeenKind.PRODUCT): _detail_of_goods,
        (ReturnAskKind.REASON, ReturnSeenKind.REASON): _reason,
        (ReturnAskKind.GRADE, ReturnSeenKind.CHOICE): _grade,
        (ReturnAskKind.WHOLE, ReturnSeenKind.DONE): _whole,
        (ReturnAskKind.WHOLE, ReturnSeenKind.CHOICE): _whole,
    }
    | {(kind, ReturnSeenKind.ORDER): _other_order for kind in _OPEN}
    | {(kind, ReturnSeenKind.DONE): _done for kind in _OPEN}
    | {(kind, ReturnSeenKind.UNDO): _undo for kind in _OPEN}
    | {(kind, ReturnSeenKind.CANCEL): _empty for kind in _OPEN}
    | {(kind, ReturnSeenKind.LATER): _later for kind in _OPEN}
    | {(kind, ReturnSeenKind.SHELF): _shelf for kind in _OPEN}
    | {(kind, ReturnSeenKind.ALLOW): _allow for kind in (*_OPEN, ReturnAskKind.LOT, ReturnAskKind.SERIAL)}
    | {(kind, code): _drop for kind in _QUESTIONS for code in (ReturnSeenKind.CANCEL, ReturnSeenKind.UNDO)}
    | {(kind, ReturnSeenKind.PERSON): _badge for kind in ReturnAskKind}
)
"""What is wanted and what was scanned give the function that answers; a missing entry is the refusal."""
