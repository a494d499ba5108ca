"""The settings on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.services import settings as service
from app.services.desk import Desk
from app.settings import SETTINGS
from app.ui.fields import Segments, TextField
from app.ui.play import Player
from app.ui.settings.screen import SettingsScreen
from tests.ui.makers import order

Add = Callable[..., None]


def open_settings(player: Player) -> SettingsScreen:
    player.go("settings")
    screen: SettingsScreen = player.window.screens["settings"]
    player.wait(lambda: bool(screen.values))
    return screen


def test_every_setting_has_a_field(player: Player) -> None:
    assert set(SETTINGS) <= set(open_settings(player).fields)


def test_a_choice_is_kept_at_once(player: Player, desk: Desk) -> None:
    screen = open_settings(player)
    field = screen.fields["signin.required"]
    assert isinstance(field, Segments)
    field.choose("on")
    player.wait(lambda: desk.read(service.all_settings).result()["signin.required"] == "on")
    player.wait(lambda: screen.saved.text() != "")


def test_a_wrong_value_is_said_and_taken_back(player: Player) -> None:
    screen = open_settings(player)
    field = screen.fields["lease.minutes"]
    assert isinstance(field, TextField)
    field.begin()
    field.setText("zero")
    field.end()
    player.wait(player.window.notice.isVisible)
    player.wait(lambda: field.text() == "30")


def test_the_station_keeps_its_own_settings_in_its_file(player: Player) -> None:
    screen = open_settings(player)
    field = screen.fields["station.papers"]
    assert isinstance(field, TextField)
    folder = Path(player.window.station.config.folder) / "out"
    field.begin()
    field.setText(str(folder))
    field.end()
    assert player.window.station.config.papers_folder == folder


def test_a_person_is_entered_and_gets_a_badge(player: Player) -> None:
    screen = open_settings(player)
    people = screen.people
    people.name.setText("佐藤 花子")
    people.code.setText("S01")
    people.role.choose("leader")
    people.add_button.click()
    player.wait(lambda: [person.code for person in people.list.people] == ["S01"])
    people.print_sheet("badges")
    target = player.window.station.config.papers_folder / "badges.pdf"
    player.wait(target.exists)
    player.wait(lambda: str(target) in player.window.notice.text)
    assert target.read_bytes().startswith(b"%PDF")
    assert player.scan("KU-S01") == "person.signed_in"


def test_a_taken_badge_is_refused_in_words(player: Player) -> None:
    screen = open_settings(player)
    people = screen.people
    for name in ("一", "二"):
        people.name.setText(name)
        people.code.setText("S01")
        people.add_button.click()
        player.rest(0.3)
    assert "S01" in player.window.notice.text
    assert len(people.list.people) == 1


def test_one_shop_may_decide_otherwise_than_the_house(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1)), shop="楽天店")
    screen = open_settings(player)
    screen.refresh()
    player.wait(lambda: len(screen.known) == 1)
    screen.fields["slip.required"].choose("on")
    player.wait(lambda: screen.values.get("slip.required") == "on")
    screen.chips.tapped.emit(str(screen.known[0].id))
    player.wait(lambda: screen.fields["slip.required"].value == "")
    assert screen.fields["slip.required"].choices[0] == ("", "共通")
    assert not screen.fields["lease.minutes"].isEnabled()
    screen.fields["slip.required"].choose("off")
    player.wait(lambda: screen.shop is not None and screen.shop.settings == {"slip.required": "off"})
    screen.fields["slip.required"].choose("")
    player.wait(lambda: screen.shop is not None and screen.shop.settings == {})
    screen.chips.tapped.emit("")
    player.wait(lambda: screen.fields["slip.required"].value == "on")
    assert screen.fields["lease.minutes"].isEnabled()
