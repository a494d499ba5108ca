"""What goes into the box beside the goods 同梱物: leaflets, samples, noshi and cards, scanned like goods.

Goods among them are scanned by their own code, papers by the code that is printed on them: the paper of another order
is refused. One that ran out is passed by with a reason; the parcel does not wait for a leaflet.
"""

from __future__ import annotations

from app.domain.asking import next_extra
from app.domain.barcode import InsertCode
from app.domain.bench import Bench, Extra, Pending, Question, QuestionKind, Rules, Seen
from app.domain.closing import finish, names
from app.domain.facts import Asked, Fact, InsertPacked, InsertShort
from app.domain.guards import about
from app.domain.outcome import Outcome, info, question, refused
from app.domain.products import KnownCode
from app.domain.stock import shelf_place

__all__ = ["first", "pack", "paper", "ran_out", "short_ask", "wanted"]


def wanted(bench: Bench, product: int) -> Extra | None:
    """Return what goes in beside the goods, is *product* and is not in yet; None for nothing."""
    return next((each for each in bench.extras if each.product == product and each.left > 0), None)


def pack(bench: Bench, extra: Extra, known: KnownCode, pending: Pending, rules: Rules) -> Outcome[Fact]:
    """Goods that go in beside what was sold."""
    if pending.quantity > extra.left:
        return refused("item.too_many", **about(known), quantity=pending.quantity, left=extra.left)
    source = shelf_place(known.shelf) if rules.stock_tracked else ""
    fact = InsertPacked(extra.id, extra.product, known.code, pending.quantity, source, bench.box)
    return _in(bench, extra, fact, rules)


def paper(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The code on a paper that was printed for one order."""
    code = next((kind.code for kind in seen.reading.kinds if isinstance(kind, InsertCode)), "")
    extra = next((each for each in bench.extras if each.paper == f"KN-{code}"), None)
    if extra is None:
        return refused("insert.not_here", code=seen.reading.text[:80])
    if extra.left <= 0:
        return info("insert.already", insert=extra.name)
    return _in(bench, extra, InsertPacked(extra.id, None, extra.paper, 1, box=bench.box), rules)


def _in(bench: Bench, extra: Extra, fact: InsertPacked, rules: Rules) -> Outcome[Fact]:
    assert bench.order is not None
    return finish(bench, (fact,), rules, "insert.ok_early", {**names(bench.order), "name": extra.name}, "insert")


def first(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The close, or the waybill, before everything that goes in beside the goods is in."""
    extra = next_extra(bench)
    assert extra is not None
    return refused("insert.first", insert=extra.name, inserts=sum(each.left for each in bench.extras))


def short_ask(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-SHORT`` where something beside the goods is wanted: why is it not there?"""
    extra = next_extra(bench)
    assert extra is not None
    asked = Asked(Question(QuestionKind.SHORT_REASON, code=str(extra.id)))
    return question("insert.short_ask", asked, insert=extra.name)


def ran_out(bench: Bench, extra_id: str, reason: str, rules: Rules) -> Outcome[Fact]:
    """The reason lets the parcel go without it."""
    extra = next((each for each in bench.extras if str(each.id) == extra_id and each.left > 0), None)
    if extra is None:
        return refused("insert.gone")
    assert bench.order is not None
    fact = InsertShort(extra.id, extra.left, reason)
    args = {**names(bench.order), "name": extra.name, "reason": reason}
    return finish(bench, (fact,), rules, "insert.ok_early", args, "insert")
