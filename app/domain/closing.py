"""Papers at the bench: the slip that must be scanned before the goods, the waybill 送り状 that closes the parcel, and
what is done where it does not fit: set aside, one piece more, another service, closed without.

A waybill scan verifies, it never assigns: only a person with the right writes a number in. Laws
(tests/domain/test_packing_laws.py): a parcel never closes with a wrong, old, void or missing waybill unless somebody
with the right decided so; no waybill goes on two parcels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.asking import AskKind, ask, slip_wanted
from app.domain.barcode import OrderCode, Reading, Waybill, is_part_of
from app.domain.bench import (
    Bench,
    BenchOrder,
    BenchWaybill,
    Candidate,
    FoundWaybill,
    Question,
    QuestionKind,
    Rules,
    Seen,
)
from app.domain.facts import (
    Asked,
    Attached,
    BoxOpened,
    Closed,
    Dismissed,
    Fact,
    HandNumbered,
    LabelWanted,
    Parked,
    PieceAdded,
    ServiceWanted,
    ShortAccepted,
    SlipScanned,
    SplitOff,
    fold,
)
from app.domain.orders import WAYBILL_LIFE, OrderState, WaybillEvent, WaybillState
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import Right
from app.domain.seen import REASONS, SERVICE_REASONS, command_of, waybill_number
from app.domain.shipping import has_good_check_digit

__all__ = [
    "Answer",
    "close",
    "close_short",
    "finish",
    "hand_again",
    "hand_ask",
    "label",
    "label_later",
    "later",
    "member_of",
    "names",
    "order_while_open",
    "override",
    "override_reason",
    "parcel",
    "service",
    "service_reason",
    "slip",
    "slip_of",
    "split",
    "unknown_order",
    "version_of",
    "waybill",
    "waybill_too_early",
]

Answer = Callable[[Bench, Seen, Rules], "Outcome[Fact]"]


def names(order: BenchOrder) -> dict[str, object]:
    """Return what sentences call an order by."""
    return {"number": order.number, "ship_number": order.ship_number}


# --- slips --------------------------------------------------------------------------------------------------------


def version_of(reading: Reading) -> int | None:
    """Return the version that a slip was printed for; None where only a number came."""
    return next((kind.ship_number.version for kind in reading.kinds if isinstance(kind, OrderCode)), None)


def member_of(members: tuple[BenchOrder, ...], reading: Reading) -> BenchOrder:
    """Return the order of the parcel that *reading* names; the lead where it names none."""
    code = next((kind.ship_number for kind in reading.kinds if isinstance(kind, OrderCode)), None)
    return next((each for each in members if code and each.ship_number == str(code)), members[0])


def slip_of(candidate: Candidate, reading: Reading) -> str:
    """Return what the slip says that was scanned for *candidate*; empty where the code is no slip of it."""
    version = version_of(reading)
    member = member_of(candidate.members, reading)
    return member.slip if version is not None and version == member.version else ""


def slip(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """An order's code while the slip of the open order is wanted."""
    assert bench.order is not None
    ours = _ours(bench, seen)
    if ours is None:
        return order_while_open(bench, seen, rules)
    version = version_of(seen.reading)
    if version is None:
        return refused("slip.scan_its_code", **names(ours))
    if version != ours.version:
        return refused("order.old_version", **names(ours), version=version, current=ours.version)
    wanted = slip_wanted(bench)
    if ours not in wanted:
        return info("slip.already", **names(ours), wanted=wanted[0].ship_number)
    fact = SlipScanned(ours.slip)
    rest = [each for each in wanted if each is not ours]
    if rest:
        return ok("slip.one_more", fact, **names(ours), wanted=rest[0].ship_number, left=len(rest))
    return ok("slip.ok", fact, **names(ours))


def _ours(bench: Bench, seen: Seen) -> BenchOrder | None:
    """Return the order of the open parcel that was scanned; None for any other."""
    assert bench.order is not None
    if len(seen.candidates) == 1 and seen.candidates[0].order.id == bench.order.id:
        return member_of(bench.members, seen.reading)
    return None


