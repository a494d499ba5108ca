"""Lots, dates, serials and what guards stop, in the real window over a real desk; scans are key strokes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.gtin import check_digit
from app.services import lots
from app.services.answers import Answer
from app.services.desk import Desk
from app.storage.database import Database, open_database
from app.text import LANGUAGES
from app.ui.look import Look
from app.ui.pack.asked import HANDS
from app.ui.pack.band import Band
from app.ui.pack.goods_drawings import _THINGS, PRINTS
from app.ui.pack.reading import read_parcel
from app.ui.pack.refused import RefusedPanel
from app.ui.pack.state import BenchView
from app.ui.pack.stops import _MAKERS
from app.ui.play import Player
from tests.makers import query, set_to
from tests.ui import guard_shop as shop
from tests.ui.guard_shop import (
    COFFEE,
    CURRY,
    LATE,
    LATER,
    MILK,
    RED,
    SCREWS,
    SOON,
    WATCH,
    WATCH_CASE,
    WINE_CASE,
    day,
    six,
)

SSCC = "(00)14599000000000017" + check_digit("14599000000000017")
"""Number of a pallet."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'kenpin.db'}")
    shop.fill(database)
    yield database
    database.close()


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(open_database(f"sqlite:///{tmp_path / 'kenpin.db'}"), "3")
    yield desk
    desk.stop()


def opened(player: Player, database: Database, *wanted: tuple[str, int], number: str = "Z-1") -> None:
    """Take an order in and open it."""
    shop.take(database, number, *wanted)
    assert player.scan(number) == "order.opened"


def message(lot: str, until: str, code: str = CURRY) -> str:
    """Return what a GS1 code on the goods says."""
    return f"(01)0{code}(17){six(until)}(10){lot}"


def prompt(player: Player) -> str:
    return player.window.pack.prompt.accessibleName()


def panel(player: Player) -> RefusedPanel:
    return player.window.pack.refused


def band(player: Player) -> Band:
    return player.window.pack.band


def places(player: Player) -> list[str]:
    """Codes that stand beside the question, once it is painted."""
    player.window.grab()
    return [name for _, name in player.window.pack.prompt.places]


def bar(player: Player) -> list[str]:
    return [entry.name for entry in player.window.bar.entries]


def sides(player: Player) -> tuple[str, str]:
    """Return what is compared in the largest type of the red panel."""
    clash = panel(player).clash
    assert clash is not None
    return clash.scanned.big, clash.wanted.big


def done(player: Player) -> int:
    answer = player.window.pack.view.answer
    assert answer is not None
    return answer.done


# --- lot, date, serial --------------------------------------------------------------------------------------------


def test_the_lot_to_take_is_shown_and_one_on_the_shelf_is_chosen_by_its_key(player: Player, database: Database) -> None:
    opened(player, database, ("CUR-200", 2), ("COF-DRP", 1))
    assert f"取る期限 {LATE} ロット L-2603A" in prompt(player)
    assert player.scan(CURRY) == "lot.ask"
    assert f"F5 {LATE} ロット L-2603A" in prompt(player)
    assert f"F6 {LATER} ロット L-2609B" in prompt(player)
    assert places(player) == ["KP-1", "KP-2"]
    assert bar(player) == ["KP-CANCEL"]
    assert player.key("F5") == "pack.ok"
    assert f"期限 {LATE}、ロット L-2603A" in band(player).accessibleName()
    assert band(player).hint == ""
    player.scan(CURRY)
    assert player.key("F6") == "pack.ok_later_lot"
    assert (band(player).kind, band(player).head) == ("ok", "OK 2 / 2")
    assert LATE in band(player).hint
    assert f"期限 {LATER}" in band(player).rest


def test_a_lot_card_can_be_tapped(player: Player, database: Database) -> None:
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    player.scan(CURRY)
    places(player)
    box = next(box for box, name in player.window.pack.prompt.places if name == "KP-1")
    before = player.window.pack.view.said
    QTest.mouseClick(player.window.pack.prompt, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    player.wait(lambda: player.window.pack.view.said is not before)
    assert done(player) == 1


def test_what_is_typed_is_seen_in_the_prompt_and_counts_with_enter(player: Player, database: Database) -> None:
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    player.scan(CURRY)
    player.type("L-9", end=False)
    assert "L-9" in prompt(player).split()
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_Backspace)
    player.wait(lambda: "L-" in prompt(player).split())
    assert player.type("7X") == "expiry.ask"
    assert "L-7X" not in prompt(player)
    player.type(six(LATE), end=False)
    assert f"→ {LATE}" in prompt(player)
    assert player.type("") == "pack.ok"
    assert "ロット L-7X" in band(player).accessibleName()


