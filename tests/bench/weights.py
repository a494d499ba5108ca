"""The scale as a witness: what it finds of missing, extra and wrong pieces, against how often it stops a right box.

A shop with goods of every weight sends boxes. First the station learns from right ones, starting with a product file
that is 3 % off; then each box is weighed right, with a piece missing, with one too many, with a foreign piece in the
place of one, and with a look-alike. Judging, learning and naming are the program's own (``app.domain.weights``); what
the goods and cartons weigh is drawn (``app.services.simulate.scale``). The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from app.domain.weight_suspects import Suspect, suspects
from app.domain.weights import MG, RULES, WeightRules, WeightVerdict
from app.services.simulate.scale import CLASSES, Scale
from tests.bench.measure import Row, Sample, note

PRODUCTS = 400
LEARNT, MEASURED = 6_000, 6_000
CURVE = (
    ("narrow", WeightRules(min_g=3, percent=0, sigmas=2)),
    ("narrower", WeightRules(min_g=5, percent=0.5, sigmas=2.5)),
    ("usual", RULES),
    ("wider", WeightRules(min_g=15, percent=2, sigmas=4)),
    ("wide", WeightRules(min_g=30, percent=4, sigmas=5)),
    ("8 g or 2 %", WeightRules(min_g=8, percent=2, sigmas=0)),
)
"""From few misses to few false stops; the last one takes no account of how well a weight is known."""
KINDS = ("missing", "extra", "wrong", "alike")
MOST_FALSE = 0.0066
"""Share of right boxes that a fixed tolerance stopped in the model that went before this program."""


@dataclass
class Found:
    """What came out at one tolerance."""

    name: str
    rules: WeightRules
    first_stopped: int = 0
    """Right boxes stopped among the first 500, while weights are learned."""
    stopped: int = 0
    boxes: int = 0
    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Wrong boxes by kind and class of the piece."""
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    visible: int = 0
    """Missing pieces that the station had not named among those it can't see."""
    visible_seen: int = 0
    named: Counter[str] = field(default_factory=Counter)
    """How the suspects did for missing and extra pieces that were seen."""
    tolerances: list[int] = field(default_factory=list)
    times: Sample = field(default_factory=Sample)
    blind: dict[str, float] = field(default_factory=dict)
    """Goods of which a missing piece passes even in a box of their own: grams by name."""

    @property
    def false(self) -> float:
        return self.stopped / self.boxes

    def detection(self, kind: str, weight_class: str = "") -> float | None:
        """Share of the wrong boxes of a kind that were stopped; None where there were none."""
        made = sum(n for (of, name), n in self.made.items() if of == kind and weight_class in ("", name))
        seen = sum(n for (of, name), n in self.seen.items() if of == kind and weight_class in ("", name))
        return seen / made if made else None


def shop(seed: int, rules: WeightRules) -> tuple[Scale, dict[int, int]]:
    """A scale in a shop of 400 products, and its look-alikes: by size (50 g, 100 g) and by colour (equal weights)."""
    scale = Scale(seed, range(1, PRODUCTS + 1), rules)
    pairs = {}
    for first in range(1, PRODUCTS, 10):
        pairs |= {first: first + 1, first + 1: first, first + 2: first + 3, first + 3: first + 2}
        scale.alike(first, first + 1)
        scale.near(first + 2, first + 3)
    return scale, pairs


def an_order(chance: Random) -> dict[int, int]:
    """Products and pieces."""
    wanted: dict[int, int] = {}
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
        product = chance.randint(1, PRODUCTS)
        wanted[product] = wanted.get(product, 0) + chance.choice((1, 1, 1, 1, 2, 2, 3, 5, 10))
    return wanted


def wrong_boxes(
    wanted: dict[int, int], pairs: dict[int, int], chance: Random
) -> Iterator[tuple[str, int, dict[int, int]]]:
    """Give kind, product concerned and what is really in the box."""
    product = chance.choice(list(wanted))
    yield "missing", product, wanted | {product: wanted[product] - 1}
    yield "extra", product, wanted | {product: wanted[product] + 1}
    foreign = chance.choice([each for each in range(1, PRODUCTS + 1) if each not in wanted])
    yield "wrong", product, wanted | {product: wanted[product] - 1, foreign: 1}
    alike = pairs.get(product)
    if alike and alike not in wanted:
        yield "alike", product, wanted | {product: wanted[product] - 1, alike: 1}


def at_tolerance(name: str, rules: WeightRules, seed: int, learnt: int, measured: int) -> Found:
    """Learn, then measure."""
    (scale, pairs), chance, found = shop(seed, rules), Random(seed), Found(name, rules)
    for at in range(learnt):
        wanted = an_order(chance)
        verdict = scale.judge(wanted, scale.put(wanted, wanted, chance))
        found.first_stopped += at < 500 and not verdict.ok
        if verdict.ok:
            scale.accept(verdict)
        else:
            scale.let_pass(verdict)
    for _ in range(measured):
        wanted = an_order(chance)
        box = scale.put(wanted, wanted, chance)
        began = perf_counter()
        verdict = scale.judge(wanted, box)
        found.times.times.append(perf_counter() - began)
        found.boxes += 1
        found.stopped += not verdict.ok
        found.tolerances.append(verdict.tolerance_g)
        blind = {each.key for each in verdict.blind}
        for kind, product, inside in wrong_boxes(wanted, pairs, chance):
            now = scale.judge(wanted, scale.put(wanted, inside, chance))
            key = kind, scale.class_of(product).name
            found.made[key] += 1
            found.seen[key] += not now.ok
            if kind == "missing" and str(product) not in blind:
                found.visible += 1
                found.visible_seen += not now.ok
            if not now.ok and kind in ("missing", "extra"):
                _name(found, scale, pairs, kind, product, now)
    for product, true in scale.true.items():
        alone = scale.judge({product: 1}, scale.put({product: 1}, {product: 1}, Random(product)))
        if any(each.key == str(product) for each in alone.blind):
            found.blind[f"product {product}"] = round(true.mean_mg / MG, 1)
    return found


