"""What the station understands of a code: for finding out why a scan was refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from app.domain import barcode
from app.domain.barcode import Reading
from app.domain.orders import ShipNumber
from app.domain.seen import waybill_number
from app.services.answers import sentence
from app.services.settings import all_settings
from app.storage import bench as storage
from app.storage import labels
from app.storage import orders as orders_storage
from app.storage.database import Transaction
from app.text import Texts

__all__ = ["Explained", "explain", "sentences"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A code, everything it may mean, and everything that has it."""

    reading: Reading
    products: tuple[tuple[str, str, int], ...]
    """SKU, name and pieces of one scan."""
    orders: tuple[tuple[str, str, str, str], ...]
    """Shop, number, ship number and state."""
    person: str
    """Name of the person whose badge it is."""
    waybills: tuple[tuple[str, str, str, str], ...] = ()
    """Customer key, ship number, carrier and state of each waybill that has this tracking number, newest first."""
    withdrawn: str = ""
    """Shop's number of the order whose release under this ship number was taken back."""

    def kinds(self) -> list[dict[str, Any]]:
        """Return everything that the code may be, each with what it says."""
        return [{"kind": type(kind).__name__.lower()} | _plain(kind) for kind in self.reading.kinds]

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        reading = self.reading
        return {
            "code": reading.raw,
            "text": reading.text,
            "fault": str(reading.fault) if reading.fault else None,
            "widened": reading.widened,
            "symbology": reading.symbology,
            "kinds": self.kinds(),
            "products": [{"sku": sku, "name": name, "quantity": quantity} for sku, name, quantity in self.products],
            "orders": [
                {"shop": shop, "number": number, "ship_number": ship or None, "state": state}
                for shop, number, ship, state in self.orders
            ],
            "person": self.person or None,
            "waybills": [
                {"key": key, "ship_number": ship, "carrier": carrier, "state": state}
                for key, ship, carrier, state in self.waybills
            ],
            "taken_back": self.withdrawn or None,
        }


def _plain(kind: object) -> dict[str, Any]:
    """Return the fields of a kind; those that say nothing are left out."""
    if not is_dataclass(kind) or isinstance(kind, type):
        return {}
    values: dict[str, Any] = {}
    for name, value in asdict(kind).items():
        given = getattr(kind, name)
        if isinstance(given, ShipNumber):
            values[name] = str(given)
            if given.version is not None:
                values["version"] = str(given.version)
        elif value is not None and value != "":
            values[name] = value if isinstance(value, (bool, int)) else str(value)
    return values


def explain(tx: Transaction, code: str) -> Explained:
    """Read a code and look for whatever has it; changes nothing."""
    reading = barcode.read(code)
    by_sku = all_settings(tx)["scan.sku"] == "on"
    products = storage.find_products(tx, reading, by_sku) if reading.kinds else ()
    orders = []
    for order in storage.find_order_ids(tx, reading) if reading.kinds else ():
        full = orders_storage.load(tx, order)
        if full is not None:
            orders.append((full.row.shop, full.row.number, full.row.ship_number, full.row.state))
    person = storage.find_person(tx, reading) if reading.kind(barcode.PersonCode) else None
    number = waybill_number(reading)
    found = labels.find_waybills(tx, number) if number else ()
    old = storage.withdrawn(tx, reading)
    return Explained(
        reading,
        tuple((known.sku, known.name, known.quantity) for known in products),
        tuple(orders),
        person.name if person else "",
        tuple((w.key, w.ship_number, w.carrier, str(w.state)) for w in (each.waybill for each in found)),
        old.order if old else "",
    )


def sentences(words: Texts, found: Explained) -> list[str]:
    """Return what was found in words, a line each; what the code may be begins with a dot."""
    say, reading = words.say, found.reading
    out = [say("cli.explain.text", text=reading.text or "–")]
    if reading.widened:
        out.append(say("cli.explain.widened"))
    if reading.symbology:
        out.append(say("cli.explain.symbology", symbology=reading.symbology))
    for kind in found.kinds():
        name = str(kind.pop("kind"))
        details = say("list.comma").join(f"{key} {value}" for key, value in kind.items())
        out.append("  · " + say(f"cli.kind.{name}") + (f": {details}" if details else ""))
    if reading.fault:
        out.append(say(f"cli.fault.{reading.fault}"))
    for sku, product, quantity in found.products:
        out.append(say("cli.explain.product", sku=sku, name=product, quantity=quantity))
    for shop, number, ship, state in found.orders:
        known = {"shop": shop, "number": number, "ship_number": ship or "–", "state": say(f"state.{state}")}
        out.append(say("cli.explain.order", **known))
    if found.person:
        out.append(say("cli.explain.person", name=found.person))
    for key, ship, carrier, state in found.waybills:
        kept = {"key": key, "ship_number": ship, "carrier": carrier, "state": say(f"waybill.state.{state}")}
        out.append(sentence(words, "cli.explain.waybill", kept))
    if found.withdrawn:
        out.append(say("cli.explain.taken_back", number=found.withdrawn))
    if reading.kinds and not (found.products or found.orders or found.person or found.waybills or found.withdrawn):
        out.append(say("cli.explain.nothing"))
    return out
