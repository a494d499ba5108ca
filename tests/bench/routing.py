"""Walks against proven lengths, against rules of thumb, and beyond two blocks against an exact or a long search.

``python -m tests.bench.routing [DATA]`` takes any folder with instances (``*.txt``, or in ``*.zip``) and tables of
proven lengths (``results_SPRP.csv``, ``results_SPRP_two_block.csv``). Each walk is re-added by :mod:`tests.walks`,
which shares nothing with what finds it. It prints a table and, as its last line, one JSON object with all figures.

Times are of computing only (the thread's own clock), the least of three runs: what else the machine does is no route's
time.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain import routing_search
from app.domain.routing import Stop, Walk, Wishes, plan_walk
from app.domain.routing_exact import exact_length, exact_walk
from app.domain.routing_path import length_of, met_along
from app.domain.routing_policies import POLICIES, policy_walk
from app.domain.routing_search import best_order, length_of_order
from app.domain.warehouse import Layout, Place, Spot
from app.domain.warehouse_graph import Point, graph_of
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from tests.bench.measure import Row, note, percentile
from tests.bench.routing_files import MM, Instance, instances, optima, warehouse_of
from tests.walks import check_walk

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KENPIN_SHARED", str(ROOT.parent / "shared"))) / "data" / "routing"
RUNS = 3
MOST_MS = 0.2
LONG_RUN = 2_000
"""Shakes of the long search that the usual one is compared with."""


# --- published instances ----------------------------------------------------------------------------------------


@dataclass
class Blocks:
    """What came out for the warehouse with so many blocks."""

    ratios: list[float] = field(default_factory=list)
    walk_ms: list[float] = field(default_factory=list)
    """The walk with its path, ready to be shown."""
    length_ms: list[float] = field(default_factory=list)
    """Its length alone, as batching asks for it."""
    policies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Length of each rule of thumb / ours."""
    groups: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def plain(self) -> dict[str, Any]:
        if not self.ratios:
            return {"instances": 0}
        return {
            "instances": len(self.ratios),
            "ratio_mean": round(statistics.fmean(self.ratios), 6),
            "ratio_max": round(max(self.ratios), 6),
            "optimal": sum(ratio == 1 for ratio in self.ratios),
            "ms_mean": round(statistics.fmean(self.walk_ms), 4),
            "ms_p95": round(percentile(self.walk_ms, 95), 4),
            "length_ms_mean": round(statistics.fmean(self.length_ms), 4),
            "length_ms_p95": round(percentile(self.length_ms, 95), 4),
            "policies": {
                name: {
                    "ratio_mean": round(statistics.fmean(found), 4),
                    "ratio_max": round(max(found), 4),
                    "optimal": sum(ratio == 1 for ratio in found),
                    "shorter_than_ours": sum(ratio < 1 for ratio in found),
                }
                for name, found in self.policies.items()
            },
            "saved_of_s_shape": round(1 - statistics.fmean(1 / ratio for ratio in self.policies["s_shape"]), 4),
        }


def survey(found: Iterable[Instance], folder: Path) -> dict[str, Any]:
    """Solve instances in each form that has a proven length; a walk that does not add up ends the run."""
    proven = dict(zip((1, 2), optima(folder), strict=True))
    results = {1: Blocks(), 2: Blocks()}
    scattered = without = 0
    gc.collect()
    for at, instance in enumerate(found):
        if at % 500 == 0:
            note(f"routing: instance {at}")
        if instance.scattered:
            scattered += 1
            continue
        known = [blocks for blocks in (1, 2) if instance.name in proven[blocks]]
        without += not known
        for blocks in known:
            _solve(instance, blocks, proven[blocks][instance.name], results[blocks])
    both = [ratio for result in results.values() for ratio in result.ratios]
    return {
        "data": folder.name,
        "instances": len(both),
        "ratio_mean": round(statistics.fmean(both), 6) if both else None,
        "ratio_max": round(max(both), 6) if both else None,
        "optimal": sum(ratio == 1 for ratio in both),
        "one_block": results[1].plain(),
        "two_blocks": results[2].plain(),
        "without_proven_length": without,
        "scattered_not_solved": scattered,
        "groups": {
            f"{blocks} block{'s' * (blocks > 1)}, {group}": round(statistics.fmean(ratios), 6)
            for blocks, result in results.items()
            for group, ratios in sorted(result.groups.items())
        },
    }


