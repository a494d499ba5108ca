"""Goods at the bench: what a scanned product means for the open order, and every other way in which pieces count.

A scan is one piece (or one case). Goods that wait for an answer (:class:`~app.domain.bench.Pending`) go through the
very same checks once it is there, so that no way round a guard exists: which product is meant, one more, lot, date,
serial, a typed number, goods without a code, what a leader allowed.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain import extras, lots, weighing
from app.domain.asking import AskKind, box_for, next_line, second_needed, takeable
from app.domain.barcode import ShelfCode
from app.domain.bench import Bench, BenchLine, Pending, Question, QuestionKind, Rules, Seen
from app.domain.boxes import opened_for
from app.domain.closing import finish, names
from app.domain.facts import Allowed, Asked, Fact, Packed, fold
from app.domain.gtin import printable
from app.domain.guards import GUARDS, Hand, about, by_the_piece, guarded, warned
from app.domain.outcome import Outcome, question, refused
from app.domain.people import Person, Right
from app.domain.products import KnownCode
from app.domain.seen import REASONS, choice_of, command_of
from app.domain.stock import picked_place, shelf_place

__all__ = [
    "allow",
    "allow_ask",
    "allow_reason",
    "choose",
    "choose_lot",
    "detail",
    "detail_of_goods",
    "item",
    "let_pass",
    "no_code",
    "no_code_person",
    "no_code_reason",
    "one_more",
    "quantity",
    "quantity_ask",
    "which",
    "which_shelf",
]


def item(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Goods: counted when the open order still wants them and every guard lets them pass."""
    if len({known.product for known in seen.products}) > 1:
        return _ambiguous(bench, seen)
    known = seen.products[0]
    details = lots.details_of(seen.reading, known.handling, seen.lots)
    pending = Pending(seen.reading.text, known.product, known.quantity, details)
    return _take(bench, known, _whole_line(bench, known, pending, rules), seen, rules)


def let_pass(bench: Bench, seen: Seen, rules: Rules) -> tuple[Fact, ...]:
    """Return as counted what every guard would let pass: shadow mode stops nothing. Wrong goods still count nothing."""
    if len({known.product for known in (*seen.products, *seen.asked)}) != 1:
        return ()
    known = (*seen.products, *seen.asked)[0]
    details = lots.details_of(seen.reading, known.handling, seen.lots)
    pending = Pending(seen.reading.text, known.product, known.quantity, details, allowed=(*GUARDS, "pace", "details"))
    return _take(bench, known, pending, seen, rules).facts


def _whole_line(bench: Bench, known: KnownCode, pending: Pending, rules: Rules) -> Pending:
    """Let one scan stand for all that was picked of a line, where the shop scans picked goods by the line.

    Goods of which each piece must be scanned still are, and so is what the pick did not take.
    """
    if bench.order is None or bench.order.scan != "line" or by_the_piece(known.handling, rules):
        return pending
    line = next(iter(_in_turn(bench, known.product)), None)
    rest = min(line.left, line.picked - line.done) if line else 0
    return replace(pending, quantity=rest, how="line") if rest > pending.quantity else pending


def _in_turn(bench: Bench, product: int) -> list[BenchLine]:
    """Return the lines that still want *product*: first the one that the plan asks for, then those already begun."""
    planned = next_line(bench) if bench.plan else None
    lines = [line for line in bench.lines if line.product == product and line.left > 0]
    return sorted(lines, key=lambda line: (line is not planned, not line.done))


def _ambiguous(bench: Bench, seen: Seen) -> Outcome[Fact]:
    """Several products have this code: which one is it? Nothing is asked where the order wants none of them."""
    skus = ", ".join(sorted({known.sku for known in seen.products}))
    wanted = {line.product for line in bench.lines if line.left > 0}
    wanted |= {extra.product for extra in bench.extras if extra.left > 0}
    args = {"code": seen.reading.text[:80], "skus": skus}
    if not any(known.product in wanted for known in seen.products):
        return refused("code.ambiguous", **args)
    asked = Asked(Question(QuestionKind.WHICH, pending=Pending(seen.reading.text)))
    return question("which.ask", asked, **args)


