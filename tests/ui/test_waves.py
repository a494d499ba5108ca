"""Waves on screen: a new one by keys, what it would be to pick, the board while others pick, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import waves
from app.services.desk import Desk
from app.services.release import Choice
from app.storage.database import open_database
from app.ui.dialogs import Confirm
from app.ui.play import Player
from app.ui.waves.job import JobDialog
from app.ui.waves.screen import WavesScreen
from tests.makers import query
from tests.ui import wave_shop


@pytest.fixture
def shop(desk: Desk, tmp_path: Path) -> Desk:
    """The window's shop with a hall and 15 orders of two shops."""
    wave_shop.fill(desk, tmp_path)
    wave_shop.take_orders(desk, tmp_path, 10, seed=1, due=3)
    wave_shop.take_orders(desk, tmp_path, 5, seed=2, due=5)
    return desk


@pytest.fixture
def picker(shop: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Another station."""
    made = Desk(open_database(f"sqlite:///{tmp_path / 'kenpin.db'}"), "7")
    yield made
    made.stop()


@pytest.fixture
def screen(shop: Desk, player: Player) -> WavesScreen:
    player.go("waves")
    made: WavesScreen = player.window.screens["waves"]
    return made


@pytest.fixture
def released(shop: Desk, screen: WavesScreen, player: Player) -> WavesScreen:
    """The screen with a wave of all orders by carts, two jobs."""
    waves.release_wave(shop, Choice(), "cart")
    player.wait(lambda: bool(screen.board) and len(screen.board[0].jobs) == 2)
    return screen


def press(player: Player, key: Qt.Key, on: Any = None) -> None:
    QTest.keyClick(on or player.window.windowHandle(), key)
    player.rest(0.1)


def asked(player: Player) -> Confirm:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), Confirm))
    made = QApplication.activeModalWidget()
    assert isinstance(made, Confirm)
    return made


def words_of(confirm: Confirm) -> str:
    return " ".join(each.text() for each in confirm.findChildren(type(confirm.head)))


def computed(player: Player, screen: WavesScreen) -> Any:
    player.wait(lambda: screen.new.preview is not None and not screen.new.computing)
    assert screen.new.preview is not None
    return screen.new.preview.modes[0]


def choose_job(player: Player, screen: WavesScreen, at: int = 0) -> Any:
    screen.bring("jobs")
    player.wait(lambda: len(screen.model.rows) == 2)
    row = screen.model.rows[at]
    screen.grid.choose({row.id})
    player.wait(lambda: screen.detail is not None and screen.detail.job.id == row.id)
    return row.job


def test_a_wave_is_chosen_looked_at_and_released_by_keys(player: Player, screen: WavesScreen, shop: Desk) -> None:
    press(player, Qt.Key.Key_F5)
    paper = computed(player, screen)
    assert (paper.mode, paper.figures.orders, paper.figures.jobs) == ("paper", 15, 1)
    modes = screen.new.form.rows["mode"]
    modes.setFocus()
    press(player, Qt.Key.Key_Right, modes)
    press(player, Qt.Key.Key_Right, modes)
    cart = computed(player, screen)
    assert (cart.mode, cart.figures.jobs) == ("cart", 2)
    assert cart.figures.mm > paper.figures.mm  # two walks instead of one
    player.wait(lambda: len(screen.new.modes.model_.rows) > 1)
    assert {row.id: row.found.figures.jobs for row in screen.new.modes.model_.rows}["single"] == 15
    press(player, Qt.Key.Key_F8)
    confirm = asked(player)
    assert "15" in words_of(confirm)
    confirm.yes_button.click()
    player.wait(lambda: screen.showing == "waves" and bool(screen.board))
    assert "ウェーブ 1" in player.window.notice.text
    assert [(each.mode, len(each.jobs), each.orders) for each in screen.board] == [("cart", 2, 15)]
    assert query(shop.database, "SELECT count(*) FROM orders WHERE state = 'released' AND picking = 1") == [(15,)]


def test_the_preview_follows_the_rule_and_says_who_is_late(player: Player, screen: WavesScreen, tmp_path: Path) -> None:
    wave_shop.take_orders(player.window.desk, tmp_path, 4, seed=3, due=-1)  # type: ignore[arg-type]
    screen.bring("new")
    computed(player, screen)
    player.wait(lambda: len(screen.new.form.offers["shop"]) == 4)
    screen.new.form.choose("shop", "店舗 3")
    found = computed(player, screen)
    assert (found.figures.orders, [each.orders for each in found.late]) == (4, [4])
    assert "4 件まにあいません" in screen.panel.accessibleName()
    screen.new.form.choose("shop", "店舗 2")
    assert computed(player, screen).late == ()
    assert "どの集荷にもまにあいます" in screen.panel.accessibleName()
    screen.new.form.choose("shop", "")
    screen.new.form.limit.choose(10)
    assert computed(player, screen).figures.orders == 10


def test_orders_that_a_mode_cannot_pick_are_listed_with_why(player: Player, screen: WavesScreen) -> None:
    screen.bring("new")
    computed(player, screen)
    screen.new.form.choose("mode", "singles")
    fitting = computed(player, screen).figures.orders
    assert fitting < 15
    press(player, Qt.Key.Key_F7)
    player.wait(lambda: len(screen.model.rows) == 15 - fitting)
    assert "単品" in screen.model.cell(0, 2).text


def test_the_board_shows_who_picks_what_and_the_walk_done(
    player: Player, released: WavesScreen, picker: Desk, tmp_path: Path
) -> None:
    wave_shop.work_on(picker, most=30)
    released.refresh()
    player.wait(lambda: released.board[0].done > 0)
    wave = released.model.rows[0]
    bar = released.model.cell(0, 2).bar
    assert bar == (wave.wave.done, 0, wave.wave.pieces)
    assert "7 番台" in released.model.cell(0, 4).text
    job = choose_job(player, released)
    assert job.holder == "7"
    detail = released.detail
    assert detail is not None
    assert released.map.here == next(each.shelf for each in detail.job.picks if each.left > 0)
    assert released.map.done
    assert "S字" in released.compared.accessibleName()
    press(player, Qt.Key.Key_F5)
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), JobDialog))
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, JobDialog)
    shelves = list(dict.fromkeys(row.pick.shelf for row in opened.model.rows))
    assert shelves == [code for code, _, _ in opened.map.stops]  # in the order of the walk
    opened.accept()


def test_a_job_is_taken_from_its_picker_and_another_goes_on(
    player: Player, released: WavesScreen, picker: Desk, tmp_path: Path
) -> None:
    open_ = wave_shop.work_on(picker, most=30)
    job = choose_job(player, released)
    press(player, Qt.Key.Key_F7)
    confirm = asked(player)
    assert "7 番台" in words_of(confirm)
    confirm.yes_button.click()
    player.wait(lambda: choose_job(player, released).state == "paused")
    late = picker.scan(f"KS-{open_.ask['shelf']}", at=wave_shop.Work.PICK).result()
    assert late.level == "refused"
    other = Desk(open_database(f"sqlite:///{tmp_path / 'kenpin.db'}"), "8")
    try:
        done = wave_shop.work_on(other, take=f"KL-{job.number}")
    finally:
        other.stop()
    assert done.key == "pick.finished"
    released.refresh()
    player.wait(lambda: released.model.rows[0].job.state == "done")


def test_a_list_is_printed_again_with_a_reason_only(player: Player, released: WavesScreen, shop: Desk) -> None:
    choose_job(player, released)
    for reason in ("", "やぶれた"):
        press(player, Qt.Key.Key_F6)
        confirm = asked(player)
        assert confirm.reason is not None
        confirm.reason.setText(reason)
        confirm.yes_button.click()
        player.rest(0.2)
    jobs = "SELECT batch, version, copy_reason FROM print_jobs WHERE paper = 'job_list'"
    assert query(shop.database, jobs) == [(1, 1, "やぶれた")]


def test_a_wave_is_taken_back_and_says_where_the_picked_goods_are(
    player: Player, released: WavesScreen, picker: Desk, shop: Desk
) -> None:
    wave_shop.work_on(picker, most=30)
    released.refresh()
    player.wait(lambda: bool(released.board) and released.board[0].done > 0)
    picked = released.board[0].done
    released.grid.choose({1})
    press(player, Qt.Key.Key_F9)
    confirm = asked(player)
    assert f"{picked} 点" in words_of(confirm)
    confirm.yes_button.click()
    player.wait(lambda: not released.busy and released.board == ())
    assert f"{picked} 点" in player.window.notice.text
    assert query(shop.database, "SELECT sum(quantity) FROM pulls WHERE kind = 'goods'") == [(picked,)]
    assert query(shop.database, "SELECT DISTINCT state FROM orders") == [("ready",)]


def test_a_burst_of_scans_elsewhere_is_read_at_most_twice(player: Player, screen: WavesScreen) -> None:
    player.wait(lambda: not screen._rest.isActive())
    reads: list[object] = []
    read = screen.read
    screen.read = lambda: (reads.append(None), read())[1]  # type: ignore[method-assign]
    for _ in range(30):
        screen.refresh()
    player.rest(screen.pace_ms / 1000 + 0.3)
    assert len(reads) == 2  # the first at once, the last not lost


def test_a_release_that_is_stopped_plans_what_it_released(
    player: Player, screen: WavesScreen, shop: Desk, tmp_path: Path
) -> None:
    wave_shop.take_orders(shop, tmp_path, 150, seed=4, due=6)
    screen.bring("new")
    computed(player, screen)
    tell = screen.new._progress

    def stop_at_once(step: str, done: int, total: int) -> None:
        tell(step, done, total)
        screen.new._stop.set()

    screen.new._progress = stop_at_once  # type: ignore[method-assign]
    screen.act("wave_release")
    asked(player).yes_button.click()
    player.wait(lambda: not screen.new.releasing and screen.showing == "waves" and bool(screen.board))
    (count,) = query(shop.database, "SELECT count(*) FROM orders WHERE state = 'released'")[0]
    assert 0 < count < 165
    assert (screen.board[0].orders, screen.board[0].unplanned) == (count, 0)
