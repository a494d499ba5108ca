"""Real orders (UCI Online Retail, 69 days, 114,658 lines); skipped where the shared data is not there."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from app.channels._choose import recognised
from app.channels._source import open_source
from app.domain.intake import ReadOptions
from app.domain.orders import IncomingOrder
from tests.channels.reading import read, shared

DAYS = ("data", "orders", "uci-online-retail-by-day")


@pytest.mark.slow
def test_69_days_of_a_real_shop_are_read_whole() -> None:
    keys: Counter[str] = Counter()
    lines = orders = cancelled = left_out = 0
    for path in sorted(shared(*DAYS).glob("*.csv")):
        got = read(path)
        keys.update(got.keys)
        cancelled += sum(order.cancelled for order in got.orders)
        orders += len(got.orders)
        lines += sum(len(order.lines) for order in got.orders if not order.cancelled)
        left_out += sum(each.key in {"line.non_goods", "line.quantity_negative"} for each in got.problems)
    assert orders + keys["order.no_lines"] == 5_663
    assert cancelled == keys["order.cancelled_in_shop"]
    assert set(keys) == {
        "line.non_goods",
        "line.quantity_negative",
        "line.same_sku",
        "order.cancelled_in_shop",
        "order.inconsistent",
        "order.no_lines",
    }
    # Every row of an order that is not cancelled is either a line or a problem.
    assert lines + left_out == 114_658 - 2_050


def test_a_day_keeps_its_oddities() -> None:
    got = read(shared(*DAYS, "2010-12-01.csv"))
    first = got.orders[0]
    assert (first.number, first.buyer.name, first.totals.currency, len(first.lines)) == ("536365", "17850", "GBP", 7)
    names = {line.sku for order in got.orders for line in order.lines}
    assert not names & {"POST", "D", "M", "C2", "DOT"}
    assert {"85123A"} <= names
    assert any(order.number == "C536379" and order.cancelled for order in got.orders)


@pytest.mark.slow
def test_memory_stays_small_however_the_rows_are_mixed(tmp_path: Path) -> None:
    days = sorted(shared(*DAYS).glob("*.csv"))[:24]
    rows = [line for path in days for line in path.read_bytes().splitlines()[1:]]
    rows.sort(key=lambda row: hash(row[-20:]) % 1000)
    path = tmp_path / "mixed.csv"
    path.write_bytes(days[0].read_bytes().splitlines()[0] + b"\n" + b"\n".join(rows) + b"\n")
    count = len(rows)
    del rows
    source = open_source(path)
    tracemalloc.start()
    seen = sum(
        len(item.lines) if isinstance(item, IncomingOrder) else 0
        for item in recognised(source).read(source, ReadOptions())
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen > count * 0.9
    assert peak < 64 * 2**20