def _solve(instance: Instance, blocks: int, optimum: float, into: Blocks) -> None:
    layout, spots = warehouse_of(instance, blocks)
    depot = layout.depot
    (length, points), seconds = _timed(lambda: exact_walk(layout, spots, depot, depot))
    alone, seconds_alone = _timed(lambda: exact_length(layout, spots, depot, depot))
    _check(layout, spots, points, length)
    if alone != length:
        raise AssertionError(f"{instance.name}: the length alone is {alone}, the walk {length}")
    ratio = (length + 2 * depot.approach) / (optimum * MM)
    into.ratios.append(ratio)
    into.groups[instance.group].append(ratio)
    into.walk_ms.append(seconds * 1000)
    into.length_ms.append(seconds_alone * 1000)
    if ratio != 1:
        note(f"{instance.name}, {blocks} blocks: {length / MM:g} where {optimum:g} is proven")
    for name in POLICIES:
        path = policy_walk(layout, _by_x(layout, spots), depot, depot, name)
        _check(layout, spots, path, length_of(path))
        into.policies[name].append(length_of(path) / length)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    least = float("inf")
    found = None
    for _ in range(RUNS):
        began = time.thread_time()
        found = work()
        least = min(least, time.thread_time() - began)
    return found, least


def _by_x(layout: Layout, spots: Sequence[Spot]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for aisle, y in sorted({(spot.aisle, spot.y) for spot in spots}):
        places[layout.aisles[aisle].x].append(y)
    return places


def _check(layout: Layout, spots: Sequence[Spot], points: Sequence[Point], length: int) -> None:
    aisles = {aisle.x: at for at, aisle in enumerate(layout.aisles)}
    met = [Spot(aisles[x], y) for x, y in met_along(points, _by_x(layout, spots))]
    if set(met) != set(spots):
        raise AssertionError(f"not every pick is met: {set(spots) - set(met)}")
    check_walk(layout, points, met, layout.depot, layout.depot, length)


# --- warehouses of our own: three blocks and more, one-way aisles, wishes ---------------------------------------------


def beyond(number: int, seed: int) -> dict[str, Any]:
    """Warehouses drawn by *seed*: what is exact against a long search, what is searched against what is exact.

    One-way aisles and wishes have only the same search to be held against, run far longer.
    """
    return {
        **{f"blocks_{blocks}": _gap(_many_blocks(blocks), number, seed, _searched) for blocks in (3, 4, 5)},
        "blocks_6": _gap(_many_blocks(6), max(1, number // 3), seed, _exactly),
        "one_way": _gap(_one_way, number, seed, _planned_long),
        "wishes": _gap(_with_wishes, number, seed, _planned_long),
    }


Task = tuple[Layout, list[Stop], Wishes]


def _many_blocks(blocks: int) -> Callable[[random.Random], Task]:
    def drawn(chance: random.Random) -> Task:
        layout = _warehouse(chance.randint(5, 15), 60, blocks + 1)
        return layout, _stops(layout, chance), Wishes()

    return drawn


def _one_way(chance: random.Random) -> Task:
    layout = _warehouse(10, 45, chance.randint(2, 3), {name: 1 - 2 * (at % 2) for at, name in enumerate("ABCDEFGHIJ")})
    return layout, _stops(layout, chance), Wishes()


def _with_wishes(chance: random.Random) -> Task:
    layout = _warehouse(10, 45, chance.randint(2, 3))
    return layout, _stops(layout, chance), Wishes(heavy_first=True, fragile_last=True, cold_last=True)


def _warehouse(aisles: int, bays: int, cross_aisles: int, one_way: dict[str, int] | None = None) -> Layout:
    wanted = Parameters(aisles=aisles, bays=bays, cross_aisles=cross_aisles)
    shelves, crosses, depot = parametric_shelves(wanted)
    return layout_of(shelves, cross_aisles=crosses, depot=depot, one_way=one_way)


def _stops(layout: Layout, chance: random.Random) -> list[Stop]:
    shelves = chance.sample(sorted(layout.spots), chance.randint(5, 45))
    return [Stop(shelf, *(chance.random() < 0.25 for _ in range(3))) for shelf in shelves]


def _exactly(task: Task) -> int:
    layout, stops, _ = task
    spots = [layout.spots[stop.shelf] for stop in stops]
    return exact_walk(layout, spots, layout.depot, layout.depot)[0]


def _searched(task: Task) -> float:
    """The length that a long search comes to, which knows distances only."""
    layout, stops, _ = task
    graph = graph_of(layout)
    places: list[Place] = [layout.depot, layout.depot, *(layout.spots[stop.shelf] for stop in stops)]
    lengths = [[graph.distance(before, after) for after in places] for before in places]
    with _long_run():
        order, _ = best_order(lengths, [0] * len(stops), [])
    return length_of_order(lengths, order)


def _planned_long(task: Task) -> int:
    with _long_run():
        return plan_walk(*task).length


@contextmanager
def _long_run() -> Iterator[None]:
    usual = routing_search._SHAKES, routing_search._MOST_SHAKES
    routing_search._SHAKES = routing_search._MOST_SHAKES = LONG_RUN
    try:
        yield
    finally:
        routing_search._SHAKES, routing_search._MOST_SHAKES = usual


def _gap(
    draw: Callable[[random.Random], Task], number: int, seed: int, reference: Callable[[Task], int]
) -> dict[str, Any]:
    ratios: list[float] = []
    times: list[float] = []
    longer = 0
    for at in range(number):
        task = draw(random.Random(f"{seed} {at}"))
        plan_walk(*task)  # what is worked out once for a map is no route's time
        began = time.thread_time()
        walk = plan_walk(*task)
        times.append((time.thread_time() - began) * 1000)
        _check_job(task, walk)
        ratios.append(walk.length / reference(task))
        longer += walk.length > min(walk.compared.values())
    return {
        "walks": number,
        "gap_mean": round(statistics.fmean(ratios) - 1, 5),
        "gap_max": round(max(ratios) - 1, 5),
        "equal_or_shorter": sum(ratio <= 1 for ratio in ratios),
        "ms_mean": round(statistics.fmean(times), 2),
        "ms_p95": round(percentile(times, 95), 2),
        "longer_than_a_rule": longer,
    }


def _check_job(task: Task, walk: Walk) -> None:
    layout, stops, wishes = task
    if set(walk.stops) != set(stops):
        raise AssertionError("a stop is missing")
    ranks = [stop.rank(wishes) for stop in walk.stops]
    if ranks != sorted(ranks):
        raise AssertionError("a wish is not kept")
    spots = [layout.spots[stop.shelf] for stop in walk.stops]
    check_walk(layout, walk.points, spots, layout.depot, layout.depot, walk.length)


# --- shown ------------------------------------------------------------------------------------------------------


def measure(quick: bool, seed: int) -> list[Row]:
    """For the one table: instances drawn from the shared ones, and a few warehouses of our own."""
    own = beyond(1 if quick else 10, seed)
    rows = [
        Row.figure(f"walks by {name}: longest / reference - 1", figures["gap_max"], most, "")
        for name, figures in own.items()
        for most in [0.01 if name.startswith("blocks") else None]
    ]
    if not DATA.is_dir():
        return [Row.skipped("walks against proven lengths", f"no {DATA}"), *rows]
    chosen = random.Random(seed).sample(list(instances(DATA)), 60 if quick else 400)
    found = survey(chosen, DATA)
    one, two = found["one_block"], found["two_blocks"]
    return [
        Row.figure(f"{one['instances']} walks through one block: longest / proven", one["ratio_max"], 1.0, ""),
        Row.figure(f"{two['instances']} walks through two blocks: longest / proven", two["ratio_max"], 1.0, ""),
        Row.figure("… one block, a walk with its path, mean", one["ms_mean"], MOST_MS, "ms"),
        Row.figure("… one block, its length alone, mean", one["length_ms_mean"], None, "ms"),
        Row.figure("… two blocks, a walk with its path, mean", two["ms_mean"], None, "ms"),
        Row.figure("… saved of the S-shape, one block", one["saved_of_s_shape"], None, ""),
        *rows,
    ]


def print_table(found: dict[str, Any]) -> None:
    """The figures for people."""
    for group, ratio in found["groups"].items():
        print(f"{group:50} {ratio:.6f}")
    for blocks in ("one_block", "two_blocks"):
        figures = found[blocks]
        if not figures["instances"]:
            print(f"\n{blocks}: no proven lengths in this folder")
            continue
        print(
            f"\n{blocks}: {figures['optimal']} of {figures['instances']} as short as proven, "
            f"ratio {figures['ratio_mean']:.6f} (longest {figures['ratio_max']:.6f}); "
            f"with path {figures['ms_mean']:.3f} ms (p95 {figures['ms_p95']:.3f}), "
            f"length alone {figures['length_ms_mean']:.3f} ms (p95 {figures['length_ms_p95']:.3f}); "
            f"{figures['saved_of_s_shape']:.1%} of the S-shape saved"
        )
        for name, policy in figures["policies"].items():
            print(
                f"  {name:12} {policy['ratio_mean']:.3f} of ours, at most {policy['ratio_max']:.2f}; "
                f"as short on {policy['optimal']}, shorter on {policy['shorter_than_ours']}"
            )
    print()
    for name, figures in found["beyond"].items():
        print(
            f"{name:9} {figures['walks']:>4} walks: gap {figures['gap_mean']:.3%} (most {figures['gap_max']:.3%}), "
            f"{figures['ms_mean']:.1f} ms (p95 {figures['ms_p95']:.1f}), "
            f"longer than a rule of thumb: {figures['longer_than_a_rule']}"
        )


def main() -> None:
    """Measure one folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.routing", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder with instances and proven lengths")
    parser.add_argument("--seed", type=int, default=1, help="of the warehouses of our own")
    parser.add_argument("--walks", type=int, default=30, help="how many of each kind of those")
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        parser.error(f"there is no folder {chosen.data}; give one with DATA=DIR")
    found = survey(instances(chosen.data), chosen.data)
    found["beyond"] = beyond(chosen.walks, chosen.seed)
    print_table(found)
    del found["groups"]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