def _name(found: Found, scale: Scale, pairs: dict[int, int], kind: str, product: int, verdict: WeightVerdict) -> None:
    """Count whether the right explanation is told first, at all, or another one."""
    goods = [int(each.key) for each in verdict.contents if each.key.isdigit()]
    candidates = [scale.candidate(pairs[each], each) for each in goods if each in pairs and pairs[each] not in goods]
    told = suspects(verdict.measured_g, verdict.contents, candidates, found.rules)
    right = [each.kind is Suspect(kind) and each.key == str(product) for each in told]
    found.named["all"] += 1
    found.named["first"] += right[:1] == [True]
    found.named["told"] += any(right)
    found.named["none"] += not told
    found.named["alone"] += right == [True]


def curve(seed: int, learnt: int = LEARNT, measured: int = MEASURED) -> list[Found]:
    """Measure at every tolerance, each with the same shop and the same boxes."""
    out = []
    for name, rules in CURVE:
        note(f"weights: {name}")
        out.append(at_tolerance(name, rules, seed, learnt, measured))
    return out


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2f} %"


def _table(rows: list[list[str]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print(
            "  ".join(
                each.rjust(width) if at else each.ljust(width)
                for at, (each, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
        )
    print()


def show(all_found: list[Found]) -> None:
    """Print the curve, the classes, and what cannot be seen."""
    rows = [["tolerance", "rule", "p50", "right stopped", "first 500", *KINDS]]
    for each in all_found:
        rule = f"{each.rules.min_g:g} g, {each.rules.percent:g} %, {each.rules.sigmas:g} sd"
        middle = sorted(each.tolerances)[len(each.tolerances) // 2]
        rows.append(
            [each.name, rule, f"{middle} g", _percent(each.false), str(each.first_stopped)]
            + [_percent(each.detection(kind)) for kind in KINDS]
        )
    _table(rows)
    usual = next(each for each in all_found if each.name == "usual")
    rows = [["usual tolerance, by weight of the piece", *KINDS]]
    rows += [[of.name, *(_percent(usual.detection(kind, of.name)) for kind in KINDS)] for of in CLASSES]
    _table(rows)
    named = usual.named
    print(
        f"missing and extra pieces that were seen: named first {_percent(named['first'] / named['all'])}, alone "
        f"{_percent(named['alone'] / named['all'])}, among at most three {_percent(named['told'] / named['all'])}, "
        f"no explanation {_percent(named['none'] / named['all'])}"
    )
    print(
        f"missing pieces that the station had not named as too light to see: {usual.visible:,}, seen "
        f"{_percent(usual.visible_seen / usual.visible)}"
    )
    light = sorted(usual.blind.items(), key=lambda each: each[1])
    said = ", ".join(f"{name} ({grams:g} g)" for name, grams in light)
    print(f"goods of which one piece is never missed, in a box of their own: {len(light)} of {PRODUCTS}: {said}")


def figures(all_found: list[Found], seed: int) -> dict[str, object]:
    """The figures as plain values."""
    usual = next(each for each in all_found if each.name == "usual")
    return {
        "seed": seed,
        "boxes": usual.boxes,
        "curve": [
            {
                "tolerance": each.name,
                "min_g": each.rules.min_g,
                "percent": each.rules.percent,
                "sigmas": each.rules.sigmas,
                "false_stops": round(each.false, 5),
                "stopped_of_first_500": each.first_stopped,
                **{kind: round(each.detection(kind) or 0, 4) for kind in KINDS},
            }
            for each in all_found
        ],
        "usual_by_class": {
            of.name: {kind: round(share, 4) for kind in KINDS if (share := usual.detection(kind, of.name)) is not None}
            for of in CLASSES
        },
        "named_first": round(usual.named["first"] / usual.named["all"], 4),
        "named_of_three": round(usual.named["told"] / usual.named["all"], 4),
        "visible_missing_seen": round(usual.visible_seen / usual.visible, 4),
        "products_too_light": len(usual.blind),
        "products": PRODUCTS,
        "judge_us_p50": round(usual.times.p50 * 1e6, 1),
    }


def measure(quick: bool, seed: int) -> list[Row]:
    """For the one table: the usual tolerance."""
    learnt, measured = (600, 400) if quick else (LEARNT, MEASURED)
    found = at_tolerance("usual", RULES, seed or 7, learnt, measured)
    missed = 1 - found.visible_seen / found.visible
    not_first = 1 - found.named["first"] / found.named["all"]
    unseen = 1 - (found.detection("missing") or 0)
    return [
        Row.figure("right boxes that the scale stopped", round(100 * found.false, 2), 100 * MOST_FALSE, "%"),
        Row.figure("missing pieces not seen, those called too light left out", round(100 * missed, 2), 3, "%"),
        Row.figure("… those too light counted", round(100 * unseen, 1), None, "%"),
        Row.figure("seen, and the right one not named first", round(100 * not_first, 2), 8, "%"),
        Row.absolute("one box judged", found.times, 0.001),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure the curve and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--boxes", type=int, default=MEASURED, help=f"boxes to measure with, and to learn from ({MEASURED})"
    )
    parser.add_argument("--seed", type=int, default=7, help="of goods and boxes (7)")
    given = parser.parse_args(arguments)
    found = curve(given.seed, given.boxes, given.boxes)
    show(found)
    print(json.dumps(figures(found, given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
