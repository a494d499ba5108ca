"""A parcel is played again in a dialog of the real window: acts, red marks, pauses, a photo; for leaders only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.people import Role
from app.services import photos
from app.storage import people
from app.ui import replay as shown
from app.ui.replay import ReplayDialog
from tests.makers import query
from tests.ui import makers


@pytest.fixture
def packed(player, desk, add_orders, window):
    """An order packed with a refusal and a piece taken back, shown in the list of orders."""
    add_orders(makers.order("1001", ("TEA-050", 2), ("CUP-BLU", 1)))
    assert [player.scan(code) for code in ("1001", makers.TEA, makers.WHISK, makers.TEA)][-1] == "pack.ok"
    assert player.scan("KP-UNDO") == "undo.packed"
    player.scan(makers.TEA)
    assert player.scan(makers.CUP).startswith("order.closed")
    player.go("orders")
    return window.screens["orders"]


def order_of(desk):
    return query(desk.database, "SELECT id FROM orders WHERE number = '1001'")[0][0]


def opened(player, screen, desk):
    """Open the dialog by its button, as a person does."""
    screen._read_detail(order_of(desk))
    player.wait(lambda: screen.detail.full is not None)
    assert screen.detail.replay_button.isVisible()
    QTest.mouseClick(screen.detail.replay_button, Qt.MouseButton.LeftButton)
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), ReplayDialog))
    return QApplication.activeModalWidget()


def test_every_act_is_shown_as_the_packer_saw_it(player, packed, desk):
    dialog = opened(player, packed, desk)
    assert len(dialog.replay.moments) == 7
    assert dialog.replay.refusals == 1
    assert dialog.line.accessibleName() == "· · × · · · ·"
    dialog.step(2)
    assert (dialog.at, dialog.band.kind) == (2, "error")
    assert makers.WHISK in dialog.facts.accessibleName()
    dialog.step(1)
    assert dialog.facts.undone
    assert dialog.band.counted == (2, 3)
    dialog.show_at(99)
    assert (dialog.at, dialog.next_button.isEnabled()) == (6, False)
    dialog.reject()


def test_a_mark_on_the_line_is_gone_to_by_a_tap(player, packed, desk):
    dialog = opened(player, packed, desk)
    player.rest(0.1)
    box = next(box for box, name in dialog.line.places if name == "2")
    QTest.mouseClick(dialog.line, Qt.MouseButton.LeftButton, pos=QPointF(box.center()).toPoint())
    assert dialog.at == 2
    dialog.reject()


def test_it_plays_to_the_end_and_begins_anew(player, packed, desk, monkeypatch):
    monkeypatch.setattr(shown, "_SHORTEST_MS", 1)
    monkeypatch.setattr(shown, "_LONGEST_MS", 5)
    dialog = opened(player, packed, desk)
    QTest.mouseClick(dialog.play_button, Qt.MouseButton.LeftButton)
    assert dialog.playing
    player.wait(lambda: not dialog.playing)
    assert dialog.at == 6
    dialog.toggle()
    assert (dialog.playing, dialog.at) == (True, 0)
    dialog.step(1)
    assert (dialog.playing, dialog.at) == (False, 1)
    dialog.reject()


def test_the_photo_is_shown_while_it_is_here(player, packed, desk, window):
    dialog = opened(player, packed, desk)
    assert not dialog.photo.isVisible()
    dialog.reject()
    pixels = bytes([200, 120, 40]) * (64 * 48)
    photos.take(desk, window.station.config.folder, order_of(desk), photos.encoded(pixels, (64, 48), 64 * 3))
    dialog = opened(player, packed, desk)
    assert dialog.photo.isVisible()
    assert not dialog.photo.pixmap().isNull()
    dialog.reject()


def test_a_scan_changes_nothing_while_it_is_open(player, packed, desk):
    dialog = opened(player, packed, desk)
    before = query(desk.database, "SELECT count(*) FROM journal")
    player.burst(makers.TEA)
    player.rest(0.2)
    assert query(desk.database, "SELECT count(*) FROM journal") == before
    dialog.reject()


def test_an_order_without_acts_says_so(player, desk, add_orders, window):
    add_orders(makers.order("1001", ("TEA-050", 1)))
    player.go("orders")
    dialog = opened(player, window.screens["orders"], desk)
    assert not dialog.play_button.isEnabled()
    assert dialog.band.head
    dialog.reject()


def test_a_packer_is_not_offered_it(player, desk, packed, window):
    with desk.database.transaction() as tx:
        people.add(tx, "Packer", "P1", Role.PACKER, "")
    player.scan("KU-P1")
    player.go("orders")
    packed._read_detail(order_of(desk))
    player.wait(lambda: packed.detail.full is not None)
    assert not packed.detail.replay_button.isVisible()
    assert "replay" not in [entry.name for entry in packed.entries()]


def test_nothing_is_cut_in_any_language(player, packed, desk, window, cut):
    for language in ("ja", "en"):
        window.speak(language)
        dialog = opened(player, packed, desk)
        cut.clear()
        for number in range(7):
            dialog.show_at(number)
            dialog.grab()
        assert cut == []
        dialog.reject()
        player.rest(0.05)
