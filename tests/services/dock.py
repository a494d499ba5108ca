"""A shop whose orders stand packed at the dock: carriers, pickups, waybills and old imports put where a test wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from app.services import handover
from app.services.handover import ClosedOut, Counted, ScannedOut
from app.storage import people
from app.storage.database import Database, Transaction
from tests.makers import Goods, Station, change, incoming, query, set_to, stocked, take_in

TEA = Goods(1, stock=200)
YAMATO, SAGAWA = "yamato_b2", "sagawa_e3"
HOUR = 3_600_000


def number_of(at: int) -> str:
    """A good waybill number."""
    body = f"{44441370000 + at:011d}"
    return body + str(int(body) % 7)


@dataclass
class Dock:
    """Orders packed at bench "1", handed over at station "dock"."""

    database: Database

    def fill(self, *numbers: str, shop: str = "shop", pieces: int = 1) -> None:
        """Take orders in and pack them."""
        with self.database.transaction() as tx:
            take_in(tx, *(incoming(each, (TEA.sku, pieces)) for each in numbers), shop=shop)
        bench = Station(self.database)
        for each in numbers:
            assert bench.scan(each).key == "order.opened"
            for _ in range(pieces):
                last = bench.scan(TEA.piece)
            assert last.key == "order.closed"

    def order(self, number: str, column: str = "id") -> Any:
        (row,) = query(self.database, f"SELECT {column} FROM orders WHERE number = ?", number)
        return row[0]

    def going(self, number: str, carrier: str = YAMATO, cut_off: int | None = None, **more: Any) -> None:
        """Say by which carrier and pickup an order goes."""
        values = {"carrier": carrier, "cut_off": cut_off, "service": "takkyubin", **more}
        named = ", ".join(f"{name} = ?" for name in values)
        change(self.database, f"UPDATE orders SET {named} WHERE number = ?", *values.values(), number)

    def merge(self, lead: str, follower: str, shop: str = "other shop") -> None:
        """Pack an order of another shop into a parcel; its goods are not booked, to keep the ledger simple."""
        set_to(self.database, stock_tracked="off")
        self.fill(follower, shop=shop)
        ids = self.order(lead), self.order(follower)
        self.going(follower, self.order(lead, "carrier"), lead_id=ids[0])
        parcel = query(self.database, "SELECT id FROM parcels WHERE order_id = ?", ids[0])[0][0]
        change(self.database, "UPDATE steps SET parcel_id = ? WHERE order_id = ?", parcel, ids[1])
        change(self.database, "DELETE FROM parcels WHERE order_id = ?", ids[1])

    def label(
        self, number: str, waybill: str, piece: int = 1, pieces: int = 1, state: str = "attached", **more: Any
    ) -> None:
        """Put a waybill on an order; an attached one is on its newest parcel."""
        order = self.order(number)
        ((batch, sequence, version, carrier),) = query(
            self.database, "SELECT batch, sequence, version, carrier FROM orders WHERE id = ?", order
        )
        parcel = None
        if state in ("attached", "handed_over"):
            parcel = query(self.database, "SELECT max(id) FROM parcels WHERE order_id = ?", order)[0][0]
        values = {
            "order_id": order, "batch": batch, "sequence": sequence, "version": version, "issue": 1,
            "key": f"{batch}-{sequence:03d}-{version}", "piece": piece, "pieces": pieces, "carrier": carrier,
            "service": "takkyubin", "cod": 0, "state": state, "number": waybill, "reason": "", "by_hand": 0,
            "parcel_id": parcel, "requested_at": 1,
        } | more  # fmt: skip
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        change(self.database, f"INSERT INTO waybills ({names}) VALUES ({marks})", *values.values())

    def act(self, function: Callable[..., Any], *args: Any, act: str = "", station: str = "dock", **named: Any) -> Any:
        with self.database.transaction() as tx:
            return function(tx, station, act or str(uuid4()), *args, **named)

    def scan(self, text: str, **named: Any) -> ScannedOut:
        found: ScannedOut = self.act(handover.scan_out, text, **named)
        return found

    def count(self, driver: int, pickup: int | None = None, carrier: str = YAMATO, **named: Any) -> Counted:
        found: Counted = self.act(handover.hand_over_counted, carrier, pickup, driver, **named)
        return found

    def close(self, pickup: int | None = None, carrier: str = YAMATO, **named: Any) -> ClosedOut:
        found: ClosedOut = self.act(handover.close_out, carrier, pickup, **named)
        return found

    def now(self) -> int:
        with self.database.reading() as tx:
            return tx.now

    def state(self, number: str) -> str:
        return str(self.order(number, "state"))

    def waybill(self, waybill: str) -> str:
        return str(query(self.database, "SELECT state FROM waybills WHERE number = ? ORDER BY id", waybill)[0][0])

    def imported(self, at: int, shop: str = "shop") -> None:
        """Say that the shop's newest order file was taken in at this time."""
        change(
            self.database,
            "INSERT INTO imports (act, at, file, sha256, channel, shop, result) "
            "VALUES (?, ?, 'f', 's', 'csv', ?, '{}')",
            str(uuid4()), at, shop,
        )  # fmt: skip

    def sign_in(self, role: str, station: str = "dock") -> None:
        with self.database.transaction() as tx:
            self._sign_in(tx, role, station)

    def _sign_in(self, tx: Transaction, role: str, station: str) -> None:
        from app.domain.people import Role
        from app.services.people import sign_in

        code = f"{role}-1"
        if people.by_code(tx, code) is None:
            people.add(tx, role, code, Role(role), "")
        sign_in(tx, station, str(uuid4()), code)


def dock_of(database: Database, *numbers: str) -> Dock:
    """Return a dock with packed orders."""
    stocked(database, [TEA])
    made = Dock(database)
    made.fill(*numbers)
    return made


def later(hours: float) -> int:
    """A moment some hours from now, milliseconds."""
    return int((datetime.now(UTC) + timedelta(hours=hours)).timestamp() * 1000)
