"""Shipments: what a carrier is told about an order, made of the order, its shop's settings and its ship number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import Carrier, carriers
from app.domain.intake import Level
from app.domain.orders import Address, ShipNumber
from app.domain.shipping import Fault, Shipment, Slot, Temperature
from app.storage.database import Transaction
from app.storage.waybills import OrderHead

__all__ = [
    "ANY_SENDER",
    "buyer_as_sender",
    "errors_of",
    "fitted",
    "most_pieces",
    "receiver_faults",
    "shipment_of",
    "tax_within",
    "today",
]

ANY_SENDER = Address("-", "100-0001", "東京都", "千代田区", "千代田1-1", "03-1111-2222")
"""Stands for the shop where only the receiver is judged."""


@lru_cache(maxsize=256)
def most_pieces(carrier: str, service: str, temperature: str, cod: int) -> int:
    """Return the most pieces of one shipment that a service takes; 1 where it is not known."""
    module = next((each for each in carriers() if carrier == each.ID), None)
    chosen = next((each for each in module.SERVICES if each.id == service), None) if module else None
    if module is None or chosen is None or chosen.most_pieces < 2:
        return 1
    nobody, day = Address(), date(2000, 1, 1)
    tried = Shipment(
        "1-001-1", service, day, nobody, nobody, "", temperature=Temperature(temperature), cod=cod, pieces=2
    )
    return 1 if any(fault.field == "pieces" for fault in module.check(tried, day)) else int(chosen.most_pieces)


def today(tx: Transaction, zone: str) -> date:
    """Return the day in the shop's time zone, by the database's clock."""
    return datetime.fromtimestamp(tx.now / 1000, UTC).astimezone(ZoneInfo(zone)).date()


def shipment_of(
    head: OrderHead, followers: Sequence[OrderHead], settings: Mapping[str, str], key: str, day: date
) -> Shipment:
    """Return an order, with those that share its parcel, as its carrier is told.

    The sender is the shop, on a gift the buyer (with the shop's phone number where the buyer's is not known). The
    remark is the ship number and the shops' own numbers. A ship date that has passed is today.

    :param settings: of the order's shop.
    :param day: today in the shop's time zone.
    """
    content: dict[str, Any] = json.loads(head.content)
    contents = [content, *(json.loads(each.content) for each in followers)]
    cod = head.cod + sum(each.cod for each in followers)
    amounts = [(each.cod, its) for each, its in zip((head, *followers), contents, strict=True)]
    ship_on = date.fromisoformat(head.ship_date) if head.ship_date else day
    number = str(ShipNumber(head.batch or 0, head.sequence or 0))
    return Shipment(
        key=key,
        service=head.service,
        ship_on=max(ship_on, day),
        to=Address(**content["ship_to"]),
        sender=_sender(head.gift, content, settings),
        contents=settings["waybill.contents"],
        deliver_on=date.fromisoformat(head.wish_date) if head.wish_date else None,
        slot=Slot(head.slot) if head.slot else None,
        temperature=Temperature(head.temperature),
        cod=cod,
        cod_tax=sum(tax_within(amount, its.get("totals", {})) for amount, its in amounts),
        pieces=max(1, head.parcel_count),
        remark=" ".join((number, head.number, *(each.number for each in followers))),
    )


def _sender(gift: bool, content: Mapping[str, Any], settings: Mapping[str, str]) -> Address:
    shop = Address(
        name=settings["shop.name"],
        postcode=settings["shop.postcode"],
        street=" ".join(settings["shop.address"].split()),
        phone=settings["shop.phone"],
    )
    return buyer_as_sender(gift, Address(**content["buyer"]), shop.phone) or shop


def buyer_as_sender(gift: bool, buyer: Address, phone: str) -> Address | None:
    """Return the buyer as the sender of a gift; None where the shop is the sender.

    :param phone: the shop's phone number, for a buyer whose own is not known.
    """
    if not gift or not buyer.name or not (buyer.city or buyer.street):
        return None
    return buyer if buyer.phone else replace(buyer, phone=phone)


def tax_within(cod: int, totals: Mapping[str, str]) -> int:
    """Return the tax within cash to collect, yen: the order's own where all of it is collected, else 10/110 of it."""
    if not cod:
        return 0
    tax, total = _yen(totals.get("tax", "")), _yen(totals.get("total", ""))
    return tax if tax is not None and total == cod and 0 <= tax <= cod else cod * 10 // 110


def _yen(text: str) -> int | None:
    try:
        return int(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def fitted(carrier: Carrier, shipment: Shipment, day: date) -> tuple[Shipment, tuple[Fault, ...]]:
    """Return a shipment as it goes out, and what its carrier says against it.

    The shop's own number is left out of a remark that has no room for it or cannot hold it: the ship number is enough.
    """
    faults = carrier.check(shipment, day)
    if any(each.field == "remark" and each.level is Level.ERROR for each in faults):
        shipment = replace(shipment, remark=shipment.remark.split(" ", 1)[0])
        faults = carrier.check(shipment, day)
    return shipment, faults


def receiver_faults(carrier: Carrier, address: Address, service: str) -> tuple[Fault, ...]:
    """Return what a carrier's file cannot hold of a receiver's address, whatever else the shipment is."""
    day = date(2026, 1, 5)
    trial = Shipment(key="1-001-1", service=service, ship_on=day, to=address, sender=ANY_SENDER, contents="-")
    return tuple(each for each in carrier.check(trial, day) if each.field.startswith("to."))


def errors_of(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return what keeps a shipment out of the file; the rest are warnings."""
    return tuple(each for each in faults if each.level is Level.ERROR)
