"""The check of an address: does its postcode belong to it, is anything missing, and what could be written instead.

Each finding comes with proposals: the address as it would be. An error keeps the order from shipping, a warning is
told. What a carrier's file cannot hold is found by the carrier (:mod:`app.services.addresses` joins both). The rules:
formats.md, section 0; :mod:`app.domain.addresses` judges the form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.addresses import address_faults, is_japan, leading_prefecture, phone_fault, prefecture_of
from app.domain.intake import Level, narrow
from app.domain.orders import Address
from app.domain.postcodes import Found, Place, Postcodes, city_names, fold_place
from app.domain.shipping import Fault

__all__ = ["AddressFinding", "Proposal", "check_address", "faults_of", "filled"]

MOST_PROPOSALS = 4
"""Proposals for one finding; more nobody reads."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be written instead."""

    key: str
    """Key of what the button says, such as ``address.propose.postcode``."""
    args: tuple[tuple[str, str], ...]
    """Placeholders of the sentence, as name and value."""
    address: Address
    """The address as it would be."""


@dataclass(frozen=True, slots=True)
class AddressFinding:
    """Something that is wrong, or looks wrong, with an address."""

    key: str
    """Key of the sentence, such as ``fault.postcode_city``."""
    field: str
    """What is meant: ``to.postcode``, ``to.name``, ``to.phone``, ``to.address`` …"""
    args: tuple[tuple[str, str], ...] = ()
    """More placeholders of the sentence, as name and value."""
    level: Level = Level.ERROR
    """An error holds the order, a warning is told."""
    proposals: tuple[Proposal, ...] = ()

    @property
    def fault(self) -> Fault:
        """The finding as holds and reports name it."""
        return Fault(self.key, self.field, self.args, self.level)


def faults_of(address: Address, table: Postcodes | None, *, phone: bool = True) -> tuple[Fault, ...]:
    """Return what is wrong with a receiver's address, without proposals: what the gate asks of every order.

    :param table: None: only the form is judged.
    :param phone: whether the service asks for a phone number.
    """
    form = address_faults(address)
    found = [*form, *(each.fault for each in _more(address, table, {fault.field for fault in form}))]
    if phone and (missing := phone_fault(address)):
        found.append(missing)
    return tuple(found)


def check_address(
    address: Address, table: Postcodes, *, buyer: Address | None = None, phone: bool = True
) -> tuple[AddressFinding, ...]:
    """Return what is wrong with a receiver's address, each with what could be written instead.

    :param buyer: whose name and phone number may be proposed.
    :param phone: whether the service asks for a phone number.
    """
    form = address_faults(address)
    found = [AddressFinding(each.key, each.field, each.args, each.level) for each in form]
    found += _more(address, table, {fault.field for fault in form})
    if missing := phone_fault(address):
        if phone or missing.key != "fault.missing":
            found.append(AddressFinding(missing.key, missing.field, missing.args))
    elif _is_filler(address.phone):
        value = (("value", narrow(address.phone)),)
        found.append(AddressFinding("fault.filler_phone", "to.phone", value, Level.WARNING))
    return tuple(replace(each, proposals=_proposals(each, address, table, buyer)) for each in found)


def filled(address: Address, place: Place) -> Address:
    """Return an address with postcode, prefecture, city and town of a place; what follows the town stays."""
    text = _split(address).text
    tail = _follows(text, place)
    if place.company:
        street = f"{place.town}{place.note}"
    elif place.town:
        street = place.town + tail
    else:
        city = _begins(text, place.city)
        street = _after(text, city) if city else text
    return replace(address, postcode=place.written, prefecture=place.prefecture, city=place.city, street=street)


# --- an address taken apart ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parts:
    prefecture: str
    """One of the 47, wherever it stands; empty where none does."""
    text: str
    """What follows it: city, town, block, building."""
    named: str
    """The prefecture as its own field has it; empty where that is empty or no prefecture."""
    twice: bool
    """It is written once more at the beginning of what follows."""


