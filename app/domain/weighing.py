"""The scale at the bench: the last witness before the waybill.

The scale answers the question for the weight by itself (``KG-532``). A box that is off is refused, with what is most
likely wrong with it; a leader lets it pass with a reason, so that a false stop never costs the pickup. Where the scale
fails, packing goes on, and it is kept that the box was not weighed.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.asking import ask
from app.domain.barcode import WeightCode
from app.domain.bench import Bench, Pending, Rules, Seen, Weighing
from app.domain.closing import finish, names
from app.domain.facts import Allowed, Fact, Weighed
from app.domain.guards import plain_pending
from app.domain.outcome import Outcome, refused
from app.domain.weight_suspects import Suspicion

__all__ = ["LIGHTEST_G", "allowed", "first", "weigh"]

LIGHTEST_G = 5
"""What is lighter is no box, but a hand that touched the scale."""


def first(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The close, or the waybill, before the box was on the scale."""
    return refused("weight.first", box=ask(bench, rules).box or 1)


def weigh(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """What the scale says."""
    order = bench.order
    assert order is not None
    grams = next((kind.grams for kind in seen.reading.kinds if isinstance(kind, WeightCode)), None)
    box = ask(bench, rules).box or 1
    args: dict[str, object] = {**names(order), "box": box}
    if grams is not None and grams < LIGHTEST_G:
        return refused("weight.empty", **args, grams=grams)
    if grams is None or seen.weighing is None:
        return finish(bench, (Weighed(box, None, why="no_scale"),), rules, "weight.no_scale", args, "unweighed")
    args["grams"] = grams
    verdict = seen.weighing.verdict
    known = not verdict.unknown
    expected = verdict.expected_g if known else None
    fact = Weighed(box, grams, expected, verdict.tolerance_g if known else None)
    if verdict.ok:
        return finish(bench, (fact,), rules, "weight.ok", args | {"expected": expected}, "weight")
    key, more = _off(seen.weighing)
    args |= {"expected": verdict.expected_g, "difference": abs(verdict.difference_g), "tolerance": verdict.tolerance_g}
    args |= more
    if order.weight_check == "warn":
        warned = Weighed(box, grams, expected, fact.tolerance, "warned")
        told = Allowed("weight", None, 1, "warned", None, f"{grams} g / {verdict.expected_g} g")
        return finish(bench, (warned, told), rules, "weight.warned", args, "warned")
    if "weight" in rules.overridable:
        detail = f"{grams}/{verdict.expected_g}/{verdict.tolerance_g}"
        args |= {"allow": "weight", "pending": plain_pending(Pending(detail, quantity=grams))}
    return refused(key, **args)


def _off(weighing: Weighing) -> tuple[str, dict[str, object]]:
    """Return the sentence for a box that is off, and what it names."""
    light = weighing.verdict.difference_g < 0
    if not weighing.suspects:
        return _UNEXPLAINED[light], {}
    best = weighing.suspects[0]
    args: dict[str, object] = {
        "item": best.name,
        "pieces": best.pieces,
        "other_item": best.other_name,
        "suspects": [_plain(each) for each in weighing.suspects],
    }
    return _SUSPECTED[best.kind.value, len(weighing.suspects) > 1], args


_UNEXPLAINED = {True: "weight.light", False: "weight.heavy"}
_SUSPECTED = {
    ("missing", False): "weight.missing",
    ("missing", True): "weight.missing_or",
    ("extra", False): "weight.extra",
    ("extra", True): "weight.extra_or",
    ("swapped", False): "weight.swapped",
    ("swapped", True): "weight.swapped_or",
    ("carton", False): "weight.carton",
    ("carton", True): "weight.carton_or",
}


def _plain(suspicion: Suspicion) -> dict[str, object]:
    return {
        "kind": str(suspicion.kind),
        "name": suspicion.name,
        "pieces": suspicion.pieces,
        "other": suspicion.other_name,
        "percent": round(100 * suspicion.share),
    }


def allowed(bench: Bench, pending: Pending, reason: str, rules: Rules) -> Outcome[Fact]:
    """Somebody with the right lets the box pass as it is."""
    order = bench.order
    assert order is not None
    grams, expected, tolerance = (int(part) for part in pending.code.split("/"))
    box = ask(replace(bench, question=None), rules).box or 1
    fact = Weighed(box, grams, expected, tolerance, reason, pending.by)
    told = Allowed("weight", None, 1, reason, pending.by, f"{grams} g / {expected} g")
    return finish(bench, (fact, told), rules, "weight.ok", {**names(order), "box": box, "grams": grams}, "weight")
