"""Advice on the list of cartons: what boxes cost, which are never used, which one size more would have paid."""

from __future__ import annotations

import pytest

from app.domain.carton_list import ListedCarton
from app.services.carton_advice import advise
from app.services.desk import Desk
from app.storage import cartons as cartons_storage
from tests.makers import Goods, change, incoming, query, stocked

FLAT_THING = Goods(1, stock=500, more={"size_mm": (300, 200, 60), "weight_g": 900})
S60 = ListedCarton("S60", (240, 160, 110), (246, 166, 122), 10_000, cost_yen=60, carriage_yen=700)
S80 = ListedCarton("S80", (320, 230, 180), (326, 236, 192), 15_000, cost_yen=90, carriage_yen=900)
S120 = ListedCarton("S120", (450, 350, 320), (456, 356, 332), 20_000, cost_yen=190, carriage_yen=1_400)


@pytest.fixture
def desk(database, open_another):
    stocked(database, [FLAT_THING], *[incoming(f"1{number}", (FLAT_THING.sku, 1)) for number in range(4)])
    made = Desk(open_another(), "1")
    yield made
    made.stop()


def shipped(desk: Desk, *listed: ListedCarton, used: str = "") -> None:
    """Every order was packed, in a carton where one is named."""
    with desk.database.transaction() as tx:
        for each in listed:
            cartons_storage.put(tx, each)
    for (order,) in query(desk.database, "SELECT id FROM orders"):
        change(
            desk.database,
            "INSERT INTO parcels (order_id, version, state, station, opened_at, closed_at) "
            "VALUES (?, 1, 'closed', '1', 1, 2)", order,
        )  # fmt: skip
        if used:
            change(
                desk.database,
                "INSERT INTO boxes (parcel_id, piece, carton) SELECT max(id), 1, ? FROM parcels", used,
            )  # fmt: skip


def test_what_was_shipped_is_counted_with_its_cost_and_fill(desk: Desk) -> None:
    shipped(desk, S60, S80, S120)
    found = advise(desk, 100)
    assert (found.orders, found.planned, found.boxes, found.cost_yen) == (4, 4, 4, 4 * 990)
    assert found.proposed == {"S80": 4}
    assert found.fill_percent == pytest.approx(100 * 300 * 200 * 60 / (320 * 230 * 180))


def test_what_was_neither_proposed_nor_taken_is_unused(desk: Desk) -> None:
    shipped(desk, S60, S80, S120, used="S120")
    assert advise(desk, 100).unused == ("S60",)


def test_a_size_that_goes_by_a_cheaper_carriage_pays(desk: Desk) -> None:
    weak = ListedCarton("WEAK", (330, 230, 80), (336, 236, 92), 500, cost_yen=60, carriage_yen=700)
    shipped(desk, weak, S80)
    found = advise(desk, 100)
    assert found.new is not None
    assert found.new.inner_mm == (300, 200, 60)
    assert (found.new.cost_yen, found.new.orders, found.new.saved_yen) == (760, 4, 4 * (990 - 760))


def test_no_size_is_advised_where_none_is_cheaper(desk: Desk) -> None:
    exact = ListedCarton("FIT", (300, 200, 60), (306, 206, 72), 10_000, cost_yen=1)
    shipped(desk, exact, S80)
    assert advise(desk, 100).new is None


def test_only_as_many_orders_as_asked_for_are_looked_at(desk: Desk) -> None:
    shipped(desk, S80)
    assert advise(desk, 2).orders == 2
