"""Many pieces into equal bins: every plan holds, and is as good as those that are known."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from app.domain.cartons import CartonKind, Item
from app.services.cartons.bins import bins_needed, equal_bins
from app.services.cartons.search import Work
from app.services.cartons.shapes import pieces_for
from tests.bench.carton_files import Problem, Unreadable, made, read
from tests.bench.cartons import holds

PUBLISHED = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/packing/mrv"
BEST = {2: 9, 6: 10, 8: 4, 9: 19, 10: 55, 15: 11, 16: 26, 17: 7, 18: 2, 19: 3, 20: 5}
"""Bins of the best plans known for instances of `thpack9`, of those that take little time to find."""


def solved(problem: Problem, steps: int) -> int:
    items = [Item(str(number), "", size, 1) for number, size in enumerate(problem.sizes)]
    pieces = pieces_for(items, CartonKind.BOX)
    bins = equal_bins(pieces, problem.bin, Work(steps))
    assert holds(problem, bins)
    assert len(bins) >= bins_needed(pieces, problem.bin)
    return len(bins)


@pytest.mark.parametrize(("kind", "most"), [(1, 124), (5, 80), (6, 92), (7, 68), (8, 89)])
def test_made_problems(kind: int, most: int) -> None:
    """The ten of a class in fewer bins than the plain packers need at their first try."""
    assert sum(solved(made(kind, 50, number), 500) for number in range(1, 11)) <= most


def test_a_cut_cube_goes_back_together() -> None:
    """A bin cut into 27 equal parts, twice, with one part more."""
    problem = Problem("cut", (30, 60, 90), ((10, 20, 30),) * 55)
    assert solved(problem, 2_000) == 3


def test_the_bound_counts_pieces_that_exclude_each_other() -> None:
    problem = Problem("large", (10, 10, 10), ((6, 6, 6),) * 5 + ((4, 4, 4),) * 5)
    assert solved(problem, 500) == 5


def test_a_piece_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="piece 1 does not fit"):
        solved(Problem("no", (10, 10, 10), ((5, 5, 5), (5, 5, 11))), 10)


def test_the_same_work_gives_the_same_plan() -> None:
    pieces = pieces_for([Item(str(n), "", s, 1) for n, s in enumerate(made(8, 50, 3).sizes)], CartonKind.BOX)
    assert equal_bins(pieces, (100, 100, 100), Work(800)) == equal_bins(pieces, (100, 100, 100), Work(800))


def test_random_problems_hold() -> None:
    """Also where a few kinds make up all, so that fillings are chosen from."""
    chance = random.Random(2)
    for _ in range(25):
        kinds = [tuple(chance.randint(1, 12) for _ in range(3)) for _ in range(chance.randint(1, 6))]
        sizes = tuple(chance.choice(kinds) for _ in range(chance.randint(1, 40)))
        assert solved(Problem("random", (12, 14, 16), sizes), 300) <= len(sizes)


@pytest.mark.parametrize("number", BEST)
def test_published_problems(number: int) -> None:
    folder = PUBLISHED / f"thpack9_{number}"
    if not folder.is_dir():
        pytest.skip(f"no {folder}")
    assert solved(read(folder), 20_000) <= BEST[number]


def test_made_problems_are_the_published_ones() -> None:
    """The sums of the bounds by volume are those in the literature, and the draws are the generator's."""
    sums = {kind: sum(made(kind, 50, number).bound for number in range(1, 11)) for kind in (1, 4, 5, 6, 7, 8)}
    assert sums == {1: 96, 4: 158, 5: 61, 6: 84, 7: 55, 8: 70}
    assert Counter(len(made(kind, 50, 1).sizes) for kind in sums) == {50: 6}


@pytest.mark.parametrize(
    ("items", "vehicles", "told"),
    [
        ("id_item,length,width\nI0,2,6\n", "length,width,height\n1,2,3\n", "items.csv, line 2"),
        ("length,width,height\n2,6,0\n", "length,width,height\n1,2,3\n", "not above 0"),
        ("length,width,height\n2,6,1\n", "length,width,height\n1,2,3\n3,2,2\n", "several sizes"),
        ("length,width,height\n", "length,width,height\n1,2,3\n", "no vehicle or no item"),
    ],
)
def test_files_of_another_form_are_refused(tmp_path: Path, items: str, vehicles: str, told: str) -> None:
    (tmp_path / "items.csv").write_text(items, encoding="utf-8")
    (tmp_path / "vehicles.csv").write_text(vehicles, encoding="utf-8")
    with pytest.raises(Unreadable, match=told):
        read(tmp_path)
