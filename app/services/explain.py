"""What the station understands of a code: for finding out why a scan was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.domain import barcode
from app.domain.barcode import Reading
from app.domain.products import KnownCode
from app.domain.seen import waybill_number
from app.domain.symbologies import symbology_name
from app.services.answers import sentence
from app.services.kinds import lines_of, values_of
from app.services.settings import all_settings
from app.settings import SETTINGS, instore_layouts
from app.storage import bench as storage
from app.storage import goods, labels
from app.storage import orders as orders_storage
from app.storage.database import Transaction
from app.text import Texts

__all__ = ["Explained", "explain", "kind_lines", "kinds_of", "sentences"]

_USUAL: Mapping[str, str] = MappingProxyType(dict(instore_layouts(SETTINGS["scan.instore"].default) or {}))
"""How in-store numbers are laid out where no shop is asked."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A code, everything it may mean, and everything that has it."""

    reading: Reading
    products: tuple[KnownCode, ...]
    """Products that have it, each with the pieces of one scan; several mean that it is ambiguous."""
    orders: tuple[tuple[str, str, str, str], ...]
    """Shop, number, ship number and state."""
    person: str
    """Name of the person whose badge it is."""
    waybills: tuple[tuple[str, str, str, str], ...] = ()
    """Customer key, ship number, carrier and state of each waybill that has this tracking number, newest first."""
    withdrawn: str = ""
    """Shop's number of the order whose release under this ship number was taken back."""
    laid_out: Mapping[str, str] = field(default_factory=lambda: _USUAL)
    """How the shop lays out its in-store numbers."""

    def kinds(self) -> list[dict[str, Any]]:
        """Return everything that the code may be, each with what it says."""
        return kinds_of(self.reading, self.laid_out)

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        reading = self.reading
        return {
            "code": reading.raw,
            "text": reading.text,
            "fault": str(reading.fault) if reading.fault else None,
            "widened": reading.widened,
            "symbology": reading.symbology,
            "symbol": symbology_name(reading.symbology) or None,
            "kinds": self.kinds(),
            "products": [
                {
                    "sku": known.sku,
                    "name": known.name,
                    "quantity": known.quantity,
                    "code": known.code,
                    "code_kind": known.kind.value,
                    "shelf": known.shelf or None,
                    "asks_for": known.handling.lot_policy.value,
                }
                for known in self.products
            ],
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


def kinds_of(reading: Reading, laid_out: Mapping[str, str] = _USUAL) -> list[dict[str, Any]]:
    """Return everything that a reading may be, each with what it says, as plain values for JSON."""
    return [values_of(kind, laid_out) for kind in reading.kinds]


def kind_lines(words: Texts, reading: Reading, laid_out: Mapping[str, str] = _USUAL) -> list[str]:
    """Return what a reading may be, or why it can be nothing, in words; each kind begins with a dot."""
    out = [line for kind in reading.kinds for line in lines_of(words, kind, laid_out)]
    if reading.fault:
        out.append(words.say(f"cli.fault.{reading.fault}"))
    return out


def explain(tx: Transaction, code: str) -> Explained:
    """Read a code and look for whatever has it; changes nothing."""
    reading = barcode.read(code)
    settings = all_settings(tx)
    products = goods.find_products(tx, reading, settings["scan.sku"] == "on") if reading.kinds else ()
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
        products,
        tuple(orders),
        person.name if person else "",
        tuple((w.key, w.ship_number, w.carrier, str(w.state)) for w in (each.waybill for each in found)),
        old.order if old else "",
        instore_layouts(settings["scan.instore"]) or {},
    )


def sentences(words: Texts, found: Explained) -> list[str]:
    """Return what was found in words, a line each; what the code may be begins with a dot."""
    say, reading = words.say, found.reading
    out = [say("cli.explain.text", text=reading.text or "–")]
    if reading.widened:
        out.append(say("cli.explain.widened"))
    if reading.symbology:
        name = symbology_name(reading.symbology) or "–"
        out.append(say("cli.explain.symbology", symbology=reading.symbology, name=name))
    out += kind_lines(words, reading, found.laid_out)
    for known in found.products:
        out.append(say("cli.explain.product", sku=known.sku, name=known.name, quantity=known.quantity))
    if len(found.products) > 1:
        out.append(say("explain.several"))
    for shop, number, ship, state in found.orders:
        told = {"shop": shop, "number": number, "ship_number": ship or "–", "state": say(f"state.{state}")}
        out.append(say("cli.explain.order", **told))
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
