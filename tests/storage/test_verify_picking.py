"""What ``verify`` finds of picking when rows are changed behind the program's back."""

import pytest

from tests.makers import change, ean
from tests.services.picked import PickedWarehouse
from tests.services.shipping import order

DAMAGE = [
    ("UPDATE order_lines SET picked = picked - 1 WHERE picked = 2", "verify.picked"),
    ("UPDATE picks SET done = done - 1 WHERE done = 2", "verify.pick"),
    ("UPDATE picks SET short = 1, done = 1 WHERE done = 2", "verify.pick"),
    ("UPDATE jobs SET done = done - 1", "verify.job"),
    ("UPDATE jobs SET pieces = pieces + 1", "verify.job"),
    ("UPDATE jobs SET lines = 0", "verify.job"),
    ("UPDATE balances SET quantity = 5 WHERE place LIKE 'picked:%' AND quantity = 1", "verify.picked_place"),
    ("UPDATE steps SET source = 'shelf:A-01' WHERE source LIKE 'picked:%' AND kind = 'pack'", "verify.picked_place"),
    ("UPDATE containers SET order_id = 999 WHERE order_id IS NOT NULL", "verify.container"),
    ("UPDATE containers SET order_id = (SELECT id FROM orders WHERE number = '2')", "verify.container"),
]


@pytest.fixture
def house(database, open_another):
    """Order 2 is packed, one piece of order 1 as well."""
    made = PickedWarehouse(database, open_another)
    made.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1), ordered_at=2), order("2", ("SKU-1", 1), ordered_at=1))
    made.wave("cart")
    made.walk()
    assert made.bench.scans("KP-NEXT", ean(1), "KP-NEXT", ean(1))[-1] == "pack.ok"
    assert made.state("2") == "verified"
    assert made.faults() == []
    return made


@pytest.mark.parametrize(("statement", "key"), DAMAGE)
def test_damage_is_found(house, statement, key):
    assert change(house.database, statement) > 0
    assert key in house.faults()
