"""Leaders see which goods look alike and what was let pass at the bench, and decide with a key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from app.services.desk import Desk
from app.ui.pack.alike import alike_of, name_marks
from app.ui.play import Player
from tests.makers import change, query
from tests.ui.makers import TEA, order

PAIR = "SELECT decided FROM alikes WHERE product_id < other_id"


def attention(player: Player, name: str):
    player.go("attention")
    screen = player.window.screens["attention"]
    player.wait(lambda: player.window.stack.currentWidget() is screen)
    screen.bring(name)
    return screen


def test_a_leader_sees_a_pair_with_what_differs_and_switches_it_off_and_on(player: Player, desk: Desk) -> None:
    screen = attention(player, "alikes")
    player.wait(lambda: len(screen.model.rows) == 1)
    assert not screen.pair.isVisible()
    screen.grid.selectRow(0)
    assert screen.pair.isVisible()
    told = screen.pair.accessibleName()
    assert "有機抹茶パウダー 50g" in told
    assert "有機抹茶パウダー 100g" in told
    assert TEA in told
    assert player.window.look.say("alikes.why.variant") in screen.panel.accessibleName()
    for name, decided in (("not_alike", "no"), ("alike", "yes"), ("alike_auto", "")):
        screen.grid.selectRow(0)
        screen.act(name)
        player.wait(lambda decided=decided: query(desk.database, PAIR) == [(decided,)])
        assert query(desk.database, "SELECT count(*) FROM products WHERE alike = 1") == [(0 if decided == "no" else 2,)]
    screen.search.setText("湯のみ")
    player.wait(lambda: not screen.model.rows)
    screen.search.setText("tea-1")
    player.wait(lambda: len(screen.model.rows) == 1)


def test_another_list_hides_the_two_products(player: Player, desk: Desk) -> None:
    screen = attention(player, "alikes")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    screen.bring("held")
    player.wait(lambda: not screen.pair.isVisible())


def test_what_was_let_pass_is_counted_and_filtered(player: Player, desk: Desk) -> None:
    sql = (
        "INSERT INTO overrides (act, at, station, product_id, what, reason, detail)"
        " VALUES (?, (SELECT max(at) FROM journal), '3', 1, ?, 'damaged', 'X')"
    )
    for what in ("unit_scan", "unit_scan", "serial"):
        change(desk.database, sql, str(uuid4()), what)
    screen = attention(player, "overrides")
    player.wait(lambda: len(screen.model.rows) == 3)
    say = player.window.look.say
    (chips,) = screen.chips()
    assert chips[1] == ("unit_scan", f"{say('overrides.what.unit_scan')} 2")
    assert say("reason.damaged") in screen.panel.accessibleName()
    screen.chip_tapped(0, "serial")
    player.wait(lambda: [row.what for row in screen.model.rows] == ["serial"])
    assert screen.chips()[0][1][1].endswith(" 2"), "counts are over all guards"


def test_a_packer_sees_neither(player: Player, add_orders, desk: Desk) -> None:
    from app.services import people

    add_orders(order("A-1", ("TEA-050", 1)))
    desk.do(frozenset(), people.add, desk.station, str(uuid4()), "包む人", "102", "packer", "ja").result()
    player.burst("KU-102")
    player.wait(lambda: player.window.station.person.get("role") == "packer")
    assert "attention" not in player.window.station.screens()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_word_of_the_two_lists_fits(player: Player, desk: Desk, language: str) -> None:
    player.window.speak(language)
    screen = attention(player, "alikes")
    player.wait(lambda: len(screen.model.rows) == 1)
    assert screen.tabs.width() >= screen.tabs.sizeHint().width(), "the names of the lists are cut"


def test_the_bench_shows_what_looks_like_the_wanted_goods_before_they_are_taken(
    player: Player, desk: Desk, add_orders: Callable[..., None]
) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.scan("A-1")
    prompt = player.window.pack.prompt
    other, warning = "有機抹茶パウダー 100g", player.window.look.say("window.ask.alike")
    player.wait(lambda: warning in prompt.accessibleName())
    assert other in prompt.accessibleName()
    assert prompt.view.ask == "item"
    player.scan(TEA)
    player.wait(lambda: warning not in prompt.accessibleName())  # nothing looks like the cup
    player.scan("KP-CANCEL")


def test_a_pair_that_a_leader_switched_off_is_not_shown(
    player: Player, desk: Desk, add_orders: Callable[..., None]
) -> None:
    change(desk.database, "UPDATE alikes SET decided = 'no'")
    add_orders(order("A-1", ("TEA-050", 1)))
    player.scan("A-1")
    prompt = player.window.pack.prompt
    player.wait(lambda: prompt.view.parcel is not None and prompt.view.ask == "item")
    assert player.window.look.say("window.ask.alike") not in prompt.accessibleName()
    assert alike_of(prompt.view) is None


@pytest.mark.parametrize(
    ("name", "other", "marked"),
    [
        ("有機抹茶パウダー 50g", "有機抹茶パウダー 100g", ["50g"]),
        ("Matcha, gift box", "有機抹茶パウダー 100g", []),
        ("湯のみ 青", "湯のみ 赤", ["青"]),
    ],
)
def test_only_what_differs_is_marked_and_nothing_where_all_does(name: str, other: str, marked: list[str]) -> None:
    assert [name[start:end] for start, end in name_marks(name, other)] == marked
