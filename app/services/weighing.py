"""The scale of a station: what the box on it should weigh, what may be wrong with it, and what is learned from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.domain.bench import Step, StepKind, Weighing
from app.domain.boxes import inside
from app.domain.carton_plan import OWN
from app.domain.weight_learning import doubted, learned
from app.domain.weight_suspects import Candidate, suspects
from app.domain.weights import Contents, KnownWeight, Part, Weighable, WeightRules, judge, prior
from app.services.act import Work
from app.storage import packing as packing_storage
from app.storage import stations
from app.storage import weights as storage
from app.storage.database import Transaction
from app.storage.weights import Heavy, HeavyCarton

__all__ = ["contents", "learn", "look", "put_scale", "rules_of"]

_PARTS = {"cold": Part.COLD, "material": Part.MATERIAL, "wrap": Part.MATERIAL}
_CARTON = "carton:"


def rules_of(settings: dict[str, str]) -> WeightRules:
    """Return how closely the shop holds a box to its weight."""
    return WeightRules(
        min_g=float(settings["weight.least_g"]),
        percent=float(settings["weight.percent"]),
        sigmas=float(settings["weight.sigmas"]),
    )


def put_scale(tx: Transaction, station: str, state: str) -> None:
    """Say whether a scale stands at *station*: ``ok``, ``fault`` (packing goes on without), or empty for none."""
    stations.enter(tx, station, "")  # a station that never scanned begins here
    storage.put_scale(tx, station, state)


def look(work: Work, box: int, grams: int) -> Weighing:
    """Hold a weight against what should be in *box* of the open parcel."""
    assert work.bench.order is not None
    rules, cartons = rules_of(work.settings), _cartons(work, box)
    should, goods = _contents(work, box, rules, cartons)
    verdict = judge(grams, should, rules)
    if verdict.ok:
        return Weighing(verdict)
    instead = _candidates(work, goods, box, rules, cartons)
    return Weighing(verdict, suspects(grams, verdict.contents, instead, rules))


def contents(work: Work, box: int, grams: int) -> Contents:
    """Return what should be in *box* of the open parcel, as far as it is believed at that weight."""
    rules = rules_of(work.settings)
    return judge(grams, _contents(work, box, rules, _cartons(work, box))[0], rules).contents


def learn(work: Work, grams: int, contents: Contents, *, passed: bool) -> None:
    """Keep what a weighed box has taught.

    :param passed: a leader let it pass in spite of its weight: then it teaches doubt only.
    """
    rules = rules_of(work.settings)
    taught = doubted(contents, rules) if passed else learned(grams, contents, rules)
    goods = {int(key[1:]): known for key, known in taught.items() if key[0] in "px"}
    boxes = {key.removeprefix(_CARTON): known for key, known in taught.items() if key.startswith(_CARTON)}
    storage.keep(work.tx, goods)
    storage.keep_cartons(work.tx, {code: known for code, known in boxes.items() if code})


def _cartons(work: Work, box: int) -> Mapping[str, HeavyCarton]:
    """Return the list of cartons where one of them is named for a box."""
    return storage.all_cartons(work.tx) if work.bench.carton_of(box) not in ("", OWN) else {}


def _contents(
    work: Work, box: int, rules: WeightRules, cartons: Mapping[str, HeavyCarton]
) -> tuple[Contents, Counter[int]]:
    """Return what should be in a box, and its goods by product."""
    here, tx = work.bench, work.tx
    assert here.order is not None
    trail = here.trail or packing_storage.load_trail(tx, here.order.id).steps
    products = {line.id: line.product for line in here.lines}
    goods: Counter[int] = Counter()
    for (line, at), pieces in inside(trail).items():
        product = products.get(line)
        if at == box and pieces > 0 and product is not None:
            goods[product] += pieces
    beside = _beside(trail, box)
    kinds = {each.id: each.kind for each in here.extras}
    orders = [each.id for each in here.members]
    shown = storage.shown_extras(tx, orders) if box == 1 else []  # what is not scanned is put into the first
    wanted = {*goods, *(product for _, product in beside), *(product for _, product, _, _ in shown if product)}
    known = storage.of_products(tx, wanted)
    things = [_thing(f"p{product}", known[product], pieces, rules) for product, pieces in goods.items()]
    inserts: Counter[tuple[int, Part]] = Counter()
    for (extra, product), pieces in beside.items():
        inserts[product, _PARTS.get(kinds.get(extra, ""), Part.INSERT)] += pieces
    for kind, product, _, pieces in shown:
        if product is not None:
            inserts[product, _PARTS.get(kind, Part.INSERT)] += pieces
    for (product, part), pieces in inserts.items():
        if product in goods:  # the same goods as a present: they weigh what the sold ones weigh
            things = [
                Weighable(each.key, each.name, each.weight, each.pieces + pieces) if each.key == f"p{product}" else each
                for each in things
            ]
        elif all(each.key != f"x{product}" for each in things):
            things.append(_thing(f"x{product}", known[product], pieces, rules, part))
    return (*things, *_carton(work, box, rules, cartons)), goods


def _beside(trail: Iterable[Step], box: int) -> Counter[tuple[int, int]]:
    """Return what went into a box beside the goods, by insert and product."""
    found: Counter[tuple[int, int]] = Counter()
    for step in trail:
        if step.kind is StepKind.INSERT and step.box == box and step.product is not None and step.extra is not None:
            found[step.extra, step.product] += step.quantity
    return found


def _weight(known: Heavy, rules: WeightRules) -> KnownWeight | None:
    return known.learned or prior(known.told_g, rules)


def _thing(key: str, known: Heavy, pieces: int, rules: WeightRules, part: Part = Part.GOODS) -> Weighable:
    return Weighable(key, known.name, _weight(known, rules), pieces, part)


def _carton(work: Work, box: int, rules: WeightRules, cartons: Mapping[str, HeavyCarton]) -> tuple[Weighable, ...]:
    """Return the carton; its maker's own weighs with its goods, and one that nobody named is not known."""
    code = work.bench.carton_of(box)
    if code == OWN:
        return ()
    found = cartons.get(code)
    weight = _carton_weight(found, rules) if found else None
    return (Weighable(_CARTON + code, (found.name if found else "") or code, weight, 1, Part.CARTON),)


def _carton_weight(known: HeavyCarton, rules: WeightRules) -> KnownWeight | None:
    return known.learned or prior(known.told_g, rules)


def _candidates(
    work: Work, goods: Counter[int], box: int, rules: WeightRules, cartons: Mapping[str, HeavyCarton]
) -> list[Candidate]:
    """Return what may lie in the place of something: look-alike goods, another carton."""
    found = []
    for product, other in storage.alike_goods(work.tx, goods.keys()):
        weight = _weight(other, rules)
        if weight is not None:
            found.append(Candidate(f"p{other.product}", other.name, weight, f"p{product}"))
    code = work.bench.carton_of(box)
    for other_code, carton in cartons.items():
        weight = _carton_weight(carton, rules)
        if weight is not None and other_code != code:
            found.append(Candidate(_CARTON + other_code, carton.name or other_code, weight, _CARTON + code))
    return found
