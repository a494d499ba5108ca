"""What files are, by their content: orders of a channel, products, or nothing that is known.

Asked before files that were dropped on the window are taken in; nothing is read but their heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.channels._choose import Channel, matched
from app.channels._products import recognise_products
from app.channels._source import SourceFile, open_source
from app.errors import FileUnusable
from app.services.channels import known_channels
from app.services.desk import Desk
from app.services.settings import all_settings

__all__ = ["Sorted", "sort_out"]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files by what they are, each in the order they came."""

    orders: tuple[Path, ...] = ()
    """Orders; also what cannot be opened or is empty: taking it in says why, and keeps it on record."""
    products: tuple[Path, ...] = ()
    unknown: tuple[Path, ...] = ()
    """Tables whose columns nobody knows: a mapping is to be made for them."""


def sort_out(desk: Desk, paths: Sequence[Path]) -> Sorted:
    """Find out what *paths* are; runs on a worker thread."""
    most = int(desk.read(all_settings).result()["intake.max_mb"]) * 1_000_000
    known = desk.read(known_channels).result()
    orders: list[Path] = []
    products: list[Path] = []
    unknown: list[Path] = []
    for path in paths:
        try:
            file = open_source(path, max_bytes=most)
            kind = _kind_of(file, known)
            {"orders": orders, "products": products, "": unknown}[kind].append(path)
        except FileUnusable:
            orders.append(path)
    return Sorted(tuple(orders), tuple(products), tuple(unknown))


def _kind_of(file: SourceFile, known: Sequence[Channel]) -> str:
    """Return ``orders``, ``products`` or nothing; a file of products must not look like one of orders, saved mappings
    included."""
    try:
        matched(file, known)
    except FileUnusable as error:
        if error.key != "file.not_recognised":
            raise
        return "products" if recognise_products(file) else ""
    return "orders"
