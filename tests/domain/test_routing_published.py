"""Some of the published instances; `make bench-routing` solves them all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.routing_exact import exact_walk
from app.domain.routing_path import met_along
from app.domain.warehouse import Spot
from tests.bench.routing_files import MM, instances, optima, warehouse_of
from tests.walks import check_walk

DATA = Path(os.environ.get("KENPIN_SHARED", "../shared")) / "data" / "routing"


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared sample data is not here (KENPIN_SHARED names its folder)")
def test_walks_are_as_short_as_proven_in_one_block_and_in_two() -> None:
    proven = dict(zip((1, 2), optima(DATA), strict=True))
    solved = 0
    for instance in list(instances(DATA))[::30]:
        for blocks in (1, 2):
            layout, spots = warehouse_of(instance, blocks)
            length, points = exact_walk(layout, spots, layout.depot, layout.depot)
            assert length == proven[blocks][instance.name] * MM, (instance.name, blocks)
            aisles = {aisle.x: at for at, aisle in enumerate(layout.aisles)}
            places: dict[int, list[int]] = {}
            for spot in spots:
                places.setdefault(layout.aisles[spot.aisle].x, []).append(spot.y)
            met = [Spot(aisles[x], y) for x, y in met_along(points, places)]
            assert set(met) == set(spots)
            check_walk(layout, points, met, layout.depot, layout.depot, length)
            solved += 1
    assert solved == 80
