"""What a camera is told that the open order waits for."""

import pytest

from app.domain.decoding import keys_of
from app.services.expected import expected_codes
from app.services.release import at_once
from tests.makers import Station, faults_of
from tests.services.shipping import CUP, TEA, Warehouse, order
from tests.services.test_loop import act, label, merging, number_all, released, slip


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    yield made
    assert faults_of(database) == []


@pytest.fixture
def bench(house):
    return Station(house.database)


def expected(house, station="1"):
    with house.database.reading() as tx:
        return expected_codes(tx, station)


def test_without_an_open_order_nothing_is_expected(house, bench):
    released(house, order("1", ("SKU-1", 2)))
    assert expected(house) == frozenset()


def test_goods_are_expected_by_all_their_codes_until_they_are_in(house, bench):
    released(house, order("1", ("SKU-1", 2), ("SKU-2", 1)))
    bench.scan(slip(house, "1"))
    for wanted in (TEA.piece, f"]E0{TEA.piece}", CUP.piece, "SKU-1"):
        assert keys_of(wanted) & expected(house), wanted
    bench.scans(CUP.piece, TEA.piece)
    assert not keys_of(CUP.piece) & expected(house)
    assert keys_of(TEA.piece) & expected(house)
    assert expected(house, "2") == frozenset()


def test_slip_and_waybill_are_expected_too(house, bench):
    released(house, order("1", ("SKU-1", 1)), order("2"))
    bench.scan(slip(house, "1"))
    assert keys_of(slip(house, "1")) & expected(house)
    assert keys_of(f"A{label(house, '1')}A") & expected(house)
    assert not keys_of(slip(house, "2")) & expected(house)
    assert not keys_of(label(house, "2")) & expected(house)


def test_what_a_merged_order_wants_is_expected_as_well(house, bench):
    house.take_in(order("1", ("SKU-1", 1)))
    house.take_in(order("2", ("SKU-2", 1)), shop="other")
    act(house, merging.merge, list(house.ids("1", "2")))
    act(house, at_once, list(house.ids("1", "2")))
    number_all(house)
    bench.scan(slip(house, "1"))
    for wanted in (TEA.piece, CUP.piece, slip(house, "2")):
        assert keys_of(wanted) & expected(house), wanted