def test_a_text_that_is_no_date_leaves_the_field_in_the_panel(player: Player, database: Database) -> None:
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    player.scan(CURRY)
    player.scan("L-700")
    assert player.type("999999") == "expiry.unreadable"
    assert panel(player).head == "日付ではありません"
    player.type(six(LATE), end=False)
    assert six(LATE) in panel(player).accessibleName()
    assert player.type("") == "pack.ok"
    assert not panel(player).isVisible()


def test_the_product_code_again_shows_which_print_is_meant(player: Player, database: Database) -> None:
    opened(player, database, ("CUR-200", 1), ("WAT-001", 1))
    player.scan(CURRY)
    assert player.scan(CURRY) == "lot.that_is_the_item"
    assert sides(player) == (CURRY, "LOT")
    assert bar(player)[:3] == ["KP-1", "KP-2", "KP-CANCEL"]
    assert player.scan(COFFEE) == "detail.first"
    assert sides(player) == (COFFEE, "LOT")
    player.key("F5")
    assert player.scan(WATCH) == "serial.ask"
    assert player.scan(WATCH) == "serial.that_is_the_item"
    assert sides(player) == (WATCH, "S/N")


def test_one_shelf_with_one_date_gives_it_and_says_so(player: Player, database: Database) -> None:
    opened(player, database, ("MLK-010", 1), ("COF-DRP", 1))
    assert f"取る期限 {LATE}" in prompt(player)
    assert "ロット" not in prompt(player)
    assert player.scan(MILK) == "pack.ok"
    assert band(player).accessibleName().endswith(f"期限 {LATE}")


@pytest.mark.parametrize(
    ("settings", "lot", "until", "key", "wanted"),
    [
        ({}, "X1", day(-30), "lot.expired", day(0)),
        ({"expiry_min_days": "30"}, "X2", SOON, "lot.short_days", day(30)),
        ({"lot_order": "refuse"}, "L-2609B", LATER, "lot.not_first", LATE),
        ({}, "L-2603A", LATER, "lot.expiry_differs", LATE),
    ],
)
def test_a_wrong_date_stands_beside_the_one_that_is_needed(
    player: Player,
    database: Database,
    settings: dict[str, str],
    lot: str,
    until: str,
    key: str,
    wanted: str,
) -> None:
    set_to(database, **settings)
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    assert player.scan(message(lot, until)) == key
    assert sides(player) == (until, wanted)
    clash = panel(player).clash
    assert clash is not None
    marked = {place for start, end in clash.scanned.marks for place in range(start, end)}
    assert marked == {place for place in range(10) if until[place] != wanted[place]}
    assert bool(panel(player).allow) == (key != "lot.expired")
    assert ("KP-ALLOW" in bar(player)) == (key != "lot.expired")


def test_a_recalled_lot_bears_a_stamp_and_the_reason(player: Player, database: Database) -> None:
    with database.transaction() as tx:
        lots.recall(tx, "leader", str(uuid4()), "CUR-200", "L-2609B", "異物のおそれ")
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    assert player.scan(message("L-2609B", LATER)) == "lot.recalled"
    clash = panel(player).clash
    assert clash is not None
    assert (clash.scanned.stamp, clash.scanned.note) == ("回収", "異物のおそれ")


def test_a_serial_that_was_seen_before_is_refused_and_says_where(player: Player, database: Database) -> None:
    opened(player, database, ("WAT-001", 3))
    player.scan(WATCH)
    player.scan("SN-1001")
    player.scan(WATCH)
    assert player.scan("SN-1001") == "serial.twice"
    clash = panel(player).clash
    assert clash is not None
    assert (clash.scanned.big, clash.scanned.note) == ("SN-1001", "この箱に入っています")
    assert player.scan("SN-1002") == "pack.ok"
    player.key("F11")
    opened(player, database, ("WAT-001", 1), number="Z-2")
    player.scan(WATCH)
    assert player.scan("SN-1002") == "serial.seen"
    clash = panel(player).clash
    assert clash is not None
    assert clash.scanned.note.startswith("1-001 ")
    assert player.type("SN-1003") == "order.closed"
    assert "シリアル SN-1003" in band(player).accessibleName()


# --- guards -------------------------------------------------------------------------------------------------------


