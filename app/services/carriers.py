"""The carriers 運送会社 that this program knows, for lists and choices."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from app.carriers._choose import carriers
from app.plugins import Own, own_folder
from app.services.settings import all_settings
from app.storage import carriers as storage
from app.storage.database import Transaction
from app.text import base_of

__all__ = ["ServiceName", "names", "services", "short_names", "used"]


@dataclass(frozen=True, slots=True)
class ServiceName:
    """One service of one carrier."""

    carrier: str
    service: str
    title: str
    """Carrier and service in words."""


def names(language: str) -> dict[str, str]:
    """Return the name of each carrier (``yamato_b2``) and of each of its services (``yamato_b2/takkyubin``)."""
    return _names(base_of(language), own_folder("carriers"))


@cache
def _names(language: str, _own: Own | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in carriers():
        found[each.ID] = each.TITLE.get(language, each.ID)
        for service in each.SERVICES:
            found[f"{each.ID}/{service.id}"] = service.title.get(language, service.id)
    return found


def short_names(language: str) -> dict[str, str]:
    """Return the names of carriers and services without the program that takes their file, for narrow lists."""
    return {each: re.split(r"\s*[（(]", name)[0] for each, name in names(language).items()}


def used(tx: Transaction) -> frozenset[str]:
    """Return the carriers for which the house has laid something down; every one where there is none.

    That is an account, a pickup, a delivery method or the usual service: a house that ships with two carriers need not
    look through all that the program knows.
    """
    found = {each for each, _ in storage.accounts(tx)} | set(storage.pickup_times(tx))
    found |= {row.carrier for row in storage.methods(tx)} | {all_settings(tx)["carrier.default"].partition("/")[0]}
    known = frozenset(each.ID for each in carriers())
    return (known & found) or known


def services(language: str, of: Collection[str] = ()) -> list[ServiceName]:
    """Return every service that can be chosen, with its carrier.

    :param of: of these carriers only; empty: of every one.
    """
    known = names(language)
    return [
        ServiceName(each.ID, service.id, f"{known[each.ID]} {known[f'{each.ID}/{service.id}']}")
        for each in carriers()
        if not of or each.ID in of
        for service in each.SERVICES
    ]
