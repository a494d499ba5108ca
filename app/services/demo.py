"""The demo: an invented shop with people, products and orders, filled in once by the acts that a person would do."""

from __future__ import annotations

import csv
import re
import secrets
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.errors import NotAllowed
from app.plugins import resource_root
from app.services import carrier_settings, numbers, orders, people, printing, release, settings, waybills
from app.services.carton_list import import_cartons
from app.services.desk import Desk
from app.services.insert_rules import import_rules
from app.services.intake import import_files
from app.services.products import import_products, number_of
from app.services.release import Choice
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
    "carrier.default": "yamato_b2/takkyubin",
    "ship.origin": "東京都",
    "release.at_open": "off",
    # Nobody can read the demo's shops out anew: its data never becomes too old to release.
    "intake.max_age": "0",
}
_PICKUPS = {"yamato_b2": ("14:00", "17:00"), "sagawa_e3": ("15:30",)}
_ACCOUNTS = {"yamato_b2": {"customer_code": "000000000000"}, "sagawa_e3": {"customer_code": "000000000000"}}
"""Invented; no carrier would take them."""
_PEOPLE = (
    ("佐藤 花子", "101", "leader", "ja"),
    ("田中 一郎", "102", "packer", "ja"),
    ("Nguyen Thi Lan", "103", "packer", "en"),
    ("鈴木 次郎", "104", "picker", "ja"),
    ("高橋 恵", "105", "office", "ja"),
)
_SHOPS = (("rakuten.csv", "見本商店 楽天市場店"), ("shopify.csv", "見本商店 公式オンラインストア"))
_FILES_OF = date(2026, 9, 14)
"""Day of the order files."""
_BATCH = 12
"""Orders that are released, so that slips, a pick list and waybills are there."""


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
    _enter_carriers(desk, folder)
    import_cartons(desk, folder / "cartons.csv")
    import_rules(desk, folder / "inserts.csv")
    with tempfile.TemporaryDirectory() as place:
        import_products(desk, [_of_today(desk, folder / "products.csv", Path(place))], pictures=folder)
        for name, shop in _SHOPS:
            import_files(desk, [_of_today(desk, folder / name, Path(place))], shop=shop)
    ready = desk.read(orders.page, states=("ready",), held=False, limit=_BATCH).result()
    done = release.release(desk, Choice(orders=tuple(row.id for row in ready)))
    if done.batch is not None:
        _give_numbers(desk, done.batch)
    return True


def _of_today(desk: Desk, path: Path, place: Path) -> Path:
    """Return a copy of a file with its days moved, as if it had been made this morning."""
    zone = ZoneInfo(desk.read(settings.all_settings).result()["shop.timezone"])
    moved = datetime.now(UTC).astimezone(zone).date() - _FILES_OF

    def later(found: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(found[0].decode()) + moved).isoformat().encode()

    made = place / path.name
    made.write_bytes(re.sub(rb"\b202[67]-\d\d-\d\d\b", later, path.read_bytes()))
    return made


def _enter_carriers(desk: Desk, folder: Path) -> None:
    for carrier, times in _PICKUPS.items():
        _act(desk, "settings", carrier_settings.put_pickups, carrier, times)
    for carrier, account in _ACCOUNTS.items():
        _act(desk, "settings", carrier_settings.put_account, carrier, account)
    _act(desk, "settings", carrier_settings.import_lead_times, folder / "lead_times.csv")


def _give_numbers(desk: Desk, batch: int) -> None:
    """Write the carrier's file and answer it as the carrier's own software would, with numbers that are invented."""
    carrier = _SETTINGS["carrier.default"].partition("/")[0]
    made = waybills.export_many(desk, carrier, batch=batch)
    with tempfile.TemporaryDirectory() as place:
        for each in made.files:
            path = waybills.write_out(desk, each.id, Path(place))
            with path.open(encoding="cp932", newline="") as file:
                rows = list(csv.reader(file))
            for row in rows[1:]:
                body = str(secrets.randbelow(9 * 10**10) + 10**10)
                row[3] = body + str(int(body) % 7)
            back = path.with_name(f"numbers_{path.name}")
            with back.open("w", encoding="cp932", newline="") as file:
                csv.writer(file, lineterminator="\r\n").writerows(rows)
            numbers.take_numbers(desk, back, carrier)


def _state(tx: Transaction) -> str:
    """``empty``, ``begun`` (an interrupted demo), or ``other``: filled already, or somebody's real shop."""
    name = settings.all_settings(tx)["shop.name"]
    if name == SHOP:
        return "other" if printing.board(tx, limit=1) else "begun"
    return "other" if name or number_of(tx) or orders.page(tx, limit=1) else "empty"


def _act(desk: Desk, topic: str, function: object, *args: object) -> None:
    assert callable(function)
    desk.do(frozenset({topic, "printing"}), function, desk.station, str(uuid4()), *args).result()
