"""Opening an order at the bench: by its slip, its number, its pick list, as the next of the queue; taking one over."""

from __future__ import annotations

from app.domain import closing
from app.domain.barcode import ListCode
from app.domain.bench import Bench, Candidate, Question, QuestionKind, Rules, Seen
from app.domain.closing import names, slip_of
from app.domain.facts import Asked, Fact, Opened
from app.domain.orders import OrderState
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import Right

__all__ = ["list_or_label", "next_order", "open_order", "take_over"]


def open_order(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A scanned order, ship number or list, or ``KP-NEXT``, opens an order that may ship."""
    if not seen.candidates:
        return closing.unknown_order(seen)
    if len(seen.candidates) > 1:
        ships = ", ".join(each.order.named for each in seen.candidates)
        return refused("order.several", code=seen.reading.text, ship_numbers=ships)
    return _refuse_open(seen, rules) or _opened(bench, seen)


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


def _opened(bench: Bench, seen: Seen, taken_over: str = "") -> Outcome[Fact]:
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
    if candidate.parked:
        return ok("order.resumed", fact, **args, left=sum(line.left for line in candidate.lines))
    if _skips(bench, candidate, fact.slip):
        return info("order.opened_skipped", fact, **args, skipped=bench.next_slip)
    return ok("order.opened", fact, **args)


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
        return refused("next.none")
    return _opened(bench, seen)


def list_or_label(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A pick list of which nothing is waiting (any more); every other label opens nothing."""
    code = next((kind.code for kind in seen.reading.kinds if isinstance(kind, ListCode)), "")
    return refused("list.none", code=code) if code else refused("label.not_wanted", code=seen.reading.text[:80])


def take_over(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The same number scanned again confirms; another one is answered as if nothing had been asked."""
    asked = bench.question.order if bench.question else None
    answer = open_order(bench, seen, rules)
    if answer.say.key != "takeover.ask" or seen.candidates[0].order.id != asked:
        return answer
    return _opened(bench, seen, seen.candidates[0].holder)