def _split(address: Address) -> _Parts:
    named = prefecture_of(address.prefecture)
    text = unicodedata.normalize("NFKC", address.city + address.street).lstrip()
    prefecture = named
    if not named and address.prefecture.strip():
        text = unicodedata.normalize("NFKC", address.prefecture).strip() + text
    again = 0
    while (leading := leading_prefecture(text)) and leading in (prefecture or leading):
        prefecture, text, again = leading, text[len(leading) :].lstrip(), again + 1
    return _Parts(prefecture, text, named, again > (0 if named else 1))


def _follows(text: str, place: Place) -> str:
    """What follows city and town in *text*: those of *place* where they begin it, else whatever is before a number."""
    city = _begins(text, place.city)
    town = city + fold_place(place.town)
    if town != city and fold_place(text).startswith(town):
        return _after(text, town)
    return _from_number(_after(text, city) if city else text)


def _begins(text: str, city: str) -> str:
    """The city that *text* begins with, folded; empty where it is another one."""
    folded = fold_place(text)
    return next((name for each in city_names(city) if folded.startswith(name := fold_place(each))), "")


def _after(text: str, folded: str) -> str:
    """What follows the shortest beginning of *text* that folds to *folded*."""
    for at in range(1, len(text) + 1):
        if fold_place(text[:at]) == folded:
            return text[at:]
    return _from_number(text)


def _from_number(text: str) -> str:
    """What follows the place in a text of which no place is known: from its first number on."""
    found = re.search(r"[0-9]", text)
    return text[found.start() :] if found else ""


# --- what is wrong ------------------------------------------------------------------------------------------------

_MASK = re.compile(r"-?9{4,}|無効値|入力待ち|[*＊●■×]{2,}|[xX]{3,}")
"""Signs of a part that the mall has not given, or has hidden (formats.md, A3 and 0)."""


def _more(address: Address, table: Postcodes | None, wrong: set[str]) -> Iterator[AddressFinding]:
    """What the form alone does not show; parts in *wrong* have a fault already."""
    if not is_japan(address):
        return
    masked = False
    for field, text in (("to.name", address.name), ("to.address", address.city + address.street)):
        if field not in wrong and _MASK.search(text) and (field != "to.address" or not _NUMBER_ONLY.search(text)):
            masked = masked or field == "to.address"
            yield AddressFinding("fault.masked", field, (("value", text),))
    parts = _split(address)
    if parts.twice and "to.address" not in wrong:
        value = (("value", parts.prefecture),)
        yield AddressFinding("fault.prefecture_twice", "to.address", value, Level.WARNING)
    if table is None or "to.postcode" in wrong or masked or not parts.text:
        return
    yield from _place_findings(narrow(address.postcode), parts, table)


_NUMBER_ONLY = re.compile(r"[0-9][-0-9]*9{4}")
"""A block number may have four nines within it."""


def _place_findings(code: str, parts: _Parts, table: Postcodes) -> Iterator[AddressFinding]:
    places = table.places(code)
    value = (("value", code),)
    if not places:
        yield AddressFinding("fault.postcode_unknown", "to.postcode", value)
        return
    if parts.prefecture and all(each.prefecture != parts.prefecture for each in places):
        more = (("place", _shown(places)), ("other", parts.prefecture))
        yield AddressFinding("fault.postcode_prefecture", "to.postcode", value + more)
        return
    prefectures = (parts.prefecture,) if parts.prefecture else tuple(dict.fromkeys(each.prefecture for each in places))
    found = next((each for name in prefectures if (each := table.find_city(name, parts.text))), None)
    here = [each for each in places if each.prefecture in prefectures]
    if found is None:
        yield _no_city(code, parts.text, here)
        return
    names = {each.name for each in found.cities}
    inside = [each for each in here if each.city in names]
    if not inside:
        more = (("place", _shown(here)), ("other", _cities(found)))
        yield AddressFinding("fault.postcode_city", "to.postcode", value + more)
        return
    if not found.whole and len(names) > 1:
        more = (("value", _cities(found)), ("place", inside[0].city))
        yield AddressFinding("fault.no_ward", "to.city", more, Level.WARNING)
    yield from _town_findings(code, parts.text, found, inside, table)