def _take(bench: Bench, known: KnownCode, pending: Pending, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Count the goods in hand, or say what is against it."""
    lines = [line for line in bench.lines if line.product == known.product]
    left = sum(line.left for line in lines)
    if left <= 0 and (extra := extras.wanted(bench, known.product)):
        return extras.pack(bench, extra, known, pending, rules)
    if not lines and (beside := [each for each in bench.extras if each.product == known.product]):
        return refused("item.complete", **about(known), wanted=sum(each.wanted for each in beside))
    if not lines:
        return _wrong_item(bench, seen, known)
    if left <= 0:
        key = "item.complete_short" if any(line.short for line in lines) else "item.complete"
        return refused(key, **about(known), wanted=sum(line.wanted for line in lines))
    if pending.quantity > left:
        return refused("item.too_many", **about(known), quantity=pending.quantity, left=left)
    pending = replace(pending, details=lots.filled(pending.details, known.handling, seen))
    hand = Hand(bench, known, pending, seen, rules)
    stop = guarded(hand)
    if stop is not None:
        return stop
    return _count(hand, _spread(hand))


def _sources(hand: Hand) -> list[tuple[str, int]]:
    """Return the places that the pieces in hand come from: first what was picked of their lot, then the shelf.

    Goods of another lot than the pick booked count as from the shelf; what is left of the pick's goes back at the
    close, so that the books end right for both lots.
    """
    quantity, order = hand.pending.quantity, hand.bench.order
    if not hand.rules.stock_tracked:
        return [("", quantity)]
    shelf = shelf_place(hand.known.shelf)
    lot = lots.ledger_lot(hand.known.handling, hand.given)
    there = sum(each.pieces for each in hand.seen.picked if (each.product, each.lot) == (hand.known.product, lot))
    picked = min(quantity, there)
    if order is None or picked <= 0:
        return [(shelf, quantity)]
    return [(picked_place(order.id), picked), (shelf, quantity - picked)]


def _spread(hand: Hand) -> tuple[Packed, ...]:
    """One scan may fill several lines of the same product (a case of six on lines of four and two)."""
    known, pending, given = hand.known, hand.pending, hand.given
    facts = []
    lines = _in_turn(hand.bench, known.product)
    box = box_for(hand.bench, lines[0])
    how = pending.how or ("allowed" if _overridden(pending) else "")
    room = {line.id: line.left for line in lines}
    for source, pieces in _sources(hand):
        rest = pieces
        for line in lines:
            take = min(rest, room[line.id])
            if take > 0:
                lot = lots.ledger_lot(known.handling, given)
                counted = Packed(line.id, known.product, known.code, take, lot, source, given.expiry, given.serial)
                facts.append(replace(counted, how=how, reason=pending.reason, by=pending.by, box=box))
                room[line.id] -= take
                rest -= take
    return tuple(facts)


def _overridden(pending: Pending) -> tuple[str, ...]:
    """Return the guards that somebody let pass; that it was one more piece is an answer, no override."""
    return tuple(guard for guard in pending.allowed if guard != "pace")


def _count(hand: Hand, facts: tuple[Packed, ...]) -> Outcome[Fact]:
    """Accept goods; the last required piece closes the parcel, unless something was declared short."""
    bench, known = hand.bench, hand.known
    assert bench.order is not None
    counted: tuple[Fact, ...] = opened_for(bench, facts[0].box) + facts + _told(known, hand.pending)
    packed = fold(bench, counted, "")
    touched = {fact.line for fact in facts}
    last = [line for line in packed.lines if line.id in touched][-1]
    args: dict[str, object] = {
        **about(known),
        **names(bench.order),
        "line_done": last.done,
        "line_wanted": last.wanted,
        "done": packed.done,
        "wanted": packed.wanted,
    }
    args |= {name: value for name in ("lot", "expiry", "serial") if (value := getattr(hand.given, name))}
    earlier = warned(hand)
    if earlier:
        args["first"] = earlier
    if last.note and not any(line.done for line in bench.lines if line.product == known.product):
        args["note"] = last.note  # told once, with the first piece
    if bench.box_count > 1 or facts[0].box > 1:
        args["box"] = facts[0].box
    key = "pack.ok_widened" if hand.seen.reading.widened else "pack.ok_later_lot" if earlier else "pack.ok"
    return finish(bench, counted, rules=hand.rules, key=key, args=args)


def _told(known: KnownCode, pending: Pending) -> tuple[Allowed, ...]:
    """Return what leaders are told of: overrides, typed numbers, goods without their code."""
    what = [*_overridden(pending), *([pending.how] if pending.how in ("keyed", "no_code") else [])]
    detail = pending.details.serial or pending.details.lot or pending.details.expiry
    return tuple(
        Allowed(each, known.product, pending.quantity, pending.reason, pending.by, detail or known.sku) for each in what
    )


def _wrong_item(bench: Bench, seen: Seen, known: KnownCode) -> Outcome[Fact]:
    line = next_line(bench)
    args = about(known)
    if line:
        args |= {"wanted_name": line.name, "wanted_sku": line.sku, "wanted_code": printable(line.code)}
        args |= {"wanted_shelf": line.fetch_from, "left": line.left}
    if seen.elsewhere:
        return refused("item.other_order", **args, other=seen.elsewhere)
    return refused("item.wrong", **args)


# --- which of several products ------------------------------------------------------------------------------------


def _pending(bench: Bench) -> Pending:
    assert bench.question is not None
    assert bench.question.pending is not None
    return bench.question.pending


def _chosen(bench: Bench, known: KnownCode, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """One of the products that have the code was named; its code says how many pieces that is."""
    pending = replace(_pending(bench), product=known.product, quantity=known.quantity, how="chosen")
    return _take(bench, known, pending, replace(seen, elsewhere=""), rules)


def choose(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-1`` … choose among the products that have the code."""
    number = choice_of(seen.reading)
    if not 1 <= number <= len(bench.options):
        return refused("choice.none", most=len(bench.options))
    return _chosen(bench, bench.options[number - 1], seen, rules)


def which(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Another code of one of them, such as its SKU, says which it is; goods of another kind are answered as such."""
    scanned = {known.product for known in seen.products}
    fitting = [known for known in bench.options if known.product in scanned]
    if len(fitting) == 1 and len(scanned) == 1:
        return _chosen(bench, fitting[0], seen, rules)
    return item(bench, seen, rules)


def which_shelf(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The shelf label says which it is, where only one of them lies there."""
    shelf = next((kind.code for kind in seen.reading.kinds if isinstance(kind, ShelfCode)), "")
    there = [known for known in bench.options if shelf and known.shelf == shelf]
    if len(there) != 1:
        return refused("which.not_told", code=seen.reading.text[:80])
    return _chosen(bench, there[0], seen, rules)


# --- one more -----------------------------------------------------------------------------------------------------


def one_more(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The same code again, in a hand's time, says yes; other goods are answered as if nothing had been asked."""
    pending = _pending(bench)
    if seen.reading.text != pending.code or len(seen.products) != 1:
        return item(bench, seen, rules)
    if seen.since is not None and seen.since < rules.pace_ms:
        return question("pace.ask", Asked(Question(QuestionKind.ONE_MORE, pending=pending)), **about(seen.products[0]))
    pending = replace(pending, allowed=(*pending.allowed, "pace"))
    return _take(bench, seen.products[0], pending, seen, rules)


# --- lot, date, serial --------------------------------------------------------------------------------------------


_UNREADABLE = {
    AskKind.LOT: "lot.unreadable",
    AskKind.EXPIRY: "expiry.unreadable",
    AskKind.SERIAL: "serial.unreadable",
}
_THE_ITEM = {
    AskKind.LOT: "lot.that_is_the_item",
    AskKind.EXPIRY: "expiry.that_is_the_item",
    AskKind.SERIAL: "serial.that_is_the_item",
}


def detail(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A text while lot, date or serial is asked for."""
    assert bench.question is not None
    pending, kind = _pending(bench), AskKind(bench.question.kind)
    details = lots.answered(kind, pending.details, seen.reading)
    if details is None:
        return refused(_UNREADABLE[kind], code=seen.reading.text[:80])
    if not seen.asked:
        return refused("detail.product_gone")
    return _take(bench, seen.asked[0], replace(pending, details=details), seen, rules)


def detail_of_goods(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Goods while lot, date or serial is asked for: another code of the same piece may say it."""
    assert bench.question is not None
    pending, kind = _pending(bench), AskKind(bench.question.kind)
    if {known.product for known in seen.products} != {pending.product} or not seen.asked:
        return refused("detail.first", **_name_of(seen))
    known = seen.asked[0]
    given = lots.details_of(seen.reading, known.handling, seen.lots)
    doubted = lots.doubted(seen.reading, kind)
    if doubted and seen.reading.text == pending.code:
        # The same code again says that what it was read as is right.
        return _take(
            bench, known, replace(pending, details=replace(pending.details, **{str(kind): doubted})), seen, rules
        )
    if not getattr(given, str(kind)):
        return refused(_THE_ITEM[kind], code=seen.reading.text[:80], name=known.name)
    old = pending.details
    details = replace(given, lot=given.lot or old.lot, expiry=given.expiry or old.expiry)
    return _take(bench, known, replace(pending, details=details), seen, rules)


def _name_of(seen: Seen) -> dict[str, object]:
    return {"name": seen.asked[0].name if seen.asked else ""}


def choose_lot(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-1`` … choose among the lots on the shelf, in the order in which they are shown."""
    number, there = choice_of(seen.reading), takeable(seen.lots, rules.today)
    if not 1 <= number <= len(there) or not seen.asked:
        return refused("choice.none", most=len(there))
    pending, lot, known = _pending(bench), there[number - 1], seen.asked[0]
    keeps = known.handling.lot_policy
    details = replace(
        pending.details,
        lot=lot.lot if keeps.keeps_lot else "",
        expiry=lot.expiry or pending.details.expiry if keeps.keeps_expiry else "",
    )
    return _take(bench, known, replace(pending, details=details), seen, rules)


# --- a typed number -----------------------------------------------------------------------------------------------


def quantity_ask(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-QUANTITY`` straight after a piece: how many of it are in the box?"""
    if not bench.last_code or len(seen.asked) != 1:
        return refused("quantity.scan_first")
    known = seen.asked[0]
    lines = [line for line in bench.lines if line.product == known.product]
    if not known.handling.keyed or by_the_piece(known.handling, rules):
        return refused("quantity.not_this", **about(known))
    if Right.KEY_QUANTITY not in rules.rights:
        return refused("quantity.leader_needed", **about(known))
    if sum(line.left for line in lines) <= 0:
        return refused("item.complete", **about(known), wanted=sum(line.wanted for line in lines))
    pending = Pending(bench.last_code, known.product, 1, lots.details_of(seen.reading, known.handling), "keyed")
    asked = Asked(Question(QuestionKind.QUANTITY, line=lines[0].id, pending=pending))
    return question("quantity.ask", asked, **about(known), line_done=sum(line.done for line in lines))


def quantity(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The number of pieces in the box, all of them counted; never more than wanted."""
    text = seen.reading.text
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return refused("quantity.unreadable", code=text[:80])
    if not seen.asked:
        return refused("detail.product_gone")
    known, pending = seen.asked[0], _pending(bench)
    lines = [line for line in bench.lines if line.product == known.product]
    done, most = sum(line.done for line in lines), sum(line.wanted - line.short for line in lines)
    number = int(text)
    if number > most:
        return refused("quantity.too_many", **about(known), number=number, most=most)
    if number <= done:
        return refused("quantity.too_few", **about(known), number=number, line_done=done)
    by = bench.person.id if bench.person else None
    return _take(bench, known, replace(pending, quantity=number - done, by=by), seen, rules)


# --- goods without a code -----------------------------------------------------------------------------------------


def no_code(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-NOCODE``: one piece of the line that is wanted has no code that can be read."""
    line = next_line(bench)
    assert line is not None
    if rules.nocode == "off":
        return refused("nocode.off")
    if line.product is None:
        return refused("nocode.unknown_product", name=line.name)
    asked = Asked(Question(QuestionKind.NO_CODE, line=line.id, pending=Pending(line.sku, line.product, how="no_code")))
    key = "nocode.ask_person" if second_needed(line, rules) else "nocode.ask"
    return question(key, asked, name=line.name, sku=line.sku, shelf=line.shelf)


def _line_asked(bench: Bench) -> BenchLine:
    assert bench.question is not None
    return next(line for line in bench.lines if line.id == bench.question.line)


def no_code_person(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A second person vouches for the piece."""
    if seen.person is None:
        return refused("person.unknown", code=seen.reading.text[:80])
    if bench.person is not None and bench.person.id == seen.person.id:
        return refused("nocode.another_person", name=seen.person.name)
    if not seen.asked:
        return refused("detail.product_gone")
    return _take(bench, seen.asked[0], replace(_pending(bench), by=seen.person.id), seen, rules)


def no_code_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A reason vouches for the piece, where that is enough."""
    reason = _reason(seen)
    if not reason:
        return refused("reason.another")
    if second_needed(_line_asked(bench), rules):
        return refused("nocode.person_needed")
    if not seen.asked:
        return refused("detail.product_gone")
    return _take(bench, seen.asked[0], replace(_pending(bench), reason=reason), seen, rules)


def _reason(seen: Seen) -> str:
    command = command_of(seen.reading)
    return REASONS.get(command, "") if command else ""


# --- what somebody with the right lets pass -----------------------------------------------------------------------


_ALLOW = {
    "unit_scan": "allow.unit_scan",
    "short_days": "allow.short_days",
    "expired": "allow.expired",
    "recalled": "allow.recalled",
    "lot": "allow.lot",
    "lot_order": "allow.lot_order",
    "serial": "allow.serial",
    "weight": "allow.weight",
}


def allow(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-ALLOW`` straight after a guard refused."""
    if bench.refused is None:
        return refused("allow.nothing")
    if Right.ALLOW not in rules.rights:
        return refused("allow.leader_needed")
    return allow_ask(bench, bench.person)


def allow_ask(bench: Bench, by: Person | None) -> Outcome[Fact]:
    """Ask for the reason for which *by* lets it pass."""
    assert bench.refused is not None
    pending = replace(bench.refused.pending, by=by.id if by else None)
    asked = Asked(Question(QuestionKind.ALLOW_REASON, code=bench.refused.guard, pending=pending))
    return question(_ALLOW[bench.refused.guard], asked, leader=by.name if by else "")


def allow_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The reason lets the guard pass; every other guard still looks."""
    assert bench.question is not None
    reason = _reason(seen)
    if not reason:
        return refused("reason.another")
    if bench.question.code == "weight":
        return weighing.allowed(bench, _pending(bench), reason, rules)
    if not seen.asked:
        return refused("detail.product_gone")
    pending = _pending(bench)
    allowed = replace(pending, allowed=(*pending.allowed, bench.question.code), reason=reason)
    return _take(bench, seen.asked[0], allowed, seen, rules)
