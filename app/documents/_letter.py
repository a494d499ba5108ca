"""Names and addresses as letters write them; every paper that is for somebody shares it."""

from __future__ import annotations

import re

from app.domain.orders import Address
from app.text import Texts

__all__ = ["address_lines", "bare", "honoured", "is_home", "postcode"]

_HONORIFIC = re.compile(r"[\s　]*(?:様|さま|サマ)[\s　]*$")
_COMPANY = (
    "(?:株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)(?:社団|財団)法人|(?:学校|医療|宗教|社会福祉)法人"
    "|NPO法人|特定非営利活動法人|[（(][株有][)）]|㈱|㈲)"
)
_FIRM = re.compile(rf"{_COMPANY}[\s　]*\S+|\S+[\s　]*{_COMPANY}")
"""A firm's name alone: a person's behind it stands apart, as in 株式会社見本商会 佐藤."""
_JAPANESE_POSTCODE = re.compile(r"\d{3}-?\d{4}")


def bare(name: str) -> str:
    """Return the name without an honorific, for comparing."""
    return "".join(_HONORIFIC.sub("", name).split())


def honoured(name: str, words: Texts) -> str:
    """Return the name as a letter addresses it; an honorific that the shop's data already has is not doubled."""
    name = _HONORIFIC.sub("", name.strip())
    if not name or name.endswith(("御中", "殿")):
        return name
    if _FIRM.fullmatch(name):
        return words.say("paper.name_firm", name=name)
    return words.say("paper.name", name=name)


def postcode(code: str) -> str:
    """Return a postcode, a Japanese one with its mark and hyphen."""
    code = code.strip().removeprefix("〒").strip()
    if not _JAPANESE_POSTCODE.fullmatch(code):
        return code
    return f"〒{code}" if "-" in code else f"〒{code[:3]}-{code[3:]}"


def is_home(address: Address) -> bool:
    """Whether an address is written as Japan writes it."""
    country, code = address.country.strip(), postcode(address.postcode)
    return country.upper() in {"JP", "JPN", "JAPAN", "日本"} or (not country and (not code or code.startswith("〒")))


def address_lines(address: Address) -> list[str]:
    """Return the lines of an address above the name: as Japan writes it, or street first for other countries."""
    code = postcode(address.postcode)
    if is_home(address):
        area = address.prefecture.strip() + address.city.strip()
        parts = [code, area, address.street.strip()]
        if len(area) + len(address.street) <= 20 and area.isascii() == address.street.isascii():
            parts = [code, (area + " " if area.isascii() else area) + address.street.strip()]
    else:
        town = " ".join(part.strip() for part in (address.city, address.prefecture, code) if part.strip())
        parts = [address.street.strip(), town, address.country.strip()]
    return [part.strip() for part in parts if part.strip()]
