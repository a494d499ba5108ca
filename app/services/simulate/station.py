"""The bench of the simulation: the real rules over values in memory, without a database.

What :mod:`app.services.packing` loads from tables comes from the master and the orders at hand here; reading, deciding
and folding are the program's own. A test packs the same orders at both and compares every answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from app.domain.asking import DETAILS, AskKind, ask
from app.domain.barcode import CommandName, OrderCode, Reading, Waybill, WeightCode, read
from app.domain.bench import (
    Bench,
    BenchLine,
    BenchOrder,
    BenchWaybill,
    Candidate,
    FoundWaybill,
    KnownLot,
    Papers,
    Pending,
    Question,
    QuestionKind,
    Refused,
    Rules,
    Seen,
    Weighing,
)
from app.domain.facts import Fact, Packed, Weighed, fold
from app.domain.lots import answered, details_of
from app.domain.mispicks import Control, RuleSet
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Level, Outcome, Say, info
from app.domain.packing import decide
from app.domain.products import KnownCode, LotPolicy
from app.domain.seen import LABELLING, command_of, waybill_number
from app.domain.weight_suspects import Candidate as WeightCandidate
from app.domain.weight_suspects import suspects
from app.services.simulate.goods import Goods, Order
from app.services.simulate.scale import Scale
from app.settings import defaults

__all__ = ["CoreStation", "Said", "Station"]

_CARRIER = "yamato_b2"
_ABOUT_ASKED = (QuestionKind.LOT, QuestionKind.EXPIRY, QuestionKind.SERIAL)

_read = lru_cache(maxsize=4096)(read)
"""A code means the same each time it is read; most of a shift's scans are of few texts."""


class Said(NamedTuple):
    """What a station answered, as far as a packer looks at it."""

    level: str
    key: str
    ask: str
    """What is wanted next."""
    sku: str
    """Of what goods."""
    left: int
    """How many of them."""
    options: tuple[str, ...] = ()
    """SKUs among which to choose."""


class Station(Protocol):
    """Where the simulated packer works."""

    def offer(self, order: Order, beside: Order) -> None:
        """Have *order* come next in the queue; the papers of *beside* lie on the same table."""

    def scan(self, text: str, since: int) -> Said:
        """Answer a scan.

        :param since: milliseconds since the scan before.
        """


