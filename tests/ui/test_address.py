"""Where an order goes, on screen: looked at, checked and corrected."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.domain.orders import Address
from app.services import orders
from app.services.desk import Desk
from app.storage import settings as settings_storage
from app.ui.orders.address import AddressDialog, address_line
from app.ui.orders.screen import OrdersScreen
from app.ui.play import Player
from tests.makers import incoming, take_in
from tests.ui.test_orders import player_key, queue

RIGHT = Address("見本 花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3", "03-0000-1234")
WRONG = Address("見本 花子", "150-0001", "大阪府", "渋谷区", "神宮前1-2-3", "+81 3-0000-1234")


def opened(player: Player, desk: Desk, address: Address) -> tuple[OrdersScreen, AddressDialog]:
    """Take an order in, show it, and open where it goes with its key."""

    def put(tx: Any) -> None:
        settings_storage.write(tx, {"carrier.default": "yamato_b2/takkyubin"})
        take_in(tx, incoming("A-1", ("TEA-050", 1), ship_to=address, buyer=RIGHT), shop="くもの雑貨店")

    desk.chunk(frozenset({"orders"}), put).result()
    screen = queue(player, 1)
    screen.table.selectRow(0)
    player.wait(lambda: screen.detail.full is not None)
    assert screen.command_key(player_key("F12"))
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), AddressDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AddressDialog)
    return screen, dialog


def test_a_wrong_address_is_put_right_by_its_proposals_and_the_shops_stays_beside(player: Player, desk: Desk) -> None:
    screen, dialog = opened(player, desk, WRONG)
    assert [each.key for each in dialog.findings] == ["fault.postcode_prefecture", "fault.bad_phone"]
    assert not dialog.save_button.isEnabled()
    for key in ("address.propose.prefecture", "address.propose.phone"):
        proposal = next(each for each in dialog.proposals if each.key == key)
        dialog.put(proposal.address)
        player.wait(lambda key=key: all(each.key != key for each in dialog.proposals))
    player.wait(lambda: not dialog.findings)
    assert dialog.fields["prefecture"].text() == "東京都"
    dialog.save_button.click()
    player.wait(lambda: screen.detail.address.shop == WRONG)
    assert screen.detail.address.address.prefecture == "東京都"
    player.wait(lambda: not screen.detail.holds.isVisible())
    assert address_line(WRONG) in screen.detail.address.accessibleName()


def test_a_postcode_fills_prefecture_city_and_town(player: Player, desk: Desk) -> None:
    _, dialog = opened(player, desk, Address("見本 花子", "", "", "", "1-2-3", "03-0000-1234"))
    dialog.fields["postcode"].setText("1500001")
    dialog.fill_button.click()
    assert [dialog.fields[name].text() for name in ("prefecture", "city", "street")] == [
        "東京都",
        "渋谷区",
        "神宮前1-2-3",
    ]
    player.wait(lambda: not dialog.findings)
    dialog.fields["postcode"].setText("498-0000")  # two places in two prefectures
    dialog.fill_button.click()
    assert len([each for each in dialog.proposals if each.key == "address.propose.place"]) >= 2


def test_an_order_that_has_left_is_not_corrected_any_more(player: Player, desk: Desk) -> None:
    screen, dialog = opened(player, desk, RIGHT)
    dialog.reject()
    order = screen.model.rows[0].id
    desk.do(frozenset({"orders"}), orders.cancel, desk.station, "cancel-1", order).result()
    screen.act("address")
    player.wait(lambda: "直せません" in player.window.notice.text)
