"""``python -m tests.bench.batching [DATA]``: order batching on published and on seeded instances.

DATA is a folder like ``shared/data/batching``: instance files in any sub-folders, and ``reference_values.csv`` with the
best known values. What the figures mean: Henn & Wäscher, Muter & Öncan and Foodmart in the file's unit of length; Kris
in its unit of time (set-up, walking, picking). A plan that is shorter than the best known one is written to
``out/batching`` with its batches. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.batching.carts import Carts, Group, total
from app.services.batching.construct import first_come, plain_savings
from app.services.batching.corridors import Network
from app.services.batching.effort import Effort
from app.services.batching.search import Found, shortest
from app.services.batching.walks import AisleWalks, Walks, WithStart
from tests.bench.batching_files import Instance, Unreadable, name_of, read, references
from tests.bench.measure import Row

__all__ = ["Measured", "carts_of", "main", "measure", "measure_rows", "seeded", "value_of"]

DATA = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/batching"
OUT = Path("out/batching")
SMALL = 10_000
"""Groups of orders that fit a cart, up to which every plan has to be the shortest."""


@dataclass(frozen=True)
class Measured:
    """One instance solved."""

    name: str
    group: str
    value: float
    known: float | None
    proven: bool
    """Our own proof: no plan is shorter."""
    columns: int | None
    seconds: float
    savings: float
    first_come: float

    @property
    def ratio(self) -> float | None:
        """Length through the best known one."""
        return self.value / self.known if self.known else None

    @property
    def exact(self) -> bool:
        """Whether it is as short as the best known plan; published values are rounded to 0.01."""
        return self.known is not None and self.value <= self.known + 0.011


def carts_of(instance: Instance) -> Carts:
    """Return the orders of an instance as the solver takes them."""
    walks: Walks = AisleWalks(instance.network, instance.picks)
    if instance.setup:
        walks = WithStart(walks, round(1000 * instance.setup / instance.per_unit))
    return Carts(walks, instance.demand, instance.limits)


def value_of(instance: Instance, mm: int) -> float:
    """Return what a plan is worth in the unit of the reference values."""
    return mm / 1000 * (instance.per_unit or 1) + instance.pick_time


def measure(instance: Instance, known: float | None, seconds: float) -> tuple[Measured, Found]:
    """Solve one instance, everything but reading the file within *seconds* of wall clock."""
    begin = time.monotonic()
    effort = Effort(0.94 * seconds)  # the step that is under way at the end takes a moment
    carts = carts_of(instance)
    found = shortest(carts, effort)
    took = time.monotonic() - begin
    checked(carts, found)
    plain, fcfs = total(carts, plain_savings(carts)), total(carts, first_come(carts))
    return Measured(
        name_of(instance).split(":")[1],
        instance.group,
        value_of(instance, found.mm),
        known,
        found.bound == found.mm,
        found.columns,
        took,
        value_of(instance, plain),
        value_of(instance, fcfs),
    ), found


def checked(carts: Carts, found: Found) -> None:
    """Refuse a plan that leaves an order out, takes one twice, fills a cart too full, or is not as long as it says."""
    if sorted(order for group in found.groups for order in group) != list(range(carts.count)):
        raise AssertionError("an order is missing or in two carts")
    if not carts.fits(carts.loads(found.groups)).all():
        raise AssertionError("a cart is too full")
    if total(carts, found.groups) != found.mm:
        raise AssertionError("the length is not the sum of the walks")


def seeded(number: int) -> Carts:
    """Return an instance of the kind of Henn & Wäscher's, uniform demand, by its seed.

    As in their two sample files: 10 aisles, 45 cells on each side, 5 to 25 articles an order, each in a cell of its own
    drawn from all with the same weight; aisles 5 apart, 1.5 from the last cell to the cross-aisle, depot at aisle 0.
    """
    chance = random.Random(number)
    count, capacity = chance.choice(range(20, 101, 10)), (30, 45, 60, 75)[number % 4]
    network = Network(tuple(range(0, 50_000, 5_000)), (0, 47_000), ((0, 0, 0),))
    orders = [
        [(chance.randrange(10), 1500 + 1000 * (chance.randrange(90) // 2)) for _ in range(chance.randint(5, 25))]
        for _ in range(count)
    ]
    return Carts(AisleWalks(network, orders), [[len(order) for order in orders]], [capacity])


def _instances(data: Path) -> tuple[list[Instance], dict[str, str]]:
    """Return the instances of a folder, and what is wrong with the files that are none."""
    found, refused = [], {}
    for path in sorted(data.rglob("*.txt")):
        try:
            found.append(read(path))
        except (Unreadable, KeyError, ValueError, StopIteration, IndexError) as error:
            refused[str(path.relative_to(data))] = str(error) or type(error).__name__
    return found, refused


def _keep(instance: Instance, found: Found, known: float) -> None:
    """Write a plan that is shorter than the best known one, as evidence."""
    OUT.mkdir(parents=True, exist_ok=True)
    value = value_of(instance, found.mm)
    batches: list[Group] = list(found.groups)
    record = {"instance": name_of(instance), "best_known": known, "value": value, "batches": batches}
    (OUT / f"{instance.path.stem}.json").write_text(json.dumps(record, indent=1), encoding="utf-8")


def _solve_all(data: Path, seconds: float, limit: int | None) -> tuple[list[Measured], dict[str, str]]:
    known = references(data) or references(DATA)
    instances, refused = _instances(data)
    results = []
    for instance in instances[:limit]:
        value, _proven = known.get(name_of(instance), (None, False))
        measured, found = measure(instance, value, seconds)
        results.append(measured)
        ratio = f"{measured.ratio:.4f}" if measured.ratio is not None else "no reference"
        proof = " proven" if measured.proven else ""
        print(
            f"{measured.group:14} {measured.name:24} {measured.value:10.2f} {ratio} {measured.seconds:5.2f} s{proof}",
            flush=True,
        )
        if value is not None and measured.value < value - 0.011:
            _keep(instance, found, value)
            print(f"  shorter than the best known {value}: kept in {OUT}")
    for name, why in refused.items():
        print(f"left out: {name}: {why}")
    return results, refused


def _groups(results: list[Measured]) -> None:
    for group in sorted({each.group for each in results}):
        some = [each for each in results if each.group == group]
        ratios = [each.ratio for each in some if each.ratio is not None]
        if ratios:
            print(
                f"{group}: {len(some)} instances, ratio mean {statistics.mean(ratios):.4f} max {max(ratios):.4f}, "
                f"{sum(each.exact for each in some)} as short as the best known, "
                f"{statistics.mean(each.seconds for each in some):.2f} s"
            )


def _seeded(numbers: Sequence[int], seconds: float) -> dict[str, float]:
    """Solve seeded instances; return by how much the walks together are shorter."""
    ours = fcfs = plain = 0
    for number in numbers:
        carts = seeded(number)
        found = shortest(carts, Effort(seconds))
        checked(carts, found)
        ours += found.mm
        fcfs += total(carts, first_come(carts))
        plain += total(carts, plain_savings(carts))
    if not numbers:
        return {"seeded": 0}
    of_first_come, of_savings = 1 - ours / fcfs, 1 - ours / plain
    print(
        f"{len(numbers)} seeded: {of_first_come:.1%} shorter than first come first served, "
        f"{of_savings:.1%} than savings",
        file=sys.stderr,
    )
    return {
        "seeded": len(numbers),
        "seeded_seconds": seconds,
        "saved_of_first_come": round(of_first_come, 4),
        "saved_of_savings": round(of_savings, 4),
    }


def measure_rows(quick: bool, seed: int) -> list[Row]:
    """For the one table: some seeded instances, and the published ones where they are."""
    saved = _seeded(range(seed, seed + (2 if quick else 20)), 0.5 if quick else 2.0)
    rows = [
        Row.figure("carts of seeded orders / first come first served", 1 - saved["saved_of_first_come"], 0.82, ""),
        Row.figure("carts of seeded orders / savings", 1 - saved["saved_of_savings"], 0.96, ""),
    ]
    if not DATA.is_dir():
        return [Row.skipped("carts against best known plans", f"no {DATA}"), *rows]
    results, _ = _solve_all(DATA, 1.0 if quick else 5.0, None)
    ratios = [each.ratio for each in results if each.ratio is not None]
    return [
        Row.figure(f"{len(ratios)} published instances: walk / best known, mean", statistics.mean(ratios), 1.01, ""),
        Row.figure("… the worst", max(ratios), 1.03, ""),
        *rows,
    ]


def main(arguments: list[str] | None = None) -> int:
    """Solve the instances of a folder and print how far each is from the best known value."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--seconds", type=float, default=5.0, help="wall clock for each file (5)")
    parser.add_argument("--limit", type=int, help="only so many files")
    parser.add_argument("--seeded", type=int, default=300, help="seeded instances (300)")
    parser.add_argument("--seeded-seconds", type=float, default=2.0, help="wall clock for each seeded instance (2)")
    given = parser.parse_args(arguments)
    results, refused = _solve_all(given.data, given.seconds, given.limit)
    _groups(results)
    ratios = [each.ratio for each in results if each.ratio is not None]
    small = [each for each in results if each.known and each.columns is not None and each.columns <= SMALL]
    seconds = [each.seconds for each in results]
    figures: dict[str, object] = {
        "instances": len(results),
        "compared": len(ratios),
        "left_out": len(refused),
        "ratio_mean": round(statistics.mean(ratios), 5) if ratios else None,
        "ratio_max": round(max(ratios), 5) if ratios else None,
        "as_short_as_best_known": sum(each.exact for each in results),
        "shorter_than_best_known": sum(each.known is not None and each.value < each.known - 0.011 for each in results),
        "small": len(small),
        "small_exact": sum(each.exact for each in small),
        "proven": sum(each.proven for each in results),
        "seconds_mean": round(statistics.mean(seconds), 2) if seconds else None,
        "seconds_max": round(max(seconds), 2) if seconds else None,
    }
    figures |= _seeded(range(given.seeded), given.seeded_seconds)
    print(json.dumps(figures))
    return 0 if results else 1


if __name__ == "__main__":
    sys.exit(main())
