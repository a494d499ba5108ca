"""Cartons, boxes, inserts, care and the scale on the real bench screen: a real desk, a real file, real key strokes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from app.domain.scale import Reading, ScaleFault
from app.services import changes
from app.services.answers import Answer
from app.services.desk import Desk
from app.ui.pack.state import CHOICES, BenchView, choices_of, commands_now, kind_of
from app.ui.play import Player
from tests.makers import faults_of, query, set_to
from tests.services.shipping import Warehouse
from tests.ui import box_shop as shop
from tests.ui.test_loop import bar, desk, house, label, places, steps  # noqa: F401 - fixtures


@pytest.fixture
def take(player: Player, house: Warehouse, desk: Desk) -> Callable[..., str]:  # noqa: F811 - fixtures
    """Take an order in and open it by its slip; return what the slip says."""
    shop.fill(house, desk, player.window.station.config.folder)

    def opened(number: str, *wanted: tuple[str, int], extras: tuple[tuple[Any, ...], ...] = (), **more: Any) -> str:
        slip = shop.take(house, desk, number, *wanted, **more)
        for each in extras:
            shop.extra(house, number, *each)
        assert player.scan(slip).startswith("order.opened")
        return slip

    return opened


def said(player: Player) -> Answer:
    answer = player.window.pack.view.said
    assert answer is not None
    return answer


def shown(player: Player) -> str:
    """What the prompt says, in words."""
    return str(player.window.pack.prompt.accessibleName())


# --- cartons ------------------------------------------------------------------------------------------------------


def test_the_carton_is_shown_alone_before_the_first_piece_and_below_the_lines_afterwards(
    player: Player, take: Callable[..., str]
) -> None:
    take("A", ("HOJ-010", 1), ("MAT-100", 1))
    pack = player.window.pack
    assert pack.carton is not None
    assert pack.carton.isVisible()
    assert not pack.lines.isVisible()
    assert "箱 M-1" in pack.carton.accessibleName()
    guide = pack.carton.guide
    assert guide is not None
    assert (guide.placed, guide.boxes) == ((), 1)
    assert guide.now is not None
    assert "KP-BOX" in bar(player)
    player.scan(player.wanted_code)
    player.wait(lambda: bool(pack.carton.guide.placed))
    assert pack.lines.isVisible()
    assert pack.carton.isVisible()
    assert len(pack.carton.guide.placed) == 1
    assert pack.carton.guide.now not in (None, *pack.carton.guide.placed)


def test_a_shop_without_cartons_sees_nothing_of_them(
    player: Player,
    house: Warehouse,  # noqa: F811
    desk: Desk,  # noqa: F811
) -> None:
    shop.fill(house, desk, player.window.station.config.folder, cartons=False)
    player.scan(shop.take(house, desk, "A", ("HOJ-010", 1), ("MAT-100", 1)))
    pack = player.window.pack
    assert pack.carton is None
    assert pack.lines.isVisible()
    assert steps(player) == {"slip": "done", "goods": "current", "waybill": "open", "done": "open"}
    assert {"KP-SHORT", "KP-UNDO", "KP-PARCEL", "KP-LATER", "KP-CANCEL"} == set(bar(player))
    assert not pack.protection.isVisible()


def test_an_order_that_was_opened_before_anything_was_proposed_gets_its_carton_then(
    player: Player, take: Callable[..., str]
) -> None:
    take("A", ("HOJ-010", 1), plan=False)
    pack = player.window.pack
    player.wait(lambda: pack.carton is not None and pack.carton.isVisible())
    assert "箱 M-1" in pack.carton.accessibleName()
    player.wait(lambda: pack.view.answer is not None and pack.view.answer.ask.get("carton") == "M-1")


def test_what_is_wrong_with_a_proposal_is_said_instead(player: Player, take: Callable[..., str]) -> None:
    take("A", ("LEAF-AU", 1))
    carton = player.window.pack.carton
    assert carton is not None
    assert "大きさがわかりません" in carton.accessibleName()


@pytest.mark.long
def test_the_goods_of_the_carton_are_named_in_the_language_at_once(player: Player, take: Callable[..., str]) -> None:
    take("A", ("HOJ-010", 1))
    carton = player.window.pack.carton
    assert carton is not None
    player.window.speak("en")
    assert "Hojicha latte" in carton.toolTip()
    player.window.speak("ja")
    assert "ほうじ茶ラテ" in carton.toolTip()


def test_another_carton_drops_the_picture_and_the_makers_own_says_so(player: Player, take: Callable[..., str]) -> None:
    take("A", ("HOJ-010", 1))
    carton = player.window.pack.carton
    assert carton is not None
    player.key("F2")
    assert player.scan("KX-M-2") == "carton.chosen"
    player.wait(lambda: carton.guide.code == "M-2")
    assert carton.guide.parcel is None
    assert carton.guide.inner_mm == shop.S80.inner_mm
    player.key("F2")
    player.key("F10")
    player.wait(lambda: carton.guide.code == "メーカーのまま")
    assert "ほかの箱には入れません" in carton.accessibleName()
    assert "メーカーのまま" in player.window.pack.band.head


def test_the_menu_offers_what_is_possible_each_with_its_code(player: Player, take: Callable[..., str]) -> None:
    take("A", ("POT-120", 2))
    player.key("F2")
    assert places(player) == {"KP-R-THICK", "KP-R-NOFIT", "KP-PARCEL", "KP-MAKER"}
    assert bar(player) == ["KP-CANCEL"]
    player.key("Esc")
    player.scan(shop.POT)
    player.scan(shop.POT)
    player.key("F2")
    assert places(player) == set(CHOICES["box"])
    assert player.key("F8") == "box.switched"


# --- boxes --------------------------------------------------------------------------------------------------------


def test_which_box_is_meant_stands_over_the_question_and_at_the_goods(player: Player, take: Callable[..., str]) -> None:
    take("A", ("POT-120", 2))
    pack = player.window.pack
    assert "箱 1 / 2" in shown(player)
    player.scan(shop.POT)
    assert "ここから 箱 2 / 2" in shown(player)
    player.scan(shop.POT)
    player.wait(lambda: "①" in pack.lines.rows.accessibleName())
    assert "① ②" in pack.lines.rows.accessibleName()
    assert "箱 1 / 2 に貼ります" in shown(player)


@pytest.mark.long
def test_a_piece_is_moved_by_scan(player: Player, take: Callable[..., str]) -> None:
    take("A", ("POT-120", 3))
    player.scan(shop.POT)
    player.scan(shop.POT)
    player.key("F2")
    assert player.key("F9") == "move.ask"
    assert "箱 2 に移した商品を" in shown(player)
    assert player.scan(shop.POT) == "move.done"
    player.wait(lambda: "②×2" in player.window.pack.lines.rows.accessibleName())


@pytest.mark.long
def test_what_is_not_here_may_go_later(player: Player, take: Callable[..., str], house: Warehouse) -> None:  # noqa: F811
    take("A", ("HOJ-010", 1), ("MAT-100", 1))
    player.scan(shop.TEA)
    player.key("F4")
    player.key("F5")
    assert places(player) == {"KP-DONE", "KP-SPLIT", "KP-CANCEL"}
    assert player.key("F2") == "split.done"
    assert query(house.database, "SELECT count(*) FROM orders") == [(2,)]


# --- inserts and care ---------------------------------------------------------------------------------------------


def test_inserts_are_a_step_of_their_own_and_scanned_like_goods(
    player: Player,
    take: Callable[..., str],
    house: Warehouse,  # noqa: F811
) -> None:
    take("A", ("HOJ-010", 1), extras=(("insert", "秋のカタログ", "LEAF-AU"), ("noshi", "御祝 山田")))
    pack = player.window.pack
    assert list(steps(player)) == ["slip", "goods", "inserts", "waybill", "done"]
    assert "同梱物 秋のカタログ 0/1" in pack.lines.rows.accessibleName()
    assert player.scan(shop.TEA) == "pack.inserts_now"
    assert steps(player)["inserts"] == "current"
    for words in ("同梱物", "秋のカタログ", shop.LEAF, "棚 Z-01-01", "あと 1 点"):
        assert words in shown(player)
    assert player.scan(label(house, "A")) == "insert.first"
    panel = pack.refused
    assert panel.head == "先に同梱物です"
    assert panel.clash is not None
    assert (panel.clash.wanted.big, panel.clash.wanted.thing) == ("秋のカタログ", "insert")
    player.scan(shop.LEAF)
    assert "この注文のために印刷した紙です" in shown(player)
    noshi = str(pack.view.answer.ask["insert_code"])
    assert player.scan("KN-9999") == "insert.not_here"
    assert panel.clash.wanted.number == noshi
    assert player.window._sounds.played[-1] == "paper"  # type: ignore[attr-defined]
    assert player.scan(noshi) == "insert.all_in"
    assert steps(player)["inserts"] == "done"


@pytest.mark.long
def test_an_insert_that_ran_out_names_it_and_how_many(player: Player, take: Callable[..., str]) -> None:
    take("A", ("HOJ-010", 1), extras=(("insert", "秋のカタログ", "LEAF-AU"),))
    player.scan(shop.TEA)
    assert player.key("F4") == "insert.short_ask"
    assert "「秋のカタログ」 あと 1 点" in shown(player)
    assert steps(player)["inserts"] == "current"
    assert player.key("F5") == "insert.all_in"


def test_an_instruction_is_shown_at_the_first_piece_until_the_next_scan(
    player: Player, take: Callable[..., str]
) -> None:
    take("A", ("GLA-350", 2), ("MAT-100", 1))
    pack = player.window.pack
    player.scan(shop.MATCHA)
    assert pack.note.isVisible()
    assert not pack.pictured.isVisible()
    assert pack.note.words == "袋の口を下にしないでください。"
    player.scan(shop.GLASS)
    assert not pack.note.isVisible()
    assert pack.pictured.isVisible()
    assert pack.pictured.picture.endswith("GFT-BOX.png")
    assert not pack.lines.isVisible()
    player.scan(shop.GLASS)
    assert not pack.pictured.isVisible()


def test_lines_of_a_set_stand_under_its_name_with_their_pieces(player: Player, take: Callable[..., str]) -> None:
    take("A", ("SET-TEA", 2), ("GLA-350", 1))
    rows = player.window.pack.lines.rows
    heads = [(row.set_name, row.counted) for row in rows.rows if row.set_name]
    assert heads == [("お茶くらべセット", (0, 4))]
    player.scan(shop.TEA)
    player.wait(lambda: [row.counted for row in rows.rows if row.set_name] == [(1, 4)])
    assert [row.line for row in rows.rows] == [-1, 0, 1, 2]


@pytest.mark.long
def test_protection_is_shown_where_no_carton_says_it(
    player: Player,
    house: Warehouse,  # noqa: F811
    desk: Desk,  # noqa: F811
) -> None:
    shop.fill(house, desk, player.window.station.config.folder, cartons=False)
    slip = shop.take(house, desk, "A", ("HOJ-010", 1), ("MAT-100", 1))
    shop.extra(house, "A", "material", "プチプチ", shown=True, wanted=2)
    player.scan(slip)
    pack = player.window.pack
    assert pack.protection.isVisible()
    assert pack.protection.materials == ("プチプチ × 2",)
    assert "inserts" not in steps(player)


def test_cold_goods_have_a_clock_that_turns_red(player: Player, take: Callable[..., str]) -> None:
    take("A", ("ICE-006", 2))
    pack = player.window.pack
    assert pack.view.cold_seconds() is None
    player.scan(shop.SWEETS)
    player.wait(lambda: pack.view.cold_seconds() is not None)
    assert pack._clock.isActive()
    assert "冷蔵庫から出て 0:0" in pack.header.accessibleName()
    pack.view.read_at -= 20 * 60
    pack._tick()
    assert pack.view.too_warm == 20
    assert "20 分出ています" in pack.bars.accessibleName()
    player.scan(shop.SWEETS)
    player.key("F11")
    assert not pack._clock.isActive()


@pytest.mark.long
def test_cold_minutes_go_by_the_database_and_not_by_this_computer(
    player: Player, take: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take("A", ("ICE-006", 2))
    player.scan(shop.SWEETS)
    pack = player.window.pack
    player.wait(lambda: pack.view.cold_seconds() is not None)
    monkeypatch.setattr("time.time", lambda: 0.0)
    seconds = pack.view.cold_seconds()
    assert seconds is not None
    assert seconds < 60


# --- the scale ----------------------------------------------------------------------------------------------------


@pytest.fixture
def weighed(player: Player, house: Warehouse, take: Callable[..., str]) -> int:  # noqa: F811
    """An order of two pieces in one box that is to be weighed; return its expected weight."""
    shop.scale(house)
    shop.badges(house.database)
    player.scan("KU-P1")
    take("A", ("HOJ-010", 1), ("POT-120", 1), extras=(("insert", "秋のカタログ", "LEAF-AU"),))
    while player.asked in ("item", "insert"):
        player.scan(player.wanted_code if player.asked == "item" else shop.LEAF)
    return 600 + 2400 + 38 + 210


def test_the_scale_asks_for_the_box_and_shows_its_live_weight(player: Player, weighed: int) -> None:
    pack = player.window.pack
    assert list(steps(player)) == ["slip", "goods", "inserts", "weight", "waybill", "done"]
    assert steps(player)["weight"] == "current"
    assert "箱をはかりに載せてください" in shown(player)
    pack.show_weight(Reading(812_400, False))
    assert "812 g" in shown(player)
    pack.show_weight(Reading(None, None, ScaleFault.OVERLOAD))
    assert "812 g" not in shown(player)
    assert player.scan("KP-DONE") == "weight.first"
    assert pack.refused.clash is not None
    assert pack.refused.clash.wanted.thing == "scale"
    assert player.scan("KG-2") == "weight.empty"
    assert player.window._sounds.played[-1] == "refused"  # type: ignore[attr-defined]
    assert player.scan(f"KG-{weighed}") == "weight.ok"
    assert steps(player)["weight"] == "done"


def test_a_box_that_is_too_light_names_what_is_missing_and_a_leader_lets_it_pass(player: Player, weighed: int) -> None:
    pack = player.window.pack
    assert player.scan(f"KG-{weighed - 600}") == "weight.missing"
    panel = pack.refused
    assert panel.head == "軽すぎます"
    assert player.window._sounds.played[-1] == "guard"  # type: ignore[attr-defined]
    told = panel.accessibleName()
    for words in (
        "はかり",
        f"{weighed - 600:,} g",
        "予定",
        f"{weighed:,} g",
        "−600 g",
        "ほうじ茶ラテ 10本入",
        "1 点ない",
    ):
        assert words in told
    assert bar(player)[:2] == ["KP-CANCEL", "KP-ALLOW"]
    assert "リーダーの名札をスキャン" in told
    assert player.scan("KU-L1") == "allow.weight"
    assert places(player) == {"KP-R-OTHER"}
    assert steps(player)["weight"] == "current"
    assert player.key("F7") == "weight.ok"


@pytest.mark.long
def test_suspects_are_named_in_the_language_of_the_screen(player: Player, weighed: int) -> None:
    player.window.speak("en")
    player.scan(f"KG-{weighed - 600}")
    told = player.window.pack.refused.accessibleName()
    player.window.speak("ja")
    assert "Hojicha latte" in told
    assert "1 missing" in told


def test_each_kind_of_suspect_has_its_words_and_is_drawn(player: Player, weighed: int, cut: list[str]) -> None:
    pack = player.window.pack
    player.scan(f"KG-{weighed - 600}")
    given = [
        {"kind": "missing", "name": "秋のカタログ", "pieces": 1, "other": "", "percent": 40},
        {
            "kind": "swapped",
            "name": "ほうじ茶ラテ 10本入",
            "pieces": 1,
            "other": "有機抹茶パウダー 100g",
            "percent": 35,
        },
        {"kind": "carton", "name": "M-2", "pieces": 1, "other": "M-1", "percent": 25},
    ]
    pack.view.error = replace(pack.view.error, key="weight.carton_or", args={**pack.view.error.args, "suspects": given})
    pack.refused.show_view(pack.view)
    told = pack.refused.accessibleName()
    for words in ("秋のカタログ", "1 点ない", "ほうじ茶ラテ 10本入 → 有機抹茶パウダー 100g", "M-2 → M-1", "箱がちがう"):
        assert words in told
    player.window.grab()
    assert cut == []


# --- shadow mode --------------------------------------------------------------------------------------------------


def test_what_is_only_recorded_is_quiet_and_says_so(
    player: Player,
    take: Callable[..., str],
    house: Warehouse,  # noqa: F811
) -> None:
    set_to(house.database, pack_check="shadow")
    take("A", ("HOJ-010", 1), ("MAT-100", 1))
    pack = player.window.pack
    assert "記録だけの検品" in pack.bars.accessibleName()
    assert player.scan(shop.GLASS) == "item.wrong"
    assert said(player).level == "noted"
    assert pack.band.kind == "noted"
    assert pack.band.head == "記録だけ"
    assert "違う商品" in pack.band.rest
    assert pack.view.error is None
    assert player.window._sounds.played[-1] == "info"  # type: ignore[attr-defined]
    assert kind_of("noted") == "noted"


# --- commands -----------------------------------------------------------------------------------------------------


def test_the_box_takes_the_place_of_what_its_menu_holds() -> None:
    def view(ask: str, **more: object) -> BenchView:
        return BenchView(answer=Answer("x", "a", "ok", "pack.ok", ask={"kind": ask, **more}, order_id=1))

    for ask in ("item", "waybill", "close"):
        assert "KP-BOX" not in commands_now(view(ask))
        assert "KP-BOX" in commands_now(view(ask, box=1, boxes=1, carton="M-1"))
        assert len(commands_now(view(ask, box=1, boxes=2, carton="M-1"))) <= 5
    for ask in ("insert", "weight"):
        assert "KP-BOX" in commands_now(view(ask))


def test_a_refusal_in_the_menu_leaves_the_way_out_in_the_bar() -> None:
    error = Answer("x", "a", "refused", "carton.no_other")
    answer = Answer("x", "a", "question", "box.ask", ask={"kind": "box", "box": 1, "boxes": 1}, order_id=1)
    boxes = SimpleNamespace(count=2)
    view = BenchView(answer=answer, error=error, parcel=SimpleNamespace(boxes=boxes, full=None))  # type: ignore[arg-type]
    assert choices_of(view) == CHOICES["box"]
    assert commands_now(view)[0] == "KP-CANCEL"


# --- from the slip to the close -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [
        ((1366, 768), "ja", "light"),
        pytest.param((1280, 720), "en", "dark", marks=pytest.mark.long),
        pytest.param((1280, 720), "ja_easy", "light", marks=pytest.mark.long),
        pytest.param((1366, 768), "en", "light", marks=pytest.mark.long),
        pytest.param((1920, 1080), "ja", "dark", marks=pytest.mark.long),
    ],
)
def test_a_gift_in_two_boxes_goes_from_its_slip_to_its_close_and_nothing_is_cut(
    player: Player,
    house: Warehouse,  # noqa: F811
    size: tuple[int, int],
    language: str,
    theme: str,
    cut: list[str],
) -> None:
    window = player.window
    window.resize(*size)
    window.wear(theme)
    seen = []
    for state in shop.care(player, house):
        window.speak(language)
        player.rest(0.05)
        window.grab()
        assert cut == [], state
        seen.append(state)
    window.speak("ja")
    window.wear("light")
    assert seen[-1] == "closed"
    assert said(player).key == "order.closed"
    assert house.state("G-1") == "verified"
    assert len(seen) >= 15


def test_an_order_that_is_cancelled_with_everything_in_leaves_the_bench_and_all_of_it_is_pulled(
    player: Player,
    house: Warehouse,  # noqa: F811
    take: Callable[..., str],
) -> None:
    take("A", ("HOJ-010", 1), ("GLA-350", 1), extras=(("insert", "秋のカタログ", "LEAF-AU"),))
    while player.asked == "item":
        player.scan(player.wanted_code)
    assert player.scan(shop.LEAF) == "insert.all_in"
    number = label(house, "A")
    with house.database.transaction() as tx:
        changes.cancel(tx, "leader", str(uuid4()), house.id("A"))
    assert player.scan(number) == "order.cancelled_meanwhile"
    assert player.asked == "order"
    pulled = dict(query(house.database, "SELECT text, quantity FROM pulls WHERE kind = 'goods'"))
    assert pulled == {"HOJ-010": 1, "GLA-350": 1, "LEAF-AU": 1}
    assert faults_of(house.database) == []
