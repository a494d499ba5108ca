"""What fields of labels say: of addresses, places, products, people and stations.

The words of a label stand in its template; here are only what is known of the thing, and what depends on the language:
names of places, how a letter addresses somebody, money.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.documents._letter import address_lines, honoured, is_home, postcode
from app.documents._sheet import money
from app.domain.gs1 import message
from app.domain.gtin import to_14
from app.domain.lots import parse_day
from app.domain.order_papers import AddressLabel
from app.domain.people import Person
from app.domain.place_labels import LabelKind, PlaceLabel
from app.errors import NotAllowed
from app.services.label_samples import SAMPLES
from app.text import Texts

__all__ = ["Values", "about_place", "of_address", "of_person", "of_place", "of_product", "of_station", "sample"]

_KINDS = {
    LabelKind.TOTE: "paper.label.tote",
    LabelKind.CART: "paper.label.cart",
    LabelKind.SLOT: "paper.label.slot",
}
_PARTS = ("paper.label.zone", "paper.label.aisle", "paper.label.bay", "paper.label.level")
Values = Mapping[str, str]
"""Fields of a label and what they say; one that is missing is empty."""


def of_address(label: AddressLabel, words: Texts) -> Values:
    """Return the fields of an address label."""
    to, shop = label.to, label.sender
    home = is_home(to)
    code = postcode(to.postcode) if home else ""
    lines = address_lines(to)
    if code and lines:  # it stands above
        lines = [lines[0].removeprefix(code).strip(), *lines[1:]]
    where = " ".join(part for part in (postcode(shop.postcode), shop.address.strip()) if part)
    phone = words.say("paper.slip.phone", phone=shop.phone.strip()) if shop.phone.strip() else ""
    return {
        "postcode": code,
        "address": "\n".join(line for line in lines if line),
        "name": honoured(to.name, words),
        "phone": to.phone.strip(),
        "sender": "\n".join(part for part in (where, shop.name.strip(), phone) if part),
        "sender_name": shop.name.strip(),
        "ship_number": str(label.number),
        "code": label.number.coded(label.version),
        "piece": f"{label.piece} / {label.pieces}" if label.pieces > 1 else "",
        "cod": money(label.cod_amount, "JPY", words) if label.cod_amount.strip(" 0.") else "",
        "wish": label.wish.strip(),
        "delivery": label.delivery.strip(),
        "copy": words.say("paper.file_copy" if label.file_copy else "paper.copy")
        if label.file_copy or label.copy_reason
        else "",
    }


def about_place(label: PlaceLabel, words: Texts) -> str:
    """Return what kind of place it is, and where."""
    if label.kind is LabelKind.CARTON:
        return words.say("paper.label.carton", size=label.size)
    if label.kind is not LabelKind.SHELF:
        return f"{words.say(_KINDS[label.kind])} {label.within}".rstrip()
    parts = zip(_PARTS, (label.zone, label.aisle, label.bay, label.level), strict=True)
    return "  ".join(words.say(key, name=part) for key, part in parts if part)


def of_place(label: PlaceLabel, words: Texts) -> Values:
    """Return the fields of the label of a shelf, tote, cart, wall slot or carton."""
    return {
        "about": about_place(label, words),
        "shown": label.shown,
        "code": label.text,
        "plain": label.code,
        "zone": label.zone,
        "aisle": label.aisle,
        "bay": label.bay,
        "level": label.level,
        "within": label.within,
        "inside": label.size,
        "up": "1" if label.arrow == "up" else "",
        "down": "1" if label.arrow == "down" else "",
        str(label.kind): "1",
    }


def of_product(name: str, sku: str, code: str, *, lot: str = "", expiry: str = "", price: str = "") -> Values:
    """Return the fields of the label of a product.

    :param code: its own code, as it is printed.
    :param expiry: a date in any form that stands on goods.
    :param price: as it is printed.
    :raises NotAllowed: its code is no GTIN, or the date is none.
    """
    day = parse_day(expiry) if expiry else ""
    if day is None:
        raise NotAllowed("expiry.unreadable", code=expiry)
    gtin = to_14(code)
    if gtin is None:
        raise NotAllowed("label.no_gtin", sku=sku, code=code)
    return {
        "name": name,
        "sku": sku,
        "gtin": code,
        "code": code,
        "gs1": _element_string(gtin, lot.strip(), day),
        "lot": lot.strip(),
        "expiry": day,
        "price": price.strip(),
    }


def _element_string(gtin: str, lot: str, day: str) -> str:
    """GTIN, expiry and lot, those of a fixed length first, so that one separator less is needed."""
    pairs = [("01", gtin)]
    if day:
        pairs.append(("17", day[2:].replace("-", "")))
    if lot:
        pairs.append(("10", lot))
    return message(pairs)


def of_person(person: Person, words: Texts, warehouse: str = "") -> Values:
    """Return the fields of a person's label."""
    return {
        "name": person.name,
        "role": words.say(f"role.{person.role}"),
        "code": f"KU-{person.code}",
        "plain": person.code,
        "warehouse": warehouse,
    }


def of_station(station: str, warehouse: str = "") -> Values:
    """Return the fields of a station's label."""
    return {"name": station, "code": f"KB-{station}", "plain": station, "warehouse": warehouse}


def sample(paper: str, words: Texts, *, copy: bool = False) -> Values:
    """Return made-up fields of a kind of label, for previews of templates."""
    by_language = SAMPLES[paper]
    found = dict(by_language.get(words.language, by_language["ja"]))
    return found | {"copy": words.say("paper.copy")} if copy else found
