"""Laying a shipment's texts out in the columns of a carrier's file: whole, or with a fault that names what is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.carriers._check import address_text
from app.carriers._text import one_line, overflow_fault, split, widened
from app.domain.shipping import Fault, Shipment

__all__ = ["Column", "Texts", "lay_out", "text_of"]

Column = str | int
"""A column by its name, or by its number from 1 where names occur twice or there is no header."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Where one text of a shipment goes."""

    field: str
    """Such as ``to.name``, as :func:`text_of` knows it; faults name it."""
    columns: Sequence[Column]
    """It is parted over these, in their order."""
    places: int
    """Half-width places of each column."""
    wide: bool = False
    """Whether it is written, and so counted, in full-width characters."""


def text_of(shipment: Shipment, field: str) -> str:
    """Return a text of *shipment* on one line: ``contents``, ``remark``, ``to.name``, ``sender.address`` …"""
    whose, _, part = field.rpartition(".")
    if not whose:
        return one_line(str(getattr(shipment, part)))
    party = shipment.to if whose == "to" else shipment.sender
    return address_text(party) if part == "address" else one_line(str(getattr(party, part)))


@lru_cache(maxsize=2)
def lay_out(shipment: Shipment, table: tuple[Texts, ...]) -> tuple[dict[Column, str], tuple[Fault, ...]]:
    """Part the texts of *shipment* over their columns; return them and what finds no room.

    What is returned is kept for the next call, so that a shipment is laid out once to be checked and written: a caller
    that changes it makes a copy.
    """
    columns: dict[Column, str] = {}
    faults: list[Fault] = []
    for each in table:
        value = text_of(shipment, each.field)
        sizes = (each.places,) * len(each.columns)
        fields, over = split(widened(value) if each.wide else value, sizes)
        if over:
            faults.append(overflow_fault(each.field, value, over, sum(sizes)))
        columns |= zip(each.columns, fields, strict=True)
    return columns, tuple(faults)
