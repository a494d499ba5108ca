"""Two files of one shop taken in at once are one import; alone, each is what it is."""

from pathlib import Path

import pytest

from app.services.desk import Desk
from app.services.intake import import_files
from tests.makers import query

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LINES, ORDERS = SAMPLES / "amazon" / "joined.txt", SAMPLES / "amazon" / "joined+orders.txt"


@pytest.fixture
def desk(database, open_another):
    made = Desk(open_another(), "1")
    yield made
    made.stop()


@pytest.mark.parametrize("paths", [[LINES, ORDERS], [ORDERS, LINES]])
def test_two_files_that_belong_together_are_one_import(desk, paths):
    first = import_files(desk, paths, create_products=True)
    assert (first.usable, first.orders["added"], first.orders["held"]) == (True, 3, 1)
    again = import_files(desk, paths)
    assert (again.orders["added"], again.orders["same"]) == (0, 3)
    kept = [row[0] for row in query(desk.database, "SELECT file FROM imports ORDER BY id")]
    assert kept == ["joined.txt + joined+orders.txt"] * 2
    content = next(iter(query(desk.database, "SELECT content FROM orders WHERE number = '999-0000001-0000001'")))[0]
    assert "0300000002" in str(content)  # the phone stands in the order report only


def test_the_second_file_alone_is_refused_and_others_are_taken_in(desk):
    found = import_files(desk, [ORDERS, SAMPLES / "shopify" / "orders_export.csv"], create_products=True)
    assert [each.key for each in found.problems if each.file == ORDERS.name] == ["file.needs_other"]
    assert found.orders["added"] > 0
