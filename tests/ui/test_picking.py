"""Picking and sorting in the real window: what the question, the cart, the wall and the red panel say at each scan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.domain.jobs import Job
from app.services import stop
from app.services.desk import Desk
from app.services.station import StationConfig
from app.ui.bar import CommandBar, Entry
from app.ui.look import PALETTES, Look
from app.ui.pack.state import COMMANDS
from app.ui.pick.cart import places_of
from app.ui.pick.screen import PickScreen
from app.ui.pick.state import steps_of, words_of
from app.ui.sort.wall import rows_of
from app.ui.window import MainWindow
from tests.makers import query
from tests.ui import makers, picking_shop
from tests.ui.conftest import SilentSounds
from tests.ui.picking_shop import Picker
from tests.ui.test_contrast import too_faint

WRONG = "4599990003024"
"""Goods of the shop that no order wants."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = makers.open_desk(tmp_path)
    picking_shop.fill(desk, tmp_path, orders=4, lines=2)
    yield desk
    desk.stop()


@pytest.fixture
def picker(window: MainWindow, desk: Desk) -> Iterator[Picker]:
    """A picker before the screen of picking, no wave released yet."""
    window.attach(desk)
    picker = Picker(window)
    picker.wait(lambda: window.pack.view.answer is not None)
    picker.go("pick")
    yield picker
    window.close()  # before the desk ends: nothing may be asked of it any more


def front(picker: Picker) -> PickScreen:
    screen = picker.window.work
    assert isinstance(screen, PickScreen)
    return screen


def job_of(picker: Picker) -> Job:
    job = front(picker).view.job
    assert job is not None
    return job


def states(picker: Picker) -> dict[int, str]:
    return {each.number: each.state for each in places_of(front(picker).view)}


def said(picker: Picker) -> str:
    return front(picker).prompt.accessibleName()


def codes(picker: Picker) -> list[str]:
    return [entry.name for entry in picker.window.bar.entries]


# --- the way of a job ---------------------------------------------------------------------------------------------


def test_a_wave_shows_at_once_and_its_job_is_taken_by_f2(picker: Picker, desk: Desk) -> None:
    assert "待っている作業はありません" in said(picker)
    picking_shop.wave(desk, "cart")
    picker.wait(lambda: "次は カートピック 1-1（4 注文、15 点）" in said(picker))
    assert picker.key("F2") == "job.taken"
    assert front(picker).header.accessibleName().startswith("カートピック 1-1 4 注文")
    assert picker.asked == "totes"
    assert states(picker)[1] == "tote"
    assert codes(picker) == ["KP-CANCEL"]


