"""Leaders see which goods look alike and what was let pass at the bench, and decide with a key."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.services.desk import Desk
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
