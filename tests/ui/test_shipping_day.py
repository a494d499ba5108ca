"""A small shipping day through the window: release, carrier file, numbers, packing by slip and waybill, hand-over,
report; what is on hold, to be taken out, to be merged and to be stopped. Real desk, real files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.orders import Address, Hold
from app.services import settings as settings_service
from app.services import stop as stop_service
from app.services.desk import Desk
from app.storage import carriers as carriers_storage
from app.ui.dialogs import Confirm
from app.ui.play import Player
from app.ui.ship.dock import CountDialog
from tests.makers import change, incoming, query, take_in
from tests.services.shipping import HOME, SAGAWA, YAMATO, tracking
from tests.ui.makers import CUP, TEA

OTHER = Address("試験 次郎", "530-0001", "大阪府", "大阪市北区", "梅田1-2-3", "06-1234-5678")


@pytest.fixture
def shipping(desk: Desk) -> Desk:
    """The window's shop gets a contract with a carrier."""

    def enter(tx: Any) -> None:
        settings_service.put(
            tx,
            desk.station,
            str(uuid4()),
            {
                "carrier.default": f"{YAMATO}/takkyubin",
                "release.at_open": "off",
                "shop.name": "見本商店",
                "shop.postcode": "100-0001",
                "shop.address": "東京都千代田区千代田1-1",
                "shop.phone": "03-1111-2222",
                "report.mapping": "",
            },
        )
        carriers_storage.put_account(tx, YAMATO, 0, {"customer_code": "0312345678"})

    desk.do(frozenset(), enter).result()
    return desk


def add(desk: Desk, *orders: Any, shop: str = "くもの雑貨店") -> None:
    """Take orders in as from a file that was read just now."""
    desk.do(frozenset({"orders"}), take_in, *orders, shop=shop).result()
    now = desk.read(lambda tx: tx.now).result()
    read = "INSERT INTO imports (act, at, file, sha256, channel, shop, result) VALUES (?, ?, 'f', '', 'csv', ?, '{}')"
    change(desk.database, read, str(uuid4()), now, shop)


def order(number: str, sku: str = "TEA-050", to: Address = OTHER, pieces: int = 1, **more: Any) -> Any:
    return incoming(number, (sku, pieces), ship_to=to, buyer=to, **more)


def shown(player: Player, name: str) -> Any:
    player.go(name)
    screen = player.window.screens[name]
    screen.refresh()
    player.rest(0.1)
    return screen


def release_all(player: Player) -> None:
    screen = shown(player, "release")
    player.wait(lambda: screen.preview is not None)
    assert screen.chosen(), screen.preview
    screen.act("release")
    QApplication.activeModalWidget().yes_button.click()
    player.wait(lambda: not screen.releasing and screen.preview is not None and not screen.chosen())


def export_and_number(player: Player, folder: Path) -> dict[str, str]:
    """Export the newest batch and bring numbers back; return the number of each ship number."""
    screen = shown(player, "batches")
    player.wait(lambda: bool(screen.model.rows))
    screen.grid.selectRow(0)
    screen.act("export")
    player.wait(lambda: not screen.busy)
    (path,) = (Path(player.window.station.config.papers_folder) / YAMATO).glob("*.csv")
    rows = list(csv.reader(path.read_text(encoding="cp932").splitlines()))[1:]
    back, given = folder / "back.csv", {}
    with back.open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file)
        for place, row in enumerate(rows, 1):
            given[row[0].rsplit("-", 1)[0]] = row[3] = tracking(place)
            writer.writerow(row)
    screen.take_numbers([str(back)])
    player.wait(lambda: not screen.busy)
    player.wait(lambda: QApplication.activeModalWidget() is not None)
    QApplication.activeModalWidget().accept()
    return given


def test_a_file_whose_folder_failed_is_brought_out_by_the_same_button(player: Player, shipping: Desk) -> None:
    add(shipping, order("A-1"))
    release_all(player)
    folder = Path(player.window.station.config.papers_folder) / YAMATO
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("not a folder")
    screen = shown(player, "batches")
    player.wait(lambda: bool(screen.model.rows))
    screen.grid.selectRow(0)
    screen.act("export")
    player.wait(lambda: not screen.busy)
    assert player.window.notice.kind == "error", player.window.notice.text
    folder.unlink()
    screen.grid.selectRow(0)
    screen.act("export")
    player.wait(lambda: not screen.busy)
    (path,) = folder.glob("*.csv")
    assert str(path) in player.window.notice.text
    assert b"1-001-1" in path.read_bytes()