def test_a_stop_asks_for_shelf_item_and_tote_one_after_the_other(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("shelf")
    view = front(picker).view
    assert [state for _, state in steps_of(view)] == ["current", "open", "open"]
    shelf, left = view.text("shelf"), view.number("left")
    assert shelf in said(picker)
    assert f"取る数 {left}" in said(picker)
    assert list(states(picker).values()).count("wanted") == 1
    assert picker.go_on() == "shelf.ok"
    assert [state for _, state in steps_of(view)] == ["done", "current", "open"]
    assert picker.go_on() == "hand.taken"
    assert picker.asked == "place"
    assert "入れる数 1" in said(picker)
    picker.until("shelf")
    assert job_of(picker).done == left
    assert front(picker).band.counted == (left, 15)
    way = front(picker).side.way
    assert way.map.done == {shelf}
    assert way.map.here == view.text("shelf")
    assert "S字より" in way.accessibleName()


def test_a_job_that_is_done_says_so_and_where_to_bring_it(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    assert picker.finish() == "pick.finished"
    assert "1-1 は終わりです 梱包する台へ運んでください" in said(picker)
    assert set(states(picker).values()) == {"done"}
    assert picker.window.feedback.sounds.played[-1] == "closed"  # type: ignore[attr-defined] # the silent ones
    assert query(desk.database, "SELECT state, holder FROM jobs") == [("done", "")]
    assert {row[0] for row in query(desk.database, "SELECT state FROM orders")} == {"picked"}


MODES = ["paper", "single", "total", pytest.param("zone", marks=pytest.mark.long)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_every_way_of_picking_is_walked_to_its_end(picker: Picker, desk: Desk, mode: str, language: str) -> None:
    picking_shop.wave(desk, mode)
    picker.window.speak(language)
    picker.key("F2")
    screen = front(picker)
    carried = mode == "zone"
    assert screen.side.cart.isVisible() is carried or mode == "single"
    assert screen.side.stops.isVisible() is not screen.side.cart.isVisible()
    orders = job_of(picker).picks
    wanted = sum(each.wanted for each in orders)
    assert picker.finish() == "pick.finished"
    assert job_of(picker).done == wanted
    assert ("終わり" if language == "ja" else "finished") in said(picker)


# --- refusals -----------------------------------------------------------------------------------------------------


def test_a_wrong_shelf_is_compared_with_the_one_to_go_to(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("shelf")
    wanted = front(picker).view.text("shelf")
    assert picker.scan("KS-D-06-02") == "shelf.wrong"
    red = front(picker).refused
    assert red.isVisible()
    assert red.clash is not None
    assert (red.clash.scanned.big, red.clash.wanted.big) == ("D-06-02", wanted)
    assert red.clash.scanned.marks
    assert picker.window.feedback.sounds.played[-1] == "wrong"  # type: ignore[attr-defined] # the silent ones
    assert codes(picker)[0] == "KP-CANCEL"
    assert picker.key("Esc") == "refusal.dismissed"
    assert not red.isVisible()
    picker.scan("KS-D-06-02")
    assert picker.scan(f"KS-{wanted}") == "shelf.ok"  # the right scan counts at once
    assert not red.isVisible()


def test_wrong_goods_are_compared_digit_by_digit(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("item")
    done = job_of(picker).done
    assert picker.scan(WRONG) == "item.wrong_pick"
    red = front(picker).refused
    picker.wait(lambda: red.compared["picture"] != "")
    assert red.compared["code"] == WRONG
    assert red.compared["wanted_code"] == picker.wanted()
    assert red.marks["code"]
    picker.window.speak("en")
    assert red.compared["name"] == "Yuzu salt 300 g"
    assert job_of(picker).done == done


def test_a_wrong_tote_names_the_place(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("place")
    place = front(picker).view.place
    assert place is not None
    other = next(each for each in job_of(picker).places if each.number != place.number)
    assert picker.scan(f"KT-{other.code}") == "place.wrong"
    red = front(picker).refused
    assert red.clash is not None
    assert (red.clash.scanned.big, red.clash.wanted.big) == (f"{other.number} 番", f"{place.number} 番")
    assert picker.scan(f"KT-{place.code}") in ("put.ok", "put.order_complete")


def test_an_order_that_is_cancelled_on_the_way_stops_the_hand_once(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("shelf")
    pick = next(each for each in job_of(picker).picks if each.slot == 2)
    done = desk.do(frozenset({"orders"}), stop.stop, desk.station, str(uuid4()), pick.order, "お客様の都合", True)
    assert done.exception() is None
    assert picker.go_on() == "pick.stopped_cancelled"
    screen = front(picker)
    assert screen.refused.isVisible()
    assert screen.refused.clash is not None
    assert screen.refused.clash.scanned.big == pick.ship_number
    assert codes(picker)[0] != "KP-CANCEL"  # there is nothing to dismiss: it would hand the job back
    assert states(picker)[2] == "stopped"
    assert picker.go_on() == "shelf.ok"
    assert not screen.refused.isVisible()
    assert picker.finish() == "pick.finished"


# --- questions ----------------------------------------------------------------------------------------------------


def test_what_is_short_asks_why_by_key_and_is_marked(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "total")
    picker.until("item")
    shelf = front(picker).view.text("shelf")
    assert picker.key("F4") == "short.ask"
    assert "なぜたりませんか？" in said(picker)
    assert [name for _, name in front(picker).prompt.places] == ["KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER"]
    assert codes(picker) == ["KP-CANCEL"]
    assert picker.key("F5") == "short.noted"
    stop = next(each for each in front(picker).side.stops.stops if each.shelf == shelf)
    assert (stop.left, stop.short) == (0, stop.wanted)
    assert "たりない" in front(picker).header.accessibleName()


def test_a_number_is_typed_by_finger(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    view = front(picker).view
    for _ in range(200):
        if view.ask == "place" and view.text("sku") in ("COF-DRP", "TOW-IND") and view.number("left") > 1:
            break
        picker.go_on()
    wanted = view.number("left")
    assert codes(picker)[0] == "KP-QUANTITY"
    assert picker.key("F5") == "quantity.ask_pick"
    prompt = front(picker).prompt

    def tap(figure: str) -> None:
        prompt.grab()
        box: Any = next(box for box, name in prompt.places if name == f"figure:{figure}")
        QTest.mouseClick(prompt, Qt.MouseButton.LeftButton, pos=box.center().toPoint())

    tap("9")
    tap("←")
    tap(str(wanted))
    assert view.typed == str(wanted)
    before = view.said
    tap("OK")
    picker.wait(lambda: view.said is not before and front(picker).settled)
    assert view.said is not None
    assert view.said.key == "hand.taken"
    assert view.number("held") == wanted


def test_a_full_tote_gets_another_beside_it(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("place")
    number = front(picker).view.number("place")
    assert picker.key("F12") == "tote.scan_new"
    assert states(picker)[number] == "tote"
    assert picker.scan("KT-T-900") == "tote.split"
    shown = next(each for each in places_of(front(picker).view) if each.number == number)
    assert (shown.label, shown.totes, shown.state) == ("T-900", 2, "wanted")


# --- one station, several screens ---------------------------------------------------------------------------------


def test_a_scan_made_elsewhere_goes_on_with_the_work_that_was_in_front(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("shelf")
    picker.go("settings")
    assert picker.go_on() == "shelf.ok"
    assert picker.window.stack.currentWidget() is front(picker)
    assert picker.window.rail.current == "pick"


def test_after_a_crash_the_window_opens_where_the_picker_stood(
    picker: Picker, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    picking_shop.wave(desk, "cart")
    picker.until("place")
    asked = dict(front(picker).view.asks)
    again = MainWindow(StationConfig(tmp_path, name="3"), Hub(WedgeScanner(), SerialScanner), SilentSounds())
    again.show()
    qtbot.waitExposed(again)
    again.attach(desk)
    other = Picker(again)
    try:
        other.wait(lambda: again.work is again.screens.get("pick") and again.work.view.ask == "place")
        assert dict(front(other).view.asks) == asked
        assert other.go_on() in ("hand.taken", "put.ok", "put.order_complete")
    finally:
        again.close()
        again.deleteLater()


def test_a_sort_lights_a_slot_only_when_its_goods_are_in_hand(picker: Picker, desk: Desk) -> None:
    picking_shop.wave(desk, "total")
    picker.finish()
    assert "種まき棚へ運んでください" in said(picker)
    picker.go("sort")
    picker.wait(lambda: "次は 種まき 1-2" in said(picker))
    assert picker.key("F2") == "job.taken"
    assert set(states(picker).values()) == {"open"}
    free = {code for code, used in front(picker).side.wall.others if not used}
    assert free == {"A5", *(f"B{at}" for at in range(1, 6))}
    assert picker.key("F4") == "short.which_slot"
    assert "どのマスがたりませんか" in said(picker)
    assert picker.key("Esc") == "question.dismissed"
    assert picker.go_on() == "hand.taken"
    assert list(states(picker).values()).count("wanted") == 1
    wanted = front(picker).view.text("tote")
    other = next(each.code for each in job_of(picker).places if each.code != wanted)
    assert picker.scan(f"KW-{other}") == "place.wrong"
    red = front(picker).refused
    assert red.clash is not None
    assert (red.clash.scanned.big, red.clash.wanted.big) == (other, wanted)
    picker.go("pick")  # what is open is the sort: its own screen comes back
    picker.wait(lambda: picker.window.rail.current == "sort")
    assert picker.finish() == "sort.finished"
    assert set(states(picker).values()) == {"done"}


@pytest.mark.parametrize(
    ("labels", "shape"),
    [
        ([f"{row}{at}" for row in "AB" for at in range(1, 6)], (2, 5)),
        ([f"S-{at}" for at in range(1, 41)], (5, 8)),
        (["A1", "A3", "B2"], (2, 3)),
        ([f"マス{name}" for name in "あいうえ"], (1, 4)),
        ([f"A{at}" for at in range(1, 31)], (4, 8)),
    ],
)
def test_slots_stand_as_on_the_wall(labels: list[str], shape: tuple[int, int]) -> None:
    rows = rows_of(labels)
    assert (len(rows), len(rows[0])) == shape
    assert sorted(at for row in rows for at in row if at is not None) == list(range(len(labels)))


# --- nothing is cut -----------------------------------------------------------------------------------------------


def _states(picker: Picker, desk: Desk) -> Iterator[str]:
    """Lead a picker through what the screens show; yield the name of each state while it is shown."""
    yield "none waiting"
    picking_shop.wave(desk, "cart")
    picker.wait(lambda: "1-1" in said(picker))
    yield "waiting"
    picker.key("F2")
    yield "totes"
    picker.until("shelf")
    yield "shelf"
    picker.scan("KS-D-06-02")
    yield "wrong shelf"
    picker.scan(WRONG)
    yield "goods before the shelf"
    picker.go_on()
    yield "item"
    picker.scan(WRONG)
    yield "wrong goods"
    picker.go_on()
    yield "place"
    picker.scan("KT-T-999")
    yield "foreign tote"
    picker.key("Esc")
    picker.key("F12")
    yield "new tote"
    picker.scan("KT-T-900")
    picker.until("shelf")
    picker.go_on()
    picker.key("F4")
    yield "why short"
    picker.key("F7")
    yield "short"
    picker.finish()
    yield "finished"


@pytest.mark.parametrize("size", [(1024, 600), pytest.param((1280, 720), marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "language", ["ja", *(pytest.param(each, marks=pytest.mark.long) for each in ("en", "ja_easy"))]
)
def test_nothing_of_a_picker_is_cut_and_fingers_find_the_keys(
    picker: Picker, desk: Desk, size: tuple[int, int], language: str, cut: list[str]
) -> None:
    found = []
    window = picker.window
    for state in _states(picker, desk):
        window.speak(language)
        window.resize(*size)
        picker.rest(0.05)
        cut.clear()
        window.grab()
        found += [f"{state}: {text}" for text in cut]
        small = [name for box, name in window.bar.places if min(box.width(), box.height()) < 48]
        assert not small, (state, small)
        window.speak("ja")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["ja", "en", "ja_easy"])
def test_the_bar_holds_five_commands_and_trouble_on_a_small_screen(qtbot: QtBot, language: str, cut: list[str]) -> None:
    look = Look(language, "light")
    look.fit(1024, 600)
    bar = CommandBar(look)
    qtbot.addWidget(bar)
    bar.state = (("warning", look.say("readers.state.not_in_front")), ("ok", look.say("window.state.help")))
    codes = ("KP-QUANTITY", "KP-SHORT", "KP-UNDO", "KP-PARCEL", "KP-CANCEL")
    bar.show_entries(tuple(Entry(code, COMMANDS[code], look.say(words_of(code)), code) for code in codes))
    bar.resize(1024 - look.px(92), bar.height())
    bar.grab()
    assert not cut
    assert all(min(box.width(), box.height()) >= 48 for box, _ in bar.places)
    edges = sorted((box.left(), box.right()) for box, _ in bar.places)
    assert all(left[1] <= right[0] for left, right in pairwise(edges))


@pytest.mark.long
def test_every_text_of_a_picker_stands_out_from_its_ground(
    picker: Picker, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    faint = []
    for state in _wall_states(picker, desk):
        for theme in PALETTES:
            picker.window.wear(theme)
            picker.rest(0.05)
            faint += [f"{state}, {theme}: {line}" for line in sorted(set(too_faint(picker.window, monkeypatch)))]
    assert not faint, "\n".join(faint)


def _wall_states(picker: Picker, desk: Desk) -> Iterator[str]:
    """The states of a walk, then those of the wall."""
    yield from _states(picker, desk)
    picking_shop.add_orders(desk, picker.window.station.config.folder, 3, 2, first=5)
    picking_shop.wave(desk, "total")
    picker.finish()
    yield "total finished"
    picker.go("sort")
    picker.key("F2")
    yield "any goods"
    picker.go_on()
    yield "goods in hand"
    picker.scan("KW-B5")
    yield "wrong slot"
    picker.until("item")
    picker.go_on()
    picker.finish()
    yield "sorted"
