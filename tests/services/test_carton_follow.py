"""A carton that the service does not take: the service follows the carton, or waits for a leader."""

import pytest

from tests.makers import Station, change, ean, faults_of, query
from tests.services.shipping import Warehouse, order, tracking

CARTON = (
    "INSERT INTO cartons (code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm,"
    " outer_width_mm, outer_height_mm, max_g, services) VALUES (?, ?, 'box', 300, 200, 100, 310, 210, 110, 9000, ?)"
)


@pytest.fixture
def house(database, open_another):
    """One released order that goes by Nekopos, with its slip scanned and one of two teas in."""
    made = Warehouse(database, open_another)
    change(database, "INSERT INTO settings (key, value) VALUES ('address.check', 'off')")
    change(database, "UPDATE settings SET value = 'yamato_b2/nekopos' WHERE key = 'carrier.default'")
    made.take_in(order("1001", ("SKU-1", 2)))
    made.release()
    made.export()
    for (identity,) in query(database, "SELECT id FROM waybills"):
        number = tracking(identity)
        change(database, "UPDATE waybills SET number = ?, state = 'numbered' WHERE id = ?", number, identity)
    change(database, CARTON, "80", "箱80", "yamato_b2/takkyubin,sagawa_e3/hikyaku")
    change(database, CARTON, "AIR", "航空便の箱", "yamato_b2/no_such_service")
    change(database, CARTON, "ANY", "どれでも", "")
    return made


def served(house):
    return query(house.database, "SELECT service, version, state, parked FROM orders")[0]


def opened(house):
    bench = Station(house.database)
    assert bench.scan("KO-1-001-1").key == "order.opened"
    assert bench.scan(ean(1)).key == "pack.ok"
    return bench


def test_the_service_follows_the_carton_with_new_papers(house):
    bench = opened(house)
    answer = bench.scan("KX-80")
    assert (answer.key, answer.args["service"]) == ("carton.follows", "yamato_b2/takkyubin")
    assert served(house) == ("takkyubin", 2, "released", 1)
    waybills = query(house.database, "SELECT service, state FROM waybills ORDER BY id")
    assert [(service, state) for service, state in waybills] == [("nekopos", "void"), ("takkyubin", "requested")]
    assert faults_of(house.database) == []
    assert bench.scan("KO-1-001-1").key == "order.old_version"
    resumed = bench.scan("KO-1-001-2")
    assert (resumed.key, resumed.done, resumed.ask["carton"]) == ("order.resumed", 1, "80")
    ((chosen, reason),) = query(house.database, "SELECT chosen, reason FROM carton_choices")
    assert (chosen, reason) == ("80", "")


def test_a_carton_that_no_service_takes_waits_for_the_leader(house):
    bench = opened(house)
    assert bench.scan("kx-air").key == "carton.service"
    assert served(house)[1:] == (1, "released", 1)
    holds = query(house.database, "SELECT hold, detail FROM holds WHERE lifted_at IS NULL")
    assert [tuple(row) for row in holds] == [("service", "carton")]
    assert faults_of(house.database) == []


def test_a_carton_for_every_service_changes_nothing_else(house):
    bench = opened(house)
    assert bench.scan("KX-ANY").key == "carton.chosen"
    assert served(house)[:2] == ("nekopos", 1)
    assert bench.scan("KX-ANY").key == "carton.same"
    assert bench.scan("KX-NONE").key == "carton.unknown"
    assert bench.scan("KP-UNDO").key == "undo.carton"
    assert query(house.database, "SELECT count(*) FROM boxes") == [(0,)]
    assert faults_of(house.database) == []
