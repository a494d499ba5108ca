"""A warehouse that ships by carrier: goods, orders with addresses, contracts, and what a leader does with them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.domain.orders import Address, IncomingOrder
from app.services import release, waybills
from app.services.desk import Desk
from app.services.release import Choice, Released
from app.storage import carriers as carriers_storage
from app.storage.database import Database
from tests.makers import Goods, change, incoming, query, set_to, stocked, take_in

YAMATO, SAGAWA = "yamato_b2", "sagawa_e3"
TEA, CUP, ICE = Goods(1, stock=5000), Goods(2, stock=5000), Goods(3, stock=500, more={"temperature": "frozen"})
HOME = Address("見本 花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3", "03-1234-5678")


def order(number: str, *wanted: tuple[str, int], **more: Any) -> IncomingOrder:
    """Return an order with a good address."""
    usual: dict[str, Any] = {"ship_to": HOME, "buyer": HOME}
    return incoming(number, *(wanted or (("SKU-1", 1),)), **(usual | more))


class Warehouse:
    """A shop with a contract with both carriers; its leader works at the station "leader"."""

    def __init__(self, database: Database, another: Callable[[], Database]) -> None:
        self.database, self._another = database, another
        stocked(database, [TEA, CUP, ICE])
        set_to(
            database, carrier_default=f"{YAMATO}/takkyubin", shop_name="見本商店", shop_postcode="100-0001",
            shop_address="東京都千代田区千代田1-1", shop_phone="03-1111-2222",
            merge_propose="off",
        )  # fmt: skip
        with database.transaction() as tx:
            carriers_storage.put_account(tx, YAMATO, 0, {"customer_code": "0312345678"})
            carriers_storage.put_account(tx, SAGAWA, 0, {"customer_code": "123456789012"})

    def take_in(self, *orders: IncomingOrder, shop: str = "shop") -> None:
        """Take orders in as from a file that was read just now."""
        for start in range(0, len(orders), 200):
            with self.database.transaction() as tx:
                take_in(tx, *orders[start : start + 200], shop=shop)
        with self.database.transaction() as tx:
            now = tx.now
        change(
            self.database,
            "INSERT INTO imports (act, at, file, sha256, channel, shop, result) VALUES (?, ?, 'f', '', 'csv', ?, '{}')",
            str(uuid4()), now, shop,
        )  # fmt: skip

    @contextlib.contextmanager
    def desk(self, station: str = "leader") -> Iterator[Desk]:
        """A desk of its own, as another program's."""
        made = Desk(self._another(), station)
        try:
            yield made
        finally:
            made.stop()

    def id(self, number: str) -> int:
        return int(query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])

    def ids(self, *numbers: str) -> tuple[int, ...]:
        return tuple(self.id(number) for number in numbers)

    def state(self, number: str) -> str:
        return str(query(self.database, "SELECT state FROM orders WHERE number = ?", number)[0][0])

    def release(self, choice: Choice | None = None, **more: Any) -> Released:
        """Release by a desk."""
        with self.desk() as desk:
            return release.release(desk, choice or Choice(), **more)

    def sequence(self, batch: int) -> list[str]:
        """The orders of a batch in their sequence."""
        found = query(self.database, "SELECT number FROM orders WHERE batch = ? ORDER BY sequence", batch)
        return [row[0] for row in found]

    def export(self, carrier: str = YAMATO, **more: Any) -> waybills.Exported:
        with self.desk() as desk:
            return waybills.export_many(desk, carrier, **more)

    def write_out(self, export: int, folder: Path) -> Path:
        with self.desk() as desk:
            return waybills.write_out(desk, export, folder)

    def bring_out(self, carrier: str, folder: Path) -> list[Path]:
        with self.desk() as desk:
            return waybills.bring_out(desk, carrier, folder)

    def take_numbers(self, path: Path, carrier: str = "", **more: Any) -> waybills.NumbersReport:
        with self.desk() as desk:
            return waybills.take_numbers(desk, path, carrier, **more)

    def waybills(self, number: str) -> list[waybills.WaybillRow]:
        with self.database.reading() as tx:
            return waybills.of_order(tx, self.id(number))

    def jobs(self) -> list[tuple[str, int, int]]:
        """Papers that wait: paper, batch, whether held back."""
        found = query(self.database, "SELECT paper, batch, not_before FROM print_jobs WHERE state = 'waiting'")
        return [(paper, batch, int(until > 0)) for paper, batch, until in found]


def tracking(number: int) -> str:
    """Return a good tracking number."""
    body = f"{40_000_000_000 + number}"
    return body + str(int(body) % 7)


def abroad(address: Address = HOME) -> Address:
    """An address that no carrier's file takes."""
    return replace(address, phone="12")