def scan(player: Player, *codes: str) -> str:
    for code in codes:
        player.scan(code)
    answer = player.window.pack.view.answer
    assert answer is not None
    return answer.key


def test_a_day_from_release_to_report(player: Player, shipping: Desk, tmp_path: Path) -> None:
    add(shipping, order("A-1"), order("A-2", "CUP-BLU", HOME))
    release_all(player)
    assert "1-001" in player.window.notice.text
    numbers = export_and_number(player, tmp_path)
    assert sorted(numbers) == ["1-001", "1-002"]
    player.go("pack")
    goods = dict(query(shipping.database, "SELECT sequence, sku FROM orders JOIN order_lines ON order_id = orders.id"))
    codes = {"TEA-050": TEA, "CUP-BLU": CUP}
    assert scan(player, "KO-1-001-1", codes[goods[1]]) != "order.closed"
    assert scan(player, numbers["1-002"]).startswith("waybill.")  # the next one's waybill
    assert player.window.pack.view.error is not None
    assert scan(player, f"A{numbers['1-001']}A") == "order.closed"
    assert scan(player, "KO-1-002-1", codes[goods[2]], numbers["1-002"]) == "order.closed"
    ship = shown(player, "ship")
    player.wait(lambda: bool(ship.model.rows) and ship.lists_ is not None and ship.lists_.pieces == 2)
    player.burst(numbers["1-001"])
    player.wait(lambda: ship.band.kind == "ok")
    player.burst(numbers["1-001"])
    player.wait(lambda: ship.band.kind == "error")
    ship.act("count")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CountDialog)
    dialog.figure.setText("viele")
    dialog.take()
    assert dialog.wrong.isVisible()
    dialog.figure.setText("3")
    dialog.take()
    player.wait(lambda: "3" in ship.band.text)
    assert ship.band.kind == "error"
    player.wait(lambda: ship.lists_ is not None and ship.lists_.pieces == 1)
    ship.act("count")
    QApplication.activeModalWidget().figure.setText("2")  # the one scanned out before is among the driver's too
    QApplication.activeModalWidget().take()
    player.wait(lambda: ship.band.kind == "ok")
    states = query(shipping.database, "SELECT DISTINCT state FROM orders")
    assert states == [("shipped",)], ship.band.text
    ship.bring("reports")
    player.wait(lambda: bool(ship.model.rows) and ship.model.rows[0].due == 2)


def test_what_is_on_hold_is_lifted_hold_by_hold(player: Player, shipping: Desk) -> None:
    add(shipping, order("A-1", holds=(Hold.UNPAID,)), order("A-2", holds=(Hold.REMARK,), note="急ぎ"))
    screen = shown(player, "attention")
    player.wait(lambda: len(screen.model.rows) == 2)
    assert set(screen.counts) == {"unpaid", "remark"}
    screen.chip_tapped(0, "remark")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    assert "急ぎ" in screen.panel.accessibleName()
    screen.act("lift")
    player.wait(lambda: not screen.model.rows)
    assert query(shipping.database, "SELECT number, state FROM orders ORDER BY number") == [
        ("A-1", "received"),
        ("A-2", "ready"),
    ]


def test_orders_to_one_recipient_are_merged_or_not(player: Player, shipping: Desk) -> None:
    add(shipping, order("A-1"))
    add(shipping, order("B-1", "CUP-BLU"), shop="別の店")
    from app.services import proposals

    proposals.settle_all(shipping)
    screen = shown(player, "attention")
    screen.bring("merges")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    screen.act("merge")
    player.wait(lambda: not screen.model.rows)
    assert query(shipping.database, "SELECT count(*) FROM orders WHERE lead_id IS NOT NULL") == [(1,)]


