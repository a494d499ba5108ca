"""What every carrier checks in a shipment: the key, the dates, the service's own limits, both parties.

Each check yields :class:`~app.domain.shipping.Fault` values and decides nothing else; a wish that a carrier lacks is
never changed for another one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.carriers._text import character_faults, one_line
from app.domain.intake import Level, narrow
from app.domain.orders import Address
from app.domain.shipping import (
    MOST_KEY_CHARACTERS,
    Account,
    AccountField,
    Fault,
    Service,
    Shipment,
    Slot,
    Temperature,
)
from app.errors import SettingsWrong

__all__ = ["Rules", "account_faults", "account_values", "address_text", "check_shipment", "phone_text", "postcode_text"]

# --- the account ------------------------------------------------------------------------------------------------


def account_faults(identity: str, fields: Sequence[AccountField], account: Account) -> tuple[Fault, ...]:
    """Return what is missing or wrong in a shop's *account* with the carrier *identity*."""
    found: list[Fault] = []
    for field in fields:
        value = account.get(field.name, "").strip() or field.default
        name = f"{identity}.{field.name}"
        if not value:
            if field.required:
                found.append(Fault("fault.account_missing", name))
        elif not re.fullmatch(field.pattern, value):
            found.append(Fault("fault.account_wrong", name, (("value", value),)))
    return tuple(found)


def account_values(identity: str, fields: Sequence[AccountField], account: Account) -> dict[str, str]:
    """Return every field of *account* with its default filled in; raises SettingsWrong where one does not fit."""
    if wrong := account_faults(identity, fields, account):
        raise SettingsWrong("carrier.account_wrong", carrier=identity, why=wrong[0].field_key, count=len(wrong))
    return {field.name: account.get(field.name, "").strip() or field.default for field in fields}


# --- what a carrier asks for ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rules:
    """What one carrier asks of every shipment, whatever its file looks like."""

    services: Sequence[Service]
    slots: Mapping[Slot, str]
    most_days: int
    """How far ahead a ship date may be, days."""
    most_phone: int
    """Longest phone number with hyphens, characters."""
    handling: Collection[str] = ()
    """Names of the handling that its file has a place for."""
    phone: bool = True
    """Whether its file has phone numbers."""
    sender: bool = True
    """Whether its file names the sender."""
    remark: bool = True
    """Whether its file has the remark."""
    characters: bool = True
    """Whether its file is in CP932, which lacks characters; else any character will do."""
    jis_only: bool = False
    """Warn also of characters that CP932 holds, but that the carrier does not print (B2: 髙 ① ㈱)."""


def check_shipment(shipment: Shipment, today: date, rules: Rules) -> Iterator[Fault]:
    """Yield what is wrong with a shipment by what every carrier checks; its own checks come on top."""
    yield from _check_key(shipment)
    yield from _check_dates(shipment, today, rules.most_days)
    service = next((each for each in rules.services if each.id == shipment.service), None)
    if service is None:
        offered = ", ".join(each.id for each in rules.services)
        yield Fault("fault.no_service", "service", (("value", shipment.service), ("offered", offered)))
    else:
        yield from _check_service(shipment, service, rules.slots)
    yield from _check_party("to", shipment.to)
    if rules.phone:
        yield from _check_phone("to", shipment.to, service is None or service.phone, rules.most_phone)
    if rules.sender:
        yield from _check_party("sender", shipment.sender)
    if rules.sender and rules.phone:
        yield from _check_phone("sender", shipment.sender, True, rules.most_phone)
    if not one_line(shipment.contents):
        yield Fault("fault.missing", "contents")
    if unknown := [name for name in shipment.handling if name not in rules.handling]:
        args = (("value", ", ".join(unknown)), ("offered", ", ".join(rules.handling) or "-"))
        yield Fault("fault.no_handling", "handling", args)
    if rules.characters:
        yield from _check_texts(shipment, rules)


# --- one shipment -----------------------------------------------------------------------------------------------

_KEY = re.compile(r"[\x21-\x7e]+")


def _check_key(shipment: Shipment) -> Iterator[Fault]:
    """The customer key has to come back as it went out."""
    if not shipment.key:
        yield Fault("fault.missing", "key")
    elif not _KEY.fullmatch(shipment.key) or len(shipment.key) > MOST_KEY_CHARACTERS:
        yield Fault("fault.bad_key", "key", (("value", shipment.key), ("limit", str(MOST_KEY_CHARACTERS))))


def _check_dates(shipment: Shipment, today: date, most_days: int) -> Iterator[Fault]:
    """The ship date lies within what the carrier's software takes, the wished day not before it."""
    value = (("value", shipment.ship_on.isoformat()),)
    if shipment.ship_on < today:
        yield Fault("fault.ship_date_past", "ship_on", value)
    elif shipment.ship_on > today + timedelta(days=most_days):
        yield Fault("fault.ship_date_far", "ship_on", (*value, ("limit", str(most_days))))
    if shipment.deliver_on is not None and shipment.deliver_on < shipment.ship_on:
        days = (("value", shipment.deliver_on.isoformat()), ("ship_on", shipment.ship_on.isoformat()))
        yield Fault("fault.delivery_before_ship", "deliver_on", days)