class CoreStation:
    """The rules, with the switches of one set of rules."""

    def __init__(self, goods: Goods, rules: RuleSet, scale: Scale | None = None) -> None:
        """Open a station.

        :param scale: what stands beside it; None for none.
        """
        self._goods = goods
        self._scale = scale
        self._papers = Papers(slip=True, waybill=True) if Control.PAPERS in rules.controls else Papers()
        guarded = Control.GUARDS in rules.controls
        pace = int(defaults()["scan.pace_ms"]) if guarded else 0
        self._rules = Rules(
            station="1",
            today=goods.today.isoformat(),
            pace_ms=pace,
            alike_units=guarded,
            scale=scale is not None,
            overridable=frozenset({"weight"} if scale else ()),
        )
        self._bench = Bench()
        self._wanted = ask(self._bench, self._rules)
        self._here: dict[str, Order] = {}
        self._labels: dict[str, tuple[Order, int]] = {}
        self._next: Order | None = None
        self._last_level = Level.OK
        self._off: Weighing | None = None
        """The last box that was weighed."""
        self._serials: dict[tuple[int, str], str] = {}
        """Product and serial number -> ship number of the order that it went into."""

    def offer(self, order: Order, beside: Order) -> None:
        """Have *order* come next; that and *beside* are all the orders there are."""
        self._bench = Bench()
        self._wanted = ask(self._bench, self._rules)
        self._next = order
        self._here = {each.ship_number: each for each in (order, beside)}
        self._labels = {}
        for each in (order, beside):
            self._labels[each.label] = (each, each.version)
            if each.old_label:
                self._labels[each.old_label] = (each, each.version - 1)

    def scan(self, text: str, since: int) -> Said:
        """Answer a scan; see :func:`app.services.packing.scan`."""
        reading = _read(text)
        before = self._bench
        seen: Seen | None = None
        if command_of(reading) is CommandName.CANCEL and self._last_level == Level.REFUSED:
            outcome: Outcome[Fact] = info("refusal.dismissed")
        else:
            seen = self._seen(reading, since)
            outcome = decide(before, seen, self._rules)
        self._last_level = outcome.say.level
        now = fold(before, outcome.facts, "") if outcome.facts else before
        packed = [fact for fact in outcome.facts if isinstance(fact, Packed)]
        last = reading.text if packed and command_of(reading) is None else ""
        options = self._options(now.question)
        may_pass = _may_pass(outcome.say)
        if last != now.last_code or options != now.options or may_pass != now.refused:
            now = replace(now, last_code=last, options=options, refused=may_pass)
        if self._scale and any(isinstance(fact, Weighed) for fact in outcome.facts):
            self._learn(seen.weighing if seen else None)
        for fact in packed:
            if fact.serial and before.order is not None:
                self._serials[fact.product, fact.serial] = before.order.ship_number
        self._bench = now
        self._wanted = wanted = ask(now, self._rules)
        sku, left = (wanted.line.sku, wanted.line.left) if wanted.line else ("", 0)
        say = outcome.say
        return Said(say.level, say.key, wanted.kind, sku, left, tuple(each.sku for each in wanted.options))

    def _learn(self, weighing: Weighing | None) -> None:
        """Learn from a box that may be closed; one that was let pass was weighed a scan before."""
        assert self._scale is not None
        if weighing is not None:
            self._scale.accept(weighing.verdict)
        elif self._off is not None:
            self._scale.let_pass(self._off.verdict)

    # --- what the code may mean: in step with app.services.bench ---

    def _options(self, question: Question | None) -> tuple[KnownCode, ...]:
        """Return the products that have the code about which it is asked, in the order of the choice codes."""
        if question is None or question.pending is None or question.pending.product is not None:
            return ()
        return self._having(question.pending.code)

    def _having(self, code: str) -> tuple[KnownCode, ...]:
        return tuple(sorted(self._goods.find(_read(code)), key=lambda known: known.sku))

    def _seen(self, reading: Reading, since: int) -> Seen:
        """Look a code up, and what the answer needs beside it."""
        question = self._bench.question
        asked: tuple[KnownCode, ...] = ()
        if question is not None and question.pending is not None:
            product = question.pending.product
            asked = tuple(known for known in self._having(question.pending.code) if known.product == product)
        elif command_of(reading) is CommandName.QUANTITY and self._bench.last_code:
            asked = self._having(self._bench.last_code)
        found = self._look_up(reading)
        scanned: tuple[KnownCode, ...] = found.get("products", ())
        # Only while a lot, a date or a serial is asked for do other goods have to wait.
        waiting = question is not None and question.kind in _ABOUT_ASKED
        lots, serial_in = self._lots(reading, asked if waiting or not scanned else scanned)
        weighing = self._weighing(reading)
        return Seen(reading, **found, asked=asked, since=since, lots=lots, serial_in=serial_in, weighing=weighing)

    def _weighing(self, reading: Reading) -> Weighing | None:
        """Hold what the scale says against what is in the box by the books."""
        code = reading.kind(WeightCode)
        if self._scale is None or not isinstance(code, WeightCode) or code.grams is None:
            return None
        inside: dict[int, int] = {}
        for line in self._bench.lines:
            if line.product is not None and line.done:
                inside[line.product] = inside.get(line.product, 0) + line.done
        verdict = self._scale.judge(inside, code.grams)
        told = () if verdict.ok else suspects(code.grams, verdict.contents, self._alike(inside), self._scale.rules)
        self._off = Weighing(verdict, told)
        return self._off

    def _alike(self, inside: Mapping[int, int]) -> list[WeightCandidate]:
        """Return what may lie in the place of the goods in a box: look-alikes, and others of the same code."""
        assert self._scale is not None
        others = [(other, of) for of in inside for other in (self._goods[of].alike, self._goods[of].sharing) if other]
        return [self._scale.candidate(other, of) for other, of in others if other not in inside]

    def _lots(self, reading: Reading, about: tuple[KnownCode, ...]) -> tuple[tuple[KnownLot, ...], str]:
        """Return the lots on the shelf of the goods in hand, and where their serial number went before."""
        if len(about) != 1 or about[0].handling.lot_policy is LotPolicy.NONE:
            return (), ""
        known = about[0]
        if all(line.product != known.product for line in self._bench.lines):
            return (), ""
        keeps = known.handling.lot_policy.keeps_lot
        lots = (self._goods.fresh_lot, self._goods.recalled_lot) if keeps else ()
        serial = details_of(reading, known.handling).serial or self._said_serial(reading)
        return lots, self._serials.get((known.product, serial), "") if serial else ""

    def _said_serial(self, reading: Reading) -> str:
        """Return the serial number that was typed because it was asked for."""
        question = self._bench.question
        if question is None or question.kind is not QuestionKind.SERIAL or question.pending is None:
            return ""
        said = answered(AskKind.SERIAL, question.pending.details, reading)
        return said.serial if said else ""

    def _look_up(self, reading: Reading) -> dict[str, Any]:
        """Return the fields of :class:`Seen` for which something was found."""
        wanted = self._wanted.kind
        command = command_of(reading)
        if command is not None:
            offered = command is CommandName.NEXT and wanted is AskKind.ORDER and self._next is not None
            return {"candidates": (self._candidate(self._next),)} if offered and self._next else {}
        if wanted in DETAILS:
            return {"products": self._goods.find(reading, with_sku=False)}
        if wanted in LABELLING:
            number = waybill_number(reading)
            found = self._found(number)
            if found or any(each.number == number for each in self._bench.waybills):
                return {"waybills": found}
        products = self._goods.find(reading)
        if products:
            return {"products": products}
        code = reading.kind(OrderCode)
        if isinstance(code, OrderCode) and (order := self._here.get(str(code.ship_number))):
            return {"candidates": (self._candidate(order),)}
        if reading.kind(Waybill) and (found := self._found(waybill_number(reading))):
            return {"waybills": found}
        return {"parts": tuple(part for line in self._bench.lines for part in (line.code, line.sku))}

    def _found(self, number: str) -> tuple[FoundWaybill, ...]:
        """Return the waybill that has this number, unless it is the open order's own."""
        made = self._labels.get(number)
        if made is None or any(each.number == number for each in self._bench.waybills):
            return ()
        order, version = made
        return (FoundWaybill(_waybill(order, version), OrderState.RELEASED, order.version),)

    def _candidate(self, order: Order) -> Candidate:
        if self._bench.order is not None and self._bench.order.id == order.number:
            here = self._bench
            assert here.order is not None
            return Candidate(here.order, here.lines, waybills=here.waybills)
        lines = []
        for place, (product, pieces) in enumerate(order.lines, 1):
            of = self._goods[product]
            how = self._goods.handling(of)
            lines.append(
                BenchLine(place, of.sku, of.name, product, pieces, code=of.gtin14, shelf=of.shelf, handling=how)
            )
        made = BenchOrder(
            id=order.number,
            number=f"S-{order.number}",
            ship_number=order.ship_number,
            version=order.version,
            state=OrderState.RELEASED,
            carrier=_CARRIER if self._papers.waybill else "",
            papers=self._papers,
            weight_check="refuse" if self._scale else "off",
        )
        return Candidate(made, tuple(lines), waybills=(_waybill(order, order.version),) if self._papers.waybill else ())


def _may_pass(say: Say) -> Refused | None:
    """Return what a leader may let pass of what was just refused."""
    guard, pending = say.args.get("allow"), say.args.get("pending")
    if not isinstance(guard, str) or not isinstance(pending, dict):
        return None
    return Refused(guard, Pending(pending["code"], quantity=pending["quantity"]))


def _waybill(order: Order, version: int) -> BenchWaybill:
    old = version < order.version
    return BenchWaybill(
        id=2 * order.number + old,
        order=order.number,
        ship_number=order.ship_number,
        version=version,
        key=f"{order.ship_number}-{version}",
        piece=1,
        pieces=1,
        carrier=_CARRIER,
        state=WaybillState.VOID if old else WaybillState.NUMBERED,
        number=order.old_label if old else order.label,
    )
