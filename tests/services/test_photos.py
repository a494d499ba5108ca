"""Photos of the open box: when one is wanted, keeping it whole or not at all, and letting old ones go."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections import namedtuple

import pytest
from PIL import Image

from app.errors import FileUnusable
from app.services import photos
from app.services.desk import Desk
from app.services.upkeep import Upkeep
from tests.makers import change, faults_of, incoming, query, set_to, stocked, take_in
from tests.services.packed import GOODS

CUP, STRAINER = GOODS[3], GOODS[6]
DAY = 86_400_000


class Shop:
    def __init__(self, database, another, folder):
        self.database, self.folder = database, folder
        stocked(database, [CUP, STRAINER])
        set_to(database, photo_when="rule")
        self.desk = Desk(another(), "3")

    def order(self, number="1001", **more):
        with self.database.transaction() as tx:
            take_in(tx, incoming(number, (CUP.sku, 1), **more))
        return int(query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])

    def wanted(self, order):
        return self.desk.read(photos.wanted, order).result()

    def take(self, order, box=1, days_ago=0, size=1000):
        name = photos.take(self.desk, self.folder, order, b"\xff\xd8" + os.urandom(size), box)
        change(self.database, "UPDATE photos SET at = at - ? WHERE file = ?", days_ago * DAY, name)
        return name

    def kept(self):
        return sorted(path.name for path in photos.folder_of(self.folder).rglob("*.jpg"))

    def tidy(self):
        done = photos.tidy(self.desk, self.folder)
        return done.gone, done.held


@pytest.fixture
def shop(database, open_another, tmp_path):
    made = Shop(database, open_another, tmp_path)
    yield made
    made.desk.stop()


# --- when ---------------------------------------------------------------------------------------------------------


def test_photos_are_off_or_always_where_the_shop_says_so(shop):
    order = shop.order()
    set_to(shop.database, photo_when="off")
    assert shop.wanted(order) == ""
    set_to(shop.database, photo_when="always")
    assert shop.wanted(order) == "always"
    assert shop.wanted(999) == ""


def test_one_shop_may_decide_otherwise_than_the_house(shop):
    order = shop.order()
    change(shop.database, "UPDATE shops SET settings = ?", json.dumps({"photo.when": "always"}))
    assert shop.wanted(order) == "always"


def test_a_plain_order_wants_none_by_rule(shop):
    assert shop.wanted(shop.order()) == ""


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE orders SET gift = 1", "gift"),
        ("UPDATE products SET fragile = 1", "fragile"),
        ("UPDATE order_lines SET short = 1", "short"),
        (
            "INSERT INTO overrides (act, at, station, order_id, what, reason) "
            "SELECT 'a', 1, '3', id, 'weight', 'other' FROM orders",
            "override",
        ),
    ],
)
def test_each_rule_asks_for_one_where_it_is_chosen(shop, statement, reason):
    order = shop.order()
    change(shop.database, statement)
    set_to(shop.database, photo_rule="gift,fragile,dear,override,short")
    assert shop.wanted(order) == reason
    others = {"gift", "fragile", "dear", "override", "short"} - {reason}
    set_to(shop.database, photo_rule=",".join(sorted(others)))
    assert shop.wanted(order) == ""


@pytest.mark.parametrize(("total", "reason"), [("10000", "dear"), ("9999", ""), ("", ""), ("x", ""), ("NaN", "")])
def test_a_dear_order_is_one_by_the_shops_own_total(shop, total, reason):
    order = shop.order()
    ((content,),) = query(shop.database, "SELECT content FROM orders WHERE id = ?", order)
    told = json.loads(content)
    told["totals"] = {"total": total}
    change(shop.database, "UPDATE orders SET content = ?", json.dumps(told))
    assert shop.wanted(order) == reason


def test_an_order_in_the_same_parcel_counts_as_well(shop):
    lead, follower = shop.order("1001"), shop.order("1002")
    change(shop.database, "UPDATE orders SET lead_id = ?, gift = 1 WHERE id = ?", lead, follower)
    assert shop.wanted(lead) == "gift"


# --- keeping ------------------------------------------------------------------------------------------------------


def test_a_photo_is_a_file_a_row_and_an_act(shop):
    order = shop.order()
    name = shop.take(order, 2)
    data = (photos.folder_of(shop.folder) / name).read_bytes()
    ((box, file, hash_, size),) = query(shop.database, "SELECT box, file, sha256, size FROM photos")
    assert (box, file, hash_, size) == (2, name, hashlib.sha256(data).hexdigest(), len(data))
    ((facts,),) = query(shop.database, "SELECT facts FROM journal WHERE order_id = ? AND kind = 'photo'", order)
    assert json.loads(facts)["sha256"] == hash_
    assert faults_of(shop.database) == []
    assert not list(photos.folder_of(shop.folder).rglob("*.part"))


def test_its_name_says_nothing_of_the_customer(shop):
    order = shop.order("見本花子-1001")
    name = shop.take(order)
    assert "見本" not in name
    assert name.isascii()


def test_a_picture_is_made_small_and_carries_nothing_but_the_picture():
    large = Image.new("RGB", (2000, 1500), "red")
    data = photos.encoded(large.tobytes(), large.size, 3 * 2000)
    with Image.open(io.BytesIO(data)) as made:
        assert (made.size, made.format, len(made.getexif())) == ((1600, 1200), "JPEG", 0)
    small = Image.new("RGB", (641, 480), "red")
    rows = b"".join(small.tobytes()[at : at + 1923] + b"\0" for at in range(0, 1923 * 480, 1923))
    with Image.open(io.BytesIO(photos.encoded(rows, small.size, 1924))) as made:
        assert made.size == (641, 480)
        assert made.getpixel((640, 479))[0] > 200


def test_a_full_disk_keeps_nothing_and_says_what_to_do(shop, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1 << 40, 1 << 40, photos.RESERVE))
    order = shop.order()
    with pytest.raises(FileUnusable) as refused:
        shop.take(order)
    assert refused.value.key == "photo.no_room"
    assert shop.kept() == []
    assert query(shop.database, "SELECT count(*) FROM photos") == [(0,)]


def test_a_folder_that_cannot_be_written_keeps_nothing(shop):
    order = shop.order()
    photos.folder_of(shop.folder).write_text("a file where the folder should be")
    with pytest.raises(FileUnusable) as refused:
        shop.take(order)
    assert refused.value.key == "photo.not_writable"


def test_a_row_that_cannot_be_written_leaves_no_file(shop, monkeypatch):
    order = shop.order()
    monkeypatch.setattr(photos.storage, "add", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shop.take(order)
    assert shop.kept() == []


# --- letting go ---------------------------------------------------------------------------------------------------


def test_old_photos_go_and_their_rows_stay(shop):
    order = shop.order()
    old, young = shop.take(order, 1, days_ago=200), shop.take(order, 2, days_ago=100)
    assert shop.tidy() == (1, 0)
    assert shop.kept() == [young.rpartition("/")[2]]
    found = dict(query(shop.database, "SELECT file, gone_at FROM photos"))
    assert found[old] is not None
    assert found[young] is None
    assert shop.tidy() == (0, 0)


def test_the_oldest_go_first_where_there_are_too_many(shop):
    order = shop.order()
    names = [shop.take(order, box, days_ago=10 - box, size=4 << 20) for box in (1, 2, 3, 4)]
    set_to(shop.database, photo_most_mb="10")
    assert shop.tidy() == (2, 0)
    assert shop.kept() == sorted(name.rpartition("/")[2] for name in names[2:])


def test_photos_of_an_order_about_which_something_is_open_stay(shop):
    back, asked, free = (shop.order(number) for number in ("1001", "1002", "1003"))
    for order in (back, asked, free):
        shop.take(order, days_ago=300)
    change(shop.database, "INSERT INTO returns (order_id, opened_at) VALUES (?, 1)", back)
    change(shop.database, "INSERT INTO contacts (act, at, order_id, about) VALUES ('a', 1, ?, 'short')", asked)
    assert shop.tidy() == (1, 2)
    change(shop.database, "UPDATE returns SET state = 'done'")
    change(shop.database, "UPDATE contacts SET closed_at = 1")
    assert shop.tidy() == (2, 0)


def test_many_old_photos_go_in_parts(shop, monkeypatch):
    monkeypatch.setattr(photos, "_PART", 3)
    order = shop.order()
    for box in range(8):
        shop.take(order, box, days_ago=300)
    assert shop.tidy() == (8, 0)
    assert shop.kept() == []
    assert faults_of(shop.database) == []


def test_another_stations_photos_are_not_touched(shop):
    order = shop.order()
    shop.take(order, days_ago=300)
    change(shop.database, "UPDATE photos SET station = '4'")
    assert shop.tidy() == (0, 0)
    assert len(shop.kept()) == 1


def test_photos_of_an_order_are_copied_out(shop):
    order = shop.order()
    names = [shop.take(order, box) for box in (1, 2)]
    (photos.folder_of(shop.folder) / names[0]).unlink()
    copies = photos.export(shop.desk, shop.folder, order, shop.folder / "out")
    assert [path.name for path in copies] == [names[1].rpartition("/")[2]]
    assert copies[0].read_bytes() == (photos.folder_of(shop.folder) / names[1]).read_bytes()


def test_upkeep_lets_old_ones_go_by_itself(shop):
    order = shop.order()
    shop.take(order, days_ago=300)
    Upkeep(shop.desk, shop.folder).once()
    assert shop.kept() == []


def test_where_no_box_is_said_it_is_the_one_that_was_filled_last(shop):
    order = shop.order()
    change(
        shop.database,
        "INSERT INTO parcels (order_id, version, state, station, opened_at, box) VALUES (?, 1, 'closed', '3', 1, 2)",
        order,
    )
    photos.take(shop.desk, shop.folder, order, b"\xff\xd8")
    ((parcel,),) = query(shop.database, "SELECT id FROM parcels")
    assert query(shop.database, "SELECT parcel_id, box FROM photos") == [(parcel, 2)]
