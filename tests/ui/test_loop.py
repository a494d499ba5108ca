"""The loop on screen: slip, goods, waybill, in the real window over a real desk; scans are key strokes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.asking import AskKind
from app.domain.people import Role
from app.services import changes, merge, people, release
from app.services import orders as orders_service
from app.services.answers import Answer
from app.services.desk import Desk
from app.storage.database import open_database
from app.text import LANGUAGES, texts
from app.ui.help import _TOPICS
from app.ui.pack.clash import _MAKERS, _STAMPS
from app.ui.pack.refused import _HEADS, _WHOLE
from app.ui.pack.state import CHOICES, COMMANDS, BenchView, choices_of, commands_now
from app.ui.play import Player
from tests.makers import change, query, set_to
from tests.services.shipping import CUP, ICE, SAGAWA, TEA, Warehouse, order, tracking


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    url = f"sqlite:///{tmp_path / 'kenpin.db'}"
    database = open_database(url)
    yield Warehouse(database, lambda: open_database(url))
    database.close()


@pytest.fixture
def desk(house: Warehouse, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(open_database(f"sqlite:///{tmp_path / 'kenpin.db'}"), "3")
    yield desk
    desk.stop()


def number_all(house: Warehouse, export: int = 1) -> None:
    """Give every waybill that waits its number, as if one carrier file had come back."""
    for place, (identity,) in enumerate(query(house.database, "SELECT id FROM waybills WHERE number = '' ORDER BY id")):
        change(
            house.database,
            "UPDATE waybills SET state = 'numbered', number = ?, export_id = ?, position = ?, numbered_at = 1 "
            "WHERE id = ? AND state <> 'void'",
            tracking(identity), export, place + 1, identity,
        )  # fmt: skip


def act(house: Warehouse, do: Callable[..., Any], *args: object, **more: object) -> Any:
    with house.database.transaction() as tx:
        return do(tx, "leader", str(uuid4()), *args, **more)


def released(house: Warehouse, *numbers: str, **more: Any) -> None:
    """Take orders of one piece of tea and one cup in, release them in their order, number their waybills."""
    house.take_in(*[order(number, ("SKU-1", 1), ("SKU-2", 1), **more) for number in numbers])
    act(house, release.at_once, list(house.ids(*numbers)))
    number_all(house)


def slip(house: Warehouse, number: str) -> str:
    ((batch, sequence, version),) = query(
        house.database, "SELECT batch, sequence, version FROM orders WHERE number = ?", number
    )
    return f"KO-{batch}-{sequence:03d}-{version}"


def label(house: Warehouse, number: str, piece: int = 1) -> str:
    found = [each.number for each in house.waybills(number) if each.state != "void" and each.piece == piece]
    return found[0]


def steps(player: Player) -> dict[str, str]:
    return {step.name: step.state for step in player.window.pack.steps.steps}


def places(player: Player) -> set[str]:
    """Codes that stand beside the question, once it is painted."""
    player.window.grab()
    return {name for _, name in player.window.pack.prompt.places}


def bar(player: Player) -> list[str]:
    return [entry.name for entry in player.window.bar.entries]


def packed(player: Player, house: Warehouse, number: str) -> None:
    """Open an order by its slip and pack it up to its waybill."""
    assert [player.scan(raw) for raw in (slip(house, number), TEA.piece, CUP.piece)][-1] == "pack.all_in"


def test_the_steps_go_from_the_slip_to_the_waybill_and_the_next_slip_is_named(player: Player, house: Warehouse) -> None:
    released(house, "A", "B")
    pack = player.window.pack
    player.scan("1-001")
    assert steps(player) == {"slip": "current", "goods": "open", "waybill": "open", "done": "open"}
    assert "1-001" in pack.prompt.accessibleName()
    player.scan(slip(house, "A"))
    assert steps(player)["goods"] == "current"
    assert {"KP-SHORT", "KP-UNDO", "KP-PARCEL", "KP-LATER", "KP-CANCEL"} == set(bar(player))
    player.scan(TEA.piece)
    assert player.scan(CUP.piece) == "pack.all_in"
    assert steps(player) == {"slip": "done", "goods": "done", "waybill": "current", "done": "open"}
    number = label(house, "A")
    said = pack.prompt.accessibleName()
    assert number[-4:] in said.split()
    assert f"{number[:4]}-{number[4:8]}-{number[8:]}" in said
    assert "ヤマト運輸 宅急便" in said
    assert player.scan(f"A{number}A") == "order.closed"
    assert set(steps(player).values()) == {"done"}
    assert "1-002" in pack.prompt.accessibleName()
    assert player.window._sounds.played[-1] == "closed"  # type: ignore[attr-defined]


def test_an_order_without_a_carrier_has_three_steps(player: Player, house: Warehouse) -> None:
    set_to(house.database, carrier_default="")
    house.take_in(order("A"))
    player.scan("A")
    assert steps(player) == {"slip": "done", "goods": "current", "done": "open"}
    assert player.scan(TEA.piece) == "order.closed"


def test_a_wrong_waybill_is_compared_digit_by_digit_and_changes_nothing(player: Player, house: Warehouse) -> None:
    released(house, "A", "B", "C", "D")
    packed(player, house, "A")
    panel = player.window.pack.refused
    wanted = label(house, "A")
    for number, key, stack in (("B", "waybill.next_one", "after"), ("D", "waybill.other_order", "")):
        scanned = label(house, number)
        assert player.scan(scanned) == key
        clash = panel.clash
        assert clash is not None
        assert (clash.scanned.big, clash.wanted.big) == (scanned[-4:], wanted[-4:])
        assert clash.stack == stack
        marked = {i for a, b in clash.scanned.marks for i in range(a, b)}
        assert marked == {i for i in range(4) if scanned[-4:][i] != wanted[-4:][i]}
        assert clash.scanned.marks == clash.wanted.marks
        assert slip(house, number)[3:-2] in clash.scanned.whose
    assert panel.head == "違う送り状です"
    assert bar(player)[0] == "KP-CANCEL"
    assert player.scan(wanted) == "order.closed"
    assert not panel.isVisible()


def test_the_label_before_the_next_and_a_stack_that_is_off_look_different(player: Player, house: Warehouse) -> None:
    released(house, "A", "B", "C", "D")
    panel = player.window.pack.refused
    packed(player, house, "B")
    player.scan(label(house, "A"))
    assert (panel.head, panel.clash and panel.clash.stack) == ("ひとつ前の送り状です", "before")
    player.scan(label(house, "C"))
    assert (panel.head, panel.clash and panel.clash.stack) == ("ひとつ次の送り状です", "after")
    player.scan(label(house, "B"))
    packed(player, house, "C")
    assert player.scan(label(house, "D")) == "waybill.stack_off"
    assert (panel.head, panel.clash and panel.clash.stack) == ("束が 1 枚ずれています", "shifted")
    assert panel.clash is not None
    assert panel.clash.ship_numbers == ("1-003", "1-004")


def test_waybills_that_must_not_be_used_bear_a_stamp(player: Player, house: Warehouse) -> None:
    released(house, "A", "B", "C", "D")
    used, old = label(house, "D"), label(house, "A")
    packed(player, house, "D")
    player.scan(used)
    act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("A"), "pull.service_changed"))
    number_all(house, export=2)
    cancelled = label(house, "B")
    act(house, orders_service.cancel, house.id("B"))
    void = label(house, "C")
    change(house.database, "UPDATE waybills SET state = 'void', reason = 'waybill.why.office' WHERE number = ?", void)
    packed(player, house, "A")
    panel, said = player.window.pack.refused, {}
    for number in (used, old, cancelled, void):
        key = player.scan(number)
        assert panel.clash is not None
        said[key] = (panel.clash.scanned.stamp, panel.clash.scanned.note)
    assert said == {
        "waybill.on_another": ("使用ずみ", ""),
        "waybill.old_version": ("旧・使わない", "版 1"),
        "waybill.cancelled": ("キャンセル", ""),
        "waybill.void": ("無効", "取り消された送り状"),
    }


def test_cash_and_pieces_that_differ_stand_side_by_side(player: Player, house: Warehouse) -> None:
    released(house, "A", "B")
    change(house.database, "UPDATE orders SET cod = 5500 WHERE number = 'A'")
    change(house.database, "UPDATE waybills SET cod = 5500, carrier_cod = 3300 WHERE sequence = 1")
    change(house.database, "UPDATE waybills SET carrier_pieces = 3 WHERE sequence = 2")
    panel = player.window.pack.refused
    packed(player, house, "A")
    assert player.scan(label(house, "A")) == "waybill.cod_differs"
    assert panel.clash is not None
    assert (panel.clash.scanned.big, panel.clash.wanted.big) == ("3,300 円", "5,500 円")
    assert "代金引換（代引き） 5,500 円" in player.window.pack.bars.accessibleName()
    player.key("F11")
    packed(player, house, "B")
    assert player.scan(label(house, "B")) == "waybill.pieces_differ"
    assert panel.clash is not None
    assert (panel.clash.scanned.count, panel.clash.wanted.count) == (3, 1)


def test_a_number_that_is_not_here_yet_offers_later_and_the_parcel_goes_on(player: Player, house: Warehouse) -> None:
    released(house, "A", "B")
    change(house.database, "UPDATE waybills SET state = 'exported', number = ''")
    packed(player, house, "A")
    prompt = player.window.pack.prompt
    assert "まだ届いていません" in prompt.accessibleName()
    assert places(player) == {"KP-LATER", "KP-DONE"}
    assert not {"KP-LATER", "KP-DONE"} & set(bar(player))
    box = next(box for box, name in prompt.places if name == "KP-LATER")
    before = player.window.pack.view.said
    QTest.mouseClick(prompt, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    player.wait(lambda: player.window.pack.view.said is not before)
    said = player.window.pack.view.said
    assert said is not None
    assert said.key == "later.parked"
    player.wait(player.window.pack.guide.isVisible)
    number_all(house)
    assert player.scan(slip(house, "A")) == "order.resumed"
    assert steps(player)["waybill"] == "current"
    assert player.scan(label(house, "A")) == "order.closed"


def test_a_leader_closes_without_the_waybill_and_its_label_follows(player: Player, house: Warehouse) -> None:
    with house.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "佐藤", "L1", Role.LEADER)
    player.scan("KU-L1")
    released(house, "A")
    packed(player, house, "A")
    assert player.key("F8") == "override.ask"
    assert steps(player)["waybill"] == "current"
    assert places(player) == {"KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER"}
    assert player.scan("KP-R-DAMAGED") == "order.closed_unlabelled"
    assert steps(player) == {"slip": "done", "goods": "done", "waybill": "open", "done": "done"}
    assert "送り状はあとで" in player.window.look.say("window.pack.finished_unlabelled", number="")
    assert player.scan(slip(house, "A")) == "label.ask"
    assert label(house, "A")[-4:] in player.window.pack.prompt.accessibleName()
    assert steps(player)["waybill"] == "current"
    assert player.scan(label(house, "A")) == "label.attached"
    assert set(steps(player).values()) == {"done"}


def test_a_number_written_by_hand_is_asked_for_twice(player: Player, house: Warehouse) -> None:
    released(house, "A")
    change(house.database, "UPDATE waybills SET state = 'requested', number = ''")
    packed(player, house, "A")
    number = tracking(77)
    assert player.scan(number) == "waybill.hand_ask"
    player.window.grab()
    assert "手書き" in player.window.pack.prompt.accessibleName()
    assert bar(player) == ["KP-CANCEL"]
    assert player.scan(number) == "order.closed"


def test_another_service_asks_why_and_sets_the_parcel_aside(player: Player, house: Warehouse) -> None:
    released(house, "A")
    player.scan(slip(house, "A"))
    player.scan(TEA.piece)
    pack = player.window.pack
    assert (pack.code_of("F7"), pack.code_of("F5")) == ("KP-SERVICE", "KP-QUANTITY")
    assert player.scan("KP-SERVICE") == "service.ask"
    assert [pack.code_of(key) for key in ("F5", "F6", "F7")] == ["KP-R-THICK", "KP-R-HEAVY", "KP-R-OTHER"]
    assert places(player) == {"KP-R-THICK", "KP-R-HEAVY", "KP-R-OTHER"}
    assert steps(player)["goods"] == "current"
    assert player.scan("KP-R-THICK") == "service.parked"
    assert player.window.pack.guide.isVisible()


def test_one_box_more_is_counted_over_its_pieces(player: Player, house: Warehouse) -> None:
    released(house, "A")
    player.scan(slip(house, "A"))
    assert player.scan("KP-PARCEL") == "parcel.added"
    number_all(house, export=2)
    packed(player, house, "A")
    assert "個口 2" in player.window.pack.bars.accessibleName()
    assert "送り状 1/2: current" in player.window.pack.steps.accessibleName()
    assert player.scan(label(house, "A", 1)) == "waybill.piece"
    assert "送り状 2/2: current" in player.window.pack.steps.accessibleName()
    assert player.scan(label(house, "A", 1)) == "waybill.already"
    clash = player.window.pack.refused.clash
    assert clash is not None
    assert (clash.scanned.note, clash.wanted.note) == ("1 / 2 個口", "2 / 2 個口")
    assert player.scan(label(house, "A", 2)) == "order.closed"


def test_merged_orders_want_every_slip_and_show_every_line(player: Player, house: Warehouse) -> None:
    house.take_in(order("A", ("SKU-1", 1), cod_amount=""))
    house.take_in(order("B", ("SKU-2", 1)), shop="other")
    act(house, merge.merge, list(house.ids("A", "B")))
    act(house, release.at_once, list(house.ids("A", "B")))
    number_all(house)
    pack = player.window.pack
    player.scan(slip(house, "B"))
    assert "納品書 2/2: current" in pack.steps.accessibleName()
    assert "2 枚目 / 2 枚" in pack.prompt.accessibleName()
    assert [line.sku for line in pack.lines.rows.lines] == ["SKU-1", "SKU-2"]
    assert set(pack.lines.rows.lines_of.values()) == {"1-001", "1-002"}
    assert "同梱 2 注文" in pack.bars.accessibleName()
    assert "A + B" in pack.header.accessibleName()
    assert player.scan(TEA.piece) == "slip.first"
    for raw, key in ((slip(house, "A"), "slip.ok"), (TEA.piece, "pack.ok"), (CUP.piece, "pack.all_in")):
        assert player.scan(raw) == key
    assert player.scan(label(house, "A")) == "order.closed"


def test_the_header_names_carrier_date_and_slot_and_the_bars_what_is_cold(player: Player, house: Warehouse) -> None:
    house.take_in(order("A", ("SKU-3", 1)))
    act(house, release.at_once, list(house.ids("A")))
    change(house.database, "UPDATE orders SET wish_date = '2026-09-16', slot = '14-16', ship_date = '2026-09-14'")
    player.scan(slip(house, "A"))
    pack = player.window.pack
    said = pack.header.accessibleName()
    for words in ("ヤマト運輸 宅急便", "出荷日 9/14", "お届け 9/16 14–16時"):
        assert words in said
    assert "クール便（冷凍）" in pack.bars.accessibleName()
    assert ICE.more["temperature"] == "frozen"


def test_the_wrong_slip_is_compared_with_the_open_one(player: Player, house: Warehouse) -> None:
    released(house, "A", "B", "C")
    panel = player.window.pack.refused
    player.scan(slip(house, "A"))
    assert player.scan(slip(house, "B")) == "slip.next_one"
    assert panel.clash is not None
    assert (panel.clash.scanned.big, panel.clash.wanted.big, panel.clash.stack) == ("1-002", "1-001", "after")
    assert player.scan(slip(house, "C")) == "slip.later_one"
    assert panel.clash is not None
    assert panel.clash.stack == ""


@pytest.mark.parametrize(
    ("size", "language", "theme"),
    [
        ((1280, 720), "ja", "light"),
        ((1280, 720), "en", "dark"),
        pytest.param((1920, 1080), "en", "light", marks=pytest.mark.long),
    ],
)
def test_nothing_of_the_loop_is_cut(
    player: Player, house: Warehouse, size: tuple[int, int], language: str, theme: str, cut: list[str]
) -> None:
    released(house, "A", "B", "C", "D", "E")
    old = label(house, "B")
    act(house, lambda tx, *args: changes.new_version(tx, *args, house.id("B"), "pull.service_changed"))
    number_all(house, export=2)
    change(house.database, "UPDATE waybills SET carrier = ?, state = 'numbered' WHERE sequence = 4", SAGAWA)
    change(house.database, "UPDATE waybills SET state = 'exported', number = '' WHERE sequence = 5")
    window = player.window
    window.resize(*size)
    window.speak(language)
    window.wear(theme)
    player.scan("1-001")
    window.grab()
    wrong = (label(house, "C"), old, label(house, "D"), tracking(990))
    loop = (
        label(house, "A"), slip(house, "A"), slip(house, "B"), label(house, "A"), TEA.piece, CUP.piece, *wrong,
        "KP-DONE", "KP-CANCEL", "KP-SERVICE", "KP-CANCEL", label(house, "A"), slip(house, "E"), TEA.piece, CUP.piece,
        tracking(991), "KP-CANCEL", "KP-DONE", "KP-R-OTHER", slip(house, "E"), "KP-LATER", "KP-NEXT",
    )  # fmt: skip
    for raw in loop:
        player.scan(raw)
        window.grab()
    player.scan("KP-LATER")
    for number in ("C", "D"):
        player.scan(slip(house, number))
        if number == "C":
            act(house, orders_service.cancel, order=house.id("C"))
        else:
            act(house, changes.new_version, house.id("D"), "pull.service_changed")
        assert player.scan(slip(house, "A")).endswith("_meanwhile")
        said = window.pack.view.said
        assert said is not None
        assert said.args["again"] == "1-001"
        window.grab()
    window.wear("light")
    assert cut == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_choice_and_headline_has_its_words(language: str) -> None:
    words = texts(language)
    asks = {str(kind) for kind in AskKind}
    keys = {f"window.ask.{ask}" for ask in asks} | {f"window.stamp.{stamp}" for stamp in _STAMPS.values()}
    keys |= {f"window.ask.{ask}_short" for ask in asks - {"order", "sign_in", "item", "close"}}
    keys |= {f"window.choice.{ask}.{code}" for ask, codes in CHOICES.items() for code in codes}
    keys |= {f"window.ask.{ask}_type" for ask in ("lot", "expiry", "serial", "quantity")}
    keys |= {f"window.choice.no_number.{code}" for code in ("KP-LATER", "KP-DONE")}
    keys |= {f"window.head.{key}" for key in (*_HEADS, *_WHOLE)} | {
        f"window.step.{name}" for name in ("order", "goods")
    }
    keys |= {f"help.{part}.{topic}" for part in ("topic", "about") for topic in _TOPICS}
    keys |= {f"help.{code}" for code in COMMANDS} | {f"command.{code}" for code in COMMANDS}
    assert {key for key in keys if not words.has(key)} == set()


def test_every_refusal_about_a_waybill_is_a_headline_of_few_words_or_a_short_sentence() -> None:
    """What is read from two metres: the headlines of the red panel in Japanese have at most fifteen letters."""
    words = texts("ja")
    assert all(len(words.say(f"window.head.{key}", count=1)) <= 15 for key in (*_HEADS, *_WHOLE))
    assert set(_HEADS) <= set(_MAKERS) | {"waybill.unknown"}


def test_the_bar_never_holds_more_commands_than_can_be_told_apart() -> None:
    for kind in AskKind:
        for error in (None, Answer("x", "a", "refused", "code.unknown")):
            numbered = {"kind": str(kind), "lots": [{}] * 6, "options": [{}] * 6}
            for ask in ({"kind": str(kind)}, {"kind": str(kind), "waybill": "400000004329"}, numbered):
                view = BenchView(answer=Answer("x", "a", "ok", "pack.ok", ask=ask, order_id=1), error=error)
                shown = commands_now(view)
                assert len(shown) <= 5
                assert len(set(shown)) == len(shown)
                assert error is not None or not set(shown) & set(choices_of(view))


def test_a_key_means_what_is_asked_now(player: Player) -> None:
    """Reasons share their keys with other commands: the service question's F5 is *too thick*, not *missing*."""
    window = player.window
    sent: list[str] = []
    window.send_command = sent.append  # type: ignore[method-assign]
    key = {name: getattr(Qt.Key, f"Key_{name}").value for name in ("F2", "F5", "F7", "F10")}
    view = window.pack.view
    assert view.answer is not None
    asks = (
        ("item", "F7"),
        ("service_reason", "F5"),
        ("short_reason", "F5"),
        ("order", "F2"),
        ("lot", "F5"),
        ("item", "F5"),
    )
    for ask, name in asks:
        view.answer = replace(view.answer, ask={"kind": ask})
        assert window._command_key(key[name])
    assert sent == ["KP-SERVICE", "KP-R-THICK", "KP-R-MISSING", "KP-NEXT", "KP-1", "KP-QUANTITY"]
    # F10 teaches, unless what was just refused may be allowed.
    assert window.pack.code_of("F10") == "KP-TEACH"
    view.error = view.stopped = replace(view.answer, level="refused", key="lot.expired", args={"allow": "expired"})
    assert window.pack.code_of("F10") == "KP-ALLOW"