def test_a_code_that_comes_too_fast_asks_and_a_slow_one_says_yes(player: Player, database: Database) -> None:
    set_to(database, scan_pace_ms="60000")
    opened(player, database, ("COF-DRP", 3))
    player.scan(COFFEE)
    assert player.scan(COFFEE) == "pace.ask"
    assert places(player) == ["KP-CANCEL"]
    assert "もうひとつ入れましたか" in prompt(player)
    assert player.scan(COFFEE) == "pace.ask"
    assert player.key("Esc") == "question.dismissed"
    assert done(player) == 1
    assert player.scan(COFFEE) == "pack.ok"
    assert player.scan(COFFEE) == "pace.ask"
    assert done(player) == 2
    assert player.type(COFFEE) == "order.closed"  # of fingers no reader's clock says anything


def test_several_products_of_one_code_are_chosen_by_what_differs(player: Player, database: Database) -> None:
    opened(player, database, ("SOC-RED", 2), ("COF-DRP", 1))
    assert player.scan(RED) == "which.ask"
    said = prompt(player)
    assert "F5 くつした あったか 青 M 棚 D-01-02" in said
    assert "F6 くつした あったか 赤 M 棚 D-01-01" in said
    assert places(player) == ["KP-1", "KP-2"]
    assert player.key("F8") == "choice.none"
    assert bar(player)[:3] == ["KP-1", "KP-2", "KP-CANCEL"]
    assert player.key("F6") == "pack.ok"
    player.window.speak("en")
    player.scan(RED)
    player.wait(lambda: "Warm socks, blue, M" in prompt(player))
    assert player.scan("KS-D-01-01") == "pack.ok"
    assert done(player) == 2


def test_the_number_is_typed_only_for_goods_that_allow_it(player: Player, database: Database) -> None:
    opened(player, database, ("SCR-100", 12), ("COF-DRP", 2))
    assert "KP-QUANTITY" not in bar(player)
    player.scan(SCREWS)
    assert bar(player)[0] == "KP-QUANTITY"
    assert bar(player) == ["KP-QUANTITY", "KP-SHORT", "KP-UNDO", "KP-LATER", "KP-CANCEL"]
    assert player.key("F5") == "quantity.ask"
    assert "スキャンずみ 1 個 / 注文 12 個" in prompt(player)
    assert player.type("40") == "quantity.too_many"
    assert sides(player) == ("40", "12")
    assert player.type("1") == "quantity.too_few"
    assert player.type("12") == "pack.ok"
    assert done(player) == 12
    player.scan(COFFEE)
    assert "KP-QUANTITY" not in bar(player)
    assert player.key("F5") == "quantity.not_this"
    assert [row[0] for row in query(database, "SELECT what FROM overrides")] == ["keyed"]


def test_the_number_can_be_tapped_on_the_drawn_keys(player: Player, database: Database) -> None:
    opened(player, database, ("SCR-100", 12), ("COF-DRP", 2))
    player.scan(SCREWS)
    player.key("F5")
    keys = dict(zip(places(player), [box for box, _ in player.window.pack.prompt.places], strict=True))
    before = player.window.pack.view.said
    for figure in ("1", "7", "←", "2", "OK"):
        assert done(player) == 1
        place = keys[f"figure:{figure}"].center().toPoint()
        QTest.mouseClick(player.window.pack.prompt, Qt.MouseButton.LeftButton, pos=place)
    player.wait(lambda: player.window.pack.view.said is not before)
    assert done(player) == 12
    assert player.window.pack.view.typed == ""


def test_a_packer_is_not_offered_what_only_leaders_type(player: Player, database: Database) -> None:
    shop.badges(database)
    player.scan("KU-P1")
    opened(player, database, ("SCR-100", 12), ("COF-DRP", 2))
    player.scan(SCREWS)
    assert "KP-QUANTITY" not in bar(player)
    assert player.key("F5") == "quantity.leader_needed"
    assert panel(player).head == "数の入力はリーダーだけ"


def test_goods_without_a_code_need_another_badge_or_a_reason(player: Player, database: Database) -> None:
    shop.badges(database)
    player.scan("KU-P1")
    opened(player, database, ("APP-BAG", 3), ("COF-DRP", 1))
    assert bar(player)[0] == "KP-NOCODE"
    assert player.key("F6") == "nocode.ask"
    assert places(player) == ["KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER"]
    assert player.scan("KU-P1") == "nocode.another_person"
    assert sides(player) == ("山田", "別の人の名札")
    assert player.scan("KU-P2") == "pack.ok"
    assert player.scan("KP-NOCODE") == "nocode.ask"
    assert player.key("F5") == "pack.ok"
    assert done(player) == 2
    set_to(database, nocode_proof="second")
    assert player.key("F6") == "nocode.ask_person"
    assert places(player) == []
    assert player.scan("KP-R-OTHER") == "nocode.person_needed"
    assert "KP-R-OTHER" not in bar(player)
    assert player.scan("KU-L1") == "pack.ok"
    assert player.window.station.person["name"] == "山田"


