"""Orders out of a file of any size: rows in any order, nothing told twice or by halves, memory that does not grow."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.channels import _orders
from app.channels._choose import channel
from app.channels._orders import Runs, mark_of
from app.channels._source import SourceFile, open_source
from app.domain.intake import ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.errors import FileUnusable
from tests.channels.reading import PLAIN, PLAIN_COLUMNS, plain, read_plain, written


@pytest.mark.parametrize("seed", range(12))
def test_rows_in_any_order_make_the_same_orders(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = [{"order": f"{chance.randrange(6)} " if chance.random() < 0.2 else f"{chance.randrange(6)}",
             "sku": f"S-{at}"} for at in range(chance.randrange(1, 25))]  # fmt: skip
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row["order"].strip(), []).append(row["sku"])
    got = read_plain(tmp_path, plain(*rows))
    assert {order.number: [line.sku for line in order.lines] for order in got.orders} == wanted
    assert len(got.orders) == len(wanted)


def test_two_orders_that_share_a_mark_are_both_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.channels._orders.mark_of", lambda key: 7)
    got = read_plain(tmp_path, plain({"order": "A"}, {"order": "B"}, {"order": "A", "sku": "2"}, {"order": "C"}))
    assert sorted((order.number, len(order.lines)) for order in got.orders) == [("A", 2), ("B", 1), ("C", 1)]


def test_runs_are_counted_and_only_repeated_ones_kept() -> None:
    runs = Runs()
    for key in ("a", "b", "a", "c", ("a", "1"), ("a", "1")):
        runs.add(key)
    runs.drop(("a", "1"))
    assert (runs.number, runs.again()) == (5, {mark_of("a"): 2})


@pytest.mark.parametrize("now", [[{"order": "1"}], [{"order": "1"}, {"order": "2"}, {"order": "3"}]])
def test_a_file_that_changes_while_it_is_read_tells_no_half_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: list[dict[str, str]]
) -> None:
    path = written(tmp_path, plain({"order": "1"}, {"order": "2"}, {"order": "2"}))
    survey = _orders._survey

    def then_changed(*args: Any) -> Any:
        found = survey(*args)
        path.write_text(plain(*now), encoding="utf-8")
        return found

    monkeypatch.setattr(_orders, "_survey", then_changed)
    told: list[str] = []
    with pytest.raises(FileUnusable) as refused:
        told.extend(item.number for item in _stream(open_source(path)) if isinstance(item, IncomingOrder))
    assert refused.value.key == "file.changed"


def _stream(source: SourceFile) -> Iterator[IncomingOrder | Problem]:
    return channel("csv").read(source, ReadOptions(mapping_text=PLAIN))


def test_ten_times_the_orders_take_hardly_more_memory(tmp_path: Path) -> None:
    peaks = []
    for number in (1_000, 1_000, 4_000):
        path = tmp_path / f"{number}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(",".join(PLAIN_COLUMNS) + "\n")
            file.writelines(f"{at},SKU-{at % 50},Thing,1,100,,,,,,JP,\n" for at in range(number))
        source = open_source(path)
        tracemalloc.start()
        assert sum(isinstance(item, IncomingOrder) for item in _stream(source)) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < 3_000 * 40  # the orders' numbers in a dictionary would take 150 bytes each
