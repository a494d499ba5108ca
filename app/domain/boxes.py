"""Boxes 個口 at the bench: in which carton each goes, which one is filled, and which piece lies in which.

What is proposed (:mod:`app.domain.carton_plan`) is advice. A packer who takes another carton scans its code, or says
that the proposed one is too thick or does not hold it; who parts the goods otherwise switches boxes or moves a piece.
The record follows the hands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.domain.bench import Bench, BenchLine, KnownCarton, Question, QuestionKind, Rules, Seen, Step, StepKind
from app.domain.carton_plan import OWN
from app.domain.closing import names
from app.domain.facts import Asked, BoxOpened, CartonChosen, Fact, Moved, Parked, ServiceChosen, ServiceWanted
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.seen import SERVICE_REASONS, command_of

__all__ = [
    "carton",
    "inside",
    "instead_of",
    "maker",
    "menu",
    "move",
    "move_ask",
    "no_fit",
    "opened_for",
    "stale",
    "switch",
    "too_thick",
]


def opened_for(bench: Bench, box: int) -> tuple[Fact, ...]:
    """Return what turns to *box*, where another one is filled."""
    if box == bench.box:
        return ()
    return (BoxOpened(box, bench.box, new=box > bench.box_count, was_free=bench.free),)


def menu(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-BOX``: what is to be done about the box?"""
    assert bench.order is not None
    asked = Asked(Question(QuestionKind.BOX, order=bench.order.id))
    return question("box.ask", asked, box=bench.box, boxes=bench.box_count, carton=bench.carton_of(bench.box))


def switch(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-SWITCH``: to the next box, after the last to the first."""
    count = bench.box_count
    if count == 1:
        return refused("box.only_one")
    box = bench.box % count + 1
    fact = BoxOpened(box, bench.box, new=False, by_hand=True, was_free=bench.free)
    return ok("box.switched", fact, box=box, boxes=count)


# --- cartons ------------------------------------------------------------------------------------------------------


def carton(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A carton's code: the box that is filled goes in it."""
    if seen.carton is None:
        return refused("carton.unknown", code=seen.reading.text[:80])
    if seen.carton.code == bench.carton_of(bench.box):
        return info("carton.same", carton=seen.carton.code, box=bench.box)
    return _chosen(bench, seen.carton, "")


def instead_of(bench: Bench) -> str:
    """Return the code of the carton that is proposed where the one of the box in hand will not do; empty for none.

    One that was refused by a person for this order does not come again.
    """
    now = bench.carton_of(bench.box)
    planned = bench.order.plan.boxes if bench.order and bench.order.plan else ()
    if bench.box > len(planned):
        return ""
    box = planned[bench.box - 1]
    listed = (box.carton, *box.instead)
    return next(iter(listed[listed.index(now) + 1 :]), "") if now in listed else ""


def no_fit(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-R-NOFIT``: it does not go into its carton."""
    return _another(bench, seen, "no_fit")


def too_thick(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-R-THICK``: it goes in, but is too thick then."""
    command = command_of(seen.reading)
    if command is None or SERVICE_REASONS.get(command) != "thick":
        return refused("reason.another")
    return _another(bench, seen, "thick")


def _another(bench: Bench, seen: Seen, reason: str) -> Outcome[Fact]:
    now = bench.carton_of(bench.box)
    if seen.carton is None:
        return refused("carton.no_other", carton=now, box=bench.box)
    return _chosen(bench, seen.carton, reason)


def maker(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-MAKER``: the goods of this box go as they came, in their maker's carton."""
    if bench.carton_of(bench.box) == OWN:
        return info("carton.same", carton=OWN, box=bench.box)
    return _chosen(bench, KnownCarton(OWN, ""), "maker")


def _chosen(bench: Bench, taken: KnownCarton, reason: str) -> Outcome[Fact]:
    """Keep which carton it is. One that the service does not take stops the parcel until it has another service."""
    order = bench.order
    assert order is not None
    if bench.box_at(bench.box).weighed:
        return refused("move.weighed")  # it was weighed with the carton that it had
    before = bench.box_at(bench.box).carton
    fact = CartonChosen(bench.box, taken.code, before, bench.carton_of(bench.box) if not before else "", reason)
    args = {**names(order), "carton": taken.code, "name": taken.name or taken.code, "box": bench.box}
    if not taken.suits and order.carrier and taken.follow:
        moved = ServiceChosen(taken.follow)
        return info("carton.follows", fact, moved, Parked(), **args, service=taken.follow)
    if not taken.suits and order.carrier:
        return info("carton.service", fact, ServiceWanted(reason or "carton"), Parked(), **args)
    return ok("carton.chosen", fact, **args)


# --- which piece lies where ---------------------------------------------------------------------------------------


def inside(trail: Iterable[Step]) -> Counter[tuple[int, int]]:
    """Return how many pieces of each line lie in each box, by line id and box."""
    found: Counter[tuple[int, int]] = Counter()
    for step in trail:
        if step.line is None:
            continue
        if step.kind is StepKind.PACK:
            found[step.line, step.box] += step.quantity
        elif step.kind is StepKind.MOVE:
            found[step.line, step.box] += step.quantity
            found[step.line, int(step.source)] -= step.quantity
    return found


def stale(trail: Iterable[Step]) -> list[Step]:
    """Return the moves that no longer stand once goods came out of their boxes: what they moved is not there."""
    left, gone = list(trail), []
    while short := {place for place, pieces in inside(left).items() if pieces < 0}:
        last = next(
            step for step in reversed(left) if step.kind is StepKind.MOVE and (step.line, int(step.source)) in short
        )
        left.remove(last)
        gone.append(last)
    return gone


def move_ask(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-MOVE``: which piece lies in this box, and not in the one where it was scanned?"""
    if bench.box_count == 1:
        return refused("box.only_one")
    if any(each.weighed for each in bench.boxes):
        return refused("move.weighed")
    assert bench.order is not None
    return question("move.ask", Asked(Question(QuestionKind.MOVE, order=bench.order.id)), box=bench.box)


def move(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The piece that was scanned lies in the box in hand now."""
    there = inside(bench.trail)
    for known in seen.products:  # of several that have the code it is the one that lies elsewhere
        found = _elsewhere([line for line in bench.lines if line.product == known.product], bench.box, there)
        if found is not None:
            line, box = found
            fact = Moved(line.id, known.product, 1, box, bench.box)
            return ok("move.done", fact, name=known.name, sku=known.sku, box=bench.box, from_box=box)
    known = seen.products[0]
    return refused("move.not_in_other", name=known.name, sku=known.sku, box=bench.box)


def _elsewhere(lines: list[BenchLine], box: int, there: Counter[tuple[int, int]]) -> tuple[BenchLine, int] | None:
    """Return a line of which a piece lies in another box, and that box."""
    for line in lines:
        for (each, other), pieces in sorted(there.items()):
            if each == line.id and other != box and pieces > 0:
                return line, other
    return None
