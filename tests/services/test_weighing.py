"""The scale at the bench on a real database: what it learns of goods and cartons, and what it stops afterwards."""

import pytest

from app.services import weighing
from tests.makers import Station, change, ean, faults_of, query
from tests.services.shipping import Warehouse, order, tracking

CARTON = (
    "INSERT INTO cartons (code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm,"
    " outer_width_mm, outer_height_mm, max_g, tare_g) VALUES (?, ?, 'box', 300, 200, 100, 310, 210, 110, 9000, ?)"
)


@pytest.fixture
def house(database, open_another):
    """Twelve orders of two teas of 400 g; the carton weighs 100 g by its list; a scale stands at station 1."""
    made = Warehouse(database, open_another)
    made.take_in(*(order(str(1001 + number), ("SKU-1", 2)) for number in range(12)))
    made.release()
    made.export()
    for (identity,) in query(database, "SELECT id FROM waybills"):
        number = tracking(identity)
        change(database, "UPDATE waybills SET number = ?, state = 'numbered' WHERE id = ?", number, identity)
    change(database, "UPDATE products SET weight_g = 400 WHERE sku = 'SKU-1'")
    change(database, CARTON, "80", "箱80", 100)
    with database.transaction() as tx:
        weighing.put_scale(tx, "1", "ok")
    return made


def packed(house, number):
    """Pack an order up to the question for its weight."""
    bench = Station(house.database)
    assert bench.scans(f"KO-1-{number:03d}-1", "KX-80", ean(1)) == ["order.opened", "carton.chosen", "pack.ok"]
    answer = bench.scan(ean(1))
    assert (answer.key, answer.ask["kind"]) == ("pack.weigh_now", "weight")
    return bench


def finished(house, bench, number):
    return bench.scan(house.waybills(str(1000 + number))[0].number)


def test_a_box_that_weighs_what_it_should_is_kept_and_teaches(house):
    bench = packed(house, 1)
    assert bench.scan("KG-905").key == "weight.ok"
    assert finished(house, bench, 1).key == "order.closed"
    ((weight, expected, tolerance, why),) = query(
        house.database, "SELECT weight_g, expected_g, tolerance_g, why FROM boxes WHERE weight_g IS NOT NULL"
    )
    assert (weight, expected, why) == (905, 900, "")
    assert tolerance > 8
    assert [row[0] for row in query(house.database, "SELECT count FROM product_weights")] == [1]
    assert query(house.database, "SELECT code, count FROM carton_weights") == [("80", 1)]
    assert faults_of(house.database) == []


def test_what_was_weighed_often_is_known_closely_and_a_missing_leaflet_of_goods_is_seen(house):
    for number in range(1, 11):
        bench = packed(house, number)
        assert bench.scan(f"KG-{935 + number % 3}").key == "weight.ok", number
        assert finished(house, bench, number).key == "order.closed"
    ((mean, sd, doubt),) = query(house.database, "SELECT mean_mg, sd_mg, doubt_mg FROM product_weights")
    ((carton,),) = query(house.database, "SELECT mean_mg FROM carton_weights")
    assert abs(2 * mean + carton - 936_000) < 3_000
    assert doubt < 20_000
    bench = packed(house, 11)
    light = bench.scan("KG-519")
    assert (light.key, light.level) == ("weight.missing", "refused")
    assert light.args["item"] == "Thing 1"
    assert light.args["pieces"] == 1
    assert light.args["difference"] == pytest.approx(417, abs=4)
    assert finished(house, bench, 11).key == "weight.first"
    assert bench.scan("KG-936").key == "weight.ok"
    assert sd > 0


def test_a_leader_lets_a_wrong_weight_pass_and_it_teaches_no_weight(house):
    bench = packed(house, 1)
    assert bench.scan("KG-1500").level == "refused"
    assert bench.scans("KP-ALLOW", "KP-R-OTHER") == ["allow.weight", "weight.ok"]
    assert finished(house, bench, 1).key == "order.closed"
    assert query(house.database, "SELECT why FROM boxes") == [("other",)]
    assert query(house.database, "SELECT what, reason FROM overrides") == [("weight", "other")]
    assert [round(row[0], -3) for row in query(house.database, "SELECT mean_mg FROM product_weights")] == [400_000]
    assert faults_of(house.database) == []


def test_a_scale_that_fails_lets_packing_go_on_unweighed(house):
    bench = packed(house, 1)
    assert bench.scan("KG-FAULT").key == "weight.no_scale"
    assert finished(house, bench, 1).key == "order.closed"
    assert query(house.database, "SELECT weight_g, why FROM boxes") == [(None, "no_scale")]
    with house.database.transaction() as tx:
        weighing.put_scale(tx, "1", "fault")
    assert Station(house.database).scans("KO-1-002-1", ean(1), ean(1)) == ["order.opened", "pack.ok", "pack.all_in"]


def test_undo_takes_a_weight_back_and_asks_again(house):
    bench = packed(house, 1)
    bench.scan("KG-905")
    assert bench.scan("KP-UNDO").key == "undo.weight"
    assert bench.look().ask["kind"] == "weight"
    assert query(house.database, "SELECT weight_g, carton FROM boxes") == [(None, "80")]


def test_an_empty_scale_and_a_hand_on_it_are_no_box(house):
    bench = packed(house, 1)
    assert bench.scan("KG-0").key == "weight.empty"
    assert bench.scan("KG-2").key == "weight.empty"
    assert bench.look().ask["kind"] == "weight"