def test_a_code_that_cannot_be_read_offers_to_take_the_goods_without(player: Player, database: Database) -> None:
    opened(player, database, ("COF-DRP", 2))
    assert "KP-NOCODE" not in bar(player)
    player.scan(COFFEE[:-1] + str((int(COFFEE[-1]) + 1) % 10))
    assert "KP-NOCODE" in bar(player)
    set_to(database, nocode_proof="off")
    player.key("Esc")
    player.key("F11")
    opened(player, database, ("APP-BAG", 1), number="Z-2")
    assert "KP-NOCODE" not in bar(player)


@pytest.mark.parametrize(
    ("raw", "key", "big"),
    [
        ("KS-A-01-01", "label.shelf", "A-01-01"),
        ("KT-500", "label.not_goods", "KT-500"),
        (SSCC, "label.case", ""),
    ],
)
def test_a_label_is_drawn_beside_the_code_on_the_goods(
    player: Player, database: Database, raw: str, key: str, big: str
) -> None:
    opened(player, database, ("COF-DRP", 2))
    assert player.scan(raw) == key
    assert sides(player) == (big, "商品のコード")
    clash = panel(player).clash
    assert clash is not None
    assert clash.scanned.number == ("" if big else raw)


def test_a_case_where_pieces_are_scanned_is_drawn_as_such(player: Player, database: Database) -> None:
    opened(player, database, ("WIN-750", 8), ("WAT-001", 4))
    assert player.scan(WINE_CASE) == "guard.unit_scan"
    clash = panel(player).clash
    assert clash is not None
    assert (clash.scanned.thing, clash.scanned.on, clash.wanted.thing) == ("case", "× 6", "pieces")
    assert panel(player).allow
    assert player.scan(WATCH_CASE) == "guard.each_serial"
    assert panel(player).allow == ""


# --- what a leader allows -----------------------------------------------------------------------------------------


def test_a_leaders_badge_lets_pass_with_a_reason(player: Player, database: Database) -> None:
    shop.badges(database)
    player.scan("KU-P1")
    opened(player, database, ("WIN-750", 8), ("COF-DRP", 1))
    assert player.scan(WINE_CASE) == "guard.unit_scan"
    assert "リーダーの名札をスキャン" in panel(player).allow
    assert player.key("F10") == "allow.leader_needed"
    assert sides(player) == ("外箱 6個", "リーダーの名札")
    assert player.scan("KU-L1") == "allow.unit_scan"
    assert "ぶどうジュース 750ml、6 個入り" in prompt(player)
    assert "許可する人 佐藤" in prompt(player)
    assert places(player) == ["KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER"]
    assert player.key("F6") == "pack.ok"
    assert done(player) == 6
    assert player.window.station.person["name"] == "山田"
    assert query(database, "SELECT what, reason FROM overrides") == [("unit_scan", "damaged")]


def test_who_may_allow_does_so_by_a_key_that_teaches_otherwise(player: Player, database: Database) -> None:
    set_to(database, expiry_min_days="30")
    opened(player, database, ("CUR-200", 1), ("COF-DRP", 1))
    assert player.key("F10") == "teach.nothing"
    player.scan(message("X2", SOON))
    assert "F10" in panel(player).allow
    assert player.key("F10") == "allow.short_days"
    assert f"みさき甘口カレー 200g、{SOON}" in prompt(player)
    assert player.key("Esc") == "question.dismissed"
    assert done(player) == 0
    player.scan(message("X2", SOON))
    player.key("F10")
    assert player.key("F7") == "pack.ok"
    assert query(database, "SELECT what, reason FROM overrides") == [("short_days", "other")]


# --- all of them --------------------------------------------------------------------------------------------------


def test_a_window_that_opens_at_a_question_knows_the_goods(player: Player, database: Database) -> None:
    opened(player, database, ("COF-DRP", 1), ("CUR-200", 2))
    player.scan(message("", LATE).removesuffix("(10)"))
    assert player.asked == "lot"
    desk = player.window.desk
    assert desk is not None
    view = BenchView()
    view.take(desk.look().result())
    parcel = desk.read(read_parcel, view.answer.order_id if view.answer else 0).result()
    assert parcel is not None
    view.read(parcel)
    line = view.line()
    assert line is not None
    assert line.sku == "CUR-200"
    assert view.counts() == (0, 2)


