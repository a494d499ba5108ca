"""The published instances that are shared: read whole, and solved as well as their best known plans."""

import os
from pathlib import Path

import pytest

from app.services.batching.carts import total
from app.services.batching.construct import first_come
from app.services.batching.effort import Effort
from app.services.batching.search import shortest
from tests.bench.batching import carts_of, seeded, value_of
from tests.bench.batching_files import Unreadable, name_of, read, references

DATA = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data/batching"
SMALL = (
    "HennWaescherUniform/1l-20-30-0.txt",
    "FoodmartData/instances_d5_ord5_MAL.txt",
    "FoodmartData/instances_d5_ord8_MAL.txt",
    "KrisSmallDataCorrected/instances_1_1.txt",
)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"no {DATA}: published instances are not compared")


@needs_data
@pytest.mark.parametrize("name", SMALL)
def test_where_every_cart_can_be_looked_at_the_best_known_plan_is_found(name):
    instance = read(DATA / name)
    known, proven = references(DATA)[name_of(instance)]
    found = shortest(carts_of(instance), Effort(30, walks=60_000))
    assert proven
    assert value_of(instance, found.mm) == pytest.approx(known, abs=0.011)


@needs_data
def test_a_file_that_is_cut_off_is_refused():
    with pytest.raises(Unreadable, match="ends before SKU_SECTION"):
        read(DATA / "HennWaescherUniform/2l-20-45-0.txt")


@needs_data
def test_only_lengths_of_the_best_walks_are_references():
    found = references(DATA)
    assert found["MuterOencan:100_48_5"] == (1543.2, False)
    assert len(found) > 500


def test_seeded_orders_are_of_the_kind_they_are_said_to_be():
    carts = [seeded(number) for number in range(8)]
    assert {int(each.limits[0, 0]) for each in carts} == {30, 45, 60, 75}
    assert all(20 <= each.count <= 100 for each in carts)
    assert all(5 <= size <= 25 for each in carts for size in each.orders.used[0].tolist())


def test_a_short_search_saves_what_the_goal_asks():
    carts = [seeded(number) for number in (0, 1)]
    ours = sum(shortest(each, Effort(30, walks=60_000)).mm for each in carts)
    assert ours < 0.86 * sum(total(each, first_come(each)) for each in carts)
