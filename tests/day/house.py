"""The warehouse of the day: its settings, contracts, pickups and goods, and the office that imports and releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from tests.day.orders import LEAD_DAYS, MAPPING, SAGAWA, SHOPS, YAMATO, Day, Order, write_orders, write_products

__all__ = ["House", "morning", "zone_of_morning"]

PICKUPS = {YAMATO: ("14:00", "17:00"), SAGAWA: ("15:00",)}
_METHODS = {
    "佐川急便": (SAGAWA, "hikyaku"),
    "ヤマト宅急便": (YAMATO, "takkyubin"),
    "ネコポス": (YAMATO, "nekopos"),
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

    @staticmethod
    def opened(url: str, folder: Path, day: Day, zone: str) -> House:
        """Open a desk for the office and enter everything but orders."""
        folder.mkdir(parents=True, exist_ok=True)
        mapping = folder / "catalogue.toml"
        mapping.write_text(MAPPING, encoding="utf-8")
        house = House(url, folder, day, zone, Desk(open_database(url), "office"), mapping)
        house.desk.do(frozenset(), _enter, zone, mapping).result()
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


def _enter(tx: Transaction, zone: str, mapping: Path) -> None:
    settings_service.put(tx, "office", str(uuid4()), _HOUSE | {"shop.timezone": zone})
    for shop in SHOPS.values():
        made = intake_storage.shop_id(tx, shop.channel, shop.name, make=True)
        values = {"carrier.default": shop.default}
        if shop.channel != "rakuten":
            values["report.mapping"] = str(mapping) if shop.channel == "csv" else "plain"
        settings_service.put(tx, "office", str(uuid4()), values, made)
    for carrier, times in PICKUPS.items():
        carriers_storage.put_pickups(tx, carrier, times)
        carriers_storage.put_account(tx, carrier, 0, _ACCOUNTS[carrier])
    rows = [LeadTime(carrier, "東京都", where, days) for carrier in PICKUPS for where, days in LEAD_DAYS.items()]
    carriers_storage.put_lead_times(tx, rows)
    for method, (carrier, service) in _METHODS.items():
        carriers_storage.put_method(tx, MethodRow(0, fold_name(method), carrier, service))