def _check_service(shipment: Shipment, service: Service, slots: Mapping[Slot, str]) -> Iterator[Fault]:
    """What the service does not offer: temperature, day, time of day, cash, number of pieces."""
    if shipment.temperature not in service.temperatures:
        cold = shipment.temperature is Temperature.CHILLED
        yield Fault("fault.no_chilled" if cold else "fault.no_frozen", "temperature")
    if shipment.deliver_on is not None and not service.dated:
        yield Fault("fault.no_day", "deliver_on", (("value", shipment.deliver_on.isoformat()),))
    if shipment.slot is not None and (shipment.slot not in slots or shipment.slot not in service.slots):
        offered = ", ".join(_slot(slot) for slot in slots if slot in service.slots) or "-"
        yield Fault("fault.no_slot", "slot", (("value", _slot(shipment.slot)), ("offered", offered)))
    if not 1 <= shipment.pieces <= service.most_pieces:
        args = (("value", str(shipment.pieces)), ("limit", str(service.most_pieces)))
        yield Fault("fault.pieces", "pieces", args)
    yield from _check_cod(shipment, service)


def _slot(slot: Slot) -> str:
    """A time of day that needs no translation."""
    return "AM" if slot is Slot.MORNING else str(slot)


def _check_cod(shipment: Shipment, service: Service) -> Iterator[Fault]:
    cod, tax = shipment.cod, shipment.cod_tax
    if cod and not service.cash_on_delivery:
        yield Fault("fault.no_cod", "cod", (("value", str(cod)),))
    elif cod < 0 or cod > service.most_cod:
        yield Fault("fault.cod_limit", "cod", (("value", str(cod)), ("limit", str(service.most_cod))))
    elif not cod and service.cash_only:
        yield Fault("fault.missing", "cod")
    if not 0 <= tax <= max(cod, 0):
        yield Fault("fault.cod_tax", "cod_tax", (("value", str(tax)), ("cod", str(cod))))


# --- parties ----------------------------------------------------------------------------------------------------

_JAPAN = frozenset({"", "jp", "jpn", "japan", "日本", "日本国"})


@lru_cache(maxsize=1024)
def address_text(address: Address) -> str:
    """Prefecture, city and street on one line, as it stands before a carrier parts it."""
    return one_line(address.prefecture) + one_line(address.city) + one_line(address.street)


@lru_cache(maxsize=1024)
def postcode_text(address: Address) -> str:
    """Postcode as ``150-0001``; as it is where it does not have seven digits."""
    plain = narrow(address.postcode)
    digits = plain.replace("-", "")
    return f"{digits[:3]}-{digits[3:]}" if re.fullmatch("[0-9]{7}", digits) else plain


@lru_cache(maxsize=1024)
def phone_text(address: Address) -> str:
    """Phone number in digits and hyphens; brackets and spaces between the parts become hyphens."""
    return re.sub(r"[-()\s.]+", "-", narrow(address.phone)).strip("-")


@lru_cache(maxsize=64)
def _check_party(whose: str, address: Address) -> tuple[Fault, ...]:
    """The same for every order of a shop where the sender is meant, and looked at once."""
    return tuple(_party_faults(whose, address))


def _party_faults(whose: str, address: Address) -> Iterator[Fault]:
    """Name, postcode and address of the receiver (*whose* is ``to``) or the ``sender``."""
    missing = _missing(whose)
    if one_line(address.country).casefold() not in _JAPAN:
        yield Fault("fault.abroad", f"{whose}.country", (("value", address.country),))
    if not one_line(address.name):
        yield Fault(missing, f"{whose}.name")
    if not address_text(address):
        yield Fault(missing, f"{whose}.address")
    code = postcode_text(address)
    if not code:
        yield Fault(missing, f"{whose}.postcode")
    elif not re.fullmatch("[0-9]{3}-[0-9]{4}", code) or code in {"000-0000", "999-9999"}:
        yield Fault("fault.bad_postcode", f"{whose}.postcode", (("value", code),))


def _missing(whose: str) -> str:
    return "fault.sender_missing" if whose == "sender" else "fault.missing"


@lru_cache(maxsize=64)
def _check_phone(whose: str, address: Address, needed: bool, most: int) -> tuple[Fault, ...]:
    return tuple(_phone_faults(whose, address, needed, most))


def _phone_faults(whose: str, address: Address, needed: bool, most: int) -> Iterator[Fault]:
    """The phone number of a party; *most* is the longest with hyphens."""
    number = phone_text(address)
    if not number:
        if needed:
            yield Fault(_missing(whose), f"{whose}.phone")
    elif not re.fullmatch("0[0-9]{9,10}", number.replace("-", "")) or len(number) > most:
        yield Fault("fault.bad_phone", f"{whose}.phone", (("value", number),))
    elif not number.replace("-", "").strip("0"):
        # Shops' apps fill in zeros where the buyer gave no number (formats.md, 0): no driver can call it.
        yield Fault("fault.filler_phone", f"{whose}.phone", (("value", number),), Level.WARNING)


def _check_texts(shipment: Shipment, rules: Rules) -> Iterator[Fault]:
    """The characters of every text that goes into the file."""
    texts = [
        ("to.name", shipment.to.name),
        ("to.address", address_text(shipment.to)),
        ("contents", shipment.contents),
    ]
    if rules.sender:
        texts[2:2] = [("sender.name", shipment.sender.name), ("sender.address", address_text(shipment.sender))]
    if rules.remark:
        texts.append(("remark", shipment.remark))
    for field, text in texts:
        yield from character_faults(field, one_line(text), jis_only=rules.jis_only)
