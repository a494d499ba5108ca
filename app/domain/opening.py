"""Opening an order at the bench: by its slip, its number, its pick list, as the next of the queue; taking one over."""

from __future__ import annotations

from dataclasses import replace

from app.domain import closing, goods
from app.domain.asking import slip_wanted
from app.domain.barcode import CartCode, ListCode, Reading, ToteCode, WallCode
from app.domain.bench import Bench, Candidate, InPick, PickedGoods, Question, QuestionKind, Rules, Seen
from app.domain.closing import names, slip_of
from app.domain.facts import Asked, Fact, Opened, Packed, fold
from app.domain.orders import OrderState
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import Right
from app.domain.stock import picked_place

__all__ = ["list_or_label", "next_order", "open_order", "single", "take_over"]

_CONTAINERS = (ToteCode, WallCode, CartCode)


def open_order(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A scanned order, ship number, list or tote, or ``KP-NEXT``, opens an order that may ship."""
    if not seen.candidates:
        return closing.unknown_order(seen)
    if len(seen.candidates) > 1:
        ships = ", ".join(each.order.named for each in seen.candidates)
        key = "container.several" if _container(seen.reading) else "order.several"
        return refused(key, code=_container(seen.reading) or seen.reading.text, ship_numbers=ships)
    return _refuse_open(seen, rules) or _opened(bench, seen, rules)


def _container(reading: Reading) -> str:
    """Return the code of a tote, wall slot or cart; empty for anything else."""
    return next((kind.code for kind in reading.kinds if isinstance(kind, _CONTAINERS)), "")


def _refuse_open(seen: Seen, rules: Rules) -> Outcome[Fact] | None:
    candidate = seen.candidates[0]
    order = candidate.order
    about = names(order)
    member = closing.member_of(candidate.members, seen.reading)
    version = closing.version_of(seen.reading)
    if version is not None and version != member.version:
        return refused("order.old_version", **names(member), version=version, current=member.version)
    if order.state is OrderState.CANCELLED:
        return refused("order.cancelled", **about)
    if candidate.unlabelled and order.state is OrderState.VERIFIED and not candidate.holds:
        return closing.label(candidate)
    if order.state in (OrderState.VERIFIED, OrderState.SHIPPED, OrderState.REPORTED, OrderState.ACKNOWLEDGED):
        return refused("order.already_verified", **about)
    if candidate.holds or order.state is OrderState.RECEIVED:
        return refused("order.held", **about, holds=list(candidate.holds))
    if order.state is OrderState.READY and not rules.release_at_open:
        return refused("order.not_released", **about)
    if not (order.open or order.state is OrderState.READY):
        return refused("order.cannot_open", **about, state=str(order.state))
    if candidate.in_pick is not None:
        return _in_pick(about, candidate.in_pick)
    if candidate.holder and candidate.holder != rules.station:
        if candidate.leased or Right.TAKE_OVER not in rules.rights:
            return refused("order.held_by", **about, station=candidate.holder)
        return question(
            "takeover.ask",
            Asked(Question(QuestionKind.TAKE_OVER, order=order.id)),
            **about,
            station=candidate.holder,
        )
    return None


def _in_pick(about: dict[str, object], job: InPick) -> Outcome[Fact]:
    """A pick job has it: finishing that, or handing it back, is the way to the bench."""
    key = "order.being_picked" if job.station else "order.to_be_picked"
    return refused(key, **about, job=job.job, station=job.station, person=job.person)


def _opened(bench: Bench, seen: Seen, rules: Rules, taken_over: str = "") -> Outcome[Fact]:
    candidate = seen.candidates[0]
    order = candidate.order
    release = order.state is OrderState.READY
    fact = Opened(candidate, release, taken_over, "" if release else slip_of(candidate, seen.reading))
    args = {
        **names(order),
        "lines": len(candidate.lines),
        "pieces": sum(line.wanted for line in candidate.lines),
    }
    if taken_over:
        return ok("takeover.done", fact, **args)
    proven = _proven(candidate, rules)
    if proven:
        inside = sum(each.quantity for each in proven)
        left = _left(candidate) - inside
        return ok("order.opened_in" if left else "order.opened_all_in", fact, *proven, **args, packed=inside, left=left)
    if candidate.parked:
        return ok("order.resumed", fact, **args, left=_left(candidate))
    if _skips(bench, candidate, fact.slip):
        return info("order.opened_skipped", fact, **args, skipped=bench.next_slip)
    return ok("order.opened", fact, **args)


def _left(candidate: Candidate) -> int:
    return sum(line.left for line in candidate.lines)


def _proven(candidate: Candidate, rules: Rules) -> tuple[Packed, ...]:
    """Return as packed what was scanned at its shelf, where the shop does not scan picked goods again.

    Only into an empty parcel: a person may have taken it out again. Goods of which the number on each piece is wanted
    are scanned here all the same, and so are those of a lot that was recalled or has expired since.
    """
    if candidate.order.scan != "off" or candidate.parked or candidate.parcel is not None:
        return ()
    source = picked_place(candidate.order.id) if rules.stock_tracked else ""
    lines = {line.id: line for line in candidate.lines}
    room = {line.id: line.left for line in candidate.lines}
    made = []
    for each in candidate.goods:
        if each.line is None or lines[each.line].handling.each_piece or _stale(each, rules):
            continue
        pieces = min(each.pieces, room[each.line])
        if pieces > 0:
            packed = Packed(each.line, each.product, each.code, pieces, each.lot, source, each.expiry, how="picked")
            made.append(packed)
            room[each.line] -= pieces
    return tuple(made)


def _stale(goods_: PickedGoods, rules: Rules) -> bool:
    return goods_.recalled or bool(goods_.expiry and goods_.expiry < rules.today)


def _skips(bench: Bench, candidate: Candidate, slip: str) -> bool:
    """Whether the slip lies deeper in the stack than the one that is expected now."""
    batch, _, sequence = bench.next_slip.partition("-")
    if not slip or not sequence:
        return False
    first = min(each.place for each in candidate.members)
    return first[0] == int(batch) and first > (int(batch), int(sequence))


def next_order(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-NEXT`` opens what the queue gives."""
    if not seen.candidates:
        return refused("next.being_picked" if seen.being_picked else "next.none")
    return _opened(bench, seen, rules)


def single(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Goods while nothing is open, and an order of one piece was picked that wants them: it is opened.

    Where its slip must be scanned, that comes first; else the very scan counts, with every guard before it.
    """
    assert seen.single is not None
    opened = Opened(seen.single)
    on_bench = fold(bench, (opened,), "")
    args = {**names(seen.single.order), "name": seen.products[0].name}
    wanted = slip_wanted(on_bench)
    if wanted:
        return ok("single.opened", opened, **args)
    counted = goods.item(on_bench, replace(seen, picked=seen.single.goods), rules)
    if not counted.facts:
        return counted
    say = counted.say
    if say.key == "pack.all_in":
        say = replace(say, key="single.counted")
    return Outcome(say, (opened, *counted.facts))


def list_or_label(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A pick list of which nothing is waiting (any more), an empty tote; every other label opens nothing."""
    code = next((kind.code for kind in seen.reading.kinds if isinstance(kind, ListCode)), "")
    if code:
        return refused("list.none", code=code)
    container = _container(seen.reading)
    if container:
        return refused("container.empty", code=container)
    return refused("label.not_wanted", code=seen.reading.text[:80])


def take_over(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The same number scanned again confirms; another one is answered as if nothing had been asked."""
    asked = bench.question.order if bench.question else None
    answer = open_order(bench, seen, rules)
    if answer.say.key != "takeover.ask" or seen.candidates[0].order.id != asked:
        return answer
    return _opened(bench, seen, rules, seen.candidates[0].holder)
