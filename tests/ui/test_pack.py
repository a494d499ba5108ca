"""The bench on screen, driven by key strokes as a scanner sends them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.errors import DatabaseLocked
from app.services.desk import Desk
from app.ui.pack.state import commands_now
from app.ui.play import Player
from tests.makers import change
from tests.ui.makers import BOX, CUP, TEA, TEA_BIG, WHISK, order

Add = Callable[..., None]


def bar_of(player: Player) -> set[str]:
    return {entry.name for entry in player.window.bar.entries}


def test_an_order_is_opened_packed_and_closed_by_its_last_item(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 2), ("CUP-BLU", 1)))
    assert player.key("F2") == "order.opened"
    view, pack = player.window.pack.view, player.window.pack
    assert view.full is not None
    assert [line.sku for line in view.full.lines] == ["TEA-050", "CUP-BLU"]
    assert "有機抹茶パウダー 50g" in pack.prompt.accessibleName()
    assert player.scan(TEA) == "pack.ok"
    assert pack.band.head == "OK 1 / 2"
    assert pack.band.kind == "ok"
    player.scan(TEA)
    assert pack.lines.rows.current == 1
    assert player.scan(CUP) == "order.closed"
    assert view.finished
    assert "1-001" in pack.band.head
    assert bar_of(player) == {"KP-NEXT", "KP-UNDO", "KP-REPRINT"}
    assert player.window._sounds.played[-1] == "closed"  # type: ignore[attr-defined]


def test_a_wrong_item_stays_until_the_right_one_and_marks_what_differs(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.key("F2")
    assert player.scan(TEA_BIG) == "item.wrong"
    panel = player.window.pack.refused
    assert panel.isVisible()
    assert panel.head == "違う商品です"
    shown = panel.compared
    assert shown["code"] == TEA_BIG
    assert shown["wanted_code"] == TEA
    assert [shown["code"][a:b] for a, b in panel.marks["code"]] == ["20"]
    assert [shown["name"][a:b] for a, b in panel.marks["name"]] == ["100g"]
    assert [shown["wanted_name"][a:b] for a, b in panel.marks["wanted_name"]] == ["50g"]
    assert "この注文は何も変わっていません" in player.window.look.say("window.refused.unchanged")
    player.rest(0.4)
    assert panel.isVisible()
    assert player.scan(TEA) == "pack.ok"
    assert not panel.isVisible()


def test_cancel_dismisses_an_error_and_keeps_the_order(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    player.scan(WHISK)
    assert player.key("Esc") == "refusal.dismissed"
    assert not player.window.pack.refused.isVisible()
    assert player.window.pack.view.open_now
    assert player.key("Esc") == "order.handed_back"
    assert player.window.pack.guide.isVisible()


def test_one_too_many_and_undo(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.key("F2")
    player.scan(TEA)
    assert player.scan(TEA) == "item.complete"
    assert player.key("F3") == "undo.packed"
    assert player.window.pack.view.answer is not None
    assert player.window.pack.view.answer.done == 0


def test_short_asks_its_reason_beside_the_question_and_closes(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.key("F2")
    player.scan(TEA)
    assert player.key("F4") == "short.ask"
    prompt = player.window.pack.prompt
    player.rest(0.1)
    assert {name for _, name in prompt.places} == {"KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER"}
    assert bar_of(player) == {"KP-CANCEL"}
    assert player.scan("KP-R-DAMAGED") == "short.only_left"
    player.rest(0.1)
    assert {name for _, name in prompt.places} == {"KP-DONE", "KP-SPLIT", "KP-CANCEL"}
    assert player.key("F8") == "order.closed_short"


def test_a_choice_can_be_tapped(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    player.key("F2")
    player.key("F4")
    player.rest(0.1)
    prompt = player.window.pack.prompt
    box, name = prompt.places[0]
    assert name == "KP-R-MISSING"
    before = player.window.pack.view.said
    QTest.mouseClick(prompt, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    player.wait(lambda: player.window.pack.view.said is not before)
    assert player.window.pack.view.said.key == "short.only_left"


def test_reprint_asks_its_reason_and_the_steps_stay_done(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    player.key("F2")
    player.scan(TEA)
    assert player.key("F9") == "reprint.ask"
    assert {step.state for step in player.window.pack.steps.steps} == {"done"}
    assert player.key("F5") == "reprint.queued"


def test_an_unknown_code_offers_to_learn_it(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)))
    player.key("F2")
    assert player.scan("4569951110016") == "code.unknown"
    assert "KP-TEACH" in commands_now(player.window.pack.view)
    assert player.key("F10") == "teach.ask"
    assert player.scan("4569951110016") == "teach.done"
    assert player.scan("4569951110016") == "order.closed"


def test_every_kind_of_bad_scan_has_its_own_sentence(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 3)))
    heads = set()
    for text in (TEA, "KP-DONE", "KP-UNDO", "KP-SHORT", "KP-NONSENSE", "KU-NOBODY", "KS-A-01", "KO-99-999-1"):
        player.scan(text)
        heads.add(player.window.pack.refused.head + player.window.pack.refused.rest)
    player.scan("KP-NEXT")
    for text in ("4569951110016", "1" + BOX[:-1] + "1", BOX, "4569951110017", TEA + TEA, TEA[:6], "KP-NEXT"):
        player.scan(text)
        heads.add(player.window.pack.refused.head + player.window.pack.refused.rest)
    assert len(heads) == 14  # the two unknown JANs say the same
    assert not any(head.startswith(("code.", "order.", "item.")) for head in heads)


def test_the_header_says_what_must_not_be_missed(player: Player, add_orders: Add) -> None:
    add_orders(
        order("A-1", ("TEA-050", 1), payment="代金引換", cod="3300", delivery="クール宅急便（冷凍）", gift="1"),
    )
    player.key("F2")
    bars = player.window.pack.bars
    assert bars.isVisible()
    assert bars.accessibleName() == "代金引換（代引き） 3,300 円 / クール便（冷凍） / ギフト ・ 金額の紙を入れない"


def test_a_long_order_keeps_the_current_line_in_view(player: Player, add_orders: Add) -> None:
    lines = [("COF-DRP", 1)] * 59 + [("CUP-BLU", 1)]
    add_orders(order("A-60", *lines))
    player.key("F2")
    shown = player.window.pack.lines
    for _ in range(59):
        player.scan(BOX)
    row = shown.rows.row_box(shown.rows.current)
    top = shown.verticalScrollBar().value()
    assert top <= row.top()
    assert row.bottom() <= top + shown.viewport().height()


def test_scans_before_the_desk_is_there_are_kept_and_sent(window, desk, add_orders: Add) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 1)))
    player = Player(window)
    player.burst("KP-NEXT")
    player.burst(TEA)
    player.rest(0.1)
    assert window.pack.band.head == "確認しています"
    window.attach(desk)
    player.wait(lambda: window.pack.view.said is not None and window.pack.view.said.key == "order.closed")
    window.close()


def test_a_locked_database_refuses_the_scan_and_comes_back(player: Player, add_orders: Add, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    add_orders(order("A-1", ("TEA-050", 1)))
    window = player.window

    def locked(*_: object) -> None:
        raise DatabaseLocked("database.locked", name="kenpin.db")

    with monkeypatch.context() as patch:
        patch.setattr("app.services.packing.scan", locked)
        player.burst("KP-NEXT")
        player.wait(lambda: window.pack.view.refused_here != "")
        assert window.notice.isVisible()
        assert window.pack.band.kind == "error"
        assert "数えていません" in window.pack.band.head
    player.wait(lambda: not window.notice.isVisible())  # it looks again by itself
    assert player.scan("KP-NEXT") == "order.opened"


def test_another_station_changing_the_order_is_seen(player: Player, add_orders: Add, desk) -> None:  # type: ignore[no-untyped-def]
    from app.services import orders
    from app.services.desk import new_act

    add_orders(order("A-1", ("TEA-050", 2)))
    player.key("F2")
    order_id = player.window.pack.view.answer.order_id
    desk.do(frozenset({"orders"}), orders.hold, "9", new_act(), [order_id], "x").result()
    assert player.scan(TEA) == "order.held_meanwhile"


def test_the_header_names_every_tote_that_must_be_fetched(player: Player, add_orders: Add, desk: Desk) -> None:
    add_orders(order("A-1", ("TEA-050", 2)))
    player.scan("KP-NEXT")
    player.scan("KP-CANCEL")
    change(desk.database, "UPDATE orders SET state = 'picked'")
    change(desk.database, "UPDATE order_lines SET picked = 2")
    for tote in ("T-3", "T-9"):
        change(desk.database, "INSERT INTO containers (kind, code, order_id) SELECT 'tote', ?, id FROM orders", tote)
    player.scan("KT-T-9")
    assert "かご T-3、T-9" in player.window.pack.header.accessibleName()
    player.scan(TEA)
    assert "かご T-3、T-9" in player.window.pack.header.accessibleName()