def test_an_order_is_found_by_its_slip_stopped_and_taken_out(player: Player, shipping: Desk, tmp_path: Path) -> None:
    add(shipping, order("A-1"))
    release_all(player)
    number = export_and_number(player, tmp_path)["1-001"]
    screen = shown(player, "attention")
    screen.bring("stops")
    player.burst("KO-1-001-1")
    player.wait(lambda: len(screen.model.rows) == 1)
    assert screen.showing == "stops"
    screen.grid.selectRow(0)
    screen.act("cancel")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    dialog.yes_button.click()
    player.wait(lambda: query(shipping.database, "SELECT state FROM orders") == [("cancelled",)])
    screen.bring("pulls")
    player.wait(lambda: sorted(row.kind for row in screen.model.rows) == ["slip", "waybill"])
    player.burst("4599990004014")
    player.wait(lambda: screen.last[0] == "error")
    player.burst("KO-1-001-1")
    player.wait(lambda: [row.kind for row in screen.model.rows] == ["waybill"])
    player.burst(number)
    player.wait(lambda: not screen.model.rows)


def test_another_service_is_chosen_before_and_after_the_release(player: Player, shipping: Desk, tmp_path: Path) -> None:
    shipping.do(frozenset(), carriers_storage.put_pickups, SAGAWA, ["15:00"]).result()
    add(shipping, order("A-1"), order("A-2", holds=(Hold.REMARK,)))
    screen = shown(player, "attention")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    screen.act("service")
    player.wait(lambda: QApplication.activeModalWidget() is not None)
    QApplication.activeModalWidget().services["sagawa_e3/hikyaku"].click()
    chosen = "SELECT carrier, service_by FROM orders WHERE number = 'A-2'"
    player.wait(lambda: query(shipping.database, chosen) == [("sagawa_e3", "hand")])
    release_all(player)
    export_and_number(player, tmp_path)
    screen = shown(player, "attention")
    screen.bring("stops")
    player.burst("KO-1-001-1")
    player.wait(lambda: len(screen.model.rows) == 1)
    screen.grid.selectRow(0)
    screen.act("service")
    player.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert {key.partition("/")[0] for key in dialog.services} == {SAGAWA, YAMATO}  # what the shop uses
    dialog.pieces.choose("2")
    dialog.services["yamato_b2/takkyubin"].click()
    player.wait(lambda: query(shipping.database, "SELECT version FROM orders WHERE number = 'A-1'") == [(2,)])
    assert query(shipping.database, "SELECT piece, state FROM waybills WHERE version = 2 ORDER BY piece") == [
        (1, "requested"),
        (2, "requested"),
    ]
    screen.bring("voids")
    player.wait(lambda: len(screen.model.rows) == 1)


def test_a_command_and_a_badge_still_go_to_the_bench(player: Player, shipping: Desk) -> None:
    screen = shown(player, "ship")
    player.burst("KU-999")
    player.wait(lambda: player.window.stack.currentWidget() is player.window.pack)
    assert screen.band.kind == "info"


def test_old_data_stops_a_release_until_somebody_says_that_it_is_fine(player: Player, shipping: Desk) -> None:
    add(shipping, order("A-1"))
    change(shipping.database, "UPDATE imports SET at = 1")
    screen = shown(player, "release")
    player.wait(lambda: screen.preview is not None and bool(screen.preview.stale))
    assert not screen.chosen()
    screen.act("left_out")
    player.wait(lambda: bool(screen.model.rows))
    screen.act("left_out")
    screen.act("stale")
    player.wait(lambda: bool(screen.chosen()))


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_every_new_screen_says_something_when_it_is_empty(player: Player, language: str, desk: Desk) -> None:
    player.window.speak(language)
    change(desk.database, "DELETE FROM alikes")
    for name in ("attention", "release", "batches", "ship"):
        screen = shown(player, name)
        for listing in screen.listings:
            screen.bring(listing)
            player.rest(0.05)
            assert screen.empty.isVisible()
            assert screen.empty.text() == player.window.look.say(screen.listings[listing].empty)


def test_a_person_who_may_not_is_refused_in_words(player: Player, shipping: Desk) -> None:
    add(shipping, order("A-1"))
    from app.services import people

    shipping.do(frozenset(), people.add, shipping.station, str(uuid4()), "包む人", "102", "packer", "ja").result()
    player.burst("KU-102")
    player.wait(lambda: player.window.station.person.get("role") == "packer")
    assert player.window.station.screens() == ("orders", "pick", "sort", "pack", "returns")
    found = query(shipping.database, "SELECT id FROM orders")[0][0]
    refused = shipping.do(frozenset(), stop_service.stop, shipping.station, str(uuid4()), found, "x", False)
    assert getattr(refused.exception(), "key", "") == "right.missing"