def _no_city(code: str, text: str, here: Sequence[Place]) -> AddressFinding:
    """No city of the prefecture begins the address: it is left out, has another name now, or is another one."""
    folded = fold_place(text)
    at = min((folded.find(town) for each in here if (town := fold_place(each.town)) and town in folded), default=-1)
    args = (("value", text), ("place", _shown(here)))
    if at == 0:
        return AddressFinding("fault.no_city", "to.city", args, Level.WARNING)
    if at > 0 or text.isascii():
        return AddressFinding("fault.city_unknown", "to.city", args, Level.WARNING)
    more = (("value", code), ("place", _shown(here)), ("other", text[:20]))
    return AddressFinding("fault.postcode_city", "to.postcode", more)


def _town_findings(
    code: str, text: str, found: Found, inside: Sequence[Place], table: Postcodes
) -> Iterator[AddressFinding]:
    """The city is right: is the town, and is there a block number?"""
    rest = found.rest
    companies = [each for each in inside if each.company]
    if companies:
        return
    towns = [fold_place(each.town) for each in inside]
    matched = next((town for town in sorted(towns, key=len, reverse=True) if town and town in rest), None)
    if matched is None and _is_building(code):
        matched = next((head for town in towns if len(head := _common(town, rest)) > 1), None)
    if matched is None:
        others = table.towns(found.cities, rest)
        named = next((each for each in others if len(fold_place(each.town)) > 1), None)
        if named is not None or all(towns):
            other = named.town if named else _rest(text, rest)[:20]
            more = (("value", code), ("place", _shown(inside)), ("other", other))
            yield AddressFinding("fault.postcode_town", "to.postcode", more, Level.WARNING)
        matched = fold_place(named.town) if named else ""
    tail = rest.partition(matched)[2] if matched else rest
    if not _BLOCK.search(tail):
        yield AddressFinding("fault.no_block", "to.street", (("value", _rest(text, rest)),), Level.WARNING)


def _rest(text: str, folded: str) -> str:
    """The end of *text* that folds to *folded*, as it is written."""
    return _after(text, fold_place(text).removesuffix(folded)) if folded else ""


_BLOCK = re.compile(r"[0-9]|番地|番外|郵便局|局留|営業所|センター")
"""A block number, or words that stand for none: 番地なし, a parcel that is fetched at an office."""


def _is_building(code: str) -> bool:
    """Whether the code is of a floor of a high building: its fifth figure from the end on is 6 (〒100-6801)."""
    return code.replace("-", "")[3:4] == "6"


def _common(left: str, right: str) -> str:
    """The beginning that two texts share."""
    at = 0
    while at < min(len(left), len(right)) and left[at] == right[at]:
        at += 1
    return left[:at]


def _shown(places: Sequence[Place]) -> str:
    """What a code means, at most three places."""
    names = dict.fromkeys(each.prefecture + each.city + each.town + _of_company(each) for each in places)
    return "、".join(list(names)[:3]) + ("…" if len(names) > 3 else "")


def _of_company(place: Place) -> str:
    return f"（{place.company}）" if place.company else ""


def _cities(found: Found) -> str:
    """The city that an address names."""
    names = [each.name for each in found.cities]
    if len(names) > 1 and not found.whole:
        return names[0].partition("市")[0] + "市"
    return "、".join(names[:3])


# --- what could be written instead --------------------------------------------------------------------------------


def _proposals(
    finding: AddressFinding, address: Address, table: Postcodes, buyer: Address | None
) -> tuple[Proposal, ...]:
    match finding.field:
        case "to.phone":
            found = _phones(address, buyer)
        case "to.name":
            found = _names(address, buyer)
        case _:
            found = _places(finding, address, table)
    kept: dict[Address, Proposal] = {}
    for each in found:
        if each.address != address:
            kept.setdefault(each.address, each)
    return tuple(kept.values())[:MOST_PROPOSALS]


