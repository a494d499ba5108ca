"""Returns in the real window: what the question, the shelf, the list and the red panel say at each scan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.people import Role
from app.services import people as people_service
from app.services.desk import Desk
from app.storage import people
from app.ui.look import PALETTES
from app.ui.returns.prompt import cards_of
from app.ui.returns.screen import ReturnsScreen
from app.ui.returns.state import bar_codes
from app.ui.window import MainWindow
from tests.makers import query
from tests.ui import makers, returns_shop
from tests.ui.returns_shop import A, B, Returner
from tests.ui.test_contrast import too_faint


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = makers.open_desk(tmp_path)
    returns_shop.fill(desk, tmp_path)
    yield desk
    desk.stop()


@pytest.fixture
def back(window: MainWindow, desk: Desk) -> Iterator[Returner]:
    """Somebody before the screen of returns, nothing open yet."""
    window.attach(desk)
    back = Returner(window)
    back.wait(lambda: window.pack.view.answer is not None)
    back.go("returns")
    yield back
    window.close()  # before the desk ends: nothing may be asked of it any more


def front(back: Returner) -> ReturnsScreen:
    screen = back.window.work
    assert isinstance(screen, ReturnsScreen)
    return screen


def said(back: Returner) -> str:
    return front(back).prompt.accessibleName()


def test_a_parcel_is_taken_in_piece_by_piece_without_a_mouse(back: Returner, desk: Desk) -> None:
    assert "戻った箱の送り状か納品書をスキャン" in said(back)
    assert "返品はまだありません" in front(back).side.recent.accessibleName()
    assert back.scan(A) == "return.opened"
    assert front(back).header.accessibleName().startswith("返品 1-001 戻り 0/5")
    assert "開いていない箱は「完了」" in said(back)
    assert back.scan(makers.CUP) == "return.reason"
    assert [card.code for card in cards_of(front(back).look, front(back).view)] == [
        "KP-1", "KP-2", "KP-3", "KP-4", "KP-R-OTHER",
    ]  # fmt: skip
    assert back.key("F9") == "return.grade", "the fifth reason has a key of its own"
    assert "良品 棚 B-01-03 不良 棚 RETURN-BAD" in said(back)
    assert back.key("F5") == "return.back"
    assert said(back).startswith("この棚に置く B-01-03 湯のみ なみ紋 青 × 1")
    assert "湯のみ なみ紋 青 1/1" in front(back).side.lines.accessibleName()
    assert front(back).band.counted == (1, 5)
    assert query(desk.database, "SELECT reason, grade FROM return_steps") == [("other", "good")]
    assert back.key("F3") == "return.undone"
    assert front(back).band.counted == (0, 5)


def test_what_may_not_be_sold_again_offers_only_the_other_shelf(back: Returner) -> None:
    back.scan(A)
    back.scan(makers.WHISK)
    assert back.key("F5") == "return.grade_no_shelf"
    assert "棚が決まっていない商品です" in said(back)
    assert [card.code for card in cards_of(front(back).look, front(back).view)] == ["KP-2"]
    assert back.key("F6") == "return.back"
    assert said(back).startswith("不良：売らない棚に置く RETURN-BAD")


def test_an_unopened_parcel_comes_back_by_three_keys(back: Returner, desk: Desk) -> None:
    back.scan(B)
    assert back.key("F8") == "return.whole"
    assert "未開封の箱 1 つ、3 点" in said(back)
    assert back.key("F8") == "return.whole_back"
    assert "全部戻りました" in said(back)
    assert back.key("F8") == "return.closed"
    back.wait(lambda: "全部戻り" in front(back).side.recent.accessibleName())
    assert "受け取り拒否・不在 3" in front(back).side.recent.accessibleName()
    assert query(desk.database, "SELECT state FROM orders WHERE number = 'R-2611-00002'") == [("returned",)]


def test_a_wrong_shelf_stands_against_the_right_one_until_it_is_answered(back: Returner) -> None:
    back.scan(A)
    back.good(makers.CUP)
    assert back.scan("KS-A-01-01") == "return.shelf_wrong"
    clash = front(back).refused.clash
    assert clash is not None
    assert (clash.scanned.big, clash.wanted.big) == ("A-01-01", "B-01-03")
    assert front(back)._left.currentIndex() == 1
    assert back.key("Esc") == "refusal.dismissed"
    assert front(back)._left.currentIndex() == 0
    assert back.scan("KS-B-01-03") == "return.laid"


def test_goods_without_a_code_are_tapped(back: Returner) -> None:
    back.scan(A)
    assert back.key("F6") == "return.no_code"
    prompt = front(back).prompt
    back.window.grab()
    box, code = prompt.places[1]
    assert code == "KP-2"
    before = front(back).view.said
    QTest.mouseClick(prompt, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    back.wait(lambda: front(back).view.said is not before)
    back.wait(lambda: front(back).settled)
    assert front(back).view.text("sku") == "CUP-BLU"


def test_a_packer_sees_how_it_goes_and_no_list(back: Returner, desk: Desk) -> None:
    with desk.database.transaction() as tx:
        people.add(tx, "山田", "P1", Role.PACKER, "")
    back.scan(B)
    back.key("F11")
    assert "あとで" in front(back).side.recent.accessibleName()
    desk.do(frozenset({"bench"}), people_service.sign_in, desk.station, str(uuid4()), "P1").result()
    back.scan("KU-P1")
    side = front(back).side
    assert (side.recent.isVisible(), side.guide.isVisible()) == (False, True)
    assert "returns" in back.window.rail.names


def test_a_return_that_was_open_comes_to_the_front_again(back: Returner, desk: Desk) -> None:
    back.scan(A)
    back.window.go("pack")
    back.window._resume()
    back.wait(lambda: isinstance(back.window.work, ReturnsScreen))
    assert back.asked == "item"


def test_the_bar_says_what_makes_sense(back: Returner) -> None:
    back.scan(A)
    view = front(back).view
    assert bar_codes(view) == ("KP-NOCODE", "KP-DONE", "KP-UNDO", "KP-LATER", "KP-CANCEL")
    back.scan(makers.BOX)
    assert bar_codes(view)[0] == "KP-CANCEL", "a refusal stands"
    back.key("Esc")
    back.scan(makers.TEA)
    assert bar_codes(view) == ("KP-CANCEL",)


def test_the_orders_screen_says_what_came_back(back: Returner, desk: Desk) -> None:
    back.scan(A)
    back.good(makers.CUP)
    back.key("F8")
    screen = back.window.screens["orders"]
    screen._read_detail(query(desk.database, "SELECT id FROM orders WHERE number = 'R-2611-00001'")[0][0])
    back.wait(lambda: "返品 1 点" in screen.detail.head.toolTip())


def _states(back: Returner) -> Iterator[str]:
    yield "order"
    back.scan(A)
    yield "item"
    back.key("F8")
    yield "whole"
    back.key("Esc")
    back.scan(makers.TEA_BIG)
    yield "reason"
    back.key("F6")
    yield "grade"
    back.key("F6")
    yield "bad"
    back.scan(makers.WHISK)
    back.key("F5")
    yield "no shelf"
    back.key("F6")
    back.scan("KS-A-01-01")
    yield "wrong shelf"
    back.scan(makers.BOX)
    yield "not in the parcel"
    back.key("Esc")
    back.key("F6")
    yield "no code"
    back.key("Esc")
    back.key("F11")
    yield "list"


@pytest.mark.parametrize("size", [(1024, 600), pytest.param((1280, 720), marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "language", ["ja", *(pytest.param(each, marks=pytest.mark.long) for each in ("en", "ja_easy"))]
)
def test_nothing_is_cut_and_fingers_find_the_answers(
    back: Returner, size: tuple[int, int], language: str, cut: list[str]
) -> None:
    found = []
    for state in _states(back):
        back.window.speak(language)
        back.window.resize(*size)
        back.rest(0.05)
        cut.clear()
        back.window.grab()
        found += [f"{state}: {text}" for text in cut]
        small = [name for box, name in front(back).prompt.places if min(box.width(), box.height()) < 48]
        assert not small, (state, small)
        back.window.speak("ja")
    assert not found, "\n".join(found)


@pytest.mark.long
def test_every_text_stands_out_from_its_ground(back: Returner, monkeypatch: pytest.MonkeyPatch) -> None:
    faint = []
    for state in _states(back):
        for theme in PALETTES:
            back.window.wear(theme)
            back.rest(0.05)
            faint += [f"{state}, {theme}: {each}" for each in too_faint(back.window, monkeypatch)]
        back.window.wear("light")
    assert not faint, "\n".join(faint)