def test_what_was_half_typed_is_forgotten_with_the_keyboard(player: Player, database: Database, qtbot: QtBot) -> None:
    opened(player, database, ("SCR-100", 12), ("COF-DRP", 2))
    player.scan(SCREWS)
    player.key("F5")
    player.type("1", end=False)
    assert player.window.pack.view.typed == "1"
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    player.wait(lambda: not player.window.isActiveWindow())
    assert player.window.pack.view.typed == ""
    player.window.activateWindow()
    player.wait(player.window.isActiveWindow)
    player.type("2")
    assert done(player) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_guard_and_every_thing_on_it_can_be_drawn(language: str) -> None:
    look = Look(language, "light")
    args = {"expiry": LATE, "first": LATE, "days": 3, "least": 9, "quantity": 6, "code": "C", "lot": "L", "number": 4}
    for key, maker in _MAKERS.items():
        error = Answer("C", "a", "refused", key, args, {"kind": "lot"})
        view = BenchView(answer=error, error=error, stopped=Answer("C", "a", "refused", "guard.unit_scan", args))
        clash = maker(look, view, error)
        assert clash is not None
        for side in (clash.scanned, clash.wanted):
            assert side.thing in {"", *_THINGS, *(f"print.{name}" for name in PRINTS)}
            assert clash.sheet == ("thing" if side.thing else "")
        assert not [text for text in clash.told if text.startswith(("window.", "print."))], key
    assert {ask for ask in HANDS if not look.words.has(f"window.ask.{ask}_short")} == set()


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [
        ((1280, 720), "ja", "dark"),
        pytest.param((1280, 720), "en", "light", marks=pytest.mark.long),
        pytest.param((1920, 1080), "en", "dark", marks=pytest.mark.long),
    ],
)
def test_nothing_of_the_guards_is_cut(
    player: Player,
    database: Database,
    size: tuple[int, int],
    language: str,
    theme: str,
    cut: list[str],
) -> None:
    window = player.window
    window.resize(*size)
    window.speak(language)
    window.wear(theme)
    set_to(database, expiry_min_days="30", lot_order="refuse", lot_unknown="refuse")
    shifts = (
        (("CUR-200", 2), ("COF-DRP", 1)), ("", CURRY, CURRY, COFFEE, "KP-4", "L-700", "KP-CANCEL", "KP-CANCEL",
         message("X1", day(-30)), message("X2", SOON), "KP-ALLOW", "KP-R-THICK", "KP-CANCEL", "KP-CANCEL",
         message("L-2609B", LATER), message("L-2603A", LATER), message("X3", LATE), "KP-CANCEL",
         "KS-A-01-01", "KT-500", SSCC, "KP-QUANTITY", CURRY, "KP-1"),
        (("MLK-010", 2), ("WAT-001", 4)), (MILK, WATCH, "SN-1001", WATCH, "SN-1001", WATCH, "KP-CANCEL", "KP-CANCEL",
         WATCH_CASE),
        (("SCR-100", 12), ("SOC-RED", 1)), (SCREWS, "KP-QUANTITY", "4000", "0001", "KP-CANCEL", "X12", "0012", RED,
         "KP-4", "KP-CANCEL", "KP-CANCEL"),
        (("WIN-750", 8), ("APP-BAG", 2)), (WINE_CASE, "KP-CANCEL", "KP-SHORT", "KP-R-OTHER", "KP-NOCODE", "KP-SHORT",
         "KP-R-OTHER"),
    )  # fmt: skip
    for number, (wanted, scans) in enumerate(zip(shifts[::2], shifts[1::2], strict=True)):
        opened(player, database, *wanted, number=f"Z-{number}")
        for raw in filter(None, scans):
            player.scan(raw)
            window.grab()
        player.scan("KP-CANCEL")
        player.scan("KP-CANCEL")
        if window.pack.view.open_now:
            player.scan("KP-LATER")
    shop.badges(database)
    player.scan("KU-P1")
    window.speak(language)
    opened(player, database, ("WIN-750", 8), ("APP-BAG", 2), number="Z-9")
    for raw in (WINE_CASE, "KP-ALLOW", "KU-L1", "KP-CANCEL", "KP-SHORT", "KP-R-OTHER", "KP-NOCODE", "KU-P1", "KU-P2"):
        player.scan(raw)
        window.grab()
    window.wear("light")
    assert cut == []
