"""Who ordered and who receives, from order-level cells: what most Japanese shops' files have in common."""

from __future__ import annotations

from app.channels._address import apart, is_japan, phone_number, postcode
from app.channels._orders import Cells
from app.domain.orders import Address

__all__ = ["is_empty", "person"]


def person(cells: Cells, whose: str) -> Address:
    """Return the address of *whose* cells; what a spreadsheet did to its numbers is put right and said.

    Read are the fields ``<whose>.`` company, section, family, given, name, zip, prefecture, city, street, street2,
    street3, phone, phone_else and country; a channel has those its file has. The name is family and given name where
    they are apart, else ``name``; a company stands before it.
    """

    def text(part: str) -> str:
        return cells.line(f"{whose}.{part}")

    country = text("country")
    japan = is_japan(country)
    code, zeros = postcode(written := cells.number(f"{whose}.zip"), japan=japan)
    if zeros:
        cells.say(f"{whose}.zip", "cell.zeros_restored", written, restored=code)
    phone_at = "phone" if text("phone") else "phone_else"
    phone, zero = phone_number(written := cells.number(f"{whose}.{phone_at}"), japan=japan)
    if zero:
        cells.say(f"{whose}.{phone_at}", "cell.zeros_restored", written, restored=phone)
    region, city = text("prefecture"), text("city")
    street = " ".join(filter(None, (cells.street(f"{whose}.{part}") for part in ("street", "street2", "street3"))))
    if japan:
        region, city, street = apart(region, city, street)
    name = " ".join(filter(None, (text("family"), text("given")))) or text("name")
    company = " ".join(filter(None, (text("company"), text("section"))))
    return Address(
        name=" ".join(filter(None, (company if company != name else "", name))),
        postcode=code,
        prefecture=region,
        city=city,
        street=street,
        phone=phone,
        country=country,
    )


def is_empty(address: Address) -> bool:
    """Whether nothing says where the goods go."""
    return not (address.name or address.postcode or address.city or address.street)
