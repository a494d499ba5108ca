"""What the test day found; each says how it should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import release
from tests.day.orders import PRODUCTS, YAMATO
from tests.day.shift import Shift
from tests.makers import only_on_sqlite


@pytest.fixture
def shift(url: str, tmp_path: Path) -> Iterator[Shift]:
    day = Shift(url, tmp_path / "files", size=300)
    day.begin()
    yield day
    day.end()


@only_on_sqlite
def test_after_a_close_is_taken_back_its_waybill_is_asked_for(shift: Shift) -> None:
    shift.release(release.Choice(carrier=YAMATO, limit=40))
    bench = shift.benches[0]
    slip = next(each for each in bench.slips if not shift.world.truth[each.key].group)
    bench.scan(slip.bars)
    for sku, pieces in shift.world.truth[slip.key].goods.items():
        for _ in range(pieces):
            bench.scan(PRODUCTS[sku].jan)
    label = next(each for each in bench.labels[YAMATO] if each.key == f"{slip.ship_number}-1")
    assert bench.scan(label.bars).key == "order.closed"
    assert bench.scan("KP-UNDO").level == "ok"
    assert bench.asked == "waybill"
    assert str(bench.desk.look().result().ask["kind"]) == "waybill"


@only_on_sqlite
def test_the_wish_for_a_wrapping_alone_holds_no_order(shift: Shift) -> None:
    gifts = [key for key, order in shift.world.truth.items() if order.kind == "gift" and order.shop == "S"]
    held = [order for (order,) in shift.sql("SELECT order_id FROM holds WHERE hold = 'remark' AND lifted_at IS NULL")]
    assert gifts
    assert not [key for key in gifts if shift.ids[key] in held]


@only_on_sqlite
def test_of_a_label_printed_twice_the_one_on_the_box_is_pulled(shift: Shift) -> None:
    shift.release(release.Choice(carrier=YAMATO, limit=40))
    bench = shift.benches[0]
    bench.mistakes = 0.0
    slip = next(each for each in bench.slips if not shift.world.truth[each.key].group)
    bench.slips.remove(slip)
    stack = bench.labels[YAMATO]
    label = next(each for each in stack if each.key == f"{slip.ship_number}-1")
    stack.append(label)
    for _ in bench.pack(slip):
        pass
    box, bench.box = shift.world.boxes[slip.key], None  # it stands at the dock
    assert (box.closed, box.labels, label in stack) == (True, [label], True)
    shift.change("closed", slip.key, "address")
    shift.pull()
    assert (box.closed, box.labels, label in stack) == (False, [], True)
    assert shift.world.wrong == []
