"""The demo: an invented shop with people, products and orders, filled in once by the acts that a person would do."""

from __future__ import annotations

from uuid import uuid4

from app.errors import NotAllowed
from app.plugins import resource_root
from app.services import orders, people, printing, release, settings
from app.services.desk import Desk
from app.services.intake import import_files
from app.services.products import import_products, number_of
from app.storage.database import Transaction

__all__ = ["SHOP", "fill"]

SHOP = "見本商店"
"""Name of the invented shop; it also tells a demo from a real shop."""

_SETTINGS = {
    "shop.name": SHOP,
    "shop.postcode": "100-0000",
    "shop.address": "東京都架空区見本町1-2-3 見本ビル1階",
    "shop.phone": "03-0000-0000",
    "shop.email": "shop@example.com",
    "shop.registration": "T0000000000000",
}
_PEOPLE = (
    ("佐藤 花子", "101", "leader", "ja"),
    ("田中 一郎", "102", "packer", "ja"),
    ("Nguyen Thi Lan", "103", "packer", "en"),
    ("鈴木 次郎", "104", "picker", "ja"),
    ("高橋 恵", "105", "office", "ja"),
)
_SHOPS = (("rakuten.csv", "見本商店 楽天市場店"), ("shopify.csv", "見本商店 公式オンラインストア"))
_BATCH = 6
"""Orders that are released, so that slips and a pick list are there."""


def fill(desk: Desk, language: str) -> bool:
    """Fill an empty database; what holds anything but an unfinished demo is left alone. Say whether it is filled now.

    :param language: language of the papers.
    """
    state = desk.read(_state).result()
    if state == "other":
        return False
    if state == "empty":
        _act(desk, "settings", settings.put, _SETTINGS | {"shop.language": language})
    folder = resource_root() / "demo"
    for name, code, role, speaks in _PEOPLE:
        try:
            _act(desk, "people", people.add, name, code, role, speaks)
        except NotAllowed:  # entered when the demo was begun before and then interrupted
            continue
    import_products(desk, [folder / "products.csv"])
    for file, shop in _SHOPS:
        import_files(desk, [folder / file], shop=shop)
    ready = desk.read(orders.page, states=("ready",), held=False, limit=_BATCH).result()
    _act(desk, "orders", release.at_once, [row.id for row in ready])
    return True


def _state(tx: Transaction) -> str:
    """``empty``, ``begun`` (an interrupted demo), or ``other``: filled already, or somebody's real shop."""
    name = settings.all_settings(tx)["shop.name"]
    if name == SHOP:
        return "other" if printing.page(tx, limit=1) else "begun"
    return "other" if name or number_of(tx) or orders.page(tx, limit=1) else "empty"


def _act(desk: Desk, topic: str, function: object, *args: object) -> None:
    assert callable(function)
    desk.do(frozenset({topic, "printing"}), function, desk.station, str(uuid4()), *args).result()
