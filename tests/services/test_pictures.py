"""Pictures that the camera takes of goods without one: kept once, looked at by a leader, never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.people import Role
from app.errors import NotAllowed, NotFound
from app.services import pictures
from app.services.desk import Desk
from app.services.people import sign_in
from app.storage import people
from tests.makers import Goods, change, query, set_to, stocked

JPEG = b"\xff\xd8 a picture"


@pytest.fixture
def shop(database, open_another, tmp_path):
    stocked(database, [Goods(1), Goods(2, more={"picture": "/there/already.jpg"})])
    desk = Desk(open_another(), "3")
    yield database, desk, tmp_path
    desk.stop()


def picture_of(database, sku="SKU-1"):
    return query(database, "SELECT picture FROM products WHERE sku = ?", sku)[0][0]


def put(shop, sku="SKU-1"):
    _, desk, folder = shop
    return pictures.put_picture(desk, folder, sku, JPEG)


def test_the_first_picture_is_kept_and_waits_to_be_looked_at(shop):
    database, desk, folder = shop
    path = put(shop)
    assert picture_of(database) == path
    assert Path(path).read_bytes() == JPEG
    assert [row.sku for row in desk.read(pictures.unchecked, folder).result()] == ["SKU-1"]
    assert query(database, "SELECT kind, station FROM journal ORDER BY id DESC LIMIT 1") == [("picture", "3")]


def test_a_product_that_has_one_keeps_it(shop):
    database, _, folder = shop
    first = put(shop)
    assert put(shop) == ""
    assert put(shop, "SKU-2") == ""
    assert put(shop, "no such goods") == ""
    assert picture_of(database) == first
    assert picture_of(database, "SKU-2") == "/there/already.jpg"
    assert len(list(folder.rglob("*.jpg"))) == 1


def test_none_is_taken_where_the_shop_wants_none(shop):
    database, _, folder = shop
    set_to(database, picture_take="off")
    assert put(shop) == ""
    assert list(folder.rglob("*.jpg")) == []


def test_one_that_lost_the_race_leaves_no_file(shop, monkeypatch):
    _, _, folder = shop
    monkeypatch.setattr(pictures, "wanted", lambda tx, sku: True)
    assert put(shop, "SKU-2") == ""
    assert list(folder.rglob("*.jpg")) == []


def test_a_name_of_goods_is_no_path(shop):
    database, folder = shop[0], shop[2]
    change(database, "UPDATE products SET sku = '../../x/見本' WHERE sku = 'SKU-1'")
    path = Path(put(shop, "../../x/見本"))
    assert path.parent == folder / "pictures" / "new"
    assert path.name.isascii()


def test_a_leader_keeps_it(shop):
    database, desk, folder = shop
    old = Path(put(shop))
    done = pictures.keep(desk, folder, "SKU-1")
    assert picture_of(database) == done.picture
    assert Path(done.picture).read_bytes() == JPEG
    assert not old.exists()
    assert desk.read(pictures.unchecked, folder).result() == []
    with pytest.raises(NotFound):
        pictures.keep(desk, folder, "SKU-1")


def test_a_leader_throws_it_away_and_the_camera_takes_another(shop):
    database, desk, folder = shop
    old = Path(put(shop))
    pictures.discard(desk, folder, "SKU-1")
    assert picture_of(database) == ""
    assert not old.exists()
    assert put(shop)


def test_a_packer_decides_nothing(shop):
    database, desk, folder = shop
    path = put(shop)
    with database.transaction() as tx:
        people.add(tx, "P", "P1", Role.PACKER, "")
        sign_in(tx, "3", "s", "P1")
    for decide in (pictures.keep, pictures.discard):
        with pytest.raises(NotAllowed):
            decide(desk, folder, "SKU-1")
    assert picture_of(database) == path
    assert [str(each) for each in folder.rglob("*.jpg")] == [path]
