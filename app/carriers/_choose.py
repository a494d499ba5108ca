"""Which carriers there are, and which one a file of numbers came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Protocol, cast

from app.carriers._check import account_faults as _account_faults
from app.carriers._file import ReturnedFile
from app.carriers._mapped import mapped
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Written
from app.errors import FileUnusable, NotFound, SettingsWrong
from app.plugins import modules_of

__all__ = ["Carrier", "account_faults", "carrier", "carriers", "recognised"]


class Carrier(Protocol):
    """What a module of this folder has."""

    ID: str
    TITLE: Mapping[str, str]
    SERVICES: tuple[Service, ...]
    ACCOUNT: tuple[AccountField, ...]
    """What the shop's contract gives; the name of a field is the sentence ``carrier.<ID>.<name>``."""
    SLOTS: Mapping[Slot, str]
    """The carrier's own code of every time of day that it has."""
    MOST_ROWS: int
    """Most rows that its software takes in one file, without the header; 0: any number."""

    def check(self, shipment: Shipment, today: date) -> tuple[Fault, ...]:
        """Return everything that the carrier forbids or cannot hold; empty: it may be sent as it is."""

    def write(self, shipments: Sequence[Shipment], account: Account, today: date) -> Written:
        """Return the file for the carrier's software, in the order given, all or nothing.

        Raises NotAllowed where a shipment has an error, a key is there twice, nothing is to be written or more than
        :attr:`MOST_ROWS`, and SettingsWrong where *account* does not fit.
        """

    def recognise(self, head: Head) -> int:
        """0: not this carrier's file of numbers; the higher, the surer."""

    def read_numbers(self, file: ReturnedFile) -> Iterator[NumberRow | Problem]:
        """Stream the numbers that came back; raises FileUnusable at once where the file is not this carrier's."""

    def tracking_url(self, number: str) -> str:
        """Address of the carrier's page for a number, empty where none is known; printed or shown, never called."""


_NEEDED = (
    *("ID", "TITLE", "SERVICES", "ACCOUNT", "SLOTS", "MOST_ROWS"),
    *("check", "write", "recognise", "read_numbers", "tracking_url"),
)


def carriers() -> tuple[Carrier, ...]:
    """Every carrier: those with a module of their own by its name, then those by mapping by their id.

    :raises SettingsWrong: a mapping is wrong or has the id of another carrier.
    """
    found = (*map(_checked, modules_of("app.carriers")), *(cast(Carrier, each) for each in mapped()))
    known: set[str] = set()
    for each in found:
        if each.ID in known:
            raise SettingsWrong("carrier.id_twice", carrier=each.ID)
        known.add(each.ID)
    return found


def _checked(module: ModuleType) -> Carrier:
    missing = [name for name in _NEEDED if not hasattr(module, name)]
    if missing:
        raise TypeError(f"{module.__name__} is no carrier: it lacks {', '.join(missing)}")
    return cast(Carrier, module)


def carrier(identity: str) -> Carrier:
    """Return the carrier with this ID."""
    for found in carriers():
        if identity == found.ID:
            return found
    raise NotFound("carrier.unknown", carrier=identity, known=", ".join(each.ID for each in carriers()))


def recognised(head: Head) -> Carrier:
    """Return the carrier that is surest of a file of numbers; raises where none knows it, or two are as sure."""
    sure = {each.ID: each.recognise(head) for each in carriers()}
    best = [identity for identity, how in sure.items() if how and how == max(sure.values())]
    if not best:
        # Its cells are not shown: a file without a header begins with somebody's name and address.
        raise FileUnusable("number.not_recognised", file=head.file)
    if len(best) > 1:
        raise FileUnusable("number.several_carriers", file=head.file, carriers=", ".join(best))
    return carrier(best[0])


def account_faults(chosen: Carrier, account: Account) -> tuple[Fault, ...]:
    """Return what is missing or wrong in a shop's *account* with a carrier; empty: files can be written."""
    return _account_faults(chosen.ID, chosen.ACCOUNT, account)