def _phones(address: Address, buyer: Address | None) -> Iterator[Proposal]:
    """The number as it was meant, or the buyer's."""
    digits = re.sub(r"[^0-9+]", "", narrow(address.phone))
    meant = re.sub(r"^(?:\+|00)81\+?0?", "0", digits)
    if not meant.startswith("0") and len(meant) in (9, 10):
        meant = f"0{meant}"
    for key, number in (("address.propose.phone", meant), ("address.propose.buyers_phone", _phone_of(buyer))):
        proposed = replace(address, phone=number)
        if number and phone_fault(proposed) is None and not _is_filler(number):
            yield Proposal(key, (("value", number),), proposed)


def _phone_of(buyer: Address | None) -> str:
    return narrow(buyer.phone) if buyer else ""


def _is_filler(phone: str) -> bool:
    """Whether nobody can be called by this number: its last eight figures are all the same."""
    digits = re.sub(r"\D", "", narrow(phone))
    return len(digits) > 8 and len(set(digits[-8:])) == 1


def _names(address: Address, buyer: Address | None) -> Iterator[Proposal]:
    if buyer is not None and buyer.name.strip() and not _MASK.search(buyer.name):
        yield Proposal("address.propose.buyers_name", (("value", buyer.name),), replace(address, name=buyer.name))


def _places(finding: AddressFinding, address: Address, table: Postcodes) -> Iterator[Proposal]:
    """Another postcode, another prefecture, another place; the one that changes least goes first."""
    parts = _split(address)
    places = table.places(narrow(address.postcode))
    if finding.key == "fault.prefecture_twice":
        once = replace(address, prefecture=parts.prefecture, city="", street=parts.text)
        yield Proposal("address.propose.once", (("value", parts.prefecture),), _in_fields(once, table))
        return
    for prefecture in dict.fromkeys(each.prefecture for each in places):
        # The city is one of this prefecture: only the prefecture is missing or wrong.
        if prefecture != parts.named and (found := table.find_city(prefecture, parts.text)) is not None:
            names = {each.name for each in found.cities}
            if any(each.city in names and each.prefecture == prefecture for each in places):
                moved = replace(address, prefecture=prefecture, city="", street=parts.text)
                yield Proposal("address.propose.prefecture", (("value", prefecture),), _in_fields(moved, table))
    if finding.key == "fault.bad_prefecture" and parts.prefecture:
        moved = replace(address, prefecture=parts.prefecture, city="", street=parts.text)
        yield Proposal("address.propose.prefecture", (("value", parts.prefecture),), _in_fields(moved, table))
    if finding.field == "to.postcode" and parts.prefecture:
        yield from _postcodes(address, table.codes_of(parts.prefecture, parts.text))
    if finding.key != "fault.no_block":
        for place in _distinct(places):
            if not place.town and not _begins(parts.text, place.city):
                continue  # what is to follow the city is not known
            whole = place.prefecture + place.city + place.town + _of_company(place)
            yield Proposal("address.propose.place", (("value", whole),), filled(address, place))


def _postcodes(address: Address, places: Iterable[Place]) -> Iterator[Proposal]:
    for place in places:
        whole = place.city + place.town + (f"（{place.note}）" if place.note else "")
        args = (("value", place.written), ("place", whole))
        yield Proposal("address.propose.postcode", args, replace(address, postcode=place.written))


def _distinct(places: Iterable[Place]) -> Iterator[Place]:
    """Places that differ in more than their note."""
    seen: set[tuple[str, str, str, str]] = set()
    for each in places:
        key = (each.prefecture, each.city, each.town, each.company)
        if key not in seen:
            seen.add(key)
            yield each


def _in_fields(address: Address, table: Postcodes) -> Address:
    """The same address with the city in its own field, as far as it can be told."""
    text = address.city + address.street
    found = table.find_city(address.prefecture, text)
    if found is None:
        return address
    folded = fold_place(text)
    street = _after(text, folded[: len(folded) - len(found.rest)])
    return replace(address, city=text.removesuffix(street) if street else text, street=street)
