"""``python -m tests.bench.cartons [DATA]``: cartons chosen, parcels proved, equal bins filled, against other packers.

DATA is a folder like ``shared/data/packing``: folders with ``items.csv`` and ``vehicles.csv``, of which those with one
size of vehicle are packed (`carton_files`). Each packing is judged by `domain/carton_check`. Times are of the wall
clock, on one core; where other programs run beside, the processor's own time (``cpu``) is the one to look at. The last
line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from app.domain.carton_check import faults_of
from app.domain.cartons import GEOMETRY, Carton, CartonKind, Item, Packing, Parcel, Placement, in_order
from app.services.cartons.bins import Bin, bins_needed, equal_bins
from app.services.cartons.choice import WrongPacking, cheapest_carton, propose
from app.services.cartons.search import Work
from app.services.cartons.shapes import pieces_for
from tests.bench.carton_files import CLASSES, Problem, made, read_all
from tests.bench.carton_orders import CARTONS, WAREHOUSE, careful_order, plain_order
from tests.bench.carton_tools import BIN_TOOLS, FIT_TOOLS, Tool, there
from tests.bench.measure import Row, percentile

__all__ = ["holds", "main", "measure"]

DATA = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/packing"
MADE_STEPS, FILE_STEPS = 4_000, 60_000
"""Pieces placed for a made problem (within 200 ms) and for one of a file (within 2 s)."""
BY_VOLUME = tuple(replace(carton, cost_yen=carton.volume // 1000) for carton in CARTONS)
"""Cartons of which the smallest is the cheapest."""


def holds(problem: Problem, bins: Sequence[Bin]) -> bool:
    """Whether every piece of a problem is in one of these bins, and none sticks out or is where another is."""
    items = [Item(str(number), "", size, 0) for number, size in enumerate(problem.sizes)]
    carton = Carton("bin", problem.bin, problem.bin, 0, 0, 0, CartonKind.BOX)
    parcels = (
        Parcel(
            carton,
            in_order(
                Placement(items[number], box[:3], (box[3] - box[0], box[4] - box[1], box[5] - box[2]))
                for number, box in one
            ),
        )
        for one in bins
    )
    return not faults_of(Packing(tuple(parcels)), items, GEOMETRY)


# --- the carton of an order ---------------------------------------------------------------------------------------


def choose(count: int, seed: int) -> dict[str, object]:
    """Choose the smallest carton for seeded orders, and ask the other packers for a smaller one."""
    chance = random.Random(seed)
    tools = there(FIT_TOOLS)
    times, own, smaller = [], [], Counter[str]()
    ours = best = beaten = 0
    for _ in range(count):
        items = plain_order(chance)
        begin, computed = time.perf_counter(), time.process_time()
        parcel = cheapest_carton(items, BY_VOLUME, GEOMETRY)
        times.append(1000 * (time.perf_counter() - begin))
        own.append(1000 * (time.process_time() - computed))
        if parcel is None or faults_of(Packing((parcel,)), items, GEOMETRY):
            raise AssertionError(f"no carton or a wrong packing for {items}")
        found = {name: _smallest([item.size_mm for item in items], tool, parcel.carton) for name, tool in tools.items()}
        least = min(found.values(), default=parcel.carton.volume)
        ours, best, beaten = ours + parcel.carton.volume, best + least, beaten + (least < parcel.carton.volume)
        smaller.update(name for name, volume in found.items() if volume < parcel.carton.volume)
    return {
        "orders": count,
        "as_small_as_best": count - beaten,
        "volume_of_best": round(ours / best, 5),
        "smaller_by": dict(smaller),
        "compared_with": list(tools),
        "carton_ms_p50": round(percentile(times, 50), 2),
        "carton_ms_p95": round(percentile(times, 95), 2),
        "carton_ms_max": round(max(times), 2),
        "carton_cpu_ms_p95": round(percentile(own, 95), 2),
    }


def _smallest(sizes: Sequence[tuple[int, int, int]], tool: Tool, ours: Carton) -> int:
    """Return the volume of the smallest carton that a tool fills, or of ours where it finds none that is smaller."""
    room = sum(x * y * z for x, y, z in sizes)
    for carton in sorted(CARTONS, key=lambda carton: carton.volume):
        if room <= carton.volume < ours.volume and tool.run(sizes, carton.inner_mm):
            return carton.volume
    return ours.volume


# --- random orders, proved ----------------------------------------------------------------------------------------


def _proved(part: tuple[int, int]) -> tuple[Counter[str], list[float]]:
    """Propose for *count* orders with care, from a seed; count the faults that the proof finds."""
    seed, count = part
    chance, told, times = random.Random(seed), Counter[str](), []
    for _ in range(count):
        items = careful_order(chance)
        begin = time.perf_counter()
        told["orders"] += 1
        try:
            packing = propose(items, WAREHOUSE).packing
        except WrongPacking as wrong:
            told["refused"] += 1
            told.update(f"fault {fault.kind}" for fault in wrong.faults)
        else:
            told["without"] += packing is None
            told["parcels"] += len(packing.parcels) if packing else 0
        times.append(1000 * (time.perf_counter() - begin))
    return told, times


def prove(count: int, seed: int, processes: int) -> dict[str, object]:
    """Prove the proposals for *count* random orders of 1 to 8 pieces with care, fourteen cartons."""
    size = 500
    parts = [(seed * 1_000_003 + at, min(size, count - at)) for at in range(0, count, size)]
    told, times = Counter[str](), []
    with ProcessPoolExecutor(processes) as pool:
        for counted, took in pool.map(_proved, parts):
            told += counted
            times += took
    return {
        "proved": told["orders"],
        "refused_by_proof": told["refused"],
        "faults": {kind: number for kind, number in told.items() if kind.startswith("fault ")},
        "without_proposal": told["without"],
        "parcels": told["parcels"],
        "proposal_ms_p50": round(percentile(times, 50), 2) if times else None,
        "proposal_ms_p95": round(percentile(times, 95), 2) if times else None,
        "proposal_ms_max": round(max(times), 1) if times else None,
    }


# --- equal bins ---------------------------------------------------------------------------------------------------


def pack(
    name: str, problems: Sequence[Problem], steps: int, seconds: float, tools: dict[str, Tool]
) -> dict[str, object]:
    """Pack problems into equal bins, and have the tools do the same."""
    times: list[float] = []
    own: list[float] = []
    ours: list[int] = []
    theirs: dict[str, list[int | None]] = {tool: [] for tool in tools}
    for problem, bins, bound, (took, computed) in _packed(problems, steps):
        times.append(took)
        own.append(computed)
        ours.append(bins)
        for tool in tools:
            theirs[tool].append(tools[tool].run(problem, seconds))
        others = " ".join(f"{tool} {found[-1]}" for tool, found in theirs.items())
        print(f"{problem.name:16} {bins:4} bins, at least {bound:3}, {took:6.0f} ms; {others}", flush=True)
    answered = [[found[at] for found in theirs.values() if found[at] is not None] for at in range(len(problems))]
    best = [min(found, default=None) for found in answered]
    return {
        f"{name}_problems": len(problems),
        f"{name}_bins": sum(ours),
        f"{name}_bins_of_tools": {
            tool: sum(each for each in found if each is not None) if None not in found else None
            for tool, found in theirs.items()
        },
        f"{name}_bins_of_best_of_tools": None if None in best else sum(each for each in best if each is not None),
        f"{name}_more_than_best_tool": sum(
            least is not None and mine > least for mine, least in zip(ours, best, strict=True)
        ),
        f"{name}_fewer_than_best_tool": sum(
            least is not None and mine < least for mine, least in zip(ours, best, strict=True)
        ),
        f"{name}_ms_mean": round(statistics.mean(times), 1) if times else None,
        f"{name}_ms_max": round(max(times), 1) if times else None,
        f"{name}_cpu_ms_max": round(max(own), 1) if own else None,
    }


def _packed(problems: Sequence[Problem], steps: int) -> Iterator[tuple[Problem, int, int, tuple[float, float]]]:
    for problem in problems:
        begin, computed = time.perf_counter(), time.process_time()
        items = [Item(str(number), "", size, 1) for number, size in enumerate(problem.sizes)]
        pieces = pieces_for(items, CartonKind.BOX)
        bins = equal_bins(pieces, problem.bin, Work(steps))
        took = 1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - computed)
        if not holds(problem, bins):
            raise AssertionError(f"{problem.name}: the plan does not hold")
        yield problem, len(bins), bins_needed(pieces, problem.bin), took


def made_problems(count: int) -> list[Problem]:
    """Return the first *count* of each class with 50 pieces."""
    return [made(kind, 50, number) for kind in CLASSES for number in range(1, count + 1)]


def measure(quick: bool, seed: int) -> list[Row]:
    """For the one table: what needs no other packer."""
    chosen = choose(20 if quick else 100, seed or 7)
    proved = prove(200 if quick else 2_000, seed or 7, 1)
    bins = [(found, took) for _, found, _, (took, _) in _packed(made_problems(1 if quick else 10), MADE_STEPS)]
    total = sum(found for found, _ in bins)
    return [
        Row.figure("carton of an order of 1 to 8 pieces, p95", float(str(chosen["carton_ms_p95"])), 20, "ms"),
        Row.figure(
            "orders for which another packer found a smaller one",
            float(chosen["orders"] - chosen["as_small_as_best"]),
            1,
            "",
        ),
        Row.figure(
            f"{proved['proved']} orders with care: refused by the proof", float(str(proved["refused_by_proof"])), 0, ""
        ),
        Row.figure("bins of Martello, Pisinger & Vigo, n = 50", total, None if quick else 732, ""),
        Row.figure("… time for each, mean", round(statistics.mean(took for _, took in bins)), 200, "ms"),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure cartons, proofs and bins, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--orders", type=int, default=300, help="seeded orders for the choice of a carton (300)")
    parser.add_argument("--proofs", type=int, default=100_000, help="random orders that are proved (100000)")
    parser.add_argument("--made", type=int, default=10, help="made problems of each class (10)")
    parser.add_argument("--only", default="", help="only the files whose folder's name begins so")
    parser.add_argument("--seed", type=int, default=7, help="of the orders (7)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="for the proofs (one a core)")
    given = parser.parse_args(arguments)
    tools = there(BIN_TOOLS)
    for name in sorted({*BIN_TOOLS} - {*tools}):
        print(f"left out: {name} is not installed")
    figures: dict[str, object] = {}
    if given.orders:
        figures |= choose(given.orders, given.seed)
        print(json.dumps(figures), flush=True)
    # The tools get twice the time that ours may take. PackingSolver has no answer for most of these in so short a time.
    quick = {name: tool for name, tool in tools.items() if name != "packingsolver"}
    figures |= pack("made", made_problems(given.made), MADE_STEPS, 0.4, quick)
    problems, refused = read_all(given.data)
    for name, why in refused.items():
        print(f"left out: {name}: {why}")
    problems = [problem for problem in problems if problem.name.startswith(given.only)]
    if not problems:
        print(
            f"no problem in {given.data}: wanted are folders with items.csv and vehicles.csv, one size of vehicle each"
        )
    figures |= pack("files", problems, FILE_STEPS, 2.0, tools)
    figures["files_left_out"] = len(refused)
    if given.proofs:
        figures |= prove(given.proofs, given.seed, given.processes)
    print(json.dumps(figures))
    return 0 if problems else 1


if __name__ == "__main__":
    sys.exit(main())
