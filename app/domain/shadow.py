"""Shadow mode: everything is checked and recorded, and nothing is stopped, for a shop's first week.

What would have been refused is answered with the level *noted* under the key of the refusal, so that the journal knows
what would have been stopped, and the work goes on as the hands do it: goods that a guard would stop count, a waybill or
the next slip closes what was not scanned whole. Wrong goods and wrong waybills change nothing in the books: nobody
knows what is in that box.

What no packing goes on without stays as it is: who is signed in, an order that was cancelled or changed meanwhile,
codes that cannot be read.
"""

from __future__ import annotations

from app.domain import goods, opening, packing
from app.domain.asking import AskKind, ask, slip_wanted
from app.domain.bench import Bench, Rules, Seen
from app.domain.facts import (
    Closed,
    Fact,
    HandedBack,
    InsertShort,
    Opened,
    Packed,
    Shorted,
    SlipScanned,
    Weighed,
    fold,
)
from app.domain.orders import OrderState
from app.domain.outcome import Level, Outcome, Say
from app.domain.seen import LABELLING, SeenKind, command_of, kind_of, waybill_number
from app.domain.stock import shelf_place

__all__ = ["WHY", "let_pass"]

WHY = "shadow"
"""How goods are marked that count although nobody scanned them, and why a box passes unweighed or unlabelled."""

_CHECKS = ("item", "guard", "lot", "expiry", "serial", "pace", "slip", "waybill", "insert", "weight")
"""Areas of what is stopped at the bench otherwise."""
_MORE = ("order.other_open", "done.still_wanted", "code.unknown", "override.leader_needed", "done.leader_needed")
"""Single answers beside these."""
_DETAILS = ("lot.ask", "lot.ask_doubted", "expiry.ask", "serial.ask", "serial.ask_doubted", "pace.ask")
"""Questions that would hold the hands up."""
_NEVER = ("insert.gone", "weight.not_asked", "weight.empty")
"""Answers of those areas that check nothing."""


def let_pass(bench: Bench, seen: Seen, rules: Rules, outcome: Outcome[Fact], deep: int = 0) -> Outcome[Fact]:
    """Return what happens in shadow mode instead of *outcome*, which the rules decided."""
    say = outcome.say
    asked = say.level is Level.QUESTION and say.key in _DETAILS
    checked = say.level is Level.REFUSED and (say.key.partition(".")[0] in _CHECKS or say.key in _MORE)
    if not (asked or checked) or say.key in _NEVER or deep > _DEEPEST:
        return outcome
    kind = kind_of(seen, ask(bench, rules).kind)
    args = {name: value for name, value in say.args.items() if name not in ("allow", "pending")}
    return Outcome(Say(say.key, Level.NOTED, args), _forced(bench, seen, rules, say.key, kind, deep))


_DEEPEST = 3
"""A slip, the goods and a guard may each be in the way of one scan."""


def _forced(bench: Bench, seen: Seen, rules: Rules, key: str, kind: SeenKind, deep: int) -> tuple[Fact, ...]:
    """Return what becomes true all the same."""
    order = bench.order
    if order is None or not order.open:
        return ()
    if key == "slip.first":
        return _after(bench, tuple(SlipScanned(each.slip) for each in slip_wanted(bench)), seen, rules, deep)
    if kind is SeenKind.ORDER and seen.candidates:
        return _turned_to(bench, seen, rules)
    number = waybill_number(seen.reading)
    if number and ask(bench, rules).kind not in LABELLING and any(each.number == number for each in bench.waybills):
        return _after(bench, _rest(bench, rules), seen, rules, deep)
    if kind is SeenKind.DONE:
        return (*_rest(bench, rules), Closed(short=bench.short > 0, unlabelled=WHY if order.papers.waybill else ""))
    if kind is SeenKind.WEIGHT:
        box = ask(bench, rules).box or 1
        return (Weighed(box, seen.weighing.verdict.measured_g if seen.weighing else None, why=WHY),)
    if kind is SeenKind.PRODUCT or (command_of(seen.reading) is None and seen.asked):
        return goods.let_pass(bench, seen, rules)
    return ()


def _after(bench: Bench, made: tuple[Fact, ...], seen: Seen, rules: Rules, deep: int) -> tuple[Fact, ...]:
    """Return *made*, and what the scan means once they are true."""
    now = fold(bench, made, "")
    return made + let_pass(now, seen, rules, packing.decide(now, seen, rules), deep + 1).facts


def _rest(bench: Bench, rules: Rules) -> tuple[Fact, ...]:
    """Everything that was not scanned counts as packed: the box goes out as it is."""
    made: list[Fact] = [SlipScanned(each.slip) for each in slip_wanted(bench)]
    for line in bench.lines:
        if line.left <= 0:
            continue
        if line.product is None:
            made.append(Shorted(line.id, line.left, WHY))
            continue
        source = shelf_place(line.shelf) if rules.stock_tracked else ""
        made.append(
            Packed(line.id, line.product, line.code or line.sku, line.left, source=source, how=WHY, box=bench.box)
        )
    made += [InsertShort(extra.id, extra.left, WHY) for extra in bench.extras if extra.left > 0]
    now = fold(bench, tuple(made), "")
    while (wanted := ask(now, rules)).kind is AskKind.WEIGHT:
        weighed = Weighed(wanted.box or 1, None, why=WHY)
        made.append(weighed)
        now = fold(now, (weighed,), "")
    return tuple(made)


def _turned_to(bench: Bench, seen: Seen, rules: Rules) -> tuple[Fact, ...]:
    """The next slip: what was on the bench goes out as it is, or back where nothing of it was scanned."""
    order = bench.order
    assert order is not None
    left: tuple[Fact, ...]
    if bench.done:
        left = (*_rest(bench, rules), Closed(short=bench.short > 0, unlabelled=WHY if order.papers.waybill else ""))
    else:
        left = (HandedBack(state=order.state if order.state is OrderState.PICKED else OrderState.RELEASED),)
    opened = opening.open_order(fold(bench, left, ""), seen, rules)
    return left + opened.facts if any(isinstance(fact, Opened) for fact in opened.facts) else ()
