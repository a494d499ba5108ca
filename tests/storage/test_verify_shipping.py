"""``verify`` sees what shipping must never be: wrong sums, goods that were not scanned, a number on two orders."""

import pytest

from app.storage import verify
from tests.makers import change, query


def found(database):
    with database.reading() as tx:
        return [fault.key for fault in verify.faults(tx)]


ORDER = (
    "INSERT INTO orders (id, shop_id, number, ship_to_key, state, received_at, ordered_at, queue_at, rank, line_count,"
    " pieces, ship_name, prefecture, gift, content, digest, carrier, cut_off)"
    " VALUES (?, 1, ?, '', 'verified', 0, 0, 0, 0, 1, 1, '', '', 0, '{}', '', 'yamato_b2', 5000)"
)
WAYBILL = (
    "INSERT INTO waybills (order_id, batch, sequence, version, issue, key, piece, pieces, carrier, service, cod, state,"
    " number, parcel_id, requested_at) VALUES (?, 1, ?, 1, 1, ?, 1, 1, 'yamato_b2', 'takkyubin', 0, ?, ?, ?, 0)"
)


@pytest.fixture
def shop(database):
    """Two verified orders, each with its closed parcel and its waybill."""
    change(database, "INSERT INTO shops (id, channel, name) VALUES (1, 'csv', 'shop')")
    change(database, "INSERT INTO products (id, sku, fold, name) VALUES (1, 'A', 'a', 'Thing')")
    for number in (1, 2):
        change(database, ORDER, number, f"N{number}")
        change(
            database,
            "INSERT INTO order_lines (id, order_id, position, sku, name, product_id, wanted, done, reserved)"
            " VALUES (?, ?, 1, 'A', 'Thing', 1, 2, 0, 2)",
            number,
            number,
        )
        change(
            database,
            "INSERT INTO parcels (id, order_id, version, state, station, opened_at) VALUES (?, ?, 1, 'closed', '1', 0)",
            number,
            number,
        )
        change(database, WAYBILL, number, number, f"1-00{number}-1", "attached", f"10000000000{number}", number)
    assert found(database) == []
    return database


def test_sums_are_kept_by_whoever_writes(shop):
    assert query(shop, "SELECT quantity FROM promised") == [(4,)]
    assert query(shop, "SELECT cut_off, carrier, state, sum(number) FROM loads GROUP BY 1, 2, 3") == [
        (5000, "yamato_b2", "verified", 2)
    ]
    change(shop, "UPDATE order_lines SET done = 1 WHERE id = 1")
    change(shop, "UPDATE order_lines SET reserved = 0 WHERE id = 2")
    change(shop, "UPDATE orders SET cut_off = NULL, state = 'shipped' WHERE id = 2")
    change(shop, "UPDATE orders SET carrier = 'sagawa_e3' WHERE id = 1")
    assert query(shop, "SELECT quantity FROM promised") == [(1,)]
    left = query(
        shop, "SELECT cut_off, carrier, state, sum(number) FROM loads GROUP BY 1, 2, 3 HAVING sum(number) <> 0"
    )
    assert sorted(left) == [(0, "yamato_b2", "shipped", 1), (5000, "sagawa_e3", "verified", 1)]
    assert "verify.promised" not in found(shop)
    assert "verify.load" not in found(shop)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE promised SET quantity = 3", "verify.promised"),
        ("DELETE FROM promised", "verify.promised"),
        ("UPDATE loads SET number = number + 1", "verify.load"),
        ("UPDATE waybills SET number = '100000000001'", "verify.number_twice"),
        ("UPDATE waybills SET parcel_id = 2 WHERE order_id = 1", "verify.waybill"),
        ("UPDATE waybills SET parcel_id = NULL WHERE order_id = 1", "verify.waybill"),
        (
            "UPDATE parcels SET state = 'open';UPDATE waybills SET state = 'handed_over' WHERE order_id = 1",
            "verify.waybill",
        ),
        ("UPDATE order_lines SET reserved = 3 WHERE id = 1", "verify.reserved"),
        ("UPDATE orders SET state = 'shipped' WHERE id = 1", "verify.promise_left"),
        ("UPDATE parcels SET state = 'pulled' WHERE id = 1", "verify.waybill"),
    ],
)
def test_what_does_not_agree_is_named(shop, damage, fault):
    for statement in damage.split(";"):
        assert change(shop, statement) >= 1
    assert found(shop) == [fault]


def test_one_of_several_pieces_may_be_with_the_carrier_before_the_others(shop):
    change(shop, "UPDATE waybills SET state = 'handed_over' WHERE order_id = 1")
    assert found(shop) == []


def test_goods_in_a_box_that_nobody_scanned_are_seen(shop):
    change(
        shop,
        "INSERT INTO moves (act, at, product_id, lot, source, target, quantity)"
        " VALUES ('x', 0, 1, '', 'shelf:', 'parcel:1', 1)",
    )
    assert found(shop) == ["verify.box"]


def test_a_void_number_may_come_again_on_another_order(shop):
    change(shop, "UPDATE waybills SET state = 'void' WHERE order_id = 1")
    change(shop, "UPDATE waybills SET number = '100000000001' WHERE order_id = 2")
    assert found(shop) == []
