"""The camera at the bench takes what is wanted, beside the work: the box at its close, goods without a picture."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.services import photos, pictures
from tests.makers import query, set_to
from tests.ui import makers


def frame(colour="#C58B4B", width=1920, height=1080):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def bench(player, desk, add_orders, window):
    """A bench whose camera sees something; photos of every box are wanted."""
    set_to(desk.database, photo_when="always", picture_take="off")
    add_orders(makers.order("1001", ("TEA-050", 1)), makers.order("1002", ("TEA-050", 1)))
    window.readers.picture = frame
    return player


def rows(desk):
    return query(desk.database, "SELECT order_id, box, file FROM photos ORDER BY id")


def close(player, number):
    assert player.scan(number) == "order.opened"
    assert player.scan(makers.TEA) == "order.closed"


def test_the_open_box_is_kept_at_its_close_and_shown_for_a_moment(bench, desk, window):
    close(bench, "1001")
    bench.wait(window.photographer.thumb.isVisible)
    ((_, box, file),) = rows(desk)
    assert box == 1
    path = photos.folder_of(window.station.config.folder) / file
    kept = QImage(str(path))
    assert (kept.width(), kept.height()) == (1600, 900)
    thumb = window.photographer.thumb.geometry()
    assert window.pack.rect().contains(thumb)
    window.photographer._hide.setInterval(1)
    window.photographer._hide.start()
    bench.wait(lambda: not window.photographer.thumb.isVisible())


def test_the_next_scan_does_not_wait_for_it(bench, desk, window, monkeypatch):
    slow = threading.Event()
    real = photos.encoded
    monkeypatch.setattr(photos, "encoded", lambda *given: slow.wait(20) and real(*given))
    close(bench, "1001")
    close(bench, "1002")
    assert rows(desk) == []
    slow.set()
    bench.wait(lambda: len(rows(desk)) == 2)


def test_none_is_taken_where_none_is_wanted(bench, desk, window):
    set_to(desk.database, photo_when="off")
    close(bench, "1001")
    bench.rest(0.3)
    assert rows(desk) == []
    assert not window.photographer.thumb.isVisible()


def test_a_camera_that_is_gone_is_said_once_and_packing_goes_on(bench, desk, window):
    window.readers.picture = lambda: None
    said = []
    real = window.notice.say
    window.notice.say = lambda kind, text, ms: (said.append((kind, text)), real(kind, text, ms))
    close(bench, "1001")
    bench.wait(lambda: said)
    close(bench, "1002")
    bench.rest(0.3)
    assert [kind for kind, _ in said] == ["warning"]
    assert window.look.say("photo.no_camera") in said[0][1]
    assert query(desk.database, "SELECT count(*) FROM orders WHERE state = 'verified'") == [(2,)]


def test_a_full_disk_is_said_with_its_remedy_until_it_works_again(bench, desk, window, monkeypatch):
    said = []
    window.notice.say = lambda kind, text, ms: said.append(text)
    folder = photos.folder_of(window.station.config.folder)
    folder.write_text("no folder")
    close(bench, "1001")
    bench.wait(lambda: said)
    assert str(folder) in said[0]
    folder.unlink()
    close(bench, "1002")
    bench.wait(lambda: len(rows(desk)) == 1)
    bench.wait(lambda: not window.photographer._said)
    assert len(said) == 1


def test_goods_without_a_picture_get_one_at_their_first_scan_and_never_another(player, desk, add_orders, window):
    set_to(desk.database, picture_take="on")
    add_orders(makers.order("1001", ("TEA-050", 3), ("CUP-BLU", 1)))
    seen = []
    window.readers.picture = lambda: seen.append(1) or frame()
    assert player.scan("1001") == "order.opened"
    assert player.scan(makers.TEA) == "pack.ok"
    player.wait(lambda: query(desk.database, "SELECT picture FROM products WHERE sku = 'TEA-050'") != [("",)])
    ((first,),) = query(desk.database, "SELECT picture FROM products WHERE sku = 'TEA-050'")
    assert Path(first).is_file()
    player.scan(makers.TEA)
    player.scan(makers.TEA)
    player.rest(0.2)
    assert query(desk.database, "SELECT picture FROM products WHERE sku = 'TEA-050'") == [(first,)]
    assert len(seen) == 1
    assert [row.sku for row in desk.read(pictures.unchecked, window.station.config.folder).result()] == ["TEA-050"]


def test_the_last_photo_leaves_the_screen_to_the_next_scan(bench, window):
    close(bench, "1001")
    bench.wait(window.photographer.thumb.isVisible)
    assert not window.photographer.thumb.geometry().intersects(window.pack.band.geometry())
    assert bench.scan("1002") == "order.opened"
    assert not window.photographer.thumb.isVisible()