def order_while_open(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """An order number while an order is open."""
    assert bench.order is not None
    if not seen.candidates:
        return unknown_order(seen)
    ours = _ours(bench, seen)
    if ours is not None:
        version = version_of(seen.reading)
        if version is not None and version != ours.version:
            return refused("order.old_version", **names(ours), version=version, current=ours.version)
        wanted = ask(bench, rules).kind
        key = "slip.waybill_now" if wanted is AskKind.WAYBILL else "order.already_open"
        return info(key, **names(bench.order))
    other = seen.candidates[0].order
    if len(seen.candidates) == 1 and bench.order.papers.slip and other.place[0] == bench.order.place[0] != 0:
        if other.ship_number == bench.next_slip:
            return refused("slip.next_one", **names(bench.order), other=other.ship_number)
        if other.place < bench.order.place:
            return refused("slip.earlier_one", **names(bench.order), other=other.ship_number)
        return refused("slip.later_one", **names(bench.order), other=other.ship_number)
    return refused("order.other_open", **names(bench.order), code=seen.reading.text)


def unknown_order(seen: Seen) -> Outcome[Fact]:
    """An order number that nothing has, or whose release was taken back."""
    old = seen.withdrawn
    if old is None:
        return refused("order.unknown", code=seen.reading.text)
    args = {"ship_number": old.ship_number, "number": old.order}
    if old.current:
        return refused("slip.replaced", **args, current=old.current)
    return refused("slip.taken_back", **args)


# --- closing ------------------------------------------------------------------------------------------------------


def finish(
    bench: Bench, facts: tuple[Fact, ...], rules: Rules, key: str, args: dict[str, object], name: str = "pack"
) -> Outcome[Fact]:
    """Accept *facts* and say what follows from them: more goods (with *key*), what goes in beside them, the weight, the
    waybill, or the close, which needs no answer of its own.

    :param name: what the sentence is about, the first word of the keys before the close.
    """
    order = bench.order
    assert order is not None
    now = fold(bench, facts, "")
    wanted = ask(now, rules)
    match wanted.kind:
        case AskKind.CLOSE_SHORT:
            return question("short.only_left", *facts, **args, missing=now.short)
        case AskKind.INSERT:
            extra = wanted.extra
            assert extra is not None
            return ok(_INSERT_NEXT[name], *facts, **args, insert=extra.name, inserts=sum(x.left for x in now.extras))
        case AskKind.WEIGHT:
            return ok(_WEIGHT_NEXT[name], *facts, **args | {"box": wanted.box, "boxes": now.box_count})
        case AskKind.WAYBILL:
            return ok(_WAYBILL_NEXT[name], *facts, **args, missing=now.short)
        case AskKind.CLOSE:
            closed = Closed(short=now.short > 0, request=order.papers.at_close)
            if now.short:
                return ok("order.closed_short", *facts, closed, **args, missing=now.short)
            return ok("order.closed_label_later" if closed.request else "order.closed", *facts, closed, **args)
        case _:
            return ok(key, *facts, **args)


_INSERT_NEXT = {"pack": "pack.inserts_now", "insert": "insert.ok", "short": "short.inserts_now"}
_WEIGHT_NEXT = {
    "pack": "pack.weigh_now",
    "insert": "insert.weigh_now",
    "short": "short.weigh_now",
    "weight": "weight.next_box",
    "warned": "weight.warned",
    "unweighed": "weight.no_scale",
}
_WAYBILL_NEXT = {
    "pack": "pack.all_in",
    "insert": "insert.all_in",
    "short": "short.accepted",
    "weight": "weight.ok",
    "warned": "weight.warned",
    "unweighed": "weight.no_scale",
}


def close(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-DONE`` where everything is in and no paper is wanted any more."""
    assert bench.order is not None
    if not bench.done:
        return refused("done.nothing_packed", **names(bench.order))
    closed = Closed(short=bench.short > 0, request=bench.order.papers.at_close)
    if bench.short:
        return ok("order.closed_short", closed, **names(bench.order), missing=bench.short)
    return ok("order.closed_label_later" if closed.request else "order.closed", closed, **names(bench.order))


def close_short(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-DONE`` goes on without the shorts, when only shorts remain: to the waybill, else to the close."""
    assert bench.order is not None
    if Right.CLOSE_SHORT not in rules.rights:
        return refused("done.leader_needed")
    if not bench.done:
        return refused("done.nothing_packed", **names(bench.order))
    accepted = finish(bench, (ShortAccepted(),), rules, "short.accepted", names(bench.order), "short")
    if any(isinstance(fact, Closed) for fact in accepted.facts):  # what closes the parcel needs no step of its own
        return replace(accepted, facts=tuple(fact for fact in accepted.facts if isinstance(fact, Closed)))
    return accepted


def split(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-SPLIT``: what is packed goes now, the rest becomes an order of its own 分割."""
    assert bench.order is not None
    if Right.CLOSE_SHORT not in rules.rights:
        return refused("done.leader_needed")
    if not bench.done:
        return refused("split.nothing_packed", **names(bench.order))
    if bench.followers:
        return refused("split.merged", **names(bench.order))
    if any(line.left > 0 and line.picked > line.done for line in bench.lines):
        return refused("split.picked", **names(bench.order))
    rest = bench.wanted - bench.done
    if not rest:
        return refused("split.all_in", **names(bench.order))
    return info("split.done", SplitOff(), Parked(), **names(bench.order), rest=rest, packed=bench.done)


# --- waybills -----------------------------------------------------------------------------------------------------


def waybill(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A number while a waybill is wanted: the right one is attached, the last one closes; each other one is named."""
    number = waybill_number(seen.reading)
    mine = [each for each in bench.waybills if number and each.number == number]
    if mine:
        return _mine(bench, mine, seen.reading, rules)
    if seen.waybills:
        return _of_another(bench, seen)
    return _not_known(bench, seen, number, rules)


def _shown(bench: Bench, found: BenchWaybill) -> dict[str, object]:
    assert bench.order is not None
    return {
        **names(bench.order),
        "waybill": found.number,
        "last4": found.last4,
        "piece": found.piece,
        "pieces": found.pieces,
    }


def _mine(bench: Bench, mine: list[BenchWaybill], reading: Reading, rules: Rules) -> Outcome[Fact]:
    """A waybill of the open order's current version; pieces of one shipment may share their number."""
    assert bench.order is not None
    meant = _meant(mine, reading)
    loose = next((each for each in meant if not each.attached), None)
    if loose is not None:
        return _differing(bench, loose, len(mine)) or _attach(bench, loose)
    first = meant[0]
    if any(each.state is WaybillState.HANDED_OVER for each in mine):
        return refused("waybill.handed_over", **_shown(bench, first), other=first.ship_number)
    if all(each.attached for each in bench.waybills):
        return _attached(bench, ())
    blank = next((each for each in bench.waybills if not each.number), None)
    if blank is not None and Right.WAYBILL_BY_HAND in rules.rights:
        return _ask_by_hand(bench, first.number)
    return refused("waybill.already", **_shown(bench, first), left=sum(not each.attached for each in bench.waybills))


def _meant(mine: list[BenchWaybill], reading: Reading) -> list[BenchWaybill]:
    """Return which of the pieces that share a number the label may be: ``A…A`` is the first, ``D…D`` a further one.

    The letters are a hint (formats.md, B4): many scanners drop them, and then every piece may be meant.
    """
    letters = next((kind.letters for kind in reading.kinds if isinstance(kind, Waybill)), "")
    meant = [each for each in mine if letters == ("AA" if each.piece == 1 else "DD")]
    return meant or mine


def _differing(bench: Bench, found: BenchWaybill, sharing: int) -> Outcome[Fact] | None:
    """Refuse a waybill of this order that was made for something else than what is in the parcel now."""
    order = bench.order
    assert order is not None
    shown = _shown(bench, found)
    if found.carrier != order.carrier:
        return refused("waybill.other_carrier", **shown, carrier=found.carrier, wanted_carrier=order.carrier)
    # Where a shipment has several pieces, the cash may stand on the first one only.
    printed = found.carrier_cod if found.carrier_cod is not None else found.cod
    if found.cod != bench.cod or (printed != bench.cod and not (found.piece > 1 and printed == 0)):
        return refused("waybill.cod_differs", **shown, printed=printed, wanted=bench.cod)
    told = found.carrier_pieces
    if found.pieces != order.parcel_count or (told is not None and told not in (found.pieces, sharing)):
        count = found.pieces if found.pieces != order.parcel_count else told
        return refused("waybill.pieces_differ", **shown, printed=count, wanted=order.parcel_count)
    if (found.state, WaybillEvent.ATTACH) not in WAYBILL_LIFE:
        return refused("waybill.not_numbered", **names(order))
    return None


def _attach(bench: Bench, found: BenchWaybill, before: tuple[Fact, ...] = ()) -> Outcome[Fact]:
    fact = Attached(found.id, found.number, found.piece, found.pieces)
    return _attached(bench, (*before, fact), found)


def _attached(bench: Bench, facts: tuple[Fact, ...], found: BenchWaybill | None = None) -> Outcome[Fact]:
    """Go on after a waybill: to the next piece, or to the close."""
    order = bench.order
    assert order is not None
    now = fold(bench, facts, "")
    found = found or bench.waybills[-1]
    args = _shown(bench, found) | {"left": sum(not each.attached for each in now.waybills)}
    labelling = not order.open
    if args["left"]:
        again = (Asked(Question(QuestionKind.LABEL, order=order.id)),) if labelling else ()
        return ok("waybill.piece", *facts, *again, **args)
    if labelling:
        return ok("label.attached", *facts, **args)
    if bench.short:
        return ok("order.closed_short", *facts, Closed(short=True), **args, missing=bench.short)
    return ok("order.closed", *facts, Closed(), **args)


_NO_REASON = "waybill.why.carrier"


def _best(seen: Seen, bench: Bench) -> FoundWaybill:
    """Return the waybill that the scanned one most likely is: carriers give numbers out again after months."""
    ids = {each.id for each in bench.members}

    def rank(found: FoundWaybill) -> tuple[bool, bool, int]:
        return (found.waybill.state is WaybillState.VOID, found.waybill.order not in ids, -found.waybill.id)

    return min(seen.waybills, key=rank)


def _of_another(bench: Bench, seen: Seen) -> Outcome[Fact]:
    """A waybill that is known and not wanted here: of an older version, void, or of another order."""
    assert bench.order is not None
    found = _best(seen, bench)
    that = found.waybill
    args = _shown(bench, that) | {"other": that.ship_number}
    if found.order_state is OrderState.CANCELLED:
        return refused("waybill.cancelled", **args)
    if that.version < found.order_version:
        return refused("waybill.old_version", **args, version=that.version, current=found.order_version)
    if that.state is WaybillState.VOID:
        return refused("waybill.void", **args, why=that.reason or "waybill.why.office")
    if that.state is WaybillState.REJECTED:
        return refused("waybill.rejected", **args | {"ship_number": args["other"]}, why=that.reason or _NO_REASON)
    if that.state is WaybillState.HANDED_OVER:
        return refused("waybill.handed_over", **args)
    if that.state is WaybillState.ATTACHED:
        return refused("waybill.on_another", **args)
    if that.carrier != bench.order.carrier:
        return refused("waybill.other_carrier_order", **args, carrier=that.carrier, wanted_carrier=bench.order.carrier)
    if not found.offset:
        return refused("waybill.other_order", **args)
    args |= {"offset": found.offset, "count": abs(found.offset)}
    if found.offset == bench.off_by and bench.off_order not in (None, bench.order.id):
        return refused("waybill.stack_off", **args)
    key = {1: "waybill.next_one", -1: "waybill.previous_one"}.get(found.offset, "waybill.other_order")
    return refused(key, **args)


def _not_known(bench: Bench, seen: Seen, number: str, rules: Rules) -> Outcome[Fact]:
    """A number that no waybill has: misread, not imported yet, or written by hand."""
    assert bench.order is not None
    args: dict[str, object] = {**names(bench.order), "waybill": number}
    if is_part_of(number, (each.number for each in bench.waybills if each.number)):
        return refused("code.half", code=seen.reading.text[:80])
    if not bench.waybills:
        return refused("waybill.none", **args)
    blank = next((each for each in bench.waybills if not each.number), None)
    if blank is None:
        if len(number) == 12 and number.isdigit() and not has_good_check_digit(number):
            return refused("waybill.misread", **args)
        loose = next((each for each in bench.waybills if not each.attached), bench.waybills[0])
        return refused("waybill.unknown", **args, last4=loose.last4)
    if Right.WAYBILL_BY_HAND in rules.rights:
        return _ask_by_hand(bench, number)
    if blank.state is WaybillState.REJECTED:
        return refused("waybill.rejected", **args, by_hand=number, why=blank.reason or _NO_REASON)
    return refused("waybill.not_numbered", **args, by_hand=number)


def _ask_by_hand(bench: Bench, number: str) -> Outcome[Fact]:
    """Ask whether the number is to be written in; the same number again says yes."""
    assert bench.order is not None
    asked = Asked(Question(QuestionKind.HAND_WAYBILL, order=bench.order.id, code=number))
    key = "waybill.hand_ask" if has_good_check_digit(number) else "waybill.hand_ask_odd"
    return question(key, asked, **names(bench.order), waybill=number)


def hand_ask(bench: Bench) -> Outcome[Fact]:
    """A leader's badge straight after a number that is not known: is it written by hand?"""
    return _ask_by_hand(bench, bench.unknown)


def hand_again(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The same number again writes it in and attaches it; another one is answered as if nothing had been asked."""
    assert bench.question is not None
    number = waybill_number(seen.reading)
    blank = next((each for each in bench.waybills if not each.number), None)
    if number != bench.question.code or seen.waybills or blank is None:
        return waybill(bench, seen, rules)
    numbered = HandNumbered(blank.id, number)
    given = next(each for each in fold(bench, (numbered,), "").waybills if each.id == blank.id)
    return _differing(bench, given, 1) or _attach(bench, given, (numbered,))


def waybill_too_early(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A waybill where something else is wanted; twelve digits of a wanted code that look like one are half a code."""
    text = seen.reading.text
    if seen.waybills:
        other = _best(seen, bench).waybill
        args = {"waybill": other.number, "last4": other.last4, "other": other.ship_number}
        if bench.order is None or not bench.order.open:
            return refused("waybill.slip_first", **args)
        key = "waybill.slip_first" if slip_wanted(bench) else "waybill.goods_first"
        return refused(key, **args)
    half = is_part_of(text, seen.parts)
    return refused("code.half" if half else "waybill.not_wanted", code=text[:80])


# --- labels that follow the close ---------------------------------------------------------------------------------


def label(candidate: Candidate) -> Outcome[Fact]:
    """The slip of a parcel that was closed before its waybill came: the label is scanned now."""
    waybill_ = next((each for each in candidate.waybills if not each.attached), None)
    last4 = waybill_.last4 if waybill_ else ""
    if waybill_ is None or not waybill_.number:
        return question("label.not_yet", LabelWanted(candidate), **names(candidate.order))
    return question("label.ask", LabelWanted(candidate), **names(candidate.order), last4=last4)


# --- set aside, one piece more, another service, closed without ---------------------------------------------------


def later(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-LATER`` sets the parcel aside; its slip opens it again."""
    assert bench.order is not None
    return ok("later.parked", Parked(), **names(bench.order), packed=bench.done)


def parcel(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-PARCEL``: the goods go in one piece more, where the service takes it; else the leader chooses another."""
    assert bench.order is not None
    count = bench.box_count
    unplanned = bench.plan is None or count >= len(bench.plan.boxes)
    opened = BoxOpened(count + 1, bench.box, new=True, by_hand=unplanned, was_free=bench.free)
    if count < bench.order.parcel_count or not bench.order.carrier:
        return ok("box.opened", opened, **names(bench.order), box=count + 1)
    pieces = bench.order.parcel_count + 1
    if pieces <= seen.most_pieces:
        return info("parcel.added", PieceAdded(pieces), opened, Parked(), **names(bench.order), pieces=pieces)
    return info("parcel.service", ServiceWanted("pieces"), Parked(), **names(bench.order), pieces=pieces)


def service(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-SERVICE`` asks why the parcel can't go as it was planned."""
    assert bench.order is not None
    if not bench.order.carrier:
        return refused("service.no_carrier", **names(bench.order))
    asked = Asked(Question(QuestionKind.SERVICE_REASON, order=bench.order.id))
    return question("service.ask", asked, **names(bench.order))


def service_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The reason holds the order for the leader and sets the parcel aside."""
    assert bench.order is not None
    command = command_of(seen.reading)
    reason = SERVICE_REASONS.get(command) if command else None
    if reason is None:
        return refused("reason.another")
    return info("service.parked", ServiceWanted(reason), Parked(), **names(bench.order), reason=reason)


def override(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-DONE`` where the waybill is wanted: by right, and with a reason."""
    assert bench.order is not None
    if Right.WAYBILL_OVERRIDE not in rules.rights:
        return refused("override.leader_needed", **names(bench.order))
    asked = Asked(Question(QuestionKind.OVERRIDE_REASON, order=bench.order.id))
    return question("override.ask", asked, **names(bench.order))


def override_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The reason closes the parcel without its waybill."""
    assert bench.order is not None
    command = command_of(seen.reading)
    reason = REASONS.get(command) if command else None
    if reason is None:
        return refused("reason.another")
    closed = Closed(short=bench.short > 0, unlabelled=reason)
    return ok("order.closed_unlabelled", closed, **names(bench.order), reason=reason)


def label_later(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-LATER`` while a label is wanted leaves the closed parcel as it is."""
    return info("question.dismissed", Dismissed())
