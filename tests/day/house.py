"""The warehouse of the day: its settings, contracts, pickups and goods, and the office that imports and releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.domain.intake import fold_name
from app.services import intake, products, reservation
from app.services import settings as settings_service
from app.services.desk import Desk
from app.storage import carriers as carriers_storage
from app.storage import intake as intake_storage
from app.storage.carriers import LeadTime, MethodRow
from app.storage.database import Transaction, open_database
from tests.day.orders import (
    JAPAN_POST,
    LEAD_DAYS,
    MAPPING,
    SAGAWA,
    SHOPS,
    YAMATO,
    Day,
    Order,
    Shop,
    write_orders,
    write_products,
)

__all__ = ["House", "morning", "zone_of_morning"]

PICKUPS = {YAMATO: ("14:00", "17:00"), SAGAWA: ("15:00",)}
"""When the carriers of the day come."""
_METHODS = {
    "佐川急便": (SAGAWA, "hikyaku"),
    "ヤマト宅急便": (YAMATO, "takkyubin"),
    "ネコポス": (YAMATO, "nekopos"),
    "ゆうパック": (JAPAN_POST, "yu_pack"),
}
_HOUSE = {
    "shop.name": "見本倉庫",
    "shop.postcode": "135-0001",
    "shop.address": "東京都架空区倉庫町1-1",
    "shop.phone": "03-0000-0001",
    "ship.origin": "東京都",
    "release.at_open": "off",
    "intake.max_age": "180",
    "release.break_every": "50",
}
_ACCOUNTS = {YAMATO: {"customer_code": "090000000000", "class_code": "001"}, SAGAWA: {"customer_code": "120000000000"}}
_ACCOUNTS[JAPAN_POST] = {"layout": "119", "label": "1100780", "label_cod": "1100781"}


def zone_of_morning(now: datetime | None = None) -> str:
    """A time zone in which it is between nine and ten in the morning, so that the day never runs past a pickup."""
    hour = (now or datetime.now(UTC)).hour
    ahead = (9 - hour) % 24
    if ahead > 12:
        ahead -= 24
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def morning(zone: str) -> date:
    """Today in that zone."""
    return datetime.now(ZoneInfo(zone)).date()


@dataclass(slots=True)
class House:
    """The office's desk over the day's database."""

    url: str
    folder: Path
    day: Day
    zone: str
    desk: Desk
    mapping: Path
    shops: Mapping[str, Shop] = field(default_factory=lambda: SHOPS)
    pickups: Mapping[str, Sequence[str]] = field(default_factory=lambda: PICKUPS)

    @staticmethod
    def opened(
        url: str,
        folder: Path,
        day: Day,
        zone: str,
        shops: Mapping[str, Shop] = SHOPS,
        pickups: Mapping[str, Sequence[str]] = PICKUPS,
    ) -> House:
        """Open a desk for the office and enter everything but orders."""
        folder.mkdir(parents=True, exist_ok=True)
        mapping = folder / "catalogue.toml"
        mapping.write_text(MAPPING, encoding="utf-8")
        house = House(url, folder, day, zone, Desk(open_database(url), "office"), mapping, shops, pickups)
        house.desk.do(frozenset(), _enter, house).result()
        report = products.import_products(house.desk, [write_products(folder / "products.csv", day.today)])
        assert not report.problems, report.problems
        return house

    def take_in(
        self, shop: str, orders: Sequence[Order] | None = None, *, complete: bool | None = None
    ) -> intake.Report:
        """Import the file of one shop: all its orders, or those given.

        :param complete: the file lists every open order of the shop.
        """
        given = self.day.of(shop) if orders is None else orders
        name = f"{uuid4()}-{SHOPS[shop].file}"
        path = write_orders(self.folder, self.day, shop, given, name)
        mapping = str(self.mapping) if shop == "M" else ""
        report = intake.import_files(
            self.desk,
            [path],
            channel=SHOPS[shop].channel,
            shop=SHOPS[shop].name,
            mapping=mapping,
            complete=complete,
        )
        assert report.usable, report.problems
        return report

    def take_in_all(self) -> None:
        """Import every shop's file and reserve."""
        for shop in SHOPS:
            self.take_in(shop)
        self.settle()

    def settle(self) -> None:
        """What the program does after every import: reserve for whoever waits."""
        reservation.reserve_waiting(self.desk)

    def at(self, clock: str) -> int:
        """Milliseconds of a time of today."""
        hour, minute = map(int, clock.split(":"))
        moment = datetime(self.day.today.year, self.day.today.month, self.day.today.day, tzinfo=ZoneInfo(self.zone))
        return int((moment + timedelta(hours=hour, minutes=minute)).timestamp() * 1000)

    def stop(self) -> None:
        """End the desk."""
        self.desk.stop()


_REPORTS = {"shopify": "plain", "yahoo": "yahoo_shopping"}
"""Mappings of dispatch reports for channels that have none of their own."""


def _enter(tx: Transaction, house: House) -> None:
    settings_service.put(tx, "office", str(uuid4()), _HOUSE | {"shop.timezone": house.zone})
    for shop in house.shops.values():
        made = intake_storage.shop_id(tx, shop.channel, shop.name, make=True)
        values = {"carrier.default": shop.default}
        if report := _REPORTS.get(shop.channel):
            values["report.mapping"] = report
        if shop.channel == "csv":
            values["report.mapping"] = str(house.mapping)
        settings_service.put(tx, "office", str(uuid4()), values, made)
    for carrier, times in house.pickups.items():
        carriers_storage.put_pickups(tx, carrier, times)
        carriers_storage.put_account(tx, carrier, 0, _ACCOUNTS[carrier])
    rows = [LeadTime(carrier, "東京都", where, days) for carrier in house.pickups for where, days in LEAD_DAYS.items()]
    carriers_storage.put_lead_times(tx, rows)
    for method, (carrier, service) in _METHODS.items():
        carriers_storage.put_method(tx, MethodRow(0, fold_name(method), carrier, service))
